"""`cruxmap show`: one entry, assessment or argument, in full."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from cruxmap.cli.output import Output, common, load

if TYPE_CHECKING:
    from cruxmap.knowledge import KnowledgeBase


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
    from cruxmap.cli.pages import print_argument, print_assessment, print_entry, print_part

    if name in kb.entries:
        print_entry(kb, kb.entries[name], output)
    elif "/" in name:
        print_assessment(kb, name, output)
    elif name in kb.arguments:
        print_argument(kb, kb.arguments[name], output)
    else:
        print_part(kb, name, output)


def _data(kb: KnowledgeBase, name: str) -> dict[str, Any]:
    from cruxmap.data import as_data
    from cruxmap.matrix import cell

    place = kb.positions[name]
    common_data: dict[str, Any] = {"id": name, "path": place.path, "line": place.line}
    if name in kb.entries:
        entry = kb.entries[name]
        data = {"type": "entry", "kind": entry.kind, "entry": as_data(entry)}
        return common_data | data | {"resting": kb.resting.get(name, [])}
    if "/" in name:
        owner, criterion = name.split("/", 1)
        entry = kb.entries[owner]
        assessment = getattr(entry, "assessments")[criterion]  # noqa: B009 - only these kinds have cells
        given = cell(kb, entry, criterion)  # type: ignore[arg-type]
        resolved = {"resolved": given.word, "origin": given.origin, "hinges": list(given.hinges)}
        return common_data | {"type": "assessment", "entry": owner, "criterion": criterion} | as_data(assessment) | resolved
    if name in kb.arguments:
        placed = kb.arguments[name]
        targets = [{"id": target, "polarity": "pro" if polarity == 1 else "con"} for target, polarity in placed.targets]
        net = {1: "pro", -1: "con", None: None}[placed.net]
        data = {"type": "argument", "entry": placed.entry, "home": placed.home, "parent": placed.parent}
        return common_data | data | {"targets": targets, "net": net} | as_data(placed.argument)
    part, owner = kb.parts[name]
    return common_data | {"type": type(part).__name__.lower(), "entry": owner} | as_data(part)
