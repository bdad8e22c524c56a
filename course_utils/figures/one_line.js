// Lesson 01: one neuron. Its line from three sliders, its scores as a sheet over the floor, and the perceptron's corrections.

const scoreOf = (w, b) => ([x, y]) => w[0] * x + w[1] * y + b;

const onOwnSide = (score, X, y) => X.filter((point, i) => (score(point) > 0 ? 1 : 0) === y[i]).length;

// "+ 2.00" or "− 2.00", for the inside of a formula.
const sayTerm = (value, digits = 2) => (sayNumber(value, digits).startsWith("−") ? "− " : "+ ") + sayNumber(Math.abs(value), digits);

const sayFormula = ([w1, w2], b, [first, second], digits = 2) =>
  `${sayNumber(w1, digits)} · ${first} ${sayTerm(w2, digits)} · ${second} ${sayTerm(b, digits)}`;

// The points, those on the wrong side with a ring.
const pointsWithRings = (view, score, X, y) => {
  view.dots(X.filter((point, i) => (score(point) > 0 ? 1 : 0) !== y[i]), { size: 9, color: "mark" });
  view.points(X, y, { size: 5 });
};

// ---- the line from three sliders ----

figures.line_sliders = (board) => {
  const { X, y, names, box } = board.data;
  board.slider({ name: "w1", label: `w₁, ${names[0]}`, min: -3, max: 3, step: 0.1, value: 1 });
  board.slider({ name: "w2", label: `w₂, ${names[1]}`, min: -3, max: 3, step: 0.1, value: -1 });
  board.slider({ name: "b", label: "b, bias", min: -6, max: 6, step: 0.1, value: 0 });
  const view = board.plane({ title: "Where the score is 0", x: box, y: box, xLabel: names[0], yLabel: names[1], width: 480 });
  const rows = X.length, widest = 12;
  const strip = board.plane({ title: "The score of each point", x: [-widest, widest], y: [-1, rows], aspect: 1, xLabel: "score", yTicks: [], width: 400 });
  board.legend([["zero", "class 0"], ["one", "class 1"], ["line", "score = 0"], ["dots", "on the wrong side"]]);

  board.draw(({ w1, w2, b }) => {
    const w = [w1, w2], score = scoreOf(w, b), long = Math.hypot(w1, w2);
    view.halves(w, b);
    if (long > 0) {
      view.line(w, b, { width: 3 });
      // the weights as an arrow, from the point of the line that is nearest to the origin
      const foot = w.map((value) => (-b * value) / long ** 2);
      view.arrow(foot, foot.map((value, i) => value + w[i]), { color: "second" });
      view.words(foot.map((value, i) => value + 1.25 * w[i]), "w", { color: "second", align: "center", dy: 4 });
    }
    pointsWithRings(view, score, X, y);
    const crossing = -b / w2;
    if (w2 !== 0 && Math.abs(crossing) < box[1]) {
      view.dots([[0, crossing]], { size: 5, shape: "square" });
      // on the side that the arrow does not point to
      view.words([0, crossing], sayNumber(crossing), { color: "mark", align: w1 > 0 ? "right" : "left", dx: w1 > 0 ? -10 : 10, dy: w2 > 0 ? 18 : -9 });
    }
    // each point in a row of its own, at its score; what is too far out stands at the edge
    const scores = X.map((point, i) => [Math.max(-widest, Math.min(widest, score(point))), rows - 1 - i]);
    strip.halves([1, 0], 0);
    strip.line([1, 0], 0, { width: 3 });
    scores.forEach((place) => strip.polyline([[0, place[1]], place], { color: "soft", width: 1, alpha: 0.6 }));
    strip.dots(scores.filter((_, i) => (score(X[i]) > 0 ? 1 : 0) !== y[i]), { size: 9, color: "mark" });
    strip.points(scores, y, { size: 5 });

    const right = onOwnSide(score, X, y);
    const share = `${right} of ${X.length} on their own side: ${Math.round((100 * right) / X.length)} %.`;
    const formula = `${sayFormula(w, b, names, 1)} = 0`;
    if (long === 0) return `${formula}. Without weights every point scores ${sayNumber(b, 1)}: there is no line. ${share}`;
    if (w2 === 0) return `${formula}. The line is vertical, at ${names[0]} = ${sayNumber(-b / w1)}. ${share}`;
    return `${formula}, which is ${names[1]} = ${sayNumber(-w1 / w2)} · ${names[0]} ${sayTerm(crossing)}. ${share}`;
  });
};

// ---- the sheet over the floor ----

// What is left of a polygon where the linear function f is above 0.
const cutOff = (ring, f) => {
  const kept = [];
  ring.forEach((p, i) => {
    const q = ring[(i + 1) % ring.length], fp = f(p), fq = f(q);
    if (fp >= 0) kept.push(p);
    if (fp >= 0 !== fq >= 0) kept.push(between(p, q, fp / (fp - fq)));
  });
  return kept;
};

