"""Where the reader has been: back and forward, like in a browser."""

from __future__ import annotations

from typing import NamedTuple


class Place(NamedTuple):
    """A tab and what it shows; an empty id stands for the tab as it is."""

    tab: str
    id: str = ""


class History:
    """Places in the order of visits, with the present one somewhere among them.

    Examples
    --------
    >>> history = History(Place("matrix"))
    >>> history.visit(Place("browse", "a"))
    >>> history.step(-1), history.step(-1), history.step(1)
    (Place(tab='matrix', id=''), None, Place(tab='browse', id='a'))
    """

    LONGEST = 200

    def __init__(self, start: Place) -> None:
        self._places = [start]
        self._present = 0

    @property
    def present(self) -> Place:
        """Where the reader is."""
        return self._places[self._present]

    def visit(self, place: Place) -> None:
        """Go to a new place; what lay ahead is forgotten."""
        if place == self.present:
            return
        self._places = [*self._places[: self._present + 1], place][-self.LONGEST :]
        self._present = len(self._places) - 1

    def step(self, by: int) -> Place | None:
        """Go back (-1) or forward (1); None at the end."""
        if not 0 <= self._present + by < len(self._places):
            return None
        self._present += by
        return self.present
