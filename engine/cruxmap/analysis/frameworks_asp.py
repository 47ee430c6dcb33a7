"""The semantics of abstract frameworks as short answer-set programs, and the solver (clingo) that runs them.

Input of every program are facts `arg(X)` and `att(X, Y)` (X attacks Y) over integers; an answer set is read
off the atoms `in(X)`. Subset-maximal answer sets come from clingo's domain heuristic: the atoms to maximise
are decided first and decided true, so that the first answer set found is maximal in them, and
`--enum-mode=domRec` then forbids every answer set whose share of these atoms lies within an earlier one.

References
----------
Uwe Egly, Sarah Alice Gaggl, Stefan Woltran (2010). Answer-set programming encodings for argumentation
frameworks. Argument & Computation 1(2).
Emanuele Di Rosa, Enrico Giunchiglia, Marco Maratea (2010). Solving satisfiability problems with preferences.
Constraints 15(4).
Martin Gebser, Benjamin Kaufmann, Javier Romero, Ramon Otero, Torsten Schaub, Philipp Wanko (2013).
Domain-specific heuristics in answer set programming. AAAI 2013.
"""

from __future__ import annotations

import atexit
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

from cruxmap.analysis.stopwatch import Stopwatch, TimeUp

if TYPE_CHECKING:
    from collections.abc import Collection, Generator, Iterable, Iterator

    import clingo

    from cruxmap.analysis.attack_graph import Subgraph

CONFLICT_FREE = """
{ in(X) } :- arg(X).
out(Y) :- in(X), att(X, Y).
:- in(X), out(X).
#show in/1.
"""
"""No argument in the set attacks another one in it; `out` is what the set attacks."""

COMPLETE = f"""{CONFLICT_FREE}
:- in(X), att(Y, X), not out(Y).
:- arg(X), not in(X), out(Y) : att(Y, X).
"""
"""Conflict-free, defends all it contains (third line from below), and contains all it defends (last line)."""

STABLE = f"""{CONFLICT_FREE}
:- arg(X), not in(X), not out(X).
"""
"""Conflict-free, and attacks all it does not contain."""

RANGE = """
range(X) :- in(X).
range(X) :- out(X).
"""
"""The range of a set: the set with what it attacks."""

MAXIMAL_IN = "#heuristic in(X) : arg(X). [1, true]"
"""Prefer larger sets."""

MAXIMAL_RANGE = "#heuristic range(X) : arg(X). [1, true]"
"""Prefer larger ranges."""

ALL = ("--models=0",)
"""Enumerate every answer set."""

FIRST_MAXIMAL = ("--models=1", "--heuristic=Domain")
"""One answer set, maximal in the atoms of the heuristic."""

ALL_MAXIMAL = ("--models=0", "--heuristic=Domain", "--enum-mode=domRec")
"""One answer set for every maximal share of the atoms of the heuristic."""

UNION = ("--models=0", "--heuristic=Domain", "--enum-mode=brave")
"""The union of all answer sets, reached in growing steps; preferring larger sets makes them fewer."""

SMALL = 64
"""Up to this many arguments a search without a budget runs in the thread of the caller, because starting a
thread takes longer than the search. Above, it runs beside, so that an interrupt from the keyboard is
heard."""

SLICE = 0.1
"""Seconds between two looks at interrupts and at the budget while the solver works."""


