// Lesson 08: a tent composed with itself, the flat pieces of ReLU networks, and the race of deep and wide.

const many = (count, word) => `${sayCount(count)} ${word}${count === 1 ? "" : "s"}`;

// ---- the tent composer ----

figures.tent_composer = (board) => {
  const { table, pieces, folds: most } = board.data;
  const cells = table.length - 1;
  board.player({ name: "folds", label: "Folds", min: 0, max: most, step: 0.02, value: 0, seconds: 2 * most, playLabel: "Fold",
    say: (folds) => (Number.isInteger(folds) ? many(folds, "fold") : `${Math.floor(folds)} and a bit`) });
  const near = 1 / 16, shape = { y: [0, 1.04], width: 330, aspect: 0.95, xLabel: "x", yTicks: [0, 0.5, 1] };
  const view = board.plane({ title: "Where each x ends up", x: [0, 1], xTicks: [0, 0.5, 1], ...shape });
  const zoom = board.plane({ title: "The first sixteenth of it", x: [0, near], xTicks: [0, 0.02, 0.04, 0.06], ...shape });
  const count = board.plane({ title: "Straight pieces", x: [0, 2 * most], y: [1, 2 ** (most + 1)], yLog: true, width: 330, aspect: 0.95,
    xLabel: "ReLUs in all" });
  for (const { box } of [view, zoom, count]) box.style.flexBasis = "220px";  // three stand in one row
  board.legend([["first", "the line"], ["dots", "layers of two ReLUs"], ["dash", "one layer: at most one piece more than ReLUs"]]);

  // the learner's own tent, from its table
  const tent = (p) => {
    const place = Math.min(Math.max(p, 0), 1) * cells, left = Math.min(Math.floor(place), cells - 1);
    return table[left] + (table[left + 1] - table[left]) * (place - left);
  };
  // first the upper half turns over, then the whole is stretched
  const folding = (p, part) => {
    const turned = p > 0.5 ? 0.5 + (p - 0.5) * Math.cos(2 * Math.PI * Math.min(part, 0.5)) : p;
    return turned * (1 + Math.max(0, 2 * part - 1));
  };

  board.draw(({ folds }) => {
    const whole = Math.floor(folds + 1e-9), part = folds - whole;
    const path = [];
    for (let i = 0; i <= cells; i++) {
      let p = i / cells;
      for (let k = 0; k < whole; k++) p = tent(p);
      path.push([i / cells, part > 1e-9 ? folding(p, part) : p]);
    }
    view.polygon([[0, 0], [near, 0], [near, 1.04], [0, 1.04]], { color: "mark", alpha: 0.12 });
    for (const each of [view, zoom]) {
      if (part > 1e-9 && part < 0.5) each.polyline([[0, 0.5], [1, 0.5]], { color: "mark", width: 1.5, dash: [2, 5] });
    }
    view.polyline(path, { color: "zero", width: whole < 5 ? 2.2 : whole < 7 ? 1.2 : 0.6 });
    zoom.polyline(path.slice(0, cells / 16 + 1), { color: "zero", width: 2 });

    count.curve((n) => n + 1, { color: "ink", dash: [5, 4], width: 2 });
    count.polyline(pieces.slice(0, whole + 1).map((n, k) => [2 * k, n]), { color: "mark", width: 2 });
    count.dots(pieces.slice(0, whole + 1).map((n, k) => [2 * k, n]), { size: 4.5 });
    count.words([2 * whole, pieces[whole]], sayCount(pieces[whole]), { color: "mark", align: whole > most / 2 ? "right" : "left", dx: whole > most / 2 ? -10 : 9, dy: whole > most / 2 ? -6 : 12 });

    if (part > 1e-9) {
      return part < 0.5
        ? `Fold ${whole + 1}: whatever lies above one half is turned over, down onto the rest.`
        : `Fold ${whole + 1}: the folded half is stretched to full height again.`;
    }
    if (whole === 0) return "No fold yet: each x is where it was, one straight piece.";
    return `${many(whole, "fold")}: ${sayCount(2 * whole)} ReLUs in ${many(whole, "layer")} of two draw ${many(pieces[whole], "piece")}. ` +
      `${sayCount(2 * whole)} ReLUs in one layer draw at most ${sayCount(2 * whole + 1)}; for ${sayCount(pieces[whole])} pieces one layer needs ${sayCount(pieces[whole] - 1)}.`;
  });
};

