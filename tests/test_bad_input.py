"""Whatever stands where an argument belongs: it is taken, or refused by a sentence with the argument's name in it.

And whatever a learner's function does when a figure calls it: the sentence names that function.
"""

import importlib
import inspect
import pkgutil
from types import SimpleNamespace

import IPython.display
import numpy as np
import pytest
from live_figures import right_collapse
from strange import arguments_of, each_is_taken_or_refused_by_name, title

import course_utils
from course_utils import datasets, inventory, judging, learn, network, plotting, predictions, progress
from course_utils.claims import ledger
from course_utils.figures import (
    activations,
    claims,
    collapse,
    depth,
    feature_crosses,
    learning,
    live,
    no_line,
    one_line,
    probabilities,
    spirals,
)
from course_utils.playground import Playground

X, y = datasets.ring(20)
NET = network.init([2, 3, 1], np.random.default_rng(0))
FLAT = network.init([2, 2, 1], np.random.default_rng(0))
THREE = network.init([2, 4, 3], np.random.default_rng(0), "relu")
FIGURE, AX = plotting.new()
NETWORK = {"params": NET, "X": X, "y": y, "act": "tanh"}
TRAIN = {"sizes": [2, 3, 1], "X": X, "y": y, "act": "tanh", "steps": 2, "rate": 0.1, "gain": 1.0, "optimiser": "adam", "start": None}
WEATHER = {"X": X, "y": y, "names": ["rain", "sun", "wind"]}
OWN = {"ring": ([2, 1, 1], "tanh"), "moons": ([2, 1, 1], "tanh"), "spirals": ([2, 1, 1], "tanh")}
SETTLED = [{"confidence": 80, "correct": True}] * 8
TRIAL = {"stat": 0.5, "lo": 0.3, "hi": 0.7, "n": 20, "control": 0}
PLAY = Playground({"ring": (X, y)})
PLAY.load([(np.ones((2, 1)), np.ones(1))])


# ---- right answers of a learner, for the figures that ask for them ----


def right_perceptron(X, y, most):
    return np.ones(2), 0.0, 1


def right_fit(X, y, phi, steps):
    return np.ones(phi(X).shape[1]), 0.5


def right_lift(X, way):
    return np.column_stack([X, (X**2).sum(axis=1)])


def right_interpolator(knots, values):
    return np.zeros(len(knots)), values[0]


def right_interpolate(X, W, b, act, t):
    return X


def right_compose(f, x, k):
    return x


