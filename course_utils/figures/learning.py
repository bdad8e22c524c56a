"""The live figures of lesson 06: bends that learn, signals that fade on their way back, and units that die.

A network is a list `params` of pairs (W, b), one a layer: W of shape (inputs, neurons), b of shape (neurons,); the last
pair is the output layer, which has no activation. The loss is the mean logistic loss of classes 0 and 1.
"""

import itertools

import numpy as np

from course_utils import arguments, datasets, network, plotting
from course_utils.figures.live import LiveFigure, show
from course_utils.network import MOST_STEPS, wilson

BOX = (-1.15, 1.15)
RATES = (0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0)
WIDTH, STEPS, SEEDS = 16, 300, 25
SCALES = tuple(2.0 ** (k / 2) for k in range(-4, 5))
DEPTHS = (2, 3, 4, 5, 7, 10, 14, 20, 30)
NAMES = {"sigmoid": "sigmoid", "tanh": "tanh", "relu": "ReLU"}


def training_player(runs, X, y, every=1):
    """Show recorded training runs of networks with one hidden layer: boundary, hinge lines, each unit's map, loss.

    `runs`: dict from an activation ("relu", "tanh" or "sigmoid") to a list of params, the start first, one for each
    `every` steps; 2 to 12 hidden units, one output. `X` (n, 2), `y` (n,): the points. Returns the live figure.
    """
    X, y = arguments.points_and_labels(X, y)
    every = arguments.integer("every", every, 1, MOST_STEPS)
    if not isinstance(runs, dict) or not runs:
        raise ValueError(f"runs should be a dict from an activation to a list of params, but it is {arguments.shown(runs)}")
    told = {}
    for act, history in runs.items():
        arguments.choice("an activation in runs", act, list(NAMES))
        told[act] = _told(act, history, X, y)
    data = {
        "title": "A network while it learns", "X": X, "y": y, "box": BOX, "every": every, "names": NAMES, "runs": told,
    }  # fmt: skip
    act, frames = next(iter(told.items()))
    moments = (0, len(frames) // 8 or 1, len(frames) - 1)
    alt = (
        f"A network with {len(frames[0]['v'])} hidden {NAMES[act]} units learns to part {len(X)} points. "
        + "; ".join(
            f"after {every * k} steps its loss is {frames[k]['loss']:.3f} "
            f"and {frames[k]['right']} points are on their own side"
            for k in moments
        )
        + "."
    )
    still, axes = plotting.new(columns=3, width=960, height=400)
    for ax, k in zip(np.ravel(axes), moments, strict=True):
        _draw_network(ax, frames[k], act, X, y)
        ax.set_title(f"after {every * k} steps: loss {frames[k]['loss']:.3f}")
    return show(LiveFigure("learning", "training_player", data, {"step": 0, "act": act}), still, alt)


def signal_map(signal_ratio=None):
    """Show how much of a signal that travels back through a network arrives: depth x activation x initial scale.

    `signal_ratio`: the learner's function signal_ratio(depth, act, scale), or None for the course's own numbers.
    Returns the live figure; `live.data["ratios"][act][depth index][scale index]` are the numbers.
    """
    ask = _signal_ratio
    if signal_ratio is not None:
        ask = arguments.function("signal_ratio", signal_ratio)
    ratios = {}
    for act in NAMES:
        ratios[act] = np.array([
            [arguments.number_from(f"signal_ratio({depth}, {act!r}, {scale:.3g})", ask, (depth, act, scale), 0) for scale in SCALES]
            for depth in DEPTHS
        ])
    data = {
        "title": "What arrives of a signal that travels back", "names": NAMES,
        "scales": SCALES, "depths": DEPTHS, "ratios": ratios, "own": signal_ratio is not None,
    }  # fmt: skip
    deep, plain = DEPTHS.index(20), SCALES.index(1.0)
    alt = (
        f"Three maps of the part of a signal that arrives, by depth (2 to {DEPTHS[-1]} hidden layers) and scale of the "
        f"weights (a quarter to four times). At depth {DEPTHS[deep]} and scale 1: "
        + ", ".join(f"{NAMES[act]} {found[deep, plain]:.1e}" for act, found in ratios.items())
        + ". With weights half as large: "
        + ", ".join(f"{NAMES[act]} {found[deep, plain - 2]:.1e}" for act, found in ratios.items())
        + "."
    )
    still, axes = plotting.new(columns=3, width=960, height=360)
    for ax, act in zip(np.ravel(axes), NAMES, strict=True):
        _draw_map(ax, ratios[act], NAMES[act])
    return show(LiveFigure("learning", "signal_map", data, {"act": "sigmoid", "depth": 7, "scale": 4}), still, alt)


def learning_rates():
    """Show the step size against dead units and success, for plain descent and for Adam, as rates over seeds.

    Returns the live figure; `live.data["kinds"]["plain" or "adam"]` holds a dict for each rate in `live.data["rates"]`.
    """
    X, y = datasets.ring(60)
    kinds = {}
    for kind in ("plain", "adam"):
        params, accuracy, dead = many_runs([2, WIDTH, 1], X, y, "relu", RATES, STEPS, SEEDS, adam=kind == "adam")
        kinds[kind] = [
            {
                "reached": list(wilson(float((accuracy[i] >= 0.99).sum()), SEEDS)),
                # a network counts as one observation, not each of its units: units of one network die together
                "dead": list(wilson(float(dead[i].mean(axis=1).sum()), SEEDS)),
                "accuracy": float(accuracy[i].mean()),
                "example": _frame("params", [(layer[i, 0], bias[i, 0, 0]) for layer, bias in params], "relu", X, y),
                "example_dead": dead[i, 0],
            }
            for i in range(len(RATES))
        ]
    data = {
        "title": "The step size, dead units and success", "X": X, "y": y, "box": BOX, "rates": RATES, "kinds": kinds,
        "seeds": SEEDS, "steps": STEPS, "width": WIDTH,
    }  # fmt: skip
    alt = f"{SEEDS} networks of {WIDTH} ReLU units for each step size, {STEPS} steps. " + " ".join(
        f"{word}: " + "; ".join(
            f"step size {RATES[i]:g}: {found[i]['dead'][0]:.0%} of the units dead, "
            f"{found[i]['reached'][0]:.0%} of the networks at 99 %"
            for i in (4, 6, 8)
        ) + "."
        for word, found in (("Plain descent", kinds["plain"]), ("Adam", kinds["adam"]))
    )  # fmt: skip
    still, axes = plotting.new(columns=2, width=820, height=360)
    for ax, (kind, word) in zip(np.ravel(axes), (("plain", "plain descent"), ("adam", "Adam")), strict=True):
        for name, color, marker, label in (
            ("reached", plotting.BLUE, "o", "networks with 99 % of the points right"),
            ("dead", plotting.PURPLE, "s", "dead units"),
        ):
            rate, low, high = np.transpose([found[name] for found in kinds[kind]])
            ax.fill_between(RATES, low, high, color=color, alpha=0.18, linewidth=0)
            ax.plot(RATES, rate, color=color, marker=marker, markersize=4.5, label=label)
        ax.set(xscale="log", xlabel="step size", ylim=(-0.03, 1.03), title=word)
    axes[0].set_ylabel("share")
    still.legend(*axes[0].get_legend_handles_labels(), loc="outside lower center", ncols=2, frameon=False)
    return show(LiveFigure("learning", "learning_rates", data, {"kind": "plain", "rate": 4}), still, alt)


# ---- many networks at once ----


def many_runs(sizes, X, y, act, rates, steps, seeds, adam=False):
    """Train a network from each of `seeds` seeds with each step size of `rates`, all in one stack of arrays.

    Returns (params, accuracies, dead): params as pairs of shape (rates, seeds, inputs, neurons) and (rates, seeds, 1,
    neurons), accuracies (rates, seeds), dead (rates, seeds, hidden units) says which units are 0 on all of X.
    """
    X, y = arguments.points_and_labels(X, y)
    sizes = arguments.sizes("sizes", sizes, inputs=2, outputs=1)
    arguments.choice("act", act, list(NAMES))
    rates = arguments.array("rates", rates, "n")
    if rates.min() < 0:
        raise ValueError(f"rates should be 0 or more, but one is {rates.min():g}")
    steps, seeds = arguments.integer("steps", steps, 1, MOST_STEPS), arguments.integer("seeds", seeds, 1, 10_000)
    adam = arguments.flag("adam", adam)
    points, wanted = X.astype(np.float32), y.astype(np.float32)[:, None]
    numbers = [np.tile(part, (len(rates), 1, 1, 1)) for layer in _start(sizes, act, seeds) for part in layer]
    step_size = rates.astype(np.float32)[:, None, None, None]
    fast, slow = [np.zeros_like(part) for part in numbers], [np.zeros_like(part) for part in numbers]
    for step in range(1, steps + 1):
        outputs = _outputs(numbers, points, act)
        slopes, blame = [], (_logistic(outputs[-1]) - wanted) / np.float32(len(X))
        for layer in reversed(range(len(sizes) - 1)):
            slopes[:0] = [np.swapaxes(outputs[layer], -1, -2) @ blame, blame.sum(axis=-2, keepdims=True)]
            if layer:
                blame = blame @ np.swapaxes(numbers[2 * layer], -1, -2) * _slope(outputs[layer], act)
        for i, slope in enumerate(slopes):
            if adam:
                fast[i] = 0.9 * fast[i] + 0.1 * slope
                slow[i] = 0.999 * slow[i] + 0.001 * slope**2
                slope = fast[i] / (1 - 0.9**step) / (np.sqrt(slow[i] / (1 - 0.999**step)) + 1e-8)
            numbers[i] = numbers[i] - step_size * slope
    outputs = _outputs(numbers, points, act)
    accuracies = np.mean((outputs[-1] > 0) == (wanted > 0), axis=(-1, -2))
    dead = np.concatenate([(hidden == 0).all(axis=-2) for hidden in outputs[1:-1]], axis=-1)
    return list(zip(numbers[::2], numbers[1::2], strict=True)), accuracies, dead


def _logistic(z):
    return 0.5 + 0.5 * np.tanh(0.5 * z)


def _bend(z, act):
    return {"sigmoid": _logistic, "tanh": np.tanh, "relu": lambda z: np.maximum(z, 0)}[act](z)


def _slope(a, act):
    """The activation's slope, written with its output a: for these three the output tells it."""
    return {"sigmoid": lambda a: a * (1 - a), "tanh": lambda a: 1 - a * a, "relu": lambda a: a > 0}[act](a)


def _start(sizes, act, seeds):
    gain = 2 if act == "relu" else 1
    rngs = [np.random.default_rng(seed) for seed in range(seeds)]
    for n, m in itertools.pairwise(sizes):
        W = np.stack([rng.normal(0, np.sqrt(gain / n), (n, m)) for rng in rngs])
        yield W.astype(np.float32), np.zeros((seeds, 1, m), np.float32)


def _outputs(numbers, X, act):
    outputs = [X]
    for i in range(0, len(numbers), 2):
        z = outputs[-1] @ numbers[i] + numbers[i + 1]
        outputs.append(z if i + 2 == len(numbers) else _bend(z, act))
    return outputs


def _signal_ratio(depth, act, scale, width=100, points=30):
    rng = np.random.default_rng(0)
    gain = 2 if act == "relu" else 1
    H, passed = rng.normal(size=(points, width)), []
    for _ in range(depth):
        W = rng.normal(0, scale * np.sqrt(gain / width), (width, width))
        H = _bend(H @ W, act)
        passed.append((W, _slope(H, act)))
    signal = rng.normal(size=(points, width))
    sent = np.linalg.norm(signal)
    for W, slope in reversed(passed[1:]):
        signal = (signal * slope) @ W.T
    return np.linalg.norm(signal) / sent


# ---- one network with one hidden layer, as the JavaScript draws it ----


def _told(act, history, X, y):
    if not isinstance(history, (list, tuple)) or len(history) < 2:
        raise ValueError(
            f"runs[{act!r}] should be a list of at least two params, the start first, but it is {arguments.shown(history)}")
    frames = [_frame(f"runs[{act!r}][{k}]", params, act, X, y) for k, params in enumerate(history)]
    widths = [len(frame["v"]) for frame in frames]
    if len(set(widths)) > 1:
        raise ValueError(f"runs[{act!r}] should hold one network at different moments, but it has {min(widths)} to {max(widths)} units")
    return frames


def _frame(name, params, act, X, y):
    params = network.checked(name, params, outputs=1)
    sizes = [len(W) for W, _ in params]
    if len(sizes) != 2 or sizes[0] != 2 or not 2 <= sizes[1] <= WIDTH:
        words = f"2 inputs, one hidden layer of 2 to {WIDTH} units and one output"
        raise ValueError(f"{name} should have {words}, but its sizes are {[*sizes, 1]}")
    (W, b), (v, c) = params
    v, c = v[:, 0], float(c[0])
    score = _bend(X @ W + b, act) @ v + c
    loss = float(np.mean(np.logaddexp(0, np.where(y == 1, -score, score))))
    # four digits after the point draw the same picture and keep the notebook small
    return {
        "W": W.round(4), "b": b.round(4), "v": v.round(4), "c": round(c, 4),
        "loss": loss, "right": int(np.sum((score > 0) == y)),
    }  # fmt: skip


# ---- stills ----


def _draw_network(ax, frame, act, X, y):
    ax.set(xlim=BOX, ylim=BOX, xlabel="$x_1$", ylabel="$x_2$")
    plotting.points(ax, X, y)
    plotting.regions(ax, lambda P: _bend(P @ frame["W"] + frame["b"], act) @ frame["v"] + frame["c"], BOX, scores=True)
    for w, b in zip(frame["W"].T, frame["b"], strict=True):
        plotting.line(ax, w, b, color=plotting.PURPLE, style=":")


def _draw_map(ax, ratios, name):
    tenths = np.log10(np.maximum(ratios, 1e-300))
    ax.imshow(np.clip(tenths, -6, 6), origin="lower", cmap=plotting.DIVERGING, vmin=-6, vmax=6, aspect="auto")
    for (row, column), value in np.ndenumerate(tenths):
        ax.text(column, row, f"{value:.0f}".replace("-0", "0"), ha="center", va="center", fontsize=7.5,
                color="white" if abs(value) > 4 else "#333333")  # fmt: skip
    ax.set_xticks(range(0, len(SCALES), 2), [f"{scale:g}" for scale in SCALES[::2]])
    ax.set_yticks(range(len(DEPTHS)), DEPTHS)
    ax.set(title=f"{name}: power of ten", xlabel="scale of the weights", ylabel="hidden layers")
