"""Grade every attack of the tests with stock nbgrader and with this course's grading: `python -m tools.attack_table`.

With stock nbgrader each attack is handed in by `eve`; `zoe`, whose answers are all right, is graded after her by the same
`nbgrader autograde`, in a course folder of their own. That runs inside bubblewrap (no network, a small file system in memory)
with bounds on memory, files and time, for the sake of this machine. Here all attacks are one class with zoe as its last.
"""

import argparse
import contextlib
import ctypes
import json
import os
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import nbformat

ROOT = Path(__file__).resolve().parent.parent
TOO_DANGEROUS = {"is a fork bomb": "it has no end: nothing but a limit on processes stops it"}
LONGEST = 120  # seconds for a class of two under stock nbgrader
OURS = 90  # seconds for a submission here
CELL = 10  # seconds that stock nbgrader gives a cell here; its default is 30
TRACE = "left-behind-by-an-attack"
PLACES = ("/", "/tmp", "/usr", "/etc", "/var/tmp", "/dev/shm")
COMMON = """
import os
c = get_config()
c.CourseDirectory.root = os.getcwd()
c.CourseDirectory.course_id = "untangle"
c.CourseDirectory.source_directory = "solutions"
for step in ("submitted", "autograded", "feedback"):
    setattr(c.CourseDirectory, step + "_directory", "class/" + step)
c.CourseDirectory.release_directory = "class/released"
c.CourseDirectory.db_url = "sqlite:///" + os.getcwd() + "/class/gradebook.db"
"""
CONFIG = {
    "stock": COMMON + f"c.Execute.timeout = {CELL}\n",
    "ours": f"import sys\nsys.path.insert(0, {str(ROOT)!r})\n" + COMMON + """
from course_utils.grading import hooks
hooks.use(c, os.getcwd())
c.Examine.limits = dict(cell=1.5, call=1, check=4, patience=2, total=20, grace=0.5, cpu=5, memory=400 << 20, processes=20, disk=4 << 20)
""",
}  # fmt: skip
SCORES = """
SELECT a.student_id, sum(coalesce(g.manual_score, g.auto_score, 0) + coalesce(g.extra_credit, 0))
FROM grade g JOIN submitted_notebook n ON g.notebook_id = n.id JOIN submitted_assignment a ON n.assignment_id = a.id GROUP BY a.student_id
"""


def main():
    """Print one line an attack, and the totals."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("words", nargs="*", help="only attacks whose description or kind contains one of these")
    parser.add_argument("--workers", type=int, default=2, help="how many attacks are tried at a time (default: 2)")
    parser.add_argument("--supervise", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.supervise:
        print(json.dumps(supervise(**json.loads(given.supervise))))
        return
    sys.path.insert(0, str(ROOT / "tests"))
    from attacks import suite

    chosen = [attack for attack in suite.ALL if not given.words or any(word in (attack.kind, attack.words) or (" " in word and attack.words.startswith(word)) for word in given.words)]
    print("What an attack earns, of its honest points, under stock nbgrader 0.9.6 and here; zoe, graded after it, has 8 of 8.\n")
    print(f"{'kind':9}  {'the submission ...':60} {'honest':>6} {'stock':>5} {'ours':>5}  what happened under stock | here")
    with tempfile.TemporaryDirectory(prefix="attack-table-") as folder, ThreadPoolExecutor(given.workers) as pool:
        folder = Path(folder)
        for engine in CONFIG:
            prepare(folder / engine, engine)
        here = pool.submit(tried, folder, "ours", chosen)
        there = [pool.submit(tried, folder, "stock", [attack]) for attack in chosen]
        counted, longest = {engine: Counter() for engine in CONFIG}, 0.0
        for number, attack in enumerate(chosen):
            (stock,), ours = there[number].result(), here.result()[number]
            shown = [("-" if found["points"] is None else f"{found['points']:g}") for found in (stock, ours)]
            honest = "-" if attack.honest is None else f"{attack.honest:g}"
            print(f"{attack.kind:9}  {attack.words[:60]:60} {honest:>6} {shown[0]:>5} {shown[1]:>5}  {said(stock)} | {said(ours)}", flush=True)
            for engine, found in (("stock", stock), ("ours", ours)):
                counted[engine].update(set(found["verdicts"]) or {"as it should be"})
            longest = max(longest, stock["seconds"])
    print()
    for engine, counts in counted.items():
        print(f"{engine}: {len(chosen)} attacks; " + ", ".join(f"{what}: {count}" for what, count in counts.most_common()))
    print(f"stock: the slowest class of two took {longest:.0f} s; ours: all {len(chosen)} and zoe took {ours['seconds']:.0f} s")


def said(found):
    """Return what happened as a phrase."""
    return ", ".join([*found["verdicts"], *found["details"]]) or "-"


def prepare(folder, engine):
    """Make a course folder with the attacked assignment released, and zoe's submission in it."""
    from attacks import course

    from course_utils.grading import grade

    source = folder / "solutions" / "attacked" / "attacked.ipynb"
    source.parent.mkdir(parents=True)
    nbformat.write(course.source(), source)
    (folder / "nbgrader_config.py").write_text(CONFIG[engine])
    (folder / "class").mkdir()
    shutil.copytree(ROOT / "course_utils", folder / "course_utils", ignore=shutil.ignore_patterns("__pycache__"))
    done = subprocess.run([sys.executable, "-m", "nbgrader", "generate_assignment", "attacked"], cwd=folder, env=environment(folder),
                          capture_output=True, text=True, check=False)  # fmt: skip
    if done.returncode:
        raise SystemExit(f"nbgrader generate_assignment failed:\n{done.stderr[-2000:]}")
    zoe = folder / "class" / "submitted" / "zoe" / "attacked" / "attacked.ipynb"
    zoe.parent.mkdir(parents=True)
    zoe.write_text(json.dumps(course.handed_in(grade.released(source), course.ANSWERS)))


