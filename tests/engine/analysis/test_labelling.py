"""The crisp reading labels what the arguments decide, for reasons that can be followed, and no more."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cruxmap.analysis.labelling import STANDARDS, Labelling, grounded_labels
from cruxmap.errors import UsageError
from cruxmap.graph import ArgumentGraph, Edge, EdgeKind, Node, argument_graph
from cruxmap.knowledge import KnowledgeBase

NAMES = ("s0", "s1", "v", "a0", "a1", "a2")
KINDS = dict(zip(NAMES, ("assumption", "assumption", "assessment", *["argument"] * 3), strict=True))


def graph_of(weights: dict[str, float], edges: set[Edge]) -> ArgumentGraph:
    nodes = tuple(Node(name, KINDS[name], "e", "", "", weights.get(name, 0.5)) for name in NAMES)
    return ArgumentGraph(nodes, tuple(sorted(edges)))


links = st.builds(
    Edge,
    st.sampled_from(["a0", "a1", "a2"]),
    st.sampled_from(NAMES),
    st.sampled_from([EdgeKind.SUPPORT, EdgeKind.ATTACK]),
)
needs = st.builds(
    Edge, st.sampled_from(["s0", "s1", "v"]), st.sampled_from(["a0", "a1", "a2"]),
    st.sampled_from([EdgeKind.PREMISE, EdgeKind.EXCEPTION]),
)  # fmt: skip
graphs = st.builds(
    graph_of,
    st.dictionaries(st.sampled_from(["a0", "a1", "a2"]), st.sampled_from([0.2, 0.4, 0.6, 0.9])),
    st.sets(st.one_of(links, needs), max_size=8),
)


def holds(graph: ArgumentGraph, name: str, accepted: dict[str, bool], standard: str) -> bool:
    """The acceptance condition of one node, written out for two-valued parents."""
    weight = {node.id: node.base for node in graph.nodes}

    def of(kind: EdgeKind) -> list[str]:
        return [source for source in graph.sources(name, kind) if accepted[source]]

    pro, con = of(EdgeKind.SUPPORT), of(EdgeKind.ATTACK)
    if KINDS[name] == "argument":
        needed = all(accepted[source] for source in graph.sources(name, EdgeKind.PREMISE))
        return needed and not con and not of(EdgeKind.EXCEPTION)
    if KINDS[name] == "assumption":
        pro, con = [p for p in pro if weight[p] > 0.5], [c for c in con if weight[c] > 0.5]
        return (accepted[name] or bool(pro)) and all(any(weight[p] >= weight[c] for p in pro) for c in con)
    beats: Callable[[float, float], bool] = {
        "scintilla": lambda p, c: True,
        "preponderance": lambda p, c: p > c,
        "clear-and-convincing": lambda p, c: p - c > 0.1,
        "beyond-reasonable-doubt": lambda p, c: p - c > 0.1 and c < 0.3,
        "dialectical-validity": lambda p, c: False,
    }[standard]
    least = 0.3 if standard in ("clear-and-convincing", "beyond-reasonable-doubt") else 0.0
    return any(weight[p] > least and all(beats(weight[p], weight[c]) for c in con) for p in pro)


def least_fixpoint(graph: ArgumentGraph, standard: str) -> dict[str, str]:
    """The grounded interpretation by definition: consensus over every completion, repeated until stable."""
    labels = dict.fromkeys(NAMES, "undecided")
    while True:
        unknown = [name for name in NAMES if labels[name] == "undecided"]
        known = {name: label == "in" for name, label in labels.items() if label != "undecided"}
        completions = [
            known | dict(zip(unknown, bits, strict=True))
            for bits in product([True, False], repeat=len(unknown))
        ]
        after = {}
        for name in NAMES:
            values = {holds(graph, name, completion, standard) for completion in completions}
            after[name] = "undecided" if len(values) == 2 else "in" if values == {True} else "out"
        if after == labels:
            return labels
        labels = after


@given(graphs, st.sampled_from(STANDARDS))
def test_labels_are_the_least_fixpoint_of_the_acceptance_conditions(
    graph: ArgumentGraph, standard: str
) -> None:
    found, wanted = grounded_labels(graph, standard).labels, least_fixpoint(graph, standard)
    decided = {name: label for name, label in found.items() if label != "undecided"}
    assert decided.items() <= wanted.items()
    # An argument with the same statement as premise and exception is the only condition that is not monotone.
    twofold = any(
        set(graph.sources(a, EdgeKind.PREMISE)) & set(graph.sources(a, EdgeKind.EXCEPTION)) for a in NAMES[3:]
    )
    both = any(
        set(graph.sources(n, EdgeKind.SUPPORT)) & set(graph.sources(n, EdgeKind.ATTACK)) for n in NAMES
    )
    if not twofold and not both:
        assert found == wanted


@given(graphs)
def test_every_derivation_uses_only_what_was_decided_before(graph: ArgumentGraph) -> None:
    labelling = grounded_labels(graph)
    seen: set[str] = set()
    for name, decision in labelling.decisions.items():
        assert set(decision.because) <= seen
        assert decision.label == labelling.labels[name]
        seen.add(name)


def test_an_assumption_that_nothing_decides_is_left_to_the_reader(kb: KnowledgeBase) -> None:
    labels = grounded_labels(argument_graph(kb)).labels
    assert labels["hch-is-aligned"] == "undecided"
    assert labels["imitative-amplification-rat/inner-alignment"] == "undecided"


def test_setting_assumptions_decides_the_verdict_and_says_why(kb: KnowledgeBase) -> None:
    held = {"rat-gives-consistent-gradient": "in", "oversight-signal-not-overfitted": "in"}
    labelling: Labelling = grounded_labels(argument_graph(kb), fixed=held)
    verdict = "imitative-amplification-rat/inner-alignment"
    assert labelling.labels[verdict] == "in"
    reasons = [decision.reason for decision in labelling.derivation(verdict)]
    assert reasons[-1].startswith(f"{verdict} is in, because p3.inner.for.")
    assert any("was set so" in reason for reason in reasons)


def test_what_is_unknown_is_refused(kb: KnowledgeBase) -> None:
    with pytest.raises(UsageError, match="no proof standard"):
        grounded_labels(argument_graph(kb), "hearsay")
    with pytest.raises(UsageError, match="to fix"):
        grounded_labels(argument_graph(kb), fixed={"nobody": "in"})


def test_a_long_chain_needs_no_recursion() -> None:
    count = 20_000
    nodes = tuple(Node(f"a{number}", "argument", "e", "", "", 0.5) for number in range(count))
    edges = tuple(Edge(f"a{number}", f"a{number + 1}", EdgeKind.ATTACK) for number in range(count - 1))
    labelling = grounded_labels(ArgumentGraph(nodes, edges))
    assert labelling.labels["a0"] == "in"
    assert labelling.labels[f"a{count - 1}"] == "out"
    assert len(labelling.derivation(f"a{count - 1}")) == count
