"""`cruxmap group meet`: lead the meeting on one shared screen."""

from __future__ import annotations

import sys
from dataclasses import replace

import click

from cruxmap.cli.group.context import meeting, session_option
from cruxmap.errors import UsageError


@click.command(epilog="Example: cruxmap group meet --minutes 60")
@session_option
@click.option(
    "--minutes",
    type=click.Choice(["60", "90", "120"]),
    help="Length of the meeting; by default as planned.",
)
@click.option("--workspace", metavar="DIR", help="Folder with cruxmap.yaml.")
@click.pass_context
def command(ctx: click.Context, wanted: str | None, minutes: str | None, workspace: str | None) -> None:
    """Lead the meeting: agenda, what to say now, clock, speaking queue, record.

    Every step is in sessions/ID/record.jsonl before the screen shows it. Leave at any time, or lose the
    machine: the same command goes on at the same step. Before the reveal it says who is waited for, and shows
    no answer.
    """
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise UsageError(
            "a meeting is led on a terminal; `cruxmap group agenda` prints the plan, and `cruxmap group "
            "record` writes down what happens"
        )
    from cruxmap.cli.terminal import open_meeting

    found = meeting(workspace or (ctx.obj or {}).get("workspace"), wanted)
    session = replace(found.session, minutes=int(minutes)) if minutes else found.session
    open_meeting(found.kb, found.folder, session)
