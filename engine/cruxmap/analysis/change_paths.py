"""Which parent carries most of a change from node to node."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Collection

    from cruxmap.analysis.gradual_core import Floats, Indices
    from cruxmap.graph import ArgumentGraph


@dataclass(frozen=True, eq=False)
class Carriers:
    """How much of each node's change comes from each parent.

    Parameters
    ----------
    graph : ArgumentGraph
    semantics : str
    before, after : array of shape (nodes,)
        Strengths on either side of the change.
    base : array of shape (nodes,)
        Base scores after the change.
    held : collection of str
        Nodes whose strength is imposed after the change: what bears on them no longer counts.

    Notes
    -----
    A parent's share is what the node would do if this parent alone moved and everything else stayed as it was
    before. One batch with a row for each node that moved answers this for all nodes at once.
    """

    graph: ArgumentGraph
    semantics: str
    before: Floats
    after: Floats
    base: Floats
    held: Collection[str]

    @cached_property
    def _moved(self) -> Indices:
        return np.flatnonzero(self.before != self.after)

    @cached_property
    def _effects(self) -> tuple[Floats, Floats]:
        """Row by moved node: what it alone does to its children; and what their own new scores do."""
        states = np.tile(self.before, (len(self._moved) + 1, 1))
        rows = np.arange(len(self._moved))
        states[rows, self._moved] = self.after[self._moved]
        scores = np.tile(self.graph.core.base_scores, (len(states), 1))
        scores[-1] = self.base
        answers = self.graph.core.update(states, scores, self.semantics)
        return answers[:-1] - self.before, answers[-1] - self.before

    def path(self, name: str) -> tuple[str, ...]:
        """Return the nodes from a changed one to `name`; empty when `name` did not move.

        Parameters
        ----------
        name : str

        Returns
        -------
        tuple of str
            At every node the parent whose share is largest in the direction of its change, then the parent
            that moved most; a node on a cycle is entered once.
        """
        place = self.graph.index[name]
        if self.before[place] == self.after[place]:
            return ()
        chain = [place]
        while True:
            parent = self._carrier(chain[-1], chain)
            if parent is None:
                return tuple(self.graph.nodes[number].id for number in reversed(chain))
            chain.append(parent)

    def _carrier(self, place: int, used: list[int]) -> int | None:
        """The parent that moved a node most; None when its own new score or label did."""
        name = self.graph.nodes[place].id
        parents = {self.graph.index[edge.source] for edge in self.graph.incoming[name]} - set(used)
        moved = [parent for parent in sorted(parents) if self.before[parent] != self.after[parent]]
        if not moved or name in self.held:
            return None
        shares, own = self._effects
        direction = np.sign(self.after[place] - self.before[place])
        weights = direction * shares[np.searchsorted(self._moved, moved), place]
        if self.base[place] != self.graph.core.base_scores[place] and direction * own[place] >= weights.max():
            return None
        steps = np.abs(self.after - self.before)[moved]
        return max(zip(np.round(weights, 12).tolist(), steps.tolist(), moved, strict=True))[-1]
