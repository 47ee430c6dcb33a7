"""Coherent overall positions against their definition, and what is read out of them."""

from __future__ import annotations

import random
from itertools import permutations
from time import monotonic
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cruxmap.analysis.frameworks import ArgumentationFramework
from cruxmap.analysis.labelling import STANDARDS
from cruxmap.analysis.positions import SEMANTICS, Block, Positions, overall_positions, positions
from cruxmap.analysis.positions_blocks import Outcome
from cruxmap.errors import UsageError
from cruxmap.graph import ArgumentGraph, Edge, EdgeKind, Node, argument_graph
from cruxmap.knowledge import KnowledgeBase
from engine.analysis.position_oracle import Labels, Oracle, graph_of, graphs

standards = st.sampled_from(STANDARDS)
small = graphs(2, 2, 4)
two_valued = graphs(3, 2, 5)
larger = graphs(3, 3, 7)


def as_set(found: list[Labels]) -> set[tuple[tuple[str, str], ...]]:
    return {tuple(sorted(labels.items())) for labels in found}


def assert_same(graph: ArgumentGraph, semantics: str, standard: str, fixed: Labels) -> None:
    found = list(overall_positions(graph, semantics, standard, fixed, budget=None))
    wanted = Oracle(graph, standard, fixed).positions(semantics)
    assert len(found) == len(wanted)
    assert as_set(found) == as_set(wanted)


@settings(max_examples=150)
@given(small, standards, st.sampled_from(["complete", "preferred"]), st.data())
def test_positions_are_those_of_the_definition(
    graph: ArgumentGraph, standard: str, semantics: str, data: st.DataObject
) -> None:
    names = st.sampled_from([node.id for node in graph.nodes])
    fixed = data.draw(st.dictionaries(names, st.sampled_from(["in", "out", "undecided"]), max_size=2))
    assert_same(graph, semantics, standard, fixed)


@settings(max_examples=150)
@given(two_valued, standards, st.data())
def test_stable_positions_are_those_of_the_definition(
    graph: ArgumentGraph, standard: str, data: st.DataObject
) -> None:
    names = st.sampled_from([node.id for node in graph.nodes])
    fixed = data.draw(st.dictionaries(names, st.sampled_from(["in", "out"]), max_size=2))
    assert_same(graph, "stable", standard, fixed)


arguments = st.sampled_from([f"a{number}" for number in range(7)])


@settings(max_examples=150)
@given(st.sets(st.tuples(arguments, arguments), max_size=14), st.sampled_from(SEMANTICS))
def test_with_arguments_and_attacks_alone_they_are_the_extensions_of_dung(
    attacks: set[tuple[str, str]], semantics: str
) -> None:
    names = [f"a{number}" for number in range(7)]
    edges = {Edge(attacker, attacked, EdgeKind.ATTACK) for attacker, attacked in attacks}
    found = [
        frozenset(name for name, label in labels.items() if label == "in")
        for labels in overall_positions(graph_of(names, {}, edges), semantics, budget=None)
    ]
    assert len(found) == len(set(found))
    assert set(found) == set(ArgumentationFramework(names, sorted(attacks)).extensions(semantics))


def restricted(found: list[Labels], held: Labels) -> list[Labels]:
    return [labels for labels in found if held.items() <= labels.items()]


def closed(pairs: tuple[tuple[str, str], ...]) -> set[tuple[str, str]]:
    """The transitive closure."""
    found = set(pairs)
    while more := {(a, d) for a, b in found for c, d in found if b == c} - found:
        found |= more
    return found


def assert_minimal_clash(result: Positions, known: list[Labels], held: Labels) -> None:
    assert result.clash.items() <= held.items()
    assert not restricted(known, result.clash)
    for name in result.clash:
        assert restricted(known, without(result.clash, name))


def without(labels: Labels, name: str) -> Labels:
    return {other: label for other, label in labels.items() if other != name}


def assert_consequences(result: Positions, known: list[Labels], with_it: list[Labels]) -> None:
    """Exactly what becomes certain is a consequence, and all that is said to be shared is."""
    for name in (name for name in known[0] if name[0] != "a"):
        before = {labels[name] for labels in known}
        after = {labels[name] for labels in with_it}
        certain = len(after) == 1 and len(before) > 1 and name not in result.given
        assert result.consequences.get(name) == (next(iter(after)) if certain else None)
        shared = (result.shared | result.decided).get(name)
        assert shared is None or before == {shared}


