# %% [markdown]
r"""
# Look for a line that is not there

By the end you will have tried every line there is, shown in one line of algebra why none of them works, and solved the problem with two.

A corridor has one lamp and two switches, one at each end.
Both switches down: the lamp is off.
Flip either of them and it is on; flip the other one as well and it is off again.

Write 0 for down and 1 for up, and the corridor becomes four points in the plane: the two coordinates are the two switches, the class is the lamp.
The lamp is on when exactly one switch is up.
This rule is called **XOR**, short for "exclusive or": one or the other, not both.

In lesson 01 one neuron drew a line, and the perceptron found that line whenever there was one.
Could a neuron run this lamp?
"""

# %%
from course_utils import datasets, plotting, predictions
from course_utils.figures.no_line import cover_curve, truth_tables, turn_the_line

import itertools
import math

import numpy as np
from IPython.display import Markdown

corners, lamp = datasets.xor_corners()
for switches, light in zip(corners, lamp):
    print("switches", switches, " lamp", light)

# %% figure
figure, ax = plotting.new(width=330, height=370)
ax.set(xlim=(-0.4, 1.4), ylim=(-0.4, 1.4), xlabel="switch $x_1$", ylabel="switch $x_2$")
plotting.points(ax, corners, lamp, names=("lamp off (class 0)", "lamp on (class 1)"))
for (x1, x2), light in zip(corners, lamp):
    ax.text(x1 + 0.07, x2 + 0.07, "on" if light else "off", fontsize=10)
plotting.show(figure, f"The corridor lamp as four points. {plotting.describe(corners, lamp)}")

# %% predict="xor-best-line"
predictions.ask(
    "xor-best-line",
    "You may draw any straight line and say which side means 'on'. What share of the four points can the best line get right?",
    ["50 %", "67 %", "75 %", "100 %"],
)

# %% [markdown]
r"""
## Hunt for it

The arrow is the pair of weights $w$: it points to the side where the neuron fires, that is, where it says class 1.
Two numbers fix a line: the **angle** of the arrow, and the **offset**, which says how far along the arrow the line lies, counted from the middle of the square.

**Predict, then move the sliders.** How far up will the needle of the dial go?
Every line you visit leaves a dot on the map at the right, where each place is one line.
When you have hunted enough, tick the box and see all lines at once.
"""

# %% figure
turn_the_line()

# %% [markdown]
r"""
The map has no place for 100 %.
Look at its four darkest islands: in each, the line cuts off one corner and leaves exactly one of the other three on the wrong side.

A map with sliders is a picture, though, and pictures have gaps.
Let the computer do the hunt, for any points.
"""


# %%
def neuron(X, w, b):
    """Return the score of each point, as in lesson 01: above 0 the neuron fires."""
    return X @ w + b


def share_right(X, y, w, b):
    """Return the share of points that lie on the side of their own class."""
    return np.mean((neuron(X, w, b) > 0) == y)


print("the line x1 + x2 = 0.5:", share_right(corners, lamp, np.array([1.0, 1.0]), -0.5))

# %% [markdown]
r"""
### Exercise 1: try every line

Take the direction at the angle $a$, $w = (\cos a, \sin a)$.
The number $w \cdot x = w_1 x_1 + w_2 x_2$ says how far along this direction a point $x$ lies, and a line across it cuts the points in two: those that lie further along than the cut, and the rest.
Moving the cut changes nothing until it passes a point, so a few cuts stand for all of them.
And for each cut there are two ways to name the sides: class 1 may lie before it or behind it.

Write `best_line_accuracy`: try `n_angles` directions, every cut that matters and both ways of naming the sides, and return the best share of points on their own side.
A line that has all points on one side is a line, too.

Worked example: three points at (0, 0), (1, 0) and (2, 0). With the classes 0, 1, 1 a line parts them, so the answer is 1.0. With the classes 0, 1, 0 the best line gets two of three: 0.667.
"""


# %% exercise="best_line_accuracy"
def best_line_accuracy(X, y, n_angles=720):
    """Return the largest share (0 to 1) of points that one line leaves on the side of their own class.

    X: points, shape (n, 2), anywhere in the plane. y: their classes, 0 or 1, shape (n,).
    n_angles: how many directions to try.

    >>> best_line_accuracy(np.array([[0.0, 0.0], [1.0, 0.0], [2.0, 0.0]]), np.array([0, 1, 1]))
    1.0
    """
    ### BEGIN SOLUTION
    best = 0.0
    for angle in np.linspace(0, np.pi, n_angles, endpoint=False):
        along = X @ np.array([np.cos(angle), np.sin(angle)])
        cuts = np.append(along, -np.inf)
        right = np.mean((along[:, None] > cuts) == y[:, None], axis=0)
        best = max(best, right.max(), (1 - right).max())
    return float(best)
    ### END SOLUTION


# %% [markdown] hints="best_line_accuracy"
r"""
Pick one direction and put the points in a row along it. How many different ways are there to cut this row in two, and where could you place a cut so that no way is left out?

Use each point's own place along the direction as a cut, and one more cut before all of them. A cut that gets a share $r$ right gets $1 - r$ right when the two sides swap names.
"""

# %% check="best_line_accuracy" points=3
import numpy as np


def best_of(places, classes):
    value = best_line_accuracy(np.array(places, dtype=float), np.array(classes))
    assert np.ndim(value) == 0 and value is not None, f"best_line_accuracy should return one number, but yours returns {value!r}."
    assert 0 <= value <= 1, f"A share lies between 0 and 1; yours returns {value} for {len(classes)} points."
    return float(value)


beside = [[-1, 0.3], [-1, -0.4], [1, 0.5], [1, -0.2]]
found = best_of(beside, [0, 0, 1, 1])
assert abs(found - 1) < 1e-9, f"Two points at x1 = -1 are of class 0, two at x1 = 1 of class 1: an upright line between them is right about all, yours says {found:.3g}."
found = best_of(beside, [1, 1, 0, 0])
assert abs(found - 1) < 1e-9, (
    f"Swap the classes of the two points on the left and the two on the right, and the same line works: only its sides swap names. Yours says {found:.3g}.")
slanted = [[-2, 1.5], [0, -0.5], [1.5, -2], [-1.5, 2], [0, 0.5], [2, -1.5]]
found = best_of(slanted, [0, 0, 0, 1, 1, 1])
assert abs(found - 1) < 1e-9, (
    f"The line x1 + x2 = 0 leaves three points of each class on either side, and yours says {found:.3g}. "
    "It is neither upright nor level: which directions do you try?")
found = best_of(np.array(slanted) + 10, [0, 0, 0, 1, 1, 1])
assert abs(found - 1) < 1e-9, (
    f"Move all six points by (10, 10) and the line that parts them moves along, but yours now says {found:.3g}. "
    "Does your line have to pass near the origin?")
found = best_of([[0, 0], [1, 0], [2, 0], [3, 0.5], [4, 0], [9, 0]], [0, 1, 1, 1, 1, 1])
assert abs(found - 1) < 1e-9, (
    f"One point at (0, 0) is of class 0, five points from x1 = 1 to 9 are of class 1: a line close behind the first one parts them. Yours says {found:.3g}. "
    "A cut need not go through the middle of the points.")
