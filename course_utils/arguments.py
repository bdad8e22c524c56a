"""Checks of arguments: each returns the value in its proper type, or raises a ValueError that names
the argument, what came, and what was expected.

`answer`, `array_from` and `number_from` call a function that a learner has written, and say as much of that.
"""

import copy
import numbers
from pathlib import Path

import numpy as np


def shown(value):
    """Return what a value is, in at most sixty characters, for the sentence that refuses it."""
    if isinstance(value, np.ndarray):
        kind = "" if value.dtype.kind in "biuf" else f" of {value.dtype}"
        return f"an array{kind} of shape {value.shape}"
    try:
        words = repr(value)
    except Exception:  # a number of too many digits, or an object that cannot say what it is
        words = f"of type {type(value).__name__}"
    return words if len(words) <= 60 else words[:57] + "..."


def _say(name, expected, value):
    return ValueError(f"{name} should be {expected}, but it is {shown(value)}")


def number(name, value, low=None, high=None):
    """Return `value` as a float between `low` and `high` (both allowed, None: no limit); not NaN, not infinite."""
    expected = "a finite number" + _between(low, high)
    if isinstance(value, (bool, np.bool_)) or not isinstance(value, numbers.Real):
        raise _say(name, expected, value)
    try:
        finite = np.isfinite(float(value))
    except OverflowError:
        finite = False
    if not finite:
        raise _say(name, expected, value)
    if (low is not None and value < low) or (high is not None and value > high):
        raise _say(name, expected, value)
    return float(value)


def integer(name, value, low=None, high=None):
    """Return `value` as an int between `low` and `high` (both allowed, None: no limit)."""
    expected = "a whole number" + _between(low, high)
    if isinstance(value, (bool, np.bool_)) or not isinstance(value, numbers.Integral):
        raise _say(name, expected, value)
    if (low is not None and value < low) or (high is not None and value > high):
        raise _say(name, expected, value)
    return int(value)


def integers(name, value, low=None, high=None):
    """Return `value` as a list of at least one int between `low` and `high`."""
    if not isinstance(value, (list, tuple, range, np.ndarray)) or (isinstance(value, np.ndarray) and value.ndim != 1) or not len(value):
        raise _say(name, "a list of whole numbers" + _between(low, high), value)
    return [integer(f"{name}[{place}]", one, low, high) for place, one in enumerate(value)]


def choice(name, value, allowed):
    """Return `value` if it is one of `allowed`."""
    allowed = list(allowed)
    if not isinstance(value, str) or value not in allowed:
        raise _say(name, "one of " + ", ".join(map(repr, allowed)), value)
    return value


def flag(name, value):
    """Return `value` as True or False."""
    if not isinstance(value, (bool, np.bool_)):
        raise _say(name, "True or False", value)
    return bool(value)


def text(name, value):
    """Return `value` if it is a string with something in it."""
    if not isinstance(value, str) or not value.strip():
        raise _say(name, "a text that is not empty", value)
    return value


def texts(name, value, least=0):
    """Return `value` as a list of at least so many strings, each with something in it."""
    if not isinstance(value, (list, tuple)) or len(value) < least:
        raise _say(name, f"a list of at least {least} texts" if least else "a list of texts", value)
    return [text(f"{name}[{place}]", words) for place, words in enumerate(value)]


def path(name, value):
    """Return `value`, a text or a path, as a path."""
    if not isinstance(value, Path):
        text(name, value)
    return Path(value)


def function(name, value):
    """Return `value` if it can be called."""
    if not callable(value):
        raise _say(name, "a function", value)
    return value


def answer(name, value, given, expected="an answer"):
    """Return what the learner's function `value` says to copies of what is `given`.

    If it stops, the ValueError says so by its `name`, and Python shows the learner's own line above it. Only a function that
    is not written yet says that itself.
    """
    try:
        return value(*copy.deepcopy(given))
    except NotImplementedError:
        raise
    except Exception as error:
        try:
            words = f": {error}"
        except Exception:  # a learner's own exception may be unable to say what it is
            words = ""
        raise ValueError(f"{name} should return {expected}, but it stopped with {type(error).__name__}{words}") from error


