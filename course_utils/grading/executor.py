"""Grade one notebook: a submission's process answers, an examiner's process asks, and this one tells them what to do next."""

import ast
import atexit
import contextlib
import copy
import os
import resource
import socket
import tempfile
import time
from pathlib import Path

from nbformat import from_dict

from course_utils.grading import channel, processes, sandbox
from course_utils.grading.limits import Limits
from course_utils.grading.rebuild import defined
from course_utils.grading.submission import Submission

PACKAGE = Path(__file__).resolve().parent.parent
# cells that draw, ask or tell: no point depends on them, and learners see them at home
SKIPPED = ("figure", "predict", "claims")
HOPELESS = "the submission ended again and again; the rest of it was not run"
_servers = {}


class NoWalls(RuntimeError):
    """This machine allows no sandbox, and none was asked for by name."""


def server(hidden=()):
    """Return the warm process of this process."""
    key = os.getpid()
    if key not in _servers:
        from course_utils.grading.server import Server

        _servers.clear()  # a fork's parent owns those
        _servers[key] = Server(PACKAGE, [PACKAGE.parent, *hidden])
        atexit.register(_servers[key].close)
    return _servers[key]


def stop():
    """End the warm process of this process, if there is one."""
    if os.getpid() in _servers:
        found = _servers.pop(os.getpid())
        atexit.unregister(found.close)
        found.close()


PROBE = """
import os, socket
wrong = []
def tries(what, action):
    try:
        action()
    except Exception:
        return
    wrong.append(what)
for path in {secret!r}:
    tries("it can read " + path, lambda: os.listdir(path) if os.path.isdir(path) else open(path).read())
tries("it can write to the course", lambda: open({package!r} + "/probe", "w"))
tries("it can write to the system", lambda: open("/usr/probe", "w"))
tries("it can reach the network", lambda: socket.create_connection(("127.0.0.1", {port}), 1))
if os.getuid() == 0:
    wrong.append("it is root")
open("probe", "w").write("x")
os.remove("probe")
wrong.append("done")
"""


def find_tier(wanted=None, hidden=()):
    """Return the best kind of sandbox that works here, tried out, not read off; and the sentences about those that do not.

    `wanted` asks for one by name. Raises NoWalls.
    """
    if wanted is not None and wanted not in sandbox.TIERS:
        raise ValueError(f"the sandbox should be one of {', '.join(sandbox.TIERS)}, but it is {wanted!r}")
    warm = server(hidden)
    known = warm.__dict__.setdefault("tiers", {})
    if wanted not in known:
        problems = []
        for tier in [wanted] if wanted else [tier for tier in sandbox.TIERS if tier != "limits"]:
            problem = None if tier == "limits" else _problem(warm, tier)
            if problem is None:
                break
            problems.append(f"{tier}: {problem}")
        else:
            raise NoWalls("no sandbox works on this machine, so nothing is graded here. Ask for the kind `limits` by name to grade "
                          "without walls. Tried: " + "; ".join(problems))  # fmt: skip
        known[wanted] = tier, problems
    return known[wanted]


def _problem(warm, tier):
    """Return what is wrong with a kind of sandbox here, None if nothing is."""
    # a file that anybody on this machine may read, and what lies in the folders that should be hidden
    with socket.create_server(("127.0.0.1", 0)) as open_port, tempfile.NamedTemporaryFile() as file:
        os.chmod(file.name, 0o644)
        # Python itself may live there (`.venv` in the course folder): that is needed, and no secret
        needed = sandbox.readable(PACKAGE)
        secret = [file.name, *(str(path) for folder in warm.settings["hidden"] for path in list(Path(folder).glob("*"))[:50]
                               if not any(sandbox.holds(path, place) for place in needed))]  # fmt: skip
        answers = Submission(warm, tier, Limits(cell=20))
        source = PROBE.format(secret=secret, package=str(PACKAGE), port=open_port.getsockname()[1])
        try:
            answers.begin()
            answers.cell(source)
            answers.talk.send({"do": "names", "names": ["wrong"]})
            header, blob = answers.talk.receive()
            wrong = channel.Reader(blob, answers.talk.bind).read(header["names"]["wrong"]["value"])
            return None if wrong == ["done"] else ", ".join(wrong[:-1]) or "it does not run"
        except KeyError:
            return "Python does not run in it (is it installed where only its owner may look?)"
        except (channel.Gone, channel.NotPlain, OSError, TypeError) as error:
            return answers.end().get("why") or str(error)
        finally:
            answers.end()


