"""One lesson of one class through nbgrader: enrol, autograde, feedback, export. nbgrader's own classes do the work."""

import csv
import io
import json
import logging
import re
import warnings
from contextlib import ExitStack, chdir, nullcontext
from dataclasses import dataclass, field
from pathlib import Path

from nbgrader.api import Gradebook, MissingEntry
from nbgrader.converters import Autograde, GenerateAssignment, GenerateFeedback
from nbgrader.converters.base import NbGraderException
from nbgrader.coursedir import CourseDirectory
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, SAWarning
from traitlets.config.loader import PyFileConfigLoader

from course_utils import arguments, learn
from course_utils.grading import batch_save, notebooks, rebuild


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
        root = arguments.path("root", root).resolve()
        if not (root / "nbgrader_config.py").is_file():
            raise ValueError(f"root, the folder of the course, should hold nbgrader_config.py, but {root} does not")
        try:
            self.config = PyFileConfigLoader("nbgrader_config.py", path=str(root)).load_config()
        except OSError as error:
            raise ValueError(f"the class should be kept in a folder, but {error.filename} cannot be one: {error.strerror}") from None
        self.directory = CourseDirectory(config=self.config)
        try:
            make_url(self.directory.db_url)
        except ArgumentError:
            shown = re.sub(r":[^:@/]*@", ":***@", self.directory.db_url)  # a password is nobody's business
            words = "a database address such as postgresql+psycopg://name@host/grades"
            raise ValueError(f"the gradebook should be {words}, but it is {shown!r}") from None

    def folder(self, step):
        """Return the folder of a step: "source", "submitted", "autograded", "feedback"."""
        return Path(self.directory.root, getattr(self.directory, f"{step}_directory"))

    def gradebook(self):
        """Return nbgrader's gradebook, to be used in a `with` block."""
        return Gradebook(self.directory.db_url, self.directory.course_id)

    def enrol(self, lesson):
        """Make the lesson known to the gradebook, or bring it up to date there."""
        # the released notebooks are learners' and stay as they are; nbgrader writes its copy beside the gradebook
        Step(self, GenerateAssignment, lesson, release_directory=str(self.folder("submitted").parent / "released"))()

    def autograde(self, lesson, student):
        """Grade one submission in this process; return what nbgrader had to say, a list of sentences. Raises NbGraderException."""
        return Step(self, Autograde, lesson)(student)

    def feedback(self, lesson, student):
        """Write the feedback page of one graded submission."""
        return Step(self, GenerateFeedback, lesson)(student)

    def export(self, path):
        """Write nbgrader's table of all grades to `path`."""
        from course_utils.grading.reports import exports

        with self.gradebook() as gradebook:
            exports.save(path, exports.everything(gradebook))

    def read(self, lesson, student, gradebook=None):
        """Return the Row of one student from the gradebook."""
        row = Row(student)
        with nullcontext(gradebook) if gradebook else self.gradebook() as gradebook:
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

    def shown(self, gradebook, lesson, student):
        """Return all that a feedback page shows of the gradebook: points, comments and penalty of one student."""
        notebook = gradebook.find_submission_notebook(lesson, lesson, student)
        grades = [(grade.cell.name, grade.score, grade.max_score) for grade in notebook.grades]
        comments = [(comment.name, comment.comment) for comment in notebook.comments]
        return sorted(grades), sorted(comments, key=str), notebook.late_submission_penalty

    def maximum(self, lesson):
        """Return the points that each exercise and reflection of a lesson can earn, in the order of the lesson."""
        arguments.choice("lesson", lesson, learn.lessons(self.folder("source")))
        path = self.folder("source") / lesson / f"{lesson}.ipynb"
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        about = [cell["metadata"].get("nbgrader", {}) for cell in cells]
        return {a["grade_id"].removesuffix("-check"): a["points"] for a in about if a.get("grade") and a["points"]}


class Step:
    """One of nbgrader's converters, made once and used for student after student."""

    def __init__(self, course, converter, lesson, **settings):
        config = course.config.copy()
        config.CourseDirectory.assignment_id = lesson
        for name, value in settings.items():
            config.CourseDirectory[name] = value
        self.said = []
        log = logging.Logger("nbgrader", level=logging.WARNING)
        handler = logging.StreamHandler(io.StringIO())
        handler.emit = self.said.append
        log.addHandler(handler)
        self.converter = converter(coursedir=CourseDirectory(config=config), config=config, force=True, log=log)
        self.begun = False

    def __call__(self, student=None):
        """Convert; return what nbgrader had to say, a list of sentences. Raises NbGraderException."""
        self.said.clear()
        if student is not None:
            self.converter.coursedir.student_id = student
        with warnings.catch_warnings():
            # nbgrader 0.9.6 adds rows in an order that a newer SQLAlchemy warns about, without harm
            warnings.simplefilter("ignore", SAWarning)
            try:
                if self.begun:
                    # what `start` does, with the exporter and its templates as they are
                    self.converter.init_notebooks()
                    with chdir(self.converter.coursedir.root):
                        self.converter.convert_notebooks()
                else:
                    self.converter.start()
                    self.begun = True
            except NbGraderException as error:
                raise NbGraderException(_reason(self.said) or str(error)) from error
        return [record.getMessage() for record in self.said]


