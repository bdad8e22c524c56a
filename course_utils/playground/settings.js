// What can be set in the playground, ready examples with a sentence why each works or fails, and all settings as a link.

const MOST_LAYERS = 8, MOST_NEURONS = 16, MOST_DRAWN = 500, MOST_CLASSES = 4;
const RATES = [0.001, 0.003, 0.01, 0.02, 0.03, 0.1, 0.3];
const STRENGTHS = [0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03];
const BATCHES = [0, 1, 10, 32, 100];
const TEST_SHARES = [0, 0.2, 0.5];
const GOALS = [0, 0.9, 0.99, 1];
const OPTIMISERS = { adam: "Adam", sgd: "plain descent" };
const REGULARISATIONS = { none: "none", l1: "L1", l2: "L2" };
const INITS = { normal: "normal", orthogonal: "orthogonal, × 1.3" };
const HINGES = { none: "none", first: "of the first layer", all: "of all layers" };
const ACTIVATION_NAMES = {
  tanh: "tanh", relu: "ReLU", sigmoid: "logistic", leaky_relu: "leaky ReLU", gelu: "GELU", silu: "SiLU", sine: "sine",
  step: "step", linear: "linear (none)",
};
const DRAWING = "drawing", CHAIN_SET = "spirals, 1.25 turns";

const NOTHING_SPECIAL = {
  layers: [], activations: [], features: ["x1", "x2"], optimiser: "adam", rate: 0.02, regularisation: "none", strength: 0.001,
  batch: 0, init: "normal", goal: 0, test: 0, hinges: "none",
};

// name, what it sets, and a sentence why it works or fails
const PRESETS = [
  ["One line", { set: "spirals" },
    "It fails: without a hidden layer the boundary is one straight line, and no line parts the spirals."],
  ["Three linear layers", { set: "spirals", layers: [8, 8, 8], act: "linear" },
    "It fails: layers without a bend collapse into one, so this is the line again, with 177 parameters."],
  ["XOR, with the product x₁x₂", { set: "xor", features: ["x1", "x2", "x1x2"] },
    "It works without a hidden layer: the product has the sign that XOR asks for, so a plane in the space of the three " +
    "features parts the classes."],
  ["Ring, two neurons", { set: "ring", layers: [2] },
    "It fails: two neurons that bend a plane cannot close a region, though they can come near."],
  ["Ring, three neurons", { set: "ring", layers: [3], hinges: "first" },
    "It works: three bends close a region, a rounded triangle around the disc."],
  ["Spirals", { set: "spirals", layers: [16, 16, 2] },
    "It works from almost every start: the layers unroll the spirals until, in the last plane, one straight line is enough."],
  ["Spirals, folded by ReLU", { set: "spirals", layers: [16, 16, 2], act: "relu", hinges: "all", rate: 0.01 },
    "It works from most starts: every neuron creases the plane along its line, and the boundary is straight between creases."],
  ["Spirals, step activation", { set: "spirals", layers: [16, 16], act: "step" },
    "It fails: a step is flat, so no slope comes back through it, and the hidden weights never move. " +
    "Only the last layer learns."],
  ["Three spirals, three classes", { set: "three spirals", layers: [16, 16, 2] },
    "It works from almost every start: in the last plane each class has a region, and all borders between regions are straight."],
  ["Seven layers of two", { set: CHAIN_SET, layers: [2, 2, 2, 2, 2, 2, 2], rate: 0.001 },
    "It works, from weights trained while the spirals were wound up step by step; from scratch it hardly ever does. " +
    "Nothing here is a shadow: each layer is a plane, bent, never torn or folded."],
];

const presetSettings = ([, { act = "tanh", ...changes }]) => {
  const layers = changes.layers ?? [];
  return { ...NOTHING_SPECIAL, ...changes, layers, activations: layers.map(() => act) };
};

// ---- all settings as a link ----

const LINK = "#playground=";

const toLink = (state) => {
  const { drawing, set, ...rest } = state;
  const words = JSON.stringify({ set, ...rest, ...(set === DRAWING ? { drawing } : {}) });
  return LINK + encodeURIComponent(words).replaceAll("%2C", ",").replaceAll("%3A", ":");
};

const isPoint = (point) => Array.isArray(point) && point.length === 3 && point.every(Number.isFinite) &&
  Math.abs(point[0]) <= 1 && Math.abs(point[1]) <= 1 && [0, 1, 2, 3].includes(point[2]);

const isDrawing = (points) => Array.isArray(points) && points.length <= MOST_DRAWN && points.every(isPoint) &&
  new Set(points.map(([, , kind]) => kind)).size > 1;

const isFeatures = (names) => Array.isArray(names) && names.length > 0 && names.every(isFeature) &&
  new Set(names).size === names.length && names.filter((name) => !Object.hasOwn(READY_FEATURES, name)).length <= MOST_OWN;

const isSizes = (sizes) => Array.isArray(sizes) && sizes.length <= MOST_LAYERS &&
  sizes.every((size) => Number.isInteger(size) && size > 0 && size <= MOST_NEURONS);

// What a link sets, as far as it makes sense here.
const fromLink = (hash, sets) => {
  if (!hash.startsWith(LINK)) return {};
  let found;
  try { found = JSON.parse(decodeURIComponent(hash.slice(LINK.length))) ?? {}; } catch { return {}; }
  const keyOf = (table) => (name) => typeof name === "string" && Object.hasOwn(table, name);
  const oneOf = (list) => (value) => list.includes(value);
  const sound = {
    set: (name) => (name === DRAWING ? isDrawing(found.drawing) : keyOf(sets)(name)),
    drawing: isDrawing, features: isFeatures, layers: isSizes,
    activations: (acts) => Array.isArray(acts) && acts.length === found.layers?.length && acts.every(keyOf(ACTIVATION_NAMES)),
    rate: oneOf(RATES), strength: oneOf(STRENGTHS), batch: oneOf(BATCHES), test: oneOf(TEST_SHARES), goal: oneOf(GOALS),
    optimiser: keyOf(OPTIMISERS), regularisation: keyOf(REGULARISATIONS), init: keyOf(INITS), hinges: keyOf(HINGES),
    seed: (seed) => Number.isInteger(seed) && seed >= 0 && seed < 1000,
  };
  const good = Object.keys(sound).filter((name) => Object.hasOwn(found, name) && sound[name](found[name]));
  const kept = Object.fromEntries(good.map((name) => [name, found[name]]));
  if (!kept.layers || !kept.activations) { delete kept.layers; delete kept.activations; }
  return kept;
};
