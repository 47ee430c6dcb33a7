"""Screens, row by row, at the three widths; `CRUXMAP_UPDATE_GOLDEN=1` keeps them anew."""

from __future__ import annotations

from pathlib import Path

import pytest

from sample_workspace import write_sample
from terminal_driver import Driver, run_steps, same_as_snapshot

SIZES = ((60, 20), (80, 24), (120, 40))
SCREENS: dict[str, tuple[str, ...]] = {
    "matrix": (),
    "matrix-changed": ("w", "0", "escape", "1", "v", "v"),
    "browse": ("2", "down", "enter"),
    "arguments": ("3",),
    "lens": ("3", "L"),
    "compare": ("4", "a", "enter"),
    "whatif": ("w", "0"),
    "failure": ("6",),
    "positions": ("7",),
    "cruxes": ("8",),
    "help": ("question_mark",),
    "export": ("x",),
    "colours": ("T",),
}


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("name", SCREENS)
def test_screen(name: str, size: tuple[int, int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # Pages name files as seen from the current folder.
    monkeypatch.chdir(write_sample(tmp_path / "sample"))

    async def steps(driver: Driver) -> None:
        await driver.press(*SCREENS[name])
        await driver.until(lambda: driver.app.view is not None and not driver.app.view.has_class("-busy"))
        same_as_snapshot(f"{name}-{size[0]}x{size[1]}", driver.screen)

    run_steps(steps, size=size, workspace=".")


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_search_screen(size: tuple[int, int], tmp_path: Path) -> None:
    root = write_sample(tmp_path / "sample")

    async def steps(driver: Driver) -> None:
        await driver.press("slash")
        await driver.write("lies")
        await driver.until(lambda: "found" in driver.texts)
        same_as_snapshot(f"search-{size[0]}x{size[1]}", driver.screen)

    run_steps(steps, size=size, workspace=str(root))
