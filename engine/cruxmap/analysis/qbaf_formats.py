"""Quantitative bipolar argumentation frameworks from files: QBAF-JSON and the .bag format of Uncertainpy."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NoReturn

from cruxmap.analysis.gradual_errors import (
    QbafFileError,
    UnknownFormatError,
    UnreadableFileError,
    nearest_names,
)
from cruxmap.analysis.json_locations import line_and_column, offset_of
from cruxmap.analysis.qbaf import Qbaf

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

FORMATS = ("json", "bag")

_BAG_GAP = re.compile(r"(?:\s|[%#][^\n]*)*")
_BAG_STATEMENT = re.compile(r"(arg|att|sup)\s*\(\s*([^(),\n]*?)\s*,\s*([^(),\n]*?)\s*\)\s*\.?")
_EDGE_KEYS = ("attacks", "supports")


def read_qbaf(path: str | Path, file_format: Literal["json", "bag"] | None = None) -> Qbaf:
    """Read a framework from a file.

    Parameters
    ----------
    path : str or Path
        The file, UTF-8, with or without byte order mark.
    file_format : {"json", "bag"}, optional
        When left out, the suffix decides; with another suffix a text that begins with ``{`` is
        JSON, any other .bag.

    Returns
    -------
    Qbaf
        The framework.

    Raises
    ------
    QbafFileError
        The text is not of the format; with path, line and column.
    UnreadableFileError
        The file is missing, a folder, or not readable.
    UnknownFormatError
        The format is none of those above.
    """
    shown = str(path)
    try:
        data = Path(path).read_bytes()
    except OSError as error:
        raise UnreadableFileError(shown, error.strerror or str(error)) from error
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8-sig")
        line, column = line_and_column(before, len(before))
        raise QbafFileError(shown, line, column, "this byte is not UTF-8 text") from error
    suffix = Path(path).suffix.lower().removeprefix(".")
    chosen = file_format or (suffix if suffix in FORMATS else None)
    if chosen is None:
        chosen = "json" if text.lstrip().startswith("{") else "bag"
    if chosen not in FORMATS:
        raise UnknownFormatError(chosen, FORMATS)
    return parse_qbaf_json(text, shown) if chosen == "json" else parse_bag(text, shown)


def parse_qbaf_json(text: str, path: str = "<text>") -> Qbaf:
    """Parse QBAF-JSON.

    Parameters
    ----------
    text : str
        ``{"arguments": [{"id", "base"}], "attacks": [[from, to]], "supports": [[from, to]]}``; attacks and
        supports may be left out.
    path : str
        How errors name the text.

    Returns
    -------
    Qbaf
        The framework.

    Raises
    ------
    QbafFileError
        The text is not JSON or not of this shape; with path, line and column.

    Examples
    --------
    >>> parse_qbaf_json('{"arguments": [{"id": "a", "base": 0.5}], "attacks": [["a", "a"]]}')
    <Qbaf: 1 arguments, 1 attacks, 0 supports>
    """

    def fail(reason: str, *place: str | int) -> NoReturn:
        raise QbafFileError(path, *line_and_column(text, offset_of(text, place)), reason)

    try:
        document = json.loads(text)
    except json.JSONDecodeError as error:
        raise QbafFileError(path, error.lineno, error.colno, f"this is not JSON: {error.msg}") from error
    except RecursionError as error:
        raise QbafFileError(path, 1, 1, "this JSON is nested too deeply for a framework") from error
    except ValueError as error:
        raise QbafFileError(path, 1, 1, f"this JSON cannot be read: {error}") from error
    if not isinstance(document, dict):
        fail('a framework is an object with "arguments", "attacks" and "supports"')
    for key in document:
        if key not in {"arguments", *_EDGE_KEYS}:
            fail(_unknown("key", key, ("arguments", *_EDGE_KEYS)), key)
    scores = _json_scores(document.get("arguments"), fail)
    attacks, supports = (_json_edges(document.get(key, []), key, scores, fail) for key in _EDGE_KEYS)
    return Qbaf(scores, attacks, supports)


def _json_scores(listed: Any, fail: Callable[..., NoReturn]) -> dict[str, float]:
    if not isinstance(listed, list):
        fail('"arguments" must be a list of {"id": ..., "base": ...}', "arguments")
    scores: dict[str, float] = {}
    for place, entry in enumerate(listed):
        if not isinstance(entry, dict) or set(entry) != {"id", "base"}:
            fail('an argument must be an object with exactly "id" and "base"', "arguments", place)
        name, base = entry["id"], entry["base"]
        if not isinstance(name, str) or not name:
            fail("an id must be a text that is not empty", "arguments", place, "id")
        if name in scores:
            fail(f"the argument {name!r} is declared twice", "arguments", place, "id")
        if type(base) not in {int, float} or not 0.0 <= base <= 1.0:
            fail(_bad_score(name, base), "arguments", place, "base")
        scores[name] = float(base)
    return scores


def _json_edges(
    listed: Any, key: str, known: Mapping[str, float], fail: Callable[..., NoReturn]
) -> list[tuple[str, str]]:
    if not isinstance(listed, list):
        fail(f'"{key}" must be a list of pairs [from, to]', key)
    edges: list[tuple[str, str]] = []
    for place, edge in enumerate(listed):
        if not isinstance(edge, list) or len(edge) != 2:
            fail(f'each of "{key}" must be a pair [from, to]', key, place)
        for end, name in enumerate(edge):
            if not isinstance(name, str) or name not in known:
                fail(_unknown("argument", name, known), key, place, end)
        edges.append((edge[0], edge[1]))
    return edges


def parse_bag(text: str, path: str = "<text>") -> Qbaf:
    """Parse the .bag format of Uncertainpy.

    Parameters
    ----------
    text : str
        Statements ``arg(a, 0.5)``, ``att(a, b)``, ``sup(a, b)``, each with or without a final dot, in any
        order; comments run from ``%`` or ``#`` to the end of the line.
    path : str
        How errors name the text.

    Returns
    -------
    Qbaf
        The framework.

    Raises
    ------
    QbafFileError
        A statement is malformed, declares an argument again, or names an unknown one; with path, line and
        column.

    References
    ----------
    N. Potyka. Uncertainpy, https://github.com/nicopotyka/Uncertainpy.

    Examples
    --------
    >>> parse_bag("arg(a, 0.5). arg(b, 1). att(b, a).").attacks
    (('b', 'a'),)
    """
    scores: dict[str, float] = {}
    edges: dict[str, list[tuple[str, str]]] = {"att": [], "sup": []}
    mentions: list[tuple[str, int]] = []

    def fail(reason: str, offset: int) -> NoReturn:
        raise QbafFileError(path, *line_and_column(text, offset), reason)

    for match in _bag_statements(text, fail):
        kind, first, second = match.groups()
        if not first or not second:
            fail(f"{kind}(…) needs two values", match.start())
        if kind != "arg":
            edges[kind].append((first, second))
            mentions += [(first, match.start(2)), (second, match.start(3))]
        elif first in scores:
            fail(f"the argument {first!r} is declared twice", match.start(2))
        else:
            scores[first] = _bag_score(first, second, match.start(3), fail)
    for name, offset in mentions:
        if name not in scores:
            fail(_unknown("argument", name, scores), offset)
    return Qbaf(scores, edges["att"], edges["sup"])


def _bag_statements(text: str, fail: Callable[[str, int], NoReturn]) -> list[re.Match[str]]:
    statements: list[re.Match[str]] = []
    position = _skip_gap(text, 0)
    while position < len(text):
        match = _BAG_STATEMENT.match(text, position)
        if match is None:
            fail("expected arg(name, score), att(from, to) or sup(from, to)", position)
        statements.append(match)
        position = _skip_gap(text, match.end())
    return statements


def _skip_gap(text: str, position: int) -> int:
    gap = _BAG_GAP.match(text, position)
    return position if gap is None else gap.end()


def _bag_score(name: str, written: str, offset: int, fail: Callable[[str, int], NoReturn]) -> float:
    try:
        score = float(written)
    except ValueError:
        fail(_bad_score(name, written), offset)
    if not 0.0 <= score <= 1.0:
        fail(_bad_score(name, written), offset)
    return score


def _bad_score(name: str, score: object) -> str:
    return f"the base score of {name!r} must be a number from 0 to 1, not {score!r}"


def _unknown(what: str, name: object, known: Collection[str]) -> str:
    matches = nearest_names(name, known)
    return f"there is no {what} {name!r}" + (f"; nearest: {', '.join(matches)}" if matches else "")