// A space whose floor lies at height 0, half-way up: the sheet goes through it.
class Room extends Space {
  axes() { this.pen.clearRect(0, 0, this.frame.wide, this.frame.high); }

  ring() { return this.corners().map(([x, y]) => [x, y]); }

  floor(names) {
    const [low, high] = this.x;
    const flat = ([x, y]) => [x, y, 0];
    this.polygon(this.ring().map(flat), { color: "paper", alpha: 0.55 });
    for (const at of roundTicks(low, high, 8)) {
      this.stroke([flat([at, low]), flat([at, high])], { color: "faint", width: 1 });
      this.stroke([flat([low, at]), flat([high, at])], { color: "faint", width: 1 });
    }
    this.stroke(this.ring().map(flat), { color: "soft", width: 1, alpha: 0.8, close: true });
    const nearest = (a, b) => (this.depth(a) < this.depth(b) ? a : b);
    this.words(nearest([0, 1.18 * low, 0], [0, 1.18 * high, 0]), names[0], { align: "center", color: "soft", dy: 6 });
    this.words(nearest([1.18 * low, 0, 0], [1.18 * high, 0, 0]), names[1], { align: "center", color: "soft", dy: 6 });
  }

  // The upright scale stands at the corner furthest to the left.
  scale() {
    const post = this.ring().sort((p, q) => this.px([...p, 0])[0] - this.px([...q, 0])[0])[0];
    this.stroke([[...post, this.z[0]], [...post, this.z[1]]], { color: "soft", width: 1 });
    for (const z of roundTicks(...this.z, 6)) this.words([...post, z], tickWords(z), { align: "right", color: "soft", dx: -6, dy: 4 });
    this.words([...post, this.z[1]], "score", { align: "center", color: "soft", dy: -8 });
  }

  // The part of the sheet on one side of the floor, up to the room's ceiling or down to its ground.
  half(score, side) {
    const height = this.z[1], lift = ([x, y]) => [x, y, score([x, y])];
    const part = (ring) => cutOff(cutOff(ring, (p) => side * score(p)), (p) => height - side * score(p));
    const color = side > 0 ? "one" : "zero", whole = part(this.ring());
    if (whole.length < 3) return;
    this.polygon(whole.map(lift), { color, alpha: 0.3 });
    const [low, high] = this.x;
    for (const at of roundTicks(low, high, 8)) {
      for (const segment of [[[at, low], [at, high]], [[low, at], [high, at]]]) {
        const left = part(segment);
        if (left.length > 1) this.stroke(left.map(lift), { color, width: 1, alpha: 0.45 });
      }
    }
    this.stroke(whole.map(lift), { color, width: 1.2, alpha: 0.8, close: true });
  }

  // From each point on one side of the floor a stalk to the sheet: its score.
  stalks(X, y, score, side) {
    const [low, high] = this.z;
    X.forEach((point, i) => {
      const s = score(point);
      if (side * s <= 0) return;
      this.stroke([[...point, 0], [...point, Math.min(high, Math.max(low, s))]], { color: y[i] ? "one" : "zero", width: 1.6 });
    });
  }
}

figures.sheet = (board) => {
  const { X, y, w, b, names, box, height, example } = board.data;
  // the sheet rises away from the reader, a little to one side
  const facing = 5 * Math.round((Math.atan2(w[0], w[1]) * 180) / Math.PI / 5) - 25;
  board.slider({ name: "factor", label: "w and b, both times", min: -3, max: 10, step: 0.5, value: 1, say: (value) => sayNumber(value, 1) });
  board.slider({ name: "turn", label: "Turn", min: -180, max: 180, step: 5, value: facing, say: (value) => `${sayNumber(value, 0)}°` });
  const room = board.picture(new Room(board, { title: "The score of every point of the floor", x: box, y: box, z: [-height, height], aspect: 0.8, width: 480 }));
  const view = board.plane({ title: "The floor from above", x: box, y: box, xLabel: names[0], yLabel: names[1], width: 400 });
  board.legend([["zero", "class 0"], ["one", "class 1"], ["line", "score = 0"], ["area-one", "score above 0"], ["area-zero", "score below 0"]]);

  // the room also turns under the mouse or a finger
  let from;
  const { canvas } = room;
  canvas.style.cursor = "grab";
  canvas.style.touchAction = "pan-y";
  canvas.addEventListener("pointerdown", (event) => { from = event.clientX; canvas.setPointerCapture(event.pointerId); });
  canvas.addEventListener("pointerup", () => { from = undefined; });
  canvas.addEventListener("pointermove", (event) => {
    if (from === undefined || Math.abs(event.clientX - from) < 8) return;
    const steps = Math.round((event.clientX - from) / 8);
    from = event.clientX;
    board.set({ turn: ((board.state.turn + 5 * steps + 540) % 360) - 180 });
  });

  board.draw(({ factor, turn }) => {
    const now = w.map((value) => factor * value), bias = factor * b, score = scoreOf(now, bias);
    room.look(turn, 22);
    room.half(score, -1);
    room.stalks(X, y, score, -1);
    room.floor(names);
    if (factor !== 0) room.stroke(view.crossing(w, b).map((p) => [...p, 0]), { width: 3 });
    room.points(X.map((point) => [...point, 0]), y, { size: 5 });
    room.stalks(X, y, score, 1);
    room.half(score, 1);
    room.scale();

    view.halves(now, bias);
    if (factor !== 0) view.line(w, b, { width: 3 });
    pointsWithRings(view, score, X, y);

    const [x1, x2] = X[example];
    const one = `The point (${sayNumber(x1, 1)}, ${sayNumber(x2, 1)}) scores ${sayNumber(score(X[example]))}`;
    const right = `${onOwnSide(score, X, y)} of ${X.length} on their own side.`;
    const digits = `w = (${now.map((value) => sayNumber(value, 1)).join(", ")}), b = ${sayNumber(bias, 1)}.`;
    if (factor === 0) return `${digits} Every point scores 0: the sheet lies on the floor, and there is no line.`;
    if (factor < 0) return `${digits} ${one}: the line is where it was, and its two sides have changed places. ${right}`;
    return `${digits} ${one}, and the line is where ${factor === 1 ? "the sheet cuts the floor" : "it was"}. ${right}`;
  });
};

