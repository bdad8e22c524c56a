"""The live figures of lesson 03 as a learner meets them: in JupyterLab, by keyboard, and on a page without a kernel."""

import pytest
from boards import figure, follows_an_arrow_key, press, says

SETUP = """
import numpy as np
from course_utils import datasets
from course_utils.figures import feature_crosses as lesson

def fit_lifted(X, y, phi, steps):
    F = phi(X)
    w, b = np.zeros(F.shape[1]), 0.0
    for _ in range(steps):
        off = 1 / (1 + np.exp(-(F @ w + b))) - y
        w, b = w - off @ F / len(y), b - off.mean()
    return w, b

def lift(X, kind):
    return np.column_stack([X, (X**2).sum(axis=1)])
"""
NOTEBOOK = [
    SETUP,
    "lesson.toggle_features(fit_lifted)",
    "lesson.paraboloid_lift(*datasets.ring(200), lift)",
    "lesson.degree_slider()",
]


@pytest.mark.parametrize("control", ["points", "height", "turn", "degree", "train"])
def test_an_arrow_key_changes_picture_and_text(page, control):
    # turning shows the same from another side
    follows_an_arrow_key(figure(page, control), control, words=control != "turn")


def test_ticking_the_cross_parts_xor(page):
    board = figure(page, "points")
    board.get_by_label("XOR").check()
    for i in (0, 1):
        board.locator(f'[data-name="feature{i}"]').uncheck()
    assert press(board, "feature4", "Space").startswith("One feature, score = ")
    assert "200 of 200 points" in says(board)


def test_the_text_of_the_bowl_says_what_the_slider_says(page):
    board = figure(page, "height")
    board.locator('[data-name="height"]').fill("0.25")
    words = says(board)
    assert "Plane at the height 0.25: 100 of 100 points of class 0 lie below it, 100 of 100 of class 1 above." in words
    assert "circle of radius 0.50" in words


def test_degree_twenty_has_230_features(page):
    board = figure(page, "degree")
    assert press(board, "degree", "End").startswith("Degree 20: 230 features.")
