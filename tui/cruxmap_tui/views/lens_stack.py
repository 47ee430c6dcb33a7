"""The lens in one column: reasons above, the centre, what it bears on below, joined by rails at the left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cruxmap_tui.views.lens_parts import Box, Grid, role_of, sign_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from cruxmap.graph import Edge
    from cruxmap_tui.views.lens_layout import Neighbourhood

STEP = 5
"""Columns by which a layer is set in."""

NEIGHBOUR_TEXT, CENTRE_TEXT = 2, 6


class _Stack:
    """A grid that grows downwards."""

    def __init__(self, found: Neighbourhood, width: int, make: Callable[[str, int, int], Box]) -> None:
        self.found = found
        self.width = width
        self.make = make
        self.grid = Grid()
        self.y = 0
        self.drawn: set[str] = set()
        self.tops: dict[str, int] = {}
        self.joined: set[Edge] = set()

    def box(self, name: str, layer: int) -> None:
        """Draw a box, and remember its first row of text."""
        indent = STEP * abs(layer)
        box = self.make(name, self.width - indent, CENTRE_TEXT if layer == 0 else NEIGHBOUR_TEXT)
        box = box if box.text else box._replace(text=("",))
        self.grid.box(indent, self.y, box)
        self.drawn.add(name)
        self.tops[name] = self.y + 1
        self.y += box.height

    def note(self, layer: int) -> None:
        """Say how many nodes of a layer are left out."""
        count = self.found.hidden.get(layer, 0)
        if count:
            self.grid.put(STEP * abs(layer), self.y, f"… {count} more", "dim")
            self.y += 1

    def edges(self, name: str, layer: int) -> list[tuple[str, tuple[Edge, ...]]]:
        """Nodes of the next layer outwards that are still to be drawn, with their edges to this one."""
        outward = -1 if layer < 0 else 1
        found: dict[str, list[Edge]] = {}
        for edge in self.found.forward:
            near, far = (edge.target, edge.source) if outward < 0 else (edge.source, edge.target)
            if near == name and far in self.found.layers.get(layer, ()):
                found.setdefault(far, []).append(edge)
        return [(far, tuple(edges)) for far, edges in found.items() if far not in self.drawn]

    def above(self, name: str, layer: int) -> None:
        """Draw a node below everything that bears on it."""
        rail = STEP * abs(layer) + 1
        rows = []
        for far, edges in self.edges(name, layer - 1):
            if far in self.drawn:
                continue
            self.above(far, layer - 1)
            rows.append((self.tops[far], edges))
        if layer == 0:
            self.note(-1)
            self.note(-2)
        if rows:
            self._rail(rail, rows[0][0], self.y, rows)
            self.grid.put(rail, self.y, "▼", "frame")
            self.y += 1
        self.box(name, layer)

    def below(self, name: str, layer: int) -> None:
        """Draw everything that a node bears on below it."""
        rail, start = STEP * abs(layer) + 1, self.y
        rows = []
        for far, edges in self.edges(name, layer + 1):
            if far in self.drawn:
                continue
            self.box(far, layer + 1)
            rows.append((self.tops[far], edges))
            self.below(far, layer + 1)
        if rows:
            self._rail(rail, start, rows[-1][0], rows)
            for row, _ in rows:
                self.grid.put(rail + STEP - 2, row, "▶", "frame")

    def _rail(self, rail: int, top: int, bottom: int, rows: list[tuple[int, tuple[Edge, ...]]]) -> None:
        group = f"rail {rail} {top}"
        self.grid.down(rail, top, bottom, group)
        for row, edges in rows:
            self.grid.across(row, rail, rail + STEP - 2, group)
            self.joined.update(edges)
            for number, edge in enumerate(edges):
                self.grid.put(rail + 1 + number, row, sign_of(edge.kind), role_of(edge.kind))


def draw_stack(
    found: Neighbourhood, width: int, make: Callable[[str, int, int], Box]
) -> tuple[Grid, tuple[Edge, ...]]:
    """Draw the layers from top to bottom.

    Parameters
    ----------
    found : Neighbourhood
    width : int
    make : callable
        Makes the box of a node, given columns and lines of text.

    Returns
    -------
    Grid, tuple of Edge
        With the edges that are not drawn, because a node is joined to one other node further in only.
    """
    stack = _Stack(found, width, make)
    (centre,) = found.layers[0]
    stack.above(centre, 0)
    stack.below(centre, 0)
    stack.note(1)
    stack.note(2)
    return stack.grid, tuple(edge for edge in found.forward if edge not in stack.joined)
