// Lesson 07: the plane carried through a network, drawn as the painted paper of paper.js.

// ---- the twin view: input plane and last hidden plane while the network trains ----

figures.twin_view = (board) => {
  const { X, y, every, moments, right, paper: size } = board.data;
  board.player({ name: "moment", label: "Training", min: 0, max: moments.length - 1, step: 1, value: 0, seconds: 9,
    say: (moment) => `${moment * every} steps` });
  const view = board.plane({ title: "The input plane", x: [-size, size], y: [-size, size], xLabel: "x₁", yLabel: "x₂" });
  const last = board.plane({ title: "The same plane in the last hidden layer", x: [-1.1, 1.1], y: [-1.1, 1.1], xLabel: "neuron 1", yLabel: "neuron 2" });
  board.legend([["zero", "class 0"], ["one", "class 1"], ["line", "logit = 0"], ["area-zero", "says class 0"], ["area-one", "says class 1"]]);
  const sheet = paper(size, { bends: 112 });
  board.draw(({ moment }) => {
    const layers = moments[moment];
    const { hidden, score } = quick(layers);
    const map = view.sample((p, q) => score([p, q]), 60);
    view.regions(map);
    view.points(X, y, { size: 4 });
    view.segments(view.contour(map));
    const { W, b } = layers.at(-1);
    last.halves(W.map((row) => row[0]), b[0]);
    drawPaper(last, sheet, hidden);
    last.line(W.map((row) => row[0]), b[0]);
    last.points(X.map(hidden), y, { size: 4 });
    return `After ${moment * every} steps: ${right[moment]} of ${X.length} points (${percent(right[moment], X.length)}) on their own side. ` +
      "The curve on the left and the straight line on the right are the same boundary.";
  });
};

// ---- the scrubber: the plane carried through every layer ----

