# %% [markdown]
r"""
# Bend a line into any curve

By the end you will have drawn a curve through thirteen points with one hidden layer, promised beforehand how many neurons a curve needs, and settled a quarrel between two articles with your own numbers.

Lesson 04 stacked fifty layers and got one line.
Then a single bend broke the spell, and three questions were left:
which bends are there, how many does it take, and is one hidden layer of them always enough?

People disagree about the last one.
One of the two articles that this course takes apart says that "one hidden layer will always be enough, as long as it has enough neurons".
The other sends its readers on to a text about "two or more hidden layers".
Who is right?
"""

# %%
from course_utils import datasets, plotting, predictions
from course_utils.figures.activations import activation_zoo, hinge_mixer, knot_slider

import numpy as np
from IPython.display import Markdown

# an invented day: a thermometer on a roof, read every two hours
hours = np.arange(0.0, 25.0, 2.0)
degrees = np.array([11.2, 10.1, 9.4, 9.9, 13.0, 17.2, 19.8, 21.5, 22.1, 20.3, 16.4, 13.5, 11.9])

# %% figure
figure, ax = plotting.new(width=600, height=320)
slope, start = np.polyfit(hours, degrees, 1)
line_error = np.abs(slope * hours + start - degrees).max()
ax.plot(hours, degrees, "o", color=plotting.BLUE, label="a reading")
ax.plot(hours, slope * hours + start, color=plotting.BLACK, label="the best straight line")
ax.set(xlabel="hour of the day", ylabel="degrees", ylim=(5, 25), xticks=range(0, 25, 4))
ax.legend(frameon=False, loc="upper left")
plotting.show(
    figure,
    f"{len(hours)} temperatures of a day: from {degrees.min()} degrees before dawn up to {degrees.max()} "
    f"in the afternoon and down again. The best straight line misses one of them by {line_error:.1f} degrees.")

# %% [markdown]
r"""
Here is a day, read from a thermometer thirteen times.
A linear network of any depth draws the black line.
How many bent neurons, side by side in **one** hidden layer, does it take to go through all thirteen points exactly?
Three? Thirteen? A hundred and sixty-nine?
Keep your guess; you will build that network yourself.
"""

# %% [markdown]
r"""
## Four bends

A hidden neuron computes its score as ever: weights times inputs, plus a bias.
Call the score $z$.
Before it is handed on, it passes through one fixed function, the **activation function**, which is the same for every neuron of the layer.
What comes out, $a$, is the neuron's **activation**.

Four such functions come up again and again.

- The **ReLU** (rectified linear unit), $\max(z, 0)$: keeps what is positive and turns the rest into 0. Fukushima (1969) built a network for seeing on it.
- The **leaky ReLU**: keeps what is positive, and lets a small part of the rest through, $0.01\,z$ for instance (Maas, Hannun and Ng 2013).
- The **logistic function** of lesson 02, $\dfrac{1}{1 + e^{-z}}$: squeezes every score into the stretch between 0 and 1. Verhulst (1845) gave it its name. People call it "the sigmoid", but a sigmoid is anything shaped like an S; the next one is a sigmoid as well.
- The **hyperbolic tangent**, tanh for short: the logistic function stretched until it runs from $-1$ to $1$. If $s$ is the logistic function, then $\tanh(z) = 2\,s(2z) - 1$.
"""

# %% [markdown]
r"""
### Exercise 1: write the four

Write `relu`, `leaky_relu`, `sigmoid` (most libraries give the logistic function this name) and `tanh`.
Each takes an array of scores, of any shape, and returns a new array of the same shape.

Worked example: at $z = -2$ they give $0$, $-0.02$, $0.119$ and $-0.964$; at $z = 3$ they give $3$, $3$, $0.953$ and $0.995$.

There is one trap, and you know it from lesson 02: at $z = -1000$ the formula asks for $e^{1000}$, which no computer can hold, and numpy warns.
Multiply the fraction above and below by $e^{z}$ and you get $\dfrac{e^{z}}{1 + e^{z}}$.
That is the same function, and it is in trouble at the other end.
"""


# %% exercise="activations"
def relu(z):
    """Return z where z is positive and 0 elsewhere, an array of the shape of z.

    z: array of scores, of any shape. It stays as it is.

    >>> relu(np.array([-2.0, 0.0, 3.0]))
    array([0., 0., 3.])
    """
    ### BEGIN SOLUTION
    return np.maximum(z, 0)
    ### END SOLUTION


def leaky_relu(z, leak=0.01):
    """Return z where z is positive and leak * z elsewhere.

    >>> leaky_relu(np.array([-2.0, 0.0, 3.0]))
    array([-0.02,  0.  ,  3.  ])
    """
    ### BEGIN SOLUTION
    return np.where(z > 0, z, leak * z)
    ### END SOLUTION


def sigmoid(z):
    """Return 1 / (1 + e^-z), without a warning for any score.

    >>> sigmoid(np.array([-1000.0, 0.0, 1000.0]))
    array([0. , 0.5, 1. ])
    """
    ### BEGIN SOLUTION
    small = np.exp(-np.abs(z))
    return np.where(z >= 0, 1, small) / (1 + small)
    ### END SOLUTION


def tanh(z):
    """Return the hyperbolic tangent of z, without a warning for any score.

    >>> tanh(np.array([-1000.0, 0.0, 1000.0]))
    array([-1.,  0.,  1.])
    """
    ### BEGIN SOLUTION
    return 2 * sigmoid(2 * z) - 1
    ### END SOLUTION


# %% [markdown] hints="activations"
r"""
For each function: what happens to one single score, and does your line do the same to every score of an array, whatever its shape? For the logistic function: for which scores is $e^{-z}$ small, for which is $e^{z}$ small?

`np.maximum` compares number by number, `np.max` looks for one largest. `np.where(condition, A, B)` computes both A and B everywhere before it chooses, so both must be harmless: what is never large is $e^{-|z|}$. Once the logistic function is right, tanh is one line.
"""

# %% check="activations" points=4
import warnings

import numpy as np


def ask(name, z, *rest):
    """What the function of this name makes of the scores z, or a sentence on what went wrong."""
    f = {"relu": relu, "leaky_relu": leaky_relu, "sigmoid": sigmoid, "tanh": tanh}[name]
    given = z.copy()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            found = f(z, *rest)
            assert found is not None, f"Your {name} ends without return, so its result is None."
            found = np.asarray(found)
    except RuntimeWarning as problem:
        where = f"For the scores {given.ravel()} of type {given.dtype} {name} made numpy warn: {problem}."
        if name == "tanh":
            raise AssertionError(f"{where} e^1000 is too large a number; your sigmoid has solved that problem already: can tanh use it?") from None
        if given.dtype == np.float32:
            raise AssertionError(f"{where} Numbers of 32 bits end near 10^38, which is e^88: your limit is too far out for them.") from None
        if given.max() > 500:
            raise AssertionError(f"{where} For a large score e^z is too large. And np.where computes both of its branches for every number, "
                                 "also the one that it throws away.") from None
        raise AssertionError(f"{where} For a very negative score e^-z is too large a number, and your formula asks for it.") from None
    except (ValueError, TypeError) as problem:
        raise AssertionError(f"For the scores {given.tolist()} {name} stopped with: {problem}. The scores come as an array; "
                             "if, max and the functions of math look at one number only.") from None
    assert np.array_equal(z, given), f"{name} changed the scores that it was given: {given.ravel()} became {z.ravel()}. Others still need them."
    assert found.shape == given.shape, (
        f"Four scores went into {name} and {'one number' if found.shape == () else f'the shape {found.shape}'} came out: {found}. "
        "Each score has its own activation.")
    return found


z = np.array([[-2.0, -0.5], [0.0, 3.0]])
found = ask("relu", z.copy())
assert np.allclose(found, [[0, 0], [0, 3]]), f"relu should turn {z.ravel()} into [0, 0, 0, 3]; yours gives {found.ravel()}."
found = ask("leaky_relu", z.copy(), 0.1)
assert found[0, 0] < 0, f"With the leak 0.1 the score -2 leaks through as -0.2: smaller, and still negative. Yours gives {found[0, 0]:g}."
assert np.allclose(found, [[-0.2, -0.05], [0, 3]]), f"With the leak 0.1, {z.ravel()} should become [-0.2, -0.05, 0, 3]; yours gives {found.ravel()}."
found = ask("leaky_relu", z.copy())
assert np.allclose(found, [[-0.02, -0.005], [0, 3]]), f"Without a second argument the leak is 0.01, so -2 becomes -0.02; yours gives {found[0, 0]:g}."
found = ask("leaky_relu", np.array([-2, 0, 3]))
assert np.allclose(found, [-0.02, 0, 3]), (
    f"The whole numbers [-2, 0, 3] should become [-0.02, 0, 3], and yours gives {found}. An array of whole numbers has no room for fractions.")

