"""Concept lattices against all subsets of objects and a textbook."""

from __future__ import annotations

import time
from collections.abc import Collection, Mapping
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cruxmap.analysis.lattice import Concept, concept_names, concepts, covering_relation, jaccard_similarity

contexts = st.dictionaries(st.sampled_from("rstuvwx"), st.frozensets(st.sampled_from("abcdef")), max_size=7)

LIVING_BEINGS = {
    "leech": "abg",
    "bream": "abgh",
    "frog": "abcgh",
    "dog": "acghi",
    "spike-weed": "abdf",
    "reed": "abcdf",
    "bean": "acde",
    "maize": "acdf",
}
"""Ganter & Wille 1999, living beings and water: a needs water to live, b lives in water, c lives on land, d needs chlorophyll,
e two seed leaves, f one seed leaf, g can move around, h has limbs, i suckles its offspring."""


def by_all_subsets(context: Mapping[str, Collection[str]]) -> set[Concept]:
    attributes = frozenset(attribute for given_to in context.values() for attribute in given_to)
    found = set()
    for size in range(len(context) + 1):
        for chosen in combinations(context, size):
            intent = attributes.intersection(*(context[name] for name in chosen))
            extent = frozenset(name for name in context if intent <= set(context[name]))
            found.add((extent, intent))
    return found


@given(contexts)
def test_concepts_are_the_closures_of_all_subsets_of_objects_each_once(
    context: dict[str, frozenset[str]],
) -> None:
    found = concepts(context)

    assert set(found) == by_all_subsets(context)
    assert len(set(found)) == len(found)


@given(contexts)
def test_concepts_come_from_the_largest_extent_down_then_by_names(context: dict[str, frozenset[str]]) -> None:
    keys = [(-len(extent), sorted(extent)) for extent, _ in concepts(context)]

    assert keys == sorted(keys)


@given(contexts)
def test_an_edge_joins_two_concepts_exactly_when_none_lies_between(
    context: dict[str, frozenset[str]],
) -> None:
    lattice = concepts(context)
    extents = [extent for extent, _ in lattice]
    expected = [
        (lower, upper)
        for lower, small in enumerate(extents)
        for upper, large in enumerate(extents)
        if small < large and not any(small < between < large for between in extents)
    ]

    assert covering_relation(lattice) == expected


@given(contexts)
def test_every_attribute_names_the_largest_concept_that_has_it(context: dict[str, frozenset[str]]) -> None:
    lattice = concepts(context)
    names = concept_names(lattice)
    expected: list[list[str]] = [[] for _ in lattice]
    for attribute in sorted(frozenset[str]().union(*context.values())):
        largest = max(
            (number for number, (_, intent) in enumerate(lattice) if attribute in intent),
            key=lambda number: len(lattice[number][0]),
        )
        expected[largest].append(attribute)

    assert names == [tuple(new) for new in expected]


def test_living_beings_and_water_have_the_nineteen_concepts_of_the_textbook() -> None:
    lattice = concepts(LIVING_BEINGS)

    assert len(lattice) == 19
    assert lattice[0] == (frozenset(LIVING_BEINGS), frozenset("a"))
    assert lattice[-1] == (frozenset(), frozenset("abcdefghi"))
    assert (frozenset({"frog", "reed"}), frozenset("abc")) in lattice
    assert (frozenset({"bream", "frog", "leech"}), frozenset("abg")) in lattice
    assert (frozenset({"reed", "maize", "spike-weed"}), frozenset("adf")) in lattice


def test_living_beings_and_water_are_drawn_with_the_labels_of_the_textbook() -> None:
    lattice = concepts(LIVING_BEINGS)
    extent_by_name = {
        name: sorted(extent)
        for name, (extent, _) in zip(concept_names(lattice), lattice, strict=True)
        if name
    }

    assert extent_by_name[("a",)] == sorted(LIVING_BEINGS)
    assert extent_by_name[("h",)] == ["bream", "dog", "frog"]
    assert extent_by_name[("e",)] == ["bean"]
    assert extent_by_name[("i",)] == ["dog"]
    # Directly below the top: moves, lives in water, lives on land, needs chlorophyll.
    below_top = {lattice[lower][1] for lower, upper in covering_relation(lattice) if upper == 0}
    assert below_top == {frozenset("ab"), frozenset("ac"), frozenset("ad"), frozenset("ag")}


def test_a_context_without_objects_has_one_empty_concept() -> None:
    assert concepts({}) == [(frozenset(), frozenset())]
    assert covering_relation(concepts({})) == []
    assert concept_names(concepts({})) == [()]


def test_objects_that_share_nothing_still_have_a_top_and_a_bottom() -> None:
    lattice = concepts({"x": ["a"], "y": ["b"]})

    assert lattice[0] == (frozenset({"x", "y"}), frozenset())
    assert lattice[-1] == (frozenset(), frozenset({"a", "b"}))


def test_attributes_listed_twice_count_once() -> None:
    assert concepts({"x": ["a", "a"]}) == [(frozenset({"x"}), frozenset({"a"}))]
    assert jaccard_similarity({"x": ["a", "a"], "y": ["a"]}).values[0, 1] == 1.0


def test_the_1024_concepts_of_a_contranominal_scale_take_under_a_second() -> None:
    names = "abcdefghij"
    start = time.perf_counter()
    lattice = concepts({name: names.replace(name, "") for name in names})
    edges = covering_relation(lattice)

    assert (len(lattice), len(edges)) == (1024, 5120)
    assert time.perf_counter() - start < 1.0


@given(contexts)
def test_similarity_is_the_share_of_common_attributes(context: dict[str, frozenset[str]]) -> None:
    similarity = jaccard_similarity(context)

    assert similarity.objects == tuple(sorted(context))
    for row, first in enumerate(similarity.objects):
        for column, second in enumerate(similarity.objects):
            value = similarity.values[row, column]
            if first == second:
                assert value == 1.0
            elif not context[first] | context[second]:
                assert np.isnan(value)
            else:
                share = len(context[first] & context[second]) / len(context[first] | context[second])
                assert value == pytest.approx(share)


def test_similarity_of_no_objects_is_an_empty_matrix() -> None:
    assert jaccard_similarity({}).values.shape == (0, 0)
