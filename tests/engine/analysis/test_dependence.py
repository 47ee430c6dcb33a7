"""What a verdict depends on, against the meaning of premises, objections and circles written out."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cruxmap.analysis.dependence import Status, all_of, dependences, formula_data, some_of
from cruxmap.analysis.formulas import Atom, Constant, Formula, atoms, parse_formula
from cruxmap.graph import ArgumentGraph, Edge, EdgeKind, Node, argument_graph
from cruxmap.knowledge import KnowledgeBase

KINDS = {
    **dict.fromkeys(("s0", "s1", "s2"), "assumption"),
    **dict.fromkeys(("v/a", "v/b"), "assessment"),
    **dict.fromkeys(("a0", "a1", "a2", "a3"), "argument"),
}
STATEMENTS = [name for name, kind in KINDS.items() if kind != "argument"]
ARGUMENTS = [name for name, kind in KINDS.items() if kind == "argument"]


def graph_of(*edges: Edge) -> ArgumentGraph:
    return ArgumentGraph(tuple(Node(name, kind, "v", "", "", 0.5) for name, kind in KINDS.items()), edges)


def edges_of(kind: EdgeKind, pairs: dict[str, str]) -> list[Edge]:
    return [Edge(source, target, kind) for source, target in pairs.items()]


SUPPORT, ATTACK, PREMISE, EXCEPTION = EdgeKind.SUPPORT, EdgeKind.ATTACK, EdgeKind.PREMISE, EdgeKind.EXCEPTION

supports = st.builds(
    Edge, st.sampled_from(ARGUMENTS), st.sampled_from(["v/a", "v/b"]), st.sampled_from([SUPPORT, ATTACK])
)
undercuts = st.builds(Edge, st.sampled_from(ARGUMENTS), st.sampled_from(ARGUMENTS), st.just(ATTACK))
premises = st.builds(
    Edge, st.sampled_from(STATEMENTS), st.sampled_from(ARGUMENTS), st.sampled_from([PREMISE, EXCEPTION])
)
graphs = st.sets(st.one_of(supports, supports, premises, premises, undercuts), max_size=12).map(
    lambda edges: graph_of(*sorted(edges))
)
labels = st.dictionaries(st.sampled_from(sorted(KINDS)), st.sampled_from(["in", "out", "undecided"]))
fixings = st.dictionaries(st.sampled_from(sorted(KINDS)), st.sampled_from(["in", "out"]), max_size=2)


def holding(
    graph: ArgumentGraph,
    given_labels: dict[str, str],
    fixed: dict[str, str],
    true: set[str],
    *,
    everything: bool,
) -> set[str]:
    """Which nodes hold when some assumptions do: the least fixpoint, found by adding until nothing changes."""

    def counts(verdict: str, argument: str) -> bool:
        if everything or graph.sources(argument, PREMISE):
            return True
        return not any(graph.sources(other, PREMISE) for other in graph.sources(verdict, SUPPORT))

    def adds(name: str, found: set[str]) -> bool:
        if name in fixed:
            return fixed[name] == "in"
        if KINDS[name] == "assumption":
            return name in true and given_labels.get(name) != "out"
        if KINDS[name] == "assessment":
            return any(item in found and counts(name, item) for item in graph.sources(name, SUPPORT))
        objections = (*graph.sources(name, ATTACK), *graph.sources(name, EXCEPTION))
        if any(given_labels.get(item) == "in" for item in objections):
            return False
        return all(item in found for item in graph.sources(name, PREMISE))

    found: set[str] = set()
    while more := {name for name in KINDS if name not in found and adds(name, found)}:
        found |= more
    return found


def evaluated(data: Any, true: set[str]) -> bool:
    if isinstance(data, bool):
        return data
    if isinstance(data, str):
        return data in true
    ((kind, parts),) = data.items()
    return (all if kind == "and" else any)(evaluated(part, true) for part in parts)


@given(graphs, labels, fixings, st.booleans())
def test_a_formula_holds_exactly_where_its_verdict_does(
    graph: ArgumentGraph, given_labels: dict[str, str], fixed: dict[str, str], everything: bool
) -> None:
    found = dependences(graph, given_labels, fixed=fixed, all_arguments=everything)
    assert list(found) == ["v/a", "v/b"]
    for choice in product((False, True), repeat=3):
        true = {name for name, is_true in zip(("s0", "s1", "s2"), choice, strict=True) if is_true}
        expected = holding(graph, given_labels, fixed, true, everything=everything)
        for name, item in found.items():
            assert evaluated(formula_data(item.formula), true) == (name in expected)


@given(graphs, labels, fixings)
def test_what_is_settled_is_no_atom(
    graph: ArgumentGraph, given_labels: dict[str, str], fixed: dict[str, str]
) -> None:
    settled = set(fixed) | {name for name, label in given_labels.items() if label == "out"}
    for item in dependences(graph, given_labels, fixed=fixed).values():
        assert not settled & set(atoms(item.formula))
        assert all(KINDS[name] == "assumption" for name in atoms(item.formula))


@given(graphs, labels)
def test_objections_are_sorted_by_their_labels(graph: ArgumentGraph, given_labels: dict[str, str]) -> None:
    for name, item in dependences(graph, given_labels).items():
        attackers = graph.sources(name, ATTACK)
        assert item.standing == tuple(other for other in attackers if given_labels.get(other) == "in")
        undecided = [other for other in attackers if given_labels.get(other, "undecided") == "undecided"]
        assert item.open == tuple(undecided)
        for reason in item.reasons:
            objections = {*graph.sources(reason.argument, ATTACK), *graph.sources(reason.argument, EXCEPTION)}
            assert set(reason.blocked_by) == {o for o in objections if given_labels.get(o) == "in"}
            assert reason.is_available == (not reason.blocked_by and not reason.failing)


def test_an_argument_that_assumes_nothing_is_left_out_beside_one_that_does() -> None:
    graph = graph_of(Edge("a0", "v/a", SUPPORT), Edge("a1", "v/a", SUPPORT), Edge("s0", "a0", PREMISE))
    found = dependences(graph, {})["v/a"]
    assert (found.formula, found.left_out, found.status) == (Atom("s0"), ("a1",), Status.RESTS)
    whole = dependences(graph, {}, all_arguments=True)["v/a"]
    assert (whole.status, whole.unconditional) == (Status.HOLDS, ("a1",))


def test_alone_an_argument_that_assumes_nothing_counts() -> None:
    found = dependences(graph_of(Edge("a1", "v/a", SUPPORT)), {})["v/a"]
    assert (found.status, found.unconditional, found.left_out) == (Status.HOLDS, ("a1",), ())


def test_a_verdict_without_support_differs_from_one_whose_support_is_switched_off() -> None:
    graph = graph_of(Edge("a0", "v/a", SUPPORT), Edge("s0", "a0", PREMISE), Edge("s1", "a0", EXCEPTION))
    found = dependences(graph, {"s1": "in"})
    assert (found["v/a"].status, found["v/b"].status) == (Status.FAILS, Status.UNSUPPORTED)
    assert found["v/a"].reasons[0].blocked_by == ("s1",)


def test_a_verdict_that_rests_on_another_takes_over_its_formula() -> None:
    graph = graph_of(
        Edge("a0", "v/a", SUPPORT),
        Edge("v/b", "a0", PREMISE),
        Edge("s0", "a0", PREMISE),
        Edge("a1", "v/b", SUPPORT),
        Edge("s1", "a1", PREMISE),
    )
    found = dependences(graph, {})["v/a"]
    assert set(atoms(found.formula)) == {"s0", "s1"}
    assert found.through == ("v/b",)


def test_a_circle_supports_nothing_by_itself() -> None:
    circle = [
        Edge("a0", "v/a", SUPPORT),
        Edge("v/b", "a0", PREMISE),
        Edge("a1", "v/b", SUPPORT),
        Edge("v/a", "a1", PREMISE),
    ]
    assert dependences(graph_of(*circle), {})["v/a"].formula == Constant(False)
    entered = graph_of(*circle, Edge("a2", "v/b", SUPPORT), Edge("s2", "a2", PREMISE))
    assert dependences(entered, {})["v/a"].formula == Atom("s2")
    behind = graph_of(*circle, Edge("a2", "v/a", SUPPORT), Edge("s2", "a2", PREMISE))
    assert dependences(behind, {})["v/b"].formula == Atom("s2")


@pytest.mark.parametrize(("label", "status"), [("in", Status.HOLDS), ("out", Status.UNSUPPORTED)])
def test_a_verdict_that_was_set_rests_on_nothing(label: str, status: Status) -> None:
    found = dependences(graph_of(), {}, fixed={"v/a": label})["v/a"]
    assert (found.fixed, found.status) == (label, status)


names = st.sampled_from(["a", "b", "c"]).map(Atom)
parts = st.lists(st.one_of(names, st.booleans().map(Constant)), max_size=4)


@given(parts, st.sets(st.sampled_from(["a", "b", "c"])))
def test_joining_folds_constants_and_keeps_the_meaning(given_parts: list[Formula], true: set[str]) -> None:
    values = [evaluated(formula_data(part), true) for part in given_parts]
    assert evaluated(formula_data(all_of(given_parts)), true) == all(values)
    assert evaluated(formula_data(some_of(given_parts)), true) == any(values)


def test_formulas_of_the_corpus_can_be_written_out_and_read_again(kb: KnowledgeBase) -> None:
    for item in dependences(argument_graph(kb), {}).values():
        assert parse_formula(formula_data(item.formula)) is item.formula
