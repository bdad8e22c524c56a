"""The process that runs the course's checks. It is trusted; the answers it asks for come from the submission's process."""

import ast
import builtins
import contextlib
import functools
import io
import signal
import socket
import sys
import time
import warnings

import numpy as np

from course_utils.grading import channel, processes
from course_utils.grading.limits import Allowance

LONGEST = 4000  # characters of a sentence


class CheckTimeout(TimeoutError):
    """A check that takes too long by itself."""


class Asking(channel.Side):
    """The examiner's side of the conversation with a submission."""

    def __init__(self, sock, limits, pid):
        super().__init__(sock)
        self.limits, self.lost, self.where = limits, None, []
        self.theirs, self.meter = functools.partial(processes.spent, pid), self.spent
        self.usual = channel.filters(), np.geterr()
        self.raw = list(warnings.filters)

    def spent(self):
        """Return how long the submission has computed, and how long it and the examiner, in turns, waited for a processor."""
        computed, waited = self.theirs()
        return computed, waited + processes.waiting()

    def call(self, number, name, args, kwargs):
        """Ask the submission; a submission that has ended or takes too long is an error that says so."""
        if self.lost:
            raise RuntimeError(self.lost)
        outermost = not self.depth
        if outermost:
            call, grace = self.limits["call"], self.limits["grace"]
            self.allow(self.limits["patience"] * call + grace, call + grace)
        try:
            return super().call(number, name, args, kwargs)
        except channel.Gone as error:
            if error.late:
                self.lost = f"{name} gave no answer within {self.limits['call']:g} seconds"
                raise TimeoutError(self.lost) from None
            self.lost = f"the program ended while {name} was at work: {error}"
            raise RuntimeError(self.lost) from None
        except CheckTimeout:
            self.lost = f"the check took longer than {self.limits['check']:g} seconds"
            raise
        finally:
            if outermost:
                self.allow(None)

    def circumstances(self):
        if self.depth:
            return {}
        found = {"seconds": self.limits["call"]}
        now = (channel.filters() if warnings.filters != self.raw else self.usual[0]), np.geterr()
        # where a check says nothing about warnings, the submission's own settings hold
        if now[0] != self.usual[0]:
            found["filters"] = now[0]
        if now[1] != self.usual[1]:
            found["errors"] = now[1]
        return found

    def noted(self, header):
        if isinstance(header.get("printed"), str):
            sys.stdout.write(header["printed"][:20_000])
        for kind, text in header.get("warnings") or ():
            warnings.showwarning(channel.warning_kind(kind)(str(text)[:2000]), channel.warning_kind(kind), "the answer", 1)
        where = header.get("error", {}).get("where") if isinstance(header.get("error"), dict) else None
        if isinstance(where, list):
            self.where = [str(line)[:400] for line in where[:12]]

    def names(self, names):
        """Return what the names mean in the submission."""
        if self.lost:
            return {}
        self.allow(60, 10)
        try:
            self.send({"do": "names", "names": sorted(names)})
            header, blob = self.receive()
            reader = channel.Reader(blob, self.bind)
            found = {}
            for name, said in header["names"].items():
                if name in names:
                    found[name] = Refused(name, str(said["refused"])[:200]) if "refused" in said else reader.read(said["value"])
                    if getattr(found[name], "_comes_from", None):
                        found[name].__name__ = found[name].__qualname__ = name
            return found
        except (channel.Gone, channel.NotPlain, KeyError, TypeError, AttributeError) as error:
            self.lost = f"the program ended: {error}"
            return {}
        finally:
            self.allow(None)


class Refused:
    """Stands for something in the submission that has no plain form."""

    def __init__(self, name, what):
        self._what = f"{name} is {what}, and a check works with numbers, texts, arrays, lists, tuples, dicts and functions"

    def __getattr__(self, name):
        raise TypeError(self._what)

    def __call__(self, *_, **__):
        raise TypeError(self._what)

    def __eq__(self, other):
        raise TypeError(self._what)

    __hash__ = None


