"""What commands print is tested byte for byte, at the widths that people use.

Run `CRUXMAP_UPDATE_GOLDEN=1 pytest tests/cli/test_golden.py` after an intended change, and read the diff.
"""

from __future__ import annotations

import os
from collections.abc import Callable

import pytest

from conftest import REPOSITORY, Result

GOLDEN = REPOSITORY / "tests" / "golden"

CASES = {
    "matrix-60": ("60", "matrix"),
    "matrix-80": ("80", "matrix"),
    "matrix-120": ("120", "matrix"),
    "matrix-160": ("160", "matrix"),
    "matrix-ascii-80": ("80", "matrix", "--ascii"),
    "matrix-wide-120": ("120", "matrix", "--wide", "--criteria", "inner,outer"),
    "matrix-grouped-80": ("80", "matrix", "--group-by", "mechanism", "--criteria", "inner"),
    "matrix-sorted-80": ("80", "matrix", "--sort", "inner"),
    "show-proposal-80": ("80", "show", "3"),
    "show-proposal-160": ("160", "show", "3"),
    "show-cell-80": ("80", "show", "9/inner"),
    "show-argument-80": ("80", "show", "p1.train.for.1"),
    "show-note-80": ("80", "show", "p2.outer.note.3"),
    "show-assumption-80": ("80", "show", "A2"),
    "show-mechanism-80": ("80", "show", "transparency-tools"),
    "show-term-80": ("80", "show", "term-gradient-hacking"),
    "show-source-80": ("80", "show", "hubinger2020"),
    "show-criterion-80": ("80", "show", "inner-alignment"),
    "show-scale-80": ("80", "show", "stance"),
    "show-hedge-80": ("80", "show", "possible"),
    "show-synthesis-80": ("80", "show", "sentence-relaxed-training-means-a-gradient"),
    "show-synthesis-parts-80": ("80", "show", "sentence-no-outer-alignment-leans-positive"),
    "list-80": ("80", "list"),
    "list-proposals-80": ("80", "list", "proposal", "--assumption", "A2"),
    "search-80": ("80", "search", "offense", "balance"),
    "compare-80": ("80", "compare", "2", "3"),
    "compare-160": ("160", "compare", "3", "4", "9"),
    "matrix-computed-60": ("60", "matrix", "--voice", "computed"),
    "matrix-computed-80": ("80", "matrix", "--voice", "computed"),
    "matrix-computed-160": ("160", "matrix", "--voice", "computed", "--set", "A5=in", "--sort", "inner"),
    "evaluate-80": ("80", "evaluate"),
    "evaluate-cell-80": ("80", "evaluate", "2/inner"),
    "evaluate-cell-set-120": ("120", "evaluate", "3/inner", "--set", "A5=in", "--semantics", "df-quad"),
    "evaluate-entry-80": ("80", "evaluate", "4"),
    "evaluate-assumption-80": ("80", "evaluate", "A2"),
    "evaluate-argument-ascii-80": ("80", "evaluate", "p4.inner.against.4", "--ascii"),
    "evaluate-coherence-80": ("80", "evaluate", "--coherence"),
    "whatif-80": ("80", "whatif", "--set", "A8=out"),
    "whatif-credence-120": ("120", "whatif", "--set", "A5=0", "--set", "A2=0.9"),
    "whatif-still-80": ("80", "whatif", "--set", "A5=0.5"),
    "assumptions-80": ("80", "assumptions"),
    "assumptions-cell-80": ("80", "assumptions", "2/inner"),
    "assumptions-entry-80": ("80", "assumptions", "4"),
    "assumptions-statement-80": ("80", "assumptions", "A8"),
    "assumptions-set-80": ("80", "assumptions", "3/inner", "--set", "A6=in", "--set", "A5=0.8"),
    "assumptions-portfolio-80": ("80", "assumptions", "--portfolio", "2"),
    "positions-80": ("80", "positions"),
    "positions-given-120": ("120", "positions", "2", "--given", "A5=in", "--given", "2/inner=in"),
    "positions-clash-80": ("80", "positions", "--given", "2/inner=in", "--given", "A4=out"),
    "positions-complete-80": ("80", "positions", "1/inner", "--semantics", "complete", "--ascii"),
    "cruxes-80": ("80", "cruxes", *(f"docs/examples/reader-{name}.yaml" for name in "ab")),
    "cruxes-verdict-80": (
        "80",
        "cruxes",
        "--between",
        "reader-a",
        "reader-b",
        "--readers",
        "docs/examples",
        "--verdict",
        "3/inner",
    ),
    "cruxes-group-80": ("80", "cruxes", "--readers", "docs/examples", "--limit", "4"),
    "cruxes-group-verdict-120": ("120", "cruxes", "--readers", "docs/examples", "--verdict", "1/inner"),
    "rank-80": ("80", "rank"),
    "cluster-80": ("80", "cluster"),
    "cluster-mechanism-120": ("120", "cluster", "--by", "mechanism"),
    "export-80": ("80", "export"),
    "check-80": ("80", "check"),
    "sources-80": ("80", "sources", "--cited-by", "3"),
    "coverage-80": ("80", "coverage"),
    "af-80": ("80", "af", "docs/examples/courtroom.tgf", "--task", "DS-PR", "-a", "guilty"),
    "qbaf-80": ("80", "qbaf", "docs/examples/lecture.json", "--contributions", "attend"),
}


@pytest.mark.parametrize("name", CASES)
def test_output_is_as_it_was_approved(
    name: str,
    cruxmap_command: Callable[..., Result],
    in_folder: Callable[..., None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    width, *arguments = CASES[name]
    in_folder(REPOSITORY)
    monkeypatch.setenv("COLUMNS", width)
    result = cruxmap_command(*arguments)
    file = GOLDEN / f"{name}.txt"
    if os.environ.get("CRUXMAP_UPDATE_GOLDEN"):
        file.write_text(result.out, encoding="utf-8")
    assert result.code == 0
    assert result.out == file.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", [name for name in CASES if not name.startswith("schema")])
def test_no_line_is_wider_than_the_terminal(name: str) -> None:
    width = int(CASES[name][0])
    for line in (GOLDEN / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        assert len(line) <= width or "/" in line, line


def test_ascii_output_is_ascii() -> None:
    for name in ("matrix-ascii-80", "evaluate-argument-ascii-80"):
        assert (GOLDEN / f"{name}.txt").read_text(encoding="utf-8").isascii()
