import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
import tiny

from course_utils import judging
from course_utils.judging import judge
from course_utils.learn import prepare, start_over
from course_utils.progress import as_html, as_text, progress, report

CHECKS = {
    "double": "assert double(3) == 6, f'Twice 3 is 6, yours is {double(3)}.'\nprint('doubled')",
    "half": "assert half(3) == 1.5, f'Half of 3 is 1.5, yours is {half(3)}.'",
}


def released(double=tiny.STUB, half=tiny.STUB, words="*Your answer goes here.*"):
    return [
        tiny.code("import numpy as np"),
        tiny.exercise("double", double),
        tiny.code("def double(x): return 'a figure must not run'", kind="figure"),
        tiny.check("double", CHECKS["double"]),
        tiny.exercise("half", half),
        tiny.check("half", CHECKS["half"], points=3, further=True),
        tiny.reflection("why", words),
    ]


@pytest.fixture
def tell(tmp_path):
    """Return {exercise: Result} of a learner's cells, judged by the released ones above."""
    release = tiny.lesson(tmp_path / "notebooks", "01-small", *released())

    def judged(*cells, **more):
        path = tiny.lesson(tmp_path / "work", "01-small", *cells)
        return {result.exercise: result for result in judge(path, release, **more)}

    return judged


def test_what_is_right_is_done_and_what_is_untouched_is_not_tried(tell):
    found = tell(*released(double="return 2 * x"))
    assert (found["double"].state, found["double"].points, found["double"].sentence) == ("done", 2, "")
    assert (found["half"].state, found["half"].points, found["half"].possible) == ("not tried", 0, 3)
    assert found["half"].further and not found["double"].further


def test_a_wrong_answer_is_not_yet_with_the_sentence_of_the_check(tell):
    found = tell(*released(double="return x"))
    assert (found["double"].state, found["double"].sentence) == ("not yet", "Twice 3 is 6, yours is 3.")
    assert found["double"].points == 0


def test_an_error_is_told_with_its_name(tell):
    found = tell(*released(double="return 1 / 0", half="return y"))
    assert found["double"].sentence == "double stopped with ZeroDivisionError: division by zero"
    assert found["half"].sentence == "half stopped with NameError: name 'y' is not defined"


def test_a_changed_exercise_that_still_raises_is_not_yet(tell):
    found = tell(*released(double=f"y = 2 * x\n{tiny.STUB}"))
    assert found["double"].state == "not yet"
    assert "still raises NotImplementedError" in found["double"].sentence


def test_a_syntax_error_names_the_line_and_leaves_the_others_alone(tell):
    found = tell(*released(double="return 2 * (x", half="return x / 2"))
    assert found["double"].sentence.startswith("double stopped with SyntaxError: '(' was never closed, in line 3")
    assert found["half"].state == "done"


def test_a_stub_of_an_older_release_is_still_not_tried(tell):
    cells = released()
    cells[1] = tiny.exercise("double", tiny.STUB.replace("not written yet", "older words"))
    assert tell(*cells)["double"].state == "not tried"


def test_an_untouched_notebook_is_not_run_at_all(tell, monkeypatch):
    monkeypatch.setattr(judging, "_run_once", None)
    assert {result.state for result in tell(*released()).values()} == {"not tried", "not written"}


def test_the_released_check_counts_whatever_the_learner_made_of_it(tell):
    cells = released(double="return x")
    cells[3].source = "pass"
    assert tell(*cells)["double"].state == "not yet"
    del cells[3]
    assert tell(*cells)["double"].sentence == "Twice 3 is 6, yours is 3."
    assert tell(*released(double="return 2 * x")[:2])["double"].state == "done"


def test_a_deleted_exercise_is_not_tried_and_says_that_its_cell_is_missing(tell):
    cells = released(half="return x / 2")
    del cells[1]
    found = tell(*cells)
    assert found["double"].state == "not tried"
    assert "The cell is missing" in found["double"].sentence
    assert found["half"].state == "done"


def test_an_answer_in_a_cell_of_its_own_counts(tell):
    cells = released()
    cells[1] = tiny.code("def double(x): return x + x")
    assert tell(*cells)["double"].state == "done"


