"""What a group's own grid says of the sentences that summarise the corpus."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import TYPE_CHECKING, Any

from cruxmap.analysis.answers import answers_by_cell
from cruxmap.model.entries import Synthesis
from cruxmap.model.intervals import Interval
from cruxmap.synthesis.facts import Facts
from cruxmap.synthesis.sentences import judge

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from cruxmap.analysis.answers import Answer, Answers
    from cruxmap.knowledge import KnowledgeBase
    from cruxmap.matrix import Cell

__all__ = ["ContradictedSentence", "GroupMark", "contradicted_by_group", "group_mark", "group_marks"]


@dataclass(frozen=True, slots=True)
class GroupMark:
    """The mark of a whole group for one cell.

    Attributes
    ----------
    word : str
        The mark itself when enough readers share it, otherwise the range from the lowest to the highest level
        that any reader leaves possible; empty where that range cannot be written.
    interval : Interval or None
        None when the shared mark stands for nothing.
    shared : bool
        Whether enough readers give this one mark.
    """

    word: str
    interval: Interval | None
    shared: bool


def group_marks(kb: KnowledgeBase, answers: Answers, share: float = 0.75) -> dict[str, GroupMark]:
    """The grid of a group: by cell, the mark that enough readers share, or what they leave possible together.

    Parameters
    ----------
    kb : KnowledgeBase
    answers : Answers
    share : float
        Of the readers of a cell, in (0, 1]; by default that of the stop rule.

    Returns
    -------
    dict of str to GroupMark
        By cell, sorted. Marks are never averaged.
    """
    by_cell = sorted(answers_by_cell(answers).items())
    return {cell: group_mark(kb, cell, tuple(given.values()), share) for cell, given in by_cell}


def group_mark(kb: KnowledgeBase, cell: str, given: Sequence[Answer], share: float = 0.75) -> GroupMark:
    """The mark of a group for one cell; see `group_marks`."""
    counts = Counter(answer.mark for answer in given)
    word = min(counts, key=lambda name: (-counts[name], name))
    if counts[word] / len(given) >= share - 1e-9:
        return GroupMark(word, next(item.interval for item in given if item.mark == word), True)
    known = [answer.interval for answer in given if answer.interval is not None]
    if not known:
        return GroupMark(word, None, False)
    hull = Interval(min(item.low for item in known), max(item.high for item in known))
    levels = kb.scale_of(cell.partition("/")[2]).levels
    if hull.is_point:
        return GroupMark(levels[hull.low].id, hull, False)
    return GroupMark(f"{levels[hull.low].id}..{levels[hull.high].id}", hull, False)


@dataclass(frozen=True, slots=True)
class ContradictedSentence:
    """A sentence that holds of what the sources say and not of what the group says.

    Attributes
    ----------
    sentence : str
        Id of the synthesis entry.
    text : str
    expected, found : str
        What the sentence says, and what the group's grid gives.
    cells : tuple of str
        Those in which the group's mark, each alone in the source's grid, contradicts the sentence; where no
        single one does, a smallest set that does together.
    """

    sentence: str
    text: str
    expected: str
    found: str
    cells: tuple[str, ...]

    def as_data(self) -> dict[str, Any]:
        """Return plain data for JSON."""
        return {
            "sentence": self.sentence,
            "text": self.text,
            "expected": self.expected,
            "found": self.found,
            "cells": list(self.cells),
        }


def contradicted_by_group(
    kb: KnowledgeBase, marks: Mapping[str, GroupMark], facts: Facts | None = None
) -> tuple[ContradictedSentence, ...]:
    """Find the sentences about stances that the group's grid contradicts.

    Parameters
    ----------
    kb : KnowledgeBase
        Without problems.
    marks : mapping of str to GroupMark
        The group's grid; cells that it lacks keep the source's stance.
    facts : Facts, optional
        Those of the knowledge base, when they are at hand.

    Returns
    -------
    tuple of ContradictedSentence
        In the order of the files.

    Notes
    -----
    Only sentences that ask for stances are asked; hinges, arguments and dominance stay those of the entries.
    """
    facts = facts or Facts(kb)
    changed = _differing(facts, marks)
    if not changed:
        return ()
    found = []
    for sentence in kb.of_kind(Synthesis):
        if not _asks_for_stances(sentence.query) or not judge(facts, sentence).holds:
            continue
        judged = judge(_GroupFacts.of(facts, changed), sentence)
        if judged.holds or judged.answer is None:
            continue
        cells = _responsible(facts, changed, sentence)
        expected = f"[{', '.join(sentence.expect)}]" if len(sentence.expect) > 1 else sentence.expect[0]
        found.append(ContradictedSentence(sentence.id, sentence.text, expected, judged.answer.shown, cells))
    return tuple(found)


def _differing(facts: Facts, marks: Mapping[str, GroupMark]) -> dict[str, Cell]:
    return {
        cell: replace(known, stance=mark.word, word=mark.word, interval=mark.interval)
        for cell, mark in marks.items()
        if (known := facts.verdicts.get(cell)) is not None
        and (known.word, known.interval) != (mark.word, mark.interval)
    }


class _GroupFacts(Facts):
    """The facts of a knowledge base with a group's marks in place of stances; analyses are shared."""

    @classmethod
    def of(cls, facts: Facts, changed: Mapping[str, Cell]) -> _GroupFacts:
        own = cls(facts.kb)
        own.__dict__.update(facts.__dict__)
        own.__dict__["verdicts"] = {**facts.verdicts, **changed}
        return own


def _responsible(facts: Facts, changed: Mapping[str, Cell], sentence: Synthesis) -> tuple[str, ...]:
    """The cells that contradict a sentence alone; else what is left when those not needed are dropped."""

    def contradicts(cells: Iterable[str]) -> bool:
        return not judge(_GroupFacts.of(facts, {cell: changed[cell] for cell in cells}), sentence).holds

    alone = tuple(cell for cell in changed if contradicts((cell,)))
    if alone:
        return alone
    needed = list(changed)
    for cell in changed:
        fewer = [name for name in needed if name != cell]
        if contradicts(fewer):
            needed = fewer
    return tuple(needed)


def _asks_for_stances(query: Any) -> bool:
    if is_dataclass(query):
        return any(
            (item.name == "stance" and getattr(query, item.name) is not None)
            or _asks_for_stances(getattr(query, item.name))
            for item in fields(query)
        )
    return isinstance(query, tuple) and any(_asks_for_stances(part) for part in query)
