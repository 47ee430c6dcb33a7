"""The page of a comparison matrix: the table, what explains it, and a note on every cell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cruxmap_exports.document import (
    Document,
    Heading,
    Item,
    Items,
    MatrixBlock,
    Paragraph,
    Part,
    plain,
    quiet,
    strong,
)
from cruxmap_exports.matrix_html import cell_anchor, hinge_anchor
from cruxmap_exports.matrix_view import matrix_view

if TYPE_CHECKING:
    from cruxmap.knowledge import KnowledgeBase
    from cruxmap_exports.document import Block
    from cruxmap_exports.matrix_view import CellView, Column, MatrixView, RowView
    from cruxmap_exports.request import Request

__all__ = ["legend", "matrix_page"]


def matrix_page(kb: KnowledgeBase, request: Request) -> Document:
    """Return the page of a matrix."""
    view = matrix_view(kb, request.matrix(kb), request.conventions)
    blocks: list[Block] = [Heading(1, view.title)]
    if view.rows:
        blocks += [MatrixBlock(view), *legend(view), *_notes(view)]
    else:
        blocks.append(Paragraph((plain(f"This workspace has no entries of kind {view.kind}."),)))
    return Document(view.title, tuple(blocks), "matrix")


def legend(view: MatrixView, *, hinges: bool = True) -> list[Block]:
    """Explain criteria and signs of a matrix, and its hinges where the page has no other place for them."""
    criteria = tuple(
        Item(
            (strong(column.title), plain(": "), plain(column.question), quiet(f" (version {column.version})"))
        )
        for column in view.columns
    )
    signs = tuple(
        Item((plain(f"{sign.glyph} "), strong(sign.word), plain(": "), plain(sign.meaning)))
        for sign in view.signs
    )
    listed = tuple(
        Item((strong(item.number), plain(" "), plain(item.title)), anchor=hinge_anchor(item.id))
        for item in view.hinges
    )
    parts: list[Block] = [
        Heading(2, "How to read it"),
        Heading(3, "Criteria"),
        Items(criteria),
        Heading(3, "Signs"),
        Items(signs),
    ]
    if hinges and listed:
        parts += [Heading(3, "Hinges: statements that would settle a verdict"), Items(listed)]
    return [Part(tuple(parts), "legend")]


def _notes(view: MatrixView) -> list[Block]:
    items = [
        _note(row, column, cell)
        for row in view.rows
        for column, cell in zip(view.columns, row.cells, strict=True)
        if cell
    ]
    return [Part((Heading(2, "Cell by cell"), Items(tuple(items))), "notes columns")]


def _note(row: RowView, column: Column, cell: CellView) -> Item:
    figures = f"{cell.computed}; " if cell.computed else ""
    hinges = f" Hinges on {'; '.join(item.full for item in cell.hinges)}." if cell.hinges else ""
    place = " ".join(filter(None, [cell.source, cell.at]))
    name = f"{row.number} {row.short}".strip()
    return Item(
        (
            strong(f"{name}, {column.title.lower()}"),
            plain(": "),
            plain(f"{figures}{cell.stance}."),
            plain(f" {cell.reason}" if cell.reason else ""),
            plain(hinges),
            quiet(f"{f' [{place}]' if place else ''} {cell.pro} for, {cell.con} against"),
        ),
        anchor=cell_anchor(row.id, column.id),
    )
