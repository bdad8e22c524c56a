"""The network of lesson 06, and a trainer that takes many networks through the same points at once.

A network is a list of pairs (W, b), one a layer: W of shape (inputs, neurons), b of shape (neurons,). A layer turns
points, one a row, into `X @ W + b`; every layer but the last then applies the activation. Where classes are asked for,
the last layer has one neuron: its output, the logit, is above 0 where the network says class 1.
A wrong argument raises a ValueError that says what was expected.
"""

from itertools import pairwise

import numpy as np

from course_utils import arguments


def _sigmoid(z):
    e = np.exp(-np.abs(z))  # never overflows
    return np.where(z >= 0, 1, e) / (1 + e)


def _gelu(z):
    return 0.5 * z * (1 + np.tanh(0.7978845608 * (z + 0.044715 * z * z * z)))


def _d_gelu(z):
    t = np.tanh(0.7978845608 * (z + 0.044715 * z * z * z))
    return 0.5 * (1 + t) + 0.5 * z * (1 - t * t) * 0.7978845608 * (1 + 0.134145 * z * z)


# name -> (function, its derivative), both as functions of z; at a kink the derivative is the one from the left.
# gelu is the usual approximation by tanh, with sqrt(2 / pi) = 0.79788... (Hendrycks and Gimpel, 2016).
ACTIVATIONS = {
    "linear": (lambda z: +z, lambda z: np.ones_like(z)),
    "sigmoid": (_sigmoid, lambda z: _sigmoid(z) * _sigmoid(-z)),
    "tanh": (np.tanh, lambda z: 1 - np.tanh(z) ** 2),
    "relu": (lambda z: np.maximum(z, 0), lambda z: np.where(z > 0, 1.0, 0.0)),
    "leaky_relu": (lambda z: np.maximum(z, 0.01 * z), lambda z: np.where(z > 0, 1.0, 0.01)),
    "gelu": (_gelu, _d_gelu),
    "silu": (lambda z: z * _sigmoid(z), lambda z: _sigmoid(z) * (1 + z * _sigmoid(-z))),
    "sine": (np.sin, np.cos),
    "step": (lambda z: np.where(z > 0, 1.0, 0.0), lambda z: np.zeros_like(z)),
    "square": (lambda z: z * z, lambda z: 2 * z),
}
MOST_STEPS = 1_000_000
_SILENCE_HALF = {"relu", "leaky_relu", "gelu", "silu"}


def forward(params, X, act="tanh"):
    """Return (hidden, logits) for points `X` of shape (n, inputs).

    `hidden` lists the output of each hidden layer, of shape (n, neurons), after its activation; `logits` has the shape
    (n, outputs) and no activation.
    """
    params = checked("params", params)
    f, _ = ACTIVATIONS[arguments.choice("act", act, ACTIVATIONS)]
    inputs = [arguments.array("X", X, "n", len(params[0][0]))]
    for W, b in params[:-1]:
        inputs.append(f(inputs[-1] @ W + b))
    W, b = params[-1]
    return inputs[1:], inputs[-1] @ W + b


def backward(params, X, y, act="tanh"):
    """Return the gradient of `loss`: a list of pairs (dW, db) in the order and with the shapes of `params`."""
    params = checked("params", params, outputs=1)
    X, y = _data(X, y, len(params[0][0]))
    hidden, logits = forward(params, X, act)
    inputs = [X, *hidden]
    delta = (_sigmoid(logits) - y[:, None]) / len(y)
    grads = []
    for i in reversed(range(len(params))):
        grads.insert(0, (inputs[i].T @ delta, delta.sum(axis=0)))
        if i > 0:
            W, b = params[i - 1]
            delta = delta @ params[i][0].T * ACTIVATIONS[act][1](inputs[i - 1] @ W + b)
    return grads


def loss(params, X, y, act="tanh"):
    """Return the mean logistic loss of the points: log(1 + exp(-z)) in class 1, log(1 + exp(z)) in class 0."""
    z, y = _logits_and_labels(params, X, y, act)
    return float(np.mean(np.logaddexp(0, np.where(y == 1, -z, z))))


def accuracy(params, X, y, act="tanh"):
    """Return the share of points that are given their own class, from 0 to 1."""
    z, y = _logits_and_labels(params, X, y, act)
    return float(np.mean((z > 0) == y))


