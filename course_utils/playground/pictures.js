// Pictures that are drawn at every frame: nothing is made anew that can be written again.

// A plane whose canvas is cleared rather than made anew, and whose text is measured once. `moving` is set while training
// runs: then marks are stamped rather than drawn.
class Picture extends Plane {
  begin() {
    this.measure();
    const { full, tall } = this.frame, ratio = window.devicePixelRatio || 1;
    const wide = Math.round(full * ratio), high = Math.round(tall * ratio);
    if (this.canvas.width !== wide || this.canvas.height !== high) {
      this.canvas.style.height = `${tall}px`;
      this.canvas.width = wide;
      this.canvas.height = high;
    } else {
      this.pen.clearRect(0, 0, full, tall);
    }
    this.ready(this.pen);
    this.axes();
  }

  ready(pen) {
    const ratio = this.canvas.width / this.frame.full;
    pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    pen.lineJoin = pen.lineCap = "round";
  }

  // What `paint` draws is kept as an image, and painted anew only when `key`, the size or the colours change.
  kept(name, key, paint) {
    const { canvas, frame, pen, board } = this, cache = (this.caches ??= {}), old = cache[name];
    const now = [canvas.width, canvas.height, board.colours, ...key];
    if (!old || old.key.some((value, i) => value !== now[i])) {
      const image = new OffscreenCanvas(Math.max(1, canvas.width), Math.max(1, canvas.height));
      this.pen = image.getContext("2d");
      this.ready(this.pen);
      paint();
      this.pen = pen;
      cache[name] = { key: now, image };
    }
    pen.drawImage(cache[name].image, 0, 0, frame.full, frame.tall);
  }

  // A mark as an image, for where hundreds move at every frame.
  stamp(kind, size) {
    const ratio = this.canvas.width / this.frame.full, key = `${kind} ${size} ${ratio}`;
    if (this.stamps?.colours !== this.board.colours) this.stamps = { colours: this.board.colours };
    return (this.stamps[key] ??= (() => {
      const half = 1.5 * size + 1.5, side = Math.ceil(2 * half * ratio);
      const image = new OffscreenCanvas(side, side), pen = image.getContext("2d");
      pen.setTransform(ratio, 0, 0, ratio, 0, 0);
      this.mark(pen, kind, size, false, () => SHAPES[KIND_SHAPES[kind]](pen, half, half, size));
      return { image, half, side: side / ratio };
    })());
  }

  mark(pen, kind, size, hollow, path) {
    pen.beginPath();
    path();
    // the edge lies behind the mark, so that crowded marks keep their colour
    pen.lineWidth = hollow ? 1.6 : Math.min(2, 0.5 * size);
    pen.fillStyle = this.colour(hollow ? "paper" : KIND_COLOURS[kind]);
    pen.strokeStyle = hollow ? this.colour(KIND_COLOURS[kind]) : "#fff";
    if (hollow) { pen.fill(); pen.stroke(); } else { pen.stroke(); pen.fill(); }
  }

  label(words, x, y, align = "center", color = "soft") {
    this.font ??= `12px ${getComputedStyle(this.canvas).fontFamily}`;
    this.pen.font = this.font;
    this.pen.textAlign = align;
    this.pen.fillStyle = this.colour(color);
    this.pen.fillText(words, x, y);
  }

  set title(words) { if (words !== this.caption.textContent) super.title = words; }

  // x and y of the screen, for linear axes, as x0 + x * dx and y0 + y * dy.
  get scale() {
    const { left, top, wide, high } = this.frame, [a, b] = this.x, [c, d] = this.y;
    const dx = wide / (b - a), dy = -high / (d - c);
    return { x0: left - a * dx, dx, y0: top + high - c * dy, dy };
  }

  // Points (flat) of the classes y: all of one class in one stroke of the pen. Hollow marks are test points.
  marks(places, y, size, hollow = false) {
    const { x0, dx, y0, dy } = this.scale;
    this.inside((pen) => {
      for (let kind = 0; kind < MOST_CLASSES; kind++) {
        if (!y.includes(kind)) continue;
        const shape = SHAPES[KIND_SHAPES[kind]], stamp = this.moving && !hollow ? this.stamp(kind, size) : undefined;
        const each = (visit) => {
          for (let i = 0; i < y.length; i++) if (y[i] === kind) visit(x0 + places[2 * i] * dx, y0 + places[2 * i + 1] * dy);
        };
        if (stamp) each((x, z) => pen.drawImage(stamp.image, x - stamp.half, z - stamp.half, stamp.side, stamp.side));
        else this.mark(pen, kind, size, hollow, () => each((x, z) => shape(pen, x, z, size)));
      }
    });
  }

  // The zero contour of one of `stride` numbers at the middles of cells x cells squares that fill the frame.
  contour(values, cells, { stride = 1, offset = 0, color = "ink", width = 2, dash = [], alpha = 1 } = {}) {
    const { left, top, wide, high } = this.frame, stepX = wide / cells, stepY = high / cells;
    this.inside((pen) => {
      pen.strokeStyle = this.colour(color);
      pen.lineWidth = width;
      pen.globalAlpha = alpha;
      pen.setLineDash(dash);
      pen.beginPath();
      for (let j = 0; j + 1 < cells; j++) for (let i = 0; i + 1 < cells; i++) {
        const k = (j * cells + i) * stride + offset, down = k + cells * stride;
        const a = values[k], b = values[k + stride], c = values[down + stride], d = values[down];
        const cross = (a > 0) + (b > 0) + (c > 0) + (d > 0);
        if (cross === 0 || cross === 4) continue;
        const x = left + (i + 0.5) * stepX, y = top + (j + 0.5) * stepY;
        let first = true;
        const visit = (u, v) => { if (first) pen.moveTo(u, v); else pen.lineTo(u, v); first = !first; };
        if (a > 0 !== b > 0) visit(x + (stepX * a) / (a - b), y);
        if (b > 0 !== c > 0) visit(x + stepX, y + (stepY * b) / (b - c));
        if (c > 0 !== d > 0) visit(x + (stepX * d) / (d - c), y + stepY);
        if (d > 0 !== a > 0) visit(x, y + (stepY * a) / (a - d));
      }
      pen.stroke();
    });
  }
}

