"""The course as a static site, in a browser that reaches nothing but this machine: `make test-site` (some minutes).

It tries the site that is whole in itself, below a path of its own, with the solved lessons in it. `make test` leaves it
out: what the site is made of has to be fetched, 130 MB the first time.
"""

import csv
import html
import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from lessons import hidden_lines, solution_lines

from tools import sample_class
from tools.build import ROOT
from tools.lab import CHROMIUM
from tools.site import building, pieces, trying

if not os.environ.get("UNTANGLE_SITE"):
    pytest.skip("the site is tried by `make test-site`", allow_module_level=True)

SITE = Path(os.environ["UNTANGLE_SITE"])
NAMES = [path.parent.name for path in sorted((ROOT / "notebooks").glob("*/*.ipynb")) if path.stem == path.parent.name]
RED = '[data-mime-type="application/vnd.jupyter.stderr"]'


@pytest.fixture(scope="module")
def address():
    """Where the site with the solved lessons is served, below a path of its own."""
    below = f"{SITE.parent.name}/{SITE.name}/"
    with trying.serving(SITE.parent.parent, trying.solved(below)) as host:
        yield f"{host}/{below}".rstrip("/")


@pytest.fixture(scope="module")
def alone(browser):
    """A browser for which there is no host but this one."""
    started = browser.browser_type.launch(executable_path=CHROMIUM, args=trying.WORDS)
    yield started
    started.close()


@pytest.fixture
def page(alone):
    with trying.learner(alone) as page:
        yield page


def told(first, cells):
    slowest = max(map(min, cells))
    print(f"from the link to the first cell {first[0]:.1f} s, the slowest cell {slowest:.1f} s")
    # promised are 20 s, which `tools.time_site` shows; this leaves room for a slow machine
    assert slowest < 40


@pytest.mark.parametrize("name", NAMES)
def test_a_solved_lesson_runs_in_the_browser_and_its_sliders_answer_the_keyboard(address, page, name):
    told(*trying.run(page, address, name))
    assert page.locator(RED).all_inner_texts() == []
    figures = page.locator(".untangle[data-draws]")
    assert figures.count()
    assert not page.locator(".untangle-still:visible").count()
    for figure in figures.all():
        slider = figure.locator("input[type=range]:visible").first
        if slider.count():
            slider.focus()
            draws = figure.get_attribute("data-draws")
            for _ in range(3):
                page.keyboard.press("ArrowRight" if slider.evaluate("s => +s.value < +s.max") else "ArrowLeft")
            page.wait_for_function("([figure, draws]) => figure.dataset.draws !== draws", arg=[figure.element_handle(), draws])
    assert page.complaints == []


def test_the_start_button_opens_the_first_lesson_and_what_is_said_there_survives_a_reload(address, page):
    page.goto(f"{address}/")
    assert page.get_by_role("heading", level=1).inner_text() == "Why do neural networks need hidden layers?"
    assert page.get_by_role("list").get_by_role("link", name="Run").count() == len(NAMES)
    page.get_by_role("link", name="Start", exact=True).click()
    told(*trying.run(page))
    question = page.locator(".untangle.predict").first
    question.get_by_role("radio").first.check()
    question.get_by_role("button").click()
    page.wait_for_function("document.querySelector('.predict .heard').textContent.startsWith('You said')")
    said = question.locator(".heard").inner_text()
    assert "cannot be written" not in said
    table = page.get_by_role("table", name="Your progress")
    assert "● done 5 of 5" in " ".join(table.get_by_role("row").filter(has_text="perceptron").first.inner_text().split())
    page.evaluate("window.jupyterapp.commands.execute('docmanager:save')")
    page.wait_for_timeout(1500)
    page.reload()
    told(*trying.run(page))
    assert page.locator(".untangle.predict .heard").first.inner_text() == said
    with page.expect_download() as saved:
        page.get_by_role("button", name="Save all my answers").click()
    with zipfile.ZipFile(saved.value.path()) as packed:
        assert {"00-start-here/00-start-here.ipynb", "predictions.jsonl"} <= set(packed.namelist())
    assert page.complaints == []


WRITE = """async (answers) => {
  const { content, context, sessionContext } = window.jupyterapp.shell.currentWidget;
  await context.ready;
  for (const cell of content.widgets) if (cell.model.id in answers) cell.model.sharedModel.setSource(answers[cell.model.id]);
}"""


