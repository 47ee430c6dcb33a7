"""The record of a meeting: every step on disk at once, and sound however far it got."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import REPOSITORY
from cruxmap.errors import UsageError
from cruxmap.group.record import EVENT_KINDS, Event, checked, fold, parse_event, render_event
from cruxmap.group.record_file import RECORD, append_event, new_event, read_meeting

TEXTS = st.text(max_size=12)
EVENTS = st.builds(
    Event,
    id=st.sampled_from([f"e{number}" for number in range(12)]),
    at=st.integers(0, 59).map(lambda second: f"2026-03-05T18:00:{second:02}Z"),
    kind=st.sampled_from((*EVENT_KINDS, "something-newer")),
    cell=st.sampled_from(("", "a/inner", "b/inner")),
    text=TEXTS,
    owner=TEXTS,
    reader=st.sampled_from(("", "reader-a", "reader-b")),
    minutes=st.sampled_from((0.0, 2.0, 2.5)),
    round=st.integers(0, 3),
    refers=st.sampled_from(("", "e1", "e2", "e3")),
)


@given(st.lists(EVENTS, max_size=12, unique_by=lambda event: event.id))
def test_any_beginning_of_a_record_is_sound(events: list[Event]) -> None:
    ordered = sorted(events, key=lambda event: event.at)
    for length in range(len(ordered) + 1):
        state = fold(ordered[:length])
        running = [item.cell for item in state.items if item.status == "running"]
        assert running == ([state.running] if state.running else [])
        assert len({item.cell for item in state.items}) == len(state.items)
        assert set(state.gone) <= set(state.present)
        assert state.events + len(state.ignored) <= length
        assert set(state.covered) == {item.cell for item in state.items if item.status == "finished"}


@given(
    st.lists(EVENTS, max_size=12, unique_by=(lambda event: event.id, lambda event: event.at)),
    st.randoms(use_true_random=False),
)
def test_order_and_doubles_do_not_matter(events: list[Event], random: Random) -> None:
    joined = [*events, *events]
    random.shuffle(joined)
    assert fold(joined) == fold(events)


@given(EVENTS)
def test_an_event_comes_back_from_its_line(event: Event) -> None:
    line = render_event(event)
    assert "\n" not in line
    assert parse_event(line) == event


@given(EVENTS, st.integers(0, 200))
def test_a_line_that_was_cut_off_is_no_event(event: Event, length: int) -> None:
    line = render_event(event)
    assert parse_event(line[: min(length, len(line) - 1)]) is None


@pytest.mark.parametrize(
    "line",
    [
        "[]",
        "null",
        "1",
        '{"id": 1, "at": "x", "kind": "note"}',
        "{}",
        "[" * 9999,
        '{"id": "e", "at": "yesterday", "kind": "note", "text": "x"}',
        '{"id": "e", "at": "2026-03-05T18:00:00", "kind": "note", "text": "no zone"}',
        '{"id": "e", "at": "2026-03-05T18:00:00Z", "kind": "time-added", "minutes": NaN}',
        '{"id": "e", "at": "2026-03-05T18:00:00Z", "kind": "time-added", "minutes": 1e999}',
    ],
)
def test_what_is_no_event_is_none(line: str) -> None:
    assert parse_event(line) is None


def test_taking_up_an_item_parks_the_one_before() -> None:
    events = [new_event("item-started", cell=cell) for cell in ("a/inner", "b/inner")]
    events = [replace(event, at=f"2026-01-01T00:00:0{number}Z") for number, event in enumerate(events)]
    state = fold(events)
    assert [(item.cell, item.status) for item in state.items] == [
        ("a/inner", "parked"),
        ("b/inner", "running"),
    ]


def test_events_of_one_moment_count_in_the_order_of_writing(tmp_path: Path) -> None:
    for kind in ("item-started", "item-finished"):
        append_event(tmp_path, Event(kind, "2026-03-05T18:00:00.000Z", kind, cell="a/inner"))
    assert read_meeting(tmp_path).state.covered == {"a/inner": 1.0}


def test_a_withdrawal_can_be_withdrawn() -> None:
    said = Event("a", "1", "decision", text="we read §4")
    back = Event("b", "2", "withdrawn", refers="a")
    again = Event("c", "3", "withdrawn", refers="b")
    assert fold([said, back]).decisions == ()
    assert [item.text for item in fold([said, back, again]).decisions] == ["we read §4"]


def test_an_event_without_what_it_needs_is_refused() -> None:
    with pytest.raises(UsageError, match="needs a text"):
        new_event("decision", text=" ")
    with pytest.raises(UsageError, match="no event"):
        checked(Event("a", "1", "party"))


def test_a_crash_in_the_middle_of_a_line_spoils_nothing_else(tmp_path: Path) -> None:
    append_event(tmp_path, new_event("decision", text="first"))
    with (tmp_path / RECORD).open("a", encoding="utf-8") as stream:
        stream.write('{"id": "half", "at": "2026')
    append_event(tmp_path, new_event("decision", text="second"))
    found = read_meeting(tmp_path)
    assert [item.text for item in found.state.decisions] == ["first", "second"]
    assert found.damaged == (2,)


def test_a_process_that_is_killed_has_written_every_event_that_it_said(tmp_path: Path) -> None:
    script = (
        "import sys\nfrom pathlib import Path\n"
        "from cruxmap.group.record_file import append_event, new_event\n"
        "for number in range(10_000):\n"
        "    append_event(Path(sys.argv[1]), new_event('note', text=str(number)))\n"
        "    print(number, flush=True)\n"
    )
    path = {**os.environ, "PYTHONPATH": str(REPOSITORY / "engine")}
    process = subprocess.Popen(
        [sys.executable, "-c", script, str(tmp_path)], stdout=subprocess.PIPE, text=True, env=path
    )
    with process:
        assert process.stdout is not None
        said = [process.stdout.readline() for _ in range(20)]
        process.kill()
    notes = [item.text for item in read_meeting(tmp_path).state.notes]
    assert notes[: len(said)] == [line.strip() for line in said]


def test_what_one_key_causes_is_there_in_full_or_not_at_all_after_a_kill(tmp_path: Path) -> None:
    script = (
        "import sys\nfrom pathlib import Path\n"
        "from cruxmap.group.record_file import append_event, new_event\n"
        "print('begun', flush=True)\n"
        "for number in range(10_000):\n"
        "    kinds = ('item-finished', 'item-started', 'step')\n"
        "    events = [new_event(kind, cell='a/inner', text=str(number)) for kind in kinds]\n"
        "    append_event(Path(sys.argv[1]), *events)\n"
    )
    path = {**os.environ, "PYTHONPATH": str(REPOSITORY / "engine")}
    for wait in range(4):
        folder = tmp_path / str(wait)
        command = [sys.executable, "-c", script, str(folder)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=path) as process:
            assert process.stdout is not None
            process.stdout.readline()
            time.sleep(0.01 + 0.017 * wait)
            process.kill()
        found = read_meeting(folder)
        assert found.damaged == ()
        assert len(found.events) % 3 == 0


@pytest.mark.skipif(sys.platform == "win32", reason="needs a limit on the size of files")
def test_events_that_do_not_fit_on_the_disk_are_refused_as_a_whole(tmp_path: Path) -> None:
    append_event(tmp_path, new_event("decision", text="first"))
    before = (tmp_path / RECORD).read_bytes()
    script = (
        "import resource, sys\nfrom pathlib import Path\n"
        "from cruxmap.group.record_file import append_event, new_event\n"
        "from cruxmap.writing import UnwritableError\n"
        "most = int(sys.argv[2])\nresource.setrlimit(resource.RLIMIT_FSIZE, (most, most))\n"
        "try:\n"
        "    append_event(Path(sys.argv[1]), *[new_event('note', text='x' * 40) for _ in range(3)])\n"
        "except UnwritableError as error:\n    print(error)\n"
    )
    for room in (0, 10, 150, 300):
        command = [sys.executable, "-c", script, str(tmp_path), str(len(before) + room)]
        path = {**os.environ, "PYTHONPATH": str(REPOSITORY / "engine")}
        done = subprocess.run(command, capture_output=True, text=True, env=path, check=True)
        assert "cannot be written" in done.stdout
        assert (tmp_path / RECORD).read_bytes() == before


@pytest.mark.skipif(not shutil.which("git"), reason="needs git")
def test_two_copies_of_a_record_merge_without_conflict(tmp_path: Path) -> None:
    def git(*arguments: str) -> None:
        command = ["git", "-c", "user.name=reader-a", "-c", "user.email=a@example.org", *arguments]
        subprocess.run(command, cwd=tmp_path, check=True, capture_output=True)

    git("init", "-b", "main")
    append_event(tmp_path, new_event("opened"))
    git("add", ".")
    git("commit", "-m", "begin")
    git("checkout", "-b", "other")
    append_event(tmp_path, new_event("decision", text="theirs"))
    git("commit", "-am", "theirs")
    git("checkout", "main")
    append_event(tmp_path, new_event("decision", text="ours"))
    git("commit", "-am", "ours")
    git("merge", "other")
    found = read_meeting(tmp_path)
    assert {item.text for item in found.state.decisions} == {"ours", "theirs"}
    assert found.damaged == ()
