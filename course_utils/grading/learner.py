"""The process of one submission: it runs the submission's own cells and answers the calls of the examiner.

Nothing in here is trusted by anybody: the submission's code could change all of it. The walls are in `sandbox`,
and whoever reads what comes out checks it.
"""

import base64
import contextlib
import io
import json
import os
import re
import signal
import socket
import sys
import tempfile
import time
import traceback
import warnings

import numpy as np
from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from traitlets import Type
from traitlets.config import Config

from course_utils.grading import channel, processes, sandbox, syscalls
from course_utils.grading.limits import Allowance

SHOWN = {"text/plain": 20_000, "image/png": 2_000_000}  # what kinds of output are kept, and how long each may be
ANSI = re.compile(r"\x1b\[[0-9;]*m")


class TimeIsUp(BaseException):
    """Raised in the middle of a cell or a call; not an Exception, so that `except Exception` does not catch it."""


class Hook(DisplayHook):
    """Keeps the last value of a cell as an output."""

    def write_output_prompt(self):
        pass

    def write_format_data(self, format_dict, md_dict=None):
        self.shell.keep({"output_type": "execute_result", "data": format_dict, "metadata": {}})

    def finish_displayhook(self):
        pass


class Publisher(DisplayPublisher):
    """Keeps what a cell displays."""

    def publish(self, data, metadata=None, **_):
        self.shell.keep({"output_type": "display_data", "data": data, "metadata": {}})


class Shell(InteractiveShell):
    """IPython without a kernel around it."""

    displayhook_class = Type(Hook)
    display_pub_class = Type(Publisher)
    outputs, room = (), 0

    def keep(self, output):
        """Add an output to those of the running cell, as far as there is room."""
        data = {kind: output["data"][kind] for kind in SHOWN if kind in output.get("data", {})}
        data = {kind: base64.b64encode(value).decode() if isinstance(value, bytes) else str(value) for kind, value in data.items()}
        data = {kind: value[: SHOWN[kind]] for kind, value in data.items() if kind == "text/plain" or len(value) <= SHOWN[kind]}
        if data and len(self.outputs) < 200:
            self.outputs.append({**output, "data": data})

    def _showtraceback(self, etype, evalue, stb):
        try:
            text = str(evalue)
        except Exception:
            text = ""
        name = "TimeoutError" if etype is TimeIsUp else str(getattr(etype, "__name__", etype))
        self.failed = {"output_type": "error", "ename": name, "evalue": text[:20_000], "traceback": [line[:20_000] for line in stb][:200]}


class Printed(io.TextIOBase):
    """What a cell prints, up to a limit; the rest is counted and dropped."""

    def __init__(self, shell, name):
        self.shell, self.name, self.said = shell, name, False

    def writable(self):
        return True

    def write(self, text):
        text = str(text)
        if self.shell.room > 0:
            kept = text[: self.shell.room]
            self.shell.room -= len(kept)
            last = self.shell.outputs[-1] if self.shell.outputs else {}
            if last.get("name") == self.name:
                last["text"].append(kept)
            else:
                self.shell.outputs.append({"output_type": "stream", "name": self.name, "text": [kept]})
        return len(text)


def make_shell():
    """Return IPython's shell, made once in the warm process."""
    config = Config()
    config.HistoryManager.enabled = False
    config.InteractiveShell.colors = "nocolor"
    config.InteractiveShell.xmode = "Plain"
    return Shell.instance(config=config)


def serve(fd, limits, home, shell, account):
    """Run cells and answer calls until the other end hangs up. `account` comes from `processes.account`."""
    syscalls.die_with_parent()
    for name in [*os.environ]:
        del os.environ[name]
    os.environ.update(HOME=home, TMPDIR=home, PATH="/usr/bin:/bin", LANG="C.UTF-8", MPLBACKEND="Agg", MPLCONFIGDIR=home)
    os.environ.update(dict.fromkeys(sandbox.ONE_THREAD, "1"))
    tempfile.tempdir = None  # in case that it was looked for outside
    sys.path.insert(0, "")
    np.random.seed()
    signal.signal(signal.SIGINT, signal.default_int_handler)
    warnings.filterwarnings("default", category=DeprecationWarning, module="__main__")
    sys.stdout, sys.stderr = Printed(shell, "stdout"), Printed(shell, "stderr")
    side = Answering(socket.socket(fileno=fd), shell, limits, account)
    with contextlib.suppress(channel.Gone):
        while True:
            header, blob = side.receive()
            side.do(header, blob)


def command(limits):
    """Return the command that becomes a submission's process without having been forked: for bubblewrap."""
    code = ("import json, sys; sys.path[:] = json.loads(sys.argv[1]); from course_utils.grading import learner; "
            "learner.alone(json.loads(sys.argv[2]))")  # fmt: skip
    return [sys.executable, "-I", "-c", code, json.dumps(sys.path), json.dumps(limits)]


