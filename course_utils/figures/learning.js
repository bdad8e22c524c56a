// Lesson 06: bends that learn, signals that fade on their way back, and units that die.
// A network with one hidden layer is { W, b, v, c }: unit k says bend(x W[.][k] + b[k]), and enters the score v[k] times.

const bends = {
  sigmoid: (z) => 1 / (1 + Math.exp(-z)),
  tanh: Math.tanh,
  relu: (z) => Math.max(0, z),
};

const unitOf = ({ W, b }, k, act) => (x1, x2) => bends[act](x1 * W[0][k] + x2 * W[1][k] + b[k]);

const scoreOf = (net, act) => {
  const bend = bends[act];
  return (x1, x2) => net.v.reduce((sum, v, k) => sum + v * bend(x1 * net.W[0][k] + x2 * net.W[1][k] + net.b[k]), net.c);
};

const percent = (share) => `${Math.round(100 * share)} %`;

const crosses = (view, net, k) => view.crossing([net.W[0][k], net.W[1][k]], net.b[k]).length === 2;

// ---- the training player ----

figures.training_player = (board) => {
  const { runs, names, box, every, X } = board.data;
  const acts = Object.keys(runs);
  const longest = Math.max(...acts.map((act) => runs[act].length));
  const units = Math.max(...acts.map((act) => runs[act][0].v.length));
  board.player({ name: "step", label: "Step", min: 0, max: longest - 1, step: 1, value: 0, seconds: 12, stride: 5,
    say: (step) => sayCount(step * every) });
  if (acts.length > 1) board.choice({ name: "act", label: "Hidden units:", options: acts.map((act) => [act, names[act]]), value: acts[0] });
  else board.state.act = acts[0];
  const view = board.plane({ title: "The plane, the boundary and the units' lines", x: box, y: box, xLabel: "x₁", yLabel: "x₂" });
  const all = acts.flatMap((act) => runs[act].map((net) => net.loss)).filter((loss) => loss > 0);
  const power = (value) => 10 ** value;
  const bottom = power(Math.max(-5, Math.floor(Math.log10(Math.min(...all)))));
  const curve = board.plane({ title: "The loss", x: [0, (longest - 1) * every], y: [bottom, power(Math.ceil(Math.log10(Math.max(...all)) + 0.05))],
    yLog: true, aspect: 0.86, xLabel: "steps downhill" });
  const shelf = element("div", { class: "pictures" });
  shelf.style.marginTop = "14px";
  shelf.style.gap = "10px 12px";
  const maps = Array.from({ length: units }, (_, k) => {
    const map = board.plane({ title: `Unit ${k + 1}`, x: box, y: box, ticks: false, width: 132 });
    map.box.style.flexBasis = "84px";
    shelf.append(map.box);
    return map;
  });
  board.pictureRow.after(shelf);
  board.legend([["zero", "class 0"], ["one", "class 1"], ["line", "score = 0"], ["hinge", "a unit's own line, where its z = 0"],
    ["area-one", "the unit pulls towards class 1"], ["area-zero", "towards class 0"]]);

  board.draw(({ step, act }) => {
    const frames = runs[act], now = Math.min(step, frames.length - 1), net = frames[now];
    const score = scoreOf(net, act), map = view.sample(score, 64);
    view.regions(map);
    net.v.forEach((_, k) => view.line([net.W[0][k], net.W[1][k]], net.b[k], { color: "mark", width: 1.8, dash: [2, 4], alpha: 0.9 }));
    view.points(X, board.data.y, { size: 4 });
    view.segments(view.contour(map));

    curve.polyline(frames.map((frame, i) => [i * every, Math.max(bottom, frame.loss)]), { color: "soft", width: 1.5 });
    curve.polyline(frames.slice(0, now + 1).map((frame, i) => [i * every, Math.max(bottom, frame.loss)]), { color: "mark", width: 3 });
    curve.dots([[now * every, Math.max(bottom, net.loss)]], { size: 5 });

    // every small map shows what the unit adds to the score, all on one scale
    const cells = 24, parts = [];
    const at = (i) => box[0] + ((box[1] - box[0]) * (i + 0.5)) / cells;
    net.v.forEach((v, k) => {
      const unit = unitOf(net, k, act);
      parts.push(Array.from({ length: cells * cells }, (_, i) => v * unit(at(i % cells), at(cells - 1 - Math.floor(i / cells)))));
    });
    const largest = Math.max(1e-9, ...parts.flat().map(Math.abs));
    maps.forEach((small, k) => {
      small.box.hidden = k >= net.v.length;
      if (small.box.hidden) return;
      const { left, top, wide, high } = small.frame;
      small.tile(parts[k].map((value) => value / largest), cells, left, top, wide, high, 0.85);
      small.line([net.W[0][k], net.W[1][k]], net.b[k], { color: "mark", width: 2, dash: [2, 4] });
    });

    const inside = net.v.filter((_, k) => crosses(view, net, k)).length;
    const most = parts.map((part) => Math.max(...part.map(Math.abs)));
    const strongest = most.indexOf(Math.max(...most));
    const head = now === 0 ? "Before the first step" : `After ${sayCount(now * every)} steps`;
    return `${head}: loss ${net.loss < 0.001 ? sayTiny(net.loss) : sayNumber(net.loss, 3)}, ${net.right} of ${X.length} points on their own side. ` +
      `${inside} of the ${net.v.length} units' lines cross the square; unit ${strongest + 1} has the most to say.`;
  });
};

