"""The files of a planned session: the plan itself, a pack for every reader, a form for those with a pen."""

from __future__ import annotations

from functools import partial
from textwrap import wrap
from typing import TYPE_CHECKING

from cruxmap.analysis.meeting_plan import READING_INSIDE
from cruxmap.graph import argument_graph
from cruxmap.group.argued_below import assumptions_below
from cruxmap.group.folder import SessionFolder
from cruxmap.group.session import POLICIES
from cruxmap.model.intervals import words
from cruxmap.writing import write_new
from cruxmap.yamlwrite import block, flow, scalar

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from cruxmap.group.session import Session, ToRead
    from cruxmap.knowledge import KnowledgeBase
    from cruxmap.model.vocabulary import Part

__all__ = ["pack_text", "paper_form", "plan_files", "session_text", "write_plan"]

SLOW_READER = 1.5
"""Slow readers take this many times as long."""

PRINTED_WIDTH = 90
"""Signs on a printed line of the paper form."""

_ESTIMATE = "an estimate from how many claims are recorded, since nobody counted words."
_ALONE = (
    "Answer alone, {when}, and talk to nobody about it. For each cell: a mark, the assumption that it rests "
    "on most, how likely that assumption is to hold, and one sentence why. Not to know is an answer: mark it "
    "so."
)
_PICK = (
    "Below each cell stands what arguments about it assume, whether they speak for it or against it. Write "
    "one of these numbers as the assumption, or a sentence of your own."
)
_WHO = (
    "Say who you are with `--reader {reader}`, or once for all by `CRUXMAP_READER={reader}`. After commit "
    "and after reveal, share the files: `git add sessions`, `git commit`, `git push`. On paper: "
    "`paper-form.md`."
)
_ON_PAPER = (
    "Answer alone. Leave out the cells that are not yours. “Rests on most” takes a number such as {number}, "
    "or a sentence of your own; “holds” says how likely that is, from 0 to 1. The numbers beside a cell are "
    "what arguments for and against it assume; the list at the end says what they mean. Not to know is an "
    "answer. Somebody types this in with `cruxmap group rate`."
)
_BLANK = "_"


def write_plan(kb: KnowledgeBase, root: Path, session: Session) -> SessionFolder:
    """Write a planned session into a workspace, all of its files or none.

    Raises
    ------
    FileExistsAlreadyError
        When there is a session of this id.
    """
    folder = SessionFolder(root, session.id)
    hint = "plan it under another --name or --date; nothing was written"
    write_new({folder.path / name: text for name, text in plan_files(kb, session).items()}, hint)
    return folder


def plan_files(kb: KnowledgeBase, session: Session) -> dict[str, str]:
    """Path below the folder of the session -> text of every file that a plan consists of."""
    packs = {f"packs/{reader}.md": pack_text(kb, session, reader) for reader in session.readers}
    return {"session.yaml": session_text(session), "paper-form.md": paper_form(kb, session), **packs}


def session_text(session: Session) -> str:
    """The plan as YAML, with comments for those who change it by hand."""
    lines = [
        "# The plan of one meeting. Change what you like until it is opened; a changed `reveal` breaks the",
        "# seals of answers that were given under the old one.",
        f"id: {scalar(session.id)}",
        f"date: {scalar(session.date)}",
        f"question:{block(session.question, 0)}",
        f"minutes: {session.minutes}",
        f"method: {session.method}",
        f"reveal: {session.reveal} # {POLICIES[session.reveal]}",
        f"readers: {flow(session.readers)}",
        "stop: # when rating again is over",
        f"  rounds: {session.stop.rounds}",
        f"  stability: {session.stop.stability!r} # at most this share of readers moved: the cell is stable",
        f"  consensus: {session.stop.consensus!r} # at least this share give one mark: the cell is agreed",
        "scope:",
    ]
    for key in ("entries", "criteria", "cells"):
        names = getattr(session.scope, key)
        lines += [f"  {key}:", *(f"    - {scalar(name)}" for name in names)] if names else []
    lines.append("criteria: # versions at the time of planning")
    lines += [f"  {name}: {version}" for name, version in session.criteria.items()]
    if session.asked:
        lines.append("asked: # their questions then, so that a later change can be told")
        lines += [f"  {name}:{block(question, 2)}" for name, question in session.asked.items()]
    if session.roles:
        lines += ["roles:", *(f"  {reader}: {scalar(role)}" for reader, role in session.roles.items())]
    if session.readings:
        lines.append("readings: # minutes are estimates, from how many claims are recorded")
    for item in session.readings:
        lines += _reading_lines(item)
    lines.append("assignments:" if session.assignments else "# Everybody rates every cell.")
    for reader, cells in session.assignments.items():
        lines += [f"  {reader}:", *(f"    - {scalar(cell)}" for cell in cells)]
    return "\n".join(lines) + "\n"


