"""What a network may be told of a point: ready features, and own ones in a small language of x1 and x2.

    sum     = ["-"] product (("+" | "-") product)*
    product = power (["*"] power)*            a number needs its "*"
    power   = atom ["^" digit]
    atom    = number | "pi" | "x1" | "x2" | ("sin" | "cos" | "tanh" | "abs") "(" sum ")" | "(" sum ")"

Nothing of such a text is ever run as a program. `inputs.js` reads the same language.
"""

import re

import numpy as np

from course_utils import arguments

READY = {
    "x1": lambda p, q: p,
    "x2": lambda p, q: q,
    "x1x1": lambda p, q: p * p,
    "x2x2": lambda p, q: q * q,
    "x1x2": lambda p, q: p * q,
    "sin1": lambda p, q: np.sin(np.pi * p),
    "sin2": lambda p, q: np.sin(np.pi * q),
}
MOST_OWN, LONGEST = 3, 60
FURTHEST = 1e6  # what is larger is cut off, so that training goes on
_FUNCTIONS = {"sin": np.sin, "cos": np.cos, "tanh": np.tanh, "abs": np.abs}
_MARK = re.compile(r"\s*(x[12]|sin|cos|tanh|abs|pi|\d+(?:\.\d+)?|[a-z]+|\S)", re.ASCII)
_SPELLINGS = str.maketrans({"₁": "1", "₂": "2", "·": "*", "×": "*", "π": "pi"})


def features(names, X):
    """Return the numbers that a network is told of points `X` (n, 2): shape (n, features), none beyond a million.

    `names` lists ready features (x1, x2, x1x1, x2x2, x1x2, sin1, sin2) and own ones such as "x1 * x2^2".
    """
    X = arguments.array("X", X, "n", 2)
    with np.errstate(over="ignore", invalid="ignore"):
        columns = [np.broadcast_to((READY.get(name) or parse(name))(*X.T), len(X)) for name in checked(names)]
    return np.clip(np.nan_to_num(np.column_stack(columns), nan=0, posinf=FURTHEST, neginf=-FURTHEST), -FURTHEST, FURTHEST)


def checked(names):
    """Return `names` as a list, ready features first and in their order, or raise a ValueError that names the wrong one."""
    if not isinstance(names, (list, tuple)) or not names:
        raise ValueError(f"features should list at least one input, but it is {arguments.shown(names)}")
    for i, name in enumerate(names):
        try:
            if name not in READY:
                parse(name)
        except (TypeError, ValueError) as problem:
            wanted = f"one of {', '.join(READY)} or one of your own"
            raise ValueError(f"features[{i}] should be {wanted}, but it is {arguments.shown(name)}: {problem}") from None
    own = [name for name in dict.fromkeys(names) if name not in READY]
    if len(own) > MOST_OWN:
        raise ValueError(f"features should hold at most {MOST_OWN} of your own, but it holds {len(own)}")
    return [name for name in READY if name in names] + own


def parse(text):
    """Return the own feature `text` as a function of the coordinates p (n,) and q (n,), or raise a ValueError."""
    if len(arguments.text("the input", text)) > LONGEST:
        raise ValueError(f"it is longer than {LONGEST} characters")
    marks = _MARK.findall(text.lower().translate(_SPELLINGS))
    value, at = _sum(marks, 0)
    if at < len(marks):
        raise ValueError(f"{marks[at]} does not fit there")
    return value


def _at(marks, at):
    return marks[at] if at < len(marks) else ""


def _sum(marks, at):
    minus = _at(marks, at) == "-"
    value, at = _product(marks, at + minus)
    if minus:
        value = _joined(lambda a, b: -a, value, value)
    while (sign := _at(marks, at)) in ("+", "-"):
        right, at = _product(marks, at + 1)
        value = _joined(np.add if sign == "+" else np.subtract, value, right)
    return value, at


def _product(marks, at):
    value, at = _power(marks, at)
    while (mark := _at(marks, at)) == "*" or re.match(r"[xsct(pa]", mark):
        right, at = _power(marks, at + (mark == "*"))
        value = _joined(np.multiply, value, right)
    return value, at


def _power(marks, at):
    base, at = _atom(marks, at)
    if _at(marks, at) != "^":
        return base, at
    if not re.fullmatch(r"[0-9]", _at(marks, at + 1)):
        raise ValueError("after ^ stands one digit")
    exponent = int(marks[at + 1])
    return (lambda p, q: base(p, q) ** exponent), at + 2


def _atom(marks, at):
    mark, at = _at(marks, at), at + 1
    if mark in ("x1", "x2"):
        return READY[mark], at
    if mark == "pi" or re.match(r"[0-9]", mark):
        number = np.pi if mark == "pi" else float(mark)
        return (lambda p, q: number), at
    if mark in _FUNCTIONS:
        at = _needed("(", marks, at)
    elif mark != "(":
        raise ValueError(f"{mark} is not known here" if mark else "something is missing at the end")
    inner, at = _sum(marks, at)
    at = _needed(")", marks, at)
    f = _FUNCTIONS.get(mark)
    return ((lambda p, q: f(inner(p, q))) if f else inner), at


def _needed(mark, marks, at):
    if _at(marks, at) != mark:
        raise ValueError(f"{mark} is missing " + (f"before {marks[at]}" if at < len(marks) else "at the end"))
    return at + 1


def _joined(operation, left, right):
    return lambda p, q: operation(left(p, q), right(p, q))
