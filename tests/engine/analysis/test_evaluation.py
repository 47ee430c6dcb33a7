"""Verdicts: contributions add up, fragility is what brute force finds, and fixed labels impose strengths."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from argument_graphs import ARGUMENTS, STATEMENTS, argument_graphs, fixed_labels, oscillating
from cruxmap.analysis.direct_contributions import EXACT_LIMIT, direct_contributions
from cruxmap.analysis.evaluation import evaluate
from cruxmap.analysis.explanations import explain
from cruxmap.analysis.fragility import BIPOLAR, NUDGE, Shake, shakes
from cruxmap.analysis.gradual_errors import NotConvergedError, SupportsRefusedError, UnknownSemanticsError
from cruxmap.analysis.imposed import imposed_strengths
from cruxmap.analysis.semantics import SEMANTICS
from cruxmap.analysis.sides import arguments_by_side
from cruxmap.errors import UsageError
from cruxmap.graph import ArgumentGraph, Edge, EdgeKind, Node, argument_graph
from cruxmap.knowledge import KnowledgeBase
from cruxmap.matrix import matrix

BEARING = (EdgeKind.ATTACK, EdgeKind.SUPPORT)


def bearing_on(graph: ArgumentGraph, name: str) -> set[str]:
    return {edge.source for edge in graph.incoming[name] if edge.kind in BEARING}


@given(argument_graphs(), fixed_labels, st.sampled_from(BIPOLAR))
def test_contributions_sum_to_the_strength_minus_the_strength_without_any(
    graph: ArgumentGraph, fixed: dict[str, str], semantics: str
) -> None:
    imposed = imposed_strengths(graph, fixed)
    result = evaluate(graph, semantics, fixed=fixed)
    split = direct_contributions(graph, [node.id for node in graph.nodes], semantics, imposed)
    for name, found in split.items():
        players = bearing_on(graph, name) - {name}
        assert {item.id for item in found.items} == players
        absent = imposed.copy()
        absent[[graph.index[player] for player in players]] = 0.0
        without = graph.core.evaluate(semantics=semantics, fixed=absent)[graph.index[name]]
        assert sum(item.value for item in found.items) == pytest.approx(result.strengths[name] - without)


@given(argument_graphs())
def test_a_single_argument_contributes_all_the_difference_that_it_makes(graph: ArgumentGraph) -> None:
    result = evaluate(graph)
    for node in graph.nodes:
        players = bearing_on(graph, node.id)
        if len(players) == 1:
            absent = np.full(len(graph.nodes), np.nan)
            absent[graph.index[next(iter(players))]] = 0.0
            without = graph.core.evaluate(fixed=absent)[graph.index[node.id]]
            (item,) = result.verdict(node.id).contributions.items
            assert item.value == pytest.approx(result.strengths[node.id] - without)


def crowd(size: int) -> ArgumentGraph:
    """One verdict under so many arguments, supporters and attackers in turn, all of one weight per side."""
    nodes = [Node("e/v", "assessment", "e", "", "", 0.5)]
    nodes += [Node(f"a{number}", "argument", "e", "", "", 0.3) for number in range(size)]
    kinds = (EdgeKind.SUPPORT, EdgeKind.ATTACK)
    edges = tuple(Edge(f"a{number}", "e/v", kinds[number % 2]) for number in range(size))
    return ArgumentGraph(tuple(nodes), edges)


@pytest.mark.parametrize("size", [10, 12, EXACT_LIMIT])
def test_contributions_are_exact_up_to_fifteen_and_equal_for_equals(size: int) -> None:
    found = evaluate(crowd(size)).verdict("e/v").contributions
    assert (found.samples, found.seed) == (0, None)
    for side in (0, 1):
        values = [item.value for item in found.items if int(item.id[1:]) % 2 == side]
        assert values == pytest.approx([values[0]] * len(values))
        assert (values[0] > 0) is (side == 0)


def test_contributions_are_sampled_above_with_seed_and_standard_error() -> None:
    graph = crowd(EXACT_LIMIT + 3)
    result = evaluate(graph, seed=7)
    verdict = result.verdict("e/v")
    found = verdict.contributions
    assert found.samples >= 100
    assert found.seed == 7
    assert sum(item.value for item in found.items) == pytest.approx(verdict.strength - 0.5)
    assert all(item.standard_error > 0 for item in found.items)
    assert evaluate(graph, seed=7).verdict("e/v").contributions == found
    assert evaluate(graph, seed=8).verdict("e/v").contributions != found
    sentence = next(s for s in explain(result, verdict).strength if "sampled" in s)
    assert f"seed 7, n = {found.samples} orders, standard error at most" in sentence


def side_of(strength: float) -> int:
    return 0 if abs(strength - 0.5) <= 1e-9 else 1 if strength > 0.5 else -1


def shakes_one_by_one(
    graph: ArgumentGraph, semantics: str, fixed: dict[str, str]
) -> dict[str, set[tuple[str, str, float | None]]]:
    """Every change evaluated on a graph of its own."""
    now = evaluate(graph, semantics, fixed=fixed).strengths
    tried: list[tuple[tuple[str, str, float | None], dict[str, float]]] = [
        (("semantics", other, None), dict(evaluate(graph, other, fixed=fixed).strengths))
        for other in BIPOLAR
        if other != semantics
    ]
    held = [name for name, label in fixed.items() if label != "undecided"]
    for node, sign in product(graph.nodes, (-1, 1)):
        value = min(1.0, max(0.0, node.base + sign * NUDGE))
        if node.id not in held and value != node.base:
            moved = graph.with_credences({node.id: value})
            key = ("credence", node.id, value)
            tried.append((key, dict(evaluate(moved, semantics, fixed=fixed).strengths)))
    return {name: {key for key, after in tried if side_of(after[name]) != side_of(now[name])} for name in now}


@settings(max_examples=40)
@given(argument_graphs(), fixed_labels, st.sampled_from(BIPOLAR))
def test_shakes_are_those_that_one_change_after_the_other_finds(
    graph: ArgumentGraph, fixed: dict[str, str], semantics: str
) -> None:
    result = evaluate(graph, semantics, fixed=fixed)
    wanted = shakes_one_by_one(graph, semantics, fixed)
    for name, found in result.shakes.items():
        assert {(shake.cause, shake.name, shake.value) for shake in found} == wanted[name]
        causes = [shake.cause for shake in found]
        assert causes == sorted(causes, reverse=True), "semantics come first"


def test_shakes_are_the_same_in_small_batches(kb: KnowledgeBase, monkeypatch: pytest.MonkeyPatch) -> None:
    graph = argument_graph(kb)
    free = np.full(len(graph.nodes), np.nan)
    whole = shakes(graph, "quadratic-energy", graph.core.evaluate(), free)
    monkeypatch.setattr("cruxmap.analysis.fragility.NUMBERS_AT_ONCE", 10 * len(graph.nodes))
    assert shakes(graph, "quadratic-energy", graph.core.evaluate(), free) == whole


def test_what_does_not_converge_shakes_all_that_its_cycle_reaches() -> None:
    graph = oscillating()
    low = graph.with_credences({node.id: 0.05 for node in graph.nodes if node.kind == "argument"})
    free = np.full(len(graph.nodes), np.nan)
    settled_there = graph.core.evaluate(semantics="euler-based")
    found = shakes(graph, "euler-based", settled_there, free)
    assert Shake("semantics", "quadratic-energy", None, None) in found["e/v"]
    assert Shake("semantics", "quadratic-energy", None, None) in found["a7"]
    assert not any(shake.strength is None for shake in found["e/w"])
    settled = shakes(low, "quadratic-energy", low.core.evaluate(), free)
    assert not any(shake.strength is None for listed in settled.values() for shake in listed)
    with pytest.raises(NotConvergedError, match="try another semantics"):
        evaluate(graph)


def test_a_verdict_on_which_nothing_bears_is_shaken_by_its_own_credence_alone() -> None:
    graph = ArgumentGraph((Node("e/v", "assessment", "e", "", "", 0.55),), ())
    verdict = evaluate(graph).verdict("e/v")
    assert verdict.fragile
    (shake,) = verdict.shakes
    assert (shake.cause, shake.name) == ("credence", "e/v")
    assert shake.strength == pytest.approx(0.45)


def test_fixed_labels_impose_strengths_and_undecided_imposes_none(kb: KnowledgeBase) -> None:
    graph = argument_graph(kb)
    name = "rat-gives-consistent-gradient"
    strengths = {
        label: evaluate(graph, fixed={name: label}).strengths[name] for label in ("in", "out", "undecided")
    }
    assert strengths == {"in": 1.0, "out": 0.0, "undecided": evaluate(graph).strengths[name]}
    assert evaluate(graph, fixed={name: "undecided"}).labels[name] == "undecided"


def test_what_cannot_be_computed_is_refused(kb: KnowledgeBase) -> None:
    graph = argument_graph(kb)
    with pytest.raises(UsageError, match="no statement or argument 'nobody'"):
        evaluate(graph, fixed={"nobody": "in"})
    with pytest.raises(UsageError, match="in, out, undecided"):
        evaluate(graph, fixed={"hch-is-aligned": "maybe"})
    with pytest.raises(UnknownSemanticsError, match="df-quad"):
        evaluate(graph, "df-quat")
    for name in (name for name, entry in SEMANTICS.items() if entry.attack_only):
        with pytest.raises(SupportsRefusedError, match=r"reads attacks only.*use one of"):
            evaluate(graph, name)


def test_premises_combine_by_product_or_by_the_weakest(kb: KnowledgeBase) -> None:
    two = "p2.inner.for.1"
    product_rule = evaluate(argument_graph(kb)).strengths[two]
    weakest = evaluate(argument_graph(kb, premises="min")).strengths[two]
    assert weakest > product_rule
    assert argument_graph(kb, {two: 0.1}, premises="min").premise_rule == "min"


def test_arguments_are_counted_as_in_the_matrix(kb: KnowledgeBase) -> None:
    found = arguments_by_side(argument_graph(kb))
    for row in matrix(kb).rows:
        for criterion, cell in row.cells.items():
            assert found.get(f"{row.id}/{criterion}", (0, 0)) == (cell.pro, cell.con)


def test_verdicts_alone_are_those_in_a_batch(kb: KnowledgeBase) -> None:
    together, alone = evaluate(argument_graph(kb)), evaluate(argument_graph(kb))
    for name in ("imitative-amplification-rat/inner-alignment", "microscope-ai/inner-alignment"):
        single, batched = alone.verdict(name), together.verdicts[name]
        assert [item.id for item in batched.contributions.items] == [
            item.id for item in single.contributions.items
        ]
        assert [item.value for item in batched.contributions.items] == pytest.approx(
            [item.value for item in single.contributions.items], abs=1e-12
        )
        assert (batched.strength, batched.label) == (single.strength, single.label)
        assert together.verdict(name) is together.verdicts[name]


def test_an_explanation_names_what_it_rests_on(kb: KnowledgeBase) -> None:
    result = evaluate(argument_graph(kb), fixed={"rat-gives-consistent-gradient": "in"})
    name = "imitative-amplification-rat/inner-alignment"
    found = explain(result, result.verdict(name), lambda node: f"<{node}>")
    assert found.sentences == (*found.strength, *found.label, *found.failure, *found.fragility)
    assert found.strength[0].startswith("0.")
    assert "<p3.inner.for.2>" in found.strength[0]
    assert found.label[0].startswith(f"<{name}> is in, because <p3.inner.for.2> (weight 0.90) is in")
    assert "because it was set so" in " ".join(found.label)


def test_what_fails_a_verdict_comes_from_the_failure_reading(kb: KnowledgeBase) -> None:
    result = evaluate(argument_graph(kb))
    name = "imitative-amplification-rat/inner-alignment"
    (sentence,) = explain(result, result.verdict(name)).failure
    assert sentence == "What carries it fails if rat-gives-consistent-gradient fails."
    assert explain(result, result.verdict("rat-gives-consistent-gradient")).failure == ()


def test_a_shake_reads_as_data() -> None:
    shake = Shake("credence", "s", 0.6, None)
    assert shake.as_data() == {"cause": "credence", "name": "s", "value": 0.6, "strength": None}


@given(
    argument_graphs(cyclic=True),
    st.dictionaries(st.sampled_from([*STATEMENTS, *ARGUMENTS]), st.floats(0, 1), max_size=3),
    fixed_labels,
    fixed_labels,
)
def test_changing_credences_gives_what_evaluating_anew_gives(
    graph: ArgumentGraph, credences: dict[str, float], before: dict[str, str], after: dict[str, str]
) -> None:
    old = evaluate(graph, fixed=before)
    assert set(old.labels) == set(graph.index)
    changed = old.with_credences(credences, after)
    nodes = tuple(node._replace(base=credences.get(node.id, node.base)) for node in graph.nodes)
    anew = evaluate(ArgumentGraph(nodes, graph.edges, graph.premise_rule), fixed=after)
    assert changed.strengths == anew.strengths
    assert changed.labels == anew.labels
    assert old.strengths == evaluate(graph, fixed=before).strengths