// ---- the mosaic of flat pieces ----

const CELLS = 200;

figures.region_map = (board) => {
  const { X, y, box, films, every, bound } = board.data;
  const names = Object.keys(films), last = films[names[0]].length - 1;
  board.player({ name: "frame", label: "Training", min: 0, max: last, step: 1, value: 0, seconds: 8, say: (frame) => `${frame * every} steps` });
  board.choice({ name: "layers", label: "16 ReLUs as", value: names[0], options: names.map((name) => [name, name]) });
  const view = board.plane({ title: "Each tile is one flat piece of the network", x: box, y: box, width: 470, xLabel: "x₁", yLabel: "x₂" });
  const counts = board.plane({ title: "Tiles in this window", x: [0, last * every], y: [0, bound * 1.08], width: 380, aspect: 0.95, xLabel: "steps of training" });
  board.legend([["zero", "class 0"], ["one", "class 1"], ["line", "output = 0"], ["dots", "tiles so far"], ["dash", "the most that 16 lines can cut"]]);

  // one film: the mosaic of each frame is computed when it is first asked for
  const seen = {};
  const mosaic = (layers, frame) => (seen[`${layers} ${frame}`] ??= tiles(films[layers][frame], box));

  board.draw(({ layers, frame }) => {
    const { values, tilesSeen, score } = mosaic(layers, frame);
    view.heat(values, CELLS);
    view.segments(view.contour(view.sample((a, b) => score(a, b), 100)));
    view.points(X, y);
    const known = Array.from({ length: last + 1 }, (_, i) => i).filter((i) => seen[`${layers} ${i}`]);
    counts.polyline([[0, bound], [last * every, bound]], { color: "ink", dash: [5, 4] });
    counts.words([last * every, bound], String(bound), { align: "right", dx: -4, dy: 16 });
    counts.dots(known.filter((i) => i <= frame).map((i) => [i * every, seen[`${layers} ${i}`].tilesSeen]), { size: 4 });
    counts.words([frame * every, tilesSeen], String(tilesSeen), { color: "mark", align: frame > last / 2 ? "right" : "left", dx: frame > last / 2 ? -8 : 8, dy: -8 });
    const right = X.filter(([a, b], i) => (score(a, b) > 0 ? 1 : 0) === y[i]).length;
    return `16 ReLUs as ${layers}, after ${frame * every} steps: ${tilesSeen} tiles in this window, ` +
      `and ${right} of ${X.length} points on their own side. ` +
      `Sixteen straight lines cut a plane into at most ${bound} tiles.`;
  });
};

const tiles = (params, [low, high]) => {
  const flat = params.map(([W, b]) => ({ W: Float64Array.from(W.flat()), b: Float64Array.from(b), inputs: W.length }));
  const sheets = flat.map(({ b }) => new Float64Array(b.length));
  let pattern = 0;
  const score = (x1, x2) => {
    let inputs = [x1, x2], bit = 1;
    pattern = 0;
    flat.forEach(({ W, b }, layer) => {
      const out = sheets[layer], wide = b.length;
      for (let j = 0; j < wide; j++) {
        let sum = b[j];
        for (let i = 0; i < inputs.length; i++) sum += inputs[i] * W[i * wide + j];
        if (layer < flat.length - 1) {
          if (sum > 0) pattern |= bit; else sum = 0;
          bit <<= 1;
        }
        out[j] = sum;
      }
      inputs = out;
    });
    return inputs[0];
  };
  const values = new Array(CELLS * CELLS), patterns = new Set();
  for (let row = 0, k = 0; row < CELLS; row++) {
    for (let column = 0; column < CELLS; column++, k++) {
      const side = score(low + ((high - low) * (column + 0.5)) / CELLS, high - ((high - low) * (row + 0.5)) / CELLS) > 0 ? 1 : -1;
      patterns.add(pattern);
      // a strength that differs from tile to tile
      values[k] = side * (0.25 + (0.75 * ((Math.imul(pattern, 2654435761) >>> 16) % 97)) / 96);
    }
  }
  return { values, tilesSeen: patterns.size, score };
};