def assert_outcome(outcome: Outcome, with_it: list[Labels]) -> None:
    """Every commitment brings the outcome about, none of its parts can be spared, and together they cover it."""
    fitting = restricted(with_it, outcome.labels)
    assert fitting
    for commitment in outcome.commitments:
        assert restricted(with_it, commitment)
        assert all(labels in fitting for labels in restricted(with_it, commitment))
        for name in commitment:
            assert any(labels not in fitting for labels in restricted(with_it, without(commitment, name)))
    if outcome.complete:
        assert all(any(c.items() <= labels.items() for c in outcome.commitments) for labels in fitting)


def assert_ties(block: Block, with_it: list[Labels]) -> None:
    ties = block.ties
    first = [name for name in block.verdicts if not any(name in group[1:] for group in ties.together)]
    followed = closed(ties.requires)
    for one, other in permutations(first, 2):
        pairs = {(labels[one], labels[other]) for labels in with_it}
        ins = {second for label, second in pairs if label == "in"}
        assert ((one, other) in followed) is (ins == {"in"})
        some = any(second == "in" for _, second in pairs)
        assert ((one, other) in ties.excludes or (other, one) in ties.excludes) is (
            some and bool(ins) and "in" not in ins
        )
        assert ((one, other) in ties.covers or (other, one) in ties.covers) is all("in" in p for p in pairs)
    for group in ties.together:
        assert all(len({labels[name] for name in group}) == 1 for labels in with_it)


@settings(max_examples=200)
@given(larger, standards, st.sampled_from(SEMANTICS), st.data())
def test_what_is_read_out_is_true_of_all_positions(
    graph: ArgumentGraph, standard: str, semantics: str, data: st.DataObject
) -> None:
    names = st.sampled_from([node.id for node in graph.nodes])
    held = data.draw(st.dictionaries(names, st.sampled_from(["in", "out"]), max_size=2))
    known = list(overall_positions(graph, semantics, standard, budget=None))
    result = positions(graph, semantics, standard, given=held, limit=100, budget=None)
    with_it = restricted(known, held)
    assert result.exists is bool(with_it)
    if not known:
        assert result.impossible
    elif not with_it:
        assert_minimal_clash(result, known, held)
    else:
        verdicts = [name for name in known[0] if name[0] == "v"]
        assert result.counted
        assert result.camp_count == len({tuple(labels[name] for name in verdicts) for labels in with_it})
        assert_consequences(result, known, with_it)
        for outcome in result.taking:
            assert outcome.labels.items() <= held.items()
            assert_outcome(outcome, known)
        for block in result.blocks:
            assert_ties(block, with_it)
            for outcome in (*block.camps, *block.turning):
                assert_outcome(outcome, with_it)


@settings(max_examples=60)
@given(larger, standards, st.sampled_from(["preferred", "complete"]))
def test_a_narrowed_question_has_the_camps_of_the_whole(
    graph: ArgumentGraph, standard: str, semantics: str
) -> None:
    known = list(overall_positions(graph, semantics, standard, budget=None))
    result = positions(graph, semantics, standard, about=["v0"], limit=100, budget=None)
    labels = {found["v0"] for found in known}
    assert {camp.labels["v0"] for block in result.blocks for camp in block.camps} == (
        labels if len(labels) > 1 else set()
    )


def chain(*edges: Edge, weights: dict[str, float] | None = None) -> ArgumentGraph:
    ends = {end for edge in edges for end in (edge.source, edge.target)}
    names = sorted(ends, key=lambda name: ("sva".index(name[0]), int(name[1:])))
    return graph_of(names, weights or {}, set(edges))


CIRCLE = (
    Edge("v0", "a0", EdgeKind.PREMISE),
    Edge("a0", "v1", EdgeKind.SUPPORT),
    Edge("v1", "a1", EdgeKind.PREMISE),
    Edge("a1", "v0", EdgeKind.SUPPORT),
)


