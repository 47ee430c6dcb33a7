"""Generators of abstract frameworks and bipolar graphs, the same for the same seed."""

from __future__ import annotations

import random

Edges = list[tuple[str, str]]
Framework = tuple[list[str], Edges]


def uniform(size: int, attacks: int, seed: int = 1) -> Framework:
    """Attacks drawn uniformly, some of them on the attacker itself; full of cycles."""
    chance = random.Random(seed)
    arguments = [f"a{number}" for number in range(size)]
    drawn: dict[tuple[str, str], None] = {}
    while len(drawn) < attacks:
        drawn[chance.choice(arguments), chance.choice(arguments)] = None
    return arguments, list(drawn)


def acyclic(size: int, attacks: int, seed: int = 1) -> Framework:
    """Attacks on earlier arguments only, which grounded decides to the last one."""
    chance = random.Random(seed)
    arguments = [f"a{number}" for number in range(size)]
    drawn: dict[tuple[str, str], None] = {}
    while len(drawn) < attacks:
        later, earlier = sorted(chance.sample(range(size), 2), reverse=True)
        drawn[arguments[later], arguments[earlier]] = None
    return arguments, list(drawn)


def discussion(size: int, seed: int = 1, *, answered: float, cross: float) -> Framework:
    """Replies to recent or much-discussed arguments.

    A share `answered` of the replies is attacked back by what it attacks, and each argument attacks on
    average `cross` older ones besides the one to which it replies, three in ten of them mutually.
    """
    chance = random.Random(seed)
    discussed = [0]
    drawn: set[tuple[int, int]] = set()
    for new in range(1, size):
        popular = chance.random() < 0.5
        target = chance.choice(discussed) if popular else chance.randrange(max(0, new - 50), new)
        drawn.add((new, target))
        discussed += [target, new]
        if chance.random() < answered:
            drawn.add((target, new))
        for _ in range(int(cross) + (chance.random() < cross % 1)):
            older = chance.randrange(new)
            drawn.add((new, older))
            if chance.random() < 0.3:
                drawn.add((older, new))
    return _named(size, drawn, chance)


def tree(size: int, seed: int = 1, *, answered: float) -> Framework:
    """A reply tree: every argument attacks one earlier one, and a share of them is attacked back by it."""
    chance = random.Random(seed)
    drawn: set[tuple[int, int]] = set()
    for new in range(1, size):
        target = chance.randrange(max(0, new // 4 - 3), max(1, new // 2))
        drawn.add((new, target))
        if chance.random() < answered:
            drawn.add((target, new))
    return _named(size, drawn, chance)


def camps(size: int, seed: int = 1, *, members: int = 20, inner: int = 40) -> Framework:
    """Camps of `members` with `inner` attacks among them, and an attack abroad for every second argument."""
    chance = random.Random(seed)
    drawn: set[tuple[int, int]] = set()
    for first in range(0, size, members):
        camp = range(first, min(size, first + members))
        drawn |= {(chance.choice(camp), chance.choice(camp)) for _ in range(inner)}
    drawn = {(attacker, attacked) for attacker, attacked in drawn if attacker != attacked}
    drawn |= {(chance.randrange(size), chance.randrange(size)) for _ in range(size // 2)}
    return _named(size, drawn, chance)


def _named(size: int, drawn: set[tuple[int, int]], chance: random.Random) -> Framework:
    attacks = [(f"a{attacker}", f"a{attacked}") for attacker, attacked in sorted(drawn)]
    chance.shuffle(attacks)
    return [f"a{number}" for number in range(size)], attacks


def bipolar_acyclic(nodes: int, edges: int, seed: int = 1) -> tuple[dict[str, float], Edges, Edges]:
    """Base scores, attacks and supports, half of the edges each, all from an earlier to a later node."""
    chance = random.Random(seed)
    names = [f"n{number}" for number in range(nodes)]
    found: set[tuple[int, int]] = set()
    while len(found) < edges:
        first = chance.randrange(nodes - 1)
        found.add((first, chance.randrange(first + 1, nodes)))
    pairs = [(names[first], names[second]) for first, second in sorted(found)]
    chance.shuffle(pairs)
    return {name: chance.random() for name in names}, pairs[::2], pairs[1::2]
