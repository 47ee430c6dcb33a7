"""What can go wrong between the readers of a group and their files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cruxmap.errors import BrokenCorpusError, CruxmapError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from cruxmap.problems import Problem

__all__ = [
    "BrokenGroupFileError",
    "NoReaderError",
    "NotNowError",
    "SealError",
    "SessionNotFoundError",
    "StillSealedError",
]


class BrokenGroupFileError(BrokenCorpusError):
    """A file of a session cannot be used; it names path, line and column of the first thing wrong."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(problems)
        more = f"; and {len(problems) - 1} more in this file" if len(problems) > 1 else ""
        self.args = (problems[0].render() + more,)


class SessionNotFoundError(CruxmapError):
    """No session, or more than one, fits what was asked for."""

    code = "E960"

    def __init__(self, wanted: str | None, known: Iterable[str]) -> None:
        listed = ", ".join(known)
        if not listed:
            message = "this workspace has no session yet; plan one: cruxmap group plan --question ..."
        elif wanted is None:
            message = f"no session was named; sessions: {listed}"
        else:
            message = f"there is no single session {wanted!r}; sessions: {listed}"
        super().__init__(message)


class NoReaderError(CruxmapError):
    """It is not known who speaks, or that reader does not take part."""

    code = "E961"


class NotNowError(CruxmapError):
    """A step does not fit the state that the session is in."""

    code = "E962"


class StillSealedError(CruxmapError):
    """Answers were asked for that must not be seen yet."""

    code = "E963"

    def __init__(self, round_: int, waiting: Sequence[str]) -> None:
        names = ", ".join(waiting)
        reason = f"waiting for {names}" if names else "nobody has revealed anything"
        super().__init__(f"the answers of round {round_} are sealed: {reason}")
        self.waiting = tuple(waiting)


class SealError(CruxmapError):
    """Sealed answers and the published commitment do not belong together."""

    code = "E964"
