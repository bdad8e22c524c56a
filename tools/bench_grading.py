"""Time the grading against stock nbgrader, on the same submissions in the same run: `python -m tools.bench_grading 04-collapse`.

Both run `nbgrader autograde LESSON` in a course folder of their own; one thread for matrix products.
"""

import argparse
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import nbformat

ROOT = Path(__file__).resolve().parent.parent
STOCK = """
c = get_config()
c.CourseDirectory.root = {root!r}
c.CourseDirectory.source_directory = "solutions"
c.CourseDirectory.ignore = ["*.py", "__pycache__", ".ipynb_checkpoints"]
c.CourseDirectory.course_id = "untangle"
c.CourseDirectory.release_directory = "class/released"
c.CourseDirectory.submitted_directory = "class/submitted"
c.CourseDirectory.db_url = "sqlite:///{root}/class/gradebook.db"
c.Execute.extra_arguments = ["--HistoryManager.hist_file=:memory:", "--log-level=ERROR"]
c.ExecutePreprocessor.timeout = 120
"""
OURS = """
import sys
sys.path.insert(0, {home!r})
exec(open({home!r} + "/nbgrader_config.py").read().replace("Path(__file__).resolve().parent", "Path({root!r})"))
c.CourseDirectory.release_directory = "class/released"
"""


def course(folder, config, lesson, count):
    """Make a course folder with `count` submissions of a lesson, all of them solved."""
    shutil.copytree(ROOT / "solutions" / lesson, folder / "solutions" / lesson)
    (folder / "nbgrader_config.py").write_text(config.format(root=str(folder), home=str(ROOT)))
    (folder / "class").mkdir()
    _run(folder, "nbgrader", "generate_assignment", lesson)
    released = nbformat.read(folder / "class" / "released" / lesson / f"{lesson}.ipynb", 4)
    solved = {cell.id: cell.source for cell in nbformat.read(ROOT / "solutions" / lesson / f"{lesson}.ipynb", 4).cells}
    for cell in released.cells:
        if cell.metadata.get("nbgrader", {}).get("solution"):
            cell.source = solved[cell.id]
    for number in range(count):
        path = folder / "class" / "submitted" / f"student{number:04}" / lesson / f"{lesson}.ipynb"
        path.parent.mkdir(parents=True)
        nbformat.write(released, path)


def timed(folder, lesson):
    """Autograde everything; return the seconds on the clock and of computing."""
    before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    _run(folder, "nbgrader", "autograde", lesson)
    seconds, after = time.monotonic() - begun, resource.getrusage(resource.RUSAGE_CHILDREN)
    return seconds, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def own(lesson):
    """The seconds that the lesson's own code takes, run in one plain process without figures."""
    code = (
        "import nbformat, time, sys, io, contextlib\n"
        "cells = [c for c in nbformat.read(sys.argv[1], 4).cells if c.cell_type == 'code' and "
        "c.metadata.course.kind not in ('figure', 'predict', 'claims')]\n"
        "import course_utils, numpy, matplotlib.figure\nspace = {'__name__': '__main__'}\n"
        "exec(cells[0].source, dict(space))\nbegun = time.process_time()\n"
        "with contextlib.redirect_stdout(io.StringIO()):\n    for c in cells: exec(compile(c.source, 'cell', 'exec'), space)\n"
        "print(time.process_time() - begun)"
    )
    said = _run(ROOT, sys.executable, "-c", code, str(ROOT / "solutions" / lesson / f"{lesson}.ipynb"))
    return float(said.split()[-1])


def _run(folder, *words):
    env = dict(os.environ, PATH=str(Path(sys.executable).parent) + os.pathsep + os.environ["PATH"], PYTHONWARNINGS="ignore", PYTHONPATH=str(ROOT))
    env |= dict.fromkeys(("OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "OMP_NUM_THREADS"), "1")
    env.pop("CLASS_FOLDER", None)
    done = subprocess.run(words, cwd=folder, env=env, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{' '.join(words)} failed:\n{done.stderr[-3000:]}")
    return done.stdout


def main():
    """Print one line for stock nbgrader, one for ours, and the two ratios."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("lesson", nargs="?", default="04-collapse")
    parser.add_argument("--count", type=int, default=20, help="how many submissions (default: 20)")
    given = parser.parse_args()
    if given.count < 1:
        parser.error(f"the count should be at least 1, but it is {given.count}")
    computing, found = own(given.lesson), {}
    print(f"{given.lesson}, {given.count} submissions; its own computation takes {computing:.2f} s of CPU")
    with tempfile.TemporaryDirectory() as folder:
        for name, config in (("stock nbgrader", STOCK), ("this course's", OURS)):
            place = Path(folder, name.split()[0])
            place.mkdir()
            course(place, config, given.lesson, given.count)
            seconds, cpu = timed(place, given.lesson)
            found[name] = given.count / seconds, max(cpu / given.count - computing, 1e-9)
            print(f"{name:15}  {given.count / seconds:6.2f} notebooks/s   {cpu / given.count:5.2f} s of CPU each, {found[name][1]:5.2f} beyond its own")
    (slow, much), (fast, little) = found.values()
    print(f"this course's grading is {fast / slow:.1f} times as fast, with {little / much:.2f} of the overhead")


if __name__ == "__main__":
    main()