def right_softmax(Z):
    e = np.exp(Z - Z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


# function -> a call that works; what is not named is tried with its default
CALLS = {
    datasets.blobs: {},
    datasets.xor: {},
    datasets.xor_corners: {},
    datasets.ring: {},
    datasets.moons: {},
    datasets.spirals: {},
    datasets.lang_witbrock: {},
    datasets.from_drawing: {"text": "x o"},
    datasets.margin: {"X": X, "y": y},
    network.forward: {"params": NET, "X": X},
    network.backward: NETWORK,
    network.loss: NETWORK,
    network.accuracy: NETWORK,
    network.init: {"sizes": [2, 1], "rng": np.random.default_rng(0)},
    network.train: {**TRAIN, "seeds": 2, "goal": None, "dtype": float},
    network.history: {**TRAIN, "seed": 2, "every": 1},
    network.wilson: {"successes": 1, "n": 2},
    plotting.new: {},
    plotting.points: {"ax": AX, "X": X, "y": y},
    plotting.line: {"ax": AX, "w": [1, 2], "b": 0.5},
    plotting.regions: {"ax": AX, "predict": lambda P: P[:, 0] > 0},
    plotting.grid: {"ax": AX, "carry": lambda P: P, "lines": 3},
    plotting.values: {"ax": AX, "f": lambda P: P[:, 0]},
    plotting.classes: {"X": X, "y": y},
    plotting.describe: {"X": X, "y": y},
    plotting.check_axes: {"ax": AX},
    plotting.as_html: {"figure": FIGURE, "alt": "words"},
    plotting.show: {"figure": FIGURE, "alt": "words"},
    predictions.ask: {"name": "n", "question": "q", "choices": ["a", "b"]},
    predictions.reveal: {"name": "n", "correct": "a", "sentence": "s"},
    predictions.answers: {},
    inventory.ask: {"when": "before"},
    inventory.answer: {"when": "before", "number": 1, "answer": "a", "reason": "a"},
    inventory.recorded: {"when": "before"},
    inventory.judge: {"number": 0, "answer": 0, "reason": 0},
    inventory.gain: {},
    inventory.show: {},
    inventory.summary: {},
    judging.judge: {"notebook_path": "missing.ipynb", "released_path": None},
    progress.progress: {},
    progress.report: {"folder": None},
    learn.prepare: {"notebooks": "notebooks", "work": "work"},
    learn.start_over: {"notebooks": "notebooks", "work": "work", "name": "00-start-here"},
    learn.find_house: {},
    learn.find_work: {},
    learn.lessons: {"notebooks": "notebooks"},
    ledger.rows: {"names": ["S4"]},
    ledger.table: {"names": ["S4"]},
    live.LiveFigure: {"script": "collapse", "figure": "two_neurons", "data": {}},
    live.show: {"live": live.LiveFigure("collapse", "two_neurons", {}), "still_figure": FIGURE, "alt": "words"},
    live.LiveFigure("collapse", "two_neurons", {}).page: {},
    live.module: {},
    live.style: {},
    one_line.line_sliders: {"X": X, "y": y},
    one_line.sheet: {"X": X, "y": y, "w": [1, 2], "b": 0.5},
    one_line.perceptron_player: {"X": X, "y": y, "perceptron": right_perceptron},
    no_line.turn_the_line: {},
    no_line.truth_tables: {"best_line_accuracy": lambda X, y: 0.75},
    no_line.cover_curve: {"cover_fraction": lambda N, d: 0.5},
    feature_crosses.toggle_features: {"fit_lifted": right_fit},
    feature_crosses.paraboloid_lift: {"X": X, "y": y, "lift": right_lift},
    feature_crosses.degree_slider: {},
    collapse.depth_slider: {"collapse": right_collapse},
    collapse.grid_filmstrip: {"Ws": [np.eye(2), np.eye(2)], "collapse": right_collapse},
    collapse.one_bend: {"Ws": [np.eye(2), np.ones((2, 1))], "bs": [np.zeros(2), np.zeros(1)]},
    collapse.two_neurons: {"x": [0, 1, 2], "y": [0, 1, 0]},
    activations.activation_zoo: {"functions": {"tanh": (np.tanh, None)}},
    activations.hinge_mixer: {"x": [0, 1, 2], "y": [0, 1, 0]},
    activations.knot_slider: {"relu_interpolator": right_interpolator, "hinge_net": lambda x, knots, weights, offset: x},
    learning.training_player: {"runs": {"tanh": [FLAT, FLAT]}, "X": X, "y": y},
    learning.signal_map: {"signal_ratio": lambda depth, act, scale: 1.0},
    learning.learning_rates: {},
    learning.many_runs: {"sizes": [2, 3, 1], "X": X, "y": y, "act": "tanh", "rates": [0.1], "steps": 2, "seeds": 2},
    spirals.twin_view: {"history": [FLAT, FLAT], "X": X, "y": y},
    spirals.scrubber: {"params": FLAT, "X": X, "y": y, "interpolate_layer": right_interpolate},
    spirals.filmstrip: {"params": FLAT, "X": X, "y": y},
    spirals.one_layer: {"interpolate_layer": right_interpolate, "max_jump": lambda f, path, n: 0.5, "count_collisions": lambda H, tol: 3},
    spirals.ring: {"narrow": FLAT, "wide": NET, "X": X, "y": y},
    spirals.seven_layers: {},
    depth.tent_composer: {"tent": lambda x: 1 - x, "compose": right_compose, "count_pieces": lambda x, y: 4},
    depth.region_map: {},
    depth.race: {},
    depth.recorded: {},
    depth.spread_start: {"sizes": [2, 3, 1], "act": "tanh", "spread": 1.0, "seeds": [1, 2]},
    depth.record: {},
    probabilities.train_many: {"sizes": [2, 3], "X": X[None], "y": y[None], "ce_grad": lambda Z, y: Z, "steps": 2},
    probabilities.days: {"ax": AX, **WEATHER},
    probabilities.confidence_map: {"ax": AX, "probabilities": lambda P: right_softmax(np.zeros((len(P), 3))), "limits": (-1, 1)},
    probabilities.reliability: {"ax": AX, "p": np.full((20, 3), 1 / 3), "y": y},
    probabilities.own_forecasts: {"answers": SETTLED, "ece": lambda p, y, bins: 0.1},
    probabilities.softmax_triangle: {"softmax": right_softmax, "names": WEATHER["names"]},
    probabilities.temperature_slider: {
        "forecasts": {"a": np.eye(3)[y]}, "y": y, "softmax": right_softmax, "ece": lambda p, y, bins: 0.1,
    },
    probabilities.zoom_out: {"nets": [THREE], **WEATHER, "confidence_at_radius": lambda params, r: 0.5},
    claims.docket: {"lessons": ["02"]},
    claims.tally: {"counts": {"OK": 1, "IMPRECISE": 1, "WRONG": 0}},
    claims.trials: {"outcomes": {"S1": TRIAL}},
    claims.golf: {"own": OWN},
    claims.winner: {"green": "ring"},
    claims.parameters: {"sizes": [2, 1]},
    claims.successes: {"green": "ring", "sizes": [2, 1], "act": "tanh", "runs": 1},
    claims.record: {},
    claims.recorded: {},
    Playground: {"sets": {"ring": (X, y)}},
    PLAY.add: {"name": "more", "X": X, "y": y},
    PLAY.load: {"params": [(np.ones((2, 1)), np.ones(1))]},
    PLAY.logits: {"X": X},
    Playground.from_link: {"link": PLAY.link, "sets": {"ring": (X, y)}},
}  # fmt: skip
# modules that neither a lesson nor a teacher calls, and who does
INSIDE = {
    "course_utils.arguments": "its functions are what refuses",
    "course_utils.bench": "a command, see test_commands.py",
    "course_utils.cells": "run by judging, in another process",
    "course_utils.in_process": "run by judging, in the browser",
    "course_utils.prompt_kernel": "run by JupyterLab",
    "course_utils.refusals": "called by the package itself, where a notebook imports it",
    "course_utils.claims": "every claim's own computation; ledger asks for it",
    "course_utils.figures.upright": "called by figures with networks they have checked",
    "course_utils.playground": "called by Playground, in whose words they refuse",
    "course_utils.grading": "tried in test_bad_input_of_grading.py",
}
# public names that are not called by a lesson, and who calls them
NOT_CALLED = {
    "plain": "live: by LiveFigure", "checked": "network: by figures and the playground", "as_text": "progress, ledger: with what report or rows made",
    "as_html": "progress: with what report made", "short": "ledger: with a number of its own", "main": "a command, see test_commands.py",
    "how_to_start_over": "learn: only puts words together", "send_state": "LiveFigure: by ipywidgets", "Inventory": "inventory: by ask",
    "Question": "predictions: by ask", "Result": "judging: what judge returns", "Lesson": "progress: what report returns",
}  # fmt: skip


@pytest.fixture(autouse=True)
def nothing_kept(tmp_path, monkeypatch):
    (tmp_path / "notebooks" / "00-start-here").mkdir(parents=True)
    (tmp_path / "notebooks" / "00-start-here" / "00-start-here.ipynb").write_text("{}")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(predictions, "_unsaved", [])
    monkeypatch.setattr(ledger, "LEDGER", {"S4": ledger.LEDGER["S4"]})
    for place in (predictions, inventory, IPython.display, live, claims, probabilities):
        monkeypatch.setattr(place, "display", lambda *_, **__: None)
    # a still is drawn, but to paint it would take longer than all else
    monkeypatch.setattr(live, "plotting", SimpleNamespace(as_html=lambda figure, alt: "") )
    monkeypatch.setattr(probabilities.plotting, "show", lambda *_: None)


@pytest.mark.parametrize(("function", "name"), [pytest.param(f, name, id=f"{title(f)}-{name}") for f in CALLS for name in arguments_of(f)])
def test_a_strange_value_is_taken_or_refused_by_the_name_of_its_argument(function, name):
    each_is_taken_or_refused_by_name(function, CALLS[function], name)


# ---- functions that a learner has written ----


def asks(function):
    """The arguments of a figure that are a learner's functions."""
    return [name for name, value in CALLS[function].items() if inspect.isfunction(value)]


def nowhere(array):
    return np.full(array.shape, np.nan)


class Silent(Exception):
    def __str__(self):
        raise RuntimeError("it cannot say what it is")


def raises(error):
    def answer(*_):
        raise error

    return answer


WRONG = {
    "returns nothing": lambda *_: None,
    "returns a text": lambda *_: "0.5",
    "returns nan": lambda *_: float("nan"),
    "returns an array of another shape": lambda *_: np.zeros((3, 3, 3)),
    "returns an array of texts": lambda *_: np.array(["a", "b"]),
    "returns lists of unequal lengths": lambda *_: [[1], [1, 2]],
    "returns a complex number": lambda *_: 1j,
    "returns nan for what is asked of it": lambda *given: nowhere(given[0]) if isinstance(given[0], np.ndarray) else float("inf"),
    "returns two things that are nothing": lambda *_: (None, None),
    "returns a generator": lambda *_: (k for k in range(3)),
    "returns itself": lambda *_: len,
    "takes no argument": lambda: 0,
    "divides by zero": lambda *_: 1 / 0,
    "raises an IndexError": lambda *_: [][1],
    "raises what cannot say what it is": raises(Silent()),
    "never ends calling itself": raises(RecursionError("maximum recursion depth exceeded")),
}
LEARNERS = [(f, name) for f in CALLS for name in asks(f)]
LEARNERS += [(activations.activation_zoo, "tanh"), (activations.activation_zoo, "the slope of tanh")]


def call_with(function, name, answer):
    if function is activations.activation_zoo:
        return function({"tanh": (answer, None) if name == "tanh" else (np.tanh, answer)})
    return function(**{**CALLS[function], name: answer})


@pytest.mark.parametrize(("function", "name"), [pytest.param(f, name, id=f"{title(f)}-{name}") for f, name in LEARNERS])
def test_a_figure_says_by_its_name_what_is_wrong_with_a_learners_function(function, name):
    for what, answer in WRONG.items():
        with pytest.raises(ValueError, match=r"should (be|return) .* but ") as told:
            call_with(function, name, answer)
        assert name in str(told.value), what
    with pytest.raises(NotImplementedError, match="not written yet"):
        call_with(function, name, raises(NotImplementedError("not written yet")))


@pytest.mark.parametrize(("function", "name"), [pytest.param(f, name, id=f"{title(f)}-{name}") for f, name in LEARNERS])
def test_a_learners_function_that_goes_wrong_only_once_is_noticed_and_changes_nothing_of_ours(function, name):
    right = np.cos if function is activations.activation_zoo else CALLS[function][name]
    count, last = 0, None

    def greedy(*given):
        nonlocal count
        count += 1
        if count == last:
            return None
        answer = right(*given)
        for thing in given:
            for array in thing if isinstance(thing, list) else [thing]:
                if isinstance(array, np.ndarray):
                    array[...] = 77
        return answer

    call_with(function, name, greedy)
    assert count, "the figure never asked"
    last, count = count, 0
    with pytest.raises(ValueError, match=r"should (be|return) .* but ") as told:
        call_with(function, name, greedy)
    assert name in str(told.value)


# ---- what is allowed, and shows next to nothing ----


@pytest.mark.parametrize("call", [
    lambda: spirals.scrubber([(np.zeros(shape), np.zeros(shape[1])) for shape in ((2, 5), (5, 2), (2, 1))], X, y, right_interpolate),
    lambda: spirals.twin_view([[(np.zeros((2, 2)), np.zeros(2)), (np.zeros((2, 1)), np.zeros(1))]] * 2, X, y),
    lambda: spirals.one_layer(right_interpolate, lambda f, path, n: 0, lambda H, tol: 0),
    lambda: feature_crosses.paraboloid_lift(0 * X, y, right_lift),
    lambda: collapse.depth_slider(lambda Ws, bs: (np.zeros((2, 1)), np.zeros(1))),
], ids=["a network of zeros", "a training of zeros", "no jump", "all points in one place", "no line"])  # fmt: skip
def test_a_figure_of_almost_nothing_is_drawn_without_a_warning(call):
    call()


# ---- nothing left out ----


def modules():
    found = [module.name for module in pkgutil.walk_packages(course_utils.__path__, "course_utils.")]
    inside = [name for name in found if any(name == place or name.startswith(f"{place}.") for place in INSIDE)]
    return sorted(set(found) - set(inside) | {"course_utils.claims.ledger", "course_utils.playground"})


def public(thing, module):
    """What a module, or a class in it, offers: functions, classes and methods of its own."""
    for name, member in vars(thing).items():
        member = member.__func__ if isinstance(member, classmethod) else member
        if name.startswith("_") or getattr(member, "__module__", None) != module or name in NOT_CALLED:
            continue
        if inspect.isfunction(member):
            yield member
        elif inspect.isclass(member) and not issubclass(member, Exception):
            yield member
            yield from public(member, module)


@pytest.mark.parametrize("name", modules())
def test_every_public_function_is_tried(name):
    tried = {getattr(function, "__func__", function) for function in CALLS}
    missing = {title(function) for function in public(importlib.import_module(name), name)} - {title(function) for function in tried}
    assert not missing, "each needs a row in CALLS, or a reason in NOT_CALLED"
