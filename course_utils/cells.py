"""The process in which `course_utils.progress` runs a lesson: cells come in as JSON, what became of each goes out.

In: {"folders": [...], "cells": [source, ...]} on standard input. Out: one line when it is ready, then one a cell,
{"error": null or [name, text], "warnings": [text, ...]}. What the cells themselves print goes nowhere.
"""

import ast
import json
import os
import sys
import warnings

UNTOLD = (DeprecationWarning, PendingDeprecationWarning, ImportWarning, ResourceWarning)


def main():
    job = json.loads(sys.stdin.buffer.read())
    # the cells must neither read the job's pipe nor write into the answers', so both move away from 0, 1, 2
    answers = os.fdopen(os.dup(1), "w", encoding="ascii")
    nothing = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(nothing, descriptor)
    shell = _shell()
    sys.path.extend(job["folders"])
    print("ready", file=answers, flush=True)
    for source in job["cells"]:
        print(json.dumps(run(shell, source)), file=answers, flush=True)
    # a thread that a cell left behind does not hold us up
    os._exit(0)


def _shell():
    from IPython.core.interactiveshell import InteractiveShell
    from traitlets.config import Config

    shell = InteractiveShell.instance(config=Config(HistoryManager={"enabled": False}))
    shell.display_formatter.active_types = ["text/plain"]
    shell.showtraceback = shell.showsyntaxerror = lambda *_, **__: None
    return shell


def run(shell, source):
    """Run one cell; return its error and its warnings as plain data."""
    with warnings.catch_warnings(record=True) as seen:
        warnings.simplefilter("always")
        result = shell.run_cell(source, silent=True)
    error = result.error_before_exec or result.error_in_exec
    told = [f"{w.category.__name__}: {w.message}"[:500] for w in seen if not issubclass(w.category, UNTOLD)]
    return {"error": error and [_kind(error), _text(error, source)], "warnings": list(dict.fromkeys(told))}


def _kind(error):
    # Python 3.13 has private kinds of SyntaxError, whose names tell a learner nothing
    return next(kind.__name__ for kind in type(error).__mro__ if not kind.__name__.startswith("_"))


def _text(error, source):
    if isinstance(error, SyntaxError):
        if error.msg == "incomplete input":  # IPython waits for more; Python itself says what is missing
            try:
                ast.parse(source)
            except SyntaxError as plainer:
                error = plainer
        return f"{error.msg}, in line {error.lineno} of the cell"
    try:
        return str(error).strip()[:1000]
    except Exception:  # a learner's own exception may be unable to say what it is
        return ""


if __name__ == "__main__":
    main()