found = ask("sigmoid", z.copy())
truth = [0.1192029220221, 0.3775406687981, 0.5, 0.9525741268224]
assert not np.allclose(found.ravel(), truth[::-1], atol=1e-3) and not np.allclose(found.ravel(), 1 - np.array(truth)), (
    f"At the score 3 the logistic function is 0.953, near 1, and yours is {found[1, 1]:.3f}: it falls where it should rise. Look at the sign in the exponent.")
assert np.allclose(found.ravel(), truth, atol=1e-9), f"The logistic function of {z.ravel()} is {np.round(truth, 3)}; yours gives {found.ravel().round(3)}."
found = ask("sigmoid", np.array([-1, 0, 2]))
assert np.allclose(found, [0.2689414213700, 0.5, 0.8807970779779]), (
    f"The logistic function of the whole numbers [-1, 0, 2] is [0.269, 0.5, 0.881]; yours gives {found}. Were the fractions cut off to fit an array of whole numbers?")
assert np.allclose(ask("sigmoid", np.array([1000.0, 0.0])), [1, 0.5]), "At the score 1000 the logistic function is 1 to all digits that a computer has."
found = ask("sigmoid", np.array([-1000.0, 0.0]))
assert np.allclose(found, [0, 0.5]), f"At the score -1000 the logistic function is 0 to all digits that a computer has; yours is {found[0]}."
for far in (-1000, 1000):
    ask("sigmoid", np.array([far], dtype=np.float32))

found = ask("tanh", z.copy())
truth = np.array([-0.9640275800758, -0.4621171572600, 0, 0.9950547536867])
assert not np.allclose(found.ravel(), [-0.7615941559558, -0.2449186624037, 0, 0.9051482536449]), (
    f"At the score 3 tanh is 0.995 and yours is {found[1, 1]:.3f}: your curve runs from -1 to 1, but half as fast. Look at what goes into the s.")
assert np.allclose(found.ravel(), truth, atol=1e-9), f"tanh of {z.ravel()} is {truth.round(3)}; yours gives {found.ravel().round(3)}."
assert np.allclose(ask("tanh", np.array([-1000.0, 1000.0])), [-1, 1]), "At the scores -1000 and 1000 tanh is -1 and 1."
print("activations: four bends, any shape, any score, and not one warning.")
### BEGIN HIDDEN TESTS
import math

rng = np.random.default_rng(501)
for shape in [(1,), (7,), (3, 4), (2, 3, 2), (0,)]:
    z = rng.normal(size=shape) * 4
    for name, one in [("relu", lambda v: v if v > 0 else 0.0), ("leaky_relu", lambda v: v if v > 0 else 0.01 * v),
                   ("sigmoid", lambda v: 0.5 * (1 + math.tanh(v / 2))), ("tanh", math.tanh)]:
        truth = np.array([one(float(v)) for v in z.ravel()]).reshape(shape)
        assert np.allclose(ask(name, z.copy()), truth, atol=1e-9), f"{name} is wrong on scores of the shape {shape}."
        assert np.allclose(ask(name, z.astype(np.float32)), truth, atol=1e-4), f"{name} is wrong on numbers of type float32."
leak = float(rng.uniform(0.05, 0.5))
z = rng.normal(size=20)
assert np.allclose(ask("leaky_relu", z, leak), [v if v > 0 else leak * v for v in z]), f"With the leak {leak:.3f} leaky_relu is wrong."
for dtype in (np.float64, np.float32, np.int64):
    far = np.array([-10000, -1000, 1000, 10000]).astype(dtype)
    assert np.allclose(ask("sigmoid", far), [0, 0, 1, 1]) and np.allclose(ask("tanh", far), [-1, -1, 1, 1]), f"Far out, with numbers of type {far.dtype}, a curve is wrong."
whole = rng.integers(-5, 6, size=(4, 3))
assert np.allclose(ask("tanh", whole), np.tanh(whole)) and np.allclose(ask("relu", whole), whole * (whole > 0)), "With whole numbers a curve is wrong."
### END HIDDEN TESTS

# %% [markdown]
r"""
Do all four rescue the stack?
Lesson 04 tested a function by mixing two points: an affine function sends the mixture of two points to the mixture of their values, and your `is_affine` looked whether that holds.
Below stands the same question as a number: the largest gap between the two sides, over a thousand random mixtures.
The network is always the same one, two inputs, eight hidden neurons, one output, with the same random weights; only the activation changes.
"""

# %% figure
def mixing_gap(f, rng):
    """Return the largest distance between f of a mixture and the mixture of f, over 1,000 pairs of points."""
    u, v = rng.uniform(-3, 3, size=(2, 1000, 2))
    t = rng.uniform(0, 1, size=1000)
    mixed = f(t[:, None] * u + (1 - t[:, None]) * v)
    return np.abs(mixed - (t * f(u) + (1 - t) * f(v))).max()


rng = np.random.default_rng(0)
W, b, w_out = rng.normal(size=(2, 8)), rng.normal(size=8), rng.normal(size=8)
bends = {"none": lambda z: z, "relu": relu, "leaky_relu": leaky_relu, "sigmoid": sigmoid, "tanh": tanh}
gaps = {}
for name, activation in bends.items():
    gaps[name] = mixing_gap(lambda X: activation(X @ W + b) @ w_out, np.random.default_rng(1))
    print(f"{name:12s} {gaps[name]:.2g}")

# %% [markdown]
r"""
Without an activation the gap is rounding, fifteen digits behind the point.
With any of the four it is as large as the outputs themselves.
So any bend breaks the collapse; whether any bend is *enough* is another question, and it will turn out to have a surprising answer.
"""

# %% [markdown]
r"""
## How steep is a bend?

In lesson 02 you stood on a curve, nudged a number, and measured the slope under your feet: rise divided by nudge.
Learning walks downhill along slopes, so lesson 06 will need the slope of every activation, at every score.
The function that gives the slope at each place is called the **derivative**.

For the ReLU there is nothing to compute.
On the right it rises as fast as its score, slope 1, and on the left it does not move, slope 0.
At the corner itself both answers are possible, and one has to agree on one: in this course the slope at 0 is 0.

For the two S-curves, measure first.
Below, each dot is one score: its height on the curve to the right, the slope that a small nudge finds there upwards.
"""

# %% figure
z = np.linspace(-6, 6, 49)
nudge = 1e-5
figure, axes = plotting.new(columns=2, width=720, height=300)
for ax, f, name in zip(axes, (sigmoid, tanh), ("logistic", "tanh")):
    height, measured = f(z), (f(z + nudge) - f(z - nudge)) / (2 * nudge)
    ax.plot(height, measured, "o", color=plotting.GREEN, ms=4)
    ax.set(title=name, xlabel="height $a$ on the curve", ylabel="slope there")
    top = measured.max()
plotting.show(
    figure,
    "Two panels, logistic and tanh: the slope at a point of the curve, drawn over the height of that point. "
    "The dots form a parabola that opens downwards: for the logistic function zero at the heights 0 and 1, "
    f"for tanh zero at -1 and 1 and {top:.2f} in the middle.")

# %% [markdown]
r"""
The dots form parabolas.
That is the gift of these two curves: the slope can be read off from the height alone.
If $a$ is the height, it is

$$a\,(1 - a) \quad\text{on the logistic function,}\qquad\qquad 1 - a^2 \quad\text{on tanh.}$$

Check it at one place: the logistic function is at height $\tfrac12$ in its middle, so its slope there is $\tfrac12 \cdot \tfrac12 = \tfrac14$, and that is the steepest it ever gets.
"""

# %% [markdown]
r"""
### Exercise 2: the slopes

Write `d_relu`, `d_sigmoid` and `d_tanh` (the "d" is for derivative).
Each takes the **scores** $z$ and returns the slope at each of them.

Worked example: at $z = -2$ the slopes are $0$, $0.105$ and $0.071$. At $z = 0$ they are $0$, $0.25$ and $1$.
"""


