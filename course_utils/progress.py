"""What the learner has done so far: `python -m course_utils.progress` in a terminal, `progress()` in a notebook.

The learner's saved notebooks are run in processes of their own, with the checks as the lessons were released:
a changed or deleted check cell neither helps nor hurts, and nothing is written into the learner's folder.
"""

import argparse
import ast
import html
import json
import os
import queue
import shutil
import signal
import subprocess
import sys
import tempfile
import textwrap
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from course_utils import arguments
from course_utils.learn import BLAS_THREADS, COMMAND, find_house, find_work, lessons

SKIPPED = ("figure", "predict", "claims")
# set in every process that runs a notebook in order to judge it: there, asking for progress would never end
JUDGED = "UNTANGLE_JUDGED"


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


@dataclass(frozen=True)
class Lesson:
    """What there is to say about one lesson: its results, or in `problem` why there are none."""

    name: str
    results: list = field(default_factory=list)
    problem: str = ""

    def begun(self):
        return any(result.state not in ("not tried", "not written") or result.sentence for result in self.results)

    def tally(self, further):
        """Return the points so far and the points there are, without what is read by hand."""
        counted = [r for r in self.results if not r.by_hand and r.further == further]
        return sum(r.points for r in counted), sum(r.possible for r in counted)


def progress(*names):
    """Show what is done, not yet done, and not tried, for the lessons `names` (all, if none is named)."""
    if JUDGED in os.environ:
        return
    found = report(*names)
    from IPython import get_ipython
    from IPython.display import display

    if get_ipython() is None:
        print(as_text(found))
    else:
        display({"text/html": as_html(found), "text/plain": as_text(found)}, raw=True)


def report(*names, folder=None):
    """Return a Lesson for each of `names` (all lessons, if none is named), read in the learner's `folder`."""
    start = Path(folder or Path.cwd()).resolve()
    work = find_work(start) or start
    notebooks = next((f / "notebooks" for f in (work, *work.parents) if lessons(f / "notebooks")), None)
    notebooks = notebooks or find_house(start) / "notebooks"
    known = lessons(notebooks)
    wanted = [next((lesson for lesson in known if lesson.startswith(str(name))), name) for name in names] or known
    for name in wanted:
        arguments.choice("lesson", name, known)
    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(lambda name: _lesson(name, work, notebooks / name / f"{name}.ipynb"), wanted))


def judge(notebook_path, released_path=None, seconds_per_cell=20):
    """Return a Result for each exercise and free answer of a notebook, in the order of the released one.

    The checks that run are the released ones. Without `released_path` the notebook's own are taken.
    Raises ValueError for a file that is missing or not a notebook.
    """
    seconds = arguments.number("seconds_per_cell", seconds_per_cell, 0.1)
    notebook_path = Path(notebook_path)
    own = _read(notebook_path)
    release = own if released_path is None else _read(Path(released_path))
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
            blank = {"", cell.source.strip()} if not own_release else {"", "YOUR ANSWER HERE", "*Your answer goes here.*"}
            state = "written" if set(answers) - blank else "not written"
            judged.append(Result(cell.id, state, 0, cell.points, cell.further, by_hand=True))
    return judged


def as_text(found):
    """Return the lessons `found` by `report` as a table for a terminal."""
    width = min(shutil.get_terminal_size((100, 24)).columns, 110)
    names = [r.exercise for lesson in found for r in lesson.results if lesson.begun()]
    longest = max(map(len, names), default=0)
    lines = []
    for lesson in found:
        lines.append(f"{lesson.name}   {_headline(lesson)}")
        if not lesson.begun():
            continue
        for result in sorted(lesson.results, key=lambda r: r.further):
            start = f"  {_state(result):<24} {result.exercise:<{longest}}  {_points(result):>14}"
            lines.append(start.rstrip())
            said = [result.sentence, *(f"(a warning, not counted: {w})" for w in result.warnings)]
            for line in filter(None, said):
                lines += textwrap.wrap(line, width, initial_indent=" " * 6, subsequent_indent=" " * 6)
        lines.append("")
    return "\n".join([*lines, _NOTE]).replace("\n\n\n", "\n\n")


