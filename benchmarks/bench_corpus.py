"""Speed of the readings on the built-in corpus: prints seconds and fails if one breaks its bound."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING

import numpy as np
from timing import command_seconds, head, median_seconds, report_seconds

from cruxmap import load
from cruxmap.analysis.positions import positions
from cruxmap.analysis.whatif import what_if
from cruxmap.graph import argument_graph

if TYPE_CHECKING:
    from collections.abc import Callable

VECTORS = 10_000
COMMANDS = (
    ("matrix", "--kind", "strategy"),
    ("list", "risk", "--criterion", "inner-alignment"),
    ("assumptions", "transparency-robust-to-deception"),
    ("assumptions",),
    ("cruxes", "docs/examples/reader-a.yaml", "docs/examples/reader-b.yaml"),
    ("positions",),
)
"""Commands that must answer within a second, start-up included."""


def resampled() -> float:
    """Seconds of evaluating the corpus for many sampled credence vectors."""
    core = argument_graph(load()).core
    vectors = np.random.default_rng(0).random((VECTORS, core.node_count))
    start = time.perf_counter()
    core.evaluate(vectors)
    return time.perf_counter() - start


def within(subject: str, function: Callable[[], object], runs: int, bound: float) -> bool:
    """Measure a function and hold it to its bound."""
    return report_seconds(subject, median_seconds(function, runs), bound)


def main() -> int:
    """Measure everything; exit code 1 when a bound is broken."""
    kb = load()
    graph = argument_graph(kb)
    print(f"{len(graph.nodes):,} nodes, {len(graph.edges):,} edges")
    head()
    change = {"hch-is-aligned": 0.0}
    kept = within("what if, all verdicts, before and after", lambda: what_if(graph, change), 9, 0.1)
    kept &= report_seconds(f"strengths for {VECTORS:,} sampled credence vectors", resampled(), 2.0)
    kept &= within("coherent positions", lambda: positions(graph), 3, 1.0)
    for command in COMMANDS:
        words = [sys.executable, "-m", "cruxmap", *command]
        seconds = median_seconds(lambda words=words: command_seconds(words), 3)  # type: ignore[misc]
        kept &= report_seconds("cruxmap " + " ".join(command), seconds, 1.0)
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
