"""A predict question and the table of progress as a learner meets them in JupyterLab, by keyboard and in both themes."""

import json
import pathlib
import sys

import pytest
from boards import ours, photograph, press

sys.path.insert(0, str(pathlib.Path(__file__).parents[1]))
import tiny

from course_utils.predictions import FILE

QUESTION = "w and b both become 10 times as large. What moves in the picture?"
CHOICES = ["only the line", "the scores, but not the line", "both"]
WHY = "You will need the answer to say what the length of w means."
ASK = f"from course_utils.predictions import ask, reveal\nask('scaled', {QUESTION!r}, {CHOICES!r}, why={WHY!r})"
REVEAL = f"reveal('scaled', {CHOICES[1]!r}, 'The line is where the score is 0, and 10 times 0 is 0.')"
PROGRESS = "from course_utils.progress import progress\nprogress()"


@pytest.fixture(scope="module")
def page(lab, browser):
    cells = [
        tiny.exercise("double", "return 2 * x"),
        tiny.check("double", "assert double(3) == 6"),
        tiny.exercise("half", "return x"),
        tiny.check("half", "assert half(3) == 1.5, f'Half of 3 is 1.5, but yours is {half(3)}.'", points=3),
        tiny.exercise("third"),
        tiny.check("third", "assert third(3) == 1", points=4, further=True),
        tiny.reflection("why"),
    ]
    tiny.lesson(lab.folder / "notebooks", "02-next", *cells)
    tiny.lesson(lab.folder / "work", "01-small", *cells)
    untouched = [tiny.exercise("double"), cells[1], tiny.exercise("half"), *cells[3:]]
    tiny.lesson(lab.folder / "notebooks", "01-small", *untouched)
    (lab.folder / "work/.untangle.json").write_text('{"lessons": {}}')
    lab.write("work/predict.ipynb", [ASK, PROGRESS])
    lab.write("work/again.ipynb", [ASK, REVEAL])
    page = lab.show(browser, "work/predict.ipynb", height=1500)
    yield page
    assert not ours(page)


def theme(page, name):
    """Choose a theme as a reader does: the colours of the page change with it."""
    page.locator(".lm-MenuBar-item", has_text="Settings").click()
    page.locator(".lm-Menu-item", has_text="Theme").first.hover()
    page.locator(".lm-Menu-item", has_text=f"JupyterLab {name}").first.click()
    page.wait_for_selector(f'body[data-jp-theme-light="{"true" if name == "Light" else "false"}"]', state="attached")


def test_the_question_is_a_labelled_group_and_its_plain_twin_steps_aside(page):
    photograph(page, "predict-before")
    group = page.get_by_role("group", name=QUESTION)
    assert group.get_by_role("radio").count() == len(CHOICES)
    assert page.get_by_role("slider", name="How sure are you?").get_attribute("aria-valuetext") == "75 %"
    assert page.locator('[class^="still-"]').evaluate_all("all => all.every((still) => still.offsetParent === null)")


def test_every_control_keeps_its_keys_from_jupyterlab(page):
    for control in page.locator(".predict input, .predict button").all():
        assert control.get_attribute("data-lm-suppress-shortcuts") == "true"


def test_pressing_the_button_too_early_says_what_is_missing(page):
    page.get_by_role("button", name="Record my answer").click()
    page.wait_for_function("document.querySelector('.predict .heard').textContent.includes('Choose one')")


def test_an_answer_given_by_keyboard_is_recorded_and_then_stands_still(page, lab):
    cells = page.locator(".jp-Notebook .jp-Cell").count()
    page.get_by_role("radio", name=CHOICES[0]).focus()
    page.keyboard.press("Space")
    page.wait_for_function("document.querySelector('[data-name=choice]').checked")
    press(page.locator(".predict"), "choice", "ArrowDown")
    assert page.get_by_role("radio", name=CHOICES[1]).is_checked()
    page.keyboard.press("Tab")
    page.wait_for_function("document.activeElement.dataset.name === 'confidence'")
    press(page.locator(".predict"), "confidence", "ArrowRight")
    assert page.get_by_role("slider", name="How sure are you?").get_attribute("aria-valuetext") == "80 %"
    page.keyboard.press("d")
    page.keyboard.press("d")
    photograph(page, "predict-chosen")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_function("document.querySelector('.predict .heard').textContent.startsWith('You said')")
    assert page.locator(".predict .heard").inner_text() == f"You said: {CHOICES[1]}, 80 % sure."
    assert all(control.is_disabled() for control in page.locator(".predict input").all())
    assert page.evaluate("document.activeElement.textContent") == "Recorded"
    (line,) = (lab.folder / "work" / FILE).read_text().splitlines()
    assert (json.loads(line)["choice"], json.loads(line)["confidence"]) == (CHOICES[1], 80)
    assert page.locator(".jp-Notebook .jp-Cell").count() == cells


def test_another_run_shows_the_recorded_answer_and_the_truth_beside_it(browser, lab):
    page = lab.open(browser, "work/again.ipynb", viewport={"width": 1280, "height": 700})
    page.wait_for_selector(f"text=You said: {CHOICES[1]} (80 % sure). So it is.", timeout=30_000)
    page.wait_for_function("document.querySelector('.predict .says').textContent.startsWith('You said')")
    assert page.get_by_role("radio", name=CHOICES[1]).is_checked()
    photograph(page, "predict-again")
    page.close()


def test_the_table_of_progress_tells_each_state_in_words(page):
    table = page.get_by_role("table", name="Your progress")
    rows = [" ".join(row.inner_text().split()) for row in table.get_by_role("row").all()]
    assert "double ● done 2 of 2" in rows
    assert "half ◐ not yet 0 of 3 Half of 3 is 1.5, but yours is 3." in rows
    assert "third ○ not tried (further) 0 of 4" in rows
    assert "02-next not begun" in rows


def test_both_themes_can_be_read(page):
    for name in ("Light", "Dark"):
        theme(page, name)
        photograph(page, f"predict-{name.lower()}")
        for where in (".predict legend", ".predict .says", ".untangle-progress .yet", ".untangle-progress .open", ".untangle-progress-note"):
            assert contrast(page, where) >= 4.5, (name, where)
    theme(page, "Light")


def contrast(page, where):
    """The contrast of a text with the first paper behind it, as WCAG counts it."""
    return page.locator(where).first.evaluate("""(element) => {
      const channels = (colour) => colour.match(/[\\d.]+/g).map(Number);
      const light = (rgb) => rgb.map((c) => c / 255).map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
        .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
      let behind = element;
      while (behind.parentElement && channels(getComputedStyle(behind).backgroundColor)[3] === 0) behind = behind.parentElement;
      const paper = channels(getComputedStyle(behind).backgroundColor).slice(0, 3);
      const [r, g, b, alpha = 1] = channels(getComputedStyle(element).color);
      const ink = [r, g, b].map((c, i) => alpha * c + (1 - alpha) * paper[i]);
      const [low, high] = [light(ink), light(paper)].sort((one, other) => one - other);
      return (high + 0.05) / (low + 0.05);
    }""")
