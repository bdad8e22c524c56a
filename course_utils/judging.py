"""Runs a learner's notebook in a process of its own and says what each exercise came to.

The checks that run are those of the released lesson: a changed or deleted check cell neither helps nor hurts.
Nothing is written into the learner's folder.
"""

import ast
import contextlib
import json
import os
import queue
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from dataclasses import dataclass
from pathlib import Path

from course_utils import arguments, in_process, learn
from course_utils.learn import BLAS_THREADS

SKIPPED = ("figure", "predict", "claims")
# set in every process that runs a notebook in order to judge it: what asks the learner, or shows progress, keeps still
JUDGED = "UNTANGLE_JUDGED"
BLANK = ("YOUR ANSWER HERE", "*Your answer goes here.*")


@dataclass(frozen=True)
class Result:
    """One exercise: `state` is "done", "not yet" or "not tried"; for a free answer "written" or "not written".

    `points` are what the visible check gives, 0 for a free answer, which a person reads.
    """

    exercise: str
    state: str
    points: float
    possible: float
    further: bool = False
    by_hand: bool = False
    sentence: str = ""
    warnings: tuple = ()


def judge(notebook_path, released_path=None, seconds_per_cell=20):
    """Return a Result for each exercise and free answer of a notebook, in the order of the released one.

    The checks that run are the released ones. Without `released_path` the notebook's own are taken.
    Raises ValueError for a file that is missing or not a notebook.
    """
    seconds = arguments.number("seconds_per_cell", seconds_per_cell, 0.1)
    notebook_path = arguments.path("notebook_path", notebook_path)
    released_path = None if released_path is None else arguments.path("released_path", released_path)
    own = _read(notebook_path)
    release = own if released_path is None else _read(released_path)
    own_release = released_path is None or os.path.samefile(notebook_path, released_path)
    steps = _steps(own, release)
    stubs = {cell.id: cell.source for cell in release if cell.exercise and (not own_release or _is_stub(cell.source))}
    known = {cell.source.strip() for cell in release}
    # a notebook in which nobody wrote code need not run
    written = own_release or any(cell.source.strip() not in known for cell in own if cell.code and not cell.check)
    pictures = Path(released_path or notebook_path).parent if not own_release else None
    outcomes = _run(steps, notebook_path.parent, pictures, seconds) if written else {}
    judged = []
    for cell in release:
        if cell.check:
            judged.append(_judge_exercise(cell, own, stubs, outcomes))
        elif cell.by_hand:
            answers = [mine.source.strip() for mine in own if mine.id == cell.id]
            blank = {"", *BLANK} if own_release else {"", cell.source.strip()}
            state = "written" if set(answers) - blank else "not written"
            judged.append(Result(cell.id, state, 0, cell.points, cell.further, by_hand=True))
    return judged


# ---- reading a notebook ----


@dataclass(frozen=True)
class _Cell:
    id: str
    source: str
    code: bool
    kind: str
    grade: bool
    solution: bool
    points: float
    further: bool

    @property
    def exercise(self):
        return self.code and self.solution and not self.grade

    @property
    def check(self):
        return self.code and self.grade and not self.solution

    @property
    def by_hand(self):
        return self.grade and self.solution


def _read(path):
    """The cells of a notebook; nbformat would be the proper reader, but takes longer to import than we take in all."""
    try:
        found = json.loads(path.read_text(encoding="utf-8-sig"))
        return [_cell(cell) for cell in found["cells"]]
    except FileNotFoundError:
        raise ValueError(f"there is no file {path.name}") from None
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        size = path.stat().st_size
        raise ValueError(f"{path.name} is not a notebook" + (": the file is empty" if size == 0 else "")) from None


def _cell(cell):
    source = cell.get("source", "")
    metadata = cell.get("metadata") or {}
    marks, course = metadata.get("nbgrader") or {}, metadata.get("course") or {}
    points = marks.get("points", 0)
    return _Cell(
        id=str(marks.get("grade_id") or cell.get("id") or ""),
        source=source if isinstance(source, str) else "".join(source),
        code=cell["cell_type"] == "code",
        kind=str(course.get("kind", "")),
        grade=bool(marks.get("grade")),
        solution=bool(marks.get("solution")),
        points=points if isinstance(points, (int, float)) else 0,
        further=bool(course.get("further")),
    )


def _is_stub(source):
    """Whether a cell is as it was handed out: each function in it, or the cell itself, only raises NotImplementedError.

    Asked of the text alone, since a lesson may have changed since the learner began.
    """
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError):
        return False
    raises = 0
    bodies = [tree.body, *(node.body for node in tree.body if isinstance(node, ast.FunctionDef))]
    for node in (statement for body in bodies for statement in body):
        if isinstance(node, ast.Raise) and "NotImplementedError" in ast.dump(node):
            raises += 1
        elif not isinstance(node, (ast.Import, ast.ImportFrom, ast.FunctionDef)) and not (
            isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        ):
            return False
    return raises > 0


def _name(check):
    return check.id.removesuffix("-check")


# ---- running it ----


