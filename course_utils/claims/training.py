"""Claims S13, S21, S23 to S25 and S42 to S44: what depth, start and step size do to training.

Every statement about trained networks is a share of seeds, with Wilson's interval in the words.
"""

from functools import cache

import numpy as np

from course_utils import datasets, network
from course_utils.claims.record import claim


def seeds(seed, n=20):
    """Return n seeds that no other `seed` shares."""
    return list(range(1000 * seed, 1000 * seed + n))


@cache
def reach(task, sizes, act, seed, steps=500, rate=0.05, n=20, optimiser="adam"):
    """Return how many of n networks get at least 99 % of the points of a set right."""
    X, y = getattr(datasets, task)(200, seed=seed)
    right = network.train(list(sizes), X, y, act, steps, rate, seeds(seed, n), optimiser=optimiser)[2]
    return int(np.sum(right[:, -1] >= 0.99))


def said(successes, n):
    """Return a rate with its interval in words."""
    _, low, high = network.wilson(successes, n)
    return f"{successes} of {n} ({low:.0%} to {high:.0%})"


@claim(
    "S13",
    says="Even then one may choose several layers for efficiency.",
    right="So one may: in the worst case depth saves exponentially many neurons, at a random start next to nothing.",
    cites="Telgarsky 2015; Eldan and Shamir 2016; Hanin and Rolnick 2019",
    lesson="08-depth",
    digest="0f636194",
    band=(1024, 1024),
)
def _(seed):
    tent = [(np.array([[2.0, 2.0]]), np.array([0.0, -1.0])), (np.array([[1.0], [-2.0]]), np.zeros(1))]
    # corners lie at multiples of 1/1024, half a step away from the nearest points of this grid
    x = (np.arange(2**12)[:, None] + 0.5) / 2**12
    for _ in range(10):
        x = network.forward(tent, x, "relu")[1]
    # a step across a corner is level, for the tent is symmetric there
    pieces = 1 + np.sum(np.diff(x[:, 0]) == 0)
    rng = np.random.default_rng(seed)
    shallow, deep = (np.mean([pieces_of(sizes, rng) for _ in range(40)]) for sizes in ([1, 24, 1], [1] + [3] * 8 + [1]))
    words = f"ten tents, 20 ReLUs, {pieces:,} pieces (one layer needs {pieces - 1:,} ReLUs)"
    return pieces, f"{words}; 24 random ReLUs: {shallow:.1f} pieces in one layer, {deep:.1f} in eight"


def pieces_of(sizes, rng):
    """Return into how many straight pieces a random ReLU network cuts the line from -3 to 3."""
    x = np.linspace(-3, 3, 6001)[:, None]
    net = [(W, rng.normal(0, 0.5, len(b))) for W, b in network.init(sizes, rng, "relu")]
    on = np.column_stack([h > 0 for h in network.forward(net, x, "relu")[0]])
    return 1 + np.sum(np.any(on[1:] != on[:-1], axis=1))


@claim(
    "S21",
    says="A ring is solved with one hidden layer and ReLU.",
    right="So it is, with three units or more; how often training finds it is a rate.",
    lesson="05-activations",
    digest="808a2556",
    band=(0.2, 0.9),
)
def _(seed):
    found = {k: reach("ring", (2, k, 1), "relu", seed) for k in (2, 3, 6)}
    tanh = reach("ring", (2, 3, 1), "tanh", seed)
    words = ", ".join(f"{k} ReLUs {said(count, 20)}" for k, count in found.items())
    return found[3] / 20, f"networks that get 99 % of the ring: {words}; 3 tanh units {said(tanh, 20)}"


@claim(
    "S23",
    says="ReLU avoids the vanishing gradient problem.",
    right="It does not saturate where it is on; the size of the starting weights matters as much.",
    cites="Glorot and Bengio 2010; He et al. 2015",
    lesson="06-learning",
    digest="bd633a42",
    band=(1e-8, 1e-4),
)
def _(seed):
    half = signal("relu", 0.5, seed)
    words = f"signal that comes back through 20 layers: sigmoid {signal('sigmoid', 1, seed):.0e}, tanh {signal('tanh', 1, seed):.2f}"
    return half, f"{words}, ReLU {signal('relu', 1, seed):.1f}; ReLU with half the weights {half:.0e}, with twice {signal('relu', 2, seed):.0e}"


@cache
def signal(act, scale, seed, depth=20, width=100):
    """Return which part of the blame at the last hidden layer comes back to the first one, at a random start."""
    rng = np.random.default_rng(seed)
    net = network.init([width] * (depth + 1) + [1], rng, act, gain=scale)
    inputs = [rng.normal(size=(50, width))]
    inputs += network.forward(net, inputs[0], act)[0]
    blame = rng.normal(size=(50, width))
    begin = np.linalg.norm(blame)
    for (W, b), X in zip(net[depth - 1 : 0 : -1], inputs[depth - 1 : 0 : -1], strict=True):
        blame = (blame * network.ACTIVATIONS[act][1](X @ W + b)) @ W.T
    return float(np.linalg.norm(blame) / begin)


