import math

import numpy as np
import pytest

from course_utils import datasets

MAKERS = [datasets.blobs, datasets.xor, datasets.ring, datasets.moons, datasets.spirals]
ROUNDING = 1e-12


def measured_margin(X, y):
    """An independent witness: points as complex numbers, their distances as absolute values."""
    z = X[:, 0] + 1j * X[:, 1]
    return np.abs(z[y == 0][:, None] - z[y == 1]).min()


def spiral_bound(turns, r0, noise):
    a, b = (1 - noise - r0) / (2 * turns), 2 * r0
    return a * b / math.sqrt(a * a + b * b) - 2 * noise


@pytest.mark.parametrize("make", MAKERS)
@pytest.mark.parametrize("n", [2, 3, 4, 7, 50, 201])
def test_every_set_has_n_points_of_two_classes_in_turn(make, n):
    X, y = make(n=n)
    assert X.shape == (n, 2) and X.dtype == np.float64
    assert y.shape == (n,) and y.dtype.kind == "i" and set(y.tolist()) == {0, 1}
    ones = np.cumsum(y)
    assert all(abs(2 * ones[k] - (k + 1)) <= 1 for k in range(n)), "some prefix is not balanced"


@pytest.mark.parametrize("make", MAKERS)
def test_the_same_seed_gives_the_same_points_and_another_seed_others(make):
    before = np.random.get_state()[1].copy()
    (X, _), (again, _), (other, _) = make(seed=3), make(seed=3), make(seed=4)
    assert np.array_equal(X, again) and not np.array_equal(X, other)
    assert np.array_equal(np.random.get_state()[1], before), "the global generator was used"


@pytest.mark.parametrize("make", MAKERS)
def test_every_set_fits_the_picture_with_room_for_noise(make):
    bound = 1.1 if make is datasets.blobs else 1 + ROUNDING
    for seed in range(20):
        assert np.abs(make(seed=seed)[0]).max() <= bound


@pytest.mark.parametrize("n", [2, 9, 60, 400])
@pytest.mark.parametrize("gap", [0.02, 0.15, 0.3])
@pytest.mark.parametrize("make", [datasets.blobs, datasets.xor, datasets.ring, datasets.moons])
def test_the_promised_gap_is_kept_for_every_seed(make, gap, n):
    for seed in range(15):
        assert measured_margin(*make(n=n, gap=gap, seed=seed)) >= gap - ROUNDING


@pytest.mark.parametrize("make", [datasets.blobs, datasets.xor, datasets.ring, datasets.moons])
def test_the_gap_is_not_much_wider_than_promised_when_points_are_many(make):
    assert measured_margin(*make(n=4000, gap=0.2)) < 0.29


@pytest.mark.parametrize("noise", [0.0, 0.02, 0.05])
@pytest.mark.parametrize("turns, r0", [(0.3, 0.3), (1, 0.1), (1.75, 0.08), (1.75, 0.2), (3, 0.15)])
def test_spirals_keep_the_margin_of_their_docstring(turns, r0, noise):
    bound = spiral_bound(turns, r0, noise)
    if bound <= 0:
        with pytest.raises(ValueError, match="noise should be less than half the distance between the arms"):
            datasets.spirals(turns=turns, r0=r0, noise=noise)
        return
    for n in (2, 31, 400):
        for seed in range(8):
            assert measured_margin(*datasets.spirals(n, turns, r0, noise, seed)) >= bound - ROUNDING


def test_spirals_take_noise_exactly_as_long_as_the_bound_is_positive():
    low, high = 0.0, 0.5
    while high - low > 1e-6:
        middle = (low + high) / 2
        low, high = (middle, high) if spiral_bound(1.75, 0.08, middle) > 0 else (low, middle)
    datasets.spirals(noise=low - 1e-4)
    with pytest.raises(ValueError, match="noise should be less than half the distance between the arms"):
        datasets.spirals(noise=high + 1e-4)


def test_the_margin_of_densely_drawn_spirals_is_close_to_the_bound():
    for turns, r0 in [(0.5, 0.1), (1.75, 0.08), (1.75, 0.2), (4, 0.3)]:
        bound = spiral_bound(turns, r0, 0)
        assert bound <= measured_margin(*datasets.spirals(3000, turns, r0)) < 1.35 * bound


def test_moons_keep_their_gap_for_every_amount_of_noise_they_accept():
    for noise in (0, 0.05, 0.15):
        for gap in (0.01, 0.1, 0.25):
            X, y = datasets.moons(1500, gap=gap, noise=noise)
            assert measured_margin(X, y) >= gap - ROUNDING
            assert np.abs(X).max() <= 1 + ROUNDING
    X, y = datasets.moons(1500, gap=0.1, noise=0)
    assert measured_margin(X, y) < 0.11


