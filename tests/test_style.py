"""The code keeps its own rules."""

import re
import shutil
import subprocess
import sys

import pytest

from tools.build import ROOT, lessons


def test_ruff_finds_nothing_to_say():
    if not shutil.which("ruff", path=str(__import__("pathlib").Path(sys.executable).parent)):
        pytest.skip("ruff is not installed beside this Python")
    done = subprocess.run([sys.executable, "-m", "ruff", "check", "."], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


def test_the_readme_names_every_lesson_and_every_command_that_it_names_exists():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for text in lessons():
        assert f"notebooks/{text.stem}/{text.stem}.ipynb" in readme
    for module in set(re.findall(r"(?:-m |`)((?:tools|course_utils)\.\w+)", readme)):
        path = ROOT / module.replace(".", "/")
        assert path.with_suffix(".py").exists() or (path / "__main__.py").exists(), module
