"""Plan a session: what is in scope, who rates which cells, what has to be read, and how long that takes."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from cruxmap.errors import UsageError
from cruxmap.group.session import Scope, Session, StopRule, ToRead
from cruxmap.model.entries import Proposal, Strategy
from cruxmap.model.fields import ENTRY_ID
from cruxmap.placement import arguments_of, parts_of
from cruxmap.yamlwrite import slug

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from cruxmap.group.session import Method, Policy
    from cruxmap.knowledge import KnowledgeBase

__all__ = [
    "CELLS_AT_LEAST",
    "CELLS_AT_MOST",
    "Wishes",
    "assign",
    "plan",
    "reading_minutes",
    "session_id",
]

CELLS_AT_LEAST, CELLS_AT_MOST = 8, 12
"""How many cells a reader is asked to rate: more are skimmed, fewer do not fill a meeting."""
RATERS = 2
"""A cell with a single rater cannot show disagreement."""
BASE_MINUTES, MINUTES_FOR_CLAIM = 2, 0.5
"""What is recorded of a text stands for its length, which nobody counted."""
MOST_READERS = 40


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a facilitator decides; everything else is worked out.

    Attributes
    ----------
    question : str
        The one question of the meeting.
    date : str
        `2026-03-05`.
    readers : tuple of str
        Handles.
    entries, criteria, cells : tuple of str
        What is in scope, by id, prefix or number. Without any: all proposals against the criteria in use, as
        far as a reader is left with 12 cells at most.
    name : str
        Slug of the session; by default from the question.
    """

    question: str
    date: str
    readers: tuple[str, ...]
    entries: tuple[str, ...] = ()
    criteria: tuple[str, ...] = ()
    cells: tuple[str, ...] = ()
    minutes: int = 90
    method: Method = "open"
    reveal: Policy = "names"
    rounds: int = 3
    stability: float = 0.15
    consensus: float = 0.75
    roles: dict[str, str] = field(default_factory=dict)
    name: str = ""


def session_id(date: str, question: str, name: str = "") -> str:
    """The id of a session, which is the name of its folder.

    Raises
    ------
    UsageError
        When the date or the name has the wrong form.

    Examples
    --------
    >>> session_id("2026-03-05", "Is training away from deception feasible at all?")
    '2026-03-05-is-training-away-from-deception'
    """
    from datetime import date as calendar_date

    try:
        calendar_date.fromisoformat(date)
    except ValueError:
        raise UsageError(f"{date!r} is no date; write it as 2026-03-05") from None
    if name and not re.fullmatch(ENTRY_ID, name):
        raise UsageError(f"{name!r} cannot name a session: lower-case words joined by hyphens")
    return f"{date[:10]}-{name or slug(question, longest=36, fallback='meeting')}"


def plan(kb: KnowledgeBase, wishes: Wishes) -> Session:
    """Work out a session.

    Parameters
    ----------
    kb : KnowledgeBase
    wishes : Wishes

    Returns
    -------
    Session
        In which every cell has two raters at least.

    Raises
    ------
    UsageError
        When a wish cannot be met or is not understood.
    UnknownIdError
        When an entry or criterion is not there.
    """
    readers = _readers(wishes.readers)
    unknown = [reader for reader in wishes.roles if reader not in readers]
    if unknown:
        raise UsageError(f"a role is given to {unknown[0]!r}, who does not take part")
    scope = _scope(kb, wishes, len(readers))
    cells = scope.all_cells()
    used = tuple(dict.fromkeys(_criterion(cell) for cell in cells))
    assignments = assign(cells, readers, whole_entries=wishes.method == "jigsaw")
    return Session(
        id=session_id(wishes.date, wishes.question, wishes.name),
        date=wishes.date,
        question=wishes.question.strip(),
        minutes=wishes.minutes,
        method=wishes.method,
        reveal=wishes.reveal,
        readers=readers,
        scope=scope,
        criteria={name: _version(kb, name) for name in used},
        asked={name: str(getattr(kb.entries[name], "question", "")) for name in used},
        readings=_readings(kb, assignments, readers),
        roles=dict(wishes.roles),
        stop=StopRule(rounds=wishes.rounds, stability=wishes.stability, consensus=wishes.consensus),
        # Where everybody rates everything there is nothing to assign.
        assignments={} if all(given == cells for given in assignments.values()) else assignments,
    )


def _readers(given: Iterable[str]) -> tuple[str, ...]:
    readers = tuple(dict.fromkeys(given))
    for reader in readers:
        if not re.fullmatch(ENTRY_ID, reader) or len(reader) > 40:
            raise UsageError(f"{reader!r} is no handle; write lower-case words joined by hyphens: reader-a")
    if len(readers) < RATERS:
        raise UsageError(
            "a session needs two readers at least; list them in readers.yaml, or by --readers "
            "reader-a,reader-b"
        )
    if len(readers) > MOST_READERS:
        raise UsageError(f"{len(readers)} readers are more than {MOST_READERS}; split the group")
    return readers


def _criterion(cell: str) -> str:
    return cell.partition("/")[2]


