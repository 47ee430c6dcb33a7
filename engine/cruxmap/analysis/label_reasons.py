"""Why a node is in or out, by the fewest steps that force it, and what an undecided one waits for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cruxmap.analysis.labelling import decide, grounded_labels
from cruxmap.graph import EdgeKind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cruxmap.analysis.labelling import Labelling
    from cruxmap.graph import ArgumentGraph

UNDECIDED = "undecided"

TRIED = 12
"""Open statements that are tried one by one, the nearest first."""


@dataclass(frozen=True, slots=True)
class Step:
    """One label and what forces it.

    Attributes
    ----------
    id, label : str
    because : tuple of str
        Parents whose labels force this one, none of which could be left out; empty when the node was set, or
        when nothing bears on it.
    was_set : bool
        Whether a reader imposed the label.
    """

    id: str
    label: str
    because: tuple[str, ...]
    was_set: bool

    def as_data(self) -> dict[str, Any]:
        """Return plain data for JSON."""
        return {"id": self.id, "label": self.label, "because": list(self.because), "set": self.was_set}


@dataclass(frozen=True, slots=True)
class Settling:
    """What becomes of an undecided node when one open statement is set.

    Attributes
    ----------
    statement, value : str
        The statement and the label it is set to, `in` or `out`.
    label : str
        The label of the node then, `in` or `out`.
    """

    statement: str
    value: str
    label: str

    def as_data(self) -> dict[str, Any]:
        """Return plain data for JSON."""
        return {"statement": self.statement, "value": self.value, "label": self.label}


@dataclass(frozen=True, slots=True)
class LabelReason:
    """The explanation of one label.

    Attributes
    ----------
    steps : tuple of Step
        The node itself, then what its label rests on, nearest first. One step without a cause when the node
        is undecided.
    waits_for : tuple of str
        Open statements that an undecided node waits for, nearest first.
    settled_by : tuple of Settling
        Every single open statement that decides the node, and how.
    """

    steps: tuple[Step, ...]
    waits_for: tuple[str, ...]
    settled_by: tuple[Settling, ...]

    @property
    def label(self) -> str:
        """The label that is explained."""
        return self.steps[0].label

    def as_data(self) -> dict[str, Any]:
        """Return plain data for JSON."""
        return {
            "label": self.label,
            "steps": [step.as_data() for step in self.steps],
            "waits_for": list(self.waits_for),
            "settled_by": [item.as_data() for item in self.settled_by],
        }


def label_reason(
    graph: ArgumentGraph,
    labelling: Labelling,
    name: str,
    standard: str,
    fixed: Mapping[str, str] | None = None,
) -> LabelReason:
    """Explain a label of the grounded reading.

    Parameters
    ----------
    graph : ArgumentGraph
    labelling : Labelling
        Grounded labels of the graph under the same standard and fixed labels.
    name : str
        Node to explain.
    standard : str
        Proof standard.
    fixed : mapping, optional
        Labels imposed.

    Returns
    -------
    LabelReason

    Notes
    -----
    Each step keeps only parents that were decided before it, and drops one after the other as long as the
    rest still forces the label; so no step argues in a circle and none names a parent it does not need.
    For an undecided node each of the nearest 12 open statements is set `in` and `out`, one at a time.

    References
    ----------
    Modgil, Caminada (2009), "Proof theories and algorithms for abstract argumentation frameworks".

    Examples
    --------
    >>> from cruxmap.graph import ArgumentGraph, Edge, EdgeKind, Node
    >>> nodes = [Node("a", "assumption", "e", "", "", 0.5), Node("r", "argument", "e", "", "", 0.7)]
    >>> nodes.append(Node("e/c", "assessment", "e", "", "", 0.5))
    >>> edges = (Edge("a", "r", EdgeKind.PREMISE), Edge("r", "e/c", EdgeKind.SUPPORT))
    >>> graph = ArgumentGraph(tuple(nodes), edges)
    >>> reason = label_reason(graph, grounded_labels(graph), "e/c", "preponderance")
    >>> [(item.statement, item.value, item.label) for item in reason.settled_by]
    [('a', 'in', 'in'), ('a', 'out', 'out')]
    """
    imposed = dict(fixed or {})
    if labelling.labels[name] != UNDECIDED:
        return LabelReason(_steps(graph, labelling, name, standard, imposed), (), ())
    step = Step(name, UNDECIDED, (), name in imposed)
    waits_for = () if name in imposed else _open_statements(graph, labelling.labels, name, imposed)
    settled = []
    for statement in waits_for[:TRIED]:
        for value in ("in", "out"):
            label = grounded_labels(graph, standard, imposed | {statement: value}).labels[name]
            if label != UNDECIDED:
                settled.append(Settling(statement, value, label))
    return LabelReason((step,), waits_for, tuple(settled))


def _steps(
    graph: ArgumentGraph, labelling: Labelling, name: str, standard: str, imposed: Mapping[str, str]
) -> tuple[Step, ...]:
    order = {decided: place for place, decided in enumerate(labelling.decisions)}
    steps: dict[str, Step] = {}
    ahead = [name]
    for current in ahead:  # grows while it is walked: the queue of a breadth-first search
        if current in steps:
            continue
        label, was_set = labelling.labels[current], current in imposed
        earlier = (
            []
            if was_set
            else [p for p in _parents(graph, current) if order.get(p, len(order)) < order[current]]
        )
        because = _needed(graph, current, {p: labelling.labels[p] for p in earlier}, label, standard)
        steps[current] = Step(current, label, because, was_set)
        ahead.extend(because)
    return tuple(steps.values())


def _parents(graph: ArgumentGraph, name: str) -> list[str]:
    """What a label depends on: everything but the support of an argument, which only lends it strength."""
    argument = graph.node(name).kind == "argument"
    bearing = (
        edge.source for edge in graph.incoming[name] if not (argument and edge.kind is EdgeKind.SUPPORT)
    )
    return list(dict.fromkeys(bearing))


def _needed(
    graph: ArgumentGraph, name: str, decided: dict[str, str], label: str, standard: str
) -> tuple[str, ...]:
    """Drop decided parents, the latest first, as long as the others force the label."""
    unknown = dict.fromkeys(_parents(graph, name), UNDECIDED)
    kept = dict(decided)
    for parent in reversed(list(decided)):
        fewer = {other: value for other, value in kept.items() if other != parent}
        if decide(graph, name, unknown | fewer, standard).label == label:
            kept = fewer
    return tuple(kept)


def _open_statements(
    graph: ArgumentGraph, labels: Mapping[str, str], name: str, imposed: Mapping[str, str]
) -> tuple[str, ...]:
    """Undecided assumptions, findings and risks behind a node, nearest first."""
    found: dict[str, None] = {}
    seen = {name}
    ahead = [name]
    for current in ahead:
        for parent in _parents(graph, current):
            if labels[parent] != UNDECIDED or parent in seen:
                continue
            seen.add(parent)
            if graph.node(parent).kind in ("argument", "assessment"):
                ahead.append(parent)
            elif parent not in imposed:
                found[parent] = None
    return tuple(found)
