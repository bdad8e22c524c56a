import base64
import html
import re
import struct
import sys

import numpy as np
import pytest
from matplotlib import colors
from matplotlib.collections import LineCollection, PathCollection
from matplotlib.figure import Figure
from matplotlib.path import Path

from course_utils import datasets, plotting

X, Y = datasets.xor(40)
BOX = (-1, 1)


def panel():
    figure, ax = plotting.new()
    plotting.points(ax, X, Y)
    return figure, ax


def by_sign(P):
    return (P[:, 0] > 0).astype(int)


def color_at(ax, x, y):
    """The region colour at a point: that of the filled contour around it; inside two of its outlines is in a hole."""
    filled = next(c for c in ax.collections if hasattr(c, "filled") and c.filled)
    paths = zip(filled.get_paths(), filled.get_facecolor(), strict=True)
    return [
        colors.to_hex(face).upper() for path, face in paths
        if sum(Path(outline).contains_point((x, y)) for outline in path.to_polygons()) % 2
    ]


def boundary(ax):
    found = [c for c in ax.collections if hasattr(c, "filled") and not c.filled]
    return [segment for c in found for segment in c.allsegs[0] if len(segment)]


def drawn(figure):
    """Draw the figure as show() does: warnings are errors in the tests."""
    return plotting.as_html(figure, "a picture")


def test_nothing_here_imports_pyplot():
    import subprocess

    code = "import sys, course_utils.plotting; sys.exit('matplotlib.pyplot' in sys.modules)"
    assert subprocess.run([sys.executable, "-W", "error", "-c", code]).returncode == 0


def test_new_gives_one_axes_or_an_array_of_them():
    assert plotting.new()[1].get_xlim() == (0, 1)
    assert plotting.new(3)[1].shape == (3,) and plotting.new(1, 2)[1].shape == (2,)
    assert plotting.new(3, 2)[1].shape == (2, 3)


def test_new_takes_its_size_in_css_pixels():
    figure, _ = plotting.new(2, width=700, height=300)
    assert 'width="700"' in plotting.as_html(figure, "a picture")
    assert figure.get_size_inches() * 96 == pytest.approx([700, 300])


def test_points_are_blue_circles_and_orange_triangles_named_in_the_legend():
    figure, ax = panel()
    zero, one = (c for c in ax.collections if isinstance(c, PathCollection))
    assert colors.to_hex(zero.get_facecolor()[0]).upper() == plotting.BLUE
    assert colors.to_hex(one.get_facecolor()[0]).upper() == plotting.ORANGE
    assert len(one.get_paths()[0].vertices) == 4, "class 1 is no triangle"
    assert len(zero.get_paths()[0].vertices) > 10, "class 0 is no circle"
    for k, drawn_points in enumerate((zero, one)):
        assert np.array_equal(drawn_points.get_offsets(), X[k == Y])
        assert colors.to_hex(drawn_points.get_edgecolor()[0]) == "#ffffff"
    assert [t.get_text() for t in figure.legends[0].get_texts()] == ["class 0", "class 1"]


def test_several_panels_share_one_legend():
    figure, axes = plotting.new(2, 2)
    for ax in axes.flat:
        plotting.points(ax, X, Y, ("cats", "dogs"))
    assert len(figure.legends) == 1
    assert [t.get_text() for t in figure.legends[0].get_texts()] == ["cats", "dogs"]
    drawn(figure)


def test_points_of_one_class_name_only_that_class():
    figure, ax = plotting.new()
    plotting.points(ax, [[1, 2]], [1])
    assert [t.get_text() for t in figure.legends[0].get_texts()] == ["class 1"]
    drawn(figure)


def test_the_picture_is_square_and_holds_every_point():
    figure, ax = plotting.new()
    plotting.points(ax, [[0, 0], [10, 1]], [0, 1])
    plotting.points(ax, [[5, 30]], [1])
    (left, right), (bottom, top) = ax.get_xlim(), ax.get_ylim()
    assert right - left == pytest.approx(top - bottom)
    assert left < 0 and right > 10 and bottom < 0 and top > 30
    drawn(figure)
    assert (left, right) == ax.get_xlim(), "drawing moved the limits"


