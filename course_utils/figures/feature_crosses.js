// Lesson 03: one neuron and the features it is given. A score above 0 is class 1, as everywhere.

const squash = (score) => 1 / (1 + Math.exp(-score));

// ---- five features, each with a box to tick ----

const NAMES = ["x₁", "x₂", "x₁²", "x₂²", "x₁x₂"];
const featuresOf = ([x1, x2]) => [x1, x2, x1 * x1, x2 * x2, x1 * x2];

// "score = 1.20 x₁ − 0.50 x₂² + 0.10", with the chosen features only
const equation = (w, b, chosen) => {
  const terms = [...chosen.map((i) => [w[i], ` ${NAMES[i]}`]), [b, ""]];
  const sum = terms.map(([value, name], i) => {
    const size = sayNumber(Math.abs(value)), minus = value < 0 && Number(size) !== 0;
    return `${i ? (minus ? " − " : " + ") : minus ? "−" : ""}${size}${name}`;
  });
  return `score = ${sum.join("")}`;
};

figures.toggle_features = (board) => {
  const { sets, box } = board.data;
  board.choice({ name: "points", label: "Points:", value: "xor", options: [["xor", "XOR"], ["ring", "ring"]] });
  board.row("Features:");
  // five boxes stand side by side, not in the wide columns of titled sliders
  board.controlRow.classList.remove("titled");
  NAMES.forEach((label, i) => board.check({ name: `feature${i}`, label, value: i < 2 }));
  const view = board.plane({ title: "The inputs and the boundary", x: box, y: box, xLabel: "x₁", yLabel: "x₂" });
  const strip = board.plane({ title: "Each point at its probability", x: [0, 1], y: [-1, 1], aspect: 1, yTicks: [], xTicks: [0, 0.25, 0.5, 0.75, 1],
    xLabel: "probability of class 1" });
  board.legend([["zero", "class 0"], ["one", "class 1"], ["line", "score = 0, probability one half"]]);

  board.draw((now) => {
    const { X, y, fits } = sets[now.points];
    const chosen = NAMES.map((_, i) => i).filter((i) => now[`feature${i}`]);
    const { w, b, right } = fits[chosen.reduce((code, i) => code + 2 ** i, 0)];
    const score = (p) => featuresOf(p).reduce((sum, value, i) => sum + w[i] * value, b);
    const map = view.sample((x1, x2) => score([x1, x2]), 100);
    view.regions(map);
    view.points(X, y);
    view.segments(view.contour(map));

    strip.polygon([[0, -1], [0.5, -1], [0.5, 1], [0, 1]], { color: "zero", alpha: 0.16 });
    strip.polygon([[0.5, -1], [1, -1], [1, 1], [0.5, 1]], { color: "one", alpha: 0.16 });
    strip.polyline([[0.5, -1], [0.5, 1]], { width: 2.5 });
    // each class on a shelf of its own, spread out by its number so that points do not hide one another
    strip.points(X.map((p, i) => [squash(score(p)), (y[i] ? 0.5 : -0.5) + 0.36 * Math.sin(7.3 * i)]), y);

    const share = `${right} of ${X.length} points on their own side (${sayNumber((100 * right) / X.length, 1)} %).`;
    if (!chosen.length) return `No feature: the score is the same everywhere, and so is the answer. ${share}`;
    return `${chosen.length === 1 ? "One feature" : `${chosen.length} features`}, ${equation(w, b, chosen)}. ${share}`;
  });
};

// ---- the ring on the bowl ----

const circle = (radius, height, from = 0, to = 360) => Array.from({ length: 73 }, (_, i) => {
  const angle = ((from + ((to - from) * i) / 72) * Math.PI) / 180;
  const p = [radius * Math.cos(angle), radius * Math.sin(angle)];
  return height === undefined ? p : [...p, height];
});

figures.paraboloid_lift = (board) => {
  const { X, y, lifted, reach, top } = board.data;
  board.slider({ name: "height", label: "Height of the plane", min: 0, max: 1, step: 0.01, value: 0.7 });
  board.slider({ name: "turn", label: "Turn", min: -180, max: 180, step: 2, value: 30, say: (turn) => `${sayNumber(turn, 0)}°` });
  const axes = { x: [-reach, reach], y: [-reach, reach], xLabel: "x₁", yLabel: "x₂" };
  const space = board.space({ title: "Lifted: flat plane, curved bowl", ...axes, z: [0, top], zLabel: "height" });
  const floor = board.plane({ title: "From above: the same cut", ...axes });
  board.legend([["zero", "class 0"], ["one", "class 1"], ["dots", "where the plane cuts the bowl"]]);

  board.draw(({ height, turn }) => {
    space.look(turn, 18);
    const radius = Math.sqrt(height), order = lifted.map((_, i) => i).sort((i, j) => space.depth(lifted[j]) - space.depth(lifted[i]));
    const some = (wanted) => order.filter((i) => lifted[i][2] > height === wanted);
    const bowl = (z) => space.polyline(circle(Math.sqrt(z), z), { color: "soft", width: 1, alpha: 0.45 });
    const levels = Array.from({ length: 8 }, (_, i) => (top * (i + 1)) / 8.8);
    const paint = (those) => space.points(those.map((i) => lifted[i]), those.map((i) => y[i]), { size: 3.6 });
    // seen from above the plane, what lies below it is painted first
    space.polyline(circle(radius, 0), { color: "mark", width: 1.5, dash: [2, 5] });
    levels.filter((z) => z <= height).forEach(bowl);
    paint(some(false));
    const sheet = [[-reach, -reach], [reach, -reach], [reach, reach], [-reach, reach]].map((p) => [...p, height]);
    space.polygon(sheet, { color: "soft", alpha: 0.25 });
    space.stroke(sheet, { color: "soft", width: 1, close: true });
    space.polyline(circle(radius, height), { color: "mark", width: 3 });
    levels.filter((z) => z > height).forEach(bowl);
    paint(some(true));

    const ring = circle(radius);
    floor.polygon(floor.corners(), { color: "one", alpha: 0.16 });
    floor.polygon(ring, { color: "paper", alpha: 1 });
    floor.polygon(ring, { color: "zero", alpha: 0.16 });
    floor.points(X, y, { size: 4 });
    floor.polyline(ring, { color: "mark", width: 3 });

    const all = (k) => y.filter((c) => c === k).length;
    const below = y.filter((c, i) => c === 0 && lifted[i][2] <= height).length, above = y.filter((c, i) => c === 1 && lifted[i][2] > height).length;
    return `Plane at the height ${sayNumber(height)}: ${below} of ${all(0)} points of class 0 lie below it, ${above} of ${all(1)} of class 1 above. ` +
      `From above, the cut is a circle of radius ${sayNumber(radius)}, since ${sayNumber(radius)}² = ${sayNumber(height)}.`;
  });
};

