"""Write argument maps as node sets of AIFdb and as xAIF."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from cruxmap_exports.interchange.aif import OWN_KEY
from cruxmap_exports.interchange.aif_nodes import aif_graph
from cruxmap_exports.interchange.mapjson import document
from cruxmap_exports.interchange.maps import SYMMETRIC, EdgeKind, Loss

if TYPE_CHECKING:
    from cruxmap_exports.interchange.aif_nodes import AifGraph, AifNode
    from cruxmap_exports.interchange.maps import ArgumentMap

NAMES = {"RA": "Default Inference", "CA": "Default Conflict"}
SCHEMES = {"RA": "72", "CA": "71"}
"""Names and numbers of the default schemes in AIFdb."""

_ON_INFERENCES = (EdgeKind.UNDERCUT, EdgeKind.PREMISE, EdgeKind.CONTEXT)
"""Kinds of edges that mean the inference of an argument, or that are not written."""


def write(graph: ArgumentMap, date: str | None = None) -> tuple[str, list[Loss]]:
    """Write a map as an AIF node set in JSON.

    Parameters
    ----------
    graph : ArgumentMap
    date : str, optional
        Time stamp `YYYY-MM-DD HH:mm:ss` of every node; none by default, so that the same map gives the same
        bytes.

    Returns
    -------
    text : str
        Ids are numeric strings. Our own id, and what AIF has no field for, stand in the extra key `cruxmap`,
        which readers ignore.
    losses : list of Loss
    """
    translated = aif_graph(graph)
    return document(_node_set(graph, translated, date)), _losses(graph, translated)


def write_xaif(graph: ArgumentMap, date: str | None = None) -> tuple[str, list[Loss]]:
    """Write a map as xAIF: the node set, an empty layout, and the texts as one text."""
    translated = aif_graph(graph)
    nodes = _node_set(graph, translated, date)
    schemes = [
        {"nodeID": node["nodeID"], "schemeID": node["schemeID"]}
        for node in nodes["nodes"]
        if "schemeID" in node
    ]
    nodes |= {"schemefulfillments": schemes, "descriptorfulfillments": [], "cqdescriptorfulfillments": []}
    data = {
        "AIF": nodes,
        "OVA": {"firstname": "", "surname": "", "url": "", "nodes": [], "edges": []},
        "text": "\n".join(node.text for node in graph.nodes if node.text),
        "dialog": False,
    }
    return document(data), _losses(graph, translated)


def _node_set(graph: ArgumentMap, translated: AifGraph, date: str | None) -> dict[str, Any]:
    stamp = {} if date is None else {"timestamp": date}
    nodes = [_written(one, stamp) for one in translated.nodes]
    edges = [
        {"edgeID": str(number), "fromID": str(source), "toID": str(target), "formEdgeID": None}
        for number, (source, target) in enumerate(translated.edges, start=len(nodes) + 1)
    ]
    own = {key: value for key in ("title", "conventions") if (value := getattr(graph, key))}
    return {
        "nodes": nodes,
        "edges": edges,
        "locutions": [],
        "participants": [],
        **({OWN_KEY: own} if own else {}),
    }


def _written(one: AifNode, stamp: dict[str, str]) -> dict[str, Any]:
    said: dict[str, Any] = {"nodeID": str(one.number), "type": one.type}
    if one.type == "I":
        said["text"] = one.node.text or one.node.name
    else:
        scheme = one.node.extras.get("scheme")
        said |= {"text": scheme or NAMES[one.type], "scheme": scheme or NAMES[one.type]}
        if scheme is None:
            said["schemeID"] = SCHEMES[one.type]
    return {**said, **stamp, OWN_KEY: _own(one)}


def _own(one: AifNode) -> dict[str, Any]:
    """Say what only we read: of the first node of a statement or argument all, of others whose they are."""
    node = one.node
    own: dict[str, Any] = {} if one.type == "I" else {"argument": node.id}
    if one.relation is not None:
        own["relation"] = one.relation.value
    if not one.is_home:
        return own
    given = {"title": node.title, "base": node.base, "role": node.role}
    own |= {"id": node.id, "kind": node.kind.value}
    own |= {key: value for key, value in given.items() if value not in ("", None)}
    if one.type == "I" and not node.text:
        # The field of AIF holds the name instead.
        own["text"] = ""
    return own | ({"extras": dict(sorted(node.extras.items()))} if node.extras else {})


def _losses(graph: ArgumentMap, translated: AifGraph) -> list[Loss]:
    arguments = {node.id for node in graph.nodes if node.is_argument}

    def count(*kinds: EdgeKind) -> int:
        return sum(edge.kind in kinds for edge in graph.edges)

    types = {one.number: one.type for one in translated.nodes}
    steps = Counter(one.node.id for one in translated.nodes if one.type != "I")
    found = {
        "the format has no context relations; left out": count(EdgeKind.CONTEXT),
        "other readers see inferences (RA) instead of entailments": count(EdgeKind.ENTAILS),
        "other readers see a conflict (CA) in one direction where both exclude each other": count(*SYMMETRIC),
        "other readers do not see names, scores, entries and locators": sum(
            bool(node.title or node.extras or node.base is not None) for node in graph.nodes
        ),
        "supports and attacks of arguments are written as those of what they say": sum(
            edge.target in arguments and edge.kind not in _ON_INFERENCES for edge in graph.edges
        ),
        "conflicts end on conflicts, which some readers do not support": sum(
            types[source] == types[target] == "CA" for source, target in translated.edges
        ),
        "arguments bear on several nodes, which other readers see as several inferences": sum(
            number > 1 for number in steps.values()
        ),
    }
    return [Loss(f"{message}: {number}") for message, number in found.items() if number]
