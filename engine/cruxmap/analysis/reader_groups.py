"""Groups of like-minded readers, named only where they are clearer than chance would make them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from cruxmap.analysis.ratings import as_ratings
from cruxmap.errors import UsageError

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

SMALLEST_GROUPABLE = 12
"""Below this many readers groups are not looked for at all."""

_GROUP_COUNTS = range(2, 6)
_RESTARTS = 10
_ROUNDS = 30
_NULL_QUANTILE = 0.95


@dataclass(frozen=True, slots=True)
class GroupingTest:
    """Whether a group of readers falls into camps, and why (not)."""

    groups: tuple[int, ...] | None
    """The group of each reader, numbered from 0 by first member; None when groups must not be shown."""
    reason: str
    """A sentence for the reader of the result."""
    silhouette: float | None
    """Mean silhouette of the best grouping, in [-1, 1]; None when groups were not looked for."""
    null_quantile: float | None
    """95% point of the same figure over tables with shuffled columns."""
    p_value: float | None
    """Share of shuffled tables (with the real one counted among them) that do as well."""
    permutations: int
    seed: int


def permutation_null(ratings: ArrayLike, *, permutations: int = 200, seed: int = 0) -> GroupingTest:
    """Look for 2 to 5 groups of readers and test them against shuffled ratings.

    Parameters
    ----------
    ratings : array-like of shape (readers, items)
        NaN is missing and filled with the item's mean.
    permutations : int
        Shuffled tables, at least 20.
    seed : int
        Seed of the shuffles and of the starting points.

    Returns
    -------
    GroupingTest
        `groups` is None for fewer than 12 readers, and when the silhouette is not above the 95% point of the
        shuffled tables; show distances and nearest pairs instead.

    Raises
    ------
    UsageError
        When the table is not two-dimensional or there are fewer than 20 permutations.

    Notes
    -----
    Two principal components, each reader scaled by sqrt(items / items rated), k-means from 10 starts for each
    k, the k with the best silhouette. Every shuffle permutes the given ratings within each item, which keeps
    the use of the scale and the gaps and breaks every link between items, and goes through the same steps,
    choice of k included. All shuffles run as one batch, so memory is permutations * readers * items.

    References
    ----------
    C. Small, M. Bjorkegren, T. Erkkilä, L. Shaw, C. Megill (2021). Polis: Scaling deliberation by mapping
    high dimensional opinion spaces. Recerca 26(2).
    P. J. Rousseeuw (1987). Silhouettes: A graphical aid to the interpretation and validation of cluster
    analysis. Journal of Computational and Applied Mathematics 20.

    Examples
    --------
    >>> permutation_null([[1, 5], [1, 4], [5, 1]]).reason
    'groups are not looked for below 12 readers; there are 3'
    """
    table = as_ratings(ratings)
    if permutations < 20:
        raise UsageError("a 95% point needs at least 20 permutations")
    if len(table) < SMALLEST_GROUPABLE:
        reason = f"groups are not looked for below {SMALLEST_GROUPABLE} readers; there are {len(table)}"
        return GroupingTest(None, reason, None, None, None, 0, seed)
    table = table[:, ~np.isnan(table).all(axis=0)]
    if not (np.nanmax(table, axis=0, initial=-np.inf) > np.nanmin(table, axis=0, initial=np.inf)).any():
        return GroupingTest(None, "all readers gave the same ratings", None, None, None, 0, seed)
    generator = np.random.default_rng(seed)
    shuffled = [_shuffled(table, generator) for _ in range(permutations)]
    silhouettes, labels = _best_grouping(_positions(np.stack([table, *shuffled])), generator)
    found, null = float(silhouettes[0]), silhouettes[1:]
    quantile = float(np.quantile(null, _NULL_QUANTILE))
    p_value = float((1 + (null >= found).sum()) / (1 + permutations))
    comparison = f"{found:.2f} against {quantile:.2f} for the 95% point of shuffled ratings"
    if found <= quantile:
        reason = f"the groups are no clearer than chance (silhouette {comparison})"
        return GroupingTest(None, reason, found, quantile, p_value, permutations, seed)
    reason = f"the groups are clearer than chance (silhouette {comparison})"
    return GroupingTest(_renumbered(labels[0]), reason, found, quantile, p_value, permutations, seed)


def _shuffled(table: NDArray[np.float64], generator: np.random.Generator) -> NDArray[np.float64]:
    shuffled = table.copy()
    for column in shuffled.T:
        given = ~np.isnan(column)
        column[given] = generator.permutation(column[given])
    return shuffled


def _positions(tables: NDArray[np.float64]) -> NDArray[np.float64]:
    """Readers on the first two principal components, shape (tables, readers, 2)."""
    given = ~np.isnan(tables)
    means = np.nanmean(tables, axis=1, keepdims=True)
    centred = np.where(given, tables - means, 0.0)
    left, strengths, _ = np.linalg.svd(centred, full_matrices=False)
    rated = given.sum(axis=2, keepdims=True)
    scaling = np.sqrt(tables.shape[2] / np.maximum(rated, 1))
    positions: NDArray[np.float64] = left[:, :, :2] * strengths[:, None, :2] * scaling
    return positions


def _best_grouping(
    points: NDArray[np.float64], generator: np.random.Generator
) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Best mean silhouette over the numbers of groups, and its labels, for each table."""
    apart = np.sqrt(np.square(points[:, :, None] - points[:, None]).sum(axis=3))
    best = np.full(len(points), -np.inf)
    labels = np.zeros(points.shape[:2], dtype=np.int64)
    for groups in _GROUP_COUNTS:
        found = _k_means(points, groups, generator)
        silhouettes = _mean_silhouettes(apart, found, groups)
        better = silhouettes > best
        best[better] = silhouettes[better]
        labels[better] = found[better]
    return best, labels


