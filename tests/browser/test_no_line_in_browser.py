"""The live figures of lesson 02 as a learner meets them: in JupyterLab and by keyboard."""

import re

import pytest
from boards import figure, follows_an_arrow_key, picture, press, put, says

SETUP = """
import math
import numpy as np
from course_utils.figures import no_line as lesson

def accuracy(X, y):
    best = 0
    for w1 in range(-2, 3):
        for w2 in range(-2, 3):
            for b in np.arange(-4.5, 5):
                best = max(best, np.mean((X @ np.array([w1, w2]) + b > 0) == y))
    return best

def fraction(N, d):
    return 2 * sum(math.comb(N - 1, k) for k in range(d + 1)) / 2**N
"""
NOTEBOOK = [
    SETUP,
    "lesson.turn_the_line()",
    "tables = lesson.truth_tables(accuracy)\ntables",
    "lesson.cover_curve(fraction)",
]
# all places of the line, one a frame; what is said of each
WALK = """async (root) => {
  const frame = () => new Promise(requestAnimationFrame), words = [];
  const move = (name, value) => {
    const slider = root.querySelector(`[data-name="${name}"]`);
    slider.value = value;
    slider.dispatchEvent(new Event("input"));
  };
  for (let angle = 0; angle < 360; angle += 15) {
    for (const offset of [-0.6, -0.3, 0, 0.3, 0.6]) {
      move("angle", angle);
      move("offset", offset);
      await frame();
      await frame();
      words.push(root.querySelector(".says").textContent);
    }
  }
  return words;
}"""


@pytest.mark.parametrize("control", ["angle", "rule", "points"])
def test_an_arrow_key_changes_picture_and_text(page, control):
    follows_an_arrow_key(figure(page, control), control, times=2)


def test_no_line_on_a_long_walk_over_xor_gets_more_than_three_points(page):
    board = figure(page, "angle")
    words = board.evaluate(WALK)
    assert {re.search(r"(\d) of 4 points", said)[1] for said in words} == {"1", "2", "3"}
    assert "Best so far: 75 %" in says(board)


def test_the_map_shows_all_lines_quickly_and_names_the_roof(page):
    board = figure(page, "angle")
    before = picture(board)
    board.locator('input[data-name="all"]').check()
    assert "no place reaches 100 %" in says(board)
    assert picture(board) != before


def test_the_arrow_keys_walk_through_the_tables_and_xor_is_refused(page):
    board = figure(page, "rule")
    board.locator('input[data-name="rule"]').nth(5).check()
    assert "a line parts it" in says(board)
    words = press(board, "rule", "ArrowRight")
    assert words.startswith("XOR: no line parts it. The best leaves 3 of 4") and "says 0.75" in words


def test_a_click_chooses_a_table_and_all_sixteen_are_fourteen_and_two(page):
    board = figure(page, "rule")
    board.locator(".tables label").nth(9).click()
    assert says(board).startswith("both alike: no line")
    board.get_by_role("button", name="Test all sixteen").click()
    assert "Tested 16 of 16: 14 parted, 2 not." in says(board)


@pytest.mark.parametrize("points", [2, 4, 6, 9, 14])
def test_the_coins_agree_with_covers_formula(page, points):
    board = figure(page, "points")
    put(board, points=points)
    words = says(board)
    formula, coins = (float(number) for number in re.findall(r"([\d.]+) %", words)[:2])
    assert "agrees" in words
    # 300 tosses: three standard deviations are at most 8.7 points
    assert abs(formula - coins) <= 3 * (formula * (100 - formula) / 300) ** 0.5 + 0.1
