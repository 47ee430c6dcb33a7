"""The lens in columns: boxes side by side, edges in the channels between them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from cruxmap_tui.views.lens_parts import Box, Grid, role_of, sign_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from cruxmap.graph import Edge
    from cruxmap_tui.views.lens_layout import Neighbourhood

SLIMMEST, WIDEST = 20, 46
"""Columns of a box."""

NEIGHBOUR_TEXT, CENTRE_TEXT = 3, 8
"""Lines of text in a box."""

_STUB = 4
"""Columns of a channel beside its lanes: two at each side."""


class _Channel(NamedTuple):
    """Edges between two columns, one lane for each hub: the end that has fewer nodes."""

    edges: tuple[Edge, ...]
    hub_is_target: bool
    hubs: tuple[str, ...]

    @property
    def width(self) -> int:
        return _STUB + 2 * max(len(self.hubs), 1)

    def hub(self, edge: Edge) -> str:
        return edge.target if self.hub_is_target else edge.source

    def leaf(self, edge: Edge) -> str:
        return edge.source if self.hub_is_target else edge.target


def _channels(found: Neighbourhood) -> list[_Channel]:
    layers = list(found.layers)
    channels = []
    for left in layers[:-1]:
        edges = tuple(edge for edge in found.forward if edge.source in found.layers[left])
        sources = tuple(dict.fromkeys(edge.source for edge in edges))
        targets = tuple(dict.fromkeys(edge.target for edge in edges))
        into = len(targets) <= len(sources)
        channels.append(_Channel(edges, into, targets if into else sources))
    return channels


def _column_width(found: Neighbourhood, width: int) -> int:
    channels = _channels(found)
    return min((width - sum(item.width for item in channels)) // len(found.layers), WIDEST)


def fits_columns(found: Neighbourhood, width: int) -> bool:
    """Whether every column is wide enough to read."""
    return len(found.layers) > 1 and _column_width(found, width) >= SLIMMEST


def draw_columns(
    found: Neighbourhood, width: int, make: Callable[[str, int, int], Box]
) -> tuple[Grid, tuple[Edge, ...]]:
    """Draw the layers from left to right.

    Parameters
    ----------
    found : Neighbourhood
    width : int
    make : callable
        Makes the box of a node, given columns and lines of text.

    Returns
    -------
    Grid, tuple of Edge
        Columns leave no edge out.
    """
    wide = _column_width(found, width)
    channels = _channels(found)
    degree: dict[str, int] = {}
    for channel in channels:
        for edge in channel.edges:
            degree[channel.leaf(edge)] = degree.get(channel.leaf(edge), 0) + 1
    columns = []
    for layer, names in found.layers.items():
        most = CENTRE_TEXT if layer == 0 else NEIGHBOUR_TEXT
        columns.append([_tall(make(name, wide, most), degree.get(name, 1)) for name in names])
    notes = [found.hidden.get(layer, 0) for layer in found.layers]
    heights = [
        sum(box.height for box in column) + (1 if note else 0)
        for column, note in zip(columns, notes, strict=True)
    ]
    grid, x = Grid(), 0
    places: dict[str, tuple[int, int, Box]] = {}
    for number, (column, note) in enumerate(zip(columns, notes, strict=True)):
        y = (max(heights) - heights[number]) // 2
        for box in column:
            grid.box(x, y, box)
            places[box.name] = (x, y, box)
            y += box.height
        if note:
            grid.put(x + 2, y, f"… {note} more", "dim")
        x += wide + (channels[number].width if number < len(channels) else 0)
    for channel in channels:
        _draw_channel(grid, channel, places)
    for layer, count in found.hidden.items():
        if layer not in found.layers:
            grid.put(2, grid.height, f"… {count} more {'before' if layer < 0 else 'after'} these", "dim")
    return grid, ()


def _tall(box: Box, ports: int) -> Box:
    """Give a box a row for each edge that it has as a leaf."""
    missing = max(ports, 1) - len(box.text)
    return box._replace(text=box.text + ("",) * missing) if missing > 0 else box


def _draw_channel(grid: Grid, channel: _Channel, places: dict[str, tuple[int, int, Box]]) -> None:
    if not channel.edges:
        return
    left, _, box = places[channel.edges[0].source]
    start = left + box.width
    end = places[channel.edges[0].target][0] - 1
    lanes = {
        hub: start + _STUB // 2 + 2 * number + (0 if channel.hub_is_target else 1)
        for number, hub in enumerate(channel.hubs)
    }
    ports = _leaf_ports(channel, places)
    rows = {hub: _hub_row(hub, channel, places, ports) for hub in channel.hubs}
    for hub, lane in lanes.items():
        own = [row for edge, row in ports.items() if channel.hub(edge) == hub] + [rows[hub]]
        grid.down(lane, min(own), max(own), hub)
    for edge, row in ports.items():
        lane = lanes[channel.hub(edge)]
        x = (start, lane) if channel.hub_is_target else (lane, end)
        grid.across(row, *x, channel.hub(edge))
    for hub, lane in lanes.items():
        grid.across(rows[hub], *((lane, end) if channel.hub_is_target else (start, lane)), hub)
    for edge, row in ports.items():
        grid.put(start if channel.hub_is_target else end - 1, row, sign_of(edge.kind), role_of(edge.kind))
        grid.put(end, rows[edge.target] if channel.hub_is_target else row, "▶", "frame")


def _leaf_ports(channel: _Channel, places: dict[str, tuple[int, int, Box]]) -> dict[Edge, int]:
    used: dict[str, int] = {}
    found = {}
    for edge in channel.edges:
        leaf = channel.leaf(edge)
        _, y, _ = places[leaf]
        used[leaf] = used.get(leaf, 0) + 1
        found[edge] = y + used[leaf]
    return found


def _hub_row(
    hub: str, channel: _Channel, places: dict[str, tuple[int, int, Box]], ports: dict[Edge, int]
) -> int:
    """Choose a row of the hub that no edge of another hub uses, the middle one where it is free."""
    _, y, box = places[hub]
    rows: Sequence[int] = range(y + 1, y + box.height - 1)
    taken = {row for edge, row in ports.items() if channel.hub(edge) != hub}
    middle = y + box.height // 2
    free = [row for row in rows if row not in taken] or list(rows)
    return min(free, key=lambda row: abs(row - middle))
