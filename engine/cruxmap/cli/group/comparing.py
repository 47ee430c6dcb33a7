"""`cruxmap group compare`: two groups' grids, or two sessions of one, side by side."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from cruxmap.cli.group.readings import namer
from cruxmap.cli.output import Output, common, count

if TYPE_CHECKING:
    from cruxmap.group.grids import CriterionDifference, Grid, GridComparison, GridRow
    from cruxmap.synthesis.group_grid import GroupMark


@click.command(
    epilog="Example: cruxmap group compare . ../other-group   or: cruxmap group compare 03-05 04-02"
)
@click.argument("first", metavar="FIRST")
@click.argument("second", metavar="SECOND")
@common
def command(first: str, second: str, *, output: Output, workspace: str | None) -> None:
    r"""Put two grids side by side, those cells first on which they are furthest apart.

    FIRST and SECOND are workspaces (each reader's latest revealed marks count) or sessions of this one. Where
    the two understand a criterion differently, it is said before any mark is compared.

    \b
    JSON: schema, first, second, rows [{cell, first {mark, interval, shared},
      second, distance}], criteria [{criterion, versions, changed, questions}],
      only_first, only_second
    """
    from cruxmap.group.grids import compare_grids

    one, other = _grid(first, workspace), _grid(second, workspace)
    found = compare_grids(one, other)
    if output.json:
        output.document({"schema": 1, **found.as_data()})
    else:
        _print(one, other, found, output)


def _grid(wanted: str, workspace: str | None) -> Grid:
    from cruxmap.corpus import WORKSPACE_FILE
    from cruxmap.group.folder import find_session
    from cruxmap.group.grids import session_grid, workspace_grid
    from cruxmap.loading import load
    from cruxmap.templates import own_workspace

    folder = Path(wanted)
    if (folder / WORKSPACE_FILE).is_file():
        root = own_workspace(folder)
        kb = load(root)
        return workspace_grid(kb.name, kb, root)
    root = own_workspace(workspace)
    return session_grid(load(root), find_session(root, wanted))


def _print(one: Grid, other: Grid, found: GridComparison, output: Output) -> None:
    output.paragraph(f"{found.first} and {found.second}, side by side", bold=True)
    for item in found.criteria:
        output.paragraph(_criterion(item, found), first="! ")
        if item.questions[0] != item.questions[1]:
            for group, question in zip((found.first, found.second), item.questions, strict=True):
                output.paragraph(f"{group}: {question or 'its question is not written down'}", indent=4)
    for group, names in ((found.first, found.only_first), (found.second, found.only_second)):
        if names:
            output.paragraph(f"Only {group} uses {', '.join(names)}.", first="! ")
    shared = found.shared
    name = namer(one.kb)
    if not shared:
        output.line()
        output.paragraph("They have marked no cell in common.")
    different = [row for row in shared if row.first != row.second]
    if different:
        output.heading("Different marks, the furthest apart first")
        for row in different:
            _print_row(row, name(row.cell), one, other, output)
    if shared:
        same = count(len(shared) - len(different), "cell")
        output.line()
        output.paragraph(
            f"{same} with the same mark, of {len(shared)} that both have marked. A mark stands for a group "
            "when enough of its readers share it; otherwise the range that their marks leave open is shown.",
            dim=True,
        )


def _criterion(item: CriterionDifference, found: GridComparison) -> str:
    versions = f"version {item.versions[0]} in {found.first} and {item.versions[1]} in {found.second}"
    return (
        f"{item.criterion} is not the same criterion for both ({versions}): they differ in "
        f"{', '.join(item.changed)}, so their marks against it are not comparable as they are."
    )


def _print_row(row: GridRow, name: str, one: Grid, other: Grid, output: Output) -> None:
    apart = "  – " if row.distance is None else f"{row.distance:.2f}"
    first = f"{one.name} {_said(row.first)} ({count(one.raters[row.cell], 'mark')})"
    second = f"{other.name} {_said(row.second)} ({count(other.raters[row.cell], 'mark')})"
    output.paragraph(f"{name}: {first}; {second}", indent=2, first=f"{apart}  ")


def _said(mark: GroupMark | None) -> str:
    return mark.word if mark else ""
