"""The query language of syntheses: what can be asked of a knowledge base, as frozen data.

Everything is a mapping with few keys, so that a query reads like its sentence. `cruxmap.synthesis` says what
each key means and answers queries; docs/synthesis.md is the manual.
"""

from __future__ import annotations

from typing import Annotated, Literal

from cruxmap.model.fields import ExactlyOne, Flag, Kebab, OneOrMany, Refers, TextField, Written, record

EACH = "each"
"""Stands for the item that a measure, or a condition on related items, is asked of."""

ANY = "any"
"""Stands for every value."""

RANGE = r"(?=.*\d)[+-]?(\d+(\.\d+)?)?(\.\.(\d+(\.\d+)?)?)?"

Domain = Literal[
    "proposals",
    "strategies",
    "risks",
    "findings",
    "assumptions",
    "factors",
    "mechanisms",
    "criteria",
    "sources",
    "hedges",
    "stances",
    "verdicts",
    "arguments",
    "questions",
]
Label = Literal["in", "out", "undecided"]
_NAME = TextField(longest=140, single_line=True)
_WORDS = (EACH, ANY)
_ASSESSED = ("proposal", "strategy")
_ENTRIES = (
    *_ASSESSED,
    "risk",
    "finding",
    "assumption",
    "factor",
    "mechanism",
    "criterion",
    "source",
    "hedge",
)

Ids = Annotated[
    tuple[Annotated[str, _NAME, Refers((*_ENTRIES, "statement", "argument"), _WORDS)], ...], OneOrMany()
]
Entries = Annotated[tuple[Annotated[str, _NAME, Refers(_ENTRIES, _WORDS)], ...], OneOrMany()]
Criteria = Annotated[tuple[Annotated[str, _NAME, Refers(("criterion",), _WORDS)], ...], OneOrMany()]
Mechanisms = Annotated[tuple[Annotated[str, _NAME, Refers(("mechanism",), _WORDS)], ...], OneOrMany()]
Assumptions = Annotated[tuple[Annotated[str, _NAME, Refers(("assumption",), _WORDS)], ...], OneOrMany()]
Statements = Annotated[tuple[Annotated[str, _NAME, Refers(("statement",), _WORDS)], ...], OneOrMany()]
Nodes = Annotated[tuple[Annotated[str, _NAME, Refers(("statement", "argument"), _WORDS)], ...], OneOrMany()]
Risks = Annotated[tuple[Annotated[str, _NAME, Refers(("risk",), _WORDS)], ...], OneOrMany()]
Threatened = Annotated[
    tuple[Annotated[str, _NAME, Refers(("proposal", "strategy", "mechanism"), _WORDS)], ...], OneOrMany()
]
Assessed = Annotated[tuple[Annotated[str, _NAME, Refers(_ASSESSED, _WORDS)], ...], OneOrMany()]
Hedges = Annotated[tuple[Annotated[str, _NAME, Refers(("hedge",), _WORDS)], ...], OneOrMany()]
Sources = Annotated[tuple[Annotated[str, _NAME, Refers(("source",), _WORDS)], ...], OneOrMany()]
Marks = Annotated[tuple[Annotated[str, _NAME], ...], OneOrMany()]
Numbers = Annotated[tuple[Annotated[str, Written()], ...], OneOrMany()]
Range = Annotated[str, Written(RANGE)]


