"""Live figures: what Python checks, computes and says about them."""

import json
import re

import numpy as np
import pytest
from live_figures import is_whole_on_a_page, right_collapse

from course_utils import plotting
from course_utils.figures import collapse as lesson
from course_utils.figures import live
from course_utils.playground import Playground


def wrong_collapse(Ws, bs):
    return right_collapse(Ws, bs)[0], np.sum([b.sum() for b in bs], keepdims=True)


TURNS = [np.array([[0.8, -0.6], [0.6, 0.8]]), np.array([[1.2, 0.3], [0.0, 0.9]]), np.array([[0.5, -0.4], [0.3, 1.1]])]


FIGURES = {
    "depth_slider": lambda: lesson.depth_slider(right_collapse),
    "grid_filmstrip": lambda: lesson.grid_filmstrip(TURNS, right_collapse),
    "one_bend": lesson.one_bend,
    "two_neurons": lesson.two_neurons,
}


@pytest.mark.parametrize("name", FIGURES)
def test_a_live_figure_and_its_still_are_two_outputs_and_the_still_has_alt_text(name, shown):
    figure = FIGURES[name]()
    widget, still = shown
    assert widget["application/vnd.jupyter.widget-view+json"]["model_id"] == figure.model_id
    alt = re.search(r'<img[^>]*alt="([^"]+)"', still.data)
    assert alt and len(alt[1]) > 60, f"{name}'s still says nothing to a reader who cannot see it"
    assert re.search(r"\d", alt[1]), "the alt text should say numbers computed from the data"
    assert f'class="{figure.still_id}"' in still.data, "the live figure could not find its still to hide it"


@pytest.mark.parametrize("name", FIGURES)
def test_a_page_holds_the_whole_figure_and_asks_nothing_of_the_network(name, shown):
    is_whole_on_a_page(FIGURES[name](), name)


def test_a_page_has_one_heading_the_title_whatever_signs_are_in_it(shown):
    page = live.LiveFigure("collapse", "two_neurons", {"title": "a < b & c"}).page()
    assert re.findall(r"<(h1|title)>(.*?)</", page) == [("title", "a &lt; b &amp; c"), ("h1", "a &lt; b &amp; c")]


def test_a_number_that_no_picture_can_show_is_refused_by_its_place_in_the_data():
    for nothing in (np.nan, [1.0, np.inf], np.array([[0.0, np.nan]]), {"deep": float("nan")}):
        with pytest.raises(ValueError, match=r"data\['X'\].* should hold only finite numbers, .* but it holds (nan|inf)"):
            live.LiveFigure("collapse", "two_neurons", {"X": nothing})


def test_text_in_the_data_cannot_end_the_script_of_a_page(shown):
    figure = live.LiveFigure("collapse", "two_neurons", {"title": "x", "words": "</script><b>out</b>"})
    assert figure.page().count("</script>") == 1


def test_fifty_layers_of_sixteen_have_13393_parameters_and_collapse_exactly(shown):
    data = lesson.depth_slider(right_collapse).data
    assert [len(data["layers"]), len(data["heads"]["fitted"]), len(data["heads"]["random"])] == [50, 50, 50]
    assert data["heads"]["fitted"][-1]["parameters"] == 13_393  # 48 + 49 * 272 + 17, by hand
    for head in data["heads"].values():
        assert max(depth["distance"] for depth in head) < 1e-12


def test_the_layers_of_the_depth_slider_give_what_the_single_neuron_gives(shown):
    data = lesson.depth_slider(right_collapse).data
    point = np.array([0.3, -1.2])
    for depth in (1, 7, 50):
        head = data["heads"]["random"][depth - 1]
        x = point
        for layer in data["layers"][:depth]:
            x = x @ np.array(layer["W"]) + layer["b"]
        stack = (x @ np.array(head["W"]) + head["b"])[0]
        assert stack == pytest.approx(np.dot(head["single_w"], point) + head["single_b"], abs=1e-12)


def test_signals_keep_their_size_through_fifty_layers(shown):
    data = lesson.depth_slider(right_collapse).data
    H = np.array(data["X"])
    spreads = []
    for layer in data["layers"]:
        H = H @ np.array(layer["W"]) + layer["b"]
        spreads.append(np.linalg.norm(H - H.mean(0)))
    assert np.ptp(spreads) < 1e-3 * spreads[0]


def test_every_fitted_depth_has_the_same_line(shown):
    heads = lesson.depth_slider(right_collapse).data["heads"]["fitted"]
    lines = np.array([[*head["single_w"], head["single_b"]] for head in heads])
    assert np.ptp(lines, axis=0).max() < 1e-10


def test_the_random_output_turns_the_line_with_depth(shown):
    heads = lesson.depth_slider(right_collapse).data["heads"]["random"]
    angles = {round(float(np.arctan2(*head["single_w"])), 2) for head in heads}
    assert len(angles) > 30


def test_a_wrong_collapse_is_shown_as_a_distance_not_hidden(shown):
    heads = lesson.depth_slider(wrong_collapse).data["heads"]["fitted"]
    assert max(head["distance"] for head in heads) > 0.01


def test_collapse_cannot_change_the_layers_it_is_given(shown):
    def greedy(Ws, bs):
        answer = right_collapse(Ws, bs)
        for array in (*Ws, *bs):
            array[...] = 0
        return answer

    assert lesson.depth_slider(greedy).data == lesson.depth_slider(right_collapse).data


