"""Entries are grouped by everything they share, and nothing else."""

from __future__ import annotations

from itertools import chain, combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cruxmap.analysis.sharing import Sharing, sharing
from cruxmap.errors import UsageError
from cruxmap.knowledge import KnowledgeBase
from cruxmap.model.entries import Proposal

has = st.dictionaries(
    st.sampled_from(["p1", "p2", "p3", "p4"]), st.sets(st.sampled_from("wxyz")).map(sorted), min_size=1
)


def of(context: dict[str, list[str]], by: str = "mechanism") -> Sharing:
    entries = [
        Proposal(kind="proposal", id=name, title=name, mechanisms=tuple(names), assumptions=tuple(names))
        for name, names in context.items()
    ]
    return sharing(entries, by)


@given(has)
def test_concepts_are_all_the_closed_pairs_from_general_to_special(context: dict[str, list[str]]) -> None:
    found = of(context)
    everything = set(chain.from_iterable(context.values()))
    expected = set()
    for size in range(len(context) + 1):
        for entries in combinations(context, size):
            shared = everything.intersection(*(context[name] for name in entries)) if entries else everything
            extent = frozenset(name for name in context if shared <= set(context[name]))
            expected.add((extent, frozenset(shared)))
    concepts = {(frozenset(item.entries), frozenset(item.shared)) for item in found.concepts}
    assert concepts == expected
    assert len(concepts) == len(found.concepts)
    sizes = [len(item.entries) for item in found.concepts]
    assert sizes == sorted(sizes, reverse=True)


@given(has)
def test_what_is_new_in_a_concept_is_in_no_more_general_one(context: dict[str, list[str]]) -> None:
    found = of(context)
    for item in found.concepts:
        above = [other for other in found.concepts if set(item.entries) < set(other.entries)]
        inherited = set(chain.from_iterable(other.shared for other in above))
        assert set(item.new) == set(item.shared) - inherited
        for position in item.below:
            lower = found.concepts[position]
            assert set(lower.entries) < set(item.entries)
            between = [
                other
                for other in found.concepts
                if set(lower.entries) < set(other.entries) < set(item.entries)
            ]
            assert between == []


@given(has)
def test_similarity_is_the_share_of_what_both_have(context: dict[str, list[str]]) -> None:
    found = of(context)
    values = {}
    for one, other in combinations(context, 2):
        both, either = set(context[one]) & set(context[other]), set(context[one]) | set(context[other])
        if either:
            values[one, other] = (round(len(both) / len(either), 12), len(both), len(either))
    assert values == {
        (pair.first, pair.second): (round(pair.similarity, 12), len(pair.shared), pair.either)
        for pair in found.pairs
    }
    assert [pair.similarity for pair in found.pairs] == sorted(
        (pair.similarity for pair in found.pairs), reverse=True
    )


def test_what_an_entry_shares_with_no_other_is_its_own() -> None:
    found = of({"p1": ["x", "y"], "p2": ["y", "z"], "p3": []}, "assumption")
    assert (found.own("p1"), found.own("p2"), found.own("p3")) == (("x",), ("z",), ())


def test_entries_with_nothing_recorded_are_not_compared() -> None:
    assert of({"p1": [], "p2": []}).pairs == ()


def test_the_corpus_is_compared_by_what_entries_list(kb: KnowledgeBase) -> None:
    found = sharing(kb.proposals, "assumption")
    assert found.context == {entry.id: entry.assumptions for entry in kb.proposals}


def test_entries_cannot_be_grouped_by_anything_else() -> None:
    with pytest.raises(UsageError, match="cannot cluster by 'colour'"):
        of({"p1": []}, by="colour")
