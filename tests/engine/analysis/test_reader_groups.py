"""Camps among readers: found where they are, not invented where they are not."""

from __future__ import annotations

import math

import numpy as np
import pytest

from cruxmap.analysis.agreement import SMALLEST_GROUPABLE, permutation_null
from cruxmap.errors import UsageError


def two_camps(readers: int, items: int, seed: int, missing: float = 0.0) -> tuple[list[int], np.ndarray]:
    """Readers who alternate between camps that rate every item from opposite ends, with some noise."""
    generator = np.random.default_rng(seed)
    camps = [reader % 2 for reader in range(readers)]
    leaning = generator.integers(0, 2, size=items)
    table = np.array([[4.0 if camp == side else 0.0 for side in leaning] for camp in camps])
    table += generator.integers(-1, 2, size=table.shape)
    table[generator.random(table.shape) < missing] = math.nan
    return camps, table


@pytest.mark.parametrize("missing", [0.0, 0.2])
def test_two_planted_camps_are_found(missing: float) -> None:
    camps, table = two_camps(16, 12, seed=4, missing=missing)
    test = permutation_null(table, permutations=60)
    assert test.groups == tuple(camps)
    assert test.silhouette is not None
    assert test.null_quantile is not None
    assert test.silhouette > test.null_quantile
    assert test.p_value == pytest.approx(1 / 61)
    assert "clearer than chance" in test.reason


def test_the_silhouette_is_the_textbook_one() -> None:
    # Two camps on one line, evenly filled so that no finer grouping is clearer.
    places = [0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 50.0, 51.0, 52.0, 53.0, 54.0, 55.0]
    expected = []
    for index, place in enumerate(places):
        others = places[:index] + places[index + 1 :]
        own = np.mean([abs(place - other) for other in others if (other < 25) == (place < 25)])
        away = np.mean([abs(place - other) for other in others if (other < 25) != (place < 25)])
        expected.append((away - own) / max(away, own))
    test = permutation_null([[place, 1.0] for place in places], permutations=20)
    assert test.silhouette == pytest.approx(np.mean(expected))


def test_noise_is_called_groups_about_as_rarely_as_the_null_allows() -> None:
    called = 0
    for seed in range(30):
        table = np.random.default_rng(seed).integers(0, 5, size=(14, 10))
        called += permutation_null(table, permutations=40, seed=seed).groups is not None
    # Binomial(30, 0.05) exceeds 5 with probability 0.003.
    assert called <= 5


def test_fewer_than_twelve_readers_are_never_grouped() -> None:
    _, table = two_camps(SMALLEST_GROUPABLE, 12, seed=4)
    assert permutation_null(table, permutations=40).groups is not None
    small = permutation_null(table[:-1], permutations=40)
    assert small.groups is None
    assert small.silhouette is None
    assert "below 12 readers; there are 11" in small.reason


def test_a_group_that_does_not_beat_the_null_is_not_shown_but_its_figures_are() -> None:
    table = np.random.default_rng(0).integers(0, 5, size=(14, 10))
    test = permutation_null(table, permutations=60)
    assert test.groups is None
    assert test.silhouette is not None
    assert test.p_value is not None
    assert test.p_value > 0.05
    assert "no clearer than chance" in test.reason


def test_the_seed_decides_the_test() -> None:
    table = np.random.default_rng(0).integers(0, 5, size=(14, 10))
    first, again, other = (permutation_null(table, permutations=40, seed=seed) for seed in (1, 1, 2))
    assert first == again
    assert first.null_quantile != other.null_quantile


def test_unanimous_readers_form_no_groups() -> None:
    assert permutation_null(np.ones((12, 3))).groups is None
    assert "same ratings" in permutation_null(np.full((12, 3), math.nan)).reason


def test_a_column_that_nobody_rated_and_a_reader_who_rated_nothing_do_no_harm() -> None:
    camps, table = two_camps(16, 12, seed=4)
    table[:, 3] = math.nan
    table[0] = math.nan
    test = permutation_null(table, permutations=40)
    assert test.groups is not None
    assert len(set(test.groups[1::2])) == len(set(test.groups[2::2])) == 1
    assert test.groups[1] != test.groups[2]
    assert len(camps) == len(test.groups)


def test_a_single_item_is_enough_for_a_test() -> None:
    table = np.array([[0.0]] * 6 + [[4.0]] * 6)
    # Shuffling one item changes nothing, so it cannot be clearer than chance.
    assert permutation_null(table, permutations=20).groups is None


def test_too_few_permutations_are_refused() -> None:
    with pytest.raises(UsageError, match="at least 20"):
        permutation_null(np.zeros((12, 2)), permutations=10)
