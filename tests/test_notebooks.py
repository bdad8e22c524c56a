"""The notebooks are what their texts say, give nothing away, and earn what they should under stock nbgrader."""

import ast
import csv
import os
import re
import shutil
from pathlib import Path

import lessons
import nbformat
import pytest
from stock import nbgrader

from course_utils.grading import cycle
from tools import build
from tools.lab import CHROMIUM

ROOT = build.ROOT


def notebook(folder, name, root=ROOT):
    return Path(root, folder, name, f"{name}.ipynb")


@pytest.fixture(scope="module")
def rebuilt(tmp_path_factory):
    """All lessons built anew from their texts alone, in another place."""
    root = tmp_path_factory.mktemp("rebuilt")
    for text in build.lessons():
        shutil.copytree(text.parent, root / "solutions" / text.stem, ignore=shutil.ignore_patterns("*.ipynb"))
    build.build(root)
    return root


@pytest.mark.parametrize("name", lessons.NAMES)
@pytest.mark.parametrize("folder", ["solutions", "notebooks"])
def test_a_committed_notebook_is_what_its_text_says(rebuilt, folder, name):
    assert notebook(folder, name).read_bytes() == notebook(folder, name, rebuilt).read_bytes(), "run `make notebooks`"


def test_building_twice_gives_the_same_bytes(rebuilt):
    before = {path: path.read_bytes() for path in rebuilt.rglob("*.ipynb")}
    build.build(rebuilt)
    assert {path: path.read_bytes() for path in rebuilt.rglob("*.ipynb")} == before and before


def test_there_is_a_notebook_for_every_lesson_and_none_besides():
    assert [path.name for path in sorted((ROOT / "notebooks").iterdir())] == lessons.NAMES
    assert lessons.NAMES[:5] == ["00-start-here", "01-one-line", "02-no-line", "03-feature-crosses", "04-collapse"]


def test_nothing_but_notebooks_and_pictures_reaches_the_learners():
    endings = {path.suffix for path in (ROOT / "notebooks").rglob("*") if path.is_file()}
    assert endings <= {".ipynb", ".svg", ".png"}


@pytest.mark.parametrize("name", lessons.NAMES)
def test_no_answer_and_no_hidden_test_occurs_in_what_learners_get(name):
    found = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "notebooks").rglob("*.ipynb"))
    shown = "\n".join(cell.source for path in (ROOT / "notebooks").rglob("*.ipynb") for cell in nbformat.read(path, 4).cells)
    assert "BEGIN HIDDEN" not in found and "BEGIN SOLUTION" not in found and "Rubric" not in found
    given = visible_code()
    for line in lessons.solution_lines(name) | lessons.hidden_lines(name):
        # a line that the authors show on purpose, in a figure or a visible check of a lesson, is no secret
        assert line in given or line not in shown, f"{name} gives away: {line}"


def visible_code():
    """The lines that stand outside every answer and every hidden test, in any lesson."""
    lines = set()
    for name in lessons.NAMES:
        for cell in lessons.cells(name):
            source = lessons.SOLUTION.sub("", lessons.HIDDEN.sub("", cell.source + "\n"))
            lines |= {line.strip() for line in source.splitlines()}
    return lines


@pytest.mark.parametrize("name", lessons.NAMES)
def test_no_notebook_carries_outputs_counts_or_widget_state(name):
    for folder in ("solutions", "notebooks"):
        found = nbformat.read(notebook(folder, name), 4)
        assert "widgets" not in found.metadata
        for cell in found.cells:
            assert not cell.get("outputs") and cell.get("execution_count") is None


@pytest.mark.parametrize("name", lessons.NAMES[1:])
def test_a_lesson_has_all_its_parts(name):
    kinds = [cell.metadata.course.kind for cell in lessons.cells(name)]
    assert kinds.count("figure") >= 2 and "predict" in kinds and "claims" in kinds
    assert kinds.count("reflection") == 1
    hints = " ".join(cell.source for cell in lessons.of_kind(name, "hints"))
    for exercise in lessons.exercises(name):
        assert f"Hint 1 for {exercise}" in hints and f"Hint 2 for {exercise}" in hints
        assert f"{exercise}-check" in [cell.id for cell in lessons.cells(name)]


