"""Panes that show a page of the command line, computed in the background, with names that can be opened."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.binding import Binding, BindingType
from textual.widgets import LoadingIndicator, Static
from textual.worker import get_current_worker

from cruxmap.cli.output import READABLE
from cruxmap.errors import CruxmapError
from cruxmap_tui import safe
from cruxmap_tui.views.canvas import Canvas, Place
from cruxmap_tui.views.printed import Page, Paragraph, new_page, page_lines
from cruxmap_tui.views.references import References
from cruxmap_tui.views.view import View

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult

    from cruxmap.knowledge import KnowledgeBase
    from cruxmap_tui.exporting import Exported
    from cruxmap_tui.session import Session
    from cruxmap_tui.views.cells import Line


class Reading(Canvas):
    """A page with names; up and down move from line to line, left and right from name to name."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "open", "Open name")]

    def next_place(self, x: int, y: int) -> Place | None:
        """The next name in reading order; in another line for a step up or down."""
        keys = [place.key for place in self.places]
        if self.selected not in keys:
            return None
        at = keys.index(self.selected)
        if x:
            return self.places[at + x] if 0 <= at + x < len(keys) else None
        here = self.places[at].region.y
        ahead = self.places[at + 1 :] if y > 0 else self.places[:at][::-1]
        found = next((place for place in ahead if (place.region.y - here) * y > 0), None)
        top, bottom = self.scroll_offset.y, self.scroll_offset.y + self.size.height
        near = found is not None and top - 1 <= found.region.y <= bottom
        return found if near else None

    @property
    def opened(self) -> str | None:
        """Id of the selected name."""
        return self.selected[1] if isinstance(self.selected, tuple) else None


class ReadingView(View):
    """A pane whose page is computed in a thread, with a line above it that says what it is about."""

    DEFAULT_CSS = """
    ReadingView > .status { height: auto; max-height: 3; color: $text-muted; padding: 0 1; }
    ReadingView > LoadingIndicator { height: 1; display: none; }
    ReadingView.-busy > LoadingIndicator { display: block; }
    """

    def __init__(self, session: Session, *, id: str | None = None) -> None:  # noqa: A002 - all views say `id`
        super().__init__(session, id=id)
        self._paragraphs: Sequence[Paragraph] = ()
        self._references: tuple[KnowledgeBase, References] | None = None
        self._title = ""

    def compose(self) -> ComposeResult:
        """Build the status line, the spinner and the page."""
        yield Static(classes="status")
        yield LoadingIndicator()
        yield Reading()

    @property
    def reading(self) -> Reading:
        """The page."""
        return self.query_one(Reading)

    def print_page(self, page: Page) -> None:
        """Print the page; runs in a thread, and may be slow.

        Raises
        ------
        CruxmapError
            When there is nothing to say; the message is shown.
        """
        raise NotImplementedError

    def status(self) -> str:
        """Say what the page is about, and which keys change it."""
        return ""

    def refill(self) -> None:
        """Start to compute the page anew."""
        self.query_one(".status", Static).update(safe.line(self.status()))
        self.add_class("-busy")
        self._compute(self._room())

    @work(thread=True, exclusive=True, group="page", description="page", exit_on_error=True)
    def _compute(self, width: int) -> None:
        worker = get_current_worker()
        page = new_page(width)
        try:
            self.print_page(page)
        except CruxmapError as problem:
            page = new_page(width)
            page.paragraph(str(problem))
        references = self.references()
        if not worker.is_cancelled:
            self.app.call_from_thread(self._arrived, page.paragraphs, references)

    def references(self) -> References:
        """Names of the knowledge base, found once for each."""
        if self._references is None or self._references[0] is not self.session.kb:
            self._references = (self.session.kb, References(self.session.kb))
        return self._references[1]

    def _arrived(self, paragraphs: Sequence[Paragraph], references: References) -> None:
        if not self.is_attached:
            return
        self.remove_class("-busy")
        self._paragraphs = paragraphs
        title = paragraphs[0].lead + paragraphs[0].text if paragraphs else ""
        reading = self.reading
        reading.fill(self._lines(references))
        if title != self._title:
            self._title = title
            reading.action_first()

    def _lines(self, references: References) -> list[Line]:
        return page_lines(self._paragraphs, references, self._room())

    def exported(self) -> Exported | None:
        """Offer the page as text, at the width of a sheet; None while there is none."""
        from cruxmap_tui.exporting import page_export

        if not self._paragraphs:
            return None
        found = page_lines(self._paragraphs, self.references(), READABLE)
        texts = ("".join(piece.text for piece in item).rstrip() for item in found)
        stem = "-".join(part for part in (self.TITLE.lower(), self.subject) if part)
        return page_export(f"this page: {self._title}", stem, tuple(texts))

    def _room(self) -> int:
        # One column is kept for the scroll bar, so that its coming and going wraps nothing anew.
        return max(self.size.width - 5, 20)

    def on_resize(self) -> None:
        """Wrap the page at the new width."""
        if self._stale:
            self._mark_stale()
        elif self._paragraphs:
            self.reading.fill(self._lines(self.references()))

    @on(Canvas.Opened)
    def _opened(self, event: Canvas.Opened) -> None:
        event.stop()
        name = self.reading.opened
        if name is not None:
            self.post_message(self.Selected(self, name))
