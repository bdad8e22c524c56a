"""Still pictures of points, lines, regions and carried grids.

Class 0 is blue and round, class 1 orange and triangular, and both are named in a legend: colour never speaks alone.
Pictures are matplotlib figures made without pyplot, so that none is ever shown twice or left open.
Where `limits` is an argument it is (low, high) for both axes, or (left, right, bottom, top).
A wrong argument raises a ValueError that says what was expected.
"""

import base64
import html
import io

import numpy as np
from matplotlib import colors
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import MaxNLocator

from course_utils import arguments

# Okabe and Ito's colours, told apart by all common kinds of colour vision
BLUE = "#0072B2"
ORANGE = "#D55E00"
GREEN = "#009E73"
SKY = "#56B4E9"
YELLOW = "#F0E442"
PURPLE = "#CC79A7"
BLACK = "#000000"
GREY = "#767676"

CLASS_COLORS = (BLUE, ORANGE)
CLASS_MARKERS = ("o", "^")
REGION_COLORS = ("#CBE0EE", "#F8DDC9")
DIVERGING = colors.LinearSegmentedColormap.from_list("blue-white-orange", [BLUE, "#FFFFFF", ORANGE])

_INK = "#333333"
_TICKS = {"color": "#BBBBBB", "labelcolor": _INK, "labelsize": 8.5, "length": 3, "width": 0.8}
_PIXELS = 96  # CSS pixels an inch
_STEPS = 301  # points along each side where a function of the plane is asked


def new(columns=1, rows=1, width=None, height=None):
    """Return a figure and its axes: one axes, or an array of them (of shape (rows, columns) if both are above 1).

    `width` and `height` are those of the whole figure in CSS pixels; without them the panels are square.
    """
    columns = arguments.integer("columns", columns, 1, 12)
    rows = arguments.integer("rows", rows, 1, 12)
    wide = min(80 + 320 * columns, 960) if width is None else arguments.number("width", width, 100, 2000)
    high = (wide / columns + 30) * rows if height is None else arguments.number("height", height, 60, 4000)
    figure = Figure(figsize=(wide / _PIXELS, high / _PIXELS), dpi=2 * _PIXELS, layout="constrained", facecolor="white")
    figure.get_layout_engine().set(w_pad=0.08, h_pad=0.08)
    axes = figure.subplots(rows, columns)
    for ax in np.ravel(axes):
        ax.set_axisbelow(True)
        ax.spines[["top", "right"]].set_visible(False)
        ax.spines[["left", "bottom"]].set(color="#BBBBBB", linewidth=0.8)
        ax.tick_params(**_TICKS)
        for axis in (ax.xaxis, ax.yaxis):
            axis.set_major_locator(MaxNLocator(5, steps=[1, 2, 5, 10]))
        ax.title.set(fontsize=11, color=_INK)
        ax.xaxis.label.set(fontsize=10, color=_INK)
        ax.yaxis.label.set(fontsize=10, color=_INK)
    return figure, axes


def points(ax, X, y, names=("class 0", "class 1")):
    """Draw the points `X` (n, 2) of the classes `y` (n,) and name the classes in the figure's legend."""
    check_axes(ax)
    X, y = arguments.points_and_labels(X, y)
    names = _two_names(names)
    size = np.clip(7000 / len(X), 15, 44) * _scale(ax) ** 2
    for k in (0, 1):
        if np.any(y == k):
            ax.scatter(*X[y == k].T, s=size, c=CLASS_COLORS[k], marker=CLASS_MARKERS[k], label=names[k],
                       edgecolors="white", linewidths=0.5, zorder=3)
    _frame(ax)
    _legend(ax)


def line(ax, w, b, color=BLACK, label=None, style="-"):
    """Draw the line w[0] x + w[1] y + b = 0 from edge to edge of the present limits and return it.

    Returns None and draws nothing if no such line crosses the picture, or if w is (0, 0).
    """
    check_axes(ax)
    w, b = arguments.array("w", w, 2), arguments.number("b", b)
    if not colors.is_color_like(color):
        raise ValueError(f"color should be a colour such as '#0072B2', but it is {arguments.shown(color)}")
    style = arguments.choice("style", style, ["-", "--", ":", "-."])
    if label is not None:
        arguments.text("label", label)
    ends = _crossing(w, b, _present(ax))
    if ends is None:
        return None
    drawn = Line2D(*ends.T, color=color, linestyle=style, linewidth=1.8, zorder=2, label=label)
    # add_artist leaves the limits as they are, where plot would stretch them
    ax.add_artist(drawn)
    if label is not None:
        _legend(ax)
    return drawn


