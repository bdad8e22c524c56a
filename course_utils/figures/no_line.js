// Lesson 02: what a straight line can part, and what it cannot.

const parts = (count, of) => `${count} of ${of}`;

const placeWords = ([x, y]) => `(${x}, ${y})`;

// A ring around a point that is on the wrong side.
const ring = (view, point, radius = 13) => view.inside((pen) => {
  const [x, y] = view.px(point);
  pen.strokeStyle = view.colour("ink");
  pen.lineWidth = 2;
  pen.setLineDash([3, 3]);
  pen.beginPath();
  pen.arc(x, y, radius, 0, 2 * Math.PI);
  pen.stroke();
});

// ---- a line over XOR, a dial, and the map of all lines ----

figures.turn_the_line = (board) => {
  const { X, y, box } = board.data;
  const middle = [0, 1].map((i) => X.reduce((sum, p) => sum + p[i], 0) / X.length);
  board.slider({ name: "angle", label: "Angle", min: 0, max: 360, step: 1, value: 0, say: (a) => `${a}°` });
  board.slider({ name: "offset", label: "Offset", min: -1, max: 1, step: 0.02, value: -0.8 });
  board.check({ name: "all", label: "Show all lines on the map" });
  const view = board.plane({ title: "One line over XOR", x: box, y: box, xLabel: "x₁", yLabel: "x₂", width: 330 });
  const dial = board.plane({ title: "Points on their own side", x: [-1.25, 1.25], y: [-0.5, 1.25], ticks: false, width: 250 });
  const map = board.plane({ title: "Each place is one line", x: [0, 360], y: [-1, 1], aspect: 0.86, xLabel: "angle", yLabel: "offset",
    xTicks: [0, 90, 180, 270, 360], width: 330 });
  board.legend([["zero", "class 0"], ["one", "class 1"], ["line", "the line; its arrow points to class 1"]]);

  const along = (p, a) => (p[0] - middle[0]) * Math.cos(a) + (p[1] - middle[1]) * Math.sin(a);
  const wrongAt = (degrees, offset) => X.filter((p, i) => (along(p, (degrees * Math.PI) / 180) > offset + 1e-9 ? 1 : 0) !== y[i]);
  const depth = { 0: 0, 0.25: 0.02, 0.5: 0.22, 0.75: 0.8, 1: 1 };
  const trail = [];
  let best = 0;

  dial.box.style.flex = "0 1 200px";
  board.draw(({ angle, offset, all }) => {
    const a = (angle * Math.PI) / 180, w = [Math.cos(a), Math.sin(a)];
    const b = -(w[0] * middle[0] + w[1] * middle[1]) - offset;
    const wrong = wrongAt(angle, offset), right = X.length - wrong.length, share = right / X.length;
    best = Math.max(best, share);

    view.halves(w, b);
    view.line(w, b);
    const foot = [middle[0] + offset * w[0], middle[1] + offset * w[1]];
    view.arrow(foot, [foot[0] + 0.32 * w[0], foot[1] + 0.32 * w[1]]);
    view.points(X, y, { size: 8 });
    for (const point of wrong) ring(view, point);

    const at = (part, radius) => [-radius * Math.cos(Math.PI * part), radius * Math.sin(Math.PI * part)];
    const arc = (from, to, style) => dial.polyline(Array.from({ length: 61 }, (_, i) => at(from + ((to - from) * i) / 60, 1)), style);
    arc(0, 1, { color: "faint", width: 12 });
    if (share > 0) arc(0, share, { color: "mark", width: 12 });
    for (const mark of [0, 0.25, 0.5, 0.75, 1]) {
      dial.polyline([at(mark, 0.8), at(mark, 0.88)], { color: "soft", width: 1.5 });
      dial.words(at(mark, 0.62), `${100 * mark}`, { align: "center", dy: 4, color: "soft" });
    }
    dial.arrow([0, 0], at(share, 0.5), { width: 3 });
    dial.dots([[0, 0]], { color: "ink", size: 5 });
    dial.words([0, -0.24], `${parts(right, X.length)} = ${100 * share} %`, { align: "center" });
    dial.words([0, -0.42], `best so far: ${100 * best} %`, { align: "center", color: "soft" });

    if (all) {
      // the share changes only where the line passes a point: between these offsets one strip is enough
      map.inside((pen) => {
        pen.fillStyle = map.colour("mark");
        const { left, wide } = map.frame, column = 2 / (window.devicePixelRatio || 1);
        for (let x = Math.floor(left); x < left + wide; x += column) {
          const degrees = Math.min(360, Math.max(0, (360 * (x + column / 2 - left)) / wide));
          const edges = [-1, ...X.map((p) => along(p, (degrees * Math.PI) / 180)).sort((p, q) => p - q), 1];
          for (let i = 0; i + 1 < edges.length; i++) {
            const [low, high] = [edges[i], edges[i + 1]];
            const share = 1 - wrongAt(degrees, (low + high) / 2).length / X.length;
            pen.globalAlpha = depth[share];
            const top = Math.round(map.px([0, high])[1]);
            pen.fillRect(x, top, column, Math.round(map.px([0, low])[1]) - top);
          }
        }
      });
      for (const [p, q] of [[45, -0.35], [135, 0.35], [225, -0.35], [315, 0.35]]) {
        const here = 1 - wrongAt(p, q).length / X.length;
        map.words([p, q], `${100 * here} %`, { align: "center", dy: 4, color: "paper" });
        map.words([p, -q], `${100 * (1 - here)} %`, { align: "center", dy: 4 });
      }
    }
    const last = trail.at(-1);
    if (!last || last[0] !== angle || last[1] !== offset) trail.push([angle, offset, share]);
    if (trail.length > 3000) trail.shift();
    for (const size of [0.25, 0.5, 0.75, 1]) {
      map.dots(trail.filter((one) => one[2] === size), { color: size >= 0.75 ? "mark" : "soft", size: size >= 0.75 ? 3 : size * 4, edge: "rgba(0,0,0,0)" });
    }
    map.dots([[angle, offset]], { color: "ink", size: 6 });

    const words = wrong.length === 0 ? "" : ` On the wrong side: ${wrong.map(placeWords).join(", ")}.`;
    const roof = all ? " On the map the darkest islands are 75 %; no place reaches 100 %." : "";
    return `Angle ${angle}°, offset ${sayNumber(offset)}: ${parts(right, X.length)} points are on their own side, ${100 * share} %.${words}` +
      ` Best so far: ${100 * best} %.${roof}`;
  });
};

