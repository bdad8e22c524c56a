"""Worker processes on this machine: each has a pipe, and one that dies takes nothing with it but its own try."""

import contextlib
import multiprocessing
import time
from collections import deque
from dataclasses import dataclass, field
from multiprocessing import forkserver

TRIES = 2  # a submission that ended two workers is not given to a third


def warm():
    """Begin to import what workers need, in a process that runs nothing else and is forked for each worker. Returns its context."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["course_utils.grading.cycle", "course_utils.grading.batch_work"])
    forkserver.ensure_running()
    return context


@dataclass
class Job:
    """One thing to do: "grade" or "page", for a student."""

    kind: str
    student: str
    about: tuple
    tries: int = 0
    begun: float = field(default=0.0, compare=False)


class Pool:
    """`count` processes that work on jobs in the order in which they come."""

    def __init__(self, count, lesson, root, environment, folder, longest):
        from course_utils.grading import batch_work

        self.context, self.work = warm(), batch_work.near
        self.settings = lesson, str(root), environment, folder
        self.longest = longest
        self.workers = [self._start() for _ in range(count)]

    def room(self, waiting):
        """Return how many more jobs fit: one a worker, and one ahead while many are waiting."""
        ahead = 2 if waiting > 2 * len(self.workers) else 1
        return sum(max(0, ahead - len(worker.jobs)) for worker in self.workers)

    def put(self, job):
        """Give a job to the worker that has least to do."""
        worker = min(self.workers, key=lambda worker: len(worker.jobs))
        worker.jobs.append(job)
        if len(worker.jobs) == 1:
            job.begun = time.monotonic()
        with contextlib.suppress(OSError):  # it has just ended: `collect` will see it
            worker.pipe.send((job.kind, *job.about))

    def waitables(self):
        """Return what becomes ready when there is something to collect."""
        return [worker.pipe for worker in self.workers] + [worker.process.sentinel for worker in self.workers]

    def collect(self):
        """Return the jobs that have come to an end, each with its answer."""
        found = []
        for place, worker in enumerate(self.workers):
            self._listen(worker, found)
            slow = bool(worker.jobs) and time.monotonic() - worker.jobs[0].begun > self.longest
            if slow:
                worker.process.kill()
                worker.process.join()
            if not worker.process.is_alive():
                self._listen(worker, found)
                again = self._bury(worker, found, slow)
                self.workers[place] = self._start()
                for job in again:
                    self.put(job)
        return found

    def _listen(self, worker, found):
        with contextlib.suppress(EOFError, OSError):
            while worker.jobs and worker.pipe.poll():
                answer = worker.pipe.recv()
                found.append((worker.jobs.popleft(), answer))
                if worker.jobs:
                    worker.jobs[0].begun = time.monotonic()

    def _bury(self, worker, found, slow):
        """Return the jobs of a worker that has ended which shall be tried again."""
        worker.pipe.close()
        worker.process.join()
        if not worker.jobs:
            return []
        job = worker.jobs.popleft()
        job.tries += 1
        if job.tries < TRIES:
            return [job, *worker.jobs]
        how = f"took longer than {self.longest:g} seconds" if slow else f"ended {TRIES} times (signal {-(worker.process.exitcode or 0)})"
        found.append((job, {"problem": f"the process that graded it {how}"}))
        return list(worker.jobs)

    def _start(self):
        ours, theirs = self.context.Pipe()
        process = self.context.Process(target=self.work, args=(theirs, *self.settings), daemon=True)
        process.start()
        theirs.close()
        return _Worker(process, ours)

    def close(self):
        """End the workers, those that are busy too."""
        for worker in self.workers:
            if worker.jobs:
                worker.process.kill()
            worker.pipe.close()
        for worker in self.workers:
            worker.process.join(30)
            if worker.process.is_alive():
                worker.process.kill()
                worker.process.join()


@dataclass
class _Worker:
    process: object
    pipe: object
    jobs: deque = field(default_factory=deque)