@pytest.mark.parametrize(
    "w, b", [((1, 1), 0), ((2, -1), 0.5), ((1, 0), 0.25), ((0, -3), 0.6), ((1, 1e-9), 0), ((-1, 1), 0)]
)
def test_a_line_runs_from_edge_to_edge_where_w_x_plus_b_is_zero(w, b):
    _, ax = plotting.new()
    ax.set(xlim=(-1, 1), ylim=(-1, 1))
    ends = plotting.line(ax, w, b).get_xydata()
    assert ends @ np.array(w) + b == pytest.approx(0, abs=1e-9)
    assert np.abs(ends).max(axis=1) == pytest.approx([1, 1])
    assert np.hypot(*(ends[0] - ends[1])) > 0.5
    assert ax.get_xlim() == (-1, 1) and ax.get_ylim() == (-1, 1)


@pytest.mark.parametrize("w, b", [((0, 0), 0), ((0, 0), 1), ((1, 0), 5), ((0, 1), -5), ((1, 1), 9), ((1, 1), 2)])
def test_a_line_that_is_not_in_the_picture_is_not_drawn(w, b):
    _, ax = plotting.new()
    ax.set(xlim=(-1, 1), ylim=(-1, 1))
    assert plotting.line(ax, w, b) is None and not ax.lines


def test_a_named_line_stands_in_the_legend():
    figure, ax = panel()
    plotting.line(ax, (1, 0), 0, color=plotting.GREEN, label="upright", style="--")
    assert [t.get_text() for t in figure.legends[0].get_texts()] == ["class 0", "class 1", "upright"]
    assert ax.lines[0].get_color() == plotting.GREEN and ax.lines[0].get_linestyle() == "--"
    drawn(figure)


@pytest.mark.parametrize(
    "predict, scores, side",
    [(by_sign, False, by_sign), (lambda P: P[:, 0] > 0, False, by_sign), (lambda P: P[:, 0] * 9, True, by_sign),
     (lambda P: np.hypot(*P.T) > 0.6, False, lambda P: (np.hypot(*P.T) > 0.6).astype(int))],
)
def test_regions_have_the_colour_that_predict_says(predict, scores, side):
    figure, ax = plotting.new()
    plotting.regions(ax, predict, BOX, scores=scores)
    spots = np.random.default_rng(0).uniform(-0.95, 0.95, (200, 2))
    clear = np.abs(spots[:, 0]) > 0.03
    clear &= np.abs(np.hypot(*spots.T) - 0.6) > 0.03
    for spot, k in zip(spots[clear], side(spots[clear]), strict=True):
        assert color_at(ax, *spot) == [plotting.REGION_COLORS[k]]
    assert ax.get_xlim() == BOX
    drawn(figure)


def test_the_region_of_each_class_is_a_pale_shade_of_its_colour():
    for pale, full in zip(plotting.REGION_COLORS, plotting.CLASS_COLORS, strict=True):
        assert np.argsort(colors.to_rgb(pale)).tolist() == np.argsort(colors.to_rgb(full)).tolist()
        assert min(colors.to_rgb(pale)) > 0.75


def test_the_boundary_between_classes_is_drawn_halfway_between_the_points_asked():
    _, ax = plotting.new()
    plotting.regions(ax, by_sign, BOX)
    (curve,) = boundary(ax)
    step = 2 / 300
    assert curve[:, 0] == pytest.approx(np.full(len(curve), step / 2), abs=step / 100)


def test_the_plane_has_equal_steps_both_ways_and_keeps_limits_once_given():
    for draw in (lambda ax: plotting.points(ax, X, Y), lambda ax: plotting.regions(ax, by_sign, BOX),
                 lambda ax: plotting.grid(ax, np.tanh), lambda ax: plotting.values(ax, by_sign, BOX)):
        _, ax = plotting.new()
        draw(ax)
        assert ax.get_aspect() == 1
    for draw in (plotting.regions, plotting.values):
        figure, ax = plotting.new()
        draw(ax, by_sign, BOX)
        plotting.points(ax, [[5, 5], [0, 0]], [0, 1])
        drawn(figure)
        assert ax.get_xlim() == ax.get_ylim() == BOX


def test_the_boundary_is_drawn_where_the_score_is_zero():
    _, ax = plotting.new()
    plotting.regions(ax, lambda P: P[:, 0] ** 2 + P[:, 1] ** 2 - 0.25, BOX, scores=True)
    (curve,) = boundary(ax)
    assert np.hypot(*curve.T) == pytest.approx(np.full(len(curve), 0.5), abs=1e-3)


