// Lesson 09: three shares as a point in a triangle, the temperature of a forecast, and how sure a network is far out.

const softmaxOf = (scores) => {
  const top = Math.max(...scores), powers = scores.map((z) => Math.exp(z - top));
  const sum = powers.reduce((a, b) => a + b);
  return powers.map((power) => power / sum);
};

const sayPercent = (share) => {
  const digits = share > 0.995 || share < 0.005 ? 2 : 0;
  return share > 0.99995 && share < 1 ? "more than 99.99 %" : `${sayNumber(100 * share, digits)} %`;
};

const legendOfKinds = (board, names) => board.legend(names.map((name, k) => [["zero", "one", "two"][k], name]));

// ---- three scores, three shares, one point ----

figures.softmax_triangle = (board) => {
  const { names, difference } = board.data;
  board.row("Scores");
  names.forEach((name, k) => board.slider({ name: `z${k}`, label: name, min: -5, max: 5, step: 0.1, value: [1, 2, 0][k], say: (z) => sayNumber(z, 1) }));
  board.row("All three");
  board.slider({ name: "shift", label: "plus", min: -10, max: 10, step: 0.5, value: 0, say: (z) => sayNumber(z, 1) });
  const tall = Math.sqrt(3) / 2, corners = [[0, tall], [0.5, 0], [-0.5, 0]];
  const view = board.plane({ title: "Three shares are one point", x: [-0.68, 0.68], y: [-0.14, 1.0], ticks: false });
  const bars = board.plane({ title: "The three shares", x: [-0.6, 2.6], y: [0, 1], xTicks: [], aspect: 0.72, yLabel: "share" });
  legendOfKinds(board, names);
  const place = (p) => [0, 1].map((axis) => p.reduce((sum, share, k) => sum + share * corners[k][axis], 0));

  board.draw(({ z0, z1, z2, shift }) => {
    const scores = [z0, z1, z2].map((z) => z + shift), p = softmaxOf(scores);
    const middle = place([1 / 3, 1 / 3, 1 / 3]);
    corners.forEach((corner, k) => {
      const [next, last] = [corners[(k + 1) % 3], corners[(k + 2) % 3]];
      view.polygon([corner, between(corner, next, 0.5), middle, between(corner, last, 0.5)], { color: KIND_COLOURS[k], alpha: 0.16 });
    });
    for (const part of [0.25, 0.5, 0.75]) {
      corners.forEach((corner, k) => view.stroke([between(corner, corners[(k + 1) % 3], part), between(corner, corners[(k + 2) % 3], part)], { color: "soft", width: 1, alpha: 0.35 }));
    }
    view.stroke(corners, { color: "soft", width: 1.5, close: true });
    view.words(corners[0], `only ${names[0]}`, { align: "center", dy: -10 });
    view.words(corners[1], `only ${names[1]}`, { align: "center", dy: 20 });
    view.words(corners[2], `only ${names[2]}`, { align: "center", dy: 20 });
    view.dots([place(p)], { size: 8, color: "ink", edge: "#fff" });
    p.forEach((share, k) => {
      bars.bar(k, 0.7, share, { color: KIND_COLOURS[k] });
      bars.words([k, share], sayPercent(share), { align: "center", dy: share > 0.9 ? 18 : -6 });
    });
    const powersSaid = scores.map(Math.exp).map((power) => (power < 0.01 ? sayTiny(power) : power < 100 ? sayNumber(power) : sayCount(power)));
    return `The scores ${scores.map((z) => sayNumber(z, 1)).join(", ")} become e to that power, ${powersSaid.join("; ")}, and these have the shares ` +
      `${p.map((share, k) => `${sayPercent(share)} ${names[k]}`).join(", ")}.` +
      (difference > 1e-6 ? ` Your softmax says something else in places, by up to ${sayNumber(difference)}.` : "");
  });
};

// ---- the temperature ----

const BINS = 10, FIFTHS = [0, 0.2, 0.4, 0.6, 0.8, 1];

