import re
import sys
import time

import numpy as np
import pytest

from course_utils import bench, datasets, network
from tests import lessons

SMOOTH = ["linear", "sigmoid", "tanh", "gelu", "silu", "sine", "square"]
TRAINED = [*SMOOTH, "relu", "leaky_relu"]
SPIRALS = datasets.spirals()


def some_points(n=30, seed=0):
    rng = np.random.default_rng(seed)
    return rng.uniform(-1, 1, (n, 2)), rng.integers(0, 2, n)


def some_network(sizes, seed=0, act="tanh"):
    """Random weights and, unlike from init, random biases."""
    rng = np.random.default_rng(seed)
    return [(W, rng.normal(0, 0.3, b.shape)) for W, b in network.init(sizes, rng, act)]


def numbers(params):
    return np.concatenate([part.ravel() for pair in params for part in pair])


def slopes_by_nudging(params, f, eps=1e-5):
    slopes = []
    for part in (part for pair in params for part in pair):
        for k in np.ndindex(part.shape):
            kept = part[k]
            part[k] = kept + eps
            above = f()
            part[k] = kept - eps
            slopes.append((above - f()) / (2 * eps))
            part[k] = kept
    return np.array(slopes)


def learners(X, y, sizes, **options):
    """How many of 20 networks have 99 % of the points right in the end."""
    return int(np.sum(network.train(sizes, X, y, **options)[2][:, -1] >= 0.99))


# --- one network


def test_two_relus_solve_xor_as_worked_by_hand():
    params = [(np.array([[1.0, 1], [1, 1]]), np.array([0.0, -1])), (np.array([[1.0], [-2]]), np.array([-0.5]))]
    X, y = datasets.xor_corners()
    hidden, logits = network.forward(params, X, "relu")
    assert hidden[0].tolist() == [[0, 0], [1, 0], [1, 0], [2, 1]]
    assert logits.tolist() == [[-0.5], [0.5], [0.5], [-0.5]]
    assert network.accuracy(params, X, y, "relu") == 1
    assert network.loss(params, X, y, "relu") == pytest.approx(np.log(1 + np.exp(-0.5)))


def test_a_logit_of_exactly_0_is_no_class_1():
    flat = [(np.zeros((2, 1)), np.zeros(1))]
    assert network.accuracy(flat, np.zeros((4, 2)), [0, 0, 0, 1]) == 0.75


@pytest.mark.parametrize("name", [*TRAINED, "step"])
def test_each_slope_is_that_of_its_activation(name):
    f, slope = network.ACTIVATIONS[name]
    z = np.array([-4, -1.3, -0.2, 0.1, 0.9, 3])
    assert slope(z) == pytest.approx((f(z + 1e-6) - f(z - 1e-6)) / 2e-6, abs=1e-8)


def test_activations_have_their_textbook_values():
    expected = {
        "linear": [-1, 2], "sigmoid": [0.2689414, 0.8807971], "tanh": [-0.7615942, 0.9640276], "relu": [0, 2],
        "leaky_relu": [-0.01, 2], "gelu": [-0.1588080, 1.9545977], "silu": [-0.2689414, 1.7615942],
        "sine": [-0.8414710, 0.9092974], "step": [0, 1], "square": [1, 4],
    }
    assert set(network.ACTIVATIONS) == set(expected)
    for name, values in expected.items():
        assert network.ACTIVATIONS[name][0](np.array([-1.0, 2.0])) == pytest.approx(values, abs=1e-7), name


