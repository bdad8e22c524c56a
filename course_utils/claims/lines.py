"""Claims S1 to S11, S15, S35 to S37, S39 and S41: lines, crosses, and layers without a bend."""

from itertools import pairwise, product
from math import comb

import numpy as np

from course_utils import datasets, network
from course_utils.claims.record import claim


def best_cut(values, y):
    """Return the largest share of points that one threshold on `values` gets right, either way round."""
    order = np.argsort(values, kind="stable")
    right = np.sum(y == 0) + np.cumsum(np.concatenate([[0], 2 * y[order] - 1]))
    # a threshold between equal values does not exist
    real = np.concatenate([[True], np.diff(values[order]) > 0, [True]])
    return max(right[real].max(), len(y) - right[real].min()) / len(y)


def best_line(X, y, directions=360):
    """Return the largest share of points that a straight line gets right, among many directions."""
    angles = np.linspace(0, np.pi, directions, endpoint=False) + 0.001
    return max(best_cut(X @ np.array([np.cos(a), np.sin(a)]), y) for a in angles)


def linear_stack(sizes, rng):
    """Return a random network without activation."""
    return [(rng.normal(0, n**-0.5, (n, m)), rng.normal(size=m)) for n, m in pairwise(sizes)]


@claim(
    "S1",
    says="With two features, a weighted sum plus a bias is a straight line between the two classes.",
    right="So it is: the boundary holds the points with w.x + b = 0; and if a line exists, a perceptron finds one after "
    "at most (R / margin)^2 mistakes.",
    cites="Rosenblatt 1958; Novikoff 1962",
    lesson="01-one-line",
    digest="20033b95",
    band=(0, 1),
)
def _(seed):
    X, y = datasets.blobs(200, gap=0.04, direction=(1, 2), seed=seed)
    points, signs = np.column_stack([X, np.ones(len(X))]), 2 * y - 1
    v, mistakes = np.zeros(3), 0
    for _ in range(1000):
        before = mistakes
        for point, sign in zip(points, signs, strict=True):
            if sign * (point @ v) <= 0:
                v, mistakes = v + sign * point, mistakes + 1
        if mistakes == before:
            break
    u = np.array([1, 2, 0]) / 5**0.5
    bound = (points**2).sum(axis=1).max() / (signs * (points @ u)).min() ** 2
    return mistakes / bound, f"the perceptron made {mistakes} mistakes on 200 points; at most {bound:.0f} were promised"


@claim(
    "S2",
    says="The weights give the slope, and the bias is where the line crosses the Y axis.",
    right="The slope is -w1/w2 and the crossing -b/w2; with w2 = 0 there is none, and (w, b) and (cw, cb) are one line.",
    lesson="01-one-line",
    digest="3cc14ece",
    band=(2, 2),
)
def _(seed):
    w, b, low, high = np.array([1.0, 2.0]), -4.0, -10.0, 10.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if w @ [0, middle] + b <= 0 else (low, middle)
    return round(high, 9), f"with w = (1, 2) and b = -4 the line crosses the axis at {high:+.3g}, not at -4"


@claim(
    "S3",
    says="With three features the line becomes a plane, with more a hyperplane.",
    right="So it is: a flat set of one dimension less than the space.",
    lesson="01-one-line",
    digest="6f39ae7a",
    band=(49, 49),
)
def _(seed):
    rng = np.random.default_rng(seed)
    X, w, b = rng.normal(size=(200, 50)), rng.normal(size=50), 1.0
    feet = X - ((X @ w + b) / (w @ w))[:, None] * w
    directions = np.linalg.matrix_rank(feet - feet[0])
    return directions, f"200 points of a boundary among 50 features spread in {directions} directions"