class Solver:
    """A program over the arguments and attacks of a subgraph, grounded once and asked as often as needed.

    Parameters
    ----------
    program : str
        One of the programs of this module, or several joined.
    graph : Subgraph
        The arguments and attacks.
    options : sequence of str
        Options of clingo, such as `ALL_MAXIMAL`.
    stopwatch : Stopwatch
        The budget; every method raises `TimeUp` when it is spent.
    doubtful : collection of int
        Arguments that may not be in (they are attacked by something that stays undecided).
    """

    def __init__(
        self,
        program: str,
        graph: Subgraph,
        options: Iterable[str],
        stopwatch: Stopwatch,
        doubtful: Collection[int] = (),
    ) -> None:
        import clingo  # loading it takes longer than most other commands: only who solves pays for it

        stopwatch.check()
        self._stopwatch = stopwatch
        self._beside = stopwatch.budget is not None or len(graph.nodes) > SMALL
        # Silent, because clingo talks to stderr about programs that leave nothing to decide.
        self._control = clingo.Control(list(options), logger=_say_nothing)
        # Otherwise an atom that one search proves false is gone, and the next could not name it.
        self._control.enable_cleanup = False
        self._control.add("base", [], program + _facts(graph, doubtful))
        self._control.ground([("base", [])])

    def answers(
        self, true: Iterable[int] = (), false: Iterable[int] = (), name: str = "in"
    ) -> Generator[frozenset[int], None, None]:
        """Yield answer sets as they are found.

        Parameters
        ----------
        true, false : iterable of int
            Arguments whose atom `name` is assumed to hold or not to hold.
        name : str
            The predicate of the assumptions.

        Yields
        ------
        frozenset of int
            The arguments that are in.
        """
        literals = [self._literal(name, node) for node in true]
        literals += [-self._literal(name, node) for node in false]
        with self._solving(literals) as handle:
            while (model := self._next(handle)) is not None:
                yield _inside(model)

    def union(self) -> frozenset[int]:
        """Return the union of all answer sets, for a solver with the options `UNION`."""
        with self._solving([]) as handle:
            while self._next(handle) is not None:
                pass  # each step adds to the union; reading thousands of them takes longer than finding them
            last = handle.last()
            return frozenset() if last is None else _inside(last)

    def answer(
        self, true: Iterable[int] = (), false: Iterable[int] = (), name: str = "in"
    ) -> frozenset[int] | None:
        """Return one answer set under assumptions (see `answers`), or None if there is none."""
        with closing(self.answers(true, false, name)) as found:
            return next(found, None)

    def require_one_of(self, nodes: Iterable[int]) -> None:
        """Exclude the answer sets that contain none of these arguments."""
        literals = [self._literal("in", node) for node in nodes]
        with self._control.backend() as backend:
            backend.add_rule([], [-literal for literal in literals])

    def _literal(self, name: str, node: int) -> int:
        import clingo

        atom = self._control.symbolic_atoms[clingo.Function(name, [clingo.Number(node)])]
        if atom is None:
            raise KeyError(f"the program has no atom {name}({node})")
        return atom.literal

    @contextmanager
    def _solving(self, literals: list[int]) -> Iterator[clingo.SolveHandle]:
        with self._control.solve(assumptions=literals, yield_=True, async_=self._beside) as handle:
            _open_handles.add(handle)
            try:
                yield handle
            finally:
                _open_handles.discard(handle)

    def _next(self, handle: clingo.SolveHandle) -> clingo.Model | None:
        handle.resume()
        while self._beside:
            remaining = self._stopwatch.remaining()
            if handle.wait(SLICE if remaining is None else min(SLICE, remaining)):
                break
            if remaining == 0.0:
                handle.cancel()
                raise TimeUp
        return handle.model()


def _say_nothing(_code: clingo.MessageCode, _message: str) -> None:
    """Take the place of the logger that writes to stderr."""


_open_handles: set[clingo.SolveHandle] = set()


@atexit.register
def _cancel_open_searches() -> None:
    # A search still open when Python ends leaves a thread of the solver behind, which aborts the process.
    for handle in list(_open_handles):
        handle.cancel()


def _inside(model: clingo.Model) -> frozenset[int]:
    return frozenset(symbol.arguments[0].number for symbol in model.symbols(shown=True))


def _facts(graph: Subgraph, doubtful: Collection[int]) -> str:
    arguments = "".join(f"arg({node})." for node in graph.nodes)
    attacks = "".join(f"att({attacker},{attacked})." for attacker, attacked in graph.attacks())
    # An attacker that stays undecided bars an argument from being in exactly as an attack on itself does.
    bars = "".join(f"att({node},{node})." for node in sorted(doubtful))
    return arguments + attacks + bars
