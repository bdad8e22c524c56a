// The playground: a small network that trains here, in the browser, a few steps a frame. trainer.js has its arithmetic.

const MOST_LAYERS = 8, MOST_NEURONS = 16, CELLS = 80, COARSE = 44, SMALL = 20;
const RATES = [0.001, 0.003, 0.01, 0.02, 0.03, 0.1, 0.3];
const STRENGTHS = [0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03];
const MOST_EPOCHS = 3000;       // of each of many starts

const ACTIVATION_NAMES = { tanh: "tanh", relu: "ReLU", sigmoid: "logistic", leaky_relu: "leaky ReLU", gelu: "GELU", silu: "SiLU", sine: "sine", step: "step", linear: "linear (none)" };

const FEATURES = {
  x1: ["x₁", (p) => p], x2: ["x₂", (p, q) => q],
  x1x1: ["x₁²", (p) => p * p], x2x2: ["x₂²", (p, q) => q * q], x1x2: ["x₁x₂", (p, q) => p * q],
  sin1: ["sin πx₁", (p) => Math.sin(Math.PI * p)], sin2: ["sin πx₂", (p, q) => Math.sin(Math.PI * q)],
};

const NOTHING_SPECIAL = { features: ["x1", "x2"], optimiser: "adam", rate: 0.02, regularisation: "none", strength: 0.001, batch: 0, init: "normal", goal: 0, test: 0 };

// name, what it sets, and a sentence why it works or fails
const PRESETS = [
  ["One line", { set: "spirals", layers: [] },
    "It fails: without a hidden layer the boundary is one straight line, and no line parts the spirals."],
  ["Three linear layers", { set: "spirals", layers: [8, 8, 8], act: "linear" },
    "It fails: layers without a bend collapse into one, so this is the line again, with 177 parameters."],
  ["XOR, with the product x₁x₂", { set: "xor", layers: [], features: ["x1", "x2", "x1x2"] },
    "It works without a hidden layer: the product has the sign that XOR asks for, so a plane in the space of the three features parts the classes."],
  ["Ring, two neurons", { set: "ring", layers: [2] },
    "It fails: two neurons that bend a plane cannot close a region, though they can come near."],
  ["Ring, three neurons", { set: "ring", layers: [3] },
    "It works: three bends close a region, a rounded triangle around the disc."],
  ["Spirals", { set: "spirals", layers: [16, 16, 2] },
    "It works from almost every start: the layers unroll the spirals until, in the last plane, one straight line is enough."],
  ["Spirals, step activation", { set: "spirals", layers: [16, 16], act: "step" },
    "It fails: a step is flat, so no slope comes back through it, and the hidden weights never move. Only the last layer learns."],
  ["Seven layers of two", { set: "spirals, 1.25 turns", layers: [2, 2, 2, 2, 2, 2, 2], rate: 0.001 },
    "It works, from weights trained while the spirals were wound up step by step; from scratch it hardly ever does. Nothing here is a shadow: each layer is a plane, bent, never torn or folded."],
];

// ---- points ----

// The points of a text picture: o is class 0, x is class 1, anything else is empty. As course_utils.datasets.from_drawing.
const fromDrawing = (text) => {
  const X = [], y = [];
  text.toLowerCase().split("\n").forEach((line, row) => [...line].forEach((mark, column) => {
    if (mark === "o" || mark === "x") { X.push([column, -row]); y.push(Number(mark === "x")); }
  }));
  if (!y.includes(0) || !y.includes(1)) return undefined;
  const low = [0, 1].map((k) => Math.min(...X.map((point) => point[k]))), high = [0, 1].map((k) => Math.max(...X.map((point) => point[k])));
  const size = Math.max(high[0] - low[0], high[1] - low[1]);
  return { X: X.map((point) => point.map((value, k) => ((value - (low[k] + high[k]) / 2) * 2) / size)), y };
};

const DRAWING = "x x x x x x x x x\nx . . . . . . . x\nx . o o o o o . x\nx . o . . . o . x\nx . o . x . o . x\nx . o . . . o . x\nx . o o o o o . x\nx . . . . . . . x\nx x x x x x x x x";

const withFeatures = (flat, features) => {
  const many = features.length, n = flat.length / 2, made = new Float64Array(n * many);
  features.forEach((name, j) => {
    const f = FEATURES[name][1];
    for (let i = 0; i < n; i++) made[i * many + j] = f(flat[2 * i], flat[2 * i + 1]);
  });
  return made;
};

const lattice = (cells, [low, high]) => {
  const points = new Float64Array(2 * cells * cells);
  for (let j = 0, k = 0; j < cells; j++) {
    for (let i = 0; i < cells; i++) {
      points[k++] = low + ((high - low) * (i + 0.5)) / cells;
      points[k++] = high - ((high - low) * (j + 0.5)) / cells;
    }
  }
  return points;
};

