# %% [markdown]
r"""
# Draw a line with one neuron

By the end you will read a neuron's three numbers as a line, and you will have taught one to find its line by itself, knowing beforehand that it must stop.

An estate agent keeps a list of the houses in one street.
For each she notes two things: how large it is and what is asked for it.
Then she waits a month and writes down whether it was sold.

Next week another house will be put up for sale.
Two numbers go in, one answer should come out: sold, or not?
What is the least that something has to do, to get from the two numbers to the answer?
"""

# %%
from course_utils import plotting, predictions
from course_utils.figures.one_line import line_sliders, perceptron_player, sheet

import numpy as np
from IPython.display import Markdown

# %% [markdown]
r"""
## Fourteen houses

Both numbers are compared with the average of the street.
An area of 2 means twenty square metres more than average, a price of -1 means ten thousand less than average.
Each number that describes a house is called a **feature**, and the answer is its **class**: 1 for sold, 0 for not sold.
"""

# %%
table = np.array([
    # area, price, sold
    [-1.3, 1.2, 0], [1.6, 3.4, 0], [-1.1, -1.2, 1], [-3.1, -3.1, 1], [-0.3, 2.2, 0], [-0.1, -0.4, 1], [0.7, 0.6, 1],
    [1.7, 0.9, 1], [2.4, 2.2, 1], [-2.0, 1.0, 0], [0.4, 2.9, 0], [-3.5, -0.8, 0], [2.6, -1.0, 1], [-2.3, -2.2, 1],
])
houses, sold = table[:, :2], table[:, 2].astype(int)

# %% figure
figure, ax = plotting.new()
plotting.points(ax, houses, sold, names=("not sold", "sold"))
ax.set(xlabel="area", ylabel="price")
plotting.show(
    figure,
    f"Area and price of the houses. {plotting.describe(houses, sold)} Class 1, the sold ones, are large for their price.",
)

# %% [markdown]
r"""
Neither feature decides alone: there are small houses that were sold and large ones that were not.
But lay a ruler on the screen.
Where would you put it, so that the sold houses lie on one side of it and the others on the other?
"""

# %% [markdown]
r"""
## Weigh, add, compare

Every square metre speaks for the house, and every banknote against it.
So give each feature a number that says how much it counts, and in which direction.
These numbers are called **weights**: $w_1$ for the area, $w_2$ for the price.
Add one more number $b$, the **bias**, which says how willing the street is to buy at all, before anything is known about the house.
The sum is the **score**:

$$\text{score} \;=\; w_1\, x_1 + w_2\, x_2 + b.$$

If the score is above 0, we say sold.
If it is not, we say not sold.

That is all there is to an artificial **neuron**: it weighs its inputs, adds them up, and compares with 0.
McCulloch and Pitts described such all-or-nothing neurons in 1943, as a picture of what a nerve cell does when it fires.

Take $w_1 = 1$, $w_2 = -1$, $b = 1$ and the house with area 1.7 and price 0.9.
Its score is $1 \cdot 1.7 - 1 \cdot 0.9 + 1 = 1.8$, which is above 0: sold.
A house that is average in everything scores 1, the bias alone.
"""

# %% [markdown]
r"""
### Exercise 1: score many houses at once

Write `neuron`.
The points stand in rows: `X` has one row for each point and one column for each feature.
The weights `w` are one number for each feature, the bias `b` is a single number.
Return one score for each point.

Worked example: the weights 1 and -1 with the bias 1 give the house (1.7, 0.9) the score 1.8 and the average house (0, 0) the score 1.
"""


# %% exercise="neuron"
def neuron(X, w, b):
    """Return the score of every point, an array of shape (n,).

    X: array of shape (n, d), one row per point. w: array of shape (d,). b: a number.

    >>> neuron(np.array([[1.7, 0.9], [0.0, 0.0]]), np.array([1.0, -1.0]), 1.0)
    array([1.8, 1. ])
    """
    ### BEGIN SOLUTION
    return X @ w + b
    ### END SOLUTION


# %% [markdown] hints="neuron"
r"""
For one point, how many products are there, and how many numbers are left when you have added them up?

numpy has an operation that multiplies each row of a table with a list of weights, number by number, and adds up within the row: it is written `@`. Which of the two has to stand on the left?
"""

# %% check="neuron" points=2
import numpy as np

X = np.array([[2.0, 1.0], [0.0, 0.0], [-1.0, 3.0]])
w, b = np.array([1.0, -2.0]), 0.5
try:
    found = neuron(X, w, b)
except ValueError as error:
    raise AssertionError(
        f"X has 3 rows with 2 numbers each, w has 2 numbers, and your function stopped with: {error}. "
        "Each row of X should meet w, so X comes first.") from None
assert found is not None, "Your neuron ends without return, so its result is None."
found = np.asarray(found)
assert found.shape != (3, 2), (
    f"For the point (2, 1) yours returns {found[0]}: you return d = 2 numbers per point. A score is one number, so the products still have to be added up.")
assert found.shape != (3, 1), (
    "Yours returns a table with 3 rows and one column. The scores should be a plain row of 3 numbers, of shape (3,).")
assert found.shape == (3,), f"Three points have three scores, an array of shape (3,), but yours has the shape {found.shape}."
assert not np.isclose(found[1], 0), (
    "At (0, 0) the products are 0, only the bias 0.5 is left, and yours scores 0. Without a bias your plane always passes through the origin.")
assert np.isclose(found[1], 0.5), f"At (0, 0) only the bias 0.5 is left, but yours scores {found[1]:g}."
assert np.allclose(found, [0.5, 0.5, -6.5]), (
    f"With the weights 1 and -2 and the bias 0.5 the point (-1, 3) scores -1 - 6 + 0.5 = -6.5, but yours scores {found[2]:g}.")
try:
    found = np.asarray(neuron(np.array([[1.0, 2.0, 3.0]]), np.array([1.0, 10.0, 100.0]), 0.0))
except ValueError as error:
    raise AssertionError(f"A neuron may have any number of inputs. For a point with three, yours stopped with: {error}.") from None
