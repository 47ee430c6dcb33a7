"""Stochastic multicriteria acceptability: how often, over all weights, each alternative takes each rank."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from cruxmap.analysis.performance_table import PerformanceTable, bounds_of, criteria_of
from cruxmap.errors import UsageError

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

_TIE_DECIMALS = 12
"""Scores that agree to this many decimals are ties: equal marks must not be ordered by rounding errors."""


@dataclass(frozen=True, slots=True, eq=False)
class SmaaResult:
    """What SMAA-2 says of a set of alternatives, with the sampling behind it.

    Standard errors are those of the mean over the sampled weights; where a share is 0 or 1 they are 0 and the
    share is only known to within about 3 / samples.
    """

    alternatives: tuple[str, ...]
    criteria: tuple[str, ...]
    rank_acceptability: NDArray[np.float64]
    """Shape (alternatives, ranks), best rank first: share of the samples in which it takes the rank."""
    rank_standard_errors: NDArray[np.float64]
    """Of the rank acceptability, same shape."""
    central_weights: NDArray[np.float64]
    """Shape (alternatives, criteria): mean weights among the samples that put it first, NaN if none does."""
    central_weight_standard_errors: NDArray[np.float64]
    """Of the central weights, same shape; NaN with fewer than two such samples."""
    confidence: NDArray[np.float64]
    """Shape (alternatives,): share of the measurements that put it first at its central weights, or NaN."""
    confidence_standard_errors: NDArray[np.float64]
    """Of the confidence factors, same shape."""
    samples: int
    seed: int
    order: tuple[str, ...] | None
    """Criteria that were held to descending weights, None for uniform weights."""


def smaa(
    measurements: ArrayLike | PerformanceTable,
    *,
    samples: int = 10_000,
    seed: int = 0,
    order: Sequence[str | int] | None = None,
    alternatives: Sequence[str] | None = None,
    criteria: Sequence[str] | None = None,
) -> SmaaResult:
    """SMAA-2 with an additive value function over uniform or ordered weights.

    Parameters
    ----------
    measurements : array-like of shape (measurements, alternatives, criteria), or a table
        Utilities in [0, 1], higher is better; NaN is "not applicable". A table maps alternative -> criterion
        -> (low, high) or None, drawn uniformly and independently from each range.
    samples : int
        Weight vectors drawn, at least 1.
    seed : int
        Seed of weights and measurements.
    order : sequence of str or int, optional
        Criteria from most to least important; those left out are free. Weights are then uniform among those
        with w[0] >= w[1] >= ... For an array without `criteria`, column numbers.
    alternatives, criteria : sequence of str, optional
        Names for an array; by default "0", "1", ...

    Returns
    -------
    SmaaResult

    Raises
    ------
    UsageError
        For utilities outside [0, 1], shapes or names that do not fit, or an alternative to which no criterion
        applies.

    Notes
    -----
    An array of as many measurements as samples is used in its order, otherwise its rows are drawn with
    replacement. Ties share their ranks equally, so rows and columns of the acceptabilities sum to 1. A
    criterion that is not applicable is left out of that alternative's score and the remaining weights are
    scaled to sum to 1. Time and memory are proportional to samples * alternatives * criteria, and confidence
    factors to that times the alternatives.

    References
    ----------
    R. Lahdelma, P. Salminen (2001). SMAA-2: Stochastic multicriteria acceptability analysis for group
    decision making. Operations Research 49(3), 444-454.
    T. Tervonen, R. Lahdelma (2007). Implementing stochastic multicriteria acceptability analysis. European
    Journal of Operational Research 178.

    Examples
    --------
    >>> table = {"p1": {"inner": (1, 1), "outer": (0, 0)}, "p2": {"inner": (0, 0), "outer": (1, 1)}}
    >>> smaa(table, order=["inner", "outer"]).rank_acceptability.tolist()
    [[1.0, 0.0], [0.0, 1.0]]
    """
    if samples < 1:
        raise UsageError("SMAA needs at least one sample")
    weight_stream, measurement_stream = np.random.default_rng(seed).spawn(2)
    if isinstance(measurements, Mapping):
        utilities, rows, columns = _drawn_from_table(measurements, samples, measurement_stream)
    else:
        utilities = _drawn_from_array(np.asarray(measurements, dtype=np.float64), samples, measurement_stream)
        rows, columns = _names(alternatives, utilities.shape[1]), _names(criteria, utilities.shape[2])
    important = None if order is None else tuple(str(criterion) for criterion in order)
    weights = sample_weights(columns, samples, weight_stream, important)
    performances = _Performances.of(utilities)
    better, ties = _ranks(performances.scores(weights))
    acceptability, acceptability_error = _acceptability(better, ties)
    first = np.where(better == 0, 1 / ties, 0.0)
    central, central_error = _central_weights(first, weights)
    confidence = _confidence(performances, central)
    return SmaaResult(
        alternatives=rows,
        criteria=columns,
        rank_acceptability=acceptability,
        rank_standard_errors=acceptability_error,
        central_weights=central,
        central_weight_standard_errors=central_error,
        confidence=confidence,
        confidence_standard_errors=np.sqrt(confidence * (1 - confidence) / samples),
        samples=samples,
        seed=seed,
        order=important,
    )


def sample_weights(
    criteria: Sequence[str], samples: int, generator: np.random.Generator, order: Sequence[str] | None = None
) -> NDArray[np.float64]:
    """Weights drawn uniformly from the simplex, or from its part that keeps an order of importance.

    Parameters
    ----------
    criteria : sequence of str
        Order of the columns.
    samples : int
        Number of weight vectors.
    generator : numpy.random.Generator
        Source of randomness.
    order : sequence of str, optional
        Criteria from most to least important; the others are free.

    Returns
    -------
    ndarray of shape (samples, criteria)
        Rows are not negative and sum to 1.

    Raises
    ------
    UsageError
        When the order names a criterion twice or one that is not there.

    Notes
    -----
    Normalised exponentials are uniform on the simplex. As they are exchangeable, sorting the entries of the
    ordered criteria gives the uniform distribution on the ordered part, without rejection.

    References
    ----------
    L. Devroye (1986). Non-uniform random variate generation. Chapter V. Springer.

    Examples
    --------
    >>> weights = sample_weights(["a", "b"], 4, np.random.default_rng(0), ["b", "a"])
    >>> bool((weights[:, 1] >= weights[:, 0]).all())
    True
    """
    drawn = generator.standard_exponential((samples, len(criteria)))
    if order is not None:
        if len(set(order)) < len(order) or not set(order) <= set(criteria):
            raise UsageError(
                f"the order {' > '.join(order)} must name each criterion at most once; "
                f"there are {', '.join(criteria)}"
            )
        columns = [list(criteria).index(criterion) for criterion in order]
        drawn[:, columns] = -np.sort(-drawn[:, columns], axis=1)
    weights: NDArray[np.float64] = drawn / drawn.sum(axis=1, keepdims=True)
    return weights


def _drawn_from_table(
    table: PerformanceTable, samples: int, generator: np.random.Generator
) -> tuple[NDArray[np.float64], tuple[str, ...], tuple[str, ...]]:
    criteria = criteria_of(table)
    low, high = bounds_of(table, criteria)
    _check_utilities(low[None])
    _check_utilities(high[None])
    drawn = generator.random((samples, *low.shape))
    drawn *= high - low
    drawn += low
    return drawn, tuple(table), criteria


def _drawn_from_array(
    utilities: NDArray[np.float64], samples: int, generator: np.random.Generator
) -> NDArray[np.float64]:
    if utilities.ndim != 3 or 0 in utilities.shape:
        raise UsageError(
            f"measurements of shape {utilities.shape}: expected (measurements, alternatives, criteria)"
        )
    _check_utilities(utilities)
    if len(utilities) == samples:
        return utilities
    return utilities[generator.integers(len(utilities), size=samples)]


def _check_utilities(utilities: NDArray[np.float64]) -> None:
    if ((utilities < 0) | (utilities > 1)).any():
        raise UsageError("utilities must lie in [0, 1]; turn level numbers into utilities with level_utility")
    if utilities.size == 0 or np.isnan(utilities).all(axis=2).any():
        raise UsageError("an alternative to which no criterion applies cannot be ranked")


def _names(given: Sequence[str] | None, count: int) -> tuple[str, ...]:
    names = tuple(str(number) for number in range(count)) if given is None else tuple(given)
    if len(names) != count:
        raise UsageError(f"{len(names)} names were given for {count} rows or columns of the measurements")
    return names


@dataclass(frozen=True, slots=True, eq=False)
class _Performances:
    """Sampled utilities, with 0 where a criterion is not applicable."""

    utilities: NDArray[np.float64]
    applicable: NDArray[np.float64] | None
    """1 where applicable, else 0; None when all criteria apply everywhere."""

    @classmethod
    def of(cls, utilities: NDArray[np.float64]) -> _Performances:
        missing = np.isnan(utilities)
        if not missing.any():
            return cls(utilities, None)
        return cls(np.where(missing, 0.0, utilities), (~missing).astype(np.float64))

    def scores(self, weights: NDArray[np.float64]) -> NDArray[np.float64]:
        """Weighted means, shape (samples, alternatives), for one weight vector per sample or one for all."""
        totals = np.matmul(self.utilities, weights[:, :, None])[:, :, 0]
        if self.applicable is not None:
            totals = totals / np.matmul(self.applicable, weights[:, :, None])[:, :, 0]
        scores: NDArray[np.float64] = totals.round(_TIE_DECIMALS)
        return scores


def _ranks(scores: NDArray[np.float64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """How many alternatives score better, and how many score the same (itself included)."""
    better = np.empty(scores.shape, dtype=np.int64)
    ties = np.empty(scores.shape, dtype=np.int64)
    for alternative in range(scores.shape[1]):
        own = scores[:, alternative, None]
        better[:, alternative] = (scores > own).sum(axis=1)
        ties[:, alternative] = (scores == own).sum(axis=1)
    return better, ties


def _acceptability(
    better: NDArray[np.int64], ties: NDArray[np.int64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    samples, alternatives = better.shape
    ranks = np.arange(alternatives)
    shares = np.empty((alternatives, alternatives))
    errors = np.empty((alternatives, alternatives))
    for alternative in range(alternatives):
        best, count = better[:, alternative, None], ties[:, alternative, None]
        taken = np.where((ranks >= best) & (ranks < best + count), 1 / count, 0.0)
        shares[alternative] = taken.mean(axis=0)
        errors[alternative] = taken.std(axis=0) / math.sqrt(samples)
    return shares, errors


def _central_weights(
    first: NDArray[np.float64], weights: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Mean weights where an alternative is first (shared firsts count in part), and their standard errors."""
    central = np.full((first.shape[1], weights.shape[1]), np.nan)
    errors = np.full_like(central, np.nan)
    for alternative, counted in enumerate(first.T):
        total = counted.sum()
        if total == 0:
            continue
        central[alternative] = counted @ weights / total
        variance = counted @ (weights - central[alternative]) ** 2 / total
        effective = total**2 / (counted**2).sum()
        if effective >= 2:
            errors[alternative] = np.sqrt(variance / effective)
    return central, errors


def _confidence(performances: _Performances, central: NDArray[np.float64]) -> NDArray[np.float64]:
    confidence = np.full(len(central), np.nan)
    for alternative, weights in enumerate(central):
        if not np.isnan(weights).any():
            scores = performances.scores(weights[None])
            own = scores[:, alternative]
            leaders = (scores == own[:, None]).sum(axis=1)
            confidence[alternative] = np.where(own == scores.max(axis=1), 1 / leaders, 0.0).mean()
    return confidence
