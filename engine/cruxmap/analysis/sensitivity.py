"""Exact derivatives of strengths with respect to base scores."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from cruxmap.analysis.gradual_core import ArgumentGraphCore, Floats
    from cruxmap.analysis.semantics import Semantics

STEP = 1e-30
"""Imaginary step: no subtraction takes place, so it may be far below rounding."""

CELLS_AT_ONCE = 2_000_000
"""Complex numbers per batch of perturbed vectors."""


def gradient(
    core: ArgumentGraphCore, topic: int, semantics: Semantics, *, tolerance: float = 1e-12
) -> Floats:
    """Return the derivative of a topic's strength with respect to every base score.

    Parameters
    ----------
    core : ArgumentGraphCore
        The graph; restrict it to the ancestors of the topic first, other derivatives are 0.
    topic : int
        Node whose strength is differentiated.
    semantics : Semantics
        The gradual semantics.
    tolerance : float
        Tolerance of the fixpoint at which cyclic graphs are differentiated.

    Returns
    -------
    array of shape (nodes,)
        ∂σ(topic) / ∂ base score; where σ has a kink, the derivative for growing base score.

    Raises
    ------
    NotConvergedError
        There is no fixpoint at which to differentiate.

    Notes
    -----
    Acyclic graphs: the complex step, one evaluation per node, exact up to rounding. Cyclic graphs: the
    implicit function theorem, ``(I - J)ᵀ λ = e_topic`` with J the Jacobian of one update at the fixpoint,
    also by the complex step; O(nodes³) time and O(nodes²) memory.

    References
    ----------
    W. Squire and G. Trapp (1998). Using complex variables to estimate derivatives of real functions. SIAM
    Review 40(1).
    """
    return (_gradient_at_fixpoint if core.is_cyclic else _gradient_forward)(core, topic, semantics, tolerance)


def _gradient_forward(core: ArgumentGraphCore, topic: int, semantics: Semantics, tolerance: float) -> Floats:
    derivative = np.empty(core.node_count)
    for first, last in _batches(core.node_count):
        perturbed = np.tile(core.base_scores.astype(np.complex128), (last - first, 1))
        perturbed[np.arange(last - first), np.arange(first, last)] += 1j * STEP
        strengths = core.solve(perturbed, semantics, tolerance=tolerance).strengths
        derivative[first:last] = strengths[:, topic].imag / STEP
    return derivative


def _gradient_at_fixpoint(
    core: ArgumentGraphCore, topic: int, semantics: Semantics, tolerance: float
) -> Floats:
    count = core.node_count
    state = core.evaluate(semantics=semantics, tolerance=tolerance).astype(np.complex128)
    system = np.empty((count, count))
    for first, last in _batches(count):
        perturbed = np.tile(state, (last - first, 1))
        perturbed[np.arange(last - first), np.arange(first, last)] += 1j * STEP
        system[first:last] = core.update(perturbed, semantics=semantics).imag / -STEP
    # Row b now holds -∂f(a)/∂σ(b) for every a: the transposed Jacobian, as the adjoint equation needs it.
    system[np.diag_indices(count)] += 1.0
    unit = np.zeros(count)
    unit[topic] = 1.0
    adjoint = np.linalg.solve(system, unit)
    own = core.update(state, core.base_scores + 1j * STEP, semantics).imag / STEP
    return np.asarray(adjoint * own)


def _batches(count: int) -> list[tuple[int, int]]:
    size = max(1, CELLS_AT_ONCE // max(1, count))
    return [(first, min(first + size, count)) for first in range(0, count, size)]
