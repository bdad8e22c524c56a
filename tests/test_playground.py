"""The playground as Python holds it: settings, links, points and weights."""

import json

import numpy as np
import pytest

from course_utils import datasets, network
from course_utils.playground import Playground


def test_the_playground_opens_on_the_spirals_with_no_hidden_layer():
    state = Playground().state
    assert (state["set"], state["layers"], state["features"], state["test"]) == ("spirals", [], ["x1", "x2"], 0)


def test_each_layer_may_have_its_own_activation():
    assert Playground(layers=[3, 4], activation=["sine", "step"]).state["activations"] == ["sine", "step"]
    assert Playground(layers=[3, 4], activation="gelu").state["activations"] == ["gelu", "gelu"]


def test_a_link_brings_all_settings_back():
    settings = {"features": ["x1", "x1x2"], "optimiser": "sgd", "batch": 10, "test": 0.2, "goal": 0.99, "init": "orthogonal"}
    made = Playground(layers=[3, 4], activation=["relu", "tanh"], rate=0.1, seed=7, **settings)
    made.state = {**made.state, "set": "drawing", "drawing": "x o\no x"}
    again = Playground.from_link("https://example.org/page.html" + made.link)
    assert again.state == made.state
    assert len(again.points[1]) == 4


def test_a_network_can_be_loaded_and_read_back():
    params = network.init([2, 4, 3, 1], np.random.default_rng(1))
    playground = Playground()
    playground.load(params, ["relu", "tanh"])
    assert playground.state["layers"] == [4, 3] and playground.state["activations"] == ["relu", "tanh"]
    for (W, b), (V, c) in zip(params, playground.params, strict=True):
        assert np.array_equal(W, V) and np.array_equal(b, c)
    assert json.dumps(params[0][0][0, 0]) in playground.page()


def test_points_can_be_added_and_are_chosen():
    playground = Playground()
    X, y = datasets.blobs(20)
    playground.add("mine", 3 * X, y)
    assert playground.state["set"] == "mine"
    assert np.array_equal(playground.points[0], 3 * X)
    assert playground.data["reach"] > np.abs(3 * X).max()


def test_the_seven_layers_part_the_spirals_they_come_with():
    playground = Playground()
    X, y = playground.sets["spirals, 1.25 turns"]
    params = [(np.array(layer["W"]), np.array(layer["b"])) for layer in playground.data["chain"]]
    assert [len(b) for _, b in params] == [2] * 7 + [1]
    assert network.accuracy(params, X, y) == 1


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"layers": [3]}, "activation"),
        ({"set": "no such set"}, "set"),
        ({"features": []}, "features"),
        ({"features": ["x3"]}, r"features\[0\]"),
        ({"layers": [17], "activations": ["tanh"]}, r"layers\[0\]"),
        ({"batch": 7}, "batch"),
        ({"goal": True}, "goal"),
        ({"test": 0.3}, "test"),
        ({"optimiser": "momentum"}, "optimiser"),
        ({"set": "drawing", "drawing": "xxx"}, "'o'"),
    ],
)
def test_a_state_that_makes_no_sense_is_refused_and_named(change, named):
    playground = Playground()
    before = playground.state
    with pytest.raises(ValueError, match=named):
        playground.state = {**before, **change}
    assert playground.state == before


@pytest.mark.parametrize(
    ("call", "named"),
    [
        (lambda playground: playground.load([(np.ones((3, 1)), np.ones(1))]), "X"),
        (lambda playground: playground.load([(np.ones((2, 2)), np.ones(2))]), "one neuron"),
        (lambda playground: playground.load("weights"), "params"),
        (lambda playground: playground.load(network.init([2, 3, 1], np.random.default_rng(0)), "cube"), "activation"),
        (lambda playground: playground.add("mine", np.ones((3, 3)), [0, 1, 0]), "mine"),
        (lambda playground: Playground.from_link("#playground=%7B"), "link"),
        (lambda playground: Playground.from_link("nothing"), "link"),
    ],
)
def test_a_wrong_argument_is_named(call, named):
    with pytest.raises(ValueError, match=named):
        call(Playground())