def test_support_in_a_circle_may_be_held_but_is_not_stable() -> None:
    graph = chain(*CIRCLE)
    assert {labels["v0"] for labels in overall_positions(graph, "preferred")} == {"in", "out"}
    assert [labels["v0"] for labels in overall_positions(graph, "stable")] == ["out"]
    assert positions(graph, "stable").shared == {"v0": "out", "v1": "out"}


def test_an_odd_cycle_allows_no_stable_position_and_is_named() -> None:
    graph = chain(
        Edge("a0", "a0", EdgeKind.ATTACK),
        Edge("s0", "a1", EdgeKind.PREMISE),
        Edge("a1", "v0", EdgeKind.SUPPORT),
    )
    found = positions(graph, "stable")
    assert (found.exists, found.impossible, found.camp_count) == (False, (("a0",),), 0)
    assert positions(graph, "preferred").camp_count == 2


def test_a_choice_between_arguments_is_a_commitment_where_statements_do_not_decide() -> None:
    graph = chain(
        Edge("a0", "a1", EdgeKind.ATTACK),
        Edge("a1", "a0", EdgeKind.ATTACK),
        Edge("a0", "v0", EdgeKind.SUPPORT),
    )
    (block,) = positions(graph).blocks
    assert block.statements == ()
    assert [(camp.labels["v0"], len(camp.commitments[0])) for camp in block.camps] == [("in", 1), ("out", 1)]


def test_a_verdict_that_holds_either_way_is_shared_though_no_argument_decides_it() -> None:
    graph = chain(
        Edge("s0", "a0", EdgeKind.PREMISE),
        Edge("s0", "a1", EdgeKind.EXCEPTION),
        Edge("a0", "v0", EdgeKind.SUPPORT),
        Edge("a1", "v0", EdgeKind.SUPPORT),
    )
    found = positions(graph)
    assert (found.decided, found.shared, found.blocks) == ({}, {"v0": "in"}, ())
    assert positions(graph, "complete").camp_count == 2


def test_what_follows_from_accepting_a_verdict_is_what_it_needs() -> None:
    graph = chain(
        Edge("s0", "a0", EdgeKind.PREMISE),
        Edge("s1", "a0", EdgeKind.PREMISE),
        Edge("s2", "a1", EdgeKind.PREMISE),
        Edge("s0", "a1", EdgeKind.PREMISE),
        Edge("a0", "v0", EdgeKind.SUPPORT),
        Edge("a1", "v0", EdgeKind.SUPPORT),
    )
    found = positions(graph, given={"v0": "in"})
    assert found.consequences == {"s0": "in"}
    (taking,) = found.taking
    assert taking.commitments == ({"s0": "in", "s1": "in"}, {"s0": "in", "s2": "in"})
    clash = positions(graph, given={"v0": "in", "s0": "out", "s1": "in"})
    assert clash.clash == {"v0": "in", "s0": "out"}
    assert not clash.exists


def test_what_the_arguments_decide_against_is_refused_with_their_reasons() -> None:
    graph = chain(
        Edge("a0", "v0", EdgeKind.ATTACK),
        Edge("a1", "v0", EdgeKind.SUPPORT),
        weights={"a0": 0.9, "a1": 0.2},
    )
    found = positions(graph, given={"v0": "in"})
    assert found.clash == {"v0": "in"}
    assert [decision.node for decision in found.clash_reasons] == ["a0", "v0"]
    assert "v0 is out" in found.clash_reasons[-1].reason


def test_the_statement_that_splits_a_question_is_found() -> None:
    edges = []
    for number in range(6):
        edges += [
            Edge("s9", f"a{number}", EdgeKind.PREMISE),
            Edge(f"s{number}", f"a{number}", EdgeKind.PREMISE),
            Edge(f"a{number}", f"v{number}", EdgeKind.SUPPORT),
        ]
    graph = chain(*edges)
    (block,) = positions(graph).blocks
    assert block.split == ("s9", 6)
    assert len(positions(graph, given={"s9": "in"}).blocks) == 6


def test_what_is_set_overrules_the_arguments_and_what_is_given_does_not() -> None:
    edges = Edge("a0", "s0", EdgeKind.ATTACK), Edge("s0", "a1", EdgeKind.PREMISE)
    graph = chain(*edges, weights={"a0": 0.9})
    assert positions(graph, given={"s0": "in"}).clash == {"s0": "in"}
    assert positions(graph, fixed={"s0": "in"}, given={"a1": "in"}).exists


