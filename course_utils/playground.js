// The playground: a small network trained here, in the browser, a few epochs a frame. Full batch, log loss, Adam.

// ---- the network; every matrix is one flat row-by-row array ----

const randomNormal = (seed) => {
  let state = seed + 1;
  const uniform = () => {                                       // mulberry32: the same start for the same seed everywhere
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  return () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
};

// f, and its derivative written with the value a = f(z).
const activations = {
  tanh: { f: Math.tanh, slope: (a) => 1 - a * a, gain: 1 },
  relu: { f: (z) => Math.max(0, z), slope: (a) => (a > 0 ? 1 : 0), gain: 2 },
  linear: { f: (z) => z, slope: () => 1, gain: 1 },
};

class Network {
  constructor(sizes, activation, seed) {
    const normal = randomNormal(seed);
    this.sizes = sizes;
    this.act = activations[activation];
    this.epoch = 0;
    this.layers = sizes.slice(1).map((outputs, l) => {
      const inputs = sizes[l], count = outputs * (inputs + 1);
      const spread = Math.sqrt(this.act.gain / inputs);
      // each neuron's weights, and its bias last
      const weights = Float64Array.from({ length: count }, (_, k) => (k % (inputs + 1) === inputs ? 0 : spread * normal()));
      return { inputs, outputs, weights, slope: new Float64Array(count), mean: new Float64Array(count), square: new Float64Array(count) };
    });
  }

  get parameters() { return this.layers.reduce((sum, { weights }) => sum + weights.length, 0); }

  // The values of every layer for n points; the last one is the score before the sigmoid.
  forward(X, n) {
    const values = [X];
    this.layers.forEach(({ inputs, outputs, weights }, l) => {
      const from = values[l], to = new Float64Array(n * outputs);
      const f = l + 1 < this.layers.length ? this.act.f : activations.linear.f;
      for (let i = 0, k = 0; i < n; i++) {
        for (let o = 0, w = 0; o < outputs; o++) {
          let z = 0;
          for (let j = i * inputs; j < (i + 1) * inputs; j++) z += weights[w++] * from[j];
          to[k++] = f(z + weights[w++]);
        }
      }
      values.push(to);
    });
    return values;
  }

  loss(values, y) {
    const scores = values.at(-1);
    let loss = 0, right = 0;
    for (let i = 0; i < y.length; i++) {
      const margin = y[i] ? scores[i] : -scores[i];
      loss += Math.max(0, -margin) + Math.log1p(Math.exp(-Math.abs(margin)));
      right += (scores[i] > 0) === (y[i] === 1);
    }
    return { loss: loss / y.length, right };
  }

  train(X, y, rate) {
    const n = y.length, values = this.forward(X, n);
    let error = values.at(-1).map((score, i) => (1 / (1 + Math.exp(-score)) - y[i]) / n);
    for (let l = this.layers.length - 1; l >= 0; l--) {
      const { inputs, outputs, weights, slope } = this.layers[l], from = values[l];
      const back = new Float64Array(n * inputs);
      slope.fill(0);
      for (let i = 0; i < n; i++) {
        for (let o = 0, w = 0; o < outputs; o++) {
          const e = error[i * outputs + o];
          for (let j = i * inputs; j < (i + 1) * inputs; j++, w++) {
            slope[w] += e * from[j];
            back[j] += e * weights[w];
          }
          slope[w++] += e;
        }
      }
      if (l > 0) for (let k = 0; k < back.length; k++) back[k] *= this.act.slope(from[k]);
      error = back;
    }
    this.epoch += 1;
    const warm = Math.sqrt(1 - 0.999 ** this.epoch) / (1 - 0.9 ** this.epoch);
    for (const { weights, slope, mean, square } of this.layers) {
      for (let k = 0; k < weights.length; k++) {
        mean[k] += 0.1 * (slope[k] - mean[k]);
        square[k] += 0.001 * (slope[k] * slope[k] - square[k]);
        weights[k] -= (rate * warm * mean[k]) / (Math.sqrt(square[k]) + 1e-8);
      }
    }
  }
}

// ---- pictures ----

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

// The network itself: a small map for every neuron, and links whose dash says the sign and whose width the size.
class Wiring extends Plane {
  show(network, values, cells) {
    const { full, tall } = this.frame;
    const columns = network.sizes.slice(0, -1), gap = full / (columns.length + 0.6);
    const size = Math.min(38, gap * 0.5, (tall - 24) / Math.max(...columns) - 5);
    const place = (l, j) => {
      if (l === columns.length) return [full - 6, 24 + (tall - 24) / 2];
      const step = Math.min(size + 12, (tall - 24) / columns[l]);
      return [gap * (l + 0.5), 24 + (tall - 24) / 2 + (j - (columns[l] - 1) / 2) * step];
    };
    const pen = this.pen;
    network.layers.forEach(({ inputs, outputs, weights }, l) => {
      for (let o = 0; o < outputs; o++) for (let j = 0; j < inputs; j++) {
        const weight = weights[o * (inputs + 1) + j], [x, y] = place(l, j), [toX, toY] = place(l + 1, o);
        const start = x + size / 2, end = toX - (l + 1 < columns.length ? size / 2 : 0), half = (start + end) / 2;
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
    columns.forEach((count, l) => {
      this.label(l === 0 ? "inputs" : `layer ${l}`, place(l, 0)[0], 14);
      for (let j = 0; j < count; j++) {
        const [x, y] = place(l, j), scores = new Float64Array(cells * cells);
        let most = 1e-9;
        for (let k = 0; k < scores.length; k++) most = Math.max(most, Math.abs((scores[k] = values[l][k * count + j])));
        this.tile(scores.map((score) => score / most), cells, x - size / 2, y - size / 2, size, size);
      }
    });
  }

  axes() {}
}

// ---- the figure ----

const MOST_LAYERS = 5, MOST_NEURONS = 16, CELLS = 64, SMALL = 22;

figures.playground = (board) => {
  const sets = board.data.sets, box = [-board.data.reach, board.data.reach];
  const large = lattice(CELLS, box), small = lattice(SMALL, box);
  let network, made, playing = false, lastShown = 0;
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;

  const into = element("div", { class: "control" });
  board.controlRow.append(into);
  const play = board.button({ into, label: "▶ Play", press: () => { playing = !playing; run(); } });
  board.button({ into, label: "Step", press: () => { playing = false; train(1); board.redraw(); } });
  board.button({ into, label: "Reset", press: () => { playing = false; made = undefined; board.redraw(); } });
  board.button({ into, label: "New start", press: () => board.set({ seed: (board.state.seed + 1) % 1000 }) });
  if (Object.keys(sets).length > 1) board.select({ name: "set", label: "Points", options: Object.keys(sets).map((name) => [name, name]), value: Object.keys(sets)[0] });
  board.select({ name: "activation", label: "Activation", options: [["tanh", "tanh"], ["relu", "ReLU"], ["linear", "linear (none)"]], value: "tanh" });
  board.select({ name: "rate", label: "Learning rate", options: [0.001, 0.003, 0.01, 0.02, 0.03, 0.1, 0.3].map((rate) => [rate, String(rate)]), value: 0.02 });

  board.row("Hidden layers", { aligned: false });
  const resize = (change) => board.set({ layers: change([...board.state.layers]) });
  const add = board.button({ label: "Add a layer", press: () => resize((layers) => [...layers, 8]) });
  const remove = board.button({ label: "Remove one", press: () => resize((layers) => layers.slice(0, -1)) });
  const steppers = Array.from({ length: MOST_LAYERS }, (_, l) => board.stepper({ label: `Layer ${l + 1}`, thing: "neuron",
    press: (by) => resize((layers) => layers.with(l, layers[l] + by)) }));
  board.control("layers", [], (layers) => {
    steppers.forEach((stepper, l) => stepper.show(layers[l], 1, MOST_NEURONS));
    remove.disabled = layers.length === 0;
    add.disabled = layers.length === MOST_LAYERS;
  });
  board.control("seed", 0, () => {});

  const wiring = board.picture(new Wiring(board, { title: "The network", x: [0, 1], y: [0, 1], ticks: false, aspect: 0.86, width: 520 }));
  const view = board.plane({ title: "What it says about the plane", x: box, y: box, xLabel: "x₁", yLabel: "x₂" });
  board.legend([["zero", "class 0"], ["one", "class 1"], ["line", "boundary"], ["plus", "positive weight"], ["minus", "negative weight"]]);

  const points = () => {
    const { X, y } = sets[board.state.set ?? Object.keys(sets)[0]];
    return { X, y, flat: Float64Array.from(X.flat()) };
  };
  const train = (epochs) => {
    build();
    const { flat, y } = data;
    for (let i = 0; i < epochs; i++) network.train(flat, y, board.state.rate);
  };

  // A change of data, shape, activation or seed starts over; a change of the learning rate does not.
  let data = points();
  const build = () => {
    const { layers, activation, seed, set } = board.state, now = JSON.stringify([layers, activation, seed, set]);
    if (now === made) return;
    made = now;
    data = points();
    network = new Network([2, ...layers, 1], activation, seed);
  };

  const run = () => {
    play.textContent = playing ? "❚❚ Pause" : "▶ Play";
    if (playing) requestAnimationFrame(tick);
  };
  const tick = (time) => {
    if (!playing || board.removed) return run();
    const started = performance.now();
    // few enough epochs that the eye can follow, and never so many that the page stutters
    for (let i = 0; i < 10 && performance.now() - started < 9; i++) train(1);
    // Training goes on; who asked for less motion sees it twice a second.
    if (!calm || time - lastShown > 500) { lastShown = time; board.redraw(); }
    requestAnimationFrame(tick);
  };

  board.draw(({ layers, activation }) => {
    build();
    if (play.textContent.includes("Pause") !== playing) run();
    const scores = network.forward(large, CELLS * CELLS).at(-1);
    view.heat(scores.map((score) => Math.tanh(score / 2)), CELLS);
    view.segments(heatContour(scores, CELLS, box), { width: 2 });
    view.points(data.X, data.y, { size: data.y.length > 150 ? 3.2 : 4.5 });
    wiring.show(network, network.forward(small, SMALL * SMALL), SMALL);

    const { loss, right } = network.loss(network.forward(data.flat, data.y.length), data.y);
    const straight = layers.length === 0 || activation === "linear";
    const shape = layers.length === 0 ? "No hidden layer" : `Hidden layers of ${layers.join(", ")} (${activation === "relu" ? "ReLU" : activation})`;
    return `${shape}, ${sayCount(network.parameters)} parameters${straight ? ": the boundary is one straight line" : ""}. ` +
      `Epoch ${sayCount(network.epoch)}: loss ${sayNumber(loss, 3)}, ${right} of ${data.y.length} points right (${sayNumber((100 * right) / data.y.length, 1)} %).`;
  });
};

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
