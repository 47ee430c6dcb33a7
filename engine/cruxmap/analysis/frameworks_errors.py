"""What can go wrong with an abstract framework, each as a sentence that a reader can act on."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

from cruxmap.errors import CruxmapError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

LARGEST_NAME_SEARCH = 20_000
"""Above this many names only those that share the first letter are compared, so that a typing error answers
at once."""

SHOWN_UNDECIDED = 5
"""How many undecided arguments a message names before it only counts them."""


def nearest_matches(name: str, known: Iterable[str]) -> tuple[str, ...]:
    """Return up to three known names that look like `name`, the most similar first."""
    candidates = list(known)
    if len(candidates) > LARGEST_NAME_SEARCH:
        candidates = [candidate for candidate in candidates if candidate[:1] == name[:1]][
            :LARGEST_NAME_SEARCH
        ]
    return tuple(get_close_matches(name, candidates, n=3, cutoff=0.5))


def _suggestion(nearest: Sequence[str]) -> str:
    return f" Did you mean {' or '.join(repr(match) for match in nearest)}?" if nearest else ""


class FrameworkError(CruxmapError):
    """Base of the errors about abstract frameworks."""

    code = "E921"


class UnknownArgument(FrameworkError):  # noqa: N818 - names what happened
    """Raised when an attack or a question names an argument that the framework does not have."""

    code = "E922"

    def __init__(self, argument: str, nearest: Sequence[str], attack: tuple[str, str] | None = None) -> None:
        where = f"The attack from {attack[0]!r} to {attack[1]!r} names" if attack else "There is"
        what = f"{argument!r}, which is not" if attack else f"no argument {argument!r}"
        rest = " among the arguments." if attack else " in this framework."
        super().__init__(f"{where} {what}{rest}{_suggestion(nearest)}")
        self.argument = argument
        self.nearest = tuple(nearest)
        self.attack = attack


class UnknownSemantics(FrameworkError):  # noqa: N818 - names what happened
    """Raised when a semantics is asked for that is not implemented."""

    code = "E923"

    def __init__(self, semantics: str, known: Sequence[str]) -> None:
        self.semantics = semantics
        self.nearest = nearest_matches(semantics, known)
        super().__init__(
            f"There is no semantics {semantics!r}.{_suggestion(self.nearest)} Known are: {', '.join(known)}."
        )


class UnknownMode(FrameworkError):  # noqa: N818 - names what happened
    """Raised when acceptance is asked for in another mode than credulous or sceptical."""

    code = "E924"

    def __init__(self, mode: str, known: Sequence[str]) -> None:
        self.mode = mode
        self.nearest = nearest_matches(mode, known)
        super().__init__(
            f"There is no mode {mode!r} of acceptance.{_suggestion(self.nearest)} Known: {', '.join(known)}."
        )


class BudgetExceeded(FrameworkError):  # noqa: N818 - names what happened
    """Raised when the time budget ends before the answer is certain.

    Attributes
    ----------
    semantics : str
        The semantics that was computed.
    budget : float
        The budget in seconds.
    found : int
        How many extensions had been handed out before (0 for a question of acceptance).
    undecided : tuple of str
        The arguments on which the answer still hangs, in the order of the framework.
    """

    code = "E925"

    def __init__(
        self,
        semantics: str,
        budget: float,
        undecided: Sequence[str],
        found: int = 0,
        question: str | None = None,
    ) -> None:
        plural = "s" if found != 1 else ""
        asked = question or f"{found} {semantics} extension{plural} found so far; whether there are more"
        shown = ", ".join(undecided[:SHOWN_UNDECIDED])
        more = ", ..." if len(undecided) > SHOWN_UNDECIDED else ""
        count = f"{len(undecided)} argument{'s' if len(undecided) != 1 else ''}"
        super().__init__(
            f"{asked} is undecided within the budget of {budget:g} s: it hangs on {count} ({shown}{more}). "
            "Give a larger budget, or ask for the grounded semantics."
        )
        self.semantics = semantics
        self.budget = budget
        self.found = found
        self.undecided = tuple(undecided)


class FrameworkSyntaxError(FrameworkError):
    """Raised when a file of a framework cannot be read at a certain place.

    Attributes
    ----------
    path : pathlib.Path
        The file.
    line, column : int
        The place, both counted from 1, columns in characters.
    problem : str
        What is wrong there, without the place.
    """

    code = "E926"

    def __init__(self, path: Path, line: int, column: int, problem: str) -> None:
        super().__init__(f"{path}:{line}:{column}: {problem}")
        self.path = path
        self.line = line
        self.column = column
        self.problem = problem


class UnreadableFramework(FrameworkError):  # noqa: N818 - names what happened
    """Raised when a file of a framework cannot be opened."""

    code = "E927"

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path} cannot be read: {reason}.")
        self.path = path


class UnknownFormat(FrameworkError):  # noqa: N818 - names what happened
    """Raised when neither the suffix of a file nor the caller says in which format it is written."""

    code = "E928"

    def __init__(
        self, path: Path, asked: str | None, formats: Sequence[str], suffixes: Sequence[str]
    ) -> None:
        problem = (
            f"There is no format {asked!r} for frameworks.{_suggestion(nearest_matches(asked, formats))}"
            if asked is not None
            else f"The suffix of {path} does not say its format."
        )
        super().__init__(
            f"{problem} Use one of {', '.join(formats)}, or a suffix out of {', '.join(suffixes)}."
        )
        self.path = path
