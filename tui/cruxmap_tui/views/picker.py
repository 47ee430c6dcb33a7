"""A small list to pick one thing from, above the page of a pane."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from cruxmap_tui import safe

if TYPE_CHECKING:
    from collections.abc import Sequence


class Picker(OptionList):
    """Offer things by name; hidden until it is opened."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j", "cursor_down", "Down", show=False),
        Binding("k", "cursor_up", "Up", show=False),
        Binding("g", "first", "First", show=False),
        Binding("G", "last", "Last", show=False),
        Binding("enter,l", "select", "Take"),
        Binding("escape,h,q", "close", "Close"),
    ]
    DEFAULT_CSS = """
    Picker { display: none; height: auto; max-height: 60%; border: round $primary; margin: 0 1; }
    Picker:focus { border: round $primary; }
    Picker.-open { display: block; }
    """

    class Picked(Message):
        """The reader took something, or closed the list (`key` is None)."""

        def __init__(self, purpose: str, key: str | None) -> None:
            super().__init__()
            self.purpose = purpose
            self.key = key

    def __init__(self) -> None:
        super().__init__()
        self._purpose = ""
        self._keys: list[str] = []

    def offer(self, purpose: str, title: str, choices: Sequence[tuple[str, str]]) -> None:
        """Open the list.

        Parameters
        ----------
        purpose : str
            Comes back with what was picked.
        title : str
            Shown in the border; not text of the corpus.
        choices : sequence of (key, name)
        """
        self._purpose = purpose
        self._keys = [key for key, _ in choices]
        safe.set_titles(self, title)
        self.clear_options()
        self.add_options([Option(safe.line(name)) for _, name in choices])
        self.highlighted = 0 if choices else None
        self.add_class("-open")
        self.focus()

    def action_close(self) -> None:
        """Take nothing."""
        self._finish(None)

    @on(OptionList.OptionSelected)
    def _taken(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self._finish(self._keys[event.option_index])

    def _finish(self, key: str | None) -> None:
        self.remove_class("-open")
        self.post_message(self.Picked(self._purpose, key))
