"""A meeting that is interrupted goes on where it was: record, clock, queue and marks that are in."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from unittest import mock

import pytest

from cruxmap.group.record import Event
from cruxmap.group.record_file import append_event, read_meeting
from cruxmap_tui.group.meet_screen import MeetScreen
from group_meeting import Group
from group_terminal import Process
from meeting_screens import BEGAN, held, kinds, ready, screen_of, until_discussion, write
from terminal_driver import Keyboard, run_group


@pytest.fixture
def group(tmp_path: Path) -> Group:
    return held(tmp_path)


def test_marks_that_are_in_survive_a_restart_in_no_order_that_tells_a_reader(group: Group) -> None:
    cell = until_discussion(group)

    async def first(keyboard: Keyboard) -> None:
        await ready(keyboard)
        await keyboard.press("r", "2", "1", "2")

    async def second(keyboard: Keyboard) -> None:
        await ready(keyboard)
        # They are asked for at once, without a key.
        assert "3 of 5 are in" in keyboard.texts
        assert "re-rating" not in kinds(group)
        # Which of them was the last is not known any more.
        await keyboard.press("backspace", "1", "1")
        assert "Marked again: doubtful 3, plausible 2" in keyboard.texts

    run_group(screen_of(group, 22), first)
    kept = group.folder.private / "hidden-marks.txt"
    assert kept.read_text(encoding="utf-8") == f"{cell}\ndoubtful\nplausible\nplausible\n"
    assert "hidden" not in "".join(str(path) for path in group.folder.path.rglob("*"))
    run_group(screen_of(group, 22), second)
    assert not kept.exists()


def test_marks_for_one_cell_are_none_for_another(group: Group) -> None:
    until_discussion(group)

    async def steps(keyboard: Keyboard) -> None:
        await ready(keyboard)
        await keyboard.press("r")
        assert "0 of 5 are in" in keyboard.texts

    group.folder.private.joinpath("hidden-marks.txt").write_text("other/safety\ndoubtful\n", encoding="utf-8")
    run_group(screen_of(group, 22), steps)


def test_a_meeting_killed_while_marks_come_in_loses_none(group: Group) -> None:
    now = datetime.now(UTC)
    until_discussion(group, began=now - timedelta(minutes=22))
    process = Process(group.root, "meet")
    try:
        process.until("Discuss")
        process.write("r")
        process.until("0 of 5")
        process.write("112")
        process.until("3 of 5")
    finally:
        process.kill()
    again = Process(group.root, "meet")
    try:
        again.until("3 of 5")
        again.write("22")
        again.until("doubtful 2, plausible 3")
    finally:
        again.kill()
    assert [one.text for one in read_meeting(group.folder.path).state.notes] == [
        "Marked again in the meeting: doubtful 2, plausible 3"
    ]


def test_hidden_marks_can_be_given_up_and_leave_nothing(group: Group) -> None:
    until_discussion(group)

    async def steps(keyboard: Keyboard) -> None:
        await ready(keyboard)
        await keyboard.press("r", "1", "left", "left", "left", "escape")
        assert "re-rating" not in kinds(group)

    run_group(screen_of(group, 22), steps)


def test_hands_are_kept_in_order_and_survive_a_restart(group: Group) -> None:
    async def first(keyboard: Keyboard) -> None:
        await ready(keyboard)
        await keyboard.press("h", "j", "enter", "h", "enter")
        assert "▸ reader-b" in keyboard.screen

    async def second(keyboard: Keyboard) -> None:
        await ready(keyboard)
        assert "▸ reader-b" in keyboard.screen
        await keyboard.press("s")
        assert "▸ reader-a" in keyboard.screen
        await keyboard.press("s")
        assert "Speaks" not in keyboard.screen

    run_group(screen_of(group), first)
    run_group(screen_of(group), second)


def test_it_goes_on_at_the_same_step_with_the_time_that_is_left(group: Group) -> None:
    until_discussion(group)

    async def steps(keyboard: Keyboard) -> None:
        await ready(keyboard)
        meeting = screen.meeting
        found = meeting.standing()
        assert found.step is not None
        assert found.step.kind == "discuss"
        assert found.elapsed == 180
        assert found.left == 60 * found.step.minutes - 180
        assert meeting.kb.entries[str(found.step.item).partition("/")[0]].id in str(found.step.item)

    screen = screen_of(group, 24)
    run_group(screen, steps)


def test_a_stopped_clock_stands_and_added_minutes_count(group: Group) -> None:
    until_discussion(group)
    write_later = [(22.0, "timer-paused"), (30.0, "timer-resumed")]
    for number, (minutes, kind) in enumerate(write_later):
        at = (BEGAN + timedelta(minutes=minutes)).isoformat().replace("+00:00", "Z")
        append_event(group.folder.path, Event(f"p{number}", at, kind))
    at = (BEGAN + timedelta(minutes=31)).isoformat().replace("+00:00", "Z")
    append_event(group.folder.path, Event("m", at, "time-added", minutes=2.0))
    screen = screen_of(group, 33)

    async def steps(keyboard: Keyboard) -> None:
        await ready(keyboard)
        found = screen.meeting.standing()
        assert found.step is not None
        assert found.elapsed == 60 * (1 + 3)
        assert found.length == 60 * (found.step.minutes + 2)

    run_group(screen, steps)


def seen(group: Group, minutes: float) -> None:
    """Let the screen have been there last some minutes after the meeting began."""
    path = group.folder.private / "screen-seen"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch()
    at = (BEGAN + timedelta(minutes=minutes)).timestamp()
    os.utime(path, (at, at))


def test_after_an_absence_it_says_how_long_and_one_key_takes_it_off_the_clock(group: Group) -> None:
    until_discussion(group)
    seen(group, 23)
    screen = screen_of(group, 27)

    async def steps(keyboard: Keyboard) -> None:
        await ready(keyboard)
        assert "Away for 4:00; b takes it off the clock of “Discuss”, which ran on." in keyboard.screen
        before = screen.meeting.standing().length
        await keyboard.press("b")
        assert screen.meeting.standing().length == before + 240
        assert "u undoes  time added: 4:00 of absence" in keyboard.screen
        await keyboard.press("b")
        assert kinds(group).count("time-added") == 1
        await keyboard.press("u")
        assert screen.meeting.standing().length == before
        assert "Away for 4:00" in keyboard.screen
        await keyboard.press("n")
        assert "Away" not in keyboard.screen

    run_group(screen, steps, size=(120, 40))


@pytest.mark.parametrize("case", ["short", "paused", "led-from-elsewhere", "first-time"])
def test_an_absence_that_cost_no_time_is_not_told(group: Group, case: str) -> None:
    until_discussion(group)
    if case != "first-time":
        seen(group, 26.8 if case == "short" else 23)
    if case == "paused":
        write(group, (22.5, "timer-paused", {}), first=90)
    if case == "led-from-elsewhere":
        write(group, (26.9, "decision", {"text": "Go on"}), first=90)

    async def steps(keyboard: Keyboard) -> None:
        await ready(keyboard)
        assert "Away" not in keyboard.screen

    run_group(screen_of(group, 27), steps, size=(120, 40))


def test_a_machine_that_slept_is_noticed_without_a_restart(group: Group) -> None:
    until_discussion(group)
    now = [BEGAN + timedelta(minutes=22)]
    screen = MeetScreen(group.kb, group.folder, group.session, now=lambda: now[0])

    async def steps(keyboard: Keyboard) -> None:
        await ready(keyboard)
        assert "Away" not in keyboard.screen
        now[0] += timedelta(minutes=2)
        await keyboard.until(lambda: "Away for 2:00" in keyboard.screen)

    run_group(screen, steps, size=(120, 40))


def test_marks_that_were_counted_are_not_counted_again_after_a_crash(group: Group) -> None:
    cell = until_discussion(group)

    async def first(keyboard: Keyboard) -> None:
        await ready(keyboard)
        await keyboard.press("r", "2", "1", "2", "2", "2")

    async def second(keyboard: Keyboard) -> None:
        await ready(keyboard)
        await keyboard.press("r")
        assert "0 of 5 are in" in keyboard.texts

    screen = screen_of(group, 22)
    # A crash between the record and the removal.
    with mock.patch.object(Path, "unlink"):
        run_group(screen, first)
    assert screen.meeting.folder.private.joinpath("hidden-marks.txt").exists()
    assert kinds(group).count("re-rating") == 1
    run_group(screen_of(group, 22), second)
    assert kinds(group).count("re-rating") == 1
    assert cell


def test_a_line_of_the_record_that_was_cut_off_is_told_and_costs_nothing_else(group: Group) -> None:
    until_discussion(group)
    path = group.folder.path / "record.jsonl"
    path.write_bytes(path.read_bytes() + b'{"id": "zz", "at": "2026')

    async def steps(keyboard: Keyboard) -> None:
        await ready(keyboard)
        assert "cannot be read" in keyboard.screen
        assert "Discuss" in keyboard.screen
        await keyboard.press("n")
        assert "Mark again" in keyboard.screen

    run_group(screen_of(group, 22), steps)


def test_a_killed_meeting_loses_nothing_that_was_shown(group: Group) -> None:
    process = Process(group.root, "meet")
    try:
        process.until("Press space")
        process.write(" ")
        process.until("Note who is here")
        process.write("nn")
        process.until("Read in silence what")
        process.write("d")
        process.until("Enter accepts")
        process.write("Read it twice\r")
        # What is typed stands in the box first.
        process.until("decision: ")
    finally:
        process.kill()
    state = read_meeting(group.folder.path).state
    assert state.step == "reading"
    assert [one.text for one in state.decisions] == ["Read it twice"]

    again = Process(group.root, "meet")
    try:
        again.until("Read in silence what")
        again.until("Read it twice")
    finally:
        again.kill()
