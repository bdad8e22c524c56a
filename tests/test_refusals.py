"""In a notebook a check that refuses says its sentence alone; every other error keeps its traceback."""

import re

import nbformat
import pytest
from nbclient import NotebookClient

CHECK = """# Check of double: run this cell. Click here to see how it checks.
def ask(x):
    assert double(x) == 2 * x, f"Twice {x} is {2 * x}, but yours says {double(x)}."


ask(3)
assert double(0) == 0, "A sentence for another mistake."
"""
CELLS = {
    "imports": "from course_utils import datasets",
    "untouched": 'def double(x):\n    raise NotImplementedError("not written yet")  # your code goes here',
    "untouched check": CHECK,
    "picture": "from IPython.display import display\ndisplay(max(map(double, [1, 2])))",
    "unfinished": "def double(x):\n    raise NotImplementedError('negative numbers')",
    "unfinished check": CHECK,
    "wrong": "def double(x):\n    return x + 1",
    "refused": CHECK,
    "looked into": "%tb",
    "crashing": "def double(x):\n    return x / 0",
    "crashed": CHECK,
    "own assert": "def double(x):\n    assert x < 2, 'my own test'\n    return 2 * x",
    "stopped by it": CHECK,
    "elsewhere": "assert 1 == 2, 'in a cell of my own'",
    "right": "def double(x):\n    return 2 * x",
    "accepted": CHECK + 'print("double: passed.")',
    "figures": "from course_utils.figures.activations import activation_zoo\nX = datasets.ring(-1)",
    "wrong for a figure": "activation_zoo({'double': (lambda z: z[1:], None)})",
    "stopping in a figure": "def double(z):\n    return z @ z[1:]\n\nactivation_zoo({'double': (double, None)})",
    "looked into the figure": "%tb",
    "unwritten for a figure": "def double(z):\n    raise NotImplementedError('not written yet')\n\nactivation_zoo({'double': (double, None)})",
}


@pytest.fixture(scope="module")
def ran(tmp_path_factory):
    """What each cell shows: the one output, or None."""
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source) for source in CELLS.values()])
    where = {"metadata": {"path": tmp_path_factory.mktemp("notebook")}}
    NotebookClient(notebook, kernel_name="python3", allow_errors=True, resources=where).execute()
    return {name: cell.outputs[0] if cell.outputs else None for name, cell in zip(CELLS, notebook.cells, strict=True)}


def lines(output):
    """The traceback of an error, without its colours."""
    return re.sub(r"\x1b\[[0-9;]*m", "", "\n".join(output.traceback))


def test_a_refusal_is_its_sentence_and_nothing_else(ran):
    shown = ran["refused"]
    assert shown.output_type == "error" and shown.ename == "AssertionError"  # what nbgrader looks for
    assert shown.traceback == ["Twice 3 is 6, but yours says 4."] == [shown.evalue]


@pytest.mark.parametrize("cell", ["untouched check", "picture"])
def test_an_exercise_not_begun_is_named(ran, cell):
    assert ran[cell].output_type == "error"
    assert ran[cell].traceback == ["double is not written yet."]


def test_who_wants_to_see_where_can_still_ask(ran):
    assert "ask(3)" in lines(ran["looked into"])


@pytest.mark.parametrize(
    ("cell", "line"),
    [("unfinished check", "negative numbers"), ("crashed", "x / 0"), ("stopped by it", "my own test"), ("elsewhere", "assert 1 == 2")],
)
def test_any_other_error_shows_its_lines(ran, cell, line):
    assert ran[cell].output_type == "error"
    assert line in lines(ran[cell]) and "Traceback" in lines(ran[cell])


def test_a_right_answer_passes(ran):
    assert ran["accepted"].output_type == "stream" and ran["accepted"].text == "double: passed.\n"


@pytest.mark.parametrize(
    ("cell", "line", "sentence"),
    [("figures", "datasets.ring(-1)", "n should be a whole number from 2"),
     ("wrong for a figure", "lambda z: z[1:]", "what double returns should be an array of finite numbers of shape (241,), but its shape is (240,)"),
     ("stopping in a figure", "z @ z[1:]", "double should return an array of shape (241,), but it stopped with ValueError")],
)  # fmt: skip
def test_what_the_package_refuses_shows_the_learners_lines_and_the_sentence_and_none_of_its_own(ran, cell, line, sentence):
    assert line in lines(ran[cell]) and sentence in lines(ran[cell])
    assert ".py" not in lines(ran[cell])


def test_the_lines_of_the_package_are_still_there_for_who_asks(ran):
    assert "arguments.py" in lines(ran["looked into the figure"]) and "z @ z[1:]" in lines(ran["looked into the figure"])


def test_a_figure_of_an_exercise_not_begun_names_it(ran):
    assert ran["unwritten for a figure"].traceback == ["double is not written yet."]
