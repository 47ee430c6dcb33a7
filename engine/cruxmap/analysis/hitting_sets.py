"""Minimal hitting sets: the smallest sets that meet every one of some given sets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cruxmap.analysis.set_families import MAXIMUM_SETS, TooManySetsError, in_reading_order

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

__all__ = ["minimal_hitting_sets"]


def minimal_hitting_sets(conflicts: Iterable[Collection[str]]) -> list[frozenset[str]]:
    """The minimal sets of names that share at least one name with every conflict.

    Parameters
    ----------
    conflicts : iterable of collections of str
        Repetitions and supersets of other conflicts change nothing.

    Returns
    -------
    list of frozenset of str
        By size, then by names. Without conflicts: the empty set alone. With an empty conflict: none.

    Raises
    ------
    TooManySetsError
        When there are more than a million.

    Notes
    -----
    Reiter's diagnoses of a set of conflicts, found not by his tree but by the algorithm MMCS: names are added
    for the uncovered conflict with the fewest candidates, and a branch ends as soon as some chosen name has
    no conflict that it alone covers; so each set is met once and nothing is stored to test minimality.
    Sets of conflicts and of names are bits of integers. Depth is bounded by memory, not by recursion.

    References
    ----------
    Reiter, R. (1987). A theory of diagnosis from first principles. Artificial Intelligence 32(1).
    Murakami, K., Uno, T. (2014). Efficient algorithms for dualizing large-scale hypergraphs. Discrete
    Applied Mathematics 170.

    Examples
    --------
    >>> [sorted(names) for names in minimal_hitting_sets([{"a", "b"}, {"b", "c"}])]
    [['b'], ['a', 'c']]
    """
    given = {frozenset(conflict) for conflict in conflicts}
    names = sorted({name for conflict in given for name in conflict})
    bit_by_name = {name: 1 << number for number, name in enumerate(names)}
    masks = _without_supersets(sum(bit_by_name[name] for name in conflict) for conflict in given)
    if masks and masks[0] == 0:
        return []
    # A conflict of one name leaves no choice, and after absorption its name is in no other conflict.
    forced = frozenset(names[mask.bit_length() - 1] for mask in masks if mask.bit_count() == 1)
    open_masks = [mask for mask in masks if mask.bit_count() > 1]
    found: list[frozenset[str]] = []
    for chosen in _transversals(open_masks, len(names)):
        if len(found) == MAXIMUM_SETS:
            raise TooManySetsError
        found.append(forced.union(names[number] for number in chosen))
    return in_reading_order(found)


def _without_supersets(masks: Iterable[int]) -> list[int]:
    """The minimal masks, smallest first."""
    kept: list[int] = []
    smaller: list[int] = []
    size = 0
    for mask in sorted(set(masks), key=lambda mask: (mask.bit_count(), mask)):
        if mask.bit_count() > size:
            size = mask.bit_count()
            smaller = list(kept)
        if not any(other & mask == other for other in smaller):
            kept.append(mask)
    return kept


def _bits(mask: int) -> Iterator[int]:
    """The positions of the bits of a mask, lowest first."""
    while mask:
        lowest = mask & -mask
        yield lowest.bit_length() - 1
        mask ^= lowest


def _transversals(conflicts: list[int], names: int) -> Iterator[tuple[int, ...]]:
    """The minimal hitting sets of conflicts none of which contains another, as positions of names."""
    covered_by = [0] * names
    for number, conflict in enumerate(conflicts):
        for name in _bits(conflict):
            covered_by[name] |= 1 << number
    everything = (1 << names) - 1
    # Per branch: names chosen, the conflicts that each alone covers, open conflicts, names still allowed.
    branches: list[tuple[tuple[int, ...], tuple[int, ...], int, int]] = [
        ((), (), (1 << len(conflicts)) - 1, everything)
    ]
    while branches:
        chosen, own, uncovered, allowed = branches.pop()
        if not uncovered:
            yield chosen
            continue
        options = _narrowest(conflicts, uncovered, allowed)
        allowed &= ~options
        for name in _bits(options):
            covers = covered_by[name]
            still_own = [alone & ~covers for alone in own]
            if all(still_own):
                branches.append(
                    ((*chosen, name), (*still_own, uncovered & covers), uncovered & ~covers, allowed)
                )
                # A name that cannot be added here could not be added deeper in a sister branch either.
                allowed |= 1 << name


def _narrowest(conflicts: list[int], uncovered: int, allowed: int) -> int:
    """The allowed names of the open conflict that leaves the fewest of them."""
    best, fewest = 0, allowed.bit_count() + 1
    for number in _bits(uncovered):
        options = conflicts[number] & allowed
        count = options.bit_count()
        if count < fewest:
            best, fewest = options, count
            if count <= 1:
                break
    return best
