"""The desk: which tab is shown, what it shows, and where the reader has been."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import App

from cruxmap_tui.commands import TABS
from cruxmap_tui.safe import tell
from cruxmap_tui.shell.frame import TabRow
from cruxmap_tui.shell.history import History, Place

if TYPE_CHECKING:
    from textual.widget import AwaitMount, Widget

    from cruxmap_tui.session import Session

VIEWS = {
    "matrix": ("cruxmap_tui.views.matrix", "MatrixView"),
    "browse": ("cruxmap_tui.views.browse", "BrowseView"),
    "arguments": ("cruxmap_tui.views.arguments", "ArgumentsPair"),
    "compare": ("cruxmap_tui.views.compare", "CompareView"),
    "whatif": ("cruxmap_tui.views.whatif", "WhatIfView"),
    "failure": ("cruxmap_tui.views.failure", "FailureView"),
    "positions": ("cruxmap_tui.views.positions", "PositionsView"),
    "cruxes": ("cruxmap_tui.views.cruxes", "CruxesView"),
}
"""Tab -> module and class of its view, imported when the tab is first shown."""
CARRIED = ("browse", "arguments", "compare", "whatif")
"""Tabs that begin with what was selected before; the others begin with the whole."""


class Desk(App[None]):
    """Tabs over a session, each made when it is first shown; back and forward through what was shown."""

    def __init__(self) -> None:
        super().__init__()
        self.session: Session | None = None
        self.tab = TABS[0].id
        self.views: dict[str, Widget] = {}
        self._mounts: dict[str, AwaitMount] = {}
        self.history = History(Place(self.tab))

    @property
    def view(self) -> Widget | None:
        """The view of the tab that is shown, once there is one."""
        return self.views.get(self.tab)

    def open(self, id: str, tab: str = "") -> None:  # noqa: A002 - all views say `id`
        """Show anything by its id: arguments of cells and arguments, pages of everything else."""
        if self.session is None:
            return
        kb = self.session.kb
        argued = "/" in id or id in kb.arguments
        self._visit(Place(tab or ("arguments" if argued else "browse"), id))

    def _visit(self, place: Place) -> None:
        subject = self.subject
        if subject and not self.history.present.id:
            self.history.visit(Place(self.tab, subject))
        self.history.visit(place)
        self.show_place(place)

    def show_place(self, place: Place) -> None:
        """Show a place without making it a new one in the history."""
        self.tab = place.tab
        stage = self.screen_stack[0]
        stage.query_one(TabRow).mark(place.tab)
        if self.session is None:
            return
        new = place.tab not in self.views
        if new:
            from cruxmap_tui.views.arguments import view_or_notice

            self.views[place.tab] = view_or_notice(*VIEWS[place.tab], self.session)
            self._mounts[place.tab] = stage.query_one("#stage").mount(self.views[place.tab])
        for name, view in self.views.items():
            view.display = name == place.tab
        self.call_later(self._arrive_when_mounted, place)

    async def _arrive_when_mounted(self, place: Place) -> None:
        """Show something in a view once its parts exist, unless the reader has gone elsewhere meanwhile."""
        if not self.views[place.tab].is_mounted:
            await self._mounts[place.tab]
        if self.tab == place.tab:
            self._arrive(place)

    def _arrive(self, place: Place) -> None:
        view = self.views[place.tab]
        if place.id and hasattr(view, "show") and self.exists(place.id):
            view.show(place.id)
        if hasattr(view, "focus_default"):
            view.focus_default()
        elif view.can_focus:
            view.focus()
        else:
            focusable = next((child for child in view.query("*") if child.focusable), None)
            if focusable is not None:
                focusable.focus()

    def exists(self, name: str) -> bool:
        """Whether anything in the knowledge base has this id."""
        assert self.session is not None
        kb = self.session.kb
        return name in kb.entries or name in kb.statements or name in kb.arguments or name in kb.parts

    @property
    def subject(self) -> str:
        """Id of what is selected in the tab that is shown."""
        view = self.view
        shown = getattr(view, "subject", "") if view is not None and view.is_mounted else ""
        return str(shown) or self.history.present.id

    def on_tab_row_chosen(self, event: TabRow.Chosen) -> None:
        """Go to a tab that was clicked."""
        self._go(event.tab)

    def _go(self, tab: str) -> None:
        if tab == self.tab:
            return
        carried = self.subject if tab in CARRIED and tab not in self.views else ""
        self._visit(Place(tab, carried))

    def action_go(self, tab: str) -> None:
        """Go to a tab."""
        self._go(tab)

    def action_next_tab(self) -> None:
        """Go to the tab on the right."""
        self._beside(1)

    def action_previous_tab(self) -> None:
        """Go to the tab on the left."""
        self._beside(-1)

    def _beside(self, by: int) -> None:
        names = [tab.id for tab in TABS]
        self._go(names[(names.index(self.tab) + by) % len(names)])

    async def action_back(self) -> None:
        """Go back."""
        self._step(-1)

    def action_forward(self) -> None:
        """Take back one step back."""
        self._step(1)

    def _step(self, by: int) -> None:
        place = self.history.step(by)
        if place is None:
            tell(self, "There is nothing further back." if by < 0 else "There is nothing further forward.")
        else:
            self.show_place(place)

    def action_leave(self) -> None:
        """Leave what the view has open."""
        view = self.view
        if view is not None and hasattr(view, "leave"):
            view.leave()
