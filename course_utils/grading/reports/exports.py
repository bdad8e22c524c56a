"""Grades for Canvas and for Moodle, and nbgrader's own table of all grades; the batch writes them, and `nbgrader export` can:

    nbgrader export --exporter=course_utils.grading.reports.exports.CanvasExportPlugin --assignment 04-collapse --to canvas.csv

The files for both platforms hold only students whose points are final: no answer waits for a person. What each platform does with a file was
read in its own importer, and both can lose a grade over a careless one.

Canvas (canvas-lms, lib/gradebook_importer.rb): the first row begins with Student, ID, SIS User ID, SIS Login ID, Section, then
the assignments; a row whose first cell holds "Points Possible" gives their points. A student is found by ID, else by the SIS
user id, else by the SIS login id, else by the name. The ID is read with Ruby's to_i, so that "12abc" would be student 12: only
a whole number is written there. A number with a comma in it would be read as a decimal. An empty grade where there is one in
Canvas counts as a change: whoever has no final points is left out.

Moodle (moodle, grade/import/csv/classes/load_data.php, and docs.moodle.org/en/Grade_import): the columns are mapped by the
teacher, one to identify the student by (email address, username or ID number), one to the grade item, one to its feedback.
A row whose identifier is empty is given to the student of the row before it: there is one identifier column, and no row
without it. One unknown student ends the whole import. "Importing feedback will also overwrite any grades": feedback comes
only with points.

In every cell of text a sign that a spreadsheet would take for the start of a formula gets an apostrophe before it (OWASP,
CSV Injection; CWE-1236); the rest is RFC 4180.
"""

import csv
import html
import io
import os
import re
from dataclasses import dataclass
from pathlib import Path

from nbgrader.plugins import ExportPlugin

from course_utils.grading.reports import results
from course_utils.grading.reports.pages import UNSEEN

CANVAS = ("Student", "ID", "SIS User ID", "SIS Login ID", "Section")
COLUMNS = ("assignment", "duedate", "timestamp", "student_id", "last_name", "first_name", "email",
           "raw_score", "late_submission_penalty", "score", "max_score")  # fmt: skip
FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")


@dataclass(frozen=True)
class Grade:
    """One student's final points in one lesson, with what identifies the student elsewhere and a line of feedback."""

    student: str
    first_name: str
    last_name: str
    email: str
    lms_user_id: str
    points: float
    feedback: str

    @property
    def sortable_name(self):
        """The name as "Last, First", the student id where no name is known."""
        return ", ".join(part for part in (self.last_name, self.first_name) if part) or self.student


def grades(gradebook, lesson, students=()):
    """Return a Grade for each student with final points, by student id; and the ids of those who still wait for a reader."""
    found, waiting = [], []
    for submission in sorted(results.submissions(gradebook, lesson), key=lambda submission: submission.student_id):
        student = submission.student
        if students and student.id not in students:
            continue
        if submission.needs_manual_grade:
            waiting.append(student.id)
            continue
        points = max(0.0, submission.score - (submission.late_submission_penalty or 0.0))
        found.append(
            Grade(
                student.id,
                student.first_name or "",
                student.last_name or "",
                student.email or "",
                student.lms_user_id or "",
                points,
                _feedback(submission),
            )
        )
    return found, waiting


def canvas(listed, lessons):
    """Return the text of a Canvas gradebook CSV.

    `listed` is lesson -> list of Grade, `lessons` lesson -> its maximum points. Where the id that nbgrader keeps for the
    learning platform is no number, it is taken for the SIS user id; the student id stands for the SIS login id.
    """
    by_student = {}
    for lesson, found in listed.items():
        for grade in found:
            by_student.setdefault(grade.student, (grade, {}))[1][lesson] = grade.points
    rows = [
        [*CANVAS, *map(text, lessons)],
        ["    Points Possible", "", "", "", "", *(number(points) for points in lessons.values())],
    ]
    for student, (grade, points) in sorted(by_student.items()):
        own = grade.lms_user_id.strip()
        is_number = own.isascii() and own.isdigit()
        rows.append(
            [
                text(grade.sortable_name),
                own if is_number else "",
                "" if is_number else text(own),
                text(student),
                "",
                *(number(points[lesson]) if lesson in points else "" for lesson in lessons),
            ]
        )
    return written(rows)


def moodle(found, lesson):
    """Return the text of a CSV for Moodle's grade import: the identifier, the points, the feedback.

    Students are identified by their email address if all of them have one, else all of them by their student id, to be
    mapped to the username or to the ID number.
    """
    found = [grade for grade in found if grade.student not in ("", "0")]  # Moodle takes both for empty
    by_email = bool(found) and all(grade.email.strip() not in ("", "0") for grade in found)
    rows = [["Email address" if by_email else "Username", text(lesson), text(f"{lesson} (feedback)")]]
    for grade in found:
        rows.append([text(grade.email if by_email else grade.student), number(grade.points), text(grade.feedback)])
    return written(rows)


