"""A draft that is open on a screen while other programs write it too: nothing of either is lost in silence.

A screen, a second one, `cruxmap group rate --cell` and any editor write the same file. Whoever has it open
looks whether it is still what they last read, takes over part by part what was changed elsewhere, and keeps
beside the draft what two of them said about the same part. An editor holds the whole file for long and cannot
take part in that, so a screen and `--edit` exclude each other.
"""

from __future__ import annotations

import time
from contextlib import contextmanager
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from cruxmap.group.drafts import current_draft, save_cell, start_draft
from cruxmap.group.errors import NotNowError
from cruxmap.group.folder import private_folder
from cruxmap.group.reading import changed
from cruxmap.group.responses import CellResponse
from cruxmap.writing import FileExistsAlreadyError, write_new

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import IO

    from cruxmap.group.folder import SessionFolder
    from cruxmap.group.responses import Draft
    from cruxmap.group.session import Session
    from cruxmap.knowledge import KnowledgeBase

__all__ = ["Elsewhere", "OpenDraft", "draft_in_use", "draft_written"]

_NOTHING = CellResponse()
PATIENCE = 2.0
"""Seconds that a writer waits for another one."""


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """What another program did to a draft that is open here.

    Attributes
    ----------
    cells : tuple of str
        Whose answers are now other than they were here.
    contested : tuple of str
        Whose answers were given here and there, so that one of them had to give way.
    kept : Path or None
        Where the version that gave way is; None when nothing had to.
    ours_stand : bool
        Whether the answers given here are those in the draft, so that `kept` has those of the other program.
    """

    cells: tuple[str, ...]
    contested: tuple[str, ...] = ()
    kept: Path | None = None
    ours_stand: bool = False


class OpenDraft:
    """One program's view of a reader's draft.

    Parameters
    ----------
    kb : KnowledgeBase
    folder, session, reader, round_
        Whose draft; it is begun when there is none.

    Attributes
    ----------
    draft : Draft
        What the file said when it was last looked at.

    Raises
    ------
    BrokenGroupFileError
        When the draft cannot be read.
    """

    def __init__(
        self, kb: KnowledgeBase, folder: SessionFolder, session: Session, reader: str, round_: int
    ) -> None:
        self._kb, self._folder, self._session = kb, folder, session
        self._reader, self._round = reader, round_
        self._path = start_draft(kb, folder, session, reader, round_)
        self._given_here: dict[str, CellResponse] = {}
        self.draft: Draft = self._take()

    def said(self, cell: str) -> CellResponse:
        """What the draft says of a cell."""
        return self.draft.marks.get(cell, _NOTHING)

    def _take(self) -> Draft:
        stamp, text = self._stamp_now(), self._text_now()
        found = current_draft(self._kb, self._folder, self._reader, self._round)
        self._stamp, self._text = stamp, text
        return found

    def _stamp_now(self) -> tuple[int, int, int]:
        try:
            state = self._path.stat()
        except OSError:
            return (0, 0, 0)
        return (state.st_mtime_ns, state.st_size, state.st_ino)

    def _text_now(self) -> str:
        try:
            return self._path.read_text(encoding="utf-8", errors="replace")
        except OSError:
            return ""

    def look(self) -> Elsewhere | None:
        """Take over what another program has written since the last look.

        Returns
        -------
        Elsewhere or None
            None when no answer has changed.

        Raises
        ------
        BrokenGroupFileError
            When the draft cannot be read now, such as in the middle of somebody's edit. What was read before
            stays, and the next look tries again.
        """
        if self._stamp_now() == self._stamp:
            return None
        before, text = self.draft, self._text
        self.draft = self._take()
        if self._text == text:
            return None
        lost = [cell for cell, said in self._given_here.items() if _gave_way(said, self.said(cell))]
        for cell in lost:
            del self._given_here[cell]
        kept = self._set_aside(text) if lost else None
        everything = dict.fromkeys([*before.marks, *self.draft.marks])
        cells = tuple(cell for cell in everything if before.marks.get(cell, _NOTHING) != self.said(cell))
        return Elsewhere(cells, tuple(lost), kept) if cells else None

    def save(self, cell: str, said: CellResponse, base: CellResponse) -> Elsewhere | None:
        """Save an answer, with the parts of it that only another program has changed meanwhile.

        Parameters
        ----------
        cell : str
        said : CellResponse
            The whole answer.
        base : CellResponse
            What the draft said when the answer was begun.

        Returns
        -------
        Elsewhere or None
            None when nobody else wrote to the draft.

        Raises
        ------
        BrokenGroupFileError, UnwritableError
            As for `cruxmap.group.drafts.save_cell`; the file then stays as it is.
        """
        with draft_written(self._folder, self._reader, self._round):
            found = self.look()
            theirs, text = self.said(cell), self._text
            joined, is_contested = _joined(said, theirs, base)
            save_cell(self._kb, self._folder, self._session, self._reader, self._round, cell, joined)
            kept = self._set_aside(text) if is_contested else None
            self.draft = self._take()
        self._given_here[cell] = joined
        if kept is None:
            return found
        # What a look set aside before is in the same folder; the latest is told.
        return Elsewhere((cell,) if found is None else found.cells, (cell,), kept, ours_stand=True)

    def _set_aside(self, text: str) -> Path:
        """Keep a version beside the draft, under a name that nothing has yet."""
        number = 1
        while True:
            path = self._path.with_name(f"{self._reader}.{self._round}.draft.{number}.bak")
            try:
                write_new({path: text})
            except FileExistsAlreadyError:
                number += 1
            else:
                return path


