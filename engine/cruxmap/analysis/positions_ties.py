"""How verdicts bind one another over all positions: what comes together, what needs, what excludes what."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations, permutations
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from cruxmap.analysis.positions_asp import PositionSolver

    Literal = tuple[str, str]
    Pairs = tuple[tuple[str, str], ...]

LABELS = ("in", "out", "undecided")


@dataclass(frozen=True, slots=True)
class Ties:
    """How the verdicts of a block bind one another.

    Attributes
    ----------
    together : tuple of tuple of str
        Verdicts that have the same label in every position. Only the first of each group is named below.
    requires : tuple of (str, str)
        Whoever has the first in has the second in as well. Read them as a chain: what follows from two
        others is left out.
    excludes : tuple of (str, str)
        No position has both in.
    covers : tuple of (str, str)
        Every position has at least one of them in.
    """

    together: tuple[tuple[str, ...], ...] = ()
    requires: tuple[tuple[str, str], ...] = ()
    excludes: tuple[tuple[str, str], ...] = ()
    covers: tuple[tuple[str, str], ...] = ()

    def as_data(self) -> dict[str, Any]:
        """Return plain data for JSON."""
        return {
            "together": [list(group) for group in self.together],
            "requires": [list(pair) for pair in self.requires],
            "excludes": [list(pair) for pair in self.excludes],
            "covers": [list(pair) for pair in self.covers],
        }


NO_TIES = Ties()


def read_ties(
    solver: PositionSolver,
    verdicts: Sequence[str],
    patterns: Sequence[tuple[str, ...]],
    held: Sequence[Literal],
    *,
    exact: bool,
) -> Ties:
    """Find how verdicts bind one another.

    Parameters
    ----------
    solver : PositionSolver
        The positions.
    verdicts : sequence of str
        Verdicts on which they part.
    patterns : sequence of tuple of str
        Labels of these verdicts in some positions, at least one.
    held : sequence of (node, label)
        What every position in question has.
    exact : bool
        Whether the patterns are all that there are; otherwise what they do not refute is put to the solver.

    Returns
    -------
    Ties
    """
    reader = _Ties(solver, verdicts, patterns, held, exact=exact)
    together = reader.together()
    later = {name for group in together for name in group[1:]}
    first = [name for name in verdicts if name not in later]
    requires = tuple(pair for pair in permutations(first, 2) if reader.requires(*pair))
    return Ties(
        together,
        _reduced(requires),
        tuple(pair for pair in combinations(first, 2) if reader.excludes(*pair)),
        tuple(pair for pair in combinations(first, 2) if reader.covers(*pair)),
    )


class _Ties:
    def __init__(
        self,
        solver: PositionSolver,
        verdicts: Sequence[str],
        patterns: Sequence[tuple[str, ...]],
        held: Sequence[Literal],
        *,
        exact: bool,
    ) -> None:
        self.solver, self.verdicts, self.held, self.exact = solver, verdicts, held, exact
        # Bit n of a mask stands for pattern n, so that two labels meet in one operation.
        self.masks = {(name, label): 0 for name in verdicts for label in LABELS}
        self.known = 0
        for pattern in patterns:
            self._learn(zip(verdicts, pattern, strict=True))

    def _learn(self, labels: Iterable[Literal]) -> None:
        for item in labels:
            self.masks[item] |= 1 << self.known
        self.known += 1

    def never(self, first: Literal, second: Literal) -> bool:
        """Return whether no position has both labels."""
        if self.masks[first] & self.masks[second]:
            return False
        if self.exact:
            return True
        found = self.solver.find([*self.held, first, second], read=self.verdicts)
        if found is not None:
            self._learn(found.items())  # it refutes many other ties as well
        return found is None

    def together(self) -> tuple[tuple[str, ...], ...]:
        groups: list[list[str]] = []
        for name in self.verdicts:
            for group in groups:
                if self._same(group[0], name):
                    group.append(name)
                    break
            else:
                groups.append([name])
        return tuple(tuple(group) for group in groups if len(group) > 1)

    def _same(self, one: str, other: str) -> bool:
        return all(
            self.never((one, label), (other, second))
            for label in LABELS
            for second in LABELS
            if label != second
        )

    def requires(self, one: str, other: str) -> bool:
        return (
            bool(self.masks[one, "in"])
            and self.never((one, "in"), (other, "out"))
            and self.never((one, "in"), (other, "undecided"))
        )

    def excludes(self, one: str, other: str) -> bool:
        possible = self.masks[one, "in"] and self.masks[other, "in"]
        return bool(possible) and self.never((one, "in"), (other, "in"))

    def covers(self, one: str, other: str) -> bool:
        rest = LABELS[1:]
        return all(self.never((one, label), (other, second)) for label in rest for second in rest)


def _reduced(pairs: Pairs) -> Pairs:
    """Leave out what follows from two others; no two verdicts require each other here, so it is an order."""
    after: dict[str, set[str]] = {}
    for one, other in pairs:
        after.setdefault(one, set()).add(other)
    return tuple(
        (one, other)
        for one, other in pairs
        if not any(other in after.get(middle, ()) for middle in after[one] if middle != other)
    )
