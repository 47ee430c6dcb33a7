"""How far readers agree beyond chance, by named coefficients that say when they are undefined."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias

import numpy as np

from cruxmap.analysis.bootstrap import AgreementInterval, bootstrap_interval
from cruxmap.analysis.pooling import CREDENCE_LIMITS, pool
from cruxmap.analysis.ratings import (
    MissingShare,
    UndefinedAgreement,
    as_ratings,
    item_spread,
    missing_share,
    rating_counts,
)
from cruxmap.analysis.reader_distances import ReaderPair, nearest_pairs, reader_distances
from cruxmap.analysis.reader_groups import SMALLEST_GROUPABLE, GroupingTest, permutation_null
from cruxmap.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike, NDArray

__all__ = [
    "CREDENCE_LIMITS",
    "SMALLEST_GROUPABLE",
    "AgreementInterval",
    "GroupingTest",
    "MissingShare",
    "ReaderPair",
    "UndefinedAgreement",
    "bootstrap_interval",
    "fleiss_kappa",
    "gwet_ac",
    "item_spread",
    "krippendorff_alpha",
    "missing_share",
    "nearest_pairs",
    "permutation_null",
    "pool",
    "reader_distances",
]

Level: TypeAlias = Literal["nominal", "ordinal", "interval", "ratio"]
Weights: TypeAlias = Literal["identity", "ordinal", "linear", "quadratic"]

_FEWER_THAN_TWO = "no item has two or more ratings"
_NO_VARIATION = "all ratings are the same, so chance would agree as well"


def krippendorff_alpha(ratings: ArrayLike, level: Level) -> float:
    """Krippendorff's alpha for any number of readers, with missing ratings.

    Parameters
    ----------
    ratings : array-like of shape (readers, items)
        NaN is missing. Items with fewer than two ratings do not count.
    level : {"nominal", "ordinal", "interval", "ratio"}
        Level of measurement, which decides the distance of two ratings. "ordinal" is Krippendorff's ordinal
        distance, made from how often the values in between were used.

    Returns
    -------
    float
        1 for perfect agreement, 0 for what chance would give, negative for systematic disagreement.

    Raises
    ------
    UndefinedAgreement
        When no item has two ratings, or all ratings that count are the same.
    UsageError
        For an unknown level, or negative ratings at the ratio level.

    Notes
    -----
    1 - observed / expected disagreement over the coincidence matrix, which is not built: time is items *
    values, and items * values^2 at the ratio level.

    References
    ----------
    K. Krippendorff (2019). Content Analysis: An Introduction to Its Methodology, 4th edition, chapter 12.
    Sage.
    A. F. Hayes, K. Krippendorff (2007). Answering the call for a standard reliability measure for coding
    data. Communication Methods and Measures 1.

    Examples
    --------
    >>> round(krippendorff_alpha([[1, 1, 2, 2], [1, 1, 2, 1]], "nominal"), 4)
    0.5333
    """
    if level not in {"nominal", "ordinal", "interval", "ratio"}:
        raise UsageError(f"unknown level {level!r}; choose nominal, ordinal, interval or ratio")
    values, counts = rating_counts(as_ratings(ratings))
    if level == "ratio" and values.size and values[0] < 0:
        raise UsageError("ratings at the ratio level must not be negative")
    counts = counts[counts.sum(axis=1) >= 2]
    if not len(counts):
        raise UndefinedAgreement("Krippendorff's alpha", _FEWER_THAN_TWO)
    used = counts.sum(axis=0)
    if np.count_nonzero(used) < 2:
        raise UndefinedAgreement("Krippendorff's alpha", _NO_VARIATION)
    within_items = _disagreeing_pairs(level, values, used, counts) / (counts.sum(axis=1) - 1)
    expected = _disagreeing_pairs(level, values, used, used[None]) / (used.sum() - 1)
    return 1 - float(within_items.sum()) / float(expected.sum())


def _disagreeing_pairs(
    level: Level, values: NDArray[np.float64], used: NDArray[np.float64], counts: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Sum of the squared distances over all ordered pairs of ratings in each row of counts."""
    size = counts.sum(axis=1)
    if level == "nominal":
        return np.asarray(np.square(size) - np.square(counts).sum(axis=1))
    if level == "ratio":
        total = values[:, None] + values
        share = np.divide(values[:, None] - values, total, out=np.zeros_like(total), where=total > 0)
        return np.asarray(((counts @ np.square(share)) * counts).sum(axis=1))
    position = values if level == "interval" else np.cumsum(used) - used / 2
    # Squares from each row's own mean: 2 n of them make all pairs, and equal ratings give exactly nothing.
    away = position - (counts @ position / size)[:, None]
    return np.asarray(2 * size * (counts * np.square(away)).sum(axis=1))


