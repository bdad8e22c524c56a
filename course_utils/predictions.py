"""Predict questions: the learner answers with a choice and a confidence before the picture tells.

    ask("scaled", "w and b both become 10 times as large. What moves?", ["the line", "the scores", "both"])
    ...                                                      # the picture
    reveal("scaled", "the scores", "The line is where the score is 0, and 10 times 0 is 0.")

What is recorded is one line of JSON in `predictions.jsonl` in the learner's folder; lines are added, never changed.
"""

import datetime
import html
import json
import os
from pathlib import Path

import traitlets
from IPython.display import display

from course_utils import arguments
from course_utils.figures.live import LiveFigure, style
from course_utils.judging import JUDGED
from course_utils.learn import find_work

FILE = "predictions.jsonl"
CONFIDENCES = tuple(range(50, 101, 5))
# the choices of the questions asked in this notebook, and the answers that no file could take
_asked, _unsaved = {}, []
# the questions whose truth was shown before they were answered: an answer after that is no prediction
_told = set()


def ask(name, question, choices, why=None):
    """Show a question with its `choices` (texts) and a confidence from 50 to 100 %, and record the learner's answer.

    `name` is the question's own, the same in `reveal`; `why` is a sentence on what the answer will be needed for.
    """
    arguments.text("name", name)
    arguments.text("question", question)
    choices = arguments.texts("choices", choices, 2)
    if len(set(choices)) < len(choices):
        raise ValueError(f"choices should be different texts, but they are {choices!r}")
    if why is not None:
        arguments.text("why", why)
    _asked[name] = choices
    live = Question(name, question, choices, why)
    display(live)
    # what is left of it without a kernel; the live question hides it
    items = "".join(f"<li>{html.escape(words)}</li>" for words in choices)
    said = "".join(f"<p>{html.escape(words)}</p>" for words in (question, why) if words)
    plain = [question, *([why] if why else []), *(f"  - {words}" for words in choices)]
    still = f'<div class="{live.still_id}">{said}<ul>{items}</ul></div>'
    display({"text/html": still, "text/plain": "\n".join(plain)}, raw=True)


def reveal(name, correct, sentence):
    """Show what is true, why in one `sentence`, and beside it what the learner had said; record the truth likewise."""
    arguments.text("name", name)
    arguments.text("correct", correct)
    arguments.text("sentence", sentence)
    if name in _asked:
        arguments.choice("correct", correct, _asked[name])
    answer = next((a for a in answers() if a["name"] == name), None)
    if answer is None:
        _told.add(name)
        lines = [f"It is: {correct}"]
    else:
        if answer["correct"] != (answer["choice"] == correct):
            _add({"kind": "truth", "name": name, "correct": correct})
        said = f"You said: {answer['choice']} ({answer['confidence']} % sure)."
        lines = [f"{said} So it is"] if answer["choice"] == correct else [said, f"It is: {correct}"]
    lines[-1] = f"{lines[-1].rstrip('.')}."
    parts = "".join(f"<div>{html.escape(line)}</div>" for line in lines)
    box = f'<div style="{_BOX}">{parts}<div>{html.escape(sentence)}</div></div>'
    display({"text/html": box, "text/plain": "\n".join([*lines, sentence])}, raw=True)


def answers():
    """Return the recorded predictions as dicts: name, choice, confidence in percent, time, choices, correct.

    Of several answers to one question the first counts, and an answer given after the truth was shown never does.
    `correct` is True or False, or None as long as the truth has not been shown.
    """
    found, truths = {}, {}
    for line in _lines():
        if line["kind"] == "truth":
            truths[line["name"]] = line["correct"]
        elif line["kind"] == "answer" and line["name"] not in found and line["name"] not in truths and not line.get("told"):
            found[line["name"]] = line
    kept = ("name", "choice", "confidence", "time", "choices")
    return [
        {key: line[key] for key in kept} | {"correct": line["choice"] == truths[name] if name in truths else None}
        for name, line in found.items()
    ]


class Question(LiveFigure):
    """The live question; its drawing stands in `predictions.js`."""

    def __init__(self, name, question, choices, why):
        here = Path(__file__).with_suffix(".js")
        data = {"title": f"Predict: {question}", "question": question, "choices": choices, "why": why or ""}
        super().__init__(here, "predict", data, says=question)
        self._css = style() + here.with_suffix(".css").read_text(encoding="utf-8")
        self._name = name
        before = next((a for a in _lines() if a["kind"] == "answer" and a["name"] == name), None)
        if before and before["choice"] in choices:
            self.state = {"choice": choices.index(before["choice"]), "confidence": before["confidence"]}
            self._show(before, "")

    @traitlets.observe("state")
    def _record(self, change):
        state = change["new"]
        if not state.get("record") or "recorded" in self.data:
            return
        choices = self.data["choices"]
        choice, confidence = state.get("choice"), state.get("confidence")
        if choice not in range(len(choices)) or confidence not in CONFIDENCES:
            return
        answer = {"name": self._name, "choice": choices[choice], "confidence": int(confidence)}
        told = {"told": True} if self._name in _told else {}
        saved = _add({"kind": "answer", **answer, "choices": choices, **told})
        self._show(answer | told, "" if saved else "This folder cannot be written to, so it is kept until the kernel stops.")

    def _show(self, answer, problem):
        if answer.get("told"):
            problem = f"The answer was already in sight, so this is no prediction. {problem}".strip()
        recorded = {"choice": answer["choice"], "confidence": answer["confidence"], "problem": problem}
        self.data = {**self.data, "recorded": recorded}


# what a line of each kind holds besides its name; the third kind is written by `inventory.py`
_NEEDED = {
    "answer": ("choice", "confidence", "time", "choices"),
    "truth": ("correct",),
    "inventory": ("when", "answer", "reason", "time"),
}
_BOX = (
    "max-width: 760px; margin: 8px 0; padding: 8px 14px; line-height: 1.5; color: var(--jp-ui-font-color1, inherit); "
    "border-left: 3px solid var(--jp-border-color1, #888); background: var(--jp-layout-color1, transparent)"
)


def _path():
    return (find_work() or Path.cwd()) / FILE


def _lines():
    """All lines that were recorded; one that a crash has cut off is passed over."""
    try:
        raw = _path().read_bytes().split(b"\n")
    except OSError:
        raw = []
    found = list(_unsaved)
    for line in raw:
        try:
            line = json.loads(line)
            if all(key in line for key in ("name", *_NEEDED[line["kind"]])):
                found.append(line)
        except (ValueError, KeyError, TypeError):
            continue
    return sorted(found, key=lambda line: str(line.get("time", "")))


def _add(line):
    """Add one line to the learner's file; return whether it could be written."""
    line = line | {"time": datetime.datetime.now(datetime.UTC).isoformat(timespec="milliseconds")}
    if JUDGED not in os.environ:
        try:
            path = _path()
            # a line that a crash has cut off must not swallow this one
            whole = not path.exists() or path.read_bytes()[-1:] in (b"", b"\n")
            # one write of one line: several notebooks may be open at once
            with path.open("ab", buffering=0) as file:
                file.write((b"" if whole else b"\n") + json.dumps(line, ensure_ascii=False).encode() + b"\n")
            return True
        except OSError:
            pass
    _unsaved.append(line)
    return False
