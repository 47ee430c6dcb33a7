"""Bootstrap intervals for statistics of a rating table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from cruxmap.analysis.ratings import UndefinedAgreement, as_ratings
from cruxmap.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import ArrayLike, NDArray


@dataclass(frozen=True, slots=True)
class AgreementInterval:
    """A coefficient with its percentile bootstrap interval."""

    estimate: float
    low: float
    high: float
    confidence: float
    """Nominal coverage, such as 0.95."""
    standard_error: float
    """Standard deviation over the resamples."""
    resamples: int
    undefined: int
    """Resamples in which the coefficient was undefined; they are left out of the interval."""
    seed: int


def bootstrap_interval(
    ratings: ArrayLike,
    statistic: Callable[[NDArray[np.float64]], float],
    *,
    confidence: float = 0.95,
    resamples: int = 1000,
    seed: int = 0,
) -> AgreementInterval:
    """Percentile bootstrap of a coefficient, resampling items.

    Parameters
    ----------
    ratings : array-like of shape (readers, items)
        NaN is missing.
    statistic : callable
        From a rating table to a number; may raise `UndefinedAgreement`.
    confidence : float
        Nominal coverage in (0, 1).
    resamples : int
        Number of resampled tables, at least 2.
    seed : int
        Seed of the resampling.

    Returns
    -------
    AgreementInterval

    Raises
    ------
    UndefinedAgreement
        When the coefficient is undefined on the ratings themselves or on all but one of the resamples.
    UsageError
        For a confidence or number of resamples out of range.

    Notes
    -----
    Items are drawn with replacement and readers are kept, so the interval speaks of other items like these,
    for the same readers. With fewer than about 20 items percentile intervals are too narrow.

    References
    ----------
    B. Efron, R. J. Tibshirani (1993). An Introduction to the Bootstrap. Chapman & Hall.

    Examples
    --------
    >>> from cruxmap.analysis.agreement import krippendorff_alpha
    >>> table = [[1, 2, 3, 1, 2, 3, 1, 2], [1, 2, 3, 1, 2, 3, 2, 2]]
    >>> interval = bootstrap_interval(table, lambda drawn: krippendorff_alpha(drawn, "ordinal"))
    >>> interval.low <= interval.estimate <= interval.high
    True
    """
    if not 0 < confidence < 1 or resamples < 2:
        raise UsageError("a bootstrap needs a confidence between 0 and 1 and at least two resamples")
    table = as_ratings(ratings)
    estimate = statistic(table)
    generator = np.random.default_rng(seed)
    drawn: list[float] = []
    for _ in range(resamples):
        items = generator.integers(table.shape[1], size=table.shape[1])
        try:
            drawn.append(statistic(table[:, items]))
        except UndefinedAgreement:
            continue
    if len(drawn) < 2:
        raise UndefinedAgreement("the bootstrap interval", "hardly any resample of the items determines it")
    low, high = np.quantile(drawn, [(1 - confidence) / 2, (1 + confidence) / 2]).tolist()
    return AgreementInterval(
        estimate=estimate,
        low=low,
        high=high,
        confidence=confidence,
        standard_error=float(np.std(drawn, ddof=1)),
        resamples=resamples,
        undefined=resamples - len(drawn),
        seed=seed,
    )
