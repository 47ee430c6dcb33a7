"""Comparing entries by the stances of a source: dominance, fronts, knock-outs and SMAA-2.

A stance is an interval of levels; evenly spaced levels give utilities from 0 to 1. A verdict that two
entries take over from the same assessment is one unknown and not two: between them it decides nothing,
however it turns out, and in every sample it has the same value for both.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import permutations
from typing import TYPE_CHECKING, Any

import numpy as np

from cruxmap.analysis.hasse import HasseDiagram, hasse_diagram
from cruxmap.analysis.performance_table import Range, level_utility
from cruxmap.analysis.ranking import KnockOut, knock_outs, necessary_dominance, possible_dominance
from cruxmap.analysis.smaa import SmaaResult, smaa
from cruxmap.errors import UsageError
from cruxmap.model.intervals import UnknownMarkError, interval
from cruxmap.model.vocabulary import Criterion

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from cruxmap.knowledge import KnowledgeBase
    from cruxmap.model.entries import Proposal, Strategy

__all__ = ["Dominance", "StanceTable", "dominance", "stance_knock_outs", "stance_smaa", "stance_table"]


@dataclass(frozen=True)
class StanceTable:
    """Stances as ranges of utilities.

    Attributes
    ----------
    ranges : dict of str to dict
        Entry -> criterion -> (low, high) between 0 and 1; None where the criterion does not apply.
    origins : dict of str to dict
        Entry -> criterion -> the assessment where the stance is stated: another entry's when it is inherited.
    """

    criteria: tuple[str, ...]
    ranges: dict[str, dict[str, Range | None]]
    origins: dict[str, dict[str, str]]

    @cached_property
    def entries(self) -> tuple[str, ...]:
        """The entries, in the order given."""
        return tuple(self.ranges)

    def pair(self, first: str, second: str) -> dict[str, dict[str, Range | None]]:
        """Two rows, without the verdicts that both take over from the same assessment."""
        one, other = self.origins[first], self.origins[second]
        same = {name for name in one.keys() & other.keys() if one[name] == other[name]}
        return {
            entry: {name: None if name in same else given for name, given in self.ranges[entry].items()}
            for entry in (first, second)
        }


def stance_table(
    kb: KnowledgeBase, entries: Iterable[Proposal | Strategy], criteria: Sequence[str]
) -> StanceTable:
    """Read the stances of entries as ranges of utilities.

    Parameters
    ----------
    kb : KnowledgeBase
    entries : iterable of Proposal or Strategy
        Those to which none of the criteria applies are left out.
    criteria : sequence of str
        Ids.

    Returns
    -------
    StanceTable

    Examples
    --------
    >>> from cruxmap import load
    >>> kb = load()
    >>> table = stance_table(kb, kb.proposals, ["inner-alignment"])
    >>> table.ranges["imitative-amplification-rat"]
    {'inner-alignment': (0.5, 0.5)}
    """
    ranges: dict[str, dict[str, Range | None]] = {}
    origins: dict[str, dict[str, str]] = {}
    for entry in entries:
        stances = {name: kb.stance(entry, name) for name in criteria if name in entry.assessments}
        if any(stance.interval is not None for stance in stances.values()):
            origins[entry.id] = {name: stance.origin for name, stance in stances.items()}
            ranges[entry.id] = {
                name: None
                if stance.interval is None
                else (_utility(kb, name, stance.interval.low), _utility(kb, name, stance.interval.high))
                for name, stance in stances.items()
            }
    return StanceTable(tuple(criteria), ranges, origins)


def _utility(kb: KnowledgeBase, criterion: str, level: int) -> float:
    return level_utility(level, len(kb.scale_of(criterion).levels))


@dataclass(frozen=True, slots=True)
class Dominance:
    """Who dominates whom.

    Attributes
    ----------
    necessary, possible : tuple of (str, str)
        (better, worse): whatever the open questions turn out to be, or for some way in which they may turn
        out.
    certain_front, possible_front : tuple of str
        Entries that nothing even possibly dominates, and those that nothing necessarily dominates.
    diagram : HasseDiagram
        The necessary dominances without those that follow from others.
    """

    necessary: tuple[tuple[str, str], ...]
    possible: tuple[tuple[str, str], ...]
    certain_front: tuple[str, ...]
    possible_front: tuple[str, ...]
    diagram: HasseDiagram

    def as_data(self) -> dict[str, Any]:
        """Return the relations as plain data."""
        return {
            "necessary": [list(pair) for pair in self.necessary],
            "possible": [list(pair) for pair in self.possible],
            "hasse": [list(pair) for pair in self.diagram.links],
            "layers": [list(layer) for layer in self.diagram.layers],
            "pareto_front": {"certain": list(self.certain_front), "possible": list(self.possible_front)},
        }


def dominance(table: StanceTable) -> Dominance:
    """Compare all pairs of entries.

    Parameters
    ----------
    table : StanceTable

    Returns
    -------
    Dominance
        Pairs in the order of the table.

    Raises
    ------
    CyclicOrderError
        When criteria that apply to some entries only make the dominances circular.

    Notes
    -----
    The rules are those of `ranking.necessary_dominance` and `ranking.possible_dominance`, applied to each
    pair on the verdicts that the two do not share.
    """
    pairs = list(permutations(table.entries, 2))
    rows = {pair: table.pair(*pair) for pair in pairs}
    necessary = tuple(pair for pair in pairs if pair in necessary_dominance(rows[pair]))
    possible = tuple(pair for pair in pairs if pair in possible_dominance(rows[pair]))
    surely_below = {worse for _, worse in necessary}
    perhaps_below = {worse for _, worse in possible}
    return Dominance(
        necessary,
        possible,
        tuple(name for name in table.entries if name not in perhaps_below),
        tuple(name for name in table.entries if name not in surely_below),
        hasse_diagram(table.entries, necessary),
    )


def stance_knock_outs(kb: KnowledgeBase, table: StanceTable) -> tuple[dict[str, str], dict[str, KnockOut]]:
    """Entries that miss, or may miss, a level that a criterion requires.

    Parameters
    ----------
    kb : KnowledgeBase
    table : StanceTable

    Returns
    -------
    required : dict of str to str
        The level that each criterion with a knock-out requires.
    knocked_out : dict of str to KnockOut
        By entry; only those that at least possibly miss something.

    Raises
    ------
    UsageError
        When a criterion requires something that is no level of its scale.
    """
    required: dict[str, str] = {}
    least: dict[str, float] = {}
    for name in table.criteria:
        criterion = kb.entries[name]
        assert isinstance(criterion, Criterion)
        if criterion.knock_out is None:
            continue
        try:
            level = interval(kb.scale_of(name), criterion.knock_out)
        except UnknownMarkError as error:
            raise UsageError(f"the knock-out of {name}: {error}") from None
        if level is None or not level.is_point:
            raise UsageError(f"the knock-out of {name} must be one level of its scale")
        required[name], least[name] = criterion.knock_out, _utility(kb, name, level.low)
    return required, knock_outs(table.ranges, least) if least else {}


def stance_smaa(
    table: StanceTable, *, samples: int = 10_000, seed: int = 0, order: Sequence[str] | None = None
) -> SmaaResult:
    """SMAA-2 over uniform weights and uniform levels within each stance.

    Parameters
    ----------
    table : StanceTable
        At least one entry.
    samples : int
        Weightings drawn, each with one way in which the open questions turn out.
    seed : int
        Seed of both.
    order : sequence of str, optional
        Criteria from most to least important; those left out are free.

    Returns
    -------
    SmaaResult

    Raises
    ------
    UsageError
        For fewer than one sample, an order that names a criterion twice or an unknown one, an empty table.

    Notes
    -----
    A stance that several entries take over from one assessment is drawn once per sample, so that they do not
    differ on it.
    """
    if samples < 1:
        raise UsageError("SMAA needs at least one sample")
    if not table.entries:
        raise UsageError("no entry is assessed against these criteria, so there is nothing to rank")
    drawn = _measurements(table, samples, np.random.default_rng([seed, 1]))
    return smaa(
        drawn, samples=samples, seed=seed, order=order, alternatives=table.entries, criteria=table.criteria
    )


def _measurements(table: StanceTable, samples: int, generator: np.random.Generator) -> NDArray[np.float64]:
    """Utilities of shape (samples, entries, criteria), NaN where a criterion does not apply."""
    drawn = np.full((samples, len(table.entries), len(table.criteria)), np.nan)
    by_origin: dict[str, NDArray[np.float64]] = {}
    for row, entry in enumerate(table.entries):
        for column, criterion in enumerate(table.criteria):
            given = table.ranges[entry].get(criterion)
            if given is not None:
                origin = table.origins[entry][criterion]
                if origin not in by_origin:
                    by_origin[origin] = given[0] + (given[1] - given[0]) * generator.random(samples)
                drawn[:, row, column] = by_origin[origin]
    return drawn
