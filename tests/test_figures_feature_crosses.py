"""The live figures of lesson 03: what Python checks, computes and says about them."""

import itertools
import re

import numpy as np
import pytest
from live_figures import is_whole_on_a_page

from course_utils import datasets
from course_utils.figures import feature_crosses as lesson


def fit_lifted(X, y, phi, steps):
    F = phi(X)
    size = np.abs(F).max(axis=0)
    w, b = np.zeros(F.shape[1]), 0.0
    for _ in range(steps):
        off = 1 / (1 + np.exp(-(F / size @ w + b))) - y
        w, b = w - off @ F / size / len(y), b - off.mean()
    return w / size, b


def lift(X, kind):
    assert kind == "ring"
    return np.column_stack([X, (X**2).sum(axis=1)])


FIGURES = {
    "toggle_features": lambda: lesson.toggle_features(fit_lifted),
    "paraboloid_lift": lambda: lesson.paraboloid_lift(*datasets.ring(200), lift),
    "degree_slider": lesson.degree_slider,
}


@pytest.mark.parametrize("name", FIGURES)
def test_a_live_figure_and_its_still_are_two_outputs_and_the_still_says_numbers(name, shown):
    figure = FIGURES[name]()
    widget, still = shown
    assert widget["application/vnd.jupyter.widget-view+json"]["model_id"] == figure.model_id
    alt = re.search(r'<img[^>]*alt="([^"]+)"', still.data)
    assert alt and len(alt[1]) > 60 and re.search(r"\d", alt[1])
    assert f'class="{figure.still_id}"' in still.data


@pytest.mark.parametrize("name", FIGURES)
def test_a_page_holds_the_whole_figure_and_asks_nothing_of_the_network(name, shown):
    is_whole_on_a_page(FIGURES[name](), name)


def test_only_the_cross_parts_xor_and_only_both_squares_part_the_ring(shown):
    sets = lesson.toggle_features(fit_lifted).data["sets"]
    for code in range(32):
        chosen = lesson._chosen(code)
        assert (sets["xor"]["fits"][code]["right"] == 200) == ("x1 x2" in chosen), chosen
        assert (sets["ring"]["fits"][code]["right"] == 200) == ({"x1^2", "x2^2"} <= set(chosen)), chosen


def test_a_feature_that_is_not_chosen_has_the_weight_0(shown):
    fits = lesson.toggle_features(fit_lifted).data["sets"]["ring"]["fits"]
    assert fits[0] == {"w": [0.0] * 5, "b": 0.0, "right": 100}
    assert [weight != 0 for weight in fits[0b01101]["w"]] == [True, False, True, True, False]


def test_the_learners_functions_cannot_change_the_points_of_a_figure(shown):
    def greedy(function):
        def spoil(X, *rest):
            answer = function(X, *rest)
            X[...] = 0
            return answer
        return spoil

    assert lesson.toggle_features(greedy(fit_lifted)).data == lesson.toggle_features(fit_lifted).data
    ring = datasets.ring(50)
    assert lesson.paraboloid_lift(*ring, greedy(lift)).data == lesson.paraboloid_lift(*ring, lift).data


def test_the_alt_text_of_the_lift_counts_what_lies_below_and_above(shown):
    X = np.array([[0.1, 0.0], [0.0, 0.2], [1.0, 0.0], [0.0, 0.3], [0.9, 0.0]])
    lesson.paraboloid_lift(X, [0, 0, 1, 1, 1], lift)
    # between 0.04 and 0.09, rounded to 0.06 or 0.07
    assert "2 of 2 points of class 0 below and 3 of 3 of class 1 above, 5 of 5" in shown[1].data
    lesson.paraboloid_lift(X, [1, 1, 0, 0, 0], lift)
    assert "5 of 5" not in shown[3].data


def test_a_lift_that_does_not_part_the_classes_is_shown_as_it_is(shown):
    figure = lesson.paraboloid_lift(*datasets.ring(40), lambda X, kind: np.column_stack([X, 0 * X[:, 0]]))
    assert "40 of 40 on their own side" not in shown[1].data
    assert all(point[2] == 0 for point in figure.data["lifted"])


def test_the_products_are_counted_as_a_brute_force_count_does():
    for inputs, degree in itertools.product(range(1, 6), range(1, 5)):
        brute = sum(len([*itertools.combinations_with_replacement(range(inputs), k)]) for k in range(1, degree + 1))
        assert lesson._count(inputs, degree) == brute
    assert (lesson._count(784, 2), lesson._count(784, 3)) == (308_504, 80_931_144)


def test_the_sums_that_are_fitted_span_the_plain_products():
    X = np.random.default_rng(3).uniform(-1, 1, (80, 2))
    plain = np.column_stack([X[:, 0] ** i * X[:, 1] ** j for i in range(6) for j in range(6 - i)])
    fitted = lesson._products(X, 5)
    assert fitted.shape == plain.shape == (80, 21)
    assert np.allclose(fitted @ np.linalg.lstsq(fitted, plain, rcond=None)[0], plain)


def test_the_spirals_come_apart_at_a_high_degree_and_not_at_a_low_one(shown):
    fits = lesson.degree_slider().data["fits"]["200"]
    assert [fit["features"] for fit in fits] == [(k + 1) * (k + 2) // 2 - 1 for k in range(1, 21)]
    assert fits[2]["test"] < 0.65 < 0.9 < fits[8]["test"]
    assert fits[19]["train"] == 1 and fits[19]["test"] > 0.98


def test_the_weights_that_are_drawn_part_the_points_that_are_drawn(shown):
    data = lesson.degree_slider().data
    for n in ("60", "200"):
        X, y = np.array(data["sets"][n]["X"]), np.array(data["sets"][n]["y"])
        assert len(X) == int(n)
        for degree in (1, 7, 20):
            fit = data["fits"][n][degree - 1]
            # the order of the weights, written out as the JavaScript reads them
            T = [np.polynomial.chebyshev.chebvander(x, degree) for x in X.T]
            order = [(i, j) for i in range(degree + 1) for j in range(degree + 1 - i)]
            score = sum(w * T[0][:, i] * T[1][:, j] for w, (i, j) in zip(fit["w"], order, strict=True))
            assert np.mean((score > 0) == y) == pytest.approx(fit["train"], abs=0.02)


def test_few_points_are_learnt_by_heart(shown):
    fit = lesson.degree_slider().data["fits"]["60"][9]
    assert fit["features"] > 60 and fit["train"] == 1 and fit["test"] < 0.9


@pytest.mark.parametrize(
    ("call", "named"),
    [
        (lambda: lesson.toggle_features("fit_lifted"), "fit_lifted"),
        (lambda: lesson.toggle_features(lambda X, y, phi, steps: None), "fit_lifted"),
        (lambda: lesson.toggle_features(lambda X, y, phi, steps: (np.ones(7), 0)), "fit_lifted's w"),
        (lambda: lesson.toggle_features(lambda X, y, phi, steps: (np.ones(phi(X).shape[1]), [1, 2])), "fit_lifted's b"),
        (lambda: lesson.paraboloid_lift(np.ones((3, 3)), [0, 1, 0], lift), "X"),
        (lambda: lesson.paraboloid_lift(np.ones((3, 2)), [0, 1, 2], lift), "y"),
        (lambda: lesson.paraboloid_lift(*datasets.ring(20), "lift"), "lift"),
        (lambda: lesson.paraboloid_lift(*datasets.ring(20), lambda X, kind: X), "lift"),
    ],
)
def test_a_wrong_argument_is_named(call, named, shown):
    with pytest.raises(ValueError, match=re.escape(named)):
        call()
