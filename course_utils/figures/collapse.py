"""The live figures of lesson 04: what a stack of linear layers can draw, and what one bend changes.

Points are rows: a layer maps points X of shape (n, in) to X @ W + b, with W of shape (in, out) and b of shape (out,).
`collapse` is the learner's own function: collapse(Ws, bs) -> (W, b), the one layer that equals the whole stack.
"""

import numpy as np

from course_utils import arguments, datasets, plotting
from course_utils.figures.live import LiveFigure, show

DEPTHS, WIDTH, BOX = 50, 16, (-2.0, 2.0)

# neuron k says w_k x + b_k and enters the sum v_k times; c is added to the sum
START = {"bend": "none", "w1": 1.0, "b1": 0.0, "v1": 1.0, "w2": -1.0, "b2": 0.5, "v2": 0.5, "c": 0.0}


def depth_slider(collapse):
    """Show a stack of 1 to 50 linear layers of 16 neurons beside the single neuron that `collapse` makes of it.

    Returns the live figure. Raises ValueError if `collapse` is not a function or its W is not (2, 1) or its b not (1,).
    """
    arguments.function("collapse", collapse)
    X, y = datasets.moons(80)
    X = 2 * X
    layers = _deep_layers(np.random.default_rng(4))
    heads = {"fitted": [], "random": []}
    outputs = np.random.default_rng(50)
    H, Ws, bs = X, [], []
    for W, b in layers:
        H = H @ W + b
        Ws, bs = [*Ws, W], [*bs, b]
        for name, (w_out, b_out) in {"fitted": _fit(H, y), "random": _random_neuron(H, outputs)}.items():
            heads[name].append(_compare(collapse, [*Ws, w_out], [*bs, b_out], X, y, H))
    data = {
        "title": "A deep linear stack and the single neuron it equals",
        "X": X, "y": y, "box": BOX, "layers": [{"W": W, "b": b} for W, b in layers], "heads": heads,
    }  # fmt: skip
    first, last = heads["fitted"][0], heads["fitted"][-1]
    alt = (
        f"{len(X)} points of two classes, and the boundary of a linear stack at depth 1 "
        f"({first['parameters']:,} parameters) and at depth {DEPTHS} ({last['parameters']:,} parameters): "
        f"the same straight line, with {100 * last['correct']:.1f} % of the points on their own side. "
        f"Stack and single neuron differ by at most {max(head['distance'] for head in heads['fitted']):.1e}."
    )
    still, axes = plotting.new(columns=2, width=720, height=420)
    for ax, head, depth in zip(np.ravel(axes), (first, last), (1, DEPTHS), strict=True):
        _draw_line(ax, head["single_w"], head["single_b"])
        plotting.points(ax, X, y)
        ax.set_title(f"{depth} layer{'s' * (depth > 1)}: {head['parameters']:,} parameters")
    return show(LiveFigure("collapse", "depth_slider", data, {"depth": 1, "head": "fitted"}), still, alt)


