// The playground's controls: three in sight, the layers once there are some, and the rest where it is opened by choice.

const optionsOf = (table) => Object.entries(table);
const sameOptions = (values, none) => values.map((value) => [value, value === 0 && none ? none : String(value)]);

// A part that opens by choice.
const fold = (board, title, fill, into = board.controlRows) => {
  const { controlRows, controlRow } = board, details = element("details", {}, focusable(element("summary", {}, title)));
  into.append(details);
  board.controlRows = details;
  fill();
  Object.assign(board, { controlRows, controlRow });
  // what lies inside may need its size
  details.addEventListener("toggle", () => board.redraw());
  return details;
};

const plainRow = (board) => board.controlRows.append(board.controlRow = element("div", { class: "controls plain" }));

const layerControls = (board, addInto) => {
  const resize = (layers, activations) => board.set({ layers, activations });
  const add = board.button({ into: addInto, label: "Add a layer", press: () => {
    const { layers, activations, activation } = board.state;
    resize([...layers, 8], [...activations, activations.at(-1) ?? activation]);
  } });
  board.row("Hidden layers", { aligned: false });
  const row = board.controlRow;
  row.classList.add("layer-row");
  const steppers = Array.from({ length: MOST_LAYERS }, (_, l) => {
    const pair = element("div", { class: "layer" });
    row.append(pair);
    board.controlRow = pair;
    const press = (by) => resize(board.state.layers.with(l, board.state.layers[l] + by), board.state.activations);
    const stepper = board.stepper({ label: `Layer ${l + 1}`, thing: "neuron", press });
    const act = focusable(element("select", { "aria-label": `Layer ${l + 1}: activation` }));
    for (const [name, words] of optionsOf(ACTIVATION_NAMES)) act.append(element("option", { value: name }, words));
    act.addEventListener("change", () => resize(board.state.layers, board.state.activations.with(l, act.value)));
    pair.append(act);
    return { pair, act, stepper };
  });
  board.controlRow = row;
  const removeLast = () => resize(board.state.layers.slice(0, -1), board.state.activations.slice(0, -1));
  board.button({ label: "Remove one", press: removeLast });
  const show = () => {
    const { layers, activations } = board.state;
    row.style.display = layers.length ? "" : "none";
    steppers.forEach(({ pair, act, stepper }, l) => {
      pair.hidden = l >= layers.length;
      stepper.show(layers[l], 1, MOST_NEURONS);
      act.value = activations[l] ?? board.state.activation;
    });
    add.disabled = layers.length === MOST_LAYERS;
  };
  board.control("layers", [], show);
  board.control("activations", [], show);
};

const ownOf = (features) => features.filter((name) => !Object.hasOwn(READY_FEATURES, name));

// Ready features as boxes to tick, and own ones in the language of inputs.js, each of which can be taken away again.
const inputControls = (board) => {
  board.row("Inputs", { aligned: false });
  const row = board.controlRow;
  const box = (name, words) => {
    const id = nextId(), input = focusable(element("input", { type: "checkbox", id, "data-name": `feature-${name}` }));
    input.addEventListener("change", () => {
      const { features } = board.state, all = [...Object.keys(READY_FEATURES), ...ownOf(features)];
      const chosen = all.filter((other) => (other === name ? input.checked : features.includes(other)));
      // a network needs at least one input
      if (chosen.length) board.set({ features: chosen }); else input.checked = true;
    });
    return [element("div", { class: "control check" }, input, element("label", { for: id }, words)), input];
  };
  const ready = Object.entries(READY_FEATURES).map(([name, [words]]) => {
    const [made, input] = box(name, words);
    row.append(made);
    return [name, input];
  });
  const own = element("div", { class: "own" });
  row.append(own);
  plainRow(board);
  board.controlRow.classList.add("under");
  const looks = { type: "text", maxlength: LONGEST_OWN, size: 18, placeholder: "x1 * x2^2", spellcheck: "false" };
  const id = nextId(), text = focusable(element("input", { id, ...looks }));
  const answer = element("span", { role: "status", class: "answer" });
  const say = (words) => { answer.textContent = words; };
  const add = () => {
    const words = text.value.trim(), { features } = board.state;
    if (!words) return;
    try { parseFeature(words); } catch (problem) { return say(`Not read: ${problem.message}.`); }
    if (features.includes(words)) return say("That is an input already.");
    if (ownOf(features).length >= MOST_OWN) return say(`There is room for ${MOST_OWN} of your own.`);
    say(`${nameOfFeature(words)} is an input now.`);
    board.set({ features: [...features, words] });
  };
  text.addEventListener("keydown", (event) => { if (event.key === "Enter") add(); });
  board.controlRow.append(element("div", { class: "control" }, element("label", { for: id }, "Your own"), text));
  board.button({ label: "Add this input", press: add });
  const hint = "From x1, x2 and numbers with + − * ^ ( ), sin, cos, tanh, abs and pi.";
  board.controlRow.append(answer, element("p", { class: "hint" }, hint));
  board.control("features", ["x1", "x2"], (features) => {
    ready.forEach(([name, input]) => { input.checked = features.includes(name); });
    own.replaceChildren(...ownOf(features).map((name) => {
      const [made, input] = box(name, nameOfFeature(name));
      input.checked = true;
      return made;
    }));
  });
};

