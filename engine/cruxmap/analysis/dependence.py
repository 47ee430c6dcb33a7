"""What verdicts depend on: for each assessment a monotone formula over what its arguments assume.

A verdict holds iff some supporting argument that counts holds; an argument holds iff it is available and
everything it assumes holds. Objections are taken at their current label: an argument with an accepted
undercutter, or with an exception that holds, is not available; one with an undecided objection is, and the
objection is listed as open. Arguments against the verdict itself do not enter the formula: weighing them is
what the gradual and the crisp reading do.

An argument that assumes nothing cannot fail with an assumption, and a single one would hide everything else
that the verdict rests on. By default a verdict therefore counts only the supporting arguments that state
what they assume, as soon as it has one, and names those left out. A verdict that has no such argument
counts them all. Which arguments count is read off the graph and not off labels, so that an assumption in a
cut set defeats the verdict also when a reader sets it to `out`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from cruxmap.analysis.formulas import And, Atom, Constant, Formula, Or, operands, subterms
from cruxmap.graph import EdgeKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from cruxmap.graph import ArgumentGraph

__all__ = ["Dependence", "Reason", "Status", "all_of", "dependences", "formula_data", "some_of"]

IN, OUT, UNDECIDED = "in", "out", "undecided"
NEVER, ALWAYS = Constant(False), Constant(True)


class Status(StrEnum):
    """What the formula of a verdict comes to."""

    RESTS = "rests"
    """It holds or fails with what it rests on."""
    HOLDS = "holds"
    """No failure of an assumption defeats it."""
    FAILS = "fails"
    """It has supporting arguments that count, and none of them is available."""
    UNSUPPORTED = "unsupported"
    """No argument supports it."""


@dataclass(frozen=True, slots=True)
class Reason:
    """One supporting argument of a verdict.

    Attributes
    ----------
    counts : bool
        False for an argument without premises that is left out because others state what they assume.
    blocked_by : tuple of str
        Accepted undercutters and exceptions that hold: they make the argument unavailable.
    failing : tuple of str
        Premises that cannot hold, whatever the assumptions do.
    open_objections : tuple of str
        Undecided undercutters and exceptions; the argument stays available.
    """

    argument: str
    premises: tuple[str, ...]
    counts: bool
    blocked_by: tuple[str, ...]
    failing: tuple[str, ...]
    open_objections: tuple[str, ...]

    @property
    def is_available(self) -> bool:
        """Whether the argument can hold."""
        return not self.blocked_by and not self.failing

    def as_data(self) -> dict[str, Any]:
        """Return the reason as plain data."""
        return {
            "argument": self.argument,
            "assumes": list(self.premises),
            "counts": self.counts,
            "available": self.is_available,
            "blocked_by": list(self.blocked_by),
            "failing": list(self.failing),
            "open_objections": list(self.open_objections),
        }


@dataclass(frozen=True, slots=True)
class Dependence:
    """The formula of one verdict and where it comes from.

    Attributes
    ----------
    verdict : str
        Id of the assessment.
    formula : Formula
        Monotone, over assumptions, findings and risks; a constant exactly when nothing that can fail, or
        nothing that can hold, is left.
    reasons : tuple of Reason
        Its supporting arguments, in the order of the files.
    through : tuple of str
        Other assessments that some premise leads to, directly or through others.
    standing, open : tuple of str
        Arguments against the verdict itself that are accepted, and those that are undecided; neither enters
        the formula.
    fixed : str or None
        The label to which the reader fixed the verdict.
    """

    verdict: str
    formula: Formula
    reasons: tuple[Reason, ...]
    through: tuple[str, ...]
    standing: tuple[str, ...]
    open: tuple[str, ...]
    fixed: str | None = None

    @property
    def status(self) -> Status:
        """What the formula comes to."""
        if not isinstance(self.formula, Constant):
            return Status.RESTS
        if self.formula.value:
            return Status.HOLDS
        return Status.FAILS if self.reasons else Status.UNSUPPORTED

    @property
    def left_out(self) -> tuple[str, ...]:
        """Available supporting arguments that assume nothing and are not counted."""
        return tuple(reason.argument for reason in self.reasons if not reason.counts and reason.is_available)

    @property
    def unconditional(self) -> tuple[str, ...]:
        """Supporting arguments that are counted and hold without assuming anything that can fail."""
        return tuple(
            reason.argument
            for reason in self.reasons
            if reason.counts and reason.is_available and not reason.premises
        )

    def as_data(self) -> dict[str, Any]:
        """Return the dependence as plain data."""
        return {
            "status": self.status.value,
            "formula": formula_data(self.formula),
            "arguments": [reason.as_data() for reason in self.reasons],
            "through": list(self.through),
            "standing_objections": list(self.standing),
            "open_objections": list(self.open),
        }


def dependences(
    graph: ArgumentGraph,
    labels: Mapping[str, str],
    *,
    fixed: Mapping[str, str] | None = None,
    all_arguments: bool = False,
) -> dict[str, Dependence]:
    """Read the formula of every assessment off an argument graph.

    Parameters
    ----------
    graph : ArgumentGraph
    labels : mapping of str to str
        `in`, `out` or `undecided` by node: the crisp reading, in which objections are taken. A node without
        one is undecided.
    fixed : mapping of str to str, optional
        Nodes that a reader fixed. What is fixed `in` or `out` holds or fails for good and is no atom.
    all_arguments : bool
        Count arguments that assume nothing everywhere, as available for good.

    Returns
    -------
    dict of str to Dependence
        By assessment, in the order of the graph.

    Notes
    -----
    Atoms are assumptions, findings and risks, also those with arguments of their own; one that is labelled
    `out` fails. A premise that is an assessment stands for its own formula. Where assessments rest on each
    other in a circle the formula is the least fixpoint: a circle supports nothing by itself. Formulas are
    computed in rounds over a depth-first order, one round more than there are statements at which a circle
    closes: no shortest derivation passes the same one twice. Linear in nodes and edges where there is no
    circle.

    References
    ----------
    de Kleer, J. (1986). An assumption-based TMS. Artificial Intelligence 28(2).

    Examples
    --------
    >>> from cruxmap import load
    >>> from cruxmap.graph import argument_graph
    >>> found = dependences(argument_graph(load()), {})
    >>> found["imitative-amplification-rat/outer-alignment"].formula
    And((Atom('demonstrably-safe-hch-imitation-exists'), Atom('hch-is-aligned')))
    """
    reader = _Reader(graph, labels, fixed or {}, all_arguments=all_arguments)
    reader.solve()
    return {name: reader.dependence(name) for name in graph.statements("assessment")}


class _Reader:
    """Computes formulas of assessments and arguments together."""

    def __init__(
        self,
        graph: ArgumentGraph,
        labels: Mapping[str, str],
        fixed: Mapping[str, str],
        *,
        all_arguments: bool,
    ) -> None:
        self.graph = graph
        self.labels = labels
        self.fixed = fixed
        self.all_arguments = all_arguments
        self.kinds = {node.id: node.kind for node in graph.nodes}
        self.formulas: dict[str, Formula] = {}

    def solve(self) -> None:
        """Compute the formula of every assessment and of every argument below one."""
        order, circles = self._order()
        self.formulas = dict.fromkeys(order, NEVER)
        for _ in range(1 + circles):
            before = list(self.formulas.values())
            for name in order:
                self.formulas[name] = self._formula(name)
            if all(old is new for old, new in zip(before, self.formulas.values(), strict=True)):
                break

    def _order(self) -> tuple[list[str], int]:
        """Nodes that have a formula, each after those it rests on; and at how many nodes a circle closes."""
        done: dict[str, None] = {}
        ahead: set[str] = set()
        circles: set[str] = set()
        for root in self.graph.statements("assessment"):
            path: list[tuple[str, Iterator[str]]] = [] if root in done else [(root, iter(self._below(root)))]
            ahead.update(name for name, _ in path)
            while path:
                name, rest = path[-1]
                below = next(rest, None)
                if below is None:
                    path.pop()
                    ahead.discard(name)
                    done[name] = None
                elif below in ahead:
                    circles.add(below)
                elif below not in done:
                    ahead.add(below)
                    path.append((below, iter(self._below(below))))
        return list(done), len(circles)

    def _below(self, name: str) -> tuple[str, ...]:
        """What the formula of a node is made of, without atoms."""
        if self.kinds[name] == "argument":
            return tuple(
                item for item in self.premises(name) if self.kinds[item] in ("assessment", "argument")
            )
        return tuple(item for item in self.supporting(name) if self.counts(name, item))

    def premises(self, argument: str) -> tuple[str, ...]:
        return self.graph.sources(argument, EdgeKind.PREMISE)

    def supporting(self, verdict: str) -> tuple[str, ...]:
        return self.graph.sources(verdict, EdgeKind.SUPPORT)

    def counts(self, verdict: str, argument: str) -> bool:
        if self.all_arguments or self.premises(argument):
            return True
        return not any(self.premises(other) for other in self.supporting(verdict))

    def objections(self, argument: str, label: str) -> tuple[str, ...]:
        """Undercutters and exceptions of an argument with one label."""
        kinds = (EdgeKind.ATTACK, EdgeKind.EXCEPTION)
        sources = (edge.source for edge in self.graph.incoming[argument] if edge.kind in kinds)
        return tuple(name for name in dict.fromkeys(sources) if self.labels.get(name, UNDECIDED) == label)

    def _formula(self, name: str) -> Formula:
        settled = self._settled(name)
        if settled is not None:
            return settled
        if self.kinds[name] != "argument":
            return some_of(self.formulas[item] for item in self._below(name))
        if self.objections(name, IN):
            return NEVER
        return all_of(self._holds(item) for item in self.premises(name))

    def _settled(self, name: str) -> Formula | None:
        label = self.fixed.get(name)
        return Constant(label == IN) if label in (IN, OUT) else None

    def _holds(self, premise: str) -> Formula:
        """The formula of a premise: its own, or an atom."""
        if self.kinds[premise] in ("assessment", "argument"):
            return self.formulas[premise]
        settled = self._settled(premise)
        if settled is not None:
            return settled
        return NEVER if self.labels.get(premise) == OUT else Atom(premise)

    def dependence(self, name: str) -> Dependence:
        """What was found of one assessment."""
        attackers = self.graph.sources(name, EdgeKind.ATTACK)
        return Dependence(
            name,
            self.formulas[name],
            tuple(self._reason(name, argument) for argument in self.supporting(name)),
            self._through(name),
            tuple(item for item in attackers if self.labels.get(item) == IN),
            tuple(item for item in attackers if self.labels.get(item, UNDECIDED) == UNDECIDED),
            self.fixed.get(name),
        )

    def _reason(self, verdict: str, argument: str) -> Reason:
        fixed_out = (argument,) if self.fixed.get(argument) == OUT else ()
        return Reason(
            argument,
            self.premises(argument),
            self.counts(verdict, argument),
            fixed_out or self.objections(argument, IN),
            tuple(item for item in self.premises(argument) if self._holds(item) is NEVER),
            self.objections(argument, UNDECIDED),
        )

    def _through(self, verdict: str) -> tuple[str, ...]:
        found: dict[str, None] = {}
        ahead = [verdict]
        while ahead:
            for item in self._below(ahead.pop(0)):
                if item not in found:
                    found[item] = None
                    ahead.append(item)
        return tuple(item for item in found if self.kinds[item] == "assessment" and item != verdict)


def all_of(parts: Iterable[Formula]) -> Formula:
    """Join monotone formulas by "and", folding constants.

    Examples
    --------
    >>> all_of([Atom("a"), Constant(True)]), all_of([Atom("a"), Constant(False)])
    (Atom('a'), Constant(False))
    """
    kept = tuple(dict.fromkeys(part for part in parts if part is not ALWAYS))
    if NEVER in kept:
        return NEVER
    return kept[0] if len(kept) == 1 else And(kept) if kept else ALWAYS


def some_of(parts: Iterable[Formula]) -> Formula:
    """Join monotone formulas by "or", folding constants.

    Examples
    --------
    >>> some_of([Atom("a"), Constant(False)]), some_of([Atom("a"), Constant(True)])
    (Atom('a'), Constant(True))
    """
    kept = tuple(dict.fromkeys(part for part in parts if part is not NEVER))
    if ALWAYS in kept:
        return ALWAYS
    return kept[0] if len(kept) == 1 else Or(kept) if kept else NEVER


def formula_data(formula: Formula) -> Any:
    """Return a formula without negation in the plain form that `parse_formula` reads."""
    data: dict[Formula, Any] = {}
    for term in subterms(formula):
        if isinstance(term, Atom):
            data[term] = term.name
        elif isinstance(term, Constant):
            data[term] = term.value
        else:
            data[term] = {"and" if isinstance(term, And) else "or": [data[part] for part in operands(term)]}
    return data[formula]
