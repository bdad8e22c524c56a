"""The live figures of lesson 05: what Python checks, computes and says about them."""


import numpy as np
import pytest
from live_figures import alt, is_whole_on_a_page, stands_beside_its_still

from course_utils.figures import activations as lesson


def relu(z):
    return np.maximum(z, 0)


def d_relu(z):
    return np.where(z > 0, 1.0, 0.0)


def hinge_net(x, knots, weights, offset):
    return relu(x[:, None] - knots) @ weights + offset


def relu_interpolator(knots, values):
    slopes = np.diff(values) / np.diff(knots)
    return np.append(np.diff(slopes, prepend=0), 0), values[0]


FIGURES = {
    "activation_zoo": lambda: lesson.activation_zoo({"ReLU": (relu, d_relu), "tanh": (np.tanh, None)}),
    "hinge_mixer": lesson.hinge_mixer,
    "knot_slider": lambda: lesson.knot_slider(relu_interpolator, hinge_net),
}


@pytest.mark.parametrize("name", FIGURES)
def test_a_live_figure_and_its_still_are_two_outputs_and_the_still_says_numbers(name, shown):
    stands_beside_its_still(FIGURES[name](), shown)


@pytest.mark.parametrize("name", FIGURES)
def test_a_page_holds_the_whole_figure_and_asks_nothing_of_the_network(name, shown):
    is_whole_on_a_page(FIGURES[name](), name)


def test_the_zoo_shows_the_learners_own_slope_and_measures_where_there_is_none(shown):
    found = lesson.activation_zoo({"ReLU": (relu, lambda z: 0 * z + 7), "tanh": (np.tanh, None)}).data["functions"]
    assert set(found["ReLU"]["slope"]) == {7.0}
    z = np.linspace(*lesson.WINDOW, 241)
    assert np.allclose(found["tanh"]["slope"], 1 - np.tanh(z) ** 2, atol=1e-3)


def test_a_measured_slope_at_a_corner_is_that_of_the_left_side(shown):
    found = lesson.activation_zoo({"leaky": (lambda z: np.where(z > 0, z, 0.01 * z), None)}).data["functions"]["leaky"]
    assert found["slope"][120] == pytest.approx(0.01) and found["slope"][121] == pytest.approx(1)


def test_the_zoos_alt_text_says_on_how_much_of_the_window_a_curve_is_flat(shown):
    lesson.activation_zoo({"ReLU": (relu, d_relu), "line": (lambda z: z, None)})
    assert "ReLU: values from 0.00 to 6.00, largest slope 1.00, slope below 0.05 on 50 % of the window." in alt(shown)
    assert "line: values from -6.00 to 6.00, largest slope 1.00, slope below 0.05 on 0 % of the window." in alt(shown)


def test_the_posts_of_the_mixer_can_be_met_with_its_own_steps(shown):
    x, y = np.array(lesson.POSTS).T
    weights, offset = relu_interpolator(x, y)
    assert np.allclose(np.array([*x[:-1], *weights, offset]) % 0.25, 0)
    assert np.abs(weights).max() <= 5 and -2 <= offset <= 3 and x.max() <= 4
    assert np.allclose(hinge_net(x, x, weights, offset), y)


def test_the_mixers_alt_text_says_how_far_its_sum_is_from_the_posts(shown):
    # the sum at the start is 0.5 up to x = 0.5, then rises to 1.5 at 1.5 and stays there until 3
    lesson.hinge_mixer([1.0, 2.0], [1.0, 1.5])
    assert "it misses one of 2 points by 0.00" in alt(shown)
    shown.clear()
    lesson.hinge_mixer([1.0, 2.0], [1.0, 4.0])
    assert "it misses one of 2 points by 2.50" in alt(shown)


def test_the_measured_errors_keep_the_bound_and_nearly_reach_it(shown):
    for target in FIGURES["knot_slider"]().data["targets"]:
        errors = np.array([net["error"] for net in target["nets"]])
        assert len(errors) == 64
        if target["curvature"] is None:
            assert 0.1 < errors[-1] / errors[15] < 0.9
            continue
        bounds = lesson._bound(np.arange(1, 65), target["curvature"])
        assert np.all(errors <= bounds + 1e-12) and errors[-1] > 0.95 * bounds[-1]


def test_the_curvature_of_each_curve_is_its_largest_second_difference():
    x, step = np.linspace(-1, 1, 4001), 1e-4
    for name, _, f, curvature in lesson._targets():
        if curvature is not None:
            second = (f(x + step) - 2 * f(x) + f(x - step)) / step**2
            assert np.abs(second).max() == pytest.approx(curvature, rel=1e-4), name


def test_a_wrong_interpolator_is_shown_as_an_error_not_hidden(shown):
    def slopes_for_weights(knots, values):
        return np.append(np.diff(values) / np.diff(knots), 0), values[0]

    wrong = lesson.knot_slider(slopes_for_weights, hinge_net).data["targets"][0]
    assert wrong["nets"][15]["error"] > 1


def test_the_learners_functions_cannot_change_the_knots_of_a_figure(shown):
    def greedy(function):
        def spoil(*arrays):
            answer = function(*arrays)
            for array in arrays:
                if isinstance(array, np.ndarray):
                    array[...] = 0
            return answer

        return spoil

    honest = FIGURES["knot_slider"]().data
    assert lesson.knot_slider(greedy(relu_interpolator), greedy(hinge_net)).data == honest


@pytest.mark.parametrize(
    ("call", "named"),
    [
        (lambda: lesson.activation_zoo(relu), "functions"),
        (lambda: lesson.activation_zoo({}), "functions"),
        (lambda: lesson.activation_zoo({"ReLU": relu}), "ReLU"),
        (lambda: lesson.activation_zoo({"ReLU": (relu, 1)}), "ReLU"),
        (lambda: lesson.activation_zoo({"ReLU": (np.max, None)}), "ReLU"),
        (lambda: lesson.hinge_mixer([1.0, 2.0], [1.0]), "y"),
        (lambda: lesson.hinge_mixer([1.0, 5.0], [1.0, 1.0]), "x"),
        (lambda: lesson.hinge_mixer([1.0, np.nan], [1.0, 1.0]), "x"),
        (lambda: lesson.knot_slider(3, hinge_net), "relu_interpolator"),
        (lambda: lesson.knot_slider(relu_interpolator, None), "hinge_net"),
        (lambda: lesson.knot_slider(lambda k, v: v, hinge_net), "relu_interpolator"),
        (lambda: lesson.knot_slider(lambda k, v: (v[:-1], 0.0), hinge_net), "weights"),
        (lambda: lesson.knot_slider(lambda k, v: (v, v), hinge_net), "offset"),
        (lambda: lesson.knot_slider(relu_interpolator, lambda *_: 1.0), "hinge_net"),
    ],
)
def test_a_wrong_argument_is_named(call, named, shown):
    with pytest.raises(ValueError, match=named):
        call()
