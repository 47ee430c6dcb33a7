"""Two to four entries side by side, then criterion by criterion."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding, BindingType

from cruxmap.compare import compare
from cruxmap.errors import UsageError
from cruxmap.matrix import is_incomplete
from cruxmap.model.entries import Proposal, Strategy
from cruxmap_tui.views.compare_page import print_arguments, print_side_by_side
from cruxmap_tui.views.picker import Picker
from cruxmap_tui.views.reading import ReadingView
from cruxmap_tui.views.view import View

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from cruxmap_tui.session import Session
    from cruxmap_tui.views.printed import Page

FEWEST, MOST = 2, 4


class CompareView(ReadingView):
    """Compare entries: stances, strengths, what they rest on and are built from, arguments, dominance."""

    TITLE = "Compare"
    FOCUS_KEY = "4"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "add", "Add entry"),
        Binding("d", "remove", "Remove entry"),
    ]

    class Selected(View.Selected):
        """The reader opened a name on the page."""

    def __init__(self, session: Session, *, id: str | None = None) -> None:  # noqa: A002 - all views say `id`
        super().__init__(session, id=id)
        self.entries: tuple[str, ...] = ()

    def compose(self) -> ComposeResult:
        """Add the picker to the page."""
        yield from super().compose()
        yield Picker()

    def show(self, id: str) -> None:  # noqa: A002 - all views say `id`
        """Compare an entry, or that of a verdict, with what is compared already; the oldest makes room."""
        name = id.partition("/")[0]
        if self._entry(name) is not None and name not in self.entries:
            self.entries = (*self.entries, name)[-MOST:]
        super().show(id)

    def show_all(self, *ids: str) -> None:
        """Compare exactly these entries, four at most."""
        self.entries = tuple(dict.fromkeys(name for name in ids if self._entry(name)))[:MOST]
        super().show(ids[0] if ids else "")

    def _entry(self, name: str) -> Proposal | Strategy | None:
        entry = self.session.kb.entries.get(name)
        return entry if isinstance(entry, Proposal | Strategy) else None

    def action_add(self) -> None:
        """Offer the other entries."""
        kb = self.session.kb
        held = self._entry(self.entries[0]) if self.entries else None
        # Proposals are assessed against other criteria than strategies, so that only equals can be compared.
        kinds = (type(held),) if held is not None else (Proposal, Strategy)
        choices = [
            (entry.id, f"{entry.number or '·'}  {entry.title}")
            for kind in kinds
            for entry in kb.of_kind(kind)
            if entry.id not in self.entries and entry.assessments and not is_incomplete(entry)
        ]
        self.query_one(Picker).offer("add", "Add", choices)

    def action_remove(self) -> None:
        """Offer what is compared."""
        choices = [(name, entry.title) for name in self.entries if (entry := self._entry(name))]
        self.query_one(Picker).offer("remove", "Remove", choices)

    def check_action(self, action: str, _parameters: tuple[object, ...]) -> bool | None:
        """Offer only what leads to two to four entries."""
        if action == "add":
            return len(self.entries) < MOST
        return not (action == "remove" and not self.entries)

    @on(Picker.Picked)
    def _picked(self, event: Picker.Picked) -> None:
        event.stop()
        self.reading.focus()
        if event.key is None:
            return
        if event.purpose == "add":
            self.entries = (*self.entries, event.key)
        else:
            self.entries = tuple(name for name in self.entries if name != event.key)
        self.refresh_bindings()
        self._mark_stale()

    def status(self) -> str:
        """Say which keys change the choice."""
        return "a adds an entry, d removes one; two to four are compared"

    def print_page(self, page: Page) -> None:
        """Print the table, the page of `cruxmap compare`, and the arguments that differ."""
        from cruxmap.cli.comparing import print_comparison

        entries = [entry for name in self.entries if (entry := self._entry(name))]
        if len(entries) < FEWEST:
            have = f" {entries[0].title} is the first." if entries else ""
            raise UsageError(f"Compare needs two entries or more.{have} Press a to add one.")
        found = compare(self.session.kb, entries)
        print_side_by_side(self.session, found, page)
        print_comparison(self.session.kb, found, page)
        print_arguments(self.session, found, page)
