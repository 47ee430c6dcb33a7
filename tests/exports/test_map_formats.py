from __future__ import annotations

import html
import io
import json
import os
import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
import yaml
from cruxmap_exports.map_aif import aif_losses, write_aif, write_xaif
from cruxmap_exports.map_argdown import argdown_losses, titles, write_argdown
from cruxmap_exports.map_gsn import gsn_losses, write_gsn
from cruxmap_exports.map_json import write_json, write_jsonld
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import REPOSITORY
from cruxmap.knowledge import KnowledgeBase
from cruxmap_exports.argmap import ArgMap, MapEdge, ending_on_edges
from cruxmap_exports.dotrun import render_dot
from cruxmap_exports.escape_maps import argdown_title, mermaid, xml_text
from cruxmap_exports.map_building import argument_map
from cruxmap_exports.map_dot import write_dot
from cruxmap_exports.map_graphs import edge_attributes, node_attributes, write_gexf, write_graphml
from cruxmap_exports.map_mermaid import mermaid_losses, write_mermaid
from cruxmap_exports.maps import MAP_FORMATS, MapFormat
from exports.map_examples import HOSTILE, A, P, S, U, hostile_map, node, random_map, small_map

maps = st.builds(random_map, st.integers(0, 10**6), st.integers(1, 8), st.integers(0, 15))
TEXT_FORMATS = [one for one in MAP_FORMATS.values() if not one.binary and one.name != "dot-svg"]

needs_dot = pytest.mark.skipif(shutil.which("dot") is None, reason="dot of Graphviz is not installed")
ARGDOWN = os.environ.get("ARGDOWN") or shutil.which("argdown")
needs_argdown = pytest.mark.skipif(ARGDOWN is None, reason="@argdown/cli is not installed")


def squeezed(text: str) -> str:
    return "".join(xml_text(text).split())


def test_every_format_says_its_name_suffix_and_losses() -> None:
    for name, one in MAP_FORMATS.items():
        assert name == one.name
        assert one.suffix.startswith(".")
        assert all(sentence.endswith(".") for sentence in one.losses(small_map()))
    assert MAP_FORMATS["json"].losses(small_map()) == ()


@pytest.mark.parametrize("one", TEXT_FORMATS, ids=lambda one: one.name)
def test_every_text_can_be_saved_as_utf_8_and_ends_a_line(one: MapFormat) -> None:
    for argmap in (hostile_map(), small_map(), ArgMap("Nothing", (), ())):
        written = str(one.write(argmap))
        written.encode()
        assert written.endswith("\n")
        assert "\r" not in written


@pytest.mark.parametrize("one", TEXT_FORMATS, ids=lambda one: one.name)
def test_every_format_marks_what_was_not_checked_in_the_work(one: MapFormat) -> None:
    def written(verified: str) -> str:
        return str(one.write(ArgMap("Checked", (node("a", verified=verified),), ())))

    assert "memory" in written("memory")
    assert "memory" not in written("primary")


def test_the_same_map_gives_the_same_bytes_whatever_the_hash_seed() -> None:
    code = (
        "from exports.map_examples import hostile_map, random_map\n"
        "from cruxmap_exports.maps import MAP_FORMATS\n"
        "from hashlib import sha256\n"
        "for argmap in (hostile_map(), random_map(7, 20, 90)):\n"
        "    for one in MAP_FORMATS.values():\n"
        "        if not one.binary and one.name != 'dot-svg':\n"
        "            print(one.name, sha256(one.write(argmap).encode()).hexdigest())\n"
    )
    outputs = set()
    for seed in ("0", "1", "42"):
        path = os.pathsep.join([str(REPOSITORY / name) for name in ("engine", "exports", "tests")])
        env = os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": path}
        outputs.add(
            subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, check=True).stdout
        )
    assert len(outputs) == 1
    assert len(outputs.pop().splitlines()) == 2 * len(TEXT_FORMATS)


@needs_dot
@pytest.mark.parametrize("number", range(len(HOSTILE)))
def test_dot_shows_a_hostile_label_as_it_is(number: int) -> None:
    text = HOSTILE[number]
    argmap = ArgMap("One", (node("a", text="x", name=text),), ())
    root = ET.fromstring(render_dot(write_dot(argmap), "svg"))
    shown = "".join("".join(one.itertext()) for one in root.iter("{http://www.w3.org/2000/svg}text"))
    assert squeezed(text).replace("\xa0", "") in squeezed(shown.replace("\xa0", " "))


@needs_dot
def test_dot_draws_everything_hostile_at_once() -> None:
    document = render_dot(write_dot(hostile_map()), "svg").decode()
    assert "<image" not in document
    assert "xlink:href" not in document
    render_dot(write_dot(random_map(3, 10, 40)), "svg")


@settings(max_examples=50)
@given(maps)
def test_networkx_reads_back_what_graphml_and_gexf_say(argmap: ArgMap) -> None:
    check_graphs(argmap)


def test_networkx_reads_back_hostile_texts() -> None:
    check_graphs(hostile_map())


