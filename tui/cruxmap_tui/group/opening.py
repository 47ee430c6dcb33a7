"""From the tabs to the screens of the group: the current session of the workspace, and who sits here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cruxmap.errors import CruxmapError
from cruxmap.group.errors import NoReaderError
from cruxmap.group.folder import remember_reader, who_am_i
from cruxmap.group.state import current_session
from cruxmap_tui.group.meet_screen import MeetScreen
from cruxmap_tui.group.rate_screen import RateScreen
from cruxmap_tui.safe import line, tell
from cruxmap_tui.widgets.prompts import Choose

if TYPE_CHECKING:
    from typing import Any

    from textual.app import App

    from cruxmap.knowledge import KnowledgeBase


def open_rating(app: App[Any], kb: KnowledgeBase) -> None:
    """Open the answers of whoever sits here, after asking who that is where nothing says so."""
    try:
        folder = current_session(kb.roots[-1])
        session = folder.read()
        try:
            reader = who_am_i(folder.root, None, session.readers)
        except NoReaderError:
            _ask_who(app, kb, session.readers)
            return
        app.push_screen(RateScreen(kb, folder, session, reader))
    except (CruxmapError, OSError) as error:
        tell(app, str(error), severity="warning")


def _ask_who(app: App[Any], kb: KnowledgeBase, readers: tuple[str, ...]) -> None:
    def take(reader: str | None) -> None:
        if not reader:
            return
        try:
            remember_reader(kb.roots[-1], reader)
        except (CruxmapError, OSError) as error:
            tell(app, str(error), severity="error")
        else:
            open_rating(app, kb)

    app.push_screen(Choose("Who are you? It is remembered", [(name, line(name)) for name in readers]), take)


def open_meeting(app: App[Any], kb: KnowledgeBase) -> None:
    """Open the meeting of the current session."""
    try:
        folder = current_session(kb.roots[-1])
        app.push_screen(MeetScreen(kb, folder, folder.read()))
    except (CruxmapError, OSError) as error:
        tell(app, str(error), severity="warning")