def regions(ax, predict, limits=None, scores=False):
    """Shade the side of each class and draw the boundary between them.

    `predict` takes points (m, 2) and returns their classes (m,), 0 or 1; with `scores=True` it returns real numbers,
    class 1 where they are above 0, and the boundary is drawn where they are 0. Without `limits` the present ones stay.
    """
    check_axes(ax)
    scores = arguments.flag("scores", scores)
    x, y, plane, limits = _mesh(ax, limits)
    values = _answers(predict, plane, scores).reshape(len(y), len(x))
    if not scores:
        values = _smooth(values) - 0.5
    ax.contourf(x, y, values, levels=_levels(values), colors=REGION_COLORS, zorder=0)
    ax.contour(x, y, values, levels=[0], colors=_INK, linewidths=1.4, zorder=1)
    _fix(ax, limits)


def grid(ax, carry, limits=(-1, 1), lines=15):
    """Draw the straight grid of the plane within `limits` after the function `carry` has moved its every point.

    `carry` takes points (m, 2) and returns points (m, 2). Horizontal lines of the plane are green, upright ones grey.
    """
    check_axes(ax)
    arguments.function("carry", carry)
    left, right, bottom, top = _four(limits)
    lines = arguments.integer("lines", lines, 2, 100)
    far = np.linspace(0, 1, 241)
    xs, ys = np.linspace(left, right, lines), np.linspace(bottom, top, lines)
    upright = np.stack(np.broadcast_arrays(xs[:, None], bottom + (top - bottom) * far), axis=-1)
    level = np.stack(np.broadcast_arrays(left + (right - left) * far, ys[:, None]), axis=-1)
    start = np.concatenate([upright, level]).reshape(-1, 2)
    carried = arguments.array_from("carry", carry, (start,), len(start), 2).reshape(2, lines, len(far), 2)
    for family, color in zip(carried, (GREY, GREEN), strict=True):
        ax.add_collection(LineCollection(family, colors=color, linewidths=0.7, alpha=0.6, zorder=1))
    _frame(ax)


def values(ax, f, limits=None):
    """Colour the plane by the function `f`: blue where it is negative, white at 0, orange where positive.

    `f` takes points (m, 2) and returns real numbers (m,). The bar beside the picture gives the numbers.
    """
    check_axes(ax)
    x, y, plane, limits = _mesh(ax, limits)
    found = _answers(f, plane, scores=True, name="f").reshape(len(y), len(x))
    largest = float(np.abs(found).max()) or 1.0
    image = ax.imshow(found, extent=limits, origin="lower", cmap=DIVERGING, vmin=-largest, vmax=largest,
                      interpolation="bilinear", zorder=0)
    bar = ax.get_figure().colorbar(image, cax=ax.inset_axes([1.04, 0, 0.035, 1]), ticks=MaxNLocator(5))
    bar.outline.set_visible(False)
    bar.ax.tick_params(**_TICKS)
    _fix(ax, limits)


def classes(X, y, predict=None, title=None, scores=False):
    """Show the points of two classes and, if `predict` is given, the region it gives to each class.

    `predict` and `scores` are as in `regions`. The alt text is computed from the data.
    """
    alt = describe(X, y, predict, scores)
    figure, ax = new()
    points(ax, X, y)
    if predict is not None:
        regions(ax, predict, scores=scores)
    ax.set(xlabel="$x_1$", ylabel="$x_2$")
    if title is not None:
        ax.set_title(arguments.text("title", title))
        alt = f"{title}. {alt}"
    show(figure, alt)


