"""Speed of the readings on the built-in corpus: prints seconds and fails if one breaks its bound.

What-if and sampled credences also on two linked copies of its graph, without and with a few cycles, and
commands also on a workspace of two copies. Run with `python benchmarks/bench_corpus.py [--quick]`; `--quick`
takes few vectors, skips commands and keeps no bounds.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from grown_corpus import grown_graph, write_workspace
from timing import command_seconds, head, median_seconds, report_seconds

from cruxmap import load
from cruxmap.analysis.positions import positions
from cruxmap.analysis.whatif import what_if
from cruxmap.corpus import builtin_root
from cruxmap.graph import argument_graph

if TYPE_CHECKING:
    from collections.abc import Callable

    from cruxmap.graph import ArgumentGraph

COPIES = 2
CYCLES = 5
VECTORS = 10_000
READERS = [str(builtin_root() / "docs" / "examples" / f"reader-{name}.yaml") for name in "ab"]
COMMANDS = (
    ("matrix",),
    ("matrix", "--voice", "computed"),
    ("matrix", "--kind", "strategy"),
    ("show", "3"),
    ("list", "risk", "--criterion", "inner-alignment"),
    ("search", "offense"),
    ("compare", "2", "3"),
    ("evaluate", "3"),
    ("whatif", "--set", "A5=0"),
    ("assumptions", "transparency-robust-to-deception"),
    ("assumptions",),
    ("cruxes", *READERS),
    ("positions",),
    ("rank",),
    ("cluster",),
    ("check",),
)
"""Commands that must answer within a second, start-up included."""


def within(subject: str, function: Callable[[], object], runs: int, bound: float | None) -> bool:
    """Measure a function and hold it to its bound."""
    return report_seconds(subject, median_seconds(function, runs), bound)


def full_what_if(graph: ArgumentGraph) -> None:
    """Set the assumption on which most rests to 0: verdicts and labels before and after, with paths."""
    name = max(graph.statements("assumption"), key=lambda statement: len(graph.outgoing[statement]))
    assert what_if(graph, {name: 0.0}).as_data()["moves"]


def measure(name: str, graph: ArgumentGraph, *, quick: bool) -> bool:
    """What-if and sampled credences on one graph."""
    core = graph.core
    vectors = np.random.default_rng(0).random((100 if quick else VECTORS, core.node_count))
    together = core.evaluate(vectors)[:: len(vectors) // 4]
    alone = np.array([core.evaluate(vector) for vector in vectors[:: len(vectors) // 4]])
    if np.abs(together - alone).max() > 1e-9:
        raise SystemExit("A vector gives something else in a batch than alone.")
    subject = f"{name}, {core.node_count:,} nodes"
    kept = within(
        f"what if, {subject}", lambda: full_what_if(graph), 1 if quick else 9, None if quick else 0.1
    )
    label = f"strengths for {len(vectors):,} sampled credence vectors, {subject}"
    return within(label, lambda: core.evaluate(vectors), 1 if quick else 5, None if quick else 2.0) and kept


def time_commands(name: str, workspace: Path) -> bool:
    """Commands as typed in a workspace that has not changed since the last one."""
    kept = True
    for command in COMMANDS:
        typed = [sys.executable, "-m", "cruxmap", *command]
        subprocess.run(typed, cwd=workspace, capture_output=True, check=True)
        shown = " ".join(Path(word).name for word in command)
        kept &= within(f"cruxmap {shown}, {name}", partial(command_seconds, typed, workspace), 3, 1.0)
    return kept


def main() -> int:
    """Measure everything; exit code 1 when a bound is broken."""
    quick = "--quick" in sys.argv[1:]
    graph = argument_graph(load())
    head()
    kept = measure("corpus", graph, quick=quick)
    kept &= measure("two copies", grown_graph(graph, COPIES, cycles=0), quick=quick)
    kept &= measure(f"two copies, {CYCLES} cycles", grown_graph(graph, COPIES, CYCLES), quick=quick)
    if not quick:
        kept &= within("coherent positions, corpus", lambda: positions(graph), 3, 1.0)
        with tempfile.TemporaryDirectory() as folder:
            os.environ["CRUXMAP_CACHE"] = str(Path(folder) / "cache")
            copies = Path(folder) / "copies"
            copies.mkdir()
            write_workspace(copies, COPIES)
            kept &= time_commands("corpus", builtin_root())
            kept &= time_commands("two copies", copies)
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