const calibration = (Z, y, T) => {
  const bins = Array.from({ length: BINS }, () => ({ count: 0, sure: 0, right: 0 }));
  Z.forEach((scores, i) => {
    let top = 0;
    for (let k = 1; k < scores.length; k++) if (scores[k] > scores[top]) top = k;
    let sum = 0;
    for (const z of scores) sum += Math.exp((z - scores[top]) / T);
    const bin = bins[Math.min(BINS - 1, Math.floor(BINS / sum))];
    bin.count += 1;
    bin.sure += 1 / sum;
    bin.right += top === y[i] ? 1 : 0;
  });
  const total = (key) => bins.reduce((sum, bin) => sum + bin[key], 0) / Z.length;
  const ece = bins.reduce((sum, bin) => sum + Math.abs(bin.sure - bin.right), 0) / Z.length;
  return { bins: bins.filter((bin) => bin.count > 0), sure: total("sure"), right: total("right"), ece };
};

figures.temperature_slider = (board) => {
  const { forecasts, y, temperatures } = board.data;
  const all = Object.keys(forecasts);
  const say = (power) => `T = ${Number((2 ** power).toPrecision(3))}`;
  board.slider({ name: "power", label: "Temperature", min: -2, max: 6, step: 0.25, value: 0, say });
  board.choice({ name: "who", label: "Networks:", value: all[0], options: all.map((name) => [name, name]) });
  const view = board.plane({ title: "Reliability diagram", x: [0, 1.06], y: [0, 1.06], xTicks: FIFTHS, yTicks: FIFTHS, xLabel: "how sure", yLabel: "how often right" });
  const curves = board.plane({ title: "What the temperature changes", x: [temperatures[0], temperatures.at(-1)], xLog: true, y: [0, 1], aspect: 1,
    xLabel: "temperature T", xTicks: [0.25, 1, 4, 16, 64] });
  board.legend([["second", "mean confidence"], ["line", "share right"], ["hinge", "ECE: the mean gap to the diagonal"]]);
  const lines = Object.fromEntries(all.map((name) => [name, temperatures.map((T) => ({ T, ...calibration(forecasts[name], y, T) }))]));

  board.draw(({ power, who }) => {
    const T = 2 ** power, now = calibration(forecasts[who], y, T);
    view.stroke([[0, 0], [1, 1]], { color: "soft", width: 1.5, dash: [5, 4] });
    for (const { count, sure, right } of now.bins) view.stroke([[sure / count, sure / count], [sure / count, right / count]], { color: "mark", width: 0.7 + 5 * Math.sqrt(count / y.length), alpha: 0.8 });
    for (const { count, sure, right } of now.bins) {
      view.dots([[sure / count, right / count]], { color: "zero", size: 3 + 11 * Math.sqrt(count / y.length), edge: "#fff" });
    }
    const line = (key) => lines[who].map((one) => [one.T, one[key]]);
    curves.polyline([[T, 0], [T, 1]], { color: "soft", width: 1.5 });
    curves.polyline(line("sure"), { color: "second", width: 2, dash: [6, 4] });
    curves.polyline(line("right"), { color: "ink", width: 2.5 });
    curves.polyline(line("ece"), { color: "mark", width: 2.5, dash: [2, 5] });
    curves.dots([[T, now.ece]], { color: "mark", size: 5 });
    return `Temperature ${Number(T.toPrecision(3))}, ${who}: ${sayNumber(100 * now.sure, 0)} % sure on average, right ` +
      `${sayNumber(100 * now.right, 0)} % of the time, ECE ${sayNumber(now.ece, 3)}.`;
  });
};

// ---- near and far ----

