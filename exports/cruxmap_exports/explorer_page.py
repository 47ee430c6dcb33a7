"""The interactive page of a matrix: one file, no request, complete without its script.

The document holds the table, a card for every cell, entry and statement, and the argument maps. The script
only shows parts of it: it filters and sorts rows, opens cards and maps, and sets two rows side by side.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from cruxmap.model.vocabulary import Source
from cruxmap_exports.document import plain, quiet
from cruxmap_exports.document_html import blocks_html, html, html_file, isolated, spans_html, stylesheet
from cruxmap_exports.escape import html_attribute, html_text
from cruxmap_exports.explorer_cards import Cards
from cruxmap_exports.explorer_controls import controls, dialogs
from cruxmap_exports.map_building import argument_map
from cruxmap_exports.map_export import requested_evaluation
from cruxmap_exports.map_style import page_style_sheet
from cruxmap_exports.map_svg import inline_svg
from cruxmap_exports.matrix_html import matrix_table
from cruxmap_exports.matrix_page import legend, matrix_page
from cruxmap_exports.matrix_view import matrix_view
from cruxmap_exports.naming import entry_mark, reference

if TYPE_CHECKING:
    from cruxmap.knowledge import KnowledgeBase
    from cruxmap_exports.argmap import ArgMap
    from cruxmap_exports.matrix_view import MatrixView
    from cruxmap_exports.request import Request

__all__ = ["explorer"]

SCRIPTS = ("start", "table", "panel", "compare", "map")
"""Files of the script, in the order in which they run."""


@cache
def _script() -> str:
    folder = files("cruxmap_exports")
    parts = [(folder / f"explorer_{name}.js").read_text(encoding="utf-8") for name in SCRIPTS]
    return f'(() => {{\n"use strict";\n{"".join(parts)}}})();\n'


@cache
def _style() -> str:
    return f"{stylesheet('table', 'page')}{page_style_sheet()}{stylesheet('explorer')}"


def explorer(kb: KnowledgeBase, request: Request) -> bytes:
    """Return the interactive page of the matrix that is asked for.

    Raises
    ------
    UsageError
        When a kind, criterion, grouping or voice is unknown.
    """
    view = matrix_view(kb, request.matrix(kb), request.conventions)
    if not view.rows:
        return html(matrix_page(kb, request))
    evaluation = requested_evaluation(kb, request)
    cards = Cards.of(kb, view, evaluation)
    whole = argument_map(kb, evaluation=evaluation)
    drawn = {node.entry for node in whole.nodes}
    entries = "".join(
        cards.entry(row, _map(whole.of_entry(row.id), row.id, f"{entry_mark(kb, row.id)} {row.title}"))
        if row.id in drawn
        else cards.entry(row, "")
        for row in view.rows
    )
    body = "".join(
        [
            '<a class="skip" href="#matrix">Skip to the matrix</a>\n',
            _masthead(view),
            f'<main>\n<section id="matrix" tabindex="-1" aria-label="Matrix">\n{controls(view)}',
            f"{matrix_table(view, linked=True, entries=True)}</section>\n",
            _reading(view),
            f'<section class="notes" id="entries"><h2>{html_text(_plural(view))}, cell by cell</h2>\n',
            f"{entries}</section>\n",
            _statements(cards),
            _maps(view, whole),
            _works(kb, view),
            "</main>\n",
            dialogs(view),
        ]
    )
    return html_file(view.title, "matrix explorer", body, _style(), _script())


def _plural(view: MatrixView) -> str:
    return view.title.split(" ")[0]


def _masthead(view: MatrixView) -> str:
    count = f"{len(view.columns)} {'criterion' if len(view.columns) == 1 else 'criteria'}"
    computed = ", what the recorded arguments come to," if view.has_figures else ""
    said = (
        f"the verdict of the work that the {view.kind} is drawn from, with its place there{computed} and the "
        "statements that would settle it."
    )
    if view.voice_name == "group":
        said = "what the readers of a group hold, with how many they are and how far they spread."
    rows = f"{len(view.rows)} {_plural(view).lower()} on AI alignment"
    lead = f"{rows}, judged by {count}. Each cell gives {said}"
    mark = f", a mark such as {view.hinges[0].number} for the statement it stands for" if view.hinges else ""
    hint = f"Choose a cell for the arguments behind it, a name for what is proposed{mark}."
    return (
        '<header class="masthead">\n'
        '<div class="tools" hidden><button type="button" id="theme">Dark colours</button></div>\n'
        f'<h1>{isolated(view.title)}</h1>\n<p class="lead">{html_text(lead)}</p>\n'
        f'<p class="quiet">{html_text(hint)}</p>\n{_contents(view)}</header>\n'
    )


def _contents(view: MatrixView) -> str:
    parts = {"legend": "How to read it", "entries": f"{_plural(view)}, cell by cell"}
    if view.hinges:
        parts["statements"] = "Statements"
    if any(cell for row in view.rows for cell in row.cells):
        parts["criterion-maps"] = "Maps by criterion"
    parts["works"] = "Works"
    links = "".join(f'<li><a href="#{name}">{html_text(text)}</a></li>' for name, text in parts.items())
    return f'<nav aria-label="Parts of this page"><ul>{links}</ul></nav>\n'


def _reading(view: MatrixView) -> str:
    """Explain criteria and signs; hinges have cards of their own."""
    blocks = legend(view, hinges=False)
    return f'<div id="legend">{blocks_html(blocks)}</div>\n'


def _map(argmap: ArgMap, name: str, title: str) -> str:
    anchor = html_attribute(f"map-{name}")
    said = html_attribute(f"Argument map: {title}")
    return (
        f'<details class="map" id="{anchor}" data-title="{html_attribute(title)}">'
        "<summary>Argument map</summary>\n"
        f'<div class="drawing" role="group" tabindex="0" aria-label="{said}">'
        f"{inline_svg(argmap)}</div></details>\n"
    )


def _statements(cards: Cards) -> str:
    written = "".join(cards.statement(name) for name in cards.statements)
    if not written:
        return ""
    return (
        '<section class="statements" id="statements"><h2>Statements that verdicts rest on</h2>\n'
        f'<div class="grid">\n{written}</div></section>\n'
    )


def _maps(view: MatrixView, whole: ArgMap) -> str:
    """Draw each criterion with all that bears on its assessments."""
    rows = {row.id for row in view.rows}
    assessed = {cell.criterion for row in view.rows for cell in row.cells if cell}
    drawings = "".join(
        f'<div class="one"><h3>{isolated(column.title)}</h3>\n{_map(drawn, column.id, title)}</div>\n'
        for column in view.columns
        if column.id in assessed
        for title in [f"All {_plural(view).lower()}: {column.title.lower()}"]
        for drawn in [whole.of_criterion(column.id, title, rows)]
    )
    if not drawings:
        return ""
    return (
        '<section class="criterion-maps" id="criterion-maps"><h2>Argument maps by criterion</h2>\n'
        "<p>The cards above say in words all that the maps show.</p>\n"
        f"{drawings}</section>\n"
    )


def _works(kb: KnowledgeBase, view: MatrixView) -> str:
    names = dict.fromkeys(cell.source for row in view.rows for cell in row.cells if cell and cell.source)
    works = [kb.entries[name] for name in names if name in kb.entries]
    listed = "".join(
        f"<li>{spans_html((plain(reference(work)), quiet(f' ({work.id})')))}</li>\n"
        for work in works
        if isinstance(work, Source)
    )
    made = (
        "Recorded claim by claim, with its place in the text, in cruxmap, a map of the arguments behind "
        "proposals for AI alignment. The words of verdicts summarise the hedges of the authors; where a "
        "sentence is a reading of ours, or was not checked in the work itself, it says so."
    )
    works_list = f"<ul>{listed}</ul>\n" if listed else ""
    return (
        f'<section class="works" id="works"><h2>Works and how this was made</h2>\n{works_list}'
        f"<p>{html_text(made)}</p></section>\n"
    )
