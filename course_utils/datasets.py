"""Points of two classes in the plane, with a proven distance between the classes.

Every set is a pair `X, y`: points as floats of shape (n, 2) and their classes, the ints 0 and 1, of shape (n,).
All but a drawing lie in classes of equal size (one more of class 0 when n is odd), listed in turn: 0, 1, 0, 1, ...
The same seed gives the same points. A wrong argument raises a ValueError that says what was expected.
"""

import numpy as np

from course_utils import arguments


def blobs(n=100, gap=0.3, direction=(1.0, 1.0), seed=0):
    """Return two oval clouds with an empty strip between them, so that a straight line parts the classes.

    `direction` points from class 0 to class 1, straight across the strip, which is at least `gap` wide and has the
    origin on its middle line. Points stay within 1.1 of the origin.

    Margin: at least `gap`. Along `direction` class 0 ends at -gap / 2 and class 1 begins at gap / 2.
    """
    n, rng = _size_and_generator(n, seed)
    gap = arguments.number("gap", gap, 0.01, 1)
    direction = arguments.array("direction", direction, 2)
    length = np.hypot(*direction)
    if length == 0:
        raise ValueError("direction should point somewhere, but it is (0, 0)")
    y = _in_turn(n)
    # a bell-shaped cloud, cut off at two standard deviations: the cut is what makes the strip certain
    radius = np.sqrt(-2 * np.log(1 - rng.random(n) * (1 - np.exp(-2)))) / 2
    angle = rng.uniform(0, 2 * np.pi, n)
    half = (1 - gap / 2) / 2
    side = np.where(y == 1, 1, -1)
    across = side * (gap / 2 + half) + half * radius * np.cos(angle)
    along = 0.7 * radius * np.sin(angle)
    u = direction / length
    return across[:, None] * u + along[:, None] * np.array([-u[1], u[0]]), y


def xor(n=200, gap=0.2, seed=0):
    """Return points in the four quarters of the square from -1 to 1; class 1 where the two signs differ.

    Margin: at least `gap`. No coordinate is smaller than gap / 2 in size, and two points of different classes
    have different signs in one coordinate.
    """
    n, rng = _size_and_generator(n, seed)
    gap = arguments.number("gap", gap, 0.01, 1.9)
    y = _in_turn(n)
    first = np.where(np.arange(n) // 2 % 2 == 0, 1, -1)
    signs = np.column_stack([first, np.where(y == 1, -first, first)])
    return signs * rng.uniform(gap / 2, 1, (n, 2)), y


def xor_corners():
    """Return the truth table of XOR as four points, with class 1 where exactly one input is 1. Margin: exactly 1."""
    return np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]]), np.array([0, 1, 1, 0])


def ring(n=200, radius=0.45, gap=0.2, seed=0):
    """Return a disc (class 0) inside a ring (class 1) that reaches out to distance 1 from the origin.

    Margin: at least `gap`. The disc ends at `radius`, the ring begins at `radius + gap`, and two points are at least
    as far apart as their distances from the origin differ.
    """
    n, rng = _size_and_generator(n, seed)
    radius = arguments.number("radius", radius, 0.05, 0.95)
    gap = arguments.number("gap", gap, 0.01, 0.9)
    if radius + gap >= 1:
        raise ValueError(f"radius + gap should be less than 1, so that a ring is left, but it is {radius + gap:g}")
    y = _in_turn(n)
    low = np.where(y == 1, radius + gap, 0)
    high = np.where(y == 1, 1, radius)
    # equal areas get equally many points
    distance = np.sqrt(low**2 + (high**2 - low**2) * rng.random(n))
    return _polar(distance, rng.uniform(0, 2 * np.pi, n)), y


def moons(n=200, gap=0.15, noise=0.08, seed=0):
    """Return two half circles that reach into each other, within the square from -1 to 1.

    Each point is moved off its half circle by at most `noise`; the smaller `gap`, the deeper the moons reach.

    Margin: at least `gap`. With circles of radius 1 the upper moon is (cos a, sin a), the lower one
    (1 - cos t, h - sin t) with 0 <= h <= 1. Their difference is (1, h) - s, where s = (cos a + cos t, sin a + sin t)
    is 2 cos((a - t) / 2) in the direction (a + t) / 2: never inside the circle of radius 1 around (1, 0).
    So the moons stay 1 - h apart, and h is chosen so that this is gap + 2 noise after scaling.
    """
    n, rng = _size_and_generator(n, seed)
    gap = arguments.number("gap", gap, 0.01, 0.6)
    noise = arguments.number("noise", noise, 0, 0.3)
    scale = (1 - noise) / 1.5
    h = 1 - (gap + 2 * noise) / scale
    if h < 0:
        raise ValueError(
            f"gap + 2 noise should be at most {scale:.3g}, so that the moons reach into each other, "
            f"but it is {gap + 2 * noise:.3g}"
        )
    y = _in_turn(n)
    angle = rng.uniform(0, np.pi, n)
    upper = np.column_stack([np.cos(angle), np.sin(angle)])
    X = np.where(y[:, None] == 0, upper, np.array([1, h]) - upper) - np.array([0.5, h / 2])
    return X * scale + _in_disc(rng, n, noise), y