def grid_filmstrip(Ws, collapse):
    """Show the plane's grid carried through the matrices `Ws` one by one, and through `collapse`'s one matrix.

    `Ws` holds two to six matrices of shape (2, 2). Returns the live figure. Raises ValueError for other shapes.
    """
    Ws = _matrices("Ws", Ws, 2, 6)
    arguments.function("collapse", collapse)
    product, shift = _ask(collapse, Ws, [np.zeros(2)] * len(Ws), 2)
    if not np.allclose(shift, 0, atol=1e-9):
        raise ValueError(f"collapse should return b = [0, 0] when no layer has a bias, but it is {shift}")
    X, y = datasets.moons(80)
    corners = np.array([[-1, -1], [1, -1], [1, 1], [-1, 1]])
    stages = [corners]
    for W in Ws:
        stages.append(stages[-1] @ W)
    distance = float(np.abs(stages[-1] - corners @ product).max())
    reach = 1.12 * float(np.abs([*stages, corners @ product]).max())
    data = {
        "title": "Squared paper through the layers and through their product",
        "Ws": Ws, "product": product, "X": X, "y": y, "reach": reach, "distance": distance,
    }  # fmt: skip
    alt = (
        f"Squared paper and {len(X)} points after each of {len(Ws)} linear layers, and after the matrix "
        f"[[{product[0, 0]:.2f}, {product[0, 1]:.2f}], [{product[1, 0]:.2f}, {product[1, 1]:.2f}]] "
        f"that collapse made of them: lines stay straight and parallel in each picture, "
        f"and the last two differ by {distance:.1e}."
    )
    maps = [np.eye(2)]
    for W in Ws:
        maps.append(maps[-1] @ W)
    titles = ["input", *(f"after layer {i}" for i in range(1, len(Ws) + 1)), "their product"]
    still, axes = plotting.new(columns=len(titles))
    for ax, M, title in zip(np.ravel(axes), [*maps, product], titles, strict=True):
        plotting.grid(ax, lambda P, M=M: P @ M, lines=11)
        plotting.points(ax, X @ M, y)
        _frame(ax, reach)
        ax.set_title(title)
    return show(LiveFigure("collapse", "grid_filmstrip", data, {"step": 0}), still, alt)


def one_bend(Ws=None, bs=None):
    """Show a chain of two-neuron linear layers and one output neuron, where one layer can be given a ReLU.

    `Ws`: two to four matrices of shape (2, 2), then one of shape (2, 1); `bs`: their biases.
    Without them: a chain of three. Returns the live figure. Raises ValueError for other shapes.
    """
    if Ws is None and bs is None:
        Ws, bs = _bending_chain()
    Ws, bs = _chain(Ws, bs)
    X, y = _outside_a_corner()
    places = range(len(Ws))
    hidden = {bend: _forward(Ws[:-1], bs[:-1], _lattice(), bend) for bend in places}
    reach = 1.08 * max(float(np.abs(H).max()) for H in hidden.values())
    data = {
        "title": "One ReLU in a linear stack",
        "Ws": Ws, "bs": bs, "X": X, "y": y, "box": BOX, "reach": reach,
    }  # fmt: skip
    right = [int(np.sum((_forward(Ws, bs, X, bend)[:, 0] > 0) == y)) for bend in places]
    alt = f"The boundary of a chain of {len(Ws)} linear layers over {len(X)} points. " + " ".join(
        ("Without a ReLU one straight line" if bend == 0 else f"With a ReLU after layer {bend} a line with corners")
        + f": {right[bend]} points on their own side."
        for bend in places
    )
    still, axes = plotting.new(columns=len(places), width=960, height=960 / len(places) + 80)
    for ax, bend in zip(np.ravel(axes), places, strict=True):
        _draw_regions(ax, lambda P, bend=bend: _forward(Ws, bs, P, bend)[:, 0])
        plotting.points(ax, X, y)
        ax.set_title("no ReLU" if bend == 0 else f"ReLU after layer {bend}")
    return show(LiveFigure("collapse", "one_bend", data, {"bend": 0}), still, alt)