@claim(
    "S4",
    says="In many cases no straight line separates two classes.",
    right="So it is, and soon it is the rule: the more points, the smaller the share of their classes that a line parts.",
    cites="Cover 1965",
    lesson="02-no-line",
    digest="bf4d5719",
    band=(0.75, 0.75),
)
def _(seed):
    X, y = datasets.xor_corners()
    best = best_line(X, y)
    share = {n: 2 * sum(comb(n - 1, k) for k in range(3)) / 2**n for n in (4, 6, 12)}
    return best, f"the best line on XOR: {best:.2f}; of 4, 6, 12 points a line parts {share[4]:.1%}, {share[6]:.0%}, {share[12]:.1%}"


@claim(
    "S5",
    says="A cross is [the square of] one feature times [the square of] another; categories will do, being numbers.",
    right="A cross is a product; squares lose the signs that XOR needs, and categories are crossed through one-hot "
    "columns, never through their arbitrary codes.",
    cites="Cheng et al. 2016",
    lesson="03-feature-crosses",
    digest="5dc07d3d",
    band=(0.5, 0.65),
)
def _(seed):
    X, y = datasets.xor(1000, seed=seed)
    plain, squares = best_cut(X[:, 0] * X[:, 1], y), best_cut((X[:, 0] * X[:, 1]) ** 2, y)
    return squares, f"XOR: one cut on x1 x2 gets {plain:.1%}, one on x1^2 x2^2 {squares:.1%}"


@claim(
    "S6",
    says="With a cross the equation is still linear, though the line looks curved or hyperbolic.",
    right="It is linear in the parameters and not in the inputs; w x1 x2 + b = 0 is a hyperbola.",
    lesson="03-feature-crosses",
    digest="eca6917c",
    band=(2, 2),
)
def _(seed):
    def score(w, b, x1, x2):
        return w * x1 * x2 + b

    def twice(f):  # the mixed second difference: 0 for whatever is linear in both
        return f(1, 1) - f(1, 0) - f(0, 1) + f(0, 0)

    inputs, weights = twice(lambda s, t: score(2, -1, s, t)), twice(lambda s, t: score(s, t, 3, 5))
    return inputs, f"the mixed second difference of 2 x1 x2 - 1 is {inputs} in the inputs and {weights} in the weights"


@claim(
    "S7",
    says="So in a space of more dimensions there is a flat hyperplane separating two original features.",
    right="What it separates are the two classes; the features are the axes.",
    lesson="03-feature-crosses",
    digest="90931791",
    band=(0.2, 0.3),
)
def _(seed):
    X, y = datasets.ring(2000, seed=seed)
    z = (X**2).sum(axis=1)
    gap = z[y == 1].min() - z[y == 0].max()
    return gap, f"ring, lifted by x1^2 + x2^2: a flat plane fits between the classes, in a gap {gap:.3f} wide"


@claim(
    "S8",
    says="One can make crosses by hand and adjust the weights of features and crosses alike.",
    right="So it is: one neuron on the lifted points learns both.",
    lesson="03-feature-crosses",
    digest="f0e310c4",
    band=(0.8, 1),
)
def _(seed):
    right = []
    for k in range(10):
        X, y = datasets.ring(200, seed=100 * seed + k)
        fresh, classes = datasets.ring(1000, seed=100 * seed + 50 + k)
        nets, _, _ = network.train([3, 1], np.column_stack([X, (X**2).sum(axis=1)]), y, "linear", 500, 0.1, 1)
        right.append(network.accuracy(nets[0], np.column_stack([fresh, (fresh**2).sum(axis=1)]), classes, "linear"))
    reached = sum(share >= 0.99 for share in right)
    return reached / 10, f"{reached} of 10 neurons on lifted rings get 99 % of 1,000 fresh points, the worst {min(right):.1%}"