def test_the_filmstrips_product_is_that_of_its_matrices(shown):
    data = lesson.grid_filmstrip(TURNS, right_collapse).data
    assert np.allclose(data["product"], TURNS[0] @ TURNS[1] @ TURNS[2])
    assert data["distance"] < 1e-12


def test_the_alt_text_of_the_filmstrip_follows_its_matrices(shown):
    lesson.grid_filmstrip([2 * np.eye(2), 3 * np.eye(2)], right_collapse)
    assert "[[6.00, 0.00], [0.00, 6.00]]" in shown[1].data


def test_a_relu_at_either_layer_bends_the_built_in_chain(shown):
    data = lesson.one_bend().data
    Ws, bs = [np.array(W) for W in data["Ws"]], [np.array(b) for b in data["bs"]]
    X = np.random.default_rng(3).uniform(-2, 2, (200, 2))
    A = np.column_stack([X, np.ones(len(X))])
    for bend, bent in ((0, False), (1, True), (2, True)):
        z = lesson._forward(Ws, bs, X, bend)[:, 0]
        residual = z - A @ np.linalg.lstsq(A, z, rcond=None)[0]
        assert (np.abs(residual).max() > 1e-6) == bent


def test_no_line_beats_the_error_two_neurons_names(shown):
    figure = lesson.two_neurons([0.0, 1.0, 2.0], [0.0, 1.0, 0.0])
    assert figure.data["best_error"] == pytest.approx(2 / 9)  # the best line is y = 1/3
    assert "0.222" in shown[1].data


@pytest.mark.parametrize(
    ("call", "named"),
    [
        (lambda: lesson.depth_slider("collapse"), "collapse"),
        (lambda: lesson.depth_slider(lambda Ws, bs: None), "collapse"),
        (lambda: lesson.depth_slider(lambda Ws, bs: (np.ones((1, 2)), np.ones(1))), "collapse's W"),
        (lambda: lesson.depth_slider(lambda Ws, bs: (np.ones((2, 1)), np.ones(3))), "collapse's b"),
        (lambda: lesson.grid_filmstrip([np.eye(2)], right_collapse), "Ws"),
        (lambda: lesson.grid_filmstrip([np.eye(3), np.eye(3)], right_collapse), "Ws"),
        (lambda: lesson.grid_filmstrip(5, right_collapse), "Ws"),
        (lambda: lesson.grid_filmstrip(TURNS, lambda Ws, bs: (np.eye(2), np.ones(2))), "collapse"),
        (lambda: lesson.one_bend([np.eye(2)], [np.zeros(2)]), "Ws"),
        (lambda: lesson.one_bend([np.eye(2), np.eye(2)], [np.zeros(2)] * 2), r"Ws\[1\]"),
        (lambda: lesson.one_bend([np.eye(2), np.ones((1, 2))]), "bs"),
        (lambda: lesson.two_neurons([1.0, 2.0, 3.0], [1.0, 2.0]), "y"),
        (lambda: lesson.two_neurons([1.0, 1.0, 1.0], [1.0, 2.0, 3.0]), "x"),
        (lambda: lesson.two_neurons([1.0, 2.0, np.nan], [1.0, 2.0, 3.0]), "x"),
        (lambda: live.LiveFigure("no-such-file", "one_bend", {}), "script"),
        (lambda: live.LiveFigure("collapse", "", {}), "figure"),
        (lambda: live.show(live.LiveFigure("collapse", "x", {}), plotting.new()[0], " "), "alt"),
    ],
)
def test_a_wrong_argument_is_named(call, named, shown):
    with pytest.raises(ValueError, match=named):
        call()


def test_the_playground_shows_itself_once_and_its_still_names_the_lines_score(shown):
    Playground()._ipython_display_()
    assert len(shown) == 2
    assert re.search(r"400 points of two classes. The least-squares line has \d+ of them", shown[1].data)


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        ({"sets": {}}, "sets"),
        ({"sets": {"one": np.eye(2)}}, "one"),
        ({"sets": {"one": (np.ones((4, 3)), np.ones(4))}}, "one"),
        ({"sets": {"one": (np.ones((2001, 2)), np.ones(2001))}}, "2000"),
        ({"layers": [0]}, r"layers\[0\]"),
        ({"layers": [2] * 9}, "layers"),
        ({"activation": "cube"}, "activation"),
        ({"rate": 0.5}, "rate"),
        ({"seed": -1}, "seed"),
    ],
)
def test_the_playground_names_a_wrong_argument(arguments, named):
    with pytest.raises(ValueError, match=named):
        Playground(**arguments)


def test_whole_numbers_too_large_for_javascript_travel_as_it_would_round_them():
    assert repr(live.plain([2**53, 2**53 + 1, -(10**20), True])) == "[9007199254740992, 9007199254740992.0, -1e+20, True]"


def test_arrays_travel_as_plain_lists():
    sent = live.plain({"X": np.eye(2), "n": np.int64(3), "deep": [(np.float64(0.5), "a")]})
    assert json.loads(json.dumps(sent)) == {"X": [[1, 0], [0, 1]], "n": 3, "deep": [[0.5, "a"]]}
