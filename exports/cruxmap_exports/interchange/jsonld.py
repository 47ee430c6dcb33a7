"""Write argument maps in JSON-LD with the vocabulary of the Argument Interchange Format."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cruxmap_exports.interchange.aif_nodes import aif_graph
from cruxmap_exports.interchange.drawing import drawable
from cruxmap_exports.interchange.mapjson import document
from cruxmap_exports.interchange.maps import EdgeKind, Loss

if TYPE_CHECKING:
    from cruxmap_exports.argmap import MapNode
    from cruxmap_exports.interchange.aif_nodes import AifNode
    from cruxmap_exports.interchange.maps import ArgumentMap

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
    **{
        name: f"cruxmap:{name}"
        for name in (
            "id",
            "kind",
            "entry",
            "name",
            "at",
            "base",
            "strength",
            "label",
            "title",
            "verified",
            "conventions",
        )
    },
}


def write_jsonld(graph: ArgumentMap) -> tuple[str, list[Loss]]:
    """Write a map in JSON-LD: I-nodes for what is claimed, RA- and CA-nodes for how it bears on what.

    Notes
    -----
    Chesñevar and others, "Towards an argument interchange format", 2006; the graph is that of
    `cruxmap_exports.interchange.aif_nodes`.
    """
    translated = aif_graph(graph)
    drawn = {node.id: node for node in drawable(graph).nodes}
    into: dict[int, list[str]] = {one.number: [] for one in translated.nodes}
    out: dict[int, list[str]] = {one.number: [] for one in translated.nodes}
    types = {one.number: one.type for one in translated.nodes}
    for source, target in translated.edges:
        out[source].append(f"n{target}")
        if types[source] == "I":
            into[target].append(f"n{source}")
    items: list[dict[str, Any]] = []
    for one in translated.nodes:
        item: dict[str, Any] = {"@id": f"n{one.number}", "@type": f"aif:{one.type}-node"}
        if one.type == "I":
            item |= _claim(one, drawn[one.node.id])
        else:
            names = ("premises", "conclusion") if one.type == "RA" else ("conflicting", "conflicted")
            item |= {"id": one.node.id, names[0]: into[one.number], names[1]: out[one.number]}
        items.append(item)
    left_out = sum(edge.kind is EdgeKind.CONTEXT for edge in graph.edges)
    losses = [Loss("titles of entries are not written")]
    if left_out:
        losses.append(Loss(f"the format has no context relations; left out: {left_out}"))
    said = {"title": graph.title} | ({"conventions": graph.conventions} if graph.conventions else {})
    return document({"@context": _CONTEXT, **said, "@graph": items}), losses


def _claim(one: AifNode, drawn: MapNode) -> dict[str, Any]:
    values = drawn.as_data() | {"text": one.node.text or one.node.name}
    if not drawn.entry:
        # Nobody has said of a map of others in what kind of text it was checked.
        del values["verified"]
    kept = ("text", "id", "kind", "entry", "name", "at", "base", "strength", "label", "verified")
    return {name: value for name in kept if (value := values.get(name)) is not None}
