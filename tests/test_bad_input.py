"""Whatever stands where an argument belongs: it is taken, or refused by a sentence with the argument's name in it."""

import inspect

import IPython.display
import numpy as np
import pytest

from course_utils import datasets, inventory, judging, network, plotting, predictions, progress
from course_utils.claims import ledger

STRANGE = [
    None, "abc", b"abc", True, -1, 3.7, 1j, float("nan"), float("inf"), 10**400, 10**5000, [], {}, ["a", "b"], [None, None], [[1], [1, 2]],
    np.zeros((0, 2)), np.zeros((3, 3, 3)), np.full((20, 2), np.nan), len, object(),
]  # fmt: skip
X, y = datasets.ring(20)
NET = network.init([2, 3, 1], np.random.default_rng(0))
FIGURE, AX = plotting.new()
NETWORK = {"params": NET, "X": X, "y": y, "act": "tanh"}
TRAIN = {"sizes": [2, 3, 1], "X": X, "y": y, "act": "tanh", "steps": 2, "rate": 0.1, "gain": 1.0, "optimiser": "adam", "start": None}
# function -> a call that works; what is not named is tried with its default
CALLS = {
    datasets.blobs: {},
    datasets.xor: {},
    datasets.ring: {},
    datasets.moons: {},
    datasets.spirals: {},
    datasets.from_drawing: {"text": "x o"},
    datasets.margin: {"X": X, "y": y},
    network.forward: {"params": NET, "X": X},
    network.backward: NETWORK,
    network.loss: NETWORK,
    network.accuracy: NETWORK,
    network.init: {"sizes": [2, 1], "rng": np.random.default_rng(0)},
    network.train: {**TRAIN, "seeds": 2, "goal": None, "dtype": float},
    network.history: {**TRAIN, "seed": 2, "every": 1},
    network.wilson: {"successes": 1, "n": 2},
    plotting.new: {},
    plotting.points: {"ax": AX, "X": X, "y": y},
    plotting.line: {"ax": AX, "w": [1, 2], "b": 0.5},
    plotting.regions: {"ax": AX, "predict": lambda P: P[:, 0] > 0},
    plotting.grid: {"ax": AX, "carry": lambda P: P, "lines": 3},
    plotting.values: {"ax": AX, "f": lambda P: P[:, 0]},
    plotting.classes: {"X": X, "y": y},
    plotting.describe: {"X": X, "y": y},
    plotting.as_html: {"figure": FIGURE, "alt": "words"},
    plotting.show: {"figure": FIGURE, "alt": "words"},
    predictions.ask: {"name": "n", "question": "q", "choices": ["a", "b"]},
    predictions.reveal: {"name": "n", "correct": "a", "sentence": "s"},
    inventory.ask: {"when": "before"},
    inventory.answer: {"when": "before", "number": 1, "answer": "a", "reason": "a"},
    inventory.recorded: {"when": "before"},
    inventory.judge: {"number": 0, "answer": 0, "reason": 0},
    judging.judge: {"notebook_path": "missing.ipynb", "released_path": None},
    progress.report: {"folder": None},
    ledger.rows: {"names": ["S4"]},
    ledger.table: {"names": ["S4"]},
}

def arguments_of(function):
    return [name for name, about in inspect.signature(function).parameters.items() if about.kind != about.VAR_POSITIONAL]


@pytest.fixture(autouse=True)
def nothing_kept(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(predictions, "_unsaved", [])
    monkeypatch.setattr(ledger, "LEDGER", {"S4": ledger.LEDGER["S4"]})
    for place in (predictions, inventory, IPython.display):
        monkeypatch.setattr(place, "display", lambda *_, **__: None)


@pytest.mark.parametrize(
    ("function", "name"), [pytest.param(f, name, id=f"{f.__module__}.{f.__name__}-{name}") for f in CALLS for name in arguments_of(f)]
)
def test_a_strange_value_is_taken_or_refused_by_the_name_of_its_argument(function, name):
    refused = 0
    for value in STRANGE:
        try:
            function(**{**CALLS[function], name: value})
        except ValueError as error:
            assert "there is no file" in str(error) or (name in str(error) and " but " in str(error)), error
            refused += 1
    assert refused >= len(STRANGE) / 2, "most of these make no sense for any argument"


def test_the_table_has_every_public_function_of_these_modules():
    left_out = {"xor_corners", "lang_witbrock", "gain", "show", "summary", "answers", "progress", "as_text", "as_html", "main", "short"}
    for module in (datasets, inventory, judging, network, plotting, predictions, progress, ledger):
        public = {f.__name__ for _, f in inspect.getmembers(module, inspect.isfunction) if f.__module__ == module.__name__ and f.__name__[0] != "_"}
        assert public - left_out <= {f.__name__ for f in CALLS if f.__module__ == module.__name__}