@pytest.mark.parametrize("k", [0, 1])
def test_a_plane_of_one_class_has_its_colour_and_no_boundary(k):
    for scores in (False, True):
        figure, ax = plotting.new()
        plotting.regions(ax, lambda P: np.full(len(P), float(k)), (0, 4, 1, 2), scores=scores)
        assert color_at(ax, 2, 1.5) == [plotting.REGION_COLORS[k]] and not boundary(ax)
        assert ax.get_xlim() == (0, 4) and ax.get_ylim() == (1, 2)
        drawn(figure)


def test_regions_keep_the_limits_of_the_points_under_which_they_lie():
    figure, ax = panel()
    before = ax.get_xlim(), ax.get_ylim()
    plotting.regions(ax, by_sign)
    assert (ax.get_xlim(), ax.get_ylim()) == before
    assert min(c.get_zorder() for c in ax.collections if isinstance(c, PathCollection)) > 2
    drawn(figure)


def test_a_grid_is_carried_point_by_point():
    turn = np.array([[0.0, 1], [-1, 0]])
    figure, ax = plotting.new()
    plotting.grid(ax, lambda P: 2 * P @ turn + [10, 0], limits=(-1, 1, 0, 1), lines=5)
    upright, level = (c for c in ax.collections if isinstance(c, LineCollection))
    assert len(upright.get_segments()) == len(level.get_segments()) == 5
    for family, axis, at in ((upright, 0, np.linspace(-1, 1, 5)), (level, 1, np.linspace(0, 1, 5))):
        for segment, value in zip(family.get_segments(), at, strict=True):
            back = (segment - [10, 0]) / 2 @ turn.T
            assert back[:, axis] == pytest.approx(np.full(len(back), value))
    assert ax.get_xlim()[0] < 8 and ax.get_xlim()[1] > 10 and ax.get_ylim()[1] > 2
    drawn(figure)


def test_a_grid_that_collapses_onto_one_point_is_still_a_picture():
    figure, ax = plotting.new()
    plotting.grid(ax, lambda P: np.zeros_like(P))
    drawn(figure)


def test_values_are_blue_below_zero_white_at_zero_and_orange_above():
    figure, ax = plotting.new()
    plotting.values(ax, lambda P: 3 * P[:, 0] - P[:, 1], (-1, 1, -2, 2))
    (image,) = ax.images
    assert image.origin == "lower" and image.get_clim() == (-5, 5) and image.get_extent() == [-1, 1, -2, 2]
    assert image.get_array()[0, 0] == pytest.approx(-1) and image.get_array()[0, -1] == pytest.approx(5)
    shades = [colors.to_hex(image.cmap(image.norm(v))).upper() for v in (-5, 5)]
    assert shades == [plotting.BLUE, plotting.ORANGE]
    assert image.cmap(image.norm(0))[:3] == pytest.approx((1, 1, 1), abs=0.01)
    drawn(figure)


def test_values_that_are_zero_everywhere_are_white():
    figure, ax = plotting.new()
    plotting.values(ax, lambda P: np.zeros(len(P)), BOX)
    assert ax.images[0].get_clim() == (-1, 1)
    drawn(figure)


def test_the_html_is_a_sharp_png_with_escaped_words():
    figure, _ = panel()
    shown = plotting.as_html(figure, 'x < 3 & "y" > 0')
    assert html.unescape(re.search(r'alt="([^"]*)"', shown)[1]) == 'x < 3 & "y" > 0'
    assert "max-width:100%" in shown and shown.count("<img") == 1
    png = base64.b64decode(re.search(r'base64,([^"]*)"', shown)[1])
    width = int(re.search(r'width="(\d+)"', shown)[1])
    assert struct.unpack(">I", png[16:20])[0] == 2 * width
    assert plotting.as_html(panel()[0], "again") == plotting.as_html(panel()[0], "again")


def test_nothing_sticks_out_of_a_shown_picture():
    figure, axes = plotting.new(2)
    for ax in axes:
        plotting.points(ax, X, Y)
        ax.set(title="Title", xlabel="$x_1$", ylabel="$x_2$")
    drawn(figure)
    wide, high = figure.get_size_inches()
    for part in (*axes, figure.legends[0]):
        box = part.get_tightbbox().transformed(figure.dpi_scale_trans.inverted())
        assert box.x0 > 0.02 and box.x1 < wide - 0.02 and box.y0 > 0.02 and box.y1 < high - 0.02


def test_a_figure_is_shown_once_with_its_words(monkeypatch):
    shown = []
    monkeypatch.setattr("IPython.display.display", lambda data, **how: shown.append((data, how)))
    assert plotting.show(panel()[0], "forty points") is None
    ((data, how),) = shown
    assert how == {"raw": True} and data["text/plain"] == "forty points" and 'alt="forty points"' in data["text/html"]


