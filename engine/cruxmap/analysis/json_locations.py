"""Where a value stands in a JSON text."""

from __future__ import annotations

import json
import re
from typing import TypeAlias

JsonPath: TypeAlias = tuple[str | int, ...]
"""Keys and indices from the root of a document to a value."""

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\]:,]|[^\s{}\[\]:,"]+', re.DOTALL)


def line_and_column(text: str, offset: int) -> tuple[int, int]:
    r"""Return the line and column of a place in a text, both from 1.

    Parameters
    ----------
    text : str
        Any text; lines end with a line feed.
    offset : int
        Index in ``0 … len(text)``.

    Returns
    -------
    tuple of int
        Line and column, in characters.

    Examples
    --------
    >>> line_and_column("ab\ncd", 4)
    (2, 2)
    """
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)


def offset_of(text: str, path: JsonPath) -> int:
    """Return where the value at a path begins.

    Parameters
    ----------
    text : str
        A valid JSON document.
    path : tuple of str and int
        Keys and indices; of a repeated key the last counts, as when it is read.

    Returns
    -------
    int
        Offset of the value, or of the nearest enclosing value that exists.

    Notes
    -----
    Linear in the text. Meant for messages: readers look places up only after they found something wrong.

    Examples
    --------
    >>> offset_of('{"a": [1, 22]}', ("a", 1))
    10
    """
    found: dict[JsonPath, int] = {}
    # One entry per open container: an index, a key, or None where an object expects its next key.
    place: list[str | int | None] = []
    for match in _TOKEN.finditer(text):
        symbol = match.group()
        if symbol == ",":
            last = place[-1]
            place[-1] = last + 1 if isinstance(last, int) else None
        elif symbol in {"}", "]"}:
            place.pop()
        elif place and place[-1] is None:
            place[-1] = str(json.loads(symbol, strict=False))
        elif symbol != ":":
            found[tuple(step for step in place if step is not None)] = match.start()
            if symbol in {"{", "["}:
                place.append(None if symbol == "{" else 0)
    return next(found[path[:length]] for length in range(len(path), -1, -1) if path[:length] in found)
