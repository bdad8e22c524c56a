// The drawing kit, part 3: a Plane draws in data coordinates: points, lines, curves, grids, regions, bars.
//
// A style is { color, width, dash, alpha, fill }; color is one of the board's names (ink, soft, faint, zero, one, mark, second) or any CSS colour.

const between = (p, q, part) => p.map((value, i) => value + (q[i] - value) * part);

class Plane {
  // x, y: [low, high] of the axes; xLog, yLog: logarithmic; width: the widest it grows, in pixels;
  // aspect: height / width (without it, units are equal on both axes); least: no less high than so many pixels, however narrow; ticks: false leaves numbers and grid away; xTicks, yTicks: your own tick values; alone: in a row of its own.
  constructor(board, { title, x = [-1, 1], y = [-1, 1], xLabel = "", yLabel = "", xLog = false, yLog = false,
    width = 420, aspect, least = 0, ticks = true, xTicks, yTicks, alone = false }) {
    Object.assign(this, { board, x, y, xLabel, yLabel, xLog, yLog, aspect, least, ticks, xTicks, yTicks });
    this.canvas = element("canvas", { role: "img", "aria-label": title ?? "picture" });
    this.caption = element("figcaption", {}, title ?? "");
    this.box = element("figure", { class: "picture" }, ...(title ? [this.caption] : []), this.canvas);
    this.box.style.maxWidth = `${width}px`;
    if (alone) this.box.style.flexBasis = "100%";
    this.pen = this.canvas.getContext("2d");
  }

  set title(words) { this.caption.textContent = words; this.canvas.setAttribute("aria-label", words); }

  // ---- data to screen and back ----

  part(value, [low, high], log) {
    return log ? Math.log(value / low) / Math.log(high / low) : (value - low) / (high - low);
  }

  px([x, y]) {
    const { left, top, wide, high } = this.frame;
    return [left + wide * this.part(x, this.x, this.xLog), top + high * (1 - this.part(y, this.y, this.yLog))];
  }

  // ---- the empty picture ----

  measure() {
    const labelled = this.ticks;
    const full = this.canvas.clientWidth;
    const left = labelled ? (this.yLog ? 58 : 40) + (this.yLabel ? 18 : 0) : 1;
    const bottom = labelled ? 24 + (this.xLabel ? 18 : 0) : 1;
    const right = labelled ? 12 : 1, top = labelled ? 8 : 1;
    const wide = Math.max(10, full - left - right);
    const aspect = this.aspect ?? (this.y[1] - this.y[0]) / (this.x[1] - this.x[0]);
    const high = Math.max(this.least, wide * aspect);
    this.frame = { left, top, wide, high, full, tall: high + top + bottom };
  }

  begin() {
    this.measure();
    const { full, tall } = this.frame;
    const ratio = window.devicePixelRatio || 1;
    this.canvas.style.height = `${tall}px`;
    this.canvas.width = Math.round(full * ratio);
    this.canvas.height = Math.round(tall * ratio);
    this.pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    this.pen.lineJoin = "round";
    this.pen.lineCap = "round";
    this.axes();
  }

  axes() {
    const { left, top, wide, high } = this.frame;
    const pen = this.pen;
    pen.fillStyle = this.colour("paper");
    pen.fillRect(left, top, wide, high);
    if (this.ticks) {
      const xs = this.xTicks ?? (this.xLog ? powerTicks(...this.x) : roundTicks(...this.x, Math.max(3, wide / 70)));
      const ys = this.yTicks ?? (this.yLog ? powerTicks(...this.y) : roundTicks(...this.y, Math.max(3, high / 60)));
      for (const tick of xs) this.tick([tick, this.y[0]], [tick, this.y[1]], tickWords(tick, this.xLog), "x", tick === 0 && !this.xLog);
      for (const tick of ys) this.tick([this.x[0], tick], [this.x[1], tick], tickWords(tick, this.yLog), "y", tick === 0 && !this.yLog);
      this.label(this.xLabel, left + wide / 2, top + high + 37);
      pen.save();
      pen.translate(12, top + high / 2);
      pen.rotate(-Math.PI / 2);
      this.label(this.yLabel, 0, 4);
      pen.restore();
    }
    pen.strokeStyle = this.colour("soft");
    pen.globalAlpha = 0.6;
    pen.lineWidth = 1;
    pen.strokeRect(left, top, wide, high);
    pen.globalAlpha = 1;
  }

  tick(from, to, words, axis, strong) {
    this.stroke([from, to], { color: strong ? "soft" : "faint", width: 1, alpha: strong ? 0.8 : 1 });
    const [x, y] = this.px(from);
    if (axis === "x") this.label(words, x, y + 17, "center");
    else this.label(words, x - 7, y + 4, "right");
  }

  label(words, x, y, align = "center", color = "soft") {
    const pen = this.pen;
    pen.font = `12px ${getComputedStyle(this.canvas).fontFamily}`;
    pen.textAlign = align;
    pen.fillStyle = this.colour(color);
    pen.fillText(words, x, y);
  }

  colour(name) { return this.board.colours[name] ?? name; }

