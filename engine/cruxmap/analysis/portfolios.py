"""The k entries of which at least one is most likely to hold."""

from __future__ import annotations

from dataclasses import dataclass
from math import prod
from typing import TYPE_CHECKING

from cruxmap.analysis.decision_diagrams import DecisionDiagram, variable_order
from cruxmap.analysis.formulas import Or, atoms, polarities
from cruxmap.analysis.probabilities import known_chances
from cruxmap.errors import CruxmapError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from cruxmap.analysis.formulas import Formula

__all__ = ["WORK_BOUND", "Portfolio", "PortfolioSizeError", "best_portfolio"]

WORK_BOUND = 1_000_000
"""Diagram nodes that are built in search of the optimum, some seconds; then the best so far is flagged."""

TIE = 1e-12
"""Probabilities closer than this are equal: rounding must not decide what a group reads next."""


class PortfolioSizeError(CruxmapError):
    """A portfolio is to have fewer than one entry, or more than there are."""

    code = "E935"

    def __init__(self, k: int, available: int) -> None:
        most = f"1 to {available}" if available else "one when there are entries"
        super().__init__(f"a portfolio of {k} cannot be chosen from {available} entries; ask for {most}")
        self.k = k
        self.available = available


@dataclass(frozen=True, slots=True)
class Portfolio:
    """Entries chosen together."""

    names: tuple[str, ...]
    """In alphabetical order."""
    probability: float
    """That at least one of them holds; exact for this choice."""
    is_optimal: bool
    """Whether no other can be better; False when the search hit its bound first."""
    upper_bound: float
    """No portfolio of this size has a higher probability."""


def best_portfolio(
    formulas: Mapping[str, Formula], p: Mapping[str, float], k: int, *, work_bound: int = WORK_BOUND
) -> Portfolio:
    """The k formulas that maximise the probability that at least one of them holds.

    Parameters
    ----------
    formulas : mapping of str to Formula
        Formulas by the name of their entry; negation is allowed.
    p : mapping of str to float
        For every atom the probability, from 0 to 1, that it holds.
    k : int
        Size of the portfolio, from 1 to the number of formulas.
    work_bound : int, optional
        Nodes of decision diagrams that the search may build before it settles for the best portfolio so far.

    Returns
    -------
    Portfolio
        Among equal ones (to 1e-12), the alphabetically first, if the search ends within its bound.

    Raises
    ------
    PortfolioSizeError
        When k is out of range.
    ProbabilityError, DiagramTooLargeError
        As for `probability`.

    Notes
    -----
    Branch and bound in alphabetical order; every probability is exact, shared atoms counted once. It starts
    from the greedy portfolio, which reaches at least 1 - 1/e = 63% of the best, since the gain of an entry
    never grows with what is already chosen. A branch is cut when its probability could not exceed the best
    even if the likeliest further entries failed independently of it: where no atom occurs both negated and
    unnegated, failures are positively associated, so that independence overestimates (Harris 1960); elsewhere
    the sum of the probabilities bounds it. The bound on work counts nodes, not seconds, so results repeat.

    References
    ----------
    Nemhauser, G. L., Wolsey, L. A., Fisher, M. L. (1978). An analysis of approximations for maximizing
    submodular set functions I. Mathematical Programming 14.
    Harris, T. E. (1960). A lower bound for the critical probability in a certain percolation process.
    Mathematical Proceedings of the Cambridge Philosophical Society 56(1).

    Examples
    --------
    >>> from cruxmap.analysis.formulas import Atom
    >>> names = {"p1": Atom("a"), "p2": Atom("a"), "p3": Atom("b")}
    >>> best_portfolio(names, {"a": 0.5, "b": 0.25}, 2).names
    ('p1', 'p3')
    """
    if not 1 <= k <= len(formulas):
        raise PortfolioSizeError(k, len(formulas))
    return _Search(formulas, p, k, work_bound).result()


class _Search:
    """A branch and bound over positions in the alphabetical list of names."""

    def __init__(
        self, formulas: Mapping[str, Formula], p: Mapping[str, float], k: int, work_bound: int
    ) -> None:
        self.names = sorted(formulas)
        self.terms = [formulas[name] for name in self.names]
        everything = Or(tuple(self.terms))
        self.chances = known_chances(atoms(everything), p)
        self.is_associated = all(len(signs) == 1 for signs in polarities(everything).values())
        self.k = k
        self.work_left = work_bound
        self.single = [self.probability((number,)) for number in range(len(self.terms))]
        self.likeliest_after = [
            sorted(self.single[number + 1 :], reverse=True)[: k - 1] for number in range(len(self.terms))
        ]

    def probability(self, chosen: Sequence[int]) -> float:
        """P(at least one of the chosen); its own diagram has a fitting order and is soon forgotten."""
        union = Or(tuple(self.terms[number] for number in chosen))
        diagram = DecisionDiagram(variable_order([union]))
        value = diagram.mean(diagram.build(union), [self.chances[atom] for atom in diagram.order])
        self.work_left -= len(diagram.levels)
        return value

    def bound(self, reached: float, further: Sequence[float]) -> float:
        """What a portfolio can reach at most with further entries of these probabilities."""
        if self.is_associated:
            return 1.0 - (1.0 - reached) * prod(1.0 - chance for chance in further)
        return min(1.0, reached + sum(further))

    def greedy(self) -> tuple[tuple[int, ...], float]:
        """The portfolio that grows by what adds most."""
        chosen: list[int] = []
        reached = 0.0
        for _ in range(self.k):
            rest = [number for number in range(len(self.names)) if number not in chosen]
            values = {number: self.probability((*chosen, number)) for number in rest}
            highest = max(values.values())
            best = next(number for number in rest if values[number] > highest - TIE)
            chosen.append(best)
            reached = values[best]
        return tuple(sorted(chosen)), reached

    def result(self) -> Portfolio:
        """The best portfolio, or the best so far when the work is used up."""
        best, value = self.greedy()
        # The greedy portfolio gives way to an equal one met first in alphabetical order, later ones do not.
        slack = -TIE
        likeliest = sorted(self.single, reverse=True)[: self.k]
        pending: list[tuple[float, tuple[int, ...]]] = [(self.bound(0.0, likeliest), ())]
        while pending and self.work_left > 0:
            bound, chosen = pending.pop()
            if bound <= value + slack:
                continue
            reached = self.probability(chosen)
            if len(chosen) < self.k:
                pending.extend(reversed(self.extensions(chosen, reached)))
            elif reached > value + slack:
                best, value, slack = chosen, reached, TIE
        upper = max([value, *(bound for bound, _ in pending if bound > value + slack)])
        names = tuple(self.names[number] for number in best)
        return Portfolio(names, value, is_optimal=upper <= value + TIE, upper_bound=upper)

    def extensions(self, chosen: tuple[int, ...], reached: float) -> list[tuple[float, tuple[int, ...]]]:
        """Every choice of the next entry, with what it can lead to at most."""
        missing = self.k - len(chosen) - 1
        first = chosen[-1] + 1 if chosen else 0
        return [
            (
                self.bound(reached, [self.single[number], *self.likeliest_after[number][:missing]]),
                (*chosen, number),
            )
            for number in range(first, len(self.names) - missing)
        ]
