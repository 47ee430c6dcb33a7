"""Gradual strengths of quantitative bipolar argumentation frameworks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cruxmap.analysis.contributions import Attribution, attribute, contributions
from cruxmap.analysis.gradual_core import DEFAULT_TOLERANCE
from cruxmap.analysis.qbaf import Qbaf
from cruxmap.analysis.semantics import DEFAULT_SEMANTICS, SEMANTICS, find_semantics

if TYPE_CHECKING:
    from cruxmap.analysis.semantics import Semantics

__all__ = ["SEMANTICS", "Attribution", "Qbaf", "Strengths", "attribute", "contributions", "strengths"]


@dataclass(frozen=True, eq=False, repr=False)
class Strengths(Mapping[str, float]):
    """Strength by id, with what is known about the computation.

    Parameters
    ----------
    by_argument : Mapping[str, float]
        Strengths in [0, 1], in the order of the base scores.
    semantics : str
        Name of the semantics.
    converged : bool
        Whether every cyclic component reached a fixpoint. When it is false, the strengths of `component` and
        of everything that it reaches are only the last state of the dynamics.
    iterations : int
        1 for the pass over the graph, plus the integration steps in its cyclic components.
    component : tuple of str or None
        Sorted ids of the first strongly connected component that did not converge.
    """

    by_argument: Mapping[str, float]
    semantics: str
    converged: bool
    iterations: int
    component: tuple[str, ...] | None = None

    def __getitem__(self, argument: str) -> float:
        return self.by_argument[argument]

    def __iter__(self) -> Iterator[str]:
        return iter(self.by_argument)

    def __len__(self) -> int:
        return len(self.by_argument)

    def __repr__(self) -> str:
        state = "converged" if self.converged else f"NOT converged in {self.component}"
        return f"Strengths({dict(self.by_argument)}, {self.semantics}, {state})"


def strengths(
    qbaf: Qbaf, semantics: str | Semantics = DEFAULT_SEMANTICS, *, tolerance: float = DEFAULT_TOLERANCE
) -> Strengths:
    """Compute the strength of every argument.

    Parameters
    ----------
    qbaf : Qbaf
        Arguments, attacks and supports; cycles are allowed.
    semantics : str
        ``"quadratic-energy"``, ``"df-quad"``, ``"euler-based"``, ``"mlp-based"``, or one for attacks only:
        ``"h-categorizer"``, ``"max-based"``, ``"card-based"``.
    tolerance : float
        Largest change |f(σ) - σ| that counts as a fixpoint of a cyclic component, above 0.

    Returns
    -------
    Strengths
        A mapping from id to strength in [0, 1], with `converged`, `iterations` and, when a component did not
        converge, `component`.

    Raises
    ------
    UnknownSemanticsError
        No semantics has this name.
    SupportsRefusedError
        The semantics is defined for attacks only and the graph has supports.
    CoreInputError
        The tolerance is not above 0.

    Notes
    -----
    Acyclic graphs take one pass in topological order, O(arguments + edges), exact up to rounding. In cyclic
    graphs only the strongly connected components are iterated, by fourth-order Runge-Kutta integration of
    dσ/dt = f(σ) - σ from the base scores; where it reaches no fixpoint, the result says so and names the
    component. Limit cycles end so, and rare fixpoints that are approached too slowly (df-quad with base
    scores of exactly 0 or 1 on cycles). The tolerance bounds |f(σ) - σ|, not the distance to the fixpoint,
    which is larger the slower the approach.

    References
    ----------
    N. Potyka (2018). Continuous dynamical systems for weighted bipolar argumentation. KR.
    N. Potyka (2019). Extending modular semantics for bipolar weighted argumentation. AAMAS.
    T. Mossakowski and F. Neuhaus (2018). Modular semantics and characteristics for bipolar weighted
    argumentation graphs. arXiv:1807.06685.

    Examples
    --------
    >>> qbaf = Qbaf({"claim": 0.5, "doubt": 1.0, "reply": 1.0}, [("doubt", "claim"), ("reply", "doubt")], [])
    >>> result = strengths(qbaf)
    >>> result["doubt"], result["claim"], result.converged
    (0.5, 0.4, True)
    """
    chosen = find_semantics(semantics)
    solution = qbaf.core.solve(semantics=chosen, tolerance=tolerance)
    names = qbaf.arguments
    component = None
    if solution.unsettled:
        component = tuple(sorted(names[node] for node in solution.unsettled[0]))
    return Strengths(
        dict(zip(names, solution.strengths.tolist(), strict=True)),
        chosen.name,
        converged=bool(solution.converged.all()),
        iterations=int(solution.iterations[0]),
        component=component,
    )
