"""Grade the submissions of a lesson in parallel: plan, hand out, save, read back. A kill at any moment loses nothing.

Workers run submissions and write feedback pages. Only this process writes to the gradebook.
"""

import hashlib
import json
import os
from collections import deque
from dataclasses import asdict, dataclass, field
from multiprocessing import connection
from pathlib import Path

import nbformat
from nbgrader.converters.base import NbGraderException
from sqlalchemy.exc import SQLAlchemyError

from course_utils import arguments, learn
from course_utils.grading import batch_save, batch_store, collect, cycle, hooks
from course_utils.grading.batch_pool import Job, Pool
from course_utils.grading.batch_work import Lesson
from course_utils.grading.grade import beside
from course_utils.grading.limits import Limits

SLACK = 120  # seconds beyond the limits of a submission, until its worker is given up
ENVIRONMENT = ("CLASS_FOLDER", "GRADEBOOK_URL", "EXCHANGE_FOLDER", "PATH")


def grade(course, lesson, submissions, workers=None, scheduler=None, progress=None):
    """Grade what changed since it was last graded; return a `cycle.Row` for each submission, whatever became of it.

    `course` is a `cycle.Course`, `submissions` come from `collect.find`. `workers` is the number
    of processes on this machine (by default one for each core), `scheduler` the address of a Dask scheduler whose workers run
    the submissions in their place. `progress(done, total, student)` is called as students are done.
    Raises ValueError for wrong arguments, where no sandbox works, and (as `batch_store.Busy`) while another command grades this class.
    """
    if not isinstance(course, cycle.Course):
        raise ValueError(f"course should be a cycle.Course, but it is {arguments.shown(course)}")
    arguments.choice("lesson", lesson, learn.lessons(course.folder("source")))
    if not isinstance(submissions, (list, tuple)) or not all(isinstance(one, collect.Submission) for one in submissions):
        raise ValueError(f"submissions should be a list, as collect.find returns it, but it is {arguments.shown(submissions)}")
    workers = len(os.sched_getaffinity(0)) if workers is None else arguments.integer("workers", workers, 1, 1000)
    if scheduler is not None:
        arguments.text("scheduler", scheduler)
    if progress is not None:
        arguments.function("progress", progress)
    folder, directory = course.folder("submitted").parent, course.directory
    with batch_store.Store(folder, lesson) as store:
        course.enrol(lesson)
        with batch_save.opened(directory.db_url, directory.course_id) as gradebook:
            batch = _Batch(course, lesson, store, gradebook, len(submissions), progress)
            batch.plan(submissions)
            batch.run(workers, scheduler)
        return [batch.rows[submission.student] for submission in submissions]


def lesson_data(course, lesson, gradebook):
    """Return the `Lesson` as the gradebook knows it, with what the course's settings say about grading."""
    directory, settings = course.directory, hooks.Examine(config=course.config)
    source = course.folder("source") / lesson / f"{lesson}.ipynb"
    released = hooks.as_known(source, gradebook.find_notebook(lesson, lesson), course.config)
    return Lesson(lesson, nbformat.writes(released), tuple(beside(source.parent)), Limits(**settings.limits).plain(),
                  settings.sandbox, tuple(hooks.hidden(directory)), batch_store.version())  # fmt: skip


@dataclass
class _Student:
    submission: collect.Submission
    key: str
    happened: list = field(default_factory=list)
    page: str = ""


