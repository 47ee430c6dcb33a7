"""Gradual semantics once more, in plain Python from their definitions, and graphs to try them on."""

from __future__ import annotations

import math
import random
from math import exp, prod

from hypothesis import strategies as st

BIPOLAR = ("df-quad", "quadratic-energy", "euler-based", "mlp-based")
ATTACK_ONLY = ("h-categorizer", "max-based", "card-based")

Graph = tuple[dict[str, float], set[tuple[str, str]], set[tuple[str, str]]]


def written_out(semantics: str, own: float, attackers: list[float], supporters: list[float]) -> float:
    """One argument's strength from its definition in the literature, on plain floats."""
    energy = sum(supporters) - sum(attackers)
    if semantics == "df-quad":
        for_it, against = 1 - prod(1 - v for v in supporters), 1 - prod(1 - v for v in attackers)
        if against >= for_it:
            return own - own * abs(for_it - against)
        return own + (1 - own) * abs(for_it - against)
    if semantics == "quadratic-energy":
        up, down = max(energy, 0) ** 2, max(-energy, 0) ** 2
        return own + (1 - own) * up / (1 + up) - own * down / (1 + down)
    if semantics == "euler-based":
        return 1 - (1 - own**2) / (1 + own * exp(energy))
    if semantics == "mlp-based":
        if own in {0.0, 1.0}:
            return own
        return 1 / (1 + exp(-(math.log(own / (1 - own)) + energy)))
    if semantics == "h-categorizer":
        return own / (1 + sum(attackers))
    if semantics == "max-based":
        return own / (1 + max(attackers, default=0.0))
    founded = [v for v in attackers if v > 0]
    return own / (1 + len(founded) + sum(founded) / len(founded)) if founded else own


def one_update(graph: Graph, semantics: str, state: dict[str, float]) -> dict[str, float]:
    base, attacks, supports = graph
    return {
        a: written_out(
            semantics,
            base[a],
            [state[s] for s, t in sorted(attacks) if t == a],
            [state[s] for s, t in sorted(supports) if t == a],
        )
        for a in base
    }


def plain_runge_kutta(
    graph: Graph, semantics: str, step: float = 0.4, duration: float = 400.0
) -> dict[str, float]:
    """The continuous dynamics with a fixed step, in plain Python."""
    state = dict(graph[0])

    def slope(at: dict[str, float]) -> dict[str, float]:
        target = one_update(graph, semantics, at)
        return {a: target[a] - at[a] for a in at}

    def moved(by: float, along: dict[str, float]) -> dict[str, float]:
        return {a: state[a] + by * along[a] for a in state}

    for _ in range(round(duration / step)):
        k1 = slope(state)
        if max(map(abs, k1.values())) < 1e-11:
            break
        k2 = slope(moved(step / 2, k1))
        k3 = slope(moved(step / 2, k2))
        k4 = slope(moved(step, k3))
        state = {a: state[a] + step / 6 * (k1[a] + 2 * k2[a] + 2 * k3[a] + k4[a]) for a in state}
    return state


def random_graph(seed: int, *, cyclic: bool, supports: bool, size: int = 7, extremes: bool = True) -> Graph:
    """Random edges; base scores of exactly 0 and 1 (extremes) can make cyclic dynamics arbitrarily slow."""
    rng = random.Random(seed)
    names = [f"a{number}" for number in range(size)]
    rare = [0.0, 1.0] if extremes else []
    base = {name: rng.choice([*rare, *(rng.uniform(0.05, 0.95) for _ in range(3))]) for name in names}
    attacks: set[tuple[str, str]] = set()
    supported: set[tuple[str, str]] = set()
    for _ in range(rng.randint(size, 2 * size)):
        first, second = rng.randrange(size), rng.randrange(size)
        if not cyclic and first >= second:
            continue
        (supported if supports and rng.random() < 0.5 else attacks).add((names[first], names[second]))
    return base, attacks, supported - attacks


@st.composite
def graphs(draw: st.DrawFn, *, cyclic: bool = True, bipolar: bool = True) -> Graph:
    size = draw(st.integers(1, 6))
    names = [f"a{number}" for number in range(size)]
    # Cycles with base scores at the very ends may take thousands of steps; they have a test of their own.
    scores = st.floats(0.02, 0.98) if cyclic else st.floats(0, 1)
    base = {name: draw(scores) for name in names}
    pairs = [(a, b) for i, a in enumerate(names) for j, b in enumerate(names) if cyclic or i < j]
    edges = st.sets(st.sampled_from(pairs), max_size=12) if pairs else st.just(set[tuple[str, str]]())
    attacks = draw(edges)
    return base, attacks, (draw(edges) - attacks if bipolar else set())


def naive_iteration_converges(graph: Graph, semantics: str) -> bool:
    state = dict(graph[0])
    for _ in range(2_000):
        new = one_update(graph, semantics, state)
        if max(abs(new[a] - state[a]) for a in state) < 1e-9:
            return True
        state = new
    return False


def oscillator(rivals: int) -> Graph:
    """Two groups that attack each other, as in Potyka's examples of divergence."""
    groups = [[f"{side}{number}" for number in range(rivals)] for side in "ab"]
    attacks = {(x, y) for x in groups[0] for y in groups[1]} | {(y, x) for x in groups[0] for y in groups[1]}
    return dict.fromkeys(groups[0] + groups[1], 0.9), attacks, set()


def backed_rivals(rivals: int, backers: int) -> Graph:
    """Doubtful rivals that all attack each other, each supported by the same nearly certain backers."""
    names, sure = [f"r{number}" for number in range(rivals)], [f"s{number}" for number in range(backers)]
    attacks = {(x, y) for x in names for y in names if x != y}
    return (
        dict.fromkeys(names, 0.2) | dict.fromkeys(sure, 0.9),
        attacks,
        {(s, x) for s in sure for x in names},
    )


def ring_of_rivals(groups: int, members: int) -> Graph:
    """Each member of a group attacks each of the next: delayed negative feedback, as in a ring oscillator."""
    names = [[f"g{group}m{member}" for member in range(members)] for group in range(groups)]
    attacks = {(x, y) for group in range(groups) for x in names[group] for y in names[(group + 1) % groups]}
    return {x: 0.9 - 0.05 * group for group, row in enumerate(names) for x in row}, attacks, set()
