"""All seven semantics against their definitions, on two thousand frameworks, and what the class promises besides.

The oracle tries all subsets of the arguments at once, as an array indexed by bit masks.
"""

from __future__ import annotations

import random
import subprocess
import sys
from dataclasses import dataclass
from functools import cache
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from cruxmap.analysis import frameworks_search
from cruxmap.analysis.frameworks import (
    SEMANTICS,
    ArgumentationFramework,
    UnknownArgument,
    UnknownMode,
    UnknownSemantics,
)
from cruxmap.errors import CruxmapError

FRAMEWORKS = 2000
LARGEST = 12

Attack = tuple[str, str]


@dataclass(frozen=True)
class Drawn:
    """A framework as lists of names."""

    arguments: list[str]
    attacks: list[Attack]


def draw_framework(seed: int) -> Drawn:
    """Return a framework of a kind that the seed chooses, with up to twelve arguments."""
    chance = random.Random(seed)
    size = chance.randint(0, LARGEST)
    names = [f"a{number}" for number in range(size)]
    pairs = [(attacker, attacked) for attacker in names for attacked in names if attacker != attacked]
    kind = chance.randrange(5)
    attacks: list[Attack] = []
    if kind in (0, 1):
        density = chance.choice([0.1, 0.2, 0.3, 0.5])
        attacks = [pair for pair in pairs if chance.random() < density]
    elif kind == 2:
        attacks = _cycles(chance, names)
    elif kind == 3:
        attacks = [pair for pair in combinations(names, 2) if chance.random() < 0.35]
        attacks += [(attacked, attacker) for attacker, attacked in attacks if chance.random() < 0.7]
    else:
        attacks = [(name, chance.choice(names)) for name in names if chance.random() < 0.8]
    if chance.random() < 0.4:
        attacks += [(name, name) for name in names if chance.random() < 0.25]
    chance.shuffle(attacks)
    return Drawn(names, attacks)


def _cycles(chance: random.Random, names: list[str]) -> list[Attack]:
    attacks = []
    rest = list(names)
    while rest:
        length = chance.randint(1, min(5, len(rest)))
        cycle, rest = rest[:length], rest[length:]
        if length > 1:
            attacks += [(cycle[at], cycle[(at + 1) % length]) for at in range(length)]
        if rest and chance.random() < 0.7:
            attacks.append((chance.choice(cycle), chance.choice(rest)))
    return attacks


@cache
def oracle(seed: int) -> dict[str, set[frozenset[str]]]:
    return brute_force(draw_framework(seed))


Masks = NDArray[np.int64]
Chosen = NDArray[np.bool_]


def brute_force(drawn: Drawn) -> dict[str, set[frozenset[str]]]:
    """Return the extensions under every semantics, read off the definitions."""
    size = len(drawn.arguments)
    attackers, attacked = _by_subset(drawn)
    subsets: Masks = np.arange(1 << size)
    everything = (1 << size) - 1
    defended = np.zeros_like(subsets)
    for argument in range(size):
        defended |= np.where(attackers[argument] & ~attacked == 0, 1 << argument, 0)
    conflict_free = subsets & attacked == 0
    admissible = conflict_free & (subsets & defended == subsets)
    complete = conflict_free & (subsets == defended)
    preferred = complete & _is_maximal(subsets, complete, size)
    common = np.bitwise_and.reduce(subsets[preferred])
    within = admissible & (subsets & common == subsets)
    reached = subsets | attacked
    found = {
        "complete": complete,
        "preferred": preferred,
        "stable": conflict_free & (reached == everything),
        "semi-stable": complete & _is_maximal(reached, complete, size),
        "stage": conflict_free & _is_maximal(reached, conflict_free, size),
        "ideal": within & _is_maximal(subsets, within, size),
        "grounded": complete & (subsets == np.bitwise_and.reduce(subsets[complete])),
    }
    return {
        semantics: {
            frozenset(name for at, name in enumerate(drawn.arguments) if mask >> at & 1)
            for mask in subsets[chosen].tolist()
        }
        for semantics, chosen in found.items()
    }


