"""Write argument maps as Argdown."""

from __future__ import annotations

import re
from itertools import takewhile
from typing import TYPE_CHECKING, Literal

from cruxmap.yamlwrite import scalar
from cruxmap_exports.escape_maps import argdown_text, argdown_title, yaml_text
from cruxmap_exports.interchange.argdown_losses import losses_of_relations
from cruxmap_exports.interchange.drawing import SECTION
from cruxmap_exports.interchange.maps import ArgumentMap, Edge, EdgeKind, Loss, Node, NodeKind, collapsed

if TYPE_CHECKING:
    from collections.abc import Iterator

Mode = Literal["loose", "strict"]

PREMISES = "premises"
"""Key in the data of an argument: with `all`, every statement that supports the argument is its premise."""

DEEPEST_HEADING = 6

_TAGS = re.compile(r"[\w-][\w -]*(?:, [\w-][\w -]*)*")
_NUMBER = re.compile(r"[01](?:\.\d+)?(?:e-\d+)?")
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
_RESERVED = ("id", "base", "role", PREMISES)


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
        One heading for each section. Titles are names; the exact id, scores and locators stand in the data of
        the definition. Only relations of the map are written, each once, below what it bears on. Premises
        stand in a reconstruction where an argument supports one statement and does nothing else, and
        otherwise as statements that support the argument, which says so in its data.
    losses : list of Loss
    """
    return _Writer(collapsed(graph), mode).write()


def titles(graph: ArgumentMap) -> dict[str, str]:
    """Return the title of each node, by id; no two statements and no two arguments have the same.

    Titles that differ in brackets only are told apart by numbers.
    """
    found: dict[str, str] = {}
    taken: set[tuple[NodeKind, str]] = set()
    last: dict[tuple[NodeKind, str], int] = {}
    for node in graph.nodes:
        title = wanted = argdown_title(node.name)
        number = last.get((node.kind, wanted), 1)
        while (node.kind, title) in taken:
            number += 1
            title = f"{wanted} {number}"
        last[node.kind, wanted] = number
        taken.add((node.kind, title))
        found[node.id] = title
    return found


def data_text(text: str) -> str:
    """Quote a text inside data or front matter, whose ends Argdown looks for without regard to quotes."""
    marked = re.sub(r"[{}\]<>]|/(?=[/*])", lambda match: f"\\u{ord(match[0]):04x}", yaml_text(text))
    return marked.replace("==", "=\\u003d")


class _Writer:
    """Gives every node a title, then writes it with what bears on it."""

    def __init__(self, graph: ArgumentMap, mode: Mode | None) -> None:
        self.graph = graph
        self.losses: list[Loss] = []
        self.incoming, self.outgoing = graph.incoming(), graph.outgoing()
        self.nodes = graph.by_id()
        self.exclusions: set[tuple[str, frozenset[str]]] = set()
        self.mode = mode or self._natural_mode()
        self.titles = titles(graph)
        self.conclusions = {node.id: self._conclusion(node) for node in graph.nodes if node.is_argument}

    def write(self) -> tuple[str, list[Loss]]:
        parts = ["\n".join(self._front())]
        open_headings: list[str] = []
        for section, nodes in self._sections().items():
            headings = _headings(section)
            kept = len(
                list(takewhile(lambda pair: pair[0] == pair[1], zip(open_headings, headings, strict=False)))
            )
            # The last heading of a path opens again: the nodes must stand directly under it.
            kept = min(kept, len(headings) - 1)
            for level, title in enumerate(headings[kept:], start=kept + 1):
                parts.append(f"{'#' * level} {argdown_text(title)}")
            open_headings = headings
            parts += [part for node in nodes for part in self._node(node)]
        self._summary()
        return "\n\n".join(parts) + "\n", self.losses

    def _front(self) -> Iterator[str]:
        yield "==="
        if self.graph.title:
            yield f"title: {data_text(self.graph.title)}"
        if self.graph.conventions:
            yield f"conventions: {data_text(self.graph.conventions)}"
        if self.mode == "strict":
            yield "model:\n    mode: strict"
        # Otherwise a node without edges would be missing in the pictures of Argdown.
        yield "selection:\n    excludeDisconnected: false"
        yield "==="

    def _sections(self) -> dict[str, list[Node]]:
        """Nodes by section; those without one come first, for no heading ends a section."""
        found: dict[str, list[Node]] = {"": []}
        for node in self.graph.nodes:
            section = node.extras.get(SECTION, "")
            found.setdefault(section if _headings(section) else "", []).append(node)
        return found

    def _between_statements(self, edge: Edge) -> bool:
        return not (self.nodes[edge.source].is_argument or self.nodes[edge.target].is_argument)

    def _natural_mode(self) -> Mode:
        kinds = {edge.kind for edge in self.graph.edges if self._between_statements(edge)}
        return "strict" if kinds & _STRICT_KINDS and not kinds & _LOOSE_KINDS else "loose"

    def _reference(self, name: str) -> str:
        opening, closing = ("<", ">") if self.nodes[name].is_argument else ("[", "]")
        return f"{opening}{self.titles[name]}{closing}"

    def _conclusion(self, node: Node) -> str:
        """The statement that ends the reconstruction of an argument with premises; empty without one.

        Argdown takes all that a reconstructed argument bears on as borne on by its conclusion, so that only
        an argument with one relation can be reconstructed.
        """
        out = [edge for edge in self.outgoing[node.id] if edge.kind is not EdgeKind.CONTEXT]
        if len(out) != 1 or out[0].kind is not EdgeKind.SUPPORT or self.nodes[out[0].target].is_argument:
            return ""
        has_premises = any(edge.kind is EdgeKind.PREMISE for edge in self.incoming[node.id])
        return out[0].target if has_premises else ""

    def _premises_are_all(self, node: Node) -> bool:
        """Whether the statements that are written as supports of an argument are its premises."""
        if not node.is_argument or self.conclusions[node.id]:
            return False
        kinds = {edge.kind for edge in self.incoming[node.id] if not self.nodes[edge.source].is_argument} & {
            EdgeKind.PREMISE,
            EdgeKind.SUPPORT,
            EdgeKind.ENTAILS,
        }
        return kinds == {EdgeKind.PREMISE}

    def _node(self, node: Node) -> Iterator[str]:
        reference, data = self._reference(node.id), self._data(node)
        text = argdown_text(node.text)
        head = f"{reference}: {text}{data}" if text else f"{reference}{data}"
        yield "\n".join([head, *self._relations(node)])
        if node.is_argument and self.conclusions[node.id]:
            yield self._reconstruction(node)

    def _relations(self, node: Node) -> list[str]:
        lines = []
        for edge in self.incoming[node.id]:
            concluded = edge.kind is EdgeKind.SUPPORT and self.conclusions.get(edge.source) == node.id
            reconstructed = edge.kind is EdgeKind.PREMISE and self.conclusions[node.id]
            if concluded or reconstructed or edge.kind is EdgeKind.CONTEXT:
                continue
            symbol = "+" if edge.kind is EdgeKind.PREMISE else _SYMBOLS[edge.kind]
            if not self._said(edge, symbol):
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
        if self._premises_are_all(node):
            values[PREMISES] = "all"
        tags = node.extras.get("tags", "").split(", ") if _TAGS.fullmatch(node.extras.get("tags", "")) else []
        for key, value in sorted(node.extras.items()):
            said = (key == "tags" and tags) or (key == SECTION and _headings(value))
            if key in _RESERVED:
                self.losses.append(Loss(f"{node.name}: `{key}` of the extras was left out", node=node.id))
            elif not said:
                values[key] = value
        inside = ", ".join(f"{_key(key)}: {_value(value)}" for key, value in values.items())
        return "".join(f" #({tag})" for tag in tags) + (f" {{{inside}}}" if values else "")

    def _summary(self) -> None:
        graph, conclusions = self.graph, self.conclusions
        changed = [
            node for node in graph.nodes if node.text.strip() and " ".join(node.text.split()) != node.text
        ]
        retitled = [node for node in graph.nodes if node.title and self.titles[node.id] != node.title]
        mixed = sum(
            edge.kind is EdgeKind.PREMISE
            and not conclusions[edge.target]
            and not self._premises_are_all(self.nodes[edge.target])
            for edge in graph.edges
        )
        found = {
            "white space of texts was simplified": len(changed),
            "titles were changed to what Argdown reads as titles": len(retitled),
            "premises of arguments that statements support too became supports": mixed,
        }
        self.losses += [Loss(f"{message}: {number}") for message, number in found.items() if number]
        self.losses += losses_of_relations(graph, strict=self.mode == "strict")


def _headings(section: str) -> list[str]:
    """Titles of the headings that a section stands under; none where headings cannot say it."""
    parts = section.split(" / ", DEEPEST_HEADING - 1)
    # Reading folds white space and cannot see an empty heading.
    if not section or any(not part or " ".join(part.split()) != part for part in parts):
        return []
    return parts


def _key(key: str) -> str:
    return scalar(key) if scalar(key) == key else data_text(key)


def _value(value: str) -> str:
    return value if _NUMBER.fullmatch(value) else data_text(value)
