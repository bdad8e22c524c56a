// Lesson 04: what a stack of linear layers does, and what one bend changes. Points are rows; a layer maps x to x W + b.

const affine = (W, b, x) => b.map((bias, j) => x.reduce((sum, value, i) => sum + value * W[i][j], bias));

const relu = (values) => values.map((value) => Math.max(0, value));

const plural = (count, word) => `${count} ${word}${count === 1 ? "" : "s"}`;

// ---- the depth slider: the stack, layer by layer, and the single neuron ----

figures.depth_slider = (board) => {
  const { heads, layers, box } = board.data;
  board.player({ name: "depth", label: "Depth", min: 1, max: layers.length, step: 1, value: 1, seconds: 8,
    say: (depth) => plural(depth, "layer") });
  board.choice({ name: "head", label: "Output neuron:", value: "fitted",
    options: [["fitted", "fitted to the points"], ["random", "random"]] });
  const view = board.plane({ title: "Stack and single neuron", x: box, y: box, xLabel: "x₁", yLabel: "x₂" });
  const most = heads.fitted.at(-1).parameters;
  const count = board.plane({ title: "Numbers to learn", x: [0, layers.length + 1], y: [1, 10 ** Math.ceil(Math.log10(most))], yLog: true,
    aspect: 1, xLabel: "depth", xTicks: [1, 10, 20, 30, 40, 50].filter((tick) => tick <= layers.length) });
  board.legend([["zero", "class 0"], ["one", "class 1"], ["dots", "the stack's boundary, layer by layer"], ["line", "the single neuron from collapse"]]);

  board.draw(({ depth, head }) => {
    const { X, y } = board.data;
    const { W, b, single_w, single_b, distance, correct, parameters } = heads[head][depth - 1];
    const stack = (point) => {
      let x = point;
      for (const layer of layers.slice(0, depth)) x = affine(layer.W, layer.b, x);
      return affine(W, b, x)[0];
    };
    view.halves(single_w, single_b);
    view.points(X, y);
    view.line(single_w, single_b);
    // the dots ask the stack itself, never the single neuron
    const edge = view.contour(view.sample((x1, x2) => stack([x1, x2]), 16)).map(([p, q]) => between(p, q, 0.5));
    view.dots(edge, { size: 3.6 });

    const so_far = heads[head].slice(0, depth).map((one, i) => [i + 1, one.parameters]);
    count.polyline([[1, 3], [layers.length, 3]], { color: "ink", width: 2, dash: [5, 4] });
    count.polyline(so_far, { color: "mark", width: 2.5 });
    count.dots([so_far.at(-1)], { size: 5 });
    const late = depth > layers.length / 2;
    count.words(so_far.at(-1), `${sayCount(parameters)} in the stack`, { color: "mark", align: late ? "right" : "left", dx: late ? 0 : 12, dy: late ? 46 : 8 });
    count.words([layers.length / 2, 3], "3 in the single neuron", { align: "center", dy: -8 });

    const same = distance < 1e-6;
    const verdict = same ? "the boundary is still one straight line" : "but the single neuron from collapse is not this stack";
    return `${plural(depth, "layer")}, ${sayCount(parameters)} parameters: ${verdict}. ` +
      `Largest distance between stack and single neuron: ${sayTiny(distance)}. ${sayNumber(100 * correct, 1)} % of the points on their own side` +
      (head === "fitted" ? ", as at every depth." : ".");
  });
};

// ---- the filmstrip: the squared paper through the layers, and through their product ----

const blend = (W, part) => W.map((row, i) => row.map((value, j) => (i === j ? 1 - part : 0) + part * value));

