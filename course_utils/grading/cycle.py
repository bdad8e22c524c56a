"""One lesson of one class through nbgrader: enrol, autograde, feedback, export. nbgrader's own classes do the work."""

import csv
import io
import json
import logging
import re
import warnings
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from nbgrader.api import Gradebook, MissingEntry
from nbgrader.converters import Autograde, GenerateAssignment, GenerateFeedback
from nbgrader.converters.base import NbGraderException
from nbgrader.coursedir import CourseDirectory
from nbgrader.plugins import CsvExportPlugin
from sqlalchemy.exc import SAWarning
from traitlets.config.loader import PyFileConfigLoader

from course_utils.grading import notebooks


@dataclass
class Row:
    """What became of one student: points an exercise (None: not graded), and sentences about what happened."""

    student: str
    points: dict = field(default_factory=dict)
    by_hand: list = field(default_factory=list)
    happened: list = field(default_factory=list)

    @property
    def total(self):
        """The points earned so far, or None if nothing could be graded."""
        return sum(self.points.values()) if self.points else None

    def shown(self, name):
        """Return the points of an exercise as text: "-" where not graded, "?" where a person has to read first."""
        if name not in self.points:
            return "-"
        return "?" if name in self.by_hand else f"{self.points[name]:g}"


class Course:
    """The course folder with its `nbgrader_config.py`: settings, gradebook, and one method a step."""

    def __init__(self, root):
        root = Path(root).resolve()
        if not (root / "nbgrader_config.py").is_file():
            raise ValueError(f"the course folder should hold nbgrader_config.py, but {root} does not")
        self.config = PyFileConfigLoader("nbgrader_config.py", path=str(root)).load_config()
        self.directory = CourseDirectory(config=self.config)

    def folder(self, step):
        """Return the folder of a step: "source", "submitted", "autograded", "feedback"."""
        return Path(self.directory.root, getattr(self.directory, f"{step}_directory"))

    def gradebook(self):
        """Return nbgrader's gradebook, to be used in a `with` block."""
        return Gradebook(self.directory.db_url, self.directory.course_id)

    def enrol(self, lesson):
        """Make the lesson known to the gradebook, or bring it up to date there."""
        config = self._config(lesson)
        # the released notebooks are learners' and stay as they are; nbgrader writes its copy beside the gradebook
        config.CourseDirectory.release_directory = str(self.folder("submitted").parent / "released")
        self._run(GenerateAssignment, config)

    def autograde(self, lesson, student):
        """Grade one submission; return what nbgrader had to say, a list of sentences. Raises NbGraderException."""
        return self._run(Autograde, self._config(lesson, student))

    def feedback(self, lesson, student):
        """Write the feedback page of one graded submission."""
        return self._run(GenerateFeedback, self._config(lesson, student))

    def export(self, path):
        """Write nbgrader's own CSV of all grades to `path`."""
        with self.gradebook() as gradebook:
            CsvExportPlugin(to=str(path)).export(gradebook)

    def read(self, lesson, student):
        """Return the Row of one student from the gradebook."""
        row = Row(student)
        with self.gradebook() as gradebook:
            try:
                notebook = gradebook.find_submission_notebook(lesson, lesson, student)
            except MissingEntry:
                return row
            for grade in notebook.grades:
                name = grade.cell.name.removesuffix("-check")
                row.points[name] = grade.score
                if grade.cell.cell_type == "markdown" and grade.needs_manual_grade:
                    row.by_hand.append(name)
        return row

    def maximum(self, lesson):
        """Return the points that each exercise and reflection of a lesson can earn, in the order of the lesson."""
        path = self.folder("source") / lesson / f"{lesson}.ipynb"
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        about = [cell["metadata"].get("nbgrader", {}) for cell in cells]
        return {a["grade_id"].removesuffix("-check"): a["points"] for a in about if a.get("grade") and a["points"]}

    def _config(self, lesson, student=None):
        config = self.config.copy()
        config.CourseDirectory.assignment_id = lesson
        if student is not None:
            config.CourseDirectory.student_id = student
        return config

    def _run(self, converter, config):
        with _listening() as (log, said), warnings.catch_warnings():
            # nbgrader 0.9.6 adds rows in an order that a newer SQLAlchemy warns about, without harm
            warnings.simplefilter("ignore", SAWarning)
            try:
                converter(coursedir=CourseDirectory(config=config), config=config, force=True, log=log).start()
            except NbGraderException as error:
                raise NbGraderException(_reason(said) or str(error)) from error
        return [record.getMessage() for record in said]


