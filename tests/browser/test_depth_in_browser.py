"""The live figures of lesson 08 in JupyterLab: they appear, obey the keyboard and say what they show."""

import hashlib

import pytest

SETUP = """
import numpy as np
from course_utils.figures import depth as lesson

def tent(x):
    return 2 * np.maximum(x, 0) - 4 * np.maximum(x - 0.5, 0)

def compose(f, x, k):
    for _ in range(k):
        x = f(x)
    return x

def count_pieces(x, y):
    return 1 + int(np.sum(np.abs(np.diff(np.diff(y) / np.diff(x))) > 1e-6))
"""
CALLS = ["lesson.tent_composer(tent, compose, count_pieces)", "lesson.region_map()", "lesson.race()"]


@pytest.fixture(scope="module")
def page(lab, browser):
    lab.write("depth.ipynb", [SETUP, *CALLS])
    page = lab.open(browser, "depth.ipynb", viewport={"width": 1280, "height": 2600})
    page.wait_for_function("document.querySelectorAll('.untangle[data-draws]').length >= 3", timeout=30_000)
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


def put(board, name, value):
    board.locator(f'input[type="range"][data-name="{name}"]').evaluate(
        "(it, value) => { it.value = value; it.dispatchEvent(new Event('input')); }", value
    )


@pytest.mark.parametrize("control", ["folds", "frame", "step"])
def test_an_arrow_key_on_a_slider_changes_picture_and_text(page, control):
    board = figure(page, control)
    before, said = picture(board), says(page, board)
    board.locator(f'input[data-name="{control}"]').focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_timeout(300)
    assert picture(board) != before
    assert says(page, board) != said


def test_ten_folds_say_1024_pieces_and_half_a_fold_says_what_turns(page):
    board = figure(page, "folds")
    put(board, "folds", 10)
    assert says(page, board).startswith("10 folds: 20 ReLUs in 10 layers of two draw 1,024 pieces.")
    put(board, "folds", 2.3)
    assert says(page, board) == "Fold 3: whatever lies above one half is turned over, down onto the rest."


def test_the_three_panels_of_the_folded_line_stand_in_one_row(page):
    tops = figure(page, "folds").locator("canvas").evaluate_all("all => all.map((it) => Math.round(it.getBoundingClientRect().top))")
    assert len(set(tops)) == 1


def test_another_arrangement_of_the_relus_has_another_mosaic(page):
    board = figure(page, "frame")
    put(board, "frame", 40)
    said = {}
    for layers in ("16", "8 + 8", "4 + 4 + 4 + 4"):
        board.get_by_label(layers, exact=True).check()
        said[layers] = says(page, board)
        assert f"16 ReLUs as {layers}, after 600 steps" in said[layers]
    assert len({words.split(": ")[1] for words in said.values()}) == 3


def test_the_race_turns_when_the_biases_are_spread(page):
    board = figure(page, "step")
    put(board, "step", 44)
    assert "84: 0 of 40" in says(page, board) and "16 + 16: 39 of 40" in says(page, board)
    board.get_by_label("spread out").check()
    assert "84: 40 of 40" in says(page, board) and "16 + 16: 34 of 40" in says(page, board)


def test_nothing_complains_in_the_console(page):
    ours = [line for line in page.complaints if "untangle" in line.lower() or "error" in line.lower()]
    assert not ours, ours