// ---- the map of signals ----

const scaleWords = (scale) => `${Number(scale.toPrecision(2))}`;

figures.signal_map = (board) => {
  const { names, scales, depths, ratios } = board.data;
  const acts = Object.keys(ratios);
  board.choice({ name: "act", label: "Hidden units:", options: acts.map((act) => [act, names[act]]), value: acts[0] });
  board.slider({ name: "depth", label: "Hidden layers", min: 0, max: depths.length - 1, step: 1, value: 7, say: (i) => String(depths[i]) });
  board.slider({ name: "scale", label: "Weights times", min: 0, max: scales.length - 1, step: 1, value: 4, say: (i) => scaleWords(scales[i]) });
  const half = (list, i, way) => Math.sqrt(list[i] * (list[i + way] ?? list[i] ** 2 / list[i - way]));
  const edges = (list) => list.map((_, i) => [half(list, i, -1), half(list, i, 1)]);
  const columns = edges(scales), rows = edges(depths);
  const views = acts.map((act) => {
    const view = board.plane({ title: `${names[act]} units`, x: [columns[0][0], columns.at(-1)[1]], y: [rows[0][0], rows.at(-1)[1]], xLog: true, yLog: true,
      aspect: 1, xTicks: [0.25, 0.5, 1, 2, 4], yTicks: depths, xLabel: "weights times", yLabel: "hidden layers" });
    // the hand reads a value where it hovers; the sliders do the same for the keyboard
    view.canvas.addEventListener("pointermove", (event) => {
      const { left, top, wide, high } = view.frame;
      const place = (edges, part) => {
        const value = edges[0][0] * (edges.at(-1)[1] / edges[0][0]) ** part;
        return edges.findIndex(([low, high]) => value >= low && value <= high);
      };
      const column = place(columns, (event.offsetX - left) / wide), row = place(rows, 1 - (event.offsetY - top) / high);
      if (column < 0 || row < 0) return;
      const now = board.state;
      if (now.act !== act || now.depth !== row || now.scale !== column) board.set({ act, depth: row, scale: column });
    });
    return view;
  });
  board.legend([["area-zero", "less arrives than was sent"], ["area-one", "more arrives"]]);
  const words = element("span", {}, "The number in a cell is the power of ten.");
  board.keyRow.append(words);

  board.draw(({ act, depth, scale }) => {
    acts.forEach((name, i) => {
      const view = views[i];
      view.inside((pen) => {
        pen.font = `${Math.min(11, Math.max(8, view.frame.wide / 26))}px ${getComputedStyle(view.canvas).fontFamily}`;
        pen.textAlign = "center";
        pen.textBaseline = "middle";
        ratios[name].forEach((line, row) => line.forEach((ratio, column) => {
          const tens = Math.log10(Math.max(ratio, 1e-300)), strength = Math.min(1, Math.abs(tens) / 6);
          const [x0, y0] = view.px([columns[column][0], rows[row][1]]), [x1, y1] = view.px([columns[column][1], rows[row][0]]);
          const [from, to] = [view.board.rgb("paper"), view.board.rgb(tens < 0 ? "zero" : "one")];
          const mix = from.map((value, c) => Math.round(value + (to[c] - value) * strength));
          pen.fillStyle = `rgb(${mix})`;
          pen.fillRect(x0, y0, x1 - x0 + 0.5, y1 - y0 + 0.5);
          if (view.frame.wide < 150) return;
          pen.fillStyle = mix[0] * 0.3 + mix[1] * 0.59 + mix[2] * 0.11 > 140 ? "#222" : "#fff";
          pen.fillText(`${Math.round(tens) || 0}`.replace("-", "−"), (x0 + x1) / 2, (y0 + y1) / 2);
        }));
      });
      if (name !== act) return;
      const [left, right] = columns[scale], [low, high] = rows[depth];
      view.stroke([[left, low], [right, low], [right, high], [left, high]], { width: 3, close: true });
    });
    const ratio = ratios[act][depth][scale], by = ratio ** (1 / Math.max(1, depths[depth] - 1));
    const verdict = ratio < 0.01 ? "It fades" : ratio > 100 ? "It explodes" : "It gets through";
    return `${names[act]}, ${depths[depth]} hidden layers, weights times ${scaleWords(scales[scale])}: ${sayPart(ratio)} arrives. ` +
      `${verdict}: ${depths[depth] > 2 ? `each of the ${depths[depth] - 1} layers` : "the one layer"} on the way multiplies it by about ${sayNumber(by)}.`;
  });
};

