# %% [markdown]
r"""
# Stack fifty layers and get one line

By the end you will have folded a network of 13,393 numbers into three, proved that it had to fold, and found the one small change that stops it.

Lesson 03 ended with a hope.
Crossing features by hand worked, but somebody had to choose the crosses.
Why not let the network make its own combinations: put a layer of neurons between the inputs and the answer, and let *it* decide what to combine?
Such a layer in the middle is called a **hidden layer**, because neither the inputs nor the answer show it.

So here is the question of this lesson.
One neuron draws one line.
What do two neurons draw, with a third one behind them? Or fifty layers of sixteen?
"""

# %%
from course_utils import plotting, predictions
from course_utils.figures.collapse import depth_slider, grid_filmstrip, one_bend, two_neurons

import numpy as np
from IPython.display import Markdown

# %% [markdown]
r"""
## Ten loaves of bread

Start as small as possible: one input, one output, ten points.
A baker took ten loaves out of the oven at different times and rated each one.
Too short is dough, too long is charcoal, and in between there is a best moment.
"""

# %%
minutes = np.array([10, 15, 20, 25, 30, 35, 40, 45, 50, 55]) / 10
rating = np.array([2.1, 3.2, 3.9, 5.2, 6.0, 5.1, 4.2, 2.9, 2.2, 0.9])

# %% figure
figure, ax = plotting.new(width=560, height=340)
slope, offset = np.polyfit(minutes, rating, 1)
ax.plot(minutes, rating, "o", color=plotting.BLUE, label="a loaf")
ax.plot(minutes, slope * minutes + offset, color=plotting.BLACK, label="the best straight line")
ax.set(xlabel="tens of minutes in the oven", ylabel="rating", ylim=(0, 7))
ax.legend(frameon=False)
error = np.abs(slope * minutes + offset - rating).max()
plotting.show(figure, f"Ten loaves: the rating climbs to 6 at thirty minutes and falls to 0.9. "
                      f"The best straight line, slope {slope:.2f}, misses one loaf by {error:.1f} points.")

# %% [markdown]
r"""
A single neuron multiplies the time by a weight and adds a bias, and that is a straight line.
The best one misses the best loaf by more than two points.

Now put two hidden neurons between the time and the rating.
Each of them draws its own line; call their outputs $h_1$ and $h_2$ ("h" for hidden).
The output neuron adds them up with weights of its own, each neuron's *share*.
Two lines, mixed: surely that is more than one line?

**Predict, then move the sliders.** Choose any weights you like. Can you make the sum bend at thirty minutes, where $x = 3$?
Then give each neuron *one* bend and try again.
"""

# %% figure
two_neurons(minutes, rating)

# %% [markdown]
r"""
Without the bends, each slider tilts or lifts the sum, and the sum stays a ruler.
The reason takes one line of school algebra, for example with $h_1 = 2x - 1$ and $h_2 = -x + 4$:

$$3\,h_1 + 2\,h_2 \;=\; 3\,(2x - 1) + 2\,(-x + 4) \;=\; 4x + 5.$$

Three neurons went in, and one came out.
This is no accident of these numbers, and it is about to get worse.
"""

# %% [markdown]
r"""
## One layer, written once

From here on a whole layer is one line of code.
The points stand in rows: `X` has one row per point and one column per feature.
A layer's weights `W` have one row per input and one column per neuron, and its biases `b` have one number per neuron.
Then `X @ W + b` holds every neuron's score for every point: one row per point, one column per neuron.

A stack of layers feeds the result of one into the next.
"""


# %%
def through(X, Ws, bs):
    """Return what the layers with weights Ws and biases bs make of the points X, one layer after the other."""
    for W, b in zip(Ws, bs):
        X = X @ W + b
    return X


def random_stack(sizes, rng):
    """Return random weights and biases: layer k has sizes[k] inputs and sizes[k + 1] neurons."""
    Ws = [rng.normal(size=(n, m)) / np.sqrt(n) for n, m in zip(sizes, sizes[1:])]
    bs = [rng.normal(size=m) for m in sizes[1:]]
    return Ws, bs


Ws, bs = random_stack([2, 3, 1], np.random.default_rng(0))
through(np.array([[0.0, 0.0], [1.0, 0.0], [0.0, 1.0]]), Ws, bs)

# %% [markdown]
r"""
### Exercise 1: fold a stack into one layer

Write `collapse`. It takes the weights and biases of a whole stack and returns the weights and the biases of **one** layer that gives the same result for every point.

Worked example: the layer $2x + 1$ and behind it the layer $5h + 3$ give $5\,(2x + 1) + 3 = 10x + 8$, so the one layer has the weight 10 and the bias 8.
"""


# %% exercise="collapse"
def collapse(Ws, bs):
    """Return (W, b) of the one layer that does what the whole stack does.

    Ws: list of arrays, layer k of shape (inputs of layer k, neurons of layer k).
    bs: list of arrays of shape (neurons of layer k,).
    A layer maps points to X @ W + b. W and b are new arrays; the stack stays as it is.

    >>> collapse([np.array([[2.0]]), np.array([[5.0]])], [np.array([1.0]), np.array([3.0])])
    (array([[10.]]), array([8.]))
    """
    ### BEGIN SOLUTION
    W, b = Ws[0], bs[0]
    for W_next, b_next in zip(Ws[1:], bs[1:]):
        W, b = W @ W_next, b @ W_next + b_next
    return W, b
    ### END SOLUTION


# %% [markdown] hints="collapse"
r"""
Take two layers and put the point $x$ through them by hand, with letters. Which part of the result is multiplied by $x$, and which part is left when $x$ is zero?

The first bias is an output of layer 1 like any other: everything that leaves layer 1 still has to pass layer 2. Fold two layers into one first; then fold the third into what you have.
"""

# %% check="collapse" points=5
import numpy as np

Ws = [np.array([[1.0, 2.0, 0.0], [0.0, 1.0, 3.0]]), np.array([[1.0], [0.0], [2.0]])]
bs = [np.array([1.0, 0.0, 2.0]), np.array([-1.0])]
try:
    result = collapse(Ws, bs)
