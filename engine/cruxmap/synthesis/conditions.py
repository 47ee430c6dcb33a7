"""Which items fit a condition."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Any

from cruxmap.model.intervals import UnknownMarkError, interval, words
from cruxmap.model.queries import ANY, EACH, Condition, Related, Selection
from cruxmap.synthesis.items import ATTRIBUTES, FIGURES, Item, figure, items_of, link
from cruxmap.synthesis.query_errors import QueryError
from cruxmap.synthesis.ranges import parse_range

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cruxmap.model.intervals import Interval
    from cruxmap.synthesis.facts import Facts

_NESTED = ("with_", "not_", "any_of")
_NAMES = tuple(item.name for item in fields(Condition) if item.name not in _NESTED)


def key(name: str) -> str:
    """The key in files for a field of a query."""
    return name.rstrip("_").replace("_", "-")


def given(condition: Condition) -> Iterator[tuple[str, Any]]:
    """Yield the keys of a condition that are written, nested conditions left out."""
    for name in _NAMES:
        value = getattr(condition, name)
        if value is not None:
            yield name, value


def select(facts: Facts, selection: Selection, each: Item | None = None) -> list[Item]:
    """Return the items of a selection.

    Parameters
    ----------
    facts : Facts
    selection : Selection
    each : Item, optional
        What the word `each` stands for.

    Raises
    ------
    QueryError
        When a key asks for something that items of the sort do not have.
    """
    ensure_meaning(facts, selection, selection.of, inside=each is not None)
    return [item for item in items_of(facts, selection.of) if fits(facts, item, selection, each)]


def related(facts: Facts, item: Item, selection: Selection) -> list[Item]:
    """Return the items of a selection that are related to an item.

    When the selection says `each`, that is the relation; otherwise it is the one of `items.LINKS`.

    Raises
    ------
    QueryError
        As for `select`, and when the sorts are not related.
    """
    found = select(facts, selection, item)
    if mentions_each(selection):
        return found
    how = link(item.domain, selection.of)
    if how is None:
        message = f"{selection.of} are not related to {item.domain} in a way that goes without saying"
        raise QueryError(message, ("of",), "say how with `each`, as in `falls-with: each`")
    name, forward = how
    if forward:
        attribute = ATTRIBUTES[selection.of][name]
        return [other for other in found if item.id in attribute(facts, other)]
    own = ATTRIBUTES[item.domain][name](facts, item)
    return [other for other in found if other.id in own]


def mentions_each(condition: Condition) -> bool:
    """Whether the word `each` stands in a condition itself; inside `with` it means something else."""
    if any(EACH in value for _, value in given(condition) if isinstance(value, tuple)):
        return True
    parts = (*condition.any_of, *([condition.not_] if condition.not_ else ()))
    return any(mentions_each(part) for part in parts)


def fits(facts: Facts, item: Item, condition: Condition, each: Item | None = None) -> bool:
    """Whether an item fits a condition whose meaning was ensured."""
    return (
        all(_fits_key(facts, item, name, value, each) for name, value in given(condition))
        and (condition.with_ is None or _has_related(facts, item, condition.with_))
        and not (condition.not_ is not None and fits(facts, item, condition.not_, each))
        and (not condition.any_of or any(fits(facts, item, part, each) for part in condition.any_of))
    )


def _has_related(facts: Facts, item: Item, wanted: Related) -> bool:
    try:
        number = len(related(facts, item, wanted))
    except QueryError as error:
        raise error.below("with") from None
    times = parse_range(wanted.times) if wanted.times else None
    return times.holds(number) if times else number > 0


def _fits_key(facts: Facts, item: Item, name: str, value: Any, each: Item | None) -> bool:
    if name in FIGURES.get(item.domain, ()):
        number, wanted = figure(facts, item, name), parse_range(value)
        return number is not None and wanted is not None and wanted.holds(number)
    if name in ("fragile", "conditional"):
        return ("true" if value else "false") in ATTRIBUTES[item.domain][name](facts, item)
    chosen = [each.id if each and word == EACH else word for word in value]
    if name == "falls_with":
        return facts.falls_with(item.id, chosen)
    own = ATTRIBUTES[item.domain][name](facts, item)
    if ANY in chosen and own:
        return True
    if name == "stance":
        return any(_is_stance(facts, item, word) for word in chosen)
    if name == "number":
        return any(_is_number(number, word) for number in own for word in chosen)
    return not set(own).isdisjoint(chosen)


def _is_number(number: str, wanted: str) -> bool:
    span = parse_range(wanted)
    if span is not None and number.isdigit():
        return span.holds(int(number))
    return number.casefold() == wanted.casefold()


def _is_stance(facts: Facts, item: Item, word: str) -> bool:
    if ".." not in word:
        return bool(item.value.word == word)
    wanted = _levels(facts, item.id.partition("/")[2], word)
    own: Interval | None = item.value.interval
    return own is not None and wanted is not None and wanted.low <= own.low and own.high <= wanted.high


def _levels(facts: Facts, criterion: str, word: str) -> Interval | None:
    try:
        return interval(facts.kb.scale_of(criterion), word)
    except UnknownMarkError:
        return None


def ensure_meaning(facts: Facts, condition: Condition, domain: str, *, inside: bool) -> None:
    """Refuse a condition that asks for what items of a sort do not have.

    Raises
    ------
    QueryError
        With the steps to the key.
    """
    for name, value in given(condition):
        known = (*ATTRIBUTES[domain], *FIGURES.get(domain, ()))
        joint = name == "falls_with" and "rests_on" in known
        if name not in known and not joint:
            hint = "they have " + ", ".join(sorted(key(item) for item in known if item in _NAMES))
            raise QueryError(f"{domain} have no `{key(name)}`", (key(name),), hint)
        if isinstance(value, tuple) and EACH in value and not inside:
            raise QueryError("`each` stands for nothing here", (key(name),), "use it inside `by` or `with`")
        if name == "stance":
            _ensure_stances(facts, value)
    if condition.not_ is not None:
        _ensure_below(facts, condition.not_, domain, ("not",), inside=inside)
    for place, part in enumerate(condition.any_of):
        _ensure_below(facts, part, domain, ("any-of", place), inside=inside)
    if condition.with_ is not None:
        _ensure_below(facts, condition.with_, condition.with_.of, ("with",), inside=True)
        if not mentions_each(condition.with_) and link(domain, condition.with_.of) is None:
            message = f"{condition.with_.of} are not related to {domain} in a way that goes without saying"
            raise QueryError(message, ("with",), "say how with `each`, as in `falls-with: each`")


def _ensure_below(
    facts: Facts, condition: Condition, domain: str, steps: tuple[str | int, ...], *, inside: bool
) -> None:
    try:
        ensure_meaning(facts, condition, domain, inside=inside)
    except QueryError as error:
        raise error.below(*steps) from None


def _ensure_stances(facts: Facts, wanted: tuple[str, ...]) -> None:
    columns = [criterion.id for criterion in facts.kb.criteria]
    known = list(dict.fromkeys(word for name in columns for word in words(facts.kb.scale_of(name))))
    for place, word in enumerate(wanted):
        if word in (EACH, ANY, *known) or any(_levels(facts, name, word) for name in columns):
            continue
        hint = f"one of {', '.join(known)}, or a range of levels"
        raise QueryError(f"`{word}` is on no scale", ("stance", place), hint)
