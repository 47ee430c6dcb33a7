"""A plan gives every cell two raters and every reader a bearable load, and is read back as it was written."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cruxmap.errors import BrokenCorpusError, UsageError
from cruxmap.group.errors import NoReaderError, SessionNotFoundError
from cruxmap.group.folder import SessionFolder, people, session_folders, who_am_i
from cruxmap.group.plan_files import PRINTED_WIDTH, plan_files
from cruxmap.group.planning import CELLS_AT_LEAST, CELLS_AT_MOST, Wishes, assign, plan
from cruxmap.group.state import current_session, mark_step
from cruxmap.knowledge import KnowledgeBase
from cruxmap.loading import load
from cruxmap.writing import FileExistsAlreadyError
from group_meeting import QUESTION, READERS, write_group


@given(st.integers(1, 80), st.integers(2, 12), st.booleans())
def test_every_cell_has_two_raters_and_nobody_rates_a_cell_twice(
    cells: int, readers: int, whole_entries: bool
) -> None:
    names = [f"e{number // 4}/c{number % 4}" for number in range(cells)]
    handles = [f"reader-{number}" for number in range(readers)]
    found = assign(names, handles, whole_entries=whole_entries)
    raters = [sum(cell in given_ for given_ in found.values()) for cell in names]
    assert min(raters) >= 2
    assert all(len(set(given_)) == len(given_) for given_ in found.values())
    assert all(list(given_) == [cell for cell in names if cell in given_] for given_ in found.values())


@given(st.integers(8, 80), st.integers(2, 12))
def test_readers_have_8_to_12_cells_wherever_two_raters_allow_it(cells: int, readers: int) -> None:
    names = [f"e{number // 4}/c{number % 4}" for number in range(cells)]
    loads = [len(given_) for given_ in assign(names, [f"r{number}" for number in range(readers)]).values()]
    assert max(loads) - min(loads) <= 1
    if 2 * cells <= CELLS_AT_MOST * readers:
        assert min(loads) >= CELLS_AT_LEAST
        assert max(loads) <= CELLS_AT_MOST


@given(st.integers(1, 20), st.integers(2, 8))
def test_a_jigsaw_keeps_the_cells_of_an_entry_together(entries: int, readers: int) -> None:
    names = [f"e{entry}/c{number}" for entry in range(entries) for number in range(4)]
    for given_ in assign(names, [f"r{number}" for number in range(readers)], whole_entries=True).values():
        assert len(given_) == 4 * len({cell.partition("/")[0] for cell in given_})


def test_the_default_scope_is_cut_to_what_readers_can_rate(kb: KnowledgeBase) -> None:
    session = plan(kb, Wishes(QUESTION, "2026-03-05", READERS))
    assert len(session.cells()) == len(READERS) * CELLS_AT_MOST // 2
    assert {len(session.cells_of(reader)) for reader in READERS} == {CELLS_AT_MOST}
    assert all(len(given_) >= 2 for given_ in session.raters().values())


def test_what_is_named_is_in_scope_in_full(kb: KnowledgeBase) -> None:
    numbers = tuple(str(number) for number in range(1, 12))
    session = plan(kb, Wishes(QUESTION, "2026-03-05", READERS, entries=numbers, method="jigsaw"))
    assert len(session.cells()) == 44
    assert all(len(given_) == 2 for given_ in session.raters().values())
    for reader in READERS:
        entries = {cell.partition("/")[0] for cell in session.cells_of(reader)}
        assert len(session.to_read(reader)) == len(entries)


def test_a_reading_names_sections_and_an_estimate(kb: KnowledgeBase) -> None:
    session = plan(kb, Wishes(QUESTION, "2026-03-05", READERS, entries=("3",)))
    (item,) = session.readings
    assert (item.source, item.at, item.for_) == ("hubinger2020", "§4", ())
    assert item.minutes > 2


@pytest.mark.parametrize("policy", ["names", "aliases", "aggregate"])
def test_a_plan_is_read_back_as_it_was_written(tmp_path: Path, policy: str) -> None:
    group = write_group(tmp_path, policy)  # type: ignore[arg-type]
    assert group.folder.read() == group.session
    assert current_session(tmp_path) == group.folder


def test_a_plan_with_everything_is_read_back_too(kb: KnowledgeBase, tmp_path: Path) -> None:
    wishes = Wishes(
        'Who said: "no"?  # not a comment', "2026-03-05", READERS, cells=("3/inner", "2/outer"), minutes=60,
        method="delphi", rounds=2, stability=0.2, consensus=0.8, roles={"reader-a": "sceptic: no"}, name="x",
    )  # fmt: skip
    session = plan(kb, wishes)
    folder = SessionFolder(tmp_path, session.id)
    folder.path.mkdir(parents=True)
    folder.session_file.write_text(plan_files(kb, session)["session.yaml"], encoding="utf-8")
    assert folder.read() == session


def test_every_reader_gets_a_pack_with_their_cells_only(kb: KnowledgeBase) -> None:
    session = plan(kb, Wishes(QUESTION, "2026-03-05", READERS))
    files = plan_files(kb, session)
    for reader in READERS:
        pack = files[f"packs/{reader}.md"]
        assert f"({len(session.cells_of(reader))} cells)" in pack
        assert QUESTION in pack
        assert pack.count("(`") == len(session.cells_of(reader))
    assert files["paper-form.md"].count("Why, in one sentence: ___") == len(session.cells())


def test_pack_and_form_say_what_a_number_means_and_nothing_that_a_source_thinks(kb: KnowledgeBase) -> None:
    session = plan(kb, Wishes(QUESTION, "2026-03-05", READERS, entries=("3", "9"), criteria=("inner",)))
    files = plan_files(kb, session)
    pack, form = files["packs/reader-a.md"], files["paper-form.md"]
    assert "  - A5 Consistent gradient away from deception\n" in pack
    assert "relaxed adversarial training: Inner** (A5, A6, A7)" in form
    meaning = " ".join(form.partition("## What the numbers mean")[2].split())
    assert meaning.startswith("A5 Consistent gradient away from deception; A6 ")
    assert meaning.index("A7 ") < meaning.index("A31 ") < meaning.index("A45 ")
    for cell in session.cells():
        entry, _, criterion = cell.partition("/")
        said = kb.find_assessed(entry).assessments[criterion]
        for text in (pack, form):
            assert said.reason is None or said.reason not in text
            assert not any(
                argument.id in text or argument.text in text for argument in (*said.pro, *said.con)
            )


def test_a_form_says_the_same_whatever_the_sources_think(tmp_path: Path) -> None:
    group = write_group(tmp_path)
    before = plan_files(group.kb, group.session)
    changed = 0
    for file in (tmp_path / "proposals").rglob("*.yaml"):
        text = file.read_text(encoding="utf-8")
        changed += "stance: doubtful" in text
        file.write_text(text.replace("stance: doubtful", "stance: plausible"), encoding="utf-8")
    assert changed
    assert plan_files(load(tmp_path, remember=False), group.session) == before


def test_lines_of_the_form_fit_a_printed_line(kb: KnowledgeBase) -> None:
    session = plan(kb, Wishes(QUESTION, "2026-03-05", READERS, entries=("2", "3", "9")))
    lines = plan_files(kb, session)["paper-form.md"].splitlines()
    assert max(map(len, lines)) <= PRINTED_WIDTH + len("****")
    assert len(lines) < 2 * 66, "two pages"


def test_only_a_long_meeting_says_that_answers_can_be_given_in_it(kb: KnowledgeBase) -> None:
    for minutes in (90, 119, 120, 150):
        session = plan(kb, Wishes(QUESTION, "2026-03-05", READERS, minutes=minutes))
        pack = plan_files(kb, session)["packs/reader-a.md"]
        assert ("in its silent part" in pack) == (minutes >= 120)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"readers": ("reader-a",)}, "two readers at least"),
        ({"readers": ("reader-a", "../x")}, "is no handle"),
        ({"date": "5 March"}, "is no date"),
        ({"name": "a/b"}, "cannot name a session"),
        ({"cells": ("3/inner",), "entries": ("3",)}, "leave out --entries"),
        ({"cells": ("A5",)}, "is no cell"),
        ({"roles": {"reader-z": "sceptic"}}, "does not take part"),
        ({"entries": ("99",)}, "99"),
    ],
)
def test_wishes_that_cannot_be_met_are_refused(
    kb: KnowledgeBase, changes: dict[str, object], message: str
) -> None:
    from dataclasses import replace

    from cruxmap.errors import CruxmapError

    wishes = replace(Wishes(QUESTION, "2026-03-05", READERS), **changes)  # type: ignore[arg-type]
    with pytest.raises(CruxmapError, match=message):
        plan(kb, wishes)


def test_a_session_is_never_planned_over_another(tmp_path: Path) -> None:
    group = write_group(tmp_path)
    before = group.folder.session_file.read_text(encoding="utf-8")
    with pytest.raises(FileExistsAlreadyError):
        write_group(tmp_path, "aliases")
    assert group.folder.session_file.read_text(encoding="utf-8") == before


@pytest.mark.parametrize(
    ("change", "place", "code"),
    [
        (("minutes: 90", "minutes: soon"), ":6:1: E108", "must be a number"),
        (("method: open", "method: chat"), ":7:1: E107", "'chat'"),
        (("watching", "other"), ":3:1: E311", "folder of '2026-03-05-watching'"),
        (("stop:", "roles: {reader-x: sceptic}\nstop:"), ":10:9: E312", "'reader-x' is not among"),
        (("question:", "quest:"), ":5:1: E102", "did you mean `question`?"),
        (("stop:", "<<<<<<< mine\nstop:"), ":10:1: E004", "merge conflict"),
    ],
)
def test_a_mistake_in_a_plan_is_reported_at_its_place(
    tmp_path: Path, change: tuple[str, str], place: str, code: str
) -> None:
    group = write_group(tmp_path)
    text = group.folder.session_file.read_text(encoding="utf-8").replace(*change, 1)
    group.folder.session_file.write_text(text, encoding="utf-8")
    with pytest.raises(BrokenCorpusError) as caught:
        group.folder.read()
    problems = [problem.render() for problem in caught.value.problems]
    assert any(place in line and code in line for line in problems), problems


def test_the_current_session_is_the_latest_that_is_open(tmp_path: Path) -> None:
    group = write_group(tmp_path)
    ids = ["2026-01-01-old", "2026-04-01-next"]
    for name in ids:
        later = SessionFolder(tmp_path, name)
        later.path.mkdir()
        later.session_file.write_text("id: x\n", encoding="utf-8")
    assert [folder.id for folder in session_folders(tmp_path)] == [ids[0], group.folder.id, ids[1]]
    assert current_session(tmp_path).id == ids[1]
    mark_step(group.folder, "opened", 1)
    assert current_session(tmp_path) == group.folder
    mark_step(group.folder, "closed", 1)
    assert current_session(tmp_path).id == ids[1]
    assert current_session(tmp_path, "old").id == ids[0]
    with pytest.raises(SessionNotFoundError, match="no single session '2026'"):
        current_session(tmp_path, "2026")


def test_who_asks_is_told_by_option_environment_or_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(NoReaderError, match="say who you are"):
        who_am_i(tmp_path, None, READERS)
    (tmp_path / ".cruxmap").mkdir()
    (tmp_path / ".cruxmap" / "reader").write_text("reader-c\n", encoding="utf-8")
    assert who_am_i(tmp_path, None, READERS) == "reader-c"
    monkeypatch.setenv("CRUXMAP_READER", "reader-b")
    assert who_am_i(tmp_path, None, READERS) == "reader-b"
    assert who_am_i(tmp_path, "reader-a", READERS) == "reader-a"
    with pytest.raises(NoReaderError, match="does not take part"):
        who_am_i(tmp_path, "reader-z", READERS)


def test_mistakes_in_the_list_of_readers_have_a_place(tmp_path: Path) -> None:
    path = tmp_path / "readers.yaml"
    path.write_text("# nobody yet\n[]\n", encoding="utf-8")
    assert people(tmp_path) == {}
    path.write_text("- handle: reader-a\n- handle: reader-a\n- handle: R\n  nick: x\n", encoding="utf-8")
    with pytest.raises(BrokenCorpusError) as caught:
        people(tmp_path)
    assert [(item.line, item.code) for item in caught.value.problems] == [
        (2, "E304"),
        (3, "E106"),
        (4, "E102"),
    ]


def test_a_group_of_one_cannot_disagree() -> None:
    with pytest.raises(UsageError):
        plan(None, Wishes(QUESTION, "2026-03-05", ("reader-a",)))  # type: ignore[arg-type]
