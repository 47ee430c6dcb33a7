"""The failure reading across entries: meeting all criteria, common causes, joint failures."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING, Any

from cruxmap.analysis.cut_sets import CommonCause, common_causes, smallest_cut_set_orders
from cruxmap.analysis.dependence import Status, all_of, some_of
from cruxmap.analysis.failure_reading import MinimalSets, smallest_cut_sets
from cruxmap.analysis.formulas import Constant

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from cruxmap.analysis.dependence import Dependence
    from cruxmap.analysis.formulas import Formula
    from cruxmap.knowledge import KnowledgeBase
    from cruxmap.model.entries import Proposal, Strategy

__all__ = [
    "Conjunction",
    "JointFailure",
    "Reach",
    "choices",
    "conjunctions",
    "joint_failure",
    "reach",
    "shared_causes",
    "single_causes",
]


@dataclass(frozen=True, slots=True)
class Conjunction:
    """That an entry meets every chosen criterion that it is assessed against.

    Attributes
    ----------
    verdicts : tuple of str
        The assessments that are joined; those whose criterion does not apply are left out.
    unsupported, failing, unconditional : tuple of str
        Verdicts among them that no argument supports, whose supporting arguments are all unavailable, and
        that no failure of an assumption defeats.
    """

    entry: str
    verdicts: tuple[str, ...]
    formula: Formula
    unsupported: tuple[str, ...]
    failing: tuple[str, ...]
    unconditional: tuple[str, ...]

    @property
    def can_fail_and_hold(self) -> bool:
        """Whether the formula is no constant."""
        return not isinstance(self.formula, Constant)

    def as_data(self) -> dict[str, Any]:
        """Return where the conjunction comes from as plain data."""
        return {
            "entry": self.entry,
            "verdicts": list(self.verdicts),
            "unsupported": list(self.unsupported),
            "failing": list(self.failing),
            "unconditional": list(self.unconditional),
        }


def conjunctions(
    kb: KnowledgeBase,
    found: Mapping[str, Dependence],
    entries: Iterable[Proposal | Strategy],
    criteria: Sequence[str],
) -> dict[str, Conjunction]:
    """Join the verdicts of each entry on the chosen criteria.

    Parameters
    ----------
    kb : KnowledgeBase
    found : mapping of str to Dependence
        By assessment.
    entries : iterable of Proposal or Strategy
    criteria : sequence of str
        Ids of the chosen criteria.

    Returns
    -------
    dict of str to Conjunction
        By entry, in the order given; entries assessed against none of the criteria are missing.
    """
    joined = {}
    for entry in entries:
        verdicts = tuple(
            f"{entry.id}/{name}"
            for name in criteria
            if name in entry.assessments and kb.stance(entry, name).interval is not None
        )
        if verdicts:
            by_status = {
                status: tuple(name for name in verdicts if found[name].status is status) for status in Status
            }
            joined[entry.id] = Conjunction(
                entry.id,
                verdicts,
                all_of(found[name].formula for name in verdicts),
                by_status[Status.UNSUPPORTED],
                by_status[Status.FAILS],
                by_status[Status.HOLDS],
            )
    return joined


@dataclass(frozen=True, slots=True)
class Reach:
    """What falls with one statement.

    Attributes
    ----------
    verdicts : dict of str to tuple of tuple of str
        For each verdict in whose minimal cut sets it is, the smallest of those cut sets.
    entries : dict of str to int
        For each entry whose meeting of all criteria it can help to defeat, the size of the smallest cut set.
    answers : tuple of str
        Arguments to which it is an exception: objections that come into force when it fails.
    """

    statement: str
    verdicts: dict[str, tuple[tuple[str, ...], ...]]
    entries: dict[str, int]
    answers: tuple[str, ...]

    def as_data(self) -> dict[str, Any]:
        """Return the reach as plain data."""
        return {
            "verdicts": [
                {"id": name, "smallest_cut_set": len(sets[0]), "cut_sets": [list(names) for names in sets]}
                for name, sets in self.verdicts.items()
            ],
            "entries": [{"id": name, "smallest_cut_set": size} for name, size in self.entries.items()],
            "exception_of": list(self.answers),
        }


def reach(
    statement: str,
    verdicts: Mapping[str, Formula],
    entries: Mapping[str, Formula],
    exception_of: Sequence[str],
) -> Reach:
    """Say which verdicts fall with a statement, alone or together with others.

    Parameters
    ----------
    statement : str
        An atom.
    verdicts, entries : mapping of str to Formula
        Formulas of the verdicts, and of the entries' meeting all criteria.
    exception_of : sequence of str
        Arguments to which the statement is an exception.

    Returns
    -------
    Reach
        Both mappings by the size of the smallest cut set, then in the order given.

    Examples
    --------
    >>> from cruxmap.analysis.formulas import parse_formula
    >>> found = reach("a", {"x": parse_formula({"or": ["a", "b"]}), "y": parse_formula("b")}, {}, [])
    >>> found.verdicts
    {'x': (('a', 'b'),)}
    """
    sizes = _orders(statement, verdicts)
    sets = {name: smallest_cut_sets(verdicts[name], having=statement).listed for name in sizes}
    return Reach(statement, sets, _orders(statement, entries), tuple(exception_of))


def _orders(statement: str, formulas: Mapping[str, Formula]) -> dict[str, int]:
    found = {name: smallest_cut_set_orders(formula).get(statement, 0) for name, formula in formulas.items()}
    return {name: size for name, size in sorted(found.items(), key=lambda item: item[1]) if size}


def shared_causes(formulas: Mapping[str, Formula]) -> list[CommonCause]:
    """Statements that can help to defeat verdicts of several entries, those that defeat most first.

    Parameters
    ----------
    formulas : mapping of str to Formula
        By verdict, named `entry/criterion`.

    Returns
    -------
    list of CommonCause

    Examples
    --------
    >>> from cruxmap.analysis.formulas import parse_formula
    >>> a = parse_formula("a")
    >>> [cause.atom for cause in shared_causes({"p1/outer": a, "p1/inner": a})]
    []
    >>> [cause.atom for cause in shared_causes({"p1/outer": a, "p2/outer": a})]
    ['a']
    """
    return [
        cause
        for cause in common_causes(formulas)
        if len({name.partition("/")[0] for name in cause.entries}) > 1
    ]


def single_causes(formulas: Mapping[str, Formula]) -> dict[str, tuple[str, ...]]:
    """Statements that can help to defeat verdicts of one entry only, with these verdicts.

    Parameters
    ----------
    formulas : mapping of str to Formula
        By verdict, named `entry/criterion`.

    Returns
    -------
    dict of str to tuple of str
        By statement, in alphabetical order.

    Examples
    --------
    >>> from cruxmap.analysis.formulas import parse_formula
    >>> single_causes({"p1/outer": parse_formula({"and": ["a", "b"]}), "p2/outer": parse_formula("a")})
    {'b': ('p1/outer',)}
    """
    found: dict[str, list[str]] = {}
    for name, formula in formulas.items():
        for atom in smallest_cut_set_orders(formula):
            found.setdefault(atom, []).append(name)
    return {
        atom: tuple(found[atom])
        for atom in sorted(found)
        if len({name.partition("/")[0] for name in found[atom]}) == 1
    }


@dataclass(frozen=True, slots=True)
class JointFailure:
    """What defeats every one of several entries at once.

    Attributes
    ----------
    sets : MinimalSets
        Minimal sets whose failure defeats all of them.
    choices : tuple of tuple of str, or None
        When the smallest sets are all ways to take one statement from each of several lists: those lists.
    """

    entries: tuple[str, ...]
    sets: MinimalSets
    choices: tuple[tuple[str, ...], ...] | None

    def as_data(self) -> dict[str, Any]:
        """Return the joint failure as plain data."""
        return {
            "entries": list(self.entries),
            "count": self.sets.count,
            "cut_sets": [list(names) for names in self.sets.listed],
            "smallest": len(self.sets.listed[0]) if self.sets.listed else None,
            "one_of_each": [list(names) for names in self.choices] if self.choices else None,
        }


def joint_failure(formulas: Mapping[str, Formula]) -> JointFailure:
    """Find the smallest failures that defeat every one of several entries.

    Parameters
    ----------
    formulas : mapping of str to Formula
        By entry; those that never hold change nothing, and one that always holds leaves no failure.

    Returns
    -------
    JointFailure

    Examples
    --------
    >>> from cruxmap.analysis.formulas import parse_formula
    >>> found = joint_failure({"p1": parse_formula({"and": ["a", "b"]}), "p2": parse_formula("c")})
    >>> found.sets.listed, found.choices
    ((('a', 'c'), ('b', 'c')), (('c',), ('a', 'b')))
    """
    sets = smallest_cut_sets(some_of(formulas.values()))
    # All sets of the smallest size are needed to tell whether they are a product.
    complete = sets.count == len(sets.listed) or len(sets.listed[-1]) > len(sets.listed[0])
    return JointFailure(tuple(formulas), sets, choices(sets.smallest) if complete and sets.listed else None)


def choices(sets: Sequence[tuple[str, ...]]) -> tuple[tuple[str, ...], ...] | None:
    """Write sets as all ways to take one member from each of several lists, if they are that.

    Returns
    -------
    tuple of tuple of str, or None
        The lists, the shortest first; None when the sets are no such product.

    Examples
    --------
    >>> choices([("a", "c"), ("b", "c")]), choices([("a", "b"), ("b", "c"), ("a", "c")])
    ((('c',), ('a', 'b')), None)
    """
    family = {frozenset(names) for names in sets}
    if not family or frozenset() in family:
        return None
    members = sorted({name for names in family for name in names})
    lists: dict[tuple[str, ...], None] = {}
    for name in members:
        own = [names - {name} for names in family if name in names]
        lists[tuple(other for other in members if all(rest | {other} in family for rest in own))] = None
    found = tuple(sorted(lists, key=lambda names: (len(names), names)))
    if sum(map(len, found)) != len(members) or any(len(names) != len(found) for names in family):
        return None
    return found if {frozenset(names) for names in product(*found)} == family else None
