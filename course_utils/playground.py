"""The playground: a small network that trains in the browser while one changes everything about it."""

import json
import urllib.parse

import numpy as np
import traitlets

from course_utils import arguments, datasets, network, plotting
from course_utils.figures import spirals
from course_utils.figures.live import HERE, LiveFigure, plain, show

MOST_LAYERS, MOST_NEURONS, MOST_POINTS = 8, 16, 2000
RATES = (0.001, 0.003, 0.01, 0.02, 0.03, 0.1, 0.3)
STRENGTHS = (0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03)
ACTIVATIONS = ("tanh", "relu", "sigmoid", "leaky_relu", "gelu", "silu", "sine", "step", "linear")
FEATURES = ("x1", "x2", "x1x1", "x2x2", "x1x2", "sin1", "sin2")
LINK = "#playground="


class Playground(LiveFigure):
    """A network to play with; as the last value of a cell it shows itself, and a still of its points.

    `sets` maps a name to points X (n, 2) and classes y (n,), 2000 points at most; without it: sets of the course.
    `layers` are the sizes of the hidden layers, at first none: one line. `activation` is one name for all of them, or
    a list with one for each: tanh, relu, sigmoid, leaky_relu, gelu, silu, sine, step, linear.
    `features` are the inputs: x1, x2, x1x1, x2x2, x1x2, sin1, sin2 (the sine of pi times a coordinate).
    `rate` is one of 0.001, 0.003, 0.01, 0.02, 0.03, 0.1, 0.3; `optimiser` adam or sgd; `regularisation` none, l1 or l2
    with `strength` 0.0001, 0.0003, 0.001, 0.003, 0.01 or 0.03; `batch` 1, 10, 32, 100, or 0 for all points; `init`
    normal or orthogonal; `test` the share of points kept for the test: 0, 0.2 or 0.5; training stops at the share
    `goal` of right points: 0 (never), 0.9, 0.99 or 1. Raises ValueError for anything else.

    `state` holds all of this as a dict that may be set, `link` as a text that `Playground.from_link` reads. When training pauses, and
    each second while it runs, `params` and `history` follow it; `load` puts a network of your own into it.
    """

    _ON_A_PAGE = (*LiveFigure._ON_A_PAGE, "weights")

    weights = traitlets.Dict().tag(sync=True)
    history = traitlets.Dict().tag(sync=True)
    trial = traitlets.Dict().tag(sync=True)

    def __init__(self, sets=None, layers=(), activation="tanh", rate=0.02, seed=0, *, features=("x1", "x2"),
                 optimiser="adam", regularisation="none", strength=0.001, batch=0, init="normal", test=0, goal=0):  # fmt: skip
        data = {"title": "A network to play with"}
        if sets is None:
            sets = {
                "spirals": datasets.spirals(),
                "ring": datasets.ring(),
                "moons": datasets.moons(),
                "xor": datasets.xor(),
                "blobs": datasets.blobs(),
                "spirals, 1.25 turns": datasets.spirals(300, turns=1.25),
            }
            data["chain"] = _plain(spirals.tidy(spirals.seven_layers(), sets["spirals, 1.25 turns"][0]))
        if not isinstance(sets, dict) or not sets:
            raise ValueError(f"sets should map names to points and classes, but it is {sets!r}")
        self.sets = {arguments.text("a name in sets", name): _points(name, pair) for name, pair in sets.items()}
        state = {
            "set": next(iter(self.sets)),
            "layers": layers,
            "activations": activation if isinstance(activation, (list, tuple)) else None,
            "activation": "tanh" if isinstance(activation, (list, tuple)) else activation,
            "features": features,
            "rate": rate,
            "seed": seed,
            "optimiser": optimiser,
            "regularisation": regularisation,
            "strength": strength,
            "batch": batch,
            "init": init,
            "test": test,
            "goal": goal,
        }
        data |= _data(self.sets)
        scripts = [HERE.parent / "trainer.js", HERE.parent / "playground.js"]
        super().__init__(scripts, "playground", data, _checked(state, self.sets))

    @traitlets.validate("state")
    def _sound_state(self, proposal):
        return _checked({**self.state, **proposal["value"]}, self.sets)

    @property
    def link(self):
        """All settings as a text; after the address of a page made by `page()` it is a link to them."""
        return LINK + urllib.parse.quote(json.dumps(self.state))

    @classmethod
    def from_link(cls, link, sets=None):
        """Return the playground that `link` describes; with points of your own, give their `sets` again."""
        _, found, code = arguments.text("link", link).partition(LINK)
        try:
            state = json.loads(urllib.parse.unquote(code))
        except ValueError:
            state = None
        if not found or not isinstance(state, dict):
            raise ValueError(f"link should hold {LINK!r} and the settings, but it is {link[:60]!r}")
        made = cls(sets)
        made.state = {"activations": None, **state}
        return made

    @property
    def points(self):
        """The points X (n, 2) and classes y (n,) that are chosen now."""
        if self.state["set"] == "drawing":
            return datasets.from_drawing(self.state["drawing"])
        return self.sets[self.state["set"]]

    def add(self, name, X, y):
        """Add points X (n, 2) of the classes y (n,) under a name and choose them."""
        self.sets = {**self.sets, arguments.text("name", name): _points(name, (X, y))}
        self.data = {**self.data, **plain(_data(self.sets))}
        self.state = {**self.state, "set": name}

    @property
    def params(self):
        """The weights when training last paused: a list of pairs (W, b), as `course_utils.network` has them."""
        return [(np.array(layer["W"]), np.array(layer["b"])) for layer in self.weights.get("layers", [])]

    def load(self, params, activation="tanh"):
        """Show the network `params`, a list of pairs (W, b) that ends in one neuron; Reset returns to it."""
        network.forward(params, np.zeros((1, len(self.state["features"]))))  # says what is wrong with params
        layers = [len(b) for _, b in params[:-1]]
        if len(params[-1][1]) != 1:
            raise ValueError(f"params should end in one neuron, but it ends in {len(params[-1][1])}")
        several = isinstance(activation, (list, tuple))
        wanted = {"layers": layers, "activations": activation if several else [activation] * len(layers)}
        with self.hold_sync():
            self.state = {**self.state, **wanted}
            self.weights = {"by": "python", "layers": _plain(params), "activations": self.state["activations"]}

    def _ipython_display_(self):
        name, (X, y) = next(iter(self.sets.items()))
        w, b = _least_squares(X, y)
        still, ax = plotting.new(width=420, height=460)
        plotting.points(ax, X, y)
        reach = self.data["reach"]
        plotting.regions(ax, lambda P: P @ w + b, limits=(-reach, reach), scores=True)
        ax.set_title(f"{name}: the least-squares line")
        right = int(np.sum((X @ w + b > 0) == y))
        alt = f"The points {name}: {len(X)} points of two classes. The least-squares line has {right} of them on their own side."
        show(self, still, alt)


