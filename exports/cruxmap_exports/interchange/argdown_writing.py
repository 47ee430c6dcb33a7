"""Write argument maps as Argdown."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from cruxmap.yamlwrite import quoted, scalar
from cruxmap_exports.interchange.maps import (
    SYMMETRIC,
    ArgumentMap,
    Edge,
    EdgeKind,
    Loss,
    Node,
    NodeKind,
    collapsed,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

Mode = Literal["loose", "strict"]

_TAGS = re.compile(r"[\w-][\w -]*(?:, [\w-][\w -]*)*")
_SYMBOLS = {
    EdgeKind.SUPPORT: "+",
    EdgeKind.ENTAILS: "+",
    EdgeKind.ATTACK: "-",
    EdgeKind.CONTRARY: "-",
    EdgeKind.UNDERCUT: "_",
    EdgeKind.CONTRADICTORY: "><",
}
_STRICT_KINDS = {EdgeKind.ENTAILS, EdgeKind.CONTRARY}
_LOOSE_KINDS = {EdgeKind.SUPPORT, EdgeKind.ATTACK}


def escaped(text: str) -> str:
    r"""A text on one line in which nothing is a mark of Argdown.

    Examples
    --------
    >>> escaped("x < y, see [1] and #2")
    'x \\< y, see \\[1\\] and \\#2'
    """
    return re.sub(r"([\\\[\]<>#*_{}@])", r"\\\1", " ".join(text.split())).replace("//", "/\\/")


def write(graph: ArgumentMap, mode: Mode | None = None) -> tuple[str, list[Loss]]:
    """Write statements, arguments, their relations and reconstructions.

    Parameters
    ----------
    graph : ArgumentMap
    mode : {"loose", "strict"}, optional
        What `+` and `-` between statements mean; by default strict exactly when the map holds entailments or
        contraries and no mere supports or attacks between statements.

    Returns
    -------
    text : str
    losses : list of Loss
    """
    return _Writer(collapsed(graph), mode).write()


class _Writer:
    """Gives every node a title, then writes it with what bears on it."""

    def __init__(self, graph: ArgumentMap, mode: Mode | None) -> None:
        self.graph = graph
        self.losses: list[Loss] = []
        self.incoming, self.outgoing = graph.incoming(), graph.outgoing()
        self.nodes = graph.by_id()
        self.places = {node.id: place for place, node in enumerate(graph.nodes)}
        self.exclusions: set[tuple[str, frozenset[str]]] = set()
        self.mode = mode or self._natural_mode()
        self.titles = self._titles()
        self.conclusions = {node.id: self._conclusion(node) for node in graph.nodes if node.is_argument}

    def write(self) -> tuple[str, list[Loss]]:
        front = "===\nmodel:\n  mode: strict\n===\n\n" if self.mode == "strict" else ""
        parts = [part for node in self.graph.nodes for part in self._node(node)]
        self._summary()
        return front + "\n\n".join(parts) + "\n", self.losses

    def _between_statements(self, edge: Edge) -> bool:
        return not (self.nodes[edge.source].is_argument or self.nodes[edge.target].is_argument)

    def _natural_mode(self) -> Mode:
        kinds = {edge.kind for edge in self.graph.edges if self._between_statements(edge)}
        return "strict" if kinds & _STRICT_KINDS and not kinds & _LOOSE_KINDS else "loose"

    def _titles(self) -> dict[str, str]:
        titles: dict[str, str] = {}
        taken: set[tuple[NodeKind, str]] = set()
        last: dict[tuple[NodeKind, str], int] = {}
        for node in self.graph.nodes:
            # A title that started like a relation, such as `<- x>`, would be read as one.
            wanted = (
                " ".join(re.sub(r"[\[\]<>{}#@\\*_:/]", " ", node.name).split()).lstrip("+-=. ") or "Untitled"
            )
            title, number = wanted, last.get((node.kind, wanted), 1)
            while (node.kind, title) in taken:
                number += 1
                title = f"{wanted} {number}"
            last[node.kind, wanted] = number
            taken.add((node.kind, title))
            titles[node.id] = title
            if node.title and title != node.title:
                self.losses.append(Loss(f"the title {node.title!r} became {title!r}", node=node.id))
        return titles

    def _reference(self, name: str) -> str:
        opening, closing = ("<", ">") if self.nodes[name].is_argument else ("[", "]")
        return f"{opening}{self.titles[name]}{closing}"

    def _conclusion(self, node: Node) -> str:
        """The statement that ends the reconstruction of an argument with premises; empty without one."""
        if not any(edge.kind is EdgeKind.PREMISE for edge in self.incoming[node.id]):
            return ""
        targets = {edge.target for edge in self.outgoing[node.id] if edge.kind is EdgeKind.SUPPORT}
        # The first in the order of the nodes: that of the edges changes when the file is read.
        statements = [target for target in targets if not self.nodes[target].is_argument]
        return min(statements, key=self.places.__getitem__, default="")

    def _node(self, node: Node) -> Iterable[str]:
        reference, data = self._reference(node.id), self._data(node)
        head = f"{reference}: {escaped(node.text)}{data}" if node.text.strip() else f"{reference}{data}"
        if node.text and escaped(node.text) != escaped(" ".join(node.text.splitlines())):
            self.losses.append(Loss(f"white space in the text of {node.name} was simplified", node=node.id))
        lines = [head, *self._relations(node)]
        yield "\n".join(lines)
        if node.is_argument and self.conclusions[node.id]:
            yield self._reconstruction(node)

    def _relations(self, node: Node) -> list[str]:
        lines = []
        for edge in self.incoming[node.id]:
            concluded = edge.kind is EdgeKind.SUPPORT and self.conclusions.get(edge.source) == node.id
            if concluded or edge.kind is EdgeKind.CONTEXT:
                continue
            if edge.source == node.id:
                message = f"{node.name} bears on itself, which Argdown reads and then ignores"
                self.losses.append(Loss(message, node=node.id))
            if edge.kind is EdgeKind.PREMISE:
                if self.conclusions[node.id]:
                    continue
                message = f"{node.name} has no conclusion that it supports; its premise became a support"
                self.losses.append(Loss(message, node=node.id))
            symbol = "+" if edge.kind is EdgeKind.PREMISE else _SYMBOLS[edge.kind]
            if self._said(edge, symbol):
                continue
            lines.append(f"  {symbol} {self._reference(edge.source)}")
        if self.mode == "loose":
            # What is contrary attacks in both directions; only the strict mode can say it once.
            lines += [
                f"  - {self._reference(edge.target)}"
                for edge in self.outgoing[node.id]
                if edge.kind is EdgeKind.CONTRARY
            ]
        return list(dict.fromkeys(lines))

    def _said(self, edge: Edge, symbol: str) -> bool:
        """Whether an exclusion, which has no direction, was written from its other end."""
        symmetric = symbol == "><" or (symbol == "-" and self.mode == "strict")
        if not symmetric or not self._between_statements(edge) or edge.source == edge.target:
            return False
        key = symbol, frozenset((edge.source, edge.target))
        said = key in self.exclusions
        self.exclusions.add(key)
        return said

    def _reconstruction(self, node: Node) -> str:
        premises = [edge.source for edge in self.incoming[node.id] if edge.kind is EdgeKind.PREMISE]
        lines = [f"({number}) {self._reference(name)}" for number, name in enumerate(premises, start=1)]
        end = f"({len(premises) + 1}) {self._reference(self.conclusions[node.id])}"
        return "\n".join([*lines, "----", end])

    def _data(self, node: Node) -> str:
        values: dict[str, str] = {}
        if self.titles[node.id] != node.id:
            values["id"] = node.id
        if node.base is not None:
            values["base"] = repr(node.base)
        if node.role:
            values["role"] = node.role
        tags = node.extras.get("tags", "").split(", ") if _TAGS.fullmatch(node.extras.get("tags", "")) else []
        for key, value in sorted(node.extras.items()):
            if key == "tags" and tags:
                continue
            if key in ("id", "base", "role"):
                self.losses.append(Loss(f"{node.name}: `{key}` of the extras was left out", node=node.id))
            else:
                values[key] = value
        inside = ", ".join(f"{scalar(key)}: {quoted(value)}" for key, value in values.items())
        # Argdown looks for the ends of data and titles without regard to quotes.
        inside = re.sub(r"[{}\]>]", lambda match: f"\\x{ord(match[0]):02X}", inside)
        return "".join(f" #({tag})" for tag in tags) + (f" {{{inside}}}" if values else "")

    def _summary(self) -> None:
        between = [edge for edge in self.graph.edges if self._between_statements(edge)]
        strict = self.mode == "strict"
        found = {
            "the format has no context relations; left out": sum(
                edge.kind is EdgeKind.CONTEXT for edge in self.graph.edges
            ),
            "in the strict mode supports became entailments": strict
            * sum(edge.kind is EdgeKind.SUPPORT for edge in between),
            "in the strict mode attacks became contraries": strict
            * sum(edge.kind is EdgeKind.ATTACK for edge in between),
            "in the loose mode entailments became supports": (not strict)
            * sum(edge.kind is EdgeKind.ENTAILS for edge in between),
            "in the loose mode contraries became two attacks": (not strict)
            * sum(edge.kind is EdgeKind.CONTRARY for edge in between),
            "entailments of arguments became supports": sum(
                edge.kind is EdgeKind.ENTAILS and edge not in between for edge in self.graph.edges
            ),
            "what excludes an argument became an attack": sum(
                edge.kind in SYMMETRIC and edge not in between for edge in self.graph.edges
            ),
        }
        self.losses += [Loss(f"{message}: {number}") for message, number in found.items() if number]
