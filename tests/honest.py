"""Submissions as honest learners hand them in: right, wrong, half done, and full of what people add to a notebook."""

import lessons
import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell

from tools.build import ROOT

PLOT = """
import matplotlib.pyplot as plt
import numpy as np
plt.plot(np.linspace(0, 1, 50), np.random.default_rng(1).normal(size=50))
plt.title("what does this look like?")
plt.show()
plt.close("all")"""
# what each kind of learner does, in words; a few of them for each lesson
KINDS = {
    "styled": "right, in another style",
    "styled-again": "right, in a second other style",
    "mistaken": "some of the usual mistakes",
    "mistaken-again": "others of the usual mistakes",
    "half": "the first half of the exercises",
    "untouched": "nothing done",
    "dropped": "one exercise left out",
    "commented": "comments and blank lines, a written answer",
    "extra-cells": "cells of one's own between the others, and notes",
    "printing": "answers that print what they do",
    "warning": "cells that warn, and write to standard error",
    "plotting": "pictures and values of one's own",
    "broken": "one answer with a syntax error",
    "failing": "a cell of one's own that stops with an error",
    "twice": "an answer written twice in its cell, the second one right",
}


def kinds(name, each):
    """Return the kinds of learners of a lesson: `each` of them, others in every lesson."""
    place, all_kinds = lessons.NAMES.index(name), list(KINDS)
    return [all_kinds[(place * each + number) % len(all_kinds)] for number in range(min(each, len(all_kinds)))]


def notebook(name, kind):
    """Return what a learner of that kind hands in for a lesson."""
    found = nbformat.read(ROOT / "notebooks" / name / f"{name}.ipynb", 4)
    right = {cell.id: cell.source for cell in lessons.of_kind(name, "exercise")}
    chosen, words = answers(name, kind, right), {}
    for cell in found.cells:
        if kind != "untouched" and cell.cell_type == "markdown" and cell.metadata.get("nbgrader", {}).get("solution"):
            words[cell.id] = "I think it depends on the *bend*: without one, every stack is a line.\n\n* first\n* second"
        cell.source = (chosen | words).get(cell.id, cell.source)
    decorate(found, kind)
    return found


def answers(name, kind, right):
    """Return the answers of a learner: exercise -> text."""
    known, first = lessons.answers(name), next(iter(right), None)
    if kind in ("styled", "styled-again"):
        return right | {exercise: texts[0 if kind == "styled" else -1] for exercise, texts in known.RIGHT.items()}
    if kind in ("mistaken", "mistaken-again"):
        number = kind == "mistaken-again"
        wrong = {e: rows[number][2] for place, (e, rows) in enumerate(known.MISTAKES.items()) if number < len(rows) and place % 2 == number}
        return right | wrong
    if kind == "half":
        return dict(list(right.items())[: len(right) // 2])
    if kind == "untouched":
        return {}
    if first is None:
        return right
    if kind == "dropped":
        return {exercise: text for exercise, text in right.items() if exercise != list(right)[len(right) // 2]}
    if kind == "commented":
        return {exercise: f"# {exercise}: it took me three attempts\n\n\n{text}\n\n# done!\n" for exercise, text in right.items()}
    if kind == "printing":
        return {exercise: f'{text}\nprint("{exercise} is defined")' for exercise, text in right.items()}
    if kind == "broken":
        return right | {first: right[first] + "\nthis is no Python"}
    if kind == "twice":
        return right | {first: f"{known.MISTAKES[first][0][2]}\n\n{right[first]}" if first in known.MISTAKES else right[first]}
    return right


def decorate(found, kind):
    """Add the cells that such a learner adds."""
    added = {
        "extra-cells": ["scratch = [n * n for n in range(10)]\nscratch", "total = sum(scratch)\nprint(total)"],
        "warning": ["import sys, warnings\nwarnings.warn('old habits', DeprecationWarning)\nprint('to stderr', file=sys.stderr)"],
        "plotting": [PLOT.strip(), "import numpy as np\nnp.eye(3)"],
        "failing": ["1 / 0"],
    }.get(kind, [])
    for number, source in enumerate(added):
        place = len(found.cells) * (number + 1) // (len(added) + 1)
        found.cells.insert(place, new_code_cell(source))
    if kind == "extra-cells":
        found.cells.insert(2, new_markdown_cell("Note to myself: read the part on bends again."))
