"""The agenda: what it is worth to talk about, for how long, and who with whom."""

from __future__ import annotations

import math
from itertools import combinations
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

import cruxmap
from answer_strategies import CELLS, LEVELS, answer, answers_of, rounds_of_answers
from cruxmap.analysis.agenda import HIGHEST_SCORE, AgendaFacts, agenda
from cruxmap.analysis.agenda_minutes import FEWEST, MOST, minutes_by_score
from cruxmap.analysis.answers import Answers
from cruxmap.analysis.impact import Impact, impacts
from cruxmap.analysis.incoherence import incoherences
from cruxmap.analysis.information_value import CruxCredences
from cruxmap.analysis.mark_distances import mark_distance, reader_distance_table
from cruxmap.analysis.meeting_plan import item_count, item_minutes, item_steps, meeting_plan
from cruxmap.analysis.pairings import pairings
from cruxmap.errors import UsageError
from cruxmap.graph import ArgumentGraph, argument_graph

A, B = CELLS[:2]


@pytest.fixture(scope="module")
def graph() -> ArgumentGraph:
    return argument_graph(cruxmap.load())


@pytest.mark.parametrize("word", LEVELS)
def test_unknown_is_as_far_from_the_middle_as_from_either_end(word: str) -> None:
    assert mark_distance(answer(A, "unknown"), answer(A, word)) == 0.5


@given(st.lists(st.sampled_from((*LEVELS, "unknown", "doubtful..likely")), min_size=3, max_size=3))
def test_distances_of_marks_are_a_metric(marks: list[str]) -> None:
    x, y, z = (answer(A, mark) for mark in marks)
    xy, yz, xz = (mark_distance(*pair) or 0.0 for pair in ((x, y), (y, z), (x, z)))
    assert xy == mark_distance(y, x)
    assert xz <= xy + yz + 1e-12
    assert (xy == 0) == (x.interval == y.interval)


@given(rounds_of_answers(), st.integers(45, 240))
def test_scores_stay_in_bounds_and_minutes_add_up(answers: Answers, length: int) -> None:
    facts = AgendaFacts(versions={cell.partition("/")[2]: 2 for cell in CELLS})
    found = agenda(answers, facts, minutes=item_minutes(length), most=item_count(length))
    scores = [item.score for item in (*found.items, *found.further)]
    assert [round(score, 9) for score in scores] == sorted(
        (round(score, 9) for score in scores), reverse=True
    )
    assert all(0 <= score <= HIGHEST_SCORE for score in scores)
    assert all(math.isclose(sum(item.parts.values()), item.score) for item in found.items)
    assert all(FEWEST <= item.minutes <= MOST for item in found.items)
    assert sum(item.minutes for item in found.items) + found.spare == found.minutes
    assert found.spare >= found.minutes / 10
    steps = meeting_plan(found, length)
    assert [step.start for step in steps[1:]] == [step.end for step in steps[:-1]]
    assert (steps[0].start, steps[-1].end) == (0, length)


@given(rounds_of_answers(), st.randoms(use_true_random=False))
def test_the_order_of_readers_changes_nothing(answers: Answers, random: Random) -> None:
    names = list(answers.readers)
    random.shuffle(names)
    turned = Answers({name: answers.by_reader[name] for name in names})
    assert agenda(turned) == agenda(answers)


@given(rounds_of_answers(most=1), st.integers(2, 6))
def test_readers_who_answer_alike_have_no_different_marks(one: Answers, readers: int) -> None:
    (held,) = one.by_reader.values()
    found = agenda(Answers({f"reader-{number}": held for number in range(readers)}))
    for item in (*found.items, *found.further):
        assert not {"different-marks", "different-reasons", "single-rater"} & set(item.kinds)


def test_a_score_is_worked_out_by_hand() -> None:
    answers = answers_of(a={A: "likely-fails"}, b={A: "plausible"}, c={A: "asserted"})
    half = AgendaFacts(impacts={A: Impact(A, 1.0, 10, 0.5)})
    (item,) = agenda(answers, half).items
    # Distances 2, 2 and 4 of 4 steps: D = (0.5 + 0.5 + 1) / 3.
    assert item.disagreement == pytest.approx(2 / 3)
    assert item.score == pytest.approx(1 / 3)
    assert item.kinds == ("different-marks",)


def test_one_mark_for_different_reasons_is_worth_talking_about() -> None:
    answers = Answers(
        {
            "reader-a": {A: answer(A, "plausible", "hch-is-aligned")},
            "reader-b": {A: answer(A, "plausible", "rat-gives-consistent-gradient")},
            "reader-c": {A: answer(A, "plausible", "hch-is-aligned")},
        }
    )
    (item,) = agenda(answers).items
    assert item.kinds == ("different-reasons",)
    # Two of the three pairs rest it on nothing in common.
    assert item.score == pytest.approx(0.2)
    assert [(pair.first, pair.second) for pair in item.divergent] == [
        ("reader-a", "reader-b"),
        ("reader-b", "reader-c"),
    ]


