"""The terminal UI: paints its frame, reads the workspace beside it, and holds the tabs."""

from __future__ import annotations

import os
from importlib import import_module
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.screen import Screen

from cruxmap_tui.commands import COMMANDS as ACTIONS
from cruxmap_tui.commands import Command, bindings, in_scope
from cruxmap_tui.preferences import Preferences, read_preferences, remember, remembered
from cruxmap_tui.safe import Words, line, lines, tell
from cruxmap_tui.shell.desk import VIEWS
from cruxmap_tui.shell.frame import KeyRow, ProblemBar, TabRow
from cruxmap_tui.shell.outlets import Outlets
from cruxmap_tui.shell.palette import Commands
from cruxmap_tui.themes import DARK, NO_COLOUR, OWN, THEMES

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult
    from textual.command import Provider
    from textual.message import Message

    from cruxmap.problems import Problem
    from cruxmap_tui.session import Session
    from cruxmap_tui.shell.workspace import Loaded
    from cruxmap_tui.views.browse import BrowseView
    from cruxmap_tui.views.matrix import MatrixView

    class Opened(Message):
        """What every view sends when something in it is opened."""

        id: str


POLL_SECONDS = 1.0


class MainScreen(Screen[None]):
    """The one screen below all windows; it knows three widths."""

    HORIZONTAL_BREAKPOINTS: ClassVar[list[tuple[int, str]] | None] = [  # type: ignore[misc]
        (0, "-one"),
        (80, "-two"),
        (120, "-three"),
    ]
    # The base class declares a ClassVar inside an optional, which mypy takes for an instance variable.

    def compose(self) -> ComposeResult:
        """Tabs above, the view in the middle, keys below."""
        yield TabRow()
        yield ProblemBar(id="problems")
        yield Words(id="given")
        with Container(id="stage"):
            yield Words(line("Reading the workspace …", "dim"), id="loading", classes="notice")
        yield KeyRow(show_command_palette=False)

    def on_mount(self) -> None:
        """Let the app fill the frame."""
        app = self.app
        assert isinstance(app, CruxmapApp)
        app.start()


