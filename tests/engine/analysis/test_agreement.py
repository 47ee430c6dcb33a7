"""Agreement coefficients against published values and another implementation."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import krippendorff
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cruxmap.analysis.agreement import (
    UndefinedAgreement,
    bootstrap_interval,
    fleiss_kappa,
    gwet_ac,
    item_spread,
    krippendorff_alpha,
    missing_share,
    nearest_pairs,
    pool,
    reader_distances,
)
from cruxmap.errors import CruxmapError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

    from cruxmap.analysis.agreement import Level, Weights

NONE = math.nan

FOUR_OBSERVERS = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, NONE, NONE, NONE],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, NONE, 3],
    [NONE, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, NONE],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, NONE],
]
"""Krippendorff's example of four observers and twelve units."""

FLEISS_EXAMPLE = [
    [0, 0, 0, 0, 14],
    [0, 2, 6, 4, 2],
    [0, 0, 3, 5, 6],
    [0, 3, 9, 2, 0],
    [2, 2, 8, 1, 1],
    [7, 7, 0, 0, 0],
    [3, 2, 6, 3, 0],
    [2, 5, 3, 2, 2],
    [6, 5, 2, 1, 0],
    [0, 2, 2, 3, 7],
]


@pytest.mark.parametrize(
    ("level", "published"), [("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849), ("ratio", 0.797)]
)
def test_alpha_of_krippendorffs_example_is_the_published_one(level: Level, published: float) -> None:
    assert krippendorff_alpha(FOUR_OBSERVERS, level) == pytest.approx(published, abs=0.0005)


@given(st.integers(2, 7), st.integers(2, 15), st.integers(2, 6), st.floats(0, 0.6), st.integers(0, 2**32 - 1))
@settings(max_examples=150, deadline=None)
def test_alpha_equals_the_krippendorff_package_at_all_levels(
    readers: int, items: int, values: int, missing: float, seed: int
) -> None:
    generator = np.random.default_rng(seed)
    table = generator.integers(0, values, size=(readers, items)).astype(float)
    table[generator.random(table.shape) < missing] = math.nan
    for level in ("nominal", "ordinal", "interval", "ratio"):
        try:
            ours = krippendorff_alpha(table, level)
        except UndefinedAgreement:
            paired = table[:, (~np.isnan(table)).sum(axis=0) >= 2]
            assert len(np.unique(paired[~np.isnan(paired)])) < 2
            continue
        theirs = krippendorff.alpha(reliability_data=table, level_of_measurement=level)
        assert ours == pytest.approx(theirs, abs=1e-10)


@pytest.mark.parametrize(
    ("weights", "published"),
    [("identity", 0.77544), ("ordinal", 0.89894), ("linear", 0.85874), ("quadratic", 0.91400)],
)
def test_gwets_coefficients_are_those_of_the_irrcac_reference_implementation(
    weights: Weights, published: float
) -> None:
    assert gwet_ac(FOUR_OBSERVERS, weights) == pytest.approx(published, abs=5e-6)


def test_alpha_of_a_thousand_continuous_ratings_equals_its_definition_by_pairs() -> None:
    table = np.random.default_rng(3).random((5, 200)) + 1e6
    apart = np.square(table[:, None] - table[None, :])
    within = apart.sum() / (5 * 4 * 200)
    pooled = table.ravel()
    between = np.square(pooled[:, None] - pooled).sum() / (1000 * 999)
    assert krippendorff_alpha(table, "interval") == pytest.approx(1 - within / between, abs=1e-9)


def test_gwets_ac1_withstands_the_kappa_paradox() -> None:
    """Two readers agree on 90 of 100 items, almost all in one category: high AC1, low kappa."""
    first = [1] * 90 + [1] * 5 + [2] * 5
    second = [1] * 90 + [2] * 5 + [1] * 5
    assert gwet_ac([first, second], "identity") == pytest.approx((0.9 - 0.095) / (1 - 0.095))
    assert krippendorff_alpha([first, second], "nominal") < 0


def test_gwet_counts_unused_categories_of_the_scale() -> None:
    table = [[1, 1, 2], [1, 1, 1]]
    assert gwet_ac(table, "identity", categories=[1, 2, 3]) > gwet_ac(table, "identity")
    assert gwet_ac([[1, 1], [1, 1]], "quadratic", categories=[1, 2, 3]) == 1
    with pytest.raises(UsageError, match="rating 2 is not among"):
        gwet_ac(table, "identity", categories=[1, 3])


def test_fleiss_kappa_of_the_classic_table_is_the_published_one() -> None:
    assert fleiss_kappa(FLEISS_EXAMPLE) == pytest.approx(0.210, abs=0.0005)


@given(st.integers(2, 6), st.integers(2, 10), st.integers(0, 2**32 - 1))
@settings(max_examples=60, deadline=None)
def test_fleiss_kappa_is_the_share_of_agreeing_pairs_beyond_chance(
    readers: int, items: int, seed: int
) -> None:
    table = np.random.default_rng(seed).integers(0, 3, size=(readers, items))
    counts = np.array([[(column == value).sum() for value in range(3)] for column in table.T])
    pairs = [(one, other) for one in range(readers) for other in range(readers) if one != other]
    observed = np.mean(
        [[table[one, item] == table[other, item] for one, other in pairs] for item in range(items)]
    )
    expected = sum(((table == value).mean()) ** 2 for value in range(3))
    if expected == 1:
        with pytest.raises(UndefinedAgreement, match="all ratings are the same"):
            fleiss_kappa(counts)
    else:
        assert fleiss_kappa(counts) == pytest.approx((observed - expected) / (1 - expected))


def test_perfect_agreement_with_variation_is_one() -> None:
    table = [[1, 2, 3]] * 4
    for level in ("nominal", "ordinal", "interval", "ratio"):
        assert krippendorff_alpha(table, level) == pytest.approx(1)
    for weights in ("identity", "ordinal", "linear", "quadratic"):
        assert gwet_ac(table, weights) == pytest.approx(1)
    assert fleiss_kappa([[4, 0], [0, 4]]) == pytest.approx(1)


def test_too_few_ratings_leave_every_coefficient_undefined() -> None:
    lonely = [[1, NONE, 2], [NONE, 3, NONE]]
    attempts: tuple[Callable[[], float], ...] = (
        lambda: krippendorff_alpha(lonely, "ordinal"),
        lambda: gwet_ac(lonely, "identity"),
        lambda: fleiss_kappa([[1, 0], [0, 1]]),
    )
    for undefined in attempts:
        with pytest.raises(UndefinedAgreement, match="no item has two or more ratings"):
            undefined()


def test_ratings_without_variation_leave_every_coefficient_undefined() -> None:
    same = [[2, 2], [2, 2]]
    attempts: tuple[Callable[[], float], ...] = (
        lambda: krippendorff_alpha(same, "interval"),
        lambda: gwet_ac(same, "identity"),
        lambda: fleiss_kappa([[2, 0], [2, 0]]),
    )
    for undefined in attempts:
        with pytest.raises(CruxmapError, match="all ratings are the same") as raised:
            undefined()
        assert isinstance(raised.value, UndefinedAgreement)


def test_fleiss_kappa_is_undefined_for_uneven_numbers_of_ratings() -> None:
    with pytest.raises(UndefinedAgreement, match="use Krippendorff's alpha"):
        fleiss_kappa([[2, 1], [2, 0]])


def test_input_that_is_no_rating_table_is_refused() -> None:
    for refused in (
        lambda: krippendorff_alpha([1, 2, 3], "nominal"),
        lambda: krippendorff_alpha([[1, math.inf]], "nominal"),
        lambda: krippendorff_alpha([[1, 2], [1, 2]], "fuzzy"),  # type: ignore[arg-type]
        lambda: krippendorff_alpha([[-1, 2], [1, 2]], "ratio"),
        lambda: gwet_ac([[1, 2], [1, 2]], "fuzzy"),  # type: ignore[arg-type]
        lambda: fleiss_kappa([[1.5, 0.5]]),
        lambda: missing_share([[]]),
    ):
        with pytest.raises(UsageError):
            refused()


def test_a_bootstrap_interval_holds_the_estimate_and_repeats_with_its_seed() -> None:
    intervals = [
        bootstrap_interval(
            FOUR_OBSERVERS, lambda drawn: krippendorff_alpha(drawn, "ordinal"), resamples=300, seed=seed
        )
        for seed in (1, 1, 2)
    ]
    assert intervals[0] == intervals[1] != intervals[2]
    interval = intervals[0]
    assert interval.estimate == krippendorff_alpha(FOUR_OBSERVERS, "ordinal")
    assert interval.low < interval.estimate < interval.high <= 1
    assert interval.standard_error > 0


def test_a_bootstrap_counts_resamples_that_leave_the_coefficient_undefined() -> None:
    table = [[1, 1, 2], [1, 1, 2]]
    interval = bootstrap_interval(table, lambda drawn: krippendorff_alpha(drawn, "nominal"), resamples=300)
    # A resample has no variation with probability (2/3)^3 + (1/3)^3 = 1/3.
    assert 70 < interval.undefined < 130
    assert (interval.low, interval.high) == (1, 1)
    with pytest.raises(UndefinedAgreement):
        bootstrap_interval([[1, 1], [1, 1]], lambda drawn: krippendorff_alpha(drawn, "nominal"))
    with pytest.raises(UsageError):
        bootstrap_interval(table, lambda _: 0.0, confidence=1)


def test_a_bootstrap_interval_cuts_the_same_share_off_both_ends() -> None:
    items = np.arange(400)[None]
    interval = bootstrap_interval(items, lambda drawn: float(drawn.mean()), confidence=0.9, resamples=2000)
    # A mean of many items is nearly normal, so 90% lie within 1.645 standard errors.
    error = items.std() / 20
    assert interval.standard_error == pytest.approx(error, rel=0.1)
    assert interval.low == pytest.approx(199.5 - 1.645 * error, abs=0.2 * error)
    assert interval.high == pytest.approx(199.5 + 1.645 * error, abs=0.2 * error)


def test_a_wider_confidence_gives_a_wider_bootstrap_interval() -> None:
    generator = np.random.default_rng(2)
    table = generator.integers(1, 6, size=(5, 40))
    wide, narrow = (
        bootstrap_interval(
            table, lambda drawn: krippendorff_alpha(drawn, "interval"), confidence=level, resamples=200
        )
        for level in (0.99, 0.5)
    )
    assert wide.low < narrow.low < narrow.high < wide.high


@given(st.lists(st.floats(0.01, 0.99), min_size=1, max_size=8))
def test_pools_stay_between_the_readers_and_mirror_the_negation(credences: list[float]) -> None:
    for method in ("linear", "log-odds"):
        pooled = pool(credences, method)
        assert min(credences) - 1e-9 <= pooled <= max(credences) + 1e-9
        assert pool([1 - credence for credence in credences], method) == pytest.approx(1 - pooled)


def test_pooling_by_log_odds_multiplies_odds() -> None:
    assert pool([0.5, 0.8], "log-odds") == pytest.approx(2 / 3)
    assert pool([0.5, 0.8], "log-odds", [1, 0]) == pytest.approx(0.5)
    assert pool([0.5, 0.8], "linear", [1, 3]) == pytest.approx(0.725)


def test_one_certain_reader_does_not_veto_the_others() -> None:
    assert pool([0.0, 0.5], "log-odds") == pytest.approx(pool([0.01, 0.5], "log-odds"))
    assert pool([0.0, 1.0], "linear") == 0.5


def test_readers_without_a_credence_are_left_out_of_the_pool() -> None:
    assert pool([0.2, NONE, 0.4], weights=[1, 5, 1]) == pytest.approx(0.3)


@pytest.mark.parametrize(
    ("credences", "weights"),
    [([], None), ([1.2], None), ([0.5], [1, 2]), ([0.5], [-1]), ([0.5], [0]), ([NONE], None)],
)
def test_credences_that_cannot_be_pooled_are_refused(
    credences: list[float], weights: list[float] | None
) -> None:
    with pytest.raises(UsageError):
        pool(credences, "linear", weights)
    with pytest.raises(UsageError, match="choose linear or log-odds"):
        pool([0.5], "extremized")  # type: ignore[arg-type]


@given(st.integers(2, 6), st.integers(1, 6), st.integers(0, 2**32 - 1))
@settings(max_examples=60, deadline=None)
def test_spread_and_distances_are_mean_pairwise_differences(readers: int, items: int, seed: int) -> None:
    generator = np.random.default_rng(seed)
    table = generator.integers(0, 5, size=(readers, items)).astype(float)
    table[generator.random(table.shape) < 0.3] = math.nan
    apart = np.abs(table[:, None, :] - table[None, :, :]) / 4
    pairs = np.triu_indices(readers, 1)
    for item, spread in enumerate(item_spread(table, width=4)):
        given_pairs = apart[:, :, item][pairs]
        known = given_pairs[~np.isnan(given_pairs)]
        assert math.isnan(spread) if not len(known) else spread == pytest.approx(known.mean())
    distances = reader_distances(table, width=4)
    for one, other in zip(*pairs, strict=True):
        shared = apart[one, other][~np.isnan(apart[one, other])]
        found = distances[one, other]
        assert math.isnan(found) if not len(shared) else found == pytest.approx(shared.mean())
    assert np.array_equal(distances, distances.T, equal_nan=True)


def test_nearest_pairs_come_first_and_pairs_without_a_shared_item_not_at_all() -> None:
    table = [[0, 0, NONE], [0, 2, NONE], [4, 4, NONE], [NONE, NONE, 1]]
    found = nearest_pairs(table, ["zoe", "ada", "ben", "eve"], width=4)
    assert [(pair.first, pair.second, pair.distance, pair.shared_items) for pair in found] == [
        ("ada", "zoe", 0.25, 2),
        ("ada", "ben", 0.75, 2),
        ("ben", "zoe", 1.0, 2),
    ]
    assert nearest_pairs(table, ["zoe", "ada", "ben", "eve"], count=1)[0].first == "ada"
    with pytest.raises(UsageError, match="2 names"):
        nearest_pairs(table, ["zoe", "ada"])


def test_the_scale_is_as_wide_as_the_ratings_unless_told() -> None:
    assert item_spread([[1, 1], [3, 1]]) == (1.0, 0.0)
    assert item_spread([[1, 1], [3, 1]], width=4) == (0.5, 0.0)
    assert item_spread([[1], [1]]) == (0.0,)
    with pytest.raises(UsageError, match="above 0"):
        item_spread([[1], [1]], width=0)


def test_missing_ratings_are_reported_by_reader_and_by_item() -> None:
    share = missing_share(FOUR_OBSERVERS)
    assert share.total == pytest.approx(7 / 48)
    assert share.by_reader == pytest.approx((3 / 12, 1 / 12, 2 / 12, 1 / 12))
    assert share.by_item[-1] == 0.75
