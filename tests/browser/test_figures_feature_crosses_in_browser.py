"""The live figures of lesson 03 as a learner meets them: in JupyterLab, by keyboard, and on a page without a kernel."""

import hashlib
import os
import pathlib

import pytest

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
CALLS = {
    "points": "lesson.toggle_features(fit_lifted)",
    "height": "lesson.paraboloid_lift(*datasets.ring(200), lift)",
    "degree": "lesson.degree_slider()",
}
PICTURES = os.environ.get("UNTANGLE_SCREENSHOTS")  # a folder, for who wants to look


@pytest.fixture(scope="module")
def page(lab, browser):
    lab.write("feature-crosses.ipynb", [SETUP, *CALLS.values()])
    page = lab.open(browser, "feature-crosses.ipynb", viewport={"width": 1280, "height": 3000})
    page.wait_for_function(f"document.querySelectorAll('.untangle[data-draws]').length >= {len(CALLS)}", timeout=60_000)
    page.wait_for_timeout(800)
    yield page
    page.close()


def figure(page, control):
    return page.locator(".untangle", has=page.locator(f'[data-name="{control}"]'))


def picture(board):
    """A digest of every pixel the figure's canvases hold."""
    drawn = board.locator("canvas").evaluate_all("all => all.map((canvas) => canvas.toDataURL())")
    return hashlib.sha256("".join(drawn).encode()).hexdigest()


def said(page, board):
    page.wait_for_timeout(600)
    return board.locator("[aria-live]").text_content()


def test_each_figure_appears_once_and_its_still_twin_steps_aside(page):
    if PICTURES:
        page.screenshot(path=pathlib.Path(PICTURES) / "feature-crosses.png", full_page=True)
    assert page.locator(".untangle").count() == len(CALLS)
    stills = page.locator('[class^="still-"]')
    assert stills.count() == len(CALLS)
    assert stills.evaluate_all("all => all.filter((still) => still.offsetParent !== null).length") == 0


@pytest.mark.parametrize("control", ["points", "height", "turn", "degree", "train"])
def test_an_arrow_key_changes_picture_and_text_and_leaves_the_cells_alone(page, control):
    board = figure(page, control)
    before, words = picture(board), said(page, board)
    marked = page.locator(".jp-Cell.jp-mod-active").get_attribute("class")
    board.locator(f'[data-name="{control}"]:checked, input[type="range"][data-name="{control}"]').first.focus()
    page.keyboard.press("ArrowRight")
    # turning shows the same from another side
    assert (said(page, board) == words) == (control == "turn")
    assert picture(board) != before
    assert page.locator(".jp-Cell.jp-mod-active").get_attribute("class") == marked


def test_ticking_the_cross_parts_xor(page):
    board = figure(page, "points")
    board.get_by_label("XOR").check()
    for i in (0, 1):
        board.locator(f'[data-name="feature{i}"]').uncheck()
    board.locator('[data-name="feature4"]').focus()
    page.keyboard.press("Space")
    assert said(page, board).startswith("One feature, score = ")
    assert "200 of 200 points" in said(page, board)


def test_the_text_of_the_bowl_says_what_the_slider_says(page):
    board = figure(page, "height")
    board.locator('[data-name="height"]').fill("0.25")
    words = said(page, board)
    assert "Plane at the height 0.25: 100 of 100 points of class 0 lie below it, 100 of 100 of class 1 above." in words
    assert "circle of radius 0.50" in words


def test_degree_twenty_has_230_features(page):
    board = figure(page, "degree")
    board.locator('input[data-name="degree"]').press("End")
    assert said(page, board).startswith("Degree 20: 230 features.")


def test_every_control_keeps_its_keys_and_has_a_name(page):
    for control in page.locator(".untangle [data-name], .untangle button").all():
        assert control.get_attribute("data-lm-suppress-shortcuts") == "true"
        assert control.evaluate("(it) => it.tagName === 'BUTTON' ? it.textContent : it.labels[0]?.textContent")


def test_nothing_complains_in_the_console(page):
    ours = [line for line in page.complaints if "untangle" in line.lower() or "error" in line.lower()]
    assert not ours, ours


@pytest.mark.parametrize("width", [360, 1000])
def test_a_page_without_a_kernel_works_and_fits(browser, tmp_path, monkeypatch, width):
    from course_utils.figures import feature_crosses as lesson
    from course_utils.figures import live

    monkeypatch.setattr(live, "display", lambda *_, **__: None)
    (tmp_path / "page.html").write_text(lesson.degree_slider().page(), encoding="utf-8")
    page = browser.new_page(viewport={"width": width, "height": 800})
    errors = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("request", lambda request: errors.append(request.url) if not request.url.startswith("file:") else None)
    page.goto((tmp_path / "page.html").as_uri())
    board = page.locator(".untangle[data-draws]")
    before = picture(board)
    board.locator('input[data-name="degree"]').press("End")
    page.wait_for_timeout(500)
    assert picture(board) != before
    assert not errors
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.close()
