"""What commands print: JSON documents, styled text, wrapped paragraphs. stdout is data, nothing else."""

from __future__ import annotations

import json
import os
import sys
import textwrap
from contextlib import suppress
from dataclasses import dataclass
from functools import wraps
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

import click

from cruxmap.plain import escaped, plain

if TYPE_CHECKING:
    from collections.abc import Callable

    from cruxmap.knowledge import KnowledgeBase

P = ParamSpec("P")
R = TypeVar("R")

NARROWEST, WIDEST = 40, 160
READABLE = 100
"""Running text is not set wider than this, however wide the terminal is."""


@dataclass(frozen=True, slots=True)
class Output:
    """How a command is to print.

    Attributes
    ----------
    json : bool
        One JSON document instead of text.
    color : bool
        Styles may be used; they never carry meaning alone.
    ascii : bool
        Glyphs are replaced by ASCII.
    width : int
        Columns available.
    """

    json: bool
    color: bool
    ascii: bool
    width: int

    def document(self, data: Any) -> None:
        """Print one JSON document."""
        click.echo(escaped(json.dumps(data, ensure_ascii=False, indent=2, sort_keys=True)))

    def line(self, text: str = "") -> None:
        """Print one line that may be styled."""
        text = text.rstrip()
        click.echo(text if self.color else click.unstyle(text), color=self.color)

    def style(self, text: str, **styles: Any) -> str:
        """Style a text where styles are allowed, after making control characters visible."""
        text = self.glyphs(plain(text))
        return click.style(text, **styles) if self.color else text

    def glyphs(self, text: str) -> str:
        """Replace typographic glyphs where only ASCII may be used."""
        return text.translate(_ASCII) if self.ascii else text

    def heading(self, text: str) -> None:
        """Print a heading with an empty line before it."""
        self.line()
        self.line(self.style(text, bold=True))

    def paragraph(
        self, text: str, *, indent: int = 0, first: str = "", hang: int | None = None, **styles: Any
    ) -> None:
        """Print a wrapped paragraph: `first` starts it, the rest hangs under it or at `hang` columns."""
        width = min(self.width, READABLE)
        lead = " " * indent + first
        under = len(lead) if hang is None else indent + hang
        wrapped = textwrap.wrap(
            self.glyphs(plain(text)),
            width=max(width, under + 20),
            initial_indent=self.glyphs(lead),
            subsequent_indent=" " * under,
            break_on_hyphens=False,
        )
        for item in (line.replace("\u00a0", " ") for line in wrapped):
            self.line(self.style(item, **styles) if styles else self.glyphs(item))


_ASCII = str.maketrans(
    {
        "–": "-",
        "—": "-",
        "§": "S.",
        "π": "pi",
        "…": "...",
        "→": "->",
        "·": ".",
        "“": '"',
        "”": '"',
        "’": "'",
        "×": "x",
    }
    | {
        "−": "-",
        "✗": "x",
        "▽": "v",
        "△": "^",
        "✓": "+",
        "✔": "#",
        "◇": "~",
        "↳": "`",
        "≥": ">=",
        "├": "|",
        "└": "`",
        "│": "|",
        "─": "-",
        "±": "+/-",
    }
)


def _width() -> int:
    # The module of `shutil.get_terminal_size` loads three compressors, which a command would wait for.
    given = os.environ.get("COLUMNS", "")
    columns = int(given) if given.isdecimal() else 0
    if not columns and sys.__stdout__ is not None:
        with suppress(OSError, ValueError):
            columns = os.get_terminal_size(sys.__stdout__.fileno()).columns
    return max(NARROWEST, min(WIDEST, columns or 80))


def _color(wanted: bool | None) -> bool:
    if wanted is not None:
        return wanted
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def common(function: Callable[..., R]) -> Callable[..., R]:
    """Give a command the options that all share, and pass it an `Output` and the name of the workspace."""
    # Raw docstrings hold the two characters `\\b`; click wants the one that keeps a block as it is written.
    function.__doc__ = (function.__doc__ or "").replace("\\b\n", "\b\n")

    @click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
    @click.option("--ascii", "only_ascii", is_flag=True, help="Replace glyphs by ASCII.")
    @click.option("--color/--no-color", "color", default=None, help="Colour; by default only on a terminal.")
    @click.option("--workspace", metavar="DIR", help="Folder with cruxmap.yaml.")
    @click.pass_context
    @wraps(function)
    def wrapped(ctx: click.Context, /, *args: Any, **kwargs: Any) -> R:
        as_json, only_ascii = kwargs.pop("as_json"), kwargs.pop("only_ascii")
        color, named = kwargs.pop("color"), kwargs.pop("workspace")
        output = Output(as_json, _color(color), only_ascii, _width())
        workspace = named or (ctx.obj or {}).get("workspace")
        return function(*args, output=output, workspace=workspace, **kwargs)

    return wrapped


def load(workspace: str | None) -> KnowledgeBase:
    """Load the knowledge base that a command works on; errors in it end the command."""
    from cruxmap.loading import load as load_workspace

    return load_workspace(workspace)


def count(number: int, noun: str, plural: str | None = None) -> str:
    """Write a number with its noun.

    Examples
    --------
    >>> count(1, "entry", "entries"), count(3, "argument")
    ('1 entry', '3 arguments')
    """
    return f"{number} {noun if number == 1 else plural or noun + 's'}"
