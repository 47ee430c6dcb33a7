"""Strengths equal closed forms and other implementations."""

from __future__ import annotations

import math
from collections.abc import Callable
from math import exp

import pytest
from argumentation.gradual.dfquad import dfquad_strengths
from argumentation.gradual.gradual import WeightedBipolarGraph, quadratic_energy_strengths

from cruxmap.analysis.gradual import SEMANTICS, Qbaf, strengths
from oracles.gradual import (
    ATTACK_ONLY,
    BIPOLAR,
    plain_runge_kutta,
    random_graph,
    written_out,
)


def test_an_argument_without_parents_keeps_its_base_score() -> None:
    for name in SEMANTICS:
        assert strengths(Qbaf({"a": 0.3}, [], []), name)["a"] == pytest.approx(0.3, abs=1e-15)


@pytest.mark.parametrize(
    ("semantics", "expected"),
    [
        # own score 0.5, attacker 0.6, supporters 0.8 and 0.5: energy 0.7, probabilistic sums 0.6 and 0.9
        ("df-quad", 0.5 + 0.5 * 0.3),
        ("quadratic-energy", 0.5 + 0.5 * 0.49 / 1.49),
        ("euler-based", 1 - 0.75 / (1 + 0.5 * exp(0.7))),
        ("mlp-based", 1 / (1 + exp(-0.7))),
    ],
)
def test_one_attacker_and_two_supporters_by_hand(semantics: str, expected: float) -> None:
    base = {"a": 0.5, "con": 0.6, "pro": 0.8, "second": 0.5}
    qbaf = Qbaf(base, [("con", "a")], [("pro", "a"), ("second", "a")])
    assert strengths(qbaf, semantics)["a"] == pytest.approx(expected, abs=1e-15)


@pytest.mark.parametrize(
    ("semantics", "expected"),
    [("h-categorizer", 0.9 / 2.1), ("max-based", 0.9 / 1.8), ("card-based", 0.9 / (1 + 2 + 0.55))],
)
def test_attackers_of_zero_weight_are_not_counted(semantics: str, expected: float) -> None:
    base = {"a": 0.9, "b": 0.8, "c": 0.3, "nothing": 0.0}
    attacks = [("b", "a"), ("c", "a"), ("nothing", "a")]
    assert strengths(Qbaf(base, attacks, []), semantics)["a"] == pytest.approx(expected, abs=1e-15)


SCORES = (0.1, 0.5, 0.9)


def bisected(equation: Callable[[float], float]) -> float:
    """The root between 0 and 1 of a falling function."""
    low, high = 0.0, 1.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if equation(middle) > 0 else (low, middle)
    return low


def cubic_root(own: float) -> float:
    """Cardano's root of x³ + x = own."""
    root = math.sqrt(own * own / 4 + 1 / 27)
    return math.cbrt(own / 2 + root) + math.cbrt(own / 2 - root)


@pytest.mark.parametrize(
    ("semantics", "expected"),
    [
        ("df-quad", lambda own: own / (1 + own)),  # x = own - own x
        ("quadratic-energy", cubic_root),  # x = own - own x² / (1 + x²)
        ("euler-based", lambda own: bisected(lambda x: 1 - (1 - own**2) / (1 + own * exp(-x)) - x)),
        ("mlp-based", lambda own: bisected(lambda x: own / (own + (1 - own) * exp(x)) - x)),
        ("h-categorizer", lambda own: (math.sqrt(1 + 4 * own) - 1) / 2),  # x = own / (1 + x)
        ("max-based", lambda own: (math.sqrt(1 + 4 * own) - 1) / 2),
        ("card-based", lambda own: math.sqrt(1 + own) - 1),  # x = own / (1 + 1 + x)
    ],
)
def test_cycles_of_one_two_and_three_attackers_solve_their_equation(
    semantics: str, expected: Callable[[float], float]
) -> None:
    for own in SCORES:
        for length in (1, 2, 3):
            names = [str(number) for number in range(length)]
            around = list(zip(names, names[1:] + names[:1], strict=True))
            result = strengths(Qbaf(dict.fromkeys(names, own), around, []), semantics)
            assert list(result.values()) == pytest.approx([expected(own)] * length, abs=1e-8)


