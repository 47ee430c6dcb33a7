"""Where the files of a session are, who reads along, and who is asking."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from cruxmap.group.errors import BrokenGroupFileError, NoReaderError, SessionNotFoundError
from cruxmap.group.files import fault, open_document, record_of
from cruxmap.group.session import Handle, Session
from cruxmap.model.entries import Proposal, Strategy
from cruxmap.model.fields import ENTRY_ID, Kebab, Line, record
from cruxmap.model.vocabulary import Criterion
from cruxmap.problems import Problem
from cruxmap.writing import UnwritableError, replace_file

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from cruxmap.knowledge import KnowledgeBase

__all__ = [
    "PRIVATE",
    "Person",
    "SessionFolder",
    "find_session",
    "people",
    "private_folder",
    "remember_reader",
    "require_cells",
    "session_folders",
    "who_am_i",
    "write_text",
]

PRIVATE = ".cruxmap"
"""The folder of a workspace that git never sees."""
ANONYMOUS = "anonymous"


@record
class Person(Kebab):
    """One reader of the group, and how they want to be named after a reveal."""

    handle: Handle
    name: Line | None = None
    """A name, or `anonymous`: then an alias is shown where others are named."""


@dataclass(frozen=True, slots=True)
class SessionFolder:
    """The files of one session: shared ones in `sessions/ID/`, private ones in `.cruxmap/sessions/ID/`."""

    root: Path
    """The workspace."""
    id: str

    @property
    def path(self) -> Path:
        """The shared folder."""
        return self.root / "sessions" / self.id

    @property
    def session_file(self) -> Path:
        """The plan."""
        return self.path / "session.yaml"

    @property
    def commitments(self) -> Path:
        """Hashes, one file for each reader and round."""
        return self.path / "commitments"

    @property
    def responses(self) -> Path:
        """Revealed answers, one file for each reader and round."""
        return self.path / "responses"

    @property
    def steps(self) -> Path:
        """Marks of what has happened, one small file each."""
        return self.path / "steps"

    @property
    def packs(self) -> Path:
        """What each reader gets before the meeting."""
        return self.path / "packs"

    @property
    def private(self) -> Path:
        """What must not be shared yet."""
        return self.root / PRIVATE / "sessions" / self.id

    def commitment(self, name: str, round_: int) -> Path:
        """The published hash of a reader's answers, by the name under which they are filed."""
        return self.commitments / f"{name}.{round_}.yaml"

    def response(self, name: str, round_: int) -> Path:
        """A reader's answers, once revealed, by the name under which they are filed."""
        return self.responses / f"{name}.{round_}.yaml"

    def alias(self, reader: str) -> Path:
        """What the reader's own machine alone knows: the alias on the reader's files."""
        return self.private / f"{reader}.alias"

    def draft(self, reader: str, round_: int) -> Path:
        """A reader's answers while they are written."""
        return self.private / f"{reader}.{round_}.draft.yaml"

    def sealed(self, reader: str, round_: int) -> Path:
        """A reader's answers as committed, with the nonce."""
        return self.private / f"{reader}.{round_}.sealed.yaml"

    def read(self) -> Session:
        """Read the plan.

        Raises
        ------
        BrokenGroupFileError
            With path, line and column of everything wrong.
        """
        document = open_document(self.session_file)
        session = record_of(Session, document)
        problems = []
        if session.id != self.id:
            message = f"this is the folder of {self.id!r}; the file says {session.id!r}"
            problems.append(fault(document, ("id",), "E311", message))
        known, cells = set(session.readers), set(session.cells())
        for key in ("roles", "assignments"):
            for reader in getattr(session, key):
                if reader not in known:
                    message = f"{reader!r} is not among the readers of the session"
                    problems.append(fault(document, (key, reader), "E312", message))
        for reader, given in session.assignments.items():
            for number, cell in enumerate(given):
                if cell not in cells:
                    message = f"{cell!r} is not in the scope of the session"
                    problems.append(fault(document, ("assignments", reader, number), "E312", message))
        if problems:
            raise BrokenGroupFileError(sorted(problems))
        return session


def require_cells(kb: KnowledgeBase, folder: SessionFolder, session: Session) -> None:
    """Refuse a plan whose cells name an entry or a criterion that is not there.

    Raises
    ------
    BrokenGroupFileError
        With the place of each in `session.yaml`.
    """
    document = open_document(folder.session_file)
    places: dict[tuple[str | int, ...], tuple[str, str]] = {}
    for number, cell in enumerate(session.scope.cells):
        entry, _, criterion = cell.partition("/")
        places["scope", "cells", number] = (entry, criterion)
    for number, entry in enumerate(session.scope.entries):
        places["scope", "entries", number] = (entry, "")
    for number, criterion in enumerate(session.scope.criteria):
        places["scope", "criteria", number] = ("", criterion)
    problems = []
    for steps, (entry, criterion) in places.items():
        if entry and not isinstance(kb.entries.get(entry), Proposal | Strategy):
            problems.append(fault(document, steps, "E312", f"there is no proposal or strategy {entry!r}"))
        if criterion and not isinstance(kb.entries.get(criterion), Criterion):
            problems.append(fault(document, steps, "E312", f"there is no criterion {criterion!r}"))
    if problems:
        raise BrokenGroupFileError(sorted(problems))


