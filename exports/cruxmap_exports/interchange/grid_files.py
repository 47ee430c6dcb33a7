"""Read a table from CSV, TSV or XLSX as rows of text, with the place of every cell."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cruxmap_exports.interchange.errors import InterchangeError
from cruxmap_exports.interchange.maps import Loss
from cruxmap_exports.interchange.textfiles import read_bytes, read_text

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST_ROWS = 2_000
MOST_COLUMNS = 200
LONGEST_CELL = 4_000
LARGEST_UNPACKED = 64 * 1024 * 1024
_GUARDED = re.compile(r"'[=+\-@\t\r]")
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")


@dataclass(frozen=True)
class Table:
    """Rows of cells, all of the same length.

    Attributes
    ----------
    path : str
    rows : tuple of tuple of str
        The header first; cells without white space around them.
    lines : tuple of int
        Line (CSV) or row (XLSX) at which each row starts.
    losses : tuple of Loss
    """

    path: str
    rows: tuple[tuple[str, ...], ...]
    lines: tuple[int, ...]
    losses: tuple[Loss, ...] = ()


def read_table(path: str | Path) -> Table:
    """Read a table; the suffix decides the format.

    Raises
    ------
    InterchangeError
        When the file is no table, or larger than a grid of verdicts can be.
    """
    path = Path(path)
    suffix = path.suffix.lower()
    if suffix == ".xlsx":
        return _read_xlsx(path)
    if suffix in (".csv", ".tsv", ".tab", ".txt"):
        return _read_separated(path, "\t" if suffix in (".tsv", ".tab") else None)
    raise InterchangeError(str(path), "a grid is a .csv, .tsv or .xlsx file")


def _read_separated(path: Path, delimiter: str | None) -> Table:
    shown, text = str(path), read_text(path)
    chosen = delimiter or _delimiter(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=chosen, strict=True)
    rows: list[list[str]] = []
    lines: list[int] = []
    start = 1
    try:
        for row in reader:
            if any(cell.strip() for cell in row):
                rows.append(row)
                lines.append(start)
                _bounded(row, len(rows), shown, start)
            start = reader.line_num + 1
    except csv.Error as error:
        raise InterchangeError(shown, f"this is not a table: {error}", start, 1) from None
    return _table(shown, rows, lines, [])


def _delimiter(text: str) -> str:
    """The separator that the first line uses most, outside quotes."""
    first = re.sub(r'"[^"]*"', "", text.lstrip("\n").split("\n", 1)[0])
    return max((",", ";", "\t"), key=first.count)


def _bounded(row: Sequence[str], count: int, shown: str, line: int) -> None:
    if count > MOST_ROWS:
        raise InterchangeError(shown, f"a grid may have {MOST_ROWS} rows", line, 1)
    if len(row) > MOST_COLUMNS:
        raise InterchangeError(shown, f"a grid may have {MOST_COLUMNS} columns", line, 1)
    for number, cell in enumerate(row, start=1):
        if len(cell) > LONGEST_CELL:
            raise InterchangeError(shown, f"a cell may have {LONGEST_CELL} characters", line, number)


def _table(shown: str, rows: list[list[str]], lines: list[int], losses: list[Loss]) -> Table:
    if len(rows) < 2:
        raise InterchangeError(shown, "a grid has a line of headings and at least one row below it", 1, 1)
    width = max(len(row) for row in rows)
    if width < 2:
        raise InterchangeError(
            shown, "a grid has a column of proposals and at least one column of marks", 1, 1
        )
    cells = (tuple(_cell(cell) for cell in [*row, *[""] * (width - len(row))]) for row in rows)
    return Table(shown, tuple(cells), tuple(lines), tuple(losses))


def _cell(text: str) -> str:
    """Take off the quote that keeps spreadsheets from computing, and what nobody can see."""
    text = text.strip()
    if _GUARDED.match(text):
        text = text[1:]
    return " ".join(_UNSEEN.sub("\ufffd", text).split())


def _read_xlsx(path: Path) -> Table:
    try:
        import openpyxl
    except ImportError:
        hint = "install it with `pip install 'cruxmap[xlsx]'`, or save the table as CSV"
        raise InterchangeError(str(path), f"reading .xlsx needs the package openpyxl; {hint}") from None
    shown, data = str(path), read_bytes(path)
    _refuse_bomb(data, shown)
    try:
        formulas = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=False, keep_links=False)
        values = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        return _sheet(formulas.worksheets[0], values.worksheets[0], len(values.worksheets), shown)
    except InterchangeError:
        raise
    except Exception as error:  # noqa: BLE001 - openpyxl raises whatever the file makes it run into
        raise InterchangeError(shown, f"this is not a readable .xlsx file: {error}") from None


def _refuse_bomb(data: bytes, shown: str) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            unpacked = sum(item.file_size for item in archive.infolist())
    except zipfile.BadZipFile:
        raise InterchangeError(shown, "this is not an .xlsx file: it is no archive") from None
    if unpacked > LARGEST_UNPACKED:
        raise InterchangeError(shown, "the file unpacks to more than 64 MiB")


def _sheet(formulas: Any, values: Any, sheets: int, shown: str) -> Table:
    rows: list[list[str]] = []
    lines: list[int] = []
    losses: list[Loss] = []
    if sheets > 1:
        losses.append(Loss(f"only the first of {sheets} sheets was read: {values.title}"))
    pairs = zip(formulas.iter_rows(), values.iter_rows(), strict=True)
    for number, (written, stored) in enumerate(pairs, start=1):
        row = []
        for column, (formula, value) in enumerate(zip(written, stored, strict=True), start=1):
            if column > MOST_COLUMNS:
                if value.value is not None:
                    raise InterchangeError(shown, f"a grid may have {MOST_COLUMNS} columns", number, column)
                continue
            row.append(_text(value.value))
            if getattr(formula, "data_type", "") == "f":
                kept = f"its stored value {row[-1]!r} was read" if row[-1] else "it has no stored value"
                losses.append(Loss(f"the cell holds a formula; {kept}", number, column))
        if any(cell.strip() for cell in row):
            rows.append(row)
            lines.append(number)
            _bounded(row, len(rows), shown, number)
        elif number > 100 * MOST_ROWS:
            break
    return _table(shown, rows, lines, losses)


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
