"""Draw the pictures of docs/tui.md: the terminal UI on the built-in corpus, driven by the keys of the tour.

The screens of a reading group are drawn from a copy of docs/example-group, in the middle of its second
session.

`python docs/tui_pictures.py` writes `docs/pictures/tui-*.svg`; `--check` says which no longer show what the
terminal UI shows. Only the texts are compared, since colours and places of letters come from libraries.
"""

from __future__ import annotations

import asyncio
import html
import os
import re
import shutil
import sys
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import App

    from cruxmap.group.folder import SessionFolder

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs" / "pictures"
WIDE, COMMON, NARROW = (120, 34), (80, 24), (60, 20)
READERS = ("8", "f", "enter", "enter")
SCREENS: dict[str, tuple[tuple[int, int], tuple[str, ...]]] = {
    "matrix": (WIDE, ("v", "v")),
    "matrix-80": (COMMON, ()),
    "matrix-60": (NARROW, ()),
    "risks": (WIDE, ("K", "K", "down")),
    "search": (COMMON, ("slash", "type transparency deception")),
    "browse": (COMMON, ("slash", "type transparency deception", "enter")),
    "arguments": (WIDE, ("down", "down", "right", "enter")),
    "compare": (WIDE, ("down", "4", "a", "j", "enter")),
    "whatif": (COMMON, ("slash", "type transparency deception", "enter", "w", "0")),
    "failure": (WIDE, ("6",)),
    "positions": (WIDE, ("7",)),
    "cruxes": (WIDE, READERS),
    "export": (COMMON, ("x",)),
    "light": (COMMON, ("T", "j", "enter")),
}
GROUP_SCREENS: dict[str, tuple[tuple[int, int], tuple[str, ...]]] = {
    "rate": (COMMON, ("pageup",)),
    "meet": ((120, 28), ()),
    "meet-hidden": (COMMON, ("r", "3", "2", "3")),
}
SESSION = "2026-04-02-narrower"
BEGAN = datetime(2026, 4, 2, 18, 0, tzinfo=UTC)


def whole_app(workspace: str) -> tuple[App[Any], Callable[[], bool]]:
    """Return the app with all tabs, and what tells that it is ready for keys."""
    from cruxmap_tui.app import CruxmapApp

    app = CruxmapApp(workspace)
    return app, lambda: app.session is not None and app.focused is not None


def group_app(name: str, root: Path) -> tuple[App[Any], Callable[[], bool]]:
    """Return a screen of the example group alone, and what tells that it is ready for keys."""
    from cruxmap.group.folder import SessionFolder
    from cruxmap.loading import load
    from cruxmap_tui.group.app import GroupApp
    from cruxmap_tui.group.meet_screen import MeetScreen
    from cruxmap_tui.group.rate_screen import RateScreen

    shutil.rmtree(root, ignore_errors=True)
    shutil.copytree(ROOT / "docs" / "example-group", root)
    folder = SessionFolder(root, SESSION)
    kb, session = load(root), folder.read()
    if name == "rate":
        answers_again(folder)
        screen: Any = RateScreen(kb, folder, session, "reader-a")
        return GroupApp(screen), lambda: screen.is_mounted
    meeting_again(folder, name)
    screen = MeetScreen(kb, folder, session, now=lambda: BEGAN + timedelta(minutes=27, seconds=20))
    return GroupApp(screen), lambda: bool(screen.meeting.plan) and screen.meeting.reading is not None