def init(sizes, rng, act="tanh", gain=1.0, orthogonal=False):
    """Return a network of `sizes` [inputs, hidden neurons ..., outputs] with random weights, from the generator `rng`.

    Biases are 0. Weights are normal around 0; their variance is 2 / inputs for activations that silence about half of
    their inputs (He et al., 2015) and 1 / inputs for the others. With `orthogonal` a layer turns its inputs without
    stretching them (Saxe et al., 2014). All weights are then multiplied by `gain`.
    """
    sizes = arguments.sizes("sizes", sizes)
    if not isinstance(rng, np.random.Generator):
        raise ValueError(f"rng should be a generator from np.random.default_rng, but it is {arguments.shown(rng)}")
    variance = 2 if arguments.choice("act", act, ACTIVATIONS) in _SILENCE_HALF else 1
    gain, orthogonal = arguments.number("gain", gain, 0), arguments.flag("orthogonal", orthogonal)
    params = []
    for inputs, neurons in pairwise(sizes):
        W = rng.normal(0, np.sqrt(variance / inputs), (inputs, neurons))
        if orthogonal:
            u, _, v = np.linalg.svd(W, full_matrices=False)
            W = u @ v
        params.append((gain * W, np.zeros(neurons)))
    return params


def train(sizes, X, y, act="tanh", steps=600, rate=0.02, seeds=20, *, gain=1.0, optimiser="adam", goal=None,
          start=None, dtype=float):
    """Train many networks at once on the same points and return (networks, losses, accuracies).

    `sizes` is [inputs, hidden neurons ..., 1], `X` has the shape (n, inputs), `y` holds the classes 0 and 1. `seeds` is
    the number of networks, or a list of seeds; seed s begins as `init(sizes, np.random.default_rng(s), act, gain)`.
    With `start`, a list of networks, these are trained on instead.
    Every step looks at all points: "adam" (Kingma and Ba, 2015, with their constants) or "sgd", plain gradient descent.
    A network whose accuracy has reached `goal` (from 0 to 1) stops there. `dtype` may be np.float32: faster, 7 digits.

    `losses` and `accuracies` have the shape (networks, steps + 1): column k belongs to the networks after k steps, the
    last column to those returned. A stopped network keeps its numbers; the loss of one that ran away is inf or nan.
    On points symmetric around the origin (`spirals`) the slopes of tanh's biases begin as 0 but for rounding, which Adam
    magnifies: there one seed may end in another network on another machine, though the share that succeeds stays.
    """
    steps = arguments.integer("steps", steps, 0, MOST_STEPS)
    theta, task = _task(sizes, X, y, act, rate, seeds, gain, optimiser, start, dtype)
    goal = None if goal is None else arguments.number("goal", goal, 0, 1)
    final = np.empty_like(theta)
    record = np.empty((steps + 1, 2, len(theta)))
    step = 0
    with np.errstate(over="ignore", invalid="ignore"):
        for step, (running, now, numbers) in zip(range(steps + 1), _descend(theta, goal, *task), strict=False):
            record[step] = record[step - 1]
            record[step][:, running] = numbers
            final[running] = now
    record[step:] = record[step]
    losses, accuracies = record.transpose(1, 2, 0)
    return [_unflat(row, task[0]) for row in final], losses, accuracies


def history(sizes, X, y, act="tanh", steps=600, rate=0.02, seed=0, every=5, *, gain=1.0, optimiser="adam",
            start=None):
    """Train one network as `train` does and return a list of it: at the start, then after each `every` steps.

    `start` is one network here.
    """
    steps, every = arguments.integer("steps", steps, 0, MOST_STEPS), arguments.integer("every", every, 1)
    theta, task = _task(sizes, X, y, act, rate, [seed], gain, optimiser, None if start is None else [start], float)
    with np.errstate(over="ignore", invalid="ignore"):
        states = zip(range(steps + 1), _descend(theta, None, *task), strict=False)
        return [_unflat(now[0], task[0]) for step, (_, now, _) in states if step % every == 0]


