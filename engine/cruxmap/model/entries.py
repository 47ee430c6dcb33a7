"""Kinds of entry that carry the reasoning: proposals, risks, strategies, findings, syntheses."""

from __future__ import annotations

from dataclasses import field
from typing import Annotated, Literal, TypeAlias

from cruxmap.model.fields import (
    AnyEntryId,
    AssumptionId,
    Count,
    Credence,
    CriterionId,
    EntryId,
    Kebab,
    Line,
    LocatorText,
    LongText,
    MechanismId,
    RiskId,
    SourceId,
    TermId,
    Text,
    TextField,
    record,
)
from cruxmap.model.parts import (
    Argument,
    Assessment,
    Expectation,
    Measurement,
    Note,
    Question,
    Relation,
    Remark,
    Step,
    Verified,
)
from cruxmap.model.queries import Expected, Query
from cruxmap.model.vocabulary import (
    Assumption,
    Criterion,
    Factor,
    Hedge,
    Inventory,
    Mechanism,
    RelationKind,
    Scale,
    Scheme,
    Source,
    Term,
)

Short = Annotated[str, TextField(longest=44, single_line=True)]


@record
class Proposal(Kebab):
    """One way to build safe advanced AI, assessed against every criterion."""

    kind: Literal["proposal"]
    id: EntryId
    number: Count | None = None
    """Its number in the source; proposals of a group need none."""
    title: Line
    short: Short | None = None
    """Name in tables, at most 44 characters."""
    source: SourceId | None = None
    at: LocatorText | None = None
    summary: Remark | None = None
    human_role: Remark | None = None
    setup: tuple[Step, ...] = ()
    mechanisms: tuple[MechanismId, ...] = ()
    optional_mechanisms: tuple[MechanismId, ...] = ()
    """Options, candidates and ingredients of the overseer's work."""
    concepts: tuple[TermId, ...] = ()
    assumptions: tuple[AssumptionId, ...] = ()
    """What the proposal primarily rests on."""
    secondary_assumptions: tuple[AssumptionId, ...] = ()
    """What only an option of it, or the work of its overseer, rests on."""
    assessments: dict[CriterionId, Assessment] = field(default_factory=dict)
    questions: tuple[Question, ...] = ()
    relations: tuple[Relation, ...] = ()
    expect: dict[CriterionId, Expectation] = field(default_factory=dict)
    """What the computation must give; `cruxmap check` fails when it does not."""
    incomplete: Text | None = None
    """Set when the entry holds only what was available, with the reason."""
    import_notes: tuple[LongText, ...] = ()


@record
class Risk(Kebab):
    """A way in which an approach can go wrong."""

    kind: Literal["risk"]
    id: EntryId
    number: Line | None = None
    title: Line
    short: Short | None = None
    source: SourceId | None = None
    at: LocatorText | None = None
    reading: Literal["source", "ours"] = "source"
    text: Text
    """The definition; as a statement: this risk materialises."""
    credence: Credence | None = None
    broader: RiskId | None = None
    """The risk of which this one is a kind: the taxonomy that `cruxmap show` draws as a tree."""
    severity: Line | None = None
    """How grave the source calls it, such as `minor` or `major`."""
    preconditions: tuple[Remark, ...] = ()
    detection: tuple[Remark, ...] = ()
    mitigations: tuple[Remark, ...] = ()
    criteria: tuple[CriterionId, ...] = ()
    """The criteria it bears on."""
    threatens: tuple[AnyEntryId, ...] = ()
    """Mechanisms and proposals it threatens, in the source's word."""
    threatens_ours: tuple[AnyEntryId, ...] = ()
    """The same by our reading."""
    arguments: tuple[Argument, ...] = ()
    """What the risk says about statements elsewhere (`attacks`, `supports`)."""
    pro: tuple[Argument, ...] = ()
    con: tuple[Argument, ...] = ()
    notes: tuple[Note, ...] = ()
    questions: tuple[Question, ...] = ()
    relations: tuple[Relation, ...] = ()
    import_notes: tuple[LongText, ...] = ()


@record
class Strategy(Kebab):
    """A strategy for conditioning predictive models."""

    kind: Literal["strategy"]
    id: EntryId
    number: Line | None = None
    title: Line
    short: Short | None = None
    source: SourceId | None = None
    at: LocatorText | None = None
    summary: Remark | None = None
    """The idea."""
    setup: tuple[Step, ...] = ()
    mechanisms: tuple[MechanismId, ...] = ()
    addresses: tuple[RiskId, ...] = ()
    """Risks that the strategy is meant against."""
    raises: tuple[RiskId, ...] = ()
    """Risks that the strategy itself brings up or makes worse."""
    problems: tuple[Remark, ...] = ()
    """Problems of its own."""
    assumptions: tuple[AssumptionId, ...] = ()
    secondary_assumptions: tuple[AssumptionId, ...] = ()
    assessments: dict[CriterionId, Assessment] = field(default_factory=dict)
    notes: tuple[Note, ...] = ()
    """Claims about the strategy that bear on no criterion."""
    questions: tuple[Question, ...] = ()
    relations: tuple[Relation, ...] = ()
    expect: dict[CriterionId, Expectation] = field(default_factory=dict)
    import_notes: tuple[LongText, ...] = ()


@record
class Finding(Kebab):
    """An empirical result."""

    kind: Literal["finding"]
    id: EntryId
    number: Line | None = None
    title: Line
    source: SourceId
    at: LocatorText
    text: Text
    """The result as a statement."""
    measure: Line | None = None
    value: Line | None = None
    unit: Line | None = None
    values: tuple[Measurement, ...] = ()
    """Further figures behind the result."""
    model: Line | None = None
    setting: Text | None = None
    verified: Verified = "primary"
    """In what kind of text the result was checked."""
    credence: Credence | None = None
    """Reliability of the result."""
    arguments: tuple[Argument, ...] = ()
    """What the result says about statements elsewhere (`attacks`, `supports`)."""
    pro: tuple[Argument, ...] = ()
    """Reasons to rely on the result."""
    con: tuple[Argument, ...] = ()
    """Limits of the result: reasons not to rely on it as worded."""
    notes: tuple[Note, ...] = ()
    note: Text | None = None


@record
class Synthesis(Kebab):
    """A sentence about the whole, with the query that must bear it out."""

    kind: Literal["synthesis"]
    id: EntryId
    title: Line | None = None
    text: Text
    query: Query
    expect: Expected
    """What the query must give: a number or range of numbers, `true` or `false`, ids, or a relation."""
    reading: Literal["source", "ours"] = "ours"


Entry: TypeAlias = (
    Proposal
    | Risk
    | Strategy
    | Finding
    | Synthesis
    | Assumption
    | Factor
    | Mechanism
    | Term
    | Source
    | Criterion
    | Scale
    | Scheme
    | Hedge
    | RelationKind
    | Inventory
)

KINDS: dict[str, type[Entry]] = {
    "proposal": Proposal,
    "risk": Risk,
    "strategy": Strategy,
    "finding": Finding,
    "synthesis": Synthesis,
    "assumption": Assumption,
    "factor": Factor,
    "mechanism": Mechanism,
    "term": Term,
    "source": Source,
    "criterion": Criterion,
    "scale": Scale,
    "scheme": Scheme,
    "hedge": Hedge,
    "relation": RelationKind,
    "inventory": Inventory,
}
"""Kind as written in files -> class, in the order in which listings show them."""