except ValueError as error:
    raise AssertionError(
        f"The stack 2 -> 3 -> 1 has the weights 2x3 and 3x1, and your function stopped with: {error}. "
        "In which order do a 2x3 and a 3x1 matrix fit together, and which of the two does a point meet first?"
    ) from None
assert isinstance(result, (tuple, list)) and len(result) == 2, (
    f"collapse should return two things, the weights and the biases, but yours returns {result!r}.")
W, b = (np.asarray(part) for part in result)
assert W.shape == (2, 1), (
    f"The stack 2 -> 3 -> 1 takes 2 inputs to 1 output, so its one layer has weights of shape (2, 1); yours have {W.shape}.")
assert np.allclose(W, [[1.0], [6.0]]), (
    f"Moving a point by (1, 0) moves the stack's output by 1, and by (0, 1) it moves it by 6; your weights say {W.ravel()}.")

# three layers 2 -> 2 -> 2 -> 2, where every wrong order still fits
A, B, C = np.array([[1.0, 1.0], [0.0, 1.0]]), np.array([[2.0, 0.0], [1.0, 1.0]]), np.array([[1.0, -1.0], [1.0, 2.0]])
p, q, r = np.array([1.0, 2.0]), np.array([0.0, -1.0]), np.array([3.0, 1.0])
W, b = (np.asarray(part) for part in collapse([A, B, C], [p, q, r]))
here = (np.zeros((1, 2)) @ A + p) @ B + q
here = (here @ C + r)[0]
assert not (np.shape(b) == (2,) and np.allclose(b, p + q + r)), (
    f"Your bias {b} is the sum of the three biases. But what leaves layer 1 still has to go through layer 2: push b1 through W2 first. "
    f"At the point (0, 0) the stack gives {here}.")
assert not (np.shape(b) == (2,) and np.allclose(b, here - r)), (
    f"At the point (0, 0) the stack gives {here} and yours gives {b}: they differ by the last layer's own bias {r}. It goes through nothing, but it counts.")
assert np.shape(b) == (2,) and np.allclose(b, here), (
    f"At the point (0, 0) only biases are left: the stack gives {here}, yours gives {b}.")
step = (((np.array([[1.0, 0.0]]) @ A + p) @ B + q) @ C + r)[0] - here
assert np.allclose(W[0], step), (
    f"From (0, 0) to (1, 0) the stack's output moves by {step}, yours by {W[0]}. With three square layers every order of the matrices fits, "
    "and only one is right: which layer does a point meet first?")
print("collapse: your one layer and the stack agree, whatever the point.")
### BEGIN HIDDEN TESTS
rng = np.random.default_rng(404)
for sizes in [[3, 1], [1, 1, 1, 1], [2, 5, 4, 3], [4, 1, 6], [7, 2, 2, 9, 3, 5], [2] + [16] * 50 + [1]]:
    Ws = [rng.normal(size=(n, m)) / np.sqrt(n) for n, m in zip(sizes, sizes[1:])]
    bs = [rng.normal(size=m) for m in sizes[1:]]
    kept = [W.copy() for W in Ws], [b.copy() for b in bs]
    X = rng.normal(size=(20, sizes[0]))
    deep = X
    for W, b in zip(Ws, bs):
        deep = deep @ W + b
    W, b = (np.asarray(part) for part in collapse(Ws, bs))
    assert W.shape == (sizes[0], sizes[-1]) and b.shape == (sizes[-1],), (
        f"For the sizes {sizes} the one layer should have shapes {(sizes[0], sizes[-1])} and {(sizes[-1],)}, yours {W.shape} and {b.shape}.")
    assert np.allclose(X @ W + b, deep, atol=1e-9), f"For the sizes {sizes} your one layer and the stack differ by {np.abs(X @ W + b - deep).max():.2g}."
    for before, after in zip(kept[0] + kept[1], Ws + bs):
        assert np.array_equal(before, after), f"collapse changed the stack that it was given (sizes {sizes})."
Ws = [rng.normal(size=(3, 3)).astype(np.float32) for _ in range(4)]
bs = [rng.normal(size=3).astype(np.float32) for _ in range(4)]
W, b = (np.asarray(part) for part in collapse(Ws, bs))
X = rng.normal(size=(5, 3)).astype(np.float32)
deep = X
for V, c in zip(Ws, bs):
    deep = deep @ V + c
assert np.allclose(X @ W + b, deep, rtol=1e-3, atol=1e-3), "With numbers of type float32 your one layer and the stack differ."
### END HIDDEN TESTS

# %% [markdown]
r"""
Now use it. Fifty hidden layers of sixteen neurons each, with random weights, and behind them one output neuron.
The stack is computed layer by layer; beside it stands the one neuron that your `collapse` made of it.

**Predict, then move the slider.** The dots lie where the whole stack says zero. What will they look like at depth 5, at depth 20, at depth 50?
The last neuron is fitted to the points; switch it to random weights and look again.
"""

# %% figure
depth_slider(collapse)

# %% [markdown]
r"""
Fitted, the line stays where it is, however many parameters stand behind it: the best line at depth 1 is the best line at depth 50.
Random, it turns from depth to depth, and it never bends.
Either way the dots of the stack lie on the line of the single neuron; they differ in the fifteenth digit, which is rounding.
"""

# %% [markdown]
r"""
## What a layer does to the plane

A layer with two inputs and two neurons moves every point of the plane to another point.
Watch what it does to a sheet of squared paper: rows of squares become rows of slanted cells, all alike, and straight lines stay straight.
On the right the same paper makes the whole journey in one go, through the one layer that you computed.

**Predict, then press Play.** Do the two pictures agree all the way, or only at the end?
"""

# %% figure
grid_filmstrip(
    [np.array([[1.2, 0.5], [-0.4, 0.9]]), np.array([[0.6, -0.9], [0.9, 0.5]]), np.array([[1.1, 0.0], [0.7, 0.8]])], collapse)

