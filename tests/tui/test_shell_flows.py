"""What a reader does at the keyboard, from the first screen to the argument that changed most."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from cruxmap_tui.commands import COMMANDS, TABS
from cruxmap_tui.scenarios import saved_scenarios, state_file
from cruxmap_tui.session import Scenario
from sample_workspace import FIRST, SECOND, write_sample
from terminal_driver import Driver, run_steps


@pytest.fixture
def sample(tmp_path: Path) -> str:
    return str(write_sample(tmp_path / "sample"))


def test_the_matrix_comes_first_and_explains_the_cell_under_the_cursor(sample: str) -> None:
    async def steps(driver: Driver) -> None:
        assert "Watchful machine" in driver.screen
        assert "◇ conditional" in driver.screen
        assert "Is it safe?" in driver.screen
        assert "Hinges on A1 Tools see lies" in driver.texts
        assert "p1.safe.for.1" in driver.texts
        assert "Working out why" not in driver.texts

    run_steps(steps, workspace=sample)


def test_voices_and_kinds_cycle(sample: str) -> None:
    async def steps(driver: Driver) -> None:
        await driver.press("v")
        assert "Proposals · computed" in driver.screen
        await driver.press("v")
        assert "source and computed" in driver.screen
        await driver.press("K")
        assert "no entries of kind strategy" in driver.texts
        await driver.press("K")
        assert "no entries of kind risk" in driver.texts
        await driver.press("K", "v")
        assert "Proposals · source" in driver.screen

    run_steps(steps, workspace=sample)


def test_rows_can_be_sorted_and_grouped(sample: str) -> None:
    async def steps(driver: Driver) -> None:
        await driver.press("s", "j", "j", "j", "enter")
        order = [row for row in driver.rows if "machine" in row and row.startswith("│")]
        assert "Watchful" in order[0]
        await driver.press("b", "j", "j", "enter")
        assert "Tools see lies (1)" in driver.screen
        assert "Gears turn (1)" in driver.screen

    run_steps(steps, workspace=sample)


def test_setting_an_assumption_shows_what_moves_and_undo_takes_it_back(sample: str) -> None:
    async def steps(driver: Driver) -> None:
        session = driver.app.session
        assert session is not None
        before = session.before.strengths["watchful-machine/safety"]
        await driver.press("w")
        assert "P1 safety rests on" in driver.screen
        await driver.press("0")
        after = session.after.strengths["watchful-machine/safety"]
        assert after < before
        assert f"↓ {before:.2f} → {after:.2f}" in driver.screen
        assert "Set: A1 = 0.00" in driver.screen
        await driver.press("right", "right")
        assert session.scenario.credences["tools-see-lies"] == pytest.approx(0.1)
        await driver.press("t")
        assert session.scenario.labels == {"tools-see-lies": "in"}
        await driver.press("u", "u", "u", "u")
        assert session.scenario.empty
        assert "Set:" not in driver.screen
        await driver.press("ctrl+r")
        assert session.scenario.credences == {"tools-see-lies": 0.0}

    run_steps(steps, workspace=sample)


def test_a_change_is_marked_in_the_matrix_by_a_sign(sample: str) -> None:
    async def steps(driver: Driver) -> None:
        await driver.press("w", "0", "escape", "1", "v")
        assert "↓" in driver.screen

    run_steps(steps, workspace=sample)


def test_an_exact_credence_is_asked_for_until_it_is_one(sample: str) -> None:
    async def steps(driver: Driver) -> None:
        session = driver.app.session
        assert session is not None
        await driver.press("w", "equals_sign", "ctrl+u")
        await driver.write("seven")
        await driver.press("enter")
        assert "no number from 0 to 1" in driver.texts
        await driver.press("ctrl+u")
        await driver.write("0.35")
        await driver.press("enter")
        assert session.scenario.credences == {"tools-see-lies": 0.35}

    run_steps(steps, workspace=sample)


def test_scenarios_survive_the_session_and_a_broken_file_does_not_matter(sample: str) -> None:
    async def save(driver: Driver) -> None:
        await driver.press("w", "0", "S")
        await driver.write("no tools")
        await driver.press("enter")

    async def load(driver: Driver) -> None:
        session = driver.app.session
        assert session is not None
        await driver.press("w", "O", "enter")
        assert session.scenario.credences == {"tools-see-lies": 0.0}

    run_steps(save, workspace=sample)
    assert saved_scenarios() == {"no tools": Scenario({"tools-see-lies": 0.0})}
    assert json.loads(state_file().read_text(encoding="utf-8"))["version"] == 1
    run_steps(load, workspace=sample)
    state_file().write_text('{"version": 1, "scenarios": {"x": {"credences": {"a": 7}}}}', encoding="utf-8")
    assert saved_scenarios() == {}
    state_file().write_text("[" * 100_000, encoding="utf-8")
    assert saved_scenarios() == {}


def test_search_opens_what_it_found(sample: str) -> None:
    async def steps(driver: Driver) -> None:
        await driver.press("slash")
        await driver.write("see lies")
        await driver.until(lambda: "found" in driver.texts)
        assert "tools-see-lies" in driver.screen
        await driver.press("enter")
        assert driver.app.tab == "browse"
        assert "Rested on by 1 of 2 proposals" in driver.texts

    run_steps(steps, workspace=sample)


def test_links_lead_on_and_history_leads_back(sample: str) -> None:
    async def steps(driver: Driver) -> None:
        driver.app.open("tools-see-lies")
        await driver.settle()
        await driver.press("n")
        first = driver.app.subject
        await driver.press("enter")
        second = driver.app.subject
        assert second != first
        await driver.press("left_square_bracket")
        assert driver.app.subject == first
        await driver.press("right_square_bracket")
        assert driver.app.subject == second

    run_steps(steps, workspace=sample)


def test_browsing_is_narrowed_while_typing(sample: str) -> None:
    async def steps(driver: Driver) -> None:
        await driver.press("2")
        assert "proposals 2" in driver.screen
        await driver.press("f")
        await driver.write("gears")
        assert "1 found" in driver.screen
        await driver.press("enter", "enter")
        assert "The gears turn." in driver.texts
        await driver.press("f", "escape")
        assert "Entries (7)" in driver.screen

    run_steps(steps, workspace=sample)


def test_copying_says_what_was_copied(sample: str) -> None:
    async def steps(driver: Driver) -> None:
        await driver.press("y")
        assert driver.app.clipboard == "watchful-machine/safety"
        await driver.press("Y")
        assert driver.app.clipboard.startswith("Watchful machine: It is safe where its tools see lies.")

    run_steps(steps, workspace=sample)


def test_an_edit_elsewhere_is_followed_and_what_was_chosen_stays(sample: str) -> None:
    async def steps(driver: Driver) -> None:
        await driver.press("w", "0", "escape", "1", "down")
        file = Path(sample, "proposals", "second.yaml")
        file.write_text(SECOND.replace("Plain machine", "Bare machine"), encoding="utf-8")
        await driver.until(lambda: "Bare machine" in driver.screen)
        assert driver.app.subject == "plain-machine/safety"
        assert driver.app.session is not None
        assert driver.app.session.scenario.credences == {"tools-see-lies": 0.0}

    run_steps(steps, workspace=sample)


def test_a_broken_file_is_reported_in_place_while_the_old_map_stays(sample: str) -> None:
    async def steps(driver: Driver) -> None:
        file = Path(sample, "proposals", "first.yaml")
        file.write_text(FIRST.replace("kind: proposal", "kind: poem"), encoding="utf-8")
        await driver.until(lambda: "first.yaml" in driver.screen)
        assert "Watchful machine" in driver.screen
        assert "as they were" in driver.screen
        await driver.press("exclamation_mark")
        assert "first.yaml:1" in driver.screen
        await driver.press("escape")
        file.write_text(FIRST, encoding="utf-8")
        await driver.until(lambda: "first.yaml" not in driver.screen)

    run_steps(steps, workspace=sample)


def test_a_workspace_broken_from_the_start_shows_every_problem_and_opens_when_repaired(sample: str) -> None:
    file = Path(sample, "proposals", "first.yaml")
    file.write_text(FIRST + "colour: blue\nshape: round\n", encoding="utf-8")

    async def steps(driver: Driver) -> None:
        assert "colour" in driver.texts
        assert "shape" in driver.texts
        for command in COMMANDS:
            for key in command.keys.split(",") if command.scope == "" and command.id != "quit" else ():
                if key not in ("ctrl+q", "ctrl+p", "e"):
                    await driver.press(key, "escape")
        await driver.press("1")
        file.write_text(FIRST, encoding="utf-8")
        await driver.until(lambda: "Watchful machine" in driver.screen)

    run_steps(steps, workspace=sample)


def test_a_statement_that_vanishes_takes_its_setting_with_it(sample: str) -> None:
    async def steps(driver: Driver) -> None:
        session = driver.app.session
        assert session is not None
        session.set_scenario(session.scenario.with_credence("gears-turn", 0.1))
        session.set_scenario(session.scenario.with_credence("tools-see-lies", 0.1))
        folder = Path(sample)
        (folder / "ontology" / "assumptions.yaml").write_text(
            "- {kind: assumption, id: tools-see-lies, number: A1, title: Tools see lies, text: They do.}\n",
            encoding="utf-8",
        )
        (folder / "proposals" / "second.yaml").unlink()
        first = FIRST[: FIRST.index("    pro:\n      - {id: p1.speed")]
        (folder / "proposals" / "first.yaml").write_text(first, encoding="utf-8")
        await driver.until(lambda: "gears-turn" not in session.graph.index)
        assert session.scenario.credences == {"tools-see-lies": 0.1}
        await driver.press("u")
        assert session.scenario.empty

    run_steps(steps, workspace=sample)


def test_the_editor_is_told_the_line(sample: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from cruxmap_tui.shell import editor

    script = tmp_path / "vim"
    script.write_text(f'#!/bin/sh\necho "$@" > {tmp_path}/told\n', encoding="utf-8")
    script.chmod(0o755)
    monkeypatch.setenv("VISUAL", str(script))
    assert editor.edit(editor.editor_words(), "a.yaml", 12) == ""
    assert (tmp_path / "told").read_text(encoding="utf-8") == "+12 a.yaml\n"
    monkeypatch.setenv("VISUAL", "no-such-editor-anywhere")
    assert "cannot be started" in editor.edit(editor.editor_words(), "a.yaml", 12)

    async def steps(driver: Driver) -> None:
        # The driver of tests has no terminal to hand over.
        await driver.press("e")
        assert any("first.yaml:" in item.message for item in driver.app._notifications)

    run_steps(steps, workspace=sample)


def test_every_tab_opens_by_its_key_and_help_names_every_command(sample: str) -> None:
    async def steps(driver: Driver) -> None:
        for tab in TABS:
            await driver.press(tab.key)
            assert driver.app.tab == tab.id
            await driver.press("question_mark")
            for command in COMMANDS:
                if command.scope in ("", tab.id):
                    assert command.title in driver.texts, command.id
            await driver.press("escape", "escape")

    run_steps(steps, workspace=sample)


def test_the_palette_offers_every_command_of_the_tab(sample: str) -> None:
    async def steps(driver: Driver) -> None:
        await driver.press("ctrl+p")
        await driver.write("voice")
        await driver.until(lambda: "view: Voice" in driver.screen)
        await driver.press("enter")
        await driver.until(lambda: "Proposals · computed" in driver.screen)

    run_steps(steps, workspace=sample)


def test_every_command_has_an_action_where_it_says(sample: str) -> None:
    async def steps(driver: Driver) -> None:
        for tab in TABS:
            await driver.press("escape", tab.key)
            view = driver.app.view
            for command in COMMANDS:
                name = "action_" + command.action.partition("(")[0]
                if command.scope == tab.id and command.keys:
                    assert hasattr(view, name), command.id
                elif not command.scope:
                    assert hasattr(driver.app, name), command.id

    run_steps(steps, workspace=sample)


def test_on_a_narrow_screen_one_pane_leads_to_the_next(sample: str) -> None:
    async def steps(driver: Driver) -> None:
        assert "Is it safe?" not in driver.screen
        await driver.press("enter")
        assert "Is it safe?" in driver.screen
        await driver.press("escape")
        assert "Is it safe?" not in driver.screen
        await driver.press("enter", "enter")
        assert driver.app.tab == "arguments"

    run_steps(steps, size=(60, 20), workspace=sample)


def test_the_screen_follows_the_width_of_the_terminal(sample: str) -> None:
    async def steps(driver: Driver) -> None:
        for width, height in ((120, 40), (80, 24), (60, 20), (30, 8), (200, 60)):
            await driver.resize(width, height)
            assert all(len(row) <= width for row in driver.rows)
            assert "machine" in driver.screen or width < 60

    run_steps(steps, workspace=sample)


def test_without_colours_the_ansi_theme_is_chosen(sample: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(os.environ, "NO_COLOR", "1")

    async def steps(driver: Driver) -> None:
        assert driver.app.theme == "ansi-dark"
        await driver.press("v", "v")
        assert "◇ conditional" in driver.screen

    run_steps(steps, workspace=sample)


def test_a_view_that_takes_long_to_appear_is_waited_for(sample: str, monkeypatch: pytest.MonkeyPatch) -> None:
    import asyncio

    from cruxmap_tui.views.whatif import WhatIfView

    composed = WhatIfView._compose

    async def late(view: WhatIfView) -> None:
        await asyncio.sleep(0.5)
        await composed(view)

    monkeypatch.setattr(WhatIfView, "_compose", late)

    async def steps(driver: Driver) -> None:
        driver.app.open("watchful-machine/safety", "whatif")
        driver.app.open("gears-turn", "whatif")
        await driver.until(lambda: driver.app.subject == "gears-turn" and driver.app.focused is not None)
        assert driver.app.focused is not None
        assert driver.app.focused.id == "statements"

    run_steps(steps, workspace=sample)
