"""The page of one entry: what it says, how it stands, and the arguments about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cruxmap.matrix import cell as matrix_cell
from cruxmap.model.entries import Proposal, Risk, Strategy
from cruxmap.model.vocabulary import Criterion, Source
from cruxmap.sources import works_cited_by
from cruxmap_exports.argument_outline import discussion, from_elsewhere, note_items, outline
from cruxmap_exports.document import Document, Heading, Item, Items, Paragraph, plain, quiet, strong
from cruxmap_exports.matrix_view import cell_view
from cruxmap_exports.naming import label, reference
from cruxmap_exports.remarks import located

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cruxmap.knowledge import KnowledgeBase
    from cruxmap.model.entries import Entry
    from cruxmap_exports.document import Block, Span

__all__ = ["entry_page"]

REMARKS = {
    "details": "Details",
    "preconditions": "Preconditions",
    "detection": "How it could be detected",
    "mitigations": "Mitigations",
    "problems": "Problems of its own",
}
NAMES = {
    "mechanisms": "Mechanisms",
    "optional_mechanisms": "Optional mechanisms",
    "addresses": "Meant against",
    "raises": "Risks of its own",
    "assumptions": "Rests on",
    "secondary_assumptions": "Secondarily on",
    "relies_on": "Relies on",
    "threatens": "Threatens",
    "threatens_ours": "Threatens, by our reading",
    "criteria": "Bears on",
}
"""Fields of entries with their headings; those that a kind of entry does not have are passed over."""


def entry_page(kb: KnowledgeBase, entry: Entry) -> Document:
    """Return the page of an entry of any kind.

    Examples
    --------
    >>> from cruxmap import load
    >>> kb = load()
    >>> entry_page(kb, kb.entries["hch-is-aligned"]).title
    'A8. HCH is aligned'
    """
    number = getattr(entry, "number", None)
    title = str(getattr(entry, "title", None) or entry.id)
    name = f"{number}. {title}" if number is not None else title
    blocks: list[Block] = [Heading(1, name), Paragraph((plain(_meta(kb, entry)),), "meta")]
    blocks += _opening(entry)
    if isinstance(entry, Proposal | Strategy):
        blocks += _assessments(kb, entry)
        blocks += _list("Set-up", [_step(item) for item in entry.setup], numbered=True)
    for field, heading in REMARKS.items():
        blocks += _list(heading, [Item(located(item)) for item in getattr(entry, field, ())])
    for field, heading in NAMES.items():
        blocks += _names(kb, heading, getattr(entry, field, ()))
    blocks += _figures(entry)
    blocks += _texts("What would undermine it (our reading)", getattr(entry, "undermined_by", ()))
    blocks += _arguments(kb, entry)
    blocks += _list("Notes", note_items(getattr(entry, "notes", ())))
    blocks += _list("Open questions", [Item(located(item)) for item in getattr(entry, "questions", ())])
    threats = [item.id for item in kb.of_kind(Risk) if entry.id in (*item.threatens, *item.threatens_ours)]
    blocks += _names(kb, "Threatened by", threats)
    blocks += _relations(kb, entry)
    blocks += _works(kb, entry)
    return Document(name, tuple(blocks), "entry")


def _meta(kb: KnowledgeBase, entry: Entry) -> str:
    parts = [entry.kind, entry.id]
    source, at = getattr(entry, "source", None), getattr(entry, "at", None)
    work = kb.entries.get(source) if source else None
    if isinstance(work, Source):
        parts.append(f"{work.title} ({work.year}){f', {at}' if at else ''}")
    return " · ".join(parts)


def _opening(entry: Entry) -> list[Block]:
    blocks: list[Block] = []
    if isinstance(entry, Criterion):
        blocks.append(Paragraph((strong(entry.question), quiet(f" (version {entry.version})"))))
    if isinstance(entry, Source):
        blocks.append(Paragraph((plain(reference(entry)),)))
        if entry.checked:
            blocks.append(Paragraph((strong("How it was checked. "), plain(entry.checked))))
    if getattr(entry, "text", None):
        blocks.append(Paragraph(located(entry)))
    summary = getattr(entry, "summary", None)
    if summary:
        blocks.append(Paragraph(located(summary)))
    if isinstance(entry, Proposal) and entry.incomplete:
        blocks.append(Paragraph((strong("Incomplete. "), plain(entry.incomplete)), "warning"))
    if isinstance(entry, Proposal) and entry.human_role:
        blocks.append(Paragraph((strong("The human’s role. "), *located(entry.human_role))))
    note = getattr(entry, "note", None)
    if note:
        blocks.append(Paragraph((strong("Note. "), plain(note))))
    return blocks


def _assessments(kb: KnowledgeBase, entry: Proposal | Strategy) -> list[Block]:
    items = []
    for criterion in kb.criteria:
        if criterion.id not in entry.assessments:
            continue
        view = cell_view(kb, criterion.id, matrix_cell(kb, entry, criterion.id))
        below = []
        if view.hinges:
            below.append(Item((plain("Hinges on "), plain("; ".join(item.full for item in view.hinges)))))
        other = entry.assessments[criterion.id].alternative
        if other:
            below.append(Item((plain(f"Defensible too: {other.stance}. "), plain(other.reason))))
        spans: tuple[Span, ...] = (strong(criterion.title), plain(": "), plain(f"{view.stance}. "))
        place = quiet(f" [{view.at}]") if view.at else plain("")
        items.append(Item((*spans, plain(view.reason), place), tuple(below)))
    return _list("Assessments", items)


def _step(step: Any) -> Item:
    optional = (quiet("optional: "),) if step.optional else ()
    return Item((*optional, *located(step)))


def _figures(entry: Entry) -> list[Block]:
    """What a finding measured."""
    items = []
    facts = (
        ("measure", "Measure"),
        ("value", "Value"),
        ("unit", "Unit"),
        ("model", "Model"),
        ("setting", "Setting"),
    )
    for field, heading in facts:
        given = getattr(entry, field, None)
        if given:
            items.append(Item((strong(f"{heading}: "), plain(str(given)))))
    for item in getattr(entry, "values", ()):
        unit = f" {item.unit}" if item.unit else ""
        place = quiet(f" [{item.at}]") if item.at else plain("")
        items.append(Item((plain(f"{item.of}: "), strong(f"{item.value}{unit}"), place)))
    return _list("Figures", items)


def _arguments(kb: KnowledgeBase, entry: Entry) -> list[Block]:
    if not isinstance(entry, Proposal | Strategy):
        return discussion(kb, entry)
    blocks: list[Block] = []
    for criterion in kb.criteria:
        if criterion.id in entry.assessments:
            name = f"{entry.id}/{criterion.id}"
            items = [*outline(kb, name), *note_items(entry.assessments[criterion.id].notes)]
            heading = f"{criterion.title}: the arguments"
            nothing = [Item((plain("none recorded"),))]
            blocks += _list(heading, items or nothing)
            blocks += from_elsewhere(kb, name)
    return blocks


def _relations(kb: KnowledgeBase, entry: Entry) -> list[Block]:
    items = []
    for relation in getattr(entry, "relations", ()):
        kind = kb.entries.get(relation.kind)
        word = str(getattr(kind, "title", relation.kind))
        others = ", ".join(label(kb, name).full for name in relation.to)
        items.append(Item((strong(f"{word} {others}".strip()), plain(": "), *located(relation))))
    return _list("Relations", items)


def _works(kb: KnowledgeBase, entry: Entry) -> list[Block]:
    works = works_cited_by(kb, entry)
    items = [Item((plain(reference(work)), quiet(f" ({work.id})"))) for work in works]
    return _list("Works named here", items)


def _names(kb: KnowledgeBase, heading: str, names: Iterable[str]) -> list[Block]:
    found = [(label(kb, name), name) for name in names]
    return _list(heading, [Item((plain(item.full), quiet(f" ({name})"))) for item, name in found])


def _texts(heading: str, texts: Iterable[str]) -> list[Block]:
    return _list(heading, [Item((plain(text),)) for text in texts])


def _list(heading: str, items: Iterable[Item], *, numbered: bool = False) -> list[Block]:
    """Return a heading with a list below it; nothing when the list is empty."""
    given = tuple(items)
    return [Heading(2, heading), Items(given, numbered=numbered)] if given else []
