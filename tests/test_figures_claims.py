import re

import numpy as np
import pytest

from course_utils.figures import claims
from course_utils.figures.claims import docket, golf, parameters, recorded, successes, tally, trials, winner
from course_utils.figures.live import LiveFigure

OWN = {"ring": ([2, 4, 1], "tanh"), "moons": ([2, 3, 1], "tanh"), "spirals": ([2, 8, 1], "silu")}
TRIALS = {
    "S15": {"stat": 0.0, "lo": 0.0, "hi": 0.16, "n": 20, "control": 1.0},
    "S21": {"stat": 0.55, "lo": 0.34, "hi": 0.74, "n": 20, "control": 0.0},
}


@pytest.fixture
def shown(monkeypatch):
    found = []
    monkeypatch.setattr(claims, "display", lambda thing, **_: found.append(thing))
    monkeypatch.setattr(claims, "show", lambda live, figure, alt: found.append((live, figure, alt)))
    return found


def test_the_ledger_page_has_a_row_for_each_claim_of_its_lessons_with_number_and_band(shown):
    found = docket(["01", "04"])
    assert list(found) == ["S1", "S2", "S3", "S15", "S37", "S39", "S41"]
    assert found["S2"] == {"verdict": "IMPRECISE", "number": 2.0}
    page = shown[0]["text/html"]
    assert page.count('<th scope="row">') == 7 and page.count('role="img"') == 7
    assert "7 claims, 7 numbers in their band, seed 0" in page
    assert "Measured: " in shown[0]["text/plain"]


def test_the_ledger_page_computes_anew_from_the_seed(shown):
    first, second = (docket(["01"], seed=seed)["S1"]["number"] for seed in (0, 5))
    assert first != second and "seed 5" in shown[1]["text/html"]


def test_the_dot_lies_where_the_number_lies_in_its_band():
    place = lambda number: float(re.search(r'cx="([\d.-]+)"', claims._band({"low": 0, "high": 2, "number": number, "holds": True}))[1])  # noqa: E731
    assert [place(0), place(1), place(2)] == [10, 48, 86]
    assert place(9) < 96 and place(-9) >= 0


def test_the_tally_adds_up_in_picture_and_words():
    figure, alt = tally({"OK": 27, "IMPRECISE": 13, "WRONG": 5})
    assert [bar.get_width() for bar in figure.axes[0].patches] == [27, 13, 5]
    assert "45 claims" in alt and "13 IMPRECISE" in alt


def test_trials_are_drawn_with_interval_and_control_and_said_in_words():
    figure, alt = trials(TRIALS)
    (ax,) = figure.axes
    assert [label.get_text() for label in ax.get_yticklabels()] == ["S15", "S21"]
    assert [0.34, 0.74] in [list(line.get_xdata()) for line in ax.lines]
    assert "S21: 55% on trial, interval 34% to 74%, control 0%" in alt


def test_the_golf_course_holds_the_record_and_the_learners_designs(shown):
    golf(OWN)
    live, figure, alt = shown[0]
    assert isinstance(live, LiveFigure) and live.data["counts"][:3] == [5, 9, 13]
    assert live.data["own"]["ring"]["count"] == 17 and live.data["own"]["ring"]["rate"] > 0.8
    assert live.data["rates"]["ring"]["sine"][1] >= 0.9 and live.data["rates"]["ring"]["tanh"][1] == 0
    assert [ax.get_title() for ax in figure.axes] == list(claims.GREENS)
    assert "ring: the first to hold is sine with 9 parameters" in alt and "2-8-1, silu, 33 parameters" in alt


def test_the_record_is_what_one_gets_by_playing_again():
    for green, act, place in (("ring", "tanh", 2), ("ring", "sine", 1), ("moons", "relu", 3), ("spirals", "square", 4)):
        again = successes(green, [2, claims.UNITS[place], 1], act, claims.RUNS)
        assert abs(again - recorded()[green][act][place]) <= 3, (green, act, "run course_utils.figures.claims.record anew")


def test_nothing_with_one_unit_holds_and_two_sines_hold_on_the_ring_alone():
    assert not any(np.any(found[0]) for played in recorded().values() for found in played.values())
    assert [int(recorded()[green]["sine"][1]) for green in claims.GREENS] == [40, 0, 0]
    assert [winner(green).split(" is ")[1].split()[0] for green in claims.GREENS] == ["sine", "tanh", "tanh"]


def test_parameters_are_weights_and_biases():
    assert [parameters(sizes) for sizes in ([2, 1], [2, 4, 1], [2, 2, 2, 1])] == [3, 17, 15]


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: docket(["11"]), "lessons\\[0\\] should be one of '01'"),
        (lambda: docket(["01"], seed=-1), "seed should be"),
        (lambda: tally({"OK": 1, "WRONG": 2}), "counts\\['IMPRECISE'\\]"),
        (lambda: trials({"S15": {**TRIALS["S15"], "hi": 2}}), "S15'\\]\\['hi'\\]"),
        (lambda: golf({"ring": ([2, 4, 1], "tanh")}), "'moons' is missing"),
        (lambda: golf({**OWN, "moons": ([2, 3, 1], "bend")}), r"own\['moons'\]\[1\]"),
        (lambda: winner("lake"), "green should be one of"),
    ],
)
def test_a_wrong_argument_is_named(call, words):
    with pytest.raises(ValueError, match=words):
        call()