found = best_of([[0, 0], [1, 0], [0, 1]], [1, 1, 1])
assert abs(found - 1) < 1e-9, f"Three points, all of class 1: a line far away from them has all on the right side. Yours says {found:.3g}."
found = best_of([[0, 0], [0, 1], [1, 0], [1, 1]], [0, 1, 1, 0])
assert abs(found - 0.75) < 1e-9, f"For the four points of XOR the best line gets 3 of 4, a share of 0.75; yours says {found:.3g}."
print("best_line_accuracy: every line tried. On XOR the best one gets", found)
### BEGIN HIDDEN TESTS
rng = np.random.default_rng(202)


def scan(X, y, n, start=0.0):
    """The best share over n directions, all at once: points sorted along each, classes counted up to every cut."""
    angles = start + np.linspace(0, np.pi, n, endpoint=False)
    order = np.argsort(X @ np.stack([np.cos(angles), np.sin(angles)]), axis=0)
    ones = np.cumsum(np.vstack([np.zeros(n), y[order]]), axis=0)
    zeros = np.arange(len(y) + 1)[:, None] - ones
    right = (zeros + (y.sum() - ones)) / len(y)
    return max(right.max(), (1 - right).max())


for n in (5, 8, 13, 30):
    for trial in range(4):
        X = rng.normal(size=(n, 2)) * rng.uniform(0.1, 20) + rng.normal(size=2) * 15
        y = rng.integers(0, 2, size=n)
        kept = X.copy(), y.copy()
        value = float(best_line_accuracy(X, y))
        assert scan(X, y, 720, 0.001) - 1.5 / n < value < scan(X, y, 20_000) + 1e-9, (
            f"On {n} random points yours says {value:.3f}; a search of 20,000 directions finds {scan(X, y, 20_000):.3f}.")
        assert np.array_equal(kept[0], X) and np.array_equal(kept[1], y), "best_line_accuracy changed the points or the classes."
for trial in range(12):
    angle, shift = rng.uniform(0, 2 * np.pi), rng.normal(size=2) * 5
    X = rng.uniform(-1, 1, size=(20, 2))
    X[:, 0] += np.where(X[:, 0] > rng.uniform(-0.9, 0.9), 0.3, -0.3)
    y = (X[:, 0] > 0).astype(int) if trial % 3 else (X[:, 0] > X[:, 0].min() + 1e-12).astype(int)
    gap = X[y == 1, 0].min() - X[y == 0, 0].max() if 0 < y.sum() < 20 else 1
    if gap < 0.1:
        continue
    turned = X @ np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]]) + shift
    assert abs(float(best_line_accuracy(turned, y)) - 1) < 1e-9, f"A line parts these 20 points at an angle of {np.degrees(angle):.0f} degrees, yours did not find it."
grid = np.array([[i, j] for i in range(4) for j in range(4)])
assert abs(float(best_line_accuracy(grid, (grid.sum(axis=1) % 2))) - scan(grid + 0.0, grid.sum(axis=1) % 2, 7200)) < 0.07, "On a 4 x 4 chessboard (ints) yours is off."
### END HIDDEN TESTS

# %% figure
predictions.reveal(
    "xor-best-line",
    "75 %",
    f"Your search says {100 * best_line_accuracy(corners, lamp):.0f} %: the best line has three of the four points on their own side.",
)

# %% [markdown]
r"""
## Is XOR an accident?

Four points can get their classes in $2^4 = 16$ ways.
Each way is the table of some rule for two switches: AND needs both, OR needs at least one, and so on.

**Predict, then test.** How many of the sixteen can a line part? Choose a table with the mouse or with the arrow keys.
The verdict comes from your own `best_line_accuracy`.
"""

# %% figure
truth_tables(best_line_accuracy)

# %% [markdown]
r"""
Two refuse: XOR, and its mirror image, the rule "both switches alike".
So four points are mostly harmless.
With more points this turns round quickly: of all the ways to give six random points their classes, a line parts half, and of those for twelve points, about one in thirty (Cover 1965; *Further* lets you count them).
Among many points a parting line is a stroke of luck, or a sign that somebody chose the inputs well.
"""

# %% [markdown]
r"""
## Why no line can do it

A search over 720 directions is strong evidence. A proof is better, and this one is short.

Count a point's score as positive when the point is on its own side: take the score itself for class 1, and minus the score for class 0.
Call this number the point's **margin**.
A line parts the classes when all margins are positive; only a margin of class 0 may also be exactly 0, since the neuron does not fire there.

With the weights $w_1$, $w_2$ and the bias $b$ the four margins of XOR are

| point | class | score | margin |
|---|---|---|---|
| (0, 0) | 0 | $b$ | $-b$ |
| (0, 1) | 1 | $w_2 + b$ | $w_2 + b$ |
| (1, 0) | 1 | $w_1 + b$ | $w_1 + b$ |
| (1, 1) | 0 | $w_1 + w_2 + b$ | $-w_1 - w_2 - b$ |

Add up the last column.
Everything cancels: **the four margins always sum to zero**, whatever the weights.
Numbers of which two are positive and none is negative cannot do that, so no weights will ever put all four points on their own side.
"""

# %%
rng = np.random.default_rng(0)
for trial in range(3):
    w, b = rng.normal(size=2), rng.normal()
    margins = np.where(lamp == 1, 1, -1) * neuron(corners, w, b)
    print("margins", margins.round(2), " sum", abs(margins.sum().round(12)))

# %% [markdown]
r"""
This also tells what the perceptron of lesson 01 does with the corridor: it corrects one point, spoils another, and runs for ever.

## How wrong is wrong?

If no line is perfect, we would like to find one that is at least as good as possible, and not by trying them all: with a hundred inputs there are too many.
Better to start anywhere and improve.

Counting is no help with that.
Nudge a line a little, and the number of points on the right side stays exactly what it was: the map you saw is made of flat plateaus.
Standing on a plateau, you cannot tell which way is up.

So let the neuron answer in degrees.
Instead of "fires" or "does not", turn its score $s$ into a number between 0 and 1, and read that number as the probability of class 1:

$$p \;=\; \frac{1}{1 + e^{-s}}.$$

This is the **logistic function**, often called *sigmoid* for its S-shape.
A score of 0 becomes $p = 0.5$, "no idea"; 2 becomes 0.88, and -2 becomes 0.12.

Then charge a price for every point: minus the logarithm of the probability that the neuron gave to what is true.

$$\text{price} \;=\; \begin{cases} -\ln p & \text{for a point of class 1} \\ -\ln (1 - p) & \text{for a point of class 0} \end{cases}$$

Here $\ln$ is the natural logarithm, `np.log`, and $e^{s}$ is `np.exp(s)`.
The mean price over all points is the **logistic loss**, and smaller is better.
"""

# %%
score = np.linspace(-6, 6, 201)
p = 1 / (1 + np.exp(-score))

# %% figure
figure, (left, right) = plotting.new(columns=2, width=720, height=310)
left.plot(score, p, color=plotting.BLACK)
left.axhline(0.5, color=plotting.GREY, linewidth=0.8, linestyle=":")
left.set(xlabel="score $s$", ylabel="probability of class 1, $p$", title="from score to probability")
right.plot(score, -np.log(1 - p), color=plotting.BLUE, label="a point of class 0")
right.plot(score, -np.log(p), color=plotting.ORANGE, linestyle="--", label="a point of class 1")
right.plot(0, np.log(2), "s", color=plotting.BLACK, markersize=6)
right.annotate(f"ln 2 = {np.log(2):.3f}", (0, np.log(2)), xytext=(0, 2.2), ha="center", fontsize=9, arrowprops={"arrowstyle": "-", "color": plotting.GREY})
right.set(xlabel="score $s$", ylabel="price", title="what it costs")
right.legend(frameon=False, fontsize=9, loc="upper center")
plotting.show(figure, f"Left: the logistic function rises from {p[0]:.3f} at score -6 through 0.5 at 0 to {p[-1]:.3f} at 6. "
                      f"Right: the price of a class 1 point falls from {-np.log(p[0]):.1f} to {-np.log(p[-1]):.3f}, that of a class 0 point rises in the same way; "
                      f"both are {np.log(2):.3f} at score 0.")

