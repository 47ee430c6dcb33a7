"""Two groups' grids side by side, with every reason why their marks may not mean the same."""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace
from typing import TYPE_CHECKING, Any

from cruxmap.group.visibility import latest_intervals, views
from cruxmap.model.vocabulary import Criterion
from cruxmap.synthesis.group_grid import group_mark

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from cruxmap.analysis.answers import Answer
    from cruxmap.group.folder import SessionFolder
    from cruxmap.knowledge import KnowledgeBase
    from cruxmap.synthesis.group_grid import GroupMark

__all__ = [
    "CriterionDifference",
    "Grid",
    "GridComparison",
    "GridRow",
    "compare_grids",
    "session_grid",
    "workspace_grid",
]


@dataclass(frozen=True)
class Grid:
    """The marks of one group.

    Attributes
    ----------
    name : str
    kb : KnowledgeBase
        What its criteria and scales mean.
    marks : mapping of str to GroupMark
        By cell.
    raters : mapping of str to int
        Marks behind each.
    versions : mapping of str to int
        By criterion, the version that was marked, where it is not that of `kb`.
    asked : mapping of str to str
        What each of those criteria asked then, as far as it is known.
    """

    name: str
    kb: KnowledgeBase
    marks: Mapping[str, GroupMark]
    raters: Mapping[str, int]
    versions: Mapping[str, int] = field(default_factory=dict)
    asked: Mapping[str, str] = field(default_factory=dict)

    def version(self, criterion: str) -> int:
        """The version of a criterion that the marks answer."""
        return self.versions.get(criterion) or criterion_of(self.kb, criterion).version

    def question(self, criterion: str) -> str:
        """What the criterion asked those who marked; empty when nobody wrote it down."""
        if criterion in self.versions:
            return self.asked.get(criterion, "")
        return criterion_of(self.kb, criterion).question


def workspace_grid(name: str, kb: KnowledgeBase, root: Path, share: float = 0.75) -> Grid:
    """The grid of a group from the latest revealed mark of each of its readers."""
    return _grid(name, kb, latest_intervals(kb, root), share)


def session_grid(kb: KnowledgeBase, folder: SessionFolder) -> Grid:
    """The grid of one session from its latest round that is revealed.

    Raises
    ------
    StillSealedError
        When none is.
    """
    from cruxmap.group.visibility import view

    session = folder.read()
    found = views(kb, folder, session)
    answers = (found[-1] if found else view(kb, folder, session)).answers
    by_cell: dict[str, list[Answer]] = {}
    for given in answers.by_reader.values():
        for cell, answer in given.items():
            by_cell.setdefault(cell, []).append(answer)
    grid = _grid(folder.id, kb, by_cell, session.stop.consensus)
    versions = _older_versions(kb, by_cell)
    asked = {
        name: session.asked[name]
        for name, version in versions.items()
        if name in session.asked and session.criteria.get(name) == version
    }
    return replace(grid, versions=versions, asked=asked)


def _older_versions(kb: KnowledgeBase, by_cell: Mapping[str, list[Answer]]) -> dict[str, int]:
    """By criterion, the version that was marked, where it is another one than there is now."""
    found: dict[str, int] = {}
    for cell, given in by_cell.items():
        criterion = cell.partition("/")[2]
        version = max(answer.criterion_version for answer in given)
        if version != criterion_of(kb, criterion).version:
            found[criterion] = max(version, found.get(criterion, 0))
    return found


def criterion_of(kb: KnowledgeBase, name: str) -> Criterion:
    """A criterion by its id."""
    found = kb.entries[name]
    assert isinstance(found, Criterion)
    return found


def _grid(name: str, kb: KnowledgeBase, by_cell: Mapping[str, list[Answer]], share: float) -> Grid:
    return Grid(
        name,
        kb,
        {cell: group_mark(kb, cell, given, share) for cell, given in sorted(by_cell.items())},
        {cell: len(given) for cell, given in sorted(by_cell.items())},
    )


@dataclass(frozen=True, slots=True)
class GridRow:
    """One cell in both grids.

    Attributes
    ----------
    first, second : GroupMark or None
        None where that group has no mark.
    distance : float or None
        Mean distance of the ends of the two marks relative to the scale, in [0, 1]; None when either stands
        for nothing or is missing, or when the scales differ.
    """

    cell: str
    first: GroupMark | None
    second: GroupMark | None
    distance: float | None

    def as_data(self) -> dict[str, Any]:
        """Return plain data for JSON."""
        return {
            "cell": self.cell,
            "first": _mark(self.first),
            "second": _mark(self.second),
            "distance": self.distance,
        }


