"""Write argument maps in JSON, and in JSON-LD with the vocabulary of the Argument Interchange Format."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from cruxmap.plain import escaped
from cruxmap_exports.argmap import MapEdgeKind
from cruxmap_exports.map_aif_nodes import aif_graph

if TYPE_CHECKING:
    from cruxmap_exports.argmap import ArgMap

SCHEMA = 1
"""Version of the layout of the JSON document."""


def document(data: Any) -> str:
    """Write data as JSON that no terminal obeys."""
    return escaped(json.dumps(data, ensure_ascii=False, indent=1, allow_nan=False)) + "\n"


def write_json(argmap: ArgMap) -> str:
    """Write a map as one JSON document: `schema`, `title`, `conventions`, `entries`, `nodes`, `edges`.

    Examples
    --------
    >>> from cruxmap_exports.argmap import ArgMap
    >>> json.loads(write_json(ArgMap("Nothing", (), ())))["title"]
    'Nothing'
    """
    return document({"schema": SCHEMA, "kind": "argument-map"} | argmap.as_data())


_CONTEXT: dict[str, Any] = {
    "aif": "http://www.arg.dundee.ac.uk/aif#",
    "cruxmap": "urn:cruxmap:",
    "@base": "urn:cruxmap:map/",
    "text": "aif:claimText",
    "premises": {"@id": "aif:Premise", "@type": "@id"},
    "conclusion": {"@id": "aif:Conclusion", "@type": "@id"},
    "conflicting": {"@id": "aif:ConflictingElement", "@type": "@id"},
    "conflicted": {"@id": "aif:ConflictedElement", "@type": "@id"},
    "fulfils": "aif:fulfils",
    "id": "cruxmap:id",
    "kind": "cruxmap:kind",
    "entry": "cruxmap:entry",
    "name": "cruxmap:name",
    "at": "cruxmap:at",
    "base": "cruxmap:base",
    "strength": "cruxmap:strength",
    "label": "cruxmap:label",
    "title": "cruxmap:title",
    "verified": "cruxmap:verified",
}


def write_jsonld(argmap: ArgMap) -> str:
    """Write a map in JSON-LD: I-nodes for what is claimed, RA- and CA-nodes for how it bears on what.

    Notes
    -----
    Chesñevar and others, "Towards an argument interchange format", 2006; the graph is that of
    `cruxmap_exports.map_aif_nodes`.
    """
    graph = aif_graph(argmap)
    items: list[dict[str, Any]] = []
    for one in graph.nodes:
        item: dict[str, Any] = {"@id": f"n{one.number}", "@type": f"aif:{one.type}-node"}
        if one.type == "I":
            node = argmap.node(one.id)
            kept = ("id", "kind", "entry", "name", "at", "base", "strength", "label", "verified")
            item |= {"text": node.text}
            item |= {name: value for name in kept if (value := getattr(node, name)) is not None}
        else:
            sources = [
                f"n{start}" for start, end in graph.edges if end == one.number and start in graph.claims
            ]
            ends = [f"n{end}" for start, end in graph.edges if start == one.number]
            into, out = ("premises", "conclusion") if one.type == "RA" else ("conflicting", "conflicted")
            item |= {"id": one.id, into: sources, out: ends}
        items.append(item)
    return document({"@context": _CONTEXT, "title": argmap.title, "@graph": items})


def jsonld_losses(argmap: ArgMap) -> tuple[str, ...]:
    """Say what JSON-LD does not keep."""
    found = ["Conventions of strengths and titles of entries are not written."]
    if any(edge.kind is MapEdgeKind.EXCEPTION for edge in argmap.edges):
        found.append("An exception is written as a conflict with the inference that it switches off.")
    return tuple(found)
