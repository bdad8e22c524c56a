"""Runs a lesson's cells where no second process can be started: in the browser, where Python is a page's own.

They get a name space and a folder of their own, and what they print or show goes nowhere. It is less than a process: a cell
that calls one of NumPy's own long loops cannot be stopped, and what it does to an imported module stays.
"""

import contextlib
import os
import sys
import time
from dataclasses import dataclass

from course_utils.cells import run


class _TimeIsUp(BaseException):
    """Raised in a cell that takes too long; no `except Exception` of a learner's stops it."""


@dataclass(frozen=True)
class _Outcome:
    error_before_exec: BaseException | None = None
    error_in_exec: BaseException | None = None


class Shell:
    """As much of IPython's shell as `cells.run` asks for."""

    def __init__(self, seconds):
        from IPython.core.inputtransformer2 import TransformerManager

        self._translate = TransformerManager().transform_cell
        self._names = {"__name__": "__main__", "input": _no_input}
        self._seconds = seconds

    def run_cell(self, source, silent=True):
        """Run one cell; return what it ended in."""
        from IPython.utils.capture import capture_output

        try:
            code = compile(self._translate(source), "<cell>", "exec")
        except (SyntaxError, ValueError) as problem:
            return _Outcome(error_before_exec=problem)
        try:
            with capture_output(), at_most(self._seconds):
                exec(code, self._names)
        except _TimeIsUp:
            raise
        except BaseException as problem:
            return _Outcome(error_in_exec=problem)
        return _Outcome()


def run_all(sources, place, folders, seconds, environment):
    """Run cells in the folder `place`; return the outcomes of those that ended, and why the next one did not."""
    folder, path, before = os.getcwd(), list(sys.path), {name: os.environ.get(name) for name in environment}
    shell, seen = Shell(seconds), []
    try:
        os.chdir(place)
        sys.path.extend(folders)
        os.environ.update(environment)
        for source in sources:
            seen.append(run(shell, source))
        return seen, ""
    except _TimeIsUp:
        return seen, f"did not end within {seconds:g} s"
    finally:
        os.chdir(folder)
        sys.path[:] = path
        for name, value in before.items():
            os.environ.pop(name) if value is None else os.environ.update({name: value})


@contextlib.contextmanager
def at_most(seconds):
    """Stop what runs inside after `seconds`, at its next turn of a loop or call of a function.

    Python 3.12 and later can; the browser's is one of these.
    """
    watch = getattr(sys, "monitoring", None)
    if watch is None:
        yield
        return
    end = time.monotonic() + seconds

    def look(*_):
        if time.monotonic() > end:
            raise _TimeIsUp

    tool = next(number for number in range(6) if watch.get_tool(number) is None)
    watch.use_tool_id(tool, "untangle")
    for event in (watch.events.JUMP, watch.events.PY_START):
        watch.register_callback(tool, event, look)
    watch.set_events(tool, watch.events.JUMP | watch.events.PY_START)
    try:
        yield
    finally:
        watch.set_events(tool, 0)
        watch.free_tool_id(tool)


def _no_input(*_):
    raise EOFError("nobody is there to answer while the lesson is judged")
