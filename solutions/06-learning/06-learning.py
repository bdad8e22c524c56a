# %% [markdown]
r"""
# Let the network find its bends

By the end you will have written the dozen lines that train a neural network, put them on trial before a witness, and watched eight bends fence in the middle of a ring by themselves.

In lesson 05 you placed every bend by hand, and you could do that because you saw where it had to go.
Below is a ring, and a network with eight hidden neurons, or **units**, as those inside a network are often called, that shall fence in its middle.
Each unit has two weights and a bias, the output neuron has eight weights and a bias: 33 numbers, and at the start they are random.

Trying them all is hopeless: with only ten choices for each number there are $10^{33}$ networks.
Yet a computer needs about a second for this, and you will write what it does.
The trick is a question one can ask of every number at the same time: *if I nudge you up a little, does the price rise or fall?*
"""

# %%
from course_utils import datasets, plotting, predictions
from course_utils.figures.learning import learning_rates, many_runs, signal_map, training_player, wilson

import timeit

import numpy as np
from IPython.display import Markdown

ring_X, ring_y = datasets.ring(200)

# %% figure
rng = np.random.default_rng(3)
W, b, v = rng.normal(size=(2, 8)), 0.3 * rng.normal(size=8), rng.normal(size=8)


def score(P):
    return np.maximum(P @ W + b, 0) @ v


figure, ax = plotting.new(width=390, height=410)
plotting.points(ax, ring_X, ring_y)
plotting.regions(ax, score, scores=True)
for w, bias in zip(W.T, b):
    plotting.line(ax, w, bias, color=plotting.PURPLE, style=":")
plotting.show(figure, "A network of eight units with random numbers over a ring. The eight dotted lines, "
                      "where the units switch on, lie anywhere. " + plotting.describe(ring_X, ring_y, score, scores=True))

# %% [markdown]
r"""
## A network is a list

From here on a whole network is one list, `params`, with one pair `(W, b)` for each layer, as in lesson 04.
All layers but the last are hidden: their scores $z$ ("z" as everywhere in this field) go through an activation, the same in all of them.
The last layer is the output neuron: a weighted sum and nothing more.

The activations and their slopes are the ones you wrote in lesson 05, in a dictionary from a name to the pair (function, slope).
"""


# %%
def sigmoid(z):
    e = np.exp(-np.abs(z))
    return np.where(z >= 0, 1, e) / (1 + e)


ACTIVATIONS = {
    "linear": (lambda z: z, lambda z: np.ones_like(z)),
    "sigmoid": (sigmoid, lambda z: sigmoid(z) * (1 - sigmoid(z))),
    "tanh": (np.tanh, lambda z: 1 - np.tanh(z) ** 2),
    "relu": (lambda z: np.maximum(z, 0), lambda z: np.where(z > 0, 1.0, 0.0)),
}
f, slope = ACTIVATIONS["tanh"]
print("tanh(0.5) =", round(float(f(0.5)), 4), " and its slope there is", round(float(slope(0.5)), 4))

# %% [markdown]
r"""
### Exercise 1: go forward

Write `forward`: send the points through the network, and keep what every hidden layer says on the way, since the way back will need it.

Worked example: one input, one hidden ReLU unit with weight 2 and bias $-1$, an output neuron with weight 3 and bias 0.5.
The point $x = 2$ has the hidden score $2 \cdot 2 - 1 = 3$, the ReLU keeps 3, and the output is $3 \cdot 3 + 0.5 = 9.5$.
"""


# %% exercise="forward"
def forward(params, X, act):
    """Return (hidden, logits) for the points X.

    params: list of pairs (W, b), one for each layer; the last one is the output layer, which has no activation.
    X: points of shape (n, inputs). act: a name in ACTIVATIONS.
    hidden: list with the output of each hidden layer after its activation, arrays of shape (n, neurons).
    logits: the output layer's plain weighted sums, of shape (n, outputs).

    >>> forward([(np.array([[2.0]]), np.array([-1.0])), (np.array([[3.0]]), np.array([0.5]))], np.array([[2.0]]), "relu")
    ([array([[3.]])], array([[9.5]]))
    """
    ### BEGIN SOLUTION
    f, _ = ACTIVATIONS[act]
    hidden, H = [], X
    for W, b in params[:-1]:
        H = f(H @ W + b)
        hidden.append(H)
    W, b = params[-1]
    return hidden, H @ W + b
    ### END SOLUTION


# %% [markdown] hints="forward"
r"""
Which layers have an activation and which one has none, and what does each layer receive: the points, or what the layer before it said?

`params[:-1]` are the hidden layers and `params[-1]` is the output layer. Carry one array along, starting with the points, and append it to a list after each activation.
"""

# %% check="forward" points=3
import numpy as np

params = [(np.array([[1.0, -1.0], [2.0, 1.0]]), np.array([0.0, -1.0])), (np.array([[1.0, 2.0], [-1.0, 1.0]]), np.array([1.0, 0.0])),
          (np.array([[2.0], [-3.0]]), np.array([0.5]))]
X = np.array([[1.0, 1.0], [0.0, -1.0]])
try:
    result = forward(params, X, "relu")
except ValueError as error:
    raise AssertionError(f"Two points go through a network 2 -> 2 -> 2 -> 1, and yours stopped with: {error}. Points are rows: on which side of W do they stand?") from None
assert isinstance(result, (tuple, list)) and len(result) == 2, f"forward should return two things, the hidden outputs and the logits; yours returns {type(result).__name__}."
hidden, logits = result
assert isinstance(hidden, (list, tuple)), f"hidden should be a list with one array for each hidden layer; yours is of type {type(hidden).__name__}."
hidden, logits = [np.asarray(H, dtype=float) for H in hidden], np.asarray(logits, dtype=float)
assert not (len(hidden) == 3 and np.array_equal(hidden[0], X)), "Your list hidden has three entries and begins with the points themselves. The inputs are no hidden layer."
assert len(hidden) != 3, "The network has two hidden layers and your list has three entries: the last one is the output, which is not hidden."
assert len(hidden) == 2, f"The network has two hidden layers, and your list hidden has the length {len(hidden)}."
assert logits.shape == (2, 1), f"Two points and one output neuron: logits should have the shape (2, 1), and yours has {logits.shape}."
assert not np.allclose(hidden[0], [[3, -1], [-2, -2]]) or not np.allclose(logits.ravel(), [-9.5, 2.5]), (
    "Your logits are right, but hidden holds the scores before the activation: for the point (1, 1) yours says [3, -1], and the ReLU makes [3, 0] of it.")
assert not np.allclose(logits.ravel(), [-4.5, 20.5]), (
    f"For the point (1, 1) the first layer's scores are [3, -1], and the ReLU makes [3, 0] of them. Your logits {logits.ravel()} are those of a network in which nothing bends.")
assert np.allclose(hidden[0], [[3, 0], [0, 0]]), f"For the points (1, 1) and (0, -1) the first hidden layer says [[3, 0], [0, 0]]; yours says {hidden[0].tolist()}."
assert not np.allclose(logits.ravel(), [0, 2.5]), (
    "At the point (1, 1) the last weighted sum is -9.5, and yours says 0: the activation has cut it off. The output layer has none, or no point could ever be of class 0.")
assert not np.allclose(logits.ravel(), [7.48e-05, 0.924142], atol=1e-6), (
    "Your output lies between 0 and 1: it went through the logistic function. That step belongs to the loss, once; here we want the plain weighted sums, -9.5 and 2.5.")
assert np.allclose(hidden[1], [[4, 6], [1, 0]]), f"The second hidden layer says [[4, 6], [1, 0]] for these two points; yours says {hidden[1].tolist()}."
assert np.allclose(logits.ravel(), [-9.5, 2.5]), f"The logits of the two points are -9.5 and 2.5; yours are {logits.ravel()}."
found = np.asarray(forward(params, X, "tanh")[0][0])
assert not np.allclose(found, [[3, 0], [0, 0]]), "With act='tanh' your first hidden layer says the same as with the ReLU. Which of the two arguments tells you the activation?"
assert np.allclose(found, [[0.995055, -0.761594], [-0.964028, -0.964028]], atol=1e-5), f"With act='tanh' the first hidden layer says {np.tanh([3.0, -1.0]).round(4)} for the point (1, 1); yours says {found[0]}."
found = np.asarray(forward(params, X, "sigmoid")[0][0])
assert np.allclose(found[0], [0.952574, 0.268941], atol=1e-5), f"With act='sigmoid' the first hidden layer says [0.9526 0.2689] for the point (1, 1); yours says {found[0]}. ACTIVATIONS has four names, and any of them may come."
print("forward: through every bend, and plain at the end.")
### BEGIN HIDDEN TESTS
rng = np.random.default_rng(601)
bends = {"linear": lambda z: z, "tanh": np.tanh, "relu": lambda z: z * (z > 0), "sigmoid": lambda z: 0.5 + 0.5 * np.tanh(z / 2)}
for sizes in [[2, 1], [1, 1, 1], [2, 8, 1], [5, 3, 4, 2], [3, 7, 1, 6, 2], [2, 4, 4, 4, 4, 3]]:
    for act, bend in bends.items():
        params = [(rng.normal(size=(n, m)), rng.normal(size=m)) for n, m in zip(sizes, sizes[1:])]
        kept = [(W.copy(), b.copy()) for W, b in params]
        X = rng.normal(size=(int(rng.integers(1, 9)), sizes[0]))
        before = X.copy()
        hidden, logits = forward(params, X, act)
        assert len(hidden) == len(sizes) - 2, f"With the sizes {sizes} there are {len(sizes) - 2} hidden layers, your list has {len(hidden)}."
        H = X
        for layer, (W, b) in enumerate(params):
            z = np.einsum("ni,ij->nj", H, W) + b
            H = z if layer == len(params) - 1 else bend(z)
            given = np.asarray(logits if layer == len(params) - 1 else hidden[layer])
            assert given.shape == H.shape and np.allclose(given, H, atol=1e-9), f"With the sizes {sizes} and {act} layer {layer} is not right."
        assert np.array_equal(X, before), "forward changed the points."
        assert all(np.array_equal(p, q) for old, new in zip(kept, params) for p, q in zip(old, new)), "forward changed the network."
### END HIDDEN TESTS

# %% [markdown]
r"""
A sentence one often reads: *a task-specific function is applied to the outputs of the last hidden layer*.
Count what it is applied to.
"""

