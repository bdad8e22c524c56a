"""What a batch keeps on disk, so that it can be killed at any moment: results on their way, what is done, and who is at it.

All of it lies in `.batch` in the folder of the class, and every file is written whole or not at all.
"""

import contextlib
import fcntl
import hashlib
import json
import os
import shutil
import tempfile
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent


class Busy(ValueError):
    """Another command is grading this class."""


def version():
    """Return what tells this grader from another one: a digest of its source."""
    digest = hashlib.sha256()
    for path in sorted([*PACKAGE.glob("*.py"), *PACKAGE.glob("grading/*.py")]):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def write(path, data):
    """Write plain data as JSON: the file is there whole, or as it was before."""
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    part.write_text(json.dumps(data), encoding="utf-8")
    os.replace(part, path)


def read(path):
    """Return what `write` wrote, or None if there is nothing or (after a power cut) nothing whole."""
    try:
        return json.loads(Path(path).read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return None


class Store:
    """The folder `.batch` of one class and one lesson, held by one command at a time."""

    def __init__(self, folder, lesson):
        self.root, self.lesson = Path(folder, ".batch"), lesson
        self.results = self.root / "results" / lesson
        self.work = self._lock = None

    def __enter__(self):
        self.results.mkdir(parents=True, exist_ok=True)
        self._lock = open(self.root / "lock", "a+", encoding="utf-8")
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            holder = json.loads((self.root / "lock").read_text() or "{}")
            self._lock.close()
            raise Busy(f"another command is grading this class (process {holder.get('process', 'unknown')}): wait for its end, or end it") from None
        self._clean()
        # a sandbox of some kinds lets another user's process through to its own folder in here
        self.work = tempfile.mkdtemp(prefix="untangle-batch-")
        os.chmod(self.work, 0o711)
        self._lock.seek(0)
        self._lock.truncate()
        self._lock.write(json.dumps({"process": os.getpid(), "folder": self.work}))
        self._lock.flush()
        return self

    def __exit__(self, *_):
        shutil.rmtree(self.work, ignore_errors=True)
        self._lock.truncate(0)
        self._lock.close()

    def _clean(self):
        """Remove what a command left that was killed; its processes ended with it."""
        with contextlib.suppress(ValueError):
            left = json.loads((self.root / "lock").read_text() or "{}").get("folder", "")
            if Path(left).name.startswith("untangle-batch-"):
                shutil.rmtree(left, ignore_errors=True)
        for path in self.root.rglob("*.part"):
            path.unlink(missing_ok=True)

    def result(self, key):
        """Return where the result of a submission waits until it is in the gradebook."""
        return self.results / f"{key}.json"

    def keep_only(self, keys):
        """Remove results that nobody waits for any more."""
        for path in self.results.glob("*.json"):
            if path.stem not in keys:
                path.unlink(missing_ok=True)

    def done(self, student):
        """Return what is known of the last grading of a student: "key", "texts", "page"."""
        return read(self._mark(student)) or {}

    def set_done(self, student, **known):
        """Remember what became of a student."""
        write(self._mark(student), {**self.done(student), **known})

    def _mark(self, student):
        return self.root / "done" / self.lesson / f"{student}.json"
