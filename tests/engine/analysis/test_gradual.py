"""Strengths of quantitative bipolar argumentation frameworks."""

from __future__ import annotations

import math
import random
from itertools import pairwise
from math import exp, prod

import pytest
from argumentation.gradual.dfquad import dfquad_strengths
from argumentation.gradual.gradual import WeightedBipolarGraph, quadratic_energy_strengths
from hypothesis import given, settings
from hypothesis import strategies as st

from cruxmap.analysis.gradual import SEMANTICS, Qbaf, strengths
from cruxmap.analysis.gradual_errors import (
    BaseScoreError,
    CoreInputError,
    EdgeError,
    SupportsRefusedError,
    UnknownArgumentError,
    UnknownSemanticsError,
)
from cruxmap.errors import CruxmapError

BIPOLAR = ("df-quad", "quadratic-energy", "euler-based", "mlp-based")
ATTACK_ONLY = ("h-categorizer", "max-based", "card-based")

Graph = tuple[dict[str, float], set[tuple[str, str]], set[tuple[str, str]]]


def written_out(semantics: str, own: float, attackers: list[float], supporters: list[float]) -> float:
    """One argument's strength from its definition in the literature, on plain floats."""
    energy = sum(supporters) - sum(attackers)
    if semantics == "df-quad":
        for_it, against = 1 - prod(1 - v for v in supporters), 1 - prod(1 - v for v in attackers)
        if against >= for_it:
            return own - own * abs(for_it - against)
        return own + (1 - own) * abs(for_it - against)
    if semantics == "quadratic-energy":
        up, down = max(energy, 0) ** 2, max(-energy, 0) ** 2
        return own + (1 - own) * up / (1 + up) - own * down / (1 + down)
    if semantics == "euler-based":
        return 1 - (1 - own**2) / (1 + own * exp(energy))
    if semantics == "mlp-based":
        if own in {0.0, 1.0}:
            return own
        return 1 / (1 + exp(-(math.log(own / (1 - own)) + energy)))
    if semantics == "h-categorizer":
        return own / (1 + sum(attackers))
    if semantics == "max-based":
        return own / (1 + max(attackers, default=0.0))
    founded = [v for v in attackers if v > 0]
    return own / (1 + len(founded) + sum(founded) / len(founded)) if founded else own


def one_update(graph: Graph, semantics: str, state: dict[str, float]) -> dict[str, float]:
    base, attacks, supports = graph
    return {
        a: written_out(
            semantics,
            base[a],
            [state[s] for s, t in sorted(attacks) if t == a],
            [state[s] for s, t in sorted(supports) if t == a],
        )
        for a in base
    }


def plain_runge_kutta(
    graph: Graph, semantics: str, step: float = 0.4, duration: float = 400.0
) -> dict[str, float]:
    """The continuous dynamics with a fixed step, in plain Python."""
    state = dict(graph[0])

    def slope(at: dict[str, float]) -> dict[str, float]:
        target = one_update(graph, semantics, at)
        return {a: target[a] - at[a] for a in at}

    def moved(by: float, along: dict[str, float]) -> dict[str, float]:
        return {a: state[a] + by * along[a] for a in state}

    for _ in range(round(duration / step)):
        k1 = slope(state)
        if max(map(abs, k1.values())) < 1e-11:
            break
        k2 = slope(moved(step / 2, k1))
        k3 = slope(moved(step / 2, k2))
        k4 = slope(moved(step, k3))
        state = {a: state[a] + step / 6 * (k1[a] + 2 * k2[a] + 2 * k3[a] + k4[a]) for a in state}
    return state


def random_graph(seed: int, *, cyclic: bool, supports: bool, size: int = 7, extremes: bool = True) -> Graph:
    """Random edges; base scores of exactly 0 and 1 (extremes) can make cyclic dynamics arbitrarily slow."""
    rng = random.Random(seed)
    names = [f"a{number}" for number in range(size)]
    rare = [0.0, 1.0] if extremes else []
    base = {name: rng.choice([*rare, *(rng.uniform(0.05, 0.95) for _ in range(3))]) for name in names}
    attacks: set[tuple[str, str]] = set()
    supported: set[tuple[str, str]] = set()
    for _ in range(rng.randint(size, 2 * size)):
        first, second = rng.randrange(size), rng.randrange(size)
        if not cyclic and first >= second:
            continue
        (supported if supports and rng.random() < 0.5 else attacks).add((names[first], names[second]))
    return base, attacks, supported - attacks