# %% [markdown]
r"""
Look at the right picture.
Being sure and right costs almost nothing, being sure and wrong costs more and more, and saying "no idea" costs $\ln 2 \approx 0.693$ whatever the class.
The curves have no plateau: every nudge of a score changes the price a little.
"""

# %% [markdown]
r"""
### Exercise 2: the price of XOR

Write `xor_logistic_loss`: the mean price of the neuron with the weights `w` and the bias `b` on the four points of XOR.
The points are in `corners`, their classes in `lamp`.

There is a trap. At a score of 1000 the computer rounds $1 - p$ to 0, and $\ln 0$ is minus infinity; at -1000 already $e^{1000}$ is too large a number.
Your function has to survive both.
Some school algebra helps: $-\ln p$ is the same as $\ln(1 + e^{-s})$, and $-\ln(1 - p)$ the same as $\ln(1 + e^{s})$.

Worked example: with $w = (0, 0)$ and $b = 0$ all four scores are 0, each point costs $\ln 2$, and the loss is 0.693.
"""


# %% exercise="xor_logistic_loss"
def xor_logistic_loss(w, b):
    """Return the mean logistic loss of the neuron w, b on the four points of XOR, a number.

    w: weights, an array of shape (2,). b: the bias, a number.
    Huge scores give no warning and no infinity.

    >>> round(xor_logistic_loss(np.array([0.0, 0.0]), 0.0), 3)
    0.693
    """
    ### BEGIN SOLUTION
    margins = np.where(lamp == 1, 1, -1) * (corners @ w + b)
    return float(np.mean(np.logaddexp(0, -margins)))
    ### END SOLUTION


# %% [markdown] hints="xor_logistic_loss"
r"""
What does a single point cost, written with its margin from the section above? Do the two cases of the price become one?

`np.logaddexp(0, t)` computes $\ln(e^0 + e^t)$ without ever forming $e^t$. The other way to stay safe is to keep $p$ a hair's breadth away from 0 and 1, with `np.clip`, and to keep the score within some bounds before it enters `np.exp`.
"""

# %% check="xor_logistic_loss" points=2
import warnings

import numpy as np


def price_of(w, b):
    """The learner's loss, or what stopped it: a warning counts, for it would mean a number that is not right."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            value = xor_logistic_loss(np.array(w, dtype=float), float(b))
        except (Warning, ArithmeticError, ValueError) as trouble:
            return trouble
    assert np.ndim(value) == 0 and value is not None, f"The loss is the mean over the four points, one number; yours returns {value!r}."
    return float(value)


value, ln2 = price_of([0, 0], 0), np.log(2)
assert not isinstance(value, Exception), f"With all weights 0 your function stopped with: {value}."
assert abs(value - 1) > 1e-6, "With all weights 0 every point costs ln 2 = 0.693, yours says 1. The price uses the natural logarithm; which one do you take?"
assert abs(value - 4 * ln2) > 1e-6, f"Yours says {value:.3f} with all weights 0. That is what the four points cost together, and the loss is their mean, 0.693."
assert abs(value + ln2) > 1e-6, f"Yours says {value:.3f} with all weights 0: a price is never negative. ln of a number below 1 is."
assert abs(value - ln2 / 2) > 1e-6, f"Yours says {value:.3f} with all weights 0, half of ln 2: two of the four points seem to cost nothing. Points of class 0 have a price as well."
assert abs(value - ln2) < 1e-6, f"With all weights 0 each point costs ln 2, so the loss is 0.693; yours is {value:.3f}."
value, right = price_of([4, 4], -2), (3 * np.log(1 + np.exp(-2)) + np.log(1 + np.exp(6))) / 4
assert not isinstance(value, Exception), f"With w = (4, 4) and b = -2 your function stopped with: {value}."
flat = (2 * ln2 + 2 * np.log(1 + np.exp(-2))) / 4
assert abs(value - flat) > 1e-6, (
    f"With w = (4, 4) and b = -2 the score at (1, 1) is 6 and its class is 0: that costs about 6. Yours says {value:.3f} in all, as if every point of class 0 cost ln 2 "
    "whatever its score. Multiplying by the class 0 makes the score vanish.")
assert abs(value - right) < 1e-6, (
    f"With w = (4, 4) and b = -2 three points have the margin 2 and (1, 1) has the margin -6, which makes {right:.3f}; yours is {value:.3f}.")
for w, b in [((0, 0), 1000), ((0, 0), -1000), ((800, -800), 0), ((-2000, -2000), 1000)]:
    value = price_of(w, b)
    assert not isinstance(value, Exception), (
        f"With w = {w} and b = {b} the computer complains: {value}. Somewhere e to a large power is formed, or the logarithm of a 0.")
    assert np.isfinite(value), f"With w = {w} and b = {b} yours is {value}. Somewhere e to a large power is formed, or the logarithm of a 0."
    assert value > 5, f"With w = {w} and b = {b} some points are on the wrong side by hundreds, which should cost a lot; yours says {value:.3g}."
print("xor_logistic_loss: without any opinion it is", round(price_of([0, 0], 0), 4), "and no score is too large for it.")
### BEGIN HIDDEN TESTS
rng = np.random.default_rng(203)
for _ in range(60):
    w, b = rng.uniform(-4, 4, size=2), float(rng.uniform(-4, 4))
    kept = w.copy()
    # an independent witness: the probabilities themselves, point by point
    probabilities = [1 / (1 + np.exp(-(w[0] * i + w[1] * j + b))) for i in (0, 1) for j in (0, 1)]
    witness = -np.mean([np.log(p if i != j else 1 - p) for p, (i, j) in zip(probabilities, [(0, 0), (0, 1), (1, 0), (1, 1)])])
    value = price_of(w, b)
    assert not isinstance(value, Exception) and abs(value - witness) < 1e-5, f"With w = {w} and b = {b:.3f} the loss is {witness:.5f}, yours is {value}."
    xor_logistic_loss(w, b)
    assert np.array_equal(w, kept), "xor_logistic_loss changed the weights."
for _ in range(20):
    value = price_of(rng.normal(size=2) * 10 ** rng.uniform(2, 5), rng.normal() * 10 ** rng.uniform(2, 5))
    assert not isinstance(value, Exception) and np.isfinite(value) and value >= ln2 - 1e-6, f"With huge weights yours says {value}."
assert abs(price_of([2, -3], 1) - price_of([-3, 2], 1)) < 1e-9, "The two switches play the same role: swapping the two weights should not change the loss."
### END HIDDEN TESTS

# %% [markdown]
r"""
## One step downhill

Now keep two of the three numbers fixed and move only $w_1$.
The loss draws a curve, and you stand somewhere on it.
Which way is down?
Nudge $w_1$ a little to the right and look whether the loss rises or falls: rise divided by nudge is the **slope** under your feet.
Then step against the slope, far where it is steep and not so far where it is flat:

$$w_1 \;\leftarrow\; w_1 - \text{step size} \cdot \text{slope}.$$
"""

# %%
here, nudge, step_size = -2.5, 0.001, 4.0


def loss_at(w1):
    """Return the loss with w2 = -1 and b = 0.5, so that only w1 is left to move."""
    return xor_logistic_loss(np.array([w1, -1.0]), 0.5)


slope = (loss_at(here + nudge) - loss_at(here - nudge)) / (2 * nudge)
there = here - step_size * slope

# %% figure
figure, ax = plotting.new(width=520, height=310)
line = np.linspace(-5, 5, 200)
ax.plot(line, [loss_at(w1) for w1 in line], color=plotting.BLACK, label="the loss, with $w_2 = -1$ and $b = 0.5$")
ax.plot(here + np.array([-1.5, 2.6]), loss_at(here) + slope * np.array([-1.5, 2.6]), color=plotting.PURPLE, linestyle="--", label=f"slope {slope:.2f}")
ax.annotate("", (there, loss_at(here)), (here, loss_at(here)), arrowprops={"arrowstyle": "-|>", "color": plotting.GREEN, "linewidth": 2})
ax.plot([there, there], [loss_at(here), loss_at(there)], color=plotting.GREEN, linewidth=1, linestyle=":")
ax.plot([here, there], [loss_at(here), loss_at(there)], "o", color=plotting.GREEN, markersize=8)
ax.text(here - 0.2, loss_at(here) - 0.12, "you stand here", ha="right", fontsize=9)
ax.text(there + 0.25, loss_at(there) + 0.06, "one step later", fontsize=9)
ax.set(xlabel="weight $w_1$", ylabel="loss", ylim=(0.55, 2.0), xlim=(-5.4, 5.4))
ax.legend(frameon=False, fontsize=9, loc="upper center")
plotting.show(figure, f"The loss as a curve over the weight w1. At {here:g} its slope is {slope:.2f}; one step of size {step_size:g} against the slope leads to "
                      f"{there:.2f} and lowers the loss from {loss_at(here):.2f} to {loss_at(there):.2f}.")

# %% [markdown]
r"""
With three numbers it is the same three times: measure the slope in each, holding the others still, then step in all of them at once.
Repeating this is called **gradient descent**, and "gradient" is only the word for the list of slopes.
"""


# %%
def walk_downhill(loss, numbers, step_size, steps):
    """Return the numbers after each of `steps` steps downhill on `loss`, the start first."""
    path = [numbers]
    for _ in range(steps):
        nudges = 1e-5 * np.eye(len(numbers))  # one row for each number: nudge this one, leave the others
        slopes = np.array([(loss(numbers + nudge) - loss(numbers - nudge)) / 2e-5 for nudge in nudges])
        numbers = numbers - step_size * slopes
        path.append(numbers)
    return np.array(path)


def xor_loss(numbers):
    """Return the loss of the neuron with the weights numbers[0], numbers[1] and the bias numbers[2]."""
    return xor_logistic_loss(numbers[:2], numbers[2])


# %% [markdown]
r"""
Measuring every slope by nudging is slow when there are many weights.
For this loss the slopes have a short formula, and lesson 06 will derive it: the slope of a weight is the mean over the points of $(p - y)$ times the input that the weight belongs to, where $y$ is the class, 0 or 1.
For the bias, whose input is always 1, it is the mean of $p - y$.
That makes a whole step three lines, for any points and any number of weights.
"""

# %%
w, b, step_size = np.array([-2.5, -1.0]), 0.5, 4.0

p = 1 / (1 + np.exp(-neuron(corners, w, b)))
w_next = w - step_size * corners.T @ (p - lamp) / len(lamp)
b_next = b - step_size * np.mean(p - lamp)

nudged = walk_downhill(xor_loss, np.array([*w, b]), step_size, 1)[1]
print("by the formula:", w_next.round(6), b_next.round(6))
print("by nudging:    ", nudged[:2].round(6), nudged[2].round(6))

# %% predict="xor-downhill"
predictions.ask(
    "xor-downhill",
    "Walk downhill on the logistic loss of XOR for a long time, from wherever you like. Where does the neuron end?",
    [
        "at a line with three of the four points right",
        "at a line with two of the four points right",
        "at no line at all: it says 0.5 everywhere",
        "nowhere: its weights grow for ever",
    ],
)

# %%
starts = [np.array([4.0, 4.0, -2.0]), np.array([-2.5, -1.0, 0.5]), np.array([3.0, -4.0, 1.0]), np.array([-2.0, 5.0, 3.0])]
paths = [walk_downhill(xor_loss, start, 1.0, 400) for start in starts]

# %% figure
figure, (left, right) = plotting.new(columns=2, width=760, height=360)
for path, style, color in zip(paths, ("-", "--", "-.", ":"), (plotting.BLACK, plotting.PURPLE, plotting.GREEN, plotting.GREY)):
    w1, w2, b = path[0]
    label = f"from $w$ = ({w1:g}, {w2:g}), $b$ = {b:g}"
    left.plot([xor_loss(numbers) for numbers in path[:101]], style, color=color, label=label, linewidth=1.8)
    right.plot(path[:, 0], path[:, 1], style, color=color, linewidth=1.8)
    right.plot(w1, w2, "o", markersize=5, color=color)
left.axhline(np.log(2), color=plotting.BLACK, linewidth=0.8)
left.text(100, np.log(2) - 0.03, "ln 2", ha="right", va="top", fontsize=9)
right.plot(0, 0, "s", color=plotting.BLACK, markersize=7)
left.set(xlabel="steps downhill", ylabel="loss", title="the loss on the way", ylim=(0.4, None))
right.set(xlabel="weight $w_1$", ylabel="weight $w_2$", title="the way of the weights", aspect="equal")
figure.legend(*left.get_legend_handles_labels(), loc="outside lower center", ncols=2, frameon=False, fontsize=9)
ends = np.array([path[-1] for path in paths])
plotting.show(figure, "Four walks downhill, the first from a line that has three of four points right. Their losses fall from "
              + ", ".join(f"{xor_loss(start):.2f}" for start in starts)
              + f" to {xor_loss(ends[0]):.4f}, and all weights end within {np.abs(ends).max():.0e} of zero.")

# %% figure
farthest = 1 / (1 + np.exp(-neuron(corners, ends[0][:2], ends[0][2])))
predictions.reveal(
    "xor-downhill",
    "at no line at all: it says 0.5 everywhere",
    f"All four walks end at weights of zero, with a loss of {xor_loss(ends[0]):.4f}, which is ln 2. "
    f"At the four points the neuron then says {', '.join(f'{value:.3f}' for value in farthest)}.",
)

# %% [markdown]
r"""
The first walk even began at a line with three of four right, and left it.

The reason is the sum that you added up before.
The margins of XOR sum to zero, so a neuron that is 2 to the good at three points is 6 to the bad at the fourth.
And the price is curved: it falls slowly where the margin is good and climbs steeply where it is bad, so gains never pay for losses of the same size.
The cheapest way to have margins that sum to zero is to have all of them zero.
The neuron shrugs.
"""

# %% [markdown]
r"""
### Exercise 3: does the curve bend the line?

We gave the neuron an S-curve at its end.
A friend says: "Now the model is no longer linear, so its boundary is no longer straight."

The neuron says class 1 where $p > 0.5$. Compared with the neuron that says class 1 where its score is above 0, its boundary in the plane

- **a** bends into an S, like the logistic function;
- **b** stays straight but turns by some angle, since $p$ is not proportional to the score;
- **c** stays straight but moves towards the class with more points;
- **d** is the same line.

