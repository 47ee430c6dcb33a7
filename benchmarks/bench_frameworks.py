"""Speed of abstract frameworks: prints ratios and fails if one breaks its bound.

- grounded, 10,000 arguments and 40,000 attacks, against formal-argumentation, cyclic and acyclic
- one preferred extension of debate-like frameworks of 10,000 arguments, against pygarg with a time limit

Run with `python benchmarks/bench_frameworks.py [--limit SECONDS] [--quick]`; `--quick` tries small frameworks
and keeps no bounds.
"""

from __future__ import annotations

import argparse
import multiprocessing
import statistics
import sys
from functools import partial
from importlib.metadata import version
from time import perf_counter
from typing import TYPE_CHECKING

import frameworks
from argumentation.core import dung
from timing import Pair, compare_functions, function_seconds, head, report, report_seconds

from cruxmap.analysis.frameworks import ArgumentationFramework

if TYPE_CHECKING:
    from frameworks import Framework

GROUNDED_BOUND = 1 / 5
PREFERRED_BOUND = 1 / 10
PREFERRED_SECONDS = 2.0


def theirs_constructed(framework: Framework) -> dung.ArgumentationFramework:
    """Return the framework of formal-argumentation."""
    arguments, attacks = framework
    return dung.ArgumentationFramework(frozenset(arguments), frozenset(attacks))


def grounded(name: str, framework: Framework, *, quick: bool) -> bool:
    """Construct from names and pairs and solve; then solve only."""

    def ours() -> frozenset[str]:
        return ArgumentationFramework(*framework).grounded()

    def theirs() -> object:
        return dung.grounded_extension(theirs_constructed(framework))

    if ours() != theirs():
        raise SystemExit("The grounded extensions differ.")
    runs = 1 if quick else 15
    subject = f"grounded, {name}, {len(framework[0]):,} arguments, {len(framework[1]):,} attacks"
    bound = None if quick else GROUNDED_BOUND
    whole = report(f"{subject}, with construction", compare_functions(ours, theirs, runs), bound)
    solved = []
    for _ in range(runs):
        # A new framework each time, because ours keeps its answer.
        own, other = ArgumentationFramework(*framework), theirs_constructed(framework)
        solved.append(
            (function_seconds(own.grounded), function_seconds(partial(dung.grounded_extension, other)))
        )
    report(f"{subject}, once constructed", pair_of(solved), None)
    return whole


def pair_of(times: list[tuple[float, float]]) -> Pair:
    """Return the medians of both sides and of their ratios."""
    own, other = (statistics.median(side) for side in zip(*times, strict=True))
    return Pair(own, other, statistics.median(ours / theirs for ours, theirs in times))


def pygarg_preferred(framework: Framework) -> None:
    """Compute one preferred extension with pygarg, which wants its attacks as lists."""
    from pygarg.dung import solver

    arguments, attacks = framework
    solver.compute_some_extension(arguments, [list(attack) for attack in attacks], "PR")


def seconds_within(limit: float, framework: Framework) -> float | None:
    """Return how long pygarg takes, or None if it takes more than `limit` seconds."""
    started = perf_counter()
    process = multiprocessing.get_context("spawn").Process(target=pygarg_preferred, args=(framework,))
    process.start()
    process.join(limit)
    if process.is_alive():
        process.terminate()
        process.join()
        return None
    return perf_counter() - started


def preferred(name: str, framework: Framework, limit: float, *, quick: bool) -> bool:
    """One preferred extension with construction; a limit that pygarg exceeds bounds the ratio from above."""

    def ours() -> frozenset[str]:
        return next(ArgumentationFramework(*framework).extensions("preferred"))

    require_admissible(framework, ours())
    own = statistics.median(function_seconds(ours) for _ in range(1 if quick else 5))
    other = seconds_within(limit, framework)
    subject = f"one preferred extension, {name}, {len(framework[0]):,} / {len(framework[1]):,}"
    within = report_seconds(subject, own, None if quick else PREFERRED_SECONDS)
    shown = limit if other is None else other
    against = "pygarg, stopped at the limit" if other is None else "pygarg"
    bound = None if quick else PREFERRED_BOUND
    return report(f"… / {against}", Pair(own, shown, own / shown), bound) and within


def require_admissible(framework: Framework, extension: frozenset[str]) -> None:
    """Stop unless the extension is conflict-free and defends itself; maximality is left to the tests."""
    attacked = {target for source, target in framework[1] if source in extension}
    attackers = {source for source, target in framework[1] if target in extension}
    if attacked & extension or not attackers <= attacked:
        raise SystemExit("The extension is not admissible.")


def main() -> int:
    """Run all comparisons."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--limit", type=float, default=30.0, help="seconds allowed to pygarg each time")
    parser.add_argument("--quick", action="store_true", help="small frameworks, no bounds")
    options = parser.parse_args()
    size = 100 if options.quick else 10_000
    print(f"formal-argumentation {version('formal-argumentation')}, pygarg {version('pygarg')}")
    head()
    kept = [
        grounded("cyclic", frameworks.uniform(size, 4 * size), quick=options.quick),
        grounded("acyclic", frameworks.acyclic(size, 4 * size), quick=options.quick),
    ]
    debates = {
        "reply tree, half answered": frameworks.tree(size, answered=0.5),
        "reply tree, all answered": frameworks.tree(size, answered=1.0),
        "discussion, few cross references": frameworks.discussion(size, answered=0.35, cross=0.5),
        "discussion, many cross references": frameworks.discussion(size, answered=0.35, cross=2.0),
        "camps of 20 with cycles": frameworks.camps(size),
    }
    for name, framework in debates.items():
        kept.append(preferred(name, framework, options.limit, quick=options.quick))
    return 0 if all(kept) else 1


if __name__ == "__main__":
    sys.exit(main())