// ---- the race ----

figures.race = (board) => {
  const { steps, points, racers, curves, rates, names } = board.data;
  const looks = { wide: { color: "mark", dash: [6, 4] }, deep: { color: "second", dash: [] } };
  board.player({ name: "step", label: "Steps", min: 0, max: steps.length - 1, step: 1, value: 0, seconds: 9, playLabel: "Start",
    say: (step) => sayCount(steps[step]) });
  board.choice({ name: "spread", label: "Biases start", value: 0, options: [[0, "all at 0"], [1, "spread out"]] });
  const axes = { x: [steps[0], steps.at(-1)], xLog: true, xTicks: [100, 1000, 5000], aspect: 0.8, xLabel: "steps of training" };
  const each = board.plane({ title: "Each run: share of points right", ...axes, y: [0.4, 1.01] });
  const share = board.plane({ title: "Share of runs with 99 % right", ...axes, y: [-0.03, 1.03], yTicks: [0, 0.25, 0.5, 0.75, 1] });
  board.legend([
    ['<path d="M1 7H21" stroke="var(--second)" stroke-width="2.5"/><circle cx="11" cy="7" r="3.5" fill="var(--second)"/>', `${names.deep}: two layers`],
    ['<path d="M1 7H21" stroke="var(--mark)" stroke-width="2.5" stroke-dasharray="5 3"/><rect x="8" y="4" width="6" height="6" fill="var(--mark)"/>', `${names.wide}: one layer`],
    ['<rect x="2" y="1" width="18" height="12" rx="2" fill="var(--soft)" opacity=".3"/>', "95 % interval"],
  ]);

  board.draw(({ step, spread }) => {
    const said = [];
    for (const arm of ["wide", "deep"]) {
      const { color, dash } = looks[arm];
      for (const run of curves[`${arm}-${spread}`]) {
        each.polyline(run.slice(0, step + 1).map((right, i) => [steps[i], right / points]), { color, width: 1, alpha: 0.35 });
      }
      each.dots(curves[`${arm}-${spread}`].map((run) => [steps[step], run[step] / points]), { color, size: 3.2, shape: arm === "deep" ? "circle" : "square" });
      const so_far = rates[`${arm}-${spread}`].slice(0, step + 1);
      const low = so_far.map(([, bottom], i) => [steps[i], bottom]), high = so_far.map(([, , top], i) => [steps[i], top]);
      share.polygon([...low, ...high.reverse()], { color, alpha: 0.2 });
      share.polyline(so_far.map(([k], i) => [steps[i], k / racers]), { color, width: 2.5, dash });
      share.dots([[steps[step], so_far.at(-1)[0] / racers]], { color, size: 5, shape: arm === "deep" ? "circle" : "square" });
      const [k, bottom, top] = so_far.at(-1);
      said.push(`${names[arm]}: ${k} of ${racers} (interval ${Math.round(100 * bottom)} to ${Math.round(100 * top)} %)`);
    }
    return `Biases ${spread ? "spread out" : "all at 0"}, after ${sayCount(steps[step])} steps, runs with at least 99 % of the points right: ${said.join("; ")}.`;
  });
};
