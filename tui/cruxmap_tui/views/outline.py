"""The arguments about a statement as an outline that opens step by step."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, NamedTuple

from rich.style import Style
from rich.text import Text
from textual import on
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widgets import Static, Tree

from cruxmap.plain import plain_line
from cruxmap_tui import safe
from cruxmap_tui.views.cells import shortened
from cruxmap_tui.views.figures import change, label_change, node_marks, node_name, node_text, verified_word
from cruxmap_tui.views.outline_rows import Row, roots_of, rows_below
from cruxmap_tui.views.view import View

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual.app import ComposeResult
    from textual.widgets.tree import TreeNode

    from cruxmap.graph import ArgumentGraph
    from cruxmap_tui.session import Session

MOST_EXPANDED = 200
"""Nodes that `expand all` opens at most."""


_TOGGLE = Style.from_meta({"toggle": True})
"""What the tree looks for where a click is to expand."""

_SIGN_COLOURS = {"+": "primary", "−": "accent"}
"""Colours of the theme, which labels of a tree do not know by name."""


class Branch(NamedTuple):
    """What a node of the tree stands for; `back` when an earlier one stands for the same."""

    row: Row
    back: bool = False


class OutlineTree(Tree[Branch]):
    """A tree whose labels fit the width and follow the session."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j", "cursor_down", "Down", show=False),
        Binding("k", "cursor_up", "Up", show=False),
        Binding("l,right", "open_branch", "Expand", show=False),
        Binding("h,left", "close_branch", "Collapse", show=False),
        Binding("g,home", "scroll_home", "First", show=False),
        Binding("G,end", "scroll_end", "Last", show=False),
        Binding("ctrl+d", "page_down", "Page down", show=False),
        Binding("ctrl+u", "page_up", "Page up", show=False),
        Binding("space", "toggle_node", "Expand"),
        Binding("enter", "select_cursor", "Open"),
    ]
    DEFAULT_CSS = """
    OutlineTree {
        height: 1fr; padding: 0 1; background: transparent; scrollbar-size-vertical: 1; overflow-x: hidden;
    }
    """

    def __init__(self, session: Session) -> None:
        super().__init__(Text(""))
        self.session = session
        self.show_root = False
        self.guide_depth = 3
        self.auto_expand = False

    def render_label(self, node: TreeNode[Branch], base_style: Style, style: Style) -> Text:
        """Return sign, name, figures and as much of the text as fits."""
        if node.data is None:
            return Text("")
        depth, above = 0, node.parent
        while above is not None:
            depth, above = depth + 1, above.parent
        room = max(self.scrollable_content_region.width - depth * self.guide_depth, 20)
        mark = ("▼ " if node.is_expanded else "▶ ") if node.allow_expand else "  "
        label = Text(mark, base_style + _TOGGLE if node.allow_expand else base_style)
        signs = {} if node is self.cursor_node else self._sign_styles()
        label.append_text(row_label(self.session, node.data, room - 2, signs))
        label.stylize_before(style)
        return label

    def _sign_styles(self) -> dict[str, str]:
        known = self.app.theme_variables
        return {sign: f"bold {known[name].removeprefix('ansi_')}" for sign, name in _SIGN_COLOURS.items()}

    def action_open_branch(self) -> None:
        """Expand the node, or go to its first child."""
        node = self.cursor_node
        if node is None or not node.allow_expand:
            return
        if node.is_expanded:
            self.action_cursor_down()
        else:
            node.expand()

    def action_close_branch(self) -> None:
        """Collapse the node, or go to the one above."""
        node = self.cursor_node
        if node is not None and node.allow_expand and node.is_expanded:
            node.collapse()
        elif node is not None and node.parent is not None and node.parent is not self.root:
            self.move_cursor(node.parent)


def row_label(session: Session, branch: Branch, room: int, signs: Mapping[str, str]) -> Text:
    """Write one row within so many columns; the text of an argument takes what is left."""
    row = branch.row
    label = Text()
    if row.sign:
        label.append(row.sign + " ", signs.get(row.sign, ""))
    if row.word:
        label.append(row.word + " ", "italic")
    figures = ""
    if row.id in session.graph.index:
        figures = f"  {change(session, row.id)} {label_change(session, row.id)}"
    at, _ = node_marks(session, row.id)
    checked = verified_word(session, row.id)
    marks = "; ".join(filter(None, (at, checked)))
    back = " ↑" if branch.back else ""
    left = room - label.cell_len
    name = plain_line(node_name(session, row.id))
    tail = figures + back
    name = shortened(name, max(left - len(tail), 8))
    label.append(name, "bold" if not row.sign else "")
    label.append(tail)
    if branch.back:
        return label
    marked = f"  [{plain_line(marks)}]" if marks else ""
    if checked and label.cell_len + len(marked) > room:
        marked = f"  [{checked}]"
    if label.cell_len + len(marked) <= room:
        label.append(marked, "dim")
    rest = room - label.cell_len - 2
    text = plain_line(node_text(session, row.id))
    if rest >= 12 and text and row.id not in session.kb.statements:
        label.append("  " + shortened(text, rest))
    return label