def run(notebook, limits=None, tier=None, files=(), hidden=(), skip=SKIPPED):
    """Run a rebuilt notebook: fill the outputs of its cells in, and return what is to be known about the run, as plain data.

    `notebook` is a notebook node, changed in place. `files` are what the course released beside it: pairs of a name and bytes.
    `tier` asks for a kind of sandbox by name; `hidden` are folders that no submission may see.
    """
    limits = limits or Limits()
    tier, _ = find_tier(tier, hidden)
    warm = server(hidden)
    imports = imported(notebook)
    # a name from a package may be a module in it
    modules = {module for name, line in imports.values() for module in (name, *([f"{name}.{line.split()[3]}"] if line.startswith("from") else []))}
    warm.prepare(sorted(filter(_harmless, modules)))
    exercises = sorted(set().union(*(defined(cell.source) for cell in notebook.cells if cell.metadata.get("nbgrader", {}).get("solution"))))
    asks = {"imports": {name: line for name, (_, line) in imports.items()}, "exercises": exercises}
    settings = (limits, tier, warm, files, skip, asks)
    found = _Run(notebook, *settings).all()
    if _broken(notebook) and found["seconds"] < limits.total:
        _again(notebook, found, settings)
    return found


def _broken(notebook):
    """Whether checks stopped with an error, in a notebook with extra cells: one of these may have broken the answers."""
    failed = [output.ename for cell in notebook.cells if _is_check(cell) for output in cell.outputs if output.output_type == "error"]
    return bool(set(failed) - {"AssertionError", "NotImplementedError"}) and any(map(_is_extra, notebook.cells))


def _again(notebook, found, settings):
    """Run the notebook once more without its extra cells, and keep what the checks say that hold now."""
    bare = copy.deepcopy(notebook)
    bare.cells = [cell for cell in bare.cells if not _is_extra(cell)]
    more = _Run(bare, *settings).all()
    passed = {cell.metadata.nbgrader.grade_id: cell.outputs for cell in bare.cells if _is_check(cell) and not _errors(cell)}
    helped = [cell for cell in notebook.cells if _is_check(cell) and _errors(cell) and cell.metadata.nbgrader.grade_id in passed]
    for cell in helped:
        cell.outputs = passed[cell.metadata.nbgrader.grade_id]
    if helped:
        found["remarks"].append("extra cells of the submission broke its answers, which were graded without them")
    for name in ("seconds", "cpu", "own_cpu"):
        found[name] += more[name]


def _is_extra(cell):
    return cell.metadata.get("course", {}).get("kind") == "extra"


def _is_check(cell):
    about = cell.metadata.get("nbgrader", {})
    return cell.cell_type == "code" and bool(about.get("grade")) and not about.get("solution")


def _errors(cell):
    return [output for output in cell.outputs if output.output_type == "error"]


