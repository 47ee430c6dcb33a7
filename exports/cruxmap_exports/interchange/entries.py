"""Turn an argument map into the entries of a workspace: assumptions, with their arguments nested below them.

Every statement becomes an assumption, read as ours: nobody knows yet what a source says of it. An argument
goes below what it is aimed at. A support or attack between two statements becomes an argument that
assumes the one and speaks for or against the other. What has no field is kept in `import-notes` and reported.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from cruxmap.plain import CONTROL
from cruxmap.yamlwrite import block, flow, scalar, slug, unique_slug
from cruxmap_exports.interchange.maps import (
    NEGATIVE,
    POSITIVE,
    SYMMETRIC,
    ArgumentMap,
    Edge,
    EdgeKind,
    Loss,
    Node,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

LONGEST_TEXT = 600
LONGEST_LINE = 160
LONGEST_NOTE = 2000
DEEPEST_NESTING = 10
"""Arguments below arguments; deeper ones become statements of their own, since files may nest 32 levels."""


@dataclass
class Made:
    """The text of a file of entries, and what was made.

    Attributes
    ----------
    texts : list of str
        Files of entries, each small enough to be read again.
    statements, arguments : int
    names : dict
        Id in the map -> id in the workspace.
    losses : tuple of Loss
    """

    texts: list[str]
    statements: int
    arguments: int
    names: dict[str, str]
    losses: tuple[Loss, ...]


@dataclass
class _Step:
    """An argument that will be written, and what stands below it."""

    id: str
    text: str
    sign: str
    assumes: list[str] = field(default_factory=list)
    base: float | None = None
    note: str = ""
    supports: list[str] = field(default_factory=list)
    attacks: list[str] = field(default_factory=list)
    below: list[_Step] = field(default_factory=list)


def entries(graph: ArgumentMap, stem: str, source: str, taken: set[str]) -> Made:
    """Make entries from a map.

    Parameters
    ----------
    graph : ArgumentMap
    stem : str
        Start of every id that is made, so that nothing collides: `debate` gives `debate-...`.
    source : str
        How the file is named in the first line.
    taken : set of str
        Ids that are used already; what is made is added.

    Returns
    -------
    Made
    """
    return _Writer(graph, stem, source, taken).write()


class _Writer:
    """Decides where every argument stands, then writes statement by statement."""

    def __init__(self, graph: ArgumentMap, stem: str, source: str, taken: set[str]) -> None:
        self.graph = graph
        self.stem = stem
        self.source = source
        self.losses: list[Loss] = []
        self.said: dict[str, list[str]] = {}
        for loss in graph.losses:
            self._lose(loss)
        self.nodes = graph.by_id()
        self.incoming, self.outgoing = graph.incoming(), graph.outgoing()
        self.homes = self._homes()
        self.taken = taken
        self.names = {node.id: self._name(node) for node in graph.nodes}
        self.texts: set[str] = set()
        self.links: dict[str, int] = {}
        self.count = 0

    def _lose(self, loss: Loss) -> None:
        self.losses.append(loss)
        self.said.setdefault(loss.node, []).append(loss.render())

    def _is_statement(self, name: str) -> bool:
        return name not in self.homes

    def _homes(self) -> dict[str, str]:
        """For each argument the node that it stands under; arguments without one become statements."""
        homes: dict[str, str] = {}
        for node in self.graph.nodes:
            if node.is_argument:
                out = [edge for edge in self.outgoing[node.id] if edge.kind in POSITIVE | NEGATIVE]
                if out:
                    homes[node.id] = out[0].target
                else:
                    message = f"{node.name} is aimed at nothing; it became a statement"
                    self._lose(Loss(message, node=node.id))
        for name in list(homes):
            self._cut(name, homes)
        return homes

    def _cut(self, name: str, homes: dict[str, str]) -> None:
        """Make an argument a statement where following the homes leads in a circle or too deep."""
        seen = [name]
        while (current := homes.get(seen[-1])) is not None:
            if current in seen or len(seen) > DEEPEST_NESTING:
                node = self.nodes[seen[-1]]
                why = "arguments lead in a circle" if current in seen else "arguments are nested too deeply"
                del homes[node.id]
                self._lose(Loss(f"{why}; {node.name} became a statement", node=node.id))
                return
            seen.append(current)

    def _name(self, node: Node) -> str:
        words = slug(
            node.title or node.id, longest=40, fallback="argument" if node.is_argument else "statement"
        )
        return unique_slug(f"{self.stem}-{words}", self.taken)

    def write(self) -> Made:
        steps = self._steps()
        parts = [self._statement(node, steps) for node in self.graph.nodes if self._is_statement(node.id)]
        statements = len(parts)
        general = [loss.render() for loss in self.losses if not loss.node or loss.node not in self.names]
        if parts and general:
            parts[0] += self._notes(general, with_key="import-notes:" not in parts[0])
        head = (
            f"# Imported from {scalar(self.source)}; what could not be represented stands in import-notes.\n"
        )
        return Made(_filed(parts, head), statements, self.count, self.names, tuple(self.losses))

    def _steps(self) -> dict[str, list[_Step]]:
        """Make all arguments, and file each under the node that it stands under."""
        filed: dict[str, list[_Step]] = {node.id: [] for node in self.graph.nodes}
        made: dict[str, _Step] = {}
        for node in self.graph.nodes:
            if not self._is_statement(node.id):
                made[node.id] = self._argument(node)
        for edge in self.graph.edges:
            if edge.kind in POSITIVE | NEGATIVE and self._is_statement(edge.source):
                for one in (
                    (edge, Edge(edge.target, edge.source, edge.kind)) if edge.kind in SYMMETRIC else (edge,)
                ):
                    if self._is_statement(one.source):
                        filed[one.target].append(self._link(one))
            elif edge.kind is EdgeKind.PREMISE and self._is_statement(edge.target):
                filed[edge.target].append(self._link(Edge(edge.source, edge.target, EdgeKind.SUPPORT)))
                message = (
                    f"{self.nodes[edge.target].name} became a statement; its premises support it one by one"
                )
                self._lose(Loss(message, node=edge.target))
        for name, step in made.items():
            filed[self.homes[name]].append(step)
        for name, step in made.items():
            step.below = filed[name]
        return filed

    def _argument(self, node: Node) -> _Step:
        home = self.homes[node.id]
        first = next(edge for edge in self.outgoing[node.id] if edge.target == home)
        step = _Step(self.names[node.id], "", "con" if first.kind in NEGATIVE else "pro", base=node.base)
        premises = [edge.source for edge in self.incoming[node.id] if edge.kind is EdgeKind.PREMISE]
        step.assumes = [self.names[name] for name in premises if self._is_statement(name)]
        for name in premises:
            if not self._is_statement(name):
                message = f"{self.nodes[name].name} is an argument and cannot be a premise; left out"
                self._lose(Loss(message, node=node.id))
        for edge in self.outgoing[node.id]:
            if edge is not first and edge.kind in POSITIVE:
                step.supports.append(self.names[edge.target])
            elif edge is not first and edge.kind in NEGATIVE:
                step.attacks.append(self.names[edge.target])
        step.text = self._unique(
            self._clipped(node.text or node.title, node) or self._made_up(premises, first)
        )
        about = [f"{key}: {value}" for key, value in sorted(node.extras.items())]
        about += self.said.get(node.id, [])
        about += [f"context: {self.nodes[name].text or name}" for name in self._contexts(node.id)]
        if node.title and node.text:
            about.insert(0, f"title: {node.title}")
        step.note = _clip("; ".join(_seen(item) for item in about), LONGEST_TEXT)
        self.count += 1
        return step

    def _contexts(self, name: str) -> list[str]:
        return [edge.source for edge in self.incoming[name] if edge.kind is EdgeKind.CONTEXT]

    def _made_up(self, premises: list[str], edge: Edge) -> str:
        verb = "speaks" if len(premises) < 2 else "together speak"
        first = (
            " and ".join(f"“{_clip(self.nodes[name].name, 90)}”" for name in premises[:3]) or "An argument"
        )
        side = "against" if edge.kind in NEGATIVE else "for"
        return f"{first} {verb} {side} “{_clip(self.nodes[edge.target].name, 90)}”."

    def _link(self, edge: Edge) -> _Step:
        """Return the argument that stands for a support or attack between two nodes."""
        owner = self.names[edge.target]
        self.links[owner] = self.links.get(owner, 0) + 1
        name = unique_slug(f"{owner}.{self.links[owner]}", self.taken, longest=78)
        sign = "con" if edge.kind in NEGATIVE else "pro"
        words = {
            EdgeKind.CONTRARY: "contrary",
            EdgeKind.CONTRADICTORY: "contradictory",
            EdgeKind.ENTAILS: "entails",
        }
        note = f"relation in the map: {words[edge.kind]}" if edge.kind in words else ""
        text = self._unique(self._made_up([edge.source], edge))
        self.count += 1
        assumes = [self.names[edge.source]]
        return _Step(name, text, sign, assumes, note=note)

    def _unique(self, text: str) -> str:
        """Return a text that no other argument has: two arguments with one text would be one."""
        wanted, number = text, 1
        while " ".join(wanted.casefold().split()) in self.texts:
            number += 1
            wanted = f"{_clip(text, LONGEST_TEXT - 12)} ({number})"
        self.texts.add(" ".join(wanted.casefold().split()))
        return wanted

    def _clipped(self, text: str, node: Node) -> str:
        text = _seen(text).strip()
        if len(text) > LONGEST_TEXT:
            message = f"the text has {len(text)} characters, {LONGEST_TEXT} are allowed; it was cut: {text}"
            self._lose(Loss(message, node=node.id))
        return _clip(text, LONGEST_TEXT)

    def _statement(self, node: Node, steps: dict[str, list[_Step]]) -> str:
        title = _clip(CONTROL.sub(" ", node.name).strip() or "Untitled", LONGEST_LINE)
        text = self._clipped(node.text or node.title or node.id, node) or title
        lines = [
            "- kind: assumption",
            f"  id: {self.names[node.id]}",
            f"  title:{block(title, 2)}",
            "  reading: ours",
            f"  text:{block(text, 2)}",
        ]
        if node.base is not None:
            lines.append(f"  credence: {node.base!r}")
        for sign in ("pro", "con"):
            below = [step for step in steps[node.id] if step.sign == sign]
            if below:
                lines += [f"  {sign}:", *(line for step in below for line in _written(step, 4))]
        lines += self._context_notes(node)
        about = [f"{key}: {_seen(value)}" for key, value in sorted(node.extras.items())]
        if node.role:
            about.insert(0, f"kind in the map: {node.role}")
        if node.id != node.title and self.names[node.id] != node.id:
            about.insert(0, f"id in the map: {_seen(node.id)}")
        about += self.said.get(node.id, [])
        return "\n".join(lines) + "\n" + (self._notes(about) if about else "")

    def _context_notes(self, node: Node) -> Iterator[str]:
        sources = self._contexts(node.id)
        if sources:
            yield "  notes:"
        for number, name in enumerate(sources, start=1):
            known = self._is_statement(name)
            yield f"    - id: {unique_slug(f'{self.names[node.id]}.note.{number}', self.taken, longest=78)}"
            text = _clip(_seen(self.nodes[name].text or name).strip() or "context", LONGEST_TEXT - 10)
            yield f"      text:{block(f'Context: {text}', 6)}"
            if known:
                yield f"      concerns: {flow([self.names[name]])}"
            yield "      reading: ours"

    def _notes(self, notes: Iterable[str], *, with_key: bool = True) -> str:
        lines = ["  import-notes:"] if with_key else []
        for note in notes:
            text = _seen(note)
            pieces = (text[start : start + LONGEST_NOTE] for start in range(0, len(text), LONGEST_NOTE))
            lines += [f"    -{block(piece.strip() or '…', 4)}" for piece in pieces]
        return "\n".join(lines) + "\n"


def _written(step: _Step, indent: int) -> Iterator[str]:
    """Yield the lines of one argument and of all below it."""
    lead = " " * indent
    yield f"{lead}- id: {step.id}"
    yield f"{lead}  text:{block(step.text, indent + 2)}"
    if step.assumes:
        yield f"{lead}  assumes: {flow(dict.fromkeys(step.assumes))}"
    if step.base is not None:
        yield f"{lead}  credence: {step.base!r}"
    yield f"{lead}  reading: ours"
    if step.note:
        yield f"{lead}  note:{block(step.note, indent + 2)}"
    for key, names in (("supports", step.supports), ("attacks", step.attacks)):
        if names:
            yield f"{lead}  {key}: {flow(dict.fromkeys(names))}"
    for sign in ("pro", "con"):
        below = [item for item in step.below if item.sign == sign]
        if below:
            yield f"{lead}  {sign}:"
            for item in below:
                yield from _written(item, indent + 4)


def _clip(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"


def _seen(text: str) -> str:
    """Replace what the reader of entries would refuse."""
    return re.sub(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]", "�", text)


def _filed(parts: list[str], head: str) -> list[str]:
    """Spread entries over files that stay well below the largest size that is read."""
    files: list[str] = []
    current, size = [head], 0
    for part in parts:
        length = len(part.encode())
        if size and size + length > 500_000:
            files.append("".join(current))
            current, size = [head], 0
        current.append(part)
        size += length
    files.append("".join(current))
    return files


__all__ = ["Made", "entries"]
