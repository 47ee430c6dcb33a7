"""One meeting on the command line, from an empty folder through two rounds to minutes and a handout."""

from __future__ import annotations

import contextlib
import io
import json
import re
import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from conftest import Result
from cruxmap.checking import check
from cruxmap.cli import cli
from cruxmap.cli.diagnostics import run
from cruxmap.group.folder import SessionFolder
from cruxmap.group.session import Session
from cruxmap.loading import load
from cruxmap_exports.pdf import BROWSERS
from shared_repository import git, save
from whole_meeting import QUESTION, READERS, Held, draft_of

ID = "2026-03-05-deception"
SECONDS = 60
CELL = "imitative-amplification-rat/inner-alignment"
HAS_BROWSER = any(map(shutil.which, BROWSERS))


@dataclass(frozen=True)
class Meeting:
    """A workspace whose session is closed, and how long the commands took."""

    root: Path
    seconds: float
    mover: str
    moved: str

    @property
    def session(self) -> Path:
        return self.root / "sessions" / ID


def cruxmap(*words: str) -> Result:
    """Run a command that has to succeed."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = int(run(cli, words))
    assert code == 0, (words, out.getvalue(), err.getvalue())
    return Result(code, out.getvalue(), err.getvalue())


def filled_form(root: Path, reader: str) -> Path:
    """A file as a reader fills it in by hand."""
    kb, folder = load(root), SessionFolder(root, ID)
    draft = draft_of(Held(root, kb, folder, folder.read()), reader, 1)
    marks = {cell: kebab(asdict(said)) for cell, said in draft.marks.items()}
    stated = [asdict(item) for item in draft.conditionals]
    path = root.parent / f"{reader}.yaml"
    path.write_text(yaml.safe_dump({"reader": reader, "marks": marks, "conditionals": stated}), "utf-8")
    return path


def kebab(values: dict[str, Any]) -> dict[str, Any]:
    return {name.replace("_", "-"): value for name, value in values.items() if value not in (None, ())}


def hold(root: Path) -> Meeting:
    """Take a session from nothing to its end, by commands alone."""
    began = time.perf_counter()
    cruxmap("init", str(root))
    (root / "readers.yaml").write_text("".join(f"- handle: {name}\n" for name in READERS), "utf-8")
    git(root, "init", "-q", "-b", "main")
    save(root, "Start")
    with contextlib.chdir(root):
        cruxmap("group", "plan", "--question", QUESTION, "--date", "2026-03-05", "--name", "deception",
                "--entries", ",".join(map(str, range(1, 12))), "--length", "90")  # fmt: skip
        cruxmap("group", "open")
        save(root, "Plan and open")
        for reader in READERS:
            cruxmap("group", "rate", "--reader", reader, "--file", str(filled_form(root, reader)))
            cruxmap("group", "commit", "--reader", reader)
        save(root, "All commit")
        reveal_all(root)
        cruxmap("group", "agenda", "--write")
        take_minutes()
        mover, moved = second_round(root)
        cruxmap("group", "close", *(["--pdf"] if HAS_BROWSER else []))
        save(root, "Close")
    return Meeting(root, time.perf_counter() - began, mover, moved)


def reveal_all(root: Path) -> None:
    for reader in READERS:
        cruxmap("group", "reveal", "--reader", reader)
        save(root, f"{reader} reveals")
    cruxmap("group", "verify")


def take_minutes() -> None:
    for words in (
        ("--present", ",".join(READERS)),
        ("--start", CELL),
        ("--decision", "We read §4.2 again before marking this cell", "--cell", CELL),
        ("--question", "Who checks the monitor?", "--owner", "reader-b", "--due", "2026-04-02"),
        ("--claim", "Monitors see the activations, not the intent behind them."),
        ("--finish", CELL),
    ):
        cruxmap("group", "record", *words)


def second_round(root: Path) -> tuple[str, str]:
    """Everybody keeps their marks but one reader, who changes one."""
    mover = READERS[1]
    cell = SessionFolder(root, ID).read().cells_of(mover)[0]
    cruxmap("group", "open")
    cruxmap("group", "rate", "--reader", mover, "--cell", cell, "--mark", "asserted",
            "--rationale", "The objection was answered.")  # fmt: skip
    save(root, "Open the second round")
    for reader in READERS:
        cruxmap("group", "commit", "--reader", reader)
        save(root, f"{reader} commits again")
    reveal_all(root)
    return mover, cell


@pytest.fixture(scope="module")
def meeting(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Meeting]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CRUXMAP_CACHE", str(tmp_path_factory.mktemp("cache")))
        patch.setenv("COLUMNS", "80")
        patch.delenv("CRUXMAP_WORKSPACE", raising=False)
        yield hold(tmp_path_factory.mktemp("whole") / "group")


def test_it_takes_less_than_a_minute_of_machine_time(meeting: Meeting) -> None:
    assert meeting.seconds < SECONDS


def test_every_cell_of_eleven_proposals_and_four_criteria_was_rated_twice(meeting: Meeting) -> None:
    session: Session = SessionFolder(meeting.root, ID).read()
    assert len(session.cells()) == 44
    raters = dict.fromkeys(session.cells(), 0)
    for reader in READERS:
        text = (meeting.session / "responses" / f"{reader}.2.yaml").read_text("utf-8")
        for cell in yaml.safe_load(text)["marks"]:
            raters[cell] += 1
    assert set(raters.values()) == {2}
    assert session.minutes == 90


def test_minutes_tell_what_happened(meeting: Meeting) -> None:
    minutes = (meeting.session / "minutes.md").read_text("utf-8")
    for told in ("We read §4.2 again", "Who checks the monitor?", "2026-04-02", "The objection was answered"):
        assert told in minutes
    assert (meeting.session / "agenda.md").is_file()
    assert check([meeting.root]).ok


@pytest.mark.skipif(not HAS_BROWSER, reason="needs Chromium")
def test_the_handout_is_one_page(meeting: Meeting) -> None:
    printed = (meeting.session / "handout.pdf").read_bytes()
    assert len(re.findall(rb"/Type\s*/Page\b(?!s)", printed)) == 1


def test_one_changed_mark_touches_one_reader_and_few_lines(meeting: Meeting) -> None:
    """A commit holds one file; and between rounds a copy of the answers differs where the mind has changed."""
    for reader in READERS:
        log = git(meeting.root, "log", "--format=", "--name-only", "--grep", f"^{reader} ")
        touched = {line for line in log.splitlines() if line}
        assert touched == {f"sessions/{ID}/{name}/{reader}.{number}.yaml" for name, number in (
            ("responses", 1), ("commitments", 2), ("responses", 2))}  # fmt: skip
    for reader in READERS:
        lines = changed_lines(meeting, reader)
        expected = ["mark", "rationale"] if reader == meeting.mover else []
        assert [line for line in lines if line in ("mark", "rationale", "assumption", "credence")] == expected
        assert len(lines) <= 2 + len(expected) + len(READERS) + 1, lines


def changed_lines(meeting: Meeting, reader: str) -> list[str]:
    """The keys of the lines that a reader's answers have in the second round and not in the first."""
    before, after = (f"HEAD:sessions/{ID}/responses/{reader}.{number}.yaml" for number in (1, 2))
    text = git(meeting.root, "diff", "-U0", before, after)
    added = [line[1:] for line in text.splitlines() if line.startswith("+") and not line.startswith("+++")]
    return [line.strip().partition(":")[0] for line in added]


