"""Select entries by kind and by what they are built from, rest on or bear on."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from cruxmap.errors import UnknownIdError
from cruxmap.matrix import criterion_named
from cruxmap.model.entries import KINDS, Finding, Proposal, Risk, Strategy
from cruxmap.model.vocabulary import Assumption, Mechanism

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cruxmap.knowledge import KnowledgeBase
    from cruxmap.model.entries import Entry


class Filters(NamedTuple):
    """What entries must have; None leaves a condition out. Ids, unique prefixes and numbers are accepted."""

    mechanism: str | None = None
    assumption: str | None = None
    criterion: str | None = None


NO_FILTERS = Filters()


def listed(kb: KnowledgeBase, kind: str | None = None, filters: Filters = NO_FILTERS) -> list[Entry]:
    """Return the entries of a kind that pass all filters, by kind and number.

    Raises
    ------
    UnknownIdError
        When the kind, or an id in a filter, does not exist.
    """
    if kind is not None and kind not in KINDS:
        singular = kind.removesuffix("s") if kind.removesuffix("s") in KINDS else None
        if singular is None:
            raise UnknownIdError(kind, "kind", list(KINDS), ambiguous=False)
        kind = singular
    found: list[Entry] = [
        entry for name in KINDS if kind in (None, name) for entry in kb.of_kind(KINDS[name])
    ]
    if filters.mechanism:
        wanted = kb.find(filters.mechanism, (Mechanism,)).id
        found = [entry for entry in found if wanted in mechanisms_of(entry)]
    if filters.assumption:
        wanted = kb.find(filters.assumption, (Assumption,)).id
        found = [entry for entry in found if wanted in assumptions_of(kb, entry)]
    if filters.criterion:
        wanted = criterion_named(kb, filters.criterion).id
        found = [entry for entry in found if wanted in _criteria_of(entry)]
    return found


def mechanisms_of(entry: Entry) -> Iterable[str]:
    """Mechanisms that an entry is built with, optional ones included, or that a risk threatens."""
    if isinstance(entry, Proposal):
        return (*entry.mechanisms, *entry.optional_mechanisms)
    if isinstance(entry, Strategy):
        return entry.mechanisms
    return (*entry.threatens, *entry.threatens_ours) if isinstance(entry, Risk) else ()


def assumptions_of(kb: KnowledgeBase, entry: Entry) -> Iterable[str]:
    """Assumptions that an entry lists, or that its arguments name."""
    if isinstance(entry, Proposal | Strategy):
        return (*entry.assumptions, *entry.secondary_assumptions)
    if isinstance(entry, Mechanism):
        return entry.relies_on
    if isinstance(entry, Risk | Finding):
        steps = [placed.argument for placed in kb.arguments.values() if placed.entry == entry.id]
        return [
            name for step in steps for name in (*step.assumes, *step.unless, *step.supports, *step.attacks)
        ]
    return ()


def _criteria_of(entry: Entry) -> Iterable[str]:
    if isinstance(entry, Proposal | Strategy):
        return entry.assessments
    return entry.criteria if isinstance(entry, Risk) else ()