# %% exercise="derivatives"
def d_relu(z):
    """Return the slope of the ReLU at each score: 1 where z is positive, 0 elsewhere.

    >>> d_relu(np.array([-2.0, 0.0, 3.0]))
    array([0., 0., 1.])
    """
    ### BEGIN SOLUTION
    return np.where(z > 0, 1.0, 0.0)
    ### END SOLUTION


def d_sigmoid(z):
    """Return the slope of the logistic function at each score, without a warning for any score.

    >>> d_sigmoid(np.array([-1000.0, 0.0]))
    array([0.  , 0.25])
    """
    ### BEGIN SOLUTION
    a = sigmoid(z)
    return a * (1 - a)
    ### END SOLUTION


def d_tanh(z):
    """Return the slope of tanh at each score, without a warning for any score.

    >>> d_tanh(np.array([-1000.0, 0.0]))
    array([0., 1.])
    """
    ### BEGIN SOLUTION
    return 1 - tanh(z) ** 2
    ### END SOLUTION


# %% [markdown] hints="derivatives"
r"""
The two formulas speak of the height $a$, and you are given the score $z$. How do you get from one to the other?

First compute the height with the function that you wrote in Exercise 1, then put the height into the formula.
"""

# %% check="derivatives" points=3
import warnings

import numpy as np


def ask(name, z):
    f = {"d_relu": d_relu, "d_sigmoid": d_sigmoid, "d_tanh": d_tanh}[name]
    given = z.copy()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            found = f(z)
            assert found is not None, f"Your {name} ends without return, so its result is None."
            found = np.asarray(found, dtype=float)
    except RuntimeWarning as problem:
        raise AssertionError(f"For the scores {given} {name} made numpy warn: {problem}. The activations of Exercise 1 are safe at any score; build on them.") from None
    except ValueError as problem:
        raise AssertionError(f"For the scores {given} {name} stopped with: {problem}. The scores come as an array, and each has its own slope.") from None
    assert np.array_equal(z, given), f"{name} changed the scores that it was given."
    assert found.shape == given.shape, f"{len(given)} scores have {len(given)} slopes; {name} returns the shape {found.shape}."
    return found


z = np.array([-2.0, -0.5, 0.0, 0.5, 3.0])
found = ask("d_relu", z)
assert not np.allclose(found, [0, 0, 0, 0.5, 3]), f"At the score 3 d_relu says {found[4]:g}: that is the ReLU's height. How much does the height grow when the score grows by 1?"
assert found[0] == 0, f"At the score -2 the ReLU is 0, and still 0 after a nudge: its slope there is 0, and yours is {found[0]:g}."
assert found[2] == 0, f"At the corner this course takes the slope 0, since a neuron fires only above 0; yours is {found[2]:g}."
assert np.allclose(found, [0, 0, 0, 1, 1]), f"At the scores {z} the ReLU's slopes are [0, 0, 0, 1, 1]; yours are {found}."

found = ask("d_sigmoid", z)
assert not np.allclose(found, z - z * z), (
    f"At the score 3 d_sigmoid says {found[4]:g}, but the curve climbs there by less than 0.05. a (1 - a) speaks of the height a; you put the score 3 in its place.")
assert not np.isclose(found[2], 0.5), f"At the score 0 yours is {found[2]:g}. That is the height of the curve; the slope there is half of it."
assert np.allclose(found, [0.1049935854, 0.2350037122, 0.25, 0.2350037122, 0.0451766597], atol=1e-8), (
    f"At the scores {z} a nudge finds the slopes [0.105, 0.235, 0.25, 0.235, 0.045] on the logistic function; yours are {found.round(3)}.")

found = ask("d_tanh", z)
assert not np.allclose(found, (1 - z) * (1 + z)), (
    f"At the score 3 d_tanh says {found[4]:g}, but tanh never falls. In 1 - a^2 the a is a height between -1 and 1; you put the score in its place.")
assert found[0] < 1, f"At the score -2 yours is {found[0]:.3f}, steeper than in the middle. Left and right of 0 tanh is equally steep: what became of the square?"
assert np.allclose(found, [0.0706508249, 0.7864477330, 1, 0.7864477330, 0.0098660372], atol=1e-8), (
    f"At the scores {z} a nudge finds the slopes [0.071, 0.786, 1, 0.786, 0.010] on tanh; yours are {found.round(3)}.")
far = np.array([-1000.0, 1000.0])
assert np.allclose([ask("d_sigmoid", far), ask("d_tanh", far)], 0), "At the scores -1000 and 1000 both curves are flat: the slope is 0."
print("derivatives: three slopes, and each agrees with a nudge.")
### BEGIN HIDDEN TESTS
rng = np.random.default_rng(502)
for n in (1, 5, 40):
    z = rng.normal(size=n) * 3
    nudge = 1e-6
    for f, name in [(lambda v: 0.5 * (1 + np.tanh(v / 2)), "d_sigmoid"), (np.tanh, "d_tanh"), (lambda v: v * (v > 0), "d_relu")]:
        safe = z[np.abs(z) > 1e-3]
        by_nudge = (f(safe + nudge) - f(safe - nudge)) / (2 * nudge)
        assert np.allclose(ask(name, safe), by_nudge, atol=1e-7), f"{name} and a nudge disagree by {np.abs(ask(name, safe) - by_nudge).max():.2g}."
    grid = rng.normal(size=(n, 3))
    assert np.allclose(ask("d_tanh", grid), 1 / np.cosh(grid) ** 2), "On an array with rows and columns d_tanh is wrong."
    assert np.allclose(ask("d_sigmoid", grid), 0.25 / np.cosh(grid / 2) ** 2), "On an array with rows and columns d_sigmoid is wrong."
assert np.allclose(ask("d_relu", np.array([-3, 0, 4])), [0, 0, 1]), "With whole numbers d_relu is wrong."
far = np.array([-5000, -800, 800, 5000])
assert np.allclose([ask("d_sigmoid", far), ask("d_tanh", far), ask("d_sigmoid", far.astype(np.float32))], 0), "Far out, the slopes of the S-curves should be 0."
### END HIDDEN TESTS

# %% [markdown]
r"""
Now walk along them.
Where the shade lies, the curve is nearly flat: a neuron whose score is there hardly notices when its score is nudged.
Such a neuron is called **saturated**.

**Predict, then move the slider.** Which of the curves is nearly flat on the largest part of the window, and which one is flat in the strictest sense, with a slope of exactly 0?
"""

# %% figure
activation_zoo({
    "ReLU": (relu, d_relu),
    "leaky ReLU": (leaky_relu, None),  # None: the figure measures the slope
    "logistic": (sigmoid, d_sigmoid),
    "tanh": (tanh, d_tanh),
})

# %% [markdown]
r"""
Each curve pays somewhere.
The S-curves go flat on both sides, tanh sooner than the logistic function, which in turn is never steeper than a quarter.
The ReLU is flat on one side only, but there it is flat for good; the leaky ReLU's flat side has the slope 0.01, which is small and not nothing.
In one layer this hardly matters.
In twenty layers it will decide whether anything is learnt, and lesson 06 measures it.
"""

# %% [markdown]
r"""
## A hinge that you can place

Enough of single bends: what can several of them do together?
Take one input $x$, and a ReLU neuron with the weight 1 and the bias $-t$.
Its score is $x - t$, so it is silent up to $t$ and rises from there on.
It is a **hinge**, and the place $t$ where it opens is its **knot**.

The output neuron gives each hinge a weight and adds them up, on top of a bias of its own, the **offset**:

$$\text{output}(x) \;=\; \text{offset} + w_1 \max(x - t_1, 0) + w_2 \max(x - t_2, 0) + \cdots$$
"""

# %% predict="second-hinge"
predictions.ask(
    "second-hinge",
    "A first hinge with the weight 2 makes the sum rise with the slope 2. "
    "From the second knot on the sum shall fall, with the slope -2. Which weight does the second hinge need?",
    ["0", "-2", "-4"],
)

# %% [markdown]
r"""
**Predict, then move the sliders.** Four posts stand in the picture below. Hang the black line on all four of them, with three hinges.
Begin with the offset, then go from left to right. What does moving a weight change to the left of its knot, and what to the right?
"""

# %% figure
hinge_mixer()

# %% figure
predictions.reveal(
    "second-hinge",
    "-4",
    "The first hinge does not stop rising at the second knot. "
    "The second one first has to take back its slope of 2, and then to add -2 of its own.",
)

# %% [markdown]
r"""
Every hinge leaves alone what lies to the left of its knot.
To the right of it, it adds its weight to the slope that was there.
So a weight is not a slope: it is a **change** of slope.
"""

