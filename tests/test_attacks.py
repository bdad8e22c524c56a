"""Submissions that want more than their answers earn, or that want to end the grading: none gets it, and none is worse off than it deserves."""

import json
import os
import tempfile
import time
from pathlib import Path

import nbformat
import pytest
from attacks import course, suite

from course_utils.grading import executor, grade, notebooks
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


def tried(released, tmp_path, attack):
    """Grade an attack under tight limits; see that it leaves nothing behind; return what it earned."""
    folder = tmp_path / "class" / "submitted" / "eve" / "attacked"
    attack.write(folder, grade.released(released))
    before, begun = files(tmp_path, released.parent), time.monotonic()
    found = grade.grade_notebook(released, folder / "attacked.ipynb", LIMITS, TIER)
    assert time.monotonic() - begun < LIMITS.total + 10, "it took longer than a submission may take"
    assert files(tmp_path, released.parent) == before, "it left files behind"
    assert nothing_left() == []
    said = json.dumps(found)
    shown = nbformat.from_dict(found["notebook"])
    for secret in SECRETS:
        outputs = [cell.get("outputs") for cell in shown.cells]
        assert secret not in json.dumps(outputs), f"the outputs show the hidden tests: {secret}"
    assert "<script>" not in json.dumps([cell.get("outputs") for cell in shown.cells])
    assert len(said) < 3_000_000
    return found


def files(*folders):
    return {(str(path), path.stat().st_size if path.is_file() and not path.is_symlink() else 0) for folder in folders for path in folder.rglob("*")}


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


def rows(attacks):
    return [pytest.param(attack, id=attack.words) for attack in attacks]


@pytest.mark.parametrize("attack", rows(suite.METADATA))
def test_what_is_written_about_cells_counts_for_nothing(released, tmp_path, attack):
    earns(tried(released, tmp_path, attack))


@pytest.mark.parametrize("attack", rows(suite.CODE))
def test_code_in_a_cell_of_its_own_earns_nothing_and_costs_nothing(released, tmp_path, attack):
    earns(tried(released, tmp_path, attack))


@pytest.mark.parametrize("attack", rows(suite.REACH))
def test_what_lies_around_a_submission_is_out_of_its_reach(released, tmp_path, attack):
    earns(tried(released, tmp_path, attack))


@pytest.mark.parametrize("attack", rows(suite.RESOURCES))
def test_a_cell_that_takes_all_it_can_get_costs_no_points_of_others(released, tmp_path, attack):
    earns(tried(released, tmp_path, attack))


@pytest.mark.parametrize("attack", rows(suite.OBJECTS))
def test_an_answer_that_is_none_fails_its_own_check_only(released, tmp_path, attack):
    earns(tried(released, tmp_path, attack))


@pytest.mark.parametrize("attack", rows(suite.FILES))
def test_files_beside_a_notebook_count_for_nothing_and_a_link_is_no_submission(released, tmp_path, attack):
    if attack.honest is None:
        with pytest.raises(notebooks.NotANotebook, match=r"is a link to another file|is not a notebook"):
            tried(released, tmp_path, attack)
    else:
        earns(tried(released, tmp_path, attack))


def test_there_are_at_least_sixty_attacks():
    assert len({attack.words for attack in suite.ALL}) == len(suite.ALL) >= 60


def honest(folder, released, answers):
    suite.Attack("none", "is honest", answers={name: answers.get(name, "") for name in course.ANSWERS}).write(folder, grade.released(released))
    return folder / "attacked.ipynb"


def test_honest_answers_to_the_same_assignment_earn_everything(released, tmp_path):
    found = grade.grade_notebook(released, honest(tmp_path / "ada", released, course.ANSWERS), tier=TIER)
    assert found["points"] == {**course.POINTS, "thoughts": None}
    assert found["remarks"] == [] and found["said"] == {}


def test_an_attack_does_not_change_what_the_next_submission_earns(released, tmp_path):
    path = honest(tmp_path / "next", released, {"twice": course.ANSWERS["twice"]})
    for number, words in enumerate(("patches numpy's comparisons", "is a fork bomb", "patches the grading package")):
        (attack,) = [attack for attack in suite.ALL if attack.words == words]
        tried(released, tmp_path / str(number), attack)
        found = grade.grade_notebook(released, path, LIMITS, TIER)
        assert {name: points for name, points in found["points"].items() if points} == {"twice-check": 2}
