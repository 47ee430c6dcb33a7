"""Coverage: which numbered claims of a source are encoded, which are not, and why."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cruxmap.model.vocabulary import Inventory

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cruxmap.knowledge import KnowledgeBase

_RUN = re.compile(r"^(?P<stem>.*?)(?P<first>\d+)\.\.(?P<last>\d+)$")


@dataclass(frozen=True, slots=True)
class GroupCoverage:
    """Coverage of one part of a source: ids encoded, ids left out with their reason, ids simply missing."""

    title: str
    encoded: tuple[str, ...]
    omitted: tuple[tuple[str, str], ...]
    missing: tuple[str, ...]

    @property
    def total(self) -> int:
        """Number of claims in the group."""
        return len(self.encoded) + len(self.omitted) + len(self.missing)


@dataclass(frozen=True, slots=True)
class SourceCoverage:
    """Coverage of one source."""

    source: str
    title: str
    groups: tuple[GroupCoverage, ...]

    @property
    def total(self) -> int:
        """Number of numbered claims."""
        return sum(group.total for group in self.groups)

    @property
    def encoded(self) -> int:
        """Number of claims that an entry encodes."""
        return sum(len(group.encoded) for group in self.groups)

    @property
    def share(self) -> float:
        """Encoded share, 0 to 1; 1 for an empty inventory."""
        return self.encoded / self.total if self.total else 1.0


def coverage(kb: KnowledgeBase) -> list[SourceCoverage]:
    """Hold the entries against the inventories of numbered claims.

    Returns
    -------
    list of SourceCoverage
        One for each inventory, in the order of the files.
    """
    known = {*kb.arguments, *kb.parts, *kb.entries}
    numbers = {
        str(number).lower()
        for entry in kb.entries.values()
        for number in (getattr(entry, "number", None), *getattr(entry, "also", ()))
    }
    return [_cover(inventory, known | numbers) for inventory in kb.of_kind(Inventory)]


def _cover(inventory: Inventory, known: set[str]) -> SourceCoverage:
    reasons = {
        claim: item.reason for item in inventory.omitted for run in item.claims for claim in expand(run)
    }
    groups = []
    for group in inventory.groups:
        claims = [claim for run in group.claims for claim in expand(run)]
        encoded = tuple(claim for claim in claims if claim in known)
        left = [claim for claim in claims if claim not in known]
        omitted = tuple((claim, reasons[claim]) for claim in left if claim in reasons)
        missing = tuple(claim for claim in left if claim not in reasons)
        groups.append(GroupCoverage(group.title, encoded, omitted, missing))
    return SourceCoverage(inventory.source, inventory.title, tuple(groups))


def expand(run: str) -> Iterator[str]:
    """Yield the ids of a run; leading zeros of its first number are kept.

    Examples
    --------
    >>> list(expand("p1.outer.for.1..3")), list(expand("rlo-f08..10")), list(expand("p1.q1"))
    (['p1.outer.for.1', 'p1.outer.for.2', 'p1.outer.for.3'], ['rlo-f08', 'rlo-f09', 'rlo-f10'], ['p1.q1'])
    """
    match = _RUN.match(run)
    if not match:
        yield run
        return
    width = len(match["first"])
    for number in range(int(match["first"]), int(match["last"]) + 1):
        yield f"{match['stem']}{number:0{width}d}"
