"""A page about one thing, as `cruxmap show` prints it, with ids that can be followed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from textual.message import Message

from cruxmap.cli.page_text import page_text
from cruxmap_tui.safe import Words, from_terminal, line, lines, set_titles
from cruxmap_tui.widgets.moving import Scroll
from cruxmap_tui.wording import named

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.content import Content

    from cruxmap_tui.session import Session

_NAME = re.compile(r"[A-Za-z0-9][\w.-]*(?:/[\w-]+)?")
WIDEST = 100


class Link(NamedTuple):
    """An id on the page: line, first column, column after the last, and what it names."""

    row: int
    start: int
    end: int
    id: str


class Page(Scroll):
    """Everything recorded about one entry, cell, argument or note."""

    class Followed(Message):
        """An id on the page is wanted."""

        def __init__(self, id: str) -> None:  # noqa: A002 - all views say `id`
            super().__init__()
            self.id = id

    def __init__(self, session: Session, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._session = session
        self.shown = ""
        self._lines: list[Content] = []
        self._links: list[Link] = []
        self._link = -1

    def compose(self) -> ComposeResult:
        """Hold one text."""
        yield Words()

    def on_resize(self) -> None:
        """Wrap the page anew."""
        if self.shown:
            self._fill()

    def show(self, id: str) -> None:  # noqa: A002 - all views say `id`
        """Show the page about anything in the knowledge base."""
        if id != self.shown:
            self._link = -1
            self.scroll_home(animate=False)
        self.shown = id
        self._fill()

    def refresh_page(self) -> None:
        """Show the same page as the knowledge base has it now."""
        if self.shown and not _exists(self._session, self.shown):
            gone, self.shown = self.shown, ""
            set_titles(self, "Page", "")
            self.query_one(Words).say(line(f"{gone} is no longer in the files.", "$warning"))
        elif self.shown:
            self._fill()

    def next_link(self, by: int) -> None:
        """Go to the next id on the page, or the one before."""
        if not self._links:
            return
        if self._link < 0:
            top = round(self.scroll_y)
            visible = [place for place, link in enumerate(self._links) if link.row >= top]
            self._link = (visible[0] if visible else 0) if by > 0 else len(self._links) - 1
        else:
            self._link = (self._link + by) % len(self._links)
        self._draw()
        row = self._links[self._link].row
        if not self.scroll_y <= row < self.scroll_y + self.size.height - 1:
            self.scroll_to(y=max(0, row - self.size.height // 3), animate=False)

    def follow(self) -> None:
        """Follow the id that is marked."""
        if 0 <= self._link < len(self._links):
            self.post_message(self.Followed(self._links[self._link].id))

    def _fill(self) -> None:
        width = min(WIDEST, (self.scrollable_content_region.width or 80) - 1)
        if not _exists(self._session, self.shown):
            return
        printed = page_text(self._session.kb, self.shown, width)
        self._lines = [from_terminal(item) for item in printed]
        self._links = list(_links(self._session, self.shown, [item.plain for item in self._lines]))
        self._link = min(self._link, len(self._links) - 1)
        self._draw()

    def _draw(self) -> None:
        shown = list(self._lines)
        for place, link in enumerate(self._links):
            style = "reverse bold" if place == self._link else "underline"
            shown[link.row] = shown[link.row].stylize(style, link.start, link.end)
        self.query_one(Words).say(lines(shown))
        count = f"n N {len(self._links)} links · Enter follows" if self._links else "no links"
        set_titles(self, named(self._session.kb, self.shown), count)


def _exists(session: Session, name: str) -> bool:
    kb = session.kb
    return name in kb.entries or name in kb.statements or name in kb.arguments or name in kb.parts


def _links(session: Session, own: str, shown: list[str]) -> list[Link]:
    found = []
    for row, content in enumerate(shown):
        for match in _NAME.finditer(content):
            name = match[0].rstrip(".")
            structured = any(mark in name for mark in "-./") or any(mark.isdigit() for mark in name)
            # Words such as `open` are ids of hedges too; running text must not become links.
            if name != own and structured and _exists(session, name):
                found.append(Link(row, match.start(), match.start() + len(name), name))
    return found
