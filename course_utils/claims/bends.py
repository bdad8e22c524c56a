"""Claims S12, S14, S16 to S20, S22, S26, S38, S40 and S45: activations, and what one hidden layer can do."""

import time
from itertools import product

import numpy as np

from course_utils import datasets, network
from course_utils.claims.record import claim

ACT = {name: f for name, (f, _) in network.ACTIVATIONS.items()}


def wave(x):
    return np.sin(2 * np.pi * x)


def hinges_through(f, pieces):
    """Return a function: one hidden layer of ReLUs through f at evenly spaced knots from -1 to 1, by solving for them."""
    knots = np.linspace(-1, 1, pieces + 1)

    def layer(x):
        return np.column_stack([np.ones_like(x), ACT["relu"](x[:, None] - knots[:-1])])

    weights = np.linalg.solve(layer(knots), f(knots))
    return lambda x: layer(x) @ weights


def random_layer(act, neurons, rng):
    """Return the largest error on the wave of random hidden neurons with the best output weights."""
    x = np.linspace(-1, 1, 801)
    w, t = rng.choice([-1, 1], neurons) * rng.uniform(2, 6, neurons), rng.uniform(-1, 1, neurons)
    hidden = np.column_stack([ACT[act](w * (x[:, None] - t)), np.ones(len(x))])
    return np.abs(hidden @ np.linalg.lstsq(hidden, wave(x), rcond=None)[0] - wave(x)).max()


@claim(
    "S12",
    says="If the features can be separated by one continuous function, one hidden layer is always enough, with enough neurons.",
    right="For every continuous function, every bounded closed region and every tolerance there is such a layer, if the "
    "activation is not a polynomial. Nothing is said about size, training, or the outside.",
    cites="Cybenko 1989; Hornik 1991; Leshno et al. 1993; Pinkus 1999",
    lesson="05-activations",
    digest="19fa0d54",
    band=(12, 13),
)
def _(seed):
    net = hinges_through(wave, 64)
    x = np.linspace(-1, 1, 4001)
    outside = abs(net(np.array([3.0]))[0])
    return outside, f"64 hinges miss the wave by {np.abs(net(x) - wave(x)).max():.4f} inside; at x = 3 they say {outside:.1f}, and the wave is 0"


@claim(
    "S14",
    says="For hierarchies (edges, shapes, objects) we definitely need several hidden layers.",
    right="Never needed in principle, and often cheaper to train; the picture of edges and objects is about convolutional networks.",
    lesson="08-depth",
    digest="5e1404d6",
    band=(0.97, 1),
)
def _(seed):
    rng = np.random.default_rng(seed)
    X, y = datasets.lang_witbrock()
    X = X / 6.5
    hidden = np.column_stack([np.tanh(X @ rng.normal(0, 8, (2, 256)) + rng.uniform(-8, 8, 256)), np.ones(len(X))])
    share = np.mean((hidden @ np.linalg.lstsq(hidden, 2.0 * y - 1, rcond=None)[0] > 0) == y)
    bits = np.array(list(product([0, 1], repeat=4)))
    s = bits.sum(axis=1)
    parity = np.mean((ACT["relu"](s[:, None] - np.arange(4)) @ [1.0, -2, 2, -2] > 0.5) == s % 2)
    return share, f"the spirals of 1988: one hidden layer of 256 gets {share:.1%}; parity of 4 bits: one layer of 4 ReLUs, {parity:.0%}"


@claim(
    "S16",
    says="The activation is applied to bias plus weighted sum; if it is non-linear, so can the model be.",
    right="So it is (non-affine, to be exact; for every curve one needs more than a polynomial).",
    lesson="05-activations",
    digest="3f692aa8",
    band=(0.05, 20),
)
def _(seed):
    rng = np.random.default_rng(seed)
    net = [(rng.normal(size=(2, 8)), rng.normal(size=8)), (rng.normal(size=(8, 1)), rng.normal(size=1))]
    u, v = rng.uniform(-3, 3, (2, 1000, 2))
    t = rng.random((1000, 1))

    def gap(act):
        f = lambda X: network.forward(net, X, act)[1]  # noqa: E731
        return np.abs(f(t * u + (1 - t) * v) - t * f(u) - (1 - t) * f(v)).max()

    return gap("relu"), f"a mixture's value against the mixture of values: linear {gap('linear'):.0e}, ReLU {gap('relu'):.2f}, tanh {gap('tanh'):.2f}"


@claim(
    "S17",
    says="The sigmoid, more correctly the logistic function, gives values between 0 and 1.",
    right="So it does, and never 0 or 1 themselves; only the computer rounds to them.",
    lesson="05-activations",
    digest="7c6211e0",
    band=(1e-14, 1e-12),
)
def _(seed):
    low = float(ACT["sigmoid"](np.array(-30.0)))
    far = ACT["sigmoid"](np.array([-1000.0, 1000.0]))
    return low, f"at -30 it is {low:.1e}, still above 0; at -1000 and 1000 the computer rounds to {far[0]:.0f} and {far[1]:.0f}"


@claim(
    "S18",
    says="tanh is S-shaped as well and gives values between -1 and 1.",
    right="So it does; it is the logistic function stretched: tanh z = 2 s(2z) - 1.",
    lesson="05-activations",
    digest="cb584866",
    band=(0, 1e-12),
)
def _(seed):
    z = np.linspace(-40, 40, 8001)
    off = np.abs(2 * ACT["sigmoid"](2 * z) - 1 - np.tanh(z)).max()
    return off, f"2 s(2z) - 1 and tanh z differ by at most {off:.0e}"


