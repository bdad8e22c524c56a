"""Put back what a learner deleted, so that one missing cell costs no other points.

Stock nbgrader leaves a deleted check out, and with it the points of a right answer; its own `add_missing_cells` stops
when the cell before the missing one is missing as well.
"""

from nbformat import from_dict
from nbgrader.api import Gradebook
from nbgrader.preprocessors import NbGraderPreprocessor


class RestoreCells(NbGraderPreprocessor):
    """An nbgrader preprocessor for `Autograde.sanitize_preprocessors`: runs after DeduplicateIds, before OverwriteCells."""

    def preprocess(self, nb, resources):
        """Return the notebook with every missing exercise, check and reflection back in its place."""
        about = resources["nbgrader"]
        with Gradebook(about["db_url"]) as gradebook:
            source = gradebook.find_notebook(about["notebook"], about["assignment"])
            points = {cell.name: cell.max_score for cell in source.grade_cells}
            solutions = {cell.name for cell in source.solution_cells}
            released = [
                (cell.name, _restored(cell, points.get(cell.name), cell.name in solutions)) for cell in source.source_cells
            ]
        place = 0
        for name, cell in released:
            found = next((i for i, c in enumerate(nb.cells) if _grade_id(c) == name), None)
            if found is None:
                self.log.warning("cell %s is missing in the submission and was put back", name)
                nb.cells.insert(place, cell)
                found = place
            place = found + 1
        return nb, resources


def _grade_id(cell):
    return cell.metadata.get("nbgrader", {}).get("grade_id")


def _restored(source, points, solution):
    about = {
        "grade_id": source.name, "cell_type": source.cell_type, "schema_version": 3, "task": False,
        "locked": source.locked, "grade": points is not None, "solution": solution, "checksum": source.checksum,
    }  # fmt: skip
    if points is not None:
        about["points"] = points
    cell = {"id": source.name, "cell_type": source.cell_type, "metadata": {"nbgrader": about}, "source": source.source}
    if source.cell_type == "code":
        cell |= {"outputs": [], "execution_count": None}
    return from_dict(cell)
