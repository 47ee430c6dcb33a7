"""What can go wrong while something is written out, each with the message that it shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cruxmap.errors import CruxmapError, UsageError

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["NotWritableError", "ProgramError", "UnknownFormatError"]


class UnknownFormatError(UsageError):
    """A format, or the suffix of a file, is unknown or cannot hold what is to be written."""

    code = "E970"


class NotWritableError(CruxmapError):
    """A file cannot or must not be written."""

    code = "E971"

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path} was not written: {reason}")
        self.path = path


class ProgramError(CruxmapError):
    """A program or library that a format needs is missing, or did not do its work."""

    code = "E972"
