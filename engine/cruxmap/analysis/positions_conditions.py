"""When each node is accepted, as far as the grounded labels have left that open.

The conditions are those of `cruxmap.analysis.labelling.grounded_labels`, with what is decided already filled
in. Every one has the same form, so that one program solves them all: some *line* holds (all it needs is in,
all it fears is out), and every *attack* that must be answered is out or answered.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from cruxmap.analysis.attack_graph import Subgraph, strong_components, weak_components
from cruxmap.analysis.labelling import DECISIVE, beats, least_weight
from cruxmap.graph import EdgeKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from cruxmap.graph import ArgumentGraph


class Line(NamedTuple):
    """One way to be accepted: all of `needs` is in and all of `fears` is out."""

    needs: tuple[str, ...]
    fears: tuple[str, ...]


class Attack(NamedTuple):
    """An attack that must be out, or answered by something that is in.

    `attacker` is None for one that is in already.
    """

    attacker: str | None
    answers: tuple[str, ...]


@dataclass(frozen=True)
class Condition:
    """When a node is accepted.

    Attributes
    ----------
    lines : tuple of Line
        One of them must hold.
    attacks : tuple of Attack
        Each of them must be out or answered.
    free : bool
        The node may also be accepted without any line, by choice: nothing but attacks can rule it out.
    """

    lines: tuple[Line, ...]
    attacks: tuple[Attack, ...] = ()
    free: bool = False

    @cached_property
    def parents(self) -> frozenset[str]:
        """The undecided nodes that the condition speaks of."""
        named = {name for line in self.lines for name in (*line.needs, *line.fears)}
        for attack in self.attacks:
            named.update(attack.answers)
            if attack.attacker is not None:
                named.add(attack.attacker)
        return frozenset(named)


@dataclass(frozen=True, eq=False)
class Residue:
    """What grounded leaves undecided: a condition for every node of it.

    Attributes
    ----------
    conditions : dict of str to Condition
        In the order of the graph. Nodes that were set to `undecided` have none: they stay so.
    """

    conditions: dict[str, Condition]

    @cached_property
    def influence(self) -> Subgraph:
        """Which node has a say in the condition of which, by position in `conditions`."""
        index = {name: at for at, name in enumerate(self.conditions)}
        heard: dict[int, list[int]] = {at: [] for at in index.values()}
        for name, condition in self.conditions.items():
            for parent in sorted(index[parent] for parent in condition.parents if parent in index):
                heard[parent].append(index[name])
        return Subgraph.build(list(heard), heard.__getitem__)

    @cached_property
    def components(self) -> tuple[tuple[str, ...], ...]:
        """The strongly connected components, sources first."""
        names = list(self.conditions)
        return tuple(
            tuple(names[node] for node in component) for component in strong_components(self.influence)
        )

    @cached_property
    def cycles(self) -> tuple[tuple[str, ...], ...]:
        """The components that hold a cycle, sources first."""
        return tuple(
            component
            for component in self.components
            if len(component) > 1 or component[0] in self.conditions[component[0]].parents
        )

    def stays_undecided(self) -> bool:
        """Return whether some condition speaks of a node that was set to `undecided`."""
        return any(not condition.parents <= self.conditions.keys() for condition in self.conditions.values())

    def part(self, names: Iterable[str]) -> Residue:
        """Return the residue on some nodes; they must include all that has a say in them."""
        wanted = set(names)
        return Residue({name: item for name, item in self.conditions.items() if name in wanted})

    def bearing_on(self, names: Iterable[str]) -> set[str]:
        """Return the nodes that have a say in any of these, directly or through others, with these."""
        found = {name for name in names if name in self.conditions}
        waiting = list(found)
        while waiting:
            for parent in self.conditions[waiting.pop()].parents:
                if parent in self.conditions and parent not in found:
                    found.add(parent)
                    waiting.append(parent)
        return found

    def splits(self, names: Iterable[str], tried: int) -> tuple[str, int] | None:
        """Return the free statement that splits some nodes into most blocks when it is settled, and how many.

        Parameters
        ----------
        names : iterable of str
            Nodes of which each block must have one to count.
        tried : int
            How many statements are tried, those with most direct influence first.

        Returns
        -------
        (statement, blocks) or None
            None when no statement splits them. What it decides may split them further.
        """
        wanted = set(names)
        order, influence = list(self.conditions), self.influence
        free = [
            at
            for at, name in enumerate(order)
            if self.conditions[name].free and not self.conditions[name].parents
        ]
        free.sort(key=lambda at: -len(influence.attacked[at]))
        best: tuple[str, int] | None = None
        for at in free[:tried]:
            rest = influence.part(node for node in influence.nodes if node != at)
            blocks = sum(any(order[node] in wanted for node in block) for block in weak_components(rest))
            if blocks > max(1, best[1] if best else 0):
                best = (order[at], blocks)
        return best

    def blocks(self) -> list[Residue]:
        """Return the parts without any influence on one another, in the order of their first nodes."""
        names = list(self.conditions)
        return [self.part(names[node] for node in block) for block in weak_components(self.influence)]


def residue(
    graph: ArgumentGraph, labels: Mapping[str, str], standard: str, fixed: Mapping[str, str]
) -> Residue:
    """Return the conditions of everything that the grounded labels leave undecided.

    Parameters
    ----------
    graph : ArgumentGraph
    labels : mapping
        Grounded labels of all nodes, under the same standard and fixed labels.
    standard : str
        Proof standard of the assessments.
    fixed : mapping
        Labels imposed on nodes.

    Returns
    -------
    Residue

    Examples
    --------
    >>> from cruxmap.graph import ArgumentGraph, Edge, Node
    >>> nodes = [Node("a", "assumption", "e", "", "", 0.5), Node("r", "argument", "e", "", "", 0.7)]
    >>> graph = ArgumentGraph(tuple(nodes), (Edge("a", "r", EdgeKind.PREMISE),))
    >>> residue(graph, {"a": "undecided", "r": "undecided"}, "preponderance", {}).conditions["r"].lines
    (Line(needs=('a',), fears=()),)
    """
    build = _Conditions(graph, labels, standard)
    return Residue(
        {
            node.id: build.condition(node.id, node.kind)
            for node in graph.nodes
            if labels[node.id] == "undecided" and node.id not in fixed
        }
    )


class _Conditions:
    def __init__(self, graph: ArgumentGraph, labels: Mapping[str, str], standard: str) -> None:
        self.graph = graph
        self.labels = labels
        self.standard = standard

    def condition(self, name: str, kind: str) -> Condition:
        if kind == "argument":
            return self._argument(name)
        return self._assessment(name) if kind == "assessment" else self._open_statement(name)

    def _argument(self, name: str) -> Condition:
        sources = self.graph.sources
        defeaters = (*sources(name, EdgeKind.EXCEPTION), *sources(name, EdgeKind.ATTACK))
        return Condition((self._line(sources(name, EdgeKind.PREMISE), defeaters),))

    def _line(self, needs: Iterable[str], fears: Iterable[str]) -> Line:
        return Line(
            tuple(name for name in needs if self.labels[name] != "in"),
            tuple(name for name in dict.fromkeys(fears) if self.labels[name] != "out"),
        )

    def _possible(self, name: str, kind: EdgeKind) -> list[str]:
        return [source for source in self.graph.sources(name, kind) if self.labels[source] != "out"]

    def _decisive(self, name: str, kind: EdgeKind) -> list[str]:
        return [source for source in self._possible(name, kind) if self._weight(source) > DECISIVE]

    def _weight(self, name: str) -> float:
        return self.graph.node(name).base

    def _assessment(self, name: str) -> Condition:
        cons = self._possible(name, EdgeKind.ATTACK)
        lines = []
        for pro in self._possible(name, EdgeKind.SUPPORT):
            weight = self._weight(pro)
            feared = [con for con in cons if not beats(self.standard, weight, self._weight(con))]
            if weight > least_weight(self.standard) and all(self.labels[con] != "in" for con in feared):
                lines.append(self._line([pro], feared))
        return Condition(tuple(lines))

    def _open_statement(self, name: str) -> Condition:
        pros = self._decisive(name, EdgeKind.SUPPORT)
        attacks = []
        for con in self._decisive(name, EdgeKind.ATTACK):
            answers = [pro for pro in pros if self._weight(pro) >= self._weight(con)]
            if not any(self.labels[pro] == "in" for pro in answers):
                attacks.append(Attack(None if self.labels[con] == "in" else con, tuple(answers)))
        return Condition(tuple(self._line([pro], []) for pro in pros), tuple(attacks), free=True)
