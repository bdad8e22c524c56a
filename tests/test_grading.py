"""The sample class through the course's own command."""

import csv
import io
import json
import os
import subprocess
import sys
import zipfile

import nbformat
import pytest
from nbgrader.converters.base import NbGraderException

from course_utils.grading import __main__ as command
from course_utils.grading import collect, cycle, grade, notebooks, rebuild
from course_utils.grading.reports import teacher
from tools import sample_class
from tools.build import ROOT

LESSON = sample_class.LESSON
FULL = {"collapse": 5, "is_affine": 4, "rank_bottleneck": 2, "count_params": 2, "find_the_impostors": 3, "proof": 3, "minimal_bend": 3}


@pytest.fixture(scope="module")
def graded(tmp_path_factory):
    """The sample class, graded once: its folder, what was printed, its rows read from the table that was written."""
    folder = tmp_path_factory.mktemp("class")
    sample_class.write(folder / "handed-in")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(ROOT)
        patch.setenv("CLASS_FOLDER", str(folder))
        code = command.main([LESSON, "--from", str(folder / "handed-in")])
        yield folder, code, cycle.Course(ROOT)


def rows(folder):
    with (folder / f"{LESSON}-points.csv").open(encoding="utf-8-sig") as file:
        return {row["student"]: row for row in csv.DictReader(file)}


def points(row):
    return {name: float(row[name]) for name in FULL if row[name]}


def test_the_command_goes_on_to_the_end_whatever_was_handed_in(graded):
    folder, code, _ = graded
    assert code == 0
    assert len(rows(folder)) == len(sample_class.submissions()) >= 8


@pytest.mark.parametrize("student", ["ada", "blaise"])
def test_right_answers_in_any_style_earn_every_point(graded, student):
    assert points(rows(graded[0])[student]) == FULL


@pytest.mark.parametrize(
    ("student", "exercise", "sentence"),
    [("carl", "collapse", "push b1 through W2 first"), ("dorothy", "is_affine", "few points get there"),
     ("emmy", "rank_bottleneck", "last width alone")],
)  # fmt: skip
def test_a_usual_mistake_costs_its_points_and_is_named_in_the_row(graded, student, exercise, sentence):
    row = rows(graded[0])[student]
    assert points(row)[exercise] == 0
    assert sentence in row["what happened"]
    assert sum(points(row).values()) > 10


def test_a_half_finished_notebook_earns_what_is_done_and_the_rest_is_called_not_tried(graded):
    row = rows(graded[0])["felix"]
    assert points(row) == {**dict.fromkeys(FULL, 0), "collapse": 5, "is_affine": 4, "rank_bottleneck": 2}
    assert "proof: not tried" in row["what happened"]


def test_the_table_for_canvas_has_the_id_that_canvas_wrote_into_the_name_of_the_file(graded):
    folder, _, course = graded
    table = (folder / f"{LESSON}-canvas.csv").read_text(encoding="utf-8").splitlines()
    assert "grace,4711,,grace,,0" in table and "felix,,,felix,,11" in table
    with course.gradebook() as gradebook:  # of a student whose file says nothing, nothing is known
        assert not gradebook.find_student("ada").lms_user_id


def test_an_untouched_notebook_earns_nothing(graded):
    assert set(points(rows(graded[0])["grace"]).values()) == {0}


def test_deleted_cells_cost_only_their_own_points(graded):
    row = rows(graded[0])["henri"]
    assert points(row) == {**FULL, "rank_bottleneck": 0}
    assert "cells rank_bottleneck, is_affine-check, rank_bottleneck-check are missing" in row["what happened"]


def test_what_is_not_a_notebook_is_told_apart_from_a_zero(graded):
    row = rows(graded[0])["ida"]
    assert points(row) == {} and row["total"] == ""
    assert "not a notebook" in row["what happened"]


def test_an_answer_that_does_not_run_is_named_with_its_own_error(graded):
    row = rows(graded[0])["kurt"]
    assert points(row) == {**FULL, "minimal_bend": 0}
    assert "SyntaxError" in row["what happened"]


def test_every_graded_student_has_a_feedback_page_and_a_line_in_nbgraders_table(graded):
    folder, _, course = graded
    with (folder / "grades.csv").open(encoding="utf-8") as file:
        exported = {row["student_id"]: float(row["score"]) for row in csv.DictReader(file)}
    for student, row in rows(folder).items():
        page = course.folder("feedback") / student / LESSON / f"{LESSON}.html"
        assert page.exists() == (student != "ida")
        if student != "ida":
            assert exported[student] == float(row["total"])


