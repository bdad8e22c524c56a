"""Draw docs/untangle.png, the picture of the README: `python -m tools.readme_picture`.

Two spirals of 1.25 turns go through seven layers of two tanh neurons. Two neurons are two axes, so nothing is projected:
each panel is the plane as one layer leaves it. The paper is painted with what the network says, once, in the input plane.

`python -m tools.readme_picture --train` first trains the chain again, as told in `wind_up`, and says how often it works.
"""

import argparse
import io

import numpy as np
from matplotlib.collections import LineCollection, PolyCollection
from matplotlib.figure import Figure
from PIL import Image

from course_utils import datasets, network, plotting
from course_utils.figures import spirals
from tools.build import ROOT

SIZES = [2] * 8 + [1]
TURNS, POINTS, PAPER = 1.25, 300, 1.12
SEED = 41
PATH = ROOT / "docs" / "untangle.png"


def wind_up(seeds, stages=68, start=0.6):
    """Train chains of seven two-neuron layers while the spirals are wound up; return (networks, accuracies).

    From a random start hardly any chain learns 1.25 turns. So each one begins with 0.6 turns, stays until no point is on
    the wrong side (300 steps at most), and is then given slightly more: 68 stages up to 1.25 turns.
    """
    nets = [network.init(SIZES, np.random.default_rng(seed), "tanh", 1.3, orthogonal=True) for seed in seeds]
    for turns in np.linspace(start, TURNS, stages):
        nets, _, right = network.train(SIZES, *datasets.spirals(turns=turns), steps=300, rate=0.03, start=nets, goal=1.0)
    return nets, right[:, -1]


def train():
    """Train 60 chains, say how many arrive, and keep one with 300 more steps for a wider margin."""
    nets, right = wind_up(range(60))
    X, y = datasets.spirals(turns=TURNS)
    nets, _, _ = network.train(SIZES, X, y, steps=300, rate=0.002, start=[nets[SEED]])
    if network.accuracy(nets[0], X, y) < 1:
        raise SystemExit(f"seed {SEED} did not arrive here (last digits differ between machines): take another of "
                         f"{np.flatnonzero(right == 1).tolist()}")
    kept = spirals.tidy(nets[0], X)
    np.savez(spirals.SEVEN_LAYERS, **{f"{name}{k}": part for k, pair in enumerate(kept) for name, part in zip("Wb", pair, strict=True)})
    rate, low, high = network.wilson(int(np.sum(right >= 0.99)), len(right))
    print(f"{np.sum(right >= 0.99)} of {len(right)} chains reach 99 % of the points, {rate:.0%} ({low:.0%} to {high:.0%}), "
          f"{np.sum(right == 1)} all of them; seed {SEED} is kept in {spirals.SEVEN_LAYERS.name}")


def draw():
    """Return the filmstrip as the bytes of a PNG: eight panels, the plane before the first layer and after each."""
    params = spirals.seven_layers()
    X, y = datasets.spirals(POINTS, turns=TURNS)
    figure = Figure(figsize=(9, 4.86), dpi=200, facecolor="white")
    axes = figure.subplots(2, 4, gridspec_kw=dict(left=0.006, right=0.994, top=0.945, bottom=0.006, wspace=0.045, hspace=0.14))
    cells, colors = _painted(params)
    edge = _boundary(params)
    far = np.linspace(-PAPER, PAPER, 300)
    squares = np.linspace(-PAPER, PAPER, 15)
    lines = [np.column_stack([np.full(300, s), far]) for s in squares] + [np.column_stack([far, np.full(300, s)]) for s in squares]
    for k, ax in enumerate(axes.ravel()):
        def carry(P, k=k):
            for W, b in params[:k]:
                P = np.tanh(P @ W + b)
            return P

        H = carry(X)
        low, high = H.min(0), H.max(0)
        middle, half = ((low + high) / 2, 0.56 * np.max(high - low)) if k else (np.zeros(2), PAPER)
        ax.set(xlim=middle[0] + np.array([-half, half]), ylim=middle[1] + np.array([-half, half]), xticks=[], yticks=[])
        ax.set_aspect("equal")
        ax.spines[:].set(color="#D0D4D8", linewidth=0.8)
        if k == len(params) - 1:
            W, b = params[-1]
            _halves(ax, W[:, 0], b[0])
        ax.add_collection(PolyCollection(carry(cells.reshape(-1, 2)).reshape(cells.shape), facecolors=colors,
                                         edgecolors="none", antialiased=False, zorder=1))
        ax.add_collection(LineCollection([carry(line) for line in lines], colors="#5B6169", linewidths=0.45, alpha=0.55, zorder=2))
        ax.add_collection(LineCollection([carry(line) for line in edge], colors="#1A1A1A", linewidths=1.5, zorder=3, capstyle="round"))
        for c in (0, 1):
            ax.scatter(*H[y == c].T, s=(9, 11)[c], c=plotting.CLASS_COLORS[c], marker=plotting.CLASS_MARKERS[c],
                       edgecolors="white", linewidths=0.25, zorder=4)
        title = "two spirals" if k == 0 else f"layer {k}" if k < len(params) - 1 else f"layer {k}: one straight line"
        ax.set_title(title, fontsize=9.5, color="#333333", pad=4)
    return _png(figure)


def _painted(params, n=160):
    """The small squares of the paper, (n * n, 4, 2), and each one's colour: what the network says in its middle."""
    at = np.linspace(-PAPER, PAPER, n + 1)
    x, y = np.meshgrid(at, at)
    corners = np.stack([x, y], axis=-1)
    cells = np.stack([corners[:-1, :-1], corners[:-1, 1:], corners[1:, 1:], corners[1:, :-1]], axis=2).reshape(-1, 4, 2)
    says = network.forward(params, cells.mean(axis=1))[1][:, 0] > 0
    return cells, [plotting.REGION_COLORS[int(one)] for one in says]


def _boundary(params):
    """The curve where the logit is 0, as paths in the input plane."""
    at = np.linspace(-PAPER, PAPER, 801)
    x, y = np.meshgrid(at, at)
    logits = network.forward(params, np.column_stack([x.ravel(), y.ravel()]))[1].reshape(x.shape)
    paths = Figure().subplots().contour(x, y, logits, levels=[0]).allsegs[0]
    return [path for path in paths if len(path) > 1]


def _halves(ax, w, b):
    (left, right), (bottom, top) = ax.get_xlim(), ax.get_ylim()
    x, y = np.meshgrid(np.linspace(left, right, 400), np.linspace(bottom, top, 400))
    ax.contourf(x, y, w[0] * x + w[1] * y + b, levels=[-1e9, 0, 1e9], colors=["#E9F2F8", "#FCF1E9"], zorder=0)
    plotting.line(ax, w, float(b), color="#1A1A1A")


def _png(figure):
    raw, small = io.BytesIO(), io.BytesIO()
    figure.savefig(raw, format="png", metadata={"Software": None})
    # 255 colours are enough for two colours and their shades, and a third of the bytes
    Image.open(raw).convert("RGB").quantize(255, dither=Image.Dither.NONE).save(small, format="png", optimize=True)
    return small.getvalue()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Draw docs/untangle.png, the picture of the README.")
    parser.add_argument("--train", action="store_true", help="train the chain of seven layers again first")
    if parser.parse_args().train:
        train()
    PATH.parent.mkdir(exist_ok=True)
    PATH.write_bytes(draw())
    print(f"{PATH.relative_to(ROOT)}: {PATH.stat().st_size / 1000:.0f} kB")