class CruxmapApp(Outlets):
    """The terminal UI on one workspace.

    Parameters
    ----------
    workspace : str, optional
        Folder of the workspace; by default found as by every command.
    """

    CSS_PATH = "styles/cruxmap.tcss"
    TITLE = "cruxmap"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(), Binding("escape", "leave", show=False)]
    COMMANDS: ClassVar[set[type[Provider] | Callable[[], type[Provider]]]] = {Commands}
    ENABLE_COMMAND_PALETTE = True

    def __init__(self, workspace: str | None = None) -> None:
        super().__init__()
        self._workspace = workspace
        self._loaded: Loaded | None = None
        self._stamps: dict[str, tuple[int, int]] = {}
        self._reading = False
        self._preferences = Preferences()

    def get_default_screen(self) -> Screen[None]:
        """Return the screen with the tabs."""
        return MainScreen()

    def on_mount(self) -> None:
        """Choose colours and keys, before anything is painted."""
        for theme in OWN:
            self.register_theme(theme)
        self._preferences = read_preferences([item.id for item in ACTIONS], THEMES)
        wanted = self._preferences.theme or remembered().get("theme", "")
        chosen = wanted if wanted in THEMES else DARK.name
        self.theme = NO_COLOUR if os.environ.get("NO_COLOR") else chosen
        self.set_keymap(self._preferences.keys)

    @property
    def has_read(self) -> bool:
        """Whether the files have been read once."""
        return self._loaded is not None

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Everything wrong with the files."""
        return self._loaded.problems if self._loaded else ()

    def reread(self) -> None:
        """Read the files anew."""
        self._read()

    def start(self) -> None:
        """Read the workspace; the frame is on the screen by now."""
        for problem in self._preferences.problems:
            tell(self, problem, severity="warning")
        self.call_after_refresh(self._read)

    # Reading

    def _read(self) -> None:
        if not self._reading:
            self._reading = True
            self._read_files()

    @work(thread=True, group="read", description="read")
    def _read_files(self) -> None:
        from cruxmap_tui.shell.workspace import read_workspace

        loaded = read_workspace(self._workspace)
        session = None
        if loaded.kb is not None and self.session is None:
            from cruxmap_tui.session import Session

            session = Session(loaded.kb)
            session.before.labels  # noqa: B018 - worked out here, where it blocks nobody
            import_module(VIEWS["matrix"][0])
        self.call_from_thread(self._take, loaded, session)

    def _take(self, loaded: Loaded, session: Session | None) -> None:
        self._reading = False
        first = self._loaded is None
        self._loaded, self._stamps = loaded, loaded.stamps
        self.query_one(ProblemBar).report(loaded.message, kept=self.session is not None)
        if session is not None:
            self.session = session
            session.subscribe(self._show_given)
            self.query("#loading").remove()
            self.show_place(self.history.present)
        elif loaded.kb is not None and self.session is not None:
            self.session.replace_knowledge(loaded.kb)
            tell(self, "The files changed; the map follows them.")
        elif self.session is None:
            self._show_problems()
        if first:
            self.set_interval(POLL_SECONDS, self._poll)

    def _show_problems(self) -> None:
        assert self._loaded is not None
        found = [line(problem.render()) for problem in self._loaded.problems]
        head = line("The files have errors; the map appears when they are repaired.", "bold")
        if not found:
            found = [line(self._loaded.failure)]
        self.screen_stack[0].query_one("#loading", Words).say(lines([head, line(""), *found]))

    @work(thread=True, exclusive=True, group="poll", description="poll")
    def _poll(self) -> None:
        from cruxmap_tui.shell.workspace import read_stamps

        if not self._reading and read_stamps(self._workspace) != self._stamps:
            self.call_from_thread(self._read)

    def action_reload(self) -> None:
        """Read the files now."""
        self._read()

    def action_problems(self) -> None:
        """List everything wrong with the files."""
        from cruxmap_tui.widgets.prompts import Choose

        problems = self.problems
        if not problems:
            tell(
                self,
                self._loaded.failure if self._loaded and self._loaded.failure else "No file has an error.",
            )
            return
        options = [(str(place), line(problem.render())) for place, problem in enumerate(problems)]

        def take(chosen: str | None) -> None:
            if chosen:
                problem = problems[int(chosen)]
                self.edit_at(problem.path, problem.line)

        self.push_screen(Choose("Problems: Enter opens the editor there", options), take)

    # What views ask for

    def on_matrix_view_selected(self, message: MatrixView.Selected) -> None:
        """Open a cell or an entry."""
        self.open(message.id)

    def on_matrix_view_what_if(self, message: MatrixView.WhatIf) -> None:
        """Set what a cell rests on."""
        self.open(message.id, "whatif")

    def on_browse_view_selected(self, message: BrowseView.Selected) -> None:
        """Show a page: links are followed inside the tab."""
        self.open(message.id, "browse")

    def on_browse_view_arguments_wanted(self, message: BrowseView.ArgumentsWanted) -> None:
        """Show the arguments of what is on a page."""
        message.stop()
        self.open(message.id, "arguments")

    def on_browse_view_what_if(self, message: BrowseView.WhatIf) -> None:
        """Set the statement on a page."""
        message.stop()
        self.open(message.id, "whatif")

    def _opened(self, message: Opened) -> None:
        self.open(message.id)

    on_what_if_view_selected = _opened
    on_arguments_view_selected = _opened
    on_lens_view_selected = _opened
    on_compare_view_selected = _opened
    on_failure_view_selected = _opened
    on_positions_view_selected = _opened
    on_cruxes_view_selected = _opened

    # Everywhere

    def run_command(self, command: Command) -> None:
        """Run a command of the palette, in the view that is shown when the command is one of its own."""
        view = self.view
        target = view if command.scope and view is not None else self
        self.call_later(self.run_action, command.action, target)

    def action_search(self) -> None:
        """Find words in all texts."""
        if self.session is not None:
            from cruxmap_tui.shell.finding import Search

            self.push_screen(Search(self.session.kb), lambda found: self.open(found) if found else None)

    def action_help(self) -> None:
        """Explain the tab and its keys."""
        from cruxmap_tui.shell.help import Help, own_keys

        self.push_screen(Help(self.tab, own_keys(self.view, in_scope(self.tab)), self._preferences.keys))

    def action_theme(self) -> None:
        """Choose colours; the choice is remembered."""
        from cruxmap_tui.widgets.prompts import Choose

        options = [(name, line(words)) for name, words in THEMES.items()]

        def take(chosen: str | None) -> None:
            if chosen:
                self.theme = chosen
                remember(theme=chosen)

        self.push_screen(Choose("Colours", options, self.theme), take)

    def action_answer(self) -> None:
        """Answer for the current session of the group."""
        if self.session is not None:
            from cruxmap_tui.group.opening import open_rating

            open_rating(self, self.session.kb)

    def action_meet(self) -> None:
        """Lead the meeting of the current session."""
        if self.session is not None:
            from cruxmap_tui.group.opening import open_meeting

            open_meeting(self, self.session.kb)

    def action_undo(self) -> None:
        """Take back the last change."""
        if self.session is not None and not self.session.undo():
            tell(self, "There is nothing to undo.")

    def action_redo(self) -> None:
        """Make the change again."""
        if self.session is not None and not self.session.redo():
            tell(self, "There is nothing to redo.")

    def action_reset(self) -> None:
        """Leave everything to the corpus."""
        if self.session is not None:
            self.session.reset()

    def _show_given(self) -> None:
        assert self.session is not None
        from cruxmap_tui.wording import set_in_words

        words = set_in_words(self.session)
        given = self.screen_stack[0].query_one("#given", Words)
        given.set_class(bool(words), "-shown")
        given.say(line(f"Set: {words}   u undo · R reset"))
