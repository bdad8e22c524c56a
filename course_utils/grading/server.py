"""The warm process: it has imported numpy, matplotlib and IPython once, and forks a process for each submission.

It knows nothing worth knowing: no gradebook, no tests, no submission. Each request comes with the sockets of the new process.
Between it and a submission's process stands a guardian, which ends all that the submission started and tidies up.
"""

import contextlib
import gc
import importlib
import json
import os
import resource
import select
import shutil
import signal
import socket
import sys
import tempfile
import time
import traceback

from course_utils.grading import processes, sandbox, syscalls

POLL = 0.25  # seconds between two looks at the memory of a submission


def main(control, settings):
    """Serve requests until the other end of the socket `control` is closed."""
    control = socket.socket(fileno=control)
    os.chdir("/")  # the folder of the command may go before this process does
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    shell = warm()
    control.send(b"ready")
    while True:
        request, fds, _, _ = socket.recv_fds(control, 1 << 16, 4)
        if not request:
            break
        request = json.loads(request)
        _reap()
        if "import" in request:
            answer = {"imported": [name for name in request["import"] if _imported(name)]}
            gc.collect()
            gc.freeze()
        elif "end" in request:
            with contextlib.suppress(ProcessLookupError):
                os.kill(request["end"], signal.SIGKILL)
            answer = {}
        else:
            answer = {"pid": os.fork()}
            if not answer["pid"]:
                control.close()
                _child(request, fds, settings, shell)
        for fd in fds:
            os.close(fd)
        control.send(json.dumps(answer).encode())
    for pid in processes.children(os.getpid()):
        # guardians end by themselves when their line is cut; an examiner has nothing to tidy up
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGTERM)
    shutil.rmtree(os.environ["HOME"], ignore_errors=True)
    os._exit(0)  # IPython would tidy up after a session that there was none of


def warm():
    """Import what every submission needs; return the shell that runs its cells."""
    os.environ["MPLBACKEND"] = "Agg"
    import matplotlib
    import numpy  # noqa: F401

    matplotlib.use("Agg")
    from course_utils.grading import examiner, learner  # noqa: F401

    for name in ("matplotlib.figure", "matplotlib.backends.backend_agg", "matplotlib.pyplot", "numpy.random", "numpy.linalg"):
        importlib.import_module(name)
    shell = learner.make_shell()
    gc.collect()
    gc.freeze()
    return shell


def _imported(name):
    try:
        importlib.import_module(name)
    except Exception:
        return False
    return True


def _child(request, fds, settings, shell):
    """In a new process: become an examiner, or the guardian of a submission."""
    code = 1
    try:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        if request["role"] == "examiner":
            from course_utils.grading import examiner

            syscalls.die_with_parent()
            examiner.serve(fds[0], request["limits"])
        else:
            _guard(request, fds, settings, shell)
        code = 0
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(code)


def _guard(request, fds, settings, shell):
    """Fork the submission's process behind its walls, wait for its end or for the line to be cut, and leave nothing."""
    talk, line = fds
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    os.setpgid(0, 0)
    line = socket.socket(fileno=line)
    tier, limits = request["tier"], request["limits"]
    own = os.open("/", os.O_PATH)
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    told, tell = os.pipe()
    if tier != "namespaces":
        syscalls.adopt_orphans()
    pid = 0
    try:
        sandbox.make_room(tier)
        pid = os.fork()
        if not pid:
            _enter(request, settings, shell, talk, told, tell)
        os.close(talk)
        os.close(tell)
        why = _watch(pid, line, told, limits, tier)
    except OSError as error:
        why = f"the walls could not be built: {error}"
    _end_all(pid, tier)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    used = {"cpu": after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, "memory": after.ru_maxrss * 1024}
    # `own` is the root of before: the path is the same there, whatever the submission saw
    with contextlib.suppress(OSError):
        os.rmdir(request["folder"].lstrip("/"), dir_fd=own)
    if tier != "namespaces":
        shutil.rmtree(request["folder"], ignore_errors=True)
    with contextlib.suppress(OSError):
        line.send(json.dumps({"why": why, **used}).encode())


