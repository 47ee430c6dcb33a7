"""Grids of verdicts: formats, scales, rows and columns."""

from __future__ import annotations

from pathlib import Path

import pytest

from cruxmap.knowledge import KnowledgeBase
from cruxmap_exports.interchange.errors import InterchangeError
from cruxmap_exports.interchange.grid import Grid, understand
from cruxmap_exports.interchange.grid_files import read_table
from cruxmap_exports.interchange.grid_marks import FIVE_STEPS, LOW_TO_HIGH, THREE_MARKS, scale_for


def table_file(folder: Path, text: str, name: str = "grid.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def understood(folder: Path, text: str, kb: KnowledgeBase) -> Grid:
    return understand(read_table(table_file(folder, text)), kb)


@pytest.mark.parametrize(
    ("mark", "stance"),
    [
        ("✓", "holds"), ("✔", "holds"), ("Yes", "holds"), ("~", "partly"), ("✗", "fails"), ("no", "fails"),
        ("?", "unknown"), ("N/A", "not-applicable"), ("~/✓", "partly..holds"), ("✓-✗", "fails..holds"),
        ("purple", None), ("", None),
    ],
)  # fmt: skip
def test_three_marks(mark: str, stance: str | None) -> None:
    assert THREE_MARKS.stance(mark) == stance


@pytest.mark.parametrize(
    ("mark", "stance"),
    [
        ("L", "low"),
        ("Medium", "medium"),
        ("LOW-MEDIUM", "low..medium"),
        ("high – low", "low..high"),
        ("M or H", "medium..high"),
        ("M-M", "medium"),
    ],
)
def test_low_to_high(mark: str, stance: str) -> None:
    assert LOW_TO_HIGH.stance(mark) == stance


def test_the_scale_is_the_one_on_which_most_marks_lie() -> None:
    assert scale_for(["✓", "✗", "L"]) is THREE_MARKS
    assert scale_for(["very low", "H", "L"]) is FIVE_STEPS
    assert [level.id for level in scale_for(["1", "3", "5"]).levels] == [f"level-{n}" for n in range(1, 6)]
    named = scale_for(["fine", "great"], ["bad", "fine", "great"])
    assert (named.stance("fine-great"), named.stance("?")) == ("fine..great", "unknown")


@pytest.mark.parametrize(
    ("label", "entry"),
    [
        ("5", "microscope-ai"), ("P5", "microscope-ai"), ("5. Microscope AI", "microscope-ai"),
        ("microscope-ai", "microscope-ai"), ("MICROSCOPE AI", "microscope-ai"), ("Microscop AI", "microscope-ai"),
        ("Microscope", "microscope-ai"), ("Amplification", None), ("Something of our own", None),
    ],
)  # fmt: skip
def test_rows_are_found_by_number_id_title_or_likeness(
    tmp_path: Path, kb: KnowledgeBase, label: str, entry: str | None
) -> None:
    (row,) = understood(tmp_path, f"Proposal,Mark\n{label},✓\n", kb).rows
    assert (row.entry.id if row.entry else None) == entry


def test_a_guess_is_always_reported(tmp_path: Path, kb: KnowledgeBase) -> None:
    plain = understood(tmp_path, "Proposal,Mark\n5,✓\nSTEM AI,✗\n", kb)
    guessed = understood(tmp_path, "Proposal,Mark\nMicroscop AI,✓\n6 Debate,✗\n", kb)
    assert plain.matched == []
    assert len(guessed.matched) == 2


def test_columns_are_told_apart_by_their_headings(tmp_path: Path, kb: KnowledgeBase) -> None:
    text = "#,Title,Safe,Safe (assumption),Safe - rationale,Cheap,Assumption,Remarks\n5,Microscope AI,✓,a,b,✗,c,d\n"
    grid = understood(tmp_path, text, kb)
    assert [(c.title, c.marks, c.assumption, c.rationale) for c in grid.columns] == [
        ("Safe", 2, 3, 4), ("Cheap", 5, None, None),
    ]  # fmt: skip
    assert (grid.shared_assumption, grid.shared_rationale, grid.other) == (6, None, [7])


def test_the_same_entry_twice_counts_once_and_is_reported(tmp_path: Path, kb: KnowledgeBase) -> None:
    grid = understood(tmp_path, "Proposal,Mark\n5,✓\nMicroscope AI,✗\n", kb)
    assert len(grid.rows) == 1
    assert any("same entry" in loss.message and loss.line == 3 for loss in grid.losses)


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_separators_quotes_and_line_breaks_in_cells(tmp_path: Path, separator: str) -> None:
    text = separator.join(("Proposal", "Mark")) + "\n" + separator.join(('"two\nlines"', "✓")) + "\n"
    table = read_table(table_file(tmp_path, text))
    assert table.rows[1] == ("two lines", "✓")


def test_formula_cells_are_text(tmp_path: Path, kb: KnowledgeBase) -> None:
    text = "Proposal,Mark\n=1+1,✓\n'=HYPERLINK(1),✗\n@x,=cmd|' /C calc'!A0\n"
    grid = understood(tmp_path, text, kb)
    assert [row.label for row in grid.rows] == ["=1+1", "=HYPERLINK(1)", "@x"]
    assert grid.scale.stance(grid.rows[2].cells[1]) is None


def test_xlsx_cells_formulas_and_sheets(tmp_path: Path, kb: KnowledgeBase) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (["Proposal", "Mark", "Score"], [5, "✓", 3], ["STEM AI", "=A1", 4.0]):
        sheet.append(row)
    book.create_sheet("More")
    path = tmp_path / "grid.xlsx"
    book.save(path)
    table = read_table(path)
    assert table.rows == (("Proposal", "Mark", "Score"), ("5", "✓", "3"), ("STEM AI", "", "4"))
    assert any("only the first of 2 sheets" in loss.message for loss in table.losses)
    assert [(loss.line, loss.column) for loss in table.losses if "formula" in loss.message] == [(3, 2)]


BROKEN = [
    ("", "headings"),
    ("Proposal,Mark\n", "at least one row"),
    ("Proposal\n5\n", "at least one column of marks"),
    ("Proposal,Mark,Mark\n5,✓,✗\n", "two columns are headed 'Mark'"),
    ("Proposal,Mark\n5,purple\n", "name yours with --levels"),
    ('Proposal,Mark\n"5,✓\n', "not a table"),
    ("Proposal,Mark\n" + "x,✓\n" * 2001, "2000 rows"),
    ("Proposal" + ",c" * 300 + "\n5" + ",✓" * 300 + "\n", "200 columns"),
    ("Proposal,Mark\n5," + "x" * 5000 + "\n", "4000 characters"),
    ("Proposal,Mark\n5,\x1b[31m\n", "cannot be seen"),
]


@pytest.mark.parametrize(("text", "words"), BROKEN)
def test_what_is_no_grid_is_refused_with_a_reason(
    tmp_path: Path, kb: KnowledgeBase, text: str, words: str
) -> None:
    with pytest.raises(InterchangeError, match=words):
        understood(tmp_path, text, kb)
