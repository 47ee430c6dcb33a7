"""Help: what this tab is for, and every key, generated from the commands."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input

from cruxmap_tui.commands import MOVES, TABS, in_scope
from cruxmap_tui.safe import Words, line, lines, marked, set_titles
from cruxmap_tui.widgets.moving import Scroll

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from textual.app import ComposeResult
    from textual.content import Content
    from textual.widget import Widget

    from cruxmap_tui.commands import Command

Row = tuple[str, str, str]
"""Keys, title, explanation."""

TAB_HELP = {
    "matrix": "Entries against criteria. Each cell says in a glyph and a word what the source says, or what "
    "its recorded arguments come to; the pane beside it explains the cell under the cursor.",
    "browse": "Every entry of the workspace by kind. The page holds everything recorded about one, as "
    "`cruxmap show` prints it; ids on the page can be followed.",
    "arguments": "The arguments of one statement, for and against, with the replies to each.",
    "compare": "Entries side by side: stances, what they share, and where they part.",
    "whatif": "Set what you believe of an assumption and watch which verdicts move. Nothing is written to "
    "the entries; u takes back each change.",
    "failure": "What each verdict rests on, and what one broken assumption brings down.",
    "positions": "What can be held all at once, and what follows from it.",
    "rate": "Your own cells, one at a time. What you write is saved half a second later into a draft that "
    "stays on this machine; nobody else's answers are ever shown here. Up, down, Tab and Enter go from box "
    "to box; Escape leaves the boxes, and then letters are keys.",
    "meet": "One screen for the whole room: on the left what is still to be talked about, in the middle the "
    "item and what to say now, on the right the clock and who speaks next. Every key is written into the "
    "record before its effect is shown; leaving, or losing the machine, loses nothing.",
    "cruxes": "On what readers differ, and what would bring them together.",
}


class Help(ModalScreen[None]):
    """Everything that the keys do here, narrowed by what is typed.

    Parameters
    ----------
    tab : str
        The tab that is shown.
    extra : iterable of (keys, title, help)
        Keys of the view itself that the commands do not declare.
    keys : mapping of str to str, optional
        The user's own keys by command.
    everywhere : bool
        Whether the keys that work in every tab are listed.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,f1", "leave", "Leave"),
        Binding("down", "scroll(3)", show=False),
        Binding("up", "scroll(-3)", show=False),
        Binding("pagedown", "scroll(15)", show=False),
        Binding("pageup", "scroll(-15)", show=False),
    ]

    def __init__(
        self,
        tab: str,
        extra: Iterable[Row] = (),
        keys: Mapping[str, str] | None = None,
        *,
        everywhere: bool = True,
    ) -> None:
        super().__init__()
        self._everywhere = everywhere
        self._tab, self._extra, self._keys = tab, tuple(extra), keys or {}

    def compose(self) -> ComposeResult:
        """Put a box above the text."""
        title = next((item.title for item in TABS if item.id == self._tab), self._tab.capitalize())
        with Vertical(classes="window large") as window:
            yield Input(placeholder="Type to narrow")
            with Scroll(can_focus=False):
                yield Words(id="keys")
        set_titles(window, f"Help: {title}", "↑ ↓ scroll · Esc leaves")

    def on_mount(self) -> None:
        """Show everything."""
        self._show("")

    def on_input_changed(self, event: Input.Changed) -> None:
        """Show what holds the words that are typed."""
        self._show(event.value)

    def action_scroll(self, by: int) -> None:
        """Scroll while the box keeps the focus."""
        self.query_one(Scroll).scroll_relative(y=by, animate=False)

    def action_leave(self) -> None:
        """Go back."""
        self.dismiss(None)

    def _sections(self) -> list[tuple[str, list[Row]]]:
        def rows(scope: str) -> list[Row]:
            return [
                (
                    self._keys[item.id].replace(",", " ") if item.id in self._keys else item.key_text,
                    *item[2:4],
                )
                for item in in_scope(scope)
            ]

        local = rows(self._tab) + list(self._extra)
        return [
            ("In this tab" if self._everywhere else "Keys", local),
            ("Moving", [(keys, "", text) for keys, text in MOVES]),
            ("Everywhere", rows("") if self._everywhere else []),
        ]

    def _key_text(self, command: Command) -> str:
        own = self._keys.get(command.id)
        return own.replace(",", " ") if own else command.key_text

    def _show(self, query: str) -> None:
        words = query.casefold().split()
        parts: list[Content] = []
        if not words and self._tab in TAB_HELP:
            parts += [line(TAB_HELP[self._tab]), line("")]
        for title, rows in self._sections():
            found = [row for row in rows if all(word in " ".join(row).casefold() for word in words)]
            if found:
                parts.append(line(title, "bold"))
                for keys, name, text in found:
                    head = line(f"  {keys:<10} ", "$accent") + marked(name, words, "reverse")
                    parts.append(
                        head
                        + line("  " if name else "")
                        + marked(text, words, "reverse dim" if name else "reverse")
                    )
                parts.append(line(""))
        self.query_one("#keys", Words).say(
            lines(parts) if parts else line(f"Nothing here is called {query!r}.")
        )


def own_keys(view: Widget | None, commands: Iterable[Command]) -> list[tuple[str, str, str]]:
    """Keys that a view declares itself, beside those of the commands of its tab."""
    declared = {name for command in commands for name in (command.action, *command.keys.split(","))}
    widgets = [] if view is None else [view, *view.query("*")]
    found: dict[str, tuple[str, str, str]] = {}
    for widget in widgets:
        for binding in Binding.make_bindings(type(widget).__dict__.get("BINDINGS", ())):
            if binding.description and not declared & {binding.action, binding.key}:
                found.setdefault(binding.action, (binding.key, binding.description, binding.tooltip))
    return list(found.values())