def test_of_an_exercise_that_was_copied_the_last_one_counts_as_in_the_notebook(tell):
    cells = released(double="return x")
    again = tiny.exercise("double", "return 2 * x")
    again.id = "another-id"
    cells.insert(2, again)
    assert tell(*cells)["double"].state == "done"


def test_an_endless_loop_ends_and_the_others_are_still_judged(tell):
    started = time.monotonic()
    found = tell(*released(double="while True: pass", half="return x / 2"), seconds_per_cell=1)
    assert found["double"].state == "not yet"
    assert found["double"].sentence == "double did not end within 1 s: a loop in it may never stop."
    assert found["half"].state == "done"
    assert time.monotonic() - started < 60, "the limit was one second; the rest is for a busy machine"


def test_an_endless_loop_in_a_cell_that_is_not_a_check_ends_too(tell):
    cells = released(double="return 2 * x", half="return x / 2")
    cells[1].source += "\nwhile True: pass"
    found = tell(*cells, seconds_per_cell=1)
    assert "did not end" in found["double"].sentence
    assert found["half"].state == "done"


def test_an_answer_that_ends_python_stops_no_other(tell):
    found = tell(*released(double="import os; os._exit(3)", half="return x / 2"))
    assert found["double"].sentence == "double ended Python itself."
    assert found["half"].state == "done"
    assert "SystemExit" in tell(*released(double="raise SystemExit"))["double"].sentence


def test_an_answer_cannot_disturb_what_is_reported_by_printing_or_reading(tell):
    found = tell(*released(double="import os, sys; os.write(1, b'ready\\n'); print('x' * 10**6); return input()"))
    assert found["double"].sentence.startswith("double stopped with EOFError")


def test_a_warning_is_told_and_costs_nothing(tell):
    found = tell(*released(double="np.log(np.zeros(1)); return 2 * x"))
    assert found["double"].state == "done"
    assert found["double"].warnings == ("RuntimeWarning: divide by zero encountered in log",)


def test_magics_and_a_last_value_run_as_in_jupyter(tell):
    cells = [tiny.code("%matplotlib inline\n!true\nimport numpy as np\nnp"), *released(double="return 2 * x")[1:]]
    assert tell(*cells)["double"].state == "done"


def test_a_reflection_is_written_or_not_and_never_claims_points(tell):
    assert (tell(*released())["why"].state, tell(*released(words=" "))["why"].state) == ("not written", "not written")
    written = tell(*released(words="Because."))["why"]
    assert (written.state, written.points, written.by_hand) == ("written", 0, True)


def test_without_the_release_the_notebooks_own_checks_are_taken(tmp_path):
    path = tiny.lesson(tmp_path, "01-small", *released(double="return 2 * x"))
    for release in (None, path):
        found = {result.exercise: result.state for result in judge(path, release)}
        assert found == {"double": "done", "half": "not tried", "why": "not written"}


def test_nothing_is_written_into_the_learners_folder(tell, tmp_path, monkeypatch):
    monkeypatch.delenv("PYTHONDONTWRITEBYTECODE", raising=False)
    cells = released(double="open('mine.txt', 'w').write('x'); import helper; return helper.twice(x)")
    (tmp_path / "work/01-small").mkdir(parents=True)
    (tmp_path / "work/01-small/helper.py").write_text("def twice(x): return 2 * x")
    assert tell(*cells)["double"].state == "done"
    assert sorted(p.name for p in (tmp_path / "work").rglob("*")) == ["01-small", "01-small.ipynb", "helper.py"]


@pytest.mark.parametrize("damage", ["", "not json", "[]", '{"cells": 3}', '{"cells": [3]}', "[" * 100_000])
def test_a_broken_file_gets_a_sentence(tmp_path, damage):
    path = tmp_path / "01-small.ipynb"
    path.write_text(damage)
    with pytest.raises(ValueError, match=r"01-small\.ipynb is not a notebook"):
        judge(path)


def test_a_file_that_is_missing_gets_a_sentence(tmp_path):
    with pytest.raises(ValueError, match=r"there is no file x\.ipynb"):
        judge(tmp_path / "x.ipynb")


