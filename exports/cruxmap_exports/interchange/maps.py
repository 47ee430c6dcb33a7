"""The common model of argument maps: what all formats are read into and written from.

A map has statements and arguments, and edges that say how one bears on another. An argument is one inference
step: statements are its premises, and it supports or attacks what it is aimed at. A support or attack that
nobody argues about is an edge between two statements and needs no argument of its own.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


class NodeKind(StrEnum):
    """What a node is."""

    STATEMENT = "statement"
    """It can hold or fail."""
    ARGUMENT = "argument"
    """One inference step, from its premises to what it is aimed at."""


class EdgeKind(StrEnum):
    """How the source of an edge bears on its target."""

    SUPPORT = "support"
    ATTACK = "attack"
    UNDERCUT = "undercut"
    """The target is an argument, and its inference is what is attacked."""
    PREMISE = "premise"
    """The target is an argument that needs the source."""
    ENTAILS = "entails"
    """Stronger than support: the source cannot hold without the target."""
    CONTRARY = "contrary"
    """Both cannot hold; the order of source and target says nothing."""
    CONTRADICTORY = "contradictory"
    """Exactly one holds; the order of source and target says nothing."""
    CONTEXT = "context"
    """The target is to be read in the light of the source."""


SYMMETRIC = frozenset({EdgeKind.CONTRARY, EdgeKind.CONTRADICTORY})
POSITIVE = frozenset({EdgeKind.SUPPORT, EdgeKind.ENTAILS})
NEGATIVE = frozenset({EdgeKind.ATTACK, EdgeKind.UNDERCUT, EdgeKind.CONTRARY, EdgeKind.CONTRADICTORY})


@dataclass(frozen=True, slots=True)
class Node:
    """A statement or argument.

    Attributes
    ----------
    id : str
        Unique in the map, in the spelling of the format.
    kind : NodeKind
    title, text : str
        Either may be empty; a title is a name, a text says what is meant.
    base : float or None
        Its own score, 0 to 1, before anything bears on it.
    role : str
        A finer kind of the format, such as `Goal` or `Solution` (GSN); empty where there is none.
    extras : mapping of str to str
        What the format says beyond this, such as tags, a scheme or layers. Of a map of ours: `entry`,
        `section` (the title of the entry), `at`, `strength`, `label`, `verified` and `scheme`.
    """

    id: str
    kind: NodeKind = NodeKind.STATEMENT
    title: str = ""
    text: str = ""
    base: float | None = None
    role: str = ""
    extras: Mapping[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """What people call it: the title, else the id."""
        return self.title or self.id

    @property
    def is_argument(self) -> bool:
        """Whether it is an inference step."""
        return self.kind is NodeKind.ARGUMENT


@dataclass(frozen=True, slots=True, order=True)
class Edge:
    """One node bears on another."""

    source: str
    target: str
    kind: EdgeKind


@dataclass(frozen=True, slots=True, order=True)
class Loss:
    """Something that a file says and the map does not hold, or holds differently.

    Attributes
    ----------
    message : str
        A sentence without a final full stop.
    line, column : int
        Where the file says it; 0 when no single place does.
    node : str
        The node of the map that it concerns; empty when it concerns none.
    """

    message: str
    line: int = 0
    column: int = 0
    node: str = ""

    @property
    def sentence(self) -> str:
        """The message as a sentence of its own."""
        return f"{self.message[:1].upper()}{self.message[1:]}."

    def render(self, path: str = "") -> str:
        """Return the sentence with its place in front."""
        if not self.line:
            return self.message
        place = f"{path}:{self.line}:{self.column}" if path else f"line {self.line}, column {self.column}"
        return f"{place}: {self.message}"

    def as_data(self) -> dict[str, object]:
        """Return the loss for JSON."""
        place = {"line": self.line or None, "column": self.column or None}
        return {"message": self.message, "node": self.node or None, **place}


@dataclass(frozen=True, slots=True)
class ArgumentMap:
    """Nodes, the edges between them, and what was lost on the way.

    Attributes
    ----------
    nodes : tuple of Node
        In the order of the file.
    edges : tuple of Edge
        Each once; both ends are nodes.
    losses : tuple of Loss
    title : str
        What the map is a map of; empty when nobody says it.
    conventions : str
        Under which reading the strengths and labels among the extras were computed.
    """

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    losses: tuple[Loss, ...] = ()
    title: str = ""
    conventions: str = ""

    def __post_init__(self) -> None:
        names = [node.id for node in self.nodes]
        known = set(names)
        if len(known) != len(names):
            raise ValueError("two nodes of a map have the same id")
        for edge in self.edges:
            if edge.source not in known or edge.target not in known:
                raise ValueError(f"an edge of the map leads nowhere: {edge}")

    def by_id(self) -> dict[str, Node]:
        """Nodes by id."""
        return {node.id: node for node in self.nodes}

    def incoming(self) -> dict[str, list[Edge]]:
        """Edges into each node, in their order."""
        found: dict[str, list[Edge]] = {node.id: [] for node in self.nodes}
        for edge in self.edges:
            found[edge.target].append(edge)
        return found

    def outgoing(self) -> dict[str, list[Edge]]:
        """Edges out of each node, in their order."""
        found: dict[str, list[Edge]] = {node.id: [] for node in self.nodes}
        for edge in self.edges:
            found[edge.source].append(edge)
        return found

    def with_losses(self, more: Iterable[Loss]) -> ArgumentMap:
        """Return the same map with further losses."""
        return replace(self, losses=(*self.losses, *more))


def reified(graph: ArgumentMap) -> ArgumentMap:
    """Give every support, attack and entailment between statements an argument of its own.

    Formats such as AIF draw each inference as a node. The ids of the new arguments are made from those of the
    two statements, so that the same map gives the same ids.
    """
    kinds = {node.id: node.kind for node in graph.nodes}
    taken = set(kinds)
    nodes, edges = list(graph.nodes), []
    for edge in graph.edges:
        if kinds[edge.source] is NodeKind.ARGUMENT or edge.kind in (EdgeKind.PREMISE, EdgeKind.CONTEXT):
            edges.append(edge)
            continue
        name = _free(f"{edge.source} -> {edge.target}", taken)
        nodes.append(Node(name, NodeKind.ARGUMENT))
        edges += [Edge(edge.source, name, EdgeKind.PREMISE), Edge(name, edge.target, edge.kind)]
    return replace(graph, nodes=tuple(nodes), edges=tuple(edges))


def collapsed(graph: ArgumentMap) -> ArgumentMap:
    """Turn arguments that say nothing of their own back into edges: the inverse of `reified`.

    An argument goes when it has neither title nor text nor extras, exactly one premise, exactly one edge out,
    and nothing bears on it.
    """
    incoming, outgoing = graph.incoming(), graph.outgoing()
    shortcuts: dict[str, Edge] = {}
    for node in graph.nodes:
        into, out = incoming[node.id], outgoing[node.id]
        mute = node.is_argument and not (node.title or node.text or node.extras or node.base is not None)
        if mute and len(out) == 1 and len(into) == 1 and into[0].kind is EdgeKind.PREMISE:
            shortcuts[node.id] = Edge(into[0].source, out[0].target, out[0].kind)
    # An argument whose target is itself such an argument stays aimed at a node, so that node must stay.
    gone = {name for name, edge in shortcuts.items() if edge.target not in shortcuts}
    edges = (
        shortcuts[edge.source] if edge.source in gone else edge
        for edge in graph.edges
        if edge.target not in gone
    )
    nodes = tuple(node for node in graph.nodes if node.id not in gone)
    return replace(graph, nodes=nodes, edges=tuple(dict.fromkeys(edges)))


def _free(wanted: str, taken: set[str]) -> str:
    name, number = wanted, 1
    while name in taken:
        number += 1
        name = f"{wanted} ({number})"
    taken.add(name)
    return name
