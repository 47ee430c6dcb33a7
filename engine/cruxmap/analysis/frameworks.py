"""Abstract argumentation frameworks: arguments, attacks, and the positions that can be held together.

Grounded is a labelling of our own, linear in arguments plus attacks, and explains itself. The other semantics
run as answer-set programs on what grounded leaves undecided; see `frameworks_search` for what may be solved
apart and why.
"""

from __future__ import annotations

from contextlib import closing
from functools import cached_property
from typing import TYPE_CHECKING, Literal, Self

from cruxmap.analysis import frameworks_acceptance as acceptance
from cruxmap.analysis import frameworks_search as search
from cruxmap.analysis.attack_graph import build_attack_graph
from cruxmap.analysis.frameworks_errors import (
    BudgetExceeded,
    FrameworkError,
    FrameworkSyntaxError,
    UnknownArgument,
    UnknownFormat,
    UnknownMode,
    UnknownSemantics,
    UnreadableFramework,
    nearest_matches,
)
from cruxmap.analysis.frameworks_formats import read_framework
from cruxmap.analysis.frameworks_witness import find_witness
from cruxmap.analysis.grounded import GroundedLabelling
from cruxmap.analysis.grounded_rounds import UNDECIDED
from cruxmap.analysis.stopwatch import Stopwatch, TimeUp

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

__all__ = [
    "MODES",
    "SEMANTICS",
    "ArgumentationFramework",
    "BudgetExceeded",
    "FrameworkError",
    "FrameworkSyntaxError",
    "UnknownArgument",
    "UnknownFormat",
    "UnknownMode",
    "UnknownSemantics",
    "UnreadableFramework",
]

MODES = ("credulous", "sceptical")
"""An argument is credulously accepted if some extension contains it, sceptically if every extension does."""

_EXISTENCE: Mapping[str, acceptance.Existence] = {
    "complete": acceptance.exists_complete,
    "preferred": acceptance.exists_preferred,
    "stable": acceptance.exists_stable,
    "semi-stable": acceptance.exists_semi_stable,
    "stage": acceptance.exists_stage,
    "ideal": acceptance.exists_ideal,
    "grounded": acceptance.exists_grounded,
}

SEMANTICS = tuple(search.SEARCHES)
"""The names of the semantics."""


