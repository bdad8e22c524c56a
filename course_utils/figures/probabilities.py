"""The figures of lesson 09: shares of three classes, how sure a network is, and how often it is right.

A network here is a list of pairs (W, b), one a layer, as in `course_utils.network`, but its last layer has one neuron
for each class. `softmax`, `ece` and the other functions among the arguments are the learner's own.
"""


import numpy as np
from IPython.display import Markdown, display

from course_utils import arguments, network, plotting
from course_utils.figures.live import LiveFigure, show

COLORS = (plotting.BLUE, plotting.ORANGE, plotting.GREEN)
MARKERS = ("o", "^", "s")
# the corners of the triangle of shares: first class on top, second at the right, third at the left
CORNERS = np.array([[0, np.sqrt(3) / 2], [0.5, 0], [-0.5, 0]])
TEMPERATURES = 2.0 ** np.arange(-2, 6.01, 0.25)
# the groups of the learner's own confidences, and how many predictions it takes to draw them
GROUPS, FEWEST = ((50, 65), (70, 85), (90, 100)), 8


# ---- many networks at once ----


def train_many(sizes, X, y, ce_grad, act="tanh", steps=600, rate=0.05):
    """Train one network on each of several sets of points and return the networks.

    `X` has the shape (sets, n, inputs) and `y`, the classes counted from 0, the shape (sets, n). Network s begins as
    `network.init(sizes, np.random.default_rng(s), act)`, act "tanh" or "relu". Each step is one of Adam (Kingma and Ba,
    2015) on all points of the set. `ce_grad(logits, y)` gives the slope of each point's price in its logits; it is
    asked once a step, for the points of all sets in one array.
    """
    X = arguments.array("X", X, "sets", "n", "inputs")
    sizes, y = arguments.sizes("sizes", sizes), _classes(y, 10_000, "sets", "n")
    if y.shape != X.shape[:2]:
        raise ValueError(f"y should have a class for each of the points X, shape {X.shape[:2]}, but its shape is {y.shape}")
    if sizes[0] != X.shape[2] or sizes[-1] <= y.max():
        words = f"[{X.shape[2]} (the inputs of X), hidden neurons ..., at least {y.max() + 1} classes]"
        raise ValueError(f"sizes should be {words}, but it is {sizes}")
    arguments.function("ce_grad", ce_grad)
    arguments.choice("act", act, ["tanh", "relu"])
    steps, rate = arguments.integer("steps", steps, 1, network.MOST_STEPS), arguments.number("rate", rate, 0)
    starts = [network.init(sizes, np.random.default_rng(s), act) for s in range(len(X))]
    theta = []
    for Ws, bs in (zip(*layer, strict=True) for layer in zip(*starts, strict=True)):
        theta += [np.stack(Ws), np.stack(bs)[:, None, :]]
    M, V = [np.zeros_like(part) for part in theta], [np.zeros_like(part) for part in theta]
    for t in range(1, steps + 1):
        for part, grad, m, v in zip(theta, _slopes(theta, X, y, ce_grad, act), M, V, strict=True):
            m += 0.1 * (grad - m)
            v += 0.001 * (grad * grad - v)
            part -= rate * m / (1 - 0.9**t) / (np.sqrt(v / (1 - 0.999**t)) + 1e-8)
    return [[(W[s].copy(), b[s, 0].copy()) for W, b in _layers(theta)] for s in range(len(X))]


def _layers(theta):
    return list(zip(theta[::2], theta[1::2], strict=True))


def _slopes(theta, X, y, ce_grad, act):
    layers, H = _layers(theta), [X]
    for W, b in layers[:-1]:
        Z = H[-1] @ W + b
        H.append(np.tanh(Z) if act == "tanh" else np.maximum(Z, 0))
    logits = H[-1] @ layers[-1][0] + layers[-1][1]
    flat = logits.reshape(-1, logits.shape[2])
    blame = arguments.array_from("ce_grad", ce_grad, (flat, y.ravel()), *flat.shape)
    blame = blame.reshape(logits.shape) / X.shape[1]
    grads = []
    for i in reversed(range(len(layers))):
        grads = [H[i].swapaxes(1, 2) @ blame, blame.sum(axis=1, keepdims=True), *grads]
        if i > 0:
            blame = blame @ layers[i][0].swapaxes(1, 2) * (1 - H[i] ** 2 if act == "tanh" else H[i] > 0)
    return grads


