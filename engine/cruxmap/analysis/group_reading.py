"""Why a whole group spreads on one verdict: swaps over all pairs, shares of the variance, results."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cruxmap.analysis.group_cruxes import (
    GroupSwapEffect,
    ResultValue,
    VarianceShares,
    group_swap_effects,
    value_of_results,
    variance_shares,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from cruxmap.analysis.graph_verdicts import GraphVerdict
    from cruxmap.analysis.verdicts import Credences

__all__ = ["GroupReading", "GroupStatement", "group_reading"]


@dataclass(frozen=True, slots=True)
class GroupStatement:
    """One statement on which readers differ, and what trading it between every two of them does."""

    id: str
    credences: dict[str, float]
    swap: GroupSwapEffect


@dataclass(frozen=True, slots=True)
class GroupReading:
    """The disagreement of a group on one verdict.

    Attributes
    ----------
    strengths : dict
        By reader.
    statements : tuple of GroupStatement
        Those that bear on the verdict; the largest mean swap effect first.
    shares : VarianceShares or None
        How much of the spread each accounts for; None in a brief reading.
    results : dict of str to ResultValue
        For a reader with the group's mean credences, all assumptions, findings and risks that bear on the
        verdict; empty in a brief reading.
    """

    verdict: str
    strengths: dict[str, float]
    statements: tuple[GroupStatement, ...]
    shares: VarianceShares | None
    results: dict[str, ResultValue]

    @property
    def furthest(self) -> tuple[str, str]:
        """The readers with the lowest and the highest strength, in this order."""
        low, high = min(self.strengths.values()), max(self.strengths.values())
        names = list(self.strengths)
        values = list(self.strengths.values())
        return names[values.index(low)], names[values.index(high)]

    @property
    def gap(self) -> float:
        """Highest strength minus lowest."""
        return max(self.strengths.values()) - min(self.strengths.values())

    def as_data(self) -> dict[str, Any]:
        """Return plain data for JSON."""
        data: dict[str, Any] = {
            "verdict": self.verdict,
            "strengths": self.strengths,
            "furthest": list(self.furthest),
            "gap": self.gap,
            "statements": [
                {
                    "id": item.id,
                    "credences": item.credences,
                    "mean_change": item.swap.mean_change,
                    "double_crux_of": [list(pair) for pair in item.swap.double_cruxes],
                    "one_sided_crux_of": [list(pair) for pair in item.swap.one_sided],
                }
                for item in self.statements
            ],
        }
        if self.shares is not None:
            for item in data["statements"]:
                item["variance_share"] = self.shares.shares[item["id"]]
                item["standard_error"] = self.shares.standard_errors[item["id"]]
            data["variance"] = {
                "total": self.shares.variance,
                "exact": self.shares.exact,
                "samples": self.shares.samples,
                "seed": self.shares.seed,
            }
            data["results"] = [
                {
                    "id": name,
                    "expected_change": value.expected_change,
                    "if_true": value.if_true,
                    "if_false": value.if_false,
                }
                for name, value in self.results.items()
            ]
        return data


def group_reading(
    verdict: GraphVerdict,
    readers: Mapping[str, Credences],
    *,
    threshold: float = 0.5,
    seed: int = 0,
    brief: bool = False,
    settleable: Sequence[str] | None = None,
) -> GroupReading:
    """Read one verdict over a group of readers.

    Parameters
    ----------
    verdict : GraphVerdict
    readers : mapping of str to mapping
        At least two readers' credences in the same nodes that bear on the verdict.
    threshold : float
        A verdict at or above it counts as positive.
    seed : int
        Seed of the shares when readers differ on more than 15 statements.
    brief : bool
        Leave out shares and results.
    settleable : sequence of str, optional
        What a result could settle; everything that readers have a credence in when left out.

    Returns
    -------
    GroupReading

    Raises
    ------
    UsageError
        With fewer than two readers, or readers over different statements.
    NotConvergedError
        When a circle in the graph finds no fixpoint.
    """
    swaps = group_swap_effects(verdict, readers, threshold, batch=verdict.batch)
    shares = None if brief else variance_shares(verdict, readers, batch=verdict.batch, seed=seed)
    held = list(readers.values())
    mean = {name: sum(given[name] for given in held) / len(held) for name in held[0]}
    return GroupReading(
        verdict.name,
        {reader: verdict(given) for reader, given in readers.items()},
        tuple(
            GroupStatement(name, {reader: given[name] for reader, given in readers.items()}, effect)
            for name, effect in swaps.items()
        ),
        shares,
        {} if brief else value_of_results(verdict, mean, statements=settleable, batch=verdict.batch),
    )
