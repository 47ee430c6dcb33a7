"""Whose answers can be compared: files of readers, and the readers of sessions that are revealed."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from cruxmap.errors import CruxmapError, UsageError
from cruxmap.group.as_readers import readers_of_session
from cruxmap.group.folder import session_folders
from cruxmap.reader_files import read_readers

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from cruxmap.knowledge import KnowledgeBase
    from cruxmap.reader_files import ReaderFile


class Chosen(NamedTuple):
    """One reader: a file, or the folder of a session with the name under which the reader appears there."""

    path: Path
    name: str = ""

    @property
    def label(self) -> str:
        """What the screen calls the reader."""
        return self.name or self.path.name

    @property
    def place(self) -> str:
        """Where the answers stand."""
        return f"session {self.path.name}" if self.name else str(self.path.parent)


def readers_of_sessions(kb: KnowledgeBase) -> list[Chosen]:
    """The readers of all sessions of the workspace whose answers may be shown, the latest session first."""
    found: list[Chosen] = []
    for folder in reversed(session_folders(kb.roots[-1])):
        try:
            readers = readers_of_session(kb, folder.path)
        except (CruxmapError, OSError):
            # Sealed, or by totals only, or broken: `cruxmap group status` says which.
            continue
        found += [Chosen(folder.path, item.reader) for item in readers]
    return found


def read_chosen(kb: KnowledgeBase, chosen: Sequence[Chosen]) -> tuple[ReaderFile, ...]:
    """Read what two or more readers hold.

    Raises
    ------
    CruxmapError
        When a file is broken, or a session no longer shows the reader.
    UsageError
        When one name stands for two of them.
    """
    found: list[ReaderFile] = []
    for one in chosen:
        if one.name:
            found += [item for item in readers_of_session(kb, one.path) if item.reader == one.name]
        else:
            found += read_readers(kb, [one.path])
    names = [item.reader for item in found]
    double = next((name for name in names if names.count(name) > 1), "")
    if double:
        raise UsageError(f"both answers are by {double}; choose another reader with f")
    return tuple(found)