def test_an_answer_to_be_read_by_a_person_has_no_points_yet(graded):
    row = rows(graded[0])["ada"]
    assert row["what-depth-bought"] == "" and row["to be graded by hand"] == "what-depth-bought"


def test_a_second_run_grades_nothing_again_and_keeps_points_given_by_hand(graded, capsys):
    folder, _, course = graded
    with course.gradebook() as gradebook:
        grade = gradebook.find_grade("what-depth-bought", LESSON, LESSON, "ada")
        grade.manual_score, grade.needs_manual_grade = 2, False
        gradebook.db.commit()

    graded = {path: path.stat().st_mtime_ns for path in course.folder("autograded").rglob("*.ipynb")}
    assert command.main([LESSON, "--from", str(folder / "handed-in")]) == 0
    assert rows(folder)["ada"]["total"] == "24"
    assert graded == {path: path.stat().st_mtime_ns for path in graded}, "graded again, though nothing changed"
    assert "what-depth-bought" in capsys.readouterr().out


def test_a_step_that_nbgrader_gives_up_names_its_reason(graded):
    _, _, course = graded
    broken = course.folder("submitted") / "leo" / LESSON / f"{LESSON}.ipynb"
    broken.parent.mkdir(parents=True)
    broken.write_text('{"cells": [{"cell_type": "code"}], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}')
    with pytest.raises(NbGraderException, match=r"(?i)source|notebook"):
        course.autograde(LESSON, "leo")


def test_submissions_are_found_under_the_names_that_platforms_give_them(tmp_path):
    (tmp_path / "ada.ipynb").write_text("{}")
    (tmp_path / "blaise_1234_assignsubmission_file_04-collapse.ipynb").write_text("{}")
    (tmp_path / "carl_77_assignsubmission_file_").mkdir()
    (tmp_path / "carl_77_assignsubmission_file_" / "my homework.ipynb").write_text("{}")
    (tmp_path / "dora-04-collapse (2).ipynb").write_text("{}")
    (tmp_path / "emmy").mkdir()
    (tmp_path / ".DS_Store").write_text("")
    found = collect.find(tmp_path, LESSON)
    assert [s.student for s in found] == ["ada", "blaise", "carl", "dora", "emmy"]
    assert found[-1].path is None and "empty folder" in found[-1].remark


def test_of_several_files_of_a_student_the_newest_counts_and_the_row_says_so(tmp_path):
    (tmp_path / "ada_04-collapse.ipynb").write_text("old")
    (tmp_path / "ada_04-collapse-1.ipynb").write_text("new")
    os.utime(tmp_path / "ada_04-collapse.ipynb", (1, 1))
    (found,) = collect.find(tmp_path, LESSON)
    assert found.path.read_text() == "new" and "2 files" in found.remark


@pytest.mark.parametrize(
    "names", [("Anna Schmidt_7_assignsubmission_file_/04-collapse.ipynb", "Anna Schmidt_8_assignsubmission_file_/04-collapse.ipynb"),
              ("schmidtanna_7_501_04-collapse.ipynb", "schmidtanna_LATE_8_502_04-collapse-1.ipynb")])  # fmt: skip
def test_two_students_of_one_name_are_two_and_the_row_says_so(tmp_path, names):
    for name in names:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(name)
    (tmp_path / "ada_9_503_04-collapse.ipynb").write_text("{}")
    ada, *found = sorted(collect.find(tmp_path, LESSON), key=lambda s: (s.student != "ada", s.student))
    assert (ada.student, ada.remark) == ("ada", "")
    assert [s.student.rpartition("-")[2] for s in found] == ["7", "8"]
    assert [s.path.read_text() for s in found] == list(names)
    assert all("2 students are called" in s.remark for s in found)


@pytest.mark.parametrize(
    "names", [("Participant_31_assignsubmission_file_/x.ipynb", "Participant_32_assignsubmission_file_/x.ipynb"),
              ("anon_Ab3dE_7001_04-collapse.ipynb", "LATE_anon_Zz9yX_7002_04-collapse.ipynb")])  # fmt: skip
