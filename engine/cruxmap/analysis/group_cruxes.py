"""Cruxes of a whole group: swaps over all pairs, shares of the spread, results worth having."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from cruxmap.analysis.coalitions import EXACT_LIMIT, shapley_values
from cruxmap.analysis.swaps import swap_effects
from cruxmap.analysis.verdicts import (
    BatchVerdict,
    Credences,
    FloatArray,
    Verdict,
    VerdictFunction,
    common_statements,
)
from cruxmap.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping, Sequence

    from numpy.typing import NDArray

_NUMBERS_AT_ONCE = 2_000_000
"""Credences held in memory for one call of the verdict (16 MB)."""


@dataclass(frozen=True, slots=True)
class GroupSwapEffect:
    """One statement swapped between every two readers."""

    mean_change: float
    """Mean of `SwapEffect.mean_change` over all pairs; pairs that agree on the statement count as 0."""
    double_cruxes: tuple[tuple[str, str], ...]
    """Pairs of readers for whom the swap makes both verdicts cross the threshold."""
    one_sided: tuple[tuple[str, str], ...]
    """Pairs of readers for whom exactly one verdict crosses."""


def group_swap_effects(
    g: Verdict,
    readers: Mapping[str, Credences],
    threshold: float = 0.5,
    *,
    batch: BatchVerdict | None = None,
) -> dict[str, GroupSwapEffect]:
    """Mean swap effect of every statement over all pairs of readers.

    Parameters
    ----------
    g : callable
        From a mapping of credences to the strength of the verdict.
    readers : mapping of str to mapping
        Credences by reader, at least two readers, all over the same statements.
    threshold : float
        A verdict at or above it counts as positive.
    batch : callable, optional
        `g` for many vectors at once.

    Returns
    -------
    dict of str to GroupSwapEffect
        By statement on which any two readers differ, the largest mean change first, ties by id.

    Raises
    ------
    UsageError
        With fewer than two readers, or readers over different statements.

    Examples
    --------
    >>> readers = {"ada": {"a": 1.0, "b": 0.5}, "ben": {"a": 0.0, "b": 0.5}, "eve": {"a": 1.0, "b": 0.5}}
    >>> effects = group_swap_effects(lambda c: (c["a"] + c["b"]) / 2, readers)
    >>> {statement: round(effect.mean_change, 3) for statement, effect in effects.items()}
    {'a': 0.333}
    """
    common_statements(readers)
    pairs = list(combinations(sorted(readers), 2))
    if not pairs:
        raise UsageError("a swap needs at least two readers")
    by_pair = {
        pair: swap_effects(g, readers[pair[0]], readers[pair[1]], threshold, batch=batch) for pair in pairs
    }
    collected: dict[str, GroupSwapEffect] = {}
    for statement in sorted(set().union(*by_pair.values())):
        found = {pair: effects[statement] for pair, effects in by_pair.items() if statement in effects}
        collected[statement] = GroupSwapEffect(
            mean_change=sum(effect.mean_change for effect in found.values()) / len(pairs),
            double_cruxes=tuple(pair for pair, effect in found.items() if effect.is_double_crux),
            one_sided=tuple(pair for pair, effect in found.items() if effect.is_one_sided_crux),
        )
    return dict(sorted(collected.items(), key=lambda item: (-item[1].mean_change, item[0])))


@dataclass(frozen=True, slots=True)
class VarianceShares:
    """How much of the readers' spread in one verdict each statement accounts for."""

    variance: float
    """Population variance of the verdict over the readers."""
    shares: Mapping[str, float]
    """By statement on which readers differ; they sum to 1, or are all 0 when the verdicts do not spread."""
    standard_errors: Mapping[str, float]
    exact: bool
    samples: int
    seed: int | None


