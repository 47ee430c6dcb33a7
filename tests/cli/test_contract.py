"""The command contract: JSON keys, exit codes, errors and help, as others rely on them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from conftest import REPOSITORY, Result
from cruxmap.cli import COMMANDS, SUMMARIES

EXAMPLES: dict[str, tuple[str, ...]] = {
    "matrix": ("matrix",),
    "show": ("show", "3"),
    "list": ("list", "proposal"),
    "search": ("search", "deception"),
    "compare": ("compare", "2", "3"),
    "evaluate": ("evaluate",),
    "whatif": ("whatif", "--set", "A5=0"),
    "assumptions": ("assumptions",),
    "positions": ("positions",),
    "cruxes": ("cruxes", "--readers", str(REPOSITORY / "docs" / "examples")),
    "rank": ("rank",),
    "cluster": ("cluster",),
    "diff": ("diff", ".", "."),
    "check": ("check",),
    "sources": ("sources",),
    "coverage": ("coverage",),
    "export": ("export",),
    "schema": ("schema",),
    "where": ("where",),
    "af": ("af", str(REPOSITORY / "docs" / "examples" / "courtroom.tgf"), "--task", "EE-PR"),
    "qbaf": ("qbaf", str(REPOSITORY / "docs" / "examples" / "lecture.json"), "--contributions", "attend"),
}

WRITING = ("init", "new", "import", "convert")
"""Commands that write files; tests/cli/test_ways_in.py runs them."""

SHOWING = ("tui", "serve")
"""Commands that open the terminal UI; tests/tui drives it."""


IN_GROUPS = ("group",)
"""Commands of a group's sessions; tests/group runs them."""


def test_every_command_has_an_example_here() -> None:
    assert {*EXAMPLES, *WRITING, *SHOWING, *IN_GROUPS} == set(COMMANDS) == set(SUMMARIES)


