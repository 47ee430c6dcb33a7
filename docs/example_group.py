"""Make docs/example-group again: a reading group, two meetings, every file made by a command.

`python docs/example_group.py` writes the folder anew, `--into FOLDER` writes a new one elsewhere. Random numbers and
times come from this script, so that every run gives the same bytes; cruxmap itself has no switch for that, and a
seal whose number can be guessed would be none.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import os
import shutil
import sys
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unittest import mock

ROOT = Path(__file__).resolve().parent.parent
for folder in ("engine", "exports", "docs"):
    sys.path.insert(0, str(ROOT / folder))

import example_group_texts as texts  # noqa: E402 - found by the path set above

if TYPE_CHECKING:
    from collections.abc import Iterator

READERS = tuple(texts.FIRST)
HERE = ROOT / "docs" / "example-group"


class _Clock(datetime):
    """A clock that goes on by half a minute whenever it is read."""

    moment = datetime(2026, 3, 5, 18, 0, tzinfo=UTC)

    @classmethod
    def now(cls, tz: Any = None) -> Any:  # noqa: ARG003 - the clock knows UTC only
        cls.moment += timedelta(seconds=30)
        return cls.moment


def _numbers() -> Iterator[bytes]:
    number = 0
    while True:
        number += 1
        yield hashlib.sha256(f"example {number}".encode()).digest()


@contextlib.contextmanager
def _foreseeable() -> Iterator[None]:
    """Take random numbers and times from here, in this process only."""
    source = _numbers()

    def token_hex(length: int = 32) -> str:
        return next(source)[:length].hex()

    with (
        mock.patch("cruxmap.group.sealing.secrets.token_hex", token_hex),
        mock.patch("cruxmap.group.record_file.token_hex", token_hex),
        mock.patch("cruxmap.group.record_file.datetime", _Clock),
        mock.patch.dict(os.environ, {"COLUMNS": "80", "NO_COLOR": "1"}),
    ):
        yield


def _cruxmap(*words: str) -> None:
    """Run one command as the shell would, and stop when it fails."""
    from cruxmap.cli import cli
    from cruxmap.cli.diagnostics import run

    said = io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        code = int(run(cli, words))
    if code:
        raise SystemExit(f"cruxmap {' '.join(words)}\n{said.getvalue()}")


def _group(*words: str) -> None:
    _cruxmap("group", *words)


def _write(name: str, text: str) -> None:
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def _own_entries() -> None:
    _write("cruxmap.yaml", texts.SETTINGS)
    _write("readers.yaml", texts.PEOPLE)
    _write("README.md", texts.README)
    _write("ontology/source.yaml", texts.SOURCE)
    _write("ontology/scale.yaml", texts.SCALE)
    _write("ontology/assumptions/somebody-reads-the-logs.yaml", texts.ASSUMPTION)
    _write("proposals/open-logs.yaml", texts.PROPOSAL)
    _write("proposals/intermittent-oversight-added.yaml", texts.OVERRIDE)
    _criterion(1)


def _criterion(version: int) -> None:
    _write(
        "ontology/criteria/early-warning.yaml",
        texts.CRITERION.format(question=texts.QUESTIONS[version], version=version),
    )
    _cruxmap("check", ".")


def _round(answers: dict[str, dict[str, texts.Answer]]) -> None:
    """Everybody answers alone, commits, and reveals once all have committed."""
    _group("open")
    for reader in READERS:
        for cell, answer in answers.get(reader, {}).items():
            _rate(reader, cell, answer)
        _group("commit", "--reader", reader)
    for reader in READERS:
        _group("reveal", "--reader", reader)
    _group("verify")


def _rate(reader: str, cell: str, answer: texts.Answer) -> None:
    mark, assumption, credence, rationale, at, mind = answer
    words = ["rate", "--reader", reader, "--cell", cell, "--mark", mark, "--rationale", rationale]
    words += ["--assumption", assumption] if assumption else []
    words += ["--credence", str(credence)] if credence is not None else []
    words += ["--at", at] if at else []
    words += ["--change-my-mind", mind] if mind else []
    _group(*words)


def _first_meeting() -> None:
    _group("plan", "--question", "Would anybody notice deception in time?", "--date", "2026-03-05",
           "--name", "noticing", "--entries", "2,3,9,open-logs", "--method", "delphi",
           "--role", "reader-b=note taker", "--role", "reader-d=time keeper")  # fmt: skip
    _round(texts.FIRST)
    _group("agenda", "--write")
    _group("record", "--present", ",".join(READERS))
    _group("record", "--start", "3/inner")
    _group(
        "record", "--decision", "We read §4.2 once more before we mark this cell again", "--cell", "3/inner"
    )
    _group("record", "--question", "Has anybody built a gradient away from deception in a small model?",
           "--cell", "3/inner", "--owner", "reader-e", "--due", "2026-04-02")  # fmt: skip
    _group("record", "--finish", "3/inner")
    _group("record", "--start", "2/early-warning")
    _group("record", "--note", "Readers had different moments in mind when they read “before it does harm”",
           "--cell", "2/early-warning")  # fmt: skip
    _group("record", "--decision", "“In time” means before the system is used outside training: "
           "early-warning gets a second version", "--cell", "2/early-warning")  # fmt: skip
    _group("record", "--finish", "2/early-warning")
    _group("record", "--start", "open-logs/early-warning")
    _group("record", "--claim", "A log shows what a model was asked, not what it was after.",
           "--cell", "open-logs/early-warning")  # fmt: skip
    _group("record", "--question", "How many people would have to read a log of this size?",
           "--cell", "open-logs/early-warning", "--owner", "reader-a")  # fmt: skip
    _group("record", "--finish", "open-logs/early-warning")
    _round(texts.SECOND)
    _group("close")


def _second_meeting() -> None:
    _Clock.moment = datetime(2026, 4, 2, 18, 0, tzinfo=UTC)
    _criterion(2)
    _group("plan", "--question", "What is left of early warning now that we ask more narrowly?", "--date",
           "2026-04-02", "--name", "narrower", "--entries", "2,3,9,open-logs", "--criteria",
           "early-warning", "--length", "60")  # fmt: skip
    _round(texts.NARROWER)
    _group("agenda", "--write")
    _group("record", "--present", "reader-a,reader-b,reader-c,reader-e")
    _group("record", "--start", "open-logs/early-warning")
    _group(
        "record", "--decision", "We drop open logs as a warning during training, and keep them as a record"
    )
    _group("record", "--finish", "open-logs/early-warning")
    _group("record", "--park", "9/early-warning")
    _group("record", "--question", "Do two debaters that are trained alike fail alike?", "--cell",
           "9/early-warning", "--owner", "reader-c", "--due", "2026-05-07")  # fmt: skip
    _group("close")


def make(target: Path) -> None:
    """Write the example workspace.

    Parameters
    ----------
    target : Path
        A folder that is missing; its parent exists.
    """
    before = Path.cwd()
    _Clock.moment = datetime(2026, 3, 5, 18, 0, tzinfo=UTC)
    with _foreseeable():
        _cruxmap("init", str(target))
        os.chdir(target)
        try:
            _own_entries()
            _first_meeting()
            _second_meeting()
        finally:
            os.chdir(before)
    shutil.rmtree(target / ".cruxmap")


def main(arguments: list[str]) -> int:
    """Make the example, beside what is there first, so that a failure leaves the old one."""
    wanted = Path(arguments[1]) if arguments[:1] == ["--into"] else HERE
    with tempfile.TemporaryDirectory() as place:
        # The folder's name goes into no file but the settings, which are replaced.
        made = Path(place) / HERE.name
        make(made)
        if wanted == HERE:
            shutil.rmtree(wanted, ignore_errors=True)
        shutil.copytree(made, wanted)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
