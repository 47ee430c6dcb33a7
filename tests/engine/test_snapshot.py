"""An unchanged workspace is loaded from its snapshot, a changed one never is."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

import cruxmap
from cruxmap import loading, snapshot
from cruxmap.knowledge import KnowledgeBase
from cruxmap.thawing import Thawing


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CRUXMAP_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.fixture
def forbid_reading(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    def refuse(*_: object) -> None:
        pytest.fail("the files were read again")

    return lambda: monkeypatch.setattr(loading, "_read", refuse)


def test_a_snapshot_gives_the_same_knowledge_base(
    cache: Path, kb: KnowledgeBase, forbid_reading: Callable[[], None]
) -> None:
    cruxmap.load()
    forbid_reading()
    assert cruxmap.load() == kb


def test_any_changed_byte_makes_a_new_snapshot(cache: Path, write: Callable[..., Path]) -> None:
    term = "kind: term\nid: myopia\ntitle: Myopia\ntext: {}\n"
    root = write(**{"cruxmap.yaml": "extends: nothing\n", "ontology/a.yaml": term.format("First.")})
    assert cruxmap.load(root).entries["myopia"].text == "First."  # type: ignore[union-attr]
    write(**{"ontology/a.yaml": term.format("Second.")})
    assert cruxmap.load(root).entries["myopia"].text == "Second."  # type: ignore[union-attr]


@pytest.mark.parametrize("damage", [b"", b"{", b"[]", b"17\n{}", b"x\n{}\n{}", b"1050506984\n{}\n{}"])
def test_what_is_no_snapshot_is_ignored(cache: Path, kb: KnowledgeBase, damage: bytes) -> None:
    cruxmap.load()
    (file,) = cache.glob("*.jsonl")
    file.write_bytes(damage)
    assert cruxmap.load() == kb


@pytest.mark.parametrize("place", [0.0, 0.01, 0.2, 0.5, 0.9, 1.0])
def test_a_snapshot_with_one_changed_byte_is_ignored(cache: Path, kb: KnowledgeBase, place: float) -> None:
    cruxmap.load()
    (file,) = cache.glob("*.jsonl")
    data = bytearray(file.read_bytes())
    data[int(place * (len(data) - 1))] ^= 1
    file.write_bytes(data)
    assert cruxmap.load() == kb


def test_a_snapshot_makes_only_the_entries_that_are_asked_for(cache: Path) -> None:
    cruxmap.load()
    entries = cruxmap.load().entries
    assert isinstance(entries, Thawing)
    assert not entries.made
    (term,) = (entry for entry in entries.of_class("Criterion") if entry.id == "inner-alignment")
    assert entries["inner-alignment"] is term
    assert {type(entries[name]).__name__ for name in entries.made} == {"Criterion"}


def test_a_changed_model_makes_a_new_snapshot(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cruxmap.load()
    monkeypatch.setattr(snapshot, "form", lambda: "another form of the model")
    cruxmap.load()
    assert len(list(cache.glob("*.jsonl"))) == 2


def test_a_folder_that_cannot_be_written_does_no_harm(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kb: KnowledgeBase
) -> None:
    (tmp_path / "file").write_text("not a folder", encoding="utf-8")
    monkeypatch.setenv("CRUXMAP_CACHE", str(tmp_path / "file"))
    assert cruxmap.load() == kb


def test_old_snapshots_are_forgotten(cache: Path, write: Callable[..., Path]) -> None:
    for number in range(12):
        text = f"kind: term\nid: myopia\ntitle: Myopia\ntext: Version {number}.\n"
        cruxmap.load(write(**{"cruxmap.yaml": "extends: nothing\n", "ontology/a.yaml": text}))
    assert len(list(cache.glob("*.jsonl"))) <= 8
    assert not list(cache.glob("*.tmp"))


def test_problems_survive_a_snapshot(cache: Path, write: Callable[..., Path]) -> None:
    root = write(**{"cruxmap.yaml": "extends: nothing\n", "ontology/a.yaml": "kind: nonsense\n"})
    first = cruxmap.load(root, strict=False)
    assert [problem.code for problem in first.problems] == ["E101"]
    assert cruxmap.load(root, strict=False).problems == first.problems


def test_the_folder_follows_the_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("CRUXMAP_CACHE")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert snapshot.folder() == tmp_path / "cruxmap"
