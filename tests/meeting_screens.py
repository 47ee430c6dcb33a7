"""A meeting on a screen, for the tests: five readers whose answers are revealed, and a record with times."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from cruxmap.group.drafts import save_draft
from cruxmap.group.record import Event
from cruxmap.group.record_file import append_event, read_meeting
from cruxmap.group.responses import Draft
from cruxmap.group.sealing import commit, reveal
from cruxmap.group.session import Policy
from cruxmap.group.state import open_round
from cruxmap_tui.group.meet_screen import MeetScreen
from group_meeting import READERS, Group, secret_answers, write_group
from terminal_driver import Keyboard

BEGAN = datetime(2026, 3, 5, 18, 0, tzinfo=UTC)


def held(tmp_path: Path, policy: Policy = "names", *, revealed: int = len(READERS)) -> Group:
    """A group whose readers have all committed, some of whom have revealed."""
    group = write_group(tmp_path / "group", policy)
    open_round(group.folder, group.session)
    for reader in READERS:
        answers = Draft(marks=secret_answers(reader))
        save_draft(group.kb, group.folder, group.session, reader, 1, answers)
        commit(group.kb, group.folder, group.session, reader)
    for reader in READERS[:revealed]:
        reveal(group.folder, group.session, reader)
    return group


def screen_of(group: Group, minutes: int = 0) -> MeetScreen:
    """The screen as it would be some minutes after the meeting began; by default at the present time."""
    if not minutes:
        return MeetScreen(group.kb, group.folder, group.session)
    return MeetScreen(group.kb, group.folder, group.session, now=lambda: BEGAN + timedelta(minutes=minutes))


def write(
    group: Group, *events: tuple[float, str, dict[str, object]], began: datetime = BEGAN, first: int = 0
) -> None:
    """Put events on record, each so many minutes after the beginning, with numbers from `first` on."""
    for number, (minutes, kind, details) in enumerate(events, first):
        at = (began + timedelta(minutes=minutes)).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        append_event(group.folder.path, Event(f"e{number}", at, kind, **details))  # type: ignore[arg-type]


def until_discussion(group: Group, began: datetime = BEGAN) -> str:
    """Put a meeting on record up to the discussion of the first item; return its cell."""
    from cruxmap.group.session_reading import SessionReading

    cell = SessionReading(group.kb, group.folder, group.session).agenda.items[0].cell
    write(
        group,
        (0, "opened", {"round": 1, "minutes": 90.0}),
        (0, "step", {"text": "attendance"}),
        (4, "step", {"text": "reveal"}),
        (9, "step", {"text": "reading"}),
        (19, "item-started", {"cell": cell}),
        (19, "step", {"text": "restate", "cell": cell}),
        (21, "step", {"text": "discuss", "cell": cell}),
        began=began,
    )
    return cell


def kinds(group: Group) -> list[str]:
    return [event.kind for event in read_meeting(group.folder.path).events]


async def ready(keyboard: Keyboard) -> None:
    await keyboard.until(lambda: "Working out" not in keyboard.texts and "Agenda" in keyboard.screen)
