"""The live figures of lesson 05 in JupyterLab: they appear, obey the keyboard and say what they show."""

import pytest
from boards import figure, follows_an_arrow_key, put, says

SETUP = """
import numpy as np
from course_utils.figures import activations as lesson

def relu(z):
    return np.maximum(z, 0)

def hinge_net(x, knots, weights, offset):
    return relu(x[:, None] - knots) @ weights + offset

def relu_interpolator(knots, values):
    slopes = np.diff(values) / np.diff(knots)
    return np.append(np.diff(slopes, prepend=0), 0), values[0]
"""
NOTEBOOK = [
    SETUP,
    "lesson.activation_zoo({'ReLU': (relu, lambda z: 1.0 * (z > 0)), 'tanh': (np.tanh, lambda z: 1 - np.tanh(z) ** 2)})",
    "lesson.hinge_mixer()",
    "lesson.knot_slider(relu_interpolator, hinge_net)",
]


@pytest.mark.parametrize("control", ["z", "t1", "w1", "t2", "w2", "t3", "w3", "c", "pieces"])
def test_an_arrow_key_on_a_slider_changes_picture_and_text(page, control):
    follows_an_arrow_key(figure(page, control), control)


def test_the_zoo_calls_a_silent_relu_silent_and_a_flat_tanh_nearly_so(page):
    board = figure(page, "z")
    put(board, z=-3)
    said = says(board)
    assert "ReLU at z = −3.0: output 0.000, slope 0.000, so a nudge of the score changes nothing at all." in said
    put(board, z=0)
    assert "slope 0.000, but to the right of this corner it is 1.000: one has to agree on one of the two." in says(board)
    put(board, z=-3)
    board.get_by_label("tanh").check()
    said = says(board)
    assert "slope 0.010, so a nudge of the score is hardly felt" in said
    assert said.endswith("from −6.0 to −2.2 and from 2.2 to 6.0.")
    put(board, z=0)
    assert "slope 1.000, so a nudge of the score is felt" in says(board)


def test_the_four_posts_are_met_by_changes_of_slope(page):
    board = figure(page, "t1")
    put(board, c=1, t1=0, w1=2, t2=1, w2=-4, t3=2.5, w3=3)
    said = says(board)
    assert "slopes of the sum, from left to right: 0.00, 2.00, −2.00, 1.00." in said
    assert said.endswith("It meets all 4 posts.")
    put(board, w2=-2)
    assert "It misses the worst of the 4 posts by" in says(board)


def test_two_hinges_at_one_knot_change_the_slope_once(page):
    board = figure(page, "t1")
    put(board, t1=1, w1=2, t2=1, w2=1, t3=3, w3=-1)
    assert "Knots at 1.00, 3.00; slopes of the sum, from left to right: 0.00, 3.00, 2.00." in says(board)


def test_the_knot_slider_ends_at_64_pieces_with_the_error_of_the_lesson(page):
    board = figure(page, "pieces")
    board.locator('input[data-name="pieces"]').press("End")
    said = says(board)
    assert said.startswith("sin(2πx) with 64 pieces: largest error 0.0048; the bound promises at most 0.0048.")
    board.get_by_label("the root of |x|, infinitely steep at 0").check()
    assert "there is no bound" in says(board)


def test_three_small_panels_stand_in_one_row(page):
    tops = figure(page, "t1").locator("canvas").evaluate_all("all => all.map((it) => Math.round(it.getBoundingClientRect().top))")
    assert tops[0] == tops[1] == tops[2] < tops[3]
