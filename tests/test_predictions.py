import json
import os
import stat
import subprocess
import sys
import threading
from pathlib import Path

import nbformat
import pytest
import tiny
from nbclient import NotebookClient

from course_utils import predictions
from course_utils.learn import RECORD
from course_utils.predictions import FILE, Question, answers, ask, reveal

CHOICES = ["the line", "the scores", "both"]
QUESTION = "w and b both become 10 times as large. What moves?"


@pytest.fixture(autouse=True)
def shown(tmp_path, monkeypatch):
    """Every test has a folder and a memory of its own; what would be displayed is kept in a list."""
    found = []
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(predictions, "display", lambda thing, **_: found.append(thing))
    for name, empty in (("_asked", {}), ("_unsaved", []), ("_told", set())):
        monkeypatch.setattr(predictions, name, empty)
    return found


def answer(choice, confidence=70, name="scaled"):
    """What the button does: ask anew, choose, press."""
    live = Question(name, QUESTION, CHOICES, None)
    live.state = {"choice": CHOICES.index(choice), "confidence": confidence, "record": True}
    return live


def lines(folder):
    return [json.loads(line) for line in (folder / FILE).read_text(encoding="utf-8").splitlines()]


def test_asking_shows_a_live_question_and_the_same_as_plain_text_and_writes_nothing(shown, tmp_path):
    ask("scaled", QUESTION, CHOICES, why="You will need it to read a score.")
    live, still = shown
    assert live.data["choices"] == CHOICES
    assert live.still_id in still["text/html"]
    assert still["text/plain"].splitlines()[0] == QUESTION
    assert "  - the scores" in still["text/plain"]
    assert not list(tmp_path.iterdir())


def test_a_recorded_answer_is_one_line_of_json(tmp_path):
    answer("both", 65)
    (line,) = lines(tmp_path)
    assert line.pop("time").startswith("20")
    assert line == {"kind": "answer", "name": "scaled", "choice": "both", "confidence": 65, "choices": CHOICES}


def test_the_answer_goes_to_the_learners_folder_from_any_lesson(tmp_path, monkeypatch):
    (tmp_path / RECORD).write_text("{}")
    (tmp_path / "04-collapse").mkdir()
    monkeypatch.chdir(tmp_path / "04-collapse")
    answer("both")
    assert len(lines(tmp_path)) == 1
    assert not list((tmp_path / "04-collapse").iterdir())


def test_asking_again_shows_the_recorded_answer_and_records_no_second_one(tmp_path):
    answer("both", 65)
    again = Question("scaled", QUESTION, CHOICES, None)
    assert again.data["recorded"] == {"choice": "both", "confidence": 65, "problem": ""}
    assert again.state == {"choice": 2, "confidence": 65}
    again.state = {"choice": 0, "confidence": 90, "record": True}
    assert len(lines(tmp_path)) == 1


@pytest.mark.parametrize(
    "state",
    [{"choice": 7}, {"choice": None}, {"choice": -1}, {"choice": 0, "confidence": 51}, {"choice": 0, "confidence": ""}],
)
def test_what_no_control_can_send_is_not_recorded(state, tmp_path):
    Question("scaled", QUESTION, CHOICES, None).state = {"confidence": 70, **state, "record": True}
    assert not list(tmp_path.iterdir())


def test_revealing_tells_what_was_said_what_is_true_and_why_and_records_the_truth_once(shown, tmp_path):
    answer("both", 65)
    assert answers()[0]["correct"] is None
    for _ in range(2):
        reveal("scaled", "the scores", "The line is where the score is 0.")
    assert shown[0]["text/plain"].splitlines() == [
        "You said: both (65 % sure).", "It is: the scores.", "The line is where the score is 0."
    ]  # fmt: skip
    assert [line["kind"] for line in lines(tmp_path)] == ["answer", "truth"]
    assert answers()[0]["correct"] is False


def test_a_right_prediction_is_told_as_quietly(shown):
    answer("the scores", 65)
    reveal("scaled", "the scores", "Because.")
    assert shown[0]["text/plain"].splitlines() == ["You said: the scores (65 % sure). So it is.", "Because."]
    assert answers()[0]["correct"] is True


def test_without_an_answer_the_truth_is_told_and_nothing_is_written(shown, tmp_path):
    reveal("scaled", "the scores", "The line is where the score is 0.")
    assert shown[0]["text/plain"].splitlines() == ["It is: the scores.", "The line is where the score is 0."]
    assert not list(tmp_path.iterdir())


def test_an_answer_given_after_the_truth_was_shown_is_kept_but_is_no_prediction(tmp_path):
    reveal("scaled", "the scores", "Because.")
    live = answer("the scores", 100)
    assert "no prediction" in live.data["recorded"]["problem"]
    assert len(lines(tmp_path)) == 1
    assert answers() == []
    assert "no prediction" in Question("scaled", QUESTION, CHOICES, None).data["recorded"]["problem"]


