"""Reduced ordered binary decision diagrams: formulas in a form where exact probabilities take one pass."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cruxmap.analysis.formulas import And, AtLeast, Atom, Constant, Not, Or, operands, subterms
from cruxmap.errors import CruxmapError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from cruxmap.analysis.formulas import Formula

__all__ = ["FALSE", "MAXIMUM_NODES", "TRUE", "DecisionDiagram", "DiagramTooLargeError", "variable_order"]

FALSE = 0
"""Handle of the node that stands for "never"."""

TRUE = 1
"""Handle of the node that stands for "always"."""

MAXIMUM_NODES = 1_000_000
"""Nodes after which a diagram gives up; about 0.4 GB."""

WEIGHT_CAP = 1 << 60
"""Sizes of formulas are compared up to here; shared terms can make the count of leaves astronomical."""


class DiagramTooLargeError(CruxmapError):
    """A formula mixes its atoms so thoroughly that its diagram outgrows memory."""

    code = "E932"

    def __init__(self, limit: int) -> None:
        super().__init__(
            f"the formula needs more than {limit:,} nodes to be computed exactly; "
            "split it into parts that share fewer atoms, or replace a part by one atom of its own"
        )


def variable_order(formulas: Iterable[Formula], first: Sequence[str] = ()) -> list[str]:
    """An order of all atoms under which diagrams tend to stay small.

    Parameters
    ----------
    formulas : iterable of Formula
    first : sequence of str, optional
        Atoms that must come before all others.

    Notes
    -----
    Depth first, light operands before heavy ones: a chain is then ordered from its outer end, whichever side
    it is written on, and is built in linear time.
    """
    given = list(formulas)
    weight: dict[Formula, int] = {}
    for formula in given:
        for term in subterms(formula):
            if term not in weight:
                weight[term] = min(WEIGHT_CAP, 1 + sum(weight[operand] for operand in operands(term)))
    order = dict.fromkeys(first)
    seen: set[Formula] = set()
    pending = list(reversed(given))
    while pending:
        term = pending.pop()
        if term in seen:
            continue
        seen.add(term)
        if isinstance(term, Atom):
            order.setdefault(term.name)
        pending.extend(sorted(operands(term), key=weight.__getitem__)[::-1])
    return list(order)


class DecisionDiagram:
    """A table of nodes over a fixed order of atoms; equal functions have equal handles.

    Parameters
    ----------
    order : sequence of str
        Atoms from the top of the diagram to the bottom, without repetition.
    limit : int, optional
        Nodes after which `DiagramTooLargeError` is raised.

    Notes
    -----
    A node tests the atom at its level and continues at `lows` (the atom fails) or `highs` (it holds). Handles
    grow upwards, so a pass over ascending handles meets every node after its successors, and no algorithm
    here recurses. Nodes are never freed; a diagram lives as long as one question.

    References
    ----------
    Bryant, R. E. (1986). Graph-based algorithms for Boolean function manipulation. IEEE Transactions on
    Computers C-35(8).
    Brace, K. S., Rudell, R. L., Bryant, R. E. (1990). Efficient implementation of a BDD package. DAC.

    Examples
    --------
    >>> diagram = DecisionDiagram(["a", "b"])
    >>> both = diagram.build(And((Atom("a"), Atom("b"))))
    >>> both == diagram.build(And((Atom("b"), Atom("a"))))
    True
    >>> diagram.mean(both, [0.5, 0.5])
    0.25
    """

    def __init__(self, order: Sequence[str], *, limit: int = MAXIMUM_NODES) -> None:
        self.order = tuple(order)
        self.level_by_atom = {atom: level for level, atom in enumerate(self.order)}
        bottom = len(self.order)
        self.levels = [bottom, bottom]
        self.lows = [FALSE, TRUE]
        self.highs = [FALSE, TRUE]
        self._limit = limit
        self._node_by_parts: dict[tuple[int, int, int], int] = {}
        self._results: dict[tuple[int, int, int], int] = {}
        self._node_by_term: dict[Formula, int] = {}

    def node(self, level: int, low: int, high: int) -> int:
        """The node that tests the atom at a level, or its only successor when the test would not matter."""
        if low == high:
            return low
        parts = (level, low, high)
        found = self._node_by_parts.get(parts)
        if found is None:
            found = len(self.levels)
            if found > self._limit:
                raise DiagramTooLargeError(self._limit)
            self._node_by_parts[parts] = found
            self.levels.append(level)
            self.lows.append(low)
            self.highs.append(high)
        return found

    def build(self, formula: Formula) -> int:
        """The node of a formula, all of whose atoms are in the order."""
        for term in subterms(formula):
            if term not in self._node_by_term:
                below = [self._node_by_term[operand] for operand in operands(term)]
                self._node_by_term[term] = self._gate(term, below)
        return self._node_by_term[formula]

    def _gate(self, term: Formula, below: list[int]) -> int:
        match term:
            case Atom(name):
                return self.node(self.level_by_atom[name], FALSE, TRUE)
            case Constant(value):
                return TRUE if value else FALSE
            case Not():
                return self.negation(below[0])
            case And():
                return self.conjunction(below)
            case Or():
                return self.disjunction(below)
            case AtLeast(threshold):
                return self.at_least(threshold, below)

    def negation(self, node: int) -> int:
        """The node that holds where the given one fails."""
        return self.if_then_else(node, FALSE, TRUE)

    def conjunction(self, nodes: Iterable[int]) -> int:
        """All of the nodes."""
        result = TRUE
        for node in self._from_the_bottom(nodes):
            result = self.if_then_else(node, result, FALSE)
        return result

    def disjunction(self, nodes: Iterable[int]) -> int:
        """Any of the nodes."""
        result = FALSE
        for node in self._from_the_bottom(nodes):
            result = self.if_then_else(node, TRUE, result)
        return result

    def at_least(self, threshold: int, nodes: Sequence[int]) -> int:
        """So many of the nodes as `threshold`, or more."""
        if threshold > len(nodes):
            return FALSE
        reached = [TRUE] + [FALSE] * threshold
        for node in self._from_the_bottom(nodes):
            for missing in range(threshold, 0, -1):
                reached[missing] = self.if_then_else(node, reached[missing - 1], reached[missing])
        return reached[threshold]

    def _from_the_bottom(self, nodes: Iterable[int]) -> list[int]:
        """Lowest first: each next operand then mostly sits above what is already built."""
        return sorted(nodes, key=lambda node: self.levels[node], reverse=True)

    def if_then_else(self, condition: int, then: int, otherwise: int) -> int:
        """The node that continues at `then` where the condition holds, and at `otherwise` where it fails."""
        asked = (condition, then, otherwise)
        result = self._known(asked)
        if result is not None:
            return result
        pending = [asked]
        while pending:
            triple = pending[-1]
            level = min(self.levels[node] for node in triple)
            lower, upper = self._cofactors(triple, level)
            low, high = self._known(lower), self._known(upper)
            if low is not None and high is not None:
                self._results[triple] = self.node(level, low, high)
                pending.pop()
            if low is None:
                pending.append(lower)
            if high is None:
                pending.append(upper)
        return self._results[asked]

    def _known(self, triple: tuple[int, int, int]) -> int | None:
        condition, then, otherwise = triple
        if condition == TRUE or then == otherwise:
            return then
        if condition == FALSE:
            return otherwise
        if then == TRUE and otherwise == FALSE:
            return condition
        return self._results.get(triple)

    def _cofactors(
        self, triple: tuple[int, int, int], level: int
    ) -> tuple[tuple[int, int, int], tuple[int, int, int]]:
        """The triple with the atom at `level` failed, and with it holding."""
        levels, lows, highs = self.levels, self.lows, self.highs
        f, g, h = triple
        f_low, f_high = (lows[f], highs[f]) if levels[f] == level else (f, f)
        g_low, g_high = (lows[g], highs[g]) if levels[g] == level else (g, g)
        h_low, h_high = (lows[h], highs[h]) if levels[h] == level else (h, h)
        return (f_low, g_low, h_low), (f_high, g_high, h_high)

    def reachable(self, root: int) -> list[int]:
        """All inner nodes below and including `root`, each after its successors."""
        seen = {root, FALSE, TRUE}
        pending = [root]
        while pending:
            node = pending.pop()
            for successor in (self.lows[node], self.highs[node]):
                if successor not in seen:
                    seen.add(successor)
                    pending.append(successor)
        return sorted(seen - {FALSE, TRUE})

    def dual(self, root: int) -> int:
        """The function that holds of a set of atoms when `root` fails once exactly these atoms fail.

        For a formula without negation this turns "holds if these hold" into "fails if these fail".
        """
        duals = {FALSE: TRUE, TRUE: FALSE}
        for node in self.reachable(root):
            duals[node] = self.node(self.levels[node], duals[self.highs[node]], duals[self.lows[node]])
        return duals[root]

    def means(self, root: int, chances: Sequence[float]) -> dict[int, float]:
        """The probability of every node below `root`, with the chance of the atom at each level."""
        values = {FALSE: 0.0, TRUE: 1.0}
        for node in self.reachable(root):
            chance = chances[self.levels[node]]
            value = chance * values[self.highs[node]] + (1.0 - chance) * values[self.lows[node]]
            values[node] = min(1.0, value)
        return values

    def mean(self, root: int, chances: Sequence[float]) -> float:
        """The probability of a node for independent atoms."""
        return self.means(root, chances)[root]
