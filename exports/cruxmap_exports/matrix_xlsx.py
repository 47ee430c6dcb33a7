"""The comparison matrix as an Excel workbook: the matrix, its cells in full, and what explains them."""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING, Any

from cruxmap_exports.errors import ProgramError
from cruxmap_exports.escape import visible
from cruxmap_exports.matrix_view import matrix_view

if TYPE_CHECKING:
    from cruxmap.knowledge import KnowledgeBase
    from cruxmap_exports.matrix_view import CellView, MatrixView
    from cruxmap_exports.request import Request

__all__ = ["xlsx"]

TINTS = {"against": "F9D9B4", "rather-against": "FCECD9", "rather-for": "E3EDFA", "for": "C6DCF5"}
"""Orange against, blue for: told apart by readers who cannot tell red from green."""
CELL_COLUMNS = (
    ("entry", 32),
    ("criterion", 26),
    ("stance", 24),
    ("as written", 14),
    ("strength", 10),
    ("label", 11),
    ("fragile", 9),
    ("hinges", 44),
    ("source", 18),
    ("locator", 14),
    ("reason", 80),
    ("reasons for", 10),
    ("reasons against", 10),
)
_LONGEST = 32_767
"""Characters that one cell of a workbook can hold."""


def xlsx(kb: KnowledgeBase, request: Request) -> bytes:
    """Write a matrix as a workbook.

    Every text is stored as a text, whatever it looks like, so that nothing becomes a formula.

    Raises
    ------
    ProgramError
        When openpyxl is not installed.
    """
    try:
        from openpyxl import Workbook
    except ImportError as error:
        raise ProgramError(
            "Excel workbooks need the library openpyxl: pip install 'cruxmap[xlsx]'; CSV needs nothing"
        ) from error
    view = matrix_view(kb, request.matrix(kb), request.conventions)
    book = Workbook()
    sheet = book.active
    _matrix_sheet(sheet, view)
    _cells_sheet(book.create_sheet("Cells"), view)
    _about_sheet(book.create_sheet("About"), view)
    stream = io.BytesIO()
    book.save(stream)
    return _without_time(stream.getvalue())


def _put(sheet: Any, row: int, column: int, value: str | float | None, **style: Any) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill

    cell = sheet.cell(row, column)
    if isinstance(value, str):
        cell.value = visible(value)[:_LONGEST].replace("\r", "\n")
        cell.data_type = "s"
    elif value is not None:
        cell.value = value
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    if style.get("bold"):
        cell.font = Font(bold=True)
    if style.get("tint"):
        cell.fill = PatternFill("solid", start_color=style["tint"])


def _matrix_sheet(sheet: Any, view: MatrixView) -> None:
    sheet.title = "Matrix"
    grouped = bool(view.sections[0].title)
    heads = [view.kind.capitalize(), *(column.versioned for column in view.columns)]
    for place, head in enumerate(["", *heads], 1):
        _put(sheet, 1, place, head, bold=True)
    line = 2
    for section in view.sections:
        if grouped:
            _put(sheet, line, 2, section.title, bold=True)
            line += 1
        for row in section.rows:
            _put(sheet, line, 1, int(row.number) if row.number.isdecimal() else row.number)
            _put(sheet, line, 2, row.title, bold=True)
            for place, cell in enumerate(row.cells, 3):
                if cell:
                    _put(sheet, line, place, "\n".join(cell.pieces), tint=TINTS.get(cell.leaning))
            line += 1
    sheet.column_dimensions["A"].width = 5
    sheet.column_dimensions["B"].width = 44
    for place in range(len(view.columns)):
        sheet.column_dimensions[_letter(3 + place)].width = 27
    sheet.freeze_panes = "C2"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = "1:1"


def _cells_sheet(sheet: Any, view: MatrixView) -> None:
    for place, (head, width) in enumerate(CELL_COLUMNS, 1):
        _put(sheet, 1, place, head, bold=True)
        sheet.column_dimensions[_letter(place)].width = width
    line = 2
    for row in view.rows:
        for column, cell in zip(view.columns, row.cells, strict=True):
            if cell:
                _cell_line(sheet, line, f"{row.number} {row.title}".strip(), column.title, cell)
                line += 1
    sheet.freeze_panes = "C2"


def _cell_line(sheet: Any, line: int, entry: str, criterion: str, cell: CellView) -> None:
    values: tuple[str | float | None, ...] = (
        entry,
        criterion,
        cell.stance,
        cell.written,
        cell.strength,
        cell.label,
        "fragile" if cell.fragile else None,
        "\n".join(item.keyed for item in cell.hinges),
        cell.source,
        cell.at,
        cell.reason,
        cell.pro,
        cell.con,
    )
    for place, value in enumerate(values, 1):
        _put(sheet, line, place, value)


def _about_sheet(sheet: Any, view: MatrixView) -> None:
    lines = [
        ("Voice", view.voice),
        ("Semantics", view.semantics),
        *([("Left out", view.left_out)] if view.left_out else []),
        *(("Criterion", f"{column.versioned}: {column.question}") for column in view.columns),
        *(("Sign", f"{sign.glyph} {sign.word}: {sign.meaning}") for sign in view.signs),
        *(("Hinge", item.keyed) for item in view.hinges),
    ]
    for line, (head, text) in enumerate(lines, 1):
        _put(sheet, line, 1, head, bold=True)
        _put(sheet, line, 2, text)
    sheet.column_dimensions["A"].width = 12
    sheet.column_dimensions["B"].width = 100


def _letter(place: int) -> str:
    from openpyxl.utils import get_column_letter

    return str(get_column_letter(place))


def _without_time(data: bytes) -> bytes:
    """Pack a workbook again without the times of its making: equal contents are equal bytes."""
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as source,
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            content = source.read(name)
            if name == "docProps/core.xml":
                content = re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", b"1980-01-01T00:00:00Z", content)
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            target.writestr(entry, content)
    return packed.getvalue()
