"""A class that counts as graded, made in a moment: notebooks and a gradebook as the batch leaves them, with nothing run."""

import json
import shutil
import warnings

import nbformat
from sqlalchemy.exc import SAWarning

from course_utils.grading import cycle, grade
from tools.build import ROOT

LESSON = "04-collapse"
HOLDS = "so it is."


def said(name, state, sentence=""):
    """Return the outputs that a check leaves in a graded notebook."""
    if state == "right":
        return [{"output_type": "stream", "name": "stdout", "text": f"{name}: {sentence or HOLDS}\n"}]
    kind = {"not tried": "NotImplementedError", "not yet": "AssertionError", "stopped": "NameError"}[state]
    return [
        {
            "output_type": "error",
            "ename": kind,
            "evalue": sentence or "not written yet",
            "traceback": ["File examiner.py, a trace"],
        }
    ]


class Graded:
    """The class in `folder`: `hand_in` adds a student; `rows` are what the batch would give to the reports."""

    def __init__(self, folder, monkeypatch, like=None):
        """Make the class in `folder`; with the folder of another class that has the same lessons and no students, quickly."""
        if like:
            shutil.copytree(like, folder, dirs_exist_ok=True)
        monkeypatch.setenv("CLASS_FOLDER", str(folder))
        self.folder, self.course, self.rows = folder, cycle.Course(ROOT), []
        if not like:
            self.course.enrol(LESSON)
        self.released = grade.released(self.course.folder("source") / LESSON / f"{LESSON}.ipynb", self.course.config)
        self.maximum = self.course.maximum(LESSON)

    def hand_in(
        self,
        student,
        results=None,
        answers=None,
        written="It took fewer steps.",
        happened=(),
        read=None,
        comment=None,
        about=None,
        names=None,
        penalty=0.0,
    ):
        """Add a graded submission.

        `results` is exercise -> (state, sentence), right where nothing is said; `answers` exercise -> source; `written` the free
        answer, `read` the points that a person gave for it, `comment` what the person wrote.
        """
        results, row = results or {}, cycle.Row(student, happened=list(happened))
        notebook = nbformat.from_dict(json.loads(json.dumps(self.released)))
        for cell in notebook.cells:
            marks = cell.metadata.get("nbgrader", {})
            name = marks.get("grade_id", "")
            if marks.get("solution"):
                cell.source = (answers or {}).get(name, f"def {name}():\n    pass" if cell.cell_type == "code" else written)
            elif marks.get("grade"):
                exercise = name.removesuffix("-check")
                state, sentence = results.get(exercise, ("right", ""))
                cell.outputs = [nbformat.from_dict(output) for output in said(exercise, state, sentence)]
                row.points[exercise] = self.maximum[exercise] * (state == "right")
        notebook.metadata["grading"] = {"remarks": [], "warnings": {}, "tier": "namespaces", **(about or {})}
        path = self.course.folder("autograded") / student / LESSON / f"{LESSON}.ipynb"
        path.parent.mkdir(parents=True)
        nbformat.write(notebook, path)
        with self.course.gradebook() as gradebook, warnings.catch_warnings():
            warnings.simplefilter("ignore", SAWarning)  # of nbgrader's own making, as in cycle.Step
            gradebook.update_or_create_student(student, **(names or {}))
            gradebook.add_submission(LESSON, student)
            handed_in = gradebook.find_submission_notebook(LESSON, LESSON, student)
            handed_in.late_submission_penalty = penalty
            for given in handed_in.grades:
                exercise = given.cell.name.removesuffix("-check")
                if exercise in row.points:
                    given.auto_score, given.needs_manual_grade = row.points[exercise], False
                else:
                    given.manual_score, given.needs_manual_grade = read, read is None
                    row.points[exercise] = read or 0
                    row.by_hand += [exercise] * (read is None)
            for own in handed_in.comments:
                if comment and own.name == "what-depth-bought":
                    own.manual_comment = comment
            gradebook.db.commit()
        self.rows.append(row)
        return row

    def refuse(self, student, why):
        """Add a submission that could not be graded."""
        self.rows.append(cycle.Row(student, happened=[f"not graded: {why}"]))
