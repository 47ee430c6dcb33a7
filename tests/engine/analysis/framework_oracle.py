"""Frameworks to test on, and the definitions of all semantics by enumeration of all subsets.

Sets are bit masks, because there are 4096 of them for twelve arguments and thousands of frameworks.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from itertools import combinations

Attack = tuple[str, str]


@dataclass(frozen=True)
class Drawn:
    """A framework as lists of names."""

    arguments: list[str]
    attacks: list[Attack]


def draw_framework(seed: int, largest: int = 8) -> Drawn:
    """Return a framework of 0 to `largest` arguments of a kind that the seed chooses."""
    chance = random.Random(seed)
    size = seed % (largest + 1)
    names = [f"a{number}" for number in range(size)]
    pairs = [(attacker, attacked) for attacker in names for attacked in names if attacker != attacked]
    kind = seed % 5
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


def brute_force(drawn: Drawn) -> dict[str, set[frozenset[str]]]:
    """Return the extensions under every semantics, read off the definitions."""
    sets = _Subsets(drawn)
    stable = [s for s in sets.conflict_free if s | sets.attacked[s] == sets.everything]
    preferred = _maximal(sets.complete, lambda s: s)
    common = sets.everything
    for s in preferred:
        common &= s
    found = {
        "complete": sets.complete,
        "preferred": preferred,
        "stable": stable,
        "semi-stable": _maximal(sets.complete, lambda s: s | sets.attacked[s]),
        "stage": _maximal(sets.conflict_free, lambda s: s | sets.attacked[s]),
        "ideal": _maximal([s for s in sets.admissible if s & common == s], lambda s: s),
        "grounded": [s for s in sets.complete if all(s & other == s for other in sets.complete)],
    }
    return {semantics: {sets.names(s) for s in masks} for semantics, masks in found.items()}


class _Subsets:
    def __init__(self, drawn: Drawn) -> None:
        self.arguments = drawn.arguments
        size = len(drawn.arguments)
        bit = {name: 1 << number for number, name in enumerate(drawn.arguments)}
        targets = [0] * size
        attackers = [0] * size
        for attacker, attacked in drawn.attacks:
            targets[drawn.arguments.index(attacker)] |= bit[attacked]
            attackers[drawn.arguments.index(attacked)] |= bit[attacker]
        self.everything = (1 << size) - 1
        self.attacked = [0] * (1 << size)
        for s in range(1, 1 << size):
            low = s & -s
            self.attacked[s] = self.attacked[s ^ low] | targets[low.bit_length() - 1]
        self.conflict_free = [s for s in range(1 << size) if not s & self.attacked[s]]
        self.admissible: list[int] = []
        self.complete: list[int] = []
        for s in self.conflict_free:
            against = self.attacked[s]
            defended = sum(1 << at for at in range(size) if attackers[at] & ~against == 0)
            if s & defended == s:
                self.admissible.append(s)
            if s == defended:
                self.complete.append(s)

    def names(self, s: int) -> frozenset[str]:
        return frozenset(name for at, name in enumerate(self.arguments) if s >> at & 1)


def _maximal(masks: list[int], measure: Callable[[int], int]) -> list[int]:
    measures = {measure(s) for s in masks}
    top = {m for m in measures if not any(m != other and m & other == m for other in measures)}
    return [s for s in masks if measure(s) in top]
