"""Samples on their way through the layers of an argument graph."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cruxmap.analysis.fixpoint import Update, settle

if TYPE_CHECKING:
    from cruxmap.analysis.fixpoint import Floats, Indices
    from cruxmap.analysis.gradual_layers import Layer
    from cruxmap.analysis.semantics import Semantics, Values


def by_position(samples: Values, order: Indices) -> Values:
    """One row per position: reductions over parents then run along contiguous samples."""
    return np.ascontiguousarray(samples.T[order])


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

    Notes
    -----
    A lone sample is kept as a vector: numpy reduces vectors several times faster than one-column matrices.
    """

    def __init__(self, semantics: Semantics, own: Values, fixed: Floats | None, tolerance: float) -> None:
        samples = own.shape[1]
        self.semantics, self.tolerance = semantics, tolerance
        lone = samples == 1
        self.own: Values = own[:, 0] if lone else own
        self.fixed = fixed[:, 0] if lone and fixed is not None else fixed
        self.values: Values = np.empty(self.own.shape, dtype=own.dtype)
        self.converged = np.ones(samples, dtype=np.bool_)
        self.iterations = np.ones(samples, dtype=np.intp)

    def evaluate(self, layer: Layer) -> None:
        """Compute a layer whose parents are all known."""
        rows = layer.rows
        result = layer.update(self.semantics, self.values, self.own[rows])
        if self.fixed is not None:
            result = np.where(np.isnan(self.fixed[rows]), result, self.fixed[rows])
        self.values[rows] = result

    def integrate(self, layer: Layer, component_starts: Indices) -> Indices:
        """Settle a layer of cyclic components; return the numbers of those that did not converge."""
        rows, nodes = layer.rows, len(self.values)
        values, own = self.values.reshape(nodes, -1), self.own.reshape(nodes, -1)[rows]
        fixed = None if self.fixed is None else self.fixed.reshape(nodes, -1)[rows]

        def restrict(samples: Indices) -> Update:
            known, base = values[:, samples], own[:, samples]
            held = None if fixed is None else fixed[:, samples]

            def update(state: Floats) -> Floats:
                known[rows] = state
                result = layer.update(self.semantics, known, base)
                return result if held is None else np.where(np.isnan(held), result, held)

            return update

        start = own if fixed is None else np.where(np.isnan(fixed), own, fixed)
        settled = settle(restrict, start, component_starts, tolerance=self.tolerance)
        values[rows] = settled.state
        self.converged &= settled.converged.all(axis=0)
        self.iterations += settled.iterations.sum(axis=0)
        return np.flatnonzero(~settled.converged.all(axis=1))