# %%
rng = np.random.default_rng(4)
eight = [(rng.normal(size=(2, 8)), np.zeros(8)), (rng.normal(size=(8, 1)), np.zeros(1))]
hidden, logits = forward(eight, ring_X, "relu")
print("logistic of the last hidden layer:", sigmoid(hidden[-1]).shape, " for the first point", sigmoid(hidden[-1])[0].round(2))
print("logistic of the logits:           ", sigmoid(logits).shape, " for the first point", sigmoid(logits)[0].round(2))

# %% [markdown]
r"""
The first line has eight numbers for each point, and none of them is an answer.
Between the last hidden layer and the final function stands one more weighted sum, the **logits**, and the final function is applied to those, once.
For two classes it is the logistic function; when a network shall predict a price or a temperature, the logits are already the answer.
"""

# %% [markdown]
r"""
## The slope of everything

The price is the one of lesson 02, the mean logistic loss: $\ln(1 + e^{-z})$ for a point of class 1 with the logit $z$, and $\ln(1 + e^{z})$ for one of class 0.
There you found a slope by nudging a number and looking at the price twice.
"""


# %%
def loss(params, X, y, act):
    """Return the mean logistic loss of the network over the points."""
    z = forward(params, X, act)[1][:, 0]
    return np.mean(np.logaddexp(0, np.where(y == 1, -z, z)))


def shortest(job, number=20):
    """Return how many seconds the job takes, the shortest of five tries."""
    return min(timeit.repeat(job, number=number, repeat=5)) / number


seconds = shortest(lambda: loss(eight, ring_X, ring_y, "relu"))
print(f"loss {loss(eight, ring_X, ring_y, 'relu'):.3f}, computed in {1e6 * seconds:.0f} millionths of a second")
print(f"33 numbers, nudged up and down: 66 losses for one step, {1e3 * 66 * seconds:.1f} thousandths of a second")
longer = 1_000_000 / 33
days = 2_000_000 * seconds * longer / 86400
print(f"a million numbers: two million losses, each about {longer:,.0f} times as long: {days:.0f} days for one step")

# %% [markdown]
r"""
Nudging is honest and far too slow.
There is a way to get all slopes at once, for about the price of two or three losses, and it is the reason that large networks exist.
It follows the computation backwards and asks at each place: *how much of the price is your doing?*

Take a network of two neurons and a single point, $x = 1$ of class 1:

$$x \;\xrightarrow{\;w_1 = 0.5\;}\; z_1 = 0.5 \;\xrightarrow{\;\tanh\;}\; h = 0.462 \;\xrightarrow{\;w_2 = 2\;}\; z_2 = 0.924 \;\longrightarrow\; p = 0.716.$$

Go back along the arrows. Call the slope of the price in a score or an output its **blame**, written $\delta$ (the Greek d, "delta").

- *At the end.* For class 1 the price $\ln(1 + e^{-z})$ has the slope $-e^{-z} / (1 + e^{-z}) = -(1 - p)$, for class 0 the price $\ln(1 + e^{z})$ has the slope $e^{z} / (1 + e^{z}) = p$. Both are $p - y$, with $y$ the class: the formula that lesson 02 borrowed. Here $\delta_2 = 0.716 - 1 = -0.284$.
- *A weight.* Nudge $w_2$ by a little, and $z_2$ moves by that times $h$. So the slope of $w_2$ is $h\,\delta_2 = -0.131$: **what came in, times the blame**. For a bias what comes in is 1.
- *Through a weight.* Nudge $h$, and $z_2$ moves by that times $w_2$. So the blame of $h$ is $w_2\,\delta_2 = -0.568$.
- *Through a bend.* Nudge $z_1$, and $h$ moves by that times the slope of $\tanh$ **at** $z_1$, which is 0.786. So $\delta_1 = 0.786 \cdot (-0.568) = -0.447$, and the slope of $w_1$ is $x\,\delta_1 = -0.447$.

Each step multiplies by one local slope; this is the **chain rule**.
Does nudging agree?
"""

# %% figure
def price(w1, w2):
    return np.log(1 + np.exp(-w2 * np.tanh(w1 * 1.0)))


print("slope of w1 by nudging:", round((price(0.5 + 1e-5, 2) - price(0.5 - 1e-5, 2)) / 2e-5, 4))
print("slope of w2 by nudging:", round((price(0.5, 2 + 1e-5) - price(0.5, 2 - 1e-5)) / 2e-5, 4))

# %% [markdown]
r"""
### Exercise 2: go backward

Now for whole layers and many points.
Let `blame` have one row for each point and one column for each neuron, as the scores have.
Three things are new, and all of them are sums:

- the price is the **mean** over the points, so each point's blame at the end is $p - y$ divided by the number of points $n$;
- a weight serves all points, so its slope is a sum over the points: from input $i$ to neuron $j$ it is $\sum_{\text{points}} (\text{what came in at } i) \cdot (\text{blame of } j)$, and for the bias of $j$ it is the sum of the blame of $j$;
- an output $i$ feeds all neurons $j$ of the next layer, so its blame is a sum over them: $\sum_j W_{ij} \cdot (\text{blame of } j)$.

Write `backward`: the slope of the mean logistic loss in every number of the network.
The output neuron is the only one in its layer. The two-neuron network above is the worked example.
"""


# %% exercise="backward"
def backward(params, X, y, act):
    """Return the slopes of the mean logistic loss, a list of pairs (dW, db) in the order and the shapes of params.

    params: list of pairs (W, b), the last one with a single neuron. X: (n, inputs). y: classes 0 or 1, (n,).
    act: a name in ACTIVATIONS.

    >>> two = [(np.array([[0.5]]), np.array([0.0])), (np.array([[2.0]]), np.array([0.0]))]
    >>> backward(two, np.array([[1.0]]), np.array([1]), "tanh")
    [(array([[-0.447]]), array([-0.447])), (array([[-0.131]]), array([-0.284]))]     # rounded
    """
    ### BEGIN SOLUTION
    _, slope = ACTIVATIONS[act]
    hidden, logits = forward(params, X, act)
    inputs = [X] + hidden
    blame = (sigmoid(logits) - y[:, None]) / len(X)
    grads = []
    for k in reversed(range(len(params))):
        grads.insert(0, (inputs[k].T @ blame, blame.sum(axis=0)))
        if k > 0:
            W, b = params[k - 1]
            blame = (blame @ params[k][0].T) * slope(inputs[k - 1] @ W + b)
    return grads
    ### END SOLUTION


# %% [markdown] hints="backward"
r"""
Write down the shapes first: the blame is (n, neurons), what came in is (n, inputs), and the slopes of W must be (inputs, neurons). In which order, and which one turned on its side, do the first two multiply to the third?

Begin with `blame` at the logits, of shape (n, 1) like them: `y[:, None]` turns y into a column. Then loop from the last layer to the first. In each turn put the pair of slopes in front of your list; then, unless it was the first layer, carry the blame back through W and through the bend. The bend needs the scores of the layer before, which you compute once more from what came into it.
"""

# %% check="backward" points=6
import warnings

import numpy as np


