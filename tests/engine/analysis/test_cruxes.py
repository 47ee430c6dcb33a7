"""The split of a gap between two readers, swaps, and crux pairs."""

from __future__ import annotations

import math
from itertools import permutations
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cruxmap.analysis.cruxes import shapley_gap, split_gap, swap_effects, swap_pairs
from cruxmap.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

credence = st.floats(0, 1).map(lambda value: round(value, 3))


def readers_over(names: str) -> st.SearchStrategy[tuple[dict[str, float], dict[str, float]]]:
    one = st.fixed_dictionaries(dict.fromkeys(names, credence))
    return st.tuples(one, one)


def tangled(credences: Mapping[str, float]) -> float:
    """A verdict with products, a maximum and a threshold, so that statements interact in every way."""
    values = [credences[name] for name in sorted(credences)]
    return 0.6 * math.prod(values[:3]) + 0.3 * max(values) + (0.1 if values[-1] > 0.5 else 0.0)


def over_all_orders(g: object, x: Mapping[str, float], y: Mapping[str, float]) -> dict[str, float]:
    """Shapley's definition: the mean marginal contribution over all orders of the differing statements."""
    assert callable(g)
    differing = [name for name in sorted(x) if x[name] != y[name]]
    total = dict.fromkeys(differing, 0.0)
    orders = list(permutations(differing))
    for order in orders:
        mixed = dict(x)
        before = g(mixed)
        for name in order:
            mixed[name] = y[name]
            after = g(mixed)
            total[name] += after - before
            before = after
    return {name: value / len(orders) for name, value in total.items()}


@given(readers_over("abcde"))
@settings(max_examples=60, deadline=None)
def test_the_split_is_the_mean_marginal_contribution_over_all_orders(
    readers: tuple[dict[str, float], dict[str, float]],
) -> None:
    x, y = readers
    split = shapley_gap(tangled, x, y)
    expected = over_all_orders(tangled, x, y)
    assert list(split) == list(expected)
    assert list(split.values()) == pytest.approx(list(expected.values()), abs=1e-12)
    assert sum(split.values()) == pytest.approx(tangled(y) - tangled(x), abs=1e-9)


def many_statements(count: int) -> tuple[dict[str, float], dict[str, float]]:
    generator = np.random.default_rng(5)
    names = [f"s{number:02}" for number in range(count)]
    draw = generator.random((2, count)).round(3)
    return dict(zip(names, draw[0].tolist(), strict=True)), dict(zip(names, draw[1].tolist(), strict=True))


def test_fifteen_differing_statements_are_split_exactly_and_sixteen_are_sampled() -> None:
    for count, exact in ((15, True), (16, False)):
        x, y = many_statements(count)
        split = split_gap(tangled, x, y, batch=tangled_in_batches)
        assert split.exact is exact
        assert (split.seed is None) is exact
        assert split.samples == (2**15 if exact else 1000)
        assert any(split.standard_errors.values()) is not exact


def tangled_in_batches(statements: Sequence[str], vectors: NDArray[np.float64]) -> NDArray[np.float64]:
    assert list(statements) == sorted(statements)
    lucky = np.where(vectors[:, -1] > 0.5, 0.1, 0.0)
    answers: NDArray[np.float64] = 0.6 * vectors[:, :3].prod(axis=1) + 0.3 * vectors.max(axis=1) + lucky
    return answers


@pytest.mark.parametrize("seed", range(8))
def test_a_sampled_split_sums_to_the_gap_and_lies_within_its_standard_errors(seed: int) -> None:
    x, y = many_statements(10)
    exact = split_gap(tangled, x, y)
    sampled = split_gap(tangled, x, y, exact_limit=3, seed=seed, batch=tangled_in_batches)
    assert sum(sampled.contributions.values()) == pytest.approx(exact.gap, abs=1e-9)
    for name, value in exact.contributions.items():
        assert abs(sampled.contributions[name] - value) <= 3 * sampled.standard_errors[name] + 1e-12


def test_nearly_all_sampled_parts_lie_within_three_standard_errors() -> None:
    x, y = many_statements(10)
    exact = split_gap(tangled, x, y, batch=tangled_in_batches).contributions
    misses = count = 0
    for seed in range(60):
        sampled = split_gap(tangled, x, y, exact_limit=3, seed=seed, batch=tangled_in_batches)
        for name, value in exact.items():
            count += 1
            misses += abs(sampled.contributions[name] - value) > 3 * sampled.standard_errors[name] + 1e-12
    assert count == 600
    # A normal error leaves three standard errors in 0.3% of all draws.
    assert misses <= 6


def test_standard_errors_say_how_far_sampled_splits_scatter() -> None:
    x, y = many_statements(8)
    exact = split_gap(tangled, x, y).contributions
    drawn = [
        split_gap(tangled, x, y, exact_limit=3, permutations=40, seed=seed, batch=tangled_in_batches)
        for seed in range(200)
    ]
    for name, value in exact.items():
        scatter = np.sqrt(np.mean([(split.contributions[name] - value) ** 2 for split in drawn]))
        stated = np.sqrt(np.mean([split.standard_errors[name] ** 2 for split in drawn]))
        assert scatter == pytest.approx(stated, rel=0.25, abs=1e-12)


def test_a_sampled_split_of_forty_statements_sums_to_the_gap() -> None:
    x, y = many_statements(40)
    split = split_gap(tangled, x, y, permutations=50)
    assert sum(split.contributions.values()) == pytest.approx(tangled(y) - tangled(x), abs=1e-9)
    assert split.gap == pytest.approx(tangled(y) - tangled(x), abs=1e-12)