def test_submissions_graded_blind_are_a_student_each(tmp_path, names):
    for name in names:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(name)
    found = {s.student: (s.path.read_text(), s.remark) for s in collect.find(tmp_path, LESSON)}
    assert sorted(found.values()) == sorted((name, "") for name in names)
    assert set(found) in ({"Participant-31", "Participant-32"}, {"anon-Ab3dE", "anon-Zz9yX"})


def test_two_files_of_one_student_are_not_taken_for_two_students(tmp_path):
    for number, name in enumerate(("schmidtanna_7_501_04-collapse.ipynb", "schmidtanna_7_511_04-collapse-1.ipynb")):
        (tmp_path / name).write_text(name)
        os.utime(tmp_path / name, (number, number))
    (found,) = collect.find(tmp_path, LESSON)
    assert found.student == "schmidtanna" and found.path.name.endswith("-1.ipynb")


@pytest.mark.parametrize("names", [("ada_04-collapse.ipynb", "bob_04-collapse.ipynb"), ("ada/04-collapse.ipynb", "bob/04-collapse (1).ipynb"),
                                   ("more/ada.ipynb", "more/bob.ipynb")])  # fmt: skip
def test_a_folder_around_all_students_is_no_student(tmp_path, names):
    for name in names:
        path = tmp_path / "Lesson 4" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("{}")
    assert [submission.student for submission in collect.find(tmp_path, LESSON)] == ["ada", "bob"]


@pytest.mark.parametrize("names", [("04-collapse.ipynb", "04-collapse (1).ipynb"), ("01-one-line/01-one-line.ipynb", "04-collapse/04-collapse.ipynb"),
                                   ("anything.ipynb",)])  # fmt: skip
def test_the_folder_of_an_only_student_is_one(tmp_path, names):
    for name in names:
        path = tmp_path / "ada" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("{}")
    (found,) = collect.find(tmp_path, LESSON)
    assert found.student == "ada" and (LESSON in found.path.name or len(names) == 1)


def test_the_zip_file_of_a_platform_is_read_as_it_is_with_the_age_of_each_file(tmp_path):
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as packed:
        packed.writestr("work/04-collapse (1).ipynb", "of Bob")
        packed.writestr("work/.ipynb_checkpoints/04-collapse-checkpoint.ipynb", "half of it")
    with zipfile.ZipFile(tmp_path / "Lesson 4.zip", "w") as packed:
        for name, data, hour in [("Zoë Čapek_7_assignsubmission_file/04-collapse.ipynb", "late", 12),
                                 ("Zoë Čapek_7_assignsubmission_file/04-collapse-Copy1.ipynb", "early", 11),
                                 ("Bob_8_assignsubmission_file/homework.zip", inner.getvalue(), 11), ("__MACOSX/._Bob", "", 11)]:  # fmt: skip
            packed.writestr(zipfile.ZipInfo(name, (2026, 11, 1, hour, 0, 0)), data)
    found = collect.find(tmp_path / "Lesson 4.zip", LESSON)
    assert [(s.student, s.path.read_text()) for s in found] == [("Bob", "of Bob"), ("Zoë-Čapek", "late")]


def test_a_broken_zip_file_of_submissions_is_refused_in_words(tmp_path):
    with zipfile.ZipFile(tmp_path / "in.zip", "w") as packed:
        packed.writestr("ada.ipynb", "{}")
    whole = (tmp_path / "in.zip").read_bytes()
    (tmp_path / "in.zip").write_bytes(whole.replace(b"{}", b"[]"))
    with pytest.raises(ValueError, match="should be whole"):
        collect.find(tmp_path / "in.zip", LESSON)