# %% [markdown]
r"""
### Exercise 3: add up the hinges

Write `hinge_net`: the output of the network for many inputs at once.

Worked example: the offset 1, a hinge at 0 with the weight 2 and a hinge at 1 with the weight $-4$. At $x = 3$ the output is $1 + 2 \cdot 3 - 4 \cdot 2 = -1$. At $x = -5$ both hinges are silent, and the output is 1.
"""


# %% exercise="hinge_net"
def hinge_net(x, knots, weights, offset):
    """Return offset + the sum of weights[i] * max(x - knots[i], 0) for each x, an array of shape (n,).

    x: inputs of shape (n,). knots, weights: arrays of shape (k,), one number a hinge. offset: a number.

    >>> hinge_net(np.array([-5.0, 3.0]), np.array([0.0, 1.0]), np.array([2.0, -4.0]), 1.0)
    array([ 1., -1.])
    """
    ### BEGIN SOLUTION
    hidden = relu(x[:, None] - knots)
    return hidden @ weights + offset
    ### END SOLUTION


# %% [markdown] hints="hinge_net"
r"""
How many scores are there in all, if every input meets every hinge? In which shape would you write them down?

A table with one row per input and one column per hinge: `x[:, None] - knots` makes it, since `x[:, None]` stands upright. Bend every number of the table, then weigh the columns. A loop over the hinges, adding one at a time to the result, does the same.
"""

# %% check="hinge_net" points=2
import numpy as np


def ask(x, knots, weights, offset):
    try:
        found = hinge_net(x, knots, weights, offset)
    except (ValueError, TypeError) as problem:
        raise AssertionError(f"With {len(x)} inputs and {len(knots)} hinges hinge_net stopped with: {problem}. "
                             "Every input meets every hinge: that makes a table, not two lists side by side.") from None
    assert found is not None, "Your hinge_net ends without return, so its result is None."
    found = np.asarray(found)
    assert found.shape == x.shape, f"{len(x)} inputs have {len(x)} outputs; with {len(knots)} hinges yours has the shape {found.shape}."
    return found


x = np.array([-5.0, 0.5, 1.0, 3.0])
found = ask(x, np.array([0.0, 1.0]), np.array([2.0, -4.0]), 1.0)
assert not np.isclose(found[0], 0), f"At x = -5 both hinges are silent and only the offset 1 is left; yours says {found[0]:g}."
assert not np.isclose(found[0], 25), (
    f"At x = -5 yours says {found[0]:g}: left of its knot the hinge with the weight -4 is open, and right of it shut. First bend the score x - t, then multiply by the weight.")
assert np.isclose(found[0], 1), (
    f"At x = -5, left of both knots, the hinges should be silent and the output is the offset 1; yours says {found[0]:g}. Do they bend?")
assert not np.isclose(found[3], 1 + 2 * 3 - 4 * 4), f"At x = 3 the hinge with the knot 1 has opened by 2, not by 4; yours says {found[3]:g}. On which side of 1 does it open?"
assert np.allclose(found, [1, 2, 3, -1]), f"At x = [-5, 0.5, 1, 3] the worked example gives [1, 2, 3, -1]; yours gives {found}."
found = ask(np.array([2.0, 4.0]), np.array([0.0, 1.0]), np.array([1.0, 1.0]), 0.0)
assert np.allclose(found, [3, 7]), (
    f"Two inputs [2, 4], two hinges at [0, 1], both with the weight 1: at x = 2 they have opened by 2 and 1, so the output is 3; yours says {found[0]:g}. "
    "Does every input meet every hinge, or only the one beside it?")
print("hinge_net: a hidden layer of bent neurons and an output, in your own words.")
### BEGIN HIDDEN TESTS
rng = np.random.default_rng(503)
for n, k in [(1, 1), (5, 5), (20, 3), (3, 20), (1, 6), (40, 1)]:
    x, knots, weights, offset = rng.normal(size=n), rng.normal(size=k), rng.normal(size=k), float(rng.normal())
    kept = x.copy(), knots.copy(), weights.copy()
    found = ask(x, knots, weights, offset)
    for i in range(n):
        truth = offset
        for j in range(k):
            if kept[0][i] > kept[1][j]:
                truth += kept[2][j] * (kept[0][i] - kept[1][j])
        assert np.isclose(found[i], truth), f"With {k} hinges the output at {kept[0][i]:.3f} is {truth:.3f}, yours is {found[i]:.3f}."
    assert all(np.array_equal(before, after) for before, after in zip(kept, (x, knots, weights))), "hinge_net changed an array that it was given."
assert np.allclose(ask(np.array([0, 2, 5]), np.array([1, 3]), np.array([0.5, -1.0]), 2), [2, 2.5, 2]), "With whole numbers as inputs hinge_net is wrong."
### END HIDDEN TESTS

# %% [markdown]
r"""
## Through every point

Now turn the question round.
The points are given, and you choose the hinges.
Put a knot at every point, and walk from left to right: between two neighbouring points the slope has to be one particular number, and at each knot the hinge supplies the change.
"""

# %% [markdown]
r"""
### Exercise 4: meet every point

Write `relu_interpolator`: weights and offset such that `hinge_net(x, knots, weights, offset)` passes through all the points, with one hinge per point.
To *interpolate* means to fill in between.

Worked example: the points $(0, 1)$, $(1, 3)$ and $(3, 2)$. The slopes between them are $2$ and $-\tfrac12$. So the offset is 1, the weights are $2$ and $-2.5$, and the last hinge, which opens where the points end, gets the weight 0.

The points may come in any order; `weights[i]` belongs to `knots[i]`.
"""


# %% exercise="relu_interpolator"
def relu_interpolator(knots, values):
    """Return (weights, offset) of the hinge network that has the value values[i] at knots[i].

    knots, values: arrays of shape (k,), k at least 2, the knots all different and in any order.
    weights: array of shape (k,); the hinge at the largest knot gets 0. offset: a number.

    >>> relu_interpolator(np.array([0.0, 1.0, 3.0]), np.array([1.0, 3.0, 2.0]))
    (array([ 2. , -2.5,  0. ]), 1.0)
    """
    ### BEGIN SOLUTION
    order = np.argsort(knots)
    slopes = np.diff(values[order]) / np.diff(knots[order])
    weights = np.zeros(len(knots))
    weights[order[:-1]] = np.diff(slopes, prepend=0)
    return weights, values[order[0]]
    ### END SOLUTION


# %% [markdown] hints="relu_interpolator"
r"""
Which slope does the sum have to the left of the first knot, and which slopes does it need between the knots? By how much does the slope change at each knot?

`np.argsort(knots)` tells in which order the knots stand from left to right. `np.diff` gives the differences of neighbours: of the values, of the knots, and once more of the slopes. At last, put each weight back to the place of its own knot.
"""

# %% check="relu_interpolator" points=5
import warnings

import numpy as np


def ask(knots, values):
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            answer = relu_interpolator(knots, values)
    except (ValueError, TypeError, IndexError, RuntimeWarning) as problem:
        raise AssertionError(f"For the knots {knots} and the values {values} relu_interpolator stopped with: {problem}. "
                             "k points have k - 1 slopes between them, but k hinges.") from None
    assert isinstance(answer, (tuple, list)) and len(answer) == 2, f"relu_interpolator should return two things, weights and offset, but yours returns {answer!r}."
    weights, offset = np.asarray(answer[0], dtype=float), np.asarray(answer[1], dtype=float)
    assert offset.size == 1, f"The offset is one number, and yours has the shape {offset.shape}."
    assert weights.shape == knots.shape, (
        f"{len(knots)} points have {len(knots)} hinges and as many weights, the last of them 0; yours has {weights.size}.")
    return weights, float(offset.ravel()[0])


def output(x, knots, weights, offset):
    """The hinge network, one hinge after the other."""
    total = np.full(len(x), offset, dtype=float)
    for knot, weight in zip(knots, weights):
        total += weight * np.where(x > knot, x - knot, 0)
    return total


knots, values = np.array([0.0, 1.0, 3.0]), np.array([1.0, 3.0, 2.0])
weights, offset = ask(knots, values)
assert not np.isclose(offset, 0), "At the first knot no hinge has opened yet, and there the value should be 1: only the offset can say so, and yours is 0."
assert not np.allclose(weights[:2], [2, -0.5]), (
    f"Your weights {weights} are the slopes between the points. But each new hinge adds to the old slope: behind the second knot yours has the slope 2 - 0.5 = 1.5.")
