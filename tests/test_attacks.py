"""Submissions that want more than their answers earn, or that want to end the grading: none gets it, and none is worse off than it deserves."""

import json
import os
import tempfile
import time
from pathlib import Path

import nbformat
import pytest
from attacks import by_code, by_metadata, by_objects, by_resources, course

from course_utils.grading import executor, grade
from course_utils.grading.limits import Limits

LIMITS = Limits(cell=1.5, call=1, check=4, patience=2, total=20, grace=0.5, cpu=5, memory=400 << 20, processes=20, disk=4 << 20, output=20_000)
# SANDBOX=landlock pytest tests/test_attacks.py: the same attacks on another kind of sandbox
TIER = os.environ.get("SANDBOX") or None
TRACES = "left-behind-by-an-attack"
SECRETS = ("secret_numbers", "secret_offset", "7341", "twin.choice")


@pytest.fixture(scope="module")
def released(tmp_path_factory):
    """The assignment's own notebook on disk; the warm process is ended behind the last attack."""
    # a folder for temporary files that no other test uses
    tempfile.tempdir = str(tmp_path_factory.mktemp("temporary"))
    path = tmp_path_factory.mktemp("course") / "solutions" / "attacked" / "attacked.ipynb"
    path.parent.mkdir(parents=True)
    nbformat.write(course.source(), path)
    yield path
    executor.stop()
    tempfile.tempdir = None


def submission(released, path, known=course.KNOWN, other=None, **edits):
    answers = {name: course.ANSWERS[name] for name in known} | (other or {})
    path.write_text(json.dumps(course.handed_in(grade.released(released), answers, **edits)))
    return path


def attack(released, tmp_path, **what):
    """Grade an attack under tight limits; see that it leaves nothing behind; return what it earned."""
    path = submission(released, tmp_path / "attack.ipynb", **what)
    before, begun = set(os.listdir(tmp_path)) | set(os.listdir(released.parent)), time.monotonic()
    found = grade.grade_notebook(released, path, LIMITS, TIER)
    assert time.monotonic() - begun < LIMITS.total + 10, "it took longer than a submission may take"
    assert set(os.listdir(tmp_path)) | set(os.listdir(released.parent)) == before, "it left files behind"
    assert nothing_left() == []
    said = json.dumps(found)
    shown = nbformat.from_dict(found["notebook"])
    for secret in SECRETS:
        outputs = [cell.get("outputs") for cell in shown.cells]
        assert secret not in json.dumps(outputs), f"the outputs show the hidden tests: {secret}"
    assert "<script>" not in json.dumps([cell.get("outputs") for cell in shown.cells])
    assert len(said) < 3_000_000
    return found


def nothing_left():
    """Return the processes and files of submissions that are still there, given a moment to end."""
    warm = executor.server()
    deadline = time.monotonic() + 5
    while left := _processes(warm.home, warm.pid):
        if time.monotonic() > deadline:
            break
        time.sleep(0.02)
    places = [tempfile.gettempdir(), "/", "/tmp", "/usr", "/etc", "/var/tmp", "/dev/shm", os.path.expanduser("~"), warm.home]
    files = [path for place in places if os.path.isdir(place) for path in os.listdir(place) if path == TRACES]
    return left + files + [path for path in os.listdir(tempfile.gettempdir()) if path.startswith("untangle-box-")]


def _processes(home, warm):
    found = []
    for number in filter(str.isdigit, os.listdir("/proc")):
        try:
            about = Path("/proc", number, "status").read_text()
            environment = Path("/proc", number, "environ").read_bytes()
        except OSError:
            continue
        if int(number) != warm and "State:\tZ" not in about and (home.encode() in environment or b"HOME=/box" in environment):
            found.append(f"process {number}")
    return found


def earns(found, expected=course.HONEST):
    assert {name: found["points"][name] for name in course.POINTS} == expected, found["said"]


def rows(table):
    return [pytest.param(*row, id=row[0]) for row in table]


@pytest.mark.parametrize(("words", "edit"), rows(by_metadata.EDITS))
def test_what_is_written_about_cells_counts_for_nothing(released, tmp_path, words, edit):
    earns(attack(released, tmp_path, edit=edit))


@pytest.mark.parametrize(("words", "code"), rows(by_code.CELLS))
def test_code_in_a_cell_of_its_own_earns_nothing_and_costs_nothing(released, tmp_path, words, code):
    earns(attack(released, tmp_path, first=code))


@pytest.mark.parametrize(("words", "code"), rows(by_resources.CELLS))
def test_a_cell_that_takes_all_it_can_get_costs_no_points_of_others(released, tmp_path, words, code):
    found = attack(released, tmp_path, first=code)
    earns(found)


@pytest.mark.parametrize(("words", "exercise", "answer"), rows(by_objects.ANSWERS))
def test_an_answer_that_is_none_fails_its_own_check_only(released, tmp_path, words, exercise, answer):
    earns(attack(released, tmp_path, other={exercise: answer}))


def test_there_are_at_least_sixty_attacks():
    assert sum(map(len, (by_metadata.EDITS, by_code.CELLS, by_resources.CELLS, by_objects.ANSWERS))) >= 60


def test_honest_answers_to_the_same_assignment_earn_everything(released, tmp_path):
    found = grade.grade_notebook(released, submission(released, tmp_path / "ada.ipynb", known=course.ANSWERS), tier=TIER)
    assert found["points"] == {**course.POINTS, "thoughts": None}
    assert found["remarks"] == [] and found["said"] == {}


def test_an_attack_does_not_change_what_the_next_submission_earns(released, tmp_path):
    for words in ("patches numpy's comparisons", "is a fork bomb", "patches the grading package"):
        (code,) = [code for said, code in by_code.CELLS + by_resources.CELLS if said == words]
        attack(released, tmp_path, first=code)
        found = grade.grade_notebook(released, submission(released, tmp_path / "next.ipynb", known=("twice",)), LIMITS, TIER)
        assert {name: points for name, points in found["points"].items() if points} == {"twice-check": 2}
