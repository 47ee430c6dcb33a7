from __future__ import annotations

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cruxmap.analysis.evaluation import evaluate
from cruxmap.errors import UnknownIdError
from cruxmap.graph import argument_graph
from cruxmap.knowledge import KnowledgeBase
from cruxmap_exports.argmap import ArgMap, MapEdge, MapEdgeKind, ending_on_edges
from cruxmap_exports.map_building import argument_map, criterion_map
from cruxmap_exports.map_panels import panels
from exports.map_examples import A, E, P, S, U, node, random_map, small_map

maps = st.builds(random_map, st.integers(0, 10**6), st.integers(1, 12), st.integers(0, 25))


def test_a_whole_map_holds_every_node_and_edge_of_the_graph(kb: KnowledgeBase) -> None:
    graph, whole = argument_graph(kb), argument_map(kb)
    assert [one.id for one in whole.nodes] == [one.id for one in graph.nodes]
    assert [edge[:2] for edge in whole.edges] == [edge[:2] for edge in graph.edges]


def test_an_attack_on_an_argument_is_an_undercut_and_ends_on_an_edge(kb: KnowledgeBase) -> None:
    whole = argument_map(kb)
    for edge in whole.edges:
        if edge.kind is A:
            assert not whole.node(edge.target).is_argument
        if edge.kind is U:
            assert whole.node(edge.target).is_argument
        if edge.ends_on is not None:
            assert edge.kind in (U, E)
            assert whole.edges[edge.ends_on].source == edge.target


def test_edges_that_end_on_edges_end_on_a_node_after_all() -> None:
    circle = ending_on_edges([MapEdge("a", "b", U), MapEdge("b", "c", U), MapEdge("c", "a", U)])
    assert [edge.ends_on for edge in circle].count(None) == 1
    only = ending_on_edges([MapEdge("a", "a", U)])
    assert only[0].ends_on is None
    both = ending_on_edges([MapEdge("a", "b", U), MapEdge("b", "a", U), MapEdge("b", "claim", S)])
    assert [edge.ends_on for edge in both] == [2, 0, None]


@given(maps)
def test_no_chain_of_edges_that_end_on_edges_is_a_circle(argmap: ArgMap) -> None:
    for start in range(len(argmap.edges)):
        steps, position = 0, argmap.edges[start].ends_on
        while position is not None:
            steps, position = steps + 1, argmap.edges[position].ends_on
            assert steps <= len(argmap.edges)


def test_a_what_if_state_and_an_evaluation_show_their_own_numbers(kb: KnowledgeBase) -> None:
    assumption = kb.arguments["p3.inner.for.1"].argument.assumes[0]
    changed = argument_graph(kb, {assumption: 0.91})
    assert argument_map(kb, changed).node(assumption).base == 0.91
    result = evaluate(changed, fixed={assumption: "in"})
    shown = argument_map(kb, evaluation=result)
    assert shown.node(assumption).strength == 1.0
    assert shown.node(assumption).label == "in"
    assert result.semantics in shown.conventions
    assert all(one.strength is None for one in argument_map(kb, changed).nodes)


def test_the_map_of_an_entry_holds_its_own_nodes_and_both_sides_of_them(kb: KnowledgeBase) -> None:
    whole = argument_map(kb)
    entry = kb.proposals[0].id
    part = whole.of_entry(entry)
    own = {one.id for one in whole.nodes if one.entry == entry}
    assert own <= set(part.index)
    for edge in whole.edges:
        if edge.target in own:
            assert edge.source in part.index
    for one in part.nodes:
        near = {edge.target for edge in part.outgoing[one.id]} | {
            edge.source for edge in part.incoming[one.id]
        }
        assert one.id in own or near & own


def test_the_map_of_a_criterion_stops_at_what_arguments_assume(kb: KnowledgeBase) -> None:
    whole = argument_map(kb)
    part = criterion_map(whole, kb, "inner")
    marks = [one for one in part.nodes if one.kind == "assessment" and part.incoming[one.id]]
    assert marks
    for one in part.nodes:
        if one.is_argument:
            aims = {edge.target for edge in part.outgoing[one.id]}
            assert aims, f"{one.id} bears on nothing of the criterion"
    with pytest.raises(UnknownIdError):
        whole.of_criterion("no-such-criterion")


@given(maps, st.integers(0, 3), st.randoms(use_true_random=False))
def test_the_neighbourhood_is_that_of_the_undirected_graph(argmap: ArgMap, radius: int, rng: object) -> None:
    graph = nx.Graph()
    graph.add_nodes_from(argmap.index)
    graph.add_edges_from(edge[:2] for edge in argmap.edges)
    name = argmap.nodes[0].id
    assert set(argmap.around(name, radius).index) == set(nx.ego_graph(graph, name, radius))


@settings(max_examples=60)
@given(maps, st.sampled_from([0, 5, 100]))
def test_every_node_has_one_place_and_every_edge_is_drawn(argmap: ArgMap, largest: int) -> None:
    found = panels(argmap, largest)
    places = [one.node.id for panel in found for one in panel.nodes if not one.reference]
    assert sorted(places) == sorted(argmap.index)
    assert {edge for panel in found for edge in panel.edges} == set(range(len(argmap.edges)))
    for panel in found:
        shown = {one.node.id for one in panel.nodes}
        assert all({argmap.edges[one].source, argmap.edges[one].target} <= shown for one in panel.edges)


def test_a_map_is_kept_in_part_with_the_edges_between() -> None:
    part = small_map().keep(["claim", "con", "reply"], "Part")
    assert [(edge.source, edge.kind, edge.ends_on) for edge in part.edges] == [
        ("con", A, None),
        ("reply", U, 0),
    ]
    alone = small_map().keep(["con", "reply"], "Part")
    assert [edge.ends_on for edge in alone.edges] == [None]


def test_unknown_names_are_said() -> None:
    with pytest.raises(UnknownIdError, match="nowhere"):
        small_map().around("nowhere")
    with pytest.raises(UnknownIdError, match="nothing"):
        small_map().of_entry("nothing")


def test_edges_are_named_by_kind() -> None:
    ours = ["support", "attack", "undercut", "premise", "exception"]
    assert [kind.value for kind in MapEdgeKind][:5] == ours
    assert P is MapEdgeKind.PREMISE
    assert node("x").is_argument
