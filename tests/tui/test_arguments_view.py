"""The outline of arguments: what it shows, how one moves in it, what it reports."""

from __future__ import annotations

import asyncio

import pytest

from cruxmap.knowledge import KnowledgeBase
from cruxmap_tui.session import Session
from cruxmap_tui.views.outline import ArgumentsView
from cruxmap_tui.views.outline_rows import rows_below
from tui_panes import SIZES, Pane, flowing, screen_lines, screen_text, settle

CELL = "imitative-amplification-rat/inner-alignment"
PREMISE = "rat-gives-consistent-gradient"


@pytest.fixture
def session(kb: KnowledgeBase) -> Session:
    return Session(kb)


def test_rows_name_how_they_bear(session: Session) -> None:
    signs = {row.id: (row.sign, row.word) for row in rows_below(session, CELL)}
    assert signs["p3.inner.for.1"] == ("+", "")
    assert signs["p3.inner.against.1"] == ("−", "")
    below = {row.id: (row.sign, row.word) for row in rows_below(session, "p3.inner.for.1")}
    assert below[PREMISE] == ("·", "assumes")
    assert below["p3.inner.against.1"] == ("−", "undercuts")


def test_exceptions_are_called_so(session: Session) -> None:
    words = {row.id: row.word for row in rows_below(session, "p2.inner.against.5")}
    assert words["offense-defense-favours-finding"] == "unless"


@pytest.mark.parametrize("size", SIZES)
def test_the_outline_fits_the_screen(session: Session, size: tuple[int, int]) -> None:
    async def look() -> None:
        app = Pane(ArgumentsView(session), CELL)
        async with app.run_test(size=size) as pilot:
            await settle(pilot)
            await pilot.press("E")
            await settle(pilot)
            shown = screen_text(app)
            assert "P3 inner alignment" in shown
            assert "p3.inner.for.1" in shown
            assert "[§4.2]" in shown
            assert "meets the criterion of inner" in flowing(app)
            assert not app.view.query_one("OutlineTree").show_horizontal_scrollbar
            assert all(line.rstrip()[-1:] in "╮│╯" for line in screen_lines(app))

    asyncio.run(look())


def test_a_node_stands_once_and_back_references_lead_there(session: Session) -> None:
    async def look() -> None:
        view = ArgumentsView(session)
        app = Pane(view, CELL)
        async with app.run_test(size=(100, 40)) as pilot:
            await settle(pilot)
            await pilot.press("E")
            await settle(pilot)
            nodes = [node for node in view._walk() if node.data]
            first = [node.data.row.id for node in nodes if node.data and not node.data.back]
            assert len(first) == len(set(first))
            back = next(node for node in nodes if node.data and node.data.back)
            assert back.data is not None
            assert not back.children
            view.tree_widget.move_cursor(back)
            await settle(pilot)
            assert "↑ stands elsewhere" in flowing(app)
            await pilot.press("enter")
            await settle(pilot)
            there = view.tree_widget.cursor_node
            assert there is not None
            assert there.data is not None
            assert there.data.row.id == back.data.row.id
            assert not there.data.back
            assert app.opened == []

    asyncio.run(look())


def test_vim_keys_move_expand_and_collapse(session: Session) -> None:
    async def look() -> None:
        view = ArgumentsView(session)
        app = Pane(view, CELL)
        async with app.run_test(size=(80, 24)) as pilot:
            await settle(pilot)
            tree = view.tree_widget

            def here() -> str:
                assert tree.cursor_node is not None
                assert tree.cursor_node.data is not None
                return tree.cursor_node.data.row.id

            await pilot.press("j")
            assert here() == "p3.inner.for.1"
            assert "p3.inner.for.3" not in screen_text(app)
            await pilot.press("l")
            await settle(pilot)
            assert "p3.inner.for.3" in screen_text(app)
            await pilot.press("l")
            assert here() == "p3.inner.for.3"
            await pilot.press("h", "h")
            await settle(pilot)
            assert "p3.inner.for.3" not in screen_text(app)
            await pilot.press("G")
            assert here() != CELL
            await pilot.press("g")
            assert here() == CELL

    asyncio.run(look())


