"""Which entries belong together by what they share: a concept lattice, and the nearest pairs."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Any

import numpy as np

from cruxmap.analysis.lattice import concept_names, concepts, covering_relation, jaccard_similarity
from cruxmap.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cruxmap.model.entries import Proposal, Strategy

__all__ = ["KINDS", "LikePair", "SharedConcept", "Sharing", "sharing"]

KINDS = ("mechanism", "assumption")


@dataclass(frozen=True, slots=True)
class SharedConcept:
    """Entries that share something, with all that they share.

    Attributes
    ----------
    entries, shared : tuple of str
        No other entry shares all of it, and they share nothing else; in the order of the context.
    new : tuple of str
        What no more general concept has; empty where a concept only joins what others bring.
    below : tuple of int
        Positions of the next more special concepts.
    """

    entries: tuple[str, ...]
    shared: tuple[str, ...]
    new: tuple[str, ...]
    below: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class LikePair:
    """Two entries, what both have, and how many things at least one of them has."""

    first: str
    second: str
    shared: tuple[str, ...]
    either: int
    similarity: float


@dataclass(frozen=True, slots=True)
class Sharing:
    """What entries share.

    Attributes
    ----------
    by : str
        `mechanism` or `assumption`.
    context : dict of str to tuple of str
        What each entry has.
    concepts : tuple of SharedConcept
        From the most general, which has all entries, to the most special.
    pairs : tuple of LikePair
        Every pair that can be compared, the most alike first.
    """

    by: str
    context: dict[str, tuple[str, ...]]
    concepts: tuple[SharedConcept, ...]
    pairs: tuple[LikePair, ...]

    def own(self, entry: str) -> tuple[str, ...]:
        """What an entry shares with no other."""
        others = {name for other, given in self.context.items() if other != entry for name in given}
        return tuple(name for name in self.context[entry] if name not in others)

    def as_data(self) -> dict[str, Any]:
        """Return the lattice and the similarities as plain data."""
        return {
            "by": self.by,
            "entries": {entry: list(given) for entry, given in self.context.items()},
            "concepts": [
                {
                    "entries": list(item.entries),
                    "shared": list(item.shared),
                    "new": list(item.new),
                    "below": list(item.below),
                }
                for item in self.concepts
            ],
            "pairs": [
                {
                    "entries": [pair.first, pair.second],
                    "shared": list(pair.shared),
                    "either": pair.either,
                    "similarity": pair.similarity,
                }
                for pair in self.pairs
            ],
        }


def sharing(entries: Iterable[Proposal | Strategy], by: str = "mechanism") -> Sharing:
    """Find which entries share mechanisms or assumptions.

    Parameters
    ----------
    entries : iterable of Proposal or Strategy
    by : str
        `mechanism` or `assumption`: those that the entries list as primary. Optional mechanisms and secondary
        assumptions do not count.

    Returns
    -------
    Sharing

    Raises
    ------
    UsageError
        When `by` is something else.

    Notes
    -----
    Jaccard similarity is the share of what both have among what at least one has; two entries with nothing
    recorded are not compared.

    References
    ----------
    Ganter, B., Wille, R. (1999). Formal Concept Analysis: Mathematical Foundations. Springer.
    Jaccard, P. (1912). The distribution of the flora in the alpine zone. New Phytologist 11(2).

    Examples
    --------
    >>> from cruxmap import load
    >>> found = sharing(load().proposals)
    >>> found.pairs[0].first, found.pairs[0].second
    ('imitative-amplification-rat', 'amplification-auxiliary-rl-rat')
    """
    if by not in KINDS:
        raise UsageError(f"cannot cluster by {by!r}; possible: {', '.join(KINDS)}")
    given = list(entries)
    context = {entry.id: entry.mechanisms if by == "mechanism" else entry.assumptions for entry in given}
    attributes = list(dict.fromkeys(name for names in context.values() for name in names))
    lattice = concepts(context)
    new = concept_names(lattice)
    below: list[list[int]] = [[] for _ in lattice]
    for lower, upper in covering_relation(lattice):
        below[upper].append(lower)
    found = tuple(
        SharedConcept(
            tuple(name for name in context if name in extent),
            tuple(name for name in attributes if name in intent),
            tuple(name for name in attributes if name in names),
            tuple(lowers),
        )
        for (extent, intent), names, lowers in zip(lattice, new, below, strict=True)
    )
    return Sharing(by, context, found, _pairs(context))


def _pairs(context: dict[str, tuple[str, ...]]) -> tuple[LikePair, ...]:
    likeness = jaccard_similarity(context)
    place = {name: number for number, name in enumerate(likeness.objects)}
    pairs = []
    for first, second in combinations(context, 2):
        value = float(likeness.values[place[first], place[second]])
        if not np.isnan(value):
            shared = tuple(name for name in context[first] if name in context[second])
            either = len({*context[first], *context[second]})
            pairs.append(LikePair(first, second, shared, either, value))
    # The sort is stable: equal pairs keep the order of the entries.
    return tuple(sorted(pairs, key=lambda pair: -pair.similarity))
