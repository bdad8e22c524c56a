# %% [markdown]
r"""
# Bend the inputs, keep the line

By the end you will have parted a chequered square and a ring with one straight cut each, and you will know why this trick is not enough.

In lesson 02 four points were enough to defeat every line in the world, and with it every single neuron.
The way out was to add neurons, and somebody had to choose their lines.

There is a cheaper trick.
Look again at what a neuron asks for: some numbers per point, a weight for each, and a bias.
Nobody said that these numbers must be the two that you were given.
You may compute a third number from the first two, and hand it over as if it were an input like the others.
"""

# %%
from course_utils import datasets, plotting, predictions
from course_utils.figures.feature_crosses import degree_slider, paraboloid_lift, toggle_features

import numpy as np
from IPython.display import Markdown

squares, ring = datasets.xor(200), datasets.ring(200)

# %% figure
figure, axes = plotting.new(columns=2)
for ax, (X, y), title in zip(axes, (squares, ring), ("XOR, spread out", "a disc in a ring")):
    plotting.points(ax, X, y)
    ax.set(title=title, xlabel="$x_1$", ylabel="$x_2$")
plotting.show(figure, f"Two pictures. XOR, spread out: {plotting.describe(*squares)} A disc in a ring: {plotting.describe(*ring)}")

# %% [markdown]
r"""
Here are two problems that no line can solve.
On the left is the XOR of lesson 02, with a whole quarter of the square in place of each corner; on the right a disc lies inside a ring.
The two numbers of a point are called $x_1$ (to the right) and $x_2$ (upwards), as before.

You may invent **one** number per point for each picture, such that a single threshold on it tells blue from orange.
Which number would you choose on the left, and which on the right?
Decide before you scroll.
"""

# %% [markdown]
r"""
## A number that knows about both

On the left neither $x_1$ nor $x_2$ says anything alone.
At $x_1 = 0.5$ a point may be blue or orange, and which one it is depends on $x_2$.
What counts is whether the two signs agree.
There is a school operation that compares signs: plus times plus is plus, minus times minus is plus, and plus times minus is minus.

A feature made by multiplying two features is called a **feature cross**.
"""

# %% [markdown]
r"""
### Exercise 1: cross two features

Write `cross`: one number per point, the product of its two coordinates.

Worked example: the points $(2, 3)$ and $(-1, 4)$ have the crosses $6$ and $-4$.
"""


# %% exercise="cross"
def cross(X):
    """Return the product of the two coordinates of each point, an array of shape (n,).

    X: points of shape (n, 2), one point per row.

    >>> cross(np.array([[2.0, 3.0], [-1.0, 4.0]]))
    array([ 6., -4.])
    """
    ### BEGIN SOLUTION
    return X[:, 0] * X[:, 1]
    ### END SOLUTION


# %% [markdown] hints="cross"
r"""
The points stand in rows. In which direction do all the first coordinates stand?

`X[:, 0]` is the column of all first coordinates. Two columns of the same length can be combined number by number.
"""

# %% check="cross" points=1
import numpy as np

points = np.array([[2.0, 3.0], [-1.0, 4.0], [-2.0, -0.5]])
found = cross(points)
assert found is not None, "Your cross ends without return, so its result is None."
found = np.asarray(found)
assert found.shape != (2,), (
    f"Three points went in and {found} came out: two numbers. You combined two rows; the coordinates of all points stand in columns.")
assert found.shape == (3,), f"Three points have three crosses, an array of shape (3,); yours has the shape {found.shape}."
assert not np.allclose(found, [5.0, 3.0, -2.5]), (
    f"For the point (2, 3) yours is {found[0]:g}, which is the sum. A sum is something that the neuron can already do by itself.")
assert found[1] < 0, (
    f"For the point (-1, 4) the signs differ, and its cross should be negative; yours is {found[1]:g}. What did you do to the sign?")
assert np.allclose(found, [6.0, -4.0, 1.0]), f"The points (2, 3), (-1, 4), (-2, -0.5) have the crosses 6, -4, 1; yours are {found}."
print("cross: positive where the two signs agree, negative where they differ.")
### BEGIN HIDDEN TESTS
rng = np.random.default_rng(301)
for n in (1, 2, 7, 50):
    X = rng.normal(size=(n, 2))
    kept = X.copy()
    found = np.asarray(cross(X))
    assert found.shape == (n,), f"{n} points have {n} crosses; yours has the shape {found.shape}."
    for i in range(n):
        assert np.isclose(found[i], float(X[i, 0]) * float(X[i, 1])), f"The cross of the point {X[i]} came out as {found[i]}."
    assert np.array_equal(X, kept), "cross changed the points that it was given."
assert np.array_equal(np.asarray(cross(np.array([[3, -4], [0, 5]]))), [-12, 0]), "With whole numbers the crosses are wrong."
### END HIDDEN TESTS

# %% [markdown]
r"""
Put every point of the left picture on a line, at the place of its cross.
"""

# %% figure
def on_a_line(ax, feature, y):
    """Draw each point at the place of its feature; the classes stand on two shelves, so that none hides the other."""
    for k in (0, 1):
        shelf = 0.3 * (k - 0.5) + 0.1 * np.sin(7 * np.arange(np.sum(y == k)))
        ax.plot(feature[y == k], shelf, plotting.CLASS_MARKERS[k], color=plotting.CLASS_COLORS[k],
                ms=6, mec="white", mew=0.5, label=f"class {k}")
    ax.set(yticks=[], ylim=(-0.4, 0.4))


X, y = squares
figure, ax = plotting.new(width=620, height=190)
on_a_line(ax, cross(X), y)
ax.axvline(0, color=plotting.BLACK)
ax.set_xlabel("the cross $x_1 x_2$")
figure.legend(loc="outside lower center", ncols=2, frameon=False)
right = np.sum((cross(X) < 0) == y)
plotting.show(figure, f"{len(X)} points on a line, each at the place of its cross. {right} of {len(X)} lie on their own side of 0: class 1 left, class 0 right.")

# %% [markdown]
r"""
What no line could do is now done by a single point on a line, at zero.
A neuron that sees only the cross, with the weight $w = -1$ and the bias $b = 0$, has the score $-x_1 x_2$ and fires for all of class 1 and for nothing else.

The neuron did not change.
Its input did.
"""

# %% [markdown]
r"""
## What the cut looks like in the plane

The neuron cuts the line of crosses at one point.
Where is this cut in the plane that we came from?
It is wherever the score is zero:

$$w\,x_1 x_2 + b = 0,$$

with the weight $w$ and the bias $b$ of the neuron.
Read it twice.
In $w$ and $b$, the numbers that are learnt, it is as straight as ever: a number times a weight, plus a bias.
In $x_1$ and $x_2$, the numbers that are seen, it is a curve: a **hyperbola**, which comes in two pieces.
"""

# %% [markdown]
r"""
### Exercise 2: draw the curve

Write `hyperbola_boundary`: for each $x_1$ the $x_2$ that makes the score zero.

Worked example: with $w = 2$ and $b = -1$, at $x_1 = 0.5$ the score is $2 \cdot 0.5 \cdot x_2 - 1$, which is zero at $x_2 = 1$; at $x_1 = -0.5$ it is zero at $x_2 = -1$.
At $x_1 = 0$ no $x_2$ can help, since $2 \cdot 0 \cdot x_2 - 1$ is $-1$ whatever $x_2$ is.
Return `np.nan` there, which stands for "not a number" and is left out of every drawing.
"""