def check_graphs(argmap: ArgMap) -> None:
    # XML parsers turn line ends into line feeds; attributes keep them because they are escaped.
    def clean(values: Mapping[str, object]) -> dict[str, object]:
        return {name: xml_text(value) if isinstance(value, str) else value for name, value in values.items()}

    wanted = Counter(
        (edge.source, edge.target, json.dumps(edge_attributes(edge), sort_keys=True)) for edge in argmap.edges
    )
    read = (
        nx.parse_graphml(write_graphml(argmap), force_multigraph=True),
        nx.read_gexf(io.BytesIO(write_gexf(argmap).encode())),
    )
    for graph in read:
        assert set(graph) == set(argmap.index)
        for one in argmap.nodes:
            found = dict(graph.nodes[one.id])
            found.update({"label": one.label} if one.label else {})
            expected = clean(node_attributes(argmap, one))
            assert {name: found[name] for name in expected} == expected
        kept = {"kind", "sign", "ends_on"}
        edges = Counter(
            (source, target, json.dumps({k: v for k, v in data.items() if k in kept}, sort_keys=True))
            for source, target, data in graph.edges(data=True)
        )
        assert edges == wanted


@given(st.text(max_size=60))
def test_codes_of_mermaid_give_the_text_back(text: str) -> None:
    decoded = re.sub(r"#(\d+);", lambda match: chr(int(match[1])), mermaid(text))
    assert decoded == " ".join(xml_text(text).split())
    assert not set('"<>{}[]|`%&') & set(mermaid(text))
    assert html.unescape(mermaid(text)) == mermaid(text)


def test_mermaid_numbers_its_coloured_links_as_it_counts_them(kb: KnowledgeBase) -> None:
    lines = write_mermaid(small_map()).splitlines()
    links = [line for line in lines if re.search(r"--|-\.-", line)]
    styled = [int(n) for line in lines if line.startswith("  linkStyle") for n in line.split()[1].split(",")]
    assert sorted(styled) == list(range(len(links)))
    assert '  n0["claim<br/>Text of claim."]:::assessment' in lines
    assert '  n5 -.-|"−"| j1' in lines
    assert any("maxEdges" in one for one in mermaid_losses(argument_map(kb)))


def test_json_holds_everything() -> None:
    data = json.loads(write_json(small_map()))
    assert data.pop("schema") == 1
    assert data.pop("kind") == "argument-map"
    assert data == json.loads(json.dumps(small_map().as_data()))
    assert [one["text"] for one in json.loads(write_json(hostile_map()))["nodes"][1:]] == list(HOSTILE)
    assert "\x1b" not in write_json(hostile_map())


def test_json_ld_names_what_supports_and_what_conflicts() -> None:
    data = json.loads(write_jsonld(small_map()))
    items = {one["@id"]: one for one in data["@graph"]}
    claims = {one["id"]: name for name, one in items.items() if one["@type"] == "aif:I-node"}
    support = next(one for one in items.values() if one["@type"] == "aif:RA-node")
    assert support["premises"] == [claims["pro"], claims["premise"]]
    assert support["conclusion"] == [claims["claim"]]
    conflicts = {one["id"]: one for one in items.values() if one["@type"] == "aif:CA-node"}
    assert conflicts["con"]["conflicted"] == [claims["claim"]]
    inference = next(name for name, one in items.items() if one is conflicts["con"])
    assert conflicts["reply"]["conflicted"] == conflicts["exception"]["conflicted"] == [inference]


@settings(max_examples=50)
@given(maps)
def test_aif_is_lawful(argmap: ArgMap) -> None:
    data = json.loads(write_aif(argmap))
    types = {one["nodeID"]: one["type"] for one in data["nodes"]}
    assert len(types) == len(data["nodes"])
    into: Counter[str] = Counter()
    out: Counter[str] = Counter()
    for edge in data["edges"]:
        assert not types[edge["fromID"]] == types[edge["toID"]] == "I"
        assert edge["formEdgeID"] is None
        into[edge["toID"]] += 1
        out[edge["fromID"]] += 1
    for name, kind in types.items():
        assert name.isdigit()
        if kind != "I":
            assert into[name] >= 1
            assert out[name] == 1
    assert not {one["edgeID"] for one in data["edges"]} & set(types)
    told = aif_losses(argmap)[-1]
    for one in data["nodes"]:
        if one["type"] == "I":
            assert f"{one['cruxmap']['id']} = {one['nodeID']}" in told


def test_an_argument_is_one_inference_with_all_its_premises() -> None:
    data = json.loads(write_aif(small_map(), date="2024-01-01 00:00:00"))
    by_id = {one["nodeID"]: one for one in data["nodes"]}
    (inference,) = [one for one in data["nodes"] if one["type"] == "RA"]
    premises = [
        by_id[edge["fromID"]]["cruxmap"]["id"]
        for edge in data["edges"]
        if edge["toID"] == inference["nodeID"]
    ]
    assert premises == ["pro", "premise"]
    assert {one["timestamp"] for one in data["nodes"]} == {"2024-01-01 00:00:00"}
    assert "timestamp" not in json.loads(write_aif(small_map()))["nodes"][0]
    xaif = json.loads(write_xaif(small_map()))
    assert {one["nodeID"] for one in xaif["AIF"]["schemefulfillments"]} == {
        one["nodeID"] for one in data["nodes"] if one["type"] != "I"
    }