def two_neurons(x=None, y=None):
    """Show two hidden neurons of one feature and their weighted sum, straight or bent, over about ten points (x, y).

    `x`, `y`: shapes (n,), or neither for ten points on a bent street. Returns the live figure. Raises ValueError for
    other shapes, fewer than three points, or equal values of x only.
    """
    if x is None and y is None:
        x = np.linspace(-2, 2, 10)
        y = np.abs(x) - 0.5 + 0.12 * np.random.default_rng(1).standard_normal(10)
    if x is None or y is None:
        raise ValueError(f"x and y should both be given, or neither, but {'x' if x is None else 'y'} is None")
    x = arguments.array("x", x, "n")
    y = arguments.array("y", y, "n")
    if len(x) != len(y) or len(x) < 3:
        raise ValueError(f"x and y should have a value for each of 3 points or more, but have {len(x)} and {len(y)}")
    if np.ptp(x) == 0:
        raise ValueError(f"x should hold at least two different values, but all are {x[0]:g}")
    line = np.polyfit(x, y, 1)
    best = float(np.mean((np.polyval(line, x) - y) ** 2))
    span, top = _widen(x, 0.1), _widen(np.append(y, (0.0, -1.0, 2.0)), 0.2)
    data = {
        "title": "Two neurons of one feature, and their weighted sum",
        "x": x, "y": y, "best_error": best, "span": span, "top": top,
    }  # fmt: skip
    alt = (
        f"{len(x)} points of one feature. Two straight neurons and their weighted sum: a straight line again; "
        f"no line has a mean squared error below {best:.3f}. The same two neurons bent by a ReLU: the sum has corners."
    )
    still, axes = plotting.new(columns=3, rows=2, width=960, height=520)
    _draw_two_neurons(np.reshape(axes, (2, 3)), x, y, span, top)
    return show(LiveFigure("collapse", "two_neurons", data, START), still, alt)


# ---- numbers ----


def _deep_layers(rng):
    """Fifty layers whose matrices only turn (orthonormal), so that signals keep their size at every depth."""
    layers = []
    for depth in range(DEPTHS):
        turn, _ = np.linalg.qr(rng.standard_normal((WIDTH, WIDTH)))
        W = (turn[:2] if depth == 0 else turn).round(6)
        layers.append((W, 0.1 * rng.standard_normal(WIDTH)))
    return layers


def _fit(H, y):
    """The output neuron with the least squared distance to the classes -1 and +1."""
    found, *_ = np.linalg.lstsq(np.column_stack([H, np.ones(len(H))]), 2.0 * y - 1, rcond=1e-10)
    return found[:-1, None], found[-1:]


def _random_neuron(H, rng):
    """An output neuron of random direction whose boundary passes through the middle of the points."""
    # the direction is chosen among those in which the points differ at all
    _, _, directions = np.linalg.svd(H - H.mean(0), full_matrices=False)
    w = (rng.standard_normal(2) @ directions[:2])[:, None]
    return w, -(H.mean(0) @ w) + 0.2 * rng.standard_normal(1)


def _compare(collapse, Ws, bs, X, y, H):
    """What the figure says at one depth: the output neuron, the single neuron, and how far apart both are."""
    W, b = _ask(collapse, Ws, bs, 1)
    stack = H @ Ws[-1] + bs[-1]
    return {
        "W": Ws[-1],
        "b": bs[-1],
        "single_w": W[:, 0],
        "single_b": b[0],
        "distance": float(np.abs(X @ W + b - stack).max()),
        "correct": float(np.mean((stack[:, 0] > 0) == y)),
        "parameters": sum(W.size + b.size for W, b in zip(Ws, bs, strict=True)),
    }


def _ask(collapse, Ws, bs, outputs):
    """The learner's (W, b), checked: W (2, outputs), b (outputs,)."""
    W, b = arguments.parts("collapse", arguments.answer("collapse", collapse, (Ws, bs), "W and b"), ("W", "b"))
    return arguments.array("collapse's W", W, 2, outputs), arguments.array("collapse's b", b, outputs)


def _matrices(name, Ws, fewest, most):
    if not isinstance(Ws, (list, tuple, np.ndarray)) or (isinstance(Ws, np.ndarray) and not Ws.ndim):
        raise ValueError(f"{name} should be a list of matrices, but it is {arguments.shown(Ws)}")
    Ws = [arguments.array(f"{name}[{i}]", W, 2, 2) for i, W in enumerate(Ws)]
    if not fewest <= len(Ws) <= most:
        raise ValueError(f"{name} should hold {fewest} to {most} matrices, but it holds {len(Ws)}")
    return Ws


