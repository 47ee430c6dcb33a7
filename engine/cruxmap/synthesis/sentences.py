"""Hold sentences and expectations of entries against the data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cruxmap.errors import CruxmapError
from cruxmap.model.entries import Proposal, Strategy, Synthesis
from cruxmap.synthesis.answers import Answer, answer
from cruxmap.synthesis.facts import Facts
from cruxmap.synthesis.query_errors import QueryError
from cruxmap.synthesis.ranges import ROUNDING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from cruxmap.knowledge import KnowledgeBase

LISTED = 6
"""Ids that a contradiction names at most."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """A sentence and what the data gives.

    Attributes
    ----------
    answer : Answer or None
        None when the query has no meaning.
    holds : bool
        Whether the answer is what the sentence expects.
    error : QueryError or None
        Why the query, or the expectation, has no meaning; its steps start at the entry.
    """

    synthesis: Synthesis
    answer: Answer | None
    holds: bool
    error: CruxmapError | None = None

    def as_data(self) -> dict[str, Any]:
        """Return plain data for JSON."""
        return {
            "id": self.synthesis.id,
            "holds": self.holds,
            "expected": list(self.synthesis.expect),
            "answer": self.answer.as_data() if self.answer else None,
            "error": str(self.error) if self.error else None,
        }


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Something that an entry says about the whole and the data does not bear out.

    Attributes
    ----------
    entry : str
    steps : tuple of str or int
        Keys that lead to it in the entry.
    code : str
        `E401` a sentence, `E402` a query without meaning, `E403` an expectation of an assessment.
    """

    entry: str
    steps: tuple[str | int, ...]
    code: str
    message: str
    hint: str = ""


def judge(facts: Facts, synthesis: Synthesis) -> Judgement:
    """Answer the query of a sentence and compare it with what the sentence expects.

    Examples
    --------
    >>> from cruxmap import load
    >>> from cruxmap.model.queries import Query, Selection
    >>> query = Query(count=Selection(of="criteria"))
    >>> sentence = Synthesis(kind="synthesis", id="four", text="Four criteria.", query=query, expect=("4",))
    >>> judge(Facts(load()), sentence).holds
    True
    """
    try:
        found = answer(facts, synthesis.query)
    except QueryError as error:
        return Judgement(synthesis, None, False, error.below("query"))
    except CruxmapError as error:
        return Judgement(synthesis, None, False, error)
    try:
        return Judgement(synthesis, found, found.meets(synthesis.expect))
    except QueryError as error:
        return Judgement(synthesis, found, False, error.below("expect"))


def contradictions(
    kb: KnowledgeBase, entries: Collection[str] | None = None, facts: Facts | None = None
) -> Iterator[Contradiction]:
    """Yield every sentence and expectation that the data contradicts.

    Parameters
    ----------
    kb : KnowledgeBase
        Without problems.
    entries : collection of str, optional
        Ids of the entries wanted; all by default.
    facts : Facts, optional
        Those of the knowledge base, when they are at hand.

    Notes
    -----
    Nothing is computed for a knowledge base in which nothing is expected.
    """
    facts = facts or Facts(kb)
    for entry in kb.entries.values():
        if entries is not None and entry.id not in entries:
            continue
        if isinstance(entry, Synthesis):
            found = _contradicted(judge(facts, entry))
            if found:
                yield found
        elif isinstance(entry, Proposal | Strategy) and entry.expect:
            yield from _unmet(facts, entry)


def _contradicted(judged: Judgement) -> Contradiction | None:
    if judged.holds:
        return None
    name = judged.synthesis.id
    if judged.error:
        steps = getattr(judged.error, "steps", ("query",))
        return Contradiction(name, steps, "E402", str(judged.error), getattr(judged.error, "hint", ""))
    assert judged.answer
    found = judged.answer
    expected = judged.synthesis.expect
    wanted = f"[{', '.join(expected)}]" if found.sort == "names" else expected[0]
    message = f"`{name}` says {wanted}, the data gives {found.shown}"
    return Contradiction(name, ("expect",), "E401", message, evidence(found))


def evidence(found: Answer) -> str:
    """What stands behind an answer, in a few words."""
    listed = ", ".join(found.names[:LISTED])
    more = f" and {len(found.names) - LISTED} more" if len(found.names) > LISTED else ""
    shown = "" if found.sort == "names" else f"{listed}{more}"
    return ": ".join(filter(None, (found.detail, shown)))


def _unmet(facts: Facts, entry: Proposal | Strategy) -> Iterator[Contradiction]:
    for criterion, wanted in entry.expect.items():
        name = f"{entry.id}/{criterion}"
        steps: tuple[str | int, ...] = ("expect", criterion)
        if criterion not in entry.assessments:
            yield Contradiction(entry.id, steps, "E403", f"`{name}` is not assessed, so nothing is computed")
            continue
        evaluation = facts.evaluation
        label, strength = evaluation.labels[name], evaluation.strengths[name]
        if wanted.label is not None and label != wanted.label:
            message = f"`{name}` is expected to be {wanted.label}, the arguments leave it {label}"
            hint = f"grounded reading, {evaluation.standard}"
            yield Contradiction(entry.id, (*steps, "label"), "E403", message, hint)
        for bound, given, broken in (
            ("lowest", wanted.lowest, wanted.lowest is not None and strength < wanted.lowest - ROUNDING),
            ("highest", wanted.highest, wanted.highest is not None and strength > wanted.highest + ROUNDING),
        ):
            if broken:
                message = (
                    f"`{name}` is expected to be {_WORDS[bound]} {given:g}, its strength is {strength:.3f}"
                )
                yield Contradiction(entry.id, (*steps, bound), "E403", message, evaluation.semantics)


_WORDS = {"lowest": "at least", "highest": "at most"}
