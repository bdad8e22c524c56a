"""The pictures of the teacher's page: drawn by matplotlib, for light and dark pages and for wide and narrow ones."""

import base64
import io
from itertools import pairwise

import matplotlib
import numpy as np
from markupsafe import Markup, escape
from matplotlib.text import Text
from matplotlib.ticker import MaxNLocator

from course_utils import plotting
from course_utils.grading.reports import pages

WIDE, NARROW = 760, 380  # CSS pixels
INKS = {"light": ("#1F2328", "#8C959F"), "dark": ("#E6E9EC", "#76818C")}  # of words, of axes
STATES = {  # what is drawn as one band: its colours on light and dark pages, and that of the number in it
    "holds": (("right",), plotting.BLUE, "#FFFFFF"),
    "partly there": (("partly",), plotting.SKY, "#000000"),
    "not there yet": (("not yet", "stopped"), plotting.ORANGE, "#FFFFFF"),
    "not tried": (("not tried",), "#9AA4AE", "#000000"),
    "waits to be read": (("waiting",), plotting.PURPLE, "#000000"),
}


def bins(totals, maximum):
    """Return the edges of the bars for totals from 0 to `maximum`: one bar a point, or some twenty for many points."""
    step = max(1, int(np.ceil(maximum / 24)))
    return np.arange(0, maximum + 2 * step, step) if maximum else np.array([0, 1, 2])


def counts(totals, maximum):
    """Return (label, number of students) for each bar."""
    edges = bins(totals, maximum)
    heights, _ = np.histogram(totals, edges)
    labels = [
        pages.number(low) if high - low == 1 else f"{pages.number(low)} to under {pages.number(high)}"
        for low, high in pairwise(edges)
    ]
    return list(zip(labels, map(int, heights), strict=True))


def totals(found, maximum, middle):
    """Return the picture of how the totals are spread, with the median marked."""
    heights = [height for _, height in counts(found, maximum)]
    edges = bins(found, maximum)

    def draw(ax, ink, narrow):
        ax.bar(edges[:-1], heights, width=0.86 * np.diff(edges), align="center" if edges[1] == 1 else "edge", color=plotting.BLUE)
        ax.axvline(middle, color=ink, linestyle="--", linewidth=1.4)
        ax.annotate(
            f"median {pages.number(middle)}",
            (middle, 1),
            xycoords=("data", "axes fraction"),
            xytext=(6 if middle < maximum * 0.6 else -6, 0),
            textcoords="offset points",
            ha="left" if middle < maximum * 0.6 else "right",
            va="bottom",
            fontsize=9.5,
            annotation_clip=False,
        )
        ax.set(xlabel="points", ylabel="students", xlim=(-0.7, float(edges[-1]) - 0.3))
        ax.yaxis.set_major_locator(MaxNLocator(4, integer=True))
        ax.xaxis.set_major_locator(MaxNLocator(6 if narrow else 12, integer=True))

    alt = (
        f"Bars: how many students have how many points. {pages.count(len(found), 'student')}, from {pages.number(min(found))} to "
        f"{pages.number(max(found))} of {pages.number(maximum)} points, half of them with {pages.number(middle)} or more."
    )
    return picture(draw, alt, 230)


