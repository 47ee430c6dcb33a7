"""Lay out one panel of a map: boxes with their lines of text, and the ways of the edges between them."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from cruxmap_exports.argmap import ON_INFERENCES, MapEdge, MapEdgeKind
from cruxmap_exports.layered import layout
from cruxmap_exports.text_boxes import text_width, wrapped

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cruxmap_exports.argmap import ArgMap, MapNode
    from cruxmap_exports.layered import Layout
    from cruxmap_exports.map_panels import Panel, PanelNode

BOX = 264.0
"""Width of a box in pixels."""

PADDING = 10.0
NAME_SIZE, NAME_LINE = 11.0, 14.0
TEXT_SIZE, TEXT_LINE = 12.0, 15.5
BAR = 9.0
"""Height that the bar of a strength adds to a box."""

GAP = 14.0
"""Room between two boxes of a column."""

COLUMN_GAP = 92.0
"""Room between two columns."""


class Point(NamedTuple):
    """A place in pixels, from the upper left."""

    x: float
    y: float


@dataclass(frozen=True)
class Box:
    """A node with its place."""

    node: MapNode
    reference: bool
    name: tuple[str, ...]
    text: tuple[str, ...]
    remark: tuple[str, ...]
    height: float
    x: float = 0.0
    y: float = 0.0

    @property
    def middle(self) -> float:
        """Height of its centre."""
        return self.y + self.height / 2


@dataclass(frozen=True)
class Line:
    """The way of one edge.

    `points` lead from the source to the end; `start` is where the sign stands. With `joint` the line ends on
    another line; `joints` are places where other lines end on this one.
    """

    edge: MapEdge
    points: tuple[Point, ...]
    joint: bool
    loop: bool = False


@dataclass(frozen=True)
class Drawing:
    """A panel laid out."""

    title: str
    width: float
    height: float
    boxes: tuple[Box, ...]
    lines: tuple[Line, ...]
    joints: tuple[Point, ...]


def strength_words(node: MapNode) -> str:
    """Write strength and label, nothing when there are none."""
    return "" if node.strength is None else f"{node.strength:.2f} {node.label or ''}".strip()


def box_of(one: PanelNode, *, compact: bool) -> Box:
    """Measure a box; a compact one shows two lines of the text of an argument and none of a statement."""
    node, inner = one.node, BOX - 2 * PADDING
    # The name shares its first line with the strength.
    room = inner - text_width(f"{strength_words(node)}  ", NAME_SIZE)
    name = wrapped(node.name, room, NAME_SIZE, bold=True, most=2)
    short = compact and one.reference
    text = (
        () if short and not node.is_argument else wrapped(node.text, inner, TEXT_SIZE, most=2 if short else 0)
    )
    remark = wrapped(node.remark, inner, NAME_SIZE) if node.remark else ()
    lines = NAME_LINE * (len(name) + len(remark)) + TEXT_LINE * len(text)
    bar = BAR if node.strength is not None else 0.0
    return Box(node, one.reference, name, text, remark, lines + 2 * PADDING - 4 + bar)


def draw(argmap: ArgMap, panel: Panel) -> Drawing:
    """Lay out a panel, the claims on the left and what bears on them to the right."""
    boxes = [box_of(one, compact=bool(panel.title)) for one in panel.nodes]
    if not panel.edges:
        return _listed(panel, boxes)
    place = {one.node.id: position for position, one in enumerate(panel.nodes)}
    shown = set(panel.edges)
    # Nothing can end on the bow of an edge that leads back to its own source.
    ends = (argmap.edges[one].ends_on for one in panel.edges)
    held = dict.fromkeys(
        end for end in ends if end is not None and end in shown and not _is_loop(argmap.edges[end])
    )
    joints: dict[int | None, int] = {edge: len(boxes) + number for number, edge in enumerate(held)}
    step = 2 if joints else 1
    links: list[tuple[int, int, int]] = []
    parts: dict[int, list[int]] = {}
    for one in panel.edges:
        edge = argmap.edges[one]
        source, target = place[edge.source], place[edge.target]
        if _is_loop(edge):
            continue
        # From a node to a joint is one rank, from joint to joint are two, as from node to node.
        stops = [source, *([joints[one]] if one in joints else []), joints.get(edge.ends_on, target)]
        ways = [
            (before, stop, step if (before < len(boxes)) == (stop < len(boxes)) else 1)
            for before, stop in itertools.pairwise(stops)
        ]
        parts[one] = list(range(len(links), len(links) + len(ways)))
        links.extend(ways)
    sizes = [box.height for box in boxes] + [8.0] * len(joints)
    # Joints stand on the odd ranks, between the columns of boxes, also where a cycle was opened.
    least = [0] * len(boxes) + [1] * len(joints)
    return _placed(argmap, panel, boxes, joints, layout(sizes, links, GAP, least), parts, step)


def _is_loop(edge: MapEdge) -> bool:
    return edge.source == edge.target


def _listed(panel: Panel, boxes: Sequence[Box]) -> Drawing:
    """Stand boxes without edges in columns of about the same height."""
    total = sum(box.height + GAP for box in boxes)
    columns = max(1, round((total / BOX) ** 0.5))
    x = y = height = 0.0
    found: list[Box] = []
    for box in boxes:
        if y and y + box.height > total / columns:
            x, y = x + BOX + 2 * GAP, 0.0
        found.append(_moved(box, x, y))
        y += box.height + GAP
        height = max(height, y - GAP)
    return Drawing(panel.title, x + BOX, height, tuple(found), (), ())


def _moved(box: Box, x: float, y: float) -> Box:
    return Box(box.node, box.reference, box.name, box.text, box.remark, box.height, x, y)


def _placed(
    argmap: ArgMap,
    panel: Panel,
    boxes: Sequence[Box],
    joints: dict[int | None, int],
    found: Layout,
    parts: dict[int, list[int]],
    step: int,
) -> Drawing:
    column = (BOX + COLUMN_GAP) / step
    # With joints, every second rank is a joint in the middle of the room between two columns.
    left = [rank * column if rank % step == 0 else rank * column + BOX / 2 for rank in found.rank]
    right = [x + (BOX if rank % step == 0 else 0.0) for x, rank in zip(left, found.rank, strict=True)]
    placed = [_moved(box, left[one], found.centre[one] - box.height / 2) for one, box in enumerate(boxes)]
    ports = _Ports(argmap, placed, {one.node.id: place for place, one in enumerate(panel.nodes)})
    corners = _Corners(left, right, found, step, len(boxes), {})
    lines: list[Line] = []
    # A line on which others end comes before them: its middle is where they end.
    for position in sorted(panel.edges, key=lambda one: (_depth(argmap, one), one)):
        edge = argmap.edges[position]
        if position not in parts:
            lines.append(_loop(edge, placed[ports.place[edge.source]]))
            continue
        way: list[int] = []
        for part in parts[position]:
            way += found.ways[part][1:] if way else found.ways[part]
        line = _line(edge, way, corners, ports)
        if position in joints:
            # The number of points before the joint is that of the piece on which it lies.
            passed = way[1 : way.index(joints[position])]
            piece = 1 + sum(len(corners.between(one, one)) for one in passed)
            before, end = line.points[piece - 1 : piece + 1]
            corners.joints[joints[position]] = Point((before.x + end.x) / 2, (before.y + end.y) / 2)
        lines.append(line)
    width = max(right[: len(boxes)])
    return Drawing(
        panel.title, width, found.extent, tuple(placed), tuple(lines), tuple(corners.joints.values())
    )


def _depth(argmap: ArgMap, position: int) -> int:
    """How many edges lie between an edge and a node, when each ends on the next."""
    depth = 0
    end = argmap.edges[position].ends_on
    while end is not None:
        depth, end = depth + 1, argmap.edges[end].ends_on
    return depth


class _Corners(NamedTuple):
    """Where the columns are, and the joints as far as they are known."""

    left: Sequence[float]
    right: Sequence[float]
    found: Layout
    step: int
    boxes: int
    joints: dict[int, Point]

    def between(self, before: int, vertex: int) -> list[Point]:
        """Points at which a line passes a column; it takes none in the room between two columns."""
        if self.found.rank[vertex] % self.step:
            return []
        ends = (self.left[vertex], self.right[vertex])
        entering, leaving = ends[::-1] if self.left[vertex] < self.left[before] else ends
        return [Point(entering, self.found.centre[vertex]), Point(leaving, self.found.centre[vertex])]


def _port(edge: MapEdge) -> MapEdge | MapEdgeKind:
    return edge.kind if edge.kind is MapEdgeKind.PREMISE else edge


class _Ports:
    """Where lines leave and reach boxes: one port for each kind of edge out, one for all premises in."""

    def __init__(self, argmap: ArgMap, boxes: Sequence[Box], place: dict[str, int]) -> None:
        self.boxes = boxes
        self.place = place
        self._argmap = argmap

    def start(self, edge: MapEdge) -> float:
        """Height at which an edge leaves its source."""
        box = self.boxes[self.place[edge.source]]
        kinds = list(
            dict.fromkeys(one.kind for one in self._argmap.outgoing[edge.source] if self._shown(one))
        )
        return box.middle + 18.0 * (kinds.index(edge.kind) - (len(kinds) - 1) / 2)

    def end(self, edge: MapEdge) -> float:
        """Height at which an edge reaches its target."""
        box = self.boxes[self.place[edge.target]]
        heights: dict[MapEdge | MapEdgeKind, list[float]] = {}
        for one in self._argmap.incoming[edge.target]:
            if self._shown(one) and one.kind not in ON_INFERENCES:
                heights.setdefault(_port(one), []).append(self.boxes[self.place[one.source]].middle)
        ports = sorted(heights, key=lambda port: sum(heights[port]) / len(heights[port]))
        if _port(edge) not in ports:
            return box.middle
        spread = min(11.0, (box.height - 16.0) / max(1, len(ports) - 1))
        return box.middle + spread * (ports.index(_port(edge)) - (len(ports) - 1) / 2)

    def _shown(self, edge: MapEdge) -> bool:
        return edge.source in self.place and edge.target in self.place


def _line(edge: MapEdge, way: Sequence[int], corners: _Corners, ports: _Ports) -> Line:
    first, last = way[0], way[-1]
    left, right = corners.left, corners.right
    leftwards = left[way[1]] < left[first]
    points = [Point(left[first] if leftwards else right[first], ports.start(edge))]
    for before, vertex in itertools.pairwise(way[:-1]):
        points += corners.between(before, vertex)
    if last >= corners.boxes:
        return Line(edge, (*points, corners.joints[last]), joint=True)
    arriving = right[last] if left[last] < left[way[-2]] else left[last]
    return Line(edge, (*points, Point(arriving, ports.end(edge))), joint=False)


def _loop(edge: MapEdge, box: Box) -> Line:
    """Draw an edge of a node to itself as a bow at the lower left corner of its box."""
    return Line(
        edge, (Point(box.x, box.middle), Point(box.x + 30.0, box.y + box.height)), joint=False, loop=True
    )
