"""The lens: moving between boxes, putting one in the middle, following the session."""

from __future__ import annotations

import asyncio

import pytest

from cruxmap.knowledge import KnowledgeBase
from cruxmap_tui.session import Session
from cruxmap_tui.views.lens import LensView
from tui_panes import SIZES, Pane, flowing, screen_lines, screen_text, settle

CELL = "imitative-amplification-rat/inner-alignment"
PREMISE = "rat-gives-consistent-gradient"


@pytest.fixture
def session(kb: KnowledgeBase) -> Session:
    return Session(kb)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("subject", [CELL, PREMISE, "p3.inner.for.1"])
def test_the_drawing_fits_the_width(session: Session, size: tuple[int, int], subject: str) -> None:
    async def look() -> None:
        view = LensView(session)
        app = Pane(view, subject)
        async with app.run_test(size=size) as pilot:
            await settle(pilot)
            for _ in range(2):
                assert view.canvas.virtual_size.width <= view.canvas.size.width
                assert any("═" in line or "━" in line for line in screen_lines(app))
                await pilot.press("r")
                await settle(pilot)

    asyncio.run(look())


def test_arrows_move_between_boxes_and_enter_recentres(session: Session) -> None:
    async def look() -> None:
        view = LensView(session)
        app = Pane(view, CELL)
        async with app.run_test(size=(100, 30)) as pilot:
            await settle(pilot)
            assert view.canvas.selected == CELL
            await pilot.press("left")
            assert view.canvas.selected in {"p3.inner.for.1", "p3.inner.for.2", "p3.inner.against.1"}
            await pilot.press("down")
            await pilot.press("k")
            chosen = view.canvas.selected
            await pilot.press("right")
            assert view.canvas.selected == CELL
            await pilot.press("h", "enter")
            await settle(pilot)
            assert view.centre == chosen
            assert view.canvas.selected == chosen
            assert app.opened == []
            await pilot.press("enter")
            await settle(pilot)
            assert app.opened == [chosen]
            await pilot.press("b")
            await settle(pilot)
            assert view.centre == CELL

    asyncio.run(look())


def test_the_selected_box_is_heavy_without_colour(session: Session) -> None:
    async def look() -> None:
        app = Pane(LensView(session), CELL)
        async with app.run_test(size=(100, 30)) as pilot:
            await settle(pilot)
            assert "┏━ P3 inner alignment" in screen_text(app)
            await pilot.press("left")
            await settle(pilot)
            assert "╔═ P3 inner alignment" in screen_text(app)
            assert "┏━ p3.inner" in screen_text(app)

    asyncio.run(look())


def test_radius_two_shows_the_premises_of_reasons(session: Session) -> None:
    async def look() -> None:
        app = Pane(LensView(session), CELL)
        async with app.run_test(size=(140, 40)) as pilot:
            await settle(pilot)
            assert "A5 Consistent" not in screen_text(app)
            await pilot.press("r")
            await settle(pilot)
            assert "A5 Consistent" in screen_text(app)
            assert "radius 2" in screen_text(app)

    asyncio.run(look())


def test_figures_follow_the_session(session: Session) -> None:
    async def look() -> None:
        app = Pane(LensView(session), CELL)
        async with app.run_test(size=(120, 40)) as pilot:
            await settle(pilot)
            session.set_scenario(session.scenario.with_label(PREMISE, "in"))
            await settle(pilot)
            assert f"→ {session.after.strengths[CELL]:.2f}" in screen_text(app)
            assert "undecided → in" in screen_text(app)

    asyncio.run(look())


@pytest.mark.parametrize(
    ("subject", "said"),
    [("", "Choose a statement"), ("gone", "Nothing here"), ("inner-alignment", "no statement or argument")],
)
def test_nothing_to_draw_is_said(session: Session, subject: str, said: str) -> None:
    async def look() -> None:
        view = LensView(session)
        app = Pane(view)
        async with app.run_test(size=(60, 20)) as pilot:
            await settle(pilot)
            view.show(subject)
            await settle(pilot)
            assert said in flowing(app)

    asyncio.run(look())


def test_a_click_selects_and_a_second_one_recentres(session: Session) -> None:
    async def look() -> None:
        view = LensView(session)
        app = Pane(view, CELL)
        async with app.run_test(size=(100, 30)) as pilot:
            await settle(pilot)
            await pilot.click(view.canvas, offset=(5, 1))
            await settle(pilot)
            assert view.canvas.selected == "p3.inner.for.1"
            await pilot.click(view.canvas, offset=(5, 1))
            await settle(pilot)
            assert view.centre == "p3.inner.for.1"

    asyncio.run(look())


def test_how_a_claim_was_checked_is_shown(session: Session) -> None:
    placed = next(item for item in session.kb.arguments.values() if item.argument.verified != "primary")

    async def look() -> None:
        app = Pane(LensView(session), placed.argument.id)
        async with app.run_test(size=(120, 40)) as pilot:
            await settle(pilot)
            assert f"[{placed.argument.verified}]" in screen_text(app)

    asyncio.run(look())