@st.composite
def graphs(draw: st.DrawFn, *, cyclic: bool = True, bipolar: bool = True) -> Graph:
    size = draw(st.integers(1, 6))
    names = [f"a{number}" for number in range(size)]
    # Cycles with base scores at the very ends may take thousands of steps; they have a test of their own.
    scores = st.floats(0.02, 0.98) if cyclic else st.floats(0, 1)
    base = {name: draw(scores) for name in names}
    pairs = [(a, b) for i, a in enumerate(names) for j, b in enumerate(names) if cyclic or i < j]
    edges = st.sets(st.sampled_from(pairs), max_size=12) if pairs else st.just(set[tuple[str, str]]())
    attacks = draw(edges)
    return base, attacks, (draw(edges) - attacks if bipolar else set())


# --- closed forms


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


def test_mutual_h_categorizer_attack_solves_its_quadratic_equation() -> None:
    # x = 1 / (1 + x), the golden ratio minus one
    result = strengths(Qbaf({"a": 1.0, "b": 1.0}, [("a", "b"), ("b", "a")], []), "h-categorizer")
    assert result["a"] == pytest.approx((math.sqrt(5) - 1) / 2, abs=1e-9)


def test_self_attack_under_df_quad_settles_where_the_line_meets_the_diagonal() -> None:
    # x = 0.8 - 0.8 x
    assert strengths(Qbaf({"a": 0.8}, [("a", "a")], []), "df-quad")["a"] == pytest.approx(0.8 / 1.8, abs=1e-9)


def test_hundreds_of_supporters_do_not_overflow() -> None:
    base = {"a": 0.5, "sure": 1.0, "never": 0.0, **{f"s{number}": 1.0 for number in range(2_000)}}
    edges = [(name, target) for name in list(base)[3:] for target in ("a", "sure", "never")]
    for name in BIPOLAR:
        up, down = strengths(Qbaf(base, [], edges), name), strengths(Qbaf(base, edges, []), name)
        for result in (up, down):
            assert all(0.0 <= value <= 1.0 for value in result.values())
        assert up["a"] == pytest.approx(1.0, abs=1e-6)
        assert down["a"] < 0.26  # euler-based never falls below the square of the base score


# --- against other implementations


@pytest.mark.parametrize("semantics", BIPOLAR + ATTACK_ONLY)
@pytest.mark.parametrize("cyclic", [False, True])
def test_strengths_equal_an_independent_integration(semantics: str, cyclic: bool) -> None:
    for seed in range(3):
        graph = random_graph(seed, cyclic=cyclic, supports=semantics in BIPOLAR, extremes=not cyclic)
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


# --- cycles


def naive_iteration_converges(graph: Graph, semantics: str) -> bool:
    state = dict(graph[0])
    for _ in range(2_000):
        new = one_update(graph, semantics, state)
        if max(abs(new[a] - state[a]) for a in state) < 1e-9:
            return True
        state = new
    return False


def oscillator(rivals: int) -> Graph:
    """Two groups that attack each other, as in Potyka's examples of divergence."""
    groups = [[f"{side}{number}" for number in range(rivals)] for side in "ab"]
    attacks = {(x, y) for x in groups[0] for y in groups[1]} | {(y, x) for x in groups[0] for y in groups[1]}
    return dict.fromkeys(groups[0] + groups[1], 0.9), attacks, set()


@pytest.mark.parametrize("semantics", ["df-quad", "quadratic-energy"])
def test_an_oscillator_of_naive_iteration_converges_under_the_continuous_dynamics(semantics: str) -> None:
    graph = oscillator(6)
    assert not naive_iteration_converges(graph, semantics)
    result = strengths(Qbaf(*graph), semantics)
    assert result.converged
    assert one_update(graph, semantics, dict(result)) == pytest.approx(dict(result), abs=1e-8)


