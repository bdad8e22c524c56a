"""The pages of a graded class: what they say, what they never say, and that their numbers are right."""

import base64
import hashlib
import json
import re
from html.parser import HTMLParser
from statistics import median
from types import SimpleNamespace

import pytest

from course_utils.grading import cycle, rebuild, reports
from course_utils.grading.reports import pages, results, similarity, student, teacher
from course_utils.grading.reports.results import Exercise, Lesson, Outcome
from tests import lessons
from tests.graded_class import HOLDS, LESSON, Graded
from tests.test_reports_numbers import outcomes
from tools.build import ROOT

SCRIPT = "<script>alert(1)</script>"
HOSTILE = f"{SCRIPT}\"'><img src=x onerror=alert(2)>{{{{7*7}}}}&lt;\x00\x1b[31m\u202egnp.exe\nnext line"
SUM = "Your bias {} is the sum of the three biases. But what leaves layer 1 still has to go through layer 2: push b1 through W2 first. At the point (0, 0) the stack gives {}."


class Parts(HTMLParser):
    """The tags of a page with their attributes, and all its text."""

    def __init__(self, page):
        super().__init__()
        self.tags, self.text = [], ""
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        self.tags.append((tag, dict(attributes)))

    def handle_data(self, data):
        self.text += data


@pytest.fixture(scope="module")
def enrolled(tmp_path_factory):
    """The folder of a class that knows the lesson and has no students yet."""
    with pytest.MonkeyPatch.context() as patch:
        return Graded(tmp_path_factory.mktemp("enrolled"), patch).folder


@pytest.fixture(scope="module")
def made(enrolled, tmp_path_factory):
    """A class of six, its reports written: the class, and the files by what they are."""
    with pytest.MonkeyPatch.context() as patch:
        graded = Graded(tmp_path_factory.mktemp("class"), patch, enrolled)
        graded.hand_in("ada", names={"first_name": "Ada", "last_name": SCRIPT}, read=1.5, comment=f"Well said. {SCRIPT}")
        graded.hand_in(
            "blaise",
            {"collapse": ("not yet", SUM.format("[4. 2.]", "[8. -1.]")), "proof": ("not tried", "")},
            about={"warnings": {"is_affine-check": ["RuntimeWarning: overflow"]}},
        )
        graded.hand_in(
            "carl",
            {"collapse": ("not yet", SUM.format("[1. 1.]", "[0. 3.]")), "is_affine": ("stopped", "name 'np' is not defined")},
            happened=[
                "cell proof-check is missing in the submission and was put back",
                "is_affine: the answer stopped with NameError",
            ],
        )
        graded.hand_in(
            "אב",
            {"count_params": ("not yet", HOSTILE)},
            answers={"collapse": HOSTILE},
            written=HOSTILE,
            happened=[HOSTILE],
            about={"warnings": {"proof-check": [HOSTILE]}, "tier": "limits"},
        )
        graded.hand_in("emmy", dict.fromkeys(graded.maximum, ("not tried", "")), written="*Your answer goes here.*", read=0)
        graded.refuse("ida", f"{SCRIPT}.ipynb is not a notebook")
        yield graded, dict(reports.write(graded.course, LESSON, graded.rows))


def points_page(made, who):
    return (made[0].course.folder("feedback") / who / LESSON / "points.html").read_text(encoding="utf-8")


def report(made):
    return (made[0].folder / f"{LESSON}-report.html").read_text(encoding="utf-8")


def everything(made):
    return [path for path in made[0].folder.rglob("*") if path.suffix in (".html", ".csv")]


def test_each_graded_student_has_a_page_and_nobody_else(made):
    found = {path.parts[-3] for path in made[0].folder.rglob("points.html")}
    assert found == {"ada", "blaise", "carl", "אב", "emmy"}


def test_a_student_reads_points_and_the_sentence_of_each_check(made):
    text = " ".join(Parts(points_page(made, "blaise")).text.split())
    assert "14 of 24 points so far" in text
    assert "collapse not there yet Your bias [4. 2.] is the sum of the three biases." in text and "0 of 5" in text
    assert f"is_affine holds {HOLDS.capitalize()}" in text and "4 of 4" in text
    assert "It said RuntimeWarning: overflow. That costs nothing" in text
    assert "1 answer waits for your teacher to read: what-depth-bought" in text and "? of 2" in text


def test_an_untouched_exercise_is_called_not_tried_and_never_wrong(made):
    page = Parts(points_page(made, "emmy")).text
    assert page.count("not tried") == 8 and "None of the 8 exercises was tried." in page
    assert not re.search(r"wrong|fail|error|not there yet", page, re.I)


