"""Incoming edges as integer arrays, and the order in which nodes can be evaluated."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
from numpy.typing import NDArray

from cruxmap.analysis.gradual_errors import CoreInputError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Indices: TypeAlias = NDArray[np.intp]

DEEP = 1_000
"""Rounds of whole-frontier peeling; what is deeper is ordered node by node."""


@dataclass(frozen=True)
class Relation:
    """One kind of edge, stored as compressed rows of incoming edges.

    Parameters
    ----------
    starts : array of shape (nodes + 1,)
        Row `i` of `sources` is ``sources[starts[i]:starts[i + 1]]``.
    sources : array of shape (edges,)
        The nodes that point at each target, ascending within a row and without repetition.
    """

    starts: Indices
    sources: Indices

    @classmethod
    def from_pairs(cls, sources: Indices, targets: Indices, nodes: int) -> Relation:
        """Build the rows from parallel arrays; an edge given twice counts once.

        Parameters
        ----------
        sources, targets : arrays of shape (edges,)
            Node indices in ``range(nodes)``.
        nodes : int
            Number of nodes.

        Returns
        -------
        Relation
            Rows sorted by target, then source.

        Raises
        ------
        CoreInputError
            An index is out of range.
        """
        for ends in (sources, targets):
            if ends.size and not 0 <= ends.min() <= ends.max() < nodes:
                raise CoreInputError(f"an edge names a node outside 0 … {nodes - 1}")
        keys = np.sort(np.asarray(targets, dtype=np.int64) * nodes + sources)
        if keys.size:
            keys = keys[np.concatenate(([True], keys[1:] != keys[:-1]))]
        rows, kept = np.divmod(keys, max(nodes, 1))
        return cls(_row_starts(np.bincount(rows, minlength=nodes)), kept.astype(np.intp, copy=False))

    @classmethod
    def from_rows(cls, rows: Sequence[Sequence[int]]) -> Relation:
        """Build from one list of sources per node.

        Parameters
        ----------
        rows : Sequence of Sequence of int
            For every node the nodes that point at it; repetitions count once.

        Returns
        -------
        Relation
            Rows in the given order of nodes.

        Examples
        --------
        >>> Relation.from_rows([[], [0, 0], [1, 0]]).sources.tolist()
        [0, 0, 1]
        """
        targets = np.repeat(np.arange(len(rows)), [len(row) for row in rows])
        sources = np.fromiter((source for row in rows for source in row), np.intp)
        return cls.from_pairs(sources, targets, len(rows))

    @classmethod
    def empty(cls, nodes: int) -> Relation:
        """Return the relation without edges on this many nodes."""
        return cls(np.zeros(nodes + 1, dtype=np.intp), np.zeros(0, dtype=np.intp))

    @property
    def nodes(self) -> int:
        """Number of nodes."""
        return len(self.starts) - 1

    @property
    def edges(self) -> int:
        """Number of different edges."""
        return len(self.sources)

    def targets(self) -> Indices:
        """Return the target of every edge, parallel to `sources`."""
        return np.repeat(np.arange(self.nodes, dtype=np.intp), np.diff(self.starts))

    def rows(self, nodes: Indices) -> Indices:
        """Return the sources of the given nodes, one row after the other."""
        counts = self.starts[nodes + 1] - self.starts[nodes]
        ends = np.cumsum(counts)
        shift = np.repeat(self.starts[nodes] - (ends - counts), counts)
        return np.asarray(self.sources[np.arange(len(shift), dtype=np.intp) + shift])

    def renumbered(self, order: Indices, position: Indices) -> Relation:
        """Return the same edges after node `order[p]` became node `p`.

        Parameters
        ----------
        order : array of shape (kept,)
            Old index of every new node; may leave nodes out.
        position : array of shape (nodes,)
            New index of every old node, negative for nodes left out, whose edges are dropped.

        Returns
        -------
        Relation
            Rows in the new order; sources within a row keep their former sequence.
        """
        counts = self.starts[order + 1] - self.starts[order]
        sources = position[self.rows(order)]
        kept = sources >= 0
        if not kept.all():
            targets = np.repeat(np.arange(len(order)), counts)[kept]
            counts, sources = np.bincount(targets, minlength=len(order)), sources[kept]
        return Relation(_row_starts(counts), sources)


def _row_starts(counts: Indices) -> Indices:
    """Return where each row begins, and where the last ends, from the lengths of the rows."""
    starts = np.zeros(len(counts) + 1, dtype=np.intp)
    np.cumsum(counts, out=starts[1:])
    return starts


@dataclass(frozen=True)
class EvaluationOrder:
    """Which nodes can be evaluated when.

    Parameters
    ----------
    level : array of shape (nodes,)
        All parents outside a node's own component have a smaller level.
    component : array of shape (nodes,)
        Number of the cyclic strongly connected component of a node, -1 for nodes on no cycle.
    """

    level: Indices
    component: Indices


def evaluation_order(dependencies: Relation) -> EvaluationOrder:
    """Order the nodes by topological level of the condensation.

    Parameters
    ----------
    dependencies : Relation
        All edges along which strengths flow.

    Returns
    -------
    EvaluationOrder
        Level and cyclic component of every node.

    Notes
    -----
    Linear in nodes and edges (up to the sorting of frontiers). Nodes behind no cycle are peeled a whole level
    at a time; the rest goes through Tarjan's algorithm along incoming edges, which emits parents first.

    References
    ----------
    R. Tarjan (1972). Depth-first search and linear graph algorithms. SIAM Journal on Computing 1(2).

    Examples
    --------
    >>> evaluation_order(Relation.from_rows([[], [0, 2], [1], [2]])).component.tolist()
    [-1, 0, 0, -1]
    """
    level = _peeled_levels(dependencies)
    component = np.full(dependencies.nodes, -1, dtype=np.intp)
    rest = np.flatnonzero(level < 0)
    if not rest.size:
        return EvaluationOrder(level, component)
    starts, sources, levels = dependencies.starts.tolist(), dependencies.sources.tolist(), level.tolist()
    cyclic = 0
    for members in _strong_components(starts, sources, levels, rest.tolist()):
        parents = [source for node in members for source in sources[starts[node] : starts[node + 1]]]
        height = 1 + max((levels[source] for source in parents), default=-1)
        if len(members) > 1 or members[0] in parents:
            component[members] = cyclic
            cyclic += 1
        for node in members:
            levels[node] = height
    return EvaluationOrder(np.asarray(levels, dtype=np.intp), component)


def _peeled_levels(dependencies: Relation) -> Indices:
    """Level of every node that has no cycle above it and is not too deep; -1 for the rest."""
    nodes = dependencies.nodes
    outgoing = Relation.from_pairs(dependencies.targets(), dependencies.sources, nodes)
    waiting = np.diff(dependencies.starts)
    level = np.full(nodes, -1, dtype=np.intp)
    place = np.empty(nodes, dtype=np.intp)
    frontier = np.flatnonzero(waiting == 0)
    for height in range(DEEP):
        if not frontier.size:
            break
        level[frontier] = height
        reached = outgoing.rows(frontier)
        np.subtract.at(waiting, reached, 1)
        free = reached[waiting[reached] == 0]
        # A node freed by several parents is in there as often: of these only the last assignment stands.
        counted = np.arange(len(free))
        place[free] = counted
        frontier = free[place[free] == counted]
    return level


def _strong_components(
    starts: list[int], sources: list[int], levels: list[int], roots: list[int]
) -> Iterator[list[int]]:
    """Yield the strongly connected components of the nodes without a level, parents first, members sorted."""
    closed = len(levels) + 1
    low = [closed if level >= 0 else 0 for level in levels]
    number = list(low)
    cursor = starts[:-1]
    visited = 0
    open_nodes: list[int] = []
    for root in roots:
        path = [] if number[root] else [root]
        while path:
            node = path[-1]
            if not number[node]:
                visited += 1
                number[node] = low[node] = visited
                open_nodes.append(node)
            descended = False
            while cursor[node] < starts[node + 1]:
                source = sources[cursor[node]]
                if not number[source]:
                    path.append(source)
                    descended = True
                    break
                low[node] = min(low[node], low[source])
                cursor[node] += 1
            if descended:
                continue
            path.pop()
            if low[node] == number[node]:
                members = [open_nodes.pop()]
                while members[-1] != node:
                    members.append(open_nodes.pop())
                for member in members:
                    low[member] = closed
                yield sorted(members)