@settings(max_examples=40, deadline=None)
@given(graphs(), st.sampled_from(BIPOLAR))
def test_every_result_is_a_fixpoint_or_says_that_it_is_none(graph: Graph, semantics: str) -> None:
    result = strengths(Qbaf(*graph), semantics)
    after = one_update(graph, semantics, dict(result))
    worst = max(abs(after[a] - result[a]) for a in result)
    assert result.converged == (result.component is None)
    assert worst < 1e-8 if result.converged else worst >= 1e-9


def ring_of_rivals(groups: int, members: int) -> Graph:
    """Each member of a group attacks each of the next: delayed negative feedback, as in a ring oscillator."""
    names = [[f"g{group}m{member}" for member in range(members)] for group in range(groups)]
    attacks = {(x, y) for group in range(groups) for x in names[group] for y in names[(group + 1) % groups]}
    return {x: 0.9 - 0.05 * group for group, row in enumerate(names) for x in row}, attacks, set()


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


# --- principles


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


# --- input


def test_a_repeated_edge_counts_once() -> None:
    base = {"a": 0.5, "b": 0.9}
    once, often = Qbaf(base, [("b", "a")], []), Qbaf(base, [("b", "a")] * 3, [])
    assert once == often
    assert hash(once) == hash(often)
    assert often.attacks == (("b", "a"),)
    assert strengths(once) == strengths(often)


def test_the_same_pair_may_attack_and_support() -> None:
    qbaf = Qbaf({"a": 0.4, "b": 0.9}, [("b", "a")], [("b", "a")])
    assert strengths(qbaf)["a"] == pytest.approx(0.4)


def test_an_empty_framework_has_no_strengths() -> None:
    assert dict(strengths(Qbaf({}, [], []))) == {}


def test_edges_may_come_from_an_iterator_and_scores_may_be_integers() -> None:
    qbaf = Qbaf({"a": 1, "b": 0}, iter([("b", "a")]), (pair for pair in [("a", "b")]))
    assert (qbaf.attacks, qbaf.supports) == ((("b", "a"),), (("a", "b"),))


@pytest.mark.parametrize("score", [-0.1, 1.1, math.nan, math.inf, "0.5", None, True])
def test_a_base_score_outside_zero_to_one_is_refused(score: float) -> None:
    with pytest.raises(BaseScoreError, match="the base score of 'a' must be a number from 0 to 1"):
        Qbaf({"a": score}, [], [])


def test_an_edge_to_an_unknown_argument_names_the_nearest() -> None:
    with pytest.raises(
        UnknownArgumentError, match="there is no argument 'inner-alignmnt'; nearest: inner-align"
    ):
        Qbaf({"inner-alignment": 0.5, "b": 0.5}, [("b", "inner-alignmnt")], [])


@pytest.mark.parametrize("edge", ["ab", ("a",), ("a", "b", "a"), 3])
def test_an_edge_that_is_no_pair_is_refused(edge: tuple[str, str]) -> None:
    with pytest.raises(EdgeError, match="must be a pair"):
        Qbaf({"a": 0.5, "b": 0.5}, [("a", "b"), edge], [])


def test_an_unknown_semantics_names_the_nearest() -> None:
    with pytest.raises(UnknownSemanticsError, match="nearest: quadratic-energy"):
        strengths(Qbaf({"a": 0.5}, [], []), "quadratic_energy")


@pytest.mark.parametrize("semantics", ATTACK_ONLY)
def test_attack_only_semantics_refuse_supports(semantics: str) -> None:
    with pytest.raises(SupportsRefusedError, match="reads attacks only, but this graph has 1 support"):
        strengths(Qbaf({"a": 0.5, "b": 0.5}, [], [("a", "b")]), semantics)


@pytest.mark.parametrize("tolerance", [0.0, -1.0, math.nan])
def test_a_tolerance_that_is_not_positive_is_refused(tolerance: float) -> None:
    with pytest.raises(CoreInputError, match="tolerance must be above 0"):
        strengths(Qbaf({"a": 0.5}, [], []), tolerance=tolerance)


def test_every_error_is_one_that_a_caller_of_cruxmap_can_catch() -> None:
    with pytest.raises(CruxmapError):
        strengths(Qbaf({"a": 0.5}, [], []), "no such thing")
