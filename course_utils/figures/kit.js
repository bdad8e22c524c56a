// The drawing kit of all live figures, part 1: the board, which holds controls, pictures and the text that says
// what the figure shows now. Part 2, marks.js,
// says what classes look like; parts 3 and 4, plane.js and space.js, draw. live.py joins them all with one figure file.
//
// A figure file fills `figures` (a name -> a function of the board). A whole one:
//
//   figures.tilt = (board) => {
//     board.slider({ name: "bias", label: "Bias b", min: -2, max: 2, step: 0.05, value: 0 });
//     board.check({ name: "regions", label: "Shade the two sides", value: true });
//     const view = board.plane({ title: "The neuron's line", x: [-2, 2], y: [-2, 2], xLabel: "x₁", yLabel: "x₂" });
//     board.legend([["zero", "class 0"], ["one", "class 1"], ["line", "score = 0"]]);
//     board.draw(({ bias, regions }) => {                      // at every change, and when theme or width change
//       const { X, y, w } = board.data;                        // what Python gave
//       if (regions) view.halves(w, bias);
//       view.points(X, y);
//       view.line(w, bias, { width: 2.5 });
//       return `With bias ${sayNumber(bias)} the line ...`;     // the text below the pictures
//     });
//   };
//
// `board.row("Neuron 1")` starts a titled row of controls.
// Controls: slider, player (a slider that can also play), choice, select, check, stepper, button. Each named control keeps its value in board.state,
// which Python reads and sets. `board.set({ bias: 1 })` moves controls from JavaScript.
// Pictures: plane (2-D, also logarithmic), space (3-D). Both are cleared before each draw.

const figures = {};

const element = (tag, attributes = {}, ...children) => {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
};

// In JupyterLab's command mode the arrow keys move between cells and d d deletes one; this attribute keeps our keys ours.
const focusable = (made) => {
  made.setAttribute("data-lm-suppress-shortcuts", "true");
  return made;
};

let controlsMade = 0;
const nextId = () => `untangle-${Date.now().toString(36)}-${controlsMade++}`;

class Board {
  constructor(model, el) {
    this.model = model;
    this.data = model.get("data");
    this.state = { ...model.get("state") };
    this.touches = 0;
    this.touched = {};
    this.controls = {};
    this.pictures = [];
    this.cleanups = [];
    this.root = element("div", { class: "untangle", role: "group", "aria-label": this.data.title ?? "Live figure" });
    this.controlRow = element("div", { class: "controls" });
    this.controlRows = element("div", { class: "rows" }, this.controlRow);
    this.pictureRow = element("div", { class: "pictures" });
    this.keyRow = element("div", { class: "legend" });
    // Eyes see each word at once; a screen reader hears the text when the hand rests.
    this.seen = element("p", { class: "says", "aria-hidden": "true" });
    this.heard = element("p", { class: "heard", "aria-live": "polite" });
    this.root.append(this.controlRows, this.pictureRow, this.keyRow, this.seen, this.heard);
    el.append(this.root);
    this.listen();
  }

  listen() {
    const fromPython = () => this.take(this.model.get("state"));
    this.model.on("change:state", fromPython);
    const fresh = () => { this.data = this.model.get("data"); this.redraw(); };
    this.model.on("change:data", fresh);
    const repaint = () => { this.colours = undefined; this.redraw(); };
    const theme = new MutationObserver(repaint);
    theme.observe(document.body, { attributes: true, attributeFilter: ["data-jp-theme-light", "data-jp-theme-name", "class"] });
    const dark = matchMedia("(prefers-color-scheme: dark)");
    dark.addEventListener("change", repaint);
    const size = new ResizeObserver(() => this.redraw());
    size.observe(this.root);
    this.cleanups.push(
      () => this.model.off("change:state", fromPython), () => this.model.off("change:data", fresh),
      () => theme.disconnect(), () => dark.removeEventListener("change", repaint), () => size.disconnect(),
      () => clearTimeout(this.speaking), () => cancelAnimationFrame(this.frame),
    );
  }

  remove() {
    this.removed = true;
    if (this.saving) this.save();
    for (const cleanup of this.cleanups) cleanup();
    // JupyterLab keeps the removed element: without its pictures that is little
    for (const canvas of this.root.querySelectorAll("canvas")) canvas.width = canvas.height = 0;
    this.root.replaceChildren();
    this.root.remove();
    this.paint = undefined;
    this.pictures = [];
  }

  // ---- values ----

  set(changes) {
    this.state = { ...this.state, ...changes };
    this.touches = Math.max(this.touches, this.model.get("touches") ?? 0) + 1;
    for (const name of Object.keys(changes)) {
      this.touched[name] = this.touches;
      this.controls[name]?.(this.state[name]);
    }
    this.redraw();
    this.saveSoon();
  }