assert not np.allclose(weights[:2], [2, -3]), (
    f"Your second weight is {weights[1]:g}. From (1, 3) to (3, 2) the curve falls by 1 over a distance of 2: how steep is that?")
found = output(knots, knots, weights, offset)
assert np.allclose(found, values), f"At the knots [0, 1, 3] the values should be [1, 3, 2]; your weights {weights} and offset {offset:g} give {found}."
whole = ask(np.array([0, 2, 3]), np.array([0, 1, 0]))
assert np.allclose(whole[0][:2], [0.5, -1.5]), (
    f"For the whole numbers 0, 2, 3 as knots and 0, 1, 0 as values the slopes are 0.5 and -1, and your weights are {whole[0]}: there was no room for the fractions.")

shuffled = np.array([1.0, 3.0, 0.0])
weights, offset = ask(shuffled, np.array([3.0, 2.0, 1.0]))
assert np.isclose(offset, 1), (
    f"The same three points in the order (1, 3), (3, 2), (0, 1): your offset is {offset:g}. It is the value at the leftmost knot, wherever that stands in the list.")
found = output(shuffled, shuffled, weights, offset)
assert not np.allclose(weights, [2, -2.5, 0]), (
    f"The same three points in the order of the knots 1, 3, 0: your weights {weights} are right, but they stand in the order from left to right. weights[0] belongs to knots[0], which is 1.")
assert np.allclose(found, [3, 2, 1]), (
    f"The same three points in the order (1, 3), (3, 2), (0, 1): your network gives {found} there. Neighbours in the list need not be neighbours on the line.")
print("relu_interpolator: your network passes through every point.")
### BEGIN HIDDEN TESTS
rng = np.random.default_rng(504)
for k in (2, 3, 8, 30):
    for _ in range(4):
        knots, values = np.cumsum(rng.uniform(0.1, 1, size=k)) - 2, rng.normal(size=k)
        mixed = rng.permutation(k)
        given = knots[mixed], values[mixed]
        kept = given[0].copy(), given[1].copy()
        weights, offset = ask(*given)
        assert np.array_equal(given[0], kept[0]) and np.array_equal(given[1], kept[1]), "relu_interpolator changed an array that it was given."
        assert np.allclose(output(kept[0], kept[0], weights, offset), kept[1], atol=1e-9), f"With {k} points in a random order your network misses one of them."
        between = rng.uniform(knots[0], knots[-1], size=50)
        assert np.allclose(output(between, kept[0], weights, offset), np.interp(between, knots, values), atol=1e-8), "Between two points your network is not the straight piece that joins them."
for n in (4, 9, 25):
    a, c = rng.uniform(1, 5), rng.uniform(0, 6)
    knots = np.linspace(-1, 2, n + 1)
    x = np.linspace(-1, 2, 997)
    weights, offset = ask(knots, np.sin(a * knots + c))
    error = np.abs(output(x, knots, weights, offset) - np.sin(a * x + c)).max()
    assert error <= (3 / n) ** 2 / 8 * a**2 + 1e-9, f"On a wave, {n} pieces have an error of {error:.4f}, more than a broken line through the points can have."
### END HIDDEN TESTS

# %% figure
weights, offset = relu_interpolator(hours, degrees)
time = np.linspace(-2, 26, 561)
day_error = np.abs(hinge_net(hours, hours, weights, offset) - degrees).max()
bent = int(np.sum(np.abs(weights) > 1e-9))
figure, ax = plotting.new(width=600, height=320)
ax.plot(time, hinge_net(time, hours, weights, offset), color=plotting.BLACK, label="your network")
ax.plot(hours, degrees, "o", color=plotting.BLUE, label="a reading")
ax.set(xlabel="hour of the day", ylabel="degrees", ylim=(5, 25), xticks=range(0, 25, 4))
ax.legend(frameon=False, loc="upper left")
plotting.show(
    figure,
    f"The hinge network through the {len(hours)} readings: {bent} hinges, largest distance from a reading "
    f"{day_error:.1e} degrees. Before the first reading it stays at {offset:.1f} degrees, "
    "after the last it goes on straight.")

# %% [markdown]
r"""
Twelve hinges and one offset: thirteen numbers to meet thirteen points.
Nothing was trained.
You read the weights off the data, in one hidden layer.
"""

# %% [markdown]
r"""
## A promise about the points in between

Meeting the points is one thing; what happens between them?
Suppose that the points come from a smooth curve $f$, and the knots stand a distance $h$ apart.
The network draws the straight piece, the chord, from point to point.
How far can the curve stray from its chord?

That depends on how strongly it bends.
The slope of a curve changes along the way, and how fast it changes is again a slope, the slope of the slope, written $f''$.
Let $c$ be its largest size.
The worst that can happen is a parabola $\tfrac{c}{2} x^2$, which bends with full strength everywhere.
Over the stretch from $-\tfrac h2$ to $\tfrac h2$ its chord lies at the height $\tfrac{c}{2} \cdot \tfrac{h^2}{4}$, and its lowest point at 0.
So the curve and the chord are never further apart than

$$\frac{h^2}{8}\; c.$$

Knots twice as dense divide the error by **four**.

**Predict, then move the slider.** With 8 pieces the wave is missed by 0.21 at worst. How many pieces make it smaller than 0.01?
Then try the last curve, which is infinitely steep at one place, so that no bound holds. Does the error still go down?
"""

# %% figure
knot_slider(relu_interpolator, hinge_net)

# %% figure
def wave(x):
    return np.sin(2 * np.pi * x)


x = np.linspace(-1, 1, 1921)
wave_errors = {}
for pieces in (8, 16, 32, 64, 256):
    knots = np.linspace(-1, 1, pieces + 1)
    weights, offset = relu_interpolator(knots, wave(knots))
    wave_errors[pieces] = np.abs(hinge_net(x, knots, weights, offset) - wave(x)).max()
    bound = (2 / pieces) ** 2 / 8 * (2 * np.pi) ** 2
    print(f"{pieces:4d} pieces: largest error {wave_errors[pieces]:.5f}, promised at most {bound:.5f}")

knots = np.linspace(-1, 1, 65)
weights, offset = relu_interpolator(knots, wave(knots))
outside = hinge_net(np.array([3.0]), knots, weights, offset)[0]
print(f"at x = 3, outside the knots: 64 pieces say {outside:.2f}, the wave {abs(wave(3.0)):.2f}")

# %% [markdown]
r"""
The promise is kept, and it is nearly used up.
You can name the number of neurons before you have built a single one.
The curve without a bound is followed, too, only more slowly.

The last line is the small print.
Outside the stretch where you placed the knots the network goes on straight, and the wave does not care.
"""

# %% [markdown]
r"""
## A bend that is not enough

A network with enough ReLUs can follow any curve.
Would any other bend have done?
Take the smoothest bend of all, the one from school: $z^2$.
It breaks the collapse of lesson 04 as well as any other; its mixing gap is huge.

Here is a fair race.
Every network gets the same hidden neurons, with the same random weights and biases, and its output weights are the best there are: `np.linalg.lstsq` finds those with the smallest mean squared error, as `np.polyfit` did for lines.
Only the activation differs.
"""

# %% predict="square-units"
predictions.ask(
    "square-units",
    "256 hidden neurons with the activation z squared, and the best possible output weights for the wave "
    "sin(2 pi x) between -1 and 1. How large is the largest error?",
    ["below 0.01, as with ReLUs", "about 0.1", "above 1, as with four neurons"],
)

# %%
def race(activation, neurons, seed):
    """Return the largest error on the wave for random hidden neurons and the best output weights."""
    rng = np.random.default_rng(seed)
    w = rng.choice([-1, 1], size=neurons) * rng.uniform(2, 6, size=neurons)
    t = rng.uniform(-1, 1, size=neurons)
    x = np.linspace(-1, 1, 801)
    hidden = np.column_stack([activation(w * (x[:, None] - t)), np.ones(len(x))])
    v = np.linalg.lstsq(hidden, np.sin(2 * np.pi * x), rcond=None)[0]
    return np.abs(hidden @ v - np.sin(2 * np.pi * x)).max()


# %% figure
widths, seeds = (4, 8, 16, 32, 64, 128, 256), range(10)
racers = {
    "$z^2$": (lambda z: z**2, plotting.ORANGE, "s-"),
    "$z^3$": (lambda z: z**3, plotting.PURPLE, "D--"),
    "ReLU": (relu, plotting.BLUE, "o-"),
    "tanh": (tanh, plotting.GREEN, "^-"),
}
results = {}
figure, ax = plotting.new(width=620, height=380)
for name, (activation, color, style) in racers.items():
    errors = np.array([[race(activation, n, seed) for seed in seeds] for n in widths])
    results[name] = errors
    ax.fill_between(widths, errors.min(axis=1), errors.max(axis=1), color=color, alpha=0.15, linewidth=0)
    ax.plot(widths, np.median(errors, axis=1), style, color=color, ms=5, label=name)
