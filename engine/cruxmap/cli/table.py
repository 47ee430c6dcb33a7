"""Lay out a table of wrapped cells in a given number of columns."""

from __future__ import annotations

import textwrap
from itertools import zip_longest
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from cruxmap.cli.output import Output


class Line(NamedTuple):
    """One line of a cell, with the style of its text."""

    text: str
    style: dict[str, object] = {}  # noqa: RUF012 - never changed


Content = list[Line]


def wrap(text: str, width: int, *, hyphens: bool = False, **styles: object) -> Content:
    """Wrap a text into lines of a cell, at hyphens only if asked to: they join the parts of ids."""
    lines = textwrap.wrap(text, width, break_on_hyphens=hyphens) or [""]
    return [Line(line, styles) for line in lines]


def print_row(output: Output, widths: Sequence[int], cells: Sequence[Content], gap: str = " ") -> None:
    """Print the lines of one row of cells side by side."""
    for lines in zip_longest(*cells, fillvalue=Line("")):
        parts = [_padded(output, line, width) for line, width in zip(lines, widths, strict=True)]
        output.line(gap.join(parts))


def _padded(output: Output, line: Line, width: int) -> str:
    text = output.glyphs(line.text)
    shown = text if len(text) <= width else text[: width - 1] + output.glyphs("…")[:1]
    return output.style(shown, **line.style) + " " * (width - len(shown))


def shared_widths(total: int, wanted: Sequence[int], smallest: Callable[[int], int]) -> list[int]:
    """Give each column its wanted width, and shrink the widest ones until the sum is at most `total`."""
    widths = list(wanted)
    while sum(widths) > total:
        column = max(range(len(widths)), key=lambda number: (widths[number] - smallest(number), number))
        if widths[column] <= smallest(column):
            break
        widths[column] -= 1
    return widths
