"""Dominance with ranges, the Pareto front, knock-outs and Hasse diagrams."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cruxmap.analysis.ranking import (
    CyclicOrderError,
    hasse_diagram,
    knock_outs,
    level_utility,
    necessary_dominance,
    pareto_front,
    possible_dominance,
)
from cruxmap.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

Cell = tuple[float, float] | None
Table = dict[str, dict[str, Cell]]

ranges: st.SearchStrategy[Cell] = st.tuples(st.integers(0, 2), st.integers(0, 1)).map(
    lambda pair: (pair[0], pair[0] + pair[1])
)
cells: st.SearchStrategy[Cell] = st.one_of(st.none(), ranges)


def tables(cell: st.SearchStrategy[Cell], names: str, criteria: str) -> st.SearchStrategy[Table]:
    row = st.fixed_dictionaries(dict.fromkeys(criteria, cell))
    return st.dictionaries(st.sampled_from(list(names)), row, min_size=2)


def realisations(table: Table) -> Iterator[dict[str, dict[str, float]]]:
    """Every choice of one whole number from every range."""
    places = [
        (name, criterion, cell) for name, row in table.items() for criterion, cell in row.items() if cell
    ]
    for choice in product(*(range(int(cell[0]), int(cell[1]) + 1) for _, _, cell in places)):
        chosen: dict[str, dict[str, float]] = {name: {} for name in table}
        for (name, criterion, _), value in zip(places, choice, strict=True):
            chosen[name][criterion] = value
        yield chosen


def dominates(one: dict[str, float], other: dict[str, float]) -> bool:
    shared = set(one) & set(other)
    return all(one[c] >= other[c] for c in shared) and any(one[c] > other[c] for c in shared)


@given(tables(cells, "pq", "xyz"))
@settings(max_examples=150, deadline=None)
def test_dominance_is_necessary_in_every_and_possible_in_some_realisation(table: Table) -> None:
    chosen = list(realisations(table))
    pairs = [(one, other) for one in table for other in table if one != other]
    always = {(a, b) for a, b in pairs if all(dominates(world[a], world[b]) for world in chosen)}
    ever = {(a, b) for a, b in pairs if any(dominates(world[a], world[b]) for world in chosen)}
    assert necessary_dominance(table) == always
    assert possible_dominance(table) == ever


@given(tables(ranges, "pqrs", "xyz"))
@settings(max_examples=150, deadline=None)
def test_necessary_dominance_is_a_strict_order_that_implies_possible_dominance(table: Table) -> None:
    necessary, possible = necessary_dominance(table), possible_dominance(table)
    assert necessary <= possible
    assert all(better != worse for better, worse in possible)
    for one, middle in necessary:
        assert (middle, one) not in necessary
        assert all((one, other) in necessary for between, other in necessary if between == middle)


@given(tables(cells, "pqr", "xy"))
@settings(max_examples=80, deadline=None)
def test_front_members_are_certain_in_every_and_possible_in_some_realisation(table: Table) -> None:
    fronts = [
        {name for name in world if not any(dominates(other, world[name]) for other in world.values())}
        for world in realisations(table)
    ]
    front = pareto_front(table)
    assert set(front.certain) == set.intersection(*fronts)
    assert set(front.possible) == set.union(*fronts)


def test_equal_alternatives_do_not_dominate_each_other() -> None:
    same: Table = {"p": {"x": (1, 1)}, "q": {"x": (1, 1)}}
    assert necessary_dominance(same) == possible_dominance(same) == set()


def test_a_criterion_that_does_not_apply_is_left_out_of_the_pair() -> None:
    table: Table = {"p": {"x": (2, 2), "y": None}, "q": {"x": (1, 1), "y": (9, 9)}, "r": {"y": (0, 0)}}
    assert necessary_dominance(table) == {("p", "q"), ("q", "r")}


def test_a_range_that_runs_downwards_is_refused() -> None:
    with pytest.raises(UsageError, match="p on x: the range 2 to 1 runs downwards"):
        necessary_dominance({"p": {"x": (2, 1)}})


def test_knock_outs_separate_certain_from_possible_misses() -> None:
    table: Table = {
        "p": {"x": (0, 1), "y": (3, 3)},
        "q": {"x": (1, 3), "y": (0, 0)},
        "r": {"x": (2, 3), "y": None},
    }
    found = knock_outs(table, {"x": 2, "y": 1})
    assert list(found) == ["p", "q"]
    assert (found["p"].certain, found["p"].possible) == (("x",), ())
    assert (found["q"].certain, found["q"].possible) == (("y",), ("x",))


orders = st.sets(st.tuples(st.integers(0, 7), st.integers(0, 7)).filter(lambda pair: pair[0] < pair[1]))


@given(orders)
@settings(max_examples=150, deadline=None)
def test_the_hasse_diagram_is_the_transitive_reduction(pairs: set[tuple[int, int]]) -> None:
    # Names that sort against the order, so that it is not found by luck.
    named = {(str(9 - better), str(9 - worse)) for better, worse in pairs}
    names = [str(number) for number in range(2, 10)]
    graph = nx.DiGraph(list(named))
    diagram = hasse_diagram(names, named)
    assert set(diagram.links) == set(nx.transitive_reduction(graph).edges)
    assert sorted(name for layer in diagram.layers for name in layer) == names
    depth = {name: number for number, layer in enumerate(diagram.layers) for name in layer}
    assert all(depth[better] < depth[worse] for better, worse in named)
    for worse in names:
        assert depth[worse] == max(
            (depth[better] + 1 for better, lower in named if lower == worse), default=0
        )


def test_a_circular_order_names_its_members() -> None:
    with pytest.raises(CyclicOrderError, match="p, q"):
        hasse_diagram("pqr", [("p", "q"), ("q", "p")])


def test_an_order_over_strangers_is_refused() -> None:
    with pytest.raises(UsageError, match="p and z"):
        hasse_diagram("pq", [("p", "z")])


def test_nothing_makes_an_empty_diagram() -> None:
    assert hasse_diagram([], []).layers == ()


def test_levels_become_evenly_spaced_utilities() -> None:
    assert [level_utility(index, 3) for index in (0, 1, 2)] == [0, 0.5, 1]
    for index, levels in ((3, 3), (-1, 3), (0, 1)):
        with pytest.raises(UsageError):
            level_utility(index, levels)