def test_what_a_person_wrote_and_gave_is_on_the_page(made):
    text = " ".join(Parts(points_page(made, "ada")).text.split())
    assert "what-depth-bought partly there Read by a person. Your teacher writes: Well said." in text
    assert "23.5 of 24 points" in text and "so far" not in text


def test_an_answer_that_stops_is_told_by_its_error_and_without_where_it_happened(made):
    page = Parts(points_page(made, "carl")).text
    assert "The answer stopped with NameError: name 'np' is not defined" in page
    assert "cell proof-check is missing" in page


def test_no_page_holds_a_line_of_a_hidden_test_or_a_traceback(made):
    hidden = lessons.hidden_lines(LESSON)
    assert len(hidden) > 50
    for path in everything(made):
        text = path.read_text(encoding="utf-8")
        plain = Parts(text).text + text
        assert not [line for line in hidden if line in plain], path
        assert "examiner.py" not in text and "Traceback" not in text


def test_hostile_names_and_answers_become_text_and_nothing_else(made):
    for page in (points_page(made, "אב"), points_page(made, "ada"), report(made)):
        parts = Parts(page)
        names = {tag for tag, _ in parts.tags}
        assert not names & {"script", "iframe", "object", "embed", "form", "link", "base", "input"}
        assert all(not name.startswith("on") and name != "style" for _, attributes in parts.tags for name in attributes)
        assert all(
            attributes.get("src", "data:").startswith("data:image/svg+xml;base64,")
            for tag, attributes in parts.tags
            if tag == "img"
        )
        assert SCRIPT in parts.text
        assert not re.search("[\x00\x1b\u202e]", page)
    assert "\\u202egnp.exe" in points_page(made, "אב") and "{{7*7}}" in points_page(made, "אב")


def test_the_policy_of_each_page_allows_its_own_style_and_nothing_else(made):
    for page in (points_page(made, "ada"), report(made)):
        (policy,) = [
            attributes["content"]
            for tag, attributes in Parts(page).tags
            if attributes.get("http-equiv") == "Content-Security-Policy"
        ]
        (style,) = re.findall(r"<style>(.*?)</style>", page, re.S)
        assert "default-src 'none'" in policy and "unsafe" not in policy and "script-src" not in policy
        assert f"'sha256-{base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()}'" in policy
        assert not re.search(r"url\(|@import|https?://", page)


def test_the_teachers_page_names_who_needs_a_look_and_why(made):
    page = report(made)
    looks = Parts(page[page.index("What needs a look") : page.index("Answers that wait")]).text.split("\n")
    lines = [line.strip() for line in looks if line.strip()]
    assert lines[lines.index("ida") + 1] == f"not graded{SCRIPT}.ipynb is not a notebook"
    assert lines[lines.index("carl") + 1] == "cellscell proof-check is missing in the submission and was put back"
    assert "sandboxran without walls" in lines
    assert "ada" not in lines and "emmy" not in lines


def test_the_summary_counts_students_points_and_what_is_left_to_do(made):
    totals = [row.total for row in made[0].rows if row.total is not None]
    text = Parts(report(made)).text
    assert (
        f"6 students handed something in, 5 could be graded; the median is {median(totals):g} of 24 points. 3 submissions need a look. 3 answers wait to be read."
        in text
    )
    assert "4 ran in the sandbox: namespaces" in text and "1 ran without walls" in text


def test_one_mistake_with_different_numbers_is_one_line_with_both_students(made):
    page = report(made)
    said = Parts(page[page.index("What the checks said") : page.index("Answers that are very alike")]).text
    assert said.count("is the sum of the three biases") == 1
    assert "blaise, carl" in said
    assert "Read by a person" not in said


def test_every_picture_has_an_alternative_text_and_a_table(made):
    page = report(made)
    images = [attributes for tag, attributes in Parts(page).tags if tag == "img"]
    assert len(images) == 2 and all(len(image["alt"]) > 60 for image in images)
    assert page.count("<table") >= 4


def test_links_to_the_pages_of_students_lead_there(made):
    graded, _ = made
    links = [attributes["href"] for tag, attributes in Parts(report(made)).tags if tag == "a"]
    from urllib.parse import unquote

    pages_of_points = [unquote(link) for link in links if link.endswith("points.html")]
    assert len(pages_of_points) == 5
    assert all((graded.folder / link).is_file() for link in pages_of_points)


def test_the_batch_is_told_where_everything_is(made):
    files = made[1]
    assert [path.name for path in files.values()] == [
        f"{LESSON}-report.html",
        "points.html",
        f"{LESSON}-canvas.csv",
        f"{LESSON}-moodle.csv",
    ]
    assert any("without 3 whose answers wait" in what for what in files)


