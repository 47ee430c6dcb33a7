"""Exact probabilities of formulas over independent atoms, and their ends where a probability is unknown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cruxmap.analysis.decision_diagrams import FALSE, TRUE, DecisionDiagram, variable_order
from cruxmap.analysis.formulas import atoms, polarities
from cruxmap.errors import CruxmapError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from cruxmap.analysis.formulas import Formula

__all__ = [
    "ProbabilityError",
    "ProbabilityInterval",
    "checked_chances",
    "known_chances",
    "probability",
    "probability_interval",
]


class ProbabilityError(CruxmapError):
    """An atom has no probability, or one that is not a number from 0 to 1."""

    code = "E934"


@dataclass(frozen=True, slots=True)
class ProbabilityInterval:
    """The smallest and the largest probability that the unknowns leave possible; both are reached."""

    low: float
    high: float


def checked_chances(
    names: Iterable[str], p: Mapping[str, float | None], *, unknown_allowed: bool = False
) -> dict[str, float | None]:
    """The probabilities of the named atoms, each shown to be usable.

    Raises
    ------
    ProbabilityError
        When one is missing, not a number from 0 to 1, or None where that is not allowed.
    """
    chances: dict[str, float | None] = {}
    for name in sorted(names):
        if name not in p:
            raise ProbabilityError(f"the atom {name!r} has no probability; give it a number from 0 to 1")
        chance = p[name]
        if chance is None and not unknown_allowed:
            raise ProbabilityError(
                f"the probability of {name!r} is unknown (None); ask probability_interval for both ends"
            )
        if chance is not None and not 0.0 <= chance <= 1.0:
            raise ProbabilityError(
                f"the probability of {name!r} must be a number from 0 to 1, not {chance!r}"
            )
        chances[name] = None if chance is None else float(chance)
    return chances


def known_chances(names: Iterable[str], p: Mapping[str, float]) -> dict[str, float]:
    """As `checked_chances`, for probabilities that must all be known."""
    return {name: chance for name, chance in checked_chances(names, p).items() if chance is not None}


def probability(formula: Formula, p: Mapping[str, float]) -> float:
    """The probability that a formula holds, exact for independent atoms.

    Parameters
    ----------
    formula : Formula
        Negation, shared atoms and at-least-k gates are allowed.
    p : mapping of str to float
        For every atom of the formula the probability, from 0 to 1, that it holds. Others are ignored.

    Returns
    -------
    float
        From 0 to 1, up to rounding.

    Raises
    ------
    ProbabilityError
        When an atom has no probability, or one outside 0 to 1.
    DiagramTooLargeError
        When the diagram of the formula outgrows memory.

    Notes
    -----
    Shannon expansion along a decision diagram, one multiplication per node. An atom that occurs twice counts
    once; the sum over cut sets ("rare events"), which can exceed 1, is not used. Probability of failure is
    the probability of `Not(formula)`.

    References
    ----------
    Rauzy, A. (1993). New algorithms for fault trees analysis. Reliability Engineering & System Safety 40(3).

    Examples
    --------
    >>> from cruxmap.analysis.formulas import parse_formula
    >>> probability(
    ...     parse_formula({"or": [{"and": ["a", "b"]}, {"and": ["a", "c"]}]}), {"a": 0.5, "b": 0.5, "c": 0.5}
    ... )
    0.375
    """
    chances = known_chances(atoms(formula), p)
    diagram = DecisionDiagram(variable_order([formula]))
    return diagram.mean(diagram.build(formula), [chances[atom] for atom in diagram.order])


def probability_interval(formula: Formula, p: Mapping[str, float | None]) -> ProbabilityInterval:
    """The smallest and largest probability of a formula when some atoms have no known probability.

    Parameters
    ----------
    formula : Formula
        Negation is allowed.
    p : mapping of str to float or None
        For every atom its probability, or None when it may be anything from 0 to 1.

    Returns
    -------
    ProbabilityInterval
        Both ends are reached by some probabilities of the unknown atoms, which stay independent.

    Raises
    ------
    ProbabilityError, DiagramTooLargeError
        As for `probability`.

    Notes
    -----
    The probability is linear in that of each single atom, so the ends lie at corners where every unknown is
    0 or 1. An atom that occurs only unnegated (only negated) goes to one corner for each end. Unknown
    atoms that occur both ways are put on top of the diagram, where a minimum and a maximum over both branches
    replace the mean; this is exact, and can cost a larger diagram.

    Examples
    --------
    >>> from cruxmap.analysis.formulas import parse_formula
    >>> probability_interval(parse_formula({"or": ["a", "b"]}), {"a": 0.25, "b": None})
    ProbabilityInterval(low=0.25, high=1.0)
    """
    chances = checked_chances(atoms(formula), p, unknown_allowed=True)
    signs = polarities(formula)
    unknown = [name for name, chance in chances.items() if chance is None]
    mixed = [name for name in unknown if len(signs[name]) == 2]
    diagram = DecisionDiagram(variable_order([formula], first=mixed))
    root = diagram.build(formula)
    known = {name: chance for name, chance in chances.items() if chance is not None}
    worst = known | {name: 0.0 if True in signs[name] else 1.0 for name in unknown}
    best = known | {name: 1.0 if True in signs[name] else 0.0 for name in unknown}
    return ProbabilityInterval(
        _end(diagram, root, [worst[atom] for atom in diagram.order], len(mixed), min),
        _end(diagram, root, [best[atom] for atom in diagram.order], len(mixed), max),
    )


def _end(
    diagram: DecisionDiagram,
    root: int,
    chances: Sequence[float],
    choices: int,
    better: Callable[[float, float], float],
) -> float:
    """The probability of `root` when the atoms of the first `choices` levels are set to the better side."""
    values = {FALSE: 0.0, TRUE: 1.0}
    for node in diagram.reachable(root):
        low, high = values[diagram.lows[node]], values[diagram.highs[node]]
        level = diagram.levels[node]
        if level < choices:
            values[node] = better(low, high)
        else:
            values[node] = min(1.0, chances[level] * high + (1.0 - chances[level]) * low)
    return values[root]
