"""Kinds of entry that form the vocabulary: sources, criteria, scales, hedges, assumptions and more."""

from __future__ import annotations

from typing import Annotated, Literal

from cruxmap.model.fields import (
    AssumptionId,
    Count,
    Credence,
    EntryId,
    Flag,
    Kebab,
    Line,
    LocatorText,
    LongText,
    MechanismId,
    ScaleId,
    SourceId,
    Text,
    TextField,
    Year,
    record,
)
from cruxmap.model.parts import Argument, Note, Question, Reading, Relation, Remark, Verified

Glyph = Annotated[str, TextField(longest=2, single_line=True)]


@record
class Section(Kebab):
    """One row of a work's section map."""

    number: Line
    title: Line | None = None


@record
class Citation(Kebab):
    """Where one encoded work cites another."""

    by: SourceId
    at: LocatorText


@record
class Source(Kebab):
    """A work that entries are drawn from (`encoded`) or that those works cite (`cited`)."""

    kind: Literal["source"]
    id: EntryId
    number: Line | None = None
    title: Annotated[str, TextField(longest=240, single_line=True)]
    authors: tuple[Line, ...]
    year: Year
    venue: Line | None = None
    arxiv: Line | None = None
    doi: Line | None = None
    url: Line | None = None
    role: Literal["encoded", "cited"]
    checked: LongText | None = None
    """How the entries drawn from this work were checked, and what was not."""
    note: LongText | None = None
    sections: tuple[Section, ...] = ()
    """The section map: locators may name these numbers only."""
    footnotes: Count | None = None
    """Number of the last footnote, when known."""
    figures: Count | None = None
    tables: Count | None = None
    parts: tuple[Line, ...] = ()
    """Named parts that locators may use beside sections, such as `abstract`."""
    cited: tuple[Citation, ...] = ()
    notes: tuple[Note, ...] = ()
    """Claims about the work as a whole: scope, main theses, caveats."""
    questions: tuple[Question, ...] = ()
    """Open problems that the work lists."""


@record
class Level(Kebab):
    """One level of an ordinal scale."""

    id: EntryId
    glyph: Glyph
    ascii: Glyph
    """The glyph where only ASCII can be shown."""
    text: Text


@record
class Mark(Kebab):
    """A mark that is no level: it stands for the whole scale, or for nothing."""

    id: EntryId
    glyph: Glyph
    ascii: Glyph
    covers: Literal["all", "nothing"]
    """`all`: any level may turn out right; `nothing`: left out of every comparison."""
    needs_hinges: Flag = False
    """True when the mark must name the statements that would settle it."""
    text: Text


@record
class Inherited(Kebab):
    """How a stance that is taken over from another entry (`inherits:2`) is shown."""

    glyph: Glyph
    ascii: Glyph
    text: Text


@record
class Scale(Kebab):
    """Ordered levels, worst first, and the marks that stand beside them."""

    kind: Literal["scale"]
    id: EntryId
    title: Line
    text: Text | None = None
    levels: tuple[Level, ...]
    marks: tuple[Mark, ...] = ()
    inherited: Inherited | None = None


@record
class Part(Kebab):
    """A sub-question of a criterion."""

    id: EntryId
    title: Line
    question: Text


@record
class Criterion(Kebab):
    """A question asked of every proposal or strategy."""

    kind: Literal["criterion"]
    id: EntryId
    title: Line
    short: Annotated[str, TextField(longest=16, single_line=True)]
    """Heading of the column in narrow tables."""
    question: Text
    text: LongText | None = None
    scale: ScaleId
    version: Count = 1
    """Raised when the question changes: ratings under an older version are stale."""
    source: SourceId | None = None
    at: LocatorText | None = None
    parts: tuple[Part, ...] = ()
    combine: Literal["weakest", "none"] = "none"
    """How marks of the parts give a mark of the whole."""
    knock_out: Line | None = None
    """A level below which an alternative is out, whatever its other marks."""
    cites: tuple[SourceId, ...] = ()


@record
class Hedge(Kebab):
    """A verbal strength of assertion and the number it stands for by default."""

    kind: Literal["hedge"]
    id: EntryId
    title: Line
    text: Text
    weight: Credence
    """Weight of an inference asserted with this strength: a convention of the workspace."""
    reason: Text
    """Why this number."""
    cues: tuple[Line, ...] = ()
    """Words that typically signal the hedge."""