assert np.allclose(found, 321), f"A neuron may have any number of inputs. With three, 1, 2 and 3, the weights 1, 10 and 100 and the bias 0 the score is 321, but yours is {found}."
print("neuron: one score for every point.")
### BEGIN HIDDEN TESTS
rng = np.random.default_rng(101)
for n, d in [(1, 1), (2, 2), (3, 3), (7, 1), (1, 5), (40, 2), (12, 30)]:
    X, w, b = rng.normal(size=(n, d)), rng.normal(size=d), float(rng.normal())
    kept = X.copy(), w.copy()
    found = np.asarray(neuron(X, w, b))
    truth = [sum(X[i, j] * w[j] for j in range(d)) + b for i in range(n)]
    assert found.shape == (n,), f"{n} points with {d} features have {n} scores, but yours has the shape {found.shape}."
    assert np.allclose(found, truth), f"With {d} features the first score should be {truth[0]:.3f}, yours is {found[0]:.3f}."
    assert np.array_equal(X, kept[0]) and np.array_equal(w, kept[1]), "neuron changed its arguments."
assert np.allclose(neuron(np.array([[1, 2], [3, 4]]), np.array([5, -6]), 7), [0, -2]), "With whole numbers the scores are wrong."
### END HIDDEN TESTS

# %% figure
figure, ax = plotting.new()
plotting.values(ax, lambda P: neuron(P, np.array([1.0, -1.0]), 1.0), limits=(-4, 4))
plotting.points(ax, houses, sold, names=("not sold", "sold"))
ax.set(xlabel="area", ylabel="price")
scores = neuron(houses, np.array([1.0, -1.0]), 1.0)
plotting.show(
    figure,
    "The score of every point of the plane as a colour: orange above 0, blue below, white at 0. "
    f"The houses' scores run from {scores.min():.1f} to {scores.max():.1f}. "
    "The white stripe is a straight line from the bottom left to the top right.",
)

# %% [markdown]
r"""
Here is your neuron's opinion of every house that could exist, orange for high scores and blue for low ones.
Look at the white stripe in between, where the score is 0.
It is straight.

Where the neuron changes its mind is called its **boundary**.
On one side of it the score is above 0, on the other below.
In the next figure you hold the three numbers in your hand.

**Predict, then move the sliders.** Start with $w_1 = 1$ and $w_2 = -1$. Where will the line cross the upright axis when the bias is 2? And when you then set $w_2$ to $-2$?
Then find a setting that puts all fourteen houses on their own side.
"""

# %% figure
line_sliders(houses, sold, names=("area", "price"))

# %% [markdown]
r"""
Three things to see.
The arrow is $w$ itself, drawn from the line: it stands at a right angle to the line and points to the side of class 1.
The weights turn the line.
The bias pushes it along the arrow without turning it, and on the right it shifts all the scores together by the same amount.

And the crossing?
With $w_2 = -1$ the line crosses the upright axis exactly at $b$, so one might think that the bias *is* the crossing.
With $w_2 = -2$ it is not.
"""

# %% [markdown]
r"""
### Exercise 2: from weights to slope and crossing

At school a line was $x_2 = \text{slope} \cdot x_1 + \text{intercept}$, and the **intercept** was where it crosses the upright axis.
Write `line_from_weights`: the slope and the intercept of the line where $w_1 x_1 + w_2 x_2 + b = 0$.

Worked example: with $w = (1, 2)$ and $b = -4$ the line crosses the upright axis where $2 x_2 - 4 = 0$, at $+2$.
One step to the right adds 1 to the score, so $x_2$ has to fall by $0.5$ to bring it back to 0: the slope is $-0.5$.

If $w_2$ is 0, the line is vertical. Then return the slope `np.inf` (infinitely steep) and the intercept `np.nan` (not a number).
"""


# %% exercise="line_from_weights"
def line_from_weights(w, b):
    """Return (slope, intercept) of the line w[0] x1 + w[1] x2 + b = 0; (inf, nan) if it is vertical.

    w: array of shape (2,), not (0, 0). b: a number.

    >>> line_from_weights(np.array([1.0, 2.0]), -4.0)
    (-0.5, 2.0)
    """
    ### BEGIN SOLUTION
    if w[1] == 0:
        return np.inf, np.nan
    return float(-w[0] / w[1]), float(-b / w[1])
    ### END SOLUTION


# %% [markdown] hints="line_from_weights"
r"""
What is left of the equation at the upright axis, where $x_1$ is 0, and what does it say about $x_2$?

Bring everything but $w_2 x_2$ to the other side and divide. What goes to the other side changes its sign. Ask about $w_2 = 0$ before you divide.
"""

# %% check="line_from_weights" points=3
import warnings

import numpy as np

found = line_from_weights(np.array([1.0, 2.0]), -4.0)
assert isinstance(found, (tuple, list)) and len(found) == 2, (
    f"line_from_weights should return two numbers, slope and intercept, but yours returns {found!r}.")
slope, intercept = found
assert not np.isclose(intercept, -4), (
    "With w = (1, 2) and b = -4 yours crosses the upright axis at -4, at the bias itself. That is right only when w2 = -1: "
    f"the score of (0, -4) is 0 + 2 (-4) - 4 = {0 + 2 * -4 - 4}, and not 0.")
assert np.isclose(intercept, 2), (
    f"With w = (1, 2) and b = -4 the score of (0, 2) is 0 + 4 - 4 = 0, so the intercept is 2, but yours is {intercept:g}.")
assert not np.isclose(slope, -2), (
    "With w = (1, 2) your slope is -2. One step to the right adds only 1 to the score, while one step up adds 2: which of the two needs more steps?")
assert np.isclose(slope, -0.5), (
    f"Your line goes through (2, {intercept + 2 * slope:g}). Plug your point back in: is w.x + b zero? It is 2 + 2 ({intercept + 2 * slope:g}) - 4 = "
    f"{2 + 2 * (intercept + 2 * slope) - 4:g}.")
try:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        found = line_from_weights(np.array([2.0, 0.0]), -6.0)
except (ZeroDivisionError, RuntimeWarning):
    raise AssertionError(
        "With w = (2, 0) and b = -6 the line is x1 = 3, and yours divides by zero. It is vertical: return (inf, nan).") from None
slope, intercept = found
assert np.isinf(slope) and np.isnan(intercept), (
    f"With w = (2, 0) the line x1 = 3 is vertical: the slope should be np.inf and the intercept np.nan, but yours are {slope} and {intercept}.")
