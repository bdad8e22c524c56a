"""The live figures of lesson 09 in JupyterLab: they appear, obey the keyboard and say what they show."""

import pytest
from boards import figure, follows_an_arrow_key, picture, press, put, says

SETUP = """
from course_utils import network
from course_utils.figures import probabilities as lesson
import numpy as np

def softmax(Z):
    e = np.exp(Z - Z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)

def ece(p, y, bins):
    sure, right = p.max(axis=1), p.argmax(axis=1) == y
    which = np.minimum((sure * bins).astype(int), bins - 1)
    return sum(np.mean(which == k) * abs(sure[which == k].mean() - right[which == k].mean()) for k in np.unique(which))

def confidence_at_radius(params, r):
    angles = np.deg2rad(np.arange(360))
    ring = r * np.column_stack([np.cos(angles), np.sin(angles)])
    return softmax(network.forward(params, ring, "relu")[1]).max(axis=1).mean()

names = ["rain", "sun", "wind"]
rng = np.random.default_rng(0)
net = network.init([2, 16, 16, 3], rng, "relu")
X, y = rng.normal(size=(60, 2)), rng.integers(3, size=60)
# always 16 times as loud as the truth: honest at temperature 16
shares = rng.dirichlet(np.ones(3), size=2000)
came = (rng.random((2000, 1)) > shares.cumsum(axis=1)).sum(axis=1)
loud = {"a loud one": 16 * np.log(shares), "an honest one": np.log(shares)}
"""
NOTEBOOK = [
    SETUP,
    "lesson.softmax_triangle(softmax, names)",
    "lesson.temperature_slider(loud, came, softmax, ece)",
    "lesson.zoom_out([net], X, y, confidence_at_radius, names)",
]


@pytest.mark.parametrize(("control", "slider"), [("z0", "z0"), ("z0", "z1"), ("z0", "z2"), ("who", "power"), ("heat", "power")])
def test_an_arrow_key_on_a_slider_changes_picture_and_text(page, control, slider):
    follows_an_arrow_key(figure(page, control), slider, times=5)


def test_adding_a_number_to_all_scores_leaves_the_point_where_it_is(page):
    board = figure(page, "z0")
    put(board, z0=1, z1=2, z2=0, shift=0)
    said, before = says(board), picture(board)
    assert "24 % rain, 67 % sun, 9 % wind" in said
    after = press(board, "shift", "End")
    assert after.startswith("The scores 11.0, 12.0, 10.0 become") and "24 % rain, 67 % sun, 9 % wind" in after
    assert picture(board) == before


def test_one_score_raised_alone_reaches_the_share_that_the_lesson_asks_for_and_small_powers_are_no_zeros(page):
    board = figure(page, "z0")
    put(board, z0=1, z1=2, z2=0, shift=0)
    assert float(press(board, "z1", "End").split(" % sun")[0].split()[-1]) >= 95
    put(board, z1=2, shift=-10)
    assert "become e to that power, 1.2 × 10⁻⁴; 3.4 × 10⁻⁴; 4.5 × 10⁻⁵, and" in says(board)


def test_the_smallest_error_of_a_loud_forecaster_is_at_his_temperature(page):
    board = figure(page, "who")
    board.get_by_label("a loud one").check()
    errors, shares = {}, set()
    for power in (0, 2, 4, 6):
        put(board, power=power)
        said = says(board)
        errors[power] = float(said.split("ECE ")[1].rstrip("."))
        shares.add(said.split("right ")[1].split(" %")[0])
    assert min(errors, key=errors.get) == 4 and errors[4] < 0.03 < 0.2 < errors[0]
    assert len(shares) == 1, "a temperature does not change which class is forecast"
    board.get_by_label("an honest one").check()
    put(board, power=0)
    assert float(says(board).split("ECE ")[1].rstrip(".")) < 0.03


def test_the_map_gets_surer_the_further_out(page):
    board = figure(page, "heat")
    put(board, power=0)
    near = says(board)
    put(board, power=2)
    far = says(board)
    assert near.startswith("Window ± 3, temperature 1.") and far.startswith("Window ± 300, temperature 1.")
    sure = [float(said.split("this network is ")[1].split(" %")[0].removeprefix("more than ")) for said in (near, far)]
    assert sure[0] < sure[1] and sure[1] > 90
    board.get_by_label("16").check()
    assert "temperature 16" in says(board)


def test_every_class_has_a_colour_and_a_shape_in_the_legend(page):
    for control in ("z0", "heat"):
        items = figure(page, control).locator(".legend > span")
        assert [items.nth(i).inner_text() for i in range(3)] == ["rain", "sun", "wind"]
        assert len({items.nth(i).locator("svg").inner_html() for i in range(3)}) == 3
