"""Write argument maps as node sets of AIFdb, and as xAIF."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cruxmap_exports.argmap import MapEdgeKind
from cruxmap_exports.map_aif_nodes import aif_graph
from cruxmap_exports.map_json import document

if TYPE_CHECKING:
    from cruxmap_exports.argmap import ArgMap

NAMES = {"RA": "Default Inference", "CA": "Default Conflict"}
SCHEMES = {"RA": "72", "CA": "71"}
"""Names and numbers of the default schemes in AIFdb."""


def write_aif(argmap: ArgMap, date: str | None = None) -> str:
    """Write a map as an AIF node set in JSON.

    Parameters
    ----------
    argmap : ArgMap
    date : str, optional
        Time stamp `YYYY-MM-DD HH:mm:ss` of every node; none by default, so that the same map gives the same
        bytes.

    Returns
    -------
    str
        Ids are numeric strings. Our own id stands in the extra key `cruxmap`, which readers ignore.
    """
    return document(_node_set(argmap, date))


def write_xaif(argmap: ArgMap, date: str | None = None) -> str:
    """Write a map as xAIF: the node set, an empty layout, and the texts as one text."""
    nodes = _node_set(argmap, date)
    schemes = [
        {"nodeID": node["nodeID"], "schemeID": node["schemeID"]}
        for node in nodes["nodes"]
        if "schemeID" in node
    ]
    aif = nodes | {
        "schemefulfillments": schemes,
        "participants": [],
        "descriptorfulfillments": [],
        "cqdescriptorfulfillments": [],
    }
    text = "\n".join(node.text for node in argmap.nodes)
    return document(
        {
            "AIF": aif,
            "OVA": {"firstname": "", "surname": "", "url": "", "nodes": [], "edges": []},
            "text": text,
            "dialog": False,
        }
    )


def _node_set(argmap: ArgMap, date: str | None) -> dict[str, Any]:
    graph = aif_graph(argmap)
    nodes: list[dict[str, Any]] = []
    for one in graph.nodes:
        said: dict[str, Any] = {"nodeID": str(one.number), "type": one.type}
        if one.type == "I":
            said |= {"text": argmap.node(one.id).text}
        else:
            said |= {"text": NAMES[one.type], "scheme": NAMES[one.type], "schemeID": SCHEMES[one.type]}
        if date is not None:
            said["timestamp"] = date
        kept = {"id": one.id, "scheme": one.scheme, "checked": argmap.node(one.id).remark}
        nodes.append(said | {"cruxmap": {key: text for key, text in kept.items() if text}})
    edges = [
        {"edgeID": str(number), "fromID": str(source), "toID": str(target), "formEdgeID": None}
        for number, (source, target) in enumerate(graph.edges, start=len(nodes) + 1)
    ]
    return {"nodes": nodes, "edges": edges, "locutions": []}


def aif_losses(argmap: ArgMap) -> tuple[str, ...]:
    """Say what AIF does not keep, and which node is which."""
    graph = aif_graph(argmap)
    found = ["Entries, locators, base scores, strengths and labels are not written."]
    kinds = {edge.kind for edge in argmap.edges}
    if MapEdgeKind.EXCEPTION in kinds:
        found.append("An exception is written as a conflict with the inference that it switches off.")
    if any(
        edge.kind is MapEdgeKind.SUPPORT and argmap.node(edge.target).is_argument for edge in argmap.edges
    ):
        found.append("Support of an argument is written as support of what it says.")
    if graph.conflicts_with_conflicts:
        count = graph.conflicts_with_conflicts
        found.append(f"{count} conflicts end on conflicts, which some readers do not support.")
    several = sum(
        sum(edge.kind in (MapEdgeKind.SUPPORT, MapEdgeKind.ATTACK, MapEdgeKind.UNDERCUT) for edge in edges)
        > 1
        for edges in argmap.outgoing.values()
    )
    if several:
        found.append(f"{several} arguments bear on several nodes and are written as several inferences.")
    ids = ", ".join(f"{node.id} = {node.number}" for node in graph.nodes if node.type == "I")
    return (*found, f"Numbers of the I-nodes: {ids}.")
