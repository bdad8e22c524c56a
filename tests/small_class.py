"""A small class for tests of grading: right, wrong, half done, not running, endless, twice the same, and no notebook at all."""

import contextlib
import json
import os
import shutil
import sys

import nbformat
import pytest
from attacks import course as tiny

from course_utils.grading import batch_store, collect, cycle, grade
from tools.build import ROOT

LESSON = "attacked"
SETTINGS = """
import sys
sys.path.insert(0, {home!r})
from pathlib import Path
exec(Path({home!r}, "nbgrader_config.py").read_text().replace("Path(__file__).resolve().parent", "Path({root!r})"))
c.Examine.limits = {{"cell": 20, "call": 1.5, "check": 20, "total": 60, "grace": 0.5, "memory": 400 << 20}}
"""
# each of them changes what is there
VALUES = {"carl": {"double": "def double(x):\n    return x + 2"}, "fay": {"scale": "def scale(values factor)"},
          "eve": {"twice": "def twice(f, x):\n    while True:\n        pass"}}  # fmt: skip
TOTALS = {"ada": 8, "bob": 5, "carl": 6, "dan": None, "eve": 6, "fay": 5, "gus": 5}
HALF = {name: tiny.ANSWERS[name] for name in tiny.KNOWN}


class World:
    """A course folder with one lesson and a folder of submissions; any number of classes."""

    def __init__(self, root):
        self.root, self.handed_in = root, root / "in"
        # a copy: what changes in the course while a test runs would have everything graded again
        shutil.copytree(ROOT / "course_utils", root / "course_utils", ignore=shutil.ignore_patterns("__pycache__"))
        source = root / "solutions" / LESSON / f"{LESSON}.ipynb"
        source.parent.mkdir(parents=True)
        self.handed_in.mkdir()
        nbformat.write(tiny.source(), source)
        (root / "nbgrader_config.py").write_text(SETTINGS.format(home=str(ROOT), root=str(root)))
        self.released = grade.released(source)
        for student in ("ada", *VALUES):
            self.hand_in(student, tiny.ANSWERS | VALUES.get(student, {}))
        # two with the very same file are two students
        self.hand_in("bob", HALF)
        self.hand_in("gus", HALF)
        (self.handed_in / "dan.ipynb").write_text("%PDF-1.7")

    def hand_in(self, student, answers):
        """Write a submission."""
        (self.handed_in / f"{student}.ipynb").write_text(json.dumps(tiny.handed_in(self.released, answers)))

    def submissions(self):
        """Return what was handed in."""
        return collect.find(self.handed_in, LESSON)

    def environment(self, name):
        """Return the environment of a command on the class `name`."""
        return dict(os.environ, CLASS_FOLDER=str(self.root / name), PYTHONWARNINGS="ignore", PYTHONPATH=str(self.root))

    @contextlib.contextmanager
    def a_class(self, name, db=None):
        """A class of this course, as a `cycle.Course`."""
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(batch_store, "PACKAGE", self.root / "course_utils")
            patch.setenv("CLASS_FOLDER", str(self.root / name))
            if db:
                patch.setenv("GRADEBOOK_URL", db)
            yield cycle.Course(self.root)

    def words(self, *more):
        """Return the command that grades the class."""
        return [sys.executable, "-m", "course_utils.grading", LESSON, "--from", str(self.handed_in), *more]
