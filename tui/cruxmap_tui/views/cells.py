"""Text measured in terminal cells: shortened, wrapped, and cut at spans."""

from __future__ import annotations

import re
from typing import NamedTuple

from rich.cells import cell_len, set_cell_size

_WORD = re.compile(r"\S+")


class Piece(NamedTuple):
    """Part of a line in one role.

    Attributes
    ----------
    text : str
        Literal text without line breaks.
    role : str
        What it is: `title`, `dim`, `link`, `frame`, `pro`, `con`, or nothing.
    key : object
        What can be selected here; None for the rest.
    """

    text: str
    role: str = ""
    key: object = None


Line = tuple[Piece, ...]


def width_of(line: Line) -> int:
    """Columns that a line takes."""
    return sum(cell_len(piece.text) for piece in line)


def shortened(text: str, width: int) -> str:
    """Cut a text to a width, with `…` where something is left out.

    Examples
    --------
    >>> shortened("inner alignment", 8), shortened("inner", 8)
    ('inner a…', 'inner')
    """
    if cell_len(text) <= width:
        return text
    return set_cell_size(text, width - 1).rstrip() + "…" if width > 0 else ""


def slices(text: str, width: int, first: int | None = None) -> list[tuple[int, int]]:
    """Break a text into lines at spaces, long words where they must.

    Parameters
    ----------
    text : str
    width : int
        Columns of a line, at least 2.
    first : int, optional
        Columns of the first line, when it has fewer.

    Returns
    -------
    list of (int, int)
        Start and end of each line in the text.

    Examples
    --------
    >>> [("one two three")[start:end] for start, end in slices("one two three", 8)]
    ['one two', 'three']
    """
    found: list[tuple[int, int]] = []
    start = end = -1
    for word in _WORD.finditer(text):
        room = first if first is not None and not found else width
        if start >= 0 and cell_len(text[start : word.end()]) > room:
            found.append((start, end))
            start = -1
        if start < 0:
            start = word.start()
        end = word.end()
        while cell_len(text[start:end]) > (room := first if first is not None and not found else width):
            cut = start + _fitting(text[start:end], max(room, 2))
            found.append((start, cut))
            start = cut
    if start >= 0:
        found.append((start, end))
    return found


def _fitting(text: str, width: int) -> int:
    """Characters of a text that fit into a width, at least one."""
    total = 0
    for number, character in enumerate(text):
        total += cell_len(character)
        if total > width:
            return max(number, 1)
    return len(text)


def wrapped(text: str, width: int, most: int) -> list[str]:
    """Wrap a text into at most so many lines; the last ends with `…` when something is left out."""
    lines = [text[start:end] for start, end in slices(text, width)]
    if len(lines) <= most:
        return lines
    last = shortened(lines[most - 1] + " " + lines[most], width)
    return [*lines[: most - 1], last if last.endswith("…") else shortened(last + " …", width)]