# %% exercise="hyperbola_boundary"
def hyperbola_boundary(x1, w, b):
    """Return for each x1 the x2 with w * x1 * x2 + b = 0, an array of shape (n,); nan where x1 is 0.

    x1: array of shape (n,), of any sign. w, b: numbers, w not 0. No warning is given.

    >>> hyperbola_boundary(np.array([0.5, -0.5, 0.0]), 2.0, -1.0)
    array([ 1., -1., nan])
    """
    ### BEGIN SOLUTION
    x2 = np.full(len(x1), np.nan)
    here = x1 != 0
    x2[here] = -b / (w * x1[here])
    return x2
    ### END SOLUTION


# %% [markdown] hints="hyperbola_boundary"
r"""
Solve the equation for $x_2$ on paper. For which $x_1$ is the last step of your solution not allowed?

Begin with an array full of `np.nan`, and fill only the places where `x1` is not 0. Let the minus signs do their work: no `abs` is needed.
"""

# %% check="hyperbola_boundary" points=3
import warnings

import numpy as np

x1 = np.array([0.5, 0.25, -0.5, -2.0])
found = hyperbola_boundary(x1, 2.0, -1.0)
assert found is not None, "Your hyperbola_boundary ends without return, so its result is None."
found = np.asarray(found, dtype=float)
assert found.shape == (4,), f"Four values of x1 have four values of x2; yours has the shape {found.shape}."
assert not np.isclose(found[0], -1.0), (
    f"At x1 = 0.5, with w = 2 and b = -1, yours is x2 = {found[0]:g}. Put it back in: 2 * 0.5 * {found[0]:g} - 1 is {found[0] - 1:g} and not 0. "
    "Which sign does b get when it moves to the other side?")
assert np.isclose(found[0], 1.0), (
    f"At x1 = 0.5, with w = 2 and b = -1, yours is x2 = {found[0]:g}. Put it back in: 2 * 0.5 * {found[0]:g} - 1 should be 0.")
assert np.isclose(found[2], -1.0), (
    f"At x1 = -0.5, with w = 2 and b = -1, yours is x2 = {found[2]:g}, but the score is zero at x2 = -1. "
    "A hyperbola has two branches, one on each side of x1 = 0.")
assert np.allclose(2 * x1 * found - 1, 0), f"With w = 2 and b = -1 the scores at your points are {2 * x1 * found - 1}; all should be 0."
try:
    with warnings.catch_warnings():
        warnings.simplefilter("error", RuntimeWarning)
        found = np.asarray(hyperbola_boundary(np.array([-1.0, 0.0, 1.0]), 2.0, -1.0), dtype=float)
except (RuntimeWarning, ZeroDivisionError) as problem:
    raise AssertionError(
        f"For x1 = [-1, 0, 1] your function said: {problem}. It divides by 0, if only for a moment. Divide where x1 is not 0, and nowhere else."
    ) from None
assert np.isnan(found[1]), f"At x1 = 0 no x2 makes the score zero, so the answer there is nan; yours is {found[1]}."
try:
    with warnings.catch_warnings():
        warnings.simplefilter("error", RuntimeWarning)
        found = np.asarray(hyperbola_boundary(np.array([-2, 0, 4]), 1.0, 2.0), dtype=float)
except (RuntimeWarning, ValueError) as problem:
    raise AssertionError(
        f"For x1 = [-2, 0, 4] your function said: {problem}. These are whole numbers, and an array of whole numbers has no room for nan. "
        "Make the array of answers hold numbers with a fraction.") from None
assert np.isclose(found[2], -0.5), (
    f"For x1 = [-2, 0, 4], with w = 1 and b = 2, your answer at 4 is {found[2]:g}, and it should be -0.5. Were fractions cut off on the way?")
print("hyperbola_boundary: two branches, and nothing in between.")
### BEGIN HIDDEN TESTS
rng = np.random.default_rng(302)
with warnings.catch_warnings():
    warnings.simplefilter("error", RuntimeWarning)
    for n in (1, 3, 20, 101):
        for sign_w in (-1, 1):
            for b in (-1.7, 0.6, 0.0):
                x1 = rng.normal(size=n)
                x1[rng.integers(n)] = 0
                w, kept = sign_w * rng.uniform(0.1, 5), x1.copy()
                x2 = np.asarray(hyperbola_boundary(x1, w, b), dtype=float)
                assert x2.shape == (n,), f"{n} values of x1 gave an answer of the shape {x2.shape}."
                assert np.array_equal(np.isnan(x2), kept == 0), "nan should stand exactly where x1 is 0."
                here = kept != 0
                assert np.allclose(w * kept[here] * x2[here] + b, 0, atol=1e-12), f"With w = {w:.2f} and b = {b} the score is not zero at your points."
                assert np.array_equal(x1, kept), "hyperbola_boundary changed the array that it was given."
### END HIDDEN TESTS

# %% figure
X, y = squares
figure, axes = plotting.new(columns=3)
x1 = np.linspace(-1, 1, 24)
for ax, b in zip(axes, (-0.15, 0.0, 0.15)):
    plotting.points(ax, X, y)
    plotting.regions(ax, lambda P: -1 * cross(P) + b, limits=(-1.05, 1.05), scores=True)
    x2 = hyperbola_boundary(x1, -1.0, b)
    ax.plot(x1, x2, "o", color=plotting.BLACK, ms=4)
    ax.set(title=f"$w = -1$, $b = {b:g}$", xlim=(-1.05, 1.05), ylim=(-1.05, 1.05))
plotting.show(figure, "Three times the XOR points with the boundary of a neuron that sees only the cross, w = -1. " + " ".join(
    f"b = {b:g}: {np.sum((-cross(X) + b > 0) == y)} of {len(y)} points on their own side." for b in (-0.15, 0.0, 0.15))
    + " With b = 0 the boundary is the two axes, otherwise two branches of a hyperbola. The dots from hyperbola_boundary lie on it.")

# %% [markdown]
r"""
The dots are yours, and the curve is where the neuron's score changes its sign.
In the middle, with $b = 0$, the hyperbola has become the two axes themselves; a bias to either side opens it in one direction or the other.
So the boundary in the picture is curved, and the cut on the line of crosses is still straight.
Both are the same cut.
"""

# %% [markdown]
r"""
## The ring

Now the picture on the right.
The article that this course started from advises to multiply "[square of] one feature by [square of] another".
Here are three candidates, and each would be the only input of a neuron.
"""

# %% predict="ring-feature"
predictions.ask(
    "ring-feature",
    "A disc of class 0 lies inside a ring of class 1, both around the origin. One feature, one threshold: which feature parts them without a mistake?",
    ["x1 times x2", "x1 squared times x2 squared", "x1 squared plus x2 squared"],
)

# %% [markdown]
r"""
To find out, take each feature alone and try every threshold.
"""