@pytest.mark.parametrize("title", [None, "One line"])
@pytest.mark.parametrize("predict", [None, by_sign])
def test_classes_shows_the_points_with_words_counted_from_the_data(monkeypatch, predict, title):
    shown = []
    monkeypatch.setattr(plotting, "show", lambda figure, alt: shown.append((figure, alt)))
    assert plotting.classes(X, Y, predict, title) is None
    ((figure, alt),) = shown
    (ax,) = figure.axes
    assert alt == (f"{title}. " if title else "") + plotting.describe(X, Y, predict)
    assert ax.get_title() == (title or "") and ax.get_xlabel() and ax.get_ylabel()
    assert any(hasattr(c, "filled") for c in ax.collections) == (predict is not None)
    drawn(figure)


def test_the_words_count_what_is_there():
    rng = np.random.default_rng(2)
    for n in (1, 2, 17, 300):
        P, k = rng.normal(size=(n, 2)), rng.integers(0, 2, n)
        words = plotting.describe(P, k, lambda P: P[:, 1], scores=True)
        assert re.match(rf"{n} points?\. ", words)
        for c, look in ((0, "blue circles"), (1, "orange triangles")):
            count = sum(1 for one in k if one == c)
            assert (f"Class {c}, {look}: {count}, " in words) == (count > 0)
        right = sum(1 for p, c in zip(P, k, strict=True) if (p[1] > 0) == bool(c))
        assert words.endswith(f" {right} of {n} lie in the region of their own class.")


@pytest.mark.parametrize(
    "points, first, second",
    [
        (datasets.blobs(200, gap=0.5), "at the bottom left", "at the top right"),
        (datasets.xor(200), "at the top right and at the bottom left", "at the top left and at the bottom right"),
        (datasets.ring(300), "in the middle", "all around, leaving the middle empty"),
        (datasets.spirals(300), "spread over the whole picture", "spread over the whole picture"),
        (datasets.moons(300), "spread out towards the top left", "spread out towards the bottom right"),
        (([[0, 0], [4, 1], [0, 4], [4, 4], [4, 4]], [0, 1, 1, 0, 0]), "at the top right and at the bottom left",
         "at the top left and at the bottom right"),
        (([[0, 0], [4, 0]], [0, 1]), "left", "right"),
    ],
)
def test_the_words_say_where_each_class_lies(points, first, second):
    zero, one = re.search(r"Class 0[^:]*: \d+, (.*)\. Class 1[^:]*: \d+, (.*)\.$", plotting.describe(*points)).groups()
    assert zero.endswith(first) and one.endswith(second)


def test_the_callers_points_stay_as_they_are():
    def careless(P):
        P[:] = 0
        return np.zeros(len(P))

    before = X.copy()
    plotting.describe(X, Y, careless)
    figure, ax = plotting.new()
    plotting.grid(ax, lambda P: np.multiply(P, 2, out=P))
    assert np.array_equal(X, before)
    drawn(figure)