@pytest.mark.parametrize("name", EXAMPLES)
def test_json_is_one_sorted_document_and_nothing_else(
    name: str, cruxmap_command: Callable[..., Result]
) -> None:
    result = cruxmap_command(*EXAMPLES[name], "--json")
    assert (result.code, result.err) == (0, "")
    data = json.loads(result.out)
    assert data["schema"] == 1
    assert result.out == json.dumps(data, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def json_of(command: Callable[..., Result], *arguments: str) -> Any:
    return json.loads(command(*arguments, "--json").out)


def test_the_matrix_has_the_promised_shape(cruxmap_command: Callable[..., Result]) -> None:
    data = json_of(cruxmap_command, "matrix")
    assert [item["name"] for item in data["criteria"]] == [
        "Outer alignment", "Inner alignment", "Training competitiveness", "Performance competitiveness",
    ]  # fmt: skip
    assert len(data["rows"]) == 11
    assert data["rows"][0]["cells"]["outer-alignment"] == {
        "stance": "conditional",
        "resolved": "conditional",
        "interval": [0, 4],
        "strength": None,
        "label": None,
        "hinges": ["dominant-behaviour-is-good"],
        "pro": 3,
        "con": 4,
        "at": "hubinger2020 §2.1",
        "fragile": False,
        "origin": "rl-transparency-tools/outer-alignment",
        "reason": data["rows"][0]["cells"]["outer-alignment"]["reason"],
    }


def test_check_reports_size_and_problems(
    cruxmap_command: Callable[..., Result], write: Callable[..., Path]
) -> None:
    data = json_of(cruxmap_command, "check")
    assert data["ok"] is True
    assert data["problems"] == []
    assert data["entries"] > 180
    root = write(**{"cruxmap.yaml": "extends: nothing\n", "ontology/a.yaml": "kind: therm\n"})
    result = cruxmap_command("check", str(root), "--json")
    assert result.code == 1
    (problem,) = json.loads(result.out)["problems"]
    assert set(problem) == {"path", "line", "column", "code", "severity", "message", "hint"}
    assert (problem["line"], problem["column"], problem["code"], problem["severity"]) == (
        1,
        1,
        "E101",
        "error",
    )


def test_check_takes_single_files(cruxmap_command: Callable[..., Result], tmp_path: Path) -> None:
    good, bad = tmp_path / "good.yaml", tmp_path / "bad.yaml"
    good.write_text("kind: term\nid: ours\ntitle: Ours\ntext: See A.\nmechanisms: [hch]\n", encoding="utf-8")
    bad.write_text("kind: term\nid: ours\ntitle: Ours\ntext: See A.\nmechanisms: [hhc]\n", encoding="utf-8")
    assert cruxmap_command("check", str(good)).code == 0
    result = cruxmap_command("check", str(bad))
    assert result.code == 1
    assert result.out == f"{bad}:5:14: E202: there is no mechanism `hhc` (did you mean `hch`?)\n"


def test_github_annotations_point_at_the_line(cruxmap_command: Callable[..., Result], tmp_path: Path) -> None:
    bad = tmp_path / "bad.yaml"
    bad.write_text("kind: therm\n", encoding="utf-8")
    result = cruxmap_command("check", str(bad), "--format", "github")
    assert result.out.startswith(f"::error file={bad},line=1,col=1,title=E101::unknown kind 'therm'")


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (("show", "zzz"), "E902", "there is no entry, statement or argument 'zzz'"),
        (("show", "hch-"), "E902", "could be more than one"),
        (("matrix", "--kind", "unicorn"), "E903", "no matrix of kind 'unicorn'"),
        (("matrix", "--criteria", "beauty"), "E902", "there is no criterion 'beauty'"),
        (("matrix", "--voice", "choir"), "E903", "'choir' is not"),
        (("matrix", "--voice", "group"), "E903", "no ratings exist in this workspace"),
        (("matrix", "--set", "A5=0"), "E903", "add --voice computed"),
        (("matrix", "--voice", "computed", "--semantics", "max-based"), "E919", "reads attacks only"),
        (("evaluate", "--semantics", "h-categorizer"), "E919", "reads attacks only"),
        (("evaluate", "--coherence", "3"), "E903", "leave out the ID"),
        (("evaluate", "term-gradient-hacking"), "E903", "neither assessed nor a statement or argument"),
        (("evaluate", "--set", "A5"), "E903", "write STATEMENT=0.2 or STATEMENT=in"),
        (("whatif",), "E903", "say what to change: --set A5=0"),
        (("whatif", "--set", "A5=2"), "E903", "between 0 and 1"),
        (("whatif", "--set", "A5=0", "--semantics", "card-based"), "E919", "reads attacks only"),
        (("compare", "3"), "E903", "at least two different entries"),
        (("list", "unicorn"), "E902", "there is no kind 'unicorn'"),
        (("schema", "unicorn"), "E902", "there is no kind 'unicorn'"),
        (("check", "nowhere.yaml"), "E901", "there is no such file or folder"),
        (("matrix", "--workspace", "nowhere"), "E901", "there is no such folder"),
        (("positions", "A2", "--given", "A2=0.3"), "E903", "--given takes labels"),
        (("positions", "hubinger2020"), "E903", "has no verdicts"),
        (("positions", "inner-alignment"), "E903", "has no verdicts"),
        (("positions", "--semantics", "stable", "--set", "A2=undecided"), "E903", "set to undecided"),
        (("af", "nowhere.af", "--task", "SE-GR"), "E927", "cannot be read"),
        (("af", "nowhere.af", "--task", "SE-XX"), "E903", "no task 'SE-XX'"),
        (("af", "nowhere.af", "--task", "DC-PR"), "E903", "name it with -a"),
        (("af", "nowhere.af", "--task", "EE-PR", "-a", "x"), "E903", "leave out -a"),
        (("qbaf", "nowhere.json"), "E917", "cannot be read"),
        (("qbaf", "nowhere.json", "--semantics", "best"), "E903", "'best' is not"),
        (("matrx",), "E903", "Did you mean 'matrix'?"),
        (("matrix", "--jsn"), "E903", "No such option"),
    ],
)
def test_bad_usage_is_one_message_and_exit_code_2(
    arguments: tuple[str, ...], code: str, message: str, cruxmap_command: Callable[..., Result]
) -> None:
    result = cruxmap_command(*arguments)
    assert (result.code, result.out) == (2, "")
    assert result.err.startswith("cruxmap: ")
    assert message in result.err
    assert result.err.count("\n") == 1
    as_json = cruxmap_command(*arguments, "--json")
    error = json.loads(as_json.out)["error"]
    assert as_json.code == 2
    assert error["code"] == code
    assert set(error) >= {"code", "message", "path", "line", "column"}


def test_a_broken_workspace_names_its_first_problem(
    cruxmap_command: Callable[..., Result], write: Callable[..., Path]
) -> None:
    root = write(**{"cruxmap.yaml": "extends: nothing\n", "ontology/a.yaml": "\n\nkind: x\n---\nkind: y\n"})
    result = cruxmap_command("matrix", "--workspace", str(root), "--json")
    error = json.loads(result.out)["error"]
    assert result.code == 2
    assert (error["code"], error["line"], Path(error["path"]).name) == ("E012", 4, "a.yaml")


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself_with_an_example(
    name: str, cruxmap_command: Callable[..., Result]
) -> None:
    result = cruxmap_command(name, "--help")
    assert result.code == 0
    assert f"Example: cruxmap {name}" in result.out
    assert "\\b" not in result.out
    assert "\b" not in result.out


