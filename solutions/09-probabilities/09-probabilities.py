# %% [markdown]
r"""
# Say seventy percent and mean it

By the end you will have taught a network to answer in percentages, checked them against three thousand days, and found out how far your own can be trusted.

A forecaster says: rain tomorrow, 70 %. It stays dry.
Was she wrong?

One day cannot tell.
But wait for a hundred days on which she says 70 %: if about seventy of them are wet, her number means something, and one can plan a harvest by it.
If only forty are wet, it is a decoration.

The articles that this course takes apart end where a network hands over its answer.
A last function, one of them says, "converts the linear separation in the transformed space into a probabilistic output, ensuring the output is interpretable".
Numbers between 0 and 1 it does ensure.
Does anything ensure that they are true?
"""

# %%
from course_utils import network, plotting, predictions
from course_utils.figures import probabilities as pictures

import numpy as np
from IPython.display import Markdown

KINDS = ["rain", "sun", "wind"]
centres = np.array([[0.0, 1.0], [np.sqrt(0.75), -0.5], [-np.sqrt(0.75), -0.5]])


def weather(days, rng):
    """Return two readings for each evening (days, 2) and what came next (days,), a number 0 to 2."""
    came = rng.integers(3, size=days)
    return centres[came] + rng.normal(size=(days, 2)), came


diary, came = weather(90, np.random.default_rng(1000))

# %% figure
figure, ax = plotting.new(width=440, height=470)
pictures.days(ax, diary, came, KINDS)
ax.set(xlabel="air pressure, $x_1$", ylabel="humidity, $x_2$")
counts = ", ".join(f"{np.sum(came == k)} days of {kind}" for k, kind in enumerate(KINDS))
plotting.show(
    figure,
    f"A weather station's diary of 90 evenings: {counts}. Rain tends to follow humid evenings, "
    "sun dry ones of high pressure, wind dry ones of low pressure, and the clouds overlap widely.")

# %% [markdown]
r"""
This is the diary of an invented weather station.
Every evening it read two instruments, air pressure and humidity (0 is the average evening, 1 an ordinary distance from it), and wrote down what came the next day: rain, sun or wind.

The three clouds of points overlap, and they always will: the same readings are followed by rain on one day and by wind on another.
Nobody can be right every time here, and so the honest answer is not a class. It is three shares.
"""

# %% [markdown]
r"""
## From three scores to three shares

Until now a network ended in one neuron, and its score decided between two classes.
For three classes let it end in three neurons, one for each kind of day.
Their scores, the logits, are called $z_1, z_2, z_3$; the largest one names the forecast.

To become shares, they must be positive and sum to 1.
Scores may be negative, so they cannot be divided by their sum as they are.
The usual way out: raise $e = 2.718\ldots$ to the power of each score, which is always positive, and then divide by the sum,

$$p_k \;=\; \frac{e^{z_k}}{e^{z_1} + e^{z_2} + e^{z_3}}.$$

Bridle (1990) gave it the name **softmax**: the largest score gets the largest share, but not all of it.

### Exercise 1: make shares

Write `softmax` for many days at once: `Z` has one row of scores for each day, and each row becomes a row of shares.

Worked example: the scores $0,\ 0,\ 0.693$ have the powers $1,\ 1,\ 2$, and the shares $\tfrac14, \tfrac14, \tfrac12$.

There is one catch. A trained network may well produce the scores 1000 and 1001, and $e^{1000}$ is a larger number than your computer has.
The two have shares all the same. Which ones?
"""