def _version(kb: KnowledgeBase, criterion: str) -> int:
    return int(getattr(kb.entries[criterion], "version", 1))


def _scope(kb: KnowledgeBase, wishes: Wishes, readers: int) -> Scope:
    from cruxmap.matrix import criterion_named
    from cruxmap.reader_files import cell_named

    if wishes.cells:
        if wishes.entries or wishes.criteria:
            raise UsageError("--cells says it all; leave out --entries and --criteria")
        return Scope(cells=tuple(dict.fromkeys(cell_named(kb, cell) for cell in wishes.cells)))
    columns = [criterion_named(kb, name).id for name in wishes.criteria] or [item.id for item in kb.criteria]
    chosen = {row.id: row for row in map(kb.find_assessed, wishes.entries)}
    rows: list[Proposal | Strategy] = list(chosen.values()) or list(kb.proposals)
    cells = [f"{row.id}/{name}" for row in rows for name in columns]
    if not cells:
        raise UsageError("nothing is in scope: there are no proposals or no criteria; name --entries")
    if not wishes.entries:
        cells = _most_open(kb, cells, readers * CELLS_AT_MOST // RATERS)
    product = Scope(entries=tuple(row.id for row in rows), criteria=tuple(columns))
    return product if product.all_cells() == tuple(cells) else Scope(cells=tuple(cells))


def _most_open(kb: KnowledgeBase, cells: Sequence[str], most: int) -> list[str]:
    """The cells that the sources leave most open, in their own order; all when they are few enough.

    A cell of which no source says anything, such as one of a criterion of the group's own, is wide open.
    """

    def width(cell: str) -> int:
        entry, _, criterion = cell.partition("/")
        owner = kb.entries[entry]
        assert isinstance(owner, Proposal | Strategy)
        if criterion not in owner.assessments:
            return len(kb.scale_of(criterion).levels)
        interval = kb.stance(owner, criterion).interval
        return interval.high - interval.low if interval else -1

    kept = set(sorted(cells, key=lambda cell: -width(cell))[:most])
    return [cell for cell in cells if cell in kept]


def assign(
    cells: Sequence[str], readers: Sequence[str], *, whole_entries: bool = False
) -> dict[str, tuple[str, ...]]:
    """Give every reader cells to rate.

    Parameters
    ----------
    cells : sequence of str
        `entry/criterion`.
    readers : sequence of str
        Two at least.
    whole_entries : bool
        Give all cells of an entry to the same readers (jigsaw: each reads some entries and teaches them).

    Returns
    -------
    dict
        By reader, in the order of `cells`. Up to 12 cells all readers rate all; beyond, each cell goes to as
        many readers as leave each with 12 on average, but never to fewer than two. Loads differ by one at
        most, unless entries stay whole.

    Examples
    --------
    >>> assign(["a/x", "b/x"], ["r", "s"])
    {'r': ('a/x', 'b/x'), 's': ('a/x', 'b/x')}
    """
    most = CELLS_AT_MOST * len(readers) // max(len(cells), 1)
    raters = min(len(readers), max(RATERS, most))
    blocks: dict[str, list[str]] = {}
    for cell in cells:
        blocks.setdefault(cell.partition("/")[0] if whole_entries else cell, []).append(cell)
    taken: dict[str, list[str]] = {reader: [] for reader in readers}
    entries: dict[str, set[str]] = {reader: set() for reader in readers}
    # Large blocks first: what comes last can even out what they left.
    for block in sorted(blocks.values(), key=lambda item: -len(item)):
        owner = block[0].partition("/")[0]
        free = sorted(readers, key=lambda reader: (len(taken[reader]), owner not in entries[reader]))
        for reader in free[:raters]:
            taken[reader] += block
            entries[reader].add(owner)
    order = {cell: number for number, cell in enumerate(cells)}
    return {reader: tuple(sorted(given, key=order.__getitem__)) for reader, given in taken.items()}


def reading_minutes(claims: int) -> int:
    """The minutes that a text is thought to take: two, and half a minute for each claim recorded from it.

    Examples
    --------
    >>> reading_minutes(0), reading_minutes(25)
    (2, 15)
    """
    return math.ceil(BASE_MINUTES + MINUTES_FOR_CLAIM * claims)


def _readings(
    kb: KnowledgeBase, assignments: dict[str, tuple[str, ...]], readers: Sequence[str]
) -> tuple[ToRead, ...]:
    """One reading for each entry in scope that has a source, for those who rate it."""
    wanted: dict[str, list[str]] = {}
    for reader in readers:
        for cell in assignments[reader]:
            names = wanted.setdefault(cell.partition("/")[0], [])
            if reader not in names:
                names.append(reader)
    found = []
    for entry in kb.entries.values():
        if entry.id not in wanted or not isinstance(entry, Proposal | Strategy) or entry.source is None:
            continue
        who = tuple(wanted[entry.id])
        claims = sum(1 for _ in arguments_of(entry)) + sum(1 for _ in parts_of(entry))
        found.append(
            ToRead(
                source=entry.source,
                at=entry.at,
                minutes=reading_minutes(claims),
                for_=() if len(who) == len(readers) else who,
            )
        )
    return tuple(found)
