// The drawing kit, part 4: a Space draws as a Plane does, with three coordinates, seen from a turned and tilted direction, without perspective.

class Space extends Plane {
  // x, y, z: [low, high]; call look(turn, tilt) in degrees before drawing: turn 0 looks along the y axis, tilt 90 straight down.
  constructor(board, options) {
    super(board, { aspect: 0.85, ...options });
    this.z = options.z ?? [-1, 1];
    this.zLabel = options.zLabel ?? "";
    this.turn = 30;
    this.tilt = 25;
  }

  look(turn, tilt = 25) {
    Object.assign(this, { turn, tilt });
    this.begin();
  }

  px([x, y, z]) {
    const { left, top, wide, high } = this.frame;
    const [a, b, c] = [[x, this.x], [y, this.y], [z, this.z]].map(([value, range]) => 2 * this.part(value, range) - 1);
    const t = (this.turn * Math.PI) / 180, s = (this.tilt * Math.PI) / 180;
    const across = a * Math.cos(t) - b * Math.sin(t), away = a * Math.sin(t) + b * Math.cos(t);
    const size = Math.min(wide, high) / 3.1;
    return [left + wide / 2 + size * across, top + high / 2 - size * (away * Math.sin(s) + c * Math.cos(s))];
  }

  // How far behind the picture a point lies: what is far is painted first.
  depth([x, y, z]) {
    const [a, b, c] = [[x, this.x], [y, this.y], [z, this.z]].map(([value, range]) => 2 * this.part(value, range) - 1);
    const t = (this.turn * Math.PI) / 180, s = (this.tilt * Math.PI) / 180;
    return (a * Math.sin(t) + b * Math.cos(t)) * Math.cos(s) - c * Math.sin(s);
  }

  measure() {
    const full = this.canvas.clientWidth;
    this.frame = { left: 0, top: 0, wide: full, high: full * this.aspect, full, tall: full * this.aspect };
  }

  axes() {
    const { wide, high } = this.frame;
    this.pen.clearRect(0, 0, wide, high);
    const [[a, b], [c, d], floor] = [this.x, this.y, this.z[0]];
    this.stroke([[a, c, floor], [b, c, floor], [b, d, floor], [a, d, floor]], { color: "soft", width: 1, close: true, alpha: 0.7 });
    for (const x of roundTicks(a, b, 4)) this.stroke([[x, c, floor], [x, d, floor]], { color: "faint", width: 1 });
    for (const y of roundTicks(c, d, 4)) this.stroke([[a, y, floor], [b, y, floor]], { color: "faint", width: 1 });
    // Labels stand at the two edges that face the reader.
    const near = [[(a + b) / 2, c, floor], [(a + b) / 2, d, floor]].sort((p, q) => this.depth(p) - this.depth(q))[0];
    const side = [[a, (c + d) / 2, floor], [b, (c + d) / 2, floor]].sort((p, q) => this.depth(p) - this.depth(q))[0];
    for (const [words, p, axis] of [[this.xLabel, near, 1], [this.yLabel, side, 0]]) {
      const middle = [(a + b) / 2, (c + d) / 2, floor];
      const out = p.map((value, i) => (i === axis ? middle[i] + (value - middle[i]) * 1.2 : value));
      this.words(out, words, { align: "center", color: "soft", dy: 6 });
    }
    // The height axis stands at the corner furthest to the left.
    const post = [[a, c], [b, c], [b, d], [a, d]].sort((p, q) => this.px([...p, floor])[0] - this.px([...q, floor])[0])[0];
    this.stroke([[...post, floor], [...post, this.z[1]]], { color: "soft", width: 1, alpha: 0.7 });
    for (const z of roundTicks(...this.z, 4)) this.words([...post, z], tickWords(z), { align: "right", color: "soft", dx: -6, dy: 4 });
    this.words([...post, this.z[1]], this.zLabel, { align: "center", color: "soft", dy: -16 });
  }

  // A sheet z = f(x, y) over the floor, far squares first.
  surface(f, { cells = 16, color = "soft", alpha = 0.28, edge = "soft" } = {}) {
    const at = (i, [low, high]) => low + ((high - low) * i) / cells;
    const squares = [];
    for (let i = 0; i < cells; i++) {
      for (let j = 0; j < cells; j++) {
        squares.push([[i, j], [i + 1, j], [i + 1, j + 1], [i, j + 1]].map(([p, q]) => {
          const x = at(p, this.x), y = at(q, this.y);
          return [x, y, f(x, y)];
        }));
      }
    }
    const middle = (square) => square.reduce((sum, corner) => sum + this.depth(corner), 0);
    squares.sort((p, q) => middle(q) - middle(p));
    for (const square of squares) {
      this.polygon(square, { color, alpha });
      this.stroke(square, { color: edge, width: 0.6, alpha: 0.5, close: true });
    }
  }
}
