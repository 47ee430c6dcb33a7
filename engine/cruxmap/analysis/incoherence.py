"""Numbers of one reader that do not fit together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from cruxmap.analysis.impact import held_credences
from cruxmap.analysis.information_value import IncoherentCredences, probability_without
from cruxmap.analysis.semantics import DEFAULT_SEMANTICS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from cruxmap.analysis.answers import Answer, Answers
    from cruxmap.analysis.information_value import CruxCredences
    from cruxmap.graph import ArgumentGraph

__all__ = ["Incoherence", "incoherences"]

SAME_CREDENCE = 0.05
"""Two credences of one reader in one statement that differ by more contradict each other."""


@dataclass(frozen=True, slots=True)
class Incoherence:
    """Numbers of one reader that contradict each other.

    Attributes
    ----------
    cell : str
        Where it should be talked about.
    sort : {"conditional", "two-credences", "above-assumption", "against-credences"}
        The derived P(U | not C) leaves [0, 1]; one statement has two credences; a mark is higher than what it
        rests on allows; a mark is two levels or more from what the reader's own credences come to.
    statement : str
        The crux, assumption or cell that the numbers are about.
    values : tuple of float
        What contradicts: the derived probability; the two credences; the least credence that the mark implies
        and the one held; the strength.
    """

    reader: str
    cell: str
    sort: str
    statement: str
    values: tuple[float, ...]

    def as_data(self) -> dict[str, Any]:
        """Return plain data for JSON."""
        return {
            "reader": self.reader,
            "cell": self.cell,
            "sort": self.sort,
            "statement": self.statement,
            "values": list(self.values),
        }


def incoherences(
    graph: ArgumentGraph,
    answers: Answers,
    conditionals: Mapping[str, Sequence[tuple[str, str, CruxCredences]]] | None = None,
    *,
    semantics: str = DEFAULT_SEMANTICS,
) -> tuple[Incoherence, ...]:
    """Find what does not fit together in the numbers of each reader.

    Parameters
    ----------
    graph : ArgumentGraph
    answers : Answers
    conditionals : mapping of str to sequence of (cell, crux, CruxCredences), optional
        By reader, what each states of a verdict U and a crux C.
    semantics : str
        Gradual semantics of the strengths.

    Returns
    -------
    tuple of Incoherence
        Sorted by cell, reader, sort and statement.

    Notes
    -----
    A mark at level l of K claims a probability in `[l / K, (l + 1) / K]`. A cell that fails without its
    load-bearing assumption is at most as probable as that assumption, so a mark on the upper half of the
    scale whose lower bound exceeds the credence in the assumption by more than one level is reported.
    Strengths are computed from credences alone, without marks, and only for cells that some credence of the
    reader bears on; their level is compared with the whole interval of the mark.
    """
    found = list(_conditional(conditionals or {}))
    for reader in answers.by_reader:
        found += _two_credences(answers, reader)
        found += _above_assumption(answers, reader)
        found += _against_credences(graph, answers, reader, semantics)
    return tuple(sorted(found, key=lambda item: (item.cell, item.reader, item.sort, item.statement)))


def _conditional(
    stated: Mapping[str, Sequence[tuple[str, str, CruxCredences]]],
) -> Iterator[Incoherence]:
    for reader, given in stated.items():
        for cell, crux, credences in given:
            try:
                probability_without(*credences)
            except IncoherentCredences as error:
                derived = () if error.derived is None else (error.derived,)
                yield Incoherence(reader, cell, "conditional", crux, derived)


def _two_credences(answers: Answers, reader: str) -> Iterator[Incoherence]:
    given = dict(answers.credences.get(reader, {}))
    for cell, answer in sorted(answers.by_reader[reader].items()):
        if answer.credence is None or not answer.assumptions:
            continue
        statement = answer.assumptions[0]
        earlier = given.setdefault(statement, answer.credence)
        if abs(earlier - answer.credence) > SAME_CREDENCE:
            yield Incoherence(reader, cell, "two-credences", statement, (earlier, answer.credence))


def _above_assumption(answers: Answers, reader: str) -> Iterator[Incoherence]:
    for cell, answer in answers.by_reader[reader].items():
        if answer.interval is None or answer.credence is None or not answer.assumptions:
            continue
        least = answer.interval.low / answer.levels
        is_upper = 2 * answer.interval.low >= answer.levels - 1
        if is_upper and least - answer.credence > 1 / answer.levels:
            yield Incoherence(
                reader, cell, "above-assumption", answer.assumptions[0], (least, answer.credence)
            )


def _against_credences(
    graph: ArgumentGraph, answers: Answers, reader: str, semantics: str
) -> Iterator[Incoherence]:
    held = held_credences(graph, answers, reader)
    if not held:
        return
    base = np.array(graph.core.base_scores)
    for name, value in held.items():
        base[graph.index[name]] = value
    rated = {graph.index[name] for name in held}
    strengths = graph.core.evaluate(base[None], semantics)[0]
    for cell, answer in answers.by_reader[reader].items():
        if cell not in graph.index or answer.interval is None:
            continue
        node = graph.index[cell]
        strength = float(strengths[node])
        bears = not rated.isdisjoint(graph.core.ancestors(node).tolist())
        if bears and _levels_away(answer, strength) >= 2:
            yield Incoherence(reader, cell, "against-credences", cell, (strength,))


def _levels_away(answer: Answer, strength: float) -> int:
    assert answer.interval is not None
    level = min(int(strength * answer.levels), answer.levels - 1)
    return max(answer.interval.low - level, level - answer.interval.high, 0)
