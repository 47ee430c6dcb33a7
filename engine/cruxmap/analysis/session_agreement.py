"""How far the readers of one round agree, before and beyond any single coefficient."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from cruxmap.analysis.agreement import (
    AgreementInterval,
    UndefinedAgreement,
    bootstrap_interval,
    krippendorff_alpha,
    permutation_null,
)
from cruxmap.analysis.answers import answers_by_cell
from cruxmap.analysis.mark_distances import cells_of, mean_distance, reader_distance_table
from cruxmap.analysis.reader_distances import ReaderPair

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from cruxmap.analysis.answers import Answers
    from cruxmap.analysis.reader_groups import GroupingTest

__all__ = ["METRIC", "CellSpread", "ScaleAgreement", "SessionAgreement", "session_agreement"]

METRIC = "Krippendorff's alpha with his ordinal distance"
FEWEST_CELLS = 5
"""Below this many cells a coefficient, and all the more its interval, would look more precise than it is."""


@dataclass(frozen=True, slots=True)
class ScaleAgreement:
    """Agreement over the cells of one scale.

    Attributes
    ----------
    levels : int
        Levels of the scale.
    cells : int
        Cells that count: those with two or more single levels.
    interval : AgreementInterval or None
        Alpha with its bootstrap interval over cells; None when undefined.
    alpha : float or None
        Given also where the bootstrap is undefined.
    undefined : str
        Why; empty when defined.
    missing : float
        Share of the marks that count as missing, in [0, 1]: not given, not applicable, or more than one
        level.
    """

    levels: int
    cells: int
    alpha: float | None
    interval: AgreementInterval | None
    undefined: str
    missing: float

    def as_data(self) -> dict[str, Any]:
        """Return plain data for JSON."""
        known = self.interval
        return {
            "metric": METRIC,
            "levels": self.levels,
            "cells": self.cells,
            "alpha": self.alpha,
            "interval": known
            and {
                "low": known.low,
                "high": known.high,
                "confidence": known.confidence,
                "standard_error": known.standard_error,
                "resamples": known.resamples,
                "undefined": known.undefined,
                "seed": known.seed,
            },
            "undefined": self.undefined,
            "missing": self.missing,
        }


@dataclass(frozen=True, slots=True)
class CellSpread:
    """How far the marks of one cell are apart.

    Attributes
    ----------
    readers : int
        Who marked it.
    spread : float or None
        Mean pairwise distance of the marks, in [0, 1]; None with fewer than two that stand for levels.
    marks : dict of str to int
        Readers by mark, the most frequent first.
    open_share : float
        Share of readers whose mark leaves the whole scale possible.
    """

    cell: str
    readers: int
    spread: float | None
    marks: dict[str, int]
    open_share: float

    def as_data(self) -> dict[str, Any]:
        """Return plain data for JSON."""
        return {
            "cell": self.cell,
            "readers": self.readers,
            "spread": self.spread,
            "marks": self.marks,
            "open_share": self.open_share,
        }


@dataclass(frozen=True, slots=True)
class SessionAgreement:
    """How far the readers of one round agree.

    Attributes
    ----------
    scales : tuple of ScaleAgreement
        One for each number of levels among the scales used: alpha compares nothing across scales.
    cells : tuple of CellSpread
        The widest spread first.
    pairs : tuple of ReaderPair
        The nearest first; those who share no cell are left out.
    groups : GroupingTest
        Its `groups` is None below 12 readers, and unless they are clearer than chance.
    readers : tuple of str
        In the order of the rows behind `groups`.
    """

    readers: tuple[str, ...]
    scales: tuple[ScaleAgreement, ...]
    cells: tuple[CellSpread, ...]
    pairs: tuple[ReaderPair, ...]
    groups: GroupingTest

    def as_data(self) -> dict[str, Any]:
        """Return plain data for JSON."""
        found = self.groups
        members = dict(zip(self.readers, found.groups, strict=True)) if found.groups else None
        return {
            "readers": list(self.readers),
            "scales": [item.as_data() for item in self.scales],
            "cells": [item.as_data() for item in self.cells],
            "pairs": [
                {
                    "readers": [pair.first, pair.second],
                    "distance": pair.distance,
                    "shared_cells": pair.shared_items,
                }
                for pair in self.pairs
            ],
            "groups": {
                "members": members,
                "reason": found.reason,
                "silhouette": found.silhouette,
                "null_quantile": found.null_quantile,
                "p_value": found.p_value,
                "permutations": found.permutations,
                "seed": found.seed,
            },
        }


def session_agreement(answers: Answers, *, seed: int = 0, resamples: int = 1000) -> SessionAgreement:
    """Measure how far the readers of a round agree.

    Parameters
    ----------
    answers : Answers
    seed : int
        Of the bootstrap and of the shuffles.
    resamples : int
        Of the bootstrap, at least 2.

    Returns
    -------
    SessionAgreement

    Notes
    -----
    Alpha takes single levels only: a mark that leaves several possible is missing data and its share is
    reported. Spreads and distances take the intervals themselves; see
    `cruxmap.analysis.mark_distances.mark_distance`.
    """
    readers = tuple(sorted(answers.readers))
    cells = cells_of(answers)
    by_cell = answers_by_cell(answers)
    levels = {cell: next(iter(by_cell[cell].values())).levels for cell in cells}
    scales = tuple(
        _on_scale(
            answers, readers, [cell for cell in cells if levels[cell] == number], number, seed, resamples
        )
        for number in sorted(set(levels.values()))
    )
    spreads = [_spread(answers, cell) for cell in cells]
    return SessionAgreement(
        readers,
        scales,
        tuple(sorted(spreads, key=lambda item: (-round(item.spread or 0.0, 9), -item.open_share, item.cell))),
        _pairs(answers, readers),
        permutation_null(_points(answers, readers, cells, relative=True), seed=seed),
    )


def _points(
    answers: Answers, readers: Sequence[str], cells: Sequence[str], *, relative: bool = False
) -> NDArray[np.float64]:
    """Single levels as numbers, readers by cells; NaN for everything else."""
    table = np.full((len(readers), len(cells)), np.nan)
    for row, reader in enumerate(readers):
        for column, cell in enumerate(cells):
            answer = answers.by_reader[reader].get(cell)
            if answer is not None and answer.interval is not None and answer.interval.is_point:
                width = max(answer.levels - 1, 1) if relative else 1
                table[row, column] = answer.interval.low / width
    return table


def _on_scale(
    answers: Answers, readers: Sequence[str], cells: Sequence[str], levels: int, seed: int, resamples: int
) -> ScaleAgreement:
    table = _points(answers, readers, cells)
    missing = float(np.isnan(table).mean()) if table.size else 1.0
    counted = int(((~np.isnan(table)).sum(axis=0) >= 2).sum())
    if counted < FEWEST_CELLS:
        reason = f"{METRIC} is not told below {FEWEST_CELLS} cells that two readers marked"
        return ScaleAgreement(levels, counted, None, None, reason, missing)
    try:
        alpha = krippendorff_alpha(table, "ordinal")
    except UndefinedAgreement as error:
        return ScaleAgreement(levels, counted, None, None, str(error), missing)
    try:
        interval = bootstrap_interval(
            table, lambda drawn: krippendorff_alpha(drawn, "ordinal"), resamples=resamples, seed=seed
        )
    except UndefinedAgreement as error:
        return ScaleAgreement(levels, counted, alpha, None, str(error), missing)
    return ScaleAgreement(levels, counted, alpha, interval, "", missing)


def _spread(answers: Answers, cell: str) -> CellSpread:
    given = [held[cell] for _, held in sorted(answers.by_reader.items()) if cell in held]
    counts = Counter(answer.mark for answer in given)
    ordered = dict(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))
    is_open = sum(answer.is_unknown for answer in given) / len(given)
    return CellSpread(cell, len(given), mean_distance(given), ordered, is_open)


def _pairs(answers: Answers, readers: Sequence[str]) -> tuple[ReaderPair, ...]:
    table = reader_distance_table(answers, readers)
    found = []
    for row, first in enumerate(readers):
        for column in range(row + 1, len(readers)):
            distance = float(table[row, column])
            if not math.isnan(distance):
                second = readers[column]
                found.append(ReaderPair(first, second, distance, _shared(answers, first, second)))
    return tuple(sorted(found, key=lambda pair: (round(pair.distance, 9), pair.first, pair.second)))


def _shared(answers: Answers, first: str, second: str) -> int:
    def marked(reader: str) -> set[str]:
        return {
            cell
            for cell, answer in answers.by_reader[reader].items()
            if answer.interval and answer.levels > 1
        }

    return len(marked(first) & marked(second))