Return the letter.
"""


# %% exercise="boundary_after_sigmoid"
def boundary_after_sigmoid():
    """Return the letter of your answer, for example "a"."""
    ### BEGIN SOLUTION
    return "d"
    ### END SOLUTION


# %% [markdown] hints="boundary_after_sigmoid"
r"""
At which points of the plane is $p$ exactly 0.5, and what is the score there?

The logistic function gives a larger $p$ for a larger score, always. Put the points of the plane in the order of their scores, then in the order of their $p$: what changes?
"""

# %% check="boundary_after_sigmoid" points=2
import hashlib

letter = boundary_after_sigmoid()
assert isinstance(letter, str) and letter.strip().lower() in tuple("abcd"), f"The answer is one of the letters a to d, as a text; yours is {letter!r}."
digest = hashlib.sha256(f"boundary_after_sigmoid {letter.strip().lower()}".encode()).hexdigest()[:8]
replies = {
    "9bfd36be": "The S is the shape of p over the score, not of anything in the plane. Where in the plane is p exactly 0.5?",
    "8ca73529": "To turn the line, points with the same score would need different p. Take two points with score 0: what is p at each?",
    "b051e1f3": "How many points there are may change which weights we choose. The question is about given weights: where is p exactly 0.5?",
}
assert digest not in replies, replies[digest]
assert digest == "7ac50f90", f"{letter!r} is not the answer."
print("boundary_after_sigmoid: a curve at the output changes the answer's degree and leaves the boundary alone.")
### BEGIN HIDDEN TESTS
assert boundary_after_sigmoid().strip().lower() == "d", "The boundary is where the score is 0, with and without the logistic function."
### END HIDDEN TESTS

# %% [markdown]
r"""
The same holds for any function at the output that only ever rises: it may stretch and squeeze the scores, but it cannot reorder them.
To bend a boundary, something has to happen *before* the last weighted sum.

## Two lines

So far we insisted on one line. Allow two.

"Exactly one switch is up" can be said as: *at least one is up, and not both*.
Each half of this sentence is a rule that a line can part.
One neuron can see whether at least one switch is up (OR), another whether both are (AND).
A third neuron then needs only two inputs: what the first two say.
"""

# %% [markdown]
r"""
### Exercise 4: run the lamp

Write `xor_from_lines` with three neurons that fire or do not, 1 or 0:

- the first fires where $x_1 + x_2 - 0.5 > 0$: at least one switch is up;
- the second fires where $x_1 + x_2 - 1.5 > 0$: both are;
- the third looks only at what these two say, and fires when the first does and the second does not.

Each of them fires strictly above 0, and not at 0.
The function takes any points, not only the four corners.

Worked example: at (1, 0) the sum is 1, so the first fires, the second does not, and the lamp is on: 1. At (1, 1) both fire, and the lamp is off: 0.
"""


# %% exercise="xor_from_lines"
def xor_from_lines(X):
    """Return for each point whether the lamp is on, 1 or 0, as an array of shape (n,).

    X: points, shape (n, 2), any real numbers. It stays as it is.

    >>> xor_from_lines(np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]]))
    array([0, 1, 1, 0])
    """
    ### BEGIN SOLUTION
    at_least_one = neuron(X, np.array([1.0, 1.0]), -0.5) > 0
    both = neuron(X, np.array([1.0, 1.0]), -1.5) > 0
    heard = np.column_stack([at_least_one, both])
    return (neuron(heard, np.array([1.0, -1.0]), -0.5) > 0).astype(int)
    ### END SOLUTION


# %% [markdown] hints="xor_from_lines"
r"""
The third neuron sees one of three pairs: (0, 0), (1, 0) or (1, 1). Which of them should make it fire, and can a line part that one from the other two?

A positive weight for the first neuron and a negative one for the second make the pairs (0, 0) and (1, 1) score alike. The bias then decides how much is enough.
"""

# %% check="xor_from_lines" points=4
import numpy as np


def lamp_at(*places):
    points = np.array(places, dtype=float)
    answer = xor_from_lines(points)
    assert answer is not None, "Your xor_from_lines ends without return, so its result is None."
    answer = np.asarray(answer)
    assert answer.shape == (len(places),), f"For {len(places)} points the answer should have the shape ({len(places)},), one number a point; yours has {answer.shape}."
    return answer.tolist()


found = lamp_at((0, 0), (0, 1), (1, 0), (1, 1))
assert found != [0, 1, 1, 2], "At (1, 1) yours says 2. The second neuron has a veto: when it fires, the lamp goes off, not on twice."
assert found != [0, 1, 1, 1], "At (1, 1) yours says 1. That is 'at least one', the first neuron alone. Who says 'and not both'?"
assert found != [0, 0, 0, 1], "Yours is on at (1, 1) only. That is 'both', the second neuron alone. Its word is a veto."
assert found == [0, 1, 1, 0], f"At (0, 0), (0, 1), (1, 0), (1, 1) the lamp is 0, 1, 1, 0; yours is {found}."
(found,) = lamp_at((0.25, 0.25))
assert found == 0, f"At (0.25, 0.25) the first neuron's score is exactly 0. A neuron fires only above 0, not at 0, so the lamp is off; yours says {found}."
(found,) = lamp_at((0.75, 0.75))
assert found == 1, f"At (0.75, 0.75) the second neuron's score is exactly 0, so it does not fire and its veto is not heard: the lamp is on; yours says {found}."
(found,) = lamp_at((0.5, 0.5))
assert found == 1, (
    f"At (0.5, 0.5) the sum is 1: the first neuron fires, the second does not, so the lamp is on; yours says {found}. "
    "The corners are only four points; the two lines decide everywhere.")
found = lamp_at((3, -4), (3, 4), (-2, 2.9))
assert found == [0, 0, 1], f"At (3, -4), (3, 4) and (-2, 2.9) the sums are -1, 7 and 0.9, so the lamp is 0, 0, 1; yours is {found}."
print("xor_from_lines: two lines and one listener, and the lamp obeys.")
### BEGIN HIDDEN TESTS
rng = np.random.default_rng(204)
for n in (1, 2, 7, 200):
    X = rng.uniform(-2, 3, size=(n, 2))
    total = X[:, 0] + X[:, 1]
    safe = (np.abs(total - 0.5) > 1e-6) & (np.abs(total - 1.5) > 1e-6)
    kept = X.copy()
    answer = np.asarray(xor_from_lines(X))
    assert answer.shape == (n,), f"For {n} points the answer has the shape {answer.shape}."
    truth = (np.abs(total - 1) < 0.5).astype(int)
    wrong = np.flatnonzero((answer != truth) & safe)
    assert not len(wrong), f"At {X[wrong[0]].round(3)} the lamp is {truth[wrong[0]]}, yours says {answer[wrong[0]]}."
    assert np.array_equal(kept, X), "xor_from_lines changed the points."
for eighths in rng.integers(-16, 16, size=20):
    first = eighths / 8
    for total, truth in ((0.5, 0), (1.5, 1)):
        assert np.asarray(xor_from_lines(np.array([[first, total - first]]))).tolist() == [truth], f"At ({first}, {total - first}), exactly on a line, the lamp is {truth}."
table = np.array([[1, 1], [1, 0], [0, 0], [0, 1], [1, 0]])
assert np.asarray(xor_from_lines(table)).tolist() == [0, 1, 0, 1, 1], "With whole numbers (ints) the lamp is wrong."
### END HIDDEN TESTS

# %% figure
figure, (left, middle, right) = plotting.new(columns=3, width=880, height=350)
outputs = {
    "first neuron: at least one": lambda P: (P.sum(axis=1) > 0.5).astype(int),
    "second neuron: both": lambda P: (P.sum(axis=1) > 1.5).astype(int),
    "third neuron: yours": xor_from_lines,
}
for ax, (title, fires) in zip((left, middle, right), outputs.items()):
    plotting.regions(ax, fires, limits=(-0.5, 1.5))
    plotting.points(ax, corners, lamp, names=("lamp off", "lamp on"))
    ax.set(title=title, xlabel="$x_1$", ylabel="$x_2$")
correct = int(np.sum(np.asarray(xor_from_lines(corners)) == lamp))
plotting.show(figure, "Three panels: the half plane where the first neuron fires, the half plane where the second fires, and the strip between their two lines, "
                      f"where your third neuron fires. It is right at {correct} of the 4 points.")

# %% [markdown]
r"""
The third neuron still draws one straight line, in its own plane: the plane of what the first two say.
There the two points of class 1 have become one and the same point, (1, 0), and one line is enough.

