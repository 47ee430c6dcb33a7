"""The pane of cruxes: two readers' files, and what their disagreement comes from."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from conftest import REPOSITORY
from cruxmap.knowledge import KnowledgeBase
from cruxmap_tui.session import Session
from cruxmap_tui.views.cruxes import CruxesView, reader_candidates
from tui_panes import EXAMPLES, Pane, flowing, screen_text, settle, with_readers

CELL = "imitative-amplification-rat/inner-alignment"


@pytest.fixture
def session(kb: KnowledgeBase) -> Session:
    return Session(kb)


def test_cruxes_are_asked_for_with_two_files(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(REPOSITORY)

    async def look() -> None:
        view = CruxesView(session)
        app = Pane(view)
        async with app.run_test(size=(120, 40)) as pilot:
            await settle(pilot)
            assert "Press f to choose them" in flowing(app)
            await pilot.press("f", "enter")
            await settle(pilot)
            assert "Second reader" in screen_text(app)
            await pilot.press("enter")
            await settle(pilot)
            assert [path.name for path in view.files] == ["reader-a.yaml", "reader-b.yaml"]
            assert "Where they differ most" in screen_text(app)

    asyncio.run(look())


def test_cruxes_split_one_verdict(session: Session) -> None:
    async def look() -> None:
        view = with_readers(session)
        app = Pane(view)
        async with app.run_test(size=(120, 40)) as pilot:
            await settle(pilot)
            verdict = view.reading.opened
            await pilot.press("v")
            await settle(pilot)
            assert f"assessment {verdict}" in screen_text(app)
            assert "Why they differ" in screen_text(app)
            await pilot.press("b")
            await settle(pilot)
            assert "Where they differ most" in screen_text(app)
            view.show(CELL)
            await settle(pilot)
            assert f"assessment {CELL}" in screen_text(app)

    asyncio.run(look())


def test_what_is_wrong_in_a_readers_file_is_shown(session: Session, tmp_path: Path) -> None:
    broken = tmp_path / "broken.yaml"
    broken.write_text("credences:\n  A5: many\n", encoding="utf-8")

    async def look() -> None:
        view = CruxesView(session)
        view.compare_files(broken, EXAMPLES / "reader-b.yaml")
        app = Pane(view)
        async with app.run_test(size=(120, 40)) as pilot:
            await settle(pilot)
            assert "'many'" in flowing(app)

    asyncio.run(look())


def test_readers_files_are_found_in_the_folder_and_its_examples(tmp_path: Path) -> None:
    (tmp_path / "docs" / "examples").mkdir(parents=True)
    for name in ("cruxmap.yaml", "me.yaml", ".hidden.yaml", "docs/examples/you.yaml"):
        (tmp_path / name).write_text("credences: {}\n", encoding="utf-8")
    found = [path.name for path in reader_candidates((tmp_path,)) if tmp_path in path.parents]
    assert found == ["me.yaml", "you.yaml"]