def asked(params, X, y, act):
    """The learner's slopes, or a sentence on what stopped them."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", RuntimeWarning)
            return backward(params, X, y, act)
    except RuntimeWarning as problem:
        raise AssertionError(f"numpy warned: {problem}. The largest logit here is {np.abs(forward(params, X, act)[1]).max():.0f}, and e to that power is out of range: your sigmoid of lesson 05 copes with it.") from None
    except ValueError as error:
        raise AssertionError(f"With {len(X)} points and layers of the shapes {[W.shape for W, _ in params]} yours stopped with: {error}. "
                             "What comes in is (points, inputs), the blame is (points, neurons): which of them has to be turned on its side?") from None


params = [(np.array([[1.0, -0.5], [0.5, 1.0]]), np.array([0.2, -0.1])), (np.array([[0.8, -0.6], [0.4, 0.9]]), np.array([0.1, 0.3])),
          (np.array([[1.0], [-2.0]]), np.array([0.25]))]
X, y = np.array([[1.0, 0.5], [-0.5, 1.0], [0.3, -1.2]]), np.array([1, 0, 1])
single = asked(params[2:], X, y, "tanh")
assert single is not None, "Your backward ends without return, so its result is None."
assert not (len(single) == 1 and np.shape(single[0][0]) == (2, 3)), (
    "In a network of one layer your slopes of W have the shape (2, 3). The logits are a column of shape (3, 1) and y is a flat row of shape (3,): their difference fills a whole 3 x 3 table.")
grads = asked(params, X, y, "tanh")
assert isinstance(grads, (list, tuple)) and len(grads) == 3 and all(isinstance(pair, (list, tuple)) and len(pair) == 2 for pair in grads), (
    "The network has three layers: backward should return a list of three pairs (dW, db).")
grads = [(np.asarray(dW, dtype=float), np.asarray(db, dtype=float)) for dW, db in grads]
assert not (grads[0][0].shape == (2, 1) and grads[2][0].shape == (2, 2)), "Your pairs come in the order of the way back, the output layer first. They should stand in the order of params."
for k, ((W, b), (dW, db)) in enumerate(zip(params, grads)):
    assert dW.shape == W.shape, f"The slopes of W in layer {k} should have its shape, {W.shape}; yours have {dW.shape}."
    assert db.shape != (3, len(b)), f"In layer {k} your slopes of the biases have a row for each of the three points, shape {db.shape}. A bias serves all points: what becomes of the three rows?"
    assert db.shape == b.shape, f"The slopes of b in layer {k} should have its shape, {b.shape}; yours have {db.shape}."
# what the usual slips make of the first layer's four slopes
told = grads[0][0].ravel().round(5)
slips = {
    (-0.40159, 0.29727, 0.99006, -0.02614): "Every slope is three times as steep as nudging says, and there are three points: the price is their mean. Where does 1/n come in?",
    (0.13386, -0.09909, -0.33002, 0.00871): "Every slope has the right size and the wrong sign: for a point of class 1 with p = 0.7 the price falls when the logit rises. p - y or y - p?",
    (-0.17501, 0.12255, 0.3413, -0.08151): "The last layer is right, and the first one is off. Your bend's slope is taken at what the unit says, tanh(z), and it belongs at the score z.",
    (-0.29464, 0.20625, 0.42055, -0.29439): "The last layer is right, and the first one is too steep: on its way back the blame went through the weights and never through the bends.",
    (-0.00946, 0.15199, 0.03, -0.04129): "The last layer is right, and the first one is off. The 2 x 2 weights fit both ways round, and yours carried the blame forward instead of back: output i collects over all j, along which side of W?",
    (-0.31776, 0.13031, 0.69782, -0.07114): "Your blame at the end compares p with -1 and 1. Here p runs from 0 to 1, and so do the classes.",
    (0.13775, -0.26002, -0.0599, -0.10133): "Your blame at the end compares the logit itself with the class. The class is compared with p, which is the logit after the logistic function.",
    (-0.02818, 0.01579, 0.07307, -0.00492): "Your blame at the end holds p (1 - p) as well, the slope of the logistic function. For this price it cancels: only p - y is left.",
}
for slip, sentence in slips.items():
    assert not np.allclose(told, slip, atol=2e-5), sentence


def nudged(params, X, y, act, layer, part, place, eps=1e-6):
    prices = []
    for step in (eps, -eps):
        moved = [[W.copy(), b.copy()] for W, b in params]
        moved[layer][part][place] += step
        z = np.asarray(forward([tuple(pair) for pair in moved], X, act)[1]).ravel()
        prices.append(np.log1p(np.exp(-(2 * y - 1) * z)).mean())
    return (prices[0] - prices[1]) / (2 * eps)


for layer in (2, 1, 0):
    for part, name in ((0, "W"), (1, "b")):
        for place in np.ndindex(params[layer][part].shape):
            witness, own = nudged(params, X, y, "tanh", layer, part, place), grads[layer][part][place]
            assert abs(own * 3 - witness) > 1e-6 or part == 0 or abs(witness) < 1e-9, (
                f"In layer {layer} your slopes of the biases are a third of what nudging says: the division by the three points has happened before, at the end. Twice is too often.")
            assert abs(witness - own) < 1e-6, f"Nudging {name}{list(place)} of layer {layer} says that its slope is {witness:.5f}; yours says {own:.5f}."
wide = [(np.array([[1.0, -1.0, 0.5]]), np.array([0.1, 0.25, 0.3])), (np.array([[1.0], [2.0], [-1.0]]), np.array([0.5]))]
line, kinds = np.array([[0.4], [-0.7], [1.5], [0.2]]), np.array([0, 1, 1, 0])
for act in ("relu", "sigmoid", "linear"):
    found = asked(wide, line, kinds, act)
    witness, own = nudged(wide, line, kinds, act, 0, 0, (0, 1)), np.asarray(found[0][0])[0, 1]
    assert abs(witness - own) < 1e-6, f"In a network 1 -> 3 -> 1 with act='{act}' nudging W[0, 1] of the first layer says {witness:.5f}; yours says {own:.5f}."
loud = [(W, b) if k < 2 else (1000 * W, b) for k, (W, b) in enumerate(params)]
assert all(np.isfinite(part).all() for pair in asked(loud, X, y, "tanh") for part in pair), "With logits near 1000 some of your slopes are no longer numbers."
print("backward: all slopes at once, and nudging agrees with every one.")
### BEGIN HIDDEN TESTS
rng = np.random.default_rng(602)
bends = {"linear": lambda z: z, "tanh": np.tanh, "relu": lambda z: z * (z > 0), "sigmoid": lambda z: 0.5 + 0.5 * np.tanh(z / 2)}


def price(params, X, y, act):
    H = X
    for W, b in params[:-1]:
        H = bends[act](np.einsum("ni,ij->nj", H, W) + b)
    z = np.einsum("ni,ij->nj", H, params[-1][0])[:, 0] + params[-1][1][0]
    return np.mean(np.logaddexp(0, -(2 * y - 1) * z))


for sizes in [[2, 1], [1, 1, 1], [2, 8, 1], [3, 3, 3, 1], [4, 2, 5, 3, 1], [2, 3, 3, 3, 3, 1]]:
    for act in bends:
        params = [(rng.normal(size=(n, m)), rng.normal(size=m)) for n, m in zip(sizes, sizes[1:])]
        n = int(rng.integers(1, 8))
        X, y = rng.normal(size=(n, sizes[0])), rng.integers(0, 2, n)
        kept = [(W.copy(), b.copy()) for W, b in params], X.copy(), y.copy()
        grads = backward(params, X, y, act)
        for layer in range(len(params)):
            for part in (0, 1):
                for place in np.ndindex(params[layer][part].shape):
                    prices = []
                    for step in (1e-6, -1e-6):
                        moved = [[W.copy(), b.copy()] for W, b in params]
                        moved[layer][part][place] += step
                        prices.append(price(moved, X, y, act))
                    witness = (prices[0] - prices[1]) / 2e-6
                    own = np.asarray(grads[layer][part])[place]
                    assert abs(own - witness) < 1e-6, f"With the sizes {sizes}, {act} and {n} points a slope of layer {layer} is {own:.6f}, nudging says {witness:.6f}."
        assert np.array_equal(X, kept[1]) and np.array_equal(y, kept[2]), "backward changed the points or the classes."
        assert all(np.array_equal(p, q) for old, new in zip(kept[0], params) for p, q in zip(old, new)), "backward changed the network."
### END HIDDEN TESTS

# %% [markdown]
r"""
This is **backpropagation**.
Rumelhart, Hinton and Williams (1986) showed with it that hidden units come to stand for features which nobody had put there.
It gives 33 slopes for the price of a few losses, and it would give a million slopes for the price of a few losses, too.
"""

# %% figure
few = shortest(lambda: backward(eight, ring_X, ring_y, "relu"))
print(f"backward, all 33 slopes: the time of {few / seconds:.1f} losses; nudging needs 66")

# %% [markdown]
r"""
## Call a witness

A wrong backward pass is a quiet mistake: the loss often falls anyway, only slower, and nobody notices.
So people who write one let nudging testify against it, on a small network where nudging is affordable.
For that all numbers of a network are laid out in one long row, and put back again.
"""


# %%
def to_row(params):
    """Return all weights and biases of a network, or all their slopes, in one row."""
    return np.concatenate([np.ravel(part) for pair in params for part in pair])


def from_row(row, params):
    """Return the numbers of the row as a network with the shapes of params."""
    network, start = [], 0
    for W, b in params:
        end = start + W.size
        network.append((row[start:end].reshape(W.shape), row[end:end + b.size]))
        start = end + b.size
    return network


print(to_row(eight).size, "numbers; there and back is the same:", np.array_equal(to_row(from_row(to_row(eight), eight)), to_row(eight)))

# %% [markdown]
r"""
### Exercise 3: compare with nudging

Write `grad_check`. It nudges every number up by `eps` and down by `eps` and takes the slope from the two losses.
That gives a row of slopes $u$, one from each nudge; the row $v$ holds the slopes under test.
How different are they? A difference of 0.001 is nothing if the slopes are near 1000, and everything if they are near 0.001.
So return the difference in relation to the size, with $\lVert u \rVert$ the length of a row (the root of the sum of its squares, `np.linalg.norm`):

$$\frac{\lVert u - v \rVert}{\lVert u \rVert + \lVert v \rVert}.$$

If both rows are all zeros, they agree, and the answer is 0.

Worked example: where nudging says that the two slopes are 6 and 8, and the slopes under test are 12 and 16, the difference is 10, the lengths are 10 and 20, and the answer is $\tfrac13$.
"""


# %% exercise="grad_check"
def grad_check(loss, params, grads, eps):
    """Return how far the slopes `grads` are from nudging, between 0 (the same) and 1, a number.

    loss: a function that takes a network and returns a number. params: a network, a list of pairs (W, b).
    grads: the slopes under test, a list of pairs of the same shapes. eps: the size of a nudge, up and down.

    >>> grad_check(lambda P: np.sum(P[0][0] ** 2), [(np.array([[3.0], [4.0]]), np.array([0.0]))],
    ...            [(np.array([[12.0], [16.0]]), np.array([0.0]))], 1e-5)
    0.333...
    """
    ### BEGIN SOLUTION
    row, told = to_row(params).astype(float), to_row(grads)
    found = np.array([(loss(from_row(row + nudge, params)) - loss(from_row(row - nudge, params))) / (2 * eps) for nudge in eps * np.eye(len(row))])
    size = np.linalg.norm(found) + np.linalg.norm(told)
    return float(np.linalg.norm(found - told) / size) if size > 0 else 0.0
    ### END SOLUTION


# %% [markdown] hints="grad_check"
r"""
Look back at the nudging of lesson 02. How far apart are the two places where you ask for the loss?

