"""The legend of a drawn map: what its lines and boxes mean, and under which conventions its figures hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cruxmap_exports.argmap import ON_INFERENCES, MapEdgeKind
from cruxmap_exports.escape_maps import xml
from cruxmap_exports.map_style import KINDS, SIGNS, is_word, polarity, sign_width
from cruxmap_exports.text_boxes import text_width, wrapped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cruxmap_exports.argmap import ArgMap

ROW = 22.0
"""Height of a row of the legend."""

SIZE = 11.0
"""Height of its letters."""

_LINES = (
    (MapEdgeKind.SUPPORT, "speaks for"),
    (MapEdgeKind.ATTACK, "speaks against"),
    (MapEdgeKind.UNDERCUT, "speaks against the inference"),
    (MapEdgeKind.EXCEPTION, "switches the inference off"),
    (MapEdgeKind.PREMISE, "is needed"),
    (MapEdgeKind.ENTAILS, "cannot hold without"),
    (MapEdgeKind.CONTRARY, "do not both hold"),
    (MapEdgeKind.CONTRADICTORY, "exactly one holds"),
    (MapEdgeKind.CONTEXT, "is to be read with"),
)
OF_OTHERS = tuple(kind for kind, _ in _LINES[5:])
"""Kinds of edges that the legend explains only where they occur."""


def legend(argmap: ArgMap, width: float) -> tuple[list[str], float]:
    """Draw the legend of a map into a width.

    Returns
    -------
    parts : list of str
        Elements whose upper left corner is the origin.
    height : float
        Pixels that they take.
    """
    present = {edge.kind for edge in argmap.edges}
    parts: list[str] = []
    x, y = 4.0, ROW / 2
    for kind, words in _LINES:
        if kind in OF_OTHERS and kind not in present:
            continue
        room = 20 + sign_width(kind) + 7 + text_width(words, SIZE) + 22
        if x > 4.0 and x + room - 22 > width:
            x, y = 4.0, y + ROW
        parts += _line(kind, words, x, y)
        x += room
    kinds = [one for one in KINDS if any(node.kind == one for node in argmap.nodes)]
    x, y = 4.0, y + ROW
    for word in kinds:
        room = 26 + text_width(word, SIZE) + 22
        if x > 4.0 and x + room - 22 > width:
            x, y = 4.0, y + ROW
        parts += _box(word, x, y)
        x += room
    y += ROW if kinds else 0.0
    if argmap.conventions:
        said = f"{argmap.conventions}. Lines from stronger nodes are wider."
        for row in wrapped(said, width, SIZE):
            parts.append(f'<text class="quiet" x="0" y="{coordinate(y + 4)}">{xml(row)}</text>')
            y += 16
    return parts, y + 6


def _line(kind: MapEdgeKind, words: str, x: float, y: float) -> Iterator[str]:
    side = polarity(kind)
    dashed = " dashed" if kind in ON_INFERENCES else ""
    length = 20 + sign_width(kind)
    way = f"M{coordinate(x)} {coordinate(y)}H{coordinate(x + length)}"
    yield f'<path class="line {side}{dashed}" stroke-width="1.8" d="{way}"/>'
    if dashed:
        yield f'<circle class="joint" cx="{coordinate(x)}" cy="{coordinate(y)}" r="3.5"/>'
    yield from sign_mark(kind, x + length - sign_width(kind) / 2, y)
    yield f'<text class="quiet" x="{coordinate(x + length + 7)}" y="{coordinate(y + 4)}">{words}</text>'


def _box(kind: str, x: float, y: float) -> Iterator[str]:
    corner = 6 if kind == "argument" else 1
    place = f'x="{coordinate(x)}" y="{coordinate(y - 6)}"'
    yield f'<rect class="box {kind}" {place} width="19" height="12" rx="{corner}"/>'
    yield f'<text class="quiet" x="{coordinate(x + 26)}" y="{coordinate(y + 4)}">{kind}</text>'


def sign_mark(kind: MapEdgeKind, x: float, y: float) -> Iterator[str]:
    """Draw the sign of a kind of edges around a point."""
    sign, side = SIGNS[kind], polarity(kind)
    if is_word(kind):
        width = sign_width(kind)
        place = f'x="{coordinate(x - width / 2)}" y="{coordinate(y - 7)}"'
        yield f'<rect class="on-{side}" {place} width="{coordinate(width)}" height="14" rx="7"/>'
        place = f'x="{coordinate(x)}" y="{coordinate(y + 3.3)}"'
        yield f'<text class="sign word" {place}>{sign}</text>'
    elif sign:
        yield f'<circle class="on-{side}" cx="{coordinate(x)}" cy="{coordinate(y)}" r="7"/>'
        yield f'<text class="sign" x="{coordinate(x)}" y="{coordinate(y + 4.4)}">{sign}</text>'


def coordinate(number: float) -> str:
    """Write a coordinate with one decimal at most."""
    written = f"{number:.1f}".removesuffix(".0")
    return "0" if written == "-0" else written
