"""The live figures of lesson 07: what Python checks, computes and says about them."""

import re

import numpy as np
import pytest

from course_utils import datasets, network
from course_utils.figures import spirals as lesson

X, y = datasets.spirals(60)
RNG = np.random.default_rng(0)
NET = network.init([2, 6, 2, 1], RNG, "tanh", 2.0)
CHAIN = network.init([2, 2, 2, 1], RNG)
HISTORY = [NET, network.init([2, 6, 2, 1], RNG)]
WIDE = network.init([2, 3, 1], RNG)


def carry(X, W, b, act, t):
    Z = X @ W + b
    return (1 - t) * X + t * Z if t <= 1 else (2 - t) * Z + (t - 1) * network.ACTIVATIONS[act][0](Z)


def max_jump(f, path, n):
    landed = f(np.linspace(*path, n + 1))
    return np.linalg.norm(np.diff(landed, axis=0), axis=1).max()


def count_collisions(H, tol):
    _, counts = np.unique(H.round(8), axis=0, return_counts=True)
    return counts[counts > 1].sum()


FIGURES = {
    "twin_view": lambda: lesson.twin_view(HISTORY, X, y, 5),
    "scrubber": lambda: lesson.scrubber(NET, X, y, carry),
    "one_layer": lambda: lesson.one_layer(carry, max_jump, count_collisions),
    "ring": lambda: lesson.ring(CHAIN, WIDE, X, y),
}


@pytest.mark.parametrize("name", FIGURES)
def test_a_live_figure_has_a_still_twin_with_numbers_in_its_alt_text(name, shown):
    figure = FIGURES[name]()
    widget, still = shown
    assert widget["application/vnd.jupyter.widget-view+json"]["model_id"] == figure.model_id
    alt = re.search(r'<img[^>]*alt="([^"]+)"', still.data)[1]
    assert len(alt) > 60 and re.search(r"\d", alt)
    assert f"figures.{name} = " in figure.page() and len(figure.page()) < 400_000


@pytest.mark.parametrize("act", ["tanh", "relu"])
@pytest.mark.parametrize("sizes", [[2, 2, 2, 1], [2, 6, 2, 1], [2, 5, 7, 2, 1]], ids=str)
def test_tidying_a_network_changes_its_neurons_and_not_what_it_says(sizes, act):
    params = network.init(sizes, np.random.default_rng(3), act, 2.0)
    tidy = lesson.tidy(params, X, act)
    assert np.allclose(network.forward(tidy, X, act)[1], network.forward(params, X, act)[1])


def test_square_tanh_layers_stand_upright_after_tidying():
    for seed in range(10):
        tidy = lesson.tidy(network.init([2, 2, 2, 2, 1], np.random.default_rng(seed)), X)
        assert all(np.linalg.det(W) > 0 for W, _ in tidy[:-1])


def test_the_scrubber_starts_at_the_points_and_ends_in_the_last_hidden_plane(shown):
    data = lesson.scrubber(NET, X, y, carry).data
    tidy = lesson.tidy(NET, X)
    H = np.column_stack([X, np.zeros((len(X), 4))])
    assert np.allclose(H @ data["cameras"][0], X)
    for layer in data["layers"]:
        H = np.tanh(H @ layer["W"] + layer["b"])
    last = H @ data["cameras"][-1]
    assert np.allclose(last, network.forward(tidy, X)[0][-1], atol=1e-5)
    assert np.allclose(last @ data["w"] + data["bias"], network.forward(NET, X)[1][:, 0], atol=1e-4)
    assert 0 < data["shares"][1] <= 1 and data["shares"][-1] == 1


def test_the_scrubber_notices_an_interpolation_that_is_not_the_one_it_draws(shown):
    assert lesson.scrubber(CHAIN, X, y, carry).data["distance"] < 1e-9
    wrong = lesson.scrubber(CHAIN, X, y, lambda X, W, b, act, t: (1 - t / 2) * X + t / 2 * np.tanh(X @ W + b))
    assert wrong.data["distance"] > 0.01


def test_every_point_stays_in_the_window_at_every_stop(shown):
    data = lesson.scrubber(NET, X, y, carry).data
    H = np.column_stack([X, np.zeros((len(X), 4))])
    for layer, camera, windows in zip(data["layers"], data["cameras"][1:], zip(data["windows"][1::2], data["windows"][2::2], strict=True), strict=True):
        Z = H @ layer["W"] + layer["b"]
        H = np.tanh(Z)
        for P, (*middle, half) in zip((Z, H), windows, strict=True):
            assert np.abs(P @ camera - middle).max() <= half


def test_one_layer_says_what_tears_and_what_folds(shown):
    kinds = lesson.one_layer(carry, max_jump, count_collisions).data["kinds"]
    assert kinds["step"]["jumps"][-1] == 1 and kinds["tanh"]["jumps"][-1] < 0.01 > kinds["relu"]["jumps"][-1]
    assert kinds["tanh"]["alone"] == 2000 and kinds["relu"]["alone"] < 1700 and kinds["step"]["alone"] == 0


def test_the_seven_layers_part_all_points_and_press_the_plane_nowhere_flat():
    chain = lesson.seven_layers()
    spirals = datasets.spirals(300, turns=1.25)
    assert [len(b) for _, b in chain] == [2] * 7 + [1]
    assert network.accuracy(chain, *spirals) == 1
    assert all(np.linalg.det(W) > 0.01 for W, _ in chain[:-1])


def test_the_picture_of_the_readme_is_what_its_tool_draws():
    from tools import readme_picture

    drawn = readme_picture.draw()
    assert len(drawn) < 250_000 and drawn[:4] == b"\x89PNG"
    assert abs(len(drawn) - readme_picture.PATH.stat().st_size) < 20_000


@pytest.mark.parametrize(("call", "words"), [
    (lambda: lesson.twin_view([NET], X, y), "history should be a list of two"),
    (lambda: lesson.twin_view([NET, CHAIN], X, y), "sizes differ"),
    (lambda: lesson.twin_view([WIDE, WIDE], X, y), "2 neurons in the last hidden layer"),
    (lambda: lesson.twin_view(HISTORY, X, y, 0), "every should be"),
    (lambda: lesson.scrubber(WIDE, X, y, carry), "2 neurons in the last hidden layer"),
    (lambda: lesson.scrubber(NET, X, y, 3), "interpolate_layer should be a function"),
    (lambda: lesson.scrubber(NET, X, y, carry, "step"), "act should be"),
    (lambda: lesson.scrubber(NET, X, y, lambda X, W, b, act, t: X[:3]), "what interpolate_layer returns"),
    (lambda: lesson.scrubber(NET, X, y + 1, carry), "y should hold only the classes"),
    (lambda: lesson.one_layer(carry, 2, count_collisions), "max_jump should be a function"),
    (lambda: lesson.ring(WIDE, WIDE, X, y), "narrow should have two inputs and two neurons"),
    (lambda: lesson.ring(CHAIN, CHAIN, X, y), r"wide should have the sizes \[2, 3, 1\]"),
])  # fmt: skip
def test_a_wrong_argument_is_named(call, words, shown):
    with pytest.raises(ValueError, match=words):
        call()
    assert not shown
