"""What all panes have in common: a session, a subject, and a message when the reader opens something."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.message import Message
from textual.widget import Widget

from cruxmap_tui import safe

if TYPE_CHECKING:
    from cruxmap_tui.session import Session


class View(Widget):
    """A pane about one statement, argument or entry.

    Parameters
    ----------
    session : Session
    id : str, optional
        Id of the widget.

    Attributes
    ----------
    subject : str
        What `show` was last given; empty before.
    """

    TITLE: ClassVar[str] = ""
    FOCUS_KEY: ClassVar[str] = ""

    DEFAULT_CSS = """
    View {
        border: round $foreground 40%; border-title-color: $text; border-title-style: bold;
        border-subtitle-color: $text-muted; background: $surface;
        height: 1fr; width: 1fr; layout: vertical;
    }
    View:focus-within { border: round $primary; }
    """

    class Selected(Message):
        """The reader opened something.

        Attributes
        ----------
        id : str
            Statement, argument or entry.
        """

        def __init__(self, view: View, id: str) -> None:  # noqa: A002 - all views say `id`
            super().__init__()
            self.view = view
            self.id = id

        @property
        def control(self) -> View:
            """The pane it happened in."""
            return self.view

    def __init__(self, session: Session, *, id: str | None = None) -> None:  # noqa: A002 - all views say `id`
        super().__init__(id=id)
        self.session = session
        self.subject = ""
        self._stale = True
        safe.set_titles(self, f"{self.FOCUS_KEY} {self.TITLE}".strip())

    def on_mount(self) -> None:
        """Follow the session."""
        self.session.subscribe(self._session_changed)

    def show(self, id: str) -> None:  # noqa: A002 - all views say `id`
        """Show something else; what the session does not know is shown as that."""
        self.subject = id
        self._mark_stale()

    def refill(self) -> None:
        """Build what is shown from the session and the subject."""
        raise NotImplementedError

    def focus_default(self) -> None:
        """Focus what the pane is moved through with."""
        part = next((child for child in self.query("*") if child.focusable), None)
        if part is not None:
            part.focus()

    def known(self) -> bool:
        """Whether the session knows the subject."""
        kb = self.session.kb
        return self.subject in self.session.graph.index or self.subject in kb.entries

    def on_show(self) -> None:
        """Catch up with what changed while the pane was hidden."""
        if self._stale:
            self._mark_stale()

    def _session_changed(self) -> None:
        if self.is_attached:
            self._mark_stale()

    def _mark_stale(self) -> None:
        # A hidden pane waits: several of them would compute for nobody.
        self._stale = True
        if self.is_mounted and self.size.width and self.is_on_screen:
            self._stale = False
            self.refill()
