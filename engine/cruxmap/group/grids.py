"""Two groups' grids side by side, with every reason why their marks may not mean the same."""

from __future__ import annotations

from dataclasses import dataclass, fields
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
    """

    name: str
    kb: KnowledgeBase
    marks: Mapping[str, GroupMark]
    raters: Mapping[str, int]


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
    return _grid(folder.id, kb, by_cell, session.stop.consensus)


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
    """

    criterion: str
    versions: tuple[int, int]
    changed: tuple[str, ...]

    def as_data(self) -> dict[str, Any]:
        """Return plain data for JSON."""
        return {"criterion": self.criterion, "versions": list(self.versions), "changed": list(self.changed)}


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
    both = (_difference(first.kb, second.kb, name) for name in sorted(own & other))
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


def _difference(first: KnowledgeBase, second: KnowledgeBase, name: str) -> CriterionDifference:
    one, other = first.entries[name], second.entries[name]
    assert isinstance(one, Criterion)
    assert isinstance(other, Criterion)
    names = [item.name for item in fields(Criterion)]
    changed = [key for key in names if getattr(one, key) != getattr(other, key)]
    scales = [[level.id for level in kb.scale_of(name).levels] for kb in (first, second)]
    if scales[0] != scales[1]:
        changed.append("levels")
    kept = tuple(dict.fromkeys(item.replace("_", "-") for item in changed if item not in _UNIMPORTANT))
    return CriterionDifference(name, (one.version, other.version), kept)


_UNIMPORTANT = ("override", "short", "note")
"""Fields in which two groups may differ without meaning anything else."""


def _mark(mark: GroupMark | None) -> dict[str, Any] | None:
    if mark is None:
        return None
    ends = [mark.interval.low, mark.interval.high] if mark.interval else None
    return {"mark": mark.word, "interval": ends, "shared": mark.shared}