`eps * np.eye(k)` has `k` rows, each of which nudges one of `k` numbers. Add a row to `to_row(params)`, turn the sum into a network with `from_row`, and ask for its loss; then do the same with the row taken away.
"""

# %% check="grad_check" points=3
import warnings

import numpy as np

params = [(np.array([[3.0], [1.0]]), np.array([-2.0])), (np.array([[0.5]]), np.array([1.0]))]
right = [(np.array([[12.0], [2.0]]), np.array([-4.0])), (np.array([[3.0]]), np.array([2.0]))]
kept = [(W.copy(), b.copy()) for W, b in params]


def bowl(P):
    (W, b), (v, c) = P
    return 2 * W[0, 0] ** 2 + W[1, 0] ** 2 + b[0] ** 2 + 3 * v[0, 0] ** 2 + c[0] ** 2


def asked(loss, params, grads, eps):
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", RuntimeWarning)
            value = grad_check(loss, params, grads, eps)
    except RuntimeWarning as problem:
        raise AssertionError(f"numpy warned: {problem}. When every slope is 0 on both sides, the two rows agree, and there is nothing to divide by.") from None
    assert np.ndim(value) == 0 and value is not None, f"grad_check should return one number; yours returns {value!r}."
    return float(value)


value = asked(bowl, params, right, 0.01)
assert all(np.array_equal(p, q) for old, new in zip(kept, params) for p, q in zip(old, new)), (
    "After your check the network is no longer what it was: some numbers are still nudged. Nudge a copy, or take every nudge back.")
assert abs(value - 1 / 3) > 1e-6, "The slopes given to you are right, and your answer is 1/3: your nudges say twice as much. From eps below to eps above, how far is that?"
assert not 1e-5 < value < 0.02, (
    f"The slopes given to you are right, and your answer is {value:.4f} with nudges of 0.01. Looking to one side only is off by about the size of the nudge; looking to both sides is exact for a bowl like this one.")
assert value < 1e-9, f"The slopes given to you are right, so the answer should be 0 up to rounding; yours is {value:.3g}."
double = [(2 * dW, 2 * db) for dW, db in right]
length = np.sqrt(12.0**2 + 2**2 + 4**2 + 3**2 + 2**2)
value = asked(bowl, params, double, 1e-4)
assert abs(value - length) > 1e-4 and abs(value - 12) > 1e-4, (
    f"With slopes twice as steep as they should be your answer is {value:.2f}, the plain difference. If the loss were counted in thousandths, it would be 1000 times as large, and the mistake the same: divide by the size.")
assert min(abs(value - 1), abs(value - 0.5)) > 1e-6, f"With slopes twice as steep as they should be your answer is {value:.3f}: you divide by the length of one row. It takes both lengths, added."
assert abs(value - 1 / 3) < 1e-6, f"With slopes twice as steep as they should be the answer is 1/3; yours is {value:.4f}."
tiny = [(np.array([[12.0], [2.0]]), np.array([-4.0])), (np.array([[3.0]]), np.array([6.0]))]
wanted, value = 4 / (length + np.sqrt(length**2 - 4 + 36)), asked(bowl, params, tiny, 1e-4)
assert abs(value - 0.5) > 1e-4 and abs(value - 0.1) > 1e-4, (
    f"One slope of five is wrong, 6 instead of 2, and your answer is {value:.3f}: you compare number by number. Here we compare the two rows as a whole.")
assert abs(value - wanted) < 1e-6, f"One slope of five is wrong, 6 instead of 2: the answer is {wanted:.4f}, and yours is {value:.4f}."
flat = [(np.zeros((2, 1)), np.zeros(1)), (np.zeros((1, 1)), np.zeros(1))]
value = asked(lambda P: 7.0, params, flat, 1e-4)
assert value == 0, f"For a price that never changes all slopes are 0, and the rows agree: the answer is 0, yours is {value}."
print("grad_check: the witness looks to both sides and minds the size.")
### BEGIN HIDDEN TESTS
rng = np.random.default_rng(603)
for sizes in [[1, 1], [2, 3, 1], [3, 2, 2, 4]]:
    params = [(rng.normal(size=(n, m)), rng.normal(size=m)) for n, m in zip(sizes, sizes[1:])]
    factors = [(rng.uniform(0.5, 2, W.shape), rng.uniform(0.5, 2, b.shape)) for W, b in params]
    exact = [(2 * f * W, 2 * g * b) for (W, b), (f, g) in zip(params, factors)]
    u = np.concatenate([np.ravel(part) for pair in exact for part in pair])
    kept = [(W.copy(), b.copy()) for W, b in params]
    for scale in (1.0, 1e-6, 1e6):
        def price(P):
            return scale * sum((f * np.asarray(W) ** 2).sum() + (g * np.asarray(b) ** 2).sum() for (W, b), (f, g) in zip(P, factors))

        told = [(scale * dW, scale * db) for dW, db in exact]
        assert grad_check(price, params, told, 1e-3) < 1e-6, f"Right slopes of the size {scale:g} were called wrong."
        off = [(dW + scale * rng.normal(size=dW.shape), db + scale * rng.normal(size=db.shape)) for dW, db in told]
        v = np.concatenate([np.ravel(part) for pair in off for part in pair]) / scale
        wanted = np.linalg.norm(u - v) / (np.linalg.norm(u) + np.linalg.norm(v))
        assert abs(grad_check(price, params, off, 1e-3) - wanted) < 1e-5, f"Wrong slopes of the size {scale:g} were judged wrongly."
        assert all(np.array_equal(p, q) for old, new in zip(kept, params) for p, q in zip(old, new)), "grad_check changed the network."
cube = grad_check(lambda P: np.asarray(P[0][0]).item() ** 3, [(np.array([[1.0]]), np.array([0.0]))], [(np.array([[3.0]]), np.array([0.0]))], 0.1)
assert abs(cube - 0.01 / 6.01) < 1e-6, "The nudge should have the size eps that was asked for."
### END HIDDEN TESTS

# %% [markdown]
r"""
Now put your own backward pass on trial: four activations, one to four hidden layers, five random networks each.
"""

# %% figure
print("largest disagreement with nudging, of five networks each\n")
print("hidden layers " + "".join(f"{depth:>10d}" for depth in (1, 2, 3, 4)))
few_points = ring_X[:20], ring_y[:20]
for act in ACTIVATIONS:
    worst = []
    for depth in (1, 2, 3, 4):
        sizes, verdicts = [2] + [3] * depth + [1], []
        for seed in range(5):
            rng = np.random.default_rng(seed)
            random = [(rng.normal(size=(n, m)), rng.normal(size=m)) for n, m in zip(sizes, sizes[1:])]
            verdicts.append(grad_check(lambda P: loss(P, *few_points, act), random, backward(random, *few_points, act), 1e-6))
        worst.append(max(verdicts))
    print(f"{act:14s}" + "".join(f"{value:10.0e}" for value in worst))

# %% [markdown]
r"""
Disagreements of a few billionths are rounding, and the case is closed.
(With ReLUs a nudge may step across a corner, where there are two slopes; then the witness is confused, and not you.)

## Walk

The slopes point uphill. Take a step against all of them, and again, and again: lesson 02 with 33 numbers instead of three.
"""


# %%
def descend(params, X, y, act, steps, rate):
    """Return the network before the first step downhill and after each one, a list."""
    history = [params]
    for _ in range(steps):
        grads = backward(params, X, y, act)
        params = [(W - rate * dW, b - rate * db) for (W, b), (dW, db) in zip(params, grads)]
        history.append(params)
    return history


# %% [markdown]
r"""
From where? Zero looks like a fair and neutral place to begin. So does one half.
"""

# %% figure
for value in (0.0, 0.5):
    start = [(np.full((2, 8), value), np.zeros(8)), (np.full((8, 1), value), np.zeros(1))]
    (W, b), (v, c) = descend(start, ring_X, ring_y, "tanh", 500, 0.5)[-1]
    right = np.mean((forward([(W, b), (v, c)], ring_X, "tanh")[1][:, 0] > 0) == ring_y)
    kinds = len(np.unique(W.T.round(9), axis=0))
    print(f"all weights {value}: after 500 steps the 8 hidden units are of {kinds} kind, {right:.0%} of the points right")
    print("   the first unit's weights:", W[:, 0].round(3), "  the last one's:", W[:, 7].round(3))

# %% [markdown]
r"""
Eight units that begin alike say the same, get the same blame, and take the same step: they are one unit in eight copies, for ever.
Only chance can tell them apart, so the weights begin random.

How large? A score is a sum of $n$ terms, where $n$ is the number of inputs of its layer.
If the inputs have the variance 1 (the mean of their squares, around 0) and each weight has the variance $v$, the sum has the variance $n\,v$.
With $v = 1$ a layer of 100 inputs would make everything ten times as wide, and the next layer again.
With $v = 1/n$ the width stays as it is; Glorot and Bengio (2010) argued for weights that keep it, on the way forward and on the way back.
A ReLU sets half of the scores to zero and so halves the mean of the squares, and the remedy is to double: $v = 2/n$, the rule of He, Zhang, Ren and Sun (2015).
"""

# %% [markdown]
r"""
### Exercise 4: a good place to begin

Write `init`: a network with normally distributed random weights around 0, of variance $2/n$ if the activation is `"relu"` and $1/n$ for the others, where $n$ is the number of inputs of the layer; biases are 0.
The generator draws with the **standard deviation**, the root of the variance: `rng.normal(0, deviation, size=...)`.

Worked example: `sizes = [2, 8, 1]` means 2 inputs, one hidden layer of 8, one output. With `"relu"` the hidden weights have the deviation $\sqrt{2/2} = 1$, the output weights $\sqrt{2/8} = 0.5$.
"""


# %% exercise="init"
def init(sizes, rng, act):
    """Return a random network, a list of pairs (W, b): W of shape (inputs, neurons), b of shape (neurons,).

    sizes: list of ints: inputs, neurons of each hidden layer, outputs. rng: a numpy generator. act: the activation's name.

    >>> [(W.shape, b.shape) for W, b in init([2, 8, 1], np.random.default_rng(0), "relu")]
    [((2, 8), (8,)), ((8, 1), (1,))]
    """
    ### BEGIN SOLUTION
    gain = 2 if act == "relu" else 1
    return [(rng.normal(0, np.sqrt(gain / n), size=(n, m)), np.zeros(m)) for n, m in zip(sizes, sizes[1:])]
    ### END SOLUTION


# %% [markdown] hints="init"
r"""
What is the deviation of numbers whose variance is 1/100: is it 1/100 or 1/10? And of which layer's neurons is $n$ the number: those that send or those that receive?

