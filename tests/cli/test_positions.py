"""`cruxmap positions` says what analysis finds, in words that hold for it."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from conftest import Result

Command = Callable[..., Result]


def json_of(command: Command, *arguments: str) -> Any:
    return json.loads(command("positions", *arguments, "--json").out)


@pytest.fixture
def cell(cruxmap_command: Command) -> tuple[str, str]:
    """A verdict that is in with one statement and out without it, and that statement."""
    for block in json_of(cruxmap_command)["blocks"]:
        for outcome in block["turning"]:
            ((verdict, label),) = outcome["labels"].items()
            if label == "in" and len(outcome["commitments"]) == 1:
                held = list(outcome["commitments"][0].items())
                if len(held) == 1 and held[0][1] == "in":
                    return verdict, held[0][0]
    raise AssertionError("the corpus has no verdict that turns on a single statement")


def test_json_has_the_promised_keys(cell: tuple[str, str], cruxmap_command: Command) -> None:
    verdict, statement = cell
    data = json_of(cruxmap_command, verdict)
    assert set(data) == {
        "schema", "about", "semantics", "standard", "settings", "given", "exists", "decided", "shared",
        "consequences", "taking", "clash", "clash_reasons", "impossible", "blocks", "camp_count", "counted",
        "idle", "within_budget", "budget",
    }  # fmt: skip
    assert data["about"] == [verdict]
    (block,) = data["blocks"]
    assert set(block) == {
        "verdicts", "statements", "camps", "camp_count", "counted", "turning", "ties", "split",
        "within_budget",
    }  # fmt: skip
    assert block["verdicts"] == [verdict]
    assert [camp["labels"] for camp in block["camps"]] == [{verdict: "in"}, {verdict: "out"}]
    assert block["camps"][0]["commitments"] == [{statement: "in"}]
    assert set(block["ties"]) == {"together", "requires", "excludes", "covers"}


def test_what_a_reader_must_accept_is_read_out(cell: tuple[str, str], cruxmap_command: Command) -> None:
    verdict, statement = cell
    arguments = (verdict, "--given", f"{verdict}=in")
    assert json_of(cruxmap_command, *arguments)["consequences"][statement] == "in"
    out = cruxmap_command("positions", *arguments).out
    assert "Whoever accepts " in out
    assert "+ must also accept " in out
    assert "On nothing else in question do positions part." in out


def test_givens_that_clash_are_named_and_no_others(cell: tuple[str, str], cruxmap_command: Command) -> None:
    verdict, statement = cell
    (other, *_) = (name for name in json_of(cruxmap_command)["idle"] if name != statement)
    givens = ("--given", f"{other}=in", "--given", f"{verdict}=in", "--given", f"{statement}=out")
    data = json_of(cruxmap_command, *givens)
    assert data["exists"] is False
    assert data["clash"] == {verdict: "in", statement: "out"}
    assert "No position at once accepts " in cruxmap_command("positions", *givens).out


def test_what_is_set_is_not_reasoned_away_but_what_is_given_is(cruxmap_command: Command) -> None:
    verdict = next(name for name, label in json_of(cruxmap_command)["decided"].items() if label == "out")
    assert json_of(cruxmap_command, verdict, "--set", f"{verdict}=in")["exists"] is True
    given = json_of(cruxmap_command, verdict, "--given", f"{verdict}=in")
    assert (given["exists"], bool(given["clash_reasons"])) == (False, True)


@pytest.mark.parametrize("semantics", ["preferred", "stable", "complete"])
def test_every_semantics_and_standard_answers(semantics: str, cruxmap_command: Command) -> None:
    for standard in ("scintilla", "beyond-reasonable-doubt"):
        data = json_of(cruxmap_command, "2", "--semantics", semantics, "--standard", standard)
        assert data["within_budget"]
        assert (data["semantics"], data["standard"]) == (semantics, standard)


def test_a_spent_budget_is_said_politely(cruxmap_command: Command) -> None:
    result = cruxmap_command("positions", "2", "--budget", "0", "--given", "A5=in")
    assert result.code == 0
    assert "The rest is undecided within the budget of 0 s." in result.out
    assert "is bound to nothing else" not in result.out
    assert json_of(cruxmap_command, "2", "--budget", "0")["within_budget"] is False


def test_the_number_of_camps_shown_is_limited_and_the_rest_counted(cruxmap_command: Command) -> None:
    whole, few = json_of(cruxmap_command, "--limit", "100"), json_of(cruxmap_command, "--limit", "2")
    assert [block["camp_count"] for block in whole["blocks"]] == [
        block["camp_count"] for block in few["blocks"]
    ]
    assert max(len(block["camps"]) for block in few["blocks"]) == 2
    assert any(len(block["camps"]) == block["camp_count"] > 2 for block in whole["blocks"])
