"""What is argued below a cell: arguments, and the statements that they need or that switch them off."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cruxmap.graph import ArgumentGraph

__all__ = ["assumptions_below", "ways_down"]


def ways_down(graph: ArgumentGraph, cell: str) -> dict[str, tuple[str, ...]]:
    """By argument and statement below a cell, what leads from the cell to it.

    Parameters
    ----------
    graph : ArgumentGraph
    cell : str
        `entry/criterion`; one that is no statement has nothing below it.

    Returns
    -------
    dict
        Nearest first, without the cell. The way of an argument ends with it, that of a statement with the
        argument that needs it, or that it switches off. What speaks for a statement is another discussion,
        but where a cell rests on another cell, the way leads through that.

    Examples
    --------
    >>> from cruxmap import load
    >>> from cruxmap.graph import argument_graph
    >>> ways = ways_down(argument_graph(load()), "imitative-amplification-rat/inner-alignment")
    >>> ways["rat-gives-consistent-gradient"], ways["p3.inner.for.3"]
    (('p3.inner.for.1',), ('p3.inner.for.1', 'p3.inner.for.3'))
    """
    found: dict[str, tuple[str, ...]] = {}
    waiting: list[str] = [cell] if cell in graph.index else []
    for name in waiting:
        for edge in graph.incoming[name]:
            if edge.source in found or edge.source == cell:
                continue
            leads_on = graph.node(edge.source).kind in ("argument", "assessment")
            way = found.get(name, ())
            found[edge.source] = (*way, edge.source) if leads_on else way
            if leads_on:
                waiting.append(edge.source)
    return found


def assumptions_below(graph: ArgumentGraph, cell: str) -> tuple[str, ...]:
    """The assumptions that what is argued about a cell rests on, nearest first.

    Examples
    --------
    >>> from cruxmap import load
    >>> from cruxmap.graph import argument_graph
    >>> assumptions_below(argument_graph(load()), "imitative-amplification-rat/inner-alignment")[0]
    'rat-gives-consistent-gradient'
    """
    return tuple(name for name in ways_down(graph, cell) if graph.node(name).kind == "assumption")
