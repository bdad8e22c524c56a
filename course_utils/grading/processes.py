"""What Linux tells about processes: which descend from which, how long they computed."""

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


def computing(pid):
    """Return the seconds of computing of `pid` and of all processes below it, ended ones included."""
    total = 0
    for number in descendants(pid):
        with contextlib.suppress(OSError, ValueError, IndexError), open(f"/proc/{number}/stat") as file:
            # the name before the last bracket may hold anything; then: own time, the system's for it, the same of ended children
            total += sum(int(ticks) for ticks in file.read().rpartition(")")[2].split()[11:15])
    return total / TICK
