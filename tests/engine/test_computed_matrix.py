"""The matrix in the computed voice: strengths beside stances, which stay as they are."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from cruxmap.analysis.evaluation import evaluate
from cruxmap.errors import UsageError
from cruxmap.graph import argument_graph
from cruxmap.knowledge import KnowledgeBase


def test_cells_hold_the_verdicts_and_keep_the_stances(kb: KnowledgeBase) -> None:
    source, computed = kb.matrix(), kb.matrix(voice="computed")
    result = evaluate(argument_graph(kb))
    assert (source.voice, source.semantics) == ("source", None)
    assert (computed.voice, computed.semantics) == ("computed", "quadratic-energy")
    for before, after in zip(source.rows, computed.rows, strict=True):
        for criterion, cell in after.cells.items():
            verdict = result.verdict(f"{after.id}/{criterion}")
            assert cell == replace(
                before.cells[criterion],
                strength=verdict.strength,
                label=verdict.label,
                fragile=verdict.fragile,
            )


def test_options_change_what_is_computed(kb: KnowledgeBase) -> None:
    def cell(**options: Any) -> tuple[float | None, str | None]:
        found = kb.matrix(voice="computed", **options).rows[2].cells["inner-alignment"]
        return found.strength, found.label

    default = cell()
    assert cell(labels={"rat-gives-consistent-gradient": "in"})[1] == "in"
    changes: list[dict[str, Any]] = [
        {"semantics": "df-quad"},
        {"premises": "min", "credences": {"rat-gives-consistent-gradient": 0.4}},
        {"credences": {"rat-gives-consistent-gradient": 0.1}},
    ]
    for options in changes:
        assert cell(**options)[0] != default[0]


def test_sorting_by_a_criterion_puts_the_strongest_first(kb: KnowledgeBase) -> None:
    rows = kb.matrix(voice="computed", sort="inner").rows
    strengths = [row.cells["inner-alignment"].strength or 0.0 for row in rows]
    assert strengths == sorted(strengths, reverse=True)
    titles = [row.title.casefold() for row in kb.matrix(voice="computed", sort="title").rows]
    assert titles == sorted(titles)


def test_columns_and_groups_are_those_of_the_source(kb: KnowledgeBase) -> None:
    options: dict[str, Any] = {"criteria": ["inner"], "group_by": "mechanism"}
    assert kb.matrix(voice="computed", **options).groups == kb.matrix(**options).groups
    assert [item.id for item in kb.matrix(voice="computed", **options).criteria] == ["inner-alignment"]


def test_a_voice_that_has_nothing_to_say_is_refused(kb: KnowledgeBase) -> None:
    with pytest.raises(UsageError, match="no ratings exist in this workspace"):
        kb.matrix(voice="group")
    with pytest.raises(UsageError, match="voices: source, computed, group"):
        kb.matrix(voice="choir")
    with pytest.raises(UsageError, match="no matrix of kind"):
        kb.matrix("unicorn", voice="computed")
