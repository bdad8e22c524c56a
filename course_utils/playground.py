"""The playground: a small network that trains in the browser while one changes its layers."""

import numpy as np

from course_utils import arguments, datasets, plotting
from course_utils.figures.live import HERE, LiveFigure, show

MOST_LAYERS, MOST_NEURONS = 5, 16
RATES = (0.001, 0.003, 0.01, 0.02, 0.03, 0.1, 0.3)


class Playground(LiveFigure):
    """A network to play with; as the last value of a cell it shows itself, and a still of its points.

    `sets` maps a name to points X (n, 2) and classes y (n,), 2000 points at most; without it: spirals, ring, moons.
    `layers` are the sizes of the hidden layers, at first none: one line. `rate` is one of 0.001, 0.003, 0.01, 0.02,
    0.03, 0.1, 0.3. Raises ValueError for anything else. Training is full batch, Adam on the log loss.
    """

    def __init__(self, sets=None, layers=(), activation="tanh", rate=0.02, seed=0):
        if sets is None:
            sets = {"spirals": datasets.spirals(), "ring": datasets.ring(), "moons": datasets.moons()}
        if not isinstance(sets, dict) or not sets:
            raise ValueError(f"sets should map names to points and classes, but it is {sets!r}")
        self.sets = {arguments.text("a name in sets", name): _points(name, pair) for name, pair in sets.items()}
        if not isinstance(layers, (list, tuple)) or len(layers) > MOST_LAYERS:
            raise ValueError(f"layers should be a list of at most {MOST_LAYERS} sizes, but it is {layers!r}")
        if rate not in RATES:
            raise ValueError(f"rate should be one of {', '.join(map(str, RATES))}, but it is {rate!r}")
        state = {
            "set": next(iter(self.sets)),
            "layers": [arguments.integer(f"layers[{i}]", size, 1, MOST_NEURONS) for i, size in enumerate(layers)],
            "activation": arguments.choice("activation", activation, ["tanh", "relu", "linear"]),
            "rate": float(rate),
            "seed": arguments.integer("seed", seed, 0, 999),
        }
        data = {
            "title": "A network to play with",
            "sets": {name: {"X": X.round(4), "y": y} for name, (X, y) in self.sets.items()},
            "reach": 1.1 * max(float(np.abs(X).max()) for X, _ in self.sets.values()) or 1.0,
        }
        super().__init__(HERE.parent / "playground.js", "playground", data, state)

    def _ipython_display_(self):
        name, (X, y) = next(iter(self.sets.items()))
        w, b = _least_squares(X, y)
        still, ax = plotting.new(width=420, height=460)
        plotting.points(ax, X, y)
        reach = self.data["reach"]
        plotting.regions(ax, lambda P: P @ w + b, limits=(-reach, reach), scores=True)
        ax.set_title(f"{name}: the least-squares line")
        right = int(np.sum((X @ w + b > 0) == y))
        alt = (
            f"The points {name}: {len(X)} points of two classes. "
            f"The least-squares line has {right} of them on their own side."
        )
        show(self, still, alt)


def _points(name, pair):
    if not isinstance(pair, (list, tuple)) or len(pair) != 2:
        raise ValueError(f"sets[{name!r}] should be a pair (X, y), but it is {type(pair).__name__}")
    X, y = arguments.points_and_labels(*pair, names=(f"sets[{name!r}]'s X", f"sets[{name!r}]'s y"))
    if len(X) > 2000:
        raise ValueError(f"sets[{name!r}] should hold at most 2000 points, but it holds {len(X)}")
    return X, y


def _least_squares(X, y):
    found, *_ = np.linalg.lstsq(np.column_stack([X, np.ones(len(X))]), 2.0 * y - 1, rcond=None)
    return found[:2], found[2]