def _k_means(points: NDArray[np.float64], groups: int, generator: np.random.Generator) -> NDArray[np.int64]:
    """Labels of shape (tables, readers), the tightest of several starts from random readers."""
    tables, readers, _ = points.shape
    repeated = np.repeat(points, _RESTARTS, axis=0)
    starts = generator.random((len(repeated), readers)).argsort(axis=1)[:, :groups]
    centres = np.take_along_axis(repeated, starts[:, :, None], axis=1)
    labels = np.full((len(repeated), readers), -1)
    for _ in range(_ROUNDS):
        squared = np.square(repeated[:, :, None] - centres[:, None]).sum(axis=3)
        moved = squared.argmin(axis=2)
        if (moved == labels).all():
            break
        labels = moved
        member = (labels[:, :, None] == np.arange(groups)).astype(np.float64)
        sizes = member.sum(axis=1)[:, :, None]
        means = member.transpose(0, 2, 1) @ repeated / np.maximum(sizes, 1)
        centres = np.where(sizes > 0, means, centres)
    own_centres = np.take_along_axis(centres, labels[:, :, None], axis=1)
    looseness = np.square(repeated - own_centres).sum(axis=(1, 2)).reshape(tables, _RESTARTS)
    tightest: NDArray[np.int64] = labels.reshape(tables, _RESTARTS, readers)[
        np.arange(tables), looseness.argmin(axis=1)
    ]
    return tightest


def _mean_silhouettes(
    apart: NDArray[np.float64], labels: NDArray[np.int64], groups: int
) -> NDArray[np.float64]:
    """Mean silhouette of each table; a reader alone in a group counts 0, as does a table with one group."""
    member = (labels[:, :, None] == np.arange(groups)).astype(np.float64)
    sizes = np.broadcast_to(member.sum(axis=1)[:, None, :], member.shape)
    totals = apart @ member
    own = labels[:, :, None]
    own_size = np.take_along_axis(sizes, own, axis=2)[:, :, 0]
    inside = np.take_along_axis(totals, own, axis=2)[:, :, 0] / np.maximum(own_size - 1, 1)
    elsewhere = np.where((member == 0) & (sizes > 0), totals / np.maximum(sizes, 1), np.inf)
    outside = elsewhere.min(axis=2)
    scale = np.maximum(inside, outside)
    counts = (own_size > 1) & np.isfinite(outside) & (scale > 0)
    difference = np.where(counts, outside - inside, 0.0)
    silhouettes: NDArray[np.float64] = (difference / np.where(counts, scale, 1.0)).mean(axis=1)
    return silhouettes


def _renumbered(labels: NDArray[np.int64]) -> tuple[int, ...]:
    numbers: dict[int, int] = {}
    return tuple(numbers.setdefault(label, len(numbers)) for label in labels.tolist())
