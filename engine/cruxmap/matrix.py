"""The comparison matrix: entries against criteria, one voice at a time."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from cruxmap.errors import UsageError
from cruxmap.model.entries import Proposal, Strategy
from cruxmap.model.vocabulary import Criterion

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cruxmap.knowledge import KnowledgeBase
    from cruxmap.model.intervals import Interval

KINDS: dict[str, type[Proposal | Strategy]] = {"proposal": Proposal, "strategy": Strategy}
VOICES = ("source", "computed", "group")
GROUPINGS = ("mechanism", "assumption", "stance")


@dataclass(frozen=True, slots=True)
class Cell:
    """What one voice says about one entry and one criterion.

    Attributes
    ----------
    stance : str
        As written, also `inherits:2`.
    word : str
        The level or mark that the stance comes to.
    interval : Interval or None
        Levels left possible; None when the criterion does not apply.
    hinges : tuple of str
        Statements that would settle the verdict.
    pro, con : int
        Arguments in the discussion of the cell that speak for and against in the end.
    at : str
        Locator with the id of its source.
    origin : str
        The assessment where the stance is stated: another one when it is inherited.
    strength, label, fragile
        The computed voice; None and False where only the source speaks.
    raters, spread
        The group's voice: how many readers gave a mark, and their mean distance as a share of the scale; None
        in other voices.
    """

    stance: str
    word: str
    interval: Interval | None
    hinges: tuple[str, ...]
    pro: int
    con: int
    at: str
    origin: str
    reason: str
    strength: float | None = None
    label: str | None = None
    fragile: bool = False
    raters: int | None = None
    spread: float | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One entry with a cell for each criterion it is assessed against."""

    id: str
    number: int | str | None
    title: str
    short: str
    cells: dict[str, Cell]


@dataclass(frozen=True, slots=True)
class Group:
    """Rows that share a mechanism, an assumption or a stance."""

    id: str
    title: str
    rows: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """A comparison matrix in one voice.

    `semantics` names how strengths were computed, and is None in the voices that compute nothing; `of` is the
    knowledge base that the rows come from.
    """

    kind: str
    voice: str
    semantics: str | None
    criteria: tuple[Criterion, ...]
    rows: tuple[Row, ...]
    groups: tuple[Group, ...] = ()
    of: KnowledgeBase | None = field(default=None, compare=False, repr=False)

    def as_data(self) -> dict[str, Any]:
        """Return the matrix as plain data with the keys of the command contract."""
        data: dict[str, Any] = {
            "schema": 1,
            "voice": self.voice,
            "semantics": self.semantics,
            "criteria": [
                {"id": item.id, "name": item.title, "version": item.version} for item in self.criteria
            ],
            "rows": [_row_data(row) for row in self.rows],
        }
        if self.groups:
            data["groups"] = [
                {"id": group.id, "title": group.title, "rows": list(group.rows)} for group in self.groups
            ]
        return data

    def _repr_html_(self) -> str | None:
        """Return the table that notebooks show; None, for the plain form, without entries behind it."""
        if self.of is None:
            return None
        from cruxmap_exports.notebook import matrix_fragment

        return matrix_fragment(self.of, self)


def matrix(
    kb: KnowledgeBase,
    kind: str = "proposal",
    *,
    criteria: Sequence[str] = (),
    group_by: str | None = None,
    sort: str = "number",
    incomplete: bool = False,
) -> Matrix:
    """Build the matrix of what the sources say.

    Parameters
    ----------
    kb : KnowledgeBase
    kind : str
        `proposal` or `strategy`.
    criteria : sequence of str
        Ids, prefixes or headings of the columns wanted; all by default.
    group_by : str, optional
        `mechanism`, `assumption` or `stance`: rows that share one are listed together, and a row may stand in
        several groups.
    sort : str
        `number`, `title`, or a criterion: then best level first, and of two intervals the one with the higher
        lower end.
    incomplete : bool
        Whether entries marked as incomplete are rows too.

    Returns
    -------
    Matrix

    Raises
    ------
    UsageError
        When a kind, criterion, grouping or order is unknown.

    Examples
    --------
    >>> from cruxmap import load
    >>> cell = matrix(load()).rows[2].cells["inner-alignment"]
    >>> cell.word, cell.at
    ('plausible', 'hubinger2020 §4.2')
    """
    if kind not in KINDS:
        raise UsageError(f"there is no matrix of kind {kind!r}; kinds: {', '.join(KINDS)}")
    columns = _columns(kb, criteria)
    entries = [entry for entry in kb.of_kind(KINDS[kind]) if incomplete or not is_incomplete(entry)]
    rows = [_row(kb, entry, columns) for entry in entries]
    rows = _sorted(kb, rows, sort)
    groups = _groups(kb, rows, columns, group_by) if group_by else ()
    return Matrix(kind, "source", None, tuple(columns), tuple(rows), groups, kb)


