"""Attribution of a topic's strength to other arguments."""

from __future__ import annotations

import math
import random
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cruxmap.analysis.gradual import SEMANTICS, Qbaf, attribute, contributions, strengths
from cruxmap.analysis.gradual_errors import (
    NotConvergedError,
    UnknownArgumentError,
    UnknownMethodError,
    UnknownSemanticsError,
)

SMOOTH = ("quadratic-energy", "euler-based", "mlp-based", "h-categorizer")


def random_qbaf(seed: int, size: int, *, cyclic: bool, bipolar: bool = True) -> Qbaf:
    rng = random.Random(seed)
    names = [f"a{number}" for number in range(size)]
    edges: list[list[tuple[str, str]]] = [[], []]
    for _ in range(2 * size):
        first, second = rng.sample(range(size), 2)
        if cyclic or first > second:
            edges[rng.randrange(2) if bipolar else 0].append((names[first], names[second]))
    return Qbaf({name: rng.uniform(0.1, 0.9) for name in names}, edges[0], edges[1])


def without(qbaf: Qbaf, removed: set[str]) -> Qbaf:
    kept = [[e for e in edges if not removed & set(e)] for edges in (qbaf.attacks, qbaf.supports)]
    return Qbaf({a: v for a, v in qbaf.base_scores.items() if a not in removed}, *kept)


def reaching(qbaf: Qbaf, topic: str) -> set[str]:
    found = {topic}
    while more := {s for s, t in qbaf.attacks + qbaf.supports if t in found} - found:
        found |= more
    return found - {topic}


def strength(qbaf: Qbaf, topic: str, semantics: str = "quadratic-energy") -> float:
    return strengths(qbaf, semantics, tolerance=1e-12)[topic]


def shapley_by_orders(qbaf: Qbaf, topic: str, semantics: str) -> dict[str, float]:
    players = sorted(set(qbaf.arguments) - {topic})
    total = dict.fromkeys(players, 0.0)
    for order in permutations(players):
        absent = set(players)
        before = strength(without(qbaf, absent), topic, semantics)
        for player in order:
            absent.remove(player)
            after = strength(without(qbaf, absent), topic, semantics)
            total[player] += after - before
            before = after
    return {player: value / math.factorial(len(players)) for player, value in total.items()}


@pytest.mark.parametrize("cyclic", [False, True])
def test_shapley_equals_the_mean_over_all_orders_of_arrival(cyclic: bool) -> None:
    for seed, semantics in enumerate(("quadratic-energy", "df-quad", "mlp-based")):
        qbaf = random_qbaf(seed, 5, cyclic=cyclic)
        values = contributions(qbaf, "a0", semantics)
        expected = shapley_by_orders(qbaf, "a0", semantics)
        assert values == pytest.approx({name: expected[name] for name in values}, abs=1e-9)
        assert all(abs(expected[name]) < 1e-12 for name in set(expected) - set(values))


@settings(max_examples=30, deadline=None)
@given(
    st.integers(0, 10_000), st.integers(2, 9), st.booleans(), st.sampled_from(["quadratic-energy", "df-quad"])
)
def test_shapley_values_sum_to_what_the_others_change(
    seed: int, size: int, cyclic: bool, semantics: str
) -> None:
    qbaf = random_qbaf(seed, size, cyclic=cyclic)
    result = attribute(qbaf, "a0", semantics)
    assert result.exact
    assert result.strength == pytest.approx(strength(qbaf, "a0", semantics), abs=1e-9)
    assert sum(result.values.values()) == pytest.approx(result.strength - qbaf.base_scores["a0"], abs=1e-9)


def test_sampled_shapley_lies_within_three_standard_errors_of_the_exact_values() -> None:
    qbaf = random_qbaf(4, 11, cyclic=False)
    exact = attribute(qbaf, "a0")
    sampled = attribute(qbaf, "a0", exact_limit=0, samples=2_000, seed=1)
    assert (exact.exact, exact.samples, exact.seed) == (True, 0, None)
    assert (sampled.exact, sampled.samples, sampled.seed) == (False, 2_000, 1)
    assert sampled.values.keys() == exact.values.keys()
    assert sum(sampled.values.values()) == pytest.approx(sum(exact.values.values()), abs=1e-12)
    for name, value in exact.values.items():
        assert abs(sampled.values[name] - value) <= 3 * sampled.standard_errors[name] + 1e-12
        assert sampled.standard_errors[name] < 0.01


def test_above_twelve_arguments_shapley_is_sampled_and_repeatable() -> None:
    base = {"t": 0.5} | {f"p{n:02}": 0.3 for n in range(13)}
    qbaf = Qbaf(base, [(f"p{n:02}", "t") for n in range(6)], [(f"p{n:02}", "t") for n in range(6, 13)])
    first, second = attribute(qbaf, "t"), attribute(qbaf, "t")
    assert not first.exact
    assert first == second
    assert first.samples == 1_000
    assert contributions(qbaf, "t") == first.values
    # Equal supporters have equal Shapley values; sampling sees them equal within its error.
    assert first.values["p06"] == pytest.approx(first.values["p12"], abs=4 * first.standard_errors["p06"])


@pytest.mark.parametrize("semantics", list(SEMANTICS))
@pytest.mark.parametrize("cyclic", [False, True])
def test_removal_is_the_change_when_an_argument_is_taken_out(semantics: str, cyclic: bool) -> None:
    qbaf = random_qbaf(7, 7, cyclic=cyclic, bipolar=not SEMANTICS[semantics].attack_only)
    values = contributions(qbaf, "a0", semantics, "removal")
    assert set(values) == reaching(qbaf, "a0")
    for name, value in values.items():
        expected = strength(qbaf, "a0", semantics) - strength(without(qbaf, {name}), "a0", semantics)
        assert value == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize("semantics", list(SEMANTICS))
