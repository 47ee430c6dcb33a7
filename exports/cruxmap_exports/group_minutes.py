"""The minutes of a meeting: who was there, where the group stands, what was decided and what stays open."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from cruxmap.group.item_sentences import STATES, changed_sentence, joined, outcome_sentence
from cruxmap.group.new_claims import claim_names, draft_path
from cruxmap.group.rerating import moved_criteria
from cruxmap_exports.document import Document, Heading, Item, Items, Paragraph, plain, quiet, strong
from cruxmap_exports.group_agenda import namer
from cruxmap_exports.naming import in_order

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from cruxmap.group.record import Said
    from cruxmap.group.session_reading import SessionReading
    from cruxmap_exports.document import Block

__all__ = ["minutes_page"]

NOTHING_CHANGED = "No claim was drafted, and every criterion has the version with which this was planned."


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
    if reading.reworded:
        notes = [
            Item((plain(f"{item.note} Marks given then answer the older question."),))
            for item in reading.reworded
        ]
        blocks += _section("Asked otherwise than before", notes, "")
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
    blocks += _section("Changed entries", _changed_entries(reading), NOTHING_CHANGED)
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


def _changed_entries(reading: SessionReading) -> list[Item]:
    """What the files tell: drafts of claims, and criteria with another version than when this was planned."""
    kb, root = reading.kb, reading.folder.root

    def path(name: str, otherwise: str = "") -> str:
        place = kb.positions.get(name)
        if place is None:
            return otherwise
        file = Path(place.path)
        return file.relative_to(root).as_posix() if file.is_relative_to(root) else f"entry {name}"

    drafts = [
        Item((strong(path(name, draft_path(name))), plain(f": drafted from the claim “{claim.text}”")))
        for name, claim in claim_names(reading.record.state.claims).items()
    ]
    moved = [
        Item((strong(path(item.criterion, f"entry {item.criterion}")), plain(f": {item.note}")))
        for item in moved_criteria(kb, reading.session)
    ]
    return [*drafts, *moved]


def _said(item: Said, name: Callable[[str], str]) -> Item:
    about = f" ({name(item.cell)})" if item.cell else ""
    who = [item.reader, f"owner {item.owner}" if item.owner else "", f"by {item.due}" if item.due else ""]
    more = ", ".join(part for part in who if part)
    return Item((plain(item.text), quiet(f"{about}{f' — {more}' if more else ''}")))


def _positions(reading: SessionReading) -> list[Item]:
    """What was talked about, cell by cell in the order of the meeting; all other cells by how they stand."""
    name, outcomes = namer(reading.kb), reading.outcomes
    talked = [item for item in reading.record.state.items if item.cell in outcomes]
    found = [
        Item(
            (
                strong(name(item.cell)),
                plain(f": {outcome_sentence(outcomes[item.cell])}."),
                quiet(" Put off." if item.status == "parked" else ""),
            )
        )
        for item in talked
    ]
    done = {item.cell for item in talked}
    for state, words in STATES.items():
        rest = [cell for cell in _in_order(reading) if cell not in done and outcomes[cell].state == state]
        if rest:
            marks = [
                f"{name(cell)} ({outcomes[cell].mark})" if state == "consensus" else name(cell)
                for cell in rest
            ]
            found.append(Item((strong(capitalised(words)), plain(f": {joined(marks)}."))))
    return found


def _in_order(reading: SessionReading) -> list[str]:
    """Cells with an outcome: by entry as entries are numbered, then by criterion."""
    criteria = [criterion.id for criterion in reading.kb.criteria]
    entries = in_order(reading.kb, {cell.partition("/")[0] for cell in reading.outcomes})

    def place(cell: str) -> tuple[int, int, str]:
        entry, _, criterion = cell.partition("/")
        return (entries.index(entry), criteria.index(criterion) if criterion in criteria else 0, cell)

    return sorted(reading.outcomes, key=place)


def capitalised(text: str) -> str:
    """Start a sentence with a capital letter."""
    return text[:1].upper() + text[1:]
