"""The one writer: puts what workers found into the gradebook, by nbgrader's own steps, in one transaction a student."""

import hashlib
from contextlib import contextmanager
from pathlib import Path

import nbformat
from nbgrader.api import Gradebook, MissingEntry, get_alembic_version
from nbgrader.converters import Autograde, autograde
from nbgrader.preprocessors import getgrades, latesubmissions, saveautogrades
from nbgrader.utils import is_grade, is_solution
from sqlalchemy import inspect, make_url, text
from sqlalchemy.orm import Session, scoped_session, sessionmaker

from course_utils.grading import hooks


class OneTransaction(Session):
    """A session in which nbgrader's many commits only flush; `settle` commits."""

    def commit(self):
        """Send what changed to the database, and see it as the database does; nothing is final yet."""
        self.flush()
        self.expire_all()

    def settle(self):
        """Make everything since the last `settle` final, at once."""
        super().commit()


class OpenGradebook(Gradebook):
    """nbgrader's gradebook, which it opens anew for each of a dozen steps a student: this one stays open."""

    def __init__(self, db_url, course_id):
        super().__init__(_patient(db_url), course_id)
        if not inspect(self.engine).has_table("alembic_version"):
            # nbgrader was killed between making the tables and saying of which version they are
            self.db.execute(text("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)"))
            self.db.execute(text("INSERT INTO alembic_version (version_num) VALUES (:version)"), {"version": get_alembic_version()})
            self.db.commit()
        self.db.remove()
        self.db = scoped_session(sessionmaker(autoflush=True, bind=self.engine, future=True, class_=OneTransaction))

    def __exit__(self, *_):
        """Leave a `with` block of nbgrader's: the gradebook stays open."""

    def forget(self):
        """Drop what is not settled, and every row held in memory."""
        self.db.remove()


def _patient(db_url):
    """Wait up to a minute for SQLite while formgrader writes."""
    url = make_url(db_url)
    return url.update_query_dict({"timeout": "60"}) if url.get_backend_name() == "sqlite" else url


@contextmanager
def opened(db_url, course_id):
    """One gradebook for all that happens in this block, nbgrader's own steps included."""
    if autograde.Gradebook is not Gradebook:
        raise RuntimeError("another gradebook is open in this process")
    gradebook = OpenGradebook(db_url, course_id)
    users = [(module, module.Gradebook) for module in (autograde, saveautogrades, latesubmissions, getgrades)]
    for module, _ in users:
        module.Gradebook = lambda *_, **__: gradebook
    try:
        yield gradebook
    finally:
        for module, own in users:
            module.Gradebook = own
        gradebook.close()


class Take(Autograde):
    """nbgrader's autograding of a submission that has been run already: `graded` is the notebook as JSON."""

    graded = None

    def convert_single_notebook(self, notebook_filename):
        """Do the second of nbgrader's two steps, whose list has everything but the running itself."""
        self._sanitizing = False
        try:
            self.exporter._preprocessors = []
            for step in self.autograde_preprocessors:
                if step is not hooks.Examine:
                    self.exporter.register_preprocessor(step)
            name = Path(notebook_filename).name
            place = Path(self._format_dest(self.coursedir.assignment_id, self.coursedir.student_id), name)
            resources = self.init_single_notebook_resources(str(place))
            resources["metadata"] = {"name": place.stem, "path": str(place.parent)}
            output, resources = self.exporter.from_notebook_node(nbformat.reads(self.graded, as_version=4), resources=resources)
            self.write_single_notebook(output, resources)
        finally:
            self._sanitizing = True


def texts(notebook):
    """Return for each graded cell a digest of what the learner wrote for it: of the answers and own cells since the graded one before."""
    found, since = {}, hashlib.sha256()
    for cell in notebook.cells:
        # what the course says around an answer may change in an update, and nothing of it is the learner's
        if is_solution(cell) or cell.metadata.get("course", {}).get("kind") == "extra":
            since.update(cell.source.encode() + b"\0")
        if is_grade(cell):
            # 2 points of 2 are not 2 points of 4
            since.update(str(float(cell.metadata.nbgrader.get("points", 0))).encode())
            found[cell.metadata.nbgrader.grade_id] = since.hexdigest()
            since = hashlib.sha256()
    return found


def given(gradebook, lesson, student):
    """Return what a teacher gave by hand and did not want to see again: grade id -> the points that the checks gave then."""
    try:
        grades = gradebook.find_submission_notebook(lesson, lesson, student).grades
    except MissingEntry:
        return {}
    return {grade.name: grade.auto_score for grade in grades if grade.manual_score is not None and not grade.needs_manual_grade}


def settle_given(gradebook, lesson, student, before, unchanged):
    """nbgrader asks for another look at every grade given by hand; not where text and points are what they were."""
    if before:
        for grade in gradebook.find_submission_notebook(lesson, lesson, student).grades:
            if grade.name in unchanged and grade.name in before and grade.auto_score == before[grade.name]:
                grade.needs_manual_grade = False
        gradebook.db.commit()