def pairs_of(count: int) -> ArgumentGraph:
    """A verdict for each pair of arguments, with one open statement for every two of them."""
    edges = []
    for number in range(count):
        edges += [
            Edge(f"s{number}", f"a{number}", EdgeKind.PREMISE),
            Edge(f"s{(number + 1) % count}", f"a{number}", EdgeKind.EXCEPTION),
            Edge(f"a{number}", f"v{number}", EdgeKind.SUPPORT),
        ]
    return chain(*edges)


def test_many_camps_are_counted_up_to_a_bound_and_their_ties_are_found_all_the_same() -> None:
    (block,) = positions(pairs_of(40), budget=None).blocks
    assert (block.camp_count, block.counted, block.camps) == (1_000, False, ())
    assert block.within_budget
    assert set(block.ties.excludes) >= {(f"v{number}", f"v{number + 1}") for number in range(39)}
    assert len(block.turning) == 80


def test_camps_that_are_not_all_described_lie_far_apart() -> None:
    (block,) = positions(pairs_of(6), limit=2).blocks
    assert block.counted
    assert block.camp_count == 18
    first, second = (camp.labels for camp in block.camps)
    assert sum(first[name] != second[name] for name in first) == 6


def test_a_spent_budget_keeps_what_is_certain(kb: KnowledgeBase) -> None:
    found = positions(argument_graph(kb), budget=0)
    assert not found.within_budget
    assert not found.counted
    assert found.decided == positions(argument_graph(kb)).decided
    with pytest.raises(UsageError, match="within 0 s"):
        list(overall_positions(argument_graph(kb), budget=0))


def copies(graph: ArgumentGraph, count: int, links: int) -> ArgumentGraph:
    """Copy a graph that shares half of its open statements, and join the copies by random arguments."""
    chance = random.Random(7)
    shared = {
        node.id
        for node in graph.nodes
        if node.kind not in ("argument", "assessment") and chance.random() < 0.5
    }

    def name(node: str, copy: int) -> str:
        return node if node in shared else f"{node}#{copy}"

    nodes: dict[str, Node] = {}
    edges: list[Edge] = []
    for copy in range(count):
        nodes |= {name(n.id, copy): n._replace(id=name(n.id, copy)) for n in graph.nodes}
        edges += [Edge(name(e.source, copy), name(e.target, copy), e.kind) for e in graph.edges]
    steps = [node.id for node in nodes.values() if node.kind == "argument"]
    edges += [Edge(chance.choice(steps), chance.choice(steps), EdgeKind.ATTACK) for _ in range(links)]
    return ArgumentGraph(tuple(nodes.values()), tuple(dict.fromkeys(edges)))


def test_a_graph_of_two_thousand_nodes_is_read_within_the_budget(kb: KnowledgeBase) -> None:
    once = argument_graph(kb)
    graph = copies(once, -(-2_000 // len(once.nodes)), 40)
    assert len(graph.nodes) > 1_500
    started = monotonic()
    found = positions(graph, budget=30)
    assert monotonic() - started < 10  # measured: well under a second
    assert found.within_budget
    assert sum(len(block.verdicts) for block in found.blocks) > 60


def test_unknown_names_labels_and_semantics_are_refused(kb: KnowledgeBase) -> None:
    graph = argument_graph(kb)
    mistakes: list[tuple[dict[str, Any], str]] = [
        ({"semantics": "stabel"}, "there are no 'stabel' positions"),
        ({"given": {"nobody": "in"}}, "no statement or argument 'nobody'"),
        ({"given": {"hch-is-aligned": "maybe"}}, "not 'maybe'"),
        ({"standard": "hearsay"}, "no proof standard 'hearsay'"),
        ({"limit": 0}, "a limit of 1 or more"),
        ({"semantics": "stable", "fixed": {"hch-is-aligned": "undecided"}}, "set to undecided"),
        ({"given": {"hch-is-aligned": "in"}, "fixed": {"hch-is-aligned": "out"}}, "was set to out"),
    ]
    for mistake, message in mistakes:
        with pytest.raises(UsageError, match=message):
            positions(graph, **mistake)
