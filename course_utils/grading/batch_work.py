"""What a worker does, on this machine or on another: grade one submission, write one feedback page. No grade is kept here."""

import gc
import os
import threading
from dataclasses import dataclass

import nbformat

from course_utils.grading import batch_store, executor, notebooks
from course_utils.grading.limits import Limits
from course_utils.grading.rebuild import rebuild

_one_at_a_time = threading.Lock()  # a Dask worker may have several threads
_same = set()  # versions of the course that this process has


@dataclass(frozen=True)
class Lesson:
    """All that grading needs to know of a lesson, as plain data: it travels to other machines."""

    name: str
    released: str  # the released notebook with its hidden tests, as JSON
    files: tuple  # what the course released beside it: pairs of a name and bytes
    limits: dict
    tier: str | None
    hidden: tuple  # folders that no submission may see
    version: str

    def submission(self, data):
        """Grade a submission given as bytes. Returns plain data: "notebook" (as JSON), "tier", "seconds", "cpu", "memory", or a
        "problem" in words. Raises executor.NoWalls if no sandbox works here."""  # fmt: skip
        with _one_at_a_time:
            try:
                submitted = notebooks.cells(data, f"{self.name}.ipynb")
            except notebooks.NotANotebook as error:
                return {"problem": str(error)}
            notebook, remarks = rebuild(nbformat.reads(self.released, as_version=4), submitted)
            found = executor.run(notebook, Limits(**self.limits), self.tier, self.files, self.hidden)
        about = {"remarks": [*remarks, *found["remarks"]], "warnings": found["warnings"], "tier": found["tier"]}
        notebook.metadata["grading"] = nbformat.from_dict(about)
        return {"notebook": nbformat.writes(notebook), **{name: found[name] for name in ("tier", "seconds", "cpu", "memory")}}


def far(lesson, data):
    """Grade a submission on another machine, which has to have the same course."""
    if lesson.version not in _same:
        if batch_store.version() != lesson.version:
            return {"stop": "a worker of the cluster has another version of this course than this machine"}
        _same.add(lesson.version)
    try:
        return lesson.submission(data)
    except executor.NoWalls as error:
        return {"stop": str(error)}


def _grade(lesson, path, place):
    """Grade the file at `path` and leave the result at `place`, where it outlives this process."""
    if batch_store.read(place):
        return {}
    with open(path, "rb") as file:
        result = lesson.submission(file.read())
    if "problem" in result:
        return result
    batch_store.write(place, result)
    return {}


def near(pipe, lesson, root, environment, folder):
    """The main loop of a worker process on this machine: jobs come through `pipe`, answers go back, until it is closed."""
    import signal
    import tempfile

    from course_utils.grading import syscalls

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    syscalls.die_with_parent()
    for name, value in environment.items():
        # the process that this one was forked from may have begun under another class
        os.environ.pop(name, None)
        if value is not None:
            os.environ[name] = value
    tempfile.tempdir = folder
    # notebooks and pages are large trees that die young
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)
    pages = None
    try:
        while True:
            kind, *about = pipe.recv()
            try:
                if kind == "grade":
                    answer = _grade(lesson, *about)
                else:
                    if pages is None:
                        from course_utils.grading import cycle

                        pages = cycle.Pages(cycle.Course(root), lesson.name)
                    answer = pages.write(*about)
            except executor.NoWalls as error:
                answer = {"stop": str(error)}
            except Exception as error:
                answer = {"problem": f"{type(error).__name__}: {error}"}
            pipe.send(answer)
    except (EOFError, OSError):
        pass
    finally:
        executor.stop()
