"""A facilitator leads a meeting from one screen: one key a step, all of it on record before it is shown."""

from __future__ import annotations

from pathlib import Path

import pytest

from cruxmap.group.drafts import save_draft
from cruxmap.group.record_file import append_event, new_event, read_meeting
from cruxmap.group.responses import CellResponse, Draft
from cruxmap.group.sealing import commit, reveal
from cruxmap.group.session import Policy
from cruxmap.group.state import open_round
from group_meeting import CELLS, READERS, Group
from meeting_screens import held, kinds, ready, screen_of, until_discussion, write
from terminal_driver import Driver, Keyboard, run_group, run_steps, same_as_snapshot

SIZES = ((60, 20), (80, 24), (120, 40))


@pytest.fixture
def group(tmp_path: Path) -> Group:
    return held(tmp_path)


def test_a_meeting_is_led_from_the_start_to_the_end_by_single_keys(group: Group) -> None:
    async def steps(keyboard: Keyboard) -> None:
        await ready(keyboard)
        assert "Press space to begin" in keyboard.screen
        await keyboard.press("space")
        assert "Note who is here" in keyboard.screen
        await keyboard.press("w", "enter")
        assert "✓ reader-e" in keyboard.screen
        await keyboard.press("n", "n", "n")
        assert "Each states the other's view" in keyboard.texts
        await keyboard.press("n")
        assert "Discuss" in keyboard.screen
        assert "They would move if" in keyboard.texts
        for _ in range(40):
            if "The meeting is over" in keyboard.texts:
                break
            await keyboard.press("n")
        assert "cruxmap group close" in keyboard.texts

    run_group(screen_of(group), steps, size=(120, 40))
    state = read_meeting(group.folder.path).state
    assert state.closed
    assert state.present == READERS
    assert state.items
    assert {item.status for item in state.items} == {"finished"}


def test_every_key_is_on_record_before_it_is_shown(group: Group) -> None:
    async def steps(keyboard: Keyboard) -> None:
        await ready(keyboard)
        for keys, kind in (
            ("space", "step"),
            ("space", "timer-paused"),
            ("space", "timer-resumed"),
            ("plus", "time-added"),
            ("n", "step"),
            ("u", "withdrawn"),
        ):
            await keyboard.press(keys)
            assert kinds(group)[-1] == kind

    run_group(screen_of(group), steps)


def test_decision_question_and_claim_go_on_record_with_the_item(group: Group) -> None:
    cell = until_discussion(group)

    async def steps(keyboard: Keyboard) -> None:
        await ready(keyboard)
        await keyboard.press("d")
        await keyboard.write("Read it again")
        await keyboard.press("enter", "o")
        await keyboard.write("Who checks")
        await keyboard.press("enter")
        await keyboard.write("reader-z")
        await keyboard.press("enter", "enter")
        assert "is one of reader-a" in keyboard.texts
        keyboard.app.screen.query_one("#owner").focus()
        await keyboard.press("backspace")
        await keyboard.write("b")
        await keyboard.press("enter")
        await keyboard.write("2026-04-02")
        await keyboard.press("enter", "c")
        await keyboard.write("Gears hum")
        await keyboard.press("enter")
        assert "Gears hum" in keyboard.screen

    run_group(screen_of(group, 22), steps)
    state = read_meeting(group.folder.path).state
    assert [(one.text, one.cell) for one in state.decisions] == [("Read it again", cell)]
    assert [(one.owner, one.due) for one in state.questions] == [("reader-b", "2026-04-02")]
    assert [one.text for one in state.claims] == ["Gears hum"]


def test_undo_takes_back_all_that_one_key_did(group: Group) -> None:
    async def steps(keyboard: Keyboard) -> None:
        await ready(keyboard)
        await keyboard.press("space", "n", "n", "n")
        assert read_meeting(group.folder.path).state.running is not None
        await keyboard.press("u")
        assert "Read in silence" in keyboard.screen
        assert read_meeting(group.folder.path).state.running is None
        await keyboard.press("u", "u", "u", "u")
        assert "Note who is here" in keyboard.texts
        assert "nothing to take back" in keyboard.screen

    run_group(screen_of(group), steps)


