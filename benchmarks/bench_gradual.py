"""Speed of gradual strengths: against another implementation, in batches, and as graphs grow.

Run with `python benchmarks/bench_gradual.py [--quick]`; prints one Markdown table per question.
"""

from __future__ import annotations

import random
import sys
import time
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
from argumentation.gradual.dfquad import dfquad_strengths
from argumentation.gradual.gradual import (
    WeightedBipolarGraph,
    quadratic_energy_strengths,
    quadratic_energy_strengths_discrete,
)

from cruxmap.analysis.gradual import Qbaf, strengths

if TYPE_CHECKING:
    from collections.abc import Callable

Edges = list[tuple[str, str]]

OTHER_ROUTINES = {"df-quad": dfquad_strengths, "quadratic-energy": quadratic_energy_strengths_discrete}


def random_acyclic(nodes: int, edges: int, seed: int = 1) -> tuple[dict[str, float], Edges, Edges]:
    rng = random.Random(seed)
    names = [f"n{number}" for number in range(nodes)]
    found: set[tuple[int, int]] = set()
    while len(found) < edges:
        first = rng.randrange(nodes - 1)
        found.add((first, rng.randrange(first + 1, nodes)))
    pairs = [(names[first], names[second]) for first, second in sorted(found)]
    rng.shuffle(pairs)
    return {name: rng.random() for name in names}, pairs[::2], pairs[1::2]


def seconds(action: Callable[[], object], repeat: int = 3) -> float:
    best = float("inf")
    for _ in range(repeat):
        start = time.perf_counter()
        action()
        best = min(best, time.perf_counter() - start)
    return best


def against_formal_argumentation(nodes: int, edges: int) -> None:
    """The fastest routine of the other package for each semantics; both sides start from built graphs."""
    base, attacks, supports = random_acyclic(nodes, edges)
    theirs = WeightedBipolarGraph(frozenset(base), base, frozenset(attacks), frozenset(supports))
    build = seconds(lambda: Qbaf(base, attacks, supports), 2)
    their_build = seconds(
        lambda: WeightedBipolarGraph(frozenset(base), base, frozenset(attacks), frozenset(supports)), 2
    )
    print(f"\n## {nodes:,} nodes, {edges:,} edges, acyclic, against formal-argumentation 0.3.0\n")
    print("| what | cruxmap s | other s | ratio | largest difference |\n|---|---|---|---|---|")
    print(f"| building the graph | {build:.3f} | {their_build:.3f} | {their_build / build:.1f} | |")
    for semantics, routine in OTHER_ROUTINES.items():
        # A new graph each time: the order of evaluation, which a Qbaf keeps, is part of what is measured.
        fresh = [Qbaf(base, attacks, supports) for _ in range(3)]
        ours = min(seconds(partial(strengths, qbaf, semantics), 1) for qbaf in fresh)
        again = seconds(partial(strengths, fresh[0], semantics))
        other = seconds(partial(routine, theirs), 1)
        mine, result = strengths(fresh[0], semantics), routine(theirs)
        gap = max(abs(mine[name] - value) for name, value in result.strengths.items())
        print(f"| {semantics}, first call | {ours:.3f} | {other:.3f} | {other / ours:.1f} | {gap:.1e} |")
        print(f"| {semantics}, again | {again:.3f} | {other:.3f} | {other / again:.1f} | |")


def against_their_default_integration(nodes: int, edges: int) -> None:
    """Their default for quadratic energy integrates acyclic graphs too: far too slow for the large one."""
    base, attacks, supports = random_acyclic(nodes, edges)
    qbaf = Qbaf(base, attacks, supports)
    theirs = WeightedBipolarGraph(frozenset(base), base, frozenset(attacks), frozenset(supports))
    ours, other = seconds(lambda: strengths(qbaf)), seconds(lambda: quadratic_energy_strengths(theirs), 1)
    print(
        f"\nTheir default quadratic energy (Runge-Kutta throughout) on a smaller graph of this shape, "
        f"{nodes:,} nodes and {edges:,} edges: {ours:.4f} s against {other:.2f} s, ratio {other / ours:.0f}."
    )


def batches(nodes: int = 600, edges: int = 1_500, samples: int = 10_000) -> None:
    core = Qbaf(*random_acyclic(nodes, edges)).core
    vectors = np.random.default_rng(0).random((samples, nodes))
    together = seconds(lambda: core.evaluate(vectors))
    alone = seconds(lambda: [core.evaluate(vector) for vector in vectors[:200]]) * samples / 200
    print(f"\n## {samples:,} sampled vectors on {nodes} nodes, {edges:,} edges\n")
    print("| | s |\n|---|---|")
    print(f"| one batch | {together:.2f} |\n| one at a time (from 200) | {alone:.2f} |")


def growth(largest: int) -> None:
    print("\n## Growth: three edges per node, acyclic\n")
    print("| nodes | building s | first call s | again s | again µs per node |\n|---|---|---|---|---|")
    nodes = 1_000
    while nodes <= largest:
        data = random_acyclic(nodes, 3 * nodes)
        start = time.perf_counter()
        qbaf = Qbaf(*data)
        built = time.perf_counter() - start
        first, again = seconds(partial(strengths, qbaf), 1), seconds(partial(strengths, qbaf))
        print(f"| {nodes:,} | {built:.3f} | {first:.3f} | {again:.4f} | {1e6 * again / nodes:.2f} |")
        nodes *= 10


def main() -> None:
    quick = "--quick" in sys.argv[1:]
    against_formal_argumentation(*((10_000, 30_000) if quick else (100_000, 300_000)))
    against_their_default_integration(300, 900)
    batches(samples=1_000 if quick else 10_000)
    growth(100_000 if quick else 1_000_000)


if __name__ == "__main__":
    main()
