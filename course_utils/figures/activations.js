// Lesson 05: activations and their slopes, three hinges and their sum, and a curve met at its knots.

// ---- the zoo: an activation, its slope, and where the slope is nearly 0 ----

// The stretches [from, to] of z on which `is(i)` holds.
const stretches = (z, is) => {
  const found = [];
  z.forEach((value, i) => {
    if (!is(i)) return;
    if (i > 0 && is(i - 1)) found.at(-1)[1] = value; else found.push([value, value]);
  });
  return found.filter(([from, to]) => to > from);
};

figures.activation_zoo = (board) => {
  const { z, flat, functions } = board.data;
  const names = Object.keys(functions);
  board.choice({ name: "name", label: "Activation:", value: names[0], options: names.map((name) => [name, name]) });
  board.slider({ name: "z", label: "Score z", min: z[0], max: z.at(-1), step: 0.1, value: 1, say: (value) => sayNumber(value, 1) });
  const span = [z[0], z.at(-1)];
  const left = board.plane({ title: "What it makes of the score", x: span, y: [-1.5, 3], aspect: 0.62, xLabel: "score z", yLabel: "output" });
  const right = board.plane({ title: "Its slope", x: span, y: [-0.1, 1.2], aspect: 0.62, xLabel: "score z", yLabel: "slope" });
  board.legend([["first", "the activation"], ["second", "its slope"], ["hinge", "the tangent at z"], ["area-zero", `nearly flat: slope below ${flat}`]]);

  board.draw(({ name, z: at }) => {
    const { value, slope } = functions[name];
    const read = (values) => {
      const place = ((at - z[0]) / (z.at(-1) - z[0])) * (z.length - 1), i = Math.min(Math.floor(place + 1e-9), z.length - 2);
      return values[i] + (values[i + 1] - values[i]) * (place - i);
    };
    // a corner's slope is not halfway between its sides: take the nearest sample
    const here = Math.round(((at - z[0]) / (z.at(-1) - z[0])) * (z.length - 1)), nearest = slope[here];
    const dull = stretches(z, (i) => Math.abs(slope[i]) < flat);
    for (const view of [left, right]) {
      for (const [from, to] of dull) view.polygon([[from, view.y[0]], [to, view.y[0]], [to, view.y[1]], [from, view.y[1]]], { color: "zero", alpha: 0.13 });
    }
    const height = read(value);
    left.polyline(z.map((v, i) => [v, value[i]]), { color: "zero", width: 2.5 });
    left.polyline([-1.6, 1.6].map((step) => [at + step, height + nearest * step]), { color: "mark", width: 2, dash: [2, 5] });
    left.dots([[at, height]], { size: 5 });
    // the slope of a hinge jumps: no stroke joins its two sides
    const pieces = [[]];
    slope.forEach((s, i) => {
      if (i > 0 && Math.abs(s - slope[i - 1]) > 0.5) pieces.push([]);
      pieces.at(-1).push([z[i], s]);
    });
    for (const piece of pieces) right.polyline(piece, { color: "second", width: 2.5, dash: [8, 5] });
    right.dots([[at, nearest]], { size: 5 });

    const share = slope.filter((s) => Math.abs(s) < flat).length / slope.length;
    const corner = here + 1 < slope.length && Math.abs(slope[here + 1] - nearest) > 0.5;
    const verdict = corner ? `but to the right of this corner it is ${sayNumber(slope[here + 1], 3)}: one has to agree on one of the two`
      : Math.abs(nearest) >= flat ? "so a nudge of the score is felt"
      : nearest === 0 ? "so a nudge of the score changes nothing at all" : "so a nudge of the score is hardly felt";
    return `${name} at z = ${sayNumber(at, 1)}: output ${sayNumber(height, 3)}, slope ${sayNumber(nearest, 3)}, ${verdict}. ` +
      `The slope is below ${flat} on ${Math.round(100 * share)} % of this window` +
      (dull.length ? `: ${dull.map(([from, to]) => `from ${sayNumber(from, 1)} to ${sayNumber(to, 1)}`).join(" and ")}.` : ".");
  });
};

// ---- three hinges, mixed ----

