"""How much each direct attacker and supporter of a node contributes to its strength."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from cruxmap.analysis.shapley import ShapleyEstimate, exact_shapley, sampled_shapley
from cruxmap.graph import EdgeKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from cruxmap.analysis.gradual_core import ArgumentGraphCore, Floats, Indices
    from cruxmap.analysis.shapley import Game
    from cruxmap.graph import ArgumentGraph

EXACT_LIMIT = 15
"""Direct attackers and supporters up to which contributions are exact: 32,768 coalitions."""

BATCHED_LIMIT = 10
"""Nodes with up to this many share one batch; larger ones are evaluated on their ancestors alone."""

TOPICS_AT_ONCE = 8
"""Topics that share a batch: those of an entry or two, which have most of their ancestors in common."""

NUMBERS_AT_ONCE = 4_000_000
TIGHT = 1e-12
"""Tolerance of fixpoints whose differences are reported."""


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one attacker or supporter adds to a strength, with everything behind it.

    Attributes
    ----------
    id : str
    value : float
        Shapley value: above 0 it raises the strength.
    standard_error : float
        0 unless sampled.
    """

    id: str
    value: float
    standard_error: float


@dataclass(frozen=True, slots=True)
class Contributions:
    """Contributions to one node, largest first.

    Attributes
    ----------
    items : tuple of Contribution
    samples : int
        Permutations drawn; 0 when exact.
    seed : int or None
        Seed of the permutations; None when exact.
    """

    items: tuple[Contribution, ...]
    samples: int = 0
    seed: int | None = None

    def as_data(self) -> dict[str, Any]:
        """Return plain data for JSON."""
        listed = [
            {"id": item.id, "value": item.value, "standard_error": item.standard_error} for item in self.items
        ]
        return {"items": listed, "exact": not self.samples, "samples": self.samples, "seed": self.seed}


def direct_contributions(
    graph: ArgumentGraph, topics: Sequence[str], semantics: str, imposed: Floats, *, seed: int = 0
) -> dict[str, Contributions]:
    """Split what the direct attackers and supporters of some nodes do to them.

    Parameters
    ----------
    graph : ArgumentGraph
    topics : sequence of str
        Nodes to explain.
    semantics : str
    imposed : array of shape (nodes,)
        Fixed strengths, NaN where free.
    seed : int
        Seed of the permutations above 15 attackers and supporters.

    Returns
    -------
    dict
        Contributions of each topic. They sum to its strength minus its strength without any of them.

    Raises
    ------
    NotConvergedError
        A cycle has no fixpoint when some of the attackers and supporters are absent.

    Notes
    -----
    The Shapley value of the game whose coalitions are the direct attackers and supporters present; absent
    ones have strength 0. Exact up to 15 by evaluating all coalitions in batches; above that sampled.
    """
    core = graph.core
    found: dict[str, Contributions] = {}
    waiting: list[tuple[str, Indices]] = []
    for topic in topics:
        players = _players(graph, topic)
        if len(players) > BATCHED_LIMIT:
            estimate = _alone(core, graph.index[topic], players, semantics, imposed, seed)
            found[topic] = _named(graph, players, estimate, seed)
            continue
        waiting.append((topic, players))
        if len(waiting) == TOPICS_AT_ONCE:
            found |= _together(graph, waiting, semantics, imposed)
            waiting = []
    found |= _together(graph, waiting, semantics, imposed)
    return {topic: found[topic] for topic in topics}


def _players(graph: ArgumentGraph, topic: str) -> Indices:
    bearing = (EdgeKind.ATTACK, EdgeKind.SUPPORT)
    names = {edge.source for edge in graph.incoming[topic] if edge.kind in bearing and edge.source != topic}
    return np.array(sorted(graph.index[name] for name in names), dtype=np.intp)


def _named(
    graph: ArgumentGraph, players: Indices, estimate: ShapleyEstimate, seed: int | None
) -> Contributions:
    items = [
        Contribution(graph.nodes[place].id, value, error)
        for place, value, error in zip(
            players.tolist(), estimate.values.tolist(), estimate.standard_errors.tolist(), strict=True
        )
    ]
    items.sort(key=lambda item: (-abs(item.value), item.id))
    return Contributions(tuple(items), estimate.samples, seed if estimate.samples else None)


def _together(
    graph: ArgumentGraph, waiting: Sequence[tuple[str, Indices]], semantics: str, imposed: Floats
) -> dict[str, Contributions]:
    """Evaluate all coalitions of several topics in one batch, on the part of the graph that bears on them."""
    if not waiting:
        return {}
    places = [graph.index[topic] for topic, _ in waiting]
    known = np.unique(np.concatenate([graph.core.ancestors(place) for place in places]))
    core, held = graph.core.restricted_to(known), imposed[known]
    blocks = [
        _presence(_coalitions(len(players)), np.searchsorted(known, players), held) for _, players in waiting
    ]
    strengths = core.evaluate(semantics=semantics, fixed=np.concatenate(blocks), tolerance=TIGHT)
    found: dict[str, Contributions] = {}
    first = 0
    for (topic, players), place, block in zip(waiting, places, blocks, strict=True):
        worth = strengths[first : first + len(block), np.searchsorted(known, place)]
        first += len(block)
        estimate = exact_shapley(_looked_up(worth), len(players)) if len(players) else _NOBODY
        found[topic] = _named(graph, players, estimate, None)
    return found


_NOBODY = ShapleyEstimate(np.zeros(0), np.zeros(0), 0)


def _coalitions(players: int) -> NDArray[np.bool_]:
    """All coalitions; row `i` holds the players whose bit is set in `i`."""
    return (np.arange(2**players)[:, None] >> np.arange(players) & 1).astype(np.bool_)


def _presence(coalitions: NDArray[np.bool_], players: Indices, imposed: Floats) -> Floats:
    fixed = np.tile(imposed, (len(coalitions), 1))
    fixed[:, players] = np.where(coalitions, fixed[:, players], 0.0)
    return fixed


def _looked_up(worth: Floats) -> Game:
    """The game whose coalitions have been evaluated, in the order of `_coalitions`."""

    def game(coalitions: NDArray[np.bool_]) -> Floats:
        return np.asarray(worth[coalitions @ (1 << np.arange(coalitions.shape[1]))])

    return game


def _alone(
    whole: ArgumentGraphCore, topic: int, players: Indices, semantics: str, imposed: Floats, seed: int
) -> ShapleyEstimate:
    """Contributions to one topic with many attackers and supporters."""
    known = whole.ancestors(topic)
    core, held = whole.restricted_to(known), imposed[known]
    place, seats = int(np.searchsorted(known, topic)), np.searchsorted(known, players)
    size = max(1, NUMBERS_AT_ONCE // core.node_count)

    def game(coalitions: NDArray[np.bool_]) -> Floats:
        parts = [
            core.evaluate(
                semantics=semantics,
                fixed=_presence(coalitions[first : first + size], seats, held),
                tolerance=TIGHT,
            )[:, place]
            for first in range(0, len(coalitions), size)
        ]
        return np.concatenate(parts)

    if len(players) <= EXACT_LIMIT:
        return exact_shapley(game, len(players))
    samples = int(np.clip(10**8 // len(players) ** 2, 100, 1_000))
    return sampled_shapley(game, len(players), samples=samples, seed=seed)