// Squared paper: upright lines, then level ones, each of `bends` + 1 points.
const PAPER_LINES = 11, PAPER_BENDS = 64;
const squaredPaper = ([low, high]) => {
  const points = [], at = (i, n) => low + ((high - low) * i) / n;
  for (const upright of [true, false]) {
    for (let i = 0; i < PAPER_LINES; i++) {
      const fixed = at(i, PAPER_LINES - 1);
      for (let j = 0; j <= PAPER_BENDS; j++) points.push(...(upright ? [fixed, at(j, PAPER_BENDS)] : [at(j, PAPER_BENDS), fixed]));
    }
  }
  return Float64Array.from(points);
};

// ---- the plane in which a layer is seen ----

// Two directions for n points of k numbers each: the axes where k is 2; else those with most spread, or `across` (the direction
// a last layer asks about) and the one of most spread beside it. `kept` is the last answer, so that the view turns slowly.
const bestPlane = (A, n, k, across, kept) => {
  if (k <= 2) return { axes: [[1, 0].slice(0, k), [0, 1].slice(0, k)], share: 1 };
  const mean = new Float64Array(k), C = Array.from({ length: k }, () => new Float64Array(k));
  for (let i = 0; i < n; i++) for (let j = 0; j < k; j++) mean[j] += A[i * k + j] / n;
  for (let i = 0; i < n; i++) for (let j = 0; j < k; j++) {
    const e = A[i * k + j] - mean[j];
    for (let m = 0; m <= j; m++) C[j][m] += (e * (A[i * k + m] - mean[m])) / n;
  }
  let spread = 1e-300;
  for (let j = 0; j < k; j++) { spread += C[j][j]; for (let m = 0; m < j; m++) C[m][j] = C[j][m]; }
  const dot = (p, q) => p.reduce((sum, value, i) => sum + value * q[i], 0);
  const times = (v) => C.map((row) => dot(row, v));
  const unit = (v) => { const length = Math.sqrt(dot(v, v)) || 1; return v.map((value) => value / length); };
  const beside = (v, u) => { const part = dot(v, u); return v.map((value, i) => value - part * u[i]); };
  let [u, v] = kept?.[0].length === k ? kept : [0, 1].map((shift) => unit(Array.from({ length: k }, (_, i) => Math.cos((i + 1) * (shift + 1)))));
  if (across) u = unit(across);
  for (let round = 0; round < (kept ? 4 : 40); round++) {
    if (!across) u = unit(times(u));
    v = unit(beside(times(v), u));
  }
  return { axes: [u, v], share: (dot(u, times(u)) + dot(v, times(v))) / spread };
};

const shadow = (A, n, k, [u, v]) => Array.from({ length: n }, (_, i) => {
  let p = 0, q = 0;
  for (let j = 0; j < k; j++) { p += u[j] * A[i * k + j]; q += v[j] * A[i * k + j]; }
  return [p, k === 1 ? 0 : q];
});

// ---- pictures ----

// All points of a class in one stroke of the pen: quicker than Plane.points. Hollow marks are test points.
const marks = (view, places, y, size, hollow) => view.inside((pen) => {
  for (const side of [0, 1]) {
    pen.beginPath();
    places.forEach((place, i) => {
      if (y[i] !== side) return;
      const [x, z] = view.px(place);
      if (side) {
        pen.moveTo(x, z - size * 1.2);
        pen.lineTo(x + size * 1.1, z + size * 0.8);
        pen.lineTo(x - size * 1.1, z + size * 0.8);
        pen.closePath();
      } else {
        pen.moveTo(x + size, z);
        pen.arc(x, z, size, 0, 2 * Math.PI);
      }
    });
    // the edge lies behind the mark, so that crowded marks keep their colour
    pen.lineWidth = hollow ? 1.6 : Math.min(2, 0.5 * size);
    pen.fillStyle = view.colour(hollow ? "paper" : side ? "one" : "zero");
    pen.strokeStyle = hollow ? view.colour(side ? "one" : "zero") : "#fff";
    if (hollow) { pen.fill(); pen.stroke(); } else { pen.stroke(); pen.fill(); }
  }
});

// The zero contour of scores at the middles of cells.
const heatContour = (scores, cells, [low, high]) => {
  const step = (high - low) / cells;
  const at = (i, j) => [low + step * (i + 0.5), high - step * (j + 0.5)];
  const segments = [];
  for (let j = 0; j + 1 < cells; j++) for (let i = 0; i + 1 < cells; i++) {
    const k = j * cells + i;
    const ring = [[at(i, j), scores[k]], [at(i + 1, j), scores[k + 1]], [at(i + 1, j + 1), scores[k + cells + 1]], [at(i, j + 1), scores[k + cells]]];
    const ends = [];
    ring.forEach(([p, sp], m) => {
      const [q, sq] = ring[(m + 1) % 4];
      if (sp > 0 !== sq > 0) ends.push(between(p, q, sp / (sp - sq)));
    });
    for (let m = 0; m + 1 < ends.length; m += 2) segments.push([ends[m], ends[m + 1]]);
  }
  return segments;
};

