"""`cruxmap export map`: every format through the command, and what each does not keep."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree as ET

import networkx as nx
import pytest

from conftest import Result
from cruxmap.graph import argument_graph
from cruxmap.knowledge import KnowledgeBase

Command = Callable[..., Result]


@pytest.mark.parametrize(
    "suffix", ["dot", "mmd", "argdown", "graphml", "gexf", "json", "jsonld", "aif", "gsn"]
)
def test_each_format_is_chosen_by_the_suffix_and_says_what_it_loses(
    suffix: str, cruxmap_command: Command, tmp_path: Path
) -> None:
    target = tmp_path / f"map.{suffix}"
    result = cruxmap_command("export", "map", "3/inner", "--to", str(target))
    assert (result.code, result.out) == (0, "")
    assert "oversight" in target.read_text(encoding="utf-8")
    assert ("not kept:" in result.err) == (suffix not in ("json", "argdown", "gsn"))


def test_a_picture_needs_no_other_program(cruxmap_command: Command, tmp_path: Path) -> None:
    target = tmp_path / "map.svg"
    assert cruxmap_command("export", "map", "3/inner", "--to", str(target)).code == 0
    root = ET.parse(target).getroot()
    assert root.tag.endswith("svg")


def test_a_scenario_colours_the_map(cruxmap_command: Command, tmp_path: Path) -> None:
    target = tmp_path / "map.json"
    arguments = ("export", "map", "3", "--voice", "computed", "--set", "A5=in", "--to", str(target))
    assert cruxmap_command(*arguments).code == 0
    nodes = {node["id"]: node for node in json.loads(target.read_text(encoding="utf-8"))["nodes"]}
    assert nodes["rat-gives-consistent-gradient"]["strength"] == 1.0


def test_the_whole_map_and_one_criterion_hold_what_the_graph_holds(
    cruxmap_command: Command, tmp_path: Path, kb: KnowledgeBase
) -> None:
    whole, inner = tmp_path / "whole.graphml", tmp_path / "inner.graphml"
    assert cruxmap_command("export", "map", "--to", str(whole)).code == 0
    assert cruxmap_command("export", "map", "--criteria", "inner", "--to", str(inner)).code == 0
    all_nodes, some = nx.read_graphml(whole), nx.read_graphml(inner)
    assert len(all_nodes) == len(argument_graph(kb).nodes)
    assert 0 < len(some) < len(all_nodes)


def test_an_unknown_subject_is_one_message(cruxmap_command: Command, tmp_path: Path) -> None:
    result = cruxmap_command("export", "map", "unicorn", "--to", str(tmp_path / "m.svg"))
    assert result.code == 2
    assert "unicorn" in result.err
    assert not (tmp_path / "m.svg").exists()


def test_what_a_scenario_has_set_stands_on_the_map(cruxmap_command: Command, tmp_path: Path) -> None:
    target = tmp_path / "map.json"
    assert cruxmap_command("export", "map", "3", "--set", "A8=out", "--to", str(target)).code == 0
    data = json.loads(target.read_text(encoding="utf-8"))
    assert "set for this map: A8 HCH is aligned = out" in data["conventions"]
    assert {node["label"] for node in data["nodes"]} <= {"in", "out", "undecided"}
    for suffix in ("svg", "dot", "mmd", "argdown", "aif", "gsn", "graphml", "gexf", "jsonld"):
        drawn = tmp_path / f"map.{suffix}"
        assert cruxmap_command("export", "map", "3", "--set", "A8=out", "--to", str(drawn)).code == 0
        assert "A8 HCH is aligned = out" in " ".join(
            drawn.read_text(encoding="utf-8").replace("\\n", " ").split()
        )


def test_the_neighbourhood_of_an_assumption_holds_the_arguments_that_use_it(
    cruxmap_command: Command, tmp_path: Path
) -> None:
    target = tmp_path / "map.graphml"
    assert cruxmap_command("export", "map", "A5", "--to", str(target)).code == 0
    graph = nx.read_graphml(target)
    centre = "rat-gives-consistent-gradient"
    lengths = nx.single_source_shortest_path_length(graph.to_undirected(as_view=True), centre)
    assert set(lengths) == set(graph)
    assert max(lengths.values()) == 2
    assert graph.has_edge(centre, "p3.inner.for.1")


def test_the_longest_suffix_chooses_the_format(cruxmap_command: Command, tmp_path: Path) -> None:
    for suffix, key in (
        (".aif.json", '"nodeID"'),
        (".map.json", '"cruxmap-map"'),
        (".gsn.yaml", "supportedBy"),
    ):
        target = tmp_path / f"map{suffix}"
        assert cruxmap_command("export", "map", "3", "--to", str(target)).code == 0
        assert key in target.read_text(encoding="utf-8")


def test_the_legend_explains_the_boxes_that_the_map_has(cruxmap_command: Command, tmp_path: Path) -> None:
    target = tmp_path / "map.svg"
    assert cruxmap_command("export", "map", "3/inner", "--to", str(target)).code == 0
    words = {"".join(one.itertext()) for one in ET.parse(target).iter("{http://www.w3.org/2000/svg}text")}
    assert {"argument", "assessment", "assumption"} <= words
    assert not {"mechanism", "risk"} & words
