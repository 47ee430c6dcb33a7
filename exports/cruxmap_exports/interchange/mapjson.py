"""The common model itself as JSON: the one format that loses nothing."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from cruxmap_exports.interchange.errors import InterchangeError
from cruxmap_exports.interchange.maps import ArgumentMap, Edge, EdgeKind, Loss, Node, NodeKind
from cruxmap_exports.interchange.textfiles import read_json

if TYPE_CHECKING:
    from pathlib import Path


def write(graph: ArgumentMap) -> tuple[str, list[Loss]]:
    """Write `{"schema": 1, "nodes": [...], "edges": [...]}`; empty fields are left out."""
    nodes = []
    for node in graph.nodes:
        given = {
            "title": node.title,
            "text": node.text,
            "base": node.base,
            "role": node.role,
            "extras": dict(sorted(node.extras.items())),
        }
        kept = {key: value for key, value in given.items() if value not in ("", None, {})}
        nodes.append({"id": node.id, "kind": node.kind.value, **kept})
    edges = [{"source": edge.source, "target": edge.target, "kind": edge.kind.value} for edge in graph.edges]
    data = {"schema": 1, "format": "cruxmap-map", "nodes": nodes, "edges": edges}
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n", []


def read(path: str | Path) -> ArgumentMap:
    """Read what `write` writes.

    Raises
    ------
    InterchangeError
        When the file has another shape.
    """
    data, shown = read_json(path), str(path)
    if not isinstance(data, dict) or not isinstance(data.get("nodes"), list):
        raise InterchangeError(shown, 'a map is an object with the lists "nodes" and "edges"')
    nodes: dict[str, Node] = {}
    for number, item in enumerate(data["nodes"], start=1):
        node = _node(item, shown, number)
        if node.id in nodes:
            raise InterchangeError(shown, f"node {number}: the id {node.id!r} is used twice")
        nodes[node.id] = node
    listed = data.get("edges", [])
    if not isinstance(listed, list):
        raise InterchangeError(shown, '"edges" must be a list')
    edges = [_edge(item, nodes, shown, number) for number, item in enumerate(listed, start=1)]
    return ArgumentMap(tuple(nodes.values()), tuple(dict.fromkeys(edges)))


def _node(item: Any, shown: str, number: int) -> Node:
    def fail(reason: str) -> InterchangeError:
        return InterchangeError(shown, f"node {number}: {reason}")

    if not isinstance(item, dict) or not isinstance(item.get("id"), str) or not item["id"]:
        raise fail('a node is an object with a text as "id"')
    unknown = set(item) - {"id", "kind", "title", "text", "base", "role", "extras"}
    if unknown:
        raise fail(f"unknown key {min(unknown)!r}")
    kinds = [kind.value for kind in NodeKind]
    if item.get("kind", "statement") not in kinds:
        raise fail(f'"kind" must be one of {", ".join(kinds)}')
    texts = {key: item.get(key, "") for key in ("title", "text", "role")}
    extras, base = item.get("extras", {}), item.get("base")
    if not all(isinstance(value, str) for value in texts.values()):
        raise fail('"title", "text" and "role" must be texts')
    if not isinstance(extras, dict) or not all(isinstance(value, str) for value in extras.values()):
        raise fail('"extras" must be an object of texts')
    if base is not None and (type(base) not in {int, float} or not 0 <= base <= 1):
        raise fail('"base" must be a number from 0 to 1')
    kind = NodeKind(item.get("kind", "statement"))
    return Node(item["id"], kind, base=None if base is None else float(base), extras=extras, **texts)


def _edge(item: Any, nodes: dict[str, Node], shown: str, number: int) -> Edge:
    kinds = [kind.value for kind in EdgeKind]
    if not isinstance(item, dict) or set(item) != {"source", "target", "kind"} or item["kind"] not in kinds:
        reason = f'an edge has "source", "target" and "kind", which is one of {", ".join(kinds)}'
        raise InterchangeError(shown, f"edge {number}: {reason}")
    for end in ("source", "target"):
        if not isinstance(item[end], str) or item[end] not in nodes:
            raise InterchangeError(shown, f"edge {number}: there is no node {item[end]!r}")
    return Edge(item["source"], item["target"], EdgeKind(item["kind"]))
