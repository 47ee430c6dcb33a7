"""What rules work on: the valid entries, the knowledge base over them, and positions for messages."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from cruxmap.knowledge import KnowledgeBase, Position
from cruxmap.model.entries import Proposal, Strategy
from cruxmap.model.vocabulary import Criterion
from cruxmap.problems import Problem, Severity
from cruxmap.rules.traversal import Steps, is_local, walk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cruxmap.layering import RawEntry
    from cruxmap.model.entries import Entry


class Checked:
    """The valid entries of a workspace with the raw mappings that they came from.

    Parameters
    ----------
    entries : dict
        Entries by id.
    sources : dict
        Raw entry by id: knows positions.
    repeated : list of (id, RawEntry)
        Further entries that use an id again.
    """

    def __init__(
        self, entries: dict[str, Entry], sources: dict[str, RawEntry], repeated: list[tuple[str, RawEntry]]
    ) -> None:
        self.entries = entries
        self.sources = sources
        self.repeated = repeated

    @cached_property
    def nodes(self) -> list[tuple[Entry, Steps, Any]]:
        """Every node of every entry, with the entry and the steps inside it."""
        return [(entry, steps, node) for entry in self.entries.values() for steps, node in walk(entry)]

    @cached_property
    def kb(self) -> KnowledgeBase:
        """The knowledge base over the valid entries."""
        return KnowledgeBase("", (), self.entries, {})

    @cached_property
    def names(self) -> dict[str, list[str]]:
        """Ids by kind, with `statement` and `argument` beside the entry kinds."""
        found: dict[str, list[str]] = {
            "statement": list(self.kb.statements),
            "argument": list(self.kb.arguments),
        }
        for entry in self.entries.values():
            found.setdefault(entry.kind, []).append(entry.id)
        return found

    @cached_property
    def positions(self) -> dict[str, Position]:
        """Position of everything that has an id; the first one where an id is repeated."""
        found: dict[str, Position] = {}
        for entry, steps, node in self.nodes:
            name = getattr(node, "id", None)
            if isinstance(name, str) and not is_local(steps):
                found.setdefault(name, self.position(entry, steps))
        for entry in self.entries.values():
            if isinstance(entry, Proposal | Strategy):
                for criterion in entry.assessments:
                    found[f"{entry.id}/{criterion}"] = self.position(entry, ("assessments", criterion))
        return found

    def asked_by_group(self, steps: Steps) -> bool:
        """Whether a place lies in the discussion of a criterion that no source puts."""
        if len(steps) < 2 or steps[0] != "assessments":
            return False
        criterion = self.entries.get(str(steps[1]))
        return isinstance(criterion, Criterion) and criterion.source is None

    def position(self, entry: Entry, steps: Steps = ()) -> Position:
        """Where a value of an entry is written."""
        return Position(*self.sources[entry.id].position(steps))

    def problem(self, entry: Entry, steps: Steps, code: str, message: str, hint: str = "") -> Problem:
        """Report an error at a value of an entry."""
        return Problem(*self.position(entry, steps), code, message, hint)

    def warning(self, entry: Entry, steps: Steps, code: str, message: str, hint: str = "") -> Problem:
        """Report a warning at a value of an entry."""
        return Problem(*self.position(entry, steps), code, message, hint, Severity.WARNING)

    def of(self, kind: type[Any]) -> Iterator[tuple[Entry, Steps, Any]]:
        """Yield the nodes of one class."""
        return ((entry, steps, node) for entry, steps, node in self.nodes if isinstance(node, kind))
