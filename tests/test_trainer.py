"""The playground's JavaScript trainer, run in Node, against the Python one."""

import json
import pathlib
import shutil
import subprocess

import numpy as np
import pytest

from course_utils import datasets, network

TRAINER = pathlib.Path(__file__).parents[1] / "course_utils" / "trainer.js"
SHARED = ["linear", "sigmoid", "tanh", "relu", "leaky_relu", "gelu", "silu", "sine"]
RUN = """
const { X, y, hidden, start, options, steps } = given;
const net = new Network(X[0].length, hidden, options);
if (start) net.weights = start;
const trainer = new Trainer(net, Float64Array.from(X.flat()), Int8Array.from(y), options);
const losses = [trainer.judge().loss];
for (let i = 0; i < steps; i++) { trainer.step(options); losses.push(trainer.judge().loss); }
say({ losses, weights: net.weights, epoch: trainer.epoch, right: trainer.judge().right });
"""


def node(code, **given):
    """Run `code` after the trainer, with `given`, and return what it says."""
    if shutil.which("node") is None:
        pytest.skip("Node is not installed, and it alone runs the JavaScript trainer outside a browser")
    say = "const say = (value) => console.log(JSON.stringify(value));"
    script = f"{TRAINER.read_text()}\nconst given = {json.dumps(given)};\n{say}\n{code}"
    done = subprocess.run(["node", "-"], input=script, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def run(X, y, hidden, params=None, steps=100, **options):
    start = params and [{"W": W.tolist(), "b": b.tolist()} for W, b in params]
    return node(RUN, X=X.tolist(), y=y.tolist(), hidden=hidden, start=start, options=options, steps=steps)


@pytest.mark.parametrize("optimiser", ["adam", "sgd"])
@pytest.mark.parametrize("act", SHARED)
def test_both_trainers_have_the_same_losses_for_a_hundred_steps(act, optimiser):
    X, y = datasets.moons(150, seed=3)
    params = network.init([2, 8, 8, 1], np.random.default_rng(5), act)
    rate = 0.02 if optimiser == "adam" else 0.3
    options = {"optimiser": optimiser, "rate": rate}
    _, losses, accuracies = network.train([2, 8, 8, 1], X, y, act, 100, start=[params], **options)
    found = run(X, y, [[8, act], [8, act]], params, **options)
    assert losses[0, 0] - losses[0, -1] > 0.02, "a comparison of losses that stand still shows nothing"
    assert np.abs(np.array(found["losses"]) - losses[0]).max() < 1e-6
    assert found["right"] == round(accuracies[0, -1] * len(y))


@pytest.mark.parametrize("act", [*SHARED, "step"])
def test_each_activation_has_the_values_of_the_python_one(act):
    z = np.linspace(-8, 8, 161)
    f, slope = network.ACTIVATIONS[act]
    code = "const { f, slope } = ACTIVATIONS[given.act], z = given.z; say([z.map((v) => f(v)), z.map((v) => slope(v, f(v)))]);"
    values = node(code, act=act, z=z.tolist())
    assert np.allclose(values, [f(z), slope(z)], atol=1e-12)


def test_layers_may_have_different_activations_and_weights_go_there_and_back():
    X, y = datasets.moons(60, seed=1)
    params = network.init([2, 5, 4, 3, 1], np.random.default_rng(2))
    found = run(X, y, [[5, "sine"], [4, "relu"], [3, "sigmoid"]], params, steps=0)
    (W1, b1), (W2, b2), (W3, b3), (W4, b4) = params
    a = network.ACTIVATIONS
    h = a["sigmoid"][0](a["relu"][0](a["sine"][0](X @ W1 + b1) @ W2 + b2) @ W3 + b3)
    z = (h @ W4 + b4)[:, 0]
    assert found["losses"][0] == pytest.approx(np.mean(np.logaddexp(0, np.where(y == 1, -z, z))), abs=1e-12)
    for (W, b), layer in zip(params, found["weights"], strict=True):
        assert np.array_equal(layer["W"], W) and np.array_equal(layer["b"], b)


@pytest.mark.parametrize(("kind", "penalty"), [("l1", lambda W: np.abs(W).sum()), ("l2", lambda W: (W**2).sum() / 2)])
def test_regularisation_follows_the_slope_of_its_penalty_and_spares_biases(kind, penalty):
    X, y = datasets.moons(60, seed=1)
    params = [(W, b + 0.3) for W, b in network.init([2, 4, 1], np.random.default_rng(2))]
    plain = run(X, y, [[4, "tanh"]], params, steps=1, optimiser="sgd", rate=1)["weights"]
    found = run(X, y, [[4, "tanh"]], params, steps=1, optimiser="sgd", rate=1, regularisation=kind, strength=0.1)["weights"]
    for (W, _), before, after in zip(params, plain, found, strict=True):
        assert np.allclose(before["b"], after["b"], atol=1e-15)
        numbers = np.zeros_like(W)
        for place in np.ndindex(W.shape):
            up, down = W.copy(), W.copy()
            up[place] += 1e-6
            down[place] -= 1e-6
            numbers[place] = (penalty(up) - penalty(down)) / 2e-6
        assert np.allclose(np.subtract(before["W"], after["W"]), 0.1 * numbers, atol=1e-8)


def test_a_batch_is_a_part_of_the_points_and_an_epoch_is_all_of_them():
    X, y = datasets.moons(64, seed=1)
    found = run(X, y, [[4, "tanh"]], steps=21, batch=10, seed=4)
    assert found["epoch"] == 3  # 64 points are seven batches, the last of four
    code = """
    const y = Int8Array.from({ length: 64 }, (_, i) => i % 2), X = Float64Array.from({ length: 128 }, (_, i) => Math.floor(i / 2));
    const trainer = new Trainer(new Network(2, []), X, y, { batch: 10 }), seen = [];
    for (let i = 0; i < 7; i++) { const n = Math.min(10, 64 - 10 * i); trainer.step({}); for (let k = 0; k < n; k++) seen.push(trainer.batchX[2 * k]); }
    say(seen);"""
    assert sorted(node(code)) == list(range(64))


def test_the_same_seed_gives_the_same_start_and_another_seed_another():
    X, y = datasets.moons(60, seed=1)
    first, again, other = (run(X, y, [[4, "tanh"]], steps=0, seed=seed)["weights"] for seed in (1, 1, 2))
    assert first == again and first != other


def test_an_orthogonal_start_turns_without_stretching():
    X, y = datasets.moons(60, seed=1)
    found = run(X, y, [[2, "tanh"]] * 3, steps=0, seed=7, orthogonal=True, gain=1.3)["weights"]
    for layer in found[:3]:
        W = np.array(layer["W"])
        assert np.allclose(W.T @ W, 1.69 * np.eye(2), atol=1e-12)


def test_an_interval_is_wilsons():
    for right, n in ((0, 20), (17, 20), (20, 20), (95, 100)):
        assert np.allclose(node("say(wilson(given.right, given.n))", right=right, n=n), network.wilson(right, n))


def test_the_spirals_are_learned_from_every_one_of_six_starts():  # tools/bench_playground.mjs counts a hundred
    X, y = datasets.spirals()
    code = """
    const X = Float64Array.from(given.X.flat()), y = Int8Array.from(given.y);
    let good = 0;
    for (let seed = 0; seed < 6; seed++) {
      const trainer = new Trainer(new Network(2, [[16, "tanh"], [16, "tanh"], [2, "tanh"]], { seed }), X, y);
      while (trainer.epoch < 2000 && (trainer.epoch % 10 || trainer.judge().right < y.length)) trainer.step({ rate: 0.02 });
      good += trainer.judge().right === y.length;
    }
    say(good);"""
    assert node(code, X=X.tolist(), y=y.tolist()) == 6