// The returned function shows which sets there are now: Python may add some, and a drawing can be chosen once there is one.
const pointControls = (board) => {
  board.row("Points", { aligned: false });
  const choose = focusable(element("select", { id: nextId(), "data-name": "set" }));
  const drawn = element("option", { value: DRAWING }, "your drawing");
  choose.addEventListener("change", () => board.set({ set: choose.value }));
  board.controlRow.append(element("div", { class: "control select" }, element("label", { for: choose.id }, "Set"), choose));
  const shares = TEST_SHARES.map((share) => [share, share ? `${100 * share} %` : "none"]);
  board.select({ name: "test", label: "Kept for the test", options: shares, value: 0 });
  let shown;
  return () => {
    const names = Object.keys(board.data.sets);
    const options = () => names.map((name) => element("option", { value: name }, name));
    if (names.join("\n") !== shown) choose.replaceChildren(...options(), drawn);
    shown = names.join("\n");
    drawn.disabled = !isDrawing(board.state.drawing);
    choose.value = board.state.set;
  };
};

const trainingControls = (board, { step, newStart }) => {
  board.row("Training", { aligned: false });
  board.button({ label: "One epoch", press: step });
  board.button({ label: "New start", press: newStart });
  board.select({ name: "rate", label: "Learning rate", options: sameOptions(RATES), value: 0.02 });
  board.select({ name: "optimiser", label: "Optimiser", options: optionsOf(OPTIMISERS), value: "adam" });
  board.select({ name: "batch", label: "Batch", options: sameOptions(BATCHES, "all points"), value: 0 });
  board.select({ name: "init", label: "Start", options: optionsOf(INITS), value: "normal" });
  board.select({ name: "regularisation", label: "Regularisation", options: optionsOf(REGULARISATIONS), value: "none" });
  board.select({ name: "strength", label: "Strength", options: sameOptions(STRENGTHS), value: 0.001 });
  const goals = GOALS.map((share) => [share, share ? `${100 * share} % right` : "never"]);
  board.select({ name: "goal", label: "Stop at", options: goals, value: 0 });
  board.row("View", { aligned: false });
  board.select({ name: "hinges", label: "Lines where a neuron bends the plane", options: optionsOf(HINGES), value: "none" });
  board.control("seed", 0, () => {});
};

// The examples; the returned function shows which one holds, and why it works or fails.
const exampleControls = (board, sets, pick) => {
  const presets = PRESETS.filter(([, { set }]) => Object.hasOwn(sets, set));
  if (!presets.length) return () => {};
  const choose = focusable(element("select", { id: nextId() }, element("option", { value: "" }, "choose one")));
  presets.forEach(([name], i) => choose.append(element("option", { value: i }, name)));
  choose.addEventListener("change", () => { if (choose.value !== "") pick(presets[choose.value]); });
  plainRow(board);
  const label = element("label", { for: choose.id }, "Example");
  board.controlRow.append(element("div", { class: "control select example" }, label, choose));
  const why = element("p", { class: "why", role: "status" });
  board.controlRows.append(why);
  return (picked) => {
    choose.value = picked ? presets.indexOf(picked) : "";
    if (why.textContent !== (picked?.[2] ?? "")) why.textContent = picked?.[2] ?? "";
  };
};

const linkControls = (board, alone) => {
  const id = nextId(), link = focusable(element("input", { type: "text", id, readonly: "", class: "link" }));
  const words = alone ? "A link to this page with all settings" : "All settings as a text: Playground.from_link(…) reads it";
  board.controlRows.append(element("div", { class: "drawing" }, element("label", { for: id }, words), link));
  plainRow(board);
  board.button({ label: "Copy", press: () => { link.select(); navigator.clipboard?.writeText(link.value); } });
  return () => {
    const now = (alone ? location.href.split("#")[0] : "") + toLink(board.state);
    if (link.value !== now) link.value = now;
  };
};
