"""A page of the command line, taken up paragraph by paragraph so that a pane can wrap it at its own width."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from rich.cells import cell_len

from cruxmap.cli.output import READABLE, Output
from cruxmap.plain import plain
from cruxmap_tui.views.cells import Line, Piece, slices

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cruxmap_tui.views.references import Reference, References


class Paragraph(NamedTuple):
    """A text with its lead (`- `, `+ p3.inner.for.1 `) and the column under which the rest hangs."""

    text: str
    role: str = ""
    lead: str = ""
    hang: int = 0
    wraps: bool = True


@dataclass(frozen=True, slots=True)
class Page(Output):
    """Where page modules print to when nothing is printed: everything is kept as paragraphs."""

    paragraphs: list[Paragraph] = field(default_factory=list)

    def line(self, text: str = "") -> None:
        """Keep one line as it is."""
        self.paragraphs.append(Paragraph(plain(text.rstrip()), wraps=False))

    def style(self, text: str, **_styles: Any) -> str:
        """Return the text: roles say more than colours."""
        return plain(text)

    def heading(self, text: str) -> None:
        """Keep a heading with an empty line before it."""
        self.line()
        self.paragraphs.append(Paragraph(plain(text), "title"))

    def paragraph(
        self, text: str, *, indent: int = 0, first: str = "", hang: int | None = None, **styles: Any
    ) -> None:
        """Keep a paragraph."""
        lead = " " * indent + first
        role = "title" if styles.get("bold") else "dim" if styles.get("dim") else ""
        under = len(lead) if hang is None else indent + hang
        self.paragraphs.append(Paragraph(plain(text), role, plain(lead), under))


def new_page(width: int = 80) -> Page:
    """Return an empty page."""
    return Page(json=False, color=False, ascii=False, width=width)


def page_lines(paragraphs: Sequence[Paragraph], references: References, width: int) -> list[Line]:
    """Wrap paragraphs into lines; names become places that can be selected.

    Parameters
    ----------
    paragraphs : sequence of Paragraph
        The first one is the title.
    references : References
    width : int
        Columns available.

    Returns
    -------
    list of Line
        Keys of pieces are pairs of a running number and an id.
    """
    found: list[Line] = []
    number = 0
    for position, given in enumerate(paragraphs):
        role = given.role or ("title" if position == 0 else "")
        whole = given.lead + given.text
        names = references.find(whole)
        lines = _wrapped(given, whole, min(width, READABLE))
        found.extend(_pieces(line, whole, names, number, role) for line in lines)
        number += len(names)
    return found


class _Slice(NamedTuple):
    indent: int
    start: int
    end: int


def _wrapped(given: Paragraph, whole: str, width: int) -> list[_Slice]:
    if "\n" not in whole and ((not given.wraps and cell_len(whole) <= width) or not whole.strip()):
        return [_Slice(0, 0, len(whole))]
    indent = len(whole) - len(whole.lstrip())
    hang = given.hang if given.wraps else indent + 2
    hang = min(hang, max(width - 20, 0))
    lines = slices(whole, max(width - hang, 2), max(width - indent, 2))
    return [_Slice(hang if at else indent, *line) for at, line in enumerate(lines)]


def _pieces(line: _Slice, whole: str, names: Sequence[Reference], number: int, role: str) -> Line:
    found = [Piece(" " * line.indent)] if line.indent else []
    at = line.start
    for offset, name in enumerate(names):
        start, end = max(name.start, line.start), min(name.end, line.end)
        if start < end:
            found += [
                Piece(whole[at:start], role),
                Piece(whole[start:end], "link", (number + offset, name.id)),
            ]
            at = end
    found.append(Piece(whole[at : line.end], role))
    return tuple(piece for piece in found if piece.text)
