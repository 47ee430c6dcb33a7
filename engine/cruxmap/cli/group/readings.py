"""What commands about a revealed session share: the reading, names, and files in its folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from cruxmap.cli.group.context import Meeting
    from cruxmap.cli.output import Output
    from cruxmap.group.session_reading import SessionReading
    from cruxmap.knowledge import KnowledgeBase
    from cruxmap_exports.document import Document

round_option: Callable[[Callable[..., None]], Callable[..., None]] = click.option(
    "--round", "round_", type=click.IntRange(1), metavar="N", help="Round; by default the latest revealed."
)


def reading_of(meeting: Meeting, round_: int | None = None, seed: int = 0) -> SessionReading:
    """The reading of a session under its reveal policy."""
    from cruxmap.group.session_reading import SessionReading

    return SessionReading(meeting.kb, meeting.folder, meeting.session, round_, seed)


def namer(kb: KnowledgeBase) -> Callable[[str], str]:
    """How statements and cells are called; a reader's own words stand in quotation marks."""
    from cruxmap.cli.wording import statement_name

    def name(wanted: str) -> str:
        owner = wanted.partition("/")[0]
        known = wanted in kb.entries or ("/" in wanted and owner in kb.entries)
        return statement_name(kb, wanted) if known else f"“{wanted}”"

    return name


def cell_named(kb: KnowledgeBase, wanted: str) -> str:
    """The id of a cell, from an entry and a criterion as users write them (`3/inner`).

    Raises
    ------
    UsageError
        When it is no cell.
    UnknownIdError
        When the entry or the criterion is unknown.
    """
    from cruxmap.errors import UsageError
    from cruxmap.matrix import criterion_named

    entry, slash, criterion = wanted.partition("/")
    if not slash:
        raise UsageError(f"{wanted!r} is no cell; write an entry and a criterion: 3/inner")
    return f"{kb.find(entry).id}/{criterion_named(kb, criterion).id}"


def write_page(reading: SessionReading, name: str, page: Document, output: Output) -> Path:
    """Write a page as Markdown into the folder of a session, and say so."""
    from cruxmap.group.folder import write_text
    from cruxmap_exports.document_markdown import markdown

    path = reading.folder.path / name
    write_text(path, markdown(page).decode())
    if output.json:
        output.document({"schema": 1, "written": [str(path)]})
    else:
        click.echo(f"wrote {path}", err=True)
    return path
