"""Samples on their way through the layers of an argument graph."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Self

import numpy as np

from cruxmap.analysis.fixpoint import Update, settle

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from cruxmap.analysis.fixpoint import Floats, Indices
    from cruxmap.analysis.gradual_layers import Layer
    from cruxmap.analysis.semantics import Semantics, Values


def by_position(samples: Values, order: Indices) -> Values:
    """One row per position: reductions over parents then run along contiguous samples."""
    return np.ascontiguousarray(samples.T[order])


@dataclass(frozen=True, eq=False)
class SampleChunk:
    """Strengths of a few samples, filled layer by layer.

    Parameters
    ----------
    semantics : Semantics
        Aggregation and influence.
    own : array of shape (positions, samples)
        Base scores in order of evaluation.
    fixed : array of shape (positions, samples) or None
        Imposed strengths, NaN where free.
    tolerance : float
        Largest |f(σ) - σ| that counts as a fixpoint.
    values : array of the shape of `own`
        Strengths, as far as the layers are evaluated.
    converged, iterations : array of shape (samples,)
        What is known about every sample.

    Notes
    -----
    A lone sample is kept as a vector: numpy reduces vectors several times faster than one-column matrices.
    """

    semantics: Semantics
    own: Values
    fixed: Floats | None
    tolerance: float
    values: Values
    converged: NDArray[np.bool_]
    iterations: Indices

    @classmethod
    def begin(cls, semantics: Semantics, own: Values, fixed: Floats | None, tolerance: float) -> Self:
        """Return a chunk of which nothing is evaluated yet; `own` and `fixed` are matrices."""
        samples = own.shape[1]
        converged, iterations = np.ones(samples, dtype=np.bool_), np.ones(samples, dtype=np.intp)
        if samples == 1:
            own, fixed = own[:, 0], None if fixed is None else fixed[:, 0]
        return cls(semantics, own, fixed, tolerance, np.empty_like(own), converged, iterations)

    def parts(self, size: int) -> list[Self]:
        """Divide the samples into chunks of at most `size`, which share their arrays with this one."""
        samples = len(self.converged)
        if samples <= size:
            return [self]
        return [
            replace(
                self,
                own=self.own[:, first : first + size],
                fixed=None if self.fixed is None else self.fixed[:, first : first + size],
                values=self.values[:, first : first + size],
                converged=self.converged[first : first + size],
                iterations=self.iterations[first : first + size],
            )
            for first in range(0, samples, size)
        ]

    def evaluate(self, layer: Layer) -> None:
        """Compute a layer whose parents are all known."""
        rows = layer.rows
        result = layer.update(self.semantics, self.values, self.own[rows])
        if self.fixed is not None:
            result = np.where(np.isnan(self.fixed[rows]), result, self.fixed[rows])
        self.values[rows] = result

    def integrate(self, layer: Layer, component_starts: Indices) -> Indices:
        """Settle a layer of cyclic components; return the numbers of those that did not converge."""
        nodes, rows = len(self.values), layer.rows
        values, own = self.values.reshape(nodes, -1), self.own.reshape(nodes, -1)[rows]
        fixed = None if self.fixed is None else self.fixed.reshape(nodes, -1)[rows]
        parents, alone = layer.isolated
        outside = values[parents]

        def restrict(samples: Indices) -> Update:
            known, base = np.concatenate((outside[:, samples], own[:, samples])), own[:, samples]
            held = None if fixed is None else fixed[:, samples]

            def update(state: Floats) -> Floats:
                known[alone.rows] = state
                result = alone.update(self.semantics, known, base)
                return result if held is None else np.where(np.isnan(held), result, held)

            return update

        start = own if fixed is None else np.where(np.isnan(fixed), own, fixed)
        settled = settle(restrict, start, component_starts, tolerance=self.tolerance)
        values[rows] = settled.state
        self.converged[:] &= settled.converged.all(axis=0)
        self.iterations[:] += settled.iterations.sum(axis=0)
        return np.flatnonzero(~settled.converged.all(axis=1))
