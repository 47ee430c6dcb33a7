"""Turn a grid of verdicts into entries: a scale, criteria, assumptions, and the assessments of each row."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import TYPE_CHECKING

from cruxmap.model.entries import Strategy
from cruxmap.model.vocabulary import Assumption, Criterion
from cruxmap.yamlwrite import block, flow, scalar, slug, unique_slug
from cruxmap_exports.interchange.grid_marks import normal
from cruxmap_exports.interchange.maps import Loss

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cruxmap.knowledge import KnowledgeBase
    from cruxmap_exports.interchange.grid import Column, Grid, GridRow

LONGEST_NOTE = 2000


@dataclass
class MadeFromGrid:
    """What was made from a grid.

    Attributes
    ----------
    vocabulary, assessments : str
        Texts of the two files.
    criteria, assumptions, changed, added : list of str
        Ids of new criteria and assumptions, of entries with new marks, and of new proposals.
    scale : str
        Id of the scale.
    marks : int
        Cells that were read.
    matched : list of str
    losses : list of Loss
    """

    vocabulary: str
    assessments: str
    criteria: list[str] = field(default_factory=list)
    assumptions: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    added: list[str] = field(default_factory=list)
    scale: str = ""
    marks: int = 0
    matched: list[str] = field(default_factory=list)
    losses: list[Loss] = field(default_factory=list)


def grid_entries(grid: Grid, kb: KnowledgeBase, inherited: set[str], stem: str, source: str) -> MadeFromGrid:
    """Make entries from a grid.

    Parameters
    ----------
    grid : Grid
    kb : KnowledgeBase
        The workspace as it is.
    inherited : set of str
        Ids of entries of the extended corpus: those may be overridden, the workspace's own files are not
        rewritten.
    stem, source : str
        Start of the ids of arguments, and the name of the file.

    Returns
    -------
    MadeFromGrid
    """
    return _Writer(grid, kb, inherited, stem, source).write()


class _Writer:
    """Writes row after row, and collects the vocabulary that the rows turn out to need."""

    def __init__(self, grid: Grid, kb: KnowledgeBase, inherited: set[str], stem: str, source: str) -> None:
        self.grid, self.kb, self.inherited = grid, kb, inherited
        self.stem, self.source = stem, source
        self.taken = {*kb.positions, *kb.entries}
        self.made = MadeFromGrid("", "", scale=grid.scale.id)
        self.made.matched += grid.matched
        self.made.losses += grid.losses
        self.assumptions: dict[str, str] = {}
        self.new_assumptions: dict[str, str] = {}
        self.criteria: dict[str, str] = {}
        self.new_criteria: list[str] = []

    def write(self) -> MadeFromGrid:
        for column in self.grid.columns:
            self.criteria[column.title] = self._criterion(column)
        rows = [self._row(row) for row in self.grid.rows]
        head = (
            f"# Imported from {scalar(self.source)}; what could not be represented stands in import-notes.\n"
        )
        self.made.assessments = head + "\n".join(row for row in rows if row)
        self.made.vocabulary = head + "\n".join(self._vocabulary())
        self.made.assumptions = list(self.new_assumptions)
        return self.made

    def _lose(self, message: str, line: int, column: int) -> str:
        loss = Loss(message, line, column + 1)
        self.made.losses.append(loss)
        return f"{self.source}, {loss.render()}"

    def _criterion(self, column: Column) -> str:
        """The id of a criterion: one of the group's own that fits, else a new one."""
        title = normal(column.title)
        for item in self.kb.of_kind(Criterion):
            if title not in (item.id, normal(item.title), normal(item.short)):
                continue
            rated = any(row.entry and item.id in row.entry.assessments for row in self.grid.rows)
            if item.id not in self.inherited and item.scale == self.grid.scale.id and not rated:
                return item.id
            if item.id in self.inherited:
                why = "is a criterion of the corpus; the marks of the group stand beside it, under another id"
            else:
                why = (
                    "has marks in this workspace already, or another scale; the new marks got another column"
                )
            self.made.matched.append(f"“{column.title}” {why}")
            break
        wanted = slug(column.title, longest=44, fallback="criterion")
        name = unique_slug(wanted if wanted not in self.taken else f"{wanted[:40]}-{self.stem}", self.taken)
        self.made.criteria.append(name)
        short = column.title if len(column.title) <= 16 else column.title[:15].rstrip() + "…"
        question = (
            f"What did the group mark under “{column.title}”? (The grid names no question; write it here.)"
        )
        self.new_criteria.append(
            f"- kind: criterion\n  id: {name}\n  title:{block(column.title[:160], 2)}\n"
            f"  short: {scalar(short)}\n"
            f"  question:{block(question[:600], 2)}\n  scale: {self.grid.scale.id}\n  version: 1\n"
        )
        return name

    def _row(self, row: GridRow) -> str:
        entry = row.entry
        if entry is not None and entry.id not in self.inherited:
            where = self.kb.positions[entry.id]
            self._lose(
                f"“{row.label}” is an entry of this workspace, in {where.path}:{where.line}; its marks were "
                "left out, since cruxmap does not rewrite files of yours",
                row.line,
                0,
            )
            return ""
        if entry is not None:
            name = entry.id
            kind = "strategy" if isinstance(entry, Strategy) else "proposal"
            head = f"- kind: {kind}\n  id: {name}\n  override: true\n"
            self.made.changed.append(name)
        else:
            wanted = slug(row.label, longest=50, fallback="proposal")
            name = unique_slug(
                wanted if wanted not in self.taken else f"{wanted[:40]}-{self.stem}", self.taken
            )
            head = f"- kind: proposal\n  id: {name}\n  title:{block(row.label[:160], 2)}\n"
            self.made.added.append(name)
        notes = list(entry.import_notes) if entry else []
        if entry is None and len(row.label) > 160:
            notes.append(self._lose(f"the name was cut: {row.label}", row.line, 0))
        cells = [part for column in self.grid.columns for part in self._cell(row, name, column, notes)]
        for place in self.grid.other:
            if row.cells[place]:
                heading = self.grid.table.rows[0][place] or f"column {place + 1}"
                notes.append(f"{self.source}, line {row.line}, {heading}: {row.cells[place]}")
        body = "  assessments:\n" + "".join(cells) if cells else ""
        return head + body + _notes(notes)

    def _cell(self, row: GridRow, name: str, column: Column, notes: list[str]) -> Iterator[str]:
        mark = row.cells[column.marks]
        assumption, rationale = (
            self._text(row, own, shared)
            for own, shared in (
                (column.assumption, self.grid.shared_assumption),
                (column.rationale, self.grid.shared_rationale),
            )
        )
        if not mark and not assumption and not rationale:
            return
        stance = self.grid.scale.stance(mark) if mark else "unknown"
        if stance is None:
            scale = self.grid.scale.id
            message = f"“{mark}” under “{column.title}” is no mark of the scale {scale}; it stands as unknown"
            notes.append(self._lose(message, row.line, column.marks))
            stance = "unknown"
        if not mark:
            if column.assumption is None and column.rationale is None:
                return
            message = (
                f"nothing is marked under “{column.title}”, but something is said; the mark stands as unknown"
            )
            notes.append(self._lose(message, row.line, column.marks))
        self.made.marks += 1
        yield f"    {self.criteria[column.title]}:\n      stance: {scalar(stance)}\n"
        if rationale:
            yield f"      reason:{block(self._cut(rationale, row, column, notes), 6)}\n"
        hinges = [] if stance == "not-applicable" else self._assumed(assumption)
        if assumption and not hinges:
            notes.append(self._lose(f"an assumption without effect: {assumption}", row.line, column.marks))
        if hinges:
            yield from self._argument(row, name, column, stance, mark, hinges)

    def _text(self, row: GridRow, own: int | None, shared: int | None) -> str:
        place = own if own is not None else shared
        return row.cells[place] if place is not None else ""

    def _cut(self, text: str, row: GridRow, column: Column, notes: list[str]) -> str:
        if len(text) <= 600:
            return text
        notes.append(
            self._lose(
                f"the rationale has {len(text)} characters and was cut: {text}", row.line, column.marks
            )
        )
        return text[:599].rstrip() + "…"

    def _argument(
        self, row: GridRow, name: str, column: Column, stance: str, mark: str, hinges: list[str]
    ) -> Iterator[str]:
        """Yield the argument that ties a mark to what it rests on: con, when the mark is the lowest level."""
        side = "con" if stance == self.grid.scale.levels[0].id else "pro"
        criterion = self.criteria[column.title]
        ident = unique_slug(
            f"{self.stem}.{name[:30].rstrip('-')}.{criterion[:30].rstrip('-')}", self.taken, longest=78
        )
        called = row.entry.title if row.entry else row.label
        what = f"The group marks “{called}” with {mark or '?'} under “{column.title}”"
        text = f"{what[:500]}, given what is assumed here ({self.source[:40]})."
        yield f"      hinges: {flow(hinges)}\n      {side}:\n        - id: {ident}\n"
        yield f"          text:{block(text, 10)}\n          assumes: {flow(hinges)}\n"
        yield "          reading: ours\n"

    def _assumed(self, text: str) -> list[str]:
        """Ids of the assumptions that a cell names, separated by semicolons; new ones are made."""
        found = [
            self._assumption(part.strip(" .")) for part in re.split(r";|\s\|\s", text) if part.strip(" .")
        ]
        return list(dict.fromkeys(found))

    def _assumption(self, text: str) -> str:
        key = normal(text)
        if key not in self.assumptions:
            known = self._known_assumption(text, key)
            self.assumptions[key] = known or self._new_assumption(text)
        return self.assumptions[key]

    def _known_assumption(self, text: str, key: str) -> str:
        pool = list(self.kb.of_kind(Assumption))
        for item in pool:
            if key in (item.id, normal(item.title), normal(item.number or ""), normal(item.text).rstrip(".")):
                return item.id
        titles = {normal(item.title): item for item in pool}
        near = get_close_matches(key, titles, n=1, cutoff=0.85)
        if not near:
            return ""
        found = titles[near[0]]
        self.made.matched.append(f"the assumption “{text}” was taken for “{found.title}” ({found.id})")
        return found.id

    def _new_assumption(self, text: str) -> str:
        name = unique_slug(slug(text, longest=48, fallback="assumption"), self.taken)
        title = text if len(text) <= 100 else text[:99].rstrip() + "…"
        self.new_assumptions[name] = (
            f"- kind: assumption\n  id: {name}\n  title:{block(title, 2)}\n  reading: ours\n"
            f"  text:{block(text[:600], 2)}\n" + (_notes([f"in full: {text}"]) if len(text) > 600 else "")
        )
        return name

    def _vocabulary(self) -> Iterator[str]:
        if self.grid.scale.id not in self.kb.entries:
            yield self.grid.scale.definition()
        yield from self.new_criteria
        yield from self.new_assumptions.values()


def _notes(notes: list[str]) -> str:
    if not notes:
        return ""
    pieces = [
        note[start : start + LONGEST_NOTE] for note in notes for start in range(0, len(note), LONGEST_NOTE)
    ]
    return "  import-notes:\n" + "".join(f"    -{block(piece.strip() or '…', 4)}\n" for piece in pieces)