@dataclass(frozen=True, slots=True)
class CriterionDifference:
    """What two groups understand differently by one criterion.

    Attributes
    ----------
    versions : tuple of int
    changed : tuple of str
        Fields of the criterion (`question`, `scale`, `parts`...) that differ.
    questions : tuple of str
        What each asked; empty where nobody wrote it down.
    """

    criterion: str
    versions: tuple[int, int]
    changed: tuple[str, ...]
    questions: tuple[str, str]

    def as_data(self) -> dict[str, Any]:
        """Return plain data for JSON."""
        return {
            "criterion": self.criterion,
            "versions": list(self.versions),
            "changed": list(self.changed),
            "questions": list(self.questions),
        }


@dataclass(frozen=True, slots=True)
class GridComparison:
    """Two grids side by side.

    Attributes
    ----------
    rows : tuple of GridRow
        Cells of either, sorted.
    criteria : tuple of CriterionDifference
        Criteria that both use and understand differently: marks against them are not comparable as they are.
    only_first, only_second : tuple of str
        Criteria that only one of them used.
    """

    first: str
    second: str
    rows: tuple[GridRow, ...]
    criteria: tuple[CriterionDifference, ...]
    only_first: tuple[str, ...]
    only_second: tuple[str, ...]

    @property
    def shared(self) -> tuple[GridRow, ...]:
        """Cells that both have marked, those furthest apart first."""
        both = [row for row in self.rows if row.first and row.second]
        return tuple(sorted(both, key=lambda row: (-(row.distance or 0.0), row.cell)))

    def as_data(self) -> dict[str, Any]:
        """Return plain data for JSON."""
        return {
            "first": self.first,
            "second": self.second,
            "rows": [row.as_data() for row in self.rows],
            "criteria": [item.as_data() for item in self.criteria],
            "only_first": list(self.only_first),
            "only_second": list(self.only_second),
        }


def compare_grids(first: Grid, second: Grid) -> GridComparison:
    """Put two grids side by side.

    Parameters
    ----------
    first, second : Grid

    Returns
    -------
    GridComparison
        Equal ids are taken for the same entry and criterion; a criterion that was defined otherwise is said.
    """
    own, other = (_criteria(grid.marks) for grid in (first, second))
    rows = tuple(
        GridRow(cell, first.marks.get(cell), second.marks.get(cell), _distance(first, second, cell))
        for cell in sorted({*first.marks, *second.marks})
    )
    both = (_difference(first, second, name) for name in sorted(own & other))
    return GridComparison(
        first.name,
        second.name,
        rows,
        tuple(item for item in both if item.changed),
        tuple(sorted(own - other)),
        tuple(sorted(other - own)),
    )


def _criteria(cells: Iterable[str]) -> set[str]:
    return {cell.partition("/")[2] for cell in cells}


def _distance(first: Grid, second: Grid, cell: str) -> float | None:
    one, other = first.marks.get(cell), second.marks.get(cell)
    if one is None or other is None or one.interval is None or other.interval is None:
        return None
    criterion = cell.partition("/")[2]
    levels = [[level.id for level in grid.kb.scale_of(criterion).levels] for grid in (first, second)]
    if levels[0] != levels[1] or len(levels[0]) < 2:
        return None
    apart = abs(one.interval.low - other.interval.low) + abs(one.interval.high - other.interval.high)
    return apart / (2 * (len(levels[0]) - 1))


def _difference(first: Grid, second: Grid, name: str) -> CriterionDifference:
    one, other = criterion_of(first.kb, name), criterion_of(second.kb, name)
    versions = (first.version(name), second.version(name))
    questions = (first.question(name), second.question(name))
    names = [item.name for item in fields(Criterion)]
    changed = [key for key in names if getattr(one, key) != getattr(other, key)]
    scales = [[level.id for level in grid.kb.scale_of(name).levels] for grid in (first, second)]
    if scales[0] != scales[1]:
        changed.append("levels")
    if questions[0] != questions[1] and all(questions):
        changed.insert(0, "question")
    if versions[0] != versions[1]:
        changed.append("version")
    kept = tuple(dict.fromkeys(item.replace("_", "-") for item in changed if item not in _UNIMPORTANT))
    return CriterionDifference(name, versions, kept, questions)


_UNIMPORTANT = ("override", "short", "note")
"""Fields in which two groups may differ without meaning anything else."""


def _mark(mark: GroupMark | None) -> dict[str, Any] | None:
    if mark is None:
        return None
    ends = [mark.interval.low, mark.interval.high] if mark.interval else None
    return {"mark": mark.word, "interval": ends, "shared": mark.shared}