def test_no_activation_overflows_where_it_is_bounded():
    z = np.array([-1000.0, 1000.0])
    for name in ("sigmoid", "tanh", "silu", "gelu", "relu"):
        f, slope = network.ACTIVATIONS[name]
        assert f(z)[0] == pytest.approx(-1 if name == "tanh" else 0)
        assert np.isfinite(slope(z)).all()


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("depth", [1, 2, 3, 4])
@pytest.mark.parametrize("act", SMOOTH)
def test_slopes_agree_with_nudging(act, depth, seed):
    (X, y), params = some_points(seed=seed), some_network([2] + [3] * depth + [1], seed, act)
    own = numbers(network.backward(params, X, y, act))
    assert own == pytest.approx(slopes_by_nudging(params, lambda: network.loss(params, X, y, act)), rel=1e-6, abs=1e-6)


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("depth", [1, 2, 3, 4])
@pytest.mark.parametrize("act", ["relu", "leaky_relu"])
def test_slopes_agree_with_nudging_away_from_the_kinks(act, depth, seed):
    (X, y), params = some_points(200, seed), some_network([2] + [4] * depth + [1], seed, act)
    H, far = X, np.full(len(X), True)
    for W, b in params[:-1]:
        far &= (np.abs(H @ W + b) > 1e-3).all(axis=1)
        H = np.where(H @ W + b > 0, 1, {"relu": 0, "leaky_relu": 0.01}[act]) * (H @ W + b)
    assert far.sum() > 100
    X, y = X[far], y[far]
    own = numbers(network.backward(params, X, y, act))
    assert own == pytest.approx(slopes_by_nudging(params, lambda: network.loss(params, X, y, act)), rel=1e-6, abs=1e-6)


@pytest.mark.parametrize("act", ["linear", "sigmoid", "tanh", "relu"])
def test_it_is_the_network_that_learners_wrote_in_lesson_06(act):
    own = {"np": np, "ACTIVATIONS": network.ACTIVATIONS, "sigmoid": network.ACTIVATIONS["sigmoid"][0]}
    for cell in lessons.of_kind("06-learning", "exercise"):
        if cell.id in ("forward", "backward", "init"):
            exec(cell.source, own)
    (X, y), params = some_points(), some_network([2, 5, 4, 1], 3, act)
    for ours, theirs in zip(network.forward(params, X, act), own["forward"](params, X, act), strict=True):
        assert numbers([ours]) == pytest.approx(numbers([theirs]), abs=1e-12)
    assert numbers(network.backward(params, X, y, act)) == pytest.approx(
        numbers(own["backward"](params, X, y, act)), abs=1e-12)
    first, second = (f([2, 5, 4, 1], np.random.default_rng(7), act) for f in (network.init, own["init"]))
    assert np.array_equal(numbers(first), numbers(second))


def test_activations_and_slopes_are_those_of_lesson_05():
    own = {"np": np}
    for cell in lessons.of_kind("05-activations", "exercise"):
        if cell.id in ("activations", "derivatives"):
            exec(cell.source, own)
    z = np.linspace(-30, 30, 601)
    compared = 0
    for name, (f, slope) in network.ACTIVATIONS.items():
        for ours, theirs in ((f, own.get(name)), (slope, own.get("d_" + name))):
            if theirs:
                assert ours(z) == pytest.approx(theirs(z), abs=1e-12), name
                compared += 1
    assert compared >= 7


@pytest.mark.parametrize("act, variance", [("tanh", 1), ("sigmoid", 1), ("relu", 2), ("gelu", 2), ("leaky_relu", 2)])
def test_random_weights_have_the_promised_spread_and_biases_are_0(act, variance):
    params = network.init([100, 400, 50, 1], np.random.default_rng(1), act, gain=3)
    for inputs, (W, _) in zip([100, 400], params[:2], strict=True):
        assert W.std() == pytest.approx(3 * np.sqrt(variance / inputs), rel=0.02)
        assert abs(W.mean()) < 4 * W.std() / np.sqrt(W.size)
    assert all(not b.any() for _, b in params)


def test_orthogonal_layers_turn_without_stretching():
    params = network.init([2, 2, 5, 3, 1], np.random.default_rng(1), gain=1.3, orthogonal=True)
    assert [W.shape for W, _ in params] == [(2, 2), (2, 5), (5, 3), (3, 1)]
    for W, _ in params:
        small = W.T @ W if W.shape[0] >= W.shape[1] else W @ W.T
        assert small == pytest.approx(1.69 * np.eye(len(small)), abs=1e-12)


# --- many networks


