"""Honest submissions to every lesson, graded by stock nbgrader and in three ways by this course: `python -m tools.compare_with_stock`.

Stock is `nbgrader autograde LESSON`. Ours are one submission after the other, the batch on all cores, and the batch on a Dask
cluster of two workers. Points are compared check by check; an honest submission must draw no remark either.
"""

import argparse
import contextlib
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import nbformat
from nbgrader.api import Gradebook

from tools import bench_grading
from tools.attack_table import environment

ROOT = Path(__file__).resolve().parent.parent


def main():
    """Print one line a submission, and how many differ. Returns 1 if any does."""
    sys.path.insert(0, str(ROOT / "tests"))
    import honest
    import lessons

    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("lessons", nargs="*", default=lessons.NAMES, help="which lessons (default: all)")
    parser.add_argument("--each", type=int, default=4, help="how many submissions to each lesson (default: 4)")
    parser.add_argument("--without-dask", action="store_true", help="leave the Dask cluster out")
    given = parser.parse_args()
    unknown = set(given.lessons) - set(lessons.NAMES)
    if unknown or given.each < 1:
        parser.error(f"unknown lessons {', '.join(sorted(unknown))}" if unknown else f"--each should be at least 1, but it is {given.each}")
    counted = differ = 0
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="compare-")))
        address = None if given.without_dask else stack.enter_context(bench_grading.cluster(folder, 2))
        for name in given.lessons:
            kinds = honest.kinds(name, given.each)
            found, remarks, seconds = compare(folder / name, name, {kind: honest.notebook(name, kind) for kind in kinds}, address)
            for kind in kinds:
                points = {way: told[kind] for way, told in found.items()}
                same, counted = all(told == points["stock"] for told in points.values()) and not remarks[kind], counted + 1
                differ += not same
                totals = "  ".join(f"{way} {sum(told.values()):g}" for way, told in points.items())
                print(f"{name:18} {honest.KINDS[kind]:60} {totals}  {'the same' if same else 'DIFFERENT'}", flush=True)
                for told in [] if same else [f"{way}: {told}" for way, told in points.items()] + remarks[kind]:
                    print(f"    {told}")
            print(f"{name:18} seconds for {len(kinds)}: " + ", ".join(f"{way} {value:.1f}" for way, value in seconds.items()), flush=True)
    print(f"\n{counted} honest submissions, {differ} graded differently somewhere or remarked upon")
    return int(differ > 0)


def compare(folder, name, submissions, address):
    """Grade notebooks in every way: return way -> student -> check -> points, the remarks on each, and seconds a way."""
    from course_utils.grading import batch, collect, cycle, grade, hooks
    from course_utils.grading.limits import Limits

    handed_in, found, seconds = folder / "handed-in", {}, {}
    handed_in.mkdir(parents=True)
    for student, notebook in submissions.items():
        nbformat.write(notebook, handed_in / f"{student}.ipynb")
    begun = time.monotonic()
    found["stock"] = stock(folder, name, handed_in)
    seconds["stock"], begun = time.monotonic() - begun, time.monotonic()
    (folder / "ours").mkdir()
    root = bench_grading.course(folder / "ours", bench_grading.OURS, name)
    remarks = {}
    with _settings(root):
        course = cycle.Course(root)
        course.enrol(name)
        limits = Limits(**hooks.Examine(config=course.config).limits)
        found["one by one"] = {}
        for student in submissions:
            result = grade.grade_notebook(root / "solutions" / name / f"{name}.ipynb", handed_in / f"{student}.ipynb", limits, config=course.config)
            found["one by one"][student] = {check: points or 0.0 for check, points in result["points"].items()}
            remarks[student] = result["remarks"]
        seconds["one by one"], begun = time.monotonic() - begun, time.monotonic()
    for way, scheduler in (("batch", None), ("dask", address)):
        if way == "dask" and address is None:
            continue
        with _settings(root, CLASS_FOLDER=f"class-{way}"):
            course = cycle.Course(root)
            course.enrol(name)
            batch.grade(course, name, collect.find(handed_in, name), scheduler=scheduler)
            found[way] = scores(course.directory.db_url, name)
        seconds[way], begun = time.monotonic() - begun, time.monotonic()
    return found, remarks, seconds


def stock(folder, name, handed_in):
    """Grade a folder of submissions with stock nbgrader; return student -> check -> points."""
    (folder / "stock").mkdir()
    root = bench_grading.course(folder / "stock", bench_grading.STOCK, name)
    for path in handed_in.iterdir():
        place = root / "class" / "submitted" / path.stem / name / f"{name}.ipynb"
        place.parent.mkdir(parents=True)
        place.write_bytes(path.read_bytes())
    for words in (("generate_assignment", name), ("autograde", name)):
        done = subprocess.run([sys.executable, "-m", "nbgrader", *words], cwd=root, env=environment(root), capture_output=True, text=True, check=False)
        if done.returncode:
            raise SystemExit(f"nbgrader {' '.join(words)} failed:\n{done.stderr[-2000:]}")
    return scores(f"sqlite:///{root}/class/gradebook.db", name)


def scores(url, name):
    """Return what a gradebook holds of a lesson: student -> check -> points."""
    with Gradebook(url) as gradebook:
        return {
            submission.student.id: {grade.cell.name: grade.score for notebook in submission.notebooks for grade in notebook.grades}
            for submission in gradebook.assignment_submissions(name)
        }


@contextlib.contextmanager
def _settings(root, **names):
    """Be in a course folder, with names in the environment that its settings read."""
    before, here = {name: os.environ.get(name) for name in names}, Path.cwd()
    os.environ.update(names)
    os.chdir(root)
    try:
        yield
    finally:
        os.chdir(here)
        for name, value in before.items():
            os.environ.pop(name) if value is None else os.environ.update({name: value})


if __name__ == "__main__":
    sys.exit(main())