// ---- the perceptron's corrections ----

figures.perceptron_player = (board) => {
  const { X, y, names, box, steps, looks, bound, done } = board.data;
  const last = steps.length - 1;
  const player = board.player({ name: "step", label: "Corrections", min: 0, max: last, step: 1, value: 0, seconds: 1.1 * last, say: (value) => sayNumber(value, 0) });
  const move = (by) => board.set({ step: Math.min(last, Math.max(0, board.state.step + by)) });
  board.button({ label: "Previous", press: () => move(-1), into: player });
  board.button({ label: "Next", press: () => move(1), into: player });
  const view = board.plane({ title: "The line before and after", x: box, y: box, xLabel: names[0], yLabel: names[1] });
  const top = Math.max(last, bound ?? 0) * 1.12 + 1;
  const count = board.plane({ title: "Mistakes so far", x: [0, looks + 1], y: [0, top], aspect: 1, xLabel: "looks at a point" });
  board.legend([["zero", "class 0"], ["one", "class 1"], ["line", "the line now"], ["dash", "the line before"], ["dots", "the point that was wrong"]]);

  board.draw(({ step }) => {
    const now = steps[step], before = steps[Math.max(0, step - 1)];
    view.halves(now.w, now.b);
    if (step > 0) {
      view.line(before.w, before.b, { width: 2, dash: [6, 5], color: "soft" });
      view.dots([X[now.point]], { size: 10 });
    }
    view.line(now.w, now.b, { width: 3 });
    view.points(X, y, { size: 5 });

    const stairs = [[0, 0]];
    steps.slice(1, step + 1).forEach((one, i) => stairs.push([one.look, i], [one.look, i + 1]));
    if (step === last) stairs.push([looks, last]);
    if (bound !== null) {
      count.polyline([[0, bound], [looks + 1, bound]], { dash: [6, 5] });
      count.words([looks / 2, bound], `promised: at most ${Math.floor(bound)}`, { align: "center", dy: -8 });
    }
    count.polyline(stairs, { color: "mark", width: 2.5 });
    count.dots([stairs.at(-1)], { size: 5 });
    count.words(stairs.at(-1), String(step), { color: "mark", align: "center", dy: -10 });

    if (step === 0) return `The start: w = (0, 0), b = 0. Every score is 0, so nothing is decided. ${X.length} points wait in order.`;
    const [x1, x2] = X[now.point], kind = y[now.point];
    const point = `point ${now.point + 1}, (${sayNumber(x1, 1)}, ${sayNumber(x2, 1)}), of class ${kind}`;
    const told = `Mistake ${step}, in pass ${now.pass}: ${point}, scores ${sayNumber(now.score)}. It is ${kind ? "added to" : "subtracted from"} w, ` +
      `and b goes ${kind ? "up" : "down"} by 1: w = (${sayNumber(now.w[0], 1)}, ${sayNumber(now.w[1], 1)}), b = ${sayNumber(now.b, 0)}. ` +
      `${now.right} of ${X.length} are now on their own side.`;
    if (step < last) return told;
    if (!done) return `${told} It was still making mistakes when we stopped watching.`;
    return `${told} The next ${looks - now.look} looks find no mistake, and the perceptron stops` +
      (bound === null ? "." : `: ${last} mistakes, where at most ${Math.floor(bound)} were promised.`);
  });
};
