"""Layers of nodes that are evaluated together, with their incoming edges laid out for numpy reductions."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from cruxmap.analysis.segments import Segments

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from cruxmap.analysis.graph_structure import EvaluationOrder, Indices, Relation
    from cruxmap.analysis.semantics import Aggregation, Semantics, Values


@dataclass(frozen=True, eq=False)
class Runs:
    """The incoming edges of one kind of a layer's nodes.

    Parameters
    ----------
    sources : array of shape (edges,)
        Positions of the parents, target by target.
    segments : Segments
        The run of each target.
    targets : array of shape (targets,) or slice
        Places of the targets within the layer; a slice when every node of the layer has such edges.
    """

    sources: Indices
    segments: Segments
    targets: Indices | slice

    @classmethod
    def of(cls, relation: Relation, start: int, stop: int) -> Runs | None:
        """Return the edges into nodes ``start … stop - 1``, or None when there are none."""
        starts = relation.starts[start : stop + 1]
        if starts[0] == starts[-1]:
            return None
        filled = np.flatnonzero(starts[1:] > starts[:-1])
        targets = slice(None) if len(filled) == stop - start else filled
        segments = Segments(starts[:-1][filled] - starts[0], int(starts[-1] - starts[0]))
        return cls(relation.sources[starts[0] : starts[-1]], segments, targets)


@dataclass(frozen=True, eq=False)
class Layer:
    """Nodes ``start … stop - 1`` in order of evaluation.

    Parameters
    ----------
    start, stop : int
        Range of positions.
    attacks, supports, premises, exceptions : Runs or None
        Incoming edges of each kind.
    minimum : bool
        Whether premises and exceptions combine by minimum instead of product.
    component_starts : array of shape (components,) or None
        For a layer of cyclic components the place where each begins; None when no node depends on another.
    """

    start: int
    stop: int
    attacks: Runs | None
    supports: Runs | None
    premises: Runs | None
    exceptions: Runs | None
    minimum: bool
    component_starts: Indices | None = None

    @classmethod
    def build(
        cls,
        relations: Mapping[str, Relation],
        start: int,
        stop: int,
        *,
        minimum: bool,
        component_starts: Indices | None = None,
    ) -> Layer:
        """Cut a layer out of relations that are numbered in order of evaluation."""
        runs = {name: Runs.of(relation, start, stop) for name, relation in relations.items()}
        return cls(
            start,
            stop,
            runs.get("attacks"),
            runs.get("supports"),
            runs.get("premises"),
            runs.get("exceptions"),
            minimum,
            component_starts,
        )

    @property
    def rows(self) -> slice:
        """The layer's positions."""
        return slice(self.start, self.stop)

    @property
    def is_cyclic(self) -> bool:
        """Whether the nodes belong to cyclic components."""
        return self.component_starts is not None

    @cached_property
    def isolated(self) -> tuple[Indices, Layer]:
        """Positions of the parents outside, and the layer as it is when only they stand before it."""
        present = [runs for runs in self._runs if runs is not None]
        read = np.unique(np.concatenate([runs.sources for runs in present]))
        parents = read[read < self.start]
        places = np.concatenate((parents, np.arange(self.start, self.stop)))

        def moved(runs: Runs | None) -> Runs | None:
            return None if runs is None else replace(runs, sources=np.searchsorted(places, runs.sources))

        return parents, replace(
            self,
            start=len(parents),
            stop=len(places),
            attacks=moved(self.attacks),
            supports=moved(self.supports),
            premises=moved(self.premises),
            exceptions=moved(self.exceptions),
        )

    @property
    def _runs(self) -> tuple[Runs | None, ...]:
        return self.attacks, self.supports, self.premises, self.exceptions

    @property
    def width(self) -> int:
        """Numbers that one sample needs while the layer is computed."""
        return self.stop - self.start + sum(len(runs.sources) for runs in self._runs if runs is not None)

    def update(self, semantics: Semantics, values: Values, base: Values) -> Values:
        """Return the strengths of the layer's nodes, given those of their parents.

        Parameters
        ----------
        semantics : Semantics
            Aggregation and influence.
        values : array of shape (positions,) or (positions, samples)
            Strengths of all nodes that are known, by position.
        base : array of shape (layer,) or (layer, samples)
            Own scores before premises.

        Returns
        -------
        array of the shape of `base`
            New strengths; may share memory with `base` when nothing points at the layer.
        """
        own = self._conditioned(values, base)
        if self.attacks is None and self.supports is None:
            return own
        energy: Values = np.zeros(base.shape, dtype=values.dtype)
        if self.supports is not None:
            energy[self.supports.targets] = _reduced(semantics.aggregate, self.supports, values)
        if self.attacks is not None:
            energy[self.attacks.targets] -= _reduced(semantics.aggregate, self.attacks, values)
        return semantics.influence(own, energy)

    def _conditioned(self, values: Values, base: Values) -> Values:
        """Own scores after premises and exceptions."""
        if self.premises is None and self.exceptions is None:
            return base
        combine = np.minimum if self.minimum else np.multiply
        condition: Values = np.ones(base.shape, dtype=values.dtype)
        for runs, negated in ((self.premises, False), (self.exceptions, True)):
            if runs is not None:
                holding = 1.0 - values[runs.sources] if negated else values[runs.sources]
                reduced = runs.segments.reduce(combine, holding)
                condition[runs.targets] = combine(condition[runs.targets], reduced)
        return base * condition


def _reduced(aggregate: Aggregation, runs: Runs, values: Values) -> Values:
    return aggregate(values[runs.sources], runs.segments)


def layers_in_order(
    relations: Mapping[str, Relation], order: EvaluationOrder, *, minimum: bool
) -> tuple[Indices, tuple[Layer, ...]]:
    """Arrange the nodes so that every layer is a range, parents before children.

    Parameters
    ----------
    relations : Mapping[str, Relation]
        The graph's edges by kind.
    order : EvaluationOrder
        Levels and cyclic components.
    minimum : bool
        Whether premises combine by minimum.

    Returns
    -------
    nodes : array of shape (nodes,)
        Node at each position.
    layers : tuple of Layer
        In order of evaluation; the acyclic nodes of a level form one layer, its cyclic components another.
    """
    count = len(order.level)
    nodes = np.lexsort((np.arange(count), order.component, order.component >= 0, order.level))
    position = np.empty(count, dtype=np.intp)
    position[nodes] = np.arange(count)
    renumbered = {
        name: relation.renumbered(nodes, position) for name, relation in relations.items() if relation.edges
    }
    component = order.component[nodes]
    kind = 2 * order.level[nodes] + (component >= 0)
    bounds = [*_run_starts(kind).tolist(), count]
    layers = []
    for start, stop in pairwise(bounds):
        cyclic = component[start] >= 0
        begins = _run_starts(component[start:stop]) if cyclic else None
        layers.append(Layer.build(renumbered, start, stop, minimum=minimum, component_starts=begins))
    return nodes, tuple(layers)


def _run_starts(keys: NDArray[np.intp]) -> Indices:
    """Return the places where a run of equal keys begins."""
    if not keys.size:
        return np.zeros(0, dtype=np.intp)
    return np.flatnonzero(np.concatenate(([True], keys[1:] != keys[:-1])))
