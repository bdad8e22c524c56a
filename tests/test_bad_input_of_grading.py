"""What a teacher's own program may call of the grading: a strange value is refused by the name of its argument."""

from types import SimpleNamespace

import pytest
from strange import arguments_of, each_is_taken_or_refused_by_name, title

from course_utils.grading import batch, collect, cycle, grade, reports
from tools.build import ROOT

LESSON = "04-collapse"
SOURCE = ROOT / "solutions" / LESSON / f"{LESSON}.ipynb"


@pytest.fixture(scope="module")
def calls(tmp_path_factory):
    """Function -> a call that goes wrong only by what the test puts into it."""
    kept = tmp_path_factory.mktemp("class")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(kept)
        patch.setenv("CLASS_FOLDER", str(kept))
        course = cycle.Course(ROOT)
        # what is taken need not be graded
        patch.setattr(cycle.Course, "enrol", lambda *_: None)
        patch.setattr(batch, "_Batch", lambda *_: SimpleNamespace(plan=lambda *_: None, run=lambda *_: None, rows={}))
        (kept / "handed-in").mkdir()
        (kept / "handed-in" / "ada.ipynb").write_text("{}")
        yield {
            "Course": {"root": ROOT},
            "maximum": {"self": course, "lesson": LESSON},
            "find": {"folder": kept / "handed-in", "lesson": LESSON},
            "grade": {"course": course, "lesson": LESSON, "submissions": [], "workers": 1},
            "grade_notebook": {"source_notebook": SOURCE, "submitted_path": "nowhere.ipynb"},
            "write": {"course": course, "lesson": LESSON, "rows": []},
        }


@pytest.mark.parametrize(
    ("function", "name"),
    [
        pytest.param(function, name, id=f"{title(function)}-{name}")
        for function in (cycle.Course, cycle.Course.maximum, collect.find, batch.grade, grade.grade_notebook, reports.write)
        for name in arguments_of(function)
        if name not in ("self", "config")  # config: nbgrader's own settings, which nbgrader reads
    ],
)
def test_a_strange_value_is_taken_or_refused_by_the_name_of_its_argument(function, name, calls):
    each_is_taken_or_refused_by_name(function, calls[function.__name__], name)
