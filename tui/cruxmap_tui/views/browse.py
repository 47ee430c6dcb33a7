"""Browse: every entry by kind, narrowed as you type, and the page about the one that is chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input

from cruxmap.model.entries import KINDS, Proposal, Strategy
from cruxmap_tui.commands import bindings
from cruxmap_tui.safe import cell, cell_of, set_titles
from cruxmap_tui.views.page import Page
from cruxmap_tui.widgets.moving import Outline

if TYPE_CHECKING:
    from textual import events
    from textual.app import ComposeResult
    from textual.widgets import Tree
    from textual.widgets.tree import TreeNode

    from cruxmap.model.entries import Entry
    from cruxmap_tui.exporting import Exported
    from cruxmap_tui.session import Session

MOST = 1_000
"""Rows of a filtered list; more words narrow it."""
_KIND = "kind:"
_PLURALS = {
    "strategy": "strategies",
    "synthesis": "syntheses",
    "criterion": "criteria",
    "inventory": "inventories",
}


class BrowseView(Widget):
    """A tree of entries and the page about one of them.

    Parameters
    ----------
    session : Session
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings("browse"),
        Binding("enter", "follow", "Follow", show=False),
    ]

    class Selected(Message):
        """Something on a page, or in the tree, was opened."""

        def __init__(self, id: str) -> None:  # noqa: A002 - all views say `id`
            super().__init__()
            self.id = id

    class ArgumentsWanted(Selected):
        """The arguments of what is on the page are wanted."""

    class WhatIf(Selected):
        """The reader wants to set what is on the page."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._kb = session.kb

    def compose(self) -> ComposeResult:
        """Put the box above the tree, and the page beside them."""
        with Vertical(id="entries"):
            yield Input(placeholder="f filters: words in any order", id="filter")
            yield Outline("entries", id="tree")
        yield Page(self._session, id="page")

    def on_mount(self) -> None:
        """Fill the tree with kinds only."""
        tree = self.query_one(Outline)
        tree.show_root = False
        tree.guide_depth = 2
        self._fill_kinds()
        self._session.subscribe(self._follow)
        set_titles(self.query_one(Page), "Page", "")

    @property
    def subject(self) -> str:
        """Id of what is on the page, or under the cursor."""
        return self.query_one(Page).shown or self._under_cursor

    @property
    def _under_cursor(self) -> str:
        node = self.query_one(Outline).cursor_node
        data = node.data if node is not None else None
        return data if data and not data.startswith(_KIND) else ""

    def show(self, id: str) -> None:  # noqa: A002 - all views say `id`
        """Show the page about anything, and mark its entry in the tree."""
        self.query_one(Page).show(id)
        self.add_class("-page")
        self._mark(id)
        self.query_one(Page).focus()

    def focus_default(self) -> None:
        """Put the focus on the page when there is one, and on the tree otherwise."""
        (self.query_one(Page) if self.query_one(Page).shown else self.query_one(Outline)).focus()

    def exported(self) -> Exported | None:
        """Offer the entry that is on the page, or that holds it; None while there is none."""
        from cruxmap_tui.exporting import entry_export

        return entry_export(self._session, self.subject) if self.subject else None

    def leave(self) -> bool:
        """Leave the box or the page for the tree; False when the tree has the focus."""
        tree, box = self.query_one(Outline), self.query_one(Input)
        if box.has_focus and box.value:
            box.value = ""
        if self.has_class("-page") or box.has_focus:
            self.remove_class("-page")
            tree.focus()
            return True
        return False

    def _follow(self) -> None:
        if self._session.kb is self._kb or not self.is_mounted:
            return
        self._kb = self._session.kb
        self._refill()
        self.query_one(Page).refresh_page()

    def _refill(self) -> None:
        query = self.query_one(Input).value
        tree = self.query_one(Outline)
        kept = self._under_cursor
        opened = {str(node.data) for node in tree.root.children if node.is_expanded}
        if query.strip():
            self._fill_found(query)
        else:
            self._fill_kinds()
            for node in tree.root.children:
                if node.data in opened:
                    node.expand()
        if kept:
            self.call_after_refresh(self._mark, kept)

    def _fill_kinds(self) -> None:
        tree = self.query_one(Outline)
        tree.clear()
        tree.root.expand()
        total = len(self._session.kb.entries)
        for kind, model in KINDS.items():
            count = len(self._session.kb.of_kind(model))
            if count:
                plural = _PLURALS.get(kind, f"{kind}s")
                tree.root.add(cell_of((plural, "bold"), (f" {count}", "dim")), data=f"{_KIND}{kind}")
        set_titles(self.query_one("#entries"), f"Entries ({total})", "f filter")

    def on_tree_node_expanded(self, event: Tree.NodeExpanded[str]) -> None:
        """Fill a node when it is opened for the first time."""
        event.stop()
        self._fill_node(event.node)

    def _fill_node(self, node: TreeNode[str]) -> None:
        data = node.data or ""
        if node.children or not data:
            return
        if data.startswith(_KIND):
            for entry in self._session.kb.of_kind(KINDS[data.removeprefix(_KIND)]):
                self._add(node, entry)
        else:
            entry = self._session.kb.entries[data]
            for criterion in getattr(entry, "assessments", {}):
                node.add_leaf(cell(criterion), data=f"{entry.id}/{criterion}")

    def _add(self, node: TreeNode[str], entry: Entry) -> None:
        number = getattr(entry, "number", None)
        title = str(getattr(entry, "title", None) or entry.id)
        label = cell_of((f"{number} " if number is not None else "", "dim"), (title, ""))
        if isinstance(entry, Proposal | Strategy):
            node.add(label, data=entry.id)
        else:
            node.add_leaf(label, data=entry.id)

    def _fill_found(self, query: str) -> None:
        words = query.casefold().split()
        found = [entry for entry in self._session.kb.entries.values() if _matches(entry, words)]
        tree = self.query_one(Outline)
        tree.clear()
        for entry in found[:MOST]:
            self._add(tree.root, entry)
        tree.root.expand()
        count = (
            f"{MOST:,} of {len(found):,}; more words narrow it"
            if len(found) > MOST
            else f"{len(found)} found"
        )
        set_titles(self.query_one("#entries"), f"Entries: {count}", "Esc shows all")

    def _mark(self, name: str) -> None:
        """Put the cursor of the tree on an entry, opening its kind."""
        kb, tree = self._session.kb, self.query_one(Outline)
        owner = name.partition("/")[0]
        if name in kb.arguments:
            owner = kb.arguments[name].entry
        elif name in kb.parts:
            owner = kb.parts[name][1]
        if owner not in kb.entries:
            return
        if self.query_one(Input).value.strip():
            parent = tree.root
        else:
            kind = f"{_KIND}{kb.entries[owner].kind}"
            parent = next((node for node in tree.root.children if node.data == kind), tree.root)
            self._fill_node(parent)
            parent.expand()
        target = next((node for node in parent.children if node.data == owner), None)
        if target is not None:
            self.call_after_refresh(tree.move_cursor, target)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Narrow the tree to what is typed."""
        event.stop()
        if event.value.strip():
            self._fill_found(event.value)
        else:
            self._fill_kinds()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Go from the box to the list."""
        event.stop()
        tree = self.query_one(Outline)
        tree.focus()
        if tree.root.children:
            tree.move_cursor(tree.root.children[0])

    def on_key(self, event: events.Key) -> None:
        """Let the down key lead from the box to the list."""
        if event.key == "down" and self.query_one(Input).has_focus:
            event.stop()
            self.query_one(Outline).focus()

    def on_tree_node_selected(self, event: Tree.NodeSelected[str]) -> None:
        """Show the page about an entry."""
        event.stop()
        data = event.node.data or ""
        if data and not data.startswith(_KIND):
            self.post_message(self.Selected(data))

    def on_page_followed(self, event: Page.Followed) -> None:
        """Follow an id on the page."""
        event.stop()
        self.post_message(self.Selected(event.id))

    def action_filter(self) -> None:
        """Go to the box."""
        self.remove_class("-page")
        self.query_one(Input).focus()

    def action_next_link(self) -> None:
        """Mark the next id on the page."""
        self.query_one(Page).focus()
        self.query_one(Page).next_link(1)

    def action_previous_link(self) -> None:
        """Mark the id before."""
        self.query_one(Page).focus()
        self.query_one(Page).next_link(-1)

    def action_follow(self) -> None:
        """Follow the id that is marked."""
        self.query_one(Page).follow()

    def action_arguments(self) -> None:
        """Show the arguments of what is on the page."""
        if self.subject:
            self.post_message(self.ArgumentsWanted(self.subject))

    def action_set_this(self) -> None:
        """Set the statement on the page."""
        if self.subject:
            self.post_message(self.WhatIf(self.subject))


def _matches(entry: Entry, words: list[str]) -> bool:
    number = getattr(entry, "number", None)
    own = (
        entry.id,
        entry.kind,
        str(number or ""),
        str(getattr(entry, "title", None) or ""),
        str(getattr(entry, "text", None) or ""),
    )
    whole = " ".join(own).casefold()
    return all(word in whole for word in words)