figures.grid_filmstrip = (board) => {
  const { Ws, product, X, y, reach, distance } = board.data;
  const axes = { x: [-reach, reach], y: [-reach, reach] };
  board.player({ name: "step", label: "Layers passed", min: 0, max: Ws.length, step: 0.01, value: 0, seconds: 2 * Ws.length, playLabel: "Play" });
  const left = board.plane({ title: "Layer by layer", ...axes });
  const right = board.plane({ title: "Their product, in one go", ...axes });
  board.legend([["zero", "class 0"], ["one", "class 1"]]);

  board.draw(({ step }) => {
    const whole = Math.min(Math.floor(step), Ws.length - 1), part = step - whole;
    const layered = (p) => {
      let x = p;
      for (const W of Ws.slice(0, whole)) x = affine(W, [0, 0], x);
      return affine(blend(Ws[whole], part), [0, 0], x);
    };
    const once = blend(product, step / Ws.length);
    const direct = (p) => affine(once, [0, 0], p);
    for (const [view, move] of [[left, layered], [right, direct]]) {
      view.grid(move);
      view.arrow([0, 0], move([1, 0]), { color: "ink" });
      view.arrow([0, 0], move([0, 1]), { color: "ink" });
      view.points(X.map(move), y);
    }
    if (step === 0) return "Before the first layer: both pictures are the same squared paper. The arrows are the two unit steps.";
    if (step === Ws.length) {
      return `After all ${Ws.length} layers: ` + (distance < 1e-9
        ? `both pictures are the same; largest distance between them ${sayTiny(distance)}. ${Ws.length} matrices did what one does.`
        : `the two pictures differ by up to ${sayNumber(distance)}: what collapse returned is not the product of these layers.`);
    }
    const where = part === 0 ? `After layer ${whole}` : `In layer ${whole + 1} of ${Ws.length}, ${Math.round(100 * part)} % of the way`;
    return `${where}: straight lines are still straight, parallel ones still parallel, and the spacing is even.`;
  });
};

// ---- one bend in a linear stack ----

// A chain of two-neuron layers; `bend` is the number of the layer with a ReLU, 0: none.
const throughStack = (Ws, bs, bend) => (point) => {
  let x = point;
  Ws.forEach((W, i) => {
    x = affine(W, bs[i], x);
    if (i + 1 === bend) x = relu(x);
  });
  return x;
};

figures.one_bend = (board) => {
  const { Ws, bs, X, y, box, reach } = board.data;
  const hidden = Ws.length - 1;
  board.choice({ name: "bend", label: "ReLU:", value: 0,
    options: [[0, "nowhere"], ...Array.from({ length: hidden }, (_, i) => [i + 1, `layer ${i + 1}`])] });
  const view = board.plane({ title: "The input plane and the boundary", x: box, y: box, xLabel: "x₁", yLabel: "x₂" });
  const last = board.plane({ title: "The same grid in the last hidden layer", x: [-reach, reach], y: [-reach, reach], xLabel: "neuron 1", yLabel: "neuron 2" });
  board.legend([["zero", "class 0"], ["one", "class 1"], ["line", "output = 0"], ["hinge", "where a bent neuron switches on"]]);

  board.draw(({ bend }) => {
    const before = throughStack(Ws.slice(0, hidden), bs, bend);
    const score = (p) => affine(Ws[hidden], bs[hidden], before(p))[0];
    const map = view.sample((x1, x2) => score([x1, x2]), 120);
    view.regions(map);
    const corners = [];
    // Up to the ReLU all is affine, so a neuron's hinge is a straight line: two values and the start give it.
    if (bend > 0) for (const neuron of [0, 1]) {
      const at = (p) => throughStack(Ws.slice(0, bend), bs, 0)(p)[neuron];
      const start = at([0, 0]), w = [at([1, 0]) - start, at([0, 1]) - start];
      view.line(w, start, { color: "mark", width: 2, dash: [2, 5] });
      corners.push(...zerosAlong(score, view.crossing(w, start)));
    }
    view.points(X, y, { size: 4 });
    view.segments(view.contour(map));
    view.dots(corners, { size: 5, color: "mark" });

    last.grid(before, { low: box[0], high: box[1] });
    last.halves(Ws[hidden][0], bs[hidden][0]);
    last.points(X.map(before), y, { size: 4 });
    last.line(Ws[hidden][0], bs[hidden][0]);

    const correct = X.filter((p, i) => (score(p) > 0 ? 1 : 0) === y[i]).length;
    const share = `${correct} of ${X.length} points on their own side.`;
    if (bend === 0) return `No ReLU, 0 corners: the boundary is one straight line. ${share}`;
    const places = corners.map(([a, b]) => `(${sayNumber(a)}, ${sayNumber(b)})`).join(" and ");
    return `ReLU after layer ${bend}: ` + (corners.length
      ? `the boundary has ${plural(corners.length, "corner")}, at ${places}, where it meets a hinge. ${share}`
      : `no hinge meets the boundary in this square, so it has no corner here. ${share}`);
  });
};

