"""The playground's JavaScript trainer, run in Node, against the Python one."""

import json
import pathlib
import shutil
import subprocess

import numpy as np
import pytest

from course_utils import datasets, network
from course_utils.playground import inputs, points

FOLDER = pathlib.Path(__file__).parents[1] / "course_utils" / "playground"
FILES = ("network", "trainer", "inputs", "settings", "session")  # all that draws nothing
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
    files = "\n".join((FOLDER / f"{name}.js").read_text(encoding="utf-8") for name in FILES)
    script = f"{files}\nconst given = {json.dumps(given)};\n{say}\n{code}"
    done = subprocess.run(["node", "-"], input=script, capture_output=True, text=True, encoding="utf-8", timeout=120)
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


def softmax_training(params, X, y, act, steps, optimiser, rate):
    """The losses of a network with one logit a class, trained on all points at each step: the reference, in plain NumPy."""
    f, slope = network.ACTIVATIONS[act]
    theta = [array.copy() for pair in params for array in pair]
    means, squares = [np.zeros_like(a) for a in theta], [np.zeros_like(a) for a in theta]
    losses = []
    for t in range(1, steps + 2):
        h, z = [X], []
        for W, b in zip(theta[::2], theta[1::2], strict=True):
            z.append(h[-1] @ W + b)
            h.append(f(z[-1]))
        shares = np.exp(z[-1] - z[-1].max(1, keepdims=True))
        shares /= shares.sum(1, keepdims=True)
        losses.append(-np.mean(np.log(shares[np.arange(len(y)), y])))
        d, grads = (shares - np.eye(z[-1].shape[1])[y]) / len(y), []
        for l in reversed(range(len(z))):
            grads = [h[l].T @ d, d.sum(0), *grads]
            d = d @ theta[2 * l].T * slope(z[l - 1]) if l else d
        for a, g, m, v in zip(theta, grads, means, squares, strict=True):
            if optimiser == "adam":
                m += 0.1 * (g - m)
                v += 0.001 * (g * g - v)
                g = m / (1 - 0.9**t) / (np.sqrt(v / (1 - 0.999**t)) + 1e-8)
            a -= rate * g
    return np.array(losses)


@pytest.mark.parametrize("optimiser", ["adam", "sgd"])
@pytest.mark.parametrize("act", SHARED)
def test_with_three_classes_both_have_the_same_losses_for_a_hundred_steps(act, optimiser):
    X, y = points.arms(150, 3, 0.5)
    params = network.init([2, 8, 8, 3], np.random.default_rng(5), act)
    options = {"optimiser": optimiser, "rate": 0.02 if optimiser == "adam" else 0.3}
    losses = softmax_training(params, X, y, act, 100, **options)
    found = run(X, y, [[8, act], [8, act]], params, classes=3, **options)
    assert losses[0] - losses[-1] > 0.02, "a comparison of losses that stand still shows nothing"
    assert np.abs(np.array(found["losses"]) - losses).max() < 1e-6


def test_two_classes_as_one_logit_or_as_two_are_the_same_loss():
    X, y = datasets.moons(60, seed=1)
    params = network.init([2, 4, 1], np.random.default_rng(2))
    (V, c) = params[1]
    twice = [params[0], (np.hstack([0 * V, V, 0 * V]), np.hstack([0 * c, c, -1e3]))]
    one, three = (run(X, y, [[4, "tanh"]], p, steps=0, classes=k) for p, k in ((params, 2), (twice, 3)))
    assert one["losses"][0] == pytest.approx(three["losses"][0], abs=1e-12)
    assert one["right"] == three["right"]


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
    const y = Int8Array.from({ length: 64 }, (_, i) => i % 2);
    const X = Float64Array.from({ length: 128 }, (_, i) => Math.floor(i / 2));
    const trainer = new Trainer(new Network(2, []), X, y, { batch: 10 }), seen = [];
    for (let i = 0; i < 7; i++) {
      trainer.step({});
      for (let k = 0; k < Math.min(10, 64 - 10 * i); k++) seen.push(trainer.batchX[2 * k]);
    }
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


OWN = ["x1 * x2^2", "-x1^2 + 3 x2 - 0.5", "sin(2 pi x1) cos(x2)", "tanh(5*(x1 - x2)) abs(x1)", "x₁·x₂ × 2", "((x1))^0"]
NOT_OWN = ["", "x3", "x12", "x1 +", "sin x1", "(x1", "x1)", "x1^x2", "x1^10", "x1 2", "alert(x1)", "x1" * 31, "2^-1"]


def test_an_input_of_ones_own_is_the_same_in_python_and_in_the_browser():
    X = np.random.default_rng(4).uniform(-1.1, 1.1, (50, 2))
    code = "const X = Float64Array.from(given.X.flat()); say(given.own.map((own) => [...withFeatures(X, ['x1', 'sin2', own])]));"
    for own, found in zip(OWN, node(code, X=X.tolist(), own=OWN), strict=True):
        assert np.allclose(np.reshape(found, (50, 3)), inputs.features(["x1", "sin2", own], X), atol=1e-12), own


def test_what_is_no_input_is_refused_in_python_and_in_the_browser():
    for own in NOT_OWN:
        with pytest.raises(ValueError, match=r"features\[0\]"):
            inputs.checked([own])
    assert node("say(given.own.map(isFeature));", own=NOT_OWN) == [False] * len(NOT_OWN)