def alone_by_hand(params, X, y, act, steps, rate, optimiser):
    """Train one network with `backward` and Adam written as in the paper's Algorithm 1."""
    theta = [part.copy() for pair in params for part in pair]
    m, v = [0 * part for part in theta], [0 * part for part in theta]
    for t in range(1, steps + 1):
        grads = network.backward(list(zip(theta[::2], theta[1::2], strict=True)), X, y, act)
        for k, g in enumerate(part for pair in grads for part in pair):
            if optimiser == "sgd":
                theta[k] = theta[k] - rate * g
                continue
            m[k] = 0.9 * m[k] + (1 - 0.9) * g
            v[k] = 0.999 * v[k] + (1 - 0.999) * g**2
            m_hat, v_hat = m[k] / (1 - 0.9**t), v[k] / (1 - 0.999**t)
            theta[k] = theta[k] - rate * m_hat / (np.sqrt(v_hat) + 1e-8)
    return np.concatenate([part.ravel() for part in theta])


@pytest.mark.parametrize("optimiser", ["adam", "sgd"])
@pytest.mark.parametrize("act", TRAINED)
def test_every_step_is_the_textbooks(act, optimiser):
    (X, y), starts = some_points(), [some_network([2, 4, 3, 1], seed, act) for seed in range(3)]
    nets, _, _ = network.train([2, 4, 3, 1], X, y, act, 40, 0.02, start=starts, optimiser=optimiser)
    for start, net in zip(starts, nets, strict=True):
        assert numbers(net) == pytest.approx(alone_by_hand(start, X, y, act, 40, 0.02, optimiser), abs=1e-9)


@pytest.mark.parametrize("act", ["tanh", "relu", "sigmoid", "gelu"])
@pytest.mark.parametrize("sizes", [[2, 1], [2, 3, 1], [2, 16, 16, 2, 1]])
def test_a_network_learns_in_company_what_it_learns_alone(sizes, act):
    # not on the spirals: these are symmetric, so that slopes of biases are 0 but for rounding, which Adam magnifies
    X, y = datasets.ring()
    together = network.train(sizes, X, y, act, 150, seeds=[5, 0, 11, 3])
    for k, seed in enumerate([5, 0, 11, 3]):
        alone = network.train(sizes, X, y, act, 150, seeds=[seed])
        assert numbers(together[0][k]) == pytest.approx(numbers(alone[0][0]), abs=1e-9)
        for ours, theirs in zip(together[1:], alone[1:], strict=True):
            assert ours[k] == pytest.approx(theirs[0], abs=1e-9)


def test_a_count_of_seeds_means_the_first_ones():
    X, y = some_points()
    nets, losses, accuracies = network.train([2, 3, 1], X, y, steps=5, seeds=3)
    again, _, _ = network.train([2, 3, 1], X, y, steps=5, seeds=range(3))
    assert [numbers(net).tolist() for net in nets] == [numbers(net).tolist() for net in again]
    assert len(nets) == 3 and losses.shape == accuracies.shape == (3, 6)
    assert len({tuple(numbers(net)) for net in nets}) == 3


@pytest.mark.parametrize("goal", [None, 0.9])
def test_recorded_losses_and_accuracies_are_those_of_the_networks(goal):
    X, y = datasets.ring()
    nets, losses, accuracies = network.train([2, 3, 1], X, y, steps=80, seeds=6, goal=goal)
    starts = [network.init([2, 3, 1], np.random.default_rng(seed)) for seed in range(6)]
    for column, found in ((0, starts), (-1, nets)):
        for k, net in enumerate(found):
            assert losses[k, column] == pytest.approx(network.loss(net, X, y), abs=1e-12)
            assert accuracies[k, column] == network.accuracy(net, X, y)


def test_a_network_stops_at_its_goal_and_the_others_go_on_as_if_it_were_there():
    X, y = datasets.ring()
    nets, losses, accuracies = network.train([2, 3, 1], X, y, steps=300, seeds=8, goal=0.97)
    _, free, freely = network.train([2, 3, 1], X, y, steps=300, seeds=8)
    stops = [int(np.argmax(row >= 0.97)) for row in accuracies]
    assert len(set(stops)) > 3 and all(0 < stop < 300 for stop in stops)
    for k, stop in enumerate(stops):
        assert losses[k, : stop + 1] == pytest.approx(free[k, : stop + 1], abs=1e-9)
        assert np.all(freely[k, :stop] < 0.97)
        assert np.all(losses[k, stop:] == losses[k, stop]) and np.all(accuracies[k, stop:] == accuracies[k, stop])
        (net,), _, _ = network.train([2, 3, 1], X, y, steps=stop, seeds=[k])
        assert numbers(nets[k]) == pytest.approx(numbers(net), abs=1e-9)


