"""The grid of a group, and the summaries of the corpus that it contradicts."""

from __future__ import annotations

import pytest
from hypothesis import given

from answer_strategies import LEVELS, answer, answers_of, rounds_of_answers
from cruxmap.analysis.answers import Answers, answers_by_cell
from cruxmap.knowledge import KnowledgeBase
from cruxmap.loading import load
from cruxmap.model.intervals import Interval
from cruxmap.synthesis.facts import Facts
from cruxmap.synthesis.group_grid import contradicted_by_group, group_marks

CELL = "imitative-amplification-rat/inner-alignment"


@pytest.mark.parametrize(
    ("marks", "word", "shared"),
    [
        (["plausible"] * 3 + ["doubtful"], "plausible", True),
        (["plausible"] * 2 + ["doubtful"], "doubtful..plausible", False),
        (["unknown"] * 3 + ["doubtful"], "unknown", True),
        (["unknown", "doubtful"], "likely-fails..asserted", False),
        (["not-applicable", "likely"], "likely", False),
        (["not-applicable"] * 2, "not-applicable", True),
    ],
)
def test_the_mark_of_a_group_is_shared_or_a_range(
    kb: KnowledgeBase, marks: list[str], word: str, shared: bool
) -> None:
    answers = Answers({f"reader-{number}": {CELL: answer(CELL, mark)} for number, mark in enumerate(marks)})
    found = group_marks(kb, answers)[CELL]
    assert (found.word, found.shared) == (word, shared)


def test_the_range_of_a_group_holds_every_mark(kb: KnowledgeBase) -> None:
    @given(rounds_of_answers())
    def holds(answers: Answers) -> None:
        found = group_marks(kb, answers, share=1.0)
        for cell, given_marks in answers_by_cell(answers).items():
            span = found[cell].interval
            for item in given_marks.values():
                if item.interval is not None:
                    assert span is not None
                    assert span.low <= item.interval.low <= item.interval.high <= span.high

    holds()


def test_a_grid_like_that_of_the_sources_contradicts_nothing(kb: KnowledgeBase) -> None:
    facts = Facts(kb)
    same = {
        cell: group_marks(kb, Answers({"reader-a": {cell: answer(cell, "plausible")}}))[cell]
        for cell, verdict in facts.verdicts.items()
        if verdict.word == "plausible"
    }
    assert same
    assert contradicted_by_group(kb, same) == ()


def test_a_mark_that_a_summary_denies_is_named(kb: KnowledgeBase) -> None:
    marks = group_marks(kb, answers_of(a={CELL: "asserted"}, b={CELL: "asserted"}))
    assert marks[CELL].interval == Interval(4, 4)
    found = contradicted_by_group(kb, marks)
    assert "sentence-inner-alignment-verdicts-mostly-unsettled" in {item.sentence for item in found}
    assert all(item.cells == (CELL,) for item in found)
    assert LEVELS[4] == "asserted"


def test_asking_leaves_the_facts_as_they_were() -> None:
    kb = load()
    facts = Facts(kb)
    before = dict(facts.verdicts)
    contradicted_by_group(kb, group_marks(kb, answers_of(a={CELL: "asserted"})), facts)
    assert facts.verdicts == before
