"""`cruxmap group handout`: one page about a session, to print."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from cruxmap.cli.group.context import meeting, session_option
from cruxmap.cli.group.readings import reading_of, round_option
from cruxmap.cli.output import Output, common
from cruxmap.errors import UsageError

SUFFIXES = (".md", ".html", ".pdf")


@click.command(epilog="Example: cruxmap group handout --to handout.pdf")
@session_option
@round_option
@click.option("--to", "to", metavar="FILE", help="File: .md, .html or .pdf; else Markdown on the screen.")
@common
def command(
    wanted: str | None, round_: int | None, to: str | None, *, output: Output, workspace: str | None
) -> None:
    r"""One page to hand out: the group's grid, where it disagrees and why, top cruxes, what to read next.

    \b
    JSON: schema, session, round, written path or null, text (Markdown)
    """
    from cruxmap_exports.document_html import html
    from cruxmap_exports.document_markdown import markdown
    from cruxmap_exports.group_handout import group_handout
    from cruxmap_exports.pdf import pdf
    from cruxmap_exports.writing import check_target, write

    case = meeting(workspace, wanted)
    reading = reading_of(case, round_)
    path = Path(to) if to else None
    if path is not None:
        if path.suffix.lower() not in SUFFIXES:
            raise UsageError(f"a handout is written as {', '.join(SUFFIXES)}, not as {path.suffix or to!r}")
        check_target(path, case.kb.roots)
    page = group_handout(reading)
    if path is not None:
        suffix = path.suffix.lower()
        data = markdown(page) if suffix == ".md" else html(page)
        write(path, pdf(data) if suffix == ".pdf" else data, case.kb.roots)
    if output.json:
        output.document(
            {
                "schema": 1,
                "session": case.session.id,
                "round": reading.view.round,
                "written": to,
                "text": markdown(page).decode(),
            }
        )
    elif path is None:
        sys.stdout.buffer.write(markdown(page))
        sys.stdout.flush()
    else:
        click.echo(f"wrote {path}", err=True)
