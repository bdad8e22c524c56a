// The playground: a small network that trains here, in the browser, a few steps a frame.

const READ_EVERY = 100, REPORT_EVERY = 1000, CALM_EVERY = 500;    // milliseconds
const FRAME = 16.7, MOST_EPOCHS_A_FRAME = 10;

// Training has what is left of a frame, in milliseconds: less when the last one came late, more again when frames are on time.
// Where several are missing, the machine is busy with something else, and to train less would not bring them back.
const nextRoom = (room, gap) => (gap > 3 * FRAME ? Math.min(12, room + 2)
  : gap > 1.2 * FRAME ? Math.max(4, 0.8 * room) : Math.min(7, room + 0.1));

figures.playground = (board) => {
  const { sets, chain } = board.data;
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const alone = document.body.classList.contains("untangle-page");
  board.root.classList.add("playground");
  board.state = { ...NOTHING_SPECIAL, set: Object.keys(sets)[0], activation: "tanh", seed: 0, drawing: [], ...board.state };
  if (alone) Object.assign(board.state, fromLink(location.hash, sets));

  const session = new Session(({ set, drawing }) => (set === DRAWING
    ? { X: drawing.map(([x, y]) => [x, y]), y: drawing.map(([, , kind]) => kind) } : board.data.sets[set]));
  let playing = false, picked, starts, room = 6, lastTick = 0, lastShown = 0, lastRead = 0, lastReport = 0, palette, turn = 0;

  // ---- controls ----

  const first = element("div", { class: "control buttons" });
  board.controlRow.append(first);
  const play = board.button({ into: first, label: "▶ Play", press: () => { playing = !playing; run(); } });
  play.classList.add("play");
  const stop = () => { playing = false; starts = undefined; };
  board.button({ into: first, label: "Reset", press: () => { stop(); session.restart(); run(); } });
  layerControls(board, first);
  const pick = (preset) => {
    stop();
    picked = preset;
    const settings = presetSettings(preset);
    session.given = settings.set === CHAIN_SET ? { layers: chain, activations: settings.activations } : undefined;
    session.restart();
    board.set({ ...settings, seed: 0 });
  };
  let showExample, showSets, showLink, pad;
  const trialSays = element("p", { class: "trial", role: "status" });
  const more = fold(board, "More to try: examples, points, inputs, training, drawing", () => {
    showExample = exampleControls(board, sets, pick);
    showSets = pointControls(board);
    inputControls(board);
    trainingControls(board, {
      step: () => { stop(); session.build(board.state); session.epoch(board.state); run(); },
      newStart: () => { session.given = undefined; board.set({ seed: (board.state.seed + 1) % 1000 }); },
    });
    const folds = element("div", { class: "folds" });
    board.controlRows.append(folds);
    fold(board, "Draw your own points", () => { pad = sketchControls(board, { current: () => pointsToDraw() }); }, folds);
    fold(board, "Many starts at once", () => startsControls(), folds);
    fold(board, "Keep or share this playground", () => { showLink = linkControls(board, alone); }, folds);
  });
  more.classList.add("more");

  const pointsToDraw = () => {
    const { X, y } = session.points(board.state), [, reach] = session.box;
    return X.slice(0, MOST_DRAWN).map((point, i) => [tidy((1.1 * point[0]) / reach), tidy((1.1 * point[1]) / reach), y[i]]);
  };

  function startsControls() {
    plainRow(board);
    const count = focusable(element("select", { id: nextId() }));
    for (const n of [10, 20, 50, 100]) count.append(element("option", { value: n }, String(n)));
    count.value = "20";
    board.controlRow.append(element("div", { class: "control select" }, element("label", { for: count.id }, "Starts"), count));
    board.button({ label: "Train them", press: () => {
      if (starts) { starts = undefined; return; }
      playing = false;
      run();
      session.build(board.state);
      starts = new Starts(session, { ...board.state }, Number(count.value));
      requestAnimationFrame(tryStarts);
    } });
    board.controlRows.append(trialSays);
  }

  // ---- pictures ----

  const wiring = board.picture(new Wiring(board, { title: "The network", x: [0, 1], y: [0, 1], ticks: false, width: 520 }));
  const view = board.picture(new Verdict(board, { title: "What it says about the plane", xLabel: "x₁", yLabel: "x₂" }));
  const sees = element("div", { class: "layers", role: "group", "aria-label": "What each layer sees" });
  const seesTitle = element("p", { class: "title" },
    "What each layer sees: the plane's squared paper and the points, carried along");
  const views = Array.from({ length: MOST_LAYERS + 1 }, (_, l) => {
    const made = new LayerView(board, { title: `layer ${l}`, ticks: false, width: 300, aspect: 1 });
    sees.append(made.box);
    return made;
  });
  const wide = { x: [0, 10], aspect: 0.36, width: 460, xLabel: "epoch" };
  const loss = new Picture(board, { ...wide, title: "The loss", y: [0.1, 1], yLog: true });
  const shares = [0, 0.25, 0.5, 0.75, 1];
  const share = new Picture(board, { ...wide, title: "The share of points that are right", y: [0, 1], yTicks: shares });
  const curves = element("div", { class: "curves" });
  curves.append(loss.box, share.box);
  board.pictureRow.append(seesTitle, sees, curves);
  board.legend([
    ["zero", "class 0"], ["one", "class 1"], ["two", "class 2"], ["three", "class 3"], ["line", "boundary"],
    ["plus", "positive weight"], ["minus", "negative weight"], ["hinge", "where a neuron bends"],
  ]);
  const keys = [...board.keyRow.children];
  const hollow = element("span", {}, "hollow: test points");
  const linesKey = element("span", {}, "line: training points, dashes: test points");
  board.keyRow.append(hollow, linesKey);
  // what changes at every frame is drawn here, not by the board
  board.pictures = [];

  const showKeys = ({ layers, hinges }) => {
    const { classes } = session, wired = wiringShown(), bends = hinges !== "none" && layers.length > 0;
    const shown = [true, true, classes > 2, classes > 3, true, wired, wired, bends];
    keys.forEach((item, i) => { item.style.display = shown[i] ? "" : "none"; });
    hollow.style.display = linesKey.style.display = session.rest.y.length ? "" : "none";
  };
  const wiringShown = () => board.state.layers.length > 0 || !session.plainInputs;

  const drawCurve = (picture, lists, low) => {
    const { epoch } = session.history, last = Math.max(10, session.trainer.epoch);
    picture.x = [0, last];
    picture.begin();
    const path = (values) => values.map((value, i) => [epoch[i + epoch.length - values.length], Math.max(value, low)]);
    if (lists[1].length) picture.polyline(path(lists[1]), { color: "second", dash: [6, 4], width: 2 });
    picture.polyline(path(lists[0]), { color: "ink", width: 2 });
  };
  const drawCurves = () => {
    const { history } = session;
    const known = [...history.loss, ...history.test_loss].filter((value) => value > 0 && Number.isFinite(value));
    const low = Math.max(1e-6, 10 ** Math.floor(Math.log10(0.999 * Math.min(0.9, ...known))));
    const high = 10 ** Math.ceil(Math.log10(Math.max(1, ...known)));
    loss.y = [low, high];
    loss.yTicks = high / low < 50 ? [0.1, 0.2, 0.5, 1, 2, 5, 10].filter((value) => value >= low && value <= high) : undefined;
    drawCurve(loss, [history.loss, history.test_loss], low);
    drawCurve(share, [history.accuracy, history.test_accuracy], 0);
  };

  const drawWiring = () => {
    wiring.fit(session, wiring.canvas.clientWidth);
    wiring.begin();
    wiring.show(session, palette, session.features.map(nameOfFeature));
  };
  const drawLayer = (l) => {
    const { layers } = board.state, { trainer, train, network } = session, paper = playing ? session.rough : session.paper;
    const k = l ? layers[l - 1] : session.features.length;
    session.ask(paper);
    network.forward(train.inputs, trainer.all);
    const [A, P] = l ? [trainer.all.a[l - 1], paper.pass.a[l - 1]] : [train.inputs, paper.inputs];
    views[l].show({ l, k, A, paper: P, bends: paper.bends, y: train.y }, l === layers.length ? classScores(network) : undefined);
  };

  // The plane is drawn at every frame. While training runs, the other pictures take turns: one of them at each frame.
  const paint = (moving) => {
    if (palette?.colours !== board.colours) palette = new Palette(board);
    if (view.x !== session.box) view.x = view.y = session.box;
    for (const picture of [view, wiring, ...views]) picture.moving = moving;
    view.begin();
    view.show(session, palette, board.state.layers.length ? board.state.hinges : "none");
    const others = [
      ...(wiring.box.hidden ? [] : [drawWiring]),
      ...views.flatMap(({ box }, l) => (sees.hidden || box.hidden ? [] : [() => drawLayer(l)])),
      ...(curves.hidden ? [] : [drawCurves]),
    ];
    turn += 1;
    if (!moving) for (const draw of others) draw();
    else others[turn % others.length]?.();
  };

  // What stands around the pictures; it changes with the settings, not with training.
  const arrange = () => {
    const { layers, features } = board.state, from = session.plainInputs ? 1 : 0;
    wiring.box.hidden = !wiringShown();
    board.root.classList.toggle("lone", !wiringShown());
    seesTitle.hidden = sees.hidden = !layers.length && features.length < 2 + session.plainInputs;
    views.forEach((picture, l) => { picture.box.hidden = l < from || l > layers.length; });
    const many = layers.length + 1 - from;
    sees.style.setProperty("--columns", many < 5 ? Math.max(2, many) : many < 7 ? 3 : 4);
    curves.hidden = session.trainer.epoch === 0 && !playing;
    showKeys(board.state);
    // why an example works or fails is told to who picked it, and as long as its settings hold
    const holds = ([name, value]) => JSON.stringify(board.state[name]) === JSON.stringify(value);
    if (picked && !Object.entries(presetSettings(picked)).every(holds)) picked = undefined;
    showExample(picked);
    showSets();
    showLink();
  };

  // ---- words ----

  const words = (now) => {
    const { layers, activations } = board.state, { trainer, rest, network } = session;
    const straight = activations.every((act) => act === "linear") && session.plainInputs;
    const name = (act) => ACTIVATION_NAMES[act].replace(" (none)", "");
    const alike = activations.every((act) => act === activations[0]);
    const shape = layers.length === 0 ? "No hidden layer"
      : alike ? `Hidden layers of ${layers.join(", ")} (${name(activations[0])})`
        : `Hidden layers of ${layers.map((count, l) => `${count} (${name(activations[l])})`).join(", ")}`;
    const boundary = session.classes > 2 ? "all boundaries are straight lines" : "the boundary is one straight line";
    const fate = straight ? `: ${boundary}` : "";
    const part = (right, n) => `${right} of ${n} points right (${sayNumber((100 * right) / n, 1)} %)`;
    const test = now.test ? ` Test: loss ${sayTiny(now.test.loss)}, ${part(now.test.right, rest.y.length)}.` : "";
    const kinds = session.classes > 2 ? ` ${session.classes} classes.` : "";
    return `${shape}, ${sayCount(network.parameters)} parameters${fate}.${kinds} ` +
      `Epoch ${sayCount(trainer.epoch)}: loss ${sayTiny(now.loss)}, ${part(now.right, trainer.n)}.${test}`;
  };

  // Python hears of weights and history when training pauses or starts over, and once a second while it runs.
  const report = () => {
    lastReport = performance.now();
    const { history, ...standing } = session.standing;
    board.model.set("weights", { by: "browser", activations: [...board.state.activations], ...standing });
    board.model.set("history", history);
    board.model.save_changes();
  };
  const takeWeights = () => {
    const sent = board.model.get("weights");
    if (sent?.by !== "python") return;
    session.given = { layers: sent.layers, activations: sent.activations, history: sent.history };
    stop();
    session.restart();
    board.redraw();
  };
  board.model.on("change:weights", takeWeights);
  const takeData = () => { session.restart(); board.redraw(); };
  board.model.on("change:data", takeData);
  board.cleanups.push(() => board.model.off("change:weights", takeWeights), () => board.model.off("change:data", takeData));
  takeWeights();
  const before = board.model.get("weights");
  if (before?.by === "browser") session.left = { ...before, history: board.model.get("history") };

  // ---- time ----

  // After every press: the button says what it will do next, and a rest is drawn in full.
  const run = () => {
    play.textContent = playing ? "❚❚ Pause" : "▶ Play";
    board.root.classList.toggle("playing", playing);
    if (!playing) {
      board.redraw();
      // what has yet to be built is told once it is
      if (session.shape) report();
      return;
    }
    starts = undefined;
    lastTick = 0;
    arrange();
    requestAnimationFrame(tick);
  };

  const tick = (time) => {
    if (board.removed || !playing) return;
    if (!board.colours?.ink) return void requestAnimationFrame(tick);
    if (session.build(board.state)) arrange();
    if (lastTick) room = nextRoom(room, time - lastTick);
    lastTick = time;
    const end = performance.now() + room;
    session.trainFor(MOST_EPOCHS_A_FRAME, board.state, () => performance.now() > end);
    if (board.state.goal && session.note().accuracy >= board.state.goal) { playing = false; return run(); }
    // who asked for less motion sees training twice a second
    if (!calm || time - lastShown > CALM_EVERY) {
      lastShown = time;
      paint(true);
      board.root.dataset.draws = Number(board.root.dataset.draws ?? 0) + 1;
      if (time - lastRead > READ_EVERY) { lastRead = time; board.say(words(session.note())); }
    }
    if (time - lastReport > REPORT_EVERY) report();
    requestAnimationFrame(tick);
  };

  const tryStarts = () => {
    if (!starts || board.removed) return;
    session.build(board.state);
    if (!starts.holds) { starts = undefined; return; }
    starts.work(12);
    const { n, results, successes, goal } = starts, done = results.length;
    if (done) {
      const [rate, low, high] = wilson(successes, done), say = (part) => sayNumber(100 * part, 0);
      trialSays.textContent = `${results.map((success) => (success ? "●" : "○")).join(" ")}\n` +
        `${successes} of ${done} starts reached ${say(goal)} % of the training points within ${sayCount(MOST_EPOCHS)} epochs: ` +
        `${say(rate)} %, and with 95 % confidence between ${say(low)} % and ${say(high)} %.`;
    }
    if (!starts.done) return void requestAnimationFrame(tryStarts);
    board.model.set("trial", { starts: n, successes });
    board.model.save_changes();
    starts = undefined;
  };

  // Every change of a setting comes here; frames of a running training do not.
  board.draw(() => {
    const first = !session.network;
    if (session.build(board.state) && !first) report();
    arrange();
    pad.show();
    paint(playing);
    return words(session.note());
  });
};
