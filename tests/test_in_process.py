"""What the browser does instead of starting a process: tried here, where a process could be started."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import tiny
from IPython.core.interactiveshell import InteractiveShell

from course_utils import learn, predictions, progress
from course_utils.judging import JUDGED, judge

CHECKS = {
    "double": "assert double(3) == 6, f'Twice 3 is 6, yours is {double(3)}.'\nprint('doubled')",
    "half": "assert half(3) == 1.5, f'Half of 3 is 1.5, yours is {half(3)}.'",
}


@pytest.fixture
def tell(tmp_path, monkeypatch):
    """Return {exercise: Result} of a learner's answers, judged as in the browser."""
    monkeypatch.setattr(learn, "IN_BROWSER", True)
    monkeypatch.setattr(subprocess, "Popen", None)

    def cells(double, half, *more):
        return [tiny.exercise("double", double), tiny.check("double", CHECKS["double"]),
                tiny.exercise("half", half), *more, tiny.check("half", CHECKS["half"], points=3)]  # fmt: skip

    release = tiny.lesson(tmp_path / "notebooks", "01-small", *cells(tiny.STUB, tiny.STUB))

    def judged(double=tiny.STUB, half=tiny.STUB, *more, seconds=20):
        path = tiny.lesson(tmp_path / "work", "01-small", *cells(double, half, *more))
        return {result.exercise: result for result in judge(path, release, seconds)}

    return judged


def test_right_wrong_and_untouched_answers_are_told_apart(tell):
    found = tell("return 2 * x", "return x")
    assert (found["double"].state, found["double"].points) == ("done", 2)
    assert (found["half"].state, found["half"].sentence) == ("not yet", "Half of 3 is 1.5, yours is 3.")
    assert tell("return 2 * x")["half"].state == "not tried"


@pytest.mark.parametrize("answer", ["return 1 / 0", "return x +", "raise SystemExit", "return float(input())"])
def test_an_answer_that_breaks_stops_no_other(tell, answer):
    found = tell(answer, "return x / 2")
    assert (found["double"].state, found["half"].state) == ("not yet", "done")


@pytest.mark.skipif(sys.version_info < (3, 12), reason="before Python 3.12 a loop cannot be stopped from inside")
def test_an_endless_loop_ends_and_the_others_are_still_judged(tell):
    found = tell("while True: pass", "return x / 2", seconds=0.3)
    assert found["double"].sentence == "double did not end within 0.3 s: a loop in it may never stop."
    assert found["half"].state == "done"
    assert all(sys.monitoring.get_tool(number) is None for number in range(6))


def test_nothing_of_it_stays_behind(tell, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv(JUDGED, raising=False)
    path = list(sys.path)
    more = tiny.code("import os, sys\nprint('heard')\nopen('left', 'w').close()\nassert os.environ['UNTANGLE_JUDGED']")
    assert tell("return 2 * x", "return x / 2", more)["half"].state == "done"
    assert (Path.cwd(), sys.path) == (tmp_path, path) and JUDGED not in os.environ
    assert capsys.readouterr() == ("", "")
    assert not list(tmp_path.rglob("left"))


def test_a_warning_is_told_and_costs_nothing(tell):
    found = tell("import warnings\nwarnings.warn('careful')\nreturn 2 * x", "return x / 2")["double"]
    assert (found.state, found.warnings) == ("done", ("UserWarning: careful",))


def test_a_figure_shown_by_an_answer_stays_out_of_the_page(tell, monkeypatch):
    shell = InteractiveShell.instance()
    shown = []
    monkeypatch.setattr(shell.display_pub, "publish", lambda *words, **more: shown.append(words))
    try:
        assert tell("from IPython.display import display\ndisplay(x)\nreturn 2 * x")["double"].state == "done"
        assert not shown
    finally:
        InteractiveShell.clear_instance()


def test_a_cell_that_is_gone_is_told_with_what_can_be_done_in_the_browser(tmp_path, monkeypatch):
    cells = [tiny.exercise("double", tiny.STUB), tiny.check("double", CHECKS["double"]), tiny.code("x = 1")]
    release = tiny.lesson(tmp_path / "notebooks", "01-small", *cells)
    path = tiny.lesson(tmp_path / "work", "01-small", *cells[1:])
    (here,) = judge(path, release)
    assert "python -m course_utils.learn --again" in here.sentence
    monkeypatch.setattr(learn, "IN_BROWSER", True)
    (there,) = judge(path, release)
    assert "Rename it" in there.sentence and "python" not in there.sentence


def test_predictions_and_progress_use_the_folder_that_the_browser_keeps(tmp_path, monkeypatch):
    monkeypatch.setattr(learn, "IN_BROWSER", True)
    monkeypatch.setattr(progress, "IN_BROWSER", True)
    monkeypatch.setattr(learn, "BROWSER_FILES", tmp_path / "drive")
    path = tiny.lesson(tmp_path / "drive", "00-start-here", tiny.exercise("share_right", "return 1"))
    assert predictions._path() == tmp_path / "drive" / predictions.FILE
    (found,) = progress.report("00", folder=path.parent)
    assert found.name == "00-start-here" and json.loads(path.read_text())
