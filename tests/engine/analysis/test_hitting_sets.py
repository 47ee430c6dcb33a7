"""Minimal hitting sets against published diagnoses and all subsets."""

from __future__ import annotations

import time
from collections.abc import Collection, Iterable
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cruxmap.analysis.failure import TooManySetsError, minimal_hitting_sets

families = st.lists(st.frozensets(st.sampled_from("abcdefghij"), max_size=5), max_size=9)


def by_all_subsets(conflicts: Iterable[Collection[str]]) -> list[frozenset[str]]:
    given_sets = [frozenset(conflict) for conflict in conflicts]
    names = sorted(frozenset[str]().union(*given_sets))
    found: list[frozenset[str]] = []
    for size in range(len(names) + 1):
        for chosen in map(frozenset, combinations(names, size)):
            if all(chosen & conflict for conflict in given_sets) and not any(
                other <= chosen for other in found
            ):
                found.append(chosen)
    return found


@given(families)
def test_they_are_the_minimal_subsets_that_meet_every_conflict_in_order(
    conflicts: list[frozenset[str]],
) -> None:
    assert minimal_hitting_sets(conflicts) == by_all_subsets(conflicts)


@given(families)
def test_taking_them_twice_leaves_the_minimal_conflicts(conflicts: list[frozenset[str]]) -> None:
    minimal = {one for one in conflicts if not any(other < one for other in conflicts)}

    assert set(minimal_hitting_sets(minimal_hitting_sets(conflicts))) == minimal


def test_the_full_adder_of_reiter_has_three_diagnoses() -> None:
    # Reiter 1987, section 4.2: conflicts of the full adder and its diagnoses.
    diagnoses = minimal_hitting_sets([["X1", "X2"], ["X1", "A2", "O1"]])

    assert diagnoses == [frozenset({"X1"}), frozenset({"A2", "X2"}), frozenset({"O1", "X2"})]


def test_the_polybox_of_de_kleer_and_williams_has_four_diagnoses() -> None:
    # de Kleer & Williams 1987, Diagnosing multiple faults, figure 1.
    diagnoses = minimal_hitting_sets([{"A1", "M1", "M2"}, {"A1", "A2", "M1", "M3"}])

    assert diagnoses == [{"A1"}, {"M1"}, {"A2", "M2"}, {"M2", "M3"}]


def test_without_conflicts_nothing_has_to_be_hit() -> None:
    assert minimal_hitting_sets([]) == [frozenset()]


def test_an_empty_conflict_cannot_be_hit() -> None:
    assert minimal_hitting_sets([{"a"}, set()]) == []


def test_repeated_conflicts_and_generators_are_fine() -> None:
    assert minimal_hitting_sets(["a", "b"] for _ in range(3)) == [{"a"}, {"b"}]


def test_five_thousand_conflicts_of_one_name_are_hit_by_all_names() -> None:
    names = [f"n{number}" for number in range(5_000)]

    assert minimal_hitting_sets([[name] for name in names]) == [frozenset(names)]


def test_a_hub_in_two_thousand_conflicts_is_hit_alone_or_by_all_the_others() -> None:
    conflicts = [{"hub", f"a{number}"} for number in range(2_000)]

    assert minimal_hitting_sets(conflicts) == [
        frozenset({"hub"}),
        frozenset(f"a{number}" for number in range(2_000)),
    ]


def test_4096_hitting_sets_of_twelve_pairs_take_well_under_a_second() -> None:
    conflicts = [{f"a{number}", f"b{number}"} for number in range(12)]
    start = time.perf_counter()

    assert len(minimal_hitting_sets(conflicts)) == 4096
    assert time.perf_counter() - start < 1.0


def test_more_than_the_limit_is_an_error_and_not_a_full_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cruxmap.analysis.hitting_sets.MAXIMUM_SETS", 1_000)

    with pytest.raises(TooManySetsError, match="listed at most"):
        minimal_hitting_sets([{f"a{number}", f"b{number}"} for number in range(40)])
