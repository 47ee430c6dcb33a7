"""Why two readers differ on one verdict, and what would bring them together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from cruxmap.analysis.cruxes import split_gap
from cruxmap.analysis.fragility import BIPOLAR
from cruxmap.analysis.gradual_errors import NotConvergedError
from cruxmap.analysis.group_cruxes import ResultValue, value_of_results
from cruxmap.analysis.swaps import SwapEffect, swap_effects, swap_pairs

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from cruxmap.analysis.cruxes import GapSplit
    from cruxmap.analysis.graph_verdicts import GraphVerdict
    from cruxmap.analysis.verdicts import Credences

__all__ = ["CruxPair", "PairReading", "SettledBetween", "StatementGap", "pair_reading"]

NEGLIGIBLE = 1e-9
"""Changes this small are rounding."""


@dataclass(frozen=True, slots=True)
class StatementGap:
    """One statement on which two readers differ: its part in their gap, and what trading it would do.

    Attributes
    ----------
    credences : tuple of (float, float)
    contribution : float
        Its Shapley share of the gap, signed like the gap (second reader minus first).
    standard_error : float
        Of the contribution; 0 when exact.
    swap : SwapEffect
        Both verdicts when each reader takes over the other's credence in this statement alone.
    """

    id: str
    credences: tuple[float, float]
    contribution: float
    standard_error: float
    swap: SwapEffect

    @property
    def crux(self) -> Literal["double", "one-sided"] | None:
        """Whether trading it makes both verdicts cross the threshold, or exactly one."""
        return _crux(self.swap)

    @property
    def matters(self) -> bool:
        """Whether it has any part in the gap or moves any verdict by itself."""
        return abs(self.contribution) > NEGLIGIBLE or self.swap.mean_change > NEGLIGIBLE


@dataclass(frozen=True, slots=True)
class CruxPair:
    """Two statements that make a verdict cross together although neither does alone."""

    ids: tuple[str, str]
    swap: SwapEffect

    @property
    def crux(self) -> Literal["double", "one-sided"] | None:
        """Whether trading both makes both verdicts cross the threshold, or exactly one."""
        return _crux(self.swap)


@dataclass(frozen=True, slots=True)
class SettledBetween:
    """What each reader's verdict would do if one statement were settled."""

    id: str
    values: tuple[ResultValue, ResultValue]

    @property
    def mean_change(self) -> float:
        """Mean of the two expected changes."""
        return (self.values[0].expected_change + self.values[1].expected_change) / 2

    @property
    def gap_if_true(self) -> float:
        """The second reader's verdict minus the first's, were the statement certain."""
        return self.values[1].if_true - self.values[0].if_true

    @property
    def gap_if_false(self) -> float:
        """The second reader's verdict minus the first's, were its negation certain."""
        return self.values[1].if_false - self.values[0].if_false


