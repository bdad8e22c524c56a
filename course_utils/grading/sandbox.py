"""The walls around a submission: which kinds there are, which this machine allows, and how a process goes inside.

    namespaces   its own file system (a few folders, read-only), processes, network; Linux namespaces
    bubblewrap   the same through the program `bwrap`, for machines that let only it make namespaces; slower
    landlock     the kernel hides all but a few folders; system calls that reach other processes or the network are refused
    limits       bounds on time, memory and files only: no wall at all, and used only when asked for by name
"""

import contextlib
import os
import resource
import shutil
import signal
import sys
import sysconfig
from pathlib import Path

from course_utils.grading import landlock, seccomp, syscalls

TIERS = ("namespaces", "bubblewrap", "landlock", "limits")
SYSTEM = ("/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32")
DETAILS = ("/etc/ld.so.cache", "/etc/ld.so.conf", "/etc/ld.so.conf.d", "/etc/fonts", "/etc/localtime", "/etc/alternatives",
           "/etc/nsswitch.conf", "/usr/share/zoneinfo")  # fmt: skip
DEVICES = ("/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom")
BOX = "/box"  # the one folder that a submission may write to
COLD = "/cold"  # what Python itself keeps while it starts inside bubblewrap
NOBODY = 65534
ONE_THREAD = ("OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "OMP_NUM_THREADS")


def readable(package):
    """Return the folders a submission needs to read: the system's, Python's, and the course package's."""
    python = [sys.base_prefix, sys.prefix, sys.base_exec_prefix, sysconfig.get_path("stdlib"), os.path.dirname(os.path.realpath(sys.executable))]
    # of the search path only where packages are installed: the rest may be anybody's working folder
    python += [path for path in sys.path if os.path.basename(path) in ("site-packages", "dist-packages", "lib-dynload")]
    found = [os.path.realpath(path) for path in [*SYSTEM, *python, str(package)] if os.path.exists(path) and path != "/"]
    found += [path for path in DETAILS if os.path.exists(path)]
    top = [path for path in dict.fromkeys(found) if not any(holds(other, path) for other in found if other != path)]
    return sorted(top)


def holds(folder, path):
    """Whether `path` is `folder` or lies in it, links followed."""
    return os.path.commonpath([os.path.realpath(folder), os.path.realpath(path)]) == os.path.realpath(folder)


def spoken(tier):
    """Return what a tier is, for a report."""
    return {
        "namespaces": "namespaces of its own (files, processes, network), system calls filtered",
        "bubblewrap": "bubblewrap (namespaces of its own), system calls filtered",
        "landlock": "Landlock (a few folders only), no network, system calls filtered",
        "limits": "limits only: a submission can read what you can read. Asked for by name",
    }[tier]


def make_room(tier):
    """In the guardian, before it forks: leave the namespaces. Returns what `enter` needs to know."""
    if tier != "namespaces":
        return None
    flags = syscalls.NEWNS | syscalls.NEWPID | syscalls.NEWNET | syscalls.NEWIPC | syscalls.NEWUTS
    user, group = os.getuid(), os.getgid()
    if user == 0:
        syscalls.unshare(flags)
    else:
        syscalls.unshare(flags | syscalls.NEWUSER)
        for name, text in (("setgroups", "deny"), ("uid_map", f"{user} {user} 1"), ("gid_map", f"{group} {group} 1")):
            Path("/proc/self", name).write_text(text)
    return user


def enter(tier, limits, package, hidden, folder, number):
    """In the submission's process: go behind the walls for good; returns the folder that may be written to.

    `folder` is an empty folder on the real file system, `hidden` are folders that must not be seen, and `number`
    is a user id that nobody else has, for the case that this runs as root.
    """
    if tier == "namespaces":
        _build(limits, readable(package), hidden, folder)
        home = BOX
    else:
        home = folder
    os.chdir(home)
    if os.getuid() == 0:
        _become_nobody(number, home if tier != "namespaces" else None)
    if tier == "namespaces":
        syscalls.drop_capabilities()
    bound(limits)
    if tier == "landlock":
        allowed = readable(package)
        inside = [path for path in hidden for place in allowed if holds(place, path)]
        if inside:
            raise OSError(f"{inside[0]} lies in a folder that a submission must be able to read")
        landlock.restrict([*allowed, *DEVICES], [home])
    # in a tier that builds on limits alone a filter is still better than none
    seccomp.install(alone=tier == "namespaces")
    syscalls.no_new_privileges()
    return home


def bound(limits):
    """Set the limits of this process and of what it starts."""
    own = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize() if os.path.exists("/proc/self/statm") else 1 << 30
    bounds = {
        resource.RLIMIT_AS: own + int(limits["memory"]), resource.RLIMIT_NPROC: int(limits["processes"]),
        resource.RLIMIT_NOFILE: int(limits["files"]), resource.RLIMIT_FSIZE: int(limits["disk"]), resource.RLIMIT_CORE: 0,
        resource.RLIMIT_CPU: int(limits["cpu"]), resource.RLIMIT_MSGQUEUE: 0, resource.RLIMIT_MEMLOCK: 1 << 20,
    }  # fmt: skip
    for kind, value in bounds.items():
        hard = resource.getrlimit(kind)[1]
        value = value if hard == resource.RLIM_INFINITY else min(value, hard)
        resource.setrlimit(kind, (value, value))
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)  # a file too large is an OSError, not an end


