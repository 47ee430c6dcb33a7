"""What learning the answer to a crux would be worth: to one person, and to two who disagree."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Literal, NamedTuple, TypeAlias

from cruxmap.errors import CruxmapError, UsageError

Measure: TypeAlias = Literal["naive", "log"]

_ROUNDING = 1e-12
"""Slack on P(U and not C): decimal credences such as 0.3 * 0.9 are not exact in binary."""


class IncoherentCredences(CruxmapError):  # noqa: N818 - the name is part of the public contract
    """No probability of U given not C fits the three stated credences."""

    code = "E942"

    def __init__(self, message: str, derived: float | None = None) -> None:
        super().__init__(message)
        self.derived = derived


class UndefinedDivergenceError(CruxmapError):
    """The log measure between a certain and an uncertain person is infinite."""

    code = "E943"


class CruxCredences(NamedTuple):
    """One person's P(U), P(C) and P(U | C) for an ultimate question U and a crux C."""

    p_u: float
    p_c: float
    p_u_given_c: float


Triple: TypeAlias = CruxCredences | tuple[float, float, float] | Mapping[str, float]


def probability_without(p_u: float, p_c: float, p_u_given_c: float) -> float:
    """P(U | not C), derived by the law of total probability.

    Parameters
    ----------
    p_u, p_c, p_u_given_c : float
        Probabilities in [0, 1].

    Returns
    -------
    float
        `(P(U) - P(U|C) P(C)) / (1 - P(C))`; `p_u` when C is certain, where nothing is left to derive.

    Raises
    ------
    IncoherentCredences
        When a credence is not a probability or the derived one would leave [0, 1].

    Examples
    --------
    >>> round(probability_without(0.3, 0.5, 0.4), 10)
    0.2
    """
    for name, value in (("P(U)", p_u), ("P(C)", p_c), ("P(U|C)", p_u_given_c)):
        if not 0 <= value <= 1:
            raise IncoherentCredences(f"{name} = {value:g} is not a probability")
    both_without = p_u - p_u_given_c * p_c
    if not -_ROUNDING <= both_without <= 1 - p_c + _ROUNDING:
        derived = both_without / (1 - p_c) if p_c < 1 else None
        consequence = f"P(U | not C) = {derived:.3g}" if derived is not None else "P(U) = P(U|C)"
        raise IncoherentCredences(
            f"P(U) = {p_u:g}, P(C) = {p_c:g} and P(U|C) = {p_u_given_c:g} would need {consequence}", derived
        )
    return min(1.0, max(0.0, both_without / (1 - p_c))) if p_c < 1 else p_u


def value_of_information(p_u: float, p_c: float, p_u_given_c: float, measure: Measure = "naive") -> float:
    """How far one person expects to move on U when C resolves.

    Parameters
    ----------
    p_u, p_c, p_u_given_c : float
        P(U), P(C) and P(U | C), each in [0, 1].
    measure : {"naive", "log"}
        Distance between the credence before and after.

    Returns
    -------
    float
        At least 0. "naive": in [0, 0.5], a difference of probabilities. "log": in nats, at most log 2.

    Raises
    ------
    IncoherentCredences
        When the derived P(U | not C) leaves [0, 1].
    UsageError
        For an unknown measure.

    Notes
    -----
    With q = P(U | not C): naive = P(C) |P(U|C) - P(U)| + (1 - P(C)) |q - P(U)|;
    log = P(C) KL(P(U|C) || P(U)) + (1 - P(C)) KL(q || P(U)), the mutual information of U and C. The
    Forecasting Research Institute's R package `voivod` (functions `VoI_naive`, `VoI_log`) has the same two
    formulas; its logarithm is to base 10, so divide by log(10) to compare.

    References
    ----------
    D. V. Lindley (1956). On a measure of the information provided by an experiment. Annals of Mathematical
    Statistics 27.

    Examples
    --------
    >>> round(value_of_information(0.3, 0.5, 0.4), 10)
    0.1
    """
    distance = _distance(measure, symmetric=False)
    without = probability_without(p_u, p_c, p_u_given_c)
    if_c = p_c * distance(p_u_given_c, p_u) if p_c > 0 else 0.0
    if_not_c = (1 - p_c) * distance(without, p_u) if p_c < 1 else 0.0
    return if_c + if_not_c


