"""One credence for several readers, to be shown only beside their spread."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Literal

import numpy as np

from cruxmap.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike

CREDENCE_LIMITS = (0.01, 0.99)
"""Credences are moved into these limits before log-odds are taken: one 0 or 1 would veto all others."""


def pool(
    credences: ArrayLike,
    method: Literal["linear", "log-odds"] = "linear",
    weights: Sequence[float] | None = None,
) -> float:
    """Pool several readers' credences in one statement.

    Parameters
    ----------
    credences : array-like of shape (readers,)
        Each in [0, 1]; NaN is a reader without a credence, who is left out with their weight.
    method : {"linear", "log-odds"}
        Weighted mean, or weighted mean of log-odds (geometric mean of odds). Only the latter moves credences
        into `CREDENCE_LIMITS` first; say so where the result is shown.
    weights : sequence of float, optional
        One per reader, not negative, not all 0; equal by default. They are scaled to sum to 1.

    Returns
    -------
    float
        In [0, 1], never outside the readers' range (after the limits).

    Raises
    ------
    UsageError
        For an unknown method, no credence, a credence outside [0, 1], or weights that do not fit.

    Notes
    -----
    Nothing is extremized: readers of one group share their sources.

    References
    ----------
    C. Genest, J. V. Zidek (1986). Combining probability distributions: A critique and an annotated
    bibliography. Statistical Science 1.
    V. A. Satopää, J. Baron, D. P. Foster, B. A. Mellers, P. E. Tetlock, L. H. Ungar (2014). Combining
    multiple probability predictions using a simple logit model. International Journal of Forecasting 30.

    Examples
    --------
    >>> pool([0.2, 0.6]), round(pool([0.2, 0.8, 0.5], "log-odds"), 10)
    (0.4, 0.5)
    """
    if method not in {"linear", "log-odds"}:
        raise UsageError(f"unknown method {method!r}; choose linear or log-odds")
    held = np.asarray(credences, dtype=np.float64)
    share = np.ones_like(held) if weights is None else np.asarray(weights, dtype=np.float64)
    if held.ndim != 1 or share.shape != held.shape:
        raise UsageError("give one list of credences and, if any, as many weights")
    if not (np.isfinite(share) & (share >= 0)).all():
        raise UsageError("weights must be finite and not negative")
    if ((held < 0) | (held > 1)).any():
        raise UsageError("credences must lie in [0, 1]")
    share = np.where(np.isnan(held), 0.0, share)
    if share.sum() == 0:
        raise UsageError("no credence with a weight above 0 was given")
    counted = held[share > 0]
    share = share[share > 0] / share.sum()
    if method == "linear":
        return float(share @ counted)
    kept = np.clip(counted, *CREDENCE_LIMITS)
    log_odds = float(share @ np.log(kept / (1 - kept)))
    return 1 / (1 + math.exp(-log_odds))
