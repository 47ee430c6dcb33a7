"""Compare entries criterion by criterion: stances, what they rest on, how they are built, who dominates."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import permutations
from typing import TYPE_CHECKING, Any

from cruxmap.matrix import Cell, cell

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from cruxmap.knowledge import KnowledgeBase
    from cruxmap.model.entries import Proposal, Strategy


@dataclass(frozen=True, slots=True)
class Overlap:
    """What entries have in common, and what only one of them has.

    Attributes
    ----------
    shared : tuple of str
        Ids that every entry has.
    only : dict of str to tuple of str
        Ids that only this entry has.
    some : dict of str to tuple of str
        Ids that several but not all entries have, with those entries.
    """

    shared: tuple[str, ...]
    only: dict[str, tuple[str, ...]]
    some: dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class CriterionComparison:
    """The cells of all entries under one criterion, and the assumptions that the arguments there rest on."""

    criterion: str
    cells: dict[str, Cell]
    assumptions: Overlap


@dataclass(frozen=True, slots=True)
class Comparison:
    """The whole comparison of two or more entries.

    Attributes
    ----------
    necessary, possible : tuple of (str, str)
        Pairs in which the first is at least as good everywhere and better somewhere: whatever the open
        questions turn out to be, or for some way in which they may turn out.
    """

    entries: tuple[str, ...]
    criteria: tuple[CriterionComparison, ...]
    assumptions: Overlap
    mechanisms: Overlap
    necessary: tuple[tuple[str, str], ...]
    possible: tuple[tuple[str, str], ...]

    def as_data(self) -> dict[str, Any]:
        """Return the comparison as plain data."""
        return {
            "schema": 1,
            "entries": list(self.entries),
            "criteria": [
                {
                    "id": item.criterion,
                    "cells": {name: _cell_data(given) for name, given in item.cells.items()},
                    "assumptions": _overlap_data(item.assumptions),
                }
                for item in self.criteria
            ],
            "assumptions": _overlap_data(self.assumptions),
            "mechanisms": _overlap_data(self.mechanisms),
            "dominance": {
                "necessary": [list(p) for p in self.necessary],
                "possible": [list(p) for p in self.possible],
            },
        }


def compare(kb: KnowledgeBase, entries: Sequence[Proposal | Strategy]) -> Comparison:
    """Compare two or more entries.

    Parameters
    ----------
    kb : KnowledgeBase
    entries : sequence of Proposal or Strategy
        At least two different ones.

    Returns
    -------
    Comparison
    """
    names = [entry.id for entry in entries]
    criteria = tuple(_by_criterion(kb, entries, item.id) for item in kb.criteria)
    table = [{item.criterion: item.cells[name] for item in criteria if name in item.cells} for name in names]
    by_name = dict(zip(names, table, strict=True))
    pairs = list(permutations(names, 2))
    return Comparison(
        entries=tuple(names),
        criteria=tuple(item for item in criteria if item.cells),
        assumptions=_overlap(
            {entry.id: (*entry.assumptions, *entry.secondary_assumptions) for entry in entries}
        ),
        mechanisms=_overlap({entry.id: entry.mechanisms for entry in entries}),
        necessary=tuple(
            pair for pair in pairs if _dominates(by_name[pair[0]], by_name[pair[1]], possibly=False)
        ),
        possible=tuple(
            pair for pair in pairs if _dominates(by_name[pair[0]], by_name[pair[1]], possibly=True)
        ),
    )


def _by_criterion(
    kb: KnowledgeBase, entries: Sequence[Proposal | Strategy], criterion: str
) -> CriterionComparison:
    given = [entry for entry in entries if criterion in entry.assessments]
    resting = {entry.id: _resting_on(kb, f"{entry.id}/{criterion}") for entry in given}
    return CriterionComparison(
        criterion, {entry.id: cell(kb, entry, criterion) for entry in given}, _overlap(resting)
    )


def _resting_on(kb: KnowledgeBase, statement: str) -> tuple[str, ...]:
    """Assumptions that the arguments for a statement rest on, directly or through other assessments."""
    found: dict[str, None] = {}
    ahead, seen = [statement], {statement}
    while ahead:
        for placed in kb.arguments_for(ahead.pop(0)):
            for name in (*placed.argument.assumes, *placed.argument.unless):
                if "/" not in name:
                    found[name] = None
                elif name not in seen:
                    seen.add(name)
                    ahead.append(name)
    return tuple(found)


def _overlap(items: Mapping[str, Sequence[str]]) -> Overlap:
    holders: dict[str, list[str]] = {}
    for owner, names in items.items():
        for name in dict.fromkeys(names):
            holders.setdefault(name, []).append(owner)
    only = {owner: tuple(name for name, held in holders.items() if held == [owner]) for owner in items}
    some = {name: tuple(held) for name, held in holders.items() if 1 < len(held) < len(items)}
    return Overlap(tuple(name for name, held in holders.items() if len(held) == len(items)), only, some)


def _dominates(first: dict[str, Cell], second: dict[str, Cell], *, possibly: bool) -> bool:
    """Whether `first` is at least as good on every criterion that applies to both and better on one.

    A verdict that both take over from the same assessment is equal, however it turns out.
    """
    better = False
    for name in first.keys() & second.keys():
        one, other = first[name].interval, second[name].interval
        if one is None or other is None or first[name].origin == second[name].origin:
            continue
        own, their = (one.high, other.low) if possibly else (one.low, other.high)
        if own < their:
            return False
        better = better or own > their
    return better


def _cell_data(given: Cell) -> dict[str, Any]:
    return {
        "stance": given.stance,
        "resolved": given.word,
        "interval": [given.interval.low, given.interval.high] if given.interval else None,
        "hinges": list(given.hinges),
        "pro": given.pro,
        "con": given.con,
        "at": given.at,
    }


def _overlap_data(overlap: Overlap) -> dict[str, Any]:
    return {
        "shared": list(overlap.shared),
        "only": {name: list(items) for name, items in overlap.only.items()},
        "some": {name: list(items) for name, items in overlap.some.items()},
    }
