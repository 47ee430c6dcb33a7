"""Cut sets, path sets and what is read off them, against all subsets and known fault trees."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cruxmap.analysis.cut_sets import cut_set_family
from cruxmap.analysis.decision_diagrams import DecisionDiagram
from cruxmap.analysis.failure import (
    CommonCause,
    DiagramTooLargeError,
    NegationError,
    Or,
    TooManySetsError,
    atoms,
    common_causes,
    minimal_cut_sets,
    minimal_hitting_sets,
    minimal_path_sets,
    parse_formula,
    portfolio_cut_sets,
    single_points_of_failure,
    smallest_cut_set_orders,
)

LEAVES = st.sampled_from([*"abcdefghij", *"abcdefghij", True, False])


def gates(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    several = st.lists(inner, min_size=1, max_size=4)
    return st.one_of(
        several.map(lambda below: {"and": below}),
        several.map(lambda below: {"or": below}),
        st.tuples(st.integers(1, 3), several).map(lambda pair: {"at_least": list(pair)}),
    )


monotone = st.recursive(LEAVES, gates, max_leaves=16)


def holds(data: Any, true: frozenset[str]) -> bool:
    """The meaning of formula data, independent of the engine."""
    if isinstance(data, bool):
        return data
    if isinstance(data, str):
        return data in true
    ((kind, value),) = data.items()
    if kind == "not":
        return not holds(value, true)
    if kind == "at_least":
        return sum(holds(part, true) for part in value[1]) >= int(value[0])
    return (all if kind == "and" else any)(holds(part, true) for part in value)


def minimal_subsets(names: frozenset[str], good: Callable[[frozenset[str]], bool]) -> list[frozenset[str]]:
    """All minimal good subsets, by size and then by names."""
    found: list[frozenset[str]] = []
    for size in range(len(names) + 1):
        for chosen in map(frozenset, combinations(sorted(names), size)):
            if not any(other <= chosen for other in found) and good(chosen):
                found.append(chosen)
    return found


def random_tree(seed: int, depth: int = 4, events: int = 25) -> Any:
    """A tree over events that several gates share."""
    rng = random.Random(seed)

    def below(level: int) -> Any:
        if level == 0:
            return f"e{rng.randrange(events)}"
        parts = [below(level - 1) for _ in range(rng.randint(2, 4))]
        return rng.choice([{"and": parts}, {"or": parts}, {"at_least": [2, parts]}])

    return below(depth)


def chain(length: int, kinds: tuple[str, ...], *, on_the_left: bool) -> Any:
    """A formula nested so deep as it has atoms, the atom 0 innermost."""
    data: Any = "a0"
    for number in range(1, length):
        parts = [data, f"a{number}"] if on_the_left else [f"a{number}", data]
        data = {kinds[number % len(kinds)]: parts}
    return data


@given(monotone)
def test_path_sets_are_the_minimal_sets_that_suffice(data: Any) -> None:
    formula = parse_formula(data)

    assert minimal_path_sets(formula) == minimal_subsets(atoms(formula), lambda true: holds(data, true))


@given(monotone)
def test_cut_sets_are_the_minimal_sets_whose_failure_defeats(data: Any) -> None:
    formula = parse_formula(data)
    names = atoms(formula)

    assert minimal_cut_sets(formula) == minimal_subsets(names, lambda failed: not holds(data, names - failed))


@given(monotone)
def test_path_and_cut_sets_are_each_others_minimal_hitting_sets(data: Any) -> None:
    formula = parse_formula(data)

    assert minimal_hitting_sets(minimal_cut_sets(formula)) == minimal_path_sets(formula)
    assert minimal_hitting_sets(minimal_path_sets(formula)) == minimal_cut_sets(formula)


@pytest.mark.parametrize("seed", range(8))
def test_they_are_hitting_sets_of_each_other_on_larger_trees_too(seed: int) -> None:
    formula = parse_formula(random_tree(seed, depth=3))
    cuts, paths = minimal_cut_sets(formula), minimal_path_sets(formula)

    assert minimal_hitting_sets(cuts) == paths
    assert minimal_hitting_sets(paths) == cuts


@given(monotone)
def test_what_is_read_off_the_diagram_agrees_with_the_list(data: Any) -> None:
    formula = parse_formula(data)
    cuts = minimal_cut_sets(formula)
    expected = {
        atom: min(len(cut) for cut in cuts if atom in cut) for atom in sorted(frozenset[str]().union(*cuts))
    }

    assert smallest_cut_set_orders(formula) == expected
    assert single_points_of_failure(formula) == sorted(atom for cut in cuts if len(cut) == 1 for atom in cut)
    assert cut_set_family(formula).count() == len(cuts)


@pytest.mark.parametrize(
    ("data", "cuts", "paths"),
    [
        (True, [], [set()]),
        (False, [set()], []),
        ({"and": []}, [], [set()]),
        ({"or": []}, [set()], []),
        ({"at_least": [0, ["a"]]}, [], [set()]),
        ({"at_least": [2, ["a"]]}, [set()], []),
        ({"at_least": [2, ["a", "a"]]}, [{"a"}], [{"a"}]),
        ({"or": ["a", {"and": ["a", "b"]}]}, [{"a"}], [{"a"}]),
        ("a", [{"a"}], [{"a"}]),
    ],
)
def test_the_smallest_formulas(data: Any, cuts: list[set[str]], paths: list[set[str]]) -> None:
    formula = parse_formula(data)

    assert minimal_cut_sets(formula) == cuts
    assert minimal_path_sets(formula) == paths


@pytest.mark.parametrize(
    "ask", [minimal_cut_sets, minimal_path_sets, single_points_of_failure, smallest_cut_set_orders]
)
@pytest.mark.parametrize(
    "data", [{"not": "a"}, {"and": ["b", {"not": {"not": "a"}}]}, {"or": [True, {"not": "a"}]}]
)
def test_a_negation_is_refused_and_named(ask: Callable[[Any], object], data: Any) -> None:
    with pytest.raises(NegationError, match="Atom\\('a'\\)"):
        ask(parse_formula(data))


def test_the_bridge_network_has_its_four_paths_and_four_cuts() -> None:
    # Components 1, 2 at the source, 4, 5 at the sink, 3 across.
    paths = [["1", "4"], ["2", "5"], ["1", "3", "5"], ["2", "3", "4"]]
    bridge = parse_formula({"or": [{"and": path} for path in paths]})

    assert minimal_path_sets(bridge) == [set(path) for path in paths]
    assert minimal_cut_sets(bridge) == [{"1", "2"}, {"4", "5"}, {"1", "3", "5"}, {"2", "3", "4"}]


def test_the_pressure_tank_of_the_fault_tree_handbook_has_its_five_cut_sets() -> None:
    # NASA Fault Tree Handbook with Aerospace Applications (2002): it ruptures by T, K2, or S with S1, K1 or R.
    # An atom here stands for a part that works, so the formula is that of a tank that stays whole.
    tank = parse_formula({"and": ["T", "K2", {"or": ["S", {"and": ["S1", {"and": ["K1", "R"]}]}]}]})

    assert minimal_cut_sets(tank) == [{"K2"}, {"T"}, {"K1", "S"}, {"R", "S"}, {"S", "S1"}]
    assert single_points_of_failure(tank) == ["K2", "T"]


def test_two_out_of_three_fails_by_any_two() -> None:
    vote = parse_formula({"at_least": [2, ["a", "b", "c"]]})

    assert minimal_cut_sets(vote) == minimal_path_sets(vote) == [{"a", "b"}, {"a", "c"}, {"b", "c"}]


@given(st.dictionaries(st.sampled_from("pqr"), monotone, max_size=3))
def test_common_causes_are_the_atoms_in_cut_sets_of_two_or_more(data: dict[str, Any]) -> None:
    formulas = {name: parse_formula(part) for name, part in data.items()}
    cuts = {name: minimal_cut_sets(formula) for name, formula in sorted(formulas.items())}
    expected = []
    for atom in "abcdefghij":
        orders = {
            name: min(len(cut) for cut in found if atom in cut)
            for name, found in cuts.items()
            if any(atom in cut for cut in found)
        }
        if len(orders) > 1:
            expected.append(CommonCause(atom, tuple(orders), tuple(orders.values())))

    found_causes = common_causes(formulas)
    assert sorted(found_causes, key=lambda cause: cause.atom) == expected
    keys = [(-len(cause.entries), cause.smallest_order, cause.atom) for cause in found_causes]
    assert keys == sorted(keys)


@given(st.dictionaries(st.sampled_from("pqr"), monotone, max_size=3))
def test_a_portfolio_cut_set_is_a_smallest_failure_that_defeats_every_formula(data: dict[str, Any]) -> None:
    formulas = {name: parse_formula(part) for name, part in data.items()}
    names = atoms(Or(tuple(formulas.values())))
    expected = minimal_subsets(
        names, lambda failed: not any(holds(part, names - failed) for part in data.values())
    )

    assert portfolio_cut_sets(formulas) == expected


def test_an_assumption_that_all_share_defeats_the_portfolio_alone() -> None:
    formulas = {f"p{number}": parse_formula({"and": ["overseer", f"own{number}"]}) for number in range(6)}

    assert portfolio_cut_sets(formulas)[0] == {"overseer"}
    assert common_causes(formulas) == [CommonCause("overseer", tuple(f"p{n}" for n in range(6)), (1,) * 6)]


@pytest.mark.parametrize("seed", [237, 259, 325])
def test_a_tree_of_about_400_cut_sets_takes_well_under_a_second(seed: int) -> None:
    formula = parse_formula(random_tree(seed))
    seconds = []
    for _ in range(3):
        start = time.perf_counter()
        cuts = minimal_cut_sets(formula)
        seconds.append(time.perf_counter() - start)

    assert 400 <= len(cuts) <= 450
    assert min(seconds) < 0.2


@pytest.mark.parametrize("on_the_left", [False, True])
def test_a_conjunction_nested_5000_deep_fails_at_every_atom(on_the_left: bool) -> None:
    formula = parse_formula(chain(5_000, ("and",), on_the_left=on_the_left))
    names = sorted(atoms(formula))

    assert minimal_cut_sets(formula) == [{name} for name in names]
    assert minimal_path_sets(formula) == [set(names)]
    assert single_points_of_failure(formula) == names


@pytest.mark.parametrize("on_the_left", [False, True])
def test_gates_alternating_5000_deep_have_their_2500_cut_sets(on_the_left: bool) -> None:
    # From outside: a4999 or (a4998 and (a4997 or ...)). To defeat it: a4999 with a4998, or with a4997 and ...
    formula = parse_formula(chain(5_000, ("and", "or"), on_the_left=on_the_left))
    cuts = minimal_cut_sets(formula)

    assert [len(cut) for cut in cuts] == [*range(2, 2_501), 2_501]
    assert cuts[0] == {"a4998", "a4999"}
    assert cuts[1] == {"a4996", "a4997", "a4999"}


def test_twelve_atoms_shared_along_5000_gates_stay_small() -> None:
    data: Any = "a0"
    for number in range(1, 5_000):
        data = {("and", "or")[number % 2]: [f"a{number * 7 % 12}", data]}
    formula = parse_formula(data)
    names = atoms(formula)

    def value(true: frozenset[str]) -> bool:
        result = "a0" in true
        for number in range(1, 5_000):
            atom = f"a{number * 7 % 12}" in true
            result = (atom or result) if number % 2 else (atom and result)
        return result

    cuts = minimal_cut_sets(formula)
    assert cuts
    for cut in cuts:
        assert not value(names - cut)
        assert all(value(names - cut | {atom}) for atom in cut)


def test_a_quadrillion_cut_sets_are_counted_and_refused_without_being_listed() -> None:
    formula = parse_formula({"or": [{"and": [f"a{number}", f"b{number}"]} for number in range(50)]})

    assert cut_set_family(formula).count() == 2**50
    assert smallest_cut_set_orders(formula)["a0"] == 50
    with pytest.raises(TooManySetsError, match="1,125,899,906,842,624"):
        minimal_cut_sets(formula)


def test_a_diagram_beyond_its_limit_is_an_error_that_says_what_to_do() -> None:
    formula = parse_formula({"at_least": [10, [f"a{number}" for number in range(20)]]})
    diagram = DecisionDiagram(sorted(atoms(formula)), limit=50)

    with pytest.raises(DiagramTooLargeError, match="split it"):
        diagram.build(formula)
