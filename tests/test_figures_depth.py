"""The live figures of lesson 08: what Python checks, computes and says about them."""


import numpy as np
import pytest
from live_figures import alt, is_whole_on_a_page, stands_beside_its_still

from course_utils import datasets, network
from course_utils.figures import depth as lesson


def tent(x):
    return 2 * np.maximum(x, 0) - 4 * np.maximum(x - 0.5, 0)


def compose(f, x, k):
    for _ in range(k):
        x = f(x)
    return x


def count_pieces(x, y):
    slopes = np.diff(y) / np.diff(x)
    return 1 + np.sum(np.abs(np.diff(slopes)) > 1e-6)


FIGURES = {
    "tent_composer": lambda: lesson.tent_composer(tent, compose, count_pieces),
    "region_map": lambda: lesson.region_map(steps=60, every=20),
    "race": lesson.race,
}


@pytest.mark.parametrize("name", FIGURES)
def test_a_live_figure_and_its_still_are_two_outputs_and_the_still_says_numbers(name, shown):
    stands_beside_its_still(FIGURES[name](), shown)


@pytest.mark.parametrize("name", FIGURES)
def test_a_page_holds_the_whole_figure_and_asks_nothing_of_the_network(name, shown):
    is_whole_on_a_page(FIGURES[name](), name)


def test_ten_folds_draw_1024_pieces_by_the_learners_own_count(shown):
    figure = lesson.tent_composer(tent, compose, count_pieces)
    assert figure.data["pieces"] == [2**k for k in range(11)]
    assert "1,024 straight pieces" in alt(shown)
    assert lesson.tent_composer(tent, compose, lambda x, y: 7).data["pieces"] == [7] * 11


def test_the_composer_names_the_function_that_is_none_or_returns_nonsense():
    with pytest.raises(ValueError, match="tent should be a function"):
        lesson.tent_composer(3, compose, count_pieces)
    with pytest.raises(ValueError, match="what compose returns should be an array"):
        lesson.tent_composer(tent, lambda f, x, k: None, count_pieces)


def test_a_film_starts_at_the_start_and_its_tiles_are_counted_like_patterns(shown):
    figure = lesson.region_map(steps=60, every=20)
    assert {name: len(film) for name, film in figure.data["films"].items()} == dict.fromkeys(lesson.RELUS, 4)
    one_layer = [(np.eye(2), np.zeros(2)), (np.ones((2, 1)), np.zeros(1))]
    patterns = lesson._regions(one_layer)
    assert len(np.unique(patterns)) == 4, "two crossing lines make four tiles"
    assert np.mean(patterns & 1) == np.mean(patterns >> 1) == 0.5, "and they cross in the middle"
    assert figure.data["bound"] == 137


def test_no_film_has_more_tiles_in_one_layer_than_its_lines_can_cut(shown):
    figure = lesson.region_map(steps=60, every=20)
    for params in figure.data["films"]["16"]:
        assert len(np.unique(lesson._regions([(np.array(W), np.array(b)) for W, b in params]))) <= figure.data["bound"]


def test_both_runners_have_the_same_number_of_weights_and_biases():
    for hidden in lesson.ARMS.values():
        params = network.init([2, *hidden, 1], np.random.default_rng(0))
        assert sum(W.size + b.size for W, b in params) == 337


def test_a_spread_start_is_the_usual_one_but_for_the_hidden_biases():
    usual = network.init([2, 5, 3, 1], np.random.default_rng(7), "relu")
    for spread in (0, 2):
        (params,) = lesson.spread_start([2, 5, 3, 1], "relu", spread, [7])
        assert all(np.array_equal(W, V) for (W, _), (V, _) in zip(params, usual, strict=True))
        assert np.array_equal(params[-1][1], usual[-1][1])
        assert [bool(np.any(b)) for _, b in params[:-1]] == [spread > 0] * 2


def test_the_recorded_race_begins_as_a_new_one_does():
    early = [step for step in lesson.STEPS if step <= 100]
    anew, found = lesson.record(racers=3, steps=early), lesson.recorded()
    for name, counts in anew.items():
        assert found[name].shape == (lesson.RACERS, len(lesson.STEPS))
        assert np.abs(found[name][:3, : len(early)] - counts.astype(int)).max() <= 3


def test_the_race_turns_with_the_start_of_the_biases(shown):
    rates = lesson.race().data["rates"]
    ends = {name: curve[-1][0] for name, curve in rates.items()}
    assert ends == {"wide-0": 0, "deep-0": 39, "wide-1": 40, "deep-1": 34}
    for k, low, high in (curve[-1] for curve in rates.values()):
        assert low <= k / lesson.RACERS <= high
    assert "84 with biases at 0: 0 of 40" in alt(shown) and "16 + 16 with spread biases: 34 of 40" in alt(shown)


def test_the_race_is_run_on_the_published_points():
    X, _ = datasets.lang_witbrock()
    assert len(X) == 194 and lesson.recorded()["deep-0"].max() == 194
