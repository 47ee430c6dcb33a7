"""Which entries to pursue together, and whether the choice stands when credences move."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING, Any

from cruxmap.analysis.dependence import some_of
from cruxmap.analysis.failure_across import JointFailure, joint_failure
from cruxmap.analysis.importance import birnbaum_importance
from cruxmap.analysis.portfolios import PortfolioSizeError, best_portfolio
from cruxmap.analysis.probabilities import probability
from cruxmap.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from cruxmap.analysis.formulas import Formula

__all__ = ["STEP", "PortfolioReading", "portfolio_reading"]

STEP = 0.1
"""How far a single credence is moved to see whether a choice stands."""

TIE = 1e-12
"""Probabilities closer than this are equal."""


@dataclass(frozen=True, slots=True)
class PortfolioReading:
    """The best portfolio with what speaks for and against trusting it.

    Attributes
    ----------
    names : tuple of str
        The chosen entries, in the order given.
    probability : float
        That at least one of them meets all chosen criteria.
    single : dict of str to float
        That this entry does, for every entry that can.
    is_optimal : bool
        False when the search hit its bound first.
    equals : tuple of (str, str)
        Pairs (chosen, other): with the other in its place the portfolio is as good.
    overtaken : tuple of (str, float, str, str)
        (statement, change, chosen, other): a change of that one credence makes the portfolio with the other
        in place of the chosen one better. Empty when the choice stands against all exchanges of one entry.
    together : JointFailure
        What defeats all of them.
    """

    names: tuple[str, ...]
    probability: float
    single: dict[str, float]
    is_optimal: bool
    equals: tuple[tuple[str, str], ...]
    overtaken: tuple[tuple[str, float, str, str], ...]
    together: JointFailure

    @property
    def is_fragile(self) -> bool:
        """Whether another portfolio is as good, or a single credence within `STEP` decides."""
        return bool(self.equals or self.overtaken)

    def as_data(self) -> dict[str, Any]:
        """Return the portfolio as plain data."""
        return {
            "entries": list(self.names),
            "probability": self.probability,
            "single": dict(self.single),
            "optimal": self.is_optimal,
            "fragile": self.is_fragile,
            "equally_good": [{"instead_of": own, "entry": other} for own, other in self.equals],
            "overtaken": [
                {"statement": statement, "change": change, "instead_of": own, "entry": other}
                for statement, change, own, other in self.overtaken
            ],
            "defeated_together": self.together.as_data(),
        }


def portfolio_reading(
    formulas: Mapping[str, Formula], credences: Mapping[str, float], k: int
) -> PortfolioReading:
    """Choose the k entries of which at least one is most likely to hold, and test the choice.

    Parameters
    ----------
    formulas : mapping of str to Formula
        By entry; constants are no candidates and must be left out.
    credences : mapping of str to float
        For every atom the probability, from 0 to 1, that it holds.
    k : int
        From 1 to the number of formulas.

    Returns
    -------
    PortfolioReading

    Raises
    ------
    UsageError
        When k is out of range.
    DiagramTooLargeError
        As for `failure.probability`.

    Notes
    -----
    A probability is linear in that of one atom, with the Birnbaum importance as its slope: whether a change
    of one credence puts an exchanged portfolio ahead is computed exactly, without sampling. Only exchanges
    of one entry are tried.
    """
    try:
        best = best_portfolio(formulas, credences, k)
    except PortfolioSizeError as error:
        raise UsageError(str(error)) from None
    names = tuple(name for name in formulas if name in best.names)
    equals, overtaken = _exchanges(formulas, credences, names)
    return PortfolioReading(
        names,
        best.probability,
        {name: probability(formula, credences) for name, formula in formulas.items()},
        best.is_optimal,
        equals,
        overtaken,
        joint_failure({name: formulas[name] for name in names}),
    )


def _exchanges(
    formulas: Mapping[str, Formula], credences: Mapping[str, float], names: tuple[str, ...]
) -> tuple[tuple[tuple[str, str], ...], tuple[tuple[str, float, str, str], ...]]:
    """Exchanges of one entry that are as good, and those that one credence puts ahead."""
    own, own_slopes = _valued(formulas, credences, names)
    equals: list[tuple[str, str]] = []
    overtaken: dict[tuple[str, float], tuple[float, str, str]] = {}
    others = [name for name in formulas if name not in names]
    for leaving, joining in product(names, others):
        exchanged = [joining if name == leaving else name for name in names]
        value, slopes = _valued(formulas, credences, exchanged)
        if abs(value - own) <= TIE:
            equals.append((leaving, joining))
            continue
        for atom in sorted(own_slopes.keys() | slopes.keys()):
            lead = slopes.get(atom, 0.0) - own_slopes.get(atom, 0.0)
            change = min(STEP, 1.0 - credences[atom]) if lead > 0 else -min(STEP, credences[atom])
            gain = value - own + lead * change
            if gain > TIE and gain > overtaken.get((atom, change), (0.0,))[0]:
                overtaken[atom, change] = (gain, leaving, joining)
    ranked = sorted(overtaken.items(), key=lambda item: (-item[1][0], item[0]))
    return tuple(equals), tuple((atom, change, gone, new) for (atom, change), (_, gone, new) in ranked)


def _valued(
    formulas: Mapping[str, Formula], credences: Mapping[str, float], names: Iterable[str]
) -> tuple[float, dict[str, float]]:
    union = some_of(formulas[name] for name in names)
    return probability(union, credences), birnbaum_importance(union, credences)