const sayPart = (value) => {
  if (value < 2) return `${sayTiny(value)} of the signal`;
  if (value < 1000) return `${sayNumber(value, value < 10 ? 1 : 0)} times the signal`;
  const [digits, power] = value.toExponential(1).split("e+");
  return `${digits} × 10${power.replace(/./g, (sign) => "⁰¹²³⁴⁵⁶⁷⁸⁹"[sign])} times the signal`;
};

// ---- step size, dead units, success ----

figures.learning_rates = (board) => {
  const { rates, kinds, box, X, y, seeds, steps, width } = board.data;
  const words = { plain: "Plain descent", adam: "Adam" };
  board.slider({ name: "rate", label: "Step size", min: 0, max: rates.length - 1, step: 1, value: 4, say: (i) => String(rates[i]) });
  board.choice({ name: "kind", label: "Walk:", options: [["plain", "plain descent"], ["adam", "Adam"]], value: "plain" });
  const chart = board.plane({ title: `Shares over ${seeds} networks of ${width} ReLU units`, x: [rates[0] / 1.6, rates.at(-1) * 1.6], y: [0, 1], xLog: true,
    aspect: 0.78, width: 500, xLabel: "step size" });
  const view = board.plane({ title: "The first of these networks", x: box, y: box, xLabel: "x₁", yLabel: "x₂", width: 390 });
  board.legend([["first", "networks with 99 % of the points right"], ["dots", "dead units"], ["hinge", "a living unit's line"], ["dash", "a dead unit's line"],
    ["line", "score = 0"]]);

  board.draw(({ rate, kind }) => {
    const found = kinds[kind], now = found[rate];
    chart.polyline([[rates[rate], 0], [rates[rate], 1]], { color: "soft", width: 10, alpha: 0.25 });
    for (const [name, color] of [["reached", "zero"], ["dead", "mark"]]) {
      const line = (part) => found.map((one, i) => [rates[i], one[name][part]]);
      chart.polygon([...line(1), ...line(2).reverse()], { color, alpha: 0.16 });
      chart.polyline(line(0), { color, width: 2.5, dash: name === "dead" ? [1, 6] : [] });
      chart.dots(line(0), { color, size: 3.6, shape: name === "dead" ? "square" : "circle" });
    }
    const net = now.example, map = view.sample(scoreOf(net, "relu"), 64);
    view.regions(map);
    net.v.forEach((_, k) => view.line([net.W[0][k], net.W[1][k]], net.b[k],
      now.example_dead[k] ? { color: "soft", width: 1.2, dash: [6, 5] } : { color: "mark", width: 1.8, dash: [2, 4] }));
    view.points(X, y, { size: 4 });
    view.segments(view.contour(map));

    const gone = now.example_dead.filter(Boolean).length;
    const range = ([share, low, high]) => `${percent(share)} (${percent(low)} to ${percent(high)})`;
    return `${words[kind]}, step size ${rates[rate]}, ${steps} steps: ${range(now.reached)} of the networks have 99 % of the points right, ` +
      `${range(now.dead)} of the units are dead. In the network drawn here ${gone} of ${width} are dead, and ${net.right} of ${X.length} points are on their own side.`;
  });
};