figures.zoom_out = (board) => {
  const { X, y, names, layers, radii, edge, curve, hot, temperature, many } = board.data;
  board.player({ name: "power", label: "Zoom out", min: 0, max: 2, step: 0.02, value: 0, seconds: 7, stride: 0.25, say: (power) => `× ${sayCount(10 ** power)}` });
  board.choice({ name: "heat", label: "Temperature:", value: "1", options: [["1", "1"], ["T", String(temperature)]] });
  const view = board.plane({ title: "The likeliest class, stronger where surer", x: [-3, 3], y: [-3, 3], xLabel: "x₁", yLabel: "x₂" });
  const right = board.plane({ title: `How sure on a ring, mean of ${many} networks`, x: [radii[0], radii.at(-1)], xLog: true, y: [0.3, 1.04], yTicks: [0.4, 0.6, 0.8, 1], aspect: 1,
    xLabel: "distance from the origin", yLabel: "confidence" });
  legendOfKinds(board, names);
  const plain = element("span", {}, "dashed ring: where the dot on the right is read");
  board.keyRow.append(plain);

  // Flat arrays, written again for every point: a map asks for thousands of points.
  const flat = layers.map(([W, b]) => ({ W: Float64Array.from(W.flat()), b: Float64Array.from(b), z: new Float64Array(b.length) }));
  const input = new Float64Array(2);
  const shares = (x1, x2, T) => {
    input[0] = x1;
    input[1] = x2;
    let h = input;
    flat.forEach(({ W, b, z }, i) => {
      const wide = z.length;
      z.set(b);
      for (let j = 0, at = 0; j < h.length; j++, at += wide) {
        const value = h[j];
        if (value !== 0) for (let k = 0; k < wide; k++) z[k] += value * W[at + k];
      }
      if (i < flat.length - 1) for (let k = 0; k < wide; k++) if (z[k] < 0) z[k] = 0;
      h = z;
    });
    return softmaxOf(Array.from(h, (z) => z / T));
  };
  const paint = (half, T, cells = 110) => {
    const image = new ImageData(cells, cells);
    const [paper, ...colours] = ["paper", ...KIND_COLOURS.slice(0, 3)].map((name) => board.rgb(name));
    for (let row = 0, at = 0; row < cells; row++) {
      for (let column = 0; column < cells; column++, at += 4) {
        const p = shares(half * ((2 * column + 1) / cells - 1), half * (1 - (2 * row + 1) / cells), T);
        const top = p[0] >= p[1] && p[0] >= p[2] ? 0 : p[1] >= p[2] ? 1 : 2;
        const part = 0.75 * Math.max(0, (p[top] - 1 / 3) * 1.5);
        for (let c = 0; c < 3; c++) image.data[at + c] = paper[c] + (colours[top][c] - paper[c]) * part;
        image.data[at + 3] = 255;
      }
    }
    const sheet = (view.sheet ??= document.createElement("canvas"));
    sheet.width = sheet.height = cells;
    sheet.getContext("2d").putImageData(image, 0, 0);
    const { left, top, wide, high } = view.frame;
    view.inside((pen) => pen.drawImage(sheet, left, top, wide, high));
  };

  board.draw(({ power, heat }) => {
    const zoom = 10 ** power, half = 3 * zoom, T = heat === "1" ? 1 : temperature, r = 0.9 * half;
    view.x = view.y = [-half, half];
    view.begin();
    paint(half, T);
    view.points(X, y, { size: Math.max(1.4, 4.5 / Math.sqrt(zoom)) });
    const ring = Array.from({ length: 360 }, (_, i) => [r * Math.cos((i * Math.PI) / 180), r * Math.sin((i * Math.PI) / 180)]);
    view.stroke(ring, { color: "ink", width: 1.5, dash: [4, 4], close: true });
    const sure = ring.map(([a, b]) => Math.max(...shares(a, b, T)));
    const mean = sure.reduce((a, b) => a + b) / sure.length;
    const path = (values) => radii.map((radius, i) => [radius, values[i]]);
    right.polyline([[edge, 0.3], [edge, 1.04]], { color: "soft", width: 1, dash: [3, 3] });
    right.words([edge, 0.33], "data end about here", { align: "left", dx: 6, color: "soft" });
    for (const [values, on, name] of [[curve, heat === "1", 1], [hot, heat !== "1", temperature]]) {
      right.polyline(path(values), on ? { color: "mark", width: 2.5 } : { color: "soft", width: 1.5, alpha: 0.6 });
      right.words([radii[0], values[0]], `T = ${name}`, { color: on ? "mark" : "soft", dx: 6, dy: 20 });
    }
    right.dots([[r, mean]], { color: "ink", size: 5.5 });
    const unsure = sure.filter((value) => value < 0.9).length / sure.length;
    return `Window ± ${sayCount(half)}, temperature ${T}. On the ring at distance ${sayCount(r)} this network is ${sayPercent(mean)} sure on average; ` +
      (unsure > 0 ? `it is less than 90 % sure in ${sayPercent(unsure)} of all directions.` : `it is at least 90 % sure in all ${sure.length} directions looked at.`);
  });
};
