"""Draw the pictures of docs/tui.md: the terminal UI on the built-in corpus, driven by the keys of the tour.

`python docs/tui_pictures.py` writes docs/pictures/tui-*.svg.
"""

from __future__ import annotations

import asyncio
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs" / "pictures"
TOUR: dict[str, tuple[tuple[int, int], tuple[str, ...]]] = {
    "matrix": ((120, 34), ("v", "v")),
    "matrix-80": ((80, 24), ()),
    "search": ((80, 24), ("slash", *"deception")),
    "browse": ((120, 34), ("slash", *"offense", "enter")),
    "whatif": ((120, 34), ("5", "down", "down", "0")),
}


async def draw(name: str, size: tuple[int, int], keys: tuple[str, ...]) -> None:
    """Drive the app and write one picture, without the web fonts that rich would link."""
    from cruxmap_tui.app import CruxmapApp

    app = CruxmapApp(str(ROOT))
    async with app.run_test(size=size) as pilot:
        while app.session is None or app.focused is None:
            await pilot.pause(0.05)
        for key in keys:
            await pilot.press(key)
            await pilot.pause(0.2)
        await pilot.pause(1.5)
        drawing = app.export_screenshot(title="cruxmap")
    drawing = re.sub(r"@font-face \{.*?\}\s*", "", drawing, flags=re.DOTALL)
    drawing = re.sub(r"terminal-\d+", "terminal", drawing)
    (PICTURES / f"tui-{name}.svg").write_text(drawing, encoding="utf-8")


def main() -> int:
    """Draw all pictures."""
    for folder in ("engine", "tui"):
        sys.path.insert(0, str(ROOT / folder))
    for name, (size, keys) in TOUR.items():
        asyncio.run(draw(name, size, keys))
    return 0


if __name__ == "__main__":
    sys.exit(main())
