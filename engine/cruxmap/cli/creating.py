"""`cruxmap new`: start an entry from a template."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from cruxmap.cli.output import Output, common

if TYPE_CHECKING:
    from pathlib import Path

KINDS = ("proposal", "risk", "strategy", "criterion", "assumption", "finding", "factor")


@click.command(epilog="Example: cruxmap new assumption auditors-stay-independent")
@click.argument("kind", type=click.Choice(KINDS), metavar="KIND")
@click.argument("name", metavar="ID")
@common
def command(kind: str, name: str, *, output: Output, workspace: str | None) -> None:
    """Write a commented template of an entry into the right folder of a workspace.

    KIND is proposal, risk, strategy, criterion, assumption, finding or factor. The file passes
    `cruxmap check` as it is; fill it in from top to bottom.
    """
    from cruxmap.templates import new_entry

    written = new_entry(kind, name, workspace)
    if output.json:
        output.document({"schema": 1, "id": name, "kind": kind, "written": [str(path) for path in written]})
        return
    _print(output, written)


def _print(output: Output, written: tuple[Path, ...]) -> None:
    for path in written:
        output.line(output.style(f"wrote {path}"))
    output.paragraph(f"Fill in {written[0].name}, then run `cruxmap check {written[0]}`.")