@pytest.mark.parametrize("direction", [(1, 0), (0, -3), (1, 1), (-0.2, 0.7)])
def test_blobs_leave_a_strip_across_their_direction(direction):
    unit = np.array(direction) / math.hypot(*direction)
    for seed in range(10):
        X, y = datasets.blobs(200, gap=0.25, direction=direction, seed=seed)
        assert (X @ unit)[y == 1].min() >= 0.125 - ROUNDING
        assert (X @ unit)[y == 0].max() <= -0.125 + ROUNDING


def test_blobs_stay_within_the_distance_of_their_docstring():
    for gap in (0.01, 0.3, 1):
        assert np.hypot(*datasets.blobs(20000, gap=gap)[0].T).max() <= 1.1


def test_xor_is_class_1_exactly_where_the_signs_differ():
    X, y = datasets.xor(403, gap=0.3)
    assert np.array_equal(y == 1, X[:, 0] * X[:, 1] < 0)
    assert np.abs(X).min() >= 0.15
    quarters = [np.sum(np.all((X > 0) == (a, b), axis=1)) for a in (False, True) for b in (False, True)]
    assert max(quarters) - min(quarters) <= 1


def test_xor_corners_are_the_truth_table():
    X, y = datasets.xor_corners()
    assert {(int(a), int(b)): int(k) for (a, b), k in zip(X, y, strict=True)} == {
        (a, b): a ^ b for a in (0, 1) for b in (0, 1)
    }
    assert datasets.margin(X, y) == 1


def test_a_ring_lies_around_its_disc():
    X, y = datasets.ring(3000, radius=0.3, gap=0.4)
    distance = np.hypot(*X.T)
    assert distance[y == 0].max() <= 0.3 and distance[y == 1].min() >= 0.7 - ROUNDING
    # equal areas get equal shares: half of a disc's area lies within 1 / sqrt(2) of its radius
    assert np.mean(distance[y == 0] < 0.3 / math.sqrt(2)) == pytest.approx(0.5, abs=0.05)


def test_spirals_without_noise_are_each_other_after_half_a_turn():
    X, y = datasets.spirals(100)
    key = [tuple(p) for p in np.round(X[y == 0], 9) + 0.0]
    assert sorted(key) == sorted(tuple(p) for p in np.round(-X[y == 1], 9) + 0.0)
    assert np.hypot(*X.T).min() == pytest.approx(0.08) and np.hypot(*X.T).max() == pytest.approx(1)


def test_a_spiral_winds_as_many_turns_as_asked():
    X, y = datasets.spirals(2000, turns=2.5)
    arm = X[y == 0][np.argsort(np.hypot(*X[y == 0].T))]
    angle = np.unwrap(np.arctan2(arm[:, 1], arm[:, 0]))
    assert abs(angle[-1] - angle[0]) / (2 * np.pi) == pytest.approx(2.5)
    assert np.allclose(np.diff(angle), np.diff(angle)[0]), "the points are not evenly spaced in angle"


def test_noise_moves_spiral_points_no_further_than_it_says():
    X, y = datasets.spirals(400, noise=0.04, seed=5)
    t = np.linspace(0, 1, 5000)
    curve = (0.08 + (0.96 - 0.08) * t) * np.exp(2j * np.pi * 1.75 * t)
    z = (X[:, 0] + 1j * X[:, 1]) * np.where(y == 1, -1, 1)
    off = np.abs(z[:, None] - curve).min(axis=1)
    assert off.max() <= 0.0401 and off.max() > 0.02


def test_lang_and_witbrock_trained_on_these_points():
    X, y = datasets.lang_witbrock()
    assert X.shape == (194, 2) and y.tolist() == [1, 0] * 97
    for i in range(97):
        z = 6.5 * (1 - i / 104) * np.exp(1j * (np.pi / 2 - i * np.pi / 16))
        assert X[2 * i] == pytest.approx([z.real, z.imag], abs=1e-12)
    assert np.array_equal(X[0::2], -X[1::2])
    assert X[0].tolist() == [0, 6.5] and np.hypot(*X[-1]) == pytest.approx(0.5)
    assert measured_margin(X, y) >= math.sqrt(0.5)


def test_a_drawing_becomes_the_points_that_were_drawn():
    X, y = datasets.from_drawing("""
        o . x
        . . .
        . X O
    """)
    found = {(round(a, 9), round(b, 9)): k for (a, b), k in zip(X.tolist(), y.tolist(), strict=True)}
    # five columns wide, three lines high: two steps are 1 long, and the height is half the width
    assert found == {(-1, 0.5): 0, (1, 0.5): 1, (0, -0.5): 1, (1, -0.5): 0}


