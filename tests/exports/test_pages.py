"""Pages of entries, handouts and matrices: what they hold, and how they are made for screen, phone and paper."""

from __future__ import annotations

import base64
import hashlib
import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from cruxmap.analysis.failure_across import shared_causes
from cruxmap.errors import UsageError
from cruxmap.knowledge import KnowledgeBase
from cruxmap.model.entries import KINDS, Proposal
from cruxmap.model.parts import VERIFIED, Argument, Note, Question, Step
from cruxmap_exports.document_html import stylesheet
from cruxmap_exports.handout import MOST
from cruxmap_exports.registry import FORMATS, render
from cruxmap_exports.request import Request
from export_readers import XHTML, having_class, page_of, text_of

CHROMIUM = pytest.mark.skipif(not shutil.which("chromium"), reason="needs chromium")


def page(kb: KnowledgeBase, target: str, request: Request) -> str:
    return render(kb, target, FORMATS["html"], request).decode()


def markdown(kb: KnowledgeBase, target: str, request: Request) -> str:
    return render(kb, target, FORMATS["markdown"], request).decode()


def test_every_entry_has_a_page_in_both_formats(kb: KnowledgeBase) -> None:
    firsts = {
        kind: next((name for name, item in kb.entries.items() if item.kind == kind), None) for kind in KINDS
    }
    chosen = [name for name in firsts.values() if name]
    for name in chosen:
        request = Request(entry=name)
        tree = page_of(page(kb, "entry", request).encode())
        (head,) = tree.iter(f"{XHTML}h1")
        assert text_of(head)
        assert name in page(kb, "entry", request)
        assert markdown(kb, "entry", request).startswith("# ")


def test_the_page_of_a_proposal_holds_every_argument_note_step_and_question(kb: KnowledgeBase) -> None:
    entry = kb.entries["imitative-amplification-rat"]
    assert isinstance(entry, Proposal)
    text = text_of(page_of(page(kb, "entry", Request(entry=entry.id)).encode()))
    arguments = [item.argument for item in kb.arguments.values() if item.entry == entry.id]
    notes = [note for item in entry.assessments.values() for note in item.notes]
    parts: list[Argument | Note | Question | Step] = [*arguments, *notes, *entry.setup, *entry.questions]
    for part in parts:
        assert part.text in text, part.id
    for argument in arguments:
        assert argument.id in text


def test_what_was_not_checked_in_the_work_itself_says_so(kb: KnowledgeBase) -> None:
    found = {
        getattr(item.argument, "verified", "primary"): item for item in kb.arguments.values()
    }  # one argument of each kind is enough
    for kind, words in VERIFIED.items():
        if kind in found:
            request = Request(entry=found[kind].entry)
            assert words in page(kb, "entry", request)
            assert words in markdown(kb, "entry", request)


def test_replies_stand_below_what_they_answer(kb: KnowledgeBase) -> None:
    lines = markdown(kb, "entry", Request(entry="imitative-amplification-rat")).splitlines()
    depth = {
        name: len(line) - len(line.lstrip(" "))
        for line in lines
        for name in re.findall(r"\((p3\.inner\.(?:for|against)\.\d+)[,)]", line)
    }
    for name, placed in kb.arguments.items():
        if name in depth and placed.depth > 1 and placed.parent in depth:
            assert depth[name] == depth[placed.parent] + 2


@pytest.mark.parametrize(("target", "request_"), [("matrix", Request()), ("handout", Request())])
def test_pages_name_what_they_hold_by_digest_and_allow_nothing_else(
    target: str, request_: Request, kb: KnowledgeBase
) -> None:
    text = page(kb, target, request_)
    tree = page_of(text.encode())
    policies = [item.get("content") for item in tree.iter(f"{XHTML}meta") if item.get("http-equiv")]
    (style,) = tree.iter(f"{XHTML}style")
    scripts = list(tree.iter(f"{XHTML}script"))
    assert len(scripts) == (target == "matrix")
    allowed = "".join(f"; script-src {digest(item)}" for item in scripts)
    assert policies == [
        f"default-src 'none'; style-src {digest(style)}{allowed}; base-uri 'none'; form-action 'none'"
    ]
    assert "url(" not in text
    assert "@import" not in text
    assert not [item for item in tree.iter() if "style" in item.attrib]


def digest(element: Any) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text_of(element).encode()).digest()).decode()}'"


