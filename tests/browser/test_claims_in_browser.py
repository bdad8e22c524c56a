"""Lesson 10's golf course and the twelve questions in JupyterLab: they appear, obey the keyboard, and say what they show."""

import json

import pytest
from boards import figure, ours, photograph, picture, press, says

from course_utils.predictions import FILE

GOLF = """from course_utils.figures import claims
claims.golf({"ring": ([2, 4, 1], "tanh"), "moons": ([2, 3, 1], "tanh"), "spirals": ([2, 8, 1], "silu")})"""
DOCKET = "claims.docket(['01', '02'])"
INVENTORY = "from course_utils import inventory\ninventory.ask('before')"


@pytest.fixture(scope="module")
def page(lab, browser):
    (lab.folder / "court").mkdir()
    (lab.folder / "court" / ".untangle.json").write_text('{"lessons": {}}')
    lab.write("court/court.ipynb", [GOLF, DOCKET, INVENTORY])
    page = lab.show(browser, "court/court.ipynb", height=3200)
    yield page
    assert not ours(page)


def questions(page):
    return page.locator(".untangle.predict")


def test_the_golf_course_appears_and_says_who_holds_with_the_fewest_parameters(page):
    photograph(page, "court")
    said = says(figure(page, "green"))
    assert "sine, with 9 parameters" in said and "Yours (2-4-1, tanh): 17 parameters, 100 %" in said


def test_the_lines_of_the_golf_course_are_named_in_a_legend_each_in_its_own_look(page):
    signs = figure(page, "green").locator(".legend span")
    assert signs.all_text_contents() == ["relu", "tanh", "gelu", "sine", "square", "your design"]
    assert len(set(signs.locator("svg").evaluate_all("all => all.map((sign) => sign.innerHTML)"))) == 6


def test_a_green_chosen_by_keyboard_changes_picture_and_text(page):
    board = figure(page, "green")
    before = picture(board)
    said = press(board, "green", "ArrowRight")
    assert said.startswith("moons") and "tanh, with 13 parameters" in said
    assert picture(board) != before
    photograph(page, "court-moons")


def test_the_slider_reads_the_rates_by_keyboard(page):
    said = press(figure(page, "green"), "at", "ArrowRight", times=2)
    assert "13 parameters, of 40" in said and ("relu 12 %" in said or "relu 13 %" in said)


def test_the_ledger_is_a_table_with_heads_and_named_strips(page):
    table = page.locator(".untangle-docket")
    assert table.locator("tbody tr").count() == 5
    assert table.locator("thead th").count() == 5 and table.locator("tbody th[scope=row]").count() == 5
    assert table.locator("svg[role=img]").first.get_attribute("aria-label").endswith("band 0 to 1")


def test_one_question_is_in_sight_and_its_plain_twin_steps_aside(page):
    shown = questions(page).locator("fieldset:visible")
    assert shown.count() == 2
    assert "Question 1 of 12" in questions(page).locator(".heard").text_content()
    assert page.locator('[class^="still-"]').evaluate_all("all => all.every((still) => still.offsetParent === null)")
    assert all(c.get_attribute("data-lm-suppress-shortcuts") == "true" for c in questions(page).locator("input, button").all())


def test_a_question_is_answered_by_keyboard_alone_and_the_next_one_takes_the_focus(page, lab):
    button = questions(page).get_by_role("button", name="Record and go on")
    button.focus()
    page.keyboard.press("Enter")
    page.wait_for_function("document.querySelector('.predict .heard').textContent.includes('Choose an answer')")
    for name in ("answer0", "reason0"):
        # the first radio button of a group is chosen by Space, the next one by an arrow
        questions(page).locator(f'[data-name="{name}"]').first.focus()
        page.keyboard.press("Space")
        page.wait_for_function(f"document.querySelector('[data-name={name}]').checked")
        press(questions(page), name, "ArrowDown")
    photograph(page, "court-inventory")
    button.focus()
    page.keyboard.press("Enter")
    page.wait_for_function("document.querySelector('.predict .heard').textContent.includes('Question 2')", timeout=10_000)
    (line,) = [json.loads(line) for line in (lab.folder / "court" / FILE).read_text().splitlines()]
    assert (line["kind"], line["name"], line["answer"], line["reason"]) == ("inventory", 0, 1, 1)
    assert page.evaluate("document.activeElement.dataset.name") == "answer1"
