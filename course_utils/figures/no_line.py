"""The live figures of lesson 02: what a straight line can part, and what it cannot.

`best_line_accuracy` and `cover_fraction` are the learner's own functions; what they answer is checked and drawn,
never trusted.
"""

import itertools
import math

import numpy as np

from course_utils import arguments, datasets, plotting
from course_utils.figures.live import LiveFigure, show

BOX = (-0.5, 1.5)
RULES = {
    "0000": "always off", "0001": "AND", "0010": "x₁ and not x₂", "0011": "x₁",
    "0100": "x₂ and not x₁", "0101": "x₂", "0110": "XOR", "0111": "OR",
    "1000": "NOR", "1001": "both alike", "1010": "not x₂", "1011": "x₁ or not x₂",
    "1100": "not x₁", "1101": "x₂ or not x₁", "1110": "NAND", "1111": "always on",
}  # fmt: skip
MOST_POINTS, DIMENSIONS, TOSSES = 30, (1, 2, 5, 12), 300


def turn_the_line():
    """Show a line that one turns over the four points of XOR, a dial with its accuracy, and a map of all lines.

    Returns the live figure.
    """
    X, y = datasets.xor_corners()
    angles, offsets = np.arange(0, 361, 1.0), np.linspace(-1, 1, 401)
    shares = _map_of_lines(X, y, angles, offsets)
    data = {"title": "A line over XOR, and all the other lines", "X": X, "y": y, "box": BOX}
    best = round(4 * shares.max())
    part = {right: 100 * np.mean(shares == right / 4) for right in (1, 2, 3)}
    alt = (
        "Left: the four points of XOR and the line x1 + x2 = 0.5, which has 3 of 4 points on their own side. "
        f"Right: the map of all lines, {shares.size:,} of them by angle and offset: at most {best} of 4 are right; "
        f"3 of 4 in {part[3]:.0f} % of the map, 2 of 4 in {part[2]:.0f} %, 1 of 4 in {part[1]:.0f} %."
    )
    still, (left, right) = plotting.new(columns=2, width=760, height=400)
    plotting.regions(left, lambda P: P.sum(axis=1) - 0.5, limits=BOX, scores=True)
    plotting.points(left, X, y)
    left.set(xlabel="$x_1$", ylabel="$x_2$", title="3 of 4 right")
    right.contourf(angles, offsets, shares, levels=[0, 0.3, 0.6, 0.8], colors=["#FFFFFF", "#E7D3E4", "#A0639A"])
    right.set(xlabel="angle of the arrow", ylabel="offset", xticks=range(0, 361, 90))
    right.set_title("all lines: 1, 2 or 3 of 4 right")
    for angle, offset in ((45, -0.35), (135, 0.35), (225, -0.35), (315, 0.35)):
        right.text(angle, offset, "75 %", ha="center", va="center", color="white", fontsize=8.5)
    return show(LiveFigure("no_line", "turn_the_line", data), still, alt)


def truth_tables(best_line_accuracy):
    """Show the sixteen rules for two switches: whether a line parts the chosen one, and what `best_line_accuracy` says.

    Returns the live figure. Raises ValueError if `best_line_accuracy` is no function or returns no share from 0 to 1.
    """
    arguments.function("best_line_accuracy", best_line_accuracy)
    X, _ = datasets.xor_corners()
    tables = []
    for y in itertools.product((0, 1), repeat=4):
        w, b, right = _best_line(X, np.array(y))
        said = arguments.number_from("best_line_accuracy", best_line_accuracy, (X, np.array(y)), 0, 1)
        name = RULES["".join(map(str, y))]
        tables.append({"name": name, "y": y, "w": w, "b": b, "right": right, "said": said})
    parted = [table for table in tables if table["right"] == 4]
    failed = [f"{table['name']} ({''.join(map(str, table['y']))})" for table in tables if table["right"] < 4]
    differ = sum(abs(table["said"] - table["right"] / 4) > 1e-6 for table in tables)
    alt = (
        f"The {len(tables)} rules for two switches, each with its best line: a line parts {len(parted)}; "
        f"it fails for {' and '.join(failed)}, with 3 of 4 points right. "
        f"Your best_line_accuracy agrees on {len(tables) - differ} of {len(tables)}."
    )
    still, axes = plotting.new(columns=8, rows=2, width=960, height=300)
    for ax, table in zip(np.ravel(axes), tables, strict=True):
        plotting.regions(ax, lambda P, table=table: P @ table["w"] + table["b"], limits=BOX, scores=True)
        plotting.points(ax, X, np.array(table["y"]))
        ax.set(xticks=[], yticks=[])
        ax.set_title(table["name"] + ("" if table["right"] == 4 else ": no line"), fontsize=8.5)
    data = {"title": "The sixteen rules for two switches", "X": X, "box": BOX, "tables": tables}
    return show(LiveFigure("no_line", "truth_tables", data), still, alt)


