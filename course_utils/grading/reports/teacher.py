"""The page a teacher gets: the class in numbers and pictures, and which submissions need a look."""

import re
from collections import Counter

from course_utils.grading import sandbox
from course_utils.grading.reports import pages, pictures, similarity, statistics

MOST = 20  # sentences of checks, and groups of like answers, on the page
FEW = 3  # pairs side by side of a group of more than two
NAMES = 8  # of like submissions, in one line
LONGEST = 120  # lines of an answer beside another


def page(outcomes, lesson, pairs, class_folder, feedback="feedback", absent=()):
    """Return the page of a class as HTML.

    `outcomes` are the students' Outcomes, `lesson` is the Lesson, `pairs` come from `similarity.pairs`; `class_folder` is how
    the class's folder is called, `feedback` its folder of feedback, beside the page; `absent` are the ids of the students
    whom the gradebook knows and who handed in nothing.
    """
    graded = [outcome for outcome in outcomes if outcome.graded]
    totals = [outcome.total for outcome in graded]
    maximum = sum(lesson.maximum.values())
    items = statistics.items(outcomes, lesson.maximum)
    mistakes = statistics.mistakes(outcomes, lesson.checks)
    waiting = Counter(name for outcome in graded for name in outcome.waiting)
    found = looks(outcomes, pairs)
    alike = groups(pairs)
    none = Counter(item.reason for item in items) if all(item.discrimination is None for item in items) else None
    return pages.render(
        "teacher.html",
        lesson=lesson,
        outcomes=outcomes,
        graded=graded,
        items=items,
        looks=found,
        feedback=feedback,
        formgrader=pages.formgrader(class_folder),
        absent=sorted(absent),
        versions=sum("version" in map(kind, outcome.remarks) for outcome in graded),
        summary=summary(outcomes, maximum, found, sum(waiting.values()), len(absent)),
        tier=walls(graded),
        totals=pictures.totals(totals, maximum, statistics.middle(totals)) if totals and maximum else None,
        counts=pictures.counts(totals, maximum) if totals else [],
        exercises=pictures.exercises(items) if graded and items else None,
        discrimination=pictures.discrimination(items),
        no_discrimination=none.most_common(1)[0][0] if none else "",
        mistakes=mistakes[:MOST],
        more_mistakes=max(0, len(mistakes) - MOST),
        waiting=sorted(waiting.items()),
        waiting_answers=sum(waiting.values()),
        alike=alike[:MOST],
        few=FEW,
        more_groups=max(0, len(alike) - MOST),
    )


def summary(outcomes, maximum, found, waiting, absent=0):
    """Return the first sentences of the page: how many, how good, and what is left to do."""
    totals = [outcome.total for outcome in outcomes if outcome.graded]
    if not outcomes:
        return "Nobody has handed anything in."
    handed_in = f"{pages.count(len(outcomes), 'student')} handed something in"
    if not totals:
        return f"{handed_in}, and nothing could be graded."
    could = "all could be graded" if len(totals) == len(outcomes) else f"{len(totals)} could be graded"
    middle = f"the median is {pages.number(statistics.middle(totals))} of {pages.number(maximum)} points"
    said = [f"{handed_in}, {could}; {middle if maximum else 'the lesson has no points'}."]
    said.append(
        f"{pages.count(len(found), 'submission needs', 'submissions need')} a look." if found else "No submission needs a look."
    )
    if waiting:
        said.append(f"{pages.count(waiting, 'answer waits', 'answers wait')} to be read.")
    if absent:
        said.append(f"{pages.count(absent, 'student')} of the class handed nothing in.")
    return " ".join(said)


def walls(graded):
    """Return in words behind which walls the submissions ran."""
    tiers = Counter(outcome.tier for outcome in graded)
    if not tiers:
        return "No submission was run."
    said = []
    for tier, n in tiers.most_common():
        who = "All" if len(tiers) == 1 else n
        if tier in sandbox.TIERS:
            said.append(f"{who} ran {'without walls' if tier == 'limits' else 'in the sandbox'}: {sandbox.spoken(tier)}.")
        else:
            said.append(f"Of {'all' if len(tiers) == 1 else n} it is not known in which sandbox.")
    return " ".join(said)


