"""Readers of the files in which abstract frameworks are exchanged: TGF, APX and the ICCMA 2023 format.

Every mistake is reported with path, line and column. Repeated arguments and attacks count once, as the
formats define them as sets.

References
----------
Matti Järvisalo, Tuomo Lehtonen, Andreas Niskanen (2023). ICCMA 2023: 5th International Competition on
Computational Models of Argumentation. Rules, section on file formats.
Federico Cerutti, Nir Oren, Hannes Strass, Matthias Thimm, Mauro Vallati (2014). A benchmark framework for a
computational argumentation competition. COMMA 2014.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from cruxmap.analysis.frameworks_errors import (
    FrameworkSyntaxError,
    UnknownFormat,
    UnreadableFramework,
    nearest_matches,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

LARGEST_FRAMEWORK = 10_000_000
"""An ICCMA header may not announce more arguments: a mistyped number must not fill the memory."""

SUFFIXES: Mapping[str, str] = {
    ".tgf": "tgf",
    ".apx": "apx",
    ".af": "iccma",
    ".iccma": "iccma",
    ".i23": "iccma",
}
"""Which format a suffix stands for."""

_WORD = re.compile(r"\S+")
_GAP = r"(?:\s|%[^\n]*)*"
_NAME = r'("[^"\n]*"|[^\s(),%"]+)'
_FACT = re.compile(
    rf"{_GAP}(?:arg{_GAP}\({_GAP}{_NAME}{_GAP}\)|att{_GAP}\({_GAP}{_NAME}{_GAP},{_GAP}{_NAME}{_GAP}\)){_GAP}\."
)
_BLANK = re.compile(_GAP)
_APX_STEPS: Mapping[str, tuple[tuple[str, str], ...]] = {
    "arg": ((r"\(", "'('"), (_NAME, "the name of an argument"), (r"\)", "')'"), (r"\.", "'.'")),
    "att": (
        (r"\(", "'('"),
        (_NAME, "the name of the attacker"),
        (",", "','"),
        (_NAME, "the name of the attacked argument"),
        (r"\)", "')'"),
        (r"\.", "'.'"),
    ),
}


@dataclass(frozen=True)
class FrameworkFile:
    """What a file says.

    Attributes
    ----------
    arguments : tuple of str
        In the order of the file, each once.
    attacks : tuple of pairs of str
        Attacker and attacked, in the order of the file, each once.
    labels : dict of str to str
        The labels of the arguments that have one (TGF only).
    """

    arguments: tuple[str, ...]
    attacks: tuple[tuple[str, str], ...]
    labels: Mapping[str, str] = field(default_factory=dict)


def read_framework(path: str | Path, file_format: str | None = None) -> FrameworkFile:
    """Read an abstract framework from a file.

    Parameters
    ----------
    path : str or pathlib.Path
        A file in UTF-8.
    file_format : {"tgf", "apx", "iccma"}, optional
        The format; without it the suffix decides: .tgf, .apx, and .af, .iccma or .i23 for ICCMA 2023.

    Returns
    -------
    FrameworkFile

    Raises
    ------
    UnreadableFramework
        If the file cannot be opened.
    UnknownFormat
        If neither suffix nor `file_format` names a format.
    FrameworkSyntaxError
        If the file breaks the rules of its format, with the place.
    """
    path = Path(path)
    chosen = SUFFIXES.get(path.suffix.lower()) if file_format is None else file_format
    if chosen is None or chosen not in _READERS:
        raise UnknownFormat(path, file_format, sorted(_READERS), list(SUFFIXES))
    return _READERS[chosen](_text(path), path)


def _text(path: Path) -> str:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UnreadableFramework(path, error.strerror or str(error)) from error
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        before = error.object[: error.start].decode("utf-8")
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        raise FrameworkSyntaxError(path, line, column, "This byte is not valid UTF-8.") from error


def _lines(text: str) -> Iterator[tuple[int, str, list[re.Match[str]]]]:
    for number, line in enumerate(text.split("\n"), start=1):
        yield number, line, list(_WORD.finditer(line))


def _read_tgf(text: str, path: Path) -> FrameworkFile:
    labels: dict[str, str] = {}
    attacks: dict[tuple[str, str], None] = {}
    labelled_line: tuple[int, int] | None = None
    in_attacks = False
    for number, line, words in _lines(text):
        if not words:
            continue
        first = words[0].group()
        if line.strip() == "#":
            if in_attacks:
                raise FrameworkSyntaxError(path, number, words[0].start() + 1, "There is a second line '#'.")
            in_attacks = True
        elif in_attacks:
            attacks[_tgf_attack(words, labels, path, number, len(line))] = None
        else:
            labels[first] = labels.get(first) or line[words[0].end() :].strip()
            if len(words) > 1 and labelled_line is None:
                labelled_line = number, words[1].start() + 1
    if labelled_line and not in_attacks:
        problem = (
            "The line '#' between arguments and attacks is missing, so that this may be a label or an attack."
        )
        raise FrameworkSyntaxError(path, *labelled_line, problem)
    return FrameworkFile(
        tuple(labels), tuple(attacks), {name: label for name, label in labels.items() if label}
    )


def _tgf_attack(
    words: list[re.Match[str]], known: Mapping[str, str], path: Path, line: int, length: int
) -> tuple[str, str]:
    if len(words) < 2:
        raise FrameworkSyntaxError(
            path, line, length + 1, "An attack needs two arguments: attacker and attacked."
        )
    for word in words[:2]:
        if word.group() not in known:
            raise _unknown_name(word.group(), known, path, line, word.start() + 1)
    return words[0].group(), words[1].group()


def _unknown_name(
    name: str, known: Mapping[str, object], path: Path, line: int, column: int
) -> FrameworkSyntaxError:
    nearest = nearest_matches(name, known)
    suggestion = f" Did you mean {' or '.join(map(repr, nearest))}?" if nearest else ""
    return FrameworkSyntaxError(path, line, column, f"{name!r} is not among the arguments.{suggestion}")


def _read_apx(text: str, path: Path) -> FrameworkFile:
    arguments: dict[str, None] = {}
    attacks: dict[tuple[str, str], tuple[int, int]] = {}
    position = 0
    while match := _FACT.match(text, position):
        position = match.end()
        argument, attacker, attacked = match.groups()
        if argument is not None:
            arguments[_unquoted(argument)] = None
        else:
            attacks.setdefault((_unquoted(attacker), _unquoted(attacked)), (match.start(2), match.start(3)))
    place = _Places(text, path)
    rest = _BLANK.match(text, position)
    position = rest.end() if rest else position
    if position < len(text):
        raise _apx_mistake(text, position, place)
    for attack, offsets in attacks.items():
        for name, offset in zip(attack, offsets, strict=True):
            if name not in arguments:
                raise _unknown_name(name, arguments, path, *place.of(offset))
    return FrameworkFile(tuple(arguments), tuple(attacks))


def _unquoted(name: str) -> str:
    return name[1:-1] if name.startswith('"') else name


class _Places:
    """Lines and columns of offsets into a text."""

    def __init__(self, text: str, path: Path) -> None:
        self.path = path
        self.starts = [0, *(newline.end() for newline in re.finditer("\n", text))]

    def of(self, offset: int) -> tuple[int, int]:
        line = bisect_right(self.starts, offset)
        return line, offset - self.starts[line - 1] + 1

    def error(self, offset: int, problem: str) -> FrameworkSyntaxError:
        return FrameworkSyntaxError(self.path, *self.of(offset), problem)


def _apx_mistake(text: str, position: int, place: _Places) -> FrameworkSyntaxError:
    start = re.compile(r"(arg|att)(?![\w-])").match(text, position)
    if start is None:
        return place.error(position, "Expected a fact arg(NAME). or att(NAME, NAME).")
    position = start.end()
    for pattern, meaning in _APX_STEPS[start.group()]:
        gap = _BLANK.match(text, position)
        position = gap.end() if gap else position
        step = re.compile(pattern).match(text, position)
        if step is None:
            return place.error(position, f"Expected {meaning}{_instead(text, position)}.")
        position = step.end()
    return place.error(position, "Expected a fact arg(NAME). or att(NAME, NAME).")


def _instead(text: str, position: int) -> str:
    return f", not {text[position]!r}" if position < len(text) else ", but the file ends here"


def _read_iccma(text: str, path: Path) -> FrameworkFile:
    size: int | None = None
    attacks: dict[tuple[str, str], None] = {}
    for number, line, words in _lines(text):
        if not words or words[0].group().startswith("#"):
            continue
        if words[0].group() == "p":
            if size is not None:
                raise FrameworkSyntaxError(
                    path, number, words[0].start() + 1, "There is a second header 'p af N'."
                )
            size = _iccma_header(words, path, number, len(line))
        elif size is None:
            problem = "The header 'p af N' must come before the attacks."
            raise FrameworkSyntaxError(path, number, words[0].start() + 1, problem)
        else:
            attacks[_iccma_attack(words, size, path, number, len(line))] = None
    if size is None:
        raise FrameworkSyntaxError(path, 1, 1, "The header 'p af N' with the number of arguments is missing.")
    return FrameworkFile(tuple(map(str, range(1, size + 1))), tuple(attacks))


def _iccma_header(words: list[re.Match[str]], path: Path, line: int, length: int) -> int:
    if len(words) > 1 and words[1].group() != "af":
        raise FrameworkSyntaxError(
            path, line, words[1].start() + 1, f"Expected 'af', not {words[1].group()!r}."
        )
    if len(words) < 3:
        raise FrameworkSyntaxError(
            path, line, length + 1, "The header is 'p af N', N being the number of arguments."
        )
    _no_more(words, 3, path, line)
    return _number(words[2], 0, LARGEST_FRAMEWORK, path, line)


def _iccma_attack(
    words: list[re.Match[str]], size: int, path: Path, line: int, length: int
) -> tuple[str, str]:
    if len(words) < 2:
        raise FrameworkSyntaxError(
            path, line, length + 1, "An attack needs two arguments: attacker and attacked."
        )
    _no_more(words, 2, path, line)
    return str(_number(words[0], 1, size, path, line)), str(_number(words[1], 1, size, path, line))


def _no_more(words: list[re.Match[str]], count: int, path: Path, line: int) -> None:
    if len(words) > count:
        word = words[count]
        raise FrameworkSyntaxError(
            path, line, word.start() + 1, f"Nothing may follow here, but there is {word.group()!r}."
        )


def _number(word: re.Match[str], least: int, most: int, path: Path, line: int) -> int:
    digits = word.group()
    # int() would also read "+1", "1_0" and digits of other scripts, which the format does not know.
    if digits.isascii() and digits.isdigit() and len(digits) <= 20 and least <= int(digits) <= most:
        return int(digits)
    problem = f"Expected a whole number from {least} to {most}, not {digits!r}."
    raise FrameworkSyntaxError(path, line, word.start() + 1, problem)


_READERS: Mapping[str, Callable[[str, Path], FrameworkFile]] = {
    "apx": _read_apx,
    "iccma": _read_iccma,
    "tgf": _read_tgf,
}
