"""The code keeps its own rules."""

import shutil
import subprocess
import sys

import pytest

from tools.build import ROOT


def test_ruff_finds_nothing_to_say():
    if not shutil.which("ruff", path=str(__import__("pathlib").Path(sys.executable).parent)):
        pytest.skip("ruff is not installed beside this Python")
    done = subprocess.run([sys.executable, "-m", "ruff", "check", "."], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout
