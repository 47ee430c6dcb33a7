"""Locators are read exactly and checked against the section map of their source."""

from __future__ import annotations

import pytest

from cruxmap.knowledge import KnowledgeBase
from cruxmap.model.locators import LocatorSyntaxError, Place, missing_places, parse
from cruxmap.model.vocabulary import Source


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("§4.2", [Place("4.2")]),
        ("§3.0 fn 3", [Place("3.0", "fn", "3")]),
        ("§5.1 fig 10, fn 11", [Place("5.1", "fig", "10"), Place(None, "fn", "11")]),
        ("fig 2", [Place(None, "fig", "2")]),
        ("§5.1, §9.1", [Place("5.1"), Place("9.1")]),
        ("abstract", [Place(part="abstract")]),
        ("§A", [Place("A")]),
        ("§3.2 ¶Unidentifiability", [Place("3.2")]),
        ("§4.4 fn", [Place("4.4", "fn", None)]),
    ],
)
def test_a_locator_names_its_places(text: str, places: list[Place]) -> None:
    assert list(parse(text, "hubinger2020").places) == places


def test_a_source_in_front_overrides_that_of_the_entry() -> None:
    locator = parse("hubinger2019 §4.1", "hubinger2020")
    assert (locator.source, str(locator)) == ("hubinger2019", "hubinger2019 §4.1")


@pytest.mark.parametrize("text", ["", "§4.2 page 3", " , ", "§3.0 fn 3 x"])
def test_what_is_no_locator_is_refused(text: str) -> None:
    with pytest.raises(LocatorSyntaxError):
        parse(text, "hubinger2020")


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("§12.4", []),
        ("§13", ["section 13"]),
        ("§2.5, §3.1", ["section 2.5"]),
        ("fn 18", ["fn 18 (the last is 17)"]),
        ("§2.0 fig 26", []),
        ("epilogue", ["part 'epilogue'"]),
    ],
)
def test_places_that_the_paper_does_not_have_are_found(
    kb: KnowledgeBase, text: str, missing: list[str]
) -> None:
    source = kb.entries["hubinger2020"]
    assert isinstance(source, Source)
    assert missing_places(parse(text, source.id), source) == missing