def variance_shares(
    g: Verdict,
    readers: Mapping[str, Credences],
    *,
    batch: BatchVerdict | None = None,
    exact_limit: int = EXACT_LIMIT,
    permutations: int = 1000,
    seed: int = 0,
) -> VarianceShares:
    """Shapley share of each statement in the variance of a verdict over readers.

    Parameters
    ----------
    g, batch
        The verdict, one mapping or many vectors at a time.
    readers : mapping of str to mapping
        Credences by reader, all over the same statements.
    exact_limit : int
        Up to this many differing statements all coalitions are evaluated.
    permutations, seed : int
        Sampling above that limit.

    Returns
    -------
    VarianceShares

    Raises
    ------
    UsageError
        When readers have credences over different statements.

    Notes
    -----
    The worth of a set S of statements is the variance over readers of g at each reader's own credences on S
    and the group's mean credence elsewhere: nothing for the empty set, the observed variance for all of them.
    Unlike Sobol indices this needs no independence of the credences, of which a handful of readers says
    nothing. A share is negative where a statement's spread offsets that of others.

    References
    ----------
    A. B. Owen (2014). Sobol' indices and Shapley value. SIAM/ASA Journal on Uncertainty Quantification 2.

    Examples
    --------
    >>> readers = {"ada": {"a": 1.0, "b": 0.6}, "ben": {"a": 0.0, "b": 0.6}, "eve": {"a": 0.5, "b": 0.6}}
    >>> dict(variance_shares(lambda c: c["a"] * c["b"], readers).shares)
    {'a': 1.0}
    """
    verdict = VerdictFunction(common_statements(readers), g, batch)
    held = np.array([verdict.vector(readers[reader]) for reader in sorted(readers)])
    columns = np.flatnonzero((held != held[0]).any(axis=0))
    estimate = shapley_values(
        lambda membership: _spread(verdict, held, columns, membership),
        len(columns),
        exact_limit=exact_limit,
        permutations=permutations,
        seed=seed,
        rows_at_once=max(1, _NUMBERS_AT_ONCE // held.size),
    )
    names = [verdict.statements[column] for column in columns]
    variance = float(np.var(verdict(held)))
    scale = 1 / variance if variance > 0 else 0.0
    return VarianceShares(
        variance=variance,
        shares=dict(zip(names, (estimate.values * scale).tolist(), strict=True)),
        standard_errors=dict(zip(names, (estimate.standard_errors * scale).tolist(), strict=True)),
        exact=estimate.exact,
        samples=estimate.samples,
        seed=estimate.seed,
    )


def _spread(
    verdict: VerdictFunction, held: FloatArray, columns: NDArray[np.int64], membership: NDArray[np.bool_]
) -> FloatArray:
    own = np.ones((len(membership), held.shape[1]), dtype=np.bool_)
    own[:, columns] = membership
    vectors = np.where(own[:, None, :], held, held.mean(axis=0))
    verdicts = verdict(vectors.reshape(-1, held.shape[1])).reshape(len(membership), len(held))
    spread: FloatArray = verdicts.var(axis=1)
    return spread


@dataclass(frozen=True, slots=True)
class ResultValue:
    """What settling one statement would do to a verdict."""

    expected_change: float
    """Expected size of the verdict's change, weighted by the credence in the statement."""
    if_true: float
    """The verdict were the statement certain."""
    if_false: float
    """The verdict were its negation certain."""


def value_of_results(
    g: Verdict,
    credences: Credences,
    *,
    statements: Sequence[str] | None = None,
    batch: BatchVerdict | None = None,
) -> dict[str, ResultValue]:
    """Expected change of a verdict if a statement were settled either way.

    Parameters
    ----------
    g, batch
        The verdict, one mapping or many vectors at a time.
    credences : mapping of str to float
        Present credences, each in [0, 1].
    statements : sequence of str, optional
        Statements to try; all of them by default.

    Returns
    -------
    dict of str to ResultValue
        The largest expected change first, ties by id.

    Raises
    ------
    UsageError
        For a statement without a credence.

    Notes
    -----
    p |g(s = 1) - g| + (1 - p) |g(s = 0) - g| with all other credences kept, so results that would also move
    other credences are worth more than this says. 2 n + 1 evaluations.

    Examples
    --------
    >>> value = value_of_results(lambda c: c["a"] * c["b"], {"a": 0.5, "b": 0.8})["a"]
    >>> value.if_true, value.if_false, value.expected_change
    (0.8, 0.0, 0.4)
    """
    verdict = VerdictFunction(tuple(sorted(credences)), g, batch)
    tried = verdict.statements if statements is None else tuple(sorted(set(statements)))
    unknown = sorted(set(tried) - set(credences))
    if unknown:
        raise UsageError(f"there is no credence for {', '.join(unknown)}")
    now = verdict.vector(credences)
    rows = np.tile(now, (2 * len(tried) + 1, 1))
    columns = [verdict.statements.index(statement) for statement in tried]
    rows[np.arange(len(tried)), columns] = 1.0
    rows[np.arange(len(tried)) + len(tried), columns] = 0.0
    answers = verdict(rows)
    before, if_true, if_false = answers[-1], answers[: len(tried)], answers[len(tried) : -1]
    held = now[columns]
    expected = held * np.abs(if_true - before) + (1 - held) * np.abs(if_false - before)
    values = {
        statement: ResultValue(float(change), float(yes), float(no))
        for statement, change, yes, no in zip(tried, expected, if_true, if_false, strict=True)
    }
    return dict(sorted(values.items(), key=lambda item: (-item[1].expected_change, item[0])))


@dataclass(frozen=True, slots=True)
class DivergentReasons:
    """Two readers who give the same mark and rest it on nothing in common."""

    mark: Hashable
    first: str
    second: str
    first_hinges: frozenset[str]
    second_hinges: frozenset[str]


def same_mark_different_reason(
    readings: Mapping[str, tuple[Hashable, frozenset[str]]],
) -> list[DivergentReasons]:
    """Pairs of readers who agree on the mark but rest on disjoint hinges.

    Parameters
    ----------
    readings : mapping of str to (mark, frozenset of str)
        Each reader's mark and the statements it hinges on. A reader who named no hinge is left out: silence
        is not a different reason.

    Returns
    -------
    list of DivergentReasons
        Sorted by the two readers' names.

    Examples
    --------
    >>> found = same_mark_different_reason(
    ...     {
    ...         "ada": ("plausible", frozenset({"honest-overseer"})),
    ...         "ben": ("plausible", frozenset({"slow-takeoff"})),
    ...         "eve": ("doubtful", frozenset({"slow-takeoff"})),
    ...     }
    ... )
    >>> [(pair.first, pair.second) for pair in found]
    [('ada', 'ben')]
    """
    found = []
    for first, second in combinations(sorted(readings), 2):
        (mark, hinges), (other_mark, other_hinges) = readings[first], readings[second]
        if mark == other_mark and hinges and other_hinges and hinges.isdisjoint(other_hinges):
            found.append(DivergentReasons(mark, first, second, hinges, other_hinges))
    return found
