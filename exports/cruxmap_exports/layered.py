"""Layered drawing of a directed graph: ranks, order and places; long links are led around what is between."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cruxmap_exports.layered_order import ordered
from cruxmap_exports.layered_places import places
from cruxmap_exports.layered_ranks import ranks, without_cycles

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cruxmap_exports.layered_ranks import Link

LANE = 6.0
"""Room that a long link takes where it passes a rank."""

STRAIGHT, BENT = 6.0, 1.0
"""How straight a link should be between two turning points, and elsewhere."""

APART = 2.5
"""Room between parts that no link joins, in gaps."""


@dataclass(frozen=True)
class Layout:
    """Where everything stands.

    Attributes
    ----------
    rank : tuple of int
        Rank of each vertex, turning points of long links (after the given vertices) included.
    centre : tuple of float
        Centre of each along its rank.
    ways : tuple of tuples of int
        For each link the vertices from its source to its target.
    extent : float
        Length of the longest rank.
    """

    rank: tuple[int, ...]
    centre: tuple[float, ...]
    ways: tuple[tuple[int, ...], ...]
    extent: float


def layout(sizes: Sequence[float], links: Sequence[Link], gap: float, least: Sequence[int] = ()) -> Layout:
    """Lay out a directed graph in layers.

    Parameters
    ----------
    sizes : sequence of float
        Extent of each vertex along its rank.
    links : sequence of Link
        Cycles are allowed, links of a vertex to itself are not.
    gap : float
        Room between neighbours of a rank.
    least : sequence of int, optional
        Smallest rank of each vertex, by default 0.

    Returns
    -------
    Layout

    Examples
    --------
    >>> found = layout([10, 10, 10], [(1, 0, 1), (2, 0, 1)], gap=4)
    >>> found.rank, found.centre, found.extent
    ((0, 1, 1), (12.0, 5.0, 19.0), 24.0)
    """
    rank = [0] * len(sizes)
    centre = [0.0] * len(sizes)
    ways: list[tuple[int, ...]] = [()] * len(links)
    extent = 0.0
    for members, inner in _components(len(sizes), links):
        number = {vertex: place for place, vertex in enumerate(members)}
        own = [(number[links[one][0]], number[links[one][1]], links[one][2]) for one in inner]
        lowest = [least[vertex] if least else 0 for vertex in members]
        found = _connected([sizes[vertex] for vertex in members], own, gap, lowest)
        start = extent + APART * gap if extent else 0.0
        more = range(len(rank), len(rank) + len(found.rank) - len(members))
        names = [*members, *more]
        rank += [0] * len(more)
        centre += [0.0] * len(more)
        for place, vertex in enumerate(names):
            rank[vertex], centre[vertex] = found.rank[place], start + found.centre[place]
        for one, way in zip(inner, found.ways, strict=True):
            ways[one] = tuple(names[vertex] for vertex in way)
        extent = start + found.extent
    return Layout(tuple(rank), tuple(centre), tuple(ways), extent)


def _components(size: int, links: Sequence[Link]) -> list[tuple[list[int], list[int]]]:
    """Return vertices and links of each connected part, in the order of their first vertices."""
    neighbours: list[list[int]] = [[] for _ in range(size)]
    for source, target, _ in links:
        neighbours[source].append(target)
        neighbours[target].append(source)
    part = [-1] * size
    count = 0
    for start in range(size):
        if part[start] < 0:
            part[start] = count
            waiting = [start]
            for vertex in waiting:
                for other in neighbours[vertex]:
                    if part[other] < 0:
                        part[other] = count
                        waiting.append(other)
            count += 1
    found: list[tuple[list[int], list[int]]] = [([], []) for _ in range(count)]
    for vertex in range(size):
        found[part[vertex]][0].append(vertex)
    for position, link in enumerate(links):
        found[part[link[0]]][1].append(position)
    return found


def _connected(sizes: Sequence[float], links: Sequence[Link], gap: float, least: Sequence[int]) -> Layout:
    count = len(sizes)
    downward = without_cycles(count, links)
    rank = ranks(least, downward)
    extents = list(sizes)
    ways: list[tuple[int, ...]] = []
    for source, target, _ in downward:
        between = range(rank[source] - 1, rank[target], -1)
        points = range(len(extents), len(extents) + len(between))
        extents.extend(LANE for _ in points)
        rank.extend(between)
        ways.append((source, *points, target))
    layers: list[list[int]] = [[] for _ in range(max(rank, default=-1) + 1)]
    for vertex, own in enumerate(rank):
        layers[own].append(vertex)
    nearer: list[dict[int, float]] = [{} for _ in extents]
    farther: list[dict[int, float]] = [{} for _ in extents]
    for way in ways:
        for behind, before in itertools.pairwise(way):
            weight = STRAIGHT if behind >= count and before >= count else BENT
            nearer[behind][before] = farther[before][behind] = weight
    order = ordered(layers, [list(one) for one in nearer], [list(one) for one in farther])
    centre = places(
        order, extents, [list(one.items()) for one in nearer], [list(one.items()) for one in farther], gap
    )
    extent = max((centre[one] + extents[one] / 2 for one in range(len(extents))), default=0.0)
    turned = [way if links[position][0] == way[0] else way[::-1] for position, way in enumerate(ways)]
    return Layout(tuple(rank), tuple(centre), tuple(turned), extent)
