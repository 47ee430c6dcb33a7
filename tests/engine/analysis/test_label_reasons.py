"""The reason of a label forces it, needs every part of it, and never argues in a circle."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from argument_graphs import KINDS, argument_graphs, fixed_labels
from cruxmap.analysis.label_reasons import LabelReason, label_reason
from cruxmap.analysis.label_sentences import STEPS_READ, label_sentences
from cruxmap.analysis.labelling import STANDARDS, decide, grounded_labels
from cruxmap.graph import ArgumentGraph, Edge, EdgeKind, Node, argument_graph
from cruxmap.knowledge import KnowledgeBase

nodes = st.sampled_from(list(KINDS))


def reason_of(graph: ArgumentGraph, name: str, standard: str, fixed: dict[str, str]) -> LabelReason:
    return label_reason(graph, grounded_labels(graph, standard, fixed), name, standard, fixed)


@given(argument_graphs(cyclic=True), nodes, st.sampled_from(STANDARDS), fixed_labels)
def test_every_step_is_forced_by_its_causes_and_by_no_fewer(
    graph: ArgumentGraph, name: str, standard: str, fixed: dict[str, str]
) -> None:
    found = reason_of(graph, name, standard, fixed)
    labels = grounded_labels(graph, standard, fixed).labels
    assert found.label == labels[name]
    if found.label == "undecided":
        return
    for step in found.steps:
        if step.was_set:
            assert (step.because, fixed[step.id]) == ((), step.label)
            continue
        known = dict.fromkeys(KINDS, "undecided") | {cause: labels[cause] for cause in step.because}
        assert decide(graph, step.id, known, standard).label == step.label
        for cause in step.because:
            assert decide(graph, step.id, known | {cause: "undecided"}, standard).label != step.label


@given(argument_graphs(cyclic=True), nodes, st.sampled_from(STANDARDS), fixed_labels)
def test_steps_are_complete_and_without_circles(
    graph: ArgumentGraph, name: str, standard: str, fixed: dict[str, str]
) -> None:
    found = reason_of(graph, name, standard, fixed)
    steps = {step.id: step for step in found.steps}
    assert len(steps) == len(found.steps)
    done: set[str] = set()
    while len(done) < len(steps):
        ready = {name for name, step in steps.items() if name not in done and set(step.because) <= done}
        assert ready, "some step rests on itself, or on a step that is missing"
        done |= ready


@given(argument_graphs(cyclic=True), nodes, st.sampled_from(STANDARDS), fixed_labels)
def test_an_undecided_node_names_what_it_waits_for_and_what_settles_it(
    graph: ArgumentGraph, name: str, standard: str, fixed: dict[str, str]
) -> None:
    found = reason_of(graph, name, standard, fixed)
    if found.label != "undecided" or name in fixed:
        assert found.settled_by == ()
        return
    labels = grounded_labels(graph, standard, fixed).labels
    assert all(labels[item] == "undecided" and KINDS[item] != "argument" for item in found.waits_for)
    wanted = {}
    for statement in KINDS:
        if KINDS[statement] in ("assumption", "finding") and statement not in fixed and statement != name:
            for value in ("in", "out"):
                label = grounded_labels(graph, standard, fixed | {statement: value}).labels[name]
                if label != "undecided":
                    wanted[statement, value] = label
    assert {(item.statement, item.value): item.label for item in found.settled_by} == wanted


def test_a_set_label_says_so() -> None:
    graph = ArgumentGraph((Node("s", "assumption", "e", "", "", 0.5),), ())
    for label in ("in", "out", "undecided"):
        found = reason_of(graph, "s", "preponderance", {"s": label})
        assert label_sentences(graph, found, "preponderance") == (f"s is {label}, because it was set so.",)


def test_a_long_derivation_is_cut_to_a_screen() -> None:
    count = 20
    chain = tuple(Node(f"a{number:02}", "argument", "e", "", "", 0.5) for number in range(count))
    edges = tuple(Edge(f"a{number:02}", f"a{number + 1:02}", EdgeKind.ATTACK) for number in range(count - 1))
    graph = ArgumentGraph(chain, edges)
    found = reason_of(graph, "a19", "preponderance", {})
    assert len(found.steps) == count
    sentences = label_sentences(graph, found, "preponderance")
    assert sentences[0] == "a19 is out, because a18, which speaks against it, is in."
    assert sentences[1] == "a18 is in, because what speaks against it is out (a17)."
    assert sentences[-1] == f"{count - STEPS_READ} more steps lie behind these."


def test_sentences_can_be_read_for_every_node_of_the_corpus_under_every_standard(kb: KnowledgeBase) -> None:
    graph = argument_graph(kb)
    for standard in STANDARDS:
        labelling = grounded_labels(graph, standard)
        for node in graph.nodes:
            if labelling.labels[node.id] == "undecided":
                continue
            reason = label_reason(graph, labelling, node.id, standard)
            sentences = label_sentences(graph, reason, standard)
            assert sentences[0].startswith(f"{node.id} is {labelling.labels[node.id]}, because ")
            assert all(sentence.endswith(".") and "  " not in sentence for sentence in sentences)


def test_support_of_an_argument_is_nothing_that_its_label_waits_for(kb: KnowledgeBase) -> None:
    found = reason_of(argument_graph(kb), "p3.inner.for.1", "preponderance", {})
    assert "verifiable-condition-excludes-deception" not in found.waits_for
    assert "rat-gives-consistent-gradient" in found.waits_for