def test_what_most_leave_open_what_one_rated_and_what_is_stale_come_up() -> None:
    answers = Answers(
        {
            "reader-a": {A: answer(A, "unknown"), B: answer(B, "likely", version=1)},
            "reader-b": {A: answer(A, "unknown")},
            "reader-c": {A: answer(A, "plausible")},
        }
    )
    found = agenda(answers, AgendaFacts(versions={"outer-alignment": 2, "inner-alignment": 1}))
    by_cell = {item.cell: item for item in found.items}
    assert by_cell[A].kinds == ("different-marks", "left-open")
    assert by_cell[A].parts["left-open"] == pytest.approx(0.15 * 2 / 3)
    assert by_cell[B].kinds == ("stale", "single-rater")
    assert by_cell[B].outdated == ("reader-a",)


def test_what_was_discussed_loses_its_weight_and_what_is_broken_does_not() -> None:
    answers = answers_of(a={A: "likely-fails"}, b={A: "asserted"})
    covered = AgendaFacts(covered={A: 1.0}, contradicted={A: ("a-sentence",)})
    (item,) = agenda(answers, covered).items
    assert item.parts == {"against-synthesis": pytest.approx(0.2), "different-marks": 0.0}


def test_what_was_discussed_and_is_in_order_gets_no_time() -> None:
    answers = answers_of(a={A: "likely-fails", B: "likely"}, b={A: "asserted", B: "doubtful"})
    found = agenda(answers, AgendaFacts(covered={A: 1.0}))
    assert [item.cell for item in (*found.items, *found.further)] == [B]


def test_readers_who_differ_most_are_paired() -> None:
    answers = answers_of(
        a={A: "likely-fails"}, b={A: "doubtful"}, c={A: "likely"}, d={A: "asserted"}, e={A: "likely-fails"}
    )
    found = pairings(answers)
    assert sorted(len(pair.readers) for pair in found) == [2, 3]
    assert all({"reader-c", "reader-d"} & set(pair.readers) for pair in found)


@given(rounds_of_answers(most=6))
def test_pairings_cover_everyone_and_no_matching_is_further_apart(answers: Answers) -> None:
    found = pairings(answers)
    assert sorted(name for pair in found for name in pair.readers) == sorted(answers.readers)
    readers = sorted(answers.readers)
    if len(readers) % 2:
        return
    table = reader_distance_table(answers, readers)
    best = max(_sums(tuple(range(len(readers))), table))
    assert sum(pair.distance for pair in found) == pytest.approx(best, abs=1e-5)


def _sums(left: tuple[int, ...], table: NDArray[np.float64]) -> list[float]:
    if not left:
        return [0.0]
    first, *rest = left
    sums = []
    for other in rest:
        more = float(np.nan_to_num(table[first, other]))
        sums += [more + found for found in _sums(tuple(item for item in rest if item != other), table)]
    return sums


@given(st.lists(st.floats(0, HIGHEST_SCORE), max_size=6), st.integers(0, 150))
def test_more_score_never_means_less_time(scores: list[float], minutes: int) -> None:
    scores = sorted(scores, reverse=True)
    given_minutes, spare = minutes_by_score(scores, minutes)
    assert given_minutes == sorted(given_minutes, reverse=True)
    assert all(FEWEST <= item <= MOST for item in given_minutes)
    assert sum(given_minutes) + spare == minutes


@pytest.mark.parametrize("minutes", range(4, 21))
def test_an_item_is_divided_into_four_steps(minutes: int) -> None:
    steps = item_steps(minutes)
    assert [kind for kind, _ in steps] == ["restate", "discuss", "re-rate", "record"]
    assert sum(share for _, share in steps) == minutes
    assert min(share for _, share in steps) >= 1


def test_the_plan_of_ninety_minutes() -> None:
    answers = answers_of(a=dict.fromkeys(CELLS, "likely-fails"), b=dict.fromkeys(CELLS, "asserted"))
    found = agenda(answers, minutes=item_minutes(90), most=item_count(90))
    steps = [(step.kind, step.start, step.end) for step in meeting_plan(found, 90)]
    assert steps[:3] == [("attendance", 0, 5), ("reveal", 5, 10), ("reading", 10, 20)]
    assert steps[-3:] == [("spare", 60, 65), ("crux", 65, 80), ("read-back", 80, 90)]
    assert [item.minutes for item in found.items] == [14, 13, 13]


def test_in_two_hours_everybody_reads_and_answers_before_the_reveal() -> None:
    answers = answers_of(a=dict.fromkeys(CELLS, "likely-fails"), b=dict.fromkeys(CELLS, "asserted"))
    found = agenda(answers, minutes=item_minutes(120), most=item_count(120))
    steps = meeting_plan(found, 120)
    assert [(step.title, step.start, step.end) for step in steps[:3]] == [
        ("attendance", 0, 5),
        ("read and answer", 5, 40),
        ("reveal", 40, 50),
    ]
    assert "commits" in steps[1].instruction
    assert "what others wrote" not in steps[1].instruction
    assert "what others wrote" in steps[2].instruction
    assert (steps[3].start, steps[-1].end) == (50, 120)


