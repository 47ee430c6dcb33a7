"""How the time of a meeting is divided among what it talks about."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["FEWEST", "KEPT_FREE", "MOST", "minutes_by_score", "whole_shares"]

FEWEST, MOST = 5, 20
"""Minutes of an item: below five nothing is said, after twenty nothing new is."""

KEPT_FREE = 0.1


def minutes_by_score(scores: Sequence[float], minutes: int) -> tuple[list[int], int]:
    """Divide minutes among items in proportion to their scores.

    Parameters
    ----------
    scores : sequence of float
        Not negative, the highest first.
    minutes : int
        For all of them together.

    Returns
    -------
    given : list of int
        From `FEWEST` to `MOST` for each item. When there is not enough for all, the last ones get none and
        the list is shorter.
    spare : int
        What is left: at least a tenth of the minutes, rounded up.

    Notes
    -----
    Items at a bound are set to it and the others share the rest in proportion, until none crosses a bound;
    whole minutes by largest remainder, the earlier item first between equals.

    Examples
    --------
    >>> minutes_by_score([0.6, 0.3, 0.3], 45)
    ([20, 10, 10], 5)
    >>> minutes_by_score([0.9, 0.01], 30)
    ([20, 7], 3)
    """
    usable = minutes - math.ceil(KEPT_FREE * minutes)
    fitting = min(len(scores), max(0, usable // FEWEST))
    wanted = [max(score, 1e-12) for score in scores[:fitting]]
    usable = min(usable, MOST * fitting)
    shares = _bounded(wanted, usable)
    given = whole_shares(shares, usable)
    return given, minutes - sum(given)


def _bounded(weights: Sequence[float], total: int) -> list[float]:
    """Shares of a total in proportion to weights, within the bounds of an item."""
    if not weights:
        return []
    # The sum grows with the factor, so the factor that uses up the total is found by halving.
    low, high = 0.0, MOST / min(weights)
    for _ in range(200):
        factor = (low + high) / 2
        if sum(_within(factor * weight) for weight in weights) < total:
            low = factor
        else:
            high = factor
    return [_within(high * weight) for weight in weights]


def _within(minutes: float) -> float:
    return min(max(minutes, float(FEWEST)), float(MOST))


def whole_shares(shares: Sequence[float], total: int) -> list[int]:
    """Round shares to whole numbers that sum to a total, by largest remainder.

    Parameters
    ----------
    shares : sequence of float
        Their sum is the total, but for rounding.
    total : int

    Returns
    -------
    list of int
        Each the share rounded down or up.

    Examples
    --------
    >>> whole_shares([13.5, 13.5, 13.0], 40)
    [14, 13, 13]
    """
    given = [math.floor(share + 1e-6) for share in shares]
    remainders = sorted(range(len(shares)), key=lambda place: (round(given[place] - shares[place], 6), place))
    for place in remainders[: total - sum(given)]:
        given[place] += 1
    return given
