"""The live figures of lesson 02 as a learner meets them: in JupyterLab and by keyboard."""

import hashlib
import re

import pytest

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
CALLS = {
    "angle": "lesson.turn_the_line()",
    "rule": "tables = lesson.truth_tables(accuracy)\ntables",
    "points": "lesson.cover_curve(fraction)",
}


@pytest.fixture(scope="module")
def page(lab, browser):
    lab.write("no-line.ipynb", [SETUP, *CALLS.values()])
    page = lab.open(browser, "no-line.ipynb", viewport={"width": 1280, "height": 3000})
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


def said(board):
    board.page.wait_for_timeout(500)
    return board.locator("[aria-live]").text_content()


def press(board, control, key, times=1):
    board.locator(f'[data-name="{control}"]:checked, input[type="range"][data-name="{control}"]').first.focus()
    for _ in range(times):
        board.page.keyboard.press(key)
    return said(board)


@pytest.mark.parametrize("control", CALLS)
def test_an_arrow_key_changes_picture_and_text_and_leaves_the_cells_alone(page, control):
    board = figure(page, control)
    before, words = picture(board), said(board)
    active = page.locator(".jp-Cell.jp-mod-active").get_attribute("class")
    assert press(board, control, "ArrowRight", 2) != words
    assert picture(board) != before
    assert page.locator(".jp-Cell.jp-mod-active").get_attribute("class") == active


def test_no_line_on_a_long_walk_over_xor_gets_more_than_three_points(page):
    board = figure(page, "angle")
    angle, offset = (board.locator(f'input[data-name="{name}"]') for name in ("angle", "offset"))
    found = set()
    for degrees in range(0, 360, 15):
        for place in (-0.6, -0.3, 0, 0.3, 0.6):
            for slider, value in ((angle, degrees), (offset, place)):
                slider.evaluate("(it, value) => { it.value = value; it.dispatchEvent(new Event('input')); }", value)
            page.wait_for_timeout(25)
            found.add(re.search(r"(\d) of 4 points", board.locator(".says").text_content())[1])
    assert found == {"1", "2", "3"}
    assert "Best so far: 75 %" in said(board)


def test_the_map_shows_all_lines_quickly_and_names_the_roof(page):
    board = figure(page, "angle")
    before = picture(board)
    board.locator('input[data-name="all"]').check()
    assert "no place reaches 100 %" in said(board)
    assert picture(board) != before


def test_the_arrow_keys_walk_through_the_tables_and_xor_is_refused(page):
    board = figure(page, "rule")
    board.locator('input[data-name="rule"]').nth(5).check()
    assert "a line parts it" in said(board)
    words = press(board, "rule", "ArrowRight")
    assert words.startswith("XOR: no line parts it. The best leaves 3 of 4") and "says 0.75" in words


def test_a_click_chooses_a_table_and_all_sixteen_are_fourteen_and_two(page):
    board = figure(page, "rule")
    board.locator(".tables label").nth(9).click()
    assert said(board).startswith("both alike: no line")
    board.get_by_role("button", name="Test all sixteen").click()
    assert "Tested 16 of 16: 14 parted, 2 not." in said(board)


@pytest.mark.parametrize("points", [2, 4, 6, 9, 14])
def test_the_coins_agree_with_covers_formula(page, points):
    board = figure(page, "points")
    slider = board.locator('input[data-name="points"]')
    slider.evaluate("(it, value) => { it.value = value; it.dispatchEvent(new Event('input')); }", points)
    words = said(board)
    formula, coins = (float(number) for number in re.findall(r"([\d.]+) %", words)[:2])
    assert "agrees" in words
    # 300 tosses: three standard deviations are at most 8.7 points
    assert abs(formula - coins) <= 3 * (formula * (100 - formula) / 300) ** 0.5 + 0.1


def test_every_control_has_a_name_and_keeps_its_keys(page):
    for control in page.locator(".untangle input, .untangle button").all():
        name = control.evaluate("(it) => it.ariaLabel ?? it.labels?.[0]?.textContent ?? it.textContent")
        assert name, control.evaluate("(it) => it.outerHTML")
        assert control.get_attribute("data-lm-suppress-shortcuts") == "true"


def test_nothing_complains_in_the_console(page):
    ours = [line for line in page.complaints if "untangle" in line.lower() or "error" in line.lower()]
    assert not ours, ours


@pytest.mark.parametrize("name", ["turn_the_line", "truth_tables", "cover_curve"])
def test_a_page_without_a_kernel_fits_a_telephone(browser, tmp_path, monkeypatch, name):
    from course_utils.figures import live
    from course_utils.figures import no_line as lesson

    monkeypatch.setattr(live, "display", lambda *_, **__: None)
    given = {"turn_the_line": [], "truth_tables": [lambda X, y: 0.75], "cover_curve": [lambda N, d: 0.5]}[name]
    (tmp_path / "page.html").write_text(getattr(lesson, name)(*given).page(), encoding="utf-8")
    page = browser.new_page(viewport={"width": 360, "height": 800})
    errors = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto((tmp_path / "page.html").as_uri())
    page.locator(".untangle[data-draws]").wait_for()
    page.wait_for_timeout(300)
    assert not errors
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.close()