Two things remain unpleasant.
We chose both lines by hand.
And we could not have walked downhill to them: a neuron that answers 0 or 1 does not change its answer when you nudge a weight, so every slope is zero.
"""

# %% [markdown]
r"""
### Think about it

Counting says: the best line on XOR gets 75 %. Walking downhill on the logistic loss says: the best neuron answers 0.5 everywhere and prefers no line.
Why do the two not contradict each other? Use margins or prices from the lesson. Three to five sentences.
"""

# %% [markdown] reflection="two-kinds-of-best" points=2
r"""
### BEGIN SOLUTION
The two answers are best at different things: counting asks only on which side a point lies, the logistic loss asks how far, and charges more and more for points far on the wrong side.
A line with three points right has margins that sum to zero like all others, for example 2, 2, 2 and -6; the three good points save about 0.57 each compared with "no idea", but the bad one costs 5.3 more, so the loss is 1.60 instead of 0.693.
However small the weights are made, the three gains never pay for the one loss, because the price curve climbs more steeply on the bad side than it falls on the good side.
So the line with 75 % exists and is best for counting, and $p = 0.5$ is best for the loss; each is right about its own question.

**Rubric.**
1 point: says that the two quantities differ: counting sees sides only, the loss also sees distance (or confidence).
1 point: explains why the loss prefers 0.5, with the margins that sum to zero, or with numbers: the one wrong point costs more than the three right ones save.
### END SOLUTION
"""

# %% [markdown]
r"""
## What you can now claim
"""

# %% claims
rng = np.random.default_rng(2)
tables = [best_line_accuracy(corners, np.array(table)) for table in itertools.product([0, 1], repeat=4)]
tosses = [best_line_accuracy(rng.normal(size=(6, 2)), rng.integers(0, 2, size=6), 360) for _ in range(100)]
resting = walk_downhill(xor_loss, np.array([4.0, 4.0, -2.0]), 1.0, 400)[-1]
anywhere, some_w, some_b = rng.normal(size=(10_000, 2)), rng.normal(size=2), rng.normal()
scores = neuron(anywhere, some_w, some_b)
moved = int(np.sum((1 / (1 + np.exp(-scores)) > 0.5) != (scores > 0)))
Markdown(f"""
| | claim | what you measured |
|---|---|---|
| S4 | Often no straight line separates two classes. True, and soon it is the rule: of all classes for 6 points in general position (no three of them on one line) a line parts half, for 12 points 3.3 % (Cover 1965). | Best line on XOR: {best_line_accuracy(corners, lamp):.2f}. Lowest logistic loss: {xor_loss(resting):.4f}, which is ln 2. Truth tables of two inputs that a line parts: {sum(np.isclose(tables, 1))} of {len(tables)}. Six random points with random classes: {sum(np.isclose(tosses, 1))} of {len(tosses)}. |
| S11 | Inputs and one output neuron are not enough. True for the raw inputs (Minsky and Papert 1969 proved such limits, for example for parity, the XOR of many inputs); a sigmoid at the output does not help, and better inputs would. | Of {len(anywhere):,} points, {moved} change their class when the sigmoid is put behind the score. With two neurons in between: {int(np.sum(np.asarray(xor_from_lines(corners)) == lamp))} of 4 points right. |

**Next:** you added neurons to get a second line. There is a cheaper trick: keep the one line and bend the inputs. What new input would make XOR a matter of one neuron?
""")

# %% [markdown]
r"""
## Further

The rest is for those who want it; the course goes on without it.

### Further 1: a proof that fits in your hand

The four margins of XOR sum to zero, and that settled it.
Can one always find such a sum when no line works?
Not always with equal shares, but with the right ones: numbers $\alpha_i \ge 0$ ("alpha"), one a point and not all zero, such that the margins, weighted by them, cancel for *every* choice of weights and bias.

Write each point as a row $(x, 1)$, with the constant 1 for the bias, so that the score is the row times $(w, b)$.
Multiply the row by the **class sign**: $+1$ for class 1, $-1$ for class 0. Now row times $(w, b)$ is the margin.
The margins cancel for every $(w, b)$ exactly when the rows themselves do:

$$\sum_i \alpha_i \, s_i \, (x_i, 1) \;=\; (0, \dots, 0), \qquad s_i = \pm 1.$$

Such numbers are a **certificate**: anybody can check them with a few multiplications, without trusting your search.
Gordan (1873) proved that exactly one of two things is true: either a line parts the classes, or a certificate exists.

In the plane a certificate has a shape. The last column says that both classes carry the same total weight; the others say that both classes, mixed with these weights, have the same centre of mass.
"""

# %% figure
figure, ax = plotting.new(width=330, height=390)
ax.set(xlim=(-0.4, 1.4), ylim=(-0.4, 1.4), xlabel="$x_1$", ylabel="$x_2$")
ax.plot([0, 1], [0, 1], color=plotting.BLUE, linewidth=1.5)
ax.plot([0, 1], [1, 0], color=plotting.ORANGE, linewidth=1.5, linestyle="--")
plotting.points(ax, corners, lamp)
ax.plot(0.5, 0.5, "s", color=plotting.BLACK, markersize=7)
ax.text(0.68, 0.5, "both classes\nmeet here", va="center", fontsize=9)
crossing = corners[lamp == 0].mean(axis=0)
plotting.show(figure, f"The four points of XOR. The middle of class 0 is ({crossing[0]}, {crossing[1]}), and so is the middle of class 1: the two diagonals cross there, "
                      "so no line has one class on either side.")

# %% [markdown]
r"""
Finding candidates is a craft of its own (the one below is non-negative least squares, after Lawson and Hanson 1974), so here is a finder.
Give it rows, and it returns numbers $\ge 0$, the largest of them 1, whose weighted sum of the rows comes as close to zero as it can.
It always returns something, and it does not say whether it got there.
"""


# %%
def find_candidate(rows):
    """Return numbers a >= 0, the largest 1, whose sum of a[i] * rows[i] comes close to zero: to zero, if it can."""
    A = np.vstack([np.transpose(rows), np.ones(len(rows))])
    target = np.zeros(len(A))
    target[-1] = 1
    a, used = np.zeros(len(rows)), np.zeros(len(rows), dtype=bool)
    for _ in range(10 * len(rows)):
        pull = np.where(used, 0, A.T @ (target - A @ a))
        if pull.max() < 1e-12:
            break
        used[pull.argmax()] = True
        best = np.zeros(len(rows))
        best[used] = np.linalg.lstsq(A[:, used], target, rcond=None)[0]
        while best.min() < 0:  # go towards it as far as all stay positive, and drop who reached zero
            falling = np.flatnonzero(best < 0)
            reach = a[falling] / (a[falling] - best[falling])
            a = a + reach.min() * (best - a)
            used[falling[reach.argmin()]] = False
            a, best = np.where(used, a, 0), np.zeros(len(rows))
            best[used] = np.linalg.lstsq(A[:, used], target, rcond=None)[0]
        a = best
    return a / a.max()


print(find_candidate(np.array([[1.0], [-2.0]])), " since  1 * 1 + 0.5 * (-2) = 0")

# %% [markdown]
r"""
Write `nonseparability_certificate`: prepare the rows, ask the finder, make the numbers sum to 1, and **check** them: if any column of the weighted sum is further from zero than $10^{-9}$, there is no certificate, and the answer is `None`.

