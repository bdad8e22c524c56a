"""Write the notebooks from the lesson texts: `python -m tools.build` (or `make notebooks`).

    solutions/NN-name/NN-name.py  ->  solutions/NN-name/NN-name.ipynb  ->  notebooks/NN-name/NN-name.ipynb

The first arrow is jupytext's and `mark`, below; the second is nbgrader's own `generate_assignment`.
Both go one way only, and twice in a row they give the same bytes.
"""

import argparse
import logging
import re
import sys
from pathlib import Path

import jupytext
import nbformat
from nbgrader.converters import GenerateAssignment
from nbgrader.coursedir import CourseDirectory
from traitlets.config.loader import PyFileConfigLoader

ROOT = Path(__file__).resolve().parent.parent
MARKERS = ("exercise", "check", "reflection", "predict", "hints", "figure", "claims")
KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}


def lessons(root=ROOT):
    """Return the lesson texts below `root`, in order."""
    return sorted(p for p in Path(root, "solutions").glob("[0-9][0-9]-*/*.py") if p.stem == p.parent.name)


def mark(text, name):
    """Return the notebook of a lesson text, each cell marked in nbgrader's way.

    Raises ValueError, naming the lesson and the cell, for a marker that is not known or lacks its words.
    """
    notebook = jupytext.reads(text, fmt="py:percent")
    further, last, count = False, "start", 0
    for cell in notebook.cells:
        words = dict(cell.metadata)
        # a bare word after the percent signs arrives as the cell's title
        title = words.pop("title", None)
        if title in ("figure", "claims"):
            words[title] = True
        elif title is not None:
            raise ValueError(f"{name}: {title!r} is not one of the cell markers {', '.join(MARKERS)}")
        kind = next((m for m in MARKERS if m in words), "code" if cell.cell_type == "code" else "text")
        unknown = set(words) - {kind, "points", "cell_marker", "lines_to_next_cell"}
        if unknown:
            raise ValueError(f"{name}: a cell has the unknown words {sorted(unknown)}: {cell.source[:60]!r}")
        further = further or (bool(re.search(r"^## Further\b", cell.source, re.M)) and cell.cell_type == "markdown")
        subject = words.get(kind)
        metadata = {"course": {"kind": kind, "further": further}}
        if kind == "exercise":
            last = subject
            metadata["nbgrader"] = _nbgrader(subject, "code", solution=True)
        elif kind == "check":
            last = f"{subject}-check"
            metadata["nbgrader"] = _nbgrader(last, "code", points=_points(words, name, subject), locked=True)
            _collapse(cell, metadata, f"Check of {subject}: run this cell. Click here to see how it checks.")
        elif kind == "reflection":
            last = subject
            metadata["nbgrader"] = _nbgrader(subject, "markdown", points=_points(words, name, subject), solution=True)
        elif kind == "claims":
            _collapse(cell, metadata, "The numbers behind this table. Click here to see how they are computed.")
        elif kind == "hints":
            cell.source = _fold(cell.source, name, subject)
        if kind in ("exercise", "check", "reflection"):
            cell.id, count = last, 0
        else:
            count += 1
            cell.id = f"{last}-{count}"
        cell.metadata = nbformat.from_dict(metadata)
    notebook.metadata = nbformat.from_dict({"kernelspec": KERNEL, "language_info": {"name": "python"}})
    nbformat.validate(notebook)
    return notebook


def build(root=ROOT, names=()):
    """Write both notebooks of the lessons `names` (all, if none is named) below `root`; return their names."""
    texts = [p for p in lessons(root) if not names or p.stem in names]
    missing = set(names) - {p.stem for p in texts}
    if missing:
        raise ValueError(f"no lesson {', '.join(sorted(missing))}; there are {', '.join(p.stem for p in lessons(root))}")
    for text in texts:
        notebook = mark(text.read_text(encoding="utf-8"), text.stem)
        nbformat.write(notebook, text.with_suffix(".ipynb"))
        _release(text.stem, root)
    return [p.stem for p in texts]


def _release(name, root):
    config = PyFileConfigLoader("nbgrader_config.py", path=str(ROOT)).load_config()
    config.CourseDirectory.root = str(root)
    config.CourseDirectory.assignment_id = name
    # the gradebook of a class is none of our business here
    config.GenerateAssignment.no_database = True
    config.SaveCells.enabled = False
    config.GenerateAssignment.force = True
    logger = logging.getLogger("nbgrader-build")
    # its warnings say that the old notebook is replaced, which is what we ask for
    logger.setLevel(logging.ERROR)
    converter = GenerateAssignment(coursedir=CourseDirectory(config=config), config=config, log=logger)
    converter.start()


def _nbgrader(grade_id, cell_type, points=None, solution=False, locked=False):
    found = {
        "cell_type": cell_type, "grade": points is not None, "grade_id": grade_id, "locked": locked,
        "schema_version": 3, "solution": solution, "task": False,
    }
    if points is not None:
        found["points"] = points
    return found


def _points(words, name, subject):
    if not isinstance(words.get("points"), int):
        raise ValueError(f"{name}: {subject!r} needs points=<a whole number>, but has {words.get('points')!r}")
    return words["points"]


def _collapse(cell, metadata, first_line):
    """Let JupyterLab show only the first line of a cell, so that long code does not interrupt the text."""
    cell.source = f"# {first_line}\n{cell.source}"
    metadata["jupyter"] = {"source_hidden": True}


def _fold(source, name, subject):
    """Return two paragraphs as two parts that open by choice."""
    paragraphs = [p.strip() for p in re.split(r"\n\s*\n", source.strip())]
    if len(paragraphs) != 2:
        raise ValueError(f"{name}: the hints of {subject!r} should be two paragraphs, but are {len(paragraphs)}")
    titles = (f"Hint 1 for {subject}: a question", f"Hint 2 for {subject}: a nudge")
    return "\n\n".join(
        f"<details><summary>{title}</summary>\n\n{paragraph}\n\n</details>"
        for title, paragraph in zip(titles, paragraphs, strict=True)
    )


def main(words=None):
    """Run the command; return its exit code."""
    parser = argparse.ArgumentParser(prog="python -m tools.build", description="Write the notebooks from the lesson texts.")
    parser.add_argument("lessons", nargs="*", help="names such as 04-collapse; all, if none is given")
    asked = parser.parse_args(words)
    try:
        for built in build(names=asked.lessons):
            print(f"{built}: solutions/ and notebooks/ written")
    except ValueError as problem:
        print(problem, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
