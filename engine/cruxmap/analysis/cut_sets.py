"""Minimal cut and path sets: the smallest failures that defeat a verdict, and what suffices for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cruxmap.analysis.decision_diagrams import DecisionDiagram, variable_order
from cruxmap.analysis.formulas import Or, ensure_monotone
from cruxmap.analysis.set_families import SetFamily

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cruxmap.analysis.formulas import Formula

__all__ = [
    "CommonCause",
    "common_causes",
    "cut_set_family",
    "minimal_cut_sets",
    "minimal_path_sets",
    "portfolio_cut_sets",
    "single_points_of_failure",
    "smallest_cut_set_orders",
]


def cut_set_family(formula: Formula) -> SetFamily:
    """The minimal cut sets of a formula as a diagram, which may stand for more sets than could be listed.

    Raises
    ------
    NegationError
        When the formula has a negation.
    DiagramTooLargeError
        When the diagram outgrows memory.
    """
    ensure_monotone(formula)
    diagram = DecisionDiagram(variable_order([formula]))
    return SetFamily(diagram, diagram.dual(diagram.build(formula)))


def minimal_cut_sets(formula: Formula) -> list[frozenset[str]]:
    """The smallest sets of atoms whose failure defeats the formula, all other atoms holding.

    Parameters
    ----------
    formula : Formula
        Without negation.

    Returns
    -------
    list of frozenset of str
        By size, then by names. A formula that always holds has none; one that never holds has the empty set.

    Raises
    ------
    NegationError
        When the formula has a negation.
    TooManySetsError
        When there are more than a million.
    DiagramTooLargeError
        When the diagram of the formula outgrows memory.

    Notes
    -----
    Exact. The diagram can be exponential in the number of atoms that are shared between parts, and is linear
    where parts share none; after it, time is linear in the size of the output.

    References
    ----------
    Vesely, W. E., Goldberg, F. F., Roberts, N. H., Haasl, D. F. (1981). Fault Tree Handbook. NUREG-0492,
    U.S. Nuclear Regulatory Commission.
    Rauzy, A. (1993). New algorithms for fault trees analysis. Reliability Engineering & System Safety 40(3).

    Examples
    --------
    >>> from cruxmap.analysis.formulas import parse_formula
    >>> verdict = parse_formula({"or": [{"and": ["honest", "monitored"]}, {"and": ["honest", "boxed"]}]})
    >>> [sorted(names) for names in minimal_cut_sets(verdict)]
    [['honest'], ['boxed', 'monitored']]
    """
    return cut_set_family(formula).listed()


def minimal_path_sets(formula: Formula) -> list[frozenset[str]]:
    """The smallest sets of atoms that suffice for the formula, all other atoms failing.

    Parameters
    ----------
    formula : Formula
        Without negation.

    Returns
    -------
    list of frozenset of str
        By size, then by names. A formula that always holds has the empty set; one that never holds has none.

    Raises
    ------
    NegationError
        When the formula has a negation.
    TooManySetsError
        When there are more than a million.
    DiagramTooLargeError
        When the diagram of the formula outgrows memory.

    Notes
    -----
    Exact; complexity as for `minimal_cut_sets`, of which these are the minimal hitting sets. In truth
    maintenance they are the label of the formula: the minimal environments in which it holds.

    References
    ----------
    de Kleer, J. (1986). An assumption-based TMS. Artificial Intelligence 28(2).
    Rauzy, A. (1993). New algorithms for fault trees analysis. Reliability Engineering & System Safety 40(3).

    Examples
    --------
    >>> from cruxmap.analysis.formulas import parse_formula
    >>> [sorted(names) for names in minimal_path_sets(parse_formula({"at_least": [2, ["a", "b", "c"]]}))]
    [['a', 'b'], ['a', 'c'], ['b', 'c']]
    """
    ensure_monotone(formula)
    diagram = DecisionDiagram(variable_order([formula]))
    return SetFamily(diagram, diagram.build(formula)).listed()


def smallest_cut_set_orders(formula: Formula) -> dict[str, int]:
    """For every atom that is in some minimal cut set, the size of the smallest one that has it.

    Parameters
    ----------
    formula : Formula
        Without negation.

    Returns
    -------
    dict of str to int
        By name. Atoms on which the formula does not depend are missing.

    Raises
    ------
    NegationError, DiagramTooLargeError
        As for `minimal_cut_sets`; no number of cut sets is too large.

    Notes
    -----
    One pass over the diagram; the cut sets are not listed.

    Examples
    --------
    >>> from cruxmap.analysis.formulas import parse_formula
    >>> smallest_cut_set_orders(parse_formula({"and": ["a", {"or": ["b", "c"]}]}))
    {'a': 1, 'b': 2, 'c': 2}
    """
    return cut_set_family(formula).smallest_orders()


def single_points_of_failure(formula: Formula) -> list[str]:
    """The atoms whose failure alone defeats the formula: the cut sets of size one.

    Parameters
    ----------
    formula : Formula
        Without negation.

    Returns
    -------
    list of str
        In alphabetical order; empty for a formula that never holds, as nothing has to fail.

    Raises
    ------
    NegationError, DiagramTooLargeError
        As for `minimal_cut_sets`.

    Examples
    --------
    >>> from cruxmap.analysis.formulas import parse_formula
    >>> single_points_of_failure(parse_formula({"and": ["a", {"or": ["b", "c"]}]}))
    ['a']
    """
    return [atom for atom, order in smallest_cut_set_orders(formula).items() if order == 1]


@dataclass(frozen=True, slots=True)
class CommonCause:
    """An atom that can help to defeat several formulas at once."""

    atom: str
    entries: tuple[str, ...]
    """Names of the formulas that have the atom in a minimal cut set, in alphabetical order."""
    orders: tuple[int, ...]
    """For each entry, the size of its smallest minimal cut set with the atom; 1 means alone."""

    @property
    def smallest_order(self) -> int:
        """The size of the smallest such cut set over all entries."""
        return min(self.orders)


def common_causes(formulas: Mapping[str, Formula]) -> list[CommonCause]:
    """The atoms that occur in minimal cut sets of two or more formulas.

    Parameters
    ----------
    formulas : mapping of str to Formula
        Formulas without negation by the name of their entry.

    Returns
    -------
    list of CommonCause
        Those shared by most entries first, then by smallest cut-set order, then by name.

    Raises
    ------
    NegationError, DiagramTooLargeError
        As for `minimal_cut_sets`.

    Notes
    -----
    One diagram per formula and one pass over each; no cut sets are listed.

    References
    ----------
    Vesely, W. E., Goldberg, F. F., Roberts, N. H., Haasl, D. F. (1981). Fault Tree Handbook. NUREG-0492,
    U.S. Nuclear Regulatory Commission; section on common cause failures.

    Examples
    --------
    >>> from cruxmap.analysis.formulas import parse_formula
    >>> debate = parse_formula({"and": ["honest", "judge"]})
    >>> oversight = parse_formula({"or": ["judge", "filter"]})
    >>> common_causes({"debate": debate, "oversight": oversight})
    [CommonCause(atom='judge', entries=('debate', 'oversight'), orders=(1, 2))]
    """
    order_by_entry: dict[str, dict[str, int]] = {}
    for entry in sorted(formulas):
        for atom, order in smallest_cut_set_orders(formulas[entry]).items():
            order_by_entry.setdefault(atom, {})[entry] = order
    causes = [
        CommonCause(atom, tuple(orders), tuple(orders.values()))
        for atom, orders in order_by_entry.items()
        if len(orders) > 1
    ]
    return sorted(causes, key=lambda cause: (-len(cause.entries), cause.smallest_order, cause.atom))


def portfolio_cut_sets(formulas: Mapping[str, Formula]) -> list[frozenset[str]]:
    """The smallest sets of atoms whose failure defeats every one of the formulas.

    Parameters
    ----------
    formulas : mapping of str to Formula
        The chosen formulas, without negation, by the name of their entry.

    Returns
    -------
    list of frozenset of str
        Minimal cut sets of the disjunction, by size, then by names. For no formulas: the empty set alone.

    Raises
    ------
    NegationError, TooManySetsError, DiagramTooLargeError
        As for `minimal_cut_sets`.

    Examples
    --------
    >>> from cruxmap.analysis.formulas import parse_formula
    >>> chosen = {"p1": parse_formula({"and": ["a", "b"]}), "p2": parse_formula({"and": ["a", "c"]})}
    >>> [sorted(names) for names in portfolio_cut_sets(chosen)]
    [['a'], ['b', 'c']]
    """
    return minimal_cut_sets(Or(tuple(formulas[name] for name in sorted(formulas))))
