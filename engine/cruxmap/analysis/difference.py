"""What follows from changes: verdicts that move, points of failure and dominances gained or lost."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from cruxmap.analysis.dependence import Status, dependences
from cruxmap.analysis.failure_reading import MinimalSets, smallest_cut_sets

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from cruxmap.analysis.dependence import Dependence
    from cruxmap.analysis.evaluation import Evaluation

THRESHOLD = 0.01
"""Moves of a strength below this are left out."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where one verdict stands.

    Attributes
    ----------
    stance : str
        What the source's stance comes to once inheritance is followed.
    strength : float
        0 to 1.
    label : str
        `in`, `out` or `undecided`.
    status : Status
        What the failure reading comes to.
    cut_sets : MinimalSets
        Minimal sets of statements whose failure defeats it.
    """

    stance: str
    strength: float
    label: str
    status: Status
    cut_sets: MinimalSets

    @property
    def single_points(self) -> frozenset[str]:
        """Statements whose failure alone defeats it."""
        return frozenset(names[0] for names in self.cut_sets.listed if len(names) == 1)

    def as_data(self) -> dict[str, Any]:
        """Return plain data for JSON."""
        return {
            "stance": self.stance,
            "strength": self.strength,
            "label": self.label,
            "status": self.status.value,
            "cut_set_count": self.cut_sets.count,
        }


@dataclass(frozen=True, slots=True)
class Side:
    """What is computed on one side.

    Attributes
    ----------
    standings : mapping of str to Standing
        By assessment.
    dominances : frozenset of (str, str)
        Necessary dominances: better, worse.
    """

    standings: Mapping[str, Standing]
    dominances: frozenset[tuple[str, str]] = field(default=frozenset())


def side(evaluation: Evaluation, stances: Mapping[str, str], dominances: Iterable[tuple[str, str]]) -> Side:
    """Read one side.

    Parameters
    ----------
    evaluation : Evaluation
    stances : mapping of str to str
        What the stance of each assessment comes to; assessments without one are left out.
    dominances : iterable of (str, str)
    """
    found: Mapping[str, Dependence] = dependences(evaluation.graph, evaluation.labels, fixed=evaluation.fixed)
    standings = {
        name: Standing(
            stances[name],
            evaluation.strengths[name],
            evaluation.labels[name],
            dependence.status,
            smallest_cut_sets(dependence.formula),
        )
        for name, dependence in found.items()
        if name in stances
    }
    return Side(standings, frozenset(dominances))


@dataclass(frozen=True, slots=True)
class VerdictChange:
    """How one verdict, present on both sides, differs.

    Attributes
    ----------
    single_points_gained, single_points_lost : tuple of str
        Statements whose failure alone defeats it on one side only.
    cut_sets_gained, cut_sets_lost : tuple of tuple of str
        Larger minimal cut sets that only one side has; empty where not all of them are listed.
    """

    id: str
    before: Standing
    after: Standing
    single_points_gained: tuple[str, ...]
    single_points_lost: tuple[str, ...]
    cut_sets_gained: tuple[tuple[str, ...], ...]
    cut_sets_lost: tuple[tuple[str, ...], ...]

    @property
    def move(self) -> float:
        """Change of strength, -1 to 1."""
        return self.after.strength - self.before.strength

    @property
    def moves(self) -> bool:
        """Whether the strength moves by `THRESHOLD` or more."""
        return abs(self.move) >= THRESHOLD - 1e-12

    @property
    def flips(self) -> bool:
        """Whether the label is another one."""
        return self.before.label != self.after.label

    @property
    def fails_otherwise(self) -> bool:
        """Whether the failure reading differs."""
        sets = (self.cut_sets_gained, self.cut_sets_lost, self.single_points_gained, self.single_points_lost)
        return self.before.status != self.after.status or any(sets)

    @property
    def matters(self) -> bool:
        """Whether there is anything to say."""
        return self.moves or self.flips or self.fails_otherwise or self.before.stance != self.after.stance

    def as_data(self) -> dict[str, Any]:
        """Return plain data for JSON."""
        return {
            "id": self.id,
            "before": self.before.as_data(),
            "after": self.after.as_data(),
            "move": self.move,
            "flips": self.flips,
            "single_points_gained": list(self.single_points_gained),
            "single_points_lost": list(self.single_points_lost),
            "cut_sets_gained": [list(names) for names in self.cut_sets_gained],
            "cut_sets_lost": [list(names) for names in self.cut_sets_lost],
        }


@dataclass(frozen=True, slots=True)
class Consequences:
    """What follows from the changes.

    Attributes
    ----------
    verdicts : tuple of VerdictChange
        Those of which there is anything to say, the largest moves first.
    dominances_gained, dominances_lost : tuple of (str, str)
        Better, worse; between entries that both sides have.
    """

    verdicts: tuple[VerdictChange, ...]
    dominances_gained: tuple[tuple[str, str], ...]
    dominances_lost: tuple[tuple[str, str], ...]

    def __bool__(self) -> bool:
        return bool(self.verdicts or self.dominances_gained or self.dominances_lost)

    def as_data(self) -> dict[str, Any]:
        """Return plain data for JSON."""
        return {
            "verdicts": [verdict.as_data() for verdict in self.verdicts],
            "dominances_gained": [list(pair) for pair in self.dominances_gained],
            "dominances_lost": [list(pair) for pair in self.dominances_lost],
        }


def consequences(before: Side, after: Side, renamed: Mapping[str, str] | None = None) -> Consequences:
    """Compare what is computed on two sides.

    Parameters
    ----------
    before, after : Side
    renamed : mapping of str to str, optional
        Id before -> id after.

    Returns
    -------
    Consequences
        Named by the ids after. Verdicts that only one side has are changes and not consequences.

    Examples
    --------
    >>> sets = MinimalSets(1, (("a",),))
    >>> old = Side({"p/c": Standing("open", 0.5, "undecided", Status.RESTS, sets)})
    >>> new = Side({"p/c": Standing("open", 0.6, "in", Status.RESTS, MinimalSets(1, (("b",),)))})
    >>> found = consequences(old, new).verdicts[0]
    >>> round(found.move, 3), found.flips, found.single_points_gained, found.single_points_lost
    (0.1, True, ('b',), ('a',))
    >>> bool(consequences(old, old))
    False
    """
    names = renamed or {}
    earlier = {names.get(name, name): standing for name, standing in before.standings.items()}
    pairs = (
        _verdict_change(name, earlier[name], standing, names)
        for name, standing in after.standings.items()
        if name in earlier
    )
    verdicts = sorted((found for found in pairs if found.matters), key=lambda found: -abs(found.move))
    entries = {name.partition("/")[0] for name in earlier.keys() & after.standings.keys()}
    old = {(names.get(one, one), names.get(other, other)) for one, other in before.dominances}
    both = [{pair for pair in pairs if entries.issuperset(pair)} for pairs in (old, after.dominances)]
    return Consequences(tuple(verdicts), tuple(sorted(both[1] - both[0])), tuple(sorted(both[0] - both[1])))


def _verdict_change(
    name: str, before: Standing, after: Standing, renamed: Mapping[str, str]
) -> VerdictChange:
    def sets(given: MinimalSets) -> set[tuple[str, ...]]:
        return {tuple(sorted(renamed.get(atom, atom) for atom in names)) for names in given.listed}

    def in_order(given: Iterable[tuple[str, ...]]) -> tuple[tuple[str, ...], ...]:
        return tuple(sorted(given, key=lambda names: (len(names), names)))

    old, new = sets(before.cut_sets), sets(after.cut_sets)
    complete = all(item.cut_sets.count == len(item.cut_sets.listed) for item in (before, after))
    gained, lost = new - old, old - new
    return VerdictChange(
        name,
        before,
        after,
        tuple(sorted(names[0] for names in gained if len(names) == 1)),
        tuple(sorted(names[0] for names in lost if len(names) == 1)),
        in_order(names for names in gained if len(names) > 1 and complete),
        in_order(names for names in lost if len(names) > 1 and complete),
    )