def session_folders(root: Path) -> list[SessionFolder]:
    """Every session of a workspace, by date and name; folders that are links are none."""
    folder = root / "sessions"
    if not folder.is_dir() or folder.is_symlink():
        return []
    return [
        SessionFolder(root, item.name)
        for item in sorted(folder.iterdir())
        if item.is_dir() and not item.is_symlink() and (item / "session.yaml").exists()
    ]


def find_session(root: Path, wanted: str) -> SessionFolder:
    """The session that an id, or the only one that a part of it, names.

    Raises
    ------
    SessionNotFoundError
        When none or several fit.
    """
    known = session_folders(root)
    fitting = [item for item in known if item.id == wanted] or [item for item in known if wanted in item.id]
    if len(fitting) != 1:
        raise SessionNotFoundError(wanted, [item.id for item in fitting or known])
    return fitting[0]


def people(root: Path) -> dict[str, Person]:
    """The readers of the group by handle, as `readers.yaml` names them; none without that file.

    Raises
    ------
    BrokenGroupFileError
        With everything wrong in the file.
    """
    path = root / "readers.yaml"
    if not path.exists():
        return {}
    try:
        document = open_document(path)
    except BrokenGroupFileError as broken:
        # A list without readers counts as an empty file.
        if broken.code == "E014":
            return {}
        raise
    if not isinstance(document.value, list):
        message = "readers.yaml is a list of readers: - handle: reader-a"
        raise BrokenGroupFileError([Problem(str(path), 1, 1, "E104", message)])
    found: dict[str, Person] = {}
    from cruxmap.model.validation import check_data

    problems: list[Problem] = []
    for number, value in enumerate(document.value):
        if isinstance(value, dict) and "alias" in value:
            message = "an alias that stands here tells everybody whose it is"
            hint = "choose it when you commit: cruxmap group commit --alias Kestrel"
            problems.append(replace(fault(document, (number, "alias"), "E311", message), hint=hint))
            continue
        person, faults = check_data(Person, value)
        problems += [
            replace(fault(document, (number, *item.steps), item.code, item.message), hint=item.hint)
            for item in faults
        ]
        if person is not None and person.handle in found:
            problems.append(fault(document, (number, "handle"), "E304", f"{person.handle} is listed above"))
        elif person is not None:
            found[person.handle] = person
    if problems:
        raise BrokenGroupFileError(sorted(problems))
    return found


def who_am_i(root: Path, named: str | None, readers: Iterable[str]) -> str:
    """The reader who asks: as named, else `CRUXMAP_READER`, else the first line of `.cruxmap/reader`.

    Parameters
    ----------
    root : Path
        The workspace.
    named : str or None
        What `--reader` says.
    readers : iterable of str
        Handles of those who take part.

    Raises
    ------
    NoReaderError
        When nothing says who asks, or that reader does not take part.
    """
    known = list(readers)
    kept = root / PRIVATE / "reader"
    wanted = named or os.environ.get("CRUXMAP_READER") or ""
    if not wanted and kept.is_file() and not kept.is_symlink():
        wanted = kept.read_text(encoding="utf-8", errors="replace").strip().split("\n")[0]
    listed = ", ".join(known)
    if not wanted:
        raise NoReaderError(f"say who you are: --reader HANDLE, one of {listed}")
    if wanted not in known or not re.fullmatch(ENTRY_ID, wanted):
        raise NoReaderError(f"{wanted!r} does not take part in this session; readers: {listed}")
    return wanted


def remember_reader(root: Path, reader: str) -> None:
    """Note who uses this copy of the workspace."""
    private_folder(root)
    replace_file(root / PRIVATE / "reader", f"{reader}\n")


def private_folder(root: Path) -> Path:
    """Make the private folder, and keep git from ever taking it up, whatever the workspace ignores."""
    folder = root / PRIVATE
    if folder.is_symlink():
        raise UnwritableError(folder, "it is a link, and private answers must stay in the workspace")
    guard = folder / ".gitignore"
    if not guard.is_file():
        write_text(guard, "*\n")
    return folder


def write_text(path: Path, text: str) -> None:
    """Write a file in one step, making its folder when needed.

    Raises
    ------
    UnwritableError
        When the system refuses; an older file is then still there.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UnwritableError(path, error.strerror or str(error)) from error
    replace_file(path, text)
