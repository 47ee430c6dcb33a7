"""The parts that entries are made of: arguments, notes, steps, questions, relations, assessments."""

from __future__ import annotations

from typing import Literal

from cruxmap.model.fields import (
    AnyEntryId,
    ArgumentId,
    AssumptionId,
    Credence,
    EntryId,
    Flag,
    HedgeId,
    Kebab,
    Line,
    LocatorText,
    NodeId,
    RelationKindId,
    SchemeId,
    SourceId,
    StatementId,
    Text,
    record,
)

Reading = Literal["source", "ours"]
Verified = Literal["primary", "secondary", "memory", "reproduction"]
"""Where a claim was checked: in the work, in a text about it, not at all, or in a small re-implementation."""
VERIFIED = {
    "secondary": "checked in secondary text only",
    "memory": "from memory, not checked",
    "reproduction": "measured in a re-implementation, not in the work",
}
"""Words for claims that were not checked in the work itself."""


@record
class Argument(Kebab):
    """One inference step: a reason for or against the statement or argument that it stands under."""

    id: ArgumentId
    """Stable id, following the numbering of the source's claims (`p3.inner.for.1`)."""
    text: Text
    """The claim in our own words, readable on its own, 1-600 characters."""
    assumes: tuple[StatementId, ...] = ()
    """Linked premises: statements that must all hold for the argument to apply."""
    unless: tuple[StatementId, ...] = ()
    """Exceptions: statements any of which, if it holds, switches the argument off."""
    concerns: tuple[AssumptionId, ...] = ()
    """Assumptions that the claim speaks about without resting on them."""
    hedge: HedgeId | None = None
    """How strongly the source asserts the claim as worded here."""
    conditional: Flag = False
    """True when the claim holds under a condition that the source leaves unsettled."""
    credence: Credence | None = None
    """Weight of the inference; by default that of the hedge."""
    at: LocatorText | None = None
    """Where the source says it: `§4.2`, `§3.0 fn 3`, `hubinger2019 §4.1`; several separated by commas."""
    reading: Reading = "source"
    """`ours` when the claim is our inference and not the source's."""
    note: Text | None = None
    """A remark on how the claim was filed, for instance when only its polarity is our reading."""
    cites: tuple[SourceId, ...] = ()
    """Works that the claim names."""
    verified: Verified = "primary"
    """In what kind of text the claim was checked; everything but `primary` is shown in every view."""
    scheme: SchemeId | None = None
    """The argument scheme that the inference follows; its critical questions are open until answered."""
    answers: tuple[EntryId, ...] = ()
    """Critical questions of the scheme of the argument above that this reply answers."""
    supports: tuple[NodeId, ...] = ()
    """Further statements or arguments that the claim speaks for."""
    attacks: tuple[NodeId, ...] = ()
    """Further statements or arguments that the claim speaks against."""
    pro: tuple[Argument, ...] = ()
    """Reasons for this argument."""
    con: tuple[Argument, ...] = ()
    """Undercuts: reasons why this argument does not go through."""


@record
class Note(Kebab):
    """A condition or framing that neither supports nor attacks."""

    id: ArgumentId
    text: Text
    concerns: tuple[AssumptionId, ...] = ()
    """Assumptions that the note makes the verdict turn on."""
    hedge: HedgeId | None = None
    conditional: Flag = False
    at: LocatorText | None = None
    reading: Reading = "source"
    verified: Verified = "primary"
    note: Text | None = None
    cites: tuple[SourceId, ...] = ()


@record
class Step(Kebab):
    """One step of how a proposal is set up."""

    id: ArgumentId
    text: Text
    optional: Flag = False
    """True when the source calls the step optional."""
    concerns: tuple[AssumptionId, ...] = ()
    hedge: HedgeId | None = None
    conditional: Flag = False
    at: LocatorText | None = None
    reading: Reading = "source"
    verified: Verified = "primary"
    note: Text | None = None
    cites: tuple[SourceId, ...] = ()


@record
class Question(Kebab):
    """An open question that the source raises."""

    id: ArgumentId
    text: Text
    concerns: tuple[AssumptionId, ...] = ()
    hedge: HedgeId | None = None
    conditional: Flag = False
    at: LocatorText | None = None
    reading: Reading = "source"
    verified: Verified = "primary"
    note: Text | None = None


@record
class Relation(Kebab):
    """How an entry relates to others, as the source draws it."""

    id: ArgumentId | None = None
    kind: RelationKindId
    """One of `ontology/relations.yaml`, such as `variant-of`."""
    to: tuple[AnyEntryId, ...] = ()
    """The entries on the other side; empty when the other side has no entry."""
    text: Text
    at: LocatorText | None = None
    reading: Reading = "source"
    note: Text | None = None


@record
class Remark(Kebab):
    """A located sentence about an entry as a whole."""

    text: Text
    at: LocatorText | None = None
    reading: Reading = "source"
    verified: Verified = "primary"
    cites: tuple[SourceId, ...] = ()


@record
class Measurement(Kebab):
    """One figure of a finding, for instance one row of the table that it comes from."""

    of: Line
    """What was measured: a task, a model, a condition."""
    value: Line
    unit: Line | None = None
    at: LocatorText | None = None


@record
class Alternative(Kebab):
    """A neighbouring stance that could be defended, and why."""

    stance: Line
    reason: Text


@record
class Assessment(Kebab):
    """The statement that an entry meets a criterion, with the stance in which the source leaves it."""

    stance: Line
    """A level or mark of the criterion's scale, a range `doubtful..plausible`, or `inherits:2`."""
    hinges: tuple[StatementId, ...] = ()
    """The statements that would flip the verdict; required for `conditional`."""
    at: LocatorText | None = None
    reason: Text | None = None
    """Why this stance, in one sentence."""
    alternative: Alternative | None = None
    credence: Credence | None = None
    pro: tuple[Argument, ...] = ()
    """Reasons why the criterion is met."""
    con: tuple[Argument, ...] = ()
    """Reasons why it is not met."""
    notes: tuple[Note, ...] = ()


@record
class Expectation(Kebab):
    """What the computation must give for one assessment."""

    label: Literal["in", "out", "undecided"] | None = None
    lowest: Credence | None = None
    highest: Credence | None = None