def test_what_a_killed_command_unpacked_goes_with_the_next_one_and_what_is_in_use_stays(tmp_path):
    with zipfile.ZipFile(tmp_path / "in.zip", "w") as packed:
        packed.writestr("ada.ipynb", "{}")
    (tmp_path / "tmp").mkdir()
    code = (f"from course_utils.grading import collect; print(collect.find({str(tmp_path / 'in.zip')!r}, {LESSON!r})[0].path, "
            "flush=True); input()")  # fmt: skip
    about = {"env": {**os.environ, "TMPDIR": str(tmp_path / "tmp")}, "stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    with subprocess.Popen([sys.executable, "-c", code], **about) as killed, subprocess.Popen([sys.executable, "-c", code], **about) as busy:
        theirs, kept = killed.stdout.readline().strip(), busy.stdout.readline().strip()
        killed.kill()
        killed.wait()
        assert os.path.exists(theirs) and os.path.exists(kept)
        with subprocess.Popen([sys.executable, "-c", code], **about) as following:
            own = following.stdout.readline().strip()
            assert os.path.exists(own) and os.path.exists(kept) and not os.path.exists(theirs)
            following.communicate("\n", timeout=60)
        busy.communicate("\n", timeout=60)
    assert list((tmp_path / "tmp").iterdir()) == []


def test_what_the_checks_said_is_told_in_a_sentence_each(tmp_path):
    def cell(name, error=None):
        outputs = [{"output_type": "error", "ename": error[0], "evalue": error[1], "traceback": ["secret"]}] if error else []
        return {"cell_type": "code", "source": "", "outputs": outputs, "metadata": {"nbgrader": {"grade_id": name, "grade": name.endswith("-check")}}}

    syntax, unknown = ("SyntaxError", "invalid syntax (<ipython-input-3>, line 2)"), ("NameError", "name 'b' is not defined")
    cells = [cell("a"), cell("a-check"), cell("b", syntax), cell("b-check", unknown), cell("c"), cell("c-check", unknown),
             cell("d"), cell("d-check", ("AssertionError", "Twice 2 is 4")), cell("e"), cell("e-check", ("NotImplementedError", "x"))]  # fmt: skip
    (tmp_path / "x.ipynb").write_text(json.dumps({"cells": cells, "metadata": {}}))
    assert cycle.happened(tmp_path / "x.ipynb") == [
        "b: the answer stopped with SyntaxError: invalid syntax (line 2)",
        "c: the answer stopped with NameError: name 'b' is not defined",
        "d: Twice 2 is 4",
        "e: not tried",
    ]


def test_a_link_is_not_followed_and_is_told(tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "ada.ipynb").symlink_to(ROOT / "solutions" / LESSON / f"{LESSON}.ipynb")
    (tmp_path / "in" / "bob").symlink_to(ROOT / "solutions" / LESSON)
    (tmp_path / "in" / "eve").mkdir()
    (tmp_path / "in" / "eve" / "mine.ipynb").symlink_to(ROOT / "solutions" / LESSON / f"{LESSON}.ipynb")
    found = collect.find(tmp_path / "in", LESSON)
    assert [(s.student, s.path, s.remark) for s in found] == [(name, None, "handed in a link to another place") for name in ("ada", "bob", "eve")]


@pytest.mark.parametrize(
    ("content", "says"), [(b"", "empty"), (b"\xff\xfe\x00", "not a notebook"), (b"[1, 2]", "without cells"), (b'{"cells": 3}', "without cells")]
)
def test_a_file_that_is_no_notebook_is_described(tmp_path, content, says):
    path = tmp_path / "x.ipynb"
    path.write_bytes(content)
    assert says in cycle.unreadable(path)


def test_the_notebook_of_another_lesson_is_not_a_zero_and_says_which_it_is(graded, tmp_path):
    folder, _, _ = graded
    other = ROOT / "notebooks" / "01-one-line" / "01-one-line.ipynb"
    (tmp_path / "ada.ipynb").write_bytes(other.read_bytes())
    (tmp_path / "leonie.ipynb").write_bytes(other.read_bytes())
    assert command.main([LESSON, "--from", str(tmp_path)]) == 0
    found = rows(folder)
    assert found["leonie"]["total"] == "" and "holds no exercise of this lesson, but begins with “" in found["leonie"]["what happened"]
    assert "points of what was handed in before" in found["ada"]["what happened"]
    assert "before" not in found["leonie"]["what happened"]


def test_a_late_submission_alone_leaves_everybody_else_in_the_table(graded, tmp_path, capsys):
    folder, _, _ = graded
    assert command.main([LESSON, "--from", str(folder / "handed-in")]) == 0
    before = rows(folder)
    (tmp_path / "kurt.ipynb").write_text(sample_class.submissions()["kurt.ipynb"])
    assert command.main([LESSON, "--from", str(tmp_path)]) == 0
    assert {name: row["total"] for name, row in rows(folder).items()} == {name: row["total"] for name, row in before.items() if row["total"]}
    assert "graded before, too" in capsys.readouterr().out


def test_an_old_file_that_is_graded_again_says_that_a_newer_one_gives_way(tmp_path):
    submitted = tmp_path / "submitted"
    old, new = (collect.Submission("ada", tmp_path / name) for name in ("old.ipynb", "new.ipynb"))
    for submission in (old, new):
        submission.path.write_text(submission.path.name)
        assert collect.replaced_before(submission, submitted, LESSON) == ""
        collect.take_in(submission, submitted, LESSON)
    assert collect.replaced_before(new, submitted, LESSON) == ""
    for _ in range(2):  # before it is taken in, and in every later run
        said = collect.replaced_before(old, submitted, LESSON)
        assert said.startswith("handed in before and replaced by another file since") and teacher.kind(said) == "file"
        collect.take_in(old, submitted, LESSON)
        where = tmp_path / said.removeprefix("handed in before and replaced by another file since, which lies in ").removesuffix(" now")
        assert where.exists() and (where.is_dir() or where.read_text() == "new.ipynb")


def test_answers_copied_into_a_new_notebook_are_answers_of_the_lesson(tmp_path):
    path = tmp_path / "ada.ipynb"
    released = grade.released(ROOT / "solutions" / LESSON / f"{LESSON}.ipynb")
    nbformat.write(nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("def collapse(Ws, bs):\n    return Ws, bs")]), path)
    assert cycle.unreadable(path, released) is None
    nbformat.write(nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("def another(Ws, bs):\n    return Ws, bs")]), path)
    assert "no exercise of this lesson" in cycle.unreadable(path, released)


