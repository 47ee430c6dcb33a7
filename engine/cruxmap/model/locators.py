"""Locators: where in a work a claim stands, in a form that can be checked against its section map."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cruxmap.model.vocabulary import Source

_PIECE = re.compile(
    r"""(?P<section>§\s*(?P<number>[0-9A-Z][0-9A-Za-z]*(?:\.[0-9A-Za-z]+)*))
      | (?P<word>fn|fig|table|eq)(?:\s*(?P<count>[0-9A-Z][0-9A-Za-z.]*))?(?=[\s,]|$)
      | ¶\s*(?P<paragraph>[^,¶§]+)""",
    re.VERBOSE,
)
_SOURCE = re.compile(r"^(?P<source>[a-z][a-z0-9-]*[0-9][a-z0-9-]*)(?:\s+|$)")


class LocatorSyntaxError(ValueError):
    """A locator does not follow the grammar."""


@dataclass(frozen=True, slots=True)
class Place:
    """One place in a work: a section, a numbered item in it, or a named part.

    Attributes
    ----------
    section : str or None
        Section number as in the section map, without the sign (`3.1`).
    item : str or None
        `fn`, `fig`, `table` or `eq`.
    number : str or None
        Number of that item, where given.
    part : str or None
        A named part such as `abstract`.
    """

    section: str | None = None
    item: str | None = None
    number: str | None = None
    part: str | None = None


@dataclass(frozen=True, slots=True)
class Locator:
    """A source and one or more places in it."""

    source: str | None
    places: tuple[Place, ...]
    text: str

    def __str__(self) -> str:
        """Write the locator with the id of its source."""
        return f"{self.source} {self.text}" if self.source else self.text


def parse(text: str, default_source: str | None = None) -> Locator:
    """Parse a locator.

    Parameters
    ----------
    text : str
        `§4.2`, `§3.0 fn 3`, `fig 2`, `abstract`, several separated by commas; a leading source id overrides
        the source of the entry.
    default_source : str, optional
        The source of the entry that the locator stands in.

    Returns
    -------
    Locator

    Raises
    ------
    LocatorSyntaxError
        When a piece is neither of these.

    Examples
    --------
    >>> parse("§3.0 fn 3", "hubinger2020").places
    (Place(section='3.0', item='fn', number='3', part=None),)
    >>> str(parse("hubinger2019 §4.1", "hubinger2020"))
    'hubinger2019 §4.1'
    """
    named = _SOURCE.match(text)
    source = named["source"] if named else default_source
    rest = text[named.end() :] if named else text
    places = tuple(place for piece in rest.split(",") for place in _places(piece.strip()))
    if not places and not named:
        raise LocatorSyntaxError("the locator is empty")
    return Locator(source, places, rest.strip())


def _places(piece: str) -> Iterator[Place]:
    if not piece:
        return
    section: str | None = None
    position = 0
    found_item = False
    while position < len(piece):
        match = _PIECE.match(piece, position)
        if not match:
            break
        if match["section"]:
            section = match["number"]
        elif match["word"]:
            found_item = True
            yield Place(section, match["word"], match["count"])
        position = match.end()
        while position < len(piece) and piece[position] == " ":
            position += 1
    if position == 0:
        yield Place(part=piece)
    elif position < len(piece):
        raise LocatorSyntaxError(f"{piece[position:]!r} is not a place such as `fn 3`, `fig 2` or `¶Title`")
    elif not found_item and section is not None:
        yield Place(section)


def missing_places(locator: Locator, source: Source) -> list[str]:
    """What a locator names that its source does not have.

    Parameters
    ----------
    locator : Locator
    source : Source
        The work that the locator points into; one without a section map accepts any section.

    Returns
    -------
    list of str
        Descriptions such as ``"section 13"``; empty when every place exists.
    """
    sections = {section.number for section in source.sections}
    limits = {"fn": source.footnotes, "fig": source.figures, "table": source.tables}
    missing = []
    for place in locator.places:
        if place.section is not None and sections and place.section not in sections:
            missing.append(f"section {place.section}")
        if place.part is not None and place.part not in source.parts:
            missing.append(f"part {place.part!r}")
        limit = limits.get(place.item or "")
        if limit is not None and place.number and place.number.isdigit() and int(place.number) > limit:
            missing.append(f"{place.item} {place.number} (the last is {limit})")
    return missing
