"""Time commands and functions in turns, so that a drifting machine treats both sides alike."""

from __future__ import annotations

import os
import statistics
import subprocess
import time
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


class Pair(NamedTuple):
    """Median seconds of ours and theirs, and the median of the ratios of neighbouring runs."""

    ours: float
    theirs: float
    ratio: float


def command_seconds(command: Sequence[str], cwd: str | None = None) -> float:
    """Wall-clock seconds of one run of a command whose output is thrown away."""
    start = time.perf_counter()
    subprocess.run(command, cwd=cwd, capture_output=True, check=False, env=environment())
    return time.perf_counter() - start


def environment() -> dict[str, str]:
    """Environment of the measured commands: byte code may be cached, as for every installed program."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def function_seconds(function: Callable[[], object]) -> float:
    """Seconds of one call."""
    start = time.perf_counter()
    function()
    return time.perf_counter() - start


def compare(ours: Callable[[], float], theirs: Callable[[], float], runs: int) -> Pair:
    """Measure both sides in turns after one warm-up each."""
    ours()
    theirs()
    pairs = [(ours(), theirs()) for _ in range(runs)]
    ratio = statistics.median(own / other for own, other in pairs)
    ours_median = statistics.median(own for own, _ in pairs)
    return Pair(ours_median, statistics.median(other for _, other in pairs), ratio)


def report(subject: str, pair: Pair, bound: float) -> bool:
    """Print one row and tell whether the ratio keeps its bound."""
    kept = pair.ratio <= bound
    verdict = "kept" if kept else "BROKEN"
    figures = f"{pair.ours:8.3f} s {pair.theirs:8.3f} s {pair.ratio:7.3f}"
    print(f"{subject:<62} {figures}  (at most {bound:g}: {verdict})")
    return kept