def _chain(Ws, bs):
    if Ws is None or bs is None:
        raise ValueError(f"Ws and bs should both be given, or neither, but {'Ws' if Ws is None else 'bs'} is None")
    if not all(isinstance(given, (list, tuple)) for given in (Ws, bs)):
        raise ValueError(f"Ws and bs should be lists, but they are {type(Ws).__name__} and {type(bs).__name__}")
    if not 2 <= len(Ws) <= 5 or len(bs) != len(Ws):
        raise ValueError(f"Ws and bs should hold 2 to 5 layers each, but they hold {len(Ws)} and {len(bs)}")
    sizes = [2] * (len(Ws) - 1) + [1]
    Ws = [arguments.array(f"Ws[{i}]", W, 2, size) for i, (W, size) in enumerate(zip(Ws, sizes, strict=True))]
    return Ws, [arguments.array(f"bs[{i}]", b, size) for i, (b, size) in enumerate(zip(bs, sizes, strict=True))]


def _bending_chain():
    """A chain made by hand: turn and shift, mix the two neurons a little, take both from a constant."""
    turn = np.array([[0.8, -0.6], [0.6, 0.8]])
    mix = np.array([[1.0, -0.2], [-0.2, 1.0]])
    return [turn, mix, -np.ones((2, 1))], [np.full(2, -0.5), np.zeros(2), np.array([0.4])]


def _outside_a_corner(n=40):
    """Class 0 around a corner of class 1: the chain above parts them with a ReLU in either place, with a margin."""
    X = np.random.default_rng(2).uniform(*BOX, (2000, 2)) * 0.95
    scores = [_forward(*_bending_chain(), X, bend)[:, 0] for bend in (1, 2)]
    kinds = [np.flatnonzero(np.max(scores, axis=0) < -0.15)[:n], np.flatnonzero(np.min(scores, axis=0) > 0.15)[:n]]
    return X[np.concatenate(kinds)].round(4), np.repeat([0, 1], n)


def _forward(Ws, bs, X, bend):
    """The chain's output at X, with a ReLU after layer `bend` (0: nowhere)."""
    for i, (W, b) in enumerate(zip(Ws, bs, strict=True), start=1):
        X = X @ W + b
        if i == bend:
            X = np.maximum(0, X)
    return X


def _lattice(n=41):
    line = np.linspace(*BOX, n)
    return np.stack(np.meshgrid(line, line), axis=-1).reshape(-1, 2)


def _widen(values, share):
    low, high = float(values.min()), float(values.max())
    return [low - share * (high - low), high + share * (high - low)]


# ---- stills ----


def _draw_line(ax, w, b):
    _draw_regions(ax, lambda P: P @ w + b)


def _draw_regions(ax, score):
    plotting.regions(ax, score, limits=BOX, scores=True)
    ax.set(xlabel="$x_1$", ylabel="$x_2$")


def _frame(ax, reach):
    ax.set(xlim=(-reach, reach), ylim=(-reach, reach), aspect="equal", xticks=[], yticks=[])


def _draw_two_neurons(axes, x, y, span, top):
    t = np.linspace(*span, 300)
    bends = (("straight", lambda z: z), ("bent by a ReLU", lambda z: np.maximum(0, z)))
    for row, (name, f) in zip(axes, bends, strict=True):
        first, second = (f(START[f"w{k}"] * t + START[f"b{k}"]) for k in (1, 2))
        row[0].plot(t, first, color=plotting.BLUE)
        row[1].plot(t, second, color=plotting.GREEN, ls="--")
        row[2].plot(t, START["v1"] * first + START["v2"] * second + START["c"], color="black", lw=2)
        row[2].plot(x, y, "s", color="0.35", mec="white", ms=6)
        for ax, title in zip(row, (f"neuron 1, {name}", f"neuron 2, {name}", "their weighted sum"), strict=True):
            ax.set(xlim=span, ylim=top, title=title)