@claim(
    "S9",
    says="Feature crosses are not enough for complex dependencies.",
    right="A high enough degree parts any finite set; what fails is the number of features, and who is to choose them.",
    lesson="03-feature-crosses",
    digest="cb9c0a88",
    band=(308_504, 308_504),
)
def _(seed):
    X, y = datasets.spirals(seed=seed)
    found = {}
    for degree in (3, 7):
        columns = np.polynomial.chebyshev.chebvander2d(X[:, 0], X[:, 1], [degree] * 2).reshape(len(X), degree + 1, -1)
        i, j = np.indices((degree + 1,) * 2)
        columns = columns[:, i + j <= degree]
        weights = np.linalg.lstsq(columns, 2.0 * y - 1, rcond=None)[0]
        found[degree] = np.mean((columns @ weights > 0) == y)
    pixels = comb(784 + 2, 2) - 1
    words = f"spirals: degree 3 gets {found[3]:.0%}, degree 7 {found[7]:.0%}; 784 pixels have {pixels:,} features of degree 2"
    return pixels, f"{words}, {comb(784 + 3, 3) - 1:,} of degree 3"


@claim(
    "S10",
    says="Hidden layers create abstract interactions between the inputs.",
    right="Only with a bend: a linear hidden unit is a weighted sum, and in it no input changes what another one does.",
    lesson="06-learning",
    digest="bae7deb6",
    band=(0, 1e-9),
)
def _(seed):
    corners, _ = datasets.xor_corners()
    signs, largest = np.array([1, -1, -1, 1]), {}
    for act in ("linear", "relu"):
        rng = np.random.default_rng(seed)
        nets = [linear_stack([2, 4, 4, 1], rng) for _ in range(200)]
        largest[act] = max(abs(signs @ network.forward(net, corners, act)[1][:, 0]) for net in nets)
    words = f"mixed difference on the unit square, largest of 200 random networks: linear {largest['linear']:.0e}"
    return largest["linear"], f"{words}, ReLU {largest['relu']:.1f}"


@claim(
    "S11",
    says="One input and one output layer cannot do this.",
    right="So it is for the raw inputs (with crafted ones it can be done), and a sigmoid at the output does not help.",
    cites="Minsky and Papert 1969",
    lesson="02-no-line",
    digest="704af740",
    band=(0, 0),
)
def _(seed):
    rng = np.random.default_rng(seed)
    z = rng.normal(size=(10_000, 2)) @ rng.normal(size=2) + rng.normal()
    moved = np.sum((network.ACTIVATIONS["sigmoid"][0](z) > 0.5) != (z > 0))
    return moved, f"of 10,000 points {moved} change their class when a sigmoid is put behind the score"


@claim(
    "S15",
    says="Layers without an additional operation work with linear dependencies only.",
    right="So it is: affine after affine is affine.",
    lesson="04-collapse",
    digest="42d80156",
    band=(0, 1e-9),
)
def _(seed):
    rng = np.random.default_rng(seed)
    net = linear_stack([2] + [16] * 50 + [1], rng)
    X = rng.normal(size=(1000, 2))
    deep = network.forward(net, X, "linear")[1]
    corner = network.forward(net, np.array([[0.0, 0], [1, 0], [0, 1]]), "linear")[1]
    off = np.abs(X @ (corner[1:] - corner[0]) + corner[0] - deep).max()
    count = sum(W.size + b.size for W, b in net)
    return off, f"{count:,} parameters in fifty layers act as 3 numbers, off by at most {off:.0e}"


@claim(
    "S35",
    says="Large language models are at heart heavily trained neural networks, and the jargon is a wall.",
    right="So it is, with attention and more around them; most weights of a block stand in a hidden layer like yours.",
    cites="Vaswani et al. 2017",
    lesson="10-claims",
    digest="5fe73789",
    band=(0.6, 0.7),
)
def _(seed):
    wide, inner = 512, 2048
    hidden = sum(n * m + m for n, m in [(wide, inner), (inner, wide)])
    attention = 4 * wide * wide
    share = hidden / (hidden + attention)
    return share, f"a block of the first Transformer, 512 wide: {share:.0%} of its weights are one hidden layer of {inner:,} ReLUs"


