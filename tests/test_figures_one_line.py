"""The live figures of lesson 01: what Python checks, computes and says about them."""

import itertools
import re

import numpy as np
import pytest

from course_utils.figures import one_line as lesson

X = np.array([[0.0, 2.0], [2.0, 0.0], [-1.0, 1.5], [1.0, -2.0], [3.0, 1.0]])
y = np.array([0, 1, 0, 1, 1])


def perceptron(X, y, max_epochs):
    w, b, mistakes = np.zeros(X.shape[1]), 0.0, 0
    for _ in range(max_epochs):
        before = mistakes
        for x, label in zip(X, y, strict=True):
            sign = 2 * label - 1
            if sign * (x @ w + b) <= 0:
                w, b, mistakes = w + sign * x, b + sign, mistakes + 1
        if mistakes == before:
            break
    return w, b, mistakes


FIGURES = {
    "line_sliders": lambda: lesson.line_sliders(X, y),
    "sheet": lambda: lesson.sheet(X, y, [1, -1], 0.5),
    "perceptron_player": lambda: lesson.perceptron_player(X, y, perceptron, 20),
}


@pytest.mark.parametrize("name", FIGURES)
def test_a_live_figure_has_a_still_twin_with_numbers_in_its_alt_text(name, shown):
    figure = FIGURES[name]()
    widget, still = shown
    assert widget["application/vnd.jupyter.widget-view+json"]["model_id"] == figure.model_id
    alt = re.search(r'<img[^>]*alt="([^"]+)"', still.data)[1]
    assert len(alt) > 60 and re.search(r"\d", alt)
    assert f"figures.{name} = " in figure.page()


def test_the_alt_text_of_the_sliders_names_both_crossings_of_one_bias(shown):
    lesson.line_sliders(X, y)
    assert "crosses the second axis at 1;" in shown[1].data and "crosses the second axis at 0.5;" in shown[1].data


def test_the_sheet_says_one_score_and_ten_times_it(shown):
    figure = lesson.sheet(X, y, [1, -1], 0.5)
    score = X[figure.data["example"]] @ [1, -1] + 0.5
    assert f"times 1: {score:.2f}, times 10: {10 * score:.2f}" in shown[1].data
    assert figure.data["height"] == 3.5  # at (1, -2), by hand


def test_the_player_shows_every_correction_that_the_function_makes(shown):
    data = lesson.perceptron_player(X, y, perceptron).data
    steps = data["steps"]
    w, b, mistakes = perceptron(X, y, 100)
    assert len(steps) == mistakes + 1 and data["done"]
    assert np.allclose(steps[-1]["w"], w) and steps[-1]["b"] == b
    for before, now in itertools.pairwise(steps):
        sign = 1 if y[now["point"]] == 1 else -1
        assert np.allclose(np.subtract(now["w"], before["w"]), sign * X[now["point"]])
        assert now["score"] == pytest.approx(X[now["point"]] @ before["w"] + before["b"])
        assert sign * now["score"] <= 0
    assert steps[-1]["right"] == len(X)
    assert data["looks"] == steps[-1]["look"] + len(X)


def test_the_player_shows_a_wrong_perceptron_as_it_is(shown):
    data = lesson.perceptron_player(X, y, lambda X, y, _: (perceptron(X, y, 1)[0], 0.0, perceptron(X, y, 1)[2])).data
    assert {step["b"] for step in data["steps"]} == {0.0}


def test_the_player_stops_watching_when_no_line_exists(shown):
    square = np.array([[0, 0], [1, 1], [0, 1], [1, 0]])
    figure = lesson.perceptron_player(square, [0, 0, 1, 1], perceptron)
    assert not figure.data["done"] and figure.data["looks"] == lesson.PASSES * 4
    assert "had not finished" in shown[1].data


def test_a_function_cannot_change_the_points_it_is_given(shown):
    def greedy(X, y, max_epochs):
        answer = perceptron(X, y, max_epochs)
        X[...], y[...] = 0, 0
        return answer

    assert lesson.perceptron_player(X, y, greedy).data == lesson.perceptron_player(X, y, perceptron).data


def test_one_point_is_enough_for_the_player(shown):
    assert len(lesson.perceptron_player([[1.0, 2.0]], [0], perceptron).data["steps"]) == 2


@pytest.mark.parametrize(
    ("call", "named"),
    [
        (lambda: lesson.line_sliders(X[:, :1], y), "X"),
        (lambda: lesson.line_sliders(X, y + 1), "y"),
        (lambda: lesson.line_sliders(X, y, names="area"), "names"),
        (lambda: lesson.line_sliders(X, y, names=("area", "")), r"names\[1\]"),
        (lambda: lesson.sheet(X, y, [0, 0], 1), "w"),
        (lambda: lesson.sheet(X, y, [1, 0, 0], 1), "w"),
        (lambda: lesson.sheet(X, y, [1, 0], np.inf), "b"),
        (lambda: lesson.perceptron_player(X, y, "perceptron"), "perceptron"),
        (lambda: lesson.perceptron_player(X, y, lambda *_: None), "w, b and mistakes, but it returned None"),
        (lambda: lesson.perceptron_player(X, y, lambda *_: (np.zeros(3), 0, 0)), "perceptron's w"),
        (lambda: lesson.perceptron_player(X, y, lambda *_: (np.zeros(2), None, 0)), "perceptron's b"),
        (lambda: lesson.perceptron_player(X, y, lambda *_: (np.zeros(2), 0, 0.5)), "perceptron's mistakes"),
        (lambda: lesson.perceptron_player(X, y, perceptron, -1), "bound"),
    ],
)
def test_a_wrong_argument_is_named(call, named, shown):
    with pytest.raises(ValueError, match=named):
        call()
