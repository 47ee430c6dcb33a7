"""What moves when credences or labels change: before and after, and the path that carried the change."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from cruxmap.analysis.change_paths import Carriers
from cruxmap.analysis.gradual_errors import NotConvergedError
from cruxmap.analysis.imposed import imposed_strengths
from cruxmap.analysis.labelling import grounded_labels
from cruxmap.analysis.semantics import DEFAULT_SEMANTICS, find_semantics

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cruxmap.analysis.gradual_core import Floats
    from cruxmap.graph import ArgumentGraph

MOVED = 1e-9
"""Strengths that differ by less have not moved."""


class Stillness(StrEnum):
    """Why a change moves no verdict."""

    SAME = "same"
    """It already had this value."""
    UNUSED = "unused"
    """No argument rests on it, and it bears on nothing."""
    ELSEWHERE = "elsewhere"
    """What rests on it leads to no verdict."""
    ABSORBED = "absorbed"
    """It leads to verdicts, but something on every way there leaves them where they are."""


@dataclass(frozen=True, slots=True)
class Move:
    """One verdict before and after.

    Attributes
    ----------
    id : str
    before, after : float
        Strengths.
    label_before, label_after : str
    path : tuple of str
        Nodes from a changed one to the verdict: at each, the parent that carries most of the change.
    """

    id: str
    before: float
    after: float
    label_before: str
    label_after: str
    path: tuple[str, ...]

    @property
    def change(self) -> float:
        """How far the strength moved."""
        return self.after - self.before

    def as_data(self) -> dict[str, Any]:
        """Return plain data for JSON."""
        return {
            "id": self.id,
            "before": self.before,
            "after": self.after,
            "change": self.change,
            "label_before": self.label_before,
            "label_after": self.label_after,
            "path": list(self.path),
        }


@dataclass(frozen=True, eq=False)
class WhatIf:
    """Strengths before and after a change; labels and paths are worked out when asked for.

    Attributes
    ----------
    graph : ArgumentGraph
        As it stood before.
    credences, labels : mapping
        What was changed, by node.
    semantics, standard : str
    before, after : array of shape (nodes,)
        Strengths.
    """

    graph: ArgumentGraph
    credences: Mapping[str, float]
    labels: Mapping[str, str]
    semantics: str
    standard: str
    before: Floats = field(repr=False)
    after: Floats = field(repr=False)

    @cached_property
    def moves(self) -> tuple[Move, ...]:
        """Every verdict whose strength or label moves, the largest change of strength first."""
        old, new = self.labels_before, self.labels_after
        found = []
        for name in self.graph.statements("assessment"):
            place = self.graph.index[name]
            if abs(self.after[place] - self.before[place]) > MOVED or old[name] != new[name]:
                path = self.path(name)
                found.append(
                    Move(
                        name, float(self.before[place]), float(self.after[place]), old[name], new[name], path
                    )
                )
        found.sort(key=lambda move: (-abs(move.change), move.label_before == move.label_after, move.id))
        return tuple(found)

    @cached_property
    def labels_before(self) -> Mapping[str, str]:
        """Grounded labels before the change."""
        return grounded_labels(self.graph, self.standard).labels

    @cached_property
    def labels_after(self) -> Mapping[str, str]:
        """Grounded labels after it."""
        nodes = self.graph.index
        weights = any(self.graph.node(name).kind == "argument" for name in self.credences if name in nodes)
        if not self.labels and not weights:
            # Labels look at weights of arguments and at what is set, never at credences of statements.
            return self.labels_before
        changed = self.graph.with_credences(self.credences) if weights else self.graph
        return grounded_labels(changed, self.standard, self.labels).labels

    @cached_property
    def _carriers(self) -> Carriers:
        held = {name for name, label in self.labels.items() if label != "undecided"}
        base = _with_credences(self.graph, self.credences)
        return Carriers(self.graph, self.semantics, self.before, self.after, base, held)

    def path(self, name: str) -> tuple[str, ...]:
        """Return the chain of nodes that carries most of the change to a node, the changed one first.

        Where only the label moved, the chain leads through nodes whose labels moved.
        """
        return self._carriers.path(name) or self._label_path(name)

    def _label_path(self, name: str) -> tuple[str, ...]:
        old, new = self.labels_before, self.labels_after
        chain = [name] if old[name] != new[name] else []
        while chain and chain[-1] not in self._changes:
            parents = (edge.source for edge in self.graph.incoming[chain[-1]])
            ahead = [parent for parent in parents if parent not in chain]
            # The weight of an argument can move a label while its own stays.
            moved = [name for name in ahead if name in self._changes or old[name] != new[name]]
            if not moved:
                break
            chain.append(moved[0])
        return tuple(reversed(chain))

    @property
    def _changes(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys((*self.credences, *self.labels)))

    @cached_property
    def still(self) -> Mapping[str, Stillness]:
        """For each changed node that would move no verdict if it alone were changed, why not."""
        verdicts = [self.graph.index[name] for name in self.graph.statements("assessment")]
        found: dict[str, Stillness] = {}
        for name in self._changes:
            alone = self
            if len(self._changes) > 1:
                credences = {name: self.credences[name]} if name in self.credences else {}
                labels = {name: self.labels[name]} if name in self.labels else {}
                alone = what_if(
                    self.graph, credences, labels, semantics=self.semantics, standard=self.standard
                )
            if (np.abs(alone.after - alone.before)[verdicts] <= MOVED).all() and not alone.moves:
                found[name] = alone.stillness(name)
        return found

    def stillness(self, name: str) -> Stillness:
        """Return why a changed node that moves no verdict does not."""
        place = self.graph.index[name]
        same_label = self.labels_before[name] == self.labels_after[name]
        if abs(self.after[place] - self.before[place]) <= MOVED and same_label:
            return Stillness.SAME
        if not self.graph.outgoing[name]:
            return Stillness.UNUSED
        reaches = self._reached_from(name) & set(self.graph.statements("assessment"))
        return Stillness.ABSORBED if reaches else Stillness.ELSEWHERE

    def _reached_from(self, name: str) -> set[str]:
        seen: set[str] = set()
        ahead = [name]
        while ahead:
            for edge in self.graph.outgoing[ahead.pop()]:
                if edge.target not in seen:
                    seen.add(edge.target)
                    ahead.append(edge.target)
        return seen

    def as_data(self) -> dict[str, Any]:
        """Return plain data for JSON."""
        verdicts = len(self.graph.statements("assessment"))
        return {
            "changed": {"credences": dict(self.credences), "labels": dict(self.labels)},
            "moves": [move.as_data() for move in self.moves],
            "moved": len(self.moves),
            "verdicts": verdicts,
            "still": {name: reason.value for name, reason in self.still.items()},
        }


def what_if(
    graph: ArgumentGraph,
    credences: Mapping[str, float] | None = None,
    labels: Mapping[str, str] | None = None,
    *,
    semantics: str = DEFAULT_SEMANTICS,
    standard: str = "preponderance",
) -> WhatIf:
    """Compute the strengths before and after a change.

    Parameters
    ----------
    graph : ArgumentGraph
        As it stands before.
    credences : mapping, optional
        Credences (of arguments: weights) to change, 0 to 1.
    labels : mapping, optional
        Labels to set: `in` imposes strength 1, `out` strength 0, `undecided` only the label.
    semantics, standard : str
        Conventions of strengths and labels.

    Returns
    -------
    WhatIf

    Raises
    ------
    UsageError
        When something unknown is changed, or to an impossible value.
    NotConvergedError
        A cycle has no fixpoint before or after the change.
    UnknownSemanticsError, SupportsRefusedError
        The semantics does not exist, or cannot read the graph.

    Notes
    -----
    Before and after go through the graph in one batch. A credence is where a statement starts from: arguments
    about it still count. A label holds whatever they say.

    Examples
    --------
    >>> from cruxmap import load
    >>> from cruxmap.graph import argument_graph
    >>> found = what_if(argument_graph(load()), {"rat-gives-consistent-gradient": 0.0})
    >>> move = next(item for item in found.moves if item.id.startswith("imitative-amplification-rat"))
    >>> move.change < 0, move.path[0], move.path[-1]
    (True, 'rat-gives-consistent-gradient', 'imitative-amplification-rat/inner-alignment')
    """
    changed, fixed = dict(credences or {}), dict(labels or {})
    base = np.stack([graph.core.base_scores, _with_credences(graph, changed)])
    imposed = imposed_strengths(graph, fixed)
    rows = np.stack([np.full(len(graph.nodes), np.nan), imposed])
    chosen = find_semantics(semantics)
    solution = graph.core.solve(base, chosen, fixed=rows)
    if solution.unsettled:
        raise NotConvergedError(chosen.name, [graph.nodes[place].id for place in solution.unsettled[0]])
    before, after = solution.strengths
    return WhatIf(graph, changed, fixed, semantics, standard, before, after)


def _with_credences(graph: ArgumentGraph, credences: Mapping[str, float]) -> Floats:
    base = np.array(graph.core.base_scores)
    for node in graph.with_credences(credences).nodes if credences else ():
        base[graph.index[node.id]] = node.base
    return base
