"""The search window: one box over all texts, hits below it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input
from textual.widgets.option_list import Option
from textual.worker import get_current_worker

from cruxmap_tui.safe import Words, line, lines, marked, set_titles
from cruxmap_tui.widgets.moving import Choices

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.content import Content
    from textual.widgets import OptionList

    from cruxmap.knowledge import KnowledgeBase
    from cruxmap.search import Hit

SHOWN = 100
SNIPPET = 150


class Search(ModalScreen[str]):
    """Find words in all texts; the answer is the id of the hit that was opened, empty when none was.

    Parameters
    ----------
    kb : KnowledgeBase
    query : str
        What stands in the box first.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Leave"),
        Binding("down", "move(1)", show=False),
        Binding("up", "move(-1)", show=False),
    ]

    def __init__(self, kb: KnowledgeBase, query: str = "") -> None:
        super().__init__()
        self._kb, self._start = kb, query
        self._hits: list[Hit] = []

    def compose(self) -> ComposeResult:
        """Put the box above the hits."""
        with Vertical(classes="window large") as window:
            yield Input(self._start, placeholder="Words in any order; near spellings are found too")
            yield Words(id="count")
            yield Choices()
        set_titles(window, "Search all texts", "↑ ↓ choose · Enter opens · Esc leaves")

    def on_input_changed(self, event: Input.Changed) -> None:
        """Look again for what is typed."""
        self._find(event.value)

    def on_input_submitted(self) -> None:
        """Open the hit under the cursor."""
        place = self.query_one(Choices).highlighted
        if place is not None and self._hits:
            self.dismiss(self._hits[place].text.id)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Open a hit."""
        self.dismiss(self._hits[event.option_index].text.id)

    def action_move(self, by: int) -> None:
        """Move the cursor while the box keeps the focus."""
        choices = self.query_one(Choices)
        (choices.action_cursor_down if by > 0 else choices.action_cursor_up)()

    def action_leave(self) -> None:
        """Leave without opening anything."""
        self.dismiss("")

    @work(thread=True, exclusive=True, group="search", description="search")
    def _find(self, query: str) -> None:
        from cruxmap.search import search

        worker = get_current_worker()
        hits = search(self._kb, query, limit=SHOWN)
        if not worker.is_cancelled:
            self.app.call_from_thread(self._show, query, hits)

    def _show(self, query: str, hits: list[Hit]) -> None:
        self._hits = hits
        choices = self.query_one(Choices)
        choices.clear_options()
        choices.add_options(Option(shown(hit)) for hit in hits)
        if hits:
            choices.highlighted = 0
        count = f"the best {SHOWN}; more words narrow it" if len(hits) == SHOWN else f"{len(hits)} found"
        self.query_one("#count", Words).say(line(count if query.strip() else "", "dim"))


def shown(hit: Hit) -> Content:
    """Return a hit with its words marked: what it is, where it stands, and the text around the first word."""
    text = hit.text
    head = marked(text.id, hit.words, "bold $accent") + line(f"  {text.kind}  {text.at}", "dim")
    body = ": ".join(part for part in (text.title, text.body) if part)
    return lines([head, line("  ") + marked(around(body, hit.words), hit.words, "bold $accent")])


def around(body: str, words: tuple[str, ...], size: int = SNIPPET) -> str:
    """Return the part of a text around the first word that matched.

    Examples
    --------
    >>> around("one two three four five", ("four",), 10)
    '… three four …'
    """
    if len(body) <= size:
        return body
    found = re.search("|".join(map(re.escape, words)), body, re.IGNORECASE)
    start = max(0, (found.start() if found else 0) - size // 3)
    start = body.rfind(" ", 0, start) + 1 if start else 0
    end = body.rfind(" ", start, start + size + 1)
    end = end if end > start and start + size < len(body) else len(body)
    return ("… " if start else "") + body[start:end] + (" …" if end < len(body) else "")
