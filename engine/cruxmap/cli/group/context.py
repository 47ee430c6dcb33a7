"""What every command of a group needs: the workspace, the session that is meant, and who is asking."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from cruxmap.group.folder import SessionFolder
    from cruxmap.group.session import Session
    from cruxmap.knowledge import KnowledgeBase

session_option: Callable[[Callable[..., None]], Callable[..., None]] = click.option(
    "--session",
    "wanted",
    metavar="ID",
    help="Session, by id or a part of it; by default the latest that is open.",
)
reader_option: Callable[[Callable[..., None]], Callable[..., None]] = click.option(
    "--reader", metavar="HANDLE", help="Who you are; else CRUXMAP_READER or .cruxmap/reader says so."
)


@dataclass(frozen=True)
class Meeting:
    """One session of one workspace."""

    root: Path
    folder: SessionFolder
    session: Session

    @cached_property
    def kb(self) -> KnowledgeBase:
        """The entries of the workspace."""
        from cruxmap.loading import load

        return load(self.root)

    def shown(self, path: Path) -> str:
        """A path as one would type it in the current folder."""
        relative = os.path.relpath(path)
        return str(path) if relative.startswith("..") else relative

    def reader(self, named: str | None) -> str:
        """The handle of whoever asks; see `cruxmap.group.folder.who_am_i`."""
        from cruxmap.group.folder import who_am_i

        return who_am_i(self.root, named, self.session.readers)


def meeting(workspace: str | None, wanted: str | None) -> Meeting:
    """Find the session that a command works on, in a workspace of the group's own."""
    from cruxmap.group.state import current_session
    from cruxmap.templates import own_workspace

    root = own_workspace(workspace)
    folder = current_session(root, wanted or os.environ.get("CRUXMAP_SESSION") or None)
    return Meeting(root, folder, folder.read())


def share_sentence(*, named: bool) -> str:
    """How a file gets to the others, and what git tells beside it where readers are not named."""
    said = "Share it: git add sessions, git commit, git push."
    return said if named else f"{said} Git's own log says who brought a file in."