// The network itself: a small map for every neuron, and links whose dash says the sign and whose width the size.
class Wiring extends Plane {
  // columns: for each column, the values of its neurons on a lattice of cells x cells points
  show(network, columns, names, cells) {
    const { full, tall } = this.frame, pen = this.pen;
    const sizes = [network.inputs, ...network.layers.map(({ outputs }) => outputs)];
    const gap = full / sizes.length, crowded = Math.max(...sizes);
    const size = Math.min(58, gap * 0.56, (tall - 30) / crowded - 5);
    const place = (l, j) => {
      const step = Math.min(size + (l === 0 ? 24 : 14), (tall - 30) / sizes[l]);
      return [gap * (l + 0.5), 26 + (tall - 30) / 2 + (j - (sizes[l] - 1) / 2) * step];
    };
    network.layers.forEach(({ inputs, outputs, at }, l) => {
      for (let o = 0; o < outputs; o++) for (let j = 0; j < inputs; j++) {
        const weight = network.theta[at + o * (inputs + 1) + j], [x, y] = place(l, j), [toX, toY] = place(l + 1, o);
        const start = x + size / 2, end = toX - size / 2, half = (start + end) / 2;
        pen.strokeStyle = this.colour(weight > 0 ? "one" : "zero");
        pen.setLineDash(weight > 0 ? [] : [5, 4]);
        pen.lineWidth = Math.min(5, 0.4 + 1.2 * Math.abs(weight));
        pen.globalAlpha = Math.min(0.85, 0.15 + 0.35 * Math.abs(weight));
        pen.beginPath();
        pen.moveTo(start, y);
        pen.bezierCurveTo(half, y, half, toY, end, toY);
        pen.stroke();
      }
    });
    pen.globalAlpha = 1;
    pen.setLineDash([]);
    const scores = (this.scores ??= new Float64Array(cells * cells));
    sizes.forEach((count, l) => {
      const title = l === 0 ? "inputs" : l === sizes.length - 1 ? "output" : gap < 64 ? String(l) : `layer ${l}`;
      this.label(title, place(l, 0)[0], 14);
      for (let j = 0; j < count; j++) {
        const [x, y] = place(l, j);
        let most = 1e-9;
        for (let k = 0; k < scores.length; k++) most = Math.max(most, Math.abs((scores[k] = columns[l][k * count + j])));
        for (let k = 0; k < scores.length; k++) scores[k] /= most;
        this.tile(scores, cells, x - size / 2, y - size / 2, size, size);
        if (l === 0) this.label(names[j], x, y + size / 2 + 13, "center", "ink");
      }
    });
  }

  axes() {}
}

// ---- the figure ----