figures.scrubber = (board) => {
  const { X, y, act, layers, cameras, windows, shares, widths, w, bias, right, distance, paper: size } = board.data;
  const bend = BENDS[act], count = layers.length, space = cameras[0].length;
  const flat = ([p, q]) => [p, q, ...new Array(space - 2).fill(0)];
  const seen = (camera, h) => [0, 1].map((k) => h.reduce((sum, value, i) => sum + value * camera[i][k], 0));
  const score = (x) => {
    const h = layers.reduce((now, layer) => layerSum(layer, now).map(bend), flat(x));
    return w[0] * h[0] + w[1] * h[1] + bias;
  };
  board.player({ name: "t", label: "Through the network", min: 0, max: 2 * count, step: 0.02, value: 0, seconds: 3.4 * count, stride: 1,
    say: (t) => (t === 0 ? "input" : t === 2 * count ? "arrived" : `layer ${Math.min(count, Math.floor(t / 2) + 1)}`) });
  board.check({ name: "boundary", label: "Carry the boundary along", value: true });
  const start = board.plane({ title: "The input plane", x: [-size, size], y: [-size, size], ticks: false });
  const view = board.plane({ title: "On its way", ticks: false });
  board.legend([["zero", "class 0"], ["one", "class 1"], ["line", "the boundary, carried along"], ["area-zero", "says class 0"], ["area-one", "says class 1"]]);

  const sheet = paper(size, { score });
  // every corner of the paper once through the network; on the way between two stages only its shadow is mixed anew
  const stages = new Map();
  const shadows = (layer) => {
    if (!stages.has(layer)) {
      const { W, b } = layers[layer], [from, to] = [cameras[layer], cameras[layer + 1]];
      const move = (x) => {
        let h = flat(x);
        for (const before of layers.slice(0, layer)) h = layerSum(before, h).map(bend);
        const z = layerSum({ W, b }, h), a = z.map(bend);
        // an affine part seen by a turning camera: four shadows are enough for every moment of it
        return [seen(from, h), seen(to, h), seen(from, z), seen(to, z), seen(to, a)];
      };
      stages.set(layer, { sheet: { ...sheet, points: sheet.points.map(move) }, points: X.map(move) });
    }
    return stages.get(layer);
  };
  const moment = (part) => ([hf, ht, zf, zt, a]) => (part <= 1
    ? [0, 1].map((k) => (1 - part) * ((1 - part) * hf[k] + part * ht[k]) + part * ((1 - part) * zf[k] + part * zt[k]))
    : mixed(zt, a, part - 1));

  board.draw(({ t, boundary }) => {
    once(start, boundary, () => {
      drawPaper(start, sheet, same);
      if (boundary) drawEdge(start, sheet, same);
      start.points(X, y, { size: 4 });
    });

    const layer = Math.min(count - 1, Math.floor(t / 2)), part = t - 2 * layer;
    const key = Math.min(2 * count - 1, Math.floor(t));
    see(view, mixed(windows[key], windows[key + 1], t - key));
    const stage = shadows(layer), now = moment(part);
    const arrived = t >= 2 * count;
    if (arrived) view.halves(w, bias, 0.12);
    drawPaper(view, stage.sheet, now);
    if (arrived) view.line(w, bias);
    else if (boundary) drawEdge(view, stage.sheet, now);
    view.points(stage.points.map(now), y, { size: 4 });

    const shadow = (k) => (widths[k - 1] > 2 ? ` You see the shadow of ${widths[k - 1]} neurons; its two directions hold ${Math.round(100 * shares[k])} % of the spread.` : "");
    const wrong = distance > 1e-6 ? ` (What interpolate_layer returned differs from this picture by up to ${sayNumber(distance)}.)` : "";
    view.title = t === 0 ? "On its way" : arrived ? "In the last hidden plane" : part === 0 ? `After layer ${layer}` : part <= 1 ? `Layer ${layer + 1}: the affine part` : `Layer ${layer + 1}: ${act === "relu" ? "ReLU" : act}`;
    if (t === 0) return `The plane before the first layer, painted with what the network will say. The boundary is a curve.${wrong}`;
    if (arrived) return `After ${count} layers one straight line has ${right} of ${X.length} points on their own side. Move back, and watch the line become the curve.${wrong}`;
    if (part === 0) return `After layer ${layer} of ${count}.${shadow(layer)}${wrong}`;
    const done = Math.round(100 * (part <= 1 ? part : part - 1));
    return (part <= 1
      ? `Layer ${layer + 1} of ${count}, affine part, ${done} %: straight lines of the picture stay straight.`
      : `Layer ${layer + 1} of ${count}, ${act === "relu" ? "ReLU" : act}, ${done} %: now it bends.`) + shadow(layer + 1) + wrong;
  });
};

// ---- one layer that bends, folds or tears ----

