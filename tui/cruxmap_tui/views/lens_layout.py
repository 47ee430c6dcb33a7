"""Which nodes the lens shows around one, in which column, and how boxes are filled."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cruxmap.graph import ArgumentGraph, Edge

MOST = 15
"""Nodes that are drawn at most."""


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """Nodes around a centre.

    Attributes
    ----------
    layers : dict of int to tuple of str
        By distance: negative for what bears on the centre, positive for what it bears on, 0 the centre.
    hidden : dict of int to int
        Nodes left out of each layer.
    forward : tuple of Edge
        Edges from one layer to the next.
    aside : tuple of Edge
        All other edges between the nodes.
    """

    layers: dict[int, tuple[str, ...]]
    hidden: dict[int, int]
    forward: tuple[Edge, ...]
    aside: tuple[Edge, ...]


def neighbourhood(graph: ArgumentGraph, name: str, radius: int) -> Neighbourhood:
    """Choose what to draw around a node, nearest first.

    Parameters
    ----------
    graph : ArgumentGraph
    name : str
    radius : int
        1 or 2.

    Returns
    -------
    Neighbourhood
        With at most 15 nodes; room that one side does not need goes to the other.
    """
    layers: dict[int, tuple[str, ...]] = {0: (name,)}
    hidden: dict[int, int] = {}
    placed = {name}
    room = MOST - 1
    for distance in range(1, radius + 1):
        left = _fresh(
            (e.source for item in layers.get(1 - distance, ()) for e in graph.incoming[item]), placed
        )
        right = _fresh(
            (e.target for item in layers.get(distance - 1, ()) for e in graph.outgoing[item]),
            placed | set(left),
        )
        for_left = min(len(left), max(room - len(right), (room + 1) // 2))
        for_right = min(len(right), room - for_left)
        for layer, names, most in ((-distance, left, for_left), (distance, right, for_right)):
            if names[:most]:
                layers[layer] = tuple(names[:most])
            if names[most:]:
                hidden[layer] = len(names) - most
        placed |= {*left[:for_left], *right[:for_right]}
        room -= for_left + for_right
    layers = _ordered(graph, layers)
    at = {item: layer for layer, names in layers.items() for item in names}
    inside = [edge for edge in graph.edges if edge.source in at and edge.target in at]
    return Neighbourhood(
        layers,
        hidden,
        tuple(edge for edge in inside if at[edge.target] == at[edge.source] + 1),
        tuple(edge for edge in inside if at[edge.target] != at[edge.source] + 1),
    )


def _fresh(names: Iterable[str], placed: set[str]) -> list[str]:
    return [name for name in dict.fromkeys(names) if name not in placed]


def _ordered(graph: ArgumentGraph, layers: dict[int, tuple[str, ...]]) -> dict[int, tuple[str, ...]]:
    """Sort outer layers by the mean place of their neighbours further in, so that edges cross less."""
    found = dict(layers)
    for layer in sorted(layers, key=abs):
        inner = found.get(layer - 1 if layer > 0 else layer + 1)
        if abs(layer) < 2 or inner is None:
            continue
        place = {name: number for number, name in enumerate(inner)}

        def mean(name: str, layer: int = layer, place: dict[str, int] = place) -> float:
            edges = graph.incoming[name] if layer > 0 else graph.outgoing[name]
            ends = [edge.source if layer > 0 else edge.target for edge in edges]
            near = [place[end] for end in ends if end in place]
            return sum(near) / len(near) if near else float(len(place))

        found[layer] = tuple(sorted(layers[layer], key=mean))
    return dict(sorted(found.items()))