  // Python hears of a drag a few times a second, not sixty.
  saveSoon() { this.saving ??= setTimeout(() => this.save(), 120); }

  save() {
    clearTimeout(this.saving);
    this.saving = undefined;
    this.model.set("touches", this.touches);
    this.model.set("state", { ...this.state });
    this.model.save_changes();
  }

  // What Python sets holds, but for controls touched since: with its state Python says of how many touches it had heard.
  take(state) {
    if (JSON.stringify(state) === JSON.stringify(this.state)) return;
    const heard = this.model.get("touches") ?? this.touches;
    const since = Object.keys(this.touched).filter((name) => this.touched[name] > heard);
    this.state = { ...this.state, ...state, ...Object.fromEntries(since.map((name) => [name, this.state[name]])) };
    for (const [name, show] of Object.entries(this.controls)) show(this.state[name]);
    this.redraw();
    if (since.length) this.saveSoon();
  }

  // `value` is where a control starts, unless Python has already set it; `show` makes the control show a value.
  control(name, value, show) {
    this.state[name] ??= value;
    this.controls[name] = show;
    show(this.state[name]);
  }

  // ---- controls ----

  // Controls made from now on stand in a row of their own, after its title; sliders of `aligned` rows stand in columns.
  row(title, { aligned = true } = {}) {
    this.controlRow = element("div", { class: `controls ${aligned ? "titled" : "plain"}`, role: "group", "aria-label": title }, element("strong", {}, title));
    this.controlRows.append(this.controlRow);
  }

  slider({ name, label, min, max, step, value, say = sayNumber }) {
    const id = nextId();
    const input = focusable(element("input", { type: "range", id, min, max, step, "data-name": name }));
    const output = element("output", { for: id });
    const box = element("div", { class: "control slider" }, element("label", { for: id }, label), input, output);
    input.addEventListener("input", () => this.set({ [name]: Number(input.value) }));
    this.controlRow.append(box);
    this.control(name, value, (now) => {
      input.value = now;
      output.textContent = say(now);
      input.setAttribute("aria-valuetext", output.textContent);
    });
    return box;
  }

  // A slider with a button that moves it from min to max in `seconds`. Who asked for less motion gets one step of size `stride` a press.
  player({ seconds = 6, stride = 1, playLabel = "Play", ...slider }) {
    const box = this.slider(slider);
    const { name, min, max, step } = slider;
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    let last, at;
    const show = () => { button.textContent = calm ? "Next step" : last === undefined ? `▶ ${playLabel}` : "❚❚ Pause"; };
    const stop = () => { last = undefined; show(); };
    const tick = (time) => {
      if (last === undefined || this.removed) return;
      at = Math.min(max, at + ((time - last) / 1000) * ((max - min) / seconds));
      last = time;
      this.set({ [name]: Math.round(at / step) * step });
      if (at >= max) stop(); else requestAnimationFrame(tick);
    };
    const button = this.button({ label: playLabel, into: box, press: () => {
      if (last !== undefined) return stop();
      at = this.state[name] >= max ? min : this.state[name];
      if (calm) return this.set({ [name]: this.state[name] >= max ? min : Math.min(max, at + stride) });
      last = performance.now();
      show();
      requestAnimationFrame(tick);
    } });
    box.querySelector("input").addEventListener("input", stop);
    box.classList.add("player");
    box.prepend(button);
    show();
    return box;
  }

  // A few answers, all in sight: options are [value, words] pairs.
  choice({ name, label, options, value }) {
    const group = nextId();
    const box = element("fieldset", { class: "control choice" }, element("legend", {}, label));
    const inputs = options.map(([option, words]) => {
      const id = nextId();
      const input = focusable(element("input", { type: "radio", name: group, id, value: option, "data-name": name }));
      input.addEventListener("change", () => this.set({ [name]: option }));
      box.append(element("span", { class: "option" }, input, element("label", { for: id }, words)));
      return [option, input];
    });
    this.controlRow.append(box);
    this.control(name, value, (now) => inputs.forEach(([option, input]) => { input.checked = option === now; }));
    return box;
  }

  select({ name, label, options, value }) {
    const id = nextId();
    const input = focusable(element("select", { id, "data-name": name }));
    options.forEach(([, words], i) => input.append(element("option", { value: i }, words)));
    input.addEventListener("change", () => this.set({ [name]: options[Number(input.value)][0] }));
    const box = element("div", { class: "control select" }, element("label", { for: id }, label), input);
    this.controlRow.append(box);
    this.control(name, value, (now) => { input.value = options.findIndex(([option]) => option === now); });
    return box;
  }

  check({ name, label, value = false }) {
    const id = nextId();
    const input = focusable(element("input", { type: "checkbox", id, "data-name": name }));
    input.addEventListener("change", () => this.set({ [name]: input.checked }));
    const box = element("div", { class: "control check" }, input, element("label", { for: id }, label));
    this.controlRow.append(box);
    this.control(name, value, (now) => { input.checked = now; });
    return box;
  }

