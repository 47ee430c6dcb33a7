"""What a format can carry survives: export, import and export again give the same bytes."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from cruxmap.checking import check
from cruxmap_exports.interchange import argdown_writing, mapjson
from cruxmap_exports.interchange.entries import entries
from cruxmap_exports.interchange.formats import of_suffix, read_map
from cruxmap_exports.interchange.maps import ArgumentMap, Edge, EdgeKind, Node, NodeKind, collapsed, reified
from cruxmap_exports.maps import FORMATS, MapFormat
from exports.interchange.map_strategies import maps

SILENT_FIRST = ArgumentMap(
    (
        Node("claim", NodeKind.STATEMENT),
        Node("silent", NodeKind.ARGUMENT),
        Node("spoken", NodeKind.ARGUMENT, text="Because."),
    ),
    (Edge("claim", "spoken", EdgeKind.PREMISE),),
)
"""An argument without a text before one with a text."""
BOTH_WAYS = [item for item in FORMATS.values() if item.is_read and item.is_written]


def again(text: str, chosen: MapFormat) -> ArgumentMap:
    """Read a text as a file of a format."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / f"map{chosen.suffixes[0]}"
        file.write_text(text, encoding="utf-8")
        found, graph = read_map(file)
        assert found.name == chosen.name
        return graph


def written(graph: ArgumentMap, chosen: MapFormat) -> tuple[str, str]:
    """The text of a file and all that is said to be lost in it."""
    text, losses = chosen.write_with_losses(graph)
    assert isinstance(text, str)
    return text, " | ".join(loss.message for loss in losses)


def without_comments(text: str, chosen: MapFormat) -> str:
    """ICCMA keeps ids in comments only, which no reader is to look at."""
    lines = text.splitlines()
    return "\n".join(line for line in lines if not (chosen.name == "iccma" and line.startswith("#")))


@pytest.mark.parametrize("chosen", BOTH_WAYS, ids=lambda item: item.name)
@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(graph=maps())
@example(graph=SILENT_FIRST)
def test_what_was_written_is_read_and_written_the_same_again(chosen: MapFormat, graph: ArgumentMap) -> None:
    text, _ = written(graph, chosen)
    once = again(text, chosen)
    assert without_comments(written(once, chosen)[0], chosen) == without_comments(text, chosen)


@given(maps())
def test_our_own_format_loses_nothing(graph: ArgumentMap) -> None:
    text, losses = mapjson.write(graph)
    assert again(text, FORMATS["json"]) == graph
    assert losses == []


@pytest.mark.parametrize("name", ["aif", "xaif"])
@given(graph=maps())
def test_aif_keeps_all_but_context_under_our_own_key(name: str, graph: ArgumentMap) -> None:
    wanted = collapsed(reified(graph))
    back = again(written(graph, FORMATS[name])[0], FORMATS[name])
    assert {node.id: node for node in back.nodes} == {node.id: node for node in wanted.nodes}
    assert set(back.edges) == {edge for edge in wanted.edges if edge.kind is not EdgeKind.CONTEXT}


@given(maps())
def test_collapsing_undoes_what_reifying_does(graph: ArgumentMap) -> None:
    simple = collapsed(graph)
    back = collapsed(reified(simple))
    assert back.nodes == simple.nodes
    assert set(back.edges) == set(simple.edges)


@given(maps(), st.sampled_from(["loose", "strict"]))
def test_argdown_keeps_statements_arguments_and_reconstructions(
    graph: ArgumentMap, mode: argdown_writing.Mode
) -> None:
    back = again(argdown_writing.write(graph, mode)[0], FORMATS["argdown"])
    wanted = collapsed(graph)
    assert {(node.id, node.kind, node.base) for node in back.nodes} == {
        (node.id, node.kind, node.base) for node in wanted.nodes
    }
    for edge in wanted.edges:
        if edge.kind in (EdgeKind.UNDERCUT, EdgeKind.CONTRADICTORY):
            assert {edge.source, edge.target} in [{item.source, item.target} for item in back.edges]


@pytest.mark.parametrize("name", ["tgf", "apx", "iccma", "qbaf"])
@given(graph=maps())
def test_what_a_small_format_cannot_carry_is_reported(name: str, graph: ArgumentMap) -> None:
    _, said = written(graph, FORMATS[name])
    if any(edge.kind is EdgeKind.CONTEXT for edge in graph.edges):
        assert "context" in said
    if any(node.text or node.title for node in graph.nodes) and name != "tgf":
        assert "texts" in said
    if any(edge.kind is EdgeKind.PREMISE for edge in graph.edges):
        assert "premise" in said


@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
@given(maps(longest=8))
def test_entries_made_from_any_map_pass_the_check(graph: ArgumentMap) -> None:
    made = entries(graph, "map", "map.argdown", set())
    with TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "cruxmap.yaml").write_text("extends: nothing\n", encoding="utf-8")
        (root / "ontology").mkdir()
        for number, text in enumerate(made.texts):
            (root / "ontology" / f"{number}.yaml").write_text(text, encoding="utf-8")
        report = check([root])
    assert report.ok, [problem.render() for problem in report.problems] + made.texts
    assert report.statements == made.statements
    assert report.arguments == made.arguments


def test_arguments_in_a_circle_and_in_a_long_chain_become_entries() -> None:
    names = [f"a{number}" for number in range(60)]
    chain = [Node(name, NodeKind.ARGUMENT, text=f"Step {name}.") for name in names]
    edges = [Edge(first, second, EdgeKind.ATTACK) for first, second in pairwise(names)]
    made = entries(ArgumentMap(tuple(chain), (*edges, Edge("a59", "a0", EdgeKind.ATTACK))), "m", "m", set())
    assert made.statements > 3
    assert any("circle" in loss.message or "deeply" in loss.message for loss in made.losses)


def test_the_longest_suffix_decides() -> None:
    formats = {
        "a.aif.json": "aif",
        "a.json": "json",
        "a.gsn.yaml": "gsn",
        "a.AD": "argdown",
        "a.qbaf.json": "qbaf",
    }
    assert {name: getattr(of_suffix(Path(name)), "name", None) for name in formats} == formats
