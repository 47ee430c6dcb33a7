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

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from cruxmap_exports.interchange.errors import InterchangeError
from cruxmap_exports.interchange.maps import (
    ArgumentMap,
    Edge,
    EdgeKind,
    Loss,
    Node,
    NodeKind,
    collapsed,
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
    said: dict[str, str] = field(default_factory=dict)
    """Title and conventions of a map that we wrote."""

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
    names = _names(found)
    nodes: dict[str, Node] = {}
    for name, item in found.nodes.items():
        if name in names and (names[name] not in nodes or _is_home(item)):
            nodes[names[name]] = _node(name, item, names[name], found)
    edges = _edges(found, names)
    _report_the_rest(found, names)
    graph = ArgumentMap(
        tuple(nodes.values()),
        tuple(edges),
        tuple(replace(loss, node=names.get(loss.node, "")) for loss in found.losses),
        **found.said,
    )
    return collapsed(graph)


def _names(found: _Nodeset) -> dict[str, str]:
    """Id in the map of each I- and S-node: the one that we once wrote beside the number, if it is unique.

    Several nodes of one argument have the same: what it says, and each inference that it is.
    """
    kept = [name for name in found.nodes if found.kind(name) in ("I", *_S_NODES)]
    homes = {name: str(_own(found.nodes[name])["id"]) for name in kept if _is_home(found.nodes[name])}
    known = set(homes.values())
    steps = {
        name: str(whose)
        for name in kept
        if name not in homes and found.kind(name) in _S_NODES
        if isinstance(whose := _own(found.nodes[name]).get("argument"), str) and whose in known
    }
    strangers = known & (set(kept) - homes.keys() - steps.keys())
    if len(known) != len(homes) or "" in known or strangers:
        return {name: name for name in kept}
    return {name: homes.get(name) or steps.get(name) or name for name in kept}


def _is_home(item: dict[str, Any]) -> bool:
    """Whether the node holds all that we wrote of a statement or argument."""
    own = _own(item)
    whose = own.get("argument", own.get("id"))
    return isinstance(own.get("id"), str) and whose == own["id"]


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
    found.said = {
        key: text for key in ("title", "conventions") if isinstance(text := _own(data).get(key), str)
    }
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


def _node(name: str, item: dict[str, Any], wanted: str, found: _Nodeset) -> Node:
    own, kind = _own(item), found.kind(name)
    written = item.get("text")
    text = written if isinstance(written, str) else ""
    is_argument = kind in _S_NODES or own.get("kind") == NodeKind.ARGUMENT
    if _is_home(item):
        made = _own_node(own, wanted, "" if kind in _S_NODES else text)
        return replace(made, kind=NodeKind.ARGUMENT) if is_argument else made
    if kind == "I":
        if not text:
            found.losses.append(Loss("the statement has no text", node=name))
        return Node(wanted, NodeKind.STATEMENT, text=text)
    scheme = str(item.get("scheme") or "") or text
    extras = {} if scheme in _DEFAULT_SCHEMES else {"scheme": scheme}
    return Node(wanted, NodeKind.ARGUMENT, extras=extras)


def _own_node(own: dict[str, Any], wanted: str, text: str) -> Node:
    """Read what we wrote of a statement or argument; a text that AIF has no field for replaces the other."""
    extras, base = own.get("extras"), own.get("base")
    known = isinstance(base, int | float) and not isinstance(base, bool) and 0 <= base <= 1
    said = {"title": "", "text": text, "role": ""}
    said |= {key: value for key in said if isinstance(value := own.get(key), str)}
    texts = extras.items() if isinstance(extras, dict) else ()
    return Node(
        wanted,
        NodeKind.STATEMENT,
        said["title"],
        said["text"],
        float(base) if known and base is not None else None,
        said["role"],
        {key: value for key, value in texts if isinstance(value, str)},
    )


def _edges(found: _Nodeset, names: dict[str, str]) -> list[Edge]:
    edges: dict[Edge, None] = {}
    for source, target in found.edges:
        if source not in names or target not in names or _says(found, names, source, target):
            continue
        if found.kind(source) == found.kind(target) == "I":
            message = f"{source} leads to {target} without an inference between them; read as a support"
            found.losses.append(Loss(message, node=target))
        edges[Edge(names[source], names[target], _edge_kind(found, source, target))] = None
    into, out = found.ends()
    for name in names:
        if found.kind(name) not in _S_NODES or _own(found.nodes[name]):
            continue
        if not any(target in names for target in out[name]):
            found.losses.append(Loss(f"the {found.kind(name)}-node {name} has no conclusion", node=name))
        if not any(found.kind(source) == "I" for source in into[name]):
            found.losses.append(Loss(f"the {found.kind(name)}-node {name} has no premise", node=name))
    return list(edges)


def _says(found: _Nodeset, names: dict[str, str], source: str, target: str) -> bool:
    """Whether the edge only joins what an argument says to the argument itself."""
    kinds = {found.kind(source), found.kind(target)}
    said = next((name for name in (source, target) if found.kind(name) == "I"), "")
    if names[source] != names[target] or not kinds & _S_NODES or not said:
        return False
    own = _own(found.nodes[target if said == source else source])
    return said == source or "relation" not in own


def _edge_kind(found: _Nodeset, source: str, target: str) -> EdgeKind:
    kind, other = found.kind(source), found.kind(target)
    if kind == "I":
        return EdgeKind.PREMISE if other in _S_NODES else EdgeKind.SUPPORT
    written = _own(found.nodes[source]).get("relation")
    if written in [item.value for item in EdgeKind]:
        return EdgeKind(written)
    if kind == "RA":
        return EdgeKind.SUPPORT
    return EdgeKind.UNDERCUT if other in _S_NODES else EdgeKind.ATTACK


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


def _report_the_rest(found: _Nodeset, names: dict[str, str]) -> None:
    into, out = found.ends()
    for name in found.nodes:
        kind = found.kind(name)
        if kind in ("MA", "PA"):
            sources, targets = into[name], out[name]
            ends = f"{', '.join(sources) or 'nothing'} to {', '.join(targets) or 'nothing'}"
            what = "a rephrasing (MA), a candidate for one statement" if kind == "MA" else "a preference (PA)"
            node = next((item for item in (*targets, *sources) if item in names), "")
            found.losses.append(Loss(f"{name}, {what}, leads from {ends}; left out", node=node))
        elif kind not in ("I", *_S_NODES, *_SPOKEN):
            found.losses.append(Loss(f"node {name} is of the unknown type {kind!r}; left out"))
    heard = [
        (source, target)
        for source, target in found.edges
        if found.kind(target) in _S_NODES and found.kind(source) == "L"
    ]
    for source, target in heard:
        found.losses.append(Loss(f"the locution {source} is a premise of {target}; left out", node=target))
