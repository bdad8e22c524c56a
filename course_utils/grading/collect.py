"""Find the submissions of a lesson in a folder, as a learning platform or a mailbox leaves them."""

import atexit
import contextlib
import fcntl
import hashlib
import os
import re
import shutil
import tempfile
import time
import zipfile
import zlib
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from course_utils import arguments
from course_utils.grading.notebooks import LARGEST

ALL_ANSWERS = "untangle-answers"  # what the course's site calls the file with all answers of a learner
UNPACKED = "untangle-unpacked-"  # in the system's folder for temporary files
BROKEN = (ValueError, OSError, EOFError, RuntimeError, NotImplementedError, zipfile.BadZipFile, zlib.error)  # of a zip file
# how Moodle and Canvas name a file or folder: behind the student's name (or, graded blind, behind one word for all) stands
# what two students do not share
NUMBERED = re.compile(r".*_(\d+)_assignsubmission_|(?:LATE_)?anon_(\w+?)_\d+_|[^_]+_(?:LATE_)?(\d+)_\d+_")


@dataclass(frozen=True)
class Submission:
    """Who handed in which file, and a sentence about it if there is something to say."""

    student: str
    path: Path
    remark: str = ""
    canvas_id: str = ""  # which Canvas writes into the names of its files


def find(folder, lesson):
    """Return the submissions in `folder` (or in a zip file, as a learning platform gives it), one a student, by name.

    Understood are a file a student (`ada.ipynb`, `ada_04-collapse.ipynb`, or longer names that begin with the
    student and end with the lesson) and a folder a student with the lesson's notebook in it. In the place of a
    notebook there may be a file with all answers, as the course's site saves it (`ada_untangle-answers.zip`).
    A folder around all students is no student.
    The student is what stands before the first underscore; several of one name are told apart by the platform's number.
    Of several files of one student the newest counts. Raises ValueError if `folder` is neither folder nor zip, or holds nothing.
    """
    folder = given = arguments.path("folder", folder)
    arguments.text("lesson", lesson)
    if zipfile.is_zipfile(given):
        folder = _unzipped(given)
    if not folder.is_dir():
        raise ValueError(f"the folder of submissions should be a folder or a zip file, but {given} is {'neither' if given.exists() else 'not there'}")
    folder = _of_students(folder, lesson)
    entries = [entry for entry in sorted(folder.iterdir()) if not _is_hidden(entry.name)]
    students, remarks, ids = _students(entries, lesson)
    found, linked = {}, set()
    for entry in entries:
        student = students[entry]
        if entry.is_symlink():
            linked.add(student)
            found.setdefault(student, [])
            continue
        files = sorted(entry.rglob("*")) if entry.is_dir() else [entry]
        # a link would hand in what it points to, which may be anybody's
        linked |= {student for file in files if file.is_symlink()}
        files = [file for file in files if file.resolve().is_relative_to(folder.resolve()) and not file.is_symlink()]
        files = [file for file in files if file.is_file() and not _is_hidden(file.relative_to(folder).as_posix())]
        files = [_unpacked(file, lesson) for file in files]
        notebooks = [file for file in files if file.suffix == ".ipynb"] or files
        named = [file for file in notebooks if lesson in file.name] or notebooks
        found.setdefault(student, []).extend(named)
    if not any(found.values()) and not linked:
        raise ValueError(f"the folder of submissions should hold notebooks, but {given} is empty")
    submissions = [_newest(student, files, student in linked, lesson, remarks.get(student)) for student, files in sorted(found.items())]
    return [replace(submission, canvas_id=ids.get(submission.student, "")) for submission in submissions]


def _of_students(folder, lesson):
    """Return the folder in which the students are: a zip file, unpacked, often has one or two more around it."""
    place, inside = folder, []
    while len(inside) < 2:
        inside = [entry for entry in place.iterdir() if not _is_hidden(entry.name)]
        # what is in the folder of a student is named by its lesson
        if any(re.match(r"\d\d-", entry.name) or entry.name.startswith(lesson) for entry in inside):
            return folder
        if len(inside) < 2:
            if not inside or not inside[0].is_dir() or inside[0].is_symlink():
                return folder
            place = inside[0]
    return place


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
        kept = _earlier(submission, submitted, lesson, old)
        kept.parent.mkdir(parents=True, exist_ok=True)
        os.replace(place, kept)
    place.parent.mkdir(parents=True, exist_ok=True)
    part = place.with_name(f".{place.name}.part")
    part.write_bytes(new)
    os.replace(part, place)
    return True


def replaced_before(submission, submitted, lesson):
    """Return a sentence if this very file was graded before and a newer one took its place, else "": the newer one gives way now."""
    place, data = Path(submitted, submission.student, lesson, f"{lesson}.ipynb"), submission.path.read_bytes()
    if not _earlier(submission, submitted, lesson, data).exists():
        return ""
    newer = _earlier(submission, submitted, lesson, place.read_bytes()) if place.exists() and place.read_bytes() != data else None
    where = f"earlier/{submission.student}/{lesson}/{newer.name if newer else ''}"
    return f"handed in before and replaced by another file since, which lies in {where} now"


