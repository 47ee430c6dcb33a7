"""The comparison matrix in the computed voice: what the recorded arguments come to, beside the stances."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from cruxmap.analysis.evaluation import DEFAULT_STANDARD, Evaluation, evaluate
from cruxmap.analysis.semantics import DEFAULT_SEMANTICS
from cruxmap.graph import argument_graph
from cruxmap.matrix import Cell, Matrix, Row, criterion_named, matrix

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from cruxmap.knowledge import KnowledgeBase


def computed_matrix(
    kb: KnowledgeBase,
    kind: str = "proposal",
    *,
    criteria: Sequence[str] = (),
    group_by: str | None = None,
    sort: str = "number",
    incomplete: bool = False,
    semantics: str = DEFAULT_SEMANTICS,
    standard: str = DEFAULT_STANDARD,
    premises: Literal["product", "min"] = "product",
    credences: Mapping[str, float] | None = None,
    labels: Mapping[str, str] | None = None,
) -> Matrix:
    """Build the matrix with strengths, labels and fragile flags filled in.

    Parameters
    ----------
    kb : KnowledgeBase
    kind, criteria, group_by, sort, incomplete
        As for `cruxmap.matrix.matrix`; sorting by a criterion puts the strongest verdict first.
    semantics, standard, premises : str
        Conventions of strengths and labels.
    credences : mapping, optional
        Credences (of arguments: weights), 0 to 1, by id, instead of those recorded.
    labels : mapping, optional
        Statements that are fixed `in`, `out` or `undecided`.

    Returns
    -------
    Matrix
        Every cell keeps the source's stance.

    Raises
    ------
    UsageError
        When a kind, criterion, grouping, order, credence or label is unknown.
    NotConvergedError, UnknownSemanticsError, SupportsRefusedError
        As for `cruxmap.analysis.evaluation.evaluate`.

    Examples
    --------
    >>> from cruxmap import load
    >>> table = computed_matrix(load(), labels={"rat-gives-consistent-gradient": "in"})
    >>> table.semantics, table.rows[2].cells["inner-alignment"].label
    ('quadratic-energy', 'in')
    """
    by_criterion = sort not in ("number", "title")
    order = "number" if by_criterion else sort
    source = matrix(kb, kind, criteria=criteria, group_by=group_by, sort=order, incomplete=incomplete)
    result = evaluate(argument_graph(kb, credences, premises=premises), semantics, standard, labels)
    rows = [_row(result, row) for row in source.rows]
    if by_criterion:
        wanted = criterion_named(kb, sort).id

        def rank(row: Row) -> float:
            strength = row.cells[wanted].strength if wanted in row.cells else None
            return 1.0 if strength is None else -strength

        rows.sort(key=rank)
    return replace(source, voice="computed", semantics=semantics, rows=tuple(rows))


def _row(result: Evaluation, row: Row) -> Row:
    cells = {criterion: _cell(result, f"{row.id}/{criterion}", cell) for criterion, cell in row.cells.items()}
    return replace(row, cells=cells)


def _cell(result: Evaluation, verdict: str, cell: Cell) -> Cell:
    return replace(
        cell,
        strength=result.strengths[verdict],
        label=result.labels[verdict],
        fragile=bool(result.shakes[verdict]),
    )
