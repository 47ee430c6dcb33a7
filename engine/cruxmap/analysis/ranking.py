"""Comparing alternatives rated with ranges: dominance, Pareto front, knock-outs, and what weights decide."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from cruxmap.analysis.hasse import CyclicOrderError, HasseDiagram, hasse_diagram
from cruxmap.analysis.performance_table import PerformanceTable, Range, bounds_of, criteria_of, level_utility
from cruxmap.analysis.smaa import SmaaResult, sample_weights, smaa
from cruxmap.analysis.weight_ranges import WeightRanges, weight_ranges

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

__all__ = [
    "CyclicOrderError",
    "HasseDiagram",
    "KnockOut",
    "ParetoFront",
    "PerformanceTable",
    "Range",
    "SmaaResult",
    "WeightRanges",
    "hasse_diagram",
    "knock_outs",
    "level_utility",
    "necessary_dominance",
    "pareto_front",
    "possible_dominance",
    "sample_weights",
    "smaa",
    "weight_ranges",
]


def necessary_dominance(table: PerformanceTable) -> set[tuple[str, str]]:
    """Pairs in which the first dominates the second whatever the true ratings within their ranges.

    Parameters
    ----------
    table : mapping of str to mapping
        Alternative -> criterion -> (low, high), higher is better. None, or a criterion left out, is "not
        applicable": two alternatives are compared on the criteria that apply to both.

    Returns
    -------
    set of (better, worse)

    Raises
    ------
    UsageError
        When a range runs downwards.

    Notes
    -----
    The worst of the first is at least the best of the second on every shared criterion and better on one.
    This is a strict partial order when the same criteria apply to all alternatives. Otherwise it need not be
    transitive, because each pair is compared on its own criteria; alternatives that share none are
    incomparable. Time is quadratic in the alternatives and linear in the criteria.

    Examples
    --------
    >>> table = {"p1": {"inner": (2, 3), "outer": (1, 1)}, "p2": {"inner": (0, 2), "outer": (0, 0)}}
    >>> necessary_dominance(table)
    {('p1', 'p2')}
    """
    low, high = bounds_of(table, criteria_of(table))
    return _dominating_pairs(tuple(table), low, high)


def possible_dominance(table: PerformanceTable) -> set[tuple[str, str]]:
    """Pairs in which the first dominates the second for some true ratings within their ranges.

    Parameters
    ----------
    table : mapping of str to mapping
        As for `necessary_dominance`.

    Returns
    -------
    set of (better, worse)
        Contains the necessary dominances; two alternatives may possibly dominate each other.

    Raises
    ------
    UsageError
        When a range runs downwards.

    Notes
    -----
    The best of the first is at least the worst of the second on every shared criterion and better on one.

    Examples
    --------
    >>> sorted(possible_dominance({"p1": {"inner": (0, 3)}, "p2": {"inner": (1, 2)}}))
    [('p1', 'p2'), ('p2', 'p1')]
    """
    low, high = bounds_of(table, criteria_of(table))
    return _dominating_pairs(tuple(table), high, low)


def _dominating_pairs(
    names: tuple[str, ...], ratings: NDArray[np.float64], of_the_other: NDArray[np.float64]
) -> set[tuple[str, str]]:
    """Pairs of distinct names where the first's ratings dominate the given ratings of the second."""
    difference = ratings[:, None, :] - of_the_other[None, :, :]
    nowhere_worse = ~(difference < 0).any(axis=2)
    somewhere_better = (difference > 0).any(axis=2)
    pairs = np.argwhere(nowhere_worse & somewhere_better)
    return {(names[better], names[worse]) for better, worse in pairs.tolist() if better != worse}


@dataclass(frozen=True, slots=True)
class ParetoFront:
    """Alternatives that nothing dominates."""

    certain: tuple[str, ...]
    """On the front whatever the true ratings: nothing even possibly dominates them."""
    possible: tuple[str, ...]
    """On the front for some true ratings: nothing necessarily dominates them; includes the certain ones."""


def pareto_front(table: PerformanceTable) -> ParetoFront:
    """Certain and possible members of the Pareto front.

    Parameters
    ----------
    table : mapping of str to mapping
        As for `necessary_dominance`.

    Returns
    -------
    ParetoFront
        Names sorted.

    Raises
    ------
    UsageError
        When a range runs downwards.

    Notes
    -----
    An alternative does best for itself at its own upper and all others' lower ends, and worst the other way
    round, so the two dominance relations decide both memberships.

    Examples
    --------
    >>> pareto_front({"p1": {"inner": (2, 4)}, "p2": {"inner": (1, 3)}, "p3": {"inner": (0, 0)}})
    ParetoFront(certain=(), possible=('p1', 'p2'))
    """
    possibly_dominated = {worse for _, worse in possible_dominance(table)}
    surely_dominated = {worse for _, worse in necessary_dominance(table)}
    return ParetoFront(
        certain=tuple(sorted(set(table) - possibly_dominated)),
        possible=tuple(sorted(set(table) - surely_dominated)),
    )


@dataclass(frozen=True, slots=True)
class KnockOut:
    """The criteria on which an alternative misses the required rating."""

    certain: tuple[str, ...]
    """Even its best rating is below what is required."""
    possible: tuple[str, ...]
    """Its worst rating is below what is required, its best is not."""


def knock_outs(table: PerformanceTable, required: Mapping[str, float]) -> dict[str, KnockOut]:
    """Alternatives that miss, or may miss, a required rating.

    Parameters
    ----------
    table : mapping of str to mapping
        As for `necessary_dominance`.
    required : mapping of str to float
        Smallest acceptable rating by criterion.

    Returns
    -------
    dict of str to KnockOut
        Only alternatives that at least possibly miss something, sorted by name. A criterion that does not
        apply knocks nothing out.

    Raises
    ------
    UsageError
        When a range runs downwards.

    Examples
    --------
    >>> knock_outs({"p1": {"inner": (1, 3)}, "p2": {"inner": (2, 2)}}, {"inner": 2})
    {'p1': KnockOut(certain=(), possible=('inner',))}
    """
    criteria = tuple(sorted(required))
    low, high = bounds_of(table, criteria)
    least = np.array([required[criterion] for criterion in criteria])
    missed, maybe_missed = high < least, (low < least) & (high >= least)
    rows = {name: row for row, name in enumerate(table) if missed[row].any() or maybe_missed[row].any()}

    def listed(flags: NDArray[np.bool_]) -> tuple[str, ...]:
        return tuple(criteria[column] for column in np.flatnonzero(flags))

    return {
        name: KnockOut(listed(missed[row]), listed(maybe_missed[row])) for name, row in sorted(rows.items())
    }