  // Everything of data stays inside the frame.
  inside(paint) {
    const { left, top, wide, high } = this.frame;
    this.pen.save();
    this.pen.beginPath();
    this.pen.rect(left, top, wide, high);
    this.pen.clip();
    paint(this.pen);
    this.pen.restore();
  }

  // ---- marks ----

  stroke(path, { color = "ink", width = 2, dash = [], alpha = 1, fill = false, close = false } = {}) {
    this.inside((pen) => {
      pen.globalAlpha = alpha;
      pen.lineWidth = width;
      pen.setLineDash(dash);
      pen.strokeStyle = pen.fillStyle = this.colour(color);
      pen.beginPath();
      for (const point of path) pen.lineTo(...this.px(point));
      if (close) pen.closePath();
      if (fill) pen.fill(); else pen.stroke();
    });
  }

  polyline(path, style) { this.stroke(path, style); }

  polygon(path, style) { this.stroke(path, { alpha: 0.2, ...style, fill: true }); }

  curve(f, style, steps = 240) {
    const [low, high] = this.x;
    this.stroke(Array.from({ length: steps + 1 }, (_, i) => low + ((high - low) * i) / steps).map((x) => [x, f(x)]), style);
  }

  // y: the class of each point, 0 to 3.
  points(X, y, { size = 4.5, alpha = 1, edge = "#fff" } = {}) {
    this.inside((pen) => {
      pen.globalAlpha = alpha;
      pen.lineWidth = 1;
      pen.strokeStyle = edge;
      size *= Math.min(1, Math.max(0.65, this.frame.wide / 260));
      X.forEach((point, i) => {
        const kind = Number(y[i]);
        pen.fillStyle = this.colour(KIND_COLOURS[kind]);
        pen.beginPath();
        SHAPES[KIND_SHAPES[kind]](pen, ...this.px(point), size);
        pen.fill();
        pen.stroke();
      });
    });
  }

  dots(X, { color = "mark", size = 3, edge, shape = "circle" } = {}) {
    this.inside((pen) => {
      pen.fillStyle = this.colour(color);
      pen.strokeStyle = this.colour(edge ?? "paper");
      for (const point of X) {
        const [x, y] = this.px(point);
        pen.beginPath();
        if (shape === "square") pen.rect(x - size, y - size, 2 * size, 2 * size);
        else pen.arc(x, y, size, 0, 2 * Math.PI);
        pen.fill();
        pen.stroke();
      }
    });
  }

  arrow(from, to, { color = "ink", width = 2 } = {}) {
    this.stroke([from, to], { color, width });
    const [ax, ay] = this.px(from), [bx, by] = this.px(to);
    const turn = Math.atan2(by - ay, bx - ax);
    this.inside((pen) => {
      pen.fillStyle = this.colour(color);
      pen.translate(bx, by);
      pen.rotate(turn);
      pen.beginPath();
      pen.moveTo(1, 0); pen.lineTo(-10, 5); pen.lineTo(-10, -5);
      pen.fill();
    });
  }

  words(point, text, { color = "ink", align = "left", dx = 0, dy = 0 } = {}) {
    const [x, y] = this.px(point);
    this.label(text, x + dx, y + dy, align, color);
  }

  bar(x, width, height, { color = "zero", alpha = 0.85 } = {}) {
    const base = this.yLog ? this.y[0] : 0;
    this.polygon([[x - width / 2, base], [x + width / 2, base], [x + width / 2, height], [x - width / 2, height]], { color, alpha });
  }

  // ---- a neuron: w · x + bias ----

  corners() {
    const [[a, b], [c, d]] = [this.x, this.y];
    return [[a, c], [b, c], [b, d], [a, d]];
  }

  // Where w · x + bias = 0 crosses the frame: two points, or none.
  crossing([w1, w2], bias) {
    const ring = this.corners(), score = ([x, y]) => w1 * x + w2 * y + bias;
    const found = [];
    ring.forEach((p, i) => {
      const q = ring[(i + 1) % 4], sp = score(p), sq = score(q);
      if ((sp > 0) !== (sq > 0)) found.push([p[0] + ((q[0] - p[0]) * sp) / (sp - sq), p[1] + ((q[1] - p[1]) * sp) / (sp - sq)]);
    });
    return found;
  }

  line(w, bias, style) {
    const ends = this.crossing(w, bias);
    if (ends.length === 2) this.stroke(ends, { width: 2.5, ...style });
  }

  // Shades score > 0 in the colour of class 1, score < 0 in that of class 0.
  halves([w1, w2], bias, alpha = 0.16) {
    const score = ([x, y]) => w1 * x + w2 * y + bias;
    for (const side of [-1, 1]) {
      const path = [], ring = this.corners();
      ring.forEach((p, i) => {
        const q = ring[(i + 1) % 4], sp = side * score(p), sq = side * score(q);
        if (sp > 0) path.push(p);
        if (sp > 0 !== sq > 0) path.push([p[0] + ((q[0] - p[0]) * sp) / (sp - sq), p[1] + ((q[1] - p[1]) * sp) / (sp - sq)]);
      });
      if (path.length) this.polygon(path, { color: side > 0 ? "one" : "zero", alpha });
    }
  }

