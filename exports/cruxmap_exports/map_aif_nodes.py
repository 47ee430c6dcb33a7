"""Argument maps as graphs of the Argument Interchange Format: claims, inferences, conflicts."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Literal, NamedTuple

from cruxmap_exports.argmap import MapEdgeKind

if TYPE_CHECKING:
    from cruxmap_exports.argmap import ArgMap, MapEdge

NodeType = Literal["I", "RA", "CA"]


class AifNode(NamedTuple):
    """A node of the graph.

    An I-node says what a statement or argument says; an RA-node is an inference, a CA-node a conflict.
    `id` is ours: of the statement or argument, of an S-node that of the argument or exception that it is.
    """

    number: int
    type: NodeType
    id: str
    scheme: str | None = None


@dataclass
class AifGraph:
    """Nodes numbered from 1, and edges between their numbers."""

    nodes: list[AifNode] = field(default_factory=list)
    edges: list[tuple[int, int]] = field(default_factory=list)
    conflicts_with_conflicts: int = 0
    """CA-nodes that end on a CA-node, which some readers do not support."""

    @cached_property
    def claims(self) -> frozenset[int]:
        """Numbers of the I-nodes."""
        return frozenset(node.number for node in self.nodes if node.type == "I")


def aif_graph(argmap: ArgMap) -> AifGraph:
    """Translate a map.

    Parameters
    ----------
    argmap : ArgMap

    Returns
    -------
    AifGraph
        Every statement is an I-node, and so is what an argument says. Every edge from an argument to a node
        is one S-node, RA for support and CA for attack, into which the I-node of the argument and all its
        premises lead. Undercuts and exceptions are CA-nodes that end on the S-node of the inference. An
        argument with premises and without any target concludes its own I-node.
    """
    graph = AifGraph()
    claims = {node.id: _add(graph, "I", node.id) for node in argmap.nodes}
    inferences: dict[str, int] = {}
    on_nodes = [edge for edge in argmap.edges if edge.kind in (MapEdgeKind.SUPPORT, MapEdgeKind.ATTACK)]
    for edge in on_nodes:
        number = _inference(graph, argmap, edge, claims)
        inferences.setdefault(edge.source, number)
        graph.edges.append((number, claims[edge.target]))
    undercuts = [edge for edge in argmap.edges if edge.kind is MapEdgeKind.UNDERCUT]
    for edge in undercuts:
        number = _inference(graph, argmap, edge, claims)
        inferences.setdefault(edge.source, number)
        graph.edges.append((number, -claims[edge.target]))
    for node in argmap.nodes:
        premises = argmap.sources(node.id, MapEdgeKind.PREMISE)
        if premises and node.id not in inferences:
            inferences[node.id] = _add(graph, "RA", node.id, node.scheme)
            graph.edges += ((claims[name], inferences[node.id]) for name in premises)
            graph.edges.append((inferences[node.id], claims[node.id]))
    for edge in argmap.edges:
        if edge.kind is MapEdgeKind.EXCEPTION:
            number = _add(graph, "CA", edge.source)
            graph.edges += [(claims[edge.source], number), (number, -claims[edge.target])]
    _settle(graph, {claims[name]: number for name, number in inferences.items()})
    return graph


def _add(graph: AifGraph, kind: NodeType, name: str, scheme: str | None = None) -> int:
    graph.nodes.append(AifNode(len(graph.nodes) + 1, kind, name, scheme))
    return len(graph.nodes)


def _inference(graph: AifGraph, argmap: ArgMap, edge: MapEdge, claims: dict[str, int]) -> int:
    kind: NodeType = "RA" if edge.kind is MapEdgeKind.SUPPORT else "CA"
    number = _add(graph, kind, edge.source, argmap.node(edge.source).scheme if kind == "RA" else None)
    premises = argmap.sources(edge.source, MapEdgeKind.PREMISE)
    graph.edges += ((claims[name], number) for name in (edge.source, *premises))
    return number


def _settle(graph: AifGraph, inferences: dict[int, int]) -> None:
    """Point edges that mean the inference of an argument, marked by a minus, at its S-node or else claim."""
    types = {node.number: node.type for node in graph.nodes}
    for position, (source, target) in enumerate(graph.edges):
        if target < 0:
            end = inferences.get(-target, -target)
            graph.edges[position] = (source, end)
            graph.conflicts_with_conflicts += types[end] == "CA"
