"""Answer queries."""

from __future__ import annotations

from dataclasses import dataclass, fields
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from cruxmap.synthesis.conditions import ensure_meaning, fits, key, related, select
from cruxmap.synthesis.facts import Facts
from cruxmap.synthesis.items import FIGURES, figure
from cruxmap.synthesis.query_errors import QueryError
from cruxmap.synthesis.ranges import parse_range

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from cruxmap.knowledge import KnowledgeBase
    from cruxmap.model.queries import Claim, Condition, Measure, Query, Ranking, Selection
    from cruxmap.synthesis.items import Item

TRUTH = {True: "true", False: "false"}
NUMBER_RELATIONS = ("more", "less", "equal")
SET_RELATIONS = ("equal", "within", "contains", "overlapping", "disjoint")


@dataclass(frozen=True, slots=True)
class Answer:
    """What the data gives for a query.

    Attributes
    ----------
    sort : {"number", "truth", "names", "relation"}
    value : int, float, bool, str or tuple of str
        Names in the order of the files.
    names : tuple of str
        The ids behind it: those counted, those that fit or, where `all` is false, those that do not.
    detail : str
        What else a reader wants to know, for instance the runner-up.
    parts : tuple of Answer
        The two sides of a comparison, or the answers that `holds` joins.
    """

    sort: str
    value: Any
    names: tuple[str, ...] = ()
    detail: str = ""
    parts: tuple[Answer, ...] = ()

    def meets(self, expected: Sequence[str]) -> bool:
        """Whether the answer is what a sentence expects.

        Raises
        ------
        QueryError
            When the expectation is of another sort than the answer.

        Examples
        --------
        >>> Answer("number", 6).meets(["5.."]), Answer("names", ("a", "b")).meets(["b", "a"])
        (True, True)
        """
        if self.sort == "names":
            return set(self.value) == set(expected)
        word = expected[0] if len(expected) == 1 else None
        if self.sort == "number":
            span = parse_range(word) if word else None
            if span is None:
                raise QueryError(
                    "the query gives a number", (), "expect a number such as 6, or a range, 5..7"
                )
            return span.holds(self.value)
        words = tuple(TRUTH.values()) if self.sort == "truth" else (*NUMBER_RELATIONS, *SET_RELATIONS)
        if word not in words:
            raise QueryError("the query gives one of the words: " + ", ".join(dict.fromkeys(words)))
        return word == self.shown

    @property
    def shown(self) -> str:
        """The value as it is written in `expect`."""
        if self.sort == "names":
            return f"[{', '.join(self.value)}]"
        if self.sort == "truth":
            return TRUTH[self.value]
        if isinstance(self.value, float):
            return f"{self.value:.4f}".rstrip("0").rstrip(".")
        return str(self.value)

    def as_data(self) -> dict[str, Any]:
        """Return plain data for JSON."""
        value = list(self.value) if isinstance(self.value, tuple) else self.value
        return {"sort": self.sort, "value": value, "names": list(self.names), "detail": self.detail} | (
            {"parts": [part.as_data() for part in self.parts]} if self.parts else {}
        )


def answer(facts: Facts, query: Query) -> Answer:
    """Answer a query.

    Parameters
    ----------
    facts : Facts
    query : Query

    Returns
    -------
    Answer

    Raises
    ------
    QueryError
        When the query has no meaning; its steps lead to the key.

    Examples
    --------
    >>> from cruxmap import load
    >>> from cruxmap.model.queries import Query, Selection
    >>> query = Query(count=Selection(of="proposals", mechanism=("debate",)))
    >>> answer(Facts(load()), query).value
    1
    """
    name = operator_of(query)
    try:
        return _OPERATORS[name](facts, getattr(query, name))
    except QueryError as error:
        raise error.below(key(name)) from None


