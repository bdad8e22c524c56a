"""The live figures of lesson 07: a plane carried through the layers of a network until one straight line is enough.

A network is a list of pairs (W, b), one a layer, as in `course_utils.network`; it ends in one neuron.
`interpolate_layer` is the learner's own: interpolate_layer(X, W, b, act, t) carries points X (n, d) part of the way
through a layer with as many neurons as inputs, t from 0 (nothing yet) over 1 (affine part done) to 2 (activation done).
"""

from pathlib import Path

import numpy as np
from mpl_toolkits.mplot3d.art3d import Poly3DCollection

from course_utils import arguments, network, plotting
from course_utils.figures.live import LiveFigure, show
from course_utils.figures.upright import flat, in_one_space, tidy, turn, turned

SCRIPTS = ["paper", "spirals"]
SEVEN_LAYERS = Path(__file__).with_name("seven_layers.npz")
PAPER = 1.15  # the squared paper covers [-PAPER, PAPER] on both axes
LEAST = 0.02  # half the width of a window at least, though all points may lie in one place
MOST_LAYERS = 20  # that a row of stills has room for


def twin_view(history, X, y, every=1):
    """Show a recorded training: the input plane and the plane of the last hidden layer, side by side, step by step.

    `history` is a list of tanh networks 2 - ... - 2 - 1, one after each `every` steps of training; points X (n, 2),
    classes y (n,). Returns the live figure.
    """
    X, y = arguments.points_and_labels(X, y)
    every = arguments.integer("every", every, 1, network.MOST_STEPS)
    if not isinstance(history, (list, tuple)) or len(history) < 2:
        words = "a list of two networks or more, one for each moment of the training"
        raise ValueError(f"history should be {words}, but it is {arguments.shown(history)}")
    history = [_checked(f"history[{k}]", net) for k, net in enumerate(history)]
    if len({tuple(len(b) for _, b in net) for net in history}) > 1:
        raise ValueError("history should hold one network at different moments, but their sizes differ")
    scores = [network.forward(net, X)[1][:, 0] for net in history]
    # sign and order of the last hidden pair are chosen once, at the end of training: the view must not flip on the way
    Q = turn(network.forward(history[-1], X)[0][-1], X)
    moments = [turned(net, Q) for net in history]
    right = [int(np.sum((score > 0) == y)) for score in scores]
    data = {
        "title": "The input plane and the last hidden plane while the network trains", "X": X.round(4), "y": y,
        "every": every, "moments": [_plain(net) for net in moments], "right": right, "paper": PAPER,
    }  # fmt: skip
    chosen = sorted({0, len(history) // 8, len(history) // 3, len(history) - 1})
    still, axes = plotting.new(columns=len(chosen), rows=2, width=960, height=560)
    for (above, below), k in zip(axes.T, chosen, strict=True):
        net = moments[k]
        plotting.regions(above, lambda P, net=net: network.forward(net, P)[1][:, 0], (-PAPER, PAPER), scores=True)
        plotting.points(above, *_some(X, y))
        above.set_title(f"after {k * every} steps: {100 * right[k] / len(X):.0f} %")
        _last_plane(below, net, X, y, "tanh")
        for ax in (above, below):
            ax.set(xticks=[], yticks=[])
    axes[0, 0].set_ylabel("input plane")
    axes[1, 0].set_ylabel("last hidden plane")
    alt = (
        f"{len(X)} points in the input plane and in the plane of the last two hidden neurons during training. "
        + " ".join(f"After {k * every} steps {right[k]} points are on their own side." for k in chosen)
        + " In the last hidden plane the boundary is a straight line at every step."
    )
    return show(LiveFigure(SCRIPTS, "twin_view", data, {"moment": 0}), still, alt)


def scrubber(params, X, y, interpolate_layer, act="tanh"):
    """Show the plane, its squared paper and its points carried continuously through every layer of a network.

    `params` is a network with two inputs and two neurons in its last hidden layer; points X (n, 2), classes y (n,).
    A layer of more than two neurons is shown as its shadow on the two directions in which the points spread most.
    The still twin is drawn by `interpolate_layer`, and the text says how far it is from the live picture.
    Returns the live figure.
    """
    X, y = arguments.points_and_labels(X, y)
    arguments.function("interpolate_layer", interpolate_layer)
    arguments.choice("act", act, ("tanh", "relu"))
    params = _checked("params", params)
    _, logits = network.forward(params, X, act)
    params = tidy(params, X, act)
    layers, cameras, shares = in_one_space(params, X, act)
    size = len(cameras[0])
    keys = _keyframes(layers, cameras, flat(X, size), act)
    windows = [[*((low + high) / 2), max(0.58 * np.max(high - low), LEAST)] for low, high in ((K.min(0), K.max(0)) for K in keys)]
    windows[0] = [0, 0, PAPER]
    W, b = params[-1]
    right = int(np.sum((logits[:, 0] > 0) == y))
    distance = _distance(interpolate_layer, layers, flat(X, size), act)
    data = {
        "title": "A plane carried through every layer", "X": X.round(4), "y": y, "act": act, "paper": PAPER,
        "layers": [{"W": W, "b": b} for W, b in layers], "cameras": cameras, "windows": windows, "shares": shares,
        "widths": [len(b) for _, b in params[:-1]], "w": W[:, 0], "bias": b[0], "right": right, "distance": distance,
    }  # fmt: skip
    # arrays travel as text: six digits are more than a screen can show
    data = {name: _rounded(value) for name, value in data.items()}
    alt = (
        f"{len(X)} points and the squared paper of the plane, carried through {len(layers)} layers of "
        f"{', '.join(str(len(b)) for _, b in params[:-1])} neurons. At the end a straight line has "
        f"{right} of {len(X)} points on their own side."
    )
    still = filmstrip(params, X, y, interpolate_layer, act)
    return show(LiveFigure(SCRIPTS, "scrubber", data, {"t": 0, "boundary": True}), still, alt)


def filmstrip(params, X, y, interpolate_layer=None, act="tanh"):
    """Return a still figure: the plane before, and after each hidden layer, and the line that ends the journey.

    The arguments are those of `scrubber`; without `interpolate_layer` the course's own draws.
    """
    X, y = arguments.points_and_labels(X, y)
    params = _checked("params", params)
    if interpolate_layer is not None:
        arguments.function("interpolate_layer", interpolate_layer)
    arguments.choice("act", act, ("tanh", "relu"))
    layers, cameras, _ = in_one_space(params, X, act)
    size = len(cameras[0])
    count = len(layers) + 1
    columns = count if count <= 5 else -(-count // 2)
    rows = -(-count // columns)
    carry = interpolate_layer or _interpolate
    still, axes = plotting.new(columns=columns, rows=rows, width=960, height=(960 / columns + 24) * rows + 30)
    for k, ax in enumerate(np.ravel(axes)):
        if k >= count:
            ax.set_axis_off()
            continue

        def through(P, k=k):
            H = flat(P, size)
            for W, b in layers[:k]:
                H = arguments.array_from("interpolate_layer", carry, (H, W, b, act, 2.0), *H.shape)
            return H @ cameras[k]

        plotting.grid(ax, through, (-PAPER, PAPER), lines=13)
        H = through(X)
        middle, half = (H.min(0) + H.max(0)) / 2, max(0.58 * np.ptp(H, axis=0).max(), LEAST) if k else PAPER
        middle = middle if k else np.zeros(2)
        ax.set(xlim=(middle[0] - half, middle[0] + half), ylim=(middle[1] - half, middle[1] + half))
        ax.set(xticks=[], yticks=[], title="input plane" if k == 0 else f"after layer {k}")
        plotting.points(ax, *_some(H, y))
        if k == count - 1:
            W, b = params[-1]
            limits = (*ax.get_xlim(), *ax.get_ylim())
            plotting.regions(ax, lambda P, W=W, b=b: P @ W[:, 0] + b[0], limits, scores=True)
    return still


def one_layer(interpolate_layer, max_jump, count_collisions):
    """Show one layer of two neurons that bends (tanh), folds (ReLU) or tears (step) the plane, and both measurements.

    `max_jump(f, path, n)` and `count_collisions(H, tol)` are the learner's. Returns the live figure.
    """
    for name, f in (("interpolate_layer", interpolate_layer), ("max_jump", max_jump), ("count_collisions", count_collisions)):
        arguments.function(name, f)
    W, b = np.array([[1.15, 0.6], [-0.6, 1.15]]), np.array([0.2, -0.15])
    lattice = np.random.default_rng(7).uniform(-1, 1, (2000, 2))
    steps = [25, 50, 100, 200, 400, 800, 1600]
    path = np.array([[-0.9, -0.7], [0.9, 0.7]])
    kinds = {}
    for act in ("tanh", "relu", "step"):
        f = network.ACTIVATIONS[act][0]
        jumps = [arguments.number_from("max_jump", max_jump, (lambda P, f=f: f(P @ W + b), path, n), 0) for n in steps]
        collisions = arguments.number_from("count_collisions", count_collisions, (f(lattice @ W + b), 1e-9), 0, len(lattice))
        kinds[act] = {"jumps": jumps, "alone": len(lattice) - int(collisions)}
    angle = np.linspace(0, 2 * np.pi, 240, endpoint=False)
    loop = 0.7 * np.column_stack([np.cos(angle), np.sin(angle)])

    def carry(P, act):
        return arguments.array_from("interpolate_layer", interpolate_layer, (P, W, b, act, 2.0), len(P), 2)

    carried = {act: carry(loop, act) for act in kinds}
    data = {
        "title": "One layer bends, folds or tears", "W": W, "b": b, "steps": steps, "kinds": kinds, "path": path,
        "loop": loop.round(4), "points": len(lattice), "paper": 1.0,
    }  # fmt: skip
    alt = "One layer of two neurons carries squared paper and a loop. " + " ".join(
        f"{NAMES[act]}: the largest jump between neighbours is {kind['jumps'][0]:.3f} in {steps[0]} steps and "
        f"{kind['jumps'][-1]:.4f} in {steps[-1]}; {kind['alone']} of {len(lattice)} points keep a place of their own."
        for act, kind in kinds.items()
    )
    still, axes = plotting.new(columns=4, width=960, height=330)
    for ax, act in zip(axes, ("tanh", "relu", "step"), strict=False):
        plotting.grid(ax, lambda P, act=act: carry(P, act), (-1, 1), lines=13)
        ax.plot(*carried[act].T, "o", color=plotting.PURPLE, ms=3.5, mew=0)
        ax.set(title=f"{NAMES[act]}: {VERBS[act]}", xticks=[], yticks=[])
    for act, style in zip(kinds, ("-", "--", ":"), strict=True):
        axes[3].plot(steps, kinds[act]["jumps"], style, color=plotting.BLACK, lw=1.8, label=NAMES[act])
    upright = "log" if any(max(kind["jumps"]) > 0 for kind in kinds.values()) else "linear"
    axes[3].set(xscale="log", yscale=upright, title="largest jump", xlabel="steps on the path")
    axes[3].legend(frameon=False, fontsize=9)
    return show(LiveFigure(SCRIPTS, "one_layer", data, {"act": "tanh", "t": 0}), still, alt)


NAMES = {"tanh": "tanh", "relu": "ReLU", "step": "step"}
VERBS = {"tanh": "bends", "relu": "folds", "step": "tears"}


def ring(narrow, wide, X, y):
    """Show two tanh networks on a disc inside a ring: layers of two neurons, and one layer of three.

    `narrow` has two neurons in every hidden layer, `wide` is 2-3-1; points X (n, 2), classes y (n,). One can zoom out
    to see where the disc's region ends, and turn the three-dimensional sheet. Returns the live figure.
    """
    X, y = arguments.points_and_labels(X, y)
    narrow, wide = network.checked("narrow", narrow, outputs=1), network.checked("wide", wide, [2, 3, 1])
    if {len(W) for W, _ in narrow} != {2} or len(narrow) < 2:
        raise ValueError(f"narrow should have two inputs and two neurons in every hidden layer, but it has {[len(W) for W, _ in narrow]}")
    narrow = tidy(narrow, X, "tanh")
    right = [int(np.sum((network.forward(net, X)[1][:, 0] > 0) == y)) for net in (narrow, wide)]
    shown = np.concatenate([np.flatnonzero(y == k)[:110] for k in (0, 1)])
    H = network.forward(narrow, X)[0][-1]
    low, high = H.min(0), H.max(0)
    reach = max(0.56 * np.max(high - low), LEAST)
    data = {
        "title": "A disc in a ring: two neurons wide, and three", "X": X[shown].round(4), "y": y[shown],
        "narrow": _plain(narrow), "wide": _plain(wide), "right": right, "count": len(X), "paper": PAPER,
        "window": [*((low + high) / 2), reach],
    }  # fmt: skip
    alt = (
        f"A disc of class 0 inside a ring of class 1, {len(X)} points. {len(narrow) - 1} layers of two neurons: "
        f"{right[0]} points on their own side, and the disc's region runs out of the ring through a corridor. "
        f"One layer of three neurons: {right[1]} points, and the disc's region is a closed island."
    )
    still, axes = plotting.new(columns=4, width=960, height=330)
    for ax, net, title in zip(axes[[0, 2]], (narrow, wide), ("two neurons wide", "three neurons"), strict=True):
        plotting.points(ax, X[shown], y[shown])
        plotting.regions(ax, lambda P, net=net: network.forward(net, P)[1][:, 0], (-2.5, 2.5), scores=True)
        ax.set(title=title, xticks=[], yticks=[])
    _last_plane(axes[1], narrow, X[shown], y[shown], "tanh")
    axes[1].set(title="its last hidden plane", xticks=[], yticks=[])
    _sheet(still, axes[3], wide, X[shown], y[shown])
    return show(LiveFigure(SCRIPTS, "ring", data, {"zoom": 1.2, "turn": 40}), still, alt)


def seven_layers():
    """Return a tanh network 2-2-2-2-2-2-2-2-1 that parts two spirals of 1.25 turns (300 points).

    It was trained by `python -m tools.readme_picture --train`, with `course_utils.network`, while the spirals were wound
    up step by step.
    """
    with np.load(SEVEN_LAYERS) as kept:
        return [(kept[f"W{k}"], kept[f"b{k}"]) for k in range(len(kept) // 2)]


def _checked(name, params):
    """Return the network `params`, whose first and last hidden plane can be shown."""
    params = network.checked(name, params, outputs=1)
    if len(params) < 2 or len(params[0][0]) != 2 or len(params[-1][0]) != 2:
        found = [len(W) for W, _ in params]
        raise ValueError(f"{name} should have 2 inputs and 2 neurons in the last hidden layer, but its sizes are {[*found, 1]}")
    if len(params) > MOST_LAYERS + 1:
        raise ValueError(f"{name} should have at most {MOST_LAYERS} hidden layers, but it has {len(params) - 1}")
    return params


def _interpolate(X, W, b, act, t):
    Z = X @ W + b
    if t <= 1:
        return (1 - t) * X + t * Z
    return (2 - t) * Z + (t - 1) * network.ACTIVATIONS[act][0](Z)


def _keyframes(layers, cameras, H, act):
    """The points as seen before the first layer, and after each layer's affine part and its activation."""
    keys = [H @ cameras[0]]
    for (W, b), camera in zip(layers, cameras[1:], strict=True):
        H = H @ W + b
        keys.append(H @ camera)
        H = network.ACTIVATIONS[act][0](H)
        keys.append(H @ camera)
    return keys


def _distance(interpolate_layer, layers, H, act):
    """How far the given interpolation is from the one drawn, at five moments of each layer."""
    far = 0.0
    for W, b in layers:
        for t in (0.0, 0.5, 1.0, 1.5, 2.0):
            here = arguments.array_from("interpolate_layer", interpolate_layer, (H, W, b, act, t), *H.shape)
            far = max(far, float(np.abs(here - _interpolate(H, W, b, act, t)).max()))
        H = _interpolate(H, W, b, act, 2.0)
    return far


def _plain(params):
    return [{"W": np.round(W, 5), "b": np.round(b, 5)} for W, b in params]


def _rounded(value):
    if isinstance(value, np.ndarray) and value.dtype.kind == "f":
        return value.round(6)
    if isinstance(value, list):
        return [_rounded(item) for item in value]
    if isinstance(value, dict):
        return {key: _rounded(item) for key, item in value.items()}
    return value


# ---- stills ----


def _some(X, y):
    """Every second point of each class: in a small panel fewer and larger ones are seen better."""
    keep = np.concatenate([np.flatnonzero(y == k)[::2] for k in (0, 1)])
    return X[keep], y[keep]


def _last_plane(ax, net, X, y, act):
    H = network.forward(net, X, act)[0][-1]
    plotting.grid(ax, lambda P: network.forward(net, P, act)[0][-1], (-PAPER, PAPER), lines=13)
    middle, half = (H.min(0) + H.max(0)) / 2, max(0.58 * np.ptp(H, axis=0).max(), LEAST)
    limits = (middle[0] - half, middle[0] + half, middle[1] - half, middle[1] + half)
    ax.set(xlim=limits[:2], ylim=limits[2:])
    plotting.points(ax, *_some(H, y))
    W, b = net[-1]
    plotting.regions(ax, lambda P: P @ W[:, 0] + b[0], limits, scores=True)


def _sheet(figure, ax, wide, X, y):
    """Replace `ax` by the three hidden neurons in space: the paper, the points, and the plane that cuts them."""
    place = ax.get_subplotspec()
    ax.remove()
    ax = figure.add_subplot(place, projection="3d")
    (W, b), (w, bias) = wide
    far, lines = np.linspace(-PAPER, PAPER, 60), np.linspace(-PAPER, PAPER, 11)
    for at in lines:
        for P, color in (((np.full(60, at), far), plotting.GREY), ((far, np.full(60, at)), plotting.GREEN)):
            ax.plot(*np.tanh(np.column_stack(P) @ W + b).T, color=color, lw=0.6, alpha=0.7)
    H = np.tanh(X @ W + b)
    for k in (0, 1):
        ax.scatter(*H[y == k].T, s=12, c=plotting.CLASS_COLORS[k], marker=plotting.CLASS_MARKERS[k], depthshade=False)
    cut = _cube_cut(w[:, 0], bias[0])
    if len(cut):
        ax.add_collection3d(Poly3DCollection([cut], facecolors=plotting.GREY, edgecolors=plotting.BLACK, alpha=0.3))
    ax.set(xlim=(-1, 1), ylim=(-1, 1), zlim=(-1, 1), title="its sheet in space", xticks=[], yticks=[], zticks=[])
    ax.view_init(elev=22, azim=-50)


def _cube_cut(w, bias):
    """The corners, in order, of the polygon in which the plane w . h + bias = 0 cuts the cube from -1 to 1."""
    corners = np.array(np.meshgrid([-1, 1], [-1, 1], [-1, 1])).reshape(3, 8).T
    found = []
    for p in corners:
        for q in corners[(np.abs(corners - p).sum(1) == 2) & (corners.sum(1) > p.sum())]:
            sp, sq = p @ w + bias, q @ w + bias
            if (sp > 0) != (sq > 0):
                found.append(p + (q - p) * sp / (sp - sq))
    if len(found) < 3:
        return np.empty((0, 3))
    found = np.array(found)
    around = found - found.mean(axis=0)
    across = np.linalg.svd(around)[2][:2]
    return found[np.argsort(np.arctan2(*(around @ across.T).T))]
