"""What readers answer in one round: marks with what they rest on, as plain data that analyses take."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cruxmap.model.intervals import Interval

__all__ = ["Answer", "Answers", "answers_by_cell"]


@dataclass(frozen=True, slots=True)
class Answer:
    """One reader's answer for one cell.

    Attributes
    ----------
    cell : str
        `entry/criterion`.
    mark : str
        The word given: a level, a range `doubtful..plausible`, or a mark of the scale such as `unknown`.
    interval : Interval or None
        The levels that the mark leaves possible; None when it stands for nothing (`not-applicable`).
    levels : int
        How many levels the scale has; an interval from 0 to `levels - 1` says nothing.
    criterion_version : int
        The version of the criterion that was rated.
    assumptions : tuple of str
        What the mark rests on: ids of statements, or texts of the reader's own.
    credence : float or None
        In [0, 1], that the first of the assumptions holds.
    rationale, at, change_my_mind : str
        One line each; empty when not given. `at` is a locator.
    """

    cell: str
    mark: str
    interval: Interval | None
    levels: int
    criterion_version: int
    assumptions: tuple[str, ...] = ()
    credence: float | None = None
    rationale: str = ""
    at: str = ""
    change_my_mind: str = ""

    @property
    def is_unknown(self) -> bool:
        """Whether the mark leaves the whole scale possible."""
        return self.interval is not None and (self.interval.low, self.interval.high) == (0, self.levels - 1)


@dataclass(frozen=True, slots=True)
class Answers:
    """Everything that was answered in one round.

    Attributes
    ----------
    by_reader : mapping of str to mapping of str to Answer
        By the name under which the reveal policy lets a reader appear, then by cell.
    credences : mapping of str to mapping of str to float
        By reader, then by statement: what each holds beyond the marks.
    """

    by_reader: Mapping[str, Mapping[str, Answer]]
    credences: Mapping[str, Mapping[str, float]] = field(default_factory=dict)

    @property
    def readers(self) -> tuple[str, ...]:
        """All who answered, in the order given."""
        return tuple(self.by_reader)


def answers_by_cell(answers: Answers) -> dict[str, dict[str, Answer]]:
    """The answers of a round by cell, then by reader.

    Examples
    --------
    >>> one = Answer("a/inner", "plausible", None, 5, 1)
    >>> answers_by_cell(Answers({"reader-a": {"a/inner": one}})) == {"a/inner": {"reader-a": one}}
    True
    """
    found: dict[str, dict[str, Answer]] = {}
    for reader, given in answers.by_reader.items():
        for cell, answer in given.items():
            found.setdefault(cell, {})[reader] = answer
    return found
