"""The live figures of lesson 08: a tent folded again and again, the mosaic of a trained network, and a race.

`python -m course_utils.figures.depth` runs the race anew and writes `race.npz` (a few minutes).
"""

import math
import pathlib

import numpy as np

from course_utils import arguments, datasets, network, plotting
from course_utils.figures.live import LiveFigure, show

FOLDS = 10
RELUS = {"16": [16], "8 + 8": [8, 8], "4 + 4 + 4 + 4": [4, 4, 4, 4]}
BOX = (-1.15, 1.15)

# both have 337 numbers to learn
ARMS = {"wide": [84], "deep": [16, 16]}
NAMES = {"wide": "84", "deep": "16 + 16"}
SPREADS, RACERS, GOAL = (0, 1), 40, 0.99
STEPS = [round(float(step)) for step in np.geomspace(50, 8000, 45)]
RECORD = pathlib.Path(__file__).with_name("race.npz")
COLOURS = {"wide": plotting.PURPLE, "deep": plotting.GREEN}


def tent_composer(tent, compose, count_pieces):
    """Show the line from 0 to 1 while `tent` folds it up to ten times, and the number of its pieces.

    All three are the learner's: tent(x) and compose(f, x, k) return arrays of the shape of x, count_pieces(x, y) a
    whole number. Returns the live figure. Raises ValueError if one is not a function or returns something else.
    """
    for name, f in (("tent", tent), ("compose", compose), ("count_pieces", count_pieces)):
        arguments.function(name, f)
    fine = np.linspace(0, 1, 2 ** (FOLDS + 2) + 1)
    coarse = np.linspace(0, 1, 2**FOLDS + 1)
    # tent first: compose stops where tent does, and would be blamed for it
    table = arguments.array_from("tent", tent, (coarse,), len(coarse))
    folded = [arguments.array_from("compose", compose, (tent, fine, k), len(fine)) for k in range(FOLDS + 1)]
    pieces = [int(arguments.number_from("count_pieces", count_pieces, (fine, y), 0)) for y in folded]
    data = {"title": "A line, folded again and again", "table": table, "pieces": pieces, "folds": FOLDS}
    alt = (
        "The tent applied 1, 2, 3 and 10 times on the stretch from 0 to 1: a zigzag of "
        + ", ".join(f"{pieces[k]:,}" for k in (1, 2, 3))
        + f" and {pieces[FOLDS]:,} straight pieces. Ten times is ten layers of two ReLUs; "
        f"{2 * FOLDS} ReLUs in one layer draw at most {2 * FOLDS + 1} pieces."
    )
    still, axes = plotting.new(columns=4, width=900, height=260)
    for ax, k in zip(axes, (1, 2, 3, FOLDS), strict=True):
        ax.plot(fine, folded[k], color=plotting.BLUE, lw=1.4 if k < 5 else 0.15)
        ax.set(title=f"{2 * k} ReLUs: {pieces[k]:,} pieces", xlim=(0, 1), ylim=(0, 1.04), xticks=[0, 1], yticks=[0, 1])
    return show(LiveFigure("depth", "tent_composer", data, {"folds": 0}), still, alt)


def region_map(steps=600, every=15):
    """Show the flat pieces of three networks of 16 ReLUs in all, while they learn two spirals.

    `steps`: steps of training; a snapshot is kept after each `every` of them. Returns the live figure.
    """
    steps, every = arguments.integer("steps", steps, 1, 2000), arguments.integer("every", every, 1, steps)
    X, y = datasets.spirals(160, turns=1.1)
    films = {}
    for name, hidden in RELUS.items():
        (start,) = spread_start([2, *hidden, 1], "relu", 0.3, [4])
        films[name] = network.history([2, *hidden, 1], X, y, "relu", steps, 0.02, every=every, start=start)
    data = {
        "title": "The flat pieces of a trained network", "X": X, "y": y, "box": BOX, "every": every,
        "bound": 1 + 16 + math.comb(16, 2),
        "films": {name: [[[W.round(4), b.round(4)] for W, b in params] for params in film]
                  for name, film in films.items()},
    }  # fmt: skip
    ends = {name: film[-1] for name, film in films.items()}
    found = {name: _regions(params) for name, params in ends.items()}
    alt = f"Three networks of 16 ReLUs after {steps} steps on {len(X)} points of two spirals. " + " ".join(
        f"{name}: {len(np.unique(found[name]))} flat pieces, {network.accuracy(params, X, y, 'relu'):.0%} of the points right."
        for name, params in ends.items()
    )
    still, axes = plotting.new(columns=3, width=930, height=370)
    for ax, (name, params) in zip(axes, ends.items(), strict=True):
        shades = _shade(found[name]) * np.where(_scores(params) > 0, 1, -1)
        ax.imshow(shades, extent=(*BOX, *BOX), origin="lower", cmap=plotting.DIVERGING, vmin=-2, vmax=2, zorder=0)
        plotting.points(ax, X, y)
        ax.set(xlim=BOX, ylim=BOX, xticks=[], yticks=[], title=f"{name}: {len(np.unique(found[name]))} pieces")
    return show(LiveFigure("depth", "region_map", data, {"layers": "16", "frame": 0}), still, alt)