@pytest.mark.parametrize(
    ("semantics", "expected"),
    [
        ("df-quad", lambda own: 1.0),  # x = own + (1 - own) x
        ("quadratic-energy", lambda own: bisected(lambda x: own + (1 - own) * x**2 / (1 + x**2) - x)),
        ("euler-based", lambda own: bisected(lambda x: 1 - (1 - own**2) / (1 + own * exp(x)) - x)),
        ("mlp-based", lambda own: bisected(lambda x: own / (own + (1 - own) * exp(-x)) - x)),
    ],
)
def test_mutual_support_rises_from_the_base_score_to_the_next_fixpoint(
    semantics: str, expected: Callable[[float], float]
) -> None:
    for own in SCORES:
        result = strengths(Qbaf({"a": own, "b": own}, [], [("a", "b"), ("b", "a")]), semantics)
        assert result["a"] == pytest.approx(expected(own), abs=1e-7)


def test_hundreds_of_supporters_do_not_overflow() -> None:
    base = {"a": 0.5, "sure": 1.0, "never": 0.0, **{f"s{number}": 1.0 for number in range(2_000)}}
    edges = [(name, target) for name in list(base)[3:] for target in ("a", "sure", "never")]
    for name in BIPOLAR:
        up, down = strengths(Qbaf(base, [], edges), name), strengths(Qbaf(base, edges, []), name)
        for result in (up, down):
            assert all(0.0 <= value <= 1.0 for value in result.values())
        assert up["a"] == pytest.approx(1.0, abs=1e-6)
        assert down["a"] < 0.26  # euler-based never falls below the square of the base score


@pytest.mark.parametrize("semantics", BIPOLAR + ATTACK_ONLY)
@pytest.mark.parametrize("cyclic", [False, True])
def test_strengths_equal_an_independent_integration(semantics: str, cyclic: bool) -> None:
    for seed in range(6):
        graph = random_graph(
            seed, cyclic=cyclic, supports=semantics in BIPOLAR, extremes=not cyclic, size=5 + seed
        )
        result = strengths(Qbaf(*graph), semantics)
        assert result.converged
        assert dict(result) == pytest.approx(plain_runge_kutta(graph, semantics), abs=1e-6)


@pytest.mark.parametrize("semantics", BIPOLAR + ATTACK_ONLY)
def test_acyclic_strengths_equal_the_recursive_definition(semantics: str) -> None:
    for seed in range(60):
        graph = random_graph(seed, cyclic=False, supports=semantics in BIPOLAR, size=12)
        base, attacks, supports = graph
        expected: dict[str, float] = {}
        for a in base:
            parents = [[expected[s] for s, t in edges if t == a] for edges in (attacks, supports)]
            expected[a] = written_out(semantics, base[a], *parents)
        assert dict(strengths(Qbaf(*graph), semantics)) == pytest.approx(expected, abs=1e-12)


def test_df_quad_equals_formal_argumentation_on_a_large_acyclic_graph() -> None:
    graph = random_graph(5, cyclic=False, supports=True, size=3_000)
    base, attacks, supports = graph
    theirs = dfquad_strengths(
        WeightedBipolarGraph(frozenset(base), base, frozenset(attacks), frozenset(supports))
    )
    assert dict(strengths(Qbaf(*graph), "df-quad")) == pytest.approx(theirs.strengths, abs=1e-9)


def test_quadratic_energy_equals_formal_argumentation_on_cyclic_graphs() -> None:
    for seed in range(3):
        base, attacks, supports = random_graph(seed, cyclic=True, supports=True, size=6)
        theirs = quadratic_energy_strengths(
            WeightedBipolarGraph(frozenset(base), base, frozenset(attacks), frozenset(supports))
        )
        assert theirs.converged
        assert dict(strengths(Qbaf(base, attacks, supports))) == pytest.approx(theirs.strengths, abs=1e-6)
