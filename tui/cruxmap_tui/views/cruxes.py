"""Cruxes between two readers: where their verdicts part, and on which statements that turns."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding, BindingType

from cruxmap.cli.cruxes import Case, write_overview, write_verdict
from cruxmap.errors import UsageError
from cruxmap_tui.views.conventions import session_conventions
from cruxmap_tui.views.crux_readers import Chosen, read_chosen, readers_of_sessions
from cruxmap_tui.views.picker import Picker
from cruxmap_tui.views.reading import ReadingView
from cruxmap_tui.views.view import View

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from cruxmap_tui.session import Session
    from cruxmap_tui.views.printed import Page

LISTED = 8
"""Verdicts of an overview."""


class CruxesView(ReadingView):
    """Compare two readers' files over all verdicts, or on one."""

    TITLE = "Cruxes"
    FOCUS_KEY = "8"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f", "files", "Choose readers"),
        Binding("v", "verdict", "Why they differ"),
        Binding("b", "back", "All verdicts"),
    ]

    class Selected(View.Selected):
        """The reader opened a name on the page."""

    def __init__(self, session: Session, *, id: str | None = None) -> None:  # noqa: A002 - all views say `id`
        super().__init__(session, id=id)
        self.chosen: tuple[Chosen, ...] = ()
        self._first: Chosen | None = None
        self._offered: list[Chosen] = []
        self._verdict: str | None = None

    def compose(self) -> ComposeResult:
        """Add the file picker to the page."""
        yield from super().compose()
        yield Picker()

    def show(self, id: str) -> None:  # noqa: A002 - all views say `id`
        """Split one verdict in full; anything else leads to all verdicts."""
        statement = self.session.kb.statements.get(id)
        self._verdict = id if statement is not None and statement.kind == "assessment" else None
        super().show(id)

    def compare_files(self, first: Path, second: Path) -> None:
        """Compare two readers' files."""
        self.compare(Chosen(first), Chosen(second))

    @property
    def files(self) -> tuple[Path, ...]:
        """Where the answers that are compared stand."""
        return tuple(item.path for item in self.chosen)

    def compare(self, first: Chosen, second: Chosen) -> None:
        """Compare two readers, of files or of revealed sessions."""
        self.chosen = (first, second)
        self.refresh_bindings()
        self._mark_stale()

    def action_files(self) -> None:
        """Offer readers of revealed sessions, files of the workspace and the examples, first reader first."""
        self._first = None
        self._offer()

    def action_verdict(self) -> None:
        """Split the selected verdict in full."""
        name = self.reading.opened
        statement = self.session.kb.statements.get(name or "")
        if statement is None or statement.kind != "assessment":
            self.notify("Select the name of a verdict first.", severity="warning")
            return
        self._verdict = name
        self.refresh_bindings()
        self._mark_stale()

    def action_back(self) -> None:
        """Show all verdicts."""
        self._verdict = None
        self.refresh_bindings()
        self._mark_stale()

    def check_action(self, action: str, _parameters: tuple[object, ...]) -> bool | None:
        """Offer only what is possible with the readers chosen."""
        if action == "back":
            return self._verdict is not None
        return not (action == "verdict" and not self.chosen)

    def _offer(self) -> None:
        if self._first is None:
            files = [Chosen(path) for path in reader_candidates(self.session.kb.roots)]
            self._offered = [*readers_of_sessions(self.session.kb), *files]
        choices = [
            (str(place), f"{item.label}  {item.place}")
            for place, item in enumerate(self._offered)
            if item != self._first
        ]
        if not choices:
            self.notify("There is no reader's file (*.yaml) in the workspace's folder.", severity="warning")
            return
        title = "First reader" if self._first is None else "Second reader"
        self.query_one(Picker).offer("file", title, choices)

    @on(Picker.Picked)
    def _picked(self, event: Picker.Picked) -> None:
        event.stop()
        if event.key is None:
            self.reading.focus()
        elif self._first is None:
            self._first = self._offered[int(event.key)]
            self._offer()
        else:
            self.reading.focus()
            self.compare(self._first, self._offered[int(event.key)])

    def status(self) -> str:
        """Say whose files are compared."""
        if not self.chosen:
            return "No readers chosen: f chooses two"
        return f"{' and '.join(item.label for item in self.chosen)}: f others, v why on a verdict"

    def print_page(self, page: Page) -> None:
        """Print the page of `cruxmap cruxes`."""
        if not self.chosen:
            raise UsageError(
                "Two readers' files show where they differ and why. Press f to choose them: readers of a "
                "session that is revealed, or YAML files with credences, in the folder of the workspace or "
                "among the examples."
            )
        kb = self.session.kb
        criteria = tuple(item.id for item in kb.criteria)
        readers = read_chosen(kb, self.chosen)
        case = Case(kb, session_conventions(self.session), readers, criteria, 0.5)
        if self._verdict is None:
            write_overview(case, LISTED, page)
        else:
            write_verdict(case, self._verdict, page)


def reader_candidates(roots: tuple[Path, ...]) -> list[Path]:
    """List what may be readers' files: `*.yaml` in the folder of a workspace and in its `docs/examples`.

    Parameters
    ----------
    roots : tuple of Path
        Folders of the workspace.

    Returns
    -------
    list of Path
        Without the settings of the workspace and hidden files.
    """
    folders = dict.fromkeys(
        folder for root in (*reversed(roots), Path.cwd()) for folder in (root, root / "docs" / "examples")
    )
    found = {
        path.resolve(): path
        for folder in folders
        if folder.is_dir()
        for path in sorted(folder.glob("*.yaml"))
        if path.name != "cruxmap.yaml" and not path.name.startswith(".")
    }
    return list(found.values())