@pytest.mark.parametrize("cyclic", [False, True])
def test_intrinsic_removal_first_cuts_the_edges_into_the_argument(semantics: str, cyclic: bool) -> None:
    qbaf = random_qbaf(8, 7, cyclic=cyclic, bipolar=not SEMANTICS[semantics].attack_only)
    for name, value in contributions(qbaf, "a0", semantics, "intrinsic-removal").items():
        kept = [[e for e in edges if e[1] != name] for edges in (qbaf.attacks, qbaf.supports)]
        cut = Qbaf(qbaf.base_scores, *kept)
        expected = strength(cut, "a0", semantics) - strength(without(qbaf, {name}), "a0", semantics)
        assert value == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize("semantics", SMOOTH)
@pytest.mark.parametrize("cyclic", [False, True])
def test_the_gradient_equals_central_differences(semantics: str, cyclic: bool) -> None:
    qbaf = random_qbaf(9, 7, cyclic=cyclic, bipolar=not SEMANTICS[semantics].attack_only)
    step = 1e-4
    for name, value in contributions(qbaf, "a0", semantics, "gradient").items():
        around = []
        for by in (-step, step):
            shifted = {**qbaf.base_scores, name: qbaf.base_scores[name] + by}
            around.append(strength(Qbaf(shifted, qbaf.attacks, qbaf.supports), "a0", semantics))
        assert value == pytest.approx((around[1] - around[0]) / (2 * step), abs=1e-6)


def test_the_gradient_of_a_single_supporter_by_hand() -> None:
    # σ = 0.5 + 0.5 x² / (1 + x²), so dσ/dx = x / (1 + x²)²
    qbaf = Qbaf({"t": 0.5, "x": 0.7}, [], [("x", "t")])
    assert contributions(qbaf, "t", method="gradient")["x"] == pytest.approx(0.7 / 1.49**2, abs=1e-14)


@pytest.mark.parametrize("score", [0.0, 1.0])
@pytest.mark.parametrize("semantics", list(SEMANTICS))
def test_the_gradient_is_finite_at_extreme_base_scores(semantics: str, score: float) -> None:
    qbaf = Qbaf({"t": score, "x": score, "y": 1.0 - score}, [("x", "t"), ("y", "t"), ("y", "x")], [])
    values = contributions(qbaf, "t", semantics, "gradient")
    assert all(math.isfinite(value) and value <= 0.0 for value in (values["x"],))


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10_000), st.sampled_from(["shapley", "removal", "intrinsic-removal", "gradient"]))
def test_a_direct_attacker_never_helps_and_a_direct_supporter_never_harms(seed: int, method: str) -> None:
    rng = random.Random(seed)
    base = {"t": rng.random()} | {f"{side}{n}": rng.random() for side in "cp" for n in range(3)}
    qbaf = Qbaf(base, [(f"c{n}", "t") for n in range(3)], [(f"p{n}", "t") for n in range(3)])
    for name, value in contributions(qbaf, "t", method=method).items():  # type: ignore[arg-type]
        assert value <= 1e-12 if name.startswith("c") else value >= -1e-12


def test_arguments_that_cannot_reach_the_topic_are_left_out() -> None:
    qbaf = Qbaf({"t": 0.5, "x": 0.5, "below": 0.5, "apart": 0.5}, [("x", "t"), ("t", "below")], [])
    for method in ("shapley", "removal", "intrinsic-removal", "gradient"):
        assert set(contributions(qbaf, "t", method=method)) == {"x"}
        assert contributions(qbaf, "apart", method=method) == {}


def test_attribution_to_chosen_players_keeps_the_others_present() -> None:
    qbaf = Qbaf({"t": 0.5, "x": 0.5, "y": 0.5, "apart": 0.5}, [("x", "t"), ("y", "x")], [])
    result = attribute(qbaf, "t", players=["x", "apart"])
    assert result.values == {"apart": 0.0, "x": pytest.approx(strength(qbaf, "t") - 0.5, abs=1e-12)}


def test_a_topic_on_a_cycle_is_explained() -> None:
    qbaf = Qbaf({"t": 0.8, "x": 0.7}, [("x", "t"), ("t", "x")], [])
    assert contributions(qbaf, "t") == {"x": pytest.approx(strength(qbaf, "t") - 0.8, abs=1e-9)}


def test_nothing_is_attributed_to_numbers_that_did_not_converge() -> None:
    names = [[f"g{group}m{member}" for member in range(6)] for group in range(5)]
    attacks = [(x, y) for group in range(5) for x in names[group] for y in names[(group + 1) % 5]]
    qbaf = Qbaf({x: 0.9 - 0.05 * group for group, row in enumerate(names) for x in row}, attacks, [])
    with pytest.raises(NotConvergedError, match="g0m0") as caught:
        contributions(qbaf, "g0m0", method="gradient")
    assert set(caught.value.component) == set(qbaf.arguments)


def test_unknown_names_are_answered_with_the_nearest() -> None:
    qbaf = Qbaf({"topic": 0.5}, [], [])
    with pytest.raises(UnknownArgumentError, match="nearest: topic"):
        contributions(qbaf, "topik")
    with pytest.raises(UnknownMethodError, match="nearest: shapley"):
        contributions(qbaf, "topic", method="shapely")  # type: ignore[arg-type]
    with pytest.raises(UnknownSemanticsError, match="df-quad"):
        contributions(qbaf, "topic", "dfquad")
