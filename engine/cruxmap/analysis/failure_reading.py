"""The failure reading of one verdict: what suffices, what defeats it, and how much hangs on what."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any

from cruxmap.analysis.cut_sets import smallest_cut_set_orders
from cruxmap.analysis.decision_diagrams import FALSE, TRUE, DecisionDiagram, variable_order
from cruxmap.analysis.formulas import Constant, ensure_monotone
from cruxmap.analysis.importance import birnbaum_importance, fussell_vesely_importance
from cruxmap.analysis.probabilities import probability
from cruxmap.analysis.set_families import SetFamily, in_reading_order

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from cruxmap.analysis.formulas import Formula

__all__ = [
    "LISTED",
    "FailureReading",
    "Importance",
    "MinimalSets",
    "failure_reading",
    "smallest_cut_sets",
    "smallest_path_sets",
]

LISTED = 200
"""Minimal sets that are listed at most; all are counted."""


@dataclass(frozen=True, slots=True)
class MinimalSets:
    """Minimal sets of atoms, the smallest of them listed.

    Attributes
    ----------
    count : int
        How many there are.
    listed : tuple of tuple of str
        By size, then by names, each in alphabetical order.
    """

    count: int
    listed: tuple[tuple[str, ...], ...]

    @property
    def smallest(self) -> tuple[tuple[str, ...], ...]:
        """Those listed that have the smallest size."""
        return tuple(names for names in self.listed if len(names) == len(self.listed[0]))


@dataclass(frozen=True, slots=True)
class Importance:
    """How much hangs on one atom.

    Attributes
    ----------
    credence : float
        The probability that it holds.
    birnbaum : float
        How much the verdict's probability rises when the atom goes from failing to holding: the probability
        that it decides the verdict.
    fussell_vesely : float or None
        In how much of the failure some minimal cut set with the atom has failed; None when failure has
        probability 0.
    smallest_cut_set : int
        Size of the smallest minimal cut set with the atom; 1 is a single point of failure.
    """

    atom: str
    credence: float
    birnbaum: float
    fussell_vesely: float | None
    smallest_cut_set: int


@dataclass(frozen=True, slots=True)
class FailureReading:
    """What the formula of a verdict says of its failure.

    Attributes
    ----------
    path_sets, cut_sets : MinimalSets
        What suffices, and what defeats it.
    importance : tuple of Importance
        By Birnbaum importance, the largest first, then by the smallest cut set and by name.
    probability : float or None
        That the formula holds, exact for independent atoms; None for a constant, where there is nothing to
        compute.
    """

    formula: Formula
    path_sets: MinimalSets
    cut_sets: MinimalSets
    importance: tuple[Importance, ...]
    probability: float | None

    @property
    def single_points(self) -> tuple[str, ...]:
        """The atoms whose failure alone defeats the verdict, in alphabetical order."""
        return tuple(sorted(item.atom for item in self.importance if item.smallest_cut_set == 1))

    def as_data(self) -> dict[str, Any]:
        """Return the reading as plain data."""
        return {
            "path_sets": [list(names) for names in self.path_sets.listed],
            "path_set_count": self.path_sets.count,
            "cut_sets": [list(names) for names in self.cut_sets.listed],
            "cut_set_count": self.cut_sets.count,
            "single_points_of_failure": list(self.single_points),
            "importance": [
                {
                    "id": item.atom,
                    "credence": item.credence,
                    "birnbaum": item.birnbaum,
                    "fussell_vesely": item.fussell_vesely,
                    "smallest_cut_set": item.smallest_cut_set,
                }
                for item in self.importance
            ],
            "probability": self.probability,
        }


def failure_reading(formula: Formula, credences: Mapping[str, float]) -> FailureReading:
    """Read the failure of a verdict off its formula.

    Parameters
    ----------
    formula : Formula
        Without negation; `dependence.dependences` gives those of assessments.
    credences : mapping of str to float
        For every atom the probability, from 0 to 1, that it holds; atoms are independent.

    Returns
    -------
    FailureReading

    Raises
    ------
    NegationError, ProbabilityError, DiagramTooLargeError
        As for `failure.minimal_cut_sets` and `failure.probability`.

    Examples
    --------
    >>> from cruxmap.analysis.formulas import parse_formula
    >>> verdict = parse_formula({"and": ["judge", {"or": ["debate", "filter"]}]})
    >>> found = failure_reading(verdict, {"judge": 0.5, "debate": 0.5, "filter": 0.5})
    >>> found.single_points, found.probability
    (('judge',), 0.375)
    """
    paths, cuts = smallest_path_sets(formula), smallest_cut_sets(formula)
    if isinstance(formula, Constant):
        return FailureReading(formula, paths, cuts, (), None)
    orders = smallest_cut_set_orders(formula)
    birnbaum = birnbaum_importance(formula, credences)
    shares = fussell_vesely_importance(formula, credences)
    importance = [
        Importance(atom, credences[atom], birnbaum[atom], shares[atom], orders[atom]) for atom in orders
    ]
    importance.sort(key=lambda item: (-round(item.birnbaum, 12), item.smallest_cut_set, item.atom))
    return FailureReading(formula, paths, cuts, tuple(importance), probability(formula, credences))


def smallest_cut_sets(formula: Formula, limit: int = LISTED, *, having: str | None = None) -> MinimalSets:
    """Count the minimal cut sets of a formula and list the smallest.

    Parameters
    ----------
    formula : Formula
        Without negation.
    limit : int
        Sets that are listed at most.
    having : str, optional
        List only sets that contain this atom; the count is of all.

    Returns
    -------
    MinimalSets

    Notes
    -----
    The sets are counted on the diagram; only those listed are written out, so the number of all does not
    matter. Of the last size listed, when not all fit, the first in the order of the diagram are taken.

    Examples
    --------
    >>> from cruxmap.analysis.formulas import parse_formula
    >>> smallest_cut_sets(parse_formula({"and": ["a", {"or": ["b", "c"]}]}))
    MinimalSets(count=2, listed=(('a',), ('b', 'c')))
    """
    diagram, root = _diagram(formula)
    return _smallest(SetFamily(diagram, diagram.dual(root)), limit, having)


def smallest_path_sets(formula: Formula, limit: int = LISTED) -> MinimalSets:
    """Count the minimal path sets of a formula and list the smallest; see `smallest_cut_sets`.

    Examples
    --------
    >>> from cruxmap.analysis.formulas import parse_formula
    >>> smallest_path_sets(parse_formula({"or": [{"and": ["a", "b"]}, "c"]}), 1)
    MinimalSets(count=2, listed=(('c',),))
    """
    return _smallest(SetFamily(*_diagram(formula)), limit, None)


def _diagram(formula: Formula) -> tuple[DecisionDiagram, int]:
    ensure_monotone(formula)
    diagram = DecisionDiagram(variable_order([formula]))
    return diagram, diagram.build(formula)


def _smallest(family: SetFamily, limit: int, having: str | None) -> MinimalSets:
    order = family.diagram.order
    if having is not None and having not in order:
        return MinimalSets(family.count(), ())
    walk = _Walk(family, len(order) if having is None else order.index(having))
    found = (frozenset(order[level] for level in levels) for levels in walk.by_size())
    listed = in_reading_order(islice(found, limit))
    return MinimalSets(family.count(), tuple(tuple(sorted(names)) for names in listed))


class _Walk:
    """Lists the sets of a family by size, without entering parts that have none of the size.

    `required` is a level that each set must have, or one below the last to require nothing. Bounds are the
    fewest and the most levels that complete a set from a node, by whether the required level is still
    missing.
    """

    def __init__(self, family: SetFamily, required: int) -> None:
        self.family = family
        self.required = required
        never = (len(family.diagram.order) + 1, -1)
        self.complete = {FALSE: never, TRUE: (0, 0)}
        self.missing = {FALSE: never, TRUE: never}
        for node in family.nodes:
            level, low, high = family.levels[node], family.lows[node], family.highs[node]
            self.complete[node] = _either(self.complete[low], self.complete[high])
            if level == required:
                self.missing[node] = _either(never, self.complete[high])
            else:
                self.missing[node] = _either(self.missing[low], self.missing[high])

    def by_size(self) -> Iterator[tuple[int, ...]]:
        """The sets as levels, the smallest first."""
        is_missing = self.required < len(self.family.diagram.order)
        fewest, most = (self.missing if is_missing else self.complete)[self.family.root]
        for size in range(fewest, most + 1):
            yield from self._of_size(size, is_missing=is_missing)

    def _of_size(self, size: int, *, is_missing: bool) -> Iterator[tuple[int, ...]]:
        family = self.family
        pending: list[tuple[int, tuple[int, ...], bool]] = [(family.root, (), is_missing)]
        while pending:
            node, chosen, still_missing = pending.pop()
            fewest, most = (self.missing if still_missing else self.complete)[node]
            if not fewest <= size - len(chosen) <= most:
                continue
            if node == TRUE:
                yield chosen
                continue
            level = family.levels[node]
            pending.append((family.lows[node], chosen, still_missing))
            pending.append((family.highs[node], (*chosen, level), still_missing and level != self.required))


def _either(without: tuple[int, int], with_one_more: tuple[int, int]) -> tuple[int, int]:
    """Bounds of a node from those of its successors."""
    fewest, most = with_one_more
    return min(without[0], fewest + 1), max(without[1], most + 1 if most >= 0 else -1)
