// Training in the playground, without any drawing: it also runs in Node, after network.js.

// Trains a network on points X (rows, flat) and classes y; `batch` 0 takes all points at each step.
class Trainer {
  constructor(network, X, y, { batch = 0, seed = 0 } = {}) {
    const n = y.length;
    this.size = batch > 0 && batch < n ? batch : n;
    this.all = network.pass(n);
    this.some = this.size < n ? network.pass(this.size) : this.all;
    this.order = Int32Array.from({ length: n }, (_, i) => i);
    this.uniform = randomUniform(seed + 1000);
    this.batchX = new Float64Array(this.size * network.inputs);
    this.batchY = new Int8Array(this.size);
    this.next = 0;
    this.epoch = 0;
    Object.assign(this, { network, X, y, n });
  }

  // One step on the next batch; true when all points have been seen once more.
  step({ optimiser = "adam", rate = 0.02, regularisation = "none", strength = 0 }) {
    const { network, n, some, size } = this;
    let X = this.X, y = this.y, many = n;
    if (size < n) {
      if (this.next === 0) shuffle(this.order, this.uniform);
      many = Math.min(size, n - this.next);
      this.gather(many);
      X = this.batchX;
      y = this.batchY;
    }
    network.forward(X, some, many);
    network.backward(X, y, some, many);
    network.regularise(regularisation, strength);
    network.descend(optimiser, rate);
    this.next = (this.next + many) % n;
    if (this.next === 0) this.epoch += 1;
    return this.next === 0;
  }

  gather(many) {
    const { X, y, order, next, batchX, batchY } = this, inputs = this.network.inputs;
    for (let i = 0, k = 0; i < many; i++) {
      const from = order[next + i];
      for (let j = 0; j < inputs; j++) batchX[k++] = X[from * inputs + j];
      batchY[i] = y[from];
    }
  }

  judge() { return judge(this.network.forward(this.X, this.all), this.y, this.network.outputs); }
}

// The share successes / n and its 95 % interval (Wilson, 1927).
const wilson = (successes, n) => {
  const z = 1.959963984540054, rate = successes / n;
  const centre = (rate + (z * z) / (2 * n)) / (1 + (z * z) / n);
  const half = (z / (1 + (z * z) / n)) * Math.sqrt((rate * (1 - rate)) / n + (z * z) / (4 * n * n));
  return [rate, Math.max(0, centre - half), Math.min(1, centre + half)];
};
