"""What nbgrader calls: every one of these stands in `nbgrader_config.py` at a place that nbgrader keeps for it.

`nbgrader autograde`, formgrader's button and `python -m course_utils.grading` all go this way.
"""

import os
import stat
from pathlib import Path

import nbformat
from nbconvert.exporters import NotebookExporter
from nbconvert.preprocessors import ClearMetadataPreprocessor, CSSHTMLHeaderPreprocessor
from nbgrader.api import Gradebook
from nbgrader.preprocessors import (
    AssignLatePenalties,
    CheckCellMetadata,
    GetGrades,
    IgnorePattern,
    LimitOutput,
    NbGraderPreprocessor,
    SaveAutoGrades,
)
from traitlets import Dict, Unicode

from course_utils.grading import executor, feedback, grade, notebooks, rebuild
from course_utils.grading.limits import Limits


class SubmissionReader(NotebookExporter):
    """`Autograde.exporter_class`: reads what was handed in, whatever it is, before nbgrader's own reader can stumble over it."""

    submitted = ()

    def from_filename(self, filename, resources=None, **kw):
        """Return the graded notebook as text; at the first of nbgrader's two steps the file is a submission."""
        if not getattr(self.parent, "_sanitizing", False):
            return super().from_filename(filename, resources=resources, **kw)
        self.submitted = notebooks.read(filename)
        resources = dict(resources or {}, metadata={"name": Path(filename).stem, "path": os.path.dirname(filename)})
        return self.from_notebook_node(nbformat.v4.new_notebook(), resources, **kw)


class Rebuild(NbGraderPreprocessor):
    """`Autograde.sanitize_preprocessors`: the released notebook with the learner's cells in it."""

    def preprocess(self, nb, resources):
        """Return the notebook to grade; what was found on the way is kept in its metadata."""
        about = resources["nbgrader"]
        folder = self.parent.parent.coursedir
        source = Path(folder.format_path(folder.source_directory, ".", about["assignment"]), f"{about['notebook']}.ipynb")
        with Gradebook(about["db_url"]) as gradebook:
            released = as_known(source, gradebook.find_notebook(about["notebook"], about["assignment"]), self.config)
        found, remarks = rebuild.rebuild(released, self.parent.submitted)
        found.metadata["grading"] = {"remarks": remarks}
        return found, resources


class Examine(NbGraderPreprocessor):
    """`Autograde.autograde_preprocessors`, in the place of nbgrader's `Execute`."""

    limits = Dict(help="what a submission may use up: names and numbers of course_utils.grading.limits.Limits").tag(config=True)
    sandbox = Unicode(None, allow_none=True, help="the kind of sandbox, by name; by default the best one that works").tag(config=True)

    def preprocess(self, nb, resources):
        """Return the notebook with the outputs of every cell."""
        about = resources["nbgrader"]
        folder = self.parent.parent.coursedir
        source = Path(folder.format_path(folder.source_directory, ".", about["assignment"]))
        found = executor.run(nb, Limits(**self.limits), self.sandbox, grade.beside(source), hidden(folder))
        known = nb.metadata.get("grading", {})
        known = {**known, "remarks": [*known.get("remarks", ()), *found["remarks"]], "warnings": found["warnings"], "tier": found["tier"]}
        nb.metadata["grading"] = nbformat.from_dict(known)
        for remark in known["remarks"]:
            self.log.warning(remark)
        return nb, resources


class HideTests(NbGraderPreprocessor):
    """`GenerateFeedback.preprocessors`: hidden tests stay hidden on the page that the learner gets."""

    def preprocess_cell(self, cell, resources, cell_index):
        """Take the hidden tests out of a check; a learner's own cell stays as it is."""
        if cell.metadata.get("nbgrader", {}).get("grade") and not cell.metadata.nbgrader.get("solution"):
            cell.source = rebuild.MARKS.sub("", cell.source + "\n").rstrip("\n")
        return cell, resources


