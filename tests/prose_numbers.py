"""Numbers that stand in the texts of the lessons.

MEASURED: (lesson, words as they stand there, a function that computes the numbers in these words, in their order).
GIVEN: numbers that are chosen, counted or quoted and not measured: settings, examples, percentages of a scale. A number
in a text that stands in neither makes `test_claims.py` fail.
"""

from functools import cache
from math import comb, exp, log

import lessons
import numpy as np

from course_utils import network
from course_utils.claims import bends, training
from course_utils.claims.ledger import LEDGER as CLAIMS
from course_utils.figures.depth import recorded


@cache
def space(lesson, figures=()):
    """The names of a solved lesson, after those of its figure cells whose text holds one of `figures`."""
    (name,) = [name for name in lessons.NAMES if name.startswith(lesson)]
    found = {"__name__": "__main__"}
    for cell in lessons.cells(name):
        kind = cell.metadata.course.kind
        if kind in ("code", "exercise") or (kind == "figure" and any(words in cell.source for words in figures)):
            exec(compile(cell.source, f"{name}:{cell.id}", "exec"), found)
    return found


def threshold_functions():
    """How many of the 65,536 truth tables of four inputs one neuron has: all small whole weights, tried."""
    bits = np.array([[int(digit) for digit in f"{k:04b}"] for k in range(16)])
    weights = np.stack(np.meshgrid(*[np.arange(-3, 4)] * 4), axis=-1).reshape(-1, 4)
    scores = bits @ weights.T
    tables = [(scores > place) for place in np.arange(-12.5, 13)]
    return len(np.unique(np.concatenate(tables, axis=1).T @ (1 << np.arange(16))))


def point_loss(margin):
    return log(1 + exp(-margin))


def wave_error(pieces):
    x = np.linspace(-1, 1, 4001)
    return np.abs(bends.hinges_through(bends.wave, pieces)(x) - bends.wave(x)).max()


def finished(*runs):
    """How many of the forty recorded runs end with 99 % of the 194 points right."""
    return [int(np.sum(recorded()[run][:, -1] >= 0.99 * 194)) for run in runs]


def forecasts():
    """Of the networks with 64 hidden units of lesson 09: how sure, how often right, and the calibration error, on new days."""
    found = space("09", ("pictures.train_many([2, 64, 3]",))
    new = found["new_logits"]
    sure = np.mean([found["softmax"](Z).max(axis=1).mean() for Z in new])
    right = np.mean([np.mean(Z.argmax(axis=1) == found["new_came"]) for Z in new])
    error = np.mean([found["ece"](found["softmax"](Z), found["new_came"], 10) for Z in new])
    return sure, right, error