Neighbours in `sizes` are the inputs and the neurons of one layer: `zip(sizes, sizes[1:])`. For each draw one array of weights and make one array of zeros.
"""

# %% check="init" points=3
import numpy as np

sizes = [400, 100, 100, 25]
try:
    params = init(sizes, np.random.default_rng(61), "tanh")
except ValueError as error:
    raise AssertionError(f"For the sizes {sizes} your init stopped with: {error}. What shape does each array have, and is the deviation a plain number?") from None
assert params is not None, "Your init ends without return, so its result is None."
assert isinstance(params, (list, tuple)) and len(params) == 3 and all(isinstance(pair, (list, tuple)) and len(pair) == 2 for pair in params), (
    f"Sizes {sizes} mean three layers: init should return a list of three pairs (W, b).")
params = [(np.asarray(W, dtype=float), np.asarray(b, dtype=float)) for W, b in params]
assert params[0][0].shape != (100, 400), "Your first W has the shape (100, 400). With points in rows it is (inputs, neurons), here (400, 100)."
for (W, b), n, m in zip(params, sizes, sizes[1:]):
    assert W.shape == (n, m), f"A layer from {n} to {m} has weights of the shape {(n, m)}; yours have {W.shape}."
    assert b.shape == (m,), f"A layer of {m} neurons has biases of the shape {(m,)}; yours have {b.shape}."
W = params[0][0]
different = len(np.unique(W.T, axis=0))
assert different > 1, f"The first layer has 100 units, and {different} of them is different from the others: all would take the same steps for ever."
assert all((b == 0).all() for _, b in params), "Your biases are not all 0. Chance is needed once, and the weights have it."
spread = W.std()
assert abs(spread - 1 / 400) > 2e-4, "With 400 inputs your weights have the deviation 0.0025, which is 1/400. That should be their variance: the deviation is its root."
assert abs(spread - 0.1) > 0.005, "The first layer has 400 inputs and 100 neurons, and your weights have the deviation 0.1, the root of 1/100. A score is a sum over the inputs: which of the two counts?"
assert abs(spread - np.sqrt(1 / 1200)) > 0.0005, "Your weights spread evenly between two limits of the root of 1/400, and so their deviation is smaller than that. Here they shall be normally distributed."
assert abs(spread - np.sqrt(2 / 400)) > 0.003, f"With 400 inputs and tanh the deviation should be {1 / 20:.3f}; yours is {spread:.3f}, as for a ReLU."
assert abs(spread - 0.05) < 0.002, f"With 400 inputs and tanh the deviation should be {1 / 20:.3f}, the root of 1/400; yours is {spread:.4f}."
assert abs(params[2][0].std() - 0.1) < 0.008, f"The third layer has 100 inputs, so its deviation should be 0.1; yours is {params[2][0].std():.3f}. Each layer goes by its own inputs."
spread = np.std(init(sizes, np.random.default_rng(62), "relu")[0][0])
assert abs(spread - 0.05) > 0.002, "With the ReLU half of all scores become 0. Your weights are as wide as for tanh: by what factor should their variance be larger?"
assert abs(spread - 0.1) > 0.005, "With the ReLU your deviation is twice as large as for tanh. It is the variance that doubles."
assert abs(spread - np.sqrt(2 / 400)) < 0.003, f"With 400 inputs and the ReLU the deviation should be {np.sqrt(2 / 400):.4f}; yours is {spread:.4f}."
spread = np.std(init(sizes, np.random.default_rng(63), "sigmoid")[0][0])
assert abs(spread - 0.05) < 0.003, f"With 400 inputs and the sigmoid the deviation should be 0.05, as with tanh; yours is {spread:.4f}. Only the ReLU asks for more."
again = [np.asarray(init([3, 2], np.random.default_rng(seed), "tanh")[0][0]) for seed in (1, 1, 2)]
assert np.array_equal(again[0], again[1]), "Twice the same generator should give twice the same network, and yours differ. Take all chance from rng."
assert not np.array_equal(again[0], again[2]), "Two generators with different seeds should give different networks, and yours are the same. Take all chance from rng."
print("init: random enough to tell the units apart, and as wide as the inputs allow.")
### BEGIN HIDDEN TESTS
rng = np.random.default_rng(604)
for act, gain in (("tanh", 1), ("sigmoid", 1), ("linear", 1), ("relu", 2)):
    for sizes in [[2, 1], [1, 3, 1], [50, 300, 80, 2], [900, 30, 30]]:
        kept = list(sizes)
        params = init(sizes, np.random.default_rng(rng.integers(10**6)), act)
        assert sizes == kept, "init changed the list of sizes."
        assert len(params) == len(sizes) - 1, f"For the sizes {sizes} there should be {len(sizes) - 1} layers."
        for (W, b), n, m in zip(params, sizes, sizes[1:]):
            W, b = np.asarray(W), np.asarray(b)
            assert W.shape == (n, m) and b.shape == (m,) and not b.any(), f"For the sizes {sizes} a layer has the wrong shape or a bias."
            if W.size > 1000:
                scaled = W * np.sqrt(n / gain)
                assert abs(scaled.std() - 1) < 0.1 and abs(scaled.mean()) < 0.12, f"With {act} and {n} inputs the deviation {W.std():.4f} is wrong."
                assert abs(np.mean(np.abs(scaled)) - 0.798) < 0.08, "The weights are not normally distributed."
            assert len(np.unique(W)) == W.size, "Some weights are equal."
### END HIDDEN TESTS

# %% [markdown]
r"""
Everything is there: a start, the slopes, a walk. Let it run, once with tanh and once with ReLUs.
"""

# %% figure
runs = {}
for act in ("tanh", "relu"):
    start = init([2, 8, 1], np.random.default_rng(4), act)
    runs[act] = descend(start, ring_X, ring_y, act, 600, 0.4)[::6]
for act in runs:
    print(act, "loss on the way:", *(round(loss(params, ring_X, ring_y, act), 3) for params in runs[act][::20]))

# %% [markdown]
r"""
**Predict, then press play.** Each dotted line is where one hidden unit has the score 0: for a ReLU its corner, for tanh the middle of its S.
Where will the eight lines go?
Will all units be needed in the end?
Then find the step at which the fence closes, switch to ReLUs, and compare the two fences.
"""

# %% figure
training_player(runs, ring_X, ring_y, every=6)

# %% [markdown]
r"""
Nobody told the lines where the ring is.
Each line is moved by the blame of the points for which its unit has a slope, and by nothing else.
With tanh the fence is round, since a tanh bends everywhere a little; with ReLUs it is straight between the lines and turns exactly where it crosses one.
And a tanh unit whose line has left the square says nearly the same to all points: it has become one more bias, and the fence stands without it.

One run is an anecdote, though.
Here are twenty seeds and one question: did at least 99 % of the points end on their own side?
The numbers in brackets are Wilson's 95 % interval: the success rates that could well have led to what we saw.
"""

# %% figure
reached = 0
for seed in range(20):
    trained = descend(init([2, 8, 1], np.random.default_rng(seed), "relu"), ring_X, ring_y, "relu", 600, 1.0)[-1]
    reached += np.mean((forward(trained, ring_X, "relu")[1][:, 0] > 0) == ring_y) >= 0.99
rate, low, high = wilson(int(reached), 20)
print(f"{reached} of 20 networks of eight ReLUs reach 99 %: {rate:.0%} ({low:.0%} to {high:.0%})")

# %% [markdown]
r"""
### A walk with two memories

One step size for 33 numbers is a compromise: too long for the steep ones, too short for the flat ones.
Kingma and Ba (2015) gave every number two memories: the mean of its recent slopes, which steadies the direction, and the mean of their squares, whose root tells how large its slopes usually are.
The step is the first divided by that root, times the step size, so that a number with tiny slopes walks as fast as the others.
Their **Adam** is a few lines more than `descend`, and the next lessons use it.
"""


# %%
def adam(params, X, y, act, steps, rate):
    """Return the network before the first step and after each one; a step is about `rate` long in every number."""
    history, row = [params], to_row(params)
    mean, square = np.zeros_like(row), np.zeros_like(row)
    for step in range(1, steps + 1):
        slopes = to_row(backward(history[-1], X, y, act))
        mean = 0.9 * mean + 0.1 * slopes
        square = 0.999 * square + 0.001 * slopes**2
        # both memories begin at 0: dividing makes up for the time when they are still filling
        row = row - rate * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.999**step)) + 1e-8)
        history.append(from_row(row, params))
    return history


# %% figure
start = init([2, 8, 1], np.random.default_rng(4), "sigmoid")
walks = {
    "plain, step size 1": descend(start, ring_X, ring_y, "sigmoid", 600, 1.0),
    "Adam, step size 0.05": adam(start, ring_X, ring_y, "sigmoid", 600, 0.05),
}
figure, ax = plotting.new(width=560, height=320)
curves = {name: [loss(params, ring_X, ring_y, "sigmoid") for params in walk[::5]] for name, walk in walks.items()}
for (name, curve), color, style in zip(curves.items(), (plotting.GREY, plotting.PURPLE), ("--", "-")):
    ax.plot(np.arange(0, 601, 5), curve, color=color, linestyle=style, label=name, linewidth=2)
ax.set(yscale="log", xlabel="steps downhill", ylabel="loss")
ax.legend(frameon=False)
plotting.show(figure, "The loss of eight sigmoid units over 600 steps: "
              + "; ".join(f"{name} ends at {curve[-1]:.3f}" for name, curve in curves.items()) + ".")

# %% [markdown]
r"""
With sigmoid units the plain walk hardly gets going, while Adam is through.
What makes the slopes so small?
"""

# %% [markdown]
r"""
## A signal that fades

Look once more at what the way back does in each layer: the blame is multiplied by the slopes of the bends, and by the weights.
For one layer these factors make up a table: how fast each of its scores changes with each score of the layer before.
Such a table of slopes is called a **Jacobian**.
The blame that reaches the first layer of a deep network is a *product* of Jacobians, one for each layer on the way.

Products of many factors are restless.
Twenty factors of 0.5 make a millionth, twenty factors of 2 make a million, and only factors near 1 leave anything in between.
The slope of the sigmoid is at most $\tfrac14$, at its steepest point.
"""

# %% predict="sigmoid-signal"
predictions.ask(
    "sigmoid-signal",
    "Twenty hidden layers of 100 sigmoid units, with weights of variance 1/n. "
    "A signal is sent back from the last hidden layer. How much of it arrives at the first?",
    ["about a hundredth", "about a hundred-thousandth", "about a millionth of a millionth"],
)

# %% [markdown]
r"""
**Predict, then look.** In each cell a random signal travels back through a random network, and the number is the power of ten of what arrives: 0 means all of it, $-6$ a millionth, 6 a million times as much.
Before you read the maps: for the ReLU, in which column will the signal survive thirty layers? What happens one column to the left?
Point at a cell, or move the sliders, to read its value.
"""

# %% figure
signals = signal_map()

# %% figure
at_20 = signals.data["depths"].index(20)
ratio = {
    (act, scale): signals.data["ratios"][act][at_20][signals.data["scales"].index(scale)]
    for act in ("sigmoid", "tanh", "relu") for scale in (0.5, 1.0, 2.0)
}
predictions.reveal(
    "sigmoid-signal",
    "about a millionth of a millionth",
    f"{ratio['sigmoid', 1]:.1e} of it arrives: each of the 19 layers on the way multiplies it by a little less than a quarter, "
    f"and 0.25 to the power 19 is {0.25**19:.1e}.",
)

# %% [markdown]
r"""
Three maps, three stories.
The sigmoid's signal fades in every column of sensible weights.
The ReLU's slope is 1 wherever it is on, so nothing fades *at the bend*; and yet its map is a knife's edge: with half the weights only a millionth arrives, with twice the weights it explodes.
The ReLU "avoids vanishing gradients" only together with a start like your `init`, and with such a start tanh keeps a good part of the signal, too.

