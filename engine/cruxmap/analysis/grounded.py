"""The grounded labelling of an abstract framework, with the order and the reason of every decision.

An argument is *in* when all its attackers are out, *out* when one of them is in, and *undecided* when neither
ever follows. The order of the decisions is the explanation: each rests only on decisions before it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING

from cruxmap.analysis.frameworks_errors import UnknownArgument, nearest_matches
from cruxmap.analysis.grounded_rounds import IN, OUT, UNDECIDED, label_in_rounds

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cruxmap.analysis.attack_graph import AttackGraph


class Label(StrEnum):
    """What a labelling says of an argument."""

    IN = "in"
    OUT = "out"
    UNDECIDED = "undecided"


_LABELS = (Label.UNDECIDED, Label.IN, Label.OUT)


@dataclass(frozen=True)
class IndexedLabelling:
    """The grounded labelling over the numbers of an `AttackGraph`.

    Attributes
    ----------
    labels : list of int
        `IN`, `OUT` or `UNDECIDED` for every node.
    order : list of int
        The nodes that are in or out, in the order of their decisions.
    reasons : list of int
        For a node that is out, the attacker that was in first; else `NO_REASON`.
    """

    labels: list[int]
    order: list[int]
    reasons: list[int]

    def labelled(self, label: int) -> list[int]:
        """Return the nodes with one label, ascending."""
        return [node for node, own in enumerate(self.labels) if own == label]


def label_grounded(graph: AttackGraph) -> IndexedLabelling:
    """Return the grounded labelling of a graph with its derivation.

    Notes
    -----
    Linear in nodes plus edges: every edge is looked at once. Decisions are first in, first out, so that each
    label is decided in the earliest possible round and its derivation is one of the least depth. The first
    rounds, which decide most of all but very deep graphs, are made by array operations.

    References
    ----------
    Phan Minh Dung (1995). On the acceptability of arguments and its fundamental role in nonmonotonic
    reasoning, logic programming and n-person games. Artificial Intelligence 77(2).
    Sanjay Modgil, Martin Caminada (2009). Proof theories and algorithms for abstract argumentation
    frameworks. In: Argumentation in Artificial Intelligence, Springer.
    """
    begun = label_in_rounds(graph)
    labels, reasons, order = begun.labels.tolist(), begun.reasons.tolist(), begun.order.tolist()
    if begun.walked == len(order):
        return IndexedLabelling(labels, order, reasons)
    starts, members = graph.attacked.starts, graph.attacked.members
    open_attackers = begun.open_attackers.tolist()
    # Grows while it is walked: it is the queue and the record of the decisions at once.
    for node in islice(order, begun.walked, None):
        if labels[node] == IN:
            for other in members[starts[node] : starts[node + 1]]:
                if not labels[other]:
                    labels[other] = OUT
                    reasons[other] = node
                    order.append(other)
        else:
            for other in members[starts[node] : starts[node + 1]]:
                if not labels[other]:
                    still_open = open_attackers[other] - 1
                    open_attackers[other] = still_open
                    if not still_open:
                        labels[other] = IN
                        order.append(other)
    return IndexedLabelling(labels, order, reasons)


@dataclass(frozen=True)
class Decision:
    """One label with its reason.

    Attributes
    ----------
    argument : str
        The argument that is labelled.
    label : Label
        Its label.
    because : tuple of str
        The attackers on which the label rests. In: all its attackers, and all are out (none: it is not
        attacked). Out: the one attacker that was in first. Undecided: the attackers that are undecided
        themselves.
    """

    argument: str
    label: Label
    because: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class GroundedLabelling:
    """The grounded labelling of named arguments, as an explanation.

    Attributes
    ----------
    arguments : sequence of str
        The names of the nodes of `graph`.
    index : dict of str to int
        The nodes of the names.
    graph : AttackGraph
        The attacks.
    labelling : IndexedLabelling
        The labels by number.

    Examples
    --------
    >>> from cruxmap.analysis.frameworks import ArgumentationFramework
    >>> framework = ArgumentationFramework(["a", "b", "c", "d"], [("a", "b"), ("b", "c"), ("d", "d")])
    >>> for decision in framework.grounded_labelling().derivation("c"):
    ...     print(decision.argument, decision.label, decision.because)
    a in ()
    b out ('a',)
    c in ('b',)
    """

    arguments: Sequence[str]
    index: dict[str, int]
    graph: AttackGraph
    labelling: IndexedLabelling

    @cached_property
    def _position(self) -> dict[int, int]:
        return {node: position for position, node in enumerate(self.labelling.order)}

    def label(self, argument: str) -> Label:
        """Return the label of an argument."""
        return _LABELS[self.labelling.labels[self._node(argument)]]

    def labelled(self, label: Label) -> frozenset[str]:
        """Return the arguments that carry a label."""
        return frozenset(self.arguments[node] for node in self.labelling.labelled(_LABELS.index(label)))

    def decisions(self) -> Iterator[Decision]:
        """Yield every decision (in and out), each after those that it rests on."""
        return (self._decision(node) for node in self.labelling.order)

    def derivation(self, argument: str) -> tuple[Decision, ...]:
        """Return the decisions on which the label of one argument rests, in order, its own last.

        Parameters
        ----------
        argument : str
            An argument of the framework.

        Returns
        -------
        tuple of Decision
            For an undecided argument only its own, which names the undecided attackers.

        Raises
        ------
        UnknownArgument
            If there is no such argument.

        Notes
        -----
        Every argument that is out brings one attacker, every one that is in brings all of them: no
        decision can be left out without changing a reason. Linear in the part of the graph that is walked,
        but for sorting the decisions.
        """
        goal = self._node(argument)
        if self.labelling.labels[goal] == UNDECIDED:
            return (self._decision(goal),)
        needed = {goal}
        waiting = [goal]
        while waiting:
            for node in self._because(waiting.pop()):
                if node not in needed:
                    needed.add(node)
                    waiting.append(node)
        return tuple(self._decision(node) for node in sorted(needed, key=self._position.__getitem__))

    def _node(self, argument: str) -> int:
        try:
            return self.index[argument]
        except KeyError:
            raise UnknownArgument(argument, nearest_matches(argument, self.arguments)) from None

    def _because(self, node: int) -> list[int]:
        label = self.labelling.labels[node]
        if label == OUT:
            return [self.labelling.reasons[node]]
        attackers = self.graph.attackers.of(node)
        if label == IN:
            return attackers
        return [attacker for attacker in attackers if self.labelling.labels[attacker] == UNDECIDED]

    def _decision(self, node: int) -> Decision:
        because = tuple(self.arguments[attacker] for attacker in self._because(node))
        return Decision(self.arguments[node], _LABELS[self.labelling.labels[node]], because)
