"""What one reader answers in one round: the model, its canonical bytes, and its form in analyses."""

from __future__ import annotations

import json
from dataclasses import field, fields
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal

from cruxmap.group.session import CellId, Handle, Policy, Text1
from cruxmap.model.fields import (
    Count,
    Credence,
    Kebab,
    Line,
    LocatorText,
    NodeId,
    TextField,
    record,
)
from cruxmap.reader_files import is_own_words

if TYPE_CHECKING:
    from cruxmap.analysis.answers import Answer
    from cruxmap.knowledge import KnowledgeBase

__all__ = [
    "CONFIDENCES",
    "CellResponse",
    "ConditionalResponse",
    "Draft",
    "Response",
    "Revealed",
    "answers_of",
    "canonical_bytes",
    "held_credences",
    "missing_marks",
]

CONFIDENCES = ("low", "medium", "high")
"""How sure a reader is of having understood the text."""
_FORM = b"cruxmap response 1\n"
"""Names the canonical form, so that another one could never give the same bytes."""

Hex64 = Annotated[str, TextField(longest=64, single_line=True, pattern="^[0-9a-f]{64}$")]


@record
class CellResponse(Kebab):
    """A reader's answer for one cell. In a draft anything may still be missing."""

    mark: Line | None = None
    """A level, a range `doubtful..plausible`, or a mark of the scale."""
    assumption: Text1 | None = None
    """What the mark rests on most: id or number of a statement, or a sentence of the reader's own."""
    hinges: tuple[NodeId, ...] = ()
    """Further statements that it rests on."""
    credence: Credence | None = None
    """That the assumption holds."""
    rationale: Text1 | None = None
    at: LocatorText | None = None
    confidence: Literal["low", "medium", "high"] | None = None
    change_my_mind: Text1 | None = None
    criterion_version: Count | None = None
    """The version of the criterion that was rated; filled in when the answers are sealed."""


@record
class ConditionalResponse(Kebab):
    """How a verdict is expected to move with a crux: P(U), P(C) and P(U | C)."""

    __pydantic_config__: ClassVar[Any] = {"extra": "forbid", "use_attribute_docstrings": True}

    verdict: CellId
    crux: NodeId
    p_u: Credence
    p_c: Credence
    p_u_given_c: Credence


@record
class Draft(Kebab):
    """Answers that are being written: private, and incomplete in any way."""

    reader: Handle | None = None
    session: Line | None = None
    round: Count | None = None
    marks: dict[CellId, CellResponse] = field(default_factory=dict)
    credences: dict[NodeId, Credence] = field(default_factory=dict)
    conditionals: tuple[ConditionalResponse, ...] = ()


@record
class Response(Kebab):
    """Answers as they are sealed: all names are ids, so that they mean the same on every machine.

    `reveal` is the policy that the reader answered under; a session that changes it later breaks the seal.
    """

    reader: Handle
    session: Line
    round: Count
    reveal: Policy
    marks: dict[CellId, CellResponse] = field(default_factory=dict)
    credences: dict[NodeId, Credence] = field(default_factory=dict)
    conditionals: tuple[ConditionalResponse, ...] = ()


@record
class Revealed(Response):
    """A response with what opens its seal."""

    nonce: Hex64
    """32 random bytes, so that a commitment cannot be guessed from likely answers."""
    seen: dict[Handle, Hex64] = field(default_factory=dict)
    """Every commitment of the round that was there when this response was revealed."""


def canonical_bytes(response: Response) -> bytes:
    r"""One response as bytes that depend on what it says and not on how its file is written.

    Parameters
    ----------
    response : Response
        What opens the seal, in a `Revealed`, does not enter.

    Returns
    -------
    bytes
        JSON with sorted keys, without what was not given.

    Examples
    --------
    >>> canonical_bytes(Response(reader="reader-a", session="s", round=1, reveal="names"))
    b'cruxmap response 1\n{"reader":"reader-a","reveal":"names","round":1,"session":"s"}'
    """
    data = {item.name: _plain(getattr(response, item.name)) for item in fields(Response)}
    kept = {name: value for name, value in data.items() if value not in (None, {}, [])}
    text = json.dumps(kept, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return _FORM + text.encode()


def _plain(value: Any) -> Any:
    if isinstance(value, Kebab):
        own = {item.name: _plain(getattr(value, item.name)) for item in fields(value)}  # type: ignore[arg-type]
        return {name: item for name, item in own.items() if item not in (None, [])}
    if isinstance(value, dict):
        return {name: _plain(item) for name, item in value.items()}
    return [_plain(item) for item in value] if isinstance(value, tuple) else value


def missing_marks(given: Draft | Response, cells: tuple[str, ...]) -> tuple[str, ...]:
    """The cells, of those asked for, that have no mark."""
    return tuple(cell for cell in cells if cell not in given.marks or given.marks[cell].mark is None)


def held_credences(response: Response) -> dict[str, float]:
    """The credences of a response by statement: of assumptions that marks rest on, and those given alone.

    Assumptions in the reader's own words are no statements. What was given alone counts before what stands
    beside a mark.
    """
    beside = {
        said.assumption: said.credence
        for said in response.marks.values()
        if said.assumption and said.credence is not None and not is_own_words(said.assumption)
    }
    return beside | response.credences


def answers_of(kb: KnowledgeBase, given: Draft | Response) -> dict[str, Answer]:
    """What was answered, by cell, as analyses take it.

    Parameters
    ----------
    kb : KnowledgeBase
        Gives the scale of each criterion. Cells whose entry or criterion is gone, and marks that are no
        longer on its scale, are left out; `cruxmap.group.rerating` names them.
    given : Draft or Response
        With cells by their ids.

    Returns
    -------
    dict
        Only cells with a mark.
    """
    from cruxmap.analysis.answers import Answer
    from cruxmap.model.intervals import UnknownMarkError, interval
    from cruxmap.model.vocabulary import Criterion

    found: dict[str, Answer] = {}
    for cell, said in given.marks.items():
        criterion = kb.entries.get(cell.partition("/")[2])
        is_known = isinstance(criterion, Criterion) and cell.partition("/")[0] in kb.entries
        if said.mark is None or not is_known or not isinstance(criterion, Criterion):
            continue
        scale = kb.scale_of(criterion.id)
        try:
            levels = interval(scale, said.mark)
        except UnknownMarkError:
            continue
        version = criterion.version if said.criterion_version is None else said.criterion_version
        found[cell] = Answer(
            cell=cell,
            mark=said.mark,
            interval=levels,
            levels=len(scale.levels),
            criterion_version=version,
            assumptions=tuple(dict.fromkeys(filter(None, (said.assumption, *said.hinges)))),
            credence=said.credence,
            rationale=said.rationale or "",
            at=said.at or "",
            change_my_mind=said.change_my_mind or "",
        )
    return found
