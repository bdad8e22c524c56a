"""Every exercise: its mistakes draw their hints, other right answers pass, answers by heart fail."""

import copy

import lessons
import pytest

EXERCISES = [(name, exercise) for name in lessons.NAMES for exercise in lessons.exercises(name)]


def table(kind):
    rows = []
    for name, exercise in EXERCISES:
        for number, row in enumerate(getattr(lessons.answers(name), kind).get(exercise, [])):
            label = row[0] if isinstance(row, tuple) else str(number + 1)
            rows.append(pytest.param(name, exercise, row, id=f"{name}-{exercise}-{label}"))
    return rows


def with_answer(name, source):
    """The functions of a solved lesson, some of them replaced by those in `source`."""
    space = lessons.solved(name)
    exec(compile(source, "answer", "exec"), space)
    return lessons.functions(name, space)


@pytest.mark.parametrize(("name", "exercise"), EXERCISES)
def test_the_authors_answer_passes_both_parts_of_its_check(name, exercise):
    given = lessons.functions(name, lessons.solved(name))
    visible, hidden = lessons.check(name, exercise)
    assert hidden.strip(), "an exercise needs hidden tests"
    assert lessons.run(visible + hidden, given) is None


@pytest.mark.parametrize(("name", "exercise", "row"), table("MISTAKES"))
def test_a_usual_mistake_is_refused_with_its_own_hint(name, exercise, row):
    _, hint, source = row
    visible, _ = lessons.check(name, exercise)
    said = lessons.run(visible, with_answer(name, source))
    assert said is not None, "the visible check accepts this mistake"
    assert hint in said, f"the check says: {said}"
    others = [other for words, other, _ in lessons.answers(name).MISTAKES[exercise] if words != row[0]]
    assert not any(other in said for other in others), f"this sentence holds another mistake's hint: {said}"


@pytest.mark.parametrize(("name", "exercise", "source"), table("RIGHT"))
def test_a_right_answer_in_another_style_passes(name, exercise, source):
    visible, hidden = lessons.check(name, exercise)
    assert lessons.run(visible + hidden, with_answer(name, source)) is None


@pytest.mark.parametrize(("name", "exercise"), EXERCISES)
def test_an_answer_that_replays_the_visible_check_fails_the_hidden_tests(name, exercise):
    if exercise in getattr(lessons.answers(name), "CONSTANT", {}):
        pytest.skip(f"{exercise}: {lessons.answers(name).CONSTANT[exercise]}")
    given = lessons.functions(name, lessons.solved(name))
    visible, hidden = lessons.check(name, exercise)
    recorded = {}

    def recorder(function):
        def record(*args, **kwargs):
            result = function(*args, **kwargs)
            recorded.setdefault(function.__name__, []).append(copy.deepcopy(result))
            return result
        return record

    own = lessons.defined_in(name, exercise)
    assert lessons.run(visible, {**given, **{f: recorder(given[f]) for f in own}}) is None

    def replayer(name):
        calls = iter(range(10**9))

        def replay(*args, **kwargs):
            results = recorded[name]
            return copy.deepcopy(results[next(calls) % len(results)])
        return replay

    replayed = {**given, **{f: replayer(f) for f in own}}
    assert lessons.run(visible, replayed) is None
    replayed = {**given, **{f: replayer(f) for f in own}}
    try:
        said = lessons.run(visible + hidden, replayed)
    except Exception as error:  # a replayed answer may have any shape: a crash of the hidden tests is a refusal, too
        said = repr(error)
    assert said is not None, "answers learnt by heart earn the points"


@pytest.mark.parametrize(("name", "exercise"), EXERCISES)
def test_an_exercise_has_enough_mistakes_and_other_right_answers(name, exercise):
    found = lessons.answers(name)
    mistakes = found.MISTAKES.get(exercise, [])
    assert len(mistakes) >= 2 and len({hint for _, hint, _ in mistakes}) == len(mistakes)
    assert len(found.RIGHT.get(exercise, [])) >= 2


@pytest.mark.parametrize(("name", "exercise"), EXERCISES)
def test_an_untouched_exercise_is_refused(name, exercise):
    given = lessons.functions(name, lessons.solved(name))

    def untouched(*args, **kwargs):
        raise NotImplementedError("not written yet")

    visible, _ = lessons.check(name, exercise)
    with pytest.raises(NotImplementedError):
        lessons.run(visible, {**given, **dict.fromkeys(lessons.defined_in(name, exercise), untouched)})


@pytest.mark.parametrize(("name", "exercise"), EXERCISES)
def test_a_forgotten_return_is_told_so(name, exercise):
    given = lessons.functions(name, lessons.solved(name))

    def without_return(function):
        def forgetful(*args, **kwargs):
            function(*args, **kwargs)
        return forgetful

    visible, _ = lessons.check(name, exercise)
    said = lessons.run(visible, {**given, **{f: without_return(given[f]) for f in lessons.defined_in(name, exercise)}})
    assert said is not None, "the visible check accepts None"
    assert "None" in said, f"the check says: {said}"


@pytest.mark.parametrize(("name", "exercise", "row"), table("MISTAKES"))
def test_a_hint_never_contains_the_line_that_solves_it(name, exercise, row):
    visible, _ = lessons.check(name, exercise)
    hints = "\n".join(cell.source for cell in lessons.of_kind(name, "hints"))
    for line in lessons.solution_lines(name):
        assert line not in hints
        assert line not in visible, f"the visible check of {exercise} shows the line: {line}"
