"""Which entry, argument or note cites which work."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cruxmap.model.vocabulary import Criterion, Mechanism, Source, Term

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cruxmap.knowledge import KnowledgeBase
    from cruxmap.model.entries import Entry


def citing(kb: KnowledgeBase) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Yield (id, id of its entry, ids of works) for everything that names works."""
    for placed in kb.arguments.values():
        yield placed.argument.id, placed.entry, placed.argument.cites
    for name, (part, owner) in kb.parts.items():
        yield name, owner, getattr(part, "cites", ())
    for entry in kb.entries.values():
        if isinstance(entry, Term | Criterion):
            yield entry.id, entry.id, entry.cites
        elif isinstance(entry, Mechanism):
            yield entry.id, entry.id, tuple(name for detail in entry.details for name in detail.cites)


def citations(kb: KnowledgeBase, work: str) -> list[str]:
    """Ids of everything that names a work, in the order of the files."""
    return [name for name, _, works in citing(kb) if work in works]


def works_cited_by(kb: KnowledgeBase, entry: Entry) -> list[Source]:
    """Works that an entry names, or that a work cites, by id."""
    if isinstance(entry, Source):
        found = {work.id for work in kb.of_kind(Source) if any(item.by == entry.id for item in work.cited)}
    else:
        found = {work for _, owner, works in citing(kb) if owner == entry.id for work in works}
        found.update(filter(None, [getattr(entry, "source", None)]))
    return sorted((work for work in kb.of_kind(Source) if work.id in found), key=lambda work: work.id)