def _steps(own, release):
    """What is to run, in the learner's order: a check as it was released, and where the learner left its place."""
    checks = {cell.id: cell for cell in release if cell.check}
    kinds = {cell.id: cell.kind for cell in release}
    steps = []
    for cell in own:
        if cell.id in checks:
            # of a check that was copied, the last place counts
            steps = [step for step in steps if step.id != cell.id] + [checks[cell.id]]
        elif cell.code and (cell.kind or kinds.get(cell.id)) not in SKIPPED:
            steps.append(cell)
    for check in checks.values():
        if check not in steps:
            places = [place for place, step in enumerate(steps) if step.id == _name(check)]
            steps.insert(places[-1] + 1 if places else len(steps), check)
    return steps


def _run(steps, folder, pictures, seconds):
    """Run the steps; return {id: outcome of that cell}. After a cell that does not end, the others run without it."""
    outcomes, stuck = {}, set()
    while True:
        todo = [place for place, step in enumerate(steps) if place not in stuck]
        todo = [place for place in todo if not (steps[place].check and steps[place].id in outcomes)]
        if not any(steps[place].check for place in todo):
            return outcomes
        seen, fate = _run_once([steps[place].source for place in todo], folder, pictures, seconds)
        for place, outcome in zip(todo, seen, strict=False):
            outcomes[steps[place].id] = outcome
        if len(seen) == len(todo):
            return outcomes
        unfinished = todo[len(seen)]
        stuck.add(unfinished)
        outcomes[steps[unfinished].id] = {"error": ["stuck", fate], "warnings": []}


def _run_once(sources, folder, pictures, seconds):
    """Run cells in a fresh process; return the outcomes of those that ended, and why the next one did not."""
    here = str(Path(__file__).resolve().parent.parent)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as place:
        if pictures:
            away = shutil.ignore_patterns("*.ipynb", ".*", "__pycache__")
            shutil.copytree(pictures, place, ignore=away, dirs_exist_ok=True)
        environment = dict(os.environ) | dict.fromkeys(BLAS_THREADS, "1")
        environment |= {"MPLBACKEND": "Agg", "PYTHONDONTWRITEBYTECODE": "1", JUDGED: "1", "IPYTHONDIR": place}
        if learn.IN_BROWSER:
            return in_process.run_all(sources, place, [str(folder)], seconds, {JUDGED: "1"})
        environment["PYTHONPATH"] = os.pathsep.join([here, *filter(None, [os.environ.get("PYTHONPATH")])])
        runner = subprocess.Popen(
            [sys.executable, "-m", "course_utils.cells"], cwd=place, env=environment, start_new_session=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        lines = queue.Queue()
        threading.Thread(target=_listen, args=(runner, lines), daemon=True).start()
        try:
            runner.stdin.write(json.dumps({"folders": [str(folder)], "cells": sources}).encode())
            runner.stdin.close()
            if _next(lines, max(60, seconds)) is None:
                raise ValueError("Python could not be started to run it; is IPython installed?")
            seen = []
            while len(seen) < len(sources):
                outcome = _next(lines, seconds)
                if not outcome:
                    fate = "ended Python itself" if outcome is None else f"did not end within {seconds:g} s"
                    return seen, fate
                seen.append(json.loads(outcome))
            return seen, ""
        finally:
            _end(runner)


def _listen(runner, lines):
    with runner.stdout:
        for line in runner.stdout:
            lines.put(line)
    lines.put(None)


def _next(lines, seconds):
    """The next line; None when there will be none, False when it did not come in time."""
    try:
        return lines.get(timeout=seconds)
    except queue.Empty:
        return False


def _end(runner):
    if hasattr(os, "killpg"):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(runner.pid, signal.SIGKILL)  # with whatever the cells have started
    else:
        runner.kill()
    runner.wait()


# ---- judging it ----


def _judge_exercise(check, own, stubs, outcomes):
    name = _name(check)
    answers = [cell.source for cell in own if cell.id == name and cell.exercise]
    untouched = all(answer.strip() == stubs.get(name, "").strip() or _is_stub(answer) for answer in answers)
    nothing = {"error": ["NotImplementedError", ""], "warnings": []}
    outcome, cell_outcome = outcomes.get(check.id, nothing), outcomes.get(name, {"error": None, "warnings": []})

    def result(state, sentence="", warnings=()):
        points = check.points if state == "done" else 0
        return Result(name, state, points, check.points, check.further, sentence=sentence, warnings=tuple(warnings))

    warnings = dict.fromkeys([*cell_outcome["warnings"], *outcome["warnings"]])
    if outcome["error"] is None:
        return result("done", warnings=warnings)
    kind, text = outcome["error"]
    if not answers and kind in ("NameError", "NotImplementedError"):
        return result("not tried", f"The cell is missing. {learn.how_to_start_over()}")
    if answers and untouched:
        return result("not tried")
    if cell_outcome["error"] and kind in ("NameError", "NotImplementedError"):
        kind, text = cell_outcome["error"]  # the check failed only because the cell before it did
    if kind == "AssertionError" and text:
        sentence = text
    elif kind == "NotImplementedError":
        sentence = f"{name} still raises NotImplementedError: that line goes when your answer is in its place."
    elif kind == "stuck":
        sentence = f"{name} {text}" + (": a loop in it may never stop." if "did not end" in text else ".")
    else:
        sentence = f"{name} stopped with {kind}" + (f": {text}" if text else ".")
    return result("not yet", sentence, warnings)
