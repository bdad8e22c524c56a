// The network itself: a small map for every neuron, and links whose dash says the sign and whose width the size.

const LINK_WIDTHS = [0.5, 1, 1.8, 2.8, 3.8, 5];

class Wiring extends Picture {
  show(session, palette, names) {
    const { network } = session, sizes = [network.inputs, ...network.layers.map(({ outputs }) => outputs)];
    const { full, tall } = this.frame, gap = full / sizes.length, crowded = Math.max(...sizes);
    const size = Math.min(58, gap * 0.56, (tall - 30) / crowded - 5);
    const place = (l, j) => {
      const step = Math.min(size + (l === 0 ? 24 : 14), (tall - 34) / sizes[l]);
      return [gap * (l + 0.5), 28 + (tall - 34) / 2 + (j - (sizes[l] - 1) / 2) * step];
    };
    this.links(network, place, size);
    this.tiles(session, palette, sizes, place, size);
    sizes.forEach((count, l) => {
      const output = l === sizes.length - 1;
      const title = l === 0 ? "inputs" : output ? "output" : gap < 64 ? String(l) : `layer ${l}`;
      this.label(title, place(l, 0)[0], 14);
      if (l > 0 && !(output && count > 1)) return;
      for (let j = 0; j < count; j++) {
        const [x, y] = place(l, j), room = l === 0 && (count < 2 || place(l, 1)[1] - place(l, 0)[1] > size + 13);
        if (output) continue;
        const words = names[j].length > 14 ? `${names[j].slice(0, 13)}…` : names[j];
        if (room) this.label(words, x, y + size / 2 + 13, "center", "ink");
      }
    });
  }

  // As high as the fullest layer needs.
  fit({ network }, full) {
    const crowded = Math.max(network.inputs, ...network.layers.map(({ outputs }) => outputs));
    this.aspect = Math.min(0.86, Math.max(0.34, (60 + crowded * 72) / Math.max(full, 1)));
  }

  // Links of one sign and about one width go in one stroke of the pen.
  links(network, place, size) {
    const pen = this.pen, paths = LINK_WIDTHS.flatMap(() => [new Path2D(), new Path2D()]);
    network.layers.forEach(({ inputs, outputs, at }, l) => {
      for (let o = 0; o < outputs; o++) {
        const [toX, toY] = place(l + 1, o), end = toX - size / 2;
        for (let j = 0; j < inputs; j++) {
          const weight = network.theta[at + o * (inputs + 1) + j], [x, y] = place(l, j);
          const start = x + size / 2, half = (start + end) / 2;
          const level = Math.min(LINK_WIDTHS.length - 1, Math.floor(1.6 * Math.abs(weight))) || 0;
          const path = paths[2 * level + (weight > 0)];
          path.moveTo(start, y);
          path.bezierCurveTo(half, y, half, toY, end, toY);
        }
      }
    });
    paths.forEach((path, k) => {
      const level = k >> 1;
      pen.strokeStyle = this.colour(k % 2 ? "one" : "zero");
      pen.setLineDash(k % 2 ? [] : [5, 4]);
      pen.lineWidth = LINK_WIDTHS[level];
      pen.globalAlpha = [0.18, 0.36, 0.55, 0.7, 0.8, 0.85][level];
      pen.stroke(path);
    });
    pen.globalAlpha = 1;
    pen.setLineDash([]);
  }

  // All neurons' maps lie one below the other in one image.
  tiles(session, palette, sizes, place, size) {
    const { small } = session, { cells } = small, area = cells * cells, all = sizes.reduce((a, b) => a + b);
    session.ask(small);
    const sheet = (small.sheet ??= new Sheet(cells, cells * all)), { pixels } = sheet, pen = this.pen;
    const columns = [small.inputs, ...small.pass.a];
    for (let l = 0, tile = 0; l < sizes.length; l++) {
      const values = columns[l], count = sizes[l];
      for (let j = 0; j < count; j++, tile++) {
        let most = 1e-9;
        for (let k = 0, at = j; k < area; k++, at += count) most = Math.max(most, Math.abs(values[at]));
        for (let k = 0, at = j; k < area; k++, at += count) {
          pixels[tile * area + k] = palette.strong[Math.round(127.5 * (1 + values[at] / most)) || 0];
        }
      }
    }
    sheet.show();
    pen.strokeStyle = this.colour("soft");
    pen.lineWidth = 1;
    for (let l = 0, tile = 0; l < sizes.length; l++) {
      for (let j = 0; j < sizes[l]; j++, tile++) {
        const [x, y] = place(l, j), left = x - size / 2, top = y - size / 2;
        pen.drawImage(sheet.canvas, 0, tile * cells, cells, cells, left, top, size, size);
        pen.strokeRect(left, top, size, size);
        if (l === sizes.length - 1 && sizes[l] > 1) this.markAt(x + size / 2 + 12, y, j);
      }
    }
  }

  // The mark of the class that an output speaks for.
  markAt(x, y, kind) {
    this.pen.fillStyle = this.colour(KIND_COLOURS[kind]);
    this.pen.beginPath();
    SHAPES[KIND_SHAPES[kind]](this.pen, x, y, 4.5);
    this.pen.fill();
  }

  axes() {}
}