# %%
def best_cut(feature, y):
    """Return the share of points on their own side of the best single threshold on one feature."""
    cuts = np.append(np.sort(feature), -np.inf)
    shares = [np.mean((feature > cut) == y) for cut in cuts]
    # the neuron may also fire below the threshold instead of above it
    return max(max(shares), 1 - min(shares))


candidates = {
    "x1 times x2": lambda X: X[:, 0] * X[:, 1],
    "x1 squared times x2 squared": lambda X: X[:, 0] ** 2 * X[:, 1] ** 2,
    "x1 squared plus x2 squared": lambda X: X[:, 0] ** 2 + X[:, 1] ** 2,
}
table = {(words, data): best_cut(f(X), y) for words, f in candidates.items() for data, (X, y) in (("XOR", squares), ("ring", ring))}

# %% figure
X, y = ring
figure, axes = plotting.new(rows=3, width=620, height=430)
for ax, (words, f) in zip(axes, candidates.items()):
    on_a_line(ax, f(X), y)
    ax.set_title(f"{words}: best threshold {table[words, 'ring']:.1%}", fontsize=10)
figure.legend(*axes[0].get_legend_handles_labels(), loc="outside lower center", ncols=2, frameon=False)
plotting.show(figure, "The points of the ring on three lines, one for each feature. Best threshold: "
              + ", ".join(f"{words} {table[words, 'ring']:.1%}" for words in candidates) + ".")

# %% figure
predictions.reveal(
    "ring-feature",
    "x1 squared plus x2 squared",
    f"It is the squared distance from the middle, and the best threshold on it gets {table['x1 squared plus x2 squared', 'ring']:.0%} of the points. "
    f"The product of the squares gets {table['x1 squared times x2 squared', 'ring']:.1%}: along the axes it is 0, in the disc as in the ring.",
)

# %% [markdown]
r"""
The sum of the squares is the squared distance from the middle, by Pythagoras, and distance is what tells the ring from the disc.
The article's product of squares comes close on the ring and misses; on XOR it is hardly better than a coin:
"""

# %% figure
Markdown("| feature | XOR | ring |\n|---|---|---|\n" + "\n".join(
    f"| {words} | {table[words, 'XOR']:.1%} | {table[words, 'ring']:.1%} |" for words in candidates))

# %% [markdown]
r"""
There is no cross for everything.
A feature helps if it measures what tells the classes apart, and somebody has to know what that is.
"""

# %% [markdown]
r"""
## Lift the points

One more number per point is one more coordinate.
So give each point a height: the two old numbers say where it stands on the floor, the new one how high it floats.
This is called **lifting** the points.
"""

# %% [markdown]
r"""
### Exercise 3: lift both pictures

Write `lift`: three numbers per point.
The first two are the old coordinates; the third is the one feature that solved the data set of this `kind`, the cross for `"xor"` and the winner of the three for `"ring"`.

Worked example: the point $(2, -1)$ floats at the height $-2$ for `"xor"`, and at the height $4 + 1 = 5$ for `"ring"`.
"""


# %% exercise="lift"
def lift(X, kind):
    """Return the points with a third coordinate, an array of shape (n, 3).

    X: points of shape (n, 2). kind: "xor" (the height is the cross) or "ring" (the height is the squared distance from (0, 0)).

    >>> lift(np.array([[2.0, -1.0]]), "xor")
    array([[ 2., -1., -2.]])
    >>> lift(np.array([[2.0, -1.0]]), "ring")
    array([[ 2., -1.,  5.]])
    """
    ### BEGIN SOLUTION
    height = cross(X) if kind == "xor" else (X**2).sum(axis=1)
    return np.column_stack([X, height])
    ### END SOLUTION


# %% [markdown] hints="lift"
r"""
What does each of the two pictures ask: do the signs agree, or how far is it from the middle?

`np.column_stack([X, height])` puts a column of n numbers beside the two that are there. One `if` decides between two heights.
"""

# %% check="lift" points=3
import numpy as np

points = np.array([[2.0, -1.0], [-3.0, -1.0], [0.0, 2.0], [0.5, 0.5]])
for kind in ("xor", "ring"):
    lifted = lift(points, kind)
    assert lifted is not None, "Your lift ends without return, so its result is None."
    lifted = np.asarray(lifted)
    assert lifted.shape != (4,), (
        f'lift(X, "{kind}") returns one number per point, {lifted[:2]} and so on. That is the height alone; keep the two old coordinates beside it.')
    assert lifted.shape != (3, 4), f'lift(X, "{kind}") lays the points down in columns, shape (3, 4). Points stand in rows: shape (4, 3).'
    assert lifted.shape == (4, 3), f'Four points with three coordinates have the shape (4, 3); lift(X, "{kind}") has the shape {lifted.shape}.'
    assert np.allclose(lifted[:, :2], points), (
        f'The point (2, -1) stands at {lifted[0, :2]} on the floor after lift(X, "{kind}"). Its first two coordinates should be as they were.')
height = np.asarray(lift(points, "xor"))[:, 2]
assert not np.isclose(height[0], 4.0), (
    f'For "xor" the points (2, -1) and (-3, -1) float at {height[0]:g} and {height[1]:g}, both above 0, though they are of different classes. '
    "Squares forget the sign; XOR is about signs.")
assert np.allclose(height, [-2.0, 3.0, 0.0, 0.25]), f'For "xor" the heights of (2, -1), (-3, -1), (0, 2), (0.5, 0.5) are -2, 3, 0, 0.25; yours are {height}.'
height = np.asarray(lift(points, "ring"))[:, 2]
assert not np.isclose(height[2], 0.0), (
    f'For "ring" the point (0, 2) floats at the height {height[2]:g}, like the very middle, though it is 2 away from it. '
    "A product is 0 as soon as one of its factors is.")
assert not np.isclose(height[0], 5**0.5), (
    f'For "ring" the point (2, -1) floats at {height[0]:.3f}, which is its distance. That would part the classes as well, but the exercise asks for the squared distance: no root.')
assert np.allclose(height, [5.0, 10.0, 4.0, 0.5]), f'For "ring" the heights of (2, -1), (-3, -1), (0, 2), (0.5, 0.5) are 5, 10, 4, 0.5; yours are {height}.'
print("lift: three numbers per point, and a height that tells the classes apart.")
### BEGIN HIDDEN TESTS
rng = np.random.default_rng(303)
for n in (1, 3, 60):
    X = rng.normal(size=(n, 2)) * rng.uniform(0.1, 20)
    kept = X.copy()
    for kind, sign in (("xor", None), ("ring", None), ("xor", None)):
        lifted = np.asarray(lift(X, kind))
        assert lifted.shape == (n, 3), f"{n} points should become {n} rows of three numbers; yours has the shape {lifted.shape}."
        wanted = [a * b if kind == "xor" else a * a + b * b for a, b in kept.tolist()]
        assert np.allclose(lifted[:, 2], wanted), f'Some heights for "{kind}" are wrong.'
        assert np.allclose(lifted[:, :2], kept), f'lift(X, "{kind}") moved points on the floor.'
    assert np.array_equal(X, kept), "lift changed the points that it was given."
