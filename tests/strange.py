"""Values that stand nowhere in a lesson, and what a function should do with them."""

import inspect

import numpy as np

STRANGE = [
    None, "abc", b"abc", True, -1, 3.7, 1j, float("nan"), float("inf"), 10**400, 10**5000, [], {}, ["a", "b"], [None, None], [[1], [1, 2]],
    np.zeros((0, 2)), np.zeros((3, 3, 3)), np.full((20, 2), np.nan), np.array(3), len, object(),
]  # fmt: skip


def title(function):
    return f"{function.__module__.removeprefix('course_utils.')}.{function.__qualname__}"


def arguments_of(function):
    return [name for name, about in inspect.signature(function).parameters.items() if about.kind not in (about.VAR_POSITIONAL, about.VAR_KEYWORD)]


def each_is_taken_or_refused_by_name(function, call, name):
    """The call with a strange value for the argument `name` works, or raises a ValueError that says which argument it is."""
    refused = 0
    for value in STRANGE:
        try:
            function(**{**call, name: value})
        except ValueError as error:
            assert any(words in str(error) for words in ("there is no", "cannot be read")) or (name in str(error) and " but " in str(error)), error
            refused += 1
    assert refused >= len(STRANGE) / 2, "most of these make no sense for any argument"