print("line_from_weights: every point of your line scores 0.")
### BEGIN HIDDEN TESTS
rng = np.random.default_rng(102)
for trial in range(60):
    w, b = rng.normal(size=2) * rng.choice([0.1, 1, 20]), float(rng.normal() * 3)
    kept = w.copy()
    if trial % 6 == 0:
        w[0] = kept[0] = 0
    if trial % 7 == 0:
        w, kept, b = np.array([3, -4]), np.array([3, -4]), 6
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        slope, intercept = line_from_weights(w, b)
    for x1 in (-2.0, 0.0, 5.0):
        score = w[0] * x1 + w[1] * (slope * x1 + intercept) + b
        assert abs(score) < 1e-9 * (1 + abs(w).max() * (1 + abs(slope) * 5 + abs(intercept))), (
            f"With w = {w} and b = {b:.3f} your line passes at x1 = {x1:g} through a point with the score {score:.3g}, not 0.")
    assert np.array_equal(w, kept), "line_from_weights changed w."
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        slope, intercept = line_from_weights(np.array([float(rng.normal()), 0.0]), b)
    assert np.isinf(slope) and np.isnan(intercept), "A vertical line should give (inf, nan)."
### END HIDDEN TESTS

# %% [markdown]
r"""
The two numbers mean something in the street.
The slope $-w_1 / w_2$ is the extra price that ten more square metres can carry.
The intercept $-b / w_2$ is the price at which an average house is on the edge between sold and not sold.

### Exercise 3: push the bias

Keep $w = (1, 2)$ and raise the bias from $-4$ to $-2$.
What happens to the line?

- **a** It crosses the upright axis 2 higher than before.
- **b** It turns about the point where it crosses the upright axis.
- **c** It keeps its direction and crosses the upright axis 1 lower than before.
- **d** It stays where it is; only the scores change.
"""


# %% exercise="bias_move"
def bias_move():
    """Return the letter of the right answer, for example "a"."""
    ### BEGIN SOLUTION
    return "c"
    ### END SOLUTION


# %% [markdown] hints="bias_move"
r"""
Which points score 0 with the old bias, and what do the same points score with the new one?

Ask your `line_from_weights` for both lines and compare slope and intercept.
"""

# %% check="bias_move" points=1
import hashlib

answer = bias_move()
assert isinstance(answer, str) and answer.strip().lower() in list("abcd"), f"bias_move should return one of the letters a, b, c, d, but yours returns {answer!r}."
digest = hashlib.sha256(f"bias_move {answer.strip().lower()}".encode()).hexdigest()[:8]
said = {
    "94c4a5b4": "The score rises by 2, that is true, but the line is where the score is 0: at (0, 4) the new score is 0 + 8 - 2 = 6.",
    "c1dafb83": "A line turns when one weight changes against the other. Here both weights stay as they are.",
    "586503ba": "Put in a point of the old line, (0, 2): its old score was 0 and its new score is 2. Is it still on the line?",
}
assert digest not in said, said[digest]
assert digest == "5eb30667", f"The answer {answer!r} does not fit what line_from_weights says of the two lines."
print("bias_move: the bias pushes the line, and the weights say how far.")
### BEGIN HIDDEN TESTS
assert bias_move().strip().lower() == "c", "Compare the two lines: slope -0.5 and intercept 2, then slope -0.5 and intercept 1."
### END HIDDEN TESTS

# %% [markdown]
r"""
## Three numbers, and one too many

A line on paper is settled by two numbers, its slope and its intercept.
The neuron has three.
So something about the three must be free to change while the line stays.
"""

# %% predict="ten-times"
predictions.ask(
    "ten-times",
    "Both weights and the bias of a neuron become 10 times as large. What changes?",
    [
        "The line becomes ten times as steep",
        "The line moves ten times as far from the origin",
        "Only the scores: they become ten times as large",
        "Nothing at all",
    ],
)

# %% [markdown]
r"""
To see it, give the score a direction of its own: upwards.
The plane of the houses is the floor, and over every point of the floor hangs the score that the neuron gives it, above the floor if it is positive and below if it is negative.
All these scores together form a sheet, and the sheet is flat.
It cuts the floor along the line.

**Predict, then move the slider.** Multiply $w$ and $b$ by 10. Then by $-1$. What happens to the sheet, and what to the line?
"""

# %% figure
sheet(houses, sold, np.array([1.0, -1.0]), 1.0, names=("area", "price"))

# %% figure
ten, one = (neuron(houses, factor * np.array([1.0, -1.0]), factor * 1.0) for factor in (10, 1))
predictions.reveal(
    "ten-times",
    "Only the scores: they become ten times as large",
    "The line is where the score is 0, and ten times 0 is 0. "
    f"The largest score of a house grew from {one.max():.1f} to {ten.max():.1f}.",
)

# %% [markdown]
r"""
The sheet tips up like a drawbridge, and its hinge stays on the floor.
With a factor below 0 it tips over: the line is still the same, but the sold side has become the unsold side.

### Exercise 4: the same line?

Two neurons come from two different workshops.
Write `same_line`: return `'same'` if they have the same line and the same side above 0, `'flipped'` if they have the same line with the sides exchanged, and `'different'` if their lines differ.

Worked example: $w = (1, 2)$, $b = -4$ and $w = (3, 6)$, $b = -12$ are `'same'`, for the second is three times the first.
"""


# %% exercise="same_line"
def same_line(w1, b1, w2, b2):
    """Return 'same', 'flipped' or 'different' for two neurons with two inputs each.

    w1, w2: arrays of shape (2,), not (0, 0). b1, b2: numbers.

    >>> same_line(np.array([1.0, 2.0]), -4.0, np.array([3.0, 6.0]), -12.0)
    'same'
    """
    ### BEGIN SOLUTION
    first = np.append(w1, b1) / np.linalg.norm(w1)
    second = np.append(w2, b2) / np.linalg.norm(w2)
    if np.allclose(first, second):
        return "same"
    return "flipped" if np.allclose(first, -second) else "different"
    ### END SOLUTION