def is_incomplete(entry: Proposal | Strategy) -> bool:
    """Whether an entry says that it holds only what was available."""
    return isinstance(entry, Proposal) and bool(entry.incomplete)


def require_voice(voice: str) -> None:
    """Refuse a voice that is unknown.

    Raises
    ------
    UsageError
        When there is no such voice.
    """
    if voice not in VOICES:
        raise UsageError(f"there is no voice {voice!r}; voices: {', '.join(VOICES)}")


def _columns(kb: KnowledgeBase, wanted: Sequence[str]) -> list[Criterion]:
    return [criterion_named(kb, name) for name in wanted] if wanted else kb.criteria


def criterion_named(kb: KnowledgeBase, wanted: str) -> Criterion:
    """Return the criterion with this id, unique prefix or short heading."""
    for criterion in kb.criteria:
        if wanted.lower() in (criterion.id, criterion.short.lower()):
            return criterion
    found = kb.find(wanted, (Criterion,))
    assert isinstance(found, Criterion)
    return found


def _row(kb: KnowledgeBase, entry: Proposal | Strategy, columns: Sequence[Criterion]) -> Row:
    cells = {item.id: cell(kb, entry, item.id) for item in columns if item.id in entry.assessments}
    return Row(entry.id, entry.number, entry.title, entry.short or entry.title, cells)


def cell(kb: KnowledgeBase, entry: Proposal | Strategy, criterion: str) -> Cell:
    """Return what the source says about one entry and one criterion."""
    assessment = entry.assessments[criterion]
    stance = kb.stance(entry, criterion)
    nets = [placed.net for placed in kb.arguments_for(f"{entry.id}/{criterion}")]
    return Cell(
        stance=stance.written,
        word=stance.word,
        interval=stance.interval,
        hinges=stance.hinges,
        pro=nets.count(1),
        con=nets.count(-1),
        at=f"{entry.source} {assessment.at}" if entry.source and assessment.at else assessment.at or "",
        origin=stance.origin,
        reason=assessment.reason or "",
    )


def _sorted(kb: KnowledgeBase, rows: list[Row], sort: str) -> list[Row]:
    if sort == "number":
        return rows
    if sort == "title":
        return sorted(rows, key=lambda row: row.title.casefold())
    criterion = criterion_named(kb, sort).id

    def rank(row: Row) -> tuple[int, int]:
        given = row.cells.get(criterion)
        return (-given.interval.low, -given.interval.high) if given and given.interval else (1, 1)

    return sorted(rows, key=rank)


def _groups(
    kb: KnowledgeBase, rows: Sequence[Row], columns: Sequence[Criterion], group_by: str
) -> tuple[Group, ...]:
    if group_by not in GROUPINGS:
        raise UsageError(f"cannot group by {group_by!r}; possible: {', '.join(GROUPINGS)}")
    members: dict[str, list[str]] = {}
    for row in rows:
        for name in _group_names(kb, row, columns, group_by):
            members.setdefault(name, []).append(row.id)
    order = sorted(members, key=lambda name: (-len(members[name]), name))
    return tuple(Group(name, _group_title(kb, name), tuple(members[name])) for name in order)


def _group_names(kb: KnowledgeBase, row: Row, columns: Sequence[Criterion], group_by: str) -> list[str]:
    entry = kb.entries[row.id]
    assert isinstance(entry, Proposal | Strategy)
    if group_by == "mechanism":
        return list(entry.mechanisms)
    if group_by == "assumption":
        return list(entry.assumptions)
    first = columns[0].id if columns else ""
    return [row.cells[first].word] if first in row.cells else []


def _group_title(kb: KnowledgeBase, name: str) -> str:
    entry = kb.entries.get(name)
    return str(getattr(entry, "title", None) or name)


def _row_data(row: Row) -> dict[str, Any]:
    return {
        "id": row.id,
        "number": row.number,
        "title": row.title,
        "cells": {name: _cell_data(given) for name, given in row.cells.items()},
    }


def _cell_data(given: Cell) -> dict[str, Any]:
    rated = {} if given.raters is None else {"raters": given.raters, "spread": given.spread}
    return rated | {
        "stance": given.stance,
        "resolved": given.word,
        "interval": [given.interval.low, given.interval.high] if given.interval else None,
        "strength": given.strength,
        "label": given.label,
        "hinges": list(given.hinges),
        "pro": given.pro,
        "con": given.con,
        "at": given.at,
        "fragile": given.fragile,
        "origin": given.origin,
        "reason": given.reason,
    }
