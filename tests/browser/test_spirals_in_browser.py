"""The live figures of lesson 07 in JupyterLab: they appear, obey the keyboard and say what they show."""

import hashlib

import pytest

SETUP = """
import numpy as np
from course_utils import datasets, network
from course_utils.figures import spirals as lesson

X, y = datasets.spirals(300, turns=1.25)

def carry(X, W, b, act, t):
    Z = X @ W + b
    return (1 - t) * X + t * Z if t <= 1 else (2 - t) * Z + (t - 1) * network.ACTIVATIONS[act][0](Z)

def max_jump(f, path, n):
    landed = f(np.linspace(*path, n + 1))
    return np.linalg.norm(np.diff(landed, axis=0), axis=1).max()

def count_collisions(H, tol):
    _, counts = np.unique(H.round(8), axis=0, return_counts=True)
    return counts[counts > 1].sum()
"""
CALLS = [
    "lesson.twin_view(network.history([2, 16, 16, 2, 1], X, y, steps=60, every=6, gain=2), X, y, 6)",
    "lesson.scrubber(lesson.seven_layers(), X, y, carry)",
    "lesson.one_layer(carry, max_jump, count_collisions)",
    "lesson.ring(network.init([2, 2, 2, 1], np.random.default_rng(1)), network.init([2, 3, 1], np.random.default_rng(1)), *datasets.ring(300))",
]


@pytest.fixture(scope="module")
def page(lab, browser):
    lab.write("spirals.ipynb", [SETUP, *CALLS])
    page = lab.open(browser, "spirals.ipynb", viewport={"width": 1280, "height": 4200})
    page.wait_for_function("document.querySelectorAll('.untangle[data-draws]').length >= 4", timeout=60_000)
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
    page.wait_for_timeout(800)
    return board.locator("[aria-live]").text_content()


@pytest.mark.parametrize(("control", "other"), [("moment", "moment"), ("t", "boundary"), ("t", "act"), ("zoom", "zoom"), ("turn", "turn")])
def test_an_arrow_key_on_a_slider_changes_the_picture(page, control, other):
    board = figure(page, other)
    before, said = picture(board), says(page, board)
    board.locator(f'input[data-name="{control}"]').focus()
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    page.wait_for_timeout(500)
    assert picture(board) != before
    # turning the sheet changes how it looks and nothing that there is to say
    assert (says(page, board) != said) == (control not in ("turn",) and other != "act")


def test_at_the_end_of_the_slider_the_border_is_a_straight_line(page):
    board = figure(page, "boundary")
    board.locator('input[data-name="t"]').press("End")
    assert says(page, board).startswith("After 7 layers one straight line has 300 of 300 points on their own side.")
    board.locator('input[data-name="t"]').press("Home")
    assert says(page, board).startswith("The plane before the first layer")


def test_the_three_activations_are_called_by_what_they_do(page):
    board = figure(page, "act")
    for act, words in (("relu", "the plane is folded"), ("step", "the plane is torn"), ("tanh", "the plane is only bent")):
        board.locator(f'input[value="{act}"]').check()
        assert words in says(page, board)


def test_nothing_complains_in_the_console(page):
    ours = [line for line in page.complaints if "untangle" in line.lower() or "error" in line.lower()]
    assert not ours, ours
