// Points of one's own: with the mouse, a finger or a pen; with the arrow keys; or as a text picture.

const TEXT_MARKS = "oxsd", SKETCH_EDGE = 1.05;
const SKETCH_PICTURE = [
  "x x x x x x x x x", "x . . . . . . . x", "x . o o o o o . x", "x . o . . . o . x", "x . o . x . o . x",
  "x . o . . . o . x", "x . o o o o o . x", "x . . . . . . . x", "x x x x x x x x x",
].join("\n");
const ERASER = "erase";

// The points [x1, x2, class] of a text picture, scaled to fill the square on its longer side; row by row from the top.
const fromPicture = (text) => {
  const found = [];
  text.toLowerCase().split("\n").forEach((line, row) => [...line].forEach((mark, column) => {
    if (TEXT_MARKS.includes(mark)) found.push([column, -row, TEXT_MARKS.indexOf(mark)]);
  }));
  const ends = (axis) => { const all = found.map((point) => point[axis]); return [Math.min(...all), Math.max(...all)]; };
  const [left, right] = ends(0), [low, high] = ends(1), size = Math.max(right - left, high - low) || 1;
  const part = (value, from, to) => tidy(((value - (from + to) / 2) * 2) / size);
  return found.map(([x, y, kind]) => [part(x, left, right), part(y, low, high), kind]);
};

const tidy = (value) => Math.round(Math.min(1, Math.max(-1, value)) * 1000) / 1000;
const sayPlace = ([x, y]) => `x₁ ${sayNumber(x)}, x₂ ${sayNumber(y)}`;

class SketchPad extends Picture {
  // change(points) hears of each change; answer(words) says what has happened
  constructor(board, { change, answer }) {
    const edge = [-SKETCH_EDGE, SKETCH_EDGE];
    super(board, { title: "Your points", x: edge, y: edge, width: 320, ticks: false });
    Object.assign(this, { change, answer, points: [], kind: 0, cursor: [0, 0] });
    focusable(this.canvas);
    const keys = "Arrow keys move the cursor, with Shift in small steps. Enter or space places a point, " +
      "Delete removes the nearest, 1 to 4 choose a class.";
    for (const [name, value] of Object.entries({ tabindex: 0, role: "application", "aria-label": `Drawing board. ${keys}` })) {
      this.canvas.setAttribute(name, value);
    }
    this.canvas.classList.add("sketch");
    this.listenToPointer();
    this.canvas.addEventListener("keydown", (event) => { if (this.key(event)) event.preventDefault(); });
    for (const name of ["focus", "blur"]) this.canvas.addEventListener(name, () => this.show());
  }

  listenToPointer() {
    let last;
    const touch = (event) => {
      if (event.type === "pointermove" && last === undefined) return;
      const place = this.placeOf(event);
      if (last && Math.hypot(place[0] - last[0], place[1] - last[1]) < 0.07) return;
      last = place;
      this.cursor = place;
      if (this.kind === ERASER || event.buttons === 2) this.erase(place, 0.08); else this.put(place);
    };
    this.canvas.addEventListener("pointerdown", (event) => { this.canvas.setPointerCapture(event.pointerId); touch(event); });
    this.canvas.addEventListener("pointermove", touch);
    for (const name of ["pointerup", "pointercancel"]) this.canvas.addEventListener(name, () => { last = undefined; });
    this.canvas.addEventListener("contextmenu", (event) => event.preventDefault());
  }

  placeOf({ clientX, clientY }) {
    const { left, top } = this.canvas.getBoundingClientRect(), { x0, dx, y0, dy } = this.scale;
    return [tidy((clientX - left - x0) / dx), tidy((clientY - top - y0) / dy)];
  }