# ---- stills ----


def days(ax, X, y, names, size=30):
    """Draw the points `X` (n, 2) of the classes `y`, 0 to 2, named by `names` in the one legend under the figure."""
    plotting.check_axes(ax)
    X = arguments.array("X", X, "n", 2)
    y, names, size = _classes(y, 3, len(X)), _names(names), arguments.number("size", size, 0)
    for k, (color, marker, name) in enumerate(zip(COLORS, MARKERS, names, strict=True)):
        ax.scatter(*X[y == k].T, s=size, c=color, marker=marker, label=name, edgecolors="white", linewidths=0.5, zorder=3)
    ax.set_aspect("equal")
    figure = ax.get_figure()
    for old in list(figure.legends):
        old.remove()
    legend = figure.legend(*ax.get_legend_handles_labels(), loc="outside lower center", ncols=3, frameon=False, fontsize=9.5)
    for handle in legend.legend_handles:
        if hasattr(handle, "set_sizes"):
            handle.set_sizes([42])


def confidence_map(ax, probabilities, limits):
    """Colour the plane from limits[0] to limits[1] by the likeliest class, the stronger the surer.

    `probabilities` takes points (m, 2) and returns shares (m, 3); white is a share of one third. Returns on how much of
    the picture, from 0 to 1, the largest share is above 0.9.
    """
    plotting.check_axes(ax)
    arguments.function("probabilities", probabilities)
    low, high = arguments.array("limits", limits, 2)
    if low >= high:
        raise ValueError(f"limits should go from low to high, but they are {low:g} and {high:g}")
    line = np.linspace(low, high, 161)
    plane = np.stack(np.meshgrid(line, line), axis=-1).reshape(-1, 2)
    p = _shares_from("probabilities", probabilities, plane)
    paint = np.array([[int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)] for color in COLORS])[p.argmax(axis=1)]
    strength = 0.75 * np.clip((p.max(axis=1, keepdims=True) - 1 / 3) * 1.5, 0, 1)
    image = (1 - strength) + strength * paint
    ax.imshow(image.reshape(161, 161, 3), origin="lower", extent=(low, high, low, high), interpolation="bilinear", zorder=0)
    for j, k in ((0, 1), (0, 2), (1, 2)):
        # the border between two classes, where the third has less than both
        tie = np.where(p.argmin(axis=1) == 3 - j - k, p[:, j] - p[:, k], np.nan).reshape(161, 161)
        if np.nanmin(tie, initial=1) < 0 < np.nanmax(tie, initial=-1):
            ax.contour(line, line, tie, levels=[0], colors="#333333", linewidths=1.2, zorder=1)
    ax.set(xlim=(low, high), ylim=(low, high), aspect="equal")
    return float(np.mean(p.max(axis=1) > 0.9))


def reliability(ax, p, y, bins=10):
    """Draw a reliability diagram: for each bin of confidence, how often the likeliest class was right.

    `p` has the shape (n, k), `y` the shape (n,). Returns the drawn bins as rows: mean confidence, share right, count.
    """
    plotting.check_axes(ax)
    rows = np.array(_bins(p, y, arguments.integer("bins", bins, 1, 100)))
    ax.plot([0, 1], [0, 1], "--", color=plotting.GREY, linewidth=1.2)
    for sure, right, count in rows:
        # a bin of one forecast may lie anywhere: its stalk is thin
        width = 0.5 + 5 * np.sqrt(count / rows[:, 2].sum())
        ax.plot([sure, sure], [sure, right], color=plotting.PURPLE, linewidth=width, solid_capstyle="butt", zorder=2)
    ax.scatter(rows[:, 0], rows[:, 1], s=20 + 280 * rows[:, 2] / rows[:, 2].sum(), color=plotting.BLUE,
               edgecolors="white", linewidths=0.8, zorder=3)
    ax.set(xlim=(0, 1.03), ylim=(0, 1.03), xlabel="how sure", ylabel="how often right", aspect="equal")
    return rows


