"""Submissions graded by the workers of a Dask cluster on this machine."""

import os
import signal
import sys

import pytest
from small_class import TOTALS, World

from course_utils.grading import batch
from course_utils.grading import cluster as cluster_of
from course_utils.grading.batch_work import Lesson, far
from tools import bench_grading

distributed = pytest.importorskip("distributed", reason="dask.distributed is missing: pip install -r requirements-dev.txt")


@pytest.fixture(scope="module")
def cluster(tmp_path_factory):
    """A course, and the address of a scheduler with two workers that have it, each a process."""
    folder = tmp_path_factory.mktemp("cluster")
    (folder / "course").mkdir()
    world = World(folder / "course")
    with bench_grading.cluster(folder, 2, world.root) as address:
        yield world, address


def pids(address):
    with distributed.Client(address, set_as_default=False) as client:
        return sorted(client.run(os.getpid).values())


def test_a_cluster_gives_the_same_points_even_when_a_worker_is_killed(cluster):
    (world, address), killed = cluster, []
    before = pids(address)

    def kill(done, total, student):
        if not killed and done > 1:
            os.kill(before[0], signal.SIGKILL)
            killed.append(student)

    with world.a_class("class") as course:
        rows = batch.grade(course, "attacked", world.submissions(), workers=1, scheduler=address, progress=kill)
        assert killed
        assert {row.student: row.total for row in rows} == TOTALS, [row.happened for row in rows]
        for row in rows:
            assert (course.folder("feedback") / row.student / "attacked" / "attacked.html").exists() == (row.student != "dan")


LAST_YEAR = Lesson("attacked", "", (), {}, None, (), "of last year")


def test_a_worker_with_another_course_is_refused():
    assert "another version" in far(LAST_YEAR, b"")["stop"]


def test_without_dask_or_without_a_scheduler_the_sentence_says_what_to_do(monkeypatch):
    monkeypatch.setattr(cluster_of, "CONNECT", 1)
    with pytest.raises(ValueError, match="does not answer"):
        cluster_of.Cluster("tcp://127.0.0.1:9", LAST_YEAR)
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(ValueError, match=r"pip install -e '\.\[cluster\]'"):
        cluster_of.Cluster("tcp://127.0.0.1:9", LAST_YEAR)
