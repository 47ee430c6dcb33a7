"""Where readers part: which statements carry the gap between their verdicts, and which would close it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from cruxmap.analysis.coalitions import EXACT_LIMIT, shapley_values
from cruxmap.analysis.group_cruxes import (
    DivergentReasons,
    GroupSwapEffect,
    ResultValue,
    VarianceShares,
    group_swap_effects,
    same_mark_different_reason,
    value_of_results,
    variance_shares,
)
from cruxmap.analysis.information_value import (
    CruxCredences,
    IncoherentCredences,
    UndefinedDivergenceError,
    probability_without,
    value_of_discrimination,
    value_of_information,
)
from cruxmap.analysis.swaps import SwapEffect, swap_effects, swap_pairs
from cruxmap.analysis.verdicts import (
    BatchVerdict,
    Credences,
    FloatArray,
    Verdict,
    VerdictFunction,
    common_statements,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

__all__ = [
    "BatchVerdict",
    "CruxCredences",
    "DivergentReasons",
    "GapSplit",
    "GroupSwapEffect",
    "IncoherentCredences",
    "ResultValue",
    "SwapEffect",
    "UndefinedDivergenceError",
    "VarianceShares",
    "Verdict",
    "group_swap_effects",
    "probability_without",
    "same_mark_different_reason",
    "shapley_gap",
    "split_gap",
    "swap_effects",
    "swap_pairs",
    "value_of_discrimination",
    "value_of_information",
    "value_of_results",
    "variance_shares",
]

_NUMBERS_AT_ONCE = 2_000_000
"""Credences held in memory for one call of the verdict (16 MB)."""


@dataclass(frozen=True, slots=True)
class GapSplit:
    """The gap between two readers' verdicts, split over the statements on which they differ."""

    gap: float
    """The second reader's verdict minus the first's."""
    contributions: Mapping[str, float]
    """By statement, sorted by id; they sum to the gap."""
    standard_errors: Mapping[str, float]
    """Of each contribution; 0 when exact."""
    exact: bool
    samples: int
    """Coalitions evaluated when exact, permutations drawn otherwise."""
    seed: int | None
    """None when exact: nothing was drawn."""


def split_gap(
    g: Verdict,
    x: Credences,
    y: Credences,
    *,
    batch: BatchVerdict | None = None,
    exact_limit: int = EXACT_LIMIT,
    permutations: int = 1000,
    seed: int = 0,
) -> GapSplit:
    """Split g(y) - g(x) over the statements on which two readers differ, and say how sure the split is.

    Parameters
    ----------
    g : callable
        From a mapping of credences to the strength of the verdict.
    x, y : mapping of str to float
        Two readers' credences in the same statements.
    batch : callable, optional
        `g` for many vectors at once, see `cruxmap.analysis.verdicts.BatchVerdict`; faster, same result.
    exact_limit : int
        Up to this many differing statements all 2^n mixtures of the two readers are evaluated.
    permutations : int
        Orders drawn above that limit; even, at least 4.
    seed : int
        Seed of the orders.

    Returns
    -------
    GapSplit

    Raises
    ------
    UsageError
        When one reader lacks a statement that the other has.

    Notes
    -----
    The Shapley value of the game whose players are the differing statements and whose worth is the verdict
    with the coalition's credences taken from `y` and the others from `x`. Exact and sampled contributions sum
    to the gap. Evaluations: 2^n, or permutations * (n + 1).

    References
    ----------
    L. S. Shapley (1953). A value for n-person games. Contributions to the Theory of Games II.

    Examples
    --------
    >>> split = split_gap(lambda c: c["a"] * c["b"], {"a": 1, "b": 1, "c": 0.3}, {"a": 0, "b": 0, "c": 0.3})
    >>> split.gap, dict(split.contributions), split.exact
    (-1.0, {'a': -0.5, 'b': -0.5}, True)
    """
    verdict = VerdictFunction(common_statements({"the first reader": x, "the second reader": y}), g, batch)
    from_x, from_y = verdict.vector(x), verdict.vector(y)
    columns = np.flatnonzero(from_x != from_y)

    def worth(membership: NDArray[np.bool_]) -> FloatArray:
        taken = np.zeros((len(membership), len(from_x)), dtype=np.bool_)
        taken[:, columns] = membership
        return verdict(np.where(taken, from_y, from_x))

    estimate = shapley_values(
        worth,
        len(columns),
        exact_limit=exact_limit,
        permutations=permutations,
        seed=seed,
        rows_at_once=max(1, _NUMBERS_AT_ONCE // max(1, len(from_x))),
    )
    before, after = verdict(np.stack([from_x, from_y])).tolist()
    names = [verdict.statements[column] for column in columns]
    return GapSplit(
        gap=after - before,
        contributions=dict(zip(names, estimate.values.tolist(), strict=True)),
        standard_errors=dict(zip(names, estimate.standard_errors.tolist(), strict=True)),
        exact=estimate.exact,
        samples=estimate.samples,
        seed=estimate.seed,
    )


def shapley_gap(
    g: Verdict, x: Credences, y: Credences, *, batch: BatchVerdict | None = None
) -> dict[str, float]:
    """Split g(y) - g(x) over the statements on which two readers differ.

    Parameters
    ----------
    g : callable
        From a mapping of credences to the strength of the verdict.
    x, y : mapping of str to float
        Two readers' credences in the same statements.
    batch : callable, optional
        `g` for many vectors at once.

    Returns
    -------
    dict of str to float
        By differing statement, sorted by id; the values sum to g(y) - g(x).

    Raises
    ------
    UsageError
        When one reader lacks a statement that the other has.

    Notes
    -----
    Exact up to 15 differing statements, sampled with a fixed seed above. Whatever shows these numbers for
    more than 15 statements should call `split_gap`, which also gives their standard errors.

    Examples
    --------
    >>> shapley_gap(lambda c: c["a"] + 2 * c["b"], {"a": 0.0, "b": 0.0}, {"a": 0.5, "b": 0.25})
    {'a': 0.5, 'b': 0.5}
    """
    return dict(split_gap(g, x, y, batch=batch).contributions)
