import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import tiny

from course_utils import learn
from course_utils.learn import RECORD, find_work, main, prepare, start_over


@pytest.fixture
def house(tmp_path):
    tiny.lesson(tmp_path / "notebooks", "00-start-here", tiny.code("1 + 1"))
    tiny.lesson(tmp_path / "notebooks", "04-collapse", tiny.exercise("collapse"))
    (tmp_path / "notebooks/04-collapse/film.svg").write_text("<svg/>")
    return tmp_path


def everything(folder):
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def copy_of(house):
    return house / "work/04-collapse/04-collapse.ipynb"


def release_of(house):
    return house / "notebooks/04-collapse/04-collapse.ipynb"


def prepared(house):
    return prepare(house / "notebooks", house / "work")


def test_the_first_run_copies_every_lesson_with_its_pictures(house):
    said = prepared(house)
    assert said == ["New in work/: 00-start-here, 04-collapse."]
    for path, data in everything(house / "notebooks").items():
        assert (house / "work" / path.relative_to(house / "notebooks")).read_bytes() == data


def test_a_second_run_changes_no_byte_and_says_so(house):
    prepared(house)
    copy_of(house).write_text("my answers")
    before = everything(house / "work")
    assert prepared(house) == ["Nothing new: work/ is as you left it."]
    assert everything(house / "work") == before


def test_a_lesson_that_changed_is_announced_and_the_learners_copy_stays_as_it_is(house):
    prepared(house)
    copy_of(house).write_text("my answers")
    release_of(house).write_text("a better lesson")
    before = everything(house / "work")
    for _ in range(2):
        (said,) = prepared(house)
        assert said.startswith("04-collapse changed since you began: your copy is as you left it; start over with")
        assert "--again 04-collapse" in said
    assert everything(house / "work") == before


def test_a_lesson_added_later_is_copied_and_announced(house):
    prepared(house)
    tiny.lesson(house / "notebooks", "05-activations", tiny.code("2"))
    assert prepared(house) == ["New in work/: 05-activations."]


def test_starting_over_keeps_the_old_file_beside_the_new_and_never_under_the_same_name(house, monkeypatch):
    prepared(house)
    monkeypatch.setattr(learn.time, "strftime", lambda _: "2025-01-31-14.05.33")
    for answer in ("first try", "second try", "third try"):
        copy_of(house).write_text(answer)
        (said,) = start_over(house / "notebooks", house / "work", "04-collapse")
        assert "kept as 04-collapse/04-collapse.kept-2025-01-31-14.05.33" in said
        assert copy_of(house).read_bytes() == release_of(house).read_bytes()
    kept = sorted(path.read_text() for path in copy_of(house).parent.glob("*.kept-*"))
    assert kept == ["first try", "second try", "third try"]


def test_after_starting_over_the_lesson_counts_as_unchanged(house):
    prepared(house)
    release_of(house).write_text("a better lesson")
    start_over(house / "notebooks", house / "work", "04-collapse")
    assert prepared(house) == ["Nothing new: work/ is as you left it."]


def test_starting_over_what_is_new_keeps_nothing(house):
    prepared(house)
    before = everything(house / "work")
    assert start_over(house / "notebooks", house / "work", "04-collapse") == [
        "04-collapse is as new: there was nothing to keep."
    ]
    assert everything(house / "work") == before


def test_starting_over_a_lesson_that_was_never_begun_copies_it(house):
    start_over(house / "notebooks", house / "work", "04-collapse")
    assert copy_of(house).read_bytes() == release_of(house).read_bytes()


@pytest.mark.parametrize("damage", ["", "{", '["lessons"]', '{"lessons": 3}', '{"lessons": {"04-collapse": null}}'])
def test_a_damaged_record_loses_nothing_and_is_itself_kept(house, damage):
    prepared(house)
    copy_of(house).write_text("my answers")
    (house / "work" / RECORD).write_text(damage)
    (said,) = prepared(house)
    assert "was damaged" in said
    assert copy_of(house).read_text() == "my answers"
    assert [path.read_text() for path in (house / "work").glob(".untangle.kept-*")] == [damage]
    assert prepared(house) == ["Nothing new: work/ is as you left it."]


def test_a_missing_record_overwrites_nothing(house):
    prepared(house)
    copy_of(house).write_text("my answers")
    (house / "work" / RECORD).unlink()
    (said,) = prepared(house)
    assert "was missing" in said
    assert copy_of(house).read_text() == "my answers"
    assert set(json.loads((house / "work" / RECORD).read_text())["lessons"]) == {"00-start-here", "04-collapse"}