def exercises(items):
    """Return the picture of what became of each exercise: one bar an exercise, one band a state."""
    shown = [item for item in items if item.states]
    names = [item.name for item in shown]

    def draw(ax, ink, narrow):
        left = np.zeros(len(shown))
        for label, (states, color, on_it) in STATES.items():
            width = np.array([sum(item.states[state] for state in states) for item in shown], float)
            if not width.any():
                continue
            ax.barh(range(len(names)), width, left=left, height=0.66, color=color, label=label, edgecolor="none")
            room = left.max() + width.max()
            for row, (start, wide) in enumerate(zip(left, width, strict=True)):
                if wide >= max(1, 0.05 * room):
                    note = ax.text(start + wide / 2, row, f"{wide:g}", ha="center", va="center_baseline", fontsize=9)
                    note.set_gid(on_it)
            left += width
        ax.set_yticks(range(len(names)), names)
        ax.invert_yaxis()
        ax.set(xlabel="students", xlim=(0, left.max() or 1))
        ax.xaxis.set_major_locator(MaxNLocator(6, integer=True))
        ax.spines["left"].set_visible(False)
        ax.tick_params(axis="y", length=0)
        ax.get_figure().legend(
            loc="outside upper left", ncols=2 if narrow else 5, frameon=False, fontsize=9, handlelength=1, columnspacing=1.2
        )

    alt = (
        "Bars: for each exercise, how many students have it, partly have it, do not have it yet, did not try it, "
        "or wait for it to be read. The table has the numbers."
    )
    return picture(draw, alt, 75 + 34 * len(shown))


def discrimination(items):
    """Return the picture of the correlation of each exercise with the rest, None if there is none to draw."""
    shown = [item for item in items if item.discrimination is not None]
    if not shown:
        return None
    names, values = [item.name for item in shown], [item.discrimination for item in shown]

    def draw(ax, ink, narrow):
        ax.axvline(0, color=ink, linewidth=1)
        ax.hlines(range(len(names)), 0, values, color=plotting.GREY, linewidth=1.4)
        for row, value in enumerate(values):
            low = value < 0.1
            ax.plot(value, row, "^" if low else "o", color=plotting.ORANGE if low else plotting.BLUE, markersize=8)
            ax.annotate(
                f"{value:.2f}",
                (value, row),
                xytext=(9 if value >= 0 else -9, 0),
                textcoords="offset points",
                va="center_baseline",
                ha="left" if value >= 0 else "right",
                fontsize=9,
            )
        ax.set_yticks(range(len(names)), names)
        ax.set(
            xlabel="discrimination", xlim=(min(0, min(values)) - (0.45 if narrow else 0.2), 1.2), ylim=(len(names) - 0.4, -0.6)
        )
        ax.spines["left"].set_visible(False)
        ax.tick_params(axis="y", length=0)

    alt = "Dots: the discrimination of each exercise. " + " ".join(
        f"{name}: {value:.2f}." for name, value in zip(names, values, strict=True)
    )
    return picture(draw, alt, 65 + 30 * len(shown))


def picture(draw, alt, height):
    """Return a picture element: `draw(ax, ink, narrow)` is called once for each theme and width; the alt text is the same."""
    images = {}
    for theme, (ink, rule) in INKS.items():
        for width in (WIDE, NARROW):
            figure, ax = plotting.new(width=width, height=height)
            figure.set_facecolor("none")
            ax.set_facecolor("none")
            ax.spines[:].set_color(rule)
            ax.tick_params(color=rule)
            draw(ax, ink, width == NARROW)
            for note in figure.findobj(Text):
                note.set_color(note.get_gid() or ink)
                note.set_gid(None)
            with matplotlib.rc_context({"svg.hashsalt": "untangle", "svg.fonttype": "path"}):
                svg = io.BytesIO()
                figure.savefig(svg, format="svg", metadata={"Date": None, "Creator": None})
            images[theme, width] = "data:image/svg+xml;base64," + base64.b64encode(svg.getvalue()).decode("ascii")
    dark, narrow = "(prefers-color-scheme: dark)", "(max-width: 40rem)"
    # a printed page is white, whatever the screen is
    sources = [
        (f"screen and {dark} and {narrow}", "dark", NARROW),
        (f"screen and {dark}", "dark", WIDE),
        (narrow, "light", NARROW),
    ]
    tags = "".join(f'<source media="{media}" srcset="{images[theme, width]}">' for media, theme, width in sources)
    return Markup(
        f'<picture>{tags}<img alt="{escape(alt)}" width="{WIDE}" height="{height}" src="{images["light", WIDE]}"></picture>'
    )
