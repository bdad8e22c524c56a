"""Grade one lesson of a class: `python -m course_utils.grading 04-collapse --from FOLDER` (or `make grade`)."""

import argparse
import os
import sys
import textwrap
import time
from pathlib import Path

from tqdm import tqdm

from course_utils.learn import lessons

MOST = 30  # students, of whom the terminal tells what every check said; the report does for any class


def main(arguments=None):
    """Collect, grade, write feedback and tables, print one row a student. Returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m course_utils.grading", description=__doc__)
    parser.add_argument("lesson", help="a name such as 04-collapse, or its beginning")
    parser.add_argument("--from", dest="folder", required=True, help="the folder with the submissions, or a learning platform's zip file")
    parser.add_argument("--class", dest="class_folder", default=None, help="where this class is kept (default: class)")
    parser.add_argument("--db", default=None, help="the gradebook, as a database address (default: gradebook.db in the folder of the class)")
    parser.add_argument("--workers", type=int, default=None, help="how many processes work here (default: one for each core)")
    parser.add_argument("--scheduler", default=None, help="run the submissions on the workers of this Dask scheduler, for example tcp://host:8786")
    given = parser.parse_args(arguments)
    # nbgrader's settings read these, so they are set before the settings are loaded
    for name, value in (("CLASS_FOLDER", given.class_folder), ("GRADEBOOK_URL", given.db)):
        if value:
            os.environ[name] = value
    from course_utils.grading import batch_pool

    batch_pool.warm()
    from course_utils.grading import batch, collect, cycle, reports
    from course_utils.grading.reports import pages, results

    try:
        course = cycle.Course(Path.cwd())
        lesson = _lesson(course.folder("source"), given.lesson)
        submissions = collect.find(given.folder, lesson)
        maximum = course.maximum(lesson)
        with Progress(len(submissions)) as progress:
            rows = batch.grade(course, lesson, submissions, given.workers, given.scheduler, progress)
    except (ValueError, FileNotFoundError, cycle.NbGraderException) as error:
        hint = ": pip install 'psycopg[binary]'" if "'psycopg'" in str(error) else ""
        print(f"Nothing was graded: {error}{hint}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("Stopped. What is graded is kept: the same command goes on from there.", file=sys.stderr)
        return 130
    _remember_canvas(course, submissions)
    kept = course.folder("submitted").parent
    everybody = results.everybody(course, lesson, rows)
    cycle.write_points(kept / f"{lesson}-points.csv", everybody, maximum)
    course.export(kept / "grades.csv")
    print(table(rows, maximum))
    shown = os.path.relpath(kept)
    print(f"\nPoints: {shown}/{lesson}-points.csv   nbgrader's table: {shown}/grades.csv   feedback pages: {shown}/feedback/")
    for what, path in reports.write(course, lesson, everybody):
        print(f"{what}: {os.path.relpath(path)}")
    if len(everybody) > len(rows):
        print(f"All of these hold {pages.count(len(everybody) - len(rows), 'student')} graded before, too.")
    waiting = sum(len(row.by_hand) for row in everybody)
    if waiting:
        print(f"To read the written answers that wait ({waiting}, question marks in the table): {pages.formgrader(shown)}, then Nbgrader > Formgrader.")
        print("The same command afterwards puts their points into the pages and tables.")
    return 0


def _lesson(source, name):
    """Return the lesson whose name is `name` or begins so. Raises ValueError."""
    known = lessons(source)
    found = [lesson for lesson in known if lesson == name] or [lesson for lesson in known if name and lesson.startswith(name)]
    if len(found) != 1:
        raise ValueError(f"lesson should be one of {', '.join(known)}, but it is {name!r}")
    return found[0]


def _remember_canvas(course, submissions):
    """Keep Canvas's ids of students, which its table needs, where no roster has said another."""
    ids = {submission.student: submission.canvas_id for submission in submissions if submission.canvas_id}
    if ids:
        with course.gradebook() as gradebook:
            for student in gradebook.students:
                student.lms_user_id = student.lms_user_id or ids.get(student.id)
            gradebook.db.commit()


class Progress:
    """How far the batch is: a line that changes on a terminal, and a line now and then elsewhere."""

    def __init__(self, total, file=None, every=10.0):
        self.file = sys.stdout if file is None else file
        self.every, self.begun = every, time.monotonic()
        self.told = self.begun
        self.bar = None
        if self.file.isatty():
            tqdm.monitor_interval = 0  # no thread of its own
            self.bar = tqdm(total=total, file=self.file, desc="graded", unit="", dynamic_ncols=True, smoothing=0.1)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.bar is not None:
            self.bar.close()

    def __call__(self, done, total, student):
        """Tell that `student` is done, the `done`-th of `total`."""
        if self.bar is not None:
            self.bar.set_postfix_str(student, refresh=False)
            self.bar.update(done - self.bar.n)
            return
        now = time.monotonic()
        if done == total or now - self.told >= self.every:
            self.told = now
            pace = done / max(now - self.begun, 1e-9)
            left = "" if done == total else f", about {tqdm.format_interval((total - done) / pace)} left"
            print(f"graded {done} of {total} ({pace:.2g} a second{left})", file=self.file, flush=True)


def table(rows, maximum):
    """Return one row a student as text: points an exercise, the total, and under it what happened.

    Of a class of more than MOST what the checks said is left out: only what is about the submission itself stays.
    """
    from course_utils.grading.rebuild import OTHER_VERSION

    width = max(len(row.student) for row in rows)
    labels = [f"{name} ({points:g})" for name, points in maximum.items()]
    lines = [f"{number:>3}  {label}" for number, label in enumerate(labels, 1)]
    lines.append("")
    lines.append(" " * width + "".join(f"{number:>5}" for number in range(1, len(labels) + 1)) + f"{'total':>8}")
    for row in rows:
        cells = "".join(f"{row.shown(name):>5}" for name in maximum)
        total = f"{'-':>8}" if row.total is None else f"{row.total:>8g}"
        lines.append(f"{row.student:<{width}}{cells}{total}")
        happened = [sentence for sentence in row.happened if sentence != OTHER_VERSION]
        if len(rows) > MOST:
            told = [sentence for sentence in happened if sentence.partition(":")[0] not in maximum]
        else:
            told = [sentence for sentence in happened if not sentence.endswith(": not tried")]
            untried = [sentence.removesuffix(": not tried") for sentence in happened if sentence.endswith(": not tried")]
            told += ["not tried: " + ", ".join(untried)] if untried else []
        for sentence in told:
            lines += textwrap.wrap(sentence, 110, initial_indent=" " * (width + 3), subsequent_indent=" " * (width + 5))
    lines.append(f"{'of':<{width}}" + "".join(f"{points:>5g}" for points in maximum.values()) + f"{sum(maximum.values()):>8g}")
    older = sum(OTHER_VERSION in row.happened for row in rows)
    if older:
        lines.append(f"{older} of {len(rows)}: {OTHER_VERSION}.")
    if len(rows) > MOST:
        lines.append(f"What the checks said to each of the {len(rows)} stands in the report and on the students' pages.")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