# %% [markdown]
r"""
On the way they differ, at the end they agree.
Take any three points in a row on the paper at the start, and find them at the end.
They are still in a row, and the middle one is still in the middle.

That is the property that counts, and it has a name.
A function is **affine** if it keeps mixtures: for any two points $u$ and $v$ and any number $t$,

$$f\bigl(t\,u + (1 - t)\,v\bigr) \;=\; t\,f(u) + (1 - t)\,f(v).$$

In words: go part of the way from $u$ to $v$, and the output goes the same part of the way.
With $t = \tfrac12$ it says that the middle goes to the middle.
Every $X W + b$ is affine, and nothing else is.
"""

# %% [markdown]
r"""
### Exercise 2: catch a bend

Write `is_affine`, a test for a function that you cannot look into.
All you can do is ask it for values at points of your choice.
If it bends at all, it bends somewhere between -3 and 3.

Worked example: $f(x) = 2x + 3$ passes, although $f(0)$ is 3 and not 0. $f(x) = |x|$ does not: the middle of -1 and 1 is 0, where $f$ is 0, while the middle of $f(-1)$ and $f(1)$ is 1.
"""


# %% exercise="is_affine"
def is_affine(f, dim, rng):
    """Return True if f keeps mixtures of points (up to rounding), False if it was caught bending.

    f: a function that takes points of shape (n, dim) and returns n values or n rows of values.
    dim: how many numbers a point has.
    rng: a numpy random generator, for choosing where to ask: points with coordinates from -3 to 3.

    >>> is_affine(lambda X: 2 * X + 3, 1, np.random.default_rng(0))
    True
    """
    ### BEGIN SOLUTION
    n = 500
    u, v = rng.uniform(-3, 3, size=(2, n, dim))
    t = rng.uniform(0, 1, size=(n, 1))
    mixed = np.asarray(f(t * u + (1 - t) * v)).reshape(n, -1)
    expected = t * np.asarray(f(u)).reshape(n, -1) + (1 - t) * np.asarray(f(v)).reshape(n, -1)
    return bool(np.allclose(mixed, expected, atol=1e-8 * (1 + np.abs(expected).max())))
    ### END SOLUTION


# %% [markdown] hints="is_affine"
r"""
Which two numbers have to be equal for one pair of points and one mixture, and how many pairs does it take before you believe it?

Draw many `u` and `v` at once with `rng.uniform`, one `t` for each pair, and ask `f` three times. Computers round: compare with `np.allclose`, not with `==`.
"""

# %% check="is_affine" points=4
import numpy as np


def verdicts(f, dim, tries=20):
    found = [is_affine(f, dim, np.random.default_rng(seed)) for seed in range(tries)]
    for value in found:
        assert isinstance(value, (bool, np.bool_)), f"is_affine should return True or False, but yours returns {value!r}."
    return found


assert all(verdicts(lambda X: X @ np.array([0.3, -0.7]), 2)), (
    "Your test says that 0.3 x1 - 0.7 x2 bends. Its two sides differ by about 0.0000000000000001, and that is the computer's rounding.")
asked = []


def plane(X):
    asked.append(np.asarray(X))
    return X @ np.array([2.0, -1.0]) + 3


flat = all(verdicts(plane, 2))
assert flat or not any((X == 0).all(axis=1).any() for X in asked), (
    "Your test says that 2 x1 - x2 + 3 bends, and it asks for the value at zero. That value is 3, and it may be: "
    "an affine function need not be 0 there.")
assert flat, (
    "Your test says that 2 x1 - x2 + 3 bends, but its graph is a flat plane. With the 3 in it, f(u + v) is not f(u) + f(v): "
    "sums are too much to ask, mixtures are what an affine function keeps.")
bends = {
    "max(x1, 0)": lambda X: np.maximum(X[:, 0], 0),
    "x1 |x1|": lambda X: X[:, 0] * np.abs(X[:, 0]),
    "max(x2 - 2, 0)": lambda X: np.maximum(X[:, 1] - 2, 0),
}
missed = {name: verdicts(f, 2).count(True) for name, f in bends.items()}
assert missed["max(x1, 0)"] < 20, (
    "Your test says that max(x1, 0) does not bend. It doubles when its input doubles, and still it has a corner at 0: "
    "the middle of -1 and 1 is 0, where it is 0, but the middle of its values there is 0.5.")
assert missed["x1 |x1|"] < 20, (
    "Your test says that x1 |x1| does not bend. It is 1 at 1 and -1 at -1, as like as two twins, but at 2 it is 4: "
    "compare points that do not mirror each other, in unequal mixtures.")
for name, times in missed.items():
    assert times == 0, (
        f"{name} bends in one place only, and few points get there: in 20 tries your test missed it {times} times. "
        "How many pairs of points do you ask about, and from where?")
print("is_affine: flat functions pass, and a bend is found even in a corner.")
### BEGIN HIDDEN TESTS
rng = np.random.default_rng(405)
for dim, k in [(1, 1), (2, 1), (5, 3), (12, 2)]:
    W, b = rng.normal(size=(dim, k)), rng.normal(size=k)
    for scale in (1.0, 1e6, 1e-3):
        assert is_affine(lambda X: scale * (X @ W + b), dim, np.random.default_rng(rng.integers(1000))), f"X W + b with {dim} inputs was called bent."
    for where in (0.0, 1.5, 2.2):
        for bend in (lambda Z: np.maximum(Z, where), lambda Z: np.abs(Z - where), lambda Z: np.where(Z > where, 1.1 * Z - 0.1 * where, Z)):
            column = int(rng.integers(dim))
            assert not is_affine(lambda X: bend(X[:, column]), dim, np.random.default_rng(rng.integers(1000))), (
                f"A function with a bend at {where} was called affine.")
    assert not is_affine(lambda X: np.tanh(0.5 * X[:, 0]), dim, np.random.default_rng(rng.integers(1000))), "tanh was called affine."
    assert not is_affine(lambda X: X[:, 0] ** 3, dim, np.random.default_rng(rng.integers(1000))), "x cubed was called affine."
    assert not is_affine(lambda X: np.stack([X[:, 0], X[:, -1] ** 2], axis=1), dim, np.random.default_rng(rng.integers(1000))), (
        "A function whose second output bends was called affine.")