assert np.allclose(np.asarray(lift(np.array([[3, -4], [1, 1]]), "ring"))[:, 2], [25, 2]), "With whole numbers the heights are wrong."
# the promise of the lesson: a flat plane parts the lifted classes
angle, far = rng.uniform(0, 2 * np.pi, 300), np.concatenate([rng.uniform(0, 0.4, 150), rng.uniform(0.6, 1, 150)])
height = np.asarray(lift(np.column_stack([far * np.cos(angle), far * np.sin(angle)]), "ring"))[:, 2]
assert height[:150].max() < height[150:].min(), "No flat plane parts the lifted ring."
### END HIDDEN TESTS

# %% [markdown]
r"""
Your lifted ring lies on a bowl, which is called a *paraboloid*.
Everything at the same distance from the middle has the same height.
A neuron with three inputs draws a plane, as lesson 01 showed, and here is one that lies level.

**Predict, then move the sliders.** Between which two heights does the plane leave all blue points below and all orange ones above?
And what curve will you see on the floor, where the plane cuts the bowl?
"""

# %% figure
paraboloid_lift(*ring, lift)

# %% [markdown]
r"""
The plane is flat, the bowl is curved, and where they meet there is a circle.
Seen from straight above, which is how we see it in the plane of $x_1$ and $x_2$, the cut *is* that circle.
So here is the sentence to keep: **the boundary is flat among the features and curved among the inputs.**

Two things are worth a second look.
The plane parts the two *classes*; it does not part the two features, as one sometimes reads.
And there is room: a whole slab of heights does the job, not one lucky height.
"""

# %% [markdown]
r"""
## Let the neuron find its own cut

So far we chose the weights by looking.
With lesson 02 they can be found: begin with all weights zero, and take many steps downhill on the logistic loss.
A function that makes features out of points is usually called $\varphi$, the Greek letter *phi*: `lift` with a fixed kind is one.
The loss and the three lines of a step are those of lesson 02; only the letter `F` is new, for the features `phi(X)` that now stand where the points stood.
"""


# %%
def logistic_loss(F, y, w, b):
    """Return the mean logistic loss of a neuron with the weights w and the bias b on the features F (n, k)."""
    score = F @ w + b
    # log(1 + exp(score)), in a form that does not overflow
    return np.mean(np.logaddexp(0, score) - y * score)


def step_downhill(F, y, w, b, step_size=1.0):
    """Return the weights and the bias after one step downhill on the logistic loss."""
    p = 1 / (1 + np.exp(-np.clip(F @ w + b, -500, 500)))
    w_next = w - step_size * F.T @ (p - y) / len(y)
    b_next = b - step_size * np.mean(p - y)
    return w_next, b_next


def losses(F, y, steps):
    """Return the loss before the first step and after each of `steps` steps, starting with zeros."""
    w, b = np.zeros(F.shape[1]), 0.0
    found = [logistic_loss(F, y, w, b)]
    for _ in range(steps):
        w, b = step_downhill(F, y, w, b)
        found.append(logistic_loss(F, y, w, b))
    return np.array(found)


# %% [markdown]
r"""
Say that the ring was measured in metres.
A colleague measures the same ring in centimetres: the same points, all coordinates a hundred times as large.
Both walk downhill, with the same step size of 1.
"""

# %% figure
X, y = ring
metres, centimetres = losses(lift(X, "ring"), y, 60), losses(lift(100 * X, "ring"), y, 60)
figure, ax = plotting.new(width=560, height=300)
ax.plot(metres + 1e-9, color=plotting.BLACK, label="in metres")
ax.plot(centimetres + 1e-9, "--", color=plotting.PURPLE, label="in centimetres")
ax.set(yscale="log", xlabel="steps downhill", ylabel="logistic loss", ylim=(0.05, 1e7))
ax.legend(frameon=False, loc="upper right", bbox_to_anchor=(1, 0.72))
largest = np.abs(lift(100 * X, "ring")).max(axis=0)
plotting.show(figure, f"Logistic loss against 60 steps downhill. In metres it falls from {metres[0]:.2f} to {metres[-1]:.2f}. "
                      f"In centimetres it jumps about, up to {centimetres.max():,.0f}, and ends at {centimetres[-1]:,.0f}.")
print("largest sizes of the three features in centimetres:", largest.round())

# %% [markdown]
r"""
Measured in centimetres the walk explodes.
The height is now almost ten thousand, and one step moves the weight of a feature in proportion to the size of that feature.
Then the weight is *multiplied* by the feature, so the score jumps by the square of its size: far across the valley and up the other side.

The way out is to make all features about equally large before the walk.
Divide each feature by its largest size, that is by the largest $|\varphi|$ in its column; then all of them lie between $-1$ and $1$, whatever they were measured in.
"""

# %% [markdown]
r"""
### Exercise 4: fit a neuron on features

Write `fit_lifted`. Compute the features, bring each of them to the size 1, start with zeros, and take `steps` steps downhill with the step size 1.
`step_downhill` above may do the steps.

The weights that you **return** must act on the features as `phi` gives them, not on your scaled ones: everybody who uses them will compute `phi(X) @ w + b`.

Worked example: one feature, two points at $-2$ (class 0) and $2$ (class 1).
Scaled they are $-1$ and $1$, and after one step the weight is $0.5$ and the bias $0$.
For the unscaled feature, which is twice as large, the same neuron has the weight $0.25$.
"""


# %% exercise="fit_lifted"
def fit_lifted(X, y, phi, steps):
    """Return (w, b) of a neuron with the score phi(X) @ w + b, fitted by steps downhill on the logistic loss.

    X: points of shape (n, d). y: their classes, 0 or 1, shape (n,).
    phi: a function that takes points and returns their features, shape (n, k); no feature is 0 for all points.
    steps: how many steps to take, with the step size 1, starting at w = 0 and b = 0.
    Inside, each feature is divided by its largest absolute value.
    The returned w (k,) and b (a number) act on the features as phi returns them, not scaled.

    >>> fit_lifted(np.array([[-2.0], [2.0]]), np.array([0, 1]), lambda X: X, 1)
    (array([0.25]), 0.0)
    """
    ### BEGIN SOLUTION
    F = phi(X)
    size = np.abs(F).max(axis=0)
    w, b = np.zeros(F.shape[1]), 0.0
    for _ in range(steps):
        w, b = step_downhill(F / size, y, w, b)
    return w / size, b
    ### END SOLUTION


# %% [markdown] hints="fit_lifted"
r"""
If a feature is divided by 100, and the score should stay the same, what has to happen to its weight? And what to the bias?

The largest size of each column is one line with `np.abs` and `max(axis=0)`. Walk on the scaled features; at the very end turn the weights back, so that scaled feature times scaled weight equals feature times weight.
"""

# %% check="fit_lifted" points=3
import warnings

import numpy as np


def loss_of(F, y, w, b):
    score = F @ w + b
    return np.mean(np.logaddexp(0, score) - y * score)


