"""Which kinds of values are plain data, and the parts of them that are checked before anything is built from them."""

import builtins
import collections
import math
import re

import numpy as np

DTYPE = re.compile(r"[<>|=]?([biufcSU]\d{1,7}|[Mm]8\[\w{1,8}\])")
TYPES = {t.__name__: t for t in (bool, int, float, complex, str, bytes, list, tuple, dict, set, frozenset, object, type(None))}
TYPES |= {name: t for name, t in vars(builtins).items() if isinstance(t, type) and issubclass(t, Exception)}
TYPES |= {f"numpy.{t.__name__}": t for t in set(np.sctypeDict.values()) - {np.object_, np.void}}
UFUNCS = {name: value for name, value in vars(np).items() if isinstance(value, np.ufunc)}
BIT_GENERATORS = {t.__name__: t for t in (np.random.PCG64, np.random.PCG64DXSM, np.random.MT19937, np.random.Philox, np.random.SFC64)}
DICTS = {"Counter": collections.Counter, "OrderedDict": collections.OrderedDict, "defaultdict": collections.defaultdict}
VIEWS = {type({}.keys()): "keys", type({}.values()): "values", type({}.items()): "items"}
MUTABLE = (np.ndarray, list, dict, set, bytearray, collections.deque, np.random.Generator, np.random.RandomState)


class NotPlain(TypeError):
    """A value that cannot travel, or a message that is not what it should be."""


def listed(state):
    """Return the state of a bit generator as JSON: whole numbers as texts, arrays as lists of them."""
    return {key: listed(value) if isinstance(value, dict) else [str(n) for n in value.tolist()] if isinstance(value, np.ndarray)
            else value if isinstance(value, str) else str(value) for key, value in state.items()}  # fmt: skip


def bit_generator(content):
    """Return the bit generator of a name and a state, as `listed` gave it. Raises NotPlain."""
    name, state = content
    found = BIT_GENERATORS[name](0)

    def like(now, text):
        if isinstance(now, dict):
            return {key: like(value, text[key]) for key, value in now.items()}
        if isinstance(now, np.ndarray):
            return np.array([int(number) for number in text], dtype=now.dtype).reshape(now.shape)
        return now if isinstance(now, str) else int(text)

    if len(str(state)) > 50_000:
        raise NotPlain("a random generator that is too large")
    found.state = like(found.state, state)
    return found


def checked_dtype(text):
    """Return the dtype of that name. Raises NotPlain for anything but numbers, texts and times."""
    if not isinstance(text, str) or not DTYPE.fullmatch(text):
        raise NotPlain("an array of an unknown type")
    return np.dtype(text)


def check_shape(shape, count):
    """Raise NotPlain unless `shape` is one of an array of `count` values."""
    if not isinstance(shape, (list, tuple)) or len(shape) > 32 or not all(type(n) is int and 0 <= n < 2**40 for n in shape):
        raise NotPlain("an array whose shape makes no sense")
    if math.prod(shape) != count:
        raise NotPlain("an array whose size does not fit")


def short(text):
    """Return a text that a number may be made of. Raises NotPlain."""
    if not isinstance(text, str) or len(text) > 10_000:
        raise NotPlain("a number that is too long")
    return text


def unchanged(value, before):
    """Return whether an object is what it was when it was read; `before` is what `Reader` remembers of it."""
    if isinstance(value, np.ndarray):
        if value.dtype == object:
            return len(before) == value.size and all(a is b for a, b in zip(value.ravel().tolist(), before, strict=True))
        return value.tobytes() == before
    if isinstance(value, (bytearray, set)):
        return value == before
    if isinstance(value, dict):
        return len(value) == len(before) and all(
            a is c and b is d for (a, b), (c, d) in zip(value.items(), before.items(), strict=True))
    if isinstance(value, (list, collections.deque)):
        return len(value) == len(before) and all(a is b for a, b in zip(value, before, strict=True))
    bits = value._bit_generator if isinstance(value, np.random.RandomState) else value.bit_generator
    return listed(bits.state) == listed(before)