def answers_again(folder: SessionFolder) -> None:
    """Let reader-a be in the middle of a first answer."""
    from cruxmap.group.drafts import save_draft
    from cruxmap.group.reading import changed, read_revealed
    from cruxmap.group.responses import Draft
    from cruxmap.group.state import mark_step
    from cruxmap.loading import load

    given = list(read_revealed(folder.response("reader-a", 1)).marks.items())
    for place in (folder.steps, folder.commitments, folder.responses):
        shutil.rmtree(place)
    mark_step(folder, "opened", 1)
    half = {cell: changed(said, criterion_version=None) for cell, said in given[: len(given) // 2]}
    save_draft(load(folder.root), folder, folder.read(), "reader-a", 1, Draft(marks=half))


def meeting_again(folder: SessionFolder, name: str) -> None:
    """Put the meeting into the discussion, or the second marks, of its first item."""
    from cruxmap.group.record import Event
    from cruxmap.group.record_file import RECORD, append_event
    from cruxmap.group.session_reading import SessionReading
    from cruxmap.loading import load

    (folder.path / RECORD).unlink()
    for step in folder.steps.glob("*.yaml"):
        if "opened" not in step.name or not step.name.startswith("1-"):
            step.unlink()
    for place in (folder.commitments, folder.responses):
        for file in place.glob("*.2.yaml"):
            file.unlink()
    found = SessionReading(load(folder.root), folder, folder.read())
    cell = found.agenda.items[0].cell
    steps = [(0, "attendance"), (5, "reveal"), (10, "reading"), (20, "restate"), (23, "discuss")]
    steps += [(26, "re-rate")] if name == "meet-hidden" else []
    events: list[tuple[float, str, dict[str, Any]]] = [(0, "opened", {"round": 1, "minutes": 90.0})]
    events += [(2, "present", {"reader": reader}) for reader in found.session.readers]
    events += [(20, "item-started", {"cell": cell})]
    events += [(at, "step", {"text": kind, "cell": cell if at >= 20 else ""}) for at, kind in steps]
    events.sort(key=lambda event: event[0])
    for number, (minutes, kind, details) in enumerate(events):
        at = (BEGAN + timedelta(minutes=minutes)).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        append_event(folder.path, Event(f"{number:08x}", at, kind, **details))


async def draw(
    made: tuple[App[Any], Callable[[], bool]], size: tuple[int, int], keys: tuple[str, ...]
) -> str:
    """Drive an app and return one picture, without the web fonts that rich would link."""
    app, is_ready = made
    async with app.run_test(size=size) as pilot:

        async def settle() -> None:
            for _ in range(3):
                await pilot.pause(0.04)
                while any(item.group != "poll" and item.is_running for item in app.workers):
                    await pilot.pause(0.02)

        while not is_ready():
            await pilot.pause(0.05)
        await settle()
        for key in keys:
            typed = key.removeprefix("type ")
            letters = ("space" if letter == " " else letter for letter in typed)
            await pilot.press(*(letters if typed != key else (key,)))
            await settle()
        # Messages in a corner come and go; scroll bars fade in.
        app.clear_notifications()
        await settle()
        drawing = app.export_screenshot(title="cruxmap")
    drawing = re.sub(r"@font-face \{.*?\}\s*", "", drawing, flags=re.DOTALL)
    return re.sub(r"terminal-\d+", "terminal", drawing)


def texts(drawing: str) -> list[str]:
    """Return what is written in a picture, without the signs that scroll bars are drawn with."""
    found = re.findall(r"<text [^>]*>(.*?)</text>", drawing)
    words = (html.unescape(item).replace("\xa0", " ").strip("▁▂▃▄▅▆▇█▔ ") for item in found)
    return [word for word in words if word]


def main() -> int:
    """Draw all pictures, or check them."""
    for folder in ("engine", "tui", "exports"):
        sys.path.insert(0, str(ROOT / folder))
    stale = 0
    with tempfile.TemporaryDirectory() as home:
        for kind in ("STATE", "CONFIG"):
            os.environ[f"XDG_{kind}_HOME"] = home
        elsewhere = Path(home, "reading-group")
        elsewhere.mkdir()
        for name, (size, keys) in (SCREENS | GROUP_SCREENS).items():
            for file in Path(home).rglob("*.json"):
                file.unlink()
            # Pages name files as seen from the current folder, and exports go into it: neither may depend on
            # where this clone lies.
            os.chdir(elsewhere if name == "export" else ROOT)
            made = (
                group_app(name, elsewhere / "example-group")
                if name in GROUP_SCREENS
                else whole_app(str(ROOT) if name == "export" else ".")
            )
            drawing = asyncio.run(draw(made, size, keys))
            target = PICTURES / f"tui-{name}.svg"
            if "--check" not in sys.argv:
                target.write_text(drawing, encoding="utf-8")
            elif not target.is_file() or texts(target.read_text(encoding="utf-8")) != texts(drawing):
                stale += 1
                print(f"{target.relative_to(ROOT)} is out of date: python docs/tui_pictures.py")
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main())
