"""Comparison, search, listing, coverage and citations give what readers ask for."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import cruxmap
from cruxmap.compare import compare
from cruxmap.coverage import coverage, expand
from cruxmap.errors import UnknownIdError
from cruxmap.knowledge import KnowledgeBase
from cruxmap.listing import Filters, listed
from cruxmap.search import search
from cruxmap.sources import citations, works_cited_by


def test_a_comparison_separates_what_is_shared_from_what_is_not(kb: KnowledgeBase) -> None:
    found = compare(kb, [kb.find_assessed("2"), kb.find_assessed("3")])
    assert "hch-is-aligned" in found.assumptions.shared
    assert (
        "checks-are-frequent-enough"
        in found.assumptions.only["imitative-amplification-intermittent-oversight"]
    )
    assert found.mechanisms.only["imitative-amplification-rat"] == ("relaxed-adversarial-training",)
    assert [item.criterion for item in found.criteria] == [criterion.id for criterion in kb.criteria]


def test_three_entries_show_what_only_two_of_them_share(kb: KnowledgeBase) -> None:
    found = compare(kb, [kb.find_assessed(number) for number in ("3", "4", "9")])
    holders = found.assumptions.some["rat-gives-consistent-gradient"]
    assert holders == ("imitative-amplification-rat", "approval-based-amplification-rat")


def test_open_questions_make_dominance_possible_but_never_necessary(kb: KnowledgeBase) -> None:
    found = compare(kb, [kb.find_assessed("1"), kb.find_assessed("8")])
    assert found.necessary == ()
    assert found.possible


def test_a_verdict_taken_over_by_both_cannot_decide_between_them(kb: KnowledgeBase) -> None:
    found = compare(kb, [kb.find_assessed("10"), kb.find_assessed("11")])
    # Outer alignment and performance are those of the same proposal; inner is conditional against doubtful,
    # training conditional against open.
    assert set(found.possible) == {
        ("amplification-auxiliary-rl-rat", "amplification-alongside-rl-rat"),
        ("amplification-alongside-rl-rat", "amplification-auxiliary-rl-rat"),
    }


def test_search_finds_every_word_in_any_order(kb: KnowledgeBase) -> None:
    hits = search(kb, "balance offense")
    assert hits[0].text.id == "offense-defense-favours-finding"


@pytest.mark.parametrize("query", ["transparancy tools", "decieve overseer", "ofense defence balance"])
def test_search_forgives_misspellings(kb: KnowledgeBase, query: str) -> None:
    assert search(kb, query)


def test_search_finds_ids_authors_and_nothing_else(kb: KnowledgeBase) -> None:
    assert search(kb, "p3.inner.for.1")[0].text.id == "p3.inner.for.1"
    assert any(hit.text.kind == "source" for hit in search(kb, "Christiano"))
    assert search(kb, "qwertyuiop") == []
    assert search(kb, "...") == []


@given(st.text(max_size=30))
def test_no_query_whatever_raises(query: str) -> None:
    kb = cruxmap.load()
    assert len(search(kb, query, limit=3)) <= 3


def test_lists_are_filtered_by_what_entries_rest_on(kb: KnowledgeBase) -> None:
    found = [entry.id for entry in listed(kb, "proposal", Filters(assumption="A14"))]
    assert found == ["approval-based-amplification-rat"]
    assert len(listed(kb, "proposals", Filters(mechanism="relaxed"))) == 5
    assert len(listed(kb, "proposal", Filters(criterion="inner"))) == 11
    bearing = listed(kb, "risk", Filters(criterion="inner"))
    assert {"deceptive-alignment", "pseudo-alignment"} <= {entry.id for entry in bearing}
    with pytest.raises(UnknownIdError):
        listed(kb, "unicorn")


def test_runs_of_claims_keep_their_zeros() -> None:
    assert list(expand("rlo-f09..11")) == ["rlo-f09", "rlo-f10", "rlo-f11"]


def test_coverage_tells_omitted_from_missing(write: Callable[..., Path]) -> None:
    inventory = """\
- {kind: source, id: paper2020, title: Paper, authors: [A], year: 2020, role: encoded}
- {kind: term, id: c1, title: One, text: One.}
- kind: inventory
  id: claims
  title: Claims
  source: paper2020
  groups: [{title: All, claims: [c1..3]}]
  omitted: [{claims: [c2], reason: It repeats the first.}]
"""
    kb = cruxmap.load(
        write(**{"cruxmap.yaml": "extends: nothing\n", "ontology/a.yaml": inventory}), remember=False
    )
    (found,) = coverage(kb)
    (group,) = found.groups
    assert (group.encoded, group.omitted, group.missing) == (
        ("c1",),
        (("c2", "It repeats the first."),),
        ("c3",),
    )
    assert found.share == pytest.approx(1 / 3)


def test_works_are_found_from_both_ends(kb: KnowledgeBase) -> None:
    assert "hubinger2019-relaxed-adversarial-training" in [
        work.id for work in works_cited_by(kb, kb.find("3"))
    ]
    assert "p3.setup.3" in citations(kb, "hubinger2019-relaxed-adversarial-training")
    assert len(works_cited_by(kb, kb.find("hubinger2020"))) == 43
