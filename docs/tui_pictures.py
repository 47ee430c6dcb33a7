"""Draw the pictures of docs/tui.md: the terminal UI on the built-in corpus, driven by the keys of the tour.

`python docs/tui_pictures.py` writes `docs/pictures/tui-*.svg`; `--check` says which no longer show what the
terminal UI shows. Only the texts are compared, since colours and places of letters come from libraries.
"""

from __future__ import annotations

import asyncio
import html
import os
import re
import sys
import tempfile
from pathlib import Path

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


async def draw(workspace: str, size: tuple[int, int], keys: tuple[str, ...]) -> str:
    """Drive the app and return one picture, without the web fonts that rich would link."""
    from cruxmap_tui.app import CruxmapApp

    app = CruxmapApp(workspace)
    async with app.run_test(size=size) as pilot:

        async def settle() -> None:
            for _ in range(3):
                await pilot.pause(0.04)
                while any(item.group != "poll" and item.is_running for item in app.workers):
                    await pilot.pause(0.02)

        while app.session is None or app.focused is None:
            await pilot.pause(0.05)
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
        for name, (size, keys) in SCREENS.items():
            for file in Path(home).rglob("*.json"):
                file.unlink()
            # Pages name files as seen from the current folder, and exports go into it: neither may depend on
            # where this clone lies.
            os.chdir(elsewhere if name == "export" else ROOT)
            drawing = asyncio.run(draw(str(ROOT) if name == "export" else ".", size, keys))
            target = PICTURES / f"tui-{name}.svg"
            if "--check" not in sys.argv:
                target.write_text(drawing, encoding="utf-8")
            elif not target.is_file() or texts(target.read_text(encoding="utf-8")) != texts(drawing):
                stale += 1
                print(f"{target.relative_to(ROOT)} is out of date: python docs/tui_pictures.py")
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main())