  // What a key does; whether it was one of ours.
  key({ key, shiftKey, ctrlKey, altKey, metaKey }) {
    if (ctrlKey || altKey || metaKey) return false;
    const way = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }[key];
    if (way) {
      const step = shiftKey ? 0.02 : 0.1;
      this.cursor = this.cursor.map((value, i) => tidy(value + step * way[i]));
      const under = this.nearest(this.cursor, 0.05);
      this.answer(sayPlace(this.cursor) + (under >= 0 ? `: a point of class ${this.points[under][2]}` : ""));
      this.show();
    } else if (key === "Enter" || key === " ") {
      if (this.kind === ERASER) this.erase(this.cursor, 0.12); else this.put(this.cursor);
    } else if (key === "Delete" || key === "Backspace") this.erase(this.cursor, 0.12);
    else if (/^[1-4]$/.test(key)) this.choose(Number(key) - 1);
    else return false;
    return true;
  }

  // choose is set by whoever shows the classes
  choose(kind) { this.kind = kind; }

  put([x, y]) {
    if (this.points.length >= MOST_DRAWN) return this.answer(`There is room for ${MOST_DRAWN} points.`);
    this.points.push([x, y, this.kind]);
    this.changed(`A point of class ${this.kind} at ${sayPlace([x, y])}.`);
  }

  erase(place, reach) {
    const found = this.nearest(place, reach);
    if (found < 0) return this.answer(`No point near ${sayPlace(place)}.`);
    const [[x, y, kind]] = this.points.splice(found, 1);
    this.changed(`Removed a point of class ${kind} at ${sayPlace([x, y])}.`);
  }

  nearest([x, y], reach) {
    let found = -1, least = reach;
    this.points.forEach(([p, q], i) => {
      const far = Math.hypot(p - x, q - y);
      if (far <= least) [least, found] = [far, i];
    });
    return found;
  }

  replace(points, words) {
    this.points = points.map((point) => [...point]);
    this.changed(words);
  }

  changed(words) {
    this.show();
    const kinds = new Set(this.points.map(([, , kind]) => kind)).size;
    this.answer(`${words} ${this.points.length} in all.${kinds < 2 ? " Training needs points of two classes." : ""}`);
    if (kinds > 1) this.change(this.points.map((point) => [...point]));
  }

  show() {
    if (!this.canvas.clientWidth || !this.board.colours?.ink) return;
    this.begin();
    this.stroke([[0, -SKETCH_EDGE], [0, SKETCH_EDGE]], { color: "faint", width: 1 });
    this.stroke([[-SKETCH_EDGE, 0], [SKETCH_EDGE, 0]], { color: "faint", width: 1 });
    this.marks(this.points.flatMap(([x, y]) => [x, y]), this.points.map(([, , kind]) => kind), 4.5);
    if (document.activeElement !== this.canvas) return;
    const [x, y] = this.px(this.cursor), pen = this.pen;
    pen.strokeStyle = this.colour("ink");
    pen.lineWidth = 1.5;
    pen.beginPath();
    for (const [dx, dy] of [[1, 0], [-1, 0], [0, 1], [0, -1]]) {
      pen.moveTo(x + 4 * dx, y + 4 * dy);
      pen.lineTo(x + 12 * dx, y + 12 * dy);
    }
    pen.stroke();
  }
}

// The part of the controls in which one draws; `current()` gives the points that are shown now.
const sketchControls = (board, { current }) => {
  const answer = element("p", { class: "answer", role: "status" });
  const say = (words) => { answer.textContent = words; };
  const pad = new SketchPad(board, { answer: say, change: (drawing) => board.set({ set: DRAWING, drawing }) });
  const kinds = element("fieldset", { class: "control choice" }, element("legend", {}, "Place")), group = nextId();
  const choices = [...KIND_SHAPES.map((shape, kind) => [kind, `class ${kind}, a ${shape}`]), [ERASER, "nothing: erase"]];
  const inputs = choices.map(([kind, words]) => {
    const id = nextId(), input = focusable(element("input", { type: "radio", name: group, id, value: kind }));
    input.checked = kind === 0;
    input.addEventListener("change", () => { pad.kind = kind; });
    kinds.append(element("span", { class: "option" }, input, element("label", { for: id }, words)));
    return [kind, input];
  });
  pad.choose = (kind) => {
    pad.kind = kind;
    inputs.forEach(([other, input]) => { input.checked = other === kind; });
    say(`Now placing class ${kind}, a ${KIND_SHAPES[kind]}.`);
  };
  const buttons = element("div", { class: "controls plain" });
  const button = (label, press) => board.button({ into: buttons, label, press });
  button("Start from the points shown", () => pad.replace(current(), "The points shown are yours now."));
  button("Take the last one back", () => { if (pad.points.length) pad.replace(pad.points.slice(0, -1), "Taken back."); });
  button("Clear", () => pad.replace([], "The board is empty."));

  const id = nextId(), area = focusable(element("textarea", { id, rows: 9, cols: 22, spellcheck: "false" }));
  area.value = SKETCH_PICTURE;
  const letters = "o is class 0, x class 1, s class 2, d class 3, anything else is empty.";
  const title = focusable(element("summary", {}, "Or as a text picture"));
  const picture = element("details", {}, title, element("label", { for: id }, letters), area);
  board.button({ into: picture, label: "Use this picture", press: () => {
    const points = fromPicture(area.value);
    if (points.length > MOST_DRAWN) return say(`The picture has ${points.length} points; there is room for ${MOST_DRAWN}.`);
    if (!isDrawing(points)) return say("The picture needs points of two classes, such as o and x.");
    pad.replace(points, "The picture is on the board.");
  } });
  const hint = element("p", { class: "hint" }, "Click or drag to place points; the other mouse button erases. By keyboard: ",
    "arrow keys move, with Shift in small steps; Enter places, Delete removes, 1 to 4 choose the class.");
  const tools = element("div", { class: "tools" }, kinds, buttons, answer, hint, picture);
  board.controlRows.append(element("div", { class: "drawing" }, pad.box, tools));
  board.control(DRAWING, [], (points) => {
    if (points?.length && JSON.stringify(points) !== JSON.stringify(pad.points)) pad.points = points.map((point) => [...point]);
    pad.show();
  });
  return pad;
};
