"""The failure reading of one formula: sets by size, single points, importance, chance."""

from __future__ import annotations

from itertools import combinations, product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cruxmap.analysis.failure import minimal_cut_sets, minimal_hitting_sets, minimal_path_sets
from cruxmap.analysis.failure_reading import failure_reading, smallest_cut_sets, smallest_path_sets
from cruxmap.analysis.formulas import Constant, NegationError, parse_formula

NAMES = list("abcde")
leaf = st.sampled_from(NAMES)


def gates(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    several = st.lists(inner, min_size=1, max_size=3)
    return st.one_of(
        several.map(lambda below: {"and": below}),
        several.map(lambda below: {"or": below}),
        st.tuples(st.integers(1, 2), several).map(lambda pair: {"at_least": list(pair)}),
    )


formulas = st.recursive(leaf, gates, max_leaves=12)
chances = st.fixed_dictionaries(dict.fromkeys(NAMES, st.floats(0, 1)))


def holds(data: Any, true: set[str]) -> bool:
    if isinstance(data, str):
        return data in true
    ((kind, value),) = data.items()
    if kind == "at_least":
        return sum(holds(part, true) for part in value[1]) >= int(value[0])
    return (all if kind == "and" else any)(holds(part, true) for part in value)


def chance(data: Any, p: dict[str, float]) -> float:
    total = 0.0
    for choice in product((False, True), repeat=len(NAMES)):
        weight = 1.0
        for name, is_true in zip(NAMES, choice, strict=True):
            weight *= p[name] if is_true else 1 - p[name]
        if holds(data, {name for name, is_true in zip(NAMES, choice, strict=True) if is_true}):
            total += weight
    return total


@given(formulas, chances)
def test_sets_chance_and_single_points_are_those_of_the_definition(data: Any, p: dict[str, float]) -> None:
    formula = parse_formula(data)
    if isinstance(formula, Constant):
        assert failure_reading(formula, p).probability is None
        return
    found = failure_reading(formula, p)
    assert found.probability == pytest.approx(chance(data, p), abs=1e-12)
    defeating = [
        set(names)
        for size in range(len(NAMES) + 1)
        for names in combinations(NAMES, size)
        if not holds(data, set(NAMES) - set(names))
    ]
    minimal = [names for names in defeating if not any(other < names for other in defeating)]
    assert sorted(map(sorted, minimal)) == sorted(list(names) for names in found.cut_sets.listed)
    assert found.single_points == tuple(
        sorted(name for names in minimal if len(names) == 1 for name in names)
    )
    for item in found.importance:
        sizes = [len(names) for names in minimal if item.atom in names]
        assert item.smallest_cut_set == min(sizes)
        rises = chance(data, {**p, item.atom: 1.0}) - chance(data, {**p, item.atom: 0.0})
        assert item.birnbaum == pytest.approx(rises, abs=1e-9)
    assert {item.atom for item in found.importance} == {name for names in minimal for name in names}


@given(formulas)
def test_what_suffices_and_what_defeats_are_each_others_minimal_hitting_sets(data: Any) -> None:
    formula = parse_formula(data)
    paths = [frozenset(names) for names in smallest_path_sets(formula).listed]
    cuts = [frozenset(names) for names in smallest_cut_sets(formula).listed]
    assert set(minimal_hitting_sets(paths)) == set(cuts) == set(minimal_cut_sets(formula))
    assert set(minimal_hitting_sets(cuts)) == set(paths) == set(minimal_path_sets(formula))


@given(formulas, st.integers(0, 4), leaf)
def test_a_limit_lists_the_smallest_sets_and_counts_all(data: Any, limit: int, name: str) -> None:
    formula = parse_formula(data)
    everything, some = smallest_cut_sets(formula), smallest_cut_sets(formula, limit)
    assert some.count == everything.count == len(everything.listed)
    sizes = [len(names) for names in everything.listed]
    assert sizes == sorted(sizes)
    assert [len(names) for names in some.listed] == sizes[:limit]
    assert set(some.listed) <= set(everything.listed)
    having = smallest_cut_sets(formula, having=name)
    assert having.listed == tuple(names for names in everything.listed if name in names)


def test_the_smallest_are_those_of_the_least_size() -> None:
    found = smallest_cut_sets(parse_formula({"and": ["a", "b", {"or": ["c", "d"]}]}))
    assert found.smallest == (("a",), ("b",))
    assert found.count == 3


def test_importance_is_listed_by_how_much_hangs_on_it() -> None:
    formula = parse_formula({"and": ["c", {"or": ["a", "b"]}]})
    found = failure_reading(formula, {"a": 0.5, "b": 0.5, "c": 0.5})
    assert [item.atom for item in found.importance] == ["c", "a", "b"]


def test_certainty_leaves_no_share_of_a_failure() -> None:
    found = failure_reading(parse_formula({"and": ["a", "b"]}), {"a": 1.0, "b": 1.0})
    assert found.probability == 1.0
    assert [item.fussell_vesely for item in found.importance] == [None, None]


def test_negation_has_no_failure_reading() -> None:
    with pytest.raises(NegationError):
        failure_reading(parse_formula({"not": "a"}), {"a": 0.5})