def fitted(X, y, phi, steps, story):
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", RuntimeWarning)
            result = fit_lifted(X, y, phi, steps)
    except RuntimeWarning as problem:
        F = phi(X)
        raise AssertionError(
            f"{story} numpy warned: {problem}. The features are as large as {np.abs(F).max():,.0f}, and after a step the score is out of every range. Look at the largest |phi| in each column."
        ) from None
    assert isinstance(result, (tuple, list)) and len(result) == 2, f"fit_lifted should return two things, the weights and the bias; yours returns {result!r}."
    w, b = np.asarray(result[0], dtype=float), np.asarray(result[1], dtype=float)
    k = phi(X).shape[1]
    assert w.shape != (X.shape[1],) or k == X.shape[1], (
        f"{story} phi makes {k} features out of {X.shape[1]} coordinates, and your w has {X.shape[1]} weights. Did the features ever come in?")
    assert w.shape == (k,) and b.size == 1, f"{story} w should have the shape ({k},) and b be one number; yours have the shapes {w.shape} and {b.shape}."
    return w, float(b.ravel()[0])


rng = np.random.default_rng(30)
angle, far = rng.uniform(0, 2 * np.pi, 120), np.concatenate([rng.uniform(0, 0.4, 60), rng.uniform(0.65, 1, 60)])
X, y = np.column_stack([far * np.cos(angle), far * np.sin(angle)]), np.repeat([0, 1], 60)


def bowl(P):
    return np.column_stack([P, P[:, 0] ** 2 + P[:, 1] ** 2])


story = "On a ring of size 1, after 300 steps:"
w, b = fitted(X, y, bowl, 300, story)
loss = loss_of(bowl(X), y, w, b)
assert not loss > 0.75, (
    f"{story} the loss is {loss:.3g}, and with all weights 0 it would be {np.log(2):.3f}. Your walk goes up. Which sign belongs in front of the step?")
assert b != 0, f"{story} your bias is still exactly 0. The plane has to be lifted as well as tilted: the bias takes a step each time."
share = np.mean((bowl(X) @ w + b > 0) == y)
assert loss < 0.3, f"{story} the loss is {loss:.3f}, but steps of size 1 bring it below 0.2. Are there as many steps as asked for?"
few = loss_of(bowl(X), y, *fitted(X, y, bowl, 3, "After 3 steps:"))
assert few > loss + 0.05, (
    f"After 3 steps your loss is {few:.3f} and after 300 steps {loss:.3f}. It should fall with the number of steps: is `steps` used?")
story = "On the same ring in centimetres, after 300 steps:"
w, b = fitted(100 * X, y, bowl, 300, story)
F = bowl(100 * X)
largest = np.max(np.abs(F), axis=0)
loss = loss_of(F, y, w, b)
assert loss < 0.3 or not loss_of(F / largest, y, w, b) < 0.3, (
    f"{story} the loss of your neuron on the features is {loss:,.3g}, but on the scaled features it would be {loss_of(F / largest, y, w, b):.3f}. "
    "Your weights still act on the scaled ones: turn them back before you return them.")
assert loss < 0.3, (
    f"{story} the loss is {loss:,.3g}, and it was below 0.3 in metres. The largest values of the features are {largest.round()}: look at max|phi|.")
assert np.mean((F @ w + b > 0) == y) > 0.99, f"{story} only {np.mean((F @ w + b > 0) == y):.0%} of the points are on their own side."
print("fit_lifted: in metres or in centimetres, the neuron finds the same cut.")
### BEGIN HIDDEN TESTS
rng = np.random.default_rng(304)
for scale in (0.001, 1.0, 30.0, 2000.0):
    for kind in ("ring", "xor", "squares"):
        angle, far = rng.uniform(0, 2 * np.pi, 400), np.where(np.arange(400) % 2 == 1, rng.uniform(0.65, 1, 400), rng.uniform(0, 0.4, 400))
        X, y = np.column_stack([far * np.cos(angle), far * np.sin(angle)]), np.arange(400) % 2
        if kind == "xor":
            X = rng.choice([-1, 1], size=(400, 2)) * rng.uniform(0.25, 1, size=(400, 2))
            y = (X[:, 0] * X[:, 1] < 0).astype(int)
        phi = {
            "ring": lambda P: np.column_stack([P, P[:, 0] ** 2 + P[:, 1] ** 2]),
            "xor": lambda P: P[:, [0]] * P[:, [1]],
            "squares": lambda P: np.column_stack([P, P**2, P[:, 0] * P[:, 1]]),
        }[kind]
        X = scale * X
        kept = X.copy(), y.copy()
        story = f"On fresh points of the size {scale}:"
        found = [loss_of(phi(X[:200]), y[:200], *fitted(X[:200], y[:200], phi, steps, story)) for steps in (5, 50, 500)]
        assert found[0] < np.log(2) + 0.02 and found[0] > found[1] > found[2], f"{story} the loss should fall with the steps; after 5, 50, 500 it is {found}."
        w, b = fitted(X[:200], y[:200], phi, 500, story)
        share = np.mean((phi(X[200:]) @ w + b > 0) == y[200:])
        assert share >= 0.99, f"{story} {share:.1%} of points that the fit has not seen are on their own side; 99 % should be."
        assert np.array_equal(X, kept[0]) and np.array_equal(y, kept[1]), "fit_lifted changed the points or the classes that it was given."
### END HIDDEN TESTS

# %% [markdown]
r"""
Now choose the features yourself, and let your `fit_lifted` do the rest.
The left picture shows the boundary among the inputs; the right one shows every point at the probability that your neuron gives to class 1, with the one straight cut at one half.

**Predict, then tick.** On XOR, which single box is enough?
On the ring, what will $x_1^2$ alone draw, before you add its partner?
And what does an unneeded feature do to the boundary?
"""

# %% figure
toggle_features(fit_lifted)

# %% [markdown]
r"""
One square alone gives two upright lines: it knows how far to the side a point is and not how far up.
Both squares together close the curve.
The unneeded features get small weights, and harm little here, with five features and two hundred points.
"""

# %% [markdown]
r"""
## When the features are words

"Features can be crossed, even categories, since all of them are numbers", one reads.
Be careful with that one.

A small café sells cocoa, lemonade and tea, in winter and in summer.
In the computer the drinks have the codes 0, 1, 2, and the seasons 0 and 1.
Cocoa sells in winter, lemonade in summer, tea always.
"""

# %%
drinks, seasons = ["cocoa", "lemonade", "tea"], ["winter", "summer"]
drink = np.array([0, 0, 1, 1, 2, 2] * 4)
season = np.array([0, 1, 0, 1, 0, 1] * 4)
sold = np.array([1, 0, 0, 1, 1, 1] * 4)

# %% figure
Markdown("| drink | code | season | code | sold? | product of the codes |\n|---|---|---|---|---|---|\n" + "\n".join(
    f"| {drinks[d]} | {d} | {seasons[s]} | {s} | {'yes' if t else 'no'} | {d * s} |" for d, s, t in zip(drink[:6], season[:6], sold[:6])))

# %% [markdown]
r"""
Look at the last column.
The product of the codes is 0 for cocoa in winter, which sells, and 0 for cocoa in summer, which does not.
Worse, it is arbitrary: had somebody given cocoa the code 7, every product would be different, and the café would be the same.
The codes are names in disguise, and names cannot be multiplied.

What can be multiplied are yes-or-no questions.
"Is it cocoa?" is 1 or 0, and "is it winter?" is 1 or 0, and their product is 1 exactly if both are true: *cocoa **and** winter*.
One such column for each category is called a **one-hot** code, since one column in each row is 1 and the others are 0.
Crossing two categorical features means: one column for each *pair* of categories.
"""

