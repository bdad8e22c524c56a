"""The playground's points: sets of up to four classes, and their still picture."""

import numpy as np

from course_utils import arguments, datasets, plotting
from course_utils.playground.settings import MOST_CLASSES, MOST_POINTS

COLORS = (plotting.BLUE, plotting.ORANGE, plotting.GREEN, plotting.PURPLE)
MARKERS = ("o", "^", "s", "D")


def course_sets():
    """Return the sets of points that a playground opens with, by name."""
    return {
        "spirals": datasets.spirals(),
        "ring": datasets.ring(),
        "moons": datasets.moons(),
        "xor": datasets.xor(),
        "blobs": datasets.blobs(),
        "spirals, 1.25 turns": datasets.spirals(300, turns=1.25),
        "three spirals": arms(300, 3, turns=0.75),
        "four clouds": clouds(240, 4),
    }


def arms(n, kinds, turns, r0=0.1, seed=0):
    """Return n points on `kinds` spirals wound into each other: X (n, 2) within distance 1, y (n,) from 0 to kinds - 1."""
    rng = np.random.default_rng(seed)
    y = np.arange(n) % kinds
    t = np.empty(n)
    for k in range(kinds):
        t[y == k] = rng.permutation(np.linspace(0, 1, np.sum(y == k)))
    angle = 2 * np.pi * (turns * t + y / kinds)
    return (r0 + (1 - r0) * t)[:, None] * np.column_stack([np.cos(angle), np.sin(angle)]), y


def clouds(n, kinds, seed=0):
    """Return n points in `kinds` round clouds, 0.3 in radius, evenly around the origin: X (n, 2), y (n,)."""
    rng = np.random.default_rng(seed)
    y = np.arange(n) % kinds
    turn, angle = 2 * np.pi * (y + 0.5) / kinds, rng.uniform(0, 2 * np.pi, n)
    middle = 0.65 * np.column_stack([np.cos(turn), np.sin(turn)])
    return middle + (0.3 * np.sqrt(rng.random(n)))[:, None] * np.column_stack([np.cos(angle), np.sin(angle)]), y


def checked(name, pair):
    """Return the pair (X, y) that `sets` has under `name` as floats (n, 2) and whole numbers (n,), or raise a ValueError."""
    if not isinstance(pair, (list, tuple)) or len(pair) != 2:
        raise ValueError(f"sets[{name!r}] should be a pair (X, y), but it is {type(pair).__name__}")
    X, labels = (arguments.array(f"sets[{name!r}]'s X", pair[0], "n", 2), arguments.array(f"sets[{name!r}]'s y", pair[1], "n"))
    if len(labels) != len(X):
        raise ValueError(f"sets[{name!r}] should have one class for each of its {len(X)} points, but it has {len(labels)}")
    if len(X) > MOST_POINTS:
        raise ValueError(f"sets[{name!r}] should hold at most {MOST_POINTS} points, but it holds {len(X)}")
    if not np.isin(labels, range(MOST_CLASSES)).all():
        strange = labels[~np.isin(labels, range(MOST_CLASSES))][0]
        raise ValueError(f"sets[{name!r}] should hold only the classes 0 to {MOST_CLASSES - 1}, but it holds {strange:g}")
    return X, labels.astype(int)


def still(name, X, y, logits=None):
    """Return a figure of the points X (n, 2) with classes y (n,), and the text that says what it shows.

    `logits` takes points (m, 2) and returns one number each for two classes, or one for each class, (m, k). Without it
    the least-squares line, or one such plane for each class, stands in.
    """
    kinds = max(2, int(y.max()) + 1)
    what = "The network" if logits else "The least-squares line" if kinds == 2 else "One least-squares plane for each class"
    logits = logits or _least_squares(X, y, kinds)
    figure, ax = plotting.new(width=420, height=460)
    for k in range(kinds):
        looks = {"c": COLORS[k], "marker": MARKERS[k], "label": f"class {k}", "edgecolors": "white", "linewidths": 0.5}
        ax.scatter(*X[y == k].T, s=18, zorder=3, **looks)
    reach = 1.1 * float(np.abs(X).max()) or 1.0
    line = np.linspace(-reach, reach, 161)
    plane = np.stack(np.meshgrid(line, line), axis=-1).reshape(-1, 2)
    told = _class_of(logits(plane)).reshape(161, 161)
    paint = np.array([[int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)] for color in COLORS])[told]
    ax.imshow(0.75 + 0.25 * paint, origin="lower", extent=(-reach, reach, -reach, reach), zorder=0)
    ax.set(xlim=(-reach, reach), ylim=(-reach, reach), aspect="equal", title=f"{name}: {what[0].lower()}{what[1:]}")
    ax.get_figure().legend(loc="outside lower center", ncols=kinds, frameon=False, fontsize=9.5)
    right = int(np.sum(_class_of(logits(X)) == y))
    words = {2: "two", 3: "three", 4: "four"}[kinds]
    return figure, f"The points {name}: {len(X)} points of {words} classes. {what} has {right} of them on their own side."


def _class_of(logits):
    logits = np.asarray(logits).reshape(len(logits), -1)
    return (logits[:, 0] > 0).astype(int) if logits.shape[1] == 1 else logits.argmax(axis=1)


def _least_squares(X, y, kinds):
    wanted = 2.0 * y - 1 if kinds == 2 else np.eye(kinds)[y]
    found, *_ = np.linalg.lstsq(np.column_stack([X, np.ones(len(X))]), wanted, rcond=None)
    return lambda P: np.column_stack([P, np.ones(len(P))]) @ found
