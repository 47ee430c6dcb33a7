"""The things that queries are about, sort by sort, and what each of them has."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from cruxmap.model.entries import Finding, Risk
from cruxmap.model.intervals import words
from cruxmap.model.vocabulary import Assumption, Factor, Hedge, Mechanism, Source

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable

    from cruxmap.synthesis.facts import Facts


class Item(NamedTuple):
    """One thing of a sort: an entry, a verdict, an argument, a question or a word of the scales."""

    domain: str
    id: str
    value: Any


def items_of(facts: Facts, domain: str) -> list[Item]:
    """All things of a sort, in the order of the files, numbered ones by number."""
    return [Item(domain, name, value) for name, value in _DOMAINS[domain](facts)]


def _entries(kind: type[Any]) -> Callable[[Facts], Iterable[tuple[str, Any]]]:
    return lambda facts: ((entry.id, entry) for entry in facts.kb.of_kind(kind))


def _marks(facts: Facts) -> Iterable[tuple[str, Any]]:
    found = (word for criterion in facts.kb.criteria for word in words(facts.kb.scale_of(criterion.id)))
    return ((word, word) for word in dict.fromkeys(found))


def _arguments(facts: Facts) -> Iterable[tuple[str, Any]]:
    left_out = {name for name, entry in facts.kb.entries.items() if getattr(entry, "incomplete", None)}
    return ((name, item) for name, item in facts.kb.arguments.items() if item.entry not in left_out)


_DOMAINS: dict[str, Callable[[Facts], Iterable[tuple[str, Any]]]] = {
    "proposals": lambda facts: ((entry.id, entry) for entry in facts.kb.proposals),
    "strategies": lambda facts: ((entry.id, entry) for entry in facts.assessed if entry.kind == "strategy"),
    "risks": _entries(Risk),
    "findings": _entries(Finding),
    "assumptions": _entries(Assumption),
    "factors": _entries(Factor),
    "mechanisms": _entries(Mechanism),
    "criteria": lambda facts: ((criterion.id, criterion) for criterion in facts.kb.criteria),
    "sources": _entries(Source),
    "hedges": _entries(Hedge),
    "stances": _marks,
    "verdicts": lambda facts: facts.verdicts.items(),
    "arguments": _arguments,
    "questions": lambda facts: facts.questions.items(),
}


def holder(facts: Facts, item: Item) -> Any:
    """The entry itself, or the one that a verdict, argument or question stands in."""
    if item.domain == "verdicts":
        return facts.kb.entries[item.id.partition("/")[0]]
    if item.domain == "arguments":
        return facts.kb.entries[item.value.entry]
    return facts.kb.entries[item.value[1]] if item.domain == "questions" else item.value


def _field(name: str) -> Callable[[Facts, Item], Collection[str]]:
    """A field of the entry or part itself."""
    return lambda _, item: _several(getattr(item.value, name, None))


def _of_holder(*names: str) -> Callable[[Facts, Item], Collection[str]]:
    """Fields of the entry that the item is or stands in, taken together."""

    def found(facts: Facts, item: Item) -> Collection[str]:
        entry = holder(facts, item)
        return {value for name in names for value in _several(getattr(entry, name, None))}

    return found


def _of_step(*names: str) -> Callable[[Facts, Item], Collection[str]]:
    """Fields of an argument or question, taken together."""

    def found(_: Facts, item: Item) -> Collection[str]:
        part = item.value.argument if item.domain == "arguments" else item.value[0]
        return {value for name in names for value in _several(getattr(part, name, None))}

    return found


def _several(value: Any) -> Collection[str]:
    if value is None:
        return ()
    if isinstance(value, bool):
        return ("true" if value else "false",)
    return tuple(value) if isinstance(value, tuple | dict) else (str(value),)


def _assumptions_among(facts: Facts, names: Iterable[str]) -> set[str]:
    return {name for name in names if isinstance(facts.kb.entries.get(name), Assumption)}


def _assumptions_of_verdict(facts: Facts, item: Item) -> set[str]:
    steps = [placed.argument for placed in facts.arguments_about.get(item.id, ())]
    named = [name for step in steps for name in (*step.assumes, *step.unless)]
    return _assumptions_among(facts, (*named, *item.value.hinges))


def _assumptions_of_argument(facts: Facts, item: Item) -> set[str]:
    return _assumptions_among(facts, (*item.value.argument.assumes, *item.value.argument.unless))


def _assumptions_from(facts: Facts, item: Item) -> set[str]:
    """Assumptions that a finding, risk or factor bears on through an argument."""
    found: set[str] = set()
    for placed in facts.arguments_from.get(item.id, ()):
        step = placed.argument
        found |= {*step.assumes, *step.unless, *(name for name, _ in placed.targets)}
    return _assumptions_among(facts, found) - {item.id}


def _aimed(polarity: int) -> Callable[[Facts, Item], Collection[str]]:
    """What an argument, or the arguments from an entry, support (1) or attack (-1)."""

    def found(facts: Facts, item: Item) -> Collection[str]:
        placed = [item.value] if item.domain == "arguments" else facts.arguments_from.get(item.id, ())
        return {name for one in placed for name, sign in one.targets if sign == polarity}

    return found


def _threats(facts: Facts, item: Item) -> set[str]:
    return {risk.id for risk in facts.kb.of_kind(Risk) if item.id in (*risk.threatens, *risk.threatens_ours)}


def _sides(_: Facts, item: Item) -> Collection[str]:
    return {1: ("pro",), -1: ("con",)}.get(item.value.net, ())


def _dominating(facts: Facts, item: Item) -> set[str]:
    return {better for better, worse in facts.dominances.items() if item.id in worse}


def _fragile(facts: Facts, item: Item) -> Collection[str]:
    return _several(bool(facts.evaluation.shakes.get(item.id)))


def _label(facts: Facts, item: Item) -> Collection[str]:
    return _several(facts.evaluation.labels.get(item.id))


_ENTRY: dict[str, Callable[[Facts, Item], Collection[str]]] = {
    "id": lambda _, item: (item.id,),
    "kind": _of_holder("kind"),
    "number": _of_holder("number", "also"),
    "source": _of_holder("source"),
}
_JUDGED: dict[str, Callable[[Facts, Item], Collection[str]]] = {"label": _label, "fragile": _fragile}
_BEARING: dict[str, Callable[[Facts, Item], Collection[str]]] = {
    "reading": _field("reading"),
    "supports": _aimed(1),
    "attacks": _aimed(-1),
    **_JUDGED,
}
_BUILT: dict[str, Callable[[Facts, Item], Collection[str]]] = {
    "mechanism": _of_holder("mechanisms"),
    "any_mechanism": _of_holder("mechanisms", "optional_mechanisms"),
    "rests_on": lambda facts, item: facts.can_help_to_defeat(item.id),
}
_ASSESSED: dict[str, Callable[[Facts, Item], Collection[str]]] = {
    **_ENTRY,
    **_BUILT,
    "criterion": _field("assessments"),
    "assumption": _field("assumptions"),
    "any_assumption": _of_holder("assumptions", "secondary_assumptions"),
    "threatened_by": _threats,
    "dominates": lambda facts, item: facts.dominances.get(item.id, ()),
    "dominated_by": _dominating,
}

ATTRIBUTES: dict[str, dict[str, Callable[[Facts, Item], Collection[str]]]] = {
    "proposals": _ASSESSED,
    "strategies": _ASSESSED | {"addresses": _field("addresses"), "raises": _field("raises")},
    "risks": {
        **_ENTRY,
        **_BEARING,
        "criterion": _field("criteria"),
        "assumption": _assumptions_from,
        "threatens": _of_holder("threatens", "threatens_ours"),
        "broader": _field("broader"),
    },
    "findings": {
        **_ENTRY,
        **_BEARING,
        "assumption": _assumptions_from,
        "verified": _field("verified"),
    },
    "assumptions": _ENTRY | _BEARING,
    "factors": _ENTRY | _BEARING | {"assumption": _assumptions_from, "verified": _field("verified")},
    "mechanisms": {
        **_ENTRY,
        **_BEARING,
        "assumption": _field("relies_on"),
        "threatened_by": _threats,
    },
    "criteria": _ENTRY,
    "sources": {"id": _ENTRY["id"], "kind": _ENTRY["kind"]},
    "hedges": {"id": _ENTRY["id"], "kind": _ENTRY["kind"]},
    "stances": {"id": _ENTRY["id"]},
    "verdicts": {
        **_ENTRY,
        **_JUDGED,
        **_BUILT,
        "entry": lambda _, item: (item.id.partition("/")[0],),
        "criterion": lambda _, item: (item.id.partition("/")[2],),
        "assumption": _assumptions_of_verdict,
        "hinge": _field("hinges"),
        "stance": lambda _, item: (item.value.word,),
    },
    "arguments": {
        **_ENTRY,
        **_JUDGED,
        "entry": lambda _, item: (item.value.entry,),
        "criterion": lambda _, item: _several((item.value.home or "").partition("/")[2] or None),
        "verdict": lambda _, item: _several(item.value.home),
        "mechanism": _of_holder("mechanisms"),
        "assumption": _assumptions_of_argument,
        "premise": _of_step("assumes"),
        "exception": _of_step("unless"),
        "hedge": _of_step("hedge"),
        "conditional": _of_step("conditional"),
        "reading": _of_step("reading"),
        "verified": _of_step("verified"),
        "side": _sides,
        "supports": _aimed(1),
        "attacks": _aimed(-1),
    },
    "questions": {
        **_ENTRY,
        "entry": lambda _, item: (item.value[1],),
        "assumption": _of_step("concerns"),
        "hedge": _of_step("hedge"),
        "conditional": _of_step("conditional"),
        "reading": _of_step("reading"),
    },
}
"""For each sort, what its items have, as sets of words; what is missing here cannot be asked for."""

FIGURES: dict[str, tuple[str, ...]] = {
    "verdicts": ("strength", "pro", "con", "failures_needed"),
    "proposals": ("failures_needed",),
    "strategies": ("failures_needed",),
    **dict.fromkeys(
        ("risks", "findings", "assumptions", "factors", "mechanisms", "arguments"), ("strength",)
    ),
}
"""For each sort, the numbers that its items have."""

LINKS: dict[str, tuple[str, ...]] = {
    "proposals": ("entry",),
    "strategies": ("entry",),
    "risks": ("addresses", "threatened_by", "entry"),
    "findings": ("entry",),
    "assumptions": ("assumption", "entry"),
    "factors": ("premise", "entry"),
    "mechanisms": ("mechanism",),
    "criteria": ("criterion",),
    "sources": ("source",),
    "hedges": ("hedge",),
    "stances": ("stance",),
    "verdicts": ("verdict",),
    "arguments": (),
    "questions": (),
}
"""What other items have when they are related to an item of the sort, the closest relation first."""


def figure(facts: Facts, item: Item, name: str) -> float | None:
    """One number of an item; None where there is none, such as the strength of what nobody argues about."""
    if name == "strength":
        return facts.evaluation.strengths.get(item.id)
    if name == "failures_needed":
        return facts.failures_needed([item.id])
    return float(getattr(item.value, name))


def link(of: str, to: str) -> tuple[str, bool] | None:
    """How items of one sort are related to those of another.

    Returns
    -------
    (attribute, forward) or None
        Forward: an item of `to` has the attribute with the id of the item of `of`; otherwise the other way
        round. None when they are not related.

    Examples
    --------
    >>> link("criteria", "verdicts"), link("findings", "assumptions"), link("hedges", "criteria")
    (('criterion', True), ('assumption', False), None)
    """
    for name in LINKS[of]:
        if name in ATTRIBUTES[to]:
            return name, True
    for name in LINKS[to]:
        if name in ATTRIBUTES[of]:
            return name, False
    return None