# %% [markdown] hints="same_line"
r"""
If one neuron is the other one times a factor, how could you rescale both so that the factor is gone?

The length of the arrow $w$ is $\sqrt{w_1^2 + w_2^2}$, and `np.linalg.norm(w)` computes it. Divide all three numbers of a neuron by the length of its arrow: then compare all three, with `np.allclose`, because computers round.
"""

# %% check="same_line" points=3
import warnings

import numpy as np


def verdict(w1, b1, w2, b2):
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            found = same_line(np.array(w1, dtype=float), float(b1), np.array(w2, dtype=float), float(b2))
    except (RuntimeWarning, ZeroDivisionError):
        raise AssertionError(
            f"With the weights {w1} and {w2} and the biases {b1} and {b2} yours divides by zero. One of these numbers may be 0, but never both weights of a neuron: "
            "which quantity of a neuron is safe to divide by?") from None
    assert isinstance(found, str) and found in ("same", "flipped", "different"), (
        f"same_line should return 'same', 'flipped' or 'different', but yours returns {found!r}.")
    return found


found = verdict((1, 2), -4, (1, 2), -4)
assert found == "same", f"Compared with itself the neuron w = (1, 2), b = -4 is {found!r}, says yours."
found = verdict((1, 2), -4, (3, 6), -12)
assert found != "different", (
    "w = (3, 6), b = -12 is three times w = (1, 2), b = -4, and yours calls the lines different. Both lines go through (0, 2) and (4, 0): "
    "the numbers may differ by their scale.")
assert found == "same", f"w = (3, 6), b = -12 is three times w = (1, 2), b = -4: the same line and the same sides, but yours says {found!r}."
found = verdict((1, 2), -4, (-1, -2), 4)
assert found != "same", (
    "w = (1, 2), b = -4 gives the point (4, 4) the score 8, and w = (-1, -2), b = 4 gives it -8. The line is the same, "
    "but the sides are exchanged, and yours says 'same'.")
assert found == "flipped", f"w = (-1, -2), b = 4 has the same line as w = (1, 2), b = -4 with the sides exchanged, but yours says {found!r}."
found = verdict((1, 2), -4, (1, 2), -3)
assert found == "different", (
    f"w = (1, 2) with b = -4 and with b = -3 are parallel lines: one goes through (0, 2), the other through (0, 1.5). Yours says {found!r}.")
found = verdict((2, 0), -6, (1, 0), -3)
assert found == "same", f"w = (2, 0), b = -6 and w = (1, 0), b = -3 are both the upright line x1 = 3, but yours says {found!r}."
found = verdict((0.1, 0.2), 0.3, (0.3, 0.6), 0.9)
assert found == "same", (
    f"w = (0.3, 0.6), b = 0.9 is three times w = (0.1, 0.2), b = 0.3, but yours says {found!r}. On a computer 3 times 0.1 is 0.30000000000000004.")
print("same_line: judged by the line and its sides, not by the numbers.")
### BEGIN HIDDEN TESTS
rng = np.random.default_rng(104)
for trial in range(80):
    w, b = rng.normal(size=2), float(rng.normal())
    if trial % 5 == 0:
        w[trial % 2] = 0
    if trial % 7 == 0:
        b = 0.0
    factor = float(rng.uniform(0.05, 20))
    kept = w.copy()
    assert verdict(w, b, factor * w, factor * b) == "same", f"A factor {factor:.3g} on w = {w} and b = {b:.3g} should leave the line the same."
    assert verdict(-factor * w, -factor * b, w, b) == "flipped", f"A factor {-factor:.3g} should exchange the sides (w = {w}, b = {b:.3g})."
    shift = float(rng.choice([-1, 1]) * rng.uniform(0.2, 2))
    assert verdict(w, b, factor * w, factor * (b + shift)) == "different", "Parallel lines are different lines."
    assert verdict(w, b, -factor * w, factor * (b + shift) + 0.0) == ("flipped" if np.isclose(b + shift, -b) else "different"), (
        "The same arrow turned round, with another bias, is another line.")
    turned = w + rng.choice([-1, 1]) * rng.uniform(0.3, 1) * np.array([-w[1], w[0]])
    assert verdict(w, b, turned, b) == "different", "Lines of different directions are different."
    assert np.array_equal(kept, w), "same_line changed its arguments."
### END HIDDEN TESTS

# %% [markdown]
r"""
## How far is a house from the line?

If ten times the numbers give ten times the score, the score cannot be a distance.
But it is almost one.
Walk from the line straight along the arrow $w$: with every step of length 1 the score grows by the length of the arrow, $\lVert w \rVert = \sqrt{w_1^2 + w_2^2}$.

### Exercise 5: measure the distance

Write `signed_distance`: how far each point is from the boundary, counted positive on the side where the score is above 0 and negative on the other side.
It should not change when $w$ and $b$ are multiplied by the same positive number.

Worked example: with $w = (3, 4)$ and $b = -5$ the arrow has the length 5.
The point (3, 4) has the score $9 + 16 - 5 = 20$, and its distance is 4.
The origin has the score $-5$ and the distance $-1$.
"""


# %% exercise="signed_distance"
def signed_distance(X, w, b):
    """Return for every point its distance from the boundary, negative where the score is below 0: shape (n,).

    X: array of shape (n, d). w: array of shape (d,), not all 0. b: a number.

    >>> signed_distance(np.array([[3.0, 4.0], [0.0, 0.0]]), np.array([3.0, 4.0]), -5.0)
    array([ 4., -1.])
    """
    ### BEGIN SOLUTION
    return neuron(X, w, b) / np.linalg.norm(w)
    ### END SOLUTION


# %% [markdown] hints="signed_distance"
r"""
With every step along the arrow the score grows by the arrow's length. How many steps is it, then, from score 0 to score 20, if the arrow has length 5?

You have the scores already, from a function of your own. `np.linalg.norm(w)` is the length of the arrow; the bias has no part in it.
"""

# %% check="signed_distance" points=3
import numpy as np

X = np.array([[3.0, 4.0], [0.0, 0.0], [1.0, 0.5]])
w, b = np.array([3.0, 4.0]), -5.0
found = signed_distance(X, w, b)
assert found is not None, "Your signed_distance ends without return, so its result is None."
found = np.asarray(found)
assert found.shape == (3,), f"Three points have three distances, an array of shape (3,), but yours has the shape {found.shape}."
double = np.asarray(signed_distance(X, 2 * w, 2 * b))
assert not np.allclose(double, 2 * found), (
    f"At (3, 4) yours says {found[0]:g}, and {double[0]:g} after w and b were doubled. Double w and b: did the distance double? The line did not move.")