// ---- maps ----

// 256 colours from class 0 over paper to class 1, and 64 of each class from paper to the full colour, as whole pixels.
class Palette {
  constructor(board) {
    const [paper, ...kinds] = ["paper", ...KIND_COLOURS].map((name) => board.rgb(name));
    const mix = (target, part) => {
      const [r, g, b] = paper.map((value, c) => Math.round(value + (target[c] - value) * part));
      return ((255 << 24) | (b << 16) | (g << 8) | r) >>> 0;
    };
    const sides = (strength) => Uint32Array.from({ length: 256 },
      (_, i) => mix(kinds[i < 128 ? 0 : 1], (strength * Math.abs(i - 127.5)) / 127.5));
    this.strong = sides(0.9);
    this.soft = sides(0.5);
    this.kinds = kinds.map((kind) => Uint32Array.from({ length: 64 }, (_, i) => mix(kind, (0.5 * i) / 63)));
    this.colours = board.colours;
  }
}

// One image of wide x high pixels that is written again and again.
class Sheet {
  constructor(wide, high) {
    this.canvas = new OffscreenCanvas(wide, high);
    this.pen = this.canvas.getContext("2d");
    this.image = this.pen.createImageData(wide, high);
    this.pixels = new Uint32Array(this.image.data.buffer);
  }

  show() { this.pen.putImageData(this.image, 0, 0); }
}

// What the network says about the plane, and where its neurons bend it.
class Verdict extends Picture {
  // The map covers what lies inside the axes, so these are drawn anew only when they change.
  begin() {
    this.measure();
    const { canvas, frame, board, x } = this, now = [canvas.width, frame.full, window.devicePixelRatio, board.colours, x];
    if (this.drawn?.every((value, i) => value === now[i])) return;
    super.begin();
    this.drawn = [canvas.width, frame.full, window.devicePixelRatio, board.colours, x];
  }

  show(session, palette, hinges) {
    const sheet = this.moving ? session.coarse : session.fine, { cells } = sheet, { network } = session, many = network.outputs;
    const logits = session.ask(sheet), { pixels } = (sheet.sheet ??= new Sheet(cells, cells));
    if (many === 1) {
      for (let k = 0; k < pixels.length; k++) pixels[k] = palette.soft[Math.round(127.5 + 127.5 * Math.tanh(logits[k] / 2))];
    } else {
      this.colourKinds(logits, pixels, many, palette);
    }
    sheet.sheet.show();
    const { left, top, wide, high } = this.frame;
    this.pen.drawImage(sheet.sheet.canvas, left, top, wide, high);
    if (hinges !== "none") this.hinges(session, sheet, hinges);
    if (many > 1) this.borders(logits, cells, many);
    else if (network.layers.length > 1 || !session.plainInputs) this.contour(logits, cells);
    else this.line([network.theta[0], network.theta[1]], network.theta[2], { width: 2.5 });
    this.kept("points", [session.train, session.rest, this.x], () => {
      const size = (session.train.y.length > 150 ? 3.2 : 4.5) * Math.min(1, Math.max(0.65, wide / 260));
      this.marks(session.train.X, session.train.y, size);
      if (session.rest.y.length) this.marks(session.rest.X, session.rest.y, size, true);
    });
  }

  // The likeliest class, the stronger the surer.
  colourKinds(logits, pixels, many, palette) {
    for (let k = 0, at = 0; k < pixels.length; k++, at += many) {
      let top = 0, sum = 0;
      for (let c = 1; c < many; c++) if (logits[at + c] > logits[at + top]) top = c;
      for (let c = 0; c < many; c++) sum += Math.exp(logits[at + c] - logits[at + top]);
      pixels[k] = palette.kinds[top][Math.round((63 * (1 / sum - 1 / many)) / (1 - 1 / many)) || 0];
    }
  }

  borders(logits, cells, many) {
    const lead = (this.lead?.length === cells * cells ? this.lead : (this.lead = new Float64Array(cells * cells)));
    for (let kind = 0; kind + 1 < many; kind++) {
      for (let k = 0; k < lead.length; k++) {
        let other = -Infinity;
        for (let c = 0; c < many; c++) if (c !== kind) other = Math.max(other, logits[k * many + c]);
        lead[k] = logits[k * many + kind] - other;
      }
      this.contour(lead, cells);
    }
  }

  // Where a neuron's weighted sum is 0: a straight line for the first layer, bent by the layers before it for a later one.
  hinges({ network, plainInputs }, sheet, which) {
    network.layers.slice(0, which === "first" ? 1 : -1).forEach(({ inputs, outputs, at, act }, l) => {
      if (l === network.layers.length - 1 || act === "linear") return;
      for (let o = 0; o < outputs; o++) {
        const style = { color: "mark", width: l ? 1 : 1.5, dash: l ? [2, 4] : [6, 4], alpha: l ? 0.7 : 0.9 };
        const w = at + o * (inputs + 1), { theta } = network;
        if (l === 0 && plainInputs) this.line([theta[w], theta[w + 1]], theta[w + 2], style);
        else this.contour(sheet.pass.z[l], sheet.cells, { ...style, stride: outputs, offset: o });
      }
    });
  }
}