def gwet_ac(
    ratings: ArrayLike, weights: Weights = "identity", *, categories: Sequence[float] | None = None
) -> float:
    """Gwet's AC1 (identity weights) or AC2 (other weights), with missing ratings.

    Parameters
    ----------
    ratings : array-like of shape (readers, items)
        NaN is missing.
    weights : {"identity", "ordinal", "linear", "quadratic"}
        Partial credit for near agreement. "ordinal" counts steps between categories, "linear" and "quadratic"
        use the numeric distance of the categories.
    categories : sequence of float, optional
        The whole scale. By default the observed values, which overstates chance agreement where levels of the
        scale were never used.

    Returns
    -------
    float
        1 for perfect agreement, 0 for what chance would give.

    Raises
    ------
    UndefinedAgreement
        When no item has two ratings, or there is one category only.
    UsageError
        For unknown weights or a rating outside the categories.

    Notes
    -----
    Agreement is averaged over items with two or more ratings, the use of categories over all rated items.
    Chance agreement is sum(weights) / (q (q - 1)) * sum pi_k (1 - pi_k) for q categories. Time is
    items * q^2.

    References
    ----------
    K. L. Gwet (2008). Computing inter-rater reliability and its variance in the presence of high agreement.
    British Journal of Mathematical and Statistical Psychology 61.
    K. L. Gwet (2014). Handbook of Inter-Rater Reliability, 4th edition. Advanced Analytics.

    Examples
    --------
    >>> round(gwet_ac([[1, 1, 2, 2], [1, 1, 2, 1]]), 4)
    0.5294
    """
    name = "Gwet's AC1" if weights == "identity" else "Gwet's AC2"
    scale = None if categories is None else np.unique(np.asarray(categories, dtype=np.float64))
    values, counts = rating_counts(as_ratings(ratings), scale)
    credit = _agreement_weights(weights, values)
    readers = counts.sum(axis=1)
    paired = counts[readers >= 2]
    if not len(paired):
        raise UndefinedAgreement(name, _FEWER_THAN_TWO)
    if len(values) < 2:
        raise UndefinedAgreement(name, f"{_NO_VARIATION}; name the categories of the scale")
    total = paired.sum(axis=1)
    observed = float(((paired * (paired @ credit - 1)).sum(axis=1) / (total * (total - 1))).mean())
    rated = readers >= 1
    use = (counts[rated] / readers[rated, None]).mean(axis=0)
    expected = float(credit.sum() / (len(values) * (len(values) - 1)) * (use * (1 - use)).sum())
    return (observed - expected) / (1 - expected)


def _agreement_weights(weights: Weights, values: NDArray[np.float64]) -> NDArray[np.float64]:
    if weights not in {"identity", "ordinal", "linear", "quadratic"}:
        raise UsageError(f"unknown weights {weights!r}; choose identity, ordinal, linear or quadratic")
    if weights == "identity" or len(values) < 2:
        return np.eye(len(values))
    positions = np.arange(len(values), dtype=np.float64) if weights == "ordinal" else values
    steps = np.abs(positions[:, None] - positions)
    if weights == "ordinal":
        steps = steps * (steps + 1) / 2
    elif weights == "quadratic":
        steps = np.square(steps)
    credit: NDArray[np.float64] = 1 - steps / steps.max()
    return credit


def fleiss_kappa(counts: ArrayLike) -> float:
    """Fleiss' kappa from counts of ratings.

    Parameters
    ----------
    counts : array-like of shape (items, categories)
        How many readers put the item into the category; every row has the same sum, at least 2.

    Returns
    -------
    float
        1 for perfect agreement, 0 for what chance would give.

    Raises
    ------
    UndefinedAgreement
        When items have different numbers of ratings or fewer than two, or all ratings are in one category.
    UsageError
        When the counts are not a table of whole numbers from 0.

    Notes
    -----
    Time is linear in the table. For gaps use `krippendorff_alpha` or `gwet_ac`.

    References
    ----------
    J. L. Fleiss (1971). Measuring nominal scale agreement among many raters. Psychological Bulletin 76.

    Examples
    --------
    >>> round(fleiss_kappa([[2, 0], [2, 0], [0, 2], [1, 1]]), 4)
    0.4667
    """
    table = np.asarray(counts, dtype=np.float64)
    if table.ndim != 2 or not (np.isfinite(table) & (table >= 0) & (table == np.floor(table))).all():
        raise UsageError("counts must be a table, items by categories, of whole numbers from 0")
    totals = table.sum(axis=1)
    if not len(table) or totals.max() < 2:
        raise UndefinedAgreement("Fleiss' kappa", _FEWER_THAN_TWO)
    if totals.min() != totals.max():
        raise UndefinedAgreement(
            "Fleiss' kappa", "items have different numbers of ratings; use Krippendorff's alpha or Gwet's AC"
        )
    readers = float(totals[0])
    observed = float((np.square(table).sum(axis=1) - readers).mean() / (readers * (readers - 1)))
    expected = float(np.square(table.sum(axis=0) / table.sum()).sum())
    if np.count_nonzero(table.sum(axis=0)) < 2:
        raise UndefinedAgreement("Fleiss' kappa", _NO_VARIATION)
    return (observed - expected) / (1 - expected)