def describe(X, y, predict=None, scores=False):
    """Return in words how many points each class has, where they lie, and how many are on their own class's side."""
    X, y = arguments.points_and_labels(X, y)
    scores = arguments.flag("scores", scores)
    looks = ("blue circles", "orange triangles")
    parts = [f"{_count(len(X), 'point')}."]
    for k in (0, 1):
        if np.any(y == k):
            parts.append(f"Class {k}, {looks[k]}: {np.sum(y == k)}, {_where(X[y == k], X)}.")
    if predict is not None:
        found = _answers(predict, X, scores)
        right = int(np.sum((found > 0).astype(int) == y))
        parts.append(f"{right} of {len(X)} lie in the region of their own class.")
    return " ".join(parts)


def as_html(figure, alt):
    """Return the figure as an HTML image with `alt` as its text, `width` in CSS pixels, drawn for sharp screens."""
    if not isinstance(figure, Figure):
        raise ValueError(f"figure should be a matplotlib Figure, but it is {arguments.shown(figure)}")
    alt = html.escape(arguments.text("alt", alt))
    # once more than matplotlib does by itself: the size of the panels and that of the legend depend on each other
    if figure.get_layout_engine():
        figure.get_layout_engine().execute(figure)
    png = io.BytesIO()
    figure.savefig(png, format="png", dpi=2 * _PIXELS, metadata={"Software": None})
    data = base64.b64encode(png.getvalue()).decode("ascii")
    width = round(figure.get_figwidth() * _PIXELS)
    # the white card keeps dark words readable on a dark page
    style = "max-width:100%; height:auto; background:#fff; border-radius:8px"
    return f'<img alt="{alt}" width="{width}" style="{style}" src="data:image/png;base64,{data}">'


def show(figure, alt):
    """Show the figure under the cell, with `alt` as its text for those who do not see it. Returns nothing."""
    from IPython.display import display

    display({"text/html": as_html(figure, alt), "text/plain": alt}, raw=True)


def check_axes(ax):
    """Raise ValueError if `ax` is not one axes of a figure."""
    if not isinstance(ax, Axes):
        raise ValueError(f"ax should be one axes of a figure, as plotting.new() returns it, but it is {arguments.shown(ax)}")


def _two_names(names):
    if not isinstance(names, (tuple, list)) or len(names) != 2:
        raise ValueError(f"names should be two texts, one for each class, but it is {arguments.shown(names)}")
    return [arguments.text(f"names[{k}]", name) for k, name in enumerate(names)]


def _four(limits):
    if (isinstance(limits, (list, tuple)) and len(limits) == 2) or (isinstance(limits, np.ndarray) and limits.shape == (2,)):
        low, high = arguments.array("limits", limits, 2)
        limits = (low, high, low, high)
    left, right, bottom, top = (float(v) for v in arguments.array("limits", limits, 4))
    if left >= right or bottom >= top:
        raise ValueError(f"limits should go from low to high, but they are {left:g}, {right:g}, {bottom:g}, {top:g}")
    return left, right, bottom, top


def _present(ax):
    """Return the limits of what is drawn: the plain 0 to 1 of empty axes would cut off what comes later."""
    if not ax.has_data() and ax.get_autoscalex_on():
        raise ValueError("ax should have its points drawn or its limits set before this, but it is empty")
    return (*sorted(ax.get_xlim()), *sorted(ax.get_ylim()))


def _mesh(ax, limits):
    limits = _present(ax) if limits is None else _four(limits)
    x, y = np.linspace(*limits[:2], _STEPS), np.linspace(*limits[2:], _STEPS)
    return x, y, np.column_stack([np.tile(x, _STEPS), np.repeat(y, _STEPS)]), limits


def _answers(function, plane, scores, name="predict"):
    arguments.function(name, function)
    found = arguments.array_from(name, function, (plane,), len(plane))
    if not scores and not np.isin(found, (0, 1)).all():
        strange = found[~np.isin(found, (0, 1))][0]
        raise ValueError(
            f"{name} should return the classes 0 and 1, but it returns {strange:g}; "
            "for real scores, above 0 in class 1, say scores=True"
        )
    return found