Worked example: on a line, class 0 at 0 and 2, class 1 at 1. The rows with their signs are $(0, -1)$, $(-2, -1)$, $(1, 1)$, and $\tfrac14, \tfrac14, \tfrac12$ make them cancel.
"""


# %% exercise="nonseparability_certificate"
def nonseparability_certificate(X, y):
    """Return numbers alpha that prove that no line parts the classes, or None if a line does.

    alpha has the shape (n,) and the sum 1, and no number in it is negative.

    X: points, shape (n, d). y: their classes, 0 or 1, shape (n,).
    With the class signs s = +1 or -1, the sum of alpha[i] * s[i] * (X[i], 1) is zero in all d + 1 columns.

    >>> nonseparability_certificate(np.array([[0.0], [2.0], [1.0]]), np.array([0, 0, 1]))
    array([0.25, 0.25, 0.5 ])
    """
    ### BEGIN SOLUTION
    signs = np.where(y == 1, 1, -1)
    rows = signs[:, None] * np.column_stack([X, np.ones(len(X))])
    alpha = find_candidate(rows)
    alpha = alpha / alpha.sum()
    return None if np.abs(alpha @ rows).max() > 1e-9 else alpha
    ### END SOLUTION


# %% [markdown] hints="nonseparability_certificate"
r"""
The margin of a point is its row times $(w, b)$. What has to be in the row so that this is true for the bias, and for a point of class 0?

`np.column_stack` puts a column of ones beside `X`; `np.where` turns classes into signs, which must be a column to multiply rows. `alpha @ rows` is the weighted sum that you have to check.
"""

# %% check="nonseparability_certificate" points=4
import numpy as np


def certificate(places, classes):
    alpha = nonseparability_certificate(np.array(places, dtype=float), np.array(classes))
    if alpha is None:
        return None, None
    alpha = np.asarray(alpha)
    assert alpha.shape == (len(classes),), f"A certificate has one number a point, shape ({len(classes)},); yours has the shape {alpha.shape}."
    signs = np.where(np.array(classes) == 1, 1.0, -1.0)
    return alpha, (alpha * signs) @ np.column_stack([np.array(places, dtype=float), np.ones(len(classes))])


apart = [[1.0, 0.0], [2.0, 0.0], [1.0, 3.0], [2.0, 3.0]]
alpha, rest = certificate(apart, [0, 1, 0, 1])
assert alpha is None or not (np.allclose(rest[:2], 0, atol=1e-9) and abs(rest[2]) > 1e-9), (
    f"The line x1 = 1.5 parts these four points, yet you return {alpha.round(3)}. Two columns cancel, but the two classes carry different weights, "
    f"{rest[2]:+.3f} apart: what in the row stands for the bias, the constant 1?")
corner_points = [[0, 0], [0, 1], [1, 0], [1, 1]]
xor_alpha, xor_rest = certificate(corner_points, [0, 1, 1, 0])
assert xor_alpha is not None, (
    "XOR has a certificate, and yours is None. If all rows end in +1, no weights can make the last column cancel: multiply each row by its class sign first.")
assert xor_alpha.min() >= 0, f"alpha has to be >= 0 everywhere, yours for XOR is {xor_alpha}."
assert abs(xor_rest[-1]) < 1e-9 or xor_alpha[[1, 2]].sum() > 1e-9, (
    f"For XOR yours is {xor_alpha.round(3)}: all the weight lies on class 0. As a sign, the class 0 makes a row vanish; which sign should it have?")
assert abs(xor_alpha.sum() - 1) < 1e-9, f"The numbers should sum to 1; for XOR yours are {xor_alpha.round(3)} and sum to {xor_alpha.sum():.3g}."
assert np.abs(xor_rest).max() < 1e-9, f"For XOR your alpha {xor_alpha.round(3)} leaves {xor_rest.round(3)} where all columns should be zero."
assert alpha is None, (
    f"The line x1 = 1.5 parts the points {apart} with the classes 0, 1, 0, 1, yet you return {alpha.round(3)}. Its weighted sum of the rows is {rest.round(3)}: "
    "the finder always returns something, and nobody looked at what is left.")
alpha, rest = certificate([[0.0], [2.0], [1.0]], [0, 0, 1])
assert alpha is not None and np.allclose(alpha, [0.25, 0.25, 0.5]), f"In the worked example only 1/4, 1/4, 1/2 will do; yours is {alpha}."
print("nonseparability_certificate: for XOR it is", xor_alpha.round(3))
### BEGIN HIDDEN TESTS
rng = np.random.default_rng(205)
for d in (1, 2, 3, 5):
    for n in (d + 3, 3 * d + 5, 40):
        for scale in (0.3, 1.0, 12.0):
            X = rng.normal(size=(n, d)) * scale + rng.normal(size=d)
            y = rng.integers(0, 2, size=n)
            y[:2] = 0, 1
            # a point of class 0 in the midst of class 1 makes any line fail
            ones = np.flatnonzero(y == 1)
            shares = rng.dirichlet(np.ones(len(ones)))
            X[0] = shares @ X[ones]
            kept = X.copy(), y.copy()
            alpha, rest = certificate(X, y)
            assert alpha is not None, f"No line parts these {n} points in {d} dimensions, but you found no certificate."
            assert alpha.min() >= 0 and abs(alpha.sum() - 1) < 1e-9, f"alpha has the smallest value {alpha.min():.2g} and the sum {alpha.sum():.6f}."
            assert np.abs(rest).max() < 1e-9, f"Your certificate for {n} points in {d} dimensions leaves {np.abs(rest).max():.2g}."
            nonseparability_certificate(X, y)
            assert np.array_equal(kept[0], X) and np.array_equal(kept[1], y), "nonseparability_certificate changed the points or the classes."
            # the same points, parted: class 1 where a random score is well above 0
            w = rng.normal(size=d)
            w /= np.linalg.norm(w)
            score = kept[0] @ w - np.median(kept[0] @ w)
            parted = kept[0] + np.where(score > 0, 0.5, -0.5)[:, None] * w * scale
            labels = (score > 0).astype(int)
            labels = 1 - labels if rng.random() < 0.5 else labels
            assert nonseparability_certificate(parted, labels) is None, f"A line parts these {n} points in {d} dimensions, but you return a certificate."
assert nonseparability_certificate(rng.normal(size=(6, 2)), np.ones(6, dtype=int)) is None, "Six points of one class need no parting."
### END HIDDEN TESTS

# %% [markdown]
r"""
### Further 2: count the rules that a line can part

With $n$ switches there are $2^n$ corners, and $2^{2^n}$ ways to give each corner its class: 4, 16, 256, 65,536 ways.
`list(itertools.product([0, 1], repeat=3))` lists the eight corners for three switches, and with `repeat=8` it lists all 256 ways to give them classes.

