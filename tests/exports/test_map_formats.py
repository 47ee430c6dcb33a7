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
from typing import Any

import networkx as nx
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import REPOSITORY
from cruxmap.knowledge import KnowledgeBase
from cruxmap_exports.argmap import ArgMap, MapEdge, ending_on_edges
from cruxmap_exports.dotrun import render_dot
from cruxmap_exports.escape_maps import argdown_title, mermaid, xml_text
from cruxmap_exports.interchange import aif_writing, argdown_writing, gsn_writing, jsonld, mapjson
from cruxmap_exports.interchange.drawing import drawable, exchanged
from cruxmap_exports.map_building import argument_map
from cruxmap_exports.map_dot import write_dot
from cruxmap_exports.map_graphs import edge_attributes, node_attributes, write_gexf, write_graphml
from cruxmap_exports.map_mermaid import mermaid_losses, write_mermaid
from cruxmap_exports.maps import MAP_FORMATS, MapFormat
from exports.map_examples import HOSTILE, A, P, S, U, hostile_map, node, random_map, small_map

maps = st.builds(random_map, st.integers(0, 10**6), st.integers(1, 8), st.integers(0, 15))
TEXT_FORMATS = [one for one in MAP_FORMATS.values() if not one.binary and one.name != "dot-svg"]

FRAMEWORKS = ("tgf", "apx", "iccma", "qbaf")

needs_dot = pytest.mark.skipif(shutil.which("dot") is None, reason="dot of Graphviz is not installed")
ARGDOWN = os.environ.get("ARGDOWN") or shutil.which("argdown")
needs_argdown = pytest.mark.skipif(ARGDOWN is None, reason="@argdown/cli is not installed")


def squeezed(text: str) -> str:
    return "".join(xml_text(text).split())


def test_every_format_says_its_name_suffix_and_losses() -> None:
    for name, one in MAP_FORMATS.items():
        assert name == one.name
        assert one.title
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


@pytest.mark.parametrize(
    "one", [one for one in TEXT_FORMATS if one.name not in FRAMEWORKS], ids=lambda one: one.name
)
def test_every_format_marks_what_was_not_checked_in_the_work(one: MapFormat) -> None:
    def written(verified: str) -> str:
        return str(one.write(ArgMap("Checked", (node("a", verified=verified),), ())))

    # Frameworks of bare arguments say that they leave it out.
    assert "memory" in written("memory")
    assert "memory" not in written("primary")


@needs_dot
def test_the_same_map_gives_the_same_bytes_whatever_the_hash_seed() -> None:
    code = (
        "from cruxmap import load\n"
        "from cruxmap_exports.map_building import argument_map\n"
        "from exports.map_examples import hostile_map, random_map\n"
        "from cruxmap_exports.maps import MAP_FORMATS\n"
        "from hashlib import sha256\n"
        "whole = argument_map(load())\n"
        "part = whole.of_entry('imitative-amplification-rat')\n"
        "for argmap in (hostile_map(), random_map(7, 20, 90), whole, part):\n"
        "    for one in MAP_FORMATS.values():\n"
        "        if argmap is part or one.name not in ('dot-svg', 'png', 'pdf'):\n"
        "            content = one.write(argmap)\n"
        "            data = content if isinstance(content, bytes) else content.encode()\n"
        "            print(one.name, sha256(data).hexdigest())\n"
    )
    outputs = set()
    for seed, zone in (("0", "UTC"), ("1", "Asia/Tokyo")):
        path = os.pathsep.join([str(REPOSITORY / name) for name in ("engine", "exports", "tests")])
        env = os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": path, "TZ": zone}
        done = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, check=False)
        assert done.returncode == 0, done.stderr.decode()
        outputs.add(done.stdout)
    assert len(outputs) == 1
    assert len(outputs.pop().splitlines()) == 4 * len(MAP_FORMATS) - 9


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
    data = json.loads(mapjson.write(exchanged(small_map()))[0])
    assert data.pop("schema") == 1
    assert data.pop("kind") == "argument-map"
    assert data.pop("format") == "cruxmap-map"
    assert data == json.loads(json.dumps(small_map().as_data()))
    assert [
        one["text"] for one in json.loads(mapjson.write(exchanged(hostile_map()))[0])["nodes"][1:]
    ] == list(HOSTILE)
    assert "\x1b" not in mapjson.write(exchanged(hostile_map()))[0]


def test_json_ld_names_what_supports_and_what_conflicts() -> None:
    data = json.loads(jsonld.write_jsonld(exchanged(small_map()))[0])
    items = {one["@id"]: one for one in data["@graph"]}
    claims = {one["id"]: name for name, one in items.items() if one["@type"] == "aif:I-node"}
    support = next(one for one in items.values() if one["@type"] == "aif:RA-node")
    assert support["premises"] == [claims["pro"], claims["premise"]]
    assert support["conclusion"] == [claims["claim"]]
    conflicts = {one["id"]: one for one in items.values() if one["@type"] == "aif:CA-node"}
    assert conflicts["con"]["conflicted"] == [claims["claim"]]
    inference = next(name for name, one in items.items() if one is conflicts["con"])
    assert conflicts["reply"]["conflicted"] == conflicts["exception -> con"]["conflicted"] == [inference]


@settings(max_examples=50)
@given(maps)
def test_aif_is_lawful(argmap: ArgMap) -> None:
    data = json.loads(aif_writing.write(exchanged(argmap))[0])
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
    numbers = {one["cruxmap"]["id"] for one in data["nodes"] if "id" in one["cruxmap"]}
    assert set(argmap.index) <= numbers


