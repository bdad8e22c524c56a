"""What the learner wrote in lesson 06 and what `course_utils.network` offers from lesson 07 on are the same functions."""

import lessons
import numpy as np
import pytest

from course_utils import network

SIZES = [[2, 1], [1, 1, 1], [2, 8, 1], [5, 3, 4, 1], [2, 16, 16, 2, 1]]


@pytest.fixture(scope="module")
def lesson():
    """The functions of lesson 06 as its authors solve it."""
    return lessons.solved("06-learning")


def same(first, second):
    return len(first) == len(second) and all(
        np.allclose(W, V, rtol=1e-12, atol=1e-14) and np.allclose(b, c, rtol=1e-12, atol=1e-14)
        for (W, b), (V, c) in zip(first, second, strict=True)
    )


@pytest.mark.parametrize("act", ["tanh", "relu", "sigmoid", "linear"])
@pytest.mark.parametrize("sizes", SIZES, ids=str)
def test_forward_backward_and_init_of_lesson_06_are_those_of_the_module(lesson, sizes, act):
    ours, theirs = (init(sizes, np.random.default_rng(6), act) for init in (network.init, lesson["init"]))
    assert same(ours, theirs)
    rng = np.random.default_rng(7)
    X, y = rng.normal(size=(40, sizes[0])), rng.integers(0, 2, 40)
    hidden, logits = network.forward(ours, X, act)
    their_hidden, their_logits = lesson["forward"](ours, X, act)
    assert np.allclose(logits, their_logits, rtol=1e-12, atol=1e-14) and len(hidden) == len(their_hidden)
    assert all(np.allclose(H, G, rtol=1e-12, atol=1e-14) for H, G in zip(hidden, their_hidden, strict=True))
    assert same(network.backward(ours, X, y, act), lesson["backward"](ours, X, y, act))


@pytest.mark.parametrize("act", ["tanh", "relu", "sigmoid", "linear"])
def test_the_activations_of_lesson_06_are_those_of_the_module(lesson, act):
    z = np.linspace(-30, 30, 601)
    for ours, theirs in zip(network.ACTIVATIONS[act], lesson["ACTIVATIONS"][act], strict=True):
        assert np.allclose(ours(z), theirs(z), rtol=1e-9, atol=1e-14)
