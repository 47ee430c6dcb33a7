"""How far apart readers stand, pair by pair: the honest picture of a small group."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from cruxmap.analysis.ratings import as_ratings, scale_width
from cruxmap.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike, NDArray


@dataclass(frozen=True, slots=True)
class ReaderPair:
    """Two readers and their mean distance over the items that both rated."""

    first: str
    second: str
    distance: float
    """In [0, 1], 1 being opposite ends of the scale on every shared item."""
    shared_items: int


def reader_distances(ratings: ArrayLike, width: float | None = None) -> NDArray[np.float64]:
    """Distance table of readers: mean absolute difference over shared items, relative to the scale.

    Parameters
    ----------
    ratings : array-like of shape (readers, items)
        NaN is missing.
    width : float, optional
        Distance between the ends of the scale (levels - 1 for level numbers); by default between the lowest
        and the highest rating given.

    Returns
    -------
    ndarray of shape (readers, readers)
        Symmetric with 0 on the diagonal; NaN for two readers who share no item.

    Raises
    ------
    UsageError
        When the table is not two-dimensional or the width is not above 0.

    Notes
    -----
    Not a metric when ratings are missing: two readers may both be near a third on different items.

    Examples
    --------
    >>> reader_distances([[0, 0, 4], [0, 4, 4], [4, float("nan"), 0]]).round(3).tolist()
    [[0.0, 0.333, 1.0], [0.333, 0.0, 1.0], [1.0, 1.0, 0.0]]
    """
    table = as_ratings(ratings)
    scale = scale_width(table, width)
    distances = np.zeros((len(table), len(table)))
    for first, second in combinations(range(len(table)), 2):
        apart = np.abs(table[first] - table[second])
        shared = ~np.isnan(apart)
        distance = float(apart[shared].mean()) / scale if shared.any() else math.nan
        distances[first, second] = distances[second, first] = distance
    return distances


def nearest_pairs(
    ratings: ArrayLike, readers: Sequence[str], *, count: int | None = None, width: float | None = None
) -> list[ReaderPair]:
    """Pairs of readers, the nearest first; from the end of the list, pairs worth a double crux.

    Parameters
    ----------
    ratings : array-like of shape (readers, items)
        NaN is missing.
    readers : sequence of str
        Names, one per row.
    count : int, optional
        Number of pairs wanted; all by default.
    width : float, optional
        As for `reader_distances`.

    Returns
    -------
    list of ReaderPair
        By distance, then names. Pairs that share no item are left out.

    Raises
    ------
    UsageError
        When the names do not fit the rows.

    Examples
    --------
    >>> [(pair.first, pair.second) for pair in nearest_pairs([[0, 0], [4, 4], [1, 0]], ["ada", "ben", "eve"])]
    [('ada', 'eve'), ('ben', 'eve'), ('ada', 'ben')]
    """
    table = as_ratings(ratings)
    if len(readers) != len(table):
        raise UsageError(f"{len(readers)} names were given for {len(table)} readers")
    distances = reader_distances(table, width)
    given = ~np.isnan(table)
    pairs = []
    for first, second in combinations(sorted(range(len(table)), key=lambda row: readers[row]), 2):
        shared = int((given[first] & given[second]).sum())
        if shared:
            distance = float(distances[first, second])
            pairs.append(ReaderPair(readers[first], readers[second], distance, shared))
    pairs.sort(key=lambda pair: (pair.distance, pair.first, pair.second))
    return pairs[:count]