  // "− 8 +" for a count that JavaScript keeps; show(count, low, high) shows it, and hides the stepper when count is undefined.
  stepper({ label, thing, press }) {
    const box = element("div", { class: "control stepper", role: "group", "aria-label": label });
    const output = element("output");
    const less = this.button({ label: "−", into: box, press: () => press(-1) });
    box.append(output);
    const more = this.button({ label: "+", into: box, press: () => press(1) });
    less.setAttribute("aria-label", `${label}: one ${thing} less`);
    more.setAttribute("aria-label", `${label}: one ${thing} more`);
    box.prepend(element("span", {}, label));
    this.controlRow.append(box);
    return { show: (count, low, high) => {
      box.hidden = count === undefined;
      output.textContent = count;
      less.disabled = count <= low;
      more.disabled = count >= high;
    } };
  }

  button({ label, press, into = this.controlRow }) {
    const made = focusable(element("button", { type: "button" }, label));
    made.addEventListener("click", press);
    into.append(made);
    return made;
  }

  // ---- pictures ----

  plane(options) { return this.picture(new Plane(this, options)); }

  space(options) { return this.picture(new Space(this, options)); }

  picture(made) {
    this.pictures.push(made);
    this.pictureRow.append(made.box);
    return made;
  }

  // items are [sign, words]; a sign is one of LEGEND_SIGNS, or SVG of its own on 22 x 14 pixels.
  legend(items) {
    for (const [sign, words] of items) {
      const item = element("span", {});
      item.innerHTML = `<svg width="22" height="14" aria-hidden="true">${LEGEND_SIGNS[sign] ?? sign}</svg>`;
      item.append(words);
      this.keyRow.append(item);
    }
  }

  // ---- drawing ----

  draw(paint) {
    this.paint = paint;
    this.redraw();
  }

  redraw() {
    if (!this.paint) return;
    this.frame ??= requestAnimationFrame(() => {
      this.frame = undefined;
      this.paintNow();
    });
  }

  paintNow() {
    const started = performance.now();
    this.colours ??= this.readColours();
    if (!this.colours.ink || !this.root.clientWidth) {
      // Not on the page yet, or in a tab behind another: coming into sight changes the size, and that draws again. But a
      // change of theme hides the page for less than a frame, which no observer of sizes sees.
      this.colours = undefined;
      this.missed = (this.missed ?? 0) + 1;
      if (this.missed < 60) this.redraw();
      return;
    }
    this.missed = 0;
    for (const picture of this.pictures) picture.begin();
    this.say(this.paint(this.state) ?? "");
    // Tests and the curious read here what a change costs and that it came.
    this.root.dataset.draws = Number(this.root.dataset.draws ?? 0) + 1;
    this.root.dataset.milliseconds = (performance.now() - started).toFixed(1);
  }

  say(words) {
    this.seen.textContent = words;
    clearTimeout(this.speaking);
    this.speaking = setTimeout(() => {
      if (this.heard.textContent !== words) this.heard.textContent = words;
      if (this.model.get("says") === words) return;
      this.model.set("says", words);
      this.model.save_changes();
    }, 300);
  }

  // A colour of the theme as three numbers from 0 to 255.
  rgb(name) {
    const colour = this.colours[name];
    this.mixed ??= {};
    if (!this.mixed[colour]) {
      const pen = new OffscreenCanvas(1, 1).getContext("2d");
      pen.fillStyle = colour;
      pen.fillRect(0, 0, 1, 1);
      this.mixed[colour] = [...pen.getImageData(0, 0, 1, 1).data].slice(0, 3);
    }
    return this.mixed[colour];
  }

  readColours() {
    const style = getComputedStyle(this.root);
    const names = ["ink", "soft", "faint", "paper", "zero", "one", "mark", "good", "second"];
    return Object.fromEntries(names.map((name) => [name, style.getPropertyValue(`--${name}`).trim()]));
  }
}

const render = ({ model, el }) => {
  const board = new Board(model, el);
  // The still twin tells the same to a reader without a kernel; while this figure lives, it steps aside.
  const still = model.get("still_id");
  if (still) {
    board.root.append(element("style", {}, `.${still}, .jp-OutputArea-child:has(.${still}) { display: none !important; }`));
  }
  // Starting values are not sent to Python: they could overtake a value that Python sets meanwhile.
  figures[model.get("figure")](board);
  return () => board.remove();
};

// On a page without a kernel, plain values stand in for the synced ones.
const pageModel = (values) => ({
  get: (name) => values[name],
  set: (name, value) => { values[name] = value; },
  save_changes() {}, on() {}, off() {},
});