Does it matter for learning? Plain descent on the ring, twenty seeds for each bar.
"""

# %% figure
ring_100 = datasets.ring(100)
by_depth = {"sigmoid": [], "tanh": []}
for depth in (1, 2, 4):
    _, accuracy, _ = many_runs([2] + [8] * depth + [1], *ring_100, "sigmoid", [1.0], 1000, 20)
    by_depth["sigmoid"].append(int(np.sum(accuracy >= 0.99)))

# %% figure
for depth in (1, 2, 4):
    _, accuracy, _ = many_runs([2] + [8] * depth + [1], *ring_100, "tanh", [1.0], 1000, 20)
    by_depth["tanh"].append(int(np.sum(accuracy >= 0.99)))

# %% figure
figure, ax = plotting.new(width=520, height=300)
for act, color, shift in (("sigmoid", plotting.BLUE, -0.19), ("tanh", plotting.GREEN, 0.19)):
    rate, low, high = np.transpose([wilson(count, 20) for count in by_depth[act]])
    place = np.arange(3) + shift
    ax.bar(place, rate, 0.34, color=color, alpha=0.75, label=act, hatch="" if act == "tanh" else "//", edgecolor="white")
    away = [np.maximum(rate - low, 0), np.maximum(high - rate, 0)]
    ax.errorbar(place, rate, away, fmt="none", ecolor="#333333", capsize=4)
ax.set(xticks=range(3), ylim=(0, 1.05), ylabel="networks that reach 99 %")
ax.set_xticklabels(["1 hidden layer", "2", "4"])
ax.legend(frameon=False, ncols=2, loc="upper center", bbox_to_anchor=(0.5, 1.16))
plotting.show(figure, "Share of 20 networks with 99 % of the points right after 1000 plain steps, for 1, 2 and 4 hidden layers of eight. "
              + "; ".join(f"{act}: {', '.join(f'{count} of 20' for count in by_depth[act])}" for act in by_depth) + ".")

# %% [markdown]
r"""
The same data, the same steps, the same step size; with four layers of sigmoids none arrives.
Hochreiter (1991) showed that in deep networks the signal on the way back shrinks or grows exponentially with the number of layers; Bengio, Simard and Frasconi (1994) showed how hard this makes it for networks that read sequences to learn from what lies far back.

There is a second praise of the ReLU: that it is computed faster. So it is. Look at what stands beside it.
"""

# %% figure
rng = np.random.default_rng(0)
Z, W100 = rng.normal(size=(10_000, 100)), rng.normal(size=(100, 100)) / 10
jobs = {
    "ReLU": lambda: np.maximum(Z, 0),
    "tanh": lambda: np.tanh(Z),
    "sigmoid, by tanh": lambda: 0.5 + 0.5 * np.tanh(0.5 * Z),
    "sigmoid, by exp": lambda: sigmoid(Z),
    "the layer's own X @ W": lambda: Z @ W100,
}
times = {name: shortest(job, number=1) for name, job in jobs.items()}
for name, time in times.items():
    print(f"{name:22s} {time / times['ReLU']:5.1f} times the ReLU  ({1000 * time:.1f} ms for a million numbers)")

# %% [markdown]
r"""
The ReLU wins its race.
But a layer computes its weighted sums as well, in both directions, and already with a hundred neurons these cost several times as much as a ReLU or a tanh.
And how one writes a function matters more than which one it is: the two sigmoids are the same function.
"""

# %% [markdown]
r"""
## Units that never speak again

The ReLU has a risk of its own.
Suppose that a step is too long and throws a unit's line far away from all points, on the side where it is off.
Its score is negative for every point, so it says 0 for all of them.
Its slope is 0 there as well: no blame comes through, and no step will ever move it again.
Such a unit is **dead**.

Mind the "every". A ReLU that is 0 for most points is not dead; it is doing its work, which is to speak for the others.
"""

# %% [markdown]
r"""
### Exercise 5: count the dead

Write `dead_fraction`: the share of a layer's ReLU units that say 0 for **all** of the points.

Worked example: for the points $x = 1$ and $x = 2$, unit A with weight 1 and bias $-1.5$ says 0 and 0.5, unit B with weight $-1$ and bias 0 says 0 and 0. B is dead, A is not: the answer is 0.5.
"""


# %% exercise="dead_fraction"
def dead_fraction(W, b, X):
    """Return the share of the layer's ReLU units that are 0 on every point, a number from 0 to 1.

    W: weights of shape (inputs, units). b: biases of shape (units,). X: points of shape (n, inputs).

    >>> dead_fraction(np.array([[1.0, -1.0]]), np.array([-1.5, 0.0]), np.array([[1.0], [2.0]]))
    0.5
    """
    ### BEGIN SOLUTION
    return float(np.mean((X @ W + b <= 0).all(axis=0)))
    ### END SOLUTION


# %% [markdown] hints="dead_fraction"
r"""
Picture the table of outputs, points down and units across. How many answers do you want from it: one for each cell, one for each row, or one for each column?

`all(axis=...)` asks whether something holds for a whole row or a whole column. And what does the ReLU say at a score of exactly 0?
"""

# %% check="dead_fraction" points=3
import numpy as np

W, b = np.array([[1.0, -1.0, 1.0, 0.0], [0.0, 0.0, 1.0, 0.0]]), np.array([-0.5, -3.0, 10.0, 0.0])
X = np.array([[1.0, 0.0], [0.0, 1.0], [-1.0, -1.0], [-2.0, 0.5], [0.2, 0.2]])
try:
    value = dead_fraction(W, b, X)
except ValueError as error:
    raise AssertionError(f"Five points, two inputs, four units: yours stopped with: {error}. Points are rows, units are columns.") from None
assert np.ndim(value) == 0 and value is not None, f"dead_fraction should return one number, and yours returns {value!r}."
assert abs(value - 14 / 20) > 1e-9, (
    "Yours says 0.7: fourteen of the twenty outputs are 0. But the first unit is 0 for four of the five points and speaks for the fifth, so it is alive. Count units.")
assert value != 2, "Yours says 2, the number of dead units; we want their share of the four."
assert abs(value - 0.75) > 1e-9, "Yours says 0.75: it counts the first unit as dead, which speaks for the point (1, 0). Dead means 0 for all points, and not for some."
assert abs(value - 0.25) > 1e-9, (
    "Yours says 0.25 and misses one of the dead. The last unit has the score 0 everywhere, its ReLU says 0 for every point, and its slope is 0 there as well.")
assert abs(value - 0.0) > 1e-9, "Yours says 0. You may have asked for points at which all units are silent; the question is which units are silent at all points: down a column, and not along a row."
assert abs(value - 0.5) < 1e-9, f"Of the four units the second and the fourth are 0 for all five points, so the share is 0.5; yours is {value}."
print("dead_fraction: silent for everyone is dead, silent for most is alive.")
### BEGIN HIDDEN TESTS
rng = np.random.default_rng(605)
for _ in range(30):
    n, d, units = (int(k) for k in rng.integers(1, 12, size=3))
    W, b, X = rng.normal(size=(d, units)), rng.normal(size=units) * 2, rng.normal(size=(n, d))
    kill = rng.random(units) < 0.3
    W[:, kill], b[kill] = 0.0, rng.choice([0.0, -1.0], size=int(kill.sum()))
    kept = W.copy(), b.copy(), X.copy()
    dead = sum(1 for k in range(units) if max(float(x @ W[:, k] + b[k]) for x in X) <= 0)
    value = dead_fraction(W, b, X)
    assert abs(value - dead / units) < 1e-9, f"With {n} points {dead} of {units} units are dead, and yours says {value}."
    assert all(np.array_equal(p, q) for p, q in zip(kept, (W, b, X))), "dead_fraction changed one of its arguments."
W, b, X = np.ones((1, 200)), -np.arange(200.0), np.concatenate([np.zeros(999), [99.5]])[:, None]
assert abs(dead_fraction(W, b, X) - 0.5) < 1e-9, "A unit that is 0 on 999 points and speaks for one is alive."
### END HIDDEN TESTS

# %% figure
for seed in range(3):
    start = init([2, 16, 1], np.random.default_rng(seed), "relu")
    print(f"seed {seed}: dead at the start {dead_fraction(*start[0], ring_100[0]):.0%}", end="")
    for rate in (1.0, 10.0):
        W, b = descend(start, *ring_100, "relu", 200, rate)[-1][0]
        print(f", after steps of size {rate:g}: {dead_fraction(W, b, ring_100[0]):.0%}", end="")
    print()

# %% [markdown]
r"""
**Predict, then move the slider.** Twenty-five networks of 16 ReLUs for each step size, each on the same ring of 60 points.
Where does plain descent begin to kill its units, and does the accuracy go down with them?
Then switch to Adam. Can half of the units be dead and all of the points right?
"""

# %% figure
rates = learning_rates()

# %% [markdown]
r"""
With plain descent there is a cliff: at step size 3 nearly all units live, at 10 nearly all are dead, and then no step can undo it.
(The intervals are wide because they count networks and not units: the units of one network live and die together.)
With Adam the units die gradually, and the networks do well with the rest, as long as enough are left to close the fence: sixteen was more than the ring needs.
So dying units are a matter of step size, start and luck, and not always a loss.
They can even be dead at birth: Lu, Shin, Su and Karniadakis (2020) proved that a ReLU network of fixed width is born dead more and more surely as it gets deeper.
"""

# %% [markdown]
r"""
## Is a hidden unit a feature cross?

Lesson 03 multiplied inputs by hand.
Hidden layers, one reads, make "much more abstract equivalents of a feature cross". Do they?

A cross $x_1 x_2$ has this property: how much $x_1$ matters depends on $x_2$.
Measure that on a rectangle: go from $x_1 = 0$ to $x_1 = 1$ at the height $x_2 = 1$ and at the height $x_2 = 0$, and compare the two climbs. For a function $f$ this is

$$\bigl(f(1,1) - f(0,1)\bigr) - \bigl(f(1,0) - f(0,0)\bigr),$$

and if it is not 0, the inputs **interact**.
"""

# %%
unit_square = np.array([[1.0, 1.0], [0.0, 1.0], [1.0, 0.0], [0.0, 0.0]])
climbs = {}
for name, output in {
    "cross x1 x2": unit_square[:, 0] * unit_square[:, 1],
    "linear unit": unit_square @ np.array([0.7, -1.3]) + 0.4,
    "ReLU unit": np.maximum(unit_square @ np.array([1.0, 1.0]) - 1.0, 0),
}.items():
    climbs[name] = (output[0] - output[1]) - (output[2] - output[3])
    print(f"{name:12s} {abs(climbs[name]):6.3f}")

# %% [markdown]
r"""
A linear unit makes no interaction whatever: a weighted sum gives each input its fixed say.
It is the bend that does it, and with a bend even one unit interacts.

Yet it does not multiply. A unit bends along *one* direction of the plane, and across that direction nothing changes.
Can such ridges add up to a product? There is an old trick, from the time when people multiplied with tables of squares:

$$x\,y = \frac{(x + y)^2 - (x - y)^2}{4}.$$