def cover_curve(cover_fraction):
    """Show which share of all ways to class N points a cut can part: Cover's formula, `cover_fraction`, coin tosses.

    Returns the live figure. Raises ValueError if `cover_fraction` is no function or does not return a number.
    """
    arguments.function("cover_fraction", cover_fraction)
    sizes = range(1, MOST_POINTS + 1)
    curves = []
    for d in DIMENSIONS:
        truth = [_share(N, d) for N in sizes]
        said = [arguments.number_from(f"cover_fraction({N}, {d})", cover_fraction, (N, d)) for N in sizes]
        curves.append({"d": d, "truth": truth, "said": said})
    data = {"title": "How often a straight cut parts N points", "curves": curves, "most": MOST_POINTS, "tosses": TOSSES}
    differ = sum(abs(t - s) > 1e-9 for curve in curves for t, s in zip(curve["truth"], curve["said"], strict=True))
    plane = curves[DIMENSIONS.index(2)]["truth"]
    alt = (
        "The share of all ways to class N points that a straight cut can part, for points in "
        f"{', '.join(map(str, DIMENSIONS))} dimensions. In the plane it is {plane[3]:.3f} for 4 points, "
        f"{plane[5]:.3f} for 6 and {plane[11]:.3f} for 12. "
        "Each curve passes one half at twice as many points as there are free numbers. "
        "Your cover_fraction "
        + ("lies on all curves." if not differ else f"differs in {differ} of {len(DIMENSIONS) * MOST_POINTS} places.")
    )
    still, ax = plotting.new(width=620, height=360)
    colors = (plotting.GREY, plotting.BLACK, plotting.PURPLE, plotting.GREEN)
    for curve, color, marker in zip(curves, colors, "os^D", strict=True):
        ax.plot(sizes, curve["truth"], color=color, linewidth=1.4)
        ax.plot(sizes, curve["said"], marker, color=color, markersize=4.5, label=f"d = {curve['d']}")
        ax.plot(2 * (curve["d"] + 1), 0.5, "o", markersize=11, markerfacecolor="none", markeredgecolor=color)
    ax.axhline(0.5, color=plotting.GREY, linewidth=0.8, linestyle=":")
    ax.set(xlabel="number of points N", ylabel="share that a cut can part")
    ax.set_title("lines: the formula; marks: your cover_fraction; rings: one half")
    ax.legend(frameon=False, fontsize=9)
    return show(LiveFigure("no_line", "cover_curve", data), still, alt)


# ---- numbers ----


def _map_of_lines(X, y, angles, offsets):
    """The share right for each line, shape (offsets, angles): class 1 lies beyond `offset` along the angle."""
    a = np.radians(angles)
    along = (X - X.mean(axis=0)) @ np.stack([np.cos(a), np.sin(a)])
    fires = along[:, None, :] > offsets[:, None] + 1e-9
    return np.mean(fires == y[:, None, None], axis=0)


def _best_line(X, y):
    """The widest of the lines with the most points right: w (2,), b, and how many are right."""
    best = (-1, -1.0, None, None)
    for angle in np.radians(np.arange(0, 360, 45)):
        w = np.array([np.cos(angle), np.sin(angle)]).round(12)
        along = np.unique((X @ w).round(9))
        cuts = [(p + q) / 2 for p, q in itertools.pairwise(along)] + [along[0] - 0.35, along[-1] + 0.35]
        for cut in cuts:
            scores = X @ w - cut
            right = int(np.sum((scores > 0) == (y == 1)))
            room = float(np.abs(scores).min())
            if (right, room) > (best[0], best[1] + 1e-9 if right == best[0] else -1):
                best = (right, room, w, -cut)
    return best[2], best[3], best[0]


def _share(N, d):
    """Cover's share: C(N, d + 1) of the 2^N ways, the bias counted among the free numbers."""
    ways = 0
    for k in range(min(d, N - 1) + 1):
        ways += 2 * math.comb(N - 1, k)
    return ways / 2**N
