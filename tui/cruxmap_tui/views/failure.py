"""What one broken assumption brings down: single points, cut sets, common causes, portfolios."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from cruxmap.cli.assumptions import Scene, write_causes, write_one, write_portfolio
from cruxmap.errors import UsageError
from cruxmap_tui.views.conventions import session_conventions
from cruxmap_tui.views.reading import ReadingView
from cruxmap_tui.views.view import View

if TYPE_CHECKING:
    from cruxmap.knowledge import KnowledgeBase
    from cruxmap_tui.session import Scenario, Session
    from cruxmap_tui.views.printed import Page

SMALLEST = 2
"""Proposals of the portfolio that is shown first."""


class FailureView(ReadingView):
    """The failure reading of a verdict, an entry, an assumption, or of all proposals together."""

    TITLE = "What breaks it"
    FOCUS_KEY = "6"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("c", "causes", "Common causes"),
        Binding("p", "portfolio", "Portfolio"),
        Binding("plus,equals_sign", "size(1)", "Larger", show=False),
        Binding("minus", "size(-1)", "Smaller", show=False),
        Binding("b", "back", "Back to it"),
    ]

    class Selected(View.Selected):
        """The reader opened a name on the page."""

    def __init__(self, session: Session, *, id: str | None = None) -> None:  # noqa: A002 - all views say `id`
        super().__init__(session, id=id)
        self._mode = "causes"
        self._count = SMALLEST
        self._scene: tuple[KnowledgeBase, Scenario, Scene] | None = None

    def show(self, id: str) -> None:  # noqa: A002 - all views say `id`
        """Show what a verdict or entry rests on, or what falls with an assumption."""
        self._mode = "one"
        super().show(id)

    def action_causes(self) -> None:
        """Show what several proposals share, and what defeats them all."""
        self._switch("causes")

    def action_portfolio(self) -> None:
        """Show the proposals best pursued together."""
        self._switch("portfolio")

    def action_back(self) -> None:
        """Show the subject again."""
        self._switch("one" if self.subject else "causes")

    def action_size(self, step: int) -> None:
        """Choose a larger or smaller portfolio."""
        if self._mode == "portfolio":
            self._count = min(max(self._count + step, 1), len(self.session.kb.proposals))
            self._mark_stale()

    def check_action(self, action: str, _parameters: tuple[object, ...]) -> bool | None:
        """Offer only the keys that lead elsewhere."""
        if action == "back":
            return self._mode != "one" and bool(self.subject)
        return action != self._mode

    def _switch(self, mode: str) -> None:
        self._mode = mode
        self.refresh_bindings()
        self._mark_stale()

    def status(self) -> str:
        """Say which of the pages this is."""
        if self._mode == "portfolio":
            return f"Portfolio of {self._count}: + larger, - smaller, c common causes"
        if self._mode == "causes":
            return "All proposals: p portfolio"
        return "c common causes of all proposals, p portfolio"

    def print_page(self, page: Page) -> None:
        """Print the page of `cruxmap assumptions` for the subject, or for all proposals."""
        scene = self._current_scene()
        if self._mode == "causes":
            write_causes(scene, page)
        elif self._mode == "portfolio":
            write_portfolio(scene, self._count, page)
        elif self.subject in self.session.kb.arguments:
            raise UsageError(f"{self.subject} is an argument; what breaks it is what it assumes")
        else:
            write_one(scene, self.subject, None, page)

    def _current_scene(self) -> Scene:
        kb, scenario = self.session.kb, self.session.scenario
        held = self._scene
        if held is None or held[0] is not kb or held[1] is not scenario:
            criteria = tuple(item.id for item in kb.criteria)
            held = (kb, scenario, Scene(kb, session_conventions(self.session), criteria, all_arguments=False))
            self._scene = held
        return held[2]
