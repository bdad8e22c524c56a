"""What the learner has done so far: `python -m course_utils.progress` in a terminal, `progress()` in a notebook.

It reads the learner's saved notebooks, runs them (`judging.py`), and shows for each exercise whether it is done,
not yet done, or not tried.
"""

import argparse
import html
import os
import shutil
import sys
import textwrap
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from course_utils import arguments
from course_utils.judging import JUDGED, judge
from course_utils.learn import IN_BROWSER, find_house, find_work, how_to_start_over, lessons

_NOTE = "Judged from your saved notebooks by the checks you can see. What is read by hand is not counted."


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
    start = (Path.cwd() if folder is None else arguments.path("folder", folder)).resolve()
    work = find_work(start, beside=True) or start
    notebooks = next((f / "notebooks" for f in (work, *work.parents) if lessons(f / "notebooks")), None)
    notebooks = notebooks or find_house(start) / "notebooks"
    known = lessons(notebooks)
    wanted = [next((lesson for lesson in known if lesson.startswith(str(name))), name) for name in names] or known
    for name in wanted:
        arguments.choice("lesson", name, known)
    read = [(name, work, notebooks / name / f"{name}.ipynb") for name in wanted]
    if IN_BROWSER:
        return [_lesson(*one) for one in read]
    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(lambda one: _lesson(*one), read))


def _lesson(name, work, released):
    places = [work / name / f"{name}.ipynb", work / f"{name}.ipynb"]
    path = next((place for place in places if place.is_file()), None)
    if path is None:
        return Lesson(name)
    try:
        return Lesson(name, judge(path, released))
    except (ValueError, OSError) as problem:
        return Lesson(name, problem=f"{problem}. {how_to_start_over(name)}")


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
            for warning in result.warnings:
                said += f'<div class="aside">A warning, not counted: {html.escape(warning)}</div>'
            sign = {"done": "●", "written": "●", "not yet": "◐"}.get(result.state, "○")
            kind = "done" if sign == "●" else "yet" if sign == "◐" else "open"
            rows.append(
                f'<tr><th scope="row"><code>{html.escape(result.exercise)}</code></th>'
                f'<td class="{kind}"><span aria-hidden="true">{sign}</span> {_state(result)}</td>'
                f"<td>{_points(result)}</td><td>{said}</td></tr>"
            )
        rows.append("</tbody>")
    style = Path(__file__).with_suffix(".css").read_text(encoding="utf-8")
    heads = "".join(f'<th scope="col">{head}</th>' for head in ("Exercise", "State", "Points", "What the check says"))
    return (
        f'<style>{style}</style><table class="untangle-progress"><caption>Your progress</caption>'
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
