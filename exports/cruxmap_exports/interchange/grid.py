"""A grid of verdicts: which column is what, and which entry each row means."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import TYPE_CHECKING

from cruxmap.model.entries import Proposal, Strategy
from cruxmap_exports.interchange.errors import InterchangeError
from cruxmap_exports.interchange.grid_marks import normal, scale_for
from cruxmap_exports.interchange.maps import Loss

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from cruxmap.knowledge import KnowledgeBase
    from cruxmap_exports.interchange.grid_files import Table
    from cruxmap_exports.interchange.grid_marks import GridScale

_NUMBER_HEADINGS = {"#", "no", "no.", "nr", "nr.", "number", "id"}
_NAME_HEADINGS = {"proposal", "proposals", "title", "name", "strategy", "approach", "row", "entry"}
_ASSUMPTION = re.compile(
    r"(?:^|\s|[-–:(])\s*\(?(?:key\s+|load-bearing\s+)?(?:assumptions?|assumes|rests on)\)?$", re.IGNORECASE
)
_RATIONALE = re.compile(
    r"(?:^|\s|[-–:(])\s*\(?(?:rationale|reasons?|why|because|comments?|justification)\)?$", re.IGNORECASE
)
_NUMBERED = re.compile(r"[Pp]?(\d{1,3})(?:[.:)]|\s|$)\s*(.*)")


@dataclass
class Column:
    """One criterion of the grid and the columns that belong to it."""

    title: str
    marks: int
    assumption: int | None = None
    rationale: int | None = None


@dataclass(frozen=True)
class GridRow:
    """One row: the entry that it means, if there is one, and the cells as written.

    Attributes
    ----------
    label : str
    entry : Proposal or Strategy or None
        None for a proposal that nobody has entered yet.
    line : int
    cells : tuple of str
    """

    label: str
    entry: Proposal | Strategy | None
    line: int
    cells: tuple[str, ...]


@dataclass
class Grid:
    """A table, understood.

    Attributes
    ----------
    table : Table
    columns : list of Column
        Criteria, in their order.
    shared_assumption, shared_rationale : int or None
        Columns that belong to all criteria.
    other : list of int
        Columns that are neither; their texts are kept as notes.
    scale : GridScale
    rows : list of GridRow
    matched : list of str
        Sentences on rows that were matched by likeness.
    losses : list of Loss
    """

    table: Table
    columns: list[Column]
    shared_assumption: int | None
    shared_rationale: int | None
    other: list[int]
    scale: GridScale
    rows: list[GridRow] = field(default_factory=list)
    matched: list[str] = field(default_factory=list)
    losses: list[Loss] = field(default_factory=list)


def understand(
    table: Table, kb: KnowledgeBase, levels: Sequence[str] = (), scales: Mapping[str, GridScale] | None = None
) -> Grid:
    """Work out columns, scale and rows of a table.

    Parameters
    ----------
    table : Table
    kb : KnowledgeBase
        Whose proposals and strategies rows may name by number, id or title.
    levels : sequence of str
        Levels of the scale, lowest first, where the user names them.
    scales : mapping
        Scales of the workspace that marks may be on.

    Raises
    ------
    InterchangeError
        When no column holds marks, or headings repeat.
    """
    header = table.rows[0]
    number, name = _label_columns(header)
    _refuse_repeated(table)
    columns, shared_assumption, shared_rationale, other = _columns(header, {number, name})
    marks = [row[column.marks] for row in table.rows[1:] for column in columns if row[column.marks]]
    scale = scale_for(marks, levels, scales)
    losses = list(table.losses)
    kept = []
    for column in columns:
        said = [row[column.marks] for row in table.rows[1:] if row[column.marks]]
        if any(scale.stance(mark) for mark in said):
            kept.append(column)
        else:
            other.append(column.marks)
            what = "is empty" if not said else "holds no marks of the scale; its texts are kept as notes"
            losses.append(Loss(f"the column “{column.title}” {what}", table.lines[0], column.marks + 1))
    if not kept:
        found = ", ".join(list(dict.fromkeys(marks))[:5]) or "nothing"
        hint = "name yours with --levels, lowest first"
        problem = f"no column holds marks that cruxmap knows (found: {found}); {hint}"
        raise InterchangeError(table.path, problem, table.lines[0], 1)
    grid = Grid(table, kept, shared_assumption, shared_rationale, other, scale, losses=losses)
    _match_rows(grid, kb, number, name)
    return grid


def _label_columns(header: Sequence[str]) -> tuple[int | None, int]:
    """Where numbers or ids and where names stand; the first column names the rows when no heading says so."""
    folded = [normal(heading) for heading in header]
    number = next((place for place, heading in enumerate(folded) if heading in _NUMBER_HEADINGS), None)
    name = next((place for place, heading in enumerate(folded) if heading in _NAME_HEADINGS), None)
    if name is None:
        name = number if number is not None else 0
    return number, name


def _refuse_repeated(table: Table) -> None:
    seen: set[str] = set()
    for place, heading in enumerate(table.rows[0], start=1):
        if heading and normal(heading) in seen:
            raise InterchangeError(table.path, f"two columns are headed {heading!r}", table.lines[0], place)
        seen.add(normal(heading))


def _columns(
    header: Sequence[str], labels: set[int | None]
) -> tuple[list[Column], int | None, int | None, list[int]]:
    found: dict[str, Column] = {}
    extras: list[tuple[int, str, str]] = []
    other: list[int] = []
    for place, heading in enumerate(header):
        if place in labels:
            continue
        if not heading:
            other.append(place)
        elif match := _ASSUMPTION.search(heading):
            extras.append((place, "assumption", normal(heading[: match.start()])))
        elif match := _RATIONALE.search(heading):
            extras.append((place, "rationale", normal(heading[: match.start()])))
        else:
            found[normal(heading)] = Column(heading, place)
    shared: dict[str, int] = {}
    for place, what, title in extras:
        if title in found:
            setattr(found[title], what, place)
        elif not title and what not in shared:
            shared[what] = place
        else:
            other.append(place)
    if len(found) > 1 and "rationale" in shared:
        # A remark on the whole row is no reason for any one of its marks.
        other.append(shared.pop("rationale"))
    return list(found.values()), shared.get("assumption"), shared.get("rationale"), other


def _match_rows(grid: Grid, kb: KnowledgeBase, number: int | None, name: int) -> None:
    rows = zip(grid.table.rows[1:], grid.table.lines[1:], strict=True)
    seen: dict[str, int] = {}
    for cells, line in rows:
        label = cells[name] or (cells[number] if number is not None else "")
        if not label:
            grid.losses.append(Loss("the row names no proposal; left out", line, name + 1))
            continue
        entry, how = _entry(cells[number] if number is not None else "", cells[name], kb)
        key = entry.id if entry else normal(label)
        if key in seen:
            message = f"“{label}” means the same entry as the row in line {seen[key]}; left out"
            grid.losses.append(Loss(message, line, name + 1))
            continue
        seen[key] = line
        if how:
            grid.matched.append(how)
        grid.rows.append(GridRow(label, entry, line, cells))
    if not grid.rows:
        raise InterchangeError(grid.table.path, "no row names a proposal", grid.table.lines[0], 1)


def _entry(number: str, name: str, kb: KnowledgeBase) -> tuple[Proposal | Strategy | None, str]:
    """The entry that a row means, and a sentence on how it was found unless that is plain."""
    pool: list[Proposal | Strategy] = [*kb.of_kind(Proposal), *kb.of_kind(Strategy)]
    for wanted in (number, name):
        for entry in pool:
            if wanted and (wanted.lower() == entry.id or normal(wanted) in _titles(entry)):
                return entry, ""
    for wanted in (number, name):
        match = _NUMBERED.match(wanted)
        named = kb.by_number(match[1]) if match else kb.by_number(wanted) if wanted else None
        if isinstance(named, Proposal | Strategy):
            rest = (match[2] if match else "") or (name if wanted == number and name != number else "")
            near = not rest or _alike(rest, [named])
            note = "" if near else f"“{name or number}” was taken for number {named.number}, “{named.title}”"
            return named, note
    found = _alike(name or number, pool)
    return (found, f"“{name or number}” was taken for “{found.title}” ({found.id})") if found else (None, "")


def _titles(entry: Proposal | Strategy) -> set[str]:
    return {normal(title) for title in (entry.title, entry.short or "") if title}


def _alike(label: str, pool: Sequence[Proposal | Strategy]) -> Proposal | Strategy | None:
    """The only entry whose title is like a label, or holds all its words."""
    wanted = normal(label)
    titles = {title: entry for entry in pool for title in _titles(entry)}
    near = {titles[title].id: titles[title] for title in get_close_matches(wanted, titles, n=3, cutoff=0.82)}
    if not near:
        words = set(re.findall(r"\w{3,}", wanted))
        near = {
            entry.id: entry
            for title, entry in titles.items()
            if words and words <= set(re.findall(r"\w{3,}", title))
        }
    return next(iter(near.values())) if len(near) == 1 else None
