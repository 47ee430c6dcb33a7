"""How entries, statements and works are called in files for readers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cruxmap.model.locators import LocatorSyntaxError, parse

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cruxmap.knowledge import KnowledgeBase
    from cruxmap.model.vocabulary import Source

__all__ = ["Label", "criterion_name", "entry_mark", "in_order", "joined", "label", "places", "reference"]


@dataclass(frozen=True, slots=True)
class Label:
    """What a statement is called: its id, its number (`A5`, or the id where it has none) and its title."""

    id: str
    number: str
    title: str

    @property
    def full(self) -> str:
        """Number and title; the title alone where there is no number."""
        return self.title if self.number == self.id and self.title else self.keyed

    @property
    def keyed(self) -> str:
        """What cells of a matrix show, and the title."""
        return f"{self.number} {self.title}".strip()


def label(kb: KnowledgeBase, name: str) -> Label:
    """Name a statement, or an assessment by entry and criterion.

    Examples
    --------
    >>> from cruxmap import load
    >>> kb = load()
    >>> label(kb, "hch-is-aligned").full, label(kb, "imitative-amplification-rat/inner-alignment").full
    ('A8 HCH is aligned', 'P3 inner alignment')
    """
    owner, slash, criterion = name.partition("/")
    if slash and owner in kb.entries:
        return Label(name, f"{entry_mark(kb, owner)} {criterion_name(kb, criterion)}", "")
    entry = kb.entries.get(name)
    number = getattr(entry, "number", None)
    title = str(getattr(entry, "title", None) or "")
    return Label(name, str(number or name), title)


def entry_mark(kb: KnowledgeBase, name: str) -> str:
    """Name an entry by its number (`P3` for a proposal), or by its id where it has none."""
    number = getattr(kb.entries.get(name), "number", None)
    return f"P{number}" if isinstance(number, int) else str(number or name)


def criterion_name(kb: KnowledgeBase, name: str) -> str:
    """Name a criterion inside a sentence."""
    return str(getattr(kb.entries.get(name), "title", name)).lower()


def in_order(kb: KnowledgeBase, names: Iterable[str]) -> list[str]:
    """Sort entries by number (`A2` before `A10`), those without one last and by id."""

    def key(name: str) -> tuple[str, int, str]:
        written = str(getattr(kb.entries.get(name), "number", None) or "")
        series = written.rstrip("0123456789")
        digits = written[len(series) :]
        return (series, int(digits), name) if digits else ("\uffff", 0, name)

    return sorted(names, key=key)


def joined(items: Iterable[str]) -> str:
    """Join a list for reading aloud.

    Examples
    --------
    >>> joined(["a", "b", "c"])
    'a, b and c'
    """
    given = list(items)
    return f"{', '.join(given[:-1])} and {given[-1]}" if len(given) > 1 else "".join(given)


def reference(work: Source) -> str:
    """Write a work the way a bibliography does: authors, year, title, venue."""
    names = work.authors if len(work.authors) <= 3 else (*work.authors[:3], "et al.")
    identifiers = [f"arXiv:{work.arxiv}" if work.arxiv else "", f"doi:{work.doi}" if work.doi else ""]
    extra = ", ".join(part for part in (work.venue or "", *identifiers) if part)
    return f"{', '.join(names)} ({work.year}). {work.title}." + (f" {extra}." if extra else "")


def places(at: str | None, source: str | None) -> list[tuple[str, str]]:
    """Split a locator into works and places in them.

    Examples
    --------
    >>> places("§2.2, §3.0 fn 3", "hubinger2020")
    [('hubinger2020', '§2.2'), ('hubinger2020', '§3.0 fn 3')]
    """
    if not at:
        return []
    try:
        found = parse(at, source)
    except LocatorSyntaxError:
        return []
    pieces = [piece.strip() for piece in found.text.split(",")]
    return [(found.source, piece) for piece in pieces if piece] if found.source else []
