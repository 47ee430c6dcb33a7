"""How much each argument contributes to the strength of a topic."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from cruxmap.analysis.gradual_errors import UnknownMethodError
from cruxmap.analysis.semantics import DEFAULT_SEMANTICS, Semantics, find_semantics
from cruxmap.analysis.sensitivity import gradient
from cruxmap.analysis.shapley import ROWS_AT_ONCE, ShapleyEstimate, exact_shapley, sampled_shapley

if TYPE_CHECKING:
    from collections.abc import Collection

    from numpy.typing import NDArray

    from cruxmap.analysis.gradual_core import ArgumentGraphCore, Floats, Indices
    from cruxmap.analysis.qbaf import Qbaf

METHODS = ("shapley", "removal", "intrinsic-removal", "gradient")

EXACT_LIMIT = 12
"""Players up to which Shapley values are exact: 4,096 coalitions."""

TIGHT = 1e-12
"""Tolerance of fixpoints whose differences are reported."""


@dataclass(frozen=True)
class Attribution:
    """Contributions of arguments to the strength of a topic.

    Parameters
    ----------
    topic, semantics, method : str
        What was asked.
    strength : float
        The topic's strength with all arguments present.
    values : dict[str, float]
        Contribution of every player, sorted by id.
    standard_errors : dict[str, float]
        0 unless sampled.
    exact : bool
        Whether the values are exact up to rounding rather than sampled.
    samples : int
        Permutations drawn; 0 when exact.
    seed : int or None
        Seed of the permutations; None when exact.
    """

    topic: str
    semantics: str
    method: str
    strength: float
    values: dict[str, float]
    standard_errors: dict[str, float]
    exact: bool
    samples: int
    seed: int | None


def contributions(
    qbaf: Qbaf,
    topic: str,
    semantics: str | Semantics = DEFAULT_SEMANTICS,
    method: Literal["shapley", "removal", "intrinsic-removal", "gradient"] = "shapley",
) -> dict[str, float]:
    """Attribute the strength of a topic to every other argument that can reach it.

    Parameters
    ----------
    qbaf : Qbaf
        The framework.
    topic : str
        Id of the argument whose strength is explained.
    semantics : str
        Name of the gradual semantics.
    method : {"shapley", "removal", "intrinsic-removal", "gradient"}
        What counts as the contribution of an argument x, see Notes.

    Returns
    -------
    dict[str, float]
        Contribution by id, sorted by id; what cannot reach the topic contributes nothing and is left out.

    Raises
    ------
    UnknownArgumentError, UnknownMethodError, UnknownSemanticsError
        A name is unknown; the message lists the nearest ones.
    NotConvergedError
        A cyclic component has no fixpoint to compare.

    Notes
    -----
    With σ the strength of the topic:

    - removal: σ minus σ without x;
    - intrinsic-removal: the same after all edges into x are cut, so that x acts by its base score alone;
    - gradient: ∂σ / ∂ base score of x, exact; where σ has a kink, the derivative for growing base score;
    - shapley: the Shapley value of x in the game whose coalitions are the arguments present besides the
      topic. Exact up to 12 arguments, above that sampled with a fixed seed: see `attribute` for errors.

    References
    ----------
    T. Kampik, N. Potyka, X. Yin, K. Čyras and F. Toni (2024). Contribution functions for quantitative bipolar
    argumentation graphs: a principle-based analysis. International Journal of Approximate Reasoning 173.

    Examples
    --------
    >>> from cruxmap.analysis.qbaf import Qbaf
    >>> qbaf = Qbaf({"claim": 0.5, "doubt": 1.0, "reply": 1.0}, [("doubt", "claim"), ("reply", "doubt")], [])
    >>> {name: round(value, 6) for name, value in contributions(qbaf, "claim", method="removal").items()}
    {'doubt': -0.1, 'reply': 0.15}
    """
    return attribute(qbaf, topic, semantics, method).values


def attribute(
    qbaf: Qbaf,
    topic: str,
    semantics: str | Semantics = DEFAULT_SEMANTICS,
    method: Literal["shapley", "removal", "intrinsic-removal", "gradient"] = "shapley",
    *,
    players: Collection[str] | None = None,
    exact_limit: int = EXACT_LIMIT,
    samples: int | None = None,
    seed: int = 0,
) -> Attribution:
    """Attribute the strength of a topic, with standard errors.

    Parameters
    ----------
    qbaf, topic, semantics, method
        As for `contributions`.
    players : Collection[str], optional
        Attribute to these arguments only, the others staying present; all that can reach the topic when left
        out. For example the topic's direct attackers and supporters.
    exact_limit : int
        Shapley values are exact up to this many players; each further one doubles the cost.
    samples : int, optional
        Permutations above the limit; when left out, 1,000, or fewer (at least 100) for more than
        about 300 players.
    seed : int
        Seed of the permutations.

    Returns
    -------
    Attribution
        Values, standard errors, and how they were found.

    Raises
    ------
    UnknownArgumentError, UnknownMethodError, UnknownSemanticsError, NotConvergedError
        As for `contributions`.

    Notes
    -----
    Shapley values sum to σ(topic) minus σ(topic) without all players, also when sampled. Players that cannot
    reach the topic get 0.

    Examples
    --------
    >>> from cruxmap.analysis.qbaf import Qbaf
    >>> qbaf = Qbaf({"claim": 0.5, "pro": 0.5, "con": 0.5}, [("con", "claim")], [("pro", "claim")])
    >>> {name: round(value, 6) for name, value in attribute(qbaf, "claim").values.items()}
    {'con': -0.1, 'pro': 0.1}
    """
    if method not in METHODS:
        raise UnknownMethodError(method, METHODS)
    chosen = find_semantics(semantics)
    target = qbaf.index_of(topic)
    known = qbaf.core.ancestors(target)
    wanted = known if players is None else _nodes_of(qbaf, players)
    wanted = wanted[wanted != target]
    acting = np.intersect1d(wanted, known)
    core = qbaf.core.restricted_to(known)
    at, seats = int(np.searchsorted(known, target)), np.searchsorted(known, acting)
    if method == "shapley":
        estimate = shapley_of_presence(
            core, at, seats, chosen, exact_limit=exact_limit, samples=samples, seed=seed
        )
    else:
        estimate = _deterministic(core, at, seats, chosen, method)
    names = qbaf.arguments
    values = dict.fromkeys((names[node] for node in wanted.tolist()), 0.0)
    errors = dict(values)
    for node, value, error in zip(acting.tolist(), estimate.values, estimate.standard_errors, strict=True):
        values[names[node]], errors[names[node]] = float(value), float(error)
    sampled = estimate.samples > 0
    return Attribution(
        topic,
        chosen.name,
        method,
        float(core.evaluate(semantics=chosen, tolerance=TIGHT)[at]),
        dict(sorted(values.items())),
        dict(sorted(errors.items())),
        exact=not sampled,
        samples=estimate.samples,
        seed=seed if sampled else None,
    )


def _nodes_of(qbaf: Qbaf, arguments: Collection[str]) -> Indices:
    """Indices of some arguments, ascending and without repetition."""
    return np.array(sorted({qbaf.index_of(argument) for argument in arguments}), dtype=np.intp)


def _deterministic(
    core: ArgumentGraphCore, topic: int, players: Indices, semantics: Semantics, method: str
) -> ShapleyEstimate:
    if method == "gradient":
        values = gradient(core, topic, semantics)[players]
    else:
        intrinsic = method == "intrinsic-removal"
        values = removal(core, topic, players, semantics, intrinsic=intrinsic)
    return ShapleyEstimate(values, np.zeros(len(players)), 0)


def removal(
    core: ArgumentGraphCore, topic: int, players: Indices, semantics: Semantics, *, intrinsic: bool = False
) -> Floats:
    """Return σ(topic) minus σ(topic) without each player.

    Parameters
    ----------
    core : ArgumentGraphCore
        The graph.
    topic : int
        Node whose strength is explained.
    players : array of shape (players,)
        Nodes to remove, one at a time.
    semantics : Semantics
        The gradual semantics.
    intrinsic : bool
        Whether the edges into the player are cut first, which leaves it at its base score.

    Returns
    -------
    array of shape (players,)
        Contributions.

    Notes
    -----
    One evaluation per player (two when intrinsic), in batches.
    """
    present = core.evaluate(semantics=semantics, tolerance=TIGHT)[topic]
    values = np.empty(len(players))
    size = _rows_of(core)
    for first in range(0, len(players), size):
        part = players[first : first + size]
        fixed = np.full((len(part), core.node_count), np.nan)
        places = (np.arange(len(part)), part)
        if intrinsic:
            # All semantics give an argument without parents its own score.
            fixed[places] = core.base_scores[part]
            present = core.evaluate(semantics=semantics, fixed=fixed, tolerance=TIGHT)[:, topic]
        fixed[places] = 0.0
        absent = core.evaluate(semantics=semantics, fixed=fixed, tolerance=TIGHT)[:, topic]
        values[first : first + size] = present - absent
    return values


def shapley_of_presence(
    core: ArgumentGraphCore,
    topic: int,
    players: Indices,
    semantics: Semantics,
    *,
    exact_limit: int = EXACT_LIMIT,
    samples: int | None = None,
    seed: int = 0,
) -> ShapleyEstimate:
    """Return Shapley values of the game in which absent players have no effect.

    Parameters
    ----------
    core : ArgumentGraphCore
        The graph; nodes that are not players are always present.
    topic : int
        Node whose strength is the value of a coalition.
    players : array of shape (players,)
        Different nodes, the topic not among them.
    semantics : Semantics
        The gradual semantics.
    exact_limit, samples, seed
        As for `attribute`.

    Returns
    -------
    ShapleyEstimate
        In the order of `players`.
    """

    def game(coalitions: NDArray[np.bool_]) -> Floats:
        worth = np.empty(len(coalitions))
        size = _rows_of(core)
        for first in range(0, len(coalitions), size):
            part = coalitions[first : first + size]
            fixed = np.full((len(part), core.node_count), np.nan)
            fixed[:, players] = np.where(part, np.nan, 0.0)
            strengths = core.evaluate(semantics=semantics, fixed=fixed, tolerance=TIGHT)
            worth[first : first + size] = strengths[:, topic]
        return worth

    if len(players) <= exact_limit:
        return exact_shapley(game, len(players))
    # Work grows with samples * players²; the default keeps it below about 10⁸ node evaluations.
    drawn = samples if samples is not None else int(np.clip(10**8 // len(players) ** 2, 100, 1_000))
    return sampled_shapley(game, len(players), samples=drawn, seed=seed)


def _rows_of(core: ArgumentGraphCore) -> int:
    """Samples whose matrix of fixed strengths stays within some tens of megabytes."""
    return int(np.clip(4_000_000 // max(1, core.node_count), 1, ROWS_AT_ONCE))
