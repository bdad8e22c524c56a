"""Reports of a graded class: a page for each student, one for the teacher, and tables for learning platforms."""

import os

from course_utils import arguments, learn
from course_utils.grading import cycle


def write(course, lesson, rows):
    """Write all reports of a lesson; return a list of (what it is, path). Raises OSError if a file cannot be written.

    `course` is a `cycle.Course`, `rows` are the rows of the batch. A page of points is written for each student who could be
    graded, beside nbgrader's feedback; all else goes into the class's folder. Whoever was graded in this lesson before is in the
    reports as well, so that one late submission does not make a class of one.
    """
    from course_utils.grading.reports import exports, pages, results, similarity, student, teacher

    if not isinstance(course, cycle.Course):
        raise ValueError(f"course should be a cycle.Course, but it is {arguments.shown(course)}")
    arguments.choice("lesson", lesson, learn.lessons(course.folder("source")))
    if not isinstance(rows, (list, tuple)) or not all(isinstance(row, cycle.Row) for row in rows):
        raise ValueError(f"rows should be a list, as batch.grade returns it, but it is {arguments.shown(rows)}")
    about = results.lesson_of(course, lesson)
    outcomes = results.read(course, about, results.everybody(course, lesson, rows))
    feedback, kept = course.folder("feedback"), course.folder("submitted").parent
    for outcome in outcomes:
        if outcome.graded:
            exports.save(feedback / outcome.student / lesson / "points.html", student.page(outcome, about))
    answers = {
        outcome.student: {one.name: one.answer for one in outcome.exercises if one.answer}
        for outcome in outcomes
        if outcome.graded
    }
    pairs = similarity.pairs(answers, about.released, about.known, about.prose)
    with course.gradebook() as gradebook:
        final, waiting = exports.grades(gradebook, lesson)
        absent = {student.id for student in gradebook.students} - {outcome.student for outcome in outcomes}
    report = kept / f"{lesson}-report.html"
    exports.save(report, teacher.page(outcomes, about, pairs, os.path.relpath(kept), os.path.relpath(feedback, kept), absent))
    maximum = sum(about.maximum.values())
    exports.save(kept / f"{lesson}-canvas.csv", exports.canvas({lesson: final}, {lesson: maximum}))
    exports.save(kept / f"{lesson}-moodle.csv", exports.moodle(final, lesson))
    left_out = f", without {len(waiting)} whose answers wait to be read" if waiting else ""
    return [
        ("The class in pictures", report),
        ("A page for each student", feedback / "STUDENT" / lesson / "points.html"),
        (f"For Canvas ({pages.count(len(final), 'student')}{left_out})", kept / f"{lesson}-canvas.csv"),
        (f"For Moodle ({pages.count(len(final), 'student')}{left_out})", kept / f"{lesson}-moodle.csv"),
    ]
