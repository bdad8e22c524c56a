import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
import tiny

from tools import handout
from tools.handout import contents, main, pack


@pytest.fixture
def root(tmp_path):
    """A small course with everything that must not be packed lying about in it."""
    root = tmp_path / "course"
    path = tiny.lesson(root / "notebooks", "00-start-here", tiny.exercise("double"))
    (path.parent / "picture.svg").write_text("<svg/>")
    shutil.copytree(
        handout.ROOT / "course_utils", root / "course_utils", ignore=shutil.ignore_patterns("__pycache__", "grading")
    )
    for name in handout.LISTS:
        (root / name).write_text(f"# {name}\n")
    for name in (
        "solutions/00-start-here/00-start-here.py",
        "solutions/00-start-here/00-start-here.ipynb",
        "tests/test_x.py",
        "tools/x.py",
        "work/00-start-here/00-start-here.ipynb",
        "course_utils/grading/sandbox.py",
        "course_utils/__pycache__/x.py",
        "notebooks/00-start-here/00-start-here.py",
        "notebooks/00-start-here/.ipynb_checkpoints/old.ipynb",
        "README.md",
    ):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text("secret")
    return root


def test_students_get_lessons_package_lists_and_a_start_page_and_nothing_else(root):
    found = contents(root)
    assert not [name for name, data in found.items() if data == b"secret"]
    assert {"notebooks/00-start-here/00-start-here.ipynb", "notebooks/00-start-here/picture.svg"} <= set(found)
    assert {"START.md", "environment.yml", "requirements.txt", "pyproject.toml"} <= set(found)
    package = [path for path in Path(root, "course_utils").rglob("*.*") if path.suffix in (".py", ".js", ".css", ".npz")]
    package = {path.relative_to(root).as_posix() for path in package if path.parent.name not in ("grading", "__pycache__")}
    assert package <= set(found)
    assert {name.split("/")[0] for name in found if "/" in name} == {"notebooks", "course_utils"}


@pytest.mark.parametrize("words", ["### BEGIN SOLUTION", "### BEGIN HIDDEN TESTS", "### BEGIN MARK SCHEME"])
def test_a_notebook_that_still_has_its_answers_is_refused_and_nothing_is_written(root, words, capsys):
    tiny.lesson(root / "notebooks", "00-start-here", tiny.code("1"), tiny.code(f"{words}\nx = 1"))
    assert main([str(root / "out.zip")], root) == 2
    assert f"00-start-here.ipynb still has '{words[4:]}' in its cell 2" in capsys.readouterr().err
    assert not (root / "out.zip").exists()


def test_a_file_that_is_missing_is_named(root):
    (root / "environment.yml").unlink()
    with pytest.raises(ValueError, match=r"should have the file environment\.yml"):
        contents(root)


def test_a_course_without_lessons_is_not_packed(root):
    shutil.rmtree(root / "notebooks")
    with pytest.raises(ValueError, match="should hold the released lessons"):
        contents(root)


def test_the_same_tree_gives_the_same_bytes_at_any_time(root):
    pack(root / "one.zip", root)
    for path in root.rglob("*"):
        os.utime(path, (1e9, 1e9))
    pack(root / "two.zip", root)
    assert (root / "one.zip").read_bytes() == (root / "two.zip").read_bytes()


def test_what_was_unpacked_makes_the_learners_copy_and_reports_progress(root, tmp_path):
    pack(tmp_path / "out.zip", root)
    with zipfile.ZipFile(tmp_path / "out.zip") as packed:
        packed.extractall(tmp_path / "unpacked")
    house = tmp_path / "unpacked/untangle"
    clean = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    for module, said in (("learn", "New in work/: 00-start-here."), ("progress", "00-start-here   not begun")):
        words = [sys.executable, "-m", f"course_utils.{module}", *(["--prepare-only"] if module == "learn" else [])]
        done = subprocess.run(words, cwd=house, env=clean, capture_output=True, text=True)
        assert (done.returncode, done.stderr) == (0, "")
        assert said in done.stdout
    assert (house / "work/00-start-here/picture.svg").exists()


def test_the_course_itself_can_be_packed(tmp_path):
    names = pack(tmp_path / "untangle.zip")
    assert "notebooks/04-collapse/04-collapse.ipynb" in names
    assert not [name for name in names if "grading" in name or name.startswith(("solutions", "tests", "tools"))]
