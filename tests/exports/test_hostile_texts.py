"""Texts that mean something in a format come out of every export as themselves, and add nothing to it."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import subprocess
from collections import Counter
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from markdown_it import MarkdownIt

from cruxmap.knowledge import KnowledgeBase
from cruxmap.model.entries import Proposal
from cruxmap.model.vocabulary import Source
from cruxmap_exports.escape import visible
from cruxmap_exports.registry import FORMATS, render
from cruxmap_exports.request import Request
from export_readers import XHTML, bibliography, from_tex, inline_text, page_of, text_of
from export_workspaces import harmless, hostile

TURNS = (0, 7, 19)
SVG = "{http://www.w3.org/2000/svg}"
PAGES = [
    ("matrix", Request()),
    ("matrix", Request(group_by="mechanism")),
    ("entry", Request(entry="first")),
    ("entry", Request(entry="first-thing")),
    ("entry", Request(entry="work2020")),
    ("handout", Request()),
    ("handout", Request(entry="first")),
]
spaced = str.maketrans("\n\r\t", "   ")


@pytest.fixture(scope="module")
def tame(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeBase:
    return harmless(tmp_path_factory.mktemp("harmless"))


@pytest.fixture(scope="module", params=TURNS)
def wild(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> KnowledgeBase:
    return hostile(tmp_path_factory.mktemp("hostile"), request.param)


def reasons(kb: KnowledgeBase) -> list[str]:
    return [cell.reason for row in kb.matrix().rows for cell in row.cells.values()]


def titles(kb: KnowledgeBase) -> list[str]:
    return [row.title for row in kb.matrix().rows]


def statements(kb: KnowledgeBase) -> list[str]:
    """Running texts that the pages of the first proposal and of the first assumption must hold."""
    first = kb.entries["first"]
    assert isinstance(first, Proposal)
    assert first.summary
    assessment = first.assessments["outer"]
    (argument,) = assessment.pro
    return [
        first.summary.text,
        first.setup[0].text,
        str(assessment.reason),
        argument.text,
        str(argument.note),
        argument.con[0].text,
        assessment.notes[0].text,
        first.questions[0].text,
    ]


def shape(item: Any) -> tuple[str, ...]:
    return (item.tag, *sorted(map(str, item.attrib)))


@pytest.mark.parametrize(("target", "request_"), PAGES)
def test_html_gains_no_element_attribute_or_address(
    target: str, request_: Request, tame: KnowledgeBase, wild: KnowledgeBase
) -> None:
    pages = [page_of(render(kb, target, FORMATS["html"], request_)) for kb in (tame, wild)]
    shapes = [Counter(shape(item) for item in page.iter()) for page in pages]
    # A box of a map has as many lines as its text needs.
    lines = [item for item in shapes[0] if item[0] == f"{SVG}text"]
    assert [{**found, **dict.fromkeys(lines, 1)} for found in shapes] == [
        {**shapes[0], **dict.fromkeys(lines, 1)}
    ] * 2
    scripts = [[text_of(item) for item in page.iter(f"{XHTML}script")] for page in pages]
    assert scripts[0] == scripts[1]
    for item in pages[1].iter():
        assert not {"src", "srcset", "style", "onclick", "onerror", "action"} & set(item.attrib)
        assert item.tag not in (f"{XHTML}img", f"{XHTML}link", f"{XHTML}iframe", f"{SVG}script")
        if "href" in item.attrib:
            assert item.get("href").startswith("#")


def test_html_holds_every_text_unchanged(wild: KnowledgeBase) -> None:
    page = page_of(render(wild, "entry", FORMATS["html"], Request(entry="first")))
    pieces = [text_of(item) for item in page.iter(f"{XHTML}bdi")]
    for text in [*statements(wild), f"1. {titles(wild)[0]}"]:
        assert any(visible(text).strip(" ") in piece for piece in pieces), text
    matrix = [
        text_of(item)
        for item in page_of(render(wild, "matrix", FORMATS["html"], Request())).iter(f"{XHTML}bdi")
    ]
    for text in [*titles(wild), *reasons(wild), *(item.question for item in wild.criteria)]:
        assert any(visible(text) in piece for piece in matrix), text


def tokens_of(data: bytes) -> list[Any]:
    reader = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    return reader.parse(data.decode())


@pytest.mark.parametrize(("target", "request_"), PAGES)
def test_markdown_gains_no_structure(
    target: str, request_: Request, tame: KnowledgeBase, wild: KnowledgeBase
) -> None:
    shapes = []
    for kb in (tame, wild):
        tokens = tokens_of(render(kb, target, FORMATS["markdown"], request_))
        inside = [child.type for token in tokens for child in token.children or ()]
        shapes.append(
            Counter(token.type for token in tokens) + Counter(set(inside) - {"text", "text_special"})
        )
    assert shapes[0] == shapes[1]


def test_markdown_holds_every_text_unchanged(wild: KnowledgeBase) -> None:
    for target, request_, texts in (
        ("entry", Request(entry="first"), statements(wild)),
        ("matrix", Request(), [*titles(wild), *reasons(wild)]),
    ):
        tokens = tokens_of(render(wild, target, FORMATS["markdown"], request_))
        pieces = [inline_text(token) for token in tokens if token.type == "inline"]
        for text in texts:
            assert any(visible(text) in piece for piece in pieces), text


@pytest.mark.parametrize("name", ["csv", "tsv"])
@pytest.mark.parametrize("long", [False, True])
def test_csv_holds_every_text_and_no_formula(name: str, long: bool, wild: KnowledgeBase) -> None:
    delimiter = "," if name == "csv" else "\t"
    for raw in (False, True):
        data = render(wild, "matrix", FORMATS[name], Request(raw=raw, long=long, group_by="mechanism"))
        lines = list(csv.DictReader(io.StringIO(data.decode(), newline=""), delimiter=delimiter))
        fields = [field for line in lines for field in line.values()]
        if raw:
            assert set(titles(wild)) | set(reasons(wild)) <= set(fields)
            continue
        assert not [field for field in fields if re.match(r"[\s]*[=+\-@＝＋－＠]|[\t\r\n]", field)]
        bare = {field.removeprefix("'") for field in fields}
        assert {visible(text) for text in [*titles(wild), *reasons(wild)]} <= bare


def test_workbooks_hold_every_text_as_text(wild: KnowledgeBase) -> None:
    book = openpyxl.load_workbook(io.BytesIO(render(wild, "matrix", FORMATS["xlsx"], Request())))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    assert not [cell for cell in cells if cell.hyperlink]
    assert all(isinstance(cell.value, str) or cell.column_letter in "AELM" for cell in cells)
    texts = {cell.value for cell in cells}
    for text in [*titles(wild), *reasons(wild)]:
        assert visible(text).replace("\r\n", "\n").replace("\r", "\n") in {
            str(item).replace("\r\n", "\n") for item in texts
        } or any(visible(text).splitlines()[0] in str(item) for item in texts), text


def test_json_holds_every_text_exactly(wild: KnowledgeBase) -> None:
    data = json.loads(render(wild, "matrix", FORMATS["json"], Request()))
    assert [row["title"] for row in data["rows"]] == titles(wild)
    assert [cell["reason"] for row in data["rows"] for cell in row["cells"].values()] == reasons(wild)


def test_latex_gains_no_command_and_holds_every_text(tame: KnowledgeBase, wild: KnowledgeBase) -> None:
    sources = [render(kb, "matrix", FORMATS["latex"], Request()).decode() for kb in (tame, wild)]
    structure = (
        r"\\(begin|end|item|section|textbf|newline|tabularnewline|input|write|include|usepackage|def)\b"
    )
    counts = [Counter(re.findall(structure, text)) for text in sources]
    assert counts[0] == counts[1]
    read = from_tex(sources[1])
    for text in [*titles(wild), *reasons(wild)]:
        assert visible(text).translate(spaced) in read, text


@pytest.mark.skipif(not shutil.which("pdflatex"), reason="needs pdflatex")
def test_latex_compiles_without_shell_escape(wild: KnowledgeBase, tmp_path: Path) -> None:
    tmp_path.joinpath("m.tex").write_bytes(
        render(wild, "matrix", FORMATS["latex"], Request(group_by="mechanism"))
    )
    command = ["pdflatex", "-no-shell-escape", "-interaction=nonstopmode", "-halt-on-error", "m.tex"]
    done = subprocess.run(
        command, cwd=tmp_path, capture_output=True, text=True, errors="replace", check=False
    )
    assert done.returncode == 0, done.stdout[-2000:]


def test_bibliographies_hold_every_text(wild: KnowledgeBase) -> None:
    work = wild.entries["work2020"]
    assert isinstance(work, Source)
    entries = bibliography(render(wild, "sources", FORMATS["bibtex"], Request()).decode())
    fields = entries["work2020"]
    assert list(entries) == ["work2020"]
    assert from_tex(fields["title"][1:-1]) == visible(work.title).translate(spaced)
    assert fields["url"] == "https://example.org/%7Ba%7D_b%20c"
    (item,) = json.loads(render(wild, "sources", FORMATS["csl-json"], Request()))
    assert item["title"] == work.title
    assert item["issued"] == {"date-parts": [[2020]]}


def test_notebooks_show_a_table_as_escaped_as_the_page(tame: KnowledgeBase, wild: KnowledgeBase) -> None:
    shapes = []
    for kb in (tame, wild):
        fragment = kb.matrix()._repr_html_()
        assert fragment
        # A stylesheet may stand in the body of a notebook, but not in that of a page.
        table = fragment.split("</style>\n", 1)[1]
        page = page_of(f'<!DOCTYPE html><meta charset="utf-8"><title>t</title>{table}'.encode())
        shapes.append(Counter((item.tag, *sorted(map(str, item.attrib))) for item in page.iter()))
        pieces = {text_of(item) for item in page.iter(f"{XHTML}bdi")}
        assert {visible(text) for text in titles(kb)} <= pieces
    assert shapes[0] == shapes[1]
