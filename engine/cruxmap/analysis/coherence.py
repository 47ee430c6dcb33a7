"""Where the recorded arguments do not bear out the stance that the source is recorded to take."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from cruxmap.analysis.fragility import NEUTRAL
from cruxmap.model.entries import Proposal, Strategy

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cruxmap.analysis.evaluation import Evaluation, Verdict
    from cruxmap.knowledge import KnowledgeBase, Stance

FIRM = {"likely-fails": -1, "doubtful": -1, "plausible": 1, "likely": 1, "asserted": 1}
"""Words that lean, and the side of neutral to which they do."""

UNSETTLED = ("open", "conditional")
"""Words that should come out near neutral, or fragile."""

NEAR = 0.05
"""Strengths this close to 0.5 are near neutral."""


@dataclass(frozen=True, slots=True)
class CoherenceCell:
    """One cell: what the source says, what its recorded arguments come to, and how far apart they are.

    Attributes
    ----------
    id : str
    stance, word : str
        As written, and with inheritance followed.
    strength, fragile, pro, con
        As in the verdict.
    gap : float
        How far the strength lies from where the stance has it: at least 0.05 beyond neutral on the side to
        which a firm stance leans, within 0.05 of neutral for an unsettled one. 0 when it lies there, and for
        an unsettled cell that is fragile.
    side : int
        1 when the strength is higher than the stance has it, -1 when lower, 0 without a gap.
    pulling : tuple of (str, float)
        The direct arguments that pull it there with their contributions, the largest first.
    """

    id: str
    stance: str
    word: str
    strength: float
    fragile: bool
    pro: int
    con: int
    gap: float
    side: int
    pulling: tuple[tuple[str, float], ...]

    def as_data(self) -> dict[str, Any]:
        """Return plain data for JSON."""
        return {
            "id": self.id,
            "stance": self.stance,
            "resolved": self.word,
            "strength": self.strength,
            "fragile": self.fragile,
            "pro": self.pro,
            "con": self.con,
            "gap": self.gap,
            "side": self.side,
            "pulling": [{"id": name, "value": value} for name, value in self.pulling],
        }


@dataclass(frozen=True, slots=True)
class Coherence:
    """How far strengths and stances agree over all cells.

    Attributes
    ----------
    firm : tuple of str
        Cells with a firm stance stated in them; those that inherit one are not counted again.
    spearman : float or None
        Rank correlation of stance and strength over these; None below two different stances or strengths.
    without_one : tuple of float or None
        Lowest and highest correlation when any single cell is left out.
    unsettled, near, fragile, near_or_fragile : int
        Cells left open or conditional, inherited ones included; how many come out within 0.05 of neutral, how
        many are fragile, and how many are either.
    other : tuple of str
        Cells with other marks, which are not compared.
    cells : tuple of CoherenceCell
        All compared cells, the largest gap first.
    """

    firm: tuple[str, ...]
    spearman: float | None
    without_one: tuple[float, float] | None
    unsettled: int
    near: int
    fragile: int
    near_or_fragile: int
    other: tuple[str, ...]
    cells: tuple[CoherenceCell, ...]

    def worst(self, count: int = 10) -> tuple[CoherenceCell, ...]:
        """Return the cells with the largest gaps, at most so many and none without a gap."""
        return tuple(cell for cell in self.cells[:count] if cell.gap > 0)

    def as_data(self) -> dict[str, Any]:
        """Return plain data for JSON."""
        return {
            "firm": {
                "cells": list(self.firm),
                "spearman": self.spearman,
                "without_one": list(self.without_one) if self.without_one else None,
            },
            "unsettled": {
                "cells": self.unsettled,
                "near_neutral": self.near,
                "fragile": self.fragile,
                "near_or_fragile": self.near_or_fragile,
                "share": self.near_or_fragile / self.unsettled if self.unsettled else None,
            },
            "not_compared": list(self.other),
            "cells": [cell.as_data() for cell in self.cells],
        }


def coherence(kb: KnowledgeBase, evaluation: Evaluation) -> Coherence:
    """Compare strengths with stances.

    Parameters
    ----------
    kb : KnowledgeBase
        Where stances are written.
    evaluation : Evaluation
        Strengths of its argument graph.

    Returns
    -------
    Coherence

    Notes
    -----
    A low figure says that the encoding, the source or the semantics needs a look; not which. Strengths say
    nothing about who is right.

    Examples
    --------
    >>> from cruxmap import load
    >>> from cruxmap.graph import argument_graph
    >>> from cruxmap.analysis.evaluation import evaluate
    >>> found = coherence(load(), evaluate(argument_graph(load())))
    >>> found.spearman > 0.5
    True
    """
    firm: list[tuple[str, int, float]] = []
    other: list[str] = []
    cells: list[CoherenceCell] = []
    for name, stance in _stances(kb):
        if name not in evaluation.strengths or stance.word not in (*FIRM, *UNSETTLED):
            other.append(name)
            continue
        if stance.word in FIRM and stance.interval and stance.origin == name:
            firm.append((name, stance.interval.low, evaluation.strengths[name]))
        cells.append(_cell(name, stance, evaluation.verdict(name)))
    cells.sort(key=lambda cell: (-cell.gap, cell.id))
    levels, strengths = [level for _, level, _ in firm], [strength for _, _, strength in firm]
    unsettled = [cell for cell in cells if cell.word in UNSETTLED]
    near = [abs(cell.strength - NEUTRAL) <= NEAR for cell in unsettled]
    fragile = [cell.fragile for cell in unsettled]
    return Coherence(
        firm=tuple(name for name, _, _ in firm),
        spearman=spearman(levels, strengths),
        without_one=_without_one(levels, strengths),
        unsettled=len(unsettled),
        near=sum(near),
        fragile=sum(fragile),
        near_or_fragile=sum(one or another for one, another in zip(near, fragile, strict=True)),
        other=tuple(other),
        cells=tuple(cells),
    )


def spearman(first: Sequence[float], second: Sequence[float]) -> float | None:
    """Return Spearman's rank correlation, ties sharing the mean of their ranks; None where it is undefined.

    References
    ----------
    Spearman (1904), "The proof and measurement of association between two things".

    Examples
    --------
    >>> spearman([1, 2, 3], [0.1, 0.5, 0.2])
    0.5
    >>> spearman([1, 1], [0.1, 0.5]) is None
    True
    """
    x, y = _ranks(first), _ranks(second)
    if len(set(first)) < 2 or len(set(second)) < 2:
        return None
    x, y = x - x.mean(), y - y.mean()
    return float(np.clip((x @ y) / np.sqrt((x @ x) * (y @ y)), -1.0, 1.0))


def _ranks(values: Sequence[float]) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    _, place, counts = np.unique(
        np.asarray(values, dtype=np.float64), return_inverse=True, return_counts=True
    )
    last = np.cumsum(counts)
    return np.asarray((last - (counts - 1) / 2)[place], dtype=np.float64)


def _without_one(first: Sequence[float], second: Sequence[float]) -> tuple[float, float] | None:
    found = [
        spearman([*first[:place], *first[place + 1 :]], [*second[:place], *second[place + 1 :]])
        for place in range(len(first))
    ]
    defined = [value for value in found if value is not None]
    return (min(defined), max(defined)) if defined else None


def _stances(kb: KnowledgeBase) -> Iterator[tuple[str, Stance]]:
    for entry in kb.entries.values():
        if isinstance(entry, Proposal | Strategy):
            for criterion in entry.assessments:
                yield f"{entry.id}/{criterion}", kb.stance(entry, criterion)


def _cell(name: str, stance: Stance, verdict: Verdict) -> CoherenceCell:
    offset = verdict.strength - NEUTRAL
    if stance.word in FIRM:
        side = -FIRM[stance.word]
        gap = max(0.0, side * offset + NEAR)
    else:
        side = 1 if offset > 0 else -1
        gap = 0.0 if verdict.fragile else max(0.0, abs(offset) - NEAR)
    side = side if gap else 0
    pulling = tuple((item.id, item.value) for item in verdict.contributions.items if item.value * side > 0)
    return CoherenceCell(
        name,
        stance.written,
        stance.word,
        verdict.strength,
        verdict.fragile,
        verdict.pro,
        verdict.con,
        gap,
        side,
        pulling,
    )