def _reason(said):
    """Return the last line of the traceback that nbgrader wrote into its log, which is where it says why it gave up."""
    tracebacks = [text for text in (record.getMessage() for record in said) if "Traceback" in text]
    return tracebacks[-1].strip().splitlines()[-1] if tracebacks else None


@contextmanager
def _listening():
    """A logger that keeps the warnings of one step, instead of printing them."""
    said = []
    log = logging.Logger("nbgrader", level=logging.WARNING)
    handler = logging.StreamHandler(io.StringIO())
    handler.emit = said.append
    log.addHandler(handler)
    yield log, said


def grade(course, lesson, submissions, begun=lambda student: None):
    """Grade the submissions that changed since they were last graded; return a Row for each, whatever happened."""
    from course_utils.grading import collect

    rows = []
    for submission in submissions:
        begun(submission.student)
        happened = [submission.remark] if submission.remark else []
        problem = unreadable(submission.path)
        if problem:
            rows.append(Row(submission.student, happened=[*happened, f"not graded: {problem}"]))
            continue
        new = collect.take_in(submission, course.folder("submitted"), lesson)
        done = course.folder("autograded") / submission.student / lesson / f"{lesson}.ipynb"
        if new or not done.exists():
            try:
                course.autograde(lesson, submission.student)
                course.feedback(lesson, submission.student)
            except NbGraderException as error:
                rows.append(Row(submission.student, happened=[*happened, f"not graded: {error}"]))
                continue
        row = course.read(lesson, submission.student)
        row.happened = happened + _remarks(done) + _stopped(done)
        rows.append(row)
    return rows


def unreadable(path):
    """Return why a file is no notebook, in words, or None if it is one."""
    if path is None:
        return "there is no file"
    try:
        notebooks.read(path)
    except notebooks.NotANotebook as error:
        return str(error)
    return None


def write_points(path, rows, maximum):
    """Write one line a student: points for each exercise (empty where not graded), the total, and what happened."""
    with Path(path).open("w", newline="", encoding="utf-8") as file:
        table = csv.writer(file)
        table.writerow(["student", *maximum, "total", "of", "to be graded by hand", "what happened"])
        for row in rows:
            total = "" if row.total is None else f"{row.total:g}"
            points = ["" if row.shown(name) in "-?" else row.shown(name) for name in maximum]
            table.writerow([row.student, *points, total, sum(maximum.values()), ", ".join(row.by_hand), "; ".join(row.happened)])


def _remarks(path):
    """Return what was found when a graded notebook was put together and run."""
    about = json.loads(path.read_text(encoding="utf-8"))["metadata"].get("grading", {})
    warned = [f"{name.removesuffix('-check')}: a warning, which costs nothing: {said[0]}" for name, said in about.get("warnings", {}).items()]
    return [*about.get("remarks", ()), *warned]


def _stopped(path):
    """Return what the checks of a graded notebook said, a sentence for each that did not pass."""
    sentences = []
    broken = None
    for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
        about = cell["metadata"].get("nbgrader", {})
        error = next((output for output in cell.get("outputs", []) if output["output_type"] == "error"), None)
        if cell["cell_type"] != "code" or not about:
            continue
        if not about["grade"]:
            # an answer that does not even run leaves its check with a NameError, which would tell nobody anything
            broken = error
        elif error:
            name = about["grade_id"].removesuffix("-check")
            if error["ename"] == "NotImplementedError":
                sentences.append(f"{name}: not tried")
            elif error["ename"] == "AssertionError":
                sentences.append(f"{name}: {error['evalue']}")
            else:
                error = broken or error
                # the name that IPython gave the cell says nothing
                says = re.sub(r" \(\S+, line ", " (line ", error["evalue"])
                sentences.append(f"{name}: the answer stopped with {error['ename']}: {says}")
    return sentences