def test_inputs_too_large_for_training_are_cut_off_in_python_and_in_the_browser():
    X = np.array([[30.0, -30.0], [0.0, 0.0]])
    names = ["((x1^9)^9)^9 - ((x2^9)^9)^9", "((x2^9)^9)^9", "((x1^9)^9)^9 + ((x2^9)^9)^9"]
    found = node("say([...withFeatures(Float64Array.from(given.X.flat()), given.names)]);", X=X.tolist(), names=names)
    assert np.array_equal(np.reshape(found, (2, 3)), [[1e6, -1e6, 0], [0, 0, 0]])
    assert np.array_equal(inputs.features(names, X), [[1e6, -1e6, 0], [0, 0, 0]])


SESSION = """
const sets = Object.fromEntries(Object.entries(given.sets).map(([name, [X, y]]) => [name, { X, y }]));
const points = ({ set, drawing }) => (set === DRAWING
  ? { X: drawing.map(([x, y]) => [x, y]), y: drawing.map(([, , kind]) => kind) } : sets[set]);
const session = new Session(points), state = { ...NOTHING_SPECIAL, seed: 0, drawing: [], ...given.state };
"""


def session(code, state, sets=None, **given):
    sets = sets or {"moons": datasets.moons(60)}
    sets = {name: [X.tolist(), y.tolist()] for name, (X, y) in sets.items()}
    return node(SESSION + code, sets=sets, state={"set": next(iter(sets)), **state}, **given)


def test_points_drawn_while_training_leave_the_network_as_it_is_unless_a_class_is_new():
    drawn = [[-0.5, 0, 0], [0.5, 0, 1], [0.5, 0.5, 1]]
    code = """
    const epochs = [];
    const look = () => { session.build(state); epochs.push([session.trainer.epoch, session.classes, session.train.y.length]); };
    look();
    session.trainFor(5, state, () => false);
    const before = [...session.network.theta];
    state.drawing = [...state.drawing, [0.1, 0.1, 0]];
    look();
    const same = before.every((w, k) => w === session.network.theta[k]);
    state.drawing = [...state.drawing, [0.2, 0.1, 2]];
    look();
    say([epochs, same]);"""
    found = session(code, {"set": "drawing", "drawing": drawn, "layers": [3], "activations": ["tanh"]})
    assert found == [[[0, 2, 3], [5, 2, 4], [0, 3, 5]], True]


def test_loaded_weights_return_at_reset_and_go_when_the_activation_changes():
    params = network.init([2, 3, 1], np.random.default_rng(3))
    given = {"layers": [{"W": W.tolist(), "b": b.tolist()} for W, b in params], "activations": ["tanh"]}
    code = """
    const mine = given.loaded.layers[0].W[1][2], read = () => session.network.weights[0].W[1][2] === mine;
    session.given = given.loaded;
    session.build(state);
    const found = [read()];
    session.trainFor(3, state, () => false);
    found.push(read());
    session.restart();
    session.build(state);
    found.push(read());
    state.activations = ["relu"];
    session.build(state);
    found.push(read());
    say(found);"""
    assert session(code, {"layers": [3], "activations": ["tanh"]}, loaded=given) == [True, False, True, False]


def test_a_later_view_goes_on_where_an_earlier_one_stood_unless_something_else_was_chosen():
    code = """
    session.build(state);
    session.trainFor(7, state, () => false);
    const left = JSON.parse(JSON.stringify(session.standing)), found = [];
    for (const change of [{}, { seed: 1 }]) {
      const later = new Session(points);
      later.left = left;
      later.build({ ...state, ...change });
      found.push([later.trainer.epoch, later.history.epoch, later.trainer.judge().loss === session.trainer.judge().loss]);
      later.restart();
      later.build({ ...state, ...change });
      found.push(later.trainer.epoch);
    }
    say(found);"""
    assert session(code, {}) == [[7, [0, 7], True], 0, [0, [0], False], 0]


def test_a_long_history_is_thinned_and_keeps_its_ends():
    code = "session.build(state); for (let i = 0; i < 1000; i++) { session.epoch(state); session.note(); } say(session.history);"
    history = session(code, {"test": 0.2})
    assert history["epoch"][0] == 0 and history["epoch"][-1] == 1000
    assert {len(values) for values in history.values()} == {len(history["epoch"])} and 200 <= len(history["epoch"]) <= 402


@pytest.mark.parametrize(
    "name", ["Spirals", "Ring, three neurons", "XOR, with the product x₁x₂", "Three spirals, three classes"]
)
def test_an_example_that_is_said_to_work_works_from_its_own_start(name):
    code = """
    const preset = PRESETS.find(([name]) => name === given.name);
    Object.assign(state, presetSettings(preset));
    session.build(state);
    let now = session.note();
    for (let i = 0; i < 300 && now.accuracy < 1; i++) { session.trainFor(10, state, () => false); now = session.note(); }
    say([preset[2].startsWith("It works"), now.accuracy, session.trainer.epoch]);"""
    works, accuracy, _ = session(code, {}, points.course_sets(), name=name)
    assert works and accuracy == 1


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
