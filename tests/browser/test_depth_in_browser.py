"""The live figures of lesson 08 in JupyterLab: they appear, obey the keyboard and say what they show."""

import pytest
from boards import figure, follows_an_arrow_key, put, says

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
NOTEBOOK = [SETUP, *["lesson.tent_composer(tent, compose, count_pieces)", "lesson.region_map()", "lesson.race()"]]


@pytest.mark.parametrize("control", ["folds", "frame", "step"])
def test_an_arrow_key_on_a_slider_changes_picture_and_text(page, control):
    follows_an_arrow_key(figure(page, control), control)


def test_ten_folds_say_1024_pieces_and_half_a_fold_says_what_turns(page):
    board = figure(page, "folds")
    put(board, folds=10)
    assert says(board).startswith("10 folds: 20 ReLUs in 10 layers of two draw 1,024 pieces.")
    put(board, folds=2.3)
    assert says(board) == "Fold 3: whatever lies above one half is turned over, down onto the rest."


def test_the_three_panels_of_the_folded_line_stand_in_one_row(page):
    tops = figure(page, "folds").locator("canvas").evaluate_all("all => all.map((it) => Math.round(it.getBoundingClientRect().top))")
    assert len(set(tops)) == 1


def test_another_arrangement_of_the_relus_has_another_mosaic(page):
    board = figure(page, "frame")
    put(board, frame=40)
    said = {}
    for layers in ("16", "8 + 8", "4 + 4 + 4 + 4"):
        board.get_by_label(layers, exact=True).check()
        said[layers] = says(board)
        assert f"16 ReLUs as {layers}, after 600 steps" in said[layers]
    assert len({words.split(": ")[1] for words in said.values()}) == 3


def test_the_race_turns_when_the_biases_are_spread(page):
    board = figure(page, "step")
    put(board, step=44)
    assert "84: 0 of 40" in says(board) and "16 + 16: 39 of 40" in says(board)
    board.get_by_label("spread out").check()
    assert "84: 40 of 40" in says(board) and "16 + 16: 34 of 40" in says(board)