Write `count_separable`: how many of these rules can a line part (with three switches: a plane)?
Your certificate tells for each of them, and so would the perceptron of lesson 01, with patience.

Worked example: one switch has two corners and four rules (always off, as the switch, against the switch, always on), and a cut parts each of them: 4.
"""


# %% exercise="count_separable"
def count_separable(n):
    """Return how many of the 2 ** (2 ** n) rules for n switches a straight cut can part, an int.

    n: 1, 2 or 3.

    >>> count_separable(1)
    4
    """
    ### BEGIN SOLUTION
    places = np.array(list(itertools.product([0.0, 1.0], repeat=n)))
    rules = itertools.product([0, 1], repeat=len(places))
    return sum(nonseparability_certificate(places, np.array(rule)) is None for rule in rules)
    ### END SOLUTION


# %% [markdown] hints="count_separable"
r"""
How many corners does a rule have to give a class to, and which of the sixteen rules for two switches fail?

One loop over `itertools.product([0, 1], repeat=2**n)`. For each rule, a certificate or `None`: which of the two counts? A rule that is 0 everywhere is parted by a line far away.
"""

# %% check="count_separable" points=3
found = count_separable(2)
assert found != 2, "Yours says 2 for two switches. Those are the rules that a line can not part."
assert found != 15, "Yours says 15 of 16. XOR fails, and so does its mirror image, 'both alike': a rule and its opposite are two rules."
assert found != 12, "Yours says 12 of 16. 'Always on' and 'always off' are rules as well, and a line far away from all corners parts them."
assert found == 14, f"Of the 16 rules for two switches a line parts 14; yours says {found}."
found = count_separable(1)
assert found == 4, f"With one switch all 4 rules can be parted; yours says {found}."
print("count_separable: 14 of 16 for two switches. How many of 256 for three?")
### BEGIN HIDDEN TESTS
import itertools

# an independent witness: every rule that some neuron with small whole weights computes (enough for three switches)
reached = set()
for w1, w2, w3, b in itertools.product(range(-3, 4), range(-3, 4), range(-3, 4), [k + 0.5 for k in range(-10, 10)]):
    reached.add(tuple(w1 * i + w2 * j + w3 * k + b > 0 for i, j, k in itertools.product([0, 1], repeat=3)))
assert count_separable(3) == len(reached), f"For three switches neurons with small weights already compute {len(reached)} rules; yours says {count_separable(3)}."
### END HIDDEN TESTS

# %% figure
for n in (1, 2, 3):
    print(f"{n} switch{'es' if n > 1 else ''}: {count_separable(n):3d} of {2 ** 2**n:3d} rules, {100 * count_separable(n) / 2 ** 2**n:.1f} %")

# %% [markdown]
r"""
With four switches 1,882 of 65,536 are left, under 3 %.

### Further 3: Cover's count

For corners of a cube one has to count. For points in **general position** (in the plane: no three on one line) Cover (1965) has a formula that does not even ask where the points are.

Each new point doubles the number of ways to give classes.
But the number of ways that a straight cut can part grows more slowly: a new point adds a way only for those cuts that can be moved through it.
The result, for $N$ points and a neuron with $D$ free numbers, is

$$C(N, D) \;=\; 2 \sum_{k=0}^{D-1} \binom{N-1}{k},$$

where $\binom{n}{k}$ ("n choose k", `math.comb(n, k)` in Python) counts the ways to pick $k$ things out of $n$.
Cover counts cuts through the origin, for which $D$ is the number of weights; a neuron that also has a bias has one free number more than it has inputs.

Write `cover_fraction`: the share of all $2^N$ ways that a neuron with $d$ inputs *and a bias* can part.

Worked example: one input ($d = 1$) and $N = 3$ points on a line: of the 8 ways only 0 1 0 and 1 0 1 fail, so the share is 6/8 = 0.75.
"""


# %% exercise="cover_fraction"
def cover_fraction(N, d):
    """Return the share (0 to 1) of all 2 ** N ways that one neuron with a bias can part.

    N: how many points, in general position. d: how many inputs the neuron has.

    >>> cover_fraction(3, 1)
    0.75
    """
    ### BEGIN SOLUTION
    return 2 * sum(math.comb(N - 1, k) for k in range(d + 1)) / 2**N
    ### END SOLUTION


# %% [markdown] hints="cover_fraction"
r"""
In the plane a neuron has two weights and a bias. What is $D$, and at which $k$ does the sum end?

Python's `range(n)` ends at $n - 1$. Try your function on the worked example, where the sum has two terms, 1 and 2.
"""

# %% check="cover_fraction" points=2
found = cover_fraction(4, 2)
assert found is not None, "Your cover_fraction ends without return, so its result is None."
assert abs(found - 0.5) > 1e-9, (
    "For 4 points in the plane yours says 0.5. With 3 free numbers the sum has 3 terms; yours seems to have 2: did you count the bias?")
assert abs(found - 1) > 1e-9, "For 4 points in the plane yours says 1, so even XOR could be parted: the sum has one term too many."
assert abs(found - 7 / 16) > 1e-9, "For 4 points in the plane yours says 7/16. Swap all classes and the same line works: each way counts twice, hence the 2."
assert abs(found - 14) > 1e-9, "For 4 points in the plane yours says 14. That is the count; the share is what remains of all 16 ways."
assert abs(found - 0.875) < 1e-9, f"For 4 points in the plane the share is 14/16 = 0.875, as in your truth tables; yours is {found:.4g}."
found = cover_fraction(3, 1)
assert abs(found - 0.75) < 1e-9, f"For 3 points on a line the share is 0.75; yours is {found:.4g}."
found = cover_fraction(3, 5)
assert abs(found - 1) < 1e-9, f"3 points in 5 dimensions can always be parted, share 1; yours is {found:.4g}."
print("cover_fraction: for 6 points in the plane it is", cover_fraction(6, 2))
### BEGIN HIDDEN TESTS
import numpy as np

rng = np.random.default_rng(207)
# an independent witness: Cover's recursion C(N + 1, D) = C(N, D) + C(N, D - 1), in exact whole numbers
count = {(1, D): 2 for D in range(1, 15)}
for N in range(1, 70):
    for D in range(1, 15):
        count[N + 1, D] = count[N, D] + (count[N, D - 1] if D > 1 else 0)
for _ in range(60):
    N, d = int(rng.integers(1, 70)), int(rng.integers(1, 13))
    exact = count[N, d + 1] / 2**N
    found = cover_fraction(N, d)
    assert abs(found - exact) < 1e-9 * exact, f"For {N} points in {d} dimensions the share is {exact:.6g}, yours is {found:.6g}."
assert abs(cover_fraction(2 * 25, 24) - 0.5) < 1e-12, "With twice as many points as free numbers the share is one half."
### END HIDDEN TESTS

# %% [markdown]
r"""
**Predict, then move the slider.** Where does the curve pass one half, and what happens to that place when the points have more dimensions?
For points in the plane the figure also tosses a coin for the classes of $N$ random points, three hundred times, and counts how often a line parts them.
"""

# %% figure
cover_curve(cover_fraction)

# %% [markdown]
r"""
The curve passes one half at twice as many points as the neuron has free numbers: at 6 in the plane.
Below that a line mostly exists, above it mostly not, and with many dimensions the fall becomes a cliff.
Cover also drew the other conclusion: give the same points more dimensions, and a cut becomes likely.
That is the idea of lesson 03.
"""