def _by_subset(drawn: Drawn) -> tuple[list[int], Masks]:
    """Return the attackers of every argument, and what every subset attacks."""
    size = len(drawn.arguments)
    number = {name: at for at, name in enumerate(drawn.arguments)}
    targets, attackers = [0] * size, [0] * size
    for attacker, target in drawn.attacks:
        targets[number[attacker]] |= 1 << number[target]
        attackers[number[target]] |= 1 << number[attacker]
    attacked: Masks = np.zeros(1 << size, dtype=np.int64)
    for at in range(size):
        attacked[1 << at : 2 << at] = attacked[: 1 << at] | targets[at]
    return attackers, attacked


def _is_maximal(measure: Masks, chosen: Chosen, size: int) -> Chosen:
    """Return for each subset whether no chosen one has a measure that strictly includes its own."""
    present: Chosen = np.zeros(1 << size, dtype=np.bool_)
    present[measure[chosen]] = True
    masks = np.arange(1 << size)
    included, strictly = present.copy(), np.zeros_like(present)
    for at in range(size):
        lacking = masks[masks >> at & 1 == 0]
        strictly[lacking] |= included[lacking | 1 << at] | strictly[lacking | 1 << at]
        included[lacking] |= included[lacking | 1 << at]
    return ~strictly[measure]


def framework(seed: int) -> ArgumentationFramework:
    drawn = draw_framework(seed)
    return ArgumentationFramework(drawn.arguments, drawn.attacks)


@pytest.mark.parametrize("semantics", SEMANTICS)
def test_extensions_are_those_of_the_definition(semantics: str) -> None:
    for seed in range(FRAMEWORKS):
        found = list(framework(seed).extensions(semantics))
        assert len(found) == len(set(found)), seed
        assert set(found) == oracle(seed)[semantics], seed