assert is_affine(lambda X: 0 * X[:, 0] + 7, 3, np.random.default_rng(5)), "The constant 7 was called bent."
### END HIDDEN TESTS

# %% [markdown]
r"""
## Counting what is left

A layer of $m$ neurons on $n$ inputs has $n \cdot m$ weights and $m$ biases.
Fifty layers of sixteen add up to a respectable network.
How many of these numbers still matter, once it has folded into one?
"""

# %% predict="effective-parameters"
predictions.ask(
    "effective-parameters",
    "Two inputs, fifty hidden layers of sixteen linear neurons, one output: 13,393 weights and biases in all. "
    "How many numbers would do exactly the same?",
    ["13,393", "51", "3"],
)

# %% [markdown]
r"""
### Exercise 3: find the narrowest place

Everything that reaches the output had to pass every layer.
A layer of two neurons hands on two numbers per point, so what comes after it cannot depend on more than two independent combinations of the inputs, however wide it is.
The number of independent combinations that get through is called the **rank**.

Write `rank_bottleneck`: the largest rank that the collapsed weights can have.
`sizes` lists the number of inputs, the neurons of each layer, and the outputs.

Worked example: `[5, 2, 7]` squeezes five inputs through two neurons; whatever the seven outputs do, they are mixtures of two numbers: rank 2.
"""


# %% exercise="rank_bottleneck"
def rank_bottleneck(sizes):
    """Return the largest rank that the one layer of a linear stack can have, an int.

    sizes: list of ints: inputs, neurons of each hidden layer, outputs.

    >>> rank_bottleneck([5, 2, 7])
    2
    """
    ### BEGIN SOLUTION
    return min(sizes)
    ### END SOLUTION


# %% [markdown] hints="rank_bottleneck"
r"""
If a road has four lanes, then one, then six: how many cars can drive side by side through the whole of it?

The inputs and the outputs are places to pass as well, not only the layers between them.
"""

# %% check="rank_bottleneck" points=2
assert rank_bottleneck([5, 2, 7]) is not None, "Your rank_bottleneck ends without return, so its result is None."
assert rank_bottleneck([5, 2, 7]) == 2, (
    f"The sizes [5, 2, 7] squeeze everything through two neurons, but yours says {rank_bottleneck([5, 2, 7])}. The last width alone does not tell.")
assert rank_bottleneck([2, 8, 8, 3]) == 2, (
    f"With the sizes [2, 8, 8, 3] there are only two inputs to begin with; yours says {rank_bottleneck([2, 8, 8, 3])}. Count the ends, too.")
assert rank_bottleneck([6, 4, 9, 1]) == 1, (
    f"One output is one number per point, so for [6, 4, 9, 1] the rank is 1; yours says {rank_bottleneck([6, 4, 9, 1])}.")
print("rank_bottleneck: nothing wider than the narrowest place gets through.")
### BEGIN HIDDEN TESTS
import numpy as np

rng = np.random.default_rng(406)
for _ in range(40):
    sizes = [int(n) for n in rng.integers(1, 9, size=rng.integers(2, 7))]
    kept = list(sizes)
    product = np.eye(sizes[0])
    for n, m in zip(sizes, sizes[1:]):
        product = product @ rng.normal(size=(n, m))
    found = rank_bottleneck(sizes)
    assert found == np.linalg.matrix_rank(product), f"For the sizes {sizes} a random stack has rank {np.linalg.matrix_rank(product)}, yours says {found}."
    assert sizes == kept, "rank_bottleneck changed its list."
### END HIDDEN TESTS

# %% [markdown]
r"""
### Exercise 4: count twice

Write two functions: `count_params`, the weights and biases that the stack *has*, and `effective_params`, the numbers that are enough to describe what it *does*.

For the second one think of the one layer that remains.
If its rank $r$ is as large as it can be, it has all its $n \cdot m$ weights to choose freely, and $m$ biases.
If everything had to pass a bottleneck of $r$ neurons, fewer are free.
The weights are then a product of an $n \times r$ and an $r \times m$ matrix, which are $r\,(n + m)$ numbers, but $r \cdot r$ of them are wasted: one can turn and stretch what passes through the bottleneck in $r \cdot r$ ways, and undo it right behind.
That leaves $r\,(n + m - r)$ weights.

Worked example: `[2, 3, 1]` has $2 \cdot 3 + 3$ and $3 \cdot 1 + 1$, together 13; it acts as one neuron with 2 weights and 1 bias, which are 3.
"""


# %% exercise="count_params"
def count_params(sizes):
    """Return how many weights and biases a stack with these sizes has, an int.

    >>> count_params([2, 3, 1])
    13
    """
    ### BEGIN SOLUTION
    return sum(n * m + m for n, m in zip(sizes, sizes[1:]))
    ### END SOLUTION


def effective_params(sizes):
    """Return how many numbers are enough to describe what the linear stack does, an int.

    >>> effective_params([2, 3, 1])
    3
    """
    ### BEGIN SOLUTION
    n, m, r = sizes[0], sizes[-1], min(sizes)
    return r * (n + m - r) + m
    ### END SOLUTION


# %% [markdown] hints="count_params"
r"""
Which neurons have a bias: the inputs, the hidden ones, the outputs?

Go over neighbouring sizes, `zip(sizes, sizes[1:])`. For the second function you need only the first size, the last size, and the function that you wrote before.
"""

