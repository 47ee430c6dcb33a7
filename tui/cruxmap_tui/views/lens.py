"""The lens: one statement in the middle, its reasons on one side, what it bears on at the other."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding, BindingType

from cruxmap_tui import safe
from cruxmap_tui.views.canvas import Canvas
from cruxmap_tui.views.cells import Line, Piece, wrapped
from cruxmap_tui.views.figures import change, label_change, node_name, verified_word
from cruxmap_tui.views.lens_drawing import Head, draw_lens
from cruxmap_tui.views.lens_layout import neighbourhood
from cruxmap_tui.views.outline_rows import roots_of
from cruxmap_tui.views.view import View

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from cruxmap_tui.session import Session

MOST_PAST = 50
"""Centres to which `b` can lead back."""


class LensView(View):
    """A drawing around one node; Enter puts the selected node in the middle, Enter there opens it."""

    TITLE = "Lens"
    FOCUS_KEY = "L"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("r", "radius", "Radius 1 or 2"),
        Binding("b", "back", "Back"),
        Binding("o", "open", "Open"),
    ]

    class Selected(View.Selected):
        """The reader opened a node: the one in the middle with Enter, any with `o`."""

    def __init__(self, session: Session, *, id: str | None = None) -> None:  # noqa: A002 - all views say `id`
        super().__init__(session, id=id)
        self.radius = 1
        self._past: list[str] = []

    def compose(self) -> ComposeResult:
        """Build the canvas."""
        yield Canvas()

    @property
    def canvas(self) -> Canvas:
        """The drawing."""
        return self.query_one(Canvas)

    def show(self, id: str) -> None:  # noqa: A002 - all views say `id`
        """Put a node in the middle; an entry stands for its first verdict."""
        if self.subject and self.subject != id and (not self._past or self._past[-1] != self.subject):
            self._past = [*self._past, self.subject][-MOST_PAST:]
        super().show(id)
        self.refresh_bindings()

    @property
    def centre(self) -> str | None:
        """The node in the middle; None when there is none."""
        return next(iter(roots_of(self.session, self.subject)), None) if self.subject else None

    def refill(self) -> None:
        """Draw anew, with the selection on the centre."""
        self._draw(self.centre)

    def _draw(self, selected: str | None) -> None:
        centre, width = self.centre, max(self.size.width - 5, 20)
        safe.set_titles(self, subtitle=f"radius {self.radius}")
        if centre is None:
            self.canvas.fill([(Piece(line),) for line in wrapped(self._nothing(), width, 5)])
            return
        graph, session = self.session.graph, self.session
        near = neighbourhood(graph, centre, self.radius)
        heads = {
            name: Head(
                node_name(session, name),
                f"{change(session, name)} {label_change(session, name)}",
                verified_word(session, name),
            )
            for names in near.layers.values()
            for name in names
        }
        lines: list[Line] = draw_lens(graph, centre, self.radius, width, heads)
        canvas = self.canvas
        canvas.fill(lines, selected)
        if canvas.selected is not None:
            self.call_after_refresh(canvas.select, canvas.selected)

    def _nothing(self) -> str:
        if not self.subject:
            return "Choose a statement or an argument to see what bears on it."
        if self.known():
            return "It is no statement or argument, so nothing bears on it."
        return f"Nothing here has the id {self.subject}."

    def action_radius(self) -> None:
        """Look one step further, or one less."""
        self.radius = 3 - self.radius
        held = self.canvas.selected
        self._draw(held if isinstance(held, str) else None)

    def action_back(self) -> None:
        """Put the node before this one in the middle again."""
        if self._past:
            self.subject = self._past.pop()
            self._mark_stale()
            self.refresh_bindings()

    def action_open(self) -> None:
        """Open the selected node elsewhere without moving it to the middle."""
        if isinstance(self.canvas.selected, str):
            self.post_message(self.Selected(self, self.canvas.selected))

    def check_action(self, action: str, _parameters: tuple[object, ...]) -> bool | None:
        """Offer the way back only when there is one."""
        return bool(self._past) if action == "back" else True

    def on_resize(self) -> None:
        """Draw at the new width."""
        if self._stale:
            self._mark_stale()
        else:
            held = self.canvas.selected
            self._draw(held if isinstance(held, str) else None)

    @on(Canvas.Opened)
    def _opened(self, event: Canvas.Opened) -> None:
        event.stop()
        if isinstance(event.key, str):
            if event.key == self.centre:
                self.post_message(self.Selected(self, event.key))
            else:
                self.show(event.key)
