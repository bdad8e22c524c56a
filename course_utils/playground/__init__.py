"""The playground: a small network that trains in the browser while one changes everything about it."""

from pathlib import Path

import numpy as np
import traitlets

from course_utils import arguments, network
from course_utils.figures import spirals
from course_utils.figures.live import LiveFigure, plain, show
from course_utils.playground import inputs, points, settings

HERE = Path(__file__).parent
SCRIPTS = ("network", "trainer", "inputs", "settings", "session", "pictures", "wiring", "layers", "sketch", "controls", "figure")
CHAIN_SET = "spirals, 1.25 turns"
HISTORY = ("epoch", "loss", "accuracy", "test_loss", "test_accuracy")


class Playground(LiveFigure):
    """A network to play with; as the last value of a cell it shows itself, and a still of its points.

    `sets` maps a name to points X (n, 2) and classes y (n,) from 0 to 3, 2000 points at most; without it: sets of the
    course. `layers` are the sizes of the hidden layers, at first none: one line. `activation` is one name for all of
    them, or a list with one for each: tanh, relu, sigmoid, leaky_relu, gelu, silu, sine, step, linear.
    `features` are the inputs: x1, x2, x1x1, x2x2, x1x2, sin1, sin2 (the sine of pi times a coordinate), and up to three
    of your own such as "x1 * x2^2" (`course_utils.playground.inputs` has the language).
    `rate` is one of 0.001, 0.003, 0.01, 0.02, 0.03, 0.1, 0.3; `optimiser` adam or sgd; `regularisation` none, l1 or l2
    with `strength` 0.0001, 0.0003, 0.001, 0.003, 0.01 or 0.03; `batch` 1, 10, 32, 100, or 0 for all points; `init`
    normal or orthogonal; `test` the share of points kept for the test: 0, 0.2 or 0.5; training stops at the share
    `goal` of right points: 0 (never), 0.9, 0.99 or 1; `hinges` shows where the neurons of the "first" layer, of "all"
    or of "none" bend the plane. Raises ValueError for anything else.

    `state` holds all of this as a dict that may be set, and in "drawing" the points [x1, x2, class] that were drawn;
    `link` is the same as a text that `Playground.from_link` reads. When training pauses or starts over, and each second
    while it runs, `params` and `history` follow it; `load` puts a network of your own into it, `add` points.
    """

    _ON_A_PAGE = (*LiveFigure._ON_A_PAGE, "weights", "history")

    weights = traitlets.Dict().tag(sync=True, echo_update=False)
    history = traitlets.Dict().tag(sync=True, echo_update=False)
    trial = traitlets.Dict().tag(sync=True, echo_update=False)

    def __init__(self, sets=None, layers=(), activation="tanh", rate=0.02, seed=0, *, features=("x1", "x2"), optimiser="adam",
                 regularisation="none", strength=0.001, batch=0, init="normal", test=0, goal=0, hinges="none"):  # fmt: skip
        data = {"title": "A network to play with"}
        if sets is None:
            sets = points.course_sets()
            data["chain"] = _plain(spirals.tidy(spirals.seven_layers(), sets[CHAIN_SET][0]))
        if not isinstance(sets, dict) or not sets:
            raise ValueError(f"sets should map names to points and classes, but it is {arguments.shown(sets)}")
        self.sets = {arguments.text("a name in sets", name): points.checked(name, pair) for name, pair in sets.items()}
        several = isinstance(activation, (list, tuple))
        state = {
            "set": next(iter(self.sets)),
            "layers": layers,
            "activations": activation if several else None,
            "activation": "tanh" if several else activation,
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
            "hinges": hinges,
        }
        scripts = [HERE / f"{name}.js" for name in SCRIPTS]
        super().__init__(scripts, "playground", data | _data(self.sets), settings.checked(state, self.sets))
        self._css += "\n" + (HERE / "playground.css").read_text(encoding="utf-8")

    @traitlets.validate("state")
    def _sound_state(self, proposal):
        return settings.checked({**self.state, **proposal["value"]}, self.sets)

    @property
    def link(self):
        """All settings as a text; after the address of a page made by `page()` it is a link to them."""
        return settings.to_link(self.state)

    @classmethod
    def from_link(cls, link, sets=None):
        """Return the playground that `link` describes; with points of your own, give their `sets` again."""
        state = settings.from_link(link)
        made = cls(sets)
        made.state = {"activations": None, **state}
        return made

    @property
    def points(self):
        """The points X (n, 2) and classes y (n,) that are chosen now, in the browser's order."""
        if self.state["set"] == settings.DRAWING:
            drawn = self.state["drawing"]
            return np.array([place for *place, _ in drawn]), np.array([kind for *_, kind in drawn])
        return self.sets[self.state["set"]]

    def add(self, name, X, y):
        """Add points X (n, 2) of the classes y (n,), from 0 to 3, under a name and choose them."""
        if arguments.text("name", name) == settings.DRAWING:
            raise ValueError(f"name should not be {name!r}: that is what is drawn in the playground itself")
        self.sets = {**self.sets, name: points.checked(name, (X, y))}
        self.data = {**self.data, **plain(_data(self.sets))}
        self.state = {**self.state, "set": name}

    @property
    def params(self):
        """The weights when training last paused: a list of pairs (W, b), as `course_utils.network` has them."""
        return [(np.array(layer["W"]), np.array(layer["b"])) for layer in self.weights.get("layers", [])]

    def logits(self, X):
        """Return what the network `params` says of points X (n, 2): one logit for two classes, (n, 1), else one each, (n, k)."""
        if not self.weights:
            raise ValueError("params should hold a network, but nothing was trained or loaded yet")
        params, h = self.params, inputs.features(self.state["features"], X)
        if len(params[0][0]) != h.shape[1]:
            found = len(params[0][0])
            raise ValueError(f"params should take the {h.shape[1]} features, but it takes {found} inputs: load or train anew")
        for (W, b), act in zip(params, [*self.weights["activations"], "linear"], strict=True):
            h = network.ACTIVATIONS[act][0](h @ W + b)
        return h

    def load(self, params, activation="tanh", history=None):
        """Show the network `params`, a list of pairs (W, b); Reset returns to it.

        For two classes it ends in one neuron, for more in one for each class. `history` may hold what was written down
        while it was trained: lists of equal length under "epoch", "loss" and "accuracy", and for test points under
        "test_loss" and "test_accuracy".
        """
        params, inputs_now = network.checked("params", params), len(self.state["features"])
        if len(params[0][0]) != inputs_now:
            raise ValueError(f"params should take {inputs_now} inputs, as many as there are features, but it takes {len(params[0][0])}")
        kinds = max(2, int(self.points[1].max()) + 1)
        wanted, found = (1 if kinds == 2 else kinds), len(params[-1][1])
        if found != wanted:
            words = "one neuron" if wanted == 1 else f"{wanted} neurons, one for each class"
            raise ValueError(f"params should end in {words}, but it ends in {found}")
        layers = [len(b) for _, b in params[:-1]]
        several = isinstance(activation, (list, tuple))
        if not several:
            arguments.choice("activation", activation, settings.ACTIVATIONS)
        state = {"layers": layers, "activations": activation if several else [activation] * len(layers)}
        written = _history(history)
        with self.hold_sync():
            self.state = {**self.state, **state}
            self.history = written
            layers, activations = _plain(params), self.state["activations"]
            self.weights = {"by": "python", "layers": layers, "activations": activations, "history": written}

    def _ipython_display_(self):
        X, y = self.points
        show(self, *points.still(self.state["set"], X, y, self.logits if self.weights else None))


def _data(sets):
    return {"sets": {name: {"X": X.round(4), "y": y} for name, (X, y) in sets.items()}}


def _history(history):
    history = {} if history is None else history
    if not isinstance(history, dict) or not set(history) <= set(HISTORY):
        raise ValueError(f"history should be a dict with lists under {', '.join(HISTORY)}, but it is {arguments.shown(history)}")
    given = [name for name in HISTORY if np.asarray(history.get(name, ()), object).size]
    lists = {name: plain(arguments.array(f"history[{name!r}]", history[name], "n")) for name in given}
    lengths = {len(values) for values in lists.values()}
    if len(lengths) > 1 or (lists and not {"epoch", "loss", "accuracy"} <= set(lists)):
        raise ValueError("history should hold lists of equal length under at least epoch, loss and accuracy")
    return lists


def _plain(params):
    return [{"W": np.asarray(W, float).tolist(), "b": np.asarray(b, float).tolist()} for W, b in params]