ax.set(xscale="log", yscale="log", xlabel="hidden neurons", ylabel="largest error", ylim=(1e-4, 6))
ax.set(xticks=widths, xticklabels=widths)
ax.minorticks_off()
ax.legend(frameon=False, loc="lower left")
plotting.show(
    figure,
    "Largest error on the wave against the number of hidden neurons, median and range of "
    f"{len(seeds)} random draws. With {widths[-1]} neurons: "
    + ", ".join(f"{name.strip('$')} {np.median(errors[-1]):.2g}" for name, errors in results.items())
    + ". The curves of z^2 and z^3 are level; those of ReLU and tanh fall.")

# %% figure
square, relu_256 = results["$z^2$"], results["ReLU"][-1]
predictions.reveal(
    "square-units",
    "above 1, as with four neurons",
    f"The largest error is {square[-1].max():.3f} with 256 neurons and {square[0].max():.3f} with 4, "
    f"in each of {len(seeds)} random draws. "
    f"256 ReLUs with the same random weights: {relu_256.min():.4f} to {relu_256.max():.4f}.",
)

# %% [markdown]
r"""
In the picture the lines are the medians of ten random draws, and the shades reach from the best draw to the worst.
The smooth tanh suits this smooth wave even better than the ReLU does.
And $z^2$: two hundred and fifty-six neurons, and not one digit better than four.
Multiply out and see why: $(w x + b)^2 = w^2 x^2 + 2 w b\, x + b^2$ is a parabola, and a sum of 256 parabolas is **one** parabola.
The stack of lesson 04 has come back in a new dress.
Then it was "affine plus affine is affine"; now it is "parabola plus parabola is parabola".

It is hopeless for a reason that you can count on your fingers.
The wave visits $+1$, $-1$, $+1$ and $-1$ on its way from left to right.
A curve that stays within less than 1 of it would have to be above zero, below, above and below again, so it would cross zero three times.
A parabola crosses zero twice at most.
No choice of weights, however clever, gets the error below 1.

The same happens with $z^3$, whose sums are one cubic, and with every **polynomial**, a sum of powers up to some highest one.
The highest power stays what it is, however many neurons are added, and a wave with enough swings defeats it.
"""

# %% [markdown]
r"""
## What is true of all bends

Now the statement about one hidden layer can be made exactly, and each of its words is needed.

> Take any continuous activation that is **not a polynomial**.
> Then **for every** continuous function $f$, **for every** bounded region that contains its own edge, and **for every** tolerance $\varepsilon > 0$, **there is** a number of neurons $N$, **and there are** weights and biases, such that the network with one hidden layer of $N$ neurons differs from $f$ by less than $\varepsilon$ everywhere in that region.
> If the activation **is** a polynomial, this is false.

This is the **universal approximation theorem**.
Cybenko (1989) proved it for S-shaped activations and Hornik (1991) for a wider class; Leshno, Lin, Pinkus and Schocken (1993) found that "not a polynomial" is exactly the right condition.
For one input and the ReLU you have built the network yourself.

Now read the order of the words.
$f$ and $\varepsilon$ come first, and $N$ comes after them: the number of neurons depends on the curve and on the tolerance, and nobody said that it is small.
"There are weights" says that they exist, not that any training finds them.
And "in that region" is the stretch between your first and your last knot.
"""

# %% [markdown]
r"""
### Exercise 5: who can do it all?

Four laboratories build networks with one input, one output and one hidden layer, as wide as they like.
Each has its own activation.
Which one can get as close as it likes to **every** continuous function between $-1$ and $1$?

- **a** $z^2$, but with a million neurons;
- **b** $z^5 - 4 z^3 + z$, which turns round four times;
- **c** 0 for negative scores, $z^2$ for positive ones;
- **d** $0.01\, z + 3$, the most stable one in training.

Return the letter.
"""


# %% exercise="which_activation"
def which_activation():
    """Return the letter of your answer, for example "a"."""
    ### BEGIN SOLUTION
    return "c"
    ### END SOLUTION


# %% [markdown] hints="which_activation"
r"""
For each of the four: can it be written as one sum of powers that holds for all scores, from the far left to the far right?

A function that is given by one formula on the left and by another on the right is a polynomial only if both formulas are the same.
"""

# %% check="which_activation" points=2
import hashlib

letter = which_activation()
assert isinstance(letter, str) and letter.strip().lower() in tuple("abcd"), f"The answer is one of the letters a to d, as a text; yours is {letter!r}."
digest = hashlib.sha256(f"which_activation {letter.strip().lower()}".encode()).hexdigest()[:8]
replies = {
    "42cad5f9": "A million parabolas add up to one parabola. What did the race show between 4 and 256 neurons?",
    "a586e9c2": "Each neuron is a polynomial of degree 5, and so is any sum of them. How often can it cross zero, and how often can a continuous function?",
    "9636db24": "This one does not even bend: 0.01 z + 3 is affine, and lesson 04 tells what becomes of the whole network.",
}
assert digest not in replies, replies[digest]
assert digest == "472f9b70", f"{letter!r} is not the answer."
print("which_activation: what counts is whether one polynomial holds everywhere.")
### BEGIN HIDDEN TESTS
assert which_activation().strip().lower() == "c", "Only one of the four is not a polynomial."
### END HIDDEN TESTS

# %% [markdown]
r"""
## Back to the plane

In lesson 02 four points defeated every line, and three neurons that fire or do not, 1 or 0, solved them.
Now the hidden neurons are ReLUs, which say not only *that* they fire but *how strongly*.
Two of them are enough for XOR.
"""

# %% [markdown]
r"""
### Exercise 6: XOR with two ReLUs

Write `xor_two_relus`: the weights and biases of a network with two inputs, two hidden ReLUs and one output, chosen by hand.
Its score

`relu(X @ W1 + b1) @ w2 + b2`

shall be **exactly** 0 at the corners $(0, 0)$ and $(1, 1)$, and **exactly** 1 at $(0, 1)$ and $(1, 0)$.
There are many right answers.

Worked example, for AND instead of XOR: let the first hidden neuron have the weights 1 and 1 and the bias $-1$, and leave the second one out with weights of 0.
At the four corners the first neuron gives $0, 0, 0, 1$, so `W1 = [[1, 0], [1, 0]]` (one column per neuron), `b1 = [-1, 0]`, `w2 = [1, 0]` and `b2 = 0`.
"""


# %% exercise="xor_two_relus"
def xor_two_relus():
    """Return (W1, b1, w2, b2) of a network with two ReLUs and the scores 0, 1, 1, 0 at 00, 01, 10, 11.

    W1: array of shape (2, 2), one column per hidden neuron. b1: array of shape (2,).
    w2: array of shape (2,). b2: a number.
    """
    ### BEGIN SOLUTION
    W1 = np.array([[1.0, 1.0], [1.0, 1.0]])
    b1 = np.array([0.0, -1.0])
    w2 = np.array([1.0, -2.0])
    return W1, b1, w2, 0.0
    ### END SOLUTION


# %% [markdown] hints="xor_two_relus"
r"""
Let both hidden neurons look at the sum $x_1 + x_2$, which is 0, 1, 1, 2 at the four corners. Which broken line takes 0 to 0, 1 to 1 and 2 to 0?

You have hung a line on posts like these: Exercise 4 gives the knots' weights. What is left is to write a hinge with the knot $t$ as a neuron, with weights and a bias.
"""

# %% check="xor_two_relus" points=4
import numpy as np


def bend(Z):
    return np.where(Z > 0, Z, 0.0)


answer = xor_two_relus()
assert isinstance(answer, (tuple, list)) and len(answer) == 4, f"xor_two_relus should return four things, W1, b1, w2 and b2; yours returns {len(answer) if hasattr(answer, '__len__') else answer!r}."
W1, b1, w2, b2 = (np.asarray(part, dtype=float) for part in answer)
assert W1.shape == (2, 2) and b1.shape == (2,) and w2.shape == (2,) and b2.size == 1, (
    f"The shapes should be (2, 2), (2,), (2,) and a single number; yours are {W1.shape}, {b1.shape}, {w2.shape} and {b2.shape}.")