def looks(outcomes, pairs):
    """Return (student, [(kind, why), ...]) for each submission that needs a look, those that could not be graded first."""
    alike = {}
    for pair in pairs:
        for student, other in (pair.students, pair.students[::-1]):
            alike.setdefault(student, []).append(other)
    found = []
    for outcome in outcomes:
        # an update of the course makes this true of everybody, and nobody did anything
        reasons = [(kind(remark), remark) for remark in outcome.remarks if kind(remark) != "version"]
        if not outcome.graded and not any(kind == "not graded" for kind, _ in reasons):
            reasons.append(("not graded", "there are no points, and nobody said why"))
        if outcome.graded and outcome.tier not in sandbox.TIERS[:-1]:
            reasons.append(
                ("sandbox", "ran without walls" if outcome.tier == "limits" else "it is not known in which sandbox it ran")
            )
        if outcome.student in alike:
            reasons.append(("alike", f"very like the answers of {some(alike[outcome.student])}"))
        if reasons:
            found.append(
                (outcome.student, [(kind, why.removeprefix("not graded: ")) for kind, why in sorted(reasons, key=_gravest)])
            )
    return sorted(found, key=lambda each: (each[1][0][0] != "not graded", each[0]))


def groups(pairs):
    """Return the pairs by who is like whom, directly or through others: (students, their pairs, the most alike first) a group."""
    order, group_of = {id(pair): place for place, pair in enumerate(pairs)}, {}
    for pair in pairs:
        small, large = sorted((group_of.setdefault(student, ({student}, [])) for student in pair.students), key=lambda group: len(group[0]))
        if small is not large:
            large[0].update(small[0])
            large[1].extend(small[1])
            group_of |= dict.fromkeys(small[0], large)
        large[1].append(pair)
    found = {id(group): group for group in group_of.values()}.values()
    listed = [(sorted(students), sorted(own, key=lambda pair: order[id(pair)])) for students, own in found]
    return sorted(listed, key=lambda group: order[id(group[1][0])])


def some(names):
    """Return some names of a long list, and how many there are besides."""
    return pages.listed(names if len(names) <= NAMES else [*names[: NAMES - 1], f"{len(names) - NAMES + 1} more"])


KINDS = {  # what a remark is about, the gravest first, and how such a remark is known
    "not graded": r"not graded: ",
    "stopped": r"cell \S+( \d+)? was stopped: |[\w.-]+-check: ",
    "sandbox": r"ran without walls",
    "alike": r"very like ",
    "cells": r"cells? |the answer to \S+ was found in a cell without|\d+ extra cells",
    "version": r"made with another version",
    "file": r"\d+ files, |handed in |\S+ was not found in ",
    "note": r"",
}


def kind(remark):
    """Return which kind of remark this is, in a word."""
    return next(kind for kind, pattern in KINDS.items() if re.match(pattern, remark))


def _gravest(reason):
    return list(KINDS).index(reason[0])


def _shown(outcome, name):
    """Return the points in one exercise as the table shows them."""
    points = {exercise.name: exercise.points for exercise in outcome.exercises}
    if name not in points:
        return "–"
    return "?" if points[name] is None else pages.number(points[name])


def _lines(shared, which):
    """Return the lines of one of two answers, each with whether the other answer has it, too."""
    own, other = (similarity.line_marks(text) for text in (shared.texts[which], shared.texts[1 - which]))
    elsewhere = {mark for _, mark in other if mark}
    lines = [(pages.clean(line), bool(mark) and mark in elsewhere) for line, mark in own]
    return lines if len(lines) <= LONGEST else [*lines[:LONGEST], (f"… {len(lines) - LONGEST} more lines", False)]


pages.add_filters(shown=_shown, lines=_lines, some=some)