// Where a score changes sign along a segment.
const zerosAlong = (score, ends) => {
  if (ends.length < 2) return [];
  const found = [], pieces = 400;
  let p = ends[0], sp = score(p);
  for (let i = 1; i <= pieces; i++) {
    const q = between(ends[0], ends[1], i / pieces), sq = score(q);
    if (sp > 0 !== sq > 0) found.push(between(p, q, sp / (sp - sq)));
    [p, sp] = [q, sq];
  }
  return found;
};

// ---- two neurons, one feature, and their weighted sum ----

figures.two_neurons = (board) => {
  const { x, y, best_error, span, top } = board.data;
  board.choice({ name: "bend", label: "Each neuron is", value: "none", options: [["none", "straight"], ["relu", "bent by a ReLU"]] });
  const sliders = (title, items) => {
    board.row(title);
    for (const [name, label, value] of items) board.slider({ name, label, min: -4, max: 4, step: 0.05, value });
  };
  sliders("Neuron 1", [["w1", "weight", 1], ["b1", "bias", 0], ["v1", "share", 1]]);
  sliders("Neuron 2", [["w2", "weight", -1], ["b2", "bias", 0.5], ["v2", "share", 0.5]]);
  sliders("Sum", [["c", "bias", 0]]);
  const axes = { x: span, y: top, aspect: 0.6, xLabel: "x" };
  const views = [board.plane({ title: "Neuron 1", ...axes }), board.plane({ title: "Neuron 2", ...axes })];
  const sum = board.plane({ title: "Their weighted sum", ...axes, width: 868, aspect: 0.42, least: 200, alone: true, yLabel: "y" });
  board.legend([["square", "the points"], ["line", "the sum"], ["first", "neuron 1 times its share"], ["second", "neuron 2 times its share"],
    ["hinge", "where a neuron switches on"]]);

  board.draw((now) => {
    const { bend, w1, b1, v1, w2, b2, v2, c } = now;
    const f = bend === "relu" ? (z) => Math.max(0, z) : (z) => z;
    const neurons = [[w1, b1, v1], [w2, b2, v2]].map(([w, b, v]) => ({ w, b, v, out: (t) => f(w * t + b) }));
    const said = (t) => neurons.reduce((total, { v, out }) => total + v * out(t), c);
    const kinks = bend === "relu" ? neurons.filter(({ w, v }) => w !== 0 && v !== 0).map(({ w, b }) => -b / w) : [];
    const seen = kinks.filter((t) => t > span[0] && t < span[1]);
    neurons.forEach(({ w, b, out }, i) => {
      if (bend === "relu" && w !== 0) views[i].polyline([[-b / w, top[0]], [-b / w, top[1]]], { color: "mark", dash: [2, 5] });
      views[i].curve(out, { color: i ? "second" : "zero", width: 2.5, dash: i ? [8, 5] : [] }, 480);
    });
    for (const t of seen) sum.polyline([[t, top[0]], [t, top[1]]], { color: "mark", dash: [2, 5] });
    neurons.forEach(({ v, out }, i) => sum.curve((t) => v * out(t), { color: i ? "second" : "zero", width: 1.5, alpha: 0.8, dash: i ? [8, 5] : [] }, 480));
    sum.curve(said, { width: 3 }, 480);
    sum.dots(x.map((t, i) => [t, y[i]]), { size: 4.5, color: "ink", shape: "square" });

    const error = x.reduce((total, t, i) => total + (said(t) - y[i]) ** 2, 0) / x.length;
    const errors = `Mean squared error ${sayNumber(error, 3)}; no straight line does better than ${sayNumber(best_error, 3)}.`;
    if (bend === "none") {
      const slope = v1 * w1 + v2 * w2, start = v1 * b1 + v2 * b2 + c;
      return `Two straight neurons: their sum is one straight line, y = ${sayNumber(slope)} x ${start < 0 ? "−" : "+"} ${sayNumber(Math.abs(start))}. ${errors}`;
    }
    const where = [...seen].sort((p, q) => p - q).map((t) => sayNumber(t)).join(" and ");
    return `Two bent neurons: their sum has ${plural(seen.length, "corner")}${seen.length ? `, at x = ${where}` : " in this window"}. ${errors}`;
  });
};
