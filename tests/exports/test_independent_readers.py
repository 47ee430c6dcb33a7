"""Programs of others read what we write: the same texts and the same edges, whatever the texts are.

Those from npm come from `tests/oracles/install_npm.sh`.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import xml.etree.ElementTree as ET
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from conftest import REPOSITORY
from cruxmap.knowledge import KnowledgeBase
from cruxmap_exports.argmap import ArgMap, MapEdge
from cruxmap_exports.dotrun import render_dot
from cruxmap_exports.escape_maps import seen_text
from cruxmap_exports.interchange import argdown_writing
from cruxmap_exports.interchange.drawing import exchanged
from cruxmap_exports.map_building import argument_map
from cruxmap_exports.maps import MAP_FORMATS
from export_workspaces import hostile
from exports.map_examples import hostile_map, random_map, small_map

ORACLES = REPOSITORY / "tests" / "oracles"
NPM = Path(
    os.environ.get("CRUXMAP_NPM")
    or Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "cruxmap-npm"
)
PACKAGES = NPM / "node_modules"
ARGDOWN = PACKAGES / ".bin" / "argdown"

needs_dot = pytest.mark.skipif(shutil.which("dot") is None, reason="dot of Graphviz is not installed")
needs_argdown = pytest.mark.skipif(
    not ARGDOWN.exists() or shutil.which("node") is None,
    reason=f"@argdown/cli is not in {NPM}: run tests/oracles/install_npm.sh",
)
needs_mermaid = pytest.mark.skipif(
    not (PACKAGES / "mermaid").exists() or shutil.which("node") is None,
    reason=f"mermaid is not in {NPM}: run tests/oracles/install_npm.sh",
)


@pytest.fixture(params=["hostile", "small", "random", "corpus", "hostile corpus"])
def argmap(
    request: pytest.FixtureRequest, kb: KnowledgeBase, tmp_path_factory: pytest.TempPathFactory
) -> ArgMap:
    """Maps with every kind of edge, with hostile texts, and real ones."""
    if request.param == "hostile corpus":
        return argument_map(hostile(tmp_path_factory.mktemp("hostile"), 7))
    if request.param == "corpus":
        return argument_map(kb).of_entry("imitative-amplification-rat")
    made = {"hostile": hostile_map(), "small": small_map(), "random": random_map(5, 10, 40)}
    return made[request.param]


def squeezed(text: str) -> str:
    return "".join(seen_text(text).split())


def folded(text: str) -> str:
    return " ".join(seen_text(text).split())


@needs_argdown
@pytest.mark.parametrize("mode", ["loose", "strict"])
def test_argdown_reads_every_text_relation_and_reconstruction(
    mode: argdown_writing.Mode, argmap: ArgMap, tmp_path: Path
) -> None:
    graph = exchanged(argmap)
    (tmp_path / "map.argdown").write_text(argdown_writing.write(graph, mode)[0], encoding="utf-8")
    done = subprocess.run(
        [ARGDOWN, "json", "map.argdown", "out"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert (tmp_path / "out" / "map.json").exists(), done.stdout + done.stderr
    data = json.loads((tmp_path / "out" / "map.json").read_text("utf-8"))
    titles = argdown_writing.titles(graph)
    for one in argmap.nodes:
        found = data["arguments" if one.is_argument else "statements"][titles[one.id]]
        members = [member for member in found["members"] if not member.get("isReference")]
        assert [folded(member.get("text", "")) for member in members] == [folded(one.text)] * bool(
            folded(one.text)
        )
        said = found["data"]
        assert said.get("id", titles[one.id]) == one.id
        assert said.get("base") == one.base
        assert said["entry"] == one.entry
    assert argdown_edges(data) == Counter(
        (_ARGDOWN_KINDS[edge.kind.value], titles[edge.source], titles[edge.target])
        for edge in argmap.edges
        if edge.source != edge.target
    )
    assert {section["title"] for section in sections(data["sections"])} == {
        folded(argmap.entry_title(entry)) for entry in argmap.clusters
    }


_ARGDOWN_KINDS = {"support": "support", "attack": "attack", "undercut": "undercut"} | {
    "premise": "support",
    "exception": "undercut",
}


def argdown_edges(data: Any) -> Counter[tuple[str, str, str]]:
    """Relations, and what premises and conclusions of reconstructions say."""
    found = [
        (one["relationType"], one["from"], one["to"]) for one in data["relations"] if one["from"] != one["to"]
    ]
    for title, argument in data["arguments"].items():
        for step in argument.get("pcs", []):
            if step.get("role") == "premise":
                found.append(("support", step["title"], title))
            elif step.get("role") == "main-conclusion":
                found.append(("support", title, step["title"]))
    return Counter(found)


def sections(listed: list[Any]) -> list[Any]:
    return [section for one in listed for section in (one, *sections(one.get("children", [])))]


@needs_mermaid
def test_mermaid_reads_every_text_and_edge(argmap: ArgMap) -> None:
    program = ["node", str(ORACLES / "read_mermaid.mjs"), str(NPM)]
    written = str(MAP_FORMATS["mermaid"].write(argmap))
    done = subprocess.run(program, input=json.dumps([written]), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    (found,) = json.loads(done.stdout)
    assert folded(decoded(found["title"])) == folded(argmap.title)
    for place, one in enumerate(argmap.nodes):
        name, text, *remark = found["nodes"][f"n{place}"].split("<br>")
        assert [folded(decoded(name)), folded(decoded(text))] == [folded(one.name), folded(one.text)]
        assert len(remark) == bool(one.remark)
    joints = {end for _, end, *_ in found["edges"] if end.startswith("j")}
    assert set(found["nodes"]) == {*(f"n{place}" for place in range(len(argmap.nodes))), *joints}
    assert joined(found["edges"]) == Counter(drawn_ends(argmap, edge) for edge in argmap.edges)


def decoded(text: str) -> str:
    """Undo the marks that stand for codes of characters while Mermaid parses."""
    return re.sub("ﬂ°°(\\d+)¶ß", lambda match: chr(int(match[1])), text)


def joined(edges: list[list[str]]) -> Counter[tuple[str, str]]:
    """Ends of edges, where the two halves of an edge on which another ends are one."""
    halves = {source: target for source, target, *_ in edges if source.startswith("j")}
    starts = [edge for edge in edges if not edge[0].startswith("j")]
    return Counter(
        (source, halves.get(f"j{place}", target)) for place, (source, target, *_) in enumerate(starts)
    )


def drawn_ends(argmap: ArgMap, edge: MapEdge) -> tuple[str, str]:
    end = f"n{argmap.index[edge.target]}" if edge.ends_on is None else f"j{edge.ends_on}"
    return f"n{argmap.index[edge.source]}", end


def test_arguebuf_reads_every_text_and_edge_of_aif(argmap: ArgMap) -> None:
    arguebuf = pytest.importorskip("arguebuf", reason="arguebuf is not installed")
    data = json.loads(MAP_FORMATS["aif"].write(argmap))
    graph = arguebuf.load.aif(data)
    numbers = {one["cruxmap"]["id"]: one["nodeID"] for one in data["nodes"] if "id" in one["cruxmap"]}
    for one in argmap.nodes:
        assert graph.atom_nodes[numbers[one.id]].plain_text == one.text
    kinds = {"Support": 0, "Attack": 0}
    for scheme in graph.scheme_nodes.values():
        kinds[type(scheme.scheme).__name__] += 1
    ends = {(edge.source.id, edge.target.id) for edge in graph.edges.values()}
    assert ends == {(edge["fromID"], edge["toID"]) for edge in data["edges"]}
    steps = Counter(edge.kind.value for edge in argmap.edges)
    bare = sum(
        one.is_argument
        and bool(argmap.sources(one.id, _PREMISE))
        and all(edge.kind is _PREMISE for edge in argmap.outgoing[one.id])
        for one in argmap.nodes
    )
    assert kinds == {
        "Support": steps["support"] + bare,
        "Attack": steps["attack"] + steps["undercut"] + steps["exception"],
    }
    for edge in argmap.edges:
        if edge.kind.value in ("support", "attack") and not argmap.node(edge.target).is_argument:
            through = {target for source, target in ends if source == numbers[edge.source]}
            assert {(step, numbers[edge.target]) for step in through} & ends


_PREMISE = small_map().edges[2].kind


@needs_dot
def test_dot_draws_every_text_and_edge(argmap: ArgMap) -> None:
    root = ET.fromstring(render_dot(str(MAP_FORMATS["dot"].write(argmap)), "svg"))
    space = "{http://www.w3.org/2000/svg}"
    drawn = [one for one in root.iter(f"{space}g") if one.get("class") == "node"]
    shown = {str(one.findtext(f"{space}title")): squeezed("".join(one.itertext())) for one in drawn}
    for place, one in enumerate(argmap.nodes):
        assert squeezed(one.text).replace("\xa0", "") in shown[f"n{place}"].replace("\xa0", "")
    edges = [
        str(one.findtext(f"{space}title")).split("->")
        for one in root.iter(f"{space}g")
        if one.get("class") == "edge"
    ]
    wanted = [drawn_ends(argmap, edge) for edge in argmap.edges]
    held = {edge.ends_on for edge in argmap.edges} - {None}
    expected = []
    for place, (source, target) in enumerate(wanted):
        if place in held:
            expected += [(source, f"j{place}"), (f"j{place}", target)]
        else:
            expected.append((source, target))
    assert Counter(map(tuple, edges)) == Counter(expected)
    assert not list(root.iter(f"{space}image"))
    assert not [one for one in root.iter() if "{http://www.w3.org/1999/xlink}href" in one.attrib]
