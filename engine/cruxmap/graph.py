"""The argument graph: statements and arguments as nodes, and how they bear on each other as edges."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, Literal, NamedTuple

from cruxmap.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import networkx as nx

    from cruxmap.analysis.gradual_core import ArgumentGraphCore
    from cruxmap.knowledge import KnowledgeBase, PlacedArgument

DEFAULT_CREDENCE = 0.5
"""Credence of a statement about which nobody has said anything."""

DEFAULT_WEIGHT = 0.5
"""Weight of an argument that carries neither a hedge nor a credence of its own."""


class EdgeKind(StrEnum):
    """How one node bears on another."""

    SUPPORT = "support"
    ATTACK = "attack"
    PREMISE = "premise"
    """The source is a statement that the target, an argument, needs."""
    EXCEPTION = "exception"
    """The source is a statement that switches the target, an argument, off."""


class Node(NamedTuple):
    """A statement or argument.

    `base` is its own score before anything bears on it, 0 to 1: the credence of a statement, the weight of an
    argument's inference (that of its hedge, unless the argument says otherwise).
    """

    id: str
    kind: str
    """`assessment`, `assumption`, `factor`, `finding`, `mechanism`, `risk` or `argument`."""
    entry: str
    text: str
    at: str
    base: float


class Edge(NamedTuple):
    """One node bears on another."""

    source: str
    target: str
    kind: EdgeKind


_SHARED = ("index", "incoming", "outgoing", "_sources")
"""What follows from ids and edges alone."""


@dataclass(frozen=True, eq=False)
class ArgumentGraph:
    """All statements and arguments of a knowledge base and the edges between them.

    Attributes
    ----------
    nodes : tuple of Node
        Statements first, then arguments, each in the order of the files.
    edges : tuple of Edge
        Sorted by nothing but the order of the files; two nodes may be joined by edges of several kinds.
    premise_rule : {"product", "min"}
        How the strengths of an argument's premises combine in the gradual readings.
    """

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    premise_rule: Literal["product", "min"] = "product"

    @cached_property
    def index(self) -> dict[str, int]:
        """Position of each node by id."""
        return {node.id: position for position, node in enumerate(self.nodes)}

    @cached_property
    def incoming(self) -> dict[str, tuple[Edge, ...]]:
        """Edges into each node."""
        found: dict[str, list[Edge]] = {node.id: [] for node in self.nodes}
        for edge in self.edges:
            found[edge.target].append(edge)
        return {name: tuple(edges) for name, edges in found.items()}

    @cached_property
    def outgoing(self) -> dict[str, tuple[Edge, ...]]:
        """Edges out of each node."""
        found: dict[str, list[Edge]] = {node.id: [] for node in self.nodes}
        for edge in self.edges:
            found[edge.source].append(edge)
        return {name: tuple(edges) for name, edges in found.items()}

    def node(self, name: str) -> Node:
        """Return the node with this id."""
        return self.nodes[self.index[name]]

    def sources(self, name: str, kind: EdgeKind) -> tuple[str, ...]:
        """Ids of the nodes that bear on a node in one way."""
        return self._sources[name].get(kind, ())

    @cached_property
    def _sources(self) -> dict[str, dict[EdgeKind, tuple[str, ...]]]:
        found: dict[str, dict[EdgeKind, list[str]]] = {node.id: {} for node in self.nodes}
        for edge in self.edges:
            found[edge.target].setdefault(edge.kind, []).append(edge.source)
        return {
            name: {kind: tuple(sources) for kind, sources in by_kind.items()}
            for name, by_kind in found.items()
        }

    def statements(self, kind: str | None = None) -> tuple[str, ...]:
        """Ids of all statements, or of those of one kind."""
        return tuple(
            node.id for node in self.nodes if node.kind != "argument" and (kind is None or node.kind == kind)
        )

    def with_credences(self, credences: Mapping[str, float]) -> ArgumentGraph:
        """Return the same graph with other base scores for some nodes.

        Raises
        ------
        UsageError
            When a name is no node, or a number lies outside 0 to 1.
        """
        for name, value in credences.items():
            if name not in self.index:
                raise UsageError(f"there is no statement or argument {name!r} to give a credence")
            if not 0.0 <= value <= 1.0:
                raise UsageError(f"a credence lies between 0 and 1; {name} was given {value:g}")
        nodes = list(self.nodes)
        for name, value in credences.items():
            nodes[self.index[name]] = self.node(name)._replace(base=value)
        changed = ArgumentGraph(tuple(nodes), self.edges, self.premise_rule)
        # A reader who turns a knob waits for nothing that stays as it was.
        changed.__dict__.update({name: self.__dict__[name] for name in _SHARED if name in self.__dict__})
        if "core" in self.__dict__:
            scores = self.core.base_scores.copy()
            scores[[self.index[name] for name in credences]] = list(credences.values())
            changed.__dict__["core"] = self.core.with_base_scores(scores)
        return changed

    @cached_property
    def core(self) -> ArgumentGraphCore:
        """The integer-indexed arrays that the gradual readings run on; node `i` is `nodes[i]`."""
        import numpy as np

        from cruxmap.analysis.gradual_core import ArgumentGraphCore
        from cruxmap.analysis.graph_structure import Relation

        def relation(kind: EdgeKind) -> Relation:
            pairs = [(self.index[e.source], self.index[e.target]) for e in self.edges if e.kind is kind]
            ends = np.array(pairs, dtype=np.intp).reshape(-1, 2)
            return Relation.from_pairs(ends[:, 0], ends[:, 1], len(self.nodes))

        return ArgumentGraphCore(
            np.array([node.base for node in self.nodes]),
            attacks=relation(EdgeKind.ATTACK),
            supports=relation(EdgeKind.SUPPORT),
            premises=relation(EdgeKind.PREMISE),
            exceptions=relation(EdgeKind.EXCEPTION),
            premise_rule=self.premise_rule,
            names=[node.id for node in self.nodes],
        )

    def to_networkx(self) -> nx.MultiDiGraph:
        """Return the graph for networkx; parallel edges of different kinds survive, keyed by kind."""
        import networkx as nx

        graph = nx.MultiDiGraph()
        for node in self.nodes:
            graph.add_node(
                node.id, kind=node.kind, entry=node.entry, text=node.text, at=node.at, base=node.base
            )
        for edge in self.edges:
            sign = -1 if edge.kind in (EdgeKind.ATTACK, EdgeKind.EXCEPTION) else 1
            graph.add_edge(edge.source, edge.target, key=edge.kind.value, kind=edge.kind.value, sign=sign)
        return graph


def argument_graph(
    kb: KnowledgeBase,
    credences: Mapping[str, float] | None = None,
    *,
    premises: Literal["product", "min"] = "product",
) -> ArgumentGraph:
    """Build the argument graph of a knowledge base.

    Parameters
    ----------
    kb : KnowledgeBase
    credences : mapping, optional
        Credences of statements (or weights of arguments), 0 to 1, that replace those of the entries.
    premises : {"product", "min"}
        How the strengths of an argument's premises combine: all count, or the weakest does.

    Returns
    -------
    ArgumentGraph

    Raises
    ------
    UsageError
        When a credence is given to something unknown, or lies outside 0 to 1.

    Examples
    --------
    >>> from cruxmap import load
    >>> graph = argument_graph(load())
    >>> graph.sources("p3.inner.for.1", EdgeKind.PREMISE)
    ('rat-gives-consistent-gradient',)
    """
    edges = tuple(dict.fromkeys(_edges(kb)))
    graph = ArgumentGraph(tuple(_nodes(kb)), edges, premises)
    return graph.with_credences(credences) if credences else graph


def _nodes(kb: KnowledgeBase) -> Iterator[Node]:
    for statement in kb.statements.values():
        base = DEFAULT_CREDENCE if statement.credence is None else statement.credence
        at = _located(kb, statement.entry, _own_locator(kb, statement.entry, statement.criterion))
        yield Node(statement.id, statement.kind, statement.entry, statement.text, at, base)
    for placed in kb.arguments.values():
        step = placed.argument
        yield Node(
            step.id,
            "argument",
            placed.entry,
            step.text,
            _located(kb, placed.entry, step.at),
            weight(kb, placed),
        )


def weight(kb: KnowledgeBase, placed: PlacedArgument) -> float:
    """Weight of an argument's inference: its own credence, that of its hedge, or the default."""
    if placed.argument.credence is not None:
        return placed.argument.credence
    hedge = kb.hedge(placed.argument.hedge)
    return hedge.weight if hedge else DEFAULT_WEIGHT


def _own_locator(kb: KnowledgeBase, entry: str, criterion: str | None) -> str | None:
    holder = kb.entries[entry]
    part = getattr(holder, "assessments", {}).get(criterion) if criterion else holder
    return getattr(part, "at", None)


def _located(kb: KnowledgeBase, entry: str, at: str | None) -> str:
    return f"{getattr(kb.entries[entry], 'source', None) or ''} {at or ''}".strip()


def _edges(kb: KnowledgeBase) -> Iterator[Edge]:
    for placed in kb.arguments.values():
        step = placed.argument
        for target, polarity in placed.targets:
            yield Edge(step.id, target, EdgeKind.SUPPORT if polarity == 1 else EdgeKind.ATTACK)
        yield from (Edge(name, step.id, EdgeKind.PREMISE) for name in step.assumes)
        yield from (Edge(name, step.id, EdgeKind.EXCEPTION) for name in step.unless)