class ArgumentationFramework:
    """A set of arguments and the attacks between them (Dung 1995).

    Parameters
    ----------
    arguments : sequence of str
        The arguments. A repeated one counts once.
    attacks : iterable of pairs of str
        Attacker and attacked. A repeated pair counts once; an argument may attack itself.

    Raises
    ------
    UnknownArgument
        If an attack names something that is not among the arguments.

    Notes
    -----
    Immutable. Construction takes time and space linear in arguments plus attacks, but for one sort of
    integers.

    References
    ----------
    Phan Minh Dung (1995). On the acceptability of arguments and its fundamental role in nonmonotonic
    reasoning, logic programming and n-person games. Artificial Intelligence 77(2).
    Pietro Baroni, Martin Caminada, Massimiliano Giacomin (2011). An introduction to argumentation semantics.
    The Knowledge Engineering Review 26(4).

    Examples
    --------
    >>> framework = ArgumentationFramework(["a", "b", "c"], [("a", "b"), ("b", "a"), ("b", "c")])
    >>> framework.grounded()
    frozenset()
    >>> sorted(sorted(extension) for extension in framework.extensions("preferred"))
    [['a', 'c'], ['b']]
    >>> framework.accepts("c", "preferred"), framework.accepts("c", "preferred", mode="sceptical")
    (True, False)
    """

    def __init__(self, arguments: Sequence[str], attacks: Iterable[tuple[str, str]]) -> None:
        self._index = dict(zip(arguments, range(len(arguments)), strict=True))
        if len(self._index) < len(arguments):
            self._index = {argument: place for place, argument in enumerate(dict.fromkeys(arguments))}
        self._arguments = tuple(self._index)
        pairs = attacks if isinstance(attacks, list | tuple) else list(attacks)
        try:
            self._framework = search.LabelledGraph(build_attack_graph(self._index, pairs))
        except KeyError:
            raise self._unknown_in(pairs) from None

    @classmethod
    def from_file(cls, path: str | Path, file_format: str | None = None) -> Self:
        """Read a framework from a file in TGF, APX or ICCMA 2023 format.

        Parameters
        ----------
        path : str or pathlib.Path
            A file in UTF-8.
        file_format : {"tgf", "apx", "iccma"}, optional
            The format; without it the suffix decides: .tgf, .apx, and .af, .iccma or .i23 for ICCMA 2023.

        Returns
        -------
        ArgumentationFramework
            ICCMA arguments are named "1" to "N". Labels of a TGF file are not kept.

        Raises
        ------
        UnreadableFramework, UnknownFormat, FrameworkSyntaxError
            If the file cannot be opened, names no known format, or breaks its rules; the last with line and
            column.
        """
        source = read_framework(path, file_format)
        return cls(source.arguments, source.attacks)

    @property
    def arguments(self) -> tuple[str, ...]:
        """The arguments in the order in which they were given, each once."""
        return self._arguments

    @cached_property
    def attacks(self) -> frozenset[tuple[str, str]]:
        """The attacks as pairs of attacker and attacked."""
        sources, targets = self._framework.graph.sources.tolist(), self._framework.graph.targets.tolist()
        names = self._arguments
        return frozenset(
            (names[source], names[target]) for source, target in zip(sources, targets, strict=True)
        )

    def __repr__(self) -> str:
        attacks = len(self._framework.graph.sources)
        return f"<ArgumentationFramework: {len(self._arguments)} arguments, {attacks} attacks>"

    def grounded(self) -> frozenset[str]:
        """Return the grounded extension: what must be accepted by everyone who accepts anything.

        Returns
        -------
        frozenset of str
            The least complete extension; empty if every argument is attacked.

        Notes
        -----
        Linear in arguments plus attacks; computed once.
        """
        return self._names(self._framework.grounded)

    def grounded_labelling(self) -> GroundedLabelling:
        """Return the grounded labels with the order of their decisions and the reason of each."""
        return GroundedLabelling(
            self._arguments, self._index, self._framework.graph, self._framework.labelling
        )

    def extensions(self, semantics: str, *, budget: float | None = None) -> Iterator[frozenset[str]]:
        """Iterate over the extensions under a semantics.

        Parameters
        ----------
        semantics : {"complete", "preferred", "stable", "semi-stable", "stage", "ideal", "grounded"}
            Grounded and ideal have exactly one extension, stable may have none, the others at least one.
        budget : float, optional
            Seconds of work allowed for the whole iteration, not counting those between two extensions.

        Yields
        ------
        frozenset of str
            Every extension once, as soon as it is found, in an order that depends only on the framework.

        Raises
        ------
        UnknownSemantics
            At once, if there is no such semantics.
        BudgetExceeded
            During the iteration, if the budget ends before it is certain that there is no further extension.

        Notes
        -----
        Exact. There may be exponentially many extensions, and finding one may take exponential time for
        all semantics but grounded; nothing is solved before the first extension is asked for.
        """
        if semantics not in search.SEARCHES:
            raise UnknownSemantics(semantics, SEMANTICS)
        return self._found(semantics, budget)

    def accepts(
        self,
        argument: str,
        semantics: str,
        mode: Literal["credulous", "sceptical"] = "credulous",
        *,
        budget: float | None = None,
    ) -> bool:
        """Return whether an argument is accepted under a semantics.

        Parameters
        ----------
        argument : str
            An argument of the framework.
        semantics : {"complete", "preferred", "stable", "semi-stable", "stage", "ideal", "grounded"}
            The semantics.
        mode : {"credulous", "sceptical"}
            Whether some extension must contain the argument, or all of them.
        budget : float, optional
            Seconds of work allowed.

        Returns
        -------
        bool
            Without any extension (stable only) False for credulous and True for sceptical: all of none
            contain it.

        Raises
        ------
        UnknownArgument, UnknownSemantics, UnknownMode
            If there is no such argument, semantics or mode; with the nearest names.
        BudgetExceeded
            If the budget ends before the answer is certain.

        Notes
        -----
        Looks only at the part of the framework on which the answer can depend, and enumerates no
        extensions (for semi-stable and stage at most the maximal ranges).
        """
        space, node = self._question(argument, semantics, mode, budget)
        credulous = mode == "credulous"
        try:
            return _EXISTENCE[semantics](space, node, credulous) is credulous
        except TimeUp:
            raise self._unanswered(argument, semantics, mode, budget) from None

    def witness(
        self,
        argument: str,
        semantics: str,
        mode: Literal["credulous", "sceptical"] = "credulous",
        *,
        budget: float | None = None,
    ) -> frozenset[str] | None:
        """Return an extension that proves an argument accepted (credulous) or not accepted (sceptical).

        Parameters
        ----------
        argument, semantics, mode, budget
            As for `accepts`.

        Returns
        -------
        frozenset of str, or None
            An extension that contains the argument, or for `sceptical` one that does not; None if there is
            none.

        Raises
        ------
        UnknownArgument, UnknownSemantics, UnknownMode, BudgetExceeded
            As for `accepts`.

        Examples
        --------
        >>> framework = ArgumentationFramework(["a", "b"], [("a", "b"), ("b", "a")])
        >>> framework.witness("a", "preferred"), framework.witness("a", "preferred", "sceptical")
        (frozenset({'a'}), frozenset({'b'}))
        """
        space, node = self._question(argument, semantics, mode, budget)
        try:
            found = find_witness(space, semantics, node, mode == "credulous")
        except TimeUp:
            raise self._unanswered(argument, semantics, mode, budget) from None
        return None if found is None else self._names(found)

    def _question(
        self, argument: str, semantics: str, mode: str, budget: float | None
    ) -> tuple[search.SearchSpace, int]:
        if semantics not in _EXISTENCE:
            raise UnknownSemantics(semantics, SEMANTICS)
        if mode not in MODES:
            raise UnknownMode(mode, MODES)
        if argument not in self._index:
            raise UnknownArgument(argument, nearest_matches(argument, self._arguments))
        return search.SearchSpace(self._framework, Stopwatch(budget)), self._index[argument]

    def _unanswered(self, argument: str, semantics: str, mode: str, budget: float | None) -> BudgetExceeded:
        question = f"Whether {argument!r} is accepted ({mode}, {semantics})"
        return self._exceeded(semantics, budget, question=question)

    def _found(self, semantics: str, budget: float | None) -> Iterator[frozenset[str]]:
        found = 0
        stopwatch = Stopwatch(budget)
        try:
            with closing(
                search.SEARCHES[semantics](search.SearchSpace(self._framework, stopwatch))
            ) as answers:
                for answer in answers:
                    found += 1
                    with stopwatch.paused():
                        yield self._names(answer)
        except TimeUp:
            raise self._exceeded(semantics, budget, found) from None

    def _names(self, nodes: Iterable[int]) -> frozenset[str]:
        return frozenset(map(self._arguments.__getitem__, nodes))

    def _exceeded(
        self, semantics: str, budget: float | None, found: int = 0, question: str | None = None
    ) -> BudgetExceeded:
        # Stage alone may reject what grounded accepts, so that nothing is certain before its search has
        # ended.
        nodes = (
            range(len(self._arguments))
            if semantics == "stage"
            else self._framework.labelling.labelled(UNDECIDED)
        )
        undecided = [self._arguments[node] for node in nodes]
        return BudgetExceeded(semantics, budget or 0.0, undecided, found, question)

    def _unknown_in(self, pairs: Sequence[tuple[str, str]]) -> UnknownArgument:
        attack = next(pair for pair in pairs if not self._index.keys() >= set(pair))
        name = next(name for name in attack if name not in self._index)
        return UnknownArgument(name, nearest_matches(name, self._arguments), attack)
