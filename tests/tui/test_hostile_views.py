"""Whatever an entry holds is shown as it is written, and nothing of it is obeyed."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace

import pytest

from cruxmap.knowledge import KnowledgeBase
from cruxmap.model.entries import Proposal
from cruxmap.model.vocabulary import Assumption
from cruxmap_tui.session import Session
from cruxmap_tui.views.compare import CompareView
from cruxmap_tui.views.failure import FailureView
from cruxmap_tui.views.lens import LensView
from cruxmap_tui.views.outline import ArgumentsView
from cruxmap_tui.views.positions import PositionsView
from cruxmap_tui.views.view import View
from tui_panes import HOSTILE, SIZES, Pane, flowing, screen_text, settle

ENTRY = "imitative-amplification-rat"
CELL = f"{ENTRY}/inner-alignment"
PREMISE = "rat-gives-consistent-gradient"


@pytest.fixture
def session(kb: KnowledgeBase) -> Session:
    """A session in which titles and texts of the third proposal and of what it rests on are hostile."""
    entries = dict(kb.entries)
    proposal, premise = entries[ENTRY], entries[PREMISE]
    assert isinstance(proposal, Proposal)
    assert isinstance(premise, Assumption)
    cell = proposal.assessments["inner-alignment"]
    pro = tuple(replace(step, text=HOSTILE) for step in cell.pro)
    cells = {**proposal.assessments, "inner-alignment": replace(cell, pro=pro, reason=HOSTILE)}
    entries[ENTRY] = replace(proposal, title=HOSTILE, assessments=cells)
    entries[PREMISE] = replace(premise, title=HOSTILE, text=HOSTILE)
    return Session(replace(kb, entries=entries))


def compared(session: Session) -> View:
    view = CompareView(session)
    view.show_all(ENTRY, "stem-ai")
    return view


def over(kind: Callable[[Session], View], subject: str) -> Callable[[Session], View]:
    def make(session: Session) -> View:
        view = kind(session)
        view.show(subject)
        return view

    return make


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(
    "make",
    [
        over(ArgumentsView, "p3.inner.for.1"),
        over(LensView, CELL),
        over(LensView, "p3.inner.for.1"),
        over(FailureView, ENTRY),
        over(FailureView, PREMISE),
        over(PositionsView, CELL),
        compared,
    ],
)
def test_hostile_text_is_shown_literally(
    session: Session, size: tuple[int, int], make: Callable[[Session], View]
) -> None:
    async def look() -> None:
        view = make(session)
        app = Pane(view)
        async with app.run_test(size=size) as pilot:
            await settle(pilot)
            shown = screen_text(app)
            assert "[red]bold" in flowing(app)
            assert "\x1b" not in shown
            assert "\u202e" not in shown
            await pilot.press("j", "k", "G", "g", "enter")
            await settle(pilot)
            assert app.is_running

    asyncio.run(look())