@pytest.mark.parametrize("noise", [0, 0.2, 0.45])
def test_a_noisy_drawing_keeps_its_classes_apart_and_its_frame(noise):
    text = "oxoxoxoxo\nxoxoxoxox\noxoxoxoxo"
    step = 2 / (8 + 2 * noise)
    for seed in range(40):
        X, y = datasets.from_drawing(text, noise=noise, seed=seed)
        assert len(X) == 27 and y.sum() == 13
        assert np.abs(X).max() <= 1 + ROUNDING
        assert measured_margin(X, y) >= (1 - 2 * noise) * step - ROUNDING


def test_a_drawing_lists_its_classes_mixed():
    _, y = datasets.from_drawing("o" * 30 + "\n" + "x" * 30)
    assert 5 < y[:30].sum() < 25


@pytest.mark.parametrize("text, said", [("xx", "'o', a point of class 0"), ("o", "'x', a point of class 1")])
def test_a_drawing_without_a_class_says_which(text, said):
    with pytest.raises(ValueError, match=said):
        datasets.from_drawing(text)


def test_the_margin_is_the_smallest_distance_between_classes():
    rng = np.random.default_rng(1)
    for n in (2, 5, 40, 700):
        X, y = rng.normal(size=(n, 2)), np.arange(n) % 3 % 2
        slow = min(math.dist(p, q) for p in X[y == 0].tolist() for q in X[y == 1].tolist())
        assert datasets.margin(X, y) == pytest.approx(slow, rel=1e-12)
    assert datasets.margin([[0, 0], [0, 0]], [0, 1]) == 0


def test_the_margin_finds_the_closest_pair_wherever_it_stands():
    X, y = np.column_stack([np.arange(600.0), np.zeros(600)]), np.zeros(601, dtype=int)
    y[-1] = 1
    for k in range(600):
        assert datasets.margin(np.vstack([X, X[k] + [0, 0.25]]), y) == 0.25


def test_the_margin_of_five_thousand_points_is_measured():
    X, y = datasets.ring(5000)
    X[4998] = X[4999] + [0.001, 0]
    assert datasets.margin(X, y) == pytest.approx(0.001)


BAD = [
    *[(make, {"n": n}, "n") for make in MAKERS for n in (0, 1, -5, 2.5, "10", None, True, float("nan"))],
    *[(make, {"seed": seed}, "seed") for make in [*MAKERS, lambda **k: datasets.from_drawing("ox", **k)]
      for seed in (-1, 0.5, "a", None)],
    *[(make, {"gap": gap}, "gap") for make in MAKERS[:4] for gap in (0, -1, 5, "a", None, float("nan"), [0.1])],
    *[(datasets.blobs, {"direction": d}, "direction") for d in ((0, 0), (1,), "up", None, (float("inf"), 0), 3)],
    *[(datasets.ring, {"radius": r}, "radius") for r in (0, 1, "a", None, float("nan"))],
    (datasets.ring, {"radius": 0.6, "gap": 0.5}, "radius \\+ gap"),
    *[(datasets.moons, {"noise": v}, "noise") for v in (-0.1, 1, "a", None, float("nan"))],
    (datasets.moons, {"gap": 0.4, "noise": 0.2}, "gap \\+ 2 noise"),
    *[(datasets.spirals, {"turns": v}, "turns") for v in (0, -1, "a", None, float("nan"), 1000)],
    *[(datasets.spirals, {"r0": v}, "r0") for v in (0, -1, 1, "a", None, float("nan"))],
    *[(datasets.spirals, {"noise": v}, "noise") for v in (-0.1, 0.2, 0.5, 3, "a", None, float("nan"))],
    *[(datasets.from_drawing, {"text": v}, "text") for v in ("", "  \n ", None, 3, ["ox"])],
    *[(datasets.from_drawing, {"text": "ox", "noise": v}, "noise") for v in (-0.1, 0.5, "a", None, float("nan"))],
    *[(datasets.margin, {"X": X, "y": y}, name) for X, y, name in (
        ([[0, 0], [1, 1]], [0, 0], "y"), ([[0, 0], [1, 1]], [1, 1], "y"), ([[0, 0], [1, 1]], [0, 2], "y"),
        ([[0, 0]], [0, 1], "y"), ([0, 1], [0, 1], "X"), ([], [], "X"), (None, [0], "X"),
        ([[0, float("nan")]], [0], "X"),
    )],
]


@pytest.mark.parametrize("make, wrong, name", BAD)
def test_a_wrong_argument_is_refused_by_name(make, wrong, name):
    with pytest.raises(ValueError, match=f"^{name} should "):
        make(**wrong)