def _earlier(submission, submitted, lesson, data):
    return Path(submitted).parent / "earlier" / submission.student / lesson / f"{hashlib.sha256(data).hexdigest()[:16]}.ipynb"


def _unpacked(file, lesson):
    """Return the lesson's notebook out of a file with all answers, or `file` itself if it is not one that holds it."""
    if file.suffix.lower() != ".zip":
        return file
    try:
        with zipfile.ZipFile(file) as packed:
            # a learner may have packed the folder anew: what counts is the name of the notebook, to which a browser adds " (1)"
            names = [name for name in packed.namelist() if name.endswith(".ipynb") and not _is_hidden(name)]
            named = [name for name in names if lesson in name.rpartition("/")[2]]
            with packed.open(min(named, key=lambda name: (not name.endswith(f"{lesson}.ipynb"), len(name)))) as entry:
                data = entry.read(LARGEST + 1)
    except BROKEN:
        return file
    place = _new_folder()
    notebook = place / f"{file.stem}-{lesson}.ipynb"
    notebook.write_bytes(data)
    when = file.stat()
    os.utime(notebook, ns=(when.st_atime_ns, when.st_mtime_ns))
    return notebook


def _unzipped(file):
    """Return a folder with what is in a platform's zip file, each file as old as it is in there."""
    place = _new_folder()
    try:
        with zipfile.ZipFile(file) as packed:
            for entry in packed.infolist():
                if not entry.is_dir() and not _is_hidden(entry.filename):
                    written = packed.extract(entry, place)
                    when = time.mktime((*entry.date_time, 0, 0, -1))
                    os.utime(written, (when, when))
    except BROKEN as error:
        raise ValueError(f"the zip file of submissions should be whole and without a password, but {file} is not: {error}") from None
    return place


def _new_folder():
    """Return an empty folder that goes when this process ends, or when the next command comes if this one is killed."""
    return Path(tempfile.mkdtemp(dir=_unpacked_here(tempfile.gettempdir(), os.getpid())))


@cache
def _unpacked_here(parent, process):
    for left in Path(parent).glob(f"{UNPACKED}*"):
        with contextlib.suppress(OSError):  # somebody else's, or held by a command at work
            os.close(_held(left))
            shutil.rmtree(left, ignore_errors=True)
    place = Path(tempfile.mkdtemp(prefix=UNPACKED, dir=parent))
    _held(place)  # for as long as this process lives, however it ends
    atexit.register(shutil.rmtree, place, ignore_errors=True)
    return place


def _held(folder):
    """Return a descriptor that holds a folder; raises OSError if somebody else does."""
    found = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    try:
        fcntl.flock(found, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(found)
        raise
    return found


def _is_hidden(name):
    return any(part.startswith((".", "__MACOSX")) for part in name.split("/"))


def _students(entries, lesson):
    """Return entry -> student, student -> remark where several have one name, and student -> id where Canvas tells it."""
    names = {entry: _student(entry, lesson) for entry in entries}
    numbers, of_a_name, ids = {}, {}, {}
    for entry in entries:
        match = NUMBERED.match(entry.name)
        if match and match[2]:
            names[entry] = f"anon-{match[2]}"
        elif match:
            numbers[entry] = match[1] or match[3]
            of_a_name.setdefault(names[entry], set()).add(numbers[entry])
    remarks = {}
    for entry, number in numbers.items():
        name = names[entry]
        if len(of_a_name[name]) > 1:
            names[entry] = f"{name}-{number}"
            if len(of_a_name) > 1:  # else it is no name, but a word for all
                remarks[names[entry]] = f"{len(of_a_name[name])} students are called {name}: this is the one with the platform's number {number}"
        if NUMBERED.match(entry.name)[3]:
            ids[names[entry]] = number
    return names, remarks, ids


def _student(entry, lesson):
    name = entry.stem if entry.is_file() else entry.name
    name = re.sub(rf"[-_ ]*({re.escape(lesson)}|{ALL_ANSWERS}).*$", "", name) or name
    name = name.split("_")[0].strip()
    return re.sub(r"[^\w.@-]+", "-", name) or "unknown"


def _newest(student, files, linked, lesson, remark=None):
    if not files:
        return Submission(student, None, "handed in a link to another place" if linked else "handed in an empty folder")
    newest = max(files, key=lambda file: (file.stat().st_mtime, file.name))
    remarks = [remark] if remark else []
    if len(files) > 1:
        remarks.append(f"{len(files)} files, the newest counts: {newest.name}")
    if newest.suffix.lower() == ".zip":
        remarks.append(f"{lesson} was not found in {newest.name}")
    return Submission(student, newest, "; ".join(remarks))
