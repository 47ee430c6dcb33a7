"""Build argument maps from knowledge bases, argument graphs and evaluations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cruxmap.graph import argument_graph
from cruxmap.model.vocabulary import Criterion
from cruxmap_exports.argmap import ArgMap, MapNode, map_edges

if TYPE_CHECKING:
    from cruxmap.analysis.evaluation import Evaluation
    from cruxmap.graph import ArgumentGraph, Node
    from cruxmap.knowledge import KnowledgeBase


def argument_map(
    kb: KnowledgeBase,
    graph: ArgumentGraph | None = None,
    evaluation: Evaluation | None = None,
    title: str = "",
) -> ArgMap:
    """Build the map of everything; its methods return the maps of parts.

    Parameters
    ----------
    kb : KnowledgeBase
    graph : ArgumentGraph, optional
        Another state of the graph, for instance with the credences of a reader or of a what-if; that of the
        evaluation, or of the entries, when not given.
    evaluation : Evaluation, optional
        Strengths and labels to show.
    title : str, optional
        By default the name of the knowledge base.

    Returns
    -------
    ArgMap

    Examples
    --------
    >>> from cruxmap import load
    >>> from cruxmap_exports.argmap import MapEdgeKind
    >>> whole = argument_map(load())
    >>> whole.sources("p3.inner.for.1", MapEdgeKind.PREMISE)
    ('rat-gives-consistent-gradient',)
    """
    if graph is None:
        graph = argument_graph(kb) if evaluation is None else evaluation.graph
    nodes = tuple(_map_node(kb, node, evaluation) for node in graph.nodes)
    entries = {node.entry: _entry_title(kb, node.entry) for node in graph.nodes}
    return ArgMap(
        title or f"Arguments of {kb.name}", nodes, map_edges(graph), entries, _conventions(evaluation)
    )


def criterion_map(whole: ArgMap, kb: KnowledgeBase, criterion: str) -> ArgMap:
    """Return the map of one criterion, named by id, prefix or heading.

    Raises
    ------
    UnknownIdError
        When there is no such criterion, or nothing is assessed by it.
    """
    from cruxmap.matrix import criterion_named

    found = criterion_named(kb, criterion)
    return whole.of_criterion(found.id, f"Criterion: {found.title.lower()}")


def _map_node(kb: KnowledgeBase, node: Node, evaluation: Evaluation | None) -> MapNode:
    part = kb.arguments[node.id].argument if node.id in kb.arguments else kb.entries.get(node.entry)
    return MapNode(
        node.id,
        node.kind,
        node.entry,
        _name(kb, node),
        node.text,
        node.at,
        node.base,
        None if evaluation is None else evaluation.strengths.get(node.id),
        None if evaluation is None else evaluation.labels.get(node.id),
        getattr(part, "verified", "primary"),
        getattr(part, "scheme", None),
    )


def _conventions(evaluation: Evaluation | None) -> str:
    if evaluation is None:
        return ""
    return (
        f"Strengths by {evaluation.semantics}, 0.5 is neutral; "
        f"labels of the grounded reading, proof standard {evaluation.standard}"
    )


def _number(kb: KnowledgeBase, entry: str) -> str:
    number = getattr(kb.entries[entry], "number", None)
    return f"P{number}" if isinstance(number, int) else str(number or "")


def _entry_title(kb: KnowledgeBase, entry: str) -> str:
    title = str(getattr(kb.entries[entry], "title", entry))
    return f"{_number(kb, entry)} {title}".strip()


def _name(kb: KnowledgeBase, node: Node) -> str:
    if node.kind == "argument":
        return node.id
    if node.kind != "assessment":
        return _entry_title(kb, node.entry)
    criterion = node.id.partition("/")[2]
    known = kb.entries.get(criterion)
    heading = known.title.lower() if isinstance(known, Criterion) else criterion
    return f"{_number(kb, node.entry) or _entry_title(kb, node.entry)} {heading}"
