"""`cruxmap convert`: argument maps from one format to another."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Any

import click

from cruxmap.cli.output import Output, common, count
from cruxmap.plain import plain_line


@click.command(epilog="Example: cruxmap convert debate.argdown --to debate.aif.json")
@click.argument("file", metavar="FILE")
@click.option(
    "--to", "target", required=True, metavar="FILE", help="Where to write; the suffix says the format."
)
@click.option(
    "--from", "source_format", metavar="FORMAT", help="Format of FILE, when its name does not say it."
)
@click.option("--format", "target_format", metavar="FORMAT", help="Format to write, whatever the suffix.")
@click.option(
    "--mode",
    type=click.Choice(["loose", "strict"]),
    help="Argdown: whether + and - between statements mean support, attack, or entailment, contrariety.",
)
@click.option("--force", is_flag=True, help="Replace the target if it exists.")
@common
def command(
    file: str,
    target: str,
    source_format: str | None,
    target_format: str | None,
    mode: str | None,
    *,
    force: bool,
    output: Output,
    workspace: str | None,  # noqa: ARG001 - every command takes it
) -> None:
    """Convert an argument map between formats, without a workspace.

    Read: argdown, aif, xaif, gsn, carneades, tgf, apx, iccma, qbaf, bag, json. Written: argdown, aif, xaif,
    gsn, tgf, apx, iccma, qbaf, json (everything that was understood), json-ld, graphml, gexf, mermaid, and
    drawn svg, dot, and with Graphviz dot-svg, png, pdf. What the target cannot say is listed.
    """
    # The engine does not depend on the package of exporters; the command line finds it by its name.
    conversion: Any = import_module("cruxmap_exports.interchange.conversion")
    place = None if target == "-" else Path(target)
    done = conversion.convert(Path(file), place, source_format, target_format, mode=mode, replace=force)
    if output.json:
        output.document(done.as_data())
        return
    if place is None:
        click.echo(done.text, nl=False)
        for loss in done.losses:
            click.echo(plain_line(loss.render(file)), err=True)
        return
    from cruxmap.cli.importing import print_losses

    nodes = f"{count(done.statements, 'statement')}, {count(done.arguments, 'argument')}"
    output.paragraph(
        f"{done.source_format} to {done.target_format}: {nodes}, {count(done.edges, 'relation')}."
    )
    print_losses(output, done.losses, file)
    output.line()
    output.line(output.style(f"wrote {target}"))