def _enter(request, settings, shell, talk, told, tell):
    """In the submission's own process."""
    code = 1
    try:
        os.close(told)
        os.setsid()
        null = os.open("/dev/null", os.O_RDWR)
        for fd in (0, 1, 2):
            os.dup2(null, fd)
        if talk != 3:
            os.dup2(talk, 3)
        if tell != 4:
            tell = os.dup2(tell, 4, inheritable=False)
        os.closerange(5, 4096)
        if request["tier"] == "bubblewrap":
            from course_utils.grading import learner

            os.set_inheritable(3, True)
            command = sandbox.bubblewrap(request["limits"], settings["package"], settings["hidden"], learner.command(request["limits"]))
            os.execvpe(command[0], command, {"PATH": "/usr/bin:/bin"})
        account = processes.account()
        home = sandbox.enter(request["tier"], request["limits"], settings["package"], settings["hidden"], request["folder"],
                             1_000_000 + os.getpid() if request["tier"] != "namespaces" else request["number"])  # fmt: skip
        os.close(4)
        from course_utils.grading import learner

        learner.serve(3, request["limits"], home, shell, account)
        code = 0
    except BaseException as error:
        with contextlib.suppress(OSError):
            os.write(4, f"{type(error).__name__}: {error}".encode()[:4000])
    finally:
        os._exit(code)


def _watch(pid, line, told, limits, tier):
    """Wait until the process `pid` has ended or the line is cut; return a sentence if it was not its own end."""
    ended = os.pidfd_open(pid)
    page = resource.getpagesize()
    largest = int(limits["memory"]) + (256 << 20)
    # the walls stand when the pipe is closed; only then /proc is the one to look at
    if told in select.select([told, line], [], [])[0]:
        problem = os.read(told, 4096).decode(errors="replace")
        if problem:
            return f"the walls could not be built: {problem}"
    while not select.select([ended, line], [], [], POLL)[0]:
        if _memory(page, pid, tier) > largest:
            return f"it used more than {int(limits['memory']) >> 20} MB of memory"
    return ""


def _memory(page, pid, tier):
    """The memory of all processes of a submission, without what they share with others."""
    total = 0
    for number in _below(pid, tier):
        with contextlib.suppress(OSError, ValueError, IndexError):
            with open(f"/proc/{number}/statm") as file:
                parts = file.read().split()
            total += (int(parts[1]) - int(parts[2])) * page
    return total


def _below(pid, tier):
    """The numbers of the processes of a submission."""
    if tier == "namespaces":  # /proc is the submission's own by now, and shows no others
        try:
            return [int(name) for name in os.listdir("/proc") if name.isdigit()]
        except OSError:
            return []
    return processes.descendants(pid)


def _end_all(pid, tier):
    """Kill every process of a submission; in a namespace of processes the first one takes all others with it."""
    if not pid:
        return
    deadline = time.monotonic() + 10
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)
    while tier != "namespaces" and time.monotonic() < deadline:
        left = processes.descendants(os.getpid())[1:]
        # stop them all before killing: a process that forks faster than it is killed would get away
        for action in (signal.SIGSTOP, signal.SIGKILL):
            for number in left:
                with contextlib.suppress(ProcessLookupError, PermissionError):
                    os.kill(number, action)
        if not _reap():
            return
    with contextlib.suppress(ChildProcessError):
        while True:
            os.waitpid(-1, 0)


def _reap():
    """Bury the children that have ended; return whether any are left."""
    try:
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
    except ChildProcessError:
        return False
    return True


