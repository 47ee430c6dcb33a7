"""Quantitative bipolar argumentation frameworks: arguments with base scores, attacks and supports."""

from __future__ import annotations

from itertools import chain
from numbers import Real
from operator import itemgetter
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np

from cruxmap.analysis.gradual_core import ArgumentGraphCore
from cruxmap.analysis.gradual_errors import BaseScoreError, EdgeError, UnknownArgumentError
from cruxmap.analysis.graph_structure import Relation

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from cruxmap.analysis.graph_structure import Indices

BLOCK = 4096
"""Edges read at once: checked, flattened and looked up while the processor's cache holds them."""


class Qbaf:
    """A quantitative bipolar argumentation framework, immutable.

    Parameters
    ----------
    base_scores : Mapping[str, float]
        Every argument with its base score in [0, 1].
    attacks, supports : Iterable of (str, str)
        Pairs (from, to). An edge given twice counts once; the same pair may be both an attack and a support.
        An argument may attack or support itself.

    Raises
    ------
    BaseScoreError
        A base score is not a number in [0, 1].
    EdgeError
        An attack or support is not a pair.
    UnknownArgumentError
        An edge names an argument without a base score; the message lists the nearest ids.

    References
    ----------
    P. Baroni, A. Rago and F. Toni (2019). From fine-grained properties to broad principles for gradual
    argumentation: a principled spectrum. International Journal of Approximate Reasoning 105.

    Examples
    --------
    >>> qbaf = Qbaf({"a": 0.5, "b": 0.8}, attacks=[("b", "a")], supports=[])
    >>> qbaf.attacks
    (('b', 'a'),)
    """

    __slots__ = ("_base_scores", "_core", "_index")

    def __init__(
        self,
        base_scores: Mapping[str, float],
        attacks: Iterable[tuple[str, str]],
        supports: Iterable[tuple[str, str]],
    ) -> None:
        scores = _checked_scores(base_scores)
        self._base_scores = scores
        self._index = dict(zip(scores, range(len(scores)), strict=True))
        self._core = ArgumentGraphCore(
            np.fromiter(scores.values(), np.float64, len(scores)),
            _relation("attacks", attacks, self._index),
            _relation("supports", supports, self._index),
            names=tuple(scores),
        )

    @property
    def core(self) -> ArgumentGraphCore:
        """The integer-indexed graph; node `i` is the `i`-th argument of `base_scores`."""
        return self._core

    @property
    def arguments(self) -> tuple[str, ...]:
        """The ids in the order of the base scores."""
        return tuple(self._base_scores)

    @property
    def base_scores(self) -> Mapping[str, float]:
        """Base score by id, read-only."""
        return MappingProxyType(self._base_scores)

    @property
    def attacks(self) -> tuple[tuple[str, str], ...]:
        """The different attacks as pairs (from, to), sorted."""
        return self._pairs(self._core.attacks)

    @property
    def supports(self) -> tuple[tuple[str, str], ...]:
        """The different supports as pairs (from, to), sorted."""
        return self._pairs(self._core.supports)

    def index_of(self, argument: str) -> int:
        """Return the node of an argument.

        Parameters
        ----------
        argument : str
            An id.

        Returns
        -------
        int
            Index in `core`.

        Raises
        ------
        UnknownArgumentError
            There is no such argument; the message lists the nearest ids.
        """
        if argument not in self._index:
            raise UnknownArgumentError(argument, self._index)
        return self._index[argument]

    def _pairs(self, relation: Relation) -> tuple[tuple[str, str], ...]:
        names = self.arguments
        edges = zip(relation.sources.tolist(), relation.targets().tolist(), strict=True)
        return tuple(sorted((names[source], names[target]) for source, target in edges))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Qbaf):
            return NotImplemented
        return (self._base_scores, self.attacks, self.supports) == (
            other._base_scores,
            other.attacks,
            other.supports,
        )

    def __hash__(self) -> int:
        return hash((frozenset(self._base_scores.items()), self.attacks, self.supports))

    def __repr__(self) -> str:
        attacks, supports = self._core.attacks.edges, self._core.supports.edges
        return f"<Qbaf: {len(self._base_scores)} arguments, {attacks} attacks, {supports} supports>"


def _checked_scores(base_scores: Mapping[str, float]) -> dict[str, float]:
    if set(map(type, base_scores)) <= {str} and set(map(type, base_scores.values())) <= {float}:
        scores = dict(base_scores)
        if not scores or 0.0 <= min(scores.values()) <= max(scores.values()) <= 1.0:
            return scores
    return {str(argument): _checked_score(argument, score) for argument, score in base_scores.items()}


def _checked_score(argument: object, score: object) -> float:
    if isinstance(score, Real) and not isinstance(score, bool):
        number = float(score)
    else:
        raise BaseScoreError(argument, score)
    if not 0.0 <= number <= 1.0:
        raise BaseScoreError(argument, score)
    return number


def _relation(name: str, edges: Iterable[tuple[str, str]], index: Mapping[str, int]) -> Relation:
    pairs = edges if isinstance(edges, list | tuple) else list(edges)
    ends: Indices = np.empty((len(pairs), 2), dtype=np.intp)
    for first in range(0, len(pairs), BLOCK):
        block = pairs[first : first + BLOCK]
        if not set(map(type, block)) <= {tuple, list} or not set(map(len, block)) <= {2}:
            raise EdgeError(name, next(pair for pair in block if not _is_pair(pair)))
        names = tuple(chain.from_iterable(block))
        try:
            # One itemgetter call looks many names up several times faster than a mapped `__getitem__`.
            found = itemgetter(*names)(index)
        except (KeyError, TypeError):
            unknown = next(name for name in names if not isinstance(name, str) or name not in index)
            raise UnknownArgumentError(unknown, index) from None
        ends[first : first + BLOCK] = np.fromiter(found, np.intp, len(names)).reshape(-1, 2)
    return Relation.from_pairs(ends[:, 0], ends[:, 1], len(index))


def _is_pair(edge: object) -> bool:
    return type(edge) in {tuple, list} and len(edge) == 2  # type: ignore[arg-type]
