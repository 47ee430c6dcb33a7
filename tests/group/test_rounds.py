"""Rounds: who moved and why, when a cell is settled, and how far a session agrees."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answer_strategies import CELLS, LEVELS, answer, answers_of, rounds_of_answers
from cruxmap.analysis.agreement import krippendorff_alpha
from cruxmap.analysis.answers import Answers
from cruxmap.analysis.rounds import Round, StopRule, changed_minds, history, outcomes
from cruxmap.analysis.session_agreement import session_agreement
from cruxmap.errors import UsageError

A, B = CELLS[:2]


def marks(text: str) -> Answers:
    """One cell, a letter for each reader: f, d, p, l, a for the levels, ? for unknown."""
    words = dict(zip("fdpla?", (*LEVELS, "unknown"), strict=True))
    return Answers({f"reader-{number}": {A: answer(A, words[sign])} for number, sign in enumerate(text)})


@pytest.mark.parametrize(
    ("rounds", "state"),
    [
        (["p"], "too-few"),
        (["pd"], "go-on"),
        (["pppd"], "consensus"),
        (["????"], "consensus"),
        (["pddf"], "go-on"),
        (["pddf", "pddf"], "stable-disagreement"),
        (["pdfl", "pppp"], "consensus"),
        (["pddffla", "pddffla"], "stable-disagreement"),
        # One of seven moved: 14% is within 15%, one of six is not.
        (["pddffla", "dddffla"], "stable-disagreement"),
        (["pddffl", "dddffl"], "go-on"),
        (["pdfl", "dfla", "flap"], "unsettled"),
        (["pdfl", "dfla", "dfla"], "stable-disagreement"),
    ],
)
def test_the_stop_rule(rounds: list[str], state: str) -> None:
    (found,) = outcomes([marks(text) for text in rounds]).values()
    assert found.state == state
    assert found.stops == (state not in ("go-on", "too-few"))


def test_a_stop_rule_without_sense_is_refused() -> None:
    with pytest.raises(UsageError):
        StopRule(stable=1.5)
    with pytest.raises(UsageError):
        StopRule(most_rounds=0)


@given(rounds_of_answers())
def test_who_does_not_move_has_not_changed_their_mind(answers: Answers) -> None:
    assert changed_minds([Round("s", 1, answers), Round("s", 2, answers)]) == ()


def test_a_changed_mind_has_its_reason_and_where_it_came_from() -> None:
    first = Answers({"reader-a": {A: answer(A, "doubtful", rationale="old")}})
    silent = Answers({"reader-b": {A: answer(A, "likely")}})
    later = Answers({"reader-a": {A: answer(A, "likely", rationale="new evidence"), B: answer(B, "likely")}})
    (found,) = changed_minds([Round("s1", 1, first), Round("s1", 2, silent), Round("s2", 1, later)])
    assert (found.reader, found.before, found.after, found.reason) == (
        "reader-a",
        "doubtful",
        "likely",
        "new evidence",
    )
    assert (found.from_round, found.to_round) == (("s1", 1), ("s2", 1))


def test_history_holds_every_round_that_marked_the_cell() -> None:
    rounds = [
        Round("s1", 1, answers_of(a={A: "likely-fails"}, b={A: "asserted"})),
        Round("s1", 2, answers_of(a={B: "likely"})),
        Round("s2", 1, answers_of(a={A: "likely"})),
    ]
    found = history(A, rounds)
    assert [(item.session, item.number, item.spread) for item in found] == [("s1", 1, 1.0), ("s2", 1, None)]


@given(rounds_of_answers())
def test_agreement_counts_every_cell_and_is_bounded(answers: Answers) -> None:
    found = session_agreement(answers, resamples=2)
    assert {item.cell for item in found.cells} == {
        cell for held in answers.by_reader.values() for cell in held
    }
    assert all(item.spread is None or 0 <= item.spread <= 1 for item in found.cells)
    assert found.groups.groups is None
    assert all(0 <= pair.distance <= 1 and pair.shared_items >= 1 for pair in found.pairs)


@given(st.lists(st.lists(st.sampled_from("fdpla"), min_size=6, max_size=6), min_size=2, max_size=5))
def test_alpha_is_that_of_the_levels(rows: list[list[str]]) -> None:
    cells = [*CELLS, "extra/inner-alignment", "extra/outer-alignment"]
    words = dict(zip("fdpla", LEVELS, strict=True))
    answers = Answers(
        {
            f"reader-{number}": {
                cell: answer(cell, words[sign]) for cell, sign in zip(cells, row, strict=True)
            }
            for number, row in enumerate(rows)
        }
    )
    (scale,) = session_agreement(answers, resamples=2).scales
    table = [["fdpla".index(sign) for sign in row] for row in rows]
    if scale.alpha is None:
        assert len({sign for row in rows for sign in row}) == 1
    else:
        assert math.isclose(scale.alpha, krippendorff_alpha(table, "ordinal"), abs_tol=1e-12)


def test_a_coefficient_over_few_cells_is_not_told() -> None:
    few = answers_of(a=dict.fromkeys(CELLS, "asserted"), b=dict.fromkeys(CELLS, "likely"))
    (scale,) = session_agreement(few, resamples=2).scales
    assert scale.alpha is None
    assert scale.interval is None
    assert "not told below 5 cells" in scale.undefined


def test_clusters_are_named_only_where_they_are_clear() -> None:
    camp = dict.fromkeys(CELLS, "asserted")
    other = dict.fromkeys(CELLS, "likely-fails")
    few = answers_of(a=camp, b=camp, c=other, d=other)
    assert "below 12 readers" in session_agreement(few, resamples=2).groups.reason
    names = "abcdefghijklmn"
    many = answers_of(**{name: dict(camp if number < 7 else other) for number, name in enumerate(names)})
    assert session_agreement(many, resamples=2).groups.groups == (0,) * 7 + (1,) * 7
