"""Every format of the matrix says the same of every cell, read back by readers of other makers."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import pytest

from cruxmap.knowledge import KnowledgeBase
from cruxmap_exports.registry import FORMATS, formats_for, render
from cruxmap_exports.request import Request
from export_readers import (
    Table,
    from_delimited,
    from_html,
    from_json,
    from_latex,
    from_long,
    from_markdown,
    from_xlsx,
)


def numbers(kb: KnowledgeBase) -> dict[str, str]:
    return {name: str(getattr(entry, "number", None) or name) for name, entry in kb.entries.items()}


def heads(kb: KnowledgeBase) -> dict[str, str]:
    return {item.id: item.title for item in kb.criteria}


def tables(kb: KnowledgeBase, request: Request) -> dict[str, Table]:
    """Read every format but PDF, which is printed from the HTML."""
    named = numbers(kb)
    readers: dict[str, Callable[[bytes], Table]] = {
        "markdown": from_markdown,
        "html": from_html,
        "csv": lambda data: from_delimited(data, ",", heads(kb), named),
        "tsv": lambda data: from_delimited(data, "\t", heads(kb), named),
        "xlsx": from_xlsx,
        "latex": from_latex,
        "json": lambda data: from_json(data, named),
    }
    assert {form.name for form in formats_for("matrix")} - {"pdf"} == set(readers)
    found = {name: reader(render(kb, "matrix", FORMATS[name], request)) for name, reader in readers.items()}
    found["long"] = from_long(
        render(kb, "matrix", FORMATS["csv"], replace(request, long=True)), heads(kb), named
    )
    return found


@pytest.mark.parametrize(
    "request_",
    [
        Request(),
        Request(kind="strategy"),
        Request(criteria=("inner", "outer")),
        Request(group_by="mechanism"),
        Request(group_by="stance", criteria=("inner",)),
    ],
    ids=["all", "strategies", "criteria", "by mechanism", "by stance"],
)
def test_formats_agree_cell_for_cell(request_: Request, kb: KnowledgeBase) -> None:
    if request_.criteria:
        kb = replace(
            kb,
            settings={"criteria": [kb.matrix(criteria=[name]).criteria[0].id for name in request_.criteria]},
        )
    found = tables(kb, request_)
    expected = found["json"]
    assert len(expected) > 8
    for name, table in found.items():
        assert table == expected, name


def test_formats_agree_on_computed_figures(kb: KnowledgeBase) -> None:
    request = Request(
        standard="scintilla",
        voice={
            "voice": "computed",
            "semantics": "df-quad",
            "standard": "scintilla",
            "credences": {"hch-is-aligned": 0.25},
        },
    )
    found = tables(kb, request)
    expected = found["json"]
    assert any(cell.figures.endswith("fragile") for cell in expected.values())
    assert all(re.match(r"[01]\.\d\d (in|out|undecided)", cell.figures) for cell in expected.values())
    for name, table in found.items():
        assert table == expected, name
    for form in formats_for("matrix"):
        if form.is_text:
            assert b"df-quad" in render(kb, "matrix", form, request), form.name
    for name in ("markdown", "html", "latex"):
        text = render(kb, "matrix", FORMATS[name], request).decode()
        assert "scintilla standard" in text
        assert "set for this export: hch-is-aligned" in text


def test_every_format_states_voice_semantics_and_versions(kb: KnowledgeBase) -> None:
    import io

    import openpyxl

    for form in formats_for("matrix"):
        if not form.is_text:
            continue
        text = render(kb, "matrix", form, Request()).decode().lower()
        for word in ("voice", "semantics", "version", "source"):
            assert word in text, (form.name, word)
    book = openpyxl.load_workbook(io.BytesIO(render(kb, "matrix", FORMATS["xlsx"], Request())))
    about = [line[0] for line in book["About"].values]
    assert about.count("Voice") == about.count("Semantics") == 1
    assert about.count("Criterion") == len(kb.criteria)
    assert "(version 1)" in str(book["Matrix"]["C1"].value)


def test_reasons_and_titles_of_hinges_are_carried_too(kb: KnowledgeBase) -> None:
    cell = kb.matrix().rows[3].cells["inner-alignment"]
    assert cell.hinges
    for name in ("markdown", "html", "latex"):
        text = render(kb, "matrix", FORMATS[name], Request()).decode()
        assert cell.reason.split(",")[0].replace("-", "-")[:40] in text, name
        assert "Consistent gradient away from deception" in text, name


def test_a_workspace_without_such_entries_is_an_empty_table(kb: KnowledgeBase) -> None:
    without = replace(
        kb, entries={name: item for name, item in kb.entries.items() if item.kind != "strategy"}
    )
    for form in formats_for("matrix"):
        if form.name != "pdf":
            assert render(without, "matrix", form, Request(kind="strategy"))
