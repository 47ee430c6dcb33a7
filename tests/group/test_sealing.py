"""Commit, reveal and verify: what a session goes through, and what is found when somebody cheats."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cruxmap.group.drafts import current_draft, save_cell, start_draft
from cruxmap.group.errors import NotNowError, SealError
from cruxmap.group.reading import read_revealed
from cruxmap.group.responses import (
    CellResponse,
)
from cruxmap.group.sealing import commit, go_on_without, reveal
from cruxmap.group.state import current_round, open_round, round_state, session_state
from cruxmap.group.verification import verify
from cruxmap.writing import UnwritableError
from group_meeting import CELLS, READERS, Group, secret_answers, write_group


def answered(root: Path, readers: tuple[str, ...] = READERS, **options: Any) -> Group:
    """A group whose first round is open, with drafts of the readers."""
    group = write_group(root, **options)
    open_round(group.folder, group.session)
    for reader in readers:
        answer(group, reader)
    return group


def answer(group: Group, reader: str) -> None:
    round_ = current_round(group.folder)
    for cell, said in secret_answers(reader).items():
        save_cell(group.kb, group.folder, group.session, reader, round_, cell, said)


def everything(group: Group) -> None:
    for reader in READERS:
        commit(group.kb, group.folder, group.session, reader)
    for reader in READERS:
        reveal(group.folder, group.session, reader)


def findings(group: Group) -> dict[str, str]:
    return {item.reader: item.finding for item in verify(group.folder, group.session).checks}


def test_a_session_goes_through_its_states(tmp_path: Path) -> None:
    group = write_group(tmp_path)

    def state() -> str:
        return session_state(group.folder, group.session)

    assert state() == "planned"
    open_round(group.folder, group.session)
    assert state() == "open"
    for reader in READERS:
        answer(group, reader)
        assert state() == "open"
        commit(group.kb, group.folder, group.session, reader)
    assert state() == "sealed"
    for reader in READERS:
        assert state() == "sealed"
        reveal(group.folder, group.session, reader)
    assert state() == "revealed"
    assert findings(group) == dict.fromkeys(READERS, "verified")
    assert open_round(group.folder, group.session) == 2
    assert state() == "open"


def test_nobody_reveals_while_somebody_could_still_read_along(tmp_path: Path) -> None:
    group = answered(tmp_path)
    for reader in READERS[:-1]:
        commit(group.kb, group.folder, group.session, reader)
    with pytest.raises(NotNowError, match="waits for the commitment of reader-e"):
        reveal(group.folder, group.session, "reader-a")
    go_on_without(group.folder, group.session, "reader-e")
    reveal(group.folder, group.session, "reader-a")
    with pytest.raises(NotNowError, match="would not be independent"):
        commit(group.kb, group.folder, group.session, "reader-e")
    assert findings(group)["reader-e"] == "missing"
    assert verify(group.folder, group.session).is_sound


def test_who_committed_and_does_not_reveal_can_be_gone_on_without(tmp_path: Path) -> None:
    group = answered(tmp_path)
    for reader in READERS:
        commit(group.kb, group.folder, group.session, reader)
    for reader in READERS[:-1]:
        reveal(group.folder, group.session, reader)
    state = round_state(group.folder, group.session, 1)
    assert (state.is_revealed, state.waiting_for) == (False, ("reader-e",))
    go_on_without(group.folder, group.session, "reader-e")
    state = round_state(group.folder, group.session, 1)
    assert (state.is_revealed, state.missing) == (True, ("reader-e",))
    reveal(group.folder, group.session, "reader-e")
    assert round_state(group.folder, group.session, 1).missing == ()
    assert findings(group)["reader-e"] == "verified"


def test_a_cell_without_a_mark_is_left_out_only_on_purpose(tmp_path: Path) -> None:
    group = answered(tmp_path, readers=())
    with pytest.raises(NotNowError, match="has not answered anything"):
        commit(group.kb, group.folder, group.session, "reader-a")
    save_cell(group.kb, group.folder, group.session, "reader-a", 1, CELLS[0], CellResponse(mark="open"))
    with pytest.raises(NotNowError, match="3 of your 4 cells have no mark"):
        commit(group.kb, group.folder, group.session, "reader-a")
    done = commit(group.kb, group.folder, group.session, "reader-a", partial=True)
    assert done.missing == CELLS[1:]


def test_a_draft_changed_after_the_commitment_changes_nothing(tmp_path: Path) -> None:
    group = answered(tmp_path)
    for reader in READERS:
        commit(group.kb, group.folder, group.session, reader)
    save_cell(group.kb, group.folder, group.session, "reader-a", 1, CELLS[0], CellResponse(mark="open"))
    for reader in READERS:
        reveal(group.folder, group.session, reader)
    assert findings(group) == dict.fromkeys(READERS, "verified")
    assert read_revealed(group.folder.response("reader-a", 1)).marks[CELLS[0]].mark == "doubtful"


def test_sealed_answers_that_were_changed_are_not_revealed(tmp_path: Path) -> None:
    group = answered(tmp_path)
    for reader in READERS:
        commit(group.kb, group.folder, group.session, reader)
    sealed = group.folder.sealed("reader-a", 1)
    sealed.write_text(sealed.read_text(encoding="utf-8").replace("doubtful", "plausible"), encoding="utf-8")
    with pytest.raises(SealError, match="does not fit"):
        reveal(group.folder, group.session, "reader-a")
    sealed.unlink()
    with pytest.raises(SealError, match="on the machine on which they were committed"):
        reveal(group.folder, group.session, "reader-a")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("mark: doubtful", "mark: plausible"),
        ("confidence: low", "confidence: high"),
        ("reader: reader-b", "reader: reader-c"),
        ("reveal: names", "reveal: aliases"),
        ("criterion-version: 1", "criterion-version: 2"),
        ("Sekret change of reader-b", "Sekret change of reader-c"),
    ],
)
def test_verify_finds_what_was_changed_after_the_commitment(tmp_path: Path, old: str, new: str) -> None:
    group = answered(tmp_path)
    everything(group)
    path = group.folder.response("reader-b", 1)
    path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    assert findings(group) == dict.fromkeys(READERS, "verified") | {"reader-b": "mismatch"}


def test_verify_finds_a_policy_that_was_changed_after_the_answers(tmp_path: Path) -> None:
    group = answered(tmp_path, policy="aggregate")
    everything(group)
    text = group.folder.session_file.read_text(encoding="utf-8").replace("reveal: aggregate", "reveal: names")
    group.folder.session_file.write_text(text, encoding="utf-8")
    session = group.folder.read()
    checks = verify(group.folder, session).checks
    assert {item.finding for item in checks} == {"mismatch"}
    assert "answered under `reveal: aggregate`" in checks[0].detail


def test_verify_finds_exchanged_and_late_commitments(tmp_path: Path) -> None:
    group = answered(tmp_path)
    for reader in READERS:
        commit(group.kb, group.folder, group.session, reader)
    reveal(group.folder, group.session, "reader-a")
    # Written by hand, since the commands refuse it: reader-b answers again after reader-a has revealed.
    path = group.folder.response("reader-a", 1)
    kept = path.read_text(encoding="utf-8")
    path.unlink()
    commit(group.kb, group.folder, group.session, "reader-b")
    path.write_text(kept, encoding="utf-8")
    assert findings(group)["reader-b"] == "replaced"
    lines = [line for line in kept.splitlines() if not line.startswith("  reader-c:")]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert findings(group)["reader-c"] == "late"
    assert not verify(group.folder, group.session).is_sound


def test_verify_names_files_that_cannot_be_read_without_what_they_say(tmp_path: Path) -> None:
    group = answered(tmp_path)
    everything(group)
    path = group.folder.response("reader-c", 1)
    path.write_text(path.read_text(encoding="utf-8").replace("low", "Sekret", 1), encoding="utf-8")
    group.folder.commitment("reader-z", 1).write_text(
        group.folder.commitment("reader-a", 1).read_text(encoding="utf-8"), encoding="utf-8"
    )
    group.folder.commitment("reader-d", 1).unlink()
    checks = {item.reader: item for item in verify(group.folder, group.session).checks}
    assert checks["reader-c"].finding == "malformed"
    assert "reader-c.1.yaml:" in checks["reader-c"].detail
    assert "Sekret" not in checks["reader-c"].detail
    assert checks["reader-z"].finding == "stranger"
    assert (checks["reader-d"].finding, checks["reader-d"].detail) == (
        "mismatch", "there are answers without a commitment"
    )  # fmt: skip


def test_a_second_round_starts_from_what_was_sealed_in_the_first(tmp_path: Path) -> None:
    group = answered(tmp_path)
    everything(group)
    open_round(group.folder, group.session)
    start_draft(group.kb, group.folder, group.session, "reader-a", 2)
    draft = current_draft(group.kb, group.folder, "reader-a", 2)
    assert {cell: said.mark for cell, said in draft.marks.items()} == {
        cell: said.mark for cell, said in secret_answers("reader-a").items()
    }
    commit(group.kb, group.folder, group.session, "reader-a")
    assert [number for _, number in sorted(
        (item.reader, item.round) for item in verify(group.folder, group.session).checks
        if item.reader == "reader-a"
    )] == [1, 2]  # fmt: skip


def test_rounds_end_with_the_stop_rule(tmp_path: Path) -> None:
    group = answered(tmp_path)
    for round_ in (1, 2, 3):
        for reader in READERS:
            start_draft(group.kb, group.folder, group.session, reader, round_)
        everything(group)
        if round_ < 3:
            open_round(group.folder, group.session)
    with pytest.raises(NotNowError, match="3 rounds at most"):
        open_round(group.folder, group.session)


def test_who_is_interrupted_between_sealing_and_publishing_can_still_reveal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    group = answered(tmp_path)
    for reader in READERS:
        commit(group.kb, group.folder, group.session, reader)
    save_cell(group.kb, group.folder, group.session, "reader-a", 1, CELLS[0], CellResponse(mark="open"))

    def killed(*_: object) -> str:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("cruxmap.group.sealing._commitment_text", killed)
        with pytest.raises(KeyboardInterrupt):
            commit(group.kb, group.folder, group.session, "reader-a")
    for reader in READERS:
        reveal(group.folder, group.session, reader)
    assert findings(group) == dict.fromkeys(READERS, "verified")


@pytest.mark.parametrize("step", ["draft", "sealed", "commitment", "response"])
def test_a_disk_that_fails_leaves_the_older_file_and_no_half_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    group = answered(tmp_path)
    for reader in READERS:
        commit(group.kb, group.folder, group.session, reader)
    folder = group.folder
    path = {
        "draft": folder.draft("reader-a", 1),
        "sealed": folder.sealed("reader-a", 1),
        "commitment": folder.commitment("reader-a", 1),
        "response": folder.response("reader-a", 1),
    }[step]
    before = path.read_bytes() if path.exists() else None

    def fails(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("cruxmap.writing.os.fsync", fails)
    said = CellResponse(mark="open")
    write: Callable[[], object] = {
        "draft": lambda: save_cell(group.kb, folder, group.session, "reader-a", 1, CELLS[0], said),
        "response": lambda: reveal(folder, group.session, "reader-a"),
    }.get(step, lambda: commit(group.kb, folder, group.session, "reader-a"))
    with pytest.raises(UnwritableError):
        write()
    assert (path.read_bytes() if path.exists() else None) == before
    assert not list(tmp_path.rglob("*.tmp"))