def test_training_goes_on_from_given_networks_and_leaves_these_as_they_were():
    X, y = some_points()
    half, _, _ = network.train([2, 3, 1], X, y, steps=20, rate=0.5, seeds=2, optimiser="sgd")
    kept = [numbers(net) for net in half]
    whole, _, _ = network.train([2, 3, 1], X, y, steps=20, rate=0.5, start=half, optimiser="sgd")
    expected, _, _ = network.train([2, 3, 1], X, y, steps=40, rate=0.5, seeds=2, optimiser="sgd")
    for before, net, now, right in zip(kept, half, whole, expected, strict=True):
        assert np.array_equal(before, numbers(net))
        assert numbers(now) == pytest.approx(numbers(right), abs=1e-12)


def test_arguments_stay_as_they_are():
    X, y = some_points()
    kept = X.copy(), y.copy()
    network.train([2, 3, 1], X, y, steps=3, seeds=2)
    network.history([2, 3, 1], X, y, steps=3)
    network.backward(some_network([2, 3, 1]), X, y)
    assert np.array_equal(X, kept[0]) and np.array_equal(y, kept[1])


def test_a_history_holds_the_network_after_every_few_steps():
    X, y = datasets.ring()
    pictures = network.history([2, 3, 1], X, y, steps=25, seed=4, every=10, gain=2)
    assert len(pictures) == 3
    for k, picture in enumerate(pictures):
        (net,), _, _ = network.train([2, 3, 1], X, y, steps=10 * k, seeds=[4], gain=2)
        assert numbers(picture) == pytest.approx(numbers(net), abs=1e-12)


def test_gain_widens_the_first_weights_alone():
    X, y = some_points()
    nets, _, _ = network.train([2, 3, 1], X, y, steps=0, seeds=2, gain=2)
    for seed, net in enumerate(nets):
        plain = network.init([2, 3, 1], np.random.default_rng(seed))
        assert numbers(net) == pytest.approx(2 * numbers(plain))


def test_single_precision_learns_the_same_to_six_digits():
    X, y = datasets.ring()
    short, losses, _ = network.train([2, 8, 8, 1], X, y, steps=30, seeds=3, dtype=np.float32)
    long, exact, _ = network.train([2, 8, 8, 1], X, y, steps=30, seeds=3)
    assert {part.dtype for net in short for pair in net for part in pair} == {np.dtype("float32")}
    assert losses == pytest.approx(exact, rel=1e-5)
    assert np.concatenate([*map(numbers, short)]) == pytest.approx(np.concatenate([*map(numbers, long)]), abs=1e-4)


def test_networks_that_run_away_do_so_without_a_warning():
    X, y = some_points()
    _, losses, _ = network.train([2, 4, 4, 4, 1], X, y, "square", steps=60, rate=1e6, seeds=4, optimiser="sgd")
    assert not np.isfinite(losses[:, -1]).all()


# --- what lessons count on: rates over seeds, as bands


def test_spirals_of_1_75_turns_are_learned_by_19_of_20_seeds_in_600_steps_and_5_seconds():
    began = time.process_time()
    nets, _, accuracies = network.train([2, 16, 16, 2, 1], *SPIRALS, steps=600, seeds=20, gain=2)
    assert time.process_time() - began < 5
    right = [network.accuracy(net, *SPIRALS) for net in nets]
    assert np.array_equal(right, accuracies[:, -1])
    assert np.sum(np.array(right) >= 0.99) >= 19


def test_from_smaller_weights_the_same_spirals_take_many_times_as_long():
    _, _, wide = network.train([2, 16, 16, 2, 1], *SPIRALS, steps=600, seeds=20, gain=2, goal=0.99)
    _, _, narrow = network.train([2, 16, 16, 2, 1], *SPIRALS, steps=1500, seeds=20, goal=0.99)
    assert np.sum(narrow[:, 600] >= 0.99) <= 15 < 19 <= np.sum(wide[:, -1] >= 0.99)
    assert np.sum(narrow[:, -1] >= 0.99) >= 15