b2 = float(b2.ravel()[0])
corners, target = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]]), np.array([0.0, 1.0, 1.0, 0.0])
Z = corners @ W1 + b1
scores = bend(Z) @ w2 + b2
if not np.allclose(scores, target, atol=1e-9):
    assert not np.allclose(bend(corners @ W1.T + b1) @ w2 + b2, target), (
        f"Your scores at the corners are {scores}. With rows and columns of W1 exchanged they would be right: each neuron has its weights in one column.")
    assert not np.allclose(scores, [0, 1, 1, 1]), "At (1, 1) your score is 1, like an OR. The second neuron has to pull the score down again, back to 0: how strongly?"
    steps = (Z > 0) @ w2 + b2
    assert not np.array_equal(steps > 0, target > 0) or np.array_equal(scores > 0, target > 0), (
        f"At (1, 1) your hidden scores are {Z[3]}, and the ReLUs pass them on as {bend(Z[3])}. You counted with neurons that say 1 whenever they fire: "
        f"but ReLU(1.5) is 1.5, not 1. Your scores at the corners are {scores}.")
    assert not np.array_equal(scores > 0, target > 0), (
        f"Your scores {scores} are on the right sides of 0, so the network tells the classes apart; now make them exactly 0 and 1.")
    raise AssertionError(f"At the corners 00, 01, 10, 11 the score should be 0, 1, 1, 0; yours is {scores}, from the hidden activations {bend(Z).tolist()}.")
print("xor_two_relus: two bends, four corners. They land on", [tuple(float(v) for v in h) for h in bend(Z)])
### BEGIN HIDDEN TESTS
again = xor_two_relus()
parts = [np.asarray(part, dtype=float) for part in again]
for k, (x1, x2) in enumerate([(0, 0), (0, 1), (1, 0), (1, 1)]):
    total = float(parts[3].ravel()[0])
    for j in range(2):
        total += max(0.0, x1 * parts[0][0, j] + x2 * parts[0][1, j] + parts[1][j]) * parts[2][j]
    assert abs(total - [0, 1, 1, 0][k]) < 1e-9, f"At {(x1, x2)} the score is {total:g}."
### END HIDDEN TESTS

# %% figure
W1, b1, w2, b2 = xor_two_relus()
corners, lamp = datasets.xor_corners()
hidden = relu(corners @ W1 + b1)
places = {tuple(float(v) for v in h.round(9) + 0.0) for h in hidden}
figure, (left, right) = plotting.new(columns=2)
plotting.points(left, corners, lamp)
plotting.regions(left, lambda P: relu(P @ W1 + b1) @ w2 + b2 - 0.5, limits=(-0.5, 1.5), scores=True)
for k, style in enumerate((":", "--")):
    name = f"hinge of neuron {k + 1}"
    plotting.line(left, W1[:, k], b1[k], color=plotting.PURPLE, style=style, label=name)
left.set(title="the input plane", xlabel="$x_1$", ylabel="$x_2$")
reach = 0.5 + hidden.max()
plotting.points(right, hidden, lamp)
plotting.grid(right, lambda P: relu(P @ W1 + b1), limits=(-0.5, 1.5), lines=11)
right.set(title="the hidden plane", xlabel="activation of neuron 1", ylabel="activation of neuron 2")
plotting.regions(right, lambda H: H @ w2 + b2 - 0.5, limits=(-0.4, reach), scores=True)
plotting.show(
    figure,
    "Left: the four corners in the plane, each in the region of its class. Right: the same corners by "
    f"the activations of the two hidden neurons; they land on {len(places)} places, {sorted(places)}, "
    "and one straight line parts the classes.")

# %% [markdown]
r"""
The left picture shows where the score is above one half, halfway between 0 and 1.
The right picture shows the same corners where the hidden layer puts them: each point at its two activations.
Two corners have landed on the same place, and the whole sheet of squared paper is there with them, folded along the two hinges.
If both of your neurons look at the same sum, the folding is so tight that the sheet has become one bent wire.
Bent like this, one straight line is enough.
Keep the picture in mind: lesson 07 is about nothing else.

How many neurons a task needs depends on the bend.
A square unit needs no company for XOR, since $(x_1 - x_2)^2$ is 0, 1, 1, 0 at the corners: one neuron with the weights $1$ and $-1$.
The same unit failed on a wave in any number.
"""

# %% [markdown]
r"""
## A fence around a disc

One more picture by hand.
In lesson 03 a disc inside a ring was parted by squares that you had chosen yourself.
With ReLUs, point three arrows away from the middle, at equal angles: $u_1$, $u_2$, $u_3$.
Each neuron measures how far a point lies in the direction of its arrow, and says 0 if it lies behind.
The output adds up the three and compares with $0.55$.

What shape has the boundary? Three neurons, so perhaps a triangle?
"""

# %% figure
angles = np.deg2rad([90, 210, 330])
U = np.array([np.cos(angles), np.sin(angles)])
X, y = datasets.ring(400)


def fence(P):
    return relu(P @ U).sum(axis=1) - 0.55


fence_right = int(np.sum((fence(X) > 0) == y))
figure, ax = plotting.new()
plotting.points(ax, X, y)
plotting.regions(ax, fence, scores=True)
for k in range(3):
    name = "hinges" if k == 0 else None
    plotting.line(ax, U[:, k], 0.0, color=plotting.PURPLE, style="--", label=name)
ax.set(title="three ReLUs", xlabel="$x_1$", ylabel="$x_2$")
plotting.show(
    figure,
    f"A disc inside a ring, {len(X)} points. Three ReLUs draw a closed hexagon between them, with its six "
    f"corners on the three hinge lines; {fence_right} of {len(X)} points lie on their own side.")

# %% [markdown]
r"""
It is a hexagon.
Each hinge line crosses the fence twice, and each crossing is a corner, because there one neuron opens or shuts.
Between two corners nothing opens or shuts, so the fence is straight.
Two neurons would not have closed it; lesson 07 shows what happens when one tries, and how often training finds what you have now built by hand.
"""

# %% [markdown]
r"""
### Think about it

Decide the quarrel.
One article says: "If our features can be separated by one continuous function, one hidden layer will always be enough, as long as it has enough neurons."
A reader of the other one says: "You need two or more hidden layers."

Which of the two do your own numbers refute?
What does the other leave out?
State the theorem with its quantifiers (for every ..., there is ...), and use at least two numbers from this lesson. Four to six sentences.
"""

# %% [markdown] reflection="one-layer-or-two" points=2
r"""
### BEGIN SOLUTION
"You need two or more hidden layers" is refuted: my network with one hidden layer follows the wave with an error of 0.0048 when it has 64 pieces, and XOR and the ring were parted by two and three ReLUs in one layer.
The first sentence is nearly right but too short.
For every continuous function, every bounded region (with its edge) and every tolerance there is a number of neurons and there are weights such that one hidden layer stays within the tolerance in that region, provided the activation is not a polynomial.
It leaves out the activation: 256 square units stay at an error of 1.12.
It leaves out that the number comes after the function and the tolerance and may be large, that nothing is said about finding the weights, and that outside the region anything may happen: at x = 3 my network says 12.5 where the wave is 0.

**Rubric.**
1 point: refutes "two or more are needed" with a number of their own for one hidden layer (0.0048, XOR with two ReLUs, the hexagon), and states the theorem with the quantifiers in the right order (function and tolerance first, then the number of neurons).
1 point: names at least two of the things that the first sentence leaves out (non-polynomial activation, bounded region, size not bounded, training not covered), one of them with a number.
### END SOLUTION
"""

# %% [markdown]
r"""
## What you can now claim
"""