figures.hinge_mixer = (board) => {
  const { x, y, span, top } = board.data;
  const looks = [{ color: "zero", dash: [] }, { color: "second", dash: [8, 5] }, { color: "mark", dash: [8, 4, 2, 4] }];
  const starts = [[0.5, 1], [1.5, -1], [3, 0.5]];
  looks.forEach((_, k) => {
    board.row(`Hinge ${k + 1}`);
    board.slider({ name: `t${k + 1}`, label: "knot", min: 0, max: 4, step: 0.25, value: starts[k][0] });
    board.slider({ name: `w${k + 1}`, label: "weight", min: -5, max: 5, step: 0.25, value: starts[k][1] });
  });
  board.row("Sum");
  board.slider({ name: "c", label: "offset", min: -2, max: 3, step: 0.25, value: 0.5 });
  const axes = { x: span, y: top, xLabel: "x" };
  const small = looks.map((_, k) => board.plane({ title: `Hinge ${k + 1} times its weight`, ...axes, aspect: 0.75, width: 280 }));
  // three side by side, also beside a narrow notebook's margin
  for (const one of small) one.box.style.flex = "1 1 190px";
  const sum = board.plane({ title: "The running sum", ...axes, aspect: 0.46, least: 200, width: 868, alone: true, yLabel: "output" });
  board.legend([["square", "the posts"], ["first", "offset + hinge 1"], ["second", "+ hinge 2"], ["line", "+ hinge 3: the sum"], ["hinge", "a knot"]]);

  board.draw((now) => {
    const hinges = looks.map((look, k) => ({ ...look, t: now[`t${k + 1}`], w: now[`w${k + 1}`] }));
    const out = ({ t, w }, at) => w * Math.max(0, at - t);
    const running = (many) => (at) => hinges.slice(0, many).reduce((total, hinge) => total + out(hinge, at), now.c);
    hinges.forEach((hinge, k) => {
      small[k].polyline([[hinge.t, top[0]], [hinge.t, top[1]]], { color: "mark", width: 1.5, dash: [2, 5] });
      small[k].polyline([span[0], hinge.t, span[1]].map((at) => [at, out(hinge, at)]), { color: hinge.color, dash: hinge.dash, width: 2.5 });
      small[k].dots([[hinge.t, 0]], { size: 4.5 });
    });
    const corners = [...hinges].sort((p, q) => p.t - q.t);
    const places = [span[0], ...corners.map(({ t }) => t), span[1]];
    for (const { t } of hinges) sum.polyline([[t, top[0]], [t, top[1]]], { color: "mark", width: 1.5, dash: [2, 5] });
    x.forEach((at, i) => sum.polyline([[at, top[0]], [at, y[i]]], { color: "soft", width: 3, alpha: 0.45 }));
    for (const many of [1, 2, 3]) {
      const style = many === 3 ? { color: "ink", width: 3.5 } : { ...looks[many - 1], width: 1.8 };
      sum.polyline(places.map((at) => [at, running(many)(at)]), style);
    }
    const all = running(3);
    sum.dots(corners.map(({ t }) => [t, all(t)]), { size: 5 });
    sum.dots(x.map((at, i) => [at, y[i]]), { size: 5.5, color: "ink", shape: "square" });

    let slope = 0;
    const slopes = [0];
    for (const { t, w } of corners) {
      slope += w;
      if (slopes.length > 1 && slopes.place === t) slopes[slopes.length - 1] = slope; else slopes.push(slope);
      slopes.place = t;
    }
    const worst = Math.max(...x.map((at, i) => Math.abs(all(at) - y[i])));
    const knots = [...new Set(corners.map(({ t }) => sayNumber(t)))].join(", ");
    return `Knots at ${knots}; slopes of the sum, from left to right: ${slopes.map((s) => sayNumber(s)).join(", ")}. ` +
      (worst < 1e-9 ? `It meets all ${x.length} posts.` : `It misses the worst of the ${x.length} posts by ${sayNumber(worst)}.`);
  });
};

// ---- a curve and its knots ----

figures.knot_slider = (board) => {
  const { span, x, targets } = board.data;
  const most = targets[0].nets.length;
  board.player({ name: "pieces", label: "Pieces", min: 1, max: most, step: 1, value: 3, seconds: 10,
    say: (n) => `${n} piece${n === 1 ? "" : "s"}` });
  board.choice({ name: "target", label: "Curve:", value: targets[0].name, options: targets.map(({ name, words }) => [name, words]) });
  const view = board.plane({ title: "The curve and your hinge network", x: span, y: [-1.6, 1.6], aspect: 0.72, width: 460, xLabel: "x" });
  const errors = board.plane({ title: "Largest error between −1 and 1", x: [0.9, 1.1 * most], y: [1e-4, 10], xLog: true, yLog: true, aspect: 0.72, width: 460,
    xLabel: "pieces", xTicks: [1, 2, 4, 8, 16, 32, 64].filter((tick) => tick <= most) });
  board.legend([["plus", "the curve"], ["line", "your network"], ["dots", "knots, and errors measured"], ["dash", "the bound h²/8 · max |f″|"]]);

  board.draw(({ pieces, target }) => {
    const { words, y, curvature, nets } = targets.find(({ name }) => name === target);
    const net = nets[pieces - 1];
    // outside the knots nobody promised anything
    for (const [from, to] of [[span[0], -1], [1, span[1]]]) view.polygon([[from, -1.6], [to, -1.6], [to, 1.6], [from, 1.6]], { color: "soft", alpha: 0.12 });
    view.polyline(x.map((at, i) => [at, y[i]]), { color: "one", width: 2.5 });
    view.polyline(net.x.map((at, i) => [at, net.y[i]]), { color: "ink", width: 2 });
    const knots = net.x.slice(1, -1).map((at, i) => [at, net.y[i + 1]]);
    view.dots(knots, { size: pieces > 24 ? 2.5 : 4.2 });
    view.words([-1.3, -1.5], "outside", { align: "center", color: "soft", dy: -4 });
    view.words([1.3, -1.5], "outside", { align: "center", color: "soft", dy: -4 });

    const bound = (n) => ((2 / n) ** 2 / 8) * curvature;
    if (curvature) errors.polyline([[0.9, bound(0.9)], [1.1 * most, bound(1.1 * most)]], { color: "ink", width: 2, dash: [5, 4] });
    const measured = nets.map(({ error }, i) => [i + 1, Math.max(error, 1.2e-4)]);
    errors.dots(measured, { size: 2 });
    errors.dots([measured[pieces - 1]], { size: 6 });

    const promise = curvature
      ? `the bound promises at most ${sayNumber(bound(pieces), 4)}`
      : "there is no bound, since it is infinitely steep at 0";
    return `${words} with ${pieces} piece${pieces === 1 ? "" : "s"}: largest error ${sayNumber(net.error, 4)}; ${promise}. ` +
      `At x = 1.6, outside the knots, the network says ${sayNumber(net.y.at(-1))} and the curve ${sayNumber(y.at(-1))}.`;
  });
};
