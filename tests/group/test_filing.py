"""Where readers are not named, no shared file names them beside their answers, and the count is still right."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import Result
from cruxmap.errors import UsageError
from cruxmap.group.drafts import current_draft, save_cell
from cruxmap.group.errors import BrokenGroupFileError, NotNowError, SealError, StillSealedError
from cruxmap.group.filing import filed_as
from cruxmap.group.plan_files import write_plan
from cruxmap.group.planning import Wishes, plan
from cruxmap.group.reading import read_revealed
from cruxmap.group.responses import CellResponse
from cruxmap.group.sealing import commit, go_on_without, reveal
from cruxmap.group.session import Policy
from cruxmap.group.state import UNARRIVED, current_round, open_round, round_state
from cruxmap.group.verification import verify
from cruxmap.group.visibility import latest_intervals, names_of, view, views
from group_meeting import CELLS, QUESTION, READERS, Group, secret_answers, write_group

HIDDEN: tuple[Policy, ...] = ("aliases", "aggregate")


def opened(root: Path, policy: Policy = "aliases") -> Group:
    group = write_group(root, policy)
    open_round(group.folder, group.session)
    return group


def all_commit(group: Group, *, partial: bool = False) -> None:
    for reader in READERS:
        for cell, said in secret_answers(reader).items():
            save_cell(group.kb, group.folder, group.session, reader, current_round(group.folder), cell, said)
        commit(group.kb, group.folder, group.session, reader, partial=partial)


def all_reveal(group: Group) -> None:
    for reader in READERS:
        reveal(group.folder, group.session, reader)


def shared(group: Group) -> dict[str, str]:
    return {
        str(path.relative_to(group.root)): path.read_text(encoding="utf-8")
        for path in group.root.rglob("*")
        if path.is_file() and ".cruxmap" not in path.parts
    }


@pytest.mark.parametrize("policy", HIDDEN)
def test_no_shared_file_ties_an_answer_to_a_reader_in_any_round(tmp_path: Path, policy: Policy) -> None:
    group = opened(tmp_path, policy)
    for round_ in (1, 2):
        all_commit(group)
        all_reveal(group)
        if round_ == 1:
            open_round(group.folder, group.session)
    filed = {filed_as(group.folder, group.session, reader) or "" for reader in READERS}
    assert len(filed) == len(READERS)
    files = shared(group)
    answers = [name for name in files if "/commitments/" in name or "/responses/" in name]
    assert len(answers) == 2 * 2 * len(READERS)
    assert {Path(name).name.split(".")[0] for name in answers} == filed
    for name, text in files.items():
        has_alias = any(alias in name + text for alias in filed)
        # What an answer says may name somebody; who gave it is told by no other part of a file.
        said = text.replace("of reader-", "of ")
        assert not (has_alias and any(reader in name + said for reader in READERS)), name
    assert verify(group.folder, group.session).is_sound


def test_under_aggregate_only_marks_leave_the_reader_s_machine(tmp_path: Path) -> None:
    group = opened(tmp_path, "aggregate")
    for cell in CELLS:
        save_cell(
            group.kb, group.folder, group.session, "reader-a", 1, cell,
            CellResponse(mark="doubtful", hinges=("tools-see-lies",), at="§2", rationale="Sekret",
                         confidence="low", credence=0.1234, change_my_mind="Sekret"),
        )  # fmt: skip
    commit(group.kb, group.folder, group.session, "reader-a")
    for reader in READERS[1:]:
        go_on_without(group.folder, group.session, reader)
    path = reveal(group.folder, group.session, "reader-a")
    assert read_revealed(path).marks == dict.fromkeys(
        CELLS, CellResponse(mark="doubtful", criterion_version=1)
    )
    words = ("Sekret", "0.1234", "confidence", "tools-see-lies", "§2")
    assert not [word for word in words if word in path.read_text(encoding="utf-8")]
    assert verify(group.folder, group.session).is_sound
    # The reader's own next round still starts from everything that was said.
    open_round(group.folder, group.session)
    kept = current_draft(group.kb, group.folder, "reader-a", 2).marks[CELLS[0]]
    assert (kept.mark, kept.rationale, kept.credence) == ("doubtful", "Sekret", 0.1234)


def test_a_reason_smuggled_into_an_answer_under_aggregate_breaks_its_seal(tmp_path: Path) -> None:
    group = opened(tmp_path, "aggregate")
    all_commit(group)
    all_reveal(group)
    path = min(group.folder.responses.glob("*.yaml"))
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("    mark:", "    rationale: mine\n    mark:", 1), encoding="utf-8")
    wrong = [item for item in verify(group.folder, group.session).checks if item.is_wrong]
    assert [(item.reader, item.finding) for item in wrong] == [(path.name.split(".")[0], "mismatch")]


def test_who_is_waited_for_is_known_by_handle_all_the_same(tmp_path: Path) -> None:
    group = opened(tmp_path)
    with pytest.raises(StillSealedError, match="waiting for reader-a, reader-b"):
        view(group.kb, group.folder, group.session)
    all_commit(group)
    for reader in READERS[:3]:
        reveal(group.folder, group.session, reader)
    state = round_state(group.folder, group.session, 1)
    assert (state.committed, state.revealed) == (READERS, READERS[:3])
    assert state.waiting_for == ("reader-d", "reader-e")
    go_on_without(group.folder, group.session, "reader-d")
    reveal(group.folder, group.session, "reader-e")
    assert view(group.kb, group.folder, group.session).missing == ("reader-d",)
    assert verify(group.folder, group.session).is_sound


def test_a_file_that_is_still_on_its_way_is_waited_for(tmp_path: Path) -> None:
    group = opened(tmp_path)
    all_commit(group)
    late = min(group.folder.commitments.glob("*.yaml"))
    text = late.read_text(encoding="utf-8")
    late.unlink()
    state = round_state(group.folder, group.session, 1)
    assert not state.is_sealed
    assert state.waiting_for == (UNARRIVED,)
    found = [item for item in verify(group.folder, group.session).checks if item.is_wrong]
    assert [(item.finding, item.detail) for item in found] == [
        ("uneven", "files under aliases: 4; readers who have committed: 5")
    ]
    late.write_text(text, encoding="utf-8")
    assert round_state(group.folder, group.session, 1).is_sealed
    assert verify(group.folder, group.session).is_sound


def test_an_answer_more_than_readers_is_found_and_nothing_is_shown(
    tmp_path: Path, cruxmap_command: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    group = opened(tmp_path)
    all_commit(group)
    all_reveal(group)
    alias = min(group.folder.responses.glob("*.yaml")).name.split(".")[0]
    for folder in (group.folder.commitments, group.folder.responses):
        text = (folder / f"{alias}.1.yaml").read_text(encoding="utf-8")
        (folder / "kestrel.1.yaml").write_text(text.replace(alias, "kestrel"), encoding="utf-8")
    findings = {(item.reader, item.finding) for item in verify(group.folder, group.session).checks}
    assert ("", "uneven") in findings
    with pytest.raises(BrokenGroupFileError, match="6 answers under aliases, and 5 readers"):
        view(group.kb, group.folder, group.session)
    monkeypatch.chdir(tmp_path)
    refused = cruxmap_command("group", "verify")
    assert (refused.code, "are not equally many" in " ".join(refused.out.split())) == (1, True)


def test_only_the_machine_that_committed_can_commit_again_or_reveal(tmp_path: Path) -> None:
    group = opened(tmp_path)
    all_commit(group)
    first = commit(group.kb, group.folder, group.session, "reader-a")
    assert first.replaced
    group.folder.alias("reader-a").unlink()
    with pytest.raises(NotNowError, match="only that one knows under which alias"):
        commit(group.kb, group.folder, group.session, "reader-a")
    with pytest.raises(SealError, match="this copy knows no commitment of reader-a"):
        reveal(group.folder, group.session, "reader-a")
    assert len(list(group.folder.commitments.glob("*.yaml"))) == len(READERS)


def test_an_alias_can_be_chosen_once_and_by_one_reader(
    tmp_path: Path, cruxmap_command: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    other = opened(tmp_path)
    for reader in READERS[:2]:
        for cell, said in secret_answers(reader).items():
            save_cell(other.kb, other.folder, other.session, reader, 1, cell, said)
    monkeypatch.chdir(other.root)
    done = cruxmap_command("group", "commit", "--reader", "reader-a", "--alias", "Grey Kestrel", "--json")
    assert json.loads(done.out)["filed"] == "grey-kestrel"
    assert names_of(other.folder, other.session) == {"grey-kestrel": "Grey Kestrel"}
    for alias, why in (("grey kestrel", "stands for somebody"), ("reader-c", "stands for"), ("!", "no name")):
        with pytest.raises(UsageError, match=why):
            commit(other.kb, other.folder, other.session, "reader-b", alias=alias)
    commit(other.kb, other.folder, other.session, "reader-b")
    with pytest.raises(UsageError, match="already"):
        commit(other.kb, other.folder, other.session, "reader-b", alias="Teal")


def test_where_readers_are_named_there_is_no_alias_to_choose(tmp_path: Path) -> None:
    group = opened(tmp_path, "names")
    save_cell(group.kb, group.folder, group.session, "reader-a", 1, CELLS[0], CellResponse(mark="open"))
    with pytest.raises(UsageError, match="shown by name"):
        commit(group.kb, group.folder, group.session, "reader-a", partial=True, alias="Teal")


def test_an_alias_in_the_list_of_readers_is_refused_because_it_would_tell(tmp_path: Path) -> None:
    group = opened(tmp_path)
    (tmp_path / "readers.yaml").write_text("- handle: reader-a\n  alias: Kestrel\n", encoding="utf-8")
    save_cell(group.kb, group.folder, group.session, "reader-a", 1, CELLS[0], CellResponse(mark="open"))
    with pytest.raises(BrokenGroupFileError, match=r"readers.yaml:2:.*tells everybody whose it is"):
        commit(group.kb, group.folder, group.session, "reader-a", partial=True)


@pytest.mark.parametrize("policy", HIDDEN)
def test_readers_who_cannot_be_found_again_count_once_in_the_voice_of_the_group(
    tmp_path: Path, policy: Policy
) -> None:
    group = opened(tmp_path, policy)
    all_commit(group)
    all_reveal(group)
    wishes = Wishes(QUESTION, "2026-04-02", READERS, cells=CELLS[:1], reveal=policy, name="later")
    session = plan(group.kb, wishes)
    later = Group(tmp_path, group.kb, write_plan(group.kb, tmp_path, session), session)
    open_round(later.folder, later.session)
    for reader in READERS:
        save_cell(later.kb, later.folder, session, reader, 1, CELLS[0], CellResponse(mark="open"))
        commit(later.kb, later.folder, session, reader)
    all_reveal(later)
    found = latest_intervals(group.kb, tmp_path)
    assert [item.mark for item in found[CELLS[0]]] == ["open"] * 5
    assert len(found[CELLS[1]]) == 5


def test_a_reader_keeps_the_alias_over_the_rounds_of_a_session(tmp_path: Path) -> None:
    group = opened(tmp_path)
    all_commit(group)
    all_reveal(group)
    first = names_of(group.folder, group.session)
    open_round(group.folder, group.session)
    all_commit(group)
    all_reveal(group)
    assert names_of(group.folder, group.session) == first
    assert [item.answers.readers for item in views(group.kb, group.folder, group.session)] == [
        tuple(first.values())
    ] * 2
