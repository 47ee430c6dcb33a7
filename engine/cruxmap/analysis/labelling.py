"""The crisp reading: what is in, out or undecided when proof standards decide, and by which steps."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from cruxmap.errors import UsageError
from cruxmap.graph import ArgumentGraph, EdgeKind

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

ALPHA = 0.3
"""Weight that the best argument for a verdict must exceed under `clear-and-convincing`."""

BETA = 0.1
"""Margin by which it must outweigh every argument against."""

GAMMA = 0.3
"""Weight below which every argument against must stay under `beyond-reasonable-doubt`."""

DECISIVE = 0.5
"""Weight that an argument must exceed to settle an assumption, factor, finding, mechanism or risk.

What an author calls possible, hopes for or leaves open weighs less: it speaks for or against, and decides
nothing.
"""

_BEATS: dict[str, Callable[[float, float], bool]] = {
    "scintilla": lambda _pro, _con: True,
    "preponderance": lambda pro, con: pro > con,
    "clear-and-convincing": lambda pro, con: pro - con > BETA,
    "beyond-reasonable-doubt": lambda pro, con: pro - con > BETA and con < GAMMA,
    "dialectical-validity": lambda _pro, _con: False,
}
STANDARDS = tuple(_BEATS)


def least_weight(standard: str) -> float:
    """Weight that an argument for a verdict must exceed to count at all."""
    return ALPHA if standard in ("clear-and-convincing", "beyond-reasonable-doubt") else 0.0


def beats(standard: str, pro: float, con: float) -> bool:
    """Whether an argument for a verdict stands against an accepted one against it, by their weights."""
    return _BEATS[standard](pro, con)


def check_standard(standard: str) -> None:
    """Raise `UsageError` for a proof standard that does not exist."""
    if standard not in _BEATS:
        raise UsageError(f"there is no proof standard {standard!r}; known: {', '.join(STANDARDS)}")


class Decision(NamedTuple):
    """One step of the derivation: a node, its label, and the nodes that force it."""

    node: str
    label: str
    reason: str
    because: tuple[str, ...]


@dataclass(frozen=True)
class Labelling:
    """A label for every node, and the decisions in the order in which they were forced.

    Attributes
    ----------
    labels : dict
        `in`, `out` or `undecided` by id.
    decisions : dict
        The decision behind each node that is not undecided, in order.
    """

    labels: dict[str, str]
    decisions: dict[str, Decision] = field(default_factory=dict)

    def derivation(self, node: str) -> tuple[Decision, ...]:
        """Return the decisions that a label rests on, itself last; empty for an undecided node."""
        needed: set[str] = set()
        ahead = [node]
        while ahead:
            name = ahead.pop()
            if name in self.decisions and name not in needed:
                needed.add(name)
                ahead.extend(self.decisions[name].because)
        return tuple(decision for name, decision in self.decisions.items() if name in needed)


def grounded_labels(
    graph: ArgumentGraph, standard: str = "preponderance", fixed: Mapping[str, str] | None = None
) -> Labelling:
    """Label what the recorded arguments decide, and leave the rest undecided.

    An argument is in when all it assumes is in and no exception or undercutter is. An assumption (factor,
    finding, mechanism, risk) that nothing decides is left to the reader: it is in when an accepted argument
    supports it and no stronger one attacks it, out when an accepted attack is not answered by support of at
    least its weight. Only arguments of weight above `DECISIVE` count in this.
    An assessment is in when its proof standard is met.

    Parameters
    ----------
    graph : ArgumentGraph
        Weights of arguments are their base scores.
    standard : str
        One of `STANDARDS`.
    fixed : mapping, optional
        Labels imposed on nodes, whatever the arguments say.

    Returns
    -------
    Labelling
        The grounded interpretation: the least that every complete position shares.

    Raises
    ------
    UsageError
        When the standard or a fixed node is unknown.

    Notes
    -----
    All conditions are monotone in each parent, so supporters that are not in and attackers that are not out
    give the worst case, and the opposite the best. Every node is looked at once for each parent that is
    decided.

    References
    ----------
    Brewka, Strass, Ellmauthaler, Wallner, Woltran (2013), "Abstract dialectical frameworks revisited", IJCAI.
    Brewka, Gordon (2010), "Carneades and abstract dialectical frameworks: a reconstruction", COMMA.

    Examples
    --------
    >>> from cruxmap.graph import Edge, Node
    >>> nodes = [Node("a", "assumption", "e", "", "", 0.5), Node("r", "argument", "e", "", "", 0.7)]
    >>> nodes.append(Node("e/c", "assessment", "e", "", "", 0.5))
    >>> edges = (Edge("a", "r", EdgeKind.PREMISE), Edge("r", "e/c", EdgeKind.SUPPORT))
    >>> graph = ArgumentGraph(tuple(nodes), edges)
    >>> grounded_labels(graph).labels["e/c"], grounded_labels(graph, fixed={"a": "in"}).labels["e/c"]
    ('undecided', 'in')
    """
    check_standard(standard)
    imposed = dict(fixed or {})
    for name in imposed:
        if name not in graph.index:
            raise UsageError(f"there is no statement or argument {name!r} to fix")
    labels = {node.id: "undecided" for node in graph.nodes}
    decisions: dict[str, Decision] = {}
    waiting = deque(labels)
    while waiting:
        name = waiting.popleft()
        if labels[name] != "undecided":
            continue
        decision = _imposed(name, imposed) if name in imposed else decide(graph, name, labels, standard)
        if decision.label != "undecided":
            labels[name], decisions[name] = decision.label, decision
            waiting.extend(edge.target for edge in graph.outgoing[name])
    return Labelling(labels, decisions)


def _imposed(name: str, imposed: Mapping[str, str]) -> Decision:
    return Decision(name, imposed[name], f"{name} is {imposed[name]}, because it was set so", ())


def decide(graph: ArgumentGraph, name: str, labels: Mapping[str, str], standard: str) -> Decision:
    """Return what the labels of its parents force on one node, whatever becomes of undecided parents.

    Parameters
    ----------
    graph : ArgumentGraph
    name : str
        Node to decide.
    labels : mapping
        `in`, `out` or `undecided` for each of its parents.
    standard : str
        One of `STANDARDS`.

    Returns
    -------
    Decision
        With the label `undecided` when nothing is forced.
    """
    kind = graph.node(name).kind
    if kind == "argument":
        return _argument(graph, name, labels)
    if kind == "assessment":
        return _assessment(graph, name, labels, standard)
    return _open_statement(graph, name, labels)


def _argument(graph: ArgumentGraph, name: str, labels: Mapping[str, str]) -> Decision:
    premises = graph.sources(name, EdgeKind.PREMISE)
    defeaters = (*graph.sources(name, EdgeKind.EXCEPTION), *graph.sources(name, EdgeKind.ATTACK))
    failed = next((item for item in premises if labels[item] == "out"), None)
    if failed:
        return Decision(name, "out", f"{name} is out, because it assumes {failed}, which is out", (failed,))
    defeater = next((item for item in defeaters if labels[item] == "in"), None)
    if defeater:
        return Decision(name, "out", f"{name} is out, because {defeater} is in", (defeater,))
    if all(labels[item] == "in" for item in premises) and all(labels[item] == "out" for item in defeaters):
        because = (*premises, *defeaters)
        what = "all it assumes is in and nothing defeats it" if because else "nothing speaks against it"
        return Decision(name, "in", f"{name} is in, because {what}", because)
    return Decision(name, "undecided", "", ())


def _open_statement(graph: ArgumentGraph, name: str, labels: Mapping[str, str]) -> Decision:
    weights = {edge.source: graph.node(edge.source).base for edge in graph.incoming[name]}

    def decisive(kind: EdgeKind) -> tuple[str, ...]:
        return tuple(item for item in graph.sources(name, kind) if weights[item] > DECISIVE)

    supporters, attackers = decisive(EdgeKind.SUPPORT), decisive(EdgeKind.ATTACK)

    def unanswered(among: tuple[str, ...], supporting: tuple[str, ...]) -> str | None:
        return next((c for c in among if not any(weights[p] >= weights[c] for p in supporting)), None)

    accepted = tuple(item for item in supporters if labels[item] == "in")
    feared = tuple(item for item in attackers if labels[item] != "out")
    if accepted and unanswered(feared, accepted) is None:
        return Decision(name, "in", f"{name} is in, because {accepted[0]} is in and unbeaten", accepted)
    hoped = tuple(item for item in supporters if labels[item] != "out")
    attacker = unanswered(tuple(item for item in attackers if labels[item] == "in"), hoped)
    if attacker:
        return Decision(name, "out", f"{name} is out, because {attacker} is in and unanswered", (attacker,))
    return Decision(name, "undecided", "", ())


def _assessment(graph: ArgumentGraph, name: str, labels: Mapping[str, str], standard: str) -> Decision:
    weights = {edge.source: graph.node(edge.source).base for edge in graph.incoming[name]}
    pros, cons = graph.sources(name, EdgeKind.SUPPORT), graph.sources(name, EdgeKind.ATTACK)
    least = least_weight(standard)

    def wins(pro: str, against: tuple[str, ...]) -> bool:
        return weights[pro] > least and all(beats(standard, weights[pro], weights[con]) for con in against)

    feared = tuple(con for con in cons if labels[con] != "out")
    winner = next((pro for pro in pros if labels[pro] == "in" and wins(pro, feared)), None)
    if winner:
        reason = f"{name} is in, because {winner} is in and outweighs what speaks against it"
        return Decision(name, "in", reason, (winner, *(con for con in cons if labels[con] == "out")))
    certain = tuple(con for con in cons if labels[con] == "in")
    if not any(labels[pro] != "out" and wins(pro, certain) for pro in pros):
        what = "no argument for it stands against what speaks against it" if pros else "nothing speaks for it"
        because = (*certain, *(pro for pro in pros if labels[pro] == "out"))
        return Decision(name, "out", f"{name} is out, because {what}", because)
    return Decision(name, "undecided", "", ())