  // ---- any score f(x, y) ----

  // Values from -1 (class 0) over 0 (paper) to 1 (class 1) in cells x cells squares, row by row from the highest y, as colours.
  heat(values, cells) {
    const { left, top, wide, high } = this.frame;
    this.tile(values, cells, left, top, wide, high, 0.5);
  }

  tile(values, cells, x, y, wide, high, strength = 0.9) {
    const image = new ImageData(cells, cells);
    const [zero, one, paper] = ["zero", "one", "paper"].map((name) => this.board.rgb(name));
    values.forEach((value, k) => {
      const target = value > 0 ? one : zero, part = strength * Math.min(1, Math.abs(value));
      for (let c = 0; c < 3; c++) image.data[4 * k + c] = paper[c] + (target[c] - paper[c]) * part;
      image.data[4 * k + 3] = 255;
    });
    const sheet = (this.sheet ??= document.createElement("canvas"));
    sheet.width = sheet.height = cells;
    sheet.getContext("2d").putImageData(image, 0, 0);
    this.pen.drawImage(sheet, x, y, wide, high);
    this.pen.strokeStyle = this.colour("soft");
    this.pen.lineWidth = 1;
    this.pen.strokeRect(x, y, wide, high);
  }

  // Scores on a (cells + 1)² lattice, row by row from the lowest y.
  sample(f, cells = 80) {
    const [a, b] = this.x, [c, d] = this.y;
    const scores = new Float64Array((cells + 1) ** 2);
    for (let j = 0, k = 0; j <= cells; j++) {
      for (let i = 0; i <= cells; i++) scores[k++] = f(a + ((b - a) * i) / cells, c + ((d - c) * j) / cells);
    }
    return { scores, cells };
  }

  // Regions by the sign of a sample, drawn as two shaded areas whose edge is the zero contour (each cell cut in two triangles).
  regions({ scores, cells }, { alpha = 0.16 } = {}) {
    this.inside((pen) => {
      pen.globalAlpha = alpha;
      for (const side of [-1, 1]) {
        pen.fillStyle = this.colour(side > 0 ? "one" : "zero");
        pen.beginPath();
        this.eachTriangle({ scores, cells }, (corners, values) => {
          const path = [];
          corners.forEach((p, i) => {
            const j = (i + 1) % 3, sp = side * values[i], sq = side * values[j];
            if (sp > 0) path.push(p);
            if (sp > 0 !== sq > 0) path.push(between(p, corners[j], sp / (sp - sq)));
          });
          path.forEach((p, i) => (i ? pen.lineTo(...this.px(p)) : pen.moveTo(...this.px(p))));
        });
        pen.fill();
      }
    });
  }

  // The zero contour of a sample, as short segments.
  contour({ scores, cells }) {
    const segments = [];
    this.eachTriangle({ scores, cells }, (corners, values) => {
      const ends = [];
      corners.forEach((p, i) => {
        const j = (i + 1) % 3;
        if (values[i] > 0 !== values[j] > 0) ends.push(between(p, corners[j], values[i] / (values[i] - values[j])));
      });
      if (ends.length === 2) segments.push(ends);
    });
    return segments;
  }

  segments(pairs, { color = "ink", width = 2.5, alpha = 1, dash = [] } = {}) {
    this.inside((pen) => {
      pen.strokeStyle = this.colour(color);
      pen.lineWidth = width;
      pen.globalAlpha = alpha;
      pen.setLineDash(dash);
      pen.beginPath();
      for (const [from, to] of pairs) { pen.moveTo(...this.px(from)); pen.lineTo(...this.px(to)); }
      pen.stroke();
    });
  }

  eachTriangle({ scores, cells }, visit) {
    const [a, b] = this.x, [c, d] = this.y;
    const at = (i, j) => [a + ((b - a) * i) / cells, c + ((d - c) * j) / cells];
    for (let j = 0; j < cells; j++) {
      for (let i = 0; i < cells; i++) {
        const k = j * (cells + 1) + i, up = k + cells + 1;
        const [p, q, r, s] = [at(i, j), at(i + 1, j), at(i + 1, j + 1), at(i, j + 1)];
        visit([p, q, r], [scores[k], scores[k + 1], scores[up + 1]]);
        visit([p, r, s], [scores[k], scores[up + 1], scores[up]]);
      }
    }
  }

  // The squared paper of [low, high]², carried through `move`: a map of points.
  grid(move, { low = -1, high = 1, lines = 11, bends = 24, color = "soft", width = 1, alpha = 0.55 } = {}) {
    const at = (i, n) => low + ((high - low) * i) / n;
    for (let i = 0; i < lines; i++) {
      const across = [], up = [];
      for (let j = 0; j <= bends; j++) {
        across.push(move([at(j, bends), at(i, lines - 1)]));
        up.push(move([at(i, lines - 1), at(j, bends)]));
      }
      this.stroke(across, { color, width, alpha });
      this.stroke(up, { color, width, alpha });
    }
  }
}
