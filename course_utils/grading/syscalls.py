"""The calls of the Linux kernel that Python 3.11 has no function for."""

import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)
libc.syscall.restype = ctypes.c_long

NEWNS, NEWUTS, NEWIPC, NEWUSER, NEWPID, NEWNET = 0x20000, 0x4000000, 0x8000000, 0x10000000, 0x20000000, 0x40000000
READ_ONLY, NO_SUID, NO_DEV, NO_EXEC, REMOUNT, BIND, RECURSIVE, PRIVATE = 1, 2, 4, 8, 32, 4096, 16384, 1 << 18
DETACH = 2
PIVOT_ROOT = {"x86_64": 155, "aarch64": 41}
MOUNT_SETATTR = 442  # numbers from 424 on are the same on every processor
LANDLOCK = 444


def checked(result, what):
    """Raise OSError if a call failed."""
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{what}: {os.strerror(number)}")
    return result


def number(*values):
    """Return the arguments of a raw system call as what C wants."""
    return [ctypes.c_long(value) if isinstance(value, int) else value for value in values]


def syscall(*values):
    """Make a raw system call; raises OSError."""
    return checked(libc.syscall(*number(*values)), f"system call {values[0]}")


def unshare(flags):
    """Leave some of the namespaces of this process for new ones."""
    checked(libc.unshare(flags), "unshare")


def mount(source, target, kind=None, flags=0, data=None):
    """Mount something."""
    coded = [None if text is None else os.fsencode(text) for text in (source, target, kind, data)]
    checked(libc.mount(coded[0], coded[1], coded[2], ctypes.c_ulong(flags), coded[3]), f"mount {target}")


def unmount(target):
    """Take a mount away, even if it is in use."""
    checked(libc.umount2(os.fsencode(target), DETACH), f"umount {target}")


def read_only(path):
    """Make a mount and all below it read-only."""
    attributes = (ctypes.c_uint64 * 4)(READ_ONLY | NO_SUID, 0, 0, 0)
    at_recursive = 0x8000
    syscall(MOUNT_SETATTR, -100, os.fsencode(path), at_recursive, ctypes.byref(attributes), ctypes.sizeof(attributes))


def pivot_root(new, old):
    """Make `new` the root of the file system and put the old one at `old`."""
    syscall(PIVOT_ROOT[os.uname().machine], os.fsencode(new), os.fsencode(old))


def prctl(option, *values):
    """Set a property of this process."""
    checked(libc.prctl(option, *(ctypes.c_ulong(value) for value in (*values, 0, 0, 0, 0)[:4])), f"prctl {option}")


def no_new_privileges():
    """From here on no program that is started gains rights that this process does not have."""
    prctl(38, 1)


def die_with_parent():
    """Be killed when the parent ends."""
    prctl(1, 9)


def adopt_orphans():
    """Become the parent of every process below this one whose own parent ends."""
    prctl(36, 1)


def drop_capabilities():
    """Give up every special right for good."""
    for capability in range(64):
        if libc.prctl(24, ctypes.c_ulong(capability), *[ctypes.c_ulong(0)] * 3) < 0:
            break
    header = (ctypes.c_uint32 * 2)(0x20080522, 0)
    checked(libc.capset(ctypes.byref(header), ctypes.byref((ctypes.c_uint32 * 6)())), "capset")
