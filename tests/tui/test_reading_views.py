"""Panes with pages: comparison, failure, positions, cruxes."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable

import pytest

from cruxmap.analysis.positions import Positions, positions
from cruxmap.knowledge import KnowledgeBase
from cruxmap_tui.session import Session
from cruxmap_tui.views.compare import CompareView
from cruxmap_tui.views.failure import FailureView
from cruxmap_tui.views.picker import Picker
from cruxmap_tui.views.positions import PositionsView
from cruxmap_tui.views.reading import ReadingView
from tui_panes import SIZES, Pane, flowing, screen_lines, screen_text, settle, with_readers

ENTRY = "imitative-amplification-rat"
CELL = f"{ENTRY}/inner-alignment"
PREMISE = "rat-gives-consistent-gradient"


@pytest.fixture
def session(kb: KnowledgeBase) -> Session:
    return Session(kb)


def comparing(session: Session) -> CompareView:
    view = CompareView(session)
    view.show_all(*[entry.id for entry in session.kb.proposals[:4]])
    return view


def failing(session: Session) -> FailureView:
    view = FailureView(session)
    view.show(CELL)
    return view


def positioned(session: Session) -> PositionsView:
    view = PositionsView(session)
    view.show(ENTRY)
    return view


VIEWS = [comparing, failing, positioned, with_readers]


@pytest.mark.parametrize("make", VIEWS)
@pytest.mark.parametrize("size", SIZES)
def test_pages_fit_every_size(
    session: Session, size: tuple[int, int], make: Callable[[Session], ReadingView]
) -> None:
    async def look() -> None:
        view = make(session)
        app = Pane(view)
        async with app.run_test(size=size) as pilot:
            await settle(pilot)
            reading = view.reading
            assert reading.places
            assert reading.virtual_size.width <= reading.size.width
            assert not view.has_class("-busy")
            body = "".join(line.strip("│╭╮╰╯─ ") for line in screen_lines(app)[2:-1])
            assert len(body) > 100
            await pilot.press("G")
            await settle(pilot)
            assert reading.scroll_offset.y == max(reading.virtual_size.height - reading.size.height, 0)

    asyncio.run(look())


@pytest.mark.parametrize("make", VIEWS)
def test_a_page_is_wrapped_anew_when_the_screen_changes(
    session: Session, make: Callable[[Session], ReadingView]
) -> None:
    async def look() -> None:
        view = make(session)
        app = Pane(view)
        async with app.run_test(size=(120, 40)) as pilot:
            await settle(pilot)
            await pilot.resize_terminal(60, 20)
            await settle(pilot)
            assert view.reading.virtual_size.width <= view.reading.size.width

    asyncio.run(look())


@pytest.mark.parametrize("make", VIEWS)
def test_enter_opens_the_selected_name(session: Session, make: Callable[[Session], ReadingView]) -> None:
    async def look() -> None:
        view = make(session)
        app = Pane(view)
        async with app.run_test(size=(100, 40)) as pilot:
            await settle(pilot)
            await pilot.press("j", "l")
            chosen = view.reading.opened
            await pilot.press("enter")
            await settle(pilot)
            assert app.opened == [chosen]
            kb = session.kb
            assert chosen in kb.entries or chosen in kb.statements or chosen in kb.arguments

    asyncio.run(look())


def test_names_are_walked_in_reading_order(session: Session) -> None:
    async def look() -> None:
        view = failing(session)
        app = Pane(view)
        async with app.run_test(size=(100, 40)) as pilot:
            await settle(pilot)
            keys = [place.key for place in view.reading.places]
            assert view.reading.selected == keys[0]
            await pilot.press("l", "l")
            assert view.reading.selected == keys[2]
            await pilot.press("left")
            assert view.reading.selected == keys[1]
            await pilot.press("g")
            assert view.reading.selected == keys[0]

    asyncio.run(look())


def test_failure_of_a_verdict_follows_the_session(session: Session) -> None:
    async def look() -> None:
        app = Pane(failing(session))
        async with app.run_test(size=(100, 40)) as pilot:
            await settle(pilot)
            assert "It rests on A5 Consistent gradient away from deception alone" in flowing(app)
            session.set_scenario(session.scenario.with_credence(PREMISE, 0.8))
            await settle(pilot)
            assert "Computed: 80%, with A5 at 0.8." in flowing(app)
            session.set_scenario(session.scenario.with_label(PREMISE, "out"))
            await settle(pilot)
            assert "None of its supporting arguments is available" in flowing(app)

    asyncio.run(look())


def test_failure_goes_from_an_assumption_to_what_falls(session: Session) -> None:
    async def look() -> None:
        view = failing(session)
        app = Pane(view)
        async with app.run_test(size=(100, 40)) as pilot:
            await settle(pilot)
            view.show(PREMISE)
            await settle(pilot)
            assert "Falls with it alone" in screen_text(app)
            assert "P3 inner alignment" in screen_text(app)

    asyncio.run(look())


def test_failure_changes_between_causes_portfolios_and_the_subject(session: Session) -> None:
    async def look() -> None:
        app = Pane(failing(session))
        async with app.run_test(size=(100, 40)) as pilot:
            await settle(pilot)
            await pilot.press("c")
            await settle(pilot)
            assert "Assumptions that several proposals share" in screen_text(app)
            await pilot.press("p")
            await settle(pilot)
            assert "The two proposals best pursued together" in screen_text(app)
            await pilot.press("+")
            await settle(pilot)
            assert "The three proposals best pursued together" in screen_text(app)
            await pilot.press("b")
            await settle(pilot)
            assert "It rests on A5" in screen_text(app)

    asyncio.run(look())


def test_failure_of_an_argument_says_where_to_look(session: Session) -> None:
    async def look() -> None:
        view = failing(session)
        app = Pane(view)
        async with app.run_test(size=(100, 40)) as pilot:
            await settle(pilot)
            view.show("p3.inner.for.1")
            await settle(pilot)
            assert "p3.inner.for.1 is an argument" in flowing(app)

    asyncio.run(look())


def test_positions_say_what_follows_from_what_is_given(session: Session) -> None:
    async def look() -> None:
        view = PositionsView(session)
        view.show(CELL)
        app = Pane(view)
        async with app.run_test(size=(100, 40)) as pilot:
            await settle(pilot)
            assert view.reading.opened == CELL
            await pilot.press("t")
            await settle(pilot)
            assert view.given == {CELL: "in"}
            assert "must also accept A5 Consistent gradient" in flowing(app)
            await pilot.press("f")
            await settle(pilot)
            assert "Whoever rejects P3 inner alignment" in flowing(app)
            await pilot.press("c")
            await settle(pilot)
            assert view.given == {}
            assert "Given: nothing" in screen_text(app)

    asyncio.run(look())


def test_positions_refuse_what_has_no_verdict(session: Session) -> None:
    async def look() -> None:
        view = PositionsView(session)
        view.show("inner-alignment")
        app = Pane(view)
        async with app.run_test(size=(100, 40)) as pilot:
            await settle(pilot)
            assert "inner-alignment has no verdicts" in flowing(app)
            view.show(PREMISE)
            await settle(pilot)
            assert "A5" in screen_text(app)

    asyncio.run(look())


def _key_of(view: ReadingView, name: str) -> object:
    keys = [place.key for place in view.reading.places]
    return next(key for key in keys if isinstance(key, tuple) and key[1] == name)


def test_an_entry_cannot_be_given(session: Session) -> None:
    async def look() -> None:
        view = positioned(session)
        app = Pane(view)
        async with app.run_test(size=(100, 40)) as pilot:
            await settle(pilot)
            view.reading.select(_key_of(view, ENTRY))
            await pilot.press("t")
            await settle(pilot)
            assert view.given == {}
            assert len(app._notifications) == 1

    asyncio.run(look())


def test_positions_name_a_clash(session: Session) -> None:
    async def look() -> None:
        view = PositionsView(session)
        view.given = {CELL: "in", PREMISE: "out"}
        view.show(CELL)
        app = Pane(view)
        async with app.run_test(size=(100, 40)) as pilot:
            await settle(pilot)
            assert "No position at once accepts P3 inner alignment and rejects A5" in flowing(app)

    asyncio.run(look())


def test_a_slow_page_leaves_the_screen_alive(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    async def look() -> None:
        view = positioned(session)
        app = Pane(view)
        async with app.run_test(size=(100, 40)) as pilot:
            await settle(pilot)
            release = threading.Event()

            def slowly(*args: object, **options: object) -> Positions:
                release.wait(10)
                return positions(*args, **options)  # type: ignore[arg-type]

            monkeypatch.setattr("cruxmap_tui.views.positions.positions", slowly)
            await pilot.press("a")
            await pilot.pause()
            assert view.has_class("-busy")
            first = view.reading.selected
            await pilot.press("l")
            assert view.reading.selected != first
            release.set()
            await settle(pilot)
            assert not view.has_class("-busy")
            assert "On everything" in screen_text(app)
            await pilot.press("b")
            await settle(pilot)
            assert "On P3" in screen_text(app)

    asyncio.run(look())


def test_comparison_adds_and_removes_entries_with_a_picker(session: Session) -> None:
    first, second, third = (entry.id for entry in session.kb.proposals[:3])

    async def look() -> None:
        view = CompareView(session)
        view.show(first)
        app = Pane(view)
        async with app.run_test(size=(100, 40)) as pilot:
            await settle(pilot)
            assert "Press a to add one" in flowing(app)
            await pilot.press("a")
            await settle(pilot)
            assert view.query_one(Picker).has_focus
            await pilot.press("j", "enter")
            await settle(pilot)
            assert list(view.entries) == [first, third]
            assert view.reading.has_focus
            await pilot.press("a", "enter")
            await settle(pilot)
            assert list(view.entries) == [first, third, second]
            await pilot.press("d", "enter")
            await settle(pilot)
            assert list(view.entries) == [third, second]
            await pilot.press("d", "escape")
            await settle(pilot)
            assert list(view.entries) == [third, second]
            assert not view.query_one(Picker).has_class("-open")

    asyncio.run(look())


def test_comparison_shows_strengths_before_and_after(session: Session) -> None:
    async def look() -> None:
        view = CompareView(session)
        view.show_all(*[entry.id for entry in session.kb.proposals[1:3]])
        app = Pane(view)
        async with app.run_test(size=(100, 40)) as pilot:
            await settle(pilot)
            session.set_scenario(session.scenario.with_label(PREMISE, "in"))
            await settle(pilot)
            before, after = session.before.strengths[CELL], session.after.strengths[CELL]
            assert f"{before:.2f} → {after:.2f}" in screen_text(app)

    asyncio.run(look())


def test_comparison_ends_with_arguments_that_can_be_opened(session: Session) -> None:
    async def look() -> None:
        view = comparing(session)
        app = Pane(view)
        async with app.run_test(size=(100, 40)) as pilot:
            await settle(pilot)
            await pilot.press("G", "enter")
            await settle(pilot)
            assert app.opened[0] in session.kb.arguments

    asyncio.run(look())


def test_comparison_keeps_the_newest_four(session: Session) -> None:
    view = comparing(session)
    fifth = session.kb.proposals[4].id
    view.show(f"{fifth}/inner-alignment")
    assert view.entries == (*[entry.id for entry in session.kb.proposals[1:4]], fifth)
