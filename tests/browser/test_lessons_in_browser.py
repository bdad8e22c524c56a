"""Every lesson in a real JupyterLab: it runs from top to bottom, and its sliders answer the keyboard."""

import os
import pathlib
import shutil

import pytest

from tools.build import ROOT, lessons

NAMES = [text.stem for text in lessons()]
PICTURES = os.environ.get("UNTANGLE_SCREENSHOTS")  # a folder, for who wants to look
# what JupyterLab shows in red: errors and whatever went to stderr
RED = '[data-mime-type="application/vnd.jupyter.stderr"]'


def photograph(page, name):
    if not PICTURES:
        return
    pathlib.Path(PICTURES).mkdir(exist_ok=True)
    for number, cell in enumerate(page.locator(".untangle[data-draws]").all()):
        cell.scroll_into_view_if_needed()
        page.wait_for_timeout(300)
        page.screenshot(path=f"{PICTURES}/{name}-{number}.png")


@pytest.mark.parametrize("name", NAMES)
def test_a_solved_lesson_runs_in_jupyterlab_and_its_slider_answers_the_keyboard(lab, browser, name):
    shutil.copy(ROOT / "solutions" / name / f"{name}.ipynb", lab.folder)
    # a tall window, so that the notebook shows all of its cells at once
    page = lab.open(browser, f"{name}.ipynb", viewport={"width": 1280, "height": 12000})
    try:
        page.wait_for_function("window.allCellsRan", timeout=90_000)
        figures = page.locator(".untangle[data-draws]")
        figures.first.wait_for(timeout=30_000)
        page.wait_for_timeout(1500)
        assert not page.locator(RED).count()
        # the still twin of a live figure makes room for it
        assert not page.locator(".untangle-still:visible").count()
        moved = 0
        for figure in figures.all():
            slider = figure.locator("input[type=range]:visible").first
            if not slider.count():
                continue
            slider.focus()
            draws, says = figure.get_attribute("data-draws"), figure.locator("[aria-live]").first.text_content()
            for _ in range(3):
                page.keyboard.press("ArrowRight" if slider.evaluate("s => +s.value < +s.max") else "ArrowLeft")
            page.wait_for_timeout(700)
            assert figure.get_attribute("data-draws") != draws, f"{name}: a slider moved and nothing was drawn"
            moved += figure.locator("[aria-live]").first.text_content() != says
        assert moved or name == "00-start-here", "no slider changed what its figure says"
        assert not page.complaints
        photograph(page, name)
    finally:
        page.close()


def test_an_untouched_lesson_stops_at_its_first_check_with_the_answer_still_to_be_written(lab, browser):
    shutil.copy(ROOT / "notebooks" / "01-one-line" / "01-one-line.ipynb", lab.folder / "untouched.ipynb")
    page = lab.open(browser, "untouched.ipynb", viewport={"width": 1280, "height": 12000})
    try:
        page.wait_for_function("window.allCellsRan", timeout=90_000)
        errors = page.locator(RED)
        errors.first.wait_for(timeout=30_000)
        assert errors.count() == 1 and "not written yet" in errors.text_content()
    finally:
        page.close()
