"""Coherent positions on a residue as answer sets, found by clingo one at a time, each under assumptions.

Two programs say what a position is.

- *Stable* (two-valued): an open statement is a choice, everything else is accepted iff its condition holds,
  and what is accepted is derived from what was chosen. Support that runs in a circle carries nothing. These
  are the stable models of the bipolar framework in which every open statement has a free input of its own.
- *Complete* (three-valued): a node is in, out, or neither, exactly as its condition says when the labels of
  its parents are put in.

Preferred positions are the complete ones that cannot be carried further. A part without cycles and without
anything set to `undecided` has the same preferred as stable positions. Elsewhere a complete position is
preferred iff no cycle (strongly connected component) can be carried further under the labels of what bears
on it, nor any free statement: more information can only decide more. A position that can be is refused
together with every other one that has the same labels there, until a preferred one is found.

References
----------
Gerhard Brewka, Hannes Strass, Stefan Ellmauthaler, Johannes Peter Wallner, Stefan Woltran (2013). Abstract
dialectical frameworks revisited. IJCAI.
Pietro Baroni, Guido Boella, Federico Cerutti, Massimiliano Giacomin, Leendert van der Torre, Serena Villata
(2014). On the input/output behavior of argumentation frameworks. Artificial Intelligence 217.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    import clingo

    from cruxmap.analysis.positions_conditions import Condition, Residue
    from cruxmap.analysis.stopwatch import Stopwatch

    Labels = dict[str, str]
    Literal = tuple[str, str]

SEMANTICS = ("preferred", "stable", "complete")

FIRST_LIMIT = 5_000
"""Conflicts after which the solver looks at the clock; doubled each time, so that every search ends."""


class PositionSolver:
    """The positions on a part of the residue, grounded once and asked as often as needed.

    Parameters
    ----------
    part : Residue
        Closed: everything that has a say in a node is in it, decided, or was set to `undecided`.
    semantics : {"preferred", "stable", "complete"}
        Which positions count.
    stopwatch : Stopwatch
        The budget; every method raises `TimeUp` when it is spent.
    """

    def __init__(self, part: Residue, semantics: str, stopwatch: Stopwatch) -> None:
        import clingo  # loading it takes longer than most other commands: only who solves pays for it

        self.part = part
        self.semantics = semantics
        self.stopwatch = stopwatch
        tame = not part.cycles and not part.stays_undecided()
        self._two_valued = semantics == "stable" or (semantics == "preferred" and tame)
        self._choices = () if self._two_valued or semantics == "complete" else _choices(part)
        options = ["--models=1"] + (["--heuristic=Domain"] if self._choices else [])
        self._control = clingo.Control(options, logger=_say_nothing)
        self._nodes = list(part.conditions)
        self._proof: set[int] = set()
        self._inside: dict[str, int] = {}
        self._outside: dict[str, int] = {}
        with self._control.backend() as backend:
            program = _Program(backend, self._inside, self._outside)
            if self._two_valued:
                program.stable(part)
            else:
                program.complete(part)
            if semantics == "preferred" and not self._two_valued:
                program.decide_inputs(part)
            if self._choices:
                program.prefer_decided()
        self._control.ground([])
        self._limit(FIRST_LIMIT)

    def find(
        self, held: Iterable[Literal] = (), guards: Iterable[int] = (), *, read: Iterable[str] | None = None
    ) -> Labels | None:
        """Return a position in which some nodes have given labels, or None.

        Parameters
        ----------
        held : iterable of (node, label)
            What must be so.
        guards : iterable of int
            Requirements made with `differing`.
        read : iterable of str, optional
            Nodes whose labels are wanted; all when left out.

        Returns
        -------
        dict of str to str, or None
            The label of every node that was to be read.
        """
        wanted = self._nodes if read is None else list(read)
        assumed = [literal for node, label in held for literal in self._literals(node, label)]
        assumed.extend(guards)
        if not self._choices:
            return self._solve(assumed, wanted)
        while (labels := self._solve(assumed, self._nodes)) is not None:
            smaller = self._not_carried_far(labels)
            if smaller is None:
                return {node: labels[node] for node in wanted}
            self._refuse([literal for item in smaller for literal in self._literals(*item)])
        return None

    def core(
        self, held: Sequence[Literal], always: Sequence[Literal] = (), guards: Sequence[int] = ()
    ) -> list[Literal] | None:
        """Return a minimal part of what is held that no position has together, or None if one has it all.

        Parameters
        ----------
        held : sequence of (node, label)
            What may be given up: the last item first, so that those named first stay rather.
        always : sequence of (node, label)
            What is not given up.
        guards : sequence of int
            Requirements made with `differing`, not given up either.
        """
        if self.find([*always, *held], guards, read=()) is not None:
            return None
        kept = list(held)
        for item in reversed(held):
            fewer = [other for other in kept if other != item]
            if self.find([*always, *fewer], guards, read=()) is None:
                # What the solver did not need for its proof need not be tried one by one.
                kept = [other for other in fewer if self._in_proof(other)]
        return kept

    def differing(self, labels: Iterable[Literal]) -> int:
        """Return a requirement for `find`: not all of these labels together."""
        guard = self._guard()
        self._refuse([guard, *(each for item in labels for each in self._literals(*item))])
        return guard

    def _guard(self) -> int:
        with self._control.backend() as backend:
            guard: int = backend.add_atom()
            backend.add_rule([guard], [], choice=True)
        return guard

    def positions(self, nodes: Sequence[str], held: Sequence[Literal] = ()) -> Iterator[Labels]:
        """Yield every labelling of `nodes` that some position has."""
        guard = self._guard()
        while (labels := self.find(held, [guard], read=nodes)) is not None:
            yield labels
            self._refuse([guard, *(each for node in nodes for each in self._literals(node, labels[node]))])

    def forced(self, nodes: Iterable[str], held: Sequence[Literal] = ()) -> Labels | None:
        """Return the labels of these nodes that all positions share, or None when there is no position."""
        shared = self.find(held, read=nodes)
        if shared is None:
            return None
        while shared:
            other = self.find(held, [self.differing(shared.items())], read=shared)
            if other is None:
                break
            shared = {node: label for node, label in shared.items() if other[node] == label}
        return shared

    def _literals(self, node: str, label: str) -> list[int]:
        if label == "in":
            return [self._inside[node]]
        return [self._outside[node]] if label == "out" else [-self._inside[node], -self._outside[node]]

    def _solve(self, assumed: list[int], read: Iterable[str]) -> Labels | None:
        limit = FIRST_LIMIT
        while True:
            self.stopwatch.check()
            if limit != FIRST_LIMIT:
                self._limit(limit)
            with self._control.solve(assumptions=assumed, yield_=True) as handle:
                model = handle.model()
                if model is not None:
                    return self._labels(model, read)
                if not handle.get().unknown:
                    self._proof = set(handle.core())
                    return None
            limit *= 2

    def _limit(self, conflicts: int) -> None:
        configuration: Any = self._control.configuration  # its options are made up at run time
        configuration.solve.solve_limit = str(conflicts)

    def _in_proof(self, item: Literal) -> bool:
        return bool(self._choices) or not self._proof.isdisjoint(self._literals(*item))

    def _labels(self, model: clingo.Model, nodes: Iterable[str]) -> Labels:
        holds, inside, outside = model.is_true, self._inside, self._outside
        if self._two_valued:
            return {node: "in" if holds(inside[node]) else "out" for node in nodes}
        return {
            node: "in" if holds(inside[node]) else "out" if holds(outside[node]) else "undecided"
            for node in nodes
        }

    def _not_carried_far(self, labels: Labels) -> list[Literal] | None:
        """Return labels of a component and its surroundings that could be carried further, or None."""
        for component in self._choices:
            rest = [node for node in component if labels[node] == "undecided"]
            if not rest:
                continue
            inside = set(component)
            around = {p for node in component for p in self.part.conditions[node].parents if p in labels}
            held = [(node, labels[node]) for node in sorted(around - inside)]
            held += [(node, labels[node]) for node in component if labels[node] != "undecided"]
            assumed = [each for item in held for each in self._literals(*item)]
            for node in rest:
                for label in ("in", "out"):
                    if self._solve([*assumed, *self._literals(node, label)], ()) is not None:
                        return [*held, *((other, "undecided") for other in rest)]
        return None

    def _refuse(self, together: list[int]) -> None:
        with self._control.backend() as backend:
            backend.add_rule([], together)


class _Program:
    """Rules for the conditions of a part, written with atoms for `in` and `out` of every node."""

    def __init__(self, backend: clingo.Backend, inside: dict[str, int], outside: dict[str, int]) -> None:
        self.backend = backend
        self.inside = inside
        self.outside = outside

    def stable(self, part: Residue) -> None:
        for node in part.conditions:
            self.inside[node] = self.backend.add_atom()
            self.outside[node] = -self.inside[node]
        never = self._any([])
        for name in sorted(_outsiders(part)):
            self.inside[name] = self.outside[name] = never
        for node, condition in part.conditions.items():
            answered = self._answered(condition)
            for line in condition.lines:
                self._rule(self.inside[node], [answered, *self._line(line.needs, line.fears)])
            if condition.free:
                self.backend.add_rule([self.inside[node]], [answered], choice=True)

    def complete(self, part: Residue) -> None:
        for node in part.conditions:
            self.inside[node], self.outside[node] = self.backend.add_atom(), self.backend.add_atom()
            self.backend.add_rule([self.inside[node]], [], choice=True)
            self.backend.add_rule([self.outside[node]], [], choice=True)
            self.backend.add_rule([], [self.inside[node], self.outside[node]])
        never = self._any([])
        for name in sorted(_outsiders(part)):
            self.inside[name] = self.outside[name] = never
        for node, condition in part.conditions.items():
            self._complete_node(self.inside[node], self.outside[node], condition)

    def _complete_node(self, inside: int, outside: int, condition: Condition) -> None:
        carried = self._any([self._line(line.needs, line.fears) for line in condition.lines])
        answered = self._answered(condition)
        blocked = self._all([self._blocked(line.needs, line.fears) for line in condition.lines])
        broken = self._any(
            [
                [*self._inside_if(attack.attacker), *(self.outside[name] for name in attack.answers)]
                for attack in condition.attacks
            ]
        )
        forbid = self.backend.add_rule
        forbid([], [inside, -answered])
        forbid([], [answered, carried, -inside])
        forbid([], [outside, -broken, -blocked])
        forbid([], [broken, -outside])
        if not condition.free:
            forbid([], [inside, -carried])
            forbid([], [blocked, -outside])

    def decide_inputs(self, part: Residue) -> None:
        """Spare the search those free statements that nothing can keep from being decided."""
        for node, condition in part.conditions.items():
            if condition.free and not condition.parents:
                self.backend.add_rule([], [-self.inside[node], -self.outside[node]])

    def prefer_decided(self) -> None:
        import clingo

        for atom in dict.fromkeys((*self.inside.values(), *self.outside.values())):
            self.backend.add_heuristic(atom, clingo.backend.HeuristicType.True_, 1, 1, [])

    def _line(self, needs: Iterable[str], fears: Iterable[str]) -> list[int]:
        return [*(self.inside[name] for name in needs), *(self.outside[name] for name in fears)]

    def _blocked(self, needs: Iterable[str], fears: Iterable[str]) -> int:
        return self._any(
            [*([self.outside[name]] for name in needs), *([self.inside[name]] for name in fears)]
        )

    def _answered(self, condition: Condition) -> int:
        clauses = []
        for attack in condition.attacks:
            ways = [[self.inside[name]] for name in attack.answers]
            if attack.attacker is not None:
                ways.append([self.outside[attack.attacker]])
            clauses.append(self._any(ways))
        return self._all(clauses)

    def _inside_if(self, name: str | None) -> list[int]:
        return [] if name is None else [self.inside[name]]

    def _any(self, bodies: Iterable[Iterable[int]]) -> int:
        atom = self.backend.add_atom()
        for body in bodies:
            self._rule(atom, body)
        return atom

    def _all(self, body: Iterable[int]) -> int:
        return self._any([list(body)])

    def _rule(self, head: int, body: Iterable[int]) -> None:
        self.backend.add_rule([head], list(body))


def _choices(part: Residue) -> tuple[tuple[str, ...], ...]:
    """Return the components that their surroundings may leave open: cycles, and statements that are free."""
    cycles = set(part.cycles)
    return tuple(
        component
        for component in part.components
        if component in cycles
        or (part.conditions[component[0]].free and part.conditions[component[0]].parents)
    )


def _outsiders(part: Residue) -> set[str]:
    return {name for item in part.conditions.values() for name in item.parents} - part.conditions.keys()


def _say_nothing(_code: clingo.MessageCode, _message: str) -> None:
    """Take the place of the logger that writes to stderr."""
