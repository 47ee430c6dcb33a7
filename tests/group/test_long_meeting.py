"""A meeting of two hours: texts are read and answers given in it, before anything is opened."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from textual.geometry import Size

from cruxmap.group.drafts import save_draft
from cruxmap.group.sealing import commit, reveal
from cruxmap.group.state import open_round
from cruxmap_tui.group.meeting import Meeting
from cruxmap_tui.group.meeting_page import centre_lines
from whole_meeting import READERS, draft_of, start_meeting


def test_the_screen_of_a_long_meeting_waits_while_the_room_reads_and_answers(tmp_path: Path) -> None:
    held = start_meeting(tmp_path / "group", minutes=120, rounds=0)
    open_round(held.folder, held.session)
    meeting = Meeting(held.kb, held.folder, held.session, lambda: datetime.now(UTC))

    def shown() -> str:
        return "\n".join(one.plain for one in centre_lines(meeting, meeting.standing(), Size(100, 30)))

    meeting.work_out()
    meeting.start()
    meeting.go_on()
    assert "everyone answers alone" in shown()
    assert "The answers are sealed." in shown()

    for reader in READERS:
        save_draft(held.kb, held.folder, held.session, reader, 1, draft_of(held, reader, 1))
        commit(held.kb, held.folder, held.session, reader)
    for reader in READERS:
        reveal(held.folder, held.session, reader)
    meeting.work_out()
    before = meeting.standing().step
    meeting.go_on()
    after = meeting.standing().step
    assert before is not None
    assert after is not None
    assert (before.title, after.title) == ("read and answer", "reveal")
    assert "what others wrote" in shown()
