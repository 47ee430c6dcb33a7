"""What the screens of a group share: they stand alone, explain their keys, and know three widths."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.screen import ModalScreen

from cruxmap_tui.commands import bindings, in_scope

if TYPE_CHECKING:
    from textual.binding import Binding, BindingType


def help_keys() -> list[Binding]:
    """Return the keys that open help."""
    return [item for item in bindings() if item.id == "help"]


class GroupScreen(ModalScreen[None]):
    """A screen of its own; as a modal one it takes no keys of the tabs below it."""

    SCOPE: ClassVar[str] = ""
    BINDINGS: ClassVar[list[BindingType]] = [*help_keys()]
    HORIZONTAL_BREAKPOINTS: ClassVar[list[tuple[int, str]] | None] = [  # type: ignore[misc]
        (0, "-one"),
        (80, "-two"),
        (120, "-three"),
    ]
    # The base class declares a ClassVar inside an optional, which mypy takes for an instance variable.

    def action_help(self) -> None:
        """Explain the screen and its keys."""
        from cruxmap_tui.preferences import read_preferences
        from cruxmap_tui.shell.help import Help
        from cruxmap_tui.themes import THEMES

        own = [item.id for item in in_scope(self.SCOPE)]
        self.app.push_screen(Help(self.SCOPE, (), read_preferences(own, THEMES).keys, everywhere=False))
