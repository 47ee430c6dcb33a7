"""How much a verdict hangs on each of its assumptions: importance in the sense of reliability theory."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cruxmap.analysis.cut_sets import cut_set_family
from cruxmap.analysis.decision_diagrams import FALSE, TRUE, DecisionDiagram, variable_order
from cruxmap.analysis.formulas import atoms
from cruxmap.analysis.probabilities import known_chances

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cruxmap.analysis.formulas import Formula

__all__ = ["birnbaum_importance", "fussell_vesely_importance"]


def birnbaum_importance(formula: Formula, p: Mapping[str, float]) -> dict[str, float]:
    """How much the probability of a formula rises when an atom goes from failing to holding.

    Parameters
    ----------
    formula : Formula
        Negation is allowed.
    p : mapping of str to float
        For every atom of the formula the probability, from 0 to 1, that it holds.

    Returns
    -------
    dict of str to float
        By name: P(formula | atom holds) - P(formula | atom fails), from 0 to 1, and down to -1 with negation.

    Raises
    ------
    ProbabilityError, DiagramTooLargeError
        As for `probability`.

    Notes
    -----
    It is the derivative of the probability by that of the atom, and the probability that the atom decides the
    formula. One pass up and one down the diagram give it for all atoms.

    References
    ----------
    Birnbaum, Z. W. (1969). On the importance of different components in a multicomponent system. In
    Krishnaiah, P. R. (ed.), Multivariate Analysis II. Academic Press.

    Examples
    --------
    >>> from cruxmap.analysis.formulas import parse_formula
    >>> birnbaum_importance(parse_formula({"and": ["a", {"or": ["b", "c"]}]}), {"a": 0.5, "b": 0.5, "c": 0.5})
    {'a': 0.75, 'b': 0.25, 'c': 0.25}
    """
    chances = known_chances(atoms(formula), p)
    diagram = DecisionDiagram(variable_order([formula]))
    root = diagram.build(formula)
    chance_by_level = [chances[atom] for atom in diagram.order]
    values = diagram.means(root, chance_by_level)
    nodes = diagram.reachable(root)
    reached = dict.fromkeys([*nodes, FALSE, TRUE], 0.0)
    reached[root] = 1.0
    importance = dict.fromkeys(sorted(diagram.order), 0.0)
    for node in reversed(nodes):
        level, low, high = diagram.levels[node], diagram.lows[node], diagram.highs[node]
        importance[diagram.order[level]] += reached[node] * (values[high] - values[low])
        reached[high] += reached[node] * chance_by_level[level]
        reached[low] += reached[node] * (1.0 - chance_by_level[level])
    return importance


def fussell_vesely_importance(formula: Formula, p: Mapping[str, float]) -> dict[str, float | None]:
    """How often an atom has a part in the failure: in how much of it some cut set with the atom has failed.

    Parameters
    ----------
    formula : Formula
        Without negation.
    p : mapping of str to float
        For every atom of the formula the probability, from 0 to 1, that it holds.

    Returns
    -------
    dict of str to float or None
        By name: P(all of some minimal cut set with the atom fails | the formula fails), from 0 to 1; None for
        every atom when the formula cannot fail.

    Raises
    ------
    NegationError
        When the formula has a negation.
    ProbabilityError, DiagramTooLargeError
        As for `probability`.

    Notes
    -----
    Exact: the union over the cut sets is a diagram, not a sum. Some tools give the name to the share of the
    failure that vanishes when the atom is made certain, which is (1 - p) times the Birnbaum importance
    over the probability of failure, and never larger. Time is the number of atoms times the diagram size.

    References
    ----------
    Fussell, J. B. (1975). How to hand-calculate system reliability and safety characteristics. IEEE
    Transactions on Reliability R-24(3).
    Vesely, W. E., Davis, T. C., Denning, R. S., Saltos, N. (1983). Measures of risk importance and their
    applications. NUREG/CR-3385.

    Examples
    --------
    >>> from cruxmap.analysis.formulas import parse_formula
    >>> shares = fussell_vesely_importance(parse_formula({"and": ["a", "b"]}), {"a": 0.5, "b": 0.5})
    >>> {atom: round(share, 3) for atom, share in shares.items()}
    {'a': 0.667, 'b': 0.667}
    """
    chances = known_chances(atoms(formula), p)
    family = cut_set_family(formula)
    diagram = family.diagram
    failing = [1.0 - chances[atom] for atom in diagram.order]
    whole = diagram.mean(family.union(), failing)
    if whole == 0.0:
        return dict.fromkeys(sorted(diagram.order))
    return {
        atom: min(1.0, diagram.mean(family.union_with(atom), failing) / whole)
        for atom in sorted(diagram.order)
    }