def spirals(n=400, turns=1.75, r0=0.08, noise=0.0, seed=0):
    """Return two spirals wound into each other within distance 1 of the origin; class 1 is class 0 after half a turn.

    Each spiral has its points evenly spaced in angle, from distance `r0` over `turns` full turns to 1 - noise; each
    point is then moved by at most `noise`. `r0` above 0 matters: spirals that begin at the origin share that point, and
    no function can give it both classes.

    Margin: at least a b / sqrt(a^2 + b^2) - 2 noise, with a = (1 - noise - r0) / (2 turns) the distance between
    neighbouring arms along a ray, and b = 2 r0 the distance between the two inner ends.
    Why: let r and s be the distances of two points of different classes from the origin, and u pi the angle between
    them. Each half turn adds a to the distance, so |r - s| >= a (1 - u). The squared distance of the two points is
    (r - s)^2 + 4 r s sin(u pi / 2)^2 >= a^2 (1 - u)^2 + b^2 u^2, which is smallest at u = a^2 / (a^2 + b^2).

    Raises a ValueError if the noise is too large for the arms to stay apart.
    """
    n, rng = _size_and_generator(n, seed)
    turns = arguments.number("turns", turns, 0.1, 20)
    r0 = arguments.number("r0", r0, 0.01, 0.9)
    noise = arguments.number("noise", noise, 0, 0.5)
    a, b = max(1 - noise - r0, 0) / (2 * turns), 2 * r0
    apart = a * b / np.hypot(a, b)
    if apart <= 2 * noise:
        raise ValueError(
            f"noise should be less than half the distance between the arms of the two spirals, {apart / 2:.3g} here, "
            f"but it is {noise:g}: the classes could meet"
        )
    y = _in_turn(n)
    t = np.empty(n)
    for k in (0, 1):
        t[y == k] = rng.permutation(np.linspace(0, 1, np.sum(y == k)))
    X = _polar(r0 + (1 - noise - r0) * t, 2 * np.pi * turns * t)
    return np.where(y == 1, -1, 1)[:, None] * X + _in_disc(rng, n, noise), y


def lang_witbrock():
    """Return the two spirals of 97 points each that Lang and Witbrock trained on in 1988, three turns, not scaled.

    Point i (0 to 96) of class 1 is at distance 6.5 (104 - i) / 104 and angle i pi / 16 from the upward axis; class 0 is
    its negation. The points come in the published order, from the outside in.

    Margin: at least sqrt(1/2), by the argument of `spirals` with a = b = 1.

    Source: Alexis Wieland's program mkspiral.c, posted to the Connectionists mailing list on 4 August 1988;
    K. Lang and M. Witbrock, "Learning to tell two spirals apart", Proceedings of the 1988 Connectionist Models
    Summer School.
    """
    i = np.arange(97)
    angle, distance = i * np.pi / 16, 6.5 * (104 - i) / 104
    first = np.column_stack([distance * np.sin(angle), distance * np.cos(angle)])
    return np.stack([first, -first], axis=1).reshape(-1, 2), np.tile([1, 0], 97)


def from_drawing(text, noise=0, seed=0):
    """Return the points of a text picture: `o` is class 0, `x` is class 1, any other character is empty.

    One character to the right and one line down are equal steps; the drawing is centred on the origin and scaled to
    fill the square from -1 to 1 on its longer side. Each point moves by at most `noise` steps (0 to 0.45). The classes
    are as large as drawn, listed in a random order.

    Margin: at least (1 - 2 noise) steps; the longer side is `longest + 2 noise` steps, which is 2 in length.

    >>> X, y = from_drawing('''
    ... x . o
    ... o . x
    ... ''')
    """
    lines = arguments.text("text", text).expandtabs().lower().splitlines()
    noise = arguments.number("noise", noise, 0, 0.45)
    rng = np.random.default_rng(arguments.integer("seed", seed, 0))
    marks = [(column, -row, c) for row, line in enumerate(lines) for column, c in enumerate(line) if c in "ox"]
    y = np.array([int(c == "x") for _, _, c in marks])
    for k, mark in enumerate("ox"):
        if not np.any(y == k):
            raise ValueError(f"text should hold at least one {mark!r}, a point of class {k}, but it holds none")
    X = np.array([(column, row) for column, row, _ in marks], dtype=float)
    low, high = X.min(axis=0), X.max(axis=0)
    X = (X - (low + high) / 2 + _in_disc(rng, len(X), noise)) * 2 / (np.max(high - low) + 2 * noise)
    order = rng.permutation(len(X))
    return X[order], y[order]


def margin(X, y):
    """Return the smallest distance between two points of different classes, by measuring every such pair."""
    X, y = arguments.points_and_labels(X, y)
    zeros, ones = X[y == 0], X[y == 1]
    if not len(zeros) or not len(ones):
        raise ValueError(f"y should hold both classes, but all {len(y)} points are of class {y[0]}")
    # in portions, so that thousands of points do not need all their distances in memory at once
    return float(min(
        np.hypot(*(zeros[i : i + 256, None] - ones).transpose(2, 0, 1)).min() for i in range(0, len(zeros), 256)
    ))


def _size_and_generator(n, seed):
    n = arguments.integer("n", n, 2, 1_000_000)
    return n, np.random.default_rng(arguments.integer("seed", seed, 0))


def _in_turn(n):
    return np.arange(n) % 2


def _polar(distance, angle):
    return np.column_stack([distance * np.cos(angle), distance * np.sin(angle)])


def _in_disc(rng, n, radius):
    return _polar(radius * np.sqrt(rng.random(n)), rng.uniform(0, 2 * np.pi, n))
