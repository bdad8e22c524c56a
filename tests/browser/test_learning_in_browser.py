"""The live figures of lesson 06 in JupyterLab: they appear, obey the keyboard and say what they show."""

import hashlib

import pytest

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
CALLS = {
    "step": "lesson.training_player(runs, X, y, every=10)",
    "scale": "lesson.signal_map()",
    "rate": "lesson.learning_rates()",
}


@pytest.fixture(scope="module")
def page(lab, browser):
    lab.write("learning.ipynb", [SETUP, *CALLS.values()])
    page = lab.open(browser, "learning.ipynb", viewport={"width": 1280, "height": 3600})
    page.wait_for_function("document.querySelectorAll('.untangle[data-draws]').length >= 3", timeout=60_000)
    page.wait_for_timeout(800)
    yield page
    page.close()


def figure(page, control):
    return page.locator(".untangle", has=page.locator(f'[data-name="{control}"]'))


def picture(board):
    """A digest of every pixel the figure's canvases hold."""
    drawn = board.locator("canvas").evaluate_all("all => all.map((canvas) => canvas.toDataURL())")
    return hashlib.sha256("".join(drawn).encode()).hexdigest()


def says(page, board):
    page.wait_for_timeout(600)
    return board.locator("[aria-live]").text_content()


@pytest.mark.parametrize("control", ["step", "depth", "scale", "rate"])
def test_an_arrow_key_on_a_slider_changes_picture_and_words(page, control):
    board = figure(page, control)
    before, said = picture(board), says(page, board)
    board.locator(f'input[data-name="{control}"]').focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_timeout(300)
    assert picture(board) != before and says(page, board) != said


def test_the_player_has_a_map_for_every_unit_and_another_run(page):
    board = figure(page, "step")
    assert board.locator("canvas").count() == 2 + 8
    board.locator('input[data-name="step"]').press("Home")
    said = says(page, board)
    assert said.startswith("Before the first step: loss ")
    board.get_by_label("tanh").check()
    assert says(page, board) != said


def test_play_reaches_the_last_step(page):
    board = figure(page, "step")
    board.locator('input[data-name="step"]').press("Home")
    board.get_by_role("button", name="Play").click()
    page.wait_for_timeout(1500)
    board.get_by_role("button", name="Pause").click()
    assert int(board.locator('input[data-name="step"]').input_value()) > 0


def test_pointing_at_a_cell_reads_its_value(page):
    board = figure(page, "scale")
    canvas = board.locator("canvas").nth(2)
    canvas.scroll_into_view_if_needed()
    box = canvas.bounding_box()
    page.mouse.move(box["x"] + box["width"] - 25, box["y"] + 15)
    assert says(page, board).startswith("ReLU, 30 hidden layers, weights times 4:") and "It explodes" in says(page, board)
    page.mouse.move(box["x"] + 95, box["y"] + 15)
    assert "weights times 0.25" in says(page, board) and "It fades" in says(page, board)


def test_half_of_adam_s_units_may_be_dead_and_the_points_right(page):
    board = figure(page, "rate")
    board.get_by_label("Adam").check()
    slider = board.locator('input[data-name="rate"]')
    slider.press("End"), slider.press("ArrowLeft"), slider.press("ArrowLeft")
    assert says(page, board).startswith("Adam, step size 1, 300 steps: ")
    board.get_by_label("plain descent").check()
    slider.press("End")
    assert "In the network drawn here 16 of 16 are dead" in says(page, board)


def test_nothing_complains_in_the_console(page):
    ours = [line for line in page.complaints if "untangle" in line.lower() or "error" in line.lower()]
    assert not ours, ours
