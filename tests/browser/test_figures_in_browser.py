"""The live figures as a learner meets them: in JupyterLab, by keyboard, in both themes, and without a kernel."""

import hashlib
import os
import pathlib

import pytest

SETUP = """
import numpy as np
from course_utils.figures import collapse as lesson

def collapse(Ws, bs):
    W, b = Ws[0], bs[0]
    for V, c in zip(Ws[1:], bs[1:]):
        W, b = W @ V, b @ V + c
    return W, b

turns = [np.array([[0.8, -0.6], [0.6, 0.8]]), np.array([[1.2, 0.3], [0.0, 0.9]]), np.array([[0.5, -0.4], [0.3, 1.1]])]
"""
CALLS = {
    "depth": "depth = lesson.depth_slider(collapse)\ndepth",
    "step": "lesson.grid_filmstrip(turns, collapse)",
    "bend": "lesson.one_bend()",
    "w1": "lesson.two_neurons()",
}
PICTURES = os.environ.get("UNTANGLE_SCREENSHOTS")  # a folder, for who wants to look


@pytest.fixture(scope="module")
def page(lab, browser):
    lab.write("figures.ipynb", [SETUP, *CALLS.values(), "depth.state = {**depth.state, 'depth': 33}"])
    page = lab.open(browser, "figures.ipynb", viewport={"width": 1280, "height": 4000})
    page.wait_for_function("document.querySelectorAll('.untangle[data-draws]').length >= 4", timeout=60_000)
    page.wait_for_timeout(800)
    yield page
    page.close()


def figure(page, control):
    return page.locator(".untangle").nth(list(CALLS).index(control))


def picture(board):
    """A digest of every pixel the figure's canvases hold."""
    drawn = board.locator("canvas").evaluate_all("all => all.map((canvas) => canvas.toDataURL())")
    return hashlib.sha256("".join(drawn).encode()).hexdigest()


def active_cell(page):
    cells = page.locator(".jp-Notebook .jp-Cell")
    return cells.evaluate_all("all => all.findIndex((cell) => cell.classList.contains('jp-mod-active'))")


def photograph(page, name):
    if PICTURES:
        page.screenshot(path=pathlib.Path(PICTURES) / f"{name}.png", full_page=True)


def test_each_figure_appears_once_and_its_still_twin_steps_aside(page):
    photograph(page, "lab-light")
    assert page.locator(".untangle").count() == len(CALLS)
    stills = page.locator('[class^="still-"]')
    assert stills.count() == len(CALLS)
    assert stills.evaluate_all("all => all.filter((still) => still.offsetParent !== null).length") == 0


def test_python_can_move_a_slider(page):
    assert figure(page, "depth").locator("output").text_content() == "33 layers"


@pytest.mark.parametrize("control", CALLS)
def test_an_arrow_key_changes_picture_and_text_and_leaves_the_cells_alone(page, control):
    board = figure(page, control)
    before, said = picture(board), board.locator("[aria-live]").text_content()
    board.locator(f'[data-name="{control}"]:checked, input[type="range"][data-name="{control}"]').first.focus()
    page.wait_for_timeout(200)
    marked = active_cell(page)
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    page.wait_for_timeout(600)
    assert picture(board) != before
    assert board.locator("[aria-live]").text_content() != said
    assert active_cell(page) == marked


def test_deleting_keys_on_a_control_delete_no_cell(page):
    cells = page.locator(".jp-CodeCell").count()
    for control in page.locator(".untangle [data-name], .untangle button").all():
        assert control.get_attribute("data-lm-suppress-shortcuts") == "true"
    page.locator(".untangle button").first.focus()
    page.keyboard.press("d")
    page.keyboard.press("d")
    page.wait_for_timeout(200)
    assert page.locator(".jp-CodeCell").count() == cells


def test_every_control_has_a_name_and_room_for_a_finger(page):
    for control in page.locator(".untangle input, .untangle select, .untangle button").all():
        name = control.evaluate("(it) => it.tagName === 'BUTTON' ? it.textContent : it.labels[0]?.textContent")
        assert name, control.evaluate("(it) => it.outerHTML")
        size = control.evaluate("(it) => (it.labels?.[0]?.parentElement ?? it).getBoundingClientRect().height")
        assert size >= 24, f"{name} is {size} pixels high"


def test_figures_follow_the_dark_theme(page):
    board = figure(page, "step")
    light = picture(board)
    page.evaluate("document.body.dataset.jpThemeLight = 'false'")
    page.wait_for_timeout(300)
    assert picture(board) != light
    page.evaluate("document.body.dataset.jpThemeLight = 'true'")
    page.wait_for_timeout(300)
    assert picture(board) == light


def test_the_filmstrips_two_pictures_end_alike(page):
    board = figure(page, "step")
    board.locator('input[data-name="step"]').press("End")
    page.wait_for_timeout(300)
    left, right = board.locator("canvas").evaluate_all("all => all.map((canvas) => canvas.toDataURL())")
    assert left == right


def test_the_deep_stack_and_the_single_neuron_lie_on_one_another_at_fifty(page):
    board = figure(page, "depth")
    board.locator('input[data-name="depth"]').press("End")
    page.wait_for_timeout(600)
    said = board.locator("[aria-live]").text_content()
    assert said.startswith("50 layers, 13,393 parameters: the boundary is still one straight line.")


def test_nothing_complains_in_the_console(page):
    ours = [line for line in page.complaints if "untangle" in line.lower() or "error" in line.lower()]
    assert not ours, ours


def test_the_playground_learns_the_spirals_only_with_hidden_layers(browser, tmp_path):
    from course_utils.playground import Playground

    page = browser.new_page(viewport={"width": 1000, "height": 800})
    errors = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    said = {}
    for layers in ((), (16, 16, 2)):
        (tmp_path / "page.html").write_text(Playground(layers=layers).page(), encoding="utf-8")
        page.goto((tmp_path / "page.html").as_uri())
        page.get_by_role("button", name="Play").click()
        if layers:
            page.wait_for_function("document.querySelector('.says').textContent.includes('100.0 %')", timeout=25_000)
        else:
            page.wait_for_timeout(2000)
        page.get_by_role("button", name="Pause").click()
        page.wait_for_timeout(400)
        said[layers] = page.locator("[aria-live]").text_content()
        photograph(page, f"playground-{len(layers)}")
    assert "the boundary is one straight line" in said[()] and "100.0 %" not in said[()]
    page.get_by_role("button", name="Remove one").click()
    page.get_by_role("button", name="Layer 1: one neuron less").click()
    page.wait_for_timeout(500)
    says = page.locator("[aria-live]").text_content()
    assert says.startswith("Hidden layers of 15, 16 (tanh), 318 parameters. Epoch 0")
    assert not errors
    page.close()


@pytest.mark.parametrize("width", [360, 1000])
def test_a_page_without_a_kernel_works_and_fits(browser, tmp_path, monkeypatch, width):
    from course_utils.figures import collapse as lesson
    from course_utils.figures import live

    monkeypatch.setattr(live, "display", lambda *_, **__: None)
    (tmp_path / "page.html").write_text(lesson.one_bend().page(), encoding="utf-8")
    page = browser.new_page(viewport={"width": width, "height": 800})
    errors = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("request", lambda request: errors.append(request.url) if not request.url.startswith("file:") else None)
    page.goto((tmp_path / "page.html").as_uri())
    board = page.locator(".untangle[data-draws]")
    before = picture(board)
    page.get_by_label("layer 1").check()
    page.wait_for_timeout(500)
    photograph(page, f"page-{width}")
    assert picture(board) != before
    assert not errors
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.close()