@dataclass(frozen=True, slots=True)
class PairReading:
    """The disagreement of two readers on one verdict.

    Attributes
    ----------
    readers : tuple of (str, str)
    strengths : tuple of (float, float)
    threshold : float
    split : GapSplit
        The gap and how it was split.
    statements : tuple of StatementGap
        All on which they differ and which bear on the verdict; the largest contribution first.
    pairs : tuple of CruxPair
        The largest effect first.
    results : tuple of SettledBetween
        All assumptions, findings and risks that bear on the verdict, also those on which they agree; those
        whose answer would move the two most come first.
    gaps_by_semantics : dict of str to float or None
        The gap under every bipolar semantics; None where one finds no fixpoint.
    """

    verdict: str
    readers: tuple[str, str]
    strengths: tuple[float, float]
    threshold: float
    split: GapSplit
    statements: tuple[StatementGap, ...]
    pairs: tuple[CruxPair, ...]
    results: tuple[SettledBetween, ...]
    gaps_by_semantics: dict[str, float | None]

    @property
    def gap(self) -> float:
        """Strength for the second reader minus strength for the first."""
        return self.split.gap

    @property
    def on_different_sides(self) -> bool:
        """Whether exactly one of the two verdicts is at or above the threshold."""
        first, second = self.strengths
        return (first >= self.threshold) != (second >= self.threshold)

    @property
    def reversed_under(self) -> tuple[str, ...]:
        """Semantics under which the gap vanishes or points the other way."""
        return tuple(
            name
            for name, gap in self.gaps_by_semantics.items()
            if gap is not None and abs(self.gap) > NEGLIGIBLE and gap * self.gap <= NEGLIGIBLE**2
        )

    def as_data(self) -> dict[str, Any]:
        """Return plain data for JSON."""
        first, second = self.readers

        def both(values: tuple[Any, Any]) -> dict[str, Any]:
            return {first: values[0], second: values[1]}

        def swap(effect: SwapEffect) -> dict[str, Any]:
            return {
                "mean_change": effect.mean_change,
                "changes": both((effect.change_x, effect.change_y)),
                "crosses": both((effect.crosses_x, effect.crosses_y)),
            }

        return {
            "verdict": self.verdict,
            "strengths": both(self.strengths),
            "gap": self.gap,
            "on_different_sides": self.on_different_sides,
            "gaps_by_semantics": self.gaps_by_semantics,
            "split": {
                "exact": self.split.exact,
                "samples": self.split.samples,
                "seed": self.split.seed,
            },
            "statements": [
                {
                    "id": item.id,
                    "credences": both(item.credences),
                    "contribution": item.contribution,
                    "standard_error": item.standard_error,
                    "swap": swap(item.swap),
                    "crux": item.crux,
                }
                for item in self.statements
            ],
            "pairs": [
                {"ids": list(item.ids), "swap": swap(item.swap), "crux": item.crux} for item in self.pairs
            ],
            "results": [
                {
                    "id": item.id,
                    "mean_change": item.mean_change,
                    "expected_changes": both(
                        (item.values[0].expected_change, item.values[1].expected_change)
                    ),
                    "gap_if_true": item.gap_if_true,
                    "gap_if_false": item.gap_if_false,
                }
                for item in self.results
            ],
        }


def pair_reading(
    verdict: GraphVerdict,
    readers: Mapping[str, Credences],
    *,
    threshold: float = 0.5,
    seed: int = 0,
    settleable: Sequence[str] | None = None,
) -> PairReading:
    """Split the gap between two readers on one verdict and look for cruxes.

    Parameters
    ----------
    verdict : GraphVerdict
    readers : mapping of str to mapping
        Exactly two readers' credences in the same nodes that bear on the verdict.
    threshold : float
        A verdict at or above it counts as positive.
    seed : int
        Seed of the split when they differ on more than 15 statements.
    settleable : sequence of str, optional
        What a result could settle; everything that readers have a credence in when left out.

    Returns
    -------
    PairReading

    Raises
    ------
    UsageError
        When one reader lacks a statement that the other has.
    NotConvergedError
        When a circle in the graph finds no fixpoint.
    """
    (first, x), (second, y) = readers.items()
    split = split_gap(verdict, x, y, batch=verdict.batch, seed=seed)
    swaps = swap_effects(verdict, x, y, threshold, batch=verdict.batch)
    pairs = swap_pairs(verdict, x, y, threshold, batch=verdict.batch)
    statements = [
        StatementGap(name, (x[name], y[name]), share, split.standard_errors[name], swaps[name])
        for name, share in split.contributions.items()
    ]
    found = [CruxPair(names, effect) for names, effect in pairs.items()]
    for_x = value_of_results(verdict, x, statements=settleable, batch=verdict.batch)
    for_y = value_of_results(verdict, y, statements=settleable, batch=verdict.batch)
    results = [SettledBetween(name, (for_x[name], for_y[name])) for name in sorted(for_x)]
    return PairReading(
        verdict.name,
        (first, second),
        (verdict(x), verdict(y)),
        threshold,
        split,
        tuple(sorted(statements, key=lambda item: (-round(abs(item.contribution), 12), item.id))),
        tuple(sorted(found, key=lambda item: (-round(item.swap.mean_change, 12), item.ids))),
        tuple(sorted(results, key=lambda item: (-round(item.mean_change, 12), item.id))),
        {name: _gap(verdict, name, x, y) for name in BIPOLAR},
    )


def _crux(effect: SwapEffect) -> Literal["double", "one-sided"] | None:
    if effect.is_double_crux:
        return "double"
    return "one-sided" if effect.is_one_sided_crux else None


def _gap(verdict: GraphVerdict, semantics: str, x: Credences, y: Credences) -> float | None:
    function = verdict.under(semantics)
    try:
        return function(y) - function(x)
    except NotConvergedError:
        return None