# %% check="count_params" points=2
found = count_params([2, 3, 1])
assert found != 9, "The stack 2 -> 3 -> 1 has 6 + 3 = 9 weights, and each of its neurons has a bias besides. Yours counts 9."
assert found != 15, "Yours counts 15 for 2 -> 3 -> 1: two too many. The inputs are plain numbers and have no bias."
assert found == 13, f"The stack 2 -> 3 -> 1 has 13 weights and biases, yours counts {found}."
found = effective_params([2, 3, 1])
assert found != 2, "Folded into one neuron, 2 -> 3 -> 1 has 2 weights, and that neuron has a bias as well. Yours counts 2."
assert found == 3, f"The stack 2 -> 3 -> 1 acts as one neuron with two inputs, which has 3 numbers; yours says {found}."
found = effective_params([10, 1, 10])
assert found != 110, (
    "A free layer from 10 to 10 has 110 numbers, and that is what yours says. But [10, 1, 10] passes a bottleneck of one neuron: "
    "its weights are a column times a row.")
assert found == 29, f"The stack [10, 1, 10] acts with 1 (10 + 10 - 1) weights and 10 biases, 29 in all; yours says {found}."
try:
    found = count_params([2, 3, 3, 1]), effective_params([2, 3, 3, 1])
except (ValueError, IndexError) as error:
    raise AssertionError(f"A stack may have any number of layers. For 2 -> 3 -> 3 -> 1 yours stopped with: {error}.") from None
assert found == (25, 3), (
    f"A stack may have any number of layers. 2 -> 3 -> 3 -> 1 has 9 + 12 + 4 = 25 numbers and acts with 3; yours say {found[0]} and {found[1]}.")
print("count_params: what a stack has and what it uses are two numbers.")
### BEGIN HIDDEN TESTS
import numpy as np

rng = np.random.default_rng(407)
for _ in range(30):
    sizes = [int(n) for n in rng.integers(1, 12, size=rng.integers(2, 7))]
    has = sum(np.zeros((n, m)).size + np.zeros(m).size for n, m in zip(sizes, sizes[1:]))
    assert count_params(sizes) == has, f"For {sizes} there are {has} weights and biases, yours counts {count_params(sizes)}."
    # an independent witness: how many directions the product can move in, at a random place
    r = min(sizes)
    A, B = rng.normal(size=(sizes[0], r)), rng.normal(size=(r, sizes[-1]))
    moves = []
    for i in range(A.size):
        D = np.zeros(A.size)
        D[i] = 1
        moves.append((D.reshape(A.shape) @ B).ravel())
    for i in range(B.size):
        D = np.zeros(B.size)
        D[i] = 1
        moves.append((A @ D.reshape(B.shape)).ravel())
    free = np.linalg.matrix_rank(np.array(moves)) + sizes[-1]
    assert effective_params(sizes) == free, f"For {sizes} the stack has {free} directions to move in, yours says {effective_params(sizes)}."
assert (count_params([2] + [16] * 50 + [1]), effective_params([2] + [16] * 50 + [1])) == (13393, 3), "Fifty layers of sixteen are miscounted."
### END HIDDEN TESTS

# %% figure
fifty = [2] + [16] * 50 + [1]
predictions.reveal(
    "effective-parameters",
    "3",
    f"The stack has {count_params(fifty):,} numbers and acts as one neuron with two weights and one bias: {effective_params(fifty)}.",
)

# %% [markdown]
r"""
## Hidden bends

Not everything that looks complicated bends, and some things bend that look harmless.
Below are eight operations that people put between layers, as black boxes; each takes points with four numbers.
Before you test them, sort them in your head: which ones would rescue the stack from collapsing?
"""

# %%
boxes = {
    "mean of neighbours": lambda X: (X[:, 0::2] + X[:, 1::2]) / 2,
    "larger of neighbours": lambda X: np.maximum(X[:, 0::2], X[:, 1::2]),
    "frozen batch norm": lambda X: (X - np.array([1.0, 0.0, -2.0, 0.5])) / np.array([2.0, 0.5, 1.0, 3.0]),
    "x times |x|": lambda X: X * np.abs(X),
    "shuffle the columns": lambda X: X[:, [2, 0, 3, 1]],
    "sort each row": lambda X: np.sort(X, axis=1),
    "subtract the row's mean": lambda X: X - X.mean(axis=1, keepdims=True),
    "divide by the row's length": lambda X: X / np.sqrt((X**2).sum(axis=1, keepdims=True) + 1e-9),
}

# %% [markdown]
r"""
### Exercise 5: find the impostors

Write `find_the_impostors`: the names of the boxes that are **not** affine, in alphabetical order.
Let your `is_affine` do the work.
"""


# %% exercise="find_the_impostors"
def find_the_impostors(boxes):
    """Return the sorted list of the names of the boxes that are not affine.

    boxes: dict from a name to a function that takes points of shape (n, 4).

    >>> find_the_impostors({"double": lambda X: 2 * X, "square": lambda X: X**2})
    ['square']
    """
    ### BEGIN SOLUTION
    rng = np.random.default_rng(0)
    return sorted(name for name, f in boxes.items() if not is_affine(f, 4, rng))
    ### END SOLUTION


# %% [markdown] hints="find_the_impostors"
r"""
What does `is_affine` need besides the box itself, and is an impostor one that passes the test or one that fails it?

Go over `boxes.items()`, keep a name when its box is caught bending, and sort what you kept.
"""

# %% check="find_the_impostors" points=3
import numpy as np

suspects = {
    "triple": lambda X: 3 * X - 1,
    "mean pool": lambda X: (X[:, :2] + X[:, 2:]) / 2,
    "max pool": lambda X: np.maximum(X[:, :2], X[:, 2:]),
    "sorted": lambda X: np.sort(X, axis=1),
}
found = find_the_impostors(suspects)
assert isinstance(found, list), f"find_the_impostors should return a list of names, but yours returns {type(found).__name__}."
assert all(isinstance(name, str) for name in found), f"The list should hold names, yours holds {found[:1]}."
assert "triple" not in found or "max pool" in found, (
    f"Yours returns {found}. These are the honest ones: 3 x - 1 is affine. The impostors are the boxes that bend.")
assert "mean pool" not in found, (
    "Yours calls the mean pool an impostor. A mean of two is a weighted sum with the weights 1/2 and 1/2: ask for values, do not go by the name.")
