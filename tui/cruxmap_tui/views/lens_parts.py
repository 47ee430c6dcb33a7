"""Boxes and lines on a grid of cells."""

from __future__ import annotations

from typing import NamedTuple

from rich.cells import cell_len

from cruxmap.graph import EdgeKind
from cruxmap_tui.views.cells import Line, Piece, shortened

_SIGNS = {EdgeKind.SUPPORT: "+", EdgeKind.ATTACK: "−", EdgeKind.PREMISE: "&", EdgeKind.EXCEPTION: "!"}
_ROLES = {EdgeKind.SUPPORT: "pro", EdgeKind.PREMISE: "pro"}

UP, DOWN, LEFT, RIGHT = 1, 2, 4, 8
_STROKES = {
    UP: "│", DOWN: "│", UP | DOWN: "│", LEFT: "─", RIGHT: "─", LEFT | RIGHT: "─",
    DOWN | RIGHT: "┌", DOWN | LEFT: "┐", UP | RIGHT: "└", UP | LEFT: "┘",
    UP | DOWN | RIGHT: "├", UP | DOWN | LEFT: "┤", DOWN | LEFT | RIGHT: "┬", UP | LEFT | RIGHT: "┴",
    UP | DOWN | LEFT | RIGHT: "┼",
}  # fmt: skip


def sign_of(kind: EdgeKind) -> str:
    """Return the sign of a way of bearing."""
    return _SIGNS[kind]


def role_of(kind: EdgeKind) -> str:
    """Return the role in which a sign is drawn: for or against."""
    return _ROLES.get(kind, "con")


class Box(NamedTuple):
    """A node with the lines of its text, so many columns wide."""

    name: str
    head: str
    figures: str
    text: tuple[str, ...]
    width: int
    centre: bool = False

    @property
    def height(self) -> int:
        """Rows, borders included."""
        return len(self.text) + 2


class _Cell(NamedTuple):
    text: str
    role: str
    key: str | None
    group: str | None = None
    mask: int = 0


class Grid:
    """Cells by row and column; what is drawn later covers what was drawn before."""

    def __init__(self) -> None:
        self._rows: dict[int, dict[int, _Cell]] = {}

    @property
    def height(self) -> int:
        """Rows used."""
        return max(self._rows, default=-1) + 1

    def put(self, x: int, y: int, text: str, role: str = "", key: str | None = None) -> None:
        """Write a text from a cell rightwards; wide characters take two cells."""
        row = self._rows.setdefault(y, {})
        for character in text:
            wide = cell_len(character)
            if wide == 0:
                before = row.get(x - 1)
                if before is not None:
                    row[x - 1] = before._replace(text=before.text + character)
                continue
            row[x] = _Cell(character, role, key)
            if wide == 2:
                row[x + 1] = _Cell("", role, key)
            x += wide

    def box(self, x: int, y: int, box: Box) -> None:
        """Draw a box; that of the centre has double lines."""
        corners = "╔╗╚╝═║" if box.centre else "┌┐└┘─│"
        inner = box.width - 2
        head = shortened(box.head, inner - 3)
        self.put(x, y, corners[0] + corners[4] + " ", "frame", box.name)
        self.put(x + 3, y, head, "title", box.name)
        used = 4 + cell_len(head)
        self.put(x + used - 1, y, " " + corners[4] * (box.width - used - 1) + corners[1], "frame", box.name)
        for number, line in enumerate(box.text, 1):
            self.put(x, y + number, corners[5] + " ", "frame", box.name)
            self.put(x + 2, y + number, line + " " * (inner - 1 - cell_len(line)), "", box.name)
            self.put(x + box.width - 1, y + number, corners[5], "frame", box.name)
        bottom = y + box.height - 1
        self.put(x, bottom, corners[2] + corners[4] * inner + corners[3], "frame", box.name)
        figures = shortened(box.figures, inner - 4)
        if figures:
            self.put(x + box.width - 3 - cell_len(figures), bottom, f" {figures} ", "", None)
            self.put(x + box.width - 2 - cell_len(figures), bottom, figures, "dim")

    def stroke(self, x: int, y: int, mask: int, group: str) -> None:
        """Add arms to a cell of a line; a line of another group stays in front."""
        row = self._rows.setdefault(y, {})
        known = row.get(x)
        if known is not None and known.group != group:
            return
        mask |= known.mask if known is not None else 0
        row[x] = _Cell(_STROKES[mask], "frame", None, group, mask)

    def down(self, x: int, top: int, bottom: int, group: str) -> None:
        """Draw a vertical line, ends included."""
        for y in range(top, bottom + 1):
            mask = (UP if y > top else 0) | (DOWN if y < bottom else 0)
            if mask:
                self.stroke(x, y, mask, group)

    def across(self, y: int, left: int, right: int, group: str) -> None:
        """Draw a horizontal line, ends included."""
        for x in range(left, right + 1):
            mask = (LEFT if x > left else 0) | (RIGHT if x < right else 0)
            if mask:
                self.stroke(x, y, mask, group)

    def lines(self) -> list[Line]:
        """Return the rows, equal neighbours joined."""
        return [self._line(self._rows.get(y, {})) for y in range(self.height)]

    def _line(self, row: dict[int, _Cell]) -> Line:
        pieces: list[Piece] = []
        for x in range(max(row, default=-1) + 1):
            cell = row.get(x) or _Cell(" ", "", None)
            last = pieces[-1] if pieces else None
            if last is not None and (last.role, last.key) == (cell.role, cell.key):
                pieces[-1] = last._replace(text=last.text + cell.text)
            else:
                pieces.append(Piece(cell.text, cell.role, cell.key))
        return tuple(pieces)
