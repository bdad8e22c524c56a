"""A file with all answers of a learner, as the course's site saves it, is a submission like any other."""

import io
import os
import zipfile

import pytest

from course_utils.grading import collect, cycle
from course_utils.grading.notebooks import LARGEST

LESSON = "04-collapse"
NOTEBOOK = b'{"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}'


def packed(files):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in files.items():
            file.writestr(name, content)
    return data.getvalue()


def found(folder):
    return {submission.student: submission for submission in collect.find(folder, LESSON)}


def test_the_lesson_is_taken_out_of_a_file_with_all_answers_wherever_a_platform_puts_it(tmp_path):
    answers = packed({"03-feature-crosses/03-feature-crosses.ipynb": b"{}", f"{LESSON}/{LESSON}.ipynb": NOTEBOOK, "predictions.jsonl": b""})
    (tmp_path / "ada_untangle-answers.zip").write_bytes(answers)
    (tmp_path / "bob-untangle-answers (1).ZIP").write_bytes(answers)
    (tmp_path / "carl_77_assignsubmission_file_").mkdir()
    (tmp_path / "carl_77_assignsubmission_file_" / "untangle-answers.zip").write_bytes(answers)
    (tmp_path / "dora").mkdir()
    (tmp_path / "dora" / "mine.zip").write_bytes(packed({f"answers/{LESSON}/{LESSON}.ipynb": NOTEBOOK}))
    submissions = found(tmp_path)
    assert list(submissions) == ["ada", "bob", "carl", "dora"]
    for submission in submissions.values():
        assert submission.path.read_bytes() == NOTEBOOK and cycle.unreadable(submission.path) is None
        assert submission.remark == ""


def test_of_a_notebook_and_a_file_with_all_answers_the_newer_one_counts(tmp_path):
    (tmp_path / "ada_untangle-answers.zip").write_bytes(packed({f"{LESSON}/{LESSON}.ipynb": NOTEBOOK}))
    (tmp_path / "ada_04-collapse.ipynb").write_bytes(b"{}")
    os.utime(tmp_path / "ada_04-collapse.ipynb", (10, 10))
    assert found(tmp_path)["ada"].path.read_bytes() == NOTEBOOK
    os.utime(tmp_path / "ada_untangle-answers.zip", (1, 1))
    assert found(tmp_path)["ada"].path.read_bytes() == b"{}" and "2 files" in found(tmp_path)["ada"].remark


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 cut off", packed({"05-activations/05-activations.ipynb": NOTEBOOK})])
def test_a_file_without_the_lesson_is_told_and_is_not_a_zero(tmp_path, data):
    (tmp_path / "ada_untangle-answers.zip").write_bytes(data)
    (submission,) = collect.find(tmp_path, LESSON)
    assert cycle.unreadable(submission.path)
    assert submission.remark == "04-collapse was not found in ada_untangle-answers.zip"


def test_what_unpacks_to_more_than_a_notebook_may_have_is_not_read_to_its_end(tmp_path):
    (tmp_path / "ada_untangle-answers.zip").write_bytes(packed({f"{LESSON}/{LESSON}.ipynb": bytes(LARGEST + 10_000_000)}))
    (submission,) = collect.find(tmp_path, LESSON)
    assert submission.path.stat().st_size == LARGEST + 1
    assert "MB" in cycle.unreadable(submission.path)
