"""What can go wrong with a file from outside: one message, with the place."""

from __future__ import annotations

from cruxmap.errors import CruxmapError


class InterchangeError(CruxmapError):
    """A file cannot be read as the format that it should have.

    Attributes
    ----------
    path : str
        The file, as the user named it.
    line, column : int or None
        The place, both from 1; None when the whole file is meant.
    """

    code = "E974"

    def __init__(self, path: str, problem: str, line: int | None = None, column: int | None = None) -> None:
        place = f"{path}:{line}:{column}" if line is not None else path
        super().__init__(f"{place}: {problem}")
        self.path = path
        self.line = line
        self.column = column


class UnknownMapFormatError(CruxmapError):
    """Neither the suffix of a file nor the caller says in which format it is."""

    code = "E975"