@pytest.mark.parametrize("name", lessons.NAMES)
def test_a_lesson_imports_the_course_before_numpy(name):
    first = lessons.of_kind(name, "code")[0].source
    assert first.index("from course_utils") < first.index("import numpy"), "one thread is set too late"


# lesson -> the points of its exercises and the claims that its closing box settles, as the syllabus has them
SYLLABUS = {
    "00-start-here": (0, ""),
    "01-one-line": (18, "S1 S2 S3"),
    "02-no-line": (20, "S4 S11"),
    "03-feature-crosses": (20, "S5 S6 S7 S8 S9"),
    "04-collapse": (22, "S15 S37 S39 S41"),
    "05-activations": (24, "S12 S16 S17 S18 S19 S21 S38 S40 S45"),
    "06-learning": (26, "S10 S20 S22 S23 S24 S25 S26"),
    "07-spirals": (22, "S27 S28 S29 S30 S31 S32"),
    "08-depth": (20, "S13 S14 S42 S43 S44"),
    "09-probabilities": (18, "S33 S34"),
    "10-claims": (15, "S35 S36"),
}


@pytest.mark.parametrize("name", lessons.NAMES)
def test_the_points_of_a_lesson_add_up(name):
    graded = [cell.metadata.nbgrader.points for cell in lessons.of_kind(name, "check")]
    assert sum(graded) == SYLLABUS[name][0]


@pytest.mark.parametrize("name", lessons.NAMES[1:])
def test_a_lesson_settles_the_claims_of_the_syllabus(name):
    (box,) = lessons.of_kind(name, "claims")
    for claim in SYLLABUS[name][1].split():
        assert re.search(rf"\b{claim}\b", box.source), f"{claim} is missing from the closing box"
    assert "**Next:**" in box.source


@pytest.mark.parametrize("name", lessons.NAMES)
def test_the_prose_keeps_its_rules(name):
    for cell in lessons.cells(name):
        if cell.cell_type != "markdown" or cell.metadata.course.kind == "hints":
            continue
        text = re.sub(r"\$.*?\$|`.*?`", "", cell.source, flags=re.S)
        for word in ("simply", "just", "easy", "easily", "obviously", "trivial", "amazing"):
            assert not re.search(rf"\b{word}\b", text, re.I), f"{name}: {word!r} in {cell.source[:80]!r}"
        assert not re.search(r"<(?!-)[a-z/]", text), f"{name}: HTML in {cell.source[:80]!r}"
        assert text.isprintable() or all(c.isprintable() or c == "\n" for c in text)
        assert not re.search("[\U0001f000-\U0001ffff\u2600-\u27bf]", text), f"{name}: emoji in {cell.source[:80]!r}"


@pytest.mark.parametrize("name", lessons.NAMES)
def test_a_check_ends_in_nothing_and_prints_one_quiet_line(name):
    for cell in lessons.of_kind(name, "check"):
        visible, hidden = lessons.check(name, cell.id.removesuffix("-check"))
        last = ast.parse(visible).body[-1]
        assert isinstance(last, ast.Expr) and isinstance(last.value, ast.Call) and last.value.func.id == "print", cell.id
        assert "print(" not in hidden
        end = ast.parse(visible + hidden).body[-1]
        assert not isinstance(end, ast.Expr) or isinstance(end.value, ast.Call), f"{cell.id} ends in a value"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('# %% exam="x"\n1', "unknown words"),
        ("# %% drawing\n1", "not one of the cell markers"),
        ('# %% check="x"\n1', "points"),
        ('# %% [markdown] hints="x"\n# one paragraph', "two paragraphs"),
    ],
)
def test_the_builder_names_the_lesson_and_what_is_wrong_in_it(text, says):
    with pytest.raises(ValueError, match=says) as error:
        build.mark(text, "77-broken")
    assert "77-broken" in str(error.value)


