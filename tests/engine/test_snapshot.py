"""An unchanged workspace is loaded from its snapshot, a changed one never is."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

import cruxmap
from cruxmap import loading, snapshot
from cruxmap.knowledge import KnowledgeBase


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


@pytest.mark.parametrize("damage", ["", "{", "[]", '{"entries": {"x": {"§": "Nothing"}}}'])
def test_a_damaged_snapshot_is_ignored(cache: Path, kb: KnowledgeBase, damage: str) -> None:
    cruxmap.load()
    (file,) = cache.glob("*.json")
    file.write_text(damage, encoding="utf-8")
    assert cruxmap.load() == kb


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
    assert len(list(cache.glob("*.json"))) <= 8
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
