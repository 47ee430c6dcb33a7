"""A draft is never lost: saving one cell leaves everything else as it is written, and mistakes have a place."""

from __future__ import annotations

from pathlib import Path

import pytest

from cruxmap.errors import BrokenCorpusError
from cruxmap.group.drafts import current_draft, save_cell, start_draft
from cruxmap.group.reading import read_draft
from cruxmap.group.responses import CellResponse, answers_of
from cruxmap.group.state import open_round
from group_meeting import CELLS, READERS, Group, write_group


@pytest.fixture
def group(tmp_path: Path) -> Group:
    made = write_group(tmp_path)
    open_round(made.folder, made.session)
    return made


def save(group: Group, cell: str, said: CellResponse) -> Path:
    return save_cell(group.kb, group.folder, group.session, "reader-a", 1, cell, said)


def test_a_form_has_every_cell_and_counts_as_empty(group: Group) -> None:
    path = start_draft(group.kb, group.folder, group.session, "reader-a", 1)
    text = path.read_text(encoding="utf-8")
    assert all(f"\n  {cell}:\n" in text for cell in CELLS)
    assert "one of: doubtful, plausible, open, conditional" in text
    assert current_draft(group.kb, group.folder, "reader-a", 1).marks == {}


def test_saving_a_cell_changes_its_lines_only(group: Group) -> None:
    path = save(group, CELLS[1], CellResponse(mark="open", rationale='He said: "no" # really'))
    path.write_text(path.read_text(encoding="utf-8").replace("# Credences", "# mine\n# Credences"), "utf-8")
    before = path.read_text(encoding="utf-8").splitlines()
    save(group, CELLS[0], CellResponse(mark="plausible", credence=0.25))
    after = path.read_text(encoding="utf-8").splitlines()
    assert len(before) == len(after)
    assert sum(old != new for old, new in zip(before, after, strict=True)) == 2
    found = current_draft(group.kb, group.folder, "reader-a", 1).marks
    assert found[CELLS[1]].rationale == 'He said: "no" # really'
    assert (found[CELLS[0]].mark, found[CELLS[0]].credence) == ("plausible", 0.25)
    assert not list(group.folder.private.glob("*.bak"))


def test_a_draft_in_another_style_is_kept_beside_the_new_one(group: Group) -> None:
    path = group.folder.draft("reader-a", 1)
    path.parent.mkdir(parents=True)
    text = "# by hand\nmarks: {1/safety: {mark: open, assumption: A1}, 1/speed: {mark: plausible}}\n"
    path.write_text(text, encoding="utf-8")
    save(group, CELLS[0], CellResponse(mark="doubtful"))
    found = current_draft(group.kb, group.folder, "reader-a", 1).marks
    assert {cell: said.mark for cell, said in found.items()} == {CELLS[0]: "doubtful", CELLS[1]: "plausible"}
    assert path.with_suffix(".bak").read_text(encoding="utf-8") == text


def test_names_are_read_the_way_people_write_them(group: Group, tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(
        "marks:\n  1/safe: {mark: doubtful..plausible, assumption: A1, hinges: [A2]}\n"
        "  2/speed: {mark: open, assumption: Nobody is in a hurry.}\ncredences: {A2: 0.5}\n",
        encoding="utf-8",
    )
    draft = read_draft(group.kb, path)
    answers = answers_of(group.kb, draft)
    assert answers[CELLS[0]].assumptions == ("tools-see-lies", "gears-turn")
    assert answers[CELLS[0]].interval is not None
    assert answers[CELLS[3]].assumptions == ("Nobody is in a hurry.",)
    assert answers[CELLS[3]].is_unknown
    assert draft.credences == {"gears-turn": 0.5}


@pytest.mark.parametrize(
    ("text", "place", "code"),
    [
        ("marks:\n  1/safety: {mark: nice}\n", "2:14", "E305"),
        ("marks:\n  9/safety: {mark: open}\n", "2:3", "E302"),
        ("marks:\n  1/safety: {assumption: A77}\n", "2:14", "E302"),
        ("marks:\n  1/safety: {mark: open, why: x}\n", "2:26", "E102"),
        ("marks:\n  1/safety: {mark: open}\n  1/safe: {mark: open}\n", "3:3", "E304"),
        ("marks:\n  1/safety: {mark: open, credence: 2}\n", "2:26", "E108"),
        ("marks:\n  1/safety: {mark: open, confidence: sure}\n", "2:26", "E107"),
        ("- 1\n", "1:1", "E301"),
        ("marks: {1/safety: {mark: open}\n", "2:1", "E005"),
        ("credences: {A1: 7}\n", "1:13", "E108"),
    ],
)
def test_a_mistake_is_reported_at_its_place_and_the_draft_stays(
    group: Group, text: str, place: str, code: str
) -> None:
    path = group.folder.draft("reader-a", 1)
    path.parent.mkdir(parents=True)
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BrokenCorpusError) as caught:
        save(group, CELLS[2], CellResponse(mark="open"))
    assert [item.render() for item in caught.value.problems if f":{place}: {code}: " in item.render()], [
        item.render() for item in caught.value.problems
    ]
    assert path.read_text(encoding="utf-8") == text


def test_links_and_devices_are_not_followed(group: Group, tmp_path: Path) -> None:
    secret = tmp_path / "elsewhere.yaml"
    secret.write_text("marks: {}\n", encoding="utf-8")
    path = group.folder.draft("reader-a", 1)
    path.parent.mkdir(parents=True)
    path.symlink_to(secret)
    with pytest.raises(BrokenCorpusError, match="not a regular file"):
        current_draft(group.kb, group.folder, "reader-a", 1)


def test_private_files_are_ignored_even_where_the_workspace_forgets_to(group: Group) -> None:
    (group.root / ".gitignore").unlink()
    save(group, CELLS[0], CellResponse(mark="open"))
    assert (group.root / ".cruxmap" / ".gitignore").read_text(encoding="utf-8") == "*\n"
    assert READERS
