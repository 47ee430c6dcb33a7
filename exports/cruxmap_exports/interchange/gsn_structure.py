"""Argument maps as goal structures: which element each node is, and which relations there are."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from cruxmap_exports.interchange.gsn import COUNTER, IN_CONTEXT, ROLES
from cruxmap_exports.interchange.maps import POSITIVE, SYMMETRIC, Edge, EdgeKind, Loss, collapsed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from cruxmap_exports.interchange.maps import ArgumentMap, Node

AIMED = (EdgeKind.ATTACK, EdgeKind.UNDERCUT)
"""Kinds of edges that counter elements can write."""

_NAMED_LOSSES = 5
"""Relations that a summary names one by one."""


@dataclass
class Element:
    """One element of the file; a stand-in says what its node, which has an element already, does besides."""

    node: Node
    role: str
    supported_by: list[str] = field(default_factory=list)
    in_context_of: list[str] = field(default_factory=list)
    challenges: str = ""
    is_stand_in: bool = False

    @property
    def text(self) -> str:
        """What the element says."""
        return self.node.text if self.node.text.strip() else self.node.title or self.node.id


@dataclass
class GoalStructure:
    """Elements by their id, and what the notation could not hold."""

    elements: dict[str, Element] = field(default_factory=dict)
    lost: list[Edge] = field(default_factory=list)
    changed: Counter[str] = field(default_factory=Counter)

    def losses(self) -> list[Loss]:
        """Say what is lost, in as many sentences as there are reasons."""
        said = [Loss(f"{reason}: {number}") for reason, number in self.changed.items() if number]
        if self.lost:
            first = ", ".join(
                f"{edge.source} {edge.kind.value} {edge.target}" for edge in self.lost[:_NAMED_LOSSES]
            )
            more = len(self.lost) - _NAMED_LOSSES
            rest = f" and {more} more" if more > 0 else ""
            said.append(
                Loss(f"nothing in GSN supports itself, not even in a circle; left out: {first}{rest}")
            )
        supported = {name for element in self.elements.values() for name in element.supported_by}
        roots = sum(
            element.role == "Goal" and name not in supported for name, element in self.elements.items()
        )
        if roots > 1:
            said.append(Loss(f"the file has {roots} root goals; gsn2x warns of more than one"))
        return said


def goal_structure(graph: ArgumentMap) -> GoalStructure:
    """Translate a map.

    Parameters
    ----------
    graph : ArgumentMap

    Returns
    -------
    GoalStructure
        A statement is a goal, and one on which nothing bears and that is nothing but a premise an assumption;
        a finding of this kind is a solution. An argument for something is a strategy, one against something a
        counter goal that challenges it; an undercut challenges the relation between a strategy and its goal.
        A node that does more than one element can say has further elements that stand for it.
    """
    return _Translation(collapsed(graph)).found


class _Translation:
    """Gives every node an element, then writes each relation where the notation has it."""

    def __init__(self, graph: ArgumentMap) -> None:
        self.found = GoalStructure()
        self.graph = graph = self._expressible(graph)
        self.nodes = graph.by_id()
        self.places = {node.id: place for place, node in enumerate(graph.nodes)}
        self.incoming, self.outgoing = graph.incoming(), graph.outgoing()
        self.relations = self._mute_arguments()
        self.roles = {node.id: self._role(node) for node in graph.nodes if node.id not in self.relations}
        # Elements that say edges which the element of their source cannot say.
        self.stand_ins: dict[Edge, str] = {}
        taken = set(self.nodes)
        aimed = {name: self._aims(name) for name in self.roles}
        for name, role in self.roles.items():
            node = self.nodes[name]
            self.found.elements[name] = Element(node, role)
            for edge in aimed[name]:
                word = "context of" if edge.kind is EdgeKind.CONTEXT else "against"
                stand_in = _free(f"{name} {word} {edge.target}", taken)
                counter = "Context" if edge.kind is EdgeKind.CONTEXT else "CounterGoal"
                self.found.elements[stand_in] = Element(node, counter, is_stand_in=True)
                self.stand_ins[edge] = stand_in
        for edge in graph.edges:
            if edge.source not in self.relations:
                self._relate(edge)
        for edge in graph.edges:
            if edge.kind in AIMED and edge.source not in self.relations:
                self._challenge(edge)

    def _expressible(self, graph: ArgumentMap) -> ArgumentMap:
        """Leave out or change the relations that have no place, such as supports that close a circle."""
        kept: list[Edge] = []
        arguments = {node.id for node in graph.nodes if node.is_argument}
        below: dict[str, list[str]] = {node.id: [] for node in graph.nodes}
        for edge in graph.edges:
            if edge.kind in SYMMETRIC:
                self.found.changed["what excludes each other has no place in GSN; left out"] += 1
            elif edge.source == edge.target:
                self.found.lost.append(edge)
            elif edge.kind is EdgeKind.ATTACK and edge.target in arguments:
                self.found.changed["attacks on arguments became undercuts"] += 1
                kept.append(Edge(edge.source, edge.target, EdgeKind.UNDERCUT))
            elif edge.kind in AIMED or edge.kind is EdgeKind.CONTEXT:
                kept.append(edge)
            elif _leads_to(below, edge.source, edge.target):
                self.found.lost.append(edge)
            else:
                below[edge.target].append(edge.source)
                kept.append(edge)
        return replace(graph, edges=tuple(dict.fromkeys(kept)))

    def _mute_arguments(self) -> dict[str, Edge]:
        """Arguments that are there only because something undercuts them: GSN challenges the relation."""
        found: dict[str, Edge] = {}
        for node in self.graph.nodes:
            into, out = self.incoming[node.id], self.outgoing[node.id]
            premises = [edge for edge in into if edge.kind is EdgeKind.PREMISE]
            others = [edge for edge in into if edge.kind is not EdgeKind.PREMISE]
            mute = node.is_argument and not (
                node.title or node.text or node.extras or node.role or node.base is not None
            )
            challenged = others and all(edge.kind is EdgeKind.UNDERCUT for edge in others)
            single = len(premises) == 1 and len(out) == 1 and out[0].kind is EdgeKind.SUPPORT
            if mute and challenged and single and not self.nodes[out[0].target].is_argument:
                found[node.id] = Edge(premises[0].source, out[0].target, EdgeKind.SUPPORT)
        return found

    def _role(self, node: Node) -> str:
        into = [
            edge for edge in self.incoming[node.id] if edge.kind not in SYMMETRIC and edge.source != node.id
        ]
        out = [
            edge for edge in self.outgoing[node.id] if edge.kind not in SYMMETRIC and edge.target != node.id
        ]
        kinds = {edge.kind for edge in out}
        if node.is_argument:
            if kinds & POSITIVE or (not kinds and node.role == "Strategy"):
                return "Strategy"
            return "CounterGoal" if kinds & set(AIMED) else "Goal"
        if kinds and kinds <= set(AIMED):
            return node.role if node.role in COUNTER else "CounterGoal"
        leaf = all(edge.kind in AIMED for edge in into)
        if node.role in ROLES.values() and self._fits(node.role, kinds, leaf=leaf):
            return node.role
        if leaf and kinds == {EdgeKind.CONTEXT}:
            return "Context"
        if leaf and kinds - set(AIMED) == {EdgeKind.PREMISE}:
            return "Solution" if node.role == "finding" else "Assumption"
        return "Goal"

    def _fits(self, role: str, kinds: set[EdgeKind], *, leaf: bool) -> bool:
        """Whether an element of a role may stand in these relations."""
        kinds = kinds - set(AIMED)
        if role == "Goal":
            return True
        if not leaf or role == "Strategy":
            return False
        if role == "Solution":
            return EdgeKind.CONTEXT not in kinds
        if role in COUNTER:
            return not kinds
        also = {"Assumption": EdgeKind.PREMISE, "Justification": EdgeKind.SUPPORT}
        return kinds <= {EdgeKind.CONTEXT, also.get(role, EdgeKind.CONTEXT)}

    def _aims(self, name: str) -> list[Edge]:
        """Edges out of a node that another element must say for it, in the order of what they lead to."""
        role, out = self.roles[name], self.outgoing[name]
        out = sorted(out, key=lambda edge: (self.places[edge.target], edge.kind.value))
        aims = [edge for edge in out if edge.kind in AIMED]
        context = [edge for edge in out if edge.kind is EdgeKind.CONTEXT and role not in IN_CONTEXT]
        return [*(aims[1:] if role in COUNTER else aims), *context]

    def _relate(self, edge: Edge) -> None:
        found, source, target = self.found, edge.source, edge.target
        if target in self.relations:
            # The premise of a relation that something challenges is the relation itself.
            target = self.relations[target].target
        if edge.kind is EdgeKind.CONTEXT:
            found.elements[target].in_context_of.append(self.stand_ins.get(edge, source))
        elif edge.kind not in AIMED:
            if edge.kind is EdgeKind.ENTAILS:
                found.changed["entailments became supports"] += 1
            supports = edge.kind is EdgeKind.SUPPORT and not self.nodes[source].is_argument
            if self.roles[source] in IN_CONTEXT:
                found.elements[target].in_context_of.append(source)
            else:
                if supports and self.nodes[edge.target].is_argument:
                    found.changed["statements that support arguments became their premises"] += 1
                if source not in found.elements[target].supported_by:
                    found.elements[target].supported_by.append(source)

    def _challenge(self, edge: Edge) -> None:
        name = self.stand_ins.get(edge, edge.source)
        self.found.elements[name].challenges = self._challenged(edge)

    def _challenged(self, edge: Edge) -> str:
        relation = self.relations.get(edge.target)
        if relation is not None:
            return f"{relation.target} -> {relation.source}"
        if self.roles[edge.target] == "Strategy":
            for above, element in self.found.elements.items():
                if edge.target in element.supported_by:
                    return f"{above} -> {edge.target}"
        return edge.target


def _leads_to(below: Mapping[str, Sequence[str]], start: str, end: str) -> bool:
    """Whether a node is above another, or the same."""
    waiting, seen = [start], {start}
    while waiting:
        for name in below[waiting.pop()]:
            if name not in seen:
                seen.add(name)
                waiting.append(name)
    return end in seen


def _free(wanted: str, taken: set[str]) -> str:
    name, number = wanted, 1
    while name in taken:
        number += 1
        name = f"{wanted} ({number})"
    taken.add(name)
    return name
