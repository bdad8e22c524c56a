"""What Linux tells about processes: which descend from which, how long they computed, how long they waited for a processor."""

import contextlib
import os

TICK = os.sysconf("SC_CLK_TCK")


def children(pid):
    """Return the numbers of the processes that `pid` started and that are still its own."""
    found = []
    with contextlib.suppress(OSError):
        # a thread's children are listed with the thread
        for thread in os.listdir(f"/proc/{pid}/task"):
            with contextlib.suppress(OSError), open(f"/proc/{pid}/task/{thread}/children") as file:
                found += [int(number) for number in file.read().split()]
    return found


def descendants(pid):
    """Return the numbers of `pid` and of all processes below it."""
    found, new = [], [pid] if pid else []
    while new:
        found += new
        new = [child for parent in new for child in children(parent)]
    return found


def spent(pid):
    """Return two numbers of seconds: how long `pid` and all processes below it have computed, ended ones included, and how long
    the one of them that waited longest has waited for a processor.
    """
    total, waited = 0, 0.0
    for number in descendants(pid):
        waited = max(waited, waiting(number))
        with contextlib.suppress(OSError, ValueError, IndexError), open(f"/proc/{number}/stat") as file:
            # the name before the last bracket may hold anything; then: own time, the system's for it, the same of ended children
            total += sum(int(ticks) for ticks in file.read().rpartition(")")[2].split()[11:15])
    return total / TICK, waited


def waiting(pid="self"):
    """Return the seconds that a process has waited for a processor, 0 where the kernel keeps no account of it."""
    with contextlib.suppress(OSError), open(f"/proc/{pid}/schedstat", "rb") as file:
        return waiting_in(file.fileno())
    return 0.0


def account():
    """Return a descriptor of this process's account, -1 where there is none. Opened before walls go up, it works behind them."""
    try:
        return os.open("/proc/self/schedstat", os.O_RDONLY)
    except OSError:
        return -1


def waiting_in(file):
    """Return the same from a descriptor that `account` gave."""
    with contextlib.suppress(OSError, ValueError, IndexError):
        return int(os.pread(file, 200, 0).split()[1]) / 1e9
    return 0.0
