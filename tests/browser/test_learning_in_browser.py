"""The live figures of lesson 06 in JupyterLab: they appear, obey the keyboard and say what they show."""

import pytest
from boards import figure, follows_an_arrow_key, says

SETUP = """
import numpy as np
from course_utils import datasets
from course_utils.figures import learning as lesson

X, y = datasets.ring(60)

def net(seed, units):
    rng = np.random.default_rng(seed)
    return [(rng.normal(size=(2, units)), rng.normal(size=units)), (rng.normal(size=(units, 1)), rng.normal(size=1))]

runs = {"relu": [net(k, 8) for k in range(6)], "tanh": [net(k + 10, 8) for k in range(6)]}
"""
NOTEBOOK = [
    SETUP,
    "lesson.training_player(runs, X, y, every=10)",
    "lesson.signal_map()",
    "lesson.learning_rates()",
]


@pytest.mark.parametrize("control", ["step", "depth", "scale", "rate"])
def test_an_arrow_key_on_a_slider_changes_picture_and_words(page, control):
    follows_an_arrow_key(figure(page, control), control)


def test_the_player_has_a_map_for_every_unit_and_another_run(page):
    board = figure(page, "step")
    assert board.locator("canvas").count() == 2 + 8
    board.locator('input[data-name="step"]').press("Home")
    said = says(board)
    assert said.startswith("Before the first step: loss ")
    board.get_by_label("tanh").check()
    assert says(board) != said


def test_play_moves_the_slider_until_it_is_paused(page):
    board = figure(page, "step")
    board.locator('input[data-name="step"]').press("Home")
    board.get_by_role("button", name="Play").click()
    page.wait_for_function("document.querySelector('input[data-name=step]').value > 0")
    board.get_by_role("button", name="Pause").click()
    board.get_by_role("button", name="Play").wait_for()


def test_pointing_at_a_cell_reads_its_value(page):
    board = figure(page, "scale")
    canvas = board.locator("canvas").nth(2)
    canvas.scroll_into_view_if_needed()
    box = canvas.bounding_box()
    page.mouse.move(box["x"] + box["width"] - 25, box["y"] + 15)
    assert says(board).startswith("ReLU, 30 hidden layers, weights times 4:") and "It explodes" in says(board)
    page.mouse.move(box["x"] + 95, box["y"] + 15)
    assert "weights times 0.25" in says(board) and "It fades" in says(board)


def test_half_of_adam_s_units_may_be_dead_and_the_points_right(page):
    board = figure(page, "rate")
    board.get_by_label("Adam").check()
    slider = board.locator('input[data-name="rate"]')
    slider.press("End"), slider.press("ArrowLeft"), slider.press("ArrowLeft")
    assert says(board).startswith("Adam, step size 1, 300 steps: ")
    board.get_by_label("plain descent").check()
    slider.press("End")
    assert "In the network drawn here 16 of 16 are dead" in says(board)