def alone(limits):
    """In bubblewrap: begin cold, go on like a forked one."""
    from course_utils.grading import seccomp, server

    os.environ.update(dict.fromkeys(("HOME", "IPYTHONDIR", "MPLCONFIGDIR", "TMPDIR"), sandbox.COLD))
    os.environ.update(dict.fromkeys(sandbox.ONE_THREAD, "1"))
    shell = server.warm()
    sandbox.bound(limits)
    seccomp.install(alone=True)
    serve(3, limits, sandbox.BOX, shell, processes.account())


class Answering(channel.Side):
    """The submission's side of the conversation."""

    def __init__(self, sock, shell, limits, account):
        super().__init__(sock)
        self.shell, self.limits, self.account, self.away = shell, limits, account, 0.0

    def call(self, number, name, args, kwargs):
        begun = time.monotonic()
        try:
            return super().call(number, name, args, kwargs)
        finally:
            self.away += time.monotonic() - begun

    def spent(self):
        """Return how long this process has computed, and how long it waited: for a processor, and for the examiner."""
        return time.process_time(), processes.waiting_in(self.account) + self.away

    def do(self, header, blob):
        """Do what one message asks for."""
        do = header.get("do")
        if do == "files":
            for name, start, length in header["files"]:
                os.makedirs(os.path.dirname(name) or ".", exist_ok=True)
                with open(name, "wb") as file:
                    file.write(blob[start : start + length])
            self.send({"do": "reply"})
        elif do == "cell":
            self.send({"do": "reply", **self.cell(header["source"], header["seconds"])})
        elif do == "names":
            self.names(header["names"])
        elif do == "call":
            self.answer(header, blob)

    def cell(self, source, seconds):
        """Run a cell like a notebook does; return its outputs."""
        self.shell.outputs, self.shell.room, self.shell.failed = [], int(self.limits["output"]), None
        with self.time(seconds):
            self.shell.run_cell(source, store_history=True, silent=False)
        for output in self.shell.outputs:
            if isinstance(output.get("text"), list):
                output["text"] = "".join(output["text"])
        if self.shell.room <= 0:
            self.shell.outputs.append({"output_type": "stream", "name": "stdout", "text": "\n... the rest of the output was dropped ...\n"})
        failed = [self.shell.failed] if self.shell.failed else []
        return {"outputs": [*self.shell.outputs, *failed]}

    def names(self, names):
        """Send what the names mean in the submission: functions, plain data, or that there is nothing plain."""
        writer = channel.Writer(self.export)
        found = {}
        for name in names:
            if name in self.shell.user_ns:
                value = self.shell.user_ns[name]
                try:
                    found[name] = {"value": self.export(value) if callable(value) and not isinstance(value, np.ufunc) else writer.write(value)}
                except channel.NotPlain as error:
                    found[name] = {"refused": str(error)}
        self.send({"do": "reply", "names": found}, writer.blob)

    def run(self, function, args, kwargs, header, reply):
        if self.depth > 1:
            return super().run(function, args, kwargs, header, reply)
        self.shell.outputs, self.shell.room = [], min(20_000, int(self.limits["output"]))
        noted = []
        try:
            with self.time(header.get("seconds", 60)), warnings.catch_warnings(record=True) as noted, _errors(header.get("errors")):
                _filters(header.get("filters"))
                return super().run(function, args, kwargs, header, reply)
        finally:
            reply["warnings"] = [[kind.category.__name__, str(kind.message)[:2000]] for kind in noted[:50]]
            text = "".join("".join(output["text"]) for output in self.shell.outputs if "text" in output)
            if text:
                reply["printed"] = text

    @contextlib.contextmanager
    def time(self, seconds):
        """Interrupt what runs when so many seconds were computed."""
        allowed = Allowance(seconds, self.limits["patience"], self.spent)

        def ring(*_):
            if allowed.used_up():
                raise TimeIsUp("the time for this was up")

        signal.signal(signal.SIGALRM, ring)
        # it comes again and again, for code that catches everything
        signal.setitimer(signal.ITIMER_REAL, seconds, 0.25)
        try:
            yield
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)

    def described(self, error):
        if isinstance(error, TimeIsUp):
            error = TimeoutError(f"no answer within {self.limits['call']:g} seconds")
        found = super().described(error)
        lines = traceback.format_exception(type(error), error, error.__traceback__, limit=-8)
        found["where"] = [line[:400] for line in lines if os.path.dirname(__file__) not in line][-12:]
        return found


def _errors(given):
    return np.errstate(**given) if given else contextlib.nullcontext()


def _filters(given):
    if given is None:
        return
    warnings.resetwarnings()
    for action, message, kind, module, line in reversed(given):
        message, module = (re.compile(text, re.I if text is message else 0) if text else None for text in (message, module))
        warnings.filters.insert(0, (action, message, channel.warning_kind(kind), module, line))
    warnings._filters_mutated() if hasattr(warnings, "_filters_mutated") else None
