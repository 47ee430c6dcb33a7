"""Drive the terminal UI by keys, and read its screen as rows of text."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TypeAlias

from textual.app import App
from textual.pilot import Pilot
from textual.widgets import Static

from cruxmap_tui.app import CruxmapApp
from cruxmap_tui.group.app import GroupApp
from cruxmap_tui.group.group_screen import GroupScreen

SNAPSHOTS = Path(__file__).parent / "tui" / "snapshots"
Steps: TypeAlias = Callable[["Driver"], Awaitable[None]]


class Keyboard:
    """Any app under test, driven by keys and read as rows of text."""

    def __init__(self, app: App[None], pilot: Pilot[None]) -> None:
        self.app, self._pilot = app, pilot

    async def settle(self) -> None:
        """Wait until nothing is being read, computed or laid out."""
        for _ in range(2):
            await self._pilot.pause()
            busy = [worker for worker in self.app.workers if worker.group != "poll" and worker.is_running]
            if not busy:
                return
            await self.app.workers.wait_for_complete(busy)
        await self._pilot.pause()

    async def until(self, condition: Callable[[], bool], seconds: float = 20.0) -> None:
        """Wait until something is true."""
        for _ in range(int(seconds / 0.02)):
            if condition():
                await self.settle()
                return
            await self._pilot.pause(0.02)
        raise AssertionError(f"this never happened; the screen is\n{self.screen}")

    async def press(self, *keys: str) -> None:
        """Press keys, each after the one before has had its effect."""
        for key in keys:
            await self._pilot.press(key)
            await self.settle()

    async def write(self, text: str) -> None:
        """Type a text."""
        await self._pilot.press(*("space" if letter == " " else letter for letter in text))
        await self.settle()

    async def resize(self, width: int, height: int) -> None:
        """Change the size of the terminal."""
        await self._pilot.resize_terminal(width, height)
        await self.settle()

    @property
    def rows(self) -> list[str]:
        """What is on the screen, row by row."""
        return [strip.text.rstrip() for strip in self.app.screen._compositor.render_strips()]

    @property
    def screen(self) -> str:
        """What is on the screen."""
        return "\n".join(self.rows)

    @property
    def texts(self) -> str:
        """Everything that pieces of text hold, on the screen or scrolled out of it."""
        return "\n".join(str(widget.render()) for widget in self.app.screen.query(Static))


class Driver(Keyboard):
    """The app with the tabs under test."""

    def __init__(self, app: CruxmapApp, pilot: Pilot[None]) -> None:
        super().__init__(app, pilot)
        self.app: CruxmapApp = app


def run_group(
    screen: GroupScreen,
    steps: Callable[[Keyboard], Awaitable[None]],
    size: tuple[int, int] = (80, 24),
) -> None:
    """Run steps against a screen of a group, alone as commands open it."""

    async def whole() -> None:
        app = GroupApp(screen)
        async with app.run_test(size=size, notifications=True) as pilot:
            keyboard = Keyboard(app, pilot)
            await keyboard.until(lambda: screen in app.screen_stack and screen.is_mounted)
            await steps(keyboard)

    asyncio.run(whole())


def run_steps(
    steps: Steps,
    size: tuple[int, int] = (120, 40),
    workspace: str | None = None,
    *,
    notifications: bool = False,
) -> None:
    """Run steps against an app of a given size; short messages are on the screen only when that is wanted."""

    async def whole() -> None:
        app = CruxmapApp(workspace)
        async with app.run_test(size=size, notifications=notifications) as pilot:
            driver = Driver(app, pilot)
            await driver.until(lambda: app.has_read and (app.session is None or app.focused is not None))
            await steps(driver)

    asyncio.run(whole())


def same_as_snapshot(name: str, screen: str) -> None:
    """Compare a screen with what was kept; `CRUXMAP_UPDATE_GOLDEN=1` keeps it anew."""
    file = SNAPSHOTS / f"{name}.txt"
    if os.environ.get("CRUXMAP_UPDATE_GOLDEN"):
        file.write_text(screen + "\n", encoding="utf-8")
    assert file.is_file(), "run once with CRUXMAP_UPDATE_GOLDEN=1, and read the file"
    assert screen + "\n" == file.read_text(encoding="utf-8")
