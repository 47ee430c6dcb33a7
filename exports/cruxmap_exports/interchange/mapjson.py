"""Argument maps as JSON of our own: the one format that loses nothing."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from cruxmap.plain import escaped
from cruxmap_exports.interchange.drawing import SECTION, STATEMENT, drawable
from cruxmap_exports.interchange.errors import InterchangeError
from cruxmap_exports.interchange.maps import ArgumentMap, Edge, EdgeKind, Loss, Node, NodeKind
from cruxmap_exports.interchange.textfiles import read_json
from cruxmap_exports.map_style import KINDS

if TYPE_CHECKING:
    from pathlib import Path

SCHEMA = 1
"""Version of the layout of the document."""

FORMAT = "cruxmap-map"

_TEXTS = ("entry", "at", "label", "verified", "scheme")
"""Extras that stand beside the text of a node."""

_NODE_KEYS = {
    *("id", "kind", "name", "title", "text", "base", "strength", "role", "extras"),
    *_TEXTS,
}
_EDGE_KEYS = {"source", "target", "kind", "ends_on"}
_EXCEPTION = "exception"
_CHECKED = "primary"
"""Where a claim of ours was checked that says nothing else: in the work itself."""


def document(data: Any) -> str:
    """Write data as JSON that no terminal obeys and every reader takes."""
    text = escaped(json.dumps(data, ensure_ascii=False, indent=1, allow_nan=False))
    return text.replace("\ufffe", "\\ufffe").replace("\uffff", "\\uffff") + "\n"


def write(graph: ArgumentMap) -> tuple[str, list[Loss]]:
    """Write one document: `schema`, `format`, `kind`, `title`, `conventions`, `entries`, `nodes`, `edges`.

    Returns
    -------
    text : str
        A node has `id`, `kind` (of a statement of ours what it is, such as `assumption`; otherwise
        `statement` or `argument`), `entry`, `name`, `text`, `at`, `base`, `strength`, `label`, `verified`,
        `scheme`, and where a map of others says more `role` and `extras`. An edge has `source`, `target`,
        `kind` (an `exception` is a statement that undercuts an argument), and `ends_on`: the position of the
        edge in which the inference of the target is drawn.
    losses : list of Loss
        Always empty.
    """
    drawn, sections = drawable(graph), _sections(graph)
    data = {
        "schema": SCHEMA,
        "format": FORMAT,
        "kind": "argument-map",
        "title": graph.title,
        "conventions": graph.conventions,
        "entries": sections,
        "nodes": [
            _written(node, one.as_data() | {"entry": node.extras.get("entry", "")}, sections)
            for node, one in zip(graph.nodes, drawn.nodes, strict=True)
        ],
        "edges": [edge.as_data() for edge in drawn.edges],
    }
    return document(data), []


def _sections(graph: ArgumentMap) -> dict[str, str]:
    """Title of each entry about which all of its nodes agree."""
    found: dict[str, set[str | None]] = {}
    for node in graph.nodes:
        if node.extras.get("entry"):
            found.setdefault(node.extras["entry"], set()).add(node.extras.get(SECTION))
    return {entry: title for entry, titles in found.items() if len(titles) == 1 for title in titles if title}


def _written(node: Node, said: dict[str, Any], sections: dict[str, str]) -> dict[str, Any]:
    ours = {key: value for key in _TEXTS if (value := node.extras.get(key)) and value != _CHECKED}
    if said["strength"] is not None and repr(said["strength"]) == node.extras.get("strength"):
        ours["strength"] = node.extras["strength"]
    else:
        said["strength"] = None
    if "entry" not in ours and "verified" not in ours:
        # Nobody has said of a map of others in what kind of text it was checked.
        said["verified"] = None
    kind = said["kind"]
    if node.role and (node.is_argument or kind != node.role):
        said |= {"kind": node.kind.value, "role": node.role}
    if node.title == node.id:
        said["title"] = node.title
    if ours.get("entry") in sections:
        ours[SECTION] = sections[ours["entry"]]
    more = {key: value for key, value in node.extras.items() if key not in ours or ours[key] != value}
    return said | ({"extras": dict(sorted(more.items()))} if more else {})


def read(path: str | Path) -> ArgumentMap:
    """Read what `write` writes; of a node only the id is needed.

    Raises
    ------
    InterchangeError
        When the file has another shape.
    """
    data, shown = read_json(path), str(path)
    if not isinstance(data, dict) or not isinstance(data.get("nodes"), list):
        raise InterchangeError(shown, 'a map is an object with the lists "nodes" and "edges"')
    sections = data.get("entries", {})
    if not isinstance(sections, dict) or not all(isinstance(value, str) for value in sections.values()):
        raise InterchangeError(shown, '"entries" must be an object of titles')
    nodes: dict[str, Node] = {}
    for number, item in enumerate(data["nodes"], start=1):
        node = _node(item, sections, shown, number)
        if node.id in nodes:
            raise InterchangeError(shown, f"node {number}: the id {node.id!r} is used twice")
        nodes[node.id] = node
    listed = data.get("edges", [])
    if not isinstance(listed, list):
        raise InterchangeError(shown, '"edges" must be a list')
    edges = [_edge(item, nodes, shown, number) for number, item in enumerate(listed, start=1)]
    said = {key: data.get(key, "") for key in ("title", "conventions")}
    if not all(isinstance(value, str) for value in said.values()):
        raise InterchangeError(shown, '"title" and "conventions" must be texts')
    return ArgumentMap(tuple(nodes.values()), tuple(dict.fromkeys(edges)), **said)


def _node(item: Any, sections: dict[str, str], shown: str, number: int) -> Node:
    def fail(reason: str) -> InterchangeError:
        return InterchangeError(shown, f"node {number}: {reason}")

    if not isinstance(item, dict) or not isinstance(item.get("id"), str) or not item["id"]:
        raise fail('a node is an object with a text as "id"')
    unknown = set(item) - _NODE_KEYS
    if unknown:
        raise fail(f"unknown key {min(unknown)!r}")
    if item.get("kind", STATEMENT) not in (STATEMENT, *KINDS):
        raise fail(f'"kind" must be one of {", ".join((*NodeKind, *sorted(KINDS.keys() - set(NodeKind))))}')
    # What is not known may be null as well as missing.
    said = {key: value for key, value in item.items() if value is not None}
    texts = {key: said.get(key, "") for key in ("title", "text", "role", "name", *_TEXTS)}
    extras = said.get("extras", {})
    if not all(isinstance(value, str) for value in texts.values()):
        raise fail(f"{', '.join(texts)} must be texts")
    if not isinstance(extras, dict) or not all(isinstance(value, str) for value in extras.values()):
        raise fail('"extras" must be an object of texts')
    for key in ("base", "strength"):
        if key in said and (type(said[key]) not in {int, float} or not 0 <= said[key] <= 1):
            raise fail(f'"{key}" must be a number from 0 to 1')
    return _made(said, texts, extras, sections)


def _made(
    said: dict[str, Any], texts: dict[str, str], extras: dict[str, str], sections: dict[str, str]
) -> Node:
    kind = said.get("kind", STATEMENT)
    ours = {key: texts[key] for key in _TEXTS if texts[key]}
    if ours.get("verified") == _CHECKED:
        del ours["verified"]
    if "strength" in said:
        ours["strength"] = repr(float(said["strength"]))
    if texts["entry"] in sections:
        ours[SECTION] = sections[texts["entry"]]
    name = "" if texts["name"] == said["id"] else texts["name"]
    return Node(
        said["id"],
        NodeKind.ARGUMENT if kind == NodeKind.ARGUMENT else NodeKind.STATEMENT,
        texts["title"] or name,
        texts["text"],
        float(said["base"]) if "base" in said else None,
        texts["role"] or ("" if kind in tuple(NodeKind) else kind),
        ours | extras,
    )


def _edge(item: Any, nodes: dict[str, Node], shown: str, number: int) -> Edge:
    kinds = [*(kind.value for kind in EdgeKind), _EXCEPTION]
    whole = isinstance(item, dict) and {"source", "target", "kind"} <= set(item) <= _EDGE_KEYS
    if not whole or item["kind"] not in kinds:
        reason = f'an edge has "source", "target" and "kind", which is one of {", ".join(kinds)}'
        raise InterchangeError(shown, f"edge {number}: {reason}")
    for end in ("source", "target"):
        if not isinstance(item[end], str) or item[end] not in nodes:
            raise InterchangeError(shown, f"edge {number}: there is no node {item[end]!r}")
    kind = EdgeKind.UNDERCUT if item["kind"] == _EXCEPTION else EdgeKind(item["kind"])
    return Edge(item["source"], item["target"], kind)
