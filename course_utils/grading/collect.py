"""Find the submissions of a lesson in a folder, as a learning platform or a mailbox leaves them."""

import atexit
import hashlib
import os
import re
import shutil
import tempfile
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path

from course_utils.grading.notebooks import LARGEST

ALL_ANSWERS = "untangle-answers"  # what the course's site calls the file with all answers of a learner


@dataclass(frozen=True)
class Submission:
    """Who handed in which file, and a sentence about it if there is something to say."""

    student: str
    path: Path
    remark: str = ""


def find(folder, lesson):
    """Return the submissions in `folder`, one a student, by name.

    Understood are a file a student (`ada.ipynb`, `ada_04-collapse.ipynb`, or longer names that begin with the
    student and end with the lesson) and a folder a student with the lesson's notebook in it. In the place of a
    notebook there may be a file with all answers, as the course's site saves it (`ada_untangle-answers.zip`).
    The student is what stands before the first underscore. Of several files of one student the newest counts.
    Raises ValueError if `folder` is not a folder, or holds nothing.
    """
    folder = Path(folder)
    if not folder.is_dir():
        raise ValueError(f"the folder of submissions should be a folder, but {folder} is not")
    found, linked = {}, set()
    for entry in sorted(folder.iterdir()):
        if entry.name.startswith("."):
            continue
        student = _student(entry, lesson)
        if entry.is_symlink():
            linked.add(student)
            found.setdefault(student, [])
            continue
        files = sorted(entry.rglob("*")) if entry.is_dir() else [entry]
        # a link would hand in what it points to, which may be anybody's
        linked |= {student for file in files if file.is_symlink()}
        files = [file for file in files if file.resolve().is_relative_to(folder.resolve()) and not file.is_symlink()]
        files = [file for file in files if file.is_file() and not file.name.startswith(".") and "checkpoints" not in str(file)]
        files = [_unpacked(file, lesson) for file in files]
        notebooks = [file for file in files if file.suffix == ".ipynb"] or files
        named = [file for file in notebooks if lesson in file.name] or notebooks
        found.setdefault(student, []).extend(named)
    if not any(found.values()) and not linked:
        raise ValueError(f"the folder of submissions should hold notebooks, but {folder} is empty")
    return [_newest(student, files, student in linked, lesson) for student, files in sorted(found.items())]


def take_in(submission, submitted, lesson):
    """Copy a submission to where nbgrader looks for it; return True if it was not there, byte for byte, before.

    What lay there is moved to the folder `earlier` beside `submitted`.
    """
    place = Path(submitted, submission.student, lesson, f"{lesson}.ipynb")
    new = submission.path.read_bytes()
    if place.exists():
        old = place.read_bytes()
        if old == new:
            return False
        kept = Path(submitted).parent / "earlier" / submission.student / lesson / f"{hashlib.sha256(old).hexdigest()[:16]}.ipynb"
        kept.parent.mkdir(parents=True, exist_ok=True)
        os.replace(place, kept)
    place.parent.mkdir(parents=True, exist_ok=True)
    part = place.with_name(f".{place.name}.part")
    part.write_bytes(new)
    os.replace(part, place)
    return True


def _unpacked(file, lesson):
    """Return the lesson's notebook out of a file with all answers, or `file` itself if it is not one that holds it."""
    if file.suffix.lower() != ".zip":
        return file
    try:
        with zipfile.ZipFile(file) as packed:
            # a learner may have packed the folder anew: what counts is the name of the notebook
            names = [name for name in packed.namelist() if name.rpartition("/")[2] == f"{lesson}.ipynb"]
            with packed.open(min(names, key=len)) as entry:
                data = entry.read(LARGEST + 1)
    except (ValueError, OSError, EOFError, RuntimeError, NotImplementedError, zipfile.BadZipFile, zlib.error):
        return file
    place = Path(tempfile.mkdtemp(prefix="untangle-"))
    atexit.register(shutil.rmtree, place, ignore_errors=True)
    notebook = place / f"{file.stem}-{lesson}.ipynb"
    notebook.write_bytes(data)
    when = file.stat()
    os.utime(notebook, ns=(when.st_atime_ns, when.st_mtime_ns))
    return notebook


def _student(entry, lesson):
    name = entry.stem if entry.is_file() else entry.name
    name = re.sub(rf"[-_ ]*({re.escape(lesson)}|{ALL_ANSWERS}).*$", "", name) or name
    name = name.split("_")[0].strip()
    return re.sub(r"[^\w.@-]+", "-", name) or "unknown"


def _newest(student, files, linked, lesson):
    if not files:
        return Submission(student, None, "handed in a link to another place" if linked else "handed in an empty folder")
    newest = max(files, key=lambda file: (file.stat().st_mtime, file.name))
    remarks = [] if len(files) == 1 else [f"{len(files)} files, the newest counts: {newest.name}"]
    if newest.suffix.lower() == ".zip":
        remarks.append(f"{lesson} was not found in {newest.name}")
    return Submission(student, newest, "; ".join(remarks))
