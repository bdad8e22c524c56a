"""The live figures of lesson 06: what Python checks, computes and says about them."""

import json
import re

import numpy as np
import pytest

from course_utils import datasets
from course_utils.figures import learning as lesson
from course_utils.figures import live

X, y = datasets.ring(40)


def random_net(seed=0, units=4):
    rng = np.random.default_rng(seed)
    return [(rng.normal(size=(2, units)), rng.normal(size=units)), (rng.normal(size=(units, 1)), rng.normal(size=1))]


RUNS = {"relu": [random_net(k) for k in range(5)], "tanh": [random_net(k + 9) for k in range(4)]}


@pytest.fixture(scope="module")
def rates():
    keep, live.display = live.display, lambda *_, **__: None
    try:
        return lesson.learning_rates()
    finally:
        live.display = keep


FIGURES = {
    "training_player": lambda: lesson.training_player(RUNS, X, y, every=10),
    "signal_map": lambda: lesson.signal_map(lambda depth, act, scale: scale**depth),
    "learning_rates": lesson.learning_rates,
}


@pytest.mark.parametrize("name", FIGURES)
def test_a_live_figure_has_a_still_twin_with_numbers_in_its_alt_text(name, shown):
    figure = FIGURES[name]()
    widget, still = shown
    assert widget["application/vnd.jupyter.widget-view+json"]["model_id"] == figure.model_id
    alt = re.search(r'<img[^>]*alt="([^"]+)"', still.data)[1]
    assert len(alt) > 100 and re.search(r"\d", alt)
    assert f"figures.{name} = " in figure.page()
    json.dumps(figure.data, allow_nan=False)


def test_the_player_tells_the_loss_and_the_points_of_the_network_it_is_given(shown):
    data = lesson.training_player(RUNS, X, y).data
    for act, bend in (("relu", lambda z: np.maximum(z, 0)), ("tanh", np.tanh)):
        for ((W, b), (v, c)), frame in zip(RUNS[act], data["runs"][act], strict=True):
            z = (bend(X @ W + b) @ v + c)[:, 0]
            p = 1 / (1 + np.exp(-z))
            assert frame["loss"] == pytest.approx(-np.mean(np.log(np.where(y == 1, p, 1 - p))))
            assert frame["right"] == np.sum((z > 0) == (y == 1))
            assert np.allclose(frame["W"], W, atol=1e-4)


def test_the_course_s_own_signals_have_the_orders_of_magnitude_that_the_claims_name():
    assert 1e-13 < lesson._signal_ratio(20, "sigmoid", 1) < 1e-11
    assert 0.15 < lesson._signal_ratio(20, "tanh", 1) < 0.5
    assert 0.3 < lesson._signal_ratio(20, "relu", 1) < 2.5
    assert 3e-7 < lesson._signal_ratio(20, "relu", 0.5) < 6e-6
    assert 1e5 < lesson._signal_ratio(20, "relu", 2) < 2e6
    assert lesson._signal_ratio(1, "tanh", 1) == 1


def test_the_signal_map_asks_the_function_that_it_is_given_for_every_cell(shown):
    data = lesson.signal_map(lambda depth, act, scale: depth * scale + len(act)).data
    for act, rows in data["ratios"].items():
        assert np.allclose(rows, np.outer(data["depths"], data["scales"]) + len(act))
    assert data["own"]


@pytest.mark.parametrize("act", ["sigmoid", "tanh", "relu"])
@pytest.mark.parametrize("sizes", [[2, 3, 1], [2, 10, 4, 1]])
def test_a_step_of_many_runs_is_a_step_against_the_nudged_slope(act, sizes):
    rate = 0.01
    before = [np.asarray(part, dtype=float)[0] for layer in lesson._start(sizes, act, 1) for part in layer]
    after = [part[0, 0] for layer in lesson.many_runs(sizes, X, y, act, [rate], 1, 1)[0] for part in layer]

    def loss(parts):
        H = X
        for k in range(0, len(parts), 2):
            z = H @ parts[k] + parts[k + 1]
            H = lesson._bend(z, act)
        return np.mean(np.logaddexp(0, np.where(y == 1, -z[:, 0], z[:, 0])))

    for i, part in enumerate(before):
        for place in np.ndindex(part.shape):
            up, down = [p.copy() for p in before], [p.copy() for p in before]
            up[i][place] += 1e-5
            down[i][place] -= 1e-5
            slope = (loss(up) - loss(down)) / 2e-5
            assert (before[i][place] - after[i][place]) / rate == pytest.approx(slope, abs=2e-4)


