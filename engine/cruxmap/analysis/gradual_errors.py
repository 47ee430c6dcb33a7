"""What can be wrong with a quantitative argument graph or a question about it."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

from cruxmap.errors import CruxmapError, UnknownIdError

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

MANY_NAMES = 5_000
"""Above this many candidates only names with the same beginning are compared: comparing all takes seconds."""


def nearest_names(wanted: object, known: Collection[str], limit: int = 3) -> list[str]:
    """Return the known names most like the wanted one, best first.

    Parameters
    ----------
    wanted : object
        The name that was not found.
    known : Collection[str]
        Names to choose from; above 5,000 only those that begin with the same two characters are compared.
    limit : int
        How many to return at most.

    Returns
    -------
    list[str]
        At most `limit` names, possibly none.

    Examples
    --------
    >>> nearest_names("dfquad", ["df-quad", "max-based"])
    ['df-quad']
    """
    text = str(wanted)
    candidates = sorted(map(str, known))
    if len(candidates) > MANY_NAMES:
        candidates = [name for name in candidates if name[:2] == text[:2]][:MANY_NAMES]
    return get_close_matches(text, candidates, n=limit, cutoff=0.5)


class UnknownArgumentError(UnknownIdError):
    """An edge, a topic or a player names an argument that has no base score."""

    code = "E910"

    def __init__(self, wanted: object, known: Collection[str]) -> None:
        super().__init__(str(wanted), "argument", nearest_names(wanted, known), ambiguous=False)


class UnknownSemanticsError(UnknownIdError):
    """No gradual semantics has this name."""

    code = "E911"

    def __init__(self, wanted: object, known: Collection[str]) -> None:
        matches = nearest_names(wanted, known) or sorted(known)
        super().__init__(str(wanted), "gradual semantics", matches, ambiguous=False)


class UnknownMethodError(UnknownIdError):
    """No method of attribution has this name."""

    code = "E912"

    def __init__(self, wanted: object, known: Collection[str]) -> None:
        matches = nearest_names(wanted, known) or sorted(known)
        super().__init__(str(wanted), "method of attribution", matches, ambiguous=False)


class UnknownFormatError(UnknownIdError):
    """No file format of frameworks has this name."""

    code = "E913"

    def __init__(self, wanted: object, known: Collection[str]) -> None:
        matches = nearest_names(wanted, known) or sorted(known)
        super().__init__(str(wanted), "format of frameworks", matches, ambiguous=False)


class BaseScoreError(CruxmapError):
    """A base score is not a number in [0, 1]."""

    code = "E914"

    def __init__(self, argument: object, score: object) -> None:
        super().__init__(f"the base score of {argument!r} must be a number from 0 to 1, not {score!r}")
        self.argument = str(argument)
        self.score = score


class EdgeError(CruxmapError):
    """An attack or a support is not a pair of arguments."""

    code = "E915"

    def __init__(self, relation: str, edge: object) -> None:
        super().__init__(f"every one of the {relation} must be a pair (from, to), not {edge!r}")
        self.relation = relation
        self.edge = edge


class QbafFileError(CruxmapError):
    """A file does not hold a framework; the message begins with its path, line and column."""

    code = "E916"

    def __init__(self, path: str, line: int, column: int, reason: str) -> None:
        super().__init__(f"{path}:{line}:{column}: {reason}")
        self.path = path
        self.line = line
        self.column = column
        self.reason = reason


class UnreadableFileError(CruxmapError):
    """The operating system does not let the file be read."""

    code = "E917"

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(f"{path} cannot be read: {reason}")
        self.path = path


class CoreInputError(CruxmapError):
    """Arrays given to the core do not fit its nodes or leave their range."""

    code = "E918"


class SupportsRefusedError(CruxmapError):
    """A semantics that is defined for attacks only was asked about a graph with supports."""

    code = "E919"

    def __init__(self, semantics: str, supports: int, alternatives: Sequence[str]) -> None:
        counted = "1 support" if supports == 1 else f"{supports} supports"
        super().__init__(
            f"the semantics {semantics!r} reads attacks only, but this graph has {counted}; "
            f"use one of {', '.join(alternatives)}"
        )
        self.semantics = semantics


class NotConvergedError(CruxmapError):
    """The dynamics of a cyclic component found no fixpoint, so there is no number to report."""

    code = "E920"

    def __init__(self, semantics: str, component: Sequence[str]) -> None:
        shown = ", ".join(component[:8]) + (f" and {len(component) - 8} more" if len(component) > 8 else "")
        super().__init__(
            f"strengths did not converge under {semantics!r} in the component that holds {shown}; "
            "try another semantics or a larger tolerance"
        )
        self.component = tuple(component)
        self.semantics = semantics
