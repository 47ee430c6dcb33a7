"""A screen of a reading group alone: without the tabs, which would show what sources say."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, ClassVar

from textual.app import App

from cruxmap_tui.commands import COMMANDS as ACTIONS
from cruxmap_tui.preferences import read_preferences, remembered
from cruxmap_tui.safe import tell
from cruxmap_tui.themes import DARK, NO_COLOUR, OWN, THEMES

if TYPE_CHECKING:
    from textual.binding import BindingType
    from textual.screen import Screen


class GroupApp(App[None]):
    """One screen, and the end when it is left.

    Parameters
    ----------
    screen : Screen
        What is shown.
    """

    CSS_PATH = "../styles/cruxmap.tcss"
    TITLE = "cruxmap"
    BINDINGS: ClassVar[list[BindingType]] = []
    ENABLE_COMMAND_PALETTE = False

    def __init__(self, screen: Screen[None]) -> None:
        super().__init__()
        self._shown = screen

    def on_mount(self) -> None:
        """Choose colours and keys, and show the screen."""
        for theme in OWN:
            self.register_theme(theme)
        preferences = read_preferences([item.id for item in ACTIONS], THEMES)
        wanted = preferences.theme or remembered().get("theme", "")
        chosen = wanted if wanted in THEMES else DARK.name
        self.theme = NO_COLOUR if os.environ.get("NO_COLOR") else chosen
        self.set_keymap(preferences.keys)
        for problem in preferences.problems:
            tell(self, problem, severity="warning")
        self.push_screen(self._shown, lambda _: self.exit())