figures.playground = (board) => {
  const { sets, chain } = board.data, box = [-board.data.reach, board.data.reach];
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const alone = document.body.classList.contains("untangle-page");
  board.state = { ...NOTHING_SPECIAL, set: Object.keys(sets)[0], layers: [], activations: [], activation: "tanh", seed: 0, ...board.state };
  if (alone) Object.assign(board.state, fromLink(location.hash, sets));

  let network, trainer, held, made, history, given, picked, playing = false, lastShown = 0, lastReport = 0, kept = [];

  // ---- controls ----

  const into = element("div", { class: "control buttons" });
  board.controlRow.append(into);
  const play = board.button({ into, label: "▶ Play", press: () => { playing = !playing; run(); } });
  board.button({ into, label: "Step", press: () => { playing = false; build(); epoch(); board.redraw(); report(); } });
  board.button({ into, label: "Reset", press: () => { playing = false; made = undefined; board.redraw(); } });
  board.button({ into, label: "New start", press: () => { given = undefined; board.set({ seed: (board.state.seed + 1) % 1000 }); } });
  const names = [...Object.keys(sets).map((name) => [name, name]), ["drawing", "your drawing"]];
  board.select({ name: "set", label: "Points", options: names, value: names[0][0] });
  board.select({ name: "rate", label: "Learning rate", options: RATES.map((rate) => [rate, String(rate)]), value: 0.02 });

  const presets = PRESETS.filter(([, { set }]) => sets[set]);
  const choose = focusable(element("select", { id: nextId() }, element("option", { value: "" }, "choose one")));
  presets.forEach(([name], i) => choose.append(element("option", { value: i }, name)));
  choose.addEventListener("change", () => { if (choose.value !== "") usePreset(presets[choose.value]); });
  const presetBox = element("div", { class: "control select" }, element("label", { for: choose.id }, "Preset"), choose);
  if (presets.length) board.controlRow.append(presetBox);
  const why = element("p", { class: "why", role: "status" });
  board.controlRows.append(why);

  const settings = ([, { act = "tanh", ...changes }]) => ({ ...NOTHING_SPECIAL, activations: changes.layers.map(() => act), ...changes });
  const usePreset = (preset) => {
    playing = false;
    picked = preset;
    const changes = settings(preset);
    given = changes.set === "spirals, 1.25 turns" ? chain : undefined;
    made = undefined;
    board.set({ ...changes, seed: 0 });
  };
  const picksStill = () => picked && Object.entries(settings(picked)).every(([name, value]) => JSON.stringify(board.state[name]) === JSON.stringify(value));

  board.row("Hidden layers", { aligned: false });
  const resize = (layers, activations) => board.set({ layers, activations });
  const add = board.button({ label: "Add a layer", press: () => {
    const { layers, activations, activation } = board.state;
    resize([...layers, 8], [...activations, activations.at(-1) ?? activation]);
  } });
  const remove = board.button({ label: "Remove one", press: () => resize(board.state.layers.slice(0, -1), board.state.activations.slice(0, -1)) });
  const steppers = Array.from({ length: MOST_LAYERS }, (_, l) => {
    const row = board.controlRow, pair = element("div", { class: "layer" });
    row.append(pair);
    board.controlRow = pair;
    const stepper = board.stepper({ label: `Layer ${l + 1}`, thing: "neuron", press: (by) => resize(board.state.layers.with(l, board.state.layers[l] + by), board.state.activations) });
    board.controlRow = row;
    const act = focusable(element("select", { "aria-label": `Layer ${l + 1}: activation` }));
    for (const [name, words] of Object.entries(ACTIVATION_NAMES)) act.append(element("option", { value: name }, words));
    act.addEventListener("change", () => resize(board.state.layers, board.state.activations.with(l, act.value)));
    pair.append(act);
    return { pair, act, stepper };
  });
  const showLayers = () => {
    const { layers, activations } = board.state;
    steppers.forEach(({ pair, act, stepper }, l) => {
      pair.hidden = l >= layers.length;
      stepper.show(layers[l], 1, MOST_NEURONS);
      act.value = activations[l] ?? board.state.activation;
    });
    remove.disabled = layers.length === 0;
    add.disabled = layers.length === MOST_LAYERS;
  };
  board.control("layers", [], showLayers);
  board.control("activations", [], showLayers);
  board.control("seed", 0, () => {});

  // A part that opens by choice.
  const folds = element("div", { class: "folds" });
  board.controlRows.append(folds);
  const plainRow = () => board.controlRows.append(board.controlRow = element("div", { class: "controls plain" }));
  const fold = (title, fill) => {
    const { controlRows, controlRow } = board;
    board.controlRows = element("details", {}, focusable(element("summary", {}, title)));
    folds.append(board.controlRows);
    fill();
    Object.assign(board, { controlRows, controlRow });
  };

  fold("Features, training and test points", () => {
    board.row("Features", { aligned: false });
    const boxes = Object.entries(FEATURES).map(([name, [words]]) => {
      const id = nextId(), input = focusable(element("input", { type: "checkbox", id, "data-name": `feature-${name}` }));
      input.addEventListener("change", () => {
        const features = Object.keys(FEATURES).filter((other) => (other === name ? input.checked : board.state.features.includes(other)));
        // a network needs at least one input
        if (features.length) board.set({ features }); else input.checked = true;
      });
      board.controlRow.append(element("div", { class: "control check" }, input, element("label", { for: id }, words)));
      return [name, input];
    });
    board.control("features", ["x1", "x2"], (features) => boxes.forEach(([name, input]) => { input.checked = features.includes(name); }));
    board.row("Training", { aligned: false });
    board.select({ name: "optimiser", label: "Optimiser", options: [["adam", "Adam"], ["sgd", "plain descent"]], value: "adam" });
    board.select({ name: "batch", label: "Batch", options: [[0, "all points"], [1, "1"], [10, "10"], [32, "32"], [100, "100"]], value: 0 });
    board.select({ name: "init", label: "Start", options: [["normal", "normal"], ["orthogonal", "orthogonal, × 1.3"]], value: "normal" });
    board.select({ name: "regularisation", label: "Regularisation", options: [["none", "none"], ["l1", "L1"], ["l2", "L2"]], value: "none" });
    board.select({ name: "strength", label: "Strength", options: STRENGTHS.map((strength) => [strength, String(strength)]), value: 0.001 });
    board.row("Points", { aligned: false });
    board.select({ name: "test", label: "Kept for the test", options: [[0, "none"], [0.2, "20 %"], [0.5, "half"]], value: 0 });
    board.select({ name: "goal", label: "Stop at", options: [[0, "never"], [0.9, "90 % right"], [0.99, "99 % right"], [1, "100 % right"]], value: 0 });
  });

  fold("Draw your own points", () => {
    const id = nextId(), area = focusable(element("textarea", { id, rows: 9, cols: 24, spellcheck: "false" }));
    area.value = board.state.drawing ?? DRAWING;
    const answer = element("span", { role: "status" });
    board.controlRows.append(element("div", { class: "drawing" }, element("label", { for: id }, "o is class 0, x is class 1, anything else is empty."), area));
    plainRow();
    board.button({ label: "Use this drawing", press: () => {
      const drawn = fromDrawing(area.value);
      answer.textContent = drawn ? `${drawn.y.length} points.` : "The drawing needs at least one o and one x.";
      if (drawn) board.set({ set: "drawing", drawing: area.value });
    } });
    board.controlRow.append(answer);
    board.control("drawing", DRAWING, (text) => { if (document.activeElement !== area) area.value = text; });
  });

  const trialSays = element("p", { class: "trial", role: "status" });
  let trial;
  fold("Many starts at once", () => {
    plainRow();
    const count = focusable(element("select", { id: nextId() }));
    for (const n of [10, 20, 50, 100]) count.append(element("option", { value: n }, String(n)));
    count.value = "20";
    const button = board.button({ label: "Train them", press: () => {
      if (trial) { trial = undefined; return; }
      playing = false;
      run();
      trial = { n: Number(count.value), results: [], epochs: [] };
      requestAnimationFrame(tryStarts);
    } });
    button.before(element("div", { class: "control select" }, element("label", { for: count.id }, "Starts"), count));
    board.controlRows.append(trialSays);
  });

  fold("Keep or share this playground", () => {
    const id = nextId(), link = focusable(element("input", { type: "text", id, readonly: "", class: "link" }));
    board.controlRows.append(element("div", { class: "drawing" },
      element("label", { for: id }, alone ? "A link to this page with all settings" : "All settings as a text: Playground.from_link(…) reads it"), link));
    plainRow();
    board.button({ label: "Copy", press: () => { link.select(); navigator.clipboard?.writeText(link.value); } });
    board.showLink = () => { link.value = (alone ? location.href.split("#")[0] : "") + toLink(board.state); };
  });

  // ---- pictures ----

  const wiring = board.picture(new Wiring(board, { title: "The network", x: [0, 1], y: [0, 1], ticks: false, aspect: 0.86, width: 520 }));
  const view = board.plane({ title: "What it says about the plane", x: box, y: box, xLabel: "x₁", yLabel: "x₂" });
  const sees = element("div", { class: "layers", role: "group", "aria-label": "What each layer sees" });
  const seesTitle = element("p", { class: "title" }, "What each layer sees: the plane's squared paper and the points, carried along");
  const panels = Array.from({ length: MOST_LAYERS + 1 }, (_, l) => {
    const panel = board.plane({ title: `layer ${l}`, ticks: false, width: 300 });
    sees.append(panel.box);
    return panel;
  });
  board.pictureRow.append(seesTitle, sees);
  const curve = board.plane({ title: "The loss", x: [0, 10], y: [0.1, 1], yLog: true, aspect: 0.2, width: 940, alone: true, xLabel: "epoch" });
  // The plane is drawn at every frame. While training runs, the others take turns: one of them at each frame.
  board.pictures = [view];
  let turn = 0;
  const drawNow = (which) => !playing || turn % 3 === which;
  board.legend([["zero", "class 0"], ["one", "class 1"], ["line", "boundary"], ["plus", "positive weight"], ["minus", "negative weight"]]);
  const hollow = element("span", {});
  hollow.innerHTML = '<svg width="36" height="14" aria-hidden="true"><circle cx="9" cy="7" r="4" fill="var(--paper)" stroke="var(--zero)" stroke-width="1.6"/><path d="M26 2 31 11.5H21Z" fill="var(--paper)" stroke="var(--one)" stroke-width="1.6"/></svg>';
  hollow.append("test points");
  board.keyRow.append(hollow);

  // ---- the network and its points ----

  const pointsNow = () => (board.state.set === "drawing" ? fromDrawing(board.state.drawing ?? DRAWING) ?? fromDrawing(DRAWING) : sets[board.state.set]);
  const split = ({ X, y }, share) => {
    const order = Array.from(y, (_, i) => i);
    if (share > 0) shuffle(order, randomUniform(1));
    const cut = Math.round(share * y.length);
    const part = (which) => ({ X: which.map((i) => X[i]), y: Int8Array.from(which, (i) => y[i]) });
    return { test: part(order.slice(0, cut)), train: part(order.slice(cut)) };
  };
  const fresh = (seed) => {
    const { features, layers, activations, init } = board.state;
    return new Network(features.length, layers.map((size, l) => [size, activations[l] ?? "tanh"]), { seed, ...(init === "orthogonal" ? { orthogonal: true, gain: 1.3 } : {}) });
  };

  // A change of data, features, shape, start or batch starts over; a change of the learning rate does not.
  const build = () => {
    const { set, drawing, features, layers, activations, seed, init, batch, test } = board.state;
    const now = JSON.stringify([set, set === "drawing" && drawing, features, layers, activations, seed, init, batch, test]);
    if (now === made) return;
    made = now;
    trial = undefined;            // many starts of something else
    network = fresh(seed);
    if (given && fits(given, network)) network.weights = given; else given = undefined;
    const { train, test: rest } = split(pointsNow(), test);
    const flat = (X) => withFeatures(Float64Array.from(X.flat()), features);
    const seen = (points) => { const X = withFeatures(points, features); return { X, pass: network.pass(X.length / features.length) }; };
    held = { train, rest, restX: flat(rest.X), restPass: network.pass(rest.y.length), large: seen(lattice(CELLS, box)), coarse: seen(lattice(COARSE, box)), small: seen(lattice(SMALL, box)), paper: seen(squaredPaper(box)) };
    trainer = new Trainer(network, flat(train.X), train.y, { batch, seed });
    history = { epoch: [], loss: [], accuracy: [], test_loss: [], test_accuracy: [] };
    kept = [];
    note();
  };

  const epoch = () => { while (!trainer.step(board.state)); };

  // Writes down where training stands; when the list grows long, every second entry goes.
  const note = () => {
    const { loss, right } = trainer.judge(), { rest, restX, restPass } = held;
    const test = rest.y.length ? judge(network.forward(restX, restPass), rest.y) : undefined;
    const now = { loss, right, accuracy: right / trainer.n, test };
    if (history.epoch.at(-1) !== trainer.epoch) {
      if (history.epoch.length > 400) for (const name of Object.keys(history)) history[name] = history[name].filter((_, i) => i % 2 === 0);
      history.epoch.push(trainer.epoch);
      history.loss.push(loss);
      history.accuracy.push(now.accuracy);
      if (test) { history.test_loss.push(test.loss); history.test_accuracy.push(test.right / rest.y.length); }
    }
    return now;
  };

  // Python hears of weights and history when training pauses, and once a second while it runs.
  const report = () => {
    lastReport = performance.now();
    note();
    board.model.set("weights", { by: "browser", layers: network.weights, activations: [...board.state.activations] });
    board.model.set("history", structuredClone(history));
    board.model.save_changes();
  };
  const takeWeights = () => {
    const sent = board.model.get("weights");
    if (sent?.by !== "python") return;
    given = sent.layers;
    made = undefined;
    playing = false;
    board.redraw();
  };
  board.model.on("change:weights", takeWeights);
  board.cleanups.push(() => board.model.off("change:weights", takeWeights));
  takeWeights();

  const run = () => {
    if (!playing) board.redraw();
    play.textContent = playing ? "❚❚ Pause" : "▶ Play";
    if (playing) { trial = undefined; requestAnimationFrame(tick); } else if (network) report();
  };
  const tick = (time) => {
    if (board.removed) return;
    if (!playing) return;
    build();
    const started = performance.now();
    // few enough epochs that the eye can follow, and never so many that the page stutters
    const left = Math.max(4, 14 - Number(board.root.dataset.milliseconds ?? 0));
    for (let i = 0; i < 10 && performance.now() - started < left; i++) epoch();
    if (board.state.goal && note().accuracy >= board.state.goal) { playing = false; board.redraw(); return run(); }
    // Training goes on; who asked for less motion sees it twice a second.
    if (!calm || time - lastShown > 500) { lastShown = time; board.redraw(); }
    if (time - lastReport > 1000) report();
    requestAnimationFrame(tick);
  };

  const tryStarts = () => {
    build();
    if (!trial || board.removed) return;
    const { n, results } = trial, goal = board.state.goal || 1, started = performance.now();
    while (results.length < n && performance.now() - started < 12) {
      trial.now ??= new Trainer(fresh(results.length), trainer.X, trainer.y, { batch: board.state.batch, seed: results.length });
      for (let i = 0; i < 10 && trial.now.epoch < MOST_EPOCHS; i++) while (!trial.now.step(board.state));
      const good = trial.now.judge().right >= goal * trainer.n;
      if (good || trial.now.epoch >= MOST_EPOCHS) { results.push(good); trial.now = undefined; }
    }
    const good = results.filter(Boolean).length, done = results.length;
    if (done) {
      const [rate, low, high] = wilson(good, done), say = (part) => sayNumber(100 * part, 0);
      trialSays.textContent = `${results.map((success) => (success ? "●" : "○")).join(" ")}\n${good} of ${done} starts reached ${say(goal)} % of the training points within ${sayCount(MOST_EPOCHS)} epochs: ` +
        `${say(rate)} %, and with 95 % confidence between ${say(low)} % and ${say(high)} %.`;
    }
    if (done < n) return void requestAnimationFrame(tryStarts);
    board.model.set("trial", { starts: n, successes: good });
    board.model.save_changes();
    trial = undefined;
  };

  // ---- one frame ----

  const drawPanel = (panel, A, k, paperA, last, l) => {
    const n = trainer.n, across = last && last.w.length > 2 ? last.w : undefined;
    const { axes, share } = bestPlane(A, n, k, across, kept[l]);
    kept[l] = axes;
    const places = shadow(A, n, k, axes), paper = shadow(paperA, paperA.length / k, k, axes);
    let [low, high] = [[Infinity, Infinity], [-Infinity, -Infinity]];
    for (const place of places) { low = low.map((value, i) => Math.min(value, place[i])); high = high.map((value, i) => Math.max(value, place[i])); }
    const half = 0.58 * Math.max(high[0] - low[0], high[1] - low[1], 0.02), middle = low.map((value, i) => (value + high[i]) / 2);
    panel.x = [middle[0] - half, middle[0] + half];
    panel.y = [middle[1] - half, middle[1] + half];
    panel.begin();
    // the direction across the line is an axis of this picture, so the line is the last layer's own
    const w = last && (k === 2 ? last.w : [Math.hypot(...last.w), 0]);
    if (last) panel.halves(k === 1 ? [last.w[0], 0] : w, last.b);
    panel.inside((pen) => {
      pen.lineWidth = 1;
      pen.globalAlpha = 0.6;
      for (const [first, color] of [[0, "soft"], [PAPER_LINES, "second"]]) {
        pen.strokeStyle = panel.colour(color);
        pen.beginPath();
        for (let line = first; line < first + PAPER_LINES; line++) {
          for (let j = 0; j <= PAPER_BENDS; j++) {
            const [x, y] = panel.px(paper[line * (PAPER_BENDS + 1) + j]);
            if (j) pen.lineTo(x, y); else pen.moveTo(x, y);
          }
        }
        pen.stroke();
      }
    });
    if (last) panel.line(k === 1 ? [last.w[0], 0] : w, last.b);
    marks(panel, places, trainer.y, n > 150 ? 2.6 : 3.6);
    const name = l === 0 ? "features" : `layer ${l}`;
    panel.title = k === 1 ? `${name}: its one neuron` : k === 2 ? `${name}: its two ${l ? "neurons" : "axes"}` : `${name}: ${k} ${l ? "neurons" : "axes"}, ${Math.round(100 * share)} % of the spread`;
  };

  const drawCurve = () => {
    const tested = held.rest.y.length > 0;
    const known = [...history.loss, ...history.test_loss].filter((loss) => loss > 0 && Number.isFinite(loss));
    const [low, high] = [Math.max(1e-6, 10 ** Math.floor(Math.log10(0.999 * Math.min(0.9, ...known)))), 10 ** Math.ceil(Math.log10(Math.max(1, ...known)))];
    curve.x = [0, Math.max(10, trainer.epoch)];
    curve.y = [low, high];
    curve.yTicks = high / low < 50 ? [0.1, 0.2, 0.5, 1, 2, 5, 10].filter((loss) => loss >= low && loss <= high) : undefined;
    curve.aspect = curve.box.clientWidth < 560 ? 0.42 : 0.2;
    curve.begin();
    const path = (losses) => losses.map((loss, i) => [history.epoch[i], Math.max(loss, low)]);
    if (tested) curve.polyline(path(history.test_loss), { color: "second", dash: [6, 4], width: 2 });
    curve.polyline(path(history.loss), { color: "ink", width: 2 });
    curve.title = tested ? "The loss: training points (line), test points (dashes)" : "The loss";
  };

  board.draw(({ layers, activations, features }) => {
    build();
    if (play.textContent.includes("Pause") !== playing) run();
    const now = note(), straight = activations.every((act) => act === "linear") && features.every((name) => name === "x1" || name === "x2");

    // a moving picture needs less detail than one that stands still
    const [sheet, cells] = playing ? [held.coarse, COARSE] : [held.large, CELLS];
    const scores = network.forward(sheet.X, sheet.pass);
    view.heat(scores.map((score) => Math.tanh(score / 2)), cells);
    view.segments(heatContour(scores, cells, box), { width: 2 });
    const size = (trainer.n > 150 ? 3.2 : 4.5) * Math.min(1, Math.max(0.65, view.frame.wide / 260));
    marks(view, held.train.X, held.train.y, size);
    if (held.rest.y.length) marks(view, held.rest.X, held.rest.y, size, true);

    turn += 1;
    if (drawNow(0)) {
      network.forward(held.small.X, held.small.pass);
      wiring.begin();
      wiring.show(network, [held.small.X, ...held.small.pass.a], features.map((name) => FEATURES[name][0]), SMALL);
    }

    const plainInput = features.join() === "x1,x2", first = plainInput ? 1 : 0;
    seesTitle.hidden = sees.hidden = plainInput && !layers.length;
    panels.forEach((panel, l) => { panel.box.hidden = l < first || l > layers.length; });
    if (!sees.hidden && drawNow(1)) {
      network.forward(held.paper.X, held.paper.pass);
      network.forward(trainer.X, trainer.all);
      const out = network.weights.at(-1), last = { w: out.W.map((row) => row[0]), b: out.b[0] };
      panels.slice(first, layers.length + 1).forEach((panel, i) => {
        const l = i + first;
        const [A, P, k] = l ? [trainer.all.a[l - 1], held.paper.pass.a[l - 1], layers[l - 1]] : [trainer.X, held.paper.X, features.length];
        drawPanel(panel, A, k, P, l === layers.length && last, l);
      });
    }

    hollow.style.display = held.rest.y.length ? "" : "none";
    curve.box.hidden = trainer.epoch === 0;
    if (!curve.box.hidden && drawNow(2)) drawCurve();

    // why a preset works or fails is told to who picked it, and as long as its settings hold
    if (!picksStill()) picked = undefined;
    choose.value = picked ? presets.indexOf(picked) : "";
    why.textContent = picked ? picked[2] : "";
    board.showLink();

    const words = (act) => ACTIVATION_NAMES[act].replace(" (none)", "");
    const alike = activations.every((act) => act === activations[0]);
    const shape = layers.length === 0 ? "No hidden layer"
      : alike ? `Hidden layers of ${layers.join(", ")} (${words(activations[0])})`
        : `Hidden layers of ${layers.map((count, l) => `${count} (${words(activations[l])})`).join(", ")}`;
    const share = (right, n) => `${right} of ${n}`, part = (right, n) => `(${sayNumber((100 * right) / n, 1)} %)`;
    const test = now.test ? ` Test: loss ${sayTiny(now.test.loss)}, ${share(now.test.right, held.rest.y.length)} points right ${part(now.test.right, held.rest.y.length)}.` : "";
    return `${shape}, ${sayCount(network.parameters)} parameters${straight ? ": the boundary is one straight line" : ""}. ` +
      `Epoch ${sayCount(trainer.epoch)}: loss ${sayTiny(now.loss)}, ${share(now.right, trainer.n)} points right ${part(now.right, trainer.n)}.${test}`;
  });
};