def _bins(p, y, bins):
    p = _are_shares("p", arguments.array("p", p, "n", "k"))
    y = _classes(y, p.shape[1], len(p))
    sure, right = p.max(axis=1), p.argmax(axis=1) == y
    which = np.minimum((sure * bins).astype(int), bins - 1)
    return [(sure[which == k].mean(), right[which == k].mean(), np.sum(which == k)) for k in range(bins) if np.any(which == k)]


# ---- the learner as a forecaster ----


def own_forecasts(answers, ece):
    """Show how sure the learner was of the predictions so far, and how often right; say kindly if there are too few.

    `answers` is what `predictions.answers()` returns. A prediction counts once its truth has been shown.
    """
    arguments.function("ece", ece)
    if not isinstance(answers, list | tuple):
        raise ValueError(f"answers should be a list, as predictions.answers() returns it, but it is {arguments.shown(answers)}")
    for k, answer in enumerate(answers):
        if not isinstance(answer, dict) or not {"correct", "confidence"} <= set(answer):
            raise ValueError(f"answers[{k}] should be a dict with correct and confidence, but it is {arguments.shown(answer)}")
        arguments.number(f"answers[{k}]['confidence']", answer["confidence"], 0, 100)
    settled = [answer for answer in answers if answer["correct"] is not None]
    right = np.array([answer["correct"] for answer in settled], dtype=bool)
    if len(settled) < FEWEST:
        found = {0: "none of your predictions is", 1: "one of your predictions is"}.get(
            len(settled), f"{len(settled)} of your predictions are")
        display(Markdown(
            f"So far {found} on record and settled, and it takes about {FEWEST} before a diagram says more about you than "
            "about luck. Nothing is lost: answer the questions with the button **Record my answer** as you meet "
            "them, here and in the lessons that you passed over, and run this cell again."))
        return
    percent = np.array([answer["confidence"] for answer in settled])
    sure = percent / 100
    # asked before anything is shown: a picture without its words would be half an answer
    off = arguments.number_from("ece", ece, (np.column_stack([sure, 1 - sure]), np.where(right, 0, 1), 10))
    figure, ax = plotting.new(width=460, height=430)
    ax.plot([50, 100], [50, 100], "--", color=plotting.GREY, linewidth=1.2, label="as sure as right")
    words = []
    for low, high in GROUPS:
        group = (percent >= low) & (percent <= high)
        if not group.any():
            continue
        n, hits, middle = int(group.sum()), int(right[group].sum()), percent[group].mean()
        rate, bottom, top = (100 * share for share in network.wilson(hits, n))
        ax.plot([middle, middle], [bottom, top], color=plotting.BLUE, linewidth=1.6, alpha=0.6)
        ax.plot(middle, rate, "o", color=plotting.BLUE, markersize=9)
        ax.annotate(f"{hits} of {n}", (middle, rate), (8, 6), textcoords="offset points", fontsize=9.5)
        words.append(f"when {low} to {high} % sure, right in {hits} of {n}")
    ax.set(xlim=(48, 106), ylim=(0, 110), yticks=range(0, 101, 20), xlabel="how sure you were, %", ylabel="how often you were right, %")
    ax.legend(frameon=False, loc="lower right")
    plotting.show(figure, f"Your own {len(settled)} settled predictions: {'; '.join(words)}.")
    brier = np.mean((sure - right) ** 2)
    low, high = network.wilson(int(right.sum()), len(right))[1:]
    gap = sure.mean() - right.mean()
    if low <= sure.mean() <= high:
        verdict = "That is as well calibrated as so few questions can tell."
    else:
        verdict = f"You were too {'sure' if gap > 0 else 'modest'}, by {100 * abs(gap):.0f} points; that is more than luck explains."
    display(Markdown(
        f"On {len(settled)} predictions you were {100 * sure.mean():.0f} % sure on average and right {100 * right.mean():.0f} % of the "
        f"time (95 % interval {100 * low:.0f} to {100 * high:.0f} %). {verdict} Your **Brier score** is {brier:.3f}, and your "
        f"own `ece` gives you {off:.3f}."))


# ---- live figures ----