def _reading_lines(item: ToRead) -> list[str]:
    lines = [f"  - source: {item.source}"]
    lines += [f"    at: {scalar(item.at)}"] if item.at else []
    lines.append(f"    minutes: {item.minutes}")
    lines += [] if item.required else ["    required: false"]
    return lines + ([f"    for: {flow(item.for_)}"] if item.for_ else [])


def pack_text(kb: KnowledgeBase, session: Session, reader: str) -> str:
    """What one reader gets before the meeting, as Markdown."""
    cells = session.cells_of(reader)
    found = _to_pick(kb, cells)
    readings = session.to_read(reader)
    total = sum(item.minutes for item in readings if item.required)
    lines = [
        f"# For {reader}: {_text(session.question)}",
        "",
        f"{session.date}, {session.minutes} minutes, method: {session.method}.",
        f"After the reveal, {POLICIES[session.reveal]}.",
    ]
    if reader in session.roles:
        lines += ["", f"Your role: {_text(session.roles[reader])}."]
    if readings:
        slow = round(total * SLOW_READER)
        lines += [
            "",
            "## Read",
            "",
            f"About {total} minutes, {slow} for a slow reader: {_ESTIMATE}",
            "",
        ]
        lines += [_reading_line(kb, item) for item in readings]
    lines += [
        "",
        f"## Answer ({len(cells)} cells)",
        "",
        _ALONE.format(when=_when(session)),
        *(["", _PICK] if any(found.values()) else []),
        "",
        *_cell_lines(kb, cells, found),
        "",
        "## How",
        "",
        "    cruxmap group rate --edit      # a form with all your cells, in your editor",
        "    cruxmap group commit           # publish a hash of your answers; the answers stay with you",
        "    cruxmap group reveal           # in the meeting, when everybody has committed",
        "",
        _WHO.format(reader=reader),
        "",
    ]
    return "\n".join(lines)


def _reading_line(kb: KnowledgeBase, item: ToRead) -> str:
    title = getattr(kb.entries.get(item.source), "title", item.source)
    further = "" if item.required else ", further reading"
    at = f", {item.at}" if item.at else ""
    return f"- {_text(title)} ({item.source}){at}: {item.minutes} minutes{further}"


def _when(session: Session) -> str:
    inside = session.minutes >= READING_INSIDE
    return "before the meeting or in its silent part" if inside else "before the meeting"


def _to_pick(kb: KnowledgeBase, cells: Sequence[str]) -> dict[str, list[str]]:
    """By cell, the assumptions that arguments about it rest on, by number, so that no order says anything."""
    graph = argument_graph(kb)
    return {cell: sorted(assumptions_below(graph, cell), key=partial(_place, kb)) for cell in cells}


def _place(kb: KnowledgeBase, name: str) -> tuple[str, int, str]:
    """Sort `A2` before `A10`, and what has no number last."""
    number = _number(kb, name)
    series = number.rstrip("0123456789")
    digits = number[len(series) :]
    return (series, int(digits), name) if digits and number != name else ("\uffff", 0, name)


def _number(kb: KnowledgeBase, name: str) -> str:
    return str(getattr(kb.entries[name], "number", None) or name)


def _assumption(kb: KnowledgeBase, name: str) -> str:
    return f"{_number(kb, name)} {_text(str(getattr(kb.entries[name], 'title', '')))}".strip()


def _cell_lines(kb: KnowledgeBase, cells: tuple[str, ...], to_pick: Mapping[str, list[str]]) -> list[str]:
    """Cells below the criterion that asks about them, each with the assumptions to pick from."""
    by_criterion: dict[str, list[str]] = {}
    for cell in cells:
        entry, _, criterion = cell.partition("/")
        by_criterion.setdefault(criterion, []).append(entry)
    lines: list[str] = []
    shown = ""
    for criterion, entries in by_criterion.items():
        asked = kb.entries.get(criterion)
        if asked is None:
            continue
        marks = f"Marks: {', '.join(words(kb.scale_of(criterion)))}; ranges such as "
        marks += f"`{_example_range(kb, criterion)}`."
        if marks != shown:
            lines += ["", marks]
            shown = marks
        lines += [
            "",
            f"**{_text(getattr(asked, 'title', criterion))}** {_text(getattr(asked, 'question', ''))}",
            "",
            *_part_lines(getattr(asked, "parts", ())),
        ]
        for entry in entries:
            lines.append(f"- {_entry_title(kb, entry)} (`{_short_cell(kb, entry, criterion)}`)")
            picks = to_pick[f"{entry}/{criterion}"]
            lines += [f"  - {_assumption(kb, name)}" for name in picks]
    return lines[1:]


def _part_lines(parts: Sequence[Part]) -> list[str]:
    """The sub-questions of a criterion in one sentence: a mark is given for all of them together."""
    if not parts:
        return []
    asked = "; ".join(f"{_text(part.title)}: {_text(part.question)}" for part in parts)
    return [f"Think of its parts, and give one mark for all. {asked}", ""]


def _example_range(kb: KnowledgeBase, criterion: str) -> str:
    levels = kb.scale_of(criterion).levels
    return f"{levels[0].id}..{levels[min(1, len(levels) - 1)].id}"


def _entry_title(kb: KnowledgeBase, entry: str) -> str:
    owner = kb.entries.get(entry)
    number = getattr(owner, "number", None)
    title = _text(getattr(owner, "title", entry))
    return f"{number} {title}" if number is not None else title


def _short_cell(kb: KnowledgeBase, entry: str, criterion: str) -> str:
    number = getattr(kb.entries.get(entry), "number", None)
    return f"{entry if number is None else number}/{criterion}"


def paper_form(kb: KnowledgeBase, session: Session) -> str:
    """A form to print: for every cell in scope room to write, and at the end what its marks can rest on.

    Lines stay short enough to be printed by any editor.
    """
    to_pick = _to_pick(kb, session.cells())
    listed = sorted({name for names in to_pick.values() for name in names}, key=partial(_place, kb))
    example = _number(kb, listed[0]) if listed else "A5"
    lines = [
        f"# {_text(session.question)}",
        "",
        f"{session.date}. Reader: {_BLANK * 22}  Round: {_BLANK * 4}",
        "",
        *wrap(_ON_PAPER.format(number=example), PRINTED_WIDTH),
        "",
        *_legend(kb, session),
    ]
    for cell in session.cells():
        entry, _, criterion = cell.partition("/")
        short = getattr(kb.entries.get(criterion), "short", criterion)
        about = ", ".join(_number(kb, name) for name in to_pick[cell])
        lines += [
            "",
            # A line break within one paragraph: no page ends between a cell and the room for its mark.
            f"**{_entry_title(kb, entry)}: {_text(short)}**{f' ({about})' if about else ''}  ",
            f"Mark: {_BLANK * 24}  Rests on most: {_BLANK * 24}  Holds: {_BLANK * 6}",
            "",
            f"Why, in one sentence: {_BLANK * 62}",
        ]
    lines += ["", f"What would change my mind: {_BLANK * 57}", ""]
    if listed:
        named = "; ".join(_assumption(kb, name) for name in listed)
        lines += [
            "## What the numbers mean",
            "",
            *wrap(f"{named}. Or a sentence of your own.", PRINTED_WIDTH),
            "",
        ]
    return "\n".join(lines)


def _legend(kb: KnowledgeBase, session: Session) -> list[str]:
    scales: Mapping[str, str] = {
        kb.scale_of(name).id: ", ".join(words(kb.scale_of(name)))
        for name in dict.fromkeys(cell.partition("/")[2] for cell in session.cells())
        if name in kb.entries
    }
    found = [wrap(f"Marks: {marks}; or a range of two.", PRINTED_WIDTH) for marks in scales.values()]
    return "\n\n".join("\n".join(lines) for lines in found).split("\n")


def _text(text: str) -> str:
    """One line of Markdown that shows what it says: nothing in it starts markup."""
    flat = " ".join(text.split())
    return "".join(f"\\{character}" if character in "\\`*_[]<>#" else character for character in flat)
