"""The live figures of lesson 01: the line of a neuron, its scores as a sheet over the plane, the perceptron at work.

Points are rows, classes are 0 and 1; a neuron with weights w (2,) and bias b gives a point x the score x @ w + b.
`perceptron` is the learner's own function: perceptron(X, y, max_epochs) -> (w, b, mistakes).
"""

import numpy as np

from course_utils import arguments, plotting
from course_utils.figures.live import LiveFigure, show

NAMES = ("x₁", "x₂")
PASSES = 30  # the player stops watching after this many passes through the points


def line_sliders(X, y, names=NAMES):
    """Show the points `X` (n, 2) of the classes `y` and a line that three sliders move: two weights and a bias.

    `names` are the two features. Returns the live figure.
    """
    X, y, names, box = _points(X, y, names)
    data = {"title": "The line of one neuron", "X": X, "y": y, "names": names, "box": box}
    b = 1.0
    still, axes = plotting.new(columns=2, width=720, height=430)
    said = []
    for ax, w in zip(np.ravel(axes), (np.array([1.0, -1.0]), np.array([1.0, -2.0])), strict=True):
        _draw_line(ax, X, y, w, b, names, box)
        ax.plot(0, -b / w[1], "s", color=plotting.PURPLE, zorder=4)
        ax.set_title(f"weights {w[0]:g} and {w[1]:g}, bias {b:g}".replace("-", "−"))
        said.append(f"With the weights {w[0]:g} and {w[1]:g} it crosses the second axis at {-b / w[1]:g}; "
                    f"{_right(X, y, w, b)} of {len(X)} points lie on their own side.")
    alt = f"{len(X)} points of two classes and the line of a neuron with bias {b:g}. {' '.join(said)}"
    return show(LiveFigure("one_line", "line_sliders", data), still, alt)


def sheet(X, y, w, b, names=NAMES):
    """Show the scores of the neuron (`w`, `b`) as a sheet over the floor with the points, and a factor on both w and b.

    The sheet cuts the floor in the neuron's line. Returns the live figure. Raises ValueError if w is (0, 0).
    """
    X, y, names, box = _points(X, y, names)
    w, b = arguments.array("w", w, 2), arguments.number("b", b)
    if not w.any():
        raise ValueError("w should not be (0, 0), for then all scores are equal and there is no line")
    height = float(np.abs(X @ w + b).max())
    example = int(np.argmin(np.abs(X @ w + b - 0.4 * height)))
    data = {
        "title": "The scores as a sheet over the floor", "X": X, "y": y, "w": w, "b": b, "names": names, "box": box,
        "height": height, "example": example,
    }  # fmt: skip
    still, axes = plotting.new(columns=2, width=860, height=430)
    said = []
    for ax, factor in zip(np.ravel(axes), (1, 10), strict=True):
        plotting.values(ax, lambda P, factor=factor: factor * (P @ w + b), limits=box)
        plotting.line(ax, w, b)
        plotting.points(ax, X, y)
        ax.set(xlabel=names[0], ylabel=names[1], title=f"w and b times {factor}: the scores")
        said.append(f"times {factor}: {factor * (X[example] @ w + b):.2f}")
    x = ", ".join(f"{value:g}" for value in X[example])
    alt = (
        f"{len(X)} points, and the scores of the neuron with the weights {w[0]:g} and {w[1]:g} and the bias {b:g}, as "
        "colours; they are 0 on one straight line. With w and b ten times as large the line is the same. "
        f"The score of ({x}), {', '.join(said)}."
    )
    return show(LiveFigure("one_line", "sheet", data), still, alt)