assert not np.allclose(double, found / 2), (
    f"At (3, 4) yours says {found[0]:g}, and {double[0]:g} after w and b were doubled: half of it. You divide by more than the arrow's length, which is 5 here.")
assert found[1] <= 0, (
    f"The origin scores -5 and lies on the side below 0, so its distance should be negative, but yours is {found[1]:g}: which side a point is on gets lost.")
assert np.isclose(found[0], 4), (
    f"The point (3, 4) is 4 away from the line: 4 steps of length 1 against the arrow lead to (0.6, 0.8), where the score is 0. Yours says {found[0]:g}.")
assert np.allclose(found, [4, -1, 0]), f"(3, 4), (0, 0) and (1, 0.5) have the distances 4, -1 and 0, but yours are {found}."
try:
    found = np.asarray(signed_distance(np.array([[1.0, 2.0, 3.0]]), np.array([2.0, 3.0, 6.0]), -5.0))
except ValueError as error:
    raise AssertionError(f"A point may have any number of coordinates. For one with three, yours stopped with: {error}.") from None
assert np.allclose(found, 3), (
    f"A point may have any number of coordinates. With three, (1, 2, 3), the arrow (2, 3, 6) of length 7 and the bias -5 the score is 21 and the distance 3, but yours is {found}.")
print("signed_distance: the ruler does not care how large w is.")
### BEGIN HIDDEN TESTS
rng = np.random.default_rng(105)
for d in (1, 2, 2, 3, 5, 50):
    for _ in range(4):
        X, w, b = 3 * rng.normal(size=(int(rng.integers(1, 30)), d)), rng.normal(size=d), float(rng.normal())
        kept = X.copy(), w.copy()
        found = np.asarray(signed_distance(X, w, b))
        assert found.shape == (len(X),), f"With {d} features the shape should be {(len(X),)}, yours is {found.shape}."
        feet = X - found[:, None] * w / np.sqrt((w**2).sum())
        assert np.abs(feet @ w + b).max() < 1e-9, f"With {d} features, walking your distance back against the arrow does not lead to the boundary."
        factor = float(rng.uniform(0.1, 30))
        assert np.allclose(signed_distance(X, factor * w, factor * b), found), "The distance changed when w and b were multiplied by one number."
        assert np.allclose(signed_distance(X, -w, -b), -found), "With the sides exchanged every distance should change its sign."
        assert np.array_equal(X, kept[0]) and np.array_equal(w, kept[1]), "signed_distance changed its arguments."
### END HIDDEN TESTS

# %% figure
figure, ax = plotting.new()
w, b = np.array([1.0, -1.0]), 1.0
far = signed_distance(houses, w, b)
for point, foot in zip(houses, houses - far[:, None] * w / np.linalg.norm(w)):
    ax.plot(*np.transpose([point, foot]), color=plotting.GREY, linewidth=1)
plotting.points(ax, houses, sold, names=("not sold", "sold"))
ax.set(xlim=(-4, 4), ylim=(-4, 4), xlabel="area", ylabel="price")
plotting.line(ax, w, b)
plotting.show(
    figure,
    "Each house with the shortest way to the line x1 - x2 + 1 = 0. "
    f"The nearest is {np.abs(far).min():.2f} away, the farthest {np.abs(far).max():.2f}.",
)

# %% [markdown]
r"""
## More than two features

Nothing in `neuron` or `signed_distance` says "two".
Add the age of the house as a third feature, and the points fill a room instead of a sheet of paper.
The boundary is then a flat wall through the room, a plane.
With fifty features nobody can draw it, but it is still flat, and it has one dimension less than the space it cuts: a **hyperplane**.

You can measure that.
Take random points and move each of them by its own signed distance straight back onto the boundary.
Then count in how many independent directions the points on the boundary spread.
"""

# %%
def onto_the_boundary(X, w, b):
    """Return for every point the nearest point that scores 0."""
    return X - signed_distance(X, w, b)[:, None] * w / np.linalg.norm(w)


rng = np.random.default_rng(0)
for d in (2, 3, 50):
    w, b = rng.normal(size=d), 1.0
    feet = onto_the_boundary(rng.normal(size=(200, d)), w, b)
    directions = np.linalg.matrix_rank(feet - feet[0])
    largest = np.abs(neuron(feet, w, b)).max()
    print(f"{d:2d} features: the boundary spreads in {directions:2d} directions; largest score on it {largest:.0e}")

# %% [markdown]
r"""
### Exercise 6: say it in one word

The score is a number, and the agent wants a word.
Write `classify`: class 1 where the score is above 0, class 0 where it is not.
A point exactly on the line is not above 0, so it belongs to class 0.

Worked example: with $w = (1, -1)$ and $b = 1$ the scores of (1.7, 0.9), (0, 1) and (0, 2) are 1.8, 0 and -1, and their classes 1, 0 and 0.
"""


# %% exercise="classify"
def classify(X, w, b):
    """Return the class of every point, 1 where the score is above 0 and 0 elsewhere: ints of shape (n,).

    X: array of shape (n, d). w: array of shape (d,). b: a number.

    >>> classify(np.array([[1.7, 0.9], [0.0, 1.0], [0.0, 2.0]]), np.array([1.0, -1.0]), 1.0)
    array([1, 0, 0])
    """
    ### BEGIN SOLUTION
    return (neuron(X, w, b) > 0).astype(int)
    ### END SOLUTION


# %% [markdown] hints="classify"
r"""
What does numpy return for `scores > 0`, and how do you turn that into zeros and ones?

An array of True and False becomes ints with `.astype(int)`. Look twice at what should happen when the score is exactly 0.
"""

# %% check="classify" points=1
import numpy as np

