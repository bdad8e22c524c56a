"""Honest submissions earn here what they earn under stock nbgrader. `python -m tools.compare_with_stock` compares every lesson."""

import json

import honest
import lessons
import nbformat
import pytest
from attacks import course as tiny
from stock import nbgrader

from course_utils.grading import executor, grade, notebooks, rebuild
from tools import attack_table, compare_with_stock
from tools.build import ROOT

STYLES = {
    "right": (tiny.ANSWERS, {}),
    "half": ({name: tiny.ANSWERS[name] for name in tiny.KNOWN}, {}),
    "printing": ({name: f"# mine\n{text}\nprint('{name}')" for name, text in tiny.ANSWERS.items() if name != "thoughts"}, {}),
    "own": (tiny.ANSWERS | {"ratio": "def ratio(a, b):\n    return a / b"},
            {"first": "import sys, warnings\nwarnings.warn('old', DeprecationWarning)\nprint('mind', file=sys.stderr)\n1 / 0", "last": "[1, 2]"}),
}  # fmt: skip


@pytest.fixture(scope="module")
def graded(tmp_path_factory):
    """A class graded by stock nbgrader, in one command; its folder and student -> check -> points."""
    root = tmp_path_factory.mktemp("stock")
    source = root / "solutions" / "attacked" / "attacked.ipynb"
    source.parent.mkdir(parents=True)
    (root / "class").mkdir()
    nbformat.write(tiny.source(), source)
    (root / "nbgrader_config.py").write_text(attack_table.COMMON + "c.Execute.timeout = 120\n")
    released = grade.released(source)
    for student, (answers, more) in STYLES.items():
        place = root / "class" / "submitted" / student / "attacked" / "attacked.ipynb"
        place.parent.mkdir(parents=True)
        place.write_text(json.dumps(tiny.handed_in(released, answers, **more)))
    nbgrader(root, "generate_assignment attacked", "autograde attacked")
    yield root, compare_with_stock.scores(f"sqlite:///{root}/class/gradebook.db", "attacked")
    executor.stop()


@pytest.mark.parametrize("student", STYLES)
def test_an_honest_submission_earns_what_stock_nbgrader_gives_it_and_draws_no_remark(graded, student):
    root, scores = graded
    path = root / "class" / "submitted" / student / "attacked" / "attacked.ipynb"
    found = grade.grade_notebook(root / "solutions" / "attacked" / "attacked.ipynb", path)
    assert {check: points or 0 for check, points in found["points"].items()} == scores[student]
    assert found["remarks"] == []


@pytest.mark.parametrize("name", lessons.NAMES)
def test_no_kind_of_honest_learner_is_remarked_upon_when_the_notebook_is_put_together(tmp_path, name):
    released = grade.released(ROOT / "solutions" / name / f"{name}.ipynb")
    for kind in honest.kinds(name, 4):
        path = tmp_path / f"{kind}.ipynb"
        nbformat.write(honest.notebook(name, kind), path)
        assert rebuild.rebuild(released, notebooks.read(path))[1] == [], kind


def test_stock_nbgrader_tells_the_submissions_apart(graded):
    assert {student: sum(points.values()) for student, points in graded[1].items()} == {"right": 8, "half": 5, "printing": 8, "own": 7}


def test_the_command_compares_at_least_forty_submissions_of_every_kind():
    chosen = [(name, kind) for name in lessons.NAMES for kind in honest.kinds(name, 4)]
    assert len(set(chosen)) >= 40
    assert {kind for _, kind in chosen} == set(honest.KINDS)
