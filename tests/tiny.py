"""A tiny course for tests of the learner's tools: lessons of a few cells, written with nbformat."""

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

STUB = 'raise NotImplementedError("not written yet")  # your code goes here, instead of this line'


def exercise(name, body=STUB, arguments="x"):
    source = f'def {name}({arguments}):\n    """Say what."""\n    ' + body.replace("\n", "\n    ")
    return _cell(new_code_cell(source), name, "exercise", solution=True, grade=False)


def check(name, source, points=2, further=False):
    return _cell(new_code_cell(source), f"{name}-check", "check", further, points=points, grade=True, solution=False)


def reflection(name, text="*Your answer goes here.*", points=2):
    return _cell(new_markdown_cell(text), name, "reflection", points=points, grade=True, solution=True)


def code(source, kind="code"):
    cell = new_code_cell(source)
    cell.metadata = {"course": {"kind": kind, "further": False}}
    return cell


def notebook(*cells):
    return new_notebook(cells=list(cells), metadata={"language_info": {"name": "python"}})


def lesson(folder, name, *cells):
    """Write the lesson `name` below `folder`; return the notebook's path."""
    path = folder / name / f"{name}.ipynb"
    path.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(notebook(*cells), path)
    return path


def _cell(cell, name, kind, further=False, **marks):
    cell.id = name
    marks = {"grade_id": name, "schema_version": 3, "locked": kind == "check", "task": False, **marks}
    cell.metadata = {"nbgrader": marks, "course": {"kind": kind, "further": further}}
    return cell
