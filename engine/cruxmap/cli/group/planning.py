"""`cruxmap group plan`: plan a meeting."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from cruxmap.cli.group.context import Meeting
from cruxmap.cli.output import Output, common, count
from cruxmap.errors import UsageError

if TYPE_CHECKING:
    from cruxmap.group.session import Method, Policy, Session


@click.command(
    epilog='Example: cruxmap group plan --question "Can deception be trained away?" --entries 2,3 '
    "--date 2026-03-05"
)
@click.option("--question", required=True, help="The one question of the meeting.")
@click.option("--date", metavar="YYYY-MM-DD", help="Day of the meeting; today by default.")
@click.option("--name", default="", help="Name of the folder after the date; else from the question.")
@click.option("--readers", metavar="A,B", help="Handles; by default those of readers.yaml.")
@click.option("--entries", metavar="ID,ID", help="Proposals or strategies in scope.")
@click.option("--criteria", metavar="ID,ID", help="Criteria in scope; by default those in use.")
@click.option("--cells", metavar="ID/CRITERION,...", help="Exactly these cells instead.")
@click.option(
    "--length",
    type=click.IntRange(45, 240),
    default=90,
    show_default=True,
    help="Minutes of the meeting: 60, 90, 120 or other.",
)
@click.option(
    "--method",
    type=click.Choice(["delphi", "sac", "double-crux", "jigsaw", "open"]),
    default="open",
    show_default=True,
    help="How the meeting works; jigsaw splits the readings by entry.",
)
@click.option(
    "--reveal",
    type=click.Choice(["names", "aliases", "aggregate"]),
    default="names",
    show_default=True,
    help="What is shown after the reveal.",
)
@click.option("--role", "roles", multiple=True, metavar="HANDLE=ROLE", help="A reader's role; repeatable.")
@click.option("--rounds", type=click.IntRange(1, 9), default=3, show_default=True, help="Rounds at most.")
@click.option(
    "--stability",
    type=click.FloatRange(0, 1),
    default=0.15,
    show_default=True,
    help="A cell is stable when at most this share of readers moved.",
)
@click.option(
    "--consensus",
    type=click.FloatRange(0, 1),
    default=0.75,
    show_default=True,
    help="A cell is agreed when at least this share give one mark.",
)
@common
def command(
    question: str,
    date: str | None,
    name: str,
    readers: str | None,
    entries: str | None,
    criteria: str | None,
    cells: str | None,
    length: int,
    method: Method,
    reveal: Policy,
    roles: tuple[str, ...],
    rounds: int,
    stability: float,
    consensus: float,
    *,
    output: Output,
    workspace: str | None,
) -> None:
    r"""Plan a meeting: writes sessions/DATE-NAME with session.yaml, a pack for each reader and a paper form.

    Without --entries or --cells the scope is all proposals, as far as a reader is left with at most 12 cells;
    what the sources leave most open comes first. Every cell has two raters or more.

    \b
    JSON: schema, session, folder, written, cells, readers [{reader, cells,
      minutes}], readings [{source, at, minutes, for}]
    """
    from cruxmap.group.folder import people
    from cruxmap.group.plan_files import plan_files, write_plan
    from cruxmap.group.planning import Wishes, plan
    from cruxmap.loading import load
    from cruxmap.templates import own_workspace

    root = own_workspace(workspace)
    kb = load(root)
    wishes = Wishes(
        question=question,
        date=date or _today(),
        readers=_listed(readers) or tuple(people(root)),
        entries=_listed(entries),
        criteria=_listed(criteria),
        cells=_listed(cells),
        minutes=length,
        method=method,
        reveal=reveal,
        rounds=rounds,
        stability=stability,
        consensus=consensus,
        roles=_roles(roles),
        name=name,
    )
    session = plan(kb, wishes)
    folder = write_plan(kb, root, session)
    shown = Meeting(root, folder, session).shown(folder.path)
    if output.json:
        output.document(_data(session, shown, sorted(plan_files(kb, session))))
    else:
        _print(session, shown, output)


def _today() -> str:
    from datetime import datetime

    return datetime.now().astimezone().date().isoformat()


def _listed(given: str | None) -> tuple[str, ...]:
    return tuple(name.strip() for name in given.split(",") if name.strip()) if given else ()


def _roles(given: tuple[str, ...]) -> dict[str, str]:
    found = {}
    for text in given:
        reader, equals, role = text.partition("=")
        if not equals or not reader.strip() or not role.strip():
            raise UsageError(f"write --role reader-a=sceptic, not {text!r}")
        found[reader.strip()] = role.strip()
    return found


def _minutes(session: Session, reader: str) -> int:
    return sum(item.minutes for item in session.to_read(reader) if item.required)


def _data(session: Session, folder: str, written: list[str]) -> dict[str, object]:
    return {
        "schema": 1,
        "session": session.id,
        "folder": folder,
        "written": written,
        "cells": list(session.cells()),
        "readers": [
            {
                "reader": reader,
                "cells": list(session.cells_of(reader)),
                "minutes": _minutes(session, reader),
            }
            for reader in session.readers
        ],
        "readings": [
            {"source": item.source, "at": item.at, "minutes": item.minutes, "for": list(item.for_)}
            for item in session.readings
        ],
    }


def _print(session: Session, folder: str, output: Output) -> None:
    from cruxmap.group.session import POLICIES

    raters = [len(given) for given in session.raters().values()]
    output.line(output.style(session.question, bold=True))
    rated = f"{min(raters)}" if min(raters) == max(raters) else f"{min(raters)} to {max(raters)}"
    output.paragraph(
        f"{session.date}, {session.minutes} minutes, method: {session.method}. "
        f"{count(len(raters), 'cell')} in scope, each rated by {rated} of {len(session.readers)} readers, "
        f"in at most {count(session.stop.rounds, 'round')}. After the reveal, {POLICIES[session.reveal]}."
    )
    output.heading("Who rates and reads how much")
    for reader in session.readers:
        cells, minutes = len(session.cells_of(reader)), _minutes(session, reader)
        reads = f"   about {minutes} minutes" if minutes else "   nothing to read"
        output.line(output.style(f"  {reader:<16} {count(cells, 'cell'):>8}{reads}"))
    most = max(len(session.cells_of(reader)) for reader in session.readers)
    if most > 12:
        output.paragraph(
            f"{most} cells are many for one reader; 8 to 12 get careful answers. Fewer entries or more "
            "readers would help."
        )
    if session.reveal != "names" and len({session.cells_of(reader) for reader in session.readers}) > 1:
        output.paragraph(
            "Readers rate different cells, so that the cells of an answer can tell whose it is, also without "
            "a name. To prevent it, choose 12 cells or fewer: then everybody rates all."
        )
    output.paragraph(
        "Minutes are estimates from how many claims are recorded: two for each text and half a minute for "
        "each claim.",
        dim=True,
    )
    output.heading("Written")
    output.line(output.style(f"  {folder}"))
    output.paragraph("Next: look through session.yaml and the packs, then `cruxmap group open`.")