class Server:
    """The warm process as seen by who grades: `learner()` and `examiner()` give connected processes."""

    def __init__(self, package, hidden=()):
        self.settings = {"package": str(package), "hidden": [os.path.realpath(path) for path in hidden]}
        self.owner, self.imported, self.count = os.getpid(), set(), 0
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self.control = ours
        root = os.path.dirname(self.settings["package"])
        code = ("import json, sys; sys.path[:] = json.loads(sys.argv[1]); from course_utils.grading import server; "
                "server.main(int(sys.argv[2]), json.loads(sys.argv[3]))")  # fmt: skip
        paths = [root, *(path for path in sys.path if path and os.path.exists(path) and os.path.realpath(path) != os.path.realpath(root))]
        words = [sys.executable, "-I", "-c", code, json.dumps(paths), str(theirs.fileno()), json.dumps(self.settings)]
        env = {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "MPLBACKEND": "Agg", "PYTHONHASHSEED": "random"}
        env |= dict.fromkeys(sandbox.ONE_THREAD, "1")
        self.home = tempfile.mkdtemp(prefix="untangle-warm-")
        env |= {"HOME": self.home, "MPLCONFIGDIR": self.home, "IPYTHONDIR": self.home}
        fd = theirs.fileno()
        self.pid = os.posix_spawn(sys.executable, words, env, file_actions=[
            (os.POSIX_SPAWN_OPEN, 0, "/dev/null", os.O_RDONLY, 0), (os.POSIX_SPAWN_DUP2, fd, fd)], setsigmask=[])  # fmt: skip
        theirs.close()
        self.control.settimeout(120)
        if self.control.recv(100) != b"ready":
            raise OSError("the process that runs submissions could not be started")

    def prepare(self, modules):
        """Import modules of the course before anything is forked."""
        new = [name for name in modules if name not in self.imported]
        if new:
            self._ask({"import": new})
            self.imported |= set(new)

    def learner(self, tier, limits):
        """Start a submission's process; return its socket and its line, which ends it when it is closed."""
        self.count += 1
        folder = tempfile.mkdtemp(prefix="untangle-box-")
        (ours, theirs), (near, far) = socket.socketpair(), socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        number = 1_000_000 + (self.pid * 1000 + self.count) % 1_000_000
        request = {"role": "learner", "tier": tier, "limits": limits, "folder": folder, "number": number}
        pid = self._ask(request, [theirs.fileno(), far.fileno()])["pid"]
        theirs.close()
        far.close()
        return ours, Line(near, folder, pid)

    def examiner(self, limits):
        """Start an examiner; return its socket and its number."""
        ours, theirs = socket.socketpair()
        pid = self._ask({"role": "examiner", "limits": limits}, [theirs.fileno()])["pid"]
        theirs.close()
        return ours, pid

    def end(self, pid):
        """End an examiner, whatever it does."""
        self._ask({"end": pid})

    def close(self):
        """End the warm process."""
        if self.owner == os.getpid() and self.pid:
            self.control.close()
            with contextlib.suppress(ChildProcessError):
                os.waitpid(self.pid, 0)
            self.pid = None
            shutil.rmtree(self.home, ignore_errors=True)

    def _ask(self, request, fds=()):
        socket.send_fds(self.control, [json.dumps(request).encode()], list(fds))
        return json.loads(self.control.recv(1 << 16))


class Line:
    """The line to a submission's guardian, the process `pid`: cutting it ends the submission's processes, whatever they do."""

    def __init__(self, sock, folder, pid):
        self.sock, self.folder, self.pid = sock, folder, pid

    def cut(self):
        """End the submission; return what it used and why it had ended, if it had."""
        found = {}
        with contextlib.suppress(OSError, ValueError):
            self.sock.shutdown(socket.SHUT_WR)
            self.sock.settimeout(30)
            found = json.loads(self.sock.recv(1 << 14))
        self.sock.close()
        # links in it are removed, not followed
        shutil.rmtree(self.folder, ignore_errors=True)
        return found
