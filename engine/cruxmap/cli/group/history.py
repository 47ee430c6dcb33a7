"""`cruxmap group history`: all rounds of one cell."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from cruxmap.cli.group.readings import cell_named, namer
from cruxmap.cli.output import Output, common

if TYPE_CHECKING:
    from cruxmap.analysis.rounds import PastRound
    from cruxmap.knowledge import KnowledgeBase


@click.command(epilog="Example: cruxmap group history 3/inner")
@click.argument("cell", metavar="CELL")
@common
def command(cell: str, *, output: Output, workspace: str | None) -> None:
    r"""What was answered for one cell in all rounds of all sessions, with reasons.

    Rounds that are still sealed are left out. Aliases are those of each session: the same alias in two
    sessions need not be the same reader.

    \b
    JSON: schema, cell, rounds [{session, round, spread, answers [{reader,
      mark, criterion_version, assumptions, credence, rationale, at,
      change_my_mind}]}]
    """
    from cruxmap.group.folder import session_folders
    from cruxmap.group.session_reading import past_rounds
    from cruxmap.loading import load
    from cruxmap.templates import own_workspace

    root = own_workspace(workspace)
    kb = load(root)
    wanted = cell_named(kb, cell)
    found = past_rounds(kb, wanted, session_folders(root))
    if output.json:
        output.document({"schema": 1, "cell": wanted, "rounds": [item.as_data() for item in found]})
        return
    _print(kb, wanted, found, output)


def _print(kb: KnowledgeBase, cell: str, found: tuple[PastRound, ...], output: Output) -> None:
    name = namer(kb)
    output.line(output.style(name(cell), bold=True))
    if not found:
        output.paragraph("No revealed round has marked it.")
    known = {answer.criterion_version for item in found for answer in item.answers.values()}
    for item in found:
        spread = "" if item.spread is None else f", spread {item.spread:.2f}"
        versions = {answer.criterion_version for answer in item.answers.values()}
        asked = f", criterion version {max(versions)}" if len(known) > 1 and len(versions) == 1 else ""
        output.heading(f"{item.session}, round {item.number}{asked}{spread}")
        for reader, answer in item.answers.items():
            rests = (
                f", resting on {' and '.join(map(name, answer.assumptions))}" if answer.assumptions else ""
            )
            held = "" if answer.credence is None else f" (credence {answer.credence:.2f})"
            why = f": {answer.rationale}" if answer.rationale else ""
            at = f" [{answer.at}]" if answer.at else ""
            output.paragraph(f"{reader}: {answer.mark}{rests}{held}{why}{at}", indent=2, hang=4)
            if answer.change_my_mind:
                output.paragraph(f"would change with: {answer.change_my_mind}", indent=4, hang=6, dim=True)
