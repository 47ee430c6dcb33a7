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


def test_json_has_the_promised_keys(cruxmap_command: Command) -> None:
    data = json_of(cruxmap_command, "3/inner")
    assert set(data) == {
        "schema", "about", "semantics", "standard", "settings", "given", "exists", "decided", "shared",
        "consequences", "clash", "clash_reasons", "impossible", "blocks", "camp_count", "counted", "idle",
        "within_budget", "budget", "taking",
    }  # fmt: skip
    verdict = "imitative-amplification-rat/inner-alignment"
    assert data["about"] == [verdict]
    (block,) = data["blocks"]
    assert set(block) == {
        "verdicts", "statements", "camps", "camp_count", "counted", "turning", "ties", "within_budget",
    }  # fmt: skip
    assert block["verdicts"] == [verdict]
    assert [camp["labels"] for camp in block["camps"]] == [{verdict: "in"}, {verdict: "out"}]
    assert {"rat-gives-consistent-gradient": "in"} in block["camps"][0]["commitments"]
    assert set(block["ties"]) == {"together", "requires", "excludes", "covers"}


def test_what_a_reader_must_accept_is_read_out(cruxmap_command: Command) -> None:
    out = cruxmap_command("positions", "3/inner", "--given", "3/inner=in").out
    assert "Whoever accepts P3 inner alignment" in out
    assert "+ must also accept A5 Consistent gradient away from deception" in out
    assert "On nothing else in question do positions part." in out


def test_givens_that_clash_are_named_and_no_others(cruxmap_command: Command) -> None:
    givens = ("--given", "A8=in", "--given", "3/inner=in", "--given", "A5=out")
    data = json_of(cruxmap_command, *givens)
    assert data["exists"] is False
    assert set(data["clash"]) == {
        "imitative-amplification-rat/inner-alignment",
        "rat-gives-consistent-gradient",
    }
    assert "No position at once accepts P3 inner alignment and rejects A5" in (
        cruxmap_command("positions", *givens).out
    )


def test_what_is_set_is_not_reasoned_away_but_what_is_given_is(cruxmap_command: Command) -> None:
    cell = "1/outer"
    assert json_of(cruxmap_command, cell, "--set", f"{cell}=in")["exists"] is True
    given = json_of(cruxmap_command, cell, "--given", f"{cell}=in")
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
    whole, few = json_of(cruxmap_command), json_of(cruxmap_command, "--limit", "3")
    assert [block["camp_count"] for block in whole["blocks"]] == [
        block["camp_count"] for block in few["blocks"]
    ]
    assert max(len(block["camps"]) for block in few["blocks"]) == 3
    assert "these 3 lie as far apart as any" in cruxmap_command("positions", "--limit", "3").out
