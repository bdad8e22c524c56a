// What each layer sees: the two neurons themselves where a layer has two, else the best plane, with the share of the
// spread that it shows; in the last one also the straight borders between the classes.

const dot = (p, q) => { let sum = 0; for (let i = 0; i < p.length; i++) sum += p[i] * q[i]; return sum; };
const unit = (v) => { const length = Math.sqrt(dot(v, v)) || 1; return v.map((value) => value / length); };
const beside = (v, u) => { const part = dot(v, u); return v.map((value, i) => value - part * u[i]); };

// Two directions for n points of k numbers each: the axes where k is 2; else those of most spread. `asked` are one or two
// directions along which a last layer tells classes apart: then these, and beside one of them the one of most spread.
// `kept` is the last answer, so that the view turns slowly.
const bestPlane = (A, n, k, asked, kept) => {
  const mean = new Float64Array(k);
  for (let i = 0, at = 0; i < n; i++) for (let j = 0; j < k; j++, at++) mean[j] += A[at] / n;
  if (k <= 2) return { axes: [[1, 0].slice(0, k), [0, 1].slice(0, k)], share: 1, mean };
  const C = Array.from({ length: k }, () => new Float64Array(k)), e = new Float64Array(k);
  for (let i = 0, at = 0; i < n; i++) {
    for (let j = 0; j < k; j++, at++) e[j] = A[at] - mean[j];
    for (let j = 0; j < k; j++) for (let m = 0; m <= j; m++) C[j][m] += (e[j] * e[m]) / n;
  }
  let spread = 1e-300;
  for (let j = 0; j < k; j++) { spread += C[j][j]; for (let m = 0; m < j; m++) C[m][j] = C[j][m]; }
  const times = (v) => C.map((row) => dot(row, v));
  const anywhere = (shift) => unit(Array.from({ length: k }, (_, i) => Math.cos((i + 1) * shift)));
  let [u, v] = kept?.[0].length === k ? kept : [anywhere(1), anywhere(2)];
  if (asked.length) u = unit(asked[0]);
  if (asked.length === 2) v = unit(beside(asked[1], u));
  for (let round = 0; round < (kept ? 4 : 40) && asked.length < 2; round++) {
    if (!asked.length) u = unit(times(u));
    v = unit(beside(times(v), u));
  }
  return { axes: [u, v], share: (dot(u, times(u)) + dot(v, times(v))) / spread, mean };
};

// The last layer as scores of classes: for two classes the logit against 0.
const classScores = (network) => {
  const { inputs, outputs, at } = network.layers.at(-1);
  const scores = Array.from({ length: outputs }, (_, o) => {
    const row = Array.from(network.theta.subarray(at + o * (inputs + 1), at + (o + 1) * (inputs + 1)));
    return { w: row.slice(0, -1), b: row.at(-1) };
  });
  return outputs === 1 ? [{ w: scores[0].w.map(() => 0), b: 0 }, scores[0]] : scores;
};

// The part of a polygon in which w · p + b >= 0.
const clip = (polygon, [w1, w2], b) => {
  const kept = [], score = ([x, y]) => w1 * x + w2 * y + b;
  polygon.forEach((p, i) => {
    const q = polygon[(i + 1) % polygon.length], sp = score(p), sq = score(q);
    if (sp >= 0) kept.push(p);
    if (sp >= 0 !== sq >= 0) kept.push(between(p, q, sp / (sp - sq)));
  });
  return kept;
};

