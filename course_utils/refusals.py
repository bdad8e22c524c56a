"""In a notebook, a check that refuses shows its sentence alone, without the lines of the check around it.

Those lines hold the sentences for other mistakes, and a learner would read them first. What this package refuses, such as an
argument of a figure, shows the learner's own lines and the sentence, without the package's. Every other error keeps its traceback.
"""

import linecache
import os
import sys
import types

PACKAGE = os.path.dirname(__file__) + os.sep
HEAD = "# Check of "  # how the builder begins the cell of a check
UNTOUCHED = "not written yet"  # what an exercise says that nobody has begun, in nbgrader_config.py


def alone(shell):
    """Let the IPython shell of a notebook's kernel show refusals alone; a shell without a kernel stays as it is."""
    if getattr(shell, "kernel", None) is not None:
        shell.set_custom_exc((AssertionError, NotImplementedError, ValueError), _show)


def _show(shell, kind, value, trace, tb_offset=None):
    said = _sentence(value, trace)
    if said is None and isinstance(value, ValueError) and _raised_in(trace).co_filename.startswith(PACKAGE):
        return _show_theirs(shell, kind, value, trace, tb_offset)
    if said is None:
        return shell.showtraceback((kind, value, trace), tb_offset=tb_offset)
    sys.last_type, sys.last_value, sys.last_traceback = kind, value, trace  # for %tb and %debug, as after any error
    shell._showtraceback(kind, value, [said])


def _show_theirs(shell, kind, value, trace, tb_offset):
    """Show the traceback, and that of what led to it, without the lines of this package; %tb still has them."""
    cause, whole = value.__cause__, value.__cause__ and value.__cause__.__traceback__
    try:
        if cause is not None:
            cause.__traceback__ = _theirs(whole)
        shell.showtraceback((kind, value, _theirs(trace)), tb_offset=tb_offset)
    finally:
        if cause is not None:
            cause.__traceback__ = whole
        sys.last_traceback = trace


def _theirs(trace):
    """Return the traceback without the lines of this package."""
    kept = []
    while trace is not None:
        if not trace.tb_frame.f_code.co_filename.startswith(PACKAGE):
            kept.append(trace)
        trace = trace.tb_next
    made = None
    for one in reversed(kept):
        made = types.TracebackType(made, one.tb_frame, one.tb_lasti, one.tb_lineno)
    return made


def _raised_in(trace):
    """Return the code in which the error was raised."""
    while trace.tb_next is not None:
        trace = trace.tb_next
    return trace.tb_frame.f_code


def _sentence(value, trace):
    """Return what a check says, or that an exercise is not begun, or None if the error is neither."""
    code = _raised_in(trace)
    if isinstance(value, NotImplementedError):
        return f"{code.co_name} is not written yet." if str(value) == UNTOUCHED else None
    from_check = linecache.getline(code.co_filename, 1).startswith(HEAD)
    return str(value) or None if from_check else None
