"""For which weights of the criteria one alternative comes out ahead of another."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from cruxmap.analysis.performance_table import PerformanceTable, bounds_of, criteria_of
from cruxmap.analysis.smaa import sample_weights
from cruxmap.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class WeightRanges:
    """The weights under which an order of two alternatives holds."""

    better: str
    worse: str
    share: float
    """Share of all weightings of the shared criteria under which the order holds."""
    standard_error: float
    """Of the share; 0 when exact."""
    exact: bool
    """Whether the share was computed rather than sampled; the intervals always are."""
    intervals: Mapping[str, tuple[float, float]]
    """By shared criterion, the smallest and largest weight with which the order can hold; empty if none."""
    samples: int
    seed: int | None


def weight_ranges(
    table: PerformanceTable,
    better: str,
    worse: str,
    *,
    possible: bool = False,
    samples: int = 10_000,
    seed: int = 0,
) -> WeightRanges:
    """Weights under which one alternative scores at least as well as another.

    Parameters
    ----------
    table : mapping of str to mapping
        Alternative -> criterion -> (low, high) on one common scale of utility, higher is better, or None.
    better, worse : str
        The order in question.
    possible : bool
        Ask for weights under which the order may hold (best against worst rating) instead of those under
        which it holds whatever the true ratings are (worst against best).
    samples : int
        Weight vectors drawn for the share when more than two criteria are shared, at least 2.
    seed : int
        Seed of these.

    Returns
    -------
    WeightRanges

    Raises
    ------
    UsageError
        For unknown alternatives, or two that share no criterion.

    Notes
    -----
    Only criteria that apply to both count; weights are not negative and sum to 1 over them. The order holds
    on the part of the simplex where the weighted differences sum to 0 or more. The corners of that region are
    corners of the simplex and points on its edges, so the bounding intervals are exact for any number of
    criteria (quadratic time), and the share is exact for one or two. With more than two criteria the
    intervals are the box around the region: not all weights inside them keep the order.

    Examples
    --------
    >>> table = {"p1": {"inner": (0.75, 1), "outer": (0, 0)}, "p2": {"inner": (0, 0), "outer": (0.25, 0.25)}}
    >>> ranges = weight_ranges(table, "p1", "p2")
    >>> ranges.share, dict(ranges.intervals)
    (0.75, {'inner': (0.25, 1.0), 'outer': (0.0, 0.75)})
    """
    unknown = [name for name in (better, worse) if name not in table]
    if unknown:
        raise UsageError(f"there is no alternative {unknown[0]}")
    if samples < 2:
        raise UsageError("a share of weightings needs at least two samples")
    criteria = criteria_of(table)
    low, high = bounds_of({name: table[name] for name in (better, worse)}, criteria)
    # Also right when both names are the same row: an alternative is compared with itself.
    differences = high[0] - low[-1] if possible else low[0] - high[-1]
    shared = tuple(c for c, known in zip(criteria, ~np.isnan(differences), strict=True) if known)
    if not shared:
        raise UsageError(f"no criterion applies to both {better} and {worse}")
    gains = differences[~np.isnan(differences)]
    corners = _corners(gains)
    intervals = dict(zip(shared, _box(corners), strict=True)) if len(corners) else {}
    if len(shared) <= 2:
        share = 1.0 if gains.min() >= 0 else float(np.ptp(corners[:, 0])) if len(corners) else 0.0
        return WeightRanges(better, worse, share, 0.0, True, intervals, 0, None)
    drawn = sample_weights(shared, samples, np.random.default_rng(seed))
    share = float((drawn @ gains >= 0).mean())
    error = math.sqrt(share * (1 - share) / samples)
    return WeightRanges(better, worse, share, error, False, intervals, samples, seed)


def _corners(gains: NDArray[np.float64]) -> NDArray[np.float64]:
    """Corners of the part of the simplex where the weighted gains sum to 0 or more, one per row."""
    count = len(gains)
    corners = [row for row, gain in zip(np.eye(count), gains, strict=True) if gain >= 0]
    for up in np.flatnonzero(gains > 0):
        for down in np.flatnonzero(gains < 0):
            crossing = np.zeros(count)
            crossing[up] = -gains[down] / (gains[up] - gains[down])
            crossing[down] = gains[up] / (gains[up] - gains[down])
            corners.append(crossing)
    return np.array(corners).reshape(-1, count)


def _box(corners: NDArray[np.float64]) -> list[tuple[float, float]]:
    return list(zip(corners.min(axis=0).tolist(), corners.max(axis=0).tolist(), strict=True))
