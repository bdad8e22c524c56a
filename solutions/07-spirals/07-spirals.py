# %% [markdown]
r"""
# Unroll two spirals until a line parts them

By the end you will have carried a sheet of squared paper through every layer of a network you trained, and seen the place where one straight line is enough.

Here are two spirals, wound into each other.
Put a pencil on the page and try to draw a border between the blue points and the orange ones without lifting it.
You can, and your border is a spiral itself, about as far from a straight line as a border can be.

And yet the last thing a network does is to draw a straight line: its output neuron is lesson 01's neuron and knows nothing else.
So everything before it must have moved the points, until a straight line would do.
**How does one move two spirals so that a line fits between them?** Guess before you scroll: cut them, fold them, or unroll them?
"""

# %%
from course_utils import datasets, network, plotting, predictions
from course_utils.figures.spirals import one_layer, ring, scrubber, seven_layers, twin_view

import numpy as np
from IPython.display import Markdown

# %% figure
plotting.classes(*datasets.spirals())

# %% [markdown]
r"""
## Wind them up

The points are yours to make.
A point of a spiral walks outwards while it turns: let $t$ run from 0 (the inner end) to 1 (the outer end).
At $t$ the point is at the distance $r = r_0 + (1 - r_0)\,t$ from the middle, and it has turned by the angle $2\pi \cdot \text{turns} \cdot t$ (a full turn is $2\pi$).
With an angle $\alpha$ ("alpha") and a distance $r$ its coordinates are $(r \cos\alpha,\; r \sin\alpha)$.

That is class 0.
Class 1 is the same spiral after half a turn about the middle, which sends $(x_1, x_2)$ to $(-x_1, -x_2)$.

The small number $r_0$, the distance of the inner ends from the middle, looks like decoration.
It is not: with $r_0 = 0$ both spirals begin in the same point, and no function in the world gives one point two classes.
"""

# %% [markdown]
r"""
### Exercise 1: wind two spirals

Write `make_spirals`: `n` points in all, half of them in each class, at places $t$ that the generator draws evenly between 0 and 1.

Worked example: with one turn and $r_0 = 0.2$ the point at $t = 0.25$ is at the distance $0.2 + 0.8 \cdot 0.25 = 0.4$ and has made a quarter turn: $(0,\, 0.4)$. Its twin in class 1 is $(0,\, -0.4)$.
"""


