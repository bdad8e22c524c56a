"""The page a student gets: points, and the sentence of each check."""

from collections import Counter

from course_utils.grading.reports import pages

SIGNS = {"right": "✓", "partly": "◐", "not yet": "○", "stopped": "○", "not tried": "–", "waiting": "…"}
WORDS = {
    "right": "holds",
    "partly": "partly there",
    "not yet": "not there yet",
    "stopped": "did not run",
    "not tried": "not tried",
    "waiting": "waits to be read",
}


def page(outcome, lesson):
    """Return the page of one graded student, an Outcome, as HTML."""
    waiting = sum(exercise.maximum for exercise in outcome.exercises if exercise.points is None)
    core = [exercise for exercise in outcome.exercises if not exercise.further]
    further = [exercise for exercise in outcome.exercises if exercise.further]
    return pages.render(
        "student.html",
        outcome=outcome,
        lesson=lesson,
        maximum=sum(lesson.maximum.values()),
        waiting=waiting,
        core=core,
        further=further,
        summary=summary(outcome),
        signs=SIGNS,
        words=WORDS,
    )


def summary(outcome):
    """Return in one sentence what became of the exercises, what holds first."""
    states = Counter(exercise.state for exercise in outcome.exercises)
    parts = [
        (states["right"], "holds", "hold"),
        (states["partly"], "is partly there", "are partly there"),
        (states["not yet"] + states["stopped"], "is not there yet", "are not there yet"),
        (states["not tried"], "was not tried", "were not tried"),
    ]
    said = [f"{n} {one if n == 1 else many}" for n, one, many in parts if n]
    if not said:
        return ""
    if len(said) == 1 and parts[0][0]:
        return "Everything that a check can tell holds." if states["waiting"] else "Everything holds."
    if len(said) == 1 and states["not tried"]:
        return f"None of the {states['not tried']} exercises was tried."
    return f"Of {pages.count(len(outcome.exercises) - states['waiting'], 'exercise')} {pages.listed(said)}."