# %% [markdown]
r"""
### Exercise 5: cross two categorical features

Write `one_hot_cross`.
The categories of `a` are the different values that occur in it, in sorted order, and likewise for `b`.
The columns go through the categories of `a`, and for each of them through all categories of `b`; also pairs that never occur together have a column.

Worked example: `a = [0, 1, 1]` and `b = [0, 0, 1]` have the four pairs $(0, 0)$, $(0, 1)$, $(1, 0)$, $(1, 1)$.
The first row is the pair $(0, 0)$, so it is $1, 0, 0, 0$; the second is $(1, 0)$, so it is $0, 0, 1, 0$; the third is $0, 0, 0, 1$.
"""


# %% exercise="one_hot_cross"
def one_hot_cross(a, b):
    """Return one column for each pair of a category of a and a category of b: 1 where a row has this pair, else 0.

    a, b: arrays of shape (n,) of category codes (whole numbers or names).
    The result has the shape (n, categories of a times categories of b); the pairs are sorted, first by a, then by b.

    >>> one_hot_cross(np.array([0, 1, 1]), np.array([0, 0, 1]))
    array([[1., 0., 0., 0.],
           [0., 0., 1., 0.],
           [0., 0., 0., 1.]])
    """
    ### BEGIN SOLUTION
    columns = [(a == p) & (b == q) for p in np.unique(a) for q in np.unique(b)]
    return np.column_stack(columns).astype(float)
    ### END SOLUTION


# %% [markdown] hints="one_hot_cross"
r"""
Which yes-or-no question does one column answer, and how many such questions are there?

`np.unique(a)` gives the sorted categories, and `a == p` answers one question for all rows at once. Two loops go through all pairs; `np.column_stack` puts the answers side by side.
"""

# %% check="one_hot_cross" points=4
import numpy as np

a, b = np.array([0, 1, 1, 2, 0]), np.array([0, 0, 1, 1, 0])
found = one_hot_cross(a, b)
assert found is not None, "Your one_hot_cross ends without return, so its result is None."
found = np.asarray(found)
if found.size == 5:
    renamed = np.asarray(one_hot_cross(np.where(a == 1, 7, a), b))
    raise AssertionError(
        f"In the third row, where a is 1 and b is 1, yours is {np.ravel(found)[2]:g}. Rename category 1 of a to 7: it becomes {np.ravel(renamed)[2]:g}. "
        "Your feature changed, the data did not. Do not multiply codes.")
assert found.shape != (5, 5), (
    "Three categories and two categories gave you 3 + 2 = 5 columns: each feature alone. A cross has one column for each pair, and there are 3 times 2.")
assert found.shape != (5, 4), (
    "Yours has four columns, for the four pairs that occur. But tea in winter may come tomorrow: also a pair that never occurred has its column, full of 0.")
assert found.shape == (5, 6), f"Five rows, three categories times two: the shape should be (5, 6), and yours is {found.shape}."
assert set(np.unique(found).tolist()) <= {0, 1}, f"Every entry answers a yes-or-no question, 1 or 0; among yours are {np.unique(found)[:4]}."
assert (found.sum(axis=1) == 1).all(), f"Each row has exactly one pair, so it holds exactly one 1; yours hold {found.sum(axis=1)}."
where = found.argmax(axis=1)
assert where.tolist() != [0, 1, 4, 5, 0], (
    f"Your rows have their 1 in the columns {where}. The row (1, 0) has it in column 1, so that your pairs are sorted by b first; sort them by a first.")
assert where.tolist() == [0, 2, 3, 5, 0], (
    f"The rows (0,0), (1,0), (1,1), (2,1), (0,0) should have their 1 in the columns 0, 2, 3, 5, 0; yours have it in {where}.")
try:
    renamed = np.asarray(one_hot_cross(np.where(a == 1, 7, np.where(a == 2, 9, a)), b))
except IndexError as problem:
    raise AssertionError(f"With the categories 0, 7, 9 your function stopped: {problem}. A code is a name, and not the number of a column.") from None
assert renamed.shape == found.shape and np.array_equal(renamed, found), (
    f"The categories 0, 1, 2 of a were given the new names 0, 7, 9, in the same order. The data did not change, but your answer did: "
    f"its shape was {found.shape} and is {renamed.shape}. A code is a name, and not the number of a column.")
print("one_hot_cross: one question for each pair, whatever the names are.")
### BEGIN HIDDEN TESTS
rng = np.random.default_rng(305)
names = np.array(["ash", "birch", "cedar", "elm", "fir", "oak", "pine", "yew"])
for n in (1, 4, 40, 150):
    for codes_a, codes_b in ((np.arange(4), np.arange(3)), (np.array([-5, 2, 100, 1000]), np.array([3, 8])), (names[:5], np.arange(4)), (names, names[:2])):
        a, b = rng.choice(codes_a, n), rng.choice(codes_b, n)
        kept = a.copy(), b.copy()
        found = np.asarray(one_hot_cross(a, b))
        pairs = [(p, q) for p in sorted(set(a.tolist())) for q in sorted(set(b.tolist()))]
        assert found.shape == (n, len(pairs)), f"{n} rows with {len(pairs)} pairs gave you the shape {found.shape}."
        wanted = [[int(pair == (p, q)) for pair in pairs] for p, q in zip(a.tolist(), b.tolist())]
        assert np.array_equal(found, wanted), f"With the categories {sorted(set(a.tolist()))[:4]} some entries are wrong."
        assert np.array_equal(a, kept[0]) and np.array_equal(b, kept[1]), "one_hot_cross changed an array that it was given."
        # new names in the same order change nothing
        _, a_new = np.unique(a, return_inverse=True)
        assert np.array_equal(np.asarray(one_hot_cross(3 * a_new - 7, b)), found), "New names for the categories changed the answer."
### END HIDDEN TESTS

# %% [markdown]
r"""
With one column for each pair the café is a problem for one neuron: each pair has a weight of its own.
"""

# %% figure
def pairs_of(T):
    return one_hot_cross(T[:, 0], T[:, 1])


def codes_of(T):
    return np.column_stack([T, T[:, 0] * T[:, 1]])


table_of_sales = np.column_stack([drink, season])
w_pairs, b_pairs = fit_lifted(table_of_sales, sold, pairs_of, 400)
w_codes, b_codes = fit_lifted(table_of_sales, sold, codes_of, 400)
share_pairs = np.mean((pairs_of(table_of_sales) @ w_pairs + b_pairs > 0) == sold)
share_codes = np.mean((codes_of(table_of_sales) @ w_codes + b_codes > 0) == sold)
for (d, s), weight in zip([(d, s) for d in drinks for s in seasons], w_pairs):
    print(f"{d + ' and ' + s:22s} weight {weight:5.2f}")
print(f"\nright with pairs: {share_pairs:.0%}; right with codes and their product: {share_codes:.0%}")

