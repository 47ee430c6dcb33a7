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