MEASURED = [
    ("02", "1,882 of 65,536", lambda: [threshold_functions(), 2**16]),
    ("02", "2 becomes 0.88", lambda: [2, 1 / (1 + exp(-2))]),
    ("02", "-2 becomes 0.12", lambda: [2, 1 / (1 + exp(2))]),
    ("02", "save about 0.57 each", lambda: log(2) - point_loss(2)),
    ("02", "costs 5.3 more", lambda: point_loss(-6) - log(2)),
    ("02", "the loss is 1.60 instead of 0.693", lambda: [(3 * point_loss(2) + point_loss(-6)) / 4, log(2)]),
    ("03", "degree 20 means 230 features", lambda: [20, comb(22, 2) - 1]),
    ("03", "the 230 features", lambda: comb(22, 2) - 1),
    ("03", "308,504 features", lambda: comb(786, 2) - 1),
    ("03", "All products up to degree 2 are 308,504", lambda: [2, comb(786, 2) - 1]),
    ("03", "308,504 at degree 2", lambda: [comb(786, 2) - 1, 2]),
    ("04", "13,393 numbers", lambda: sum(n * m + m for n, m in zip([2] + [16] * 50, [16] * 50 + [1], strict=True))),
    ("05", "With 8 pieces the wave is missed by 0.21", lambda: [8, wave_error(8)]),
    ("05", "an error of 0.0048 when it has 64 pieces", lambda: [wave_error(64), 64]),
    ("05", "one hidden layer (0.0048", lambda: wave_error(64)),
    ("05", "256 square units stay at an error of 1.12", lambda: [256, bends.random_layer("square", 256, np.random.default_rng(0))]),
    ("05", "at x = 3 my network says 12.5", lambda: [3, abs(bends.hinges_through(bends.wave, 64)(np.array([3.0]))[0])]),
    ("06", "which is 0.786", lambda: 1 - np.tanh(0.5) ** 2),
    ("07", "an interval from 36 % to 61 %", lambda: [100 * v for v in network.wilson(29, 60)[1:]]),
    ("08", "drawn 1,024 pieces with twenty neurons", lambda: CLAIMS["S13"].measure()[0]),
    ("08", "84 units went from 0 of 40 to 40 of 40", lambda: [84, *[k for n in finished("wide-0", "wide-1") for k in (n, 40)]]),
    ("08", "For 20 of 20 it says: somewhere from 84 % to 100 %", lambda: [20, 20, *[100 * v for v in network.wilson(20, 20)[1:]]]),
    ("08", "an interval from 17 % to 69 %", lambda: [100 * v for v in network.wilson(4, 10)[1:]]),
    ("08", "20 ReLUs instead of 1,023", lambda: [20, 2**10 - 1]),
    ("08", "Sixteen lines cut the plane into at most 137 tiles", lambda: sum(comb(16, k) for k in range(3))),
    ("09", "0.69 for one half, 4.6 for one hundredth", lambda: [log(2), log(100)]),
    ("10", "64 hinges miss the wave by 0.0048", lambda: [64, wave_error(64)]),
    ("10", "the best line on XOR gets 0.75", lambda: CLAIMS["S4"].measure()[0]),
    ("10", "they lose the signs (0.52)", lambda: CLAIMS["S5"].measure()[0]),
    ("10", "784 pixels have 308,504 features of degree 2", lambda: [784, comb(786, 2) - 1, 2]),
    ("10", "fifty layers with 13,393 parameters", lambda: sum(n * m + m for n, m in zip([2] + [16] * 50, [16] * 50 + [1], strict=True))),
    ("10", "My layer of 64 hinges misses a wave by 0.0048 inside its region, and says 12.5",
     lambda: [64, wave_error(64), CLAIMS["S12"].measure()[0]]),
    ("10", "20 ReLUs in ten layers draw 1,024 pieces", lambda: [20, CLAIMS["S13"].measure()[0]]),
    ("10", "three ReLUs solved the ring in 11 of 20 runs (34 to 74 %)",
     lambda: [training.reach("ring", (2, 3, 1), "relu", 0), 20, *[100 * v for v in network.wilson(11, 20)[1:]]]),
    ("10", "my networks were 96 % sure, and right on 58 % of new days", lambda: np.multiply(forecasts()[:2], 100)),
    ("09", "were 96 % sure and right on 58 % of the new days, an ECE of 0.38", lambda: np.multiply(forecasts(), [100, 100, 1])),
]

GIVEN = {
    "00": "50 %; 100; 360",
    "01": "1.7; 0.9; 1.8",
    "02": "100; 720; 1000; 75 %; 256; 65,536; 3 %",
    "03": "100; 200; 784",
    "05": "0.01; 256",
    "06": "0.001; 1000; 100; 99 %; 95 %",
    # 29 of 60 is what `python -m tools.readme_picture --train` says, in half a minute
    "07": "1.75; 784; 1.25; 0.6; 29 of 60; 99 %; 1,600; 2,000; 400; 256; 95 %",
    "08": "1.96; 337; 95 %; 100; 300; 0.05; 99 %; 0.99; 20,000; 8,000; 600; 80 %; 6 of 10; 2,000; 4 of 10; 500; 200",
    "09": "70 %; 1000; 1001; 100; 99 %; 300; 3,000; 0.95; 0.65; 0.55; 0.9; 0.05; 0.6; 0.7; 0.35; 95 %; 360; 0.25; 50 %; 60 %; 96 %; 96 of 100; 500",
    "10": "2,048; 99 %; 500; 95 %; 300; 200; 400",
}