def tried(folder, engine, attacks):
    """Grade attacks as one class, in a copy of the course folder; return the points of each and what happened."""
    from course_utils.grading import grade

    if engine == "stock" and attacks[0].words in TOO_DANGEROUS:
        return [{"points": None, "verdicts": ["not tried"], "details": [TOO_DANGEROUS[attacks[0].words]], "seconds": 0}]
    students = ["eve" if number == 0 else f"eve{number:03}" for number in range(len(attacks))]
    longest = LONGEST if engine == "stock" else OURS * len(attacks)
    with tempfile.TemporaryDirectory(dir=folder, prefix=f"{engine}-") as own:
        template = Path(own, "course")
        shutil.copytree(folder / engine, template)
        released = grade.released(template / "solutions" / "attacked" / "attacked.ipynb")
        for student, attack in zip(students, attacks, strict=True):
            attack.write(template / "class" / "submitted" / student / "attacked", released)
        spec = {"template": str(template), "engine": engine, "longest": longest, "place": "/tmp/course" if engine == "stock" else str(Path(own, "there"))}
        command = [sys.executable, "-m", "tools.attack_table", "--supervise", json.dumps(spec)]
        if engine == "stock":
            command = [*walls(template), *command]
        env = dict(os.environ, PYTHONPATH=str(ROOT), PYTHONDONTWRITEBYTECODE="1")
        try:
            done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, timeout=longest + 60, check=False)
            found = json.loads(done.stdout.splitlines()[-1])
        except (subprocess.TimeoutExpired, IndexError, ValueError):
            return [{"points": None, "verdicts": ["stopped the class"], "details": ["took the supervisor with it"], "seconds": longest}] * len(attacks)
    return [judged(attack, student, found) for student, attack in zip(students, attacks, strict=True)]


def judged(attack, student, found):
    """Say in words what an attack reached; what happened to the class counts for each of the class."""
    points, zoe, verdicts, details = found["scores"].get(student), found["scores"].get("zoe"), [], []
    honest = attack.honest or 0
    if (points or 0) > honest:
        verdicts.append("earned more")
    elif points is None and attack.honest is not None and found["ended"]:
        verdicts.append("lost the submission")
    elif points is not None and points < honest:
        verdicts.append("lost points")
    if not found["ended"] or zoe is None:
        verdicts.append("stopped the class")
    elif zoe != 8:
        verdicts.append("changed another's points")
        details.append(f"zoe has {zoe:g}")
    if found["processes"] or found["files"]:
        verdicts.append("left something behind")
        details += ([f"{found['processes']} processes"] if found["processes"] else []) + found["files"]
    return {"points": points, "verdicts": verdicts, "details": details, "seconds": found["seconds"]}


def walls(template):
    """Return the command that bubblewrap begins with."""
    if not shutil.which("bwrap"):
        raise SystemExit("stock nbgrader is tried inside bubblewrap only, and there is none (apt-get install bubblewrap)")
    words = ["bwrap", "--unshare-all", "--die-with-parent", "--new-session", "--ro-bind", "/", "/", "--dev", "/dev", "--proc", "/proc",
             "--size", str(1 << 30), "--tmpfs", "/tmp"]  # fmt: skip
    for path in {os.path.realpath(sys.base_prefix), sys.prefix, str(ROOT), str(template)}:
        words += ["--ro-bind", path, path]
    return [*words, "--"]


