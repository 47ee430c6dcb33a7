"""Coherence: rank correlation by its definition, each stated stance once, gaps where stances and strengths part."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cruxmap.analysis.coherence import FIRM, NEAR, Coherence, coherence, spearman
from cruxmap.analysis.evaluation import evaluate
from cruxmap.graph import argument_graph
from cruxmap.knowledge import KnowledgeBase
from cruxmap.model.entries import Proposal
from cruxmap.model.vocabulary import Criterion, Scale

INNER = "inner-alignment"


def read(kb: KnowledgeBase, credences: dict[str, float] | None = None) -> Coherence:
    return coherence(kb, evaluate(argument_graph(kb, credences)))


def with_stance(kb: KnowledgeBase, number: int, criterion: str, stance: str) -> KnowledgeBase:
    entry = next(item for item in kb.proposals if item.number == number)
    changed = replace(entry.assessments[criterion], stance=stance)
    entries = {**kb.entries, entry.id: replace(entry, assessments={**entry.assessments, criterion: changed})}
    return replace(kb, entries=entries)


@given(st.permutations(range(6)))
def test_without_ties_the_correlation_is_that_of_the_textbook(order: list[int]) -> None:
    squares = sum((place - value) ** 2 for place, value in enumerate(order))
    assert spearman(range(6), order) == pytest.approx(1 - 6 * squares / (6 * 35))


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=2, max_size=8))
def test_ties_share_the_mean_of_their_ranks(pairs: list[tuple[int, int]]) -> None:
    first, second = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
    found = spearman(first, second)

    def ranks(values: list[int]) -> list[float]:
        return [sum(o < v for o in values) + (sum(o == v for o in values) + 1) / 2 for v in values]

    if len(set(first)) < 2 or len(set(second)) < 2:
        assert found is None
        return
    x, y = ranks(first), ranks(second)
    mean = (len(pairs) + 1) / 2
    above = sum((a - mean) * (b - mean) for a, b in zip(x, y, strict=True))
    below = (sum((a - mean) ** 2 for a in x) * sum((b - mean) ** 2 for b in y)) ** 0.5
    assert found == pytest.approx(above / below)
    assert spearman(second, first) == pytest.approx(found)


def test_every_cell_is_compared_or_named(kb: KnowledgeBase) -> None:
    found = read(kb)
    cells = {f"{entry.id}/{criterion}" for entry in kb.of_kind(Proposal) for criterion in entry.assessments}
    assert cells <= {cell.id for cell in found.cells} | set(found.other)
    assert found.unsettled + sum(cell.word in FIRM for cell in found.cells) == len(found.cells)
    assert max(found.near, found.fragile) <= found.near_or_fragile <= found.near + found.fragile


def test_an_inherited_firm_stance_is_resolved_but_counted_once(kb: KnowledgeBase) -> None:
    before, after = read(kb), read(with_stance(kb, 2, INNER, "inherits:3"))
    assert after.firm == before.firm
    assert after.spearman == pytest.approx(before.spearman)
    name = f"imitative-amplification-intermittent-oversight/{INNER}"
    (cell,) = [item for item in after.cells if item.id == name]
    assert (cell.stance, cell.word) == ("inherits:3", "plausible")
    assert after.unsettled == before.unsettled - 1


def test_marks_that_nobody_gave_are_left_out(kb: KnowledgeBase) -> None:
    found = read(with_stance(kb, 2, INNER, "unknown"))
    name = f"imitative-amplification-intermittent-oversight/{INNER}"
    assert set(found.other) - set(read(kb).other) == {name}
    assert len(found.cells) == len(read(kb).cells) - 1


@pytest.mark.parametrize(
    ("stance", "strength", "side", "gap"),
    [
        ("doubtful", 0.9, 1, 0.4 + NEAR),
        ("likely-fails", 0.1, 0, 0.0),
        ("doubtful", 0.5, 1, NEAR),
        ("plausible", 0.2, -1, 0.3 + NEAR),
        ("asserted", 0.56, 0, 0.0),
        ("open", 0.9, 1, 0.4 - NEAR),
        ("conditional", 0.1, -1, 0.4 - NEAR),
        ("open", 0.53, 0, 0.0),
    ],
)
def test_the_gap_is_the_way_back_to_where_the_stance_has_it(
    kb: KnowledgeBase, stance: str, strength: float, side: int, gap: float
) -> None:
    changed = with_stance(kb, 3, INNER, stance)
    name = f"imitative-amplification-rat/{INNER}"
    graph = argument_graph(changed, {name: strength})
    alone = replace(graph, edges=tuple(edge for edge in graph.edges if edge.target != name))
    (cell,) = [item for item in coherence(changed, evaluate(alone)).cells if item.id == name]
    assert (cell.strength, cell.side) == (strength, side)
    assert cell.gap == pytest.approx(gap)
    assert cell.pulling == ()


def test_the_worst_cells_come_first_with_what_pulls_them(kb: KnowledgeBase) -> None:
    found = read(kb)
    gaps = [cell.gap for cell in found.cells]
    assert gaps == sorted(gaps, reverse=True)
    worst = found.worst()
    assert 0 < len(worst) <= 10
    assert all(cell.gap > 0 for cell in worst)
    for cell in worst:
        assert all(value * cell.side > 0 for _, value in cell.pulling)
    assert found.worst(3) == worst[:3]


def test_without_firm_cells_there_is_no_correlation(kb: KnowledgeBase) -> None:
    bare = replace(
        kb, entries={name: e for name, e in kb.entries.items() if isinstance(e, Criterion | Scale)}
    )
    found = read(bare)
    assert (found.firm, found.spearman, found.without_one, found.cells) == ((), None, None, ())
    assert found.as_data()["unsettled"]["share"] is None