def wilson(successes, n):
    """Return (rate, low, high): the share successes / n and its 95 % interval (Wilson, 1927).

    `successes` may be a fraction: half of one network's units count as 0.5 of a success.
    """
    n = arguments.integer("n", n, 1, 10**12)
    rate = arguments.number("successes", successes, 0, n) / n
    z = 1.959963984540054
    centre = (rate + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * np.sqrt(rate * (1 - rate) / n + z * z / (4 * n * n))
    return rate, float(max(centre - half, 0)), float(min(centre + half, 1))


# Many networks at once. All numbers of one network lie in one row of `theta`. In the arrays below a point is a column,
# not a row, so that the outputs of one neuron lie side by side; each layer's input ends in a row of ones, which makes
# the biases one more row of weights. Every array is made once and written again at each step.


def _descend(theta, goal, sizes, X, y, act, rate, optimiser):
    """Yield (running, theta, (losses, accuracies)) before each step, for the networks that still run."""
    running = np.arange(len(theta))
    grad, M, V = np.empty_like(theta), np.zeros_like(theta), np.zeros_like(theta)
    look, t = _gradient(theta, grad, sizes, X, y, act), 0
    while len(running):
        losses, accuracies = look()
        yield running, theta, (losses, accuracies)
        if goal is not None and np.any(accuracies >= goal):
            on = accuracies < goal
            running, theta, grad, M, V = running[on], theta[on], grad[on], M[on], V[on]
            look = _gradient(theta, grad, sizes, X, y, act)
        t += 1
        if optimiser == "adam":
            _adam(theta, grad, M, V, t, rate)
        else:
            theta -= rate * grad


def _adam(theta, grad, M, V, t, rate, b1=0.9, b2=0.999, eps=1e-8):
    """Take step t = 1, 2, ... in place; `grad` is overwritten.

    M and V are Kingma and Ba's running means without their constant factors 1 - b1 and 1 - b2, which join the
    corrections of step t in two plain numbers: ten operations on arrays are left.
    """
    root = ((1 - b2**t) / (1 - b2)) ** 0.5
    M *= b1
    M += grad
    V *= b2
    grad *= grad
    V += grad
    np.sqrt(V, out=grad)
    grad += eps * root
    np.divide(M, grad, out=grad)
    grad *= rate * root * (1 - b1) / (1 - b1**t)
    theta -= grad


# name -> (activation, its slope), where the slope follows from the activation's value alone: each overwrites its array
_IN_PLACE = {
    "tanh": (lambda z: np.tanh(z, out=z), lambda a: np.subtract(1, np.multiply(a, a, out=a), out=a)),
    "relu": (lambda z: np.maximum(z, 0, out=z), lambda a: np.greater(a, 0, out=a)),
}


def _gate(z, gate):
    """Write 1 / (1 + exp(-z)) into `gate`, by tanh, which is quicker than exp and cannot overflow."""
    np.multiply(z, 0.5, out=gate)
    np.tanh(gate, out=gate)
    gate += 1
    gate *= 0.5


def _sigmoid_slope(z, a):
    _gate(z, a)
    np.subtract(1, a, out=z)
    z *= a


def _silu_slope(z, a):
    # a = z g with the gate g, so the slope is g + z g (1 - g)
    gate = np.empty_like(z)
    _gate(z, gate)
    np.multiply(z, gate, out=a)
    np.subtract(1, gate, out=z)
    z *= a
    z += gate


def _gelu_slope(z, a):
    # a = z g with the gate g of 2 u, u = k (z + 0.044715 z^3), so the slope is g + z g (1 - g) 2 u'
    k, squares, gate = 2 * 0.7978845608, z * z, np.empty_like(z)
    np.multiply(squares, 0.044715 * k, out=gate)
    gate += k
    gate *= z
    _gate(gate, gate)
    squares *= 0.134145 * k
    squares += k
    np.multiply(z, gate, out=a)
    np.subtract(1, gate, out=z)
    z *= a
    z *= squares
    z += gate


# name -> what writes the activation of z into a, and the slope into z: both need the same costly function
_TOGETHER = {"sigmoid": _sigmoid_slope, "silu": _silu_slope, "gelu": _gelu_slope}


def _gradient(theta, grad, sizes, X, y, act):
    """Return a function that fills `grad` for the networks in the rows of `theta` and returns (losses, accuracies)."""
    many, n, layers = len(theta), len(X), len(sizes) - 1
    f, d = _IN_PLACE.get(act) or ACTIVATIONS[act]
    together = _TOGETHER.get(act)
    W, dW = _layers(theta, sizes), _layers(grad, sizes)
    H = [np.vstack([X.T, np.ones(n)]).astype(theta.dtype)]  # the input of each layer
    H += [np.ones((many, neurons + 1, n), theta.dtype) for neurons in sizes[1:-1]]
    out = [h[:, :-1] for h in H[1:]]
    Z = [*(out if act in _IN_PLACE else map(np.empty_like, out)), np.empty((many, 1, n), theta.dtype)]
    dZ = [np.empty_like(z) for z in Z]
    sign = (2 * y - 1).astype(theta.dtype)

    def look():
        for i in range(layers):
            np.matmul(W[i].swapaxes(1, 2), H[i], out=Z[i])
            if i == layers - 1:
                break
            if together:
                # network by network, since the arrays of one fit into the processor's cache
                for z, a in zip(Z[i], out[i], strict=True):
                    together(z, a)
            elif act in _IN_PLACE:
                f(Z[i])
            else:
                out[i][...] = f(Z[i])
        score = Z[-1] * sign
        e = np.exp(-np.abs(score))
        losses = np.mean(np.log(1 + e) + np.maximum(-score, 0), axis=(1, 2))
        accuracies = np.count_nonzero((Z[-1] > 0) == y, axis=(1, 2)) / n
        np.multiply(np.where(score > 0, e, 1) / (1 + e), -sign / n, out=dZ[-1])
        for i in reversed(range(layers)):
            np.matmul(H[i], dZ[i].swapaxes(1, 2), out=dW[i])
            if i > 0:
                np.matmul(W[i][:, :-1], dZ[i], out=dZ[i - 1])
                dZ[i - 1] *= Z[i - 1] if together else d(Z[i - 1])
        return losses, accuracies

    return look


def _layers(theta, sizes):
    """Return for each layer a view of its part of `theta`, of shape (networks, inputs + 1, neurons)."""
    shapes = [(inputs + 1, neurons) for inputs, neurons in pairwise(sizes)]
    parts = np.split(theta, np.cumsum([rows * columns for rows, columns in shapes])[:-1], axis=1)
    return [part.reshape(len(theta), *shape) for part, shape in zip(parts, shapes, strict=True)]


def _flat(params):
    return np.concatenate([np.vstack([W, b]).ravel() for W, b in params])


def _unflat(row, sizes):
    return [(W[0, :-1].copy(), W[0, -1].copy()) for W in _layers(row[None], sizes)]


def _task(sizes, X, y, act, rate, seeds, gain, optimiser, start, dtype):
    sizes = arguments.sizes("sizes", sizes, outputs=1)
    X, y = _data(X, y, sizes[0])
    if arguments.choice("act", act, ACTIVATIONS) == "step":
        raise ValueError("act should have a slope to learn by, but 'step' is flat: its hidden weights would never move")
    rate = arguments.number("rate", rate, 0)
    arguments.choice("optimiser", optimiser, ["adam", "sgd"])
    if not isinstance(dtype, type) or dtype not in (float, np.float64, np.float32):
        raise ValueError(f"dtype should be float or np.float32, but it is {arguments.shown(dtype)}")
    if start is None:
        several = isinstance(seeds, (list, tuple, range, np.ndarray))
        seeds = arguments.integers("seeds", seeds, 0) if several else range(arguments.integer("seeds", seeds, 1, 100_000))
        start = [init(sizes, np.random.default_rng(seed), act, gain) for seed in seeds]
    if not isinstance(start, list | tuple) or not start:
        raise ValueError(f"start should list at least one network, but it is {arguments.shown(start)}")
    start = [checked(f"start[{k}]", params, sizes) for k, params in enumerate(start)]
    return np.array([_flat(params) for params in start], dtype), (sizes, X, y, act, rate, optimiser)


def _logits_and_labels(params, X, y, act):
    params = checked("params", params, outputs=1)
    X, y = _data(X, y, len(params[0][0]))
    return forward(params, X, act)[1][:, 0], y


def _data(X, y, inputs):
    X = arguments.array("X", X, "n", inputs)
    y = arguments.array("y", y, len(X))
    if not np.isin(y, (0, 1)).all():
        raise ValueError(f"y should hold only the classes 0 and 1, but it holds {y[~np.isin(y, (0, 1))][0]:g}")
    return X, y.astype(int)


def checked(name, params, sizes=None, outputs=None):
    """Return the network `params` with its arrays as floats, or raise a ValueError that calls it `name`."""
    try:
        pairs = [(W, b) for W, b in params]
    except (TypeError, ValueError):
        pairs = []
    if not pairs:
        raise ValueError(f"{name} should be a list of pairs (W, b), one a layer, but it is {arguments.shown(params)}")
    layers, before = [], "inputs"
    for i, (W, b) in enumerate(pairs):
        W = arguments.array(f"{name}[{i}][0]", W, before, "neurons")
        layers.append((W, arguments.array(f"{name}[{i}][1]", b, W.shape[1])))
        before = W.shape[1]
    found = [len(layers[0][0]), *(len(b) for _, b in layers)]
    if sizes is not None and found != sizes:
        raise ValueError(f"{name} should have the sizes {sizes}, but it has {found}")
    if outputs not in (None, before):
        raise ValueError(f"{name} should end in one neuron, but it ends in {before}")
    return layers
