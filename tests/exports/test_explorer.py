"""The interactive page as a document: what it says without its script."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from cruxmap.knowledge import KnowledgeBase
from cruxmap.model.parts import VERIFIED
from cruxmap_exports.registry import FORMATS, render
from cruxmap_exports.request import Request
from export_readers import XHTML, having_class, page_of, text_of

SVG = "{http://www.w3.org/2000/svg}"
COMPUTED = Request(voice={"voice": "computed", "semantics": "quadratic-energy", "standard": "preponderance"})


@pytest.fixture(scope="module")
def tree(kb: KnowledgeBase) -> Any:
    return page_of(render(kb, "matrix", FORMATS["html"], Request()))


def by_id(tree: Any) -> dict[str, Any]:
    return {item.get("id"): item for item in tree.iter() if item.get("id")}


def test_every_cell_has_a_card_with_its_reason_and_every_argument(tree: Any, kb: KnowledgeBase) -> None:
    cards = by_id(tree)
    for row in kb.matrix().rows:
        for name, cell in row.cells.items():
            card = cards[f"cell-{row.id}-{name}"]
            text = text_of(card)
            assert cell.reason in text
            for placed in kb.arguments_for(f"{row.id}/{name}"):
                argument = placed.argument
                assert argument.text in text, argument.id
                assert argument.id in text
                hedge = kb.hedge(argument.hedge)
                assert hedge is None or hedge.title in text
                if argument.at:
                    assert argument.at in text
                assert VERIFIED.get(argument.verified, "") in text


def test_replies_are_nested_below_what_they_answer(tree: Any, kb: KnowledgeBase) -> None:
    places = by_id(tree)
    replies = [placed for placed in kb.arguments.values() if placed.depth > 1]
    shown = [placed for placed in replies if f"argument-{placed.argument.id}" in places]
    assert len(shown) > 50
    for placed in shown:
        parent = places[f"argument-{placed.parent}"]
        assert f"argument-{placed.argument.id}" in by_id(parent)


def test_hinges_lead_to_the_text_of_the_statement(tree: Any, kb: KnowledgeBase) -> None:
    places = by_id(tree)
    for row in kb.matrix().rows:
        for name, cell in row.cells.items():
            links = [item.get("href") for item in places[f"cell-{row.id}-{name}"].iter(f"{XHTML}a")]
            for hinge in cell.hinges:
                assert f"#hinge-{hinge}" in links
                assert kb.statements[hinge].text in text_of(places[f"hinge-{hinge}"])


def test_all_links_lead_somewhere_on_the_page_and_no_id_is_used_twice(tree: Any) -> None:
    ids = [item.get("id") for item in tree.iter() if item.get("id")]
    assert len(ids) == len(set(ids))
    for tag in (f"{XHTML}a", f"{SVG}a"):
        assert {item.get("href")[1:] for item in tree.iter(tag)} <= set(ids)


def test_every_entry_and_criterion_has_a_drawing_that_says_what_it_shows(
    tree: Any, kb: KnowledgeBase
) -> None:
    drawings = list(tree.iter(f"{SVG}svg"))
    assert len(drawings) == len(kb.matrix().rows) + len(kb.criteria)
    for drawing in drawings:
        assert "Argument map of" in "".join(text_of(item) for item in drawing.iter(f"{SVG}desc"))


def test_the_computed_voice_explains_each_figure(kb: KnowledgeBase) -> None:
    tree = page_of(render(kb, "matrix", FORMATS["html"], COMPUTED))
    cards = by_id(tree)
    for row in COMPUTED.matrix(kb).rows:
        for name, cell in row.cells.items():
            card = cards[f"cell-{row.id}-{name}"]
            (why,) = having_class(card, "why")
            assert f"{cell.strength:.2f} computed" in text_of(why)
            assert f"is {cell.label}" in text_of(why)
            assert f"{cell.strength:.2f} {cell.label}" in text_of(card)
            for link in why.iter(f"{XHTML}a"):
                assert link.get("href") == f"#argument-{text_of(link)}"
    assert any(list(why.iter(f"{XHTML}a")) for why in having_class(tree, "why"))


def test_the_paper_version_stays_the_table_and_one_note_per_cell(kb: KnowledgeBase) -> None:
    from cruxmap_exports.document_html import html
    from cruxmap_exports.matrix_page import matrix_page

    tree = page_of(html(matrix_page(kb, Request())))
    assert not list(tree.iter(f"{SVG}svg"))
    assert not list(tree.iter(f"{XHTML}script"))
    (notes,) = having_class(tree, "notes")
    cells = [cell for row in kb.matrix().rows for cell in row.cells.values()]
    assert len(list(notes.iter(f"{XHTML}li"))) == len(cells)


@pytest.mark.parametrize("request_", [Request(kind="strategy"), Request(group_by="mechanism"), COMPUTED])
def test_the_file_stays_small(request_: Request, kb: KnowledgeBase) -> None:
    assert len(render(kb, "matrix", FORMATS["html"], request_)) < 3_000_000


def test_the_same_bytes_come_out_under_any_order_of_hashes(tmp_path: Path) -> None:
    written = []
    for seed in ("1", "2"):
        file = tmp_path / f"{seed}.html"
        subprocess.run(
            [sys.executable, "-m", "cruxmap", "export", "matrix", "--voice", "computed", "--to", str(file)],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(sys.path)},
            check=True,
            capture_output=True,
        )
        written.append(file.read_bytes())
    assert written[0] == written[1]
