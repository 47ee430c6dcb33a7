"""What readers work the interactive page with: filters, order, and dialogs for cards, comparisons and maps.

Without the script of the page all of it stays hidden.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cruxmap_exports.document_html import isolated
from cruxmap_exports.escape import html_attribute, html_text

if TYPE_CHECKING:
    from cruxmap_exports.matrix_view import MatrixView

__all__ = ["controls", "dialogs"]


def controls(view: MatrixView) -> str:
    """Write what filters and sorts the table; the script shows it."""
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


def dialogs(view: MatrixView) -> str:
    """Write the empty dialogs for cards, for two rows side by side, and for argument maps."""
    rows = "".join(
        f'<option value="{html_attribute(row.id)}">{html_text(f"{row.number} {row.title}".strip())}</option>'
        for row in view.rows
    )
    close = '<button type="button" class="close" data-close aria-label="Close">✕</button>'
    return (
        '<dialog id="panel" class="drawer" aria-labelledby="panel-title">\n<header>'
        '<h2 id="panel-title" tabindex="-1" aria-live="polite"></h2><div class="moves">'
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
        '<dialog id="map" aria-labelledby="map-title">\n<header>'
        '<h2 id="map-title" tabindex="-1">Argument map</h2>'
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
        '<p class="quiet" id="map-help">Drag or use the arrow keys to move, + − 0 or Ctrl and the wheel '
        "to zoom; choose a box for its text.</p></dialog>\n"
    )
