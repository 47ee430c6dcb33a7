"""Principles of gradual argumentation that strengths keep."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cruxmap.analysis.gradual import Qbaf, strengths
from oracles.gradual import (
    ATTACK_ONLY,
    BIPOLAR,
    Graph,
    graphs,
)


@settings(max_examples=40, deadline=None)
@given(graphs(cyclic=False), st.sampled_from(BIPOLAR))
def test_strengths_stay_between_zero_and_one(graph: Graph, semantics: str) -> None:
    assert all(0.0 <= value <= 1.0 for value in strengths(Qbaf(*graph), semantics).values())


@settings(max_examples=40, deadline=None)
@given(graphs(cyclic=False), st.sampled_from(BIPOLAR), st.floats(0, 1))
def test_a_new_attacker_never_strengthens_and_a_new_supporter_never_weakens(
    graph: Graph, semantics: str, score: float
) -> None:
    base, attacks, supports = graph
    for topic in base:
        before = strengths(Qbaf(*graph), semantics)[topic]
        grown = base | {"new": score}
        assert (
            strengths(Qbaf(grown, attacks | {("new", topic)}, supports), semantics)[topic] <= before + 1e-12
        )
        assert (
            strengths(Qbaf(grown, attacks, supports | {("new", topic)}), semantics)[topic] >= before - 1e-12
        )


@settings(max_examples=40, deadline=None)
@given(graphs(), st.sampled_from(BIPOLAR), st.booleans())
def test_an_argument_of_strength_zero_is_neutral(graph: Graph, semantics: str, attacking: bool) -> None:
    base, attacks, supports = graph
    edges = {("zero", topic) for topic in base}
    grown = Qbaf(
        base | {"zero": 0.0},
        attacks | (edges if attacking else set()),
        supports | (set() if attacking else edges),
    )
    before, after = strengths(Qbaf(*graph), semantics), strengths(grown, semantics)
    assert {a: after[a] for a in base} == pytest.approx(dict(before), abs=1e-12)


@settings(max_examples=40, deadline=None)
@given(st.floats(0, 1), st.lists(st.floats(0, 1), max_size=5), st.sampled_from(BIPOLAR))
def test_equal_attack_and_support_cancel(own: float, parents: list[float], semantics: str) -> None:
    base = {"topic": own} | {f"{side}{n}": score for n, score in enumerate(parents) for side in "cp"}
    attacks = [(f"c{n}", "topic") for n in range(len(parents))]
    supports = [(f"p{n}", "topic") for n in range(len(parents))]
    assert strengths(Qbaf(base, attacks, supports), semantics)["topic"] == pytest.approx(own, abs=1e-12)


@settings(max_examples=40, deadline=None)
@given(
    st.floats(0, 1),
    st.lists(st.floats(0, 1), max_size=4),
    st.lists(st.floats(0, 1), max_size=4),
    st.sampled_from(["df-quad", "quadratic-energy", "mlp-based"]),
)
def test_attack_and_support_are_dual(
    own: float, cons: list[float], pros: list[float], semantics: str
) -> None:
    """Swapping them on the mirrored base score mirrors the strength (euler-based is known not to be dual)."""
    parents = {f"c{n}": v for n, v in enumerate(cons)} | {f"p{n}": v for n, v in enumerate(pros)}
    attacks = [(f"c{n}", "t") for n in range(len(cons))]
    supports = [(f"p{n}", "t") for n in range(len(pros))]
    straight = strengths(Qbaf(parents | {"t": own}, attacks, supports), semantics)["t"]
    mirrored = strengths(Qbaf(parents | {"t": 1 - own}, supports, attacks), semantics)["t"]
    assert straight == pytest.approx(1 - mirrored, abs=1e-9)


@settings(max_examples=40, deadline=None)
@given(graphs(bipolar=False), st.sampled_from(ATTACK_ONLY))
def test_attack_only_semantics_never_raise_a_base_score(graph: Graph, semantics: str) -> None:
    result = strengths(Qbaf(*graph), semantics)
    assert result.converged
    assert all(result[a] <= base + 1e-12 for a, base in graph[0].items())