@claim(
    "S19",
    says="ReLU gives 0 for negative values and keeps positive ones.",
    right="So it does; at 0 it has a corner, and one agrees on a slope there.",
    lesson="05-activations",
    digest="2ed13559",
    band=(0.999, 1.001),
)
def _(seed):
    h, relu = 1e-6, ACT["relu"]
    left, right = (relu(0.0) - relu(-h)) / h, (relu(h) - relu(0.0)) / h
    return right - left, f"its slope is {left:.0f} to the left of 0 and {right:.0f} to the right"


@claim(
    "S20",
    says="All hidden layers share one activation; a final function is applied to the outputs of the last hidden layer.",
    right="In between stands an affine readout: output = g(W h + b); for regression g is the identity.",
    lesson="06-learning",
    digest="640f1272",
    band=(0.05, 50),
)
def _(seed):
    rng = np.random.default_rng(seed)
    net = [(W, rng.normal(size=len(b))) for W, b in network.init([2, 8, 1], rng, "relu")]
    (h,), logits = network.forward(net, rng.normal(size=(100, 2)), "relu")
    W, b = net[-1]
    off = np.abs(ACT["sigmoid"](logits) - (ACT["sigmoid"](h) @ W + b)).max()
    return off, f"{h.shape[1]} hidden outputs and {logits.shape[1]} logit a point; with the sigmoid before the readout the answers are off by {off:.2f}"


@claim(
    "S22",
    says="ReLU is computed faster than sigmoid and tanh.",
    right="So it is, and it matters little: the weighted sums beside it take longer.",
    lesson="06-learning",
    digest="8ffe8ff8",
    band=(1, 200),
)
def _(seed):
    z = np.random.default_rng(seed).normal(size=(200, 100))
    W, out, best = z[:100] / 10, np.empty_like(z), {}
    jobs = {"ReLU": lambda: np.maximum(z, 0, out=out), "tanh": lambda: np.tanh(z, out=out), "sums": lambda: np.matmul(z, W, out=out)}
    for _ in range(8):  # in turns, so that a busy moment hits all of them, and the fastest of each counts
        for name, job in jobs.items():
            begin = time.perf_counter()
            for _ in range(50):  # a browser's clock is too coarse for a single one
                job()
            best[name] = min(best.get(name, 60), max(time.perf_counter() - begin, 1e-6))
    tanh, sums = (best[name] / best["ReLU"] for name in ("tanh", "sums"))
    return tanh, f"tanh takes {tanh:.1f} times as long as ReLU here, the layer's own weighted sums {sums:.1f} times"


@claim(
    "S26",
    says="Hidden units are more abstract equivalents of feature crosses.",
    right="They are bends along one direction each, no products; sums of them can imitate a product.",
    lesson="06-learning",
    digest="ee6f81c0",
    band=(0.6, 0.8),
)
def _(seed):
    X, y = datasets.xor(200, seed=seed)
    cross = np.mean((X[:, 0] * X[:, 1] < 0) == y)
    found = [np.median(network.train([2, k, 1], X, y, "relu", 500, 0.03, range(50 * seed, 50 * seed + 30))[2][:, -1]) for k in (1, 2, 3, 4)]
    words = ", ".join(f"{share:.0%}" for share in found)
    return found[0], f"XOR: one cross gets {cross:.0%}; 1, 2, 3, 4 ReLUs a median of {words} over 30 seeds"


@claim(
    "S38",
    says="Activations between hidden and output layer let a model capture curves.",
    right="So they do.",
    lesson="05-activations",
    digest="dd7b3eb8",
    band=(0, 1e-9),
)
def _(seed):
    rng = np.random.default_rng(seed)
    x, y = np.linspace(-1, 1, 13), rng.normal(size=13)
    line = np.abs(np.polyval(np.polyfit(x, y, 1), x) - y).max()
    bent = np.abs(hinges_through(lambda knots: y, 12)(x) - y).max()
    return bent, f"13 random values: the best line misses one by {line:.1f}, one hidden layer of 12 hinges by {bent:.0e}"


@claim(
    "S40",
    says="The choice of activation dictates whether curves can be captured.",
    right="Every bend bends, and all but polynomials are universal; the choice mostly affects training.",
    cites="Leshno et al. 1993",
    lesson="05-activations",
    digest="6331f9db",
    band=(1, 1.5),
)
def _(seed):
    rng = np.random.default_rng(seed)
    errors = {act: random_layer(act, 256, rng) for act in ("square", "relu", "tanh")}
    X, y = datasets.xor_corners()
    one = np.mean(((X @ [1.0, -1.0]) ** 2 > 0.5) == y)
    words = f"256 square units miss the wave by {errors['square']:.2f}, ReLUs by {errors['relu']:.1e}, tanh by {errors['tanh']:.1e}"
    return errors["square"], f"{words}; yet one square unit gets {one:.0%} of XOR"


@claim(
    "S45",
    says="(Further reading) two or more hidden layers with non-linear activation are needed.",
    right="One is enough to come as close as one likes, with enough neurons; see S12 for the conditions.",
    cites="Cybenko 1989; Hornik 1991",
    lesson="05-activations",
    digest="be237dbd",
    band=(0, 0.005),
)
def _(seed):
    x = np.linspace(-1, 1, 4001)
    errors = {n: np.abs(hinges_through(wave, n)(x) - wave(x)).max() for n in (8, 16, 32, 64)}
    return errors[64], "one hidden layer on the wave, 8, 16, 32, 64 pieces: off by " + ", ".join(f"{e:.4f}" for e in errors.values())
