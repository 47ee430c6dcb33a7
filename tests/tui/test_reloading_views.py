"""Panes follow a knowledge base that was read anew."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace

import pytest

from cruxmap.knowledge import KnowledgeBase
from cruxmap.model.vocabulary import Assumption
from cruxmap_tui.session import Session
from cruxmap_tui.views.failure import FailureView
from cruxmap_tui.views.lens import LensView
from cruxmap_tui.views.outline import ArgumentsView
from cruxmap_tui.views.positions import PositionsView
from cruxmap_tui.views.view import View
from tui_panes import Pane, screen_text, settle

CELL = "imitative-amplification-rat/inner-alignment"
PREMISE = "rat-gives-consistent-gradient"


@pytest.mark.parametrize("kind", [ArgumentsView, LensView, FailureView, PositionsView])
def test_what_was_read_anew_is_shown(kb: KnowledgeBase, kind: Callable[[Session], View]) -> None:
    premise = kb.entries[PREMISE]
    assert isinstance(premise, Assumption)
    changed = replace(kb, entries={**kb.entries, PREMISE: replace(premise, title="Quite another title")})

    async def look() -> None:
        session = Session(kb)
        app = Pane(kind(session), PREMISE)
        async with app.run_test(size=(120, 40)) as pilot:
            await settle(pilot)
            assert "Quite another title" not in screen_text(app)
            session.replace_knowledge(changed)
            await settle(pilot)
            assert "A5 Quite another title" in screen_text(app)

    asyncio.run(look())


@pytest.mark.parametrize("kind", [ArgumentsView, LensView, FailureView, PositionsView])
def test_a_subject_that_is_gone_is_no_crash(kb: KnowledgeBase, kind: Callable[[Session], View]) -> None:
    async def look() -> None:
        view = kind(Session(kb))
        app = Pane(view, CELL)
        async with app.run_test(size=(80, 24)) as pilot:
            await settle(pilot)
            view.show("gone-for-good")
            await settle(pilot)
            await pilot.press("j", "G", "enter", "r")
            await settle(pilot)
            assert app.is_running
            assert set(app.opened) <= {*kb.entries, *kb.statements, *kb.arguments}
            assert len(screen_text(app).split()) > 20

    asyncio.run(look())
