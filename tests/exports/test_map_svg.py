from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cruxmap.analysis.evaluation import evaluate
from cruxmap.graph import argument_graph
from cruxmap.knowledge import KnowledgeBase
from cruxmap_exports.argmap import ArgMap, MapEdge, ending_on_edges
from cruxmap_exports.escape_maps import xml_text
from cruxmap_exports.map_building import argument_map
from cruxmap_exports.map_drawing import BOX, draw
from cruxmap_exports.map_panels import panels
from cruxmap_exports.map_svg import write_svg
from exports.map_examples import HOSTILE, A, E, P, S, U, hostile_map, node, random_map, small_map

SVG = "{http://www.w3.org/2000/svg}"


def shown_texts(document: str) -> str:
    root = ET.fromstring(document)
    return "".join("".join(one.itertext()) for one in root.iter(f"{SVG}text"))


def folded(text: str) -> str:
    return "".join(xml_text(text).split())


def test_a_drawing_is_xml_with_a_title_a_description_and_every_text() -> None:
    argmap = small_map()
    root = ET.fromstring(write_svg(argmap))
    assert root.findtext(f"{SVG}title") == "Small"
    assert "3 statements and 3 arguments" in (root.findtext(f"{SVG}desc") or "")
    assert root.get("role") == "img"
    assert "1 undercut," in (root.findtext(f"{SVG}desc") or "")
    shown = folded(shown_texts(write_svg(argmap)))
    for one in argmap.nodes:
        assert folded(one.text) in shown
        assert folded(one.name) in shown


def test_notebooks_show_the_same_drawing() -> None:
    assert small_map()._repr_svg_() == write_svg(small_map())


def test_drawings_on_one_page_share_no_id(kb: KnowledgeBase) -> None:
    whole = argument_map(kb)
    pages = [write_svg(whole.of_entry(entry.id)) for entry in kb.proposals[:4]]
    names = [name for page in pages for name in re.findall(r' id="([^"]+)"', page)]
    assert len(names) == len(set(names))


def test_polarity_can_be_read_without_colours() -> None:
    argmap = small_map()
    drawn = write_svg(argmap)
    legend = write_svg(ArgMap("Small", (), ()))
    signs = {sign: drawn.count(f">{sign}<") - legend.count(f">{sign}<") for sign in ("+", "−", "unless")}
    assert signs == {"+": 1, "−": 2, "unless": 1}


def test_undercuts_and_exceptions_end_on_the_edge_in_a_joint() -> None:
    argmap = small_map()
    (panel,) = panels(argmap)
    drawing = draw(argmap, panel)
    assert len(drawing.joints) == 1
    against = {line.edge.source: line for line in drawing.lines}
    for name in ("reply", "exception"):
        assert against[name].joint
        assert against[name].points[-1] == drawing.joints[0]
    before, end = against["con"].points[-2:]
    assert drawing.joints[0].x == (before.x + end.x) / 2
    assert drawing.joints[0].y == (before.y + end.y) / 2


def test_lines_between_neighbouring_columns_have_two_ends_and_an_arrow() -> None:
    argmap = small_map()
    (panel,) = panels(argmap)
    assert {len(line.points) for line in draw(argmap, panel).lines} == {2}
    classes = [one.get("class", "") for one in ET.fromstring(write_svg(argmap)).iter(f"{SVG}path")]
    assert sorted(one for one in classes if one.startswith("on-")) == ["on-against", "on-support"]


def test_all_premises_of_an_argument_meet_in_a_point_of_their_own() -> None:
    nodes = (node("p", "assumption"), node("q", "assumption"), node("a"), node("b"), node("c", "assessment"))
    edges = [MapEdge("p", "a", P), MapEdge("q", "a", P), MapEdge("b", "a", S), MapEdge("a", "c", S)]
    argmap = ArgMap("Linked", nodes, ending_on_edges(edges))
    ends = {line.edge.source: line.points[-1] for line in draw(argmap, panels(argmap)[0]).lines}
    assert ends["p"] == ends["q"]
    assert ends["b"] != ends["p"]


def test_an_undercut_of_an_undercut_ends_on_the_undercut() -> None:
    nodes = (node("claim", "assessment"), node("a"), node("b"), node("c"))
    edges = [MapEdge("a", "claim", S), MapEdge("b", "a", U), MapEdge("c", "b", U)]
    argmap = ArgMap("Chain", nodes, ending_on_edges(edges))
    drawing = draw(argmap, panels(argmap)[0])
    lines = {line.edge.source: line for line in drawing.lines}
    assert len(drawing.joints) == 2
    assert lines["b"].points[-1] in drawing.joints
    assert lines["c"].points[-1] in drawing.joints
    assert lines["b"].points[-1] != lines["c"].points[-1]


