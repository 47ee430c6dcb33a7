"""Coherent overall positions: what a reader may hold all at once, and what follows for one who holds X.

A position labels every node in line with its acceptance condition (see `positions_asp`). What the arguments
decide is the same in all of them. The rest falls into *blocks* without influence on one another; a position
is any choice of one position for each block, so that blocks are read separately and never multiplied out.
In a block only the verdicts tell positions apart: a *camp* is a combination of verdicts that some position
has, together with the least that a reader must hold for it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from math import prod
from typing import TYPE_CHECKING, Any, NamedTuple

from cruxmap.analysis.labelling import Decision, grounded_labels
from cruxmap.analysis.positions_asp import SEMANTICS, PositionSolver
from cruxmap.analysis.positions_blocks import Block, Outcome, read_block, what_it_takes
from cruxmap.analysis.positions_conditions import Residue, residue
from cruxmap.analysis.positions_ground import Ground, under
from cruxmap.analysis.stopwatch import Stopwatch, TimeUp
from cruxmap.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from cruxmap.graph import ArgumentGraph

__all__ = ["SEMANTICS", "Block", "Positions", "overall_positions", "positions"]

LABELS = ("in", "out", "undecided")

BUDGET = 2.0
"""Seconds that the search may take."""

LIMIT = 10
"""Camps of a block that are described."""


@dataclass(frozen=True, slots=True)
class Positions:
    """All coherent overall positions, read out.

    Attributes
    ----------
    semantics, standard : str
        Which positions count, and what a verdict needs to be in.
    given : dict of str to str
        What all positions in question hold.
    decided : dict of str to str
        Label of every verdict in scope that the arguments decide, whatever a reader holds.
    shared : dict of str to str
        Verdicts and open statements that no argument decides alone, but that all positions label alike.
    taking : tuple of Outcome
        What it takes to come to hold what is given, where that is more than to choose it.
    consequences : dict of str to str
        What all positions with `given` share and those without it do not.
    clash : dict of str to str
        A smallest part of `given` that no position holds; empty unless there is no position with it.
    clash_reasons : tuple of Decision
        Why, where the arguments decide against it.
    blocks : tuple of Block
        The verdicts on which positions part, by independent question.
    idle : tuple of str
        Open statements that bear on no verdict in scope that positions part on.
    impossible : tuple of tuple of str
        Cycles of a part that admits no position, so that there is none at all (stable only).
    within_budget : bool
    budget : float
        Seconds.
    """

    semantics: str
    standard: str
    given: dict[str, str]
    decided: dict[str, str] = field(default_factory=dict)
    shared: dict[str, str] = field(default_factory=dict)
    taking: tuple[Outcome, ...] = ()
    consequences: dict[str, str] = field(default_factory=dict)
    clash: dict[str, str] = field(default_factory=dict)
    clash_reasons: tuple[Decision, ...] = ()
    blocks: tuple[Block, ...] = ()
    idle: tuple[str, ...] = ()
    impossible: tuple[tuple[str, ...], ...] = ()
    within_budget: bool = True
    budget: float = BUDGET

    @property
    def exists(self) -> bool:
        """Whether there is any position with what is given."""
        return not self.clash and not self.impossible

    @property
    def camp_count(self) -> int:
        """Combinations of verdicts over all blocks; at least that many unless all blocks are counted."""
        return prod((block.camp_count for block in self.blocks), start=1) if self.exists else 0

    @property
    def counted(self) -> bool:
        """Whether `camp_count` is exact."""
        return self.within_budget and all(block.counted for block in self.blocks)

    def as_data(self) -> dict[str, Any]:
        """Return plain data for JSON."""
        return {
            "semantics": self.semantics,
            "standard": self.standard,
            "given": self.given,
            "exists": self.exists,
            "decided": self.decided,
            "shared": self.shared,
            "taking": [outcome.as_data() for outcome in self.taking],
            "consequences": self.consequences,
            "clash": self.clash,
            "clash_reasons": [decision.reason for decision in self.clash_reasons],
            "impossible": [list(cycle) for cycle in self.impossible],
            "blocks": [block.as_data() for block in self.blocks],
            "camp_count": self.camp_count,
            "counted": self.counted,
            "idle": list(self.idle),
            "within_budget": self.within_budget,
            "budget": self.budget,
        }


def positions(
    graph: ArgumentGraph,
    semantics: str = "preferred",
    standard: str = "preponderance",
    fixed: Mapping[str, str] | None = None,
    *,
    given: Mapping[str, str] | None = None,
    about: Collection[str] | None = None,
    limit: int = LIMIT,
    budget: float | None = BUDGET,
) -> Positions:
    """Read out the coherent overall positions.

    Parameters
    ----------
    graph : ArgumentGraph
    semantics : {"preferred", "stable", "complete"}
        Positions carried as far as they go; those that decide everything, without support in a circle; or
        all that are coherent, however little they decide.
    standard : str
        Proof standard of the assessments.
    fixed : mapping, optional
        Labels imposed on nodes, whatever the arguments say.
    given : mapping, optional
        Labels that a position must come to have; other than `fixed` it must earn them.
    about : collection of str, optional
        Statements (and arguments) in question; all when left out. Only what bears on them is read.
    limit : int
        Camps of a block that are described.
    budget : float, optional
        Seconds allowed; None for no limit.

    Returns
    -------
    Positions

    Raises
    ------
    UsageError
        When a name, label, standard or semantics is unknown, or stable positions are asked for although
        something was set to `undecided`.

    References
    ----------
    Brewka, Strass, Ellmauthaler, Wallner, Woltran (2013), "Abstract dialectical frameworks revisited", IJCAI.

    Examples
    --------
    >>> from cruxmap.graph import ArgumentGraph, Edge, EdgeKind, Node
    >>> nodes = [Node("a", "assumption", "e", "", "", 0.5), Node("r", "argument", "e", "", "", 0.7)]
    >>> nodes.append(Node("e/c", "assessment", "e", "", "", 0.5))
    >>> edges = (Edge("a", "r", EdgeKind.PREMISE), Edge("r", "e/c", EdgeKind.SUPPORT))
    >>> found = positions(ArgumentGraph(tuple(nodes), edges))
    >>> [(camp.labels, camp.commitments) for camp in found.blocks[0].camps]
    [({'e/c': 'in'}, ({'a': 'in'},)), ({'e/c': 'out'}, ({'a': 'out'},))]
    >>> positions(ArgumentGraph(tuple(nodes), edges), given={"e/c": "in"}).consequences
    {'a': 'in'}
    """
    held, imposed = dict(given or {}), dict(fixed or {})
    _check(graph, semantics, held, imposed)
    if limit < 1:
        raise UsageError("at least one camp must be described; give a limit of 1 or more")
    names = set(graph.statements() if about is None else about) | held.keys()
    stopwatch = Stopwatch(budget)
    bare = Ground(graph, semantics, standard, imposed, names, stopwatch)
    whole = about is None
    result: dict[str, Any] = {"budget": budget or 0.0}
    try:
        bare.work_out()
        if bare.impossible:
            result["impossible"] = bare.impossible
        elif clash := bare.clash(held):
            result["clash"], result["clash_reasons"] = clash, bare.reasons(clash)
        else:
            result |= _read(bare, held, limit, whole=whole)
    except TimeUp:
        result["within_budget"] = False
    result["decided"] = result.get("decided") or bare.verdicts_decided()
    return Positions(semantics, standard, held, **result)


def overall_positions(
    graph: ArgumentGraph,
    semantics: str = "preferred",
    standard: str = "preponderance",
    fixed: Mapping[str, str] | None = None,
    *,
    budget: float | None = BUDGET,
) -> Iterator[dict[str, str]]:
    """Yield every coherent position as a label of every node, for graphs with few free statements.

    Parameters
    ----------
    graph, semantics, standard, fixed
        As for `positions`.
    budget : float, optional
        Seconds of work.

    Yields
    ------
    dict of str to str

    Raises
    ------
    UsageError
        As for `positions`, or when the budget ends before all are found.
    """
    imposed = dict(fixed or {})
    _check(graph, semantics, {}, imposed)
    labels = grounded_labels(graph, standard, imposed).labels
    stopwatch = Stopwatch(budget)
    open_part = residue(graph, labels, standard, imposed)
    try:
        solver = PositionSolver(open_part, semantics, stopwatch)
        for found in solver.positions(list(open_part.conditions)):
            with stopwatch.paused():
                yield labels | found
    except TimeUp:
        raise UsageError(f"not all {semantics} positions were found within {budget:g} s") from None


def _check(graph: ArgumentGraph, semantics: str, given: Mapping[str, str], fixed: Mapping[str, str]) -> None:
    if semantics not in SEMANTICS:
        raise UsageError(f"there are no {semantics!r} positions; known: {', '.join(SEMANTICS)}")
    for name, label in (*given.items(), *fixed.items()):
        if name not in graph.index:
            raise UsageError(f"there is no statement or argument {name!r} to hold")
        if label not in LABELS:
            raise UsageError(f"{name} can be {', '.join(LABELS)}, not {label!r}")
    for name, label in fixed.items():
        if label == "undecided" and semantics == "stable":
            raise UsageError(f"stable positions decide everything, but {name} was set to undecided")
        if given.get(name, label) != label:
            raise UsageError(f"{name} was set to {label}, so no position has it {given[name]}")


def _read(bare: Ground, held: Mapping[str, str], limit: int, *, whole: bool) -> dict[str, Any]:
    ground = under(bare, held) if held else bare
    before, after = bare.known(), ground.known()
    blocks, idle = _blocks(ground, held, limit)
    scope = after if whole else {name: after[name] for name in _scope(bare) if name in after}
    return {
        "decided": bare.verdicts_decided(),
        "shared": {
            name: label
            for name, label in before.items()
            if bare.labels[name] == "undecided" and name not in held
        },
        "taking": _taking(bare, held),
        "consequences": {
            name: label for name, label in scope.items() if before.get(name) != label and name not in held
        },
        "blocks": blocks,
        "idle": idle,
        "within_budget": all(block.within_budget for block in blocks),
    }


def _scope(ground: Ground) -> list[str]:
    return [name for block in ground.blocks for name in block.conditions]


def _taking(ground: Ground, held: Mapping[str, str]) -> tuple[Outcome, ...]:
    found = []
    for block, solver in zip(ground.blocks, ground.solvers, strict=True):
        here = ground.held_in(block, held)
        if any(block.conditions[name].parents for name, _ in here):
            statements = [name for name, condition in block.conditions.items() if condition.free]
            found.append(what_it_takes(solver, dict(here), statements))
    return tuple(found)


def _blocks(ground: Ground, held: Mapping[str, str], limit: int) -> tuple[tuple[Block, ...], tuple[str, ...]]:
    """Read every question, and return with them the open statements that no question turns on."""
    place = ground.graph.index
    questions: list[_Question] = []
    idle: list[str] = []
    for at, block in enumerate(ground.blocks):
        parted = [name for name in ground.statements(block) if name not in ground.forced[at]]
        here = _questions(ground, at, parted, held)
        questions += here
        bound = {name for question in here for name in question.part.conditions}
        if not ground.held_in(block, held):
            idle += [name for name in parted if block.conditions[name].free and name not in bound]
    # Small ones first, so that a large one can spend no more than what is left of the budget.
    questions.sort(key=lambda question: (len(question.part.conditions), place[question.verdicts[0]]))
    found = []
    for question in questions:
        given = ground.held_in(question.part, held)
        solver = question.solver or PositionSolver(question.part, ground.semantics, ground.stopwatch)
        found.append(read_block(solver, question.verdicts, question.statements, given, limit))
    found.sort(key=lambda block: place[block.verdicts[0]])
    return tuple(found), tuple(sorted(idle, key=place.__getitem__))


class _Question(NamedTuple):
    part: Residue
    verdicts: list[str]
    statements: list[str]
    solver: PositionSolver | None = None


def _questions(ground: Ground, at: int, parted: list[str], held: Mapping[str, str]) -> list[_Question]:
    """Split a block by what bears on its verdicts: what they only lead to in common does not tie them.

    Only for stable positions a cycle that bears on no verdict may rule positions out, so that it stays.
    """
    block = ground.blocks[at]
    verdicts = [
        name for name in parted if ground.graph.node(name).kind == "assessment" and name in ground.names
    ]
    statements = [name for name in parted if block.conditions[name].free]
    if not verdicts:
        return []
    if ground.semantics == "stable" and block.cycles:
        return [_Question(block, verdicts, statements, ground.solvers[at])]
    given = [name for name, _ in ground.held_in(block, held)]
    found = []
    for part in block.part(block.bearing_on([*verdicts, *given])).blocks():
        inside = [name for name in verdicts if name in part.conditions]
        if inside:
            found.append(_Question(part, inside, [name for name in statements if name in part.conditions]))
    return found
