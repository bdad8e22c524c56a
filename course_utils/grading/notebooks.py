"""Read notebooks: strictly ours, and as they come from anybody."""

import json
import os
import stat
from dataclasses import dataclass, field

LARGEST = 50 << 20  # bytes; what learners write is some hundred thousand


class NotANotebook(ValueError):
    """A file that no answers can be read from, and why."""


@dataclass
class Cell:
    """What counts of a submitted cell: its text, its kind, and the two marks by which it may be known again."""

    source: str
    kind: str
    grade_id: str | None = None
    id: str | None = None
    about: dict = field(default_factory=dict)


def read(path):
    """Return the cells of a submitted notebook, whatever else is wrong with it. Raises NotANotebook.

    Symbolic links are not followed: the file would not be the learner's own.
    """
    name = os.path.basename(path)
    try:
        fd = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError as error:
        link = os.path.islink(path)
        raise NotANotebook(f"{name} is a link to another file" if link else f"{name} cannot be read: {error.strerror}") from None
    with os.fdopen(fd, "rb") as file:
        about = os.fstat(fd)
        if not stat.S_ISREG(about.st_mode):
            raise NotANotebook(f"{name} is no file")
        if about.st_size > LARGEST:
            raise NotANotebook(f"{name} has {about.st_size >> 20} MB; a notebook without its outputs is far smaller")
        return cells(file.read(LARGEST), name)


def cells(data, name="the file"):
    """Return the cells of a notebook given as bytes. Raises NotANotebook."""
    if not data.strip():
        raise NotANotebook("the file is empty")
    try:
        found = json.loads(data.decode("utf-8-sig"))
    except (UnicodeDecodeError, ValueError, RecursionError):
        raise NotANotebook(f"{name} is not a notebook") from None
    listed = found.get("cells") if isinstance(found, dict) else None
    if listed is None and isinstance(found, dict) and isinstance(found.get("worksheets"), list):
        # notebooks of before 2014 hold their cells on sheets
        sheets = [sheet["cells"] for sheet in found["worksheets"] if isinstance(sheet, dict) and isinstance(sheet.get("cells"), list)]
        listed = [cell for sheet in sheets for cell in sheet]
    if not isinstance(listed, list):
        raise NotANotebook(f"{name} is a text without cells, not a notebook")
    read = [_cell(cell) for cell in listed]
    known = [cell for cell in read if cell]
    if listed and not known:
        raise NotANotebook(f"{name} is no notebook that can be read: none of its cells has a source")
    return known


def _cell(cell):
    if not isinstance(cell, dict):
        return None
    source = cell.get("source", cell.get("input"))
    if isinstance(source, list):
        source = "".join(part for part in source if isinstance(part, str))
    if not isinstance(source, str):
        return None
    kind = cell.get("cell_type") if cell.get("cell_type") in ("code", "markdown", "raw") else "code"
    metadata = cell.get("metadata") if isinstance(cell.get("metadata"), dict) else {}
    about = metadata.get("nbgrader") if isinstance(metadata.get("nbgrader"), dict) else {}
    grade_id, own = about.get("grade_id"), cell.get("id")
    # a lone surrogate is no text that a file or a database could hold
    source = source.encode("utf-8", "replace").decode("utf-8").replace("\r\n", "\n")
    return Cell(source, kind, grade_id if isinstance(grade_id, str) else None, own if isinstance(own, str) else None, about)
