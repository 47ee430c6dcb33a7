"""The minutes of a meeting: who was there, where the group stands, what was decided and what stays open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cruxmap.group.item_sentences import changed_sentence, joined, outcome_sentence
from cruxmap_exports.document import Document, Heading, Item, Items, Paragraph, plain, quiet, strong
from cruxmap_exports.group_agenda import namer

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from cruxmap.group.record import Said
    from cruxmap.group.session_reading import SessionReading
    from cruxmap_exports.document import Block

__all__ = ["minutes_page"]


def minutes_page(reading: SessionReading) -> Document:
    """Return the minutes of a session.

    Raises
    ------
    StillSealedError
        Before the round is revealed.
    """
    session, state, name = reading.session, reading.record.state, namer(reading.kb)
    title = f"Minutes: {session.question}"
    rounds = ", ".join(str(item.round) for item in reading.views)
    present = joined(reading.present) or "nobody was noted as present"
    blocks: list[Block] = [
        Heading(1, title),
        Paragraph(
            (quiet(f"{session.date} · rounds revealed: {rounds} · answers shown: {session.reveal}"),), "meta"
        ),
        Paragraph((strong("Present"), plain(f" {present}."))),
    ]
    missing = reading.view.missing
    if missing:
        blocks.append(Paragraph((strong("Did not answer"), plain(f" {joined(missing)}."))))
    blocks += _section("Decisions", [_said(item, name) for item in state.decisions], "Nothing was decided.")
    blocks += _section("Open questions", [_said(item, name) for item in state.questions], "None was noted.")
    blocks += _section("Where the group stands", _positions(reading), "Nothing was marked.")
    blocks += _section(
        "Changed minds",
        [Item((plain(f"{changed_sentence(change, name)}."),)) for change in reading.changed],
        "Nobody marked a cell otherwise than before."
        if reading.is_linked
        else "Not told: this session shows only what each cell comes to.",
    )
    blocks += _section("New claims", [_said(item, name) for item in state.claims], "None was made.")
    if state.notes:
        blocks += _section("Notes", [_said(item, name) for item in state.notes], "")
    stop = reading.stop_rule
    rule = (
        f"Agreed: {stop.consensus:.0%} of the readers of a cell give one mark. Stable: at most "
        f"{stop.stable:.0%} changed theirs since the round before. At most {stop.most_rounds} rounds."
    )
    return Document(title, (*blocks, Paragraph((quiet(rule),), "meta")), "entry")


def _section(heading: str, items: Sequence[Item], nothing: str) -> list[Block]:
    return [Heading(2, heading), Items(tuple(items)) if items else Paragraph((plain(nothing),))]


def _said(item: Said, name: Callable[[str], str]) -> Item:
    about = f" ({name(item.cell)})" if item.cell else ""
    who = [item.reader, f"owner {item.owner}" if item.owner else "", f"by {item.due}" if item.due else ""]
    more = ", ".join(part for part in who if part)
    return Item((plain(item.text), quiet(f"{about}{f' — {more}' if more else ''}")))


def _positions(reading: SessionReading) -> list[Item]:
    """What was talked about first, in the order of the meeting, then all other cells."""
    name = namer(reading.kb)
    talked = {item.cell: item.status for item in reading.record.state.items}
    outcomes = reading.outcomes
    order = [
        *(cell for cell in talked if cell in outcomes),
        *(cell for cell in outcomes if cell not in talked),
    ]
    return [
        Item(
            (
                strong(name(cell)),
                plain(f": {outcome_sentence(outcomes[cell])}."),
                quiet(f" {talked[cell]}" if cell in talked else ""),
            )
        )
        for cell in order
    ]
