"""Break texts into lines for boxes of a given width, without asking a font."""

from __future__ import annotations

import unicodedata

_FIRST, _LAST = " ", "~"

_REGULAR = (
    "28 28 35 56 56 89 67 19 33 33 39 58 28 33 28 28 56 56 56 56 56 56 56 56 56 56 28 28 58 58 58 56 "
    "102 67 67 72 72 67 61 78 72 28 50 67 56 83 72 78 67 78 72 67 61 72 67 94 67 67 61 28 28 28 47 56 "
    "33 56 56 50 56 56 28 56 56 22 22 50 22 83 56 56 56 56 33 50 28 56 50 72 50 50 50 33 26 33 58"
)
_BOLD = (
    "28 33 47 56 56 89 72 24 33 33 39 58 28 33 28 28 56 56 56 56 56 56 56 56 56 56 33 33 58 58 58 61 "
    "98 72 72 72 72 67 61 78 72 28 56 72 61 83 72 78 67 78 72 67 61 72 67 94 67 67 61 33 28 33 58 56 "
    "33 56 61 56 61 56 33 61 61 28 28 56 28 89 61 61 61 61 39 56 33 61 56 78 56 56 50 39 28 39 58"
)
_ADVANCES = {
    bold: {chr(ord(_FIRST) + place): int(width) / 100 for place, width in enumerate(table.split())}
    for bold, table in ((False, _REGULAR), (True, _BOLD))
}
"""Advance widths, in ems, of the characters of Liberation Sans, which has the metrics of Arial."""

SLACK = 1.06
"""Room for fonts that run wider than the one measured."""


def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """Width of a line in pixels at a font size in pixels; an upper estimate for common sans-serif fonts.

    Examples
    --------
    >>> round(text_width("inner alignment", 12))
    87
    """
    known = _ADVANCES[bold]
    return SLACK * size * sum(known[one] if one in known else _other(one) for one in text)


def _other(character: str) -> float:
    if unicodedata.combining(character) or unicodedata.category(character) in ("Cf", "Mn", "Me"):
        return 0.0
    return 1.0 if unicodedata.east_asian_width(character) in "WF" else 0.62


def wrapped(text: str, width: float, size: float, *, bold: bool = False, most: int = 0) -> tuple[str, ...]:
    """Break a text into lines no wider than `width` pixels.

    Parameters
    ----------
    text : str
        Any white space is a place to break; a word wider than the line is cut.
    width, size : float
        Pixels.
    bold : bool
    most : int
        Largest number of lines, the last one ending in an ellipsis when there is more; 0 for no limit.

    Returns
    -------
    tuple of str
        At least one line, which is empty when the text is.

    Examples
    --------
    >>> wrapped("Amplification keeps the overseer ahead", 110, 12)
    ('Amplification keeps', 'the overseer', 'ahead')
    >>> wrapped("Amplification keeps the overseer ahead", 110, 12, most=2)
    ('Amplification keeps', 'the overseer…')
    """
    lines: list[str] = []
    line = ""
    for word in text.split():
        longer = f"{line} {word}" if line else word
        if text_width(longer, size, bold=bold) <= width:
            line = longer
            continue
        if line:
            lines.append(line)
        *full, line = _cut(word, width, size, bold=bold)
        lines.extend(full)
    lines.append(line)
    if most and len(lines) > most:
        lines = [*lines[: most - 1], _ended(lines[most - 1], width, size, bold=bold)]
    return tuple(lines)


def _cut(word: str, width: float, size: float, *, bold: bool) -> list[str]:
    """Cut a word that is wider than a line, behind a hyphen, dot or slash where there is one."""
    pieces = [""]
    for character in word:
        if pieces[-1] and text_width(pieces[-1] + character, size, bold=bold) > width:
            behind = max(pieces[-1].rfind(mark) for mark in "-./_") + 1
            whole, rest = pieces[-1][:behind], pieces[-1][behind:]
            fits = text_width(rest + character, size, bold=bold) <= width
            pieces[-1:] = [whole, rest] if whole and fits else [pieces[-1], ""]
        pieces[-1] += character
    return pieces


def _ended(line: str, width: float, size: float, *, bold: bool) -> str:
    while line and text_width(f"{line}…", size, bold=bold) > width:
        shorter = line.rpartition(" ")[0]
        line = shorter or line[:-1]
    return f"{line}…"
