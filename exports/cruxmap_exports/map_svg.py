"""Draw argument maps as SVG without any other program."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

from cruxmap_exports.argmap import NEUTRAL, ON_INFERENCES, SYMMETRIC, MapEdgeKind
from cruxmap_exports.escape_maps import xml, xml_attribute
from cruxmap_exports.map_drawing import (
    BOX,
    NAME_LINE,
    PADDING,
    TEXT_LINE,
    Box,
    Drawing,
    Line,
    Point,
    draw,
    strength_words,
)
from cruxmap_exports.map_legend import OF_OTHERS, legend, sign_mark
from cruxmap_exports.map_legend import coordinate as _n
from cruxmap_exports.map_packing import packed
from cruxmap_exports.map_panels import panels
from cruxmap_exports.map_style import is_word, polarity, sign_width, style_sheet

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cruxmap_exports.argmap import ArgMap

MARGIN = 28.0
INSET = 24.0
"""Room between the frame of a panel and what is in it."""

TITLE = 34.0
"""Height of the title of a panel."""

HEAD = 46.0
"""Height of the title of the page."""

NARROWEST = 790.0
"""Least width of the legend."""


PICTURE_LOSS = "A picture is for looking at; nothing reads the map back from it."


def picture_losses(argmap: ArgMap) -> tuple[str, ...]:
    """Say what pictures do not keep."""
    return (PICTURE_LOSS,) if argmap.nodes else ()


def write_svg(argmap: ArgMap) -> str:
    """Draw a map.

    Parameters
    ----------
    argmap : ArgMap

    Returns
    -------
    str
        A document that needs nothing else: no font, script or picture. Claims stand on the left, what bears
        on them to the right. A map of more than 70 nodes is drawn as one panel for each entry, in which what
        belongs to other entries stands as a dashed reference that links to its place.

    Notes
    -----
    Layered drawing after Sugiyama, Tagawa and Toda (1981); see `cruxmap_exports.layered`.
    """
    return _document(argmap, inline=False)


def inline_svg(argmap: ArgMap) -> str:
    """Draw a map as an element of a page that has the stylesheet of maps.

    Nodes carry their ids as `data-node`, for the script of the page.
    """
    return _document(argmap, inline=True)


def _document(argmap: ArgMap, *, inline: bool) -> str:
    drawings = [draw(argmap, panel) for panel in panels(argmap)]
    framed = len(drawings) > 1
    inset = INSET if framed else 0.0
    top = TITLE if framed else 0.0
    sizes = [(one.width + 2 * inset, one.height + 2 * inset + top) for one in drawings]
    corners = packed(sizes, gap=18.0)
    width = max([NARROWEST, *(x + size[0] for (x, _), size in zip(corners, sizes, strict=True))])
    height = max([0.0, *(y + size[1] for (_, y), size in zip(corners, sizes, strict=True))])
    explained, head = legend(argmap, width)
    head += HEAD
    parts = [*_opening(argmap, width + 2 * MARGIN, height + head + 2 * MARGIN, inline=inline)]
    parts.append(f'<g transform="translate({_n(MARGIN)} {_n(MARGIN + HEAD)})">')
    parts += [*explained, "</g>"]
    for drawing, (x, y), size in zip(drawings, corners, sizes, strict=True):
        parts.append(f'<g transform="translate({_n(MARGIN + x)} {_n(MARGIN + head + y)})">')
        if framed:
            parts.append(f'<rect class="panel" width="{_n(size[0])}" height="{_n(size[1])}" rx="8"/>')
            parts.append(f'<text class="title" x="{_n(inset)}" y="34">{xml(drawing.title)}</text>')
        parts.append(f'<g transform="translate({_n(inset)} {_n(inset + top)})">')
        parts.extend(_drawn(argmap, drawing, inline=inline))
        parts.append("</g></g>")
    return "\n".join([*parts, "</svg>", ""])


def _opening(argmap: ArgMap, width: float, height: float, *, inline: bool) -> Iterator[str]:
    own = _identity(argmap)
    # Readers of a page may follow links in the drawing, which a picture would hide from them.
    head = 'class="cm" role="group"' if inline else 'xmlns="http://www.w3.org/2000/svg" class="cm" role="img"'
    yield (
        f"<svg {head} "
        f'aria-labelledby="{own}-title {own}-desc" '
        f'width="{_n(width)}" height="{_n(height)}" viewBox="0 0 {_n(width)} {_n(height)}">'
    )
    yield f'<title id="{own}-title">{xml(argmap.title)}</title>'
    yield f'<desc id="{own}-desc">{xml(description(argmap))}</desc>'
    if not inline:
        yield f"<style>{style_sheet()}</style>"
    yield f'<rect class="page" width="{_n(width)}" height="{_n(height)}"/>'
    yield f'<text class="title head" x="{_n(MARGIN)}" y="{_n(MARGIN + 20)}">{xml(argmap.title)}</text>'


def _identity(argmap: ArgMap) -> str:
    """Name a drawing, so that several on one page keep their links apart."""
    said = f"{argmap.title}\n{len(argmap.nodes)}\n{argmap.conventions}"
    return f"m{zlib.crc32(said.encode(errors='replace')):08x}"


def description(argmap: ArgMap) -> str:
    """Say in a sentence or two what a map shows, for readers who do not see it."""
    arguments = sum(node.is_argument for node in argmap.nodes)
    counts = {kind: sum(edge.kind is kind for edge in argmap.edges) for kind in MapEdgeKind}
    words = ", ".join(
        f"{counts[kind]} {_NOUNS[kind]}{'' if counts[kind] == 1 else 's'}"
        for kind in MapEdgeKind
        if counts[kind] or kind not in OF_OTHERS
    )
    said = (
        f"Argument map of {len(argmap.nodes) - arguments} statements and {arguments} arguments, "
        f"joined by {len(argmap.edges)} edges: {words}."
    )
    return f"{said} {argmap.conventions}." if argmap.conventions else said


_NOUNS = {kind: kind.value for kind in MapEdgeKind} | {
    MapEdgeKind.ENTAILS: "entailment",
    MapEdgeKind.CONTRADICTORY: "contradiction",
}


def _drawn(argmap: ArgMap, drawing: Drawing, *, inline: bool) -> Iterator[str]:
    for line in drawing.lines:
        yield _way(argmap, line)
    for joint in drawing.joints:
        yield f'<circle class="joint" cx="{_n(joint.x)}" cy="{_n(joint.y)}" r="4"/>'
    signs: dict[tuple[MapEdgeKind, Point], None] = {}
    for line in drawing.lines:
        signs[line.edge.kind, _sign_place(line)] = None
    for kind, place in signs:
        yield from sign_mark(kind, place.x, place.y)
    for box in drawing.boxes:
        yield from _box(argmap, box, inline=inline)


def _way(argmap: ArgMap, line: Line) -> str:
    kind = line.edge.kind
    side = polarity(kind)
    node = argmap.node(line.edge.source)
    stroke = 1.4 if node.strength is None else 0.8 + 3.2 * node.strength
    dashed = " dashed" if kind in ON_INFERENCES else ""
    drawn = f'<path class="line {side}{dashed}" stroke-width="{_n(stroke)}" d="{_curve(line)}"/>'
    end = line.points[-1]
    if line.joint:
        return drawn
    if kind in NEUTRAL:
        return f'{drawn}<circle class="on-premise" cx="{_n(end.x)}" cy="{_n(end.y)}" r="3"/>'
    if line.loop or kind in SYMMETRIC:
        return drawn
    # Lines reach the right side of a box unless they close a cycle.
    out = 8.0 if line.points[-2].x > end.x else -8.0
    return f'{drawn}<path class="on-{side}" d="M{_n(end.x)} {_n(end.y)}l{_n(out)} -4.2v8.4z"/>'


def _curve(line: Line) -> str:
    first = line.points[0]
    parts = [f"M{_n(first.x)} {_n(first.y)}"]
    if line.loop:
        end = line.points[1]
        corners = (first.x - 46, first.y, end.x - 30, end.y + 40, end.x, end.y)
        return f"{parts[0]}C{' '.join(map(_n, corners))}"
    for before, point in zip(line.points, line.points[1:], strict=False):
        if before.y == point.y:
            parts.append(f"H{_n(point.x)}")
            continue
        bend = (before.x + point.x) / 2
        parts.append(f"C{_n(bend)} {_n(before.y)} {_n(bend)} {_n(point.y)} {_n(point.x)} {_n(point.y)}")
    return "".join(parts)


def _sign_place(line: Line) -> Point:
    start = line.points[0]
    away = sign_width(line.edge.kind) / 2 if is_word(line.edge.kind) else 9.0
    outwards = -away if line.points[1].x < start.x or line.loop else away
    return Point(start.x + outwards, start.y)


def _box(argmap: ArgMap, box: Box, *, inline: bool) -> Iterator[str]:
    node = box.node
    name = f"{_identity(argmap)}-n{argmap.index[node.id]}"
    if box.reference:
        yield f'<a href="#{name}">'
    else:
        data = f' data-node="{xml_attribute(node.id)}"' if inline else ""
        yield f'<g id="{name}"{data}>'
    yield f"<title>{xml(_tooltip(argmap, box))}</title>"
    shape = f"box {xml_attribute(node.kind)}{' reference' if box.reference else ''}"
    corner = 12 if node.is_argument else 2
    yield (
        f'<rect class="{shape}" x="{_n(box.x)}" y="{_n(box.y)}" width="{_n(BOX)}" '
        f'height="{_n(box.height)}" rx="{corner}"/>'
    )
    yield from _lines(box)
    if node.strength is not None:
        yield from _bar(box, node.strength)
    yield "</a>" if box.reference else "</g>"


def _lines(box: Box) -> Iterator[str]:
    y = box.y + PADDING - 3
    rows: Sequence[tuple[str, tuple[str, ...], float]] = (
        ("name", box.name, NAME_LINE),
        ("text", box.text, TEXT_LINE),
        ("quiet", box.remark, NAME_LINE),
    )
    for kind, lines, step in rows:
        for line in lines:
            y += step
            yield f'<text class="{kind}" x="{_n(box.x + PADDING)}" y="{_n(y - 3)}">{xml(line)}</text>'


def _bar(box: Box, strength: float) -> Iterator[str]:
    left, y, width = box.x + PADDING, box.y + box.height - 11, BOX - 2 * PADDING
    yield (
        f'<text class="quiet end" x="{_n(box.x + BOX - PADDING)}" y="{_n(box.y + PADDING + NAME_LINE - 6)}">'
        f"{xml(strength_words(box.node))}</text>"
    )
    yield f'<rect class="track" x="{_n(left)}" y="{_n(y)}" width="{_n(width)}" height="3"/>'
    yield f'<rect class="bar" x="{_n(left)}" y="{_n(y)}" width="{_n(width * strength)}" height="3"/>'


def _tooltip(argmap: ArgMap, box: Box) -> str:
    node = box.node
    where = f" [{node.at}]" if node.at else ""
    return f"{node.name} ({node.kind}, {argmap.entry_title(node.entry)}){where}: {node.text}"
