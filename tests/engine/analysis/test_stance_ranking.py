"""Entries are compared by the stances of a source, and a verdict that two take over is one verdict."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cruxmap.analysis.stance_ranking import (
    StanceTable,
    dominance,
    stance_knock_outs,
    stance_smaa,
    stance_table,
)
from cruxmap.errors import UsageError
from cruxmap.knowledge import KnowledgeBase

CRITERIA = ("x", "y")
Cell = tuple[float, float] | None
filled: st.SearchStrategy[Cell] = st.tuples(st.integers(0, 2), st.integers(0, 2)).map(
    lambda pair: (min(pair) / 2, max(pair) / 2)
)
OWN = {(entry, name): f"{entry}/{name}" for entry in "pqr" for name in CRITERIA}


OPEN: dict[tuple[str, str], Cell] = dict.fromkeys(OWN, (0.0, 1.0))


def table_of(
    cells: dict[tuple[str, str], Cell], shared: dict[tuple[str, str], str] | None = None
) -> StanceTable:
    """Cells by entry and criterion; `shared` says whose assessment a cell takes over."""
    origins = OWN | {key: f"{heir}/{key[1]}" for key, heir in (shared or {}).items()}
    found = {key: cells.get((origins[key].split("/")[0], key[1])) for key in OWN}
    return StanceTable(
        CRITERIA,
        {entry: {name: found[entry, name] for name in CRITERIA} for entry in "pqr"},
        {entry: {name: origins[entry, name] for name in CRITERIA} for entry in "pqr"},
    )


# Where criteria apply to some entries only, dominance may be circular and is refused; here all apply.
tables = st.builds(
    table_of,
    st.fixed_dictionaries(dict.fromkeys(OWN, filled)),
    st.dictionaries(st.sampled_from([("q", "x"), ("r", "x"), ("q", "y")]), st.just("p")),
)


def realised(table: StanceTable) -> list[dict[str, dict[str, float]]]:
    """Every way in which the open questions may turn out, one answer for each assessment."""
    ranges = {
        table.origins[entry][name]: given_range
        for entry in table.entries
        for name, given_range in table.ranges[entry].items()
        if given_range is not None
    }
    answers = [
        [value / 2 for value in range(int(low * 2), int(high * 2) + 1)] for low, high in ranges.values()
    ]
    return [
        {
            entry: {
                name: dict(zip(ranges, choice, strict=True))[table.origins[entry][name]]
                for name, given_range in table.ranges[entry].items()
                if given_range is not None
            }
            for entry in table.entries
        }
        for choice in product(*answers)
    ]


def beats(one: dict[str, float], other: dict[str, float]) -> bool:
    both = set(one) & set(other)
    return all(one[name] >= other[name] for name in both) and any(one[name] > other[name] for name in both)


@given(tables)
@settings(max_examples=60)
def test_dominance_is_possible_in_some_and_necessary_only_in_every_outcome(table: StanceTable) -> None:
    found = dominance(table)
    outcomes = realised(table)
    for one, other in product(table.entries, repeat=2):
        if one != other:
            wins = [beats(outcome[one], outcome[other]) for outcome in outcomes]
            assert ((one, other) in found.possible) == any(wins)
            if (one, other) in found.necessary:
                assert all(wins)
    assert set(found.necessary) <= set(found.possible)


@given(tables)
@settings(max_examples=60)
def test_fronts_hold_what_nothing_dominates(table: StanceTable) -> None:
    found = dominance(table)
    assert set(found.possible_front) == set(table.entries) - {worse for _, worse in found.necessary}
    assert set(found.certain_front) == set(table.entries) - {worse for _, worse in found.possible}
    assert set(found.certain_front) <= set(found.possible_front)


def test_an_open_verdict_that_two_entries_share_decides_nothing_between_them() -> None:
    cells: dict[tuple[str, str], Cell] = {
        **dict.fromkeys(OWN, (0.5, 0.5)),
        ("p", "x"): (0.0, 1.0),
        ("p", "y"): (1.0, 1.0),
    }
    apart = table_of({**cells, ("q", "x"): (0.0, 1.0)})
    together = table_of(cells, {("q", "x"): "p"})
    assert ("p", "q") in dominance(together).necessary
    assert ("p", "q") not in dominance(apart).necessary


def test_a_shared_verdict_is_drawn_once_per_sample() -> None:
    cells: dict[tuple[str, str], Cell] = {
        **dict.fromkeys(OWN, (0.5, 0.5)),
        ("p", "x"): (0.0, 1.0),
        ("p", "y"): (0.6, 0.6),
    }
    shared = stance_smaa(table_of(cells, {("q", "x"): "p"}), samples=500, seed=3)
    # p and q differ on y alone, where p is better, so q never comes first.
    assert shared.rank_acceptability[1, 0] == 0
    apart = stance_smaa(table_of({**cells, ("q", "x"): (0.0, 1.0)}), samples=500, seed=3)
    assert apart.rank_acceptability[1, 0] > 0


def test_samples_repeat_with_their_seed() -> None:
    table = table_of(OPEN)
    first, again, other = (stance_smaa(table, samples=200, seed=seed) for seed in (1, 1, 2))
    assert np.array_equal(first.rank_acceptability, again.rank_acceptability)
    assert not np.array_equal(first.rank_acceptability, other.rank_acceptability)
    assert first.rank_acceptability.sum(axis=1) == pytest.approx(np.ones(3))


def test_what_cannot_be_ranked_is_refused() -> None:
    with pytest.raises(UsageError, match="at least one sample"):
        stance_smaa(table_of(OPEN), samples=0)
    with pytest.raises(UsageError, match="nothing to rank"):
        stance_smaa(StanceTable(CRITERIA, {}, {}))


def test_stances_of_the_corpus_become_utilities_of_their_levels(kb: KnowledgeBase) -> None:
    criteria = [item.id for item in kb.criteria]
    table = stance_table(kb, kb.proposals, criteria)
    assert set(table.entries) <= {entry.id for entry in kb.proposals}
    for entry in kb.proposals:
        for name in criteria:
            if name not in entry.assessments:
                continue
            stance = kb.stance(entry, name)
            top = len(kb.scale_of(name).levels) - 1
            if stance.interval is None:
                assert table.ranges[entry.id][name] is None
            else:
                low, high = stance.interval.low / top, stance.interval.high / top
                assert table.ranges[entry.id][name] == pytest.approx((low, high))
            assert table.origins[entry.id][name] == stance.origin


def test_without_knock_outs_nothing_is_knocked_out(kb: KnowledgeBase) -> None:
    criteria = [item.id for item in kb.criteria if item.knock_out is None]
    assert stance_knock_outs(kb, stance_table(kb, kb.proposals, criteria)) == ({}, {})
