"""On which side of a discussion each argument ends up, replies included."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cruxmap.graph import EdgeKind

if TYPE_CHECKING:
    from cruxmap.graph import ArgumentGraph


def arguments_by_side(graph: ArgumentGraph) -> dict[str, tuple[int, int]]:
    """Count the arguments in the discussion of each statement that speak for and against it in the end.

    Parameters
    ----------
    graph : ArgumentGraph
        The first support or attack out of an argument leads to what it stands under.

    Returns
    -------
    dict
        Numbers for and against, by statement of which anything is discussed. A reply to an objection counts
        for; arguments written in other entries belong to no discussion here.
    """
    counts: dict[str, tuple[int, int]] = {}
    for node in graph.nodes:
        if node.kind != "argument":
            continue
        home, net = _followed(graph, node.id)
        if home is None or graph.node(home).entry != node.entry:
            continue
        pro, con = counts.get(home, (0, 0))
        counts[home] = (pro + (net == 1), con + (net == -1))
    return counts


def _followed(graph: ArgumentGraph, name: str) -> tuple[str | None, int]:
    """The statement that an argument stands under, through others, and its sign there."""
    net = 1
    seen: set[str] = set()
    while graph.node(name).kind == "argument":
        bearing = (edge for edge in graph.outgoing[name] if edge.kind in (EdgeKind.SUPPORT, EdgeKind.ATTACK))
        parent = next(bearing, None)
        if parent is None or name in seen:
            return None, net
        seen.add(name)
        net *= 1 if parent.kind is EdgeKind.SUPPORT else -1
        name = parent.target
    return name, net
