"""The live figures of lesson 05: activations and their slopes, three hinges and their sum, a curve met at its knots.

A hinge network of one input is offset + the sum of weights[i] * relu(x - knots[i]), relu(z) being the larger of z and 0.
`hinge_net`, `relu_interpolator` and the activations are the learner's own functions.
"""

import numpy as np

from course_utils import arguments, plotting
from course_utils.figures.live import LiveFigure, show

# a slope smaller than this is called flat
FLAT = 0.05
WINDOW, PIECES = (-6.0, 6.0), 64
# hinge k switches on at t_k and adds the slope w_k; c is the sum's value before the first hinge
START = {"t1": 0.5, "w1": 1.0, "t2": 1.5, "w2": -1.0, "t3": 3.0, "w3": 0.5, "c": 0.5}
POSTS = ((0.0, 1.0), (1.0, 3.0), (2.5, 0.0), (4.0, 1.5))


def activation_zoo(functions):
    """Show activations and their slopes, with the stretches shaded where the slope is nearly 0.

    `functions` is a dict from a name to a pair of functions: the activation, and its slope or None (then it is measured).
    Each takes an array of shape (n,) and returns one of the same shape. Returns the live figure.
    """
    if not isinstance(functions, dict) or not 1 <= len(functions) <= 12:
        raise ValueError(f"functions should be a dict from 1 to 12 names to pairs of functions, but it is {arguments.shown(functions)}")
    z = np.linspace(*WINDOW, 241)
    found = {arguments.text("a name in functions", name): _sample(name, pair, z) for name, pair in functions.items()}
    data = {"title": "Activations and their slopes", "z": z.round(4), "flat": FLAT, "functions": found}
    alt = "Activations and their slopes between -6 and 6. " + " ".join(
        f"{name}: values from {one['value'].min():.2f} to {one['value'].max():.2f}, largest slope {one['slope'].max():.2f}, "
        f"slope below {FLAT} on {100 * np.mean(np.abs(one['slope']) < FLAT):.0f} % of the window."
        for name, one in found.items()
    )
    still, axes = plotting.new(columns=len(found), rows=2, width=960, height=440)
    for column, (name, one) in zip(np.reshape(axes, (2, -1)).T, found.items(), strict=True):
        for ax, key, top, title in zip(column, ("value", "slope"), (3, 1.2), (name, "its slope"), strict=True):
            low = -1.5 if key == "value" else -0.1
            ax.fill_between(z, low, top, where=np.abs(one["slope"]) < FLAT, color="#E3E3E3", linewidth=0)
            ax.plot(z, one[key], color=plotting.BLUE if key == "value" else plotting.GREEN)
            ax.set(xlim=WINDOW, ylim=(low, top), title=title)
    return show(LiveFigure("activations", "activation_zoo", data, {"z": 1.0, "name": next(iter(found))}), still, alt)


def hinge_mixer(x=None, y=None):
    """Show three hinges and the running sum of them, over a few points (x, y) that the sum may be made to meet.

    `x`, `y`: shapes (n,), x from 0 to 4, or neither for four posts of a fence. Returns the live figure.
    Raises ValueError for other shapes.
    """
    if x is None and y is None:
        x, y = np.array(POSTS).T
    if x is None or y is None:
        raise ValueError(f"x and y should both be given, or neither, but {'x' if x is None else 'y'} is None")
    x, y = arguments.array("x", x, "n"), arguments.array("y", y, "n")
    if len(x) != len(y):
        raise ValueError(f"x and y should have a value for each point, but have {len(x)} and {len(y)}")
    if x.min() < 0 or x.max() > 4:
        raise ValueError(f"x should lie between 0 and 4, but it runs from {x.min():g} to {x.max():g}")
    data = {"title": "Three hinges and their running sum", "x": x, "y": y, "span": [-0.5, 4.5], "top": [-2.5, 5.5]}
    t = np.linspace(*data["span"], 501)
    parts = [START[f"w{k}"] * np.maximum(t - START[f"t{k}"], 0) for k in (1, 2, 3)]
    sums = START["c"] + np.cumsum(parts, axis=0)
    worst = np.abs(np.interp(x, t, sums[-1]) - y).max()
    turns = ", ".join(f"{START[f'w{k}']:+g} at {START[f't{k}']:g}" for k in (1, 2, 3))
    alt = (
        f"Three hinges and their sum, beginning at {START['c']:g}: the slope changes by {turns}. "
        f"The sum has a corner at each hinge; it misses one of {len(x)} points by {worst:.2f}."
    )
    still, axes = plotting.new(columns=4, width=960, height=300)
    looks = ((plotting.BLUE, "-"), (plotting.GREEN, "--"), (plotting.PURPLE, "-."))
    for k, (ax, part, (color, style)) in enumerate(zip(axes[:3], parts, looks, strict=True), start=1):
        ax.plot(t, part, style, color=color, linewidth=2)
        ax.set(title=f"hinge {k}")
    axes[3].plot(t, sums[0], "-", color=plotting.BLUE, linewidth=1)
    axes[3].plot(t, sums[1], "--", color=plotting.GREEN, linewidth=1)
    axes[3].plot(t, sums[2], color=plotting.BLACK, linewidth=2)
    axes[3].plot(x, y, "s", color="0.35", mec="white", ms=6)
    axes[3].set(title="their running sum")
    for ax in axes:
        ax.set(xlim=data["span"], ylim=data["top"], xlabel="$x$")
    return show(LiveFigure("activations", "hinge_mixer", data, START), still, alt)


