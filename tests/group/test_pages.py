"""What the commands of a session print, from the plan to a second round, byte for byte.

Run `CRUXMAP_UPDATE_GOLDEN=1 pytest tests/group/test_pages.py` after an intended change, and read the diff.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import REPOSITORY, Result
from group_meeting import CELLS, QUESTION, READERS
from sample_workspace import write_sample

GOLDEN = REPOSITORY / "tests" / "golden"
MARKS = ("doubtful", "plausible", "doubtful..plausible", "open")


def session_of_three(run: Callable[..., str], workspace: Path) -> None:
    """Walk three readers through a session; the third commits and is absent from the reveal."""
    run(
        "plan",
        "--question",
        QUESTION,
        "--date",
        "2026-03-05",
        "--reveal",
        "aliases",
        "--role",
        "reader-a=sceptic",
    )
    run("status")
    run("open")
    for number, reader in enumerate(READERS[:3]):
        cells = CELLS[:3] if number == 2 else CELLS
        for place, cell in enumerate(cells):
            mark = MARKS[(number * place + number) % len(MARKS)]
            run("rate", "--reader", reader, "--cell", cell, "--mark", mark, "--assumption", "A1", show=False)
        run("rate", "--reader", reader)
        run("commit", "--reader", reader, *(["--partial"] if number == 2 else []))
    run("verify")
    run("reveal", "--reader", "reader-a")
    run("reveal", "--reader", "reader-b")
    run("status")
    run("reveal", "--without", "reader-c")
    run("verify")
    path = workspace / "ontology" / "criteria.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("version: 1", "version: 2", 1), encoding="utf-8")
    run("status")
    run("open")


@pytest.mark.parametrize("width", ["80", "120"])
def test_a_session_reads_as_it_was_approved(
    width: str,
    tmp_path: Path,
    cruxmap_command: Callable[..., Result],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    write_sample(tmp_path)
    people = "".join(f"- handle: {reader}\n" for reader in READERS[:3])
    (tmp_path / "readers.yaml").write_text(people, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", width)
    drawn = iter(("heron-4f2a", "alder-01c3", "moss-9d70"))
    monkeypatch.setattr("cruxmap.group.filing.drawn_alias", lambda _: next(drawn))
    pages: list[str] = []

    def run(*words: str, show: bool = True) -> str:
        result = cruxmap_command("group", *words)
        assert result.code == 0, result.err
        # Hashes depend on a random number.
        text = re.sub(r"\b[0-9a-f]{64}\b", "0" * 64, result.out)
        if show:
            pages.append(f"$ cruxmap group {' '.join(words)}\n{text}")
        return text

    session_of_three(run, tmp_path)
    text = "\n".join(pages)
    file = GOLDEN / f"group-session-{width}.txt"
    if os.environ.get("CRUXMAP_UPDATE_GOLDEN"):
        file.write_text(text, encoding="utf-8")
    assert text == file.read_text(encoding="utf-8")
    assert all(
        len(line) <= int(width) or "/" in line for line in text.splitlines() if not line.startswith("$")
    )
