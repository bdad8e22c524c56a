"""nbgrader's own page for teachers, on this course."""

import shutil

from conftest import serving

from tools.build import ROOT


def test_formgrader_opens_and_lists_the_lessons(browser, tmp_path):
    course = tmp_path / "course"
    shutil.copytree(ROOT / "solutions", course / "solutions")
    shutil.copytree(ROOT / "notebooks", course / "notebooks")
    shutil.copytree(ROOT / "course_utils", course / "course_utils", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "nbgrader_config.py", course)
    with serving(course, tmp_path) as lab:
        page = browser.new_page()
        page.goto(f"{lab.url}/formgrader/manage_assignments")
        page.wait_for_selector("td.name >> text=04-collapse", timeout=30_000)
        listed = page.locator("td.name").all_text_contents()
        assert [name.strip() for name in listed] == sorted(path.name for path in (ROOT / "solutions").iterdir())
        page.close()
