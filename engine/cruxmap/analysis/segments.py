"""Reduction of consecutive rows: one result per segment, for a single sample or for many side by side."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

LONGEST_BY_PASSES = 16
"""Rows of the longest segment up to which passes over whole rows beat `reduceat`, which goes through a matrix
number by number. The choice must not depend on the number of columns: sums in another sequence round
differently, and a sample would depend on how many others are computed with it."""


@dataclass(frozen=True, eq=False)
class Segments:
    """A division of rows into consecutive segments.

    Parameters
    ----------
    starts : array of shape (segments,)
        First row of every segment, ascending from 0; no segment is empty.
    rows : int
        Number of rows, the end of the last segment.
    """

    starts: NDArray[np.intp]
    rows: int

    @cached_property
    def _longest(self) -> int:
        return int(np.diff(self.starts, append=self.rows).max(initial=0))

    @cached_property
    def _passes(self) -> tuple[tuple[NDArray[np.intp] | slice, NDArray[np.intp]], ...]:
        """For the second, third, … rows of segments: which segments have one, and where it is."""
        lengths = np.diff(self.starts, append=self.rows)
        found: list[tuple[NDArray[np.intp] | slice, NDArray[np.intp]]] = []
        for step in range(1, self._longest):
            longer = np.flatnonzero(lengths > step)
            every = len(longer) == len(lengths)
            found.append((slice(None) if every else longer, self.starts[longer] + step))
        return tuple(found)

    def reduce(self, operation: np.ufunc, values: NDArray[Any]) -> NDArray[Any]:
        """Combine the rows of each segment.

        Parameters
        ----------
        operation : numpy.ufunc
            A binary operation such as `numpy.add`.
        values : array of shape (rows,) or (rows, columns)
            What is combined.

        Returns
        -------
        array of shape (segments,) or (segments, columns)
            As of ``operation.reduceat(values, starts, axis=0)`` up to rounding.

        Examples
        --------
        >>> Segments(np.array([0, 2]), 3).reduce(np.add, np.array([1.0, 2.0, 4.0])).tolist()
        [3.0, 4.0]
        """
        if values.ndim == 1 or values.shape[1] == 1 or self._longest > LONGEST_BY_PASSES:
            return np.asarray(operation.reduceat(values, self.starts, axis=0))
        result = values[self.starts]
        for longer, places in self._passes:
            result[longer] = operation(result[longer], values[places])
        return result
