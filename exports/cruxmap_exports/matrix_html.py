"""The comparison matrix as an HTML table, which needs no script.

Pointing at a cell, or moving to it with the keyboard, shows its hinges, place and reason; pages carry the
same as notes below the table, which is what printers and phones show.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cruxmap_exports.escape import html_attribute, html_text

if TYPE_CHECKING:
    from cruxmap_exports.matrix_view import CellView, MatrixView, RowView

__all__ = ["cell_anchor", "entry_anchor", "hinge_anchor", "matrix_table"]


def cell_anchor(row: str, criterion: str) -> str:
    """Name the note on a cell inside a page."""
    return f"cell-{row}-{criterion}"


def entry_anchor(row: str) -> str:
    """Name the part on an entry inside a page."""
    return f"entry-{row}"


def hinge_anchor(name: str) -> str:
    """Name a hinge inside a page."""
    return f"hinge-{name}"


def matrix_table(view: MatrixView, *, linked: bool, entries: bool = False) -> str:
    """Return the table.

    Parameters
    ----------
    view : MatrixView
    linked : bool
        Whether the page has notes that cells and hinges can lead to.
    entries : bool
        Whether it has parts on the entries too.
    """
    heads = "".join(
        f'<th scope="col" role="columnheader"><span class="name" title="{html_attribute(column.question)}">'
        f"<bdi>{html_text(column.title)}</bdi></span> "
        f'<span class="version">version {column.version}</span></th>'
        for column in view.columns
    )
    kind = html_text(view.kind.capitalize())
    bodies = []
    for section in view.sections:
        title = ""
        if section.title:
            width = len(view.columns) + 1
            title = (
                f'<tr role="row"><th scope="rowgroup" role="rowheader" colspan="{width}" class="group">'
                f"<bdi>{html_text(section.title)}</bdi></th></tr>\n"
            )
        rows = "".join(_row(view, row, linked=linked, entries=entries) for row in section.rows)
        bodies.append(f'<tbody role="rowgroup">\n{title}{rows}</tbody>\n')
    return (
        f'<div class="cruxmap-matrix">\n<table role="table">\n'
        f'<caption><span class="title"><bdi>{html_text(view.title)}</bdi></span> '
        f'<span class="voice"><bdi>{html_text(view.preface)}</bdi>'
        "</span>"
        f"</caption>\n"
        f'<thead role="rowgroup"><tr role="row"><th scope="col" role="columnheader">{kind}</th>{heads}</tr>'
        f"</thead>\n{''.join(bodies)}</table>\n</div>\n"
    )


def _row(view: MatrixView, row: RowView, *, linked: bool, entries: bool) -> str:
    number = f'<span class="number">{html_text(row.number)}</span> ' if row.number else ""
    cells = "".join(
        _cell(row, column.title, cell, linked=linked)
        for column, cell in zip(view.columns, row.cells, strict=True)
    )
    title = f"<bdi>{html_text(row.title)}</bdi>"
    if entries:
        title = f'<a class="entry-name" href="#{html_attribute(entry_anchor(row.id))}">{title}</a>'
    name = number + title
    return f'<tr role="row"><th scope="row" role="rowheader">{name}</th>{cells}</tr>\n'


def _cell(row: RowView, column: str, cell: CellView | None, *, linked: bool) -> str:
    head = f'data-criterion="{html_attribute(column)}"'
    if cell is None:
        return f'<td role="cell" class="empty" {head}></td>'
    inherited = f'<span class="inherited">{html_text(cell.inherited)}</span> ' if cell.inherited else ""
    stance = (
        f'{inherited}<span class="glyph">{html_text(cell.glyph)}</span> '
        f'<span class="word">{html_text(cell.word)}</span>'
    )
    if linked:
        target = html_attribute(cell_anchor(row.id, cell.criterion))
        stance = f'<a class="stance" href="#{target}">{stance}</a>'
    else:
        stance = f'<span class="stance" tabindex="0">{stance}</span>'
    return (
        f'<td role="cell" class="{html_attribute(cell.leaning)}" {head}>'
        f"{_figures(cell)}{stance} {_place(cell, linked=linked)}{_tip(cell)}</td>"
    )


def _figures(cell: CellView) -> str:
    if cell.strength is None:
        return ""
    flag = ' <span class="fragile">fragile</span>' if cell.fragile else ""
    label = f' <span class="label">{html_text(cell.label)}</span>' if cell.label else ""
    figure = f'<span class="strength">{cell.strength:.2f}</span>'
    return f'<span class="figures">{figure}{label}{flag}</span> '


def _place(cell: CellView, *, linked: bool) -> str:
    hinges = []
    for item in cell.hinges:
        text = f"<bdi>{html_text(item.number)}</bdi>"
        title = html_attribute(item.full)
        if linked:
            target = html_attribute(hinge_anchor(item.id))
            hinges.append(f'<a class="hinge" href="#{target}" title="{title}">{text}</a>')
        else:
            hinges.append(f'<span class="hinge" title="{title}">{text}</span>')
    at = f'<span class="at"><bdi>{html_text(cell.at)}</bdi></span>' if cell.at else ""
    return f'<span class="place">{" ".join(filter(None, [at, *hinges]))}</span>'


def _tip(cell: CellView) -> str:
    hinges = "".join(f"<span><bdi>{html_text(item.full)}</bdi></span>" for item in cell.hinges)
    listed = f'<span class="tip-hinges">Hinges on {hinges}</span>' if hinges else ""
    reason = f'<span class="tip-reason"><bdi>{html_text(cell.reason)}</bdi></span>' if cell.reason else ""
    place = html_text(" ".join(filter(None, [cell.source, cell.at])))
    located = f"<bdi>{place}</bdi> · " if place else ""
    count = f"{cell.pro} for, {cell.con} against"
    return (
        f'<span class="tip">{reason}{listed}<span class="tip-place">{located}arguments: {count}</span></span>'
    )
