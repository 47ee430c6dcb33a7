"""The group's voice in exports: its marks, how many hold them and how far they spread, in every format."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cruxmap import load
from cruxmap.errors import UsageError
from cruxmap.knowledge import KnowledgeBase
from cruxmap_exports.registry import FORMATS, formats_for, render
from cruxmap_exports.request import Request
from whole_meeting import start_meeting

GROUP = Request(voice={"voice": "group"})


@pytest.fixture(scope="module")
def group(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeBase:
    root = tmp_path_factory.mktemp("meeting") / "group"
    start_meeting(root, rounds=1)
    return load(root)


@pytest.mark.parametrize("name", [form.name for form in formats_for("matrix") if form.is_text])
def test_every_text_format_says_who_speaks_and_how_many(group: KnowledgeBase, name: str) -> None:
    text = render(group, "matrix", FORMATS[name], GROUP).decode()
    cell = next(iter(group.matrix(voice="group").rows[0].cells.values()))
    assert "group" in text
    assert cell.word in text
    if name == "json":
        found = json.loads(text)["rows"][0]["cells"]
        assert next(iter(found.values()))["raters"] == cell.raters
    else:
        assert f"{cell.raters} readers, spread" in text


def test_no_reader_is_named_and_no_reason_given(group: KnowledgeBase) -> None:
    for form in formats_for("matrix"):
        if form.is_text:
            assert "reader-a" not in render(group, "matrix", form, GROUP).decode()


def test_a_workspace_without_ratings_is_told_so(kb: KnowledgeBase) -> None:
    with pytest.raises(UsageError, match="no ratings"):
        render(kb, "matrix", FORMATS["markdown"], GROUP)


def test_a_map_knows_no_group(group: KnowledgeBase, tmp_path: Path) -> None:
    assert render(group, "map", FORMATS["json"], GROUP) == render(group, "map", FORMATS["json"], Request())
