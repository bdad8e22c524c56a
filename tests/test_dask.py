"""Submissions graded by the workers of a Dask cluster on this machine."""

import os
import signal
import sys

import pytest
from small_class import TOTALS, World

from course_utils.grading import batch
from course_utils.grading.batch_work import far

distributed = pytest.importorskip("distributed", reason="dask.distributed is missing: pip install -r requirements-dev.txt")


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    """The address of a scheduler with two workers, each a process."""
    from tools.bench_grading import cluster

    with cluster(tmp_path_factory.mktemp("cluster"), 2) as address:
        yield address


def pids(address):
    with distributed.Client(address, set_as_default=False) as client:
        return sorted(client.run(os.getpid).values())


def test_a_cluster_gives_the_same_points_even_when_a_worker_is_killed(address, tmp_path):
    world, killed = World(tmp_path), []
    before = pids(address)

    def kill(done, total, student):
        if not killed and done > 1:
            os.kill(before[0], signal.SIGKILL)
            killed.append(student)

    with world.a_class("class") as course:
        rows = batch.grade(course, "attacked", world.submissions(), workers=1, scheduler=address, progress=kill)
        assert killed
        assert {row.student: row.total for row in rows} == TOTALS
        for row in rows:
            assert (course.folder("feedback") / row.student / "attacked" / "attacked.html").exists() == (row.student != "dan")


def test_a_worker_with_another_course_is_refused(tmp_path):
    world = World(tmp_path)
    with world.a_class("class") as course:
        course.enrol("attacked")
        with course.gradebook() as gradebook:
            lesson = batch.lesson_data(course, "attacked", gradebook)
        object.__setattr__(lesson, "version", "of last year")
        assert "another version" in far(lesson, (world.handed_in / "ada.ipynb").read_bytes())["stop"]


def test_without_dask_or_without_a_scheduler_the_sentence_says_what_to_do(tmp_path, monkeypatch):
    world = World(tmp_path)
    with world.a_class("class") as course:
        monkeypatch.setattr("course_utils.grading.cluster.CONNECT", 1)
        with pytest.raises(ValueError, match="does not answer"):
            batch.grade(course, "attacked", world.submissions(), workers=1, scheduler="tcp://127.0.0.1:9")
        monkeypatch.setitem(sys.modules, "distributed", None)
        with pytest.raises(ValueError, match=r"pip install 'untangle\[cluster\]'"):
            batch.grade(course, "attacked", world.submissions(), workers=1, scheduler="tcp://127.0.0.1:9")
