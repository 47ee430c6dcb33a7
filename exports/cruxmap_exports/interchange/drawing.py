"""Maps of ours as maps that formats exchange, and maps of others as maps that can be drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cruxmap_exports.argmap import ArgMap, MapEdge, MapEdgeKind, MapNode, ending_on_edges
from cruxmap_exports.interchange.maps import ArgumentMap, Edge, EdgeKind, Loss, Node, NodeKind
from cruxmap_exports.map_style import KINDS

if TYPE_CHECKING:
    from collections.abc import Mapping

STATEMENT = "statement"
"""Kind of a drawn statement of which no more is known."""

SECTION = "section"
"""Key among the extras of a node: the title of the part of the map that it belongs to."""

_DRAWN = {"entry", SECTION, "at", "strength", "label", "verified", "scheme"}
"""Extras that a map which is drawn has a place for."""


def exchanged(argmap: ArgMap) -> ArgumentMap:
    """Return a map of ours as the model that files are written from.

    Returns
    -------
    ArgumentMap
        The kind of a statement is its role; an exception is a statement that undercuts an argument.
        `drawable` gives the map back.
    """
    nodes = tuple(_exchanged_node(argmap, node) for node in argmap.nodes)
    edges = (
        Edge(
            edge.source,
            edge.target,
            EdgeKind.UNDERCUT if edge.kind is MapEdgeKind.EXCEPTION else EdgeKind(edge.kind.value),
        )
        for edge in argmap.edges
    )
    return ArgumentMap(nodes, tuple(dict.fromkeys(edges)), (), argmap.title, argmap.conventions)


def _exchanged_node(argmap: ArgMap, node: MapNode) -> Node:
    values = {
        "entry": node.entry,
        SECTION: argmap.entry_title(node.entry),
        "at": node.at,
        "strength": None if node.strength is None else repr(node.strength),
        "label": node.label,
        "verified": None if node.verified == "primary" else node.verified,
        "scheme": node.scheme,
    }
    return Node(
        node.id,
        NodeKind.ARGUMENT if node.is_argument else NodeKind.STATEMENT,
        "" if node.name == node.id else node.name,
        node.text,
        node.base,
        "" if node.kind in (NodeKind.ARGUMENT.value, STATEMENT) else node.kind,
        {key: value for key, value in values.items() if value},
    )


def drawable(graph: ArgumentMap) -> ArgMap:
    """Return any map as one that can be drawn.

    Returns
    -------
    ArgMap
        Sections are entries. Roles that only another notation has are drawn as statements.
    """
    nodes = tuple(_drawn_node(node) for node in graph.nodes)
    arguments = {node.id for node in graph.nodes if node.is_argument}
    edges = [
        MapEdge(edge.source, edge.target, _drawn_kind(edge, arguments)) for edge in dict.fromkeys(graph.edges)
    ]
    entries: dict[str, str] = {}
    for node, drawn in zip(graph.nodes, nodes, strict=True):
        entries.setdefault(drawn.entry, node.extras.get(SECTION, drawn.entry))
    return ArgMap(graph.title, nodes, ending_on_edges(edges), entries, graph.conventions)


def undrawn(graph: ArgumentMap) -> list[Loss]:
    """Say what of a map of others has no place in a map that is drawn: layers, tags, and roles."""
    extras = sum(bool(node.extras.keys() - _DRAWN) for node in graph.nodes)
    roles = sum(bool(node.role) and node.role.lower() not in KINDS for node in graph.nodes)
    found = {"tags and layers are not written": extras, "roles of other notations are not written": roles}
    return [Loss(f"{message}: {number}") for message, number in found.items() if number]


def _drawn_kind(edge: Edge, arguments: set[str]) -> MapEdgeKind:
    if edge.kind is EdgeKind.UNDERCUT and edge.source not in arguments:
        return MapEdgeKind.EXCEPTION
    return MapEdgeKind(edge.kind.value)


def _drawn_node(node: Node) -> MapNode:
    extras = node.extras
    role = node.role.lower()
    return MapNode(
        node.id,
        NodeKind.ARGUMENT.value if node.is_argument else role if role in KINDS else STATEMENT,
        extras.get("entry", extras.get(SECTION, "")),
        node.name,
        node.text,
        extras.get("at", ""),
        node.base,
        _number(extras, "strength"),
        extras.get("label"),
        extras.get("verified", "primary"),
        extras.get("scheme"),
    )


def _number(extras: Mapping[str, str], key: str) -> float | None:
    try:
        found = float(extras[key])
    except (KeyError, ValueError):
        return None
    return found if 0 <= found <= 1 else None
