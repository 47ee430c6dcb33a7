"""Extensions that settle a question of acceptance: one with an argument, or one without it."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

from cruxmap.analysis import frameworks_search as search
from cruxmap.analysis.frameworks_asp import ALL, COMPLETE, FIRST_MAXIMAL, MAXIMAL_IN, STABLE, Solver
from cruxmap.analysis.grounded_rounds import IN, UNDECIDED

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    Found = frozenset[int] | None
    Witness = Callable[[search.SearchSpace, int, bool], Found]


def find_witness(space: search.SearchSpace, semantics: str, node: int, contains: bool) -> Found:
    """Return an extension that contains a node (or does not), or None if there is none.

    Parameters
    ----------
    space : SearchSpace
        Framework and budget.
    semantics : str
        Name of a semantics.
    node : int
        The argument in question.
    contains : bool
        Whether the extension is to contain it.

    Returns
    -------
    frozenset of int, or None

    Notes
    -----
    One search for complete, preferred and stable; the extensions of the others are enumerated up to the first
    that fits.
    """
    return _WITNESSES.get(semantics, _enumerated(semantics))(space, node, contains)


def _enumerated(semantics: str) -> Witness:
    def witness(space: search.SearchSpace, node: int, contains: bool) -> Found:
        with closing(search.SEARCHES[semantics](space)) as answers:
            return next((answer for answer in answers if (node in answer) is contains), None)

    return witness


def _complete(space: search.SearchSpace, node: int, contains: bool) -> Found:
    framework = space.framework
    label = framework.labelling.labels[node]
    if not contains or label != UNDECIDED:
        return framework.grounded if (label == IN) is contains else None
    return _with_grounded(
        space, Solver(COMPLETE, framework.residue, ALL, space.stopwatch).answer(true=[node])
    )


def _preferred(space: search.SearchSpace, node: int, contains: bool) -> Found:
    framework = space.framework
    label = framework.labelling.labels[node]
    if label != UNDECIDED:
        fits = (label == IN) is contains
        return next(search.SEARCHES["preferred"](space), None) if fits else None
    part = framework.residue
    solver = Solver(COMPLETE + MAXIMAL_IN, part, FIRST_MAXIMAL, space.stopwatch)
    if contains:
        return _with_grounded(space, solver.answer(true=[node]))
    # As in `exists_preferred`: as large as can be without the node, and no complete extension has both.
    while (without := solver.answer(false=[node])) is not None:
        larger = solver.answer(true=[*sorted(without), node])
        if larger is None:
            return framework.grounded | without
        solver.require_one_of(other for other in part.nodes if other not in larger)
    return None


def _stable(space: search.SearchSpace, node: int, contains: bool) -> Found:
    framework = space.framework
    if framework.labelling.labels[node] != UNDECIDED:
        return _enumerated("stable")(space, node, contains)
    solver = Solver(STABLE, framework.residue, ALL, space.stopwatch)
    held, refused = ([node], []) if contains else ([], [node])
    return _with_grounded(space, solver.answer(true=held, false=refused))


def _with_grounded(space: search.SearchSpace, answer: Found) -> Found:
    return None if answer is None else space.framework.grounded | answer


_WITNESSES: Mapping[str, Witness] = {"complete": _complete, "preferred": _preferred, "stable": _stable}