# %% [markdown]
r"""
The signs of the weights tell the whole story of the café.
Crosses like these are no toy: Cheng et al. (2016) describe how the app store Google Play used them to decide which apps to recommend, in a linear model beside a deep network.
They also name the price: somebody has to think of the crosses.
"""

# %% [markdown]
r"""
## What it costs

If nobody knows the right cross, why not take all of them?
The **degree** of a product is how many factors it has: $x_1$ has degree 1, $x_1 x_2$ and $x_1^2$ have degree 2, and $x_1^2 x_2$ has degree 3.
Take every product up to some degree, and let the neuron choose by its weights.

Here is a problem for it: two spirals, wound into each other.

**Predict, then move the slider.** At which degree will the spirals come apart, and how many features does the neuron have then?
With 60 training points instead of 200, what will happen to the points that it has not seen?
"""

# %% figure
spiral = degree_slider()

# %% [markdown]
r"""
It works, and that is worth saying: with enough products the spirals come apart.
The article's sentence that feature crosses "aren't enough for complex dependencies" is too strong.
For any finite set of different points there is some degree that parts it, however it is coloured.
(The even degrees add almost nothing here: half a turn around the middle swaps the two spirals, and a product of an even number of factors does not notice half a turn.)

The trouble is the price, in the picture on the right.
With two inputs, degree 20 means 230 features.
With the 784 pixels of a small photograph, degree 2 means 308,504 features and degree 3 more than eighty million, and almost all of them are useless.
Nor does it end with the counting.
Set the slider to 10 with 60 training points: 65 features for 60 points, all of them right, and almost one fresh point in five wrong.
(With still more features this fit recovers, since of all weights that do the job it prefers small ones, and the spirals are smooth; nobody promises that elsewhere.)
And look at the rim of the left picture, where there are no points: whatever the neuron says there comes from the highest powers, which grow fastest, and it means nothing.

Boser, Guyon and Vapnik (1992) found a way to use all products up to a degree without ever writing them down.
That saves the counting, and even so the neuron treats all products alike and has no idea which of them matter here.
"""

# %% [markdown]
r"""
### Think about it

In XOR and in the ring, *you* saw the right feature in the picture.
Who chooses the crosses when the input is a photograph of 784 pixels, and the question is whether it shows a 4 or a 9?
What would go wrong if a person chose them, and what if we took all of degree 2? Three to five sentences, with a number.
"""

# %% [markdown] reflection="who-chooses" points=2
r"""
### BEGIN SOLUTION
A person cannot choose them: nobody can see in a plot of 784 dimensions which pairs of pixels matter, and a pair that matters for one handwriting is shifted by a pixel in the next.
All products up to degree 2 are 308,504 features, more than most data sets have pictures, so there are weights enough to learn the training pictures by heart; and a curve in the shape of a 4 hangs on many more than two pixels at once.
What is missing is a way to let the data choose a few useful combinations out of all possible ones, and that is the job we would like to give to a hidden layer.

**Rubric.**
1 point: says why choosing by hand fails (nobody can see or know which combinations matter; too many candidates), in terms of this problem.
1 point: says why taking all fails, with a number (308,504 at degree 2, or more at degree 3) and one consequence (more weights than examples, cost, useless features), or draws the conclusion that the combinations should be learnt.
### END SOLUTION
"""

# %% [markdown]
r"""
## What you can now claim
"""

# %% claims
from math import comb

X, y = ring
heights = lift(X, "ring")[:, 2]
low, high = heights[y == 0].max(), heights[y == 1].min()
x1 = np.concatenate([np.linspace(-3, -0.1, 50), np.linspace(0.1, 3, 50)])
residue = np.abs(2 * x1 * hyperbola_boundary(x1, 2.0, -1.0) - 1).max()
shares = []
for seed in range(20):
    fresh_X, fresh_y = datasets.ring(1000, seed=100 + seed)
    w, b = fit_lifted(*datasets.ring(200, seed=seed), lambda P: lift(P, "ring"), 500)
    shares.append(np.mean((lift(fresh_X, "ring") @ w + b > 0) == fresh_y))
spiral_at = {degree: (spiral.data["fits"]["200"][degree - 1]["train"], spiral.data["fits"]["200"][degree - 1]["test"]) for degree in (3, 9, 20)}
Markdown(f"""
| | claim | what you measured |
|---|---|---|
| S5 | A cross is the product of two features. Squares are not needed, and for XOR they are wrong; categories are crossed through one-hot columns (Cheng et al. 2016), never through their codes. | XOR: $x_1 x_2$ {table['x1 times x2', 'XOR']:.1%}, $x_1^2 x_2^2$ {table['x1 squared times x2 squared', 'XOR']:.1%}. Ring: {table['x1 times x2', 'ring']:.1%}, {table['x1 squared times x2 squared', 'ring']:.1%}, and $x_1^2 + x_2^2$ {table['x1 squared plus x2 squared', 'ring']:.1%}. Café: pairs {share_pairs:.0%}, codes {share_codes:.0%}. |
| S6 | The equation stays linear in the weights and not in the inputs; with a cross the boundary is a hyperbola. | On 100 points of your hyperbola the score is 0 up to {residue:.1e}. |
| S7 | In the lifted space a flat plane parts the two classes (not the two features). | Ring: all of class 0 lies below {low:.3f}, all of class 1 above {high:.3f}. |
| S8 | With crosses made by hand one neuron learns the weights of features and crosses alike. | 20 rings of 200 points, 500 steps each: in {sum(share >= 0.99 for share in shares)} of 20, at least 99 % of 1,000 fresh points are right; the worst has {min(shares):.1%}. |
| S9 | Crosses are "not enough": too strong. A high degree parts any finite set; what fails is the number of features, which explodes, and the choice among them. | Spirals, training and fresh points: degree 3 {spiral_at[3][0]:.1%} and {spiral_at[3][1]:.1%}, degree 9 {spiral_at[9][0]:.1%} and {spiral_at[9][1]:.1%}, degree 20 {spiral_at[20][0]:.1%} and {spiral_at[20][1]:.1%} with {comb(22, 2) - 1} features. 784 pixels: {comb(786, 2) - 1:,} at degree 2, {comb(787, 3) - 1:,} at degree 3. |

**Next:** choosing crosses by hand does not scale. Could a network make its own combinations, if we put a layer of neurons between the inputs and the answer?
""")

# %% [markdown]
r"""
## Further

The rest is for those who want it; the course goes on without it.

### Further 1: count the products

With $d$ inputs and a degree $k$, how many products of at least one and at most $k$ factors are there?
The order of the factors does not matter: $x_1 x_2$ and $x_2 x_1$ are the same feature. A factor may come more than once.
The constant 1, the product of no factors at all, does not count, since the bias already does its work.

Worked example: two inputs and degree 2 give $x_1$, $x_2$, $x_1^2$, $x_1 x_2$, $x_2^2$, which are 5.
"""


# %% exercise="n_poly_features"
def n_poly_features(d, degree):
    """Return how many different products of 1 to `degree` factors there are with d inputs, an int.

    >>> n_poly_features(2, 2)
    5
    """
    ### BEGIN SOLUTION
    from math import comb

    return comb(d + degree, degree) - 1
    ### END SOLUTION


