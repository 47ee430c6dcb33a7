"""How many of a group's verdicts would move if one mark moved by one step."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from cruxmap.analysis.answers import answers_by_cell
from cruxmap.analysis.semantics import DEFAULT_SEMANTICS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from cruxmap.analysis.answers import Answer, Answers
    from cruxmap.graph import ArgumentGraph

__all__ = ["Impact", "held_credences", "impacts"]

_ROWS_AT_ONCE = 4096
_ROUNDING = 1e-9

_Vectors = dict[str, "NDArray[np.float64]"]


@dataclass(frozen=True, slots=True)
class Impact:
    """What one step of one mark does to the verdicts of those who gave it.

    Attributes
    ----------
    moved : float
        Verdicts that change, on average over the readers of the cell.
    verdicts : int
        Verdicts that were looked at, for each reader.
    relative : float
        `moved` over that of the cell with the largest, in [0, 1]: the I of the agenda. 1 for all where no
        step moves any verdict: no cell then matters less than another.
    """

    cell: str
    moved: float
    verdicts: int
    relative: float

    @property
    def share(self) -> float:
        """Share of the readers' verdicts that change, in [0, 1]."""
        return min(1.0, self.moved / self.verdicts) if self.verdicts else 0.0

    def as_data(self) -> dict[str, Any]:
        """Return plain data for JSON."""
        return {
            "moved": self.moved,
            "verdicts": self.verdicts,
            "share": self.share,
            "relative": self.relative,
        }


def impacts(
    graph: ArgumentGraph, answers: Answers, *, semantics: str = DEFAULT_SEMANTICS
) -> dict[str, Impact]:
    """Impact of every cell that was answered.

    Parameters
    ----------
    graph : ArgumentGraph
        Its base scores are what readers hold of what they did not rate.
    answers : Answers
    semantics : str
        Gradual semantics of the strengths.

    Returns
    -------
    dict of str to Impact
        By cell, sorted.

    Raises
    ------
    NotConvergedError
        When a circle in the graph finds no fixpoint under some reader's credences.

    Notes
    -----
    A reader's vector holds the graph's base scores, overridden by the credences that the reader gave (for a
    statement by itself, or for the first assumption of a mark) and, for every marked cell, by the middle of
    the band of its level: `(level + 1/2) / levels`. A mark that leaves several levels possible gives two
    vectors, one with all lower ends and one with all upper ends.

    One step moves both ends of a mark up, or down, by one level as far as the scale goes, so that "unknown"
    gives up its best or its worst level. A verdict is the strength of an assessment; it changes when at
    either end it crosses 0.5 or moves by half a level (`1 / (2 levels)` of the cell), for the better of the
    two directions. A cell without a node in the graph is a verdict of its own that moves with its mark.

    With n readers and m cells, at most `n (2 + 4 m)` evaluations of the graph, in batches.
    """
    by_cell = dict(sorted(answers_by_cell(answers).items()))
    verdicts = np.array([graph.index[name] for name in graph.statements("assessment")], dtype=np.intp)
    moved: dict[str, list[int]] = {cell: [] for cell in by_cell}
    for reader in answers.by_reader:
        own = _Positions(graph, answers, reader, semantics, verdicts)
        for cell, count in own.moved().items():
            moved[cell].append(count)
    means = {cell: sum(counts) / len(counts) if counts else 0.0 for cell, counts in moved.items()}
    most = max(means.values(), default=0.0)
    outside = sum(1 for cell in by_cell if cell not in graph.index)
    return {
        cell: Impact(cell, mean, len(verdicts) + outside, mean / most if most else 1.0)
        for cell, mean in means.items()
    }


def held_credences(graph: ArgumentGraph, answers: Answers, reader: str) -> dict[str, float]:
    """What a reader holds of nodes of the graph: credences given, then those of first assumptions."""
    held: dict[str, float] = {}
    for cell in sorted(answers.by_reader[reader]):
        answer = answers.by_reader[reader][cell]
        if answer.credence is not None and answer.assumptions and answer.assumptions[0] in graph.index:
            held.setdefault(answer.assumptions[0], answer.credence)
    given = answers.credences.get(reader, {})
    return held | {name: value for name, value in given.items() if name in graph.index}


@dataclass(frozen=True)
class _Positions:
    """One reader's marks as two vectors over the graph, and what becomes of them when one mark moves."""

    graph: ArgumentGraph
    answers: Answers
    reader: str
    semantics: str
    verdicts: NDArray[np.intp]

    def moved(self) -> dict[str, int]:
        marked = {
            cell: answer
            for cell, answer in self.answers.by_reader[self.reader].items()
            if answer.interval is not None and answer.levels > 1
        }
        ends = self._ends(marked)
        inside = [cell for cell in marked if cell in self.graph.index]
        rows = list(ends)
        for cell in inside:
            for shift in (1, -1):
                rows += self._shifted(ends, cell, marked[cell], shift)
        strengths = self._strengths(np.array(rows))
        before, after = strengths[:2], strengths[2:].reshape(len(inside), 2, 2, len(self.verdicts))
        counts = {cell: 1 for cell in marked if cell not in self.graph.index}
        for number, cell in enumerate(inside):
            least = 1 / (2 * marked[cell].levels)
            counts[cell] = max(_changed(before, after[number, way], least) for way in (0, 1))
        return counts

    def _ends(self, marked: Mapping[str, Answer]) -> list[NDArray[np.float64]]:
        base = np.array(self.graph.core.base_scores)
        for name, value in held_credences(self.graph, self.answers, self.reader).items():
            base[self.graph.index[name]] = value
        lower, upper = base.copy(), base.copy()
        for cell, answer in marked.items():
            if cell in self.graph.index and answer.interval is not None:
                lower[self.graph.index[cell]] = _middle(answer.interval.low, answer.levels)
                upper[self.graph.index[cell]] = _middle(answer.interval.high, answer.levels)
        return [lower, upper]

    def _shifted(
        self, ends: Sequence[NDArray[np.float64]], cell: str, answer: Answer, shift: int
    ) -> list[NDArray[np.float64]]:
        assert answer.interval is not None
        found = []
        for vector, level in zip(ends, (answer.interval.low, answer.interval.high), strict=True):
            moved = vector.copy()
            place = min(max(level + shift, 0), answer.levels - 1)
            moved[self.graph.index[cell]] = _middle(place, answer.levels)
            found.append(moved)
        return found

    def _strengths(self, rows: NDArray[np.float64]) -> NDArray[np.float64]:
        parts = [
            self.graph.core.evaluate(rows[first : first + _ROWS_AT_ONCE], self.semantics)[:, self.verdicts]
            for first in range(0, len(rows), _ROWS_AT_ONCE)
        ]
        return np.concatenate(parts)


def _middle(level: int, levels: int) -> float:
    return (level + 0.5) / levels


def _changed(before: NDArray[np.float64], after: NDArray[np.float64], least: float) -> int:
    """Verdicts that cross neutral or move by half a level at either end."""
    crosses = (before >= 0.5) != (after >= 0.5)
    moves = np.abs(after - before) >= least - _ROUNDING
    return int((crosses | moves).any(axis=0).sum())
