"""A table of ratings, readers by items with gaps, and what it says before any coefficient."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from cruxmap.errors import CruxmapError, UsageError

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray


class UndefinedAgreement(CruxmapError):  # noqa: N818 - the name is part of the public contract
    """The ratings do not determine the coefficient that was asked for."""

    code = "E941"

    def __init__(self, coefficient: str, reason: str) -> None:
        super().__init__(f"{coefficient} is undefined: {reason}")
        self.coefficient = coefficient
        self.reason = reason


def as_ratings(ratings: ArrayLike) -> NDArray[np.float64]:
    """A rating table as an array of floats.

    Parameters
    ----------
    ratings : array-like of shape (readers, items)
        NaN is a missing rating: unknown, not applicable, or not given.

    Returns
    -------
    ndarray of shape (readers, items)

    Raises
    ------
    UsageError
        When it is not two-dimensional or holds an infinite number.

    Examples
    --------
    >>> as_ratings([[1, 2], [1, float("nan")]]).shape
    (2, 2)
    """
    table = np.asarray(ratings, dtype=np.float64)
    if table.ndim != 2:
        raise UsageError(f"ratings of shape {table.shape}: expected readers by items")
    if np.isinf(table).any():
        raise UsageError("a rating is infinite")
    return table


def rating_counts(
    table: NDArray[np.float64], categories: NDArray[np.float64] | None = None
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """How many readers gave each item each value.

    Parameters
    ----------
    table : ndarray of shape (readers, items)
        NaN is missing.
    categories : ndarray, optional
        Values in ascending order; the observed ones by default.

    Returns
    -------
    categories : ndarray of shape (values,)
    counts : ndarray of shape (items, values)

    Raises
    ------
    UsageError
        When a rating is not among the categories.

    Examples
    --------
    >>> values, counts = rating_counts(as_ratings([[1, 3], [1, 2]]))
    >>> values.tolist(), counts.tolist()
    ([1.0, 2.0, 3.0], [[2.0, 0.0, 0.0], [0.0, 1.0, 1.0]])
    """
    given = ~np.isnan(table)
    observed = np.unique(table[given])
    values = observed if categories is None else np.asarray(categories, dtype=np.float64)
    outside = np.setdiff1d(observed, values)
    if len(outside):
        raise UsageError(f"the rating {outside[0]:g} is not among the categories")
    counts = np.zeros((table.shape[1], len(values)))
    _, items = np.nonzero(given)
    np.add.at(counts, (items, np.searchsorted(values, table[given])), 1)
    return values, counts


@dataclass(frozen=True, slots=True)
class MissingShare:
    """How much of a rating table is missing."""

    total: float
    """Share of all cells, in [0, 1]."""
    by_reader: tuple[float, ...]
    by_item: tuple[float, ...]


def missing_share(ratings: ArrayLike) -> MissingShare:
    """Share of missing ratings: over all, by reader and by item.

    Parameters
    ----------
    ratings : array-like of shape (readers, items)
        NaN is missing.

    Returns
    -------
    MissingShare

    Raises
    ------
    UsageError
        When the table is empty or not two-dimensional.

    Examples
    --------
    >>> missing_share([[1, 2], [1, float("nan")]])
    MissingShare(total=0.25, by_reader=(0.0, 0.5), by_item=(0.0, 0.5))
    """
    missing = np.isnan(as_ratings(ratings))
    if missing.size == 0:
        raise UsageError("the table of ratings is empty")
    return MissingShare(
        total=float(missing.mean()),
        by_reader=tuple(missing.mean(axis=1).tolist()),
        by_item=tuple(missing.mean(axis=0).tolist()),
    )


def scale_width(table: NDArray[np.float64], width: float | None) -> float:
    """The distance between the ends of the scale: as given, or between the extreme ratings.

    Parameters
    ----------
    table : ndarray
        Ratings, NaN is missing.
    width : float or None
        Known width, above 0.

    Returns
    -------
    float
        1 when all ratings are equal, so that equal ratings are at distance 0.

    Raises
    ------
    UsageError
        When a given width is not above 0.

    Examples
    --------
    >>> scale_width(np.array([[1.0, 4.0]]), None)
    3.0
    """
    if width is not None:
        if not width > 0:
            raise UsageError(f"the width of a scale must be above 0, not {width:g}")
        return width
    given = table[~np.isnan(table)]
    return float(np.ptp(given)) or 1.0 if given.size else 1.0


def item_spread(ratings: ArrayLike, width: float | None = None) -> tuple[float, ...]:
    """Mean pairwise distance of the ratings of each item, relative to the scale.

    Parameters
    ----------
    ratings : array-like of shape (readers, items)
        NaN is missing.
    width : float, optional
        Distance between the ends of the scale (levels - 1 for level numbers); by default between the lowest
        and the highest rating given.

    Returns
    -------
    tuple of float
        In [0, 1] by item; NaN where fewer than two readers rated it.

    Raises
    ------
    UsageError
        When the table is not two-dimensional or the width is not above 0.

    Notes
    -----
    Sorting makes it items * readers * log(readers): the k-th smallest of n ratings enters 2 k - n + 1 pairs.

    Examples
    --------
    >>> item_spread([[1, 1, 1], [3, 1, float("nan")], [2, 1, float("nan")]], width=2)
    (0.6666666666666666, 0.0, nan)
    """
    table = as_ratings(ratings)
    scale = scale_width(table, width)
    spreads = []
    for column in table.T:
        given = np.sort(column[~np.isnan(column)])
        pairs = math.comb(len(given), 2)
        signs = 2 * np.arange(len(given)) - len(given) + 1
        spreads.append(float(signs @ given) / pairs / scale if pairs else math.nan)
    return tuple(spreads)
