"""Positions by definition: every interpretation of a small graph is tried."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping
from itertools import product

from hypothesis import strategies as st

from cruxmap.graph import ArgumentGraph, Edge, EdgeKind, Node

Labels = dict[str, str]
Values = Mapping[str, bool]

KINDS = {"s": "assumption", "v": "assessment", "a": "argument"}
_BEATS: dict[str, Callable[[float, float], bool]] = {
    "scintilla": lambda p, c: True,
    "preponderance": lambda p, c: p > c,
    "clear-and-convincing": lambda p, c: p - c > 0.1,
    "beyond-reasonable-doubt": lambda p, c: p - c > 0.1 and c < 0.3,
    "dialectical-validity": lambda p, c: False,
}


def graph_of(names: list[str], weights: Mapping[str, float], edges: set[Edge]) -> ArgumentGraph:
    """Build a graph in which no parent of a node both speaks for it and against it.

    Only for such (bipolar) graphs labels put into a condition and the consensus over all completions agree.
    """
    nodes = tuple(Node(name, KINDS[name[0]], "e", "", "", weights.get(name, 0.5)) for name in names)
    kept: dict[tuple[str, str], Edge] = {}
    for edge in sorted(edges):
        kept.setdefault((edge.source, edge.target), edge)
    return ArgumentGraph(nodes, tuple(kept.values()))


def graphs(statements: int, verdicts: int, arguments: int) -> st.SearchStrategy[ArgumentGraph]:
    """Graphs with up to so many nodes of each kind, most of it undecided, with cycles of every sort.

    Drawn by a seed: strategies that choose edge by edge mostly end with graphs in which all is decided.
    """
    return st.integers(0, 2**32 - 1).map(lambda seed: drawn(seed, statements, verdicts, arguments))


def drawn(seed: int, statements: int, verdicts: int, arguments: int) -> ArgumentGraph:
    """Draw a graph: every argument has a target, and most need or fear some statement."""
    chance = random.Random(seed)
    names = [f"s{n}" for n in range(chance.randint(1, statements))]
    names += [f"v{n}" for n in range(chance.randint(1, verdicts))]
    steps = [f"a{n}" for n in range(chance.randint(min(2, arguments), arguments))]
    edges: set[Edge] = set()
    for step in steps:
        sign = chance.choice([EdgeKind.SUPPORT, EdgeKind.SUPPORT, EdgeKind.ATTACK])
        aims = [name for name in names if name[0] == "v"] * 3 + names + steps
        edges.add(Edge(step, chance.choice(aims), sign))
        if chance.random() < 0.3:
            edges.add(Edge(step, chance.choice(steps), EdgeKind.ATTACK))
        for kind, often in ((EdgeKind.PREMISE, 0.7), (EdgeKind.PREMISE, 0.3), (EdgeKind.EXCEPTION, 0.3)):
            if chance.random() < often:
                edges.add(Edge(chance.choice(names), step, kind))
    weights = {step: chance.choice([0.2, 0.35, 0.6, 0.9]) for step in steps}
    return graph_of([*names, *steps], weights, edges)


def holds(graph: ArgumentGraph, name: str, accepted: Values, standard: str) -> bool:
    """The acceptance condition of one node, written out; an open statement supports itself."""
    weight = {node.id: node.base for node in graph.nodes}

    def of(kind: EdgeKind) -> list[str]:
        return [source for source in graph.sources(name, kind) if accepted[source]]

    pro, con = of(EdgeKind.SUPPORT), of(EdgeKind.ATTACK)
    if name[0] == "a":
        needed = all(accepted[source] for source in graph.sources(name, EdgeKind.PREMISE))
        return needed and not con and not of(EdgeKind.EXCEPTION)
    if name[0] == "s":
        pro, con = [p for p in pro if weight[p] > 0.5], [c for c in con if weight[c] > 0.5]
        return (accepted[name] or bool(pro)) and all(any(weight[p] >= weight[c] for p in pro) for c in con)
    least = 0.3 if standard in ("clear-and-convincing", "beyond-reasonable-doubt") else 0.0
    return any(weight[p] > least and all(_BEATS[standard](weight[p], weight[c]) for c in con) for p in pro)


class Oracle:
    """All positions of one graph under one standard, with labels imposed on some nodes."""

    def __init__(self, graph: ArgumentGraph, standard: str, fixed: Mapping[str, str] | None = None) -> None:
        self.graph, self.standard, self.fixed = graph, standard, dict(fixed or {})
        self.names = [node.id for node in graph.nodes]
        self.parents = {
            name: sorted(
                {edge.source for edge in graph.incoming[name]} | ({name} if name[0] == "s" else set())
            )
            for name in self.names
        }

    def positions(self, semantics: str) -> list[Labels]:
        """Return the positions under a semantics."""
        if semantics == "stable":
            return [found for found in self._interpretations(("in", "out")) if self._is_stable(found)]
        complete = [
            found
            for found in self._interpretations(("in", "out", "undecided"))
            if all(self._consensus(name, found) == found[name] for name in self.names)
        ]
        if semantics == "complete":
            return complete
        return [one for one in complete if not any(_carries_further(other, one) for other in complete)]

    def _interpretations(self, labels: tuple[str, ...]) -> Iterator[Labels]:
        free = [name for name in self.names if name not in self.fixed]
        for chosen in product(labels, repeat=len(free)):
            yield dict(zip(free, chosen, strict=True)) | self.fixed

    def _consensus(self, name: str, labels: Labels) -> str:
        """Return what all completions of the labels say of a node."""
        if name in self.fixed:
            return self.fixed[name]
        parents = self.parents[name]
        choices = [(True, False) if labels[p] == "undecided" else (labels[p] == "in",) for p in parents]
        values = {
            holds(
                self.graph,
                name,
                dict.fromkeys(self.names, False) | dict(zip(parents, bits, strict=True)),
                self.standard,
            )
            for bits in product(*choices)
        }
        return "undecided" if len(values) == 2 else "in" if True in values else "out"

    def _is_stable(self, labels: Labels) -> bool:
        """A model whose accepted nodes are the grounded ones of the reduct, choices being given from outside."""
        if any(self._consensus(name, labels) != labels[name] for name in self.names):
            return False
        inside = {name for name in self.names if labels[name] == "in"}
        derived = {name for name in inside if name in self.fixed}
        while True:
            known = {
                name: "out" if name not in inside else "in" if name in derived else "undecided"
                for name in self.names
            }
            more = {name for name in inside - derived if self._consensus(name, known | _chosen(name)) == "in"}
            if not more:
                return derived == inside
            derived |= more


def _chosen(name: str) -> Labels:
    return {name: "in"} if name[0] == "s" else {}


def _carries_further(larger: Labels, smaller: Labels) -> bool:
    return larger != smaller and all(label in ("undecided", larger[name]) for name, label in smaller.items())
