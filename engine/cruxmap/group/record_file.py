"""The record of a meeting on disk: one line for each event, there at once and never rewritten.

A file of lines, and not one file for each event, because people read it and its differences; two copies that
grew apart are joined line by line by git (`merge=union`, set in the folder of the session), and reading sorts
by time and drops doubles, so that the order in which git joins them does not matter.
"""

from __future__ import annotations

import errno
import os
from dataclasses import dataclass
from datetime import UTC, datetime
from secrets import token_hex
from typing import TYPE_CHECKING, Any

from cruxmap.group.record import Event, RecordState, checked, fold, parse_event, render_event
from cruxmap.writing import UnwritableError

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["RECORD", "ReadRecord", "append_event", "new_event", "read_meeting"]

RECORD = "record.jsonl"
_ATTRIBUTES = f"# Copies of the record that grew apart are joined line by line.\n{RECORD} merge=union\n"


@dataclass(frozen=True, slots=True)
class ReadRecord:
    """A record as read.

    Attributes
    ----------
    events : tuple of Event
        In the order of the file.
    damaged : tuple of int
        Numbers of lines (from 1) that hold no event, such as one cut off by a crash.
    """

    events: tuple[Event, ...]
    damaged: tuple[int, ...] = ()

    @property
    def state(self) -> RecordState:
        """What the events come to."""
        return fold(self.events)


def new_event(kind: str, **details: Any) -> Event:
    """An event that happens now, with an id of its own.

    Parameters
    ----------
    kind : str
        A key of `cruxmap.group.record.EVENT_KINDS`.
    **details
        Other attributes of `cruxmap.group.record.Event`.

    Raises
    ------
    UsageError
        When it lacks what its kind needs.
    """
    now = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    return checked(Event(token_hex(4), now, kind, **details))


def append_event(folder: Path, *events: Event) -> None:
    """Write events to the end of a session's record; they are on disk when this returns.

    Parameters
    ----------
    folder : Path
        The shared folder of the session.
    *events : Event
        What happened at once, such as the end of one item and the start of the next.

    Raises
    ------
    UnwritableError
        When the system refuses; earlier events are untouched, and none of these is there.

    Notes
    -----
    One write to a file opened for appending, then a flush to disk: a process that is killed leaves all of
    them or none. A line that an earlier crash left unfinished is ended first, so that it spoils nothing but
    itself.
    """
    path = folder / RECORD
    if not events:
        return
    added = "".join(f"{render_event(event)}\n" for event in events).encode()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        attributes = folder / ".gitattributes"
        if not attributes.exists():
            attributes.write_text(_ATTRIBUTES, encoding="utf-8")
        with path.open("ab+", buffering=0) as stream:
            is_torn = False
            if stream.seek(0, os.SEEK_END):
                stream.seek(-1, os.SEEK_END)
                is_torn = stream.read(1) != b"\n"
            wanted = b"\n" + added if is_torn else added
            written = stream.write(wanted)
            if written < len(wanted):
                # A disk that is full takes a part without a word.
                stream.truncate(stream.tell() - written)
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            os.fsync(stream.fileno())
    except OSError as error:
        raise UnwritableError(path, error.strerror or str(error)) from error


def read_meeting(folder: Path) -> ReadRecord:
    """Read the record of a session; a session without one has an empty record."""
    path = folder / RECORD
    if not path.is_file():
        return ReadRecord(())
    events, damaged = [], []
    text = path.read_text(encoding="utf-8", errors="replace")
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            event = parse_event(line)
            if event is None:
                damaged.append(number)
            else:
                events.append(event)
    return ReadRecord(tuple(events), tuple(damaged))
