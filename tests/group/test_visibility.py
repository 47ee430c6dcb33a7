"""Nobody sees an answer before the reveal, and afterwards only what the policy of the session allows."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import Result
from cruxmap.group.aliases import ALIASES, display_names, drawn_alias
from cruxmap.group.drafts import save_cell
from cruxmap.group.errors import NoReaderError, StillSealedError
from cruxmap.group.filing import filed_as
from cruxmap.group.folder import Person, SessionFolder
from cruxmap.group.responses import CellResponse
from cruxmap.group.sealing import commit, go_on_without, reveal
from cruxmap.group.session import Policy
from cruxmap.group.state import current_round, open_round
from cruxmap.group.visibility import (
    credences_of_reader,
    latest_intervals,
    names_of,
    summaries,
    view,
    views,
)
from group_meeting import CELLS, READERS, Group, secret_answers, write_group

SECRETS = ("Sekret", "0.1234", "0.1334", "0.1434", "0.1534", "0.1634")
POLICIES: tuple[Policy, ...] = ("names", "aliases", "aggregate")


def committed(root: Path, policy: Policy = "names", people: str | None = None) -> Group:
    group = write_group(root, policy)
    if people is not None:
        (root / "readers.yaml").write_text(people, encoding="utf-8")
    open_round(group.folder, group.session)
    for reader in READERS:
        answer(group, reader)
    return group


def answer(group: Group, reader: str) -> None:
    round_ = current_round(group.folder)
    for cell, said in secret_answers(reader).items():
        save_cell(group.kb, group.folder, group.session, reader, round_, cell, said)
    commit(group.kb, group.folder, group.session, reader)


def all_reveal(group: Group) -> None:
    for reader in READERS:
        reveal(group.folder, group.session, reader)


def leaks(text: str) -> list[str]:
    return [secret for secret in SECRETS if secret in text]


def shared_files(root: Path) -> dict[str, str]:
    return {
        str(path.relative_to(root)): path.read_text(encoding="utf-8")
        for path in root.rglob("*")
        if path.is_file() and ".cruxmap" not in path.parts
    }


COMMANDS = [
    ("matrix",), ("show", "1"), ("show", "1/safety"), ("list", "proposal"), ("search", "rationale"), ("compare", "1", "2"),
    ("evaluate",), ("evaluate", "1/safety"), ("assumptions",), ("positions",), ("rank",), ("check",), ("where",),
    ("matrix", "--voice", "group"),
    ("group", "status"), ("group", "verify"), ("group", "open"),
    ("group", "rate", "--reader", "reader-a"), ("group", "rate", "--reader", "reader-a", "--cell", "1/safety", "--mark", "bad"),
    ("group", "rate", "--reader", "reader-b", "--cell", "1/safety", "--at", "§99 nowhere"),
    ("group", "commit", "--reader", "reader-a"), ("group", "commit", "--reader", "reader-z"),
    ("group", "plan", "--question", "Next?", "--date", "2026-04-01", "--entries", "1"),
    ("group", "status", "--session", "watching"),
]  # fmt: skip


@pytest.mark.parametrize("policy", POLICIES)
def test_before_the_reveal_no_file_and_no_command_tells_an_answer(
    tmp_path: Path,
    cruxmap_command: Callable[..., Result],
    monkeypatch: pytest.MonkeyPatch,
    policy: Policy,
) -> None:
    group = committed(tmp_path, policy)
    monkeypatch.chdir(tmp_path)
    assert {name: leaks(text) for name, text in shared_files(tmp_path).items() if leaks(text)} == {}
    for words in COMMANDS:
        for form in ((), ("--json",)):
            result = cruxmap_command(*words, *form)
            assert leaks(result.out + result.err) == [], words
    with pytest.raises(StillSealedError) as caught:
        view(group.kb, group.folder, group.session)
    assert leaks(str(caught.value)) == []


def test_what_is_shared_before_the_reveal_does_not_depend_on_the_answers_but_for_the_hash(
    tmp_path: Path,
) -> None:
    found = []
    for number, mark in enumerate(("doubtful", "plausible")):
        group = write_group(tmp_path / str(number))
        open_round(group.folder, group.session)
        for cell in CELLS:
            said = CellResponse(mark=mark, rationale=mark * (number + 1))
            save_cell(group.kb, group.folder, group.session, "reader-a", 1, cell, said)
        commit(group.kb, group.folder, group.session, "reader-a")
        found.append(
            {
                name: [line for line in text.splitlines() if not line.startswith("sha256:")]
                for name, text in shared_files(group.root).items()
            }
        )
    assert found[0] == found[1]


@pytest.mark.parametrize("policy", POLICIES)
def test_while_one_reader_is_waited_for_the_answers_of_the_others_are_not_shown(
    tmp_path: Path,
    cruxmap_command: Callable[..., Result],
    monkeypatch: pytest.MonkeyPatch,
    policy: Policy,
) -> None:
    group = committed(tmp_path, policy)
    monkeypatch.chdir(tmp_path)
    for reader in READERS[:-1]:
        result = cruxmap_command("group", "reveal", "--reader", reader)
        assert leaks(result.out + result.err) == []
        assert "doubtful" not in result.out
    for words in COMMANDS:
        result = cruxmap_command(*words)
        assert leaks(result.out + result.err) == [], words
    with pytest.raises(StillSealedError, match="waiting for reader-e"):
        view(group.kb, group.folder, group.session)
    assert latest_intervals(group.kb, tmp_path) == {}
    go_on_without(group.folder, group.session, "reader-e")
    found = view(group.kb, group.folder, group.session)
    assert found.missing == ("reader-e",)
    assert all(item.raters == 4 for item in summaries(found.answers).values())


def test_under_names_everything_is_shown_by_name(tmp_path: Path) -> None:
    group = committed(tmp_path)
    all_reveal(group)
    found = view(group.kb, group.folder, group.session)
    assert found.answers.readers == READERS
    for reader in READERS:
        for cell, said in secret_answers(reader).items():
            shown = found.answers.by_reader[reader][cell]
            assert (shown.mark, shown.rationale, shown.credence) == (said.mark, said.rationale, said.credence)
            assert (shown.assumptions, shown.criterion_version) == ((said.assumption,), 1)


def test_under_aliases_no_handle_is_shown_and_the_order_tells_nothing(tmp_path: Path) -> None:
    orders = set()
    for number in range(6):
        group = committed(tmp_path / str(number), "aliases")
        all_reveal(group)
        names = names_of(group.folder, group.session)
        found = view(group.kb, group.folder, group.session)
        assert set(found.answers.readers) == set(names.values())
        assert not set(found.answers.readers) & set(READERS)
        assert list(found.answers.readers) == list(names.values())
        mine = [filed_as(group.folder, group.session, reader) for reader in READERS]
        orders.add(tuple(map(list(names).index, filter(None, mine))))
    assert len(orders) > 1


def test_under_aggregate_nothing_but_marks_is_left_and_rows_are_not_readers(tmp_path: Path) -> None:
    group = committed(tmp_path, "aggregate")
    all_reveal(group)
    found = view(group.kb, group.folder, group.session)
    assert not found.is_linked
    assert found.answers.credences == {}
    assert leaks(repr(found)) == []
    assert not [reader for reader in READERS if reader in repr(found)]
    for cell in CELLS:
        marks = [given_[cell].mark for given_ in found.answers.by_reader.values()]
        assert marks == sorted(marks)
    assert {item.marks for item in summaries(found.answers).values()} == {
        (("doubtful", 3), ("plausible", 2)), (("plausible", 3), ("doubtful", 2))
    }  # fmt: skip


@pytest.mark.parametrize("policy", ["aliases", "aggregate"])
def test_after_the_reveal_no_command_breaks_the_policy(
    tmp_path: Path,
    cruxmap_command: Callable[..., Result],
    monkeypatch: pytest.MonkeyPatch,
    policy: Policy,
) -> None:
    group = committed(tmp_path, policy)
    all_reveal(group)
    monkeypatch.chdir(tmp_path)
    for words in [*COMMANDS, ("group", "reveal", "--reader", "reader-a")]:
        result = cruxmap_command(*words)
        assert leaks(result.out + result.err) == [], words
    refused = cruxmap_command("cruxes", "--readers", str(group.folder.responses))
    assert refused.code == 2
    assert "E306" in refused.err
    assert leaks(refused.err) == []
    with pytest.raises(NoReaderError):
        credences_of_reader(tmp_path, "reader-a")


def test_cruxes_reads_revealed_answers_by_name(
    tmp_path: Path, cruxmap_command: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    group = write_group(tmp_path)
    open_round(group.folder, group.session)
    for number, reader in enumerate(READERS):
        said = CellResponse(mark="doubtful", assumption="tools-see-lies", credence=number / 4)
        for cell in CELLS:
            save_cell(group.kb, group.folder, group.session, reader, 1, cell, said)
        commit(group.kb, group.folder, group.session, reader)
    all_reveal(group)
    monkeypatch.chdir(tmp_path)
    result = cruxmap_command("cruxes", "--readers", str(group.folder.responses), "--json")
    assert result.code == 0, result.err
    assert [item["reader"] for item in json.loads(result.out)["readers"]] == list(READERS)
    assert credences_of_reader(tmp_path, "reader-e") == {"tools-see-lies": 1.0}
    whole = cruxmap_command("cruxes", "--readers", str(group.folder.path), "--json")
    one, two = json.loads(result.out), json.loads(whole.out)
    assert one["verdicts"] == two["verdicts"] != []
    strength = cruxmap_command("evaluate", "1/safety", "--reader", "reader-a", "--json")
    fixed = cruxmap_command("evaluate", "1/safety", "--set", "A1=0", "--json")
    assert strength.out == fixed.out


@pytest.mark.parametrize("policy", POLICIES)
def test_cruxes_of_a_session_keep_to_its_policy(
    tmp_path: Path, cruxmap_command: Callable[..., Result], monkeypatch: pytest.MonkeyPatch, policy: Policy
) -> None:
    group = committed(tmp_path, policy)
    monkeypatch.chdir(tmp_path)
    words = ("cruxes", "--readers", str(group.folder.path), "--json")
    sealed = cruxmap_command(*words)
    assert sealed.code == 2
    assert json.loads(sealed.out)["error"]["code"] == ("E903" if policy == "aggregate" else "E963")
    all_reveal(group)
    result = cruxmap_command(*words)
    shown = [reader for reader in READERS if reader in result.out]
    assert shown == (list(READERS) if policy == "names" else [])
    assert result.code == (2 if policy == "aggregate" else 0)


def test_the_group_has_a_voice_once_something_is_revealed(
    tmp_path: Path, cruxmap_command: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    group = committed(tmp_path, "aggregate")
    monkeypatch.chdir(tmp_path)
    assert "no ratings exist" in cruxmap_command("matrix", "--voice", "group").err
    all_reveal(group)
    data = json.loads(cruxmap_command("matrix", "--voice", "group", "--json").out)
    assert data["voice"] == "group"
    cells = {f"{row['id']}/{name}": cell for row in data["rows"] for name, cell in row["cells"].items()}
    assert set(cells) == set(CELLS)
    for cell in cells.values():
        # No mark is shared by three quarters of five readers who are split three to two.
        low, high = cell["interval"]
        assert low < high
        assert ".." in cell["resolved"]
    assert {cell["raters"] for cell in cells.values()} == {5}
    assert {round(cell["spread"], 6) for cell in cells.values()} == {0.6}
    text = cruxmap_command("matrix", "--voice", "group").out
    assert "n=5 0.60" in text
    assert cruxmap_command("matrix", "--voice", "group", "--reader", "reader-a").code == 2


def test_every_copy_gives_the_same_aliases_in_every_round(tmp_path: Path) -> None:
    group = committed(tmp_path / "one", "aliases")
    all_reveal(group)
    first = names_of(group.folder, group.session)
    shutil.copytree(tmp_path / "one", tmp_path / "two", ignore=shutil.ignore_patterns(".cruxmap"))
    copy = SessionFolder(tmp_path / "two", group.folder.id)
    assert list(names_of(copy, copy.read()).items()) == list(first.items())
    open_round(group.folder, group.session)
    for reader in READERS:
        answer(group, reader)
    all_reveal(group)
    assert names_of(group.folder, group.session) == first
    assert [item.answers.readers for item in views(group.kb, group.folder, group.session)] == [
        tuple(first.values())
    ] * 2


HANDLES = [f"r{number}" for number in range(12)]


@given(
    st.sets(st.sampled_from(HANDLES)),
    st.sets(st.sampled_from([f"{alias}-{digits}" for alias in ALIASES[:4] for digits in ("0a1b", "ffff")])),
    st.sampled_from(POLICIES),
    st.dictionaries(st.sampled_from(HANDLES), st.sampled_from(["anonymous", "Heron", "Alder", "r1"])),
)
def test_names_always_differ(
    handles: set[str], aliases: set[str], policy: Policy, wanted: dict[str, str]
) -> None:
    people = {reader: Person(handle=reader, name=name) for reader, name in wanted.items()}
    names = display_names(policy, {*handles, *aliases}, HANDLES, people)
    assert set(names) == {*handles, *aliases}
    assert len(set(names.values())) == len(names)
    if policy != "names":
        assert not set(names.values()) & {*HANDLES, *wanted.values()} - {"Alder"}


def test_an_alias_is_drawn_until_it_is_free() -> None:
    taken = [f"{alias}-{number:04x}" for alias in ALIASES for number in range(2**16) if number % 64]
    assert drawn_alias(set(taken)) not in taken


def test_aliases_suggest_nobody() -> None:
    assert len(set(ALIASES)) == len(ALIASES) >= 12


def test_an_anonymous_reader_among_names_has_an_alias_and_comes_last(tmp_path: Path) -> None:
    people = "- {handle: reader-a, name: anonymous}\n- {handle: reader-b, name: Dr. B}\n"
    group = committed(tmp_path, people=people)
    all_reveal(group)
    shown = view(group.kb, group.folder, group.session).answers.readers
    assert shown[:-1] == ("Dr. B", "reader-c", "reader-d", "reader-e")
    assert shown[-1].lower() in ALIASES
    assert not group.folder.response("reader-a", 1).exists()


def test_who_asks_to_be_anonymous_after_answering_is_at_least_not_shown_by_name(tmp_path: Path) -> None:
    group = committed(tmp_path)
    all_reveal(group)
    (tmp_path / "readers.yaml").write_text("- {handle: reader-a, name: anonymous}\n", encoding="utf-8")
    shown = view(group.kb, group.folder, group.session).answers.readers
    assert shown == ("reader-b", "reader-c", "reader-d", "reader-e", "Anonymous")


def test_the_latest_revealed_mark_of_a_reader_counts(tmp_path: Path) -> None:
    group = committed(tmp_path, "aggregate")
    all_reveal(group)
    open_round(group.folder, group.session)
    said = CellResponse(mark="open", rationale="Sekret reason")
    for reader in READERS[:2]:
        save_cell(group.kb, group.folder, group.session, reader, 2, CELLS[0], said)
        commit(group.kb, group.folder, group.session, reader, partial=True)
    before = latest_intervals(group.kb, tmp_path)[CELLS[0]]
    assert "open" not in {item.mark for item in before}
    for reader in READERS[2:]:
        go_on_without(group.folder, group.session, reader)
    for reader in READERS[:2]:
        reveal(group.folder, group.session, reader)
    after = latest_intervals(group.kb, tmp_path)[CELLS[0]]
    assert sorted(item.mark for item in after) == ["doubtful", "open", "open", "plausible", "plausible"] or (
        len(after) == 5 and [item.mark for item in after].count("open") == 2
    )
    assert leaks(repr(after)) == []
