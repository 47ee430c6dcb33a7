"""`cruxmap tui`: the terminal UI."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from cruxmap.group.folder import SessionFolder
    from cruxmap.group.session import Session
    from cruxmap.knowledge import KnowledgeBase


@click.command(epilog="Example: cruxmap tui --workspace my-group")
@click.option("--workspace", metavar="DIR", help="Folder with cruxmap.yaml.")
@click.option("--keys", is_flag=True, help="Print all commands with their keys instead.")
@click.pass_context
def command(ctx: click.Context, workspace: str | None, *, keys: bool) -> None:
    """Open the terminal UI, as `cruxmap` alone does on a terminal.

    Keys are shown at the bottom of the screen; ? explains all of them. --keys lists the names by which
    `~/.config/cruxmap/config.toml` changes them.
    """
    if keys:
        from cruxmap_tui.commands import COMMANDS

        for item in COMMANDS:
            click.echo(f"{item.id:<18} {item.key_text:<12} {item.scope or 'everywhere':<11} {item.title}")
        return
    open_terminal(workspace or (ctx.obj or {}).get("workspace"))


def open_terminal(workspace: str | None) -> None:
    """Run the terminal UI on a workspace until the user leaves it.

    Raises
    ------
    WorkspaceNotFoundError
        When there is no such workspace; entries with errors are shown inside the terminal UI.
    """
    from cruxmap import corpus

    corpus.find_workspace(workspace)
    from cruxmap_tui.app import CruxmapApp

    CruxmapApp(workspace).run()


def open_rating(kb: KnowledgeBase, folder: SessionFolder, session: Session, reader: str) -> None:
    """Run the screen on which a reader answers, until they leave it."""
    from cruxmap_tui.group.app import GroupApp
    from cruxmap_tui.group.rate_screen import RateScreen

    GroupApp(RateScreen(kb, folder, session, reader)).run()


def open_meeting(kb: KnowledgeBase, folder: SessionFolder, session: Session) -> None:
    """Run the screen of a facilitator, until they leave it."""
    from cruxmap_tui.group.app import GroupApp
    from cruxmap_tui.group.meet_screen import MeetScreen

    GroupApp(MeetScreen(kb, folder, session)).run()
