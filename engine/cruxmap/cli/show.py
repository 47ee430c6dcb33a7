"""`cruxmap show`: one entry, assessment or argument, in full."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from cruxmap.cli.output import Output, common, load

if TYPE_CHECKING:
    from cruxmap.knowledge import KnowledgeBase

POLARITIES = {1: "pro", -1: "con"}


@click.command(epilog="Example: cruxmap show 3/inner-alignment")
@click.argument("wanted", metavar="ID")
@common
def command(wanted: str, *, output: Output, workspace: str | None) -> None:
    """Show one entry, assessment or argument in full.

    ID may be an id, a unique prefix of one, a number (3, A2) or a cell (3/inner).
    """
    kb = load(workspace)
    name = kb.find_any(wanted)
    if output.json:
        output.document({"schema": 1, **_data(kb, name)})
        return
    from cruxmap.cli.argument_pages import print_argument
    from cruxmap.cli.pages import print_assessment, print_entry, print_part
    from cruxmap.model.entries import Synthesis

    if name in kb.entries:
        entry = kb.entries[name]
        print_entry(kb, entry, output)
        if isinstance(entry, Synthesis):
            from cruxmap.cli.synthesis_page import print_synthesis

            print_synthesis(kb, entry, output)
    elif "/" in name:
        print_assessment(kb, name, output)
    elif name in kb.arguments:
        print_argument(kb, kb.arguments[name], output)
    else:
        print_part(kb, name, output)


def _data(kb: KnowledgeBase, name: str) -> dict[str, Any]:
    from cruxmap.data import as_data
    from cruxmap.matrix import cell
    from cruxmap.model.entries import Synthesis

    place = kb.positions[name]
    data: dict[str, Any] = {"id": name, "path": place.path, "line": place.line}
    if name in kb.entries:
        entry = kb.entries[name]
        data |= {"type": "entry", "kind": entry.kind, "entry": as_data(entry)}
        data["resting"] = kb.resting.get(name, [])
        if isinstance(entry, Synthesis):
            from cruxmap.synthesis import Facts, judge

            data["judgement"] = judge(Facts(kb), entry).as_data()
    elif "/" in name:
        owner, criterion = name.split("/", 1)
        holder = kb.find_assessed(owner)
        given = cell(kb, holder, criterion)
        data |= {"type": "assessment", "entry": owner, "criterion": criterion}
        data |= as_data(holder.assessments[criterion])
        data |= {"resolved": given.word, "origin": given.origin, "hinges": list(given.hinges)}
    elif name in kb.arguments:
        placed = kb.arguments[name]
        targets = [{"id": target, "polarity": POLARITIES[polarity]} for target, polarity in placed.targets]
        data |= {"type": "argument", "entry": placed.entry, "home": placed.home, "parent": placed.parent}
        data |= {"targets": targets, "net": POLARITIES[placed.net] if placed.net else None}
        data |= as_data(placed.argument)
    else:
        part, owner = kb.parts[name]
        data |= {"type": type(part).__name__.lower(), "entry": owner, **as_data(part)}
    return data
