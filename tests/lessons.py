"""What the tests need to know of a lesson: its cells, its check in two parts, and the table of answers beside it."""

import contextlib
import importlib.util
import io
import re
from functools import cache
from pathlib import Path
from types import FunctionType

from tools.build import ROOT, lessons, mark

NAMES = [text.stem for text in lessons()]
HIDDEN = re.compile(r"^### BEGIN HIDDEN TESTS\n(.*?)^### END HIDDEN TESTS\n?", re.M | re.S)
SOLUTION = re.compile(r"^[ \t]*### BEGIN SOLUTION\n(.*?)^[ \t]*### END SOLUTION\n?", re.M | re.S)


@cache
def cells(name):
    """Return the marked cells of a lesson, solutions and hidden tests included."""
    text = ROOT / "solutions" / name / f"{name}.py"
    return mark(text.read_text(encoding="utf-8"), name).cells


def of_kind(name, *kinds):
    return [cell for cell in cells(name) if cell.metadata.course.kind in kinds]


def exercises(name):
    """Return the names of a lesson's exercises, in order."""
    return [cell.metadata.nbgrader.grade_id for cell in of_kind(name, "exercise")]


def check(name, exercise):
    """Return the visible and the hidden part of the check of an exercise."""
    (source,) = [cell.source + "\n" for cell in of_kind(name, "check") if cell.id == f"{exercise}-check"]
    return HIDDEN.sub("", source), "\n".join(HIDDEN.findall(source))


def solution_lines(name):
    """Return the lines of every answer of a lesson, without the ones too short to give anything away."""
    regions = [region for cell in cells(name) for region in SOLUTION.findall(cell.source)]
    return _telling(regions)


def hidden_lines(name):
    """Return the lines of every hidden test of a lesson, without the ones too short to give anything away."""
    return _telling(HIDDEN.findall("\n".join(cell.source + "\n" for cell in cells(name))))


def _telling(regions):
    lines = {line.strip() for region in regions for line in region.splitlines()}
    # a bare call or the head of a function is what the exercise itself announces
    return {line for line in lines if len(line) > 12 and not re.fullmatch(r"(def )?\w+\([\w, ]*\):?", line)}


@cache
def answers(name):
    """Return the module tests/answers/NN_name.py: MISTAKES and RIGHT (and CONSTANT, exercises without arguments)."""
    path = Path(__file__).parent / "answers" / f"{name.replace('-', '_')}.py"
    spec = importlib.util.spec_from_file_location(path.stem, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def solved(name):
    """Return the names of a lesson after all its code but the figures, with the answers of the authors.

    A caller may replace names: a function of the lesson sees what its caller's space holds, as in a notebook.
    """
    run_once = _solved(name)
    space = dict(run_once)
    for key, value in run_once.items():
        if isinstance(value, FunctionType) and value.__globals__ is run_once:
            space[key] = _at_home_in(space, value)
    return space


@cache
def _solved(name):
    space = {"__name__": "__main__"}
    with contextlib.redirect_stdout(io.StringIO()):
        for cell in of_kind(name, "code", "exercise"):
            exec(compile(cell.source, f"{name}:{cell.id}", "exec"), space)
    return space


def _at_home_in(space, function):
    copied = FunctionType(function.__code__, space, function.__name__, function.__defaults__, function.__closure__)
    copied.__kwdefaults__, copied.__doc__ = function.__kwdefaults__, function.__doc__
    return copied


def defined_in(name, exercise):
    """Return the names of the functions that an exercise asks for."""
    (source,) = [cell.source for cell in of_kind(name, "exercise") if cell.id == exercise]
    return re.findall(r"^def (\w+)", source, re.M)


def functions(name, space):
    """Return what a check may use of a lesson: the functions that its exercises define, nothing else."""
    return {function: space[function] for exercise in exercises(name) for function in defined_in(name, exercise)}


def run(source, given):
    """Run a check on the functions `given`; return the sentence of its first refusal, or None."""
    space = dict(given, __name__="__main__")
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            exec(compile(source, "check", "exec"), space)
    except AssertionError as refusal:
        return str(refusal)
    return None


def presentable(cell, output):
    """Refuse an output of a solved lesson, as a dictionary, that is an error, a word on stderr, or a picture without a text."""
    assert output["output_type"] != "error", f"{cell}: {output['evalue']}"
    assert output.get("name") != "stderr", f"{cell}: {output['text']}"
    data = output.get("data", {})
    assert not set(data) & {"image/png", "image/jpeg", "image/svg+xml"}, f"{cell} shows a picture without a text"
    for image in re.findall(r"<img\b[^>]*>", "".join(data.get("text/html", ""))):
        alt = re.search(r'alt="([^"]*)"', image)
        assert alt and len(alt.group(1)) > 30, f"{cell}: {image[:80]}"
