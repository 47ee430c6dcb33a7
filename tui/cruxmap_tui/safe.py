"""The only way text of the corpus becomes something that a widget shows.

Entries may hold brackets, escapes and control characters. Everything here is literal: no markup, no links,
and what cannot be seen is made visible.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from cruxmap.plain import plain, plain_line

if TYPE_CHECKING:
    from collections.abc import Iterable


def text(value: str, style: str = "") -> Content:
    """Return a literal text with one style, line breaks kept."""
    return Content.styled(plain(value), style) if style else Content(plain(value))


def line(value: str, style: str = "") -> Content:
    """Return a literal text on one line."""
    return Content.styled(plain_line(value), style) if style else Content(plain_line(value))


def joined(parts: Iterable[Content], between: str = "") -> Content:
    """Join literal texts."""
    return Content(between).join(parts)
