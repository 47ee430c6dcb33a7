"""Lines of text in which some places can be selected with the keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, NamedTuple

from rich.segment import Segment
from textual.binding import Binding, BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from cruxmap.plain import plain_line
from cruxmap_tui.views.cells import Line, Piece, width_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.style import Style
    from textual import events

ROLES = ("title", "dim", "link", "frame", "pro", "con")
_HEAVY = str.maketrans("┌┐└┘─│╔╗╚╝═║", "┏┓┗┛━┃┏┓┗┛━┃")


class Place(NamedTuple):
    """Something that can be selected, and the rectangle that it covers."""

    key: object
    region: Region


class Canvas(ScrollView, can_focus=True):
    """Show lines, and move a selection between the pieces that have a key."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {f"canvas--{role}" for role in (*ROLES, "cursor")}
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j", "go(0, 1)", "Down", show=False),
        Binding("up,k", "go(0, -1)", "Up", show=False),
        Binding("right,l", "go(1, 0)", "Right", show=False),
        Binding("left,h", "go(-1, 0)", "Left", show=False),
        Binding("g,home", "first", "First", show=False),
        Binding("G,end", "last", "Last", show=False),
        Binding("pagedown,ctrl+d", "page_down", "Page down", show=False),
        Binding("pageup,ctrl+u", "page_up", "Page up", show=False),
        Binding("enter", "open", "Open"),
    ]
    DEFAULT_CSS = """
    Canvas { height: 1fr; overflow-x: auto; overflow-y: auto; scrollbar-size-vertical: 1; padding: 0 1; }
    Canvas > .canvas--title { text-style: bold; }
    Canvas > .canvas--dim { text-style: dim; }
    Canvas > .canvas--link { text-style: underline; }
    Canvas > .canvas--frame { text-style: none; }
    Canvas > .canvas--pro { color: $primary; text-style: bold; }
    Canvas > .canvas--con { color: $accent; text-style: bold; }
    Canvas > .canvas--cursor { text-style: reverse; }
    """

    class Opened(Message):
        """The reader pressed Enter on something."""

        def __init__(self, canvas: Canvas, key: object) -> None:
            super().__init__()
            self.canvas = canvas
            self.key = key

        @property
        def control(self) -> Canvas:
            """The canvas."""
            return self.canvas

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - all views say `id`
        super().__init__(id=id)
        self.lines: Sequence[Line] = ()
        self.places: list[Place] = []
        self.selected: object = None

    def fill(self, lines: Sequence[Line], selected: object = None) -> None:
        """Show other lines; the selection stays where its key still exists."""
        self.lines = lines
        self.places = _places(lines)
        keys = [place.key for place in self.places]
        wanted = selected if selected is not None else self.selected
        self.selected = wanted if wanted in keys else (keys[0] if keys else None)
        self.virtual_size = Size(max(map(width_of, lines), default=0), len(lines))
        self.refresh()

    @property
    def region_selected(self) -> Region | None:
        """The rectangle of the selection."""
        return next((place.region for place in self.places if place.key == self.selected), None)

    def select(self, key: object) -> None:
        """Move the selection, and scroll so that it is seen."""
        self.selected = key
        region = self.region_selected
        if region is not None:
            self.scroll_to_region(region, animate=False, force=True)
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """Return one line of the window on the lines."""
        x, top = self.scroll_offset
        base = self.rich_style
        width = self.size.width
        if not 0 <= y + top < len(self.lines):
            return Strip.blank(width, base)
        segments = [self._segment(piece, base) for piece in self.lines[y + top]]
        return Strip(segments).crop_extend(x, x + width, base)

    def _segment(self, piece: Piece, base: Style) -> Segment:
        style, text = base, plain_line(piece.text)
        if piece.role in ROLES:
            style += self.get_component_rich_style(f"canvas--{piece.role}", partial=True)
        if piece.key is not None and piece.key == self.selected:
            if piece.role == "frame":
                text = text.translate(_HEAVY)
            else:
                style += self.get_component_rich_style("canvas--cursor", partial=True)
        return Segment(text, style)

    def action_go(self, x: int, y: int) -> None:
        """Move to the nearest place in a direction, or scroll when there is none within a page."""
        found = self.next_place(x, y)
        if found is not None:
            self.select(found.key)
        elif y:
            self.scroll_relative(y=y, animate=False, force=True)
        else:
            self.scroll_relative(x=8 * x, animate=False, force=True)

    def next_place(self, x: int, y: int) -> Place | None:
        """The place to which a step in a direction leads; None when it only scrolls."""
        here = self.region_selected
        if here is None:
            return None
        ahead = [place for place in self.places if place.key != self.selected and _lies(here, place, x, y)]
        return min(ahead, key=lambda place: _distance(here, place.region, x), default=None)

    def action_first(self) -> None:
        """Go to the top."""
        if self.places:
            self.select(self.places[0].key)
        self.scroll_home(animate=False, force=True)

    def action_last(self) -> None:
        """Go to the end."""
        if self.places:
            self.select(self.places[-1].key)
        self.scroll_end(animate=False, force=True)

    def action_page_down(self) -> None:
        """Scroll by a page."""
        self.scroll_page_down(animate=False, force=True)

    def action_page_up(self) -> None:
        """Scroll back by a page."""
        self.scroll_page_up(animate=False, force=True)

    def action_open(self) -> None:
        """Open what is selected."""
        if self.selected is not None:
            self.post_message(self.Opened(self, self.selected))

    def on_click(self, event: events.Click) -> None:
        """Select what was clicked; open it when it was selected already."""
        offset = event.get_content_offset(self)
        if offset is None:
            return
        at = offset + self.scroll_offset
        for place in self.places:
            if place.region.contains_point(at):
                if place.key == self.selected:
                    self.action_open()
                else:
                    self.select(place.key)


def _places(lines: Sequence[Line]) -> list[Place]:
    regions: dict[object, Region] = {}
    for y, line in enumerate(lines):
        x = 0
        for piece in line:
            width = width_of((piece,))
            if piece.key is not None:
                region = Region(x, y, width, 1)
                known = regions.get(piece.key)
                regions[piece.key] = region if known is None else known.union(region)
            x += width
    return [Place(key, region) for key, region in regions.items()]


def _lies(here: Region, place: Place, x: int, y: int) -> bool:
    region = place.region
    if y:
        return region.y >= here.bottom if y > 0 else region.bottom <= here.y
    return region.x >= here.right if x > 0 else region.right <= here.x


def _distance(here: Region, region: Region, x: int) -> tuple[int, int]:
    across = abs(region.x + region.width // 2 - here.x - here.width // 2)
    along = abs(region.y + region.height // 2 - here.y - here.height // 2)
    # Sideways, the nearest column comes first; up and down, what overlaps comes before what lies beside.
    if x:
        return (abs(region.x - here.x), along)
    apart = 0 if region.x < here.right and here.x < region.right else across
    return (along + 4 * apart, apart)
