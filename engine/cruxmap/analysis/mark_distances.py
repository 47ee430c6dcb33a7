"""How far marks are apart when a mark may leave several levels possible."""

from __future__ import annotations

import math
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from cruxmap.analysis.answers import Answer, Answers

__all__ = ["cells_of", "end_tables", "mark_distance", "mean_distance", "reader_distance_table"]


def mark_distance(first: Answer, second: Answer) -> float | None:
    """How far two marks on one scale are apart, relative to the scale.

    Parameters
    ----------
    first, second : Answer
        Two answers for the same cell.

    Returns
    -------
    float or None
        In [0, 1]; None when either mark stands for nothing, or the scale has a single level.

    Notes
    -----
    The mean of the distances of the two lower ends and of the two upper ends, over `levels - 1`. On single
    levels that is the number of steps between them. It is a metric on intervals, and a mark that leaves the
    whole scale open is at distance 1/2 from every single level: as far from the best as from the middle, so
    "unknown" is nowhere treated as a middle value.

    Examples
    --------
    >>> from cruxmap.analysis.answers import Answer
    >>> from cruxmap.model.intervals import Interval
    >>> def mark(low, high):
    ...     return Answer("a/inner", "", Interval(low, high), 5, 1)
    >>> mark_distance(mark(1, 1), mark(3, 3)), mark_distance(mark(0, 4), mark(2, 2))
    (0.5, 0.5)
    """
    if first.interval is None or second.interval is None or first.levels < 2:
        return None
    apart = abs(first.interval.low - second.interval.low) + abs(first.interval.high - second.interval.high)
    return apart / (2 * (first.levels - 1))


def mean_distance(given: Iterable[Answer]) -> float | None:
    """Mean distance over all pairs of answers for one cell.

    Returns
    -------
    float or None
        In [0, 1]; None when fewer than two of the marks can be compared.
    """
    found = [mark_distance(first, second) for first, second in combinations(given, 2)]
    known = [distance for distance in found if distance is not None]
    return math.fsum(known) / len(known) if known else None


def cells_of(answers: Answers) -> tuple[str, ...]:
    """All cells that anyone answered, sorted."""
    return tuple(sorted({cell for given in answers.by_reader.values() for cell in given}))


def end_tables(
    answers: Answers, readers: Sequence[str], cells: Sequence[str]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Lower and upper ends of all marks, relative to their scales.

    Returns
    -------
    lower, upper : ndarray of shape (readers, cells)
        In [0, 1]; NaN where there is no mark that stands for levels.
    """
    lower = np.full((len(readers), len(cells)), np.nan)
    upper = lower.copy()
    for row, reader in enumerate(readers):
        for column, cell in enumerate(cells):
            answer = answers.by_reader[reader].get(cell)
            if answer is not None and answer.interval is not None and answer.levels > 1:
                lower[row, column] = answer.interval.low / (answer.levels - 1)
                upper[row, column] = answer.interval.high / (answer.levels - 1)
    return lower, upper


def reader_distance_table(answers: Answers, readers: Sequence[str]) -> NDArray[np.float64]:
    """Mean distance of every two readers over the cells that both marked.

    Returns
    -------
    ndarray of shape (readers, readers)
        Symmetric, in [0, 1], 0 on the diagonal; NaN for two readers who share no cell.
    """
    from cruxmap.analysis.reader_distances import reader_distances

    lower, upper = end_tables(answers, readers, cells_of(answers))
    table: NDArray[np.float64] = (reader_distances(lower, 1.0) + reader_distances(upper, 1.0)) / 2
    return table