def ask(kb: KnowledgeBase, query: Mapping[str, Any]) -> Answer:
    """Answer a query written as plain data, as in files: texts, lists and mappings.

    Raises
    ------
    QueryError
        When the data is no query, or the query has no meaning.

    Examples
    --------
    >>> from cruxmap import load
    >>> ask(load(), {"which": {"of": "proposals", "mechanism": "debate"}}).value
    ('debate-transparency-tools',)
    """
    from cruxmap.model.queries import Query
    from cruxmap.model.validation import check_data

    parsed, faults = check_data(Query, query)
    if parsed is None:
        raise QueryError(faults[0].message, faults[0].steps, faults[0].hint)
    return answer(Facts(kb), parsed)


def operator_of(query: Query | Measure) -> str:
    """The field that a query or measure has."""
    return next(item.name for item in fields(query) if getattr(query, item.name) is not None)


def _names(items: Sequence[Item]) -> tuple[str, ...]:
    return tuple(item.id for item in items)


def _count(facts: Facts, selection: Selection) -> Answer:
    found = _names(select(facts, selection))
    return Answer("number", len(found), found)


def _which(facts: Facts, selection: Selection) -> Answer:
    found = _names(select(facts, selection))
    return Answer("names", found, found)


def _split(
    facts: Facts, claim: Claim, each: Item | None, items: Sequence[Item]
) -> tuple[list[Item], list[Item]]:
    """Items that have what is claimed, and those that do not."""
    if claim.have is None:
        raise QueryError("nothing is said about the items", (), "add `have:`")
    has = _checked_have(facts, claim.have, claim.of, each)
    return [item for item in items if has(item)], [item for item in items if not has(item)]


def _checked_have(facts: Facts, have: Condition, domain: str, each: Item | None) -> Callable[[Item], bool]:
    try:
        ensure_meaning(facts, have, domain, inside=each is not None)
    except QueryError as error:
        raise error.below("have") from None
    return lambda item: fits(facts, item, have, each)


def _chosen(facts: Facts, claim: Claim) -> list[Item]:
    found = select(facts, claim)
    if not found:
        raise QueryError(f"there are no such {claim.of}, so nothing can be said of all of them")
    return found


def _share(facts: Facts, claim: Claim) -> Answer:
    found = _chosen(facts, claim)
    having, _ = _split(facts, claim, None, found)
    return Answer("number", len(having) / len(found), _names(having), f"{len(having)} of {len(found)}")


def _all(facts: Facts, claim: Claim) -> Answer:
    found = _chosen(facts, claim)
    having, lacking = _split(facts, claim, None, found)
    return Answer("truth", not lacking, _names(lacking or having), f"{len(having)} of {len(found)}")


def _none(facts: Facts, claim: Claim) -> Answer:
    found = _some(facts, claim)
    return Answer("truth", not found.value, found.names, found.detail)


def _some(facts: Facts, claim: Claim) -> Answer:
    if claim.have is None:
        found = select(facts, claim)
        return Answer("truth", bool(found), _names(found))
    items = _chosen(facts, claim)
    having, _ = _split(facts, claim, None, items)
    return Answer("truth", bool(having), _names(having), f"{len(having)} of {len(items)}")


def _most(facts: Facts, ranking: Ranking) -> Answer:
    return _extreme(facts, ranking, max)


def _least(facts: Facts, ranking: Ranking) -> Answer:
    return _extreme(facts, ranking, min)


def _extreme(facts: Facts, ranking: Ranking, best: Callable[[Any], Any]) -> Answer:
    values = measured(facts, ranking)
    if not values:
        raise QueryError(f"there are no such {ranking.of} to compare")
    top = best(values.values())
    found = tuple(name for name, value in values.items() if value == top)
    others = sorted({value for value in values.values() if value != top}, reverse=best is max)
    following = f", the next {_number(others[0])}" if others else ""
    return Answer("names", found, found, f"{_number(top)}{following}")