@settings(max_examples=50)
@given(maps)
def test_a_goal_structure_keeps_the_rules_of_gsn(argmap: ArgMap) -> None:
    elements = yaml.safe_load(write_gsn(argmap))
    elements.pop("module")
    graph = nx.DiGraph()
    for name, element in elements.items():
        kind = name.rstrip("0123456789")
        assert kind in ("G", "S", "Sn", "A", "CG")
        supports = element.get("supportedBy", [])
        assert ("undeveloped" in element) == (kind in ("G", "S", "CG") and not supports)
        assert not (supports and kind in ("Sn", "A"))
        for other in supports:
            assert re.fullmatch(r"(G|S|Sn)\d+", other)
            assert other in elements
            graph.add_edge(name, other)
        for other in element.get("inContextOf", []):
            assert re.fullmatch(r"A\d+", other)
            assert other in elements
        if "challenges" in element:
            assert kind == "CG"
            ends = element["challenges"].split(" -> ")
            assert set(ends) <= set(elements)
            if len(ends) == 2:
                assert ends[1] in elements[ends[0]]["supportedBy"]
        else:
            assert kind != "CG" or gsn_losses(argmap)
    assert nx.is_directed_acyclic_graph(graph)


def test_gsn_says_what_it_cannot_hold() -> None:
    nodes = (node("claim", "assessment"), node("other", "assessment"), node("a"), node("b"))
    edges = [MapEdge("a", "claim", S), MapEdge("a", "other", A), MapEdge("b", "a", S), MapEdge("a", "b", S)]
    told = " ".join(gsn_losses(ArgMap("Lost", nodes, ending_on_edges(edges))))
    assert "a attack other" in told
    assert "a support b" in told
    assert "b support a" not in told


def test_yaml_gives_hostile_texts_back() -> None:
    elements = yaml.safe_load(write_gsn(hostile_map()))
    texts = [one["text"] for name, one in elements.items() if name != "module"][1:]
    assert texts == [text.replace("\ud800", "\ufffd") for text in HOSTILE]


def argdown_json(text: str, folder: Path) -> Any:
    (folder / "map.argdown").write_text(text, encoding="utf-8")
    assert ARGDOWN is not None
    done = subprocess.run(
        [ARGDOWN, "json", "map.argdown", "out"], cwd=folder, capture_output=True, text=True, check=False
    )
    assert (folder / "out" / "map.json").exists(), done.stdout + done.stderr
    return json.loads((folder / "out" / "map.json").read_text("utf-8"))


_ARGDOWN_KINDS = {"support": "support", "attack": "attack", "undercut": "undercut"} | {
    "premise": "support",
    "exception": "undercut",
}


@needs_argdown
@pytest.mark.parametrize("mode", ["loose", "strict"])
def test_argdown_itself_reads_every_text_and_relation(mode: str, tmp_path: Path) -> None:
    for number, argmap in enumerate((hostile_map(), small_map(), random_map(5, 10, 40))):
        folder = tmp_path / str(number)
        folder.mkdir()
        data = argdown_json(write_argdown(argmap, mode), folder)  # type: ignore[arg-type]
        named = titles(argmap)
        for one in argmap.nodes:
            pool = data["arguments" if one.is_argument else "statements"]
            (member,) = [m for m in pool[named[one.id]]["members"] if not m.get("isReference")]
            assert " ".join(member["text"].split()) == " ".join(xml_text(one.text).split())
            assert pool[named[one.id]]["data"]["id"] == one.id
        relations = Counter(
            (one["relationType"], one["from"], one["to"])
            for one in data["relations"]
            if one["from"] != one["to"]
        )
        assert relations == Counter(
            (_ARGDOWN_KINDS[edge.kind.value], named[edge.source], named[edge.target])
            for edge in argmap.edges
            if edge.source != edge.target
        )


def test_titles_of_argdown_are_never_alike_and_hold_no_syntax() -> None:
    argmap = ArgMap("Titles", tuple(node(name) for name in ("a<b", "a(b", "a[b", "#", "")), ())
    assert list(titles(argmap).values()) == ["a(b", "a(b 2", "a(b 3", "Untitled", "Untitled 2"]
    assert not set(argdown_title("".join(HOSTILE))) & set("<>[]{}#*_@\\`|~^")
    assert "'a<b'" in argdown_losses(argmap)[-1]


def test_argdown_writes_relations_below_what_they_bear_on() -> None:
    text = write_argdown(small_map())
    assert "  + <pro>\n  - <con>\n" in text
    assert "  + [premise]\n" in text
    assert "  _ <reply>\n  _ [exception]\n" in text
    assert "mode: strict" in write_argdown(small_map(), "strict")
    assert "mode: strict" not in text
    assert {P.value, U.value} == {"premise", "undercut"}
