import fractions

import numpy as np
import pytest

from course_utils import arguments


@pytest.mark.parametrize("value", [np.float32(0.5), np.int8(1), 1, fractions.Fraction(1, 2)])
def test_any_real_number_becomes_a_float(value):
    assert type(arguments.number("gap", value, 0, 1)) is float


@pytest.mark.parametrize("value", [True, None, "1", 1j, np.nan, np.inf, 10**400, -0.1, 1.1, np.ones(1)])
def test_what_is_no_number_in_range_is_refused_by_name(value):
    with pytest.raises(ValueError, match=r"^gap should be a finite number from 0 to 1, but it is "):
        arguments.number("gap", value, 0, 1)


@pytest.mark.parametrize("value", [True, None, "3", 3.0, np.nan, 1, 10])
def test_what_is_no_whole_number_in_range_is_refused_by_name(value):
    with pytest.raises(ValueError, match=r"^n should be a whole number from 2 to 9, but it is "):
        arguments.integer("n", value, 2, 9)


@pytest.mark.parametrize(
    "value", [None, "ab", [], {}, [[1], [1, 2]], [["a", "b"]], [[None, 1]], [[1j, 1]], [[np.nan, 1]], np.zeros((3, 3))]
)
def test_what_is_no_array_of_points_is_refused_by_name(value):
    with pytest.raises(ValueError, match=r"^X should be an array of finite numbers of shape \(n, 2\), but "):
        arguments.array("X", value, "n", 2)


def test_equal_letters_must_be_equal_sizes():
    assert arguments.array("W", np.ones((3, 3), dtype=int), "n", "n").dtype == float
    with pytest.raises(ValueError, match=r"its shape is \(3, 4\)"):
        arguments.array("W", np.ones((3, 4)), "n", "n")


def test_an_array_is_copied_so_that_the_callers_stays_as_it_is():
    mine = np.zeros((2, 2))
    arguments.array("X", mine, 2, 2)[:] = 7
    assert not mine.any()


@pytest.mark.parametrize(
    "y, said", [([0, 2], "it holds 2"), ([0, -1], "it holds -1"), ([0, 0.5], "0.5"), ([0], "for each of the 2 points")]
)
def test_labels_other_than_0_and_1_are_refused(y, said):
    with pytest.raises(ValueError, match=said):
        arguments.points_and_labels(np.zeros((2, 2)), y)


def test_choices_texts_and_functions_are_refused_by_name():
    for check, wrong in ((lambda v: arguments.choice("kind", v, ["a", "b"]), ["c", None, 1]),
                         (lambda v: arguments.text("kind", v), ["", "  ", None, 3]),
                         (lambda v: arguments.function("kind", v), ["print", None, 3])):
        for value in wrong:
            with pytest.raises(ValueError, match=r"^kind should be "):
                check(value)
    assert arguments.choice("kind", "b", ["a", "b"]) == "b"
