"""`cruxmap positions`: what a reader may hold all at once, and what follows for one who accepts X."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from cruxmap.cli.analysis_options import standard_option
from cruxmap.cli.output import Output, common, load
from cruxmap.errors import UsageError

if TYPE_CHECKING:
    from cruxmap.knowledge import KnowledgeBase


@click.command(epilog="Example: cruxmap positions --given A5=in   or: cruxmap positions 9/inner")
@click.argument("wanted", required=False, metavar="[ID[/CRITERION]]")
@click.option(
    "--semantics",
    type=click.Choice(("preferred", "stable", "complete")),
    default="preferred",
    show_default=True,
    help="Carried as far as they go; deciding everything; or all, however little they say.",
)
@click.option(
    "--given",
    "givens",
    multiple=True,
    metavar="X=in",
    help="Only positions that come to have X in (out, undecided); repeatable.",
)
@standard_option
@click.option(
    "--set",
    "settings",
    multiple=True,
    metavar="STATEMENT=VALUE",
    help="Label (in, out, undecided) whatever the arguments say, or weight of an argument; repeatable.",
)
@click.option(
    "--limit", default=10, show_default=True, type=click.IntRange(1, 100), help="Camps shown of a question."
)
@click.option(
    "--budget", default=2.0, show_default=True, type=click.FloatRange(min=0.0), help="Seconds to search."
)
@common
def command(
    wanted: str | None,
    semantics: str,
    givens: tuple[str, ...],
    standard: str,
    settings: tuple[str, ...],
    limit: int,
    budget: float,
    *,
    output: Output,
    workspace: str | None,
) -> None:
    r"""The coherent overall positions: where they agree, where they part, and what each camp takes.

    A position labels every statement and argument in line with what bears on it; assumptions that nothing
    decides may be taken either way. Positions are told apart by their verdicts only, and verdicts that have
    nothing to do with one another are read as separate questions. With ID or ID/CRITERION only what bears
    on it is read. --given asks what else a reader must hold who accepts something; unlike --set it does not
    overrule the arguments.

    \b
    JSON: schema, about, semantics, standard, settings, given, exists, decided {verdict: label},
      shared {statement: label}, consequences {statement: label}, taking [outcome],
      clash {id: label}, clash_reasons [sentence], impossible [[id]], idle [id], camp_count, counted,
      within_budget, budget, blocks [{verdicts, statements, camp_count, counted, split,
      within_budget, camps [outcome], turning [outcome], ties {together, requires,
      excludes, covers}}]; an outcome is {labels {verdict: label}, commitments
      [{statement: label}], complete}
    """
    from cruxmap.analysis.positions import positions
    from cruxmap.cli.position_pages import print_positions
    from cruxmap.credences import parse_settings
    from cruxmap.graph import argument_graph

    kb = load(workspace)
    given, given_settings = parse_settings(kb, settings), parse_settings(kb, givens)
    if given_settings.credences:
        raise UsageError(f"--given takes labels, such as {next(iter(given_settings.credences))}=in")
    about = None if wanted is None else _about(kb, wanted)
    found = positions(
        argument_graph(kb, given.credences),
        semantics,
        standard,
        given.labels,
        given=given_settings.labels,
        about=about,
        limit=limit,
        budget=budget,
    )
    if output.json:
        imposed = {"credences": given.credences, "labels": given.labels}
        output.document({"schema": 1, "about": about, "settings": imposed, **found.as_data()})
    else:
        print_positions(kb, found, about, given.labels, output)


def _about(kb: KnowledgeBase, wanted: str) -> list[str]:
    """Return the statements that are in question."""
    name = kb.find_any(wanted)
    if name in kb.statements or name in kb.arguments:
        return [name]
    cells = [statement for statement in kb.statements if statement.startswith(f"{name}/")]
    if not cells:
        raise UsageError(
            f"{name!r} has no verdicts; name a proposal (3), one of its cells (3/inner), an assumption (A2) "
            "or an argument"
        )
    return cells
