"""Windows of the group's screens: a question with an explanation, and the search for an assumption."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.suggester import SuggestFromList
from textual.widgets import Input
from textual.widgets.option_list import Option

from cruxmap.model.entries import Proposal, Strategy
from cruxmap.reader_files import is_own_words
from cruxmap_tui.safe import Words, line, lines, set_titles
from cruxmap_tui.widgets.moving import Choices
from cruxmap_tui.wording import named

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual import events
    from textual.app import ComposeResult
    from textual.widgets import OptionList

    from cruxmap.knowledge import KnowledgeBase

SHOWN = 60
"""Statements that a search lists."""


class Confirm(ModalScreen[str]):
    """Explain what is about to happen, and let the reader choose; empty when they leave.

    Parameters
    ----------
    title : str
    sentences : sequence of str
        One paragraph each.
    options : sequence of (id, text)
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,q", "leave", "Leave")]

    def __init__(self, title: str, sentences: Sequence[str], options: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self._title, self._sentences, self._choices = title, sentences, options

    def compose(self) -> ComposeResult:
        """Put the words above the choices."""
        with Vertical(classes="window") as window:
            yield Words(lines([part for text in self._sentences for part in (line(text), line(""))]))
            yield Choices(*(Option(line(text)) for _, text in self._choices))
        set_titles(window, self._title, "Enter chooses · Esc leaves")

    def on_mount(self) -> None:
        """Let the arrows choose."""
        self.query_one(Choices).highlighted = 0
        self.query_one(Choices).focus()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Take the choice."""
        self.dismiss(self._choices[event.option_index][0])

    def action_leave(self) -> None:
        """Leave without a choice."""
        self.dismiss("")


class FindAssumption(ModalScreen[str]):
    """Find a statement, or write a sentence of one's own; empty when the reader leaves.

    Parameters
    ----------
    kb : KnowledgeBase
    cell : str
        What the mark is for; what its entry rests on is listed first.
    value : str
        What is chosen by now.
    """

    NOTHING = "nothing"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Leave"),
        Binding("down", "move(1)", show=False),
        Binding("up", "move(-1)", show=False),
    ]

    def __init__(self, kb: KnowledgeBase, cell: str, value: str = "") -> None:
        super().__init__()
        self._kb, self._value = kb, value
        entry = kb.entries.get(cell.partition("/")[0])
        own = (
            (*entry.assumptions, *entry.secondary_assumptions)
            if isinstance(entry, Proposal | Strategy)
            else ()
        )
        rest = [name for name, item in kb.statements.items() if item.kind != "assessment"]
        rest.sort(key=lambda name: (kb.statements[name].kind != "assumption", name))
        self._names = list(dict.fromkeys((*own, *rest)))
        self._found: list[str] = []

    def compose(self) -> ComposeResult:
        """Put the box above what is found."""
        written = self._value if is_own_words(self._value) else ""
        with Vertical(classes="window large") as window:
            yield Input(written, placeholder="Words of the statement, its number, or a sentence of your own")
            yield Choices()
        set_titles(window, "What does your mark rest on most?", "↑ ↓ choose · Enter takes · Esc leaves")

    def on_mount(self) -> None:
        """List everything, what the entry rests on first."""
        self._list(self.query_one(Input).value)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Look again for what is typed."""
        self._list(event.value)

    def _list(self, written: str) -> None:
        kb, query = self._kb, written.casefold().split()
        found = [name for name in self._names if all(word in self._text(name) for word in query)][:SHOWN]
        options = [(name, line(named(kb, name))) for name in found]
        own = written.strip()
        if is_own_words(own):
            options.append((own, line(f"Your own words: “{own}”", "bold")))
        elif self._value and not own:
            options.append((self.NOTHING, line("Nothing: leave it open", "bold")))
        self._found = [name for name, _ in options]
        choices = self.query_one(Choices)
        choices.clear_options()
        choices.add_options([Option(text) for _, text in options])
        choices.highlighted = 0 if options else None

    def _text(self, name: str) -> str:
        entry = self._kb.entries.get(name)
        parts = (name, named(self._kb, name), str(getattr(entry, "text", "") or ""))
        return " ".join(parts).casefold()

    def on_input_submitted(self) -> None:
        """Take what is under the cursor."""
        place = self.query_one(Choices).highlighted
        if place is not None and self._found:
            self.dismiss(self._found[place])

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Take a statement."""
        self.dismiss(self._found[event.option_index])

    def action_move(self, by: int) -> None:
        """Move the cursor while the box keeps the focus."""
        choices = self.query_one(Choices)
        (choices.action_cursor_down if by > 0 else choices.action_cursor_up)()

    def action_leave(self) -> None:
        """Leave without a choice."""
        self.dismiss("")


class AskQuestion(ModalScreen["tuple[str, str, str] | None"]):
    """Ask for an open question, who looks after it, and until when.

    Parameters
    ----------
    title : str
    readers : sequence of str
        Who can look after it.
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", "Leave")]

    def __init__(self, title: str, readers: Sequence[str]) -> None:
        super().__init__()
        self._title, self._readers = title, tuple(readers)

    def compose(self) -> ComposeResult:
        """Put three boxes below each other."""
        with Vertical(classes="window small") as window:
            yield Input(placeholder="What stays open?", id="text")
            names = SuggestFromList(self._readers)
            yield Input(placeholder="Who looks after it?", id="owner", suggester=names, select_on_focus=False)
            yield Input(placeholder="Until which day? 2026-04-02", id="due", select_on_focus=False)
            yield Words(id="wrong")
        set_titles(window, self._title, "Enter goes on, → completes · Esc leaves")

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Go to the next box; after the last one, take all three."""
        if event.input.id != "due":
            self.focus_next()
            return
        text, owner, due = (
            self.query_one(f"#{name}", Input).value.strip() for name in ("text", "owner", "due")
        )
        wrong = ""
        if not text:
            wrong = "Nothing is written yet."
        elif owner and owner not in self._readers:
            wrong = f"Who looks after it is one of {', '.join(self._readers)}, or nobody yet."
        elif due and not _is_day(due):
            wrong = "A day is written 2026-04-02."
        if wrong:
            self.query_one("#wrong", Words).say(line(wrong, "$warning"))
        else:
            self.dismiss((text, owner, due))

    def action_leave(self) -> None:
        """Leave without a question."""
        self.dismiss(None)


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


_HIDDEN = "Nothing is shown before all are in. Leaving gives them up."
_RESTORED = "Some were in already when the screen was closed. Nothing is shown before all are in."


class HiddenMarks(ModalScreen["tuple[str, ...]"]):
    """Take one mark from each, hidden until all are in; empty when the room gives up.

    Parameters
    ----------
    title : str
    marks : sequence of (sign, word)
        What can be chosen by a digit.
    raters : int
        How many marks are wanted.
    kept : sequence of str
        Marks that were in when the window went away unasked.
    keep : callable
        Keeps all marks that are in, so that no crash loses them; told after each.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Leave"),
        Binding("backspace", "back", "Take back"),
        Binding("right,plus", "raters(1)", "One more"),
        Binding("left,minus", "raters(-1)", "One less"),
    ]

    def __init__(
        self,
        title: str,
        marks: Sequence[tuple[str, str]],
        raters: int,
        kept: Sequence[str],
        keep: Callable[[tuple[str, ...]], None],
    ) -> None:
        super().__init__()
        self._title, self._marks, self._keep = title, tuple(marks), keep
        self._given, self._kept = list(kept), len(kept)
        self._raters = max(raters, len(kept))

    def compose(self) -> ComposeResult:
        """Show what can be chosen, and how many are in."""
        with Vertical(classes="window small") as window:
            yield Words(id="choices")
            yield Words(id="hidden")
        set_titles(window, self._title, "← → how many · Backspace takes back · Esc leaves")

    def on_mount(self) -> None:
        """Show how many are in; all of them are when the screen went away at the last moment."""
        self._draw()
        if len(self._given) >= self._raters:
            self.dismiss(tuple(self._given))

    def _draw(self) -> None:
        rows = [
            line(f"{number}  {sign} {word}", "bold") for number, (sign, word) in enumerate(self._marks, 1)
        ]
        self.query_one("#choices", Words).say(lines([*rows, line("")]))
        dots = "● " * len(self._given) + "○ " * (self._raters - len(self._given))
        told = f"{dots} {len(self._given)} of {self._raters} are in. "
        told += "Pass the keyboard, or enter the cards: one digit each."
        self.query_one("#hidden", Words).say(
            lines([line(told), line(_HIDDEN if not self._kept else _RESTORED, "dim")])
        )

    def on_key(self, event: events.Key) -> None:
        """Take a mark without showing it."""
        if event.character and event.character in "123456789"[: len(self._marks)]:
            event.stop()
            self._given.append(self._marks[int(event.character) - 1][1])
            self._keep(tuple(self._given))
            if len(self._given) >= self._raters:
                self.dismiss(tuple(self._given))
            else:
                self._draw()

    def action_back(self) -> None:
        """Take the last mark back, of those that were given since the window opened."""
        if len(self._given) > self._kept:
            self._given.pop()
            self._keep(tuple(self._given))
        self._draw()

    def action_raters(self, by: int) -> None:
        """Wait for more or fewer marks."""
        self._raters = max(len(self._given) + 1, self._raters + by)
        self._draw()

    def action_leave(self) -> None:
        """Give up; nothing is kept."""
        self._keep(())
        self.dismiss(())