@claim(
    "S24",
    says="Vanishing gradients occur when small weight updates make the model stop learning.",
    right="The gradient of an early layer is a product over all later layers and shrinks with depth; small updates are what follows.",
    cites="Hochreiter 1991; Bengio, Simard and Frasconi 1994",
    lesson="06-learning",
    digest="bf4bc851",
    band=(0, 1e-5),
)
def _(seed):
    X, y = datasets.ring(200, seed=seed)
    net = network.init([2] + [16] * 10 + [1], np.random.default_rng(seed), "sigmoid")
    grads = network.backward(net, X, y, "sigmoid")
    first, last = np.linalg.norm(grads[0][0]), np.linalg.norm(grads[-1][0])
    counts = [reach("ring", (2,) + (8,) * depth + (1,), act, seed, rate=1.0, steps=600, optimiser="sgd", n=5)
              for act, depth in (("sigmoid", 4), ("tanh", 4))]  # fmt: skip
    words = f"ten sigmoid layers: the first layer's gradient is {first / last:.0e} of the last one's, whatever the step size"
    return first / last, f"{words}; plain descent, four layers, ring: sigmoid {counts[0]} of 5, tanh {counts[1]} of 5"


@claim(
    "S25",
    says="There is a dead ReLU units problem.",
    right="There is: a unit that is 0 on all points has no gradient. It need not be fatal, and deep narrow networks are even born dead.",
    cites="Lu et al. 2020",
    lesson="06-learning",
    digest="0a53bf21",
    band=(0.5, 1),
)
def _(seed):
    X, y = datasets.ring(200, seed=seed)
    dead, right = {}, {}
    for optimiser, rate in (("sgd", 1.0), ("sgd", 10.0), ("adam", 1.0)):
        nets, _, shares = network.train([2, 16, 1], X, y, "relu", 300, rate, seeds(seed), optimiser=optimiser)
        dead[optimiser, rate] = np.mean([np.all(network.forward(net, X, "relu")[0][0] == 0, axis=0) for net in nets])
        right[optimiser, rate] = int(np.sum(shares[:, -1] >= 0.99))
    words = f"plain descent: step 1 {dead['sgd', 1.0]:.0%} dead, step 10 {dead['sgd', 10.0]:.0%}; Adam, step 1: {dead['adam', 1.0]:.0%} dead"
    return dead["sgd", 10.0], f"{words}, and still {said(right['adam', 1.0], 20)} networks reach 99 %"


GREENS = (("ring", (2, 3, 1)), ("moons", (2, 4, 1)), ("xor", (2, 4, 1)))


@claim(
    "S42",
    says="It is unclear whether newer activation functions consistently outperform the classics.",
    right="So it is, and it can be tested: 21 functions on eight language tasks had no newcomer ahead in all.",
    cites="Eger, Youssef and Gurevych 2018",
    lesson="08-depth",
    digest="22a05612",
    band=(0, 0.99),
)
def _(seed):
    ahead, words = 0, []
    for task, sizes in GREENS:
        counts = {act: reach(task, sizes, act, seed, n=10) for act in ("tanh", "relu", "gelu", "silu")}
        ahead += max(counts["gelu"], counts["silu"]) > max(counts["tanh"], counts["relu"])
        words.append(f"{task} " + ", ".join(f"{act} {count}" for act, count in counts.items()))
    return ahead / len(GREENS), f"of 10 each: {'; '.join(words)}; a newer one is ahead in {ahead} of {len(GREENS)}"


@claim(
    "S43",
    says="How activations interact with kinds of data is still evolving, and empirical testing remains essential.",
    right="So it is: the same function wins on one set and loses on another.",
    cites="Eger, Youssef and Gurevych 2018",
    lesson="08-depth",
    digest="7df1ce54",
    band=(0.25, 1),
)
def _(seed):
    ring, moons = (reach(task, (2, 3, 1), "gelu", seed) for task in ("ring", "moons"))
    return (ring - moons) / 20, f"three GELU units: the ring {said(ring, 20)}, the moons {said(moons, 20)}"


@claim(
    "S44",
    says="Treat the activation as an engineering decision, and be cautious about depth alone.",
    right="So one should, and the start is one more such decision: it can turn a ranking of activations round.",
    lesson="08-depth",
    digest="0f06c3ad",
    band=(0.3, 1),
)
def _(seed):
    X, y = datasets.lang_witbrock()
    counts = {}
    for act, spread in (("relu", 0), ("tanh", 0), ("relu", 1), ("tanh", 1)):
        start = []
        for k in seeds(seed, 8):
            rng = np.random.default_rng(k)
            (W, b), last = network.init([2, 64, 1], rng, act)
            start.append([(W, spread * rng.normal(size=len(b))), last])
        shares = network.train([2, 64, 1], X / 3.25, y, act, 600, 0.1, start=start, dtype=np.float32)[2]
        counts[act, spread] = int(np.sum(shares[:, -1] >= 0.8))
    words = [f"{act} {counts[act, 0]} of 8 with biases at 0, {counts[act, 1]} with spread biases" for act in ("relu", "tanh")]
    return (counts["tanh", 1] - counts["tanh", 0]) / 8, f"80 % of the spirals of 1988, 64 units: {'; '.join(words)}"
