"""nbgrader's own page for teachers, on a lesson of this course that was graded our way."""

import csv
import os
import re
import shutil
import subprocess
import sys

import pytest
from conftest import serving
from nbgrader.api import Gradebook

from tools import sample_class
from tools.build import ROOT

LESSON = sample_class.LESSON
# a right one, one with a mistake that a later exercise builds on, and one whose answer does not run
STUDENTS = {"ada": 22, "carl": 14, "kurt": 19}


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """A course folder with a graded class of three."""
    course = tmp_path_factory.mktemp("formgrader") / "course"
    shutil.copytree(ROOT / "solutions", course / "solutions")
    shutil.copytree(ROOT / "notebooks", course / "notebooks")
    shutil.copytree(ROOT / "course_utils", course / "course_utils", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "nbgrader_config.py", course)
    sample_class.write(course / "in")
    for path in (course / "in").iterdir():
        if path.stem not in STUDENTS:
            path.unlink()
    env = {name: value for name, value in os.environ.items() if name != "CLASS_FOLDER"}
    done = subprocess.run([sys.executable, "-m", "course_utils.grading", LESSON, "--from", "in"], cwd=course, env=env,
                          capture_output=True, text=True, timeout=600, check=False)  # fmt: skip
    assert done.returncode == 0, done.stderr
    return course


@pytest.fixture(scope="module")
def formgrader(browser, course):
    """A page on formgrader, and the address that its pages have in common."""
    with serving(course, course.parent) as lab:
        page = browser.new_page(viewport={"width": 1300, "height": 900})
        page.set_default_timeout(120_000)
        yield page, f"{lab.url}/formgrader"
        page.close()


def shot(page, name):
    """Keep a picture where SHOTS says, if it says so."""
    if os.environ.get("SHOTS"):
        page.screenshot(path=os.path.join(os.environ["SHOTS"], f"formgrader-{name}.png"))


def listed(page, address):
    """Return the submissions of the lesson as formgrader lists them: student -> status and score."""
    page.goto(f"{address}/manage_submissions/{LESSON}")
    page.wait_for_selector("td.score >> text=/ 24")
    rows = page.locator("#main-table tr").all()
    return {row.locator(".student-id").text_content(): (row.locator(".status").text_content(), row.locator(".score").text_content()) for row in rows}


def press(page, student, button):
    """Press a button of a student's row, and read what formgrader says when it is done."""
    row = page.locator("#main-table tr", has=page.locator(f".student-id >> text={student}"))
    row.locator(f".{button} a").click()
    said = page.locator("#success-modal, #error-modal")
    said.wait_for(state="visible", timeout=300_000)
    text = said.text_content()
    said.locator("button.close, button:has-text('OK')").first.click()
    said.wait_for(state="hidden")
    return text


def open_submission(page, address, student):
    """Open a student's graded notebook."""
    page.goto(f"{address}/manage_students/{student}/{LESSON}")
    page.locator(f"td.name a >> text={LESSON}").click()
    page.wait_for_selector("#what-depth-bought")
    # what is typed before the points and comments have come is overwritten by them
    page.wait_for_load_state("networkidle")


def test_formgrader_lists_every_lesson_of_the_course(formgrader):
    page, address = formgrader
    page.goto(f"{address}/manage_assignments")
    page.wait_for_selector(f"td.name >> text={LESSON}")
    names = [name.strip() for name in page.locator("td.name").all_text_contents()]
    assert names == sorted(path.name for path in (ROOT / "solutions").iterdir())
    shot(page, "lessons")


def test_formgrader_shows_the_submissions_and_points_of_a_lesson_graded_our_way(formgrader):
    page, address = formgrader
    assert {name: score for name, (_, score) in listed(page, address).items()} == {name: f"{points} / 24" for name, points in STUDENTS.items()}
    shot(page, "submissions")


def test_a_graded_notebook_shows_the_sentence_of_the_check_beside_its_points(formgrader):
    page, address = formgrader
    open_submission(page, address, "carl")
    assert page.locator("#collapse-check").get_attribute("placeholder") in ("0", "0.0")
    text = page.locator("#notebook-container").last.text_content()
    assert "push b1 through W2 first" in text
    assert "find_the_impostors" in text and page.locator("#find_the_impostors-check").get_attribute("placeholder") in ("3", "3.0")
    page.locator("text=push b1 through W2 first").last.scroll_into_view_if_needed()
    shot(page, "notebook")


def test_a_grade_given_by_hand_survives_the_autograde_button_and_reaches_feedback_and_export(formgrader, course):
    page, address = formgrader
    open_submission(page, address, "ada")
    page.fill("#what-depth-bought", "2")
    page.fill("#what-depth-bought-comment", "Well said.")
    with page.expect_response(re.compile("/api/grade/")) as saved:
        page.locator("#what-depth-bought").dispatch_event("change")
    assert saved.value.ok
    with page.expect_response(re.compile("/api/comment/")) as saved:
        page.locator("#what-depth-bought-comment").dispatch_event("change")
    assert saved.value.ok and saved.value.json()["manual_comment"] == "Well said."
    page.locator("#what-depth-bought").scroll_into_view_if_needed()
    shot(page, "by-hand")
    assert listed(page, address)["ada"] == ("graded", "24 / 24")

    graded = course / "class" / "autograded" / "ada" / LESSON / f"{LESSON}.ipynb"
    before = graded.stat().st_mtime_ns
    said = press(page, "ada", "autograde")
    assert "Successfully autograded" in said, said
    shot(page, "autograded")
    assert graded.stat().st_mtime_ns > before
    assert '"tier": "' in graded.read_text(), "another executor was at work"
    assert listed(page, address)["ada"][1] == "24 / 24"

    said = press(page, "ada", "generate-feedback")
    assert "Successfully generated feedback" in said, said
    feedback = (course / "class" / "feedback" / "ada" / LESSON / f"{LESSON}.html").read_text()
    assert "Well said." in feedback and "24.0" in feedback
    env = {name: value for name, value in os.environ.items() if name != "CLASS_FOLDER"}
    subprocess.run([sys.executable, "-m", "nbgrader", "export"], cwd=course, env=env, capture_output=True, timeout=300, check=True)
    with (course / "grades.csv").open() as file:
        exported = {row["student_id"]: float(row["score"]) for row in csv.DictReader(file) if row["assignment"] == LESSON}
    assert exported == {**STUDENTS, "ada": 24}
    with Gradebook(f"sqlite:///{course}/class/gradebook.db") as gradebook:
        assert gradebook.find_grade("what-depth-bought", LESSON, LESSON, "ada").manual_score == 2