def test_a_parked_item_is_left_out_and_can_be_taken_up_later(group: Group) -> None:
    cell = until_discussion(group)

    async def steps(keyboard: Keyboard) -> None:
        await ready(keyboard)
        await keyboard.press("p")
        assert "parked" in keyboard.screen
        running = read_meeting(group.folder.path).state.running
        assert running != cell
        await keyboard.press("t", "g", "enter")
        assert read_meeting(group.folder.path).state.running == cell

    run_group(screen_of(group), steps)


def test_marks_stay_hidden_until_all_are_in_and_only_counts_are_kept(group: Group) -> None:
    cell = until_discussion(group)

    async def steps(keyboard: Keyboard) -> None:
        await ready(keyboard)
        await keyboard.press("r", "1", "1", "2")
        before = keyboard.screen
        await keyboard.press("backspace", "1")
        assert "3 of 5 are in" in keyboard.texts
        assert keyboard.screen == before
        assert "re-rating" not in kinds(group)
        await keyboard.press("2")
        await keyboard.press("2")
        assert "Marked again: doubtful 3, plausible 2" in keyboard.texts

    run_group(screen_of(group, 22), steps)
    state = read_meeting(group.folder.path).state
    assert state.rerated == ((cell, 1),)
    assert [one.text for one in state.notes] == ["Marked again in the meeting: doubtful 3, plausible 2"]


def test_what_somebody_else_records_appears_by_itself(group: Group) -> None:
    async def steps(keyboard: Keyboard) -> None:
        await ready(keyboard)
        await keyboard.press("space")
        append_event(group.folder.path, new_event("decision", text="Meet again"))
        await keyboard.until(lambda: "Meet again" in keyboard.screen)

    run_group(screen_of(group), steps)


@pytest.mark.parametrize(("presses", "minutes"), [(0, 90), (1, 120), (2, 60)])
def test_the_length_is_chosen_before_the_start(group: Group, presses: int, minutes: int) -> None:
    screen = screen_of(group)

    async def steps(keyboard: Keyboard) -> None:
        await ready(keyboard)
        await keyboard.press(*["l"] * presses)
        await keyboard.until(lambda: bool(screen.meeting.plan) and screen.meeting.plan[-1].end == minutes)
        await keyboard.press("space", "l")
        assert screen.meeting.plan[-1].end == minutes

    run_group(screen, steps)
    again = screen_of(group)
    again.meeting.work_out()
    assert again.meeting.plan[-1].end == minutes


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("revealed", [0, 4])
def test_before_the_reveal_nothing_sealed_is_on_any_screen(
    tmp_path: Path, revealed: int, size: tuple[int, int]
) -> None:
    group = held(tmp_path, revealed=revealed)

    async def steps(keyboard: Keyboard) -> None:
        await keyboard.until(lambda: "The answers are sealed" in keyboard.texts)
        for key in ("space", "n", "n", "n", "t", "r", "p", "f1", "escape", "d", "escape"):
            await keyboard.press(key)
            for text in (keyboard.screen, keyboard.texts):
                assert "Sekret" not in text
                assert "doubtful" not in text
                assert "plausible" not in text
        assert "Waiting for" in keyboard.texts
        for reader in READERS[revealed:]:
            reveal(group.folder, group.session, reader)
        await keyboard.until(lambda: "agreed" in keyboard.texts)

    run_group(screen_of(group), steps, size=size)


@pytest.mark.parametrize("policy", ["aliases", "aggregate"])
def test_no_name_stands_beside_an_answer_where_the_policy_hides_it(tmp_path: Path, policy: Policy) -> None:
    group = held(tmp_path, policy)

    async def steps(keyboard: Keyboard) -> None:
        await ready(keyboard)
        await keyboard.press("space", "n")
        for _ in range(20):
            shown = str(keyboard.app.screen.query_one("#meet-centre Words").render())
            if "Decisions" in shown or "over" in shown:
                break
            # Own words of the sample name their readers; under aliases they are shown, and nothing else.
            for reader in READERS:
                for line in shown.splitlines():
                    assert reader not in line or ("Sekret" in line and policy == "aliases"), line
            if policy == "aggregate":
                assert "Sekret" not in shown
            await keyboard.press("n")

    run_group(screen_of(group), steps, size=(200, 50))


