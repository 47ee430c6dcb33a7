"""The only way text of the corpus becomes something that a widget shows.

Entries may hold brackets, escapes and control characters. Everything here is literal: no markup, no links,
and what cannot be seen is made visible.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Literal

from rich.text import Text
from textual.content import Content
from textual.widgets import Static

from cruxmap.plain import plain, plain_line

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.app import App
    from textual.widget import Widget

_STYLE = re.compile(r"\x1b\[([0-9;]*)m")
_TERMINAL_STYLES = {"1": "bold", "2": "dim", "33": "$accent", "34": "$primary"}
"""What our own pages use, and the colours of the theme that stand for it."""


def text(value: str, style: str = "") -> Content:
    """Return a literal text with one style, line breaks kept."""
    return Content.styled(plain(value), style) if style else Content(plain(value))


def line(value: str, style: str = "") -> Content:
    """Return a literal text on one line."""
    return Content.styled(plain_line(value), style) if style else Content(plain_line(value))


def joined(parts: Iterable[Content], between: str = "") -> Content:
    """Join literal texts."""
    return Content(between).join(parts)


def lines(parts: Iterable[Content]) -> Content:
    """Put literal texts below each other."""
    return joined(parts, "\n")


def cell(value: str, style: str = "") -> Text:
    """Return a literal text for a cell of a table or a node of a tree, which know no `Content`."""
    return Text(plain(value), style=style, no_wrap=True, overflow="ellipsis", end="")


def cell_of(*parts: tuple[str, str]) -> Text:
    """Return a literal text for a cell made of (text, style) parts."""
    whole = Text(no_wrap=True, overflow="ellipsis", end="")
    for value, style in parts:
        whole.append(plain(value), style)
    return whole


def from_terminal(value: str) -> Content:
    r"""Return a line printed with the styles of our own pages; every other control character becomes visible.

    Examples
    --------
    >>> from_terminal("\x1b[1mTitle\x1b[0m [b]\x1b[5D").plain
    'Title [b]␛[5D'
    """
    pieces = _STYLE.split(value)
    style, parts = "", []
    for place, piece in enumerate(pieces):
        if place % 2 == 0:
            if piece:
                parts.append(line(piece, style))
        else:
            codes = [code for code in piece.split(";") if code in _TERMINAL_STYLES]
            style = " ".join(_TERMINAL_STYLES[code] for code in codes)
    return joined(parts)


def marked(value: str, words: Iterable[str], style: str) -> Content:
    """Return a literal line in which the given words are styled wherever they occur."""
    shown = line(value)
    wanted = "|".join(re.escape(word) for word in words if word)
    for found in re.finditer(wanted, shown.plain, re.IGNORECASE) if wanted else ():
        shown = shown.stylize(style, found.start(), found.end())
    return shown


class Words(Static):
    """A piece of literal text."""

    def __init__(
        self,
        content: Content | None = None,
        *,
        id: str | None = None,  # noqa: A002 - Textual's name
        classes: str | None = None,
    ) -> None:
        super().__init__(content or Content(""), id=id, classes=classes, markup=False)

    def say(self, content: Content) -> None:
        """Replace the text."""
        self.update(content)


def set_titles(widget: Widget, title: str | None = None, subtitle: str | None = None) -> None:
    """Set the titles in the border of a widget."""
    if title is not None:
        widget.border_title = line(title)
    if subtitle is not None:
        widget.border_subtitle = line(subtitle)


def tell(
    app: App[Any], message: str, *, severity: Literal["information", "warning", "error"] = "information"
) -> None:
    """Show a short message in a corner."""
    app.notify(plain(message), severity=severity, markup=False, timeout=6)
