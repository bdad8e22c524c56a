"""Alike answers: no two who wrote by themselves, every copy in disguise, quickly.

The writers are the course's own right answers and mistakes. They were all written by the same authors, who share habits that
learners do not share, so that finding no pair among them is the harder test.
"""

import ast
import random
import re
import time
from itertools import combinations

import nbformat
import pytest

from course_utils.grading import rebuild
from course_utils.grading.executor import imported
from course_utils.grading.reports import similarity
from tests import lessons
from tools.build import ROOT

SMALLEST = "00-start-here"  # all its answers together are a few tokens


def writers(name):
    """Return student -> {exercise: answer}: the k-th student has the k-th known answer of each exercise that has as many."""
    known = lessons.answers(name)
    answers = {}
    for cell in lessons.of_kind(name, "exercise"):
        own = re.sub(r"^[ \t]*### (BEGIN|END) SOLUTION\n?", "", cell.source, flags=re.M)
        answers[cell.id] = [own, *known.RIGHT.get(cell.id, ()), *(wrong for _, _, wrong in known.MISTAKES.get(cell.id, ()))]
    most = max(map(len, answers.values()))
    return {f"s{k:02d}": {exercise: texts[k] for exercise, texts in answers.items() if k < len(texts)} for k in range(most)}


def handed_out(name):
    return {cell.id: lessons.SOLUTION.sub("", cell.source) for cell in lessons.of_kind(name, "exercise")}


def course_names(name):
    notebook = nbformat.read(ROOT / "notebooks" / name / f"{name}.ipynb", as_version=4)
    code = [cell for cell in notebook.cells if cell.cell_type == "code" and not cell.metadata.get("nbgrader", {}).get("grade")]
    return frozenset(imported(notebook)).union(*(rebuild.defined(cell.source) for cell in code))


def disguised(source, known, seed=1):
    """Return an answer as a copier hands it in: every name changed, new comments, new spacing, lines in another order."""
    try:
        tree = ast.parse(source)
    except SyntaxError:
        return source
    rng = random.Random(seed)
    own = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
    own |= {node.arg for node in ast.walk(tree) if isinstance(node, ast.arg)}
    new = {name: f"my_{number}" for number, name in enumerate(sorted(own - known))}
    for node in ast.walk(tree):
        if isinstance(node, ast.Name):
            node.id = new.get(node.id, node.id)
        elif isinstance(node, ast.arg):
            node.arg = new.get(node.arg, node.arg)
        elif isinstance(node, ast.FunctionDef):
            for place in range(len(node.body) - 2):
                if rng.random() < 0.5:
                    node.body[place : place + 2] = node.body[place : place + 2][::-1]
    lines = ast.unparse(tree).splitlines()
    return "# my own idea, entirely\n" + "\n".join(
        line + ("  # and so on" if line.strip() and rng.random() < 0.3 else "") for line in lines
    )


@pytest.mark.parametrize("name", lessons.NAMES)
def test_no_two_independent_writers_are_a_pair(name):
    assert similarity.pairs(writers(name), handed_out(name), course_names(name)) == []


def test_two_who_answered_in_different_styles_are_no_pair_even_in_a_class_of_their_own(capsys):
    tried = 0
    for name in lessons.NAMES:
        known, released, everybody, names = lessons.answers(name), handed_out(name), writers(name), course_names(name)
        # the authors' answer, and the others that are written in another style on purpose
        styles = sorted(everybody)[: 1 + min(len(known.RIGHT.get(exercise, ())) for exercise in released)]
        for size in (2, 3):
            for some in combinations(styles, size):
                tried += 1
                assert similarity.pairs({student: everybody[student] for student in some}, released, names) == [], (name, some)
    with capsys.disabled():
        print(f"\nclasses of two or three who wrote by themselves: {tried}, no pair in any")
    assert tried >= 40


def test_copies_in_disguise_are_found_and_only_they(capsys):
    found, missed, shares = 0, [], []
    for name in lessons.NAMES:
        if name == SMALLEST:
            continue
        everybody, released, known = writers(name), handed_out(name), course_names(name)
        for student, answers in everybody.items():
            if len(answers) < len(released):
                continue
            copy = {exercise: disguised(text, known) for exercise, text in answers.items()}
            listed = similarity.pairs({**everybody, "zz": copy}, released, known)
            assert {pair.students for pair in listed} <= {(student, "zz")}, name
            if listed:
                found += 1
                shares.append(listed[0].share)
            else:
                missed.append(f"{name} {student}")
    with capsys.disabled():
        print(
            f"\ncopies in disguise: {found} of {found + len(missed)} found, sharing {min(shares):.0%} or more; missed: {', '.join(missed) or 'none'}"
        )
    assert found + len(missed) >= 50 and found >= 0.95 * (found + len(missed))


def test_a_lesson_of_a_few_tokens_accuses_nobody():
    everybody = writers(SMALLEST)
    everybody["zz"] = dict(everybody["s00"])
    assert similarity.pairs(everybody, handed_out(SMALLEST), course_names(SMALLEST)) == []


