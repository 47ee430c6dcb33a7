"""Who should talk to whom: readers paired so that those who disagree meet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from cruxmap.analysis.mark_distances import mark_distance, reader_distance_table

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from cruxmap.analysis.answers import Answers

__all__ = ["Pairing", "pairings"]

_UNITS = 1_000_000
"""Distances are matched in millionths: with whole numbers the result does not hang on rounding."""


@dataclass(frozen=True, slots=True)
class Pairing:
    """Two readers, or three where the number of readers is odd, who should talk to each other.

    Attributes
    ----------
    readers : tuple of str
        Sorted; one name only when there is one reader.
    distance : float
        Mean distance over all pairs of them, in [0, 1].
    """

    readers: tuple[str, ...]
    distance: float

    def as_data(self) -> dict[str, Any]:
        """Return plain data for JSON."""
        return {"readers": list(self.readers), "distance": self.distance}


def pairings(answers: Answers, cell: str | None = None) -> tuple[Pairing, ...]:
    """Pair readers so that the sum of the distances within pairs is as large as it can be.

    Parameters
    ----------
    answers : Answers
    cell : str, optional
        Distances on this cell alone, with those over all cells between equals; over all cells by default.

    Returns
    -------
    tuple of Pairing
        Every reader in exactly one; those furthest apart first. With an odd number of readers, the one left
        over joins the pair from which they are furthest.

    Notes
    -----
    A maximum-weight perfect matching; readers who share no cell count as being at distance 0. The order in
    which readers are given does not matter.

    References
    ----------
    J. Edmonds (1965). Paths, trees, and flowers. Canadian Journal of Mathematics 17.
    """
    import networkx as nx

    readers = sorted(answers.readers)
    apart, weights = _distances(answers, readers, cell)
    graph = nx.Graph()
    graph.add_nodes_from(range(len(readers)))
    for first in range(len(readers)):
        for second in range(first + 1, len(readers)):
            graph.add_edge(first, second, weight=int(weights[first, second]))
    matched = nx.max_weight_matching(graph, maxcardinality=True)
    groups = sorted(sorted(pair) for pair in matched)
    alone = sorted(set(range(len(readers))) - {member for group in groups for member in group})
    for member in alone:
        if groups:
            nearest = max(groups, key=lambda group: (int(weights[member, group].sum()), -group[0]))
            nearest.append(member)
        else:
            groups.append([member])
    found = [Pairing(tuple(readers[i] for i in sorted(group)), _within(apart, group)) for group in groups]
    return tuple(sorted(found, key=lambda item: (-round(item.distance, 9), item.readers)))


def _distances(
    answers: Answers, readers: list[str], cell: str | None
) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Distances that are shown, and whole weights that are matched."""
    overall = np.nan_to_num(reader_distance_table(answers, readers))
    if cell is None:
        return overall, np.rint(overall * _UNITS).astype(np.int64)
    on_cell = np.zeros_like(overall)
    for row, first in enumerate(readers):
        for column, second in enumerate(readers):
            one, other = (answers.by_reader[name].get(cell) for name in (first, second))
            if row != column and one is not None and other is not None:
                on_cell[row, column] = mark_distance(one, other) or 0.0
    # Any difference on the cell outweighs all those elsewhere together.
    weights = np.rint(on_cell * _UNITS).astype(np.int64) * 1000 * max(1, len(readers))
    return on_cell, weights + np.rint(overall * 1000).astype(np.int64)


def _within(apart: NDArray[np.float64], group: list[int]) -> float:
    pairs = [(i, j) for i in group for j in group if i < j]
    return float(sum(apart[i, j] for i, j in pairs) / len(pairs)) if pairs else 0.0