// ---- the sixteen truth tables ----

const tableStyle = `
.untangle .tables { display: grid; grid-template-columns: repeat(4, minmax(58px, 1fr)); gap: 6px; border: 0; margin: 0; padding: 0; min-width: 0;
  flex: 1 1 290px; max-width: 400px; align-content: start; }
.untangle .tables legend { padding: 0 0 8px; font-weight: 600; line-height: 1.35; }
.untangle .tables button { grid-column: 1 / -1; margin-top: 4px; }
.untangle .tables label { position: relative; display: grid; justify-items: center; gap: 1px; padding: 5px 2px 3px; border: 1.5px solid var(--faint);
  border-radius: 6px; cursor: pointer; font-size: 12px; font-variant-numeric: tabular-nums; color: var(--soft); }
.untangle .tables input { position: absolute; opacity: 0; inset: 0; width: 100%; height: 100%; margin: 0; }
.untangle .tables label:hover { border-color: var(--soft); }
.untangle .tables label:has(:checked) { border-color: var(--ink); border-width: 2px; padding: 4.5px 1.5px 2.5px; color: var(--ink); background: var(--raised); }
.untangle .tables label:has(:focus-visible) { outline: 2px solid var(--zero); outline-offset: 2px; }
`;

const spot = ([x, y], one) => {
  const [a, b] = [9 + 26 * x, 35 - 26 * y];
  return one
    ? `<path d="M${a} ${b - 5.5}L${a + 5.2} ${b + 4}H${a - 5.2}Z" fill="var(--one)"/>`
    : `<circle cx="${a}" cy="${b}" r="4.6" fill="var(--zero)"/>`;
};