def _become_nobody(number, home):
    for user in (number, NOBODY):
        with contextlib.suppress(OSError):
            if home:
                os.chown(home, user, user)
            os.setgroups([])
            os.setresgid(user, user, user)
            os.setresuid(user, user, user)
            break
    if os.getuid() == 0:
        raise OSError("the user id of root could not be given up")


def _build(limits, folders, hidden, root):
    """Make `root` a small file system: the folders read-only, the box, /dev and /proc; and leave the old one."""
    syscalls.mount(None, "/", None, syscalls.RECURSIVE | syscalls.PRIVATE)
    syscalls.mount("tmpfs", root, "tmpfs", syscalls.NO_SUID | syscalls.NO_DEV, "size=1m,mode=755")
    for path in folders:
        _show(path, root + path)
    for link in SYSTEM:
        if os.path.islink(link) and not os.path.lexists(root + link):
            os.symlink(os.readlink(link), root + link)
    for path in DEVICES:
        _show(path, root + path)
    shown = [root + path for path in hidden if any(holds(place, path) for place in folders) and os.path.isdir(root + path)]
    for path in shown:
        syscalls.mount("tmpfs", path, "tmpfs", 0, "size=64k,mode=755")
    for path in folders:  # what lies within a hidden folder and is needed comes back
        if any(holds(place, path) for place in hidden):
            _show(path, root + path)
    os.makedirs(root + "/proc", exist_ok=True)
    with contextlib.suppress(OSError):  # a container may forbid it, and nothing here needs it
        syscalls.mount("proc", root + "/proc", "proc", syscalls.NO_SUID | syscalls.NO_DEV | syscalls.NO_EXEC)
    os.makedirs(root + BOX)
    os.makedirs(root + "/tmp", exist_ok=True)
    syscalls.read_only(root)
    syscalls.mount("tmpfs", root + BOX, "tmpfs", syscalls.NO_SUID | syscalls.NO_DEV, f"size={int(limits['disk'])},nr_inodes=4096,mode=777")
    os.chdir(root)
    syscalls.pivot_root(".", ".")
    syscalls.unmount(".")
    os.chdir("/")


def _show(path, place):
    if os.path.isdir(path):
        os.makedirs(place, exist_ok=True)
    else:
        os.makedirs(os.path.dirname(place), exist_ok=True)
        if not os.path.exists(place):
            Path(place).touch()
    syscalls.mount(path, place, None, syscalls.BIND | syscalls.RECURSIVE)


def bubblewrap(limits, package, hidden, command):
    """Return the command that runs `command` inside bubblewrap."""
    words = [shutil.which("bwrap") or "bwrap", "--unshare-all", "--die-with-parent", "--new-session", "--clearenv"]
    for path in readable(package):
        words += ["--ro-bind", path, path]
    for link in SYSTEM:
        if os.path.islink(link):
            words += ["--symlink", os.readlink(link), link]
    for path in hidden:
        if any(holds(place, path) for place in readable(package) if place != str(package)):
            words += ["--tmpfs", path]
            if holds(path, package):
                words += ["--ro-bind", str(package), str(package)]
    if os.getuid() == 0:
        words += ["--uid", str(NOBODY), "--gid", str(NOBODY)]
    size = ["--size", str(int(limits["disk"]))]
    # matplotlib's list of fonts takes long to make: it comes from the warm process
    words += ["--proc", "/proc", "--dev", "/dev", *size, "--tmpfs", BOX, *size, "--tmpfs", COLD]
    for path in Path(os.environ["HOME"]).glob("fontlist*.json"):
        words += ["--ro-bind", str(path), f"{COLD}/{path.name}"]
    words += ["--remount-ro", "/dev", "--remount-ro", "/"]
    return [*words, "--chdir", BOX, "--", *command]
