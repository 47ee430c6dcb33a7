"""A small group with a session, for the tests of meetings: five readers, two machines that see deception."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from cruxmap.group.folder import SessionFolder
from cruxmap.group.plan_files import write_plan
from cruxmap.group.planning import Wishes, plan
from cruxmap.group.responses import CellResponse
from cruxmap.group.session import Policy, Session
from cruxmap.knowledge import KnowledgeBase
from cruxmap.loading import load
from sample_workspace import write_sample

READERS = ("reader-a", "reader-b", "reader-c", "reader-d", "reader-e")
CELLS = (
    "watchful-machine/safety",
    "watchful-machine/speed",
    "plain-machine/safety",
    "plain-machine/speed",
)
QUESTION = "Can a machine be watched closely enough?"


@dataclass(frozen=True)
class Group:
    """A workspace with one session."""

    root: Path
    kb: KnowledgeBase
    folder: SessionFolder
    session: Session


def write_group(root: Path, policy: Policy = "names", readers: Sequence[str] = READERS) -> Group:
    """Write a workspace with a planned session."""
    write_sample(root)
    (root / ".gitignore").write_text(".cruxmap/\n", encoding="utf-8")
    people = "".join(f"- handle: {reader}\n" for reader in readers)
    (root / "readers.yaml").write_text(people, encoding="utf-8")
    kb = load(root, remember=False)
    wishes = Wishes(QUESTION, "2026-03-05", tuple(readers), reveal=policy, name="watching")
    session = plan(kb, wishes)
    return Group(root, kb, write_plan(kb, root, session), session)


def secret_answers(reader: str) -> dict[str, CellResponse]:
    """Answers whose every free value names its reader, so that a leak can be found by searching."""
    marks = ["doubtful", "plausible"]
    turn = READERS.index(reader)
    return {
        cell: CellResponse(
            mark=marks[(turn + number) % 2],
            assumption=f"Sekret assumption of {reader} number {number}",
            credence=0.1234 + turn / 100,
            rationale=f"Sekret rationale of {reader} number {number}",
            change_my_mind=f"Sekret change of {reader}",
            confidence="low",
        )
        for number, cell in enumerate(CELLS)
    }