def test_sixteen_and_two_neurons_unroll_1_5_turns_but_layers_of_two_do_not():
    X, y = datasets.spirals(turns=1.5)
    assert learners(X, y, [2, 16, 2, 1], steps=1500, gain=2, goal=0.99) >= 19
    assert learners(X, y, [2, 2, 2, 2, 2, 2, 1], steps=1000, goal=0.99) <= 1


def test_a_ring_needs_three_neurons():
    assert learners(*datasets.ring(), [2, 3, 1], steps=1000, goal=0.99) == 20
    assert learners(*datasets.ring(), [2, 2, 1], steps=1000, goal=0.99) == 0


def test_the_quadrants_of_xor_need_more_than_two_neurons_and_eight_are_sure():
    two, four, eight = (learners(*datasets.xor(), [2, k, 1], steps=1500, goal=0.99) for k in (2, 4, 8))
    assert two == 0 and 10 <= four <= 20 and eight >= 19


def test_seven_layers_of_two_learn_a_spiral_that_is_wound_up_while_they_learn():
    seeds, sizes = [2, 13, 22, 28, 33, 35, 41, 52], [2] * 8 + [1]
    nets = [network.init(sizes, np.random.default_rng(seed), gain=1.3, orthogonal=True) for seed in seeds]
    _, _, straight = network.train(sizes, *datasets.spirals(turns=1.25), steps=1500, rate=0.03, start=nets, goal=1)
    for turns in np.linspace(0.6, 1.25, 68):
        X, y = datasets.spirals(turns=turns)
        nets, _, accuracies = network.train(sizes, X, y, steps=300, rate=0.03, start=nets, goal=1)
    learned = accuracies[:, -1] == 1
    assert np.sum(learned) >= 6
    assert np.sum(straight[:, -1] == 1) <= 2
    for k in np.flatnonzero(learned):
        assert all(abs(np.linalg.det(W)) > 1e-3 for W, _ in nets[k][:-1]), "a layer folds the plane onto a line"


# --- the bench


def test_the_bench_runs_in_a_moment_and_says_what_is_not_installed(capsys, monkeypatch):
    monkeypatch.setitem(sys.modules, "torch", None)
    monkeypatch.setitem(sys.modules, "sklearn.neural_network", None)
    monkeypatch.setattr(bench, "SHAPES", [[2, 3, 1]])
    assert bench.main(["training", "--rounds", "1", "--steps", "2", "--most", "3"]) == 0
    said = capsys.readouterr().out
    assert "scikit-learn is not installed here" in said and "PyTorch is not installed here" in said
    tables = re.findall(r"^2-3-1, (.*)\n.*a step.*\ncourse +\S+ +1\.00 +not within 3$", said, re.M)
    assert tables == ["one", "20 at once"]
    assert "scikit-learn makes new arrays" in said and "takes NumPy" in said


def test_the_bench_gives_every_library_the_same_problem():
    """Which libraries these are depends on what is installed; the course's own is always there."""
    X, y = datasets.ring()
    starts = [network.init([2, 3, 1], np.random.default_rng(seed), gain=2) for seed in range(3)]
    _, _, accuracies = network.train([2, 3, 1], X, y, steps=300, start=starts)
    assert np.all(accuracies[:, 0] < 0.95) and np.all(accuracies[:, -1] >= 0.99)
    for library in (bench.Course, bench.ScikitLearn, bench.PyTorch):
        try:
            contestant = library(X, y, [2, 3, 1], starts, float)
        except ImportError:
            continue
        assert contestant.train(2, 3) > 0
        assert contestant.steps_to_goal(300) == pytest.approx(np.argmax(accuracies >= bench.GOAL, axis=1), abs=1)


# --- shares


def test_the_interval_of_a_share_ends_where_the_share_is_just_believable():
    for hits, n in [(0, 20), (1, 20), (10, 20), (19, 20), (20, 20), (12.5, 25), (873, 1000)]:
        rate, low, high = network.wilson(hits, n)
        assert rate == hits / n and 0 <= low <= rate <= high <= 1
        for p in (low, high):
            if 0 < p < 1:
                assert (rate - p) ** 2 == pytest.approx(1.959963984540054**2 * p * (1 - p) / n)
    assert network.wilson(19, 20)[1:] == pytest.approx((0.7639, 0.9911), abs=1e-4)
    assert network.wilson(0, 20)[1] == 0 and network.wilson(20, 20)[2] == 1