def perceptron_player(X, y, perceptron, bound=None, names=NAMES):
    """Show each correction that the function `perceptron` makes on the points `X` (n, 2) of the classes `y`.

    `bound` is the promised largest number of mistakes. Returns the live figure. Raises ValueError if what the function
    returns is not (w, b, mistakes), with w of shape (2,) and a whole number of mistakes.
    """
    X, y, names, box = _points(X, y, names)
    arguments.function("perceptron", perceptron)
    if bound is not None:
        bound = arguments.number("bound", bound, 0)
    steps, looks = _watch(perceptron, X, y)
    last = steps[-1]
    done = looks - last["look"] >= len(X)
    data = {
        "title": "The perceptron, one correction at a time", "X": X, "y": y, "names": names, "box": box,
        "steps": steps, "looks": looks, "bound": bound, "done": done,
    }  # fmt: skip
    total = len(steps) - 1
    shown = [1, (total + 1) // 2, total] if total > 2 else list(range(total + 1))
    still, axes = plotting.new(columns=len(shown), width=300 * len(shown) + 40, height=360)
    for ax, k in zip(np.ravel(axes), shown, strict=True):
        _draw_line(ax, X, y, steps[k]["w"], steps[k]["b"], names, box)
        ax.set_title(f"after mistake {k}: {steps[k]['right']} of {len(X)}")
    end = "then none in a whole pass" if done else f"and it had not finished after {PASSES} passes"
    promise = "" if bound is None else f" At most {int(bound)} were promised."
    alt = (
        f"A perceptron on {len(X)} points: {total} mistakes, {end}.{promise} "
        "Points on their own side after each mistake: "
        + ", ".join(str(step["right"]) for step in steps[1:]) + "."
    )
    return show(LiveFigure("one_line", "perceptron_player", data), still, alt)


# ---- numbers ----


def _watch(perceptron, X, y):
    """Return the line after each correction, and how often a point was looked at.

    The function is asked for a single pass through ever longer beginnings of "all points, again and again": how its
    answer grows shows every one of its corrections, without knowing how it makes them.
    """
    n = len(X)
    steps = [_step(perceptron, X[:0], y[:0], X, y)]
    look, quiet = 0, 0
    while quiet < n and look < PASSES * n:
        look += 1
        order = np.arange(look) % n  # indexing copies: the function cannot change our points
        step = _step(perceptron, X[order], y[order], X, y)
        quiet += 1
        if step["mistakes"] > steps[-1]["mistakes"]:
            before, point = steps[-1], (look - 1) % n
            score = float(X[point] @ before["w"] + before["b"])
            steps.append({**step, "look": look, "pass": (look - 1) // n + 1, "point": point, "score": score})
            quiet = 0
    return steps, look


def _step(perceptron, seen, classes, X, y):
    if len(seen) == 0:
        w, b, mistakes = np.zeros(2), 0.0, 0
    else:
        wanted = "w", "b", "mistakes"
        w, b, mistakes = arguments.parts("perceptron", arguments.answer("perceptron", perceptron, (seen, classes, 1), ", ".join(wanted)), wanted)
        w = arguments.array("perceptron's w", w, 2)
        b = arguments.number("perceptron's b", b)
        mistakes = arguments.integer("perceptron's mistakes", mistakes, 0)
    return {"w": w, "b": b, "mistakes": mistakes, "look": 0, "right": _right(X, y, w, b)}


def _right(X, y, w, b):
    return int(np.sum((X @ w + b > 0) == y))


def _points(X, y, names):
    X, y = arguments.points_and_labels(X, y)
    if not isinstance(names, (list, tuple)) or len(names) != 2:
        raise ValueError(f"names should be two texts, one for each feature, but it is {arguments.shown(names)}")
    names = [arguments.text(f"names[{k}]", name) for k, name in enumerate(names)]
    reach = float(np.ceil(1.1 * np.abs(X).max() + 1e-9))
    return X, y, names, [-reach, reach]


def _draw_line(ax, X, y, w, b, names, box):
    w = np.asarray(w)
    plotting.regions(ax, lambda P: P @ w + b, limits=box, scores=True)
    plotting.points(ax, X, y)
    ax.set(xlabel=names[0], ylabel=names[1])
