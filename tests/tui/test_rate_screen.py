"""A reader answers alone on a screen: quickly, without being swayed, and without losing anything."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest
from textual.widgets import Input

from cruxmap.group.drafts import current_draft, save_draft
from cruxmap.group.errors import NotNowError
from cruxmap.group.reading import read_revealed
from cruxmap.group.responses import Draft
from cruxmap.group.sealing import commit, reveal
from cruxmap.group.state import open_round, round_state
from cruxmap_tui.group.rate_screen import PAUSE, RateScreen
from group_meeting import CELLS, READERS, Group, secret_answers, write_group
from group_terminal import Process
from sample_workspace import FIRST
from terminal_driver import Driver, Keyboard, run_group, run_steps, same_as_snapshot

SIZES = ((60, 20), (80, 24), (120, 40))
FIRST_CELL = "watchful-machine/safety"
HOSTILE = "[red]x[/] [@click=app.quit]q[/] \x1b[31m \u202eabc"
TIME = re.compile(r"saved \d\d:\d\d:\d\d")


@pytest.fixture
def group(tmp_path: Path) -> Group:
    found = write_group(tmp_path / "group")
    open_round(found.folder, found.session)
    return found


def screen_of(group: Group, reader: str = "reader-a") -> RateScreen:
    return RateScreen(group.kb, group.folder, group.session, reader)


def draft_of(group: Group, reader: str = "reader-a") -> Draft:
    return current_draft(group.kb, group.folder, reader, 1)


def credence_of(group: Group) -> float | None:
    said = draft_of(group).marks.get(FIRST_CELL)
    return said.credence if said else None


async def saved(keyboard: Keyboard) -> None:
    await keyboard.until(lambda: "writing" not in keyboard.texts and TIME.search(keyboard.texts) is not None)


def test_a_cell_is_answered_by_keys_and_saved_without_asking(group: Group) -> None:
    async def steps(keyboard: Keyboard) -> None:
        assert "0 of 4 marked" in keyboard.screen
        await keyboard.press("2")
        assert "[2 △ plausible]" in keyboard.screen
        await keyboard.press("f2")
        await keyboard.write("lies")
        await keyboard.press("enter")
        await keyboard.write("0.6")
        await keyboard.press("enter")
        await keyboard.write("Its tools are good.")
        await keyboard.press("down", "down")
        await keyboard.write("high")
        await keyboard.press("tab")
        await keyboard.write("A lie slips through.")
        await saved(keyboard)
        assert "1 of 4 marked" in keyboard.screen
        said = draft_of(group).marks[FIRST_CELL]
        assert (said.mark, said.assumption, said.credence) == ("plausible", "tools-see-lies", 0.6)
        assert (said.rationale, said.confidence) == ("Its tools are good.", "high")
        assert said.change_my_mind == "A lie slips through."

    run_group(screen_of(group), steps)


def test_it_is_saved_after_a_pause_and_not_before(group: Group) -> None:
    async def steps(keyboard: Keyboard) -> None:
        await keyboard.press("2")
        if not TIME.search(keyboard.texts):
            assert "writing" in keyboard.texts
            assert FIRST_CELL not in draft_of(group).marks or draft_of(group).marks[FIRST_CELL].mark is None
        await saved(keyboard)
        assert draft_of(group).marks[FIRST_CELL].mark == "plausible"

    run_group(screen_of(group), steps)


def test_who_writes_without_a_pause_is_saved_too(group: Group) -> None:
    async def steps(keyboard: Keyboard) -> None:
        keyboard.app.screen.query_one("#rationale").focus()
        start = time.monotonic()
        while time.monotonic() < start + 4 * PAUSE:
            await keyboard.write("x")
        said = draft_of(group).marks[FIRST_CELL].rationale
        assert said is not None
        assert set(said) == {"x"}

    run_group(screen_of(group), steps)


def test_two_digits_make_a_range_in_any_order_and_zero_takes_the_mark_back(group: Group) -> None:
    async def steps(keyboard: Keyboard) -> None:
        await keyboard.press("2", "minus")
        assert "to …? a digit" in keyboard.screen
        await keyboard.press("1")
        assert "[1 ▽ doubtful][2 △ plausible]" in keyboard.screen
        await saved(keyboard)
        assert draft_of(group).marks[FIRST_CELL].mark == "doubtful..plausible"
        await keyboard.press("0")
        await keyboard.until(lambda: "0 of 4 marked" in keyboard.screen)
        await keyboard.until(lambda: FIRST_CELL not in draft_of(group).marks)

    run_group(screen_of(group), steps)


def test_what_cannot_be_is_said_and_what_was_right_before_stays(group: Group) -> None:
    async def steps(keyboard: Keyboard) -> None:
        keyboard.app.screen.query_one("#credence").focus()
        await keyboard.write("0.5")
        await saved(keyboard)
        await keyboard.write("x")
        assert "a credence is a number from 0 to 1" in keyboard.texts
        await keyboard.press("backspace", "backspace", "backspace", "backspace")
        await keyboard.write("70%")
        await keyboard.until(lambda: credence_of(group) == 0.7)
        assert "a credence is a number" not in keyboard.texts

    run_group(screen_of(group), steps)


def test_an_assumption_can_be_written_in_own_words_and_dropped(group: Group) -> None:
    async def steps(keyboard: Keyboard) -> None:
        await keyboard.press("a")
        await keyboard.write("Nobody is in a hurry")
        await keyboard.press("enter")
        assert "“Nobody is in a hurry”" in keyboard.texts
        await saved(keyboard)
        assert draft_of(group).marks[FIRST_CELL].assumption == "Nobody is in a hurry"
        await keyboard.press("f2")
        await keyboard.press("ctrl+u", "down", "down", "enter")
        await keyboard.until(lambda: FIRST_CELL not in draft_of(group).marks)

    run_group(screen_of(group), steps)


def test_what_the_source_says_and_the_arguments_are_hidden_until_a_key_shows_them(group: Group) -> None:
    async def steps(keyboard: Keyboard) -> None:
        for text in ("It is safe where its tools see lies", "Its tools catch every lie"):
            assert text not in keyboard.texts
        await keyboard.press("f3")
        for text in ("It is safe where its tools see lies", "Its tools catch every lie"):
            assert text in keyboard.texts
        await keyboard.press("f3")
        assert not keyboard.app.screen.query_one("#rate-source").display

    run_group(screen_of(group), steps, size=(120, 40))


def test_going_to_another_cell_saves_and_a_new_start_goes_on_at_the_first_gap(group: Group) -> None:
    async def first(keyboard: Keyboard) -> None:
        await keyboard.press("2", "n", "1", "pagedown")
        assert draft_of(group).marks["watchful-machine/speed"].mark == "doubtful"
        await keyboard.press("p")
        assert "[1 ▽ doubtful]" in keyboard.screen

    async def second(keyboard: Keyboard) -> None:
        assert "2 of 4 marked" in keyboard.screen
        assert "3 of 4" in keyboard.screen
        await keyboard.press("p", "p")
        assert "[2 △ plausible]" in keyboard.screen
        await keyboard.press("m")
        assert "3 of 4" in keyboard.screen

    run_group(screen_of(group), first)
    run_group(screen_of(group), second)


def test_leaving_at_once_saves_the_last_letter(group: Group) -> None:
    async def steps(keyboard: Keyboard) -> None:
        keyboard.app.screen.query_one("#rationale").focus()
        await keyboard.write("gears")
        await keyboard.press("ctrl+q")

    run_group(screen_of(group), steps)
    assert draft_of(group).marks[FIRST_CELL].rationale == "gears"


def test_sealing_says_what_it_means_and_can_be_declined(group: Group) -> None:
    async def steps(keyboard: Keyboard) -> None:
        await keyboard.press("c")
        assert "Nothing has a mark yet" in keyboard.screen
        await keyboard.press("2", "c")
        for text in (
            "publishes a hash",
            "binds you",
            "shows them to nobody",
            "left out: P1 speed, P2 safety",
        ):
            assert text in keyboard.texts
        await keyboard.press("enter")
        assert not group.folder.commitment("reader-a", 1).exists()
        await keyboard.press("c", "down", "enter")
        assert group.folder.commitment("reader-a", 1).exists()
        assert "sealed" in keyboard.screen
        await keyboard.press("1")
        await keyboard.until(lambda: "changed since you sealed" in keyboard.screen)

    run_group(screen_of(group), steps, size=(120, 40))
    assert read_revealed(group.folder.sealed("reader-a", 1)).marks[FIRST_CELL].mark == "plausible"


def test_a_draft_that_cannot_be_read_is_not_overwritten(group: Group) -> None:
    async def steps(keyboard: Keyboard) -> None:
        path = group.folder.draft("reader-a", 1)
        path.write_text("marks: [broken\n", encoding="utf-8")
        await keyboard.press("2")
        await keyboard.until(lambda: "not saved" in keyboard.texts)
        assert path.read_text(encoding="utf-8") == "marks: [broken\n"
        await keyboard.press("q")
        assert "same key" in keyboard.screen
        await keyboard.press("q")

    run_group(screen_of(group), steps)


def test_nobody_rates_before_the_round_is_open_or_after_their_reveal(tmp_path: Path) -> None:
    group = write_group(tmp_path / "group", readers=("reader-a", "reader-b"))
    with pytest.raises(NotNowError, match="not open yet"):
        screen_of(group)
    open_round(group.folder, group.session)
    for reader in ("reader-a", "reader-b"):
        answers = Draft(marks=secret_answers(reader))
        save_draft(group.kb, group.folder, group.session, reader, 1, answers)
        commit(group.kb, group.folder, group.session, reader)
    reveal(group.folder, group.session, "reader-a")
    with pytest.raises(NotNowError, match="next round"):
        screen_of(group)


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_nothing_of_others_is_on_any_screen(group: Group, size: tuple[int, int]) -> None:
    for reader in READERS[1:]:
        answers = Draft(marks=secret_answers(reader))
        save_draft(group.kb, group.folder, group.session, reader, 1, answers)
        commit(group.kb, group.folder, group.session, reader)
    assert not round_state(group.folder, group.session, 1).is_sealed

    async def steps(keyboard: Keyboard) -> None:
        for key in ("f3", "n", "n", "n", "2", "f2", "escape", "f9", "escape", "f1", "escape", "m"):
            await keyboard.press(key)
            for text in (keyboard.screen, keyboard.texts):
                assert "Sekret" not in text
                assert "0.13" not in text
                for reader in READERS[1:]:
                    assert reader not in text

    run_group(screen_of(group), steps, size=size)


def test_hostile_texts_are_literal(tmp_path: Path) -> None:
    group = write_group(tmp_path / "group")
    path = group.root / "proposals" / "first.yaml"
    path.write_text(FIRST.replace("Watchful machine", "'[red]W[/] [@click=app.quit]q[/]'"), encoding="utf-8")
    from cruxmap.loading import load

    kb = load(group.root, remember=False)
    open_round(group.folder, group.session)

    async def steps(keyboard: Keyboard) -> None:
        assert "[red]W[/] [@click=app.quit]q[/]" in keyboard.screen
        await keyboard.press("a")
        await keyboard.write("[red]x[/] [@click=app.quit]q[/]")
        await keyboard.press("enter")
        assert "“[red]x[/] [@click=app.quit]q[/]”" in keyboard.texts
        for bad in ("\x1b", "\u202e"):
            assert bad not in keyboard.screen
        assert keyboard.app.is_running

    run_group(RateScreen(kb, group.folder, group.session, "reader-a"), steps, size=(120, 40))


def test_brackets_of_a_draft_are_literal_and_what_is_invisible_is_left_out(group: Group) -> None:
    from dataclasses import replace

    said = replace(secret_answers("reader-a")[FIRST_CELL], assumption="[b]odd[/b] words [x]")
    save_draft(group.kb, group.folder, group.session, "reader-a", 1, Draft(marks={CELLS[0]: said}))

    async def steps(keyboard: Keyboard) -> None:
        await keyboard.press("p")
        assert "“[b]odd[/b] words [x]”" in keyboard.texts
        box = keyboard.app.screen.query_one("#rationale", Input)
        box.value = "why \u202eabc"
        await keyboard.until(lambda: draft_of(group).marks[FIRST_CELL].rationale == "why abc")
        assert "\u202e" not in keyboard.screen

    run_group(screen_of(group), steps)


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_rate_screen(group: Group, size: tuple[int, int]) -> None:
    async def steps(keyboard: Keyboard) -> None:
        same_as_snapshot(f"rate-{size[0]}x{size[1]}", keyboard.screen)
        await keyboard.press("2")
        # Half a second after the last key it says so, and stays as it is.
        await keyboard.until(lambda: "writing" not in keyboard.screen)
        await keyboard.press("f2")
        same_as_snapshot(f"rate-assumption-{size[0]}x{size[1]}", TIME.sub("saved 12:00:00", keyboard.screen))
        await keyboard.press("enter")
        await keyboard.until(lambda: "writing" not in keyboard.screen)
        await keyboard.press("f3", "pagedown", "pageup")
        same_as_snapshot(f"rate-source-{size[0]}x{size[1]}", TIME.sub("saved 12:00:00", keyboard.screen))

    run_group(screen_of(group), steps, size=size)


def test_the_tabs_lead_to_it_and_ask_once_who_sits_here(group: Group) -> None:
    async def steps(driver: Driver) -> None:
        await driver.press("A")
        assert "Who are you?" in driver.screen
        await driver.press("down", "enter")
        assert "reader-b, round 1" in driver.screen
        await driver.press("2", "q")
        assert "Proposals · source" in driver.screen
        await driver.press("A")
        assert "reader-b, round 1  ·  1 of 4 marked" in driver.screen
        await driver.press("1")
        assert "Proposals · source" not in driver.screen

    run_steps(steps, size=(80, 24), workspace=str(group.root))


def test_without_a_session_the_keys_say_how_to_plan_one(tmp_path: Path) -> None:
    from sample_workspace import write_sample

    async def steps(driver: Driver) -> None:
        for key in ("A", "M"):
            await driver.press(key)
            assert "plan one:" in driver.screen

    run_steps(steps, workspace=str(write_sample(tmp_path / "sample")), notifications=True)


def test_a_killed_process_loses_nothing_that_was_shown_as_saved(group: Group) -> None:
    process = Process(group.root, "rate", "--reader", "reader-a")
    try:
        process.until("0 of 4 marked")
        process.write("2")
        process.until("saved ")
        process.until("seen by nobody")
        process.write("\t\t\t")
        process.until("our reason, in one sentence")
        process.write("Gears grind")
        process.until("writing")
        process.until("seen by nobody")
        process.write(" and mo")
    finally:
        process.kill()
    said = draft_of(group).marks[FIRST_CELL]
    assert said.mark == "plausible"
    assert said.rationale is not None
    assert said.rationale.startswith("Gears grind")
