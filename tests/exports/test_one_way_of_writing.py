"""`cruxmap export map` and `cruxmap convert` write the same files, and nothing is lost on the way and back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import Result
from cruxmap.knowledge import KnowledgeBase
from cruxmap_exports.argmap import ArgMap
from cruxmap_exports.escape_maps import seen_text
from cruxmap_exports.interchange.drawing import drawable, exchanged
from cruxmap_exports.interchange.formats import read_map
from cruxmap_exports.interchange.maps import ArgumentMap
from cruxmap_exports.map_building import argument_map
from cruxmap_exports.maps import MAP_FORMATS
from exports.map_examples import hostile_map

Command = Callable[..., Result]
SUFFIXES = [one.suffix for one in MAP_FORMATS.values() if one.name != "json"]
PARTS = {
    "whole": (),
    "entry": ("3",),
    "criterion": ("--criteria", "inner"),
    "neighbourhood": ("A5",),
    "scenario": ("3", "--set", "A8=out"),
}


@pytest.fixture(params=["whole", "entry"])
def argmap(request: pytest.FixtureRequest, kb: KnowledgeBase) -> ArgMap:
    whole = argument_map(kb)
    return whole if request.param == "whole" else whole.of_entry("imitative-amplification-rat")


def same(first: ArgumentMap, second: ArgumentMap) -> bool:
    """Whether two maps say the same, in whatever order."""
    return (
        {node.id: node for node in first.nodes} == {node.id: node for node in second.nodes}
        and set(first.edges) == set(second.edges)
        and (first.title, first.conventions) == (second.title, second.conventions)
    )


@pytest.mark.parametrize("name", ["argdown", "aif", "xaif", "gsn", "json"])
def test_a_map_of_the_corpus_comes_back_whole_from_every_format_that_is_read(
    name: str, argmap: ArgMap, tmp_path: Path
) -> None:
    form = MAP_FORMATS[name]
    file = tmp_path / f"map{form.suffix}"
    file.write_text(str(form.write(argmap)), encoding="utf-8")
    _, back = read_map(file)
    assert same(back, exchanged(argmap))
    assert back.losses == ()
    assert form.write(back) == form.write(argmap) == form.write(drawable(back))


@pytest.mark.parametrize("name", ["argdown", "aif", "xaif", "gsn", "json"])
def test_hostile_texts_come_back_as_texts(name: str, tmp_path: Path) -> None:
    form, argmap = MAP_FORMATS[name], hostile_map()
    file = tmp_path / f"map{form.suffix}"
    file.write_text(str(form.write(argmap)), encoding="utf-8")
    _, back = read_map(file)
    assert back.losses == ()
    assert set(back.edges) == set(exchanged(argmap).edges)
    assert form.write(back) == form.write(argmap)
    read = back.by_id()
    for one in argmap.nodes:
        if name == "argdown":
            assert read[one.id].text == " ".join(seen_text(one.text).split())
        else:
            assert read[one.id].text.replace("\ud800", "\ufffd") == one.text.replace("\ud800", "\ufffd")
        assert read[one.id].base == one.base


@pytest.mark.parametrize("part", PARTS)
def test_export_and_convert_write_the_same(part: str, cruxmap_command: Command, tmp_path: Path) -> None:
    exported, source = tmp_path / "exported", tmp_path / "exported.map.json"
    arguments = ("export", "map", *PARTS[part], "--to")
    assert cruxmap_command(*arguments, str(source)).code == 0
    for suffix in SUFFIXES:
        if suffix in (".png", ".pdf", ".dot.svg"):
            continue
        converted = tmp_path / f"converted{suffix}"
        assert cruxmap_command("convert", str(source), "--to", str(converted)).code == 0
        form = next(one for one in MAP_FORMATS.values() if one.suffix == suffix)
        if form.name in ("tgf", "apx", "iccma", "qbaf"):
            continue
        result = cruxmap_command(*arguments, str(exported), "--format", form.name)
        assert result.code == 0, result
        assert exported.read_bytes() == converted.read_bytes(), suffix


@pytest.mark.parametrize("name", ["argdown", "aif", "xaif", "gsn"])
def test_a_scenario_keeps_its_figures_and_conventions(
    name: str, cruxmap_command: Command, tmp_path: Path
) -> None:
    first, second = tmp_path / f"a{MAP_FORMATS[name].suffix}", tmp_path / "b.map.json"
    direct = tmp_path / "direct.map.json"
    for target in (first, direct):
        assert cruxmap_command("export", "map", "3", "--set", "A8=out", "--to", str(target)).code == 0
    assert cruxmap_command("convert", str(first), "--to", str(second)).code == 0
    _, through = read_map(second)
    _, whole = read_map(direct)
    assert same(through, whole)
    assert "quadratic-energy" in through.conventions
    assert any("strength" in node.extras for node in through.nodes)


def test_what_was_exported_is_imported_into_a_workspace(cruxmap_command: Command, tmp_path: Path) -> None:
    for name in ("argdown", "aif", "gsn", "json"):
        workspace = tmp_path / name
        file = tmp_path / f"p3{MAP_FORMATS[name].suffix}"
        (workspace / "ontology").mkdir(parents=True)
        # In a group that has the corpus too, every argument would be there twice.
        (workspace / "cruxmap.yaml").write_text("name: group\nextends: nothing\n", encoding="utf-8")
        assert cruxmap_command("export", "map", "3", "--to", str(file)).code == 0
        result = cruxmap_command("import", name, str(file), "--into", str(workspace))
        assert result.code == 0, result
        assert cruxmap_command("check", str(workspace)).code == 0
