"""Failure reading: what one broken assumption brings down.

That a verdict holds is a formula over assumptions. From it come the smallest failures that defeat it (minimal
cut sets), the smallest supports that suffice (minimal path sets), how much hangs on each assumption, and how
likely it is to hold. Over several verdicts: what they share, and which to pursue together.

Formulas come from `parse_formula`; everything else takes a formula, or formulas by name, and returns plain
sorted values. Each function states its guarantee and its source where it is defined.

References
----------
Reiter, R. (1987). A theory of diagnosis from first principles. Artificial Intelligence 32(1).
de Kleer, J. (1986). An assumption-based TMS. Artificial Intelligence 28(2).
Vesely, W. E., Goldberg, F. F., Roberts, N. H., Haasl, D. F. (1981). Fault Tree Handbook. NUREG-0492, U.S.
Nuclear Regulatory Commission.
Rauzy, A. (1993). New algorithms for fault trees analysis. Reliability Engineering & System Safety 40(3).
Birnbaum, Z. W. (1969). On the importance of different components in a multicomponent system. Multivariate
Analysis II. Academic Press.

Examples
--------
>>> verdict = parse_formula({"and": ["judge", {"or": ["debate", "filter"]}]})
>>> [sorted(names) for names in minimal_cut_sets(verdict)]
[['judge'], ['debate', 'filter']]
>>> single_points_of_failure(verdict)
['judge']
>>> probability(verdict, {"judge": 0.5, "debate": 0.5, "filter": 0.5})
0.375
"""

from __future__ import annotations

from cruxmap.analysis.cut_sets import (
    CommonCause,
    common_causes,
    minimal_cut_sets,
    minimal_path_sets,
    portfolio_cut_sets,
    single_points_of_failure,
    smallest_cut_set_orders,
)
from cruxmap.analysis.decision_diagrams import DiagramTooLargeError
from cruxmap.analysis.formulas import (
    And,
    AtLeast,
    Atom,
    Constant,
    Formula,
    FormulaError,
    NegationError,
    Not,
    Or,
    atoms,
    parse_formula,
)
from cruxmap.analysis.hitting_sets import minimal_hitting_sets
from cruxmap.analysis.importance import birnbaum_importance, fussell_vesely_importance
from cruxmap.analysis.portfolios import Portfolio, PortfolioSizeError, best_portfolio
from cruxmap.analysis.probabilities import (
    ProbabilityError,
    ProbabilityInterval,
    probability,
    probability_interval,
)
from cruxmap.analysis.set_families import TooManySetsError

__all__ = [
    "And",
    "AtLeast",
    "Atom",
    "CommonCause",
    "Constant",
    "DiagramTooLargeError",
    "Formula",
    "FormulaError",
    "NegationError",
    "Not",
    "Or",
    "Portfolio",
    "PortfolioSizeError",
    "ProbabilityError",
    "ProbabilityInterval",
    "TooManySetsError",
    "atoms",
    "best_portfolio",
    "birnbaum_importance",
    "common_causes",
    "fussell_vesely_importance",
    "minimal_cut_sets",
    "minimal_hitting_sets",
    "minimal_path_sets",
    "parse_formula",
    "portfolio_cut_sets",
    "probability",
    "probability_interval",
    "single_points_of_failure",
    "smallest_cut_set_orders",
]