def test_the_builder_names_the_lessons_there_are_when_one_is_unknown():
    with pytest.raises(ValueError, match="04-collapse"):
        build.build(names=["99-nothing"])


# ---- stock nbgrader: its own commands, its own preprocessors, nothing of ours --------------------------------------

STOCK = """
c = get_config()
c.CourseDirectory.root = {root!r}
c.CourseDirectory.source_directory = "solutions"
c.CourseDirectory.solution_directory = "with-answers"
c.CourseDirectory.ignore = ["*.py", "__pycache__", ".ipynb_checkpoints"]
c.CourseDirectory.course_id = "untangle"
c.Exchange.root = {exchange!r}
c.Execute.extra_arguments = ["--HistoryManager.hist_file=:memory:", "--log-level=ERROR"]
c.ExecutePreprocessor.timeout = 120
c.FileNameCollectorPlugin.named_regexp = r".*/(?P<student_id>[a-z]+)_(?P<file_id>.+)\\.ipynb"
"""


@pytest.fixture(scope="session")
def course(tmp_path_factory):
    """A course folder for stock nbgrader, with the lessons' sources in it."""
    root = tmp_path_factory.mktemp("course")
    shutil.copytree(ROOT / "solutions", root / "solutions")
    (root / "exchange").mkdir(mode=0o777)
    (root / "exchange").chmod(0o777)
    (root / "nbgrader_config.py").write_text(STOCK.format(root=str(root), exchange=str(root / "exchange")))
    return root


def without_pictures(path):
    """Take the cells that only draw out of a notebook: they earn nothing, and cost most of its time."""
    found = nbformat.read(path, 4)
    found.cells = [cell for cell in found.cells if cell.metadata.get("course", {}).get("kind") not in ("figure", "claims")]
    nbformat.write(found, path)


@pytest.mark.parametrize("name", lessons.NAMES)
def test_a_solved_notebook_earns_every_point_and_an_untouched_one_none_under_stock_nbgrader(course, name):
    stock = cycle.Course(course)
    stock.enrol(name)
    for student, made in (("solved", course / "solutions"), ("untouched", course / "released")):
        (course / "submitted" / student / name).mkdir(parents=True)
        shutil.copy(made / name / f"{name}.ipynb", course / "submitted" / student / name)
        # with the answers, they are drawn in test_lessons_in_browser.py: here only where there is no browser
        if student == "untouched" or os.path.exists(CHROMIUM):
            without_pictures(course / "submitted" / student / name / f"{name}.ipynb")
        stock.autograde(name, student)
    with stock.gradebook() as gradebook:
        scores = {student: gradebook.find_submission(name, student).score for student in ("solved", "untouched")}
    assert scores == {"solved": SYLLABUS[name][0], "untouched": 0}
    # a solved lesson goes from top to bottom without an error or a word on stderr
    ran = nbformat.read(course / "autograded" / "solved" / name / f"{name}.ipynb", 4)
    for cell in ran.cells:
        for output in cell.get("outputs", []):
            lessons.presentable(cell.id, output)


def test_nbgraders_own_commands_take_a_lesson_from_its_source_to_the_table_of_grades(course):
    name = "00-start-here"
    # collected from a folder, as downloaded from a learning platform
    archive = course / "downloaded" / name / "archive"
    archive.mkdir(parents=True)
    shutil.copy(course / "solutions" / name / f"{name}.ipynb", archive / f"collected_{name}.ipynb")
    without_pictures(archive / f"collected_{name}.ipynb")
    nbgrader(
        course, f"generate_assignment {name} --force", f"release_assignment {name}", f"zip_collect {name}",
        f"autograde {name} --student collected", f"generate_feedback {name} --student collected", "export",
    )  # fmt: skip
    with (course / "grades.csv").open() as file:
        assert ("collected", name) in {(row["student_id"], row["assignment"]) for row in csv.DictReader(file)}
    assert (course / "exchange" / "untangle" / "outbound" / name / f"{name}.ipynb").exists()
    assert (course / "feedback" / "collected" / name / f"{name}.html").exists()
