"""Readers of exported matrices that share no code with the writers."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import dataclass
from typing import Any

import html5lib
import openpyxl
from markdown_it import MarkdownIt

Table = dict[tuple[str, str], "Reading"]
XHTML = "{http://www.w3.org/1999/xhtml}"


@dataclass(frozen=True)
class Reading:
    """What a reader finds in one cell."""

    word: str
    at: str
    hinges: tuple[str, ...]
    figures: str = ""


def from_json(data: bytes, numbers: dict[str, str]) -> Table:
    """By number of the row and heading of the column; hinges by number."""
    document = json.loads(data)
    heads = {item["id"]: item["name"] for item in document["criteria"]}
    return {
        (str(row["number"]), heads[name]): Reading(
            cell["resolved"],
            cell["at"].split(" ", 1)[1],
            tuple(numbers[hinge] for hinge in cell["hinges"]),
            figures(cell["strength"], cell["label"], fragile=cell["fragile"]),
        )
        for row in document["rows"]
        for name, cell in row["cells"].items()
    }


def figures(strength: Any, label: Any, *, fragile: bool) -> str:
    """Figures in the words that formats for reading use."""
    if strength in (None, ""):
        return ""
    return f"{float(strength):.2f} {label}{' fragile' if fragile else ''}"


def from_delimited(data: bytes, delimiter: str, heads: dict[str, str], numbers: dict[str, str]) -> Table:
    """A wide CSV or TSV file."""
    found: Table = {}
    for line in csv.DictReader(io.StringIO(data.decode(), newline=""), delimiter=delimiter):
        for name, head in heads.items():
            if line[name]:
                hinges = tuple(numbers[item] for item in line[f"{name} hinges"].split("; ") if item)
                computed = figures(
                    line.get(f"{name} strength"),
                    line.get(f"{name} label"),
                    fragile=line.get(f"{name} fragile") == "true",
                )
                found[line["number"], head] = Reading(
                    line[name], line[f"{name} at"].split(" ", 1)[1], hinges, computed
                )
    return found


def from_long(data: bytes, heads: dict[str, str], numbers: dict[str, str]) -> Table:
    """A CSV file with one line per cell."""
    return {
        (line["number"], heads[line["criterion"]]): Reading(
            line["resolved"],
            line["at"].split(" ", 1)[1],
            tuple(numbers[item] for item in line["hinges"].split("; ") if item),
            figures(line.get("strength"), line.get("label"), fragile=line.get("fragile") == "true"),
        )
        for line in csv.DictReader(io.StringIO(data.decode(), newline=""))
    }


def from_xlsx(data: bytes) -> Table:
    """The first sheet of a workbook, and the second, which must say the same."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    heads, *lines = list(book["Matrix"].values)
    first = {
        (str(line[0]), _unversioned(str(head))): _pieces(str(text).split("\n"))
        for line in lines
        if line[0] is not None
        for head, text in zip(heads[2:], line[2:], strict=True)
        if text
    }
    names, *cells = list(book["Cells"].values)
    second = {}
    for line in (dict(zip(names, cell, strict=True)) for cell in cells):
        hinges = tuple(item.split(" ")[0] for item in str(line["hinges"] or "").split("\n") if item)
        word = str(line["stance"]).rsplit(" ", 1)[-1]
        computed = figures(line["strength"], line["label"], fragile=line["fragile"] == "fragile")
        place = (str(line["entry"]).split(" ")[0], line["criterion"])
        second[place] = Reading(word, str(line["locator"]), hinges, computed)
    assert first == second
    return first


def _unversioned(head: str) -> str:
    return re.sub(r" \(version \d+\)$", "", head)


def _pieces(pieces: list[str]) -> Reading:
    """Read figures (if any), stance, locator and hinges (if any), in this order."""
    computed = pieces.pop(0) if re.match(r"\d\.\d\d ", pieces[0]) else ""
    word = pieces[0].rsplit(" ", 1)[-1]
    hinges = tuple(pieces[2].split(", ")) if len(pieces) > 2 else ()
    return Reading(word, pieces[1], hinges, computed)


def from_markdown(data: bytes) -> Table:
    """All tables of a page in Markdown."""
    found: Table = {}
    heads: list[str] = []
    line: list[str] = []
    tokens = MarkdownIt("commonmark").enable("table").parse(data.decode())
    for place, token in enumerate(tokens):
        if token.type == "tr_open":
            line = []
        elif token.type in ("th_open", "td_open"):
            line.append(inline_text(tokens[place + 1]))
        elif token.type == "tr_close" and tokens[place + 1].type == "thead_close":
            heads = [_unversioned(text) for text in line[2:]]
        elif token.type == "tr_close":
            for head, text in zip(heads, line[2:], strict=True):
                if text:
                    found[line[0], head] = _pieces(text.split(" · "))
    return found


def inline_text(token: Any) -> str:
    """Text of an inline token as a reader sees it."""
    return "".join(
        child.content if child.type in ("text", "text_special") else "" for child in token.children or ()
    )