assert "sorted" in found, (
    f"Yours returns {found} and lets 'sorted' pass. Sorting only moves numbers about, but which one goes where depends on the numbers: "
    "(1, 0) and (0, 1) both become (0, 1), and what becomes of their middle?")
assert sorted(found) == ["max pool", "sorted"], f"Of {sorted(suspects)} two bend; yours returns {found}."
assert found == sorted(found), f"The names should be in alphabetical order, yours are {found}."
print("find_the_impostors: judged by what they do, not by what they are called.")
### BEGIN HIDDEN TESTS
rng = np.random.default_rng(408)
M, c = rng.normal(size=(4, 3)), rng.normal(size=3)
kinds = [
    (lambda X: X @ M + c, False), (lambda X: np.cumsum(X, axis=1), False), (lambda X: X[:, ::-1], False), (lambda X: 0.7 * X, False),
    (lambda X: X - X.mean(axis=1, keepdims=True), False), (lambda X: X @ M @ M.T, False), (lambda X: np.full(len(X), 2.5), False),
    (lambda X: np.where(X > 0, X, 0.01 * X), True), (lambda X: np.sort(X, axis=1), True), (lambda X: X[:, 0] * X[:, 1], True),
    (lambda X: X * np.abs(X), True), (lambda X: np.tanh(X @ M), True), (lambda X: np.median(X, axis=1), True),
    (lambda X: np.round(X, 1), True), (lambda X: X / (1 + np.abs(X)), True),
]
for _ in range(6):
    chosen = [int(i) for i in rng.permutation(len(kinds))[: int(rng.integers(3, 12))]]
    named = {"box " + "zyxwvutsrqponml"[i]: kinds[i][0] for i in chosen}
    truth = sorted("box " + "zyxwvutsrqponml"[i] for i in chosen if kinds[i][1])
    assert find_the_impostors(named) == truth, f"Other boxes: {find_the_impostors(named)} were named, but {truth} bend."
### END HIDDEN TESTS

# %% figure
for name in boxes:
    bends = name in find_the_impostors(boxes)
    print(f"{name:28s} {'bends' if bends else 'is affine: a stack with it still collapses'}")

# %% [markdown]
r"""
Frozen batch norm, mean pooling, shuffling: a network can be full of them and still be one line.
The larger of two neighbours bends, and so does sorting.

Now give the stack a single bend.
The function $\max(z, 0)$ keeps what is positive and sets the rest to zero.
It is called *rectified linear unit* or **ReLU**, and lesson 05 is about it and its relatives.

**Predict, then switch it on.** Two hidden layers of two linear neurons, and an output behind them: what happens to the straight boundary when one layer gets its bend?
"""

# %% figure
one_bend()

# %% [markdown]
r"""
## What depth does buy

If fifty layers compute no more than one, is a deep linear network useless in every way?
Go back to the loaves, and take the first seven, so that a line makes some sense.
A chain of $L$ single neurons computes $y = w_L \cdots w_2\, w_1\, x$, which is a line through zero whose slope $p$ is the product of the weights.
We walk downhill on the squared error, as in lesson 02, with the same step size for every depth.
Nudging one weight of the chain changes the slope by the product of all the *others*, and that is the only place where depth comes in.
"""


# %%
def losses_of_a_chain(depth, x, y, steps=60, step_size=0.004):
    """Return the squared error after each step downhill, for a chain of `depth` weights that all start at 1."""
    w, losses = np.ones(depth), []
    for _ in range(steps):
        p = w.prod()
        losses.append(np.mean((p * x - y) ** 2))
        slope_of_loss = np.mean(2 * (p * x - y) * x)
        w = w - step_size * slope_of_loss * p / w
    return np.array(losses)


x, y = minutes[:7], rating[:7]
best = np.mean(((x @ y) / (x @ x) * x - y) ** 2)
chains = {depth: losses_of_a_chain(depth, x, y) for depth in (1, 2, 4, 8)}

# %% figure
figure, ax = plotting.new(width=600, height=340)
looks = zip(("-", "--", "-.", ":"), (plotting.BLACK, plotting.PURPLE, plotting.GREEN, plotting.GREY))
for (depth, losses), (style, color) in zip(chains.items(), looks):
    ax.plot(losses - best, style, color=color, label=f"{depth} layer" + "s" * (depth > 1))
ax.set(yscale="log", xlabel="steps downhill", ylabel="error above the best line", ylim=(1e-9, 10))
ax.legend(frameon=False)
plotting.show(figure, "Error above the best possible line against steps downhill, for chains of 1, 2, 4 and 8 linear neurons. After 20 steps: "
              + ", ".join(f"{losses[20] - best:.1e} at depth {depth}" for depth, losses in chains.items()) + ".")

# %% [markdown]
r"""
All four chains head for the same line, since there is only one best line.
They get there along different paths: with the same step size the deeper chains are faster here, because each step moves every factor of the product.
Saxe, McClelland and Ganguli (2014) solved these paths exactly and found long plateaus followed by sudden drops; Arora, Cohen and Hazan (2018) proved that depth alone can speed up training in this way.
Depth changed the journey, and it did not change where the journey can end.
"""

# %% [markdown]
r"""
### Think about it

A colleague reports: "My linear network got better when I went from two layers to eight. So depth gives expressive power, even without activations."
What did depth buy, and what did it not buy? Use the curves above. Three to five sentences.
"""

# %% [markdown] reflection="what-depth-bought" points=2
r"""
### BEGIN SOLUTION
Depth bought a different path: with the same step size the eight-layer chain gets close to the best line in fewer steps, because each step changes every factor of the product.
It did not buy a single new function: eight linear layers collapse into one, so both networks can only be lines and both end at the same error.
What the colleague saw after a fixed number of steps is speed, and it would vanish if both were trained to the end, or if the shallow one had a better step size.

**Rubric.**
1 point: says that both networks can represent exactly the same functions (they collapse), so the best error is the same.
1 point: says that training differs (path, speed, step size), and ties the report to that, with a number or a curve from the lesson.
### END SOLUTION
"""

# %% [markdown]
r"""
## What you can now claim
"""