figures.one_layer = (board) => {
  const { W, b, steps, kinds, loop, points: count, path, paper: size } = board.data;
  const names = { tanh: "tanh", relu: "ReLU", step: "step" }, dashes = { tanh: [], relu: [7, 5], step: [2, 5] };
  board.choice({ name: "act", label: "Activation:", value: "tanh", options: Object.entries(names) });
  board.player({ name: "t", label: "Through the layer", min: 0, max: 2, step: 0.02, value: 0, seconds: 5,
    say: (t) => (t <= 1 ? `affine ${Math.round(100 * t)} %` : `bend ${Math.round(100 * (t - 1))} %`) });
  const view = board.plane({ title: "The paper and a loop of string", x: [-2, 2], y: [-2, 2], xLabel: "neuron 1", yLabel: "neuron 2" });
  const meter = board.plane({ title: "Largest jump between neighbours on a path", x: [20, 2000], y: [0.0005, 2], xLog: true, yLog: true, aspect: 0.86,
    xLabel: "steps on the path", yLabel: "largest jump" });
  board.legend([["dots", "the loop, 240 points"], ["line", "the path"], ["hinge", "where a neuron's score is 0"]]);
  const sheet = paper(size, { lines: 15, bends: 120 });
  const straight = Array.from({ length: 201 }, (_, i) => mixed(path[0], path[1], i / 200));
  board.draw(({ act, t }) => {
    const bend = BENDS[act];
    const move = (x) => {
      const z = layerSum({ W, b }, x);
      return t <= 1 ? mixed(x, z, t) : mixed(z, z.map(bend), t - 1);
    };
    const part = Math.min(t, 1);
    if (t > 1 && act !== "tanh") for (const axis of [[1, 0], [0, 1]]) view.line(axis, 0, { color: "mark", width: 1.5, dash: [2, 5] });
    drawPaper(view, sheet, move, { width: 1.2 });
    view.polyline(straight.map(move), { color: "ink", width: 2 });
    view.dots(loop.map(move), { size: 3.2, color: "mark", edge: "mark" });
    for (const [name, { jumps }] of Object.entries(kinds)) {
      const now = name === act;
      meter.polyline(steps.map((n, i) => [n, Math.max(jumps[i], 0.0005)]), { color: now ? "mark" : "soft", width: now ? 3 : 1.5, dash: dashes[name] });
      meter.words([steps.at(-1), Math.max(jumps.at(-1), 0.0006)], names[name], { align: "right", dy: name === "relu" ? -22 : 18, color: now ? "mark" : "soft" });
    }
    const { jumps, alone } = kinds[act];
    const tears = jumps.at(-1) > jumps[0] / 4;
    const verdict = tears ? "it does not shrink: the plane is torn" : alone < count ? "it shrinks, but points share places: the plane is folded" : "it shrinks, and every point has its own place: the plane is only bent";
    return `${names[act]}: with ${steps[0]} steps the largest jump is ${sayNumber(jumps[0], 3)}, with ${steps.at(-1)} it is ${sayNumber(jumps.at(-1), 4)}; ` +
      `${sayCount(alone)} of ${sayCount(count)} points keep a place of their own. ${verdict[0].toUpperCase()}${verdict.slice(1)}.` +
      (part < 1 ? " (Move the slider to see it happen.)" : "");
  });
};

// ---- two neurons wide, and three ----

figures.ring = (board) => {
  const { X, y, narrow, wide, right, count, window: frame, paper: size } = board.data;
  board.slider({ name: "zoom", label: "Zoom out to", min: 1.2, max: 6, step: 0.2, value: 1.2, say: (zoom) => `±${sayNumber(zoom, 1)}` });
  board.slider({ name: "turn", label: "Turn the sheet", min: 0, max: 360, step: 5, value: 40, say: (turn) => `${turn}°` });
  const box = { x: [-1.2, 1.2], y: [-1.2, 1.2] };
  const outer = board.plane({ title: `${narrow.length - 1} layers of two neurons`, ...box });
  const plane = board.plane({ title: "Its last hidden plane: bent, never torn or folded", ticks: false });
  const island = board.plane({ title: "One layer of three neurons", ...box });
  const space = board.space({ title: "Its hidden layer: a sheet in space, and the plane that cuts it", x: [-1, 1], y: [-1, 1], z: [-1, 1], aspect: 0.86 });
  for (const view of [outer, plane, island, space]) view.box.style.flex = "1 1 40%";
  board.legend([["zero", "class 0"], ["one", "class 1"], ["line", "logit = 0"]]);
  const sheet = paper(size, { bends: 96 }), fine = paper(size, { bends: 400 });
  const thin = quick(narrow), thick = quick(wide);
  const carried = (sheet, { hidden }) => ({ ...sheet, points: sheet.points.map(hidden) });
  const lifted = carried(sheet, thick), above = X.map(thick.hidden), bent = carried(fine, thin);
  const escapes = [];
  board.draw(({ zoom, turn }) => {
    [[outer, thin.score], [island, thick.score]].forEach(([view, score], k) => {
      see(view, [0, 0, zoom]);
      once(view, zoom, () => {
        const map = view.sample((p, q) => score([p, q]), 84);
        view.regions(map);
        view.points(X, y, { size: Math.max(1.6, 4.5 / Math.max(1, zoom / 1.6)), edge: zoom > 3 ? "transparent" : "#fff" });
        view.segments(view.contour(map));
        escapes[k] = map.scores.some((value, place) => value <= 0 && onRim(place, map.cells));
      });
    });
    see(plane, frame);
    once(plane, "", () => {
      const out = narrow.at(-1), w = out.W.map((row) => row[0]);
      plane.halves(w, out.b[0]);
      drawPaper(plane, bent, same);
      plane.line(w, out.b[0]);
      plane.points(X.map(thin.hidden), y, { size: 4 });
    });
    space.look(turn, 22);
    once(space, turn, () => drawSheet(space, lifted, wide.at(-1), above, y));
    const says = (escape) => (escape ? "its blue region reaches the rim of the picture" : "its blue region stays inside the picture");
    return `Out to ±${sayNumber(zoom, 1)}: two neurons wide, ${percent(right[0], count)} of ${sayCount(count)} points, and ${says(escapes[0])}. ` +
      `Three neurons, ${percent(right[1], count)}, and ${says(escapes[1])}.`;
  });
};