@record
class Condition(Kebab):
    """What an item must be; of several values of one key any will do, and all keys must fit."""

    id: Ids | None = None
    number: Numbers | None = None
    """Numbers as in `A8`, or ranges of numbers: `2..4`."""
    kind: Annotated[tuple[Annotated[str, _NAME], ...], OneOrMany()] | None = None
    """Kind of the entry, or of the entry that holds the verdict, argument or question."""
    entry: Entries | None = None
    """The entry that holds the verdict, argument or question."""
    criterion: Criteria | None = None
    mechanism: Mechanisms | None = None
    any_mechanism: Mechanisms | None = None
    """As `mechanism`, optional ones included."""
    assumption: Assumptions | None = None
    """What it primarily rests on: listed by the entry, or named by its arguments."""
    any_assumption: Assumptions | None = None
    """As `assumption`, secondary ones included."""
    premise: Statements | None = None
    exception: Statements | None = None
    hinge: Statements | None = None
    verdict: Statements | None = None
    """The verdict that the argument is about."""
    stance: Marks | None = None
    """Levels or marks of the scale, or ranges of levels: `likely..asserted`."""
    strength: Range | None = None
    """Range of strengths under the default conventions."""
    label: Annotated[tuple[Label, ...], OneOrMany()] | None = None
    fragile: Flag | None = None
    pro: Range | None = None
    """Number of arguments that speak for the verdict in the end."""
    con: Range | None = None
    hedge: Hedges | None = None
    side: Annotated[tuple[Literal["pro", "con"], ...], OneOrMany()] | None = None
    """On which side of its discussion an argument ends up."""
    conditional: Flag | None = None
    reading: Annotated[tuple[Literal["source", "ours"], ...], OneOrMany()] | None = None
    verified: Annotated[tuple[Literal["primary", "secondary", "memory"], ...], OneOrMany()] | None = None
    source: Sources | None = None
    supports: Nodes | None = None
    """What the argument, or an argument made from the entry, speaks for."""
    attacks: Nodes | None = None
    threatens: Threatened | None = None
    threatened_by: Risks | None = None
    addresses: Risks | None = None
    raises: Risks | None = None
    broader: Risks | None = None
    rests_on: Statements | None = None
    """Statements whose failure can help to defeat it (failure reading)."""
    falls_with: Statements | None = None
    """Statements whose joint failure defeats it, whatever else holds (failure reading)."""
    dominates: Assessed | None = None
    """Entries that are necessarily no better on any criterion, and worse on one."""
    dominated_by: Assessed | None = None
    with_: Related | None = None
    """Has a related item that fits, or as many as `times` says."""
    not_: Condition | None = None
    any_of: tuple[Condition, ...] = ()
    """At least one of these fits as well."""


@record
class Selection(Condition):
    """Items of one sort that fit a condition."""

    of: Domain = "verdicts"


@record
class Related(Selection):
    """Items that are related to another one, and how many of them there must be."""

    times: Range | None = None


@record
class Claim(Selection):
    """What is said of the items of a selection."""

    have: Condition | None = None


@record
class Measure(ExactlyOne):
    """A number for an item."""

    count: Selection | None = None
    """How many related items fit; `each` names the item explicitly."""
    share: Claim | None = None
    figure: Literal["strength", "pro", "con", "failures-needed"] | None = None


@record
class Ranking(Selection):
    """The items of a selection by a measure."""

    by: Measure


Expected = Annotated[tuple[Annotated[str, Written()], ...], OneOrMany()]


@record
class Query(ExactlyOne):
    """A question about the whole: a mapping with exactly one key."""

    count: Selection | None = None
    """How many there are."""
    share: Claim | None = None
    """Which part of the selection has something: 0 to 1."""
    which: Selection | None = None
    """The ids."""
    all_: Claim | None = None
    """Whether every item has something."""
    none: Claim | None = None
    some: Claim | None = None
    most: Ranking | None = None
    """The ids of those for which the measure is largest; several when they tie."""
    least: Ranking | None = None
    compare: tuple[Query, ...] | None = None
    """How two numbers, or two sets of ids, relate."""
    failures_needed: Selection | None = None
    """The smallest number of statements whose joint failure defeats every item selected."""
    holds: tuple[Check, ...] | None = None
    """Whether every one of several queries gives what is expected."""


@record
class Check(Kebab):
    """A query and what it must give."""

    query: Query
    expect: Expected
    """A number (`6`, `5..7`, `0.55`), `true` or `false`, ids, or how two things relate."""
