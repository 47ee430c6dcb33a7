"""Whether the screen of a meeting was away: closed, killed, or on a machine that slept."""

from __future__ import annotations

import contextlib
import os
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from cruxmap.errors import CruxmapError
from cruxmap.group.folder import private_folder, write_text

if TYPE_CHECKING:
    from cruxmap.group.folder import SessionFolder

SEEN = "screen-seen"
"""An empty private file; its time says when the screen of the meeting was last there."""
BEAT = timedelta(seconds=5)
"""How often it is noted that the screen is there."""
AWAY = timedelta(seconds=30)
"""Shorter absences are not worth a word."""


class Presence:
    """Keeps note that a screen is there, and tells when it was not.

    Parameters
    ----------
    folder : SessionFolder
    """

    def __init__(self, folder: SessionFolder) -> None:
        self._root, self._path = folder.root, folder.private / SEEN
        self._last: datetime | None = None
        self._noted: datetime | None = None

    def beat(self, now: datetime) -> datetime | None:
        """Note that the screen is there.

        Returns
        -------
        datetime or None
            When it was there before, if that is longer ago than `AWAY`.
        """
        last = self._last or self._before()
        self._last = now
        if self._noted is None or now - self._noted >= BEAT:
            self._noted = now
            # A clock that nobody can note is no reason to disturb a meeting.
            with contextlib.suppress(CruxmapError, OSError):
                self._note(now)
        return last if last is not None and now - last > AWAY else None

    def _before(self) -> datetime | None:
        try:
            return datetime.fromtimestamp(self._path.lstat().st_mtime, UTC)
        except (OSError, OverflowError, ValueError):
            return None

    def _note(self, now: datetime) -> None:
        if not self._path.exists():
            private_folder(self._root)
            write_text(self._path, "")
        os.utime(self._path, (now.timestamp(), now.timestamp()))
