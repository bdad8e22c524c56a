"""Each command answers wrong words with a sentence on stderr and the exit code 2."""

import re

import pytest

from course_utils import bench, learn, progress
from course_utils.claims import __main__ as claims
from course_utils.grading import __main__ as grading
from tools import build, handout, sample_class
from tools.build import ROOT

GRADE = ["04-collapse", "--from", "handed-in", "--class", "class"]
WORDS = {
    "an option that there is not": [(command.main, ["--nonsense"], "unrecognized arguments|required") for command in (
        bench, learn, progress, claims, grading, build, handout, sample_class)],
    "too many words": [(learn.main, ["04"], "unrecognized"), (handout.main, ["a.zip", "b.zip"], "unrecognized"), (sample_class.main, ["a", "b"], "unrecognized")],
    "learn": [(learn.main, ["--again", "99-nothing"], "there is no lesson '99-nothing'; the lessons are 00-start-here")],
    "progress": [(progress.main, ["99"], "lesson should be one of '00-start-here'.* but it is '99'")],
    "claims": [(claims.main, ["S99"], "should be one of .* but it is 'S99'"), (claims.main, ["S1", "--seed", "-1"], "seed should be"),
               (claims.main, ["S1", "--seed", "x"], "invalid int value")],
    "bench": [(bench.main, ["training", "--rounds", "0"], "rounds should be .* but it is 0"), (bench.main, ["cooking"], "invalid choice")],
    "build": [(build.main, ["99-nothing"], "no lesson 99-nothing; there are 00-start-here")],
    "handout": [(handout.main, ["handed-in"], "handed-in"), (handout.main, ["file/x.zip"], "file")],
    "sample_class": [(sample_class.main, ["file"], "folder should be one that can be written to, but file is not"), (sample_class.main, [], "required: folder")],
    "grading": [
        (grading.main, ["99-nothing", *GRADE[1:]], "lesson should be one of .* but it is '99-nothing'"),
        (grading.main, ["", *GRADE[1:]], "lesson should be one of .* but it is ''"),
        (grading.main, GRADE[:1], "required: --from"),
        (grading.main, ["04-collapse", "--from", "nowhere", *GRADE[3:]], "nowhere is not there"),
        (grading.main, ["04-collapse", "--from", "file", *GRADE[3:]], "file is neither"),
        (grading.main, ["04-collapse", "--from", "empty", *GRADE[3:]], "empty is empty"),
        (grading.main, [*GRADE[:4], "file"], "the class should be kept in a folder, but .*file cannot be one"),
        (grading.main, [*GRADE, "--workers", "0"], "workers should be .* but it is 0"),
        (grading.main, [*GRADE, "--workers", "two"], "invalid int value: 'two'"),
        (grading.main, [*GRADE, "--db", "grades:secret@host"], r"the gradebook should be .* but it is 'grades:\*\*\*@host'"),
    ],
}  # fmt: skip


@pytest.fixture
def place(tmp_path, monkeypatch):
    """A folder with something of everything; the course is where it always is."""
    for folder in ("handed-in", "empty"):
        (tmp_path / folder).mkdir()
    (tmp_path / "handed-in" / "ada.ipynb").write_text("{}")
    (tmp_path / "file").write_text("a file")
    monkeypatch.setenv("CLASS_FOLDER", str(tmp_path / "class"))
    monkeypatch.setenv("GRADEBOOK_URL", "")
    monkeypatch.setattr("course_utils.grading.batch_pool.warm", lambda: None)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(("main", "words", "told"), [pytest.param(*row, id=f"{what}: {row[0].__module__} {' '.join(row[1])}") for what, rows in WORDS.items() for row in rows])
def test_wrong_words_are_answered_in_words(main, words, told, place, monkeypatch, capsys):
    if main is grading.main:
        monkeypatch.chdir(ROOT)
        words = [str(place / word) if (word and (place / word).exists()) or word in ("class", "nowhere") else word for word in words]
    try:
        code = main(words)
    except SystemExit as ended:
        code = ended.code
    out, err = capsys.readouterr()
    assert code == 2 and not out
    assert "Traceback" not in err and re.search(told, err, re.S), err
    assert {path.name for path in place.iterdir()} <= {"handed-in", "empty", "file", "class"}, "something was written all the same"