def as_html(found):
    """Return the lessons `found` by `report` as an HTML table."""
    rows = []
    for lesson in found:
        head = f'<th scope="rowgroup" colspan="2">{html.escape(lesson.name)}</th>'
        rows.append(f'<tbody><tr class="lesson">{head}<td colspan="2">{html.escape(_headline(lesson))}</td></tr>')
        for result in sorted(lesson.results, key=lambda r: r.further) if lesson.begun() else []:
            said = html.escape(result.sentence)
            said += "".join(f'<div class="aside">A warning, not counted: {html.escape(w)}</div>' for w in result.warnings)
            sign = {"done": "●", "written": "●", "not yet": "◐"}.get(result.state, "○")
            kind = "done" if sign == "●" else "yet" if sign == "◐" else "open"
            rows.append(
                f'<tr><th scope="row"><code>{html.escape(result.exercise)}</code></th>'
                f'<td class="{kind}"><span aria-hidden="true">{sign}</span> {_state(result)}</td>'
                f"<td>{_points(result)}</td><td>{said}</td></tr>"
            )
        rows.append("</tbody>")
    heads = "".join(f'<th scope="col">{head}</th>' for head in ("Exercise", "State", "Points", "What the check says"))
    return (
        f'<style>{_STYLE}</style><table class="untangle-progress"><caption>Your progress</caption>'
        f"<thead><tr>{heads}</tr></thead>{''.join(rows)}</table>"
        f'<p class="untangle-progress-note">{html.escape(_NOTE)}</p>'
    )


def main(words=None):
    """Run the command; return its exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m course_utils.progress", description="Show what is done, not yet done, and not tried."
    )
    parser.add_argument("lesson", nargs="*", help="a name such as 04-collapse, or its beginning; all, if none is given")
    asked = parser.parse_args(words)
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(errors="replace")  # a Windows terminal may not know every sign a check uses
    try:
        print(as_text(report(*asked.lesson)))
    except ValueError as problem:
        print(problem, file=sys.stderr)
        return 2
    return 0


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
    """Whether a cell is as it was handed out: every function in it, or the cell itself, only raises NotImplementedError.

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
    """Run the steps; return {id: outcome of that cell}. A cell that does not end is left out when the rest runs again."""
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
        try:
            os.killpg(runner.pid, signal.SIGKILL)  # with whatever the cells have started
        except ProcessLookupError:
            pass
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
        return result("not tried", "The cell is missing: " + _fresh_copy if outcomes else "The cell is missing.")
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


def _lesson(name, work, released):
    places = [work / name / f"{name}.ipynb", work / f"{name}.ipynb"]
    path = next((place for place in places if place.is_file()), None)
    if path is None:
        return Lesson(name)
    try:
        return Lesson(name, judge(path, released))
    except (ValueError, OSError) as problem:
        return Lesson(name, problem=f"{problem}. A fresh copy: {COMMAND} --again {name}")


# ---- showing it ----

_fresh_copy = f"`{COMMAND} --again LESSON` gives a fresh lesson and keeps yours beside it."
_NOTE = "Judged from your saved notebooks by the checks you can see. What is read by hand is not counted."
_STYLE = """
.untangle-progress { border-collapse: collapse; max-width: 960px; font-size: 14px; line-height: 1.45; color: var(--jp-ui-font-color1, inherit); }
.untangle-progress caption { text-align: left; font-weight: 600; font-size: 16px; padding: 4px 10px; color: var(--jp-ui-font-color1, inherit); }
.untangle-progress th, .untangle-progress td { text-align: left !important; vertical-align: top; padding: 5px 10px; font-weight: normal; white-space: normal; }
.untangle-progress thead th { color: var(--jp-ui-font-color2, inherit); font-size: 13px; }
.untangle-progress tbody { border-top: 1px solid var(--jp-border-color2, #ccc); }
.untangle-progress tr, .untangle-progress tr:nth-child(odd) { background: transparent !important; }
.untangle-progress .lesson th { font-weight: 600; }
.untangle-progress td:nth-child(2), .untangle-progress td:nth-child(3), .untangle-progress .lesson td { white-space: nowrap; }
.untangle-progress .done span { color: #0072b2; } .untangle-progress .yet span { color: #d55e00; }
.untangle-progress .aside, .untangle-progress-note, .untangle-progress .open { color: var(--jp-ui-font-color2, inherit); }
.untangle-progress-note { font-size: 13px; padding: 4px 10px; }
[data-jp-theme-light="false"] .untangle-progress .done span { color: #56b4e9; }
[data-jp-theme-light="false"] .untangle-progress .yet span { color: #f28e3c; }
"""


def _headline(lesson):
    if lesson.problem:
        return lesson.problem
    if not lesson.begun():
        return "not begun"
    parts = []
    for words, further in (("core", False), ("further", True)):
        points, possible = lesson.tally(further)
        if possible:
            parts.append(f"{words} {points:g} of {possible:g}")
    by_hand = [r for r in lesson.results if r.by_hand]
    if by_hand:
        parts.append(f"read by hand: {sum(r.state == 'written' for r in by_hand)} of {len(by_hand)} written")
    return ", ".join(parts)


def _state(result):
    return result.state + (" (further)" if result.further else "")


def _points(result):
    return f"{result.possible:g} by hand" if result.by_hand else f"{result.points:g} of {result.possible:g}"


if __name__ == "__main__":
    sys.exit(main())
