"""Time the grading of a class: `python -m tools.bench_grading 04-collapse`.

Ours is the whole command (`python -m course_utils.grading`: sandbox, gradebook, feedback, reports) on all cores; stock is
`nbgrader autograde LESSON`, without feedback. Both grade the same submissions in the same run; one thread for matrix products.

    --linear 50,200,1000    ours only: time and memory as the class grows
    --dask                  ours only: one Dask worker against two
"""

import argparse
import contextlib
import os
import re
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import nbformat
import psutil

from course_utils.grading import syscalls

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
"""


def course(folder, config, lesson):
    """Make a course folder with one lesson."""
    shutil.copytree(ROOT / "solutions" / lesson, folder / "solutions" / lesson)
    (folder / "nbgrader_config.py").write_text(config.format(root=str(folder), home=str(ROOT)))
    (folder / "class").mkdir()
    return folder


def hand_in(lesson, count, place):
    """Write `count` solved submissions, no two the same; `place(student)` is the file of each."""
    solved = {cell.id: cell.source for cell in nbformat.read(ROOT / "solutions" / lesson / f"{lesson}.ipynb", 4).cells}
    nb = nbformat.read(ROOT / "notebooks" / lesson / f"{lesson}.ipynb", 4)
    for cell in nb.cells:
        if cell.metadata.get("nbgrader", {}).get("solution"):
            cell.source = solved[cell.id]
    first = next(cell for cell in nb.cells if cell.cell_type == "code" and cell.metadata.get("nbgrader", {}).get("solution"))
    text = first.source
    for number in range(count):
        first.source = f"{text}\n# by student {number}"
        path = place(f"student{number:04}")
        path.parent.mkdir(parents=True, exist_ok=True)
        nbformat.write(nb, path)


def stock(folder, lesson, count):
    """Grade with stock nbgrader; return the seconds on the clock and of computing."""
    course(folder, STOCK, lesson)
    hand_in(lesson, count, lambda student: folder / "class" / "submitted" / student / lesson / f"{lesson}.ipynb")
    _run(folder, "nbgrader", "generate_assignment", lesson)
    return _timed(folder, "nbgrader", "autograde", lesson)


def ours(folder, lesson, count, *words, watch=None):
    """Grade with the command of this course; return the seconds on the clock and of computing."""
    course(folder, OURS, lesson)
    hand_in(lesson, count, lambda student: folder / "in" / f"{student}.ipynb")
    return _timed(folder, sys.executable, "-m", "course_utils.grading", lesson, "--from", str(folder / "in"), *words, watch=watch)


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


class Memory:
    """The most memory, in MB, that the command held, and that all its processes together held (shared pages shared out)."""

    def __init__(self):
        self.command = self.together = 0.0

    def __call__(self, pid):
        """Look once."""
        with contextlib.suppress(psutil.Error):
            command = psutil.Process(pid)
            self.command = max(self.command, command.memory_info().rss / 2**20)
            total = 0
            for process in [command, *command.children(recursive=True)]:
                with contextlib.suppress(OSError, psutil.Error):
                    total += int(re.search(r"Pss: +(\d+)", Path(f"/proc/{process.pid}/smaps_rollup").read_text()).group(1)) / 1024
            self.together = max(self.together, total)


def compare(lesson, count):
    """Print one line for stock nbgrader, one for ours, and the two ratios."""
    computing, found = own(lesson), {}
    print(f"{lesson}, {count} submissions, {len(os.sched_getaffinity(0))} cores; its own computation takes {computing:.2f} s of CPU")
    with tempfile.TemporaryDirectory() as folder:
        for name, grade in (("stock nbgrader", stock), ("this course's", ours)):
            place = Path(folder, name.split()[0])
            place.mkdir()
            seconds, cpu = grade(place, lesson, count)
            found[name] = count / seconds, max(cpu / count - computing, 1e-9)
            print(f"{name:15}  {count / seconds:6.2f} notebooks/s   {cpu / count:5.2f} s of CPU each, {found[name][1]:5.2f} beyond its own", flush=True)
    (slow, much), (fast, little) = found.values()
    print(f"this course's grading is {fast / slow:.1f} times as fast, with {little / much:.2f} of the overhead")


def linear(lesson, counts):
    """Print time and memory for each size of a class."""
    print(f"{lesson}, this course's grading, {len(os.sched_getaffinity(0))} cores")
    for count in counts:
        memory = Memory()
        with tempfile.TemporaryDirectory() as folder:
            seconds, cpu = ours(Path(folder), lesson, count, watch=memory)
        print(f"{count:5} submissions  {seconds:7.1f} s, {1000 * seconds / count:5.0f} ms each ({1000 * cpu / count:.0f} ms of CPU)   "
              f"most memory: the command {memory.command:.0f} MB, all processes {memory.together:.0f} MB", flush=True)  # fmt: skip


def dask(lesson, count):
    """Print the time with one Dask worker and with two: of the whole command, and of a submission once they are at work."""
    found = []
    print(f"{lesson}, {count} submissions, on Dask workers of this machine, {len(os.sched_getaffinity(0))} cores")
    for workers in (1, 2):
        with tempfile.TemporaryDirectory() as folder, cluster(Path(folder), workers) as address:
            place = Path(folder, "course")
            place.mkdir()
            seconds, cpu = ours(place, lesson, count, "--scheduler", address)
            came = sorted(path.stat().st_mtime for path in place.glob("class/autograded/*/*/*.ipynb"))
        each = (came[-1] - came[0]) / (count - 1)
        found.append((seconds, each))
        print(f"{workers} worker{'s' if workers > 1 else ' '}  {seconds:6.1f} s with start and reports ({cpu:.1f} s of CPU for the command), "
              f"{each:.3f} s from one submission to the next", flush=True)  # fmt: skip
    (whole, each), (whole_of_two, each_of_two) = found
    print(f"two workers are {whole / whole_of_two:.2f} times as fast as one with start and reports, {each / each_of_two:.2f} times once at work")


@contextlib.contextmanager
def cluster(folder, workers, home=ROOT):
    """A Dask scheduler with that many workers of one thread each, which run the course in `home`; gives its address."""
    env = dict(_env(), PYTHONPATH=str(home))
    place = folder / "scheduler.json"
    words = [sys.executable, "-m", "distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file", str(place)]
    started = [subprocess.Popen(words, env=env, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)]
    try:
        import distributed

        _wait_for(place.exists)
        words = [sys.executable, "-m", "distributed.cli.dask_worker", "--scheduler-file", str(place), "--nthreads", "1", "--nworkers", str(workers),
                 "--no-dashboard", "--local-directory", str(folder / "dask")]  # fmt: skip
        started.append(subprocess.Popen(words, env=env, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True))
        with distributed.Client(scheduler_file=str(place), set_as_default=False) as client:
            client.wait_for_workers(workers, timeout=120)
            address = client.scheduler.address
        yield address
    finally:
        for process in reversed(started):
            process.send_signal(signal.SIGINT)
            try:
                process.wait(30)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()


def _wait_for(condition, seconds=120):
    ends = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > ends:
            raise SystemExit("the Dask scheduler did not start")
        time.sleep(0.1)


def _timed(folder, *words, watch=None):
    before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    _run(folder, *words, watch=watch)
    seconds, after = time.monotonic() - begun, resource.getrusage(resource.RUSAGE_CHILDREN)
    return seconds, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def _env():
    env = dict(os.environ, PATH=str(Path(sys.executable).parent) + os.pathsep + os.environ["PATH"], PYTHONWARNINGS="ignore", PYTHONPATH=str(ROOT))
    env |= dict.fromkeys(("OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "OMP_NUM_THREADS"), "1")
    env.pop("CLASS_FOLDER", None)
    return env


def _run(folder, *words, watch=None):
    others = {child.pid for child in psutil.Process().children()}
    with tempfile.TemporaryFile("w+") as said:
        process = subprocess.Popen(words, cwd=folder, env=_env(), stdout=said, stderr=subprocess.STDOUT)
        while watch:
            watch(process.pid)
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(0.5)
                break
        process.wait()
        for child in psutil.Process().children():  # what outlives the command for a moment is computing too
            if child.pid not in others:
                with contextlib.suppress(ChildProcessError):
                    os.waitpid(child.pid, 0)
        said.seek(0)
        text = said.read()
    if process.returncode:
        raise SystemExit(f"{' '.join(words)} failed:\n{text[-3000:]}")
    return text


def main():
    """Print what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("lesson", nargs="?", default="04-collapse")
    parser.add_argument("--count", type=int, default=60, help="how many submissions (default: 60)")
    parser.add_argument("--linear", type=lambda text: [int(number) for number in text.split(",")], help="sizes of classes, for example 50,200,1000")
    parser.add_argument("--dask", action="store_true", help="one Dask worker against two")
    given = parser.parse_args()
    syscalls.adopt_orphans()
    least = 2 if given.dask else 1
    if min([given.count, *(given.linear or ())]) < least:
        parser.error(f"a class should have at least {least} submission{'s' if least > 1 else ''}")
    if given.linear:
        linear(given.lesson, given.linear)
    elif given.dask:
        dask(given.lesson, given.count)
    else:
        compare(given.lesson, given.count)


if __name__ == "__main__":
    main()
