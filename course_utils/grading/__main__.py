"""Grade one lesson of a class: `python -m course_utils.grading 04-collapse --from FOLDER` (or `make grade`)."""

import argparse
import os
import sys
import textwrap
from pathlib import Path


def main(arguments=None):
    """Collect, grade, write feedback and tables, print one row a student. Returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m course_utils.grading", description=__doc__)
    parser.add_argument("lesson", help="for example 04-collapse")
    parser.add_argument("--from", dest="folder", required=True, help="the folder with the submissions")
    parser.add_argument("--class", dest="class_folder", default=None, help="where this class is kept (default: class)")
    given = parser.parse_args(arguments)
    if given.class_folder:
        os.environ["CLASS_FOLDER"] = given.class_folder
    # nbgrader's settings read CLASS_FOLDER, so it is set before they are loaded
    from course_utils.grading import collect, cycle

    try:
        course = cycle.Course(Path.cwd())
        submissions = collect.find(given.folder, given.lesson)
        course.enrol(given.lesson)
        maximum = course.maximum(given.lesson)
    except (ValueError, FileNotFoundError, cycle.NbGraderException) as error:
        print(f"Nothing was graded: {error}", file=sys.stderr)
        return 2
    rows = cycle.grade(course, given.lesson, submissions, lambda student: print(f"grading {student} ...", flush=True))
    kept = course.folder("submitted").parent
    cycle.write_points(kept / f"{given.lesson}-points.csv", rows, maximum)
    course.export(kept / "grades.csv")
    print(table(rows, maximum))
    shown = os.path.relpath(kept)
    print(f"\nPoints: {shown}/{given.lesson}-points.csv   nbgrader's table: {shown}/grades.csv   feedback pages: {shown}/feedback/")
    print(f"To grade the written answers by hand: CLASS_FOLDER={shown} jupyter lab, then Nbgrader > Formgrader.")
    return 0


def table(rows, maximum):
    """Return one row a student as text: points an exercise, the total, and under it what happened."""
    width = max(len(row.student) for row in rows)
    labels = [f"{name} ({points:g})" for name, points in maximum.items()]
    lines = [f"{number:>3}  {label}" for number, label in enumerate(labels, 1)]
    lines.append("")
    lines.append(" " * width + "".join(f"{number:>5}" for number in range(1, len(labels) + 1)) + f"{'total':>8}")
    for row in rows:
        cells = "".join(f"{row.shown(name):>5}" for name in maximum)
        total = f"{'-':>8}" if row.total is None else f"{row.total:>8g}"
        lines.append(f"{row.student:<{width}}{cells}{total}")
        if row.by_hand:
            lines.append(f"{'':{width}}   to be read by you: {', '.join(row.by_hand)}")
        untried = [sentence.removesuffix(": not tried") for sentence in row.happened if sentence.endswith(": not tried")]
        told = [sentence for sentence in row.happened if not sentence.endswith(": not tried")]
        if untried:
            told.append("not tried: " + ", ".join(untried))
        for sentence in told:
            lines += textwrap.wrap(sentence, 110, initial_indent=" " * (width + 3), subsequent_indent=" " * (width + 5))
    lines.append(f"{'of':<{width}}" + "".join(f"{points:>5g}" for points in maximum.values()) + f"{sum(maximum.values()):>8g}")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
