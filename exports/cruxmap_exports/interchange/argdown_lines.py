"""Argdown, first step: comments and front matter, blocks between blank lines, and the parts of one element.

The grammar is the part of Argdown 1.7 that maps of arguments use; see docs/interchange.md.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from cruxmap.yamlread import read_bytes

SYMBOLS = {
    "+": "+",
    "<+": "+",
    "+>": "+>",
    "-": "-",
    "<-": "-",
    "->": "->",
    "_": "_",
    "<_": "_",
    "_>": "_>",
} | {"><": "><"}
"""Relation symbols as written -> their normal form; `<` points from the child to its parent, `>` away."""

_COMMENT = re.compile(r"(?<!\\)/\*|(?<!\\)<!--|(?:(?<=\s)|^)//[^\n]*", re.MULTILINE)
_COMMENT_ENDS = {"/*": "*/", "<!--": "-->"}
# Marks in a text are looked for within bounds: otherwise a line of opening marks takes quadratic time.
_FRONT = re.compile(r"\s*===+[ \t]*\n(.*?)\n===+[ \t]*(?:\n|$)", re.DOTALL)
_RELATION = re.compile(r"(<\+|\+>|\+|<-|->|-|<_|_>|_|><)(?=[ \t]|\[|<|$)[ \t]*")
_PREMISE = re.compile(r"\((\d{1,4})\)[ \t]*")
_RULE = re.compile(r"-{4,}[ \t]*$")
_HEADING = re.compile(r"(#{1,6})[ \t]+(.*)$")
_LIST = re.compile(r"(?:\*|\d{1,4}\.)[ \t]+")
_TAG = re.compile(r"(?<![\w\\&])#(?:\(([^()\n]{0,200})\)|([\w-]+))")
_LINK = re.compile(r"(?<!\\)\[([^\]\[\n]{1,400})\]\(([^()\s]{0,2000})\)")
_MENTION = re.compile(r"(?<!\\)@(\[[^\]\[\n]{0,400}\]|<[^<>\n]{0,400}>)")
_STRONG = re.compile(r"(?<![\w\\*_])(\*\*|__|\*|_)(?=[^\s*_])([^\n]{0,400}?[^\s\\*_])\1(?![\w*_])")
_ESCAPE = re.compile(r"\\(.)")
_AFTER_HEADING = re.compile(r"(?<!\\)\{[^}]*\}|(?<![\w\\&])#[\w-]+")


class ArgdownSyntaxError(Exception):
    """A place in a block that cannot be read; the block is left out."""

    def __init__(self, problem: str, line: int, column: int) -> None:
        super().__init__(problem)
        self.problem, self.line, self.column = problem, line, column


@dataclass(slots=True)
class Line:
    """One logical line: where it starts, what opens it, and its text with the lines that continue it."""

    number: int
    indent: int
    column: int
    opening: str
    """A relation symbol, `(1)`, `----`, `--` or nothing."""
    text: str


@dataclass(slots=True)
class Block:
    """Lines between blank lines, or a heading."""

    lines: list[Line]
    heading: tuple[int, str] | None = None


@dataclass(slots=True)
class Element:
    """What one line names or says.

    Attributes
    ----------
    kind : str
        `statement` or `argument`.
    title : str
        Empty for an anonymous statement.
    text : str
        Without marks; empty in a reference.
    tags : list of str
    data : dict of str to str
    dropped : list of str
        What of the text could not be kept.
    """

    kind: str
    title: str
    text: str
    tags: list[str] = field(default_factory=list)
    data: dict[str, str] = field(default_factory=dict)
    dropped: list[str] = field(default_factory=list)


def front_matter(text: str) -> tuple[str, str]:
    """Return the front matter and the text with blank lines in its place, so that line numbers stay right."""
    match = _FRONT.match(text)
    if not match:
        return "", text
    return match[1], "\n" * match[0].count("\n") + text[match.end() :]


def without_comments(text: str) -> str:
    """Replace comments by spaces; line breaks inside them stay, unless they would end a block."""
    parts: list[str] = []
    position = 0
    unclosed: set[str] = set()
    while match := _COMMENT.search(text, position):
        opening, end = match[0], match.end()
        if opening in _COMMENT_ENDS:
            closing = _COMMENT_ENDS[opening]
            found = -1 if opening in unclosed else text.find(closing, end)
            if found < 0:
                # Nothing closes it, so it is text; nor can anything close the next one.
                unclosed.add(opening)
                parts.append(text[position:end])
                position = end
                continue
            end = found + len(closing)
        parts += [text[position : match.start()], re.sub(r"[^\n]", " ", text[match.start() : end])]
        position = end
    return "".join([*parts, text[position:]])


def blocks(text: str) -> list[Block]:
    """Split a text without comments at blank lines and headings."""
    found: list[Block] = []
    current: list[Line] = []
    for number, raw in enumerate(text.split("\n"), start=1):
        stripped = raw.strip()
        heading = _HEADING.match(stripped)
        if not stripped or heading:
            if current:
                found.append(Block(current))
                current = []
            if heading:
                title = _ESCAPE.sub(r"\1", _AFTER_HEADING.sub("", heading[2]).strip())
                found.append(Block([], (len(heading[1]), title)))
            continue
        _take(current, raw.expandtabs(4), number)
    if current:
        found.append(Block(current))
    return found


def _take(current: list[Line], raw: str, number: int) -> None:
    stripped = raw.strip()
    indent = len(raw) - len(raw.lstrip())
    if _RULE.match(stripped):
        current.append(Line(number, indent, indent + 1, "----", ""))
        return
    if stripped == "--":
        current.append(Line(number, indent, indent + 1, "--", ""))
        return
    premise, relation = _PREMISE.match(stripped), _RELATION.match(stripped)
    if premise:
        current.append(Line(number, indent, indent + 1, f"({int(premise[1])})", stripped[premise.end() :]))
    elif relation:
        opening, rest = relation[1], stripped[relation.end() :]
        current.append(Line(number, indent, indent + 1 + relation.end(), opening, rest))
    elif item := _LIST.match(stripped):
        current.append(Line(number, indent, indent + 1 + item.end(), "", stripped[item.end() :]))
    elif current and current[-1].opening not in ("----", "--"):
        current[-1].text += f"\n{stripped}"
    elif current:
        current.append(Line(number, indent, indent + 1, "rule", stripped))
    else:
        current.append(Line(number, indent, indent + 1, "", stripped))


def element(line: Line) -> Element:
    """Read the text of a line: title, text, tags and data.

    Raises
    ------
    ArgdownSyntaxError
        At an unclosed bracket or a bare `<` or `[` in the text.
    """
    source = line.text
    if not source:
        raise ArgdownSyntaxError("a statement or argument is missing here", line.number, line.column)
    kind, title, start = "statement", "", 0
    opened = source[0]
    if opened in "[<" and not _LINK.match(source):
        closing = "]" if opened == "[" else ">"
        end = source.find(closing)
        if end < 0 or "\n" in source[:end]:
            raise _error(line, 0, f"the title that starts here is not closed by {closing!r}")
        title = source[1:end].strip()
        if not title or "<" in title or "[" in title:
            raise _error(line, 0, "a title may not be empty or contain brackets")
        kind, start = ("statement" if opened == "[" else "argument"), end + 1
    rest = source[start:]
    data, rest = _data(line, rest, start)
    if title and rest.lstrip().startswith(":"):
        rest = rest.lstrip()[1:]
    elif title and _without_tags(rest).strip():
        offset = start + len(rest) - len(rest.lstrip())
        raise _error(line, offset, "after a title only `: text`, tags and {data} may follow")
    return _finished(line, kind, title, rest, data)


def _finished(line: Line, kind: str, title: str, rest: str, data: dict[str, str]) -> Element:
    made = Element(kind, title, "", data=data)
    made.tags = [match[1] or match[2] for match in _TAG.finditer(rest)]
    text = _without_tags(rest)
    if _LINK.search(text):
        text = _LINK.sub(r"\1 (\2)", text)
    text = _MENTION.sub(lambda match: match[1][1:-1], text)
    bad = re.search(r"(?<!\\)[<\[]", text)
    if bad:
        offset = max(line.text.find(text[bad.start() : bad.start() + 12]), 0)
        raise _error(line, offset, f"a bare {bad[0]!r} in a text; write \\{bad[0]}")
    plain = _STRONG.sub(r"\2", text)
    while plain != text:
        if "emphasis" not in made.dropped:
            made.dropped.append("emphasis")
        text, plain = plain, _STRONG.sub(r"\2", plain)
    made.text = " ".join(_ESCAPE.sub(r"\1", text).split())
    return made


def _without_tags(text: str) -> str:
    return _TAG.sub("", text)


def _data(line: Line, rest: str, start: int) -> tuple[dict[str, str], str]:
    """Take `{...}` out of what follows a title or stands at the end of a text."""
    opening = re.search(r"(?<!\\)\{", rest)
    if opening is None:
        return {}, rest
    end = _closing(rest, opening.start())
    if end < 0:
        raise _error(line, start + opening.start(), "the data that starts here is not closed by '}'")
    document = read_bytes(rest[opening.start() : end + 1].encode(), "data")
    if document.problems or not isinstance(document.value, dict):
        if rest[opening.start() : end + 1].strip("{} \n"):
            raise _error(line, start + opening.start(), "the data that starts here is not YAML")
        return {}, rest[: opening.start()] + rest[end + 1 :]
    flat = {key: value if isinstance(value, str) else str(value) for key, value in document.value.items()}
    return flat, rest[: opening.start()] + rest[end + 1 :]


def _closing(text: str, start: int) -> int:
    depth, quote, position = 0, "", start
    while position < len(text):
        symbol = text[position]
        if quote:
            if symbol == "\\" and quote == '"':
                position += 1
            elif symbol == quote:
                quote = ""
        elif symbol in "\"'" and text[position - 1] in " :{[,":
            quote = symbol
        elif symbol == "{":
            depth += 1
        elif symbol == "}":
            depth -= 1
            if depth == 0:
                return position
        position += 1
    return -1


def _error(line: Line, offset: int, problem: str) -> ArgdownSyntaxError:
    before = line.text[:offset]
    down = before.count("\n")
    column = line.column + offset if not down else offset - before.rfind("\n")
    return ArgdownSyntaxError(problem, line.number + down, column)
