"""What a submission may use up, in one place. All of it can be set from `nbgrader_config.py`."""

from dataclasses import asdict, dataclass, fields


@dataclass(frozen=True)
class Limits:
    """Seconds are those of the clock on the wall, unless they say otherwise."""

    cell: float = 60  # seconds for one cell of the submission
    call: float = 30  # seconds for one call of an answer by a check
    check: float = 120  # seconds for one check
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

    def plain(self):
        """Return the limits as a dict."""
        return asdict(self)
