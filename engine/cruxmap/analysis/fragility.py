"""Which verdicts change sides under another semantics, or when one credence is a little off."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from cruxmap.analysis.semantics import SEMANTICS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cruxmap.analysis.gradual_core import ArgumentGraphCore, Floats, Indices
    from cruxmap.graph import ArgumentGraph

NEUTRAL = 0.5
"""Strength that speaks neither for nor against."""

NUDGE = 0.1
"""How far each credence and hedge weight is moved, one at a time."""

ROUNDING = 1e-9
"""Strengths this close to neutral are on neither side."""

NUMBERS_AT_ONCE = 4_000_000
"""Strengths held at a time: some tens of megabytes."""

BIPOLAR = tuple(entry.name for entry in SEMANTICS.values() if not entry.attack_only)


@dataclass(frozen=True, slots=True)
class Shake:
    """One change that takes a verdict to another side of neutral.

    Attributes
    ----------
    cause : {"semantics", "credence"}
    name : str
        The other semantics, or the node whose credence or weight was moved.
    value : float or None
        The credence or weight after the move; None for a semantics.
    strength : float or None
        Strength of the verdict then; None when that computation does not converge.
    """

    cause: Literal["semantics", "credence"]
    name: str
    value: float | None
    strength: float | None

    def as_data(self) -> dict[str, Any]:
        """Return plain data for JSON."""
        return {"cause": self.cause, "name": self.name, "value": self.value, "strength": self.strength}


def side(strengths: Floats) -> Indices:
    """Return 1 above neutral, -1 below and 0 at it."""
    offset = strengths - NEUTRAL
    return np.asarray(np.where(np.abs(offset) <= ROUNDING, 0, np.sign(offset)), dtype=np.intp)


def shakes(
    graph: ArgumentGraph, semantics: str, strengths: Floats, imposed: Floats
) -> dict[str, tuple[Shake, ...]]:
    """Find what takes each node to another side of 0.5.

    Parameters
    ----------
    graph : ArgumentGraph
    semantics : str
        Semantics of `strengths`.
    strengths : array of shape (nodes,)
        Strengths as they stand.
    imposed : array of shape (nodes,)
        Fixed strengths, NaN where free.

    Returns
    -------
    dict
        For each node, semantics first, then credences by the size of the move.

    Notes
    -----
    Tried are the other bipolar semantics, and every single credence and weight 0.1 up and 0.1 down, held
    within 0 and 1: O(nodes * (nodes + edges)), in batches. A strength of exactly 0.5 is on neither side, so
    that leaving it counts as a change of sides. A sample that does not converge counts as a change of sides
    for all that its cycles reach, because nothing can be said about them.
    """
    found: list[tuple[int, Shake]] = []
    now = side(strengths)
    for other in BIPOLAR:
        if other != semantics:
            changed = _settled(graph.core, graph.core.base_scores[None], other, imposed)[0]
            found += _crossings(now, changed, Shake("semantics", other, None, None))
    for name, value, changed in _nudged(graph, semantics, imposed):
        found += _crossings(now, changed, Shake("credence", name, value, None))
    by_node: dict[str, list[tuple[bool, float, str, float, Shake]]] = {node.id: [] for node in graph.nodes}
    for place, shake in found:
        moved = np.inf if shake.strength is None else abs(shake.strength - float(strengths[place]))
        rank = (shake.cause != "semantics", -moved, shake.name, shake.value or 0.0)
        by_node[graph.nodes[place].id].append((*rank, shake))
    return {
        name: tuple(item[-1] for item in sorted(ranked, key=lambda item: item[:-1]))
        for name, ranked in by_node.items()
    }


def _crossings(now: Indices, changed: Floats, shake: Shake) -> Iterator[tuple[int, Shake]]:
    unknown = np.isnan(changed)
    for place in np.flatnonzero(unknown | (side(np.where(unknown, NEUTRAL, changed)) != now)).tolist():
        strength = None if unknown[place] else float(changed[place])
        yield place, Shake(shake.cause, shake.name, shake.value, strength)


def _nudged(graph: ArgumentGraph, semantics: str, imposed: Floats) -> Iterator[tuple[str, float, Floats]]:
    """Yield the strengths after each move of a credence or weight that is not fixed."""
    core = graph.core
    own = core.base_scores
    moves = [
        (place, value)
        for place in np.flatnonzero(np.isnan(imposed)).tolist()
        for value in (max(0.0, float(own[place]) - NUDGE), min(1.0, float(own[place]) + NUDGE))
        if value != own[place]
    ]
    size = max(1, NUMBERS_AT_ONCE // max(1, core.node_count))
    for first in range(0, len(moves), size):
        part = moves[first : first + size]
        base = np.tile(own, (len(part), 1))
        base[np.arange(len(part)), [place for place, _ in part]] = [value for _, value in part]
        for (place, value), row in zip(part, _settled(core, base, semantics, imposed), strict=True):
            yield graph.nodes[place].id, value, row


def _settled(core: ArgumentGraphCore, base: Floats, semantics: str, imposed: Floats) -> Floats:
    """Strengths, with NaN where a sample that did not converge says nothing."""
    solution = core.solve(base, semantics, fixed=np.broadcast_to(imposed, base.shape))
    if not solution.unsettled:
        return solution.strengths
    reached = np.zeros(core.node_count, dtype=np.bool_)
    reached[[node for component in solution.unsettled for node in component]] = True
    targets, sources = core.dependencies.targets(), core.dependencies.sources
    while True:
        wider = reached.copy()
        wider[targets[reached[sources]]] = True
        if (wider == reached).all():
            break
        reached = wider
    return np.where(~solution.converged[:, None] & reached, np.nan, solution.strengths)
