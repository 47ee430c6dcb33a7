"""What-if: the same as computing both sides apart, and paths along which the change really went."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from argument_graphs import KINDS, argument_graphs, built, fixed_labels, oscillating
from cruxmap.analysis.evaluation import evaluate
from cruxmap.analysis.gradual_errors import NotConvergedError
from cruxmap.analysis.labelling import grounded_labels
from cruxmap.analysis.semantics import SEMANTICS
from cruxmap.analysis.whatif import MOVED, Stillness, WhatIf, what_if
from cruxmap.errors import UsageError
from cruxmap.graph import ArgumentGraph, Edge, EdgeKind, argument_graph
from cruxmap.knowledge import KnowledgeBase

BIPOLAR = [name for name, entry in SEMANTICS.items() if not entry.attack_only]
changes = st.dictionaries(st.sampled_from(list(KINDS)), st.sampled_from([0.0, 0.3, 1.0]), max_size=2)


@given(argument_graphs(), changes, fixed_labels, st.sampled_from(BIPOLAR))
def test_before_and_after_are_those_of_two_evaluations(
    graph: ArgumentGraph, credences: dict[str, float], labels: dict[str, str], semantics: str
) -> None:
    found = what_if(graph, credences, labels, semantics=semantics)
    before = evaluate(graph, semantics)
    after = evaluate(graph.with_credences(credences), semantics, fixed=labels)
    assert dict(zip(graph.index, found.before.tolist(), strict=True)) == pytest.approx(before.strengths)
    assert dict(zip(graph.index, found.after.tolist(), strict=True)) == pytest.approx(after.strengths)
    assert dict(found.labels_before) == before.labels
    assert dict(found.labels_after) == after.labels
    moved = {
        name
        for name in graph.statements("assessment")
        if abs(after.strengths[name] - before.strengths[name]) > MOVED
        or after.labels[name] != before.labels[name]
    }
    assert {move.id for move in found.moves} == moved
    sizes = [abs(move.change) for move in found.moves]
    assert sizes == sorted(sizes, reverse=True)


@example(
    built({"s0": 0.0}, {Edge("a1", "e/v", EdgeKind.SUPPORT), Edge("s0", "a1", EdgeKind.PREMISE)}),
    {"a1": 0.0},
    {},
)
@given(argument_graphs(), changes, fixed_labels)
def test_a_path_leads_along_edges_from_a_changed_node_to_the_verdict(
    graph: ArgumentGraph, credences: dict[str, float], labels: dict[str, str]
) -> None:
    found = what_if(graph, credences, labels)
    edges = {(edge.source, edge.target) for edge in graph.edges}
    for move in found.moves:
        assert move.path[-1] == move.id
        assert move.path[0] in {*credences, *labels}
        assert set(zip(move.path, move.path[1:], strict=False)) <= edges
        for name in move.path if abs(move.change) > MOVED else ():
            assert found.before[graph.index[name]] != found.after[graph.index[name]]


def test_a_path_takes_the_parent_that_moves_its_child_most() -> None:
    graph = built(
        {"a0": 0.9, "a1": 0.2},
        {
            Edge("s0", "a0", EdgeKind.PREMISE),
            Edge("s0", "a1", EdgeKind.PREMISE),
            Edge("a0", "e/v", EdgeKind.SUPPORT),
            Edge("a1", "e/v", EdgeKind.SUPPORT),
        },
    )
    (move,) = what_if(graph, {"s0": 1.0}).moves
    assert move.path == ("s0", "a0", "e/v")


def test_a_path_ignores_a_parent_that_moves_more_but_the_other_way() -> None:
    graph = built(
        {"a0": 0.9, "a1": 0.3},
        {
            Edge("s0", "a0", EdgeKind.PREMISE),
            Edge("a0", "e/v", EdgeKind.SUPPORT),
            Edge("s1", "a1", EdgeKind.PREMISE),
            Edge("a1", "e/v", EdgeKind.ATTACK),
        },
    )
    (move,) = what_if(graph, {"s0": 0.45, "s1": 1.0}).moves
    assert move.change < 0
    (other,) = what_if(graph, {"s0": 1.0, "s1": 1.0}).moves
    assert other.change > 0
    assert other.path == ("s0", "a0", "e/v")


def test_a_verdict_that_is_set_itself_is_its_own_path() -> None:
    graph = built({}, {Edge("a0", "e/v", EdgeKind.SUPPORT)})
    assert [move.path for move in what_if(graph, {"e/v": 0.9}).moves] == [("e/v",)]
    (held,) = what_if(graph, {"a0": 0.0}, {"e/v": "in"}).moves
    assert (held.after, held.label_after, held.path) == (1.0, "in", ("e/v",))


def test_a_label_may_move_without_the_strength() -> None:
    graph = built(
        {"s0": 1.0, "a0": 1.0}, {Edge("s0", "a0", EdgeKind.PREMISE), Edge("a0", "e/v", EdgeKind.SUPPORT)}
    )
    (move,) = what_if(graph, labels={"s0": "in"}).moves
    assert move.change == 0.0
    assert (move.label_before, move.label_after) == ("undecided", "in")
    assert move.path == ("s0", "a0", "e/v")


def stillness(found: WhatIf) -> dict[str, Stillness]:
    return dict(found.still)


def test_what_moves_nothing_says_why() -> None:
    edges = {
        Edge("s0", "a0", EdgeKind.PREMISE),
        Edge("s1", "a0", EdgeKind.PREMISE),
        Edge("a0", "e/v", EdgeKind.SUPPORT),
        Edge("s2", "a1", EdgeKind.PREMISE),
    }
    graph = built({"s1": 0.0}, edges)
    assert stillness(what_if(graph, {"s0": 0.5})) == {"s0": Stillness.SAME}
    assert stillness(what_if(graph, {"s0": 0.9})) == {"s0": Stillness.ABSORBED}
    assert stillness(what_if(graph, {"s2": 0.9})) == {"s2": Stillness.ELSEWHERE}
    assert stillness(what_if(graph, {"a2": 0.9})) == {"a2": Stillness.UNUSED}
    assert stillness(what_if(graph, {"s1": 0.9})) == {}
    assert stillness(what_if(graph, {"s1": 0.9, "a2": 0.9, "s2": 0.1})) == {
        "a2": Stillness.UNUSED,
        "s2": Stillness.ELSEWHERE,
    }


def test_labels_are_looked_at_once_when_only_credences_of_statements_change(
    kb: KnowledgeBase, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = []

    def counted(*arguments: object) -> object:
        calls.append(arguments)
        return grounded_labels(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr("cruxmap.analysis.whatif.grounded_labels", counted)
    graph = argument_graph(kb)
    assert what_if(graph, {"hch-is-aligned": 0.0}).moves
    assert len(calls) == 1
    assert what_if(graph, {"p3.inner.for.2": 0.0}).moves
    assert len(calls) == 3


def test_what_cannot_be_changed_is_refused(kb: KnowledgeBase) -> None:
    graph = argument_graph(kb)
    with pytest.raises(UsageError, match="'nobody'"):
        what_if(graph, {"nobody": 0.1})
    with pytest.raises(UsageError, match="between 0 and 1"):
        what_if(graph, {"hch-is-aligned": 1.1})
    with pytest.raises(UsageError, match="can be fixed to"):
        what_if(graph, labels={"hch-is-aligned": "perhaps"})


def test_a_cycle_without_a_fixpoint_is_named() -> None:
    with pytest.raises(NotConvergedError, match="the component that holds a0"):
        what_if(oscillating(), {"a0": 0.5})