def environment(folder):
    """Return the environment of an nbgrader command."""
    env = dict(os.environ, PATH=str(Path(sys.executable).parent) + os.pathsep + os.environ["PATH"], PYTHONWARNINGS="ignore")
    env |= dict.fromkeys(("OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "OMP_NUM_THREADS"), "1")
    env |= {"HOME": f"{folder}-home", "TMPDIR": f"{folder}-tmp", "MPLBACKEND": "Agg"}
    for name in ("HOME", "TMPDIR"):
        os.makedirs(env[name], exist_ok=True)
    env.pop("CLASS_FOLDER", None)
    return env


def supervise(template, engine, place, longest):
    """Autograde the class in a copy at `place`; return what came of it as plain data. Every process below this one is found."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    ctypes.CDLL(None).prctl(36, 1, 0, 0, 0)  # orphans come to this process
    place = Path(place)
    shutil.copytree(template, place, symlinks=True, copy_function=_copy)
    # what an attack may reach on the way of Python's imports is the course's own copy
    env = environment(place) | {"PYTHONPATH": f"{place}{os.pathsep}{ROOT}" if engine == "stock" else str(ROOT)}
    before = contents(place)
    with open(f"{place}-log", "w+") as log:
        nbgrader = subprocess.Popen([sys.executable, "-m", "nbgrader", "autograde", "attacked"], cwd=place, env=env, stdout=log, stderr=log,
                                    preexec_fn=bounds if engine == "stock" else None)  # fmt: skip
        begun, ended, most = time.monotonic(), True, 0
        while nbgrader.poll() is None:
            most = max(most, len(below()))
            if time.monotonic() > begun + longest or most > 2500:
                ended = False
                break
            time.sleep(0.2)
        seconds = time.monotonic() - begun
    patience = time.monotonic() + 5
    while ended and below() and time.monotonic() < patience:
        bury()
        time.sleep(0.1)
    left = len(below()) if ended else 0
    end_all()
    places = [*PLACES, env["HOME"], env["TMPDIR"], os.path.expanduser("~")]
    files = sorted({os.path.join(folder, TRACE) for folder in places if os.path.exists(os.path.join(folder, TRACE))})
    files += sorted(name for name, data in contents(place).items() if before.get(name) != data)[:3]
    files += [name for name in os.listdir(env["TMPDIR"]) if name.startswith("untangle-")]
    scores = {}
    with contextlib.suppress(sqlite3.Error), contextlib.closing(sqlite3.connect(place / "class" / "gradebook.db")) as database:
        if database.execute("SELECT count(*) FROM sqlite_master WHERE type = 'trigger'").fetchone()[0]:
            files.append("a trigger in the gradebook")
        scores = dict(database.execute(SCORES).fetchall())
    graded = {path.parent.parent.name for path in (place / "class" / "autograded").glob("*/attacked/attacked.ipynb")}
    return {"ended": ended, "seconds": seconds, "processes": left, "files": files, "most": most, "scores": {name: scores.get(name, 0) for name in graded},
            "log": Path(f"{place}-log").read_text(errors="replace")[-1500:]}  # fmt: skip


def contents(place):
    """Return what the course's own files and the others' submissions hold."""
    kept = [path for folder in ("solutions", "course_utils", "class/submitted/zoe") for path in (place / folder).rglob("*")]
    return {str(path.relative_to(place)): path.read_bytes() for path in kept if path.is_file() and path.suffix != ".pyc"}


def bounds():
    """Hold stock nbgrader and all that it starts to what this machine can bear."""
    for kind, value in ((resource.RLIMIT_AS, 4 << 30), (resource.RLIMIT_FSIZE, 300 << 20), (resource.RLIMIT_CPU, LONGEST),
                        (resource.RLIMIT_NPROC, 2500), (resource.RLIMIT_CORE, 0)):  # fmt: skip
        resource.setrlimit(kind, (value, value))


def below():
    """Return the living processes below this one."""
    from course_utils.grading import processes

    return [number for number in processes.descendants(os.getpid())[1:] if not zombie(number)]


def zombie(number):
    with contextlib.suppress(OSError):
        return "\nState:\tZ" in Path("/proc", str(number), "status").read_text()
    return True


def bury():
    with contextlib.suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass


def end_all():
    for _ in range(100):
        left = below()
        if not left:
            return
        for action in (signal.SIGSTOP, signal.SIGKILL):
            for number in left:
                with contextlib.suppress(ProcessLookupError, PermissionError):
                    os.kill(number, action)
        bury()
        time.sleep(0.05)


def _copy(source, target):
    if not os.path.isfile(source):
        os.mkfifo(target)
    else:
        shutil.copyfile(source, target)


if __name__ == "__main__":
    main()
