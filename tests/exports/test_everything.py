"""Everything as one folder: complete, with an index that leads to it, and honest about what is missing."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import Result
from cruxmap.knowledge import KnowledgeBase
from cruxmap_exports.everything import INDEX, everything
from sample_workspace import write_sample


def test_every_target_is_there_in_every_format_that_people_can_use(kb: KnowledgeBase) -> None:
    from cruxmap_exports.registry import FORMATS, TARGETS

    pieces = everything(kb)
    assert len({piece.path for piece in pieces}) == len(pieces)
    assert {piece.target for piece in pieces} == set(TARGETS)
    assert {piece.form.name for piece in pieces} >= set(FORMATS) - {"png", "dot-svg"}


def test_the_folder_holds_what_its_index_leads_to(
    tmp_path: Path, cruxmap_command: Callable[..., Result]
) -> None:
    sample, target = write_sample(tmp_path / "sample"), tmp_path / "out" / "all"
    done = cruxmap_command("export", "all", "--to", str(target), "--workspace", str(sample), "--json")
    assert done.code == 0
    document = json.loads(done.out)
    there = {path.relative_to(target).as_posix() for path in target.rglob("*") if path.is_file()}
    assert there == {item["path"] for item in document["written"]}
    assert {item["path"]: item["bytes"] for item in document["written"]} == {
        name: (target / name).stat().st_size for name in there
    }
    links = re.findall(r"\]\(([^)]+)\)", (target / INDEX).read_text(encoding="utf-8"))
    assert sorted([*links, INDEX]) == sorted(there)


def test_what_a_missing_program_cannot_write_is_left_out_and_said(
    tmp_path: Path, cruxmap_command: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    sample = write_sample(tmp_path / "sample")
    done = cruxmap_command("export", "all", "--to", str(tmp_path / "all"), "--workspace", str(sample))
    assert done.code == 0
    assert "left out matrix.pdf" in done.err
    assert "left out map.pdf" in done.err
    assert "install the package `chromium`" in done.err
    index = (tmp_path / "all" / INDEX).read_text(encoding="utf-8")
    assert "map.svg" in index
    assert "map.pdf" not in index


@pytest.mark.parametrize(
    "target", ["{sample}/proposals/all", "{sample}/cruxmap.yaml", "{sample}/cruxmap.yaml/x"]
)
def test_it_never_goes_among_the_entries_or_over_a_file(
    tmp_path: Path, cruxmap_command: Callable[..., Result], target: str
) -> None:
    sample = write_sample(tmp_path / "sample")
    before = {path: path.read_bytes() for path in sample.rglob("*") if path.is_file()}
    done = cruxmap_command("export", "all", "--to", target.format(sample=sample), "--workspace", str(sample))
    assert done.code == 2
    assert {path: path.read_bytes() for path in sample.rglob("*") if path.is_file()} == before
    assert not (sample / "proposals" / "all").exists()


@pytest.mark.parametrize("words", [("3", "--to", "x"), ("--to", "-"), ("--to", "x", "--format", "csv"), ()])
def test_it_takes_a_folder_and_nothing_else(
    words: tuple[str, ...], cruxmap_command: Callable[..., Result]
) -> None:
    assert cruxmap_command("export", "all", *words).code == 2