Each square is a curve over one number, $x + y$ or $x - y$, and in lesson 05 you built curves over one number from hinges.
So hinges along two diagonals make a product, as exactly as you like.
"""


# %%
def product_from_bends(x, y, n):
    """Return x times y for -1 <= x, y <= 1, from squares that are broken lines of n pieces, which n ReLUs make."""
    knots = np.linspace(-2, 2, n + 1)
    plus, minus = np.interp(x + y, knots, knots**2), np.interp(x - y, knots, knots**2)
    return (plus - minus) / 4


side = np.linspace(-1, 1, 201)
a, c = np.meshgrid(side, side)
errors = {n: np.abs(product_from_bends(a, c, n) - a * c).max() for n in (4, 8, 16, 32)}
for n, error in errors.items():
    print(f"{n:2d} pieces along each diagonal: never off by more than {error:.4f}")

# %% figure
maps = {
    "x times y": lambda P: P[:, 0] * P[:, 1],
    "from 4 pieces": lambda P: product_from_bends(*P.T, 4),
    "from 16 pieces": lambda P: product_from_bends(*P.T, 16),
}
figure, axes = plotting.new(columns=3, width=900, height=260)
for ax, (title, f) in zip(axes, maps.items()):
    plotting.values(ax, f, limits=(-1, 1))
    ax.set_title(title)
plotting.show(figure, "The product of two inputs as a map, and the same made of bends along the two diagonals: "
                      f"with 4 pieces it is off by up to {errors[4]:.3f}, with 16 by up to {errors[16]:.3f}.")

# %% [markdown]
r"""
Twice as many pieces, a quarter of the error, as in lesson 05.
So hidden units are no crosses; they are bends in directions of their own choice, and enough of them can stand in for a cross, or for something that no cross could do.
The difference to lesson 03 is who chooses.
"""

# %% [markdown]
r"""
### Think about it

From an article: "Vanishing gradients occur when small weight updates during training make the model stop learning."
The words are all there, in the wrong order: what is cause here and what is effect?
Write it correctly in two sentences. Say what shrinks, why it shrinks, and what follows from it; use a number you measured.
"""

# %% [markdown] reflection="rewrite-vanishing" points=2
r"""
### BEGIN SOLUTION
On its way back through the layers the gradient is multiplied once in each layer by the slopes of the activations and the weights, and if these factors are mostly smaller than 1, the product shrinks exponentially with depth: through twenty layers of sigmoids about $10^{-12}$ of it arrived.
As a consequence the weights of the early layers get updates too small to matter, and those layers hardly learn, whatever the later ones do.

**Rubric.**
1 point: gives the cause: the gradient of an early layer is a product of factors, one for each layer behind it (slopes times weights, Jacobians), and shrinks exponentially with depth.
1 point: puts the small updates in their place, as the consequence and not the cause, and supports it with a number from the lesson.
### END SOLUTION
"""

# %% [markdown]
r"""
## What you can now claim
"""

# %% claims
crowds = {k: many_runs([2, k, 1], *datasets.xor(200), "relu", [0.03], 500, 30, adam=True)[1][0] for k in (1, 2, 3, 4)}


def says(found):
    return f"{found[0]:.0%} ({found[1]:.0%} to {found[2]:.0%})"


plain, with_adam = rates.data["kinds"]["plain"], rates.data["kinds"]["adam"]
one, ten = rates.data["rates"].index(1.0), rates.data["rates"].index(10.0)
hidden, logits = forward(init([2, 8, 1], np.random.default_rng(0), "relu"), ring_X, "relu")
Markdown(f"""
| | claim | what you measured |
|---|---|---|
| S10 | Hidden layers create interactions between the inputs: only with a bend. A linear unit is a weighted sum and makes none. | Mixed difference on the unit square: linear unit {abs(climbs["linear unit"]):.0e}, ReLU unit {climbs["ReLU unit"]:.0f}, cross {climbs["cross x1 x2"]:.0f}. |
| S20 | One activation in all hidden layers; the final function is applied to the logits, the weighted sums *behind* the last hidden layer. | Last hidden layer: {hidden[-1].shape[1]} numbers a point; logits: {logits.shape[1]}. |
| S22 | The ReLU is computed faster: true, and a minor matter. | tanh takes {times["tanh"] / times["ReLU"]:.1f} times as long as the ReLU, the sigmoid {times["sigmoid, by tanh"] / times["ReLU"]:.1f} or {times["sigmoid, by exp"] / times["ReLU"]:.1f}, depending on how it is written, the layer's own weighted sums {times["the layer's own X @ W"] / times["ReLU"]:.1f}. |
| S23 | The ReLU avoids vanishing gradients: it does not saturate where it is on; the start matters as much (Glorot and Bengio 2010; He et al. 2015). | Signal through 20 layers: sigmoid {ratio["sigmoid", 1]:.0e}, tanh {ratio["tanh", 1]:.2f}, ReLU {ratio["relu", 1]:.1f}; ReLU with half the weights {ratio["relu", 0.5]:.0e}, with twice {ratio["relu", 2]:.0e}. |
| S24 | Vanishing gradients are a product of Jacobians that shrinks with depth; small updates are the consequence (Hochreiter 1991; Bengio, Simard and Frasconi 1994). | $0.25^{{10}}$ = {0.25**10:.1e}. Plain descent on the ring: sigmoid, one layer {by_depth["sigmoid"][0]} of 20 reach 99 %, four layers {by_depth["sigmoid"][2]} of 20; tanh, four layers {by_depth["tanh"][2]} of 20. |
| S25 | ReLU units can die: 0 on *all* points, so no slope and no way back (deep narrow nets are even born dead, Lu et al. 2020). Not always fatal. | Plain descent, step size 1: {says(plain[one]["dead"])} dead, 10: {says(plain[ten]["dead"])}. Adam, step size 1: {says(with_adam[one]["dead"])} dead, and still {says(with_adam[one]["reached"])} of the networks reach 99 %. |
| S26 | Hidden units are no feature crosses but bends along one direction; sums of them can imitate a product. | $x\\,y$ from bends: off by {errors[4]:.3f} with 4 pieces, {errors[32]:.4f} with 32. XOR with 1, 2, 3, 4 ReLUs, median of 30 seeds: {", ".join(f"{np.median(found):.0%}" for found in crowds.values())}. |

**Next:** a ring is a gentle problem. Two spirals, wound into each other, are not: what will a network have to do to the plane before one straight line can part them?
""")

# %% [markdown]
r"""
## Further

The rest is for those who want it; the course goes on without it.

### Further 1: send the signal yourself

Write `signal_ratio`, and draw the map above from your own function.

- Take `depth` hidden layers of 100 units each behind 100 inputs: `init([100] * (depth + 1), rng, act)`, where every pair is a hidden layer with the activation `act`. Multiply all weights by `scale`. Use a generator of your own with a fixed seed.
- Send 50 points with normally distributed coordinates through all layers, and remember the scores.
- Then send a signal back: a random array of shape (50, 100), which stands for the blame of what the *last* hidden layer says. Carry it back to what the *first* hidden layer says: through a layer means times the slopes at its scores, and then through its weights.
- Return the length of the signal that arrives divided by the length of the one that was sent (`np.linalg.norm` of the whole array).

Worked example: with `depth = 1` the last hidden layer is the first, nothing is on the way, and the answer is exactly 1. With `depth = 2` there is one layer to pass; for the sigmoid about 0.23 arrives.
"""


# %% exercise="signal_ratio"
def signal_ratio(depth, act, scale):
    """Return how much of a signal, sent back from what the last of `depth` hidden layers says, arrives at the first.

    depth: number of hidden layers, at least 1, each of 100 units. act: a name in ACTIVATIONS.
    scale: a number that all weights of `init` are multiplied by.

    >>> signal_ratio(1, "tanh", 1.0)
    1.0
    """
    ### BEGIN SOLUTION
    rng = np.random.default_rng(0)
    f, slope = ACTIVATIONS[act]
    H, layers = rng.normal(size=(50, 100)), []
    for W, b in init([100] * (depth + 1), rng, act):
        z = H @ (scale * W) + b
        layers.append((scale * W, slope(z)))
        H = f(z)
    sent = signal = rng.normal(size=(50, 100))
    for W, slopes in reversed(layers[1:]):
        signal = (signal * slopes) @ W.T
    return float(np.linalg.norm(signal) / np.linalg.norm(sent))
    ### END SOLUTION


# %% [markdown] hints="signal_ratio"
r"""
If there are three hidden layers, how many does the signal have to pass on its way from what the third says to what the first says, and which ones?

