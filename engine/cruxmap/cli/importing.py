"""`cruxmap import`: bring a table of verdicts or an argument map into a workspace."""

from __future__ import annotations

from contextlib import nullcontext
from importlib import import_module
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING, Any

import click

from cruxmap.cli.output import Output, common, count

if TYPE_CHECKING:
    from collections.abc import Sequence

FORMATS = (
    *("grid", "argdown", "aif", "xaif", "gsn", "carneades", "tgf", "apx", "iccma", "qbaf", "bag", "json"),
)
SHOWN_LOSSES = 30


@click.command(epilog="Example: cruxmap import grid verdicts.csv --into my-group")
@click.argument("file_format", type=click.Choice(FORMATS), metavar="FORMAT")
@click.argument("file", metavar="FILE")
@click.option(
    "--into",
    metavar="WORKSPACE",
    help="The workspace, which is started if there is none; by default the one that is found as always.",
)
@click.option(
    "--levels",
    metavar="A,B,C",
    help="Grids: the levels of your scale, lowest first, when cruxmap does not know your marks.",
)
@common
def command(
    file_format: str,
    file: str,
    into: str | None,
    levels: str | None,
    *,
    output: Output,
    workspace: str | None,
) -> None:
    r"""Bring a table of verdicts or an argument map of others into a workspace.

    FORMAT is grid (CSV, TSV, XLSX: a row for each proposal, a column for each criterion), argdown, aif,
    xaif, gsn, carneades, tgf, apx, iccma, qbaf, bag or json (what `cruxmap convert` and `cruxmap export map`
    write). New files are made in ontology/imported and proposals/imported; no file of yours is changed. What
    a field cannot hold is listed, and kept in `import-notes`. When WORKSPACE is a new or empty folder, it
    becomes a workspace first, as by `cruxmap init`.

    \b
    JSON: schema, source, format, workspace, started, written, losses [{message,
      line, column}], and what was made
    """
    from cruxmap.templates import workspace_started_for

    with workspace_started_for(Path(into)) if into else nullcontext(enter_result=False) as started:
        imported = _import(file_format, Path(file), into or workspace, levels or "")
    if output.json:
        output.document({**imported.as_data(), "started": started})
        return
    if started:
        output.paragraph(f"{into} is a workspace now; it extends the built-in corpus.")
    (_print_grid if file_format == "grid" else _print_map)(imported, output)


def _import(file_format: str, file: Path, target: str | None, levels: str) -> Any:
    # The engine does not depend on the package of exporters; the command line finds it by its name.
    if file_format == "grid":
        named = [level.strip() for level in levels.split(",") if level.strip()]
        return import_module("cruxmap_exports.interchange.grid_import").import_grid(file, target, named)
    return import_module("cruxmap_exports.interchange.map_import").import_map(file, target, file_format)


def _print_grid(imported: Any, output: Output) -> None:
    made = imported.made
    output.paragraph(
        f"{count(made.marks, 'mark')} read from {imported.source}, on the scale {made.scale}: the voice of "
        "the group, beside what the sources say."
    )
    _print_list(output, "New criteria", made.criteria)
    _print_list(output, "New assumptions", made.assumptions)
    _print_list(output, "Entries of the corpus with new marks", made.changed)
    _print_list(output, "New proposals", made.added)
    if made.matched:
        output.heading("Please check")
        for sentence in made.matched:
            output.paragraph(f"{sentence}.", indent=2, first="- ")
    print_losses(output, made.losses, imported.source)
    _print_written(output, imported.written)
    if made.criteria:
        columns = ",".join(made.criteria)
        output.line()
        output.line(
            output.style(f"cruxmap matrix --workspace {quote(imported.workspace)} --criteria {columns}")
        )


def _print_map(imported: Any, output: Output) -> None:
    numbers = f"{count(imported.statements, 'statement')} and {count(imported.arguments, 'argument')}"
    output.paragraph(f"{numbers} made from {imported.source}, all read as ours.")
    print_losses(output, imported.losses, imported.source)
    _print_written(output, imported.written)


def _print_list(output: Output, title: str, names: Sequence[str]) -> None:
    if names:
        output.heading(f"{title} ({len(names)})")
        output.paragraph(", ".join(names), indent=2)


def print_losses(output: Output, losses: Sequence[Any], source: str) -> None:
    """Print what could not be represented, each with its place."""
    if not losses:
        output.line()
        output.line("Nothing was lost.")
        return
    output.heading(f"Not represented, or differently ({len(losses)})")
    for loss in losses[:SHOWN_LOSSES]:
        text = loss.render(source)
        output.paragraph(text if len(text) <= 300 else text[:299] + "…", indent=2, first="- ")
    if len(losses) > SHOWN_LOSSES:
        output.paragraph(f"and {len(losses) - SHOWN_LOSSES} more; --json lists all", indent=2, first="- ")


def _print_written(output: Output, written: Sequence[str]) -> None:
    output.line()
    for name in written:
        output.line(output.style(f"wrote {name}"))