// ---- all products up to a degree, on the spirals ----

// T₀(x) ... T_degree(x), the polynomials that stay between −1 and 1
const chebyshev = (x, degree) => {
  const T = [1, x];
  for (let i = 2; i <= degree; i++) T.push(2 * x * T[i - 1] - T[i - 2]);
  return T;
};

// The score Σ w_ij T_i(x₁) T_j(x₂), i + j ≤ degree. Neighbouring points of a map share x₂, so its part of the sum is kept.
const productScore = (w, degree) => {
  let last, inner = [];
  return (x1, x2) => {
    if (x2 !== last) {
      const T = chebyshev(x2, degree);
      let k = 0;
      inner = Array.from({ length: degree + 1 }, (_, i) => {
        let sum = 0;
        for (let j = 0; j <= degree - i; j++) sum += w[k++] * T[j];
        return sum;
      });
      last = x2;
    }
    const T = chebyshev(x1, degree);
    return inner.reduce((sum, part, i) => sum + part * T[i], 0);
  };
};

figures.degree_slider = (board) => {
  const { sets, fits, window: box, tests, pixels, pixel_counts } = board.data;
  const most = fits[200].length;
  board.player({ name: "degree", label: "Degree", min: 1, max: most, step: 1, value: 1, seconds: 10, say: (degree) => String(degree) });
  board.choice({ name: "train", label: "Training points:", value: "200", options: [["200", "200"], ["60", "60"]] });
  const view = board.plane({ title: "The spirals and the boundary", x: box, y: box, xLabel: "x₁", yLabel: "x₂", width: 300 });
  const shares = board.plane({ title: "Points right", x: [0, most + 1], y: [0.4, 1.02], aspect: 1, xLabel: "degree", width: 300,
    xTicks: [1, 5, 10, 15, 20], yTicks: [0.5, 0.6, 0.7, 0.8, 0.9, 1] });
  const counts = board.plane({ title: "Features (logarithmic)", x: [0, most + 1], y: [1, 1e12], yLog: true, aspect: 1, xLabel: "degree", width: 300,
    xTicks: [1, 5, 10, 15, 20], yTicks: [1, 1e3, 1e6, 1e9, 1e12] });
  // three small pictures stand in one row
  for (const picture of [view, shares, counts]) picture.box.style.flexBasis = "190px";
  board.legend([["zero", "class 0"], ["one", "class 1"], ["first", "training points"], ["second", "fresh points"]]);

  board.draw(({ degree, train }) => {
    const { X, y } = sets[train], now = fits[train][degree - 1];
    const map = view.sample(productScore(now.w, degree), 90);
    view.regions(map);
    view.points(X, y, { size: 3.5 });
    view.segments(view.contour(map), { width: 2 });

    for (const [which, color, dash] of [["train", "zero", []], ["test", "second", [6, 4]]]) {
      shares.polyline(fits[train].map((fit, i) => [i + 1, fit[which]]), { color, width: 1.5, alpha: 0.35, dash });
      shares.polyline(fits[train].slice(0, degree).map((fit, i) => [i + 1, fit[which]]), { color, width: 2.5, dash });
      shares.dots([[degree, now[which]]], { color, size: 5, shape: which === "test" ? "square" : "circle" });
    }
    counts.polyline(fits[train].map((fit, i) => [i + 1, fit.features]), { color: "ink", width: 2 });
    counts.polyline(pixel_counts.map((count, i) => [i + 1, count]), { color: "mark", width: 2, dash: [6, 4] });
    counts.dots([[degree, now.features]], { color: "ink", size: 5 });
    counts.dots([[degree, pixel_counts[degree - 1]]], { color: "mark", size: 5 });
    counts.words([13, 104], "2 inputs", { dy: 22 });
    counts.words([4.4, 1e10], `${sayCount(pixels)} inputs`, { color: "mark", dx: 6 });

    const photograph = pixel_counts[degree - 1];
    const there = photograph < 1e12 ? sayCount(photograph) : `about ${sayHuge(photograph)}`;
    return `Degree ${degree}: ${sayCount(now.features)} features. Right: ${sayNumber(100 * now.train, 1)} % of the ${X.length} training points, ` +
      `${sayNumber(100 * now.test, 1)} % of ${sayCount(tests)} fresh points. With ${sayCount(pixels)} inputs degree ${degree} would have ${there} features.`;
  });
};

// A huge number as a digit and a power of ten.
const sayHuge = (value) => {
  const [digits, power] = value.toExponential(0).split("e+");
  return `${digits} × 10${power.replace(/\d/g, (digit) => "⁰¹²³⁴⁵⁶⁷⁸⁹"[digit])}`;
};
