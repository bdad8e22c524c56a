"""In a notebook, a check that refuses shows its sentence alone, without the lines of the check around it.

Those lines hold the sentences for other mistakes, and a learner would read them first. Every other error keeps its traceback.
"""

import linecache
import sys

HEAD = "# Check of "  # how the builder begins the cell of a check


def alone(shell):
    """Let the IPython shell of a notebook's kernel show refusals alone; a shell without a kernel stays as it is."""
    if getattr(shell, "kernel", None) is not None:
        shell.set_custom_exc((AssertionError, NotImplementedError), _show)


def _show(shell, kind, value, trace, tb_offset=None):
    said = _sentence(value, trace)
    if said is None:
        return shell.showtraceback((kind, value, trace), tb_offset=tb_offset)
    sys.last_type, sys.last_value, sys.last_traceback = kind, value, trace  # for %tb and %debug, as after any error
    shell._showtraceback(kind, value, [said])


def _sentence(value, trace):
    """Return what a check says, or None if the error is no refusal of a check."""
    frames = []
    while trace is not None:
        frames.append(trace.tb_frame.f_code)
        trace = trace.tb_next
    from_check = [linecache.getline(code.co_filename, 1).startswith(HEAD) for code in frames]
    if isinstance(value, NotImplementedError):
        untouched = any(from_check) and str(value) == "not written yet"
        return f"{frames[-1].co_name} is not written yet." if untouched else None
    return str(value) or None if from_check[-1] else None
