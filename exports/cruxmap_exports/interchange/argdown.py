"""Argdown as argument maps.

A block with a syntax error is left out and reported with its place; the rest of the file is read. (Argdown
itself refuses the whole file.)

References
----------
Christian Voigt (2018). Argdown, a simple syntax for complex argumentation. https://argdown.org, version 1.7.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from cruxmap.yamlread import read_bytes
from cruxmap_exports.interchange.argdown_lines import (
    SYMBOLS,
    ArgdownSyntaxError,
    Block,
    Element,
    Line,
    blocks,
    element,
    front_matter,
    without_comments,
)
from cruxmap_exports.interchange.argdown_writing import PREMISES
from cruxmap_exports.interchange.errors import InterchangeError
from cruxmap_exports.interchange.maps import ArgumentMap, Edge, EdgeKind, Loss, Node, NodeKind
from cruxmap_exports.interchange.textfiles import read_text

if TYPE_CHECKING:
    from pathlib import Path

_KINDS = {"+": EdgeKind.SUPPORT, "-": EdgeKind.ATTACK, "_": EdgeKind.UNDERCUT, "><": EdgeKind.CONTRADICTORY}
_STRICT = {EdgeKind.SUPPORT: EdgeKind.ENTAILS, EdgeKind.ATTACK: EdgeKind.CONTRARY}
_KNOWN_DATA = ("id", "base", "role", "section", PREMISES)


def read(path: str | Path) -> ArgumentMap:
    """Read an Argdown file.

    Raises
    ------
    InterchangeError
        When nothing in the file can be read; the first error then has the place.
    """
    shown = str(path)
    front, text = front_matter(read_text(path))
    strict = bool(re.search(r"^\s*mode\s*:\s*[\"']?strict", front, re.MULTILINE))
    found = _Reader(shown, strict=strict).read(without_comments(text))
    said = read_bytes(front.encode(), "front matter").value
    texts = (
        {key: text for key, text in said.items() if isinstance(text, str)} if isinstance(said, dict) else {}
    )
    title, conventions = texts.get("title", ""), texts.get("conventions", "")
    return replace(found, title=title, conventions=conventions)


@dataclass
class _Draft:
    """What several lines say about one statement or argument."""

    kind: NodeKind
    title: str
    texts: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    data: dict[str, str] = field(default_factory=dict)
    section: str = ""


@dataclass
class _Parent:
    """A line that others may hang under."""

    indent: int
    key: str


class _Reader:
    """Reads blocks one after the other; a draft is shared by all lines that name it."""

    def __init__(self, path: str, *, strict: bool) -> None:
        self.path = path
        self.strict = strict
        self.drafts: dict[str, _Draft] = {}
        self.edges: dict[Edge, None] = {}
        self.losses: list[Loss] = []
        self.errors: list[ArgdownSyntaxError] = []
        self.sections: list[tuple[int, str]] = []
        self.last_argument = ""
        self.anonymous = 0
        self.order: dict[str, None] = {}

    def read(self, text: str) -> ArgumentMap:
        for block in blocks(text):
            self._block(block)
        if self.errors and not self.drafts:
            first = self.errors[0]
            raise InterchangeError(self.path, first.problem, first.line, first.column)
        for error in self.errors:
            message = f"{error.problem}; the paragraph around it was left out"
            self.losses.append(Loss(message, error.line, error.column))
        return self._finished()

    def _block(self, block: Block) -> None:
        if block.heading:
            level, title = block.heading
            self.sections = [item for item in self.sections if item[0] < level]
            self.sections.append((level, title))
            self.last_argument = ""
            return
        try:
            parsed = self._parsed(block)
        except ArgdownSyntaxError as error:
            self.errors.append(error)
            self.last_argument = ""
            return
        try:
            self._connect(parsed)
        except ArgdownSyntaxError as error:
            self.errors.append(error)

    def _parsed(self, block: Block) -> list[tuple[Line, Element | None]]:
        """Read all lines of a block before any of them counts."""
        rows: list[tuple[Line, Element | None]] = []
        parents: list[int] = []
        inside_rule = False
        for line in block.lines:
            if line.opening in ("----", "--"):
                inside_rule = line.opening == "--" and not inside_rule
                rows.append((line, None))
                parents = [line.indent]
                continue
            if line.opening == "rule":
                rows.append((line, None))
                continue
            if line.opening in SYMBOLS:
                while parents and parents[-1] >= line.indent:
                    parents.pop()
                if not parents:
                    problem = "a relation must be indented deeper than what it belongs to"
                    raise ArgdownSyntaxError(problem, line.number, line.indent + 1)
            else:
                parents = []
            parents.append(line.indent)
            rows.append((line, element(line)))
        self._check_numbers(rows)
        return rows

    def _check_numbers(self, rows: list[tuple[Line, Element | None]]) -> None:
        expected = 1
        numbered = [(line, item) for line, item in rows if line.opening.startswith("(")]
        for line, _ in numbered:
            if line.opening != f"({expected})":
                problem = f"the statement should be numbered ({expected}), not {line.opening}"
                raise ArgdownSyntaxError(problem, line.number, line.indent + 1)
            expected += 1
        rules = [line for line, _ in rows if line.opening in ("----", "--")]
        if rules and not numbered:
            problem = "an inference needs numbered premises above it"
            raise ArgdownSyntaxError(problem, rules[0].number, rules[0].indent + 1)
        if numbered and not rules:
            line = numbered[-1][0]
            problem = "the conclusion is missing: draw a line ---- above it"
            raise ArgdownSyntaxError(problem, line.number, line.indent + 1)

    def _connect(self, rows: list[tuple[Line, Element | None]]) -> None:
        if any(line.opening.startswith("(") for line, _ in rows):
            from cruxmap_exports.interchange.argdown_reconstructions import Reconstruction

            before = next(
                (number for number, (line, _) in enumerate(rows) if line.opening.startswith("(")), len(rows)
            )
            if before:
                self._relations(rows[:before])
            name = self.last_argument or self.draft(Element("argument", "", ""))
            Reconstruction(self, name).read(rows[before:])
            self.last_argument = ""
            return
        self._relations(rows)

    def _relations(self, rows: list[tuple[Line, Element | None]]) -> None:
        """Read elements and what hangs under them."""
        parents: list[_Parent] = []
        tops: list[str] = []
        for line, item in rows:
            assert item is not None
            key = self.draft(item, line)
            if line.opening not in SYMBOLS:
                self.order.setdefault(key)
            if line.opening in SYMBOLS:
                while parents and parents[-1].indent >= line.indent:
                    parents.pop()
                self.relate(parents[-1].key, key, line)
            else:
                parents = []
                tops.append(key)
            parents.append(_Parent(line.indent, key))
        self.last_argument = ""
        if len(tops) == 1 and self.drafts[tops[0]].kind is NodeKind.ARGUMENT:
            self.last_argument = tops[0]

    def relate(self, parent: str, child: str, line: Line) -> None:
        """Join two drafts as the symbol of the child's line says."""
        symbol = SYMBOLS[line.opening]
        kind = _KINDS[symbol if symbol == "><" else symbol[0] if symbol[0] in "+-_" else symbol]
        source, target = (parent, child) if symbol in ("+>", "->", "_>") else (child, parent)
        both = all(self.drafts[name].kind is NodeKind.STATEMENT for name in (source, target))
        if self.strict and both:
            kind = _STRICT.get(kind, kind)
        if kind is EdgeKind.UNDERCUT and self.drafts[target].kind is NodeKind.STATEMENT:
            self.lose("a statement has no inference to undercut; read as an attack", line, target)
            kind = EdgeKind.ATTACK
        if kind is EdgeKind.CONTRADICTORY and not both:
            self.lose("only statements can be contradictory; read as an attack", line, target)
            kind = EdgeKind.ATTACK
        if kind in (EdgeKind.CONTRARY, EdgeKind.CONTRADICTORY) and Edge(target, source, kind) in self.edges:
            return
        self.edges[Edge(source, target, kind)] = None

    def lose(self, message: str, line: Line, key: str = "") -> None:
        """Report something that the map does not hold."""
        self.losses.append(Loss(message, line.number, line.indent + 1, key))

    def draft(self, item: Element, line: Line | None = None) -> str:
        """Return the key of what an element names, with what it says added."""
        kind = NodeKind(item.kind)
        if item.title:
            key = f"{kind.value} {item.title}"
        else:
            self.anonymous += 1
            key = f"{kind.value} \0{self.anonymous}"
        draft = self.drafts.setdefault(key, _Draft(kind, item.title))
        if item.text and item.text not in draft.texts:
            draft.texts.append(item.text)
        draft.tags += [tag for tag in item.tags if tag not in draft.tags]
        draft.data |= item.data
        if (item.text or item.data) and not draft.section:
            draft.section = " / ".join(title for _, title in self.sections)
        if line is not None:
            for what in item.dropped:
                self.lose(f"{what} was left out", line, key)
        return key

    def _finished(self) -> ArgumentMap:
        # What is defined comes in the order of its definitions, what is only mentioned after it.
        self.drafts = {key: self.drafts[key] for key in dict.fromkeys((*self.order, *self.drafts))}
        names: dict[str, str] = {}
        taken: set[str] = set()
        untitled = {NodeKind.STATEMENT: 0, NodeKind.ARGUMENT: 0}
        for key, draft in self.drafts.items():
            wanted = draft.data.get("id", draft.title)
            if not wanted:
                untitled[draft.kind] += 1
                word = "Untitled" if draft.kind is NodeKind.STATEMENT else "Untitled argument"
                wanted = f"{word} {untitled[draft.kind]}"
            name, number = wanted, 1
            while name in taken:
                number += 1
                name = f"{wanted} ({number})"
            taken.add(name)
            names[key] = name
        nodes = tuple(self._node(draft, names[key]) for key, draft in self.drafts.items())
        edges = tuple(
            dict.fromkeys(
                Edge(names[edge.source], names[edge.target], self._kind(edge)) for edge in self.edges
            )
        )
        losses = tuple(replace(loss, node=names.get(loss.node, "")) for loss in self.losses)
        return ArgumentMap(nodes, edges, losses)

    def _kind(self, edge: Edge) -> EdgeKind:
        """Kind of an edge; the data of an argument may say that the statements below it are its premises."""
        source, target = self.drafts[edge.source], self.drafts[edge.target]
        below = source.kind is NodeKind.STATEMENT and target.kind is NodeKind.ARGUMENT
        if below and edge.kind is EdgeKind.SUPPORT and target.data.get(PREMISES) == "all":
            return EdgeKind.PREMISE
        return edge.kind

    def _node(self, draft: _Draft, name: str) -> Node:
        data = draft.data
        base: float | None = None
        if "base" in data:
            try:
                base = float(data["base"])
            except ValueError:
                base = None
            if base is None or not 0 <= base <= 1:
                base = None
                self.losses.append(Loss(f"{name}: `base` is not a number from 0 to 1; left out", node=""))
        extras = {key: value for key, value in data.items() if key not in _KNOWN_DATA}
        if draft.tags:
            extras["tags"] = ", ".join(draft.tags)
        if draft.data.get("section") or draft.section:
            extras["section"] = draft.data.get("section") or draft.section
        for number, text in enumerate(draft.texts[1:], start=2):
            extras[f"wording-{number}"] = text
        title = "" if draft.title == name else draft.title
        text = draft.texts[0] if draft.texts else ""
        return Node(name, draft.kind, title, text, base, data.get("role", ""), extras)
