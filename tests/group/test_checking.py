"""`cruxmap check` reads what a facilitator writes, and tells nothing of what readers answer."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import Result
from cruxmap.group.drafts import save_cell
from cruxmap.group.sealing import commit, go_on_without, reveal
from cruxmap.group.state import open_round
from group_meeting import READERS, Group, secret_answers, write_group

Command = Callable[..., Result]


@pytest.fixture
def group(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Group:
    found = write_group(tmp_path)
    open_round(found.folder, found.session)
    for cell, said in secret_answers("reader-a").items():
        save_cell(found.kb, found.folder, found.session, "reader-a", 1, cell, said)
    commit(found.kb, found.folder, found.session, "reader-a")
    monkeypatch.chdir(tmp_path)
    return found


def test_a_sound_session_has_no_problems(group: Group, cruxmap_command: Command) -> None:
    result = cruxmap_command("check")
    assert (result.code, result.out.endswith("no problems\n")) == (0, True)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("minutes: 90", "minutes: ninety", "E108"),
        ("reveal: names", "reveal: nobody", "E107"),
        ("watchful-machine", "watchful-machin", "there is no proposal or strategy 'watchful-machin'"),
        ("question:", "quesion:", "E102"),
    ],
)
def test_a_mistake_in_a_plan_is_found_at_its_place(
    group: Group, cruxmap_command: Command, old: str, new: str, expected: str
) -> None:
    file = group.folder.session_file
    text = file.read_text(encoding="utf-8")
    lines = text.splitlines()
    place = next(number for number, line in enumerate(lines, 1) if old in line and not line.startswith("#"))
    file.write_text(text.replace(old, new), encoding="utf-8")
    result = cruxmap_command("check")
    assert result.code == 1
    assert any(f"session.yaml:{place}:" in line and expected in line for line in result.out.splitlines()), (
        result.out
    )


def test_readers_are_checked_too(group: Group, cruxmap_command: Command) -> None:
    (group.root / "readers.yaml").write_text("- handle: reader-a\n- handle: reader-a\n", encoding="utf-8")
    result = cruxmap_command("check")
    assert (result.code, "readers.yaml:2:" in result.out, "E304" in result.out) == (1, True, True)


def test_a_line_of_the_record_that_was_cut_off_is_a_warning(group: Group, cruxmap_command: Command) -> None:
    cruxmap_command("group", "record", "--note", "All are here.")
    with (group.folder.path / "record.jsonl").open("a", encoding="utf-8") as stream:
        stream.write('{"id": "12')
    result = cruxmap_command("check")
    assert (result.code, "record.jsonl:3:1: E314: warning" in result.out) == (0, True), result.out


def test_a_broken_seal_is_told_without_what_it_holds(group: Group, cruxmap_command: Command) -> None:
    for reader in READERS[1:]:
        go_on_without(group.folder, group.session, reader)
    path = reveal(group.folder, group.session, "reader-a")
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("mark: doubtful", "mark: Sekret", 1), encoding="utf-8")
    result = cruxmap_command("check")
    assert (result.code, "cruxmap group verify" in " ".join(result.out.split())) == (1, True)
    assert "Sekret" not in result.out + result.err