@pytest.mark.parametrize(
    ("remark", "kind"),
    [
        ("not graded: the file is empty", "not graded"),
        ("cell collapse was stopped: no end within 60 seconds", "stopped"),
        ("cell number 7 was stopped: the program ended: killed", "stopped"),
        ("collapse-check: collapse gave no answer within 30 seconds", "stopped"),
        ("cell proof is missing in the submission and was put back", "cells"),
        ("cell proof-check was edited; the course's own was used", "cells"),
        ("the answer to proof was found in a cell without its mark", "cells"),
        ("3 extra cells beyond the first 400 were left out", "cells"),
        (rebuild.OTHER_VERSION, "version"),
        ("2 files, the newest counts: a.ipynb", "file"),
        ("handed in a link to another place", "file"),
        ("no feedback page: disk full", "note"),
    ],
)
def test_a_remark_is_called_by_its_kind(remark, kind):
    assert teacher.kind(remark) == kind


def plain_lesson():
    return Lesson("01-x", "A lesson", {"a": 2, "b": 1}, {}, frozenset(), frozenset(), {})


def test_in_a_lesson_without_points_nobody_needs_a_look(tmp_path):
    about = Lesson("00-x", "A lesson", {}, {}, frozenset(), frozenset(), {})
    place = tmp_path / "ada" / "00-x" / "00-x.ipynb"
    place.parent.mkdir(parents=True)
    place.write_text(json.dumps({"cells": [], "metadata": {"grading": {"tier": "namespaces"}}}))
    course = SimpleNamespace(folder=lambda step: tmp_path)
    row = cycle.Row("ada", {"a": 0.0}, happened=["a: not tried"])
    outcome = results._outcome(course, about, row, {}, {}, {})
    assert outcome.graded and teacher.looks([outcome], []) == []
    page = Parts(teacher.page([outcome], about, [], "class")).text
    assert "1 student handed something in, all could be graded; the lesson has no points." in page and "The exercises" not in page
    assert student.page(outcome, about)
    lost = results._outcome(course, about, cycle.Row("ida", happened=["not graded: the file is empty"]), {}, {}, {})
    assert not lost.graded and [who for who, _ in teacher.looks([outcome, lost], [])] == ["ida"]


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ([], "Nobody has handed anything in."),
        (
            [Outcome("ida", remarks=["not graded: the file is empty"])],
            "1 student handed something in, and nothing could be graded.",
        ),
        (
            outcomes([[2, 0]], {"a": 2, "b": 1}),
            "1 student handed something in, all could be graded; the median is 2 of 3 points.",
        ),
        (outcomes([[0, 0]] * 12, {"a": 2, "b": 1}), "the median is 0 of 3 points."),
    ],
)
def test_a_class_of_any_size_has_a_page(rows, says):
    page = teacher.page(rows, plain_lesson(), [], "class")
    assert says in Parts(page).text
    for row in rows:
        assert row.student in page


def pair_of(a, b, share=1.0):
    return similarity.Pair((a, b), share, 40.0, (), ())


def test_who_is_alike_through_others_is_one_group_and_the_most_alike_comes_first():
    pairs = [pair_of(*names) for names in ("xy", "ab", "cd", "bc", "xz")]
    found = [("".join(students), ["".join(pair.students) for pair in own]) for students, own in teacher.groups(pairs)]
    assert found == [("xyz", ["xy", "xz"]), ("abcd", ["ab", "cd", "bc"])]


def test_a_large_group_of_copies_is_told_in_a_few_lines_and_hides_no_other_group():
    names = [f"copy{number:03}" for number in range(150)]
    pairs = [pair_of(a, b) for place, a in enumerate(names) for b in names[place + 1 :]] + [pair_of("ada", "bob", 0.7)]
    rows = [Outcome(name, exercises=[Exercise("a", 2.0, 2, "right")], tier="namespaces") for name in [*names, "ada", "bob"]]
    page = teacher.page(rows, plain_lesson(), pairs, "class")
    text = " ".join(Parts(page[page.index("Answers that are very alike") : page.index("Everybody")]).text.split())
    assert text.count("copy000") == 4 and "and 143 more" in text and "And 11172 pairs more of these 150." in text
    assert "ada and bob 70 % of the shorter submission" in text
    looks = Parts(page[page.index("What needs a look") : page.index("The exercises")]).text
    assert "very like the answers of copy001, copy002, copy003, copy004, copy005, copy006, copy007 and 142 more" in looks
    assert "very like the answers of bob" in looks


def test_an_update_of_the_lesson_is_one_sentence_and_no_reason_to_look():
    rows = [Outcome(name, exercises=[Exercise("a", 2.0, 2, "right")], remarks=[rebuild.OTHER_VERSION], tier="namespaces") for name in "xyz"]
    text = Parts(teacher.page(rows, plain_lesson(), [], "class")).text
    assert "No submission needs a look." in text and "3 submissions were made with another version of the lesson" in text


