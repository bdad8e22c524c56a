"""Grade one submitted notebook against the course's, without a gradebook: plain data in, plain data out."""

import copy
import os
from pathlib import Path

import nbformat
from nbgrader.preprocessors import CheckCellMetadata, ClearOutput, ClearSolutions, ComputeChecksums, LockCells
from nbgrader.utils import determine_grade, is_grade

from course_utils import arguments
from course_utils.grading import executor, notebooks, sandbox
from course_utils.grading.limits import Limits
from course_utils.grading.rebuild import rebuild

SMALL = 32 << 20  # bytes of files that the course releases beside a notebook
_released = {}


def grade_notebook(source_notebook, submitted_path, limits=None, tier=None, config=None, hidden=()):
    """Grade the notebook at `submitted_path` by the course's own at `source_notebook`, the one with answers and hidden tests.

    Returns a dict of plain data: "points" (grade id -> points, None where a person has to read), "maximum", "said" (grade id ->
    what stopped a check: [name of the error, sentence]), "remarks" (sentences about the submission), "warnings", "tier",
    "seconds", "cpu", "memory" and "notebook" (the graded notebook, as JSON data).
    Raises notebooks.NotANotebook if nothing can be read from the submission, executor.NoWalls if no sandbox works here.
    """
    source_notebook, submitted_path = arguments.path("source_notebook", source_notebook), arguments.path("submitted_path", submitted_path)
    if not source_notebook.is_file():
        raise ValueError(f"source_notebook should be a notebook of the course, but there is no file {source_notebook}")
    if limits is not None and not isinstance(limits, Limits):
        raise ValueError(f"limits should be Limits, but it is {arguments.shown(limits)}")
    if tier is not None:
        arguments.choice("tier", tier, sandbox.TIERS)
    if not isinstance(hidden, (list, tuple)):
        raise ValueError(f"hidden should be a list of folders, but it is {arguments.shown(hidden)}")
    for place, folder in enumerate(hidden):
        arguments.path(f"hidden[{place}]", folder)
    submitted = notebooks.read(submitted_path)
    notebook, remarks = rebuild(released(source_notebook, config), submitted)
    files = beside(Path(source_notebook).parent)
    found = executor.run(notebook, limits or Limits(), tier, files, hidden)
    found["remarks"] = remarks + found["remarks"]
    found |= {"points": {}, "maximum": {}, "said": {}}
    for cell in notebook.cells:
        if is_grade(cell):
            name = cell.metadata.nbgrader.grade_id
            found["points"][name], found["maximum"][name] = determine_grade(cell)
            error = next((output for output in cell.get("outputs", []) if output.output_type == "error"), None)
            if error:
                found["said"][name] = [error.ename, error.evalue]
    found["notebook"] = notebook
    return found


def released(source_notebook, config=None):
    """Return the course's notebook as learners get it, but with its hidden tests: what nbgrader keeps in its gradebook."""
    key = str(source_notebook), os.stat(source_notebook).st_mtime_ns, repr(config)
    if key in _released:
        return copy.deepcopy(_released[key])
    notebook = nbformat.read(source_notebook, as_version=4)
    for step in (LockCells, ClearSolutions, ClearOutput, CheckCellMetadata, ComputeChecksums):
        notebook, _ = step(config=config).preprocess(notebook, {"nbgrader": {}}) if config is not None else step().preprocess(notebook, {})
    _released.clear()  # a class is graded lesson by lesson
    _released[key] = notebook
    return copy.deepcopy(notebook)


def beside(folder, ignored=(".py", ".ipynb", ".pyc", ".db")):
    """Return what the course releases beside a notebook: pairs of a name and bytes."""
    found, size = [], 0
    for path in sorted(Path(folder).rglob("*")):
        name = os.path.relpath(path, folder)
        if path.is_symlink() or not path.is_file() or path.suffix in ignored or any(part.startswith((".", "__")) for part in Path(name).parts):
            continue
        size += path.stat().st_size
        if size > SMALL:
            break
        found.append((name, path.read_bytes()))
    return found