def softmax_triangle(softmax, names):
    """Show three scores on sliders, their shares as bars and as a point in a triangle; `names` are the three classes.

    Returns the live figure, which says if the learner's `softmax` disagrees with it anywhere on a lattice of scores.
    """
    arguments.function("softmax", softmax)
    names = _names(names)
    line = np.arange(-5.0, 5.1, 1)
    Z = np.stack(np.meshgrid(line, line, line), axis=-1).reshape(-1, 3)
    p = arguments.array_from("softmax", softmax, (Z,), len(Z), 3)
    truth = np.exp(Z) / np.exp(Z).sum(axis=1, keepdims=True)
    data = {"title": "Three scores, three shares, one point", "names": names, "difference": float(np.abs(p - truth).max())}
    shown = np.array([[1.0, 2.0, 0.0], [11.0, 12.0, 10.0], [4.0, 0.0, 0.0], [0.0, 0.0, 0.0]])
    shares = arguments.array_from("softmax", softmax, (shown,), 4, 3)
    still, ax = plotting.new(width=460, height=430)
    ax.fill(*CORNERS.T, color="#F2F2F2", zorder=0)
    for k in range(3):
        ax.annotate(f"only {names[k]}", CORNERS[k], (0, 8 if k == 0 else -18), textcoords="offset points", ha="center", color=COLORS[k])
        ax.plot(*np.array([CORNERS.mean(axis=0), (CORNERS.sum(axis=0) - CORNERS[k]) / 2]).T, ":", color=plotting.GREY)
    ax.scatter(*(shares @ CORNERS).T, s=60, color=plotting.BLACK, zorder=3)
    for k, words in ((0, "scores 1, 2, 0 and\nscores 11, 12, 10"), (2, "scores 4, 0, 0"), (3, "scores 0, 0, 0")):
        ax.annotate(words, shares[k] @ CORNERS, (9, -4), textcoords="offset points", fontsize=9)
    ax.set(xlim=(-0.65, 0.75), ylim=(-0.14, 1.0), aspect="equal")
    ax.axis("off")
    alt = (
        f"A triangle whose corners are a share of 100 % for {names[0]}, {names[1]} and {names[2]}. The scores 1, 2, 0 give "
        f"the shares {_percents(shares[0])}, the scores 11, 12, 10 give {_percents(shares[1])}; three equal scores lie in the middle."
    )
    return show(LiveFigure("probabilities", "softmax_triangle", data), still, alt)


def temperature_slider(forecasts, y, softmax, ece):
    """Show the reliability diagram of logits that are divided by a temperature, and what the temperature does.

    `forecasts` is a dict from a name to logits (n, 3), `y` the classes (n,). Returns the live figure.
    """
    arguments.function("softmax", softmax)
    arguments.function("ece", ece)
    if not isinstance(forecasts, dict) or not forecasts:
        raise ValueError(f"forecasts should be a dict from names to logits, but it is {arguments.shown(forecasts)}")
    y = _classes(y, 3, "n")
    forecasts = {arguments.text("a name in forecasts", name): arguments.array(f"forecasts[{name!r}]", Z, len(y), 3) for name, Z in forecasts.items()}
    name, Z = next(iter(forecasts.items()))

    def asked(T):
        p = _shares_from("softmax", softmax, Z / T)
        return p, arguments.number_from("ece", ece, (p, y, 10))

    errors = [asked(T)[1] for T in TEMPERATURES]
    best = float(TEMPERATURES[int(np.argmin(errors))])
    data = {
        "title": "Temperature and the reliability diagram", "y": y, "temperatures": TEMPERATURES,
        "forecasts": {key: logits.round(2) for key, logits in forecasts.items()},
    }  # fmt: skip
    still, axes = plotting.new(columns=2, width=720, height=400)
    words = []
    for ax, T in zip(axes, (1.0, best), strict=True):
        p, error = asked(T)
        reliability(ax, p, y)
        right = np.mean(p.argmax(axis=1) == y)
        ax.set_title(f"temperature {T:.3g}: ECE {error:.3f}")
        words.append(f"at temperature {T:.3g} the mean confidence is {p.max(axis=1).mean():.2f}, {right:.2f} are right, and the ECE is {error:.3f}")
    alt = f"Two reliability diagrams of {len(y)} forecasts ({name}): {'; '.join(words)}."
    return show(LiveFigure("probabilities", "temperature_slider", data), still, alt)