# %% claims
rng = np.random.default_rng(1)
Ws, bs = random_stack(fifty, rng)
X = rng.normal(size=(1000, 2))
W, b = collapse(Ws, bs)
difference = np.abs(through(X, Ws, bs) - (X @ W + b)).max()
two, ends = np.array([[2.0, -1.0]]), np.array([[3.0], [2.0]])
slope_1d, offset_1d = collapse([two, ends], [np.array([-1.0, 4.0]), np.array([0.0])])
Markdown(f"""
| | claim | what you measured |
|---|---|---|
| S15 | Layers without an extra operation between them give only affine functions. | {count_params(fifty):,} parameters act as {effective_params(fifty)}; on 1,000 points the stack and your one neuron differ by at most {difference:.1e}. |
| S37 | However many linear neurons are combined, the result is still a line (with more inputs: a plane; rank can only be lost on the way). | $3(2x - 1) + 2(-x + 4)$ has the slope {slope_1d[0, 0]:.0f} and the offset {offset_1d[0]:.0f}; `[5, 2, 7]` has rank {rank_bottleneck([5, 2, 7])}. |
| S39 | Layers alone give no expressive power. True of what can be computed; training still changes (Saxe, McClelland and Ganguli 2014; Arora, Cohen and Hazan 2018). | Error above the best line after 20 steps: {chains[1][20] - best:.1e} with one layer, {chains[8][20] - best:.1e} with eight; after 60 steps all are within {max(losses[-1] for losses in chains.values()) - best:.0e} of the same line. |
| S41 | Praise of depth can mislead. A fair caution: without a bend the gain is a matter of speed. | The same two numbers: different speed, one optimum. |

**Next:** one bend broke the spell. Which bends are there, how many does it take, and is one hidden layer of them always enough?
""")

# %% [markdown]
r"""
## Further

The rest is for those who want it; the course goes on without it.

### Further 1: prove it

You have seen it for a few stacks. Here is why it holds for all of them: a proof by induction, in blocks, shuffled, with one block that does not belong.

Claim: *every stack of linear layers computes* $X W + b$ *for some* $W$ *and* $b$.

- **a** By induction the claim holds for every number of layers.
- **b** Put one more layer behind such a stack, with weights $V$ and biases $c$: together they compute $(X W + b)\,V + c$.
- **c** Suppose that every stack of $k$ layers computes $X W + b$ for some $W$ and $b$.
- **d** Since a layer's biases do not depend on $X$, all biases but the last may be dropped.
- **e** A stack of one layer computes $X W_1 + b_1$, which has the form of the claim.
- **f** So every stack of $k + 1$ layers has the form of the claim as well.
- **g** Multiplying out gives $X$ times one matrix, plus one row of numbers that does not contain $X$.

Return the letters of the proof in order, without the odd one.
"""


# %% exercise="proof"
def proof():
    """Return the proof as a list of letters, for example ["a", "b"]."""
    ### BEGIN SOLUTION
    return ["e", "c", "b", "g", "f", "a"]
    ### END SOLUTION


# %% [markdown] hints="proof"
r"""
An induction climbs a ladder. Which block stands on the first rung, and which ones say how to get from any rung to the next?

One block is false: look at what happened in Exercise 1 to those who added up the biases without pushing them through, and to those who forgot one.
"""

# %% check="proof" points=3
import hashlib

order = proof()
assert isinstance(order, (list, tuple)) and all(isinstance(letter, str) for letter in order), (
    f"proof should return a list of letters, but yours returns {order!r}.")
order = [letter.strip().lower() for letter in order]
assert "d" not in order, "Block d is false: at the point (0, 0) only the biases are left, and your own collapse pushes each of them through what follows."
assert sorted(order) == list("abcefg"), f"The proof uses each of the six true blocks once; yours is {order}."
assert order.index("c") < order.index("b"), 'Block b says "such a stack", but in your order nobody has yet supposed anything about a stack.'
assert order[-1] == "a", f"Your proof ends with block {order[-1]}, which does not speak of every number of layers."
accepted = {"01f39b79", "c149be83", "9cbe544f", "85730f6c", "2efed3d2"}
assert hashlib.sha256("".join(order).encode()).hexdigest()[:8] in accepted, (
    f"In the order {' '.join(order)} some block uses what only a later block says. Read it aloud and stop where you cannot yet know it.")
print("proof: every step stands on the one before.")
### BEGIN HIDDEN TESTS
order = [letter.strip().lower() for letter in proof()]
assert [letter for letter in order if letter != "e"] == list("cbgfa") and order.index("e") < 5, "The blocks are not in order."
### END HIDDEN TESTS

# %% [markdown]
r"""
### Further 2: place the smallest bend

You have a linear stack and **one** ReLU. It may sit behind a single neuron of a single layer: that neuron's score $z$ is replaced by $\max(z, 0)$, everything else stays linear.
Write `minimal_bend`: return `(layer, neuron)`, counted from zero, such that the network is no longer affine on the square where both inputs run from -1 to 1.

Two things can go wrong. A hinge whose score never changes its sign inside the square never bends there. And a bend that nobody downstream listens to never reaches the output.
"""


# %% exercise="minimal_bend"
def minimal_bend(Ws, bs):
    """Return (layer, neuron) where one ReLU makes the stack bend on the square [-1, 1] x [-1, 1].

    Ws, bs: weights and biases of a stack with two inputs, as in Exercise 1. Some place exists.
    layer counts the layers from 0 (the last one counts, too), neuron the neurons of that layer from 0.

    >>> minimal_bend([np.array([[1.0], [0.0]])], [np.array([0.5])])   # x1 + 0.5 changes sign in the square
    (0, 0)
    """
    ### BEGIN SOLUTION
    for layer in range(len(Ws)):
        W, b = collapse(Ws[: layer + 1], bs[: layer + 1])
        reach = np.abs(W).sum(axis=0)
        if layer + 1 < len(Ws):
            heard = np.abs(collapse(Ws[layer + 1:], bs[layer + 1:])[0]).sum(axis=1)
        else:
            heard = np.ones(W.shape[1])
        for neuron in range(W.shape[1]):
            if abs(b[neuron]) < reach[neuron] and heard[neuron] > 1e-9:
                return layer, neuron
    ### END SOLUTION


