"""Probabilities, importance and portfolios against the enumeration of every state of the world."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from itertools import combinations, product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cruxmap.analysis.failure import (
    And,
    Atom,
    Formula,
    NegationError,
    Not,
    Or,
    PortfolioSizeError,
    ProbabilityError,
    ProbabilityInterval,
    atoms,
    best_portfolio,
    birnbaum_importance,
    fussell_vesely_importance,
    minimal_cut_sets,
    parse_formula,
    probability,
    probability_interval,
)

FIFTEEN = [f"a{number:02d}" for number in range(15)]


def gates(inner: st.SearchStrategy[Any], *, negation: bool) -> st.SearchStrategy[Any]:
    several = st.lists(inner, min_size=1, max_size=4)
    kinds = [
        several.map(lambda below: {"and": below}),
        several.map(lambda below: {"or": below}),
        st.tuples(st.integers(1, 3), several).map(lambda pair: {"at_least": list(pair)}),
    ]
    return st.one_of(*kinds, inner.map(lambda part: {"not": part})) if negation else st.one_of(*kinds)


def formulas_over(names: list[str], *, negation: bool, leaves: int = 16) -> st.SearchStrategy[Any]:
    leaf = st.sampled_from([*names, *names, True, False])
    return st.recursive(leaf, lambda inner: gates(inner, negation=negation), max_leaves=leaves)


def chances_of(names: list[str]) -> st.SearchStrategy[dict[str, float]]:
    chance = st.one_of(st.floats(0, 1), st.sampled_from([0.0, 0.5, 1.0]))
    return st.fixed_dictionaries(dict.fromkeys(names, chance))


FEW = list("abcdef")
with_negation = formulas_over(FEW, negation=True)
monotone = formulas_over(FEW, negation=False)
chances_of_few = chances_of(FEW)


def holds(data: Any, true: frozenset[str]) -> bool:
    """The meaning of formula data, independent of the engine."""
    if isinstance(data, bool):
        return data
    if isinstance(data, str):
        return data in true
    ((kind, value),) = data.items()
    if kind == "not":
        return not holds(value, true)
    if kind == "at_least":
        return sum(holds(part, true) for part in value[1]) >= int(value[0])
    return (all if kind == "and" else any)(holds(part, true) for part in value)


def worlds(p: Mapping[str, float]) -> Iterator[tuple[frozenset[str], float]]:
    """Every state of the atoms with its probability."""
    for state in product((False, True), repeat=len(p)):
        true = frozenset(name for name, is_true in zip(p, state, strict=True) if is_true)
        yield true, math.prod(p[name] if name in true else 1 - p[name] for name in p)


def chance_that(event: Callable[[frozenset[str]], bool], p: Mapping[str, float]) -> float:
    return math.fsum(weight for true, weight in worlds(p) if event(true))


@given(with_negation, chances_of_few)
def test_probability_is_that_of_all_worlds_where_the_formula_holds(data: Any, p: dict[str, float]) -> None:
    expected = chance_that(lambda true: holds(data, true), p)

    assert probability(parse_formula(data), p) == pytest.approx(expected, abs=1e-12)


@settings(max_examples=6, deadline=None)
@given(
    formulas_over(FIFTEEN, negation=True, leaves=40).filter(lambda data: not isinstance(data, str | bool)),
    st.data(),
)
def test_probability_is_exact_up_to_fifteen_atoms(data: Any, draw: st.DataObject) -> None:
    # Every atom occurs, most of them again inside the drawn part.
    whole = {"or": [{"and": [data, {"at_least": [5, FIFTEEN]}]}, {"and": FIFTEEN[:3]}]}
    p = draw.draw(chances_of(FIFTEEN))
    expected = chance_that(lambda true: holds(whole, true), p)

    assert probability(parse_formula(whole), p) == pytest.approx(expected, abs=1e-12)


@given(with_negation, chances_of_few)
def test_a_formula_and_its_negation_share_certainty_between_them(data: Any, p: dict[str, float]) -> None:
    formula = parse_formula(data)

    assert probability(formula, p) + probability(Not(formula), p) == pytest.approx(1.0)
    assert 0.0 <= probability(formula, p) <= 1.0


def test_the_bridge_of_components_of_reliability_nine_tenths_holds_with_0_97848() -> None:
    # Worked by hand for equal components: 2p^2 + 2p^3 - 5p^4 + 2p^5.
    paths = [["1", "4"], ["2", "5"], ["1", "3", "5"], ["2", "3", "4"]]
    bridge = parse_formula({"or": [{"and": path} for path in paths]})

    assert probability(bridge, dict.fromkeys("12345", 0.9)) == pytest.approx(0.97848, abs=1e-12)


def test_the_pressure_tank_ruptures_with_the_probability_of_the_benchmark() -> None:
    # NASA Fault Tree Handbook with Aerospace Applications (2002); exact value from the FFORT benchmark suite.
    rupture = parse_formula({"or": ["T", "K2", {"and": ["S", {"or": ["S1", "K1", "R"]}]}]})
    p = {"T": 5e-6, "K2": 3e-5, "S": 1e-4, "S1": 3e-5, "K1": 5e-6, "R": 1e-4}

    assert probability(rupture, p) == pytest.approx(3.5013348120867e-5, rel=1e-7)


def test_failure_is_not_the_sum_over_cut_sets() -> None:
    verdict = parse_formula({"and": ["a", "b", "c"]})
    p = {"a": 0.1, "b": 0.2, "c": 0.3}
    rare_event_sum = sum(math.prod(1 - p[atom] for atom in cut) for cut in minimal_cut_sets(verdict))

    assert rare_event_sum > 2
    assert probability(Not(verdict), p) == pytest.approx(1 - 0.1 * 0.2 * 0.3)


@pytest.mark.parametrize("on_the_left", [False, True])
@pytest.mark.parametrize("negated", [False, True])
def test_probability_and_importance_along_5000_gates_follow_the_recurrence(
    on_the_left: bool, negated: bool
) -> None:
    data: Any = "a0"
    p = {"a0": 0.3}
    expected = below = 0.3
    for number in range(1, 5_000):
        atom, chance = f"a{number}", (number % 7 + 1) / 9
        p[atom] = chance
        below = expected
        parts = [data, atom] if on_the_left else [atom, data]
        if negated:
            data, expected = {"not": {"and": parts}}, 1 - chance * below
        elif number % 2:
            data, expected = {"or": parts}, chance + below - chance * below
        else:
            data, expected = {"and": parts}, chance * below

    formula = parse_formula(data)
    assert probability(formula, p) == pytest.approx(expected, abs=1e-9)
    # The outermost gate is an "or", or a negated "and".
    importance = birnbaum_importance(formula, p)["a4999"]
    assert importance == pytest.approx(-below if negated else 1 - below, abs=1e-9)


@pytest.mark.parametrize("chance", [-0.1, 1.1, math.nan])
def test_a_number_that_is_no_probability_is_refused_by_name(chance: float) -> None:
    with pytest.raises(ProbabilityError, match="'a'"):
        probability(Atom("a"), {"a": chance})


def test_an_atom_without_probability_is_named_and_an_unknown_one_points_to_the_interval() -> None:
    with pytest.raises(ProbabilityError, match="'b' has no probability"):
        probability(And((Atom("a"), Atom("b"))), {"a": 0.5})
    with pytest.raises(ProbabilityError, match="probability_interval"):
        probability(Atom("a"), {"a": None})  # type: ignore[dict-item]


@given(with_negation, chances_of_few, st.sets(st.sampled_from(FEW), max_size=4))
def test_the_interval_spans_every_corner_of_the_unknowns(
    data: Any, p: dict[str, float], unknown: set[str]
) -> None:
    formula = parse_formula(data)
    corners = [
        probability(formula, p | dict(zip(sorted(unknown), corner, strict=True)))
        for corner in product((0.0, 1.0), repeat=len(unknown))
    ]
    found = probability_interval(formula, p | dict.fromkeys(unknown))

    assert found.low == pytest.approx(min(corners), abs=1e-12)
    assert found.high == pytest.approx(max(corners), abs=1e-12)


def test_without_unknowns_both_ends_meet() -> None:
    assert probability_interval(parse_formula({"not": "a"}), {"a": 0.25}) == ProbabilityInterval(0.75, 0.75)


def test_an_unknown_that_occurs_both_ways_is_one_unknown_and_not_two() -> None:
    formula = parse_formula({"or": [{"and": ["u", "a"]}, {"and": [{"not": "u"}, "b"]}]})

    assert probability_interval(formula, {"u": None, "a": 0.25, "b": 0.5}) == ProbabilityInterval(0.25, 0.5)


@given(with_negation, chances_of_few)
def test_birnbaum_importance_is_what_the_atom_changes(data: Any, p: dict[str, float]) -> None:
    formula = parse_formula(data)
    found = birnbaum_importance(formula, p)

    assert list(found) == sorted(atoms(formula))
    for atom in found:
        change = probability(formula, p | {atom: 1.0}) - probability(formula, p | {atom: 0.0})
        assert found[atom] == pytest.approx(change, abs=1e-12)


@given(monotone, chances_of_few)
def test_fussell_vesely_importance_is_the_share_of_failure_with_a_failed_cut_set(
    data: Any, p: dict[str, float]
) -> None:
    formula = parse_formula(data)
    cuts = minimal_cut_sets(formula)
    names = frozenset(FEW)
    fails = chance_that(lambda true: not holds(data, true), p)
    found = fussell_vesely_importance(formula, p)

    assert list(found) == sorted(atoms(formula))
    for atom, share in found.items():
        with_atom = [cut for cut in cuts if atom in cut]
        part = math.fsum(
            weight for true, weight in worlds(p) if any(cut <= names - true for cut in with_atom)
        )
        if fails < 1e-9:
            assert share is None or 0.0 <= share <= 1.0
        else:
            assert share == pytest.approx(part / fails, abs=1e-6)


def test_each_vote_of_two_out_of_three_has_a_part_in_three_quarters_of_the_failures() -> None:
    # Of the four ways in which two or three fail, a has a part in all but the one where b and c fail alone.
    vote = parse_formula({"at_least": [2, ["a", "b", "c"]]})

    assert fussell_vesely_importance(vote, dict.fromkeys("abc", 0.5)) == pytest.approx(
        dict.fromkeys("abc", 0.75)
    )


def test_nothing_has_a_share_in_a_failure_that_cannot_happen() -> None:
    assert fussell_vesely_importance(parse_formula({"or": ["a", "b"]}), {"a": 1.0, "b": 0.5}) == {
        "a": None,
        "b": None,
    }


def test_importance_by_cut_sets_is_refused_with_negation() -> None:
    with pytest.raises(NegationError):
        fussell_vesely_importance(Not(Atom("a")), {"a": 0.5})


@settings(max_examples=60, deadline=None)
@given(
    st.dictionaries(st.sampled_from("pqrstu"), formulas_over(FEW, negation=True, leaves=6), min_size=1),
    chances_of_few,
    st.data(),
)
def test_the_best_portfolio_is_the_best_of_all_and_the_first_among_equals(
    data: dict[str, Any], p: dict[str, float], draw: st.DataObject
) -> None:
    formulas = {name: parse_formula(part) for name, part in data.items()}
    k = draw.draw(st.integers(1, len(formulas)))
    values = {
        names: probability(Or(tuple(formulas[name] for name in names)), p)
        for names in combinations(sorted(formulas), k)
    }
    highest = max(values.values())
    found = best_portfolio(formulas, p, k)

    assert found.is_optimal
    assert found.probability == pytest.approx(highest, abs=1e-11)
    assert values[found.names] > highest - 3e-12
    # Those clearly below the best cannot win, those equal to it come by name.
    assert found.names <= min(names for names, value in values.items() if value > highest - 1e-14)


def test_equal_portfolios_are_decided_by_name() -> None:
    formulas = {name: Atom(atom) for name, atom in [("z", "a"), ("y", "b"), ("x", "c"), ("w", "a")]}

    assert best_portfolio(formulas, dict.fromkeys("abc", 0.5), 2).names == ("w", "x")


def test_the_greedy_choice_gives_way_to_an_equal_one_earlier_in_the_alphabet() -> None:
    # y is the likeliest entry, and together with x as good as w with x.
    formulas = {
        "w": parse_formula({"or": ["a", {"and": ["b", "c"]}]}),
        "x": parse_formula({"and": [{"or": ["b", "c"]}, {"not": "a"}]}),
        "y": parse_formula({"or": ["a", "b"]}),
        "z": parse_formula("c"),
    }

    assert best_portfolio(formulas, dict.fromkeys("abc", 0.5), 2).names == ("w", "x")


def test_two_entries_that_complement_each_other_beat_the_likeliest_one() -> None:
    formulas: dict[str, Formula] = {"a": Atom("v"), "b": Atom("u"), "c": Not(Atom("u"))}

    found = best_portfolio(formulas, {"u": 0.5, "v": 0.6}, 2)

    assert found.names == ("b", "c")
    assert found.probability == 1.0


def test_an_entry_that_shares_its_assumption_is_worth_less_than_a_weaker_independent_one() -> None:
    formulas: dict[str, Formula] = {
        "first": Atom("a"),
        "twin": And((Atom("a"), Atom("b"))),
        "other": Atom("c"),
    }

    found = best_portfolio(formulas, {"a": 0.6, "b": 0.9, "c": 0.2}, 2)

    assert found.names == ("first", "other")
    assert found.probability == pytest.approx(1 - 0.4 * 0.8)


def test_a_search_that_hits_its_bound_says_so_and_bounds_what_it_missed() -> None:
    formulas = {f"p{n:02d}": And((Atom(f"a{n % 7}"), Atom(f"b{n % 5}"))) for n in range(20)}
    p = {f"a{n}": 0.3 + n / 20 for n in range(7)} | {f"b{n}": 0.4 + n / 20 for n in range(5)}
    best = best_portfolio(formulas, p, 4)
    early = best_portfolio(formulas, p, 4, work_bound=1_000)

    assert best.is_optimal
    assert best.upper_bound == best.probability
    assert not early.is_optimal
    assert early.probability <= best.probability + 1e-12 < early.upper_bound < 1.0
    assert early.probability >= (1 - 1 / math.e) * best.probability


@pytest.mark.parametrize("k", [0, -1, 3])
def test_a_portfolio_of_an_impossible_size_is_refused(k: int) -> None:
    with pytest.raises(PortfolioSizeError, match="1 to 2"):
        best_portfolio({"x": Atom("a"), "y": Atom("b")}, {"a": 0.5, "b": 0.5}, k)