def test_hostile_texts_are_literal(group: Group) -> None:
    until_discussion(group)
    hostile = "[red]x[/] [@click=app.quit]q[/] \x1b[31m \u202eabc"
    write(group, (22, "decision", {"text": hostile, "cell": "watchful-machine/safety"}))
    append_event(group.folder.path, new_event("decision", text=hostile))

    async def steps(keyboard: Keyboard) -> None:
        await ready(keyboard)
        assert "[red]x[/] [@click=app.quit]q[/]" in keyboard.screen
        assert "\x1b" not in keyboard.screen
        assert "\u202e" not in keyboard.screen
        assert keyboard.app.is_running

    run_group(screen_of(group, 22), steps, size=(120, 40))


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_meet_screen(group: Group, size: tuple[int, int]) -> None:
    name = f"{size[0]}x{size[1]}"

    async def before(keyboard: Keyboard) -> None:
        await keyboard.until(lambda: "Press space" in keyboard.screen)
        same_as_snapshot(f"meet-before-{name}", keyboard.screen)

    async def discussing(keyboard: Keyboard) -> None:
        await keyboard.until(lambda: "Talk about what" in keyboard.screen)
        same_as_snapshot(f"meet-discuss-{name}", keyboard.screen)
        await keyboard.press("r")
        same_as_snapshot(f"meet-hidden-{name}", keyboard.screen)

    run_group(screen_of(group, 1), before, size=size)
    until_discussion(group)
    run_group(screen_of(group, 22), discussing, size=size)


def test_the_tabs_lead_to_it_and_the_matrix_speaks_for_the_group(group: Group) -> None:
    async def steps(driver: Driver) -> None:
        await driver.press("v", "v", "v")
        assert "Proposals · group" in driver.screen
        assert "5 marks, 0.60 apart" in driver.screen
        await driver.press("v")
        assert "Proposals · source and group" in driver.screen
        shown = driver.rows
        above = next(place for place, row in enumerate(shown) if "◇ conditional" in row)
        assert "doubtful..plausible" in shown[above + 1]
        await driver.press("v", "v", "v", "v")
        await driver.press("v")
        assert "Proposals · source" in driver.screen
        await driver.press("M")
        await driver.until(lambda: "Press space to begin" in driver.screen)
        await driver.press("q", "8", "f")
        assert "reader-a  session" in driver.screen
        await driver.press("enter", "enter")
        await driver.until(lambda: "reader-a and reader-b" in driver.screen)

    run_steps(steps, size=(120, 40), workspace=str(group.root))


def test_a_reveal_changes_the_matrix_that_is_on_the_screen(group: Group) -> None:
    async def steps(driver: Driver) -> None:
        await driver.press("v", "v", "v")
        assert "5 marks, 0.60 apart" in driver.screen
        open_round(group.folder, group.session)
        for reader in READERS:
            marks = dict.fromkeys(CELLS, CellResponse(mark="plausible"))
            save_draft(group.kb, group.folder, group.session, reader, 2, Draft(marks=marks))
            commit(group.kb, group.folder, group.session, reader)
        for reader in READERS:
            reveal(group.folder, group.session, reader)
        await driver.until(lambda: "5 marks, 0.60 apart" not in driver.screen)
        assert "Proposals · group" in driver.screen

    run_steps(steps, size=(120, 40), workspace=str(group.root))


def test_before_the_reveal_the_tabs_offer_neither_voice_nor_readers(tmp_path: Path) -> None:
    group = held(tmp_path, revealed=4)

    async def steps(driver: Driver) -> None:
        for _ in range(5):
            await driver.press("v")
            assert "Proposals · group" not in driver.screen
        await driver.press("8", "f")
        assert "session" not in driver.screen.partition("First reader")[2]

    run_steps(steps, size=(120, 40), workspace=str(group.root))
