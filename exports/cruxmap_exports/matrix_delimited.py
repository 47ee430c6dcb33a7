"""The comparison matrix as data: CSV and TSV, wide or one line per cell, and JSON."""

from __future__ import annotations

import json as json_module
from typing import TYPE_CHECKING

from cruxmap_exports.escape import delimited
from cruxmap_exports.matrix_view import matrix_view

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cruxmap.knowledge import KnowledgeBase
    from cruxmap_exports.matrix_view import CellView, MatrixView
    from cruxmap_exports.request import Request

__all__ = ["csv", "json", "tsv"]

Field = str | int | float | bool | None

CELL = ("resolved", "stance", "hinges", "at", "reason", "pro", "con")
FIGURES = ("strength", "label", "fragile")
"""Columns of a cell; figures only in voices that compute them."""


def csv(kb: KnowledgeBase, request: Request) -> bytes:
    """Write a matrix as comma-separated values in UTF-8, with a header line."""
    return _written(kb, request, ",")


def tsv(kb: KnowledgeBase, request: Request) -> bytes:
    """Write a matrix as tab-separated values in UTF-8, with a header line."""
    return _written(kb, request, "\t")


def json(kb: KnowledgeBase, request: Request) -> bytes:
    """Write a matrix as the document that `cruxmap matrix --json` prints."""
    data = request.matrix(kb).as_data()
    return (json_module.dumps(data, ensure_ascii=False, indent=2, sort_keys=True) + "\n").encode()


def _written(kb: KnowledgeBase, request: Request, delimiter: str) -> bytes:
    view = matrix_view(kb, request.matrix(kb), request.conventions)
    records = _long(view) if request.long else _wide(view)
    lines = (
        delimiter.join(_field(item, delimiter, raw=request.raw) for item in record) + "\n"
        for record in records
    )
    return "".join(lines).encode()


def _field(value: Field, delimiter: str, *, raw: bool) -> str:
    if isinstance(value, str):
        return delimited(value, delimiter, raw=raw)
    if isinstance(value, bool):
        return "true" if value else "false"
    # Numbers are ours and stay numbers; repr gives back exactly the float that was computed.
    return "" if value is None else repr(value)


def _columns(view: MatrixView) -> tuple[str, ...]:
    return (*CELL, *FIGURES) if view.has_figures else CELL


def _fields(cell: CellView | None, columns: tuple[str, ...]) -> list[Field]:
    if cell is None:
        return [None] * len(columns)
    known: dict[str, Field] = {
        "resolved": cell.word,
        "stance": cell.written,
        "hinges": "; ".join(item.id for item in cell.hinges),
        "at": f"{cell.source} {cell.at}".strip(),
        "reason": cell.reason,
        "pro": cell.pro,
        "con": cell.con,
        "strength": cell.strength,
        "label": cell.label,
        "fragile": cell.fragile,
    }
    return [known[name] for name in columns]


def _wide(view: MatrixView) -> Iterator[list[Field]]:
    """One line per entry: a column named after the criterion, and others that begin with its name."""
    columns = _columns(view)
    group = ["group"] if view.sections[0].title else []
    heads = [
        column.id if name == "resolved" else f"{column.id} {name}"
        for column in view.columns
        for name in columns
    ]
    yield ["number", "id", "title", *group, *heads, "voice", "semantics", "criteria versions"]
    versions = "; ".join(f"{column.id} {column.version}" for column in view.columns)
    for section in view.sections:
        for row in section.rows:
            cells = [item for cell in row.cells for item in _fields(cell, columns)]
            named: list[Field] = [row.number, row.id, row.title, *([section.title] if group else [])]
            yield [*named, *cells, view.voice_name, view.semantics_name, versions]


def _long(view: MatrixView) -> Iterator[list[Field]]:
    """One line per cell."""
    columns = _columns(view)
    group = ["group"] if view.sections[0].title else []
    heads = ["number", "id", "title", *group, "criterion", "criterion version"]
    yield [*heads, *columns, "voice", "semantics"]
    for section in view.sections:
        for row in section.rows:
            for column, cell in zip(view.columns, row.cells, strict=True):
                if cell:
                    named: list[Field] = [row.number, row.id, row.title]
                    named += [section.title] if group else []
                    named += [column.id, column.version]
                    yield [*named, *_fields(cell, columns), view.voice_name, view.semantics_name]
