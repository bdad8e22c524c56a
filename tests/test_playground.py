"""The playground as Python holds it: settings, links, points and weights."""

import json
from pathlib import Path

import numpy as np
import pytest

import course_utils.playground as playground_module
from course_utils import datasets, network
from course_utils.playground import Playground, points


def test_the_playground_opens_on_the_spirals_with_no_hidden_layer():
    state = Playground().state
    assert (state["set"], state["layers"], state["features"], state["test"]) == ("spirals", [], ["x1", "x2"], 0)


def test_each_layer_may_have_its_own_activation():
    assert Playground(layers=[3, 4], activation=["sine", "step"]).state["activations"] == ["sine", "step"]
    assert Playground(layers=[3, 4], activation="gelu").state["activations"] == ["gelu", "gelu"]


def test_a_link_brings_all_settings_back():
    settings = {"features": ["x1", "x1x2", "x1 * x2^2"], "hinges": "all", "optimiser": "sgd", "batch": 10}
    settings |= {"test": 0.2, "goal": 0.99, "init": "orthogonal"}
    made = Playground(layers=[3, 4], activation=["relu", "tanh"], rate=0.1, seed=7, **settings)
    made.state = {**made.state, "set": "drawing", "drawing": [[-1, 1, 1], [1, 1, 0], [0.125, -1, 3]]}
    again = Playground.from_link("https://example.org/page.html" + made.link)
    assert again.state == made.state
    X, y = again.points
    assert np.array_equal(X, [[-1, 1], [1, 1], [0.125, -1]]) and np.array_equal(y, [1, 0, 3])


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
    assert playground.data["sets"]["mine"]["y"] == y.tolist()


def test_a_loaded_network_and_its_history_travel_together_and_can_be_asked():
    X, y = datasets.moons(40)
    params = network.init([3, 4, 1], np.random.default_rng(1))
    playground = Playground({"moons": (X, y)}, features=["x1", "x2", "x1 * x2"])
    written = {"epoch": [0, 10], "loss": [0.7, 0.5], "accuracy": [0.5, 0.75]}
    playground.load(params, "relu", history=written)
    assert playground.history == playground.weights["history"] == written
    hidden = np.maximum(np.column_stack([X, X[:, 0] * X[:, 1]]) @ params[0][0] + params[0][1], 0)
    assert np.allclose(playground.logits(X), hidden @ params[1][0] + params[1][1])
    playground.state = {**playground.state, "features": ["x1"]}
    with pytest.raises(ValueError, match="takes 3 inputs"):
        playground.logits(X)


def test_a_network_for_three_classes_ends_in_three_neurons(monkeypatch):
    shown = []
    monkeypatch.setattr("course_utils.playground.show", lambda live, still, alt: shown.append(alt))
    playground = Playground({"arms": points.arms(60, 3, 0.5)})
    with pytest.raises(ValueError, match="3 neurons, one for each class"):
        playground.load(network.init([2, 4, 1], np.random.default_rng(1)))
    playground._ipython_display_()
    playground.load(network.init([2, 4, 3], np.random.default_rng(1)))
    playground._ipython_display_()
    X, y = playground.points
    right = int(np.sum(playground.logits(X).argmax(axis=1) == y))
    assert shown[0].startswith("The points arms: 60 points of three classes. One least-squares plane for each class has")
    assert shown[1].endswith(f"The network has {right} of them on their own side.")


def test_the_files_of_the_figure_are_all_in_the_package_and_all_used():
    files = {path.stem for path in Path(playground_module.__file__).parent.glob("*.js")}
    assert files == set(playground_module.SCRIPTS)
    page = Playground().page()
    assert "figures.playground = (board)" in page and ".untangle.playground" in page and "http" not in page

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
        ({"set": "drawing"}, "two classes"),
        ({"set": "drawing", "drawing": [[0, 0, 1], [0, 1, 1]]}, "two classes"),
        ({"drawing": "xxx"}, "drawing"),
        ({"drawing": [[0, 0]]}, r"drawing\[0\]"),
        ({"drawing": [[0, 2, 1]]}, r"drawing\[0\]\[1\]"),
        ({"drawing": [[0, 0, 4]]}, r"drawing\[0\]\[2\]"),
        ({"drawing": [[0, 0, 1]] * 501}, "at most 500"),
        ({"features": ["x1", "x1 +"]}, r"features\[1\].*missing at the end"),
        ({"features": ["x1^2", "x1^3", "x1^4", "x1^5"]}, "at most 3"),
        ({"hinges": "some"}, "hinges"),
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
        (lambda playground: playground.load([(np.ones((3, 1)), np.ones(1))]), "params should take 2 inputs"),
        (lambda playground: playground.load([(np.ones((2, 2)), np.ones(2))]), "one neuron"),
        (lambda playground: playground.load("weights"), "params"),
        (lambda playground: playground.load(network.init([2, 3, 1], np.random.default_rng(0)), "cube"), "activation"),
        (lambda playground: playground.load(network.init([2, 1], np.random.default_rng(0)), history={"loss": [1]}), "history"),
        (lambda playground: playground.load(network.init([2, 1], np.random.default_rng(0)), history=[1]), "history"),
        (lambda playground: playground.logits(np.ones((3, 2))), "nothing was trained or loaded"),
        (lambda playground: playground.add("mine", np.ones((3, 3)), [0, 1, 0]), "mine"),
        (lambda playground: playground.add("mine", np.ones((3, 2)), [0, 1, 4]), "classes 0 to 3"),
        (lambda playground: playground.add("mine", np.ones((3, 2)), [0, 1]), "one class for each"),
        (lambda playground: playground.add("drawing", np.ones((3, 2)), [0, 1, 1]), "name"),
        (lambda playground: Playground.from_link("#playground=%7B"), "link"),
        (lambda playground: Playground.from_link("nothing"), "link"),
    ],
)
def test_a_wrong_argument_is_named(call, named):
    with pytest.raises(ValueError, match=named):
        call(Playground())
