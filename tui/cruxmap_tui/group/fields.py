"""Parts of a form: the marks of a scale, and what a mark rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from textual.binding import Binding, BindingType
from textual.message import Message

from cruxmap.cli.matrix import glyph
from cruxmap.model.intervals import words
from cruxmap_tui.safe import Words, joined, line, lines

if TYPE_CHECKING:
    from textual import events
    from textual.content import Content

    from cruxmap.model.vocabulary import Scale


class MarkField(Words, can_focus=True):
    """The levels and marks of a scale; a digit chooses one, a digit after `-` ends a range of levels."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "beside(-1)", show=False),
        Binding("right", "beside(1)", show=False),
        Binding("minus", "range", show=False),
        Binding("0,backspace,delete", "clear", show=False),
    ]

    class Marked(Message):
        """Another mark was chosen."""

    def __init__(self) -> None:
        super().__init__(id="marks")
        self._scale: Scale | None = None
        self._start: int | None = None
        self.mark = ""

    def fill(self, scale: Scale, mark: str) -> None:
        """Show the words of a scale, with one chosen, or a range."""
        self._scale, self.mark, self._start = scale, mark, None
        self._draw()

    def on_resize(self) -> None:
        """Put as many words into a line as fit."""
        self._draw()

    def on_key(self, event: events.Key) -> None:
        """Choose by a digit."""
        known = words(self._scale) if self._scale else []
        if event.character and event.character in "123456789"[: len(known)]:
            event.stop()
            self.choose(int(event.character) - 1)

    def choose(self, place: int) -> None:
        """Choose the word at a place, or end the range that was begun."""
        assert self._scale is not None
        known, levels = words(self._scale), len(self._scale.levels)
        start, self._start = self._start, None
        if start is not None and place < levels and place != start:
            low, high = sorted((start, place))
            self._take(f"{known[low]}..{known[high]}")
        else:
            self._take(known[place])

    def _take(self, mark: str) -> None:
        self.mark = mark
        self._draw()
        self.post_message(self.Marked())

    def action_range(self) -> None:
        """Begin a range at the level that is chosen."""
        if self._scale is not None and self.mark in [level.id for level in self._scale.levels]:
            self._start = words(self._scale).index(self.mark)
            self._draw()

    def action_clear(self) -> None:
        """Choose nothing."""
        self._start = None
        self._take("")

    def action_beside(self, by: int) -> None:
        """Choose the word beside the one that is chosen."""
        known = words(self._scale) if self._scale else []
        place = known.index(self.mark) + by if self.mark in known else 0
        if 0 <= place < len(known):
            self.choose(place)

    def _draw(self) -> None:
        if self._scale is None:
            return
        low, dots, high = self.mark.partition("..")
        known = words(self._scale)
        chosen = set(known[known.index(low) : known.index(high) + 1]) if dots else {self.mark}
        rows: list[list[Content]] = [[]]
        used, room = 0, self.size.width or 60
        for number, word in enumerate(known, 1):
            name = f"{number} {glyph(self._scale, word)} {word}"
            name = f"[{name}]" if word in chosen else f" {name} "
            if used + cell_len(name) > room and rows[-1]:
                rows.append([])
                used = 0
            rows[-1].append(line(name, "bold reverse" if word in chosen else ""))
            used += cell_len(name)
        found = [joined(row) for row in rows]
        if self._start is not None:
            found.append(line(f" {known[self._start]} to …? a digit", "$warning"))
        self.say(lines(found))


class AssumptionField(Words, can_focus=True):
    """What a mark rests on most; Enter or the first letter of a search opens the list."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "find", show=False)]

    class Wanted(Message):
        """Another assumption is wanted."""

    def action_find(self) -> None:
        """Ask for the list."""
        self.post_message(self.Wanted())
