"""nbgrader's own commands with our executor in them: what the gradebook, the graded notebooks and the feedback pages hold."""

import contextlib
import csv
import json
import os
import re
import sqlite3

import nbformat
import pytest
from attacks import course, suite
from nbgrader.api import Gradebook
from stock import nbgrader

from course_utils.grading import grade
from tools.build import ROOT

SETTINGS = """
import sys
sys.path.insert(0, {home!r})
exec(open({home!r} + "/nbgrader_config.py").read().replace("Path(__file__).resolve().parent", "Path({root!r})"))
c.Examine.limits = {{"cell": 2, "call": 1, "check": 4, "total": 20, "grace": 0.5, "memory": 400 << 20}}
"""


@pytest.fixture(scope="module")
def graded(tmp_path_factory):
    """A class graded by `nbgrader autograde`: its folder and what was said."""
    root = tmp_path_factory.mktemp("course")
    source = root / "solutions" / "attacked" / "attacked.ipynb"
    source.parent.mkdir(parents=True)
    nbformat.write(course.source(), source)
    (source.parent / "table.csv").write_text("1,2\n")
    (root / "nbgrader_config.py").write_text(SETTINGS.format(home=str(ROOT), root=str(root)))
    released = grade.released(source)
    answers = {name: course.ANSWERS[name] for name in course.KNOWN}
    texts = {
        "ada": course.handed_in(released, course.ANSWERS),
        "bob": course.handed_in(released, answers, edit='for c in nb["cells"]:\n    c["metadata"]["tags"] = ["skip-execution"]\n'
                                                        '    c["metadata"].get("nbgrader", {}).update(points=77, schema_version=99)'),
        "eve": course.handed_in(released, answers, first="import os\nos._exit(0)", last="### BEGIN HIDDEN TESTS\nopen('table.csv').read()"),
        "fay": course.handed_in(released, answers | {"thoughts": "<script>alert(1)</script><img src=x onerror=alert(2)> I thought."}),
        "moe": course.handed_in(released, answers),
    }  # fmt: skip
    for student, notebook in texts.items():
        path = root / "class" / "submitted" / student / "attacked" / "attacked.ipynb"
        path.parent.mkdir(parents=True)
        path.write_text(json.dumps(notebook))
    moe = root / "class" / "submitted" / "moe" / "attacked"
    (moe / "numpy.py").write_text("raise SystemExit")
    (moe / "gradebook.txt").symlink_to(root / "class" / "gradebook.db")
    (moe / "answers").symlink_to(root / "solutions")
    (moe / "endless").symlink_to("/dev/zero")
    os.mkfifo(moe / "pipe")
    # these find the class's folders when nothing hides them: `moe` stands for the other one, and is graded behind `eva`
    for student, words in (("eva", "plants a trigger in the gradebook"), ("evi", "takes the answers out of the solutions")):
        (attack,) = [attack for attack in suite.ALL if attack.words == words]
        attack.write(root / "class" / "submitted" / student / "attacked", released)
    for student in ("kay", "lea"):
        (root / "class" / "submitted" / student / "attacked").mkdir(parents=True)
    (root / "class" / "submitted" / "kay" / "attacked" / "attacked.ipynb").write_text("%PDF-1.7")
    (root / "class" / "submitted" / "lea" / "attacked" / "attacked.ipynb").symlink_to(source)
    steps = ("generate_assignment attacked", "autograde attacked", "generate_feedback attacked", f"export --to {root}/grades.csv")
    return root, nbgrader(root, *steps, failing=["autograde attacked"])


def test_the_gradebook_holds_what_the_answers_earn(graded):
    root, _ = graded
    with Gradebook(f"sqlite:///{root}/class/gradebook.db") as gradebook:
        scores = {s.student.id: s.score for s in gradebook.assignment_submissions("attacked")}
        assert gradebook.find_submission_notebook("attacked", "attacked", "ada").needs_manual_grade
    names = ("ada", "bob", "eva", "eve", "evi", "fay", "moe")
    assert {name: scores[name] for name in names} == {**dict.fromkeys(names, 5), "ada": 8}


def test_the_gradebook_is_out_of_reach(graded):
    root, _ = graded
    with contextlib.closing(sqlite3.connect(root / "class" / "gradebook.db")) as database:
        assert database.execute("SELECT count(*) FROM grade WHERE extra_credit IS NOT NULL").fetchone() == (0,)
        assert database.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall() == []


def test_a_broken_submission_is_told_and_the_class_goes_on(graded):
    root, said = graded
    assert "attacked.ipynb is not a notebook" in said
    assert "for student 'kay'" in said and "for student 'lea'" in said
    assert not list((root / "class" / "autograded").glob("kay/**/*.ipynb")) and not list((root / "class" / "autograded").glob("lea/**/*.ipynb"))
    with (root / "grades.csv").open() as file:
        assert {row["student_id"] for row in csv.DictReader(file)} >= {"ada", "bob", "eve", "fay", "moe"}


def test_side_files_of_a_submission_are_neither_followed_nor_kept(graded):
    root, _ = graded
    kept = sorted(path.name for path in (root / "class" / "autograded" / "moe" / "attacked").rglob("*"))
    assert kept == ["attacked.ipynb", "table.csv"]


def test_a_graded_notebook_shows_sentences_and_never_the_lines_of_a_check(graded):
    root, _ = graded
    notebook = nbformat.read(root / "class" / "autograded" / "bob" / "attacked" / "attacked.ipynb", 4)
    (check,) = [cell for cell in notebook.cells if cell.id == "twice-check"]
    (error,) = check.outputs
    assert (error.output_type, error.ename) == ("error", "NotImplementedError")
    assert "secret" not in json.dumps([cell.get("outputs", []) for cell in notebook.cells])
    assert notebook.metadata.grading.tier in ("namespaces", "bubblewrap", "landlock")


def test_a_feedback_page_shows_no_hidden_tests_and_runs_nothing(graded):
    root, _ = graded
    for student in ("ada", "bob", "eve", "fay", "moe"):
        page = (root / "class" / "feedback" / student / "attacked" / "attacked.html").read_text()
        text = re.sub("<[^>]*>", "", page)
        assert "secret" not in text and "7341" not in text and "BEGIN HIDDEN" not in text.replace("### BEGIN HIDDEN TESTS\nopen", "")
        assert "Twice 2 is 4" in text, "the visible part of the check should be there"
        assert "<script>alert" not in page and "onerror=" not in re.sub("&lt;[^<]*", "", page)


def test_what_the_course_released_beside_a_notebook_is_there_and_an_ended_process_is_named(graded):
    root, _ = graded
    notebook = nbformat.read(root / "class" / "autograded" / "eve" / "attacked" / "attacked.ipynb", 4)
    assert notebook.cells[-1].outputs[0].data["text/plain"] == "'1,2\\n'"
    assert any("was stopped: the program ended" in remark for remark in notebook.metadata.grading.remarks)
