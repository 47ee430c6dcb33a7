"""Speed of gradual strengths on a large acyclic graph: prints ratios and fails if one breaks its bound.

The other side is formal-argumentation, the only package found on PyPI that computes strengths of bipolar
graphs, with its fastest routine for each semantics; and, without a bound, the loop that one would write in
plain Python, which also checks the results.

Run with `python benchmarks/bench_gradual.py [--quick]`; `--quick` tries a small graph and keeps no bounds.
"""

from __future__ import annotations

import sys
from functools import partial
from graphlib import TopologicalSorter
from importlib.metadata import version
from math import prod
from typing import TYPE_CHECKING

import frameworks
from argumentation.gradual.dfquad import dfquad_strengths
from argumentation.gradual.gradual import (
    WeightedBipolarGraph,
    quadratic_energy_strengths,
    quadratic_energy_strengths_discrete,
)
from timing import compare_functions, head, report

from cruxmap.analysis.gradual import Qbaf, strengths

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from argumentation.gradual.gradual import GradualStrengthResult
    from frameworks import Edges

    Graph = tuple[dict[str, float], Edges, Edges]
    Routine = Callable[[WeightedBipolarGraph], GradualStrengthResult]

BOUND = 1 / 10
LARGEST_ERROR = 1e-9
FASTEST_ROUTINES = {"df-quad": dfquad_strengths, "quadratic-energy": quadratic_energy_strengths_discrete}


def plain_strengths(graph: Graph, semantics: str) -> dict[str, float]:
    """One pass in topological order, in plain Python."""
    base, attacks, supports = graph
    attackers: dict[str, list[str]] = {name: [] for name in base}
    supporters: dict[str, list[str]] = {name: [] for name in base}
    for source, target in attacks:
        attackers[target].append(source)
    for source, target in supports:
        supporters[target].append(source)
    found: dict[str, float] = {}
    for name in TopologicalSorter({name: attackers[name] + supporters[name] for name in base}).static_order():
        con = [found[source] for source in attackers[name]]
        pro = [found[source] for source in supporters[name]]
        if semantics == "df-quad":
            energy = prod(1 - value for value in con) - prod(1 - value for value in pro)
            impact = abs(energy)
        else:
            energy = sum(pro) - sum(con)
            impact = energy * energy / (1 + energy * energy)
        found[name] = base[name] + ((1 - base[name]) if energy > 0 else -base[name]) * impact
    return found


def theirs_constructed(graph: Graph) -> WeightedBipolarGraph:
    """Return the graph of formal-argumentation."""
    base, attacks, supports = graph
    return WeightedBipolarGraph(frozenset(base), base, frozenset(attacks), frozenset(supports))


def largest_difference(first: Mapping[str, float], second: Mapping[str, float]) -> float:
    """Return by how much two results differ at most."""
    return max(abs(first[name] - second[name]) for name in first)


def large_graph(nodes: int, edges: int, *, bound: float | None) -> bool:
    """Construct from dicts and pairs and compute, against the same; then compute only."""
    graph = frameworks.bipolar_acyclic(nodes, edges)
    built, their_graph = Qbaf(*graph), theirs_constructed(graph)
    kept = []
    for semantics, routine in FASTEST_ROUTINES.items():

        def ours(semantics: str = semantics) -> Mapping[str, float]:
            return strengths(Qbaf(*graph), semantics)

        def theirs(routine: Routine = routine) -> object:
            return routine(theirs_constructed(graph))

        error = largest_difference(ours(), plain_strengths(graph, semantics))
        other_error = largest_difference(ours(), routine(their_graph).strengths)
        print(f"{semantics}: error {error:.1e} against plain Python, {other_error:.1e} against theirs")
        if max(error, other_error) > LARGEST_ERROR:
            raise SystemExit("Strengths differ.")
        subject = f"{semantics}, {nodes:,} nodes, {edges:,} edges"
        whole = compare_functions(ours, theirs, 3)
        kept.append(report(f"{subject}, with construction", whole, bound))
        solved = compare_functions(partial(strengths, built, semantics), partial(routine, their_graph), 3)
        kept.append(report(f"{subject}, constructed, again", solved, bound))
        plain = compare_functions(ours, partial(plain_strengths, graph, semantics), 3)
        report("… / a loop in plain Python", plain, None)
    return all(kept)


def default_integration(nodes: int, edges: int) -> None:
    """Their default for quadratic energy integrates acyclic graphs too: far too slow for a large one."""
    graph = frameworks.bipolar_acyclic(nodes, edges)
    built, theirs = Qbaf(*graph), theirs_constructed(graph)
    pair = compare_functions(lambda: strengths(built), lambda: quadratic_energy_strengths(theirs), 1)
    report(f"quadratic-energy, {nodes} nodes, {edges} edges / their default integration", pair, None)


def main() -> int:
    """Run all comparisons."""
    quick = "--quick" in sys.argv[1:]
    print(f"formal-argumentation {version('formal-argumentation')}")
    head()
    kept = large_graph(1_000, 3_000, bound=None) if quick else large_graph(100_000, 300_000, bound=BOUND)
    default_integration(*((20, 60) if quick else (300, 900)))
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
