"""Marks as intervals of levels: what a stance or rating leaves possible."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cruxmap.model.vocabulary import Scale


class UnknownMarkError(ValueError):
    """A word is neither a level nor a mark of the scale."""


@dataclass(frozen=True, slots=True, order=True)
class Interval:
    """The levels from `low` to `high`, both included, as indices into the scale (0 = worst)."""

    low: int
    high: int

    @property
    def is_point(self) -> bool:
        """Whether exactly one level is left."""
        return self.low == self.high


def interval(scale: Scale, word: str) -> Interval | None:
    """The interval that a mark stands for.

    Parameters
    ----------
    scale : Scale
    word : str
        A level (`plausible`), a range of levels (`doubtful..plausible`) or a mark (`open`).

    Returns
    -------
    Interval or None
        None for a mark that covers nothing (`not-applicable`). "Unknown" is never a middle value: it is the
        whole scale.

    Raises
    ------
    UnknownMarkError
        When the word is not in the scale, or a range runs downwards.
    """
    index = {level.id: number for number, level in enumerate(scale.levels)}
    if word in index:
        return Interval(index[word], index[word])
    for mark in scale.marks:
        if mark.id == word:
            return Interval(0, len(scale.levels) - 1) if mark.covers == "all" else None
    low, dots, high = word.partition("..")
    if dots and low in index and high in index:
        if index[low] > index[high]:
            raise UnknownMarkError(f"the range {word!r} runs downwards; write {high}..{low}")
        return Interval(index[low], index[high])
    raise UnknownMarkError(f"{word!r} is not on the scale {scale.id!r}")


def words(scale: Scale) -> list[str]:
    """All levels and marks of a scale, worst level first."""
    return [level.id for level in scale.levels] + [mark.id for mark in scale.marks]


def weakest(intervals: Iterable[Interval | None]) -> Interval | None:
    """Combine marks of parts by the weakest: the minimum of both ends, leaving out what covers nothing.

    Examples
    --------
    >>> weakest([Interval(2, 2), Interval(0, 4), None])
    Interval(low=0, high=2)
    """
    given = [item for item in intervals if item is not None]
    if not given:
        return None
    return Interval(min(item.low for item in given), min(item.high for item in given))