def test_of_two_answers_the_first_counts_and_both_are_kept(tmp_path):
    two = [Question("scaled", QUESTION, CHOICES, None) for _ in range(2)]
    for live, choice in zip(two, (0, 1), strict=True):
        live.state = {"choice": choice, "confidence": 60, "record": True}
    assert len(lines(tmp_path)) == 2
    assert [(a["choice"], a["confidence"]) for a in answers()] == [("the line", 60)]


def test_a_line_that_was_cut_off_loses_no_other(tmp_path):
    answer("both", name="one")
    with (tmp_path / FILE).open("a") as file:
        file.write('{"kind": "answer", "na')
    answer("both", name="two")
    with (tmp_path / FILE).open("a") as file:
        file.write('3\nnull\n{"kind": "truth"}\n\n')
    assert [a["name"] for a in answers()] == ["one", "two"]


def test_many_notebooks_at_once_lose_nothing(tmp_path):
    threads = [threading.Thread(target=answer, args=("both", 70, f"q{i}")) for i in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(answers()) == 20


def test_where_nothing_can_be_written_the_answer_is_kept_until_the_kernel_stops(shown, tmp_path):
    (tmp_path / FILE).mkdir()
    live = answer("both", 65)
    assert "kept until the kernel stops" in live.data["recorded"]["problem"]
    reveal("scaled", "the scores", "Because.")
    assert "You said: both" in shown[-1]["text/plain"]
    assert answers()[0]["correct"] is False


def test_while_a_notebook_is_being_judged_nothing_is_written(tmp_path, monkeypatch):
    monkeypatch.setenv("UNTANGLE_JUDGED", "1")
    answer("both", 65)
    assert not list(tmp_path.iterdir())


def test_what_is_shown_of_a_text_is_escaped(shown):
    ask("a", "Is 1 < 2 & 2 > 1?", ["<b>yes</b>", "no"])
    assert "Is 1 &lt; 2 &amp; 2 &gt; 1?" in shown[1]["text/html"]
    assert "&lt;b&gt;yes" in shown[1]["text/html"]


@pytest.mark.parametrize(
    "arguments, said",
    [
        (("", "q", CHOICES), "name should be a text"),
        (("a", None, CHOICES), "question should be a text"),
        (("a", "q", "yes no"), "choices should be a list of at least 2 texts"),
        (("a", "q", ["yes"]), "choices should be a list of at least 2 texts"),
        (("a", "q", ["yes", 3]), r"choices\[1\] should be a text"),
        (("a", "q", ["yes", "yes"]), "choices should be different texts"),
        (("a", "q", CHOICES, 3), "why should be a text"),
    ],
)
def test_a_question_that_cannot_be_asked_is_refused(arguments, said):
    with pytest.raises(ValueError, match=said):
        ask(*arguments)


def test_a_truth_that_was_not_among_the_choices_is_refused():
    ask("scaled", QUESTION, CHOICES)
    with pytest.raises(ValueError, match="correct should be one of 'the line', 'the scores', 'both'"):
        reveal("scaled", "the colours", "Because.")


def test_in_a_notebook_without_a_frontend_it_runs_quietly_in_a_folder_that_is_read_only(tmp_path):
    source = f"from course_utils.predictions import ask, reveal\nask('a', {QUESTION!r}, {CHOICES})"
    notebook = tiny.notebook(tiny.code(source), tiny.code("reveal('a', 'both', 'Because.')"))
    tmp_path.chmod(stat.S_IRUSR | stat.S_IXUSR)
    try:
        NotebookClient(notebook, kernel_name="python3", resources={"metadata": {"path": tmp_path}}).execute()
    finally:
        tmp_path.chmod(stat.S_IRWXU)
    outputs = [output for cell in notebook.cells for output in cell.outputs]
    assert [output.output_type for output in outputs] == ["display_data"] * 3
    assert "application/vnd.jupyter.widget-view+json" in outputs[0].data
    assert not list(tmp_path.iterdir())
    nbformat.validate(notebook)


def test_in_plain_python_it_says_nothing_to_stderr(tmp_path):
    source = f"from course_utils.predictions import *; ask('a', 'q', {CHOICES}); reveal('a', 'both', 'Because.')"
    done = subprocess.run([sys.executable, "-W", "error", "-c", source], capture_output=True, text=True, env=env())
    assert (done.returncode, done.stderr) == (0, "")
    assert not list(tmp_path.iterdir())


def env():
    return {**os.environ, "PYTHONPATH": str(Path(predictions.__file__).parent.parent)}
