"""What the reports tell of: the graded notebooks, the gradebook and the rows of the batch, read into plain data."""

import json
import re
from dataclasses import dataclass, field

from nbgrader.api import Assignment, Comment, Grade, SubmittedAssignment, SubmittedNotebook
from sqlalchemy.orm import joinedload, selectinload, undefer

from course_utils.grading import cycle, grade, rebuild
from course_utils.grading.executor import imported

STATES = ("right", "partly", "not yet", "stopped", "not tried", "waiting")
LONGEST = 1200  # characters of a sentence on a page


@dataclass
class Exercise:
    """One exercise or free answer of one student.

    `state` is "right", "partly", "not yet" (a check said what is missing), "stopped" (the answer raised an error), "not tried",
    or "waiting" (a person has to read it); `points` is None while it waits.
    """

    name: str
    points: float | None
    maximum: float
    state: str
    sentence: str = ""
    warnings: list = field(default_factory=list)
    comment: str = ""
    further: bool = False
    prose: bool = False
    answer: str = ""


@dataclass
class Outcome:
    """One student: the exercises (none if nothing could be graded), and what is to be known about the submission itself."""

    student: str
    name: str = ""
    exercises: list = field(default_factory=list)
    remarks: list = field(default_factory=list)
    tier: str | None = None
    penalty: float = 0.0

    @property
    def graded(self):
        """Whether anything could be graded; of a lesson without points it is known by the walls that it ran behind."""
        return bool(self.exercises) or self.tier is not None

    @property
    def waiting(self):
        """The names of the free answers that nobody has read yet."""
        return [exercise.name for exercise in self.exercises if exercise.points is None]

    @property
    def total(self):
        """The points so far, less what was taken off for being late, or None if nothing could be graded."""
        if not self.graded:
            return None
        return max(0.0, sum(exercise.points or 0.0 for exercise in self.exercises) - self.penalty)


@dataclass
class Lesson:
    """A lesson as the course has it: its points, and what its cells held when they were handed out."""

    name: str
    title: str
    maximum: dict
    released: dict
    known: frozenset
    prose: frozenset
    checks: dict


def lesson_of(course, lesson):
    """Return the Lesson: what was handed out, from the course's own notebook."""
    notebook = grade.released(course.folder("source") / lesson / f"{lesson}.ipynb", course.config)
    released, checks, prose, known = {}, {}, set(), set(imported(notebook))
    for cell in notebook.cells:
        about = cell.metadata.get("nbgrader", {})
        if about.get("solution"):
            released[about["grade_id"]] = cell.source
            if cell.cell_type != "code":
                prose.add(about["grade_id"])
        elif about.get("grade"):
            checks[_exercise(about["grade_id"])] = cell.source
        if cell.cell_type == "code" and not about.get("grade"):
            known |= rebuild.defined(cell.source)
    heading = re.search(r"^# +(.+)$", "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown"), re.M)
    title = heading[1].strip() if heading else lesson
    return Lesson(lesson, title, course.maximum(lesson), released, frozenset(known), frozenset(prose), checks)


def everybody(course, lesson, rows):
    """Return the rows of the batch and a row for everybody else who was graded in this lesson before, by student."""
    known = {row.student: row for row in rows}
    with course.gradebook() as gradebook:
        for student in [submission.student_id for submission in submissions(gradebook, lesson)]:
            path = _path(course, lesson, student)
            if student not in known and path.is_file():
                known[student] = course.read(lesson, student, gradebook)
                known[student].happened = cycle.happened(path)
    return [known[student] for student in sorted(known)]


def read(course, lesson, rows):
    """Return an Outcome for each row; `lesson` is a Lesson."""
    names, penalties, comments = _gradebook(course, lesson.name)
    return [_outcome(course, lesson, row, names, penalties, comments.get(row.student, {})) for row in rows]


def submissions(gradebook, lesson):
    """Return nbgrader's submissions of a lesson with all that the reports ask of them, in a few queries for any class."""
    whole, notebook = SubmittedAssignment, SubmittedNotebook
    wanted = [
        joinedload(whole.student),
        undefer(whole.score),
        undefer(whole.needs_manual_grade),
        undefer(whole.late_submission_penalty),
        selectinload(whole.notebooks).selectinload(notebook.grades).options(joinedload(Grade.cell), undefer(Grade.max_score)),
        selectinload(whole.notebooks).selectinload(notebook.comments).joinedload(Comment.cell),
    ]
    return gradebook.db.query(whole).join(Assignment, whole.assignment).filter(Assignment.name == lesson).options(*wanted).all()


