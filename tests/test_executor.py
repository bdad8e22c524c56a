"""Two processes say what one process says: honest submissions to every lesson, and nbgrader's own awkward notebooks."""

import contextlib
import io
import os
import warnings
from pathlib import Path

import honest
import lessons
import nbformat
import nbgrader
import pytest
from nbgrader.preprocessors import GetGrades  # noqa: F401  (imported for its package's settings)
from traitlets.config.loader import PyFileConfigLoader

from course_utils.grading import executor, grade, notebooks
from course_utils.grading.limits import Limits
from tools.build import ROOT

AWKWARD = sorted(path for folder in ("apps", "preprocessors") for path in Path(nbgrader.__file__).parent.glob(f"tests/{folder}/files/*.ipynb"))
QUICK = Limits(cell=1.5, call=2, check=6, total=20, grace=0.5)


@pytest.fixture(scope="module", autouse=True)
def ended():
    yield
    executor.stop()


@pytest.fixture(scope="module")
def config():
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CLASS_FOLDER", os.environ.get("CLASS_FOLDER", "class"))
        return PyFileConfigLoader("nbgrader_config.py", path=str(ROOT)).load_config()


# `python -m tools.compare_with_stock` has every kind of learner; these are the ones that a change here breaks first
STYLES = ("half", "styled", "mistaken")


def in_one_process(notebook):
    """Run the cells of a notebook one after the other, as a kernel does; return what each check says."""
    space, said = {"__name__": "__main__"}, {}
    for cell in notebook.cells:
        about = cell.metadata.get("nbgrader", {})
        if cell.cell_type != "code" or cell.metadata.get("course", {}).get("kind") in executor.SKIPPED:
            continue
        check = about.get("grade_id") if about.get("grade") else None
        with contextlib.redirect_stdout(io.StringIO()), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            try:
                exec(compile(cell.source, cell.get("id", "cell"), "exec"), space)
                error = None
            except Exception as problem:
                error = [type(problem).__name__, str(problem)]
        if check:
            said[check] = error
    return said


@pytest.mark.parametrize(("name", "style"), [pytest.param(n, s, id=f"{n}-{s}") for n in lessons.NAMES for s in STYLES if lessons.exercises(n)])
def test_an_honest_submission_gets_the_verdicts_of_a_plain_kernel(config, tmp_path, name, style):
    path = tmp_path / f"{name}.ipynb"
    nbformat.write(honest.notebook(name, style), path)
    result = grade.grade_notebook(ROOT / "solutions" / name / f"{name}.ipynb", path, config=config)
    assert result["remarks"] == [], "an honest submission is remarked upon"
    expected = in_one_process(result["notebook"])
    assert {check: result["said"].get(check) for check in expected} == expected
    for check, error in expected.items():
        assert result["points"][check] == (0 if error else result["maximum"][check])
    assert any(expected.values()) == (style != "styled")


@pytest.mark.parametrize("path", AWKWARD, ids=lambda path: f"{path.parent.parent.name}-{path.stem}")
def test_nbgraders_own_awkward_notebooks_are_graded_or_told(tmp_path, path):
    source = path.with_name({"submitted": "submitted-unchanged.ipynb", "autotest": f"{'-'.join(path.stem.split('-')[:2])}.ipynb"}.get(
        path.stem.split("-")[0], "test.ipynb"))  # fmt: skip
    try:
        found = grade.grade_notebook(source, path, QUICK)
    except notebooks.NotANotebook as error:
        assert "notebook" in str(error)
        return
    assert found["maximum"] and all(points is None or 0 <= points <= found["maximum"][name] for name, points in found["points"].items())
    assert isinstance(nbformat.writes(found["notebook"]), str)