# %% [markdown] hints="n_poly_features"
r"""
Write a product of exactly $k$ factors, of $d$ inputs *and the constant 1*. How does this relate to the products of at most $k$ factors?

Lay the $k$ factors in a row, sorted, and put $d$ bars between the sorts: stars and bars. `math.comb(n, k)` counts the ways to place $k$ things on $n$ places.
"""

# %% check="n_poly_features" points=2
found = n_poly_features(2, 2)
assert found != 6, (
    "For 2 inputs and degree 2 yours counts 6: one too many. Either the constant 1 is among them, which the bias already is, or x1 x2 and x2 x1 count twice."
    if n_poly_features(1, 2) != 2 else
    "For 2 inputs and degree 2 yours counts 6. But x1 x2 and x2 x1 are the same feature: the order of the factors does not matter.")
assert found != 4, "For 2 inputs and degree 2 yours counts 4: the powers of each input alone. The mixed one, x1 x2, is a feature as well."
assert found == 5, f"For 2 inputs and degree 2 there are x1, x2, x1^2, x1 x2, x2^2, which are 5; yours counts {found}."
assert n_poly_features(3, 3) == 19, (
    f"For 3 inputs and degree 3 there are 3 of degree 1, 6 of degree 2 and 10 of degree 3, together 19; yours counts {n_poly_features(3, 3)}.")
print("n_poly_features: 784 pixels at degree 2 make", f"{n_poly_features(784, 2):,}", "features.")
### BEGIN HIDDEN TESTS
from itertools import combinations_with_replacement

for d in range(1, 7):
    for degree in range(1, 6):
        brute = sum(1 for k in range(1, degree + 1) for _ in combinations_with_replacement(range(d), k))
        assert n_poly_features(d, degree) == brute, f"With {d} inputs and degree {degree} there are {brute} products; yours counts {n_poly_features(d, degree)}."
assert (n_poly_features(784, 2), n_poly_features(784, 3)) == (308_504, 80_931_144), "The products of 784 pixels are miscounted."
### END HIDDEN TESTS

# %% [markdown]
r"""
### Further 2: make all of them

Write `poly_features`: one column for each product of 1 to `degree` coordinates, in any order.

Worked example: the point $(2, 3)$ at degree 2 gives $2, 3, 4, 6, 9$, in some order.
"""


# %% exercise="poly_features"
def poly_features(X, degree):
    """Return all products of 1 to `degree` coordinates of each point, shape (n, number of products).

    X: points of shape (n, d). The columns may stand in any order; no product comes twice, and there is no constant column.

    >>> poly_features(np.array([[2.0, 3.0]]), 2)
    array([[2., 3., 4., 6., 9.]])
    """
    ### BEGIN SOLUTION
    from itertools import combinations_with_replacement

    columns = [
        np.prod(X[:, list(chosen)], axis=1)
        for k in range(1, degree + 1)
        for chosen in combinations_with_replacement(range(X.shape[1]), k)
    ]
    return np.column_stack(columns)
    ### END SOLUTION


# %% [markdown] hints="poly_features"
r"""
How do you list every choice of $k$ columns in which a column may come several times, but no choice twice in another order?

`itertools.combinations_with_replacement(range(d), k)` lists such choices. `X[:, list(chosen)]` picks the columns, and `np.prod(..., axis=1)` multiplies them.
"""

# %% check="poly_features" points=4
import numpy as np

point = np.array([[2.0, 3.0]])
found = poly_features(point, 2)
assert found is not None, "Your poly_features ends without return, so its result is None."
found = np.asarray(found)
assert found.ndim == 2 and found.shape[0] == 1, f"One point gives one row; yours has the shape {found.shape}."
values = sorted(found[0].tolist())
assert 1.0 not in values, f"At (2, 3), degree 2, yours holds {values}. The 1 is the constant, and the bias is already there for it."
assert values != [2, 3, 4, 6, 6, 9], f"At (2, 3), degree 2, yours holds {values}: 6 comes twice, as x1 x2 and as x2 x1. One of them is enough."
assert values != [2, 3, 4, 9], f"At (2, 3), degree 2, yours holds {values}: the powers of each coordinate alone. Mixed products such as x1 x2 are missing."
assert values != [4, 6, 9], f"At (2, 3), degree 2, yours holds {values}: only those with exactly two factors. The ones with fewer factors belong to it as well."
assert np.allclose(values, [2, 3, 4, 6, 9]) if len(values) == 5 else False, f"At (2, 3), degree 2, the products are 2, 3, 4, 6, 9; yours are {values}."
found = np.asarray(poly_features(np.array([[2.0, 3.0, 5.0], [1.0, -1.0, 10.0]]), 3))
assert found.shape == (2, 19), f"Two points with 3 coordinates have 19 products up to degree 3, shape (2, 19); yours has the shape {found.shape}."
assert np.any(np.isclose(found[0], 30) & np.isclose(found[1], -10)), (
    "At (2, 3, 5) the product x1 x2 x3 is 30, and at (1, -1, 10) it is -10; none of your columns has both.")
print("poly_features: every product once.")
### BEGIN HIDDEN TESTS
from itertools import product

rng = np.random.default_rng(307)
for n, d, degree in ((1, 1, 4), (3, 2, 5), (10, 3, 3), (6, 5, 2), (4, 4, 1), (8, 2, 7)):
    X = rng.uniform(0.5, 2, size=(n, d)) * rng.choice([-1, 1], size=(n, d))
    kept = X.copy()
    found = np.asarray(poly_features(X, degree))
    powers = [e for e in product(range(degree + 1), repeat=d) if 1 <= sum(e) <= degree]
    wanted = np.column_stack([np.prod(kept ** np.array(e), axis=1) for e in powers])
    assert found.shape == wanted.shape, f"{n} points with {d} coordinates at degree {degree} should give the shape {wanted.shape}; yours is {found.shape}."
    # each wanted column is taken once
    left = list(range(found.shape[1]))
    for column, e in zip(wanted.T, powers):
        hit = next((j for j in left if np.allclose(found[:, j], column)), None)
        assert hit is not None, f"With {d} coordinates at degree {degree} the product with the powers {e} is missing."
        left.remove(hit)
    assert np.array_equal(X, kept), "poly_features changed the points that it was given."
assert sorted(np.asarray(poly_features(np.array([[2, 3]]), 2))[0].tolist()) == [2, 3, 4, 6, 9], "With whole numbers the products are wrong."
### END HIDDEN TESTS

# %% [markdown]
r"""
One last look at the size of things.
Here are the products up to degree 20 at three points on the diagonal.
"""

# %% figure
for far in (0.3, 1.0, 3.0):
    products = poly_features(np.array([[far, far]]), 20)
    print(f"at ({far}, {far}): {products.shape[1]} features, the smallest {products.min():.1e}, the largest {products.max():.1e}")

# %% [markdown]
r"""
Near the middle most of the 230 features are next to nothing, and a little outside of where the points were, the largest is in the billions.
Numbers so far apart are hard to compute with.
So the live figure above did not fit these products themselves, but certain sums of them that stay between $-1$ and $1$ on the whole square (Chebyshev polynomials): from these one can mix exactly the same curves.
"""