def test_the_table_is_one_for_screen_readers_too(kb: KnowledgeBase) -> None:
    tree = page_of(page(kb, "matrix", Request(group_by="mechanism")).encode())
    (table,) = tree.iter(f"{XHTML}table")
    assert len(list(table.iter(f"{XHTML}caption"))) == 1
    assert {item.get("scope") for item in table.iter(f"{XHTML}th")} == {"col", "row", "rowgroup"}
    assert all(
        item.get("role")
        for item in table.iter()
        if item.tag in {f"{XHTML}{tag}" for tag in ("tr", "td", "th")}
    )
    ids = [item.get("id") for item in tree.iter() if item.get("id")]
    assert len(ids) == len(set(ids))
    targets = {item.get("href")[1:] for item in tree.iter(f"{XHTML}a")}
    assert targets <= set(ids)


def test_hinges_places_and_reasons_are_there_on_hover_and_in_print(kb: KnowledgeBase) -> None:
    tree = page_of(page(kb, "matrix", Request()).encode())
    tips = having_class(tree, "tip")
    (notes,) = having_class(tree, "notes")
    rows = kb.matrix().rows
    cells = [cell for row in rows for cell in row.cells.values()]
    assert len(tips) == len(cells)
    printed = text_of(notes)
    for cell, tip in zip(cells, tips, strict=True):
        for words in (cell.reason, cell.at):
            assert words in text_of(tip)
            assert words in printed
        for hinge in cell.hinges:
            title = str(getattr(kb.entries[hinge], "title", hinge))
            assert title in text_of(tip)
            assert title in printed


def test_the_stylesheet_serves_dark_screens_phones_and_paper() -> None:
    style = stylesheet("table", "page")
    for query in ("prefers-color-scheme: dark", "max-width: 46em", "@media print", "position: sticky"):
        assert query in style


def test_the_handout_names_the_most_load_bearing_assumptions(kb: KnowledgeBase) -> None:
    from cruxmap.analysis.dependence import dependences
    from cruxmap.analysis.labelling import grounded_labels
    from cruxmap.graph import argument_graph

    graph = argument_graph(kb)
    found = dependences(graph, grounded_labels(graph, "preponderance").labels)
    formulas = {
        f"{entry.id}/{name}": found[f"{entry.id}/{name}"].formula
        for entry in kb.proposals
        for name in entry.assessments
    }
    causes = shared_causes(formulas)
    most = max(cause.orders.count(1) for cause in causes)
    text = markdown(kb, "handout", Request())
    named = re.findall(r"^- \*\*(\w+) ", text, re.MULTILINE)
    assert len(named) == min(MOST, len(causes))
    first = next(cause for cause in causes if str(getattr(kb.entries[cause.atom], "number", "")) == named[0])
    assert first.orders.count(1) == most
    assert "What to read next" in text
    assert "§" in text.split("What to read next")[1]


def test_the_handout_on_one_proposal_is_about_it_alone(kb: KnowledgeBase) -> None:
    text = markdown(kb, "handout", Request(entry="microscope-ai"))
    assert text.count("\n| ") == 3
    assert "What it rests on" in text
    assert not re.search(r"of P(?!5\b)\d+", text)


def test_a_handout_without_single_causes_still_says_what_to_read(kb: KnowledgeBase) -> None:
    bare = [
        entry.id
        for entry in kb.proposals
        if "no failure of an assumption defeats" in markdown(kb, "handout", Request(entry=entry.id))
    ]
    for name in bare:
        entry = kb.entries[name]
        assert isinstance(entry, Proposal)
        text = markdown(kb, "handout", Request(entry=name))
        for statement in entry.assumptions[:MOST]:
            assert f"{getattr(kb.entries[statement], 'number', statement)} " in text
        assert "§" in text.split("What to read next")[1]


def test_a_handout_is_about_something_that_is_assessed(kb: KnowledgeBase) -> None:
    with pytest.raises(UsageError, match="not a row of this matrix"):
        render(kb, "handout", FORMATS["html"], Request(entry="hch"))
    with pytest.raises(UsageError, match="say which entry"):
        render(kb, "entry", FORMATS["html"], Request())


def test_a_table_without_entries_behind_it_has_no_picture_in_notebooks(kb: KnowledgeBase) -> None:
    table = kb.matrix()
    assert "<table" in (table._repr_html_() or "")
    assert replace(table, of=None)._repr_html_() is None
    assert replace(table, of=None) == table


@CHROMIUM
def test_the_handout_fits_one_page_and_is_the_same_every_time(kb: KnowledgeBase, tmp_path: Path) -> None:
    first, second = (render(kb, "handout", FORMATS["pdf"], Request()) for _ in range(2))
    assert first == second
    assert len(re.findall(rb"/Type ?/Page\b", first)) == 1
    if shutil.which("pdftotext"):
        file = tmp_path / "handout.pdf"
        file.write_bytes(first)
        text = subprocess.run(
            ["pdftotext", "-layout", str(file), "-"], capture_output=True, text=True, check=True
        ).stdout
        for row in kb.matrix().rows:
            for cell in row.cells.values():
                assert cell.at.split(" ", 1)[1] in text