def zoom_out(nets, X, y, confidence_at_radius, names, temperature=16.0):
    """Show how sure a ReLU network is around its points and up to 100 times further out, and the mean of all `nets`.

    `X` (n, 2) and `y` are the points of the first network. Returns the live figure.
    """
    arguments.function("confidence_at_radius", confidence_at_radius)
    X = arguments.array("X", X, "n", 2)
    y = _classes(y, 3, len(X))
    names, T = _names(names), arguments.number("temperature", temperature, 1, 100)
    if not isinstance(nets, list | tuple) or not nets:
        raise ValueError(f"nets should list at least one network, but it is {arguments.shown(nets)}")
    nets = [network.checked(f"nets[{k}]", params) for k, params in enumerate(nets)]
    for k, params in enumerate(nets):
        if (len(params[0][0]), len(params[-1][1])) != (2, 3):
            found = f"{len(params[0][0])} and {len(params[-1][1])}"
            raise ValueError(f"nets[{k}] should have 2 inputs and 3 outputs, but it has {found}")
    radii = np.geomspace(0.3, 300, 25)

    def asked(params, r):
        return arguments.number_from("confidence_at_radius", confidence_at_radius, (params, float(r)))

    curves = {
        str(t): [float(np.mean([asked(_cooled(params, t), r) for params in nets])) for r in radii] for t in (1.0, T)
    }
    data = {
        "title": "How sure, near and far", "X": X.round(3), "y": y, "names": names, "layers": [list(pair) for pair in nets[0]],
        "edge": float(np.hypot(*X.T).max()), "radii": radii, "curve": curves["1.0"], "hot": curves[str(T)], "temperature": T, "many": len(nets),
    }  # fmt: skip
    still, axes = plotting.new(columns=2, width=760, height=430)
    words = []
    for ax, half in zip(axes, (3, 300), strict=True):
        confidence_map(ax, lambda P: _shares(nets[0], P), (-half, half))
        days(ax, X, y, names, size=22 if half == 3 else 2)
        ax.set_title(f"window from -{half} to {half}")
    for r in (1, 10, 100):
        words.append(f"{np.mean([asked(params, r) for params in nets]):.3f} at distance {r}")
    angles = np.deg2rad(np.arange(0, 360, 0.25))
    around = _shares(nets[0], 300 * np.column_stack([np.cos(angles), np.sin(angles)])).argmax(axis=1)
    sectors = max(1, int(np.sum(around != np.roll(around, 1))))
    alt = (
        f"The plane coloured by a ReLU network's likeliest class, stronger where it is surer, near its {len(X)} points and 100 "
        f"times wider: far out it is {sectors} plain sectors. Mean confidence of {len(nets)} networks: {', '.join(words)}."
    )
    return show(LiveFigure("probabilities", "zoom_out", data), still, alt)


def _cooled(params, T):
    W, b = params[-1]
    return [*params[:-1], (W / T, b / T)]


def _shares(params, X):
    Z = network.forward(params, X, "relu")[1]
    e = np.exp(Z - Z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def _classes(y, kinds, *shape):
    y = arguments.array("y", y, *shape)
    if not np.isin(y, range(kinds)).all():
        raise ValueError(f"y should hold only the classes 0 to {kinds - 1}, but it holds {y[~np.isin(y, range(kinds))][0]:g}")
    return y.astype(int)


def _shares_from(name, value, points):
    return _are_shares(f"what {name} returns", arguments.array_from(name, value, (points,), len(points), 3))


def _are_shares(name, p):
    """Return shares (n, k) if each lies between 0 and 1; that rows sum to 1 is the lesson's to find out."""
    outside = (p < -1e-9) | (p > 1 + 1e-9)
    if outside.any():
        raise ValueError(f"{name} should be shares from 0 to 1, but one is {p[outside][0]:g}")
    return p


def _names(names):
    if not isinstance(names, list | tuple) or len(names) != 3:
        raise ValueError(f"names should be three texts, one for each class, but it is {arguments.shown(names)}")
    return [arguments.text(f"names[{k}]", name) for k, name in enumerate(names)]


def _percents(shares):
    return ", ".join(f"{100 * share:.0f} %" for share in shares)