X = np.array([[3.0, 0.0], [0.25, 0.0], [0.0, 0.0], [-2.0, 0.0]])
found = classify(X, np.array([1.0, 5.0]), 0.0)
assert found is not None, "Your classify ends without return, so its result is None."
found = np.asarray(found)
assert found.shape == (4,), f"Four points have four classes, an array of shape (4,), but yours has the shape {found.shape}."
assert not (found == -1).any(), f"The classes are named 0 and 1, but yours returns {found}: below the line the name is 0, not -1."
assert np.isin(found, (0, 1)).all(), f"The classes are 0 and 1, but yours returns {found}."
assert found[0] == 1 and found[3] == 0, f"The score 3 belongs to class 1 and the score -2 to class 0, but yours says {found[0]:g} and {found[3]:g}."
assert found[2] == 0, "At (0, 0) the sum is exactly 0. The neuron fires only above 0, not at 0."
assert found[1] == 1, "The score 0.25 is above 0, and above 0 is class 1. Nobody asked for more than that."
print("classify: above the line is 1, everything else is 0.")
### BEGIN HIDDEN TESTS
rng = np.random.default_rng(106)
for d in (1, 2, 4, 9):
    X, w, b = rng.integers(-3, 4, size=(60, d)), rng.integers(-2, 3, size=d), int(rng.integers(-2, 3))
    truth = [int(sum(X[i, j] * w[j] for j in range(d)) + b > 0) for i in range(60)]
    assert np.array_equal(np.asarray(classify(X, w, b)), truth), f"With {d} features some classes are wrong."
    X, w, b = rng.normal(size=(60, d)) * 0.3, rng.normal(size=d), float(rng.normal() * 0.1)
    kept = X.copy()
    assert np.array_equal(np.asarray(classify(X, w, b)), [int(s > 0) for s in (X * w).sum(axis=1) + b]), f"With {d} features some classes are wrong."
    assert np.array_equal(X, kept), "classify changed its points."
### END HIDDEN TESTS

# %% figure
plotting.classes(
    houses, sold, predict=lambda P: classify(P, np.array([1.0, -1.0]), 1.0), title="What the neuron says of every house"
)

# %% [markdown]
r"""
## Let the neuron find its line

So far *you* chose the three numbers, with your eyes on the picture.
With fifty features there is no picture.
Who chooses then?

Rosenblatt (1958) had an answer that fits on a postcard, and he called the machine that followed it a **perceptron**.
Start with $w = (0, \dots, 0)$ and $b = 0$.
Look at the points one after the other, in their order.

- If a point of class 1 scores above 0, it is right. If a point of class 0 scores below 0, it is right. Leave everything as it is and go on.
- Otherwise it is a **mistake**. A score of exactly 0 counts as a mistake for both classes, because nothing has been decided yet.
- After a mistake at a point of class 1, add the point to $w$, number by number, and add 1 to $b$. After a mistake at a point of class 0, subtract the point from $w$, and 1 from $b$.

One look at every point is called a **pass** or an **epoch**.
When a whole pass brings no mistake, stop: every point is right.

Why add the point?
Because then its own score goes up: by $x_1^2 + x_2^2 + 1$, whatever the numbers are.
The line swings towards the point that was wrong.
It may swing too far and spoil another point, and that is what makes it interesting.

### Exercise 7: build the perceptron

Write `perceptron`.
Go through the points again and again, but at most `max_epochs` times.
Return the weights, the bias, and how many mistakes there were in all passes together.

Worked example: the points (1, 2) of class 1 and (2, 1) of class 0, in this order.
Pass 1: (1, 2) scores 0, a mistake, so $w = (1, 2)$, $b = 1$. (2, 1) scores 5 and should be below 0, a mistake, so $w = (-1, 1)$, $b = 0$.
Pass 2: (1, 2) scores 1 and is right, (2, 1) scores -1 and is right. No mistake in this pass, stop: 2 mistakes.
"""


# %% exercise="perceptron"
def perceptron(X, y, max_epochs):
    """Return (w, b, mistakes) of a perceptron that starts from zeros and goes through the points in order.

    X: array of shape (n, d). y: array of shape (n,), classes 0 and 1.
    max_epochs: how many passes through all points it may take at most; it stops after a pass without a mistake.
    A point of class 1 with a score <= 0 and a point of class 0 with a score >= 0 is a mistake.

    >>> perceptron(np.array([[1.0, 2.0], [2.0, 1.0]]), np.array([1, 0]), 10)
    (array([-1.,  1.]), 0.0, 2)
    """
    ### BEGIN SOLUTION
    w, b, mistakes = np.zeros(X.shape[1]), 0.0, 0
    for _ in range(max_epochs):
        before = mistakes
        for x, label in zip(X, y):
            side = 1 if label == 1 else -1
            if side * (x @ w + b) <= 0:
                w, b, mistakes = w + side * x, b + side, mistakes + 1
        if mistakes == before:
            break
    return w, b, mistakes
    ### END SOLUTION


# %% [markdown] hints="perceptron"
r"""
There are two loops, one inside the other: what does each of them go through, and which one has to end early when a pass was clean?

Turn the class into a sign first, 1 for class 1 and -1 for class 0. Then "right" is the same for both classes, a positive sign times score, and so is the correction. Count the mistakes of each pass, to know when to stop, and add them up.
"""

# %% check="perceptron" points=5
import numpy as np


def teach(X, y, max_epochs):
    found = perceptron(np.array(X, dtype=float), np.array(y), max_epochs)
    assert isinstance(found, (tuple, list)) and len(found) == 3, f"perceptron should return three things, w, b and mistakes, but yours returns {found!r}."
    w, b, mistakes = found
    w = np.asarray(w, dtype=float)
    assert w.shape == (len(X[0]),), f"With {len(X[0])} features w has the shape {(len(X[0]),)}, but yours has {w.shape}."
    assert np.ndim(b) == 0, f"The bias is one number, but yours is {b!r}."
    return w, float(b), mistakes


w, b, mistakes = teach([[1, 2]], [1], 10)
assert w.any(), "A point of class 1 alone, (1, 2): its first score is 0, and that is a mistake, but your weights are still (0, 0) at the end."
assert w[0] < 2, (
    f"A point of class 1 alone, (1, 2): after one correction it scores 6 and is right, but your w went on to {w}. A point that is right is left alone.")
assert np.allclose(w, [1, 2]), f"A point of class 1 alone, (1, 2): one correction makes w = (1, 2), but yours is {w}."
assert b != 0, (
    "A point of class 1 alone, (1, 2): your w is right, but b is still 0. If the bias never learns, every line it can find passes through the origin.")
