import json
import re

import lessons
import pytest

from course_utils import inventory, predictions
from course_utils.inventory import (
    MISCONCEPTIONS,
    QUESTIONS,
    UNKNOWN,
    Inventory,
    answer,
    ask,
    gain,
    judge,
    recorded,
    show,
    summary,
)
from course_utils.predictions import FILE


@pytest.fixture(autouse=True)
def shown(tmp_path, monkeypatch):
    """Every test has a folder and a memory of its own; what would be displayed is kept in a list."""
    found = []
    monkeypatch.chdir(tmp_path)
    for module in (inventory, predictions):
        monkeypatch.setattr(module, "display", lambda thing, **_: found.append(thing))
    monkeypatch.setattr(predictions, "_unsaved", [])
    return found


def right(number):
    """The letters of the right answer and the right reason to a question counted from 1."""
    return ["abcdefgh"[[mark for _, mark in texts].index(None)] for texts in QUESTIONS[number - 1][1:]]


def lines(folder):
    return [json.loads(line) for line in (folder / FILE).read_text(encoding="utf-8").splitlines()]


def test_there_are_twelve_questions_with_one_right_answer_and_one_right_reason():
    assert len(QUESTIONS) == 12 and len({text for text, _, _ in QUESTIONS}) == 12
    for _, answers, reasons in QUESTIONS:
        for texts in (answers, reasons):
            assert [mark for _, mark in texts].count(None) == 1
            assert len({words for words, _ in texts}) == len(texts)


def test_every_wrong_answer_and_reason_is_a_named_misconception_and_all_fourteen_occur():
    marks = [mark for _, *tiers in QUESTIONS for texts in tiers for _, mark in texts if mark]
    assert set(marks) == set(MISCONCEPTIONS) == {f"M{k}" for k in range(1, 15)}


def test_the_right_answer_is_not_always_in_the_same_place_nor_always_the_longest():
    places = [right(k) for k in range(1, 13)]
    for tier in (0, 1):
        letters = [place[tier] for place in places]
        assert max(letters.count(letter) for letter in letters) <= 8
    longest = sum(max(answers, key=lambda a: len(a[0]))[1] is None for _, answers, _ in QUESTIONS)
    assert longest <= 9


@pytest.mark.parametrize("misconception", MISCONCEPTIONS)
def test_a_misconception_names_a_lesson_that_exists(misconception):
    words, number = MISCONCEPTIONS[misconception]
    assert words and any(name.startswith(number) for name in lessons.NAMES)


def test_asking_shows_the_questions_live_and_as_text_and_writes_nothing(shown, tmp_path):
    ask("before")
    live, still = shown
    assert live.data["recorded"] == 0 and len(live.data["questions"]) == 12
    assert live.still_id in still["text/html"] and QUESTIONS[4][0] in still["text/plain"]
    assert still["text/plain"].count(UNKNOWN) == 24
    assert not list(tmp_path.iterdir())


def test_what_the_browser_gets_does_not_tell_the_answers(shown):
    ask("before")
    live, still = shown
    assert not re.search(r"\bM\d+\b", json.dumps(live.data) + still["text/html"])


def test_a_pressed_button_records_answer_and_reason_and_goes_on(tmp_path):
    live = Inventory("before")
    live.state = {"answer0": 1, "reason0": 3, "record": 0}
    assert live.data["recorded"] == 1
    (line,) = lines(tmp_path)
    assert line.pop("time").startswith("20")
    assert line == {"kind": "inventory", "when": "before", "name": 0, "answer": 1, "reason": 3}
    assert Inventory("before").data["recorded"] == 1 and Inventory("after").data["recorded"] == 0


@pytest.mark.parametrize("state", [{"record": 0}, {"answer0": 0, "record": 0}, {"answer0": 9, "reason0": 0, "record": 0},
                                   {"answer0": 0, "reason0": 0}, {"answer0": 0, "reason0": 0, "record": 5}])  # fmt: skip
def test_what_is_not_whole_is_not_recorded(state, tmp_path):
    Inventory("before").state = state
    assert not list(tmp_path.iterdir())


def test_it_works_without_a_frontend(shown):
    assert answer("before", 3, "b", "a")
    assert recorded("before") == {2: (1, 0)}
    answer("before", 3, "a", "b")
    assert recorded("before") == {2: (1, 0)}, "the first answer counts"


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (("soon", 1, "a", "a"), "when should be one of 'before', 'after'"),
        (("before", 13, "a", "a"), "number should be a whole number from 1 to 12"),
        (("before", 1, "z", "a"), "answer should be one of"),
        (("before", 1, "a", 2), "reason should be one of"),
    ],
)
def test_a_wrong_argument_is_named(call, words):
    with pytest.raises(ValueError, match=words):
        answer(*call)


def test_a_question_counts_when_both_answer_and_reason_are_right():
    assert judge(2, 0, 1) == (True, [])
    assert judge(2, 0, 0) == (False, ["M3"])
    assert judge(9, 0, 1) == (False, ["M11", "M12"])
    assert judge(2, 2, 3) == (False, []), "not to know is no misconception"


def test_the_gain_is_the_share_of_what_there_was_to_gain():
    for k in range(1, 13):
        answer("before", k, *(right(k) if k <= 4 else "ab"))
    before = sum(judge(k, *found)[0] for k, found in recorded("before").items())
    for k in range(1, 11):
        answer("after", k, *right(k))
    found = gain()
    assert found[1:3] == (10, 10) and 4 <= found[0] <= before
    assert found[3] == 1.0
    assert "100% of what there was to gain" in summary()


def test_only_questions_answered_both_times_are_compared():
    answer("before", 1, "a", "a")
    answer("before", 2, *right(2))
    answer("after", 2, *right(2))
    assert gain() == (1, 1, 1, None)
    assert "nothing left to gain" in summary()


def test_the_summary_is_kind_whatever_happened(shown):
    assert summary() == "No question has been answered yet."
    answer("before", 3, *right(3))
    assert "second time" in summary()
    answer("after", 3, "b", "a")
    said = summary()
    assert "1 right before" in said and "0 now" in said and "better answer" in said
    assert "the bias is where the line crosses the axis (lesson 01)" in said
    assert not re.search(r"\b(fail|bad|poor|unfortunately|wrong)\b", said, re.I)
    show()
    assert shown[-1]["text/plain"] == said


def test_a_second_time_without_a_first_one_is_welcome():
    for k in range(1, 13):
        answer("after", k, *right(k))
    assert "12 of 12 right" in summary() and "None of the fourteen" in summary()


def test_after_the_twelfth_question_the_result_is_shown_and_only_the_second_time():
    for when in ("before", "after"):
        live = Inventory(when)
        for k in range(12):
            a, r = ("abcdefgh".index(letter) for letter in right(k + 1))
            live.state = {**live.state, f"answer{k}": a, f"reason{k}": r, "record": k}
        assert live.data["recorded"] == 12
    assert "nothing left to gain" in live.data["result"]
    assert "right is told then" in Inventory("before").data["result"]


def test_the_answers_are_no_predictions_and_do_not_disturb_them():
    answer("before", 1, "a", "a")
    assert predictions.answers() == []


def test_where_nothing_can_be_written_answers_are_kept_until_the_kernel_stops(tmp_path):
    (tmp_path / FILE).mkdir()
    live = Inventory("before")
    live.state = {"answer0": 0, "reason0": 0, "record": 0}
    assert live.data["recorded"] == 1 and "cannot be written" in live.data["problem"]