@pytest.mark.parametrize("semantics", ["complete", "preferred"])
def test_each_strongly_connected_component_alone_gives_the_same(
    semantics: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(frameworks_search, "SMALLEST_BLOCK", 1)
    for seed in range(1, FRAMEWORKS, 3):
        found = list(framework(seed).extensions(semantics))
        assert len(found) == len(set(found)), seed
        assert set(found) == oracle(seed)[semantics], seed


@pytest.mark.parametrize("semantics", SEMANTICS)
def test_acceptance_is_membership_in_some_or_in_all_extensions(semantics: str) -> None:
    for seed in range(9, FRAMEWORKS, 40):
        expected = oracle(seed)[semantics]
        asked = framework(seed)
        for argument in asked.arguments:
            some = any(argument in extension for extension in expected)
            every = all(argument in extension for extension in expected)
            assert asked.accepts(argument, semantics) is some, (seed, argument)
            assert asked.accepts(argument, semantics, "sceptical") is every, (seed, argument)
            with_it, without_it = (
                asked.witness(argument, semantics),
                asked.witness(argument, semantics, "sceptical"),
            )
            assert (with_it in expected and argument in with_it) if with_it else not some, (seed, argument)
            assert (
                (without_it in expected and argument not in without_it) if without_it is not None else every
            )


def test_the_drawn_frameworks_have_what_makes_semantics_differ() -> None:
    drawn = [draw_framework(seed) for seed in range(FRAMEWORKS)]
    assert sum(any(a == b for a, b in d.attacks) for d in drawn) > 300
    assert sum(any(not {a} & {x for p in d.attacks for x in p} for a in d.arguments) for d in drawn) > 300
    assert sum(not oracle(seed)["stable"] for seed in range(FRAMEWORKS)) > 300
    assert sum(oracle(seed)["semi-stable"] != oracle(seed)["preferred"] for seed in range(FRAMEWORKS)) > 10
    assert sum(oracle(seed)["stage"] != oracle(seed)["semi-stable"] for seed in range(FRAMEWORKS)) > 100
    assert sum(oracle(seed)["ideal"] != oracle(seed)["grounded"] for seed in range(FRAMEWORKS)) > 10
    assert sum(len(d.arguments) == LARGEST for d in drawn) > 100


names = st.sampled_from("abcdef")


@settings(max_examples=60, deadline=None)
@given(attacks=st.lists(st.tuples(names, names), max_size=14), order=st.permutations("abcdef"))
def test_the_order_and_the_repetition_of_the_input_change_nothing(
    attacks: list[tuple[str, str]], order: list[str]
) -> None:
    once = ArgumentationFramework("abcdef", sorted(set(attacks)))
    other = ArgumentationFramework([*order, *order], iter(attacks + attacks))
    assert once.attacks == other.attacks == set(attacks)
    for semantics in SEMANTICS:
        assert set(once.extensions(semantics)) == set(other.extensions(semantics))


@pytest.mark.parametrize("semantics", SEMANTICS)
def test_the_empty_framework_has_the_empty_extension(semantics: str) -> None:
    assert list(ArgumentationFramework([], []).extensions(semantics)) == [frozenset()]


def test_a_self_attacking_argument_is_in_no_extension() -> None:
    loop = ArgumentationFramework(["a", "b"], [("a", "a"), ("a", "b"), ("b", "a")])
    for semantics in SEMANTICS:
        assert all("a" not in extension for extension in loop.extensions(semantics))


def test_an_odd_cycle_has_no_stable_extension_and_accepts_everything_sceptically() -> None:
    cycle = ArgumentationFramework("abcd", [("a", "b"), ("b", "c"), ("c", "a")])
    assert list(cycle.extensions("stable")) == []
    assert [cycle.accepts(argument, "stable", "sceptical") for argument in "abcd"] == [True] * 4
    assert [cycle.accepts(argument, "stable") for argument in "abcd"] == [False] * 4


def test_grounded_returns_what_the_grounded_semantics_returns() -> None:
    chain = ArgumentationFramework("abc", [("a", "b"), ("b", "c")])
    assert chain.grounded() == frozenset("ac") == next(chain.extensions("grounded"))


def test_an_attack_on_an_unknown_argument_names_the_nearest() -> None:
    with pytest.raises(UnknownArgument, match="'claim-1' or 'claim-2'|'claim-2' or 'claim-1'") as caught:
        ArgumentationFramework(["claim-1", "claim-2"], [("claim-1", "claim-2"), ("claim-1", "claim-3")])
    assert caught.value.argument == "claim-3"
    assert caught.value.attack == ("claim-1", "claim-3")
    assert isinstance(caught.value, CruxmapError)


def test_questions_about_unknown_things_name_the_nearest() -> None:
    pair = ArgumentationFramework(["inner", "outer"], [("inner", "outer")])
    with pytest.raises(UnknownArgument, match="'inner'"):
        pair.accepts("iner", "preferred")
    with pytest.raises(UnknownSemantics, match="'semi-stable'"):
        pair.accepts("inner", "semistable")
    with pytest.raises(UnknownMode, match="'sceptical'"):
        pair.accepts("inner", "stable", "skeptical")  # type: ignore[arg-type]


def test_an_unknown_semantics_is_refused_before_the_first_extension() -> None:
    with pytest.raises(UnknownSemantics, match="Did you mean 'preferred'"):
        ArgumentationFramework([], []).extensions("prefered")


def test_importing_the_module_does_not_load_the_solver() -> None:
    code = "import sys, cruxmap.analysis.frameworks; sys.exit('clingo' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False, env=_environment()).returncode == 0


def _environment() -> dict[str, str]:
    return {"PYTHONPATH": ":".join(sys.path)}


def test_a_search_left_open_does_not_disturb_the_end_of_the_process() -> None:
    code = (
        "from cruxmap.analysis.frameworks import ArgumentationFramework\n"
        "names = [str(n) for n in range(400)]\n"
        "pairs = [(names[n], names[n ^ 1]) for n in range(400)]\n"
        "search = ArgumentationFramework(names, pairs).extensions('preferred', budget=60)\n"
        "next(search)\n"
    )
    ended = subprocess.run(
        [sys.executable, "-c", code], check=False, env=_environment(), capture_output=True, text=True
    )
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "", "")