def value_of_discrimination(first: Triple, second: Triple, measure: Measure = "naive") -> float:
    """How much of two persons' disagreement on U is expected to go when C resolves.

    Parameters
    ----------
    first, second : CruxCredences, tuple or mapping
        Each person's P(U), P(C), P(U | C), in this order or under the names `p_u`, `p_c`, `p_u_given_c`.
    measure : {"naive", "log"}
        Disagreement as absolute difference, or as symmetric Kullback-Leibler divergence in nats.

    Returns
    -------
    float
        Positive when they expect to come closer, negative when C would drive them apart; at most the present
        disagreement.

    Raises
    ------
    IncoherentCredences
        When either person's derived P(U | not C) leaves [0, 1].
    UndefinedDivergenceError
        With the log measure, when one is certain of U (before or after C) and the other is not.
    UsageError
        For an unknown measure or something that is not three credences.

    Notes
    -----
    d(P(U)) - [ c d(P(U|C)) + (1 - c) d(P(U|not C)) ], where d compares the two persons and c is their pooled
    P(C): the mean (naive) or the geometric mean of odds (log). These are the formulas of `VoD_naive` and
    `VoD_log_gmod` in the Forecasting Research Institute's R package `voivod`, in nats.

    Examples
    --------
    A convergent crux: both would say 0.5 if C, and 0.1 if not; they differ on C alone.

    >>> round(value_of_discrimination((0.42, 0.8, 0.5), (0.18, 0.2, 0.5)), 10)
    0.24
    """
    one, other = _credences(first), _credences(second)
    distance = _distance(measure, symmetric=True)
    now = distance(one.p_u, other.p_u)
    without = distance(probability_without(*one), probability_without(*other))
    weight = (one.p_c + other.p_c) / 2 if measure == "naive" else _pooled_by_odds(one.p_c, other.p_c)
    if_c = weight * distance(one.p_u_given_c, other.p_u_given_c) if weight > 0 else 0.0
    if_not_c = (1 - weight) * without if weight < 1 else 0.0
    answer = now - if_c - if_not_c
    if not math.isfinite(answer):
        raise UndefinedDivergenceError(
            "one person is certain about U where the other is not, so the log measure is infinite; "
            "use the naive measure or credences inside (0, 1)"
        )
    return answer


class _Distance:
    """Distance of two probabilities by one measure."""

    def __init__(self, measure: Measure, *, symmetric: bool) -> None:
        self.measure = measure
        self.symmetric = symmetric

    def __call__(self, p: float, q: float) -> float:
        if self.measure == "naive":
            return abs(p - q)
        return _divergence(p, q) + (_divergence(q, p) if self.symmetric else 0.0)


def _distance(measure: Measure, *, symmetric: bool) -> _Distance:
    if measure not in {"naive", "log"}:
        raise UsageError(f"unknown measure {measure!r}; choose naive or log")
    return _Distance(measure, symmetric=symmetric)


def _divergence(p: float, q: float) -> float:
    """Kullback-Leibler divergence of two coins in nats, infinite when q rules out what p allows."""
    total = 0.0
    for share, expected in ((p, q), (1 - p, 1 - q)):
        if share > 0:
            total += share * math.log(share / expected) if expected > 0 else math.inf
    return max(0.0, total)


def _pooled_by_odds(p: float, q: float) -> float:
    for_it, against = math.sqrt(p * q), math.sqrt((1 - p) * (1 - q))
    if for_it + against == 0:
        raise UndefinedDivergenceError(
            "one person is certain that C holds and the other that it does not, so their odds cannot be "
            "pooled; use the naive measure"
        )
    return for_it / (for_it + against)


def _credences(triple: Triple) -> CruxCredences:
    try:
        if isinstance(triple, Mapping):
            return CruxCredences(**{str(name): float(value) for name, value in triple.items()})
        return CruxCredences(*(float(value) for value in triple))
    except TypeError as error:
        raise UsageError("give each person's three credences: P(U), P(C), P(U|C)") from error