def hidden(folder):
    """Return the folders that no submission may see."""
    places = [folder.root, *(getattr(folder, f"{step}_directory") for step in ("source", "submitted", "autograded", "feedback"))]
    return [str(Path(folder.root, place).resolve()) for place in places]


def _keep_side_files_out(config, root):
    """Nothing that the course did not release is followed or kept."""
    folders = config.CourseDirectory

    def before(assignment, student, notebooks):
        # nbgrader copies what it finds beside a notebook, and would follow a link to the gradebook or to a device
        for place in root.glob(f"{folders.submitted_directory}/{student}/{assignment}"):
            _drop(place, lambda path: not stat.S_ISREG(path.lstat().st_mode))

    def after(assignment, student, notebooks):
        source = root / folders.source_directory / assignment
        released = {os.path.relpath(name, source) for name in source.rglob("*")}
        for place in root.glob(f"{folders.autograded_directory}/{student}/{assignment}"):
            kept = {place / name for name in [*released, "timestamp.txt"]}
            _drop(place, lambda path, kept=kept: path.suffix != ".ipynb" and path not in kept)

    config.Autograde.pre_convert_hook, config.Autograde.post_convert_hook = before, after


def _drop(place, unwanted):
    for folder, folders, files in os.walk(place):
        for name in [*files, *(name for name in folders if os.path.islink(os.path.join(folder, name)))]:
            path = Path(folder, name)
            if unwanted(path):
                path.unlink()


def as_known(source, known, config):
    """Return the released notebook as the gradebook knows it: its cells, in the order of the source, between the source's other cells."""
    kept = {cell.name: cell for cell in known.source_cells}
    points = {cell.name: cell.max_score for cell in known.grade_cells}
    solutions, tasks = {cell.name for cell in known.solution_cells}, {cell.name for cell in known.task_cells}
    found = grade.released(source, config) if source.is_file() else nbformat.v4.new_notebook()
    placed = set()
    for cell in found.cells:
        about = cell.metadata.get("nbgrader", {})
        name = about.get("grade_id")
        if name in kept and cell.cell_type == kept[name].cell_type:
            cell.source, about["checksum"], about["locked"] = kept[name].source, kept[name].checksum, kept[name].locked
            about["grade"], about["solution"] = name in points, name in solutions
            if name in points:
                about["points"] = points[name]
            placed.add(name)
        elif about:
            cell.metadata.pop("nbgrader")
    for cell in known.source_cells:
        if cell.name not in placed:
            found.cells.append(_cell(cell, points.get(cell.name), cell.name in solutions, cell.name in tasks))
    return found


def _cell(source, points, solution, task):
    about = {
        "grade_id": source.name, "cell_type": source.cell_type, "schema_version": 3, "task": task,
        "locked": source.locked, "grade": points is not None and not task, "solution": solution, "checksum": source.checksum,
    }  # fmt: skip
    if points is not None:
        about["points"] = points
    new = nbformat.v4.new_code_cell if source.cell_type == "code" else nbformat.v4.new_markdown_cell
    return new(source.source, metadata={"nbgrader": about})


def use(config, root):
    """Set all of it in nbgrader's settings: `nbgrader_config.py` calls this once its folders are named."""
    config.Autograde.exporter_class = SubmissionReader
    config.Autograde.sanitize_preprocessors = [Rebuild]
    # nbgrader's own list, with Examine in the place of Execute
    config.Autograde.autograde_preprocessors = [
        Examine, IgnorePattern, ClearMetadataPreprocessor, LimitOutput, SaveAutoGrades, AssignLatePenalties, CheckCellMetadata,
    ]  # fmt: skip
    config.GenerateFeedback.preprocessors = [GetGrades, HideTests, CSSHTMLHeaderPreprocessor]
    config.GenerateFeedback.exporter_class = feedback.FeedbackExporter
    # nbgrader's own quotes no comma
    config.ExportApp.plugin_class = "course_utils.grading.reports.exports.GradesExportPlugin"
    _keep_side_files_out(config, Path(root))
