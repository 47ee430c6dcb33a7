"""Every error that a caller of cruxmap can act on, each with the message that it shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from cruxmap.problems import Problem


class CruxmapError(Exception):
    """Base of every error that a caller of cruxmap can act on."""

    code = "E900"


class WorkspaceNotFoundError(CruxmapError):
    """The folder named as a workspace is missing or holds no entries."""

    code = "E901"

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path} is not a cruxmap workspace: {reason}")
        self.path = path


class BrokenCorpusError(CruxmapError):
    """Files of the workspace have errors, so nothing should be computed from them."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        first = problems[0]
        more = f"; {len(problems) - 1} more, run `cruxmap check` to see all" if len(problems) > 1 else ""
        super().__init__(first.render() + more)
        self.problems = tuple(problems)
        self.code = first.code


class UnknownIdError(CruxmapError):
    """An id, prefix or number names nothing, or more than one thing."""

    code = "E902"

    def __init__(self, wanted: str, what: str, matches: Sequence[str], *, ambiguous: bool) -> None:
        listed = ", ".join(matches)
        if ambiguous:
            message = f"{wanted!r} could be more than one {what}: {listed}"
        elif matches:
            message = f"there is no {what} {wanted!r}; nearest: {listed}"
        else:
            message = f"there is no {what} {wanted!r}"
        super().__init__(message)
        self.wanted = wanted
        self.matches = tuple(matches)


class UsageError(CruxmapError):
    """Options of a command contradict each other or name something unknown."""

    code = "E903"


class UnknownReaderError(CruxmapError):
    """What should name a reader is neither a file nor the handle of a reader who was given."""

    code = "E905"

    def __init__(self, wanted: str, known: Sequence[str]) -> None:
        handles = f", or one of the readers given: {', '.join(known)}" if known else ""
        super().__init__(
            f"there is no file {wanted!r}; name a reader's file, a YAML mapping with `credences:`{handles}"
        )
        self.wanted = wanted
