"""Claims S27 to S34: what layers do to space, and what the last function says."""

from functools import cache

import numpy as np

from course_utils import datasets, network
from course_utils.claims.record import claim
from course_utils.claims.training import said, seeds


@cache
def unrolled(act, seed):
    """Return ten networks 2-16-16-2-1 trained on the spirals, and their accuracies."""
    X, y = datasets.spirals(200)
    nets, _, right = network.train([2, 16, 16, 2, 1], X, y, act, 500, 0.02, seeds(seed, 10), gain=2, goal=1.0)
    return nets, right[:, -1]


def probe(H, y):
    """Return the share of the second half of the points that a straight cut fitted to the first half gets right."""
    H = np.column_stack([(H - H.mean(axis=0)) / (H.std(axis=0) + 1e-12), np.ones(len(H))])
    order = np.random.default_rng(0).permutation(len(H))
    fit, test = order[: len(H) // 2], order[len(H) // 2 :]
    weights = np.linalg.lstsq(H[fit], 2.0 * y[fit] - 1, rcond=None)[0]
    return np.mean((H[test] @ weights > 0) == y[test])


def jump(f, n):
    """Return the largest distance between the images of neighbours among n + 1 points on the way round a circle."""
    angle = np.linspace(0, 2 * np.pi, n + 1)
    image = f(0.7 * np.column_stack([np.cos(angle), np.sin(angle)]))
    return np.linalg.norm(np.diff(image, axis=0), axis=1).max()


def softmax(Z):
    powers = np.exp(Z - Z.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


@claim(
    "S27",
    says="The model warps and reshapes the space of feature values.",
    right="So it does with the coordinates that the next layer sees; the input space itself stays.",
    lesson="07-spirals",
    digest="86b32476",
    band=(0.95, 1),
)
def _(seed):
    nets, right = unrolled("tanh", seed)
    X, y = datasets.spirals()
    net = nets[int(np.argmax(right))]
    shares = [probe(H, y) for H in (X, *network.forward(net, X)[0])]
    return shares[-1], "a straight cut on the inputs and on each of three layers: " + ", ".join(f"{share:.0%}" for share in shares)


@claim(
    "S28",
    says="Sometimes it even tears space apart: it breaks its topology.",
    right="Continuous layers cannot tear: neighbours stay neighbours. ReLU and narrowing layers fold and glue.",
    cites="Naitzat, Zhitnikov and Lim 2020; Olah 2014",
    lesson="07-spirals",
    digest="dafe8fc1",
    band=(0, 0.05),
)
def _(seed):
    found = {}
    rng = np.random.default_rng(seed)
    W, b = rng.normal(size=(2, 2)), rng.normal(0, 0.1, 2)
    layers = {act: (lambda X, act=act: network.ACTIVATIONS[act][0](X @ W + b)) for act in ("relu", "step")}
    layers["tanh"] = lambda X: network.forward(unrolled("tanh", seed)[0][0], X)[0][-1]
    for act, f in layers.items():
        found[act] = jump(f, 1000), jump(f, 100_000)
    ratio = max(found[act][1] / found[act][0] for act in ("tanh", "relu"))
    words = ", ".join(f"{act} {found[act][0]:.3f} and {found[act][1]:.4f}" for act in ("tanh", "relu", "step"))
    return ratio, f"largest jump in 1,000 and in 100,000 steps: {words}"


@claim(
    "S29",
    says="The model strives to create a space where a straight line separates the points.",
    right="The loss asks for it, and nothing guarantees it; the line is a hyperplane in the last hidden layer.",
    lesson="07-spirals",
    digest="ebd3a5c2",
    band=(0, 0.5),
)
def _(seed):
    X, y = datasets.spirals(200)
    narrow = network.train([2, 2, 2, 2, 2, 1], X, y, "tanh", 500, 0.02, seeds(seed, 10), gain=1.3)[2][:, -1]
    wide, few = int(np.sum(unrolled("tanh", seed)[1] >= 0.99)), int(np.sum(narrow >= 0.99))
    return few / 10, f"networks that reach 99 % of the spirals: 2-16-16-2-1 {said(wide, 10)}, layers of two {said(few, 10)}"


@claim(
    "S30",
    says="According to the manifold hypothesis a network unfolds a manifold.",
    right="The hypothesis is about data, which lie near sets of few dimensions; unfolding is a reading, and networks fold as well.",
    cites="Fefferman, Mitter and Narayanan 2016",
    lesson="07-spirals",
    digest="8cf73c2b",
    band=(1.7, 2.3),
)
def _(seed):
    rng = np.random.default_rng(seed)
    centre = rng.uniform(3, 12, (400, 2))
    i, j = np.indices((16, 16))
    squares = (i - centre[:, 0, None, None]) ** 2 + (j - centre[:, 1, None, None]) ** 2
    blobs = np.exp(-squares / 4.5).reshape(400, 256)
    norms = (blobs**2).sum(axis=1)
    apart = np.sqrt(np.maximum(norms[:, None] + norms - 2 * blobs @ blobs.T, 0))
    near = np.partition(apart, 2, axis=1)[:, :3]
    near.sort(axis=1)
    dimension = len(blobs) / np.log(near[:, 2] / near[:, 1]).sum()
    spread = np.linalg.svd(blobs - blobs.mean(axis=0), compute_uv=False) ** 2
    flat = 1 + int(np.searchsorted(np.cumsum(spread) / spread.sum(), 0.95))
    return dimension, f"pictures of a blob, 256 pixels: {flat} straight directions hold 95 % of the spread; neighbours count {dimension:.1f} dimensions"


@claim(
    "S31",
    says="The parallelogram in the picture is actually a hyperplane in a higher-dimensional space.",
    right="The border drawn is the preimage of a hyperplane, {x : w.h(x) + b = 0}: here a closed curve with corners.",
    lesson="07-spirals",
    digest="ac9b8581",
    band=(181, 360),
)
def _(seed):
    X, y = datasets.ring(200, seed=seed)
    nets, _, right = network.train([2, 6, 1], X, y, "relu", 500, 0.05, seeds(seed))
    net = nets[int(np.argmax(right[:, -1]))]
    angle = np.radians(np.arange(360))
    rays = np.column_stack([np.cos(angle), np.sin(angle)])
    r = np.linspace(0, 3, 301)
    z = network.forward(net, (r[:, None, None] * rays).reshape(-1, 2), "relu")[1].reshape(len(r), 360)
    crossed = np.any((z > 0) != (z[0] > 0), axis=0)
    low, high = np.zeros(360), np.where(crossed, r[np.argmax((z > 0) != (z[0] > 0), axis=0)], 0)
    for _ in range(60):
        middle = (low + high) / 2
        inside = (network.forward(net, middle[:, None] * rays, "relu")[1][:, 0] > 0) == (z[0] > 0)
        low, high = np.where(inside, middle, low), np.where(inside, high, middle)
    zero = np.abs(network.forward(net, (high[:, None] * rays)[crossed], "relu")[1]).max()
    return crossed.sum(), f"the border of 6 ReLUs meets {crossed.sum()} of 360 rays from the middle, a line 179 at most; there w.h(x) + b is 0 up to {zero:.0e}"


@claim(
    "S32",
    says="Two spirals get separated by warping and reshaping the space.",
    right="Mild ones can be, layer by layer of two neurons, with help; from random starts it hardly ever happens.",
    cites="Olah 2014",
    lesson="07-spirals",
    digest="41e653b9",
    band=(0, 0.3),
)
def _(seed):
    counts = {}
    for turns in (0.75, 1.25):
        X, y = datasets.spirals(200, turns=turns)
        right = network.train([2] * 6 + [1], X, y, "tanh", 500, 0.02, seeds(seed, 10), gain=1.3)[2]
        counts[turns] = int(np.sum(right[:, -1] >= 0.99))
    wide = int(np.sum(unrolled("tanh", seed)[1] >= 0.99))
    words = f"chains of two neurons, five layers: {said(counts[0.75], 10)} at 0.75 turns, {said(counts[1.25], 10)} at 1.25"
    return counts[1.25] / 10, f"{words}; 2-16-16-2-1 at 1.75 turns: {said(wide, 10)}"


@claim(
    "S33",
    says="The last function is a sigmoid for two classes and softmax for more.",
    right="So it is, and the first is a case of the second; only differences of scores count, and borders stay where they were.",
    cites="Bridle 1990",
    lesson="09-probabilities",
    digest="ffa480bd",
    band=(0, 1e-12),
)
def _(seed):
    z = np.linspace(-20, 20, 401)
    off = np.abs(softmax(np.column_stack([z, 0 * z]))[:, 0] - network.ACTIVATIONS["sigmoid"][0](z)).max()
    a, b = softmax(np.array([[1000.0, 1001.0]]))[0]
    return off, f"softmax of (z, 0) and the logistic function differ by at most {off:.1g}; 1000 and 1001 have the shares {a:.3f} and {b:.3f}"


@claim(
    "S34",
    says="It gives probabilities, ensuring the output is interpretable.",
    right="It gives numbers from 0 to 1 that sum to 1; they need not be calibrated, nor modest far away from the data.",
    cites="Guo et al. 2017; Hein, Andriushchenko and Bitterwolf 2019",
    lesson="09-probabilities",
    digest="eea48b95",
    band=(0.15, 0.6),
)
def _(seed):
    rng = np.random.default_rng(seed)

    def days(n):
        y = rng.integers(2, size=n)
        return rng.normal(size=(n, 2)) + (2 * y - 1)[:, None] * 0.35, y

    (X, y), (fresh, classes) = days(60), days(2000)
    nets, _, _ = network.train([2, 64, 1], X, y, "tanh", 1500, 0.1, seeds(seed, 5))
    found = np.array([calibration(network.forward(net, fresh)[1][:, 0], classes) for net in nets]).mean(axis=0)
    (line,), _, _ = network.train([2, 1], X, y, "linear", 500, 0.1, 1)
    plain = calibration(network.forward(line, fresh, "linear")[1][:, 0], classes)[0]
    relu, _, _ = network.train([2, 16, 1], X, y, "relu", 500, 0.05, seeds(seed, 5))
    angle = np.radians(np.arange(360))
    circle = 100 * np.column_stack([np.cos(angle), np.sin(angle)])
    far = np.mean([confidence(network.forward(net, circle, "relu")[1][:, 0]).mean() for net in relu])
    words = f"64 tanh units: right on {found[1]:.0%} of new points, {found[2]:.0%} sure, calibration error {found[0]:.2f}"
    return found[0], f"{words} (no hidden layer: {plain:.2f}); ReLUs 100 away from all data: {far:.1%} sure"


def confidence(z):
    return network.ACTIVATIONS["sigmoid"][0](np.abs(z))


def calibration(z, y):
    """Return (expected calibration error in ten bins, share right, mean confidence) of logits."""
    sure, right = confidence(z), (z > 0) == y
    bins = np.minimum((sure * 10).astype(int), 9)
    error = sum(abs(sure[bins == k].mean() - right[bins == k].mean()) * np.mean(bins == k) for k in np.unique(bins))
    return error, right.mean(), sure.mean()
