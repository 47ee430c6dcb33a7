"""What leaves the terminal UI: files from the export window, and pages for the browser."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from textual.widgets import Input

from cruxmap_tui import exporting
from cruxmap_tui.exporting import suffixes
from cruxmap_tui.shell.export_window import ExportWindow
from sample_workspace import write_sample
from terminal_driver import Driver, Steps, run_steps


@pytest.fixture
def sample(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A workspace, and an empty folder to write into."""
    folder = tmp_path / "out"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return str(write_sample(tmp_path / "sample"))


async def written(driver: Driver, name: str) -> Path:
    """Wait for the window to close, and return the file."""
    await driver.until(lambda: not isinstance(driver.app.screen, ExportWindow))
    return Path.cwd() / name


def test_x_writes_the_matrix_in_the_format_of_the_suffix(sample: str) -> None:
    async def steps(driver: Driver) -> None:
        await driver.press("x")
        assert "Write the matrix of proposals: what the source says" in driver.texts
        await driver.press("down")
        assert "proposals-source.md" in driver.screen
        await driver.press("enter")
        file = await written(driver, "proposals-source.md")
        assert "Watchful machine" in file.read_text(encoding="utf-8")
        assert str(file) in " ".join(item.message for item in driver.app._notifications)

    run_steps(steps, workspace=sample)


def test_a_suffix_that_is_typed_chooses_the_format_too(sample: str) -> None:
    async def steps(driver: Driver) -> None:
        await driver.press("v", "x", *["backspace"] * len("html"))
        await driver.write("json")
        await driver.press("enter")
        data = json.loads((await written(driver, "proposals-computed.json")).read_text(encoding="utf-8"))
        assert data["voice"] == "computed"

    run_steps(steps, workspace=sample)


def test_what_is_set_is_in_the_file(sample: str) -> None:
    async def steps(driver: Driver) -> None:
        await driver.press("w", "0", "x")
        assert "computed, with what is set" in driver.texts
        await driver.press("up")
        assert "proposals-computed.json" in driver.screen
        await driver.press("enter")
        data = json.loads((await written(driver, "proposals-computed.json")).read_text(encoding="utf-8"))
        session = driver.app.session
        assert session is not None
        verdict = "watchful-machine/safety"
        assert data["rows"][0]["cells"]["safety"]["strength"] == pytest.approx(
            session.after.strengths[verdict]
        )
        assert session.after.strengths[verdict] < session.before.strengths[verdict]

    run_steps(steps, workspace=sample)


def test_an_existing_file_is_replaced_only_after_a_second_enter(sample: str) -> None:
    async def steps(driver: Driver) -> None:
        old = Path("proposals-source.html")
        old.write_text("kept", encoding="utf-8")
        await driver.press("x", "enter")
        assert "exists already" in driver.texts
        assert old.read_text(encoding="utf-8") == "kept"
        await driver.press("enter")
        await written(driver, old.name)
        assert "Watchful" in old.read_text(encoding="utf-8")

    run_steps(steps, workspace=sample)


def test_what_cannot_be_written_is_said_in_the_window_and_nothing_is_lost(sample: str) -> None:
    async def steps(driver: Driver) -> None:
        entries = Path(sample) / "proposals" / "01.html"
        for name, said in (
            ("matrix.odt", "none under which the matrix can be written"),
            ("missing/matrix.md", "there is no folder"),
            (str(entries), "holds the entries themselves"),
        ):
            await driver.press("x")
            driver.app.screen.query_one(Input).value = name
            await driver.press("enter")
            await driver.until(lambda said=said: said in driver.texts)  # type: ignore[misc]
            await driver.press("escape")
        assert not entries.exists()
        assert list(Path.cwd().iterdir()) == []

    run_steps(steps, workspace=sample)


TABS = {
    "2": "watchful-machine.html",
    "3": "map-watchful-machine-safety.svg",
    "4": "compare-",
    "7": "positions",
}


@pytest.mark.parametrize(("tab", "name"), TABS.items())
def test_every_tab_offers_what_it_shows(sample: str, tab: str, name: str) -> None:
    async def steps(driver: Driver) -> None:
        await driver.press("right", "left", tab)
        await driver.until(lambda: driver.app.view is not None and not driver.app.view.has_class("-busy"))
        await driver.press("x")
        assert name in driver.screen
        await driver.press("enter")
        await driver.until(lambda: not isinstance(driver.app.screen, ExportWindow))
        (file,) = Path.cwd().iterdir()
        assert file.name.startswith(name)
        assert file.read_bytes()

    run_steps(steps, workspace=sample)


def without_browser(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, steps: Steps, sample: str) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(exporting, "has_browser", lambda: False)
    run_steps(steps, workspace=sample)


def test_o_says_where_the_page_is_when_no_browser_is_there(
    sample: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def steps(driver: Driver) -> None:
        await driver.press("o")
        await driver.until(lambda: len(driver.app._notifications) > 0)
        page = tmp_path / "cache" / "cruxmap" / "pages" / "proposals-source.html"
        assert str(page) in " ".join(item.message for item in driver.app._notifications)
        assert "Watchful machine" in page.read_text(encoding="utf-8")

    without_browser(monkeypatch, tmp_path, steps, sample)


def test_o_opens_the_map_of_what_is_argued_about(
    sample: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []

    async def steps(driver: Driver) -> None:
        monkeypatch.setattr(exporting, "has_browser", lambda: True)
        monkeypatch.setattr(driver.app, "open_url", opened.append)
        await driver.press("3", "o")
        await driver.until(lambda: bool(opened))
        assert opened[0].startswith("file://")
        assert opened[0].endswith("map-watchful-machine-safety.svg")

    without_browser(monkeypatch, tmp_path, steps, sample)


@pytest.mark.parametrize("target", ["matrix", "map", "entry", "page"])
def test_the_suffix_offered_first_is_what_a_browser_shows(target: str) -> None:
    assert suffixes(target)[0].suffix in (".html", ".svg", ".txt")
