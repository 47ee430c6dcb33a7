"""Credulous and sceptical acceptance of one argument, by a shorter way than enumeration where one is sound.

Every question is one of existence: is there an extension with the argument (credulous), or one without it
(not sceptical)? Without any extension, as it may happen for stable, nothing is credulously and everything
sceptically accepted.

References
----------
Wolfgang Dvořák, Matti Järvisalo, Johannes Peter Wallner, Stefan Woltran (2014). Complexity-sensitive decision
procedures for abstract argumentation. Artificial Intelligence 206.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from typing import TYPE_CHECKING

from cruxmap.analysis.attack_graph import Subgraph, ancestors, weak_components
from cruxmap.analysis.frameworks_asp import (
    ALL,
    COMPLETE,
    CONFLICT_FREE,
    FIRST_MAXIMAL,
    MAXIMAL_IN,
    RANGE,
    STABLE,
    Solver,
)
from cruxmap.analysis.frameworks_search import SearchSpace, ideal_in, maximal_ranges, stable
from cruxmap.analysis.grounded_rounds import IN, UNDECIDED

if TYPE_CHECKING:
    from cruxmap.analysis.stopwatch import Stopwatch

Existence = Callable[[SearchSpace, int, bool], bool]
"""Whether there is an extension that contains a node (True) or one that does not (False)."""


def exists_grounded(space: SearchSpace, node: int, contains: bool) -> bool:
    """Return whether the grounded extension contains `node`, or does not if `contains` is False."""
    return (space.framework.labelling.labels[node] == IN) is contains


def exists_complete(space: SearchSpace, node: int, contains: bool) -> bool:
    """Return whether a complete extension contains `node` (or lacks it; the grounded one is the least)."""
    if not contains or space.framework.labelling.labels[node] != UNDECIDED:
        return exists_grounded(space, node, contains)
    return Solver(COMPLETE, _relevant(space, node), ALL, space.stopwatch).answer(true=[node]) is not None


def exists_preferred(space: SearchSpace, node: int, contains: bool) -> bool:
    """Return whether a preferred extension contains `node` or lacks it.

    Notes
    -----
    One contains it iff a complete one does. One that lacks it is searched by refinement: take a
    complete extension without the node that is as large as possible. If no complete extension contains both
    it and the node, then every preferred extension above it lacks the node. Otherwise such a larger one is
    found, and no preferred extension without the node lies within it, so that the search goes on outside it.
    Each round excludes its candidate, hence it ends.
    """
    if contains or space.framework.labelling.labels[node] != UNDECIDED:
        return exists_complete(space, node, contains)
    part = _relevant(space, node)
    solver = Solver(COMPLETE + MAXIMAL_IN, part, FIRST_MAXIMAL, space.stopwatch)
    while (without := solver.answer(false=[node])) is not None:
        larger = solver.answer(true=[*sorted(without), node])
        if larger is None:
            return True
        solver.require_one_of(other for other in part.nodes if other not in larger)
    return False


def exists_ideal(space: SearchSpace, node: int, contains: bool) -> bool:
    """Return whether the ideal extension contains `node`, or does not if `contains` is False."""
    if space.framework.labelling.labels[node] != UNDECIDED:
        return exists_grounded(space, node, contains)
    return (node in ideal_in(_relevant(space, node), space.stopwatch)) is contains


def exists_stable(space: SearchSpace, node: int, contains: bool) -> bool:
    """Return whether a stable extension contains `node` or lacks it."""
    if space.framework.labelling.labels[node] != UNDECIDED:
        return exists_grounded(space, node, contains) and _any_stable(space)
    solver = Solver(STABLE, space.framework.residue, ALL, space.stopwatch)
    return _answers_with(solver, node, contains)


def exists_semi_stable(space: SearchSpace, node: int, contains: bool) -> bool:
    """Return whether a semi-stable extension contains `node` or lacks it."""
    if space.framework.labelling.labels[node] != UNDECIDED:
        return exists_grounded(space, node, contains)
    part = _component(space.framework.residue, node)
    solver = Solver(STABLE, part, ALL, space.stopwatch)
    if solver.answer() is not None:
        return _answers_with(solver, node, contains)
    return _exists_range_maximal(COMPLETE, part, node, contains, space.stopwatch)


def exists_stage(space: SearchSpace, node: int, contains: bool) -> bool:
    """Return whether a stage extension contains `node` or lacks it."""
    part = _component(space.framework.whole, node)
    labels = space.framework.labelling.labels
    residue = part.part(other for other in part.nodes if labels[other] == UNDECIDED)
    solver = Solver(STABLE, residue, ALL, space.stopwatch)
    if solver.answer() is None:
        return _exists_range_maximal(CONFLICT_FREE, part, node, contains, space.stopwatch)
    if labels[node] != UNDECIDED:
        return exists_grounded(space, node, contains)
    return _answers_with(solver, node, contains)


def _any_stable(space: SearchSpace) -> bool:
    with closing(stable(space)) as answers:
        return next(answers, None) is not None


def _exists_range_maximal(base: str, part: Subgraph, node: int, contains: bool, stopwatch: Stopwatch) -> bool:
    wanted = f":- {'not ' if contains else ''}in({node}).\n"
    solver = Solver(base + RANGE + wanted, part, ALL, stopwatch)
    with closing(maximal_ranges(base, part, stopwatch)) as ranges:
        return any(solver.answer(true=sorted(reached), name="range") is not None for reached in ranges)


def _answers_with(solver: Solver, node: int, contains: bool) -> bool:
    return solver.answer(true=[node] if contains else [], false=[] if contains else [node]) is not None


def _relevant(space: SearchSpace, node: int) -> Subgraph:
    # Complete, preferred and ideal are directional: what does not reach the node through attacks cannot
    # change its label.
    residue = space.framework.residue
    return residue.part(ancestors(residue, node))


def _component(part: Subgraph, node: int) -> Subgraph:
    return part.part(next(component for component in weak_components(part) if node in component))
