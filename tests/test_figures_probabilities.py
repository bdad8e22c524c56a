"""The figures of lesson 09: what Python checks, computes, trains and says."""


import numpy as np
import pytest
from live_figures import alt, is_whole_on_a_page, stands_beside_its_still

from course_utils import network, plotting
from course_utils.figures import live
from course_utils.figures import probabilities as lesson

NAMES = ["rain", "sun", "wind"]


def softmax(Z):
    e = np.exp(Z - Z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def ce_grad(logits, y):
    return softmax(logits) - np.eye(logits.shape[1])[y]


def ece(p, y, bins):
    sure, right = p.max(axis=1), p.argmax(axis=1) == y
    which = np.minimum((sure * bins).astype(int), bins - 1)
    return sum(np.mean(which == k) * abs(sure[which == k].mean() - right[which == k].mean()) for k in np.unique(which))


def confidence_at_radius(params, r):
    angles = np.deg2rad(np.arange(360))
    ring = r * np.column_stack([np.cos(angles), np.sin(angles)])
    return softmax(network.forward(params, ring, "relu")[1]).max(axis=1).mean()


def three_clouds(n, seed):
    rng = np.random.default_rng(seed)
    y = rng.integers(3, size=n)
    return 3 * lesson.CORNERS[y] + 0.5 * rng.normal(size=(n, 2)), y


X, Y = three_clouds(60, 1)
NET = network.init([2, 8, 3], np.random.default_rng(0), "relu")
LOGITS = np.random.default_rng(2).normal(size=(300, 3)) * 4
CAME = np.random.default_rng(3).integers(3, size=300)
FIGURES = {
    "softmax_triangle": lambda: lesson.softmax_triangle(softmax, NAMES),
    "temperature_slider": lambda: lesson.temperature_slider({"a net": LOGITS}, CAME, softmax, ece),
    "zoom_out": lambda: lesson.zoom_out([NET], X, Y, confidence_at_radius, NAMES),
}


@pytest.fixture
def shown(monkeypatch):
    """What is displayed, in order."""
    outputs = []
    monkeypatch.setattr(live, "display", lambda output, **_: outputs.append(output))
    monkeypatch.setattr(lesson, "display", lambda output, **_: outputs.append(output.data))
    monkeypatch.setattr(plotting, "show", lambda figure, alt: outputs.append(alt))
    return outputs


@pytest.mark.parametrize("name", FIGURES)
def test_a_live_figure_and_its_still_are_two_outputs_and_the_still_says_numbers(name, shown):
    stands_beside_its_still(FIGURES[name](), shown)


@pytest.mark.parametrize("name", FIGURES)
def test_a_page_holds_the_whole_figure_and_asks_nothing_of_the_network(name, shown):
    is_whole_on_a_page(FIGURES[name](), name)


def test_the_triangle_says_the_learners_shares_and_measures_a_wrong_softmax(shown):
    assert lesson.softmax_triangle(softmax, NAMES).data["difference"] < 1e-12
    assert "scores 1, 2, 0 give the shares 24 %, 67 %, 9 %, the scores 11, 12, 10 give 24 %, 67 %, 9 %" in alt(shown)
    wrong = lesson.softmax_triangle(lambda Z: np.full(Z.shape, 1 / 3), NAMES)
    assert wrong.data["difference"] > 0.6


def test_the_still_of_the_temperature_shows_the_best_of_the_sliders_stops(shown):
    lesson.temperature_slider({"a net": LOGITS}, CAME, softmax, ece)
    best = min(lesson.TEMPERATURES, key=lambda T: ece(softmax(LOGITS / T), CAME, 10))
    assert best > 1 and f"at temperature {best:.3g} " in alt(shown)
    assert f"the ECE is {ece(softmax(LOGITS), CAME, 10):.3f}; " in alt(shown)


def test_a_far_away_map_has_the_curve_of_the_learners_function_at_both_temperatures(shown):
    data = lesson.zoom_out([NET], X, Y, confidence_at_radius, NAMES, temperature=4).data
    W, b = NET[-1]
    assert data["curve"][10] == pytest.approx(confidence_at_radius(NET, data["radii"][10]))
    assert data["hot"][10] == pytest.approx(confidence_at_radius([*NET[:-1], (W / 4, b / 4)], data["radii"][10]))
    assert f"{confidence_at_radius(NET, 100):.3f} at distance 100" in alt(shown)


def test_the_sectors_far_out_are_counted_in_the_alt_text(shown):
    # scores that grow to the top, to the right and to the left
    lesson.zoom_out([[(lesson.CORNERS.T - [[0], [np.sqrt(3) / 6]], np.zeros(3))]], X, Y, confidence_at_radius, NAMES)
    assert "far out it is 3 plain sectors" in alt(shown)


def test_a_reliability_diagram_returns_what_a_count_by_hand_finds():
    p = np.array([[0.95, 0.05], [0.95, 0.05], [0.35, 0.65], [1.0, 0.0]])
    _, ax = plotting.new()
    rows = lesson.reliability(ax, p, [0, 1, 1, 0], 10)
    assert np.allclose(rows, [[0.65, 1, 1], [0.966667, 2 / 3, 3]])


def test_a_confidence_map_measures_where_it_is_sure():
    _, ax = plotting.new()
    # sure of the first class to the right of the middle, three thirds to the left
    part = lesson.confidence_map(ax, lambda P: np.where(P[:, :1] > 0, [[0.98, 0.01, 0.01]], [[0.4, 0.3, 0.3]]), (-1, 1))
    assert part == pytest.approx(0.5, abs=0.01)


# ---- training ----


def test_many_networks_learn_three_classes_and_each_its_own_points():
    sets = [three_clouds(40, seed) for seed in range(5)]
    XX, yy = np.array([x for x, _ in sets]), np.array([y for _, y in sets])
    nets = lesson.train_many([2, 8, 3], XX, yy, ce_grad, "tanh", steps=200, rate=0.05)
    for params, x, y in zip(nets, XX, yy, strict=True):
        assert [W.shape for W, _ in params] == [(2, 8), (8, 3)] and [b.shape for _, b in params] == [(8,), (3,)]
        assert np.mean(network.forward(params, x, "tanh")[1].argmax(axis=1) == y) >= 0.97


def test_every_network_begins_with_weights_of_its_own():
    nets = lesson.train_many([2, 8, 3], np.array([X, X]), np.array([Y, Y]), ce_grad, steps=1)
    assert not np.allclose(nets[0][0][0], nets[1][0][0], atol=0.1)


@pytest.mark.parametrize("act", ["tanh", "relu"])
def test_one_step_goes_against_the_slopes_that_nudging_finds(act):
    sizes, x, y = [2, 4, 3, 3], X[:9], Y[:9]

    def price(params):
        p = softmax(network.forward(params, x, act)[1])
        return -np.mean(np.log(p[np.arange(9), y]))

    before = network.init(sizes, np.random.default_rng(0), act)
    theta = [part[None] if part.ndim == 2 else part[None, None] for pair in before for part in pair]
    found = lesson._slopes(theta, x[None], y[None], ce_grad, act)
    for i, (W, b) in enumerate(before):
        for part, grad in ((W, found[2 * i][0]), (b, found[2 * i + 1][0, 0])):
            for place in np.ndindex(part.shape):
                kept, values = part[place], []
                for nudge in (1e-6, -1e-6):
                    part[place] = kept + nudge
                    values.append(price(before))
                part[place] = kept
                assert grad[place] == pytest.approx((values[0] - values[1]) / 2e-6, abs=1e-7)


def test_the_first_set_trains_as_if_it_were_alone():
    sets = [three_clouds(30, seed) for seed in range(3)]
    XX, yy = np.array([x for x, _ in sets]), np.array([y for _, y in sets])
    together = lesson.train_many([2, 6, 3], XX, yy, ce_grad, "relu", steps=40)[0]
    alone = lesson.train_many([2, 6, 3], XX[:1], yy[:1], ce_grad, "relu", steps=40)[0]
    assert all(np.allclose(W, V) and np.allclose(b, c) for (W, b), (V, c) in zip(together, alone, strict=True))


# ---- the learner as a forecaster ----


def answered(confidence, correct):
    return {"name": "q", "choice": "a", "confidence": confidence, "time": "", "choices": ["a", "b"], "correct": correct}


def test_too_few_predictions_are_told_kindly_and_nothing_is_drawn(shown):
    lesson.own_forecasts([], ece)
    lesson.own_forecasts([answered(80, True)] * 3 + [answered(70, None)] * 20, ece)
    assert "none of your predictions is on record" in shown[0] and "3 of your predictions are" in shown[1]
    assert len(shown) == 2 and all("Nothing is lost" in said for said in shown)


def test_the_learners_diagram_counts_groups_and_the_brier_score(shown):
    lesson.own_forecasts([answered(90, True)] * 6 + [answered(100, False)] * 2 + [answered(60, True)] * 2 + [answered(50, None)], ece)
    described, said = shown
    assert described == ("Your own 10 settled predictions: when 50 to 65 % sure, right in 2 of 2; "
                         "when 90 to 100 % sure, right in 6 of 8.")
    assert f"**Brier score** is {(6 * 0.01 + 2 * 1 + 2 * 0.16) / 10:.3f}" in said
    assert "86 % sure on average and right 80 %" in said and "as well calibrated as so few questions can tell" in said


@pytest.mark.parametrize(("correct", "word"), [(False, "too sure, by 60 points"), (True, "too modest, by 40 points")])
def test_a_learner_who_is_far_off_is_told_in_which_direction(shown, correct, word):
    lesson.own_forecasts([answered(60, correct)] * 12, ece)
    assert word in shown[1]


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: lesson.softmax_triangle(3, NAMES), "softmax should be a function"),
        (lambda: lesson.softmax_triangle(softmax, ["rain", "sun"]), "names should be three texts"),
        (lambda: lesson.softmax_triangle(lambda Z: Z[:, 0], NAMES), "what softmax returns should be"),
        (lambda: lesson.temperature_slider([LOGITS], CAME, softmax, ece), "forecasts should be a dict"),
        (lambda: lesson.temperature_slider({"a": LOGITS[:5]}, CAME, softmax, ece), r"forecasts\['a'\] should be"),
        (lambda: lesson.zoom_out([], X, Y, confidence_at_radius, NAMES), "nets should list at least one"),
        (lambda: lesson.zoom_out([NET], X, Y, lambda params, r: None, NAMES), "what confidence_at_radius returns should be"),
        (lambda: lesson.train_many([2, 2], X[None], Y[None], ce_grad), "at least 3 classes"),
        (lambda: lesson.train_many([2, 3], X[None], Y[None], lambda Z, y: Z[0]), "what ce_grad returns should be"),
        (lambda: lesson.train_many([2, 3], X[None], Y[None], ce_grad, "sine"), "act should be one of"),
        (lambda: lesson.own_forecasts([], None), "ece should be a function"),
    ],
)
def test_a_wrong_argument_is_named(call, message, shown):
    with pytest.raises(ValueError, match=message):
        call()