NOT_POINTS = [None, "ab", [], [[1, 2, 3]], [[0, np.nan]], 3, {}]
NOT_FUNCTIONS = [None, 3, "f", [0, 1]]
NOT_LIMITS = [(1, -1), (0, 0), (0,), (0, 1, 2), "ab", (0, np.nan), (0, 1, 3, 2), (3, 2, 0, 1), [[0, 1]], 5]
BAD = [
    *[("columns", lambda ax, v=v: plotting.new(v)) for v in (0, 13, 1.5, "2", None, True)],
    *[("rows", lambda ax, v=v: plotting.new(1, v)) for v in (0, 13, 1.5, "2", None)],
    *[("width", lambda ax, v=v: plotting.new(width=v)) for v in (0, 1e6, "wide", np.nan)],
    *[("height", lambda ax, v=v: plotting.new(height=v)) for v in (0, 1e6, "high", np.nan)],
    *[("ax", lambda ax, v=v, f=f: f(v)) for v in (None, 3, Figure(), np.array([1])) for f in (
        lambda v: plotting.points(v, X, Y), lambda v: plotting.line(v, (1, 1), 0),
        lambda v: plotting.regions(v, by_sign, BOX), lambda v: plotting.grid(v, np.tanh),
        lambda v: plotting.values(v, by_sign, BOX))],
    *[("ax", lambda ax, f=f: f(plotting.new()[1])) for f in (
        lambda v: plotting.line(v, (1, 1), 0), lambda v: plotting.regions(v, by_sign),
        lambda v: plotting.values(v, by_sign))],
    *[("X", lambda ax, v=v: plotting.points(ax, v, Y)) for v in NOT_POINTS],
    *[("X", lambda ax, v=v: plotting.describe(v, Y)) for v in NOT_POINTS],
    *[("X", lambda ax, v=v: plotting.classes(v, Y)) for v in NOT_POINTS],
    *[("y", lambda ax, v=v: plotting.points(ax, X, v)) for v in (None, Y + 1, Y[1:], Y - 0.5, "ab")],
    *[("y", lambda ax, v=v: plotting.classes(X, v)) for v in (None, Y + 1, Y[1:], Y - 0.5, "ab")],
    *[("names", lambda ax, v=v: plotting.points(ax, X, Y, v)) for v in (None, "ab", ("a",), ("a", "b", "c"))],
    *[(r"names\[1\]", lambda ax, v=v: plotting.points(ax, X, Y, ("a", v))) for v in ("", 3, None)],
    *[("w", lambda ax, v=v: plotting.line(ax, v, 0)) for v in (None, 1, (1,), (1, 2, 3), (1, np.nan), "ab")],
    *[("b", lambda ax, v=v: plotting.line(ax, (1, 1), v)) for v in (None, "0", np.nan, [0])],
    *[("color", lambda ax, v=v: plotting.line(ax, (1, 1), 0, color=v)) for v in ("bleu", 3, None)],
    *[("style", lambda ax, v=v: plotting.line(ax, (1, 1), 0, style=v)) for v in ("dotted", None, 1)],
    *[("label", lambda ax, v=v: plotting.line(ax, (1, 1), 0, label=v)) for v in ("", 3)],
    *[("predict", lambda ax, v=v: plotting.regions(ax, v)) for v in NOT_FUNCTIONS],
    *[("predict", lambda ax, v=v: plotting.describe(X, Y, v)) for v in NOT_FUNCTIONS[1:]],
    *[("what predict returns", lambda ax, v=v: plotting.regions(ax, v)) for v in (
        lambda P: 1, lambda P: P, lambda P: None, lambda P: P[:5, 0], lambda P: P[:, :1] > 0,
        lambda P: P[:, 0] * np.nan)],
    ("predict", lambda ax: plotting.regions(ax, lambda P: P[:, 0])),
    ("predict", lambda ax: plotting.describe(X, Y, lambda P: P[:, 0])),
    *[("limits", lambda ax, v=v: plotting.regions(ax, by_sign, v)) for v in NOT_LIMITS],
    *[("limits", lambda ax, v=v: plotting.values(ax, by_sign, v)) for v in NOT_LIMITS],
    *[("limits", lambda ax, v=v: plotting.grid(ax, np.tanh, v)) for v in [*NOT_LIMITS, None]],
    *[("carry", lambda ax, v=v: plotting.grid(ax, v)) for v in NOT_FUNCTIONS],
    *[("what carry returns", lambda ax, v=v: plotting.grid(ax, v)) for v in (
        lambda P: 1, lambda P: P[:, 0], lambda P: P[1:], lambda P: P * np.nan, lambda P: None)],
    *[("lines", lambda ax, v=v: plotting.grid(ax, np.tanh, lines=v)) for v in (1, 2.5, 500, None, "5")],
    *[("f", lambda ax, v=v: plotting.values(ax, v)) for v in NOT_FUNCTIONS],
    *[("what f returns", lambda ax, v=v: plotting.values(ax, v)) for v in (lambda P: 1, lambda P: P, lambda P: None)],
    *[("title", lambda ax, v=v: plotting.classes(X, Y, title=v)) for v in ("", 3)],
    *[("alt", lambda ax, v=v: plotting.as_html(ax.figure, v)) for v in ("", "  ", None, 3)],
    *[("alt", lambda ax, v=v: plotting.show(ax.figure, v)) for v in ("", "  ", None, 3)],
    *[("figure", lambda ax, v=v: plotting.as_html(v, "words")) for v in (None, 3, "figure", Figure)],
]


@pytest.mark.parametrize("name, call", BAD)
def test_a_wrong_argument_is_refused_by_name(name, call):
    _, ax = panel()
    with pytest.raises(ValueError, match=f"^{name} should "):
        call(ax)
