"""Families of sets as zero-suppressed diagrams: millions of minimal sets in few nodes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cruxmap.analysis.decision_diagrams import FALSE, TRUE
from cruxmap.errors import CruxmapError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from cruxmap.analysis.decision_diagrams import DecisionDiagram

__all__ = ["MAXIMUM_SETS", "SetFamily", "TooManySetsError", "in_reading_order"]

MAXIMUM_SETS = 1_000_000
"""Sets that are listed at most; nobody reads more, and memory ends soon after."""


class TooManySetsError(CruxmapError):
    """More minimal sets exist than can be listed."""

    code = "E933"

    def __init__(self, count: int | None = None) -> None:
        found = "more than a million" if count is None else f"{count:,}"
        super().__init__(
            f"there are {found} minimal sets, and {MAXIMUM_SETS:,} are listed at most; "
            "ask for single points of failure, common causes or probabilities, which need no list"
        )
        self.count = count


def in_reading_order(found: Iterable[frozenset[str]]) -> list[frozenset[str]]:
    """Sets by size, then by their names in alphabetical order.

    Examples
    --------
    >>> [sorted(names) for names in in_reading_order([frozenset("bc"), frozenset("d"), frozenset("ab")])]
    [['d'], ['a', 'b'], ['b', 'c']]
    """
    return sorted(found, key=lambda names: (len(names), sorted(names)))


class SetFamily:
    """The minimal sets of atoms that make a diagram hold, kept as a zero-suppressed diagram.

    Parameters
    ----------
    diagram : DecisionDiagram
    root : int
        A node of the diagram whose function is monotone.

    Notes
    -----
    Rauzy's decomposition: the minimal sets of a node are those of its low successor, and those of its high
    successor, with the atom added, that the low successor does not have already. As the function is monotone,
    a minimal set of the high successor that satisfies the low one is minimal there too, so his subsumption
    test is a plain set difference. Nodes here are handles like those of the diagram: `FALSE` is the
    family without sets, `TRUE` the family of the empty set alone.

    References
    ----------
    Rauzy, A. (1993). New algorithms for fault trees analysis. Reliability Engineering & System Safety 40(3).
    Minato, S. (1993). Zero-suppressed BDDs for set manipulation in combinatorial problems. DAC.
    """

    def __init__(self, diagram: DecisionDiagram, root: int) -> None:
        self.diagram = diagram
        bottom = len(diagram.order)
        self.levels = [bottom, bottom]
        self.lows = [FALSE, TRUE]
        self.highs = [FALSE, TRUE]
        self._node_by_parts: dict[tuple[int, int, int], int] = {}
        self._differences: dict[tuple[int, int], int] = {}
        self._unions: dict[int, int] = {FALSE: FALSE, TRUE: TRUE}
        families = {FALSE: FALSE, TRUE: TRUE}
        for node in diagram.reachable(root):
            low, high = families[diagram.lows[node]], families[diagram.highs[node]]
            families[node] = self._node(diagram.levels[node], low, self._difference(high, low))
        self.root = families[root]
        self.nodes = self._reachable()

    def _node(self, level: int, low: int, high: int) -> int:
        if high == FALSE:
            return low
        parts = (level, low, high)
        found = self._node_by_parts.get(parts)
        if found is None:
            found = len(self.levels)
            self._node_by_parts[parts] = found
            self.levels.append(level)
            self.lows.append(low)
            self.highs.append(high)
        return found

    def _known_difference(self, left: int, right: int) -> int | None:
        if left in (FALSE, right):
            return FALSE
        return left if right == FALSE else self._differences.get((left, right))

    def _difference(self, left: int, right: int) -> int:
        """The sets of the left family that the right one does not have."""
        result = self._known_difference(left, right)
        if result is not None:
            return result
        levels, lows, highs = self.levels, self.lows, self.highs
        pending = [(left, right)]
        while pending:
            f, g = pending[-1]
            if levels[f] > levels[g]:
                lower, upper = (f, lows[g]), (FALSE, FALSE)
            elif levels[f] < levels[g]:
                lower, upper = (lows[f], g), (highs[f], FALSE)
            else:
                lower, upper = (lows[f], lows[g]), (highs[f], highs[g])
            low, high = self._known_difference(*lower), self._known_difference(*upper)
            if low is not None and high is not None:
                self._differences[f, g] = self._node(levels[f], low, high)
                pending.pop()
            if low is None:
                pending.append(lower)
            if high is None:
                pending.append(upper)
        return self._differences[left, right]

    def _reachable(self) -> tuple[int, ...]:
        seen = {self.root, FALSE, TRUE}
        pending = [self.root]
        while pending:
            node = pending.pop()
            for successor in (self.lows[node], self.highs[node]):
                if successor not in seen:
                    seen.add(successor)
                    pending.append(successor)
        return tuple(sorted(seen - {FALSE, TRUE}))

    def count(self) -> int:
        """How many sets there are; linear in the nodes, not in the sets."""
        counts = {FALSE: 0, TRUE: 1}
        for node in self.nodes:
            counts[node] = counts[self.lows[node]] + counts[self.highs[node]]
        return counts[self.root]

    def listed(self) -> list[frozenset[str]]:
        """All sets, by size and then by names.

        Raises
        ------
        TooManySetsError
            When there are more than `MAXIMUM_SETS`; found by counting, before anything is listed.
        """
        count = self.count()
        if count > MAXIMUM_SETS:
            raise TooManySetsError(count)
        order = self.diagram.order
        rank_by_atom = {atom: rank for rank, atom in enumerate(sorted(order))}
        rank_by_level = [rank_by_atom[atom] for atom in order]
        ranked = [sorted(rank_by_level[level] for level in levels) for levels in self._paths()]
        ranked.sort(key=lambda ranks: (len(ranks), ranks))
        names = sorted(order)
        return [frozenset(names[rank] for rank in ranks) for ranks in ranked]

    def _paths(self) -> Iterable[Sequence[int]]:
        """The levels of each set, as one list that is reused."""
        path: list[int] = []
        pending = [(self.root, 0, -1)]
        while pending:
            node, depth, chosen = pending.pop()
            del path[depth:]
            if chosen >= 0:
                path.append(chosen)
            if node == TRUE:
                yield path
            elif node != FALSE:
                pending.append((self.lows[node], len(path), -1))
                pending.append((self.highs[node], len(path), self.levels[node]))

    def smallest_orders(self) -> dict[str, int]:
        """For every atom in some set, the size of the smallest set that has it; linear in the nodes."""
        never = len(self.diagram.order) + 1
        below = {FALSE: never, TRUE: 0}
        for node in self.nodes:
            below[node] = min(below[self.lows[node]], 1 + below[self.highs[node]])
        above = dict.fromkeys(self.nodes, never) | {FALSE: never, TRUE: never, self.root: 0}
        orders: dict[str, int] = {}
        for node in reversed(self.nodes):
            low, high = self.lows[node], self.highs[node]
            above[low] = min(above[low], above[node])
            above[high] = min(above[high], above[node] + 1)
            atom = self.diagram.order[self.levels[node]]
            orders[atom] = min(orders.get(atom, never), above[node] + 1 + below[high])
        return {atom: orders[atom] for atom in sorted(orders)}

    def union(self) -> int:
        """The node of the diagram that holds when all of some set holds."""
        return self._union(self.root)

    def union_with(self, atom: str) -> int:
        """The node of the diagram that holds when all of some set with this atom holds."""
        target = self.diagram.level_by_atom[atom]
        results = {FALSE: FALSE, TRUE: FALSE}
        for node in self.nodes:
            level, low, high = self.levels[node], self.lows[node], self.highs[node]
            if level > target:
                results[node] = FALSE
            elif level == target:
                results[node] = self.diagram.node(level, FALSE, self._union(high))
            else:
                either = self.diagram.disjunction((results[low], results[high]))
                results[node] = self.diagram.node(level, results[low], either)
        return results[self.root]

    def _union(self, root: int) -> int:
        """The node of the diagram that holds when all of some set below `root` holds."""
        if root not in self._unions:
            for node in self.nodes:
                if node not in self._unions:
                    low, high = self._unions[self.lows[node]], self._unions[self.highs[node]]
                    either = self.diagram.disjunction((low, high))
                    self._unions[node] = self.diagram.node(self.levels[node], low, either)
        return self._unions[root]