# --- wrong arguments

GOOD = {"sizes": [2, 3, 1], "X": np.zeros((4, 2)), "y": [0, 1, 0, 1], "steps": 1, "seeds": 1}


@pytest.mark.parametrize("wrong, sentence", [
    ({"sizes": [2, 3]}, "sizes should be [inputs, hidden neurons ..., 1], but it is [2, 3]"),
    ({"sizes": 5}, "sizes should be [inputs, hidden neurons ..., 1], but it is 5"),
    ({"sizes": [2, 0, 1]}, "sizes[1] should be a whole number from 1 to 10000, but it is 0"),
    ({"X": np.zeros((4, 3))}, "X should be an array of finite numbers of shape (n, 2), but its shape is (4, 3)"),
    ({"y": [0, 1, 0]}, "y should be an array of finite numbers of shape (4,), but its shape is (3,)"),
    ({"y": [0, 1, 2, 1]}, "y should hold only the classes 0 and 1, but it holds 2"),
    ({"act": "swish"}, "act should be one of 'linear', "),
    ({"act": "step"}, "act should have a slope to learn by"),
    ({"steps": -1}, "steps should be a whole number from 0 to 1000000, but it is -1"),
    ({"rate": np.nan}, "rate should be a finite number of at least 0, but it is nan"),
    ({"seeds": 0}, "seeds should be a whole number from 1 to 100000, but it is 0"),
    ({"seeds": 1.5}, "seeds should be a whole number from 1 to 100000, but it is 1.5"),
    ({"seeds": []}, "seeds should be a list of whole numbers"),
    ({"seeds": [0, -1]}, "seeds[1] should be a whole number of at least 0, but it is -1"),
    ({"gain": "2"}, "gain should be a finite number of at least 0, but it is '2'"),
    ({"optimiser": "newton"}, "optimiser should be one of 'adam', 'sgd', but it is 'newton'"),
    ({"goal": 99}, "goal should be a finite number from 0 to 1, but it is 99"),
    ({"dtype": int}, "dtype should be float or np.float32"),
    ({"start": 3}, "start should list at least one network, but it is 3"),
    ({"start": [some_network([2, 4, 1])]}, "start[0] should have the sizes [2, 3, 1], but it has [2, 4, 1]"),
    ({"start": some_network([2, 3, 1])}, "start[0] should be a list of pairs (W, b)"),
])
def test_a_wrong_argument_of_train_is_refused_by_name(wrong, sentence):
    with pytest.raises(ValueError, match="^" + re.escape(sentence)):
        network.train(**{**GOOD, **wrong})


@pytest.mark.parametrize("call, sentence", [
    (lambda: network.forward([], np.zeros((1, 2))), "params should be a list of pairs (W, b)"),
    (lambda: network.forward([(np.zeros((2, 3)), np.zeros(2))], np.zeros((1, 2))), "params[0][1] should be an array"),
    (lambda: network.forward([(np.zeros((2, 3)), np.zeros(3)), (np.zeros((2, 1)), np.zeros(1))], np.zeros((1, 2))),
     "params[1][0] should be an array of finite numbers of shape (3, neurons), but its shape is (2, 1)"),
    (lambda: network.forward(some_network([2, 3, 1]), np.zeros(2)), "X should be an array"),
    (lambda: network.backward(some_network([2, 3, 2]), *some_points()), "params should end in one neuron, but it ends"),
    (lambda: network.accuracy(some_network([2, 3, 1]), np.zeros((2, 2)), [1]), "y should be an array"),
    (lambda: network.init([2, 1], 0), "rng should be a generator from np.random.default_rng, but it is 0"),
    (lambda: network.init([2], np.random.default_rng(0)), "sizes should be [inputs, hidden neurons ..., outputs]"),
    (lambda: network.history([2, 1], *some_points(), every=0), "every should be a whole number of at least 1"),
    (lambda: network.wilson(21, 20), "successes should be a finite number from 0 to 20, but it is 21"),
    (lambda: network.wilson(0, 0), "n should be a whole number from 1 to 1000000000000, but it is 0"),
])
def test_a_wrong_argument_is_refused_by_name(call, sentence):
    with pytest.raises(ValueError, match="^" + re.escape(sentence)):
        call()
