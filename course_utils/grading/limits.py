"""What a submission may use up, in one place. All of it can be set from `nbgrader_config.py`."""

import time
from dataclasses import asdict, dataclass, fields


@dataclass(frozen=True)
class Limits:
    """What one submission may use up.

    `cell`, `call` and `check` are seconds of computing, so that an honest answer is not stopped because the machine is busy.
    Whoever sleeps computes nothing: by the clock on the wall each may take `patience` times as long. `total` is seconds on
    the wall. The clock on the wall stands still for all of them while a process waits for a processor.
    """

    cell: float = 60  # seconds for one cell of the submission
    call: float = 30  # seconds for one call of an answer by a check
    check: float = 120  # seconds for one check, with the answers that it asks for
    patience: float = 4
    total: float = 600  # seconds for the whole submission
    grace: float = 2  # seconds from the interrupt to the end of the process
    cpu: int = 600  # seconds of computing for one process
    memory: int = 2 << 30  # bytes, beyond what a fresh process has, for all its processes together
    processes: int = 64
    files: int = 256  # open at once
    disk: int = 64 << 20  # bytes in the temporary folder
    output: int = 100_000  # characters of output for one cell
    restarts: int = 10  # how often the submission's process is begun anew

    def __post_init__(self):
        for field in fields(self):
            value = getattr(self, field.name)
            if isinstance(value, bool) or not isinstance(value, (int, float)) or not value > 0:
                raise ValueError(f"the limit {field.name} should be a number above 0, but it is {value!r}")
        if self.patience < 1:
            raise ValueError(f"the limit patience should be at least 1, but it is {self.patience!r}")

    def plain(self):
        """Return the limits as a dict."""
        return asdict(self)


class Allowance:
    """So many seconds of computing, and `patience` times as many on the wall without those of waiting for a processor.

    `spent()` gives both so far: the seconds of computing, and those of waiting.
    """

    def __init__(self, seconds, patience, spent):
        self.seconds, self.patience, self.spent = seconds, patience, spent
        self.begun, self.before = time.monotonic(), spent()

    def used_up(self):
        """Whether there is nothing left of it."""
        computed, waited = (now - before for now, before in zip(self.spent(), self.before, strict=True))
        return computed >= self.seconds or time.monotonic() - self.begun - waited >= self.patience * self.seconds
