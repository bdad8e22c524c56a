"""Grades for Canvas and Moodle: the right rows, quoted so that nothing is lost, and nothing that a spreadsheet would run."""

import codecs
import csv
import io

import pytest
from nbgrader.apps import ExportApp
from nbgrader.plugins import CsvExportPlugin, ExportPlugin

from course_utils.grading import cycle
from course_utils.grading.reports import exports
from course_utils.grading.reports.exports import Grade
from course_utils.grading.reports.pages import UNSEEN
from tests.graded_class import LESSON, Graded


def grade(student="ada", first="Ada", last="Lovelace", email="ada@example.org", lms="17", points=5.0, feedback="a: 5 of 5"):
    return Grade(student, first, last, email, lms, points, feedback)


def read(text):
    return list(csv.reader(io.StringIO(text, newline="")))


def canvas(*listed, lesson="04-collapse", maximum=24):
    return read(exports.canvas({lesson: list(listed)}, {lesson: maximum}))


@pytest.fixture(scope="module")
def graded(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        made = Graded(tmp_path_factory.mktemp("class"), patch)
        made.hand_in(
            "ada",
            read=1.5,
            comment='Well said; 1 < 2, "really"',
            names={"first_name": "Ada", "last_name": "=1+1", "email": "ada@example.org", "lms_user_id": "17"},
        )
        made.hand_in("blaise")
        made.hand_in("carl", {"collapse": ("not yet", "no")}, read=0, penalty=2.0)
        yield made


def test_canvas_gets_the_columns_and_rows_that_its_importer_asks_for():
    rows = canvas(grade(), maximum=24)
    assert rows[0] == ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", "04-collapse"]
    assert "Points Possible" in rows[1][0] and rows[1][5] == "24"
    assert rows[2] == ["Lovelace, Ada", "17", "", "ada", "", "5"]


@pytest.mark.parametrize("lms", ["12abc", "x7", "٣", "1.5", "-3", ""])
def test_only_a_whole_number_goes_into_the_column_that_canvas_reads_as_one(lms):
    row = canvas(grade(lms=lms))[2]
    assert row[1] == "" and row[2].lstrip("'") == lms


def test_several_lessons_stand_in_one_file_for_canvas():
    rows = read(exports.canvas({"01": [grade(points=1)], "02": [grade("bob", "", "", points=2.5)]}, {"01": 3, "02": 4}))
    assert [row[3:] for row in rows[2:]] == [["ada", "", "1", ""], ["bob", "", "", "2.5"]]
    assert rows[3][0] == "bob"


def test_moodle_gets_one_identifier_that_no_row_lacks():
    with_email = read(exports.moodle([grade(), grade("bob", email="bob@example.org")], "04-collapse"))
    assert with_email == [
        ["Email address", "04-collapse", "04-collapse (feedback)"],
        ["ada@example.org", "5", "a: 5 of 5"],
        ["bob@example.org", "5", "a: 5 of 5"],
    ]
    without = read(exports.moodle([grade(), grade("bob", email=""), grade("0"), grade("")], "04-collapse"))
    assert [row[0] for row in without] == ["Username", "ada", "bob"]


@pytest.mark.parametrize(
    "start", ["=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\x00=1", " =1", "＝1", "\u202e=1"]
)
def test_no_text_is_a_formula(start):
    one = grade(start, start, start, start, start, feedback=start)
    for row in [*canvas(one, lesson=start)[1:], *read(exports.moodle([one], start))]:
        for cell in row:
            assert not cell.lstrip().startswith(exports.FORMULA), cell
            assert not UNSEEN.search(cell)
    assert exports.text("5 = 2 + 3") == "5 = 2 + 3"


@pytest.mark.parametrize("name", ['O"Neil, "Bob"', "a,b;c", "two\nlines\r\nthree", "אבא", "x" * 10_000, "<b>", "Zoë\u200dX"])
def test_quotes_commas_and_line_ends_stay_inside_their_cell(name):
    rows = canvas(grade(first=name, last=""))
    assert len(rows) == 3 and len(rows[2]) == 6
    assert rows[2][0] == " ".join(name.split())


@pytest.mark.parametrize(("points", "says"), [(0.0, "0"), (10.0, "10"), (2.5, "2.5"), (1 / 3, "0.333333"), (1e-9, "0")])
def test_points_have_a_point_and_no_more_digits_than_needed(points, says):
    assert exports.number(points) == says


def test_only_final_points_leave_the_house_less_what_was_late(graded):
    with graded.course.gradebook() as gradebook:
        final, waiting = exports.grades(gradebook, LESSON)
        assert waiting == ["blaise"]
        assert {one.student: one.points for one in final} == {"ada": 23.5, "carl": 24 - 5 - 2 - 2}
        for one in final:
            submission = gradebook.find_submission(LESSON, one.student)
            assert one.points == submission.score - submission.late_submission_penalty


def test_feedback_has_the_points_of_each_exercise_and_what_a_person_wrote(graded):
    with graded.course.gradebook() as gradebook:
        ada, carl = exports.grades(gradebook, LESSON)[0]
    assert "collapse: 5 of 5; " in ada.feedback and 'what-depth-bought: 1.5 of 2 (Well said; 1 &lt; 2, "really")' in ada.feedback
    assert "collapse: 0 of 5" in carl.feedback and "taken off for being late: 2" in carl.feedback


def test_nbgraders_own_export_command_writes_both_files(graded, tmp_path):
    for kind, begins in (("Canvas", "Student,ID,"), ("Moodle", "Username,04-collapse,")):
        assert issubclass(getattr(exports, f"{kind}ExportPlugin"), ExportPlugin)
        with graded.course.gradebook() as gradebook:
            getattr(exports, f"{kind}ExportPlugin")(to=str(tmp_path / kind), assignment=[LESSON]).export(gradebook)
        text = (tmp_path / kind).read_text(encoding="utf-8")
        assert text.startswith(begins) and "blaise" not in text
    assert "'=1+1, Ada" in (tmp_path / "Canvas").read_text(encoding="utf-8")


def test_who_a_student_is_comes_from_the_gradebook(graded):
    with graded.course.gradebook() as gradebook:
        # what `nbgrader db student import` does with each line of a roster
        gradebook.update_or_create_student(
            "carl", first_name="Carl", last_name="Gauß", email="carl@example.org", lms_user_id="99"
        )
        text = exports.canvas({LESSON: exports.grades(gradebook, LESSON)[0]}, {LESSON: 24})
    assert '"Gauß, Carl",99,,carl,,15' in text


def test_the_table_of_all_grades_is_nbgraders_own_for_plain_names(graded, tmp_path):
    with graded.course.gradebook() as gradebook:
        gradebook.update_or_create_student("zoë", first_name="Zoë", last_name="Ó Briain")  # who has handed in nothing
        gradebook.update_or_create_student("ada", last_name="Lovelace")
        chosen = {"assignment": [LESSON], "student": ["carl", "zoë"]}
        for more in ({}, chosen):
            CsvExportPlugin(to=str(tmp_path / "theirs.csv"), **more).export(gradebook)
            exports.GradesExportPlugin(to=str(tmp_path / "ours.csv"), **more).export(gradebook)
            assert (tmp_path / "ours.csv").read_bytes() == (tmp_path / "theirs.csv").read_bytes()
            assert len((tmp_path / "ours.csv").read_text(encoding="utf-8").splitlines()) == (3 if more else 5)
    graded.course.export(tmp_path / "course.csv")
    assert "zoë" in (tmp_path / "course.csv").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["O'Neil, Bob", 'Bob "the builder"', "two\nlines", "=HYPERLINK(1)", "+1", "@SUM(A1)"])
