"""Shapley values of games whose coalitions are evaluated in batches."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import comb
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Floats: TypeAlias = NDArray[np.float64]
Game: TypeAlias = Callable[[NDArray[np.bool_]], Floats]
"""Takes coalitions as a matrix (coalitions, players) of membership and returns their values."""

ROWS_AT_ONCE = 4_096
"""Coalitions handed to the game together: bounds memory, and is enough to spread the overhead of a call."""


@dataclass(frozen=True, eq=False)
class ShapleyEstimate:
    """Shapley values with their uncertainty.

    Parameters
    ----------
    values : array of shape (players,)
        Shapley values; they sum to the value of all players minus the value of none, also when sampled.
    standard_errors : array of shape (players,)
        0 when exact.
    samples : int
        Permutations drawn; 0 when exact.
    """

    values: Floats
    standard_errors: Floats
    samples: int


def exact_shapley(game: Game, players: int) -> ShapleyEstimate:
    """Compute Shapley values from all coalitions.

    Parameters
    ----------
    game : callable
        Value of each coalition of a matrix (coalitions, players) of booleans.
    players : int
        Number of players; the cost doubles with each.

    Returns
    -------
    ShapleyEstimate
        Exact values.

    Notes
    -----
    O(2^players) evaluations of the game and O(players * 2^players) additions.

    References
    ----------
    L. Shapley (1953). A value for n-person games. Contributions to the Theory of Games II.

    Examples
    --------
    >>> exact_shapley(lambda coalitions: coalitions.all(axis=1).astype(float), 2).values.tolist()
    [0.5, 0.5]
    """
    codes = np.arange(2**players)
    places = np.arange(players)
    worth = np.concatenate([
        game((codes[first : first + ROWS_AT_ONCE, None] >> places & 1).astype(np.bool_))
        for first in range(0, len(codes), ROWS_AT_ONCE)
    ])  # fmt: skip
    sizes = (codes[:, None] >> places & 1).sum(axis=1)
    weight_by_size = np.array([1.0 / (players * comb(players - 1, size)) for size in range(players)])
    values = np.zeros(players)
    for player in range(players):
        without = codes[codes >> player & 1 == 0]
        gains = worth[without | 1 << player] - worth[without]
        values[player] = weight_by_size[sizes[without]] @ gains
    return ShapleyEstimate(values, np.zeros(players), 0)


def sampled_shapley(game: Game, players: int, *, samples: int, seed: int) -> ShapleyEstimate:
    """Estimate Shapley values from random orders of arrival.

    Parameters
    ----------
    game : callable
        Value of each coalition of a matrix (coalitions, players) of booleans.
    players : int
        Number of players, at least 1.
    samples : int
        Permutations, at least 4; rounded up to even, because every order is paired with its reverse.
    seed : int
        Seed of the generator.

    Returns
    -------
    ShapleyEstimate
        Unbiased estimates; standard errors from the means of the pairs.

    Notes
    -----
    samples * (players + 1) evaluations of the game. Each order splits the whole gain, so the estimates sum to
    it exactly.

    References
    ----------
    J. Castro, D. Gómez and J. Tejada (2009). Polynomial calculation of the Shapley value based on sampling.
    Computers & Operations Research 36(5).
    R. Mitchell, J. Cooper, E. Frank and G. Holmes (2022). Sampling permutations for Shapley value estimation.
    Journal of Machine Learning Research 23.
    """
    generator = np.random.default_rng(seed)
    pairs = max(2, (samples + 1) // 2)
    means = np.empty((pairs, players))
    batch = max(1, ROWS_AT_ONCE // (2 * (players + 1)))
    for first in range(0, pairs, batch):
        size = min(batch, pairs - first)
        forward = generator.permuted(np.tile(np.arange(players), (size, 1)), axis=1)
        gains = _gains(game, np.concatenate([forward, forward[:, ::-1]]))
        means[first : first + size] = (gains[:size] + gains[size:]) / 2.0
    errors = means.std(axis=0, ddof=1) / np.sqrt(pairs)
    return ShapleyEstimate(means.mean(axis=0), errors, 2 * pairs)


def _gains(game: Game, orders: NDArray[np.intp]) -> Floats:
    """What each player adds on arrival, for orders of shape (orders, players)."""
    count, players = orders.shape
    arrival = np.argsort(orders, axis=1)
    coalitions = arrival[:, None, :] < np.arange(players + 1)[None, :, None]
    worth = game(coalitions.reshape(-1, players)).reshape(count, players + 1)
    return np.take_along_axis(np.diff(worth, axis=1), arrival, axis=1)
