// One network on one set of points, as the settings say: what is built, trained, judged and written down. No drawing here.

const FINE = 80, COARSE = 40, SMALL = 20;      // cells along each side of the maps: at rest, in motion, of one neuron
const PAPER_LINES = 11;                        // squared paper: so many upright lines, then as many level ones
const BENDS = 64, FEW_BENDS = 28;              // pieces of each line: at rest, in motion
const MOST_NOTES = 400, MOST_EPOCHS = 3000;    // of the history; of each of many starts

// The middles of cells x cells squares, row by row from the top.
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

const squaredPaper = (bends, [low, high]) => {
  const points = [], at = (i, n) => low + ((high - low) * i) / n;
  for (const upright of [true, false]) {
    for (let i = 0; i < PAPER_LINES; i++) {
      const fixed = at(i, PAPER_LINES - 1);
      for (let j = 0; j <= bends; j++) {
        const along = at(j, bends);
        points.push(...(upright ? [fixed, along] : [along, fixed]));
      }
    }
  }
  return Float64Array.from(points);
};

const splitPoints = ({ X, y }, share) => {
  const order = Array.from(y, (_, i) => i);
  if (share > 0) shuffle(order, randomUniform(1));
  const cut = Math.round(share * y.length);
  const part = (which) => ({ X: Float64Array.from(which.flatMap((i) => X[i])), y: Int8Array.from(which, (i) => y[i]) });
  return { test: part(order.slice(0, cut)), train: part(order.slice(cut)) };
};

const EMPTY_HISTORY = () => ({ epoch: [], loss: [], accuracy: [], test_loss: [], test_accuracy: [] });

class Session {
  // points(state): the points { X, y } that a state chooses
  constructor(points) {
    this.points = points;
    this.given = undefined;        // { layers, activations, history }: weights from elsewhere, to which Reset returns
    this.left = undefined;         // { layers, shape, sketch, history }: where an earlier view of the same figure stood
  }

  // A change of points, inputs, shape, start or batch starts over; one of the rate does not. Returns whether it did.
  build(state) {
    const { set, drawing, features, layers, activations, seed, init, batch, test } = state;
    const shape = JSON.stringify([set, features, layers, activations, seed, init, batch, test]);
    const sketch = set === DRAWING ? JSON.stringify(drawing) : "";
    if (shape === this.shape && sketch === this.sketch) return false;
    const { X, y } = this.points(state);
    const classes = Math.max(2, 1 + Math.max(...y));
    // who goes on drawing sees the same network go on learning
    const goesOn = shape === this.shape && classes === this.classes ? this.trainer.epoch : undefined;
    Object.assign(this, { shape, sketch, classes, features });
    if (goesOn === undefined) this.start(state);
    const { train, test: rest } = splitPoints({ X, y }, test);
    const reach = set === DRAWING ? 1.1 : 1.1 * Math.max(...X.map(([p, q]) => Math.max(Math.abs(p), Math.abs(q)))) || 1;
    this.train = { ...train, inputs: withFeatures(train.X, features) };
    this.rest = { ...rest, ...this.seen(rest.X) };
    if (this.box?.[1] !== reach || goesOn === undefined) this.look([-reach, reach]);
    this.trainer = new Trainer(this.network, this.train.inputs, train.y, { batch, seed });
    if (goesOn !== undefined) this.trainer.epoch = goesOn;
    else this.begin();
    this.note();
    return true;
  }

  fresh({ features, layers, activations, init }, seed) {
    const hidden = layers.map((size, l) => [size, activations[l]]);
    const options = { classes: this.classes, seed, ...(init === "orthogonal" ? { orthogonal: true, gain: 1.3 } : {}) };
    return new Network(features.length, hidden, options);
  }

  // Given weights hold as long as the network has their shape and their activations.
  start(state) {
    this.network = this.fresh(state, state.seed);
    const same = this.given && JSON.stringify(this.given.activations) === JSON.stringify(state.activations);
    if (same && this.network.fits(this.given.layers)) this.network.weights = this.given.layers; else this.given = undefined;
    if (this.left?.shape !== this.shape || this.left?.sketch !== this.sketch) this.left = undefined;
    if (this.left) this.network.weights = this.left.layers;
  }