def test_a_name_neither_shifts_the_columns_of_all_grades_nor_runs_as_a_formula(graded, tmp_path, name):
    with graded.course.gradebook() as gradebook:
        gradebook.update_or_create_student("carl", first_name=name, last_name=name, email=name)
    graded.course.export(tmp_path / "grades.csv")
    (row,) = [row for row in read((tmp_path / "grades.csv").read_text(encoding="utf-8")) if row[3] == "carl"]
    plain = " ".join(name.split())
    assert row[4:7] == [f"'{plain}" if plain.startswith(exports.FORMULA) else plain] * 3
    assert row[7:] == ["17.0", "2.0", "15.0", "24.0"]


def test_nbgraders_export_command_uses_the_course_own_table(graded):
    app = ExportApp(config=graded.course.config)
    assert app.plugin_class is exports.GradesExportPlugin


def test_the_table_of_the_batch_holds_no_formula_either(tmp_path):
    cycle.write_points(tmp_path / "points.csv", [cycle.Row("@SUM(A1)", {"a": 1.0})], {"a": 2})
    assert read((tmp_path / "points.csv").read_text("utf-8-sig"))[1][:3] == ["'@SUM(A1)", "1", "1"]


def test_a_spreadsheet_knows_the_letters_of_the_batchs_table(tmp_path):
    cycle.write_points(tmp_path / "points.csv", [cycle.Row("jürgen", {"a": 1.0})], {"a": 2})
    assert (tmp_path / "points.csv").read_bytes().startswith(codecs.BOM_UTF8 + b"student,")


def test_a_file_is_written_whole_or_not_at_all(tmp_path):
    exports.save(tmp_path / "new" / "a.csv", "old")
    with pytest.raises(UnicodeEncodeError):
        exports.save(tmp_path / "new" / "a.csv", "half \ud800")
    assert (tmp_path / "new" / "a.csv").read_text() == "old"
