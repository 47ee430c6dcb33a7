"""Mappings whose values are made when they are asked for: one pays only for what one looks at."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


class Thawing(Mapping[str, Any]):
    """Values kept in a cheap form until somebody asks for them; each is made once.

    Parameters
    ----------
    frozen : callable
        Returns the cheap form of every value; called when the mapping is first looked into.
    make : callable
        Turns one cheap form into the value.
    classes : mapping of str to str, optional
        Name of the class of each value.

    Examples
    --------
    >>> squares = Thawing(lambda: {"two": 2, "three": 3}, lambda number: number**2)
    >>> len(squares), squares["three"]
    (2, 9)
    """

    def __init__(
        self,
        frozen: Callable[[], Mapping[str, Any]],
        make: Callable[[Any], Any],
        classes: Mapping[str, str] | None = None,
    ) -> None:
        self._find_frozen = frozen
        self._make = make
        self._classes = classes or {}
        self.made: dict[str, Any] = {}
        """The values made so far."""

    @cached_property
    def _frozen(self) -> Mapping[str, Any]:
        return self._find_frozen()

    def __getitem__(self, name: str) -> Any:
        made = self.made
        if name not in made:
            made[name] = self._make(self._frozen[name])
        return made[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._frozen)

    def __len__(self) -> int:
        return len(self._frozen)

    def __contains__(self, name: object) -> bool:
        return name in self._frozen

    def of_class(self, name: str) -> list[Any]:
        """Make and return the values of one class, in order, and no others."""
        return [self[key] for key, own in self._classes.items() if own == name]
