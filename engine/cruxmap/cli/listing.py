"""`cruxmap list`: entries by kind, mechanism, assumption or criterion."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from cruxmap.cli.output import Output, common, count, load
from cruxmap.cli.wording import checked_mark

if TYPE_CHECKING:
    from cruxmap.knowledge import KnowledgeBase
    from cruxmap.model.entries import Entry


@click.command(epilog="Example: cruxmap list proposal --mechanism transparency-tools")
@click.argument("kind", required=False)
@click.option(
    "--mechanism", metavar="M", help="Only entries built with this mechanism, or relying on it as an option."
)
@click.option("--assumption", metavar="A", help="Only entries that rest on this assumption.")
@click.option(
    "--criterion", metavar="C", help="Only entries that bear on, or are assessed against, this criterion."
)
@common
def command(
    kind: str | None,
    mechanism: str | None,
    assumption: str | None,
    criterion: str | None,
    *,
    output: Output,
    workspace: str | None,
) -> None:
    """List entries, or count them by kind."""
    from cruxmap.listing import Filters, listed

    kb = load(workspace)
    found = listed(kb, kind, Filters(mechanism, assumption, criterion))
    if output.json:
        output.document(
            {
                "schema": 1,
                "entries": [
                    {
                        "id": entry.id,
                        "kind": entry.kind,
                        "number": getattr(entry, "number", None),
                        "title": getattr(entry, "title", None),
                        "path": kb.positions[entry.id].path,
                        "line": kb.positions[entry.id].line,
                    }
                    for entry in found
                ],
            }
        )
    elif kind is None and not (mechanism or assumption or criterion):
        _print_counts(output, found)
    else:
        _print_entries(kb, output, found)


def _print_counts(output: Output, found: list[Entry]) -> None:
    from cruxmap.model.entries import KINDS

    for kind in KINDS:
        number = sum(entry.kind == kind for entry in found)
        if number:
            output.line(f"{number:>5}  {kind}")
    output.line()
    output.line("`cruxmap list KIND` lists them.")


def _print_entries(kb: KnowledgeBase, output: Output, found: list[Entry]) -> None:
    last = ""
    for entry in found:
        if entry.kind != last:
            number = sum(other.kind == entry.kind for other in found)
            output.heading(f"{entry.kind} ({number})")
            last = entry.kind
        mark = str(getattr(entry, "number", None) or "")
        title = str(getattr(entry, "title", None) or getattr(entry, "text", "")) + checked_mark(kb, entry.id)
        output.paragraph(title, first=f"{mark:>9}  ")
        output.line(output.style(f"{'':>9}  {entry.id}", dim=True))
    if not found:
        output.line("No entries match.")
    else:
        output.line()
        output.line(count(len(found), "entry", "entries"))
