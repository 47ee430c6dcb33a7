"""Enumeration of extensions: which part of a graph is solved by which program, and how the parts combine.

Where a part of the graph may be solved on its own:

- *Grounded first.* Complete, preferred, stable, semi-stable and ideal extensions contain the grounded
  extension and none of what it attacks, and the rest of each is an extension of the residue, the part that
  grounded leaves undecided (Baumann, Brewka, Ulbricht 2020, modularization). Stage extensions need not
  contain the grounded extension, so that their programs run on the whole graph.
- *Strongly connected component by component*, attackers first, for complete and preferred: both are fully
  decomposable over such partitions (Baroni and others 2014), and every choice for the earlier components can
  be continued, so that the search never turns back empty-handed. Stable extensions decompose as well, but a
  later component may admit none, and the search would try all the choices before it in vain: they are left to
  one program.
- *Weakly connected component by component* for semi-stable and stage, whose maximal ranges depend on
  components in both directions. Parts without a path between them are independent under every semantics.
- A framework with a stable extension has no other semi-stable or stage extensions, since no range is larger.

References
----------
Pietro Baroni, Massimiliano Giacomin, Giovanni Guida (2005). SCC-recursiveness: a general schema for
argumentation semantics. Artificial Intelligence 168.
Pietro Baroni, Guido Boella, Federico Cerutti, Massimiliano Giacomin, Leendert van der Torre, Serena Villata
(2014). On the input/output behavior of argumentation frameworks. Artificial Intelligence 217.
Ringo Baumann, Gerhard Brewka, Markus Ulbricht (2020). Comparing weak admissibility semantics to their
Dung-style counterparts: reduct, modularization, and strong equivalence in abstract argumentation. KR 2020.
Phan Minh Dung, Paolo Mancarella, Francesca Toni (2007). Computing ideal sceptical argumentation. Artificial
Intelligence 171.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING, Generic, TypeVar

from cruxmap.analysis.attack_graph import AttackGraph, Subgraph, strong_components, weak_components
from cruxmap.analysis.frameworks_asp import (
    ALL,
    ALL_MAXIMAL,
    COMPLETE,
    CONFLICT_FREE,
    MAXIMAL_IN,
    MAXIMAL_RANGE,
    RANGE,
    STABLE,
    UNION,
    Solver,
)
from cruxmap.analysis.grounded import IndexedLabelling, label_grounded
from cruxmap.analysis.grounded_rounds import IN, UNDECIDED

if TYPE_CHECKING:
    from cruxmap.analysis.stopwatch import Stopwatch

Choice = TypeVar("Choice")
Answers = Generator[frozenset[int], None, None]

SMALLEST_BLOCK = 256
"""Consecutive strongly connected components are solved together up to this many arguments, because starting
the solver on a pair of arguments costs more than solving it. A union of consecutive components is as sound as
each of them."""


@dataclass(frozen=True, eq=False)
class LabelledGraph:
    """A framework with what is computed of it once: its grounded labelling and what that leaves open.

    Attributes
    ----------
    graph : AttackGraph
        The arguments and attacks.
    """

    graph: AttackGraph

    @cached_property
    def labelling(self) -> IndexedLabelling:
        """The grounded labelling."""
        return label_grounded(self.graph)

    @cached_property
    def grounded(self) -> frozenset[int]:
        """The grounded extension."""
        labels = self.labelling.labels
        return frozenset([node for node in self.labelling.order if labels[node] == IN])

    @cached_property
    def residue(self) -> Subgraph:
        """The part of the graph that the grounded labelling leaves undecided."""
        return self.graph.part(self.labelling.labelled(UNDECIDED))

    @cached_property
    def whole(self) -> Subgraph:
        """All of the graph as a subgraph."""
        return self.graph.part(range(self.graph.size))


@dataclass(frozen=True)
class SearchSpace:
    """What every search works on: a framework and the time that may be spent."""

    framework: LabelledGraph
    stopwatch: Stopwatch


def grounded(space: SearchSpace) -> Answers:
    """Yield the one grounded extension."""
    yield space.framework.grounded


def complete(space: SearchSpace) -> Answers:
    """Yield the complete extensions."""
    return _by_strong_components(space, COMPLETE, ALL)


def preferred(space: SearchSpace) -> Answers:
    """Yield the preferred extensions: the subset-maximal complete ones."""
    return _by_strong_components(space, COMPLETE + MAXIMAL_IN, ALL_MAXIMAL)


def stable(space: SearchSpace) -> Answers:
    """Yield the stable extensions, of which there may be none."""
    grounded = space.framework.grounded
    with closing(stable_in(space.framework.residue, space.stopwatch)) as answers:
        for answer in answers:
            yield grounded | answer


def stable_in(part: Subgraph, stopwatch: Stopwatch) -> Answers:
    """Yield the stable extensions of a part of a graph."""
    if not part.nodes:
        yield frozenset()
    elif any(part.attackers[node] == [node] for node in part.nodes):
        return  # attacked by itself alone: it can neither be in nor be attacked by what is in
    else:
        yield from Solver(STABLE, part, ALL, stopwatch).answers()


def semi_stable(space: SearchSpace) -> Answers:
    """Yield the semi-stable extensions: the complete ones with a maximal range."""
    grounded = space.framework.grounded
    residue = space.framework.residue

    def of_component(nodes: list[int]) -> Answers:
        part = residue.part(nodes)
        return stable_or(
            stable_in(part, space.stopwatch), lambda: range_maximal(COMPLETE, part, space.stopwatch)
        )

    for answer in stable_or(
        stable_in(residue, space.stopwatch), lambda: _independent(weak_components(residue), of_component)
    ):
        yield grounded | answer


def stage(space: SearchSpace) -> Answers:
    """Yield the stage extensions: the conflict-free sets with a maximal range."""
    whole = space.framework.whole
    return stable_or(
        stable(space),
        lambda: _independent(weak_components(whole), lambda nodes: stage_in(space, whole.part(nodes))),
    )


def stage_in(space: SearchSpace, part: Subgraph) -> Answers:
    """Yield the stage extensions of a weakly connected component of the whole graph."""
    return stable_or(
        stable_in_component(space, part), lambda: range_maximal(CONFLICT_FREE, part, space.stopwatch)
    )


def stable_in_component(space: SearchSpace, part: Subgraph) -> Answers:
    """Yield the stable extensions of a weakly connected component of the whole graph."""
    labels = space.framework.labelling.labels
    decided = frozenset(node for node in part.nodes if labels[node] == IN)
    residue = part.part(node for node in part.nodes if labels[node] == UNDECIDED)
    for answer in stable_in(residue, space.stopwatch):
        yield decided | answer


def ideal(space: SearchSpace) -> Answers:
    """Yield the one ideal extension: the largest admissible set within every preferred extension."""
    yield space.framework.grounded | ideal_in(space.framework.residue, space.stopwatch)


def ideal_in(part: Subgraph, stopwatch: Stopwatch) -> frozenset[int]:
    """Return the ideal extension of a part of a graph.

    Notes
    -----
    A set is ideal iff it is admissible and no argument that attacks it is in any admissible set (Dung,
    Mancarella and Toni 2007). So the union of all complete extensions decides it, and no preferred extension
    is enumerated: from the arguments of that union which nothing in it attacks, those that the rest does not
    defend are removed until none is.
    """
    if not part.nodes:
        return frozenset()
    possible = Solver(COMPLETE + MAXIMAL_IN, part, UNION, stopwatch).union()
    kept = {node for node in possible if possible.isdisjoint(part.attackers[node])}
    while undefended := [node for node in kept if not _defended(part, node, kept)]:
        kept.difference_update(undefended)
    return frozenset(kept)


def _defended(part: Subgraph, node: int, defenders: set[int]) -> bool:
    return all(not defenders.isdisjoint(part.attackers[attacker]) for attacker in part.attackers[node])


def stable_or(stable_answers: Answers, otherwise: Callable[[], Answers]) -> Answers:
    """Yield the stable extensions if there are any, and else what `otherwise` yields."""
    found = False
    with closing(stable_answers):
        for answer in stable_answers:
            found = True
            yield answer
    if not found:
        yield from otherwise()


def maximal_ranges(base: str, part: Subgraph, stopwatch: Stopwatch) -> Generator[frozenset[int], None, None]:
    """Yield the subset-maximal ranges of the sets that the program `base` describes, each once."""
    solver = Solver(base + RANGE + MAXIMAL_RANGE, part, ALL_MAXIMAL, stopwatch)
    for answer in solver.answers():
        yield answer.union(*(part.attacked[node] for node in answer))


def range_maximal(base: str, part: Subgraph, stopwatch: Stopwatch) -> Answers:
    """Yield the sets with maximal range: for every such range all the sets that reach it."""
    solver = Solver(base + RANGE, part, ALL, stopwatch)
    with closing(maximal_ranges(base, part, stopwatch)) as ranges:
        for reached in ranges:
            yield from solver.answers(true=sorted(reached), name="range")


@dataclass(frozen=True)
class BlockLabels:
    """The labels chosen for a block of arguments; those in neither set stay undecided."""

    inside: frozenset[int]
    outside: frozenset[int]


class _BlockSearch:
    """The choices for a block of strongly connected components, given those for the blocks before."""

    def __init__(self, space: SearchSpace, program: str, options: Sequence[str]) -> None:
        self.space = space
        self.program = program
        self.options = options
        self.residue = space.framework.residue
        self.blocks = pack(strong_components(self.residue), SMALLEST_BLOCK)
        self.block_of = {node: number for number, block in enumerate(self.blocks) for node in block}

    def choices(self, level: int, earlier: list[BlockLabels]) -> Generator[BlockLabels, None, None]:
        block = self.blocks[level]
        outside, doubtful = self._from_earlier(level, earlier)
        part = self.residue.part(node for node in block if node not in outside)
        if len(doubtful) == len(part.nodes):
            yield BlockLabels(frozenset(), frozenset(outside))
            return
        for inside in Solver(self.program, part, self.options, self.space.stopwatch, doubtful).answers():
            attacked = chain.from_iterable(part.attacked[node] for node in inside)
            yield BlockLabels(inside, frozenset(outside).union(attacked))

    def _from_earlier(self, level: int, earlier: list[BlockLabels]) -> tuple[set[int], set[int]]:
        outside: set[int] = set()
        doubtful: set[int] = set()
        for node in self.blocks[level]:
            for attacker in self.residue.attackers[node]:
                number = self.block_of[attacker]
                if number == level or attacker in earlier[number].outside:
                    continue
                (outside if attacker in earlier[number].inside else doubtful).add(node)
        return outside, doubtful - outside


def _by_strong_components(space: SearchSpace, program: str, options: Sequence[str]) -> Answers:
    grounded = space.framework.grounded
    search = _BlockSearch(space, program, options)
    for labels in depth_first(len(search.blocks), search.choices):
        yield grounded.union(*(block.inside for block in labels))


def pack(components: list[list[int]], smallest: int) -> list[list[int]]:
    """Join consecutive components into blocks of at least `smallest` nodes (the last may be smaller)."""
    blocks: list[list[int]] = []
    for component in components:
        if blocks and len(blocks[-1]) < smallest:
            blocks[-1] = blocks[-1] + component
        else:
            blocks.append(component)
    return blocks


def depth_first(
    depth: int, choices: Callable[[int, list[Choice]], Generator[Choice, None, None]]
) -> Generator[list[Choice], None, None]:
    """Yield every sequence of `depth` choices, where those of a level may depend on the levels before.

    Notes
    -----
    Keeps one open generator per level on a stack of its own, so that thousands of levels meet no limit
    of recursion, and closes them when the caller stops early.
    """
    chosen: list[Choice] = []
    levels = [choices(0, chosen)] if depth else []
    if not depth:
        yield []
    try:
        while levels:
            del chosen[len(levels) - 1 :]
            try:
                chosen.append(next(levels[-1]))
            except StopIteration:
                levels.pop()
                continue
            if len(chosen) == depth:
                yield list(chosen)
            else:
                levels.append(choices(len(chosen), chosen))
    finally:
        for level in levels:
            level.close()


class _Remembered(Generic[Choice]):
    """What a generator yields, kept for the second and later readings."""

    def __init__(self, source: Iterator[Choice]) -> None:
        self.source = source
        self.seen: list[Choice] = []

    def reading(self) -> Generator[Choice, None, None]:
        yield from self.seen
        for item in self.source:
            self.seen.append(item)
            yield item


def _independent(components: list[list[int]], answers: Callable[[list[int]], Answers]) -> Answers:
    remembered: dict[int, _Remembered[frozenset[int]]] = {}

    def choices(level: int, _: list[frozenset[int]]) -> Answers:
        if level == 0:
            return answers(components[0])  # read once only: nothing to remember
        if level not in remembered:
            remembered[level] = _Remembered(answers(components[level]))
        return remembered[level].reading()

    for chosen in depth_first(len(components), choices):
        yield frozenset().union(*chosen)


SEARCHES: Mapping[str, Callable[[SearchSpace], Answers]] = {
    "complete": complete,
    "preferred": preferred,
    "stable": stable,
    "semi-stable": semi_stable,
    "stage": stage,
    "ideal": ideal,
    "grounded": grounded,
}
"""How the extensions of each semantics are enumerated."""
