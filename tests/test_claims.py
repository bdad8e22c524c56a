"""The 45 claims: each number computed anew and held to its band; numbers printed in prose held to what they say."""

import re
import subprocess
import sys

import lessons
import numpy as np
import prose_numbers
import pytest

from course_utils.claims import ledger
from course_utils.claims.__main__ import main
from course_utils.claims.record import VERDICTS, digest
from tools.build import ROOT

LEDGER = ledger.LEDGER
IMPRECISE = ["S2", "S5", "S6", "S9", "S10", "S12", "S14", "S20", "S23", "S26", "S30", "S34", "S40"]
WRONG = ["S7", "S24", "S28", "S31", "S45"]


@pytest.mark.parametrize("name", LEDGER)
def test_the_number_of_a_claim_lies_in_its_band(name):
    claim = LEDGER[name]
    number, words = claim.measure()
    assert claim.low <= number <= claim.high, words
    assert any(character.isdigit() for character in words)


QUICK = [name for name in LEDGER if name not in ("S24", "S42", "S44", "S34", "S21", "S26", "S25", "S29", "S32", "S8")]


@pytest.mark.parametrize("name", QUICK)
def test_the_band_holds_for_other_seeds_too(name):
    for seed in (1, 2):
        number, words = LEDGER[name].measure(seed)
        assert LEDGER[name].low <= number <= LEDGER[name].high, words


@pytest.mark.parametrize("name", [name for name in LEDGER if name != "S22"])
def test_the_same_seed_gives_the_same_number(name):
    if name in QUICK:
        assert LEDGER[name].measure(5) == LEDGER[name].measure(5)


def test_there_are_45_claims_each_with_all_it_needs():
    assert list(LEDGER) == [f"S{k}" for k in range(1, 46)]
    for claim in LEDGER.values():
        assert claim.verdict in VERDICTS and claim.low <= claim.high
        assert claim.says.endswith(".") and claim.right.endswith(".")
        assert claim.lesson in lessons.NAMES or claim.lesson == "10-claims"


def test_the_verdicts_are_those_of_the_course():
    for name, claim in LEDGER.items():
        assert claim.verdict == ("IMPRECISE" if name in IMPRECISE else "WRONG" if name in WRONG else "OK")
        assert claim.digest == digest(name, claim.verdict)


def test_no_verdict_can_be_read_in_the_package():
    for path in (ROOT / "course_utils" / "claims").glob("*.py"):
        if path.name not in ("record.py", "__init__.py"):
            assert not re.search(r"\b(IMPRECISE|WRONG)\b", path.read_text(encoding="utf-8")), path.name
    assert not any(verdict in repr(claim) for claim in LEDGER.values() for verdict in ("IMPRECISE", "WRONG"))


@pytest.mark.parametrize("name", LEDGER)
def test_the_lesson_named_settles_the_claim(name):
    claim = LEDGER[name]
    assert any(re.search(rf"\b{name}\b", box.source) for box in lessons.of_kind(claim.lesson, "claims"))


@pytest.mark.parametrize("name", [name for name, claim in LEDGER.items() if claim.cites])
def test_a_citation_of_the_ledger_is_printed_in_the_lesson(name):
    printed = "\n".join(cell.source for cell in lessons.cells(LEDGER[name].lesson))
    for cited in LEDGER[name].cites.split("; "):
        first, year = re.match(r"\w+", cited)[0], cited[-4:]
        assert re.search(rf"\b{first}\b[^;:]{{0,60}}\b{year}\b", printed), f"{cited} is not printed in {LEDGER[name].lesson}"


def test_the_table_has_a_row_for_each_claim_asked_for(capsys):
    assert main(["S2", "S7", "S45"]) == 0
    said = capsys.readouterr().out
    assert [line.split()[:2] for line in said.splitlines() if line.startswith("S")] == [
        ["S2", "IMPRECISE"], ["S7", "WRONG"], ["S45", "WRONG"]]  # fmt: skip
    assert "Novikoff" not in said and "Cybenko 1989" in said


def test_a_number_outside_its_band_is_told_and_fails_the_command(monkeypatch, capsys):
    claim = LEDGER["S2"]
    worse = type(claim)(**{**claim.__dict__, "number": lambda seed: (3, "drifted to 3")})
    monkeypatch.setitem(ledger.LEDGER, "S2", worse)
    assert main(["S2"]) == 1
    assert "OUTSIDE ITS BAND" in capsys.readouterr().out


@pytest.mark.parametrize(("words", "problem"), [(["S46"], "'S46'"), (["S2", "--seed", "-1"], "seed should be")])
def test_a_wrong_argument_is_named(words, problem, capsys):
    assert main(words) == 2
    assert problem in capsys.readouterr().err


def test_the_command_works_from_a_terminal():
    done = subprocess.run([sys.executable, "-m", "course_utils.claims", "S4"], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0 and "0.75" in done.stdout and not done.stderr


# ---- numbers in prose ----

NUMBER = re.compile(r"\d+\.\d+|\d[\d,]*\d{2,}|\d+ ?%|\d+ of \d+")


def prose(name):
    """The lines of a lesson's text cells (model answers included) without formulas, code, headings of worked examples."""
    for cell in lessons.cells(name):
        if cell.cell_type == "markdown":
            text = re.sub(r"\$\$.*?\$\$|\$.*?\$|```.*?```|`.*?`", " ", cell.source, flags=re.S)
            for line in text.splitlines():
                if not re.match(r"\s*(- )?(\*\*)?Worked example|\| ", line):
                    yield line


def numbers(line):
    # years of citations and the limit of one half are no measurements
    return [found for found in NUMBER.findall(line) if not re.fullmatch(r"1[89]\d\d|20\d\d|0\.5", found)]


@pytest.mark.parametrize("name", lessons.NAMES)
def test_every_number_in_prose_is_either_given_or_measured_anew(name):
    measured = [fragment for lesson, fragment, _ in prose_numbers.MEASURED if lesson == name[:2]]
    given = prose_numbers.GIVEN.get(name[:2], "").split("; ")
    for line in prose(name):
        for number in numbers(line):
            known = any(number in fragment and fragment in line for fragment in measured) or number in given
            assert known, f"{name}: add {number!r} to tests/prose_numbers.py, as GIVEN or MEASURED: {line[:160]}"


@pytest.mark.parametrize(("lesson", "fragment", "value"), prose_numbers.MEASURED, ids=[f"{a}-{b[:40]}" for a, b, _ in prose_numbers.MEASURED])
def test_a_measured_number_in_prose_is_what_one_measures(lesson, fragment, value):
    (name,) = [name for name in lessons.NAMES if name.startswith(lesson)]
    assert any(fragment in line for line in prose(name)), f"this text is gone from {name}: change tests/prose_numbers.py"
    said = re.findall(r"\d[\d,]*(?:\.\d+)?", fragment)
    for number, words in zip(np.atleast_1d(value()), said, strict=True):
        shown, digits = float(words.rstrip(",").replace(",", "")), len(words.partition(".")[2])
        assert abs(number - shown) <= 0.51 * 10.0**-digits, f"{fragment!r}, but it is {number:.6g}"