const onRim = (k, cells) => {
  const i = k % (cells + 1), j = Math.floor(k / (cells + 1));
  return i === 0 || j === 0 || i === cells || j === cells;
};

// The carried paper in space: what lies behind the cutting plane first, then the plane, then what lies before it.
const drawSheet = (space, sheet, { W, b }, H, y) => {
  const w = W.map((row) => row[0]);
  const score = (h) => w[0] * h[0] + w[1] * h[1] + w[2] * h[2] + b[0];
  const near = space.depth(w.map((value) => value / Math.hypot(...w))) < space.depth([0, 0, 0]) ? 1 : -1;
  const cut = cubeCut(w, b[0]);
  const pieces = (paths, side) => paths.flatMap((path) => path.slice(1).map((q, i) => [sheet.points[path[i]], sheet.points[q]])).filter(([p]) => side * score(p) > 0);
  for (const side of [-near, near]) {
    space.segments(pieces(sheet.upright, side), { color: "soft", width: 1, alpha: 0.6 });
    space.segments(pieces(sheet.level, side), { color: "second", width: 1, alpha: 0.6 });
    const order = H.map((h, i) => i).filter((i) => side * score(H[i]) > 0).sort((i, j) => space.depth(H[j]) - space.depth(H[i]));
    space.points(order.map((i) => H[i]), order.map((i) => y[i]), { size: 4 });
    if (side === -near && cut.length > 2) {
      space.polygon(cut, { color: "soft", alpha: 0.3 });
      space.stroke(cut, { color: "ink", width: 1.5, close: true });
    }
  }
};

// The polygon in which the plane w · h + b = 0 cuts the cube from -1 to 1.
const cubeCut = (w, bias) => {
  const found = [], score = (h) => w[0] * h[0] + w[1] * h[1] + w[2] * h[2] + bias;
  for (let axis = 0; axis < 3; axis++) {
    for (const u of [-1, 1]) for (const v of [-1, 1]) {
      const p = [u, v], q = [u, v];
      p.splice(axis, 0, -1);
      q.splice(axis, 0, 1);
      const sp = score(p), sq = score(q);
      if (sp > 0 !== sq > 0) found.push(mixed(p, q, sp / (sp - sq)));
    }
  }
  if (found.length < 3) return [];
  const middle = found.reduce((sum, p) => sum.map((value, i) => value + p[i] / found.length), [0, 0, 0]);
  const length = Math.hypot(...w), n = w.map((value) => value / length);
  const first = found[0].map((value, i) => value - middle[i]);
  const second = [n[1] * first[2] - n[2] * first[1], n[2] * first[0] - n[0] * first[2], n[0] * first[1] - n[1] * first[0]];
  const angle = (p) => {
    const d = p.map((value, i) => value - middle[i]), dot = (a) => d.reduce((sum, value, i) => sum + value * a[i], 0);
    return Math.atan2(dot(second), dot(first));
  };
  return found.sort((p, q) => angle(p) - angle(q));
};