@pytest.mark.parametrize("minutes", [45, 60, 90, 119, 120, 180, 240])
def test_nothing_that_others_wrote_is_read_before_the_reveal(minutes: int) -> None:
    steps = meeting_plan(agenda(answers_of(a={}), minutes=item_minutes(minutes)), minutes)
    place = [step.title for step in steps].index("reveal")
    assert "Open the answers" in steps[place].instruction
    assert not any("others wrote" in step.instruction for step in steps[:place])


def test_a_length_that_cannot_be_planned_is_refused() -> None:
    with pytest.raises(UsageError, match="45 to 240"):
        item_minutes(20)
    with pytest.raises(UsageError, match="divides 45 minutes"):
        meeting_plan(agenda(answers_of(a={})), 60)


def test_a_mark_that_bears_on_more_verdicts_has_more_impact(graph: ArgumentGraph) -> None:
    feeding = max(graph.statements("assessment"), key=lambda name: _reach(graph, name))
    sink = min(graph.statements("assessment"), key=lambda name: (_reach(graph, name), name))
    assert _reach(graph, feeding) > _reach(graph, sink)
    answers = answers_of(a={feeding: "doubtful", sink: "doubtful"}, b={feeding: "unknown", sink: "unknown"})
    found = impacts(graph, answers)
    assert found[feeding].moved >= found[sink].moved > 0
    assert max(impact.relative for impact in found.values()) == 1.0


def _reach(graph: ArgumentGraph, name: str) -> int:
    node = graph.index[name]
    return sum(node in graph.core.ancestors(graph.index[other]) for other in graph.statements("assessment"))


def test_impacts_are_shares(graph: ArgumentGraph) -> None:
    # The graph stays out of the arguments: hypothesis would write all of it into a failure.
    @given(rounds_of_answers(most=3))
    def shares(answers: Answers) -> None:
        for impact in impacts(graph, answers).values():
            assert 0 <= impact.share <= impact.relative <= 1

    shares()


def test_impact_against_one_evaluation_at_a_time(graph: ArgumentGraph) -> None:
    answers = answers_of(a={A: "plausible", B: "doubtful..likely"})
    found = impacts(graph, answers)
    verdicts = graph.statements("assessment")

    def strengths(**levels: int) -> tuple[float, ...]:
        held = {A: (levels["a"] + 0.5) / 5, B: (levels["b"] + 0.5) / 5}
        row = graph.with_credences(held).core.evaluate()
        return tuple(float(row[graph.index[name]]) for name in verdicts)

    def moves(before: tuple[float, ...], after: tuple[float, ...]) -> set[int]:
        return {
            place
            for place, (x, y) in enumerate(zip(before, after, strict=True))
            if (x >= 0.5) != (y >= 0.5) or abs(x - y) >= 0.1 - 1e-9
        }

    ends = (strengths(a=2, b=1), strengths(a=2, b=3))
    for cell, shifted in (
        (A, [(strengths(a=way, b=1), strengths(a=way, b=3)) for way in (1, 3)]),
        (B, [(strengths(a=2, b=1 + way), strengths(a=2, b=3 + way)) for way in (-1, 1)]),
    ):
        expected = max(len(moves(ends[0], low) | moves(ends[1], high)) for low, high in shifted)
        assert found[cell].moved == expected


def test_numbers_that_do_not_fit_are_named(graph: ArgumentGraph) -> None:
    answers = Answers(
        {
            "reader-a": {
                A: answer(A, "asserted", "rat-gives-consistent-gradient", credence=0.1),
                B: answer(B, "doubtful", "rat-gives-consistent-gradient", credence=0.9),
            },
            "reader-b": {A: answer(A, "plausible", "rat-gives-consistent-gradient", credence=0.6)},
        }
    )
    stated = {"reader-b": [(A, "hch-is-aligned", CruxCredences(0.3, 0.9, 0.9))]}
    found = incoherences(graph, answers, stated)
    sorts = {(item.reader, item.cell, item.sort) for item in found}
    assert ("reader-a", A, "above-assumption") in sorts
    assert ("reader-a", B, "two-credences") in sorts or ("reader-a", A, "two-credences") in sorts
    assert ("reader-b", A, "conditional") in sorts
    (derived,) = next(item.values for item in found if item.sort == "conditional")
    assert derived == pytest.approx((0.3 - 0.81) / 0.1)
    (item, *_) = (item for item in agenda(answers, AgendaFacts(incoherent=found)).items if item.cell == A)
    assert "incoherent" in item.kinds


def test_pairs_on_one_cell_are_those_who_differ_there() -> None:
    answers = answers_of(
        a={A: "likely", B: "likely-fails"},
        b={A: "likely", B: "asserted"},
        c={A: "doubtful", B: "asserted"},
        d={A: "doubtful", B: "likely-fails"},
    )
    marks = {name: answers.by_reader[name][A].mark for name in answers.readers}
    assert all(len({marks[name] for name in pair.readers}) == 2 for pair in pairings(answers, A))
    assert len(list(combinations(answers.readers, 2))) == 6