def test_an_argument_is_one_inference_with_all_its_premises() -> None:
    small = exchanged(small_map())
    data = json.loads(aif_writing.write(small, date="2024-01-01 00:00:00")[0])
    by_id = {one["nodeID"]: one for one in data["nodes"]}
    (inference,) = [one for one in data["nodes"] if one["type"] == "RA"]
    premises = [
        by_id[edge["fromID"]]["cruxmap"]["id"]
        for edge in data["edges"]
        if edge["toID"] == inference["nodeID"]
    ]
    assert premises == ["pro", "premise"]
    assert {one["timestamp"] for one in data["nodes"]} == {"2024-01-01 00:00:00"}
    assert "timestamp" not in json.loads(aif_writing.write(small)[0])["nodes"][0]
    xaif = json.loads(aif_writing.write_xaif(small)[0])
    assert {one["nodeID"] for one in xaif["AIF"]["schemefulfillments"]} == {
        one["nodeID"] for one in data["nodes"] if one["type"] != "I"
    }


_SUPPORTING = ("Goal", "Strategy", "Solution")
_IN_CONTEXT = ("Context", "Assumption", "Justification")
_PREFIXES = ("CSn", "CG", "Sn", "G", "A", "J", "C", "S")
_ROLES = dict(
    zip(
        _PREFIXES,
        (
            "CounterSolution",
            "CounterGoal",
            "Solution",
            "Goal",
            "Assumption",
            "Justification",
            "Context",
            "Strategy",
        ),
        strict=True,
    )
)


def check_goal_structure(text: str) -> dict[str, Any]:
    """Hold a module to the rules V01 to V13 and C03 to C16 of gsn2x."""
    elements: dict[str, Any] = yaml.safe_load(text)
    elements.pop("module", None)
    roles: dict[str, str] = {}
    for name, element in elements.items():
        prefix = next((one for one in _PREFIXES if name.startswith(one)), "")
        roles[name] = element.get("nodeType") or _ROLES[prefix]
    graph = nx.DiGraph()
    for name, element in elements.items():
        role, supports = roles[name], element.get("supportedBy", [])
        assert role in _ROLES.values()
        assert ("undeveloped" in element) == (role in ("Goal", "Strategy", "CounterGoal") and not supports)
        assert not supports or role in ("Goal", "Strategy", "CounterGoal")
        assert not element.get("inContextOf") or role in ("Goal", "Strategy", "CounterGoal")
        assert len(set(supports)) == len(supports)
        for other in supports:
            assert roles[other] in (*_SUPPORTING, *(("CounterGoal",) if "kind" in elements[other] else ()))
            graph.add_edge(name, other)
        assert all(roles[other] in _IN_CONTEXT for other in element.get("inContextOf", []))
        if "challenges" in element:
            assert role in ("CounterGoal", "CounterSolution")
            ends = element["challenges"].split(" -> ") if element["challenges"] not in elements else [""]
            if len(ends) == 2:
                assert ends[1] in elements[ends[0]]["supportedBy"]
    assert nx.is_directed_acyclic_graph(graph)
    return elements


@settings(max_examples=50)
@given(maps)
def test_a_goal_structure_keeps_the_rules_of_gsn(argmap: ArgMap) -> None:
    check_goal_structure(gsn_writing.write(exchanged(argmap))[0])


def test_gsn_says_what_it_cannot_hold() -> None:
    nodes = (node("claim", "assessment"), node("other", "assessment"), node("a"), node("b"))
    edges = [MapEdge("a", "claim", S), MapEdge("a", "other", A), MapEdge("b", "a", S), MapEdge("a", "b", S)]
    told = " ".join(MAP_FORMATS["gsn"].losses(ArgMap("Lost", nodes, ending_on_edges(edges))))
    assert "a support b" in told
    assert "b support a" not in told
    assert "a attack other" not in told


def test_yaml_gives_hostile_texts_back() -> None:
    elements = check_goal_structure(gsn_writing.write(exchanged(hostile_map()))[0])
    texts = [one["text"] for one in elements.values() if "stands-for" not in one][1:]
    assert texts == [text.replace("\ud800", "\ufffd") for text in HOSTILE]


@given(maps)
def test_a_map_that_was_made_to_be_exchanged_is_drawn_as_before(argmap: ArgMap) -> None:
    assert drawable(exchanged(argmap)).as_data() == argmap.as_data()


def test_titles_of_argdown_are_never_alike_and_hold_no_syntax() -> None:
    argmap = ArgMap("Titles", tuple(node(name) for name in ("a<b", "a(b", "a[b", "#", "")), ())
    titles = argdown_writing.titles(exchanged(argmap))
    assert list(titles.values()) == ["a(b", "a(b 2", "a(b 3", "Untitled", "Untitled 2"]
    assert not set(argdown_title("".join(HOSTILE))) & set("<>[]{}#*_@\\`|~^")


def test_argdown_writes_relations_below_what_they_bear_on() -> None:
    text = str(MAP_FORMATS["argdown"].write(small_map()))
    assert "[claim]: Text of claim" in text
    assert "  - <con>\n" in text
    assert "(1) [premise]\n----\n(2) [claim]" in text
    assert "  _ <reply>\n  _ [exception]\n" in text
    assert "mode: strict" in str(MAP_FORMATS["argdown"].write(small_map(), mode="strict"))
    assert "mode: strict" not in text
    assert {P.value, U.value} == {"premise", "undercut"}


def test_premises_of_an_argument_against_something_are_marked_as_premises() -> None:
    nodes = (node("claim", "assessment"), node("premise", "assumption"), node("con"))
    argmap = ArgMap("Con", nodes, (MapEdge("con", "claim", A), MapEdge("premise", "con", P)))
    text = str(MAP_FORMATS["argdown"].write(argmap))
    assert '<con>: Text of con. {base: 0.5, premises: "all"' in text
    assert "  + [premise]\n" in text