def test_a_strange_time_limit_is_refused(tmp_path):
    with pytest.raises(ValueError, match="seconds_per_cell should be a finite number"):
        judge(tmp_path / "x.ipynb", seconds_per_cell="long")


# ---- several lessons ----


@pytest.fixture
def course(tmp_path):
    """Three lessons: one begun, one not begun, one broken."""
    for name in ("01-small", "02-next", "03-last"):
        tiny.lesson(tmp_path / "notebooks", name, *released())
    prepare(tmp_path / "notebooks", tmp_path / "work")
    tiny.lesson(tmp_path / "work", "01-small", *released(double="return x", half="return x / 2", words="Because."))
    (tmp_path / "work/03-last/03-last.ipynb").write_text("")
    return tmp_path


def test_a_report_has_every_lesson_and_goes_on_after_a_broken_one(course):
    small, following, last = report(folder=course)
    assert (small.tally(False), small.tally(True)) == ((0, 2), (3, 3))
    assert not following.begun()
    assert "03-last.ipynb is not a notebook: the file is empty" in last.problem


def test_a_report_is_the_same_from_inside_the_learners_folder(course):
    assert report(folder=course / "work/01-small") == report(folder=course)


def test_one_lesson_is_reported_by_name_or_by_its_beginning(course):
    assert [lesson.name for lesson in report("01", folder=course)] == ["01-small"]
    with pytest.raises(ValueError, match="lesson should be one of '01-small', '02-next', '03-last'"):
        report("77", folder=course)


def test_the_text_has_one_line_for_a_lesson_that_is_not_begun_and_the_sentence_for_not_yet(course):
    lines = [line.split() for line in as_text(report(folder=course)).splitlines()]
    assert ["02-next", "not", "begun"] in lines
    assert ["not", "yet", "double", "0", "of", "2"] in lines
    assert ["done", "(further)", "half", "3", "of", "3"] in lines
    assert ["written", "why", "2", "by", "hand"] in lines
    assert ["Twice", "3", "is", "6,", "yours", "is", "3."] in lines


def test_the_html_table_has_headers_for_rows_and_columns_and_escapes_what_learners_write(course):
    cells = released(double="raise ValueError('<script>')")
    tiny.lesson(course / "work", "01-small", *cells)
    page = as_html(report(folder=course))
    assert page.count('scope="col"') == 4
    assert page.count('scope="rowgroup"') == 3
    assert '<th scope="row"><code>double</code></th>' in page
    assert "<caption>" in page
    assert "&lt;script&gt;" in page and "<script>" not in page


def test_the_command_prints_the_table_and_ends_well(course):
    done = subprocess.run(
        [sys.executable, "-W", "error", "-m", "course_utils.progress", "01-small"],
        cwd=course, capture_output=True, text=True, env=environment(),
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    assert "Twice 3 is 6" in done.stdout


def test_asking_for_progress_inside_a_judged_notebook_does_nothing(tell, course, monkeypatch, capsys):
    asked = "import os\nreturn 2 * x if os.environ.get('UNTANGLE_JUDGED') else None"
    assert tell(*released(double=asked))["double"].state == "done"
    monkeypatch.chdir(course)
    progress()
    assert "01-small" in capsys.readouterr().out
    monkeypatch.setenv("UNTANGLE_JUDGED", "1")
    progress()
    assert capsys.readouterr().out == ""


def test_after_starting_over_a_broken_lesson_is_whole_again(course):
    start_over(course / "notebooks", course / "work", "03-last")
    assert not report("03", folder=course)[0].problem


def test_a_lesson_is_judged_within_seconds(course):
    started = time.monotonic()
    report("01", folder=course)
    assert time.monotonic() - started < 30, "it takes about one second; the rest is for a busy machine"


def test_judging_needs_no_heavy_import():
    done = subprocess.run(
        [sys.executable, "-c", "import course_utils.progress, sys, json; print(json.dumps(list(sys.modules)))"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert not {"nbformat", "matplotlib", "IPython", "ipywidgets"} & set(json.loads(done.stdout))


def environment():
    return {**os.environ, "PYTHONPATH": str(Path(judging.__file__).parent.parent)}
