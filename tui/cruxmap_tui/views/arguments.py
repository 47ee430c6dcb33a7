"""Arguments: the outline of a discussion, and the lens on one of its nodes beside it where there is room."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, ClassVar, cast

from textual.widget import Widget

from cruxmap_tui.commands import bindings
from cruxmap_tui.safe import Words, line

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from cruxmap_tui.exporting import Exported
    from cruxmap_tui.session import Session

PARTS = (("cruxmap_tui.views.outline", "ArgumentsView"), ("cruxmap_tui.views.lens", "LensView"))


def view_or_notice(module: str, name: str, session: Session | None) -> Widget:
    """Make the view of that name, or say that this installation lacks it."""
    try:
        made = cast("Callable[[Session | None], Widget]", getattr(import_module(module), name))
    except ModuleNotFoundError as error:
        if error.name != module:
            raise
        return Words(line("This installation has no such view."), classes="notice")
    return made(session)


class ArgumentsPair(Widget):
    """Outline and lens over the same node.

    Parameters
    ----------
    session : Session
    """

    BINDINGS: ClassVar[list[BindingType]] = [*bindings("arguments")]

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._shown = ""

    def compose(self) -> ComposeResult:
        """Put the lens beside the outline."""
        self._outline, self._lens = (view_or_notice(*part, self._session) for part in PARTS)
        self._outline.add_class("outline")
        self._lens.add_class("lens")
        yield self._outline
        yield self._lens

    @property
    def subject(self) -> str:
        """Id of what is selected."""
        part = self._lens if self._lens.has_focus_within else self._outline
        return str(getattr(part, "subject", "") or self._shown)

    def show(self, id: str) -> None:  # noqa: A002 - all views say `id`
        """Show a node in both."""
        self._shown = id
        for part in (self._outline, self._lens):
            if hasattr(part, "show"):
                part.show(id)

    def focus_default(self) -> None:
        """Put the focus on the outline, or on the lens where only that is shown."""
        part = self._lens if self._lens.display and not self._outline.display else self._outline
        if hasattr(part, "focus_default"):
            part.focus_default()
            return
        focusable = [part, *part.query("*")]
        target = next((item for item in focusable if item.focusable), None)
        if target is not None:
            target.focus()

    def exported(self) -> Exported | None:
        """Offer the map around what is selected; None while nothing is."""
        from cruxmap_tui.exporting import map_export

        return map_export(self._session, self.subject) if self.subject else None

    def leave(self) -> bool:
        """Close the lens on a narrow screen; False when it was not open."""
        if not self.has_class("-lens"):
            return False
        self.action_lens()
        return True

    def action_lens(self) -> None:
        """Change between outline and lens, where there is no room for both."""
        self.toggle_class("-lens")
        self.call_after_refresh(self.focus_default)