def race():
    """Show forty wide and forty deep networks of 337 numbers each on the Lang-Witbrock spirals, step by step.

    The runs were recorded (`record`), since they take minutes. Returns the live figure.
    """
    right = recorded()
    curves, rates = {}, {}
    for name, counts in right.items():
        curves[name] = counts
        succeeded = np.sum(counts >= GOAL * 194, axis=0)
        rates[name] = [[int(k), *network.wilson(int(k), RACERS)[1:]] for k in succeeded]
    data = {
        "title": "Deep against wide on two spirals", "steps": STEPS, "points": 194, "racers": RACERS,
        "curves": curves, "rates": rates, "names": NAMES,
    }  # fmt: skip
    said = []
    still, axes = plotting.new(columns=2, width=860, height=340)
    for ax, spread in zip(axes, SPREADS, strict=True):
        for arm in ARMS:
            k, low, high = np.transpose(rates[f"{arm}-{spread}"])
            ax.fill_between(STEPS, low, high, color=COLOURS[arm], alpha=0.18, lw=0)
            ax.plot(STEPS, k / RACERS, color=COLOURS[arm], ls="-" if arm == "deep" else "--", label=NAMES[arm])
            said.append(f"{NAMES[arm]} with {'biases at 0' if spread == 0 else 'spread biases'}: {k[-1]:.0f} of {RACERS}")
        ax.set(xscale="log", xlabel="steps of training", ylim=(-0.03, 1.03), xlim=(STEPS[0], STEPS[-1]))
        ax.set(title="all biases start at 0" if spread == 0 else "biases start spread out")
    axes[0].set_ylabel("share of runs with 99 % right")
    axes[0].legend(frameon=False)
    alt = f"Share of runs with at least 99 % of the points right, after {STEPS[-1]:,} steps. " + "; ".join(said) + "."
    return show(LiveFigure("depth", "race", data, {"spread": 0, "step": 0}), still, alt)


def spread_start(sizes, act, spread, seeds):
    """Return for each seed a network as `network.init` makes it, its hidden biases drawn with this spread around 0."""
    spread = arguments.number("spread", spread, 0)
    networks = []
    for seed in arguments.integers("seeds", seeds, 0):
        rng = np.random.default_rng(seed)
        *hidden, last = network.init(sizes, rng, act)
        networks.append([(W, spread * rng.normal(size=len(b))) for W, b in hidden] + [last])
    return networks


def record(racers=RACERS, steps=STEPS):
    """Run the race; return for each arm and spread the number of points right, of shape (racers, recorded steps)."""
    racers, steps = arguments.integer("racers", racers, 1, 1000), arguments.integers("steps", steps, 0, network.MOST_STEPS)
    X, y = datasets.lang_witbrock()
    found = {}
    for arm, hidden in ARMS.items():
        for spread in SPREADS:
            start = spread_start([2, *hidden, 1], "tanh", spread, range(racers))
            *_, accuracies = network.train(
                [2, *hidden, 1], X / 3.25, y, "tanh", max(steps), 0.02, start=start, dtype=np.float32
            )
            found[f"{arm}-{spread}"] = np.rint(accuracies[:, steps] * len(y)).astype(np.uint8)
    return found


def recorded():
    """Return the recorded race, as `record` gives it."""
    with np.load(RECORD) as file:
        return {name: file[name].astype(int) for name in file.files}


def _lattice(n=200):
    """The middles of n x n tiles, the same that the live figure asks."""
    line = BOX[0] + (BOX[1] - BOX[0]) * (np.arange(n) + 0.5) / n
    return np.stack(np.meshgrid(line, line), axis=-1).reshape(-1, 2), n


def _regions(params):
    """The pattern of open and closed ReLUs at each place of the lattice, as a whole number."""
    P, n = _lattice()
    hidden, _ = network.forward(params, P, "relu")
    patterns = np.hstack(hidden) > 0
    return (patterns @ (1 << np.arange(patterns.shape[1]))).reshape(n, n)


def _scores(params):
    P, n = _lattice()
    return network.forward(params, P, "relu")[1].reshape(n, n)


def _shade(patterns):
    """A strength from 0.25 to 1 for each pattern, such that neighbours differ."""
    return 0.25 + 0.75 * (np.asarray(patterns, np.int64) * 2654435761 % 2**32 // 2**16 % 97) / 96


if __name__ == "__main__":
    np.savez_compressed(RECORD, **record())