assert b == 1, f"A point of class 1 alone, (1, 2): one correction makes b = 1, but yours is {b:g}."
w, b, mistakes = teach([[1, 2]], [0], 10)
assert w.any() or mistakes == 0, (
    "A point of class 0 alone, (1, 2): yours finds it wrong and corrects it by nothing at all. If you multiply by the class, remember that class 0 multiplies by 0.")
assert w.any(), (
    "A point of class 0 alone, (1, 2): at the start its score is exactly 0. Nothing is decided there, so it counts as a mistake, but yours lets it pass.")
assert w[0] < 0, f"A point of class 0 alone, (1, 2): its score should fall below 0, but your w is {w}. In which direction do you correct class 0?"
assert np.allclose(w, [-1, -2]) and b == -1, f"A point of class 0 alone, (1, 2): one correction makes w = (-1, -2) and b = -1, but yours are {w} and {b:g}."
assert mistakes != 0, (
    "A point of class 0 alone, (1, 2): yours corrects it once and then counts 0 mistakes. The last pass was clean, but add up the mistakes of all passes.")
assert mistakes == 1, f"A point of class 0 alone, (1, 2), is one mistake, but yours counts {mistakes}."

X, y = [[0, 1], [1, 0], [2, 2], [1, 3]], [0, 0, 1, 1]
w, b, mistakes = teach(X, y, 100)
scores = np.array(X) @ w + b
assert ((scores > 0) == y).all() and (scores != 0).all(), (
    f"The points (0, 1), (1, 0) of class 0 and (2, 2), (1, 3) of class 1 can be separated, but after at most 100 passes yours scores them {scores}. "
    "Does it go on until a whole pass is clean?")
assert mistakes == 7, f"On the four points (0, 1), (1, 0), (2, 2), (1, 3) there are 7 mistakes in all passes together, but yours counts {mistakes}."
w, b, mistakes = teach([[1, 0], [1, 0]], [1, 0], 3)
assert mistakes == 6, (
    f"One point that should be both classes can never be right. In 3 passes through its two copies there are 6 mistakes, but yours counts {mistakes}.")
try:
    w, b, mistakes = teach([[1, 2, 3]], [1], 10)
except ValueError as error:
    raise AssertionError(f"Points may have any number of coordinates. For one with three, (1, 2, 3), yours stopped with: {error}.") from None
assert np.allclose(w, [1, 2, 3]), f"A point of class 1 alone, (1, 2, 3): one correction makes w = (1, 2, 3), but yours is {w}."
print("perceptron: it stops when all is right, or when its time is over.")
### BEGIN HIDDEN TESTS
rng = np.random.default_rng(107)


def by_the_rule(X, y, max_epochs):
    w, b, total = [0] * X.shape[1], 0, 0
    for _ in range(max_epochs):
        clean = True
        for point, label in zip(X.tolist(), y.tolist()):
            s = sum(p * q for p, q in zip(point, w)) + b
            if (label == 1 and s <= 0) or (label == 0 and s >= 0):
                sign = 2 * label - 1
                w, b, total, clean = [q + sign * p for p, q in zip(point, w)], b + sign, total + 1, False
        if clean:
            break
    return np.array(w), b, total


for d in (1, 2, 2, 3, 4, 5):
    # whole numbers: no rounding, whatever the order of the sums
    u, c = rng.normal(size=d), float(rng.normal())
    u, c = u / np.sqrt((u**2).sum() + c**2), c / np.sqrt((u**2).sum() + c**2)
    X = rng.integers(-6, 7, size=(80, d))
    X = X[np.abs(X @ u + c) > 0.4][:40]
    y = (X @ u + c > 0).astype(int)
    largest, least = (X**2).sum(axis=1).max() + 1, np.abs(X @ u + c).min()
    for order in (np.arange(len(X)), rng.permutation(len(X))):
        P, q = X[order].astype(float if d % 2 else int), y[order]
        kept = P.copy(), q.copy()
        w, b, mistakes = perceptron(P, q, 10_000)
        scores = P @ np.asarray(w) + b
        assert ((scores > 0) == q).all() and (scores != 0).all(), f"With {d} features yours leaves points on the wrong side although a separating line exists."
        assert mistakes <= largest / least**2, f"With {d} features yours makes {mistakes} mistakes, more than the promised {largest / least**2:.0f}."
        right = by_the_rule(P, q, 10_000)
        assert np.allclose(w, right[0]) and np.isclose(b, right[1]) and mistakes == right[2], f"With {d} features the rule leads elsewhere: {right}."
        assert np.array_equal(P, kept[0]) and np.array_equal(q, kept[1]), "perceptron changed its arguments."
    y = rng.integers(0, 2, size=len(X))
    for passes in (1, 2, 5):
        w, b, mistakes = perceptron(X.astype(float), y, passes)
        right = by_the_rule(X, y, passes)
        assert np.allclose(w, right[0]) and np.isclose(b, right[1]) and mistakes == right[2], f"After {passes} passes w, b and mistakes should be {right}."
### END HIDDEN TESTS

# %% [markdown]
r"""
## A promise before it starts

Can it go on for ever, each correction spoiling an earlier one?
Novikoff (1962) proved that it cannot, if a separating line exists: there is a largest number of mistakes, and it can be computed from the points alone.

Two lengths are needed.
Give each point a third number, which is always 1: then the bias is a weight like the others, the weight of this 1.
Now $R$ (for radius) is the length of the longest point, and $g$ (for gap) is how far the best possible boundary stays away from the nearest point.
The perceptron makes at most $(R / g)^2$ mistakes.

For three numbers the best boundary takes no cleverness: try two hundred thousand and keep the best.
"""

# %%
with_one = np.column_stack([houses, np.ones(len(houses))])
# class 0 is turned round, all signs changed: now every score should be above 0
Z = np.where(sold == 1, 1, -1)[:, None] * with_one
boundaries = np.random.default_rng(1).normal(size=(200_000, 3))
boundaries = boundaries / np.linalg.norm(boundaries, axis=1, keepdims=True)
R = np.linalg.norm(Z, axis=1).max()
g = (Z @ boundaries.T).min(axis=0).max()
bound = (R / g) ** 2
print(f"R = {R:.2f}, g = {g:.2f}: at most {int(bound)} mistakes")

