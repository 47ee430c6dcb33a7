"""What commands about a meeting print, and what stands in its minutes, byte for byte.

Run with `CRUXMAP_UPDATE_GOLDEN=1` after an intended change, and read the diff.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import REPOSITORY, Result
from cruxmap.group.drafts import save_draft
from cruxmap.group.record_file import append_event, new_event
from cruxmap.group.responses import CellResponse, Draft
from cruxmap.group.sealing import commit, reveal
from cruxmap.group.state import open_round
from group_meeting import READERS, Group, write_group

GOLDEN = REPOSITORY / "tests" / "golden"
SAFE, FAST = "watchful-machine/safety", "watchful-machine/speed"
FIRST = {
    SAFE: ["plausible/tools-see-lies", "plausible/gears-turn", "doubtful/tools-see-lies", "doubtful/tools-see-lies", "plausible/tools-see-lies"],
    FAST: ["open", "open", "open", "doubtful/gears-turn", "open"],
    "plain-machine/safety": ["doubtful", "doubtful", "doubtful", "doubtful", "doubtful"],
    "plain-machine/speed": ["plausible/gears-turn", "plausible/gears-turn", "doubtful/gears-turn", "plausible/gears-turn", "plausible/gears-turn"],
}  # fmt: skip
"""By cell, what each of the five readers marks, and what it rests on."""
MOVED = {(SAFE, "reader-c"): "plausible/tools-see-lies"}


@pytest.fixture(scope="module")
def group(tmp_path_factory: pytest.TempPathFactory) -> Group:
    found = write_group(tmp_path_factory.mktemp("meeting") / "group")
    for round_ in (1, 2):
        open_round(found.folder, found.session)
        for number, reader in enumerate(READERS):
            marks = {cell: _said(given[number], round_, cell, reader) for cell, given in FIRST.items()}
            asked = {cell: said for cell, said in marks.items() if cell in found.session.cells_of(reader)}
            save_draft(found.kb, found.folder, found.session, reader, round_, Draft(marks=asked))
            commit(found.kb, found.folder, found.session, reader)
        for reader in READERS:
            reveal(found.folder, found.session, reader)
    for event in (
        *(new_event("present", reader=reader) for reader in READERS[:4]),
        new_event("item-started", cell=SAFE),
        new_event("decision", text="We take A1 up again next time", cell=SAFE),
        new_event("question", text="Has anybody fooled such tools?", owner="reader-b", due="2026-04-02"),
        new_event("claim", text="A lie that is well hidden looks like no lie.", cell=SAFE),
        new_event("item-finished", cell=SAFE),
        new_event("item-parked", cell=FAST),
    ):
        append_event(found.folder.path, event)
    return found


def _said(given: str, round_: int, cell: str, reader: str) -> CellResponse:
    moved = MOVED.get((cell, reader)) if round_ == 2 else None
    mark, _, assumption = (moved or given).partition("/")
    return CellResponse(
        mark=mark,
        assumption=assumption or None,
        credence=0.7 if assumption else None,
        rationale="The tools were shown to work." if moved else "As the section says.",
    )


CASES = {
    "group-agenda-80": ("80", "agenda", "--round", "1"),
    "group-agenda-120": ("120", "agenda"),
    "group-agreement-80": ("80", "agreement"),
    "group-history-80": ("80", "history", "1/safety"),
    "group-handout-80": ("80", "handout"),
}


@pytest.mark.parametrize("name", CASES)
def test_output_is_as_it_was_approved(
    name: str, group: Group, cruxmap_command: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    width, *arguments = CASES[name]
    monkeypatch.setenv("COLUMNS", width)
    result = cruxmap_command("group", *arguments, "--workspace", str(group.root))
    assert (result.code, result.err) == (0, "")
    _hold(name, result.out)
    if "handout" not in name:
        assert all(len(line) <= int(width) for line in result.out.splitlines())


def test_pages_are_as_they_were_approved(group: Group) -> None:
    from cruxmap.group.session_reading import SessionReading
    from cruxmap_exports.document_markdown import markdown
    from cruxmap_exports.group_agenda import agenda_page
    from cruxmap_exports.group_minutes import minutes_page

    reading = SessionReading(group.kb, group.folder, group.session)
    _hold("group-minutes-page", markdown(minutes_page(reading)).decode())
    _hold("group-agenda-page", markdown(agenda_page(reading)).decode())


def test_ascii_output_is_ascii(group: Group, cruxmap_command: Callable[..., Result]) -> None:
    for command in ("agenda", "agreement", "record"):
        assert cruxmap_command("group", command, "--ascii", "--workspace", str(group.root)).out.isascii()


def _hold(name: str, text: str) -> None:
    file = Path(GOLDEN / f"{name}.txt")
    if os.environ.get("CRUXMAP_UPDATE_GOLDEN"):
        file.write_text(text, encoding="utf-8")
    assert text == file.read_text(encoding="utf-8")