def test_each_seed_of_many_runs_is_alone_what_it_is_in_company():
    together = lesson.many_runs([2, 4, 1], X, y, "relu", [0.1, 1.0], 20, 3, adam=True)
    alone = lesson.many_runs([2, 4, 1], X, y, "relu", [1.0], 20, 1, adam=True)
    assert np.allclose(together[0][0][0][1, 0], alone[0][0][0][0, 0], atol=1e-4)
    assert together[1].shape == (2, 3) and together[2].shape == (2, 3, 4)


def test_plain_descent_kills_its_units_at_step_size_10_and_adam_lives_with_dead_ones(rates):
    found, at = rates.data["kinds"], rates.data["rates"].index
    assert found["plain"][at(1.0)]["dead"][0] < 0.1 and found["plain"][at(1.0)]["reached"][0] > 0.9
    assert found["plain"][at(10.0)]["dead"][0] > 0.9 and found["plain"][at(10.0)]["reached"][0] == 0
    assert 0.25 < found["adam"][at(1.0)]["dead"][0] < 0.65 and found["adam"][at(1.0)]["reached"][0] > 0.75


def test_dead_units_of_the_example_are_silent_on_all_points(rates):
    points = np.array(rates.data["X"])
    for rows in rates.data["kinds"].values():
        for row in rows:
            net = row["example"]
            silent = (points @ np.array(net["W"]) + np.array(net["b"]) <= 1e-3).all(axis=0)
            assert (silent | ~np.array(row["example_dead"])).all()


def test_sigmoids_fail_with_depth_where_tanh_does_not():
    ring = datasets.ring(100)
    deep = {act: np.mean(lesson.many_runs([2, 8, 8, 8, 8, 1], *ring, act, [1.0], 1000, 10)[1] >= 0.99) for act in ("sigmoid", "tanh")}
    assert deep["sigmoid"] < 0.2 and deep["tanh"] > 0.8


@pytest.mark.parametrize(
    ("call", "named"),
    [
        (lambda: lesson.training_player(RUNS, X[:, :1], y), "X"),
        (lambda: lesson.training_player(RUNS, X, y, every=0), "every"),
        (lambda: lesson.training_player({}, X, y), "runs"),
        (lambda: lesson.training_player([RUNS], X, y), "runs"),
        (lambda: lesson.training_player({"step": RUNS["relu"]}, X, y), "activation in runs"),
        (lambda: lesson.training_player({"relu": RUNS["relu"][:1]}, X, y), "at least two"),
        (lambda: lesson.training_player({"relu": [random_net()[:1]] * 2}, X, y), "its sizes are|end in one neuron"),
        (lambda: lesson.training_player({"relu": [random_net(units=20)] * 2}, X, y), "2 to 16 units"),
        (lambda: lesson.training_player({"relu": [[(np.ones((3, 4)), np.ones(4)), (np.ones((4, 1)), [0.0])]] * 2}, X, y), r"runs\['relu'\]\[0\] should have 2 inputs"),
        (lambda: lesson.signal_map("signal_ratio"), "signal_ratio"),
        (lambda: lesson.signal_map(lambda *_: None), "signal_ratio"),
        (lambda: lesson.signal_map(lambda *_: np.inf), "finite"),
        (lambda: lesson.signal_map(lambda *_: -1.0), "at least 0, but it is -1"),
        (lambda: lesson.many_runs([2, 3, 1], X, y, "gelu", [1.0], 1, 1), "act"),
        (lambda: lesson.many_runs([2, 3, 1], X, y, "relu", 1.0, 1, 1), "rates"),
        (lambda: lesson.many_runs([2, 3, 1], X, y, "relu", [1.0], 0, 1), "steps"),
    ],
)
def test_a_wrong_argument_is_named(call, named, shown):
    with pytest.raises(ValueError, match=named):
        call()
