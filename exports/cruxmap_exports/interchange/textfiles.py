"""Read a file from outside as text: bounded, UTF-8, without characters that nobody can see."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from cruxmap.analysis.json_locations import line_and_column
from cruxmap_exports.interchange.errors import InterchangeError

LARGEST_FILE = 8 * 1024 * 1024
"""Bytes of a file that is imported or converted."""

DEEPEST = 64
"""Nesting of a JSON document."""

_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufeff\ufffe\uffff]")


def read_bytes(path: str | Path) -> bytes:
    """Read the bytes of a regular file, up to `LARGEST_FILE`.

    Raises
    ------
    InterchangeError
        When the file is missing, no regular file, or too large.
    """
    shown, file = str(path), Path(path)
    try:
        if not file.exists():
            raise InterchangeError(shown, "there is no such file")
        if not file.is_file():
            raise InterchangeError(shown, "this is not a regular file")
        with file.open("rb") as stream:
            data = stream.read(LARGEST_FILE + 1)
    except OSError as error:
        raise InterchangeError(shown, f"the file cannot be read: {error.strerror or error}") from error
    if len(data) > LARGEST_FILE:
        raise InterchangeError(shown, "the file is larger than 8 MiB; split it")
    return data


def read_text(path: str | Path) -> str:
    """Read a text file, with line feeds as line ends.

    Raises
    ------
    InterchangeError
        When the file cannot be read, is not UTF-8, or holds control characters, with the place.
    """
    shown, data = str(path), read_bytes(path)
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise InterchangeError(shown, "the file is UTF-16 encoded; save it as UTF-8", 1, 1)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = error.object[: error.start].decode("utf-8")
        raise InterchangeError(
            shown, "this byte is not UTF-8; save the file as UTF-8", *line_and_column(before, len(before))
        ) from None
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    bad = _UNSEEN.search(text)
    if bad:
        problem = f"the file contains the character U+{ord(bad[0]):04X}, which cannot be seen; remove it"
        raise InterchangeError(shown, problem, *line_and_column(text, bad.start()))
    return text


def read_json(path: str | Path) -> Any:
    """Read a JSON document of bounded depth, without repeated keys.

    Raises
    ------
    InterchangeError
        When the file is not such a document, with the place.
    """
    shown, text = str(path), read_text(path)
    _refuse_depth(text, shown)
    try:
        return json.loads(text, object_pairs_hook=lambda pairs: _unique(pairs, shown), parse_constant=_refuse)
    except json.JSONDecodeError as error:
        raise InterchangeError(
            shown, f"this is not JSON: {error.msg[:1].lower()}{error.msg[1:]}", error.lineno, error.colno
        ) from None
    except ValueError as error:
        raise InterchangeError(shown, f"this JSON cannot be read: {error}") from None


_BRACKETS = re.compile(r'"(?:[^"\\]|\\.)*"|[\[{]|[\]}]', re.DOTALL)


def _refuse_depth(text: str, shown: str) -> None:
    depth = 0
    for match in _BRACKETS.finditer(text):
        symbol = match[0]
        if symbol in "[{":
            depth += 1
            if depth > DEEPEST:
                problem = f"nesting is deeper than {DEEPEST} levels"
                raise InterchangeError(shown, problem, *line_and_column(text, match.start()))
        elif symbol in "]}":
            depth -= 1


def _unique(pairs: list[tuple[str, Any]], shown: str) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise InterchangeError(shown, f"the key {twice!r} is used twice in one object")
    return made


def _refuse(word: str) -> Any:
    raise ValueError(f"{word} is no JSON number")
