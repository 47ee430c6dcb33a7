"""The agenda of a meeting on paper: what to talk about, why, for how long, and who with whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cruxmap.group.item_sentences import joined, positions, reasons, score_sentence
from cruxmap_exports.document import Document, Heading, Item, Items, Paragraph, plain, quiet, strong
from cruxmap_exports.naming import label

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from cruxmap.analysis.agenda import AgendaItem
    from cruxmap.analysis.answers import Answer
    from cruxmap.analysis.meeting_plan import Step
    from cruxmap.analysis.pairings import Pairing
    from cruxmap.group.session_reading import SessionReading
    from cruxmap.knowledge import KnowledgeBase
    from cruxmap_exports.document import Block

__all__ = ["agenda_page", "namer"]

FURTHER = 8
"""Cells beyond the time of the meeting that are listed."""

CONVENTIONS = (
    "Order: (disagreement × impact + hidden disagreement + left open) × (1 − discussed already) + what has "
    "to be put right. Disagreement is the mean distance of the marks, a mark that leaves everything open "
    "being half the scale away from every level. Impact is how many verdicts move, on average over readers, "
    "when the mark moves one step, relative to the cell that moves most; strengths by quadratic-energy under "
    "each reader's credences, marks taken as the middle of their level's band."
)


def agenda_page(reading: SessionReading) -> Document:
    """Return the agenda of a session.

    Raises
    ------
    StillSealedError
        Before the round is revealed.
    """
    session, found = reading.session, reading.agenda
    title = f"Agenda: {session.question}"
    blocks: list[Block] = [
        Heading(1, title),
        Paragraph(
            (quiet(f"{session.date} · {session.minutes} minutes · round {reading.view.round}"),), "meta"
        ),
        *(Paragraph((strong("Note"), plain(f" {item.note}"))) for item in reading.reworded),
        Heading(2, "The meeting by the minute"),
        Items(tuple(_steps(reading.kb, reading.plan))),
        Heading(2, "What to talk about"),
    ]
    if not found.items:
        blocks.append(
            Paragraph((plain("No cell gives a reason to talk about it: read, and plan the next."),))
        )
    for number, item in enumerate(found.items, 1):
        blocks += _item(reading, number, item)
    if found.further:
        blocks += [
            Heading(2, "If there is time"),
            Items(tuple(_further(reading, item) for item in found.further[:FURTHER])),
        ]
    if found.pairings:
        blocks += [Heading(2, "Pairs over everything"), Paragraph((plain(_pairs(found.pairings)),))]
    blocks.append(Paragraph((quiet(CONVENTIONS),), "meta"))
    return Document(title, tuple(blocks), "entry")


def namer(kb: KnowledgeBase) -> Callable[[str], str]:
    """How statements and cells are called; what is none stands in quotation marks."""

    def name(wanted: str) -> str:
        owner = wanted.partition("/")[0]
        known = wanted in kb.entries or ("/" in wanted and owner in kb.entries)
        return label(kb, wanted).full if known else f"“{wanted}”"

    return name


def _steps(kb: KnowledgeBase, steps: Sequence[Step]) -> list[Item]:
    """Steps of the plan, those of one item on one line."""
    found: list[Item] = []
    last: str | None = None
    for step in steps:
        if step.item is not None and step.item == last:
            continue
        last = step.item
        length = (
            sum(other.minutes for other in steps if other.item == step.item) if step.item else step.minutes
        )
        what = label(kb, step.item).full if step.item else step.title
        said = "restate, discuss, mark again, record." if step.item else step.instruction
        found.append(Item((strong(f"{step.start}–{step.start + length} {what}"), plain(f": {said}"))))
    return found


def _item(reading: SessionReading, number: int, item: AgendaItem) -> list[Block]:
    name = namer(reading.kb)
    rows = [Item((plain(sentence),)) for sentence in reasons(item, name, named=reading.is_linked)]
    blocks: list[Block] = [
        Heading(3, f"{number}. {name(item.cell)} ({item.minutes} minutes)"),
        Paragraph((strong("Marks"), plain(f" {positions(item, named=reading.is_linked)}."))),
        Items(tuple(rows)),
    ]
    said = [
        _rationale(reader, answer)
        for reader, given in sorted(reading.answers.by_reader.items())
        if (answer := given.get(item.cell)) is not None and answer.rationale
    ]
    if said:
        blocks += [Paragraph((strong("In their words"),)), Items(tuple(said))]
    if item.pairings:
        blocks.append(Paragraph((strong("Restate each other"), plain(f" {_pairs(item.pairings)}."))))
    return [*blocks, Paragraph((quiet(score_sentence(item)),))]


def _rationale(reader: str, answer: Answer) -> Item:
    said = plain(f" ({answer.mark}): {answer.rationale}")
    return Item((strong(reader), said, quiet(f" {answer.at}".rstrip())))


def _further(reading: SessionReading, item: AgendaItem) -> Item:
    name = namer(reading.kb)
    sentences = reasons(item, name, named=reading.is_linked)
    return Item((strong(name(item.cell)), plain(f": {' '.join(sentences[:1])}"), quiet(f" {item.score:.2f}")))


def _pairs(pairs: Sequence[Pairing]) -> str:
    return "; ".join(joined(pair.readers) for pair in pairs)
