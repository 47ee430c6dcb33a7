"""What a whole group's credences say about its cruxes."""

from __future__ import annotations

from itertools import combinations, permutations
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cruxmap.analysis.cruxes import (
    group_swap_effects,
    same_mark_different_reason,
    swap_effects,
    value_of_results,
    variance_shares,
)
from cruxmap.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping

credence = st.floats(0, 1).map(lambda value: round(value, 3))
groups = st.dictionaries(
    st.sampled_from(["ada", "ben", "eve", "kim", "leo"]),
    st.fixed_dictionaries(dict.fromkeys("abcd", credence)),
    min_size=2,
)


def weakest_of_two_arguments(credences: Mapping[str, float]) -> float:
    return max(credences["a"] * credences["b"], credences["c"] * credences["d"])


@given(groups)
@settings(max_examples=40, deadline=None)
def test_the_mean_swap_effect_is_taken_over_all_pairs_of_readers(
    readers: dict[str, dict[str, float]],
) -> None:
    effects = group_swap_effects(weakest_of_two_arguments, readers)
    pairs = list(combinations(sorted(readers), 2))
    for statement, effect in effects.items():
        found = [
            swap_effects(weakest_of_two_arguments, readers[one], readers[other]).get(statement)
            for one, other in pairs
        ]
        sizes = [0 if each is None else each.mean_change for each in found]
        assert effect.mean_change == pytest.approx(sum(sizes) / len(pairs))
        both = [pair for pair, each in zip(pairs, found, strict=True) if each and each.is_double_crux]
        one_sided = [pair for pair, each in zip(pairs, found, strict=True) if each and each.is_one_sided_crux]
        assert effect.double_cruxes == tuple(both)
        assert effect.one_sided == tuple(one_sided)
    assert [-effect.mean_change for effect in effects.values()] == sorted(
        -effect.mean_change for effect in effects.values()
    )


def test_one_reader_alone_has_nobody_to_swap_with() -> None:
    with pytest.raises(UsageError, match="at least two readers"):
        group_swap_effects(weakest_of_two_arguments, {"ada": dict.fromkeys("abcd", 0.5)})


@given(groups)
@settings(max_examples=40, deadline=None)
def test_variance_shares_are_shapley_values_of_the_spread_and_sum_to_one(
    readers: dict[str, dict[str, float]],
) -> None:
    result = variance_shares(weakest_of_two_arguments, readers)
    mean = {name: np.mean([held[name] for held in readers.values()]).item() for name in "abcd"}

    def spread(own: set[str]) -> float:
        mixed = [
            {name: held[name] if name in own else mean[name] for name in "abcd"} for held in readers.values()
        ]
        return float(np.var([weakest_of_two_arguments(credences) for credences in mixed]))

    assert result.variance == pytest.approx(spread(set("abcd")), abs=1e-15)
    if result.variance < 1e-9:
        return
    expected = dict.fromkeys("abcd", 0.0)
    for order in permutations("abcd"):
        for place, name in enumerate(order):
            expected[name] += (spread(set(order[: place + 1])) - spread(set(order[:place]))) / 24
    for name in "abcd":
        assert result.shares.get(name, 0.0) * result.variance == pytest.approx(expected[name], abs=1e-12)
    assert sum(result.shares.values()) == pytest.approx(1)


def test_sampled_variance_shares_lie_within_their_standard_errors() -> None:
    draw = np.random.default_rng(3).random((6, 9)).round(3)
    readers = {
        f"reader{row}": dict(zip("abcdefghi", values.tolist(), strict=True))
        for row, values in enumerate(draw)
    }
    exact = variance_shares(weakest_of_two_arguments, readers)
    sampled = variance_shares(weakest_of_two_arguments, readers, exact_limit=4, permutations=400, seed=2)
    assert exact.exact
    assert not sampled.exact
    assert sum(sampled.shares.values()) == pytest.approx(1)
    for name, share in exact.shares.items():
        assert abs(sampled.shares[name] - share) <= 3 * sampled.standard_errors[name] + 1e-12
    assert exact.shares["e"] == pytest.approx(0, abs=1e-12)


def test_verdicts_that_do_not_spread_have_no_shares() -> None:
    readers = {"ada": {"a": 0.2}, "ben": {"a": 0.9}}
    assert dict(variance_shares(lambda _: 0.5, readers).shares) == {"a": 0.0}


@given(st.fixed_dictionaries(dict.fromkeys("abcd", credence)))
@settings(max_examples=60, deadline=None)
def test_the_value_of_a_result_weighs_both_answers_by_the_credence(credences: dict[str, float]) -> None:
    now = weakest_of_two_arguments(credences)
    for name, value in value_of_results(weakest_of_two_arguments, credences).items():
        yes = weakest_of_two_arguments({**credences, name: 1.0})
        no = weakest_of_two_arguments({**credences, name: 0.0})
        chance = credences[name]
        assert (value.if_true, value.if_false) == pytest.approx((yes, no))
        assert value.expected_change == pytest.approx(chance * abs(yes - now) + (1 - chance) * abs(no - now))


def test_results_are_listed_by_what_they_would_change() -> None:
    values = value_of_results(lambda c: c["a"] * 0.2 + c["b"] * 0.8, {"a": 0.5, "b": 0.5, "c": 0.5})
    assert list(values) == ["b", "a", "c"]
    assert list(value_of_results(lambda c: c["a"], {"a": 0.5, "b": 0.5}, statements=["a"])) == ["a"]


def test_a_result_about_an_unknown_statement_is_refused() -> None:
    with pytest.raises(UsageError, match="no credence for z"):
        value_of_results(lambda c: c["a"], {"a": 0.5}, statements=["z"])


def test_a_shared_mark_on_disjoint_hinges_is_a_hidden_disagreement() -> None:
    readings = {
        "ben": ("plausible", frozenset({"slow", "honest"})),
        "ada": ("plausible", frozenset({"cheap"})),
        "eve": ("plausible", frozenset({"slow"})),
        "kim": ("doubtful", frozenset({"far"})),
        "leo": ("plausible", frozenset[str]()),
    }
    found = same_mark_different_reason(readings)
    assert [(each.mark, each.first, each.second) for each in found] == [
        ("plausible", "ada", "ben"),
        ("plausible", "ada", "eve"),
    ]
    assert found[0].second_hinges == {"slow", "honest"}
