"""The integer-indexed core of an abstract framework: arguments are 0..n-1, attacks are compressed rows.

`AttackGraph` holds the whole framework and is built in time linear in arguments plus attacks (apart from one
sort of integers). `Subgraph` holds the part of it on which a solver works, under the same numbers.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from operator import itemgetter
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

    from numpy.typing import NDArray


@dataclass(frozen=True)
class Rows:
    """Neighbours of every node: those of node i are `members[starts[i]:starts[i + 1]]`, ascending.

    Plain lists, because the labelling walks them one by one and an element of a list costs a tenth of one of
    an array.
    """

    starts: list[int]
    members: list[int]

    def of(self, node: int) -> list[int]:
        """Return the neighbours of one node."""
        return self.members[self.starts[node] : self.starts[node + 1]]


def _rows(keys: NDArray[np.int64], members: NDArray[np.int64], size: int) -> Rows:
    ends = np.cumsum(np.bincount(keys, minlength=size))
    return Rows([0, *ends.tolist()], members.tolist())


@dataclass(frozen=True, eq=False)
class AttackGraph:
    """A directed graph without parallel edges: an edge i -> j says that i attacks j.

    Attributes
    ----------
    size : int
        The number of nodes.
    sources, targets : numpy.ndarray of int64
        The edges, sorted by source and then by target.
    """

    size: int
    sources: NDArray[np.int64]
    targets: NDArray[np.int64]

    @cached_property
    def attacked(self) -> Rows:
        """The nodes that each node attacks."""
        return _rows(self.sources, self.targets, self.size)

    @cached_property
    def attackers(self) -> Rows:
        """The nodes that attack each node."""
        order = np.argsort(self.targets, kind="stable")
        return _rows(self.targets[order], self.sources[order], self.size)

    def attacks_of(self, nodes: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return source and target of every attack that some nodes make, in the order of the nodes."""
        counts = self._starts[nodes + 1] - self._starts[nodes]
        ends = np.cumsum(counts)
        attacks = np.repeat(self._starts[nodes] - ends + counts, counts) + np.arange(counts.sum())
        return np.repeat(nodes, counts), self.targets[attacks]

    @cached_property
    def _starts(self) -> NDArray[np.int64]:
        """Where the attacks of each node begin."""
        return np.concatenate(([0], np.cumsum(np.bincount(self.sources, minlength=self.size))))

    def part(self, nodes: Iterable[int]) -> Subgraph:
        """Return the part of the graph on some nodes, with the edges between them."""
        inside = set(nodes)
        attacked = self.attacked
        return Subgraph.build(
            sorted(inside), lambda node: [other for other in attacked.of(node) if other in inside]
        )


def build_attack_graph(index: dict[str, int], attacks: Sequence[tuple[str, str]]) -> AttackGraph:
    """Return the graph of named attacks, parallel ones merged.

    Parameters
    ----------
    index : dict of str to int
        The numbers 0..n-1 of the arguments.
    attacks : sequence of pairs of str
        Attacker and attacked.

    Raises
    ------
    KeyError
        If an attack names something that `index` does not have.
    """
    size = len(index)
    if not attacks:
        nothing = np.empty(0, dtype=np.int64)
        return AttackGraph(size, nothing, nothing)
    # One itemgetter looks all the names up without returning to the interpreter, a fifth faster than a map.
    numbers = itemgetter(*chain.from_iterable(attacks))(index)
    pairs = np.fromiter(numbers, dtype=np.int64, count=2 * len(attacks)).reshape(-1, 2)
    # One integer per attack sorts several times faster than pairs, and numpy.unique, which hashes, slower
    # than a sort.
    codes = np.sort(pairs[:, 0] * size + pairs[:, 1])
    codes = codes[np.concatenate(([True], codes[1:] != codes[:-1]))]
    sources = codes // size
    return AttackGraph(size, sources, codes - sources * size)


