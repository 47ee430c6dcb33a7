"""Keys, colours and what is remembered: outside the corpus, and never in the way of a start."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import Result
from cruxmap_tui.commands import COMMANDS, TABS
from cruxmap_tui.preferences import config_file, memory_file, read_preferences, remember, remembered
from cruxmap_tui.themes import LIGHT, NO_COLOUR, THEMES
from sample_workspace import write_sample
from terminal_driver import Driver, run_steps


@pytest.fixture
def sample(tmp_path: Path) -> str:
    return str(write_sample(tmp_path / "sample"))


def write_config(text: str) -> None:
    config_file().parent.mkdir(parents=True, exist_ok=True)
    config_file().write_text(text, encoding="utf-8")


def test_keys_of_the_user_replace_ours_and_help_shows_them(sample: str) -> None:
    write_config('[keys]\nvoice = "ctrl+o"\n')

    async def steps(driver: Driver) -> None:
        await driver.press("v")
        assert "Proposals · source" in driver.screen
        await driver.press("ctrl+o")
        assert "Proposals · computed" in driver.screen
        await driver.press("question_mark")
        assert "ctrl+o" in driver.texts

    run_steps(steps, workspace=sample)


def test_what_is_wrong_in_the_file_is_said_and_the_rest_is_used(sample: str) -> None:
    write_config('theme = "cruxmap-lihgt"\ncolour = 3\n[keys]\nvioce = "x"\nvoice = ""\nkind = "ctrl+k"\n')
    found = read_preferences(["voice", "kind"], THEMES)
    assert found.keys == {"kind": "ctrl+k"}
    said = "\n".join(found.problems)
    for expected in (
        "did you mean cruxmap-light?",
        "no setting 'colour'",
        "did you mean voice?",
        "keys of voice",
    ):
        assert expected in said

    async def steps(driver: Driver) -> None:
        messages = " ".join(item.message for item in driver.app._notifications)
        assert str(config_file()) in messages
        await driver.press("ctrl+k")
        assert "no entries of kind" in driver.texts

    run_steps(steps, workspace=sample)


@pytest.mark.parametrize("text", ["[keys", "keys = 3", "\x00", "theme = 3"])
def test_a_broken_file_never_stops_the_start(sample: str, text: str) -> None:
    write_config(text)

    async def steps(driver: Driver) -> None:
        assert "Watchful machine" in driver.screen
        assert len(driver.app._notifications) == 1

    run_steps(steps, workspace=sample)


def test_choices_of_the_matrix_and_colours_are_there_at_the_next_start(sample: str) -> None:
    async def first(driver: Driver) -> None:
        await driver.press("v", "s", "j", "enter", "T", "j", "enter")
        assert driver.app.theme == "cruxmap-light"

    async def second(driver: Driver) -> None:
        assert driver.app.theme == "cruxmap-light"
        assert "Proposals · computed · sorted by title" in driver.screen

    run_steps(first, workspace=sample)
    run_steps(second, workspace=sample)
    assert not list(Path(sample).rglob("*.json"))


@pytest.mark.parametrize(
    "content", ["", "[]", "{", '{"version": 9, "voice": "computed"}', '{"version": 1, "voice": 3}']
)
def test_what_cannot_be_read_counts_as_nothing_remembered(content: str) -> None:
    memory_file().parent.mkdir(parents=True)
    memory_file().write_text(content, encoding="utf-8")
    assert "voice" not in remembered()
    remember(voice="computed")
    assert remembered()["voice"] == "computed"


def test_a_home_that_cannot_be_written_disturbs_nobody(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("", encoding="utf-8")
    monkeypatch.setenv("XDG_STATE_HOME", str(blocked))
    remember(voice="computed")
    assert remembered() == {}


def test_old_choices_that_no_longer_exist_are_left_out(sample: str) -> None:
    memory_file().parent.mkdir(parents=True)
    old = {"version": 1, "theme": "gone", "kind": "gone", "voice": "gone", "sort": "gone", "group": "gone"}
    memory_file().write_text(json.dumps(old), encoding="utf-8")

    async def steps(driver: Driver) -> None:
        assert "Proposals · source" in driver.screen
        assert driver.app.theme == "cruxmap"

    run_steps(steps, workspace=sample)


@pytest.mark.parametrize("theme", [LIGHT.name, NO_COLOUR])
def test_themes_unlike_the_first_paint_every_tab_legibly(sample: str, theme: str) -> None:
    async def steps(driver: Driver) -> None:
        driver.app.theme = theme
        for tab in TABS:
            await driver.press("escape", tab.key)
            assert f"{tab.key} {tab.title}" in driver.rows[0]
            assert len("".join(driver.rows[2:-1]).split()) > 10, driver.screen
            for strip in driver.app.screen._compositor.render_strips():
                for text, style, _ in strip:
                    named = style and style.color and style.bgcolor and not style.color.is_default
                    if text.strip() and named:
                        assert style is not None
                        assert style.color != style.bgcolor, (tab.id, text)

    run_steps(steps, workspace=sample)


def test_the_names_of_commands_can_be_listed(cruxmap_command: Callable[..., Result]) -> None:
    listed = cruxmap_command("tui", "--keys")
    assert listed.code == 0
    assert [row.split()[0] for row in listed.out.splitlines()] == [item.id for item in COMMANDS]
