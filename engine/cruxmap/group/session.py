"""What `session.yaml` says: question, scope, readings, readers, who rates what, and when to stop."""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING, Annotated, Literal

from cruxmap.model.fields import (
    ENTRY_ID,
    Count,
    Credence,
    CriterionId,
    Flag,
    Kebab,
    Line,
    LocatorText,
    NumberField,
    SourceId,
    Text,
    TextField,
    record,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = [
    "POLICIES",
    "CellId",
    "Handle",
    "Method",
    "Policy",
    "Scope",
    "Session",
    "StopRule",
    "Text1",
    "ToRead",
]

Method = Literal["delphi", "sac", "double-crux", "jigsaw", "open"]
Policy = Literal["names", "aliases", "aggregate"]
POLICIES: Mapping[Policy, str] = {
    "names": "who answered what is shown, with reasons",
    "aliases": "answers and reasons are shown under aliases",
    "aggregate": "only counts and ranges of each cell are shown, no reasons and no reader's row",
}
"""What is shown once a round is revealed."""

Handle = Annotated[str, TextField(longest=40, single_line=True, pattern=ENTRY_ID)]
CellId = Annotated[str, TextField(longest=140, single_line=True)]
Text1 = Annotated[str, TextField(longest=400, single_line=True)]
"""One to three sentences on one line."""


@record
class ToRead(Kebab):
    """Something to read before, or in, the meeting."""

    source: SourceId
    at: LocatorText | None = None
    """Sections; without it the whole work."""
    minutes: Count
    """An estimate: nobody counted words."""
    required: Flag = True
    for_: tuple[Handle, ...] = ()
    """Who reads it; all when empty."""


@record
class Scope(Kebab):
    """What is rated: every entry against every criterion, or just the cells that are listed."""

    entries: tuple[Line, ...] = ()
    criteria: tuple[CriterionId, ...] = ()
    cells: tuple[CellId, ...] = ()

    def all_cells(self) -> tuple[str, ...]:
        """The cells, `entry/criterion`, in order.

        Examples
        --------
        >>> Scope(entries=("a", "b"), criteria=("x",)).all_cells()
        ('a/x', 'b/x')
        """
        return self.cells or tuple(f"{entry}/{name}" for entry in self.entries for name in self.criteria)


@record
class StopRule(Kebab):
    """When rating again is over: fixed before anybody answers."""

    rounds: Annotated[int, NumberField(1, 9, whole=True)] = 3
    """At most so many rounds."""
    stability: Credence = 0.15
    """A cell is stable when at most this share of its readers changed their mark between rounds."""
    consensus: Credence = 0.75
    """A cell is agreed when at least this share of its readers give one mark."""


@record
class Session(Kebab):
    """One meeting as planned. What has happened since is told by the files beside it."""

    id: Annotated[str, TextField(longest=80, single_line=True)]
    """The name of the folder: a date and a slug."""
    date: Annotated[str, TextField(longest=10, single_line=True)]
    question: Text
    """The one question of the meeting."""
    minutes: Annotated[int, NumberField(45, 240, whole=True)] = 90
    method: Method = "open"
    reveal: Policy = "names"
    readers: tuple[Handle, ...]
    scope: Scope
    criteria: dict[CriterionId, Count] = field(default_factory=dict)
    """Version of each criterion when the session was planned."""
    asked: dict[CriterionId, Text] = field(default_factory=dict)
    """What each criterion asked then, so that a later change can be told."""
    readings: tuple[ToRead, ...] = ()
    roles: dict[Handle, Line] = field(default_factory=dict)
    stop: StopRule = field(default_factory=StopRule)
    assignments: dict[Handle, tuple[CellId, ...]] = field(default_factory=dict)
    """Cells of each reader; whoever is not listed rates all."""

    def cells(self) -> tuple[str, ...]:
        """All cells in scope, in order."""
        return self.scope.all_cells()

    def cells_of(self, reader: str) -> tuple[str, ...]:
        """The cells that a reader is to rate."""
        return self.assignments.get(reader, self.cells())

    def raters(self) -> dict[str, tuple[str, ...]]:
        """By cell in scope, the readers who are to rate it."""
        by_reader = {reader: set(self.cells_of(reader)) for reader in self.readers}
        return {
            cell: tuple(reader for reader in self.readers if cell in by_reader[reader])
            for cell in self.cells()
        }

    def to_read(self, reader: str) -> tuple[ToRead, ...]:
        """What a reader is asked to read."""
        return tuple(item for item in self.readings if not item.for_ or reader in item.for_)