def knot_slider(relu_interpolator, hinge_net):
    """Show what the learner's hinge network makes of a curve on [-1, 1] with 1 to 64 equal pieces, and its largest error.

    Both functions are the learner's: relu_interpolator(knots, values) -> (weights, offset) and
    hinge_net(x, knots, weights, offset) -> values. Returns the live figure. Raises ValueError if they return other things.
    """
    arguments.function("relu_interpolator", relu_interpolator)
    arguments.function("hinge_net", hinge_net)
    x = np.linspace(-1, 1, 1921)
    targets = [_follow(relu_interpolator, hinge_net, x, *target) for target in _targets()]
    data = {"title": "A curve, its knots and the error", "span": [-1.6, 1.6], "x": np.linspace(-1.6, 1.6, 321), "targets": targets}
    wave = targets[0]
    shown = (4, 8, 16)
    alt = (
        "A wave and the hinge network that meets it at its knots. "
        + " ".join(f"{n} pieces: largest error {wave['nets'][n - 1]['error']:.4f}, bound {_bound(n, wave['curvature']):.4f}." for n in (*shown, 32, 64))
        + f" Outside the knots, at 1.6, the network with 64 pieces says {wave['nets'][63]['y'][-1]:.1f}; the wave {wave['y'][-1]:.1f}."
    )
    still, axes = plotting.new(columns=4, width=960, height=290)
    for ax, n in zip(axes[:3], shown, strict=True):
        net = wave["nets"][n - 1]
        ax.plot(data["x"], wave["y"], color=plotting.ORANGE, linewidth=1.2)
        ax.plot(net["x"], net["y"], color=plotting.BLACK, linewidth=1.6)
        ax.plot(net["x"][1:-1], net["y"][1:-1], "o", color=plotting.PURPLE, ms=4)
        ax.set(xlim=(-1.1, 1.1), ylim=(-1.4, 1.4), title=f"{n} pieces")
    n = np.arange(1, PIECES + 1)
    axes[3].plot(n, _bound(n, wave["curvature"]), "--", color=plotting.BLACK, label="bound")
    axes[3].plot(n, [net["error"] for net in wave["nets"]], ".", color=plotting.PURPLE, label="measured")
    axes[3].set(xscale="log", yscale="log", title="largest error", xlabel="pieces")
    axes[3].legend(frameon=False, fontsize=9)
    return show(LiveFigure("activations", "knot_slider", data, {"pieces": 3, "target": targets[0]["name"]}), still, alt)


# ---- numbers ----


def _sample(name, pair, z):
    if not isinstance(pair, (tuple, list)) or len(pair) != 2:
        raise ValueError(f"functions[{name!r}] should be a pair of functions, but it is {arguments.shown(pair)}")
    f, slope = pair
    arguments.function(f"functions[{name!r}][0]", f)
    n = len(z)
    value = arguments.array_from(name, f, (z,), n)
    if slope is None:
        nudge = 1e-5
        # a corner may lie on the sampled points: the slope to its left is what the course takes there
        steps = arguments.array_from(name, f, (z - nudge,), n) - arguments.array_from(name, f, (z - 2 * nudge,), n)
        return {"value": value.round(5), "slope": (steps / nudge).round(5)}
    arguments.function(f"functions[{name!r}][1]", slope)
    return {"value": value.round(5), "slope": arguments.array_from(f"the slope of {name}", slope, (z,), n).round(5)}


def _targets():
    """Curves on [-1, 1]: name, words, function, and the largest size of its second derivative (None: there is none)."""
    return (
        ("wave", "sin(2πx)", lambda x: np.sin(2 * np.pi * x), 4 * np.pi**2),
        # (256 x^2 - 16) exp(-8 x^2) is largest in size at 0
        ("hill", "a bell-shaped hill", lambda x: np.exp(-8 * x**2), 16.0),
        ("cusp", "the root of |x|, infinitely steep at 0", lambda x: np.sqrt(np.abs(x)), None),
    )


def _bound(pieces, curvature):
    return (2 / pieces) ** 2 / 8 * curvature


def _follow(relu_interpolator, hinge_net, x, name, words, f, curvature):
    """What the learner's network does with one curve: its corners and its largest error, for every number of pieces."""
    nets = []
    for n in range(1, PIECES + 1):
        knots = np.linspace(-1, 1, n + 1)
        weights, offset = _ask(relu_interpolator, knots, f(knots))
        corners = np.concatenate([[-1.6], knots, [1.6]])
        said = [arguments.array_from("hinge_net", hinge_net, (p, knots, weights, offset), len(p)) for p in (x, corners)]
        nets.append({"x": corners.round(5), "y": said[1].round(5), "error": float(np.abs(said[0] - f(x)).max())})
    return {"name": name, "words": words, "y": f(np.linspace(-1.6, 1.6, 321)).round(5), "curvature": curvature, "nets": nets}


def _ask(relu_interpolator, knots, values):
    wanted = "weights", "offset"
    answer = arguments.answer("relu_interpolator", relu_interpolator, (knots, values), " and ".join(wanted))
    weights, offset = arguments.parts("relu_interpolator", answer, wanted)
    return arguments.array("relu_interpolator's weights", weights, len(knots)), arguments.single("relu_interpolator's offset", offset)
