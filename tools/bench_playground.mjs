// How fast the playground's trainer is, and how surely it learns:
//
//   node tools/bench_playground.mjs [--starts 100] [--tensorflow-playground PATH]
//
// PATH is TensorFlow Playground's own network code, src/nn.ts of github.com/tensorflow/playground, or the same as a JavaScript
// module: its steps are then counted in turns with ours, on the same layers, points and batch. nn.ts is turned into JavaScript
// by esbuild, which `npx` fetches. Time is the processor's own, so that what else runs on a shared machine counts less.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";

const { values: asked } = parseArgs({
  options: { starts: { type: "string", default: "20" }, "tensorflow-playground": { type: "string" } },
});
const starts = Number(asked.starts);
if (!Number.isInteger(starts) || starts < 1) {
  throw new Error(`--starts should be a whole number of at least 1, but it is ${asked.starts}`);
}

const read = (name) => readFileSync(new URL(`../course_utils/playground/${name}.js`, import.meta.url), "utf8");
const { Network, Trainer, randomUniform, shuffle, wilson } = new Function(
  `${read("network")}\n${read("trainer")}\nreturn { Network, Trainer, randomUniform, shuffle, wilson };`,
)();

// Two spirals of 1.75 turns, as course_utils.datasets.spirals makes them. In a random order: were each point followed by its
// mirror image, the slopes of all biases would be exactly 0, and no bias would ever move.
const spirals = (n) => {
  const y = Int8Array.from({ length: n }, (_, i) => i % 2), X = new Float64Array(2 * n), uniform = randomUniform(1);
  const place = [0, 1].map(() => shuffle(Array.from({ length: n / 2 }, (_, i) => i), uniform));
  for (let i = 0; i < n; i++) {
    const t = place[i % 2][Math.floor(i / 2)] / (n / 2 - 1), radius = 0.08 + 0.92 * t;
    const angle = 3.5 * Math.PI * t, side = y[i] ? -1 : 1;
    X.set([side * radius * Math.cos(angle), side * radius * Math.sin(angle)], 2 * i);
  }
  return { X, y };
};
const median = (values) => [...values].sort((p, q) => p - q)[Math.floor(values.length / 2)];

const now = () => process.cpuUsage().user / 1000;

// Steps a second of several trainers, in turns, so that a busy moment of the machine meets them all: the median of nine.
const race = (makers) => {
  const found = makers.map(() => []);
  for (let turn = 0; turn < 10; turn++) {
    makers.forEach((step, k) => {
      const began = now();
      let steps = 0, spent = 0;
      while (spent < 200) {
        for (let i = 0; i < 20; i++) step();
        steps += 20;
        spent = now() - began;
      }
      if (turn > 0) found[k].push((1000 * steps) / spent);
    });
  }
  return found.map(median);
};

const ours = (hidden, n, options) => {
  const { X, y } = spirals(n), trainer = new Trainer(new Network(2, hidden), X, y, options);
  return () => trainer.step(options);
};

// TensorFlow Playground's step as its page makes it: point after point forward and back, then one update for each batch.
const theirs = async (path, sizes, n, { batch, rate }) => {
  let folder;
  if (path.endsWith(".ts")) {
    folder = mkdtempSync(join(tmpdir(), "nn-"));
    const made = `--outfile=${join(folder, "nn.mjs")}`;
    execFileSync("npx", ["--yes", "esbuild", resolve(path), "--format=esm", made], { stdio: "ignore" });
  }
  const nn = await import(pathToFileURL(folder ? join(folder, "nn.mjs") : resolve(path)));
  if (folder) rmSync(folder, { recursive: true });
  const { TANH } = nn.Activations, network = nn.buildNetwork(sizes, TANH, TANH, null, ["x", "y"]), { X, y } = spirals(n);
  const points = Array.from({ length: n }, (_, i) => [[X[2 * i], X[2 * i + 1]], y[i] ? 1 : -1]);
  let next = 0;
  return () => {
    for (let i = 0; i < batch; i++) {
      const [input, label] = points[next];
      nn.forwardProp(network, input);
      nn.backProp(network, label, nn.Errors.SQUARE);
      next = (next + 1) % n;
    }
    nn.updateWeights(network, rate, 0);
  };
};

const say = (name, value) =>
  console.log(`${name.padEnd(52)}${Math.round(value).toLocaleString("en").padStart(9)} steps a second`);
const eight = [[8, "tanh"], [8, "tanh"]], small = { batch: 10, optimiser: "sgd", rate: 0.03 };
if (asked["tensorflow-playground"]) {
  const [mine, other] = race([ours(eight, 250, small), await theirs(asked["tensorflow-playground"], [2, 8, 8, 1], 250, small)]);
  say("2-8-8-1 tanh, batch 10, plain descent: ours", mine);
  say("the same in TensorFlow Playground's own code", other);
  console.log(`ours / theirs: ${(mine / other).toFixed(2)}`);
} else {
  console.log("(without --tensorflow-playground PATH there is no comparison)");
  say("2-8-8-1 tanh, batch 10, plain descent", race([ours(eight, 250, small)])[0]);
}
say("2-8-8-1 tanh, batch 10, Adam", race([ours(eight, 250, { ...small, optimiser: "adam" })])[0]);
say("2-8-8-1 tanh, all 250 points, Adam", race([ours(eight, 250, { rate: 0.02 })])[0]);
const unrolling = [[16, "tanh"], [16, "tanh"], [2, "tanh"]];
say("2-16-16-2-1 tanh, all 400 points, Adam", race([ours(unrolling, 400, { rate: 0.02 })])[0]);

const epochs = [];
const { X, y } = spirals(400);
for (let seed = 0; seed < starts; seed++) {
  const trainer = new Trainer(new Network(2, [[16, "tanh"], [16, "tanh"], [2, "tanh"]], { seed }), X, y);
  for (let judged = 0; trainer.epoch < 3000 && judged < 400; ) {
    for (let i = 0; i < 10; i++) trainer.step({ rate: 0.02 });
    judged = trainer.judge().right;
    if (judged === 400) epochs.push(trainer.epoch);
  }
}
const [, low, high] = wilson(epochs.length, starts).map((share) => (100 * share).toFixed(0));
console.log(`2-16-16-2-1 on the spirals: ${epochs.length} of ${starts} starts reach 100 % within 3,000 epochs ` +
  `(95 % interval of the share: ${low} to ${high} %), median ${median(epochs)} epochs`);
