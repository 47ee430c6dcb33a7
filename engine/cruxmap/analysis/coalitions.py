"""Shapley values of a game on few or many players, exact or sampled with their standard errors."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from cruxmap.errors import UsageError

CoalitionValues: TypeAlias = Callable[[NDArray[np.bool_]], NDArray[np.float64]]
"""Worth of each coalition: membership of shape (coalitions, players) -> worth of shape (coalitions,)."""

EXACT_LIMIT = 15
"""Up to this many players all 2^n coalitions are evaluated (32,768 at the limit)."""


@dataclass(frozen=True, slots=True, eq=False)
class ShapleyEstimate:
    """Shapley values in player order and how they were obtained."""

    values: NDArray[np.float64]
    standard_errors: NDArray[np.float64]
    exact: bool
    samples: int
    """Coalitions evaluated when exact, permutations drawn otherwise."""
    seed: int | None
    """None when exact: nothing was drawn."""


def shapley_values(
    worth: CoalitionValues,
    players: int,
    *,
    exact_limit: int = EXACT_LIMIT,
    permutations: int = 1000,
    seed: int = 0,
    rows_at_once: int = 4096,
) -> ShapleyEstimate:
    """Split the worth of the grand coalition over its players.

    Parameters
    ----------
    worth : callable
        From membership, shape (coalitions, players), to the worth of each coalition.
    players : int
        Number of players, at least 0.
    exact_limit : int
        Largest number of players for which all coalitions are enumerated.
    permutations : int
        Orders drawn above that limit; even, at least 4.
    seed : int
        Seed of the orders.
    rows_at_once : int
        Upper bound on the coalitions handed to `worth` in one call, to bound memory.

    Returns
    -------
    ShapleyEstimate

    Raises
    ------
    UsageError
        When `permutations` is odd or below 4.

    Notes
    -----
    Exact: 2^n evaluations. Sampled: permutations * (n + 1) evaluations; each order is used together with its
    reverse, which removes the first-order part of the error, and standard errors are those of the mean over
    these pairs. In both cases the values sum to worth(all) - worth(none) up to rounding.

    References
    ----------
    L. S. Shapley (1953). A value for n-person games. Contributions to the Theory of Games II.
    J. Castro, D. Gómez, J. Tejada (2009). Polynomial calculation of the Shapley value based on sampling.
    Computers & Operations Research 36.
    R. Mitchell, J. Cooper, E. Frank, G. Holmes (2022). Sampling permutations for Shapley value estimation.
    Journal of Machine Learning Research 23.

    Examples
    --------
    >>> glove = lambda member: (member[:, 0] & (member[:, 1] | member[:, 2])).astype(float)
    >>> [round(value, 4) for value in shapley_values(glove, 3).values.tolist()]
    [0.6667, 0.1667, 0.1667]
    """
    if players == 0:
        return ShapleyEstimate(np.zeros(0), np.zeros(0), exact=True, samples=1, seed=None)
    if players <= exact_limit:
        values = _by_enumeration(worth, players, rows_at_once)
        return ShapleyEstimate(values, np.zeros(players), exact=True, samples=2**players, seed=None)
    if permutations < 4 or permutations % 2:
        raise UsageError("the number of permutations must be even and at least 4")
    pairs = _by_permutations(worth, players, permutations // 2, seed, rows_at_once)
    errors = pairs.std(axis=0, ddof=1) / math.sqrt(len(pairs))
    return ShapleyEstimate(pairs.mean(axis=0), errors, exact=False, samples=permutations, seed=seed)


def _by_enumeration(worth: CoalitionValues, players: int, rows_at_once: int) -> NDArray[np.float64]:
    codes = np.arange(2**players)
    membership = (codes[:, None] >> np.arange(players) & 1).astype(np.bool_)
    chunks = range(0, len(codes), rows_at_once)
    worths = np.concatenate([worth(membership[start : start + rows_at_once]) for start in chunks])
    orders_by_size = [1 / (players * math.comb(players - 1, size)) for size in range(players)]
    sizes = membership.sum(axis=1)
    values = np.empty(players)
    for player in range(players):
        without = np.flatnonzero(~membership[:, player])
        share = np.array(orders_by_size)[sizes[without]]
        values[player] = share @ (worths[without | (1 << player)] - worths[without])
    return values


def _by_permutations(
    worth: CoalitionValues, players: int, pairs: int, seed: int, rows_at_once: int
) -> NDArray[np.float64]:
    """Marginal contributions of shape (pairs, players), each the mean over an order and its reverse."""
    generator = np.random.default_rng(seed)
    ranks = generator.permuted(np.tile(np.arange(players), (pairs, 1)), axis=1)
    pairs_at_once = max(1, rows_at_once // (2 * (players + 1)))
    starts = range(0, pairs, pairs_at_once)
    return np.concatenate([_marginals(worth, ranks[start : start + pairs_at_once]) for start in starts])


def _marginals(worth: CoalitionValues, ranks: NDArray[np.int64]) -> NDArray[np.float64]:
    pairs, players = ranks.shape
    both = np.stack([ranks, players - 1 - ranks], axis=1)
    entered = both[:, :, None, :] < np.arange(players + 1)[None, None, :, None]
    worths = worth(entered.reshape(-1, players)).reshape(pairs, 2, players + 1)
    by_position = np.diff(worths, axis=2)
    by_player: NDArray[np.float64] = np.take_along_axis(by_position, both, axis=2).mean(axis=1)
    return by_player
