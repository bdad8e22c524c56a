"""The live figures of lesson 02: what Python checks, computes and says about them."""

import itertools
import re

import numpy as np
import pytest
from live_figures import is_whole_on_a_page

from course_utils.figures import no_line as lesson


def honest_accuracy(X, y):
    """By brute force: neurons with small whole weights and half biases reach every cut of the unit square's corners."""
    best = 0
    for w1, w2, b in itertools.product((-2, -1, 0, 1, 2), (-2, -1, 0, 1, 2), np.arange(-4.5, 5)):
        best = max(best, float(np.mean((X @ np.array([w1, w2]) + b > 0) == y)))
    return best


def honest_fraction(N, d):
    """Cover's recursion, in whole numbers."""
    ways = dict.fromkeys(range(1, d + 2), 2)
    for _ in range(N - 1):
        ways = {D: ways[D] + ways.get(D - 1, 0) for D in ways}
    return ways[d + 1] / 2**N


FIGURES = {
    "turn_the_line": lesson.turn_the_line,
    "truth_tables": lambda: lesson.truth_tables(honest_accuracy),
    "cover_curve": lambda: lesson.cover_curve(honest_fraction),
}


@pytest.mark.parametrize("name", FIGURES)
def test_a_live_figure_and_its_still_are_two_outputs_and_the_still_has_alt_text(name, shown):
    figure = FIGURES[name]()
    widget, still = shown
    assert widget["application/vnd.jupyter.widget-view+json"]["model_id"] == figure.model_id
    alt = re.search(r'<img[^>]*alt="([^"]+)"', still.data)
    assert alt and len(alt[1]) > 60 and re.search(r"\d", alt[1])


@pytest.mark.parametrize("name", FIGURES)
def test_a_page_holds_the_whole_figure_and_asks_nothing_of_the_network(name, shown):
    is_whole_on_a_page(FIGURES[name](), name)


def test_no_place_on_the_map_of_lines_has_all_four_points_right(shown):
    X, y = lesson.datasets.xor_corners()
    shares = lesson._map_of_lines(X, y, np.arange(0.5, 360), np.linspace(-0.997, 0.997, 200))
    assert set(np.unique(shares)) == {0.25, 0.5, 0.75}
    # turning the arrow round swaps the sides: each line and its opposite share out all points
    assert np.allclose(shares[:, :180] + shares[::-1, 180:], 1)


def test_each_drawn_line_has_as_many_points_right_as_a_brute_force_search_finds(shown):
    data = lesson.truth_tables(honest_accuracy).data
    X = np.array(data["X"])
    assert len(data["tables"]) == 16
    for table in data["tables"]:
        y = np.array(table["y"])
        drawn = np.sum((X @ np.array(table["w"]) + table["b"] > 0) == y)
        assert drawn == table["right"] == round(4 * honest_accuracy(X, y))


def test_a_line_parts_fourteen_of_the_sixteen_rules_and_the_alt_text_names_the_two_others(shown):
    data = lesson.truth_tables(honest_accuracy).data
    failed = [table["name"] for table in data["tables"] if table["right"] < 4]
    assert failed == ["XOR", "both alike"]
    assert "a line parts 14; it fails for XOR (0110) and both alike (1001)" in shown[1].data


def test_an_accuracy_that_is_wrong_is_shown_not_believed(shown):
    data = lesson.truth_tables(lambda X, y: 1.0).data
    assert data["tables"][6]["said"] == 1 and data["tables"][6]["right"] == 3
    assert "agrees on 14 of 16" in shown[1].data


def test_the_learners_function_cannot_change_the_points(shown):
    def greedy(X, y):
        value = honest_accuracy(X, y)
        X[:] = 0
        y[:] = 0
        return np.array(value)

    assert lesson.truth_tables(greedy).data == lesson.truth_tables(honest_accuracy).data


def test_the_formula_of_the_curve_is_covers_recursion(shown):
    for curve in lesson.cover_curve(honest_fraction).data["curves"]:
        assert curve["truth"] == pytest.approx(curve["said"], rel=1e-12)
        half = 2 * (curve["d"] + 1)
        assert curve["truth"][half - 1] == pytest.approx(0.5)


def test_a_wrong_fraction_is_counted_in_the_alt_text(shown):
    lesson.cover_curve(lambda N, d: honest_fraction(N, d) + (N == 7))
    assert "differs in 4 of 120 places" in shown[1].data


@pytest.mark.parametrize(
    ("call", "named"),
    [
        (lambda: lesson.truth_tables(0.75), "best_line_accuracy"),
        (lambda: lesson.truth_tables(lambda X, y: None), "best_line_accuracy"),
        (lambda: lesson.truth_tables(lambda X, y: 75), "best_line_accuracy"),
        (lambda: lesson.cover_curve("cover_fraction"), "cover_fraction"),
        (lambda: lesson.cover_curve(lambda N, d: "much"), "cover_fraction"),
        (lambda: lesson.cover_curve(lambda N, d: float("nan")), "cover_fraction"),
    ],
)
def test_a_wrong_argument_is_named(call, named, shown):
    with pytest.raises(ValueError, match=named):
        call()