@claim(
    "S36",
    says="Strip it down to a tiny clean data set, build from scratch, and one can watch each neuron fire.",
    right="So one can: a small network has few enough numbers to look at every one.",
    lesson="10-claims",
    digest="8daa57d4",
    band=(0.05, 0.95),
)
def _(seed):
    X, y = datasets.ring(200, seed=seed)
    nets, _, right = network.train([2, 3, 1], X, y, "relu", 500, 0.05, 20)
    net = nets[int(np.argmax(right[:, -1]))]
    fires = np.mean(network.forward(net, X, "relu")[0][0] > 0, axis=0)
    shown = ", ".join(f"{share:.0%}" for share in fires)
    return fires.mean(), f"a ring, 3 ReLUs, 13 numbers, {right[:, -1].max():.0%} right: the neurons fire on {shown} of the points"


@claim(
    "S37",
    says="However many linear neurons are combined, the result is still a line.",
    right="So it is (with more inputs: a plane); a narrow layer can only lose dimensions.",
    lesson="04-collapse",
    digest="53da1721",
    band=(0, 1e-9),
)
def _(seed):
    rng = np.random.default_rng(seed)
    x = np.linspace(-1, 1, 101)[:, None]
    bends = []
    for neurons in (2, 10, 100, 1000):
        line = network.forward(linear_stack([1, neurons, 1], rng), x, "linear")[1][:, 0]
        bends.append(np.abs(np.diff(line, 2)).max())
    return max(bends), f"2, 10, 100 and 1,000 linear neurons added up: the curve bends by at most {max(bends):.0e} a step"


@claim(
    "S39",
    says="Adding layers alone gives no expressive power.",
    right="So it is of what can be represented; depth still changes how a linear network trains.",
    cites="Saxe, McClelland and Ganguli 2014; Arora, Cohen and Hazan 2018",
    lesson="04-collapse",
    digest="4cafa95a",
    band=(0, 1e-6),
)
def _(seed):
    rng = np.random.default_rng(seed)
    x = rng.uniform(-1, 1, 50)
    y = 1.5 * x + 0.1 * rng.normal(size=50)
    best = np.mean((y - x * (x @ y) / (x @ x)) ** 2)
    above = {}
    for depth in (1, 3):
        w = np.full(depth, 0.8)
        for step in range(400):
            if step == 20:
                early = np.mean((w.prod() * x - y) ** 2) - best
            blame = 2 * np.mean((w.prod() * x - y) * x)
            w = w - 0.05 * blame * w.prod() / w
        above[depth] = early, np.mean((w.prod() * x - y) ** 2) - best
    words = f"error above the best line after 20 steps: one layer {above[1][0]:.1e}, three {above[3][0]:.1e}"
    return max(late for _, late in above.values()), f"{words}; after 400 at most {max(above[1][1], above[3][1]):.0e}, on the same line"


@claim(
    "S41",
    says="The hype about deeper networks can mislead, and gains may be illusory.",
    right="A fair caution: without a bend there is no gain in what can be computed.",
    lesson="04-collapse",
    digest="5fee4776",
    band=(0, 0),
)
def _(seed):
    X, _ = datasets.ring(400, seed=seed)
    flips = 0
    for k in range(5):
        net = linear_stack([2] + [8] * 10 + [1], np.random.default_rng(10 * seed + k))
        corner = network.forward(net, np.array([[0.0, 0], [1, 0], [0, 1]]), "linear")[1][:, 0]
        z = network.forward(net, X, "linear")[1][:, 0]
        flips += int(np.sum((z > 1e-9) != (X @ (corner[1:] - corner[0]) + corner[0] > 1e-9)))
    tables = sum(best_line(datasets.xor_corners()[0], np.array(t), 90) == 1 for t in product([0, 1], repeat=4))
    return flips, f"ten linear layers and their one neuron disagree on {flips} of 2,000 answers; either parts {tables} of 16 truth tables"