# %% [markdown] hints="minimal_bend"
r"""
A neuron's score, written in terms of the inputs, is one affine function. Where in the square is it largest, where smallest, and how do you get that function with what you already wrote?

`collapse` on the first layers gives each neuron's score; on the remaining layers it tells who listens. Over the square, $w_1 x_1 + w_2 x_2$ runs from $-(|w_1| + |w_2|)$ to $|w_1| + |w_2|$.
"""

# %% check="minimal_bend" points=3
import numpy as np


def bend_in(Ws, bs, place):
    """How far the stack with a ReLU at `place` is from keeping mixtures, on a fine grid of the square."""
    line = np.linspace(-1, 1, 81)
    X = np.stack(np.meshgrid(line, line), axis=-1).reshape(-1, 2)
    scores, H = None, X
    for k, (W, b) in enumerate(zip(Ws, bs)):
        H = H @ W + b
        if k == place[0]:
            scores = H[:, place[1]].copy()
            H[:, place[1]] = np.maximum(H[:, place[1]], 0)
    design = np.column_stack([X, np.ones(len(X))])
    flat = design @ np.linalg.lstsq(design, H, rcond=None)[0]
    return np.abs(H - flat).max(), scores


def look(Ws, bs, story):
    place = minimal_bend(Ws, bs)
    assert isinstance(place, (tuple, list)) and len(place) == 2, f"minimal_bend should return a pair (layer, neuron), but yours returns {place!r}."
    layer, neuron = (int(part) for part in place)
    assert 0 <= layer < len(Ws) and 0 <= neuron < Ws[layer].shape[1], (
        f"The stack has {len(Ws)} layers, counted from 0, and layer k has Ws[k].shape[1] neurons, counted from 0; yours names {place}.")
    bend, scores = bend_in(Ws, bs, (layer, neuron))
    assert not scores.min() >= 0, (
        f"{story} The score of neuron {place} runs from {scores.min():.2f} to {scores.max():.2f}: it stays positive, the ReLU has nothing to cut, "
        "and this hinge never bends inside the square.")
    assert not scores.max() <= 0, (
        f"{story} The score of neuron {place} runs from {scores.min():.2f} to {scores.max():.2f}: it stays negative all over the square, "
        "so its ReLU is zero everywhere.")
    assert bend > 1e-9, f"{story} Neuron {place} does bend, but the layers behind it give it the weight 0: nobody listens, and the output stays flat."


look([np.array([[1.0, 1.0], [0.5, -1.0]]), np.array([[1.0], [1.0]])], [np.array([4.0, 0.2]), np.array([0.0])],
     "In the stack 2 -> 2 -> 1 with the biases 4 and 0.2:")
look([np.array([[1.0, 1.0], [0.5, -1.0]]), np.array([[1.0], [1.0]])], [np.array([-1.6, 0.2]), np.array([0.0])],
     "In the stack 2 -> 2 -> 1 with the biases -1.6 and 0.2:")
look([np.array([[1.0, 1.0], [0.5, -1.0]]), np.array([[0.0], [1.0]])], [np.array([0.0, 0.2]), np.array([0.0])],
     "In the stack 2 -> 2 -> 1 whose output weighs the first neuron with 0:")
look([np.array([[1.0, 0.0], [0.0, 1.0]]), np.array([[1.0, -1.0], [1.0, -1.0]]), np.array([[1.0], [1.0]])],
     [np.array([3.0, 3.0]), np.array([-6.5, 6.0]), np.array([10.0])], "In the stack 2 -> 2 -> 2 -> 1 whose first layer lies far out:")
print("minimal_bend: one hinge, in the right place, and the spell is broken.")
### BEGIN HIDDEN TESTS
rng = np.random.default_rng(409)
for trial in range(25):
    sizes = [2] + [int(n) for n in rng.integers(1, 6, size=rng.integers(1, 5))] + [1]
    Ws = [rng.normal(size=(n, m)) for n, m in zip(sizes, sizes[1:])]
    bs = [rng.normal(size=m) * 1.5 for m in sizes[1:]]
    # push most neurons of the first layer out of reach, silence some others, and make sure that one place is left
    bs[0] = np.abs(Ws[0]).sum(axis=0) * rng.choice([-1.5, 1.5], size=sizes[1])
    for k in range(1, len(Ws)):
        Ws[k][rng.random(sizes[k]) < 0.3] = 0
    if not np.abs(Ws[-1]).any():
        Ws[-1][:] = 1
    W, b = np.eye(2), np.zeros(2)
    for V, c in zip(Ws, bs):
        W, b = W @ V, b @ V + c
    if np.abs(W).sum() < 1e-6:
        continue
    bs[-1] = bs[-1] - b + 0.3 * np.abs(W).sum()
    kept = [V.copy() for V in Ws]
    look(Ws, bs, f"In a stack of the sizes {sizes}:")
    assert all(np.array_equal(before, after) for before, after in zip(kept, Ws)), "minimal_bend changed the stack that it was given."
### END HIDDEN TESTS

# %% [markdown]
r"""
### Further 3: a linear network that is not

The proof works with real numbers, and computers do not.
In the type `float32` a number closer to zero than about $10^{-45}$ becomes zero, and multiplying it up again does not bring it back.
So the "linear" function that shrinks and then grows again has a bend, far down where nobody looks.
"""

# %%
small = np.float32(1e-30)
with np.errstate(under="ignore"):
    shrunk = small * np.float32(1e-20)
print("1e-30, shrunk by 1e20 and grown again:", shrunk / np.float32(1e-20))

# %% [markdown]
r"""
OpenAI (2017) trained deep "linear" networks that compute with nothing but this rounding, using a search that needs no slopes.
It is a curiosity and no way to build networks, but it shows what a proof is worth: it holds exactly as far as its assumptions do.
"""
