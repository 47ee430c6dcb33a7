"""One block of the residue read out: which verdicts come together, and what each outcome takes."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any

from cruxmap.analysis.positions_asp import PositionSolver
from cruxmap.analysis.positions_ties import NO_TIES, Ties, read_ties
from cruxmap.analysis.stopwatch import TimeUp

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    Literal = tuple[str, str]

MOST_COUNTED = 1_000
"""Camps of one block that are counted; above, it is only said that there are more."""

MOST_COMMITMENTS = 4
"""Ways to bring an outcome about that are worked out; above, it is only said that there are more."""


MOST_SPLITS = 12
"""Statements that are tried for one that splits a block."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """Labels of verdicts, and what a reader must hold for them.

    Attributes
    ----------
    labels : dict of str to str
        `in`, `out` or `undecided` by verdict.
    commitments : tuple of dict
        Each a smallest set of labels such that every position with them has this outcome: none of them can
        be spared. Labels of open statements; of arguments on a cycle only where statements do not suffice.
    complete : bool
        Whether every position with this outcome holds one of the commitments.
    """

    labels: dict[str, str]
    commitments: tuple[dict[str, str], ...]
    complete: bool

    def as_data(self) -> dict[str, Any]:
        """Return plain data for JSON."""
        return {
            "labels": self.labels,
            "commitments": list(self.commitments),
            "complete": self.complete,
        }


@dataclass(frozen=True, slots=True)
class Block:
    """Verdicts that hang together, with the open statements that they turn on.

    Attributes
    ----------
    verdicts : tuple of str
        Those on which positions part.
    statements : tuple of str
        Open statements that bear on them and that no position forces.
    camps : tuple of Outcome
        Distinct combinations of verdicts; all of them when there are few, else some that lie far apart.
    camp_count : int
        How many there are; at least that many unless `counted`.
    counted : bool
    turning : tuple of Outcome
        For each verdict, what it takes to be in, to be out (or undecided, where positions have that).
    ties : Ties
    split : (str, int) or None
        For a block of many camps, the free statement that splits it into most blocks when it is settled, and
        into how many at least.
    within_budget : bool
        False when the time ended before the block was read; what is there is right, but not all.
    """

    verdicts: tuple[str, ...]
    statements: tuple[str, ...]
    camps: tuple[Outcome, ...] = ()
    camp_count: int = 0
    counted: bool = False
    turning: tuple[Outcome, ...] = ()
    ties: Ties = NO_TIES
    split: tuple[str, int] | None = None
    within_budget: bool = True

    def as_data(self) -> dict[str, Any]:
        """Return plain data for JSON."""
        return {
            "verdicts": list(self.verdicts),
            "statements": list(self.statements),
            "camps": [camp.as_data() for camp in self.camps],
            "camp_count": self.camp_count,
            "counted": self.counted,
            "turning": [outcome.as_data() for outcome in self.turning],
            "ties": self.ties.as_data(),
            "split": None if self.split is None else {"statement": self.split[0], "blocks": self.split[1]},
            "within_budget": self.within_budget,
        }


def read_block(
    solver: PositionSolver,
    verdicts: Sequence[str],
    statements: Sequence[str],
    held: Sequence[Literal],
    limit: int,
) -> Block:
    """Read a block.

    Parameters
    ----------
    solver : PositionSolver
        The positions on the block.
    verdicts, statements : sequence of str
        Verdicts and open statements of the block whose label positions do not share.
    held : sequence of (node, label)
        What every position in question has.
    limit : int
        How many camps are described.

    Returns
    -------
    Block
    """
    reader = _Reader(solver, statements, held)
    parts: dict[str, Any] = {}
    try:
        patterns = [
            tuple(labels[name] for name in verdicts)
            for labels in islice(solver.positions(verdicts, held), MOST_COUNTED + 1)
        ]
        parts["counted"] = len(patterns) <= MOST_COUNTED
        parts["camp_count"] = min(len(patterns), MOST_COUNTED)
        parts["ties"] = read_ties(solver, verdicts, patterns, held, exact=parts["counted"])
        if len(patterns) > limit:
            parts["split"] = solver.part.splits(verdicts, MOST_SPLITS)
        parts["turning"] = []
        parts["turning"].extend(turning(solver, verdicts, statements, held))
        chosen = representatives(patterns, limit) if parts["counted"] else []
        parts["camps"] = [reader.outcome(dict(zip(verdicts, pattern, strict=True))) for pattern in chosen]
    except TimeUp:
        parts["within_budget"] = False
    for name in ("turning", "camps"):
        parts[name] = tuple(parts.get(name, ()))
    return Block(tuple(verdicts), tuple(statements), **parts)


def what_it_takes(solver: PositionSolver, labels: dict[str, str], statements: Sequence[str]) -> Outcome:
    """Work out what a reader must hold of some statements for these labels to come about."""
    return _Reader(solver, statements, ()).outcome(labels)


def turning(
    solver: PositionSolver, verdicts: Sequence[str], statements: Sequence[str], held: Sequence[Literal]
) -> Iterator[Outcome]:
    """Work out for each verdict what each of its labels takes.

    Notes
    -----
    On the part that bears on the verdict alone, where positions on that part are those of the whole cut down
    to it; only for stable positions a cycle elsewhere may rule some of them out.
    """
    whole = solver.part
    apart = solver.semantics != "stable" or not whole.cycles
    for name in verdicts:
        reader = _Reader(solver, statements, held)
        if apart:
            part = whole.part(whole.bearing_on([name, *(item for item, _ in held)]))
            smaller = PositionSolver(part, solver.semantics, solver.stopwatch)
            reader = _Reader(smaller, [item for item in statements if item in part.conditions], held)
        for label in ("in", "undecided", "out"):
            if reader.solver.find([*held, (name, label)], read=()) is not None:
                yield reader.outcome({name: label})


def representatives(patterns: Sequence[tuple[str, ...]], limit: int) -> list[tuple[str, ...]]:
    """Choose patterns: all when they are few, else ones that differ from one another as much as possible.

    Examples
    --------
    >>> representatives([("out", "out"), ("in", "out"), ("in", "in")], 2)
    [('in', 'in'), ('out', 'out')]
    """
    ordered = sorted(patterns, key=lambda pattern: (-pattern.count("in"), pattern.count("out"), pattern))
    if len(ordered) <= limit:
        return ordered
    chosen = ordered[:1]
    distance = [_differing(ordered[0], pattern) for pattern in ordered]
    while len(chosen) < limit:
        farthest = max(range(len(ordered)), key=distance.__getitem__)
        chosen.append(ordered[farthest])
        distance = [
            min(far, _differing(ordered[farthest], pattern))
            for far, pattern in zip(distance, ordered, strict=True)
        ]
    return [pattern for pattern in ordered if pattern in chosen]


def _differing(first: tuple[str, ...], second: tuple[str, ...]) -> int:
    return sum(a != b for a, b in zip(first, second, strict=True))


class _Reader:
    def __init__(self, solver: PositionSolver, statements: Sequence[str], held: Sequence[Literal]) -> None:
        self.solver = solver
        self.held = held
        given = {name for name, _ in held}
        self.statements = [name for name in statements if name not in given]
        self.on_cycles = [
            name
            for cycle in solver.part.cycles
            for name in cycle
            if name not in given and name not in self.statements
        ]

    def outcome(self, labels: dict[str, str]) -> Outcome:
        """Work out what an outcome takes; each commitment covers a position that those before do not."""
        wanted = [*self.held, *labels.items()]
        otherwise = self.solver.differing(labels.items())
        found: list[dict[str, str]] = []
        guards: list[int] = []
        read = [*self.statements, *self.on_cycles]
        while (position := self.solver.find(wanted, guards, read=read)) is not None:
            if len(found) == MOST_COMMITMENTS:
                return Outcome(labels, _shortest_first(found), complete=False)
            commitment = self._commitment(position, otherwise)
            found.append(commitment)
            if not commitment:
                break
            guards.append(self.solver.differing(commitment.items()))
        return Outcome(labels, _shortest_first(found), complete=True)

    def _commitment(self, position: Mapping[str, str], otherwise: int) -> dict[str, str]:
        held = [(name, position[name]) for name in self.statements]
        core = self.solver.core(held, self.held, [otherwise])
        if core is None:
            held += [(name, position[name]) for name in self.on_cycles]
            core = self.solver.core(held, self.held, [otherwise])
            assert core is not None, "labels of open statements and cycles determine a position"
            return dict(core)
        turned = self.solver.core(held[::-1], self.held, [otherwise]) or []
        smaller = min(core, turned[::-1], key=len)
        return dict(smaller)


def _shortest_first(found: Sequence[dict[str, str]]) -> tuple[dict[str, str], ...]:
    return tuple(sorted(found, key=lambda item: (len(item), list(item.items()))))