def _smooth(values):
    """Blur by about one step, for a boundary that is known only from step to step would look like stairs."""
    for _ in range(2):
        wide = np.pad(values, 1, mode="edge")
        rows = (wide[:-2] + 2 * wide[1:-1] + wide[2:]) / 4
        values = (rows[:, :-2] + 2 * rows[:, 1:-1] + rows[:, 2:]) / 4
    return values


def _levels(values):
    # always two bands, the lower one for class 0, even if the whole plane is of one class
    return [min(values.min(), 0) - 1, 0, max(values.max(), 0) + 1]


def _crossing(w, b, limits):
    """Return the two ends (2, 2) of the line within the limits, or None."""
    left, right, bottom, top = limits
    found = []
    if w[1] != 0:
        found += [(x, -(w[0] * x + b) / w[1]) for x in (left, right)]
    if w[0] != 0:
        found += [(-(w[1] * y + b) / w[0], y) for y in (bottom, top)]
    slack = 1e-9 * max(right - left, top - bottom)
    inside = [
        (x, y) for x, y in found if left - slack <= x <= right + slack and bottom - slack <= y <= top + slack
    ]
    if len(inside) < 2:
        return None
    # a line through a corner meets two sides there: the two ends are the points furthest apart
    first, last = min(inside), max(inside)
    return None if np.hypot(first[0] - last[0], first[1] - last[1]) <= slack else np.array([first, last])


def _scale(ax):
    """Return how small a panel is beside a picture that stands alone."""
    place = ax.get_subplotspec()
    columns = place.get_gridspec().ncols if place else 1
    return np.clip(ax.get_figure(root=True).get_figwidth() * _PIXELS / columns / 400, 0.6, 1)


def _frame(ax):
    """Make the picture square around all that is drawn, unless its limits were set before."""
    ax.set_aspect("equal")
    if not (ax.get_autoscalex_on() and ax.get_autoscaley_on()):
        return
    box = ax.dataLim
    half = (max(box.width, box.height) or 2) * 0.54
    x, y = (box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2
    ax.set_xlim(x - half, x + half, auto=None)
    ax.set_ylim(y - half, y + half, auto=None)


def _fix(ax, limits):
    ax.set_aspect("equal")
    ax.set_xlim(*limits[:2])
    ax.set_ylim(*limits[2:])


def _legend(ax):
    """One legend for the whole figure, under its panels, where it covers no point."""
    figure = ax.get_figure(root=True)
    for old in list(figure.legends):
        old.remove()
    named = {}
    for other in figure.axes:
        for handle, name in zip(*other.get_legend_handles_labels(), strict=True):
            named.setdefault(name, handle)
    legend = figure.legend(named.values(), named.keys(), loc="outside lower center", ncols=4, frameon=False,
                           fontsize=9.5, labelcolor=_INK, handletextpad=0.4, columnspacing=1.6)
    for handle in legend.legend_handles:
        if hasattr(handle, "set_sizes"):
            handle.set_sizes([42])


def _where(X, everything):
    """Return in words where the points `X` lie within the square around `everything`."""
    low, high = everything.min(axis=0), everything.max(axis=0)
    place = (X - (low + high) / 2) / (np.max(high - low) or 1)
    if np.mean(np.abs(place).max(axis=1) <= 0.25) > 0.95:
        return "in the middle"
    up, right = place[:, 1] > 0, place[:, 0] > 0
    corners = {
        "at the top left": np.mean(up & ~right), "at the top right": np.mean(up & right),
        "at the bottom left": np.mean(~up & ~right), "at the bottom right": np.mean(~up & right),
    }
    if min(corners.values()) > 0.1 and np.hypot(*place.T).min() > 0.2:
        return "all around, leaving the middle empty"
    filled = [corner for corner, share in corners.items() if share > 0.2]
    if len(filled) < 3 and sum(corners[corner] for corner in filled) > 0.85:
        return " and ".join(filled)
    x, y = place.mean(axis=0)
    towards = [word for word, far in (("top", y), ("bottom", -y), ("right", x), ("left", -x)) if far > 0.07]
    return f"spread out towards the {' '.join(towards)}" if towards else "spread over the whole picture"


def _count(n, word):
    return f"{n} {word}" if n == 1 else f"{n} {word}s"