def test_the_seed_decides_a_sampled_split() -> None:
    x, y = many_statements(17)
    first, again, other = (split_gap(tangled, x, y, permutations=20, seed=seed) for seed in (1, 1, 2))
    assert first.contributions == again.contributions
    assert first.contributions != other.contributions


def test_a_batched_verdict_gives_the_same_split_and_swaps_as_a_plain_one() -> None:
    x, y = many_statements(8)
    plain, batched = shapley_gap(tangled, x, y), shapley_gap(tangled, x, y, batch=tangled_in_batches)
    assert list(plain.values()) == pytest.approx(list(batched.values()), abs=1e-12)
    swaps = [swap_effects(tangled, x, y, batch=batch) for batch in (None, tangled_in_batches)]
    assert [effect.mean_change for effect in swaps[0].values()] == pytest.approx(
        [effect.mean_change for effect in swaps[1].values()]
    )


def test_statements_on_which_the_readers_agree_have_no_part_in_the_gap() -> None:
    x, y = {"a": 0.2, "b": 0.5}, {"a": 0.9, "b": 0.5}
    assert set(shapley_gap(tangled, x, y)) == {"a"}
    assert set(swap_effects(tangled, x, y)) == {"a"}
    assert shapley_gap(tangled, x, x) == {}


def test_readers_over_different_statements_are_refused() -> None:
    with pytest.raises(UsageError, match="the second reader has no credence for b"):
        shapley_gap(tangled, {"a": 1, "b": 0}, {"a": 0})


def test_a_batched_verdict_of_the_wrong_shape_is_refused() -> None:
    with pytest.raises(UsageError, match="one number per row"):
        shapley_gap(tangled, {"a": 1}, {"a": 0}, batch=lambda _, vectors: vectors)


@given(readers_over("abcd"), st.floats(0.1, 0.9))
@settings(max_examples=60, deadline=None)
def test_a_swap_effect_is_what_both_verdicts_do_when_one_statement_is_traded(
    readers: tuple[dict[str, float], dict[str, float]], threshold: float
) -> None:
    x, y = readers
    for name, effect in swap_effects(tangled, x, y, threshold).items():
        for_x, for_y = tangled({**x, name: y[name]}), tangled({**y, name: x[name]})
        assert effect.change_x == pytest.approx(for_x - tangled(x))
        assert effect.change_y == pytest.approx(for_y - tangled(y))
        assert effect.mean_change == pytest.approx((abs(effect.change_x) + abs(effect.change_y)) / 2)
        assert effect.crosses_x == ((tangled(x) >= threshold) != (for_x >= threshold))
        assert effect.crosses_y == ((tangled(y) >= threshold) != (for_y >= threshold))


def test_a_shared_decisive_statement_is_a_double_crux() -> None:
    effects = swap_effects(lambda c: c["a"], {"a": 0.9, "b": 0.1}, {"a": 0.2, "b": 0.8})
    assert effects["a"].is_double_crux
    assert not effects["a"].is_one_sided_crux
    assert not effects["b"].is_double_crux
    assert effects["b"].mean_change == 0


def test_a_verdict_at_the_threshold_counts_as_above_it() -> None:
    effects = swap_effects(lambda c: c["a"], {"a": 0.5}, {"a": 0.4})
    assert effects["a"].is_double_crux
    assert not swap_effects(lambda c: c["a"], {"a": 0.5}, {"a": 0.9})["a"].crosses_x
    assert not swap_effects(lambda c: c["a"], {"a": 0.9}, {"a": 0.5})["a"].crosses_y


def test_a_statement_that_matters_to_one_reader_only_is_a_one_sided_crux() -> None:
    effects = swap_effects(lambda c: min(c["a"], c["b"]), {"a": 0.9, "b": 0.9}, {"a": 0.1, "b": 0.2})
    assert effects["a"].crosses_x
    assert not effects["a"].crosses_y
    assert effects["a"].is_one_sided_crux


@given(readers_over("abcd"), st.floats(0.1, 0.9))
@settings(max_examples=60, deadline=None)
def test_a_pair_is_offered_only_when_it_crosses_and_neither_member_does(
    readers: tuple[dict[str, float], dict[str, float]], threshold: float
) -> None:
    x, y = readers
    single = swap_effects(tangled, x, y, threshold)
    quiet = [name for name, effect in single.items() if not (effect.crosses_x or effect.crosses_y)]
    expected = set()
    for first in quiet:
        for second in quiet:
            if first < second:
                for_x = tangled({**x, first: y[first], second: y[second]})
                for_y = tangled({**y, first: x[first], second: x[second]})
                moved_x = (tangled(x) >= threshold) != (for_x >= threshold)
                moved_y = (tangled(y) >= threshold) != (for_y >= threshold)
                if moved_x or moved_y:
                    expected.add((first, second))
    assert set(swap_pairs(tangled, x, y, threshold)) == expected


def test_two_half_reasons_are_a_crux_pair_and_not_cruxes() -> None:
    x, y = {"a": 0.8, "b": 0.8, "c": 0.8}, {"a": 0.2, "b": 0.2, "c": 0.3}

    def majority(credences: Mapping[str, float]) -> float:
        return float(np.median(list(credences.values())))

    assert not any(effect.crosses_x or effect.crosses_y for effect in swap_effects(majority, x, y).values())
    pairs = swap_pairs(majority, x, y)
    assert set(pairs) == {("a", "b"), ("a", "c"), ("b", "c")}
    assert all(effect.is_double_crux for effect in pairs.values())