def program(rng, lines=14):
    """A function as nobody else writes it."""
    operations, calls = (
        ["+", "-", "*", "/", "@", "**", "//", "%"],
        ["np.sum", "np.abs", "len", "max", "np.sort", "np.where", "sorted"],
    )
    text = ["def answer(x):"]
    for _ in range(lines):
        a, b, c = (f"{rng.choice('abcdefgh')}" for _ in range(3))
        text.append(
            f"    {a} = {rng.choice(calls)}({b} {rng.choice(operations)} {rng.randrange(1000)}) {rng.choice(operations)} {c}[{rng.randrange(50)}]"
        )
    return "\n".join(text)


def test_three_hundred_students_take_seconds_and_only_the_planted_pairs_are_found(capsys):
    rng = random.Random(0)
    common = "\n".join(program(random.Random(7)).splitlines()[1:6])  # what everybody learned in class
    everybody = {f"s{k:03d}": {f"e{e}": program(rng) + "\n" + common for e in range(8)} for k in range(300)}
    planted = [("s003", "s250"), ("s017", "s018"), ("s100", "s299")]
    for first, second in planted:
        everybody[second] = {exercise: disguised(text, frozenset({"np"})) for exercise, text in everybody[first].items()}
    begun = time.process_time()
    found = similarity.pairs(everybody, {}, frozenset({"np"}))
    seconds = time.process_time() - begun
    with capsys.disabled():
        print(f"\n300 students, 8 exercises: {seconds:.1f} s of computing")
    assert sorted(pair.students for pair in found) == planted
    assert seconds < 60


def test_what_half_of_the_class_wrote_makes_no_pair():
    rng = random.Random(1)
    shared = program(rng, 30)
    everybody = {f"s{k}": {"e": shared if k < 6 else program(rng, 30)} for k in range(12)}
    assert similarity.pairs(everybody, {}) == []
    alone = {student: given for student, given in everybody.items() if student not in ("s2", "s3", "s4", "s5")}
    assert [pair.students for pair in similarity.pairs(alone, {})] == [("s0", "s1")]


def test_what_was_handed_out_makes_no_pair():
    given = program(random.Random(2), 30)
    assert similarity.pairs({"a": {"e": given}, "b": {"e": given}}, {"e": given}) == []
    assert len(similarity.pairs({"a": {"e": given}, "b": {"e": given}}, {"e": "def answer(x): ..."})) == 1


def test_one_long_answer_copied_among_many_own_ones_is_found():
    rng = random.Random(3)
    everybody = {f"s{k}": {f"e{e}": program(rng, 20) for e in range(6)} for k in range(8)}
    everybody["s5"]["e2"] = disguised(everybody["s1"]["e2"], frozenset({"np"}))
    (pair,) = similarity.pairs(everybody, {}, frozenset({"np"}))
    assert pair.students == ("s1", "s5") and [shared.exercise for shared in pair.exercises] == ["e2"] and pair.share < 0.3


def test_free_answers_are_compared_word_by_word():
    text = (
        "The stack of eight layers ends at the same line since each of them is affine, but my run got there in fewer steps because the "
        "product of the weights grows while all eight of them move, which is like a longer step that nobody had asked for at all. "
        "With a smaller step the advantage went away in my run, so I would say that depth bought me speed and no power."
    )
    copied = text.upper().replace(".", " !").replace("my run", "our  run")
    answers = {
        "a": {"e": text},
        "b": {"e": copied},
        "c": {"e": "Nothing. " * 40},
        "d": {"e": "I do not know why the line is where it is."},
    }
    assert [pair.students for pair in similarity.pairs(answers, {}, prose={"e"})] == [("a", "b")]


def test_comments_are_kept_apart_and_told_of():
    code = program(random.Random(4), 30)
    first = code.replace("\n", "  # the trick from the blackboard\n", 1)
    (pair,) = similarity.pairs(
        {"a": {"e": first}, "b": {"e": first.replace("trick", "TRICK")}, "c": {"e": program(random.Random(5), 30)}}, {}
    )
    assert pair.comments == ("the trick from the blackboard",) and pair.share == pytest.approx(1)
    assert similarity.grams(first) == similarity.grams(code)


@pytest.mark.parametrize(
    "text",
    [
        "def f(:\n" * 500,
        "\x00" * 50,
        "'''" + "a b c d e\n" * 9999,
        "(" * 100_000,
        "x = 1\n" * 2_000_000,
        "\udcff = 1",
        "if x:\n        a\n    b\n",
    ],
)
def test_an_answer_that_is_no_python_or_far_too_long_is_no_trouble(text):
    begun = time.process_time()
    similarity.pairs({"a": {"e": text}, "b": {"e": text}}, {})
    assert time.process_time() - begun < 20


def test_a_class_of_nobody_or_of_one_has_no_pairs():
    assert (
        similarity.pairs({}, {})
        == []
        == similarity.pairs({"a": {"e": program(random.Random(6))}}, {})
        == similarity.pairs({"a": {}, "b": {}}, {})
    )


@pytest.mark.parametrize(("sharing", "writers_", "counts"), [(2, 2, 1), (2, 100, 1), (3, 3, 0), (51, 100, 0), (100, 100, 0)])
def test_the_weight_falls_from_one_to_nothing(sharing, writers_, counts):
    assert similarity.weight(sharing, writers_) == pytest.approx(counts)
    assert all(similarity.weight(k, 60) >= similarity.weight(k + 1, 60) for k in range(2, 60))
