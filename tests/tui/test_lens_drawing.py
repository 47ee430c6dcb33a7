"""The lens draws what is around a node, within its width, whatever the graph."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from argument_graphs import KINDS, argument_graphs
from cruxmap.graph import ArgumentGraph, Edge, EdgeKind, Node, argument_graph
from cruxmap.knowledge import KnowledgeBase
from cruxmap_tui.views.cells import Line, width_of
from cruxmap_tui.views.lens_drawing import Head, draw_lens
from cruxmap_tui.views.lens_layout import MOST, neighbourhood
from tui_panes import HOSTILE

WIDTHS = st.integers(24, 160)


def text(lines: list[Line]) -> str:
    return "\n".join("".join(piece.text for piece in line) for line in lines)


def drawn(lines: list[Line]) -> set[object]:
    return {piece.key for line in lines for piece in line if piece.key is not None}


@given(argument_graphs(cyclic=True), st.sampled_from(list(KINDS)), st.sampled_from([1, 2]), WIDTHS)
def test_every_node_drawn_is_in_the_graph_and_within_the_width(
    graph: ArgumentGraph, name: str, radius: int, width: int
) -> None:
    lines = draw_lens(graph, name, radius, width)
    assert name in drawn(lines)
    assert drawn(lines) <= set(graph.index)
    assert len(drawn(lines)) <= MOST
    assert max(map(width_of, lines)) <= width


@given(argument_graphs(cyclic=True), st.sampled_from(list(KINDS)), WIDTHS)
def test_radius_one_draws_exactly_the_neighbours(graph: ArgumentGraph, name: str, width: int) -> None:
    near = {edge.source for edge in graph.incoming[name]} | {edge.target for edge in graph.outgoing[name]}
    assert drawn(draw_lens(graph, name, 1, width)) == near | {name}


@given(argument_graphs(cyclic=True), st.sampled_from(list(KINDS)), st.sampled_from([1, 2]), WIDTHS)
def test_every_edge_is_drawn_with_a_sign_or_told_in_words(
    graph: ArgumentGraph, name: str, radius: int, width: int
) -> None:
    near = neighbourhood(graph, name, radius)
    lines = draw_lens(graph, name, radius, width)
    signs = sum(len(piece.text) for line in lines for piece in line if piece.role in ("pro", "con"))
    assert signs + text(lines).count("Also: ") == len(near.forward) + len(near.aside)


@settings(max_examples=50)
@given(argument_graphs(cyclic=True), st.sampled_from(list(KINDS)))
def test_both_ways_of_drawing_show_the_same_nodes(graph: ArgumentGraph, name: str) -> None:
    assert drawn(draw_lens(graph, name, 2, 30)) == drawn(draw_lens(graph, name, 2, 160))


@given(st.text(min_size=1, max_size=80), st.text(max_size=30), WIDTHS)
def test_any_text_stays_within_its_box(words: str, name: str, width: int) -> None:
    nodes = (Node("s", "assumption", "e", words, "", 0.5), Node("a", "argument", "e", words, "", 0.5))
    graph = ArgumentGraph(nodes, (Edge("a", "s", EdgeKind.ATTACK),))
    lines = draw_lens(graph, "s", 1, width, {"s": Head(name, "0.50 in"), "a": Head(name)})
    assert max(map(width_of, lines)) <= width
    assert drawn(lines) == {"s", "a"}


@pytest.mark.parametrize("width", [56, 76, 116])
def test_the_corpus_is_drawn_within_the_width(kb: KnowledgeBase, width: int) -> None:
    graph = argument_graph(kb)
    for name in [*graph.index][::9]:
        lines = draw_lens(graph, name, 2, width)
        assert max(map(width_of, lines)) <= width, name


def star(count: int) -> ArgumentGraph:
    nodes = [Node("s", "assumption", "e", "the middle", "", 0.5)]
    nodes += [Node(f"a{n}", "argument", "e", f"reason {n}", "", 0.5) for n in range(count)]
    kinds = (EdgeKind.SUPPORT, EdgeKind.ATTACK)
    return ArgumentGraph(tuple(nodes), tuple(Edge(f"a{n}", "s", kinds[n % 2]) for n in range(count)))


@pytest.mark.parametrize("width", [60, 80, 120])
def test_what_does_not_fit_is_counted(width: int) -> None:
    lines = draw_lens(star(18), "s", 1, width)
    assert len(drawn(lines)) == MOST
    assert "… 4 more" in text(lines)


@pytest.mark.parametrize("width", [40, 80])
def test_signs_are_explained_in_words(width: int) -> None:
    shown = text(draw_lens(star(2), "s", 1, width))
    assert "+ supports   − attacks" in shown
    assert shown.count("+") == shown.count("−") == 2


def test_edges_beside_the_layers_are_told_in_words() -> None:
    graph = star(2)
    undercut = Edge("a1", "a0", EdgeKind.ATTACK)
    graph = ArgumentGraph(graph.nodes, (*graph.edges, undercut))
    assert neighbourhood(graph, "s", 1).aside == (undercut,)
    assert "Also: a1 attacks a0" in text(draw_lens(graph, "s", 1, 80))


def test_a_lonely_node_says_so() -> None:
    graph = ArgumentGraph((Node("s", "assumption", "e", "alone", "", 0.5),), ())
    assert "Nothing bears on it" in text(draw_lens(graph, "s", 2, 80))


def test_a_drawing_in_columns() -> None:
    assert text(draw_lens(star(2), "s", 1, 60)).splitlines()[:6] == [
        "┌─ a0 ────────────────────┐",
        "│ reason 0                │+─┐   ╔═ s ═════════════════════╗",
        "└─────────────────────────┘  ├──▶║ the middle              ║",
        "┌─ a1 ────────────────────┐  │   ╚═════════════════════════╝",
        "│ reason 1                │−─┘",
        "└─────────────────────────┘",
    ]


def test_a_drawing_in_one_column() -> None:
    assert text(draw_lens(star(2), "s", 1, 40)).splitlines()[:10] == [
        "     ┌─ a0 ────────────────────────────┐",
        " ┌+──│ reason 0                        │",
        " │   └─────────────────────────────────┘",
        " │   ┌─ a1 ────────────────────────────┐",
        " ├−──│ reason 1                        │",
        " │   └─────────────────────────────────┘",
        " ▼",
        "╔═ s ══════════════════════════════════╗",
        "║ the middle                           ║",
        "╚══════════════════════════════════════╝",
    ]


def test_control_characters_are_made_visible() -> None:
    graph = ArgumentGraph((Node("s", "assumption", "e", HOSTILE, "", 0.5),), ())
    shown = text(draw_lens(graph, "s", 1, 100))
    assert "\x1b" not in shown
    assert "\u202e" not in shown
    assert "[red]bold[/]" in shown
