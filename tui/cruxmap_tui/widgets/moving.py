"""Lists, tables, trees and pages that also move with the keys of vi."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widgets import DataTable, OptionList, Tree

if TYPE_CHECKING:
    from rich.style import Style
    from rich.text import Text
    from textual.widgets.tree import TreeNode

_LIST: list[BindingType] = [
    Binding("j", "cursor_down", show=False),
    Binding("k", "cursor_up", show=False),
    Binding("g", "first", show=False),
    Binding("G", "last", show=False),
    Binding("ctrl+d", "page_down", show=False),
    Binding("ctrl+u", "page_up", show=False),
]


class Choices(OptionList):
    """A list with a cursor."""

    BINDINGS: ClassVar[list[BindingType]] = _LIST


class Grid(DataTable[object]):
    """A table with a cursor on one cell."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *_LIST,
        Binding("enter", "select_cursor", "Open", show=True),
        Binding("h", "cursor_left", show=False),
        Binding("l", "cursor_right", show=False),
        Binding("g", "scroll_top", show=False),
        Binding("G", "scroll_bottom", show=False),
    ]


class Outline(Tree[str]):
    """A tree whose nodes carry ids."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *_LIST,
        Binding("h", "collapse", show=False),
        Binding("left", "collapse", show=False),
        Binding("l", "expand", show=False),
        Binding("right", "expand", show=False),
        Binding("g", "scroll_home", show=False),
        Binding("G", "scroll_end", show=False),
    ]

    def render_label(self, node: TreeNode[str], base_style: Style, style: Style) -> Text:
        """Cut a label that is wider than the tree with an ellipsis."""
        label = super().render_label(node, base_style, style)
        depth, above = 0, node.parent
        while above is not None:
            depth, above = depth + 1, above.parent
        steps = depth if self.show_root else depth - 1
        room = self.scrollable_content_region.width - steps * self.guide_depth
        if room > 0:
            label.truncate(room, overflow="ellipsis")
        return label

    def action_expand(self) -> None:
        """Open the node, or go to its first child when it is open."""
        node = self.cursor_node
        if node is None:
            return
        if node.allow_expand and not node.is_expanded:
            node.expand()
        elif node.children:
            self.move_cursor(node.children[0])

    def action_collapse(self) -> None:
        """Close the node, or go to its parent when it is closed."""
        node = self.cursor_node
        if node is None:
            return
        if node.allow_expand and node.is_expanded:
            node.collapse()
        elif node.parent is not None and node.parent is not self.root:
            self.move_cursor(node.parent)


class Scroll(VerticalScroll, can_focus=True):
    """A text that scrolls."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j", "scroll_down", show=False),
        Binding("k", "scroll_up", show=False),
        Binding("g", "scroll_home", show=False),
        Binding("G", "scroll_end", show=False),
        Binding("ctrl+d", "page_down", show=False),
        Binding("ctrl+u", "page_up", show=False),
    ]
