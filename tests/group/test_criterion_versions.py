"""When a criterion asks something else: marks go stale, are asked for again, and everybody is told what changed."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from conftest import Result
from group_meeting import QUESTION, READERS
from sample_workspace import write_sample

NARROW, WIDE = "Is it cheap this year?", "Is it cheap?"
CELLS = ("1/cost", "2/cost")
MARKS = {"reader-a": ("doubtful", "plausible"), "reader-b": ("plausible", "plausible")}


@pytest.fixture
def group(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    write_sample(tmp_path)
    (tmp_path / "readers.yaml").write_text("".join(f"- handle: {name}\n" for name in READERS[:2]), "utf-8")
    ask(tmp_path, WIDE, 1)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def ask(root: Path, question: str, version: int) -> None:
    (root / "ontology" / "own.yaml").write_text(
        "kind: criterion\nid: cost\ntitle: Cost\nshort: Cost\nscale: stance\n"
        f"question: {question}\nversion: {version}\n"
        "parts:\n  - {id: money, title: Money, question: What has to be paid for?}\n",
        encoding="utf-8",
    )


def meet(run: Callable[..., str], date: str) -> None:
    run("plan", "--question", QUESTION, "--date", date, "--criteria", "cost", "--name", "cost")
    run("open")
    for reader, marks in MARKS.items():
        for cell, mark in zip(CELLS, marks, strict=True):
            run(
                "rate",
                "--reader",
                reader,
                "--cell",
                cell,
                "--mark",
                mark,
                "--rationale",
                f"{reader} on {cell}.",
            )
        run("commit", "--reader", reader)
    for reader in MARKS:
        run("reveal", "--reader", reader)


@pytest.fixture
def run(cruxmap_command: Callable[..., Result]) -> Callable[..., str]:
    def call(*words: str) -> str:
        result = cruxmap_command("group", *words)
        assert result.code == 0, result.err
        return " ".join(result.out.split())

    return call


def data(run: Callable[..., str], *words: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(run(*words, "--json"))
    return found


def test_a_change_goes_from_stale_marks_to_marks_of_today(group: Path, run: Callable[..., str]) -> None:
    meet(run, "2026-03-05")
    assert data(run, "status")["stale"] == []
    ask(group, NARROW, 2)
    stale = data(run, "status")["stale"]
    assert [(item["rated_version"], item["current_version"], item["readers"]) for item in stale] == [
        (1, 2, ["reader-a", "reader-b"])
    ] * 2
    told = run("status")
    assert f"Then: “{WIDE}” Now: “{NARROW}”" in told
    assert "To rate again (2 cells)" in told
    items = data(run, "agenda")["agenda"]["items"]
    assert [item["outdated"] for item in items] == [["reader-a", "reader-b"]] * 2
    run("close")
    meet(run, "2026-04-02")
    assert data(run, "status")["stale"] == []


def test_minutes_and_agenda_of_the_next_meeting_say_what_changed(
    group: Path, run: Callable[..., str]
) -> None:
    meet(run, "2026-03-05")
    run("close")
    ask(group, NARROW, 2)
    meet(run, "2026-04-02")
    run("agenda", "--write")
    run("close")
    note = f"Then: “{WIDE}” Now: “{NARROW}”"
    old, new = (group / "sessions" / f"{date}-cost" for date in ("2026-03-05", "2026-04-02"))
    assert note in (new / "minutes.md").read_text("utf-8")
    assert note in (new / "agenda.md").read_text("utf-8")
    assert "Asked otherwise" not in (old / "minutes.md").read_text("utf-8")
    assert "criterion version 2" in run("history", "1/cost")
    # The handout of the older meeting, made again today, still names the version that was marked.
    assert "Cost (version 1)" in run("handout", "--session", "03-05")
    assert "Cost (version 2)" in run("handout", "--session", "04-02")


def test_two_meetings_side_by_side_tell_the_questions_before_the_marks(
    group: Path, run: Callable[..., str]
) -> None:
    meet(run, "2026-03-05")
    run("close")
    meet(run, "2026-03-12")
    run("close")
    assert data(run, "compare", "03-05", "03-12")["criteria"] == []
    ask(group, NARROW, 2)
    meet(run, "2026-04-02")
    (found,) = data(run, "compare", "03-05", "04-02")["criteria"]
    assert found == {
        "criterion": "cost",
        "versions": [1, 2],
        "changed": ["question", "version"],
        "questions": [WIDE, NARROW],
    }
    told = run("compare", "03-05", "04-02")
    assert told.index(WIDE) < told.index("with the same mark")
    # Both were asked before the change, so there is nothing to tell.
    assert data(run, "compare", "03-05", "03-12")["criteria"] == []


def test_a_mark_is_confirmed_by_committing_again_but_not_under_another_question(
    group: Path, run: Callable[..., str], cruxmap_command: Callable[..., Result]
) -> None:
    meet(run, "2026-03-05")
    run("open")
    run("commit", "--reader", "reader-a")
    ask(group, NARROW, 2)
    refused = cruxmap_command("group", "commit", "--reader", "reader-b")
    assert refused.code == 2
    run("rate", "--reader", "reader-b", "--cell", "1/cost", "--mark", "doubtful")
    draft = (group / ".cruxmap/sessions/2026-03-05-cost/reader-b.2.draft.yaml").read_text("utf-8")
    assert "mark: doubtful" in draft
    assert "mark: plausible" not in draft
    assert "reader-b on 2/cost." in draft


def test_a_pack_asks_for_the_parts_of_a_criterion(group: Path, run: Callable[..., str]) -> None:
    run("plan", "--question", QUESTION, "--date", "2026-03-05", "--criteria", "cost", "--name", "cost")
    pack = (group / "sessions/2026-03-05-cost/packs/reader-a.md").read_text("utf-8")
    assert "Money: What has to be paid for?" in pack