@record
class RelationKind(Kebab):
    """A way in which two entries relate."""

    kind: Literal["relation"]
    id: EntryId
    title: Line
    """The words between the two entries: "is a variant of"."""
    inverse: EntryId | None = None
    """The relation seen from the other side; a symmetric one names itself."""
    acyclic: Flag = False
    """True when following the relation must never lead back."""
    text: Text | None = None


@record
class Mechanism(Kebab):
    """A reusable building block of proposals; as a statement: it does what it is meant to do."""

    kind: Literal["mechanism"]
    id: EntryId
    number: Line | None = None
    title: Line
    group: Line | None = None
    text: Text
    source: SourceId | None = None
    at: LocatorText | None = None
    reading: Reading = "source"
    details: tuple[Remark, ...] = ()
    relies_on: tuple[AssumptionId, ...] = ()
    relations: tuple[Relation, ...] = ()
    credence: Credence | None = None
    pro: tuple[Argument, ...] = ()
    """Reasons why it does what it is meant to do."""
    con: tuple[Argument, ...] = ()
    notes: tuple[Note, ...] = ()
    note: Text | None = None


@record
class Assumption(Kebab):
    """A load-bearing statement that several entries rest on."""

    kind: Literal["assumption"]
    id: EntryId
    number: Line | None = None
    """A short handle to say aloud, such as `A2`."""
    also: tuple[Line, ...] = ()
    """Numbers of the same statement in other works."""
    title: Line
    text: Text
    """The statement: one sentence that can hold or fail."""
    source: SourceId | None = None
    at: LocatorText | None = None
    reading: Reading = "source"
    credence: Credence | None = None
    undermined_by: tuple[Text, ...] = ()
    """What would speak against it if it were observed: our reading."""
    relations: tuple[Relation, ...] = ()
    pro: tuple[Argument, ...] = ()
    con: tuple[Argument, ...] = ()
    notes: tuple[Note, ...] = ()
    note: Text | None = None
    import_notes: tuple[LongText, ...] = ()
    """What a map or table that the entry was imported from says and no field can hold."""


@record
class Factor(Kebab):
    """A condition of the task or of training that makes something more or less likely."""

    kind: Literal["factor"]
    id: EntryId
    number: Line | None = None
    also: tuple[Line, ...] = ()
    """Further numbers of claims about the same condition."""
    title: Line
    text: Text
    """The condition as a statement: one sentence that can hold or fail."""
    source: SourceId | None = None
    at: LocatorText | None = None
    reading: Reading = "source"
    verified: Verified = "primary"
    credence: Credence | None = None
    pro: tuple[Argument, ...] = ()
    con: tuple[Argument, ...] = ()
    notes: tuple[Note, ...] = ()
    relations: tuple[Relation, ...] = ()
    note: Text | None = None


@record
class CriticalQuestion(Kebab):
    """A question that an argument of one scheme must be able to answer."""

    id: EntryId
    """Unique within the scheme."""
    text: Text


@record
class Scheme(Kebab):
    """A form of argument that recurs, with the questions that test it."""

    kind: Literal["scheme"]
    id: EntryId
    title: Line
    group: Line | None = None
    text: Text
    """The form: what is concluded from what."""
    critical_questions: tuple[CriticalQuestion, ...]
    source: SourceId | None = None
    at: LocatorText | None = None
    reading: Reading = "ours"
    note: Text | None = None


@record
class Term(Kebab):
    """A glossary entry."""

    kind: Literal["term"]
    id: EntryId
    number: Line | None = None
    title: Line
    text: Text
    source: SourceId | None = None
    at: LocatorText | None = None
    reading: Reading = "source"
    mechanisms: tuple[MechanismId, ...] = ()
    cites: tuple[SourceId, ...] = ()
    notes: tuple[Note, ...] = ()
    note: Text | None = None


@record
class Omission(Kebab):
    """Claims of a source that are not encoded, and why."""

    claims: tuple[Line, ...]
    reason: Text


@record
class ClaimGroup(Kebab):
    """The numbered claims of one part of a source."""

    title: Line
    claims: tuple[Line, ...]
    """Ids, or runs such as `p1.outer.for.1..3`."""


@record
class Inventory(Kebab):
    """All numbered claims of a source: what `cruxmap coverage` holds the entries against."""

    kind: Literal["inventory"]
    id: EntryId
    title: Line
    source: SourceId
    groups: tuple[ClaimGroup, ...]
    omitted: tuple[Omission, ...] = ()