# %% exercise="softmax"
def softmax(Z):
    """Return the shares of each row of scores: an array of the shape of Z whose rows sum to 1.

    Z: array of shape (n, k), n rows of k scores. It stays as it is, and no score is too large.

    >>> softmax(np.array([[0.0, 0.0, np.log(2)]]))
    array([[0.25, 0.25, 0.5 ]])
    """
    ### BEGIN SOLUTION
    powers = np.exp(Z - np.max(Z, axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)
    ### END SOLUTION


# %% [markdown] hints="softmax"
r"""
What happens to the three shares if all three powers become 100 times as large? And which number, added to all three scores, does that?

Choose for each row a number to take away so that its largest power is 1. `axis=1` goes along a row, and with `keepdims=True` the result is a column that fits beside every score of its row.
"""

# %% check="softmax" points=3
import warnings

import numpy as np


def shares(Z, story):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            found = softmax(Z)
        except (RuntimeWarning, OverflowError) as problem:
            raise AssertionError(f"{story} and your softmax stopped with: {problem}.") from None
    assert isinstance(found, np.ndarray), (
        f"softmax should return an array, since the next cells go on calculating with it, but yours returns a {type(found).__name__}.")
    return found


Z = np.array([[0.0, 0.0, np.log(2)], [np.log(3), 0.0, 0.0]])
kept = Z.copy()
p = shares(Z, "The scores are small,")
assert p.shape == (2, 3), f"Two rows of three scores become two rows of three shares, but yours has the shape {p.shape}."
assert np.array_equal(Z, kept), f"The first scores were {kept[0].round(3)} and are {Z[0].round(3)} now: your softmax writes into the array it was given."
assert not np.allclose(p.sum(axis=0), 1), (
    f"Your columns sum to 1. The shares of one day belong together, so the rows must sum to 1, and yours sum to {p.sum(axis=1).round(3)}.")
assert not np.allclose(p.sum(), 1), f"All six of your shares together sum to 1. Every day has a whole of its own; your rows sum to {p.sum(axis=1).round(3)}."
assert np.allclose(p.sum(axis=1), 1), f"Each row of shares must sum to 1; yours sum to {p.sum(axis=1).round(3)}."
assert np.allclose(p, [[0.25, 0.25, 0.5], [0.6, 0.2, 0.2]]), (
    f"The scores [0, 0, 0.693] have the powers 1, 1 and 2, so the shares are 1/4, 1/4, 1/2; yours are {p[0].round(3)}.")
large = shares(np.array([[1000.0, 1001.0]]), "For the scores 1000 and 1001 a power is too large for the computer,")
assert np.allclose(large, [[0.26894142, 0.73105858]]), f"The scores 1000 and 1001 differ as 0 and 1 do, and have the shares 0.269 and 0.731; yours are {large[0]}."
story = "One day has the scores 1000 and 1001, another 0 and 1. You take the same number away from both days, all powers of the second become 0,"
mixed = shares(np.array([[1000.0, 1001.0], [0.0, 1.0]]), story)
assert np.allclose(mixed, [[0.26894142, 0.73105858]] * 2), f"{story} and its shares are {mixed[1]}."
print("softmax: rows of shares that sum to 1, and no score is too large.")
### BEGIN HIDDEN TESTS
rng = np.random.default_rng(901)
for n, k, scale in [(1, 2, 1), (5, 3, 4), (40, 10, 30), (3, 1, 2), (7, 4, 400)]:
    Z = rng.normal(size=(n, k)) * scale
    kept = Z.copy()
    p = shares(Z, f"For {n} rows of {k} scores something overflowed,")
    assert p.shape == (n, k) and np.allclose(p.sum(axis=1), 1) and (p >= 0).all(), f"For {n} rows of {k} scores the rows are no shares."
    assert np.array_equal(Z, kept), "softmax changed the scores."
    # an independent witness: a share is one over a sum of powers of differences
    differences = np.clip(Z[:, None, :] - Z[:, :, None], -700, 700)
    assert np.allclose(p, 1 / np.exp(differences).sum(axis=2), atol=1e-12), f"For {n} rows of {k} scores the shares are wrong."
    assert np.allclose(shares(Z + 12345.0, "Far from 0 something overflowed,"), p, atol=1e-6), "Adding a number to all scores changed the shares."
assert np.allclose(shares(np.array([[0, 1], [2, 2]]), "For whole numbers something overflowed,"), [[0.26894142, 0.73105858], [0.5, 0.5]]), "Whole numbers as scores go wrong."
assert np.allclose(shares(np.array([[-2000.0, 0.0, -2000.0]]), "For -2000 something overflowed,"), [[0, 1, 0]]), "Scores of -2000 go wrong."
### END HIDDEN TESTS

# %% [markdown]
r"""
Three shares that sum to 1 fit on a sheet of paper.
Draw a triangle, let each corner stand for certainty, and put the point where the shares pull it.

**Predict, then move the sliders.** How far will the point travel if you add 10 to all three scores?
Which score must you raise, and how far, until the forecast is 95 % sun? Can you make it exactly 100 %?
"""

# %% figure
pictures.softmax_triangle(softmax, KINDS)

# %% [markdown]
r"""
Only the *differences* of the scores count.
So three scores are one more than needed: one of them may as well be held at 0.
Do that with two classes, where the scores are then $z$ and 0, and the first share is

$$\frac{e^z}{e^z + e^0} \;=\; \frac{1}{1 + e^{-z}},$$

the logistic function of lesson 02.
So of the two functions that end most networks one is a case of the other, and what you know about it carries over: a border between two classes is where two scores are equal, $z_1 = z_2$, and softmax does not move it.
"""

# %% [markdown]
r"""
## The price of a forecast

What should a forecast cost? Lesson 02 charged minus the logarithm of the probability that was given to what came true, and nothing needs to change.
If the network gave the share $p$ to what really came, the day costs $-\ln p$: nothing for a share of 1, 0.69 for one half, 4.6 for one hundredth.
The mean over all days is called the **cross-entropy**.

### Exercise 2: charge the network

Write `cross_entropy`: the mean price of many days, from the scores and from what came.

Worked example: the scores $0,\ 0,\ 0.693$ give the last class the share $\tfrac12$. If it came, the day costs $\ln 2 = 0.693$.

Here is a catch, too. With the scores 0 and 1000 the share of the first class is so small that the computer rounds it to 0, and the logarithm of 0 does not exist.
The price exists: it is 1000.
"""


# %% exercise="cross_entropy"
def cross_entropy(logits, y):
    """Return the mean price of the forecasts, a number.

    logits: array of shape (n, k), a row of scores for each day.
    y: array of shape (n,), what came: whole numbers from 0 to k - 1.

    >>> round(cross_entropy(np.array([[0.0, 0.0, np.log(2)]]), np.array([2])), 3)
    0.693
    """
    ### BEGIN SOLUTION
    top = np.max(logits, axis=1)
    log_of_sum = top + np.log(np.exp(logits - top[:, None]).sum(axis=1))
    return float(np.mean(log_of_sum - logits[np.arange(len(y)), y]))
    ### END SOLUTION


# %% [markdown] hints="cross_entropy"
r"""
Write the logarithm of the fraction as a difference of two logarithms. One of the two is no work at all: which?

Minus the log of a share is the logarithm of the sum of the powers, minus the score of what came. For the sum use the trick from Exercise 1, and add at the end what you took away. `logits[np.arange(len(y)), y]` picks one score from each row.
"""

# %% check="cross_entropy" points=3
import warnings

import numpy as np


def price(logits, y):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            return cross_entropy(np.array(logits, dtype=float), np.array(y))
        except (RuntimeWarning, OverflowError, ZeroDivisionError, ValueError, TypeError) as problem:
            return problem


def told(value):
    return f"stops with: {value}" if isinstance(value, Exception) else f"says {value}"


half = [[0.0, 0.0, np.log(2)]]
found = price(half, [2])
assert found is not None, "Your cross_entropy ends without return, so its result is None."
assert isinstance(found, Exception) or np.ndim(found) == 0, f"cross_entropy should return one number for all days, but yours returns {found!r}."
assert isinstance(found, Exception) or not np.isclose(found, -np.log(2)), (
    f"Yours says {found:.3f} for a share of one half. A price is positive: the logarithm of a share is below 0, and the price is minus that.")
assert isinstance(found, Exception) or not np.isclose(found, np.log(2) / 3), (
    f"One day, a share of one half, and yours says {found:.3f}, a third of the price: you took the mean over the classes as well. Only what came has a price.")
assert not isinstance(found, Exception) and np.isclose(found, np.log(2)), f"One day on which a share of one half was given to what came costs 0.693, but yours {told(found)}."
found = price(half * 4, [2, 2, 2, 2])
assert isinstance(found, Exception) or not np.isclose(found, 4 * np.log(2)), (
    f"Four such days cost 0.693 each, and yours says {found:.3f}: that is their sum. The mean stays the same however long the diary is.")
assert not isinstance(found, Exception) and np.isclose(found, np.log(2)), f"Four days of the price 0.693 have the mean price 0.693, but yours {told(found)}."
found = price(half * 2, [2, 0])
assert not isinstance(found, Exception) and np.isclose(found, 1.5 * np.log(2)), (
    f"A share of 1/2 costs 0.693 and one of 1/4 costs 1.386, so the mean of the two days is 1.040, but yours {told(found)}.")
found = price([[0.0, 1000.0]], [0])
assert not isinstance(found, Exception) and np.isclose(found, 1000), (
    f"With the scores 0 and 1000, and the first class came, the price is 1000, but yours {told(found)}. The share itself is rounded to 0: do not take its logarithm.")
found = price([[1000.0, 1001.0]], [1])
assert not isinstance(found, Exception) and np.isclose(found, 0.31326169), f"With the scores 1000 and 1001, and the second came, the price is 0.313, but yours {told(found)}."
print("cross_entropy: a share of one half costs", round(float(price(half, [2])), 3), "and even a hopeless forecast has a finite price.")
### BEGIN HIDDEN TESTS
rng = np.random.default_rng(902)
for n, k, scale in [(1, 2, 1.0), (6, 3, 3.0), (50, 10, 8.0), (4, 5, 0.0)]:
    logits, y = rng.normal(size=(n, k)) * scale, rng.integers(k, size=n)
    kept = logits.copy(), y.copy()
    # an independent witness: multiply all shares of what came, and take one logarithm
    witness = -np.mean([np.log(np.exp(row[c]) / np.exp(row).sum()) for row, c in zip(logits, y)])
    found = price(logits, y)
    assert not isinstance(found, Exception) and np.isclose(found, witness), f"For {n} days and {k} classes the price is {witness:.4f}, but yours {told(found)}."
    found = price(logits + 3000, y)
    assert not isinstance(found, Exception) and np.isclose(found, witness), f"With 3000 added to all scores the price stays {witness:.4f}, but yours {told(found)}."
    cross_entropy(logits, y)
    assert np.array_equal(logits, kept[0]) and np.array_equal(y, kept[1]), "cross_entropy changed what it was given."
found = price([[-3000.0, 2000.0, 0.0], [5.0, 5.0, 5.0]], [0, 1])
assert not isinstance(found, Exception) and np.isclose(found, (5000 + np.log(3)) / 2), f"Scores 5000 apart go wrong: yours {told(found)}."
### END HIDDEN TESTS

# %% [markdown]
r"""
## The blame of a score

To learn, the network needs one thing more: how does the price of a day move when you nudge one of its scores?
The price is $\ln(e^{z_1} + e^{z_2} + e^{z_3})$ minus the score of what came.

- The logarithm has a slope you have met: a nudge of $z_k$ moves it by $e^{z_k}$ divided by the sum, and that is $p_k$, the share itself.
- The second part moves only with the score of what came, and one for one.

So a class that did not come is blamed for its share, and the class that came is blamed for its share minus 1.

### Exercise 3: hand out the blame

Write `ce_grad`: one row of slopes for each day.
(The division by the number of days, which makes the price a mean, comes later, outside.)

Worked example: the scores $0,\ 0,\ 0.693$, and the last class came. The shares are $\tfrac14, \tfrac14, \tfrac12$, and the slopes $\tfrac14, \tfrac14, -\tfrac12$.
"""


# %% exercise="ce_grad"
def ce_grad(logits, y):
    """Return the slope of each day's price in each of its scores, an array of the shape of logits.

    logits: array of shape (n, k). y: array of shape (n,), what came, from 0 to k - 1.

    >>> ce_grad(np.array([[0.0, 0.0, np.log(2)]]), np.array([2]))
    array([[ 0.25,  0.25, -0.5 ]])
    """
    ### BEGIN SOLUTION
    slopes = softmax(logits)
    slopes[np.arange(len(y)), y] -= 1
    return slopes
    ### END SOLUTION


# %% [markdown] hints="ce_grad"
r"""
If the share of what came is already 1, how much is there to improve, and for whom? Your formula should say 0 for all classes then.

Start from the shares. In each row exactly one entry changes, and `np.arange(len(y))` together with `y` names these entries, one in each row.
"""

# %% check="ce_grad" points=2
import numpy as np

logits, y = np.array([[0.0, 0.0, np.log(2)], [np.log(3), 0.0, 0.0]]), np.array([2, 0])
truth = np.array([[0.25, 0.25, -0.5], [-0.4, 0.2, 0.2]])
kept = logits.copy()
try:
    found = ce_grad(logits, y)
except (ValueError, IndexError, TypeError) as problem:
    raise AssertionError(f"For two days and three classes your ce_grad stopped with: {problem}. The shares have the shape (2, 3), y has the shape (2,).") from None
assert isinstance(found, np.ndarray), (
    f"ce_grad should return an array, since the training goes on calculating with it, but yours returns a {type(found).__name__}.")
assert found.shape == (2, 3), f"Two days with three scores each have slopes of the shape (2, 3); yours have {found.shape}."
assert np.array_equal(logits, kept), "Your ce_grad writes into the scores that it was given."
assert not np.allclose(found, -truth), (
    f"Your slopes for the first day are {found[0].round(3)}. Raising the score of what came must make the day cheaper, but your sign says it gets dearer.")
assert not np.allclose(found, truth / 2), (
    f"Your slopes for the first day are {found[0].round(3)}, half of what a nudge shows. Two days were asked for: leave the division by their number to the one who wants a mean.")
assert not np.allclose(found, truth - [[1, 0, 0], [0, 0, 1]]), (
    f"Your slopes for the first day are {found[0].round(3)}. Only the last class came on that day, but the first lost 1 as well: its row got the other day's 1, too.")
assert not np.allclose(found, truth + [[0, 0, 1], [1, 0, 0]]), f"Your slopes {found[0].round(3)} are the shares alone. Something has to say what came."
assert np.allclose(found, truth), f"On the first day the shares are 1/4, 1/4, 1/2 and the last class came: the slopes are [0.25, 0.25, -0.5], yours are {found[0].round(3)}."
try:
    found = ce_grad(np.zeros((1, 4)), np.array([1]))
except (ValueError, IndexError) as problem:
    raise AssertionError(f"For one day and four classes yours stops with: {problem}. How many classes there are, the scores say.") from None
assert np.allclose(found, [[0.25, -0.75, 0.25, 0.25]]), f"Four equal scores, and the second class came: the slopes are [0.25, -0.75, 0.25, 0.25], yours are {found[0].round(3)}."
print("ce_grad: every row sums to 0, since what one class gains the others lose.")
### BEGIN HIDDEN TESTS
rng = np.random.default_rng(903)


def prices(Z, y):
    top = Z.max(axis=1, keepdims=True)
    return (top + np.log(np.exp(Z - top).sum(axis=1, keepdims=True)))[:, 0] - Z[np.arange(len(y)), y]


for n, k in [(1, 2), (7, 3), (30, 10), (12, 2)]:
    logits, y = rng.normal(size=(n, k)) * 2, rng.integers(k, size=n)
    kept = logits.copy(), y.copy()
    found = np.asarray(ce_grad(logits, y))
    assert np.array_equal(logits, kept[0]) and np.array_equal(y, kept[1]), "ce_grad changed what it was given."
    assert found.shape == (n, k), f"For {n} days and {k} classes the slopes have the shape {found.shape}."
    for j in range(k):
        nudge = np.zeros((1, k))
        nudge[0, j] = 1e-5
        witness = (prices(logits + nudge, y) - prices(logits - nudge, y)) / 2e-5
        assert np.allclose(found[:, j], witness, atol=1e-7), f"Nudging score {j} of {k} gives other slopes than yours."
found = np.asarray(ce_grad(np.array([[0.0, 2000.0]]), np.array([0])))
assert np.allclose(found, [[-1, 1]]), f"For the scores 0 and 2000 the slopes are -1 and 1, yours are {found}."
### END HIDDEN TESTS

# %% [markdown]
r"""
This is $p - y$ once more, the blame at the end of lesson 06, with $y$ written as a row: 1 for what came, 0 for the rest.
So the whole way back through the network stays as you built it, and three classes cost no new idea.

Here is a network without a hidden layer, three neurons side by side, learning from the diary: 300 steps downhill, three lines each.
"""

# %%
W, b = np.zeros((2, 3)), np.zeros(3)
for step in range(300):
    blame = ce_grad(diary @ W + b, came) / len(came)
    W = W - 0.5 * diary.T @ blame
    b = b - 0.5 * blame.sum(axis=0)

scores = diary @ W + b
right = np.mean(scores.argmax(axis=1) == came)
print(f"price {cross_entropy(scores, came):.3f}, right on {right:.0%} of the diary")

# %% [markdown]
r"""
Right on three of four of the days that it learnt from.
Could a hidden layer do better?
Give it 64 tanh units and let it learn until it knows the diary.

Here are twenty of each kind, every one with a diary of its own: `train_many` is lesson 06's way back with Adam, for twenty networks at a time, and it asks *your* `ce_grad` for the blame.
Then 3,000 new days come, which no network has seen.
In brackets behind each mean stands its 95 % interval: two standard errors to each side, and a standard error is the spread of the twenty runs (their standard deviation) divided by the root of their number.
"""

# %%
def logits_of(nets, X):
    """Return the scores of every network for the points X, of shape (networks, n, 3)."""
    return np.array([network.forward(params, X, "tanh")[1] for params in nets])


def mean_and_range(values):
    """Return in words the mean of some shares and its 95 % interval, within 0 and 1."""
    middle, reach = np.mean(values), 2 * np.std(values, ddof=1) / np.sqrt(len(values))
    low, high = max(middle - reach, 0), min(middle + reach, 1)
    return f"{middle:.3f} ({low:.3f} to {high:.3f})"


diaries, kinds = zip(*[weather(90, np.random.default_rng(1000 + run)) for run in range(20)])
diaries, kinds = np.array(diaries), np.array(kinds)
new_days, new_came = weather(3000, np.random.default_rng(999))

# %% figure
plain = pictures.train_many([2, 3], diaries, kinds, ce_grad, steps=200, rate=0.1)
hidden = pictures.train_many([2, 64, 3], diaries, kinds, ce_grad, "tanh", steps=800, rate=0.1)
plain_logits, new_logits = logits_of(plain, new_days), logits_of(hidden, new_days)
own_days = [network.forward(params, X, "tanh")[1].argmax(axis=1) == y
            for params, X, y in zip(hidden, diaries, kinds)]
own_days = np.mean(own_days, axis=1)
sure_on_new = [softmax(Z).max(axis=1).mean() for Z in new_logits]
print("64 hidden units, right on their own diary:", mean_and_range(own_days))
print("64 hidden units, how sure on new days:    ", mean_and_range(sure_on_new))

# %% predict="sure-of-new-days"
predictions.ask(
    "sure-of-new-days",
    "Twenty networks with 64 hidden units know their diaries nearly by heart. "
    "On 3,000 new days each gives its likeliest class a share of 96 % on average. "
    "How often will that class come?",
    ["on about 95 % of the days", "on about 75 % of the days", "on about 60 % of the days"],
)

# %% figure
figure, axes = plotting.new(columns=2, width=760, height=430)
sure_there = []
for ax, nets in zip(axes, (plain, hidden)):
    first = nets[:1]
    part = pictures.confidence_map(ax, lambda X: softmax(logits_of(first, X)[0]), (-3.2, 3.2))
    sure_there.append(part)
    pictures.days(ax, diary, came, KINDS)
    ax.set(xlabel="air pressure, $x_1$", ylabel="humidity, $x_2$")
axes[0].set_title("no hidden layer")
axes[1].set_title("64 tanh units")
plotting.show(
    figure,
    "The likeliest class in the plane of the two readings, painted stronger where the network is "
    "surer. Without a hidden layer: three sectors with straight borders, pale where they meet, "
    f"surer than 90 % on {sure_there[0]:.0%} of the picture. With 64 tanh units: islands and "
    f"fjords around single days, surer than 90 % on {sure_there[1]:.0%} of it.")

# %% figure
right_on_new = np.mean(new_logits.argmax(axis=2) == new_came, axis=1)
plain_on_new = np.mean(plain_logits.argmax(axis=2) == new_came, axis=1)
predictions.reveal(
    "sure-of-new-days",
    "on about 60 % of the days",
    f"Right on new days: {mean_and_range(right_on_new)}. "
    f"The networks without a hidden layer: {mean_and_range(plain_on_new)}.",
)

# %% [markdown]
r"""
Look at the right picture: single days have their own islands, and the colours are strong nearly everywhere, as if there were no doubt.
On the left the borders are straight, as they must be where two weighted sums are equal, and the paint gets pale towards them.

Both pictures hold shares that are positive and sum to 1.
That is all softmax promises.
"""

# %% [markdown]
r"""
## Does seventy mean seventy?

Collect all forecasts that were about equally sure, and count how many came true.
Call the largest share of a forecast its **confidence**.
Cut the range from 0 to 1 into ten equal bins, put each forecast into the bin of its confidence, and compare in each bin the mean confidence with the part that came true.
Where the two agree in every bin, the forecaster is **calibrated**.

How far from it? Take the gap in each bin, whatever its sign, and average over the *forecasts*, so that a bin with many counts for more.
This is the **expected calibration error**, ECE for short.

### Exercise 4: measure honesty

Write `ece`. A confidence of exactly 1 belongs to the last bin, and an empty bin has no say.

Worked example, with ten bins: four forecasts with the confidences 0.95, 0.95, 0.65 and 0.55, of which all but the last come true.

- Bin 0.9 to 1: two forecasts, mean confidence 0.95, all of them true: gap 0.05.
- Bin 0.6 to 0.7: one forecast, confidence 0.65, true: gap 0.35.
- Bin 0.5 to 0.6: one forecast, confidence 0.55, not true: gap 0.55.

The ECE is $(2 \cdot 0.05 + 0.35 + 0.55) / 4 = 0.25$.
"""


# %% exercise="ece"
def ece(p, y, bins):
    """Return the expected calibration error, a number from 0 to 1.

    p: array of shape (n, k), a row of shares for each forecast, whose largest names the class.
    y: array of shape (n,), what came, from 0 to k - 1.
    bins: into how many equal parts the range of confidence from 0 to 1 is cut.

    >>> p = np.array([[0.95, 0.05], [0.95, 0.05], [0.35, 0.65], [0.55, 0.45]])
    >>> round(ece(p, np.array([0, 0, 1, 1]), 10), 3)
    0.25
    """
    ### BEGIN SOLUTION
    confidence = np.max(p, axis=1)
    correct = np.argmax(p, axis=1) == y
    where = np.minimum((confidence * bins).astype(int), bins - 1)
    total = 0.0
    for k in np.unique(where):
        inside = where == k
        total += inside.sum() * abs(confidence[inside].mean() - correct[inside].mean())
    return float(total / len(y))
    ### END SOLUTION


# %% [markdown] hints="ece"
r"""
For each forecast you need three things: how sure it was, whether it came true, and the number of its bin. In which bin is a confidence of 0.65 if there are ten, and what is 0.65 times 10?

`p.max(axis=1)` is the confidence and `p.argmax(axis=1) == y` says what came true. Go over the bins, take the mean of both for the forecasts inside, skip a bin with nobody in it, and weigh each gap with the number of forecasts.
"""

# %% check="ece" points=4
import warnings

import numpy as np


def error_of(p, y, bins):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            value = ece(np.array(p, dtype=float), np.array(y), bins)
        except (RuntimeWarning, ZeroDivisionError, ValueError, IndexError, TypeError) as problem:
            return f"stops with: {problem}"
    assert value is not None, "Your ece ends without return, so its result is None."
    assert np.ndim(value) == 0 and not isinstance(value, str), f"ece should return one number, but yours returns {value!r}."
    return float(value)


def told_error(value):
    return value if isinstance(value, str) else f"says {value:.4f}"


def near(value, number):
    return not isinstance(value, str) and abs(value - number) < 1e-9


found = error_of([[0.8, 0.1, 0.1], [0.1, 0.1, 0.8]], [0, 2], 1)
assert not any(near(found, wrong) for wrong in (0.1, 0.4, 0.9)), (
    f"Two forecasts, 80 % for class 0 and 80 % for class 2, both true: the gap is 0.2, but yours says {found:.3f}. "
    "That follows from the column of class 1, which nobody forecast. How sure a forecast is, its largest share tells.")
assert near(found, 0.2), f"Two forecasts with the confidence 0.8, both true, have a gap of 0.2, but yours {told_error(found)}."
found = error_of([[0.95, 0.05], [0.95, 0.05], [0.75, 0.25], [0.75, 0.25]], [0, 0, 0, 0], 2)
assert not isinstance(found, str) and not np.isnan(found), (
    f"Four forecasts and two bins, 0 to 0.5 and 0.5 to 1: no confidence is below one half, and yours {told_error(found)}. "
    "What is the mean of nobody? An empty bin has no say.")
assert near(found, 0.15), f"Four forecasts in one bin, mean confidence 0.85, all of them true: the ECE is 0.15, but yours {told_error(found)}."
p, y = [[0.95, 0.05], [0.95, 0.05], [0.35, 0.65], [0.55, 0.45]], [0, 0, 1, 1]
found = error_of(p, y, 10)
assert not near(found, 0.95 / 3), (
    f"The gaps of the three bins are 0.05, 0.35 and 0.55, and yours says {found:.3f}, their plain mean. The first bin holds two of the four forecasts, and counts double.")
assert not near(abs(found) if not isinstance(found, str) else found, 0.025), (
    f"The gaps of the three bins are 0.05, 0.35 and 0.55, and yours says {found:.3f}: too sure in one place made up for too modest in another. A gap counts whatever its sign.")
assert not near(found, 0.225), (
    f"Yours says {found:.3f}. The last forecast named class 0 with 55 %, and class 1 came, with 45 %. How sure it was is told by what it named, not by what came.")
assert near(found, 0.25), f"The four forecasts of the worked example have the ECE 0.25, but yours {told_error(found)}."
found = error_of([[1.0, 0.0], [1.0, 0.0], [0.0, 1.0], [0.0, 1.0]], [1, 1, 1, 1], 5)
assert near(found, 0.5), (
    f"Four forecasts with a confidence of exactly 1, half of them true: the ECE is 0.5, but yours {told_error(found)}. In which bin did they end? The last one is theirs.")
found = error_of(p, y, 2)
assert near(found, 0.025), (
    f"With two bins the four forecasts share the upper one, from 0.5 to 1: mean confidence 0.775, three of four true, an ECE of 0.025, but yours {told_error(found)}. How many bins there are, the caller says.")
print("ece: the four forecasts of the worked example are off by", round(error_of(p, y, 10), 3), "on average.")
### BEGIN HIDDEN TESTS
rng = np.random.default_rng(904)
for n, k, bins in [(1, 2, 10), (30, 3, 10), (400, 5, 15), (60, 2, 1), (25, 4, 7)]:
    p = rng.dirichlet(np.full(k, 0.4), size=n)
    y = rng.integers(k, size=n)
    kept = p.copy(), y.copy()
    gaps = {}
    for row, c in zip(p, y):
        place = min(int(np.floor(row.max() * bins)), bins - 1)
        gaps.setdefault(place, []).append(row.max() - float(np.argmax(row) == c))
    witness = sum(abs(sum(gap)) for gap in gaps.values()) / n
    found = error_of(p, y, bins)
    assert near(found, witness), f"For {n} forecasts of {k} classes in {bins} bins the ECE is {witness:.4f}, but yours {told_error(found)}."
    ece(p, y, bins)
    assert np.array_equal(p, kept[0]) and np.array_equal(y, kept[1]), "ece changed what it was given."
# a case that can be worked out: always sure by c, right with the frequency f
for c, hits, n in [(0.73, 51, 100), (0.9, 200, 200), (0.51, 3, 40)]:
    found = error_of([[c, 1 - c]] * n, [0] * hits + [1] * (n - hits), 10)
    assert near(found, abs(c - hits / n)), f"Always {c} sure and right {hits} times of {n}: yours {told_error(found)}."
### END HIDDEN TESTS

# %% figure
truth = softmax(new_days @ centres.T)
table = {
    "no hidden layer": [ece(softmax(Z), new_came, 10) for Z in plain_logits],
    "64 tanh units": [ece(softmax(Z), new_came, 10) for Z in new_logits],
}
for name, errors in table.items():
    print(f"{name:16s} ECE {mean_and_range(errors)}")
possible = np.mean(truth.argmax(axis=1) == new_came)
print(f"the true shares  ECE {ece(truth, new_came, 10):.3f}, right on {possible:.0%} of the days")

# each of the twenty networks forecasts 150 of the new days
day = np.arange(3000)
forecasts = {
    "64 tanh units": new_logits[day // 150, day],
    "no hidden layer": plain_logits[day // 150, day],
}

# %% figure
figure, axes = plotting.new(columns=2, width=760, height=420)
words = []
for ax, name in zip(axes, ("no hidden layer", "64 tanh units")):
    bins = pictures.reliability(ax, softmax(forecasts[name]), new_came)
    ax.set_title(name)
    told = [f"{sure:.2f} sure and {right:.2f} right" for sure, right, count in bins if count >= 60]
    words.append(f"{name}: {', '.join(told)}")
plotting.show(figure, "Two reliability diagrams. " + "; ".join(words) + ".")

# %% [markdown]
r"""
A picture like this is a **reliability diagram**.
Each dot is a bin, its size the number of forecasts in it; a dot on the dashed diagonal means what it says, and the purple stalks are the gaps, the thicker the more they count.

On the left the dots keep close to the diagonal.
Since the weather here is invented, the true shares are known, and it happens that a network without a hidden layer can express them; it needs no more than 90 days to come near.
Even the true shares do not reach an ECE of 0: three thousand days are many, but not infinitely many, and luck leaves a gap.
On the right nearly all forecasts crowd into the last bin, about 99 % sure, and six of ten come true.
The network learnt the noise of its diary by heart, and training rewarded it for every further step towards certainty: on its own 90 days it *was* always right.

Guo, Pleiss, Sun and Weinberger (2017) found the same in the large networks that classify images and texts: the modern ones are right much more often than those of a decade before, and much too sure.
They also found that one number repairs a good part of it.
Divide all logits by the same number $T$ before softmax, and call it the **temperature**.

**Predict, then move the slider.** What will a temperature of 16 do to the dots? And to the share of forecasts that come true?
Then look for the temperature with the smallest ECE, and for what is left to wish for once you have it.
"""

# %% figure
pictures.temperature_slider(forecasts, new_came, softmax, ece)

# %% [markdown]
r"""
The line of the forecasts that come true does not move: dividing all scores by the same number leaves the largest one the largest.
The temperature changes only how loudly a network speaks.
Near 16 it speaks about as loudly as it should, and it is still a poor forecaster, right as seldom as before.
Being calibrated and knowing something are two different virtues; one who says "one third" three times every evening has the first and not the second.

One warning: the right temperature has to be found on days that the network did not learn from.
On its own diary, where it is always right, it would never be told to lower its voice.
"""

# %% [markdown]
r"""
## A hundred times too far

One evening the barometer breaks, and reports a pressure a hundred times as far from the average as on an ordinary evening.
A sensible forecaster would say: I have no idea, one third each.
Ask twenty ReLU networks, with two hidden layers of 32.
"""

# %% figure
bent = pictures.train_many([2, 32, 32, 3], diaries, kinds, ce_grad, "relu", steps=600, rate=0.02)

# %%
# 360 directions, one for each degree: r * ring are the points at the distance r from the origin
angles = np.deg2rad(np.arange(360))
ring = np.column_stack([np.cos(angles), np.sin(angles)])

# %% predict="far-away"
predictions.ask(
    "far-away",
    "All readings in the twenty diaries lie within 5 of the origin. "
    "At the distance 100, over all directions: how sure are the ReLU networks on average?",
    ["about 50 %", "about 80 %", "about 100 %"],
)

# %% [markdown]
r"""
### Exercise 5: ask far away

Write `confidence_at_radius`: send the 360 points at the distance `r` through a ReLU network, and return the mean of their confidences.
A point's confidence is its largest share, as before.

Worked example: at the distance 0 all 360 points are the origin. If the network's scores there are $0,\ 0,\ 0.693$, the answer is 0.5.
"""


# %% exercise="confidence_at_radius"
def confidence_at_radius(params, r):
    """Return the mean, over the points r * ring, of the largest share: how sure at distance r.

    params: a list of pairs (W, b), one a layer, with two inputs. Every layer but the last is
    followed by a ReLU, and the last one gives a score for each class.
    network.forward(params, X, "relu") returns (hidden, logits).

    >>> confidence_at_radius([(np.zeros((2, 3)), np.array([0.0, 0.0, np.log(2)]))], 7.0)
    0.5
    """
    ### BEGIN SOLUTION
    _, far_scores = network.forward(params, r * ring, "relu")
    return float(np.mean(np.max(softmax(far_scores), axis=1)))
    ### END SOLUTION


# %% [markdown] hints="confidence_at_radius"
r"""
Count the shapes on the way: 360 points, 360 rows of scores, 360 rows of shares. How many confidences is that, and how many numbers are asked for?

`forward` gives you two things, and you need the second. Then your own `softmax`, the largest share of each row, and one mean over all rows.
"""

# %% check="confidence_at_radius" points=3
import warnings

import numpy as np


def sure_at(params, r):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            value = confidence_at_radius(params, r)
        except (RuntimeWarning, ValueError, TypeError) as problem:
            raise AssertionError(f"At the distance {r} your confidence_at_radius stopped with: {problem}.") from None
    assert value is not None, "Your confidence_at_radius ends without return, so its result is None."
    assert np.ndim(value) == 0, f"One number is asked for, the mean over all directions, but yours returns an array of shape {np.shape(value)}."
    return float(value)


flat = [(np.zeros((2, 3)), np.array([0.0, 0.0, np.log(2)]))]
found = sure_at(flat, 7.0)
assert not np.isclose(found, np.log(2)), (
    f"This network gives the scores 0, 0 and 0.693 everywhere, and yours says {found:.3f}: that is a score. How sure it is, the shares tell.")
assert not np.isclose(found, 1 / 3), (
    f"This network gives the shares 1/4, 1/4, 1/2 everywhere, and yours says {found:.3f}. The mean of all shares is always one third; only each point's largest is its confidence.")
assert np.isclose(found, 0.5), f"This network gives the shares 1/4, 1/4, 1/2 everywhere: its confidence is 0.5, but yours says {found:.3f}."
params = [(np.array([[1.0, -1.0, 0.0], [0.0, 0.5, 1.0]]), np.array([0.0, 0.5, -1.0])),
          (np.array([[1.0, 0.0, -0.5], [0.0, 1.0, 0.0], [-1.0, 0.0, 1.0]]), np.array([0.0, -0.5, 0.2]))]
found = sure_at(params, 3.0)
assert not np.isclose(found, 0.8332093, atol=2e-4), (
    f"At the distance 3 this network is 0.739 sure, and yours says {found:.3f}. So sure it would be without its bends: does a ReLU follow the hidden layer?")
assert not np.isclose(found, 0.7012703, atol=2e-4), (
    f"At the distance 3 this network is 0.739 sure, and yours says {found:.3f}. So sure it would be with a ReLU behind the last layer as well, but scores may be negative.")
assert not np.isclose(found, 0.9580692, atol=2e-4), (
    f"At the distance 3 this network is 0.739 sure on average, and yours says {found:.3f}: that is the direction to the right alone. The ring has 360.")
assert not np.isclose(found, 0.5180463, atol=2e-4), (
    f"At the distance 3 this network is 0.739 sure, and yours says {found:.3f}: so sure it is at the distance 1. What does the distance do to the ring?")
assert np.isclose(found, 0.7394035, atol=6e-4), f"At the distance 3 this network is 0.739 sure on average, but yours says {found:.4f}."
print("confidence_at_radius: the small network of this check is", round(sure_at(params, 3.0), 3), "sure at distance 3, and", round(sure_at(params, 300.0), 3), "at 300.")
### BEGIN HIDDEN TESTS
rng = np.random.default_rng(905)
for sizes in [[2, 3], [2, 5, 2], [2, 8, 6, 4], [2, 4, 4, 4, 3]]:
    params = [(rng.normal(size=(n, m)), rng.normal(size=m)) for n, m in zip(sizes, sizes[1:])]
    kept = [(W.copy(), b.copy()) for W, b in params]
    for r in (0.0, 0.5, 4.0, 90.0):
        total = 0.0
        for degree in range(360):
            h = np.array([r * np.cos(np.pi * degree / 180), r * np.sin(np.pi * degree / 180)])
            for W, b in params[:-1]:
                h = np.maximum(h @ W + b, 0)
            z = h @ params[-1][0] + params[-1][1]
            total += 1 / np.exp(z - z.max()).sum()
        found = sure_at(params, r)
        assert np.isclose(found, total / 360, atol=1e-9), f"A network of the sizes {sizes} is {total / 360:.5f} sure at the distance {r}, but yours says {found:.5f}."
    assert all(np.array_equal(W, V) and np.array_equal(b, c) for (W, b), (V, c) in zip(params, kept)), "confidence_at_radius changed the network."
### END HIDDEN TESTS

# %% figure
far = {r: [confidence_at_radius(params, r) for params in bent] for r in (1, 10, 100)}
predictions.reveal(
    "far-away",
    "about 100 %",
    "Mean of the twenty networks: "
    + "; ".join(f"at distance {r} {mean_and_range(values)}" for r, values in far.items()) + ".",
)

# %% [markdown]
r"""
**Predict, then press play.** What will the islands of the map look like from 10 times further away, from 100 times?
In which directions does the network keep a doubt?
Then set the temperature to 16, which made the forecasts honest near the diary. Does it make them modest out there?
"""

# %% figure
pictures.zoom_out(bent, diary, came, confidence_at_radius, KINDS)

# %% [markdown]
r"""
Walk away from the origin in one direction.
Sooner or later you have crossed the corner of every ReLU that you will ever cross; from there on each unit is on for good or off for good, and every score is a straight line over the distance.
Straight lines with different slopes move apart without end, and the shares go to 100 % for the steepest.
Only along the few borders, where two scores climb side by side, does a doubt survive.
A temperature divides the slopes and leaves them straight: at 16 you have to walk about 16 times as far to meet the same certainty.

Hein, Andriushchenko and Bitterwolf (2019) showed it for every network that is made of straight pieces, as ReLU networks of any depth are: far away from the data it is almost always sure.

A tanh levels off, so the scores of a tanh network level off, too. Does that make it modest? And what about the calibrated one, without a hidden layer?
"""

# %% figure
for name, nets in (("64 tanh units", hidden), ("no hidden layer", plain)):
    for r in (1, 10, 100):
        shares_there = softmax(logits_of(nets, r * ring).reshape(-1, 3))
        print(f"{name:16s} at distance {r:3d}: {shares_there.max(axis=1).mean():.3f} sure")

# %% [markdown]
r"""
The tanh network stops getting surer, at a point where it is far too sure.
The other one, whose percentages meant what they said on 3,000 days, is surest of all where there has never been a day.
Calibration is a promise about days *like those it was measured on*.
About the rest it says nothing, and the network does not know the difference.
"""

# %% [markdown]
r"""
## The other forecaster

There is one more forecaster in this course, who has named a choice and a percentage at every predict question since the first page: you.
Here is your own reliability diagram.

Your percentages get a second mark as well, one that Brier (1950) proposed for weather forecasts.
Take the confidence as a number from 0.5 to 1, subtract 1 if the forecast came true and 0 if it did not, square it, and take the mean.
The **Brier score** is 0 for someone who is always sure and always right, and 0.25 for someone who always says 50 %; unlike the ECE it rewards knowing as well as honesty.
"""

# %% figure
pictures.own_forecasts(predictions.answers(), ece)

# %% [markdown]
r"""
If your dots lie below the diagonal, you are in the company of most networks; you, however, can lower your voice without a temperature.
The long bars say how far so few answers can be trusted.
One of the next questions may be a good one to say 60 %.
"""

# %% [markdown]
r"""
### Think about it

The sentence from the beginning: the last function "converts the linear separation in the transformed space into a probabilistic output, ensuring the output is interpretable".
What does softmax ensure, and what does it not ensure? Name two things that can still be wrong with a number that it puts out, each with a measurement of yours, and say what you would check before you let such a number decide something. Four to six sentences.
"""

# %% [markdown] reflection="what-is-ensured" points=2
r"""
### BEGIN SOLUTION
Softmax ensures the form of probabilities: every share lies between 0 and 1, the shares of a point sum to 1, and a larger score has a larger share.
It does not ensure that a share of 96 % comes true in 96 of 100 cases: the networks with 64 hidden units were 96 % sure and right on 58 % of the new days, an ECE of 0.38.
Nor does it ensure modesty where there are no data: at distance 100 the ReLU networks were more than 99 % sure on average, though no reading in any diary was further out than 5, and even the well calibrated network without a hidden layer was.
Before such a number decides something I would draw a reliability diagram on data that the network has not learnt from, set a temperature there if it is too sure, and keep separate watch for inputs unlike those data.

**Rubric.**
1 point: says what is ensured (positive, sums to 1, order kept) and that this is form and not truth, with a measured gap between confidence and accuracy on new data (ECE or the two numbers).
1 point: names the second failure, certainty far from the data, with a number, and a sensible check (reliability on held-out data, temperature, watching for unusual inputs).
### END SOLUTION
"""

# %% [markdown]
r"""
## What you can now claim
"""

# %% claims
two_shares = softmax(np.array([[1000.0, 1001.0]]))[0]
with np.errstate(over="ignore", invalid="ignore"):
    unshifted = np.exp([1000.0, 1001.0]) / np.exp([1000.0, 1001.0]).sum()
z = np.linspace(-20, 20, 401)
apart = np.abs(softmax(np.column_stack([z, 0 * z]))[:, 0] - 1 / (1 + np.exp(-z))).max()
Markdown(f"""
| | claim | what you measured |
|---|---|---|
| S33 | The last function is a sigmoid for two classes and softmax for more (Bridle 1990). True, and the first is a case of the second: only differences of scores count, and the borders between the classes stay where they were. | For the scores $z$ and 0, softmax and the logistic function differ by at most {apart:.0e}. The scores 1000 and 1001 have the shares {two_shares[0]:.3f} and {two_shares[1]:.3f}; without the shift the computer says {unshifted[0]} and {unshifted[1]}. |
| S34 | It gives probabilities, "ensuring the output is interpretable". Too much said: it gives positive numbers that sum to 1. They need not be calibrated (Guo, Pleiss, Sun and Weinberger 2017), and a ReLU network is sure far away from all data (Hein, Andriushchenko and Bitterwolf 2019). | Means of twenty networks with their 95 % interval. No hidden layer: ECE {mean_and_range(table["no hidden layer"])}. 64 tanh units: right on {np.mean(own_days):.1%} of their own days and {mean_and_range(right_on_new)} of the new ones, confidence {mean_and_range(sure_on_new)}, ECE {mean_and_range(table["64 tanh units"])}. ReLU networks at distance 1, 10, 100: confidence {np.mean(far[1]):.3f}, {np.mean(far[10]):.4f}, {np.mean(far[100]):.4f}. |

**Next:** you have taken two articles apart, sentence by sentence, and learnt on the way to ask of every number how sure it may be. In lesson 10 the 45 claims go to court, and you are the judge.
""")

# %% [markdown]
r"""
## Further

The rest is for those who want it; the course goes on without it.

### Further 1: lower the voice

Write `temperature`: the shares after all scores were divided by `T`.

Worked example: the scores $0,\ 0,\ 2 \ln 2$ have the shares $\tfrac16, \tfrac16, \tfrac46$. At temperature 2 the last score is $\ln 2$, and the shares are $\tfrac14, \tfrac14, \tfrac12$.
"""


# %% exercise="temperature"
def temperature(Z, T):
    """Return the shares of each row of scores at the temperature T, an array of the shape of Z.

    Z: array of shape (n, k). T: a number above 0; above 1 makes the shares more alike, below 1 less.

    >>> temperature(np.array([[0.0, 0.0, 2 * np.log(2)]]), 2.0)
    array([[0.25, 0.25, 0.5 ]])
    """
    ### BEGIN SOLUTION
    return softmax(np.asarray(Z) / T)
    ### END SOLUTION


# %% [markdown] hints="temperature"
r"""
What should come out for a very large `T`, when all differences of the scores have become tiny? And what must every row still sum to?

The temperature acts before the shares are made, while there are still scores.
"""

# %% check="temperature" points=2
import warnings

import numpy as np

Z = np.array([[0.0, 0.0, 2 * np.log(2)], [np.log(9), 0.0, 0.0]])
kept = Z.copy()
with warnings.catch_warnings():
    warnings.simplefilter("error")
    try:
        found = temperature(Z, 2.0)
        loud = np.asarray(temperature(np.array([[500.0, 0.0, 1.0]]), 0.5))
    except RuntimeWarning as problem:
        raise AssertionError(f"For the scores 500, 0, 1 at temperature 0.5 yours stopped with: {problem}. Your own softmax has solved that already.") from None
assert found is not None, "Your temperature ends without return, so its result is None."
found = np.asarray(found)
assert np.array_equal(Z, kept), "Your temperature writes into the scores that it was given."
assert found.shape == (2, 3), f"Two rows of three scores become two rows of three shares; yours has the shape {found.shape}."
assert not np.allclose(found.sum(axis=1), 0.5), (
    f"At temperature 2 your rows sum to {found.sum(axis=1).round(3)}: half of each share is gone, and to nobody. Shares that are divided are no shares; scores may be.")
assert np.allclose(found.sum(axis=1), 1), f"At any temperature each row of shares must sum to 1; yours sum to {found.sum(axis=1).round(3)}."
assert not np.allclose(found[0], np.array([1, 1, 16]) / 18), (
    f"At temperature 2 yours gives {found[0].round(3)}, surer than the 1/6, 1/6, 4/6 before. A higher temperature makes the shares more alike, not less.")
assert not np.allclose(found[0], np.array([1, 1, 4]) / 6), f"At temperature 2 yours gives {found[0].round(3)}, the shares at temperature 1."
assert np.allclose(found, [[0.25, 0.25, 0.5], [0.6, 0.2, 0.2]]), f"At temperature 2 the scores 0, 0, 1.386 have the shares 1/4, 1/4, 1/2; yours are {found[0].round(3)}."
assert np.allclose(loud, [[1, 0, 0]]), f"The scores 500, 0, 1 at temperature 0.5 give the first class all of it; yours gives {loud[0]}."
below = np.asarray(temperature(np.array([[np.log(3), 0.0]]), 0.5))
assert np.allclose(below, [[0.9, 0.1]]), f"The scores 1.099 and 0 at temperature 0.5 have the shares 0.9 and 0.1, yours are {below[0].round(3)}. Below 1 the shares differ more than before."
print("temperature: the same order of the classes, in a lower voice.")
### BEGIN HIDDEN TESTS
rng = np.random.default_rng(906)
for n, k, T in [(1, 2, 3.0), (6, 3, 0.4), (20, 10, 16.0), (4, 4, 1)]:
    Z = rng.normal(size=(n, k)) * 6
    kept = Z.copy()
    p = np.asarray(temperature(Z, T))
    powers = np.exp((Z - Z.max()) / T)
    assert p.shape == (n, k) and np.allclose(p, powers / powers.sum(axis=1, keepdims=True)), f"At temperature {T} the shares of {n} rows are wrong."
    assert np.array_equal(Z, kept), "temperature changed the scores."
assert np.allclose(temperature(rng.normal(size=(3, 5)), 1e9), 0.2), "Very hot, all shares should be alike."
### END HIDDEN TESTS

# %% [markdown]
r"""
Which temperature? Take 500 days that no network has learnt from, and choose the one with the smallest cross-entropy there, for each network its own.
Then see what it does on the 3,000 others.
"""

# %% figure
held_days, held_came = weather(500, np.random.default_rng(998))
voices = 2.0 ** np.arange(-1, 7.01, 0.25)
chosen = []
for Z in logits_of(hidden, held_days):
    prices = [cross_entropy(Z / T, held_came) for T in voices]
    chosen.append(voices[int(np.argmin(prices))])
after = [ece(np.asarray(temperature(Z, T)), new_came, 10) for Z, T in zip(new_logits, chosen)]
print("temperatures from", round(min(chosen), 1), "to", round(max(chosen), 1))
print("ECE before:", mean_and_range(table["64 tanh units"]))
print("ECE after: ", mean_and_range(after))

# %% [markdown]
r"""
One number for each network, found on days it had not seen, takes away most of the gap: this is the *temperature scaling* of Guo and colleagues.

### Further 2: the sigmoid, found again

Write `sigmoid_as_softmax`: the logistic function of each score, with your `softmax` doing the work.

Worked example: the score 0 gives 0.5, and the score $\ln 3 = 1.099$ gives 0.75.
"""


# %% exercise="sigmoid_as_softmax"
def sigmoid_as_softmax(z):
    """Return the logistic function of each score, computed as a share of two classes.

    z: array of shape (n,). Returns an array of shape (n,).

    >>> sigmoid_as_softmax(np.array([0.0, np.log(3)]))
    array([0.5 , 0.75])
    """
    ### BEGIN SOLUTION
    return softmax(np.column_stack([z, np.zeros(len(z))]))[:, 0]
    ### END SOLUTION


# %% [markdown] hints="sigmoid_as_softmax"
r"""
A row needs two scores, and you have one for each point. What is the other one, and which of the two shares do you want?

`np.column_stack` puts two rows of numbers side by side as columns.
"""

# %% check="sigmoid_as_softmax" points=1
import warnings

import numpy as np

z = np.array([0.0, np.log(3), -np.log(3), 800.0])
with warnings.catch_warnings():
    warnings.simplefilter("error")
    try:
        found = sigmoid_as_softmax(z.copy())
    except (RuntimeWarning, ValueError, IndexError) as problem:
        raise AssertionError(f"For four scores, the largest of them 800, yours stopped with: {problem}.") from None
assert found is not None, "Your sigmoid_as_softmax ends without return, so its result is None."
found = np.asarray(found)
assert found.shape == (4,), f"Four scores have four probabilities, but yours has the shape {found.shape}: a row has two shares, and one of them is asked for."
assert not np.isclose(found.sum(), 1), f"Your four answers {found.round(3)} sum to 1. They are four points, and no shares of each other; each has to be weighed against a 0 of its own."
assert not np.allclose(found[:2], [0.5, 0.25]), f"The score 1.099 has the probability 0.75, and yours says {found[1]:.3f}: that is the other class's share."
assert not np.allclose(found[:2], [0.5, 0.9]), f"The score 1.099 has the probability 0.75, and yours says {found[1]:.3f}. The two scores of your row differ by 2.197, twice as much as they should."
assert np.allclose(found, [0.5, 0.75, 0.25, 1]), f"The scores 0, 1.099, -1.099 and 800 have the probabilities 0.5, 0.75, 0.25 and 1; yours are {found.round(3)}."
print("sigmoid_as_softmax: the logistic function is a softmax of z and 0.")
### BEGIN HIDDEN TESTS
rng = np.random.default_rng(907)
for n in (1, 2, 3, 50):
    z = rng.normal(size=n) * 5
    kept = z.copy()
    assert np.allclose(sigmoid_as_softmax(z), 0.5 * (1 + np.tanh(z / 2))), f"For {n} scores the probabilities are wrong."
    assert np.array_equal(z, kept), "sigmoid_as_softmax changed the scores."
assert np.allclose(sigmoid_as_softmax(np.array([-2000.0, 2000.0])), [0, 1]), "Scores of 2000 go wrong."
### END HIDDEN TESTS
