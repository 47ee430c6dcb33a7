"""A reader's draft is written from elsewhere while the screen is open: both versions live, and it is said."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets import Input

from cruxmap.group.drafts import current_draft, save_cell
from cruxmap.group.errors import NotNowError
from cruxmap.group.open_draft import draft_in_use
from cruxmap.group.responses import CellResponse
from cruxmap.group.state import open_round
from cruxmap_tui.group.rate_screen import RateScreen
from group_meeting import CELLS, Group, write_group
from terminal_driver import Keyboard, run_group

FIRST, SECOND = CELLS[:2]


@pytest.fixture
def group(tmp_path: Path) -> Group:
    found = write_group(tmp_path / "group")
    open_round(found.folder, found.session)
    return found


def screen_of(group: Group) -> RateScreen:
    return RateScreen(group.kb, group.folder, group.session, "reader-a")


def elsewhere(group: Group, cell: str, said: CellResponse) -> None:
    """Answer from another window."""
    save_cell(group.kb, group.folder, group.session, "reader-a", 1, cell, said)


def on_disk(group: Group, cell: str) -> CellResponse:
    return current_draft(group.kb, group.folder, "reader-a", 1).marks[cell]


def aside(group: Group) -> list[str]:
    return [path.read_text(encoding="utf-8") for path in sorted(group.folder.private.glob("*.draft.?.bak"))]


def test_an_answer_from_another_window_appears_by_itself(group: Group) -> None:
    async def steps(keyboard: Keyboard) -> None:
        assert "0 of 4 marked" in keyboard.screen
        elsewhere(group, FIRST, CellResponse(mark="plausible", rationale="Gears grind."))
        await keyboard.until(lambda: "1 of 4 marked" in keyboard.screen)
        assert "[2 △ plausible]" in keyboard.screen
        assert keyboard.app.screen.query_one("#rationale", Input).value == "Gears grind."
        assert "changed elsewhere" in keyboard.screen

    run_group(screen_of(group), steps, size=(120, 40))
    assert aside(group) == []


def test_what_is_being_typed_is_left_alone(group: Group) -> None:
    async def steps(keyboard: Keyboard) -> None:
        box = keyboard.app.screen.query_one("#credence", Input)
        box.focus()
        await keyboard.write("x.5")
        await keyboard.press("left")
        elsewhere(group, FIRST, CellResponse(mark="plausible"))
        await keyboard.until(lambda: "[2 △ plausible]" in keyboard.screen)
        assert (box.value, box.cursor_position, box.has_focus) == ("x.5", 2, True)

    run_group(screen_of(group), steps, size=(120, 40))


def test_parts_of_one_answer_from_two_windows_are_joined(group: Group) -> None:
    async def steps(keyboard: Keyboard) -> None:
        elsewhere(group, FIRST, CellResponse(mark="plausible"))
        keyboard.app.screen.query_one("#rationale").focus()
        await keyboard.write("gears")
        await keyboard.press("ctrl+q")

    run_group(screen_of(group), steps)
    said = on_disk(group, FIRST)
    assert (said.mark, said.rationale) == ("plausible", "gears")
    assert aside(group) == []


def test_what_arrives_while_an_answer_waits_to_be_saved_is_joined_too(group: Group) -> None:
    screen = screen_of(group)

    async def steps(keyboard: Keyboard) -> None:
        keyboard.app.screen.query_one("#rationale").focus()
        await keyboard.write("ge")
        elsewhere(group, FIRST, CellResponse(mark="plausible"))
        screen._look()
        await keyboard.write("a")
        await keyboard.until(lambda: "[2 △ plausible]" in keyboard.screen)
        await keyboard.write("rs")
        await keyboard.press("ctrl+q")

    run_group(screen, steps)
    said = on_disk(group, FIRST)
    assert (said.mark, said.rationale) == ("plausible", "gears")


def test_the_same_answer_given_twice_is_told_before_the_screen_goes(group: Group) -> None:
    async def steps(keyboard: Keyboard) -> None:
        screen = keyboard.app.screen
        elsewhere(group, FIRST, CellResponse(mark="doubtful"))
        await keyboard.press("2")
        await keyboard.press("q")
        assert keyboard.app.screen is screen
        assert "answered elsewhere too" in keyboard.screen
        assert "reader-a.1.draft.1.bak" in keyboard.screen
        await keyboard.press("q")

    run_group(screen_of(group), steps, size=(120, 40))
    assert on_disk(group, FIRST).mark == "plausible"
    assert ["mark: doubtful" in text for text in aside(group)] == [True]


def test_an_editor_that_saves_an_old_version_is_noticed(group: Group) -> None:
    path = group.folder.draft("reader-a", 1)

    async def steps(keyboard: Keyboard) -> None:
        begun = path.read_text(encoding="utf-8")
        await keyboard.press("2")
        await keyboard.until(lambda: "mark: plausible" in path.read_text(encoding="utf-8"))
        path.write_text(begun, encoding="utf-8")
        await keyboard.until(lambda: "written over by another program" in keyboard.screen)
        assert "0 of 4 marked" in keyboard.screen

    run_group(screen_of(group), steps, size=(120, 40))
    assert ["mark: plausible" in text for text in aside(group)] == [True]


def test_two_screens_of_one_reader_write_one_draft(group: Group) -> None:
    async def first(keyboard: Keyboard) -> None:
        await keyboard.press("2", "n")
        second = screen_of(group)
        keyboard.app.push_screen(second)
        await keyboard.until(lambda: second.is_mounted)
        # It goes on at the first cell without a mark, which is the second.
        await keyboard.press("1", "q")
        await keyboard.until(lambda: "2 of 4 marked" in keyboard.screen)

    run_group(screen_of(group), first, size=(120, 40))
    assert on_disk(group, FIRST).mark == "plausible"
    assert on_disk(group, SECOND).mark == "doubtful"


def test_the_screen_waits_for_an_editor_and_the_editor_for_the_screen(group: Group) -> None:
    with draft_in_use(group.folder, "reader-a", 1, alone=True), pytest.raises(NotNowError, match="editor"):
        screen_of(group)

    async def steps(keyboard: Keyboard) -> None:
        assert keyboard.app.is_running
        with (
            pytest.raises(NotNowError, match="another window"),
            draft_in_use(group.folder, "reader-a", 1, alone=True),
        ):
            pass

    run_group(screen_of(group), steps)
    with draft_in_use(group.folder, "reader-a", 1, alone=True):
        pass
