"""Argument maps as graphs of the Argument Interchange Format: claims, inferences, conflicts."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, NamedTuple

from cruxmap_exports.interchange.maps import NEGATIVE, POSITIVE, EdgeKind, collapsed, reified

if TYPE_CHECKING:
    from cruxmap_exports.interchange.maps import ArgumentMap, Edge, Node

NodeType = Literal["I", "RA", "CA"]


class AifNode(NamedTuple):
    """A node of the graph.

    An I-node says what a statement or an argument says; an RA-node is an inference, a CA-node a conflict.
    """

    number: int
    type: NodeType
    node: Node
    """The statement or argument; several nodes may belong to one argument."""
    relation: EdgeKind | None
    """Of an S-node, how the argument bears on what it leads to."""
    is_home: bool
    """Whether it is the first node of its statement or argument."""


@dataclass
class AifGraph:
    """Nodes numbered from 1, and edges between their numbers."""

    nodes: list[AifNode] = field(default_factory=list)
    edges: list[tuple[int, int]] = field(default_factory=list)

    def number_of(self) -> dict[str, int]:
        """Number of the I-node of each statement and argument that has one."""
        return {one.node.id: one.number for one in self.nodes if one.type == "I"}


def aif_graph(graph: ArgumentMap) -> AifGraph:
    """Translate a map.

    Parameters
    ----------
    graph : ArgumentMap

    Returns
    -------
    AifGraph
        Every statement is an I-node, and so is what an argument says, if it says anything. Every edge from an
        argument to a node is one S-node, RA for support and CA for attack, into which the I-node of the
        argument and all its premises lead. An undercut ends on the first S-node of the argument, a support or
        attack of an argument on what it says. A support or attack of a statement is an S-node of its own. An
        argument with premises and without any target concludes its own I-node.
    """
    return _Translation(reified(collapsed(graph))).graph


class _Translation:
    """Numbers the I-nodes first, then the S-nodes in the order of the edges."""

    def __init__(self, source: ArgumentMap) -> None:
        self.graph = AifGraph()
        self.nodes = source.by_id()
        self.premises: dict[str, list[str]] = {}
        for edge in source.edges:
            if edge.kind is EdgeKind.PREMISE:
                self.premises.setdefault(edge.target, []).append(edge.source)
        self.claims: dict[str, int] = {}
        for node in source.nodes:
            if not node.is_argument or node.text or node.title:
                self.claims[node.id] = self._add("I", node)
        self.steps: dict[str, int] = {}
        inferences = [
            edge
            for edge in source.edges
            if edge.kind in POSITIVE | NEGATIVE and self.nodes[edge.source].is_argument
        ]
        made = [(edge, self._step(edge.source, edge.kind)) for edge in inferences]
        # Arguments without a text have no I-node, so whoever reads the file meets them after all others.
        for node in sorted(source.nodes, key=lambda item: item.id not in self.claims):
            if not node.is_argument or node.id in self.steps:
                continue
            if self.premises.get(node.id) or node.id not in self.claims:
                number = self._step(node.id, None)
                if node.id in self.claims:
                    self.graph.edges.append((number, self.claims[node.id]))
        self.graph.edges += [(number, self._end(edge)) for edge, number in made]

    def _add(self, kind: NodeType, node: Node, relation: EdgeKind | None = None) -> int:
        number = len(self.graph.nodes) + 1
        home = kind == "I" or (node.id not in self.claims and node.id not in self.steps)
        self.graph.nodes.append(AifNode(number, kind, node, relation, home))
        return number

    def _step(self, name: str, relation: EdgeKind | None) -> int:
        kind: NodeType = "CA" if relation in NEGATIVE else "RA"
        number = self._add(kind, self.nodes[name], relation)
        self.steps.setdefault(name, number)
        own = [self.claims[name]] if name in self.claims else []
        premises = (self.claims[source] for source in self.premises.get(name, []) if source in self.claims)
        self.graph.edges += ((source, number) for source in dict.fromkeys((*own, *premises)))
        return number

    def _end(self, edge: Edge) -> int:
        if edge.kind is EdgeKind.UNDERCUT and edge.target in self.steps:
            return self.steps[edge.target]
        return self.claims.get(edge.target) or self.steps[edge.target]
