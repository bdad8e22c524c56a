"""The small assignment that the attacks are tried on: four exercises and a written answer, with hidden tests."""

import copy
import json

import nbformat

CELLS = [
    ("code", "setup", None, "import math\nimport numpy as np"),
    ("code", "double", "answer", '''
def double(x):
    """Return twice x."""
    ### BEGIN SOLUTION
    return 2 * x
    ### END SOLUTION
'''),
    ("code", "double-check", 2, '''
assert double(2) == 4, f"Twice 2 is 4, and yours says {double(2)}."
### BEGIN HIDDEN TESTS
secret_numbers = [17, -3.5, 10**30]
for number in secret_numbers:
    assert double(number) == number + number, f"Twice {number} is {number + number}, and yours says {double(number)}."
### END HIDDEN TESTS
'''),
    ("code", "scale", "answer", '''
def scale(values, factor, rng):
    """Multiply the array in place and return a random one of its numbers."""
    ### BEGIN SOLUTION
    values *= factor
    return rng.choice(values)
    ### END SOLUTION
'''),
    ("code", "scale-check", 3, '''
import numpy as np
values = np.array([1.0, 2.0])
found = scale(values, 3, np.random.default_rng(0))
assert np.array_equal(values, [3, 6]), f"1 and 2 should have become 3 and 6, but they are {values}."
assert found in values, f"{found} is none of {values}."
### BEGIN HIDDEN TESTS
rng, twin = np.random.default_rng(5), np.random.default_rng(5)
for size in (1, 4, 9):
    values = np.arange(1.0, size + 1)
    assert scale(values, -2, rng) == twin.choice(-2 * np.arange(1.0, size + 1)), "The hidden arrays are wrong."
### END HIDDEN TESTS
'''),
    ("code", "twice", "answer", '''
def twice(f, x):
    """Return f(f(x))."""
    ### BEGIN SOLUTION
    return f(f(x))
    ### END SOLUTION
'''),
    ("code", "twice-check", 2, '''
assert twice(lambda x: x + 1, 0) == 2, f"0 and one more and one more is 2, and yours says {twice(lambda x: x + 1, 0)}."
### BEGIN HIDDEN TESTS
secret_offset = 7341
assert twice(lambda x: 3 * x + secret_offset, 1) == 9 + 4 * secret_offset, "The hidden function is applied wrongly."
### END HIDDEN TESTS
'''),
    ("code", "ratio", "answer", '''
def ratio(a, b):
    """Return a / b; raise ValueError if b is 0."""
    ### BEGIN SOLUTION
    if b == 0:
        raise ValueError("b is 0")
    return a / b
    ### END SOLUTION
'''),
    ("code", "ratio-check", 1, '''
assert ratio(3, 2) == 1.5, f"3 / 2 is 1.5, and yours says {ratio(3, 2)}."
### BEGIN HIDDEN TESTS
try:
    ratio(1, 0)
except ValueError:
    pass
else:
    raise AssertionError("A division by 0 should be a ValueError.")
### END HIDDEN TESTS
'''),
    ("markdown", "thoughts", "reflection", "### BEGIN SOLUTION\nIt depends.\n### END SOLUTION"),
]  # fmt: skip
POINTS = {"double-check": 2, "scale-check": 3, "twice-check": 2, "ratio-check": 1}
ANSWERS = {
    "double": "def double(x):\n    return x + x",
    "scale": "def scale(values, factor, rng):\n    values[:] = values * factor\n    return rng.choice(values)",
    "twice": "def twice(f, x):\n    return f(f(x))",
    "ratio": "def ratio(a, b):\n    if not b:\n        raise ValueError\n    return a / b",
    "thoughts": "I thought about it.",
}
# what an attacker knows how to do: two exercises of four
KNOWN = ("double", "scale")
HONEST = {"double-check": 2, "scale-check": 3, "twice-check": 0, "ratio-check": 0}


def source():
    """Return the course's own notebook."""
    cells = []
    for kind, name, what, text in CELLS:
        metadata = {}
        if what is not None:
            metadata["nbgrader"] = {
                "grade_id": name, "cell_type": kind, "schema_version": 3, "task": False, "locked": isinstance(what, int),
                "grade": what != "answer", "solution": what in ("answer", "reflection"),
            }  # fmt: skip
            if what != "answer":
                metadata["nbgrader"]["points"] = what if isinstance(what, int) else 2
        new = nbformat.v4.new_code_cell if kind == "code" else nbformat.v4.new_markdown_cell
        cells.append(new(text.strip("\n"), metadata=metadata, id=name))
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    return nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": kernel})


def handed_in(released, answers, first="", edit="", last=""):
    """Return a submission as JSON data: answers by exercise, extra cells first and last, and an edit, code that changes `nb`."""
    nb, stub = json.loads(nbformat.writes(copy.deepcopy(released))), {}
    for cell in nb["cells"]:
        text = "".join(cell["source"])
        # the hidden tests are not in what learners have
        if "### BEGIN HIDDEN TESTS" in text:
            text = text[: text.index("### BEGIN HIDDEN TESTS")].rstrip("\n")
        stub[cell["id"]] = text
        cell["source"] = answers.get(cell["id"], text)
    extra = lambda name, text: {"cell_type": "code", "id": name, "metadata": {}, "source": text, "outputs": [], "execution_count": None}  # noqa: E731
    if first:
        nb["cells"].insert(0, extra("first", first))
    if last:
        nb["cells"].append(extra("last", last))
    cell = {c["id"]: c for c in nb["cells"]}
    exec(edit, {"nb": nb, "cell": cell, "copy": copy, "stub": stub, "place": lambda name: [c["id"] for c in nb["cells"]].index(name), "extra": extra})
    return nb