def _gradebook(course, lesson):
    """Return the students' names, what was taken off for being late, and the comments that were given by hand."""
    names, penalties, comments = {}, {}, {}
    with course.gradebook() as gradebook:
        for student in gradebook.students:
            names[student.id] = " ".join(part for part in (student.first_name, student.last_name) if part)
        for submission in submissions(gradebook, lesson):
            who = submission.student_id
            penalties[who] = submission.late_submission_penalty or 0.0
            for notebook in submission.notebooks:
                said = {
                    _exercise(comment.name): comment.manual_comment for comment in notebook.comments if comment.manual_comment
                }
                comments.setdefault(who, {}).update(said)
    return names, penalties, comments


def _outcome(course, lesson, row, names, penalties, comments):
    found = Outcome(row.student, names.get(row.student, ""), penalty=penalties.get(row.student, 0.0) if row.points else 0.0)
    cells, about = _graded_notebook(course, lesson.name, row)
    # what is about one exercise begins with its name; all else is about the submission
    found.remarks = [said for said in row.happened if said.partition(":")[0] not in {**lesson.maximum, **row.points}]
    found.tier = about.get("tier")
    warnings = about.get("warnings", {})
    for name, maximum in lesson.maximum.items():
        if name not in row.points:
            continue
        check, answer = cells.get(f"{name}-check"), cells.get(name, {})
        marks = (check or answer).get("metadata", {}).get("course", {})
        exercise = Exercise(
            name,
            row.points[name],
            maximum,
            "right",
            comment=comments.get(name, ""),
            further=bool(marks.get("further")),
            prose=name in lesson.prose,
            answer=cycle.joined(answer.get("source")),
        )
        exercise.warnings = [str(said)[:LONGEST] for said in warnings.get(f"{name}-check", ())]
        if exercise.prose:
            exercise.answer = exercise.answer.replace(
                "&lt;", "<"
            )  # as it was written, before rebuild made it harmless for nbgrader's pages
            _judge_prose(exercise, row, lesson)
        else:
            _judge_code(exercise, check or {}, answer)
        found.exercises.append(exercise)
    return found


def _judge_prose(exercise, row, lesson):
    if exercise.name in row.by_hand:
        exercise.points, exercise.state = None, "waiting"
    elif exercise.answer.strip() in ("", lesson.released.get(exercise.name, "").strip()) and not exercise.points:
        exercise.state = "not tried"
    else:
        exercise.state, exercise.sentence = _level(exercise), "Read by a person."


def _judge_code(exercise, check, answer):
    """Find what the check said."""
    state, sentence = cycle.verdict(check, answer)
    if state == "passed":
        exercise.state, exercise.sentence = _level(exercise), _said(check, exercise.name)
        return
    # a person may have given points for it
    exercise.state, exercise.sentence = _level(exercise) if exercise.points else state, sentence[:LONGEST]


def _level(exercise):
    return "right" if exercise.points >= exercise.maximum else "partly" if exercise.points else "not yet"


def _graded_notebook(course, lesson, row):
    """Return the graded cells by name and what was noted about the run; nothing where nothing was graded."""
    path = _path(course, lesson, row.student)
    if not row.points or not path.is_file():
        return {}, {}
    notebook = json.loads(path.read_text(encoding="utf-8"))
    cells = {cell["metadata"].get("nbgrader", {}).get("grade_id"): cell for cell in notebook["cells"]}
    return cells, notebook["metadata"].get("grading", {})


def _path(course, lesson, student):
    return course.folder("autograded") / student / lesson / f"{lesson}.ipynb"


def _said(check, name):
    """Return the sentence that a check prints when it is content; a learner's function may have printed, too."""
    printed = "".join(cycle.joined(output.get("text")) for output in check.get("outputs", ()) if output["output_type"] == "stream")
    own = [line.removeprefix(f"{name}: ") for line in printed.splitlines() if line.startswith(f"{name}: ")]
    return own[0][:1].upper() + own[0][1:LONGEST] if own else ""


def _exercise(grade_id):
    return grade_id.removesuffix("-check")
