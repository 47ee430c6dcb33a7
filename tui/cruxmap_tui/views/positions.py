"""The coherent overall positions, and what follows for a reader who accepts or rejects something."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from cruxmap.analysis.positions import positions
from cruxmap.analysis.positions_asp import SEMANTICS
from cruxmap.cli.position_pages import print_positions
from cruxmap.cli.wording import short_name, statement_name
from cruxmap.errors import UsageError
from cruxmap_tui.views.reading import ReadingView
from cruxmap_tui.views.view import View

if TYPE_CHECKING:
    from cruxmap_tui.session import Session
    from cruxmap_tui.views.printed import Page

NAME_WIDTH, SIGN_WIDTH = 44, 4
"""Columns of a table of camps: the verdict, and one camp."""


class PositionsView(ReadingView):
    """The positions on one statement or entry, or on everything; `i` and `o` mark a name as given."""

    TITLE = "Positions"
    FOCUS_KEY = "7"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("t", "give('in')", "Given in"),
        Binding("f", "give('out')", "Given out"),
        Binding("space", "ungive", "Not given"),
        Binding("c", "clear", "Clear given"),
        Binding("a", "everything", "All verdicts"),
        Binding("b", "back", "Back to it"),
        Binding("s", "semantics", "Other positions"),
    ]

    class Selected(View.Selected):
        """The reader opened a name on the page."""

    def __init__(self, session: Session, *, id: str | None = None) -> None:  # noqa: A002 - all views say `id`
        super().__init__(session, id=id)
        self.given: dict[str, str] = {}
        self._semantics = "preferred"
        self._whole = False

    def show(self, id: str) -> None:  # noqa: A002 - all views say `id`
        """Show the positions on a verdict, another statement, an argument or all verdicts of an entry."""
        self._whole = False
        super().show(id)

    def action_give(self, label: str) -> None:
        """Mark the selected name as given; an entry without a verdict of its own cannot be."""
        name = self.reading.opened or self.subject
        if name in self.session.graph.index:
            self.given = {**self.given, name: label}
            self._changed()
        else:
            self.notify("Only a verdict, another statement or an argument can be given.", severity="warning")

    def action_ungive(self) -> None:
        """Leave the selected name to the arguments again."""
        gone = self.reading.opened or self.subject
        self.given = {name: label for name, label in self.given.items() if name != gone}
        self._changed()

    def action_clear(self) -> None:
        """Give nothing."""
        self.given = {}
        self._changed()

    def action_everything(self) -> None:
        """Ask about all verdicts."""
        self._whole = True
        self._changed()

    def action_back(self) -> None:
        """Ask about the subject again."""
        self._whole = False
        self._changed()

    def action_semantics(self) -> None:
        """Ask for the next kind of positions."""
        self._semantics = SEMANTICS[(SEMANTICS.index(self._semantics) + 1) % len(SEMANTICS)]
        self._changed()

    def check_action(self, action: str, _parameters: tuple[object, ...]) -> bool | None:
        """Offer only the keys that change something."""
        if action in ("ungive", "clear"):
            return bool(self.given)
        if action == "back":
            return self._whole and bool(self.subject)
        return not (action == "everything" and (self._whole or not self.subject))

    def _changed(self) -> None:
        self.refresh_bindings()
        self._mark_stale()

    def status(self) -> str:
        """Say what is asked about, and what is given."""
        kb = self.session.kb
        given = ", ".join(
            f"{statement_name(kb, name, full=False) if name in kb.statements else name} {label}"
            for name, label in self.given.items()
        )
        about = "everything" if self._about() is None else self._short_subject()
        return f"On {about}. Given: {given or 'nothing (t in, f out on a name)'}"

    def _short_subject(self) -> str:
        kb = self.session.kb
        if self.subject in kb.statements:
            return statement_name(kb, self.subject, full=False)
        return short_name(kb, self.subject) if self.subject in kb.entries else self.subject

    def _about(self) -> list[str] | None:
        if self._whole or not self.subject:
            return None
        if self.subject in self.session.graph.index:
            return [self.subject]
        return [name for name in self.session.kb.statements if name.startswith(f"{self.subject}/")]

    def print_page(self, page: Page) -> None:
        """Print the page of `cruxmap positions`."""
        session = self.session
        index = session.graph.index
        about, imposed = self._about(), dict(session.scenario.labels)
        if about == []:
            raise UsageError(f"{self.subject} has no verdicts; a asks about all of them")
        given = {name: label for name, label in self.given.items() if name in index and name not in imposed}
        found = positions(
            session.graph,
            self._semantics,
            session.standard,
            imposed,
            given=given,
            about=about,
            limit=max(2, min(10, (page.width - NAME_WIDTH) // SIGN_WIDTH)),
        )
        print_positions(session.kb, found, about, imposed, page)