class _Batch:
    def __init__(self, course, lesson, store, gradebook, total, progress):
        self.course, self.lesson, self.store, self.gradebook = course, lesson, store, gradebook
        self.total, self.progress = total, progress or (lambda *_: None)
        self.what = lesson_data(course, lesson, gradebook)
        about = {name: value for name, value in asdict(self.what).items() if name not in ("files", "hidden")}
        self.same = hashlib.sha256(json.dumps(about, sort_keys=True).encode())
        for name, data in self.what.files:
            self.same.update(f"{name} {len(data)} ".encode() + data)
        self.students, self.rows, self.saved, self.jobs = {}, {}, [], deque()
        self.take = cycle.Step(course, batch_save.Take, lesson)

    def plan(self, submissions):
        """Find out what has to be done for each student."""
        released = nbformat.reads(self.what.released, as_version=4)
        for number, submission in enumerate(submissions):
            if number % 50 == 0:  # what the rows of a lesson have in common is read once, and memory stays flat
                self.gradebook.forget()
            happened = [submission.remark] if submission.remark else []
            problem = cycle.unreadable(submission.path, released)
            if problem:
                self._failed(submission.student, happened, problem)
                continue
            again = collect.replaced_before(submission, self.course.folder("submitted"), self.lesson)
            happened += [again] if again else []
            digest = self.same.copy()
            digest.update(submission.student.encode() + b"\0" + submission.path.read_bytes())
            student = self.students[submission.student] = _Student(submission, digest.hexdigest(), happened)
            if self._is_saved(submission.student, student.key):
                self._page(submission.student)
            elif batch_store.read(self.store.result(student.key)):
                self.saved.append(submission.student)
            else:
                place = str(self.store.result(student.key))
                self.jobs.append(Job("grade", submission.student, (str(submission.path.absolute()), place)))
        self.gradebook.forget()
        self.store.keep_only({student.key for student in self.students.values()})

    def run(self, workers, scheduler):
        """Work until every student has a row."""
        for student in self.saved:
            self._save(student)
        if not self.jobs:
            return
        environment = {name: os.environ.get(name) for name in ENVIRONMENT}
        # with a cluster only the pages are left, which are short work
        near = Pool(1 if scheduler is not None else min(workers, len(self.jobs)), self.what, self.course.directory.root, environment, self.store.work,
                    2 * self.what.limits["total"] + SLACK)  # fmt: skip
        pools = {"grade": near, "page": near}
        try:
            if scheduler is not None:
                from course_utils.grading.cluster import Cluster

                pools["grade"] = Cluster(scheduler, self.what)
            flying = 0
            while self.jobs or flying:
                flying += self._hand_out(pools)
                connection.wait([thing for pool in set(pools.values()) for thing in pool.waitables()], timeout=1)
                for pool in set(pools.values()):
                    for job, answer in pool.collect():
                        flying -= 1
                        self._landed(job, answer)
        finally:
            for pool in set(pools.values()):
                pool.close()

    def _hand_out(self, pools):
        """Give jobs to those who have room for them; return how many."""
        room = {pool: pool.room(len(self.jobs)) for pool in set(pools.values())}
        count, waiting = 0, deque()
        while self.jobs and any(room.values()):
            job = self.jobs.popleft()
            pool = pools[job.kind]
            if room[pool]:
                pool.put(job)
                room[pool] -= 1
                count += 1
            else:
                waiting.append(job)
        self.jobs.extendleft(reversed(waiting))
        return count

    def _landed(self, job, answer):
        if "stop" in answer:
            raise ValueError(answer["stop"])
        student = self.students[job.student]
        if job.kind == "grade" and "problem" in answer:
            self._failed(job.student, student.happened, answer["problem"])
        elif job.kind == "grade":
            self._save(job.student)
        elif "problem" in answer:
            student.happened.append(f"no feedback page: {answer['problem']}")
            self._finish(job.student)
        else:
            self.store.set_done(job.student, page=student.page)
            self._finish(job.student)
        self.gradebook.forget()

    def _save(self, name):
        """Put a result into the gradebook, in one transaction; only then it counts as done."""
        student = self.students[name]
        place = self.store.result(student.key)
        result = batch_store.read(place)
        if result is None:
            self._failed(name, student.happened, f"its result at {place} cannot be read; the same command grades it again")
            return
        try:
            collect.take_in(student.submission, self.course.folder("submitted"), self.lesson)
            texts = batch_save.texts(nbformat.reads(result["notebook"], as_version=4))
            unchanged = {cell for cell, text in self._texts(name).items() if texts.get(cell) == text}
            before = batch_save.given(self.gradebook, self.lesson, name)
            self.take.converter.graded = result["notebook"]
            self.take(name)
            batch_save.settle_given(self.gradebook, self.lesson, name, before, unchanged)
            self.gradebook.db().settle()
        except (NbGraderException, SQLAlchemyError, OSError) as error:
            self.gradebook.forget()
            self._failed(name, student.happened, str(error))
            return
        self.gradebook.forget()
        self.store.set_done(name, key=student.key, texts=texts, page="")
        place.unlink()
        self._page(name)

    def _is_saved(self, student, key):
        known = self.store.done(student).get("key") == key and self._graded(student).exists()
        return known and bool(self.course.read(self.lesson, student, self.gradebook).points)

    def _texts(self, student):
        """Return the digests of what the teacher last saw; of two that differ neither counts."""
        known = self.store.done(student).get("texts", {})
        place = self._graded(student)
        if place.exists():
            there = batch_save.texts(nbformat.read(place, as_version=4))
            known = {cell: text for cell, text in there.items() if known.get(cell, text) == text}
        return known

    def _page(self, name):
        """See to it that the feedback page shows what the gradebook holds."""
        student = self.students[name]
        student.page = hashlib.sha256(f"{student.key} {self.course.shown(self.gradebook, self.lesson, name)}".encode()).hexdigest()
        place = self.course.folder("feedback") / name / self.lesson / f"{self.lesson}.html"
        if place.exists() and self.store.done(name).get("page") == student.page:
            self._finish(name)
        else:
            # a page is short work, and while it is missing the student is not done
            self.jobs.appendleft(Job("page", name, (name,)))

    def _finish(self, name):
        row = self.course.read(self.lesson, name, self.gradebook)
        row.happened = self.students[name].happened + cycle.happened(self._graded(name))
        self._done(row)

    def _failed(self, name, happened, problem):
        if self.course.read(self.lesson, name, self.gradebook).points:
            problem += "; in the gradebook and in the tables made from it stand the points of what was handed in before"
        self._done(cycle.Row(name, happened=[*happened, f"not graded: {problem}"]))

    def _done(self, row):
        self.rows[row.student] = row
        self.progress(len(self.rows), self.total, row.student)

    def _graded(self, student):
        return Path(self.course.folder("autograded"), student, self.lesson, f"{self.lesson}.ipynb")
