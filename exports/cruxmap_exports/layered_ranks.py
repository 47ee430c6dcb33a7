"""Ranks of a layered drawing: who stands in which column, after cycles have been opened."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

Link = tuple[int, int, int]
"""Source, target, and by how many ranks the source stands behind the target at least."""


def without_cycles(size: int, links: Sequence[Link]) -> list[Link]:
    """Turn around the links that close a cycle in a depth-first walk, so that none is left.

    Parameters
    ----------
    size : int
        Number of vertices, which are 0 to `size - 1`.
    links : sequence of Link
        No vertex may be linked to itself.

    Returns
    -------
    list of Link
        In the same order.

    Examples
    --------
    >>> without_cycles(2, [(0, 1, 1), (1, 0, 1)])
    [(0, 1, 1), (0, 1, 1)]
    """
    outgoing: list[list[int]] = [[] for _ in range(size)]
    entered = [0] * size
    for number, (source, target, _) in enumerate(links):
        outgoing[source].append(number)
        entered[target] += 1
    turned: set[int] = set()
    waiting, open_, done = 0, 1, 2
    state = [waiting] * size
    # Starting where nothing enters keeps most links as they are.
    for start in sorted(range(size), key=lambda vertex: (entered[vertex] > 0, vertex)):
        if state[start] != waiting:
            continue
        state[start] = open_
        stack = [(start, iter(outgoing[start]))]
        while stack:
            vertex, rest = stack[-1]
            position = next(rest, -1)
            if position < 0:
                state[vertex] = done
                stack.pop()
                continue
            target = links[position][1]
            if state[target] == open_:
                turned.add(position)
            elif state[target] == waiting:
                state[target] = open_
                stack.append((target, iter(outgoing[target])))
    return [
        (target, source, length) if position in turned else (source, target, length)
        for position, (source, target, length) in enumerate(links)
    ]


def ranks(least: Sequence[int], links: Sequence[Link]) -> list[int]:
    """Rank every vertex by the longest way to an end, then move ends towards what leads to them.

    Parameters
    ----------
    least : sequence of int
        Smallest rank of each vertex.
    links : sequence of Link
        Without cycles.

    Returns
    -------
    list of int
        A source always has a larger rank than its target, by the length of the link at least.

    Notes
    -----
    Longest-path ranking, linear time (Sugiyama, Tagawa and Toda, 1981). It keeps every vertex as near to the
    end as possible; an end on which only far vertices bear would stand apart from them and is moved.

    Examples
    --------
    >>> ranks([0] * 4, [(1, 0, 1), (2, 1, 1), (2, 3, 1)])
    [0, 1, 2, 1]
    """
    size = len(least)
    sources: list[list[tuple[int, int]]] = [[] for _ in range(size)]
    left = [0] * size
    for source, target, length in links:
        sources[target].append((source, length))
        left[source] += 1
    ends = [vertex for vertex in range(size) if not left[vertex]]
    found = list(least)
    waiting = list(ends)
    for vertex in waiting:
        for source, length in sources[vertex]:
            found[source] = max(found[source], found[vertex] + length)
            left[source] -= 1
            if not left[source]:
                waiting.append(source)
    for vertex in ends:
        if sources[vertex]:
            found[vertex] = min(found[source] - length for source, length in sources[vertex])
    return found