@settings(max_examples=60)
@given(st.integers(0, 10**6), st.integers(1, 8), st.integers(0, 20), st.sampled_from([0, 100]))
def test_boxes_never_overlap_and_lines_join_their_ends(seed: int, few: int, many: int, largest: int) -> None:
    argmap = random_map(seed, few, many)
    for panel in panels(argmap, largest):
        drawing = draw(argmap, panel)
        for one, other in combinations(drawing.boxes, 2):
            beside = abs(one.x - other.x) >= BOX
            assert beside or one.y + one.height <= other.y or other.y + other.height <= one.y
        assert len(drawing.lines) == len(panel.edges)
        boxes = {box.node.id: box for box in drawing.boxes}
        for line in drawing.lines:
            start, end = line.points[0], line.points[-1]
            source, target = boxes[line.edge.source], boxes[line.edge.target]
            assert start.x in (source.x, source.x + BOX)
            assert line.joint or end.x in (target.x, target.x + BOX) or line.loop
            for before, point in pairwise(line.points if not line.loop else ()):
                for box in drawing.boxes:
                    inside = box.y < point.y < box.y + box.height
                    assert not (box.x < point.x < box.x + BOX and inside)
                    along = min(before.x, point.x) < box.x + BOX / 2 < max(before.x, point.x)
                    assert not (along and inside and before.y == point.y)
    ET.fromstring(write_svg(argmap))


def test_large_maps_are_panels_with_titles_and_links_that_lead_somewhere(kb: KnowledgeBase) -> None:
    whole = argument_map(kb)
    root = ET.fromstring(write_svg(whole))
    places = [str(one.get("id")) for one in root.iter(f"{SVG}g") if one.get("id")]
    own = places[0].partition("-")[0]
    assert sorted(places) == sorted(f"{own}-n{number}" for number in range(len(whole.nodes)))
    assert {one.get("href") for one in root.iter(f"{SVG}a")} <= {f"#{place}" for place in places}
    titles = {one.text for one in root.iter(f"{SVG}text") if one.get("class") == "title"}
    assert {whole.entry_title(entry.id) for entry in kb.proposals} <= titles


def test_strengths_are_said_and_widen_lines(kb: KnowledgeBase) -> None:
    whole = argument_map(kb, evaluation=evaluate(argument_graph(kb)))
    part = whole.around("p3.inner.for.1", 1)
    drawn = write_svg(part)
    for one in part.nodes:
        assert f"{one.strength:.2f} {one.label}" in drawn
    widths = {float(width) for width in re.findall(r'stroke-width="([\d.]+)"', drawn)}
    assert len(widths) > 2
    assert part.conventions in drawn


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_text_adds_no_element_and_no_attribute(text: str) -> None:
    def shape(said: str) -> set[tuple[str, ...]]:
        document = write_svg(ArgMap(said, (node("a", text=said, name=said),), ()))
        return {(one.tag, *sorted(one.attrib)) for one in ET.fromstring(document).iter()}

    assert shape(text) == shape("harmless")


def test_hostile_texts_are_shown_as_they_are() -> None:
    document = write_svg(hostile_map())
    shown = folded(shown_texts(document))
    for text in HOSTILE:
        assert folded(text) in shown
    assert {one.get("href", "#")[0] for one in ET.fromstring(document).iter()} == {"#"}


def test_a_drawing_asks_for_nothing_from_elsewhere(kb: KnowledgeBase) -> None:
    drawn = write_svg(argument_map(kb).around("p3.inner.for.1"))
    for reference in re.findall(r'(?:href|src|url)\s*[=(]\s*"?([^")]*)', drawn):
        assert reference.startswith("#")
    assert "http" not in drawn.replace("http://www.w3.org/2000/svg", "")
    assert "prefers-color-scheme" in drawn


def test_an_edge_of_a_node_to_itself_is_a_bow() -> None:
    argmap = ArgMap(
        "Self", (node("a"), node("b")), ending_on_edges([MapEdge("a", "a", U), MapEdge("b", "a", U)])
    )
    (panel,) = panels(argmap)
    drawing = draw(argmap, panel)
    assert [line.loop for line in drawing.lines] == [True, False]
    ET.fromstring(write_svg(argmap))


def test_an_empty_map_can_be_drawn() -> None:
    assert ET.fromstring(write_svg(ArgMap("Nothing", (), ()))).findtext(f"{SVG}title") == "Nothing"
    assert A in ending_on_edges([MapEdge("a", "b", A)])[0]
    assert E.value == "exception"