# %% claims
z = np.linspace(-40, 40, 8001)
identity = np.abs(np.tanh(z) - tanh(z)).max()
inside = sigmoid(np.linspace(-30, 30, 601))
rounds = z[sigmoid(z) == 1].min()
corners, lamp = datasets.xor_corners()
one_square = ((corners @ np.array([1.0, -1.0])) ** 2 == lamp).sum()
nudge = 1e-6
below, above = (float(relu(np.array([s]))[0] / s) + 0.0 for s in (-nudge, nudge))
Markdown(f"""
| | claim | what you measured |
|---|---|---|
| S16 | An activation is applied to bias plus weighted sum; if it is not affine, the network can be more than affine. | The same random network, gap between a mixture's value and the mixture of values: {gaps["none"]:.0e} without activation, {gaps["relu"]:.2f} with ReLU, {gaps["tanh"]:.2f} with tanh. |
| S17 | The logistic function (one sigmoid of many) gives values between 0 and 1, never 0 or 1. | Between {inside.min():.0e} and 1 - {1 - inside.max():.0e} for scores from -30 to 30; from about {rounds:.0f} on the computer rounds it to 1. No warning at -1000. |
| S18 | tanh is an S from -1 to 1. | Yours is $2s(2z) - 1$; largest difference from numpy's: {identity:.0e}. |
| S19 | ReLU gives 0 for negative scores and keeps positive ones. It has a corner at 0. | Slope {below:.0f} to the left of 0 and {above:.0f} to the right; at 0 one has to agree on one. |
| S38 | Activations between hidden layer and output let a model follow curves. | Thirteen readings: the best line misses by {line_error:.1f} degrees, one hidden layer of {bent} hinges by {day_error:.0e}. |
| S21 | A ring is solved by one hidden layer of ReLUs. Three are enough. | Your hexagon: {fence_right} of {len(X)} points. How often training finds it: lesson 07. |
| S40 | The choice of activation dictates whether curves can be followed. Loosely put: every bend bends, and everything but a polynomial is universal (Leshno, Lin, Pinkus and Schocken 1993). | One square unit solves XOR ({one_square} of 4); {widths[-1]} of them miss the wave by {results["$z^2$"][-1].max():.3f}, as {widths[0]} do. |
| S12 | One hidden layer is always enough, with enough neurons. Too short: for every continuous function, bounded closed region and tolerance there is a width, if the activation is not a polynomial (Cybenko 1989; Hornik 1991; Leshno and others 1993; surveyed by Pinkus 1999). Nothing about size, training, or the outside. | Error {wave_errors[8]:.4f}, {wave_errors[16]:.4f}, {wave_errors[32]:.4f}, {wave_errors[64]:.4f} with 8, 16, 32, 64 pieces; at $x = 3$ the network says {outside:.1f} where the wave is 0. |
| S45 | Two or more hidden layers are needed. Not so. | The same row: one hidden layer, error {wave_errors[64]:.4f}; whoever wants less takes more hinges. |

As for "if our features can be separated by one continuous function": any two classes with a gap between them can.
Take the distance to the nearest point of the one, minus the distance to the nearest point of the other.

**Next:** you placed every bend by hand, because you could see where it belongs. With a thousand neurons and a hundred inputs nobody can. How do the bends find their places by themselves?
""")

# %% [markdown]
r"""
## Further

The rest is for those who want it; the course goes on without it.

### Further 1: order the right number of neurons

A curve lives on a stretch of the given length, and its slope changes at most at the rate `curv` (the $c$ above).
Write `width_for_error`: the smallest number of equal pieces, hence of hinges, for which the bound $\tfrac{h^2}{8}\,c$ is at most `eps`.

Worked example: `curv = 8`, a stretch of length 1 and the tolerance 0.25. With 2 pieces $h = \tfrac12$ and the bound is $\tfrac{1}{4} \cdot \tfrac18 \cdot 8 = 0.25$: enough. With 1 piece it is 1: too much. So the answer is 2.
"""


# %% exercise="width_for_error"
def width_for_error(curv, length, eps):
    """Return the smallest number of equal pieces whose bound h^2 / 8 * curv is at most eps, an int above 0.

    curv: largest size of the second derivative, 0 or more. length: of the stretch, above 0.
    eps: the tolerance, above 0.

    >>> width_for_error(8.0, 1.0, 0.25)
    2
    """
    ### BEGIN SOLUTION
    pieces = length * np.sqrt(curv / (8 * eps))
    return max(1, int(np.ceil(pieces - 1e-9)))
    ### END SOLUTION


# %% [markdown] hints="width_for_error"
r"""
With $n$ pieces, what is $h$? Put it into the bound, set the bound equal to `eps`, and solve for $n$ on paper. What if the result is not a whole number?

The number of pieces stands under a square, so its solution has a root. Rounding down would break the promise; and a curve without any curvature still needs one piece.
"""

# %% check="width_for_error" points=2
import math

found = width_for_error(8.0, 1.0, 0.25)
assert found is not None, "Your width_for_error ends without return, so its result is None."
assert float(found).is_integer(), f"A number of neurons is a whole number; for the worked example yours is {found}."
assert found != 4, "For the worked example yours orders 4 pieces, where 2 do. In the bound h stands with a square, so half the distance gives a quarter of the error."
assert found != 3, "For the worked example yours orders 3 pieces. With 2 the bound is exactly 0.25, and 'at most 0.25' allows that."
assert found == 2, f"For the worked example 2 pieces are enough and needed; yours says {found}."
found = width_for_error(4 * math.pi**2, 2.0, 0.01)
bound = (2 / found) ** 2 / 8 * 4 * math.pi**2
assert bound <= 0.01, (
    f"For the wave between -1 and 1 and the tolerance 0.01 yours orders {found} pieces, and their bound is {bound:.5f}: the promise would be broken. Which way do you round?")
assert found == 45, f"For the wave between -1 and 1 and the tolerance 0.01 it takes 45 pieces; yours orders {found}."
assert width_for_error(0.0, 5.0, 0.1) == 1, f"A curve without curvature is a straight line and needs 1 piece; yours says {width_for_error(0.0, 5.0, 0.1)}."
print("width_for_error: the bill before the building.")
### BEGIN HIDDEN TESTS
import numpy as np

rng = np.random.default_rng(505)
for _ in range(60):
    curv, length, eps = float(rng.uniform(0.1, 60)), float(rng.uniform(0.2, 8)), float(10 ** rng.uniform(-4, 0.5))
    n = width_for_error(curv, length, eps)
    assert float(n).is_integer() and n >= 1, f"The number of pieces came out as {n}."
    assert (length / n) ** 2 / 8 * curv <= eps * (1 + 1e-9), f"{n} pieces are too few for curv {curv:.3f}, length {length:.3f}, eps {eps:.5f}."
    assert n == 1 or (length / (n - 1)) ** 2 / 8 * curv > eps * (1 - 1e-9), f"{n} pieces are more than needed for curv {curv:.3f}, length {length:.3f}, eps {eps:.5f}."
### END HIDDEN TESTS

# %% [markdown]
r"""
### Further 2: what depth does for squares

One hidden layer of square units makes a parabola, a polynomial of degree 2, whatever its width.
What about two such layers, or three?
Write `degree_of_square_net`: the highest power of $x$ that a network with `L` hidden layers of square units and a linear output can contain.

Worked example: without hidden layers, $L = 0$, the network is a line, of degree 1.
"""


# %% exercise="degree_of_square_net"
def degree_of_square_net(L):
    """Return the highest degree that a network with L hidden layers of square units can have, an int.

    >>> degree_of_square_net(0)
    1
    """
    ### BEGIN SOLUTION
    return 2**L
    ### END SOLUTION


# %% [markdown] hints="degree_of_square_net"
r"""
The second layer squares a weighted sum of what the first one made. What is the square of $x^2$?

Go from layer to layer, and note what happens to the highest power each time: is something added to it, or is it multiplied?
"""

# %% check="degree_of_square_net" points=2
found = degree_of_square_net(1)
assert found == 2, f"One layer of squares gives a parabola, of degree 2; yours says {found}. Each layer squares what comes in, and the line that comes in has degree 1."
found = degree_of_square_net(3)
assert found != 6, "For three layers yours says 6. The square of x^4 is not x^6: what is x^4 times x^4?"
assert found != 2, "For three layers yours says 2. Wider layers do not raise the degree, but deeper ones do: the second layer squares a parabola."
assert found == 8, f"Three layers of squares: x^2, then its square, then the square of that; yours says {found}."
print("degree_of_square_net: width adds nothing to the degree, depth does.")
### BEGIN HIDDEN TESTS
import numpy as np

rng = np.random.default_rng(506)
for L in (0, 2, 4, 5, 6):
    p = np.array([1.0, float(rng.integers(1, 5))])
    for _ in range(L):
        p = np.convolve(p, p)
    assert degree_of_square_net(L) == len(p) - 1, f"With {L} layers the polynomial has degree {len(p) - 1}; yours says {degree_of_square_net(L)}."
### END HIDDEN TESTS

# %% [markdown]
r"""
Two to the power of the depth: the first time in this course that depth buys something that width cannot.
It is no rescue, since with any fixed depth the degree stays fixed and there is a wave that defeats it.
But hold on to the number: lesson 08 will find the same doubling with ReLUs, and there it counts folds.
"""