class ArgumentsView(View):
    """The outline of the arguments about a statement, with a strip that shows the selected one in full."""

    TITLE = "Arguments"
    FOCUS_KEY = "3"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("E", "expand_all", "Expand all")]
    DEFAULT_CSS = """
    ArgumentsView > .detail {
        height: auto; max-height: 40%; min-height: 3; border-top: solid $foreground 40%;
        padding: 0 1; scrollbar-size-vertical: 1;
    }
    ArgumentsView > .detail > Static { width: 1fr; }
    ArgumentsView > .nothing { display: none; padding: 0 1; height: auto; }
    ArgumentsView.-empty > .nothing { display: block; }
    ArgumentsView.-empty > OutlineTree { display: none; }
    """

    class Selected(View.Selected):
        """The reader opened a statement or argument."""

    def __init__(self, session: Session, *, id: str | None = None) -> None:  # noqa: A002 - all views say `id`
        super().__init__(session, id=id)
        self._first: dict[str, TreeNode[Branch]] = {}
        self._shown: tuple[str, ArgumentGraph | None] = ("", None)

    def compose(self) -> ComposeResult:
        """Build the tree and the strip below it."""
        yield OutlineTree(self.session)
        yield Static(classes="nothing")
        with VerticalScroll(classes="detail", can_focus=False):
            yield Static()

    @property
    def tree_widget(self) -> OutlineTree:
        """The tree."""
        return self.query_one(OutlineTree)

    def refill(self) -> None:
        """Build the outline anew for another subject; otherwise write the figures anew."""
        wanted = (self.subject, self.session.graph)
        if self._shown == wanted:
            for node in self._walk():
                node.refresh()
            self._describe(self.tree_widget.cursor_node)
            return
        self._shown = wanted
        self._build()

    def _build(self) -> None:
        tree = self.tree_widget
        tree.clear()
        self._first.clear()
        roots = roots_of(self.session, self.subject)
        self.set_class(not roots, "-empty")
        if not roots:
            self.query_one(".nothing", Static).update(safe.line(self._nothing()))
            self._describe(None)
            return
        for name in roots:
            node = self._add(tree.root, Row(name))
            if len(roots) == 1:
                node.expand()
        tree.root.expand()
        tree.move_cursor(tree.root.children[0])
        self._describe(tree.root.children[0])

    def _nothing(self) -> str:
        if not self.subject:
            return "Choose a statement, an argument or an entry to see its arguments."
        if self.known():
            return "No arguments are recorded about it."
        return f"Nothing here has the id {self.subject}."

    def _add(self, above: TreeNode[Branch], row: Row) -> TreeNode[Branch]:
        if row.id in self._first:
            return above.add_leaf(Text(""), Branch(row, back=True))
        grows = bool(rows_below(self.session, row.id))
        node = above.add(Text(""), Branch(row), allow_expand=grows)
        self._first[row.id] = node
        return node

    @on(Tree.NodeExpanded)
    def _fill(self, event: Tree.NodeExpanded[Branch]) -> None:
        event.stop()
        self._grow(event.node)

    def _grow(self, node: TreeNode[Branch]) -> None:
        if node.data is not None and not node.data.back and not node.children:
            for row in rows_below(self.session, node.data.row.id):
                self._add(node, row)

    def action_expand_all(self) -> None:
        """Open everything below the selected node, as far as it stays readable."""
        start = self.tree_widget.cursor_node
        ahead = [start] if start is not None else []
        opened = 0
        while ahead and opened < MOST_EXPANDED:
            node = ahead.pop(0)
            if node.allow_expand:
                self._grow(node)
                node.expand()
                ahead.extend(node.children)
                opened += 1

    def _walk(self) -> list[TreeNode[Branch]]:
        found: list[TreeNode[Branch]] = []
        ahead = list(self.tree_widget.root.children)
        while ahead:
            node = ahead.pop()
            found.append(node)
            ahead.extend(node.children)
        return found

    @on(Tree.NodeHighlighted)
    def _highlighted(self, event: Tree.NodeHighlighted[Branch]) -> None:
        event.stop()
        self._describe(event.node)

    @on(Tree.NodeSelected)
    def _selected(self, event: Tree.NodeSelected[Branch]) -> None:
        event.stop()
        branch = event.node.data
        if branch is None:
            return
        if branch.back:
            self._jump(branch.row.id)
        else:
            self.post_message(self.Selected(self, branch.row.id))

    def _jump(self, name: str) -> None:
        """Move to the place where a node stands with what bears on it."""
        node = self._first[name]
        above = node.parent
        while above is not None:
            above.expand()
            above = above.parent
        self.call_after_refresh(self.tree_widget.move_cursor, node)

    def _describe(self, node: TreeNode[Branch] | None) -> None:
        strip = self.query_one(".detail > Static", Static)
        if node is None or node.data is None:
            strip.update("")
            return
        branch = node.data
        name = branch.row.id
        session = self.session
        parts = [safe.line(node_name(session, name), "bold"), safe.text("\n" + node_text(session, name))]
        marks = "; ".join(filter(None, node_marks(session, name)))
        if marks:
            parts.append(safe.line(f" [{marks}]", "dim"))
        if name in session.graph.index:
            figures = f"Strength {change(session, name)} ({session.semantics}), {label_change(session, name)}"
            parts.append(safe.text(f"\n{figures} ({session.standard})", "dim"))
        if branch.back:
            parts.append(safe.line(" ↑ stands elsewhere in the outline: Enter goes there", "dim"))
        strip.update(safe.joined(parts))
