"""Pack what students get into one file: `python -m tools.handout [FILE]`.

In it: the released lessons, `course_utils` without its grading, the lists of packages, and a start page. Not in it:
solutions, hidden tests, the tests and tools of the course. The same tree gives the same bytes.
"""

import argparse
import json
import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = "untangle"
LISTS = ("environment.yml", "requirements.txt", "pyproject.toml")
LESSON_FILES = (".ipynb", ".svg", ".png", ".jpg", ".gif", ".csv", ".npz")
PACKAGE_FILES = (".py", ".js", ".css", ".npz")
FORBIDDEN = ("BEGIN SOLUTION", "BEGIN HIDDEN TESTS", "BEGIN MARK SCHEME")
START = """# Start here

You need Python 3.11, 3.12 or 3.13. In this folder, in a terminal:

Windows

    py -m venv .venv
    .venv\\Scripts\\python -m pip install -r requirements.txt
    .venv\\Scripts\\python -m course_utils.learn

Linux or Mac

    python3 -m venv .venv
    .venv/bin/python -m pip install -r requirements.txt
    .venv/bin/python -m course_utils.learn

or with conda

    conda env create -f environment.yml
    conda activate untangle
    python -m course_utils.learn

The last line of each opens JupyterLab on your own copy of the lessons, the folder `work`. Use it again whenever you
go on. Nothing overwrites what you wrote there; a newer hand-out, unpacked over this folder, only adds what is new.

| you want to | the last line, with this instead of `course_utils.learn` |
|---|---|
| see how far you are | `course_utils.progress` |
| start one lesson over | `course_utils.learn --again 04-collapse` (your old file stays beside the new one) |

When you hand in a lesson, hand in its notebook from `work`.
"""


def contents(root=ROOT):
    """Return {name in the hand-out: bytes}. Raises ValueError for what is missing, or would give an answer away."""
    root = Path(root)
    found = {"START.md": START.encode()}
    for name in LISTS:
        if not (root / name).is_file():
            raise ValueError(f"{root} should have the file {name}, but it has not")
        found[name] = (root / name).read_bytes()
    found |= _take(root, "notebooks", LESSON_FILES) | _take(root, "course_utils", PACKAGE_FILES, leave_out="grading")
    notebooks = [name for name in found if name.endswith(".ipynb")]
    if not notebooks:
        raise ValueError(f"{root / 'notebooks'} should hold the released lessons, but it holds none")
    for name in notebooks:
        _refuse_answers(name, found[name])
    return dict(sorted(found.items()))


def pack(file, root=ROOT):
    """Write the hand-out to `file`; return the names in it."""
    found = contents(root)
    file = Path(file)
    file.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(file, "w") as packed:
        for name, data in found.items():
            # one date, one mode, one system for all: only the contents decide the bytes
            entry = zipfile.ZipInfo(f"{FOLDER}/{name}", date_time=(2025, 1, 1, 0, 0, 0))
            entry.compress_type, entry.external_attr, entry.create_system = zipfile.ZIP_DEFLATED, 0o644 << 16, 3
            packed.writestr(entry, data)
    return list(found)


def main(words=None, root=ROOT):
    """Run the command; return its exit code."""
    parser = argparse.ArgumentParser(prog="python -m tools.handout", description="Pack what students get into one file.")
    parser.add_argument("file", nargs="?", default=str(Path(root) / "build" / "untangle.zip"), help="build/untangle.zip")
    asked = parser.parse_args(words)
    try:
        names = pack(asked.file, root)
    except (ValueError, OSError) as problem:
        print(f"Nothing was packed: {problem}", file=sys.stderr)
        return 2
    lessons = sorted(Path(name).stem for name in names if name.endswith(".ipynb"))
    print(f"{asked.file}: {len(names)} files with the lessons {', '.join(lessons)}")
    return 0


def _take(root, folder, suffixes, leave_out=None):
    found = {}
    for path in sorted(Path(root, folder).rglob("*")):
        parts = path.relative_to(root).parts
        hidden = any(part.startswith(".") or part in ("__pycache__", leave_out) for part in parts)
        if path.is_file() and path.suffix in suffixes and not hidden:
            found["/".join(parts)] = path.read_bytes()
    return found


def _refuse_answers(name, data):
    try:
        cells = json.loads(data)["cells"]
    except (ValueError, KeyError, TypeError):
        raise ValueError(f"{name} is not a notebook") from None
    for place, cell in enumerate(cells):
        for words in FORBIDDEN:
            if words in "".join(cell.get("source", "")):
                raise ValueError(f"{name} still has {words!r} in its cell {place + 1}: run `make notebooks` first")


if __name__ == "__main__":
    sys.exit(main())
