"""Risks against criteria: in the matrix of the terminal UI, and as printed by the command."""

from __future__ import annotations

import json
from collections.abc import Callable

from conftest import Result
from cruxmap.knowledge import KnowledgeBase
from cruxmap.model.entries import Risk
from cruxmap.risk_criteria import risk_criteria
from terminal_driver import Driver, run_steps


def test_a_risk_bears_on_the_criteria_of_its_entry_and_on_verdicts_argued_with_it(kb: KnowledgeBase) -> None:
    rows = {row.id: row for row in risk_criteria(kb)}
    assert list(rows) == [risk.id for risk in kb.of_kind(Risk)]
    for risk in kb.of_kind(Risk):
        assert {name for name, cell in rows[risk.id].cells.items() if cell.bears} == set(risk.criteria)
        for criterion, cell in rows[risk.id].cells.items():
            for verdict in cell.verdicts:
                assert verdict.endswith(f"/{criterion}")
                assert any(
                    placed.entry == risk.id or risk.id in (*placed.argument.assumes, *placed.argument.unless)
                    for placed in kb.arguments_for(verdict)
                )


def test_the_command_prints_them_and_refuses_what_risks_do_not_have(
    cruxmap_command: Callable[..., Result],
) -> None:
    printed = cruxmap_command("matrix", "--kind", "risk", "--criteria", "inner")
    assert printed.code == 0
    assert "Proxy alignment" in printed.out
    data = json.loads(cruxmap_command("matrix", "--kind", "risk", "--json").out)
    assert {row["id"] for row in data["rows"]} > {"proxy-alignment", "deceptive-alignment"}
    refused = cruxmap_command("matrix", "--kind", "risk", "--voice", "computed")
    assert refused.code == 2
    assert "cruxmap evaluate" in refused.err


def test_the_matrix_shows_risks_with_what_they_threaten() -> None:
    async def steps(driver: Driver) -> None:
        await driver.press("K", "K")
        assert "Risks · source" in driver.screen
        await driver.press("down", "right")
        assert "bears on Inner alignment" in driver.texts
        assert "Threatens" in driver.texts
        await driver.press("v", "b")
        assert "Risks · source" in driver.screen
        await driver.press("s", "j", "j", "enter")
        rows = [row for row in driver.rows if "bears on" in row or "● " in row]
        assert rows
        await driver.press("enter")
        assert driver.app.tab == "browse"

    run_steps(steps)
