"""An app with one pane, and knowledge bases to put into it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import App, ComposeResult

from conftest import REPOSITORY
from cruxmap_tui.views.cruxes import CruxesView
from cruxmap_tui.views.view import View

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from cruxmap_tui.session import Session


EXAMPLES = REPOSITORY / "docs" / "examples"
SIZES = [(60, 20), (80, 24), (120, 40)]
HOSTILE = "[red]bold[/] [@click=app.quit]x[/] \x1b[31m \u202eabc שלום مرحبا 漢字 e\u0301"


class Pane(App[None]):
    """One pane, shown at once, that keeps what it reports."""

    def __init__(self, view: View, subject: str = "") -> None:
        super().__init__()
        self.view = view
        self.subject = subject
        self.opened: list[str] = []

    def compose(self) -> ComposeResult:
        yield self.view

    def on_mount(self) -> None:
        if self.subject:
            self.view.show(self.subject)
        self.view.focus_default()

    def on_view_selected(self, message: View.Selected) -> None:
        self.opened.append(message.id)

    on_arguments_view_selected = on_view_selected
    on_lens_view_selected = on_view_selected
    on_compare_view_selected = on_view_selected
    on_failure_view_selected = on_view_selected
    on_positions_view_selected = on_view_selected
    on_cruxes_view_selected = on_view_selected


def with_readers(session: Session) -> CruxesView:
    """Return a pane with the cruxes of the two readers of the examples."""
    view = CruxesView(session)
    view.compare_files(EXAMPLES / "reader-a.yaml", EXAMPLES / "reader-b.yaml")
    return view


async def settle(pilot: Pilot[None]) -> None:
    """Wait until nothing is computed and everything is drawn."""
    await pilot.pause()
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()


def screen_lines(app: App[None]) -> list[str]:
    """Return what is on the screen, line by line, without styles."""
    width, height = app.size
    lines = app.screen._compositor.render_strips()
    assert len(lines) == height
    return [line.text[:width] for line in lines]


def screen_text(app: App[None]) -> str:
    """Return what is on the screen."""
    return "\n".join(screen_lines(app))


def flowing(app: App[None]) -> str:
    """Return what is on the screen as running text, without borders and line breaks."""
    return " ".join(" ".join(line.strip("│ ") for line in screen_lines(app)).split())


__all__ = ["HOSTILE", "SIZES", "Pane", "flowing", "screen_lines", "screen_text", "settle"]