def _points(name, pair):
    if not isinstance(pair, (list, tuple)) or len(pair) != 2:
        raise ValueError(f"sets[{name!r}] should be a pair (X, y), but it is {type(pair).__name__}")
    X, y = arguments.points_and_labels(*pair, names=(f"sets[{name!r}]'s X", f"sets[{name!r}]'s y"))
    if len(X) > MOST_POINTS:
        raise ValueError(f"sets[{name!r}] should hold at most {MOST_POINTS} points, but it holds {len(X)}")
    return X, y


def _data(sets):
    return {
        "sets": {name: {"X": X.round(4), "y": y} for name, (X, y) in sets.items()},
        "reach": 1.1 * max(float(np.abs(X).max()) for X, _ in sets.values()) or 1.0,
    }


def _checked(state, sets):
    """Return the state with each value in its proper type, or raise a ValueError that names the wrong one."""
    layers, features = state["layers"], state["features"]
    if not isinstance(layers, (list, tuple)) or len(layers) > MOST_LAYERS:
        raise ValueError(f"layers should be a list of at most {MOST_LAYERS} sizes, but it is {layers!r}")
    activation = arguments.choice("activation", state["activation"], ACTIVATIONS)
    activations = [activation] * len(layers) if state.get("activations") is None else state["activations"]
    if not isinstance(activations, (list, tuple)) or len(activations) != len(layers):
        raise ValueError(f"activation should be one name, or one for each of the {len(layers)} hidden layers")
    if not isinstance(features, (list, tuple)) or not features:
        raise ValueError(f"features should list at least one input, but it is {features!r}")
    chosen = [arguments.choice(f"features[{i}]", name, FEATURES) for i, name in enumerate(features)]
    drawing = {} if state.get("drawing") is None else {"drawing": arguments.text("drawing", state["drawing"])}
    if drawing:
        datasets.from_drawing(drawing["drawing"])
    return {
        "set": arguments.choice("set", state["set"], [*sets, *(["drawing"] if drawing else [])]),
        "layers": [arguments.integer(f"layers[{i}]", size, 1, MOST_NEURONS) for i, size in enumerate(layers)],
        "activations": [arguments.choice(f"activation[{i}]", act, ACTIVATIONS) for i, act in enumerate(activations)],
        "activation": activation,
        "features": [name for name in FEATURES if name in chosen],
        "rate": _one_of("rate", state["rate"], RATES),
        "seed": arguments.integer("seed", state["seed"], 0, 999),
        "optimiser": arguments.choice("optimiser", state["optimiser"], ["adam", "sgd"]),
        "regularisation": arguments.choice("regularisation", state["regularisation"], ["none", "l1", "l2"]),
        "strength": _one_of("strength", state["strength"], STRENGTHS),
        "batch": _one_of("batch", state["batch"], (0, 1, 10, 32, 100)),
        "init": arguments.choice("init", state["init"], ["normal", "orthogonal"]),
        "test": _one_of("test", state["test"], (0, 0.2, 0.5)),
        "goal": _one_of("goal", state["goal"], (0, 0.9, 0.99, 1)),
        **drawing,
    }


def _one_of(name, value, allowed):
    if isinstance(value, bool) or value not in allowed:
        raise ValueError(f"{name} should be one of {', '.join(map(str, allowed))}, but it is {value!r}")
    return value


def _plain(params):
    return [{"W": np.asarray(W, float).tolist(), "b": np.asarray(b, float).tolist()} for W, b in params]


def _least_squares(X, y):
    found, *_ = np.linalg.lstsq(np.column_stack([X, np.ones(len(X))]), 2.0 * y - 1, rcond=None)
    return found[:2], found[2]
