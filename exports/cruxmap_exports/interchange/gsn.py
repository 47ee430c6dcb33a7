"""Goal Structuring Notation in YAML, as gsn2x reads it, as argument maps.

Goals, solutions, contexts, assumptions and justifications become statements, strategies become arguments.
What is asserted to be defeated is kept as an assertion: whether it is, the map itself decides.

References
----------
The Assurance Case Working Group (2021). GSN Community Standard, version 3.
gsn2x 4.3, documentation of the input format and of the checks V01 to V13 and C01 to C16.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from cruxmap_exports.interchange import yamlfiles
from cruxmap_exports.interchange.maps import ArgumentMap, Edge, EdgeKind, Loss, Node, NodeKind, collapsed

if TYPE_CHECKING:
    from pathlib import Path

    from cruxmap_exports.interchange.yamlfiles import YamlFile

ROLES = {
    "CSn": "CounterSolution",
    "CG": "CounterGoal",
    "Sn": "Solution",
    "G": "Goal",
    "A": "Assumption",
    "J": "Justification",
    "C": "Context",
    "S": "Strategy",
}
"""Prefix of an id -> kind of element; longer prefixes first."""

COUNTER = ("CounterGoal", "CounterSolution")
IN_CONTEXT = ("Context", "Assumption", "Justification")
MODULE = "argument-map"
"""Name of the modules that we write."""

STANDS_FOR = "stands-for"
"""Layer of an element that says what another element does besides; its value is the id of the other one."""

OWN_LAYERS = ("title", "kind", "role", "base", STANDS_FOR)
"""Layers in which we keep what the notation has no place for."""

_RELATIONS = ("supportedBy", "inContextOf", "challenges")
_DRAWING = ("rankIncrement", "horizontalIndex", "charWrap", "acp")


def role_of(name: str, element: dict[str, Any] | None = None) -> str:
    """Kind of an element: its `nodeType`, else what the prefix of its id says; empty if neither does.

    Examples
    --------
    >>> role_of("Sn1"), role_of("S1"), role_of("CG2"), role_of("X1")
    ('Solution', 'Strategy', 'CounterGoal', '')
    """
    written = (element or {}).get("nodeType")
    if written in ROLES.values():
        return str(written)
    return next((role for prefix, role in ROLES.items() if name.startswith(prefix)), "")


def read(path: str | Path) -> ArgumentMap:
    """Read one module.

    Raises
    ------
    InterchangeError
        When the file is not YAML, repeats a key, or an element is not a mapping with a text.
    """
    return collapsed(_Reader(yamlfiles.read(path)).read())


class _Reader:
    """Reads the elements of one file, then their relations."""

    def __init__(self, file: YamlFile) -> None:
        self.file = file
        self.nodes: dict[str, Node] = {}
        self.edges: dict[Edge, None] = {}
        self.losses: list[Loss] = []
        self.roles: dict[str, str] = {}
        self.stand_ins: dict[str, str] = {}
        self.said: dict[str, str] = {}

    def read(self) -> ArgumentMap:
        elements = {name: item for name, item in self.file.value.items() if name != "module"}
        self._module(self.file.value.get("module"))
        for name, item in elements.items():
            if not isinstance(item, dict):
                raise self.file.error(f"the element {name} must be a mapping with `text`", name)
            self.nodes[name] = self._node(name, item)
        self._stands_for(elements)
        for name, item in elements.items():
            for child in self._known(name, item, "supportedBy"):
                self._supported(name, child)
            for context in self._known(name, item, "inContextOf"):
                self._in_context(name, context)
        for name, item in elements.items():
            if "challenges" in item:
                self._challenge(name, item["challenges"])
        nodes = tuple(node for name, node in self.nodes.items() if name not in self.stand_ins)
        named = self.stand_ins.get
        edges = (
            Edge(named(edge.source, edge.source), named(edge.target, edge.target), edge.kind)
            for edge in self.edges
        )
        return ArgumentMap(nodes, tuple(dict.fromkeys(edges)), tuple(self.losses), **self.said)

    def _lose(self, message: str, *steps: str) -> None:
        node = steps[0] if steps and steps[0] in self.file.value and steps[0] != "module" else ""
        self.losses.append(Loss(message, *self.file.place(*steps), node))

    def _module(self, module: Any) -> None:
        if not isinstance(module, dict):
            return
        for key, value in module.items():
            if key in ("brief", "additionalInformation") and isinstance(value, str):
                self.said["title" if key == "brief" else "conventions"] = value
            elif key == "name" and value == MODULE:
                continue
            elif key in ("uses", "extends"):
                self._lose(f"module: `{key}` names other files, which were not read", "module", key)
            else:
                self._lose(f"module: `{key}` is not part of the map: {_short(value)}", "module", key)

    def _node(self, name: str, item: dict[str, Any]) -> Node:
        role = self.roles[name] = role_of(name, item)
        if not role:
            self._lose(f"the prefix of {name} is none of {', '.join(ROLES)} and it has no nodeType", name)
        text = item.get("text")
        if not isinstance(text, str):
            raise self.file.error(f"the element {name} has no `text`", name)
        own = _own_layers(item)
        said = own.get("kind") == NodeKind.ARGUMENT
        is_argument = said or role == "Strategy"
        extras: dict[str, str] = {}
        for key, value in item.items():
            if key in ("text", "nodeType", "undeveloped", *_RELATIONS) or key in own:
                continue
            if key in _DRAWING:
                self._lose(f"{name}: `{key}` says how to draw the element, not what it means", name, key)
            elif isinstance(value, str):
                extras[key] = value
            elif key == "classes":
                extras[key] = ", ".join(yamlfiles.texts(value))
            else:
                self._lose(f"{name}: `{key}` is no text and was left out", name, key)
        for key in ("defeated", "defeatedRelation"):
            if key in item:
                self._lose(
                    f"{name}: `{key}` is an assertion of the file; it does not decide anything here",
                    name,
                    key,
                )
        base = own.pop("base", None)
        own.pop("kind", None)
        made = {"role": "" if said else role} | own
        kind = NodeKind.ARGUMENT if is_argument else NodeKind.STATEMENT
        return Node(name, kind, text=text, base=None if base is None else float(base), extras=extras, **made)

    def _stands_for(self, elements: dict[str, Any]) -> None:
        """Find the elements that only say what other elements do besides."""
        for name, item in elements.items():
            whose = item.get(STANDS_FOR)
            other = elements.get(whose) if isinstance(whose, str) and whose != name else None
            if isinstance(other, dict) and STANDS_FOR not in other:
                self.stand_ins[name] = str(whose)

    def _known(self, name: str, item: dict[str, Any], key: str) -> list[str]:
        found = []
        for other in yamlfiles.texts(item.get(key)):
            if other == name:
                self._lose(f"{name}: `{key}` names the element itself; left out", name, key)
            elif other in self.nodes:
                found.append(other)
            else:
                self._lose(f"{name}: `{key}` names {other}, which is not in this file", name, key)
        return found

    def _supported(self, name: str, child: str) -> None:
        below = self.nodes[child]
        if self.roles[child] in IN_CONTEXT:
            self._lose(
                f"{name}: {child} is a {self.roles[child]} and cannot support; read as context",
                name,
                "supportedBy",
            )
            self._in_context(name, child)
        elif self.nodes[name].is_argument and not below.is_argument:
            self.edges[Edge(child, name, EdgeKind.PREMISE)] = None
        else:
            self.edges[Edge(child, name, EdgeKind.SUPPORT)] = None

    def _in_context(self, name: str, context: str) -> None:
        role, strategy = self.roles[context], self.nodes[name].is_argument
        kind = EdgeKind.CONTEXT
        if strategy and role == "Assumption":
            kind = EdgeKind.PREMISE
        elif strategy and role == "Justification":
            kind = EdgeKind.SUPPORT
        self.edges[Edge(context, name, kind)] = None

    def _challenge(self, name: str, value: Any) -> None:
        if not isinstance(value, str):
            self._lose(
                f"{name}: `challenges` must name one element or relation; left out", name, "challenges"
            )
            return
        if self.roles[name] not in COUNTER:
            self._lose(f"{name} challenges without being a counter element", name, "challenges")
        first, arrow, second = (part.strip() for part in value.partition("->"))
        target = self._relation(first, second) if arrow and value not in self.nodes else value.strip()
        if target not in self.nodes:
            self._lose(f"{name}: `challenges` names {value}, which is not in this file", name, "challenges")
            return
        kind = EdgeKind.UNDERCUT if self.nodes[target].is_argument else EdgeKind.ATTACK
        self.edges[Edge(name, target, kind)] = None

    def _relation(self, parent: str, child: str) -> str:
        """The argument that stands for a relation; one is made where the relation is an edge."""
        for above, below in ((parent, child), (child, parent)):
            for edge in (Edge(below, above, EdgeKind.SUPPORT), Edge(below, above, EdgeKind.PREMISE)):
                if edge not in self.edges:
                    continue
                if self.nodes[below].is_argument:
                    return below
                if self.nodes[above].is_argument:
                    return above
                name = f"{below} -> {above}"
                del self.edges[edge]
                self.nodes[name] = Node(name, NodeKind.ARGUMENT)
                self.edges[Edge(below, name, EdgeKind.PREMISE)] = None
                self.edges[Edge(name, above, EdgeKind.SUPPORT)] = None
                return name
            if f"{below} -> {above}" in self.nodes:
                return f"{below} -> {above}"
        return ""


def _own_layers(item: dict[str, Any]) -> dict[str, str]:
    """Take what we write into layers, as far as it has the form in which we write it."""
    found = {key: item[key] for key in ("title", "role", "base", "kind") if isinstance(item.get(key), str)}
    if not re.fullmatch(r"[01](\.\d+)?(e-\d+)?", found.get("base", "0")) or float(found.get("base", "0")) > 1:
        del found["base"]
    if found.get("kind") != NodeKind.ARGUMENT:
        found.pop("kind", None)
    return found


def _short(value: Any) -> str:
    text = value if isinstance(value, str) else str(value)
    return text if len(text) <= 60 else text[:59] + "…"
