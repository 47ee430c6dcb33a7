"""The interactive page in a real browser: by mouse, by keyboard, on small screens, and with hostile texts."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from cruxmap.compare import compare
from cruxmap.knowledge import KnowledgeBase
from cruxmap_exports.registry import FORMATS, render
from cruxmap_exports.request import Request
from export_workspaces import hostile

CHROMIUM = shutil.which("chromium")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="needs chromium")
sync_api = pytest.importorskip("playwright.sync_api", reason="needs playwright")

Open = Callable[..., Any]


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    # Chromium refuses to sandbox for root; the pages are ours.
    options = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_api.sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=options)
        yield started
        started.close()


@pytest.fixture(scope="module")
def written(kb: KnowledgeBase, tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("page") / "matrix.html"
    file.write_bytes(render(kb, "matrix", FORMATS["html"], Request()))
    return file


@pytest.fixture
def opened(browser: Any, written: Path) -> Iterator[Open]:
    """Open the page; whatever it asks for, complains about or pops up fails the test."""
    contexts = []
    faults: list[str] = []

    def refuse(dialog: Any) -> None:
        faults.append(dialog.message)
        dialog.dismiss()

    def call(file: Path = written, width: int = 1280, **options: Any) -> Any:
        context = browser.new_context(viewport={"width": width, "height": 900}, **options)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(5_000)
        page.on("request", lambda item: faults.extend({item.url} - {file.as_uri()}))
        page.on("console", lambda item: faults.append(item.text))
        page.on("pageerror", lambda item: faults.append(str(item)))
        page.on("dialog", refuse)
        page.goto(file.as_uri())
        return page

    yield call
    for context in contexts:
        context.close()
    assert not faults


def expect(locator: Any) -> Any:
    """Wait until elements are as said: input, new sizes and closing dialogs take effect a little later.

    `page.wait_for_function` would not do: it evaluates text, which the policy of the page forbids.
    """
    return sync_api.expect(locator)


def until(page: Any, holds: Callable[[], bool]) -> None:
    """Wait until something holds that `expect` has no words for."""
    for _ in range(250):
        if holds():
            return
        page.wait_for_timeout(20)
    raise AssertionError("this never happened")


def expect_rows(page: Any, numbers: list[str]) -> None:
    expect(page.locator("tbody tr:visible .number")).to_have_text(numbers)


def box_of(page: Any) -> list[float]:
    return [float(part) for part in page.locator("#canvas svg").get_attribute("viewBox").split()]


def test_rows_are_found_by_text_verdict_and_criterion(opened: Open, kb: KnowledgeBase) -> None:
    page = opened()
    rows = kb.matrix().rows
    count = page.get_by_role("status").first
    expect(count).to_have_text(f"All {len(rows)} rows shown")
    page.get_by_label("Find").fill("microscope")
    expect_rows(page, [str(row.number) for row in rows if "microscope" in row.title.lower()])
    expect(count).to_have_text(f"1 of {len(rows)} rows shown")
    page.get_by_role("button", name="Clear filters").click()
    expect(count).to_have_text(f"All {len(rows)} rows shown")
    page.get_by_label("Verdict").select_option("plausible")
    having = [row for row in rows if any(cell.word == "plausible" for cell in row.cells.values())]
    expect_rows(page, [str(row.number) for row in having])
    for column in kb.criteria[1:]:
        page.get_by_role("checkbox", name=column.title).uncheck()
    first = kb.criteria[0].id
    expect_rows(page, [str(row.number) for row in rows if row.cells[first].word == "plausible"])
    expect(page.locator("thead th:visible")).to_have_count(2)
    expect(page.get_by_role("checkbox", name=kb.criteria[0].title)).to_be_disabled()


def test_columns_sort_both_ways_and_say_so(opened: Open, kb: KnowledgeBase) -> None:
    page = opened()
    scale = kb.scale_of("inner-alignment")
    names = [item.id for item in scale.levels] + [item.id for item in scale.marks]
    head = page.get_by_role("columnheader", name="Inner alignment")
    for direction in ("ascending", "descending"):
        head.get_by_role("button").click()
        expect(head).to_have_attribute("aria-sort", direction)
        words = page.locator("tbody td:nth-of-type(2) .word").all_inner_texts()
        places = [names.index(word) for word in words]
        assert places == sorted(places, reverse=direction == "descending")
    assert page.locator("th[aria-sort]").count() == 1


def test_heads_stay_readable_when_the_window_narrows_and_widens(opened: Open, kb: KnowledgeBase) -> None:
    page = opened()
    heads = page.locator("thead th .name")
    titles = [column.title for column in kb.criteria]
    for width in (360, 1280, 360):
        page.set_viewport_size({"width": width, "height": 900})
        expect(page.locator(".sorter")).to_have_count(len(titles) + 1 if width == 1280 else 0)
        expect(heads).to_have_text(titles)
    page.get_by_label("Sort by").select_option(label=kb.criteria[1].title)
    expect(page.locator("th[aria-sort] .name")).to_have_text([kb.criteria[1].title])


def test_a_cell_opens_by_keyboard_and_gives_the_focus_back(opened: Open, kb: KnowledgeBase) -> None:
    page = opened()
    place = "#cell-imitative-amplification-rat-inner-alignment"
    cell = page.locator(f"td a.stance[href='{place}']")
    cell.focus()
    page.keyboard.press("Enter")
    panel = page.get_by_role("dialog")
    expect(page.locator("#panel-title")).to_be_focused()
    expect(panel.get_by_role("heading").first).to_contain_text("P3")
    for placed in kb.arguments_for("imitative-amplification-rat/inner-alignment"):
        expect(panel.get_by_text(placed.argument.text).first).to_be_visible()
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    expect(cell).to_be_focused()


def test_a_hinge_leads_to_its_statement_and_back(opened: Open, kb: KnowledgeBase) -> None:
    page = opened()
    row = next(row for row in kb.matrix().rows if row.cells["inner-alignment"].hinges)
    hinge = row.cells["inner-alignment"].hinges[0]
    page.locator(f"td:has(a.stance[href='#cell-{row.id}-inner-alignment'])").click(position={"x": 90, "y": 8})
    panel = page.get_by_role("dialog")
    panel.locator(f".hinges a[href='#hinge-{hinge}']").click()
    expect(panel.get_by_text(kb.statements[hinge].text)).to_be_visible()
    panel.get_by_role("button", name="Back").click()
    expect(panel.get_by_text(row.cells["inner-alignment"].reason)).to_be_visible()
    panel.get_by_role("button", name="Next").click()
    following = kb.matrix().rows[row.number if isinstance(row.number, int) else 1]
    expect(panel.get_by_text(following.cells["inner-alignment"].reason)).to_be_visible()


def test_two_rows_are_compared_like_the_command_does(opened: Open, kb: KnowledgeBase) -> None:
    page = opened()
    one, other = kb.proposals[2], kb.proposals[3]
    page.get_by_role("button", name="Compare two").click()
    page.get_by_label("First").select_option(one.id)
    page.get_by_label("Second").select_option(other.id)
    expected = compare(kb, [one, other])
    lists = page.locator(".rests section")
    expect(lists).to_have_count(3)
    found = [
        {link.get_attribute("href") for link in lists.nth(place).locator("a").all()} for place in range(3)
    ]
    wanted = [
        expected.assumptions.only[one.id],
        expected.assumptions.shared,
        expected.assumptions.only[other.id],
    ]
    assert found == [{f"#hinge-{name}" for name in names} for names in wanted]
    expect(page.locator(".comparison tbody tr")).to_have_count(len(expected.criteria))
    for item in expected.criteria:
        for cell in item.cells.values():
            expect(page.locator(".comparison").get_by_text(cell.reason).first).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#open-compare")).to_be_focused()


def test_a_map_moves_zooms_and_finds(opened: Open) -> None:
    page = opened()
    page.get_by_role("button", name="Argument maps").click()
    canvas = page.locator("#canvas")
    expect(canvas).to_be_focused()
    start = box_of(page)
    page.keyboard.press("+")
    until(page, lambda: box_of(page)[2] < start[2])
    closer = box_of(page)
    page.keyboard.press("ArrowRight")
    until(page, lambda: box_of(page)[0] > closer[0])
    page.keyboard.press("0")
    until(page, lambda: box_of(page) == start)
    frame = canvas.bounding_box()
    page.mouse.move(frame["x"] + 300, frame["y"] + 300)
    page.mouse.down()
    page.mouse.move(frame["x"] + 200, frame["y"] + 250, steps=4)
    page.mouse.up()
    until(page, lambda: box_of(page)[0] > start[0])
    moved = box_of(page)
    page.get_by_role("button", name="Whole map").click()
    until(page, lambda: box_of(page) != moved)
    whole = box_of(page)
    page.keyboard.down("Control")
    page.mouse.move(frame["x"] + 300, frame["y"] + 300)
    page.mouse.wheel(0, -200)
    page.keyboard.up("Control")
    until(page, lambda: box_of(page)[2] < whole[2] - 1)
    page.get_by_label("Search").fill("deceptive")
    expect(page.locator("#map-count")).to_contain_text("found")
    texts = page.locator("#canvas .match > title").all_text_contents()
    assert texts
    assert all("deceptive" in text.lower() for text in texts)
    expect(page.locator("#map-count")).to_have_text(f"{len(texts)} found")
    page.keyboard.press("Enter")
    expect(page.locator("#canvas .current")).to_have_count(1)
    box, inside = page.locator("#canvas .current").bounding_box(), canvas.bounding_box()
    assert inside["x"] < box["x"] < inside["x"] + inside["width"]
    page.locator("#canvas .current").click()
    expect(page.locator("#panel")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#panel")).to_be_hidden()
    page.get_by_role("button", name="Close").click()
    expect(page.locator("#open-map")).to_be_focused()
    expect(page.locator("details.map svg")).to_have_count(page.locator("#map-choice option").count())


@pytest.mark.parametrize("width", [360, 768, 1280])
def test_nothing_is_wider_than_the_screen(width: int, opened: Open) -> None:
    page = opened(width=width)
    for opener in (None, "td a.stance", "#open-compare", "#open-map"):
        if opener:
            page.locator(opener).first.click()
            expect(page.locator("dialog[open]")).to_have_count(1)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        for inside in page.locator("dialog[open], dialog[open] .inside").all():
            assert inside.evaluate("item => item.scrollWidth <= item.clientWidth + 1")
        page.keyboard.press("Escape")
        expect(page.locator("dialog[open]")).to_have_count(0)


def faults_of(page: Any, part: str) -> list[str]:
    """Faults that axe-core finds in a part of the page, with some of the elements."""
    found = page.evaluate("part => axe.run(part, {resultTypes: ['violations']})", part)
    assert found["passes"]
    return [
        f"{fault['id']}: {node['target']} {node['failureSummary'][:300]}"
        for fault in found["violations"]
        for node in fault["nodes"][:3]
    ]


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 360)])
def test_axe_finds_no_fault(scheme: str, width: int, opened: Open, kb: KnowledgeBase, tmp_path: Path) -> None:
    file = tmp_path / "inner.html"
    file.write_bytes(render(kb, "matrix", FORMATS["html"], Request(criteria=("inner",))))
    page = opened(file, width, color_scheme=scheme)
    page.evaluate(files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8"))
    assert faults_of(page, "html") == []
    for opener in ("td a.stance", "td a.hinge", ".entry-name", "#open-compare", "#open-map"):
        page.locator(opener).first.click()
        expect(page.locator("dialog[open]")).to_have_count(1)
        assert faults_of(page, "dialog[open]") == [], opener
        page.keyboard.press("Escape")
        expect(page.locator("dialog[open]")).to_have_count(0)
    page.evaluate(
        "document.querySelector('#find').parentElement.replaceWith(document.querySelector('#find'))"
    )
    page.evaluate("document.querySelector('#find').removeAttribute('placeholder')")
    assert faults_of(page, "#controls"), "axe would not even miss a label"


def test_colours_follow_the_system_until_one_is_chosen(opened: Open) -> None:
    page = opened(color_scheme="dark")
    colour = "getComputedStyle(document.body).backgroundColor"
    dark = page.evaluate(colour)
    page.get_by_role("button", name="Light colours").click()
    light = page.evaluate(colour)
    page.get_by_role("button", name="Dark colours").click()
    assert light != dark
    until(page, lambda: page.evaluate(colour) == dark)
    page.emulate_media(media="print")
    until(page, lambda: page.evaluate(colour) == light)


def test_without_script_the_page_is_whole_and_has_no_dead_controls(opened: Open, kb: KnowledgeBase) -> None:
    page = opened(java_script_enabled=False)
    assert page.get_by_role("button").count() == 0
    assert page.locator("form:visible, dialog:visible").count() == 0
    row = kb.matrix().rows[0]
    for name, cell in row.cells.items():
        card = page.locator(f"#cell-{row.id}-{name}")
        expect(card.get_by_text(cell.reason)).to_be_visible()
        card.locator("details.arguments summary").click()
        first = kb.arguments_for(f"{row.id}/{name}")[0].argument
        expect(card.get_by_text(first.text)).to_be_visible()
    page.locator("details.map summary").first.click()
    expect(page.locator("details.map svg").first).to_be_visible()


def test_paper_shows_the_table_and_what_is_unfolded_but_no_controls(opened: Open, kb: KnowledgeBase) -> None:
    page = opened()
    argument = page.locator("#cell-microscope-ai-inner-alignment").get_by_text(
        kb.arguments_for("microscope-ai/inner-alignment")[0].argument.text
    )
    expect(argument).to_be_hidden()
    page.get_by_role("button", name="Unfold all arguments").click()
    expect(argument).to_be_visible()
    page.emulate_media(media="print")
    tools = page.locator("button:visible, form:visible, dialog:visible")
    expect(tools).to_have_count(page.locator(".sorter").count())
    expect(page.locator(".cell-card").first).to_be_visible()
    data = page.pdf(prefer_css_page_size=True)
    sizes = re.findall(rb"/MediaBox ?\[0 0 ([\d.]+) ([\d.]+)\]", data)
    assert all(float(width) > float(height) for width, height in sizes)


@pytest.mark.parametrize("turn", [0, 7, 19])
def test_hostile_texts_run_nothing_and_work_like_any_other(turn: int, opened: Open, tmp_path: Path) -> None:
    kb = hostile(tmp_path / "texts", turn)
    file = tmp_path / "hostile.html"
    file.write_bytes(render(kb, "matrix", FORMATS["html"], Request()))
    page = opened(file)
    assert page.title() == "Proposals against criteria"
    for opener in ("td a.stance", "td a.hinge", ".entry-name", "#open-compare", "#open-map"):
        page.locator(opener).first.click()
        expect(page.locator("dialog[open]")).to_have_count(1)
        page.keyboard.press("Escape")
        expect(page.locator("dialog[open]")).to_have_count(0)
    page.get_by_label("Find").fill("<script>")
    assert page.locator("img, iframe, link, script[src], [onerror]").count() == 0
    assert page.title() == "Proposals against criteria"