def text(value):
    """Return a text that no spreadsheet takes for a formula, on one line, without characters that no file should hold."""
    plain = UNSEEN.sub("", re.sub(r"[\r\n\t]+", " ", str(value)))
    return f"'{plain}" if plain.lstrip().startswith(FORMULA) else plain


def number(points):
    """Return points as Canvas and Moodle read them: with a point, and no more digits than needed."""
    return f"{points:.6f}".rstrip("0").rstrip(".")


def everything(gradebook, lessons=(), students=()):
    """Return the text of nbgrader's own table: a row for each student in each lesson, zeros where nothing was handed in.

    For plain names it is, byte for byte, what nbgrader's `CsvExportPlugin` writes. That one quotes nothing.
    """
    rows = [COLUMNS]
    for assignment in gradebook.assignments:
        if lessons and assignment.name not in lessons:
            continue
        handed_in = {submission.student_id: submission for submission in results.submissions(gradebook, assignment.name)}
        for student in gradebook.students:
            if students and student.id not in students:
                continue
            submission = handed_in.get(student.id)
            score, penalty = (submission.score, submission.late_submission_penalty or 0.0) if submission else (0.0, 0.0)
            when = (submission.timestamp if submission else None) or ""
            who = [text(part or "") for part in (student.id, student.last_name, student.first_name, student.email)]
            about = [text(assignment.name), assignment.duedate or "", when]
            rows.append([*about, *who, score, penalty, max(0.0, score - penalty), assignment.max_score])
    return written(rows, "\n")


def written(rows, end="\r\n"):
    """Return rows as the text of a CSV file."""
    file = io.StringIO()
    csv.writer(file, lineterminator=end).writerows(rows)
    return file.getvalue()


def save(path, content):
    """Write a file so that it is whole or not there, never half."""
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.{os.getpid()}.part")  # two commands at once write two of them
    part.write_text(content, encoding="utf-8", newline="")
    os.replace(part, path)


def _feedback(submission):
    """Return the points of each exercise and what a person wrote, as the HTML that Moodle takes feedback for."""
    said = []
    for notebook in submission.notebooks:
        comments = {comment.name: comment.manual_comment for comment in notebook.comments if comment.manual_comment}
        for grade in notebook.grades:
            name = grade.name.removesuffix("-check")
            own = f" ({' '.join(comments[name].split())})" if name in comments else ""
            said.append(f"{name}: {number(grade.score)} of {number(grade.max_score)}{own}")
    if submission.late_submission_penalty:
        said.append(f"taken off for being late: {number(submission.late_submission_penalty)}")
    return html.escape("; ".join(said), quote=False)


class GradesExportPlugin(ExportPlugin):
    """`nbgrader export` in this course: nbgrader's own columns, with names that cannot shift them or run as a formula."""

    def export(self, gradebook):
        """Write the file, for all lessons and students or the chosen ones."""
        save(self.to or "grades.csv", everything(gradebook, set(map(str, self.assignment)), set(map(str, self.student))))


class _Plugin(ExportPlugin):
    """What the platforms' have in common: which lessons, which students, and where to."""

    def export(self, gradebook):
        """Write the file, one for all lessons or the chosen ones."""
        wanted = [assignment for assignment in gradebook.assignments if not self.assignment or assignment.name in self.assignment]
        lessons = {assignment.name: assignment.max_score for assignment in sorted(wanted, key=lambda assignment: assignment.name)}
        listed = {}
        for lesson in lessons:
            listed[lesson], waiting = grades(gradebook, lesson, set(map(str, self.student)))
            if waiting:
                self.log.warning("%s: left out, since an answer waits to be read: %s", lesson, ", ".join(waiting))
        self._write(listed, lessons)


class CanvasExportPlugin(_Plugin):
    """`nbgrader export`: a CSV that Canvas's gradebook imports, with a column for each lesson."""

    def _write(self, listed, lessons):
        save(self.to or "canvas.csv", canvas(listed, lessons))


class MoodleExportPlugin(_Plugin):
    """`nbgrader export`: a CSV for Moodle's grade import, a file for each lesson, since Moodle takes one at a time."""

    def _write(self, listed, lessons):
        place = Path(self.to or "moodle.csv")
        for lesson in lessons:
            path = place if len(lessons) == 1 else place.with_name(f"{place.stem}-{lesson}{place.suffix}")
            save(path, moodle(listed[lesson], lesson))
