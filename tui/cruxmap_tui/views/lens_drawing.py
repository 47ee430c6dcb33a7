"""Draw a statement with its neighbours in box characters: in columns where there is room, else stacked."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from cruxmap.graph import EdgeKind
from cruxmap.plain import plain_line
from cruxmap_tui.views.cells import Line, Piece, wrapped
from cruxmap_tui.views.lens_columns import draw_columns, fits_columns
from cruxmap_tui.views.lens_layout import Neighbourhood, neighbourhood
from cruxmap_tui.views.lens_parts import Box, sign_of
from cruxmap_tui.views.lens_stack import draw_stack

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from cruxmap.graph import ArgumentGraph, Edge

NARROWEST = 24
"""Columns below which nothing is drawn."""

_WORDS = {
    EdgeKind.SUPPORT: "supports",
    EdgeKind.ATTACK: "attacks",
    EdgeKind.PREMISE: "is assumed by",
    EdgeKind.EXCEPTION: "switches off",
}


class Head(NamedTuple):
    """What a box says beside its text: a name above, figures below, and a mark before the text."""

    name: str
    figures: str = ""
    mark: str = ""


def draw_lens(
    graph: ArgumentGraph,
    id: str,  # noqa: A002 - all views say `id`
    radius: int,
    width: int,
    heads: Mapping[str, Head] | None = None,
) -> list[Line]:
    """Draw a node in the middle, what bears on it left or above, what it bears on right or below.

    Parameters
    ----------
    graph : ArgumentGraph
    id : str
        A node of the graph.
    radius : {1, 2}
        Steps from the node.
    width : int
        Columns, at least 24.
    heads : mapping of str to Head, optional
        Names and figures of nodes; the id where there is none.

    Returns
    -------
    list of Line
        Pieces that belong to a node have its id as key. No line is wider than `width`.
    """
    found = neighbourhood(graph, id, radius)
    width = max(width, NARROWEST)
    known = heads or {}

    def box(name: str, columns: int, most: int) -> Box:
        head = known.get(name) or Head(name)
        text = plain_line(f"[{head.mark}] {graph.node(name).text}" if head.mark else graph.node(name).text)
        return Box(
            name,
            plain_line(head.name),
            plain_line(head.figures),
            tuple(wrapped(text, max(columns - 4, 2), most)),
            columns,
            centre=name == id,
        )

    draw = draw_columns if fits_columns(found, width) else draw_stack
    grid, left_out = draw(found, width, box)
    return [*grid.lines(), *_footer(found, (*left_out, *found.aside), width, known)]


def _footer(found: Neighbourhood, told: Sequence[Edge], width: int, heads: Mapping[str, Head]) -> list[Line]:
    """Say which signs mean what, and which edges the drawing leaves out."""
    used = [kind for kind in EdgeKind if any(edge.kind is kind for edge in found.forward)]
    legend = "   ".join(f"{sign_of(kind)} {_WORDS[kind]}" for kind in used)
    said = [legend] if legend else ["Nothing bears on it, and it bears on nothing."]
    for edge in told:
        names = [plain_line((heads.get(end) or Head(end)).name) for end in (edge.source, edge.target)]
        said.append(f"Also: {names[0]} {_WORDS[edge.kind]} {names[1]}")
    lines = [line for text in said for line in wrapped(text, width, 3)]
    return [(), *((Piece(line, "dim"),) for line in lines)]