def test_a_class_in_which_nobody_could_be_graded_still_gets_its_files(tmp_path, monkeypatch, enrolled):
    graded = Graded(tmp_path, monkeypatch, enrolled)
    assert len(reports.write(graded.course, LESSON, [])) == 4
    graded.refuse("ida", "the file is empty")
    reports.write(graded.course, LESSON, graded.rows)
    assert "the file is empty" in (tmp_path / f"{LESSON}-report.html").read_text(encoding="utf-8")
    assert (tmp_path / f"{LESSON}-canvas.csv").read_text(encoding="utf-8").count("\n") == 2
    assert not list(tmp_path.rglob("points.html"))


def test_whoever_is_in_the_gradebook_and_handed_nothing_in_is_named(tmp_path, monkeypatch, enrolled):
    graded = Graded(tmp_path, monkeypatch, enrolled)
    graded.hand_in("ada")
    graded.refuse("ida", "the file is empty")
    with graded.course.gradebook() as gradebook:
        for student in ("ada", "ida", "leo", "max"):
            gradebook.update_or_create_student(student)
    reports.write(graded.course, LESSON, graded.rows)
    text = " ".join(Parts((tmp_path / f"{LESSON}-report.html").read_text(encoding="utf-8")).text.split())
    assert "2 students of the class handed nothing in." in text and "leo, max" in text


def test_the_command_for_formgrader_opens_this_class_and_tells_no_password(monkeypatch):
    monkeypatch.delenv("GRADEBOOK_URL", raising=False)
    assert re.fullmatch(r"CLASS_FOLDER='my class' \S*jupyter lab", pages.formgrader("my class"))
    monkeypatch.setenv("GRADEBOOK_URL", "postgresql+psycopg://ada:secret@host/grades")
    assert "GRADEBOOK_URL='postgresql+psycopg://ada:***@host/grades'" in pages.formgrader("class")
    assert "secret" not in teacher.page([], plain_lesson(), [], "class")


def test_one_late_submission_leaves_the_rest_of_the_class_in_the_report(tmp_path, monkeypatch, enrolled):
    graded = Graded(tmp_path, monkeypatch, enrolled)
    graded.hand_in("ada", {"collapse": ("not yet", SUM.format(1, 2))})
    graded.hand_in("blaise")
    reports.write(graded.course, LESSON, graded.rows[1:])
    text = Parts((tmp_path / f"{LESSON}-report.html").read_text(encoding="utf-8")).text
    assert "2 students handed something in, all could be graded; the median is 19.5 of 24 points." in text
    assert "Your bias 1 is the sum" in text and (graded.course.folder("feedback") / "ada" / LESSON / "points.html").is_file()


def test_ten_megabytes_of_answer_make_a_small_page():
    huge = "<" * 10_000_000
    one = Outcome(
        "ada",
        name=huge,
        exercises=[Exercise("a", 0.0, 2, "not yet", sentence=huge, warnings=[huge], comment=huge, answer=huge)],
        remarks=[huge],
        tier="namespaces",
    )
    for page in (student.page(one, plain_lesson()), teacher.page([one], plain_lesson(), [], "class")):
        assert len(page) < 500_000 and "more characters" in page


def test_a_text_shows_what_cannot_be_seen_and_keeps_what_can():
    assert pages.clean("a\x00b\u202ec\ud800") == "a\\u0000b\\u202ec\\ud800"
    assert pages.clean("שלום, 数学, e\u0301, 👩‍🔬\n\tok") == "שלום, 数学, e\u0301, 👩‍🔬\n\tok"


@pytest.mark.parametrize(("points", "says"), [(5.0, "5"), (2.5, "2.5"), (0.0, "0"), (1 / 3, "0.33"), (100.0, "100")])
def test_points_are_written_as_one_writes_them(points, says):
    assert pages.number(points) == says


def test_what_was_taken_off_for_being_late_is_taken_off_and_told():
    late = Outcome(
        "ada", exercises=[Exercise("a", 2.0, 2, "right"), Exercise("b", 1.0, 1, "right")], penalty=0.5, tier="namespaces"
    )
    text = " ".join(Parts(student.page(late, plain_lesson())).text.split())
    assert "2.5 of 3 points" in text and "0.5 points were taken off because it came late" in text


def test_the_lesson_is_read_as_it_was_handed_out():
    about = results.lesson_of(cycle.Course(ROOT), LESSON)
    assert about.title and about.prose == {"what-depth-bought"} and {"np", "collapse", "is_affine"} <= about.known
    assert "NotImplementedError" in about.released["collapse"] and "BEGIN SOLUTION" not in "".join(about.released.values())