@dataclass(frozen=True, eq=False)
class Subgraph:
    """Some nodes of a graph with the edges between them.

    Attributes
    ----------
    nodes : list of int
        Ascending.
    attacked, attackers : dict of int to list of int
        The neighbours of every node inside the subgraph.
    """

    nodes: list[int]
    attacked: dict[int, list[int]]
    attackers: dict[int, list[int]]

    @classmethod
    def build(cls, nodes: list[int], attacked_by: Callable[[int], list[int]]) -> Subgraph:
        """Return the subgraph on `nodes` (ascending) from the neighbours that each of them attacks."""
        attacked = {node: attacked_by(node) for node in nodes}
        attackers: dict[int, list[int]] = {node: [] for node in nodes}
        for node in nodes:
            for other in attacked[node]:
                attackers[other].append(node)
        return cls(nodes, attacked, attackers)

    def part(self, nodes: Iterable[int]) -> Subgraph:
        """Return the part of this subgraph on some of its nodes."""
        inside = set(nodes)
        return Subgraph.build(
            sorted(inside), lambda node: [other for other in self.attacked[node] if other in inside]
        )

    def attacks(self) -> Iterator[tuple[int, int]]:
        """Yield the edges, sorted."""
        return ((node, other) for node in self.nodes for other in self.attacked[node])


def ancestors(graph: Subgraph, node: int) -> set[int]:
    """Return the nodes from which `node` can be reached, with `node` itself."""
    return _reached([node], graph.attackers.__getitem__)


def weak_components(graph: Subgraph) -> list[list[int]]:
    """Return the weakly connected components, each ascending, ordered by their first node."""
    seen: set[int] = set()
    components = []
    for node in graph.nodes:
        if node not in seen:
            component = _reached([node], lambda at: chain(graph.attacked[at], graph.attackers[at]))
            seen |= component
            components.append(sorted(component))
    return components


def _reached(start: Collection[int], neighbours: Callable[[int], Iterable[int]]) -> set[int]:
    reached = set(start)
    waiting = deque(start)
    while waiting:
        for other in neighbours(waiting.popleft()):
            if other not in reached:
                reached.add(other)
                waiting.append(other)
    return reached


def strong_components(graph: Subgraph) -> list[list[int]]:
    """Return the strongly connected components, attackers before what they attack.

    Notes
    -----
    Linear in nodes plus edges, without recursion, so that a chain of any length is read.

    References
    ----------
    Robert Tarjan (1972). Depth-first search and linear graph algorithms. SIAM Journal on Computing 1(2).
    """
    search = _StrongComponentSearch(graph)
    for node in graph.nodes:
        if node not in search.found_at:
            search.visit(node)
    return search.components[::-1]


class _StrongComponentSearch:
    def __init__(self, graph: Subgraph) -> None:
        self.attacked = graph.attacked
        self.found_at: dict[int, int] = {}
        self.lowest: dict[int, int] = {}
        self.open: list[int] = []
        self.is_open: set[int] = set()
        self.components: list[list[int]] = []

    def visit(self, root: int) -> None:
        path = [(root, self._enter(root))]
        while path:
            node, rest = path[-1]
            for other in rest:
                if other not in self.found_at:
                    path.append((other, self._enter(other)))
                    break
                if other in self.is_open:
                    self.lowest[node] = min(self.lowest[node], self.found_at[other])
            else:
                path.pop()
                if path:
                    parent = path[-1][0]
                    self.lowest[parent] = min(self.lowest[parent], self.lowest[node])
                if self.lowest[node] == self.found_at[node]:
                    self._close(node)

    def _enter(self, node: int) -> Iterator[int]:
        self.found_at[node] = self.lowest[node] = len(self.found_at)
        self.open.append(node)
        self.is_open.add(node)
        return iter(self.attacked[node])

    def _close(self, root: int) -> None:
        component: list[int] = []
        while not component or component[-1] != root:
            component.append(self.open.pop())
        self.is_open.difference_update(component)
        self.components.append(sorted(component))