class Pages:
    """Writes feedback pages, one after another, with one gradebook that is only read."""

    def __init__(self, course, lesson):
        self.open = ExitStack()
        self.gradebook = self.open.enter_context(batch_save.opened(course.directory.db_url, course.directory.course_id))
        self.step = Step(course, GenerateFeedback, lesson)

    def write(self, student):
        """Write the page of one student; return {}."""
        try:
            self.step(student)
        finally:
            self.gradebook.forget()
        return {}


def _reason(said):
    """Return the last line of the traceback that nbgrader wrote into its log, which is where it says why it gave up."""
    tracebacks = [text for text in (record.getMessage() for record in said) if "Traceback" in text]
    lines = [line for line in tracebacks[-1].splitlines() if line.strip() and line[0] not in "( \t"] if tracebacks else []
    return lines[-1] if lines else None


def unreadable(path, released=None):
    """Return why a file is no notebook, or with the `released` notebook none of this lesson, in words; None if it is one."""
    if path is None:
        return "there is no file"
    try:
        cells = notebooks.read(path)
    except notebooks.NotANotebook as error:
        return str(error)
    if released is not None and rebuild.holds_nothing_of(released, cells):
        headings = re.findall(r"^# +(.+)$", "\n".join(cell.source for cell in cells if cell.kind == "markdown"), re.M)
        about = f", but begins with “{headings[0].strip()[:80]}”" if headings else ""
        return f"{path.name} holds no exercise of this lesson{about}"
    return None


def write_points(path, rows, maximum):
    """Write one line a student: points for each exercise (empty where not graded), the total, and what happened."""
    from course_utils.grading.reports.exports import text

    # with the mark by which spreadsheets know UTF-8
    with Path(path).open("w", newline="", encoding="utf-8-sig") as file:
        table = csv.writer(file)
        table.writerow(["student", *maximum, "total", "of", "to be graded by hand", "what happened"])
        for row in rows:
            total = "" if row.total is None else f"{row.total:g}"
            points = ["" if row.shown(name) in "-?" else row.shown(name) for name in maximum]
            table.writerow([text(row.student), *points, total, sum(maximum.values()), ", ".join(row.by_hand), "; ".join(row.happened)])


def happened(path):
    """Return sentences about a graded notebook: what was found when it was put together and run, and what its checks said."""
    notebook = json.loads(path.read_text(encoding="utf-8"))
    return _remarks(notebook) + _stopped(notebook)


def _remarks(notebook):
    """Return what was found when a graded notebook was put together and run."""
    about = notebook["metadata"].get("grading", {})
    warned = [f"{name.removesuffix('-check')}: a warning, which costs nothing: {said[0]}" for name, said in about.get("warnings", {}).items()]
    return [*about.get("remarks", ()), *warned]


def _stopped(notebook):
    """Return what the checks of a graded notebook said, a sentence for each that did not pass."""
    sentences, answer = [], {}
    for cell in notebook["cells"]:
        about = cell["metadata"].get("nbgrader", {})
        if cell["cell_type"] != "code" or not about:
            continue
        if not about["grade"]:
            answer = cell
            continue
        state, sentence = verdict(cell, answer)
        if state != "passed":
            said = sentence if state == "not yet" else sentence[:1].lower() + sentence[1:] or state
            sentences.append(f"{about['grade_id'].removesuffix('-check')}: {said}")
    return sentences


def verdict(check, answer):
    """Return what a graded check says of an answer, both as cells: a state and a sentence, never where in the check it happened.

    The state is "passed", "not tried" (both without a sentence), "not yet", or "stopped": the answer raised an error.
    """
    error = _error(check)
    if error is None:
        return "passed", ""
    if error["ename"] == "NotImplementedError":
        return "not tried", ""
    if error["ename"] == "AssertionError":
        return "not yet", joined(error["evalue"])
    # an answer that does not even run leaves its check with a NameError, which would tell nobody anything
    error = _error(answer) or error
    # the name that IPython gave the cell says nothing
    says = re.sub(r" \(\S+, line ", " (line ", joined(error["evalue"]))
    return "stopped", f"The answer stopped with {error['ename']}: {says}"


def _error(cell):
    return next((output for output in cell.get("outputs", ()) if output["output_type"] == "error"), None)


def joined(source):
    """Return a text of a notebook, which holds it as one string or as lines."""
    return source if isinstance(source, str) else "".join(source or ())
