"""Continuous dynamics of cyclic components: integration of dσ/dt = f(σ) - σ to a fixpoint."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from cruxmap.analysis.segments import Segments

Floats: TypeAlias = NDArray[np.float64]
Flags: TypeAlias = NDArray[np.bool_]
Indices: TypeAlias = NDArray[np.intp]

Update: TypeAlias = Callable[[Floats], Floats]
"""The map f on states of shape (nodes, samples)."""

MAXIMUM_STEPS = 5_000
"""Accepted and refused steps after which a component counts as not converging."""

PATH_TOLERANCE = 1e-6
"""Largest local error of the path: small enough to stay in the basin that the dynamics starts in."""

RESIDUAL_SHARE = 1e-3
"""Local error allowed per unit of residual, so that errors die out together with the movement."""

ROUNDING = 1e-15
"""Local errors below this are rounding and never refuse a step."""


@dataclass(frozen=True)
class Settled:
    """End of an integration.

    Parameters
    ----------
    state : array of shape (nodes, samples)
        Strengths at the end.
    converged : array of shape (components, samples)
        Whether max |f(σ) - σ| over the component came below the tolerance.
    iterations : array of shape (components, samples)
        Steps tried.
    """

    state: Floats
    converged: Flags
    iterations: Indices


def settle(
    restrict: Callable[[Indices], Update],
    start: Floats,
    component_starts: Indices,
    *,
    tolerance: float,
    maximum_steps: int = MAXIMUM_STEPS,
) -> Settled:
    """Integrate independent components from their start to a fixpoint.

    Parameters
    ----------
    restrict : callable
        Given indices of samples, returns f for states of just these samples (columns in the given order).
    start : array of shape (nodes, samples)
        State at time 0, in [0, 1].
    component_starts : array of shape (components,)
        First row of every component; components are runs of rows that do not influence each other.
    tolerance : float
        Largest |f(σ) - σ| that counts as a fixpoint, above 0.
    maximum_steps : int
        Limit of steps per component and sample.

    Returns
    -------
    Settled
        State, convergence and steps of every component and sample.

    Notes
    -----
    Classical fourth-order Runge-Kutta with step doubling and local extrapolation. Every component of every
    sample has its own step, so a batch gives what each sample alone would give. The allowed error shrinks
    with the residual: a fixed one would leave an explicit method trembling at the border of its stability.

    References
    ----------
    N. Potyka (2018). Continuous dynamical systems for weighted bipolar argumentation. KR.
    E. Hairer, S. Nørsett and G. Wanner (1993). Solving ordinary differential equations I. Springer, II.4.

    Examples
    --------
    >>> def halve_distance_to_one(state):
    ...     return 0.5 + 0.5 * state
    >>> end = settle(lambda samples: halve_distance_to_one, np.zeros((1, 1)), np.array([0]), tolerance=1e-9)
    >>> bool(end.converged.all()), round(float(end.state[0, 0]), 6)
    (True, 1.0)
    """
    run = _Run(restrict, start.copy(), component_starts, tolerance)
    for _ in range(maximum_steps):
        if not run.active.any():
            break
        run.narrow_to_active_samples()
        run.step()
    run.store()
    return Settled(run.state, run.converged, run.iterations)


class _Run:
    """An integration under way; `live` are the samples that still have an active component."""

    def __init__(
        self,
        restrict: Callable[[Indices], Update],
        state: Floats,
        component_starts: Indices,
        tolerance: float,
    ) -> None:
        nodes, samples = state.shape
        self.restrict, self.state, self.tolerance = restrict, state, tolerance
        self.segments = Segments(component_starts, nodes)
        self.row_component = np.repeat(
            np.arange(len(component_starts)), np.diff(np.append(component_starts, nodes))
        )
        shape = (len(component_starts), samples)
        self.converged = np.zeros(shape, dtype=np.bool_)
        self.iterations = np.zeros(shape, dtype=np.intp)
        self.live = np.arange(samples, dtype=np.intp)
        self.update = restrict(self.live)
        self.current = state.copy()
        self.step_size: Floats = np.full(shape, 0.25)
        self.steps = self.iterations.copy()
        self._measure()

    def _measure(self) -> None:
        """Derivative, residual and activity at the current state."""
        self.slope: Floats = self.update(self.current) - self.current
        self.residual = self._by_component(self.slope)
        # Not "residual >= tolerance": a residual that is not a number is not a fixpoint either.
        self.active: Flags = ~(self.residual < self.tolerance)

    def _by_component(self, values: Floats) -> Floats:
        return self.segments.reduce(np.maximum, np.abs(values))

    def narrow_to_active_samples(self) -> None:
        """Leave finished samples out once they are the majority: every step costs what is live."""
        busy = self.active.any(axis=0)
        if 2 * np.count_nonzero(busy) > len(self.live):
            return
        self.store()
        self.live = self.live[busy]
        self.update = self.restrict(self.live)
        self.current, self.slope = self.current[:, busy], self.slope[:, busy]
        self.residual, self.active = self.residual[:, busy], self.active[:, busy]
        self.step_size, self.steps = self.step_size[:, busy], self.steps[:, busy]

    def store(self) -> None:
        """Write the live samples into the result."""
        self.state[:, self.live] = self.current
        self.converged[:, self.live] = ~self.active
        self.iterations[:, self.live] = self.steps

    def step(self) -> None:
        """Try one step everywhere, keep it where its error is allowed, and adapt the step sizes."""
        size = np.where(self.active, self.step_size, 0.0)[self.row_component]
        whole = self._runge_kutta(self.current, self.slope, size)
        middle = self._runge_kutta(self.current, self.slope, size / 2.0)
        halves = self._runge_kutta(middle, self.update(middle) - middle, size / 2.0)
        correction = (halves - whole) / 15.0
        error = self._by_component(correction)
        allowed = np.maximum(np.minimum(PATH_TOLERANCE, RESIDUAL_SHARE * self.residual), ROUNDING)
        kept = self.active & (error <= allowed)
        better = np.clip(halves + correction, 0.0, 1.0)
        self.current = np.where(kept[self.row_component], better, self.current)
        growth = 0.9 * (allowed / np.maximum(error, 1e-300)) ** 0.2
        self.step_size = np.clip(self.step_size * np.clip(growth, 0.2, 4.0), 1e-6, 1e6)
        self.steps += self.active
        self._measure()

    def _runge_kutta(self, state: Floats, slope: Floats, size: Floats) -> Floats:
        second = self._slope(state + size / 2.0 * slope)
        third = self._slope(state + size / 2.0 * second)
        fourth = self._slope(state + size * third)
        return state + size / 6.0 * (slope + 2.0 * second + 2.0 * third + fourth)

    def _slope(self, state: Floats) -> Floats:
        return self.update(state) - state
