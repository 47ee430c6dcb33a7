"""The comparison matrix in the group's voice: what readers' latest revealed marks come to, cell by cell."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from cruxmap.errors import UsageError
from cruxmap.group.visibility import latest_intervals, summary
from cruxmap.matrix import Cell, Matrix, Row, criterion_named, matrix
from cruxmap.synthesis.group_grid import group_mark

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cruxmap.analysis.answers import Answer
    from cruxmap.knowledge import KnowledgeBase

__all__ = ["group_matrix"]


def group_matrix(
    kb: KnowledgeBase,
    kind: str = "proposal",
    *,
    criteria: Sequence[str] = (),
    group_by: str | None = None,
    sort: str = "number",
    incomplete: bool = False,
) -> Matrix:
    """Build the matrix of what the readers of a workspace hold.

    Parameters
    ----------
    kb : KnowledgeBase
        Its topmost folder is the workspace whose sessions count.
    kind, criteria, group_by, sort, incomplete
        As for `cruxmap.matrix.matrix`.

    Returns
    -------
    Matrix
        Only entries that somebody rated. A cell holds the mark that at least three quarters of its readers
        share, otherwise the range of all that their marks leave possible; the number of raters and their
        spread. It is the same under every reveal policy: no reader and no reason is in it.

    Raises
    ------
    UsageError
        When nothing is revealed yet, or an option is unknown.
    """
    if group_by == "stance":
        raise UsageError("stances are the source's; group by mechanism or assumption in the group's voice")
    by_criterion = sort not in ("number", "title")
    order = "number" if by_criterion else sort
    source = matrix(kb, kind, criteria=criteria, group_by=group_by, sort=order, incomplete=incomplete)
    given = latest_intervals(kb, kb.roots[-1])
    columns = [item.id for item in source.criteria]
    rows = [row for row in (_row(kb, row, columns, given) for row in source.rows) if row.cells]
    if not rows:
        raise UsageError(
            "no ratings exist in this workspace, so a group has no voice yet: nothing that was rated is "
            "revealed; the voices source and computed need no ratings"
        )
    if by_criterion:
        wanted = criterion_named(kb, sort).id

        def rank(row: Row) -> tuple[int, int]:
            found = row.cells[wanted].interval if wanted in row.cells else None
            return (-found.low, -found.high) if found else (1, 1)

        rows.sort(key=rank)
    kept = {row.id for row in rows}
    groups = [replace(item, rows=tuple(row for row in item.rows if row in kept)) for item in source.groups]
    return replace(
        source, voice="group", rows=tuple(rows), groups=tuple(item for item in groups if item.rows)
    )


def _row(kb: KnowledgeBase, row: Row, criteria: Sequence[str], given: dict[str, list[Answer]]) -> Row:
    cells = {}
    for criterion in criteria:
        name = f"{row.id}/{criterion}"
        if name in given:
            own = row.cells.get(criterion)
            recorded = (own.pro, own.con) if own else (0, 0)
            cells[criterion] = _cell(kb, name, given[name], recorded)
    return replace(row, cells=cells)


def _cell(kb: KnowledgeBase, name: str, given: list[Answer], recorded: tuple[int, int]) -> Cell:
    held, found = group_mark(kb, name, given), summary(name, given)
    return Cell(
        stance=held.word,
        word=held.word,
        interval=held.interval,
        hinges=(),
        pro=recorded[0],
        con=recorded[1],
        at="",
        origin=name,
        reason="",
        raters=found.raters,
        spread=found.spread,
    )
