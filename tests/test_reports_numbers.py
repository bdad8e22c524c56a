"""The numbers of the teacher's page equal those computed in another way, and sentences of checks are told apart."""

import numpy as np
import pytest

from course_utils.grading.reports import pictures, statistics
from course_utils.grading.reports.results import Exercise, Outcome
from tests import lessons


def outcomes(points, maximum):
    """Students from a matrix of points, right or not yet."""
    rows = []
    for number, row in enumerate(points):
        listed = [
            Exercise(name, float(given), top, "right" if given == top else "not yet")
            for given, (name, top) in zip(row, maximum.items(), strict=True)
        ]
        rows.append(Outcome(f"s{number}", exercises=listed, tier="namespaces"))
    return rows


def test_difficulty_and_discrimination_equal_those_computed_by_hand():
    rng = np.random.default_rng(0)
    skill = rng.normal(size=40)
    maximum = {"a": 5, "b": 2, "c": 3, "d": 4}
    points = np.array(
        [(skill + rng.normal(size=40) > cut) * top for cut, top in zip((-1, 0, 0.5, 9), maximum.values(), strict=True)]
    ).T
    items = statistics.items(outcomes(points, maximum), maximum)
    for column, item in enumerate(items[:3]):
        own, rest = points[:, column], np.delete(points, column, axis=1).sum(axis=1)
        # the point-biserial formula, which knows nothing of correlations
        right = own > 0
        p = right.mean()
        by_hand = (rest[right].mean() - rest[~right].mean()) / rest.std() * np.sqrt(p * (1 - p))
        assert item.discrimination == pytest.approx(by_hand)
        assert item.share == pytest.approx(p)
    assert items[3].share == 0 and items[3].discrimination is None and items[3].reason == "all have the same points"


def test_an_exercise_that_waits_for_its_reader_counts_in_nobodys_sum():
    maximum = {"a": 1, "b": 1, "essay": 9}
    rng = np.random.default_rng(1)
    points = rng.integers(0, 2, (30, 3))
    rows = outcomes(points, maximum)
    for row in rows[:5]:
        row.exercises[2].points, row.exercises[2].state = None, "waiting"
    for row in rows[5:]:
        row.exercises[2].points = 9.0
    a, _, essay = statistics.items(rows, maximum)
    assert a.discrimination == pytest.approx(np.corrcoef(points[:, 0], points[:, 1])[0, 1])
    assert essay.share is None and essay.reason == "answers wait to be read"


def test_few_students_have_no_discrimination_and_the_reason_is_given():
    maximum = {"a": 1, "b": 1}
    items = statistics.items(outcomes([[0, 1], [1, 0]], maximum), maximum)
    assert [item.reason for item in items] == ["fewer than 10 students"] * 2


def test_the_bars_hold_every_student_once():
    for maximum in (1, 5, 24, 25, 100, 24.5):
        totals = np.linspace(0, maximum, 61)
        found = pictures.counts(totals, maximum)
        assert sum(n for _, n in found) == 61 and len(found) <= 27


def test_a_sentence_is_known_again_by_its_fixed_parts():
    source = 'assert x, f"Your {a} is {b!r} too many."\nassert y, "Nothing at all here."\nassert z, (f"Your {a} is {b} or so, "\n "and more.")'
    parts = statistics.templates(source)
    assert ["Your ", " is ", " too many."] in parts and ["Your ", " is ", " or so, and more."] in parts
    assert statistics.fits("Your bias is 3 too many.", ["Your ", " is ", " too many."])
    assert not statistics.fits("Your bias is 3 too few.", ["Your ", " is ", " too many."])
    assert not statistics.fits("Your too many.", ["Your ", " is ", " too many."])
    assert not statistics.fits("aba", ["ab", "ba"])


def test_sentences_of_every_check_in_the_course_are_told_apart():
    for name in lessons.NAMES:
        for exercise in lessons.exercises(name):
            parts = statistics.templates("".join(lessons.check(name, exercise)))
            assert parts, exercise
            for own in parts:
                made_up = "42".join(own)
                first = next(other for other in parts if statistics.fits(made_up, other))
                assert sum(map(len, first)) >= sum(map(len, own))
