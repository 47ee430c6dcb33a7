"""Read one YAML file: the first of the three doors at which text counts as hostile.

The reader makes one pass over the parser's events and never builds YAML objects. Every scalar stays text
(the model decides types), and every value keeps its position. What YAML offers beyond mappings, lists and
text (anchors, aliases, merge keys, tags, several documents) is refused: each can hide or multiply data.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

import yaml

from cruxmap.limits import MAX_BYTES, MAX_DEPTH
from cruxmap.plain import CONTROL
from cruxmap.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""libyaml's event parser where it is installed, the slower Python one elsewhere."""

Tree: TypeAlias = "str | list[Tree] | dict[str, Tree]"


class Mark(NamedTuple):
    """Where a value starts (1-based) and where its children start.

    `path` is set where a value comes from another file than the one around it.
    """

    line: int
    column: int
    children: dict[str, KeyMark] | list[Mark] | None = None
    path: str | None = None


class KeyMark(NamedTuple):
    """Where a key starts, and the mark of its value."""

    line: int
    column: int
    value: Mark


@dataclass(frozen=True, slots=True)
class Document:
    """What one file holds: its value as plain dicts, lists and text, the marks, and all problems."""

    path: str
    value: Tree | None
    mark: Mark
    problems: list[Problem] = field(default_factory=list)


def locate(mark: Mark, path: str, steps: tuple[str | int, ...]) -> tuple[str, int, int]:
    """File, line and column of the value that `steps` lead to, or of its nearest existing ancestor.

    The position of a mapping's member is that of its key, which is where a reader looks.
    """
    line, column = mark.line, mark.column
    for step in steps:
        children = mark.children
        if isinstance(children, dict) and isinstance(step, str) and step in children:
            key = children[step]
            line, column, mark = key.line, key.column, key.value
        elif isinstance(children, list) and isinstance(step, int) and step < len(children):
            mark = children[step]
            line, column = mark.line, mark.column
        else:
            break
        path = mark.path or path
    return path, line, column


_FORBIDDEN = re.compile(
    "[^\t\n\r\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufeff\uff00-\ufffd\U00010000-\U0010ffff]"
)
_CONFLICT = re.compile(r"^(<<<<<<< .*|=======|\|\|\|\|\|\|\|( .*)?|>>>>>>> .*)\r?$", re.MULTILINE)
_ONE_LINE = {"id", "title"}
_SYNTAX_HINTS = {
    "mapping values are not allowed in this context": "put a text that contains `: ` in quotes or below `>-`",
    "found character that cannot start any token": "put a text that starts with @, ` or % in quotes",
    "did not find expected key": "check the indentation of this line and the quotes above it",
    "could not find expected ':'": "check the indentation of this line",
    "found invalid Unicode character escape code": "write the character itself",
}
_HALF_PAIR = re.compile("[\ud800-\udfff]")
_HALF_PAIR_ESCAPE = re.compile(r"\\(?:(?P<half>(?:u|U0000)[dD][89a-fA-F])|.)", re.DOTALL)
_NEWLINE = re.compile(r"\r\n|\r|\n")


def _position(text: str, offset: int) -> tuple[int, int]:
    before = text[:offset]
    line_starts = [match.end() for match in _NEWLINE.finditer(before)]
    return len(line_starts) + 1, offset - (line_starts[-1] if line_starts else 0) + 1


def _visible(character: str) -> str:
    return f"U+{ord(character):04X}"