  begin() {
    this.history = { ...EMPTY_HISTORY(), ...structuredClone((this.left ?? this.given)?.history ?? {}) };
    this.left = undefined;
    this.trainer.epoch = this.history.epoch.at(-1) ?? 0;
  }

  seen(points) {
    const inputs = withFeatures(points, this.features);
    return { inputs, pass: this.network.pass(points.length / 2) };
  }

  // The points at which maps and squared paper are asked for.
  look(box) {
    this.box = box;
    this.fine = { cells: FINE, ...this.seen(lattice(FINE, box)) };
    this.coarse = { cells: COARSE, ...this.seen(lattice(COARSE, box)) };
    this.small = { cells: SMALL, ...this.seen(lattice(SMALL, box)) };
    this.paper = { bends: BENDS, ...this.seen(squaredPaper(BENDS, box)) };
    this.rough = { bends: FEW_BENDS, ...this.seen(squaredPaper(FEW_BENDS, box)) };
  }

  // Fills the room of a sheet (fine, coarse, small, paper, rough, rest) and returns its logits.
  ask(sheet) { return this.network.forward(sheet.inputs, sheet.pass); }

  // Whether the network is told x1 and x2 and nothing else.
  get plainInputs() { return this.features.length === 2 && this.features[0] === "x1" && this.features[1] === "x2"; }

  restart() {
    this.shape = undefined;
    this.left = undefined;
  }

  // What a later view needs to go on from here.
  get standing() {
    this.note();
    return { layers: this.network.weights, shape: this.shape, sketch: this.sketch, history: structuredClone(this.history) };
  }

  epoch(state) { while (!this.trainer.step(state)); }

  // Trains until `epochs` more are done or `over()` says that time is up.
  trainFor(epochs, state, over) {
    const end = this.trainer.epoch + epochs;
    while (this.trainer.epoch < end && !over()) this.trainer.step(state);
  }

  // Judges and writes down where training stands; when the list grows long, every second entry goes.
  note() {
    const { trainer, history, rest } = this;
    const { loss, right } = trainer.judge();
    const test = rest.y.length ? judge(this.ask(rest), rest.y, this.network.outputs) : undefined;
    const now = { loss, right, accuracy: right / trainer.n, test };
    if (history.epoch.at(-1) === trainer.epoch) return now;
    if (history.epoch.length > MOST_NOTES) {
      for (const name of Object.keys(history)) history[name] = history[name].filter((_, i) => i % 2 === 0);
    }
    history.epoch.push(trainer.epoch);
    history.loss.push(loss);
    history.accuracy.push(now.accuracy);
    if (test) { history.test_loss.push(test.loss); history.test_accuracy.push(test.right / rest.y.length); }
    return now;
  }
}

// Many starts of the session's network, trained one after the other in small portions.
class Starts {
  constructor(session, state, n) {
    Object.assign(this, { session, state, n, results: [], goal: state.goal || 1, shape: session.shape, sketch: session.sketch });
  }

  // False when the network or its points are no longer those that were asked about.
  get holds() { return this.shape === this.session.shape && this.sketch === this.session.sketch; }

  get done() { return this.results.length >= this.n; }

  work(milliseconds) {
    const { session, state, results } = this, { inputs: X, y } = session.train, n = y.length;
    const end = performance.now() + milliseconds;
    while (!this.done && performance.now() < end) {
      const seed = results.length;
      this.now ??= new Trainer(session.fresh(state, seed), X, y, { batch: state.batch, seed });
      for (let i = 0; i < 10 && this.now.epoch < MOST_EPOCHS; i++) while (!this.now.step(state));
      const good = this.now.judge().right >= this.goal * n;
      if (good || this.now.epoch >= MOST_EPOCHS) { results.push(good); this.now = undefined; }
    }
  }

  get successes() { return this.results.filter(Boolean).length; }
}