def test_without_arguments_there_are_examples_to_start_from(cruxmap_command: Callable[..., Result]) -> None:
    result = cruxmap_command()
    assert result.code == 0
    assert result.out.count("  cruxmap ") >= 6
    assert cruxmap_command("--help").out == result.out


def test_colour_is_an_addition_only(cruxmap_command: Callable[..., Result]) -> None:
    from click import unstyle

    plain, coloured = cruxmap_command("matrix").out, cruxmap_command("matrix", "--color").out
    assert "\x1b[" not in plain
    assert "\x1b[" in coloured
    assert "\n".join(line.rstrip() for line in unstyle(coloured).splitlines()) == plain.rstrip("\n")


def test_group_options_may_stand_in_front(
    cruxmap_command: Callable[..., Result], write: Callable[..., Path]
) -> None:
    term = "kind: term\nid: ours\ntitle: Ours\ntext: A term of ours.\n"
    root = write(**{"cruxmap.yaml": "name: g\n", "ontology/a.yaml": term})
    assert "A term of ours." in cruxmap_command("--workspace", str(root), "show", "ours").out


def test_a_crux_has_the_promised_shape(cruxmap_command: Callable[..., Result]) -> None:
    folder = ("--readers", str(REPOSITORY / "docs" / "examples"))
    between = ("--between", "reader-a", "reader-b")
    frame = {"schema", "kind", "conventions", "readers", "unrated", "same_mark_different_reason"}
    counts = {"verdict_count", "differing_count", "hidden", "verdicts"}
    split = {"verdict", "strengths", "gap", "on_different_sides", "gaps_by_semantics", "split", "statements"}
    split |= {"pairs", "results"}
    stated = {"elsewhere", "information", "discrimination"}
    pair = json_of(cruxmap_command, "cruxes", *folder, *between)
    assert set(pair) == frame | counts | {"inert"}
    assert set(pair["verdicts"][0]) == split
    assert set(pair["readers"][0]) == {"reader", "file", "rated", "filled_in"}
    verdict = json_of(cruxmap_command, "cruxes", *folder, *between, "--verdict", "3/inner")
    assert set(verdict) == frame | split | stated
    statement = {"id", "credences", "contribution", "standard_error", "swap", "crux"}
    assert set(verdict["statements"][0]) == statement
    assert set(verdict["statements"][0]["swap"]) == {"mean_change", "changes", "crosses"}
    group = json_of(cruxmap_command, "cruxes", *folder)
    assert set(group) == frame | counts | {"pairs"}
    spread = {"verdict", "strengths", "furthest", "gap", "statements"}
    assert set(group["verdicts"][0]) == spread
    whole = json_of(cruxmap_command, "cruxes", *folder, "--verdict", "3/inner")
    assert set(whole) == frame | spread | {"variance", "results"} | stated


def environment(**extra: str) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(REPOSITORY / "engine"), **extra}


def test_a_reader_that_goes_away_is_no_error() -> None:
    command = f"{sys.executable} -m cruxmap show 3 | head -1"
    done = subprocess.run(
        ["sh", "-c", command], capture_output=True, text=True, env=environment(), check=True
    )
    assert done.stdout.startswith("3. Imitative amplification")
    assert done.stderr == ""


@pytest.mark.parametrize("encoding", ["cp1252", "ascii"])
def test_a_terminal_that_cannot_show_glyphs_is_no_error(encoding: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "cruxmap", "matrix"],
        capture_output=True,
        env=environment(PYTHONIOENCODING=encoding, COLUMNS="80"),
        check=True,
    )
    assert b"conditional" in done.stdout
    assert done.stderr == b""


def test_locale_and_warnings_do_not_matter() -> None:
    done = subprocess.run(
        [sys.executable, "-X", "warn_default_encoding", "-W", "error", "-m", "cruxmap", "check"],
        capture_output=True,
        text=True,
        env=environment(LC_ALL="C", PYTHONUTF8="0"),
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_output_does_not_depend_on_the_hash_seed() -> None:
    outputs = {
        subprocess.run(
            [sys.executable, "-m", "cruxmap", "matrix", "--json", "--group-by", "assumption"],
            capture_output=True,
            env=environment(PYTHONHASHSEED=seed),
            check=True,
        ).stdout
        for seed in ("0", "1")
    }
    assert len(outputs) == 1


@pytest.mark.parametrize("words", [("assumptions",), ("list", "risk"), ("evaluate", "--json")])
def test_output_that_nobody_reads_to_its_end_is_no_error(words: tuple[str, ...]) -> None:
    command = [sys.executable, "-m", "cruxmap", *words]
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=REPOSITORY, env=environment
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.read(10)
        process.stdout.close()
        assert process.wait(30) == 0
        assert process.stderr.read() == b""
