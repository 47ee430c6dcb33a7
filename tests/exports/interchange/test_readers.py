"""AIF, GSN, Carneades and the small formats, with the oddities that files in the wild have."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from cruxmap_exports.interchange import aif, aif_writing, carneades, frameworks, gsn, gsn_writing, qbafs
from cruxmap_exports.interchange.errors import InterchangeError
from cruxmap_exports.interchange.maps import ArgumentMap, Edge, EdgeKind, Node, NodeKind
from cruxmap_exports.maps import MAP_FORMATS


def file(folder: Path, text: str, name: str = "map") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def edges(graph: ArgumentMap) -> set[tuple[str, str, str]]:
    return {(edge.source, edge.kind.value, edge.target) for edge in graph.edges}


def said(graph: ArgumentMap) -> str:
    return " | ".join(loss.message for loss in graph.losses)


def nodeset(kinds: dict[Any, str], links: list[tuple[Any, Any]], **more: Any) -> dict[str, Any]:
    nodes = [{"nodeID": name, "text": f"text {name}", "type": kind} for name, kind in kinds.items()]
    for node in nodes:
        if node["type"] in ("RA", "CA"):
            node["text"] = "Default Inference" if node["type"] == "RA" else "Default Conflict"
    made = [{"edgeID": n, "fromID": a, "toID": b, "formEdgeID": None} for n, (a, b) in enumerate(links)]
    return {"nodes": nodes, "edges": made, "locutions": [], **more}


def read_aif(folder: Path, data: Any) -> ArgumentMap:
    return aif.read(file(folder, json.dumps(data)))


@pytest.mark.parametrize("wrap", [lambda data: data, lambda data: {"AIF": data}, lambda data: {"aif": data}])
def test_aif_inferences_and_conflicts_collapse_to_relations(tmp_path: Path, wrap: Any) -> None:
    kinds = {1: "I", 2: "I", "15_163907070207948843": "I", 4: "RA", 5: "CA"}
    links = [(1, 4), (4, 2), ("15_163907070207948843", 5), (5, 2)]
    graph = read_aif(tmp_path, wrap(nodeset(kinds, links)))
    assert edges(graph) == {("1", "support", "2"), ("15_163907070207948843", "attack", "2")}
    assert graph.losses == ()


def test_aif_linked_premises_stay_together_and_separate_inferences_apart(tmp_path: Path) -> None:
    kinds = {"c": "I", "p": "I", "q": "I", "r": "I", "both": "RA", "one": "RA"}
    links = [("p", "both"), ("q", "both"), ("both", "c"), ("r", "one"), ("one", "c")]
    graph = read_aif(tmp_path, nodeset(kinds, links))
    assert edges(graph) == {
        ("p", "premise", "both"), ("q", "premise", "both"), ("both", "support", "c"), ("r", "support", "c"),
    }  # fmt: skip


def test_aif_a_conflict_with_an_inference_is_an_undercut(tmp_path: Path) -> None:
    kinds = {"c": "I", "p": "I", "u": "I", "ra": "RA", "ca": "CA"}
    graph = read_aif(tmp_path, nodeset(kinds, [("p", "ra"), ("ra", "c"), ("u", "ca"), ("ca", "ra")]))
    assert ("p", "premise", "ra") in edges(graph)
    assert ("ca", "undercut", "ra") in edges(graph) or ("u", "undercut", "ra") in edges(graph)


def test_aif_oddities_are_read_and_each_is_reported(tmp_path: Path) -> None:
    kinds = {
        "a": "I",
        "b": "I",
        "l": "L",
        "y": "YA",
        "m": "MA",
        "p": "PA",
        "r": "RA",
        "x": "ZZ",
        "lone": "RA",
    }
    links = [
        ("a", "b"),
        ("a", "b"),
        ("a", "gone"),
        ("a", "m"),
        ("m", "b"),
        ("l", "r"),
        ("r", "b"),
        ("l", "y"),
    ]
    graph = read_aif(tmp_path, nodeset(kinds, links))
    assert ("a", "support", "b") in edges(graph)
    for words in ("without an inference", "ends are not in the file", "locutions", "illocutions", "rephrasing",
                  "preference", "unknown type 'ZZ'", "locution l is a premise", "lone has no conclusion"):  # fmt: skip
        assert words in said(graph), words


def test_aif_columns_of_the_dialam_data_are_rows_too(tmp_path: Path) -> None:
    data = {
        "nodes": {"nodeID": ["1", "2", "3"], "text": ["a", "b", ""], "type": ["I", "I", "RA"]},
        "edges": {"edgeID": [1, 2], "fromID": ["1", "3"], "toID": ["3", "2"]},
    }
    assert edges(read_aif(tmp_path, data)) == {("1", "support", "2")}


def test_aif_a_scheme_that_is_not_the_default_is_kept(tmp_path: Path) -> None:
    data = nodeset({"a": "I", "b": "I", "r": "RA"}, [("a", "r"), ("r", "b")])
    data["nodes"][2]["scheme"] = "Expert Opinion"
    assert read_aif(tmp_path, data).by_id()["r"].extras == {"scheme": "Expert Opinion"}


def test_aif_one_id_for_two_different_nodes_is_an_error(tmp_path: Path) -> None:
    data = nodeset({"a": "I"}, [])
    data["nodes"].append({"nodeID": "a", "text": "other", "type": "I"})
    with pytest.raises(InterchangeError, match="used twice"):
        read_aif(tmp_path, data)


GSN = """\
module: {name: Case, brief: A case}
G1: {text: Safe, supportedBy: [S1, G3], inContextOf: C1}
S1: {text: By parts, supportedBy: [G2, Sn1], inContextOf: [A1, J1]}
G2: {text: Part, undeveloped: true, owner: us}
G3: {text: Direct, supportedBy: Sn2}
Sn1: {text: Tests, url: https://example.org}
Sn2: {text: Review}
C1: {text: Office use}
A1: {text: Power is on}
J1: {text: Parts are independent}
CG1: {text: It burns, challenges: G2}
CG2: {text: Unrelated, challenges: G1 -> G3}
"""


def test_gsn_elements_become_statements_arguments_and_relations(tmp_path: Path) -> None:
    graph = gsn.read(file(tmp_path, GSN))
    assert {node.id for node in graph.nodes if node.is_argument} == {"S1", "G3 -> G1"}
    assert edges(graph) == {
        ("S1", "support", "G1"), ("C1", "context", "G1"), ("G2", "premise", "S1"), ("Sn1", "premise", "S1"),
        ("A1", "premise", "S1"), ("J1", "support", "S1"), ("Sn2", "support", "G3"), ("CG1", "attack", "G2"),
        ("G3", "premise", "G3 -> G1"), ("G3 -> G1", "support", "G1"), ("CG2", "undercut", "G3 -> G1"),
    }  # fmt: skip
    assert graph.by_id()["G2"].extras == {"owner": "us"}
    assert "module: `name`" in said(graph)


def test_gsn_is_written_as_it_was_read(tmp_path: Path) -> None:
    graph = gsn.read(file(tmp_path, GSN))
    text, losses = gsn_writing.write(graph)
    assert losses == []
    again = gsn.read(file(tmp_path, text, "again"))
    assert (again.nodes, set(again.edges)) == (graph.nodes, set(graph.edges))
    assert 'challenges: "G1 -> G3"' in text


def test_gsn_what_is_asserted_to_be_defeated_is_kept_as_an_assertion(tmp_path: Path) -> None:
    graph = gsn.read(file(tmp_path, "G1: {text: A, defeated: true}\nCG1: {text: B, challenges: G1}\n"))
    assert graph.by_id()["G1"].extras == {"defeated": "true"}
    assert "`defeated` is an assertion" in said(graph)


def test_gsn_references_to_nothing_circles_and_wrong_kinds_are_reported(tmp_path: Path) -> None:
    text = "G1: {text: A, supportedBy: [G2, G9, G1, C1]}\nG2: {text: B, supportedBy: G1}\nC1: {text: C}\nQ1: {text: D}\n"
    graph = gsn.read(file(tmp_path, text))
    assert {("G2", "support", "G1"), ("G1", "support", "G2")} <= edges(graph)
    for words in ("names G9", "names the element itself", "C1 is a Context", "prefix of Q1"):
        assert words in said(graph), words
    assert all(loss.line for loss in graph.losses)


def test_gsn_a_key_that_is_used_twice_is_an_error_with_its_place(tmp_path: Path) -> None:
    with pytest.raises(InterchangeError, match="used twice") as caught:
        gsn.read(file(tmp_path, "G1: {text: A}\nG1: {text: B}\n"))
    assert (caught.value.line, caught.value.column) == (2, 1)


CARNEADES = """\
statements:
  "¬p": It is not so
  p: {text: It is so, assumed: true, label: in}
  u: An exception
issues:
  i1: {positions: [p, "¬p"], standard: BRD}
arguments:
  a1: {conclusion: "¬p", premises: [q], undercutter: u, weight: 0.6, scheme: expert}
assumptions: [u]
tests: {in: [p]}
"""


def test_carneades_arguments_issues_and_undercutters(tmp_path: Path) -> None:
    graph = carneades.read(file(tmp_path, CARNEADES))
    assert edges(graph) == {
        ("q", "premise", "a1"), ("a1", "support", "¬p"), ("u", "undercut", "a1"), ("p", "contrary", "¬p"),
    }  # fmt: skip
    assert graph.by_id()["a1"].base == 0.6
    assert graph.by_id()["u"].extras == {"assumed": "true"}
    for words in ("q is used but not among", "proof standard 'BRD'", "tests say", "label 'in'"):
        assert words in said(graph), words


def test_small_formats_are_read_into_the_same_model(tmp_path: Path) -> None:
    attack = {("a", "attack", "b")}
    assert edges(frameworks.read(file(tmp_path, "a Label\nb\n#\na b\n"), "tgf")) == attack
    assert edges(frameworks.read(file(tmp_path, "arg(a). arg(b).att(a,b)."), "apx")) == attack
    assert edges(frameworks.read(file(tmp_path, "p af 2\n# c\n1 2\n"), "iccma")) == {("1", "attack", "2")}
    bag = file(tmp_path, "arg(a, 0.5)\narg(b, 0.25).\natt(a, b)\n")
    graph = qbafs.read(bag, "bag")
    assert (edges(graph), graph.by_id()["b"].base) == (attack, 0.25)


def test_a_framework_that_announces_too_many_arguments_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InterchangeError, match="100000"):
        frameworks.read(file(tmp_path, "p af 9999999\n"), "iccma")


def test_names_that_a_format_cannot_write_are_replaced_and_reported() -> None:
    graph = ArgumentMap((Node("two words"), Node('a"b')), (Edge("two words", 'a"b', EdgeKind.ATTACK),))
    text, losses = frameworks.write_apx(graph)
    assert text == 'arg("two words").\narg(a2).\natt("two words",a2).\n'
    assert [loss.node for loss in losses] == ['a"b']


def test_aif_keys_of_xaif_may_be_written_small_and_time_stamps_may_be_missing(tmp_path: Path) -> None:
    plain = nodeset({1: "I", 2: "I", 3: "RA"}, [(1, 3), (3, 2)])
    stamped = json.loads(json.dumps(plain))
    for node in stamped["nodes"]:
        node["timestamp"] = "2020-05-01 10:00:00"
    read = [
        read_aif(tmp_path, data)
        for data in (
            plain,
            stamped,
            {"aif": plain, "ova": {"nodes": [], "edges": []}, "text": "a b"},
            {"AIF": stamped, "OVA": {"firstname": "", "nodes": [], "edges": []}, "text": "", "dialog": True},
        )
    ]
    assert all(graph == read[0] for graph in read)
    assert edges(read[0]) == {("1", "support", "2")}
    assert said(read[0]) == ""


def test_aif_a_conflict_with_a_conflict_is_an_undercut(tmp_path: Path) -> None:
    kinds = {"c": "I", "p": "I", "q": "I", "first": "CA", "second": "CA"}
    graph = read_aif(
        tmp_path, nodeset(kinds, [("p", "first"), ("first", "c"), ("q", "second"), ("second", "first")])
    )
    assert edges(graph) == {
        ("p", "premise", "first"), ("first", "attack", "c"), ("q", "undercut", "first"),
    }  # fmt: skip


def test_aif_an_inference_from_a_locution_alone_has_no_premise(tmp_path: Path) -> None:
    graph = read_aif(tmp_path, nodeset({"l": "L", "r": "RA", "c": "I"}, [("l", "r"), ("r", "c")]))
    assert edges(graph) == {("r", "support", "c")}
    for words in ("the RA-node r has no premise", "the locution l is a premise of r", "locutions"):
        assert words in said(graph), words


def test_aif_empty_texts_and_edges_that_are_doubled_or_lead_nowhere(tmp_path: Path) -> None:
    data = nodeset(
        {"a": "I", "b": "I", "r": "RA"}, [("a", "r"), ("a", "r"), ("r", "b"), ("r", "b"), ("r", "x")]
    )
    data["nodes"][0]["text"] = ""
    data["nodes"][1]["text"] = None
    graph = read_aif(tmp_path, data)
    assert edges(graph) == {("a", "support", "b")}
    assert said(graph).count("the statement has no text") == 2
    assert "edges whose ends are not in the file, left out: 1" in said(graph)


def test_aif_composite_ids_survive_reading_and_writing(tmp_path: Path) -> None:
    first, second, step = "15_163907070207948843", "15_163907070207948844", "15_163907070207948845"
    graph = read_aif(
        tmp_path, nodeset({first: "I", second: "I", step: "CA"}, [(first, step), (step, second)])
    )
    again = aif.read(file(tmp_path, aif_writing.write(graph)[0], "again.json"))
    assert again == graph
    assert {node.id for node in again.nodes} == {first, second}


def test_aif_what_others_add_to_a_file_of_ours_is_read_with_it(tmp_path: Path) -> None:
    nodes = (Node("c", text="C"), Node("a", NodeKind.ARGUMENT, text="A"), Node("p", text="P"))
    ours = ArgumentMap(nodes, (Edge("p", "a", EdgeKind.PREMISE), Edge("a", "c", EdgeKind.SUPPORT)))
    data = json.loads(aif_writing.write(ours)[0])
    data["nodes"] += [{"nodeID": 90, "text": "New", "type": "I"}, {"nodeID": 91, "text": "", "type": "CA"}]
    target = next(one["nodeID"] for one in data["nodes"] if one["type"] == "RA")
    data["edges"] += [{"edgeID": 92, "fromID": 90, "toID": 91}, {"edgeID": 93, "fromID": 91, "toID": target}]
    graph = read_aif(tmp_path, data)
    assert edges(graph) == {("p", "premise", "a"), ("a", "support", "c"), ("90", "undercut", "a")}
    assert graph.by_id()["a"].text == "A"


def test_what_a_drawing_has_no_place_for_is_reported(tmp_path: Path) -> None:
    graph = gsn.read(file(tmp_path, GSN))
    for name in ("svg", "graphml", "dot", "mermaid"):
        told = " ".join(MAP_FORMATS[name].losses(graph))
        assert "Roles of other notations are not written" in told
        assert "Tags and layers are not written: 2" in told