def page_of(data: bytes) -> Any:
    """An HTML page, read as browsers do; a fault in it is an error.

    Only a reference to a carriage return is none: browsers read it as written, and nothing else keeps one.
    """
    reader = html5lib.HTMLParser()
    page = reader.parse(data)
    faults = [fault for _, fault, more in reader.errors if more != {"charAsInt": 13}]
    assert not faults, faults
    return page


def text_of(element: Any) -> str:
    """All text inside an element."""
    return "".join(element.itertext())


def having_class(element: Any, name: str) -> list[Any]:
    """Elements inside another that have a class."""
    return [item for item in element.iter() if name in str(item.get("class", "")).split()]


def from_html(data: bytes) -> Table:
    """The table of an HTML page."""
    found: Table = {}
    (table,) = page_of(data).iter(f"{XHTML}table")
    heads = [
        text_of(having_class(item, "name")[0])
        for item in table.iter(f"{XHTML}th")
        if having_class(item, "name")
    ]
    for row in table.iter(f"{XHTML}tr"):
        number = having_class(row, "number")
        for head, cell in zip(heads, row.iter(f"{XHTML}td"), strict=False):
            if number and "empty" not in cell.get("class"):
                (word,), (at,) = having_class(cell, "word"), having_class(cell, "at")
                hinges = tuple(text_of(item) for item in having_class(cell, "hinge"))
                computed = " ".join(text_of(item) for item in having_class(cell, "figures"))
                found[text_of(number[0]), head] = Reading(text_of(word), text_of(at), hinges, computed)
    return found


COMMANDS = {
    r"\textbackslash{}": "\\", r"\textasciitilde{}": "~", r"\textasciicircum{}": "^", r"\textbraceleft{}": "{",
    r"\textbraceright{}": "}", r"\S{}": "§", r"\textperiodcentered{}": "·", r"\textdegree{}": "°",
    r"\texttimes{}": "×", r"\textendash{}": "–", r"\textemdash{}": "—", r"\textquoteleft{}": "‘",
    r"\textquoteright{}": "’", r"\textquotedblleft{}": "“", r"\textquotedblright{}": "”", r"\ldots{}": "…",
    r"\textbullet{}": "•", r"\textbar{}": "|", r"\textless{}": "<", r"\textgreater{}": ">",
    r"\textquotedbl{}": '"', r"\textquotesingle{}": "'", r"\textasciigrave{}": "`", r"\{": "{", r"\}": "}",
    r"\$": "$", r"\&": "&", r"\#": "#", r"\%": "%", r"\_": "_", r"\ensuremath{\pi}": "π",
    r"\ensuremath{\rightarrow}": "→", r"\ensuremath{-}": "−", r"\ensuremath{\leq}": "≤",
    r"\ensuremath{\geq}": "≥", r"\ensuremath{\times}": "✗", r"\ensuremath{\bigtriangledown}": "▽",
    r"\ensuremath{\bigtriangleup}": "△", r"\ensuremath{\surd}": "✓", r"\ensuremath{\bullet}": "✔",
    r"\ensuremath{\diamond}": "◇", "~": "\u00a0", "{}": "",
}  # fmt: skip
_COMMAND = re.compile("|".join([r"\\unichar\{(?P<code>[0-9A-F]+)\}", *map(re.escape, COMMANDS)]))


def from_tex(text: str) -> str:
    r"""Read escaped text of LaTeX or BibTeX; a command that is not known stays and fails the comparison."""
    return _COMMAND.sub(
        lambda match: chr(int(match["code"], 16)) if match["code"] else COMMANDS[match[0]], text
    )


def from_latex(data: bytes) -> Table:
    """The table of a LaTeX document."""
    body = data.decode().split(r"\toprule")[1].split(r"\end{longtable}")[0]
    heads: list[str] = []
    found: Table = {}
    for line in body.split(r"\tabularnewline"):
        cells = re.split(
            r"(?<!\\)&", re.sub(r"\\(?:midrule|endhead|bottomrule|endfoot|addlinespace)\b", "", line)
        )
        if not heads:
            heads = [from_tex(cell.strip()[len(r"\textbf{") : -1]) for cell in cells]
        elif len(cells) == len(heads):
            number = from_tex(cells[0].strip()).split(" ")[0]
            for head, cell in zip(heads[1:], cells[1:], strict=True):
                pieces = [from_tex(part.strip()) for part in cell.split(r"\newline")]
                if pieces != [""]:
                    found[number, head] = _pieces([*pieces[:-1], *pieces[-1].split(" · ")])
    return found


def bibliography(text: str) -> dict[str, dict[str, str]]:
    """Entries of a BibTeX file, fields read by counting braces."""
    entries: dict[str, dict[str, str]] = {}
    place = 0
    while (start := text.find("@misc{", place)) >= 0:
        comma = text.index(",", start)
        fields: dict[str, str] = {}
        place = comma + 1
        while (match := re.compile(r"\s*(\w+) = \{").match(text, place)) is not None:
            depth, end = 1, match.end()
            while depth:
                depth += {"{": 1, "}": -1}.get(text[end], 0)
                end += 1
            fields[match[1]] = text[match.end() : end - 1]
            place = end + 1
        entries[text[start + len("@misc{") : comma]] = fields
    return entries
