"""The frame around the views: the row of tabs, the line about what is set, the bar about problems."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.containers import Horizontal
from textual.message import Message
from textual.widgets import Footer
from textual.widgets._footer import FooterKey

from cruxmap_tui.commands import TABS, Tab
from cruxmap_tui.safe import Words, joined, line

if TYPE_CHECKING:
    from textual import events
    from textual.app import ComposeResult

FULL_TITLES = 80
"""Columns that the row of tabs needs with full titles."""
KEY_PADDING = 3
"""Columns around and between a key and what it does."""
HELP = "help"


class TabLabel(Words):
    """One tab."""

    def __init__(self, tab: Tab) -> None:
        super().__init__(id=f"tab-{tab.id}", classes="tab")
        self.tab = tab


class TabRow(Horizontal):
    """All tabs in one row; titles shrink with the screen."""

    class Chosen(Message):
        """A tab was clicked."""

        def __init__(self, tab: str) -> None:
            super().__init__()
            self.tab = tab

    def __init__(self) -> None:
        super().__init__(id="tabs")
        self._chosen = TABS[0].id

    def compose(self) -> ComposeResult:
        """One label for each tab."""
        for tab in TABS:
            yield TabLabel(tab)

    def on_resize(self) -> None:
        """Shorten titles where there is no room."""
        self.mark(self._chosen)

    def on_click(self, event: events.Click) -> None:
        """Go to the tab that was clicked."""
        if isinstance(event.widget, TabLabel):
            self.post_message(self.Chosen(event.widget.tab.id))

    def mark(self, chosen: str) -> None:
        """Mark the tab that is shown, by brackets as well as by colour."""
        self._chosen = chosen
        full = self.size.width >= FULL_TITLES
        for label in self.query(TabLabel):
            tab = label.tab
            title = tab.title if full or tab.id == chosen else tab.short
            name = f"{tab.key} {title}"
            label.set_class(tab.id == chosen, "-chosen")
            label.say(line(name, "bold reverse" if tab.id == chosen else ""))


class KeyRow(Footer):
    """The keys that matter here, as many as the screen has room for; help, which lists all, always."""

    def compose(self) -> ComposeResult:
        """Leave out what would be cut in the middle."""
        keys = [item for item in super().compose() if isinstance(item, FooterKey)]
        # Everybody finds the way out; what there is to do comes first.
        keys.sort(key=lambda item: item.action == "quit")
        room = self.app.size.width - sum(_width(item) for item in keys if item.action == HELP)
        for item in keys:
            if item.action != HELP:
                room -= _width(item)
            if item.action == HELP or room >= 0:
                yield item

    def on_resize(self) -> None:
        """Choose anew."""
        self.call_after_refresh(self.recompose)


def _width(key: FooterKey) -> int:
    return cell_len(key.key_display) + cell_len(key.description) + KEY_PADDING


class ProblemBar(Words):
    """The first problem of the files, in place, while the map keeps what it had."""

    def report(self, message: str, *, kept: bool) -> None:
        """Show a problem, or hide the bar when the message is empty."""
        self.set_class(bool(message), "-shown")
        rest = "  The map still shows the files as they were." if kept else ""
        parts = [line("! ", "bold"), line(message), line(f"{rest}  e edits, ! lists all.", "dim")]
        self.say(joined(parts) if message else line(""))