@pytest.mark.parametrize(
    "words",
    [
        ("group", "status"),
        ("group", "history", CELL),
        ("group", "agreement"),
        ("group", "agenda"),
        ("group", "record"),
        ("group", "handout"),
        ("group", "verify"),
        ("cruxes", "--readers", f"sessions/{ID}"),
        ("matrix", "--voice", "group"),
        ("export", "matrix", "--voice", "group", "--to", "x.md"),
    ],
)
def test_commands_answer_on_a_closed_meeting(
    meeting: Meeting,
    cruxmap_command: Callable[..., Result],
    monkeypatch: pytest.MonkeyPatch,
    words: tuple[str, ...],
) -> None:
    monkeypatch.chdir(meeting.root)
    result = cruxmap_command(*words)
    assert (result.code, result.err) == (0, "wrote x.md\n" if "x.md" in words else "")
    assert "None" not in result.out
    if "x.md" in words:
        assert "2 readers" in Path("x.md").read_text("utf-8")
        assert "asserted" in Path("x.md").read_text("utf-8")


def test_history_tells_who_moved_between_the_rounds(
    meeting: Meeting, cruxmap_command: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(meeting.root)
    data = json.loads(cruxmap_command("group", "history", meeting.moved, "--json").out)
    assert [item["round"] for item in data["rounds"]] == [1, 2]
    first, second = ({item["reader"]: item["mark"] for item in found["answers"]} for found in data["rounds"])
    assert first[meeting.mover] != second.pop(meeting.mover) == "asserted"
    assert second.items() < first.items()
