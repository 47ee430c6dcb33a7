"""`cruxmap group` from the plan to verified answers, by five readers; and two readers on two machines."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from conftest import REPOSITORY, Result
from cruxmap.cli import cli
from cruxmap.cli.group import COMMANDS, SUMMARIES
from cruxmap.group.open_draft import draft_in_use
from group_meeting import CELLS, QUESTION, READERS, write_group
from sample_workspace import write_sample
from shared_repository import git, share


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    write_sample(tmp_path)
    people = "".join(f"- handle: {reader}\n" for reader in READERS)
    (tmp_path / "readers.yaml").write_text(people, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def rate_all(run: Callable[..., Any], reader: str, mark: str = "plausible") -> None:
    for cell in CELLS:
        run("group", "rate", "--reader", reader, "--cell", cell, "--mark", mark, "--assumption", "A1",
            "--credence", "0.6", "--rationale", f"As {reader} sees it.")  # fmt: skip


def test_five_readers_go_from_the_plan_to_verified_answers(workspace: Path) -> None:
    runner = CliRunner()

    def run(*words: str) -> str:
        result = runner.invoke(cli, list(words), catch_exceptions=False)
        assert result.exit_code == 0, result.output
        return str(result.output)

    run("group", "plan", "--question", QUESTION, "--date", "2026-03-05", "--reveal", "aliases")
    run("group", "open")
    for number, reader in enumerate(READERS):
        rate_all(run, reader, "doubtful" if number < 2 else "plausible")
        run("group", "commit", "--reader", reader)
    for reader in READERS[:-1]:
        assert "No answers are shown yet" in run("group", "reveal", "--reader", reader)
    text = run("group", "reveal", "--reader", READERS[-1])
    assert "3 plausible, 2 doubtful" in text
    assert "Nothing is wrong: 5 responses" in run("group", "verify")
    data = json.loads(run("group", "reveal", "--reader", READERS[0], "--json"))
    assert data["open"] is True
    assert [cell["cell"] for cell in data["cells"]] == sorted(CELLS) or len(data["cells"]) == 4
    assert {cell["raters"] for cell in data["cells"]} == {5}
    assert data["cells"][0]["spread"] == pytest.approx(0.6)
    assert not [reader for reader in READERS if reader in json.dumps(data["cells"])]
    assert "is revealed" in run("group", "status")


def test_every_command_has_a_summary_and_an_example(cruxmap_command: Callable[..., Result]) -> None:
    assert list(COMMANDS) == list(SUMMARIES)
    for name in COMMANDS:
        result = cruxmap_command("group", name, "--help")
        assert result.code == 0
        assert f"Example: cruxmap group {name}" in result.out
        assert "\\b" not in result.out
        # A meeting is a screen and prints nothing.
        assert ("--json" in result.out) == (name != "meet")


def test_a_meeting_is_led_on_a_terminal_only(workspace: Path, cruxmap_command: Callable[..., Result]) -> None:
    result = cruxmap_command("group", "meet")
    assert result.code == 2
    assert "cruxmap group agenda" in result.err


def test_json_is_one_sorted_document(workspace: Path, cruxmap_command: Callable[..., Result]) -> None:
    steps: list[tuple[str, ...]] = [
        ("plan", "--question", QUESTION, "--date", "2026-03-05", "--readers", "reader-a,reader-b"),
        ("open",),
        ("status",),
        ("rate", "--reader", "reader-a", "--set", "A1=0.3", "--cell", "1/safety", "--mark", "open"),
        ("commit", "--reader", "reader-a", "--partial"),
        ("reveal", "--without", "reader-b"),
        ("reveal", "--reader", "reader-a"),
        ("verify",),
        ("status",),
    ]
    for words in steps:
        result = cruxmap_command("group", *words, "--json")
        assert (result.code, result.err) == (0, ""), words
        data = json.loads(result.out)
        assert data["schema"] == 1
        assert result.out == json.dumps(data, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
    assert data["state"] == "revealed"
    assert [item["committed"] for item in data["readers"]] == [True, False]
    assert data["missing"] == ["reader-b"]


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        (("status",), "E960", "plan one"),
        (("status", "--session", "x"), "E960", "no session yet"),
        (("plan", "--question", "Q?", "--readers", "reader-a"), "E903", "two readers"),
        (("plan", "--question", "Q?", "--role", "x"), "E903", "write --role reader-a=sceptic"),
        (("plan",), "E903", "--question"),
        (("statsu",), "E903", "Did you mean 'status'?"),
    ],
)
def test_bad_usage_without_a_session_is_one_message(
    workspace: Path, cruxmap_command: Callable[..., Result], words: tuple[str, ...], code: str, message: str
) -> None:
    result = cruxmap_command("group", *words, "--json")
    assert result.code == 2
    error = json.loads(result.out)["error"]
    assert error["code"] == code
    assert message in error["message"]
    assert result.err.count("\n") == 1


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        (("rate",), "E961", "say who you are"),
        (("rate", "--reader", "x"), "E961", "does not take part"),
        (("rate", "--reader", "reader-a", "--mark", "open"), "E903", "say which cell"),
        (("rate", "--reader", "reader-a", "--cell", "1/safety"), "E903", "say what you hold"),
        (
            ("rate", "--reader", "reader-a", "--cell", "1/beauty", "--mark", "open"),
            "E902",
            "no criterion 'beauty'",
        ),
        (("rate", "--reader", "reader-a", "--cell", "A1", "--mark", "open"), "E903", "is no cell"),
        (("rate", "--reader", "reader-a", "--cell", "1/safety", "--mark", "x"), "E903", "possible: doubtful"),
        (("rate", "--reader", "reader-a", "--cell", "1/safety", "--assumption", "A9"), "E902", "'A9'"),
        (
            ("rate", "--reader", "reader-a", "--cell", "1/safety", "--rationale", "x" * 401),
            "E903",
            "at most 400",
        ),
        (("rate", "--reader", "reader-a", "--cell", "1/safety", "--rationale", "a\nb"), "E903", "invisible"),
        (("rate", "--reader", "reader-a", "--set", "A1=in"), "E903", "is a number"),
        (("rate", "--reader", "reader-a", "--file", "nowhere.yaml"), "E016", "no such file"),
        (("rate", "--reader", "reader-a", "--file", "x", "--edit"), "E903", "choose one way"),
        (("commit", "--reader", "reader-a"), "E962", "has not answered anything"),
        (("reveal", "--reader", "reader-a"), "E962", "has not committed"),
        (("reveal", "--without", "x"), "E962", "does not take part"),
        (("open",), "E962", "is open already"),
    ],
)
def test_bad_usage_in_a_session_is_one_message_and_loses_nothing(
    workspace: Path, cruxmap_command: Callable[..., Result], words: tuple[str, ...], code: str, message: str
) -> None:
    cruxmap_command("group", "plan", "--question", QUESTION, "--date", "2026-03-05")
    cruxmap_command("group", "open")
    cruxmap_command("group", "rate", "--reader", "reader-b", "--cell", "1/safety", "--mark", "open")
    before = {path: path.read_bytes() for path in workspace.rglob("*") if path.is_file()}
    result = cruxmap_command("group", *words, "--json")
    assert result.code == 2
    error = json.loads(result.out)["error"]
    assert (error["code"], message in error["message"]) == (code, True), error
    after = {path: path.read_bytes() for path in workspace.rglob("*") if path.is_file()}
    assert after == before


def test_the_built_in_corpus_has_no_sessions(cruxmap_command: Callable[..., Result]) -> None:
    result = cruxmap_command("group", "status")
    assert result.code == 2
    assert "start one with `cruxmap init DIR`" in result.err


def test_a_broken_draft_is_named_by_line_and_kept(
    workspace: Path, cruxmap_command: Callable[..., Result]
) -> None:
    write_group(workspace)
    cruxmap_command("group", "open")
    draft = workspace / ".cruxmap" / "sessions" / "2026-03-05-watching" / "reader-a.1.draft.yaml"
    draft.parent.mkdir(parents=True)
    draft.write_text("marks:\n  1/safety: {mark: nice}\n", encoding="utf-8")
    for words in (("rate",), ("commit",), ("rate", "--cell", "1/speed", "--mark", "open")):
        result = cruxmap_command("group", *words, "--reader", "reader-a")
        assert result.code == 2
        assert ".draft.yaml:2:14: E305" in result.err
    assert draft.read_text(encoding="utf-8") == "marks:\n  1/safety: {mark: nice}\n"


def test_a_filled_in_form_is_taken_over(workspace: Path, cruxmap_command: Callable[..., Result]) -> None:
    write_group(workspace)
    cruxmap_command("group", "open")
    form = workspace / "form.yaml"
    form.write_text(
        "reader: reader-a\nmarks: {1/safety: {mark: open}, 2/speed: {mark: plausible}}\n", "utf-8"
    )
    result = cruxmap_command("group", "rate", "--reader", "reader-a", "--file", str(form), "--json")
    assert json.loads(result.out)["answered"] == 2
    result = cruxmap_command("group", "rate", "--reader", "reader-b", "--file", str(form))
    assert (result.code, "for reader reader-a, and this is reader reader-b" in result.err) == (2, True)


def test_the_editor_gets_a_form(
    workspace: Path, cruxmap_command: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    group = write_group(workspace)
    cruxmap_command("group", "open")
    editor = workspace / "editor.py"
    editor.write_text(
        "import pathlib, sys\npath = pathlib.Path(sys.argv[1])\n"
        "path.write_text(path.read_text('utf-8').replace('mark:\\n', 'mark: open\\n'), 'utf-8')\n",
        encoding="utf-8",
    )
    monkeypatch.setenv("EDITOR", f"{sys.executable} {editor}")
    monkeypatch.delenv("VISUAL", raising=False)
    result = cruxmap_command("group", "rate", "--reader", "reader-a", "--edit")
    assert "4 of 4 cells have a mark" in " ".join(result.out.split())
    with draft_in_use(group.folder, "reader-a", 1, alone=False):
        result = cruxmap_command("group", "rate", "--reader", "reader-a", "--edit")
    assert (result.code, "open in another window" in " ".join(result.err.split())) == (2, True)


def test_verify_ends_with_1_when_something_is_wrong(
    workspace: Path, cruxmap_command: Callable[..., Result]
) -> None:
    group = write_group(workspace, readers=READERS[:2])
    cruxmap_command("group", "open")
    for reader in READERS[:2]:
        rate_all(cruxmap_command, reader)
        assert cruxmap_command("group", "commit", "--reader", reader).code == 0
    for reader in READERS[:2]:
        assert cruxmap_command("group", "reveal", "--reader", reader).code == 0
    assert cruxmap_command("group", "verify").code == 0
    path = group.folder.response("reader-b", 1)
    path.write_text(path.read_text(encoding="utf-8").replace("0.6", "0.9", 1), encoding="utf-8")
    result = cruxmap_command("group", "verify")
    assert result.code == 1
    assert "✗ round 1  reader-b: the answers are not those that were committed" in result.out
    assert json.loads(cruxmap_command("group", "verify", "--json").out)["sound"] is False
    assert "see `cruxmap group verify`" in cruxmap_command("group", "status").out


def test_a_changed_criterion_puts_its_ratings_into_the_queue(
    workspace: Path, cruxmap_command: Callable[..., Result]
) -> None:
    write_group(workspace, readers=READERS[:2])
    cruxmap_command("group", "open")
    for reader in READERS[:2]:
        rate_all(cruxmap_command, reader)
        cruxmap_command("group", "commit", "--reader", reader)
    for reader in READERS[:2]:
        cruxmap_command("group", "reveal", "--reader", reader)
    assert json.loads(cruxmap_command("group", "status", "--json").out)["stale"] == []
    criteria = workspace / "ontology" / "criteria.yaml"
    criteria.write_text(criteria.read_text(encoding="utf-8").replace("version: 1", "version: 2", 1), "utf-8")
    data = json.loads(cruxmap_command("group", "status", "--json").out)
    assert data["moved_criteria"] == [{"criterion": "safety", "planned_version": 1, "current_version": 2}]
    assert [(item["cell"], item["raters"], item["readers"]) for item in data["stale"]] == [
        ("plain-machine/safety", 2, ["reader-a", "reader-b"]),
        ("watchful-machine/safety", 2, ["reader-a", "reader-b"]),
    ]
    assert "rated in version 1, now version 2" in cruxmap_command("group", "status").out
    cruxmap_command("group", "open")
    for reader in READERS[:2]:
        rate_all(cruxmap_command, reader)
        cruxmap_command("group", "commit", "--reader", reader)
    for reader in READERS[:2]:
        cruxmap_command("group", "reveal", "--reader", reader)
    assert json.loads(cruxmap_command("group", "status", "--json").out)["stale"] == []


def test_a_group_rates_entries_against_criteria_of_its_own(
    workspace: Path, cruxmap_command: Callable[..., Result]
) -> None:
    own = workspace / "ontology" / "own.yaml"
    own.write_text(
        "- {kind: criterion, id: cost, title: Cost, short: Cost, question: Is it cheap?, scale: stance, version: 3}\n",
        encoding="utf-8",
    )
    words = ("plan", "--question", QUESTION, "--date", "2026-03-05", "--criteria", "cost", "--name", "cost")
    data = json.loads(cruxmap_command("group", *words, "--readers", "reader-a,reader-b", "--json").out)
    assert data["cells"] == ["watchful-machine/cost", "plain-machine/cost"]
    cruxmap_command("group", "open")
    for reader in READERS[:2]:
        for cell in ("1/cost", "2/cost"):
            result = cruxmap_command(
                "group", "rate", "--reader", reader, "--cell", cell, "--mark", "plausible"
            )
            assert result.code == 0, result.err
        assert cruxmap_command("group", "commit", "--reader", reader).code == 0
    for reader in READERS[:2]:
        result = cruxmap_command("group", "reveal", "--reader", reader)
    assert "P1 cost" in result.out
    rows = json.loads(cruxmap_command("matrix", "--voice", "group", "--json").out)["rows"]
    assert [row["cells"]["cost"]["resolved"] for row in rows] == ["plausible", "plausible"]
    own.unlink()
    assert cruxmap_command("group", "status").code == 0
    assert cruxmap_command("group", "reveal", "--reader", "reader-a").code == 0
    result = cruxmap_command("group", "open")
    assert result.code == 2
    assert "session.yaml:" in result.err
    assert "there is no criterion 'cost'" in result.err


def test_two_readers_share_a_repository_without_conflict_and_without_a_leak(
    tmp_path: Path, cruxmap_command: Callable[..., Result]
) -> None:
    shared, first, second = tmp_path / "shared.git", tmp_path / "one", tmp_path / "two"
    readers = READERS[:2]
    git(tmp_path, "init", "-q", "--bare", "-b", "main", str(shared))
    write_group(first, readers=readers)
    git(first, "init", "-q", "-b", "main")
    git(first, "remote", "add", "origin", str(shared))
    assert cruxmap_command("group", "open", "--workspace", str(first)).code == 0
    git(first, "add", "-A")
    git(first, "commit", "-qm", "Plan")
    git(first, "push", "-q", "origin", "HEAD:main")
    git(tmp_path, "clone", "-q", str(shared), str(second))
    places = dict(zip(readers, (first, second), strict=True))

    def run(*words: str) -> Result:
        reader = words[words.index("--reader") + 1]
        return cruxmap_command(*words, "--workspace", str(places[reader]))

    for reader in readers:
        rate_all(run, reader, "doubtful" if reader == "reader-a" else "plausible")
        assert run("group", "commit", "--reader", reader).code == 0
    # Both have committed before either has seen the other's commitment: two branches to merge.
    for reader in readers:
        share(places[reader], f"{reader} commits")
    git(first, "pull", "-q", "--no-rebase", "origin", "main")
    history = git(shared, "log", "-p", "--all")
    assert not [word for word in ("As reader-a", "As reader-b", "credence", "nonce") if word in history.replace(
        "what the mark", "")]  # fmt: skip
    for reader in readers:
        assert run("group", "reveal", "--reader", reader).code == 0
    for reader in readers:
        share(places[reader], f"{reader} reveals")
    fresh = tmp_path / "fresh"
    git(tmp_path, "clone", "-q", str(shared), str(fresh))
    result = cruxmap_command("group", "verify", "--json", "--workspace", str(fresh))
    assert result.code == 0
    assert [item["finding"] for item in json.loads(result.out)["checks"]] == ["verified", "verified"]
    assert not (fresh / ".cruxmap").exists()


def test_a_killed_command_leaves_whole_files(tmp_path: Path) -> None:
    group = write_group(tmp_path, readers=READERS[:2])
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY / "engine")}
    script = f"""\
import os, sys
from pathlib import Path
import cruxmap.writing as writing
from cruxmap.cli.diagnostics import run
from cruxmap.cli import cli
run(cli, ["group", "open", "--workspace", {str(tmp_path)!r}])
run(cli, ["group", "rate", "--reader", "reader-a", "--cell", "1/safety", "--mark", "open",
          "--workspace", {str(tmp_path)!r}])
writing.os.fsync = lambda *_: os.kill(os.getpid(), 9)
run(cli, ["group", "rate", "--reader", "reader-a", "--cell", "1/safety", "--mark", "doubtful",
          "--workspace", {str(tmp_path)!r}])
"""
    done = subprocess.run([sys.executable, "-c", script], env=environment, capture_output=True, check=False)
    assert done.returncode == -9
    text = group.folder.draft("reader-a", 1).read_text(encoding="utf-8")
    assert "mark: open\n" in text
    assert text.endswith("credences: {}\n")
