"""A time budget that counts the seconds of work, and not those in which the reader of an iterator thinks."""

from __future__ import annotations

from contextlib import contextmanager
from time import monotonic
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


class TimeUp(Exception):  # noqa: N818 - a signal between modules, not an error that callers see
    """Raised inside an analysis when its budget is spent; public functions turn it into their own error."""


class Stopwatch:
    """Seconds of work left out of a budget.

    Parameters
    ----------
    budget : float or None
        Seconds of wall-clock time, counted from now. None means no limit.
    """

    def __init__(self, budget: float | None) -> None:
        self.budget = budget
        self._deadline = None if budget is None else monotonic() + budget

    def remaining(self) -> float | None:
        """Return the seconds left (never below 0), or None without a limit."""
        return None if self._deadline is None else max(0.0, self._deadline - monotonic())

    def check(self) -> None:
        """Raise `TimeUp` if nothing is left."""
        if self.remaining() == 0.0:
            raise TimeUp

    @contextmanager
    def paused(self) -> Iterator[None]:
        """Stop the watch inside the block: a reader who pages slowly through the results costs no budget."""
        since = monotonic()
        try:
            yield
        finally:
            if self._deadline is not None:
                self._deadline += monotonic() - since
