"""Order within the ranks of a layered drawing: few crossings, by barycentres and exchanges of neighbours."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

Layers = list[list[int]]

SWEEPS = 16
PATIENCE = 4
"""Sweeps without fewer crossings after which the search ends."""


def ordered(
    layers: Sequence[Sequence[int]], nearer: Sequence[list[int]], farther: Sequence[list[int]]
) -> Layers:
    """Order every layer so that few links cross.

    Parameters
    ----------
    layers : sequence of sequences of int
        Vertices of each rank, every one once.
    nearer, farther : sequence of lists of int
        For each vertex its neighbours in the rank before and in the rank after.

    Returns
    -------
    list of lists of int
        Deterministic: ties keep the given order.

    References
    ----------
    Sugiyama, Tagawa and Toda, "Methods for visual understanding of hierarchical system structures", 1981.
    Gansner, Koutsofios, North and Vo, "A technique for drawing directed graphs", 1993 (exchanges).
    """
    current = _walked(layers, farther)
    place = _places(current, len(nearer))
    best, fewest = [list(layer) for layer in current], crossings(current, nearer, place)
    since = 0
    for sweep in range(SWEEPS):
        if not fewest or since >= PATIENCE:
            break
        _sweep(current, nearer if sweep % 2 == 0 else farther, place, outwards=sweep % 2 == 0)
        _exchange(current, nearer, farther, place)
        count = crossings(current, nearer, place)
        since += 1
        if count < fewest:
            best, fewest, since = [list(layer) for layer in current], count, 0
    return best


def crossings(layers: Sequence[Sequence[int]], nearer: Sequence[list[int]], place: Sequence[int]) -> int:
    """Count the crossings between all neighbouring ranks."""
    total = 0
    for layer in layers:
        seen: list[int] = []
        for vertex in layer:
            ends = sorted(place[other] for other in nearer[vertex])
            total += sum(len(seen) - bisect_right(seen, end) for end in ends)
            for end in ends:
                insort(seen, end)
    return total


def _walked(layers: Sequence[Sequence[int]], farther: Sequence[list[int]]) -> Layers:
    """Order by a depth-first walk from the first rank, which draws a forest without any crossing."""
    rank_of = {vertex: rank for rank, layer in enumerate(layers) for vertex in layer}
    found: Layers = [[] for _ in layers]
    seen: set[int] = set()
    for layer in layers:
        for start in layer:
            stack = [start]
            while stack:
                vertex = stack.pop()
                if vertex not in seen:
                    seen.add(vertex)
                    found[rank_of[vertex]].append(vertex)
                    stack.extend(reversed(farther[vertex]))
    return found


def _places(layers: Sequence[Sequence[int]], size: int) -> list[int]:
    place = [0] * size
    for layer in layers:
        for position, vertex in enumerate(layer):
            place[vertex] = position
    return place


def _sweep(layers: Layers, neighbours: Sequence[list[int]], place: list[int], *, outwards: bool) -> None:
    for layer in layers if outwards else reversed(layers):
        centre = {
            vertex: sum(place[other] for other in neighbours[vertex]) / len(neighbours[vertex])
            if neighbours[vertex]
            else float(place[vertex])
            for vertex in layer
        }
        layer.sort(key=centre.__getitem__)
        for position, vertex in enumerate(layer):
            place[vertex] = position


def _exchange(
    layers: Layers, nearer: Sequence[list[int]], farther: Sequence[list[int]], place: list[int]
) -> None:
    """Exchange neighbours as long as that saves crossings, at most three times through."""
    for _ in range(3):
        better = False
        for layer in layers:
            ends = {
                vertex: (
                    sorted(place[other] for other in nearer[vertex]),
                    sorted(place[other] for other in farther[vertex]),
                )
                for vertex in layer
            }
            for position in range(len(layer) - 1):
                upper, lower = ends[layer[position]], ends[layer[position + 1]]
                gain = sum(
                    _inversions(one, other) - _inversions(other, one)
                    for one, other in zip(upper, lower, strict=True)
                )
                if gain > 0:
                    layer[position], layer[position + 1] = layer[position + 1], layer[position]
                    better = True
            for position, vertex in enumerate(layer):
                place[vertex] = position
        if not better:
            return


def _inversions(first: list[int], second: list[int]) -> int:
    """Count the crossings of the links of two vertices of which the first stands before the second."""
    return sum(bisect_left(second, end) for end in first) if first and second else 0