def _gave_way(said: CellResponse, now: CellResponse) -> bool:
    """Whether a part of an answer is gone or another; what was added to it is no loss."""
    parts = ((getattr(said, item.name), getattr(now, item.name)) for item in fields(CellResponse))
    return any(there != here for here, there in parts if here not in (None, ()))


def _joined(said: CellResponse, theirs: CellResponse, base: CellResponse) -> tuple[CellResponse, bool]:
    """An answer with what only the other side changed, and whether both changed a part to different ends."""
    taken, is_contested = {}, False
    for part in (item.name for item in fields(CellResponse)):
        here, there, before = (getattr(one, part) for one in (said, theirs, base))
        if here == before:
            taken[part] = there
        elif there not in (before, here):
            is_contested = True
    return changed(said, **taken), is_contested


@contextmanager
def draft_in_use(folder: SessionFolder, reader: str, round_: int, *, alone: bool) -> Iterator[None]:
    """Hold a reader's draft while a person is at it; the system lets go when the program ends in any way.

    Parameters
    ----------
    folder, reader, round_
        Whose draft.
    alone : bool
        True for an editor, which writes the whole file back; False for screens, which can be several.

    Raises
    ------
    NotNowError
        When an editor and a screen, or two editors, would have the draft open at the same time.

    Notes
    -----
    Where the system or the file system has no such locks, nothing is held.
    """
    with _lock_file(folder, reader, round_, "lock") as stream:
        if not _locked(stream, alone=alone):
            other = "in another window" if alone else "in an editor"
            raise NotNowError(
                f"the answers of {reader} are open {other}; close that first, so that neither writes over "
                "the other"
            )
        yield


@contextmanager
def draft_written(folder: SessionFolder, reader: str, round_: int) -> Iterator[None]:
    """Let nobody else write a reader's draft between the last look at it and its writing.

    Writing takes milliseconds: a program that holds it for longer hangs, and is not waited for.
    """
    with _lock_file(folder, reader, round_, "writing") as stream:
        end = time.monotonic() + PATIENCE
        while not _locked(stream, alone=True) and time.monotonic() < end:
            time.sleep(0.01)
        yield


def _lock_file(folder: SessionFolder, reader: str, round_: int, kind: str) -> IO[str]:
    private_folder(folder.root)
    path = folder.draft(reader, round_).with_name(f"{reader}.{round_}.draft.{kind}")
    path.parent.mkdir(parents=True, exist_ok=True)
    return path.open("a", encoding="utf-8")


def _locked(stream: IO[str], *, alone: bool) -> bool:
    """Take the lock of a file, which goes when the file is closed; False when somebody else has it."""
    try:
        import fcntl

        fcntl.flock(stream, (fcntl.LOCK_EX if alone else fcntl.LOCK_SH) | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except (ImportError, OSError):
        pass
    return True
