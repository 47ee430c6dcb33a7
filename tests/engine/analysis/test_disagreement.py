"""Readers over an argument graph: what is compared, and what it is compared with."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cruxmap.analysis.disagreement import Disagreement
from cruxmap.analysis.fragility import BIPOLAR
from cruxmap.analysis.graph_verdicts import GraphVerdict
from cruxmap.errors import UsageError
from cruxmap.graph import ArgumentGraph, Edge, EdgeKind, Node, argument_graph
from cruxmap.knowledge import KnowledgeBase

STATEMENTS = ("s0", "s1", "s2", "s3", "idle")


def small_graph() -> ArgumentGraph:
    """Two verdicts: v/one on s0, s1 (for) and s2 (against), v/two on s3; nothing rests on `idle`."""
    kinds = {"v/one": "assessment", "v/two": "assessment", **dict.fromkeys(STATEMENTS, "assumption")}
    base = {"s1": 0.6}
    nodes = [
        Node(name, kind, name.partition("/")[0], "", "", base.get(name, 0.5)) for name, kind in kinds.items()
    ]
    nodes += [Node(name, "argument", "v", "", "", 0.8) for name in ("for", "against", "other")]
    premise, support, attack = EdgeKind.PREMISE, EdgeKind.SUPPORT, EdgeKind.ATTACK
    edges = [
        Edge("s0", "for", premise),
        Edge("s1", "for", premise),
        Edge("s2", "against", premise),
        Edge("s3", "other", premise),
        Edge("for", "v/one", support),
        Edge("against", "v/one", attack),
        Edge("other", "v/two", support),
    ]
    return ArgumentGraph(tuple(nodes), tuple(edges))


def star(names: Sequence[str], against: Sequence[str], weight: float = 1.0) -> ArgumentGraph:
    """One verdict v/c, and for each statement an argument that assumes it."""
    nodes = [Node("v/c", "assessment", "v", "", "", 0.5)]
    nodes += [Node(name, "assumption", name, "", "", 0.5) for name in names]
    nodes += [Node(f"because-{name}", "argument", "v", "", "", weight) for name in names]
    edges = [Edge(name, f"because-{name}", EdgeKind.PREMISE) for name in names]
    edges += [
        Edge(f"because-{name}", "v/c", EdgeKind.ATTACK if name in against else EdgeKind.SUPPORT)
        for name in names
    ]
    return ArgumentGraph(tuple(nodes), tuple(edges))


VERDICTS = ("v/one", "v/two")
credence = st.floats(0, 1).map(lambda value: round(value, 2))
answers = st.dictionaries(st.sampled_from([*STATEMENTS, "against", "v/two"]), credence)


def of(
    readers: dict[str, dict[str, float]],
    threshold: float = 0.5,
    fixed: dict[str, str] | None = None,
) -> Disagreement:
    return Disagreement(small_graph(), readers, VERDICTS, threshold=threshold, fixed=fixed)


@given(answers, st.sampled_from(VERDICTS), st.sampled_from(BIPOLAR))
def test_a_verdict_over_what_bears_on_it_is_the_verdict_of_the_whole_graph(
    credences: dict[str, float], name: str, semantics: str
) -> None:
    graph = small_graph()
    verdict = GraphVerdict.of(graph, name, semantics)
    changed = graph.with_credences(credences)
    expected = changed.core.evaluate(semantics=semantics)[graph.index[name]]
    bearing = {key: value for key, value in credences.items() if key in verdict.columns}
    assert verdict(bearing) == pytest.approx(expected, abs=1e-12)


def test_every_verdict_of_the_corpus_is_the_same_when_it_is_cut_out(kb: KnowledgeBase) -> None:
    graph = argument_graph(kb)
    whole = graph.core.evaluate()
    for name in graph.statements("assessment"):
        assert GraphVerdict.of(graph, name)({}) == pytest.approx(whole[graph.index[name]], abs=1e-12)


@given(answers, answers)
def test_parts_sum_to_the_gap_and_are_shapleys(x: dict[str, float], y: dict[str, float]) -> None:
    found = of({"a": x, "b": y})
    graph = found.graph
    for verdict in VERDICTS:
        split = found.between(verdict, "a", "b")

        def strength(held: dict[str, float], name: str = verdict) -> float:
            return float(graph.with_credences(held).core.evaluate()[graph.index[name]])

        filled = [found.credences[reader] for reader in ("a", "b")]
        assert split.gap == pytest.approx(strength(filled[1]) - strength(filled[0]), abs=1e-12)
        assert sum(item.contribution for item in split.statements) == pytest.approx(split.gap, abs=1e-9)
        sizes = [round(abs(item.contribution), 12) for item in split.statements]
        assert sizes == sorted(sizes, reverse=True)
        differing = [name for name in filled[0] if filled[0][name] != filled[1][name]]
        expected = dict.fromkeys(differing, 0.0)
        for order in list(permutations(differing))[:: max(1, math.factorial(len(differing)) // 24)]:
            if len(differing) > 4:
                break
            held = dict(filled[0])
            before = strength(held)
            for name in order:
                held[name] = filled[1][name]
                expected[name] += (strength(held) - before) / math.factorial(len(differing))
                before = strength(held)
        if len(differing) <= 4:
            parts = {item.id: item.contribution for item in split.statements}
            for name, value in expected.items():
                assert parts.get(name, 0.0) == pytest.approx(value, abs=1e-9)


@given(answers, answers)
def test_gaps_are_those_of_evaluating_each_reader(x: dict[str, float], y: dict[str, float]) -> None:
    found = of({"a": x, "b": y})
    graph = found.graph
    strengths = [graph.with_credences(found.credences[reader]).core.evaluate() for reader in ("a", "b")]
    expected = {name: strengths[1][graph.index[name]] - strengths[0][graph.index[name]] for name in VERDICTS}
    assert {item.verdict for item in found.gaps} == {k for k, v in expected.items() if abs(v) > 1e-9}
    for item in found.gaps:
        assert item.gap == pytest.approx(expected[item.verdict], abs=1e-12)
    sizes = [round(abs(item.gap), 12) for item in found.gaps]
    assert sizes == sorted(sizes, reverse=True)


def test_what_only_one_reader_rated_is_taken_at_the_base_score_for_the_other() -> None:
    found = of({"a": {"s0": 0.9, "s3": 0.5}, "b": {"s1": 0.2}})
    assert found.credences == {
        "a": {"s0": 0.9, "s1": 0.6, "s3": 0.5},
        "b": {"s0": 0.5, "s1": 0.2, "s3": 0.5},
    }
    assert (found.filled_in("a"), found.filled_in("b")) == (("s1",), ("s0", "s3"))
    assert found.unrated == ("s2", "idle")
    assert [item.verdict for item in found.gaps] == ["v/one"]


def test_differences_that_move_nothing_are_named_with_the_reason() -> None:
    found = of(
        {"a": {"idle": 0.9, "s0": 0.0, "s1": 0.4, "s3": 0.1}, "b": {"idle": 0.1, "s1": 0.9, "s0": 0.0}}
    )
    assert [(item.id, item.bears) for item in found.inert("a", "b")] == [("s1", True), ("idle", False)]
    assert found.elsewhere("v/one") == ("s3", "idle")
    (split,) = (found.between("v/one", "a", "b"),)
    assert [(item.id, item.matters) for item in split.statements] == [("s1", False)]


@given(answers, answers)
def test_what_moves_no_verdict_has_no_effect_when_it_is_traded(
    x: dict[str, float], y: dict[str, float]
) -> None:
    found = of({"a": x, "b": y})
    inert = {item.id for item in found.inert("a", "b")}
    for name in found.rated:
        effects = [
            item.swap.mean_change
            for verdict in VERDICTS
            for item in found.between(verdict, "a", "b").statements
            if item.id == name
        ]
        if found.credences["a"][name] != found.credences["b"][name]:
            assert (name in inert) == all(effect < 1e-9 for effect in effects)


def test_what_is_fixed_for_all_readers_divides_nobody() -> None:
    readers = {"a": {"s0": 0.9, "s1": 0.8}, "b": {"s0": 0.1, "s1": 0.2}}
    assert of(readers, fixed={"s0": "in", "s1": "in"}).gaps == ()
    half = of(readers, fixed={"s0": "in"})
    assert [item.id for item in half.between("v/one", "a", "b").statements] == ["s1"]
    assert "s0" not in [item.id for item in half.between("v/one", "a", "b").results]
    graph = small_graph().with_credences({"s0": 1.0, "s1": 0.8})
    expected = graph.core.evaluate()[graph.index["v/one"]]
    assert half.gaps[0].strengths["a"] == pytest.approx(expected)
    assert half.between("v/one", "a", "b").strengths[0] == pytest.approx(expected)
    assert half.among("v/one").strengths["a"] == pytest.approx(expected)


def test_a_shared_decisive_statement_is_a_double_crux_in_the_graph() -> None:
    found = of({"a": {"s3": 1.0}, "b": {"s3": 0.0}}, threshold=0.6)
    (statement,) = found.between("v/two", "a", "b").statements
    assert statement.crux == "double"
    assert statement.swap.change_x == pytest.approx(-statement.swap.change_y)


def test_two_statements_that_cross_only_together_are_offered() -> None:
    names = ["s0", "s1", "s2"]
    graph = star(names, against=())
    readers = {"a": dict.fromkeys(names, 0.9), "b": dict.fromkeys(names, 0.2)}
    function = GraphVerdict.of(graph, "v/c")
    mostly_low, mostly_high = (
        function(dict(zip(names, held, strict=True))) for held in ((0.9, 0.2, 0.2), (0.9, 0.9, 0.2))
    )
    found = Disagreement(graph, readers, ("v/c",), threshold=(mostly_low + mostly_high) / 2)
    split = found.between("v/c", "a", "b")
    assert [item.crux for item in split.statements] == [None, None, None]
    assert [(item.ids, item.crux) for item in split.pairs] == [
        (("s0", "s1"), "double"),
        (("s0", "s2"), "double"),
        (("s1", "s2"), "double"),
    ]


def test_a_gap_that_depends_on_the_semantics_is_said() -> None:
    split = of({"a": {"s0": 0.9}, "b": {"s0": 0.2}}).between("v/one", "a", "b")
    assert set(split.gaps_by_semantics) == set(BIPOLAR)
    assert split.gaps_by_semantics["quadratic-energy"] == pytest.approx(split.gap)
    assert split.reversed_under == ()


def test_a_gap_that_points_the_other_way_under_another_semantics_is_named() -> None:
    """Three supporters saturate under df-quad, where a weaker attack then counts for more."""
    names = ["s0", "s1", "s2", "s3"]
    readers = {
        "a": dict(zip(names, (0.8, 0.5, 0.2, 1.0), strict=True)),
        "b": dict(zip(names, (0.0, 0.8, 0.0, 0.5), strict=True)),
    }
    split = Disagreement(star(names, against=["s3"]), readers, ("v/c",)).between("v/c", "a", "b")
    assert split.gap < 0
    assert split.reversed_under == ("df-quad",)


def test_results_cover_also_what_readers_agree_on() -> None:
    split = of({"a": {"s0": 0.9}, "b": {"s0": 0.2}}).between("v/one", "a", "b")
    assert {item.id for item in split.results} == {"s0", "s1", "s2"}
    weighed = of({"a": {"v/one": 0.9, "for": 0.3}, "b": {"s0": 0.2}}).between("v/one", "a", "b")
    assert {item.id for item in weighed.results} == {"s0", "s1", "s2"}
    settled = next(item for item in split.results if item.id == "s0")
    assert settled.gap_if_true == settled.gap_if_false == 0
    changes = [round(item.mean_change, 12) for item in split.results]
    assert changes == sorted(changes, reverse=True)


groups = st.dictionaries(st.sampled_from(["a", "b", "c", "d"]), answers, min_size=2)


@given(groups)
def test_a_group_is_read_from_its_pairs(readers: dict[str, dict[str, float]]) -> None:
    found = of(readers)
    for verdict in VERDICTS:
        whole = found.among(verdict)
        effects: dict[str, list[float]] = {}
        pairs = [(one, other) for one in readers for other in readers if one < other]
        for one, other in pairs:
            for item in found.between(verdict, one, other).statements:
                effects.setdefault(item.id, []).append(item.swap.mean_change)
        for row in whole.statements:
            assert row.swap.mean_change == pytest.approx(sum(effects[row.id]) / len(pairs), abs=1e-12)
        assert whole.gap == pytest.approx(max(whole.strengths.values()) - min(whole.strengths.values()))
        assert whole.shares is not None
        held = [found.credences[reader] for reader in readers]
        mean = {name: sum(given[name] for given in held) / len(held) for name in found.rated}
        function = GraphVerdict.of(found.graph, verdict)
        for name, value in whole.results.items():
            settled = {key: number for key, number in mean.items() if key in function.columns} | {name: 1.0}
            assert value.if_true == pytest.approx(function(settled), abs=1e-12)
        variance = float(np.var(list(whole.strengths.values())))
        assert whole.shares.variance == pytest.approx(variance, abs=1e-12)
    for distance in found.distances:
        sizes = [abs(found.between(name, *distance.readers).gap) for name in VERDICTS]
        assert distance.mean_gap == pytest.approx(sum(sizes) / len(sizes), abs=1e-12)
        assert abs(distance.widest_gap) == pytest.approx(max(sizes), abs=1e-12)


def test_a_disagreement_needs_two_readers_and_known_names() -> None:
    with pytest.raises(UsageError, match="at least two readers"):
        of({"a": {}})
    with pytest.raises(UsageError, match="b rated 'nothing'"):
        of({"a": {}, "b": {"nothing": 0.4}})


def test_readers_who_say_nothing_agree() -> None:
    found = of({"a": {}, "b": {}})
    assert found.gaps == ()
    assert found.inert("a", "b") == ()
    assert found.between("v/one", "a", "b").statements == ()
    assert found.among("v/one").statements == ()


def test_more_than_fifteen_statements_are_sampled_with_the_seed() -> None:
    names = [f"s{number:02}" for number in range(17)]
    graph = star(names, against=names[1::2], weight=0.4)
    draw = np.random.default_rng(1).random((2, len(names))).round(2)
    readers = {
        reader: dict(zip(names, row, strict=True)) for reader, row in zip("ab", draw.tolist(), strict=True)
    }
    splits = [
        Disagreement(graph, readers, ("v/c",), seed=seed).between("v/c", "a", "b") for seed in (1, 1, 2)
    ]
    assert splits[0].as_data() == splits[1].as_data()
    assert splits[0].as_data()["statements"] != splits[2].as_data()["statements"]
    assert splits[0].as_data()["split"] == {"exact": False, "samples": 1000, "seed": 1}
    assert sum(item.contribution for item in splits[0].statements) == pytest.approx(splits[0].gap, abs=1e-9)
    assert max(item.standard_error for item in splits[0].statements) > 0
