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
from cruxmap_exports.map_building import argument_map, criterion_map
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
    statements = "".join(cards.statement(name) for name in cards.statements)
    body = "".join(
        [
            '<a class="skip" href="#matrix">Skip to the matrix</a>\n',
            _masthead(view),
            f'<main>\n<section id="matrix" tabindex="-1" aria-label="Matrix">\n{_controls(view)}',
            f"{matrix_table(view, linked=True, entries=True)}</section>\n",
            _reading(view),
            f'<section class="notes" id="entries"><h2>{_plural(view)}, cell by cell</h2>\n{entries}</section>\n',
            '<section class="statements" id="statements"><h2>Statements that verdicts rest on</h2>\n'
            f'<div class="grid">\n{statements}</div></section>\n' if statements else "",
            _maps(kb, view, whole),
            _works(kb, view),
            "</main>\n",
            _dialogs(view),
        ]
    )
    return html_file(view.title, "matrix explorer", body, _style(), _script())


def _plural(view: MatrixView) -> str:
    return html_text(view.title.split(" ")[0])


def _masthead(view: MatrixView) -> str:
    many, one = view.title.split(" ")[0].lower(), html_text(view.kind)
    count = f"{len(view.columns)} {'criterion' if len(view.columns) == 1 else 'criteria'}"
    computed = ", what the recorded arguments come to," if view.has_figures else ""
    lead = (
        f"{len(view.rows)} {many} on AI alignment, judged by {count}. Each cell gives the verdict of the work that "
        f"the {one} is drawn from, with its place there{computed} and the statements that would settle it."
    )
    hint = (
        "Choose a cell for the arguments behind it, a name for what is proposed, or a mark such as A5 for the "
        "statement that it stands for."
    )
    return (
        f'<header class="masthead">\n<div class="tools" hidden><button type="button" id="theme">Dark</button></div>\n'
        f"<h1>{isolated(view.title)}</h1>\n<p class=\"lead\">{html_text(lead)}</p>\n"
        f'<p class="quiet">{html_text(hint)}</p>\n</header>\n'
    )


def _controls(view: MatrixView) -> str:
    stances = "".join(
        f'<option value="{html_attribute(sign.word)}">{html_text(f"{sign.glyph} {sign.word}")}</option>'
        for sign in view.signs
        if sign.word != "as another"
    )
    columns = "".join(
        f'<label class="choice"><input type="checkbox" name="column" value="{number}" checked> '
        f"{isolated(column.title)}</label>\n"
        for number, column in enumerate(view.columns, 1)
    )
    orders = "".join(
        f'<option value="{number}">{html_text(column.title)}</option>'
        for number, column in enumerate(view.columns, 1)
    )
    return (
        '<form class="controls" id="controls" aria-label="Filter, sort and compare" hidden>\n'
        '<div class="line"><label>Find <input type="search" id="find" autocomplete="off" '
        'placeholder="title, reason or hinge"></label>\n'
        f'<label>Verdict <select id="stance"><option value="">any</option>{stances}</select></label>\n'
        f'<label class="order">Sort by <select id="order"><option value="">as listed</option>'
        f'<option value="0">{html_text(view.kind)}</option>{orders}</select></label>\n'
        '<span class="actions"><button type="button" id="open-compare">Compare two</button>\n'
        '<button type="button" id="open-map">Argument maps</button></span></div>\n'
        f'<div class="line"><fieldset><legend>Criteria</legend>{columns}</fieldset>\n'
        f'<p class="count"><span id="count" role="status"></span> '
        '<button type="reset" class="plain" id="clear" hidden>Clear filters</button></p></div>\n</form>\n'
    )


def _reading(view: MatrixView) -> str:
    """Explain criteria and signs; hinges have cards of their own."""
    blocks = legend(view, hinges=False)
    return f'<div id="legend">{blocks_html(blocks)}</div>\n'


def _map(argmap: ArgMap, name: str, title: str) -> str:
    anchor = html_attribute(f"map-{name}")
    said = html_attribute(f"Argument map: {title}")
    return (
        f'<details class="map" id="{anchor}" data-title="{html_attribute(title)}"><summary>Argument map</summary>\n'
        f'<div class="drawing" role="group" tabindex="0" aria-label="{said}">{inline_svg(argmap)}</div></details>\n'
    )


def _maps(kb: KnowledgeBase, view: MatrixView, whole: ArgMap) -> str:
    """Draw each criterion with all that bears on its assessments."""
    assessed = {node.id.partition("/")[2] for node in whole.nodes if node.kind == "assessment"}
    drawings = "".join(
        f"<h3>{isolated(column.title)}</h3>\n"
        + _map(criterion_map(whole, kb, column.id), column.id, f"All on {column.title.lower()}")
        for column in view.columns
        if column.id in assessed
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
        "Recorded claim by claim, with its place in the text, in cruxmap, a map of the arguments behind proposals "
        "for AI alignment. The words of verdicts summarise the hedges of the authors; where a sentence is a "
        "reading of ours, or was not checked in the work itself, it says so."
    )
    works_list = f"<ul>{listed}</ul>\n" if listed else ""
    return (
        f'<section class="works" id="works"><h2>Works and how this was made</h2>\n{works_list}'
        f"<p>{html_text(made)}</p></section>\n"
    )


def _dialogs(view: MatrixView) -> str:
    rows = "".join(
        f'<option value="{html_attribute(row.id)}">{html_text(f"{row.number} {row.title}".strip())}</option>'
        for row in view.rows
    )
    close = '<button type="button" class="close" data-close aria-label="Close">✕</button>'
    return (
        '<dialog id="panel" class="drawer" aria-labelledby="panel-title">\n<header>'
        '<h2 id="panel-title" tabindex="-1"></h2><div class="moves">'
        '<button type="button" id="panel-back" hidden>Back</button>'
        '<button type="button" id="panel-before">↑ Previous</button>'
        '<button type="button" id="panel-after">↓ Next</button>'
        f'<button type="button" id="panel-map">Show in map</button></div>{close}</header>\n'
        '<div class="inside" id="panel-body"></div></dialog>\n'
        '<dialog id="compare" aria-labelledby="compare-title">\n<header><h2 id="compare-title" tabindex="-1">'
        f"Compare two</h2>{close}</header>\n"
        f'<div class="line"><label>First <select id="first">{rows}</select></label>'
        f'<label>Second <select id="second">{rows}</select></label></div>\n'
        '<div class="inside" id="compare-body" aria-live="polite"></div></dialog>\n'
        '<dialog id="map" aria-labelledby="map-title">\n<header><h2 id="map-title" tabindex="-1">Argument map</h2>'
        f"{close}</header>\n"
        '<form class="line" id="map-tools"><label>Map <select id="map-choice"></select></label>'
        '<label>Search <input type="search" id="map-find" autocomplete="off"></label>'
        '<button type="submit" id="map-next">Next match</button>'
        '<span class="zoom"><button type="button" data-zoom="in" aria-label="Zoom in">+</button>'
        '<button type="button" data-zoom="out" aria-label="Zoom out">−</button>'
        '<button type="button" data-zoom="reset">Reset</button>'
        '<button type="button" data-zoom="all">Whole map</button></span>'
        '<span id="map-count" role="status"></span></form>\n'
        '<div class="canvas" id="canvas" tabindex="0" role="region" aria-label="Drawing" '
        'aria-describedby="map-help"></div>\n'
        '<p class="quiet" id="map-help">Drag or use the arrow keys to move, + − 0 or Ctrl and the wheel to zoom; '
        "choose a box for its text.</p></dialog>\n"
    )
