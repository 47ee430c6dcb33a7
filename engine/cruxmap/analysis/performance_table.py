"""Alternatives rated on criteria with ranges, the table that every comparison starts from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from cruxmap.errors import UsageError

if TYPE_CHECKING:
    from numpy.typing import NDArray

Range: TypeAlias = tuple[float, float]

PerformanceTable: TypeAlias = Mapping[str, Mapping[str, Range | None]]
"""Alternative -> criterion -> (low, high), higher is better; None or a missing key is "not applicable"."""


def level_utility(index: float, levels: int) -> float:
    """The utility in [0, 1] of a level of an ordinal scale with evenly spaced levels.

    Parameters
    ----------
    index : float
        Position in the scale, 0 (worst) to `levels` - 1 (best).
    levels : int
        Number of levels, at least 2.

    Returns
    -------
    float
        `index / (levels - 1)`.

    Raises
    ------
    UsageError
        When the scale has fewer than two levels or the index lies outside it.

    Notes
    -----
    Even spacing is a convention: an ordinal scale says only which level is better.

    Examples
    --------
    >>> [level_utility(index, 5) for index in range(5)]
    [0.0, 0.25, 0.5, 0.75, 1.0]
    """
    if levels < 2:
        raise UsageError(f"a scale of {levels} levels compares nothing; it needs at least two")
    if not 0 <= index <= levels - 1:
        raise UsageError(f"level {index:g} is outside the scale 0 to {levels - 1}")
    return index / (levels - 1)


def criteria_of(table: PerformanceTable) -> tuple[str, ...]:
    """All criteria of a table, in the order in which its rows first name them.

    Parameters
    ----------
    table : mapping of str to mapping
        Ranges by alternative and criterion.

    Returns
    -------
    tuple of str

    Examples
    --------
    >>> criteria_of({"p1": {"inner": (0, 1)}, "p2": {"outer": None, "inner": (1, 1)}})
    ('inner', 'outer')
    """
    return tuple(dict.fromkeys(criterion for row in table.values() for criterion in row))


def bounds_of(
    table: PerformanceTable, criteria: tuple[str, ...]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Lower and upper ends of a table as arrays.

    Parameters
    ----------
    table : mapping of str to mapping
        Ranges by alternative and criterion.
    criteria : tuple of str
        Order of the columns.

    Returns
    -------
    low, high : ndarray of shape (alternatives, criteria)
        NaN where the criterion is not applicable.

    Raises
    ------
    UsageError
        When a range runs downwards or is not a pair of numbers.

    Examples
    --------
    >>> low, high = bounds_of({"p1": {"inner": (0, 1)}}, ("inner",))
    >>> low.tolist(), high.tolist()
    ([[0.0]], [[1.0]])
    """
    ends = np.full((2, len(table), len(criteria)), np.nan)
    for row, (alternative, cells) in enumerate(table.items()):
        for column, criterion in enumerate(criteria):
            cell = cells.get(criterion)
            if cell is None:
                continue
            low, high = cell
            # Written so that NaN fails too.
            if not low <= high:
                raise UsageError(f"{alternative} on {criterion}: the range {low} to {high} runs downwards")
            ends[:, row, column] = low, high
    return ends[0], ends[1]
