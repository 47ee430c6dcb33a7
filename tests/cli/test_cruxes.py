"""`cruxmap cruxes` says why readers differ, in words and as data, and answers bad input with one message."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from conftest import REPOSITORY, Result

EXAMPLES = REPOSITORY / "docs" / "examples"
A, B, C = (str(EXAMPLES / f"reader-{letter}.yaml") for letter in "abc")
CELL = "imitative-amplification-rat/inner-alignment"
GRADIENT = "rat-gives-consistent-gradient"


def json_of(command: Callable[..., Result], *arguments: str) -> Any:
    result = command("cruxes", *arguments, "--json")
    assert result.code == 0, result.err
    return json.loads(result.out)


def reader(folder: Path, name: str, text: str) -> str:
    path = folder / f"{name}.yaml"
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_the_split_of_one_verdict_sums_to_the_gap(cruxmap_command: Callable[..., Result]) -> None:
    data = json_of(cruxmap_command, "--between", A, B, "--verdict", "3/inner")
    assert (data["kind"], data["verdict"]) == ("pair-verdict", CELL)
    parts = {item["id"]: item["contribution"] for item in data["statements"]}
    assert sum(parts.values()) == pytest.approx(data["gap"], abs=1e-9)
    assert data["gap"] == pytest.approx(data["strengths"]["reader-b"] - data["strengths"]["reader-a"])
    assert next(iter(parts)) == GRADIENT
    assert data["conventions"]["semantics"] == "quadratic-energy"


def test_the_order_of_the_readers_turns_the_sign(cruxmap_command: Callable[..., Result]) -> None:
    there = json_of(cruxmap_command, "--between", A, B, "--verdict", "3/inner")
    back = json_of(cruxmap_command, "--between", B, A, "--verdict", "3/inner")
    assert there["gap"] == pytest.approx(-back["gap"])
    assert there["strengths"] == back["strengths"]


def test_a_verdict_evaluated_for_one_reader_is_what_the_split_starts_from(
    cruxmap_command: Callable[..., Result],
) -> None:
    from cruxmap import load
    from cruxmap.credences import read_credences
    from cruxmap.graph import argument_graph

    kb = load()
    graph = argument_graph(kb, read_credences(kb, Path(A)))
    expected = graph.core.evaluate()[graph.index[CELL]]
    data = json_of(cruxmap_command, A, B, "--verdict", "3/inner")
    assert data["strengths"]["reader-a"] == pytest.approx(expected)


def test_without_a_verdict_all_gaps_are_listed_and_the_rest_counted(
    cruxmap_command: Callable[..., Result],
) -> None:
    some = json_of(cruxmap_command, A, B, "--limit", "3")
    everything = json_of(cruxmap_command, A, B, "--limit", "500")
    assert some["kind"] == everything["kind"] == "pair"
    assert len(some["verdicts"]) == 3
    assert some["hidden"] == some["differing_count"] - 3 > 0
    assert everything["verdicts"][:3] == some["verdicts"]
    assert (everything["hidden"], len(everything["verdicts"])) == (0, some["differing_count"])
    gaps = [round(abs(item["gap"]), 12) for item in everything["verdicts"]]
    assert gaps == sorted(gaps, reverse=True)


def test_hidden_gaps_and_filled_in_credences_are_said(cruxmap_command: Callable[..., Result]) -> None:
    data = json_of(cruxmap_command, A, B, "--limit", "1")
    out = " ".join(cruxmap_command("cruxes", A, B, "--limit", "1").out.split())
    assert f"{data['hidden']} smaller gaps are not listed" in out
    filled = {name for item in data["readers"] for name in item["filled_in"]}
    assert filled
    assert "only one of them rated, the other is taken at the credence of the workspace" in out
    assert "C37: no verdict rests on it." in out


def test_what_moves_no_verdict_is_listed_apart(
    cruxmap_command: Callable[..., Result], tmp_path: Path
) -> None:
    one = reader(tmp_path, "one", "credences: {C37: 0.9}\n")
    two = reader(tmp_path, "two", "credences: {C37: 0.1}\n")
    data = json_of(cruxmap_command, one, two)
    assert data["verdicts"] == []
    assert [item["id"] for item in data["inert"]] == ["lead-actor-acts-fast"]
    assert "They come to the same strength on all" in cruxmap_command("cruxes", one, two).out


def test_the_same_mark_for_different_reasons_is_found(cruxmap_command: Callable[..., Result]) -> None:
    data = json_of(cruxmap_command, "--readers", str(EXAMPLES))
    (found,) = data["same_mark_different_reason"]
    assert found["readers"] == ["reader-a", "reader-b"]
    assert found["hinges"]["reader-a"] == ["hch-is-aligned"]
    assert "Same mark, different reason" in cruxmap_command("cruxes", A, B).out


def test_incoherent_chances_are_a_finding_and_not_a_failure(cruxmap_command: Callable[..., Result]) -> None:
    data = json_of(cruxmap_command, "--readers", str(EXAMPLES), "--verdict", "3/inner")
    assert data["kind"] == "group-verdict"
    by_reader = {item["reader"]: item for item in data["information"]}
    assert by_reader["reader-a"]["value_of_information"]["naive"] == pytest.approx(0.136)
    assert by_reader["reader-a"]["incoherent"] is None
    assert "P(U | not C) = -0.5" in by_reader["reader-c"]["incoherent"]
    assert by_reader["reader-c"]["value_of_information"] == {"naive": None, "log": None}
    (discrimination,) = data["discrimination"]
    assert discrimination["readers"] == ["reader-a", "reader-b"]
    out = cruxmap_command("cruxes", A, B, C, "--verdict", "3/inner").out
    assert "The chances of reader-c for A5 do not fit together" in " ".join(out.split())


def test_a_group_names_the_pair_that_disagrees_most(cruxmap_command: Callable[..., Result]) -> None:
    data = json_of(cruxmap_command, A, B, C)
    assert data["kind"] == "group"
    assert len(data["pairs"]) == 3
    means = [item["mean_gap"] for item in data["pairs"]]
    assert means == sorted(means, reverse=True)
    out = " ".join(cruxmap_command("cruxes", A, B, C).out.split())
    assert " and ".join(data["pairs"][0]["readers"]) in out


def test_variance_shares_of_a_group_sum_to_one(cruxmap_command: Callable[..., Result]) -> None:
    data = json_of(cruxmap_command, A, B, C, "--verdict", "1/inner")
    assert sum(item["variance_share"] for item in data["statements"]) == pytest.approx(1)
    assert data["variance"]["exact"]


def test_two_of_a_group_can_be_named_by_their_handles(cruxmap_command: Callable[..., Result]) -> None:
    by_handle = json_of(cruxmap_command, "--readers", str(EXAMPLES), "--between", "reader-a", "reader-c")
    by_file = json_of(cruxmap_command, "--between", A, C)
    assert [item["reader"] for item in by_handle["readers"]] == ["reader-a", "reader-c"]
    assert by_handle["verdicts"] == by_file["verdicts"]


def test_what_is_set_holds_for_all_readers(cruxmap_command: Callable[..., Result]) -> None:
    for value in ("0.4", "in"):
        data = json_of(cruxmap_command, A, B, "--verdict", "3/inner", "--set", f"A5={value}")
        assert GRADIENT not in [item["id"] for item in data["statements"]]
    out = cruxmap_command("cruxes", A, B, "--verdict", "3/inner", "--set", "A5=in").out
    assert "Set for all readers: A5 = in." in " ".join(out.split())


def test_a_file_of_credences_stands_in_where_nobody_rated(
    cruxmap_command: Callable[..., Result], tmp_path: Path
) -> None:
    base = reader(tmp_path, "base", "credences: {A5: 0.9, A8: 0.9}\n")
    one = reader(tmp_path, "one", "credences: {A5: 0.1}\n")
    two = reader(tmp_path, "two", "credences: {A6: 0.5}\n")
    data = json_of(cruxmap_command, one, two, "--verdict", "3/inner", "--credences", base)
    held = {item["id"]: item["credences"] for item in data["statements"]}
    assert held[GRADIENT] == {"one": 0.1, "two": 0.9}


def test_criteria_restrict_what_is_compared(cruxmap_command: Callable[..., Result]) -> None:
    data = json_of(cruxmap_command, A, B, "--criteria", "outer", "--limit", "99")
    assert {item["verdict"].split("/")[1] for item in data["verdicts"]} == {"outer-alignment"}


def test_the_threshold_decides_what_is_a_crux(cruxmap_command: Callable[..., Result]) -> None:
    cruxes = set()
    for threshold in ("0.55", "0.99"):
        data = json_of(cruxmap_command, A, B, "--verdict", "3/inner", "--threshold", threshold)
        cruxes.add(data["statements"][0]["crux"])
    assert cruxes == {"double", None}


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        ((), "E903", "name two readers or more"),
        ((A,), "E903", "name two readers or more"),
        (("reader-q", A), "E905", "there is no file 'reader-q'"),
        (("--between", A, "reader-q"), "E905", "or one of the readers given: reader-a"),
        (("--between", A, A), "E903", "names reader-a twice"),
        (("--readers", "no-such-folder"), "E903", "is no folder"),
        ((A, B, "--verdict", "A5"), "E903", "is no verdict"),
        ((A, B, "--verdict", "3/inner", "--criteria", "inner"), "E903", "leave out --criteria"),
        ((A, B, "--threshold", "2"), "E903", "threshold"),
        ((A, B, "--verdict", "99/inner"), "E902", "99"),
        ((A, A), "E903", "name two readers or more"),
    ],
)
def test_bad_usage_is_one_message(
    arguments: tuple[str, ...], code: str, message: str, cruxmap_command: Callable[..., Result]
) -> None:
    result = cruxmap_command("cruxes", *arguments)
    assert (result.code, result.out, result.err.count("\n")) == (2, "", 1)
    assert message in result.err
    error = json.loads(cruxmap_command("cruxes", *arguments, "--json").out)["error"]
    assert error["code"] == code


def test_ascii_is_ascii_and_narrow_terminals_are_kept(
    cruxmap_command: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    for arguments in ((A, B), (A, B, C), (A, B, "--verdict", "3/inner"), (A, B, C, "--verdict", "3/inner")):
        assert cruxmap_command("cruxes", *arguments, "--ascii").out.isascii()
        for width in ("40", "60", "120"):
            monkeypatch.setenv("COLUMNS", width)
            lines = cruxmap_command("cruxes", *arguments).out.splitlines()
            assert all(len(line) <= int(width) or "/" in line for line in lines)