def test_all_answers_saved_as_one_file_are_graded_to_the_points_of_the_same_notebook_written_elsewhere(alone, tmp_path):
    """The answers of a student who got half through."""
    lesson = sample_class.LESSON
    path = f"{lesson}/{lesson}.ipynb"
    folder = tmp_path / "handed-in"
    folder.mkdir()
    native = json.loads(sample_class.submissions()["felix.ipynb"])
    (folder / "native.ipynb").write_text(json.dumps(native))
    written = {cell["id"]: "".join(cell["source"]) for cell in native["cells"] if "nbgrader" in cell["metadata"]}
    with trying.serving(SITE) as site, trying.learner(alone, viewport={"width": 1280, "height": 900}) as page:
        page.goto(f"{site}/{building.address(lesson)}")
        page.wait_for_selector(".jp-Notebook .jp-CodeCell")
        page.evaluate(WRITE, written)
        with page.expect_download() as saved:
            page.get_by_role("button", name="Save all my answers").click()
        assert saved.value.suggested_filename == "untangle-answers.zip"
        saved.value.save_as(folder / "site_untangle-answers.zip")
        with page.expect_download() as single:
            page.evaluate("() => void window.jupyterapp.commands.execute('docmanager:download')")
        assert single.value.suggested_filename.endswith(f"{lesson}.ipynb")
        # from the front page, without JupyterLab, the same file
        page.goto(f"{site}/")
        with page.expect_download() as again:
            page.get_by_role("button", name="Save all my answers").click()
        again.value.save_as(tmp_path / "again.zip")
        page.get_by_role("status").filter(has_text="holds your lesson").wait_for()
        assert page.complaints == []
    with zipfile.ZipFile(folder / "site_untangle-answers.zip") as one, zipfile.ZipFile(tmp_path / "again.zip") as other:
        # the kernel's name may have come between the two
        assert json.loads(one.read(path))["cells"] == json.loads(other.read(path))["cells"]
    done = subprocess.run(
        [sys.executable, "-m", "course_utils.grading", lesson, "--from", str(folder), "--class", str(tmp_path / "class")],
        cwd=ROOT, capture_output=True, text=True, timeout=300,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    with (tmp_path / "class" / f"{lesson}-points.csv").open(encoding="utf-8-sig") as file:
        rows = {row.pop("student"): row for row in csv.DictReader(file)}
    assert rows["site"] == rows["native"] and 10 < float(rows["site"]["total"]) < float(rows["site"]["of"])


def test_a_lesson_that_was_renamed_stays_and_a_fresh_one_is_there(alone):
    path = "04-collapse/04-collapse.ipynb"
    with trying.serving(SITE) as site, trying.learner(alone, viewport={"width": 1280, "height": 900}) as page:
        page.goto(f"{site}/{building.address('04-collapse')}")
        page.wait_for_selector(".jp-Notebook .jp-CodeCell")
        page.evaluate(WRITE, {"collapse": "mine = 1"})
        page.evaluate("() => window.jupyterapp.commands.execute('docmanager:save')")
        page.evaluate("path => window.jupyterapp.serviceManager.contents.rename(path, '04-collapse/mine.ipynb')", path)
        page.goto(f"{site}/{building.address('04-collapse')}")
        page.wait_for_selector(".jp-Notebook .jp-CodeCell")
        read = """async (path) => JSON.stringify((await window.jupyterapp.serviceManager.contents.get(path, { content: true })).content)"""
        assert "mine = 1" in page.evaluate(read, "04-collapse/mine.ipynb")
        assert "mine = 1" not in page.evaluate(read, path)


@pytest.mark.parametrize("name", ["", *NAMES])
def test_the_front_page_and_the_pages_for_reading_need_no_other_host_and_pass_axe(address, alone, axe, name):
    for options in ({"color_scheme": "light"}, {"color_scheme": "dark", "viewport": {"width": 360, "height": 800}}):
        with trying.learner(alone, **options) as page:
            page.goto(f"{address}/read/{name}.html" if name else f"{address}/")
            assert axe(page) == []
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{name} is wider than the screen"
            assert page.evaluate("[...document.images].every(image => image.alt.length > 20)")
            assert page.complaints == []


@pytest.mark.parametrize("name", NAMES)
def test_the_page_for_reading_a_lesson_has_its_pictures_and_none_of_its_answers(name):
    page = (SITE / "read" / f"{name}.html").read_text(encoding="utf-8")
    assert page.count("<img") >= 2 and "\\frac" not in page and "$" not in "".join(page.split("<pre")[0])
    code = html.unescape(page.replace("</span>", "").replace("<span", "\0<span"))
    code = "".join(part.partition(">")[2] if part.startswith("<span") else part for part in code.split("\0"))
    # a line may well stand in the lesson's own code, too
    given = json.loads((ROOT / "notebooks" / name / f"{name}.ipynb").read_text(encoding="utf-8"))["cells"]
    given = "\n".join("".join(cell["source"]) for cell in given)
    assert not [line for line in solution_lines(name) | hidden_lines(name) if line in code and line not in given]


def test_the_ordinary_site_takes_python_from_another_host_and_everything_else_from_its_own(tmp_path, page):
    official = pieces.runtime(pieces.PIECES)
    host = tmp_path / "host"
    host.mkdir()
    for name, data in [*official.items(), *pieces.compiled_wheels(pieces.PIECES, official)]:
        (host / name).write_bytes(data)
    with trying.serving(host) as network, trying.serving(tmp_path / "site", trying.solved()) as address:
        building.build(tmp_path / "site", network=f"{network}/")
        assert not list((tmp_path / "site").rglob("*wasm32.whl"))
        told(*trying.run(page, address, "00-start-here"))
    assert page.locator(RED).all_inner_texts() == []
    assert page.complaints == []
