"""The knowledge base: every entry, every statement and argument in it, and where each stands."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeVar, cast

from cruxmap.errors import UnknownIdError
from cruxmap.model.entries import KINDS, Entry, Finding, Proposal, Risk, Strategy
from cruxmap.model.intervals import Interval, UnknownMarkError, interval
from cruxmap.model.vocabulary import Assumption, Criterion, Factor, Hedge, Mechanism, Scale
from cruxmap.placement import Part, PlacedArgument, arguments_of, parts_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    import networkx as nx

    from cruxmap.matrix import Matrix
    from cruxmap.model.parts import Assessment
    from cruxmap.problems import Problem

EntryKind = TypeVar("EntryKind", bound=Entry)


class Position(NamedTuple):
    """Where something is written: file, line and column (1-based)."""

    path: str
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Statement:
    """Something that can hold or fail: an assessment, assumption, factor, finding, mechanism or risk.

    Attributes
    ----------
    id : str
        The entry's id; for an assessment `entry/criterion`.
    text : str
        The statement in words.
    """

    id: str
    kind: Literal["assessment", "assumption", "factor", "finding", "mechanism", "risk"]
    entry: str
    criterion: str | None
    text: str
    credence: float | None


class Stance(NamedTuple):
    """A stance as written, and what it comes to once inheritance is followed.

    `interval` is None when the mark covers nothing; `hinges` and `at` are those of the assessment where the
    stance is stated.
    """

    written: str
    word: str
    interval: Interval | None
    hinges: tuple[str, ...]
    origin: str


@dataclass(frozen=True, repr=False)
class KnowledgeBase:
    """Everything a workspace knows, validated.

    Parameters
    ----------
    name : str
        Name of the workspace.
    roots : tuple of Path
        Folders it was read from, the extended corpus first.
    entries : mapping
        Entry by id, in the order of the files.
    positions : mapping
        Position of every entry, assessment, argument, note, step, question and relation by id.
    problems : tuple of Problem
        Everything that `cruxmap check` reports.
    settings : mapping
        Contents of `cruxmap.yaml`.
    """

    name: str
    roots: tuple[Path, ...]
    entries: Mapping[str, Entry]
    positions: Mapping[str, Position]
    problems: tuple[Problem, ...] = ()
    settings: Mapping[str, object] = field(default_factory=dict)

    def of_kind(self, kind: type[EntryKind]) -> list[EntryKind]:
        """All entries of one class, in the order of the files, numbered ones first and by number."""
        # Entries of a snapshot are made when they are asked for, and a kind can be asked for by itself.
        of_class = getattr(self.entries, "of_class", None)
        found: list[EntryKind] = (
            of_class(kind.__name__)
            if of_class
            else [entry for entry in self.entries.values() if isinstance(entry, kind)]
        )
        if kind in _NUMBERED:
            found.sort(key=_number_order)
        return found

    @cached_property
    def proposals(self) -> list[Proposal]:
        """The proposals by number, those without a number last; incomplete ones are left out."""
        return [entry for entry in self.of_kind(Proposal) if not entry.incomplete]

    @cached_property
    def criteria(self) -> list[Criterion]:
        """The criteria in use, in the order of the workspace's settings or of the files."""
        criteria = {criterion.id: criterion for criterion in self.of_kind(Criterion)}
        chosen = self.settings.get("criteria")
        if isinstance(chosen, list):
            return [criteria[name] for name in chosen if name in criteria]
        return list(criteria.values())

    @cached_property
    def statements(self) -> dict[str, Statement]:
        """Every statement by id."""
        return {statement.id: statement for entry in self.entries.values() for statement in self._of(entry)}

    @cached_property
    def arguments(self) -> dict[str, PlacedArgument]:
        """Every argument by id, in the order of the files."""
        return {
            placed.argument.id: placed for entry in self.entries.values() for placed in arguments_of(entry)
        }

    @cached_property
    def parts(self) -> dict[str, tuple[Part, str]]:
        """Every identified part of an entry that is no argument, with the id of the entry."""
        return {
            part.id: (part, entry.id)
            for entry in self.entries.values()
            for part in parts_of(entry)
            if part.id
        }

    def _of(self, entry: Entry) -> Iterator[Statement]:
        if isinstance(entry, Assumption | Factor | Finding | Risk):
            yield Statement(entry.id, entry.kind, entry.id, None, entry.text, entry.credence)
        elif isinstance(entry, Mechanism):
            text = f"{entry.title} does what it is meant to do."
            yield Statement(entry.id, "mechanism", entry.id, None, text, entry.credence)
        elif isinstance(entry, Proposal | Strategy):
            for criterion, assessment in entry.assessments.items():
                known = self.entries.get(criterion)
                title = known.title.lower() if isinstance(known, Criterion) else criterion
                text = f"{entry.title} meets the criterion of {title}."
                name = f"{entry.id}/{criterion}"
                yield Statement(name, "assessment", entry.id, criterion, text, assessment.credence)

    def arguments_for(self, statement: str) -> list[PlacedArgument]:
        """The arguments written in the discussion of one statement, in order."""
        owner = statement.partition("/")[0]
        if owner not in self.entries:
            return []
        if owner not in self._discussions:
            self._discussions[owner] = {}
            for placed in arguments_of(self.entries[owner]):
                self._discussions[owner].setdefault(placed.home, []).append(placed)
        return list(self._discussions[owner].get(statement, ()))

    @cached_property
    def _discussions(self) -> dict[str, dict[str | None, list[PlacedArgument]]]:
        """By entry, and in it by statement, the arguments written there; filled as entries are asked for."""
        return {}

    @cached_property
    def resting(self) -> dict[str, list[str]]:
        """For each statement, the ids of arguments, notes, steps and questions that assume or concern it."""
        found: dict[str, list[str]] = {}
        for placed in self.arguments.values():
            step = placed.argument
            for name in dict.fromkeys((*step.assumes, *step.unless, *step.concerns)):
                found.setdefault(name, []).append(step.id)
        for name, (part, _) in self.parts.items():
            for about in getattr(part, "concerns", ()):
                found.setdefault(about, []).append(name)
        return found

    def scale_of(self, criterion: str) -> Scale:
        """The scale on which marks of a criterion are given."""
        entry = self.entries[criterion]
        assert isinstance(entry, Criterion)
        scale = self.entries[entry.scale]
        assert isinstance(scale, Scale)
        return scale

    def hedge(self, name: str | None) -> Hedge | None:
        """The hedge with this id."""
        entry = self.entries.get(name) if name else None
        return entry if isinstance(entry, Hedge) else None

    def stance(self, entry: Proposal | Strategy, criterion: str) -> Stance:
        """Resolve the stance of an assessment, following `inherits:n`.

        Raises
        ------
        UnknownMarkError
            When the word is not on the scale, or inheritance leads nowhere or in a circle.
        """
        written = entry.assessments[criterion].stance
        assessment, origin = self._inherited_from(entry, criterion)
        word = assessment.stance
        name = f"{origin.id}/{criterion}"
        return Stance(written, word, interval(self.scale_of(criterion), word), assessment.hinges, name)

    def _inherited_from(
        self, entry: Proposal | Strategy, criterion: str
    ) -> tuple[Assessment, Proposal | Strategy]:
        seen = {entry.id}
        assessment = entry.assessments[criterion]
        while assessment.stance.startswith("inherits:"):
            wanted = assessment.stance.removeprefix("inherits:")
            heir = self.by_number(wanted) or self.entries.get(wanted)
            if not isinstance(heir, Proposal | Strategy) or criterion not in heir.assessments:
                raise UnknownMarkError(
                    f"{assessment.stance!r} names no entry with an assessment of {criterion}"
                )
            if heir.id in seen:
                raise UnknownMarkError(f"{assessment.stance!r} leads in a circle")
            seen.add(heir.id)
            entry, assessment = heir, heir.assessments[criterion]
        return assessment, entry

    def graph(self) -> nx.MultiDiGraph:
        """The argument graph for networkx; `cruxmap.graph.argument_graph` gives the form of analyses."""
        from cruxmap.graph import argument_graph

        return argument_graph(self).to_networkx()

    def matrix(self, kind: str = "proposal", *, voice: str = "source", **options: Any) -> Matrix:
        """The comparison matrix in one voice.

        Parameters
        ----------
        kind : str
            `proposal` or `strategy`.
        voice : {"source", "computed", "group"}
            What the sources say, what their arguments come to, or what readers have revealed.
        **options
            See `cruxmap.matrix.matrix`, `cruxmap.computed_matrix.computed_matrix` and
            `cruxmap.group.grid.group_matrix`.

        Raises
        ------
        UsageError
            When the voice or an option is unknown, or nobody has rated anything yet.
        """
        from cruxmap.matrix import matrix, require_voice

        require_voice(voice)
        if voice == "source":
            return matrix(self, kind, **options)
        if voice == "group":
            from cruxmap.group.grid import group_matrix

            return group_matrix(self, kind, **options)
        from cruxmap.computed_matrix import computed_matrix

        return computed_matrix(self, kind, **options)

    def by_number(self, number: str) -> Entry | None:
        """The entry with this number; a bare number means a proposal."""
        return (
            self._proposals_by_number.get(number) if number.isdigit() else self._numbered.get(number.lower())
        )

    @cached_property
    def _proposals_by_number(self) -> dict[str, Proposal]:
        """The first proposal of each number."""
        return {str(entry.number): entry for entry in reversed(self.of_kind(Proposal))}

    @cached_property
    def _numbered(self) -> dict[str, Entry]:
        """The first entry of each number that is no bare number."""
        found: dict[str, Entry] = {}
        for entry in self.entries.values():
            own = getattr(entry, "number", None)
            if own is not None and not str(own).isdigit():
                found.setdefault(str(own).lower(), entry)
        return found

    @cached_property
    def _assessed(self) -> dict[str, Proposal | Strategy]:
        found: list[Proposal | Strategy] = [*self.of_kind(Proposal), *self.of_kind(Strategy)]
        return {entry.id: entry for entry in found}

    def find(self, wanted: str, kinds: tuple[type[EntryKind], ...] = ()) -> EntryKind:
        """The entry of one of the kinds (any, when none is given) that an id, unique prefix or number names.

        Raises
        ------
        UnknownIdError
            With the nearest matches.
        """
        what = next((name for name, kind in KINDS.items() if kinds == (kind,)), "entry")
        pool = {name: entry for name, entry in self.entries.items() if not kinds or isinstance(entry, kinds)}
        numbered = self.by_number(wanted)
        if wanted not in pool and numbered is not None and numbered.id in pool:
            return cast("EntryKind", numbered)
        return cast("EntryKind", pool[_unique(wanted, list(pool), what)])

    def find_assessed(self, wanted: str) -> Proposal | Strategy:
        """The proposal or strategy that an id, unique prefix or number names; see `find`."""
        pool = self._assessed
        if wanted in pool:
            return pool[wanted]
        numbered = self.by_number(wanted)
        if isinstance(numbered, Proposal | Strategy):
            return numbered
        return pool[_unique(wanted, list(pool), "proposal or strategy")]

    def find_any(self, wanted: str) -> str:
        """The id of the entry, statement, argument or other part that `wanted` names; see `find`."""
        if any(wanted in pool for pool in (self.entries, self.statements, self.arguments, self.parts)):
            return wanted
        entry, slash, criterion = wanted.partition("/")
        if slash:
            owner = self.find_assessed(entry)
            cells = [name for name in self.statements if name.startswith(f"{owner.id}/")]
            return _unique(f"{owner.id}/{criterion}", cells, "assessment")
        numbered = self.by_number(wanted)
        if numbered:
            return numbered.id
        key = wanted.lower()
        for pool in (list(self.entries), [*self.arguments, *self.parts]):
            if any(name.startswith(key) for name in pool):
                return _unique(wanted, pool, "entry or argument")
        names = dict.fromkeys((*self.entries, *self.statements, *self.arguments, *self.parts))
        return _unique(wanted, list(names), "entry, statement or argument")


_NUMBERED: tuple[type, ...] = (Proposal, Assumption, Factor, Finding, Risk, Strategy)
_NUMBER = re.compile(r"^(?P<series>\D*)(?P<number>\d+)")


def _number_order(entry: Entry) -> tuple[bool, str, int, str]:
    """Order `A2` before `A10`, series of other works after those with a short name, no number last."""
    match = _NUMBER.match(str(getattr(entry, "number", None) or ""))
    return (False, match["series"], int(match["number"]), "") if match else (True, "", 0, entry.id)


def _unique(wanted: str, names: list[str], what: str) -> str:
    """The only name that starts with `wanted`, or failing that contains it as whole words."""
    key = wanted.lower()
    from difflib import get_close_matches

    if key in names:
        return key
    starting = [name for name in names if name.startswith(key)]
    if len(starting) == 1:
        return starting[0]
    shown = starting[:6] or get_close_matches(key, names, n=3, cutoff=0.5)
    if not shown:
        shown = [name for name in names if key and key in name][:3]
    raise UnknownIdError(wanted, what, shown, ambiguous=bool(starting))


__all__ = ["KnowledgeBase", "PlacedArgument", "Position", "Stance", "Statement"]
