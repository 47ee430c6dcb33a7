"""Small windows that ask for a line of text or a choice."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input
from textual.widgets.option_list import Option

from cruxmap_tui.safe import Words, line, set_titles
from cruxmap_tui.widgets.moving import Choices

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.app import ComposeResult
    from textual.content import Content
    from textual.widgets import OptionList


class Ask(ModalScreen[str]):
    """Ask for one line; empty when the reader leaves.

    Parameters
    ----------
    title, value : str
        What is asked, and what stands there first.
    check : callable
        Says what is wrong with an answer; an empty text accepts it.
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", "Leave")]

    def __init__(self, title: str, value: str = "", check: Callable[[str], str] = lambda _: "") -> None:
        super().__init__()
        self._title, self._value, self._check = title, value, check

    def compose(self) -> ComposeResult:
        """Put a box and a line for what is wrong into a window."""
        with Vertical(classes="window small") as window:
            yield Input(self._value)
            yield Words(id="wrong")
        set_titles(window, self._title, "Enter accepts · Esc leaves")

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Take the answer, or say what is wrong with it."""
        wrong = self._check(event.value.strip())
        if wrong or not event.value.strip():
            self.query_one("#wrong", Words).say(line(wrong or "Nothing is written yet.", "$warning"))
        else:
            self.dismiss(event.value.strip())

    def action_leave(self) -> None:
        """Leave without an answer."""
        self.dismiss("")


class Choose(ModalScreen[str]):
    """Let the reader choose one of several; empty when they leave.

    Parameters
    ----------
    title : str
    options : sequence of (id, text)
    chosen : str
        The id where the cursor starts.
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,q", "leave", "Leave")]

    def __init__(self, title: str, options: Sequence[tuple[str, Content]], chosen: str = "") -> None:
        super().__init__()
        self._title, self._options, self._chosen = title, options, chosen

    def compose(self) -> ComposeResult:
        """List the options in a window."""
        with Vertical(classes="window") as window:
            yield Choices(*(Option(text) for _, text in self._options))
        set_titles(window, self._title, "Enter chooses · Esc leaves")

    def on_mount(self) -> None:
        """Start at what is in force."""
        names = [name for name, _ in self._options]
        choices = self.query_one(Choices)
        choices.highlighted = names.index(self._chosen) if self._chosen in names else 0

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Take the choice."""
        self.dismiss(self._options[event.option_index][0])

    def action_leave(self) -> None:
        """Leave without a choice."""
        self.dismiss("")