figures.truth_tables = (board) => {
  const { X, box, tables } = board.data;
  const group = nextId();
  const grid = element("fieldset", { class: "tables" }, element("legend", {}, "Choose a rule: its lamp at 00, 01, 10, 11"));
  const badges = [];
  const inputs = tables.map(({ name, y }, i) => {
    const input = focusable(element("input", { type: "radio", name: group, value: i, "data-name": "rule", "aria-label": `${name}: ${y.join(" ")}` }));
    const picture = element("span", {}), badge = element("span", {});
    picture.innerHTML = `<svg width="44" height="44" aria-hidden="true">${X.map((p, k) => spot(p, y[k])).join("")}<g></g></svg>`;
    badges.push([picture.querySelector("g"), badge]);
    badge.textContent = y.join("");
    grid.append(element("label", {}, input, picture, badge));
    input.addEventListener("change", () => choose(i));
    return input;
  });
  board.root.append(element("style", {}, tableStyle));
  board.pictureRow.append(grid);
  const choose = (i) => board.set({ rule: i, seen: [...new Set([...board.state.seen, i])] });
  board.control("seen", [], () => {});
  board.control("rule", 1, (now) => inputs.forEach((input, i) => { input.checked = i === now; }));
  board.button({ label: "Test all sixteen", into: grid, press: () => board.set({ seen: tables.map((_, i) => i) }) });
  const view = board.plane({ title: "The rule and its best line", x: box, y: box, xLabel: "switch x₁", yLabel: "switch x₂", width: 400 });
  board.legend([["zero", "lamp off (class 0)"], ["one", "lamp on (class 1)"], ["line", "the best line"]]);

  // an svg mark on a tested table: its line, or a cross
  const mark = ({ w, b, right }) => {
    if (right < 4) return '<path d="M13 13 31 31M31 13 13 31" stroke="var(--ink)" stroke-width="2.5"/>';
    const at = (x, y) => [9 + 26 * x, 35 - 26 * y];
    const foot = [0.5, 0.5], score = w[0] * 0.5 + w[1] * 0.5 + b;
    const on = [foot[0] - score * w[0], foot[1] - score * w[1]];
    const [p, q] = [-1.6, 1.6].map((t) => at(on[0] - t * w[1], on[1] + t * w[0]));
    return `<path d="M${p}L${q}" stroke="var(--ink)" stroke-width="1.8"/>`;
  };

  board.draw(({ rule, seen }) => {
    const tested = new Set([...seen, rule]);
    const { name, y, w, b, right, said } = tables[rule];
    badges.forEach(([svg, badge], i) => {
      svg.innerHTML = tested.has(i) ? mark(tables[i]) : "";
      badge.textContent = tables[i].y.join("") + (tested.has(i) ? (tables[i].right === 4 ? " ✓" : " ✗") : "");
    });
    view.title = `${name}: ${right === 4 ? "a line parts it" : "no line parts it"}`;
    view.halves(w, b);
    view.line(w, b);
    view.points(X, y, { size: 8 });
    X.forEach((p, i) => { if ((w[0] * p[0] + w[1] * p[1] + b > 0 ? 1 : 0) !== y[i]) ring(view, p); });

    const verdict = right === 4
      ? `${name}: a line parts it, 4 of 4 points on their own side.`
      : `${name}: no line parts it. The best leaves ${parts(right, 4)} points on their own side.`;
    const yours = Math.abs(said - right / 4) < 1e-6
      ? ` Your best_line_accuracy says ${sayNumber(said)}.`
      : ` Your best_line_accuracy says ${sayNumber(said)}, but the line in the picture gets ${sayNumber(right / 4)}.`;
    const good = [...tested].filter((i) => tables[i].right === 4).length;
    return `${verdict}${yours} Tested ${parts(tested.size, 16)}: ${good} parted, ${tested.size - good} not.`;
  });
};

// ---- Cover's curve ----

// A small seeded generator (mulberry32), so that the same N always tosses the same coins.
const coins = (seed) => () => {
  seed = (seed + 0x6d2b79f5) | 0;
  let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
};

// The widest line w · x + b between the classes, or undefined if none parts them. Its arrow joins two points of different
// classes, or stands at a right angle to the way between two points of the same class.
const partingLine = (X, y) => {
  if (y.every((one) => one === y[0])) return { w: [1, 0], b: y[0] ? 9 : -9 };
  let widest = 0, best;
  const tryArrow = (w1, w2) => {
    const length = Math.sqrt(w1 * w1 + w2 * w2);
    let zeros = -Infinity, ones = Infinity; // how far along the arrow class 0 reaches, and where class 1 begins
    for (let k = 0; k < X.length; k++) {
      const along = (w1 * X[k][0] + w2 * X[k][1]) / length;
      if (y[k]) ones = Math.min(ones, along); else zeros = Math.max(zeros, along);
      if (ones - zeros <= widest) return;
    }
    [widest, best] = [ones - zeros, { w: [w1 / length, w2 / length], b: -(ones + zeros) / 2 }];
  };
  for (let i = 0; i < X.length; i++) {
    for (let j = 0; j < i; j++) {
      const dx = X[i][0] - X[j][0], dy = X[i][1] - X[j][1];
      if (y[i] > y[j]) tryArrow(dx, dy);
      else if (y[i] < y[j]) tryArrow(-dx, -dy);
      else { tryArrow(-dy, dx); tryArrow(dy, -dx); }
    }
  }
  return best;
};

