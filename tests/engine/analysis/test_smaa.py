"""Acceptability analysis over weights, and the weights that decide between two alternatives."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cruxmap.analysis.ranking import sample_weights, smaa, weight_ranges
from cruxmap.errors import UsageError

Table = dict[str, dict[str, tuple[float, float] | None]]

OPPOSITES: Table = {"p": {"x": (0.8, 0.8), "y": (0, 0)}, "q": {"x": (0, 0), "y": (0.2, 0.2)}}
"""p leads where 0.8 w > 0.2 (1 - w), that is for every weight of x above 0.2."""


def corners(count: int) -> Table:
    """Each alternative is perfect on one criterion and useless on the others."""
    names = "abcdef"[:count]
    return {one: {other: (float(one == other),) * 2 for other in names} for one in names}


@given(st.integers(2, 5), st.integers(1, 4), st.integers(0, 2**32 - 1))
@settings(max_examples=40, deadline=None)
def test_rank_acceptabilities_sum_to_one_over_ranks_and_over_alternatives(
    alternatives: int, criteria: int, seed: int
) -> None:
    utilities = np.random.default_rng(seed).integers(0, 3, size=(7, alternatives, criteria)) / 2
    result = smaa(utilities, samples=200, seed=seed)
    assert result.rank_acceptability.sum(axis=1) == pytest.approx(np.ones(alternatives))
    assert result.rank_acceptability.sum(axis=0) == pytest.approx(np.ones(alternatives))
    never_first = result.rank_acceptability[:, 0] == 0
    assert (np.isnan(result.confidence) == never_first).all()
    assert (np.isnan(result.central_weights).all(axis=1) == never_first).all()
    assert result.central_weights[~never_first].sum(axis=1) == pytest.approx(np.ones((~never_first).sum()))


def test_the_seed_decides_the_result() -> None:
    table: Table = {"p": {"x": (0, 1), "y": (0.2, 0.7)}, "q": {"x": (0.3, 0.5), "y": (0.1, 0.9)}}
    first, again, other = (smaa(table, samples=500, seed=seed) for seed in (3, 3, 4))
    assert (first.rank_acceptability == again.rank_acceptability).all()
    assert (first.central_weights == again.central_weights).all()
    assert (first.rank_acceptability != other.rank_acceptability).any()
    assert (first.samples, first.seed) == (500, 3)


def test_two_opposite_alternatives_split_the_weights_where_their_scores_cross() -> None:
    result = smaa(OPPOSITES)
    share, error = result.rank_acceptability[0, 0], result.rank_standard_errors[0, 0]
    assert error == pytest.approx(math.sqrt(0.8 * 0.2 / 10_000), rel=0.1)
    assert abs(share - 0.8) <= 4 * error
    for row, centre in enumerate((0.6, 0.1)):
        assert (
            abs(result.central_weights[row, 0] - centre) <= 4 * result.central_weight_standard_errors[row, 0]
        )
    assert result.confidence.tolist() == [1.0, 1.0]
    assert (result.alternatives, result.criteria) == (("p", "q"), ("x", "y"))


def test_a_dominating_alternative_is_first_under_all_weights_and_the_other_has_no_central_weights() -> None:
    result = smaa({"p": {"x": (0.9, 1), "y": (0.5, 0.6)}, "q": {"x": (0, 0.8), "y": (0.1, 0.4)}})
    assert result.rank_acceptability.tolist() == [[1, 0], [0, 1]]
    assert np.isnan(result.central_weights[1]).all()
    assert np.isnan(result.confidence[1])


def test_equal_alternatives_share_their_ranks() -> None:
    third = (1 / 3, 1 / 3)
    table: Table = {name: {"x": third, "y": third, "z": third} for name in "pqr"}
    result = smaa(table, samples=50)
    assert result.rank_acceptability == pytest.approx(np.full((3, 3), 1 / 3))
    assert result.confidence == pytest.approx(np.full(3, 1 / 3))


def test_a_shared_first_place_counts_half_towards_central_weights() -> None:
    # With w = weight of x: p and q share the lead above 0.5, r leads below, so p and q centre on 0.75.
    table: Table = {
        "p": {"x": (1, 1), "y": (0, 0)},
        "q": {"x": (1, 1), "y": (0, 0)},
        "r": {"x": (0, 0), "y": (1, 1)},
        "s": {"x": (0, 0), "y": (0, 0)},
    }
    result = smaa(table)
    assert abs(result.central_weights[0, 0] - 0.75) <= 4 * result.central_weight_standard_errors[0, 0]
    assert result.confidence[:3].tolist() == [0.5, 0.5, 1.0]
    assert result.rank_acceptability[0, 0] == pytest.approx(result.rank_acceptability[1, 0])
    assert abs(result.rank_acceptability[0, 0] - 0.25) <= 4 * result.rank_standard_errors[0, 0]


def test_a_shared_lead_weighs_half_of_a_sole_one_in_the_central_weights() -> None:
    # p and q are equal in every other measurement; in the rest p leads where x weighs more than a half.
    shared, sole = [[1.0, 0.0], [1.0, 0.0]], [[1.0, 0.0], [0.0, 1.0]]
    result = smaa([shared, sole] * 10_000, samples=20_000)
    # Shared: weight 1/2 on mean 1/2. Sole: probability 1/2 of a lead, with mean 3/4. Together 5/8.
    assert abs(result.central_weights[0, 0] - 5 / 8) <= 4 * result.central_weight_standard_errors[0, 0]


def test_marks_that_add_up_to_the_same_score_tie_despite_rounding() -> None:
    # All criteria alike within each alternative, so scores differ by rounding errors only.
    table: Table = {
        "p": dict.fromkeys("abcdefg", (0.7, 0.7)),
        "q": {name: None if name in "bd" else (0.7, 0.7) for name in "abcdefg"},
    }
    assert smaa(table, samples=500).rank_acceptability == pytest.approx(np.full((2, 2), 0.5))


def test_symmetric_alternatives_are_first_equally_often() -> None:
    result = smaa(corners(3))
    assert (np.abs(result.rank_acceptability - 1 / 3) <= 4 * result.rank_standard_errors).all()


def test_an_order_of_the_criteria_ranks_their_champions_in_that_order() -> None:
    result = smaa(corners(3), order=["c", "a", "b"])
    assert result.rank_acceptability.tolist() == [[0, 1, 0], [0, 0, 1], [1, 0, 0]]
    assert result.order == ("c", "a", "b")


def test_mean_ordered_weights_are_the_rank_order_centroid() -> None:
    weights = sample_weights("abc", 20_000, np.random.default_rng(1), ["b", "c", "a"])
    centroid = np.array([1 / 9, 11 / 18, 5 / 18])
    assert (np.abs(weights.mean(axis=0) - centroid) <= 4 * weights.std(axis=0) / math.sqrt(20_000)).all()
    assert weights.sum(axis=1) == pytest.approx(np.ones(20_000))


def test_a_partial_order_conditions_uniform_weights_and_leaves_the_rest_free() -> None:
    conditioned = sample_weights("abc", 20_000, np.random.default_rng(1), ["c", "a"])
    free = sample_weights("abc", 40_000, np.random.default_rng(2))
    kept = free[free[:, 2] >= free[:, 0]]
    assert (conditioned[:, 2] >= conditioned[:, 0]).all()
    error = np.hypot(conditioned.std(axis=0) / math.sqrt(20_000), kept.std(axis=0) / math.sqrt(len(kept)))
    assert (np.abs(conditioned.mean(axis=0) - kept.mean(axis=0)) <= 4 * error).all()


def test_fixed_measurements_give_the_same_as_a_table_of_points() -> None:
    as_array = smaa([[[0.8, 0.0], [0.0, 0.2]]], samples=300, order=[1, 0], criteria=["0", "1"])
    renamed: Table = {"0": {"0": (0.8, 0.8), "1": (0, 0)}, "1": {"0": (0, 0), "1": (0.2, 0.2)}}
    as_table = smaa(renamed, samples=300, order=["1", "0"])
    assert (as_array.rank_acceptability == as_table.rank_acceptability).all()
    assert as_array.alternatives == as_table.alternatives


def test_as_many_measurements_as_samples_are_used_one_by_one() -> None:
    utilities = np.zeros((10, 2, 1))
    utilities[:7, 0, 0] = 1
    utilities[7:, 1, 0] = 1
    result = smaa(utilities, samples=10, alternatives=["p", "q"])
    assert result.rank_acceptability[:, 0].tolist() == [0.7, 0.3]
    assert result.confidence.tolist() == [0.7, 0.3]
    assert result.alternatives == ("p", "q")


def test_a_criterion_that_does_not_apply_neither_helps_nor_harms() -> None:
    table: Table = {"p": {"x": (0.6, 0.6), "y": None}, "q": {"x": (0.5, 0.5), "y": (0.5, 0.5)}}
    assert smaa(table, samples=100).rank_acceptability[0].tolist() == [1, 0]


def test_wide_ranges_make_a_lead_uncertain_at_its_own_best_weights() -> None:
    table: Table = {"p": {"x": (0, 1)}, "q": {"x": (0, 1)}}
    result = smaa(table)
    assert (np.abs(result.confidence - 0.5) <= 4 * result.confidence_standard_errors).all()


@pytest.mark.parametrize(
    ("measurements", "options", "message"),
    [
        ({"p": {"x": (0, 3)}}, {}, "level_utility"),
        ([[0.1, 0.2]], {}, "expected"),
        ({"p": {"x": None}}, {}, "no criterion applies"),
        ({}, {}, "no criterion applies"),
        ({"p": {"x": (0, 1)}}, {"samples": 0}, "at least one sample"),
        ({"p": {"x": (0, 1)}}, {"order": ["z"]}, "order z must name"),
        ({"p": {"x": (0, 1)}}, {"order": ["x", "x"]}, "at most once"),
        ([[[0.1]]], {"alternatives": ["p", "q"]}, "2 names"),
    ],
)
def test_input_that_cannot_be_ranked_is_refused(
    measurements: object, options: dict[str, object], message: str
) -> None:
    with pytest.raises(UsageError, match=message):
        smaa(measurements, **options)  # type: ignore[arg-type]


@given(
    st.lists(st.integers(-3, 3), min_size=3, max_size=3), st.lists(st.integers(0, 2), min_size=3, max_size=3)
)
@settings(max_examples=60, deadline=None)
def test_intervals_bound_exactly_the_weights_that_keep_an_order(gains: list[int], widths: list[int]) -> None:
    table: Table = {
        "p": {name: (gain, gain + width) for name, gain, width in zip("xyz", gains, widths, strict=True)},
        "q": dict.fromkeys("xyz", (0, 0)),
    }
    # Every corner of the region has weights of the form a / b with b <= 6, so this grid contains them all.
    grid = [(i, j, 60 - i - j) for i in range(61) for j in range(61 - i)]
    kept = np.array([point for point in grid if np.dot(point, gains) >= 0]) / 60
    ranges = weight_ranges(table, "p", "q", samples=400)
    if not len(kept):
        assert ranges.intervals == {}
        assert ranges.share == 0
        return
    for column, name in enumerate("xyz"):
        low, high = kept[:, column].min(), kept[:, column].max()
        assert ranges.intervals[name] == pytest.approx((low, high))


def test_an_order_may_hold_under_more_weights_than_it_holds_for_certain() -> None:
    table: Table = {"p": {"x": (0.25, 0.75), "y": (0, 0)}, "q": {"x": (0, 0), "y": (0.25, 0.75)}}
    certain, possible = weight_ranges(table, "p", "q"), weight_ranges(table, "p", "q", possible=True)
    assert certain.intervals["x"] == pytest.approx((0.75, 1))
    assert possible.intervals["x"] == pytest.approx((0.25, 1))


def test_the_share_of_three_criteria_lies_within_its_standard_error() -> None:
    table: Table = {
        "p": {"x": (1, 1), "y": (0, 0), "z": (0, 0)},
        "q": {"x": (0, 0), "y": (1, 1), "z": (0, 0)},
    }
    ranges = weight_ranges(table, "p", "q")
    assert not ranges.exact
    assert abs(ranges.share - 0.5) <= 4 * ranges.standard_error
    assert ranges.standard_error == pytest.approx(0.005, rel=0.05)


@pytest.mark.parametrize(
    ("gains", "share", "interval"),
    [((0.8, -0.2), 0.8, (0.2, 1)), ((-1, 3), 0.75, (0, 0.75)), ((1, 0), 1, (0, 1)), ((0, -1), 0, (1, 1))],
)
def test_two_criteria_are_answered_exactly(
    gains: tuple[float, float], share: float, interval: tuple[float, float]
) -> None:
    table: Table = {
        "p": {"x": (gains[0], gains[0]), "y": (gains[1], gains[1])},
        "q": {"x": (0, 0), "y": (0, 0)},
    }
    ranges = weight_ranges(table, "p", "q")
    assert ranges.exact
    assert ranges.share == pytest.approx(share)
    assert ranges.standard_error == 0
    assert ranges.intervals["x"] == pytest.approx(interval)


def test_only_criteria_that_apply_to_both_decide() -> None:
    table: Table = {"p": {"x": (1, 1), "y": (0, 0)}, "q": {"x": (0, 0), "y": None}, "r": {"y": (1, 1)}}
    ranges = weight_ranges(table, "p", "q")
    assert (ranges.share, dict(ranges.intervals)) == (1.0, {"x": (1.0, 1.0)})
    with pytest.raises(UsageError, match="no criterion applies to both q and r"):
        weight_ranges(table, "q", "r")
    with pytest.raises(UsageError, match="no alternative z"):
        weight_ranges(table, "p", "z")
