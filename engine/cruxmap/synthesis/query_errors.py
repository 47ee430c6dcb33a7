"""What makes a query meaningless although every word in it is known."""

from __future__ import annotations

from cruxmap.errors import CruxmapError


class QueryError(CruxmapError):
    """A query asks for something that the things it is about do not have.

    Attributes
    ----------
    steps : tuple of str or int
        Keys that lead from the query to the word that is meant.
    hint : str
    """

    code = "E402"

    def __init__(self, message: str, steps: tuple[str | int, ...] = (), hint: str = "") -> None:
        super().__init__(message)
        self.steps = steps
        self.hint = hint

    def below(self, *steps: str | int) -> QueryError:
        """Return the same error of a query that stands inside another one."""
        return QueryError(str(self), (*steps, *self.steps), self.hint)
