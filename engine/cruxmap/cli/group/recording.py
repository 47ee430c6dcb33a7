"""`cruxmap group record`: write down what happens in the meeting, one line at a time."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import click

from cruxmap.cli.group.context import meeting, session_option
from cruxmap.cli.group.readings import cell_named, namer
from cruxmap.cli.output import Output, common
from cruxmap.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

    from cruxmap.cli.group.context import Meeting
    from cruxmap.group.record import Event, RecordState

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


def _joined(_context: click.Context, _parameter: click.Parameter, given: tuple[str, ...]) -> str | None:
    """Take names by commas, by repeating the option, or both."""
    return ",".join(given) or None


@click.command(epilog='Example: cruxmap group record --question "Who checks the monitor?" --owner reader-b')
@session_option
@click.option("--present", metavar="A,B", multiple=True, callback=_joined, help="Who is here.")
@click.option("--left", metavar="A,B", multiple=True, callback=_joined, help="Who has left.")
@click.option("--start", metavar="CELL", help="The item that is taken up.")
@click.option("--finish", metavar="CELL", help="The item that is closed.")
@click.option("--park", metavar="CELL", help="The item that is put off.")
@click.option("--decision", metavar="TEXT", help="What was decided.")
@click.option("--question", metavar="TEXT", help="What stays open.")
@click.option("--claim", metavar="TEXT", help="A new claim; `close` makes a draft entry of it.")
@click.option("--note", metavar="TEXT", help="A remark.")
@click.option("--cell", metavar="CELL", help="What decision, question, claim or note is about.")
@click.option("--owner", metavar="HANDLE", help="Who looks after the question.")
@click.option("--due", metavar="DATE", help="Until when: 2026-04-02.")
@click.option("--withdraw", metavar="ID", help="An earlier event, by its id, that does not count.")
@common
def command(wanted: str | None, *, output: Output, workspace: str | None, **given: str | None) -> None:
    r"""Write down what happens, or show the record.

    Each call adds lines to sessions/ID/record.jsonl, which are on disk before the command ends; nothing is
    ever rewritten. Without anything to write, the record so far is shown.

    \b
    JSON: schema, session, added [id], damaged [line], record {opened, closed,
      present, gone, items, running, step, paused, minutes_added, decisions,
      questions, claims, notes, rerated, events}
    """
    from cruxmap.group.record_file import append_event, read_meeting

    found = meeting(workspace, wanted)
    events = _events(found, given)
    append_event(found.folder.path, *events)
    record = read_meeting(found.folder.path)
    if output.json:
        output.document(
            {
                "schema": 1,
                "session": found.session.id,
                "added": [event.id for event in events],
                "damaged": list(record.damaged),
                "record": record.state.as_data(),
            }
        )
        return
    for event in events:
        about = event.text or event.cell or event.reader or event.refers
        output.paragraph(f"{event.id}  {event.kind}: {about}", hang=10)
    if not events:
        _print(record.state, namer(found.kb), output)
    if record.damaged:
        lines = ", ".join(map(str, record.damaged))
        output.paragraph(
            f"Lines of the record that hold nothing readable, and are left out: {lines}.", dim=True
        )


def _events(found: Meeting, given: dict[str, str | None]) -> list[Event]:
    from cruxmap.group.record import fold
    from cruxmap.group.record_file import new_event, read_meeting

    _check(found, given)
    cell = cell_named(found.kb, given["cell"]) if given["cell"] else ""
    events: list[Event] = []
    for option, kind in (("present", "present"), ("left", "left")):
        events += [new_event(kind, reader=reader) for reader in _listed(given[option])]
    for option, kind in (("start", "item-started"), ("finish", "item-finished"), ("park", "item-parked")):
        if given[option]:
            events.append(new_event(kind, cell=cell_named(found.kb, str(given[option]))))
    for kind in ("decision", "question", "claim", "note"):
        if given[kind]:
            extra = {"owner": given["owner"] or "", "due": given["due"] or ""} if kind == "question" else {}
            events.append(new_event(kind, text=str(given[kind]).strip(), cell=cell, **extra))
    if given["withdraw"]:
        events.append(new_event("withdrawn", refers=given["withdraw"]))
        known = {event.id for event in read_meeting(found.folder.path).events}
        if given["withdraw"] not in known:
            raise UsageError(
                f"the record has no event {given['withdraw']!r}; `cruxmap group record` lists them"
            )
    if events and not fold(read_meeting(found.folder.path).events).opened:
        events.insert(0, new_event("opened"))
    return events


def _check(found: Meeting, given: dict[str, str | None]) -> None:
    if (given["owner"] or given["due"]) and not given["question"]:
        raise UsageError("--owner and --due belong to a --question")
    if given["cell"] and not any(given[kind] for kind in ("decision", "question", "claim", "note")):
        raise UsageError("--cell says what a decision, question, claim or note is about; add one")
    if given["due"] and not _DATE.fullmatch(given["due"]):
        raise UsageError(f"{given['due']!r} is no day; write 2026-04-02")
    for reader in [*_listed(given["present"]), *_listed(given["left"])]:
        if reader not in found.session.readers:
            known = ", ".join(found.session.readers)
            raise UsageError(f"{reader!r} does not take part in this session; readers: {known}")


def _listed(given: str | None) -> list[str]:
    return [name.strip() for name in (given or "").split(",") if name.strip()]


def _print(state: RecordState, name: Callable[[str], str], output: Output) -> None:
    if not state.events:
        output.paragraph("Nothing is on record yet. Write, for instance: cruxmap group record --present a,b")
        return
    output.paragraph(f"Present: {', '.join(sorted(state.present)) or 'nobody noted'}.")
    for item in state.items:
        output.paragraph(f"{name(item.cell)}: {item.status}", indent=2, hang=2)
    sections = (
        ("Decisions", state.decisions),
        ("Open questions", state.questions),
        ("New claims", state.claims),
        ("Notes", state.notes),
    )
    for heading, said in sections:
        if said:
            output.heading(heading)
            for entry in said:
                parts = [name(entry.cell) if entry.cell else "", entry.owner]
                parts += [f"by {entry.due}"] if entry.due else []
                more = ", ".join(part for part in parts if part)
                output.paragraph(
                    f"{entry.text}{f' ({more})' if more else ''}", indent=2, first=f"{entry.event}  "
                )