The first layer's own bend and weights are not on the way. Collect for each layer its scaled weights and the slopes at its scores; then go through all but the first of them in reverse, with the same two steps as in `backward`, but the bend first.
"""

# %% check="signal_ratio" points=3
import warnings

import numpy as np


def asked(depth, act, scale):
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", RuntimeWarning)
            value = signal_ratio(depth, act, scale)
    except RuntimeWarning as problem:
        raise AssertionError(f"At depth {depth}, {act}, weights times {scale}, numpy warned: {problem}. Is a length of 0 among those you divide by?") from None
    assert np.ndim(value) == 0 and value is not None, f"signal_ratio should return one number; yours returns {value!r}."
    return float(value)


value = asked(1, "sigmoid", 1.0)
assert not 0.15 < value < 0.35, f"With one hidden layer nothing is on the way, and all of the signal arrives; yours says {value:.2f}: it passed the first layer's own bend or weights as well."
assert abs(value - 1) < 1e-9, f"With one hidden layer nothing is on the way: the answer is exactly 1, and yours is {value:.4g}."
value = asked(2, "linear", 1.0)
doubled = asked(2, "linear", 2.0)
assert abs(doubled / value - 1) > 0.3, f"Weights twice as large should change the signal, and yours says {value:.2f} and {doubled:.2f}. Is scale used on the way back, too?"
value = asked(6, "sigmoid", 1.0)
assert value < 100, f"Through six layers of sigmoids yours says {value:.0f}. A signal that fades arrives smaller than it was sent: which length is divided by which?"
assert not 0.3 < value < 3, f"Through six layers of sigmoids yours says that {value:.2f} of the signal arrives. Each bend's slope is at most a quarter: do the slopes come in?"
assert not 3 <= value, f"Through six layers of sigmoids yours says {value:.2f}. The signal goes back; what the layers say on the way forward is another matter."
for act, scale, low, high, word in (("sigmoid", 1.0, 2e-4, 3e-3, "about a thousandth"), ("tanh", 1.0, 0.25, 0.9, "about half"), ("relu", 1.0, 0.5, 2.0, "about all")):
    value = asked(6, act, scale)
    assert low < value < high, f"Through six hidden layers of {act} {word} of the signal arrives; yours says {value:.3g}."
value = asked(2, "sigmoid", 1.0)
assert abs(np.log(value / 0.235)) < 0.13, f"With two hidden layers of sigmoids there is one layer to pass, and about 0.23 of the signal arrives; yours says {value:.3g}. The slopes are those at the scores of the layer that is passed."
print("signal_ratio: one number for each layer's say.")
### BEGIN HIDDEN TESTS
for depth in (2, 5, 12, 20, 35):
    passed = depth - 1
    found = {(act, scale): asked(depth, act, scale) for act in ("sigmoid", "tanh", "relu", "linear") for scale in (0.5, 1.0, 2.0)}
    for act in ("relu", "linear"):
        for scale in (0.5, 1.0, 2.0):
            assert abs(np.log(found[act, scale]) - passed * np.log(scale)) < 0.25 + 0.06 * passed, f"At depth {depth} with {act} and weights times {scale} yours says {found[act, scale]:.3g}."
    assert abs(np.log(found["sigmoid", 1.0]) - passed * np.log(0.235)) < 0.1 + 0.03 * passed, f"At depth {depth} the sigmoid's signal is {found['sigmoid', 1.0]:.3g}."
    assert found["sigmoid", 0.5] < found["sigmoid", 1.0] < found["sigmoid", 2.0], "Wider weights carry more of the sigmoid's signal."
    assert found["tanh", 0.5] < found["tanh", 1.0] < found["tanh", 2.0] and found["sigmoid", 1.0] < found["tanh", 1.0] < 1, "The order of the activations is wrong."
assert 1e-13 < asked(20, "sigmoid", 1.0) < 1e-11 and 0.1 < asked(20, "tanh", 1.0) < 0.6 and 0.2 < asked(20, "relu", 1.0) < 3, "At depth 20 the orders of magnitude are wrong."
assert 2e-7 < asked(20, "relu", 0.5) < 1e-5 and 1e5 < asked(20, "relu", 2.0) < 3e6, "At depth 20 half and twice the weights of the ReLU are wrong."
### END HIDDEN TESTS

# %% [markdown]
r"""
Is it the same landscape, when the signal is sent by you?
"""

# %% figure
own = signal_map(signal_ratio)

# %% [markdown]
r"""
### Further 2: who is to blame?

A network of ten hidden layers of sigmoids learns nothing in its first layers. What came first?

- **a** The learning rate was too small, so the updates were small, and this made the gradient vanish.
- **b** The weights stopped changing, and a network whose weights do not change has no gradient.
- **c** On its way back the gradient was multiplied by a factor below 1 in each layer, and so the updates of the first layers were tiny.
- **d** The first layers had already found their best values, and at the best values the gradient is zero.

Return the letter.
"""


# %% exercise="cause_of_vanishing"
def cause_of_vanishing():
    """Return the letter of your answer, for example "a"."""
    ### BEGIN SOLUTION
    return "c"
    ### END SOLUTION


# %% [markdown] hints="cause_of_vanishing"
r"""
You computed the signal in random networks that had not yet taken a single step. Which of the four stories can already be true there?

Cross out every answer in which training has to go on for a while before anything vanishes, and every one in which the step size has a say in what `backward` returns.
"""

# %% check="cause_of_vanishing" points=2
import hashlib

letter = cause_of_vanishing()
assert isinstance(letter, str) and letter.strip().lower() in tuple("abcd"), f"The answer is one of the letters a to d, as a text; yours is {letter!r}."
digest = hashlib.sha256(f"cause_of_vanishing {letter.strip().lower()}".encode()).hexdigest()[:8]
replies = {
    "9dcef9f7": "Your backward does not take the learning rate as an argument: the gradient is what it is before anybody decides how far to walk.",
    "32296c7b": "The gradient is computed from the weights as they are, moving or not. In a random network that nobody trains it had faded already.",
    "aa14c25f": "Random numbers are hardly the best values, and the signal faded in random networks. A small slope far from any good place is the trouble here.",
}
assert digest not in replies, replies[digest]
assert digest == "99ab2b0e", f"{letter!r} is not the answer."
print("cause_of_vanishing: the product shrinks first, and the updates follow.")
### BEGIN HIDDEN TESTS
assert cause_of_vanishing().strip().lower() == "c", "What shrinks is the product on the way back."
### END HIDDEN TESTS

# %% [markdown]
r"""
### Further 3: do the inputs interact?

Write `interaction` for a black box with two inputs and any rectangle.
The corners are `a` $= (a_1, a_2)$ and `b` $= (b_1, b_2)$: compare the climb from $a_1$ to $b_1$ at the height $b_2$ with the climb from $a_1$ to $b_1$ at the height $a_2$, the first minus the second.

Worked example: $f = x_1 x_2$ with `a` $= (1, 2)$ and `b` $= (3, 5)$ climbs from 5 to 15 at the height 5, and from 2 to 6 at the height 2: $10 - 4 = 6$.
"""


# %% exercise="interaction"
def interaction(f, a, b):
    """Return the climb of f from a[0] to b[0] at the height b[1], minus the same climb at the height a[1].

    f: a function that takes points of shape (n, 2) and returns n values. a, b: two opposite corners, two numbers each.

    >>> interaction(lambda X: X[:, 0] * X[:, 1], (1.0, 2.0), (3.0, 5.0))
    6.0
    """
    ### BEGIN SOLUTION
    corners = np.array([[b[0], b[1]], [a[0], b[1]], [b[0], a[1]], [a[0], a[1]]])
    values = np.ravel(f(corners))
    return float((values[0] - values[1]) - (values[2] - values[3]))
    ### END SOLUTION


# %% [markdown] hints="interaction"
r"""
A rectangle has four corners, and two of them are not given. Which are they, and with which sign does each of the four enter?

Ask `f` once, for an array with the four corners as rows. A function that only adds up a part for each input gives 0: try $f = x_1 + x_2$ in your head.
"""

# %% check="interaction" points=3
import numpy as np


def asked(f, a, b):
    try:
        value = interaction(f, a, b)
    except (IndexError, TypeError) as error:
        raise AssertionError(f"Yours stopped with: {error}. The function f takes points as rows, an array of shape (n, 2), and returns n values.") from None
    assert value is not None, "Your interaction ends without return, so its result is None."
    value = np.asarray(value, dtype=float)
    assert value.size == 1, f"interaction should return one number; yours returns {value}."
    return float(value.ravel()[0])


value = asked(lambda X: 2 * X[:, 0] - X[:, 1] + 7, (0.0, 0.0), (1.0, 1.0))
assert abs(value - 1) > 1e-9, "For 2 x1 - x2 + 7 on the unit square yours says 1, the climb from one corner to the opposite one. Each input has its fixed say here, so nothing interacts: use all four corners."
assert abs(abs(value) - 7) > 1e-9, "For 2 x1 - x2 + 7 yours says 7 in size: the constant is left over. Of the four corners two enter with plus and two with minus; is the corner a itself among yours?"
assert abs(value) < 1e-9, f"For 2 x1 - x2 + 7 each input has its fixed say, and the two climbs are equal: the answer is 0, and yours is {value:.3g}."
value = asked(lambda X: X[:, 0] ** 2 + np.abs(X[:, 1]), (-1.0, -2.0), (2.0, 1.0))
assert abs(value) < 1e-9, f"x1 squared plus |x2| bends in both inputs, but what one does never depends on the other: the answer is 0, and yours is {value:.3g}. Compare climbs along one side of the rectangle, and not along a diagonal."
value = asked(lambda X: X[:, 0] * X[:, 1], (1.0, 2.0), (3.0, 5.0))
assert abs(value + 6) > 1e-9, "For x1 x2 with the corners (1, 2) and (3, 5) yours says -6: the climb at the height of b comes first, and the one at the height of a is taken away."
assert abs(value - 1) > 1e-9, "For x1 x2 with the corners (1, 2) and (3, 5) yours says 1, as on the unit square. The rectangle has the corners that are given to you."
assert abs(value - 6) < 1e-9, f"For x1 x2 with the corners (1, 2) and (3, 5) the climbs are 10 and 4, so the answer is 6; yours is {value:.3g}."
value = asked(lambda X: -X[:, 0] * X[:, 1], (1.0, 2.0), (3.0, 5.0))
assert abs(value + 6) < 1e-9, f"For minus x1 x2 with the same corners the climbs are -10 and -4, so the answer is -6; yours is {value:.3g}. An interaction has a sign."
print("interaction: two climbs, and whether the height makes a difference.")
### BEGIN HIDDEN TESTS
rng = np.random.default_rng(606)
for _ in range(20):
    a, b = rng.normal(size=2), rng.normal(size=2)
    kept = a.copy(), b.copy()
    u, v, w, k = rng.normal(size=4)
    side = (b[0] - a[0]) * (b[1] - a[1])
    assert abs(interaction(lambda X: u * X[:, 0] * X[:, 1] + v * X[:, 0] + w * X[:, 1] + k, a, b) - u * side) < 1e-9, "A product with a weight was measured wrongly."
    assert abs(interaction(lambda X: np.tanh(u * X[:, 0]) + np.sin(v * X[:, 1]) + k, a, b)) < 1e-9, "A sum of two curves was said to interact."

    def unit(x1, x2):
        return max(u * x1 + v * x2 + w, 0.0)

    wanted = (unit(b[0], b[1]) - unit(a[0], b[1])) - (unit(b[0], a[1]) - unit(a[0], a[1]))
    assert abs(interaction(lambda X: np.maximum(X @ np.array([u, v]) + w, 0), a, b) - wanted) < 1e-9, "A ReLU unit was measured wrongly."
    assert np.array_equal(a, kept[0]) and np.array_equal(b, kept[1]), "interaction changed a corner."
### END HIDDEN TESTS

# %% [markdown]
r"""
And your trained networks? Their units are bends, so their inputs may interact. Measure it well inside the fence, and on a rectangle that reaches across it.
"""

# %% figure
rectangles = {"in the middle": ((-0.1, -0.1), (0.1, 0.1)), "from the middle out": ((0.0, 0.0), (0.8, 0.8))}
for name, corners in rectangles.items():
    for act in runs:
        value = interaction(lambda P: forward(runs[act][-1], P, act)[1][:, 0], *corners)
        print(f"{name:20s} {act:5s} {value:8.3f}")
