"""The window that asks where to write what is on the screen, and as what."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input
from textual.widgets.option_list import Option

from cruxmap.errors import CruxmapError
from cruxmap_tui.exporting import Exported, Suffix, suffixes, write_export
from cruxmap_tui.safe import Words, joined, line, set_titles
from cruxmap_tui.widgets.moving import Choices

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.content import Content
    from textual.widgets import OptionList

    from cruxmap_tui.session import Session


class ExportWindow(ModalScreen[str]):
    """Ask for a file and write it; the answer says what was written, and is empty when nothing was.

    Parameters
    ----------
    session : Session
    exported : Exported
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Leave"),
        Binding("down", "choose(1)", show=False),
        Binding("up", "choose(-1)", show=False),
    ]

    def __init__(self, session: Session, exported: Exported) -> None:
        super().__init__()
        self._session, self._exported = session, exported
        self._suffixes = suffixes(exported.target)
        self._confirmed: Path | None = None

    def compose(self) -> ComposeResult:
        """Put the name of the file above what its suffix can be."""
        first = f"{self._exported.stem}{self._suffixes[0].suffix}"
        with Vertical(classes="window") as window:
            yield Words(line(f"Write {self._exported.title}"), classes="about")
            # The name is there to be changed: what is typed first must not replace all of it.
            yield Input(first, select_on_focus=False)
            yield Words(id="wrong")
            yield Choices(
                *(
                    Option(joined([line(f"{item.suffix:<9}", "bold"), line(item.title)]))
                    for item in self._suffixes
                )
            )
        set_titles(
            window, f"Export into {Path.cwd().name or Path.cwd()}/", "Enter writes · ↑ ↓ format · Esc leaves"
        )

    def on_mount(self) -> None:
        """Start in the name of the file."""
        choices = self.query_one(Choices)
        choices.can_focus = False
        choices.highlighted = 0
        self.query_one(Input).focus()

    @property
    def _path(self) -> Path:
        return Path(self.query_one(Input).value.strip()).expanduser()

    def action_choose(self, by: int) -> None:
        """Take the next or the previous suffix."""
        choices = self.query_one(Choices)
        self._take_suffix(((choices.highlighted or 0) + by) % len(self._suffixes))

    @on(Choices.OptionSelected)
    def _clicked(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self._take_suffix(event.option_index)

    def _take_suffix(self, place: int) -> None:
        self.query_one(Choices).highlighted = place
        box = self.query_one(Input)
        known = {item.suffix for item in self._suffixes}
        name = box.value.strip()
        suffix = Path(name).suffix
        stem = name.removesuffix(suffix) if suffix in known else name
        box.value = f"{stem}{self._suffixes[place].suffix}"
        box.cursor_position = len(box.value)

    def on_input_changed(self) -> None:
        """Mark the suffix that is written, and forget what was wrong with the name before."""
        self._confirmed = None
        self.query_one("#wrong", Words).say(line(""))
        written = self._path.suffix.lower()
        for place, item in enumerate(self._suffixes):
            if item.suffix == written:
                self.query_one(Choices).highlighted = place

    def on_input_submitted(self) -> None:
        """Write the file; ask before an old one is replaced."""
        path = self._path
        if not path.name:
            self._refuse("Name a file.")
        elif path.exists() and path != self._confirmed:
            self._confirmed = path
            self._refuse(f"{path.name} exists already: Enter again replaces it.")
        else:
            self.query_one("#wrong", Words).say(line("Writing …", "dim"))
            self._write(path)

    @work(thread=True, exclusive=True, group="export", description="export")
    def _write(self, path: Path) -> None:
        try:
            size = write_export(self._session, self._exported, path)
        except CruxmapError as problem:
            self.app.call_from_thread(self._refuse, str(problem))
        else:
            self.app.call_from_thread(self.dismiss, f"Wrote {path.resolve()} ({in_words(size)}).")

    def _refuse(self, message: str) -> None:
        self.query_one("#wrong", Words).say(line(message, "$warning"))

    def action_leave(self) -> None:
        """Leave without writing."""
        self.dismiss("")


def shown(item: Suffix) -> Content:
    """Return a suffix with the format that it stands for."""
    return joined([line(f"{item.suffix:<9}", "bold"), line(item.title)])


def in_words(size: int) -> str:
    """Write the size of a file.

    Examples
    --------
    >>> in_words(512), in_words(20_480), in_words(3_500_000)
    ('512 bytes', '20 kB', '3.5 MB')
    """
    if size < 1_000:
        return f"{size} bytes"
    return f"{size / 1_000_000:.1f} MB" if size >= 1_000_000 else f"{size // 1_000} kB"