const toss = (n, round) => {
  const random = coins(1000 * n + round);
  const X = Array.from({ length: n }, () => [2 * random() - 1, 2 * random() - 1]);
  return [X, X.map(() => (random() < 0.5 ? 0 : 1))];
};

figures.cover_curve = (board) => {
  const { curves, most, tosses } = board.data;
  board.slider({ name: "points", label: "Number of points N", min: 1, max: most, step: 1, value: 4, say: (n) => String(n) });
  board.choice({ name: "d", label: "Dimensions d:", value: 2, options: curves.map(({ d }) => [d, String(d)]) });
  const curve = board.plane({ title: "Share of all ways that a cut can part", x: [0, most + 1], y: [0, 1.05], aspect: 0.62, xLabel: "number of points N",
    yTicks: [0, 0.25, 0.5, 0.75, 1], width: 520 });
  const view = board.plane({ title: "One toss of coins", x: [-1.15, 1.15], y: [-1.15, 1.15], ticks: false, width: 300 });
  board.button({ label: "Toss again", press: () => board.set({ round: (board.state.round ?? 0) + 1 }) });
  board.legend([["line", "Cover's formula"], ["dots", "your cover_fraction"], ["dash", "one half"], ["zero", "class 0"], ["one", "class 1"]]);
  const counted = {};
  const measured = (n) => counted[n] ??= Array.from({ length: tosses }, (_, i) => toss(n, 5000 + i)).filter(([X, y]) => partingLine(X, y)).length / tosses;

  board.draw(({ points, d, round = 0 }) => {
    const now = curves.find((one) => one.d === d);
    const at = (list) => list.map((value, i) => [i + 1, value]);
    curve.polyline([[0, 0.5], [most + 1, 0.5]], { color: "soft", dash: [5, 4], width: 1.2 });
    for (const other of curves) if (other !== now) curve.polyline(at(other.truth), { color: "faint", width: 2 });
    curve.polyline(at(now.truth), { width: 2.5 });
    curve.dots(at(now.said), { size: 3.6 });
    const half = 2 * (d + 1);
    if (half <= most) {
      curve.polyline([[half, 0], [half, 0.5]], { color: "soft", width: 1.2, dash: [2, 4] });
      const late = half > most / 2;
      curve.words([half, 0.5], `one half at N = ${half}`, { align: late ? "right" : "left", dx: late ? -10 : 10, dy: late ? 18 : -8 });
    }
    const [share, said] = [now.truth[points - 1], now.said[points - 1]];
    curve.dots([[points, said]], { size: 6 });
    if (d === 2) curve.dots([[points, measured(points)]], { size: 5, color: "paper", edge: "ink", shape: "square" });

    const [X, y] = toss(points, round), line = partingLine(X, y);
    if (line) { view.halves(line.w, line.b); view.line(line.w, line.b); }
    view.points(X, y, { size: 6 });
    view.title = `One toss of coins in the plane: ${line ? "a line parts it" : "no line"}`;

    const percent = (value) => `${value > 0 && value < 0.001 ? sayTiny(100 * value) : sayNumber(100 * value, 1)} %`;
    const yours = Math.abs(said - share) < 1e-9 ? "your cover_fraction agrees" : `your cover_fraction says ${percent(said)}`;
    const coin = d === 2 ? ` Of ${tosses} tosses of coins in the plane a line parts ${percent(measured(points))} (the open square).` : "";
    return `${points} ${points === 1 ? "point" : "points"} in ${d} ${d === 1 ? "dimension" : "dimensions"}: a cut can part ${percent(share)} of all ways, ` +
      `by Cover's formula; ${yours}.${coin}`;
  });
};
