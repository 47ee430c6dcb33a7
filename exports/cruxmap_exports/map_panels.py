"""Divide a map into panels: one for each entry when a single drawing would be too large to read."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from cruxmap_exports.argmap import MapEdge, MapEdgeKind

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from cruxmap_exports.argmap import ArgMap, MapNode

LARGEST_SINGLE = 70
"""Nodes up to which a map is drawn in one piece."""

LONELY = "Not argued about yet"
"""Title of the panel of all nodes that bear on nothing and on which nothing bears."""


class PanelNode(NamedTuple):
    """A node in a panel; a reference stands for a node that has its place in another panel."""

    node: MapNode
    reference: bool


class Panel(NamedTuple):
    """What is drawn in one piece.

    `edges` are positions in the map. A panel of the whole map has no title of its own.
    """

    title: str
    nodes: tuple[PanelNode, ...]
    edges: tuple[int, ...]


def panels(argmap: ArgMap, largest: int = LARGEST_SINGLE) -> tuple[Panel, ...]:
    """Divide a map into panels.

    Parameters
    ----------
    argmap : ArgMap
    largest : int
        Nodes up to which everything is one panel.

    Returns
    -------
    tuple of Panel
        Every node has its place in one panel, or stands as a reference in those of the entries that it bears
        on. An edge is drawn where the argument that it belongs to is, and also where what it ends on is.
    """
    if len(argmap.nodes) <= largest or len(argmap.clusters) == 1:
        everything = tuple(PanelNode(node, reference=False) for node in argmap.nodes)
        return (Panel("", everything, tuple(range(len(argmap.edges)))),)
    homes: dict[str, dict[str, None]] = {}
    for name, entry in _homes(argmap).items():
        homes.setdefault(entry, {})[name] = None
    housed = _housed(argmap, homes)
    drawn: list[Panel] = []
    shown: set[str] = set()
    for entry in argmap.clusters:
        panel = _panel_of(argmap, entry, homes.get(entry, {}), shown, housed)
        if panel.edges:
            drawn.append(panel)
            shown |= {one.node.id for one in panel.nodes}
    lonely = tuple(PanelNode(node, reference=False) for node in argmap.nodes if node.id not in shown)
    return (*drawn, Panel(LONELY, lonely, ())) if lonely else tuple(drawn)


def _homes(argmap: ArgMap) -> dict[str, str]:
    """Name the entry in whose panel each node has its place.

    An entry about which nothing is argued needs no panel; its arguments stand where what they speak about is.
    """
    discussed = {
        argmap.node(edge.target).entry for edge in argmap.edges if edge.kind is not MapEdgeKind.PREMISE
    }
    found = {node.id: node.entry for node in argmap.nodes}
    for node in argmap.nodes:
        if node.is_argument and node.entry not in discussed:
            aims = [argmap.node(edge.target).entry for edge in argmap.outgoing[node.id]]
            found[node.id] = next((entry for entry in aims if entry in discussed), node.entry)
    return found


def _housed(argmap: ArgMap, homes: Mapping[str, Mapping[str, None]]) -> frozenset[str]:
    """Return the nodes that have a panel of their own entry to stand in."""
    return frozenset(
        name for own in homes.values() if any(True for _ in _edges_of(argmap, own)) for name in own
    )


def _panel_of(
    argmap: ArgMap, entry: str, own: Mapping[str, None], shown: Collection[str], housed: Collection[str]
) -> Panel:
    edges = tuple(sorted(set(_edges_of(argmap, own))))
    ends = {name for position in edges for name in argmap.edges[position][:2]}
    nodes = tuple(
        PanelNode(node, reference=node.id not in own and (node.id in housed or node.id in shown))
        for node in argmap.nodes
        if node.id in ends or node.id in own
    )
    return Panel(argmap.entry_title(entry), nodes, edges)


def _edges_of(argmap: ArgMap, own: Mapping[str, None]) -> Iterator[int]:
    for name in own:
        for edge in argmap.incoming[name]:
            yield argmap.place[edge]
        for edge in argmap.outgoing[name]:
            if not _uses(edge):
                yield argmap.place[edge]


def _uses(edge: MapEdge) -> bool:
    """Whether the edge belongs to the argument at its end, which uses the statement at its start."""
    return edge.kind in (MapEdgeKind.PREMISE, MapEdgeKind.EXCEPTION)
