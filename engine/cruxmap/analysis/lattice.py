"""Formal concept analysis: which objects belong together by what they share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from numpy.typing import NDArray

__all__ = ["Concept", "Similarity", "concept_names", "concepts", "covering_relation", "jaccard_similarity"]

Concept = tuple[frozenset[str], frozenset[str]]
"""Extent (objects) and intent (attributes): objects that share the attributes, and all that they share."""


def concepts(context: Mapping[str, Collection[str]]) -> list[Concept]:
    """All formal concepts of a context.

    Parameters
    ----------
    context : mapping of str to collection of str
        For every object its attributes.

    Returns
    -------
    list of (frozenset of str, frozenset of str)
        Extent and intent, from the largest extent to the smallest, then by the names of the extent. The first
        has all objects, the last all attributes.

    Notes
    -----
    Close-by-One with the canonicity test on intents as integers: every concept is met once, in time
    O(|objects| · |attributes|) bit operations per concept, and no search for duplicates. There can be
    2 to the power of the smaller of the two numbers of them. A context without objects has one concept, with
    nothing in it.

    References
    ----------
    Ganter, B., Wille, R. (1999). Formal Concept Analysis: Mathematical Foundations. Springer.
    Kuznetsov, S. O. (1993). A fast algorithm for computing all intersections of objects in a finite
    semi-lattice. Automatic Documentation and Mathematical Linguistics 27(5).

    Examples
    --------
    >>> for extent, intent in concepts({"debate": ["judge", "honesty"], "amplification": ["judge"]}):
    ...     print(sorted(extent), sorted(intent))
    ['amplification', 'debate'] ['judge']
    ['debate'] ['honesty', 'judge']
    """
    objects = sorted(context)
    attributes = sorted({attribute for given in context.values() for attribute in given})
    number_by_attribute = {attribute: number for number, attribute in enumerate(attributes)}
    rows = [sum(1 << number_by_attribute[attribute] for attribute in set(context[name])) for name in objects]
    found = [
        (_named(extent, objects), _named(intent, attributes))
        for extent, intent in _closed_pairs(rows, len(attributes))
    ]
    return sorted(found, key=lambda concept: (-len(concept[0]), sorted(concept[0])))


def _closed_pairs(rows: Sequence[int], attributes: int) -> Iterator[tuple[int, int]]:
    """Extent and intent of every concept as masks; `rows` are the attributes of the objects."""
    columns = [
        sum(1 << number for number, row in enumerate(rows) if row >> attribute & 1)
        for attribute in range(attributes)
    ]
    everything = (1 << attributes) - 1

    def shared(extent: int) -> int:
        common = everything
        while extent:
            lowest = extent & -extent
            common &= rows[lowest.bit_length() - 1]
            extent ^= lowest
        return common

    top = (1 << len(rows)) - 1
    pending = [(top, shared(top), 0)]
    while pending:
        extent, intent, start = pending.pop()
        yield extent, intent
        for attribute in range(start, attributes):
            if intent >> attribute & 1:
                continue
            narrower = extent & columns[attribute]
            wider = shared(narrower)
            earlier = (1 << attribute) - 1
            # A new attribute before this one means that the concept is met from there.
            if not (wider & ~intent) & earlier:
                pending.append((narrower, wider, attribute + 1))


def _named(mask: int, names: Sequence[str]) -> frozenset[str]:
    return frozenset(name for number, name in enumerate(names) if mask >> number & 1)


def covering_relation(lattice: Sequence[Concept]) -> list[tuple[int, int]]:
    """The edges of the Hasse diagram: which concept lies directly below which.

    Parameters
    ----------
    lattice : sequence of concepts
        All concepts of one context, as `concepts` returns them; pairs are positions in it.

    Returns
    -------
    list of (int, int)
        (lower, upper): the extent of the lower is a subset of that of the upper, with no concept between
        them. In ascending order.

    Notes
    -----
    For each concept, the closures that one more object brings: one of them is a direct neighbour exactly when
    every object that it adds leads to the same closure. O(concepts · objects) intersections.

    References
    ----------
    Lindig, C. (2000). Fast concept analysis. In Working with Conceptual Structures (ICCS).

    Examples
    --------
    >>> covering_relation(concepts({"x": ["a"], "y": ["b"]}))
    [(1, 0), (2, 0), (3, 1), (3, 2)]
    """
    position_by_intent = {intent: position for position, (_, intent) in enumerate(lattice)}
    intent_by_object: dict[str, frozenset[str]] = {}
    for extent, intent in lattice:
        # Extents shrink along the list, so the last concept with an object has exactly its attributes.
        intent_by_object.update(dict.fromkeys(extent, intent))
    edges = []
    for lower, (extent, intent) in enumerate(lattice):
        leading_to: dict[int, int] = {}
        for name, own in intent_by_object.items():
            if name not in extent:
                upper = position_by_intent[intent & own]
                leading_to[upper] = leading_to.get(upper, 0) + 1
        edges += [
            (lower, upper)
            for upper, objects in leading_to.items()
            if objects == len(lattice[upper][0]) - len(extent)
        ]
    return sorted(edges)


def concept_names(lattice: Sequence[Concept]) -> list[tuple[str, ...]]:
    """What each concept is named by: the attributes that none of its parents has.

    Parameters
    ----------
    lattice : sequence of concepts
        All concepts of one context, as `concepts` returns them.

    Returns
    -------
    list of tuple of str
        For each concept its new attributes in alphabetical order. Empty where a concept only joins what its
        parents bring; its whole intent then describes it.

    Notes
    -----
    The reduced labelling of the lattice: every attribute names exactly one concept, the largest that has it.

    References
    ----------
    Ganter, B., Wille, R. (1999). Formal Concept Analysis: Mathematical Foundations. Springer.

    Examples
    --------
    >>> concept_names(concepts({"debate": ["judge", "honesty"], "amplification": ["judge"]}))
    [('judge',), ('honesty',)]
    """
    inherited: list[set[str]] = [set() for _ in lattice]
    for lower, upper in covering_relation(lattice):
        inherited[lower] |= lattice[upper][1]
    return [tuple(sorted(intent - known)) for (_, intent), known in zip(lattice, inherited, strict=True)]


@dataclass(frozen=True, slots=True, eq=False)
class Similarity:
    """Pairwise similarity of objects."""

    objects: tuple[str, ...]
    """In alphabetical order; rows and columns of `values`."""
    values: NDArray[np.float64]
    """Shape (objects, objects), symmetric, 0 to 1, diagonal 1; NaN where nothing can be compared."""


def jaccard_similarity(context: Mapping[str, Collection[str]]) -> Similarity:
    """For each pair of objects, the share of their attributes that both have.

    Parameters
    ----------
    context : mapping of str to collection of str
        For every object its attributes.

    Returns
    -------
    Similarity
        |A ∩ B| / |A ∪ B|. NaN for two different objects without any attribute: nothing recorded is no
        evidence of likeness.

    References
    ----------
    Jaccard, P. (1912). The distribution of the flora in the alpine zone. New Phytologist 11(2).

    Examples
    --------
    >>> jaccard_similarity({"x": ["a", "b"], "y": ["b"]}).values
    array([[1. , 0.5],
           [0.5, 1. ]])
    """
    objects = sorted(context)
    attributes = sorted({attribute for given in context.values() for attribute in given})
    given_sets = [set(context[name]) for name in objects]
    has = np.array(
        [[attribute in given for attribute in attributes] for given in given_sets],
        dtype=np.int64,
    ).reshape(len(objects), len(attributes))
    both = has @ has.T
    sizes = has.sum(axis=1)
    either = sizes[:, None] + sizes[None, :] - both
    values = np.full(both.shape, np.nan)
    np.divide(both, either, out=values, where=either > 0)
    np.fill_diagonal(values, 1.0)
    return Similarity(tuple(objects), values)
