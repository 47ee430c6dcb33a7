"""AIF-JSON (nodesets of AIFdb) and xAIF as argument maps.

Information nodes become statements, S-nodes (RA, CA) arguments. What is said of who spoke when (L, YA, TA)
has no place in a map of reasons and is counted; rephrasings and preferences are named one by one.

References
----------
Carlos Chesnevar et al. (2006). Towards an argument interchange format.
The Knowledge Engineering Review 21(4).
Floris Bex, Sanjay Modgil, Henry Prakken, Chris Reed (2013). On logical specifications of the Argument
Interchange Format. Journal of Logic and Computation 23(5).
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from cruxmap_exports.interchange.errors import InterchangeError
from cruxmap_exports.interchange.maps import (
    NEGATIVE,
    POSITIVE,
    SYMMETRIC,
    ArgumentMap,
    Edge,
    EdgeKind,
    Loss,
    Node,
    NodeKind,
    collapsed,
    reified,
)
from cruxmap_exports.interchange.textfiles import read_json

if TYPE_CHECKING:
    from pathlib import Path

OWN_KEY = "cruxmap"
"""Key of a node under which we keep what AIF has no field for; other readers ignore it."""

_DEFAULT_SCHEMES = {
    *("", "Default", "Default Inference", "Default Conflict", "Inference", "Conflict", "Support", "Attack"),
    *("RA", "CA"),
}
_SCHEME_IDS = {"RA": "72", "CA": "71"}
_S_NODES = {"RA", "CA"}
_SPOKEN = {"L", "YA", "TA"}
_TITLES = {"RA": "Default Inference", "CA": "Default Conflict"}


@dataclass
class _Nodeset:
    """The nodes and edges of a file, with ids as text."""

    nodes: dict[str, dict[str, Any]] = field(default_factory=dict)
    edges: dict[tuple[str, str], None] = field(default_factory=dict)
    losses: list[Loss] = field(default_factory=list)

    def kind(self, name: str) -> str:
        return str(self.nodes[name].get("type", ""))

    def ends(self) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
        """What leads into each node, and where each leads."""
        into: dict[str, list[str]] = {name: [] for name in self.nodes}
        out: dict[str, list[str]] = {name: [] for name in self.nodes}
        for source, target in self.edges:
            into[target].append(source)
            out[source].append(target)
        return into, out


def read(path: str | Path) -> ArgumentMap:
    """Read a nodeset or an xAIF document.

    Returns
    -------
    ArgumentMap
        Inferences that are no more than "this speaks for that" are edges; see `maps.collapsed`.

    Raises
    ------
    InterchangeError
        When the file is not JSON or has no nodes.
    """
    shown = str(path)
    found = _nodeset(read_json(path), shown)
    nodes: dict[str, Node] = {}
    for name, item in found.nodes.items():
        kind = found.kind(name)
        if kind == "I" or kind in _S_NODES:
            nodes[name] = _node(name, item, kind, found)
    edges = _edges(found, nodes)
    _report_the_rest(found, nodes)
    renamed = _renamed(nodes, found)
    graph = ArgumentMap(
        tuple(nodes.values()) if not renamed else tuple(renamed[name] for name in nodes),
        tuple(
            Edge(renamed[edge.source].id, renamed[edge.target].id, edge.kind) if renamed else edge
            for edge in edges
        ),
        tuple(found.losses),
    )
    return collapsed(graph)


def _renamed(nodes: dict[str, Node], found: _Nodeset) -> dict[str, Node]:
    """Nodes under the ids that we once wrote beside the numbers, when each is used once."""
    own = {name: _own(found.nodes[name]).get("id", name) for name in nodes}
    if len(set(own.values())) != len(own):
        return {}
    return {name: replace(node, id=str(own[name]) or name) for name, node in nodes.items()}


def _nodeset(data: Any, shown: str) -> _Nodeset:
    if isinstance(data, dict):
        for key in ("AIF", "aif"):
            if isinstance(data.get(key), dict):
                data = data[key]
                break
    if not isinstance(data, dict) or "nodes" not in data:
        raise InterchangeError(shown, 'a nodeset is an object with the lists "nodes" and "edges"')
    found = _Nodeset()
    for number, item in enumerate(_rows(data["nodes"], "nodes", shown), start=1):
        _take_node(found, item, number, shown)
    dangling = 0
    for item in _rows(data.get("edges", []), "edges", shown):
        source, target = (_text_id(item.get(key)) for key in ("fromID", "toID"))
        if source not in found.nodes or target not in found.nodes:
            dangling += 1
            continue
        found.edges[source, target] = None
    if dangling:
        found.losses.append(Loss(f"edges whose ends are not in the file, left out: {dangling}"))
    _name_speakers(found, data)
    return found


def _take_node(found: _Nodeset, item: dict[str, Any], number: int, shown: str) -> None:
    name = _text_id(item.get("nodeID"))
    if not name:
        raise InterchangeError(shown, f'node {number} has no "nodeID"')
    if name not in found.nodes:
        found.nodes[name] = item
        return
    first = found.nodes[name]
    if any(first.get(key) != item.get(key) for key in ("type", "text")):
        raise InterchangeError(
            shown, f"node {number}: the id {name!r} is used twice, with different contents"
        )
    found.losses.append(Loss(f"node {name} stands twice in the file and was read once", node=name))


def _rows(value: Any, key: str, shown: str) -> list[dict[str, Any]]:
    """Rows of a list of objects, or of an object of columns as the DialAM data have it."""
    if isinstance(value, dict) and all(isinstance(column, list) for column in value.values()):
        lengths = {len(column) for column in value.values()}
        if len(lengths) > 1:
            raise InterchangeError(shown, f'the columns of "{key}" have different lengths')
        return [dict(zip(value, row, strict=True)) for row in zip(*value.values(), strict=True)]
    if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
        raise InterchangeError(shown, f'"{key}" must be a list of objects')
    return value


def _text_id(value: Any) -> str:
    return str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""


def _own(item: dict[str, Any]) -> dict[str, Any]:
    own = item.get(OWN_KEY)
    return own if isinstance(own, dict) else {}


def _node(name: str, item: dict[str, Any], kind: str, found: _Nodeset) -> Node:
    own = _own(item)
    text = item.get("text")
    text = text if isinstance(text, str) else ""
    extras = {key: value for key, value in own.get("extras", {}).items() if isinstance(value, str)}
    written = own.get("base")
    base = float(written) if isinstance(written, int | float) and 0 <= written <= 1 else None
    if "id" in own:
        title, text = str(own.get("title", "")), str(own.get("text", ""))
    else:
        title = ""
    if kind == "I":
        if not text and "id" not in own:
            found.losses.append(Loss("the statement has no text", node=name))
        return Node(name, NodeKind.STATEMENT, title, text, base, str(own.get("role", "")), extras)
    scheme = str(item.get("scheme") or "") or (text if "id" not in own else "")
    if scheme not in _DEFAULT_SCHEMES and "scheme" not in extras and "id" not in own:
        extras["scheme"] = scheme
    return Node(
        name,
        NodeKind.ARGUMENT,
        title,
        text if "id" in own else "",
        base,
        str(own.get("role", "")),
        extras,
    )


def _edges(found: _Nodeset, nodes: dict[str, Node]) -> list[Edge]:
    edges: dict[Edge, None] = {}
    for source, target in found.edges:
        if source not in nodes or target not in nodes:
            continue
        made = _edge(found, source, target)
        if found.kind(source) == found.kind(target) == "I":
            message = f"{source} leads to {target} without an inference between them; read as a support"
            found.losses.append(Loss(message, node=target))
        edges[made] = None
    into, out = found.ends()
    for name, node in nodes.items():
        if not node.is_argument:
            continue
        if not any(target in nodes for target in out[name]):
            found.losses.append(Loss(f"the {found.kind(name)}-node {name} has no conclusion", node=name))
        if not any(found.kind(source) == "I" for source in into[name]) and not _own(found.nodes[name]):
            found.losses.append(Loss(f"the {found.kind(name)}-node {name} has no premise", node=name))
    return list(edges)


def _edge(found: _Nodeset, source: str, target: str) -> Edge:
    kind, other = found.kind(source), found.kind(target)
    if kind == "I":
        return Edge(source, target, EdgeKind.PREMISE if other in _S_NODES else EdgeKind.SUPPORT)
    written = _own(found.nodes[source]).get("relation")
    if written in [item.value for item in EdgeKind]:
        return Edge(source, target, EdgeKind(written))
    if kind == "RA":
        return Edge(source, target, EdgeKind.SUPPORT)
    return Edge(source, target, EdgeKind.UNDERCUT if other in _S_NODES else EdgeKind.ATTACK)


def _name_speakers(found: _Nodeset, data: dict[str, Any]) -> None:
    """Count what belongs to the dialogue."""
    spoken = Counter(found.kind(name) for name in found.nodes if found.kind(name) in _SPOKEN)
    words = {"L": "locutions", "YA": "illocutions", "TA": "transitions"}
    for kind, count in sorted(spoken.items()):
        found.losses.append(
            Loss(f"{words[kind]} ({kind}-nodes) say who said what, not why; left out: {count}")
        )
    fulfilled = data.get("schemefulfillments")
    if isinstance(fulfilled, list) and any(
        isinstance(item, dict)
        and _text_id(item.get("schemeID")) not in ("71", "72", "74", "80", "82", "144", "")
        for item in fulfilled
    ):
        found.losses.append(Loss("the numbers of schemes (schemefulfillments) were not looked up"))


def _report_the_rest(found: _Nodeset, nodes: dict[str, Node]) -> None:
    into, out = found.ends()
    for name in found.nodes:
        kind = found.kind(name)
        if kind in ("MA", "PA"):
            sources, targets = into[name], out[name]
            ends = f"{', '.join(sources) or 'nothing'} to {', '.join(targets) or 'nothing'}"
            what = "a rephrasing (MA), a candidate for one statement" if kind == "MA" else "a preference (PA)"
            node = next((item for item in (*targets, *sources) if item in nodes), "")
            found.losses.append(Loss(f"{name}, {what}, leads from {ends}; left out", node=node))
        elif kind not in nodes and kind not in ("I", *_S_NODES, *_SPOKEN):
            found.losses.append(Loss(f"node {name} is of the unknown type {kind!r}; left out"))
    heard = [
        (source, target)
        for source, target in found.edges
        if target in nodes and nodes[target].is_argument and found.kind(source) == "L"
    ]
    for source, target in heard:
        found.losses.append(Loss(f"the locution {source} is a premise of {target}; left out", node=target))


def write(graph: ArgumentMap) -> tuple[str, list[Loss]]:
    """Write a nodeset: one I-node per statement, one S-node per argument and polarity.

    Returns
    -------
    text : str
    losses : list of Loss
    """
    full, losses = reified(collapsed(graph)), _unwritable(graph)
    numbers: dict[str, str] = {}
    nodes: list[dict[str, Any]] = []
    edges: dict[tuple[str, str], None] = {}
    outgoing = full.outgoing()
    halves: dict[str, str] = {}
    for node in full.nodes:
        number = str(len(nodes) + 1)
        numbers[node.id] = number
        positive = [edge for edge in outgoing[node.id] if edge.kind in POSITIVE]
        negative = [edge for edge in outgoing[node.id] if edge.kind in NEGATIVE]
        if not node.is_argument:
            nodes.append(_written(node, number, "I", ""))
            continue
        kind = "CA" if negative and not positive else "RA"
        relation = next((edge.kind.value for edge in positive or negative), "")
        nodes.append(_written(node, number, kind, relation))
        if positive and negative:
            halves[node.id] = str(len(nodes) + 1)
            second = replace(node, id=f"{node.id} (attack)")
            nodes.append(_written(second, halves[node.id], "CA", negative[0].kind.value))
            message = f"{node.name} both supports and attacks; it became an RA-node and a CA-node"
            losses.append(Loss(message, node=node.id))
    for edge in full.edges:
        source = (
            halves.get(edge.source, numbers[edge.source]) if edge.kind in NEGATIVE else numbers[edge.source]
        )
        if edge.kind is EdgeKind.CONTEXT:
            continue
        edges[source, numbers[edge.target]] = None
        if edge.kind is EdgeKind.PREMISE and edge.target in halves:
            edges[source, halves[edge.target]] = None
    first = len(nodes) + 1
    data = {
        "nodes": nodes,
        "edges": [
            {"edgeID": str(number), "fromID": source, "toID": target, "formEdgeID": None}
            for number, (source, target) in enumerate(edges, start=first)
        ],
        "locutions": [],
        "participants": [],
    }
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n", losses


def _written(node: Node, number: str, kind: str, relation: str) -> dict[str, Any]:
    own: dict[str, Any] = {"id": node.id}
    given = {"title": node.title, "text": node.text, "base": node.base, "role": node.role}
    own |= {key: value for key, value in given.items() if value not in ("", None)}
    if node.extras:
        own["extras"] = dict(sorted(node.extras.items()))
    if relation:
        own["relation"] = relation
    text = node.text or node.title or (node.id if kind == "I" else _TITLES[kind])
    written: dict[str, Any] = {"nodeID": number, "text": text, "type": kind}
    if kind in _SCHEME_IDS:
        written["scheme"] = node.extras.get("scheme", _TITLES[kind])
        if "scheme" not in node.extras:
            written["schemeID"] = _SCHEME_IDS[kind]
    return {**written, OWN_KEY: own}


def _unwritable(graph: ArgumentMap) -> list[Loss]:
    def count(*kinds: EdgeKind) -> int:
        return sum(edge.kind in kinds for edge in graph.edges)

    found = {
        "the format has no context relations; left out": count(EdgeKind.CONTEXT),
        "other readers see inferences (RA) instead of entailments": count(EdgeKind.ENTAILS),
        "other readers see a conflict (CA) in one direction where both exclude each other": count(*SYMMETRIC),
        "other readers do not see scores": sum(node.base is not None for node in graph.nodes),
    }
    return [Loss(f"{message}: {number}") for message, number in found.items() if number]
