"""Where readers of one argument graph part: verdict by verdict, between two of them or in a whole group.

Readers state credences for some statements. What a reader did not rate counts at the graph's own base score,
so that every difference between two verdicts comes from something that one of them said.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from cruxmap.analysis.graph_verdicts import GraphVerdict
from cruxmap.analysis.group_reading import GroupReading, group_reading
from cruxmap.analysis.imposed import imposed_strengths
from cruxmap.analysis.pair_reading import PairReading, pair_reading
from cruxmap.analysis.semantics import DEFAULT_SEMANTICS
from cruxmap.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from cruxmap.analysis.verdicts import FloatArray
    from cruxmap.graph import ArgumentGraph

__all__ = ["Disagreement", "Inert", "PairDistance", "VerdictGap"]

ROUNDING = 1e-9
"""Verdicts this close are the same."""

_NUMBERS_AT_ONCE = 4_000_000
"""Strengths held at a time: some tens of megabytes."""


@dataclass(frozen=True, slots=True)
class VerdictGap:
    """How far readers are apart on one verdict.

    Attributes
    ----------
    verdict : str
    strengths : dict
        By reader.
    furthest : tuple of (str, str)
        The two readers with the lowest and the highest strength, in the order in which they were given.
    gap : float
        Strength of the second of them minus that of the first.
    """

    verdict: str
    strengths: dict[str, float]
    furthest: tuple[str, str]
    gap: float


@dataclass(frozen=True, slots=True)
class PairDistance:
    """How far two readers are apart over all verdicts: the mean size of their gaps, and the widest one."""

    readers: tuple[str, str]
    mean_gap: float
    widest: str
    widest_gap: float


@dataclass(frozen=True, slots=True)
class Inert:
    """A statement on which two readers differ, and which moves no verdict when they trade it.

    Attributes
    ----------
    bears : bool
        Whether any verdict is reached from it at all; if so, other credences keep it from having an effect.
    """

    id: str
    credences: tuple[float, float]
    bears: bool


@dataclass(frozen=True, eq=False)
class Disagreement:
    """Readers, a graph and the conventions under which they are compared.

    Parameters
    ----------
    graph : ArgumentGraph
        Its base scores are what everybody holds of what they did not rate.
    readers : mapping of str to mapping
        Credences in statements (or weights of arguments), 0 to 1, by reader; at least two readers.
    verdicts : tuple of str
        Assessments to look at.
    semantics : str
    threshold : float
        A verdict at or above it counts as positive.
    seed : int
        Seed of splits over more than 15 statements.
    fixed : mapping of str to str, optional
        Nodes set to `in`, `out` or `undecided` for all readers, whatever they rated.

    Raises
    ------
    UsageError
        With fewer than two readers, or when something rated or fixed is no node.
    """

    graph: ArgumentGraph
    readers: Mapping[str, Mapping[str, float]]
    verdicts: tuple[str, ...]
    semantics: str = DEFAULT_SEMANTICS
    threshold: float = 0.5
    seed: int = 0
    fixed: Mapping[str, str] | None = None

    def __post_init__(self) -> None:
        if len(self.readers) < 2:
            raise UsageError("a disagreement needs at least two readers")
        for reader, given in self.readers.items():
            for name in given:
                if name not in self.graph.index:
                    raise UsageError(f"{reader} rated {name!r}, which is no statement or argument")

    @cached_property
    def rated(self) -> tuple[str, ...]:
        """Everything that any reader rated and that is not fixed, in the order of the graph."""
        fixed = {name for name, label in (self.fixed or {}).items() if label in ("in", "out")}
        names = {name for given in self.readers.values() for name in given} - fixed
        return tuple(sorted(names, key=self.graph.index.__getitem__))

    @cached_property
    def credences(self) -> dict[str, dict[str, float]]:
        """For every reader a credence in everything that anyone rated."""
        return {
            reader: {name: given.get(name, self.graph.node(name).base) for name in self.rated}
            for reader, given in self.readers.items()
        }

    def filled_in(self, reader: str) -> tuple[str, ...]:
        """What others rated and a reader did not: taken at the graph's base score."""
        return tuple(name for name in self.rated if name not in self.readers[reader])

    @cached_property
    def unrated(self) -> tuple[str, ...]:
        """Assumptions, findings and risks that nobody rated."""
        rated = {name for given in self.readers.values() for name in given}
        return tuple(
            name
            for name in self.graph.statements()
            if name not in rated and self.graph.node(name).kind != "assessment"
        )

    @cached_property
    def gaps(self) -> tuple[VerdictGap, ...]:
        """The verdicts on which readers differ, the widest gap first."""
        rows = self._strengths(np.array([self._vector(reader) for reader in self.readers]))
        found = []
        names = list(self.readers)
        for verdict, column in zip(self.verdicts, rows.T.tolist(), strict=True):
            first, second = sorted((column.index(min(column)), column.index(max(column))))
            gap = column[second] - column[first]
            if abs(gap) > ROUNDING:
                strengths = dict(zip(names, column, strict=True))
                found.append(VerdictGap(verdict, strengths, (names[first], names[second]), gap))
        return tuple(sorted(found, key=lambda item: -round(abs(item.gap), 12)))

    @cached_property
    def distances(self) -> tuple[PairDistance, ...]:
        """Every pair of readers, those furthest apart first."""
        rows = self._strengths(np.array([self._vector(reader) for reader in self.readers]))
        by_reader = dict(zip(self.readers, rows, strict=True))
        found = []
        for first, second in combinations(self.readers, 2):
            sizes = np.abs(by_reader[second] - by_reader[first])
            widest = int(sizes.argmax()) if sizes.size else 0
            name = self.verdicts[widest] if self.verdicts else ""
            gap = float(by_reader[second][widest] - by_reader[first][widest]) if self.verdicts else 0.0
            found.append(PairDistance((first, second), float(sizes.mean()) if sizes.size else 0.0, name, gap))
        return tuple(sorted(found, key=lambda item: -round(item.mean_gap, 12)))

    def between(self, verdict: str, first: str, second: str) -> PairReading:
        """Split the gap between two readers on one verdict; see `cruxmap.analysis.pair_reading`."""
        x, y = self._held(verdict, first, second)
        return pair_reading(
            self._function(verdict),
            {first: x, second: y},
            threshold=self.threshold,
            seed=self.seed,
            settleable=self._settleable(x),
        )

    def among(self, verdict: str, *, brief: bool = False) -> GroupReading:
        """Read one verdict over the whole group; see `cruxmap.analysis.group_reading`."""
        held = self._held(verdict, *self.readers)
        return group_reading(
            self._function(verdict),
            dict(zip(self.readers, held, strict=True)),
            threshold=self.threshold,
            seed=self.seed,
            brief=brief,
            settleable=self._settleable(held[0]),
        )

    def elsewhere(self, verdict: str) -> tuple[str, ...]:
        """What readers differ on and what does not bear on a verdict, in the order of the graph."""
        bearing = self._function(verdict).columns
        return tuple(name for name in self._contested() if name not in bearing)

    def inert(self, first: str, second: str) -> tuple[Inert, ...]:
        """Statements on which two readers differ and which move no verdict, in the order of the graph."""
        x, y = self.credences[first], self.credences[second]
        differing = [name for name in self.rated if x[name] != y[name]]
        moves = np.zeros(len(differing), dtype=np.bool_)
        for reader, other in ((first, y), (second, x)):
            before = self._strengths(self._vector(reader)[None])
            for chunk, rows in self._swapped(reader, differing, other):
                moves[chunk] |= (np.abs(self._strengths(rows) - before) > ROUNDING).any(axis=1)
        bearing = self._bearing
        return tuple(
            Inert(name, (x[name], y[name]), name in bearing)
            for name, moved in zip(differing, moves.tolist(), strict=True)
            if not moved
        )

    def _swapped(
        self, reader: str, names: list[str], other: Mapping[str, float]
    ) -> Iterator[tuple[slice, FloatArray]]:
        """A reader's vectors with one credence each taken from another."""
        own = self._vector(reader)
        size = max(1, _NUMBERS_AT_ONCE // max(1, len(own)))
        for start in range(0, len(names), size):
            part = names[start : start + size]
            rows = np.tile(own, (len(part), 1))
            rows[np.arange(len(part)), [self.graph.index[name] for name in part]] = [
                other[name] for name in part
            ]
            yield slice(start, start + len(part)), rows

    def _contested(self) -> list[str]:
        return [name for name in self.rated if len({given[name] for given in self.credences.values()}) > 1]

    @cached_property
    def _bearing(self) -> set[str]:
        """Everything that any of the verdicts is reached from."""
        core = self.graph.core
        found = {node for name in self.verdicts for node in core.ancestors(self.graph.index[name]).tolist()}
        return {self.graph.nodes[node].id for node in found}

    @cached_property
    def _imposed(self) -> FloatArray | None:
        return imposed_strengths(self.graph, self.fixed) if self.fixed else None

    def _vector(self, reader: str) -> FloatArray:
        vector = np.array(self.graph.core.base_scores)
        held = self.credences[reader]
        vector[[self.graph.index[name] for name in held]] = list(held.values())
        return vector

    def _strengths(self, base: FloatArray) -> FloatArray:
        """Strengths of shape (vectors, verdicts)."""
        strengths = self.graph.core.evaluate(base, self.semantics, fixed=self._imposed)
        return strengths[:, [self.graph.index[name] for name in self.verdicts]]

    def _function(self, verdict: str) -> GraphVerdict:
        return GraphVerdict.of(self.graph, verdict, self.semantics, self._imposed)

    def _held(self, verdict: str, *readers: str) -> list[dict[str, float]]:
        """What readers hold of everything that bears on a verdict and can be rated or settled."""
        fixed = {name for name, label in (self.fixed or {}).items() if label in ("in", "out")}
        free = {
            name: self.graph.node(name).base
            for name in self._function(verdict).columns
            if name not in fixed and (name in self.rated or self._is_settleable(name))
        }
        return [
            {name: self.credences[reader].get(name, base) for name, base in free.items()}
            for reader in readers
        ]

    def _settleable(self, names: Iterable[str]) -> list[str]:
        return [name for name in names if self._is_settleable(name)]

    def _is_settleable(self, name: str) -> bool:
        """Whether evidence could settle it: verdicts and arguments are weighed, not found out."""
        return self.graph.node(name).kind not in ("argument", "assessment")