def measured(facts: Facts, ranking: Ranking) -> dict[str, Fraction | float]:
    """The measure of every item of a ranking that has one, by id."""
    name = operator_of(ranking.by)
    given = getattr(ranking.by, name)
    items = select(facts, ranking)
    measure: dict[str, Callable[[Item], Fraction | float | None]] = {
        "count": lambda item: len(related(facts, item, given)),
        "share": lambda item: _share_of(facts, item, given),
        "figure": lambda item: _figure(facts, item, given),
    }
    try:
        values = {item.id: measure[name](item) for item in items}
    except QueryError as error:
        raise error.below("by", name) from None
    return {item: value for item, value in values.items() if value is not None}


def _figure(facts: Facts, item: Item, name: str) -> float | None:
    field = name.replace("-", "_")
    if field not in FIGURES.get(item.domain, ()):
        raise QueryError(f"{item.domain} have no {name}")
    return figure(facts, item, field)


def _share_of(facts: Facts, item: Item, claim: Claim) -> Fraction | None:
    found = related(facts, item, claim)
    return Fraction(len(_split(facts, claim, item, found)[0]), len(found)) if found else None


def _number(value: Fraction | float) -> str:
    if isinstance(value, Fraction):
        return f"{value.numerator} of {value.denominator}" if value.denominator > 1 else str(value.numerator)
    return f"{value:.3f}".rstrip("0").rstrip(".")


def _compare(facts: Facts, queries: tuple[Query, ...]) -> Answer:
    if len(queries) != 2:
        raise QueryError("`compare` takes a list of two queries")
    sides = []
    for place, query in enumerate(queries):
        try:
            sides.append(answer(facts, query))
        except QueryError as error:
            raise error.below(place) from None
    first, second = sides
    detail = f"{first.shown} and {second.shown}"
    if first.sort == second.sort == "number":
        more = "more" if first.value > second.value else "less"
        relation = "equal" if first.value == second.value else more
    elif first.sort == second.sort == "names":
        relation = _relation(set(first.value), set(second.value))
    else:
        raise QueryError("two numbers can be compared, or two sets of ids", (1,))
    return Answer("relation", relation, (), detail, (first, second))


def _relation(own: set[str], other: set[str]) -> str:
    if own == other:
        return "equal"
    if own < other:
        return "within"
    if own > other:
        return "contains"
    return "overlapping" if own & other else "disjoint"


def _failures_needed(facts: Facts, selection: Selection) -> Answer:
    if "failures_needed" not in FIGURES.get(selection.of, ()):
        raise QueryError(f"{selection.of} do not fail; verdicts, proposals and strategies do", ("of",))
    found = [item.id for item in select(facts, selection)]
    if not found:
        raise QueryError(f"there are no such {selection.of}")
    sets = facts.failures(found)
    if not sets:
        raise QueryError("no failure of assumptions defeats them all")
    shown = "; ".join(" and ".join(names) for names in sets[:3])
    more = f"; {len(sets) - 3} more" if len(sets) > 3 else ""
    return Answer("number", len(sets[0]), (), f"{shown}{more}")


def _holds(facts: Facts, checks: tuple[Any, ...]) -> Answer:
    failing, parts = [], []
    for place, check in enumerate(checks):
        try:
            found = answer(facts, check.query)
        except QueryError as error:
            raise error.below(place, "query") from None
        parts.append(found)
        try:
            if not found.meets(check.expect):
                failing.append(f"part {place + 1} gives {found.shown}")
        except QueryError as error:
            raise error.below(place, "expect") from None
    return Answer("truth", not failing, (), "; ".join(failing), tuple(parts))


_OPERATORS: dict[str, Callable[[Facts, Any], Answer]] = {
    "count": _count,
    "share": _share,
    "which": _which,
    "all_": _all,
    "none": _none,
    "some": _some,
    "most": _most,
    "least": _least,
    "compare": _compare,
    "failures_needed": _failures_needed,
    "holds": _holds,
}
