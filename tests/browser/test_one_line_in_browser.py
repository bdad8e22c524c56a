"""The live figures of lesson 01 in JupyterLab: they appear, obey the keyboard and say what they show."""

import pytest
from boards import figure, follows_an_arrow_key, put, says

SETUP = """
import numpy as np
from course_utils.figures import one_line as lesson

X = np.array([[0.0, 2.0], [2.0, 0.0], [-1.0, 1.5], [1.0, -2.0], [3.0, 1.0]])
y = np.array([0, 1, 0, 1, 1])

def perceptron(X, y, max_epochs):
    w, b, mistakes = np.zeros(2), 0.0, 0
    for _ in range(max_epochs):
        for x, label in zip(X, y):
            sign = 2 * label - 1
            if sign * (x @ w + b) <= 0:
                w, b, mistakes = w + sign * x, b + sign, mistakes + 1
    return w, b, mistakes
"""
NOTEBOOK = [
    SETUP,
    "lesson.line_sliders(X, y)",
    "lesson.sheet(X, y, [1, -1], 0.5)",
    "lesson.perceptron_player(X, y, perceptron, 20)",
]


@pytest.mark.parametrize("control", ["w1", "w2", "b", "factor", "turn", "step"])
def test_an_arrow_key_on_a_slider_changes_the_picture(page, control):
    # turning the room changes how it looks and nothing that there is to say
    follows_an_arrow_key(figure(page, control), control, words=control != "turn")


def test_a_vertical_line_and_no_line_are_called_so(page):
    board = figure(page, "w1")
    put(board, w1=2, w2=0, b=3)
    assert "The line is vertical, at x₁ = −1.50." in says(board)
    put(board, w1=0)
    assert "there is no line" in says(board)


def test_a_factor_of_ten_leaves_the_floor_as_it_is_and_a_negative_one_does_not(page):
    board = figure(page, "factor")
    floor = "all => all[1].toDataURL()"
    slider = board.locator('input[data-name="factor"]')
    slider.press("End")
    at_ten = board.locator("canvas").evaluate_all(floor) if says(board) else None
    for _ in range(4):
        slider.press("ArrowLeft")
    assert "w = (8.0, −8.0)" in says(board)
    assert board.locator("canvas").evaluate_all(floor) == at_ten
    slider.press("Home")
    assert "its two sides have changed places" in says(board)
    assert board.locator("canvas").evaluate_all(floor) != at_ten


def test_next_and_previous_step_through_the_corrections(page):
    board = figure(page, "step")
    board.locator('input[data-name="step"]').press("Home")
    assert says(board).startswith("The start: w = (0, 0), b = 0.")
    board.get_by_role("button", name="Next").click()
    assert says(board).startswith("Mistake 1, in pass 1: point 1, (0.0, 2.0), of class 0, scores 0.00.")
    board.get_by_role("button", name="Previous").click()
    assert says(board).startswith("The start")
    board.locator('input[data-name="step"]').press("End")
    assert "where at most 20 were promised" in says(board)


def test_the_mouse_turns_the_room(page):
    board = figure(page, "factor")
    box = board.locator("canvas").first.bounding_box()
    turn = board.locator('input[data-name="turn"]')
    before = turn.input_value()
    page.mouse.move(box["x"] + 100, box["y"] + 100)
    page.mouse.down()
    page.mouse.move(box["x"] + 160, box["y"] + 100, steps=6)
    page.mouse.up()
    says(board)
    assert turn.input_value() != before