const fits = (given, network) => given.length === network.layers.length &&
  network.layers.every(({ inputs, outputs }, l) => given[l].W.length === inputs && given[l].b.length === outputs);

// ---- all settings as a link ----

const toLink = (state) => {
  const { drawing, set, ...rest } = state;
  return `#playground=${encodeURIComponent(JSON.stringify({ set, ...rest, ...(set === "drawing" ? { drawing } : {}) }))}`;
};

// What a link sets, as far as it makes sense here.
const fromLink = (hash, sets) => {
  if (!hash.startsWith("#playground=")) return {};
  let found;
  try { found = JSON.parse(decodeURIComponent(hash.slice(12))); } catch { return {}; }
  const sound = {
    set: (name) => name === "drawing" || Object.hasOwn(sets, name),
    drawing: (text) => typeof text === "string" && fromDrawing(text),
    features: (names) => Array.isArray(names) && names.length && names.every((name) => Object.hasOwn(FEATURES, name)),
    layers: (sizes) => Array.isArray(sizes) && sizes.length <= MOST_LAYERS && sizes.every((size) => Number.isInteger(size) && size > 0 && size <= MOST_NEURONS),
    activations: (acts) => Array.isArray(acts) && acts.length === found.layers?.length && acts.every((act) => Object.hasOwn(ACTIVATION_NAMES, act)),
    rate: (rate) => RATES.includes(rate), strength: (strength) => STRENGTHS.includes(strength),
    optimiser: (name) => ["adam", "sgd"].includes(name), regularisation: (name) => ["none", "l1", "l2"].includes(name),
    init: (name) => ["normal", "orthogonal"].includes(name), batch: (size) => [0, 1, 10, 32, 100].includes(size),
    test: (share) => [0, 0.2, 0.5].includes(share), goal: (share) => [0, 0.9, 0.99, 1].includes(share),
    seed: (seed) => Number.isInteger(seed) && seed >= 0 && seed < 1000,
  };
  const kept = Object.fromEntries(Object.entries(sound).filter(([name, holds]) => name in (found ?? {}) && holds(found[name])).map(([name]) => [name, found[name]]));
  if (!kept.layers || !kept.activations) { delete kept.layers; delete kept.activations; }
  return kept;
};
