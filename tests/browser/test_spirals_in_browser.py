"""The live figures of lesson 07 in JupyterLab: they appear, obey the keyboard and say what they show."""

import pytest
from boards import figure, picture, press, says

SETUP = """
import numpy as np
from course_utils import datasets, network
from course_utils.figures import spirals as lesson

X, y = datasets.spirals(300, turns=1.25)

def carry(X, W, b, act, t):
    Z = X @ W + b
    return (1 - t) * X + t * Z if t <= 1 else (2 - t) * Z + (t - 1) * network.ACTIVATIONS[act][0](Z)

def max_jump(f, path, n):
    landed = f(np.linspace(*path, n + 1))
    return np.linalg.norm(np.diff(landed, axis=0), axis=1).max()

def count_collisions(H, tol):
    _, counts = np.unique(H.round(8), axis=0, return_counts=True)
    return counts[counts > 1].sum()
"""
NOTEBOOK = [
    SETUP,
    "lesson.twin_view(network.history([2, 16, 16, 2, 1], X, y, steps=60, every=6, gain=2), X, y, 6)",
    "lesson.scrubber(lesson.seven_layers(), X, y, carry)",
    "lesson.one_layer(carry, max_jump, count_collisions)",
    "lesson.ring(network.init([2, 2, 2, 1], np.random.default_rng(1)), network.init([2, 3, 1], np.random.default_rng(1)), *datasets.ring(300))",
]


@pytest.mark.parametrize(("control", "other"), [("moment", "moment"), ("t", "boundary"), ("t", "act"), ("zoom", "zoom"), ("turn", "turn")])
def test_an_arrow_key_on_a_slider_changes_the_picture(page, control, other):
    board = figure(page, other)
    before, said = picture(board), says(board)
    press(board, control, "ArrowRight", times=3)
    assert picture(board) != before
    # turning the sheet changes how it looks and nothing that there is to say
    assert (says(board) != said) == (control not in ("turn",) and other != "act")


def test_at_the_end_of_the_slider_the_border_is_a_straight_line(page):
    board = figure(page, "boundary")
    assert press(board, "t", "End").startswith("After 7 layers one straight line has 300 of 300 points on their own side.")
    assert press(board, "t", "Home").startswith("The plane before the first layer")


def test_the_three_activations_are_called_by_what_they_do(page):
    board = figure(page, "act")
    for act, words in (("relu", "the plane is folded"), ("step", "the plane is torn"), ("tanh", "the plane is only bent")):
        board.locator(f'input[value="{act}"]').check()
        assert words in says(board)