# %% [markdown]
r"""
Now your perceptron, on the houses, one correction at a time.

**Predict, then press Next.** After each mistake the point that was wrong has its way. Does the number of houses on their own side grow with every correction? And will the promise be used up?
"""

# %% figure
perceptron_player(houses, sold, perceptron, bound, names=("area", "price"))

# %% [markdown]
r"""
The count of correct houses goes up and down: a correction knows one point and does not ask the others.
It gets there nevertheless, well before the promised number.

## Why it must stop

The proof is short, and every line of it is school algebra.
Write $v = (w_1, w_2, b)$ for the neuron's three numbers, and $z$ for a point with its extra 1, turned round (all signs changed) if it is of class 0.
Then $v \cdot z$, the products number by number added up, is the score for class 1, and minus the score for class 0: it should be above 0 for every point.
A mistake means $v \cdot z \le 0$, and the correction replaces $v$ by $v + z$, for both classes.

Let $u$ be the best boundary, an arrow of length 1 with $u \cdot z \ge g$ for every point.
After $k$ mistakes:

1. Every correction adds $u \cdot z \ge g$ to $u \cdot v$. So $u \cdot v \ge k\, g$: the arrow $v$ makes steady progress in the right direction.
2. Every correction changes the squared length of $v$ to $\lVert v \rVert^2 + 2\, v \cdot z + \lVert z \rVert^2$. The middle part is not above 0, because it was a mistake, and the last is at most $R^2$. So $\lVert v \rVert^2 \le k R^2$: the arrow grows slowly.
3. Since $u$ has the length 1, the progress $u \cdot v$ is never larger than the length of $v$. So $k\, g \le \sqrt{k}\, R$, and that says $k \le (R / g)^2$.

Steady progress and slow growth cannot go together for ever.
Nowhere did the number of features appear, nor the number of points.
What counts is the gap: twice as narrow, four times as many mistakes allowed.
"""

# %%
for apart in (1, 1 / 2, 1 / 4, 1 / 8):
    # two points on either side of the line x2 = 1, closer and closer to it
    close = np.array([[3.0, 1 + apart], [3.0, 1 - apart], [-3.0, 1 + apart], [-3.0, 1 - apart]])
    w, b, mistakes = perceptron(close, np.array([1, 0, 1, 0]), 100_000)
    promise = (9 + (1 + apart) ** 2 + 1) / (apart**2 / 2)  # R squared over g squared, for the line x2 = 1
    print(f"points {apart:5.3f} from the line: {mistakes:2d} mistakes, promised at most {promise:4.0f}")

# %% [markdown]
r"""
The promise is made for the worst order of the worst points, and these four are kinder than that.
But the narrower the gap, the longer it takes; and if there is no gap at all, nothing is promised.
"""

# %% [markdown]
r"""
### Think about it

The article that this course set out from says: "We get a straight line that has some slope (determined by weights) and crosses Y axis in some point (determined by bias)."
A reader concludes that the bias *is* the point where the line crosses the Y axis (our upright axis).
In which cases is the reader right, and what is true in all other cases?
Give an example with numbers. Three to five sentences.
"""

# %% [markdown] reflection="when-bias-is-the-crossing" points=2
r"""
### BEGIN SOLUTION
On the upright axis $x_1$ is 0, so the line crosses where $w_2 x_2 + b = 0$, at $-b / w_2$.
That equals $b$ exactly when $w_2 = -1$, because then the neuron is the school formula $x_2 = w_1 x_1 + b$ with everything on one side; it also holds when $b = 0$, where any line with $w_2 \ne 0$ goes through the origin.
In all other cases the weight of the second feature has its say: with $w = (1, 2)$ and $b = -4$ the line crosses at $+2$, and if $w_2 = 0$ the line is upright and does not cross at all (or lies on the axis).
One can always divide all three numbers by $-w_2$ to make it true, but if $w_2$ is positive this exchanges the two sides.

**Rubric.**
1 point: names the case $w_2 = -1$ and gives the reason (the crossing is $-b / w_2$); $b = 0$ is welcome and not required.
1 point: says what holds otherwise, with a worked number, or with the upright line, or with the rescaling.
### END SOLUTION
"""

# %% [markdown]
r"""
## What you can now claim
"""

# %% claims
w, b, mistakes = perceptron(houses, sold, 1000)
right = int((classify(houses, w, b) == sold).sum())
slope, intercept = line_from_weights(np.array([1.0, 2.0]), -4.0)
scaled = same_line(np.array([1.0, 2.0]), -4.0, np.array([10.0, 20.0]), -40.0)
turned = same_line(np.array([1.0, 2.0]), -4.0, np.array([-1.0, -2.0]), 4.0)
rng = np.random.default_rng(3)
flat = {}
for d in (3, 50):
    v, c = rng.normal(size=d), 1.0
    feet = onto_the_boundary(rng.normal(size=(200, d)), v, c)
    flat[d] = np.linalg.matrix_rank(feet - feet[0]), np.abs(neuron(feet, v, c)).max()
Markdown(f"""
| | claim | what you measured |
|---|---|---|
| S1 | With two features, a weighted sum plus a bias draws a straight line between two classes, and if such a line exists a perceptron finds it (Rosenblatt 1958; Novikoff 1962). | {right} of {len(houses)} houses on their own side after {mistakes} mistakes; at most {int(bound)} were promised. |
| S2 | The weights give the slope, and the bias says where the line crosses the upright axis. Loose: the slope is $-w_1 / w_2$ and the crossing $-b / w_2$, so the bias alone does not tell. | With $w = (1, 2)$ and $b = -4$ the slope is {slope:g} and the crossing {intercept:+g}, not -4. All three numbers times 10: {scaled}; times -1: {turned}. |
| S3 | With three features the line becomes a plane, with more a hyperplane: flat, and one dimension less than the space. | 200 points on the boundary spread in {flat[3][0]} directions with 3 features and in {flat[50][0]} with 50; the largest score on it is {max(flat[3][1], flat[50][1]):.0e}. |

**Next:** the promise holds if a line exists. What if none does: how would you know, and how often does that happen?
""")
