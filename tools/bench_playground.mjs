// How fast the playground's trainer is, and how surely it learns: `node tools/bench_playground.mjs [starts]`.
// TensorFlow Playground's own network code made 52,700 updates a second on the same layers and batch (measured once, in Node,
// on two shared cores); on another machine compare only what was measured there. Time is the processor's own, so that
// what else runs on a shared machine does not count.
import { readFileSync } from "node:fs";

const source = readFileSync(new URL("../course_utils/trainer.js", import.meta.url), "utf8");
const { Network, Trainer, randomUniform, shuffle } = new Function(`${source}\nreturn { Network, Trainer, randomUniform, shuffle };`)();

// Two spirals of 1.75 turns, as course_utils.datasets.spirals makes them. In a random order: were each point followed by its
// mirror image, the slopes of all biases would be exactly 0, and no bias would ever move.
const spirals = (n) => {
  const y = Int8Array.from({ length: n }, (_, i) => i % 2), X = new Float64Array(2 * n), uniform = randomUniform(1);
  const place = [0, 1].map(() => shuffle(Array.from({ length: n / 2 }, (_, i) => i), uniform));
  for (let i = 0; i < n; i++) {
    const t = place[i % 2][Math.floor(i / 2)] / (n / 2 - 1), radius = 0.08 + 0.92 * t, angle = 3.5 * Math.PI * t, side = y[i] ? -1 : 1;
    X.set([side * radius * Math.cos(angle), side * radius * Math.sin(angle)], 2 * i);
  }
  return { X, y };
};
const median = (values) => [...values].sort((p, q) => p - q)[Math.floor(values.length / 2)];

const now = () => process.cpuUsage().user / 1000;

const speed = (hidden, n, options) => {
  const { X, y } = spirals(n), trainer = new Trainer(new Network(2, hidden), X, y, options), found = [];
  for (let run = 0; run < 9; run++) {
    const began = now();
    let steps = 0, spent = 0;
    while (spent < 250) {
      for (let i = 0; i < 20; i++) trainer.step(options);
      steps += 20;
      spent = now() - began;
    }
    found.push((1000 * steps) / spent);
  }
  return median(found.slice(1));
};

const say = (name, value) => console.log(`${name.padEnd(52)}${Math.round(value).toLocaleString("en").padStart(9)} steps a second`);
const eight = [[8, "tanh"], [8, "tanh"]];
say("2-8-8-1 tanh, batch 10, sgd", speed(eight, 250, { batch: 10, optimiser: "sgd", rate: 0.03 }));
say("2-8-8-1 tanh, batch 10, Adam", speed(eight, 250, { batch: 10, optimiser: "adam", rate: 0.03 }));
say("(reference: TensorFlow Playground, 8-8, batch 10)", 52700);
say("2-8-8-1 tanh, all 250 points, Adam", speed(eight, 250, { optimiser: "adam", rate: 0.02 }));
say("2-16-16-2-1 tanh, all 400 points, Adam", speed([[16, "tanh"], [16, "tanh"], [2, "tanh"]], 400, { optimiser: "adam", rate: 0.02 }));

const starts = Number(process.argv[2] ?? 20), epochs = [];
const { X, y } = spirals(400);
for (let seed = 0; seed < starts; seed++) {
  const trainer = new Trainer(new Network(2, [[16, "tanh"], [16, "tanh"], [2, "tanh"]], { seed }), X, y);
  for (let judged = 0; trainer.epoch < 3000 && judged < 400; ) {
    for (let i = 0; i < 10; i++) trainer.step({ rate: 0.02 });
    judged = trainer.judge().right;
    if (judged === 400) epochs.push(trainer.epoch);
  }
}
console.log(`2-16-16-2-1 on the spirals: ${epochs.length} of ${starts} starts reach 100 % within 3,000 epochs, median ${median(epochs)}`);