# %% exercise="make_spirals"
def make_spirals(n, turns, r0, rng):
    """Return (X, y): points of shape (n, 2) on two spirals and their classes, 0 or 1, of shape (n,).

    n: how many points in all, an even number. turns: full turns of each spiral.
    r0: distance of the inner ends from the middle; the outer ends are at distance 1.
    rng: a numpy generator that draws where along its spiral each point lies, evenly. The order of the points is free.

    >>> X, y = make_spirals(400, 1.75, 0.08, np.random.default_rng(0))
    >>> X.shape, int(y.sum())
    ((400, 2), 200)
    """
    ### BEGIN SOLUTION
    t = rng.uniform(0, 1, size=n // 2)
    r, angle = r0 + (1 - r0) * t, 2 * np.pi * turns * t
    arm = np.column_stack([r * np.cos(angle), r * np.sin(angle)])
    return np.concatenate([arm, -arm]), np.repeat([0, 1], n // 2)
    ### END SOLUTION


# %% [markdown] hints="make_spirals"
r"""
Where is a point of class 0 when $t$ is 0, and when $t$ is 1? And how many values of $t$ do you need for `n` points in all?

Draw `n // 2` values of $t$ at once; distance and angle are then arrays, and so are cosine and sine. `np.column_stack` puts two arrays side by side, `np.concatenate` puts two sets of points below each other.
"""

# %% check="make_spirals" points=3
import numpy as np


def wound(n, turns, r0, seed):
    """The learner's points as arrays, after the checks that need no geometry."""
    try:
        result = make_spirals(n, turns, r0, np.random.default_rng(seed))
    except (ValueError, TypeError) as error:
        raise AssertionError(f"make_spirals({n}, {turns}, {r0}, rng) stopped with: {error}. Which shapes do your arrays have before you put them together?") from None
    assert isinstance(result, (tuple, list)) and len(result) == 2, f"make_spirals should return two things, the points and their classes; yours returns {type(result).__name__}."
    X, y = np.asarray(result[0], dtype=float), np.asarray(result[1])
    assert X.shape != (2 * n, 2), f"make_spirals({n}, ...) asks for {n} points in all, and yours makes {len(X)}: that is {n} in each class."
    assert X.shape == (n, 2), f"make_spirals({n}, ...) should return points of shape ({n}, 2), one a row; yours have {X.shape}."
    assert y.shape == (n,) and set(np.unique(y)) == {0, 1}, f"The classes should be {n} numbers, each 0 or 1; yours have the shape {y.shape} and the values {np.unique(y)[:4]}."
    assert np.sum(y == 1) == n // 2, f"Of {n} points {n // 2} should be in class 1; yours has {np.sum(y == 1)}."
    return X, y


X, y = wound(400, 1.0, 0.2, 1)
r = np.hypot(*X.T)
assert not r.min() < 0.19, (
    f"With r0 = 0.2 no point should be closer to the middle than 0.2; yours come as close as {r.min():.3f}. "
    "Spirals that begin in the middle share that point, and then your two classes share a point.")
assert not r.max() > 1.01, f"The outer ends are at distance 1; your furthest point is at {r.max():.2f}. Begin at r0 and *end* at 1: how much is there to walk?"
t = (r - 0.2) / 0.8
wanted = np.column_stack([r * np.cos(2 * np.pi * t), r * np.sin(2 * np.pi * t)])
off = np.hypot(*(X - wanted).T)
k = int(np.argmax(np.where(y == 0, off, -1)))
slow = np.column_stack([r * np.cos(t), r * np.sin(t)])
assert not (np.allclose(X[y == 0], slow[y == 0], atol=1e-6) and off[k] > 1e-6), (
    f"Your class 0 turns by {np.degrees(1):.0f} degrees where one full turn is asked for. In which unit do np.cos and np.sin take an angle, and how much is a full turn in it?")
assert off[k] < 1e-6, (
    f"Your point ({X[k][0]:.3f}, {X[k][1]:.3f}) of class 0 is at the distance {r[k]:.3f}, so with one turn and r0 = 0.2 its t is {t[k]:.3f} and it should lie at "
    f"({wanted[k][0]:.3f}, {wanted[k][1]:.3f}).")
twin = np.hypot(*(X + wanted).T)
k = int(np.argmax(np.where(y == 1, twin, -1)))
mirrored = min(np.abs(X - wanted * flip)[y == 1].max() for flip in ([-1, 1], [1, -1]))
assert mirrored > 1e-6, (
    f"Your class 1 is a mirror image of class 0, and so it winds the other way: your point ({X[k][0]:.3f}, {X[k][1]:.3f}). Two such spirals cross. Turn by half a turn instead: both coordinates change.")
assert twin[k] < 1e-6, f"Your point ({X[k][0]:.3f}, {X[k][1]:.3f}) of class 1 should be a point of class 0 after half a turn, here ({-wanted[k][0]:.3f}, {-wanted[k][1]:.3f})."
again, other = wound(400, 1.0, 0.2, 1)[0], wound(400, 1.0, 0.2, 2)[0]
assert np.array_equal(X, again), "Twice the same generator should give twice the same points, and yours differ: take all chance from rng."
assert not np.allclose(X, other), "Two generators with different seeds should give different points, and yours are the same: let rng draw the places t."
assert np.ptp(t) > 0.9, f"The places t should be spread from 0 to 1; yours run from {t.min():.2f} to {t.max():.2f}."
assert abs(t.mean() - 0.5) < 0.1, f"The places t should be drawn evenly, and so be 0.5 on average; yours are {t.mean():.2f}."
X, y = wound(100, 2.5, 0.1, 3)
r = np.hypot(*X.T)
angle = 2 * np.pi * 2.5 * (r - 0.1) / 0.9
off = np.hypot(*(X - np.where(y == 1, -1, 1)[:, None] * np.column_stack([r * np.cos(angle), r * np.sin(angle)])).T)
k = int(np.argmax(off))
assert off[k] < 1e-6, f"With one turn all is right; with 2.5 turns and r0 = 0.1 your point ({X[k][0]:.3f}, {X[k][1]:.3f}) of class {y[k]} is not on its spiral. What in your lines should change with the number of turns, and what should not?"
print("make_spirals: two arms, half a turn apart, and no point in common.")
### BEGIN HIDDEN TESTS
rng = np.random.default_rng(701)
for n, turns, r0 in ((2, 1.0, 0.1), (50, 0.5, 0.3), (300, 1.75, 0.08), (600, 3.2, 0.02), (1000, 2.0, 0.5)):
    X, y = wound(n, turns, r0, int(rng.integers(10**6)))
    r = np.hypot(*X.T)
    assert r.min() >= r0 - 1e-9 and r.max() <= 1 + 1e-9, f"With r0 = {r0} the distances should lie between {r0} and 1; yours run from {r.min():.3f} to {r.max():.3f}."
    t = (r - r0) / (1 - r0)
    angle = 2 * np.pi * turns * t
    wanted = np.where(y == 1, -1, 1)[:, None] * np.column_stack([r * np.cos(angle), r * np.sin(angle)])
    assert np.allclose(X, wanted, atol=1e-6), f"With {turns} turns and r0 = {r0} some points do not lie on their spiral."
    apart = np.sqrt(((X[y == 0][:, None] - X[y == 1][None]) ** 2).sum(-1)).min()
    a, b = (1 - r0) / (2 * turns), 2 * r0
    assert apart >= a * b / np.hypot(a, b) - 1e-9, f"With {turns} turns and r0 = {r0} two points of different classes are only {apart:.4f} apart."
    if n >= 300:
        counts = np.histogram(t[y == 0], bins=5, range=(0, 1))[0] / np.sum(y == 0)
        assert (counts > 0.12).all() and (counts < 0.29).all(), "The places t are not drawn evenly."
### END HIDDEN TESTS

# %% [markdown]
r"""
From here on the points come from the course's own `datasets.spirals()`: the same two spirals with 1.75 turns, evenly spaced, so that your numbers are those of the text.
Their classes come nowhere closer to each other than the distance that the next cell prints.
"""

# %%
spiral_X, spiral_y = datasets.spirals()
print(f"{len(spiral_X)} points; two of different classes are at least {datasets.margin(spiral_X, spiral_y):.3f} apart")

# %% [markdown]
r"""
## What we have so far

Before a network may try, let the earlier lessons have their turn, with numbers.
The best straight line: as in lesson 02, try every direction, and every place for the line in each of them.
The best crosses: as in lesson 03, all products up to a degree, with fitted weights.
"""


# %% figure
def best_line(X, y, n_angles=720):
    """Return the largest share of points that a straight line gets right."""
    best = 0.0
    for angle in np.linspace(0, np.pi, n_angles, endpoint=False):
        order = np.argsort(X @ np.array([np.cos(angle), np.sin(angle)]))
        # with the line behind the first k points: class 1 before it and class 0 after it
        right = np.sum(y == 0) + np.cumsum(np.concatenate([[0], 2 * y[order] - 1]))
        best = max(best, right.max() / len(y), 1 - right.min() / len(y))
    return float(best)


def crosses(X, degree):
    """Return all products up to a degree, mixed so that they stay between -1 and 1 (as in lesson 03's live figure)."""
    products = np.polynomial.chebyshev.chebvander2d(X[:, 0], X[:, 1], [degree, degree])
    i, j = np.indices((degree + 1, degree + 1))
    return products.reshape(len(X), degree + 1, degree + 1)[:, i + j <= degree]


line_share = best_line(spiral_X, spiral_y)
print(f"the best straight line: {line_share:.1%}")
cross_share = {}
for degree in (2, 3, 5, 7, 9):
    features = crosses(spiral_X, degree)
    weights = np.linalg.lstsq(features, 2.0 * spiral_y - 1, rcond=None)[0]
    cross_share[degree] = float(np.mean((features @ weights > 0) == spiral_y))
    print(f"crosses up to degree {degree}: {features.shape[1] - 1:3d} features, {cross_share[degree]:.1%}")

# %% [markdown]
r"""
A line gets a little more than the coin.
Crosses of degree 3 are no better than a line, and degree 7 with its 35 features gets all of them: in a plane, crosses can do it.
But somebody had to know that it takes degree 7, and you know from lesson 03 what happens to their number when the inputs are 784 and not 2.

A network is asked for less: not 35 given features, but **two** of its own, in which a line is enough.
"""

# %% [markdown]
r"""
## Two neurons to look through

Our network has two hidden layers of sixteen tanh neurons, then a third hidden layer of **two**, then the output neuron: 2-16-16-2-1.
The layer of two is for your eyes. Two neurons are two axes, so what the output neuron sees can be drawn on a page.

`course_utils.network` holds the `forward` you wrote in lesson 06, with your `backward` and `init`, and a `train` that walks with Adam and takes twenty networks along at the same time.
One thing is new: all weights start twice as large as your `init` would draw them (`gain=2`).
A tanh near 0 is almost a straight line, and a network that starts almost flat needs long to get out of it.
"""

# %% predict="twenty-networks"
predictions.ask(
    "twenty-networks",
    "Twenty networks 2-16-16-2-1 start from twenty different random places "
    "and walk 500 steps downhill on the 400 points of the spirals. "
    "How many of them get at least 99 % of the points right?",
    ["at most 5", "6 to 15", "16 to 20"],
)

# %% figure
layers = [2, 16, 16, 2, 1]
counts = {}
for gain in (1, 2):
    nets, _, right = network.train(layers, spiral_X, spiral_y, steps=500, rate=0.02, seeds=20, gain=gain, goal=1.0)
    counts[gain] = int(np.sum(right[:, -1] >= 0.99))
    rate, low, high = network.wilson(counts[gain], 20)
    print(f"starting weights times {gain}: {counts[gain]} of 20 reach 99 %, "
          f"a rate of {rate:.0%} (95 % interval from {low:.0%} to {high:.0%})")

# one network to keep, with a snapshot every few steps
every = 6
history = network.history(layers, spiral_X, spiral_y, steps=270, rate=0.02, seed=0, every=every, gain=2)
net = history[-1]
print(f"the network we keep: {sum(W.size + b.size for W, b in net)} numbers, "
      f"{network.accuracy(net, spiral_X, spiral_y):.1%} of the points after {every * (len(history) - 1)} steps")

# %% figure
predictions.reveal(
    "twenty-networks",
    "16 to 20",
    f"{counts[2]} of 20 arrive, and {counts[1]} of 20 with lesson 06's smaller starting weights: "
    "where one starts decides more than one would like.",
)

# %% [markdown]
r"""
The interval is Wilson's (1927), as in lesson 06: it holds the rates with which such a result is no surprise.
One network that works would be a story. A rate with its interval is a measurement.
"""

# %% [markdown]
r"""
### Exercise 2: take out the last hidden layer

What does the output neuron see? Write `hidden`: what the last hidden layer says about each point, after its tanh.

Worked example: one input, one hidden neuron with weight 2 and bias $-1$, an output neuron behind it. For $x = 1$ the hidden neuron's score is 1, and $\tanh 1$ is about 0.7616; that is the answer, whatever the output neuron makes of it.
"""


# %% exercise="hidden"
def hidden(params, X):
    """Return the output of the last hidden layer of a tanh network, of shape (n, neurons of that layer).

    params: list of pairs (W, b), the last one is the output layer; there is at least one hidden layer.
    X: points of shape (n, inputs).

    >>> hidden([(np.array([[2.0]]), np.array([-1.0])), (np.array([[3.0]]), np.array([0.5]))], np.array([[1.0]]))
    array([[0.76159416]])
    """
    ### BEGIN SOLUTION
    return network.forward(params, X, "tanh")[0][-1]
    ### END SOLUTION


# %% [markdown] hints="hidden"
r"""
Which two things does `forward` return, and which entry of the first one belongs to the last hidden layer?

`network.forward` returns a list with one array for each hidden layer, and the logits. If you would rather walk through the layers yourself: all but the last pair, with a tanh after each.
"""

# %% check="hidden" points=1
import numpy as np

params = [(np.array([[1.0, -1.0], [0.5, 2.0]]), np.array([0.0, 0.5])), (np.array([[1.0, 0.0, -1.0], [1.0, 1.0, 2.0]]), np.array([0.1, 0.0, 0.0])),
          (np.array([[1.0], [2.0], [-1.0]]), np.array([0.3]))]
X = np.array([[1.0, 0.0], [0.2, -0.4]])
found = hidden(params, X)
assert found is not None, "Your hidden ends without return, so its result is None."
first = np.tanh(X @ params[0][0] + params[0][1])
scores = first @ params[1][0] + params[1][1]
assert not isinstance(found, (list, tuple)), f"hidden should return one array, and yours returns a {type(found).__name__} of {len(found)} things. Which of them is the last hidden layer?"
found = np.asarray(found, dtype=float)
assert found.shape != (2, 1), f"Yours has the shape {found.shape}, one number a point: that is the output neuron. The layer before it has three neurons here."
assert found.shape != (2, 2), f"Yours has the shape {found.shape}: that is the first hidden layer, of two neurons. The last hidden one has three."
assert found.shape == (2, 3), f"Two points and three neurons in the last hidden layer: the shape should be (2, 3), and yours is {found.shape}."
assert not np.allclose(found, scores), f"For the point (1, 0) yours says {found[0].round(3)}: the scores before the tanh. A layer hands on what comes after it."
assert np.allclose(found, np.tanh(scores)), f"For the point (1, 0) the last hidden layer says {np.tanh(scores)[0].round(4)}; yours says {found[0].round(4)}."
try:
    found = np.asarray(hidden([(np.array([[2.0]]), np.array([-1.0])), (np.array([[3.0]]), np.array([0.5]))], np.array([[1.0]])), dtype=float)
except IndexError as error:
    raise AssertionError(f"The network of the worked example has one hidden layer, and there yours stopped with: {error}. Which entry is the last one, however many there are?") from None
assert np.allclose(found, [[np.tanh(1)]]), f"For the network of the worked example, with one hidden layer, the answer is [[0.7616]]; yours is {found.round(4)}."
print("hidden: what the output neuron sees.")
### BEGIN HIDDEN TESTS
rng = np.random.default_rng(702)
for sizes in ([2, 2, 1], [1, 4, 1], [3, 5, 2, 4, 1], [2, 16, 16, 2, 1], [4, 3, 3]):
    params = [(rng.normal(size=(n, m)), rng.normal(size=m)) for n, m in zip(sizes, sizes[1:])]
    X = rng.normal(size=(int(rng.integers(1, 20)), sizes[0]))
    kept, before = X.copy(), [W.copy() for W, _ in params]
    H = X
    for W, b in params[:-1]:
        H = np.tanh(np.einsum("ni,ij->nj", H, W) + b)
    found = np.asarray(hidden(params, X))
    assert found.shape == H.shape and np.allclose(found, H), f"For the sizes {sizes} the last hidden layer is not right."
    assert np.array_equal(X, kept) and all(np.array_equal(old, W) for old, (W, _) in zip(before, params)), "hidden changed what it was given."
### END HIDDEN TESTS

# %% [markdown]
r"""
Now watch it happen.
On the left is the input plane with the network's border; on the right is the same plane, grid and points and all, in the two coordinates that your `hidden` returns, with the output neuron's line.

**Predict, then press Play.** Two things could move on the right: the line towards the points, or the points towards the line. Which one does the work?
"""

# %% figure
twin_view(history, spiral_X, spiral_y, every)

# %% [markdown]
r"""
The line moves a little, and it is straight at every moment.
The work is done by the paper: it gets pulled until blue is pressed into one corner and orange into the other, and whatever lies between them is stretched.
The points themselves stay where they were, on the left; only their *coordinates*, as the last layer sees them, have changed.
"""

# %% [markdown]
r"""
## Ask every layer

When does the tangle come apart: in the first layer, in the second, or only at the very end?
There is an instrument for this: take what a layer says, fit one straight cut to it, and look how well the cut does.
Alain and Bengio (2016) call it a **linear probe**. A probe has only a straight cut at its disposal, so if it does well, the layer has done the work.

Two rules make it honest.

- *Points that were used for fitting do not vote.* With enough columns a straight cut fits even random classes. So the points are shuffled, one half is used for fitting, and the share is counted on the other half.
- *Every column counts alike.* A column in millimetres and one in light years would drown each other. So each column is **standardised**: take away the mean of the fitted half and divide by its standard deviation. A column that never changes has the deviation 0 and says nothing; divide it by 1.

The cut itself may be fitted in any way you know: by least squares to the targets $-1$ and $+1$ (`np.linalg.lstsq`), or by steps downhill on the logistic loss. It has weights and a bias.
"""

# %% [markdown]
r"""
### Exercise 3: build a probe

Write `linear_probe`. To shuffle, use `np.random.default_rng(0).permutation(n)`: the first `n // 2` of these row numbers are for fitting, the others are held out. So the same data always give the same answer.

Worked example: points on a line, class 1 to the right of 5: the probe returns 1.0 or nearly so. Classes thrown by a coin: about 0.5, however many columns there are.
"""


# %% exercise="linear_probe"
def linear_probe(H, y):
    """Return the share, from 0 to 1, of held-out rows that a fitted straight cut puts into their own class.

    H: features of shape (n, d), n at least 20. y: classes 0 and 1, of shape (n,).
    Half of the rows, shuffled, are for fitting; the columns are standardised by that half; the other half is counted.

    >>> H = np.arange(100.0).reshape(100, 1)
    >>> linear_probe(H, (H[:, 0] > 49.5).astype(int)) > 0.9
    True
    """
    ### BEGIN SOLUTION
    order = np.random.default_rng(0).permutation(len(H))
    fit, held_out = order[: len(H) // 2], order[len(H) // 2:]
    mean, deviation = H[fit].mean(axis=0), H[fit].std(axis=0)
    Z = (H - mean) / np.where(deviation > 0, deviation, 1)
    Z = np.column_stack([Z, np.ones(len(Z))])
    w = np.linalg.lstsq(Z[fit], 2.0 * y[fit] - 1, rcond=None)[0]
    return float(np.mean((Z[held_out] @ w > 0) == y[held_out]))
    ### END SOLUTION


# %% [markdown] hints="linear_probe"
r"""
Which rows may the mean, the deviation and the weights know about, and which rows do you count in the end?

Five steps: two sets of row numbers; mean and deviation of the first set, with `axis=0`; all rows standardised, with a column of ones for the bias; weights from the first set; the share of right signs on the second.
"""

# %% check="linear_probe" points=3
import warnings

import numpy as np


def probed(H, y):
    given = H.copy(), y.copy()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            share = linear_probe(H, y)
    except RuntimeWarning as problem:
        still = bool((np.ptp(H, axis=0) == 0).any())
        raise AssertionError(f"numpy warned: {problem}. " + ("One column here never changes: its deviation is 0, and you divide by it." if still else
            "Do your numbers grow without end? Look at the size of the columns, and at your step size.")) from None
    except (ValueError, IndexError, TypeError) as error:
        raise AssertionError(f"For features of shape {H.shape} your probe stopped with: {error}.") from None
    assert share is not None, "Your linear_probe ends without return, so its result is None."
    assert np.ndim(share) == 0 and not isinstance(share, (bool, np.bool_)), f"linear_probe should return one number, the share; yours returns {share!r}."
    assert 0 <= share <= 1, f"The share lies between 0 and 1; yours is {share}. Divide by the number of held-out rows."
    assert np.array_equal(H, given[0]) and np.array_equal(y, given[1]), "linear_probe changed the features or the classes that it was given."
    return float(share)


rng = np.random.default_rng(31)
y = np.repeat([0, 1], 60)
cloud = rng.normal(size=(120, 2)) * 0.2 + np.where(y == 1, 1, -1)[:, None]
share = probed(cloud, y)
assert share > 0.9, (
    f"Two clouds far apart, listed class by class, and your probe gets {share:.0%} of them. The first half of the rows is all of class 0: are yours shuffled before they are split?")
share = probed(cloud + 40, y)
assert share > 0.9, f"The same two clouds, far from the origin at (40, 40): your probe gets {share:.0%}. Without a bias your cut goes through the origin; standardising by the mean helps, too."
coin = np.mean([probed(np.random.default_rng(seed).normal(size=(120, 40)), np.random.default_rng(seed + 50).integers(0, 2, 120)) for seed in range(10)])
assert coin < 0.6, (
    f"Classes thrown by a coin, with 40 columns of noise: nobody can know them, and your probe claims {coin:.0%}. It has learnt them by heart: it counts on rows that it was fitted to.")
units = cloud * np.array([1e-11, 1.0])
units[:, 1] = rng.normal(size=120) * 1e9
share = probed(units, y)
assert share > 0.9, (
    f"The first column parts the classes, but in a unit in which all its values are tiny, and the second is noise in the billions: your probe gets {share:.0%}. What makes columns comparable?")
share = probed(np.column_stack([cloud, np.full(120, 3.0)]), y)
assert share > 0.9, f"With a third column that never changes your probe gets {share:.0%} of two clouds far apart."
assert probed(cloud, y) == probed(cloud, y), "The same rows gave two different answers: make the shuffle the same each time."
corners = rng.uniform(-1, 1, size=(400, 2))
share = probed(corners, (corners[:, 0] * corners[:, 1] > 0).astype(int))
assert share < 0.72, f"XOR in the square: no straight cut gets more than 3 in 4, and yours claims {share:.0%}. Is your cut straight?"
print("linear_probe: a straight cut, fitted on one half and judged on the other.")
### BEGIN HIDDEN TESTS
rng = np.random.default_rng(703)
for d in (1, 2, 5, 16):
    for n in (60, 201, 500):
        w = rng.normal(size=d)
        H = rng.normal(size=(n, d))
        score = H @ w / np.linalg.norm(w)
        H += np.where(score > 0, 1, -1)[:, None] * w / np.linalg.norm(w)
        y = (score > 0).astype(int)
        H = H * 10.0 ** rng.integers(-6, 7, size=d) + 0.0
        assert probed(H, y) > 0.9, f"{n} rows with {d} columns of different units, parted by a wide gap: the probe should find it."
        assert probed(H.astype(np.float32), y) > 0.9, "With features of type float32 the probe fails."
coin = np.mean([probed(rng.normal(size=(90, 30)), rng.integers(0, 2, 90)) for _ in range(12)])
assert 0.38 < coin < 0.62, f"Classes thrown by a coin: the probe's mean share is {coin:.2f}."
noisy = []
for _ in range(6):
    H = rng.normal(size=(2000, 3))
    y = (H[:, 0] + rng.normal(size=2000) > 0).astype(int)
    noisy.append(probed(H, y))
assert abs(np.mean(noisy) - 0.75) < 0.03, f"A column that knows the class 3 times in 4: the probe's mean share is {np.mean(noisy):.3f}, and should be near 0.75."
### END HIDDEN TESTS

# %% [markdown]
r"""
Send it through all twenty networks, layer by layer.
"""

# %% figure
probes = np.array([[linear_probe(H, spiral_y) for H in [spiral_X, *network.forward(one, spiral_X)[0]]] for one in nets])
for name, share in zip(("the inputs", "after layer 1", "after layer 2", "after layer 3"), probes.T):
    print(f"{name:14s}: {share.mean():.1%} on average over 20 networks (from {share.min():.1%} to {share.max():.1%})")

# %% [markdown]
r"""
A coin, not much more than a coin, and then nearly everything.
The first layer only prepares; the second one does the untangling, and the third one puts the result where you can see it.
"""

# %% [markdown]
r"""
## The paper on its way

Numbers say *when*. To see *how*, carry the paper through the layers without ever letting go of it.

A layer does two things, one after the other: the affine part $z = xW + b$ and then the bend $f(z)$.
Let a number $t$ run from 0 to 2.
From 0 to 1 every point walks in a straight line from $x$ to $z$; from 1 to 2 it walks on, from $z$ to $f(z)$:

$$t \le 1:\quad (1 - t)\,x + t\,z, \qquad\qquad t \ge 1:\quad (2 - t)\,z + (t - 1)\,f(z).$$

Both walks have to be shown.
Whoever goes from $x$ to $f(z)$ in one go takes a short cut, and skips the moment in which a ReLU folds the paper.
"""

# %% [markdown]
r"""
### Exercise 4: carry points through a layer

Write `interpolate_layer` for a layer with as many neurons as inputs. `network.ACTIVATIONS[act]` is the pair (function, slope) of lesson 06.

Worked example: one neuron with weight 2 and bias 0, a ReLU, the point $x = -1$. The affine part takes it to $-2$, the ReLU to 0. So it is at $-1$ for $t = 0$, at $-1.5$ for $t = 0.5$, at $-2$ for $t = 1$, at $-1$ for $t = 1.5$ and at 0 for $t = 2$: out, and back again.
"""


# %% exercise="interpolate_layer"
def interpolate_layer(X, W, b, act, t):
    """Return where the points X are on their way through a layer, of shape (n, d).

    X: points of shape (n, d). W: weights of shape (d, d). b: biases of shape (d,). act: a name in network.ACTIVATIONS.
    t: a number from 0 (nothing has happened) over 1 (affine part done, not bent yet) to 2 (all done).

    >>> interpolate_layer(np.array([[-1.0]]), np.array([[2.0]]), np.array([0.0]), "relu", 0.5)
    array([[-1.5]])
    """
    ### BEGIN SOLUTION
    Z = X @ W + b
    if t <= 1:
        return (1 - t) * X + t * Z
    return (2 - t) * Z + (t - 1) * network.ACTIVATIONS[act][0](Z)
    ### END SOLUTION


# %% [markdown] hints="interpolate_layer"
r"""
Where is a point at $t = 0$, at $t = 1$ and at $t = 2$? Write down these three before you think about what lies between them.

Compute $z$ once, then ask whether $t$ is at most 1. In the second half the share of the way is not $t$ but $t - 1$, and what is left of $z$ is one minus that share.
"""

# %% check="interpolate_layer" points=3
import numpy as np


def carried(X, W, b, act, t):
    kept = X.copy()
    try:
        found = interpolate_layer(X, W, b, act, t)
    except (ValueError, TypeError) as error:
        raise AssertionError(f"interpolate_layer with {len(X)} points, act={act!r} and t={t} stopped with: {error}.") from None
    assert found is not None, "Your interpolate_layer ends without return, so its result is None."
    assert np.array_equal(X, kept), "interpolate_layer changed the points that it was given: begin with an array of your own."
    found = np.asarray(found, dtype=float)
    assert found.shape == X.shape, f"{len(X)} points went in with the shape {X.shape}, and yours come out with {found.shape}."
    return found


X = np.array([[1.0, 0.0], [-1.0, 0.5]])
W, b = np.array([[0.0, 2.0], [-1.0, 1.0]]), np.array([0.5, -1.0])
Z = np.einsum("ni,ij->nj", X, W) + b
start, middle, end = (carried(X, W, b, "relu", t) for t in (0.0, 1.0, 2.0))
assert np.allclose(start, X), f"At t = 0 nothing has happened: the point (1, 0) is still there, and yours is at {start[0]}."
assert not np.allclose(middle, X @ W), f"At t = 1 the point (1, 0) should be at {Z[0]}, and yours is at {middle[0]}: your paper is not shifted by b."
assert not np.allclose(middle, (X + np.maximum(Z, 0)) / 2), (
    f"At t = 1 your point (-1, 0.5) is at {middle[1]}, half way to where the ReLU will put it: you go there in one go, and nobody sees the fold. At t = 1 the affine part should be done, and nothing bent.")
assert not np.allclose(middle, np.maximum(Z, 0)), f"At t = 1 your point (-1, 0.5) is at {middle[1]}, already bent by the ReLU. Up to t = 1 there is only the affine part, which takes it to {Z[1]}."
assert np.allclose(middle, Z), f"At t = 1 the point (-1, 0.5) should be at z = {Z[1]}; yours is at {middle[1]}."
assert np.allclose(end, np.maximum(Z, 0)), f"At t = 2 the point (-1, 0.5) should be where the ReLU puts it, at {np.maximum(Z, 0)[1]}; yours is at {end[1]}. What share of the second walk is done when t is 2?"
found = carried(X, W, b, "relu", 0.25)
assert np.allclose(found, 0.75 * X + 0.25 * Z), f"At t = 0.25 the point (1, 0) has a quarter of its way to {Z[0]} behind it and should be at {(0.75 * X + 0.25 * Z)[0]}; yours is at {found[0]}."
after = carried(X, W, b, "tanh", 1.001)
assert np.abs(after - Z).max() < 0.01, f"Between t = 1 and t = 1.001 your point (1, 0) jumps from {Z[0]} to {after[0].round(3)}. The second walk begins where the first one ended."
found = carried(X, W, b, "tanh", 1.5)
assert np.allclose(found, (Z + np.tanh(Z)) / 2), f"At t = 1.5, with tanh, the point (1, 0) should be half way from {Z[0]} to {np.tanh(Z)[0].round(3)}; yours is at {found[0].round(3)}."
found = carried(X, W, b, "sigmoid", 2.0)
assert np.allclose(found, 1 / (1 + np.exp(-Z))), f"With act='sigmoid' the point (1, 0) should end at {(1 / (1 + np.exp(-Z)))[0].round(3)}; yours ends at {found[0].round(3)}. network.ACTIVATIONS has more names than tanh and relu."
print("interpolate_layer: first the affine walk, then the bend, and no jump between them.")
### BEGIN HIDDEN TESTS
rng = np.random.default_rng(704)
bends = {"tanh": np.tanh, "relu": lambda z: z * (z > 0), "sigmoid": lambda z: 0.5 + 0.5 * np.tanh(z / 2), "step": lambda z: 1.0 * (z > 0), "linear": lambda z: z}
for d in (1, 2, 3, 16):
    for act, bend in bends.items():
        X, W, b = rng.normal(size=(int(rng.integers(1, 30)), d)), rng.normal(size=(d, d)), rng.normal(size=d)
        kept = W.copy(), b.copy()
        Z = np.einsum("ni,ij->nj", X, W) + b
        for t in (0, 0.1, 0.9, 1, 1.2, 1.99, 2, float(rng.uniform(0, 2))):
            wanted = X + t * (Z - X) if t <= 1 else Z + (t - 1) * (bend(Z) - Z)
            assert np.allclose(carried(X, W, b, act, t), wanted, atol=1e-9), f"With {d} neurons, {act} and t = {t} the points are not where they should be."
        assert np.array_equal(W, kept[0]) and np.array_equal(b, kept[1]), "interpolate_layer changed the layer."
### END HIDDEN TESTS

# %% [markdown]
r"""
Here is your network, and your paper, painted with what the network will say at the end: light blue for class 0, light orange for class 1.
Sixteen neurons are sixteen axes, more than a page has.
Think of the plane as a flat sheet that lies in a room with sixteen directions; what you see of it in the first two layers is its **shadow**, cast in the direction that shows most of the spread (the text says how much).
The last two neurons are two axes, and there nothing is hidden.

**Predict, then move the slider.** The black curve is the border. In which layer will it have become straight?
"""

# %% figure
scrubber(net, spiral_X, spiral_y, interpolate_layer)

# %% [markdown]
r"""
The affine parts turn, stretch and squeeze, and the bends do the rest, as the scores run into the flat ends of the tanh.
At the last stop, and only there, the border is a straight line.

Then move the slider slowly back to the left, and see the straight line become the curve.
That is all the curve ever was.
"""

# %% [markdown]
r"""
## The curve and the line are one border

"The decision boundary is a hyperplane", one often reads (a *hyperplane* is what a line is in a plane, with any number of axes).
The two pictures tell it better.
The hyperplane lies in the space of the **hidden** neurons: all places $h$ with $w \cdot h + b = 0$, where $w$ and $b$ belong to the output neuron.
What is drawn in the **input** plane is the set of all points that land on it, and such a set is called its **preimage**.
It may be curved, it may be in pieces, and it needs no name from geometry.

A claim of this kind can be measured.
Find points of the border without any formula: between a blue and an orange point there must be one, so halve the way until it is found.
Then ask your `hidden` where they land.
"""

# %% figure
low, high = spiral_X[spiral_y == 0], spiral_X[spiral_y == 1]
for _ in range(60):
    middle = (low + high) / 2
    orange = network.forward(net, middle)[1] > 0
    low, high = np.where(orange, low, middle), np.where(orange, middle, high)
border = (low + high) / 2

w_out, b_out = net[-1]
distance_from_zero = np.abs(hidden(net, border) @ w_out + b_out).max()
print(f"{len(border)} points of the border, found by halving: |w.h(x) + b| is at most {distance_from_zero:.0e}")
middle = border - border.mean(axis=0)
across = np.linalg.svd(middle)[2][1]
print(f"the best straight line through them in the input plane misses them by up to {np.abs(middle @ across).max():.2f}")

# %% figure
figure, axes = plotting.new(columns=2, width=760, height=430)
for ax, move, title in zip(axes, (lambda P: P, lambda P: hidden(net, P)), ("the input plane", "the last hidden plane")):
    plotting.points(ax, move(spiral_X), spiral_y)
    ax.plot(*move(border).T, "o", color=plotting.BLACK, ms=3, label="points of the border", zorder=4)
    ax.set_title(title)
plotting.regions(axes[0], lambda P: network.forward(net, P)[1][:, 0], scores=True)
plotting.regions(axes[1], lambda H: H @ w_out[:, 0] + b_out[0], scores=True)
plotting.show(figure, f"{len(border)} points of the border: on the left they lie on a curve that winds between the spirals, on the right, "
                      f"in the last hidden plane, all of them on one straight line, up to {distance_from_zero:.0e}.")

# %% [markdown]
r"""
## Seven layers, and no shadow

The layers of sixteen had to be shown by their shadows. Can the whole journey be seen, with nothing hidden?
Then every layer must have two neurons: a plane, mapped to a plane, mapped to a plane.

Olah (2014) drew such journeys for the first time, and this lesson owes its pictures to his.
He also showed why they are special: if the four weights of a two-neuron layer do not press the plane flat, the layer can be undone.
$xW + b$ can be undone, and tanh can be undone value by value, so the whole layer maps different points to different points, and neighbours to neighbours.
The paper may be stretched without limit, but it is never cut, and never folded over.

It is a hard way to go. Here are twenty chains of seven two-neuron layers, from random starts, on spirals of 1.25 turns.
"""

# %% figure
small_X, small_y = datasets.spirals(300, turns=1.25)
_, _, right = network.train([2] * 8 + [1], small_X, small_y, steps=1500, rate=0.02, seeds=20, gain=1.3, goal=1.0)
chains = int(np.sum(right[:, -1] >= 0.99))
rate, low, high = network.wilson(chains, 20)
print(f"{chains} of 20 chains reach 99 %, a rate of {rate:.0%} (95 % interval from {low:.0%} to {high:.0%}); "
      f"the median chain has {np.median(right[:, -1]):.0%}")

# %% [markdown]
r"""
The way is there, and walking downhill rarely finds it.
So the chain below had help: it learnt on spirals of 0.6 turns, and each time it had all points right they were wound up a little further, 68 stages up to 1.25 turns.
With this help 29 of 60 chains arrived at 99 % of the points (an interval from 36 % to 61 %), and this is one of them.
Below stands for each layer its **determinant**, the factor by which the affine part multiplies areas; a layer that presses the plane flat has the determinant 0.

**Predict, then move the slider.** Nothing is cut or folded, and there are two dimensions all the way. What will happen to the little tongue of blue in the middle, which is surrounded by orange on three sides?
"""

# %% figure
chain = seven_layers()
print(f"seven layers of two neurons: {sum(W.size + b.size for W, b in chain)} numbers, "
      f"{network.accuracy(chain, small_X, small_y):.0%} of {len(small_X)} points")
print("determinants of the seven layers:", [round(float(np.linalg.det(W)), 2) for W, _ in chain[:-1]])

# %% figure
scrubber(chain, small_X, small_y, interpolate_layer)

# %% [markdown]
r"""
Layer 1 squeezes the spirals flat, layer 2 opens them into an S, layer 3 lets the two tongues slide past each other, and behind layer 4 the border is almost straight; the rest is a matter of pressing.
No step did anything that you could not do with a sheet of rubber.

And no step lost anything: none of the seven determinants is 0, so each layer can be undone.
"""

# %% [markdown]
r"""
## Torn, folded or bent?

"In the process, the model warps and reshapes our space of feature values, sometimes even tearing it apart", says the article this course began with.
You have seen the warping. Does it tear?

To decide, say what tearing is.
Walk along a path in the input plane, in $n$ small steps, and watch where the points land.
If the map is **continuous**, halving the steps makes the jumps between neighbouring landing places smaller, all the way down to nothing.
If the map **tears** the plane somewhere on the path, there is a jump that stays, however small the steps.
"""

# %% [markdown]
r"""
### Exercise 5: look for a tear

Write `max_jump`: go straight from one end of the path to the other in `n` equal steps, and return the largest distance between the landing places of two neighbours.

Worked example: $f(x) = 3x$ on the path from 0 to 10 in 5 steps: the points 0, 2, 4, 6, 8, 10 land at 0, 6, 12, 18, 24, 30, and the largest jump is 6.
"""


# %% exercise="max_jump"
def max_jump(f, path, n):
    """Return the largest distance between the images of neighbouring points on a path, a number.

    f: a function that takes points of shape (m, d) and returns points of shape (m, k).
    path: array of shape (2, d), the start and the end of a straight path. n: number of equal steps (so n + 1 points).

    >>> max_jump(lambda P: 3 * P, np.array([[0.0], [10.0]]), 5)
    6.0
    """
    ### BEGIN SOLUTION
    t = np.linspace(0, 1, n + 1)[:, None]
    landed = f((1 - t) * path[0] + t * path[1])
    return float(np.sqrt(np.sum(np.diff(landed, axis=0) ** 2, axis=1)).max())
    ### END SOLUTION


# %% [markdown] hints="max_jump"
r"""
A fence of five fields has how many posts? And in how many coordinates can a landing place jump at once?

`np.linspace(0, 1, n + 1)` gives the shares of the way; mix start and end with them, ask `f` once for all points, and take the differences of neighbouring rows. The distance is Pythagoras over the columns.
"""

# %% check="max_jump" points=3
import warnings

import numpy as np


def jumped(f, path, n):
    kept = path.copy()
    try:
        value = max_jump(f, path, n)
    except (ValueError, IndexError, TypeError) as error:
        raise AssertionError(f"max_jump on a path of shape {path.shape} in {n} steps stopped with: {error}. The function f wants points as rows, of shape (m, {path.shape[1]}).") from None
    assert value is not None, "Your max_jump ends without return, so its result is None."
    assert np.ndim(value) == 0, f"max_jump should return one number; yours returns an array of shape {np.shape(value)}."
    assert np.array_equal(path, kept), "max_jump changed the path that it was given."
    return float(value)


line = np.array([[0.0], [10.0]])
value = jumped(lambda P: 3 * P, line, 5)
assert abs(value - 7.5) > 1e-9, "For 3x from 0 to 10 in 5 steps yours says 7.5: five points make four steps. Five steps need one point more."
assert abs(value - 2) > 1e-9, "For 3x from 0 to 10 in 5 steps yours says 2, the step on the path. Measure the jumps of where the points land."
assert abs(value - 30) > 1e-9, "For 3x from 0 to 10 in 5 steps yours says 30, which is from one end to the other. Compare neighbours only."
assert abs(value - 6) < 1e-9, f"For 3x from 0 to 10 in 5 steps the points land at 0, 6, 12, ..., 30, so the largest jump is 6; yours is {value:.4g}."
plane = np.array([[0.0, 0.0], [3.0, 4.0]])
value = jumped(lambda P: P, plane, 1)
assert abs(value - 7) > 1e-9 and abs(value - 4) > 1e-9, f"From (0, 0) to (3, 4) in one step, with f leaving all as it is, yours says {value:.4g}. The straight distance is Pythagoras: the root of 9 + 16."
assert abs(value - 5) < 1e-9, f"From (0, 0) to (3, 4) in one step, with f leaving all as it is, the jump is 5; yours is {value:.4g}."
value = jumped(lambda P: np.where(P > 6.9, P + 100, P), line, 100)
assert abs(value - 1.1) > 0.2, f"A function that is torn at 6.9 by 100: yours says {value:.4g}, which is about the average jump. One large jump among a hundred small ones is what we are after."
assert abs(value - 100.1) < 1e-6, f"A function that is torn at 6.9 by 100, in 100 steps of 0.1: the largest jump is 100.1; yours is {value:.4g}."
value = jumped(lambda P: np.abs(P - 5), line, 10)
assert abs(value - 1) < 1e-9, f"For |x - 5| from 0 to 10 in 10 steps every jump has the length 1, also on the way down; yours says {value:.4g}."
print("max_jump: a tear is a jump that small steps do not cure.")
### BEGIN HIDDEN TESTS
rng = np.random.default_rng(705)
for d, k in ((1, 1), (2, 2), (3, 5), (16, 2)):
    W, b = rng.normal(size=(d, k)), rng.normal(size=k)
    path = rng.normal(size=(2, d))
    for n in (1, 2, 7, 64, 501):
        straight = np.linalg.norm((path[1] - path[0]) @ W) / n
        assert abs(jumped(lambda P: P @ W + b, path, n) - straight) < 1e-9 * (1 + straight), f"An affine map with {d} inputs, {n} steps: the jump is not right."
        points = np.array([path[0] + (path[1] - path[0]) * i / n for i in range(n + 1)])
        for bend in (np.tanh, lambda z: np.maximum(z, 0), lambda z: 1.0 * (z > 0)):
            landed = bend(points @ W + b)
            wanted = max(np.linalg.norm(landed[i + 1] - landed[i]) for i in range(n))
            assert abs(jumped(lambda P: bend(P @ W + b), path, n) - wanted) < 1e-9 + 0.02 * wanted, f"A layer with {d} inputs and {n} steps: the jump is not right."
assert abs(jumped(lambda P: P, np.array([[0, 0], [30, 40]]), 10) - 5) < 1e-9, "With a path of whole numbers the jump is not right."
### END HIDDEN TESTS

# %% [markdown]
r"""
There is a second way to change the plane for good: put different points on the same spot.
Take a paper napkin and fold it. Nothing is torn, but where the layers lie on each other you can no longer tell them apart.
The ReLU does this: all negative scores become the same 0.

### Exercise 6: look for a fold

Write `count_collisions`: how many of the points share their place with at least one other point, where two points are in the same place if their distance is at most `tol`.

Worked example: at 0, 0, 0, 2 and 3 on a line, with `tol` 0.1, three points share a place; with `tol` 1 all five do, since 2 and 3 are then in the same place as well.
"""


# %% exercise="count_collisions"
def count_collisions(H, tol):
    """Return how many rows of H have another row within the distance tol, an int.

    H: points of shape (n, d), n up to a few thousand. tol: a number, at least 0.

    >>> count_collisions(np.array([[0.0], [0.0], [0.0], [2.0], [3.0]]), 0.1)
    3
    """
    ### BEGIN SOLUTION
    shared = 0
    for h in H:
        shared += np.sum(np.sum((H - h) ** 2, axis=1) <= tol**2) > 1
    return int(shared)
    ### END SOLUTION


# %% [markdown] hints="count_collisions"
r"""
How far is every point from itself, and what does that do to a count of near points?

For one row `h`, `H - h` holds the steps from it to all rows; count how many of these are short. The row itself is always among them, so it takes more than one.
"""

# %% check="count_collisions" points=2
import numpy as np


def shared(H, tol):
    kept = H.copy()
    try:
        value = count_collisions(H, tol)
    except (ValueError, IndexError, TypeError) as error:
        raise AssertionError(f"count_collisions for points of shape {H.shape} stopped with: {error}.") from None
    assert value is not None, "Your count_collisions ends without return, so its result is None."
    assert np.array_equal(H, kept), "count_collisions changed the points that it was given."
    assert np.ndim(value) == 0 and int(value) == value, f"count_collisions should return a whole number; yours returns {value!r}."
    return int(value)


four = np.array([[1.0, 1.0], [0.0, 5.0], [1.0, 1.0], [7.0, 1.0], [1.0, 1.0], [1.0, 1.0], [1.0, 4.0]])
value = shared(four, 1e-9)
assert value != 7, "Seven points, of which four lie at (1, 1), and yours counts 7. Every point is at distance 0 from itself, and that is no collision."
assert value not in (6, 12), f"Four points lie at (1, 1), and yours counts {value}: these are the pairs. We ask how many points share their place."
assert value != 3, "Four points lie at (1, 1), and yours counts 3. The first one shares its place as well as the others."
assert value != 2, "Four of the seven points lie at (1, 1), and yours counts 2, those that are neighbours in the list. The order of the rows means nothing."
assert value == 4, f"Of these seven points four lie at (1, 1) and the others are alone; yours counts {value}."
close = np.array([[0.0, 0.0], [0.0, 1e-12], [1.0, 0.0], [1.0, 0.3]])
value = shared(close, 1e-9)
assert value != 0, "Two points differ by 0.000000000001 in one coordinate, with tol 0.000000001, and yours counts none: `==` is too strict for rounded numbers."
assert value == 2, f"Two of four points are closer than tol, the other two are 0.3 apart; yours counts {value}."
value = shared(np.array([[0.0], [1.0], [2.0], [10.0]]), 1.5)
assert value == 3, f"At 0, 1, 2 and 10 with tol 1.5 the first three have a near neighbour; yours counts {value}."
value = shared(np.array([[0.0, 0.0], [5.0, 0.0], [5.0, 1.0]]), 1.0)
assert value != 0, "At (5, 0) and (5, 1), with tol 1, yours sees no shared place. A distance of exactly tol is at most tol."
assert value == 2, f"At (0, 0), (5, 0) and (5, 1) with tol 1 the last two share a place; yours counts {value}."
print("count_collisions: points that can no longer be told apart.")
### BEGIN HIDDEN TESTS
rng = np.random.default_rng(706)
for _ in range(15):
    n, d = int(rng.integers(1, 120)), int(rng.integers(1, 5))
    H = rng.normal(size=(n, d)).round(int(rng.integers(0, 2)))
    keys = {}
    for row in map(tuple, (H + 0.0).tolist()):
        keys[row] = keys.get(row, 0) + 1
    wanted = sum(count for count in keys.values() if count > 1)
    assert shared(H, 1e-9) == wanted, f"{n} points on a lattice, {wanted} of them share their place."
    assert shared(H + rng.uniform(-1e-7, 1e-7, size=H.shape), 1e-3) == wanted, "The same points, moved by a hair: with a larger tol the count should be the same."
P = rng.uniform(-1, 1, size=(1500, 2)) @ rng.normal(size=(2, 2))
assert shared(np.tanh(P), 1e-12) == 0, "tanh keeps 1500 points apart."
flat = np.maximum(P, 0)
assert shared(flat, 0.0) == int(np.sum((P <= 0).all(axis=1))), "Behind a ReLU the points with two negative scores, and only they, share a place."
### END HIDDEN TESTS

# %% [markdown]
r"""
Now you have two instruments: `max_jump` for tears, `count_collisions` for folds.
A layer without either only bends; its image can be smoothed back into the plane.

**Predict, then switch.** One layer, three activations: tanh, ReLU, and the step that is 0 up to zero and 1 above it. Which of them tears the loop of string, and which one folds it?
"""

# %% figure
one_layer(interpolate_layer, max_jump, count_collisions)

# %% [markdown]
r"""
The step tears: its largest jump is the same with 25 steps and with 1,600.
The ReLU tears nothing, and it folds: a quarter of the paper ends in one corner, and two more quarters are pressed onto the axes.
The tanh does neither.

And the trained networks? Ask the whole map, from the input plane to the last hidden plane.

One more question belongs to it. `count_collisions` notices paper that is pressed together, as a ReLU does it.
A sheet can also be folded over loosely, so that two layers lie above each other and hardly any two of your sample points meet.
Then part of the sheet lies **upside down** beside the rest, and that can be measured: from a place take a tiny step to the right and a tiny step up; where they land, "up" is to the left of "right" on one side of the sheet, and to its right on the other.
The last column counts the smaller of the two sides.
"""


# %% figure
def sides(f, P, step=1e-5):
    """Return for each place whether the sheet lies face up (1), upside down (-1), or too thin or too flat to tell (0)."""
    right, up = ((f(P + step * e) - f(P - step * e)) / (2 * step) for e in np.eye(2))
    area = right[:, 0] * up[:, 1] - right[:, 1] * up[:, 0]
    thin = np.abs(area) <= 1e-5 * np.hypot(*right.T) * np.hypot(*up.T)
    return np.where(thin, 0, np.sign(area))


places = np.random.default_rng(0).uniform(-1, 1, size=(2000, 2))
diagonal = np.array([[-1.0, -1.0], [1.0, 1.0]])
relu_nets, _, right = network.train([2, 16, 16, 2, 1], spiral_X, spiral_y, "relu", steps=500, rate=0.02, seeds=10)
relu_net = relu_nets[int(np.argmax(right[:, -1]))]
turn = np.array([[1.15, 0.6], [-0.6, 1.15]])
maps = {
    "seven tanh layers of two": lambda P: hidden(chain, P),
    "tanh 2-16-16-2": lambda P: hidden(net, P),
    "ReLU 2-16-16-2": lambda P: network.forward(relu_net, P, "relu")[0][-1],
    "one ReLU layer of two": lambda P: np.maximum(P @ turn, 0),
    "one step layer of two": lambda P: (P @ turn > 0).astype(float),
}
jumps, lost, over = {}, {}, {}
print("                           largest jump in   of 2,000   upside down,")
print("                           1,000   100,000    share a   of those where")
print("                           steps     steps    place     one can tell")
for name, f in maps.items():
    jumps[name] = [max_jump(f, diagonal, n) for n in (1_000, 100_000)]
    lost[name] = count_collisions(f(places), 1e-9)
    side = sides(f, places)
    told = side[side != 0]
    over[name] = float(min(np.mean(told < 0), np.mean(told > 0))) if len(told) else 0.0
    print(f"{name:24s} {jumps[name][0]:7.4f}  {jumps[name][1]:8.5f}  {lost[name]:7d}   {over[name]:7.1%} of {len(told)}")

# %% [markdown]
r"""
A hundred times as many steps, a hundredth of the jump: no network tears anything, with tanh or with ReLU. Only the step does.
It *looks* like tearing, since the jumps of the trained networks are dozens of times as long as the steps that cause them.
Between the two arms the paper is pulled thin as a thread, and the thread holds.

The chain of seven does not fold either: wherever one can tell, the sheet has kept its face up. (Where it is stretched to a thread, the computer's sixteen digits do not tell; the determinants do, since all seven are positive.)
The network with layers of sixteen does fold, with tanh as well as with ReLU. It had the room for it: the sheet was lifted into sixteen directions, and when sixteen numbers become two again, parts of it come down upside down.

So the topology of a *picture* can change on the way through a network, by folding and gluing, and never by cutting.
Naitzat, Zhitnikov and Lim (2020) measured holes and pieces of data sets layer by layer in trained networks: the layers simplify them, and with ReLU faster than with tanh.
"""

# %% [markdown]
r"""
## A ring cannot be opened with two neurons

If two-neuron tanh layers never cut and never fold, there must be things they cannot do, with any weights and at any depth.
Think of a blue disc inside an orange ring, on a sheet of rubber that you may stretch but not cut, fold or lift off the table. Can you get blue to one side of a straight line and orange to the other?
"""

# %% predict="ring-width-two"
predictions.ask(
    "ring-width-two",
    "Four hidden layers of two tanh neurons are trained on a disc (blue) inside a ring (orange). "
    "In the input plane, can their blue region be an island, closed on all sides as the disc is?",
    ["yes, with enough training", "yes, but only with more layers of two", "never, whatever the weights and the depth"],
)

# %% [markdown]
r"""
The share of points is a poor judge here. With few points a network may run a thin corridor between them and get all of them right, island or not.
So there are two measurements: the share of 2,000 points that were not used for training, and whether one can walk out of the blue region in the middle to the rim of the picture without leaving blue.
"""


# %% figure
def escapes(net, reach=2.0, cells=200):
    """Return True if the blue region around the origin reaches the rim of the square from -reach to reach."""
    at = np.linspace(-reach, reach, cells)
    x1, x2 = np.meshgrid(at, at)
    blue = (network.forward(net, np.column_stack([x1.ravel(), x2.ravel()]))[1] <= 0).reshape(x1.shape)
    wet = blue & (np.hypot(x1, x2) < 0.2)
    # pour water in the middle, and let it run over blue ground until it gets no further
    while True:
        wider = wet.copy()
        wider[1:] |= wet[:-1]
        wider[:-1] |= wet[1:]
        wider[:, 1:] |= wet[:, :-1]
        wider[:, :-1] |= wet[:, 1:]
        wider &= blue
        if np.array_equal(wider, wet):
            return bool(wet[0].any() or wet[-1].any() or wet[:, 0].any() or wet[:, -1].any())
        wet = wider


ring_X, ring_y = datasets.ring(2000)
some_X, some_y = datasets.ring(500, seed=1)
thin, _, _ = network.train([2, 2, 2, 2, 2, 1], some_X, some_y, steps=1200, rate=0.02, seeds=20, dtype=np.float32)
wide, _, _ = network.train([2, 3, 1], some_X, some_y, steps=800, rate=0.05, seeds=20, dtype=np.float32)
thin_share = np.array([network.accuracy(one, ring_X, ring_y) for one in thin])
wide_share = np.array([network.accuracy(one, ring_X, ring_y) for one in wide])
closed = {}
for name, networks, share in (("2-2-2-2-2-1", thin, thin_share), ("2-3-1", wide, wide_share)):
    closed[name] = sum(not escapes(one) for one in networks)
    rate, low, high = network.wilson(closed[name], 20)
    print(f"{name:12s} closed islands: {closed[name]} of 20 (95 % interval from {low:.0%} to {high:.0%}); "
          f"share of 2,000 points: at best {share.max():.1%}, in the middle {np.median(share):.1%}")

# %% figure
ring(thin[int(np.argmax(thin_share))], wide[int(np.argmax(wide_share))], ring_X, ring_y)

# %% figure
predictions.reveal(
    "ring-width-two",
    "never, whatever the weights and the depth",
    f"{closed['2-2-2-2-2-1']} of 20 islands with four layers of two, {closed['2-3-1']} of 20 with one layer of three; "
    "and here a theorem stands behind the count.",
)

# %% [markdown]
r"""
**Zoom out, and turn the sheet.** With two neurons a blue corridor leads out of the ring, and it never ends. With three neurons the paper leaves the table: it becomes a bowl in space, and a flat cut takes off the tip.

Beise, Dias Da Cruz and Schröder (2018) proved what you measured, for every depth: if no layer is wider than the input, every piece of every region of the network is unbounded, for all continuous, strictly rising activations and for the ReLU as well.
Johnson (2019) has a similar theorem. Depth does not help here, and one neuron more does.

That is the other side of "never cut, never folded": what cannot be cut cannot be opened either.
For more room, a network needs more neurons side by side.
"""

# %% [markdown]
r"""
### Think about it

The article says: "In the process, the model warps and reshapes our space of feature values, sometimes even tearing it apart (scientifically speaking, breaking its topology)."
Replace the part about tearing by a correct statement, and name the measurement of this lesson that supports it. Three to five sentences.
"""

# %% [markdown] reflection="never-torn" points=2
r"""
### BEGIN SOLUTION
A network with continuous activations stretches space, as much as it likes, and with ReLU or with narrowing layers it folds it or presses it flat; but it never tears it.
For the trained networks the largest jump between neighbours on a path shrank to a hundredth with a hundred times as many steps, while the step function's jump did not shrink at all: that is what a tear looks like.
`count_collisions` shows what does happen with ReLU: points that were apart land on the same spot, so the topology can change, by gluing and not by cutting.
A square tanh layer with a determinant other than 0 does neither, and this is why layers of two neurons never close a ring.

**Rubric.**
1 point: says that continuous layers do not tear (stretching and, for ReLU or narrowing layers, folding or gluing remain).
1 point: names a measurement that supports it, with a number: the largest jump shrinks with the steps (against the step function), or the collisions of ReLU against none of tanh.
### END SOLUTION
"""

# %% [markdown]
r"""
## What you can now claim
"""

# %% claims
rate, low, high = network.wilson(counts[2], 20)
chain_rate, chain_low, chain_high = network.wilson(chains, 20)
# pictures of a blob that may lie anywhere: 256 pixels, two numbers to choose
i, j = np.indices((16, 16)) - 7.5
down, across = np.random.default_rng(1).uniform(-5.5, 5.5, size=(2, 400, 1, 1))
blobs = np.exp(-((i - down) ** 2 + (j - across) ** 2) / 4.5).reshape(400, 256)
spread = np.linalg.svd(blobs - blobs.mean(axis=0), compute_uv=False) ** 2
flat = int(np.sum(np.cumsum(spread) < 0.95 * spread.sum()) + 1)
Markdown(f"""
| | claim | what you measured |
|---|---|---|
| S27 | A network warps and reshapes space. True of the coordinates in which the next layer sees the points; the input plane stays as it is. | A straight probe on what each layer says: {", ".join(f"{value:.1%}" for value in probes.mean(axis=0))} from the inputs to the last hidden layer (the best line on the inputs: {line_share:.1%}). |
| S28 | It does not tear space: continuous maps keep neighbours together. ReLU and narrowing layers fold and glue (Naitzat, Zhitnikov and Lim 2020); square tanh layers that can be undone only bend (Olah 2014). | Largest jump in 1,000 and in 100,000 steps: tanh {jumps["tanh 2-16-16-2"][0]:.3f} and {jumps["tanh 2-16-16-2"][1]:.4f}, ReLU {jumps["ReLU 2-16-16-2"][0]:.3f} and {jumps["ReLU 2-16-16-2"][1]:.4f}, a step {jumps["one step layer of two"][0]:.1f} and {jumps["one step layer of two"][1]:.1f}. One ReLU layer lets {lost["one ReLU layer of two"]} of 2,000 points share a place, seven tanh layers {lost["seven tanh layers of two"]}. Upside down, where one can tell: {over["tanh 2-16-16-2"]:.0%} of the sheet through layers of sixteen, {over["seven tanh layers of two"]:.0%} through seven of two. |
| S29 | The goal is a space where a straight line is enough. The loss asks for it, and nothing guarantees it. | 2-16-16-2-1: {counts[2]} of 20 networks get 99 % ({low:.0%} to {high:.0%}), {counts[1]} of 20 from smaller starting weights. |
| S30 | The manifold hypothesis is about data: they lie near sets of few dimensions (Fefferman, Mitter and Narayanan 2016). That networks "unfold" such sets is a reading of the pictures; they also press and fold. | {blobs.shape[1]} pixels that show a blob anywhere have 2 numbers to choose, and still spread over {flat} straight directions: a curved set. (Further 2 measures the 2.) |
| S31 | The border in the picture is not a hyperplane but the preimage of one, in the space of the last hidden layer. | On {len(border)} points of the border $w \\cdot h(x) + b$ is 0 up to {distance_from_zero:.0e}. |
| S32 | Two spirals can be disentangled with layers of two neurons. Mild ones, with help: Olah (2014) shows one that fails, too. | From random starts {chains} of 20 chains of seven layers unroll 1.25 turns ({chain_low:.0%} to {chain_high:.0%}), wound up in stages 29 of 60. A ring, never: {closed["2-2-2-2-2-1"]} of 20 islands against {closed["2-3-1"]} of 20 with one layer of three (Beise, Dias Da Cruz and Schröder 2018). |

**Next:** seven layers of two made do with 45 numbers and three layers took 357, but the seven had to be led, and to a milder tangle; and one more neuron did what no depth could do. When is it worth to go deep, and when to go wide?
""")

# %% [markdown]
r"""
## Further

The rest is for those who want it; the course goes on without it.

### Further 1: count the pieces

A tear leaves more pieces than there were. To count pieces of a cloud of points, link every two points whose distance is at most `eps` ("epsilon", a small length); two points belong to the same piece if one can get from one to the other along links.
On a line it would be enough to sort the points and count the gaps. In the plane there is no such order.

Write `components`: the number of pieces.
A good way is to give each point a leader, at first itself. Go over the links, and whenever two points with different leaders are linked, let one leader follow the other. In the end count the leaders that follow nobody. This is called *union-find*.

Worked example: points at (0, 0), (1, 0), (1, 1) and (5, 5), with `eps` 1: the first three hang together, although the first and the third are further apart than 1; so there are 2 pieces.
"""


# %% exercise="components"
def components(P, eps):
    """Return the number of pieces of the points P when all pairs within the distance eps are linked, an int.

    P: points of shape (n, d), n up to a few hundred, at least one. eps: a number above 0.

    >>> components(np.array([[0.0, 0.0], [1.0, 0.0], [1.0, 1.0], [5.0, 5.0]]), 1.0)
    2
    """
    ### BEGIN SOLUTION
    leader = list(range(len(P)))

    def top(i):
        while leader[i] != i:
            i = leader[i]
        return i

    close = np.sum((P[:, None] - P[None]) ** 2, axis=-1) <= eps**2
    for i, j in np.argwhere(close):
        leader[top(i)] = top(j)
    return len({top(i) for i in range(len(P))})
    ### END SOLUTION


# %% [markdown] hints="components"
r"""
If $a$ is linked with $b$ and $b$ with $c$, are $a$ and $c$ in the same piece? And what if $b$ comes last in the list, when $a$ and $c$ already have different leaders?

Write a small function that follows the leaders from a point up to the one that leads itself. For each link, make the top of the one side follow the top of the other. At the end count the different tops.
"""

# %% check="components" points=4
import numpy as np


def pieces(P, eps):
    kept = P.copy()
    try:
        value = components(P, eps)
    except (ValueError, IndexError, TypeError, RecursionError) as error:
        raise AssertionError(f"components for {len(P)} points stopped with: {error}.") from None
    assert value is not None, "Your components ends without return, so its result is None."
    assert np.array_equal(P, kept), "components changed the points that it was given."
    assert np.ndim(value) == 0 and int(value) == value, f"components should return a whole number; yours returns {value!r}."
    return int(value)


bend = np.array([[0.0, 0.0], [1.0, 0.0], [1.0, 1.0], [5.0, 5.0]])
value = pieces(bend, 1.0)
assert value != 4, "For (0, 0), (1, 0), (1, 1) and (5, 5) with eps 1 yours counts 4 pieces. A distance of exactly eps is a link."
assert value != 3, "For (0, 0), (1, 0), (1, 1) and (5, 5) with eps 1 yours counts 3 pieces. The first and the third point are not linked, but one gets from one to the other over the second."
assert value == 2, f"For (0, 0), (1, 0), (1, 1) and (5, 5) with eps 1 there are 2 pieces; yours counts {value}."
rows = np.array([[float(x), height] for x in range(8) for height in (0.0, 10.0)])
value = pieces(rows, 1.0)
assert value != 1, "Two rows of points, 10 above each other, and yours sees one piece: seen along one axis alone they have no gap. In the plane sorting is not enough."
assert value == 2, f"Two rows of eight points, 10 above each other, neighbours 1 apart: 2 pieces; yours counts {value}."
late = np.array([[0.0, 0.0], [4.0, 0.0], [2.0, 0.0]])
value = pieces(late, 2.0)
assert value == 1, f"At (0, 0), (4, 0) and (2, 0) with eps 2 the third point joins the first two; yours counts {value}. What happens to two pieces when a link between them turns up late?"
chain_of_points = np.array([[float((7 * k) % 60), 0.0] for k in range(60)])
value = pieces(chain_of_points, 1.0)
assert value == 1, f"Sixty points in a row, each 1 from the next but listed in a wild order, are one piece; yours counts {value}. One sweep over the points does not reach everybody."
value = pieces(np.array([[0.0, 0.0], [1.0, 1.0]]), 1.2)
assert value == 2, f"(0, 0) and (1, 1) are 1.41 apart, so with eps 1.2 they are two pieces; yours counts {value}. The distance is Pythagoras over the columns."
print("components: pieces, counted by following the leaders.")
### BEGIN HIDDEN TESTS
rng = np.random.default_rng(707)


def by_flooding(P, eps):
    left, count = set(range(len(P))), 0
    while left:
        stack, count = [left.pop()], count + 1
        while stack:
            i = stack.pop()
            near = {j for j in left if np.sqrt(np.sum((P[i] - P[j]) ** 2)) <= eps}
            left -= near
            stack.extend(near)
    return count


for _ in range(25):
    n, d = int(rng.integers(1, 70)), int(rng.integers(1, 4))
    P = rng.uniform(-1, 1, size=(n, d))
    eps = float(rng.uniform(0.02, 0.7))
    assert pieces(P, eps) == by_flooding(P, eps), f"{n} points with {d} coordinates and eps {eps:.2f} have {by_flooding(P, eps)} pieces; yours counts {pieces(P, eps)}."
angle = rng.permutation(np.linspace(0, 2 * np.pi, 150, endpoint=False))
circle = np.column_stack([np.cos(angle), np.sin(angle)])
assert pieces(circle, 0.05) == 1 and pieces(np.concatenate([circle, circle + 5]), 0.05) == 2, "A circle is one piece, and two circles are two."
### END HIDDEN TESTS

# %% [markdown]
r"""
Once more the loop of string, as 400 points, and the layer of the live figure above.
"""

# %% figure
angle = np.linspace(0, 2 * np.pi, 401)[:-1]
string = 0.7 * np.column_stack([np.cos(angle), np.sin(angle)])
W, b = np.array([[1.15, 0.6], [-0.6, 1.15]]), np.array([0.2, -0.15])
for act in ("tanh", "relu", "step"):
    landed = interpolate_layer(string, W, b, act, 2.0)
    print(f"{act:5s} pieces before: {components(string, 0.05)}, pieces afterwards: {components(landed, 0.05)}")

# %% [markdown]
r"""
### Further 2: how many directions do data have?

"According to the manifold hypothesis ... a neural network unfolds a manifold", the article says.
A **manifold** is a set that looks like a line, a plane or a room when you come close: a crumpled paper is two-dimensional wherever you look closely, in a three-dimensional room.
The hypothesis is a statement about *data*, not about networks: points with many coordinates tend to lie near a set of few dimensions (Fefferman, Mitter and Narayanan, 2016, asked how one could test it).
That a network unfolds it is a way to read the pictures, and as you have seen, networks press and fold as well.

How would one measure the dimension of data?
Facco, d'Errico, Rodriguez and Laio (2017) need only two numbers a point: the distances $r_1$ and $r_2$ to its nearest and its second nearest neighbour.
In few dimensions the second neighbour is often much further away than the first; in many dimensions there is so much room at every distance that the two are nearly the same.
Worked out, the logarithm of $r_2 / r_1$ is on average $1/d$ in $d$ dimensions. So over $n$ points the estimate is

$$d \;=\; \frac{n}{\sum_i \ln \bigl(r_2^{(i)} / r_1^{(i)}\bigr)}.$$

Write `twonn_dimension`. It is given the table of all distances; no two points are equal.

Worked example: three points with the distances 1, 2 and 4. One has its neighbours at 1 and 2, one at 1 and 4, one at 2 and 4; the logarithms of 2, 4 and 2 add up to $4 \ln 2$, and $3 / (4 \ln 2)$ is about 1.08.
"""


# %% exercise="twonn_dimension"
def twonn_dimension(D):
    """Return the dimension that the two nearest neighbours of each point speak for, a number.

    D: distances of shape (n, n), n at least 3; D[i, j] is the distance of the points i and j, and D[i, i] is 0.

    >>> round(twonn_dimension(np.array([[0.0, 1.0, 2.0], [1.0, 0.0, 4.0], [2.0, 4.0, 0.0]])), 2)
    1.08
    """
    ### BEGIN SOLUTION
    nearest = np.sort(D, axis=1)
    return float(len(D) / np.sum(np.log(nearest[:, 2] / nearest[:, 1])))
    ### END SOLUTION


# %% [markdown] hints="twonn_dimension"
r"""
If you sort the distances of one point to all points, who comes first?

`np.sort(D, axis=1)` sorts each row and leaves `D` as it is. Then you need two of its columns, one logarithm and one sum. Where does the sum stand, above the line or below it?
"""

# %% check="twonn_dimension" points=3
import warnings

import numpy as np


def dimension(D):
    kept = D.copy()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            value = twonn_dimension(D)
    except (RuntimeWarning, ZeroDivisionError) as problem:
        raise AssertionError(f"numpy warned: {problem}. The nearest of all points to a point is the point itself, at distance 0: it is no neighbour.") from None
    except (ValueError, IndexError, TypeError) as error:
        raise AssertionError(f"For distances of shape {D.shape} yours stopped with: {error}.") from None
    assert value is not None, "Your twonn_dimension ends without return, so its result is None."
    assert np.array_equal(D, kept), "twonn_dimension changed the table of distances that it was given: sort a copy."
    assert np.ndim(value) == 0, f"twonn_dimension should return one number; yours returns an array of shape {np.shape(value)}."
    return float(value)


three = np.array([[0.0, 1.0, 2.0], [1.0, 0.0, 4.0], [2.0, 4.0, 0.0]])
value = dimension(three)
wanted = 3 / (4 * np.log(2))
assert abs(value - 1 / wanted) > 1e-6, f"For the three points yours says {value:.3f}: that is the mean of the logarithms. The dimension is one divided by it."
assert abs(value - 3 / (4 * np.log10(2))) > 1e-6, f"For the three points yours says {value:.3f}, which comes from the logarithm to base 10. The formula has the natural one."
assert abs(value - 8 / 3) > 1e-6, f"For the three points yours says {value:.3f}, the mean of the ratios 2, 4 and 2. Their logarithms are what is 1/d on average."
assert abs(value - wanted) < 1e-6, f"For the three points of the worked example the answer is {wanted:.3f}; yours is {value:.3f}."
rng = np.random.default_rng(71)
for d in (1, 2, 5):
    P = rng.uniform(size=(800, d))
    value = dimension(np.sqrt(((P[:, None] - P[None]) ** 2).sum(-1)))
    assert abs(value - d) < 0.12 * d + 0.1, f"800 points, evenly thrown into a cube with {d} axes: yours says {value:.2f} dimensions."
print("twonn_dimension: two neighbours are enough to count directions.")
### BEGIN HIDDEN TESTS
rng = np.random.default_rng(708)


def table(P):
    return np.sqrt(((P[:, None] - P[None]) ** 2).sum(-1))


for _ in range(3):
    a, c = rng.uniform(0, 2 * np.pi, (2, 900))
    circle = np.column_stack([np.cos(a), np.sin(a)])
    torus = np.column_stack([(2 + np.cos(c)) * np.cos(a), (2 + np.cos(c)) * np.sin(a), np.sin(c)])
    assert abs(dimension(table(circle)) - 1) < 0.3, "A circle has one dimension."
    assert abs(dimension(table(torus)) - 2) < 0.3, "A torus has two dimensions."
    P = rng.normal(size=(300, 3)) @ rng.normal(size=(3, 40))
    D = table(P)
    ordered = np.array([sorted(row)[1:3] for row in D.tolist()])
    assert abs(dimension(D) - 300 / np.log(ordered[:, 1] / ordered[:, 0]).sum()) < 1e-6, "The estimate for 300 points in 40 coordinates is not right."
    assert abs(dimension(7.5 * D) - dimension(D)) < 1e-9, "The dimension should not depend on the unit of length."
### END HIDDEN TESTS

# %% [markdown]
r"""
Now a small test of the hypothesis: pictures of 16 by 16 pixels, 256 numbers each.
On some of them a round blob lies anywhere; on others a bar is turned by any angle.
For comparison stands beside it what a flat view needs: the number of straight directions that hold 95 % of the spread (the principal components, PCA).
"""


# %% figure
def distances(P):
    squares = np.sum(P**2, axis=1)
    return np.sqrt(np.maximum(squares[:, None] + squares[None] - 2 * P @ P.T, 0))


def flat_directions(P, share=0.95):
    spread = np.linalg.svd(P - P.mean(axis=0), compute_uv=False) ** 2
    return int(np.sum(np.cumsum(spread) < share * spread.sum()) + 1)


rng = np.random.default_rng(1)
i, j = np.indices((16, 16)) - 7.5
centre = rng.uniform(-5.5, 5.5, size=(500, 2))
down, across = centre[:, 0, None, None], centre[:, 1, None, None]
blobs = np.exp(-((i - down) ** 2 + (j - across) ** 2) / 4.5).reshape(500, 256)
turn = rng.uniform(0, np.pi, size=(500, 1, 1))
bars = np.exp(-((i * np.cos(turn) + j * np.sin(turn)) ** 2) / 4).reshape(500, 256)
shuffled = np.array([rng.permutation(row) for row in blobs])
pictures = {"a blob anywhere": blobs, "a bar, turned": bars, "blobs, pixels shuffled": shuffled}
measured = {name: (flat_directions(P), twonn_dimension(distances(P))) for name, P in pictures.items()}
for name, (flat, curved) in measured.items():
    print(f"{name:24s} 256 pixels, {flat:3d} straight directions, {curved:4.1f} dimensions by two neighbours")

# %% figure
figure, axes = plotting.new(columns=6, width=860, height=190)
for ax, picture in zip(axes, np.concatenate([blobs[:2], bars[:2], shuffled[:2]])):
    ax.imshow(picture.reshape(16, 16), cmap="Greys")
    ax.set(xticks=[], yticks=[])
for ax, name in zip(axes[::2], pictures):
    ax.set_title(name, loc="left")
plotting.show(figure, "Six pictures of 16 by 16 pixels. " + " ".join(
    f"{name}: {flat} straight directions hold 95 % of the spread, two neighbours speak for {curved:.1f} dimensions."
    for name, (flat, curved) in measured.items()))

# %% [markdown]
r"""
A blob has two numbers to choose, right-left and up-down, and the two neighbours find them among 256 pixels; a bar has one.
A flat view needs many more directions, because the set of all blobs is curved: half way between two pictures of a blob is not a blob in the middle, but two pale ones.
Shuffle the pixels, and the few dimensions are gone.
Whether photographs, sounds or texts are like the blobs is a question about the world, and this is the kind of number that answers it.
"""
