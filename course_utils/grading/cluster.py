"""Submissions graded by the workers of a Dask cluster: bytes go there, plain data comes back. Needs the extra `cluster`."""

import os
import queue
import threading
from pathlib import Path

from course_utils.grading import batch_store, batch_work

RETRIES = 1  # a submission whose worker was lost is tried once more
CONNECT = 20  # seconds


class Cluster:
    """The workers behind a scheduler, with the methods of `batch_pool.Pool`; `address` is for example tcp://host:8786.

    Raises ValueError if dask.distributed is missing, nobody answers, or there are no workers.
    """

    def __init__(self, address, lesson):
        try:
            import distributed
            from distributed.comm.addressing import parse_address, parse_host_port
        except ImportError:
            raise ValueError("--scheduler needs dask.distributed, which is missing here: pip install -e '.[cluster]' in the folder of the course") from None
        try:
            # a client that was given no proper address holds the process up for a minute at its end
            parse_host_port(parse_address(address)[1])
            self.client = distributed.Client(address, timeout=CONNECT, set_as_default=False)
        except (OSError, ValueError, TimeoutError) as error:
            raise ValueError(f"the scheduler should be the address of a Dask scheduler, but {address} does not answer: {error}") from None
        if not self.client.scheduler_info(n_workers=-1)["workers"]:
            self.client.close()
            raise ValueError(f"the Dask scheduler at {address} has no workers: start some with `dask worker {address} --nthreads 1`")
        self.lesson = lesson
        self.landed, self.jobs, self.open = queue.SimpleQueue(), {}, threading.Lock()
        self.woken, self.wake = os.pipe()

    def room(self, waiting):
        """Return how many more submissions to send: each thread has one, and one ahead."""
        try:
            return max(0, 2 * sum(self.client.nthreads().values()) - len(self.jobs))
        except (OSError, RuntimeError, TimeoutError) as error:
            raise ValueError(f"the Dask scheduler does not answer any more ({error}); what is graded is kept") from None

    def put(self, job):
        """Send a submission."""
        path, place = job.about
        # the lesson goes with each: of data that workers hold Dask keeps one copy, and what needs it is forgotten with that worker
        future = self.client.submit(batch_work.far, self.lesson, Path(path).read_bytes(), pure=False, retries=RETRIES)
        self.jobs[future.key] = job, place, future
        future.add_done_callback(self._came)

    def _came(self, future):
        """In a thread of Dask's: what has come is on disk before anybody is told."""
        _, place, _ = self.jobs[future.key]
        try:
            answer = future.result()
            if "notebook" in answer:
                batch_store.write(place, answer)
                answer = {}
        except BaseException as error:
            answer = {"problem": f"the cluster gave it up: {type(error).__name__}: {error}"}
        self.landed.put((future.key, answer))
        with self.open:
            if self.wake is not None:
                os.write(self.wake, b"x")

    def waitables(self):
        """Return what becomes ready when there is something to collect."""
        return [self.woken]

    def collect(self):
        """Return the jobs that have come to an end, each with its answer."""
        found = []
        while not self.landed.empty():
            key, answer = self.landed.get()
            os.read(self.woken, 1)
            found.append((self.jobs.pop(key)[0], answer))
        return found

    def close(self):
        """Leave the cluster; what is still running there is given up."""
        with self.open:
            os.close(self.woken)
            os.close(self.wake)
            self.woken = self.wake = None
        self.client.cancel([future for _, _, future in self.jobs.values()])
        self.client.close()
