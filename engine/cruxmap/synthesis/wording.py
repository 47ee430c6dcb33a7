"""Queries in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cruxmap.model.queries import ANY, EACH
from cruxmap.synthesis.answers import operator_of
from cruxmap.synthesis.conditions import given, mentions_each
from cruxmap.synthesis.items import link

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from cruxmap.model.queries import Check, Claim, Condition, Query, Ranking, Related, Selection

    Naming = Callable[[str], str]

_PHRASES = {
    "id": "namely {}",
    "number": "numbered {}",
    "entry": "in {}",
    "criterion": "on {}",
    "mechanism": "built with {}",
    "any_mechanism": "built with {}, as an option too",
    "assumption": "resting on {}",
    "any_assumption": "resting on {}, secondarily too",
    "premise": "assuming {}",
    "exception": "that hold unless {} does",
    "hinge": "hinging on {}",
    "verdict": "about {}",
    "stance": "left as {}",
    "strength": "with a strength of {}",
    "label": "labelled {}",
    "pro": "with {} arguments for",
    "con": "with {} arguments against",
    "hedge": "put forward as {}",
    "side": "on the side {}",
    "reading": "by the reading {}",
    "verified": "checked in a text that is {}",
    "source": "from {}",
    "supports": "speaking for {}",
    "attacks": "speaking against {}",
    "threatens": "threatening {}",
    "threatened_by": "threatened by {}",
    "addresses": "meant against {}",
    "raises": "raising {}",
    "broader": "of the sort {}",
    "rests_on": "that the failure of {} can help to defeat",
    "falls_with": "that fall when {} fails",
    "dominates": "dominating {}",
    "dominated_by": "dominated by {}",
}
_FLAGS = {
    ("fragile", True): "that are fragile",
    ("fragile", False): "that are not fragile",
    ("conditional", True): "under a condition",
    ("conditional", False): "under no condition",
}
_PLURALS = {"proposal": "proposals", "strategy": "strategies", "risk": "risks", "finding": "findings"}
_ITEMS = {"hedges": "strengths of assertion"}
_OPERATORS: dict[str, str] = {
    "all_": "Whether all {} are {}",
    "none": "Whether no {} are {}",
    "some": "Whether some {} are {}",
    "share": "Which share of {} are {}",
}


def in_words(query: Query, name: Naming = str) -> str:
    """Say what a query asks for.

    Parameters
    ----------
    query : Query
    name : callable
        How an id is named in a sentence.

    Returns
    -------
    str
        A clause without a full stop.

    Examples
    --------
    >>> from cruxmap.model.queries import Query, Selection
    >>> in_words(Query(count=Selection(of="proposals", mechanism=("debate",))))
    'How many proposals there are built with debate'
    """
    operator = operator_of(query)
    given_value: Any = getattr(query, operator)
    match operator:
        case "count":
            return f"How many {_noun(given_value)} there are{_led(_conditions(given_value, name))}"
        case "which":
            return f"Which {_noun(given_value)} there are{_led(_conditions(given_value, name))}"
        case "most" | "least":
            return _ranking(given_value, name, operator)
        case "compare":
            return " compared with ".join(_lowered(in_words(part, name)) for part in given_value)
        case "failures_needed":
            return f"How many assumptions must fail to defeat all {selection_in_words(given_value, name)}"
        case "holds":
            return "; and ".join(_lowered(_check(check, name)) for check in given_value)
        case _:
            return _claim(given_value, name, _OPERATORS[operator])


def selection_in_words(selection: Selection, name: Naming = str) -> str:
    """Say which items a selection holds: `proposals built with debate`."""
    return _noun(selection) + _led(_conditions(selection, name))


def _noun(selection: Selection) -> str:
    return _ITEMS.get(selection.of, selection.of)


def _led(text: str) -> str:
    return f" {text}" if text else ""


def _lowered(text: str) -> str:
    return text[:1].lower() + text[1:]


def _claim(claim: Claim, name: Naming, pattern: str) -> str:
    if claim.have is None:
        return pattern.replace(" are {}", " exist").format(selection_in_words(claim, name))
    return pattern.format(selection_in_words(claim, name), _conditions(claim.have, name))


def _check(check: Check, name: Naming) -> str:
    expected = " or ".join(name(word) for word in check.expect)
    return f"{in_words(check.query, name)} (expected: {expected})"


def _ranking(ranking: Ranking, name: Naming, operator: str) -> str:
    measured = _measure(ranking, name, operator)
    return (
        f"Which {selection_in_words(ranking, name)} {'have' if ranking.by.figure else 'come with'} {measured}"
    )


def _measure(ranking: Ranking, name: Naming, operator: str) -> str:
    measure = ranking.by
    if measure.figure is not None:
        word = "highest" if operator == "most" else "lowest"
        return f"the {word} {measure.figure.replace('-', ' ')}"
    if measure.share is not None:
        word = "largest" if operator == "most" else "smallest"
        having = _conditions(measure.share.have, name) if measure.share.have else "anything"
        return f"the {word} share of {_of_each(ranking, measure.share, name)} that are {having}"
    assert measure.count is not None
    word = "most" if operator == "most" else "fewest"
    return f"the {word} {_of_each(ranking, measure.count, name)}"


def _of_each(ranking: Ranking, selection: Selection, name: Naming) -> str:
    """The items of a measure, with the relation that goes without saying."""
    how = None if mentions_each(selection) else link(ranking.of, selection.of)
    relation = _PHRASES[how[0]].format("it") if how and how[1] else ""
    return _noun(selection) + _led(", ".join(filter(None, (relation, _conditions(selection, name)))))


def _conditions(condition: Condition, name: Naming) -> str:
    parts = [_phrase(key, value, name) for key, value in given(condition)]
    if condition.not_ is not None:
        parts.append(f"not {_conditions(condition.not_, name)}")
    if condition.any_of:
        parts.append("either " + " or ".join(_conditions(part, name) for part in condition.any_of))
    if condition.with_ is not None:
        parts.append(_related(condition.with_, name))
    return ", ".join(parts)


def _related(wanted: Related, name: Naming) -> str:
    number = f"{wanted.times.replace('..', ' to ').strip()} " if wanted.times else ""
    own = "" if mentions_each(wanted) else " of their own"
    return f"with {number}{_noun(wanted)}{own}{_led(_conditions(wanted, name))}"


def _phrase(key: str, value: Any, name: Naming) -> str:
    if isinstance(value, bool):
        return _FLAGS[key, value]
    words: Sequence[str] = value if isinstance(value, tuple) else (value,)
    if key == "kind":
        return "of " + " or ".join(_PLURALS.get(word, word) for word in words)
    shown = [_word(word, name) for word in words]
    joint = " and " if key == "falls_with" else " or "
    return _PHRASES[key].format(joint.join(shown))


def _word(word: str, name: Naming) -> str:
    if word == EACH:
        return "it"
    if word == ANY:
        return "any other"
    return word.replace("..", " to ").strip() if ".." in word else name(word)