class _Run:
    """One notebook on its way from the first cell to the last."""

    def __init__(self, notebook, limits, tier, warm, files, skip, asks):
        self.notebook, self.limits, self.tier, self.warm, self.skip, self.asks = notebook, limits, tier, warm, skip, asks
        self.begun = time.monotonic()
        self.answers = Submission(warm, tier, limits, files)
        self.examiner = self.pid = None
        self.waited = -processes.waiting()  # for a processor: this process and the examiners of before
        self.remarks, self.warnings, self.ran = [], {}, []

    def all(self):
        before = resource.getrusage(resource.RUSAGE_SELF)
        try:
            for number, cell in enumerate(self.notebook.cells):
                if cell.cell_type != "code":
                    continue
                cell.outputs, cell.execution_count = [], None
                if _is_check(cell):
                    self._check(cell, cell.metadata.nbgrader)
                elif cell.metadata.get("course", {}).get("kind") not in self.skip and cell.source.strip():
                    self._cell(number, cell)
        finally:
            self.answers.end()
            self._dismiss()
        after = resource.getrusage(resource.RUSAGE_SELF)
        own = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        return {"tier": self.tier, "remarks": self.remarks, "warnings": self.warnings, "seconds": time.monotonic() - self.begun,
                "cpu": self.answers.used["cpu"], "own_cpu": own, "memory": self.answers.used["memory"]}  # fmt: skip

    def _cell(self, number, cell):
        """Run one of the submission's own cells; an end of the process costs this cell and no other."""
        try:
            self._alive()
            cell.outputs = [from_dict(output) for output in self.answers.cell(cell.source)]
            self.ran.append(cell.source)
        except channel.Gone as error:
            why = self.answers.end().get("why") or str(error)
            name = cell.metadata.get("nbgrader", {}).get("grade_id") or f"number {number + 1}"
            said = f"no end within {self.limits.cell:g} seconds" if getattr(error, "late", False) else f"the program ended: {why}"
            cell.outputs = [_failed("TimeoutError" if getattr(error, "late", False) else "DeadKernelError", said)]
            if str(error) != HOPELESS:
                self.remarks.append(f"cell {name} was stopped: {said}")

    def _check(self, cell, about):
        """Run one check and keep what it says."""
        name = about["grade_id"]
        try:
            self._alive()
            longest = self.limits.patience * self.limits.check + 3 * self.limits.grace
            self.examiner.allow(min(longest, self._left() + self.limits.grace))
            self.examiner.send({"do": "check", "name": name, "source": cell.source, "points": float(about.get("points") or 0), **self.asks})
            found, _ = self.examiner.receive()
        except channel.Gone as error:
            hopeless = str(error) == HOPELESS
            if not hopeless:
                self._dismiss()
                self.answers.end()
            said = HOPELESS if hopeless else f"the check took longer than {self.limits.check:g} seconds"
            found = {"outputs": [{"output_type": "error", "ename": "TimeoutError", "evalue": said, "traceback": [said]}], "lost": None, "warnings": []}
        cell.outputs = [from_dict(output) for output in found["outputs"]]
        if found["warnings"]:
            self.warnings[name] = found["warnings"]
        if found["lost"]:
            why = self.answers.end().get("why")
            self.remarks.append(f"{name}: {found['lost']}" + (f" ({why})" if why else ""))

    def _alive(self):
        """See to it that both processes are there; what ran before runs again in a new one."""
        if self._left() <= 0:
            raise channel.Gone(HOPELESS)
        if self.answers.line and self.examiner:
            return
        self._begin()

    def _begin(self):
        if not self.examiner:
            ours, self.pid = self.warm.examiner(self.limits.plain())
            self.examiner = channel.Channel(ours)
            self.examiner.meter = self._spent
        while not self.answers.line:
            if self.answers.begun > self.limits.restarts:
                raise channel.Gone(HOPELESS)
            running = None
            try:
                self.answers.begin()
                for source in list(self.ran):
                    if self._left() <= 0:
                        raise channel.Gone(HOPELESS)
                    running = source
                    self.answers.cell(source)
            except channel.Gone:
                self.answers.end()
                if running in self.ran:
                    self.ran.remove(running)  # it ran once and does not any more
        self.examiner.allow(60)
        self.examiner.send({"do": "meet", "pid": self.answers.line.pid})
        self.examiner.receive()
        socket.send_fds(self.examiner.sock, [b"x"], [self.answers.talk.sock.fileno()])
        self.examiner.receive()

    def _spent(self):
        """Return how long the submission has computed, and how long all of them so far waited for a processor; they take turns."""
        computed, waited = self.answers.spent()
        return computed, waited + self.waited + (processes.spent(self.pid)[1] if self.pid else 0.0)

    def _left(self):
        """Return the seconds that are left for the submission."""
        return self.limits.total + self._spent()[1] + processes.waiting() - (time.monotonic() - self.begun)

    def _dismiss(self):
        if self.examiner:
            self.waited += processes.spent(self.pid)[1]
            self.examiner.sock.close()
            self.warm.end(self.pid)
            self.examiner = self.pid = None


def imported(notebook):
    """Return what the released cells import at their top level: name -> (module, the line)."""
    found = {}
    for cell in notebook.cells:
        if cell.cell_type != "code" or cell.metadata.get("nbgrader") or _is_extra(cell):
            continue
        with contextlib.suppress(SyntaxError, ValueError):
            for statement in ast.parse(cell.source).body:
                if isinstance(statement, ast.Import):
                    for alias in statement.names:
                        name = alias.asname or alias.name.split(".")[0]
                        found[name] = alias.name, f"import {alias.name}" + (f" as {alias.asname}" if alias.asname else "")
                elif isinstance(statement, ast.ImportFrom) and statement.module and not statement.level:
                    for alias in statement.names:
                        name = alias.asname or alias.name
                        found[name] = statement.module, f"from {statement.module} import {alias.name} as {name}"
    return found


def _harmless(module):
    """Whether the warm process may import a module: the course's own are known to start no threads and write no files."""
    return module.split(".")[0] in ("course_utils", "numpy", "matplotlib", "math", "itertools", "functools", "collections", "random")


def _failed(name, text):
    return from_dict({"output_type": "error", "ename": name, "evalue": text, "traceback": [f"{name}: {text}"]})