def parts(name, value, names):
    """Return `value`, which the function `name` has returned, as a list of as many things as there are `names`."""
    if not isinstance(value, (tuple, list)) or len(value) != len(names):
        many = f"{len(value)} things" if isinstance(value, (tuple, list)) else shown(value)
        words = f"{', '.join(names[:-1])} and {names[-1]}"
        raise ValueError(f"{name} should return {words}, but it returned {many}")
    return list(value)


def array_from(name, value, given, *shape):
    """Return the array that the function `value` makes of copies of what is `given`, checked as `array` does."""
    return array(f"what {name} returns", answer(name, value, given, f"an array of shape {_shape(shape)}"), *shape)


def number_from(name, value, given, low=None, high=None):
    """Return the number that the function `value` makes of copies of what is `given`, checked as `single` does."""
    return single(f"what {name} returns", answer(name, value, given, "a number"), low, high)


def single(name, value, low=None, high=None):
    """Return one number as `number` does; it may come as an array that holds nothing else."""
    return number(name, value.item() if isinstance(value, np.ndarray) and value.size == 1 else value, low, high)


def array(name, value, *shape):
    """Return `value` as a float array of `shape`: an int is that size, a letter any size above 0.

    `array("X", X, "n", 2)` takes n points in the plane; equal letters must be equal sizes.
    """
    expected = f"an array of finite numbers of shape {_shape(shape)}"
    try:
        found = np.asarray(value)
    except Exception:  # lists of unequal lengths, or an object that cannot be one
        found = None
    if found is None or found.dtype.kind not in "biuf":
        raise _say(name, expected, value)
    sizes = {}
    fits = found.ndim == len(shape) and all(
        size > 0 and size == (sizes.setdefault(want, size) if isinstance(want, str) else want)
        for size, want in zip(found.shape, shape, strict=True)
    )
    if not fits:
        raise ValueError(f"{name} should be {expected}, but its shape is {found.shape}")
    found = found.astype(float)
    if not np.isfinite(found).all():
        where = tuple(int(i) for i in np.argwhere(~np.isfinite(found))[0])
        raise ValueError(f"{name} should be {expected}, but {name}{list(where)} is {found[where]}")
    return found


def sizes(name, value, inputs=None, outputs=None):
    """Return the sizes of a network's layers as a list of ints: [inputs, hidden neurons ..., outputs], at least two."""
    if isinstance(value, (list, tuple, range, np.ndarray)):
        value = integers(name, value, 1, 10_000)
        if len(value) >= 2 and inputs in (None, value[0]) and outputs in (None, value[-1]):
            return value
    raise _say(name, f"[{inputs or 'inputs'}, hidden neurons ..., {outputs or 'outputs'}]", value)


def points_and_labels(X, y, names=("X", "y")):
    """Return points as floats of shape (n, 2) and their classes as ints of shape (n,), each 0 or 1."""
    X = array(names[0], X, "n", 2)
    labels = array(names[1], y, "n")
    if len(labels) != len(X):
        raise ValueError(f"{names[1]} should have one class for each of the {len(X)} points, but it has {len(labels)}")
    if not np.isin(labels, (0, 1)).all():
        strange = labels[~np.isin(labels, (0, 1))][0]
        raise ValueError(f"{names[1]} should hold only the classes 0 and 1, but it holds {strange:g}")
    return X, labels.astype(int)


def _shape(shape):
    return "(" + ", ".join(map(str, shape)) + ("," if len(shape) == 1 else "") + ")"


def _between(low, high):
    if low is not None and high is not None:
        return f" from {low} to {high}"
    if low is not None:
        return f" of at least {low}"
    return "" if high is None else f" of at most {high}"
