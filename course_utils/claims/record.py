"""What a claim is: its words, what is right, who showed it, and a function that computes its number."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass

from course_utils import arguments

VERDICTS = ("OK", "IMPRECISE", "WRONG")
CLAIMS = {}


@dataclass(frozen=True)
class Claim:
    """One claim. `measure(seed)` returns (number, words); the number must lie from `low` to `high`, both allowed."""

    name: str
    says: str
    right: str
    cites: str
    lesson: str
    digest: str
    low: float
    high: float
    number: Callable

    @property
    def verdict(self):
        """OK, IMPRECISE or WRONG (see the package's own words on why this takes a step)."""
        return next(word for word in VERDICTS if digest(self.name, word) == self.digest)

    def measure(self, seed=0):
        """Return the number of this claim and what it says in words; the same seed gives the same number."""
        number, words = self.number(arguments.integer("seed", seed, 0))
        return float(number), words


def digest(name, verdict):
    """Return what stands for a verdict on the claim `name`."""
    return hashlib.sha256(f"{name} {verdict}".encode()).hexdigest()[:8]


def claim(name, *, says, right, lesson, digest, band, cites=""):
    """Enter the decorated function, which takes a seed and returns (number, words), into the ledger."""

    def enter(function):
        CLAIMS[name] = Claim(name, says, right, cites, lesson, digest, *band, function)
        return function

    return enter
