"""The modular gradual semantics: an aggregation of parents and an influence on the own score.

A modular semantics gives an argument with own score τ, attackers A and supporters S the strength
``ι(τ, α(S) - α(A))``. Adding a semantics is adding one pair of functions to `SEMANTICS`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from cruxmap.analysis.gradual_errors import SupportsRefusedError, UnknownSemanticsError
from cruxmap.analysis.segments import Segments

Values: TypeAlias = NDArray[Any]
"""Strengths: float64, or complex128 while derivatives are taken by the complex step."""

Aggregation: TypeAlias = Callable[[Values, Segments], Values]
"""Takes the strengths of the parents, edge by edge, and the segment of edges of each target (axis 0)."""

Influence: TypeAlias = Callable[[Values, Values], Values]
"""Takes own scores and energies of equal shape and returns strengths."""

LARGEST_EXPONENT = 700.0
"""Energies are cut here before `exp`: beyond it the result no longer changes and the power would overflow."""

DEFAULT_SEMANTICS = "quadratic-energy"


@dataclass(frozen=True)
class Semantics:
    """One gradual semantics.

    Parameters
    ----------
    name : str
        Public name, as given to `strengths`.
    aggregate : Aggregation
        Reduces the strengths of one kind of parents to one number per target; 0 stands for no parents, and a
        parent of strength 0 must count like an absent one.
    influence : Influence
        Combines own score and energy (supporters' aggregate minus attackers'); must return the own score for
        energy 0, and accept complex numbers, compared by their real part first.
    attack_only : bool
        Whether supports are refused.
    source : str
        Where the semantics is defined.
    """

    name: str
    aggregate: Aggregation
    influence: Influence
    attack_only: bool
    source: str

    def require_readable(self, supports: int) -> None:
        """Raise when the graph has supports that this semantics cannot read.

        Parameters
        ----------
        supports : int
            Number of supports in the graph.

        Raises
        ------
        SupportsRefusedError
            The semantics is attack-only and there are supports.
        """
        if self.attack_only and supports:
            bipolar = [other.name for other in SEMANTICS.values() if not other.attack_only]
            raise SupportsRefusedError(self.name, supports, bipolar)


def _sum(strengths: Values, segments: Segments) -> Values:
    return segments.reduce(np.add, strengths)


def _probabilistic_sum(strengths: Values, segments: Segments) -> Values:
    return np.asarray(1.0 - segments.reduce(np.multiply, 1.0 - strengths))


def _maximum(strengths: Values, segments: Segments) -> Values:
    return segments.reduce(np.maximum, strengths)


def _count_and_mean(strengths: Values, segments: Segments) -> Values:
    # Amgoud et al. count founded attackers, those with a positive weight: exactly those of positive strength.
    founded = segments.reduce(np.add, (strengths.real > 0.0).astype(np.float64))
    return np.asarray(founded + segments.reduce(np.add, strengths) / np.maximum(founded, 1.0))


def _linear(own: Values, energy: Values) -> Values:
    return np.asarray(own + (1.0 - own) * np.maximum(energy, 0.0) - own * np.maximum(-energy, 0.0))


def _quadratic(own: Values, energy: Values) -> Values:
    square = energy * energy
    impact = square / (1.0 + square)
    return np.asarray(np.where(energy.real > 0.0, own + (1.0 - own) * impact, own - own * impact))


def _euler(own: Values, energy: Values) -> Values:
    power = np.exp(np.clip(energy, -LARGEST_EXPONENT, LARGEST_EXPONENT))
    return np.asarray(1.0 - (1.0 - own * own) / (1.0 + own * power))


def _logistic(own: Values, energy: Values) -> Values:
    # logistic(logit(τ) + E) without the infinite logits of τ = 0 and τ = 1.
    power = np.exp(np.clip(-energy, -LARGEST_EXPONENT, LARGEST_EXPONENT))
    return np.asarray(own / (own + (1.0 - own) * power))


def _reciprocal(own: Values, energy: Values) -> Values:
    return np.asarray(own / (1.0 - energy))


_TABLE = (
    Semantics(
        "df-quad", _probabilistic_sum, _linear, False,
        "Rago, Toni, Aurisicchio & Baroni (2016). Discontinuity-free decision support with quantitative "
        "argumentation debates. KR.",
    ),
    Semantics(
        "quadratic-energy", _sum, _quadratic, False,
        "Potyka (2018). Continuous dynamical systems for weighted bipolar argumentation. KR.",
    ),
    Semantics(
        "euler-based", _sum, _euler, False,
        "Amgoud & Ben-Naim (2018). Evaluation of arguments in weighted bipolar graphs. IJAR 99.",
    ),
    Semantics(
        "mlp-based", _sum, _logistic, False,
        "Potyka (2021). Interpreting neural networks as quantitative argumentation frameworks. AAAI.",
    ),
    Semantics(
        "h-categorizer", _sum, _reciprocal, True,
        "Besnard & Hunter (2001). A logic-based theory of deductive arguments. Artificial Intelligence 128; "
        "weighted by Amgoud, Ben-Naim, Doder & Vesic (2017). Acceptability semantics for weighted "
        "argumentation frameworks. IJCAI.",
    ),
    Semantics(
        "max-based", _maximum, _reciprocal, True,
        "Amgoud, Ben-Naim, Doder & Vesic (2017). Acceptability semantics for weighted argumentation "
        "frameworks. IJCAI.",
    ),
    Semantics(
        "card-based", _count_and_mean, _reciprocal, True,
        "Amgoud, Ben-Naim, Doder & Vesic (2017). Acceptability semantics for weighted argumentation "
        "frameworks. IJCAI.",
    ),
)  # fmt: skip

SEMANTICS: Mapping[str, Semantics] = MappingProxyType({entry.name: entry for entry in _TABLE})
"""All semantics by public name."""


def find_semantics(name: str | Semantics) -> Semantics:
    """Return the semantics of a name.

    Parameters
    ----------
    name : str or Semantics
        A key of `SEMANTICS`, or a semantics of your own, which is returned unchanged.

    Returns
    -------
    Semantics
        The pair of functions with its source.

    Raises
    ------
    UnknownSemanticsError
        No semantics has this name; the message lists the nearest ones.

    Notes
    -----
    Aggregation and influence as a taxonomy of gradual semantics: Mossakowski and Neuhaus (2018).

    References
    ----------
    T. Mossakowski and F. Neuhaus (2018). Modular semantics and characteristics for bipolar weighted
    argumentation graphs. arXiv:1807.06685.
    N. Potyka (2019). Extending modular semantics for bipolar weighted argumentation. AAMAS.

    Examples
    --------
    >>> find_semantics("df-quad").attack_only
    False
    """
    if isinstance(name, Semantics):
        return name
    if name not in SEMANTICS:
        raise UnknownSemanticsError(name, SEMANTICS)
    return SEMANTICS[name]