def test_a_copy_that_breaks_off_leaves_no_half_file(house, monkeypatch):
    def full_disk(_):
        raise OSError("no space left")

    monkeypatch.setattr(learn.os, "fsync", full_disk)
    with pytest.raises(OSError, match="no space"):
        prepared(house)
    monkeypatch.undo()
    assert not any(path.suffix in (".ipynb", ".svg", ".json", ".part") for path in (house / "work").rglob("*"))
    prepared(house)
    assert copy_of(house).read_bytes() == release_of(house).read_bytes()


def test_a_file_that_appears_while_copying_wins(house, monkeypatch):
    fsync = learn.os.fsync

    def somebody_else_is_faster(descriptor):
        fsync(descriptor)
        copy_of(house).parent.mkdir(exist_ok=True)
        copy_of(house).write_text("theirs")

    monkeypatch.setattr(learn.os, "fsync", somebody_else_is_faster)
    prepared(house)
    assert copy_of(house).read_text() == "theirs"


def test_without_hard_links_lessons_are_copied_all_the_same(house, monkeypatch):
    def no_links(*_):
        raise PermissionError("this file system has no links")

    monkeypatch.setattr(learn.os, "link", no_links)
    prepared(house)
    copy_of(house).write_text("my answers")
    start_over(house / "notebooks", house / "work", "04-collapse")
    assert len(list(copy_of(house).parent.glob("*.kept-*"))) == 1


def test_hidden_files_of_jupyter_are_not_copied(house):
    hidden = house / "notebooks/04-collapse/.ipynb_checkpoints/x.ipynb"
    hidden.parent.mkdir()
    hidden.write_text("{}")
    prepared(house)
    assert not (house / "work/04-collapse/.ipynb_checkpoints").exists()


def test_an_unknown_lesson_is_answered_with_the_lessons_there_are(house, capsys):
    assert main(["--again", "99-nothing"], house) == 2
    assert "there is no lesson '99-nothing'; the lessons are 00-start-here, 04-collapse" in capsys.readouterr().err


def test_the_beginning_of_a_name_is_enough_to_start_over(house, capsys):
    main(["--prepare-only"], house)
    copy_of(house).write_text("my answers")
    assert main(["--again", "04"], house) == 0
    assert "04-collapse starts over" in capsys.readouterr().out


def test_a_file_named_work_is_not_overwritten(house, capsys):
    (house / "work").write_text("mine")
    assert main(["--prepare-only"], house) == 2
    assert "is a file: move it away first" in capsys.readouterr().err
    assert (house / "work").read_text() == "mine"


def test_a_folder_without_lessons_is_refused_with_its_name(tmp_path):
    with pytest.raises(ValueError, match="notebooks should be a folder with lessons"):
        prepare(tmp_path / "nowhere", tmp_path / "work")


def test_the_learners_folder_is_found_from_beside_it_and_from_inside_it(house):
    prepared(house)
    for folder in (house, house / "work", house / "work/04-collapse"):
        assert find_work(folder, beside=True) == (house / "work").resolve()
    assert find_work(house / "work/04-collapse") == (house / "work").resolve()


def test_a_folder_outside_the_learners_has_none(house):
    assert find_work(house, beside=True) is None
    prepared(house)
    assert find_work(house / "notebooks") is None


def start(house, monkeypatch, *words):
    """Run the command with a stand-in for JupyterLab; return its words and its environment."""
    started = []

    class Server:
        def __init__(self, words, env):
            started.append((words, env))

        def wait(self):
            return 0

    monkeypatch.setattr(learn.subprocess, "Popen", Server)
    assert main(list(words), house) == 0
    return started[0]


def test_jupyterlab_opens_on_the_copy_and_at_first_on_the_start_page(house, monkeypatch):
    words, environment = start(house, monkeypatch)
    assert f"--ServerApp.root_dir={house / 'work'}" in words
    assert "--LabApp.default_url=/lab/tree/00-start-here/00-start-here.ipynb" in words
    assert environment["PATH"].split(os.pathsep)[0] == str(Path(sys.executable).parent)
    assert environment["OPENBLAS_NUM_THREADS"] == "1"
    assert environment["PYTHONPATH"].split(os.pathsep)[0] == str(house)
    words, _ = start(house, monkeypatch, "--no-browser")
    assert not any("default_url" in word for word in words)
    assert "--no-browser" in words


def test_the_command_itself_runs_in_a_fresh_process(house):
    done = subprocess.run([sys.executable, "-m", "course_utils.learn", "--help"], capture_output=True, text=True)
    assert done.returncode == 0
    assert "--again" in done.stdout