class _Refused(Exception):  # noqa: N818 - a signal inside this module, not an error that callers see
    """Reading cannot go on: carries the problem that ends it."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem


def read_file(path: Path, shown: str | None = None) -> Document:
    """Read one file; never raises for what is in it.

    Parameters
    ----------
    path : Path
        An existing regular file.
    shown : str, optional
        How problems name the file; by default as given.

    Returns
    -------
    Document
        With `value` None when the file could not be read to its end, or uses aliases or merge keys.
    """
    name = shown if shown is not None else str(path)
    try:
        with path.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except OSError as error:
        reason = error.strerror or str(error)
        return _failed(Problem(name, 1, 1, "E016", f"the file cannot be read: {reason}"))
    return read_bytes(data, name)


def read_bytes(data: bytes, name: str) -> Document:
    """Read the bytes of one file; see `read_file`."""
    if len(data) > MAX_BYTES:
        hint = "split it into several files"
        return _failed(Problem(name, 1, 1, "E001", "the file is larger than 1 MiB", hint))
    try:
        text = _decode(data, name)
        _refuse_raw(text, name)
        return _Builder(name).build(text)
    except _Refused as refused:
        return _failed(refused.problem)


def _failed(problem: Problem) -> Document:
    return Document(problem.path, None, Mark(1, 1), [problem])


def _decode(data: bytes, name: str) -> str:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        hint = "save it as UTF-8 without a byte order mark"
        raise _Refused(Problem(name, 1, 1, "E002", "the file is UTF-16 encoded", hint))
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = error.object[: error.start].decode("utf-8")
        line, column = _position(before, len(before))
        byte = len(data) - len(error.object) + error.start
        message = f"byte {byte + 1} (0x{data[byte]:02X}) is not UTF-8"
        raise _Refused(Problem(name, line, column, "E002", message, "save the file as UTF-8")) from None


def _refuse_raw(text: str, name: str) -> None:
    bad = _FORBIDDEN.search(text)
    if bad:
        line, column = _position(text, bad.start())
        message = f"the file contains the character {_visible(bad[0])}, which cannot be seen"
        raise _Refused(Problem(name, line, column, "E003", message, "remove it"))
    conflict = _CONFLICT.search(text)
    if conflict:
        line, column = _position(text, conflict.start())
        message = f"a merge conflict was left in the file: {conflict[1][:40]!r}"
        hint = "choose one side and delete the marker lines"
        raise _Refused(Problem(name, line, column, "E004", message, hint))


_TOO_DEEP = "exceeded maximum nesting depth"
"""What libyaml says from version 0.2.6 on."""


class _Frame:
    """A container under construction."""

    __slots__ = ("children", "column", "key", "line", "value")

    def __init__(self, value: Any, children: Any, line: int, column: int) -> None:
        self.value = value
        self.children = children
        self.line = line
        self.column = column
        self.key: tuple[str, int, int] | None = None

    @property
    def awaits_key(self) -> bool:
        return self.key is None and type(self.value) is dict


class _Builder:
    """Builds value and marks of one document from the parser's events."""

    def __init__(self, name: str, loader: Any = None) -> None:
        self.name = name
        self.loader = loader or Loader
        self.text = ""
        self.problems: list[Problem] = []
        self.stack: list[_Frame] = []
        self.root: tuple[Tree, Mark] | None = None

    def build(self, text: str) -> Document:
        """Read the whole text, or as far as it can be read."""
        self.text = text
        try:
            self._consume(self._events())
            if any(problem.code in ("E007", "E009") for problem in self.problems):
                # What an alias or merge key would have brought is missing: nobody should look for it.
                return Document(self.name, None, Mark(1, 1), self.problems)
            value, mark = self._root()
        except yaml.MarkedYAMLError as error:
            if error.problem == _TOO_DEEP:
                # libyaml gives up while it looks ahead, before our limit is reached; Python does not.
                return self._too_deep(text[: int(getattr(error.problem_mark, "index", len(text)))])
            return self._failed(self._syntax(error))
        except yaml.YAMLError as error:
            return self._failed(Problem(self.name, 1, 1, "E005", f"this is not YAML: {error}"))
        except _Refused as refused:
            return self._failed(refused.problem)
        return Document(self.name, value, mark, self.problems)

    def _too_deep(self, seen: str) -> Document:
        """Find the level beyond the limit in what was seen; its beginning mostly suffices, and quickly."""
        for share in (16, 4, 1):
            document = _Builder(self.name, yaml.SafeLoader).build(seen[: len(seen) // share])
            if document.problems[-1].code == "E011":
                break
        return document

    def _events(self) -> Iterator[Any]:
        loader = self.loader(self.text)
        following = loader.get_event
        try:
            while type(event := following()) is not yaml.StreamEndEvent:
                yield event
        except (ValueError, OverflowError):
            # The Python parser does not check numbers that it converts, such as that of "\\U00110000".
            what = "found a number that is out of range"
            raise yaml.MarkedYAMLError(problem=what, problem_mark=loader.get_mark()) from None
        finally:
            loader.dispose()

    def _root(self) -> tuple[Tree, Mark]:
        if self.root is None or not self.root[0]:
            message = "the file is empty"
            raise _Refused(Problem(self.name, 1, 1, "E014", message, "write an entry or delete the file"))
        return self.root

    def _failed(self, last: Problem) -> Document:
        return Document(self.name, None, Mark(1, 1), [*self.problems, last])

    def _syntax(self, error: yaml.MarkedYAMLError) -> Problem:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        # libyaml places what is missing at the end of a file into a line of its own.
        line, column = min((line, column), _position(self.text, len(self.text)))
        context = f" {error.context}" if error.context else ""
        what = error.problem or "it cannot be parsed"
        hint = _SYNTAX_HINTS.get(what, "")
        return Problem(self.name, line, column, "E005", f"this is not YAML: {what}{context}", hint)

    def _report(self, event: Any, code: str, message: str, hint: str = "") -> None:
        mark = event.start_mark
        self.problems.append(Problem(self.name, mark.line + 1, mark.column + 1, code, message, hint))

    def _refuse(self, event: Any, code: str, message: str, hint: str = "") -> _Refused:
        self._report(event, code, message, hint)
        return _Refused(self.problems.pop())

    def _consume(self, events: Iterator[Any]) -> None:
        """Run through the events; the branch order follows how often each event occurs."""
        scalar_event, place = yaml.ScalarEvent, self._place
        for event in events:
            kind = type(event)
            if kind is scalar_event:
                start, value = event.start_mark, event.value
                if event.tag is not None or event.anchor is not None or not value.isascii():
                    self._refuse_extras(event)
                place(value, Mark(start.line + 1, start.column + 1), event)
            elif kind is yaml.MappingStartEvent:
                self._open(event, {}, {})
            elif kind is yaml.SequenceStartEvent:
                self._open(event, [], [])
            elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
                done = self.stack.pop()
                self._place(done.value, Mark(done.line, done.column, done.children), None)
            elif kind is yaml.AliasEvent:
                hint = "write the value out where it is needed"
                self._report(event, "E007", f"aliases (*{event.anchor}) are not allowed", hint)
                start = event.start_mark
                self._place("", Mark(start.line + 1, start.column + 1), None)
            elif kind is yaml.DocumentStartEvent and self.root is not None:
                raise self._refuse(event, "E012", "a file must hold one document", "remove the `---` line")

    def _open(self, event: Any, value: Any, children: Any) -> None:
        self._refuse_extras(event)
        if self.stack and self.stack[-1].awaits_key:
            hint = "write a plain text before the colon"
            raise self._refuse(event, "E013", "a key must be a text, not a list or mapping", hint)
        if len(self.stack) == MAX_DEPTH:
            raise self._refuse(event, "E011", f"nesting is deeper than {MAX_DEPTH} levels")
        start = event.start_mark
        self.stack.append(_Frame(value, children, start.line + 1, start.column + 1))

    def _place(self, value: Any, mark: Mark, scalar: Any) -> None:
        """Put a finished value into the container that is open, as item, key or member."""
        if not self.stack:
            self.root = (value, mark)
            return
        top = self.stack[-1]
        if type(top.value) is list:
            top.value.append(value)
            top.children.append(mark)
        elif top.key is None:
            if value == "<<" and scalar is not None and scalar.implicit[0]:
                self._report(scalar, "E009", "merge keys (<<) are not allowed", "write the fields out")
            top.key = (value, mark.line, mark.column)
        else:
            key, line, column = top.key
            top.key = None
            if key in top.value:
                message = f"key `{_shortened(key)}` is used twice in one mapping"
                hint = f"first used in line {top.children[key].line}"
                self.problems.append(Problem(self.name, line, column, "E010", message, hint))
            else:
                if key in _ONE_LINE and scalar is not None and CONTROL.search(value):
                    value = self._made_visible(key, value, mark)
                top.value[key] = value
                top.children[key] = KeyMark(line, column, mark)

    def _made_visible(self, key: str, value: str, mark: Mark) -> str:
        """Report an id or title that could forge what a screen shows, and go on with a harmless one."""
        bad = CONTROL.findall(value)[0]
        message = f"`{key}` contains the invisible character {_visible(bad)}"
        self.problems.append(Problem(self.name, mark.line, mark.column, "E015", message, "remove it"))
        return CONTROL.sub("", value) or "?"

    def _refuse_extras(self, event: Any) -> None:
        if event.anchor is not None:
            self._report(event, "E006", f"anchors (&{event.anchor}) are not allowed", "remove it")
        if event.tag is not None:
            hint = "remove it: every value is read as text, and the field decides its type"
            self._report(event, "E008", f"tags ({event.tag}) are not allowed", hint)
        if type(event) is yaml.ScalarEvent and not event.value.isascii() and _HALF_PAIR.search(event.value):
            raise self._half_pair(event)

    def _half_pair(self, event: Any) -> yaml.MarkedYAMLError:
        """Say what libyaml says; the Python parser lets half a surrogate pair through."""
        start = event.start_mark.index
        escapes = _HALF_PAIR_ESCAPE.finditer(self.text, start)
        offset = next((escape.start() + 2 for escape in escapes if escape["half"]), start)
        line, column = _position(self.text, offset)
        mark = yaml.Mark(self.name, offset, line - 1, column - 1, None, 0)
        what = "found invalid Unicode character escape code"
        return yaml.MarkedYAMLError("while parsing a quoted scalar", None, what, mark)


def _shortened(text: str, limit: int = 40) -> str:
    return text if len(text) <= limit else text[: limit - 1] + "…"
