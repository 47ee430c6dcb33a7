"""Places within the ranks of a layered drawing: as near to the neighbours as boxes of their size allow."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

SWEEPS = 14


def isotonic(wanted: Sequence[float], weights: Sequence[float]) -> list[float]:
    """Return the non-decreasing numbers nearest to the wanted ones, by weighted squares.

    Notes
    -----
    Pool-adjacent-violators, linear time, exact (Barlow, Bartholomew, Bremner and Brunk, 1972).

    Examples
    --------
    >>> isotonic([1, 5, 3, 6], [1, 1, 1, 1])
    [1, 4.0, 4.0, 6]
    """
    means: list[float] = []
    masses: list[float] = []
    counts: list[int] = []
    for value, weight in zip(wanted, weights, strict=True):
        mean, mass, count = value, weight, 1
        while means and means[-1] > mean:
            mean = (means[-1] * masses[-1] + mean * mass) / (masses[-1] + mass)
            mass += masses.pop()
            count += counts.pop()
            means.pop()
        means.append(mean)
        masses.append(mass)
        counts.append(count)
    return [mean for mean, count in zip(means, counts, strict=True) for _ in range(count)]


def places(
    layers: Sequence[Sequence[int]],
    sizes: Sequence[float],
    nearer: Sequence[Sequence[tuple[int, float]]],
    farther: Sequence[Sequence[tuple[int, float]]],
    gap: float,
) -> list[float]:
    """Place the vertices of every layer along it.

    Parameters
    ----------
    layers : sequence of sequences of int
        Vertices of each rank in order.
    sizes : sequence of float
        Extent of each vertex along its layer.
    nearer, farther : sequence of sequences of (int, float)
        For each vertex its neighbours in the rank before and after, and how straight the link should be.
    gap : float
        Room between two vertices of a layer.

    Returns
    -------
    list of float
        Centre of each vertex, the smallest edge at 0.

    Notes
    -----
    Every sweep places one layer after the other: the sum over its links of weight times squared deviation,
    with the order and distances as constraints, is an isotonic regression, so each layer is exactly optimal
    given its neighbours.
    """
    offsets = [0.0] * len(sizes)
    centres = [0.0] * len(sizes)
    for layer in layers:
        for before, vertex in itertools.pairwise(layer):
            offsets[vertex] = offsets[before] + (sizes[before] + sizes[vertex]) / 2 + gap
            centres[vertex] = offsets[vertex]
    for sweep in range(SWEEPS):
        outwards = sweep % 2 == 1
        last = sweep >= SWEEPS - 2
        for layer in layers if outwards else reversed(layers):
            _place_layer(layer, offsets, centres, nearer, farther, outwards=outwards, both=last)
    start = min((centres[vertex] - sizes[vertex] / 2 for layer in layers for vertex in layer), default=0.0)
    return [centre - start for centre in centres]


def _place_layer(
    layer: Sequence[int],
    offsets: Sequence[float],
    centres: list[float],
    nearer: Sequence[Sequence[tuple[int, float]]],
    farther: Sequence[Sequence[tuple[int, float]]],
    *,
    outwards: bool,
    both: bool,
) -> None:
    wanted: list[float] = []
    weights: list[float] = []
    for vertex in layer:
        links = [*nearer[vertex], *farther[vertex]] if both else (nearer if outwards else farther)[vertex]
        weight = sum(one for _, one in links)
        centre = sum(centres[other] * one for other, one in links) / weight if weight else centres[vertex]
        wanted.append(centre - offsets[vertex])
        weights.append(weight or 0.05)
    for vertex, place in zip(layer, isotonic(wanted, weights), strict=True):
        centres[vertex] = place + offsets[vertex]
