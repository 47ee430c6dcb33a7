"""Speed of abstract frameworks, as ratios within one run.

- grounded, 10,000 arguments and 40,000 attacks, against formal-argumentation 0.3.0
- one preferred extension of debate-like graphs with 10,000 arguments, against pygarg with a time limit

Run with `PYTHONPATH=engine python benchmarks/bench_frameworks.py [--limit SECONDS]`.
"""

from __future__ import annotations

import argparse
import multiprocessing
import random
from functools import partial
from importlib.metadata import version
from statistics import median
from time import perf_counter
from typing import TYPE_CHECKING

from cruxmap.analysis.frameworks import ArgumentationFramework

if TYPE_CHECKING:
    from collections.abc import Callable

SIZE = 10_000
ROUNDS = 9
PROMISED_GROUNDED = 1 / 5
PROMISED_PREFERRED = 1 / 10
PROMISED_SECONDS = 2.0

Framework = tuple[list[str], list[tuple[str, str]]]


def random_framework(seed: int, attacks: int) -> Framework:
    """Return a framework of uniformly drawn attacks, some of them on the attacker itself."""
    chance = random.Random(seed)
    arguments = [f"a{number}" for number in range(SIZE)]
    drawn: dict[tuple[str, str], None] = {}
    while len(drawn) < attacks:
        drawn[chance.choice(arguments), chance.choice(arguments)] = None
    return arguments, list(drawn)


def layered_framework(seed: int, attacks: int) -> Framework:
    """Return a framework without cycles, which grounded decides to the last argument."""
    chance = random.Random(seed)
    arguments = [f"a{number}" for number in range(SIZE)]
    drawn: dict[tuple[str, str], None] = {}
    while len(drawn) < attacks:
        later, earlier = sorted(chance.sample(range(SIZE), 2), reverse=True)
        drawn[arguments[later], arguments[earlier]] = None
    return arguments, list(drawn)


def debate(seed: int, counter: float, cross: float) -> Framework:
    """Return replies to recent or much-discussed arguments.

    A share `counter` of the replies is answered by what it attacks, and each argument attacks on average
    `cross` older ones besides the one to which it replies, three in ten of them mutually.
    """
    chance = random.Random(seed)
    discussed = [0]
    drawn: set[tuple[int, int]] = set()
    for new in range(1, SIZE):
        popular = chance.random() < 0.5
        target = chance.choice(discussed) if popular else chance.randrange(max(0, new - 50), new)
        drawn.add((new, target))
        discussed += [target, new]
        if chance.random() < counter:
            drawn.add((target, new))
        for _ in range(int(cross) + (chance.random() < cross % 1)):
            older = chance.randrange(new)
            drawn.add((new, older))
            if chance.random() < 0.3:
                drawn.add((older, new))
    attacks = [(f"a{attacker}", f"a{attacked}") for attacker, attacked in sorted(drawn)]
    chance.shuffle(attacks)
    return [f"a{number}" for number in range(SIZE)], attacks


DEBATES = {
    "few cross references": (0.35, 0.5),
    "most replies answered": (0.8, 0.3),
    "many cross references": (0.35, 2.0),
}


def seconds(run: Callable[[], object]) -> float:
    """Return how long one call takes."""
    started = perf_counter()
    run()
    return perf_counter() - started


def compare_grounded(name: str, framework: Framework) -> None:
    """Print our times and theirs for the grounded extension, measured in turn."""
    from argumentation.core import dung

    arguments, attacks = framework

    def theirs() -> frozenset[str]:
        built = dung.ArgumentationFramework(frozenset(arguments), frozenset(attacks))
        found: frozenset[str] = dung.grounded_extension(built)
        return found

    def ours() -> frozenset[str]:
        return ArgumentationFramework(arguments, attacks).grounded()

    if ours() != theirs():
        raise SystemExit("The grounded extensions differ.")
    print_ratio(f"{name}, with construction", [(seconds(ours), seconds(theirs)) for _ in range(ROUNDS)])
    solved = []
    for _ in range(ROUNDS):
        own = ArgumentationFramework(arguments, attacks)
        other = dung.ArgumentationFramework(frozenset(arguments), frozenset(attacks))
        solved.append((seconds(own.grounded), seconds(partial(dung.grounded_extension, other))))
    print_ratio(f"{name}, once constructed", solved)


def print_ratio(what: str, times: list[tuple[float, float]]) -> None:
    """Print the medians of our times and theirs, and their ratio."""
    own, other = median(pair[0] for pair in times), median(pair[1] for pair in times)
    print(
        f"grounded, {what}: cruxmap {own * 1000:.1f} ms, formal-argumentation {other * 1000:.1f} ms: "
        f"ratio {own / other:.3f} (promised {PROMISED_GROUNDED:.2f})"
    )


def pygarg_preferred(framework: Framework) -> None:
    """Compute one preferred extension with pygarg."""
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


def compare_preferred(name: str, framework: Framework, limit: float) -> None:
    """Print our time, construction included, and that of pygarg."""
    own = median(
        seconds(lambda: next(ArgumentationFramework(*framework).extensions("preferred"))) for _ in range(3)
    )
    other = seconds_within(limit, framework)
    shown = f"more than {limit:.0f} s" if other is None else f"{other:.1f} s"
    ratio = own / (limit if other is None else other)
    print(
        f"one preferred extension, debate with {name}, {len(framework[1])} attacks: cruxmap {own:.2f} s "
        f"(promised {PROMISED_SECONDS:.0f} s), pygarg {shown}: "
        f"ratio {'below ' if other is None else ''}{ratio:.4f} "
        f"(promised {PROMISED_PREFERRED:.2f})",
        flush=True,
    )


def main() -> None:
    """Run all comparisons."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--limit", type=float, default=60.0, help="seconds allowed to pygarg for each graph")
    limit = parser.parse_args().limit
    print(f"formal-argumentation {version('formal-argumentation')}, pygarg {version('pygarg')}")
    compare_grounded("uniform", random_framework(1, 4 * SIZE))
    compare_grounded("acyclic", layered_framework(1, 4 * SIZE))
    for seed, (name, (counter, cross)) in enumerate(DEBATES.items()):
        compare_preferred(name, debate(seed, counter, cross), limit)


if __name__ == "__main__":
    main()
