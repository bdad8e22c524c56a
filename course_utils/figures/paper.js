// Painted, squared paper, for lesson 07. Points are rows; a layer maps x to f(x W + b).
// `paper` makes it once, in the input plane; maps then move its corners.

const BENDS = { tanh: Math.tanh, relu: (z) => Math.max(0, z), step: (z) => (z > 0 ? 1 : 0) };

const layerSum = ({ W, b }, x) => b.map((bias, j) => x.reduce((sum, value, i) => sum + value * W[i][j], bias));

const mixed = (p, q, part) => p.map((value, i) => value + (q[i] - value) * part);

// A tanh network as two quick functions of a point: its last hidden layer, and its score. One buffer a layer, made once.
const quick = (layers) => {
  const flat = layers.map(({ W, b }) => ({ W: Float64Array.from(W.flat()), b: Float64Array.from(b), out: new Float64Array(b.length) }));
  const run = (x) => {
    let h = x;
    flat.forEach(({ W, b, out }, k) => {
      for (let j = 0; j < b.length; j++) {
        let sum = b[j];
        for (let i = 0; i < h.length; i++) sum += h[i] * W[i * b.length + j];
        out[j] = k < flat.length - 1 ? Math.tanh(sum) : sum;
      }
      h = out;
    });
  };
  return { hidden: (x) => { run(x); return [...flat.at(-2).out]; }, score: (x) => { run(x); return flat.at(-1).out[0]; } };
};

// Squared paper of [-size, size]²: its points, and by their numbers the lines to draw, the cells to paint by the sign of
// `score`, and the edge where that sign changes. Carrying the paper means moving the points.
const paper = (size, { lines = 13, bends = 96, score, cells = 56 } = {}) => {
  const at = (i, n) => -size + (2 * size * i) / n;
  const made = { points: [], level: [], upright: [], painted: [[], []], edge: [] };
  const add = (point) => made.points.push(point) - 1;
  for (let i = 0; i < lines; i++) {
    const fixed = at(i, lines - 1);
    made.level.push(Array.from({ length: bends + 1 }, (_, j) => add([at(j, bends), fixed])));
    made.upright.push(Array.from({ length: bends + 1 }, (_, j) => add([fixed, at(j, bends)])));
  }
  if (!score) return made;
  const first = made.points.length, values = [];
  for (let j = 0; j <= cells; j++) for (let i = 0; i <= cells; i++) values.push(score(made.points[add([at(i, cells), at(j, cells)])]));
  // a cut belongs to the two triangles beside it
  const cuts = new Map();
  const cut = (p, q) => {
    const name = p < q ? `${p} ${q}` : `${q} ${p}`;
    if (!cuts.has(name)) cuts.set(name, add(crossed(score, made.points[first + p], made.points[first + q], values[p])));
    return cuts.get(name);
  };
  for (let j = 0; j < cells; j++) {
    for (let i = 0; i < cells; i++) {
      const k = j * (cells + 1) + i, corners = [k, k + 1, k + cells + 2, k + cells + 1];
      const signs = corners.map((corner) => values[corner] > 0);
      if (signs.every((sign) => sign === signs[0])) { made.painted[Number(signs[0])].push(corners.map((corner) => first + corner)); continue; }
      for (const triangle of [[0, 1, 2], [0, 2, 3]]) {
        const parts = [[], []], ends = [];
        triangle.forEach((place, step) => {
          const p = corners[place], q = corners[triangle[(step + 1) % 3]];
          parts[Number(values[p] > 0)].push(first + p);
          if (values[p] > 0 === values[q] > 0) return;
          ends.push(cut(p, q));
          parts.forEach((part) => part.push(ends.at(-1)));
        });
        parts.forEach((part, side) => { if (part.length > 2) made.painted[side].push(part); });
        if (ends.length === 2) made.edge.push(ends);
      }
    }
  }
  return made;
};

// Where a score changes its sign between two points, by halving: later layers magnify every error.
const crossed = (score, p, q, sp) => {
  let low = 0, high = 1;
  for (let i = 0; i < 24; i++) {
    const middle = (low + high) / 2;
    if (score(mixed(p, q, middle)) > 0 === sp > 0) low = middle; else high = middle;
  }
  return mixed(p, q, (low + high) / 2);
};

const drawPaper = (view, sheet, move, { alpha = 0.17, width = 1 } = {}) => {
  const places = sheet.points.map((point) => view.px(move(point)));
  view.inside((pen) => {
    sheet.painted.forEach((cells, side) => {
      pen.globalAlpha = alpha;
      pen.fillStyle = view.colour(side ? "one" : "zero");
      pen.beginPath();
      for (const cell of cells) {
        // all cells are wound alike, so that those of a folded sheet do not cancel out
        let area = 0;
        for (let i = 0, j = cell.length - 1; i < cell.length; j = i++) {
          area += places[cell[j]][0] * places[cell[i]][1] - places[cell[i]][0] * places[cell[j]][1];
        }
        const n = cell.length;
        for (let i = 0; i < n; i++) {
          const [x, y] = places[cell[area < 0 ? n - 1 - i : i]];
          if (i) pen.lineTo(x, y); else pen.moveTo(x, y);
        }
        pen.closePath();
      }
      pen.fill();
    });
    pen.globalAlpha = 0.6;
    pen.lineWidth = width;
    for (const [lines, color] of [[sheet.upright, "soft"], [sheet.level, "second"]]) {
      pen.strokeStyle = view.colour(color);
      pen.beginPath();
      for (const path of lines) path.forEach((point, i) => { if (i) pen.lineTo(...places[point]); else pen.moveTo(...places[point]); });
      pen.stroke();
    }
  });
};

const drawEdge = (view, sheet, move) => view.segments(sheet.edge.map((ends) => ends.map((point) => move(sheet.points[point]))));

const same = (point) => point;

// A picture that stays as it is while others move: painted once for each width, theme and `state`, then copied.
const once = (view, state, paint) => {
  const { canvas, pen, board } = view, name = [canvas.width, Object.values(board.colours), state].join();
  view.kept ??= document.createElement("canvas");
  if (view.keptAs === name) {
    pen.save();
    pen.resetTransform();
    pen.clearRect(0, 0, canvas.width, canvas.height);
    pen.drawImage(view.kept, 0, 0);
    pen.restore();
    return;
  }
  paint();
  Object.assign(view.kept, { width: canvas.width, height: canvas.height });
  view.kept.getContext("2d").drawImage(canvas, 0, 0);
  view.keptAs = name;
};

const see = (view, [x, y, half]) => {
  view.x = [x - half, x + half];
  view.y = [y - half, y + half];
  view.begin();
};

const percent = (part, whole) => `${sayNumber((100 * part) / whole, 1)} %`;
