"""`cruxmap af` follows the rules of the competition, and `cruxmap qbaf` never gives a silent number."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from conftest import REPOSITORY, Result

Command = Callable[..., Result]

EXAMPLES = REPOSITORY / "docs" / "examples"
COURT, CYCLE = str(EXAMPLES / "courtroom.tgf"), str(EXAMPLES / "odd-cycle.af")


@pytest.mark.parametrize(
    ("file", "task", "argument", "printed"),
    [
        (COURT, "EE-PR", None, ["w guilty false-alibi witness-honest", "w alibi witness-lies"]),
        (COURT, "EE-GR", None, ["w"]),
        (COURT, "CE-CO", None, ["3"]),
        (COURT, "dc-pr", "guilty", ["YES", "w guilty false-alibi witness-honest"]),
        (COURT, "DC-GR", "guilty", ["NO"]),
        (COURT, "DS-PR", "guilty", ["NO", "w alibi witness-lies"]),
        (CYCLE, "SE-GR", None, ["w 4"]),
        (CYCLE, "SE-ST", None, ["NO"]),
        (CYCLE, "EE-ST", None, ["NO"]),
        (CYCLE, "CE-ST", None, ["0"]),
        (CYCLE, "DS-ST", "1", ["YES"]),
        (CYCLE, "DC-ST", "4", ["NO"]),
        (CYCLE, "EE-STG", None, ["w 1 4", "w 2 4", "w 3 4"]),
        (CYCLE, "EE-SST", None, ["w 4"]),
        (CYCLE, "DS-ID", "4", ["YES"]),
        (CYCLE, "DS-ID", "1", ["NO", "w 4"]),
    ],
)
def test_answers_are_written_as_the_competition_wants_them(
    file: str, task: str, argument: str | None, printed: list[str], cruxmap_command: Command
) -> None:
    asked = [] if argument is None else ["-a", argument]
    result = cruxmap_command("af", file, "--task", task, *asked)
    assert (result.code, result.err) == (0, "")
    assert result.out.splitlines() == printed


def af_json(command: Command, *arguments: str) -> Any:
    return json.loads(command("af", *arguments, "--json").out)


def test_json_has_every_key_for_every_task(cruxmap_command: Command) -> None:
    keys = {"schema", "task", "semantics", "argument", "arguments", "attacks", "answer", "extension",
            "extensions", "count"}  # fmt: skip
    every = af_json(cruxmap_command, COURT, "--task", "EE-PR")
    assert set(every) == keys
    assert (every["answer"], every["count"], len(every["extensions"])) == (None, 2, 2)
    one = af_json(cruxmap_command, COURT, "--task", "DC-ST", "-a", "alibi")
    assert set(one) == keys
    assert (one["task"], one["answer"], one["extension"]) == ("DC-ST", "YES", ["alibi", "witness-lies"])
    none = af_json(cruxmap_command, CYCLE, "--task", "EE-ST")
    assert (none["answer"], none["extensions"], none["count"]) == ("NO", [], 0)


@pytest.mark.parametrize(
    ("name", "text", "line", "column"),
    [
        ("a.apx", "arg(a).\natt(a,b).\n", 2, 7),
        ("a.tgf", "a\nb\n#\na\n", 4, 2),
        ("a.af", "p af 2\n1 3\n", 2, 3),
        ("a.af", "p af two\n", 1, 6),
    ],
)
def test_errors_in_frameworks_have_a_place(
    name: str, text: str, line: int, column: int, tmp_path: Path, cruxmap_command: Command
) -> None:
    file = tmp_path / name
    file.write_text(text, encoding="utf-8")
    result = cruxmap_command("af", str(file), "--task", "SE-PR", "--json")
    error = json.loads(result.out)["error"]
    assert result.code == 2
    assert (error["path"], error["line"], error["column"]) == (str(file), line, column)
    assert result.err.startswith(f"cruxmap: {file}:{line}:{column}: ")


def test_the_format_may_be_named(tmp_path: Path, cruxmap_command: Command) -> None:
    file = tmp_path / "framework.txt"
    file.write_text("arg(a).", encoding="utf-8")
    assert cruxmap_command("af", str(file), "--task", "SE-GR").code == 2
    assert cruxmap_command("af", str(file), "--task", "SE-GR", "--format", "apx").out == "w a\n"


def test_a_spent_budget_is_one_message(tmp_path: Path, cruxmap_command: Command) -> None:
    file = tmp_path / "pairs.af"
    lines = [f"{n} {n + 1}\n{n + 1} {n}\n" for n in range(1, 80, 2)]
    file.write_text("p af 80\n" + "".join(lines), encoding="utf-8")
    result = cruxmap_command("af", str(file), "--task", "CE-PR", "--budget", "0.2")
    assert (result.code, result.out) == (2, "")
    assert "undecided within the budget of 0.2 s" in result.err
    assert cruxmap_command("af", str(file), "--task", "DC-PR", "-a", "7", "--budget", "60").code == 0


LECTURE = str(EXAMPLES / "lecture.json")


def test_strengths_are_those_of_the_engine(cruxmap_command: Command) -> None:
    data = json.loads(cruxmap_command("qbaf", LECTURE, "--semantics", "df-quad", "--json").out)
    assert set(data) == {
        "schema", "semantics", "strengths", "base_scores", "converged", "iterations", "component",
        "contributions",
    }  # fmt: skip
    assert data["strengths"]["recorded"] == 0.9
    assert data["strengths"]["too early"] == pytest.approx(0.6 * 0.1)
    assert (data["converged"], data["component"], data["contributions"]) == (True, None, None)


@pytest.mark.parametrize("method", ["shapley", "removal", "intrinsic-removal", "gradient"])
def test_contributions_are_optional_and_named_by_their_method(method: str, cruxmap_command: Command) -> None:
    arguments = ("qbaf", LECTURE, "--contributions", "attend", "--method", method)
    split = json.loads(cruxmap_command(*arguments, "--json").out)["contributions"]
    assert (split["method"], split["topic"], split["exact"]) == (method, "attend", True)
    assert split["values"]["clear speaker"] > 0 > split["values"]["too early"]
    assert f"Contributions by {method}, exact." in cruxmap_command(*arguments).out


def test_strengths_without_a_fixpoint_are_found_wrong_and_the_circle_named(cruxmap_command: Command) -> None:
    arguments = ("qbaf", str(EXAMPLES / "restless.json"), "--semantics", "df-quad", "--contributions", "a")
    data = json.loads((result := cruxmap_command(*arguments, "--json")).out)
    assert (result.code, data["converged"], data["component"]) == (1, False, ["a", "b"])
    assert data["contributions"] is None
    text = cruxmap_command(*arguments)
    assert text.code == 1
    assert "No fixpoint was found under df-quad for the circle of a, b" in text.out
    assert cruxmap_command("qbaf", str(EXAMPLES / "restless.json")).code == 0


def test_errors_in_a_quantitative_framework_have_a_place(tmp_path: Path, cruxmap_command: Command) -> None:
    file = tmp_path / "q.json"
    file.write_text('{"arguments": [{"id": "a", "base": 0.5}],\n "attacks": [["a", "b"]]}', encoding="utf-8")
    result = cruxmap_command("qbaf", str(file), "--json")
    error = json.loads(result.out)["error"]
    assert (result.code, error["line"], error["column"]) == (2, 2, 20)
    assert cruxmap_command("qbaf", LECTURE, "--contributions", "atend").err == (
        "cruxmap: there is no argument 'atend'; nearest: attend\n"
    )