def serve(fd, limits):
    """Run checks until the other end hangs up."""
    own = channel.Channel(socket.socket(fileno=fd))
    side = None
    with contextlib.suppress(channel.Gone):
        while True:
            header, _ = own.receive()
            if header.get("do") == "meet":
                own.send({})  # the socket comes by itself, so that no other read takes it away
                _, fds, _, _ = socket.recv_fds(own.sock, 1, 1)
                if side:
                    side.sock.close()
                side = Asking(socket.socket(fileno=fds[0]), limits, header["pid"])
                own.send({})
            else:
                own.send(examine(side, header, limits))


def examine(side, header, limits):
    """Run one check; return its outputs and what is to be known about it."""
    def spent():
        computed, waited = side.spent()
        return time.process_time() + computed, waited

    allowed, side.where = Allowance(limits["check"], limits["patience"], spent), []
    said = io.StringIO()
    noted, last, failed = [], None, None
    space = {"__name__": "__main__", "__builtins__": builtins}
    kept, state = list(warnings.filters), np.geterr()

    def ring(*_):
        if allowed.used_up():
            raise CheckTimeout("the check took longer than it may")

    signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, limits["check"], 0.5)
    try:
        with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said), warnings.catch_warnings(record=True) as noted:
            tree = parsed(header["source"])
            names = wanted(tree, header["exercises"])
            # what the released cells import, the examiner imports for itself
            for name in names & set(header["imports"]) - set(header["exercises"]):
                exec(header["imports"][name], space)
            space.update(side.names(names - set(space)))
            end = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
            exec(compile(tree, f"<{header['name']}>", "exec"), space)
            if end is not None:
                last = eval(compile(ast.Expression(end.value), f"<{header['name']}>", "eval"), space)
    except BaseException as error:
        failed = error
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        warnings.filters[:] = kept
        np.seterr(**state)
    outputs = []
    if said.getvalue():
        outputs.append({"output_type": "stream", "name": "stdout", "text": said.getvalue()[: int(limits["output"])]})
    found = {"lost": side.lost, "warnings": list(dict.fromkeys(f"{w.category.__name__}: {str(w.message)[:300]}" for w in noted))[:10]}
    if failed is not None:
        outputs.append(_error(failed, side.where))
    else:
        share = points(last, header["points"])
        if share is not None:
            outputs.append({"output_type": "execute_result", "execution_count": None, "metadata": {}, "data": {"text/plain": repr(share)}})
    return {**found, "outputs": outputs}


def points(last, maximum):
    """Return the points that the last value of a check stands for, None if it says nothing: nbgrader's partial credit."""
    if isinstance(last, (bool, np.bool_)) or not isinstance(last, (int, float, np.integer, np.floating)):
        return None
    return 0.0 if last != last else float(min(max(float(last), 0.0), maximum))


def parsed(source):
    """Return the syntax tree of a check; IPython's own words are understood, too."""
    try:
        return ast.parse(source)
    except SyntaxError:
        from IPython.core.inputtransformer2 import TransformerManager

        return ast.parse(TransformerManager().transform_cell(source))


def wanted(tree, exercises):
    """Return the names that a check takes from the submission: the exercises', and those that nobody else defines."""
    used = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)}
    own = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load)}
    for node in ast.walk(tree):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            own.add(node.name)
        elif isinstance(node, ast.arg):
            own.add(node.arg)
        elif isinstance(node, (ast.Import, ast.ImportFrom)):
            own |= {(alias.asname or alias.name).split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ExceptHandler) and node.name:
            own.add(node.name)
    return (used & set(exercises)) | (used - own - set(dir(builtins)) - {"get_ipython", "__name__", "__builtins__"})


def _error(error, where):
    """Return an error as a notebook shows it: the sentence, never the lines of the check."""
    kind = "TimeoutError" if isinstance(error, TimeoutError) else type(error).__name__
    try:
        text = str(error)[:LONGEST]
    except Exception:
        text = ""
    if kind == "AssertionError" and not text:
        text = "one of the tests of this check did not hold"
    lines = [f"{kind}: {text}"]
    if where and not isinstance(error, AssertionError):
        lines.append("In your answer:\n" + "".join(where))
    return {"output_type": "error", "ename": kind, "evalue": text, "traceback": lines}
