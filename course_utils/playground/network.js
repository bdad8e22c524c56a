// The playground's network, without any drawing: it also runs in Node. The same network as course_utils/network.py's:
// log loss, Adam or plain gradient descent, activations under the same names; for more than two classes one logit a
// class and their softmax. Every array is made once and reused.

// ---- chance that is the same everywhere ----

// Numbers from 0 to 1 that follow from the seed alone (the generator mulberry32).
const randomUniform = (seed) => {
  let state = seed + 1;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
};

const randomNormal = (seed) => {
  const uniform = randomUniform(seed);
  return () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
};

// Puts the numbers in a random order, in place.
const shuffle = (numbers, uniform) => {
  for (let i = numbers.length - 1; i > 0; i--) {
    const j = Math.floor(uniform() * (i + 1)), kept = numbers[i];
    numbers[i] = numbers[j];
    numbers[j] = kept;
  }
  return numbers;
};

// ---- activations ----

const logistic = (z) => (z >= 0 ? 1 / (1 + Math.exp(-z)) : 1 - 1 / (1 + Math.exp(z)));
const gelu = (z) => 0.5 * z * (1 + Math.tanh(0.7978845608 * (z + 0.044715 * z * z * z)));
const geluSlope = (z) => {
  const t = Math.tanh(0.7978845608 * (z + 0.044715 * z * z * z));
  return 0.5 * (1 + t) + 0.5 * z * (1 - t * t) * 0.7978845608 * (1 + 0.134145 * z * z);
};

// f(z), and its slope from z and a = f(z); at a kink the slope is the one from the left. `half` activations silence
// about half of their inputs, so their weights start wider.
const ACTIVATIONS = {
  linear: { f: (z) => z, slope: () => 1 },
  sigmoid: { f: logistic, slope: (z, a) => a * (1 - a) },
  tanh: { f: Math.tanh, slope: (z, a) => 1 - a * a },
  relu: { f: (z) => (z > 0 ? z : 0), slope: (z) => (z > 0 ? 1 : 0), half: true },
  leaky_relu: { f: (z) => (z > 0 ? z : 0.01 * z), slope: (z) => (z > 0 ? 1 : 0.01), half: true },
  gelu: { f: gelu, slope: geluSlope, half: true },
  silu: { f: (z) => z * logistic(z), slope: (z) => logistic(z) * (1 + z * logistic(-z)), half: true },
  sine: { f: Math.sin, slope: Math.cos },
  step: { f: (z) => (z > 0 ? 1 : 0), slope: () => 0 },
};

// ---- the network ----

// The room for n points on their way through a network: sums z, outputs a and the loss's slopes d, point after point.
class Pass {
  constructor(layers, n) {
    const room = () => layers.map(({ outputs }) => new Float64Array(n * outputs));
    Object.assign(this, { n, z: room(), a: room(), d: room() });
  }
}

class Network {
  // inputs: how many numbers a point has; hidden: [[neurons, activation], ...]; two classes have one logit, more have one each.
  constructor(inputs, hidden, { classes = 2, seed = 0, gain = 1, orthogonal = false } = {}) {
    const outputs = classes > 2 ? classes : 1;
    let size = inputs, at = 0;
    this.layers = [...hidden, [outputs, "linear"]].map(([neurons, act]) => {
      const layer = { inputs: size, outputs: neurons, act, at };
      at += neurons * (size + 1);
      size = neurons;
      return layer;
    });
    this.inputs = inputs;
    this.outputs = outputs;
    this.parameters = at;
    // all weights of all layers: neuron after neuron, each neuron's bias after its weights
    this.theta = new Float64Array(at);
    this.grad = new Float64Array(at);
    this.mean = new Float64Array(at);
    this.square = new Float64Array(at);
    this.steps = 0;
    this.start(seed, gain, orthogonal);
  }

  // Random weights: normal, variance 1 / inputs (2 / inputs for activations that silence half); biases 0.
  start(seed, gain, orthogonal) {
    const normal = randomNormal(seed);
    for (const { inputs, outputs, act, at } of this.layers) {
      const spread = Math.sqrt((ACTIVATIONS[act].half ? 2 : 1) / inputs);
      const rows = Array.from({ length: outputs }, () => Float64Array.from({ length: inputs }, () => spread * normal()));
      if (orthogonal) rows.forEach((row, o) => straighten(row, rows.slice(0, o)));
      rows.forEach((row, o) => this.theta.set(row.map((w) => gain * w), at + o * (inputs + 1)));
    }
  }

  // The weights as Python has them: W of shape (inputs, neurons), b of shape (neurons,).
  get weights() {
    return this.layers.map(({ inputs, outputs, at }) => ({
      W: Array.from({ length: inputs }, (_, i) => Array.from({ length: outputs },
        (_, o) => this.theta[at + o * (inputs + 1) + i])),
      b: Array.from({ length: outputs }, (_, o) => this.theta[at + o * (inputs + 1) + inputs]),
    }));
  }

  set weights(given) {
    this.layers.forEach(({ inputs, outputs, at }, l) => {
      for (let o = 0; o < outputs; o++) {
        for (let i = 0; i < inputs; i++) this.theta[at + o * (inputs + 1) + i] = given[l].W[i][o];
        this.theta[at + o * (inputs + 1) + inputs] = given[l].b[o];
      }
    });
  }

  // Whether weights from elsewhere have this network's shape.
  fits(given) {
    return given.length === this.layers.length && this.layers.every(({ inputs, outputs }, l) =>
      given[l].W.length === inputs && given[l].b.length === outputs);
  }

  pass(n) { return new Pass(this.layers, n); }

