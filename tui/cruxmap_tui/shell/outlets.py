"""What leads out of the terminal UI: the clipboard, files, the browser and the editor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import work
from textual.app import SuspendNotSupported

from cruxmap_tui.safe import tell
from cruxmap_tui.shell.desk import Desk

if TYPE_CHECKING:
    from cruxmap.problems import Problem
    from cruxmap_tui.exporting import Exported
    from cruxmap_tui.session import Session


class Outlets(Desk):
    """A desk whose content can be taken elsewhere."""

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Everything wrong with the files."""
        raise NotImplementedError

    def reread(self) -> None:
        """Read the files anew."""
        raise NotImplementedError

    def action_copy_id(self) -> None:
        """Copy the id of what is selected."""
        if self.subject:
            self._copy(self.subject)

    def action_copy_citation(self) -> None:
        """Copy text, work and locator of what is selected."""
        from cruxmap_tui.wording import citation

        if self.session is not None and self.exists(self.subject):
            self._copy(citation(self.session.kb, self.subject))

    def _copy(self, copied: str) -> None:
        self.copy_to_clipboard(copied)
        tell(self, f"Copied: {copied}")

    def _exported(self) -> Exported | None:
        """What the view that is shown offers to write out."""
        view = self.view
        if self.session is None or view is None or not view.is_mounted or not hasattr(view, "exported"):
            return None
        found: Exported | None = view.exported()
        return found

    def action_export(self) -> None:
        """Write what is on the screen to a file."""
        exported = self._exported()
        if exported is None or self.session is None:
            tell(self, "Nothing is shown yet that could be written out.", severity="warning")
            return
        from cruxmap_tui.shell.export_window import ExportWindow

        window = ExportWindow(self.session, exported)
        self.push_screen(window, lambda written: tell(self, written) if written else None)

    def action_browser(self) -> None:
        """Open what is on the screen, or the matrix, as a page in the browser."""
        if self.session is None:
            return
        from cruxmap_tui.exporting import PAGE, map_export, matrix_export

        exported = self._exported()
        if exported is None or exported.target == PAGE:
            named = self.subject
            shown = named in self.session.graph.index or named in self.session.kb.entries
            exported = (
                map_export(self.session, named)
                if shown
                else matrix_export(self.session, "proposal", "source")
            )
        self._open_page(self.session, exported)

    @work(thread=True, exclusive=True, group="page-file", description="page-file")
    def _open_page(self, session: Session, exported: Exported) -> None:
        from cruxmap.errors import CruxmapError
        from cruxmap_tui.exporting import has_browser, page_file, write_export

        try:
            path = page_file(exported)
            write_export(session, exported, path)
        except (CruxmapError, OSError) as problem:
            self.call_from_thread(tell, self, f"The page cannot be written: {problem}", severity="error")
            return
        if has_browser():
            self.call_from_thread(self.open_url, path.as_uri())
            self.call_from_thread(tell, self, f"Opened {path}")
        else:
            self.call_from_thread(tell, self, f"No browser is here; the page is {path}")

    def action_edit(self) -> None:
        """Open the file of what is selected, or of the first problem, in the editor."""
        if self.problems:
            self.edit_at(self.problems[0].path, self.problems[0].line)
        elif self.session is not None and self.subject in self.session.kb.positions:
            place = self.session.kb.positions[self.subject]
            self.edit_at(place.path, place.line)

    def edit_at(self, path: str, line_number: int) -> None:
        """Open a file in the editor at a line; the map follows it."""
        from cruxmap_tui.shell.editor import edit, editor_words

        words = editor_words()
        where = f"{path}:{line_number}"
        if not words:
            tell(self, f"Set $VISUAL or $EDITOR to open {where} here.", severity="warning")
            return
        try:
            with self.suspend():
                failure = edit(words, path, line_number)
        except SuspendNotSupported:
            tell(
                self,
                f"This terminal cannot be handed to an editor. Open {where} beside it.",
                severity="warning",
            )
            return
        if failure:
            tell(self, failure, severity="error")
        self.reread()