def test_enter_reports_the_node(session: Session) -> None:
    async def look() -> None:
        app = Pane(ArgumentsView(session), CELL)
        async with app.run_test(size=(80, 24)) as pilot:
            await settle(pilot)
            await pilot.press("j", "enter")
            await settle(pilot)
            assert app.opened == ["p3.inner.for.1"]

    asyncio.run(look())


def test_figures_follow_the_session_and_the_tree_stays_open(session: Session) -> None:
    async def look() -> None:
        app = Pane(ArgumentsView(session), CELL)
        async with app.run_test(size=(100, 24)) as pilot:
            await settle(pilot)
            await pilot.press("j", "l")
            await settle(pilot)
            assert "→" not in screen_text(app)
            session.set_scenario(session.scenario.with_label(PREMISE, "in"))
            await settle(pilot)
            shown = screen_text(app)
            after = f"{session.after.strengths['p3.inner.for.1']:.2f}"
            assert f"{session.before.strengths['p3.inner.for.1']:.2f} → {after}" in shown
            assert "p3.inner.for.3" in shown
            session.undo()
            await settle(pilot)
            assert "→" not in screen_text(app)

    asyncio.run(look())


def test_a_hidden_pane_catches_up_when_it_is_shown(session: Session) -> None:
    async def look() -> None:
        view = ArgumentsView(session)
        app = Pane(view, CELL)
        async with app.run_test(size=(100, 24)) as pilot:
            await settle(pilot)
            view.display = False
            await settle(pilot)
            session.set_scenario(session.scenario.with_label(PREMISE, "out"))
            view.show("imitative-amplification-rat/outer-alignment")
            await settle(pilot)
            view.display = True
            await settle(pilot)
            assert "P3 outer alignment" in screen_text(app)

    asyncio.run(look())


def test_an_entry_shows_all_its_verdicts(session: Session) -> None:
    async def look() -> None:
        app = Pane(ArgumentsView(session), "imitative-amplification-rat")
        async with app.run_test(size=(80, 24)) as pilot:
            await settle(pilot)
            shown = screen_text(app)
            for criterion in ("outer alignment", "inner alignment", "training", "performance"):
                assert f"P3 {criterion}" in shown

    asyncio.run(look())


@pytest.mark.parametrize(
    ("subject", "said"),
    [("", "Choose a statement"), ("no-such-thing", "Nothing here has the id"), ("inner-alignment", "No arg")],
)
def test_nothing_to_show_is_said(session: Session, subject: str, said: str) -> None:
    async def look() -> None:
        view = ArgumentsView(session)
        app = Pane(view)
        async with app.run_test(size=(80, 24)) as pilot:
            await settle(pilot)
            view.show(subject)
            await settle(pilot)
            assert said in screen_text(app)

    asyncio.run(look())


def test_how_a_claim_was_checked_is_shown(session: Session) -> None:
    placed = next(item for item in session.kb.arguments.values() if item.argument.verified != "primary")

    async def look() -> None:
        app = Pane(ArgumentsView(session), placed.argument.id)
        async with app.run_test(size=(120, 40)) as pilot:
            await settle(pilot)
            assert placed.argument.verified in screen_lines(app)[1]

    asyncio.run(look())


def test_a_click_on_the_mark_expands(session: Session) -> None:
    async def look() -> None:
        view = ArgumentsView(session)
        app = Pane(view, CELL)
        async with app.run_test(size=(80, 24)) as pilot:
            await settle(pilot)
            column = screen_lines(app)[2].index("▶")
            assert await pilot.click(offset=(column, 2))
            await settle(pilot)
            assert "p3.inner.for.3" in screen_text(app)
            assert app.opened == []

    asyncio.run(look())
