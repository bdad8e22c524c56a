"""The numbers of the teacher's page: of totals, of exercises, and of what the checks said."""

import ast
import re
from collections import Counter
from dataclasses import dataclass, field
from statistics import median

import numpy as np

FEWEST = 10  # students, below which a correlation says nothing
SHORTEST = 12  # letters that a sentence of a check must have to be known again


@dataclass
class Item:
    """One exercise over the whole class: `share` is the mean of its points over the maximum, `discrimination` a correlation.

    Both are None while an answer waits to be read, and the correlation wherever it would say nothing; `reason` says why.
    """

    name: str
    maximum: float
    states: Counter
    share: float | None
    discrimination: float | None
    reason: str = ""
    further: bool = False


@dataclass
class Mistake:
    """One sentence of a check, as one student got it, and who got it (with their own numbers in it)."""

    exercise: str
    sentence: str
    students: list = field(default_factory=list)


def middle(totals):
    """Return the median, None of an empty list."""
    return median(totals) if totals else None


def items(outcomes, maximum):
    """Return an Item for each exercise, in the order of the lesson.

    The discrimination is the correlation of the points in one exercise with the sum of the points in all the others
    (the corrected item-total correlation; point-biserial where an exercise is all or nothing).
    """
    graded = [outcome for outcome in outcomes if outcome.graded]
    points = np.full((len(graded), len(maximum)), np.nan)
    names = list(maximum)
    states = {name: Counter() for name in names}
    further = {}
    for row, outcome in enumerate(graded):
        for exercise in outcome.exercises:
            states[exercise.name][exercise.state] += 1
            further[exercise.name] = exercise.further
            if exercise.points is not None:
                points[row, names.index(exercise.name)] = exercise.points
    # an exercise in which an answer waits for its reader is no part of anybody's sum
    whole = ~np.isnan(points).any(axis=0) & (len(graded) > 0)
    found = []
    for column, name in enumerate(names):
        own = points[:, column]
        share = float(own.mean() / maximum[name]) if whole[column] else None
        others = whole.copy()
        others[column] = False
        if whole[column]:
            value, reason = correlation(own, points[:, others].sum(axis=1))
        else:
            value, reason = None, "answers wait to be read" if states[name]["waiting"] else "not everybody was graded in it"
        found.append(Item(name, maximum[name], states[name], share, value, reason, further.get(name, False)))
    return found


def correlation(own, rest):
    """Return Pearson's correlation and "", or None and the reason why there is none."""
    if len(own) < FEWEST:
        return None, f"fewer than {FEWEST} students"
    if np.ptp(own) == 0:
        return None, "all have the same points"
    if np.ptp(rest) == 0:
        return None, "all have the same points in the other exercises"
    return float(np.corrcoef(own, rest)[0, 1]), ""


def mistakes(outcomes, checks):
    """Return what the checks said, commonest first: sentences that differ only in the learner's own numbers are one Mistake.

    `checks` is exercise -> source of its check, whose f-strings tell which parts of a sentence are a learner's.
    """
    patterns = {exercise: templates(source) for exercise, source in checks.items()}
    found = {}
    for outcome in outcomes:
        for exercise in outcome.exercises:
            if exercise.prose or exercise.state not in ("not yet", "stopped", "partly") or not exercise.sentence:
                continue
            kind = _kind(exercise.sentence, patterns.get(exercise.name, ()))
            mistake = found.setdefault((exercise.name, kind), Mistake(exercise.name, exercise.sentence))
            mistake.students.append(outcome.student)
    return sorted(found.values(), key=lambda mistake: (-len(mistake.students), mistake.exercise, mistake.sentence))


def templates(source):
    """Return the fixed parts of every sentence in a check, longest first: lists of texts, with anything between them."""
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError):
        return []
    found = []
    inner = {
        id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in ast.walk(node) if part is not node
    }
    for node in ast.walk(tree):
        if id(node) in inner:
            continue
        if isinstance(node, ast.JoinedStr):
            parts = [""]
            for value in node.values:
                if isinstance(value, ast.Constant):
                    parts[-1] += value.value
                else:
                    parts.append("")
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            parts = [node.value]
        else:
            continue
        if sum(map(len, parts)) >= SHORTEST:
            found.append(parts)
    return sorted(found, key=lambda parts: -sum(map(len, parts)))


def fits(sentence, parts):
    """Whether the fixed parts stand in the sentence in their order, the first at its start and the last at its end.

    Leftmost search decides that in linear time, whatever a submission puts into its own sentence.
    """
    if len(parts) == 1:
        return sentence == parts[0]
    if not (sentence.startswith(parts[0]) and sentence.endswith(parts[-1])):
        return False
    place, end = len(parts[0]), len(sentence) - len(parts[-1])
    for part in parts[1:-1]:
        place = sentence.find(part, place, end)
        if place < 0:
            return False
        place += len(part)
    return place <= end


def _kind(sentence, patterns):
    for number, parts in enumerate(patterns):
        if fits(sentence, parts):
            return number
    # not a sentence of the check as it stands: without its numbers it may still be the same as another's
    return re.sub(r"\d[\d.e+-]*", "0", sentence)
