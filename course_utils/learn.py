"""The learner's own copy of the lessons: `python -m course_utils.learn` fills work/ and opens JupyterLab on it.

A lesson that is not in work/ yet is copied from notebooks/. A file that is already there is never written
again, unless the learner asks to start that lesson over, and then the old file stays beside the new one.
"""

import argparse
import contextlib
import hashlib
import importlib.util
import json
import os
import subprocess
import sys
import time
import uuid
from pathlib import Path

RECORD = ".untangle.json"
COMMAND = "python -m course_utils.learn"
# in the browser, Python sees the learner's files below this folder, and can start neither processes nor threads
IN_BROWSER = sys.platform == "emscripten"
BROWSER_FILES = Path("/drive")
BLAS_THREADS = ("OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "OMP_NUM_THREADS")


def find_house(start=None):
    """Return the folder that holds notebooks/: the one this package lies in, or the nearest from `start` upwards."""
    start = (Path.cwd() if start is None else _path("start", start)).resolve()
    for folder in (Path(__file__).resolve().parent.parent, start, *start.parents):
        if lessons(folder / "notebooks"):
            return folder
    raise ValueError(f"no folder notebooks/ with lessons was found in {start} or above it")


def find_work(start=None, beside=False):
    """Return the learner's folder that holds `start`, or with `beside` one beside or below it; None without one."""
    if not isinstance(beside, bool):
        raise ValueError(f"beside should be True or False, but it is of type {type(beside).__name__}")
    if IN_BROWSER:
        return BROWSER_FILES
    start = (Path.cwd() if start is None else _path("start", start)).resolve()
    for folder in (start, *start.parents):
        for candidate in (folder, folder / "work") if beside else (folder,):
            if (candidate / RECORD).is_file():
                return candidate
    return None


def lessons(notebooks):
    """Return the names of the lessons in `notebooks`, in order; a lesson is a folder NAME that holds NAME.ipynb."""
    notebooks = _path("notebooks", notebooks)
    if not notebooks.is_dir():
        return []
    return sorted(folder.name for folder in notebooks.iterdir() if (folder / f"{folder.name}.ipynb").is_file())


def prepare(notebooks, work):
    """Copy to `work` what is in `notebooks` and not there yet; return what there is to say, in sentences."""
    notebooks, work = _path("notebooks", notebooks), _path("work", work)
    names = lessons(notebooks)
    if not names:
        raise ValueError(f"notebooks should be a folder with lessons, but it is {str(notebooks)!r}")
    if work.exists() and not work.is_dir():
        raise ValueError(f"work should be a folder, but {work} is a file: move it away first")
    work.mkdir(parents=True, exist_ok=True)
    record, said = _read_record(work)
    new, changed = [], []
    for name in names:
        release = _digest(notebooks / name)
        if not (work / name / f"{name}.ipynb").exists():
            new.append(name)
            record[name] = release
        elif record.setdefault(name, release) != release:
            changed.append(name)
        _copy_missing(notebooks / name, work / name)
    _write_record(work, record)
    if new:
        said.append(f"New in {work.name}/: {', '.join(new)}.")
    for name in changed:
        said.append(
            f"{name} changed since you began: your copy is as you left it; "
            f"start over with `{COMMAND} --again {name}` (your old file is kept)."
        )
    return said or [f"Nothing new: {work.name}/ is as you left it."]


def how_to_start_over(name="LESSON"):
    """Return a sentence on how the learner gets the lesson `name` afresh, in the place where this runs."""
    if IN_BROWSER:
        return "Rename it in the list of files at the left, then reload the page: that gives a fresh one, and yours stays beside it."
    return f"`{COMMAND} --again {name}` gives a fresh one and keeps yours beside it."


def start_over(notebooks, work, name):
    """Put a fresh copy of the lesson `name` into `work`, keep the old files beside it; return what was done."""
    notebooks, work = _path("notebooks", notebooks), _path("work", work)
    names = lessons(notebooks)
    if not names:
        raise ValueError(f"notebooks should be a folder with lessons, but it is {str(notebooks)!r}")
    if not isinstance(name, str):
        raise ValueError(f"name should be the name of a lesson, but it is of type {type(name).__name__}")
    if name not in names:
        raise ValueError(f"there is no lesson {name!r}; the lessons are {', '.join(names)}")
    if work.exists() and not work.is_dir():
        raise ValueError(f"work should be a folder, but {work} is a file: move it away first")
    said = []
    for source in _files(notebooks / name):
        target = work / name / source.relative_to(notebooks / name)
        fresh = source.read_bytes()
        if target.exists() and target.read_bytes() != fresh:
            kept = _keep(target)
            said.append(f"{name} starts over. Your old file is kept as {kept.relative_to(work).as_posix()}.")
            _replace(target, fresh)
    _copy_missing(notebooks / name, work / name)
    record, problems = _read_record(work)
    _write_record(work, {**record, name: _digest(notebooks / name)})
    return problems + (said or [f"{name} is as new: there was nothing to keep."])


def main(words=None, house=None):
    """Run the command; return its exit code."""
    parser = argparse.ArgumentParser(prog=COMMAND, description="Copy the lessons to work/ and open JupyterLab there.")
    parser.add_argument("--again", metavar="LESSON", help="start one lesson over; your old file is kept beside the new")
    parser.add_argument("--no-browser", action="store_true", help="start JupyterLab without opening a browser")
    parser.add_argument("--prepare-only", action="store_true", help="copy what is new and stop there")
    asked = parser.parse_args(words)
    try:
        house = Path(house) if house else find_house()
        work = house / "work"
        first = not (work / RECORD).exists()
        if asked.again:
            names = [name for name in lessons(house / "notebooks") if name.startswith(asked.again)]
            said = start_over(house / "notebooks", work, names[0] if len(names) == 1 else asked.again)
        else:
            said = prepare(house / "notebooks", work)
    except (ValueError, OSError) as problem:
        print(f"{COMMAND}: {problem}", file=sys.stderr)
        return 2
    print("\n".join(said), flush=True)
    if asked.prepare_only or asked.again:
        return 0
    if importlib.util.find_spec("jupyterlab") is None:
        print(f"JupyterLab is not installed for {sys.executable}: the README says how.", file=sys.stderr)
        return 2
    return _open_jupyterlab(house, work, first, browser=not asked.no_browser)


def _open_jupyterlab(house, work, first, browser):
    words = [sys.executable, "-m", "jupyterlab", f"--ServerApp.root_dir={work}"]
    words += ["--ServerApp.kernel_websocket_connection_class=course_utils.prompt_kernel.PromptConnection"]
    start_page = "00-start-here/00-start-here.ipynb"
    if first and (work / start_page).exists():
        words += [f"--LabApp.default_url=/lab/tree/{start_page}"]
    if not browser:
        words += ["--no-browser"]
    server = subprocess.Popen(words, env=_environment(house))
    while True:
        # Ctrl-C is for JupyterLab, which asks whether to stop: this process only waits for its answer
        with contextlib.suppress(KeyboardInterrupt):
            return server.wait()


def _environment(house):
    environment = dict.fromkeys(BLAS_THREADS, "1") | dict(os.environ)
    before = {"PATH": str(Path(sys.executable).parent), "PYTHONPATH": str(house)}
    for name, first in before.items():
        environment[name] = os.pathsep.join([first, *filter(None, [environment.get(name)])])
    return environment


def _path(name, value):
    # not `arguments.path`: the command speaks even where NumPy is not installed
    if not isinstance(value, (str, Path)) or not str(value).strip():
        raise ValueError(f"{name} should be the path of a folder, but it is {'empty' if isinstance(value, str) else f'of type {type(value).__name__}'}")
    return Path(value)


def _files(folder):
    """The files of a lesson, the notebook last: where it is, its pictures are."""
    found = [path for path in folder.rglob("*") if path.is_file()]
    found = [path for path in found if not any(part.startswith((".", "__")) for part in path.relative_to(folder).parts)]
    return sorted(found, key=lambda path: (path.suffix == ".ipynb", path.relative_to(folder).as_posix()))


def _digest(folder):
    total = hashlib.sha256()
    for path in _files(folder):
        for part in (path.relative_to(folder).as_posix().encode(), path.read_bytes()):
            total.update(hashlib.sha256(part).digest())
    return total.hexdigest()


def _copy_missing(source, target):
    for path in _files(source):
        copy = target / path.relative_to(source)
        if not copy.exists():
            copy.parent.mkdir(parents=True, exist_ok=True)
            _write_new(copy, path.read_bytes())


def _keep(path):
    """Copy `path` beside itself under a name of its own, with date and time; return the copy's path."""
    stamp = time.strftime("%Y-%m-%d-%H.%M.%S")
    for count in range(1, 1000):
        kept = path.with_name(f"{path.stem}.kept-{stamp}{f'-{count}' if count > 1 else ''}{path.suffix}")
        if _write_new(kept, path.read_bytes()):
            return kept
    raise OSError(f"no free name was found to keep {path} beside the new one")


@contextlib.contextmanager
def _part(path, data):
    """Write `data` under a passing name in the folder of `path`: what has its final name is always whole."""
    part = path.with_name(f".{uuid.uuid4().hex}.part")
    try:
        with part.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        yield part
    finally:
        part.unlink(missing_ok=True)


def _replace(path, data):
    with _part(path, data) as part:
        os.replace(part, path)


def _write_new(path, data):
    """Write `data` to `path`, or return False if by now there is a file of that name."""
    with _part(path, data) as part:
        try:
            if os.name == "nt":
                os.rename(part, path)  # refuses an existing name on Windows, but not elsewhere
            else:
                os.link(part, path)
        except FileExistsError:
            return False
        except OSError:  # a file system without links
            if path.exists():
                return False
            os.replace(part, path)
        return True


def _read_record(work):
    """Return {lesson: digest of the release it was copied from}, and what is to be said about the record."""
    path = work / RECORD
    try:
        found = json.loads(path.read_text(encoding="utf-8"))["lessons"]
        if not all(isinstance(digest, str) for digest in found.values()):
            raise ValueError
        return found, []
    except FileNotFoundError:
        if not lessons(work):
            return {}, []
        said = "was missing"
    except (ValueError, KeyError, TypeError, AttributeError):
        said = f"was damaged (it is kept as {_keep(path).name})"
        path.unlink()
    said = f"The record {work.name}/{RECORD} {said}. Your files are untouched; it is begun anew from today's lessons."
    return {}, [said]


def _write_record(work, record):
    data = (json.dumps({"lessons": record}, indent=1, sort_keys=True) + "\n").encode()
    path = work / RECORD
    if not path.exists() or path.read_bytes() != data:
        _replace(path, data)


if __name__ == "__main__":
    sys.exit(main())
