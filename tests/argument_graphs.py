"""Small random argument graphs for property tests of everything that reads one."""

from __future__ import annotations

from hypothesis import strategies as st

from cruxmap.graph import ArgumentGraph, Edge, EdgeKind, Node

KINDS = {
    "s0": "assumption", "s1": "assumption", "s2": "finding", "e/v": "assessment", "e/w": "assessment",
    "a0": "argument", "a1": "argument", "a2": "argument", "a3": "argument",
}  # fmt: skip
"""Statements s0-s2, verdicts e/v and e/w, arguments a0-a3."""

ARGUMENTS = [name for name, kind in KINDS.items() if kind == "argument"]
STATEMENTS = [name for name in KINDS if name not in ARGUMENTS]


def built(scores: dict[str, float], edges: set[Edge]) -> ArgumentGraph:
    """Build a graph over all nodes; scores left out are 0.5."""
    nodes = tuple(Node(name, kind, "e", name, "", scores.get(name, 0.5)) for name, kind in KINDS.items())
    return ArgumentGraph(nodes, tuple(sorted(edges)))


def _edges(*, cyclic: bool) -> st.SearchStrategy[Edge]:
    """Edges that only lead from earlier to later arguments and on to verdicts, unless cycles are wanted."""
    bearing = st.sampled_from([EdgeKind.SUPPORT, EdgeKind.ATTACK])
    needs = st.sampled_from([EdgeKind.PREMISE, EdgeKind.EXCEPTION])
    forward = [(a, b) for a in ARGUMENTS for b in (*ARGUMENTS, "e/v", "e/w") if cyclic or a < b]
    premises = ["s0", "s1", "s2", *(["e/v"] if cyclic else [])]
    onto = st.builds(lambda ends, kind: Edge(ends[0], ends[1], kind), st.sampled_from(forward), bearing)
    under = st.builds(Edge, st.sampled_from(premises), st.sampled_from(ARGUMENTS), needs)
    return st.one_of(onto, under)


def argument_graphs(*, cyclic: bool = False) -> st.SearchStrategy[ArgumentGraph]:
    """Graphs with up to twelve edges."""
    score = st.sampled_from([0.0, 0.2, 0.35, 0.45, 0.5, 0.55, 0.7, 0.9, 1.0])
    return st.builds(
        built,
        st.dictionaries(st.sampled_from(list(KINDS)), score),
        st.sets(_edges(cyclic=cyclic), min_size=1, max_size=12),
    )


fixed_labels = st.dictionaries(
    st.sampled_from(list(KINDS)), st.sampled_from(["in", "out", "undecided"]), max_size=2
)
"""Labels that a reader imposes on up to two nodes."""


def oscillating() -> ArgumentGraph:
    """Five groups of six that attack each other in a ring, which finds no fixpoint under quadratic energy.

    Verdict e/v hangs on the ring by an argument, e/w does not.
    """
    size, groups = 6, 5
    count = size * groups
    nodes = [Node(f"a{n}", "argument", "e", "", "", 0.95 - 0.25 * n / (count - 1)) for n in range(count)]
    nodes += [Node("e/v", "assessment", "e", "", "", 0.5), Node("e/w", "assessment", "e", "", "", 0.8)]
    edges = [
        Edge(f"a{(n // size - 1) % groups * size + other}", f"a{n}", EdgeKind.ATTACK)
        for n in range(count)
        for other in range(size)
    ]
    return ArgumentGraph(tuple(nodes), (*edges, Edge("a0", "e/v", EdgeKind.SUPPORT)))
