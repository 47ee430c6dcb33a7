"""Problems found in user data, as values: what is wrong, exactly where, and what would be right."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How much a problem matters: errors make `cruxmap check` fail, warnings do not."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One finding about one place in one file.

    Parameters
    ----------
    path : str
        The file, as the user would type it.
    line, column : int
        1-based position of the offending value; both 1 when the whole file is meant.
    code : str
        Stable identifier of the kind of problem (`cruxmap check --explain CODE` documents it).
    message : str
        What is wrong, as a sentence without a final full stop.
    hint : str
        What would be right; may be empty.

    Examples
    --------
    >>> print(Problem("a.yaml", 3, 5, "E010", "key `id` is used twice", "first used in line 2").render())
    a.yaml:3:5: E010: key `id` is used twice (first used in line 2)
    """

    path: str
    line: int
    column: int
    code: str
    message: str
    hint: str = ""
    severity: Severity = Severity.ERROR

    def render(self) -> str:
        """One line in the form that editors and terminals can jump to."""
        mark = "" if self.severity is Severity.ERROR else f"{self.severity}: "
        hint = f" ({self.hint})" if self.hint else ""
        return f"{self.path}:{self.line}:{self.column}: {self.code}: {mark}{self.message}{hint}"
