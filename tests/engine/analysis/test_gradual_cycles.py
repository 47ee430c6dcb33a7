"""Cyclic graphs: what naive iteration misses is found, and what has no limit is reported."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cruxmap.analysis.gradual import Qbaf, strengths
from oracles.gradual import (
    BIPOLAR,
    Graph,
    backed_rivals,
    graphs,
    naive_iteration_converges,
    one_update,
    oscillator,
    plain_runge_kutta,
    ring_of_rivals,
)

OSCILLATORS = [
    ("df-quad", oscillator(2)),
    ("df-quad", oscillator(6)),
    ("quadratic-energy", oscillator(6)),
    ("quadratic-energy", backed_rivals(6, 4)),
    ("mlp-based", oscillator(6)),
    ("mlp-based", backed_rivals(12, 4)),
    ("euler-based", backed_rivals(6, 4)),
]
"""Graphs on which iterating the definition jumps to and fro for ever."""


@pytest.mark.parametrize(("semantics", "graph"), OSCILLATORS)
def test_an_oscillator_of_naive_iteration_converges_under_the_continuous_dynamics(
    semantics: str, graph: Graph
) -> None:
    assert not naive_iteration_converges(graph, semantics)
    result = strengths(Qbaf(*graph), semantics)
    assert result.converged
    assert one_update(graph, semantics, dict(result)) == pytest.approx(dict(result), abs=1e-8)
    assert dict(result) == pytest.approx(plain_runge_kutta(graph, semantics, step=0.2), abs=1e-6)


def test_of_two_rivals_in_great_number_the_stronger_prevails() -> None:
    """Where groups of 0.9 and 0.8 attack each other, the two-cycle ends at the base score of the stronger."""
    base, attacks, _ = oscillator(10)
    uneven = {name: score if name.startswith("a") else 0.8 for name, score in base.items()}
    for semantics in ("df-quad", "quadratic-energy", "mlp-based"):
        result = strengths(Qbaf(uneven, attacks, []), semantics)
        assert result.converged
        assert result["a0"] == pytest.approx(0.9, abs=0.01)
        assert result["b0"] < 0.011


@settings(max_examples=40, deadline=None)
@given(graphs(), st.sampled_from(BIPOLAR))
def test_every_result_is_a_fixpoint_or_says_that_it_is_none(graph: Graph, semantics: str) -> None:
    result = strengths(Qbaf(*graph), semantics)
    after = one_update(graph, semantics, dict(result))
    worst = max(abs(after[a] - result[a]) for a in result)
    assert result.converged == (result.component is None)
    assert worst < 1e-8 if result.converged else worst >= 1e-9


@pytest.mark.parametrize(
    ("semantics", "members"),
    [("df-quad", 6), ("quadratic-energy", 6), ("mlp-based", 10), ("euler-based", 30)],
)
def test_a_ring_of_five_groups_converges_or_is_reported(semantics: str, members: int) -> None:
    graph = ring_of_rivals(5, members)
    result = strengths(Qbaf(*graph), semantics)
    if result.converged:
        assert one_update(graph, semantics, dict(result)) == pytest.approx(dict(result), abs=1e-8)
    else:
        assert result.component == tuple(sorted(graph[0]))


def test_a_limit_cycle_is_reported_with_its_component() -> None:
    # The gain around the ring exceeds sec(π/5)⁵ ≈ 2.9, beyond which five groups oscillate.
    base, attacks, _ = ring_of_rivals(5, 6)
    around = {("g0m0", "later"), ("later", "end"), ("end", "later"), ("calm", "g0m0")}
    result = strengths(Qbaf(base | {"calm": 0.1, "later": 0.5, "end": 0.5}, attacks | around, []))
    assert not result.converged
    assert result.component == tuple(sorted(base))
    assert result.iterations > 1_000
    assert "NOT converged" in repr(result)


def test_a_fixpoint_that_is_approached_ever_more_slowly_is_reported() -> None:
    # Tends to (1, 0) like the inverse square root of time.
    qbaf = Qbaf({"a": 0.5, "b": 1.0}, [("a", "b"), ("b", "a"), ("b", "b")], [("a", "a")])
    assert strengths(qbaf, "df-quad", tolerance=1e-5).converged
    result = strengths(qbaf, "df-quad")
    assert not result.converged
    assert result.component == ("a", "b")


def test_a_slowly_damped_oscillation_still_converges() -> None:
    graph = ring_of_rivals(3, 10)
    result = strengths(Qbaf(*graph), "mlp-based")
    assert result.converged
    assert one_update(graph, "mlp-based", dict(result)) == pytest.approx(dict(result), abs=1e-8)


def test_what_lies_beside_a_cycle_does_not_change_its_result() -> None:
    cycle = {"x": 0.9, "y": 0.8}
    attacks = [("x", "y"), ("y", "x")]
    alone = strengths(Qbaf(cycle, attacks, []))
    others = {f"p{number}": 0.1 + number / 40 for number in range(30)}
    more = [(f"p{number}", f"p{number ^ 1}") for number in range(30)]
    beside = strengths(Qbaf(others | cycle, attacks + more, []))
    assert (beside["x"], beside["y"]) == (alone["x"], alone["y"])


def test_an_acyclic_graph_needs_one_pass() -> None:
    result = strengths(Qbaf({"a": 0.5, "b": 0.5}, [("a", "b")], []))
    assert (result.converged, result.iterations, result.component) == (True, 1, None)


def test_a_chain_far_deeper_than_the_recursion_limit_is_evaluated() -> None:
    names = [str(number) for number in range(5_000)]
    result = strengths(Qbaf(dict.fromkeys(names, 0.5), list(pairwise(names)), []))
    assert result["1"] == pytest.approx(0.4)
    assert all(0.0 < value < 1.0 for value in result.values())


def test_a_cycle_far_longer_than_the_recursion_limit_is_evaluated() -> None:
    names = [str(number) for number in range(5_000)]
    result = strengths(
        Qbaf(dict.fromkeys(names, 0.5), list(zip(names, names[1:] + names[:1], strict=True)), [])
    )
    # By symmetry x = 0.5 - 0.5 x² / (1 + x²), everywhere the same.
    x = result["0"]
    assert x == pytest.approx(0.5 - 0.5 * x * x / (1 + x * x), abs=1e-8)
    assert max(result.values()) - min(result.values()) < 1e-8