  // Fills pass.z and pass.a for the first n points of X (n rows, flat) and returns the logits.
  forward(X, pass, n = pass.n) {
    const theta = this.theta;
    let from = X;
    for (let l = 0; l < this.layers.length; l++) {
      const { inputs, outputs, act, at } = this.layers[l], z = pass.z[l], a = pass.a[l], f = ACTIVATIONS[act].f;
      for (let i = 0, k = 0; i < n; i++) {
        for (let o = 0, w = at; o < outputs; o++, k++) {
          let sum = 0;
          for (let j = i * inputs, end = j + inputs; j < end; j++, w++) sum += theta[w] * from[j];
          z[k] = sum + theta[w++];
        }
      }
      if (act === "linear") a.set(z); else for (let k = 0; k < n * outputs; k++) a[k] = f(z[k]);
      from = a;
    }
    return from;
  }

  // Fills this.grad with the slope of the mean log loss of the first n points, after forward.
  backward(X, y, pass, n = pass.n) {
    const { theta, grad } = this, last = this.layers.length - 1;
    grad.fill(0);
    slopesOfLoss(pass.a[last], y, this.outputs, n, pass.d[last]);
    for (let l = last; l >= 0; l--) {
      const { inputs, outputs, at } = this.layers[l], from = l ? pass.a[l - 1] : X, d = pass.d[l];
      for (let i = 0, k = 0; i < n; i++) {
        for (let o = 0, w = at; o < outputs; o++, k++) {
          const e = d[k];
          for (let j = i * inputs, end = j + inputs; j < end; j++, w++) grad[w] += e * from[j];
          grad[w++] += e;
        }
      }
      if (l === 0) break;
      const back = pass.d[l - 1], z = pass.z[l - 1], slope = ACTIVATIONS[this.layers[l - 1].act].slope;
      for (let i = 0; i < n; i++) {
        for (let j = 0; j < inputs; j++) {
          let sum = 0;
          for (let o = 0, w = at + j; o < outputs; o++, w += inputs + 1) sum += d[i * outputs + o] * theta[w];
          const k = i * inputs + j;
          back[k] = sum * slope(z[k], from[k]);
        }
      }
    }
  }

  // L1 pulls each weight (no bias) towards 0 by its sign, L2 by its size: slopes of strength * sum |w|, strength / 2 * sum w².
  regularise(kind, strength) {
    if (kind === "none" || strength === 0) return;
    const { theta, grad } = this;
    for (const { inputs, outputs, at } of this.layers) {
      for (let o = 0, w = at; o < outputs; o++, w++) {
        for (const end = w + inputs; w < end; w++) grad[w] += strength * (kind === "l1" ? Math.sign(theta[w]) : theta[w]);
      }
    }
  }

  // One step against this.grad: "adam" (Kingma and Ba, 2015, with their constants) or "sgd", plain gradient descent.
  descend(optimiser, rate) {
    const { theta, grad, mean, square } = this;
    this.steps += 1;
    if (optimiser === "sgd") {
      for (let k = 0; k < theta.length; k++) theta[k] -= rate * grad[k];
      return;
    }
    const step = rate / (1 - 0.9 ** this.steps), root = 1 / (1 - 0.999 ** this.steps);
    for (let k = 0; k < theta.length; k++) {
      const g = grad[k];
      mean[k] = 0.9 * mean[k] + 0.1 * g;
      square[k] = 0.999 * square[k] + 0.001 * g * g;
      theta[k] -= (step * mean[k]) / (Math.sqrt(square[k] * root) + 1e-8);
    }
  }
}

// Makes a row of weights orthogonal to those before it (as far as there is room), and of length 1.
const straighten = (row, before) => {
  const dot = (p, q) => p.reduce((sum, value, i) => sum + value * q[i], 0);
  if (before.length < row.length) {
    for (const other of before) {
      const part = dot(row, other);
      row.forEach((_, i) => { row[i] -= part * other[i]; });
    }
  }
  const length = Math.sqrt(dot(row, row));
  row.forEach((_, i) => { row[i] /= length; });
};

// ---- the loss ----

// d = the slopes of the mean log loss by the logits: (share given to each class - 1 for the right one) / n.
const slopesOfLoss = (logits, y, outputs, n, d) => {
  if (outputs === 1) {
    for (let i = 0; i < n; i++) d[i] = (logistic(logits[i]) - y[i]) / n;
    return;
  }
  for (let i = 0; i < n; i++) {
    const at = i * outputs;
    let top = logits[at], sum = 0;
    for (let k = 1; k < outputs; k++) if (logits[at + k] > top) top = logits[at + k];
    for (let k = 0; k < outputs; k++) sum += d[at + k] = Math.exp(logits[at + k] - top);
    for (let k = 0; k < outputs; k++) d[at + k] = (d[at + k] / sum - (y[i] === k ? 1 : 0)) / n;
  }
};

// The mean log loss of n points, `outputs` logits each, and how many of them get their own class.
const judge = (logits, y, outputs = 1, n = y.length) => {
  let loss = 0, right = 0;
  for (let i = 0; i < n; i++) {
    if (outputs === 1) {
      const margin = y[i] ? logits[i] : -logits[i];
      loss += Math.max(0, -margin) + Math.log1p(Math.exp(-Math.abs(margin)));
      right += (logits[i] > 0) === (y[i] === 1);
      continue;
    }
    const at = i * outputs;
    let top = 0, sum = 0;
    for (let k = 1; k < outputs; k++) if (logits[at + k] > logits[at + top]) top = k;
    for (let k = 0; k < outputs; k++) sum += Math.exp(logits[at + k] - logits[at + top]);
    loss += Math.log(sum) + logits[at + top] - logits[at + y[i]];
    right += top === y[i];
  }
  return { loss: loss / n, right };
};