class LayerView extends Picture {
  // The outputs of layer l, of k neurons, at the points, A, and along the lines of the squared paper, each in `bends` pieces;
  // `scores` if it is the last layer.
  show({ l, k, A, paper, bends, y }, scores) {
    const n = y.length, [first, ...others] = scores ?? [];
    const shown = k > 2 && others.length < 3 ? others : [], asked = shown.map(({ w }) => w.map((value, i) => value - first.w[i]));
    const { axes, share, mean } = bestPlane(A, n, k, asked, this.turned);
    this.turned = k > 2 ? axes : undefined;
    this.places = this.shadow(A, n, k, axes, this.places);
    this.sheet = this.shadow(paper, paper.length / k, k, axes, this.sheet);
    this.frameAround(this.places, k === 2);
    super.begin();
    if (scores) this.kinds(scores, axes, mean);
    this.paper(bends);
    if (scores) this.borders();
    this.marks(this.places, y, n > 150 ? 2.6 : 3.6);
    const name = l === 0 ? "inputs" : `layer ${l}`, things = l ? "neurons" : "axes";
    const exact = !scores || k < 3 || asked.length > 0;
    this.title = k === 1 ? `${name}: its one neuron` : k === 2 ? `${name}: its two ${things}`
      : `${name}: ${k} ${things}, ${Math.round(100 * share)} % of the spread${exact ? "" : "; borders through its middle"}`;
  }

  shadow(A, n, k, [u, v], room) {
    const made = room?.length === 2 * n ? room : new Float64Array(2 * n);
    for (let i = 0, at = 0; i < n; i++) {
      let p = 0, q = 0;
      for (let j = 0; j < k; j++, at++) { p += u[j] * A[at]; if (k > 1) q += v[j] * A[at]; }
      made[2 * i] = p;
      made[2 * i + 1] = q;
    }
    return made;
  }

  // The axes of two neurons may be stretched apart, so that a narrow picture is read; those of a shadow may not.
  frameAround(places, stretch) {
    let [left, right, low, high] = [Infinity, -Infinity, Infinity, -Infinity];
    for (let i = 0; i < places.length; i += 2) {
      left = Math.min(left, places[i]);
      right = Math.max(right, places[i]);
      low = Math.min(low, places[i + 1]);
      high = Math.max(high, places[i + 1]);
    }
    const wide = right - left, tall = high - low, least = Math.max(0.02, (stretch ? 0.4 : 1) * Math.max(wide, tall));
    const around = (from, to) => {
      const middle = (from + to) / 2, half = 0.58 * Math.max(to - from, least);
      return [middle - half, middle + half];
    };
    this.x = around(left, right);
    this.y = around(low, high);
  }

  // Each class has the part of this plane in which its score leads; between scores that are linear all borders are straight.
  kinds(scores, [u, v], mean) {
    const k = mean.length, s = dot(u, mean), t = k > 1 ? dot(v, mean) : 0;
    const off = mean.map((value, i) => value - s * u[i] - (k > 1 ? t * v[i] : 0));
    const flat = scores.map(({ w, b }) => ({ w: [dot(w, u), k > 1 ? dot(w, v) : 0], b: b + dot(w, off) }));
    this.areas = flat.map((mine, c) => flat.reduce((area, other, d) => (c === d || !area.length ? area
      : clip(area, [mine.w[0] - other.w[0], mine.w[1] - other.w[1]], mine.b - other.b)), this.corners()));
    this.areas.forEach((area, c) => { if (area.length) this.polygon(area, { color: KIND_COLOURS[c], alpha: 0.16 }); });
  }

  borders() {
    const onEdge = (p, q) => [0, 1].some((i) => [this.x, this.y][i].some((edge) => p[i] === edge && q[i] === edge));
    for (const area of this.areas) {
      area.forEach((p, i) => {
        const q = area[(i + 1) % area.length];
        if (!onEdge(p, q)) this.stroke([p, q], { width: 2.2 });
      });
    }
  }

  paper(bends) {
    const { x0, dx, y0, dy } = this.scale, sheet = this.sheet;
    this.inside((pen) => {
      pen.lineWidth = 1;
      pen.globalAlpha = 0.6;
      for (const [first, color] of [[0, "soft"], [PAPER_LINES, "second"]]) {
        pen.strokeStyle = this.colour(color);
        pen.beginPath();
        for (let line = first; line < first + PAPER_LINES; line++) {
          for (let j = 0, at = 2 * line * (bends + 1); j <= bends; j++, at += 2) {
            const x = x0 + sheet[at] * dx, y = y0 + sheet[at + 1] * dy;
            if (j) pen.lineTo(x, y); else pen.moveTo(x, y);
          }
        }
        pen.stroke();
      }
    });
  }

  begin() {}
}