def test_a_check_of_another_version_is_told_apart_from_one_that_was_edited():
    handed_in = notebooks.cells((ROOT / "notebooks" / LESSON / f"{LESSON}.ipynb").read_bytes())
    now = grade.released(ROOT / "solutions" / LESSON / f"{LESSON}.ipynb")
    assert rebuild.rebuild(now, handed_in)[1] == []
    for cell in now.cells:
        if cell.id in ("collapse-check", "proof-check"):
            cell.source = "# said better\n" + cell.source
    assert rebuild.rebuild(now, handed_in)[1] == [rebuild.OTHER_VERSION]
    (edited,) = [cell for cell in handed_in if cell.id == "proof-check"]
    for about in ({}, {"points": "many"}, {"points": 10**400}, {"grade_id": 3}):
        edited.source, edited.about = "pass", {**edited.about, **about}
        assert rebuild.rebuild(now, handed_in)[1] == ["cell proof-check was edited; the course's own was used", rebuild.OTHER_VERSION]


def test_bad_arguments_are_named(tmp_path):
    with pytest.raises(ValueError, match="folder of submissions"):
        collect.find(tmp_path / "nowhere", LESSON)
    with pytest.raises(ValueError, match="empty"):
        collect.find(tmp_path, LESSON)
    with pytest.raises(ValueError, match=r"nbgrader_config\.py"):
        cycle.Course(tmp_path)


def test_an_unknown_lesson_is_refused_in_words(graded, capsys):
    folder, _, _ = graded
    for name in ("99-nothing", "0", ""):
        assert command.main([name, "--from", str(folder / "handed-in")]) == 2
        said = capsys.readouterr().err
        assert said.startswith("Nothing was graded: lesson should be one of 00-start-here, 01-one-line, ") and repr(name) in said


def test_the_beginning_of_a_lessons_name_is_enough(tmp_path, capsys):
    assert command.main(["04", "--from", str(tmp_path / "nowhere")]) == 2
    assert "nowhere is not there" in capsys.readouterr().err


def test_the_table_of_a_large_class_has_a_row_a_student_and_only_what_is_about_the_file():
    happened = [rebuild.OTHER_VERSION, "2 files, the newest counts: a.ipynb", "collapse: push b1 through W2 first", "proof: not tried"]
    few, many = (
        command.table([cycle.Row(f"student{number}", {"collapse": 0, "proof": 0}, happened=happened) for number in range(count)], FULL)
        for count in (command.MOST, command.MOST + 1)
    )
    assert few.count("push b1") == few.count("not tried: proof") == few.count("2 files") == command.MOST
    assert many.count("2 files") == command.MOST + 1 and "push b1" not in many and "not tried" not in many
    assert few.count(rebuild.OTHER_VERSION) == many.count(rebuild.OTHER_VERSION) == 1
    assert "What the checks said" in many and "What the checks said" not in few
